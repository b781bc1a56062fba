//! The warning page: what a person meets in place of a blocked service, and what it says to each.
//!
//! Whoever meets it may be a child, a victim of the very service that was asked for, someone about to do
//! harm, or someone there by mistake. So the page says in one breath that the service is blocked, why, and
//! who decided; opens a door for each of them, to a page of its own; threatens nobody; and learns nothing. Each
//! document has at most 20 kB, no cookie, nothing to fetch, and no script but one that leaves it when Escape is
//! pressed three times; and it never repeats what was asked for.
//!
//! The room is pure: [`Page::respond`] makes an HTTP response from a request and what is [`Known`] about its [`Host`]
//! or its case. Sockets are the server's, decisions the policy's. Words are data: `text/` holds one file a language,
//! `blocklists/help.toml` the services that help ([`Help`]).

mod config;
mod doors;
mod error;
mod help;
mod host;
mod language;
mod link;
mod notice;
mod problem;
mod respond;
mod text;
mod view;

pub use config::Config;
pub use error::Error;
pub use help::Help;
pub use host::Host;
pub use notice::{Notice, Record};
pub use respond::{Known, Page};
