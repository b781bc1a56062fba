//! Rempart.
pub mod answer;
pub mod blocklist;
pub mod dns;
pub mod metrics;
pub mod policy;
pub mod resolver;
pub mod server;
pub mod trust;
pub mod update;
