//! The commands of `rempart-authority`.
//!
//! Every command that writes tells what it will do, and to how many names, then asks, then does it. The work itself
//! is in the room `authority`; here are the words.

mod back;
mod change;
mod convert;
mod desk;
mod found;
mod keys;
mod look;
mod serve;
mod transfer;
mod turn;

use std::fmt::Display;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::{Args, Parser, Subcommand};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Serialize;
use serde_json::{Value, json};

use crate::authority::{KeySource, Signer, Work, plain};
use crate::cli::{Console, Secrets};

/// `verify` and `status`: everything is authentic, and something is out of date.
const OUT_OF_DATE: u8 = 3;
/// `status`: something must be signed anew soon.
const LATE: u8 = 4;
/// `status`: what enough people have signed is not published, or a published file is not as it was signed.
const TROUBLED: u8 = 5;

const EXIT_CODES: &str = "\
Exit codes:
  0  done; for `verify` and `status`: authentic and current
  1  refused or failed; the reason is on standard error, and nothing was published, but for `refresh`, which
     signs the timestamp even where what else was signed cannot be published
  2  the command line is not understood
  3  `verify` and `status`: something is out of date
  4  `status`: less than a third of the life of something is left; sign it anew soon
  5  `status`: what enough holders have signed is not published, or a published file is missing or damaged";

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
    Withdraw(back::Withdraw),
    Discard(back::Throw),
    Sign(turn::Sign),
    Export(turn::Export),
    Import(turn::Import),
    Convert(convert::Convert),
    Rotate(change::Rotate),
    Refresh(change::Refresh),
    Verify(look::Verify),
    Diff(look::Diff),
    Status(look::Status),
    Show(look::Show),
    Serve(serve::Serve),
    #[command(flatten)]
    Desk(Box<desk::Desk>),
    Transfer(transfer::Transfer),
}

/// Runs one command. Errors mean exit code 1.
pub fn run(arguments: Arguments, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
    // Nothing that is signed tells more than seconds.
    let now = Timestamp::from_second(now.as_second())?;
    match arguments.command {
        Command::Key(command) => command.run(console),
        Command::Init(command) => command.run(now, console),
        Command::Delegate(command) => command.run(now, console),
        Command::Publish(command) => command.run(now, console),
        Command::Withdraw(command) => command.run(now, console),
        Command::Discard(command) => command.run(console),
        Command::Sign(command) => command.run(now, console),
        Command::Export(command) => command.run(now, console),
        Command::Import(command) => command.run(now, console),
        Command::Convert(command) => command.run(now, console),
        Command::Rotate(command) => command.run(now, console),
        Command::Refresh(command) => command.run(now, console),
        Command::Verify(command) => command.run(now, console),
        Command::Diff(command) => command.run(console),
        Command::Status(command) => command.run(now, console),
        Command::Show(command) => command.run(now, console),
        Command::Serve(command) => command.run(console),
        Command::Desk(command) => command.run(now, console),
        Command::Transfer(command) => command.run(console),
    }
}

/// Why a command was refused, without anything in it that steers a terminal. What does not fit one line, such as a
/// place in a TOML file, goes on below, set in so that it cannot pass for another message.
pub fn refusal(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    let lines: Vec<String> = text.lines().map(plain).collect();
    lines.join("\n  ")
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
            let key = source.open(&mut |what| self.secrets.of(source, what, console))?;
            signers.push(Signer { name: source.to_string(), key });
        }
        Ok(signers)
    }
}

/// Says what some work is, and asks whether it may be done.
fn propose(work: &Work, consent: &Consent, question: &str, console: &mut Console<'_>) -> Result<()> {
    if !consent.json {
        work.remarks().iter().try_for_each(|remark| console.tell(plain(remark)))?;
        console.tell(work.proposal().to_string().trim_end())?;
        console.tell(format_args!("Names in all these lists: {}", work.proposal().names()))?;
    }
    console.confirm(question, consent.yes)
}

/// Says what will be done where no list is concerned, and asks whether it may be.
fn announce(what: impl Display, consent: &Consent, question: &str, console: &mut Console<'_>) -> Result<()> {
    if !consent.json {
        console.tell(what)?;
    }
    console.confirm(question, consent.yes)
}

