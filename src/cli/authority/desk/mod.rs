//! The commands of a desk: proposals, decisions, releases, and who may do what.

mod decide;
mod look;
mod office;
mod propose;
mod release;
mod report;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::answer;
use crate::authority::{FileKey, KeptList, KeySource, SigningKey, Work, Workspace, plain, read_text};
use crate::blocklist::{GuardRails, Trigger, normalise};
use crate::cli::{Console, Secrets};
use crate::docket::{self, Act, Decision, Deed, Docket, Event, Filter, Order, Place, State};
use crate::impact::{Impact, Listed, Popular};

/// How many decisions are shown before something happens to them.
const MOST_SHOWN: usize = 20;

/// How many numbers in a row may be written.
const MOST_IN_A_ROW: u64 = 10_000_000;

#[derive(Subcommand)]
pub(super) enum Desk {
    #[command(subcommand)]
    Docket(office::Office),
    Propose(Box<propose::Propose>),
    Impact(propose::Weigh),
    #[command(flatten)]
    Decide(decide::Verb),
    Worklist(look::Work),
    Decisions(look::Decisions),
    Decision(look::One),
    Release(release::Release),
    Settle(release::Settle),
    Undo(release::Undo),
    Report(report::Report),
}

impl Desk {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        match self {
            Self::Docket(command) => command.run(now, console),
            Self::Propose(command) => command.run(now, console),
            Self::Impact(command) => command.run(now, console),
            Self::Decide(command) => command.run(now, console),
            Self::Worklist(command) => command.run(now, console),
            Self::Decisions(command) => command.run(console),
            Self::Decision(command) => command.run(console),
            Self::Release(command) => command.run(now, console),
            Self::Settle(command) => command.run(now, console),
            Self::Undo(command) => command.run(now, console),
            Self::Report(command) => command.run(now, console),
        }
    }
}

/// Which docket it is.
#[derive(Args)]
struct At {
    /// The workspace whose docket it is, the file of a docket, or postgres://…
    #[arg(value_name = "DESK")]
    desk: String,
}

impl At {
    fn place(&self) -> Result<Place> {
        Ok(Place::parse(&self.desk)?)
    }

    fn open(&self) -> Result<Docket> {
        Ok(Docket::open(&self.place()?)?)
    }

    /// The workspace, where the desk is one.
    fn workspace(&self) -> Option<Workspace> {
        Path::new(&self.desk).is_dir().then(|| Workspace::new(&self.desk))
    }

    /// What a name is weighed against, beside what the own docket holds.
    fn surroundings(&self, docket: &Docket, popular: Option<&Path>) -> Result<Impact> {
        let popular = match popular {
            Some(path) => Arc::new(Popular::parse(&read_text(path)?)?),
            None => Popular::built_in()?,
        };
        let own: Vec<&str> = docket.roster().lists.values().map(|list| list.target.as_str()).collect();
        let mut others = Listed::default();
        let workspace = self.workspace();
        for (path, list) in
            workspace.iter().map(KeptList::all).collect::<Result<Vec<_>, _>>()?.into_iter().flatten()
        {
            if own.contains(&path.as_str()) {
                continue;
            }
            let at = format!("the list {} ({})", list.header.list, list.header.jurisdiction);
            for rule in list.rules {
                if let Trigger::Name(name, scope) = rule.trigger {
                    others.add(name, scope, at.clone());
                }
            }
        }
        Ok(Impact {
            rails: GuardRails::built_in()?,
            popular,
            own: Listed::default(),
            others,
            addresses: None,
        })
    }
}

/// Who acts.
#[derive(Args)]
struct Who {
    /// Your name, if you act by a passphrase
    #[arg(long = "as", value_name = "NAME")]
    acting: Option<String>,
    /// Your key: a file, or the PKCS#11 URI of a key on a token
    #[arg(long = "with", value_name = "KEY", value_parser = KeySource::parse, conflicts_with = "acting")]
    key: Option<KeySource>,
    #[command(flatten)]
    secrets: Secrets,
    #[command(flatten)]
    clock: Clock,
}

