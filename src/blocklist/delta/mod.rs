//! Deltas: what leads from one serial of a published list to a later one.
//!
//! A delta is JSON Lines, as the list is, and is compressed by whoever stores it:
//!
//! ```text
//! {"delta":{"list":"fr/nudification","from":41,"to":42}}
//! {"list":"fr/nudification","serial":42, …}                 the new header, as it will stand
//! {"remove":{"name":"a.example","scope":"domain"}}          a line that goes, whole
//! {"name":"b.example","scope":"host"}                       a line that comes, as it will stand
//! ```
//!
//! The changes stand in the order of the list, each line at most once; a rule that says something new is a line
//! that goes and a line that comes. Every line has an end. Since removed lines are there in full, a delta fits
//! only the list that it was made for, and shows by itself what it takes away.
//!
//! [`compare()`] makes a delta, [`differences`] is the same walk for people, and [`apply()`] gives the new list
//! octet for octet: `apply(old, compare(old, new)) = new`. All three stream: memory does not grow with the lists.
//! Lines that both lists have are copied after a look at their name and order alone; a line that comes or goes is
//! read as a rule and must be written exactly as [`compose_jsonl`](super::compose_jsonl) writes it, so that what
//! comes out of `apply` is what composing the same rules would give. Whether it is what the authority signed is
//! for the caller to check, by its digest.

mod apply;
mod compare;
mod error;
mod text;

pub use apply::{Applied, apply};
pub use compare::{Change, Compared, Difference, compare, differences};
pub use error::{DeltaError, DeltaInput};

pub(super) use apply::read_delta;

