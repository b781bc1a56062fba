//! New holders for a role, and old ones without a say: the root's, the central ones', a delegate's, or the keys of
//! the machine that publishes.
//!
//! What the remaining holders have not signed in sufficient number is put before them again, unchanged and under
//! the next version, so that nothing that is published rests on a key that was taken away.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::authority::desk::{Desk, Draft};
use crate::authority::init::{ONLINE_ROLES, check_holders, check_keys};
use crate::authority::online::Online;
use crate::authority::progress::Work;
use crate::authority::{Error, PublicKey, Workspace, metadata};
use crate::trust::{Holder, ROOT, Root, TARGETS, TOP_LEVEL_ROLES};

/// A change of who signs for a role.
pub struct Rotation {
    /// The role.
    pub role: String,
    /// Holders who lose their say, by name or by the first digits of the key's id.
    pub remove: Vec<String>,
    /// Keys of new holders.
    pub add: Vec<PublicKey>,
    /// How many must sign; as many as before where it is `None`.
    pub threshold: Option<u64>,
    /// From when on what is signed is out of date.
    pub until: Option<Timestamp>,
}

impl Rotation {
    /// Makes the metadata with the change in it.
    pub fn prepare(&self, workspace: &Workspace, now: Timestamp) -> Result<Work, Error> {
        let (mut desk, ended) = Desk::open(workspace, now)?;
        desk.until = self.until;
        let draft = match TOP_LEVEL_ROLES.contains(&&*self.role) {
            true => self.of_root(&desk, now)?,
            false => self.of_delegate(&desk, now)?,
        };
        Work::of_draft((desk, ended), draft, Vec::new(), now)
    }

    fn of_root(&self, desk: &Desk, now: Timestamp) -> Result<Draft, Error> {
        let root = desk.root()?;
        let (threshold, holders) = root.holders(&self.role).map_err(Error::metadata(&self.role))?;
        let before = threshold;
        let threshold = self.threshold.unwrap_or(before);
        let least = if ONLINE_ROLES.contains(&&*self.role) { 1 } else { 2 };
        let of = |key: &[u8]| root.holder_of(&self.role, key).map_err(Error::metadata(&self.role));
        let removed = self.removed(&holders, of, threshold, least)?;
        self.refuse_unchanged(&removed, threshold == before)?;
        let draft = desk.redraft(ROOT, now, |signed| {
            metadata::rotate(signed, &self.role, &removed, &self.add, threshold);
        })?;
        let Some((_, document)) = draft.documents.first() else { return Ok(draft) };
        let next = Root::draft(document).map_err(Error::metadata(ROOT))?;
        Online::open(&desk.workspace)?.check(&next)?;
        if let Some(targets) = desk.newest(TARGETS) {
            let tally = next.tally(TARGETS, targets).map_err(Error::metadata(TARGETS))?;
            if self.role == TARGETS && !tally.reached() {
                return Ok(desk.redraft(TARGETS, now, |_| ())?.and(draft));
            }
        }
        Ok(draft)
    }

    fn of_delegate(&self, desk: &Desk, now: Timestamp) -> Result<Draft, Error> {
        let top = desk.top()?;
        let delegate = top.delegates().find(|delegate| delegate.name == self.role);
        let delegate = delegate.ok_or_else(|| Error::NoRole { role: self.role.clone() })?;
        let threshold = self.threshold.unwrap_or(delegate.threshold);
        let of = |key: &[u8]| Ok(top.holder_of(&self.role, key));
        let removed = self.removed(&delegate.holders, of, threshold, 2)?;
        self.refuse_unchanged(&removed, threshold == delegate.threshold)?;
        let draft = desk.redraft(TARGETS, now, |signed| {
            metadata::rotate(signed, &self.role, &removed, &self.add, threshold);
        })?;
        let Some(document) = desk.newest(&self.role) else { return Ok(draft) };
        let next = draft.documents.first().map(|(_, top)| top.claims()).transpose();
        let next = next.map_err(Error::metadata(TARGETS))?;
        let tally = next.map(|next| next.tally(&self.role, document)).transpose();
        let enough = tally.map_err(Error::metadata(&self.role))?.is_some_and(|tally| tally.reached());
        if !enough && !desk.staged.contains_key(&self.role) {
            return Ok(desk.redraft(&self.role, now, |_| ())?.and(draft));
        }
        Ok(draft)
    }

