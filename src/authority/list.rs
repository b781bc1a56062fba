//! What a published list says, for the people who sign it.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;

use crate::authority::Error;
use crate::blocklist::{self, Details, Format, Header, ReadError, Scope, Trigger};

/// A list in the published format: its header, and its rules by name and scope.
#[derive(PartialEq)]
pub struct Summary {
    /// Who stands behind the list.
    pub header: Header,
    rules: BTreeMap<(String, Scope), Details>,
}

/// What differs between two lists; each entry is a name with its scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The serial of the earlier list.
    pub since: u64,
    /// Whether the header says anything new beside serial and dates.
    pub header: bool,
    /// Names that only the later list has.
    pub added: Vec<String>,
    /// Names that only the earlier list has.
    pub removed: Vec<String>,
    /// Names that both have, with other case numbers, dates or categories.
    pub altered: Vec<String>,
}

impl Summary {
    /// Reads a list in the published format, compressed or plain. One bad line refuses it, and so does a name
    /// that is listed twice: what is signed must mean the same to every reader.
    pub fn read(path: &Path, octets: &[u8]) -> Result<Self, Error> {
        let refuse = |reason: String| Error::List { path: path.to_owned(), reason };
        let (mut rules, mut twice) = (BTreeMap::new(), None);
        let report = blocklist::read(octets, Some(Format::Jsonl), &path.to_string_lossy(), |rule| {
            if let Trigger::Name(name, scope) = rule.trigger {
                let name = name.to_string().trim_end_matches('.').to_owned();
                if rules.insert((name, scope), rule.details).is_some() {
                    twice.get_or_insert(rule.line);
                }
            }
        });
        let report = match report {
            // A list from which the last name was removed is a list.
            Err(ReadError::Empty(empty)) if empty.1.header.is_some() => empty.1,
            other => other.map_err(|source| Error::Unreadable { path: path.to_owned(), source })?,
        };
        if let Some(fault) = report.faults.first() {
            return Err(refuse(format!("line {}: {}", fault.line, fault.reason)));
        }
        if let Some(line) = twice {
            return Err(refuse(format!("line {line} lists a name again; keep one of the two")));
        }
        let header = report.header.ok_or_else(|| refuse("no header".to_owned()))?;
        Ok(Self { header, rules })
    }

    /// How many rules the list has.
    pub fn rules(&self) -> usize {
        self.rules.len()
    }

    /// How many of them have this scope.
    pub fn rules_with(&self, scope: Scope) -> usize {
        self.rules.keys().filter(|(_, found)| *found == scope).count()
    }

    /// How many of them no longer apply.
    pub fn expired_rules(&self, now: Timestamp) -> usize {
        self.rules.values().filter(|details| details.expires.is_some_and(|expires| expires <= now)).count()
    }

    /// What is different from an earlier list.
    pub fn change_since(&self, earlier: &Self) -> Change {
        let Header { serial, issued, expires, .. } = earlier.header;
        let header = Header { serial, issued, expires, ..self.header.clone() } != earlier.header;
        let mut change = Change { since: serial, header, ..Change::default() };
        for (key, details) in &self.rules {
            match earlier.rules.get(key) {
                None => change.added.push(text(key)),
                Some(before) if before != details => change.altered.push(text(key)),
                Some(_) => {}
            }
        }
        change.removed =
            earlier.rules.keys().filter(|key| !self.rules.contains_key(*key)).map(text).collect();
        change
    }
}

fn text((name, scope): &(String, Scope)) -> String {
    match scope {
        Scope::Domain => name.clone(),
        Scope::Host => format!("{name} (this host alone)"),
        Scope::Below => format!("*.{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEMO: &str = include_str!("../../blocklists/demo/demo.jsonl");

    fn read(text: &str) -> Result<Summary, Error> {
        Summary::read(Path::new("list.jsonl"), text.as_bytes())
    }

    #[test]
    fn the_demonstration_is_counted() {
        let summary = read(DEMO).unwrap();
        assert_eq!(
            (summary.rules(), summary.rules_with(Scope::Domain), summary.rules_with(Scope::Host)),
            (12, 9, 3)
        );
        assert_eq!(summary.expired_rules("2026-03-01T00:00:00Z".parse().unwrap()), 1);
        assert_eq!(summary.change_since(&summary), Change { since: 1, ..Change::default() });
    }

    #[test]
    fn a_list_without_names_is_a_list() {
        let summary = read(DEMO.lines().next().unwrap()).unwrap();
        assert_eq!(summary.rules(), 0);
        assert_eq!(summary.change_since(&read(DEMO).unwrap()).removed.len(), 12);
    }

    #[test]
    fn a_new_header_is_a_change_and_a_new_serial_is_not() {
        let demo = read(DEMO).unwrap();
        let later = read(&DEMO.replace("\"serial\":1", "\"serial\":2")).unwrap();
        assert!(!later.change_since(&demo).header);
        let other = read(&DEMO.replace("appeals@", "nobody@")).unwrap();
        assert!(other.change_since(&demo).header);
    }

    #[test]
    fn one_bad_line_refuses_the_list() {
        let error = read(&DEMO.replace("\"undress.example\"", "\"un dress\"")).err().unwrap();
        assert!(error.to_string().starts_with("list.jsonl: line 7: "), "{error}");
        let error = read(&DEMO.replace("\"bare.invalid\"", "\"see-through.invalid\"")).err().unwrap();
        assert_eq!(error.to_string(), "list.jsonl: line 10 lists a name again; keep one of the two");
        assert!(matches!(read("undress.example"), Err(Error::Unreadable { .. })));
        assert!(matches!(read(""), Err(Error::Unreadable { .. })));
    }
}
