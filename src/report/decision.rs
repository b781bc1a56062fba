//! What is handed in: decisions without their names, and releases of lists.

use jiff::Timestamp;
use serde::Serialize;

use super::period::Period;

/// One decision, without its name and without persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The list, such as `fr/nudification`.
    pub list: String,
    /// What kind of service it is.
    pub category: String,
    /// The law that it rests on.
    pub basis: String,
    /// ISO 3166 code of the state.
    pub jurisdiction: String,
    /// When it was proposed.
    pub proposed: Timestamp,
    /// When enough people had consented.
    pub approved: Option<Timestamp>,
    /// The first published release with it.
    pub in_effect: Option<Timestamp>,
    /// How it ended, and when that was decided.
    pub ended: Option<(Timestamp, End)>,
    /// The first published release without it.
    pub out_of_effect: Option<Timestamp>,
    /// The appeals against it.
    pub appeals: Vec<Appeal>,
    /// Whether it overrides a guard rail.
    pub overridden: bool,
    /// Whether it was proposed as urgent.
    pub urgent: bool,
}

/// How a decision ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The proposal was not consented to.
    Rejected,
    /// Its time was up, as a listing or as a proposal.
    Expired,
    /// It was taken off the list.
    Removed,
    /// It was taken off the list because an appeal was upheld.
    RemovedOnAppeal,
}

/// An appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// When it came.
    pub received: Timestamp,
    /// By when it has to be decided.
    pub due: Timestamp,
    /// When it was decided, and whether it was upheld.
    pub decided: Option<(Timestamp, bool)>,
}

/// A published generation of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// When.
    pub time: Timestamp,
    /// The list.
    pub list: String,
    /// Its serial.
    pub serial: u64,
    /// Rules in it.
    pub rules: u64,
    /// Rules that the one before had not.
    pub added: u64,
    /// Rules that only the one before had.
    pub removed: u64,
}

/// What had become of a decision by the end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nobody had decided on the proposal.
    Pending,
    /// It was listed in the period and still was at its end.
    Listed,
    /// See [`End::Rejected`].
    Rejected,
    /// See [`End::Expired`].
    Expired,
    /// See [`End::Removed`].
    Removed,
    /// See [`End::RemovedOnAppeal`].
    RemovedOnAppeal,
}

impl Outcome {
    /// All, in the order of columns.
    pub const ALL: [Self; 6] =
        [Self::Pending, Self::Listed, Self::Rejected, Self::Expired, Self::Removed, Self::RemovedOnAppeal];

    /// As programs read it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Listed => "listed",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Removed => "removed",
            Self::RemovedOnAppeal => "removed_on_appeal",
        }
    }
}

impl Decision {
    /// What had become of it by the end of a period: counted where something was decided in the period, or still had to
    /// be at its end.
    pub fn outcome(&self, period: &Period) -> Option<Outcome> {
        let is_past = |moment: &Timestamp| *moment < period.to();
        if !is_past(&self.proposed) {
            return None;
        }
        let (moment, outcome) = match (self.ended.filter(|(moment, _)| is_past(moment)), self.approved) {
            (Some((moment, end)), _) => (moment, Outcome::from(end)),
            (None, Some(approved)) if is_past(&approved) => (approved, Outcome::Listed),
            _ => return Some(Outcome::Pending),
        };
        period.holds(moment).then_some(outcome)
    }

    /// Whether it was listed at the end of a period.
    pub(super) fn is_listed_at_end(&self, period: &Period) -> bool {
        let is_past = |moment: Timestamp| moment < period.to();
        self.approved.is_some_and(is_past) && !self.ended.is_some_and(|(moment, _)| is_past(moment))
    }
}

impl From<End> for Outcome {
    fn from(end: End) -> Self {
        match end {
            End::Rejected => Self::Rejected,
            End::Expired => Self::Expired,
            End::Removed => Self::Removed,
            End::RemovedOnAppeal => Self::RemovedOnAppeal,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A decision that was only proposed.
    pub(in crate::report) fn proposed(on: &str) -> Decision {
        Decision {
            list: "xx/a".into(),
            category: "c".into(),
            basis: "b".into(),
            jurisdiction: "XX".into(),
            proposed: at(on),
            approved: None,
            in_effect: None,
            ended: None,
            out_of_effect: None,
            appeals: Vec::new(),
            overridden: false,
            urgent: false,
        }
    }

    pub(in crate::report) fn at(day: &str) -> Timestamp {
        format!("{day}T00:00:00Z").parse().unwrap()
    }

    #[test]
    fn each_decision_is_counted_once_or_not_at_all() {
        let period: Period = "2026".parse().unwrap();
        let of = |proposed_on: &str, approved: Option<&str>, ended: Option<(&str, End)>| {
            let approved = approved.map(at);
            let ended = ended.map(|(day, end)| (at(day), end));
            Decision { approved, ended, ..proposed(proposed_on) }.outcome(&period)
        };
        for (proposed, approved, ended, outcome) in [
            ("2025-12-31", None, None, Some(Outcome::Pending)),
            ("2027-01-01", None, None, None),
            ("2026-12-31", Some("2027-01-01"), None, Some(Outcome::Pending)),
            ("2025-12-31", Some("2026-01-01"), None, Some(Outcome::Listed)),
            ("2025-12-31", Some("2025-12-31"), None, None),
            ("2025-01-01", Some("2025-01-02"), Some(("2026-12-31", End::Removed)), Some(Outcome::Removed)),
            ("2025-01-01", Some("2025-01-02"), Some(("2027-01-01", End::Removed)), None),
            ("2025-01-01", Some("2025-01-02"), Some(("2025-12-31", End::Removed)), None),
            ("2026-01-01", Some("2026-01-02"), Some(("2027-01-01", End::Expired)), Some(Outcome::Listed)),
            (
                "2026-01-01",
                Some("2026-01-02"),
                Some(("2026-01-03", End::RemovedOnAppeal)),
                Some(Outcome::RemovedOnAppeal),
            ),
            ("2026-01-01", None, Some(("2026-01-03", End::Rejected)), Some(Outcome::Rejected)),
            ("2026-01-01", None, Some(("2027-01-03", End::Rejected)), Some(Outcome::Pending)),
        ] {
            assert_eq!(of(proposed, approved, ended), outcome, "{proposed} {approved:?} {ended:?}");
        }
    }
}
