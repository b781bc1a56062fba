//! Looking at the docket: what waits, what there is, and how each decision came about.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::{At, in_full, parse_state};
use crate::authority::plain;
use crate::blocklist::normalise;
use crate::cli::Console;
use crate::cli::authority::{answer, show};
use crate::docket::{Decision, Filter, State};

/// Show what waits for somebody, the most urgent first
#[derive(Args)]
pub(in crate::cli::authority) struct Work {
    #[command(flatten)]
    at: At,
    /// What this person may do alone
    #[arg(long = "for", value_name = "NAME")]
    person: Option<String>,
    /// What ends or must be looked at again within so many days
    #[arg(long, default_value_t = 30)]
    days: u32,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Show decisions, one a line
#[derive(Args)]
pub(in crate::cli::authority) struct Decisions {
    #[command(flatten)]
    at: At,
    /// On this name
    name: Option<String>,
    /// In this state: proposed, reviewed, approved, appealed, rejected, expired, removed
    #[arg(long, value_parser = parse_state)]
    state: Vec<State>,
    /// Of this case
    #[arg(long)]
    case: Option<String>,
    /// Of this list
    #[arg(long)]
    list: Option<String>,
    /// That this act concerned
    #[arg(long)]
    act: Option<u64>,
    /// Answer in JSON, one decision a line
    #[arg(long)]
    json: bool,
}

/// Show one decision, with everything that ever happened to it
#[derive(Args)]
pub(in crate::cli::authority) struct One {
    #[command(flatten)]
    at: At,
    /// Its number
    id: u64,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Work {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let mut docket = self.at.open()?;
        let public = match self.at.workspace() {
            Some(workspace) => docket.roster().published(&workspace)?,
            None => Vec::new(),
        };
        let work = docket.worklist(self.person.as_deref(), (now, self.days), &public)?;
        show(&work, self.json, console)?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Decisions {
    pub(super) fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        let Self { at, name, state, case, list, act, json } = self;
        let name = name.map(|name| normalise(&name)).transpose()?.map(|name| name.to_host());
        let filter = Filter { list, states: state, name, case, act };
        let mut count = 0_u64;
        for decision in at.open()?.decisions(filter) {
            let decision = decision?;
            count += 1;
            match json {
                true => console.tell(serde_json::to_string(&decision)?)?,
                false => console.tell(line(&decision))?,
            }
        }
        if !json {
            console.tell(format_args!("{count} decisions"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl One {
    pub(super) fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        let mut docket = self.at.open()?;
        let decision = docket.decision(self.id)?;
        let history = docket.history(self.id)?;
        let mut text = in_full(&decision);
        for (act, event) in &history {
            let reason =
                if act.reason.is_empty() { String::new() } else { format!(": {}", plain(&act.reason)) };
            text.push_str(&format!(
                "\n  {}  {:<10} by {}, act {}{reason}",
                act.time,
                event.word(),
                act.author,
                act.number
            ));
        }
        let told = json!({ "decision": decision, "history": history });
        answer(text, told, self.json, console)
    }
}

fn line(decision: &Decision) -> String {
    let Decision { id, state, subject, .. } = decision;
    let public = if decision.published.is_some() { "public" } else { "" };
    format!("{id:>7}  {:<9} {public:<6} {}  {}", state.word(), plain(&decision.shown()), plain(&subject.case))
}