/// Whether this machine's clock is to be believed.
#[derive(Args)]
struct Clock {
    /// The clock of this machine is right, though it is far from the docket's last act
    #[arg(long)]
    clock_is_right: bool,
}

impl Clock {
    fn tell(&self, docket: &mut Docket) {
        if self.clock_is_right {
            docket.trust_clock();
        }
    }
}

impl Who {
    /// The key of whoever acts.
    fn key(&self, docket: &mut Docket, console: &mut Console<'_>) -> Result<SigningKey> {
        self.clock.tell(docket);
        match (&self.acting, &self.key) {
            (Some(name), _) => sealed_key(name, &self.secrets, docket, console),
            (None, Some(source)) => Ok(source.open(&mut |what| self.secrets.of(source, what, console))?),
            (None, None) => bail!("say who you are: --as NAME for a passphrase, or --with KEY"),
        }
    }
}

/// The key of a person who acts by a passphrase.
fn sealed_key(
    name: &str,
    secrets: &Secrets,
    docket: &mut Docket,
    console: &mut Console<'_>,
) -> Result<SigningKey> {
    let sealed = docket.sealed_key(name)?;
    Ok(FileKey::parse(&sealed, name, &mut |what| secrets.known(what, console))?.into())
}

/// Which decisions are meant.
#[derive(Args)]
struct Which {
    /// Decisions by number (12), numbers in a row (12-40), or names
    what: Vec<String>,
    /// All that this act proposed, as far as it fits
    #[arg(long)]
    act: Option<u64>,
    /// All of this case, as far as it fits
    #[arg(long)]
    case: Option<String>,
}

impl Which {
    /// The decisions that are meant, as far as an event may happen to them.
    fn find(&self, docket: &mut Docket, event: &Event, order: Order<'_>) -> Result<Vec<u64>> {
        let mut ids = Vec::new();
        for text in &self.what {
            match numbers(text) {
                Some((first, last)) if last.saturating_sub(first) > MOST_IN_A_ROW => {
                    bail!("{text} is more than {MOST_IN_A_ROW} decisions; name them with --act or --case");
                }
                Some((first, last)) => ids.extend(first..=last),
                None => ids.extend(named(text, docket, event)?),
            }
        }
        if self.act.is_some() || self.case.is_some() {
            let states = event.follows().to_vec();
            let filter = Filter { act: self.act, case: self.case.clone(), states, ..Filter::default() };
            ids.extend(docket.fitting(order, event, filter)?);
        } else if self.what.is_empty() {
            bail!("say which decisions: by number, by name, with --act or with --case");
        }
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() { Err(docket::Error::Nothing.into()) } else { Ok(ids) }
    }
}

/// `12` or `12-40`.
fn numbers(text: &str) -> Option<(u64, u64)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some((first.parse().ok()?, last.parse().ok()?))
}

/// The one decision on a name that an event may happen to; all there are where the name is to be removed.
fn named(text: &str, docket: &mut Docket, event: &Event) -> Result<Vec<u64>> {
    let unknown = || docket::Error::Unknown { text: text.to_owned() };
    let name = normalise(text).map_err(|_| unknown())?.to_host();
    let mut open = docket.on(std::slice::from_ref(&name))?;
    open.retain(|decision| !decision.state.is_over());
    if open.len() > 1 {
        open.retain(|decision| event.follows().contains(&decision.state));
    }
    let ids: Vec<u64> = open.iter().map(|decision| decision.id).collect();
    match ids.as_slice() {
        [] => Err(unknown().into()),
        [_] => Ok(ids),
        _ if *event == Event::Removed => Ok(ids),
        several => {
            let several: Vec<String> = several.iter().map(u64::to_string).collect();
            Err(docket::Error::Ambiguous { name, ids: several.join(", ") }.into())
        }
    }
}

