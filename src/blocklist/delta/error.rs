//! Why there is no delta, or why one cannot be applied.

use std::fmt;
use std::io;

use crate::blocklist::Reason;
use crate::blocklist::format::MAX_LINE;

/// One of the texts that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeltaInput {
    /// The list before.
    Old,
    /// The list after.
    New,
    /// What leads from one to the other.
    Delta,
}

impl fmt::Display for DeltaInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Old => "the old list",
            Self::New => "the new list",
            Self::Delta => "the delta",
        })
    }
}

/// Why two lists were not compared, or a delta was not applied. What was written before is worth nothing.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // The text of each variant is its documentation; lines count from 1.
pub enum DeltaError {
    #[error("{input} cannot be read to its end: {cause}")]
    Read { input: DeltaInput, cause: io::Error },
    #[error("the result cannot be written: {cause}")]
    Write { cause: io::Error },

    // Lines.
    #[error("line {line} of {input} is longer than {} octets; fetch or compose it again", MAX_LINE)]
    LongLine { input: DeltaInput, line: u64 },
    #[error("line {line} of {input} has no end, so that more may be missing; fetch it again")]
    CutShort { input: DeltaInput, line: u64 },
    #[error("line {line} of {input} is not the header of a published list: {reason}; compose it again")]
    Header { input: DeltaInput, line: u64, reason: String },
    #[error("the first line of the delta does not say where it leads: {reason}; fetch it again")]
    Opening { reason: String },
    #[error("line {line} of {input} is not written as published lists are; compose it again")]
    Spelling { input: DeltaInput, line: u64 },
    #[error("line {line} of {input} holds no rule: {cause}")]
    Rule { input: DeltaInput, line: u64, cause: Reason },
    #[error("line {line} of {input} is repeated or stands before its place; compose it again")]
    Unsorted { input: DeltaInput, line: u64 },

    // What belongs together.
    #[error("these are of two lists, `{old}` and `{new}`; take two serials of one list")]
    OtherList { old: String, new: String },
    #[error("serial {to} is no later than serial {from}; give each generation a greater serial")]
    NotLater { from: u64, to: u64 },
    #[error(
        "the delta says that it leads to serial {to}, and its header is of serial {header}; fetch it again"
    )]
    OtherHeader { to: u64, header: u64 },
    #[error("the delta starts from serial {from}, and the list is of serial {old}; fetch the whole list")]
    OtherSerial { from: u64, old: u64 },
    #[error("line {line} of the delta removes a rule that the list does not have; fetch the whole list")]
    Absent { line: u64 },
    #[error("line {line} of the delta adds a rule that the list has already; fetch the whole list")]
    Present { line: u64 },
    #[error("line {line} of the delta concerns a name that has several rules; build the list anew")]
    Ambiguous { line: u64 },
    #[error("{changes} changes are too many to be put above a list; build it anew")]
    TooMany { changes: usize },
    #[error("only a published list can be amended; build it anew")]
    Unpublished,
}
