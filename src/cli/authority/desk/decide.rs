//! Everything that happens to decisions once they are proposed.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::{At, MOST_SHOWN, Which, Who, done, shown};
use crate::authority::plain;
use crate::blocklist::normalise;
use crate::cli::Console;
use crate::cli::authority::{Consent, parse_time};
use crate::docket::{Docket, Event, Order};
use crate::impact::{Impact, Weight};

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
        let ids = which.find(&mut docket, &event)?;
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
        let key = who.key(&mut docket, console)?;
        let author = docket.author(&key)?;
        let order = Order { author: &author, reason: &reason, now };
        let act = docket.decide(order, &event, &ids)?;
        done(&act, consent.json, console)
    }
}

/// Shows the first decisions, each with what it would take along.
fn show(ids: &[u64], docket: &mut Docket, impact: Option<&Impact>, console: &mut Console<'_>) -> Result<()> {
    for id in ids.iter().take(MOST_SHOWN) {
        let decision = docket.decision(*id)?;
        console.tell(shown(&decision))?;
        let Some(impact) = impact else { continue };
        let name = normalise(&decision.subject.name)?;
        for finding in impact.of(&name, decision.subject.scope) {
            let loud = if finding.weight() >= Weight::Warning { "LOOK TWICE: " } else { "" };
            console.tell(format_args!("         {loud}{}", plain(&finding.to_string())))?;
        }
    }
    match ids.len().saturating_sub(MOST_SHOWN) {
        0 => Ok(()),
        more => console.tell(format_args!("         and {more} more")),
    }
}
