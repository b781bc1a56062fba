//! From the old list and a delta to the new list.

use std::cmp::Ordering;
use std::io::{BufRead, Write};

use super::compare::{Change, write_lines};
use super::error::{DeltaError, DeltaInput};
use super::text::{Entries, Lines, Step};
use crate::blocklist::format::excerpt;
use crate::blocklist::{Header, Rule};

/// What was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Serial of the old list.
    pub from: u64,
    /// Serial of the new list.
    pub to: u64,
}

/// Writes the list to which `delta` leads from `old`.
///
/// After an error what was written is worth nothing. Neither input is bounded here but in the length of its
/// lines: the result is no longer than both together.
pub fn apply(old: impl BufRead, delta: impl BufRead, mut out: impl Write) -> Result<Applied, DeltaError> {
    let (mut old, mut delta) = (Lines::new(DeltaInput::Old, old), Lines::new(DeltaInput::Delta, delta));
    let step = delta.opening()?;
    let (new_header, new_line) = delta.header()?;
    let (old_header, _) = old.header()?;
    check(&step, &old_header, &new_header)?;
    let mut write =
        |line: &[u8]| write_lines(&mut out, &[line, b"\n"]).map_err(|cause| DeltaError::Write { cause });
    write(&new_line)?;
    let (mut old, mut delta) = (Entries::new(old)?, Entries::new(delta)?);
    while let Some(changed) = delta.line() {
        let line = delta.number();
        match (old.order(&delta), delta.change()) {
            (Ordering::Less, _) => {
                old.line().map_or(Ok(()), &mut write)?;
                old.advance()?;
                continue;
            }
            (Ordering::Equal, Change::Removed) => old.advance()?,
            (Ordering::Equal, Change::Added) => return Err(DeltaError::Present { line }),
            (Ordering::Greater, Change::Removed) => return Err(DeltaError::Absent { line }),
            (Ordering::Greater, Change::Added) => {
                delta.rule()?;
                write(changed)?;
            }
        }
        delta.advance()?;
    }
    while let Some(unchanged) = old.line() {
        write(unchanged)?;
        old.advance()?;
    }
    out.flush().map_err(|cause| DeltaError::Write { cause })?;
    Ok(Applied { from: step.from, to: step.to })
}

/// Reads a delta that leads on from a list with this header: hands each change to `visit`, and gives the new header.
///
/// That nothing goes which the list does not have, and nothing comes which it has, is for the caller to say.
pub(in crate::blocklist) fn read_delta(
    delta: impl BufRead,
    old: &Header,
    mut visit: impl FnMut(Change, Rule),
) -> Result<Header, DeltaError> {
    let mut delta = Lines::new(DeltaInput::Delta, delta);
    let step = delta.opening()?;
    let (new, _) = delta.header()?;
    check(&step, old, &new)?;
    let mut entries = Entries::new(delta)?;
    while let Some(rule) = entries.rule()? {
        visit(entries.change(), rule);
        entries.advance()?;
    }
    Ok(new)
}

