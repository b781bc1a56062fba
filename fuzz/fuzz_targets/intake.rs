//! What regulators are given, of any octets, as any shape and told from the content.
//!
//! Law: the name of every candidate is in the one spelling that rules have, and stands there once; what is shown of a
//! stranger's file is in one line without control characters; and the names, written as addresses that nobody clicks on
//! or as a table, are gathered again, all of them and no others.

#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use rempart::blocklist::{Format, normalise};
use rempart::intake::{Asked, Candidate, Gathered, Shape, gather};

const SHAPES: [Option<Shape>; 8] = [
    None,
    Some(Shape::Text),
    Some(Shape::Table),
    Some(Shape::Sheet),
    Some(Shape::Register),
    Some(Shape::Misp),
    Some(Shape::Stix),
    Some(Shape::List(Format::Domains)),
];

fuzz_target!(|data: &[u8]| {
    let Some((first, octets)) = data.split_first() else { return };
    let shape = SHAPES[usize::from(first % 8)];
    let observables = first & 8 != 0;
    match gather(octets, &Asked { shape, observables, file: "file", ..Asked::default() }) {
        Ok(found) => {
            assert!(shape.is_none_or(|shape| shape == found.shape));
            check(&found);
            again(&found);
        }
        Err(error) => show(&error.to_string()),
    }
});

fn check(found: &Gathered) {
    let mut seen = BTreeSet::new();
    for Candidate { name, scope, place, remarks, said } in &found.candidates {
        let spelled = normalise(&name.to_host()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(spelled.as_wire(), name.as_wire());
        assert!(name.label_count() > 1, "{name} stands for all below it");
        assert!(seen.insert((name, scope)), "{name} stands there twice");
        show(&place.to_string());
        remarks.iter().for_each(|remark| show(&remark.to_string()));
        let texts = [&said.reference, &said.category, &said.legal_basis, &said.evidence, &said.comment];
        texts.into_iter().flatten().for_each(|text| show(text));
    }
    found.refused.iter().for_each(|refusal| show(&refusal.to_string()));
    found.notes.iter().for_each(|note| show(&note.to_string()));
}

fn show(text: &str) {
    assert!(!text.contains(char::is_control), "a stranger writes into our terminal: {text:?}");
}

fn again(found: &Gathered) {
    let hosts: BTreeSet<String> = found.candidates.iter().map(|candidate| candidate.name.to_host()).collect();
    if hosts.is_empty() {
        return;
    }
    let text: String = hosts.iter().map(|host| format!("see hxxps://{}/\n", host.replace('.', "[.]"))).collect();
    let table: String = hosts.iter().map(|host| format!("{host};17\n")).collect();
    for (text, shape) in [(text, Shape::Text), (format!("Domain;Case\n{table}"), Shape::Table)] {
        let asked = Asked { shape: Some(shape), file: "file", ..Asked::default() };
        let found = gather(text.as_bytes(), &asked).unwrap_or_else(|error| panic!("{error}: {text}"));
        let again: BTreeSet<String> = found.candidates.iter().map(|it| it.name.to_host()).collect();
        assert_eq!(hosts, again, "{text}");
    }
}
