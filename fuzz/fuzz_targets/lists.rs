//! Lists of any octets, in each format and told from the content.
//!
//! Law: counts add up; the name of every rule is in the one spelling that rules have; what is composed in our own
//! format and read again gives equal rules and equal octets; the guard rails let no top-level domain pass, and
//! say what is wrong in one line.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rempart::blocklist::{
    Effect, Format, GuardRails, ReadError, Rule, Trigger, compose_jsonl, normalise, read,
};
use rempart::dns::{Name, labels};
use rempart_fuzz::world::header;

const FORMATS: [Option<Format>; 8] = [
    None,
    Some(Format::Domains),
    Some(Format::Hosts),
    Some(Format::Dnsmasq),
    Some(Format::Adblock),
    Some(Format::Rpz),
    Some(Format::CertPolska),
    Some(Format::Jsonl),
];

fuzz_target!(|data: &[u8]| {
    let Some((first, content)) = data.split_first() else { return };
    let format = FORMATS[usize::from(first % 8)];
    let mut rules = Vec::new();
    let report = match read(content, format, "list", |rule| rules.push(rule)) {
        Ok(report) => report,
        Err(error) => {
            let promised_nothing = matches!(error, ReadError::Empty(_) | ReadError::OnlyFaults { .. });
            assert!(!promised_nothing || rules.is_empty(), "rules were handed over and then denied: {error}");
            assert!(!error.to_string().contains(['\n', '\u{1b}']), "a stranger writes into our log");
            return;
        }
    };
    assert_eq!(report.rules, rules.len() as u64);
    assert!(report.rules > 0);
    assert_eq!(report.faults.len() as u64, report.faulty.min(100));
    assert_eq!(report.header.is_some(), report.format == Format::Jsonl);
    assert!(format.is_none_or(|named| named == report.format));
    for fault in &report.faults {
        assert!(!fault.to_string().contains(['\n', '\u{1b}']), "a stranger writes into our log");
    }
    rules.iter().for_each(check);
    rules.iter().for_each(judge);
    compose(&rules);
});

fn check(rule: &Rule) {
    assert!(rule.line > 0);
    if let Trigger::Name(name, _) = &rule.trigger {
        assert_ne!(*name, Name::root(), "a rule for everything");
        for label in labels(name.as_wire()) {
            let fits =
                |octet: &u8| octet.is_ascii_lowercase() || octet.is_ascii_digit() || b"-_".contains(octet);
            assert!(label.iter().all(fits), "{name}");
        }
        let again = normalise(&name.to_string()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(again.as_wire(), name.as_wire());
    }
    if let Effect::Local(records) = &rule.effect {
        assert!(!records.is_empty(), "local data of nothing");
    }
}

static RAILS: LazyLock<GuardRails> = LazyLock::new(|| GuardRails::built_in().expect("our own files"));

fn judge(rule: &Rule) {
    let breach = RAILS.judge(rule);
    let Trigger::Name(name, _) = &rule.trigger else { return };
    let is_top_level = labels(name.as_wire()).count() == 1;
    assert!(breach.is_some() || !is_top_level || rule.effect == Effect::Allow, "{name}");
    assert!(breach.is_none_or(|breach| !breach.to_string().contains(['\n', '\u{1b}'])), "{name}");
}

/// Composes all that the format can say, and reads it back.
fn compose(rules: &[Rule]) {
    let said = |rule: &&Rule| matches!((&rule.trigger, &rule.effect), (Trigger::Name(..), Effect::Block));
    let sayable: Vec<&Rule> = rules.iter().filter(said).collect();
    if sayable.is_empty() {
        return;
    }
    let octets = composed(&sayable);
    let mut again = Vec::new();
    let report = read(&octets[..], None, "composed", |rule| again.push(rule)).expect("our own list");
    assert_eq!((report.format, report.faulty), (Format::Jsonl, 0));
    for rule in &sayable {
        let same = |other: &&Rule| other.trigger == rule.trigger && other.details == rule.details;
        assert!(again.iter().any(|other| same(&other)), "lost: {rule:?}");
    }
    assert!(again.len() <= sayable.len());
    assert!(composed(&again.iter().collect::<Vec<_>>()) == octets, "equal content is equal octets");
}

fn composed(rules: &[&Rule]) -> Vec<u8> {
    let mut octets = Vec::new();
    compose_jsonl(&header(), rules.iter().copied(), &mut octets).expect("blocks of names can be said");
    octets
}
