//! The docket: every decision of a desk, who made it, when and why, in a database that shows when it was edited.
//!
//! ```text
//! command ─► Act { author, deed, reason } ─► Event on each Decision ─► row of `decisions`
//!            signed, chained by hash          by the rules of Decision::take
//! ```
//!
//! Nothing is ever deleted. An [`Act`] is what one person did with one command; it is signed with that person's key and
//! names the act before it by hash. What it did to each decision is an [`Event`], whose digest the act holds. Where a
//! decision stands follows from its events alone, by rules that stand in one place; so [`Docket::verify`] can do
//! everything again and compare.
//!
//! The rules are those of two pairs of eyes: nobody reviews, approves or excuses what they proposed, and nobody changes
//! alone who works here or under what [`Charter`]. Removal takes one person and one step.
//!
//! `store` is the only file that speaks with the database: SQLite in a file, or PostgreSQL where several desks work.

mod act;
mod charter;
mod decision;
mod desk;
mod error;
mod event;
mod export;
mod person;
mod release;
mod roster;
mod screen;
mod store;
#[cfg(test)]
mod testing;
mod verify;
mod worklist;

pub use act::{Act, Deed, ListTerms, Release, Source};
pub use charter::{Charter, Motion};
pub use decision::{Against, Appeal, Decision, Outcome, Override, State, Subject, Verdict};
pub use desk::{Author, Decisions, Docket, Order};
pub use error::Error;
pub use event::{Event, Refusal};
pub use person::{Person, Role, UnknownRole};
pub use release::{Survey, Undoing};
pub use roster::Roster;
pub use screen::{Ground, Intent, Looked, Screened, Standing, Wanted};
pub use store::{Filter, Place};
pub use verify::Verified;
pub use worklist::{Kind, Task, Worklist};
