//! Everything that happens to decisions once they are proposed.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::{At, MOST_SHOWN, Which, Who, in_full, in_short};
use crate::authority::plain;
use crate::blocklist::{Scope, normalise};
use crate::cli::Console;
use crate::cli::authority::{Consent, answer, parse_time};
use crate::docket::{Decision, Docket, Event, Order};
use crate::impact::{Finding, Impact, Weight};

#[derive(Subcommand)]
pub(in crate::cli::authority) enum Verb {
    /// Find right what somebody else proposed
    Review(Decide),
    /// Approve what was reviewed: it goes out with the next release once enough signers have
    Approve(Decide),
    /// Say that what was proposed is not to be listed
    Reject(Decide),
    /// Pass over the guard rail that speaks against what somebody else proposed; the list will say so, with your name
    Override(Decide),
    /// Take names off the list: one person, one step; it goes out with the next release
    Remove(Decide),
    /// Write down that somebody contests a decision; its clock begins
    Appeal(Appeal),
    /// Decide an appeal so that the name stays; to grant it, `remove`
    Dismiss(Decide),
    /// Say, having looked again, that a decision is right still
    Confirm(Decide),
    /// Let resolvers count a decision without enforcing it, when it goes out
    Stage(Decide),
    /// Let resolvers enforce what they counted
    Promote(Decide),
}

/// Does the same to decisions.
#[derive(Args)]
pub(in crate::cli::authority) struct Decide {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    which: Which,
    /// Why
    #[arg(long, default_value = "")]
    reason: String,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    consent: Consent,
}

/// Write down that somebody contests a decision.
#[derive(Args)]
pub(in crate::cli::authority) struct Appeal {
    /// When it came in, as YYYY-MM-DD or a full time [default: now]
    #[arg(long, value_parser = parse_time)]
    received: Option<Timestamp>,
    #[command(flatten)]
    decide: Decide,
}

impl Verb {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        match self {
            Self::Review(command) => command.run(now, |_| Event::Reviewed, console),
            Self::Approve(command) => command.run(now, |_| Event::Approved, console),
            Self::Reject(command) => command.run(now, |_| Event::Rejected, console),
            Self::Override(command) => command.run(now, |_| Event::Overridden, console),
            Self::Remove(command) => command.run(now, |_| Event::Removed, console),
            Self::Dismiss(command) => command.run(now, |_| Event::Dismissed, console),
            Self::Stage(command) => command.run(now, |_| Event::Staged, console),
            Self::Promote(command) => command.run(now, |_| Event::Promoted, console),
            Self::Confirm(command) => {
                let event =
                    |docket: &Docket| Event::Confirmed { recheck: docket.roster().charter.recheck(now) };
                command.run(now, event, console)
            }
            Self::Appeal(Appeal { received, decide }) => {
                let received = received.unwrap_or(now);
                let event = |docket: &Docket| {
                    let due = docket.roster().charter.appeal_due(received);
                    Event::Appealed { received, due }
                };
                decide.run(now, event, console)
            }
        }
    }
}

impl Decide {
    fn run(
        self,
        now: Timestamp,
        event: impl FnOnce(&Docket) -> Event,
        console: &mut Console<'_>,
    ) -> Result<ExitCode> {
        let Self { at, which, reason, who, consent } = self;
        let mut docket = at.open()?;
        let event = event(&docket);
        let key = who.key(&mut docket, console)?;
        let author = docket.author(&key)?;
        let order = Order { author: &author, reason: &reason, now };
        let ids = which.find(&mut docket, &event, order)?;
        if !consent.json {
            let impact = match event {
                Event::Reviewed | Event::Approved | Event::Overridden => {
                    Some(at.surroundings(&docket, None)?)
                }
                _ => None,
            };
            show(&ids, &mut docket, impact.as_ref(), console)?;
        }
        let question = match ids.len() {
            1 => format!("Is this decision to be {}?", event.word()),
            count => format!("Are these {count} decisions to be {}?", event.word()),
        };
        console.confirm(&question, consent.yes)?;
        let act = docket.decide(order, &event, &ids)?;
        let still = match event {
            Event::Removed => {
                let still = listed_still(&ids, &mut docket, now);
                still.context("they ARE removed; whether something else blocks them could not be told")?
            }
            _ => Vec::new(),
        };
        let mut words = in_short(&act);
        still.iter().for_each(|line| words.push_str(&format!("\nLOOK TWICE: {line}")));
        let mut told = serde_json::to_value(&act)?;
        if event == Event::Removed {
            told["listed_still"] = serde_json::to_value(&still)?;
        }
        answer(words, told, consent.json, console)
    }
}

/// Shows decisions, each with what it would take along: the first ones, and all that should be looked at twice.
fn show(ids: &[u64], docket: &mut Docket, impact: Option<&Impact>, console: &mut Console<'_>) -> Result<()> {
    let mut shown = 0;
    let looked_at = if impact.is_some() { ids } else { &ids[..ids.len().min(MOST_SHOWN)] };
    for page in docket.those(looked_at) {
        for decision in page? {
            let name = normalise(&decision.subject.name)?;
            let findings = impact.map(|impact| impact.of(&name, decision.subject.scope)).unwrap_or_default();
            let is_loud = |finding: &Finding| finding.weight() >= Weight::Warning;
            if shown >= MOST_SHOWN && !findings.iter().any(is_loud) {
                continue;
            }
            shown += 1;
            console.tell(in_full(&decision))?;
            for finding in findings {
                let loud = if is_loud(&finding) { "LOOK TWICE: " } else { "" };
                console.tell(format_args!("         {loud}{}", plain(&finding.to_string())))?;
            }
        }
    }
    match ids.len() - shown {
        0 => Ok(()),
        more => console.tell(format_args!("         and {more} more; see them with `decisions`")),
    }
}

/// By which decisions names are blocked still that were just removed: other ones on them, or on what is above them.
fn listed_still(ids: &[u64], docket: &mut Docket, now: Timestamp) -> Result<Vec<String>> {
    let mut names = BTreeSet::new();
    for page in docket.those(ids) {
        names.extend(page?.into_iter().map(|decision| decision.subject.name));
    }
    let all: BTreeSet<&str> = names.iter().flat_map(|name| with_parents(name)).collect();
    let all: Vec<String> = all.into_iter().map(str::to_owned).collect();
    let blocks = |decision: &Decision| decision.is_in_force(now) && !decision.staged;
    let mut listed: BTreeMap<String, Vec<(u64, Scope)>> = BTreeMap::new();
    for Decision { id, subject, .. } in docket.on(&all)?.into_iter().filter(blocks) {
        listed.entry(subject.name).or_default().push((id, subject.scope));
    }
    let mut lines = Vec::new();
    for name in &names {
        for at in with_parents(name) {
            let (own, plain_name) = (at == name, plain(name));
            let other = if own { Scope::Below } else { Scope::Host };
            let takes = listed.get(at).into_iter().flatten().filter(|(_, scope)| *scope != other);
            lines.extend(
                takes.map(|(id, _)| {
                    format!("{plain_name} is blocked still, by decision {id} on {}", plain(at))
                }),
            );
        }
    }
    Ok(lines)
}

/// A name, and all that it is below of.
fn with_parents(name: &str) -> impl Iterator<Item = &str> {
    let parents = name.match_indices('.').filter_map(|(dot, _)| name.get(dot + 1..));
    std::iter::once(name).chain(parents)
}
