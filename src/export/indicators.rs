//! Indicators for partners in other states, who read MISP or STIX: what is blocked, for whom to look at it and decide.
//!
//! Neither knows exceptions: what has one below it is left out, with a word on it. Whoever imports a later export finds
//! the same identifiers in it, which are made from the list and the name alone, so that nothing is there twice.

use std::io::{self, Write};

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::deciding::Deciding;
use super::kind::Kind;
use super::lines::{self, Part};
use super::loss::Told;
use super::meaning::Meaning;
use super::settings::Source;
use super::zone::Serial;
use crate::blocklist::Details;

const END: &str = "its end, of which MISP tells in the comment alone";
const BELOW: &str = "names below it, since a pattern cannot say `_`";
const NO_TIME: &str = "ends before it begins, and left out";

/// The namespace of all identifiers that are made here (RFC 9562 §5.5); any constant serves.
const NAMESPACE: Uuid = Uuid::from_u128(0x3c5d_1f0e_8a41_4f6b_9d27_52be_6c90_71a4);

/// An event of MISP (core format): an attribute `domain` for a name with all below it, `hostname` for a name alone.
pub(super) fn compose_misp(
    meaning: &Meaning,
    source: Source<'_>,
    serial: Serial,
    out: &mut dyn Write,
) -> io::Result<Told> {
    let list = List::of(source, serial);
    let (mut attributes, mut ends) = (Vec::new(), Vec::new());
    let mut told = lines::say(Kind::Misp, meaning, |name, part, value| {
        let details = list.deciding.details(name, part);
        ends.extend(details.expires.map(|_| name.clone()));
        let mut attribute = json!({
            "uuid": list.identifier(&value),
            "type": if part == Part::Own { "hostname" } else { "domain" },
            "category": "Network activity",
            "to_ids": true,
            "value": value,
            "comment": comment(details),
            "timestamp": list.issued.as_second().to_string(),
            // As the event is shared.
            "distribution": "5",
        });
        if let Some(listed) = details.listed {
            attribute["first_seen"] = stamp(listed).into();
        }
        attributes.push(attribute);
        Ok(())
    })?;
    ends.into_iter().for_each(|name| told.lose(END, name));
    let mut event = json!({
        "uuid": list.identifier(&"event"),
        "info": list.title,
        "date": list.issued.strftime("%Y-%m-%d").to_string(),
        "timestamp": list.issued.as_second().to_string(),
        // Undefined; completed; whoever imports it decides who else sees it.
        "threat_level_id": "4",
        "analysis": "2",
        "distribution": "0",
        "published": false,
        "Attribute": attributes,
    });
    if let Some(authority) = list.authority {
        event["Orgc"] = json!({ "name": authority, "uuid": identifier(&["authority", authority]) });
    }
    write(&json!({ "Event": event }), out)?;
    Ok(told)
}

/// A bundle of STIX 2.1: an indicator for each name, made by the identity of the authority.
pub(super) fn compose_stix(
    meaning: &Meaning,
    source: Source<'_>,
    serial: Serial,
    out: &mut dyn Write,
) -> io::Result<Told> {
    let list = List::of(source, serial);
    let modified = stamp(list.issued);
    let maker =
        list.authority.map(|authority| format!("identity--{}", identifier(&["authority", authority])));
    let mut objects: Vec<Value> = Vec::new();
    if let (Some(authority), Some(maker)) = (list.authority, &maker) {
        objects.push(json!({
            "type": "identity", "spec_version": "2.1", "id": maker, "created": EPOCH, "modified": EPOCH,
            "name": authority, "identity_class": "organization",
        }));
    }
    let (mut odd, mut over) = (Vec::new(), Vec::new());
    let mut told = lines::say(Kind::Stix, meaning, |name, part, pattern| {
        let details = list.deciding.details(name, part);
        let host = name.to_host();
        let from = details.listed.unwrap_or(list.issued).min(list.issued);
        if details.expires.is_some_and(|end| end <= from) {
            over.push(name.clone());
            return Ok(());
        }
        if host.contains('_') && part != Part::Own {
            odd.push(name.clone());
        }
        let mut indicator = json!({
            "type": "indicator", "spec_version": "2.1",
            "id": format!("indicator--{}", list.identifier(&host)),
            "created": stamp(from), "modified": modified,
            "name": host, "description": list.title,
            "indicator_types": ["malicious-activity"],
            "pattern": pattern, "pattern_type": "stix", "pattern_version": "2.1",
            "valid_from": stamp(from),
        });
        if let Some(maker) = &maker {
            indicator["created_by_ref"] = maker.as_str().into();
        }
        if let Some(end) = details.expires {
            indicator["valid_until"] = stamp(end).into();
        }
        if let Some(category) = details.category.as_deref().or(list.category) {
            indicator["labels"] = json!([category]);
        }
        if let Some(case) = &details.reference {
            indicator["external_references"] = json!([{ "source_name": list.title, "external_id": case }]);
        }
        objects.push(indicator);
        Ok(())
    })?;
    told.written -= over.len() as u64;
    odd.into_iter().for_each(|name| told.lose(BELOW, name));
    over.into_iter().for_each(|name| told.lose(NO_TIME, name));
    let id = format!("bundle--{}", list.identifier(&modified));
    write(&json!({ "type": "bundle", "id": id, "objects": objects }), out)?;
    Ok(told)
}

