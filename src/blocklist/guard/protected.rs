//! The protected names, and the files that hold them.
//!
//! The form of a file is described at the head of `blocklists/protected.toml`. In memory every protected name and
//! every name above one has a [`Spot`], found by the octets of the name, so that a look-up makes nothing.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use serde::Deserialize;
use siphasher::sip::SipHasher13;
use toml::Spanned;

use crate::blocklist::{Reason, normalise};
use crate::dns::{Name, labels};

/// Why a file of protected names is not taken.
#[derive(Debug, thiserror::Error)]
pub enum GuardError {
    /// The file is not of its form.
    #[error("{file}: {cause}")]
    Format {
        /// Name of the file.
        file: String,
        /// What is wrong, and in which line.
        cause: Box<toml::de::Error>,
    },
    /// A name that is none.
    #[error("{file}: line {line}: {cause}")]
    Name {
        /// Name of the file.
        file: String,
        /// Line of the name, from 1.
        line: usize,
        /// What is wrong with it, and what to do.
        cause: Reason,
    },
    /// A group that protects nothing.
    #[error("{file}: group `{group}` has no names; give it `domains` or `hosts`, or remove it")]
    EmptyGroup {
        /// Name of the file.
        file: String,
        /// Name of the group.
        group: String,
    },
}

/// How far a protection reaches below its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// What is below may be listed.
    Host,
    /// What is below may not be listed either.
    Domain,
}

/// Names that are protected for one reason.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) what: String,
    pub(super) overridable: bool,
}

/// A name, as the number of its entry.
pub(super) type Entry = u32;

/// What is known of a name that is protected or above one that is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spot {
    /// The protection of the name itself.
    pub(super) own: Option<(Entry, Reach)>,
    /// A protected name below; one that cannot be overridden, if there is one.
    pub(super) below: Option<Entry>,
}

/// All protected names.
#[derive(Clone, Debug, Default)]
pub(super) struct Protected {
    groups: Vec<Group>,
    entries: Vec<(Name, usize)>,
    // Nobody outside chooses what stands in this table, so the hash needs no secret.
    spots: HashMap<Box<[u8]>, Spot, BuildHasherDefault<SipHasher13>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    group: Vec<FileGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileGroup {
    name: String,
    what: String,
    overridable: bool,
    #[serde(default)]
    domains: Vec<Spanned<String>>,
    #[serde(default)]
    hosts: Vec<Spanned<String>>,
}

impl Protected {
    /// Adds what a file says, all of it or nothing.
    pub(super) fn extend(&mut self, text: &str, file: &str) -> Result<(), GuardError> {
        let found: File = toml::from_str(text)
            .map_err(|cause| GuardError::Format { file: file.to_owned(), cause: Box::new(cause) })?;
        let mut groups = Vec::new();
        for FileGroup { name, what, overridable, domains, hosts } in found.group {
            let of = |names: Vec<Spanned<String>>, reach| names.into_iter().map(move |name| (name, reach));
            let names = of(domains, Reach::Domain).chain(of(hosts, Reach::Host));
            let names = names
                .map(|(name, reach)| Ok((read_name(&name, text, file)?, reach)))
                .collect::<Result<Vec<_>, GuardError>>()?;
            if names.is_empty() {
                return Err(GuardError::EmptyGroup { file: file.to_owned(), group: name });
            }
            groups.push((Group { name, what, overridable }, names));
        }
        for (group, names) in groups {
            self.add(group, names);
        }
        Ok(())
    }

