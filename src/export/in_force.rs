//! A list as it is in force at one moment: what every export is made from.

use std::io::Read;

use jiff::Timestamp;

use super::settings::Source;
use crate::blocklist::{self, Format, Guard, GuardError, GuardRails, Header, ReadError, Refused, Rule};
use crate::dns::Name;

/// How many faults of the list are told.
const MOST_FAULTS: usize = 5;

/// A list without the rules that have ended, and what was wrong with it.
#[derive(Debug)]
pub struct InForce {
    /// Who stands behind it, where its format says.
    pub header: Option<Header>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// How many rules had ended.
    pub ended: u64,
    /// When the next rule ends, if one does.
    pub next_end: Option<Timestamp>,
    /// What was wrong with the list, and is therefore not among the rules; and that it is out of date.
    pub remarks: Vec<String>,
}

/// Why nothing is made from a list.
#[derive(Debug, thiserror::Error)]
pub enum NotInForce {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// It blocks what no list should.
    #[error(transparent)]
    Guarded(Box<Refused>),
    /// The program's own guard rails cannot be read.
    #[error("the built-in guard rails are damaged")]
    Rails(#[source] GuardError),
}

/// How a list is read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'r> {
    /// Its format; told from the content where it is `None`.
    pub format: Option<Format>,
    /// What it is called in messages.
    pub name: &'r str,
    /// Names that no list may block, beside those of the built-in guard rails.
    pub protected: &'r [Name],
    /// Whether a list that blocks what no list should is refused.
    pub guarded: bool,
}

impl InForce {
    /// Reads a list.
    pub fn read(input: impl Read, reading: Reading<'_>, now: Timestamp) -> Result<Self, NotInForce> {
        let mut rails = GuardRails::built_in().map_err(NotInForce::Rails)?;
        rails.protect(reading.protected.iter().cloned());
        // Whoever converts what was signed has no say any more in what it overrides.
        let mut guard = Guard::new(&rails, true);
        let (mut rules, mut ended, mut next_end) = (Vec::new(), 0, None);
        let read = blocklist::read(input, reading.format, reading.name, |rule| {
            match rule.details.expires {
                Some(end) if end <= now => return ended += 1,
                Some(end) => next_end = Some(next_end.map_or(end, |next: Timestamp| next.min(end))),
                None => {}
            }
            guard.look(&rule);
            rules.push(rule);
        });
        let report = match read {
            // A list from which the last name was removed is a list.
            Err(ReadError::Empty(empty)) if empty.1.header.is_some() => empty.1,
            read => read?,
        };
        if let Err(refused) = guard.finish()
            && reading.guarded
        {
            return Err(NotInForce::Guarded(Box::new(refused)));
        }
        let mut remarks: Vec<String> =
            report.faults.iter().take(MOST_FAULTS).map(|fault| format!("NO RULE: {fault}")).collect();
        if report.faulty > remarks.len() as u64 {
            remarks.push(format!("NO RULE: {} lines in all", report.faulty));
        }
        if let Some(header) = report.header.as_ref().filter(|header| header.expires <= now) {
            remarks
                .push(format!("OUT OF DATE since {}: take the newest list of its authority", header.expires));
        }
        Ok(Self { header: report.header, rules, ended, next_end, remarks })
    }

    /// What an export is made from.
    pub fn source<'s>(&'s self, protected: &'s [Name]) -> Source<'s> {
        Source { header: self.header.as_ref(), rules: &self.rules, protected }
    }
}
