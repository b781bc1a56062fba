//! Why a list was not taken, or a file of a repository not had. Each variant names the place and the remedy.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::repository::RepositoryError;
use crate::blocklist::{DeltaError, Leap, ReadError, Refused};
use crate::trust;

/// Why a list was not taken; the last good one stays in force.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that cannot be read.
    #[error("{}: {cause}; check that it exists and that this user may read it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A file that is too long to be what it should be.
    #[error("{}: longer than {limit} octets; this cannot be {what}", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
        /// In octets.
        limit: u64,
        /// What it should be.
        what: &'static str,
    },
    /// A pinned root that is none.
    #[error("{}: {cause}; ask the authority for its root.json", path.display())]
    Pinned {
        /// The file.
        path: PathBuf,
        /// What failed.
        cause: trust::Error,
    },
    /// A repository that cannot be followed.
    #[error("{0}")]
    Repository(#[from] Arc<RepositoryError>),
    /// A list that is none.
    #[error(transparent)]
    Unusable(#[from] ReadError),
    /// A delta that does not lead to what was signed.
    #[error("{place}: {cause}")]
    Delta {
        /// The delta.
        place: String,
        /// What failed.
        cause: DeltaError,
    },
    /// A delta that leads to another list than what was signed.
    #[error("{place}: the result is not the list that was signed")]
    OtherResult {
        /// The delta.
        place: String,
    },
    /// A generation of another size.
    #[error("{place}: {cause}; if that is meant, run `rempart {command} --accept-loss`")]
    Leap {
        /// The list.
        place: String,
        /// How it differs.
        cause: Leap,
        /// The command that takes it.
        command: &'static str,
    },
    /// A list that blocks what must not be blocked.
    #[error("{place}: {cause}")]
    Guarded {
        /// The list.
        place: String,
        /// Which rules.
        cause: Box<Refused>,
    },
    /// A serial that went back.
    #[error("{place}: serial {serial} is older than {before}, which was taken; publish a higher serial")]
    Older {
        /// The list.
        place: String,
        /// Its serial.
        serial: u64,
        /// The serial taken before.
        before: u64,
    },
    /// A stored generation that is not what was stored.
    #[error("{}: damaged; it is left aside", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// A generation that is not kept.
    #[error("no generation {wanted} of it is kept; serials that are kept: {kept}")]
    NotKept {
        /// As asked for.
        wanted: String,
        /// Those to choose from.
        kept: String,
    },
    /// A state directory that another program uses.
    #[error("{}: another rempart is using this state directory; stop it, or give each its own `update.state`", state.display())]
    InUse {
        /// The directory.
        state: PathBuf,
    },
    /// The texts of rules, or the state directory, could not be written.
    #[error("{what}: {cause}; free disk space, or correct `update.state` and whose it is")]
    Unwritable {
        /// What was being written.
        what: String,
        /// Why.
        cause: io::Error,
    },
}

impl Error {
    /// Whether the same list may be taken later, without any change to it. What a server sent in the place of what was
    /// signed says nothing of what it will send.
    pub(super) fn may_pass(&self) -> bool {
        matches!(self, Self::Unwritable { .. } | Self::Unusable(ReadError::Io { .. }) | Self::Repository(_))
    }

    /// For what was being written when it failed.
    pub(super) fn unwritable(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |cause| Self::Unwritable { what, cause }
    }
}

/// Why a file of a repository could not be had.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// A path that would lead out of the repository.
    #[error("{path}: no path of a repository")]
    Path {
        /// The path.
        path: String,
    },
    /// A file that cannot be read, or a stream that broke off.
    #[error("{place}: {cause}")]
    Io {
        /// Where it is.
        place: String,
        /// Why.
        cause: io::Error,
    },
    /// A file that is longer than it may be.
    #[error("{place}: longer than {longest} octets")]
    TooLong {
        /// Where it is.
        place: String,
        /// In octets.
        longest: u64,
    },
    /// A server that does not answer, or too slowly.
    #[error("{place}: {cause}; check the address, the network, `ca` and `proxy`")]
    Unreachable {
        /// What was asked for.
        place: String,
        /// Why.
        cause: Box<ureq::Error>,
    },
    /// A server that answers with a failure.
    #[error("{place}: the server says {status}")]
    Status {
        /// What was asked for.
        place: String,
        /// The status.
        status: http::StatusCode,
    },
    /// A file that the metadata speaks of and the repository lacks.
    #[error("{place}: not there, although the signed metadata names it; the repository is incomplete")]
    Missing {
        /// Where it should be.
        place: String,
    },
    /// No certificate of an authority to check servers with.
    #[error(
        "no certificates of authorities in {}; install ca-certificates or name a file with `ca`",
        file.as_ref().map_or("the system".into(), |file| file.display().to_string())
    )]
    NoAuthorities {
        /// The configured file.
        file: Option<PathBuf>,
    },
    /// A proxy that cannot be.
    #[error("proxy {proxy}: {cause}")]
    Proxy {
        /// As configured.
        proxy: String,
        /// What is wrong.
        cause: Box<ureq::Error>,
    },
}
