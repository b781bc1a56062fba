//! Leaving a part of the paths to others: a jurisdiction with its own keys and threshold.

use jiff::Timestamp;

use crate::authority::desk::{Desk, Draft};
use crate::authority::init::check_holders;
use crate::authority::metadata::{NewDelegation, Signers};
use crate::authority::progress::Work;
use crate::authority::workspace::inside;
use crate::authority::{Error, PublicKey, Workspace, metadata};
use crate::trust::{Document, TARGETS, TOP_LEVEL_ROLES};

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
        if TOP_LEVEL_ROLES.contains(&&*self.role) {
            return Err(Error::RoleName { role: self.role.clone() });
        }
        let names: Vec<String> = self.holders.iter().map(|key| key.holder().to_owned()).collect();
        check_holders(&self.role, &names, self.threshold, 2)?;
        self.paths.iter().try_for_each(|path| inside(path).map(|_| ()))?;
        let (mut desk, ended) = Desk::open(workspace, now)?;
        desk.until = self.until;
        let draft = next_targets(&desk, now, |signed| {
            let signers = Signers { keys: self.holders.iter().collect(), threshold: self.threshold };
            let (role, paths, terminating) = (self.role.as_str(), self.paths.as_slice(), self.terminating);
            metadata::delegate(signed, &NewDelegation { role, paths, signers, terminating });
        })?;
        Work::of_draft((desk, ended), draft, Vec::new(), now)
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
    let draft = next_targets(&desk, now, |signed| metadata::withdraw(signed, role))?;
    let remarks = vec![format!("Resolvers find no list of {role} any more once this is published.")];
    Work::of_draft((desk, ended), draft, remarks, now)
}

/// The next metadata of the central holders, with a change in it.
pub(super) fn next_targets(
    desk: &Desk,
    now: Timestamp,
    change: impl FnOnce(&mut serde_json::Value),
) -> Result<Draft, Error> {
    let mut draft = Draft::default();
    if let Some(document) = desk.newest(TARGETS) {
        let mut signed = metadata::again(document, desk.next(TARGETS), desk.end(TARGETS, now));
        change(&mut signed);
        let document = Document::unsigned(&signed).map_err(Error::metadata(TARGETS))?;
        draft.documents.push((TARGETS.to_owned(), document));
    }
    Ok(draft)
}
