//! `docket`: founding it, who works there and under what rules, and whether everything is as they left it.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::json;

use super::{At, Who, done, in_short};
use crate::authority::{FileKey, KeptList, PublicKey, SigningKey, plain, read_text};
use crate::cli::authority::keys::Lock;
use crate::cli::authority::{Consent, answer, show};
use crate::cli::secret::random;
use crate::cli::{Console, Secrets};
use crate::docket::{Author, Charter, Deed, Docket, ListTerms, Motion, Order, Person, Role};

/// Found a docket, say who works there and under what rules, and verify that it is as they left it
#[derive(Subcommand)]
pub(in crate::cli::authority) enum Office {
    Init(Init),
    List(AddList),
    People(People),
    Person(AddPerson),
    Charter(Rules),
    /// Agree to a change that another signer moved
    Second(Moved),
    /// Let a change that somebody moved not come
    Drop(Moved),
    Suspend(Suspend),
    Verify(Verify),
    Export(Export),
}

/// Found a docket. Those who are named may propose, review and sign; two of them must, and three should
#[derive(Args)]
pub(in crate::cli::authority) struct Init {
    #[command(flatten)]
    at: At,
    /// The public keys of people who act under a key of their own
    #[arg(long, value_name = "FILE", num_args = 1..)]
    public_key: Vec<PathBuf>,
    /// The names of people who act by a passphrase, which each of them types now
    #[arg(long, value_name = "NAME", num_args = 1..)]
    passphrase_of: Vec<String>,
    #[command(flatten)]
    rules: Numbers,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    consent: Consent,
}

/// The rules of the desk.
#[derive(Args)]
struct Numbers {
    /// How many signers must approve a proposal, none of them the one who proposed it
    #[arg(long)]
    approvals: Option<u32>,
    /// After how many days a decision ends unless it says otherwise
    #[arg(long)]
    life_days: Option<u32>,
    /// After how many days a decision must be looked at again
    #[arg(long)]
    recheck_days: Option<u32>,
    /// Within how many days an appeal is decided
    #[arg(long)]
    appeal_days: Option<u32>,
}

/// Keep a list in the docket; for one that is kept already, move that it says something else of itself
#[derive(Args)]
pub(in crate::cli::authority) struct AddList {
    #[command(flatten)]
    at: At,
    /// Who lists these names: the list's header as TOML
    #[arg(long)]
    header: PathBuf,
    /// The path under which resolvers find it, such as fr/nudification.jsonl.zst
    #[arg(long)]
    target: String,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    consent: Consent,
}

