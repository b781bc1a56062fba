//! Proposing names, and looking at them before.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{At, Who};
use crate::authority::{plain, read_octets};
use crate::blocklist::{Scope, normalise};
use crate::cli::Console;
use crate::cli::authority::{Consent, answer, parse_time};
use crate::dns::Name;
use crate::docket::{Docket, Ground, Intent, Looked, Order, Screened, Source, Wanted};
use crate::impact::{Addresses, Impact, Weight};
use crate::intake::{Asked, Candidate, Columns, Shape, gather};
use crate::resolver::addresses;
use crate::trust::sha256;

/// The longest file that is read, in octets.
const MOST_OCTETS: u64 = 64 << 20;
/// For how many names a resolver is asked.
const MOST_ASKED: usize = 1_000;
/// How many names are told one by one where there is nothing against them.
const MOST_PLAIN: usize = 20;

/// Propose names. Somebody else reviews them, and signers who did not propose them approve
#[derive(Args)]
pub(in crate::cli::authority) struct Propose {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    names: Names,
    /// The list that they go into, where the docket keeps several
    #[arg(long)]
    list: Option<String>,
    /// The public case number
    #[arg(long)]
    case: Option<String>,
    /// What kind of service it is [default: as the list's header says]
    #[arg(long)]
    category: Option<String>,
    /// The law that it rests on [default: as the list's header says]
    #[arg(long)]
    basis: Option<String>,
    /// Where the evidence is kept: a pointer, never the material
    #[arg(long)]
    evidence: Option<String>,
    /// From when on it no longer applies, as YYYY-MM-DD or a full time [default: as the docket's rules say]
    #[arg(long, value_parser = parse_time)]
    expires: Option<Timestamp>,
    /// It cannot wait
    #[arg(long)]
    urgent: bool,
    /// Go on with what is in force already, and ends
    #[arg(long)]
    renew: bool,
    /// Why to propose what a guard rail speaks against; a second person must say so too
    #[arg(long = "override", value_name = "WHY")]
    against: Option<String>,
    /// Why
    #[arg(long, default_value = "")]
    reason: String,
    /// Look alone, and propose nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    beside: Beside,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    consent: Consent,
}

/// Look at what listing names would take along, and propose nothing
#[derive(Args)]
pub(in crate::cli::authority) struct Weigh {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    names: Names,
    /// The list that they would go into, where the docket keeps several
    #[arg(long)]
    list: Option<String>,
    #[command(flatten)]
    beside: Beside,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// What names are looked at beside.
#[derive(Args)]
struct Beside {
    /// The names that most people use, one a line, the most used first [default: a hundred thousand that the program
    /// carries]
    #[arg(long, value_name = "FILE")]
    popular: Option<PathBuf>,
    /// Ask this resolver, such as 192.0.2.53:53, whether names share addresses with those that no list should block
    #[arg(long, value_name = "ADDRESS:PORT")]
    resolver: Option<SocketAddr>,
}

/// What names are meant.
#[derive(Args)]
struct Names {
    /// Names
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// A file to take names from: text, a mail, CSV, xlsx or ods, the Polish register, MISP, STIX, or any list that
    /// resolvers load
    #[arg(long)]
    file: Option<PathBuf>,
    /// What the file is: text, table, sheet, register, misp, stix, or a format of lists [default: told from its content]
    #[arg(long, requires = "file")]
    shape: Option<Shape>,
    /// Which columns of a table are about what, as in name=Domain,case=C,expires=4 [default: told from its headings]
    #[arg(long, requires = "file", default_value = "")]
    columns: Columns,
    /// Take from STIX what was merely observed, too
    #[arg(long, requires = "file")]
    observed: bool,
    /// How far they reach: the name with all below it, the name alone, or all below it alone
    #[arg(long, value_enum, default_value_t = Reach::Domain)]
    scope: Reach,
}

#[derive(Clone, Copy, ValueEnum)]
enum Reach {
    Domain,
    Host,
    Below,
}

/// The names of a command, and what is said of the file they are from.
#[derive(Default)]
struct Meant {
    wanted: Vec<Wanted>,
    source: Option<Source>,
    /// What cannot be proposed, and what should be known of the file.
    remarks: Vec<String>,
}

impl Names {
    /// The names of the command line, and those of the file.
    fn meant(&self) -> Result<Meant> {
        let Some(path) = &self.file else { return Ok(Meant { wanted: self.wanted()?, ..Meant::default() }) };
        let octets = read_octets(path, MOST_OCTETS)?;
        let file = path.display().to_string();
        let (columns, observables) = (self.columns.clone(), self.observed);
        let gathered = gather(&octets, &Asked { shape: self.shape, columns, observables, file: &file })?;
        let mut remarks = vec![format!("{file} was read as {}.", gathered.shape)];
        remarks.extend(gathered.notes.iter().map(ToString::to_string));
        remarks.extend(gathered.refused.iter().map(|refusal| format!("NO NAME  {refusal}")));
        let mut wanted = self.wanted()?;
        wanted.extend(gathered.candidates.into_iter().map(candidate));
        Ok(Meant { wanted, source: Some(Source { file, sha256: sha256(&octets) }), remarks })
    }

