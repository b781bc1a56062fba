//! What the page says, in any one language: the files of `text/`, in the format of Project Fluent.
//!
//! A message is one line. Each is a field of [`Text`], so that a message that a file lacks, or has too many, is an error
//! when the program starts, and one that no page shows is a warning of the compiler: files and pages cannot drift
//! apart. Where a message has an attribute `pupil`, that takes its place for children. Three messages have gaps (`date`,
//! `help-dated`, `about-run-by`), and `region-XX` are the names of states.

use std::collections::BTreeMap;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Message, Pattern, PatternElement};
use fluent_syntax::parser::{self, ParserError};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::value::{BorrowedStrDeserializer, MapDeserializer};

use super::error::Error;
use crate::policy::Readers;

/// The attribute with what children are told instead.
const PUPIL: &str = "pupil";

/// All that the page says in one language to one kind of reader.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Text {
    /// The language's own name for itself.
    pub(super) language: &'static str,
    pub(super) direction: Direction,

    pub(super) leave: &'static str,
    pub(super) leave_note: &'static str,
    pub(super) leave_key: &'static str,
    pub(super) languages: &'static str,
    pub(super) back: &'static str,
    pub(super) private: &'static str,

    pub(super) block_title: &'static str,
    pub(super) block_unlawful: &'static str,
    pub(super) block_plain: &'static str,
    pub(super) block_harm: &'static str,
    pub(super) block_by_authority: &'static str,
    pub(super) block_by_operator: &'static str,
    pub(super) decision: &'static str,
    pub(super) decided_by: &'static str,
    pub(super) operator: &'static str,
    pub(super) legal_basis: &'static str,
    pub(super) reference: &'static str,
    pub(super) listed: &'static str,
    pub(super) expires: &'static str,
    pub(super) list: &'static str,

    pub(super) doors: &'static str,
    pub(super) door_image: &'static str,
    pub(super) door_talk: &'static str,
    pub(super) door_worry: &'static str,
    pub(super) door_mistake: &'static str,
    pub(super) door_teachers: &'static str,

    pub(super) image_heading: &'static str,
    pub(super) image_comfort: &'static str,
    pub(super) rights_heading: &'static str,
    pub(super) right_law: &'static str,
    pub(super) right_removal: &'static str,
    pub(super) right_anonymous: &'static str,
    pub(super) step_help: &'static str,
    pub(super) step_report: &'static str,
    pub(super) step_report_note: &'static str,
    pub(super) step_trust: &'static str,
    pub(super) step_trust_note: &'static str,
    pub(super) threat_heading: &'static str,
    pub(super) threat: &'static str,

    pub(super) talk_heading: &'static str,
    pub(super) talk_comfort: &'static str,

    pub(super) worry_heading: &'static str,
    pub(super) worry_comfort: &'static str,
    pub(super) worry_stop: &'static str,
    pub(super) worry_repair: &'static str,
    pub(super) worry_talk: &'static str,
    pub(super) worry_young: &'static str,

    pub(super) mistake_heading: &'static str,
    pub(super) mistake_leave: &'static str,
    pub(super) mistake_appeal: &'static str,
    pub(super) mistake_reference: &'static str,
    pub(super) mistake_subject: &'static str,
    pub(super) mistake_operator: &'static str,
    pub(super) mistake_no_operator: &'static str,
    pub(super) mistake_record: &'static str,

    pub(super) teachers_heading: &'static str,
    pub(super) teachers_lead: &'static str,
    pub(super) teachers_class: &'static str,
    pub(super) teachers_class_consent: &'static str,
    pub(super) teachers_class_person: &'static str,
    pub(super) teachers_class_bystander: &'static str,
    pub(super) teachers_class_whom: &'static str,
    pub(super) teachers_incident: &'static str,
    pub(super) teachers_incident_listen: &'static str,
    pub(super) teachers_incident_image: &'static str,
    pub(super) teachers_incident_protect: &'static str,
    pub(super) teachers_incident_report: &'static str,
    pub(super) teachers_incident_others: &'static str,

    pub(super) need_danger: &'static str,
    pub(super) need_danger_call: &'static str,
    pub(super) need_talk_young: &'static str,
    pub(super) need_talk_anyone: &'static str,
    pub(super) need_remove_young: &'static str,
    pub(super) need_remove_adult: &'static str,
    pub(super) need_worried: &'static str,

    pub(super) help_emergency: &'static str,
    pub(super) help_child_helplines: &'static str,
    pub(super) help_not_everywhere: &'static str,
    pub(super) help_safer_internet: &'static str,
    pub(super) help_parents_too: &'static str,
    pub(super) help_find_helpline: &'static str,
    pub(super) help_by_country: &'static str,
    pub(super) help_hotlines: &'static str,
    pub(super) help_report_anonymously: &'static str,

    pub(super) record_title: &'static str,
    pub(super) record_heading: &'static str,
    pub(super) record_in_force: &'static str,
    pub(super) record_none: &'static str,
    pub(super) record_service: &'static str,
    pub(super) record_service_withheld: &'static str,
    pub(super) record_rules: &'static str,

    pub(super) about_title: &'static str,
    pub(super) about_heading: &'static str,
    pub(super) about_what: &'static str,
    pub(super) about_told_heading: &'static str,
    pub(super) about_told: &'static str,
    pub(super) about_kept_heading: &'static str,
    pub(super) about_kept: &'static str,
    pub(super) about_contest_heading: &'static str,
    pub(super) about_contest: &'static str,

    pub(super) misdirected: &'static str,
    pub(super) misdirected_sentence: &'static str,
    pub(super) missing: &'static str,
    pub(super) missing_sentence: &'static str,
    pub(super) unreadable: &'static str,
    pub(super) unreadable_sentence: &'static str,
    pub(super) read_only: &'static str,
    pub(super) read_only_sentence: &'static str,
}

