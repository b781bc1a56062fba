//! The rules as they are, for people and other programs: a table, and JSON. And the shape of CERT Polska's list, which
//! resolvers load.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;

use super::deciding::{Deciding, NOTHING};
use super::kind::Kind;
use super::lines;
use super::loss::Told;
use super::meaning::Meaning;
use super::settings::Source;
use crate::blocklist::{Details, Effect, Header, Rule, Scope, Trigger};

const OWN_DATA: &str = "answered with data of its own, which is left out";
const NO_CASE: &str = "its case number, since this shape has numbers of its own";
/// The characters at which spreadsheets take a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A rule, or a name that is never blocked.
#[derive(Serialize)]
struct Entry<'r> {
    /// The name, or the network.
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<Scope>,
    effect: &'static str,
    #[serde(flatten)]
    details: &'r Details,
}

#[derive(Serialize)]
struct Document<'r> {
    header: Option<&'r Header>,
    rules: Vec<Entry<'r>>,
}

pub(super) fn compose_csv(source: Source<'_>, out: &mut dyn Write) -> io::Result<Told> {
    let mut told = Told::default();
    write!(out, "name,scope,effect,case,listed,expires,category\r\n")?;
    for Entry { name, scope, effect, details } in entries(source, &mut told) {
        let moment = |moment: Option<Timestamp>| moment.map(|it| it.to_string()).unwrap_or_default();
        let said = [
            details.reference.clone().unwrap_or_default(),
            moment(details.listed),
            moment(details.expires),
            details.category.clone().unwrap_or_default(),
        ];
        let scope = match scope {
            Some(Scope::Domain) => "domain",
            Some(Scope::Host) => "host",
            Some(Scope::Below) => "below",
            None => "network",
        };
        write!(out, "{name},{scope},{effect},{}\r\n", said.map(|cell| quoted(&cell)).join(","))?;
        told.written += 1;
    }
    out.flush()?;
    Ok(told)
}

pub(super) fn compose_json(source: Source<'_>, out: &mut dyn Write) -> io::Result<Told> {
    let mut told = Told::default();
    let rules = entries(source, &mut told);
    told.written = rules.len() as u64;
    serde_json::to_writer(&mut *out, &Document { header: source.header, rules })?;
    writeln!(out)?;
    out.flush()?;
    Ok(told)
}

/// The rules, then the names that are never blocked.
fn entries<'r>(source: Source<'r>, told: &mut Told) -> Vec<Entry<'r>> {
    let rules = source.rules.iter().filter_map(|rule| entry(rule, told));
    let mut entries: Vec<Entry<'r>> = rules.collect();
    entries.extend(source.protected.iter().map(|name| Entry {
        name: name.to_host(),
        scope: Some(Scope::Domain),
        effect: "allow",
        details: &NOTHING,
    }));
    entries
}

fn entry<'r>(rule: &'r Rule, told: &mut Told) -> Option<Entry<'r>> {
    let (name, scope) = match &rule.trigger {
        Trigger::Name(name, scope) => (name.to_host(), Some(*scope)),
        Trigger::Network(network) => (network.to_string(), None),
    };
    let effect = match &rule.effect {
        // Whoever acts on a table must not block by it.
        _ if rule.details.staged => "staged",
        Effect::Block => "block",
        Effect::Allow => "allow",
        Effect::Nxdomain => "nxdomain",
        Effect::Nodata => "nodata",
        Effect::Drop => "drop",
        Effect::TcpOnly => "tcp-only",
        Effect::Local(_) => {
            told.lose(OWN_DATA, name);
            return None;
        }
    };
    Some(Entry { name, scope, effect, details: &rule.details })
}

/// A position of the register.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Position {
    register_position_id: usize,
    domain_address: String,
    insert_date: Option<String>,
    delete_date: Option<String>,
}

/// The names that a list of names with all below them can hold, with their dates.
pub(super) fn compose_register(
    meaning: &Meaning,
    source: Source<'_>,
    out: &mut dyn Write,
) -> io::Result<Told> {
    let deciding = Deciding::of(source.rules);
    // Dates of the register are without a zone.
    let moment = |moment: Timestamp| moment.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let (mut positions, mut cases) = (Vec::new(), Vec::new());
    let mut told = lines::say(Kind::Domains, meaning, |name, part, line| {
        let details = deciding.details(name, part);
        cases.extend(&details.reference);
        positions.push(Position {
            register_position_id: positions.len() + 1,
            domain_address: line.to_owned(),
            insert_date: details.listed.map(moment),
            delete_date: details.expires.map(moment),
        });
        Ok(())
    })?;
    cases.into_iter().for_each(|case| told.lose(NO_CASE, case));
    serde_json::to_writer(&mut *out, &positions)?;
    writeln!(out)?;
    out.flush()?;
    Ok(told)
}

