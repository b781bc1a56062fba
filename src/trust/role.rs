//! Who may sign for a role, and who of them has (specification §4.3, §4.5): the same for the roles that a root
//! speaks of and for those that targets metadata delegates to.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU64;

use serde::Deserialize;
use serde_json::Value;

use crate::trust::document::Document;
use crate::trust::error::Error;
use crate::trust::key::{Holder, PublicKey};

/// The keys that a root or a delegation speaks of, by id.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyRing(BTreeMap<String, PublicKey>);

/// Who may sign for a role, and how many of them must.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct RoleKeys {
    #[serde(rename = "keyids")]
    pub(super) key_ids: BTreeSet<String>,
    pub(super) threshold: NonZeroU64,
}

/// Who of a role's key holders has signed a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Holders whose signature is valid, each counted once.
    pub signed: Vec<Holder>,
    /// Holders who could sign still.
    pub missing: Vec<Holder>,
    /// How many must sign.
    pub threshold: u64,
}

impl KeyRing {
    /// Reads the field `keys`.
    pub(super) fn parse(keys: &BTreeMap<String, Value>) -> Result<Self, Error> {
        let mut ring = BTreeMap::new();
        for (id, value) in keys {
            if let Some(key) = PublicKey::parse(id, value)? {
                ring.insert(id.clone(), key);
            }
        }
        Ok(Self(ring))
    }

    /// The keys of a role that we can check signatures with.
    pub(super) fn of<'ring>(&'ring self, role: &'ring RoleKeys) -> impl Iterator<Item = &'ring PublicKey> {
        role.key_ids.iter().filter_map(|id| self.0.get(id))
    }

    /// Counts the signatures under a document by the keys of a role.
    ///
    /// A key counts once: however many signatures it made (specification §5.3.4), and also when it is listed
    /// under several ids.
    pub(super) fn tally(&self, role: &RoleKeys, document: &Document) -> Tally {
        let mut tally = Tally { signed: Vec::new(), missing: Vec::new(), threshold: role.threshold.get() };
        let mut counted = BTreeSet::new();
        for key in self.of(role) {
            let signature = document.signature(&key.holder.key_id);
            if !signature.is_some_and(|signature| key.verifies(document.message(), signature)) {
                tally.missing.push(key.holder.clone());
            } else if counted.insert(key.material()) {
                tally.signed.push(key.holder.clone());
            }
        }
        tally
    }
}

impl Tally {
    /// How many different keys have signed.
    pub fn valid(&self) -> u64 {
        self.signed.len() as u64
    }

    /// Whether they are enough.
    pub fn reached(&self) -> bool {
        self.valid() >= self.threshold
    }

    /// The holders who signed, where they are enough (the arbitrary software attack of the specification).
    pub(super) fn enough(self, role: &str) -> Result<Vec<Holder>, Error> {
        if self.reached() {
            return Ok(self.signed);
        }
        Err(Error::Threshold { role: role.to_owned(), valid: self.valid(), threshold: self.threshold })
    }
}
