//! The rules of the desk, and what it takes two signers to change.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::act::ListTerms;
use super::person::Person;

/// The rules of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charter {
    /// How many signers must approve a proposal, none of them the one who proposed it.
    pub approvals: u32,
    /// After how many days a decision ends unless it says otherwise.
    pub life_days: u32,
    /// After how many days a decision must be looked at again.
    pub recheck_days: u32,
    /// Within how many days an appeal is decided.
    pub appeal_days: u32,
}

impl Default for Charter {
    fn default() -> Self {
        Self { approvals: 1, life_days: 365, recheck_days: 180, appeal_days: 14 }
    }
}

impl Charter {
    /// What is wrong with it, if anything is.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let Self { approvals, life_days, recheck_days, appeal_days } = self;
        match () {
            () if *approvals == 0 => Some("nothing is listed without an approval: write 1 or more"),
            () if [life_days, recheck_days, appeal_days].contains(&&0) => Some("days are 1 or more"),
            () if *life_days > LONGEST => Some("no decision lives longer than ten years"),
            () => None,
        }
    }

    /// When a decision that is made now ends.
    pub fn end(&self, now: Timestamp) -> Timestamp {
        after(now, self.life_days)
    }

    /// When a decision that is looked at now must be looked at again.
    pub fn recheck(&self, now: Timestamp) -> Timestamp {
        after(now, self.recheck_days)
    }

    /// When an appeal that came in then must be decided.
    pub fn appeal_due(&self, received: Timestamp) -> Timestamp {
        after(received, self.appeal_days)
    }
}

/// The most days of a decision.
pub(super) const LONGEST: u32 = 3653;

/// So many days later, in whole seconds.
pub(super) fn after(time: Timestamp, days: u32) -> Timestamp {
    let time = Timestamp::from_second(time.as_second()).unwrap_or(time);
    time.saturating_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX)
}

/// A change of who works here, under what rules, or of what a list says of itself. It takes effect when a second signer agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Motion {
    /// A person comes, goes (without roles), or gets other roles or another key.
    Person(Person),
    /// Other rules.
    Charter(Charter),
    /// Another header or path of a list that is kept here already.
    List(ListTerms),
}
