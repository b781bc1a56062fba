//! What was missed, resolved: the room [`recursion`](crate::recursion) in the real world.
//!
//! [`Resolver::resolve`] takes a question and always brings a [`Found`](crate::dns::Found); what went wrong is an rcode
//! and an extended error in it. [`AnchorKeeper`] follows the keys of its trust anchors. [`SystemWorld`] gives recursion its clock, its chance, its sockets and its encrypted
//! forwarders, which are `hickory-resolver`'s; [`Config`] is what the operator decides.
//!
//! hickory's logs name questions at `warn` already: whoever installs a subscriber must silence the targets
//! `hickory_resolver`, `hickory_net` and `hickory_proto`. This room logs nothing itself.

mod config;
mod error;
mod keeper;
mod look_up;
mod memory_file;
mod resolve;
mod roots;
mod streams;
mod system;
mod text;

pub use config::{Config, NegativeTrustAnchor, Zone};
pub use error::Error;
pub use keeper::{AnchorKeeper, AnchorKey, AnchorStatus, KEY_STATES, Look};
pub use look_up::addresses;
pub use memory_file::{Kept, MemoryFileError};
pub use resolve::Resolver;
pub use system::SystemWorld;

pub use crate::recursion::{
    Ask, ClockError, Known, KnownFact, KnownFailure, KnownProofs, KnownServer, KnownServers, KnownTrust,
    Minimisation, Moment, Outcome, Transport, Undelivered, Upstream, UpstreamError, World, is_reply,
};
