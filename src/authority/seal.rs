//! Signing snapshot and timestamp, the two roles that no person attends.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::Timestamp;

use crate::authority::commit::Step;
use crate::authority::desk::Desk;
use crate::authority::edition::{Documents, Edition};
use crate::authority::online::Online;
use crate::authority::workspace::metadata_file;
use crate::authority::{Error, files, metadata};
use crate::trust::{Document, ROOT, Root, SNAPSHOT, TARGETS, TIMESTAMP};

/// When snapshot and timestamp are signed anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Renewal {
    /// Where the root does not trust those that are there.
    IfUntrusted,
    /// The timestamp in any case.
    Timestamp,
    /// Both in any case.
    Snapshot,
}

/// What is needed to sign snapshot and timestamp.
pub(super) struct Sealing<'a> {
    pub(super) desk: &'a Desk,
    /// The metadata that will be public.
    pub(super) roles: &'a Documents,
    /// The root that will be in force, and where it is another one, that which is.
    pub(super) roots: Vec<&'a Root>,
    pub(super) online: &'a Online,
    pub(super) now: Timestamp,
}

/// Snapshot and timestamp.
pub(super) struct Sealed {
    /// What writes them, the timestamp last.
    pub(super) steps: Vec<Step>,
    pub(super) versions: BTreeMap<String, u64>,
    /// Their files.
    pub(super) kept: BTreeSet<PathBuf>,
    /// Whether clients of the old root and of the new one believe them, and the targets that they lead to.
    pub(super) satisfies_both: bool,
}

impl Sealing<'_> {
    pub(super) fn seal(&self, renewal: Renewal) -> Result<Sealed, Error> {
        let Edition { folder, snapshot, timestamp, .. } = &self.desk.published;
        let mut sealed = Sealed {
            steps: Vec::new(),
            versions: BTreeMap::new(),
            kept: BTreeSet::new(),
            satisfies_both: false,
        };
        let good = snapshot.as_ref().filter(|_| renewal != Renewal::Snapshot);
        let (snapshot, is_new) = match good.filter(|it| self.reached(SNAPSHOT, it, 0)) {
            Some(snapshot) => (snapshot.clone(), false),
            None => (self.snapshot()?, true),
        };
        let number = metadata::version(&snapshot);
        let file = metadata_file(folder, SNAPSHOT, number);
        let octets = match is_new {
            true => snapshot.compose().map_err(Error::trust(&file))?,
            false => files::read(&file)?,
        };
        if is_new {
            sealed.steps.push(Step::Write { to: file.clone(), octets: octets.clone() });
            sealed.versions.insert(SNAPSHOT.to_owned(), number);
        }
        sealed.kept.insert(file);
        let good = timestamp.as_ref().filter(|_| !is_new && renewal == Renewal::IfUntrusted);
        let timestamp = match good.filter(|it| self.reached(TIMESTAMP, it, 0)) {
            Some(timestamp) => timestamp.clone(),
            None => {
                let timestamp = self.timestamp(number, &octets)?;
                let to = metadata_file(folder, TIMESTAMP, 0);
                let octets = timestamp.compose().map_err(Error::trust(&to))?;
                sealed.steps.push(Step::Write { to, octets });
                sealed.versions.insert(TIMESTAMP.to_owned(), metadata::version(&timestamp));
                timestamp
            }
        };
        sealed.satisfies_both = self.roots.len() > 1
            && self.reached(SNAPSHOT, &snapshot, 1)
            && self.reached(TIMESTAMP, &timestamp, 1)
            && self.roles.get(TARGETS).is_some_and(|targets| self.reached(TARGETS, targets, 1));
        Ok(sealed)
    }

    /// Whether one of the roots trusts what signed a document.
    fn reached(&self, role: &str, document: &Document, root: usize) -> bool {
        let tally = self.roots.get(root).map(|root| root.tally(role, document));
        tally.is_some_and(|tally| tally.is_ok_and(|tally| tally.reached()))
    }

    fn snapshot(&self) -> Result<Document, Error> {
        let mut roles = Vec::new();
        for (role, document) in self.roles.iter().filter(|(role, _)| *role != ROOT) {
            let version = metadata::version(document);
            let path = metadata_file(&self.desk.published.folder, role, version);
            let octets = match self.desk.published.has(role, document) {
                true => files::read(&path)?,
                false => document.compose().map_err(Error::trust(&path))?,
            };
            roles.push((role.as_str(), version, octets));
        }
        let said = roles.iter().map(|(role, version, octets)| (*role, *version, octets.as_slice()));
        let end = self.desk.end(SNAPSHOT, self.now);
        self.sign(SNAPSHOT, &metadata::snapshot(self.desk.published.next(SNAPSHOT)?, end, said))
    }

    fn timestamp(&self, version: u64, snapshot: &[u8]) -> Result<Document, Error> {
        let end = self.desk.end(TIMESTAMP, self.now);
        let number = self.desk.published.next(TIMESTAMP)?;
        self.sign(TIMESTAMP, &metadata::timestamp(number, end, (version, snapshot)))
    }

    fn sign(&self, role: &str, signed: &serde_json::Value) -> Result<Document, Error> {
        let mut document = Document::unsigned(signed).map_err(Error::metadata(role))?;
        self.online.sign(role, &mut document, &self.roots)?;
        Ok(document)
    }
}
