//! From the docket to the public, and back by one step.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{At, Clock, Who};
use crate::authority::{Content, KeptList, Publication, Signer, Work, Workspace, plain};
use crate::blocklist::{Rule, Trigger};
use crate::cli::Console;
use crate::cli::authority::{Consent, Keys, answer, parse_time, propose};
use crate::docket::{Author, Docket, Event, ListTerms, Order, Survey};
use crate::impact::Weight;

/// The share of resolvers that counts what is staged, in percent, where nobody says another.
const SHARE: i64 = 10;

/// Publish what is in force: decisions to list, guard rails, signatures, public
///
/// Needs the signatures of as many holders as the list's role asks for. Where they sign elsewhere, the list waits for them as
/// any publication does; give `settle` once it is public.
#[derive(Args)]
pub(in crate::cli::authority) struct Release {
    #[command(flatten)]
    common: Common,
    /// The list may be much smaller or larger than the one before it
    #[arg(long)]
    accept_leap: bool,
    /// The share of resolvers, in percent, that counts what staged decisions would block [default: as the list's header
    /// says, or 10]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(1..=100))]
    shadow: Option<u8>,
}

/// Publish the list before this one again; what this one brought must be approved again
#[derive(Args)]
pub(in crate::cli::authority) struct Undo {
    #[command(flatten)]
    common: Common,
    /// Why
    #[arg(long)]
    reason: String,
    /// Do so though names come back that no decision in force lists
    #[arg(long)]
    bring_back: bool,
}

/// Write down in the docket what became public since a release was signed elsewhere
#[derive(Args)]
pub(in crate::cli::authority) struct Settle {
    #[command(flatten)]
    at: At,
    /// The list, where the docket keeps several
    #[arg(long)]
    list: Option<String>,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    consent: Consent,
}

#[derive(Args)]
struct Common {
    #[command(flatten)]
    at: At,
    /// The list, where the docket keeps several
    #[arg(long)]
    list: Option<String>,
    /// From when on all that is signed now is out of date [default: as authority.toml says]
    #[arg(long, value_parser = parse_time)]
    expires: Option<Timestamp>,
    #[command(flatten)]
    keys: Keys,
    /// Your name in the docket, if you act there by a passphrase [default: whose of --key the docket knows]
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    clock: Clock,
    #[command(flatten)]
    consent: Consent,
}

/// What a release is made of.
struct Ready {
    list: String,
    docket: Docket,
    workspace: Workspace,
    survey: Survey,
    terms: ListTerms,
    public: Option<KeptList>,
}

impl Common {
    /// Opens the docket, and believes nothing in it that was edited.
    fn ready(&self, now: Timestamp) -> Result<Ready> {
        let Some(workspace) = self.at.workspace() else {
            bail!(
                "a list is published from a workspace: give its folder, whose authority.toml says where the docket is"
            );
        };
        let mut docket = self.at.open()?;
        self.clock.tell(&mut docket);
        let (list, terms) = docket.roster().list(self.list.as_deref())?;
        let (list, terms) = (list.to_owned(), terms.clone());
        let survey = docket
            .survey(&list, &workspace.seen_acts()?, now)
            .context("nothing is released from a docket that was edited")?;
        let public = KeptList::published(&workspace, &terms.target)?;
        Ok(Ready { list, docket, workspace, survey, terms, public })
    }

    /// The keys that sign the list, and the one under which somebody acts in the docket, where that is another.
    fn keys(&self, docket: &mut Docket, console: &mut Console<'_>) -> Result<(Vec<Signer>, Option<Signer>)> {
        let own = match &self.name {
            None => None,
            Some(name) => {
                let key = super::sealed_key(name, &self.keys.secrets, docket, console)?;
                Some(Signer { name: name.clone(), key })
            }
        };
        Ok((self.keys.open(console)?, own))
    }

