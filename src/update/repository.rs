//! A repository as its subscriber sees it: what it publishes, fetched within bounds and verified from the pinned root
//! on by the workflow of `trust`.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use jiff::Timestamp;

use super::error::FetchError;
use super::kept::Kept;
use super::transport::{Part, Transport};
use super::web::{Reach, Web};
use crate::trust::{self, Found, Root, Source, Target, Trusted};

/// A list longer than this, in octets, is not fetched, nor copied from a file.
pub(super) const LONGEST_LIST: u64 = 1 << 30;

/// Where a repository stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// The demonstration's, inside this program.
    Embedded,
    /// A folder with `metadata/` and `targets/` in it.
    Folder(PathBuf),
    /// A server.
    Web(Reach),
}

/// Why a refresh or a download failed.
#[derive(Debug, thiserror::Error)]
pub enum RepositoryError {
    /// A file could not be had.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// What was had is not trusted.
    #[error(transparent)]
    Trust(#[from] trust::Error),
    /// A file could not be written here.
    #[error("{what}: {cause}")]
    Unwritable {
        /// What was being written.
        what: String,
        /// Why.
        cause: io::Error,
    },
}

/// A repository, and what is trusted of it.
pub struct Repository {
    transport: Transport,
    kept: Kept,
    root: Root,
    trusted: Option<Trusted>,
}

impl Repository {
    /// A repository whose trust begins with a pinned root, or goes on from what a folder keeps of it. Asks the
    /// repository for nothing.
    pub fn open(
        location: &Location,
        folder: Option<PathBuf>,
        pinned: &[u8],
    ) -> Result<Self, RepositoryError> {
        let transport = match location {
            Location::Embedded => Transport::Embedded,
            Location::Folder(folder) => Transport::Folder(folder.clone()),
            Location::Web(reach) => Transport::Web(Web::new(reach)?),
        };
        let (kept, root) = Kept::open(folder, pinned)?;
        Ok(Self { transport, kept, root, trusted: None })
    }

    /// Brings the top-level metadata up to date.
    pub fn refresh(&mut self, now: Timestamp) -> Result<&Trusted, RepositoryError> {
        self.trusted = None;
        let mut shelf = Shelf { transport: &mut self.transport, kept: &mut self.kept };
        let refreshed = trust::refresh(&mut shelf, &mut self.root, now);
        if refreshed.is_err() {
            self.transport.forget();
        }
        Ok(self.trusted.insert(refreshed?))
    }

    /// Looks a target up in what the last refresh brought.
    pub fn find(&mut self, path: &str) -> Result<Found, RepositoryError> {
        let Some(trusted) = &self.trusted else {
            return Err(trust::Error::NotInRepository { role: trust::TIMESTAMP.to_owned() }.into());
        };
        let mut shelf = Shelf { transport: &mut self.transport, kept: &mut self.kept };
        trusted.find(&mut shelf, path)
    }

    /// Writes a target to `out`. Nothing that was written may be used unless this succeeds.
    pub fn download(
        &mut self,
        path: &str,
        target: &Target,
        out: &mut impl Write,
    ) -> Result<(), RepositoryError> {
        let file = self.file_of(path, target)?;
        let place = self.transport.place(Part::Targets, &file);
        if target.length() > LONGEST_LIST {
            return Err(FetchError::TooLong { place, longest: LONGEST_LIST }.into());
        }
        let Some(body) = self.transport.open_target(&file, target.length())? else {
            return Err(FetchError::Missing { place }.into());
        };
        let mut body = target.read(path, body);
        let mut buffer = vec![0; 64 << 10];
        loop {
            let count = match body.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(count) => count,
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
                Err(cause) => return Err(broken(&place, cause)),
            };
            out.write_all(&buffer[..count])
                .map_err(|cause| RepositoryError::Unwritable { what: format!("copy of {path}"), cause })?;
        }
    }

    /// Why the last metadata could not be kept, if it could not; asked once.
    pub(super) fn unwritten(&mut self) -> Option<io::Error> {
        self.kept.unwritten()
    }

    /// What tells this repository's chain of trust from any other.
    pub(super) fn lineage(&self) -> &str {
        self.kept.lineage()
    }

    /// The newest trusted root.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// The name of a target's file (specification §6.2).
    fn file_of(&self, path: &str, target: &Target) -> Result<String, RepositoryError> {
        if !self.root.consistent_snapshot() {
            return Ok(path.to_owned());
        }
        let no_digest = || trust::Error::NoDigest { name: path.to_owned() };
        let prefix = target.prefix().ok_or_else(no_digest)?;
        Ok(match path.rsplit_once('/') {
            Some((folder, file)) => format!("{folder}/{prefix}.{file}"),
            None => format!("{prefix}.{path}"),
        })
    }
}

/// What broke off: the digest does not agree, or the stream ended early.
fn broken(place: &str, cause: io::Error) -> RepositoryError {
    match cause.downcast::<trust::Error>() {
        Ok(untrusted) => untrusted.into(),
        Err(cause) => FetchError::Io { place: place.to_owned(), cause }.into(),
    }
}

/// What the workflow asks of the world: a repository's metadata, there and here.
struct Shelf<'r> {
    transport: &'r mut Transport,
    kept: &'r mut Kept,
}

impl Source for Shelf<'_> {
    type Error = RepositoryError;

    fn kept(&mut self, role: &str) -> Option<Vec<u8>> {
        self.kept.role(role).cloned()
    }

    fn keep(&mut self, role: &str, octets: &[u8]) -> Result<(), RepositoryError> {
        self.kept.keep(role, octets);
        Ok(())
    }

    fn fetch(&mut self, file: &str, longest: u64) -> Result<Option<Vec<u8>>, RepositoryError> {
        Ok(self.transport.read_metadata(file, longest)?)
    }
}
