//! What two published lists do not have in common: for people, and as a delta.

use std::cmp::Ordering;
use std::io::{self, BufRead, Write};

use super::error::{DeltaError, DeltaInput};
use super::text::{Entries, Lines, Opening, REMOVAL, Step};
use crate::blocklist::{Rule, Trigger};
use crate::dns::Name;

/// What happens to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It goes.
    Removed,
    /// It comes.
    Added,
}

/// One line that only one of two lists has.
#[derive(Clone, Copy, Debug)]
pub struct Difference<'a> {
    /// Whether the new list has it.
    pub change: Change,
    /// What it says, with its number in the list that has it. It blocks a name: published lists say no more.
    pub rule: &'a Rule,
    /// The line as it stands, without its end.
    pub line: &'a [u8],
}

/// How two lists differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Serial of the old list.
    pub from: u64,
    /// Serial of the new list.
    pub to: u64,
    /// Rules that only the new list has.
    pub added: u64,
    /// Rules that only the old list has.
    pub removed: u64,
    /// Rules that both have for one name, and that say something else in each: not counted as added and removed.
    pub changed: u64,
}

/// Writes the delta that leads from `old` to `new`, two serials of one list.
pub fn compare(old: impl BufRead, new: impl BufRead, mut out: impl Write) -> Result<Compared, DeltaError> {
    let (mut old, mut new) = (Lines::new(DeltaInput::Old, old), Lines::new(DeltaInput::New, new));
    let (old_header, _) = old.header()?;
    let (new_header, new_line) = new.header()?;
    let delta = Step::between(&old_header, &new_header)?;
    let begin = |out: &mut dyn Write| {
        serde_json::to_writer(&mut *out, &Opening { delta })?;
        write_lines(out, &[b"\n", &new_line, b"\n"])
    };
    begin(&mut out).map_err(|cause| DeltaError::Write { cause })?;
    let serials = (old_header.serial, new_header.serial);
    let compared = walk(old, new, serials, |difference| match (difference.change, REMOVAL) {
        (Change::Added, _) => write_lines(&mut out, &[difference.line, b"\n"]),
        (Change::Removed, [before, after]) => write_lines(&mut out, &[before, difference.line, after, b"\n"]),
    })?;
    out.flush().map_err(|cause| DeltaError::Write { cause })?;
    Ok(compared)
}