    fn publication(&self, ready: &Ready, rules: Vec<Rule>, accept_leap: bool) -> Publication {
        let header = ready.terms.header.clone();
        Publication {
            content: Content::Decided { rules, header, from: PathBuf::from("the docket") },
            target: ready.terms.target.clone(),
            role: None,
            accept_leap,
            until: self.expires,
        }
    }
}

/// Whoever of these acts in the docket: the first that it knows.
fn author<'k>(docket: &Docket, signers: &'k [Signer], own: Option<&'k Signer>) -> Result<Author<'k>> {
    let known = own.into_iter().chain(signers).find_map(|signer| docket.author(&signer.key).ok());
    known.context("the docket knows none of these keys: say with --as NAME who you are there")
}

impl Release {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let common = &self.common;
        let mut ready = common.ready(now)?;
        let rules = std::mem::take(&mut ready.survey.rules);
        let warnings = warnings(&common.at, &ready, &rules)?;
        if rules.iter().any(|rule| rule.details.staged) {
            ready.terms.header = with_share(&ready.terms.header, self.shadow)?;
        }
        let work = common.publication(&ready, rules, self.accept_leap).prepare(&ready.workspace, now)?;
        if !common.consent.json {
            warnings.iter().try_for_each(|line| console.tell(plain(line)))?;
        }
        propose(&work, &common.consent, "Release this?", console)?;
        let (signers, own) = common.keys(&mut ready.docket, console)?;
        let author = author(&ready.docket, &signers, own.as_ref())?;
        let order = Order { author: &author, reason: "", now };
        ready.docket.check_still(&ready.survey, now)?;
        if !ready.survey.ended.is_empty() {
            ready.docket.decide(order, &Event::Expired, &ready.survey.ended)?;
        }
        finish(
            &mut ready,
            work,
            (order, &signers),
            json!({ "warnings": warnings }),
            common.consent.json,
            console,
        )
    }
}

impl Undo {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let common = &self.common;
        let mut ready = common.ready(now)?;
        let Some(public) = ready.public.take() else {
            bail!("no list is public yet: there is nothing to undo")
        };
        let public = &public;
        let before = KeptList::before(&ready.workspace, &ready.terms.target, public.header.serial)?;
        let undoing = ready.survey.undoing(public, &before, now);
        if !undoing.back.is_empty() && !self.bring_back {
            bail!(
                "that would list what no decision in force lists: {} and {} others. To take wrong names off without \
                 them, `remove` those and `release`. If they are meant to be listed again, add --bring-back, and have \
                 them decided upon anew: the next release leaves them out",
                plain(&undoing.back[0]),
                undoing.back.len() - 1,
            );
        }
        let serial = before.header.serial;
        if let Some(share) = before.header.shadow {
            ready.terms.header = with_share(&ready.terms.header, Some(share.percent()))?;
        }
        let work = common.publication(&ready, before.rules, true).prepare(&ready.workspace, now)?;
        // From here on the workspace itself notices when somebody publishes; it did not while this was being read.
        let public_now = KeptList::published(&ready.workspace, &ready.terms.target)?;
        if public_now.is_none_or(|list| list.sha256 != public.sha256) {
            bail!("somebody published meanwhile; nothing was done, begin again");
        }
        if !common.consent.json {
            console.tell(format_args!(
                "This publishes what serial {serial} said. {} decisions must be approved again.",
                undoing.recalled.len()
            ))?;
        }
        propose(&work, &common.consent, "Undo the last release?", console)?;
        let (signers, own) = common.keys(&mut ready.docket, console)?;
        let author = author(&ready.docket, &signers, own.as_ref())?;
        let order = Order { author: &author, reason: &self.reason, now };
        ready.docket.check_still(&ready.survey, now)?;
        // What is undone was public, whoever signed it last.
        ready.docket.settle(order, &ready.survey, public)?;
        if !undoing.recalled.is_empty() {
            ready.docket.decide(order, &Event::Recalled, &undoing.recalled)?;
        }
        ready.survey = ready.docket.survey(&ready.list, &ready.workspace.seen_acts()?, now)?;
        let told = json!({ "recalled": undoing.recalled, "brought_back": undoing.back });
        finish(&mut ready, work, (order, &signers), told, common.consent.json, console)
    }
}

