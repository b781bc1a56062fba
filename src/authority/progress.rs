//! Work that was prepared and shown, and how far it has come once it is done.
//!
//! Publishing, delegating, rotating and adding a signature all end alike: metadata is put on its way, whoever is
//! there signs it, and what enough people have signed becomes public.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use crate::authority::bundle::Signatures;
use crate::authority::commit::{Committed, commit};
use crate::authority::desk::{Desk, Draft};
use crate::authority::online::Online;
use crate::authority::proposal::Told;
use crate::authority::words::Whose;
use crate::authority::{Error, KeptList, Proposal, SigningKey, Workspace, metadata};
use crate::trust::{Holder, ROOT};

/// A key that is at hand, and where it is from.
pub struct Signer {
    /// Where it is from, for messages.
    pub name: String,
    /// The key.
    pub key: SigningKey,
}

/// Work that was prepared and not done yet.
pub struct Work {
    pub(super) desk: Desk,
    roles: Vec<String>,
    proposal: Proposal,
    remarks: Vec<String>,
    ended: Option<Committed>,
    now: Timestamp,
}

/// How far the work has come.
#[derive(Debug, Serialize)]
pub struct Progress {
    /// What an earlier command was kept from publishing, and is public now.
    pub ended: Option<Committed>,
    /// What has become public.
    pub committed: Option<Committed>,
    /// What waits for more signatures.
    pub waiting: Vec<Waiting>,
    /// The command that adds one.
    pub next: String,
}

/// Metadata that waits for more signatures.
#[derive(Debug, Serialize)]
pub struct Waiting {
    /// The role.
    pub role: String,
    /// Its version.
    pub version: u64,
    /// Who has signed.
    pub signed: Vec<Holder>,
    /// Who could sign still.
    pub missing: Vec<Holder>,
    /// How many must.
    pub threshold: u64,
    /// Whose signatures these are.
    pub whose: Whose,
}

impl Work {
    /// Work on drafts.
    pub(super) fn of_draft(
        (mut desk, ended): (Desk, Option<Committed>),
        draft: Draft,
        remarks: Vec<String>,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let roles: Vec<String> = draft.documents.iter().map(|(role, _)| role.clone()).collect();
        let replaced = roles.iter().filter(|role| desk.staged.contains_key(*role));
        let mut notes: Vec<String> = replaced
            .map(|role| {
                format!("What waits of {role} goes on in this, as far as this leaves it, and is signed anew.")
            })
            .collect();
        notes.extend(remarks);
        desk.draft(draft)?;
        let proposal = Proposal::of(&desk, &roles, Told::First, now)?;
        Ok(Self { desk, roles, proposal, remarks: notes, ended, now })
    }

    /// Work on what is on its way already, of these roles.
    pub(super) fn of_staged(
        (desk, ended): (Desk, Option<Committed>),
        roles: Vec<String>,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let proposal = Proposal::of(&desk, &roles, Told::First, now)?;
        Ok(Self { desk, roles, proposal, remarks: Vec::new(), ended, now })
    }

    /// What will be signed.
    pub fn proposal(&self) -> &Proposal {
        &self.proposal
    }

    /// The same, its proposal with every name instead of the first ones.
    pub fn with_all_names(mut self) -> Result<Self, Error> {
        self.proposal = Proposal::of(&self.desk, &self.roles, Told::All, self.now)?;
        Ok(self)
    }

    /// What else should be known before.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Where it is done.
    pub fn workspace(&self) -> &Workspace {
        &self.desk.workspace
    }

