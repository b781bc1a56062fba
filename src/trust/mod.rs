//! What is signed, and how it is checked: the client's half of The Update Framework, specification 1.0.
//!
//! Everything here is pure: bytes and a time come in, trusted types go out, in the steps and the words of the
//! specification. A [`Document`] is signed metadata that nobody believes yet. [`PinnedRoot`] is the beginning
//! of all trust; it counts the signatures under a document and turns targets metadata into [`Targets`].
//! [`Targets::open`] compares a file with its length and digests and is the only maker of [`Verified`], so
//! that whatever takes a `Verified` cannot be handed bytes which no authority signed.
//!
//! A bad signature is fatal and old age is not: `expired` tells, and the caller decides for how long a list
//! that was valid stays in force. Signatures are made over canonical JSON of what was received, never over
//! what we understood of it, so that fields which we do not know are covered too.
//!
//! Keys are read with `tough::schema`. Its `Root` and `Targets` are not used: they refuse a whole root over
//! one key of an unknown type, targets with a SHA-512 digest alone, and count a key listed under two ids
//! twice.

mod canonical;
mod document;
mod error;
mod key;
#[cfg(test)]
mod publisher;
mod root;
mod targets;

pub use document::{Document, SPEC_VERSION};
pub use error::Error;
pub use key::{Holder, ecdsa_key, ed25519_key, key_id, read_key};
pub use root::{PinnedRoot, Tally};
pub use targets::{Claims, Targets, Verified};

/// The name of the root role (specification §2.1.1).
pub const ROOT: &str = "root";

/// The name of the top-level targets role (specification §2.1.2).
pub const TARGETS: &str = "targets";

/// The roles that every root must speak of (specification §4.3).
pub const TOP_LEVEL_ROLES: [&str; 4] = [ROOT, "snapshot", TARGETS, "timestamp"];
