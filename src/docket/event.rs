//! What can happen to a decision, and who may bring it about.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::decision::{State, Subject};
use super::person::{Person, Role, shown};

/// The most characters of a field that a person writes.
pub(super) const LONGEST: usize = 2_000;

/// What happens to a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Event {
    /// It begins.
    Proposed(Box<Subject>),
    /// Another person finds it right.
    Reviewed,
    /// A signer approves it.
    Approved,
    /// It is not to be listed.
    Rejected,
    /// A second person passes over a guard rail.
    Overridden,
    /// Somebody contests it.
    Appealed {
        /// When that came in.
        received: Timestamp,
        /// When it must be decided.
        due: Timestamp,
    },
    /// The appeal is decided, and the name stays.
    Dismissed,
    /// It was looked at again, and is right still.
    Confirmed {
        /// When it must be looked at next.
        recheck: Timestamp,
    },
    /// Resolvers are to count it alone, for now.
    Staged,
    /// They are to enforce it.
    Promoted,
    /// It is not to go out with the next list until it is approved again.
    Recalled,
    /// It leaves the list.
    Removed,
    /// Its time has run out.
    Expired,
    /// A published list holds it.
    Published {
        /// The serial of that list.
        serial: u64,
        /// Whether resolvers enforce it, rather than count it.
        enforced: bool,
    },
    /// The published list holds it no more.
    Withdrawn {
        /// The serial of that list.
        serial: u64,
    },
}

/// Why something may not happen to a decision.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)] // The text of each variant is its documentation.
pub enum Refusal {
    #[error("{by} may not do that: it takes the role {roles}, and {by} has {has}")]
    Role { by: String, roles: String, has: String },
    #[error("decision {id} ({name}) is {state}: it cannot be {what} now; see `decision {id}`")]
    State { id: u64, name: String, state: &'static str, what: &'static str },
    #[error("decision {id} ({name}) was proposed by {by}: it must be {what} by somebody else")]
    Own { id: u64, name: String, by: String, what: &'static str },
    #[error(
        "decision {id} ({name}) was approved by {by} already: the next approval must be another signer's"
    )]
    Twice { id: u64, name: String, by: String },
    #[error(
        "decision {id} ({name}) stands against a guard rail: {rail}; a second person must say that it is passed over, \
         with `override {id} --reason …`"
    )]
    Guarded { id: u64, name: String, rail: String },
    #[error("{name} lacks {field}")]
    Missing { name: String, field: &'static str },
    #[error(
        "{field} of {name} is longer than {LONGEST} characters or holds control characters: write it on one line"
    )]
    Text { name: String, field: &'static str },
    #[error("{name} ended on {expires}: propose it anew with a later end")]
    Past { name: String, expires: Timestamp },
    #[error("{name} would end on {expires}: no decision lives longer than ten years; give an earlier end")]
    Late { name: String, expires: Timestamp },
    #[error("`{name}` is not a name as lists have it: lower case, A-labels, no final dot")]
    Name { name: String },
    #[error("say with --reason why decision {id} ({name}) is {what}")]
    Reason { id: u64, name: String, what: &'static str },
}

impl Event {
    /// The word for it, as in "it cannot be approved".
    pub fn word(&self) -> &'static str {
        match self {
            Self::Proposed(_) => "proposed",
            Self::Reviewed => "reviewed",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Overridden => "overridden",
            Self::Appealed { .. } => "appealed",
            Self::Dismissed => "dismissed",
            Self::Confirmed { .. } => "confirmed",
            Self::Staged => "staged",
            Self::Promoted => "promoted",
            Self::Recalled => "recalled",
            Self::Removed => "removed",
            Self::Expired => "expired",
            Self::Published { .. } => "published",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// The states that it may follow on.
    pub fn follows(&self) -> &'static [State] {
        use State::{Appealed, Approved, Proposed, Reviewed};
        match self {
            Self::Proposed(_) => &[],
            Self::Reviewed => &[Proposed],
            Self::Approved => &[Reviewed],
            Self::Rejected => &[Proposed, Reviewed],
            Self::Overridden | Self::Staged => &[Proposed, Reviewed, Approved],
            Self::Appealed { .. } | Self::Confirmed { .. } => &[Approved],
            Self::Dismissed => &[Appealed],
            Self::Promoted | Self::Removed | Self::Expired => &[Proposed, Reviewed, Approved, Appealed],
            Self::Recalled => &[Approved, Appealed],
            // What is public is a fact, whatever became of the decision meanwhile.
            Self::Published { .. } | Self::Withdrawn { .. } => &State::ALL,
        }
    }

    /// Whether somebody else must do it than who proposed.
    pub(super) fn needs_another(&self) -> bool {
        matches!(
            self,
            Self::Reviewed
                | Self::Approved
                | Self::Overridden
                | Self::Promoted
                | Self::Dismissed
                | Self::Confirmed { .. }
        )
    }

    /// Whether it must be said why.
    pub(super) fn needs_reason(&self) -> bool {
        matches!(
            self,
            Self::Rejected
                | Self::Overridden
                | Self::Dismissed
                | Self::Removed
                | Self::Recalled
                | Self::Appealed { .. }
        )
    }

    pub(super) fn check_role(&self, person: &Person) -> Result<(), Refusal> {
        let roles: &[Role] = match self {
            Self::Proposed(_) => &[Role::Proposer],
            Self::Reviewed => &[Role::Reviewer],
            Self::Overridden | Self::Dismissed | Self::Confirmed { .. } => &[Role::Reviewer, Role::Signer],
            Self::Rejected | Self::Appealed { .. } | Self::Removed => {
                &[Role::Proposer, Role::Reviewer, Role::Signer]
            }
            Self::Approved
            | Self::Staged
            | Self::Promoted
            | Self::Recalled
            | Self::Expired
            | Self::Published { .. }
            | Self::Withdrawn { .. } => &[Role::Signer],
        };
        check_role(person, roles)
    }
}

/// Refuses a person who has none of these roles.
pub(super) fn check_role(person: &Person, roles: &'static [Role]) -> Result<(), Refusal> {
    if person.is_any(roles) {
        return Ok(());
    }
    let has = if person.roles.is_empty() { "none".to_owned() } else { shown(&person.roles) };
    Err(Refusal::Role { by: person.name.clone(), roles: shown(roles).replace(", ", " or "), has })
}
