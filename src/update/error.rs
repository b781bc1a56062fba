//! Why a list was not taken. Each variant names the file and the remedy.

use std::io;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::blocklist::ReadError;
use crate::trust;

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
