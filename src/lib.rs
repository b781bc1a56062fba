//! Rempart.
pub mod blocklist;
pub mod dns;