/// Says what some work is, asks, does it, and says how far it has come.
fn carry_out(work: Work, keys: &Keys, consent: &Consent, console: &mut Console<'_>) -> Result<ExitCode> {
    let question = if keys.keys.is_empty() { "Put it before the holders?" } else { "Sign this?" };
    propose(&work, consent, question, console)?;
    let mut told = json!({ "proposal": work.proposal(), "remarks": work.remarks() });
    let signers = keys.open(console)?;
    desk::check_waiting(&work, None)?;
    let progress = work.carry_out(&signers)?;
    told["progress"] = serde_json::to_value(&progress)?;
    answer(&progress, told, consent.json, console)
}

/// Answers in words or in JSON.
fn answer(words: impl Display, value: Value, json: bool, console: &mut Console<'_>) -> Result<ExitCode> {
    match json {
        true => console.tell(serde_json::to_string_pretty(&value)?)?,
        false => words.to_string().trim_end().lines().try_for_each(|line| console.tell(plain(line)))?,
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::*;

    const NOW: &str = "2026-03-01T00:00:00Z";

    /// Runs a command line in which `@` stands for a folder and `%` for that of the demonstration; nobody can be
    /// asked.
    fn play(folder: &Path, line: &str, now: &str) -> Result<(ExitCode, String)> {
        let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/blocklists/demo");
        let line = line.replace('@', folder.to_str().unwrap()).replace('%', demo);
        let arguments = Arguments::try_parse_from(["rempart-authority"].into_iter().chain(line.split(' ')))?;
        let mut output = Vec::new();
        let mut console = Console { output: &mut output, answers: None };
        let code = run(arguments, now.parse().unwrap(), &mut console)?;
        Ok((code, String::from_utf8(output)?))
    }

    /// A folder with a passphrase and names to list.
    fn desk() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let pass = folder.path().join("pass");
        fs::write(&pass, "correct horse battery\n").unwrap();
        fs::set_permissions(&pass, PermissionsExt::from_mode(0o600)).unwrap();
        let names: String = (0..50).map(|number| format!("n{number}.example\n")).collect();
        fs::write(folder.path().join("one"), &names).unwrap();
        fs::write(folder.path().join("two"), names + "new.example\n").unwrap();
        let header = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/blocklists/demo/header.toml"));
        let header = header.unwrap().replace("serial = 1 ", "");
        fs::write(folder.path().join("header.toml"), header).unwrap();
        folder
    }

    fn end(told: &str) -> &str {
        told.trim_end().lines().last().unwrap()
    }

    #[test]
    fn a_regulator_founds_delegates_publishes_and_looks() {
        let folder = desk();
        let play = |line: &str, now: &str| play(folder.path(), line, now).unwrap();
        let with = "--yes --passphrase-file @/pass";
        let (_, told) = play(&format!("init @/desk --holders ana ben cleo --days snapshot=14 {with}"), NOW);
        assert!(told.contains("2 of 3 holders must sign together"), "{told}");
        assert!(told.contains("Published: root 1, snapshot 1, targets 1, timestamp 1."), "{told}");
        for name in ["dora", "emil"] {
            play(&format!("key new {name} --folder @/fr {with}"), NOW);
        }
        let delegate =
            "delegate @/desk demo --path demo/* --public-key @/fr/dora.pub.json @/fr/emil.pub.json";
        let (_, told) = play(&format!("{delegate} --key @/desk/keys/ana.pem {with}"), NOW);
        assert!(
            told.contains("targets 2 has 1 of 2 signatures, by ana. Who can sign still: ben, cleo."),
            "{told}"
        );
        assert!(end(&told).ends_with("/desk --key KEY"), "{told}");
        let (_, told) = play(&format!("sign @/desk --key @/desk/keys/ben.pem {with}"), NOW);
        assert_eq!(end(&told), "Published: snapshot 2, targets 2, timestamp 2.");

        let publish = "--header @/header.toml --target demo/nudification.jsonl.zst";
        let keys = "--key @/fr/dora.pem @/fr/emil.pem";
        let (_, told) = play(&format!("publish @/desk @/one {publish} {keys} {with}"), NOW);
        assert!(told.contains("Names in all these lists: 50"), "{told}");
        assert!(told.contains("+ n0.example\n") && told.contains("      + and 30 more\n"), "{told}");
        let json = format!("publish @/desk @/two {publish} {keys} {with} --json");
        let told: Value = serde_json::from_str(&play(&json, NOW).1).unwrap();
        assert_eq!(
            told["proposal"]["documents"][0]["lists"][0]["changes"]["added_names"],
            json!(["new.example"])
        );
        assert_eq!(told["progress"]["committed"]["versions"]["demo"], 2);

        let (code, told) = play("verify @/desk", NOW);
        assert_eq!((code, end(&told)), (ExitCode::SUCCESS, "Authentic and current."));
        let (_, told) = play("diff @/desk 1 2", NOW);
        assert_eq!(told, "changes      since serial 1: 1 added, 0 removed, 0 altered\n  + new.example\n");
        assert_eq!(end(&play("refresh @/desk --yes", NOW).1), "Published: timestamp 5.");
        for (now, status, verify) in [
            ("2026-03-01T12:00:00Z", 0, 0),
            ("2026-03-01T17:00:00Z", LATE, 0),
            ("2026-03-02T00:00:00Z", OUT_OF_DATE, OUT_OF_DATE),
        ] {
            assert_eq!(play("status @/desk", now).0, ExitCode::from(status), "{now}");
            let (code, told) = play("verify @/desk --root @/desk/public/metadata/1.root.json --json", now);
            assert_eq!(code, ExitCode::from(verify), "{now}");
            let told: Value = serde_json::from_str(&told).unwrap();
            assert_eq!(told["current"], verify == 0);
        }
    }

    #[test]
    fn signatures_travel() {
        let folder = desk();
        let play = |line: &str| play(folder.path(), line, NOW).unwrap();
        let with = "--yes --passphrase-file @/pass";
        for name in ["ana", "ben"] {
            play(&format!("key new {name} --folder @/away {with}"));
        }
        let init = "init @/desk --public-key @/away/ana.pub.json @/away/ben.pub.json";
        let (_, told) = play(&format!("{init} --yes"));
        assert!(
            told.contains("ana  signs elsewhere") && told.contains("root 1 has 0 of 2 signatures"),
            "{told}"
        );
        for name in ["ana", "ben"] {
            assert!(play("export @/desk @/bundle --yes").1.contains("holds what waits of root, targets."));
            let sign = format!("sign @/bundle --key @/away/{name}.pem --output @/signatures {with}");
            assert!(play(&sign).1.contains("Signed: root, targets."));
            play("import @/desk @/signatures --yes");
        }
        assert_eq!(play("status @/desk").0, ExitCode::SUCCESS);
        let key = play("key show @/away/ana.pub.json --json").1;
        assert_eq!(serde_json::from_str::<Value>(&key).unwrap()["holder"], "ana");
    }

    #[test]
    fn no_refusal_steers_the_terminal() {
        let folder = desk();
        play(folder.path(), "init @/desk --holders ana ben --yes --passphrase-file @/pass", NOW).unwrap();
        fs::write(folder.path().join("bad.toml"), "a = 1\n\u{1b}[2J = 2\n").unwrap();
        fs::write(folder.path().join("bad.sig"), "{\"\\u001b[2J\u{200b}\": 1}").unwrap();
        for (line, words) in [
            (
                "publish @/desk @/one --header @/header.toml --target x/\u{1b}[2J/../y --yes",
                "x/\\u{1b}[2J/../y",
            ),
            ("publish @/desk @/one --header @/bad.toml --target x/y --yes", "\n  "),
            ("publish @/desk @/one --header @/header.toml --target x/y --role \u{9b}2J --yes", "\\u{9b}2J"),
            ("import @/desk @/bad.sig --yes", "\\u{1b}[2J\\u{200b}"),
        ] {
            let told = refusal(&play(folder.path(), line, NOW).unwrap_err());
            assert!(told.contains(words), "{told}");
            assert!(told.chars().all(|c| c == '\n' || !c.is_control()), "{told:?}");
        }
    }

    #[test]
    fn every_name_that_waits_can_be_seen() {
        let folder = desk();
        let play = |line: &str| play(folder.path(), line, NOW).unwrap().1;
        let with = "--yes --passphrase-file @/pass";
        play(&format!("init @/desk --holders ana ben {with}"));
        let keys = "--key @/desk/keys/ana.pem";
        let publish = "--header @/header.toml --target demo/nudification.jsonl.zst";
        let told = play(&format!("publish @/desk @/one {publish} {keys} {with} --all-names"));
        let all = |told: &str| (0..50).all(|number| told.contains(&format!("+ n{number}.example\n")));
        assert!(all(&told) && !told.contains("more"), "{told}");
        let told = play("show @/desk --waiting");
        assert!(all(&told) && told.contains("signed so far by ana"), "{told}");
        play("export @/desk @/bundle --yes");
        assert_eq!(play("show @/bundle --waiting --role targets"), told);
        let json: Value = serde_json::from_str(&play("show @/bundle --waiting --json")).unwrap();
        assert_eq!(json["documents"][0]["lists"][0]["names"].as_array().unwrap().len(), 50);
        let sign = format!("sign @/bundle --key @/desk/keys/ben.pem --output @/signatures {with}");
        let told = play(&sign);
        assert!(told.starts_with("NOTE: THE ROOT IS THE ONE IN THE FILE ITSELF.") && !all(&told), "{told}");
        fs::copy(folder.path().join("desk/public/metadata/1.root.json"), folder.path().join("kept")).unwrap();
        let told = play(&format!("{sign} --all-names --root @/kept"));
        assert!(!told.contains("THE ROOT") && all(&told), "{told}");
    }

    #[test]
    fn without_consent_nothing_is_written() {
        let folder = desk();
        for line in ["init @/desk --holders ana ben", "key new ana --folder @/keys --unencrypted"] {
            let error = play(folder.path(), line, NOW).unwrap_err();
            assert!(error.to_string().contains("--yes"), "{error}");
        }
        for file in ["desk", "keys"] {
            assert!(!folder.path().join(file).exists());
        }
        // Whoever reads JSON cannot be asked.
        assert!(play(folder.path(), "init @/desk --holders ana ben --json", NOW).is_err());
    }

    #[test]
    fn every_kind_of_file_is_shown() {
        let show = |line: &str| play(Path::new("/"), line, NOW).unwrap().1;
        let list = "%/public/targets/demo/\
                    1e65d19f65c2799aae408ff4c715a4a66a58ff31a53b7c0a48cf15ca6bfa36e0.nudification.jsonl";
        for (file, words, kind, field) in [
            ("%/public/metadata/1.root.json", "Root, version 1, valid until 2036-", "root", "roles"),
            ("%/public/metadata/2.targets.json", "demo: 2 of demo-one, demo-two", "targets", "roles"),
            ("%/public/metadata/timestamp.json", "snapshot.json, version 3", "other", "files"),
            (list, "authority    Demonstration authority", "list", "expired_rules"),
        ] {
            assert!(show(&format!("show {file}")).contains(words), "{file}");
            let json: Value = serde_json::from_str(&show(&format!("show {file} --json"))).unwrap();
            assert_eq!(json["kind"], kind);
            assert!(json.get(field).is_some(), "{json}");
        }
    }

    #[test]
    fn keys_and_signatures_are_told_apart() {
        let folder = desk();
        let play = |line: &str| play(folder.path(), line, NOW).unwrap().1;
        let with = "--yes --passphrase-file @/pass";
        play(&format!("init @/desk --holders ana ben {with}"));
        play("key new zoe --folder @/keys --unencrypted --yes");
        play("rotate @/desk root --add @/keys/zoe.pub.json --yes");
        play("export @/desk @/bundle --yes");
        play(&format!("sign @/bundle --key @/desk/keys/ben.pem --output @/signatures {with}"));
        let kind = |file: &str| {
            serde_json::from_str::<Value>(&play(&format!("show @/{file} --json"))).unwrap()["kind"].clone()
        };
        assert_eq!((kind("keys/zoe.pub.json"), kind("signatures")), ("key".into(), "signatures".into()));
        assert!(play("show @/keys/zoe.pub.json").starts_with("The public key of zoe.\n  id "));
        assert!(play("show @/signatures").contains("\n  root, version 2, by the key "));
        let told = play("show @/keys/zoe.pem");
        assert_eq!(told, "A private key, which is never shown. Keep it where it is safe.\n");
        assert_eq!(kind("keys/zoe.pem"), "privatekey");
    }

    #[test]
    fn days_and_times_are_read() {
        assert_eq!(parse_time("2028-01-01").unwrap(), parse_time("2028-01-01T01:00:00+01:00").unwrap());
        assert!(parse_time("next year").is_err());
        let folder = desk();
        let error = play(folder.path(), "init @/desk --holders ana ben --days fr=1 --yes", NOW).unwrap_err();
        assert!(error.to_string().contains("ROLE=DAYS"), "{error}");
    }

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }
}
