//! How long each list was, and what was added and removed. Lists are published, so nothing of this is withheld.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::decision::Release;
use super::period::Period;

/// The size of each list over the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sizes {
    /// The last day of each part of the period: of each month, or each day of a short one.
    pub parts: Vec<Date>,
    /// By list.
    pub lists: Vec<Size>,
}

/// The size of a list over the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Size {
    /// The list.
    pub list: String,
    /// Rules before the period; none where it was not published yet.
    pub before: Option<u64>,
    /// Rules at the end of each part.
    pub rules: Vec<Option<u64>>,
    /// Rules that releases of each part added.
    pub added: Vec<u64>,
    /// Rules that they removed.
    pub removed: Vec<u64>,
    /// The serial of the last release.
    pub serial: Option<u64>,
}

impl Sizes {
    /// Sorts releases into the parts of a period, as far as these have come by the time when it is told.
    pub(super) fn new(releases: impl Iterator<Item = Release>, period: &Period, told: Timestamp) -> Self {
        let mut parts = period.parts();
        let today = told.to_zoned(TimeZone::UTC).date();
        parts.truncate(parts.partition_point(|end| *end < today) + 1);
        let mut by_list: BTreeMap<String, Vec<Release>> = BTreeMap::new();
        for mut release in releases.filter(|release| release.time < period.to() && release.time <= told) {
            by_list.entry(std::mem::take(&mut release.list)).or_default().push(release);
        }
        let lists =
            by_list.into_iter().map(|(list, releases)| size(list, releases, period, &parts)).collect();
        Self { parts, lists }
    }
}

fn size(list: String, mut releases: Vec<Release>, period: &Period, parts: &[Date]) -> Size {
    releases.sort_by_key(|release| (release.time, release.serial));
    let none = || vec![0; parts.len()];
    let mut size =
        Size { list, before: None, rules: Vec::new(), added: none(), removed: none(), serial: None };
    let mut ends: Vec<Option<u64>> = vec![None; parts.len()];
    for Release { time, serial, rules, added, removed, .. } in releases {
        size.serial = Some(serial);
        if time < period.from() {
            size.before = Some(rules);
            continue;
        }
        let day = time.to_zoned(TimeZone::UTC).date();
        let part = parts.partition_point(|end| *end < day);
        ends[part] = Some(rules);
        size.added[part] = size.added[part].saturating_add(added);
        size.removed[part] = size.removed[part].saturating_add(removed);
    }
    // A list is as long as it was until the next release.
    let mut rules = size.before;
    size.rules = ends
        .into_iter()
        .map(|end| {
            rules = end.or(rules);
            rules
        })
        .collect();
    size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_as_long_as_its_last_release() {
        let release = |time: &str, serial, rules, added, removed| Release {
            time: time.parse().unwrap(),
            list: "xx/a".into(),
            serial,
            rules,
            added,
            removed,
        };
        let releases = [
            release("2026-03-31T23:59:59Z", 5, 130, 1, 1),
            release("2025-12-31T00:00:00Z", 1, 100, 100, 0),
            release("2026-01-01T00:00:00Z", 2, 110, 10, 0),
            release("2026-03-01T00:00:00Z", 4, 130, 5, 0),
            release("2026-01-31T00:00:00Z", 3, 125, 20, 5),
            release("2027-01-01T00:00:00Z", 6, 999, 0, 0),
        ];
        let later = "2027-01-05T00:00:00Z".parse().unwrap();
        let sizes = Sizes::new(releases.clone().into_iter(), &"2026".parse().unwrap(), later);
        let [size] = &sizes.lists[..] else { panic!("one list") };
        assert_eq!((size.before, size.serial), (Some(100), Some(5)));
        assert_eq!(size.rules[..4], [Some(125), Some(125), Some(130), Some(130)]);
        assert_eq!((&size.added[..3], &size.removed[..3]), (&[30, 0, 6][..], &[5, 0, 1][..]));
        let none = Sizes::new(
            std::iter::once(release("2026-02-01T00:00:00Z", 1, 7, 7, 0)),
            &"2026".parse().unwrap(),
            later,
        );
        assert_eq!(none.lists[0].rules[..3], [None, Some(7), Some(7)]);
        // Nothing is told of what is still to come.
        let early = "2026-02-10T00:00:00Z".parse().unwrap();
        let sizes = Sizes::new(releases.into_iter(), &"2026".parse().unwrap(), early);
        assert_eq!((sizes.parts.len(), &sizes.lists[0].rules[..]), (2, &[Some(125), Some(125)][..]));
    }
}
