//! What stops a zone from being made, kept or served. Each text names the place and the remedy.

use std::path::PathBuf;

use crate::blocklist::{Leap, ReadError, Refused};
use crate::dns::Name;
use crate::export;
use crate::keyfile;
use crate::update::RepositoryError;

/// Why a zone is not replaced, or cannot be served.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // The text of each variant is its documentation.
pub enum Error {
    #[error("{}: {source}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{}: {source}; make room there, or let this user write", path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("{}: it changes while it is read, and is read again when it does not; replace it by a rename", path.display())]
    Changing { path: PathBuf },
    #[error("{}: {reason}, and is not what was kept; move it away, and it is made anew", path.display())]
    Kept { path: PathBuf, reason: String },
    #[error(transparent)]
    Secret(#[from] keyfile::Error),
    #[error("{}: {reason}; make one with `rempart-authority key transfer`", file.display())]
    Key { file: PathBuf, reason: &'static str },
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    #[error("it blocks what no list should: {0}")]
    Guarded(Box<Refused>),
    #[error("{0}")]
    Rails(crate::blocklist::GuardError),
    #[error("its serial {serial} is lower than {before}, which was served; give the newest list")]
    Older { serial: u64, before: u64 },
    #[error("{0}; if that is meant, start once with --accept-leap")]
    Leap(Leap),
    #[error(transparent)]
    Export(#[from] export::Error),
    #[error(
        "{owner} has a record of {octets} octets, which no message has room for; take it out of the list"
    )]
    TooLong { owner: Name, octets: usize },
}
