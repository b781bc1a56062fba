//! From a source to a list that decides: fetch, verify, build, judge, store, hand over.
//!
//! [`Updater`] owns every list's source and its last good generation. It works aside: what it hands over is built
//! whole, and what cannot be used leaves the last good list in force, with an error that names place and remedy.
//! The order is always the same:
//!
//! 1. fetch: an own file, or from an authority's [`Repository`] what its signed metadata names, by deltas where they
//!    are smaller, every fetch bounded in size and time;
//! 2. verify, from the pinned root on, before anything in the list is looked at;
//! 3. build the list, and judge it: what it must not block, how much it may change, a serial that only grows;
//! 4. store it as the newest generation, so that the next start needs neither network nor source;
//! 5. hand it over, unless a rollback holds another generation in force.
//!
//! A visit to a repository is an [`Errand`]: it is made beside everything else, on copies, and committed when it is
//! done, so that a slow server holds up nothing but itself. [`Updater::observe`] watches ages and clocks.
//!
//! The state directory holds `authorities/NAME/ROOT/`, the trusted metadata by the root that it began with, and `lists/NAME/`, the generations. Files are
//! made under another name, synced and renamed, those that name others last; a crash at any moment leaves a state
//! that starts. It is trusted as the pinned root is: who can write there decides what is blocked.

mod age;
mod amend;
mod config;
mod errand;
mod error;
mod fetch;
mod files;
mod kept;
mod load;
mod outcome;
mod repository;
mod restore;
mod slot;
mod status;
mod store;
mod transport;
mod updater;
mod web;

pub use age::Standing;
pub use config::{Address, Authority, Config, Lapsed, ListSource, Origin, Terms};
pub use errand::{Errand, Visited};
pub use error::{Error, FetchError};
pub use files::StateLock;
pub use outcome::{Change, Mode, Outcome};
pub use repository::{Location, Repository, RepositoryError};
pub use status::{AuthorityStatus, Generation, ListStatus};
pub use updater::{Tools, Updater};
pub use web::Reach;
