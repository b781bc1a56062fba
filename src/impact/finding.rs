//! One thing that a person should know before a name is listed.

use std::fmt;
use std::net::IpAddr;

use serde::Serialize;

/// One thing that a person should know before a name is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Finding {
    /// A guard rail speaks against it.
    Rail {
        /// What it says.
        rail: String,
        /// Whether a second person may pass over it.
        overridable: bool,
    },
    /// It is one of the names that most people use.
    Popular {
        /// Its place among them, from 1.
        rank: u32,
    },
    /// Such names stand below it, and would be blocked with it.
    AbovePopular {
        /// How many.
        names: u64,
        /// The one that most people use.
        first: String,
        /// Its place.
        rank: u32,
    },
    /// A list, or the docket, has it already.
    Same {
        /// Where.
        at: String,
        /// Whether that is this very docket.
        own: bool,
    },
    /// What is listed already covers it.
    Covered {
        /// The name that does.
        by: String,
        /// Where that stands.
        at: String,
        /// Whether that is this very docket.
        own: bool,
    },
    /// It covers what is listed already.
    Covers {
        /// How many names.
        names: u64,
        /// The first of them.
        first: String,
        /// Where it stands.
        at: String,
    },
    /// It is a part of a site whose main name is not listed.
    UnlistedParent {
        /// The name that was registered.
        name: String,
    },
    /// It has an address in common with a protected or popular name.
    Shared {
        /// The address.
        address: IpAddr,
        /// The other name.
        with: String,
    },
    /// It has no address.
    Unreachable,
    /// The resolver that was asked for its addresses gave no answer.
    Unanswered,
    /// How it was written in what it came from.
    Written {
        /// What a second pair of eyes should look at.
        remark: String,
    },
}

/// What follows from a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// To be known.
    Note,
    /// To be looked at twice.
    Warning,
    /// It is listed only if a second person passes over the guard rail.
    Override,
    /// There is nothing to propose: it is listed, or somebody proposed it.
    Duplicate,
    /// Nobody may list it.
    Refusal,
}

impl Finding {
    /// What follows from it.
    pub fn weight(&self) -> Weight {
        match self {
            Self::Rail { overridable: false, .. } => Weight::Refusal,
            Self::Rail { .. } => Weight::Override,
            Self::Same { own: true, .. } => Weight::Duplicate,
            Self::Popular { .. } | Self::AbovePopular { .. } | Self::Shared { .. } => Weight::Warning,
            Self::Covered { own: true, .. } | Self::Covers { .. } | Self::Written { .. } => Weight::Warning,
            Self::Same { .. } | Self::Covered { .. } => Weight::Note,
            Self::UnlistedParent { .. } | Self::Unreachable | Self::Unanswered => Weight::Note,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rail { rail, overridable: true } => {
                write!(f, "{rail}; a second person must pass over that")
            }
            Self::Rail { rail, .. } => write!(f, "{rail}; nobody may list it"),
            Self::Popular { rank } => write!(f, "number {rank} of the names that most people use"),
            Self::AbovePopular { names: 1, first, rank } => {
                write!(f, "would block {first}, number {rank} of the names that most people use")
            }
            Self::AbovePopular { names, first, rank } => write!(
                f,
                "would block {names} of the names that most people use, such as {first}, number {rank} of them"
            ),
            Self::Same { at, .. } => write!(f, "stands in {at} already"),
            Self::Covered { by, at, .. } => write!(f, "is covered by {by}, which stands in {at}"),
            Self::Covers { names: 1, first, at } => write!(f, "covers {first}, which stands in {at}"),
            Self::Covers { names, first, at } => {
                write!(f, "covers {names} names that are listed, such as {first} in {at}")
            }
            Self::UnlistedParent { name } => write!(f, "is a part of {name}, which is not listed"),
            Self::Shared { address, with } => write!(f, "has the address {address} in common with {with}"),
            Self::Unreachable => f.write_str("has no address today"),
            Self::Unanswered => f.write_str("is at addresses that the resolver did not tell"),
            Self::Written { remark } => f.write_str(remark),
        }
    }
}