    /// Adds a group of names. Of one name twice the stricter protection counts.
    pub(super) fn add(&mut self, group: Group, names: impl IntoIterator<Item = (Name, Reach)>) {
        self.groups.push(group);
        for (name, reach) in names {
            let entry = self.entries.len() as Entry;
            let wire = name.canonical().as_wire().to_vec();
            self.entries.push((name, self.groups.len() - 1));
            let own = match self.spot(&wire).and_then(|spot| spot.own) {
                Some((old, old_reach)) => (self.stricter(Some(old), entry), old_reach.max(reach)),
                None => (entry, reach),
            };
            self.spots.entry(wire.as_slice().into()).or_default().own = Some(own);
            let mut rest = wire.as_slice();
            while let Some(label) = labels(rest).next() {
                rest = &rest[1 + label.len()..];
                if rest.len() > 1 {
                    let below = self.stricter(self.spot(rest).and_then(|spot| spot.below), entry);
                    self.spots.entry(rest.into()).or_default().below = Some(below);
                }
            }
        }
    }

    /// What is known of a name in lower case.
    pub(super) fn spot(&self, wire: &[u8]) -> Option<&Spot> {
        self.spots.get(wire)
    }

    /// The protected name of an entry, and its group.
    pub(super) fn entry(&self, entry: Entry) -> (&Name, &Group) {
        let (name, group) = &self.entries[entry as usize];
        (name, &self.groups[*group])
    }

    /// The protected names.
    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        self.entries.iter().map(|(name, _)| name)
    }

    fn stricter(&self, old: Option<Entry>, new: Entry) -> Entry {
        old.filter(|old| !self.entry(*old).1.overridable || self.entry(new).1.overridable).unwrap_or(new)
    }
}

fn read_name(name: &Spanned<String>, text: &str, file: &str) -> Result<Name, GuardError> {
    normalise(name.get_ref()).map_err(|cause| {
        let before = text.get(..name.span().start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        GuardError::Name { file: file.to_owned(), line, cause }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_file_says_what_is_wrong_and_changes_nothing() {
        let good =
            "[[group]]\nname = \"g\"\nwhat = \"w\"\noverridable = true\nhosts = [\n  \"a.example\",\n]\n";
        let mut protected = Protected::default();
        protected.extend(good, "f").unwrap();
        assert_eq!(protected.names().count(), 1);
        for (from, to, message) in [
            (
                "\"a.example\"",
                "\"https://a.example/\"",
                "f: line 6: `https://a.example/` is more than a host",
            ),
            ("\"a.example\"", "\".\"", "f: line 6: this would match every name"),
            ("\"a.example\",", "", "f: group `g` has no names; give it `domains` or `hosts`"),
            ("hosts", "host", "f: TOML parse error at line 5"),
            ("overridable = true\n", "", "f: TOML parse error"),
            ("[[group]]", "[group]", "f: TOML parse error"),
        ] {
            let broken = format!("{good}{}", good.replacen(from, to, 1));
            let broken = if from == "[[group]]" { good.replacen(from, to, 1) } else { broken };
            let error = protected.extend(&broken, "f").unwrap_err().to_string();
            let shifted = message.replace("line 6", "line 13").replace("at line 5", "at line 12");
            assert!(error.starts_with(&shifted), "{error}");
            assert_eq!(protected.names().count(), 1);
        }
    }

    #[test]
    fn of_one_name_twice_the_stricter_counts() {
        let group = |name: &str, overridable| Group { name: name.into(), what: String::new(), overridable };
        let name = |text: &str| Name::from_text(text).unwrap();
        let mut protected = Protected::default();
        protected.add(group("soft", true), [(name("a.example"), Reach::Domain)]);
        protected.add(
            group("hard", false),
            [(name("A.example"), Reach::Host), (name("b.a.example"), Reach::Host)],
        );
        protected.add(group("late", true), [(name("a.example"), Reach::Host)]);
        let found = |text: &str| *protected.spot(name(text).as_wire()).unwrap();
        let group_of = |entry: Entry| protected.entry(entry).1.name.as_str();
        let (entry, reach) = found("a.example").own.unwrap();
        assert_eq!((group_of(entry), reach), ("hard", Reach::Domain));
        assert_eq!(protected.entry(found("a.example").below.unwrap()).0, &name("b.a.example"));
        assert_eq!(group_of(found("example").below.unwrap()), "hard");
        assert!(found("example").own.is_none());
    }
}
