//! Everything that is tested from outside the library, in one binary.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test may fail by panicking, in its helpers too"
)]

mod layers;
mod resolver_tests;
mod simulation;
mod system;
