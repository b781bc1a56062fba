//! How old a list may grow: fail closed on authenticity, fail safe on age.
//!
//! A list that its authority no longer vouches for stays in force for its days of grace, with an alarm; then it is
//! kept or withdrawn as the operator chose. The grace is counted in time that this program has seen pass, so that a
//! clock which leaps years ahead withdraws nothing: only what lies before the start is taken from the clock, and even
//! then an hour is left in which the clock may be set right and the authority reached.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::config::{Lapsed, Terms};

/// What is left of the grace at a start, whatever the clock says.
const SETTLING: SignedDuration = SignedDuration::from_hours(1);
/// A step of the clock that is told; less is how clocks are set right.
const STEP: SignedDuration = SignedDuration::from_mins(5);

/// How a list stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Its authority vouches for it.
    #[default]
    Fresh,
    /// It will be out of date soon.
    Ageing,
    /// It is out of date, and in force for its days of grace.
    Stale,
    /// The grace is over; it stays in force, as the operator chose.
    Kept,
    /// The grace is over; it blocks nothing, as the operator chose.
    Withdrawn,
}

/// For how long a list has been out of date.
#[derive(Clone, Debug, Default)]
pub(super) struct Age {
    stale: SignedDuration,
    /// The monotonic seconds at the last look.
    looked: Option<u64>,
}

impl Age {
    /// How a list stands that is out of date from `expires` on, if ever.
    pub(super) fn look(
        &mut self,
        expires: Option<Timestamp>,
        terms: &Terms,
        now: Timestamp,
        monotonic: u64,
    ) -> Standing {
        let grace = SignedDuration::from_hours(24 * i64::from(terms.grace_days)).max(SETTLING);
        let before = self.looked.replace(monotonic);
        let Some(expires) = expires else { return Standing::Fresh };
        let left = expires.duration_since(now);
        if left.is_positive() {
            self.stale = SignedDuration::ZERO;
            let warn = SignedDuration::from_hours(i64::from(terms.warn_hours));
            return if left <= warn { Standing::Ageing } else { Standing::Fresh };
        }
        self.stale = match before {
            // Of the time since the last look no more than what lies past the end.
            Some(before) => self.stale + seconds(monotonic.saturating_sub(before)).min(-left),
            None => (-left).min((grace - SETTLING).max(SignedDuration::ZERO)),
        };
        match terms.lapsed {
            _ if self.stale < grace => Standing::Stale,
            Lapsed::Keep => Standing::Kept,
            Lapsed::Withdraw => Standing::Withdrawn,
        }
    }
}

/// Watches two clocks for one that steps.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps {
    last: Option<(Timestamp, u64)>,
}

impl Steps {
    /// By how much the time of day has stepped since the last look, if it has.
    pub(super) fn look(&mut self, now: Timestamp, monotonic: u64) -> Option<SignedDuration> {
        let (before, then) = self.last.replace((now, monotonic))?;
        let step = now.duration_since(before) - seconds(monotonic.saturating_sub(then));
        (step.abs() >= STEP).then_some(step)
    }
}

fn seconds(count: u64) -> SignedDuration {
    SignedDuration::from_secs(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        start + SignedDuration::from_hours(hours)
    }

    fn terms(lapsed: Lapsed) -> Terms {
        Terms { warn_hours: 6, grace_days: 2, lapsed, ..Terms::default() }
    }

    #[test]
    fn a_list_ages_lapses_and_is_fresh_again() {
        for (lapsed, last) in [(Lapsed::Keep, Standing::Kept), (Lapsed::Withdraw, Standing::Withdrawn)] {
            let mut age = Age::default();
            let mut look = |hours: i64, expires| {
                age.look(Some(at(expires)), &terms(lapsed), at(hours), (hours * 3600) as u64)
            };
            assert_eq!(look(0, 24), Standing::Fresh);
            assert_eq!(look(18, 24), Standing::Ageing);
            assert_eq!(look(24, 24), Standing::Stale);
            assert_eq!(look(65, 24), Standing::Stale);
            assert_eq!(look(73, 24), last);
            assert_eq!(look(74, 200), Standing::Fresh);
        }
    }

    #[test]
    fn a_clock_that_leaps_withdraws_nothing() {
        let mut age = Age::default();
        let mut look = |hours: i64, monotonic: u64| {
            age.look(Some(at(24)), &terms(Lapsed::Withdraw), at(hours), monotonic * 3600)
        };
        assert_eq!(look(0, 0), Standing::Fresh);
        assert_eq!(look(100_000, 1), Standing::Stale);
        assert_eq!(look(100_001, 2), Standing::Stale);
        assert_eq!(look(2, 3), Standing::Fresh);
        // As long as the clock is right, the time counts.
        assert_eq!(look(25, 26), Standing::Stale);
        assert_eq!(look(73, 74), Standing::Withdrawn);
    }

    #[test]
    fn a_start_leaves_an_hour() {
        let mut age = Age::default();
        let mut look =
            |monotonic: u64| age.look(Some(at(24)), &terms(Lapsed::Withdraw), at(5_000), monotonic);
        assert_eq!(look(1), Standing::Stale);
        assert_eq!(look(3_600), Standing::Stale);
        assert_eq!(look(3_601), Standing::Withdrawn);
    }

    #[test]
    fn what_never_ends_is_fresh() {
        assert_eq!(Age::default().look(None, &terms(Lapsed::Withdraw), at(0), 0), Standing::Fresh);
    }

    #[test]
    fn steps_are_seen_both_ways() {
        let mut steps = Steps::default();
        assert_eq!(steps.look(at(0), 0), None);
        assert_eq!(steps.look(at(1), 3_600), None);
        assert_eq!(steps.look(at(3), 3_601), Some(SignedDuration::from_secs(2 * 3600 - 1)));
        assert_eq!(steps.look(at(1), 3_602), Some(SignedDuration::from_secs(-2 * 3600 - 1)));
        assert_eq!(steps.look(at(1), 3_602), None);
    }
}