/// How a pattern says what begins at a name; nothing where it cannot.
pub(super) fn pattern(host: &str, part: Part) -> Option<String> {
    let alone = format!("domain-name:value = '{host}'");
    let below = format!("domain-name:value LIKE '%.{host}'");
    // There, `_` stands for any letter.
    let has_below = !host.contains('_');
    match part {
        Part::Whole if has_below => Some(format!("[{alone} OR {below}]")),
        Part::Whole | Part::Own => Some(format!("[{alone}]")),
        Part::Below => has_below.then(|| format!("[{below}]")),
    }
}

/// What all of a list's indicators share.
struct List<'s> {
    id: &'s str,
    title: String,
    authority: Option<&'s str>,
    category: Option<&'s str>,
    issued: Timestamp,
    deciding: Deciding<'s>,
}

impl<'s> List<'s> {
    fn of(source: Source<'s>, serial: Serial) -> Self {
        let header = source.header;
        let since_1970 = || Timestamp::from_second(serial.0.into()).unwrap_or_default();
        Self {
            id: header.map_or("", |header| &header.list),
            title: header.map_or_else(
                || "List of names".to_owned(),
                |header| format!("{} of {}", header.list, header.authority),
            ),
            authority: header.map(|header| header.authority.as_str()),
            category: header.map(|header| header.category.as_str()),
            issued: header.map_or_else(since_1970, |header| header.issued),
            deciding: Deciding::of(source.rules),
        }
    }

    fn identifier(&self, what: &impl AsRef<str>) -> String {
        identifier(&["list", self.id, what.as_ref()])
    }
}

/// An identifier that is always the same for the same words.
fn identifier(words: &[&str]) -> String {
    Uuid::new_v5(&NAMESPACE, words.join("\n").as_bytes()).to_string()
}

/// A moment in milliseconds, as STIX wants it (§3.2).
fn stamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Identities have no time of their own here, and are always the same.
const EPOCH: &str = "2026-01-01T00:00:00.000Z";