impl Text {
    /// A phrase of the built-in directory of help services.
    pub(super) fn help(&self, id: &str) -> Option<&'static str> {
        Some(match id {
            "help-emergency" => self.help_emergency,
            "help-child-helplines" => self.help_child_helplines,
            "help-not-everywhere" => self.help_not_everywhere,
            "help-safer-internet" => self.help_safer_internet,
            "help-parents-too" => self.help_parents_too,
            "help-find-helpline" => self.help_find_helpline,
            "help-by-country" => self.help_by_country,
            "help-hotlines" => self.help_hotlines,
            "help-report-anonymously" => self.help_report_anonymously,
            _ => return None,
        })
    }
}

/// Which way the language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Direction {
    Ltr,
    Rtl,
}

/// One language.
#[derive(Debug)]
pub(super) struct Language {
    /// BCP 47.
    pub(super) tag: &'static str,
    text: Text,
    for_pupils: Text,
    /// Names of states and of `EU`, by ISO 3166 code.
    regions: BTreeMap<&'static str, &'static str>,
    date: Pattern<&'static str>,
    help_dated: Pattern<&'static str>,
    run_by: Pattern<&'static str>,
}

impl Language {
    /// Reads a file of `text/`.
    pub(super) fn parse(tag: &'static str, source: &'static str) -> Result<Self, Error> {
        let fault = |cause: String| Error::Text { file: format!("text/{tag}.ftl"), cause };
        let resource = parser::parse(source).map_err(|(_, faults)| fault(first(source, &faults)))?;
        let mut lines = BTreeMap::new();
        let mut for_pupils = BTreeMap::new();
        let mut regions = BTreeMap::new();
        let mut gapped = BTreeMap::new();
        for entry in resource.body {
            let Entry::Message(Message { id, value: Some(value), attributes, .. }) = entry else { continue };
            match (plain(&value), id.name.strip_prefix("region-")) {
                (None, _) => _ = gapped.insert(id.name, value),
                (Some(line), Some(code)) => _ = regions.insert(code, line),
                (Some(line), None) => _ = lines.insert(id.name, line),
            }
            for attribute in &attributes {
                match plain(&attribute.value) {
                    Some(line) if attribute.id.name == PUPIL => _ = for_pupils.insert(id.name, line),
                    _ => return Err(fault(format!("{}: an attribute is one line named .{PUPIL}", id.name))),
                }
            }
        }
        let mut take =
            |id| gapped.remove(id).ok_or_else(|| fault(format!("missing message `{id}`, with its gaps")));
        let (date, help_dated, run_by) = (take("date")?, take("help-dated")?, take("about-run-by")?);
        if let Some(id) = gapped.keys().next() {
            return Err(fault(format!("`{id}` is not one line without gaps")));
        }
        let text = read(&lines).map_err(fault)?;
        lines.extend(for_pupils);
        let for_pupils = read(&lines).map_err(fault)?;
        Ok(Self { tag, text, for_pupils, regions, date, help_dated, run_by })
    }

    /// What it says to these readers.
    pub(super) fn text(&self, readers: Readers) -> &Text {
        match readers {
            Readers::Anyone => &self.text,
            Readers::Pupils => &self.for_pupils,
        }
    }

    /// The language's own name for itself.
    pub(super) fn name(&self) -> &'static str {
        self.text.language
    }

    /// The name of a state; the code itself where there is none.
    pub(super) fn region<'c>(&self, code: &'c str) -> &'c str {
        self.regions.get(code).copied().unwrap_or(code)
    }

    /// A day as people write it.
    pub(super) fn date(&self, date: Date) -> String {
        fill(
            &self.date,
            [
                ("day", FluentValue::from(date.day())),
                ("month", FluentValue::from(date.month())),
                ("year", FluentValue::from(date.year())),
            ],
        )
    }

    /// Of which day the directory of help services is.
    pub(super) fn help_dated(&self, date: Date) -> String {
        fill(&self.help_dated, [("date", FluentValue::from(self.date(date)))])
    }

    /// Who runs the network.
    pub(super) fn run_by(&self, operator: &str) -> String {
        // The name may be written in the other direction (Unicode Bidirectional Algorithm, UAX #9 §2.4.2).
        fill(&self.run_by, [("operator", FluentValue::from(format!("\u{2068}{operator}\u{2069}")))])
    }
}

