//! Leaving a part of the paths to others: a jurisdiction with its own keys and threshold.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::authority::desk::Desk;
use crate::authority::init::{check_holders, check_keys};
use crate::authority::key::is_holder_name;
use crate::authority::metadata::{NewDelegation, Signers};
use crate::authority::progress::Work;
use crate::authority::publish::check_path;
use crate::authority::{Error, PublicKey, Workspace, metadata};
use crate::trust::{Claims, Delegate, TARGETS, TOP_LEVEL_ROLES};

/// A delegation to be made, or to be made anew.
pub struct Delegation {
    /// The name of the role, such as `fr`.
    pub role: String,
    /// What is left to it: patterns such as `fr/*`, where `*` stays within one segment.
    pub paths: Vec<String>,
    /// Who signs for it.
    pub holders: Vec<PublicKey>,
    /// How many of them must.
    pub threshold: u64,
    /// Whether nobody behind it may speak for its paths.
    pub terminating: bool,
    /// From when on the metadata of the central holders is out of date.
    pub until: Option<Timestamp>,
}

impl Delegation {
    /// Makes the metadata of the central holders with the delegation in it.
    pub fn prepare(&self, workspace: &Workspace, now: Timestamp) -> Result<Work, Error> {
        if TOP_LEVEL_ROLES.contains(&&*self.role) || !is_holder_name(&self.role) {
            return Err(Error::RoleName { role: self.role.clone() });
        }
        let names: Vec<String> = self.holders.iter().map(|key| key.holder().to_owned()).collect();
        check_holders(&self.role, &names, self.threshold, 2)?;
        check_keys(&self.holders)?;
        self.paths.iter().try_for_each(|path| check_path(path))?;
        let (mut desk, ended) = Desk::open(workspace, now)?;
        desk.until = self.until;
        let published = desk.published.claims(TARGETS)?;
        for top in published.iter().chain([&desk.top()?]) {
            if top.delegates().any(|held| held.name == self.role && !self.is_held_alike(&held)) {
                return Err(Error::Held { role: self.role.clone() });
            }
        }
        let remarks = self.overlaps(&desk.top()?)?;
        let draft = desk.redraft(TARGETS, now, |signed| {
            let signers = Signers { keys: self.holders.iter().collect(), threshold: self.threshold };
            let (role, paths, terminating) = (self.role.as_str(), self.paths.as_slice(), self.terminating);
            metadata::delegate(signed, &NewDelegation { role, paths, signers, terminating });
        })?;
        Work::of_draft((desk, ended), draft, remarks, now)
    }
}

impl Delegation {
    /// Remarks on paths that are left to others as well; refused where one of both would never be asked.
    fn overlaps(&self, top: &Claims) -> Result<Vec<String>, Error> {
        let mut remarks = Vec::new();
        let place = top.delegates().position(|it| it.name == self.role).unwrap_or(usize::MAX);
        for (index, held) in top.delegates().enumerate().filter(|(_, held)| held.name != self.role) {
            let pairs = self.paths.iter().flat_map(|path| held.paths.iter().map(move |other| (path, other)));
            for (path, other) in pairs.filter(|(path, other)| overlap(path, other)) {
                let (first, ends) = match index < place {
                    true => (held.name, held.terminating),
                    false => (self.role.as_str(), self.terminating),
                };
                if ends {
                    let (path, other) = (path.clone(), other.clone());
                    return Err(Error::Overlap { path, other, role: first.to_owned() });
                }
                let role = held.name;
                remarks.push(format!(
                    "ATTENTION: {path} overlaps with {other}, which is left to {role}; clients ask {first} first."
                ));
            }
        }
        Ok(remarks)
    }

    /// Whether the same people sign, as many of them as before: others would find what is published unsigned.
    fn is_held_alike(&self, held: &Delegate<'_>) -> bool {
        let before: BTreeSet<&str> = held.holders.iter().map(|holder| &*holder.key_id).collect();
        let after: BTreeSet<&str> = self.holders.iter().map(PublicKey::id).collect();
        before == after && held.threshold == self.threshold
    }
}