    fn wanted(&self) -> Result<Vec<Wanted>> {
        let scope = match self.scope {
            Reach::Domain => Scope::Domain,
            Reach::Host => Scope::Host,
            Reach::Below => Scope::Below,
        };
        let wanted = |text: &String| {
            let name = normalise(text)?;
            let place = "the command line".to_owned();
            Ok(Wanted { name, scope, place, remarks: Vec::new(), ground: Ground::default() })
        };
        self.names.iter().map(wanted).collect()
    }
}

fn candidate(found: Candidate) -> Wanted {
    let Candidate { name, scope, place, remarks, said } = found;
    let (category, basis, evidence) = (said.category, said.legal_basis, said.evidence);
    let ground = Ground { case: said.reference, category, basis, evidence, expires: said.expires };
    let remarks = remarks.iter().map(ToString::to_string).collect();
    Wanted { name, scope, place: place.to_string(), remarks, ground }
}

impl Propose {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let mut docket = self.at.open()?;
        let ground = Ground {
            case: self.case,
            category: self.category,
            basis: self.basis,
            evidence: self.evidence,
            expires: self.expires,
        };
        let (urgent, renew) = (self.urgent, self.renew);
        let intent = Intent { list: self.list, ground, urgent, renew, against: self.against };
        let Meant { wanted, source, remarks } = self.names.meant()?;
        let Screened { subjects, looked } =
            screen(&self.at, &mut docket, wanted, &intent, (&self.beside, now))?;
        if self.dry_run {
            return tell(&looked, &remarks, None, self.consent.json, console);
        }
        if !self.consent.json {
            tell(&looked, &remarks, None, false, console)?;
        }
        if subjects.is_empty() {
            bail!("there is nothing to propose");
        }
        console.confirm(&format!("Propose {} names?", subjects.len()), self.consent.yes)?;
        let key = self.who.key(&mut docket, console)?;
        let author = docket.author(&key)?;
        let order = Order { author: &author, reason: &self.reason, now };
        let act = docket.propose(order, source, subjects)?;
        match self.consent.json {
            true => tell(&looked, &remarks, Some(json!(act)), true, console),
            false => super::done(&act, false, console),
        }
    }
}

impl Weigh {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let mut docket = self.at.open()?;
        let Meant { wanted, remarks, .. } = self.names.meant()?;
        let intent = Intent { list: self.list, ..Intent::default() };
        let looked = screen(&self.at, &mut docket, wanted, &intent, (&self.beside, now))?.looked;
        tell(&looked, &remarks, None, self.json, console)
    }
}

fn screen(
    at: &At,
    docket: &mut Docket,
    wanted: Vec<Wanted>,
    intent: &Intent,
    (beside, now): (&Beside, Timestamp),
) -> Result<Screened> {
    if wanted.is_empty() {
        bail!("say which names");
    }
    let mut impact = at.surroundings(docket, beside.popular.as_deref())?;
    let list = docket.roster().list(intent.list.as_deref())?.0.to_owned();
    let mut standing = docket.standing(&list)?;
    impact.own = std::mem::take(&mut standing.listed);
    if let Some(server) = beside.resolver {
        let names: Vec<Name> = wanted.iter().take(MOST_ASKED).map(|wanted| wanted.name.clone()).collect();
        impact.addresses = Some(shared(server, &names, &impact)?);
    }
    Ok(docket.screen(wanted, intent, (&impact, &standing), now)?)
}

/// Where names are, and where those are that no list should block.
fn shared(server: SocketAddr, names: &[Name], impact: &Impact) -> Result<Addresses> {
    let protected: Vec<Name> = impact.rails.protected().cloned().collect();
    let found = addresses(server, &protected).context("shared addresses cannot be looked for")?;
    let protected = found
        .into_iter()
        .flat_map(|(name, found)| found.into_iter().flatten().map(move |address| (address, name.clone())));
    Ok(Addresses { of: addresses(server, names)?, protected: protected.collect() })
}

/// What was found: all that should be looked at, and the first names of the others.
fn tell(
    looked: &[Looked],
    remarks: &[String],
    act: Option<Value>,
    json: bool,
    console: &mut Console<'_>,
) -> Result<ExitCode> {
    let mut text: String = remarks.iter().map(|remark| format!("{}\n", plain(remark))).collect();
    let (plain_ones, others): (Vec<&Looked>, Vec<&Looked>) =
        looked.iter().partition(|looked| looked.weight < Some(Weight::Warning));
    for looked in others.iter().chain(plain_ones.iter().take(MOST_PLAIN)) {
        let mark = match looked.weight {
            Some(Weight::Refusal) => "REFUSED  ",
            Some(Weight::Duplicate) => "THERE    ",
            Some(Weight::Override) => "GUARDED  ",
            Some(Weight::Warning) => "LOOK     ",
            Some(Weight::Note) | None => "         ",
        };
        text.push_str(&format!("{mark}{}  ({})\n", plain(&looked.name), plain(&looked.place)));
        looked
            .findings
            .iter()
            .for_each(|finding| text.push_str(&format!("           {}\n", plain(&finding.to_string()))));
    }
    match plain_ones.len().saturating_sub(MOST_PLAIN) {
        0 => {}
        more => text.push_str(&format!("         and {more} more that nothing speaks against\n")),
    }
    let count = |weight| looked.iter().filter(|looked| looked.weight == Some(weight)).count();
    let (refused, there) = (count(Weight::Refusal), count(Weight::Duplicate));
    let ready = looked.iter().filter(|looked| looked.is_ready).count();
    text.push_str(&format!(
        "{ready} of {} names can be proposed; {refused} refused, {there} there already, {} against a guard rail, {} to be \
         looked at twice.",
        looked.len(),
        count(Weight::Override),
        count(Weight::Warning),
    ));
    let told = json!({ "can_be_proposed": ready, "names": looked, "remarks": remarks, "act": act });
    answer(text, told, json, console)
}
