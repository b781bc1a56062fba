//! The warning list of CERT Polska: one JSON array of entries, each a name with the dates between which it
//! holds.
//!
//! Entries are read one at a time, so that the array is never in memory. One that makes no sense is a fault,
//! with its ordinal in place of a line; JSON that breaks off loses the list, since what followed cannot be
//! known. Keys that are not ours are left alone: the format is another's to extend.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use super::fault::{Reason, excerpt};
use super::lines::{Lines, MAX_LINE};
use super::normal::normalise;
use super::read::{Intake, ReadError};
use crate::blocklist::{Details, Effect, Rule, Scope, Trigger};

pub(super) fn read(lines: &mut Lines<'_>, intake: &mut Intake<'_>) -> Result<(), ReadError> {
    let allowance = Cell::new(MAX_LINE);
    let mut entries = 0;
    let result = {
        let content = Rationed { inner: lines.content(), allowance: &allowance };
        let mut json = serde_json::Deserializer::from_reader(content);
        let list = List { entries: &mut entries, allowance: &allowance, intake };
        json.deserialize_seq(list).and_then(|()| json.end())
    };
    result.map_err(|error| {
        if error.is_io() {
            return lines.failure(error.into());
        }
        ReadError::Damaged { file: intake.file.clone(), entries, reason: excerpt(error.to_string()) }
    })
}

/// The array.
struct List<'r, 'i> {
    /// How many entries were whole.
    entries: &'r mut u64,
    /// Octets that the next entry may still have.
    allowance: &'r Cell<usize>,
    intake: &'r mut Intake<'i>,
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        // Any value is taken first and understood afterwards, so that an odd one costs itself alone.
        while let Some(value) = list.next_element::<Value>()? {
            *self.entries += 1;
            self.allowance.set(MAX_LINE);
            match read_entry(*self.entries, value) {
                Ok(rule) => self.intake.rule(rule),
                Err(reason) => self.intake.fault(*self.entries, reason),
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    register_position_id: Option<Value>,
    domain_address: String,
    insert_date: Option<String>,
    delete_date: Option<String>,
}

fn read_entry(ordinal: u64, value: Value) -> Result<Rule, Reason> {
    let entry: Entry =
        serde_json::from_value(value).map_err(|error| Reason::Json(excerpt(error.to_string())))?;
    let reference = match entry.register_position_id {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text),
        Some(other) => Some(other.to_string()),
    };
    let listed = entry.insert_date.as_deref().map(read_date).transpose()?;
    let expires = entry.delete_date.as_deref().map(read_date).transpose()?;
    let trigger = Trigger::Name(normalise(&entry.domain_address)?, Scope::Domain);
    let details = Details { reference, listed, expires, ..Details::default() };
    Ok(Rule { line: ordinal, trigger, effect: Effect::Block, details })
}

/// Reads a date, with or without time, and with or without zone; without one it is taken for UTC.
fn read_date(text: &str) -> Result<Timestamp, Reason> {
    let in_utc = || text.parse::<DateTime>()?.to_zoned(TimeZone::UTC).map(|date| date.timestamp());
    text.parse::<Timestamp>().or_else(|_| in_utc()).map_err(|_| Reason::Date(excerpt(text)))
}

/// A reader that ends when one entry has no end.
struct Rationed<'r, R> {
    inner: R,
    allowance: &'r Cell<usize>,
}

impl<R: Read> Read for Rationed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.allowance.get().checked_sub(read) {
            Some(rest) => self.allowance.set(rest),
            None => return Err(io::Error::other(format!("one entry is longer than {MAX_LINE} octets"))),
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::format::{
        Format, read as read_list,
        read::tests::{faults, rules, rules_in_full},
    };

    #[test]
    fn entries_keep_number_and_dates() {
        let list = r#"[
            {"RegisterPositionId": 17, "DomainAddress": "A.example", "InsertDate": "2026-01-02T03:04:05",
             "DeleteDate": null, "More": [1, {}]},
            {"RegisterPositionId": "18", "DomainAddress": "żar.example", 
             "InsertDate": "2026-01-02T03:04:05+01:00", "DeleteDate": "2026-07-02"},
            {"DomainAddress": "c.example"}
        ]"#;
        let date = |text: &str| Some(text.parse().unwrap());
        let rule = |line, name: &str, reference: Option<&str>, listed, expires| Rule {
            line,
            trigger: Trigger::Name(crate::dns::Name::from_text(name).unwrap(), Scope::Domain),
            effect: Effect::Block,
            details: Details { reference: reference.map(Into::into), listed, expires, ..Details::default() },
        };
        assert_eq!(
            rules_in_full(Format::CertPolska, format!("\u{feff}{list}\n").as_bytes()),
            [
                rule(1, "a.example", Some("17"), date("2026-01-02T03:04:05Z"), None),
                rule(
                    2,
                    "xn--ar-vva.example",
                    Some("18"),
                    date("2026-01-02T02:04:05Z"),
                    date("2026-07-02T00:00:00Z")
                ),
                rule(3, "c.example", None, None, None),
            ]
        );
    }

    #[test]
    fn an_odd_entry_costs_itself_alone() {
        let list = br#"[7, {"RegisterPositionId": 1}, {"DomainAddress": "a.example", "DeleteDate": "soon"},
            {"DomainAddress": "http://a.example"}, {"DomainAddress": "b.example"}]"#;
        assert_eq!(rules(Format::CertPolska, list), [(5, "b.example.".into(), Scope::Domain)]);
        let found = faults(Format::CertPolska, list);
        assert!(matches!(found[0], (1, Reason::Json(_))));
        assert_eq!(found[1], (2, Reason::Json("missing field `DomainAddress`".into())));
        assert_eq!(found[2], (3, Reason::Date("soon".into())));
        assert_eq!(found[3], (4, Reason::Url("http://a.example".into())));
    }

    #[test]
    fn what_breaks_off_is_no_list() {
        let entry = r#"{"DomainAddress":"a.example"}"#;
        for (list, after) in [
            (format!("[{entry},{entry}"), 2),
            (format!("[{entry},{{\"DomainAddress\":\"b.ex"), 1),
            (format!("[{entry} {entry}]"), 1),
            (format!("[{entry}] []"), 1),
            (entry.to_string(), 0),
            (format!("[{entry},{}", "[".repeat(1000)), 1),
        ] {
            match read_list(list.as_bytes(), Some(Format::CertPolska), "a.json", |_| {}) {
                Err(ReadError::Damaged { entries, .. }) => assert_eq!(entries, after, "{list}"),
                other => panic!("{list}: {other:?}"),
            }
        }
        let endless = format!("[{entry},\"{}\"]", "a".repeat(MAX_LINE));
        let error = read_list(endless.as_bytes(), Some(Format::CertPolska), "a.json", |_| {}).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.json: cannot be read to its end: one entry is longer than 65536 octets"
        );
    }
}
