//! The texts that are compared and applied: bounded lines, headers, and rules in strict order.

use std::cmp::Ordering;
use std::io::{BufRead, Read};

use serde::{Deserialize, Serialize};

use super::compare::Change;
use super::error::{DeltaError, DeltaInput};
use crate::blocklist::format::{Entry, MAX_LINE, compose_rule, describe, excerpt, parse_header, parse_rule};
use crate::blocklist::{Header, Rule};

/// Where a delta leads: its first line.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Opening {
    pub(super) delta: Step,
}

/// From one serial of a list to another.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) list: String,
    pub(super) from: u64,
    pub(super) to: u64,
}

impl Step {
    /// The step between two headers, if there is one.
    pub(super) fn between(old: &Header, new: &Header) -> Result<Self, DeltaError> {
        if old.list != new.list {
            return Err(DeltaError::OtherList { old: excerpt(&old.list), new: excerpt(&new.list) });
        }
        let (from, to) = (old.serial, new.serial);
        if to <= from {
            return Err(DeltaError::NotLater { from, to });
        }
        Ok(Self { list: new.list.clone(), from, to })
    }
}

/// Around a line that goes.
pub(super) const REMOVAL: [&[u8]; 2] = [br#"{"remove":"#, b"}"];

/// One of the inputs, line by line.
pub(super) struct Lines<R> {
    input: DeltaInput,
    reader: R,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: DeltaInput, reader: R) -> Self {
        Self { input, reader, number: 0 }
    }

    /// Reads the delta's first line.
    pub(super) fn opening(&mut self) -> Result<Step, DeltaError> {
        let mut line = Vec::new();
        self.fill(&mut line)?;
        match serde_json::from_slice(&line) {
            Ok(Opening { delta }) => Ok(delta),
            Err(error) => Err(DeltaError::Opening { reason: describe(&error) }),
        }
    }

    /// Reads the header, and gives its line too, without its end.
    pub(super) fn header(&mut self) -> Result<(Header, Vec<u8>), DeltaError> {
        let mut line = Vec::new();
        self.fill(&mut line)?;
        let Self { input, number, .. } = *self;
        if line.len() > MAX_LINE {
            return Err(DeltaError::LongLine { input, line: number });
        }
        let header =
            parse_header(&line).map_err(|reason| DeltaError::Header { input, line: number, reason })?;
        // A header is composed of texts and numbers, which cannot fail.
        match serde_json::to_vec(&header) {
            Ok(composed) if composed == line => Ok((header, line)),
            _ => Err(DeltaError::Spelling { input, line: number }),
        }
    }

    /// Reads the next line, without its end, and tells whether there was one.
    fn fill(&mut self, line: &mut Vec<u8>) -> Result<bool, DeltaError> {
        let Self { input, .. } = *self;
        let longest =
            MAX_LINE + if input == DeltaInput::Delta { REMOVAL[0].len() + REMOVAL[1].len() } else { 0 };
        line.clear();
        let read = self
            .reader
            .by_ref()
            .take(longest as u64 + 1)
            .read_until(b'\n', line)
            .map_err(|cause| DeltaError::Read { input, cause })?;
        self.number += 1;
        match line.pop_if(|octet| *octet == b'\n') {
            Some(_) => Ok(true),
            None if read == 0 => Ok(false),
            None if read > longest => Err(DeltaError::LongLine { input, line: self.number }),
            None => Err(DeltaError::CutShort { input, line: self.number }),
        }
    }
}

/// The rules of one of the inputs, each read when its turn comes, in strictly ascending order.
pub(super) struct Entries<R> {
    lines: Lines<R>,
    change: Change,
    current: Option<Entry>,
    previous: Option<Entry>,
}

impl<R: BufRead> Entries<R> {
    /// The rules behind the header, from the first on.
    pub(super) fn new(lines: Lines<R>) -> Result<Self, DeltaError> {
        let mut entries = Self { lines, change: Change::Added, current: None, previous: None };
        entries.advance()?;
        Ok(entries)
    }

    /// The line whose turn it is, or `None` behind the last.
    pub(super) fn line(&self) -> Option<&[u8]> {
        self.current.as_ref().map(Entry::line)
    }

    /// The number of that line in its input.
    pub(super) fn number(&self) -> u64 {
        self.lines.number
    }

    /// What a delta does with that line.
    pub(super) fn change(&self) -> Change {
        self.change
    }

    /// Which of two inputs comes first with its line. Behind its last line an input comes last.
    pub(super) fn order<S>(&self, other: &Entries<S>) -> Ordering {
        match (&self.current, &other.current) {
            (Some(one), Some(other)) => one.cmp(other),
            (one, other) => one.is_none().cmp(&other.is_none()),
        }
    }

    /// Goes on to the next line.
    pub(super) fn advance(&mut self) -> Result<(), DeltaError> {
        // The line before the previous one is needed no more; its memory is.
        let before = std::mem::replace(&mut self.previous, self.current.take());
        let (mut line, labels) = before.map(Entry::into_buffers).unwrap_or_default();
        if !self.lines.fill(&mut line)? {
            return Ok(());
        }
        let (input, number) = (self.lines.input, self.lines.number);
        if input == DeltaInput::Delta {
            self.change = unwrap_removal(&mut line);
        }
        if line.len() > MAX_LINE {
            return Err(DeltaError::LongLine { input, line: number });
        }
        self.current =
            Some(Entry::with_buffer(line, labels).ok_or(DeltaError::Spelling { input, line: number })?);
        // `None`, in front of the first line, is less than all.
        if self.previous >= self.current {
            return Err(DeltaError::Unsorted { input, line: number });
        }
        Ok(())
    }

    /// The rule of the line whose turn it is, provided that the line is just what composing the rule gives.
    pub(super) fn rule(&self) -> Result<Option<Rule>, DeltaError> {
        let (input, line) = (self.lines.input, self.lines.number);
        let Some(entry) = &self.current else { return Ok(None) };
        let rule = parse_rule(line, entry.line()).map_err(|cause| DeltaError::Rule { input, line, cause })?;
        match compose_rule(&rule) {
            Ok(composed) if composed == *entry => Ok(Some(rule)),
            _ => Err(DeltaError::Spelling { input, line }),
        }
    }
}

/// Takes what stands around a line that goes away from it.
fn unwrap_removal(line: &mut Vec<u8>) -> Change {
    let [before, after] = REMOVAL;
    if !line.starts_with(before) || !line.ends_with(after) {
        return Change::Added;
    }
    line.truncate(line.len() - after.len());
    line.drain(..before.len());
    Change::Removed
}
