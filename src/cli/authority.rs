//! The commands of `rempart-authority`.
//!
//! Every command that writes tells what it will do, then asks, then does it. The work itself is in the room
//! `authority`; here are the words.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use clap::{Args, Parser, Subcommand};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use crate::authority::{
    Charter, Error, Format, Founding, KeySource, Order, Package, Proposal, ROOT_FILE, Report, Shown,
    keys_beside, progress,
};
use crate::cli::{Console, Secrets};

/// `verify`: everything is authentic, and something is out of date.
const OUT_OF_DATE: u8 = 3;
/// How long a root is valid unless its founders say otherwise.
const ROOT_VALIDITY: SignedDuration = SignedDuration::from_hours(365 * 24);

const EXIT_CODES: &str = "\
Exit codes:
  0  done; for `verify`: authentic and current
  1  refused or failed; the reason is on standard error
  2  the command line is not understood
  3  `verify`: authentic, but out of date";

/// Makes, signs and checks the blocklists of an authority.
#[derive(Parser)]
#[command(name = "rempart-authority", version, after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(Init),
    Pack(Pack),
    Sign(Sign),
    Verify(Verify),
    Show(Show),
}

/// Make a key for each holder, and the root that resolvers pin.
#[derive(Args)]
struct Init {
    /// Folder to publish, for root.json and later the lists
    folder: PathBuf,
    /// Names of the people who will hold a key, such as `--holders ana ben cleo`
    #[arg(long, required = true, num_args = 1..)]
    holders: Vec<String>,
    /// How many holders must sign; at least 2
    #[arg(long, default_value_t = 2)]
    threshold: u64,
    /// From when on the root is out of date, as YYYY-MM-DD or a full time [default: a year from now]
    #[arg(long, value_parser = parse_time)]
    expires: Option<Timestamp>,
    /// Folder for the private keys [default: FOLDER-keys, beside the one to publish]
    #[arg(long)]
    keys: Option<PathBuf>,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Bring a list from any known format into the one that is published.
#[derive(Args)]
struct Pack {
    /// The rules: plain domains, hosts, dnsmasq, adblock, rpz, cert-polska or jsonl; gzip and zstd are undone
    input: PathBuf,
    /// Who lists these names, under what law, and where to appeal: a TOML file
    #[arg(long)]
    header: PathBuf,
    /// The list; compressed where the name ends in .zst
    #[arg(long)]
    output: PathBuf,
    /// Format of the input [default: told from its content]
    #[arg(long)]
    format: Option<Format>,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Sign lists: the first holder names them with --target, every further holder adds a signature.
#[derive(Args)]
struct Sign {
    /// Targets metadata: targets.json of the folder that will be published
    metadata: PathBuf,
    /// The root that names the holders
    #[arg(long)]
    root: PathBuf,
    /// Your private key: a file, or a PKCS#11 URI of a key on a token
    #[arg(long, value_parser = KeySource::parse)]
    key: KeySource,
    #[command(flatten)]
    secrets: Secrets,
    /// All lists that the new metadata shall speak of; they lie beside it
    #[arg(long = "target", value_name = "LIST", num_args = 1..)]
    lists: Vec<PathBuf>,
    /// Version of the new metadata [default: one more than the newest known]
    #[arg(long = "version", value_name = "NUMBER")]
    number: Option<u64>,
    /// From when on the new metadata is out of date, as YYYY-MM-DD or a full time [default: in 90 days]
    #[arg(long, value_parser = parse_time)]
    expires: Option<Timestamp>,
    /// The folder as it is published now, to show what changes
    #[arg(long, value_name = "FOLDER")]
    previous: Option<PathBuf>,
    /// Sign without asking
    #[arg(long)]
    yes: bool,
}

/// Check a published folder as a resolver would.
#[derive(Args)]
struct Verify {
    /// The folder
    folder: PathBuf,
    /// The root that you pinned [default: root.json of the folder, which proves nothing about who made it]
    #[arg(long)]
    root: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Tell what a list, a root or targets metadata says, without checking who signed it.
#[derive(Args)]
struct Show {
    /// The file
    file: PathBuf,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Runs one command. Errors mean exit code 1.
pub fn run(arguments: Arguments, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
    match arguments.command {
        Command::Init(command) => init(command, now, console),
        Command::Pack(command) => pack(&command, console),
        Command::Sign(command) => sign(&command, now, console),
        Command::Verify(command) => verify(&command, now, console),
        Command::Show(command) => show(&command, now, console),
    }
}

fn init(command: Init, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
    let beside = || keys_beside(&command.folder).context("name the folder for the private keys with --keys");
    let charter = Charter {
        holders: command.holders,
        threshold: command.threshold,
        expires: command.expires.map_or_else(|| now.checked_add(ROOT_VALIDITY), Ok)?,
        keys: command.keys.map_or_else(beside, Ok)?,
        folder: command.folder,
    };
    let founding = Founding::prepare(charter, now)?;
    console.tell(&founding)?;
    console.confirm("Make them?", command.yes)?;
    founding.carry_out(|| {
        let mut seed = [0; 32];
        aws_lc_rs::rand::fill(&mut seed).map_err(|_| Error::NoKey)?;
        Ok(seed)
    })?;
    console
        .tell("Done. Give each key to its holder and to nobody else, then remove it from this machine.")?;
    Ok(ExitCode::SUCCESS)
}

fn pack(command: &Pack, console: &mut Console<'_>) -> Result<ExitCode> {
    let package = Package::prepare(&command.input, command.format, &command.header, &command.output)?;
    console.tell(&package)?;
    console.confirm("Write it?", command.yes)?;
    package.write()?;
    console.tell("Done. Now the holders sign it.")?;
    Ok(ExitCode::SUCCESS)
}

fn sign(command: &Sign, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
    let order = Order {
        metadata: &command.metadata,
        root: &command.root,
        key: &command.key,
        lists: &command.lists,
        version: command.number,
        expires: command.expires,
        previous: command.previous.as_deref(),
        now,
    };
    let proposal = Proposal::prepare(&order, &mut |what| command.secrets.known(what, console))?;
    console.tell(&proposal)?;
    console.confirm("Sign this?", command.yes)?;
    let tally = proposal.sign()?;
    console.tell(progress(&tally))?;
    Ok(ExitCode::SUCCESS)
}

fn verify(command: &Verify, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
    let root = command.root.clone().unwrap_or_else(|| command.folder.join(ROOT_FILE));
    let report = Report::verify(&command.folder, &root, now)?;
    if command.json {
        console.tell(serde_json::to_string_pretty(&report)?)?;
    } else {
        if command.root.is_none() {
            console.tell(format_args!(
                "Note: {} comes from the folder itself. It proves nothing about who made it; give the copy \
                 that you pinned with --root.\n",
                root.display()
            ))?;
        }
        console.tell(&report)?;
    }
    Ok(if report.current { ExitCode::SUCCESS } else { ExitCode::from(OUT_OF_DATE) })
}

fn show(command: &Show, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
    let shown = Shown::read(&command.file, now)?;
    if command.json {
        console.tell(serde_json::to_string_pretty(&shown)?)?;
    } else {
        console.tell(&shown)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A day, which begins at midnight UTC, or a full time with its offset.
fn parse_time(text: &str) -> Result<Timestamp> {
    if let Ok(time) = text.parse() {
        return Ok(time);
    }
    let date: Date = text.parse().map_err(|_| anyhow!("write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ"))?;
    Ok(date.to_zoned(TimeZone::UTC)?.timestamp())
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::path::Path;

    use super::*;
    use crate::authority::{Cost, FileKey, Protection, Secret};

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

    #[test]
    fn two_holders_publish_what_one_cannot() {
        let folder = tempfile::tempdir().unwrap();
        let play = |line: &str, now: &str| play(folder.path(), line, now);
        play("init @/publish --holders ana ben cleo --threshold 2 --expires 2028-01-01 --yes", NOW).unwrap();
        let pack = "pack %/demo.jsonl --header %/header.toml --output @/publish/demo.jsonl --yes";
        assert!(play(pack, NOW).unwrap().1.starts_with("12 rules of "));

        let sign = "sign @/publish/targets.json --root @/publish/root.json --yes --key @/publish-keys";
        let (_, told) = play(&format!("{sign}/ana.pem --target @/publish/demo.jsonl"), NOW).unwrap();
        assert!(told.contains("1 of 2 signatures: not yet valid. Who can sign still: ben, cleo"), "{told}");
        let error = play("verify @/publish", NOW).unwrap_err();
        assert!(
            format!("{error:#}").ends_with("1 of 2 signatures needed for targets are valid"),
            "{error:#}"
        );

        let (_, told) = play(&format!("{sign}/ben.pem"), NOW).unwrap();
        assert!(told.contains("list         demo/nudification, serial 1"), "{told}");
        assert!(told.contains("Signed so far by: ana"), "{told}");
        assert!(told.contains("2 of 2 signatures: valid. Signed by: ana, ben"), "{told}");
        let (code, told) = play("verify @/publish", NOW).unwrap();
        assert_eq!(code, ExitCode::SUCCESS);
        assert!(told.contains("comes from the folder itself"), "{told}");
        assert!(told.ends_with("Authentic and current.\n"), "{told}");

        // Ninety days later the signatures are as good, and the metadata is too old.
        for (now, code) in [("2026-05-29T23:59:59Z", 0), ("2026-05-30T00:00:00Z", OUT_OF_DATE)] {
            let (found, told) = play("verify @/publish --root @/publish/root.json --json", now).unwrap();
            assert_eq!(found, ExitCode::from(code), "{now}");
            let told: serde_json::Value = serde_json::from_str(&told).unwrap();
            assert_eq!(
                (&told["current"], &told["targets"]["expired"]),
                (&(code == 0).into(), &(code != 0).into())
            );
            assert_eq!(told["lists"]["demo.jsonl"]["rules"], 12);
        }
    }

    #[test]
    fn an_encrypted_key_signs_with_its_passphrase() {
        let folder = tempfile::tempdir().unwrap();
        let play = |line: &str| play(folder.path(), line, NOW);
        play("init @/publish --holders ana ben --expires 2028-01-01 --yes").unwrap();
        play("pack %/demo.jsonl --header %/header.toml --output @/publish/demo.jsonl --yes").unwrap();
        let passphrase = Secret::new("one two three".to_owned());
        let key =
            FileKey::read(&folder.path().join("publish-keys/ana.pem"), &mut |_| panic!("asked")).unwrap();
        let cost = Cost { memory: 4, passes: 1 };
        let protection = Protection::Passphrase { passphrase: &passphrase, random: [9; 32], cost };
        std::fs::write(folder.path().join("ana.pem"), key.compose(&protection).unwrap().as_bytes()).unwrap();
        let mut file = tempfile::NamedTempFile::new_in(folder.path()).unwrap();
        file.write_all(b"one two three\n").unwrap();

        let sign = "sign @/publish/targets.json --root @/publish/root.json --yes --key @/ana.pem \
                    --target @/publish/demo.jsonl";
        let error = format!("{:#}", play(sign).unwrap_err());
        assert!(error.contains("cannot ask for the passphrase of ") && error.contains("--passphrase-file"));
        let (_, told) = play(&format!("{sign} --passphrase-file {}", file.path().display())).unwrap();
        assert!(told.contains("1 of 2 signatures"), "{told}");
    }

    #[test]
    fn without_consent_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        for line in [
            "init @/publish --holders ana ben",
            "pack %/demo.jsonl --header %/header.toml --output @/list.jsonl",
        ] {
            let error = play(folder.path(), line, NOW).unwrap_err();
            assert!(error.to_string().contains("--yes"), "{error}");
        }
        for file in ["publish", "publish-keys", "list.jsonl"] {
            assert!(!folder.path().join(file).exists());
        }
    }

    #[test]
    fn every_kind_of_file_is_shown() {
        let show = |line: &str| play(Path::new("/"), line, NOW).unwrap().1;
        assert!(show("show %/root.json").starts_with("Root, version 1, valid until 2036-"));
        assert!(show("show %/targets.json").contains("2 signatures, not checked here"));
        assert!(show("show %/demo.jsonl").contains("authority    Demonstration authority"));
        for (file, kind, field) in [
            ("root.json", "root", "roles"),
            ("targets.json", "targets", "signatures"),
            ("demo.jsonl", "list", "expired_rules"),
        ] {
            let json: serde_json::Value =
                serde_json::from_str(&show(&format!("show %/{file} --json"))).unwrap();
            assert_eq!(json["kind"], kind);
            assert!(json.get(field).is_some(), "{json}");
        }
    }

    #[test]
    fn days_and_times_are_read() {
        assert_eq!(parse_time("2028-01-01").unwrap(), parse_time("2028-01-01T01:00:00+01:00").unwrap());
        assert!(parse_time("next year").is_err());
    }
}
