//! `report`: what was decided in a period, and what came of it, without names and without persons.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::At;
use crate::authority::{plain, read_text};
use crate::cli::Console;
use crate::cli::authority::answer;
use crate::docket::{self, Docket, State};
use crate::keyfile;
use crate::report::{Appeal, Decision, Draft, End, Period, Release, Settings};

/// Write the transparency report of a period: a page, a table or JSON, by the ending of the file
#[derive(Args)]
pub(in crate::cli::authority) struct Report {
    #[command(flatten)]
    at: At,
    /// The period in UTC: a year (2026), a quarter (2026-Q1), a month (2026-03), or days (2026-01-15/2026-03-31)
    #[arg(long)]
    period: Period,
    /// The files to write, in the place of what was there: .html, .csv or .json
    #[arg(long, required = true, num_args = 1..)]
    out: Vec<PathBuf>,
    /// What resolvers exported with `rempart statistics`
    #[arg(long, value_name = "FILE", num_args = 1..)]
    statistics: Vec<PathBuf>,
    /// Who reports [default: the authority that the lists name]
    #[arg(long)]
    authority: Option<String>,
    /// Withhold figures about decisions that are below this, and what they could be computed from [default: all are exact]
    #[arg(long, value_name = "COUNT")]
    decisions_below: Option<u64>,
    /// Withhold figures of resolvers that are below this, 10 or more
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    enforcement_below: u64,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Report {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let mut docket = self.at.open()?;
        let authority = match self.authority {
            Some(authority) => authority,
            None => authority(&docket)?,
        };
        let settings = Settings {
            authority,
            made: now,
            decisions_below: self.decisions_below,
            enforcement_below: self.enforcement_below,
        };
        let files = self.statistics.iter().map(|path| read(path)).collect::<Result<Vec<_>>>()?;
        let mut draft = Draft::new(self.period, settings)?;
        let verified = docket.verify_each(&[], &mut |decision| {
            draft.add(anonymous(decision));
            Ok(())
        });
        let verified = verified.context("nothing is reported from a docket that was edited")?;
        let report = draft.finish(verified.releases.into_iter().map(released), files)?;
        for path in &self.out {
            let text = match path.extension().and_then(|it| it.to_str()) {
                Some("html") => report.to_html(),
                Some("csv") => report.to_csv(),
                Some("json") => report.to_json(),
                _ => bail!("{}: end the name of the file with .html, .csv or .json", path.display()),
            };
            keyfile::replace(path, text.as_bytes(), keyfile::PUBLIC)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        let written: Vec<String> = self.out.iter().map(|path| path.display().to_string()).collect();
        answer(
            format_args!("Written: {}", plain(&written.join(", "))),
            json!({ "written": written }),
            self.json,
            console,
        )
    }
}

/// The authority that the lists name.
fn authority(docket: &Docket) -> Result<String> {
    let list = docket.roster().lists.values().next();
    let list = list.context("no list is kept here: say with --authority who reports")?;
    Ok(list.parsed()?.authority)
}

fn read(path: &Path) -> Result<(String, String)> {
    Ok((path.display().to_string(), read_text(path)?))
}

fn released((time, release): (Timestamp, docket::Release)) -> Release {
    let docket::Release { list, serial, rules, added, removed, .. } = release;
    Release { time, list, serial, rules, added, removed }
}

/// A decision without its name and without those who made it.
fn anonymous(decision: docket::Decision) -> Decision {
    let granted = |appeal: &docket::Appeal| {
        appeal.decided.is_some_and(|verdict| verdict.outcome == docket::Outcome::Granted)
    };
    let end = match decision.state {
        State::Rejected => Some(End::Rejected),
        State::Expired => Some(End::Expired),
        State::Removed if decision.appeals.last().is_some_and(granted) => Some(End::RemovedOnAppeal),
        State::Removed => Some(End::Removed),
        State::Proposed | State::Reviewed | State::Approved | State::Appealed => None,
    };
    let appeal = |appeal: docket::Appeal| Appeal {
        received: appeal.received,
        due: appeal.due,
        // One that nobody decided before its decision ended by itself was not upheld, and shows as late where it was.
        decided: appeal.decided.map(|verdict| (verdict.time, verdict.outcome == docket::Outcome::Granted)),
    };
    let subject = decision.subject;
    Decision {
        list: subject.list,
        category: subject.category,
        basis: subject.basis,
        jurisdiction: subject.jurisdiction,
        proposed: decision.proposed,
        approved: decision.approved,
        in_effect: decision.in_effect,
        ended: decision.ended.zip(end),
        out_of_effect: decision.out_of_effect,
        appeals: decision.appeals.into_iter().map(appeal).collect(),
        overridden: decision.overridden.is_some(),
        urgent: subject.urgent,
    }
}
