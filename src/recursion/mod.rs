//! Recursion: from a question to its answer, down the tree of zones, with proof.
//!
//! Everything here is pure. One resolution is a value, a future made by [`Recursor::resolve`]: it is given the question,
//! asks the [`World`] that it was handed for the time, for chance, for a message to a server, and to be woken; it is
//! given what came back; it ends in an answer. Dropping it ends it wherever it stands. No socket, no clock and no
//! executor is known here, so thousands run on tokio in the program and tens of thousands in a simulated Internet.
//!
//! ```text
//! Recursor ─► remembered? ─► resolve: link by link along the aliases
//!                              ├► fetch: down the zone cuts ─► pool: which server next ─► exchange: one question, one server
//!                              │                                 └► the address of a server is a question too
//!                              └► judge ─► trust: the chain from an anchor to the zone
//! ```
//!
//! What is learned goes to one memory: facts with their verdicts, delegations, trust in zones, failures, and the
//! manners of servers. An administrator may look into it and have names forgotten (`inspect`); some of it outlasts a
//! restart (`lasting`). Equal questions are asked once at each level, and nobody waits in a circle. What one client's
//! question may cost is bounded in `limits`, whatever the servers say.

mod anchors;
mod clock;
mod delegation;
mod exchange;
mod fact;
mod fetch;
mod flights;
mod inspect;
mod judge;
mod lasting;
mod limits;
mod memory;
mod pool;
mod proofs;
mod recursor;
mod reply;
mod resolve;
mod servers;
mod settings;
mod trust;
mod upstream;
mod world;

pub use clock::ClockError;
pub use inspect::{Known, KnownFact, KnownFailure, KnownProofs, KnownServer, KnownServers, KnownTrust};
pub use recursor::{Outcome, Recursor, Resolved};
pub use resolve::Ask;
pub use settings::{FixedZone, Minimisation, Settings};
pub use upstream::{Transport, Upstream, UpstreamError};
pub use world::{Moment, Undelivered, World, is_reply};
