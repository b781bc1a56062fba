//! What stops the use of a key in a file. Each variant names the file, and what to do.

use std::path::PathBuf;

/// Why a key file or a secret cannot be read, made or used.
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
    /// A file that is not a private key of the kind that is wanted.
    #[error(
        "{path} is not {kind} private key in PKCS#8 PEM format, which begins with -----BEGIN ENCRYPTED \
         PRIVATE KEY----- or -----BEGIN PRIVATE KEY-----"
    )]
    NotAKey {
        /// The file.
        path: PathBuf,
        /// What it should be.
        kind: &'static str,
    },
    /// An encrypted file that another program made in another way, or that is meant to exhaust this machine.
    #[error(
        "{path} is encrypted in a way that this program does not undo: {reason}; encrypt it anew with \
         openssl pkcs8 -topk8 -scrypt -in {path}"
    )]
    Encryption {
        /// The file.
        path: PathBuf,
        /// What is not supported.
        reason: &'static str,
    },
    /// The passphrase is wrong; a damaged file looks the same.
    #[error("this passphrase does not open {path}; type it again, or take a copy if the file is damaged")]
    Passphrase {
        /// The file.
        path: PathBuf,
    },
    /// A new passphrase that could be guessed.
    #[error("a passphrase of {found} characters is too short; use at least {least}, best several words")]
    ShortPassphrase {
        /// Characters of the passphrase.
        found: usize,
        /// How many it must have.
        least: usize,
    },
    /// A file with a secret that strangers can read.
    #[error("{path} can be read by every user of this machine (mode {mode:04o}); chmod 600 {path}")]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// A file with a secret that holds none.
    #[error("the first line of {path} must be the secret, as text of at most {longest} octets")]
    NoSecret {
        /// The file.
        path: PathBuf,
        /// The most octets of a line.
        longest: u64,
    },
    /// Nobody could be asked for a secret.
    #[error("cannot ask for the {what}: {cause}")]
    Unasked {
        /// What was wanted.
        what: String,
        /// Why not.
        cause: std::io::Error,
    },
    /// The cryptographic library failed.
    #[error("the cryptographic library could not make, lock or use a key")]
    Library,
}
