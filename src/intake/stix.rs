//! Bundles of STIX 2.0 and 2.1: indicators of names and addresses.
//!
//! An indicator says by its [`pattern`] what it is about. A pattern with one name is about that name alone; who means all
//! below it adds `LIKE '%.name'`, as our own export does. What was merely observed (`domain-name`, `url`) is taken only
//! where somebody asks for it: a victim's site was observed, too.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::MapAccess;

use super::candidate::{Objection, Place, Said};
use super::collector::{Collector, MOST_NAMES};
use super::dates::read_date;
use super::error::Trouble;
use super::json::{Few, Walk, Walker, Word, walk};
use super::pattern::{self, Told};
use super::remark::Remark;
use super::text::clean;
use super::words::Manner;
use crate::blocklist::{Scope, excerpt};

const REVOKED: &str = "indicators that were revoked";
const BENIGN: &str = "indicators of what is benign";
const REPLACED: &str = "indicators of which there is a newer version";
const OBSERVED: &str = "names and addresses that were merely observed";

/// Kinds of indicators (§10.6) that do not say that a site is unlawful, the gravest first.
const DOUBTFUL: [(&str, &str); 5] = [
    ("compromised", "the site of a victim"),
    ("anomalous-activity", "unusual, and not necessarily unlawful"),
    ("anonymization", "a service that others hide behind"),
    ("attribution", "evidence of who somebody is"),
    ("unknown", "of no known meaning"),
];

/// A reference to something outside, such as a case.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reference {
    external_id: Word,
    url: Word,
}

/// An object of any type.
#[derive(Default)]
struct Object {
    kind: Word,
    id: Word,
    modified: Word,
    revoked: Word,
    pattern: Word,
    pattern_type: Word,
    valid_from: Word,
    valid_until: Word,
    name: Word,
    description: Word,
    value: Word,
    /// Of what kind an indicator is: by this name from 2.1 on, in its labels before.
    indicator_types: Few<Word>,
    labels: Few<Word>,
    external_references: Few<Reference>,
}

/// What there is to take.
#[derive(Default)]
struct Found {
    objects: u64,
    indicators: Vec<(u64, Object)>,
    observed: Vec<(u64, String)>,
}

pub(super) fn read(text: &str, observables: bool, collector: &mut Collector) -> Result<(), Trouble> {
    let mut found = Found::default();
    walk(text, &mut found, "STIX")?;
    let newest = newest(&found.indicators);
    for (place, indicator) in &found.indicators {
        match newest.contains(place) {
            true => take(indicator, &Place::Entry(*place), collector),
            false => collector.leave_out(REPLACED),
        }
    }
    for (place, value) in &found.observed {
        match observables {
            true => collector.words(value, Manner::Meant, &Place::Entry(*place), &[], &Said::default()),
            false => collector.leave_out(OBSERVED),
        }
    }
    Ok(())
}

/// The places of the newest version of each indicator, and of those without an identifier.
fn newest(indicators: &[(u64, Object)]) -> BTreeSet<u64> {
    let mut newest: BTreeMap<&str, (Option<jiff::Timestamp>, u64)> = BTreeMap::new();
    let mut places = BTreeSet::new();
    for (place, indicator) in indicators {
        let Some(id) = indicator.id.text() else {
            places.insert(*place);
            continue;
        };
        let version = (indicator.modified.text().and_then(read_date), *place);
        let known = newest.entry(id).or_insert(version);
        *known = version.max(*known);
    }
    places.extend(newest.into_values().map(|(_, place)| place));
    places
}

fn take(indicator: &Object, place: &Place, collector: &mut Collector) {
    if indicator.revoked.is_true() {
        return collector.leave_out(REVOKED);
    }
    let kinds = indicator.indicator_types.0.iter().chain(&indicator.labels.0).filter_map(Word::text);
    let kinds: Vec<String> = kinds.map(str::to_ascii_lowercase).collect();
    if kinds.iter().any(|kind| kind == "benign") {
        return collector.leave_out(BENIGN);
    }
    let doubtful = DOUBTFUL.iter().find(|(doubtful, _)| kinds.iter().any(|kind| kind == doubtful));
    let shown = || indicator.name.text().or(indicator.id.text()).map(excerpt).unwrap_or_default();
    let told = match (indicator.pattern.text(), indicator.pattern_type.text()) {
        (Some(pattern), None | Some("stix")) => pattern::read(pattern),
        (_, Some(language)) if language != "stix" => Err(Objection::Language(excerpt(language))),
        _ => Err(Objection::Entry("is an indicator without a pattern".to_owned())),
    };
    let told = match told {
        Ok(told) => told,
        Err(objection) => return collector.refuse(place, shown(), objection),
    };
    let mut remarks: Vec<Remark> =
        doubtful.map(|(kind, means)| Remark::Indicates(kind, means)).into_iter().collect();
    let mut date = |word: &Word| {
        let text = word.text()?;
        let date = read_date(text);
        if date.is_none() {
            remarks.push(Remark::Date(excerpt(text)));
        }
        date
    };
    let references = &indicator.external_references.0;
    // Which is often what the pattern says.
    let name =
        || indicator.name.text().filter(|name| !indicator.pattern.text().is_some_and(|it| it.contains(name)));
    let said = Said {
        reference: references.iter().find_map(|it| it.external_id.text()).map(clean),
        evidence: references.iter().find_map(|it| it.url.text()).map(clean),
        listed: date(&indicator.valid_from),
        expires: date(&indicator.valid_until),
        comment: indicator.description.text().or_else(name).map(clean),
        ..Said::default()
    };
    put(told, place, &remarks, &said, collector);
}

