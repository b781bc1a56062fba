//! What resolvers blocked, put together from the files that their operators handed over.
//!
//! Nobody registers those who run resolvers. A resolver is known by the number that it drew for itself, so that its files may
//! overlap, as long as they tell the same. Of a file nothing is shown but numbers: its lists and categories count where
//! the authority's own decisions and releases know them.
//!
//! A figure below the threshold is withheld, and totals are sums of the figures that are shown. What is withheld is
//! therefore in no total, and cannot be computed from one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::error::Error;
use super::period::Period;
use crate::statistics::{Blocked, Count, Epsilon, Month, Statistics};

/// The category of figures whose own is not one of the decisions'.
const OTHER: &str = "other";

/// What resolvers blocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Enforcement {
    /// Figures below it are withheld.
    pub threshold: u64,
    /// Resolvers that told something of the period.
    pub resolvers: u64,
    /// The ε of the noise in their figures, where there is noise.
    pub epsilons: Vec<Epsilon>,
    /// Whether some told figures without noise.
    pub without_noise: bool,
    /// The whole months of the period, by their first day.
    pub months: Vec<Date>,
    /// By list and category.
    pub by_list: Vec<Series>,
    /// By category.
    pub by_category: Vec<Series>,
    /// Months of other times in the files.
    pub other_months: u64,
    /// Figures for lists that this authority does not publish.
    pub other_lists: u64,
    /// Months that were handed in more than once, and counted once.
    pub repeated: u64,
}

/// Figures by month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Series {
    /// The list; none for all of the category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// The category; `other` where it is none of the decisions'.
    pub category: String,
    /// One for each month.
    pub cells: Vec<Cell>,
    /// The sum of those that are shown.
    pub total: u64,
}

/// What was blocked in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Questions that resolvers told figures of; none where they are few, or nobody told a figure.
    pub blocked: Option<u64>,
    /// Resolvers that told how many; of a category, the most of any of its lists.
    pub resolvers: u64,
    /// Resolvers that told no more than that there were few.
    pub resolvers_withholding: u64,
}

impl Cell {
    /// Whether any resolver told anything.
    pub fn is_told(&self) -> bool {
        self.resolvers + self.resolvers_withholding > 0
    }

    fn add(&mut self, blocked: Blocked) -> Option<()> {
        match blocked {
            Blocked::Questions(number) => {
                self.resolvers += 1;
                self.blocked = Some(self.blocked.unwrap_or(0).checked_add(number)?);
            }
            Blocked::FewerThan(_) => self.resolvers_withholding += 1,
        }
        Some(())
    }
}

/// What is known of a resolver: by the beginning of each span, the file and what it told.
type Told = BTreeMap<Timestamp, (String, Month)>;

/// What the authority knows itself.
#[derive(Default)]
pub(super) struct Known {
    /// The lists that it decides on or publishes.
    pub lists: BTreeSet<String>,
    /// The categories of its decisions.
    pub categories: BTreeSet<String>,
}

impl Enforcement {
    /// Puts files together, each with its name.
    pub(super) fn new(
        files: impl IntoIterator<Item = (String, String)>,
        known: &Known,
        period: &Period,
        threshold: u64,
    ) -> Result<Self, Error> {
        let mut resolvers: BTreeMap<String, Told> = BTreeMap::new();
        let mut repeated = 0;
        for (file, text) in files {
            let read =
                Statistics::parse(&text).map_err(|source| Error::File { file: file.clone(), source })?;
            let told = resolvers.entry(read.resolver.clone()).or_default();
            for month in read.months {
                repeated += u64::from(!put(told, &file, &read.resolver, month)?);
            }
        }
        let months = period.whole_months();
        let mut merged = Self {
            threshold,
            resolvers: 0,
            epsilons: Vec::new(),
            without_noise: false,
            months,
            by_list: Vec::new(),
            by_category: Vec::new(),
            other_months: 0,
            other_lists: 0,
            repeated,
        };
        let mut cells: BTreeMap<(String, String), Vec<Cell>> = BTreeMap::new();
        for told in resolvers.into_values() {
            let before = merged.other_months;
            let months = told.len() as u64;
            for (file, month) in told.into_values() {
                merged.add(&mut cells, month, known).ok_or(Error::Overflow { file })?;
            }
            merged.resolvers += u64::from(merged.other_months - before < months);
        }
        merged.finish(cells)
    }

