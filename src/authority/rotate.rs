//! New holders for a role, and old ones without a say: the root's, the central ones', a delegate's, or the keys of
//! the machine that publishes.
//!
//! What the remaining holders have not signed in sufficient number is put before them again, unchanged and under
//! the next version, so that nothing that is published rests on a key that was taken away.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::authority::delegate::next_targets;
use crate::authority::desk::{Desk, Draft};
use crate::authority::init::{ONLINE_ROLES, check_holders};
use crate::authority::online::Online;
use crate::authority::progress::Work;
use crate::authority::{Error, PublicKey, Workspace, metadata};
use crate::trust::{Document, Holder, ROOT, Root, TARGETS, TOP_LEVEL_ROLES};

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
        let threshold = self.threshold.unwrap_or(threshold);
        let least = if ONLINE_ROLES.contains(&&*self.role) { 1 } else { 2 };
        let removed = self.removed(&holders, threshold, least)?;
        let mut draft = Draft::default();
        let Some(document) = desk.newest(ROOT) else { return Ok(draft) };
        let mut signed = metadata::again(document, desk.next(ROOT), desk.end(ROOT, now));
        metadata::rotate(&mut signed, &self.role, &removed, &self.add, threshold);
        let document = Document::unsigned(&signed).map_err(Error::metadata(ROOT))?;
        let next = Root::draft(&document).map_err(Error::metadata(ROOT))?;
        Online::open(&desk.workspace)?.check(&next)?;
        if let Some(targets) = desk.newest(TARGETS) {
            let tally = next.tally(TARGETS, targets).map_err(Error::metadata(TARGETS))?;
            if self.role == TARGETS && !tally.reached() {
                draft = next_targets(desk, now, |_| ())?;
            }
        }
        draft.documents.push((ROOT.to_owned(), document));
        Ok(draft)
    }

    fn of_delegate(&self, desk: &Desk, now: Timestamp) -> Result<Draft, Error> {
        let top = desk.top()?;
        let delegate = top.delegates().find(|delegate| delegate.name == self.role);
        let delegate = delegate.ok_or_else(|| Error::NoRole { role: self.role.clone() })?;
        let threshold = self.threshold.unwrap_or(delegate.threshold);
        let removed = self.removed(&delegate.holders, threshold, 2)?;
        let mut draft = next_targets(desk, now, |signed| {
            metadata::rotate(signed, &self.role, &removed, &self.add, threshold);
        })?;
        let Some(document) = desk.newest(&self.role) else { return Ok(draft) };
        let next = draft.documents.first().map(|(_, top)| top.claims()).transpose();
        let next = next.map_err(Error::metadata(TARGETS))?;
        let tally = next.map(|next| next.tally(&self.role, document)).transpose();
        let enough = tally.map_err(Error::metadata(&self.role))?.is_some_and(|tally| tally.reached());
        if !enough && !desk.staged.contains_key(&self.role) {
            let (version, end) = (desk.next(&self.role), desk.end(&self.role, now));
            let again = Document::unsigned(&metadata::again(document, version, end));
            draft.documents.insert(0, (self.role.clone(), again.map_err(Error::metadata(&self.role))?));
        }
        Ok(draft)
    }

    /// The ids of the keys that are taken away, once the rest is found sound.
    fn removed(&self, holders: &[Holder], threshold: u64, least: u64) -> Result<BTreeSet<String>, Error> {
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
        let rest = holders.iter().filter(|holder| !removed.contains(&holder.key_id));
        let rest = rest.map(|holder| holder.name.clone().unwrap_or_else(|| holder.key_id.clone()));
        let names: Vec<String> = rest.chain(self.add.iter().map(|key| key.holder().to_owned())).collect();
        check_holders(&self.role, &names, threshold, least)?;
        Ok(removed)
    }
}
