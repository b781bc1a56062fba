//! The commands of `rempart`.
//!
//! `run` serves; the others look at the files (`check`), make some (`ca`) or ask the program that runs (`explain`, `lookup`, `flush`,
//! `reload`, `update`, `statistics`, `status`) on its administration address. Where none runs, `explain` decides from the files and
//! says so.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;

use crate::admin::{ListInForce, Status};
use crate::authority::plain;
use crate::cli::Console;
use crate::cli::ca::Ca;
use crate::cli::cache::{Flush, Look, flush, lookup, read};
use crate::cli::running::{REFUSED, Reload, Update, ask, ask_running, nobody, reload_now, told, update};
use crate::cli::statistics::{Told, statistics};
use crate::config::Config;
use crate::daemon;
use crate::dns::RecordType;
use crate::policy::{CaseFacts, Explanation, ListFacts, Ruling};
use crate::resolver::AnchorStatus;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  refused or failed; the reason is told
  2  the command line is not understood

Without a configuration the program is a demonstration on unprivileged ports of this machine.";

/// A recursive DNS resolver for lawful access blocking: signed, explained, contestable.
#[derive(Parser)]
#[command(name = "rempart", version, after_help = EXIT_CODES)]
pub struct Arguments {
    /// Configuration file; without one, the demonstration
    #[arg(long, short, global = true, env = "REMPART_CONFIG")]
    config: Option<PathBuf>,
    /// Write logs as JSON, one object a line
    #[arg(long, global = true)]
    pub log_json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve, until SIGTERM (this is what the program does without a command); SIGHUP reloads
    Run,
    /// Read configuration and lists, and say what is wrong with them
    Check,
    /// Say why a name is answered as it is
    Explain(Explain),
    /// Show what the running program knows of a name: answers, facts, trust, servers
    Lookup(Look),
    /// Have the running program forget a name, a zone, or everything
    Flush(Flush),
    /// Have the running program look at its configuration and lists now
    Reload(Reload),
    /// Follow authorities: update now, status, rollback, release
    #[command(subcommand)]
    Update(Update),
    #[command(subcommand)]
    Ca(Ca),
    Statistics(Told),
    /// Show what is in force
    Status {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
struct Explain {
    /// The name, such as `undress.example`
    #[arg(required_unless_present = "case")]
    name: Option<String>,
    /// In place of a name: what the lists say of the case with this number
    #[arg(long, conflicts_with_all = ["name", "client", "rtype"])]
    case: Option<String>,
    /// For the client with this address
    #[arg(long, default_value = "127.0.0.1")]
    client: IpAddr,
    /// For questions of this type
    #[arg(long = "type", default_value = "A")]
    rtype: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs a command; `random` is 16 octets that nobody can guess.
pub fn run(
    arguments: Arguments,
    random: [u8; 16],
    now: Timestamp,
    console: &mut Console<'_>,
) -> Result<ExitCode> {
    let path = arguments.config;
    let config = match &path {
        Some(path) => Config::read(path)?,
        None => Config::default(),
    };
    match arguments.command {
        None | Some(Command::Run) => {
            let listen = config.clone();
            daemon::run(config, path, random, || welcome(&listen, console))?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Check) => check(&config, random, now, console),
        Some(Command::Explain(asked)) => explain(&config, random, &asked, now, console),
        Some(Command::Lookup(look)) => lookup(config.server.admin, &look, console),
        Some(Command::Flush(names)) => flush(config.server.admin, &names, console),
        Some(Command::Reload(reload)) => reload_now(config.server.admin, &reload, console),
        Some(Command::Update(command)) => update(config.server.admin, &command, console),
        Some(Command::Ca(command)) => command.run(&config.ca, now, console),
        Some(Command::Statistics(told)) => statistics(config.server.admin, &told, console),
        Some(Command::Status { json }) => {
            let text = ask_running(config.server.admin, "GET", "/status")?;
            console.tell(if json { text } else { status_in_words(&serde_json::from_str(&text)?) })?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Says where the program listens and what to try. It serves whether or not anybody can read this.
fn welcome(config: &Config, console: &mut Console<'_>) {
    let show =
        |addresses: &[SocketAddr]| addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let server = &config.server;
    let mut text = format!("rempart {} serves\n", env!("CARGO_PKG_VERSION"));
    for (what, addresses) in [
        ("DNS", &server.listen),
        ("DNS over TLS", &server.tls),
        ("DNS over HTTPS", &server.https),
        ("DNS over QUIC", &server.quic),
        ("warning page", &server.page),
        ("page's HTTPS", &server.page_https()),
        ("administration", &vec![server.admin]),
    ] {
        if !addresses.is_empty() {
            text.push_str(&format!("  {what:<14}  {}\n", show(addresses)));
        }
    }
    if *config == Config::default() {
        text.push_str(
            "\nThis is the demonstration, with a signed list of reserved names. Try:\n\n  \
             kdig @127.0.0.1 -p 5300 undress.example\n  \
             kdig @127.0.0.1 -p 5300 undress.example HTTPS\n  \
             curl -i -H 'Host: undress.example' http://127.0.0.1:8451/\n  \
             rempart explain undress.example\n  \
             rempart status\n",
        );
    }
    let _ = console.tell(text);
}

fn check(config: &Config, random: [u8; 16], now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
    let check = daemon::check(config, random, now)?;
    for fault in &check.faults {
        console.tell(fault)?;
    }
    for list in &check.lists {
        console.tell(told(list))?;
    }
    if !check.sound {
        return Ok(ExitCode::from(REFUSED));
    }
    console.tell("configuration and lists are sound")?;
    Ok(ExitCode::SUCCESS)
}

fn explain(
    config: &Config,
    random: [u8; 16],
    asked: &Explain,
    now: Timestamp,
    console: &mut Console<'_>,
) -> Result<ExitCode> {
    if let Some(number) = &asked.case {
        return explain_case(config, random, (number, asked.json), now, console);
    }
    let name = read(asked.name.as_deref().unwrap_or_default())?;
    let Some(rtype) = RecordType::from_text(&asked.rtype) else {
        bail!("`{}` is not a record type; write A, AAAA, HTTPS, TYPE65 …", asked.rtype);
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("name", &name.to_string())
        .append_pair("client", &asked.client.to_string())
        .append_pair("type", &rtype.to_string())
        .finish();
    let explanation: Explanation = match ask(config.server.admin, "GET", &format!("/explain?{query}"))? {
        Some(text) => serde_json::from_str(&text)?,
        None => {
            if !asked.json {
                console
                    .tell(format!("{}\nSo this is decided from the files:\n", nobody(config.server.admin)))?;
            }
            daemon::explain(config, random, (asked.client, &name, rtype), now)?
        }
    };
    if asked.json {
        console.tell(serde_json::to_string_pretty(&explanation)?)?;
    } else {
        console.tell(in_words(&explanation))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn explain_case(
    config: &Config,
    random: [u8; 16],
    (number, as_json): (&str, bool),
    now: Timestamp,
    console: &mut Console<'_>,
) -> Result<ExitCode> {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("number", number).finish();
    let facts: Vec<CaseFacts> = match ask(config.server.admin, "GET", &format!("/case?{query}"))? {
        Some(text) => serde_json::from_str(&text)?,
        None => {
            if !as_json {
                console
                    .tell(format!("{}\nSo this is said from the files:\n", nobody(config.server.admin)))?;
            }
            daemon::case(config, random, number, now)?
        }
    };
    if as_json {
        console.tell(serde_json::to_string_pretty(&facts)?)?;
    } else if facts.is_empty() {
        console.tell(format!("no list in force has a case {number}"))?;
    } else {
        facts.iter().try_for_each(|facts| console.tell(case_in_words(number, facts)))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn case_in_words(number: &str, facts: &CaseFacts) -> String {
    let CaseFacts { list, rules, details, names } = facts;
    let mut lines = vec![format!("case {number}, rules in force: {rules}")];
    add_list(&mut lines, list);
    add(&mut lines, "category", details.category.clone());
    add(&mut lines, "listed", details.listed.map(|date| date.to_string()));
    add(&mut lines, "expires", details.expires.map(|date| date.to_string()));
    let names = if names.is_empty() {
        "withheld: the list does not make them public".into()
    } else {
        names.join(" ")
    };
    add(&mut lines, "names", Some(names));
    lines.join("\n")
}

fn add(lines: &mut Vec<String>, what: &str, value: Option<String>) {
    lines.extend(value.map(|value| format!("  {what:<12} {value}")));
}

fn add_list(lines: &mut Vec<String>, list: &ListFacts) {
    add(lines, "list", Some(list.name.clone()));
    if let Some(header) = &list.header {
        add(lines, "authority", Some(format!("{} ({})", header.authority, header.jurisdiction)));
        add(lines, "legal basis", Some(header.legal_basis.clone()));
        add(lines, "appeal", Some(header.appeal.clone()));
    }
}

fn in_words(explanation: &Explanation) -> String {
    let Explanation { name, group, .. } = explanation;
    let mut lines = vec![match explanation.ruling {
        Ruling::Denied => format!("{name} is not answered: this client is not in answer.clients"),
        Ruling::Pass => format!("{name} is not blocked for group `{group}`"),
        Ruling::Protected => format!("{name} is listed, but must stay reachable and is never blocked"),
        Ruling::Exempt => format!("{name} is listed, but exempt for group `{group}`"),
        Ruling::Shadow => format!("{name} is listed for group `{group}`, but only counted (shadow)"),
        Ruling::Rebinding => format!(
            "{name} leads inside the network and is not answered for group `{group}` (rebinding protection)"
        ),
        Ruling::Block => format!("{name} is blocked for group `{group}`"),
    }];
    let mut fact = |what: &str, value: Option<String>| add(&mut lines, what, value);
    fact("answer", explanation.answer.clone());
    fact("because of", explanation.through.as_ref().map(|behind| format!("{behind}, to which it leads")));
    fact("exemption", explanation.exemption.clone());
    explanation.list.iter().for_each(|list| add_list(&mut lines, list));
    let mut fact = |what: &str, value: Option<String>| add(&mut lines, what, value);
    if let Some(rule) = &explanation.rule {
        let scope = rule.scope.map_or("the network".into(), |scope| scope.to_string());
        fact("rule", Some(format!("{} ({scope}), line {}", rule.listed_as, rule.line)));
        fact("case", rule.details.reference.clone());
        fact("listed", rule.details.listed.map(|date| date.to_string()));
        fact("expires", rule.details.expires.map(|date| date.to_string()));
        fact("overrides", rule.details.overrides.as_ref().map(|reason| format!("a guard rail: {reason}")));
    }
    for staged in &explanation.staged {
        let details = staged.rule.as_ref().map(|rule| &rule.details);
        let case = details.and_then(|details| details.reference.as_ref());
        let case = case.map_or_else(String::new, |case| format!(", case {}", plain(case)));
        let through =
            staged.through.as_ref().map_or_else(String::new, |name| format!(", as it leads to {name}"));
        fact(
            "staged",
            Some(format!("would be blocked by list {}{case}{through}; not in force", staged.list.name)),
        );
    }
    fact("generation", Some(explanation.generation.to_string()));
    lines.join("\n")
}

fn status_in_words(status: &Status) -> String {
    let mut lines = vec![format!("rempart {}, generation {}", status.version, status.generation)];
    for list in &status.lists {
        let serial = list.serial.map_or(String::new(), |serial| format!(", serial {serial}"));
        let authority = list.authority.as_ref().map_or(String::new(), |authority| format!(", {authority}"));
        let expires = list.expires.as_ref().map_or(String::new(), |expires| format!(", until {expires}"));
        lines.push(format!("  list {}: {} rules{serial}{authority}{expires}", list.name, list.rules));
        lines.extend(staged_in_words(list));
    }
    for anchor in &status.anchors {
        lines.push(format!("  trust anchor {}: {}", anchor.zone, anchor_in_words(anchor)));
        lines.extend(anchor.failure.as_ref().map(|failure| format!("    LAST LOOK FAILED: {failure}")));
    }
    lines.extend(status.clock_error.map(|seconds| {
        let direction = if seconds > 0 { "AHEAD" } else { "BEHIND" };
        format!("  THE CLOCK SEEMS TO BE {} s {direction}: see the log", seconds.unsigned_abs())
    }));
    let mebibytes = status.cache_octets as f64 / f64::from(1 << 20);
    lines.push(format!("  cache: {} answers, {mebibytes:.1} MiB", status.cache_entries));
    lines.join("\n")
}

/// What there is to say of the rules of a list that are not in force.
fn staged_in_words(list: &ListInForce) -> Option<String> {
    let share = list.shadow.map_or_else(|| "no".into(), |share| format!("{share} % of"));
    let here = if list.counts_staged { "this one counts" } else { "this one does not count" };
    let told = format!(
        "    staged, not in force: {} rules; {share} resolvers count what they would block, {here}",
        list.staged
    );
    (list.staged > 0).then_some(told)
}

fn anchor_in_words(anchor: &AnchorStatus) -> String {
    if !anchor.followed {
        return "as configured; its keys are not followed".into();
    }
    let keys: Vec<String> = anchor.keys.iter().map(|key| format!("{} {}", key.tag, key.state)).collect();
    let keys = if keys.is_empty() { "no key seen yet".into() } else { keys.join(", ") };
    let verified = anchor.verified.map_or_else(|| "not yet".into(), |moment| moment.to_string());
    format!("{keys}; verified {verified}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_overridden_is_told() {
        let explanation = r#"{
            "name": "undress.example.", "group": "everybody", "ruling": "block", "generation": 1,
            "rule": {"line": 2, "listed_as": "undress.example", "scope": "host", "override": "decision 7"}
        }"#;
        let words = in_words(&serde_json::from_str(explanation).unwrap());
        assert!(words.contains("\n  overrides    a guard rail: decision 7\n"), "{words}");
    }

    #[test]
    fn what_is_staged_is_told() {
        let explanation = r#"{
            "name": "www.example.", "group": "everybody", "ruling": "pass", "generation": 1, "staged": [
                {"list": {"name": "national"}, "rule":
                    {"line": 2, "listed_as": "www.example", "scope": "host", "ref": "7\u001b[2J", "staged": true}},
                {"list": {"name": "other"}, "through": "cdn.test."}
            ]
        }"#;
        let words = in_words(&serde_json::from_str(explanation).unwrap());
        let staged = "would be blocked by list national, case 7\\u{1b}[2J; not in force";
        assert!(words.contains(&format!("\n  staged       {staged}\n")), "{words}");
        let other = "would be blocked by list other, as it leads to cdn.test.; not in force";
        assert!(words.contains(&format!("\n  staged       {other}\n")), "{words}");
    }

    #[test]
    fn who_counts_what_is_staged_is_told() {
        let told = |staged, shadow, counts_staged| {
            staged_in_words(&ListInForce {
                name: "national".into(),
                rules: 3,
                staged,
                shadow,
                counts_staged,
                serial: None,
                authority: None,
                expires: None,
                octets: 0,
            })
        };
        assert_eq!(told(0, Some(10), false), None);
        let told = [told(2, Some(10), true), told(2, None, false)].map(Option::unwrap);
        assert_eq!(
            told.each_ref().map(|told| told.trim_start()),
            [
                "staged, not in force: 2 rules; 10 % of resolvers count what they would block, this one counts",
                "staged, not in force: 2 rules; no resolvers count what they would block, this one does not count"
            ]
        );
    }
}
