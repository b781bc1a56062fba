//! Rempart.
pub mod admin;
pub mod answer;
pub mod authority;
pub mod blocklist;
pub mod cli;
pub mod config;
pub mod daemon;
pub mod dns;
pub mod metrics;
pub mod page;
pub mod policy;
pub mod resolver;
pub mod server;
pub mod trust;
pub mod update;
