//! The commands of `rempart-authority`.
//!
//! Every command that writes tells what it will do, and to how many names, then asks, then does it. The work itself
//! is in the room `authority`; here are the words.

mod change;
mod found;
mod keys;
mod look;
mod turn;

use std::fmt::Display;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::{Args, Parser, Subcommand};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Serialize;
use serde_json::{Value, json};

use crate::authority::{KeySource, Signer, Work};
use crate::cli::{Console, Secrets};

/// `verify` and `status`: everything is authentic, and something is out of date.
const OUT_OF_DATE: u8 = 3;
/// `status`: something must be signed anew soon.
const LATE: u8 = 4;

const EXIT_CODES: &str = "\
Exit codes:
  0  done; for `verify` and `status`: authentic and current
  1  refused or failed; the reason is on standard error, and nothing was published
  2  the command line is not understood
  3  `verify` and `status`: something is out of date
  4  `status`: less than a third of the life of something is left; sign it anew soon";

/// Makes, signs and checks what an authority publishes.
#[derive(Parser)]
#[command(name = "rempart-authority", version, after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(subcommand)]
    Key(keys::Key),
    Init(found::Init),
    Delegate(found::Delegate),
    Publish(change::Publish),
    Sign(turn::Sign),
    Export(turn::Export),
    Import(turn::Import),
    Rotate(change::Rotate),
    Refresh(change::Refresh),
    Verify(look::Verify),
    Diff(look::Diff),
    Status(look::Status),
    Show(look::Show),
}

/// Runs one command. Errors mean exit code 1.
pub fn run(arguments: Arguments, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
    match arguments.command {
        Command::Key(command) => command.run(console),
        Command::Init(command) => command.run(now, console),
        Command::Delegate(command) => command.run(now, console),
        Command::Publish(command) => command.run(now, console),
        Command::Sign(command) => command.run(now, console),
        Command::Export(command) => command.run(now, console),
        Command::Import(command) => command.run(now, console),
        Command::Rotate(command) => command.run(now, console),
        Command::Refresh(command) => command.run(now, console),
        Command::Verify(command) => command.run(now, console),
        Command::Diff(command) => command.run(console),
        Command::Status(command) => command.run(now, console),
        Command::Show(command) => command.run(now, console),
    }
}

/// Whether a person was asked, and in what form the answer goes.
#[derive(Args)]
struct Consent {
    /// Do it without asking
    #[arg(long)]
    yes: bool,
    /// Answer in JSON
    #[arg(long, requires = "yes")]
    json: bool,
}

/// The keys that sign.
#[derive(Args)]
struct Keys {
    /// Private keys that sign: files, or PKCS#11 URIs of keys on tokens
    #[arg(long = "key", value_name = "KEY", num_args = 1.., value_parser = KeySource::parse)]
    keys: Vec<KeySource>,
    #[command(flatten)]
    secrets: Secrets,
}

impl Keys {
    fn open(&self, console: &mut Console<'_>) -> Result<Vec<Signer>> {
        let mut signers = Vec::new();
        for source in &self.keys {
            let key = source.open(&mut |what| self.secrets.known(what, console))?;
            signers.push(Signer { name: source.to_string(), key });
        }
        Ok(signers)
    }
}

/// Says what some work is, and asks whether it may be done.
fn propose(work: &Work, consent: &Consent, question: &str, console: &mut Console<'_>) -> Result<()> {
    if !consent.json {
        work.remarks().iter().try_for_each(|remark| console.tell(remark))?;
        console.tell(work.proposal())?;
        console.tell(format_args!("In all, this lists {} names.", work.proposal().names()))?;
    }
    console.confirm(question, consent.yes)
}

/// Says what some work is, asks, does it, and says how far it has come.
fn carry_out(work: Work, keys: &Keys, consent: &Consent, console: &mut Console<'_>) -> Result<ExitCode> {
    let question = if keys.keys.is_empty() { "Put it before the holders?" } else { "Sign this?" };
    propose(&work, consent, question, console)?;
    let mut told = json!({ "proposal": work.proposal(), "remarks": work.remarks() });
    let signers = keys.open(console)?;
    let progress = work.carry_out(&signers)?;
    told["progress"] = serde_json::to_value(&progress)?;
    answer(&progress, told, consent.json, console)
}

/// Answers in words or in JSON.
fn answer(words: impl Display, value: Value, json: bool, console: &mut Console<'_>) -> Result<ExitCode> {
    match json {
        true => console.tell(serde_json::to_string_pretty(&value)?)?,
        false => console.tell(words)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Answers with something that is both.
fn show<T: Display + Serialize>(shown: &T, json: bool, console: &mut Console<'_>) -> Result<()> {
    answer(shown, serde_json::to_value(shown)?, json, console).map(|_| ())
}

/// A day, which begins at midnight UTC, or a full time with its offset.
fn parse_time(text: &str) -> Result<Timestamp> {
    if let Ok(time) = text.parse() {
        return Ok(time);
    }
    let date: Date = text.parse().map_err(|_| anyhow!("write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ"))?;
    Ok(date.to_zoned(TimeZone::UTC)?.timestamp())
}

/// The workspace, and the date that stands in for those of its terms.
#[derive(Args)]
struct Place {
    /// The workspace of the authority
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// From when on all that is signed now is out of date, as YYYY-MM-DD or a full time [default: as
    /// authority.toml says for each role]
    #[arg(long, value_parser = parse_time)]
    expires: Option<Timestamp>,
}
