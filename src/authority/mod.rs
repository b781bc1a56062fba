//! What an authority does: found itself, leave parts to jurisdictions, publish lists, change its keys.
//!
//! ```text
//! Founding, Delegation, Publication, Withdrawal, Rotation, sign ─► Work { Proposal } ─► carry_out ─► Progress
//!                                                                    shown              staged, signed, committed
//! ```
//!
//! Everything happens in a [`Workspace`], whose folder `public` any web server can hold: a repository of The Update
//! Framework. Each command prepares a piece of [`Work`], whose [`Proposal`] a person sees before anything is
//! signed; carrying it out puts metadata on its way, signs it with the keys that are there, and publishes what
//! enough people have signed. What waits for others is signed by them in their turn with [`sign()`], or on a machine
//! that is never connected ([`export`], [`Bundle`], [`import`]). [`refresh()`] is for a timer; [`Report`], [`Status`],
//! [`diff`] and [`Shown`] look and change nothing.
//!
//! Three properties hold throughout. Nobody signs unseen: a signature is made only where the lists are at hand,
//! agree with the metadata and break no guard rail. Nothing shrinks: versions and serials grow, since every resolver
//! would take anything else for an attack. And a command that is cut short anywhere leaves a repository that
//! verifies and a workspace in which the same command can be given again.
//!
//! Which part does what: `metadata` composes what is signed, `workspace` knows where files are, `edition` and `desk`
//! read them, `choice` says what can become public, `commit` and `seal` bring it there, and each command has a file
//! of its own.

mod authentic;
mod bundle;
mod choice;
mod commit;
mod compare;
mod convert;
mod delegate;
mod desk;
mod edition;
mod error;
mod files;
mod init;
mod kept;
mod key;
mod list;
mod metadata;
#[cfg(test)]
mod office;
mod online;
mod progress;
mod proposal;
mod publish;
mod refresh;
mod report;
mod rotate;
mod seal;
mod shown;
mod sign;
mod status;
mod terms;
mod verify;
mod withdraw;
mod words;
mod workspace;

pub use crate::blocklist::Format;
pub use bundle::{Bundle, Signatures, export, import};
pub use commit::Committed;
pub use compare::diff;
pub use convert::{Conversion, Converted};
pub use delegate::{Delegation, withdraw};
pub use error::Error;
pub use files::{read_octets, read_text};
pub use init::{Charter, Founding, NewKey, ONLINE_ROLES, write_public};
pub use kept::KeptList;
pub use key::{FileKey, KeyError, KeyKind, KeySource, PublicKey, SigningKey, TokenAddress, TokenKey};
pub use list::Changes;
pub use progress::{Progress, Signer, Waiting, Work};
pub use proposal::Proposal;
pub use publish::{Content, Publication};
pub use refresh::{Refreshed, refresh};
pub use report::ListReport;
pub use rotate::Rotation;
pub use shown::Shown;
pub use sign::{Turn, sign};
pub use status::{Condition, Status};
pub use terms::{Days, Terms};
pub use verify::Report;
pub use withdraw::{Discard, Withdrawal};
pub use words::{Whose, plain};
pub use workspace::Workspace;
