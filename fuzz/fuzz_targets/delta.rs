//! Deltas: between any two lists, with changes, and of any octets.
//!
//! Law: `apply(old, compare(old, new)) = new`, octet for octet; whatever else is applied without an error gives the
//! list that composing its rules would give, and never one that a sound delta with changes does not describe.

#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use rempart::blocklist::{
    Change, Details, Effect, Format, Header, ReadError, Rule, Scope, Trigger, apply, compare, compose_jsonl,
    differences, normalise, read,
};
use rempart::dns::Name;
use rempart_fuzz::inputs::AnyName;
use rempart_fuzz::world::header;

#[derive(arbitrary::Arbitrary, Debug)]
struct Input<'a> {
    both: Vec<AnyRule>,
    old: Vec<AnyRule>,
    new: Vec<AnyRule>,
    steps: u8,
    hostile: Hostile<'a>,
}

#[derive(arbitrary::Arbitrary, Debug)]
struct AnyRule {
    name: AnyName,
    scope: u8,
    reference: Option<String>,
    listed: Option<i32>,
}

#[derive(arbitrary::Arbitrary, Debug)]
enum Hostile<'a> {
    /// Instead of the delta.
    Octets(&'a [u8]),
    /// Behind a sound beginning of the delta.
    Changes(&'a [u8]),
    /// Instead of the old list.
    Old(&'a [u8]),
    /// A line of the delta in another place, or nowhere.
    Move(u8, Option<u8>),
    /// One octet of the delta.
    Replace(u16, u8),
    /// The old list, with which somebody else's delta meets.
    Other(Vec<AnyRule>),
}

fuzz_target!(|input: Input<'_>| {
    let rules = |some: &[AnyRule]| -> Vec<Rule> {
        input.both.iter().chain(some).filter_map(AnyRule::to_rule).collect()
    };
    let old = composed(&header_of(1), &rules(&input.old));
    let new = composed(&header_of(2 + u64::from(input.steps)), &rules(&input.new));
    let mut delta = Vec::new();
    let compared = compare(&old[..], &new[..], &mut delta).expect("two serials of one list");
    assert!(applied(&old, &delta).expect("made for this list") == new, "another list");
    let mut seen = [0; 2];
    let again = differences(&old[..], &new[..], |difference| {
        seen[usize::from(difference.change == Change::Added)] += 1;
        Ok(())
    });
    assert_eq!(again.expect("the same lists"), compared);
    assert_eq!(seen, [compared.removed + compared.changed, compared.added + compared.changed]);
    try_hostile(input.hostile, old, delta);
});

fn try_hostile(hostile: Hostile<'_>, mut old: Vec<u8>, mut delta: Vec<u8>) {
    match hostile {
        Hostile::Octets(octets) => delta = octets.to_vec(),
        Hostile::Changes(octets) => {
            let lines: Vec<&[u8]> = delta.split_inclusive(|octet| *octet == b'\n').take(2).collect();
            delta = [&lines.concat(), octets].concat();
        }
        Hostile::Old(octets) => old = octets.to_vec(),
        Hostile::Move(from, to) => {
            let mut lines: Vec<&[u8]> = delta.split_inclusive(|octet| *octet == b'\n').collect();
            let moved = lines.remove(usize::from(from) % lines.len());
            if let Some(to) = to {
                lines.insert(usize::from(to) % (lines.len() + 1), moved);
            }
            delta = lines.concat();
        }
        Hostile::Replace(at, octet) => {
            let at = usize::from(at) % delta.len();
            delta[at] = octet;
        }
        Hostile::Other(rules) => {
            let rules: Vec<Rule> = rules.iter().filter_map(AnyRule::to_rule).collect();
            old = composed(&header_of(1), &rules);
        }
    }
    match apply(&old[..], &delta[..], Vec::new()) {
        Ok(_) => check(&old, &delta),
        Err(error) => {
            assert!(!error.to_string().contains(['\n', '\u{1b}']), "a stranger writes into our log");
        }
    }
}

/// The result is sorted and sound wherever the old list was, and says what the delta says.
fn check(old: &[u8], delta: &[u8]) {
    let new = applied(old, delta).expect("it did so before");
    let lines = |text: &[u8]| -> Vec<Vec<u8>> {
        text.split_inclusive(|octet| *octet == b'\n').map(<[u8]>::to_vec).collect()
    };
    let mut expected = lines(old).split_off(1);
    for change in &lines(delta)[2..] {
        match change.strip_prefix(br#"{"remove":"#).and_then(|rest| rest.strip_suffix(b"}\n")) {
            Some(removed) => {
                let at = expected.iter().position(|line| line.strip_suffix(b"\n") == Some(removed));
                expected.remove(at.expect("removed what was there"));
            }
            None => expected.push(change.clone()),
        }
    }
    expected.sort();
    let mut found = lines(&new);
    assert_eq!(found.remove(0), lines(delta)[1]);
    found.sort();
    assert!(found == expected, "the delta says something else");
    let mut rules = Vec::new();
    match read(&new[..], Some(Format::Jsonl), "applied", |rule| rules.push(rule)) {
        Ok(report) => {
            let header = report.header.expect("what was applied has one");
            // Lines of a hostile old list go through as they are.
            if rules_are_composed(old) {
                assert_eq!(report.faulty, 0);
                assert!(composed(&header, &rules) == new, "not as composed");
            }
        }
        Err(ReadError::Empty(_)) => assert_eq!(lines(&new).len(), 1),
        Err(error) => assert!(!rules_are_composed(old), "{error}"),
    }
}

fn rules_are_composed(list: &[u8]) -> bool {
    let mut rules = Vec::new();
    match read(list, Some(Format::Jsonl), "old", |rule| rules.push(rule)) {
        Ok(report) => report.header.is_some_and(|header| composed(&header, &rules) == list),
        Err(ReadError::Empty(_)) => true,
        Err(_) => false,
    }
}

fn applied(old: &[u8], delta: &[u8]) -> Option<Vec<u8>> {
    let mut new = Vec::new();
    apply(old, delta, &mut new).ok().map(|_| new)
}

fn composed(header: &Header, rules: &[Rule]) -> Vec<u8> {
    let mut octets = Vec::new();
    compose_jsonl(header, rules, &mut octets).expect("blocks of names can be said");
    octets
}

fn header_of(serial: u64) -> Header {
    Header { serial, ..header() }
}

impl AnyRule {
    /// As reading any format would give it; `None` where no format has such a name.
    fn to_rule(&self) -> Option<Rule> {
        let name: Name = normalise(&self.name.to_name().to_string()).ok()?;
        let scope = [Scope::Domain, Scope::Host, Scope::Below][usize::from(self.scope % 3)];
        let listed = self.listed.and_then(|second| Timestamp::from_second(second.into()).ok());
        let staged = self.scope % 6 >= 3;
        let details = Details { reference: self.reference.clone(), listed, staged, ..Details::default() };
        Some(Rule { line: 1, trigger: Trigger::Name(name, scope), effect: Effect::Block, details })
    }
}
