//! [`Client`]: what a resolver is to a [`Repository`], with its memory, its clock and its disk in our hands.

use std::collections::BTreeMap;
use std::io::Read;

use jiff::Timestamp as Time;
use serde_json::Value;

use crate::trust::attacks::repository::{Answer, NOW, Repository};
use crate::trust::publisher::time;
use crate::trust::{Error, Found, ROOT, Root, Source, Trusted, refresh};

#[derive(Clone)]
pub(super) struct Client {
    shipped_root: Vec<u8>,
    /// What it kept, by role.
    pub(super) kept: BTreeMap<String, Vec<u8>>,
    /// The metadata files that it asked for since it was last told to do something.
    pub(super) asked: Vec<String>,
    pub(super) now: Time,
    /// How many files it can keep until the power fails.
    pub(super) keeps: usize,
}

/// Why a client did not get what it wanted.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Trust(#[from] Error),
    #[error("{file} has more than {longest} octets")]
    TooLong { file: String, longest: u64 },
    #[error("{file}: broken connection")]
    Broken { file: String },
    #[error("power failure")]
    Power,
}

impl Client {
    pub(super) fn shipped_with(root: Vec<u8>) -> Self {
        let (kept, asked) = (BTreeMap::new(), Vec::new());
        Self { shipped_root: root, kept, asked, now: time(NOW), keeps: usize::MAX }
    }

    /// Brings the top-level metadata up to date.
    pub(super) fn refresh(&mut self, repository: &Repository) -> Result<Trusted, Failure> {
        self.asked.clear();
        let newest = self.kept.get(ROOT).and_then(|octets| Root::pinned(octets).ok());
        let mut root = newest.map_or_else(|| Root::pinned(&self.shipped_root), Ok)?;
        let start = self.now;
        refresh(&mut Session { client: self, repository }, &mut root, start)
    }

    /// Brings the top-level metadata up to date and looks a target up.
    pub(super) fn find(&mut self, repository: &Repository, path: &str) -> Result<Found, Failure> {
        let trusted = self.refresh(repository)?;
        trusted.find(&mut Session { client: self, repository }, path)
    }

    /// Finds a target and reads what the repository has for it.
    pub(super) fn download(&mut self, repository: &Repository, path: &str) -> Result<Vec<u8>, Failure> {
        let found = self.find(repository, path)?;
        let mut octets = Vec::new();
        let mut reader = found.target.read(path, &*repository.contents[path]);
        match reader.read_to_end(&mut octets) {
            Ok(_) => Ok(octets),
            Err(error) => Err(error.downcast::<Error>().unwrap().into()),
        }
    }

    /// The versions of all that it trusts, by role: `root 1, snapshot 2`.
    pub(super) fn versions(&self) -> String {
        let version =
            |octets: &[u8]| serde_json::from_slice::<Value>(octets).unwrap()["signed"]["version"].to_string();
        let mut versions = BTreeMap::from([(ROOT, version(&self.shipped_root))]);
        versions.extend(self.kept.iter().map(|(role, octets)| (role.as_str(), version(octets))));
        let versions = versions.into_iter().map(|(role, version)| format!("{role} {version}"));
        versions.collect::<Vec<_>>().join(", ")
    }
}

struct Session<'session> {
    client: &'session mut Client,
    repository: &'session Repository,
}

impl Source for Session<'_> {
    type Error = Failure;

    fn kept(&mut self, role: &str) -> Option<Vec<u8>> {
        self.client.kept.get(role).cloned()
    }

    fn keep(&mut self, role: &str, octets: &[u8]) -> Result<(), Failure> {
        self.client.keeps = self.client.keeps.checked_sub(1).ok_or(Failure::Power)?;
        self.client.kept.insert(role.to_owned(), octets.to_vec());
        Ok(())
    }

    fn fetch(&mut self, file: &str, longest: u64) -> Result<Option<Vec<u8>>, Failure> {
        self.client.asked.push(file.to_owned());
        let file = file.to_owned();
        match self.repository.files.get(&file) {
            None => Ok(None),
            Some(Answer::Broken) => Err(Failure::Broken { file }),
            Some(Answer::Octets(octets)) if octets.len() as u64 <= longest => Ok(Some(octets.clone())),
            Some(Answer::Octets(_) | Answer::Endless) => Err(Failure::TooLong { file, longest }),
        }
    }
}
