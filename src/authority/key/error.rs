//! What stops the use of a key. Each variant names the file or the token, and what to do.

use std::path::PathBuf;

use crate::keyfile;
use crate::trust;

/// Why a key cannot be read, made or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file of a key, or of what opens it, is of no use.
    #[error(transparent)]
    File(#[from] keyfile::Error),
    /// A key has no id: the canonical form of its description could not be made.
    #[error("a key cannot be described")]
    Description(#[source] trust::Error),
    /// A holder's name that could not be the name of a file.
    #[error("{name:?} cannot name a key holder: use 1 to 64 letters a-z, digits, '-' and '_'")]
    HolderName {
        /// The name.
        name: String,
    },
    /// A file that is not a public key as a holder sends it.
    #[error("{path} is not the public key of a holder: {reason}; ask the holder for NAME.pub.json")]
    NotPublic {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Neither a path nor the address of a key on a token.
    #[error("{text}: {reason}")]
    Address {
        /// What was given.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The library of a token could not be used.
    #[error("cannot use the PKCS#11 module {path}: {cause}; install it, or correct module-path")]
    Module {
        /// The module.
        path: PathBuf,
        /// Its reason.
        cause: cryptoki::error::Error,
    },
    /// Not exactly one token is what the address says.
    #[error("{matching} tokens match {address}, where one must; present: {present}")]
    WhichToken {
        /// The address.
        address: String,
        /// How many match.
        matching: usize,
        /// The labels of all tokens, or `none`.
        present: String,
    },
    /// Not exactly one key is what the address says.
    #[error("{matching} private keys match {address}, where one must; on the token: {present}")]
    WhichKey {
        /// The address.
        address: String,
        /// How many match.
        matching: usize,
        /// The labels of all private keys, or `none`.
        present: String,
    },
    /// A new key would stand beside another of the same name.
    #[error("{address} exists already and is never overwritten; choose another object")]
    KeyExists {
        /// The address.
        address: String,
    },
    /// The token refuses every PIN.
    #[error("the token {token} is locked after too many wrong PINs; its security officer can set a new PIN")]
    Locked {
        /// The token's label.
        token: String,
    },
    /// The PIN was wrong.
    #[error(
        "wrong PIN for the token {token}; nothing is tried again by itself, since a few wrong PINs lock a token"
    )]
    Pin {
        /// The token's label.
        token: String,
    },
    /// A wrong PIN was given before, and this one comes from a file.
    #[error(
        "a wrong PIN was given to the token {token}, and another could lock it; correct {path}, then use the \
         key once without pin-source and type the PIN"
    )]
    DoubtfulPin {
        /// The token's label.
        token: String,
        /// The file with the PIN.
        path: PathBuf,
    },
    /// The key on the token cannot sign for us.
    #[error("{address} cannot be used: {reason}")]
    Unsupported {
        /// The address.
        address: String,
        /// Why not, and what could.
        reason: &'static str,
    },
    /// The token failed.
    #[error("the token {token} could not {action}: {cause}")]
    Token {
        /// The token's label.
        token: String,
        /// What was wanted of it.
        action: &'static str,
        /// Its reason.
        cause: cryptoki::error::Error,
    },
    /// The token signed with another key than the public one that it shows.
    #[error(
        "the signature by the token {token} is not one by the public key that stands beside its private key"
    )]
    Signature {
        /// The token's label.
        token: String,
    },
}
