//! The program at work: build, bind, drop privileges, serve, reload, stop.
//!
//! [`run`] does so in this order. Nothing here decides or parses; it holds the rooms together. What can change
//! while running (lists, groups, exemptions, the page's texts) is built aside and swapped whole;
//! everything else asks for a restart, and the log says so.

mod anchors;
mod aside;
mod folder;
mod handlers;
mod local_authority;
mod memory;
mod privileges;
mod serve;
mod state;
mod statistics;
mod transfers;

pub use folder::{FolderError, FolderServer};
pub use serve::{Error, run};
pub use state::{Check, case, check, explain};
pub use transfers::{ZoneServer, ZonesError};
