//! The commands about what the running program knows of names: `lookup` and `flush`.

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::admin::{Flushed, Lookup};
use crate::answer::CachedAnswer;
use crate::blocklist::typed_name;
use crate::cli::Console;
use crate::cli::running::ask_running;
use crate::dns::Name;
use crate::resolver::{KnownFact, KnownServer, KnownServers};

#[derive(Args)]
pub(super) struct Look {
    /// The name, such as `www.example.org`
    name: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub(super) struct Flush {
    /// Forget this name
    name: Option<String>,
    /// Forget this name and all below it
    #[arg(long, value_name = "NAME")]
    zone: Option<String>,
    /// Forget all names and all that is known of servers
    #[arg(long)]
    all: bool,
}

/// Shows what is known of a name.
pub(super) fn lookup(admin: SocketAddr, look: &Look, console: &mut Console<'_>) -> Result<ExitCode> {
    let path = format!("/lookup?{}", query("name", &read(&look.name)?));
    let text = ask_running(admin, "GET", &path)?;
    console.tell(if look.json { text } else { in_words(&serde_json::from_str(&text)?) })?;
    Ok(ExitCode::SUCCESS)
}

/// Forgets names.
pub(super) fn flush(admin: SocketAddr, flush: &Flush, console: &mut Console<'_>) -> Result<ExitCode> {
    let (query, what) = match (&flush.name, &flush.zone) {
        (Some(name), _) => {
            let name = read(name)?;
            (query("name", &name), name.to_string())
        }
        (None, Some(zone)) => {
            let zone = read(zone)?;
            if zone.is_root() {
                bail!("below the root is everything; if that is meant, write `rempart flush --all`");
            }
            (query("zone", &zone), format!("{zone} and all below it"))
        }
        (None, None) => ("all=1".to_owned(), "everything".to_owned()),
    };
    let text = ask_running(admin, "POST", &format!("/flush?{query}"))?;
    let Flushed { answers, known } = serde_json::from_str(&text)?;
    console.tell(format!("{what}: forgot {answers} cached answers and {known} entries of the resolver"))?;
    Ok(ExitCode::SUCCESS)
}

/// A name as a person gives it.
pub(super) fn read(text: &str) -> Result<Name> {
    typed_name(text).with_context(|| format!("`{text}` is not a domain name"))
}

fn query(key: &str, name: &Name) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair(key, &name.to_string()).finish()
}

fn in_words(lookup: &Lookup) -> String {
    let Lookup { name, answers, known } = lookup;
    let mut lines = vec![name.clone(), "cached answers".to_owned()];
    lines.extend(answers.iter().map(answer));
    or_none(&mut lines);
    lines.push("facts".to_owned());
    lines.extend(known.facts.iter().flat_map(fact));
    or_none(&mut lines);
    if !known.failures.is_empty() {
        lines.push("failures".to_owned());
        let failure = known.failures.iter().map(|failure| {
            format!("  {}: {}; {}", failure.rtype, failure.why, until("remembered", failure.seconds))
        });
        lines.extend(failure);
    }
    lines.push("trust".to_owned());
    lines.extend(known.trust.iter().map(|trust| {
        let until =
            trust.seconds.map_or_else(String::new, |seconds| format!(", {}", until("known", seconds)));
        format!("  {}: {}{}{until}", trust.zone, trust.verdict, because(trust.why.as_ref()))
    }));
    or_none(&mut lines);
    lines.extend(known.proofs.iter().map(|proofs| {
        format!("proofs\n  {} proved records of {} deny names without asking", proofs.records, proofs.zone)
    }));
    lines.push("servers".to_owned());
    lines.extend(known.servers.iter().flat_map(servers));
    or_none(&mut lines);
    lines.join("\n")
}

/// Says so where a heading has nothing below it.
fn or_none(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|line| !line.starts_with(' ')) {
        lines.push("  none".to_owned());
    }
}

fn answer(answer: &CachedAnswer) -> String {
    let flags = [
        (answer.authentic, "authentic"),
        (answer.dnssec_ok, "with signatures"),
        (answer.checking_disabled, "unchecked"),
        (answer.made, "made for a NAT64"),
    ];
    let flags: String = flags.iter().filter(|(set, _)| *set).map(|(_, word)| format!(", {word}")).collect();
    let leads = match &answer.leads_to[..] {
        [] => String::new(),
        names => format!(", leads to {}", names.join(", ")),
    };
    let errors: String = answer.errors.iter().map(|error| format!("; {error}")).collect();
    let rcode = match answer.rcode {
        0 => "NOERROR".to_owned(),
        2 => "SERVFAIL".to_owned(),
        3 => "NXDOMAIN".to_owned(),
        other => format!("RCODE{other}"),
    };
    let CachedAnswer { rtype, records, seconds, .. } = answer;
    format!("  {rtype} {rcode}, {records} records, {seconds} s left{flags}{leads}{errors}")
}

