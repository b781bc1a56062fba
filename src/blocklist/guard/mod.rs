//! Guard rails: what no list should block, judged by the same code where a list is made and where it is used.
//!
//! ```text
//! Rule ─► GuardRails::judge ─► Breach ─► Guard ─► Overridden | Refused
//! ```
//!
//! [`GuardRails`] hold the public suffix list and the protected names: those in `blocklists/protected.toml`,
//! `popular.toml` and `platforms.toml`, and those that the operator adds. [`Guard`] judges a whole list, rule by
//! rule. A breach that can be overridden is let through where the rule gives a reason and enough people signed, and
//! is kept to be shown. [`Limits`] bound how much of a list one generation may change.
//!
//! Shared hosting is why a suffix alone does not decide: one host below `github.io` is one site, `github.io` is
//! millions. So names above and below a protected one are judged as well, each in the scope of the rule.

mod breach;
mod limits;
mod network;
mod protected;
mod rails;
mod watch;

pub use breach::{Breach, Place, Rail};
pub use limits::{Leap, Limits};
pub use protected::GuardError;
pub use rails::{GuardRails, registered};
pub use watch::{Guard, Overridden, Refused};