#[cfg(test)]
pub(super) mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::blocklist::{Details, Effect, Header, Rule, Scope, Trigger, compose_jsonl, normalise, read};

    /// A header as it is composed.
    pub(super) fn header(serial: u64) -> String {
        format!(
            r#"{{"list":"xx/test","serial":{serial},"jurisdiction":"XX","category":"test","authority":"A","#
        ) + r#""legal_basis":"B","appeal":"mailto:appeal@a.example","#
            + r#""issued":"2026-01-01T00:00:00Z","expires":"2026-02-01T00:00:00Z"}"#
    }

    /// A list of plain names in the order given.
    pub(super) fn list(serial: u64, names: &[&str]) -> String {
        let mut text = header(serial) + "\n";
        for name in names {
            writeln!(text, "{}", line(name)).unwrap();
        }
        text
    }

    const OPENING: &str = "{\"delta\":{\"list\":\"xx/test\",\"from\":1,\"to\":2}}\n";

    /// The line of a plain name.
    pub(super) fn line(name: &str) -> String {
        format!(r#"{{"name":"{name}","scope":"domain"}}"#)
    }

    /// Bits for tests that must repeat.
    pub(in crate::blocklist) struct Random(pub(in crate::blocklist) u64);

    impl Random {
        pub(in crate::blocklist) fn below(&mut self, limit: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % limit
        }

        /// Few labels, so that names are equal, below each other, or share an end.
        pub(in crate::blocklist) fn rule(&mut self) -> Rule {
            let labels = ["a", "b", "a-b", "ab", "example", "xn--ar-vva"];
            let depth = 1 + self.below(4);
            let text: Vec<&str> = (0..depth).map(|_| labels[self.below(6) as usize]).collect();
            let scope = [Scope::Domain, Scope::Host, Scope::Below][self.below(3) as usize];
            let details = Details {
                reference: (self.below(3) == 0).then(|| format!("2026/{} \"é\"", self.below(3))),
                category: (self.below(5) == 0).then(|| "c".into()),
                staged: self.below(4) == 0,
                ..Details::default()
            };
            let trigger = Trigger::Name(normalise(&text.join(".")).unwrap(), scope);
            Rule { line: 1, trigger, effect: Effect::Block, details }
        }

        /// The rules without some, with some others, and with some that say something else.
        pub(in crate::blocklist) fn later(&mut self, rules: &[Rule]) -> Vec<Rule> {
            let (goes, comes) = (1 + self.below(8), self.below(20));
            let mut later: Vec<Rule> = rules.iter().filter(|_| self.below(goes) != 0).cloned().collect();
            for rule in &mut later {
                if self.below(10) == 0 {
                    rule.details.reference = Some("changed".into());
                }
                // Promoted, or taken back.
                if self.below(8) == 0 {
                    rule.details.staged = !rule.details.staged;
                }
            }
            later.extend((0..comes).map(|_| self.rule()));
            later
        }
    }

    pub(in crate::blocklist) fn composed(serial: u64, rules: &[Rule]) -> Vec<u8> {
        let header: Header = serde_json::from_str(&header(serial)).unwrap();
        let mut text = Vec::new();
        compose_jsonl(&header, rules, &mut text).unwrap();
        text
    }

    pub(in crate::blocklist) fn delta(old: &[u8], new: &[u8]) -> (Compared, Vec<u8>) {
        let mut delta = Vec::new();
        let compared = compare(old, new, &mut delta).unwrap();
        (compared, delta)
    }

    fn applied(old: &[u8], delta: &[u8]) -> (Applied, Vec<u8>) {
        let mut new = Vec::new();
        let applied = apply(old, delta, &mut new).unwrap();
        (applied, new)
    }

    #[test]
    fn what_was_compared_applies() {
        let mut random = Random(1);
        for round in 0..300 {
            let size = random.below(60);
            let rules: Vec<Rule> = (0..size).map(|_| random.rule()).collect();
            let later = if round % 20 == 0 { Vec::new() } else { random.later(&rules) };
            let (old, new) = (composed(7, &rules), composed(9, &later));
            let (compared, delta) = delta(&old, &new);
            let (applied, found) = applied(&old, &delta);
            assert_eq!(String::from_utf8_lossy(&found), String::from_utf8_lossy(&new));
            assert_eq!((applied.from, applied.to), (7, 9));
            let count = |text: &[u8]| text.iter().filter(|octet| **octet == b'\n').count() as u64;
            assert_eq!(count(&old) + compared.added, count(&new) + compared.removed);
            let changes = compared.added + compared.removed + 2 * compared.changed;
            assert_eq!(count(&delta), 2 + changes);
        }
    }

    #[test]
    fn deltas_are_a_chain() {
        let mut random = Random(2);
        let mut rules: Vec<Rule> = (0..200).map(|_| random.rule()).collect();
        let first = composed(1, &rules);
        let mut published = first.clone();
        let mut deltas = Vec::new();
        for serial in 2..12 {
            rules = random.later(&rules);
            let next = composed(serial, &rules);
            deltas.push(delta(&published, &next).1);
            published = next;
        }
        let found = deltas.iter().fold(first, |text, delta| applied(&text, delta).1);
        assert_eq!(found, published);
    }

    #[test]
    fn a_delta_is_what_its_description_says() {
        let old = list(41, &["a.example", "b.example", "c.example"]);
        let new = list(42, &["a.example", "c.example", "d.example"])
            .replace(&line("c.example"), r#"{"name":"c.example","scope":"host"}"#);
        let (compared, delta) = delta(old.as_bytes(), new.as_bytes());
        assert_eq!(
            String::from_utf8(delta).unwrap(),
            format!(
                "{{\"delta\":{{\"list\":\"xx/test\",\"from\":41,\"to\":42}}}}\n{}\n\
                {{\"remove\":{}}}\n{{\"remove\":{}}}\n{}\n{}\n",
                header(42),
                line("b.example"),
                line("c.example"),
                r#"{"name":"c.example","scope":"host"}"#,
                line("d.example"),
            )
        );
        assert_eq!(compared, Compared { from: 41, to: 42, added: 1, removed: 1, changed: 1 });
    }

    #[test]
    fn a_new_header_alone_is_a_delta() {
        for names in [&["a.example"][..], &[]] {
            let (old, new) = (list(1, names), list(2, names));
            let (compared, delta) = delta(old.as_bytes(), new.as_bytes());
            assert_eq!((compared.added, compared.removed, compared.changed), (0, 0, 0));
            assert_eq!(delta.iter().filter(|octet| **octet == b'\n').count(), 2);
            assert_eq!(applied(old.as_bytes(), &delta).1, new.as_bytes());
        }
    }

    #[test]
    fn the_longest_lines_come_and_go() {
        let frame = r#"{"name":"a.example","scope":"domain","ref":""}"#.len();
        let long = |length: usize| {
            let reference = "r".repeat(length - frame);
            format!(
                "{}\n{{\"name\":\"a.example\",\"scope\":\"domain\",\"ref\":\"{reference}\"}}\n",
                header(2)
            )
        };
        let most = crate::blocklist::format::MAX_LINE;
        let empty = list(1, &[]);
        let (_, comes) = delta(empty.as_bytes(), long(most).as_bytes());
        assert_eq!(applied(empty.as_bytes(), &comes).1, long(most).as_bytes());
        let last = list(3, &[]);
        let (_, goes) = delta(long(most).as_bytes(), last.as_bytes());
        assert_eq!(applied(long(most).as_bytes(), &goes).1, last.as_bytes());
        let error = compare(empty.as_bytes(), long(most + 1).as_bytes(), Vec::new()).unwrap_err();
        assert!(matches!(error, DeltaError::LongLine { input: DeltaInput::New, line: 2 }), "{error}");
        let header = header(2).replace("\"A\"", &format!("\"{}\"", "A".repeat(most)));
        let header = &header[header.len() - most - 1..];
        let error = apply(empty.as_bytes(), [OPENING, header, "\n"].concat().as_bytes(), Vec::new());
        let found = matches!(error, Err(DeltaError::LongLine { input: DeltaInput::Delta, line: 2 }));
        assert!(found, "{error:?}");
        // In a delta there is room around a line, but not in it.
        let comes = String::from_utf8(comes).unwrap().replace("rrr\"}", "rrrr\"}");
        let error = apply(empty.as_bytes(), comes.as_bytes(), Vec::new()).unwrap_err();
        assert!(matches!(error, DeltaError::LongLine { input: DeltaInput::Delta, line: 3 }), "{error}");
    }

    #[test]
    fn people_see_what_comes_and_goes() {
        let old = list(2, &["a.example", "b.example"]);
        let new = list(1, &["b.example", "c.example"]);
        let mut seen = Vec::new();
        let compared = differences(old.as_bytes(), new.as_bytes(), |difference| {
            let Difference { change, rule, line } = difference;
            seen.push((change, rule.line, String::from_utf8_lossy(line).into_owned()));
            Ok(())
        });
        // Backwards is a question that people may ask.
        assert_eq!(compared.unwrap(), Compared { from: 2, to: 1, added: 1, removed: 1, changed: 0 });
        assert_eq!(seen, [(Change::Removed, 2, line("a.example")), (Change::Added, 3, line("c.example"))]);
        let error = differences(old.as_bytes(), new.as_bytes(), |_| Err(std::io::Error::other("full")));
        assert!(matches!(error, Err(DeltaError::Write { .. })));
    }

    #[test]
    fn what_was_applied_is_a_list() {
        let (old, new) = (list(1, &["a.example"]), list(2, &["a.example", "b.a.example"]));
        let (_, text) = applied(old.as_bytes(), &delta(old.as_bytes(), new.as_bytes()).1);
        let report = read(&text[..], None, "applied", |_| {}).unwrap();
        assert_eq!((report.rules, report.faulty), (2, 0));
    }
}