/// Show who works here, under what rules, and which lists are kept
#[derive(Args)]
pub(in crate::cli::authority) struct People {
    #[command(flatten)]
    at: At,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Move that a person comes, goes, or gets other roles or another key; a second signer must agree
#[derive(Args)]
pub(in crate::cli::authority) struct AddPerson {
    #[command(flatten)]
    at: At,
    /// Whose name
    name: String,
    /// What the person may do: proposer, reviewer, signer, auditor; nothing for who leaves
    #[arg(long, value_delimiter = ',')]
    roles: Vec<Role>,
    /// The person's public key, where it is new
    #[arg(long, value_name = "FILE", conflicts_with = "passphrase")]
    public_key: Option<PathBuf>,
    /// The person will act by a passphrase, and types it now
    #[arg(long)]
    passphrase: bool,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    consent: Consent,
}

/// Move that other rules hold; a second signer must agree
#[derive(Args)]
pub(in crate::cli::authority) struct Rules {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    rules: Numbers,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    consent: Consent,
}

/// A change that was moved.
#[derive(Args)]
pub(in crate::cli::authority) struct Moved {
    #[command(flatten)]
    at: At,
    /// The act that moved it
    act: u64,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    consent: Consent,
}

/// Let a person do nothing more, at once: a key was lost or stolen
#[derive(Args)]
pub(in crate::cli::authority) struct Suspend {
    #[command(flatten)]
    at: At,
    /// Whose name
    name: String,
    /// Why
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    consent: Consent,
}

/// Do everything again from the first act, and say whether the docket is what its people made of it
#[derive(Args)]
pub(in crate::cli::authority) struct Verify {
    #[command(flatten)]
    at: At,
    /// A hash that this command gave earlier: acts taken away since then show
    #[arg(long, value_name = "HASH")]
    head: Vec<String>,
    /// Write down in the docket, as an auditor, that it was in order
    #[arg(long)]
    attest: bool,
    #[command(flatten)]
    who: Who,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Write the whole docket for an auditor: every act with its hash and signature, and what it did, one JSON a line
#[derive(Args)]
pub(in crate::cli::authority) struct Export {
    #[command(flatten)]
    at: At,
    /// The file, which must not be there yet
    #[arg(long)]
    out: PathBuf,
}

impl Office {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        match self {
            Self::Init(command) => command.run(now, console),
            Self::List(command) => command.run(now, console),
            Self::People(command) => command.run(console),
            Self::Person(command) => command.run(now, console),
            Self::Charter(command) => command.run(now, console),
            Self::Second(moved) => moved.run(now, |act| Deed::Seconded { act }, console),
            Self::Drop(moved) => moved.run(now, |act| Deed::Dropped { act }, console),
            Self::Suspend(Suspend { at, name, reason, who, consent }) => {
                let deed = Deed::Suspended { person: name.clone() };
                let words = |_: &Docket| format!("{name} may do nothing from now on.");
                plainly(&at, words, deed, (&who, &reason, &consent, now), console)
            }
            Self::Verify(command) => command.run(now, console),
            Self::Export(command) => command.run(console),
        }
    }
}

impl Numbers {
    fn over(&self, charter: Charter) -> Charter {
        Charter {
            approvals: self.approvals.unwrap_or(charter.approvals),
            life_days: self.life_days.unwrap_or(charter.life_days),
            recheck_days: self.recheck_days.unwrap_or(charter.recheck_days),
            appeal_days: self.appeal_days.unwrap_or(charter.appeal_days),
        }
    }
}

impl Init {
    fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let Self { at, public_key, passphrase_of, rules, who, consent } = self;
        let place = at.place()?;
        let charter = rules.over(Charter::default());
        let all = [Role::Proposer, Role::Reviewer, Role::Signer];
        let keys = public_key.iter().map(|path| PublicKey::read(path)).collect::<Result<Vec<_>, _>>()?;
        let mut people: Vec<Person> = keys.iter().map(|key| Person::new(key, all)).collect();
        if !consent.json {
            let names: Vec<&str> = people
                .iter()
                .map(|it| it.name.as_str())
                .chain(passphrase_of.iter().map(String::as_str))
                .collect();
            console.tell(format_args!("This founds a docket of {}.", names.join(", ")))?;
            console.tell(in_words(&Motion::Charter(charter)))?;
            if names.len() < 3 {
                console.tell("WITH TWO PEOPLE ALONE a lost key stops the desk: name three.")?;
            }
        }
        console.confirm("Found it?", consent.yes)?;
        let (mut made, mut pems) = (Vec::new(), Vec::new());
        for name in &passphrase_of {
            let (key, pem) = sealed(name, &who.secrets, console)?;
            let public = key.public_key(name)?;
            people.push(Person::new(&public, all));
            made.push((name, Some(key)));
            pems.push((public.id().to_owned(), pem));
        }
        let (name, key) = match (&who.acting, &who.key) {
            (Some(name), _) => {
                let mine = made.iter_mut().find(|(made, _)| *made == name);
                let Some(key) = mine.and_then(|(_, key)| key.take()) else {
                    bail!("{name} is none of --passphrase-of; act with --with KEY");
                };
                (name.clone(), key)
            }
            (None, Some(source)) => {
                let key = source.open(&mut |what| who.secrets.of(source, what, console))?;
                let holder = keys.iter().find(|public| public.is_half_of(&key));
                let Some(holder) = holder else { bail!("this key is none of --public-key") };
                (holder.holder().to_owned(), key)
            }
            (None, None) => bail!("say who you are: --as NAME for a passphrase, or --with KEY"),
        };
        let author = Author::new(name, &key);
        let order = Order { author: &author, reason: "", now };
        let mut docket = Docket::found(&place, charter, people, &pems, order)?;
        let ends = docket.ends()?;
        if let Some(workspace) = at.workspace() {
            workspace.keep_seen_acts(&ends)?;
        }
        let [head, _] = ends;
        let told = json!({ "head": head });
        answer(
            format_args!("Founded. Its first act has the hash {head}: write it down."),
            told,
            consent.json,
            console,
        )
    }
}

