//! What can be wrong with a file of statistics.

use jiff::Timestamp;

/// What can be wrong with a file of statistics. Whoever knows the file's name puts it in front.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Longer than any honest one.
    #[error("{0} octets are more than a resolver exports; ask for what `rempart statistics --json` prints")]
    TooLong(usize),
    /// Not JSON, or not this JSON.
    #[error("not what `rempart statistics --json` prints: {0}; ask its sender for the file anew")]
    Syntax(String),
    /// Another format, or a later one.
    #[error("its format is {0:?}, not {expected:?}; use a program of the same version", expected = super::file::FORMAT)]
    Format(String),
    /// A resolver's number that no resolver has.
    #[error("resolver {0:?} is not 32 hexadecimal digits; ask its sender for the file anew")]
    Resolver(String),
    /// A span that is none.
    #[error("{from} to {to} is not within one month of UTC; ask its sender for the file anew")]
    Span {
        /// Its beginning.
        from: Timestamp,
        /// Its end.
        to: Timestamp,
    },
    /// Two spans that overlap.
    #[error("it counts twice from {0} on; ask its sender for the file anew")]
    Overlap(Timestamp),
    /// A threshold under which too little is withheld.
    #[error("its threshold is {0}, and figures below {least} must not be told; have its sender set \
             statistics.threshold", least = super::config::LEAST_THRESHOLD)]
    Threshold(u64),
    /// A figure that cannot be.
    #[error("{blocked} questions for {list:?} cannot be: {reason}; ask its sender for the file anew")]
    Figure {
        /// The list.
        list: String,
        /// The figure.
        blocked: u64,
        /// Why not.
        reason: &'static str,
    },
    /// A list twice in one span.
    #[error("list {0:?} stands there twice for one span; ask its sender for the file anew")]
    Twice(String),
    /// A text that nobody would write.
    #[error(
        "{0:?} is no list and no category: too long, or with control characters; ask its sender for the file anew"
    )]
    Text(String),
}