    /// The lists that it would publish, by their paths, without those that are public as they are, and without one path.
    pub fn lists_but(&self, fresh: Option<&str>) -> Result<BTreeMap<String, KeptList>, Error> {
        let mut lists = BTreeMap::new();
        let speaks_of_files = |role: &String| self.roles.contains(role) && role != ROOT;
        for (role, document) in self.desk.staged.iter().filter(|(role, _)| speaks_of_files(role)) {
            let claims = document.claims().map_err(Error::trust(self.desk.workspace.folder()))?;
            let public = self.desk.published.claims(role)?;
            for (path, said) in metadata::lists(&claims).filter(|(path, _)| fresh != Some(*path)) {
                let is = public.as_ref().and_then(|public| public.target(path).ok());
                if is.is_none_or(|is| is.prefix() != said.prefix()) {
                    lists.insert(path.to_owned(), KeptList::open(path, self.desk.target(path, said)?)?);
                }
            }
        }
        Ok(lists)
    }

    /// Signs with these keys, and publishes what enough people have signed.
    pub fn carry_out(mut self, signers: &[Signer]) -> Result<Progress, Error> {
        let lock = self.desk.take()?;
        self.sign(signers)?;
        self.desk.write(&lock, &self.roles)?;
        let online = Online::open(&self.desk.workspace)?;
        let committed = commit(&self.desk, &online, self.now)?;
        let after = Desk::look(&self.desk.workspace)?;
        let next = after.workspace.next_turn();
        Ok(Progress { ended: self.ended, committed, waiting: waiting(&after)?, next })
    }

    /// Signs with these keys, and gives the signatures to be taken elsewhere.
    pub fn sign_apart(mut self, signers: &[Signer]) -> Result<Signatures, Error> {
        self.sign(signers)
    }

    /// Signs and writes as [`carry_out`](Self::carry_out) does, and publishes nothing.
    #[cfg(test)]
    pub(super) fn stage_alone(mut self, signers: &[Signer]) -> Result<Desk, Error> {
        let lock = self.desk.take()?;
        self.sign(signers)?;
        self.desk.write(&lock, &self.roles)?;
        Desk::look(&self.desk.workspace)
    }

    fn sign(&mut self, signers: &[Signer]) -> Result<Signatures, Error> {
        let mut signatures = Signatures::default();
        for Signer { name, key } in signers {
            let (mut signed, mut known) = (false, None);
            for role in &self.roles {
                let Some(holder) = self.desk.holder(role, key.public())? else { continue };
                let Some(document) = self.desk.staged.get(role) else { continue };
                let tallies = self.desk.tallies(role, document)?;
                if tallies.iter().any(|tally| tally.signed.contains(&holder)) {
                    known = Some(holder);
                    continue;
                }
                let signature = key.sign(document.message())?;
                signatures.add(role, document, &holder, &signature);
                if let Some(document) = self.desk.staged.get_mut(role) {
                    document.add_signature(&holder.key_id, &signature);
                }
                signed = true;
            }
            match known {
                _ if signed => {}
                Some(holder) => return Err(Error::AlreadySigned { holder: holder.to_string() }),
                None => return Err(Error::Stranger { key: name.clone() }),
            }
        }
        Ok(signatures)
    }

    /// Adds signatures that were made elsewhere, and publishes what enough people have signed.
    pub fn take_in(mut self, signatures: &Signatures, from: &Path) -> Result<Progress, Error> {
        signatures.add_to(&mut self.desk, from)?;
        self.carry_out(&[])
    }
}

/// What waits for more signatures.
pub(super) fn waiting(desk: &Desk) -> Result<Vec<Waiting>, Error> {
    let mut found = Vec::new();
    for (role, document) in &desk.staged {
        let tallies = desk.tallies(role, document)?;
        let last = tallies.len().saturating_sub(1);
        for (tally, index) in tallies.into_iter().zip(0..).filter(|(tally, _)| !tally.reached()) {
            let whose = if role == ROOT && index < last { Whose::Before } else { Whose::Own };
            let version = crate::authority::metadata::version(document);
            let crate::trust::Tally { signed, missing, threshold } = tally;
            found.push(Waiting { role: role.clone(), version, signed, missing, threshold, whose });
        }
    }
    Ok(found)
}