fn fact(fact: &KnownFact) -> Vec<String> {
    let rtype = fact.rtype.as_ref().map_or_else(String::new, |rtype| format!(" {rtype}"));
    let said = match fact.server {
        Some(server) => format!("said by {server} for {}", fact.zone),
        None => format!("concluded from proofs of {}", fact.zone),
    };
    let (verdict, why) = (&fact.verdict, because(fact.why.as_ref()));
    let head =
        format!("  {}{rtype}: {}, {verdict}{why}, {}, {said}", fact.name, fact.says, left(fact.seconds));
    std::iter::once(head).chain(fact.records.iter().map(|record| format!("    {record}"))).collect()
}

fn servers(servers: &KnownServers) -> Vec<String> {
    let held = servers.seconds.map_or_else(String::new, |seconds| format!(", {}", left(seconds)));
    let mut lines = vec![format!("  {} ({}{held})", servers.zone, servers.by)];
    lines.extend(servers.servers.iter().map(server));
    lines.extend(servers.without_address.iter().map(|name| format!("    {name}: no address known")));
    lines
}

fn server(server: &KnownServer) -> String {
    let name = server.name.as_ref().map_or_else(String::new, |name| format!("{name} "));
    let mut facts = vec![match server.milliseconds {
        Some(time) => format!("{time} ms"),
        None => "no reply yet".to_owned(),
    }];
    let known = [
        (server.edns == Some(true), "EDNS"),
        (server.edns == Some(false), "no EDNS"),
        (server.cookie, "cookie"),
        (server.folds_case, "changes letters"),
        (server.lame, "LAME"),
    ];
    facts.extend(known.iter().filter(|(is, _)| *is).map(|(_, word)| (*word).to_owned()));
    facts.extend(server.resting.map(|seconds| format!("RESTING for {seconds} s")));
    format!("    {name}{}: {}", server.address, facts.join(", "))
}

fn because(why: Option<&String>) -> String {
    why.map_or_else(String::new, |why| format!(" ({why})"))
}

fn left(seconds: i64) -> String {
    if seconds > 0 { format!("{seconds} s left") } else { format!("ENDED {} s ago", -seconds) }
}

fn until(what: &str, seconds: i64) -> String {
    if seconds > 0 { format!("{what} for {seconds} s") } else { format!("over for {} s", -seconds) }
}

#[cfg(test)]
mod tests {
    use clap::{Parser, Subcommand};

    use super::*;

    #[derive(Parser)]
    struct Program {
        #[command(subcommand)]
        command: Command,
    }

    #[derive(Subcommand)]
    enum Command {
        Flush(Flush),
    }

    #[test]
    fn nothing_is_emptied_by_a_slip() {
        for (arguments, understood) in [
            (&["a.example"][..], true),
            (&["--zone", "a.example"], true),
            (&["--all"], true),
            (&[], false),
            (&["--zone"], false),
            (&["--all", "a.example"], false),
            (&["a.example", "--zone", "example"], false),
            (&["--zone", "example", "--all"], false),
            (&["a.example", "b.example"], false),
        ] {
            let parsed = Program::try_parse_from(["rempart", "flush"].iter().chain(arguments));
            assert_eq!(parsed.is_ok(), understood, "{arguments:?}");
        }
    }

    const LOOKUP: &str = r#"{
        "name": "www.example.",
        "answers": [{
            "rtype": "A", "rcode": 3, "records": 0, "leads_to": ["b.example."], "seconds": 7, "authentic": true,
            "dnssec_ok": true, "checking_disabled": false, "made": false, "errors": ["stale"]
        }],
        "known": {
            "facts": [{
                "name": "www.example.", "rtype": "A", "says": "records", "records": ["A 192.0.2.7"], "seconds": -5,
                "verdict": "bogus", "why": "the signature is wrong", "zone": "example.", "server": "192.0.2.1:53"
            }],
            "failures": [{"rtype": "MX", "why": "silence", "seconds": 4}],
            "servers": {
                "zone": "example.", "by": "delegation", "seconds": 90,
                "servers": [{
                    "name": "ns.example.", "address": "192.0.2.1:53", "milliseconds": 12, "edns": false,
                    "cookie": true, "folds_case": true, "resting": 3, "lame": true
                }],
                "without_address": ["ns.other."]
            },
            "trust": {"zone": "example.", "verdict": "secure", "why": null, "seconds": 60},
            "proofs": {"zone": "example.", "records": 2}
        }
    }"#;

    #[test]
    fn what_is_known_is_told_in_words() {
        let lookup = serde_json::from_str(LOOKUP).unwrap();
        let expected = "\
www.example.
cached answers
  A NXDOMAIN, 0 records, 7 s left, authentic, with signatures, leads to b.example.; stale
facts
  www.example. A: records, bogus (the signature is wrong), ENDED 5 s ago, said by 192.0.2.1:53 for example.
    A 192.0.2.7
failures
  MX: silence; remembered for 4 s
trust
  example.: secure, known for 60 s
proofs
  2 proved records of example. deny names without asking
servers
  example. (delegation, 90 s left)
    ns.example. 192.0.2.1:53: 12 ms, no EDNS, cookie, changes letters, LAME, RESTING for 3 s
    ns.other.: no address known";
        assert_eq!(in_words(&lookup), expected);
        let nothing = in_words(&Lookup { name: ".".into(), ..Lookup::default() });
        assert_eq!(nothing.matches("  none").count(), 4, "{nothing}");
    }
}
