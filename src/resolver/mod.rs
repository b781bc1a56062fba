//! What was missed: recursion from the root, forwarding, and servers of single zones.
//!
//! [`Resolver::resolve`] takes a question and always brings a [`Found`](crate::dns::Found); what went wrong is an rcode and an
//! extended error in it. [`Network`] is the only way out to the world, [`SystemNetwork`] the real one. The
//! path of a question:
//!
//! ```text
//! resolve ─► flights: asked once, bounded, dropped with its last waiter
//!            └► time limit ─► the chain, link by link
//!                             └► validation ─► source: recursion, forwarders or stub ─► wire ─► Network
//! ```
//!
//! The chain of aliases is followed here, not below: each link is asked where its name belongs and proved by
//! itself. With CD, or where validation is off, a link comes from the source unproved.
//!
//! Recursion and validation are `hickory-resolver`'s, and only this room knows it. What it cannot do, and
//! what cannot be mended from outside:
//!
//! - It asks for each label of a name in turn, so a name of thirty labels costs thirty queries the first
//!   time.
//! - It speaks to authoritative servers on port 53 alone, and gives a set of servers five seconds in all.
//! - It forgets failures at once (RFC 9520 wants them remembered): the cache above has to remember them.
//! - It follows aliases before we see them, in the public tree, so the target of a public alias that belongs
//!   to a configured zone is also asked for in public before its own servers are asked.
//! - Delegations inside a stub zone are not followed.
//! - It measures time for its caches and servers by the system's clock in places, so a paused clock holds for
//!   time limits and not for every TTL.
//! - Extended errors of forwarders are not passed on.
//!
//! Its logs name questions at `warn` already: whoever installs a subscriber must silence the targets
//! `hickory_resolver`, `hickory_net` and `hickory_proto`. This room logs nothing itself.

mod config;
mod error;
mod flights;
mod network;
mod resolve;
mod roots;
mod source;
mod system;
mod translate;
mod upstream;
mod validation;
mod wire;

pub use config::{Config, Minimisation, Zone};
pub use error::Error;
pub use network::{Network, is_reply};
pub use resolve::{Ask, Outcome, Resolver};
pub use system::SystemNetwork;
pub use upstream::{Transport, Upstream, UpstreamError};
