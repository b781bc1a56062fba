//! The report: what is handed in, and what comes of it.

use jiff::Timestamp;
use serde::Serialize;

use super::decision::{Decision, Release};
use super::durations::{Durations, Times};
use super::enforcement::{Enforcement, Known};
use super::error::Error;
use super::period::Period;
use super::singles::{self, Singles};
use super::sizes::Sizes;
use super::tables::{self, Tables};
use super::{csv, view};
use crate::statistics::LEAST_THRESHOLD;

/// How a report is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Who reports, as people know it.
    pub authority: String,
    /// When it was made.
    pub made: Timestamp,
    /// Figures about decisions below it are withheld, and as many others as that takes; none where all are exact.
    pub decisions_below: Option<u64>,
    /// Figures of resolvers below it are withheld: 10 or more.
    pub enforcement_below: u64,
}

/// What an authority decided in a period, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The days that it is about.
    pub period: Period,
    /// How it was made.
    pub settings: Settings,
    /// Decisions by category, legal basis and outcome.
    pub decisions: Tables,
    /// Single figures about decisions and appeals.
    pub singles: Singles,
    /// How long things took, in seconds.
    pub times: Vec<Times>,
    /// Durations that were left out, because they end before they begin.
    pub inconsistent: u64,
    /// How long lists were.
    pub sizes: Sizes,
    /// What resolvers blocked.
    pub enforcement: Enforcement,
}

/// A report that takes decisions in, one after the other.
pub struct Draft {
    period: Period,
    settings: Settings,
    tables: tables::Counting,
    singles: singles::Counting,
    durations: Durations,
    known: Known,
}

impl Draft {
    /// A report to which nothing was told yet.
    pub fn new(period: Period, settings: Settings) -> Result<Self, Error> {
        if settings.enforcement_below < LEAST_THRESHOLD {
            return Err(Error::Threshold(settings.enforcement_below));
        }
        if let Some(useless @ 0..=1) = settings.decisions_below {
            return Err(Error::Decisions(useless));
        }
        let (tables, singles) = (tables::Counting::default(), singles::Counting::default());
        let (durations, known) = (Durations::default(), Known::default());
        Ok(Self { period, settings, tables, singles, durations, known })
    }

    /// Takes a decision in, whichever it is: one that does not concern the period counts for nothing.
    pub fn add(&mut self, decision: Decision) {
        self.tables.add(&decision, &self.period);
        self.singles.add(&decision, &self.period);
        self.durations.add(&decision, &self.period);
        let known = &mut self.known;
        for (set, word) in [(&mut known.lists, decision.list), (&mut known.categories, decision.category)] {
            if !set.contains(&word) {
                set.insert(word);
            }
        }
    }

    /// The report. `files` are what resolvers exported, each with the name that errors call it by.
    pub fn finish(
        self,
        releases: impl IntoIterator<Item = Release>,
        files: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Report, Error> {
        let Self { period, settings, tables, singles, durations, mut known } = self;
        let sizes = Sizes::new(releases.into_iter(), &period, settings.made);
        known.lists.extend(sizes.lists.iter().map(|size| size.list.clone()));
        let enforcement = Enforcement::new(files, &known, &period, settings.enforcement_below)?;
        let inconsistent = durations.inconsistent;
        let decisions = tables.tables(settings.decisions_below);
        let singles = singles.singles(settings.decisions_below, decisions.withholds_totals());
        let times = durations.times(settings.decisions_below);
        Ok(Report { period, settings, decisions, singles, times, inconsistent, sizes, enforcement })
    }
}

impl Report {
    /// As one page that needs nothing else: no script, no other file, fit to be printed.
    pub fn to_html(&self) -> String {
        view::page(self)
    }

    /// As one table of all figures (RFC 4180).
    pub fn to_csv(&self) -> String {
        csv::compose(self)
    }

    /// As JSON. Durations are in seconds, and what is withheld is null.
    pub fn to_json(&self) -> String {
        // Values of this room's own types always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
