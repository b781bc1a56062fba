//! What stops an authority's work. Each variant names the file and the remedy; causes are told by `source`.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::authority::key::KeyError;
use crate::blocklist;
use crate::trust;

/// Why a command of the authority was refused, or failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("cannot write {path}")]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A file that is never overwritten is there already.
    #[error("{path} exists and is never overwritten; choose another folder or move it away")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Metadata, or a file that it speaks of, is not what it should be.
    #[error("{path} is not trusted")]
    Trust {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: trust::Error,
    },
    /// A holder's name that could not be the name of a file.
    #[error("{name:?} cannot name a key holder: use 1 to 64 letters a-z, digits, '-' and '_'")]
    HolderName {
        /// The name.
        name: String,
    },
    /// Two holders of one name.
    #[error("the holder {name} is named twice; each person holds one key")]
    SameHolder {
        /// The name.
        name: String,
    },
    /// A threshold that one person meets, or that all together do not.
    #[error(
        "a threshold of {threshold} does not fit {holders} holders; it must be at least 2, so that nobody \
             lists a name alone, and at most the number of holders"
    )]
    Threshold {
        /// The threshold.
        threshold: u64,
        /// How many holders there are.
        holders: usize,
    },
    /// Private keys in the folder that is published.
    #[error("private keys in {keys} would be published with {folder}; keep them outside it (--keys)")]
    KeysPublished {
        /// The folder for the keys.
        keys: PathBuf,
        /// The folder to publish.
        folder: PathBuf,
    },
    /// A private key that cannot be read, made or used.
    #[error(transparent)]
    PrivateKey(#[from] KeyError),
    /// The cryptographic library could not make a key.
    #[error("the cryptographic library could not make a key")]
    NoKey,
    /// A key that the root does not know.
    #[error(
        "{key} is not one of the keys that {root} trusts to sign targets; is it another authority's root?"
    )]
    Stranger {
        /// Where the key is.
        key: String,
        /// The root file.
        root: PathBuf,
    },
    /// A second signature by the same holder, which would count for nothing.
    #[error("{holder} has signed {path} already; the next signature must be another holder's")]
    AlreadySigned {
        /// The holder.
        holder: String,
        /// The metadata file.
        path: PathBuf,
    },
    /// A version that does not grow.
    #[error(
        "version {version} is not larger than version {known} in {path}; resolvers would refuse a rollback"
    )]
    Version {
        /// The version that was asked for.
        version: u64,
        /// The version that exists.
        known: u64,
        /// Where it exists.
        path: PathBuf,
    },
    /// A list whose serial does not grow although its content changed.
    #[error("{path}: serial {serial} is not larger than the published {known}; pack it with a larger one")]
    Serial {
        /// The list.
        path: PathBuf,
        /// Its serial.
        serial: u64,
        /// The serial of the published list.
        known: u64,
    },
    /// An input in no format that can be read.
    #[error("{path} cannot be read as a list")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: blocklist::ReadError,
    },
    /// An input with rules that a published list cannot say.
    #[error("{path} cannot be published")]
    Unpackable {
        /// The file.
        path: PathBuf,
        /// Which rule, and why.
        source: blocklist::ComposeError,
    },
    /// A header that lacks a field or has an unknown one.
    #[error("{path} is not the header of a list")]
    Header {
        /// The file.
        path: PathBuf,
        /// Which field, and where.
        source: Box<toml::de::Error>,
    },
    /// An expiry in the past.
    #[error("{what} would expire on {expires}, which has passed already")]
    Expiry {
        /// What would expire.
        what: String,
        /// The expiry.
        expires: Timestamp,
    },
    /// Somebody wrote the metadata while its signer was asked.
    #[error("{path} has changed since it was shown; nothing was signed, begin again")]
    Changed {
        /// The metadata file.
        path: PathBuf,
    },
    /// A file that is not a list in the published format.
    #[error("{path}: {reason}")]
    List {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the number of the line.
        reason: String,
    },
    /// There is no metadata to add a signature to.
    #[error("{path} does not exist; the first holder names the lists with --target")]
    NoTargets {
        /// The metadata file.
        path: PathBuf,
    },
    /// An option that only the first holder may use.
    #[error("--version and --expires belong to --target: who adds a signature cannot change what is signed")]
    Settled,
    /// A list outside the folder of the metadata, where no resolver would find it.
    #[error("{path} is not below {folder}; put the list beside the metadata that speaks of it")]
    Outside {
        /// The list.
        path: PathBuf,
        /// The folder of the metadata.
        folder: PathBuf,
    },
}

impl Error {
    /// Adds to what is not trusted the file that it stands in.
    pub(super) fn trust(path: &std::path::Path) -> impl FnOnce(trust::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Trust { path, source }
    }
}