/// Hands over the names of a pattern, each with what it says of it in several places.
fn put(told: Vec<Told>, place: &Place, remarks: &[Remark], said: &Said, collector: &mut Collector) {
    let below: BTreeSet<String> = told.iter().filter_map(below).collect();
    let alone: BTreeSet<String> = told.iter().filter_map(alone).collect();
    for one in told {
        let mut remarks = remarks.to_vec();
        match one {
            Told::Address(address) => collector.words(&address, Manner::Meant, place, &remarks, said),
            Told::Name(name) if below.contains(&name.to_lowercase()) => {
                collector.exact(&name, Scope::Domain, place, remarks, said);
            }
            Told::Name(name) => {
                remarks.push(Remark::HostAlone);
                collector.exact(&name, Scope::Host, place, remarks, said);
            }
            Told::Below(name) if alone.contains(&name.to_lowercase()) => {}
            Told::Below(name) => collector.exact(&name, Scope::Below, place, remarks, said),
        }
    }
}

fn below(told: &Told) -> Option<String> {
    if let Told::Below(name) = told { Some(name.to_lowercase()) } else { None }
}

fn alone(told: &Told) -> Option<String> {
    if let Told::Name(name) = told { Some(name.to_lowercase()) } else { None }
}

impl Walker for Found {
    type Object = Object;

