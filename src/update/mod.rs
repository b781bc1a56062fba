//! From a source to a list that decides: fetch, verify, build, store, hand over.
//!
//! [`Updater`] owns every list's sources and its last good generation. It works aside: what it hands over is
//! built whole, and what cannot be used leaves the last good list in force, with an error that names file and
//! remedy. The order is always the same:
//!
//! 1. fetch the file, and for a signed list its `targets.json`, each read once and bounded;
//! 2. verify the signature against the pinned root, before anything in the list is looked at;
//! 3. build the list, judge its size against the generation before;
//! 4. store it as the newest generation, so that the next start needs neither network nor source;
//! 5. hand it over.
//!
//! The state directory holds, for each list, `NAME/N.list`, `NAME/N.targets.json` where it is signed, and
//! `NAME/current`, which names N. Files are made under another name, synced and renamed; `current` goes last, so
//! a crash at any moment leaves a generation that is whole.

mod config;
mod error;
mod files;
mod kept;
mod load;
mod repository;
mod store;
mod transport;
mod updater;
mod web;

pub use config::{Config, ListSource, Source};
pub use error::FetchError;
pub use load::Error;
pub use repository::{Location, Repository, RepositoryError};
pub use updater::{Change, Mode, Outcome, Updater};
pub use web::Reach;
