//! Events of MISP, in the JSON that it exports: attributes of names and addresses that are to be acted on.
//!
//! ```text
//! {"Event": {"Attribute": [{"type": "domain", "value": "…", "to_ids": true, …}], "Object": [{"Attribute": […]}]}}
//! ```
//!
//! Several events come as an array, or as `response`; attributes that were searched for, without an event.

use serde::de::MapAccess;

use super::candidate::{Place, Said};
use super::collector::{Collector, MOST_NAMES};
use super::dates::read_date;
use super::error::Trouble;
use super::json::{Walk, Walker, Word, walk};
use super::text::clean;
use super::words::Manner;
use crate::blocklist::Scope;

const DELETED: &str = "attributes that were deleted";
const NOT_ACTED_ON: &str = "attributes that are not to be acted on (to_ids)";
const OTHERS: &str = "attributes that are no names";

/// An attribute, or any other object, which has no type and value of an attribute.
#[derive(Default)]
struct Attribute {
    kind: Word,
    value: Word,
    to_ids: Word,
    deleted: Word,
    comment: Word,
    first_seen: Word,
    uuid: Word,
}

/// What is left of an attribute that is to be acted on.
struct Taken {
    place: u64,
    kind: String,
    value: String,
    said: Said,
}

#[derive(Default)]
struct Found {
    taken: Vec<Taken>,
    attributes: u64,
    deleted: u64,
    not_acted_on: u64,
    others: u64,
}

pub(super) fn read(text: &str, collector: &mut Collector) -> Result<(), Trouble> {
    let mut found = Found::default();
    walk(text, &mut found, "MISP")?;
    collector.leave_out_many(DELETED, found.deleted);
    collector.leave_out_many(NOT_ACTED_ON, found.not_acted_on);
    collector.leave_out_many(OTHERS, found.others);
    for Taken { place, kind, value, said } in found.taken {
        let place = Place::Entry(place);
        match kind.as_str() {
            // A host, where a domain is all below it, too.
            "hostname" => collector.exact(&value, Scope::Host, &place, Vec::new(), &said),
            "domain" => collector.exact(&value, Scope::Domain, &place, Vec::new(), &said),
            _ => collector.words(&value, Manner::Meant, &place, &[], &said),
        }
    }
    Ok(())
}

impl Walker for Found {
    type Object = Attribute;

