//! Rempart.
pub mod blocklist;
pub mod dns;
pub mod page;
