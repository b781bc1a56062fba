//! Who asks, and what they get: groups of clients, lists by group, exemptions, and one verdict for a name.
//!
//! A [`Policy`] is immutable and whole: lists, groups and exemptions of one generation, swapped by one pointer.
//! [`Policy::decide`] is the only decision in the program; answering, explaining and the warning page all ask
//! it. Its order:
//!
//! 1. Each list of the client's group gives its closest rule; a list's own exception silences that list alone,
//!    so that no list can undo what another one orders.
//! 2. Of the lists that block, the one with the most specific name decides; between equals, the first. A list's
//!    own data, and TCP alone, yield to any other block, and shadow to all.
//! 3. Names that must stay reachable (help services) are never blocked, nor is anything below them.
//! 4. An exemption that the operator made, for a name and all below it or for the whole group, beats the block
//!    until its end date.
//!
//! Staged rules of lists have no part in that. What they would do, were they in force, is asked apart (`staged`).
//!
//! Search services that a group wants safe, and the names by which programs learn that a network has a resolver of its
//! own, are lists as well, which the program brings along (`built_in`). What a client is told of a block is made here too:
//! a text for people, and for programs a structure (`structured`).

mod build;
mod built_in;
mod config;
mod decide;
mod explain;
mod internal;
mod nat64;
mod staged;
mod structured;

pub use build::{Error, GroupId, Policy};
pub use built_in::SafeSearch;
pub use config::{Action, Config, Exempt, Exemption, Group, Https, ListChoice, Readers};
pub use decide::{Block, Listing, Remedy, Subject, Verdict};
pub use explain::{Asked, CaseFacts, Explanation, ListFacts, Ruling};
pub use nat64::Nat64;
pub use staged::{Slots, StagedRule};
