//! Single figures: what was proposed and approved, appeals, overrides.

use serde::Serialize;

use super::decision::Decision;
use super::period::Period;
use super::tables::Figure;

/// Single figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Singles {
    /// Proposals that were made in the period.
    pub proposed: Figure,
    /// Of these, urgent ones.
    pub proposed_as_urgent: Figure,
    /// Proposals that were approved in the period.
    pub approved: Figure,
    /// Of these, those that override a guard rail.
    pub approved_with_override: Figure,
    /// Decisions in force at the end.
    pub in_force: Figure,
    /// Of these, those that override a guard rail.
    pub in_force_with_override: Figure,
    /// Appeals that came in the period.
    pub appeals_received: Figure,
    /// Appeals that were decided in the period.
    pub appeals_decided: Figure,
    /// Of these, those that were upheld.
    pub appeals_upheld: Figure,
    /// Of those that were decided, those after their deadline.
    pub appeals_decided_late: Figure,
    /// Appeals that were not decided at the end.
    pub appeals_open: Figure,
    /// Of these, those past their deadline.
    pub appeals_overdue: Figure,
}

/// A number, and how many of it are of one kind.
type Share = (u64, u64);

/// What single figures are made of.
#[derive(Default)]
pub(super) struct Counting {
    proposed: Share,
    approved: Share,
    in_force: Share,
    received: u64,
    upheld: Share,
    late: u64,
    open: Share,
}

impl Counting {
    /// Takes a decision.
    pub(super) fn add(&mut self, decision: &Decision, period: &Period) {
        let count = |share: &mut Share, counts: bool, is_special: bool| {
            share.0 += u64::from(counts);
            share.1 += u64::from(counts && is_special);
        };
        let overridden = decision.overridden;
        count(&mut self.proposed, period.holds(decision.proposed), decision.urgent);
        count(&mut self.approved, decision.approved.is_some_and(|moment| period.holds(moment)), overridden);
        count(&mut self.in_force, decision.is_listed_at_end(period), overridden);
        for appeal in &decision.appeals {
            self.received += u64::from(period.holds(appeal.received));
            match appeal.decided.filter(|(moment, _)| *moment < period.to()) {
                Some((moment, upheld)) => {
                    let is_in = period.holds(moment);
                    count(&mut self.upheld, is_in, upheld);
                    self.late += u64::from(is_in && moment > appeal.due);
                }
                None => count(&mut self.open, appeal.received < period.to(), appeal.due < period.to()),
            }
        }
    }

    /// The figures; with a threshold, those below it are withheld, and shares that leave fewer than it. Where totals of the
    /// tables are withheld, all are: they would bound them.
    pub(super) fn singles(self, threshold: Option<u64>, withholds_totals: bool) -> Singles {
        let is_small = |number: u64| threshold.is_some_and(|threshold| (1..threshold).contains(&number));
        let figure =
            |number: u64| match number > 0 && (is_small(number) || threshold.is_some() && withholds_totals) {
                true => Figure::Withheld,
                false => Figure::Shown(number),
            };
        let part = |whole: u64, part: u64| match part > 0 && is_small(whole - part) {
            true => Figure::Withheld,
            false => figure(part),
        };
        let share = |(whole, special): Share| (figure(whole), part(whole, special));
        let (proposed, proposed_as_urgent) = share(self.proposed);
        let (approved, approved_with_override) = share(self.approved);
        let (in_force, in_force_with_override) = share(self.in_force);
        let (appeals_decided, appeals_upheld) = share(self.upheld);
        let (appeals_open, appeals_overdue) = share(self.open);
        Singles {
            proposed,
            proposed_as_urgent,
            approved,
            approved_with_override,
            in_force,
            in_force_with_override,
            appeals_received: figure(self.received),
            appeals_decided,
            appeals_upheld,
            appeals_decided_late: part(self.upheld.0, self.late),
            appeals_open,
            appeals_overdue,
        }
    }
}

impl Singles {
    /// All, with the words for programs and for people.
    pub(super) fn all(&self) -> [(&'static str, &'static str, Figure); 12] {
        [
            ("proposed", "Proposals made", self.proposed),
            ("proposed_as_urgent", "of these, as urgent", self.proposed_as_urgent),
            ("approved", "Proposals approved", self.approved),
            ("approved_with_override", "of these, overriding a guard rail", self.approved_with_override),
            ("in_force", "Decisions in force at the end", self.in_force),
            ("in_force_with_override", "of these, overriding a guard rail", self.in_force_with_override),
            ("appeals_received", "Appeals received", self.appeals_received),
            ("appeals_decided", "Appeals decided", self.appeals_decided),
            ("appeals_upheld", "of these, upheld", self.appeals_upheld),
            ("appeals_decided_late", "of these, after their deadline", self.appeals_decided_late),
            ("appeals_open", "Appeals open at the end", self.appeals_open),
            ("appeals_overdue", "of these, past their deadline", self.appeals_overdue),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::decision::tests::{at, proposed};
    use super::super::decision::{Appeal, End};
    use super::*;

    #[test]
    fn figures_are_of_the_period() {
        let period = "2026".parse().unwrap();
        let appeal = |received: &str, due: &str, decided: Option<(&str, bool)>| Appeal {
            received: at(received),
            due: at(due),
            decided: decided.map(|(day, upheld)| (at(day), upheld)),
        };
        let mut counting = Counting::default();
        for decision in [
            Decision { urgent: true, ..proposed("2026-01-01") },
            Decision { approved: Some(at("2026-03-01")), overridden: true, ..proposed("2025-01-01") },
            Decision {
                approved: Some(at("2025-03-01")),
                ended: Some((at("2026-05-01"), End::RemovedOnAppeal)),
                appeals: vec![
                    appeal("2025-12-01", "2026-01-01", Some(("2026-02-01", false))),
                    appeal("2026-04-01", "2026-06-01", Some(("2026-05-01", true))),
                ],
                ..proposed("2025-01-01")
            },
            Decision {
                approved: Some(at("2025-03-01")),
                ended: Some((at("2027-01-01"), End::RemovedOnAppeal)),
                appeals: vec![
                    appeal("2026-12-01", "2026-12-20", Some(("2027-01-01", true))),
                    appeal("2026-12-20", "2027-01-20", None),
                    appeal("2027-01-01", "2027-01-20", None),
                ],
                ..proposed("2025-01-01")
            },
        ] {
            counting.add(&decision, &period);
        }
        let figures = counting.singles(None, false).all().map(|(.., figure)| figure.shown().unwrap());
        assert_eq!(figures, [1, 1, 1, 1, 2, 1, 3, 2, 1, 1, 2, 1]);
    }

    #[test]
    fn what_is_withheld_does_not_follow_from_what_it_is_a_share_of() {
        let counting =
            || Counting { upheld: (30, 25), late: 12, received: 0, open: (4, 0), ..Counting::default() };
        let singles = counting().singles(Some(10), false);
        assert_eq!(singles.appeals_decided, Figure::Shown(30));
        assert_eq!(singles.appeals_upheld, Figure::Withheld, "30 − 25 are few");
        assert_eq!(singles.appeals_decided_late, Figure::Shown(12));
        assert_eq!((singles.appeals_open, singles.appeals_overdue), (Figure::Withheld, Figure::Shown(0)));
        let singles = counting().singles(Some(10), true);
        assert_eq!((singles.appeals_decided, singles.appeals_received), (Figure::Withheld, Figure::Shown(0)));
    }
}