impl AddList {
    fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let Self { at, header, target, who, consent } = self;
        let text = read_text(&header)?;
        let terms = ListTerms { target, header: text };
        let motion = Motion::List(terms.clone());
        let words = |_: &Docket| in_words(&motion);
        let docket = at.open()?;
        let known = docket.roster().lists.get(&terms.parsed()?.list);
        if let (Some(known), Some(workspace)) = (known, at.workspace())
            && known.target != terms.target
            && KeptList::published(&workspace, &known.target)?.is_some()
        {
            bail!("{} is public: `withdraw` it before the list moves to {}", known.target, terms.target);
        }
        let is_new = known.is_none();
        let deed = if is_new { Deed::List(terms) } else { Deed::Moved(motion.clone()) };
        plainly(&at, words, deed, (&who, "", &consent, now), console)
    }
}

impl People {
    fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        let mut docket = self.at.open()?;
        let counts = docket.counts()?;
        let roster = docket.roster();
        let mut text = in_words(&Motion::Charter(roster.charter));
        for person in roster.people.values() {
            text.push_str(&format!("\n  {person}"));
        }
        for (name, list) in &roster.lists {
            text.push_str(&format!("\nList {}, published as {}", plain(name), plain(&list.target)));
            if let Some(release) = roster.releases.get(name) {
                text.push_str(&format!(": serial {}, {} rules", release.serial, release.rules));
            }
            for (_, state, count) in counts.iter().filter(|(list, ..)| list == name) {
                text.push_str(&format!("\n  {count:>8} {state}"));
            }
        }
        for (act, (mover, motion)) in &roster.motions {
            text.push_str(&format!(
                "\nMoved by {mover}, for a second signer (`docket second {act}`): {}",
                in_words(motion)
            ));
        }
        let told = json!({
            "charter": roster.charter, "people": roster.people.values().collect::<Vec<_>>(), "lists": roster.lists,
            "releases": roster.releases, "motions": roster.motions, "counts": counts,
        });
        answer(text, told, self.json, console)
    }
}

impl AddPerson {
    fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let Self { at, name, roles, public_key, passphrase, who, consent } = self;
        let mut docket = at.open()?;
        let mut pem = None;
        let person = match (public_key, passphrase) {
            (Some(path), _) => {
                let key = PublicKey::read(&path)?;
                if key.holder() != name {
                    bail!("{} is the key of {}, not of {name}", path.display(), key.holder());
                }
                Person::new(&key, roles)
            }
            (None, true) => {
                if !consent.json {
                    console.tell(format_args!(
                        "{name} chooses a passphrase now, which nobody else should see."
                    ))?;
                }
                let (key, text) = sealed(&name, &who.secrets, console)?;
                let public = key.public_key(&name)?;
                pem = Some((public.id().to_owned(), text));
                Person::new(&public, roles)
            }
            (None, false) => docket.roster().person(&name)?.clone().with_roles(roles),
        };
        let motion = Motion::Person(person);
        if !consent.json {
            console.tell(in_words(&motion))?;
        }
        console.confirm("Move this?", consent.yes)?;
        let key = who.key(&mut docket, console)?;
        let author = docket.author(&key)?;
        // A key that nobody works under does no harm, and one that is lost does.
        if let Some((id, pem)) = pem {
            docket.keep_key(&id, &pem)?;
        }
        let act = docket.act(Order { author: &author, reason: "", now }, Deed::Moved(motion))?;
        done(&act, consent.json, console)
    }
}

