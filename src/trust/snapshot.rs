//! Timestamp and snapshot metadata (specification §4.6, §4.4): which versions of the other roles are current.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use jiff::Timestamp as Time;
use serde::Deserialize;

use crate::trust::document::Document;
use crate::trust::error::Error;
use crate::trust::root::Root;
use crate::trust::target::Digests;
use crate::trust::{SNAPSHOT, TIMESTAMP};

/// What is said of a metadata file.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct MetaFile {
    pub(super) version: NonZeroU64,
    pub(super) length: Option<u64>,
    hashes: Option<Digests>,
}

/// Timestamp metadata that a threshold of the role's keys has signed.
#[derive(Clone, Debug)]
pub(super) struct Timestamp {
    pub(super) version: NonZeroU64,
    pub(super) expires: Time,
    pub(super) snapshot: MetaFile,
}

/// Snapshot metadata that a threshold of the role's keys has signed.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    pub(super) version: NonZeroU64,
    pub(super) expires: Time,
    meta: BTreeMap<String, MetaFile>,
}

#[derive(Deserialize)]
struct Fields {
    version: NonZeroU64,
    expires: Time,
    meta: BTreeMap<String, MetaFile>,
}

impl MetaFile {
    /// The most octets to fetch: a signed length counts where it is the smaller one, so that nobody who stole a key
    /// can fill our memory with it.
    pub(super) fn longest(&self, limit: u64) -> u64 {
        self.length.map_or(limit, |length| length.min(limit))
    }

    /// Checks a file against length and digests, where they are given (specification §5.5.2, §5.6.2).
    pub(super) fn check(&self, name: &str, octets: &[u8]) -> Result<(), Error> {
        let found = octets.len() as u64;
        if let Some(expected) = self.length.filter(|length| found != *length) {
            return Err(Error::Length { name: name.to_owned(), expected, found });
        }
        self.hashes.as_ref().map_or(Ok(()), |hashes| hashes.check(name, octets))
    }
}

impl Timestamp {
    pub(super) fn parse(root: &Root, octets: &[u8]) -> Result<Self, Error> {
        let document = Document::parse(octets)?;
        root.verify(TIMESTAMP, &document)?;
        let mut fields: Fields = document.fields(TIMESTAMP)?;
        let snapshot = fields.meta.remove(&file_of(SNAPSHOT));
        let snapshot =
            snapshot.ok_or_else(|| Error::NotInMetadata { role: SNAPSHOT.to_owned(), by: TIMESTAMP })?;
        Ok(Self { version: fields.version, expires: fields.expires, snapshot })
    }
}

impl Snapshot {
    pub(super) fn parse(root: &Root, octets: &[u8]) -> Result<Self, Error> {
        let document = Document::parse(octets)?;
        root.verify(SNAPSHOT, &document)?;
        let fields: Fields = document.fields(SNAPSHOT)?;
        Ok(Self { version: fields.version, expires: fields.expires, meta: fields.meta })
    }

    /// What is said of a role's metadata.
    pub(super) fn role(&self, role: &str) -> Result<&MetaFile, Error> {
        let by = SNAPSHOT;
        self.meta.get(&file_of(role)).ok_or_else(|| Error::NotInMetadata { role: role.to_owned(), by })
    }

    /// Refuses a successor that forgets a role or goes back in one (specification §5.5.5).
    pub(super) fn check_successor(&self, successor: &Self) -> Result<(), Error> {
        for (file, known) in &self.meta {
            let role = file.strip_suffix(".json").unwrap_or(file);
            let next = successor.role(role)?;
            check_version(role, next.version, known.version)?;
        }
        Ok(())
    }
}

/// Refuses a version that goes back: somebody replays the past.
pub(super) fn check_version(role: &str, version: NonZeroU64, least: NonZeroU64) -> Result<(), Error> {
    if version >= least {
        return Ok(());
    }
    Err(Error::Rollback { role: role.to_owned(), version: version.get(), least: least.get() })
}

fn file_of(role: &str) -> String {
    format!("{role}.json")
}