    fn refuse_unchanged(&self, removed: &BTreeSet<String>, same_threshold: bool) -> Result<(), Error> {
        match removed.is_empty() && self.add.is_empty() && same_threshold {
            true => Err(Error::NothingChanges { role: self.role.clone() }),
            false => Ok(()),
        }
    }

    /// The ids of the keys that are taken away, once the rest is found sound.
    fn removed(
        &self,
        holders: &[Holder],
        of: impl Fn(&[u8]) -> Result<Option<Holder>, Error>,
        threshold: u64,
        least: u64,
    ) -> Result<BTreeSet<String>, Error> {
        check_keys(&self.add)?;
        let mut removed = BTreeSet::new();
        for name in &self.remove {
            let meant = |holder: &&Holder| {
                holder.name.as_ref() == Some(name) || (name.len() >= 8 && holder.key_id.starts_with(name))
            };
            let found = holders.iter().find(meant).ok_or_else(|| Error::UnknownHolder {
                name: name.clone(),
                role: self.role.clone(),
                holders: crate::authority::words::names(holders),
            })?;
            removed.insert(found.key_id.clone());
        }
        for key in &self.add {
            let known = key.octets().map(|octets| of(&octets)).transpose()?.flatten();
            if let Some(known) = known.filter(|known| !removed.contains(&known.key_id)) {
                let (one, other) = (known.to_string(), key.holder().to_owned());
                return Err(Error::SameKey { one, other });
            }
        }
        let rest = holders.iter().filter(|holder| !removed.contains(&holder.key_id));
        let rest = rest.map(|holder| holder.name.clone().unwrap_or_else(|| holder.key_id.clone()));
        let names: Vec<String> = rest.chain(self.add.iter().map(|key| key.holder().to_owned())).collect();
        check_holders(&self.role, &names, threshold, least)?;
        Ok(removed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::files;
    use crate::authority::office::{Client, Office, new_key, public, signers};
    use crate::keyfile::Protection;
    use crate::trust::Document;

    fn root_version(office: &Office) -> u64 {
        let names = files::names(&office.workspace.metadata()).unwrap();
        names.iter().filter(|name| name.ends_with(".root.json")).count() as u64
    }

    #[test]
    fn old_clients_follow_every_change_of_keys() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let mut first = Client::new(&office);
        let mut always = Client::new(&office);
        assert_eq!(always.serial(office.now).unwrap(), 1);
        for (role, remove, signs) in [
            ("root", "cleo", ["ana", "ben"]),
            ("targets", "cleo", ["ana", "ben"]),
            ("snapshot", "snapshot", ["ana", "finn"]),
            ("timestamp", "timestamp", ["ben", "finn"]),
        ] {
            let new = if role.len() > 7 { format!("{role}-two") } else { "finn".to_owned() };
            if remove == role {
                new_key(&new).write(&office.workspace.keys(), &Protection::None).unwrap();
            }
            let progress = office.rotate(role, remove, &[&new]).unwrap().carry_out(&signers(&signs)).unwrap();
            assert!(progress.waiting.is_empty() && progress.committed.is_some(), "{role}: {progress}");
            assert_eq!(always.serial(office.now).unwrap(), 1, "{role}");
        }
        assert_eq!((root_version(&office), first.serial(office.now).unwrap()), (5, 1));
        let root = Document::parse(&office.public_files()[&office.workspace.metadata().join("5.root.json")]);
        let root = Root::draft(&root.unwrap()).unwrap();
        for role in TOP_LEVEL_ROLES {
            let (_, holders) = root.holders(role).unwrap();
            let old = ["cleo", "snapshot", "timestamp"];
            assert!(holders.iter().all(|holder| !old.contains(&&*holder.to_string())), "{role}");
        }
        // Who was removed has no say, and who came has.
        let work = office.delegate("de", "de/*", &["gerd", "hans"]).unwrap();
        let error = work.carry_out(&signers(&["cleo"])).unwrap_err();
        assert!(matches!(error, Error::Stranger { .. }), "{error}");
        let work = office.delegate("de", "de/*", &["gerd", "hans"]).unwrap();
        assert!(work.carry_out(&signers(&["ana", "finn"])).unwrap().committed.is_some());
        assert_eq!(first.serial(office.now).unwrap(), 1);
    }

    #[test]
    fn whoever_signed_and_is_removed_is_replaced_under_what_was_signed() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        // The published targets are signed by ana and ben.
        let work = office.rotate("targets", "ben", &["finn"]).unwrap();
        let progress = work.carry_out(&signers(&["ana", "ben"])).unwrap();
        assert!(progress.committed.is_none());
        assert_eq!(progress.waiting.iter().map(|it| &*it.role).collect::<Vec<_>>(), ["targets"]);
        assert!(office.verify().unwrap().current);
        assert!(office.sign(None, &["finn"]).unwrap().committed.is_some());
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 1);
    }

    #[test]
    fn a_delegate_changes_its_holders_with_the_central_ones() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let mut client = Client::new(&office);
        let work = office.rotate("fr", "emil", &["finn"]).unwrap();
        let progress = work.carry_out(&signers(&["ana", "ben", "dora"])).unwrap();
        assert!(progress.committed.is_none(), "a client would find nothing of fr");
        assert_eq!(client.serial(office.now).unwrap(), 1);
        assert!(office.sign(Some("fr"), &["finn"]).unwrap().committed.is_some());
        let found = client.find(crate::authority::office::LIST, office.now).unwrap();
        let mut names: Vec<String> = found.signed_by().iter().map(Holder::to_string).collect();
        names.sort();
        assert_eq!(names, ["dora", "finn"]);
        let work = office.prepare(&["a.example", "b.example"]).unwrap();
        let error = work.carry_out(&signers(&["dora", "emil"])).unwrap_err();
        assert!(matches!(error, Error::Stranger { .. }), "{error}");
    }

    #[test]
    fn a_change_that_would_lock_everybody_out_is_refused() {
        let office = Office::with_delegate();
        let rotate = |role: &str, remove: &[&str], threshold| {
            let rotation = Rotation {
                role: role.to_owned(),
                remove: remove.iter().map(|name| (*name).to_owned()).collect(),
                add: public(&[]),
                threshold,
                until: None,
            };
            rotation.prepare(&office.workspace, office.now).err().unwrap()
        };
        assert!(matches!(rotate("root", &["ana", "ben"], None), Error::Threshold { .. }));
        assert!(matches!(rotate("targets", &[], Some(1)), Error::Threshold { least: 2, .. }));
        assert!(matches!(rotate("fr", &["dora"], None), Error::Threshold { .. }));
        for role in ["root", "fr"] {
            assert!(matches!(rotate(role, &[], None), Error::NothingChanges { .. }));
            assert!(matches!(rotate(role, &[], Some(2)), Error::NothingChanges { .. }));
        }
        assert!(matches!(rotate("root", &["zoe"], None), Error::UnknownHolder { .. }));
        assert!(matches!(rotate("de", &["zoe"], None), Error::NoRole { .. }));
        // The new key's private half is not on this machine.
        let error = office.rotate("timestamp", "timestamp", &["spare"]).err().unwrap();
        assert!(matches!(error, Error::NoOnlineKey { .. }), "{error}");
    }
}