/// Makes the metadata of the central holders without a delegation.
pub fn withdraw(
    workspace: &Workspace,
    role: &str,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<Work, Error> {
    let (mut desk, ended) = Desk::open(workspace, now)?;
    desk.until = until;
    if !desk.top()?.delegates().any(|delegate| delegate.name == role) {
        return Err(Error::NoRole { role: role.to_owned() });
    }
    let draft = desk.redraft(TARGETS, now, |signed| metadata::withdraw(signed, role))?;
    let mut remarks = vec![format!("Resolvers find no list of {role} any more once this is published.")];
    if desk.staged.contains_key(role) {
        remarks.push(format!("What waits of {role} is thrown away."));
    }
    Work::of_draft((desk, ended), draft, remarks, now)
}

/// Whether a path can be covered by both of two patterns.
fn overlap(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split('/').collect(), other.split('/').collect());
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| segments_overlap(one.as_bytes(), other.as_bytes()))
}

/// Column by column: with which beginnings of the one pattern a text can agree that agrees with so much of the other.
fn segments_overlap(one: &[u8], other: &[u8]) -> bool {
    let mut row = vec![false; other.len() + 1];
    for at in 0..=one.len() {
        let mut next = vec![false; other.len() + 1];
        for place in 0..=other.len() {
            let left = at.checked_sub(1).map(|before| one[before]);
            let right = place.checked_sub(1).map(|before| other[before]);
            next[place] = match (left, right) {
                (None, None) => true,
                (Some(b'*'), _) if row[place] => true,
                (_, Some(b'*')) if next[place - 1] => true,
                (Some(b'*'), Some(_)) => next[place - 1],
                (Some(_), Some(b'*')) => row[place],
                (Some(left), Some(right)) => {
                    row[place - 1] && (left == right || left == b'?' || right == b'?')
                }
                _ => false,
            };
        }
        row = next;
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::office::{Client, LIST, Office, signers};
    use crate::trust;

    #[test]
    fn a_delegate_cannot_touch_what_is_left_to_another() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let work = office.delegate("de", "de/*", &["gerd", "hans"]).unwrap();
        work.carry_out(&signers(&["ana", "cleo"])).unwrap();
        let mut publication = office.publication(LIST, &["b.example"]);
        publication.role = Some("de".to_owned());
        let error = publication.prepare(&office.workspace, office.now).err().unwrap();
        assert_eq!(
            error.to_string(),
            format!("de may sign for de/* alone, and {LIST} is none of that; clients would not look there")
        );
        publication.target = "de/nudification.jsonl".to_owned();
        let published = |names: &[&str]| {
            let work = publication.prepare(&office.workspace, office.now).unwrap();
            work.carry_out(&signers(names))
        };
        assert!(matches!(published(&["dora"]).unwrap_err(), Error::Stranger { .. }));
        let before = office.public_files();
        assert!(published(&["gerd", "hans"]).unwrap().committed.is_some());
        // Nobody else's metadata has changed by an octet.
        for (path, octets) in office.public_files() {
            let known = before.get(&path).is_none_or(|known| *known == octets);
            assert!(known || path.ends_with("timestamp.json"), "{path:?}");
        }
        let found = Client::new(&office).find("de/nudification.jsonl", office.now).unwrap();
        assert_eq!(found.role, "de");
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 1);
    }

    #[test]
    fn what_was_taken_back_is_found_by_nobody() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let mut client = Client::new(&office);
        client.serial(office.now).unwrap();
        let work = withdraw(&office.workspace, "fr", None, office.now).unwrap();
        assert!(work.proposal().to_string().contains("fr: WITHDRAWN"));
        work.carry_out(&signers(&["ana", "ben"])).unwrap();
        let error = client.serial(office.now).unwrap_err();
        assert!(matches!(error, trust::Error::UnknownTarget { .. }), "{error}");
        assert!(office.verify().unwrap().current);
        let error = office.prepare(&["a.example"]).unwrap().carry_out(&signers(&["dora"])).unwrap_err();
        assert!(matches!(error, Error::Stranger { .. }), "the central holders speak for it again: {error}");
        // Left to others, the name begins anew, and its versions go on.
        let work = office.delegate("fr", "fr/*", &["gerd", "hans"]).unwrap();
        work.carry_out(&signers(&["ana", "ben"])).unwrap();
        let work = office.prepare(&["a.example", "b.example"]).unwrap();
        assert!(work.carry_out(&signers(&["gerd", "hans"])).unwrap().committed.is_some());
        assert!(client.serial(office.now).is_ok());
    }

    #[test]
    fn what_waits_of_a_role_goes_with_it() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        office.prepare(&["b.example", "a.example"]).unwrap().carry_out(&signers(&["dora"])).unwrap();
        let work = withdraw(&office.workspace, "fr", None, office.now).unwrap();
        assert!(work.remarks().iter().any(|remark| remark == "What waits of fr is thrown away."));
        let progress = work.carry_out(&signers(&["ana", "ben"])).unwrap();
        assert!(progress.committed.is_some() && progress.waiting.is_empty());
        assert!(crate::authority::files::tree(&office.workspace.staged()).unwrap().is_empty());
        let status = crate::authority::Status::of(&office.workspace, office.now).unwrap();
        assert!(status.waiting.is_empty());
        assert!(office.delegate("de", "de/*", &["gerd", "hans"]).is_ok());
    }

    #[test]
    fn patterns_overlap_where_one_path_fits_both() {
        for (one, other) in
            [("a/*", "a/b"), ("a*c", "*b*"), ("?", "x"), ("*", ""), ("a*", "*a"), ("*?", "?*")]
        {
            assert!(overlap(one, other) && overlap(other, one), "{one} {other}");
        }
        for (one, other) in [("a/*", "a/b/c"), ("a*", "b*"), ("?", ""), ("??", "x"), ("a*b", "*c")] {
            assert!(!overlap(one, other) && !overlap(other, one), "{one} {other}");
        }
    }

    #[test]
    fn what_is_no_delegation_is_refused() {
        let office = Office::new();
        let refused_anew = |office: &Office| {
            let work = office.delegate("fr", "fr/*", &["dora", "emil"]).unwrap();
            work.carry_out(&signers(&["ana", "ben"])).unwrap();
            office.delegate("fr", "fr/*", &["gerd", "hans"]).err().unwrap()
        };
        let refused =
            |role: &str, path: &str, holders: &[&str]| office.delegate(role, path, holders).err().unwrap();
        assert!(matches!(refused("snapshot", "fr/*", &["dora", "emil"]), Error::RoleName { .. }));
        for role in ["", ".", "a/b", "a\nb", "\u{1b}[1m", "Root", &"x".repeat(300)] {
            assert!(matches!(refused(role, "x/*", &["dora", "emil"]), Error::RoleName { .. }), "{role:?}");
        }
        for path in ["", "x//*", "x%2F*", "x\\*", "x\n/*", "é/*"] {
            assert!(matches!(refused("x", path, &["dora", "emil"]), Error::TargetPath { .. }), "{path:?}");
        }
        let error = refused_anew(&office);
        assert!(matches!(error, Error::Held { .. }), "{error}");
        assert!(matches!(refused("fr", "../*", &["dora", "emil"]), Error::TargetPath { .. }));
        assert!(matches!(refused("fr", "fr/*", &["dora"]), Error::Threshold { .. }));
        assert!(matches!(refused("fr", "fr/*", &["dora", "dora"]), Error::SameHolder { .. }));
    }
}