    /// Counts a month of a resolver; nothing where a sum is too long.
    fn add(
        &mut self,
        cells: &mut BTreeMap<(String, String), Vec<Cell>>,
        month: Month,
        known: &Known,
    ) -> Option<()> {
        let Ok(place) = self.months.binary_search(&month.first_day()) else {
            self.other_months += 1;
            return Some(());
        };
        match month.epsilon {
            None => self.without_noise = true,
            Some(epsilon) => {
                if let Err(place) = self.epsilons.binary_search(&epsilon) {
                    self.epsilons.insert(place, epsilon);
                }
            }
        }
        for Count { list, category, blocked } in month.lists {
            if !known.lists.contains(&list) {
                self.other_lists += 1;
                continue;
            }
            let category = if known.categories.contains(&category) { category } else { OTHER.to_owned() };
            let empty = || vec![Cell::default(); self.months.len()];
            cells.entry((list, category)).or_insert_with(empty)[place].add(blocked)?;
        }
        Some(())
    }

    fn finish(mut self, cells: BTreeMap<(String, String), Vec<Cell>>) -> Result<Self, Error> {
        let too_long = || Error::Overflow { file: "all files together".into() };
        let mut by_category: BTreeMap<String, Vec<Cell>> = BTreeMap::new();
        for ((list, category), mut cells) in cells {
            for cell in &mut cells {
                cell.blocked = cell.blocked.filter(|blocked| *blocked >= self.threshold);
            }
            let empty = || vec![Cell::default(); cells.len()];
            let sums = by_category.entry(category.clone()).or_insert_with(empty);
            for (sum, cell) in sums.iter_mut().zip(&cells) {
                // A resolver may have several lists of a category.
                sum.resolvers = sum.resolvers.max(cell.resolvers);
                sum.resolvers_withholding = sum.resolvers_withholding.max(cell.resolvers_withholding);
                if let Some(blocked) = cell.blocked {
                    sum.blocked = Some(sum.blocked.unwrap_or(0).checked_add(blocked).ok_or_else(too_long)?);
                }
            }
            self.by_list.push(series(Some(list), category, cells).ok_or_else(too_long)?);
        }
        for (category, cells) in by_category {
            self.by_category.push(series(None, category, cells).ok_or_else(too_long)?);
        }
        Ok(self)
    }
}

fn series(list: Option<String>, category: String, cells: Vec<Cell>) -> Option<Series> {
    let mut shown = cells.iter().filter_map(|cell| cell.blocked);
    let total = shown.try_fold(0u64, u64::checked_add)?;
    Some(Series { list, category, cells, total })
}