    fn member<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        object: &mut Object,
        map: &mut A,
    ) -> Result<bool, A::Error> {
        let word = match key {
            "objects" => {
                map.next_value_seed(Walk(self))?;
                return Ok(true);
            }
            "indicator_types" => {
                object.indicator_types = map.next_value()?;
                return Ok(true);
            }
            "labels" => {
                object.labels = map.next_value()?;
                return Ok(true);
            }
            "external_references" => {
                object.external_references = map.next_value()?;
                return Ok(true);
            }
            "type" => &mut object.kind,
            "id" => &mut object.id,
            "modified" => &mut object.modified,
            "revoked" => &mut object.revoked,
            "pattern" => &mut object.pattern,
            "pattern_type" => &mut object.pattern_type,
            "valid_from" => &mut object.valid_from,
            "valid_until" => &mut object.valid_until,
            "name" => &mut object.name,
            "description" => &mut object.description,
            "value" => &mut object.value,
            _ => return Ok(false),
        };
        *word = map.next_value()?;
        Ok(true)
    }

    fn take(&mut self, object: Object, _: usize) {
        self.objects += 1;
        // One more than there may be is told when they are gathered.
        let has_room = self.indicators.len() + self.observed.len() <= MOST_NAMES;
        match object.kind.text() {
            Some("indicator") if has_room => self.indicators.push((self.objects, object)),
            Some("domain-name" | "url") if has_room => {
                self.observed.extend(object.value.text().map(|value| (self.objects, value.to_owned())));
            }
            _ => {}
        }
    }

    fn mark(&self) -> usize {
        self.indicators.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Asked, Gathered, Note, Shape, gather};

    fn bundle(objects: &str) -> String {
        format!(r#"{{"type": "bundle", "id": "bundle--1", "objects": [{objects}]}}"#)
    }

    fn indicator(id: &str, pattern: &str, more: &str) -> String {
        format!(
            r#"{{"type": "indicator", "spec_version": "2.1", "id": "indicator--{id}", "pattern_type": "stix",
                "pattern": "{pattern}" {more}}}"#
        )
    }

    fn gathered(objects: &[String], observables: bool) -> Gathered {
        let asked = Asked { observables, ..Asked::default() };
        gather(bundle(&objects.join(",")).as_bytes(), &asked).unwrap()
    }

    fn shown(found: &Gathered) -> Vec<String> {
        found
            .candidates
            .iter()
            .map(|it| format!("{} {} {:?}", it.place, it.name.to_host(), it.scope))
            .collect()
    }

    #[test]
    fn indicators_give_names_as_far_as_their_patterns_say() {
        let objects = [
            r#"{"type": "identity", "name": "A"}"#.to_owned(),
            indicator(
                "1",
                "[domain-name:value = 'a.com' OR domain-name:value LIKE '%.A.com']",
                r#", "valid_from": "2026-01-01T00:00:00.000Z", "valid_until": "2027-01-01T00:00:00.000Z",
                   "description": "d", "external_references": [{"source_name": "x", "external_id": "2026/1"}]"#,
            ),
            indicator("2", "[domain-name:value = 'b.com']", ""),
            indicator("3", "[url:value = 'https://c.com/x']", ""),
            indicator("4", "[domain-name:value LIKE '%.d.com']", ""),
            indicator("5", "[file:name = 'x']", r#", "name": "E""#),
            indicator("6", "[domain-name:value = 'f.com']", r#", "revoked": true"#),
            indicator("7", "[domain-name:value = 'g.com']", r#", "indicator_types": ["benign"]"#),
            indicator("9", "[domain-name:value = 'h.com']", r#", "labels": ["Benign"]"#),
            indicator("8", "title: sigma", "").replace("\"stix\"", "\"sigma\""),
            r#"{"type": "domain-name", "value": "victim.org"}"#.to_owned(),
        ];
        let found = gathered(&objects, false);
        assert_eq!(found.shape, Shape::Stix);
        assert_eq!(
            shown(&found),
            ["entry 2 a.com Domain", "entry 3 b.com Host", "entry 4 c.com Domain", "entry 5 d.com Below"]
        );
        let said = &found.candidates[0].said;
        assert_eq!((said.reference.as_deref(), said.comment.as_deref()), (Some("2026/1"), Some("d")));
        assert_eq!(said.expires, Some("2027-01-01T00:00:00Z".parse().unwrap()));
        assert!(found.candidates[1].remarks.contains(&Remark::HostAlone));
        let refused: Vec<String> = found.refused.iter().map(ToString::to_string).collect();
        assert!(
            refused[0].starts_with("entry 6: `E` is a pattern") && refused[0].contains("file:name"),
            "{refused:?}"
        );
        assert!(refused[1].contains("`sigma`"), "{refused:?}");
        let left_out =
            [(REVOKED, 1), (BENIGN, 2), (OBSERVED, 1)].map(|(what, count)| Note::LeftOut(what, count));
        assert_eq!(found.notes, left_out);
        assert_eq!(shown(&gathered(&objects, true)).last().unwrap(), "entry 11 victim.org Domain");
    }

    #[test]
    fn indicators_of_what_is_not_unlawful_are_remarked() {
        let kinds = [
            (
                r#", "indicator_types": ["malicious-activity", "compromised"]"#,
                "indicates `compromised`, the site of a victim",
            ),
            (r#", "labels": "compromised""#, "indicates `compromised`, the site of a victim"),
            (r#", "labels": ["anomalous-activity"]"#, "indicates `anomalous-activity`, unusual"),
            (r#", "indicator_types": ["malicious-activity"], "labels": {"a": [1]}"#, "is meant alone"),
        ];
        for (more, expected) in kinds {
            let found = gathered(&[indicator("1", "[domain-name:value = 'a.com']", more)], false);
            let first = found.candidates[0].remarks[0].to_string();
            assert!(first.starts_with(expected), "{more}: {first}");
        }
    }

    #[test]
    fn the_newest_version_counts() {
        let version = |day: u8, more: &str| {
            indicator(
                "1",
                "[domain-name:value = 'a.com']",
                &format!(r#", "modified": "2026-01-0{day}T00:00:00Z" {more}"#),
            )
        };
        let found = gathered(&[version(1, ""), version(3, r#", "revoked": true"#), version(2, "")], false);
        assert_eq!(
            (shown(&found).len(), found.notes),
            (0, vec![Note::LeftOut(REPLACED, 2), Note::LeftOut(REVOKED, 1)])
        );
    }

    #[test]
    fn one_indicator_and_an_envelope_are_read_too() {
        let one = indicator("1", "[domain-name:value = 'a.com']", "");
        for text in [one.clone(), format!(r#"{{"more": false, "objects": [{one}]}}"#), format!("[{one}]")] {
            let found = gather(text.as_bytes(), &Asked::default()).unwrap();
            assert_eq!((found.shape, found.candidates.len()), (Shape::Stix, 1), "{text}");
        }
    }
}
