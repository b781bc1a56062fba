//! What an authority does: found itself, describe and sign lists, and see them as a resolver will.
//!
//! [`Founding`] makes the holders' keys and the root that names them. [`Proposal`] is one holder's turn to
//! sign: it is prepared first, so that the holder sees what the lists hold and what changes, and signed
//! afterwards. [`Published`] reads a folder as a resolver would, under a pinned root, and believes nothing
//! less.
//!
//! Two properties hold throughout. Nobody signs unseen: a signature is made only where the lists are at hand
//! and agree with the metadata. Nothing shrinks: a version or serial that does not grow is refused before it
//! is signed, because every resolver would take it for an attack.
//!
//! A holder's private key is in a file or on a token ([`KeySource`]), and never in the folder that is published.

mod error;
mod files;
mod founding;
mod key;
mod list;
mod pack;
mod proposal;
mod published;
mod report;
mod shown;
mod words;

use jiff::Timestamp;

pub use crate::blocklist::Format;
pub use error::Error;
pub use founding::{Charter, Founding, keys_beside};
pub use key::{
    Ask, Cost, FileKey, KeyError, KeyKind, KeySource, Protection, PublicKey, Secret, SigningKey,
    TokenAddress, TokenKey,
};
pub use list::{Change, Summary};
pub use pack::Package;
pub use proposal::{Described, Order, Proposal};
pub use published::Published;
pub use report::{ListReport, Report};
pub use shown::Shown;
pub use words::progress;

/// The name of the targets metadata in a published folder.
pub const TARGETS_FILE: &str = "targets.json";

/// The name of the root in a published folder.
pub const ROOT_FILE: &str = "root.json";

/// A time as metadata writes it, in whole seconds (specification of The Update Framework, §4.2.1).
fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}