/// Puts what a file tells of a span to what is known of its resolver; false where it was known already.
fn put(told: &mut Told, file: &str, resolver: &str, month: Month) -> Result<bool, Error> {
    let overlapping = told.values().find(|(_, other)| other.from < month.to && month.from < other.to);
    match overlapping {
        Some((_, other)) if *other == month => Ok(false),
        Some((other_file, other)) => Err(Error::Disagree {
            file: file.to_owned(),
            other: other_file.clone(),
            resolver: resolver.to_owned(),
            from: other.from.max(month.from),
        }),
        None => {
            told.insert(month.from, (file.to_owned(), month));
            Ok(true)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "11111111111111111111111111111111";
    const SECOND: &str = "22222222222222222222222222222222";

    fn file(resolver: &str, months: &[(&str, &str, &str)]) -> String {
        let months: Vec<String> = months
            .iter()
            .map(|(from, to, lists)| {
                format!(
                    "{{\"from\":\"{from}T00:00:00Z\",\"to\":\"{to}T00:00:00Z\",\"threshold\":10,\"epsilon\":null,\
                     \"lists\":[{lists}]}}"
                )
            })
            .collect();
        format!(
            "{{\"format\":\"rempart-statistics/1\",\"resolver\":\"{resolver}\",\
             \"counting_since\":\"2027-01-01T00:00:00Z\",\"months\":[{}]}}",
            months.join(",")
        )
    }

    fn list(list: &str, category: &str, blocked: &str) -> String {
        format!("{{\"list\":\"{list}\",\"category\":\"{category}\",\"blocked\":{blocked}}}")
    }

    fn merged(files: &[String], threshold: u64) -> Result<Enforcement, Error> {
        let files = files.iter().zip(0..).map(|(text, number)| (format!("{number}.json"), text.clone()));
        let known =
            Known { lists: ["fr/a", "fr/b"].map(str::to_owned).into(), categories: ["a".to_owned()].into() };
        Enforcement::new(files, &known, &"2026".parse().unwrap(), threshold)
    }

    fn shown(enforcement: &Enforcement, place: usize) -> Vec<(String, String, Option<u64>)> {
        let series = enforcement.by_list.iter();
        series
            .map(|one| (one.list.clone().unwrap(), one.category.clone(), one.cells[place].blocked))
            .collect()
    }

    #[test]
    fn files_are_put_together() {
        let october = |lists: &str| ("2026-10-01", "2026-11-01", lists.to_owned());
        let (from, to, lists) =
            october(&[list("fr/a", "a", "100"), list("fr/b", "evil.example", "20")].join(","));
        let first = file(FIRST, &[(from, to, &lists), ("2025-12-01", "2026-01-01", "")]);
        let (from, to, lists) =
            october(&[list("fr/a", "a", "\"fewer than 10\""), list("de/x", "a", "5000")].join(","));
        let second = file(SECOND, &[(from, to, &lists)]);
        // The same month again, in a later file.
        let found = merged(&[first.clone(), second.clone(), first], 10).unwrap();
        assert_eq!((found.resolvers, found.repeated, found.other_months, found.other_lists), (2, 2, 1, 1));
        let expected = [("fr/a", "a", Some(100)), ("fr/b", OTHER, Some(20))];
        assert_eq!(shown(&found, 9), expected.map(|(list, category, it)| (list.into(), category.into(), it)));
        let cell = found.by_list[0].cells[9];
        assert_eq!((cell.resolvers, cell.resolvers_withholding), (1, 1));
        assert_eq!((found.by_list[0].total, found.by_category[0].total), (100, 100));
        assert!(!found.by_list[0].cells[8].is_told());
        let text = serde_json::to_string(&found).unwrap();
        assert!(!text.contains("evil") && !text.contains("de/x") && !text.contains(FIRST), "{text}");
    }

    #[test]
    fn what_is_below_the_reports_own_threshold_is_in_no_total() {
        let month = |number: u32, blocked: &str| {
            (format!("2026-{number:02}-01"), format!("2026-{:02}-01", number + 1), list("fr/a", "a", blocked))
        };
        let months = [month(1, "15"), month(2, "25"), month(3, "\"fewer than 10\"")];
        let months: Vec<_> =
            months.iter().map(|(from, to, lists)| (&from[..], &to[..], &lists[..])).collect();
        let found = merged(&[file(FIRST, &months)], 20).unwrap();
        let cells: Vec<_> = found.by_list[0].cells.iter().map(|cell| cell.blocked).collect();
        assert_eq!(cells[..4], [None, Some(25), None, None]);
        assert_eq!((found.by_list[0].total, found.by_category[0].total), (25, 25));
    }

    #[test]
    fn files_of_one_resolver_must_agree() {
        let of =
            |from: &str, to: &str, blocked: &str| file(FIRST, &[(from, to, &list("fr/a", "a", blocked))]);
        let one = of("2026-10-01", "2026-11-01", "100");
        for other in [
            of("2026-10-01", "2026-11-01", "101"),
            of("2026-10-05", "2026-11-01", "100"),
            of("2026-10-01", "2026-10-09", "100"),
        ] {
            let error = merged(&[one.clone(), other], 10).unwrap_err().to_string();
            assert!(error.starts_with("1.json and 0.json are of one resolver (1111"), "{error}");
        }
        // Parts of a month that do not overlap are.
        let parts = [of("2026-10-01", "2026-10-09", "100"), of("2026-10-09", "2026-11-01", "50")];
        assert_eq!(merged(&parts, 10).unwrap().by_list[0].cells[9].blocked, Some(150));
    }

    #[test]
    fn a_bad_file_is_named() {
        let error = merged(&["<script>".into()], 10).unwrap_err().to_string();
        assert!(error.starts_with("0.json: not what `rempart statistics --json` prints"), "{error}");
    }
}
