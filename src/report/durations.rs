//! How long things took: medians and the like, of durations that ended in the period.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::decision::{Decision, End};
use super::period::Period;
use super::tables::Figure;

/// What took time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// From a proposal to its approval.
    ProposalToApproval,
    /// From a proposal to the first release with it.
    ProposalToEffect,
    /// The same of those that were urgent.
    UrgentProposalToEffect,
    /// From the approval to the first release with it.
    ApprovalToEffect,
    /// From an appeal to its decision.
    AppealToDecision,
    /// From an appeal that was upheld to the first release without the name.
    AppealToRemoval,
    /// From a removal's decision to the first release without the name.
    RemovalToEffect,
    /// How long a name was in releases that was removed on appeal.
    StayUntilAppeal,
    /// How long a name was in releases that was removed otherwise.
    StayUntilRemoval,
}

impl Measure {
    /// All, in the order of a report.
    pub(super) const ALL: [Self; 9] = [
        Self::ProposalToApproval,
        Self::ProposalToEffect,
        Self::UrgentProposalToEffect,
        Self::ApprovalToEffect,
        Self::AppealToDecision,
        Self::AppealToRemoval,
        Self::RemovalToEffect,
        Self::StayUntilAppeal,
        Self::StayUntilRemoval,
    ];

    /// As programs read it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::ProposalToApproval => "proposal_to_approval",
            Self::ProposalToEffect => "proposal_to_effect",
            Self::UrgentProposalToEffect => "urgent_proposal_to_effect",
            Self::ApprovalToEffect => "approval_to_effect",
            Self::AppealToDecision => "appeal_to_decision",
            Self::AppealToRemoval => "appeal_to_removal",
            Self::RemovalToEffect => "removal_to_effect",
            Self::StayUntilAppeal => "stay_until_appeal",
            Self::StayUntilRemoval => "stay_until_removal",
        }
    }
}

/// How long something took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Times {
    /// What.
    pub measure: Measure,
    /// How often that was.
    pub count: Figure,
    /// Seconds within which half of them were done: the value in the middle, or the lower one of two.
    pub median: Option<u64>,
    /// Seconds within which nine of ten were.
    pub ninetieth: Option<u64>,
    /// Seconds of the longest.
    pub longest: Option<u64>,
}

/// Durations in seconds, four octets each: a report of a million decisions takes some tens of megabytes.
#[derive(Default)]
pub(super) struct Durations {
    of: BTreeMap<Measure, Vec<u32>>,
    /// What ended before it began.
    pub inconsistent: u64,
}

impl Durations {
    /// Takes what ended in the period.
    pub(super) fn add(&mut self, decision: &Decision, period: &Period) {
        let Decision { proposed, approved, in_effect, ended, out_of_effect, .. } = *decision;
        let mut took = |measure, from: Option<Timestamp>, to: Option<Timestamp>| {
            let (Some(from), Some(to)) = (from, to.filter(|to| period.holds(*to))) else { return };
            match to.as_second() - from.as_second() {
                0.. if from <= to => {
                    let seconds = u32::try_from(to.as_second() - from.as_second()).unwrap_or(u32::MAX);
                    self.of.entry(measure).or_default().push(seconds);
                }
                _ => self.inconsistent += 1,
            }
        };
        took(Measure::ProposalToApproval, Some(proposed), approved);
        took(Measure::ProposalToEffect, Some(proposed), in_effect);
        if decision.urgent {
            took(Measure::UrgentProposalToEffect, Some(proposed), in_effect);
        }
        took(Measure::ApprovalToEffect, approved, in_effect);
        for appeal in &decision.appeals {
            took(Measure::AppealToDecision, Some(appeal.received), appeal.decided.map(|(moment, _)| moment));
        }
        let removal = match ended {
            Some((moment, End::RemovedOnAppeal)) => Some((moment, Measure::StayUntilAppeal)),
            Some((moment, End::Removed)) => Some((moment, Measure::StayUntilRemoval)),
            _ => None,
        };
        let Some((decided, stay)) = removal else { return };
        if in_effect.is_some() {
            took(Measure::RemovalToEffect, Some(decided), out_of_effect);
            took(stay, in_effect, out_of_effect);
        }
        let upheld =
            decision.appeals.iter().filter(|appeal| appeal.decided.is_some_and(|(_, upheld)| upheld));
        if stay == Measure::StayUntilAppeal && in_effect.is_some() {
            took(Measure::AppealToRemoval, upheld.map(|appeal| appeal.received).min(), out_of_effect);
        }
    }