/// Hands every line that only one of two published lists has to `visit`, in the order of the lists. An error of
/// `visit` ends the walk as [`DeltaError::Write`].
///
/// Any two lists will do, in any order of serials.
pub fn differences(
    old: impl BufRead,
    new: impl BufRead,
    visit: impl FnMut(Difference<'_>) -> io::Result<()>,
) -> Result<Compared, DeltaError> {
    let (mut old, mut new) = (Lines::new(DeltaInput::Old, old), Lines::new(DeltaInput::New, new));
    let serials = (old.header()?.0.serial, new.header()?.0.serial);
    walk(old, new, serials, visit)
}

fn walk(
    old: Lines<impl BufRead>,
    new: Lines<impl BufRead>,
    (from, to): (u64, u64),
    mut visit: impl FnMut(Difference<'_>) -> io::Result<()>,
) -> Result<Compared, DeltaError> {
    let (mut old, mut new) = (Entries::new(old)?, Entries::new(new)?);
    let mut tally = Tally::default();
    while old.line().is_some() || new.line().is_some() {
        match old.order(&new) {
            Ordering::Equal => {
                old.advance()?;
                new.advance()?;
            }
            Ordering::Less => {
                report(&old, Change::Removed, &mut tally, &mut visit)?;
                old.advance()?;
            }
            Ordering::Greater => {
                report(&new, Change::Added, &mut tally, &mut visit)?;
                new.advance()?;
            }
        }
    }
    tally.settle();
    let Tally { added, removed, changed, .. } = tally;
    Ok(Compared { from, to, added, removed, changed })
}

fn report(
    entries: &Entries<impl BufRead>,
    change: Change,
    tally: &mut Tally,
    visit: &mut impl FnMut(Difference<'_>) -> io::Result<()>,
) -> Result<(), DeltaError> {
    if let (Some(rule), Some(line)) = (entries.rule()?, entries.line()) {
        tally.count(change, &rule);
        visit(Difference { change, rule: &rule, line }).map_err(|cause| DeltaError::Write { cause })?;
    }
    Ok(())
}

pub(super) fn write_lines(out: &mut (impl Write + ?Sized), pieces: &[&[u8]]) -> io::Result<()> {
    pieces.iter().try_for_each(|piece| out.write_all(piece))
}

/// Counts lines that go and come, name by name.
#[derive(Default)]
struct Tally {
    name: Option<Name>,
    /// Lines of this name so far.
    goes: u64,
    comes: u64,
    /// Of the names before.
    added: u64,
    removed: u64,
    changed: u64,
}

impl Tally {
    fn count(&mut self, change: Change, rule: &Rule) {
        let Trigger::Name(name, _) = &rule.trigger else { return };
        if self.name.as_ref() != Some(name) {
            self.settle();
            self.name = Some(name.clone());
        }
        match change {
            Change::Removed => self.goes += 1,
            Change::Added => self.comes += 1,
        }
    }

    fn settle(&mut self) {
        let both = self.goes.min(self.comes);
        self.changed += both;
        self.removed += self.goes - both;
        self.added += self.comes - both;
        (self.goes, self.comes) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::delta::tests::{header, line, list};

    #[test]
    fn lists_that_make_no_delta_are_refused() {
        let sound = list(1, &["a.example", "b.example"]);
        let other = sound.replace("xx/test", "xx/other\\u001b");
        let odd = [
            (String::new(), "line 1 of the new list is not the header of a published list: EOF"),
            (sound[sound.find('\n').unwrap() + 1..].into(), "line 1 of the new list is not the header"),
            (header(2), "line 1 of the new list has no end"),
            (format!("{}\r\n", header(2)), "line 1 of the new list is not written as"),
            (format!("\n{sound}"), "line 1 of the new list is not the header"),
            (format!(" {sound}"), "line 1 of the new list is not written as"),
            (sound.clone(), "serial 1 is no later than serial 1"),
            (list(0, &[]), "serial 0 is no later than serial 1"),
            (other, "these are of two lists, `xx/test` and `xx/other\\u{1b}`"),
            (list(2, &["b.example", "a.example"]), "line 3 of the new list is repeated or stands before"),
            (list(2, &["a.example", "a.example"]), "line 3 of the new list is repeated or stands before"),
            (list(2, &["b.a.example", "a.example"]), "line 3 of the new list is repeated or stands"),
            (list(2, &["A.example"]), "line 2 of the new list is not written as"),
            (list(2, &["192.0.2.1"]), "line 2 of the new list holds no rule: `192.0.2.1` is an address"),
            (list(2, &["a..example"]), "line 2 of the new list holds no rule: `a..example` is no domain"),
            (list(2, &["a.example."]), "line 2 of the new list is not written as"),
            (format!("{}\n{{\"name\":\"a.example\"}}\n", header(2)), "line 2 of the new list is not written"),
            (
                format!("{}\n{{\"name\":\"a.example\",\"why\":1}}\n", header(2)),
                "line 2 of the new list holds no rule: unknown field `why`",
            ),
            (format!("{}\n\n", header(2)), "line 2 of the new list is not written as"),
            (format!("{}\n{}", header(2), line("a.example")), "line 2 of the new list has no end"),
        ];
        for (new, reason) in odd {
            let error = compare(sound.as_bytes(), new.as_bytes(), Vec::new()).unwrap_err().to_string();
            assert!(error.starts_with(reason) && !error.contains('\u{1b}'), "{new}\n{error}");
        }
        let unsorted = list(1, &["b.example", "a.example"]);
        let error = compare(unsorted.as_bytes(), list(2, &[]).as_bytes(), Vec::new()).unwrap_err();
        assert!(matches!(error, DeltaError::Unsorted { input: DeltaInput::Old, line: 3 }), "{error}");
    }

    #[test]
    fn a_changed_rule_counts_once() {
        let rule = |scope: &str| format!("{{\"name\":\"a.example\",\"scope\":\"{scope}\"}}\n");
        let text = |serial, scopes: &[&str]| {
            scopes.iter().fold(header(serial) + "\n", |text, scope| text + &rule(scope))
        };
        for (old, new, expected) in [
            (&["domain"][..], &["host"][..], (0, 0, 1)),
            (&["host"], &["domain"], (0, 0, 1)),
            (&["below", "host"], &["domain"], (0, 1, 1)),
            (&["host"], &["below", "domain"], (1, 0, 1)),
            (&["domain", "host"], &["domain"], (0, 1, 0)),
        ] {
            let (old, new) = (text(1, old), text(2, new));
            let Compared { added, removed, changed, .. } =
                compare(old.as_bytes(), new.as_bytes(), Vec::new()).unwrap();
            assert_eq!((added, removed, changed), expected, "{old}{new}");
        }
    }
}