/// A cell of a table (RFC 4180), which no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let cell = if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() };
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::{self, Format};
    use crate::dns::Name;

    const LIST: &str = concat!(
        r#"{"list":"xx/a","serial":3,"jurisdiction":"XX","category":"c","authority":"A","legal_basis":"L","#,
        r#""appeal":"mailto:a@b.example","issued":"2026-01-01T00:00:00Z","expires":"2027-01-01T00:00:00Z"}"#,
        "\n",
        r#"{"name":"-a.example","ref":"=1, \"2\"","listed":"2026-01-02T03:04:05Z","expires":"2026-12-31T00:00:00Z"}"#,
        "\n",
        r#"{"name":"b.example","scope":"host","category":"x"}"#,
        "\n",
        r#"{"name":"c.example"}"#,
        "\n",
        r#"{"name":"c.example","ref":"9","staged":true}"#,
        "\n",
        r#"{"name":"d.example","staged":true}"#,
        "\n"
    );

    fn written(kind: Kind) -> (String, Told) {
        let mut rules = Vec::new();
        let report =
            blocklist::read(LIST.as_bytes(), Some(Format::Jsonl), "list", |rule| rules.push(rule)).unwrap();
        let protected = [Name::from_text("help.c.example").unwrap()];
        let source = Source { header: report.header.as_ref(), rules: &rules, protected: &protected };
        let mut out = Vec::new();
        let told = match kind {
            Kind::Csv => compose_csv(source, &mut out),
            Kind::Json => compose_json(source, &mut out),
            _ => compose_register(&Meaning::new(&rules, &protected, false), source, &mut out),
        };
        (String::from_utf8(out).unwrap(), told.unwrap())
    }

    #[test]
    fn a_table_holds_every_rule_and_exception_and_no_formula() {
        let (table, told) = written(Kind::Csv);
        assert_eq!(
            table.replace("\r\n", "\n"),
            "name,scope,effect,case,listed,expires,category\n\
             -a.example,domain,block,\"'=1, \"\"2\"\"\",2026-01-02T03:04:05Z,2026-12-31T00:00:00Z,\n\
             b.example,host,block,,,,x\n\
             c.example,domain,block,,,,\n\
             c.example,domain,staged,9,,,\n\
             d.example,domain,staged,,,,\n\
             help.c.example,domain,allow,,,,\n"
        );
        assert_eq!((told.written, told.losses), (6, Vec::new()));
    }

    #[test]
    fn json_holds_header_rules_and_exceptions() {
        let value: serde_json::Value = serde_json::from_str(&written(Kind::Json).0).unwrap();
        assert_eq!((&value["header"]["serial"], &value["rules"][1]["scope"]), (&3.into(), &"host".into()));
        assert_eq!(
            (&value["rules"][0]["ref"], &value["rules"][5]["effect"]),
            (&"=1, \"2\"".into(), &"allow".into())
        );
        assert_eq!(
            (&value["rules"][3]["effect"], &value["rules"][3]["staged"]),
            (&"staged".into(), &true.into())
        );
        assert_eq!(value["rules"][2]["staged"], serde_json::Value::Null);
    }

    #[test]
    fn the_register_s_shape_is_read_back_without_what_it_would_block_too() {
        let (register, told) = written(Kind::CertPolska);
        let mut rules = Vec::new();
        let read =
            blocklist::read(register.as_bytes(), Some(Format::CertPolska), "list", |rule| rules.push(rule));
        assert_eq!((read.unwrap().faulty, rules.len()), (0, 1), "{register}");
        let Details { listed, expires, .. } = &rules[0].details;
        assert_eq!(*listed, Some("2026-01-02T03:04:05Z".parse().unwrap()));
        assert_eq!(*expires, Some("2026-12-31T00:00:00Z".parse().unwrap()));
        let losses: Vec<u64> = told.losses.iter().map(|loss| loss.count).collect();
        assert_eq!(losses, [1, 1, 1], "{:?}", told.losses);
    }
}