    /// What they come to. Where figures below a threshold are withheld, so are times of fewer cases, how many there were,
    /// and the longest, which is of one case alone.
    pub(super) fn times(mut self, threshold: Option<u64>) -> Vec<Times> {
        let times = |measure| {
            let mut durations = self.of.remove(&measure).unwrap_or_default();
            durations.sort_unstable();
            let count = durations.len() as u64;
            // The smallest value that so many percent do not exceed.
            let within = |percent: usize| {
                let rank = (durations.len() * percent).div_ceil(100).checked_sub(1)?;
                durations.get(rank).map(|seconds| u64::from(*seconds))
            };
            match threshold {
                None => Times {
                    measure,
                    count: Figure::Shown(count),
                    median: within(50),
                    ninetieth: within(90),
                    longest: within(100),
                },
                Some(threshold) => {
                    let enough = |value: Option<u64>| value.filter(|_| count >= threshold);
                    let count = if count == 0 { Figure::Shown(0) } else { Figure::Withheld };
                    Times {
                        measure,
                        count,
                        median: enough(within(50)),
                        ninetieth: enough(within(90)),
                        longest: None,
                    }
                }
            }
        };
        Measure::ALL.map(times).into()
    }
}

#[cfg(test)]
mod tests {
    use super::super::decision::Appeal;
    use super::super::decision::tests::{at, proposed};
    use super::*;

    fn times(decisions: &[Decision], threshold: Option<u64>) -> BTreeMap<Measure, Times> {
        let period = "2026".parse().unwrap();
        let mut durations = Durations::default();
        decisions.iter().for_each(|decision| durations.add(decision, &period));
        durations.times(threshold).into_iter().map(|times| (times.measure, times)).collect()
    }

    const DAY: u64 = 86_400;

    #[test]
    fn what_ends_in_the_period_is_measured() {
        let removed = Decision {
            approved: Some(at("2026-01-02")),
            in_effect: Some(at("2026-01-03")),
            ended: Some((at("2026-02-01"), End::RemovedOnAppeal)),
            out_of_effect: Some(at("2026-02-02")),
            appeals: vec![
                Appeal {
                    received: at("2026-01-10"),
                    due: at("2026-01-20"),
                    decided: Some((at("2026-01-11"), false)),
                },
                Appeal {
                    received: at("2026-01-25"),
                    due: at("2026-01-30"),
                    decided: Some((at("2026-02-01"), true)),
                },
            ],
            urgent: true,
            ..proposed("2025-12-31")
        };
        let found = times(std::slice::from_ref(&removed), None);
        for (measure, days) in [
            (Measure::ProposalToApproval, 2),
            (Measure::ProposalToEffect, 3),
            (Measure::UrgentProposalToEffect, 3),
            (Measure::ApprovalToEffect, 1),
            (Measure::AppealToRemoval, 8),
            (Measure::RemovalToEffect, 1),
            (Measure::StayUntilAppeal, 30),
        ] {
            let Times { count, median, ninetieth, longest, .. } = found[&measure];
            let all = [median, ninetieth, longest];
            assert_eq!((count, all), (Figure::Shown(1), [Some(days * DAY); 3]), "{measure:?}");
        }
        let appeals = &found[&Measure::AppealToDecision];
        assert_eq!((appeals.median, appeals.longest), (Some(DAY), Some(7 * DAY)));
        assert_eq!(found[&Measure::StayUntilRemoval].count, Figure::Shown(0));
        // What ends later is no part of it.
        let later = Decision { out_of_effect: Some(at("2027-01-01")), ..removed };
        assert_eq!(times(&[later], None)[&Measure::StayUntilAppeal].median, None);
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let of = |days: i64| Decision {
            approved: Some(at("2026-06-01")),
            proposed: at("2026-06-01") - jiff::SignedDuration::from_hours(24 * days),
            ..proposed("2026-01-01")
        };
        let decisions: Vec<Decision> = (1..=10).map(of).collect();
        let found = times(&decisions, None).remove(&Measure::ProposalToApproval).unwrap();
        assert_eq!(
            (found.median, found.ninetieth, found.longest),
            (Some(5 * DAY), Some(9 * DAY), Some(10 * DAY))
        );
        let found = times(&decisions, Some(10)).remove(&Measure::ProposalToApproval).unwrap();
        assert_eq!((found.count, found.median, found.longest), (Figure::Withheld, Some(5 * DAY), None));
        let found = times(&decisions, Some(11)).remove(&Measure::ProposalToApproval).unwrap();
        assert_eq!((found.count, found.median), (Figure::Withheld, None));
    }

    #[test]
    fn what_ends_before_it_begins_is_left_out_and_told() {
        let mut durations = Durations::default();
        let decision = Decision { approved: Some(at("2026-01-01")), ..proposed("2026-01-02") };
        durations.add(&decision, &"2026".parse().unwrap());
        assert_eq!(durations.inconsistent, 1);
        assert!(durations.times(None).iter().all(|times| times.count == Figure::Shown(0)));
    }
}