/// A decision on a few lines.
fn in_full(decision: &Decision) -> String {
    let subject = &decision.subject;
    let mut text = format!(
        "{:>7}  {}  {}{}\n         case {}, {}, {} ({}), until {}",
        decision.id,
        plain(&decision.shown()),
        decision.state.word(),
        if subject.urgent { ", URGENT" } else { "" },
        plain(&subject.case),
        plain(&subject.category),
        plain(&subject.basis),
        plain(&subject.jurisdiction),
        subject.expires,
    );
    text.push_str(&format!("\n         proposed by {} on {}", decision.proposer, decision.proposed));
    if let Some(reviewer) = &decision.reviewer {
        text.push_str(&format!(", reviewed by {reviewer}"));
    }
    if !decision.approvers.is_empty() {
        text.push_str(&format!(", approved by {}", decision.approvers.join(", ")));
    }
    if !subject.evidence.is_empty() {
        text.push_str(&format!("\n         evidence: {}", plain(&subject.evidence)));
    }
    if let Some(against) = &subject.against {
        text.push_str(&format!("\n         AGAINST A GUARD RAIL: {}", plain(&against.rail)));
        text.push_str(&format!("\n         proposed nevertheless: {}", plain(&against.reason)));
    }
    if let Some(it) = &decision.overridden {
        text.push_str(&format!("\n         passed over by {}: {}", it.by, plain(&it.reason)));
    }
    if let Some(appeal) = decision.open_appeal() {
        text.push_str(&format!(
            "\n         APPEALED on {}, to be decided by {}",
            appeal.received, appeal.due
        ));
    }
    if decision.staged {
        text.push_str("\n         staged: resolvers count it alone");
    }
    text
}

/// Refuses to publish a list that waited for signatures while names of it were removed, whatever it is published with. That
/// `fresh` one was made just now from the docket.
pub(super) fn check_waiting(work: &Work, fresh: Option<&str>) -> Result<()> {
    let lists = work.lists_but(fresh)?;
    if lists.is_empty() {
        return Ok(());
    }
    let place = Place::parse(&work.workspace().folder().display().to_string())?;
    let mut docket = match Docket::open(&place) {
        // This authority decides without a docket.
        Err(docket::Error::NoDocket { .. }) => return Ok(()),
        docket => docket?,
    };
    for (name, terms) in docket.roster().lists.clone() {
        let Some(list) = lists.get(&terms.target) else { continue };
        let gone = docket.gone_since(&name, list)?;
        if let Some(first) = gone.first() {
            bail!(
                "{} and {} others of {} were decided to be listed no more since it was made: nothing was signed; give \
                 `release --list {name}` anew",
                plain(first),
                gone.len() - 1,
                plain(&terms.target)
            );
        }
    }
    Ok(())
}

/// What an act did, in words or in JSON.
fn done(act: &Act, json: bool, console: &mut Console<'_>) -> Result<ExitCode> {
    answer(in_short(act), serde_json::to_value(act)?, json, console)
}

/// What an act did, and what comes next.
fn in_short(act: &Act) -> String {
    let decisions = match act.decisions {
        0 => String::new(),
        1 => ", one decision".to_owned(),
        count => format!(", {count} decisions"),
    };
    let next = match &act.deed {
        Deed::Proposed { .. } => format!("\nNext, somebody else: `review DESK --act {}`", act.number),
        Deed::Moved(_) => format!("\nNext, another signer: `docket second DESK {}`", act.number),
        Deed::Decided(Event::Reviewed) => {
            "\nNext, a signer who did not propose it: `approve`; against a guard rail, `override` comes first"
                .to_owned()
        }
        Deed::Decided(Event::Approved) => "\nNext, once enough signers have: `release`".to_owned(),
        Deed::Decided(Event::Removed | Event::Promoted) => "\nNext: `release`".to_owned(),
        _ => String::new(),
    };
    format!("Act {} by {}: {}{decisions}.{next}", act.number, act.author, act.deed.kind())
}

/// The states of decisions, by their words.
fn parse_state(text: &str) -> Result<State, String> {
    let found = State::ALL.into_iter().find(|state| state.word() == text);
    let words: Vec<&str> = State::ALL.into_iter().map(State::word).collect();
    found.ok_or_else(|| format!("write one of {}", words.join(", ")))
}
