//! Where a zone's list comes from: a file, or what a repository publishes; and whether it is another one by now.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::error::Error;
use crate::blocklist::Format;
use crate::dns::Name;
use crate::export::{InForce, NotInForce, Reading};
use crate::trust::TIMESTAMP;
use crate::update::{Location, Repository};

/// Where a list comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    File {
        path: PathBuf,
        format: Option<Format>,
    },
    /// What is published under a path, in a repository that is trusted by a pinned root.
    Target {
        repository: PathBuf,
        root: PathBuf,
        path: String,
    },
}

/// By what a file is known again: device and number, length, and when it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp([u64; 3], [i64; 4]);

/// How a list is judged as it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judging<'j> {
    pub protected: &'j [Name],
    pub guarded: bool,
    pub now: Timestamp,
}

impl Source {
    /// The file that tells by its stamp whether there is another list.
    fn told_by(&self) -> PathBuf {
        match self {
            Self::File { path, .. } => path.clone(),
            Self::Target { repository, .. } => repository.join("metadata").join(format!("{TIMESTAMP}.json")),
        }
    }

    /// Which list there is.
    pub(super) fn stamp(&self) -> Result<Stamp, Error> {
        let path = self.told_by();
        let found = fs::metadata(&path).map_err(|source| Error::Read { path, source })?;
        Ok(Stamp(
            [found.dev(), found.ino(), found.size()],
            [found.mtime(), found.mtime_nsec(), found.ctime(), found.ctime_nsec()],
        ))
    }

    /// Reads the list. `trusted` is the folder for what is trusted of the repository.
    pub(super) fn read(&self, trusted: &Path, now: Timestamp) -> Result<Vec<u8>, Error> {
        let at = |path: &Path| fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source });
        match self {
            Self::File { path, .. } => at(path),
            Self::Target { repository, root, path } => {
                let location = Location::Folder(repository.clone());
                let mut repository = Repository::open(&location, Some(trusted.to_owned()), &at(root)?)?;
                repository.refresh(now)?;
                let found = repository.find(path)?;
                let mut list = Vec::new();
                repository.download(path, &found.target, &mut list)?;
                Ok(list)
            }
        }
    }

    /// What is in force of a list that was read from here.
    pub(super) fn parse(&self, list: &[u8], judging: Judging<'_>) -> Result<InForce, Error> {
        let Judging { protected, guarded, now } = judging;
        let (format, name) = match self {
            Self::File { path, format } => (*format, path.to_string_lossy()),
            Self::Target { path, .. } => (None, path.into()),
        };
        Ok(InForce::read(list, Reading { format, name: &name, protected, guarded }, now)?)
    }
}

impl From<NotInForce> for Error {
    fn from(error: NotInForce) -> Self {
        match error {
            NotInForce::Unreadable(error) => Self::Unreadable(error),
            NotInForce::Guarded(refused) => Self::Guarded(refused),
            NotInForce::Rails(error) => Self::Rails(error),
        }
    }
}
