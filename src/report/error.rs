//! Why there is no report.

use jiff::Timestamp;

use crate::statistics;

/// Why there is no report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A period that is none.
    #[error(
        "{0:?} is no period; write 2026, 2026-Q1, 2026-03, or a first and a last day as in 2026-01-15/2026-03-31"
    )]
    Period(String),
    /// A period that nobody could read a report of.
    #[error("{0:?} is longer than ten years; make a report of each part")]
    Long(String),
    /// A threshold under which people could be seen.
    #[error("a threshold of {0} would show what a few people asked; write {least} or more", least = statistics::LEAST_THRESHOLD)]
    Threshold(u64),
    /// A threshold that withholds nothing.
    #[error("a threshold of {0} withholds no decision; write 2 or more, or leave it out")]
    Decisions(u64),
    /// A file of a resolver that cannot be used.
    #[error("{file}: {source}")]
    File {
        /// The file, as it was handed in.
        file: String,
        /// What is wrong.
        source: statistics::Error,
    },
    /// Two files of one resolver that do not agree.
    #[error(
        "{file} and {other} are of one resolver ({resolver}) and tell different figures from {from} on; ask its operator: \
         if two programs share a copy of one state directory, each needs its own, without statistics.json"
    )]
    Disagree {
        /// The file.
        file: String,
        /// The one before.
        other: String,
        /// The resolver's number.
        resolver: String,
        /// Where they begin to overlap.
        from: Timestamp,
    },
    /// Figures that no number holds.
    #[error(
        "{file}: the figures for one list come to more than can be counted; ask its sender for the file anew"
    )]
    Overflow {
        /// The file at which that happened.
        file: String,
    },
}