impl Settle {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let Some(workspace) = self.at.workspace() else {
            bail!("what is public is seen in a workspace: give its folder")
        };
        let mut docket = self.at.open()?;
        let (list, terms) = docket.roster().list(self.list.as_deref())?;
        let (list, target) = (list.to_owned(), terms.target.clone());
        let Some(public) = KeptList::published(&workspace, &target)? else {
            bail!("{target} is not public yet")
        };
        let survey = docket.survey(&list, &workspace.seen_acts()?, now)?;
        let undecided = survey.undecided(&public);
        if !self.consent.json {
            console.tell(format_args!(
                "Serial {} of {list} is public: {} rules.",
                public.header.serial,
                public.rules.len()
            ))?;
            undecided.iter().try_for_each(|name| {
                console.tell(format_args!("LOOK TWICE  no decision lists {}", plain(name)))
            })?;
        }
        console.confirm("Write that down?", self.consent.yes)?;
        let key = self.who.key(&mut docket, console)?;
        let author = docket.author(&key)?;
        let settled = docket.settle(Order { author: &author, reason: "", now }, &survey, &public)?;
        workspace.keep_seen_acts(&docket.ends()?)?;
        let words = match &settled {
            Some(act) => super::in_short(act),
            None => "The docket knows what is public.".to_owned(),
        };
        answer(words, json!({ "act": settled, "undecided": undecided }), self.consent.json, console)
    }
}

/// Signs, publishes what enough have signed, and writes down what became public.
fn finish(
    ready: &mut Ready,
    work: Work,
    (order, signers): (Order<'_>, &[Signer]),
    mut told: Value,
    json: bool,
    console: &mut Console<'_>,
) -> Result<ExitCode> {
    told["proposal"] = serde_json::to_value(work.proposal())?;
    super::check_waiting(&work, Some(&ready.terms.target))?;
    let progress = work.carry_out(signers)?;
    let settled = match KeptList::published(&ready.workspace, &ready.terms.target)? {
        Some(public) => {
            let settled = ready.docket.settle(order, &ready.survey, &public);
            settled.context(
                "what enough have signed IS public, and the docket does not say so yet: give `settle`",
            )?
        }
        None => None,
    };
    ready.workspace.keep_seen_acts(&ready.docket.ends()?)?;
    told["progress"] = serde_json::to_value(&progress)?;
    told["act"] = serde_json::to_value(&settled)?;
    let mut text = progress.to_string();
    match &settled {
        Some(act) => text.push_str(&format!("\nWritten down as act {} by {}.", act.number, act.author)),
        None => text.push_str("\nOnce it is public, write that down with `settle`."),
    }
    answer(text, told, json, console)
}

/// A header that says which share of resolvers counts what is staged.
fn with_share(header: &str, percent: Option<u8>) -> Result<String> {
    let mut table: toml::Table = header.parse()?;
    match percent {
        Some(percent) => _ = table.insert("shadow".to_owned(), i64::from(percent).into()),
        None => _ = table.entry("shadow").or_insert(SHARE.into()),
    }
    Ok(table.to_string())
}

/// What should be looked at twice of the names that were not public before.
fn warnings(at: &At, ready: &Ready, rules: &[Rule]) -> Result<Vec<String>> {
    let impact = at.surroundings(&ready.docket, None)?;
    let public = ready.public.iter().flat_map(|list| &list.rules).map(|rule| &rule.trigger);
    let public: std::collections::HashSet<&Trigger> = public.collect();
    let mut lines = Vec::new();
    for rule in rules.iter().filter(|rule| !public.contains(&rule.trigger)) {
        let Trigger::Name(name, scope) = &rule.trigger else { continue };
        for finding in impact.of(name, *scope) {
            if finding.weight() >= Weight::Warning {
                lines.push(format!("LOOK TWICE  {}: {finding}", name.to_host()));
            }
        }
    }
    Ok(lines)
}