fn comment(details: &Details) -> String {
    let case = details.reference.as_ref().map(|case| format!("case {case}"));
    let end = details.expires.map(|end| format!("until {end}"));
    [case, details.category.clone(), end].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn write(document: &Value, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, document)?;
    writeln!(out)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::{self, Format, Header};
    use crate::dns::Name;

    const HEADER: &str = concat!(
        r#"{"list":"xx/a","serial":3,"jurisdiction":"XX","category":"c","authority":"A","legal_basis":"L","#,
        r#""appeal":"mailto:a@b.example","issued":"2026-06-01T00:00:00Z","expires":"2027-01-01T00:00:00Z"}"#
    );
    const RULES: &str = concat!(
        r#"{"name":"a.example","ref":"2026/1","listed":"2026-01-02T03:04:05Z","expires":"2026-12-31T00:00:00Z"}"#,
        "\n{\"name\":\"b.example\",\"scope\":\"host\"}\n{\"name\":\"c.example\",\"scope\":\"below\"}\n",
        "{\"name\":\"d_1.example\"}\n{\"name\":\"e.example\",\"expires\":\"2026-01-01T00:00:00Z\"}\n{\"name\":\"f.example\"}\n"
    );

    fn written(kind: Kind, header: &str) -> (Value, Vec<String>) {
        written_of(kind, header, RULES)
    }

    fn written_of(kind: Kind, header: &str, rules: &str) -> (Value, Vec<String>) {
        let list = format!("{header}\n{rules}");
        let mut rules = Vec::new();
        let report =
            blocklist::read(list.as_bytes(), Some(Format::Jsonl), "list", |rule| rules.push(rule)).unwrap();
        let protected = [Name::from_text("help.f.example").unwrap()];
        let header: Option<&Header> = report.header.as_ref();
        let source = Source { header, rules: &rules, protected: &protected };
        let meaning = Meaning::new(&rules, &protected, false);
        let mut out = Vec::new();
        let told = match kind {
            Kind::Misp => compose_misp(&meaning, source, Serial(1), &mut out),
            _ => compose_stix(&meaning, source, Serial(1), &mut out),
        };
        let told = told.unwrap();
        let losses =
            told.losses.iter().map(|loss| format!("{} {}", loss.count, loss.examples.join(" "))).collect();
        (serde_json::from_slice(&out).unwrap(), losses)
    }

    #[test]
    fn an_event_holds_domains_and_hosts() {
        let (event, losses) = written(Kind::Misp, HEADER);
        let attributes = event["Event"]["Attribute"].as_array().unwrap();
        let shown: Vec<String> =
            attributes.iter().map(|it| format!("{} {}", it["type"], it["value"]).replace('"', "")).collect();
        assert_eq!(
            shown,
            ["domain a.example", "hostname b.example", "domain d_1.example", "domain e.example"]
        );
        assert_eq!(attributes[0]["comment"], "case 2026/1; until 2026-12-31T00:00:00Z");
        assert_eq!(attributes[0]["first_seen"], "2026-01-02T03:04:05.000Z");
        assert_eq!(
            (&event["Event"]["info"], &event["Event"]["Orgc"]["name"]),
            (&"xx/a of A".into(), &"A".into())
        );
        assert_eq!(losses, ["1 c.example.", "1 f.example.", "2 a.example. e.example."]);
    }

    #[test]
    fn a_bundle_holds_what_patterns_can_say() {
        let (bundle, losses) = written(Kind::Stix, HEADER);
        let objects = bundle["objects"].as_array().unwrap();
        assert_eq!(
            (&objects[0]["type"], &objects[0]["id"]),
            (&"identity".into(), &objects[1]["created_by_ref"])
        );
        let patterns: Vec<&str> = objects[1..].iter().map(|it| it["pattern"].as_str().unwrap()).collect();
        assert_eq!(
            patterns,
            [
                "[domain-name:value = 'a.example' OR domain-name:value LIKE '%.a.example']",
                "[domain-name:value = 'b.example']",
                "[domain-name:value LIKE '%.c.example']",
                "[domain-name:value = 'd_1.example']",
            ]
        );
        assert_eq!(objects[1]["valid_from"], "2026-01-02T03:04:05.000Z");
        assert_eq!(objects[1]["valid_until"], "2026-12-31T00:00:00.000Z");
        assert_eq!(objects[1]["external_references"][0]["external_id"], "2026/1");
        assert_eq!(losses, ["1 f.example.", "1 d_1.example.", "1 e.example."]);
    }

    /// Several rules speak of one name: what is told is what the one says that decides.
    #[test]
    fn what_is_told_of_a_name_is_of_the_rule_that_decides() {
        let rules = concat!(
            r#"{"name":"a.example","ref":"first","category":"x","expires":"2026-12-31T00:00:00Z"}"#,
            "\n",
            r#"{"name":"a.example","ref":"second"}"#,
            "\n",
            r#"{"name":"a.example","ref":"staged","staged":true}"#,
            "\n",
            r#"{"name":"b.example","scope":"host","ref":"alone"}"#,
            "\n",
            r#"{"name":"b.example","ref":"staged","staged":true}"#,
            "\n",
            r#"{"name":"c.example","ref":"whole"}"#,
            "\n",
            r#"{"name":"c.example","scope":"host","ref":"alone"}"#,
            "\n",
            r#"{"name":"d.example","scope":"below","ref":"below"}"#,
            "\n",
            r#"{"name":"d.example","scope":"host","ref":"alone"}"#,
            "\n"
        );
        let cases = ["first", "alone", "whole", "alone"];
        let header = HEADER.replace("\"expires\"", "\"shadow\":10,\"expires\"");
        let (bundle, _) = written_of(Kind::Stix, &header, rules);
        let objects = &bundle["objects"].as_array().unwrap()[1..];
        let told: Vec<&str> =
            objects.iter().map(|it| it["external_references"][0]["external_id"].as_str().unwrap()).collect();
        assert_eq!(told, cases);
        assert_eq!(
            (&objects[0]["labels"][0], &objects[0]["valid_until"]),
            (&"x".into(), &"2026-12-31T00:00:00.000Z".into())
        );
        let (event, _) = written_of(Kind::Misp, &header, rules);
        let attributes = event["Event"]["Attribute"].as_array().unwrap();
        let told: Vec<&str> = attributes.iter().map(|it| it["comment"].as_str().unwrap()).collect();
        assert!(
            told.iter().zip(cases).all(|(told, case)| told.starts_with(&format!("case {case}"))),
            "{told:?}"
        );
        assert_eq!(attributes[0]["comment"], "case first; x; until 2026-12-31T00:00:00Z");
    }

    #[test]
    fn a_later_export_has_the_same_identifiers_and_another_list_has_others() {
        let ids = |header: &str| {
            let (bundle, _) = written(Kind::Stix, header);
            let (event, _) = written(Kind::Misp, header);
            (bundle["objects"][1]["id"].clone(), event["Event"]["Attribute"][0]["uuid"].clone())
        };
        let later = HEADER.replace("2026-06-01", "2026-07-01");
        assert_eq!(ids(HEADER), ids(&later));
        assert_ne!(ids(HEADER), ids(&HEADER.replace("xx/a", "xx/b")));
        assert_eq!(written(Kind::Stix, HEADER), written(Kind::Stix, HEADER));
        let (bundle, _) = written(Kind::Stix, &later);
        assert_eq!(bundle["objects"][1]["modified"], "2026-07-01T00:00:00.000Z");
    }
}
