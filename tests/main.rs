//! Everything that is tested from outside the library, in one binary.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test may fail by panicking, in its helpers too"
)]

mod anchors;
mod desk;
mod docket;
mod files;
mod generations;
mod index;
mod intake;
mod layers;
mod model;
mod publishing;
mod recursion;
mod report;
mod repository;
mod resolver_tests;
mod scenarios;
mod simulation;
mod subscriptions;
mod system;
mod tokens;
mod updates;
mod worlds;
