//! What stops a local certification authority. Each variant names the file, and what to do.

use std::path::PathBuf;

use crate::keyfile;

/// Why an authority cannot be founded or used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The certificate cannot be read.
    #[error(
        "{}: {cause}; make one with `rempart ca init`, or check the path and that this user may read it",
        path.display()
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: rustls::pki_types::pem::Error,
    },
    /// A certificate of another kind.
    #[error("{}: {reason}; make an authority with `rempart ca init`", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Its key, or what opens it, is of no use.
    #[error(transparent)]
    Key(#[from] keyfile::Error),
    /// A passphrase that is another key's; a damaged key looks the same.
    #[error(
        "{}: the passphrase in {} does not open it; put the right one there, or take a copy of the key",
        key.display(), passphrase.display()
    )]
    Passphrase {
        /// The file of the key.
        key: PathBuf,
        /// The file of the passphrase.
        passphrase: PathBuf,
    },
    /// A private key that lies open.
    #[error(
        "{} is not encrypted, and who reads it can pretend to be any site on the devices that believe it; encrypt it \
         with openssl pkcs8 -topk8 -scrypt -in {} -out NEW",
        path.display(), path.display()
    )]
    InClear {
        /// The file.
        path: PathBuf,
    },
    /// A key that is another certificate's.
    #[error(
        "{} is not the private key of {}; give the two files that were made together",
        key.display(), certificate.display()
    )]
    OtherKey {
        /// The file of the key.
        key: PathBuf,
        /// The file of the certificate.
        certificate: PathBuf,
    },
    /// A lifetime that makes no sense.
    #[error("{days} days are not within 1 to {most}")]
    Days {
        /// As it was given.
        days: u32,
        /// The most.
        most: u32,
    },
    /// A name of the authority that nobody could read.
    #[error("the name of the authority must be a line of 1 to {longest} characters")]
    Title {
        /// The most characters.
        longest: usize,
    },
    /// What is there is never overwritten.
    #[error(
        "{} exists already and is never overwritten: devices may believe it; name another file in [ca]",
        path.display()
    )]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A key whose certificate is missing.
    #[error(
        "{} is there without its certificate, as after a founding that was cut short; where no device was told to \
         believe it, remove it and try again", key.display()
    )]
    Alone {
        /// The file of the key.
        key: PathBuf,
    },
    /// A file whose folder is not there.
    #[error("cannot write {}: make that folder first, or name another file", path.display())]
    NoFolder {
        /// The file.
        path: PathBuf,
    },
    /// A file could not be written.
    #[error("cannot write {}: {cause}; check that this user may write there, and that the disk has room", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
}
