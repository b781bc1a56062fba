//! What is signed, and how it is checked: the client's half of The Update Framework, specification 1.0.
//!
//! Everything here is pure: bytes and a time come in, trusted types go out, in the steps and the words of the
//! specification. A [`Document`] is signed metadata that nobody believes yet. A [`Root`] is the beginning of all
//! trust; [`refresh`] leads from the newest one to [`Trusted`], asking a [`Source`] for what it needs of the world,
//! and [`Trusted::find`] from there to a [`Target`]. Only [`Target::open`] and [`Target::read`] turn octets into
//! what an authority signed.
//!
//! A bad signature is fatal and old age is not the end of a list: nothing out of date is taken, and the caller
//! decides for how long what was taken before stays in force. Signatures are made over canonical JSON of what was
//! received, never over what we understood of it, so that fields which we do not know are covered too.
//!
//! Keys are read with `tough::schema`. Its `Root` and `Targets` are not used: they refuse a whole root over
//! one key of an unknown type, targets with a SHA-512 digest alone, and count a key listed under two ids
//! twice.

#[cfg(test)]
mod attacks;
mod canonical;
mod delegation;
mod document;
mod error;
mod key;
#[cfg(test)]
mod publisher;
mod role;
mod root;
mod snapshot;
mod target;
mod targets;
mod workflow;

pub use document::{Document, SPEC_VERSION};
pub use error::Error;
pub use key::{Holder, ecdsa_key, ed25519_key, key_id, read_key, sha256};
pub use role::Tally;
pub use root::Root;
pub use target::{Target, TargetReader, Verified};
pub use targets::{Claims, Delegate, Targets};
pub use workflow::{Found, Source, Trusted, encode, refresh};

/// The name of the root role (specification §2.1.1).
pub const ROOT: &str = "root";

/// The name of the top-level targets role (specification §2.1.2).
pub const TARGETS: &str = "targets";

/// The name of the snapshot role (specification §2.1.3).
pub const SNAPSHOT: &str = "snapshot";

/// The name of the timestamp role (specification §2.1.4).
pub const TIMESTAMP: &str = "timestamp";

/// The roles that every root must speak of (specification §4.3).
pub const TOP_LEVEL_ROLES: [&str; 4] = [ROOT, SNAPSHOT, TARGETS, TIMESTAMP];
