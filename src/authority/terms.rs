//! The terms of an authority: how long what it signs is valid, and how many deltas it keeps.
//!
//! They stand in `authority.toml` of a workspace. The file belongs to the machine that publishes: resolvers see
//! what comes of it in the signed metadata and never the file.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::trust::{ROOT, SNAPSHOT, TARGETS, TIMESTAMP};

/// The file of a docket in a workspace.
const DOCKET: &str = "docket.sqlite";

/// What stands in `authority.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Terms {
    /// How many deltas of each list are published, the newest; 0 for none.
    pub deltas: u64,
    /// Where the docket is: a file of the workspace, or the URL of a PostgreSQL database.
    pub docket: String,
    /// How long each kind of metadata is valid.
    pub days: Days,
}

/// Days for which metadata is valid once it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Days {
    /// The root.
    pub root: u32,
    /// The metadata of the central holders.
    pub targets: u32,
    /// The metadata of each role that they delegate to.
    pub delegated: u32,
    /// The snapshot.
    pub snapshot: u32,
    /// The timestamp.
    pub timestamp: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Self { deltas: 16, docket: DOCKET.to_owned(), days: Days::default() }
    }
}

impl Default for Days {
    fn default() -> Self {
        Self { root: 365, targets: 90, delegated: 30, snapshot: 7, timestamp: 1 }
    }
}

impl Days {
    /// Changes one of them, by its name in the file. Nothing else than what is there can be changed, and not to
    /// nothing.
    pub fn set(&mut self, name: &str, days: u32) -> bool {
        let field = match name {
            ROOT => &mut self.root,
            TARGETS => &mut self.targets,
            "delegated" => &mut self.delegated,
            SNAPSHOT => &mut self.snapshot,
            TIMESTAMP => &mut self.timestamp,
            _ => return false,
        };
        *field = days;
        days > 0
    }

    /// How long metadata of a role is valid.
    pub(super) fn of(&self, role: &str) -> SignedDuration {
        let days = match role {
            ROOT => self.root,
            TARGETS => self.targets,
            SNAPSHOT => self.snapshot,
            TIMESTAMP => self.timestamp,
            _ => self.delegated,
        };
        SignedDuration::from_hours(i64::from(days) * 24)
    }

    /// From when on metadata of a role that is made now is out of date.
    pub(super) fn end(&self, role: &str, now: Timestamp) -> Timestamp {
        now.saturating_add(self.of(role)).unwrap_or(Timestamp::MAX)
    }

    /// Whether metadata has less than a third of its life before it: the time to sign it anew.
    pub(super) fn is_late(&self, role: &str, expires: Timestamp, now: Timestamp) -> bool {
        now.duration_until(expires) < self.of(role) / 3
    }
}

impl fmt::Display for Terms {
    /// The file, with a word on each of its fields.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let docket = toml::Value::from(self.docket.as_str());
        let Self { deltas, docket: _, days: Days { root, targets, delegated, snapshot, timestamp } } = self;
        write!(
            f,
            "# The terms of this authority. What is signed already keeps the terms that it was signed under.\n\n\
             deltas = {deltas}        # of each list, the newest; resolvers that are further behind fetch it whole\n\
             docket = {docket}  # where decisions are: a file of this folder, or postgres://… for several desks\n\n\
             # Days for which metadata is valid once it is made.\n\
             [days]\n\
             root = {root}\n\
             targets = {targets}       # the central holders\n\
             delegated = {delegated}     # each role that they delegate to\n\
             snapshot = {snapshot}       # signed anew by `refresh`, as is the timestamp: run it by a timer\n\
             timestamp = {timestamp}\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_says_what_it_was_made_from() {
        let mut terms = Terms { deltas: 3, ..Terms::default() };
        assert!(terms.days.set("delegated", 9) && !terms.days.set("delegates", 9));
        assert!(!terms.days.set("root", 0));
        assert_eq!(toml::from_str::<Terms>(&terms.to_string()).unwrap(), terms);
        assert_eq!(toml::from_str::<Terms>("").unwrap(), Terms::default());
        assert!(toml::from_str::<Terms>("[days]\nfr = 1").is_err());
    }

    #[test]
    fn a_third_of_its_life_is_the_time_to_sign_anew() {
        let days = Days { snapshot: 3, ..Days::default() };
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        let end = days.end(SNAPSHOT, time("2026-01-01T00:00:00Z"));
        assert_eq!(end, time("2026-01-04T00:00:00Z"));
        assert!(!days.is_late(SNAPSHOT, end, time("2026-01-03T00:00:00Z")));
        assert!(days.is_late(SNAPSHOT, end, time("2026-01-03T00:00:01Z")));
        assert!(days.is_late("fr", end, time("2026-01-01T00:00:00Z")));
    }
}
