//! What an administrator is shown of authorities and lists.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::age::Standing;
use super::config::Origin;
use super::slot::Slot;
use super::updater::{Follow, Updater};

/// An authority that is followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityStatus {
    /// The name that the operator gave it.
    pub name: String,
    /// Where its repository is.
    pub repository: String,
    /// The version of its root that is trusted; 0 before the first visit.
    pub root: u64,
    /// When its metadata was last verified as current.
    pub refreshed: Option<Timestamp>,
    /// Why it could not be at the last visit.
    pub failure: Option<String>,
}

/// A list and its generations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListStatus {
    /// The name that the operator gave it.
    pub name: String,
    /// The authority whose list it is, or the file.
    pub origin: String,
    /// How it stands.
    pub standing: Standing,
    /// When it is out of date.
    pub expires: Option<Timestamp>,
    /// Serial of what is in force.
    pub serial: Option<u64>,
    /// When that was put in force.
    pub loaded: Option<Timestamp>,
    /// Whether a rollback holds it there.
    pub held: bool,
    /// Why the newest of its source was not taken, or could not be had.
    pub failure: Option<String>,
    /// Rules in force that override a guard rail.
    pub overridden: u64,
    /// The generations that are kept, the newest first.
    pub kept: Vec<Generation>,
}

/// A generation that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generation {
    /// The serial of its header.
    pub serial: Option<u64>,
    /// Names and networks in it.
    pub listed: u32,
    /// The role that signed it.
    pub role: Option<String>,
    /// The people who signed it.
    pub signed_by: Vec<String>,
}

impl Updater {
    /// Whom it follows.
    pub fn authority_status(&self) -> Vec<AuthorityStatus> {
        let status = |follow: &Follow| AuthorityStatus {
            name: follow.authority.name.clone(),
            repository: follow.authority.repository.clone().into(),
            root: follow.visit.root_version,
            refreshed: follow.visit.refreshed,
            failure: follow.visit.failure.clone(),
        };
        self.follows().iter().map(status).collect()
    }

    /// What it has. Reads the records of what is kept.
    pub fn list_status(&self) -> Vec<ListStatus> {
        self.slots().iter().map(list_status).collect()
    }
}

fn list_status(slot: &Slot) -> ListStatus {
    let header = slot.current.as_ref().and_then(|list| list.header.as_ref());
    let kept = slot.stored().into_iter().map(|stored| {
        let (role, signed_by) = match stored.record.signed {
            Some(signed) => (Some(signed.role), signed.holders),
            None => (None, Vec::new()),
        };
        Generation { serial: stored.record.serial, listed: stored.record.listed, role, signed_by }
    });
    ListStatus {
        name: slot.source.name.clone(),
        origin: match &slot.source.origin {
            Origin::File { path, .. } => path.display().to_string(),
            Origin::Target { authority, path } => format!("{authority}: {path}"),
        },
        standing: slot.standing,
        expires: slot.expires(),
        serial: header.map(|header| header.serial),
        loaded: slot.loaded,
        held: slot.held.is_some(),
        failure: slot.failure().map(str::to_owned),
        overridden: slot.overridden,
        kept: kept.collect(),
    }
}