impl Rules {
    fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let Self { at, rules, who, consent } = self;
        let charter = rules.over(at.open()?.roster().charter);
        let motion = Motion::Charter(charter);
        let words = |_: &Docket| in_words(&motion);
        plainly(&at, words, Deed::Moved(motion.clone()), (&who, "", &consent, now), console)
    }
}

impl Moved {
    fn run(self, now: Timestamp, deed: fn(u64) -> Deed, console: &mut Console<'_>) -> Result<ExitCode> {
        let Self { at, act, who, consent } = self;
        let words = |docket: &Docket| match docket.roster().motions.get(&act) {
            Some((mover, motion)) => format!("{mover} moved: {}", in_words(motion)),
            None => format!("act {act}"),
        };
        plainly(&at, words, deed(act), (&who, "", &consent, now), console)
    }
}

impl Verify {
    fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let Self { at, head, attest, who, json } = self;
        let mut docket = at.open()?;
        let verified = docket.verify(&head)?;
        if !attest {
            show(&verified, json, console)?;
            return Ok(ExitCode::SUCCESS);
        }
        let key = who.key(&mut docket, console)?;
        let author = docket.author(&key)?;
        let deed = Deed::Audited { head: verified.head.clone() };
        let act = docket.act(Order { author: &author, reason: "", now }, deed)?;
        let words = format!("{verified}\n{}", in_short(&act));
        answer(words, json!({ "verified": verified, "act": act }), json, console)
    }
}

impl Export {
    fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        let verified = self.at.open()?.export_to(&self.out)?;
        console.tell(format_args!(
            "{} acts on {} decisions in {}",
            verified.acts,
            verified.decisions,
            self.out.display()
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Says what will be done, asks, and does it.
fn plainly(
    at: &At,
    words: impl FnOnce(&Docket) -> String,
    deed: Deed,
    (who, reason, consent, now): (&Who, &str, &Consent, Timestamp),
    console: &mut Console<'_>,
) -> Result<ExitCode> {
    let mut docket = at.open()?;
    if !consent.json {
        words(&docket).lines().try_for_each(|line| console.tell(plain(line)))?;
    }
    console.confirm("Do it?", consent.yes)?;
    let key = who.key(&mut docket, console)?;
    let author = docket.author(&key)?;
    let act = docket.act(Order { author: &author, reason, now }, deed)?;
    done(&act, consent.json, console)
}

fn in_words(motion: &Motion) -> String {
    match motion {
        Motion::Person(person) => format!("{person}."),
        Motion::Charter(Charter { approvals, life_days, recheck_days, appeal_days }) => format!(
            "Signers who must approve what they did not propose: {approvals}. A decision ends after {life_days} days and \
             is looked at again after {recheck_days}; an appeal is decided within {appeal_days}."
        ),
        Motion::List(ListTerms { target, header }) => {
            format!("The list that is published as {target} will say of itself:\n{}", header.trim_end())
        }
    }
}

/// A new key, and its file's text, which the passphrase of its owner opens.
fn sealed(name: &str, secrets: &Secrets, console: &mut Console<'_>) -> Result<(SigningKey, String)> {
    let lock = Lock::choose(name, secrets, console)?;
    let key = FileKey::from_seed(&random()?)?;
    let pem = key.compose(&lock.protection())?.to_string();
    Ok((SigningKey::from(key), pem))
}