/// Whether the delta agrees with itself and starts from this list.
fn check(step: &Step, old: &Header, new: &Header) -> Result<(), DeltaError> {
    let Step { from, to, .. } = *step;
    for list in [&new.list, &old.list] {
        if *list != step.list {
            return Err(DeltaError::OtherList { old: excerpt(list), new: excerpt(&step.list) });
        }
    }
    if new.serial != to {
        return Err(DeltaError::OtherHeader { to, header: new.serial });
    }
    if old.serial != from {
        return Err(DeltaError::OtherSerial { from, old: old.serial });
    }
    Step::between(old, new).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::delta::tests::{header, line, list};

    fn opening(from: u64, to: u64) -> String {
        format!("{{\"delta\":{{\"list\":\"xx/test\",\"from\":{from},\"to\":{to}}}}}\n")
    }

    fn removal(name: &str) -> String {
        format!("{{\"remove\":{}}}\n", line(name))
    }

    fn addition(name: &str) -> String {
        line(name) + "\n"
    }

    fn refusal(old: &str, delta: &str) -> String {
        apply(old.as_bytes(), delta.as_bytes(), Vec::new()).unwrap_err().to_string()
    }

    #[test]
    fn a_delta_for_anything_else_is_refused() {
        let old = list(1, &["a.example"]);
        let body = header(2) + "\n";
        let of = |list: &str, from, to| opening(from, to).replace("xx/test", list) + &body;
        for (delta, reason) in [
            (of("xx/other", 1, 2), "these are of two lists, `xx/test` and `xx/other`"),
            (of("xx/other", 1, 2).replace("xx/test", "xx/other"), "these are of two lists, `xx/test`"),
            (of("xx/test", 0, 2), "the delta starts from serial 0, and the list is of serial 1"),
            (of("xx/test", 1, 3), "the delta says that it leads to serial 3, and its header is of serial 2"),
            (opening(1, 1) + &header(1) + "\n", "serial 1 is no later than serial 1"),
            (opening(1, 0) + &header(0) + "\n", "serial 0 is no later than serial 1"),
        ] {
            let found = refusal(&old, &delta);
            assert!(found.starts_with(reason), "{delta}\n{found}");
        }
    }

    #[test]
    fn a_change_that_does_not_fit_is_refused() {
        let old = list(1, &["a.example", "c.example"]);
        let head = opening(1, 2) + &header(2) + "\n";
        for (changes, reason) in [
            (removal("b.example"), "line 3 of the delta removes a rule that the list does not have"),
            (removal("d.example"), "line 3 of the delta removes a rule that the list does not have"),
            (
                removal("a.example").replace("domain", "host"),
                "line 3 of the delta removes a rule that the list does not have",
            ),
            (addition("c.example"), "line 3 of the delta adds a rule that the list has already"),
            (removal("c.example") + &removal("a.example"), "line 4 of the delta is repeated or stands"),
            (removal("a.example") + &removal("a.example"), "line 4 of the delta is repeated or stands"),
            (removal("a.example") + &addition("a.example"), "line 4 of the delta is repeated or stands"),
            (addition("b.example") + "\n", "line 4 of the delta is not written as published lists are"),
            (addition("b.example") + "end\n", "line 4 of the delta is not written as published lists are"),
            (addition("b.example") + "\0", "line 4 of the delta has no end"),
            (line("b.example"), "line 3 of the delta has no end"),
            (line("b.example") + "}\n", "line 3 of the delta holds no rule: trailing characters"),
            (removal("a.example").replace("}}", "}} "), "line 3 of the delta is not written as"),
            (removal("a.example").replace("}}", "}"), "line 3 of the delta removes a rule"),
            (format!("{}\n", header(3)), "line 3 of the delta is not written as"),
            (r"{".repeat(70_000), "line 3 of the delta is longer than 65536 octets"),
        ] {
            let found = refusal(&old, &(head.clone() + &changes));
            assert!(found.starts_with(reason), "{changes}\n{found}");
        }
    }

    #[test]
    fn what_is_no_delta_is_refused() {
        let old = list(1, &["a.example"]);
        let head = opening(1, 2);
        for (delta, reason) in [
            (String::new(), "the first line of the delta does not say where it leads: EOF"),
            (old.clone(), "the first line of the delta does not say where it leads: unknown field `list`"),
            (head.replace("\"to\"", "\"why\":1,\"to\""), "the first line of the delta does not say"),
            (head.replace(",\"to\":2", ""), "the first line of the delta does not say where it leads: miss"),
            (head.clone(), "line 2 of the delta is not the header of a published list"),
            (head.clone() + &addition("b.example"), "line 2 of the delta is not the header"),
            (head.clone() + &header(2), "line 2 of the delta has no end"),
            (head.clone() + &header(2) + " \n", "line 2 of the delta is not written as"),
        ] {
            let found = refusal(&old, &delta);
            assert!(found.starts_with(reason), "{delta}\n{found}");
        }
    }

    #[test]
    fn a_damaged_old_list_is_refused() {
        let delta = opening(1, 2) + &header(2) + "\n" + &addition("d.example");
        for (old, reason) in [
            (String::new(), "line 1 of the old list is not the header"),
            (list(1, &["b.example", "a.example"]), "line 3 of the old list is repeated or stands before"),
            (list(1, &["a.example", "f.example", "e.example"]), "line 4 of the old list is repeated"),
            (list(1, &["a.example", "f.example", "F.example"]), "line 4 of the old list is not written"),
            (list(1, &["a.example"]) + "{", "line 3 of the old list has no end"),
        ] {
            let found = refusal(&old, &delta);
            assert!(found.starts_with(reason), "{old}\n{found}");
        }
    }

    #[test]
    fn failures_of_the_world_are_said() {
        struct Broken;
        impl std::io::Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::ConnectionReset.into())
            }
        }
        let old = list(1, &["a.example"]);
        let delta = opening(1, 2) + &header(2) + "\n";
        let broken = std::io::BufReader::new(std::io::Read::chain(delta.as_bytes(), Broken));
        let error = apply(old.as_bytes(), broken, Vec::new()).unwrap_err();
        assert!(matches!(error, DeltaError::Read { input: DeltaInput::Delta, .. }), "{error}");
        let mut full = [0; 10];
        let error = apply(old.as_bytes(), delta.as_bytes(), &mut full[..]).unwrap_err();
        assert!(matches!(error, DeltaError::Write { .. }), "{error}");
    }
}
