//! The transparency report of an authority: what it decided in a period, how long that took, and what came of it.
//!
//! ```text
//! decisions, releases, statistics of resolvers ─► Draft ─► what must not be seen is withheld ─► HTML, CSV, JSON
//! ```
//!
//! A report has no name in it, of a site or of a person, because nothing that is handed in has one, except the files of
//! resolvers, of which nothing is shown but numbers. What resolvers blocked is shown from a threshold on. What the authority
//! decided is shown exactly, as laws demand, unless it chooses otherwise; then a figure that is withheld cannot be computed
//! from those around it either ([`Tables`]).
//!
//! Everything is taken in one pass. Of a decision nothing stays but counts, and its durations where one ends in the period.

mod csv;
mod decision;
mod durations;
mod enforcement;
mod error;
mod made;
mod method;
mod period;
mod plot;
mod singles;
mod sizes;
mod tables;
mod view;
mod withhold;
mod words;

pub use decision::{Appeal, Decision, End, Outcome, Release};
pub use durations::{Measure, Times};
pub use enforcement::{Cell, Enforcement, Series};
pub use error::Error;
pub use made::{Draft, Report, Settings};
pub use period::Period;
pub use singles::Singles;
pub use sizes::{Size, Sizes};
pub use tables::{Figure, Row, Tables};
