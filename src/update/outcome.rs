//! Why lists are looked at, and what a look brought.

use super::error::Error;

/// Why lists are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Time has passed: only what changed, and of files only what has stopped changing.
    Poll,
    /// A list in which deltas were put in force is to be built.
    Build,
    /// The program starts: everything, but what is stored already is not built again.
    Start,
    /// Somebody asked: everything.
    Reload,
    /// Somebody asked and accepts that a generation differs much in size from the one before.
    AcceptLoss,
}

/// What became of one list, or of an authority.
#[derive(Debug)]
pub struct Change {
    /// The name of the list or of the authority.
    pub list: String,
    /// Taken, or refused with the last good one still in force.
    pub outcome: Outcome,
}

/// How a look at a list ended.
#[derive(Debug)]
pub enum Outcome {
    /// A generation was taken.
    Taken {
        /// Rules in force.
        rules: u32,
        /// Rules in force before.
        before: Option<u32>,
        /// Rules that are staged, and so not in force.
        staged: u32,
        /// How many lines gave no rule.
        faulty: u64,
        /// The first hundred of them, with file, line and remedy.
        faults: Vec<String>,
        /// What else a reader of logs should know: lists out of date, guard rails overridden, state not kept.
        remarks: Vec<String>,
    },
    /// A signed delta is in force; the list that it leads to is built next.
    Amended {
        /// Rules in force.
        rules: u32,
        /// Rules in force before.
        before: u32,
        /// Rules that are staged, and so not in force.
        staged: u32,
    },
    /// Nothing new was there.
    Unchanged,
    /// A generation was verified and stored, and is not in force because a rollback holds another.
    Held {
        /// Its serial.
        serial: Option<u64>,
    },
    /// Nothing was taken, for this reason; the last good generation stays.
    Refused(Error),
    /// Nothing was taken, for this reason, and there is nothing that could stay.
    Missing(Error),
    /// The list was changed otherwise while it was looked at; what was found is dropped, and found again.
    Overtaken,
}

impl Outcome {
    /// Why nothing was taken.
    pub fn failure(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) | Self::Missing(error) => Some(error),
            Self::Taken { .. }
            | Self::Amended { .. }
            | Self::Unchanged
            | Self::Held { .. }
            | Self::Overtaken => None,
        }
    }
}
