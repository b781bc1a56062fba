//! What a resolver tells its authority of what it blocked: counts by list and month, and nothing else.
//!
//! ```text
//! counters of lists ─► Ledger: the running month, exact ─► at its end, once: noise, small counts withheld ─► Statistics
//! ```
//!
//! An authority has to show what its lists do, and a person who asked for a listed name must not become visible by it.
//! So there is no count by name and none by client, a figure below a threshold is told as "fewer than" it, zero too, and
//! an operator can have noise added. Figures are drawn once, when a month of UTC is over, and kept: whoever asks again is
//! told the same, so that no two answers can be compared and no noise averaged away. Of the month that runs nothing is
//! told. Only lists that an authority publishes are counted here; an operator's own are nobody else's business.

mod config;
mod error;
mod file;
mod ledger;
mod noise;

pub use config::{Config, Epsilon, LEAST_THRESHOLD};
pub use error::Error;
pub use file::{Blocked, Count, Month, Statistics};
pub use ledger::{Ledger, Listed};
pub use noise::two_sided_geometric;
