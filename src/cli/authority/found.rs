//! `init` and `delegate`: who holds keys.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::keys::{Lock, make};
use super::{Consent, Keys, Place, answer, carry_out, propose};
use crate::authority::{
    Charter, Delegation, Founding, NewKey, ONLINE_ROLES, PublicKey, Terms, Workspace, withdraw,
};
use crate::cli::{Console, Secrets};
use crate::keyfile::Protection;

/// Found an authority: make its workspace, the keys of its machine, and the root that resolvers pin.
#[derive(Args)]
pub(super) struct Init {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    people: People,
    /// How many days metadata is valid, as ROLE=DAYS for root, targets, delegated, snapshot or timestamp
    /// [default: root=365 targets=90 delegated=30 snapshot=7 timestamp=1]
    #[arg(long, value_name = "ROLE=DAYS", num_args = 1..)]
    days: Vec<String>,
    /// How many deltas of each list are published
    #[arg(long, default_value_t = Terms::default().deltas)]
    deltas: u64,
    #[command(flatten)]
    secrets: Secrets,
    #[command(flatten)]
    consent: Consent,
}

/// Those who hold keys.
#[derive(Args)]
struct People {
    /// Names of people whose keys are made here, such as `--holders ana ben cleo`
    #[arg(long, num_args = 1.., value_name = "NAME")]
    holders: Vec<String>,
    /// Public keys of people who made their keys elsewhere with `key new`
    #[arg(long = "public-key", num_args = 1.., value_name = "FILE", conflicts_with = "holders")]
    public_keys: Vec<PathBuf>,
    /// How many of them must sign; at least 2
    #[arg(long, default_value_t = 2)]
    threshold: u64,
}

/// Leave a part of the paths to a jurisdiction, which signs for it with its own keys; the central holders sign this.
#[derive(Args)]
pub(super) struct Delegate {
    #[command(flatten)]
    place: Place,
    /// The name of the role, such as `fr`
    role: String,
    /// What is left to it, such as 'fr/*'; `*` stays within one segment
    #[arg(long = "path", num_args = 1.., required_unless_present = "remove")]
    paths: Vec<String>,
    #[command(flatten)]
    people: People,
    /// Let roles behind it speak for its paths too
    #[arg(long)]
    not_terminating: bool,
    /// Take back what was left to it
    #[arg(long, conflicts_with_all = ["paths", "holders", "public_keys"])]
    remove: bool,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    consent: Consent,
}

/// Those who hold keys, with those that were made for them.
struct Holders {
    public: Vec<PublicKey>,
    made: Vec<NewKey>,
}

impl People {
    fn gather(&self) -> Result<Holders> {
        if self.holders.is_empty() && self.public_keys.is_empty() {
            return Err(anyhow!("name those who hold keys with --holders or --public-key"));
        }
        let made = self.holders.iter().map(|name| make(name)).collect::<Result<Vec<_>, _>>()?;
        let read = self.public_keys.iter().map(|path| PublicKey::read(path));
        let mut public = read.collect::<Result<Vec<_>, _>>()?;
        public.extend(made.iter().map(|key| key.public().clone()));
        Ok(Holders { public, made })
    }
}

impl Holders {
    /// A passphrase for each key that was made.
    fn locks(&self, secrets: &Secrets, console: &mut Console<'_>) -> Result<Vec<Lock>> {
        self.made.iter().map(|key| Lock::choose(key.public().holder(), secrets, console)).collect()
    }
}

impl Init {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let mut terms = Terms { deltas: self.deltas, ..Terms::default() };
        for text in &self.days {
            let changed = text.split_once('=').and_then(|(role, days)| Some((role, days.parse().ok()?)));
            if !changed.is_some_and(|(role, days)| terms.days.set(role, days)) {
                return Err(anyhow!(
                    "--days {text}: write ROLE=DAYS with one of the five roles, such as snapshot=14"
                ));
            }
        }
        let holders = self.people.gather()?;
        let charter = Charter {
            holders: holders.public.iter().map(|key| key.holder().to_owned()).collect(),
            threshold: self.people.threshold,
            terms,
            until: self.place.expires,
        };
        let founding = Founding::prepare(&Workspace::new(&self.place.folder), charter, now)?;
        if !self.consent.json {
            console.tell(words(&founding, holders.made.is_empty()))?;
        }
        console.confirm("Make it?", self.consent.yes)?;
        let locks = holders.locks(&self.secrets, console)?;
        let online = ONLINE_ROLES.iter().map(|role| make(role)).collect::<Result<Vec<_>, _>>()?;
        let kept: Vec<(NewKey, Protection<'_>)> =
            holders.made.into_iter().zip(locks.iter().map(Lock::protection)).collect();
        let progress = founding.carry_out(online, &holders.public, kept)?;
        let told = json!({ "progress": progress });
        let root = self.place.folder.join("public/metadata/1.root.json");
        let advice = match (progress.committed.is_some(), self.people.holders.is_empty()) {
            (true, _) => format!(
                "Resolvers pin {}. Give each key in {} to its holder, and remove it there.",
                root.display(),
                self.place.folder.join("keys").display()
            ),
            (false, _) => "Resolvers can pin the root once enough holders have signed it.".to_owned(),
        };
        answer(format_args!("{progress}\n{advice}"), told, self.consent.json, console)
    }
}

fn words(founding: &Founding, elsewhere: bool) -> String {
    let (charter, folder) = (founding.charter(), founding.workspace().folder().display());
    let count = charter.holders.len();
    let mut text = format!(
        "This makes an authority in {folder}: {} of {count} holders must sign together.\n",
        charter.threshold
    );
    for name in &charter.holders {
        text += &match elsewhere {
            true => format!("  {name}  signs elsewhere with a key of their own\n"),
            false => format!("  {name}  private key in {folder}/keys/{name}.pem; a passphrase opens it\n"),
        };
    }
    text += &format!(
        "  snapshot, timestamp  keys of this machine in {folder}/keys, NOT encrypted: they say which versions are \
         current, and can list no name\n  {folder}/public  the folder to serve, and no other\n"
    );
    if charter.threshold == count as u64 {
        text +=
            "Every holder is needed: one lost key, and nothing is ever signed again. Add a spare holder.\n";
    }
    text + "It lists no name yet."
}

impl Delegate {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let workspace = Workspace::new(&self.place.folder);
        if self.remove {
            let work = withdraw(&workspace, &self.role, self.place.expires, now)?;
            return carry_out(work, &self.keys, &self.consent, console);
        }
        let holders = self.people.gather()?;
        let delegation = Delegation {
            role: self.role.clone(),
            paths: self.paths.clone(),
            holders: holders.public.clone(),
            threshold: self.people.threshold,
            terminating: !self.not_terminating,
            until: self.place.expires,
        };
        let work = delegation.prepare(&workspace, now)?;
        if holders.made.is_empty() {
            return carry_out(work, &self.keys, &self.consent, console);
        }
        if !self.consent.json {
            let folder = workspace.keys();
            console.tell(format_args!("Private keys of the new holders go to {}:", folder.display()))?;
        }
        propose(&work, &self.consent, "Make the keys and sign this?", console)?;
        let locks = holders.locks(&self.keys.secrets, console)?;
        let signers = self.keys.open(console)?;
        for (key, lock) in holders.made.iter().zip(&locks) {
            key.write(&workspace.keys(), &lock.protection())?;
        }
        let mut told = json!({ "proposal": work.proposal() });
        let progress = work.carry_out(&signers)?;
        told["progress"] = serde_json::to_value(&progress)?;
        answer(&progress, told, self.consent.json, console)
    }
}