    fn member<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        object: &mut Attribute,
        map: &mut A,
    ) -> Result<bool, A::Error> {
        let word = match key {
            "Event" | "response" | "Attribute" | "Object" => {
                map.next_value_seed(Walk(self))?;
                return Ok(true);
            }
            "type" => &mut object.kind,
            "value" => &mut object.value,
            "to_ids" => &mut object.to_ids,
            "deleted" => &mut object.deleted,
            "comment" => &mut object.comment,
            "first_seen" => &mut object.first_seen,
            "uuid" => &mut object.uuid,
            _ => return Ok(false),
        };
        *word = map.next_value()?;
        Ok(true)
    }

    fn take(&mut self, object: Attribute, before: usize) {
        let Attribute { kind, value, to_ids, deleted, comment, first_seen, uuid } = object;
        if deleted.is_true() {
            // With an object goes what is in it.
            self.deleted += (self.taken.len() - before) as u64;
            self.taken.truncate(before);
        }
        let (Some(kind), Some(value)) = (kind.text(), value.text()) else { return };
        self.attributes += 1;
        match kind {
            _ if deleted.is_true() => self.deleted += 1,
            "domain" | "hostname" | "url" | "uri" | "domain|ip" | "hostname|port" if !to_ids.is_true() => {
                self.not_acted_on += 1;
            }
            "domain" | "hostname" | "url" | "uri" | "domain|ip" | "hostname|port" => {
                let (kind, value) = match kind.split_once('|') {
                    Some((kind, _)) => (kind, value.split('|').next().unwrap_or_default()),
                    None => (kind, value),
                };
                let said = Said {
                    evidence: uuid.text().map(|uuid| format!("MISP attribute {}", clean(uuid))),
                    listed: first_seen.text().and_then(read_date),
                    comment: comment.text().map(clean),
                    ..Said::default()
                };
                // One more than there may be is told when they are gathered.
                if self.taken.len() <= MOST_NAMES {
                    let (kind, value) = (kind.to_owned(), value.to_owned());
                    self.taken.push(Taken { place: self.attributes, kind, value, said });
                }
            }
            _ => self.others += 1,
        }
    }

    fn mark(&self) -> usize {
        self.taken.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Asked, Gathered, Note, Shape, gather};

    const EVENT: &str = r#"{"Event": {"id": "7", "info": "Nudify services", "uuid": "5ac1d0b4-0000-4000-8000-000000000000",
        "Tag": [{"name": "tlp:green"}],
        "Attribute": [
            {"type": "domain", "category": "Network activity", "to_ids": true, "deleted": false, "value": "undress.example.net",
             "comment": "case 17", "uuid": "a-1", "first_seen": "2026-01-02T03:04:05.000000+00:00"},
            {"type": "hostname", "to_ids": "1", "deleted": "0", "value": "app.nackt.example.org"},
            {"type": "url", "to_ids": true, "value": "https://fake.example.com/app?x=1"},
            {"type": "domain|ip", "to_ids": true, "value": "bad.com|192.0.2.1"},
            {"type": "domain", "to_ids": false, "value": "victim.org"},
            {"type": "domain", "to_ids": true, "deleted": true, "value": "gone.com"},
            {"type": "sha256", "to_ids": true, "value": "00"},
            {"type": "domain", "to_ids": true, "value": "192.0.2.1"}],
        "Object": [
            {"name": "domain-ip", "meta-category": "network", "deleted": false,
             "Attribute": [{"type": "domain", "to_ids": true, "value": "worse.com", "object_relation": "domain"}]},
            {"name": "domain-ip", "Attribute": [{"type": "domain", "to_ids": true, "value": "was.com"}], "deleted": true}],
        "RelatedEvent": [{"Event": {"Attribute": [{"type": "domain", "to_ids": true, "value": "other.com"}]}}]}}"#;

    fn shown(found: &Gathered) -> Vec<String> {
        let scope = |scope| if scope == Scope::Host { "=" } else { "" };
        let show =
            |it: &crate::intake::Candidate| format!("{}: {}{}", it.place, scope(it.scope), it.name.to_host());
        found.candidates.iter().map(show).collect()
    }

    #[test]
    fn what_is_to_be_acted_on_is_taken_and_the_rest_counted() {
        let found = gather(EVENT.as_bytes(), &Asked::default()).unwrap();
        assert_eq!(found.shape, Shape::Misp);
        assert_eq!(
            shown(&found),
            [
                "entry 1: undress.example.net",
                "entry 2: =app.nackt.example.org",
                "entry 3: fake.example.com",
                "entry 4: bad.com",
                "entry 9: worse.com"
            ]
        );
        let said = &found.candidates[0].said;
        assert_eq!(
            (said.comment.as_deref(), said.evidence.as_deref()),
            (Some("case 17"), Some("MISP attribute a-1"))
        );
        assert_eq!(said.listed, Some("2026-01-02T03:04:05Z".parse().unwrap()));
        assert_eq!(
            found.notes,
            [Note::LeftOut(DELETED, 2), Note::LeftOut(NOT_ACTED_ON, 1), Note::LeftOut(OTHERS, 1)]
        );
        assert_eq!(found.refused.len(), 1);
    }

    #[test]
    fn events_come_in_several_wrappings() {
        for text in [
            format!("[{EVENT}]"),
            format!("{{\"response\": [{EVENT}]}}"),
            r#"{"response": {"Attribute": [{"type": "domain", "to_ids": true, "value": "undress.example.net"}]}}"#
                .to_owned(),
            r#"[{"type": "domain", "to_ids": true, "value": "undress.example.net"}]"#.to_owned(),
        ] {
            let found = gather(text.as_bytes(), &Asked::default()).unwrap();
            assert_eq!(
                (found.shape, found.candidates[0].name.to_host()),
                (Shape::Misp, "undress.example.net".into()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_breaks_off_or_is_deep_is_refused() {
        let deep = format!("{{\"Event\":{}1{}}}", "[".repeat(1_000), "]".repeat(1_000));
        for text in [&EVENT[..EVENT.len() - 3], &deep, &format!("{EVENT}x")] {
            let asked = Asked { shape: Some(Shape::Misp), ..Asked::default() };
            let error = gather(text.as_bytes(), &asked).unwrap_err();
            assert!(matches!(error.trouble, Trouble::Damaged { .. }), "{error}");
        }
    }
}
