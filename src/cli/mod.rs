//! The commands of both programs, and how they speak with the person who runs them.

pub mod authority;
mod ca;
mod cache;
mod console;
pub mod resolver;
mod running;
mod secret;
mod statistics;

pub use console::{Answers, Console};
pub use secret::Secrets;
