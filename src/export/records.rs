//! The rules as they are, for people and other programs: a table, JSON, the shape of CERT Polska's list.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use super::kind::Kind;
use super::loss::Told;
use super::settings::Source;
use crate::blocklist::{Details, Effect, Rule, Scope, Trigger};

const NOT_A_BLOCK: &str = "no block of a name, and left out";
const NOT_A_DOMAIN: &str =
    "listed alone, or without the name itself, and left out: this shape has names with all below them";
/// The characters at which spreadsheets take a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A rule that blocks a name.
#[derive(Serialize)]
struct Entry<'r> {
    name: String,
    scope: Scope,
    #[serde(flatten)]
    details: &'r Details,
}

pub(super) fn compose(kind: Kind, source: Source<'_>, out: &mut dyn Write) -> io::Result<Told> {
    let mut told = Told::default();
    let entries: Vec<Entry<'_>> = source.rules.iter().filter_map(|rule| entry(rule, &mut told)).collect();
    match kind {
        Kind::Csv => {
            writeln!(out, "name,scope,case,listed,expires,category")?;
            for entry in &entries {
                let Details { reference, listed, expires, category, .. } = entry.details;
                let moment =
                    |moment: &Option<jiff::Timestamp>| moment.map(|it| it.to_string()).unwrap_or_default();
                let scope = serde_json::to_value(entry.scope)?;
                let cells = [
                    entry.name.clone(),
                    scope.as_str().unwrap_or_default().to_owned(),
                    reference.clone().unwrap_or_default(),
                    moment(listed),
                    moment(expires),
                    category.clone().unwrap_or_default(),
                ];
                writeln!(out, "{}", cells.map(|cell| quoted(&cell)).join(","))?;
            }
            told.written = entries.len() as u64;
        }
        Kind::Json => {
            serde_json::to_writer(&mut *out, &json!({ "header": source.header, "rules": entries }))?;
            writeln!(out)?;
            told.written = entries.len() as u64;
        }
        _ => {
            let whole = entries.iter().filter(|entry| entry.scope == Scope::Domain);
            let positions: Vec<_> =
                whole.zip(1_u64..).map(|(entry, position)| register(entry, position)).collect();
            for entry in entries.iter().filter(|entry| entry.scope != Scope::Domain) {
                told.lose(NOT_A_DOMAIN, &entry.name);
            }
            told.written = positions.len() as u64;
            serde_json::to_writer(&mut *out, &positions)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(told)
}

fn entry<'r>(rule: &'r Rule, told: &mut Told) -> Option<Entry<'r>> {
    match (&rule.trigger, &rule.effect) {
        (Trigger::Name(name, scope), Effect::Block | Effect::Nxdomain | Effect::Nodata | Effect::Drop) => {
            let name = name.to_string().trim_end_matches('.').to_ascii_lowercase();
            Some(Entry { name, scope: *scope, details: &rule.details })
        }
        (Trigger::Name(name, _), _) => {
            told.lose(NOT_A_BLOCK, name);
            None
        }
        (Trigger::Network(network), _) => {
            told.lose(NOT_A_BLOCK, network);
            None
        }
    }
}

/// A position of the register, whose dates are without a zone and whose deletions say when they were.
fn register(entry: &Entry<'_>, position: u64) -> serde_json::Value {
    let moment = |moment: jiff::Timestamp| moment.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    json!({
        "RegisterPositionId": position,
        "DomainAddress": entry.name,
        "InsertDate": entry.details.listed.map(moment),
        "DeleteDate": null,
    })
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

    const LIST: &str = concat!(
        r#"{"list":"xx/a","serial":3,"jurisdiction":"XX","category":"c","authority":"A","legal_basis":"L","appeal":"mailto:a@b.example","issued":"2026-01-01T00:00:00Z","expires":"2027-01-01T00:00:00Z"}"#,
        "\n",
        r#"{"name":"a.example","ref":"=1, \"2\"","listed":"2026-01-02T03:04:05Z","category":"x"}"#,
        "\n",
        r#"{"name":"b.example","scope":"host"}"#,
        "\n"
    );

    fn written(kind: Kind) -> (String, Told) {
        let mut rules = Vec::new();
        let report =
            blocklist::read(LIST.as_bytes(), Some(Format::Jsonl), "list", |rule| rules.push(rule)).unwrap();
        let mut out = Vec::new();
        let source = Source { header: report.header.as_ref(), rules: &rules, protected: &[] };
        let told = compose(kind, source, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), told)
    }

    #[test]
    fn a_table_holds_every_rule_and_no_formula() {
        let (table, told) = written(Kind::Csv);
        assert_eq!(
            table,
            "name,scope,case,listed,expires,category\n\
             a.example,domain,\"'=1, \"\"2\"\"\",2026-01-02T03:04:05Z,,x\n\
             b.example,host,,,,\n"
        );
        assert_eq!((told.written, told.losses), (2, Vec::new()));
    }

    #[test]
    fn json_holds_header_and_rules() {
        let value: serde_json::Value = serde_json::from_str(&written(Kind::Json).0).unwrap();
        assert_eq!((&value["header"]["serial"], &value["rules"][1]["scope"]), (&json!(3), &json!("host")));
        assert_eq!(value["rules"][0]["ref"], "=1, \"2\"");
    }

    #[test]
    fn the_register_s_shape_is_read_back() {
        let (register, told) = written(Kind::CertPolska);
        let mut rules = Vec::new();
        let read =
            blocklist::read(register.as_bytes(), Some(Format::CertPolska), "list", |rule| rules.push(rule));
        assert_eq!((read.unwrap().faulty, rules.len()), (0, 1), "{register}");
        assert_eq!(rules[0].details.listed, Some("2026-01-02T03:04:05Z".parse().unwrap()));
        assert_eq!((told.losses[0].what, told.losses[0].count), (NOT_A_DOMAIN, 1));
    }
}
