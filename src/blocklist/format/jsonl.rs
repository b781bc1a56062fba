//! Our own published list: JSON Lines, the [`Header`] first, then one rule a line.
//!
//! A list without a header is refused: who lists a name, under what law and where to contest it is what makes
//! this format worth having. [`compose_jsonl`] sorts and removes repetitions, so that equal content is equal
//! bytes, whoever writes it.

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::fault::{Reason, excerpt};
use super::lines::Lines;
use super::normal::normalise;
use super::read::{Intake, ReadError};
use crate::blocklist::{Details, Effect, Header, Rule, Scope, Trigger};

/// Why a list cannot be written in our format.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// The format holds names to block, and neither exceptions, actions nor networks.
    #[error("the rule of line {line} does more than block a name, which a published list cannot say")]
    Inexpressible {
        /// The line of its source.
        line: u64,
    },
    /// The name is not as [`normalise`] gives it, so that the line could not be read back.
    #[error("the name in the rule of line {line} is in no spelling that a published list has; normalise it")]
    Spelling {
        /// The line of its source.
        line: u64,
    },
    /// The output failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// One rule, as it is written: [`Details`] are part of the line and not an object in it.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RuleLine<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(default = "usual_scope")]
    scope: Scope,
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    listed: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(rename = "override", default, skip_serializing_if = "Option::is_none")]
    overrides: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    staged: bool,
}

fn usual_scope() -> Scope {
    Scope::Domain
}

pub(super) fn read(lines: &mut Lines<'_>, intake: &mut Intake<'_>) -> Result<(), ReadError> {
    read_header(lines, intake)?;
    while let Some(line) = lines.next(intake)? {
        if line.text.trim_ascii().is_empty() {
            continue;
        }
        match parse_rule(line.number, line.text) {
            Ok(rule) => intake.rule(rule),
            Err(reason) => intake.fault(line.number, reason),
        }
    }
    Ok(())
}

/// Reads the first line that is not empty, if there is one.
pub(super) fn read_header(lines: &mut Lines<'_>, intake: &mut Intake<'_>) -> Result<(), ReadError> {
    while let Some(line) = lines.next(intake)? {
        if line.text.trim_ascii().is_empty() {
            continue;
        }
        let header = parse_header(line.text)
            .map_err(|reason| ReadError::Header { file: intake.file.clone(), reason })?;
        intake.header(header);
        break;
    }
    Ok(())
}

/// The header in a line, or what is wrong with it.
pub(in crate::blocklist) fn parse_header(text: &[u8]) -> Result<Header, String> {
    serde_json::from_slice(text).map_err(|error| describe(&error))
}

/// The rule in a line.
pub(in crate::blocklist) fn parse_rule(line: u64, text: &[u8]) -> Result<Rule, Reason> {
    let found: RuleLine<'_> = serde_json::from_slice(text).map_err(|error| Reason::Json(describe(&error)))?;
    let RuleLine { name, scope, reference, listed, expires, category, overrides, staged } = found;
    let trigger = Trigger::Name(normalise(&name)?, scope);
    let details = Details { reference, listed, expires, category, overrides, staged };
    Ok(Rule { line, trigger, effect: Effect::Block, details })
}

/// What is wrong with a line of JSON, and in which column; its line is always the first of what was parsed.
pub(in crate::blocklist) fn describe(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(&*text, |(what, _)| what);
    format!("{} at column {}", excerpt(what), error.column())
}

