//! What listing a name would take along: told to whoever proposes it, whoever reviews it and whoever signs it.
//!
//! ```text
//! name, scope ─► Impact { guard rails, popular names, other lists, own docket } ─► Finding…
//! ```
//!
//! A wrongly listed name is a regulator's nightmare, and nearly always the name itself would have told: it was a public
//! suffix, a platform that strangers share, the parent of something that everybody uses. [`GuardRails`] refuse the worst;
//! here is also said what a person should merely know.
//!
//! [`GuardRails`]: crate::blocklist::GuardRails

mod finding;
mod listed;
mod popular;
mod weigh;

pub use finding::{Finding, Weight};
pub use listed::Listed;
pub use popular::{NotANameError, Popular};
pub use weigh::{Addresses, Impact};
