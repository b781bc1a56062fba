//! Everything that is tested from outside the library, in one binary.

mod generations;
mod layers;
mod resolver_tests;
mod scenarios;
mod simulation;
mod updates;