/// A file's messages as fields.
fn read(lines: &BTreeMap<&'static str, &'static str>) -> Result<Text, String> {
    let lines = lines.iter().map(|(id, line)| (*id, BorrowedStrDeserializer::new(line)));
    Text::deserialize(MapDeserializer::<_, serde::de::value::Error>::new(lines))
        .map_err(|error| error.to_string())
}

/// The text of a pattern that is one line and has no gaps.
fn plain(pattern: &Pattern<&'static str>) -> Option<&'static str> {
    match &pattern.elements[..] {
        [PatternElement::TextElement { value }] => Some(value),
        _ => None,
    }
}

/// A pattern with its gaps filled. No file selects by plural or formats numbers, so that no locale is needed.
fn fill<const N: usize>(
    pattern: &Pattern<&'static str>,
    values: [(&'static str, FluentValue<'_>); N],
) -> String {
    let mut bundle = FluentBundle::<FluentResource>::new(Vec::new());
    bundle.set_use_isolating(false);
    let values: FluentArgs<'_> = values.into_iter().collect();
    bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
}

/// The first fault of a file, with its line.
fn first(source: &str, faults: &[ParserError]) -> String {
    faults.first().map_or_else(String::new, |fault| {
        let line = source[..fault.pos.start].lines().count().max(1);
        format!("line {line}: {}", fault.kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::language::FILES;

    fn languages() -> impl Iterator<Item = (&'static str, Language)> {
        FILES.iter().map(|(tag, source)| (*source, Language::parse(tag, source).unwrap()))
    }

    /// The messages with an attribute for pupils.
    fn with_pupils(source: &'static str) -> Vec<&'static str> {
        let resource = parser::parse(source).unwrap();
        let messages = resource.body.into_iter().filter_map(|entry| match entry {
            Entry::Message(message) => Some(message),
            _ => None,
        });
        messages.filter(|message| !message.attributes.is_empty()).map(|message| message.id.name).collect()
    }

    #[test]
    fn every_file_is_whole_and_says_how_it_was_made() {
        let (source, english) = languages().next().unwrap();
        let pupils = with_pupils(source);
        assert!(english.tag == "en" && pupils.len() > 20);
        for (source, language) in languages() {
            let tag = language.tag;
            assert_eq!(with_pupils(source), pupils, "{tag}");
            assert!(language.regions.keys().eq(english.regions.keys()), "{tag}");
            let head: Vec<&str> = source.lines().take_while(|line| line.starts_with("###")).collect();
            for said in ["Made: ", "Native reader: "] {
                assert!(head.iter().any(|line| line.contains(said)), "{tag}: {said}");
            }
        }
    }

    #[test]
    fn what_a_file_lacks_or_has_too_many_is_an_error() {
        let (_, source) = FILES[0];
        let broken = |from: &str, to: &str| {
            let source: &'static str = source.replacen(from, to, 1).leak();
            Language::parse("en", source).unwrap_err().to_string()
        };
        for (from, to, message) in [
            ("\nleave = ", "\nleave-x = ", "text/en.ftl: unknown field `leave-x`"),
            ("\nback = Back to the notice", "", "text/en.ftl: missing field `back`"),
            ("\nlist = ", "\nlist = { $x }", "text/en.ftl: `list` is not one line without gaps"),
            ("\nlist = ", "\nlist = a\n    ", "text/en.ftl: `list` is not one line without gaps"),
            ("    .pupil", "    .child", "text/en.ftl: private: an attribute is one line named .pupil"),
            ("\ndate = ", "\ndates = ", "text/en.ftl: missing message `date`, with its gaps"),
            ("direction = ltr", "direction = down", "text/en.ftl: unknown variant `down`"),
            ("\nleave = ", "\nleave : ", "text/en.ftl: line 1"),
        ] {
            let error = broken(from, to);
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn days_are_written_as_people_write_them() {
        let day = |month| Date::new(2026, month, 3).unwrap();
        for (_, language) in languages() {
            let written: Vec<String> = (1..=12).map(|month| language.date(day(month))).collect();
            let different: std::collections::BTreeSet<&String> = written.iter().collect();
            assert_eq!(different.len(), 12, "{written:?}");
            for text in &written {
                assert!(text.contains("2026") && text.contains('3') && !text.contains(['{', '$']), "{text}");
            }
            assert!(language.help_dated(day(11)).contains(&written[10]), "{}", language.tag);
        }
        let of =
            |tag| languages().map(|(_, language)| language).find(|language| language.tag == tag).unwrap();
        assert_eq!(of("en").date(day(11)), "3 November 2026");
        assert_eq!(of("fr").date(day(8)), "3 août 2026");
        assert_eq!(of("pl").date(day(11)), "3 listopada 2026");
        assert_eq!(of("ja").date(day(11)), "2026年11月3日");
        assert_eq!(of("hu").date(day(11)), "2026. november 3.");
        assert_eq!(of("ar").region("FR"), "فرنسا");
        assert_eq!(of("de").region("QQ"), "QQ");
    }
}
