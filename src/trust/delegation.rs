//! Delegations (specification §4.5): to whom targets metadata leaves a part of the paths.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use crate::trust::TOP_LEVEL_ROLES;
use crate::trust::document::Document;
use crate::trust::error::Error;
use crate::trust::key::sha256;
use crate::trust::role::{KeyRing, RoleKeys, Tally};

/// The delegations of one targets role, in order of priority.
#[derive(Clone, Debug, Default)]
pub(super) struct Delegations {
    keys: KeyRing,
    roles: Vec<Delegation>,
}

/// One delegation.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Delegation {
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) keys: RoleKeys,
    /// Whether nobody after it may speak for its paths.
    pub(super) terminating: bool,
    paths: Option<Vec<String>>,
    path_hash_prefixes: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Fields {
    keys: BTreeMap<String, Value>,
    roles: Vec<Delegation>,
}

impl Delegations {
    pub(super) fn parse(value: &Value) -> Result<Self, Error> {
        let role = || "delegated".to_owned();
        let fields =
            Fields::deserialize(value).map_err(|source| Error::Malformed { role: role(), source })?;
        let mut names = BTreeSet::new();
        for delegation in &fields.roles {
            // Or the keys of one could vouch for the paths of the other (specification §4.5).
            if !names.insert(&delegation.name) {
                return Err(Error::DelegatedTwice { role: delegation.name.clone() });
            }
            // Exactly one of the two (specification §4.5); both or none could be read in two ways.
            if delegation.paths.is_some() == delegation.path_hash_prefixes.is_some() {
                return Err(Error::DelegationPaths { role: delegation.name.clone() });
            }
            // Its metadata would stand where that of the top-level role is looked for.
            if TOP_LEVEL_ROLES.contains(&&*delegation.name) {
                return Err(Error::ReservedRole { role: delegation.name.clone() });
            }
        }
        Ok(Self { keys: KeyRing::parse(&fields.keys)?, roles: fields.roles })
    }

    pub(super) fn roles(&self) -> &[Delegation] {
        &self.roles
    }

    pub(super) fn keys(&self) -> &KeyRing {
        &self.keys
    }

    /// The delegations that cover a path, the most trusted first; none after a terminating one.
    pub(super) fn covering(&self, path: &str) -> Vec<&Delegation> {
        let mut covering = Vec::new();
        for delegation in self.roles.iter().filter(|delegation| delegation.covers(path)) {
            covering.push(delegation);
            if delegation.terminating {
                break;
            }
        }
        covering
    }

    pub(super) fn tally(&self, delegation: &Delegation, document: &Document) -> Tally {
        self.keys.tally(&delegation.keys, document)
    }
}

impl Delegation {
    /// Whether a path is left to this role.
    pub(super) fn covers(&self, path: &str) -> bool {
        let paths = self.paths.iter().flatten();
        let hash = || sha256(path.as_bytes());
        let prefixes = self.path_hash_prefixes.iter().flatten();
        paths.into_iter().any(|pattern| matches(pattern, path))
            || prefixes.into_iter().any(|prefix| hash().starts_with(prefix.as_str()))
    }

    /// The path patterns.
    pub(super) fn paths(&self) -> &[String] {
        self.paths.as_deref().unwrap_or_default()
    }
}

/// Whether a path matches a pattern of the shell: `*` and `?` stand for what is within one segment.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut patterns, mut segments) = (pattern.split('/'), path.split('/'));
    loop {
        match (patterns.next(), segments.next()) {
            (None, None) => return true,
            (Some(pattern), Some(segment)) if segment_matches(&characters(pattern), &characters(segment)) => {
            }
            _ => return false,
        }
    }
}

/// `?` stands for one of them, however many octets it has.
fn characters(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// Goes back to the last `*` only, so that a hostile pattern costs no more than the product of the lengths.
fn segment_matches(pattern: &[char], segment: &[char]) -> bool {
    let (mut at, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while read < segment.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(character) if *character == '?' || *character == segment[read] => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((star_at, star_read)) = star else { return false };
                star = Some((star_at, star_read + 1));
                at = star_at + 1;
                read = star_read + 1;
            }
        }
    }
    pattern[at..].iter().all(|character| *character == '*')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn wildcards_keep_to_their_segment() {
        for (pattern, path, expected) in [
            ("fr/*", "fr/list", true),
            ("fr/*", "fr/", true),
            ("fr/*", "fr", false),
            ("fr/*", "fr/a/b", false),
            ("fr/*", "de/list", false),
            ("*", "fr/list", false),
            ("*/*", "fr/list", true),
            ("fr/*.zst", "fr/a.b.zst", true),
            ("fr/*.zst", "fr/a.zs", false),
            ("fr/a?c", "fr/abc", true),
            ("fr/a?c", "fr/ac", false),
            ("fr/a?c", "fr/aéc", true),
            ("fr/a??c", "fr/aéc", false),
            ("fr?list", "fr/list", false),
            ("[f]r/*", "fr/list", false),
            ("fr/a*b*c", "fr/aXbYbZc", true),
            ("fr/a*b*c", "fr/aXbYbZ", false),
            ("", "", true),
            ("Fr/*", "fr/list", false),
            ("../*", "../x", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn hashes_of_paths_are_compared_by_their_first_digits() {
        let whole = sha256(b"fr/list");
        for (prefix, expected) in
            [(&whole[..1], true), (&whole[..7], true), (&whole, true), ("", true), (&whole[1..], false)]
        {
            let delegation = json!({
                "name": "bin", "keyids": [], "threshold": 1, "terminating": false,
                "path_hash_prefixes": [prefix],
            });
            let delegation = Delegation::deserialize(&delegation).unwrap();
            assert_eq!(delegation.covers("fr/list"), expected, "{prefix}");
        }
    }

    #[test]
    fn a_delegation_without_paths_is_refused() {
        let role = json!({"name": "fr", "keyids": [], "threshold": 1, "terminating": false});
        let error = Delegations::parse(&json!({"keys": {}, "roles": [role]})).unwrap_err();
        assert!(matches!(error, Error::DelegationPaths { role } if role == "fr"));
    }

    #[test]
    fn a_hostile_pattern_costs_little() {
        let (pattern, path) = ("*a".repeat(5_000), "a".repeat(20_000) + "b");
        assert!(!matches(&pattern, &path));
    }
}