/// Writes a published list: the header, then the rules by reversed labels, each once.
///
/// Equal headers and equal sets of rules give equal bytes. Memory grows with the rules.
pub fn compose_jsonl<'a>(
    header: &Header,
    rules: impl IntoIterator<Item = &'a Rule>,
    mut out: impl Write,
) -> Result<(), ComposeError> {
    let mut entries = rules.into_iter().map(compose_rule).collect::<Result<Vec<_>, _>>()?;
    entries.sort_unstable();
    entries.dedup();
    serde_json::to_writer(&mut out, header).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    for entry in entries {
        out.write_all(entry.line())?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// A rule's line.
pub(in crate::blocklist) fn compose_rule(rule: &Rule) -> Result<Entry, ComposeError> {
    let Rule { trigger: Trigger::Name(name, scope), effect: Effect::Block, details, .. } = rule else {
        return Err(ComposeError::Inexpressible { line: rule.line });
    };
    let Details { reference, listed, expires, category, overrides, staged } = details.clone();
    let found = RuleLine {
        name: name.to_host().into(),
        scope: *scope,
        reference,
        listed,
        expires,
        category,
        overrides,
        staged,
    };
    let composed = serde_json::to_vec(&found).map_err(io::Error::from)?;
    Entry::new(composed).ok_or(ComposeError::Spelling { line: rule.line })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::format::{
        Format, read as read_list,
        read::tests::{faults, rules, rules_in_full},
    };
    use crate::dns::Name;

    const HEADER: &str = concat!(
        r#"{"list":"xx/test","serial":7,"jurisdiction":"XX","category":"test","authority":"A","#,
        r#""legal_basis":"B","titles":{"en":"T"},"appeal":"mailto:appeal@a.example","#,
        r#""issued":"2026-01-01T00:00:00Z","expires":"2026-02-01T00:00:00Z"}"#
    );

    #[test]
    fn rules_keep_what_they_say() {
        let list = format!(
            "{HEADER}\r\n\r\n\
            {{\"name\":\"A.example\"}}\n\
            {{\"name\":\"b.example\",\"scope\":\"host\",\"ref\":\"2026/1\",\
             \"listed\":\"2026-01-02T00:00:00Z\",\
             \"expires\":\"2026-03-01T00:00:00+01:00\",\"category\":\"c\",\"override\":\"why\",\"staged\":true}}\n\
            {{\"name\":\"\\u017car.example\",\"scope\":\"below\"}}"
        );
        let found = rules_in_full(Format::Jsonl, list.as_bytes());
        let details = Details {
            reference: Some("2026/1".into()),
            listed: Some("2026-01-02T00:00:00Z".parse().unwrap()),
            expires: Some("2026-02-28T23:00:00Z".parse().unwrap()),
            category: Some("c".into()),
            overrides: Some("why".into()),
            staged: true,
        };
        let rule = |line, name, scope, details| {
            let trigger = Trigger::Name(Name::from_text(name).unwrap(), scope);
            Rule { line, trigger, effect: Effect::Block, details }
        };
        assert_eq!(
            found,
            [
                rule(3, "a.example", Scope::Domain, Details::default()),
                rule(4, "b.example", Scope::Host, details),
                rule(5, "xn--ar-vva.example", Scope::Below, Details::default()),
            ]
        );
        let report = read_list(list.as_bytes(), None, "a.jsonl", |_| {}).unwrap();
        assert_eq!(report.header.map(|header| (header.list, header.serial)), Some(("xx/test".into(), 7)));
    }

    #[test]
    fn a_bad_line_costs_itself_alone() {
        for (line, reason) in [
            (r#"{"name":"a.example","why":1}"#, "unknown field `why`, expected"),
            (r#"{"scope":"host"}"#, "missing field `name` at column 16; correct the line"),
            (r#"{"name":"a.example","name":"b.example"}"#, "duplicate field `name`"),
            (r#"{"name":"a.example","scope":"zone"}"#, "unknown variant `zone`"),
            (r#"{"name":"a.example","expires":"soon"}"#, "at column 36; correct the line"),
            (r#"{"name":"a.example"}}"#, "trailing characters at column 21"),
            (r#"{"name":"https://a.example/"}"#, "`https://a.example/` is more than a host name"),
            ("a.example", "expected value at column 1"),
        ] {
            let list = format!("{HEADER}\n{line}\n{{\"name\":\"b.example\"}}\n");
            assert_eq!(rules(Format::Jsonl, list.as_bytes()), [(3, "b.example.".into(), Scope::Domain)]);
            let found = faults(Format::Jsonl, list.as_bytes());
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].0, 2);
            assert!(found[0].1.to_string().contains(reason), "{}", found[0].1);
        }
    }

    #[test]
    fn the_header_must_be_there_and_whole() {
        let rule = r#"{"name":"a.example"}"#;
        let unknown = HEADER.replace("\"serial\"", "\"why\":1,\"serial\"");
        for (first, reason) in [
            (rule, "unknown field `name`"),
            (&unknown, "unknown field `why`"),
            (r#"{"list":"a"}"#, "missing field `serial`"),
        ] {
            let list = format!("{first}\n{rule}\n");
            let error = read_list(list.as_bytes(), None, "a.jsonl", |_| panic!("{first}")).unwrap_err();
            assert!(matches!(error, ReadError::Header { .. }));
            let text = error.to_string();
            assert!(
                text.starts_with("a.jsonl: the first line is not the header") && text.contains(reason),
                "{text}"
            );
        }
    }

    #[test]
    fn equal_content_is_equal_bytes() {
        let header: Header = serde_json::from_str(HEADER).unwrap();
        let names = ["a.example", "b.a.example", "a-b.example", "z.invalid", "A.test", "a.example"];
        let mut rules: Vec<Rule> = (1..)
            .zip(names)
            .map(|(line, name)| {
                let trigger = Trigger::Name(Name::from_text(name).unwrap(), Scope::Domain);
                Rule { line, trigger, effect: Effect::Block, details: Details::default() }
            })
            .collect();
        rules[0].details.reference = Some("2026/1".into());
        rules[4].details.overrides = Some("why".into());
        let compose = |rules: &[Rule]| {
            let mut out = Vec::new();
            compose_jsonl(&header, rules, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let text = compose(&rules);
        assert_eq!(
            text,
            format!(
                "{HEADER}\n\
                {{\"name\":\"a.example\",\"scope\":\"domain\",\"ref\":\"2026/1\"}}\n\
                {{\"name\":\"a.example\",\"scope\":\"domain\"}}\n\
                {{\"name\":\"b.a.example\",\"scope\":\"domain\"}}\n\
                {{\"name\":\"a-b.example\",\"scope\":\"domain\"}}\n\
                {{\"name\":\"z.invalid\",\"scope\":\"domain\"}}\n\
                {{\"name\":\"a.test\",\"scope\":\"domain\",\"override\":\"why\"}}\n"
            )
        );
        rules.reverse();
        rules.push(rules[0].clone());
        assert_eq!(compose(&rules), text);
        assert_eq!(compose(&rules_in_full(Format::Jsonl, text.as_bytes())), text);
    }

    #[test]
    fn what_is_no_block_of_a_name_is_not_written() {
        let header: Header = serde_json::from_str(HEADER).unwrap();
        let name = Trigger::Name(Name::from_text("a.example").unwrap(), Scope::Domain);
        for (trigger, effect) in
            [(name, Effect::Allow), (Trigger::Network("192.0.2.0/24".parse().unwrap()), Effect::Block)]
        {
            let rule = Rule { line: 9, trigger, effect, details: Details::default() };
            let mut out = Vec::new();
            let error = compose_jsonl(&header, [&rule], &mut out).unwrap_err();
            assert!(matches!(error, ComposeError::Inexpressible { line: 9 }));
            assert!(out.is_empty());
        }
    }

    #[test]
    fn a_name_that_would_not_read_back_is_not_written() {
        let header: Header = serde_json::from_str(HEADER).unwrap();
        for wire in [&b"\0"[..], b"\x03a.b\0", b"\x02a\"\0", b"\x02a\xff\0"] {
            let trigger = Trigger::Name(Name::from_wire(wire).unwrap(), Scope::Domain);
            let rule = Rule { line: 9, trigger, effect: Effect::Block, details: Details::default() };
            let error = compose_jsonl(&header, [&rule], Vec::new()).unwrap_err();
            assert!(matches!(error, ComposeError::Spelling { line: 9 }), "{wire:?}");
        }
    }
}
