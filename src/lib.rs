//! Rempart.
pub mod authority;
pub mod blocklist;
pub mod cli;
pub mod dns;
pub mod trust;
