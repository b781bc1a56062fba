//! What programs are told of a block: structured DNS errors (draft-ietf-dnsop-structured-dns-error), I-JSON in the place
//! of an extended error's text.

use serde::Serialize;

use crate::blocklist::Header;
use crate::dns::Info;

/// The texts here are in English.
const LANGUAGE: &str = "en";
/// The sub-error for the policy of the resolver's operator (the draft's registry).
const BY_RESOLVER: u8 = 6;

/// What a list has programs told of its blocks.
#[derive(Debug)]
pub(super) struct Structured {
    contacts: Vec<String>,
    organisation: Option<String>,
    justification: String,
    sub_error: Option<u8>,
}

#[derive(Serialize)]
struct Text<'t> {
    #[serde(rename = "c", skip_serializing_if = "<[String]>::is_empty")]
    contacts: &'t [String],
    #[serde(rename = "j", skip_serializing_if = "Option::is_none")]
    justification: Option<String>,
    #[serde(rename = "s", skip_serializing_if = "Option::is_none")]
    sub_error: Option<u8>,
    #[serde(rename = "o", skip_serializing_if = "Option::is_none")]
    organisation: Option<&'t str>,
    #[serde(rename = "l", skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
}

impl Structured {
    /// `reason` is what people are told of all its blocks, and `info` the code that goes with it.
    pub(super) fn new(header: Option<&Header>, reason: &str, info: Info) -> Self {
        let appeal = header.map(|header| header.appeal.as_str());
        let is_contact = |appeal: &&str| appeal.starts_with("mailto:") || appeal.starts_with("tel:");
        Self {
            contacts: appeal.filter(is_contact).map(str::to_owned).into_iter().collect(),
            organisation: header.map(|header| header.authority.clone()),
            justification: reason.to_owned(),
            // They go with no other code, and with no order of an authority.
            sub_error: (header.is_none() && info == Info::BLOCKED).then_some(BY_RESOLVER),
        }
    }

    /// The text of an extended error for a block of a case, in so many octets: all of it or, for people alone, less.
    /// Nothing where that would say nothing.
    pub(super) fn text(&self, case: Option<&str>, room: usize) -> Option<String> {
        let justification = match case {
            Some(case) => format!("Case {case}. {}", self.justification),
            None => self.justification.clone(),
        };
        let whole = Text {
            contacts: &self.contacts,
            justification: Some(justification),
            sub_error: self.sub_error,
            organisation: self.organisation.as_deref(),
            language: Some(LANGUAGE),
        };
        let says_enough = !self.contacts.is_empty() || self.sub_error.is_some();
        let short =
            says_enough.then_some(Text { justification: None, organisation: None, language: None, ..whole });
        let fitting = |text: &Text<'_>| serde_json::to_string(text).ok().filter(|text| text.len() <= room);
        fitting(&whole).or_else(|| short.as_ref().and_then(fitting))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(appeal: &str) -> Header {
        serde_json::from_value(serde_json::json!({
            "list": "fr/nudification", "serial": 1, "jurisdiction": "FR", "category": "nudification",
            "authority": "An authority", "legal_basis": "A law", "appeal": appeal,
            "issued": "2026-01-01T00:00:00Z", "expires": "2027-01-01T00:00:00Z",
        }))
        .unwrap()
    }

    /// With room for all of it, and for less.
    fn texts(header: Option<&Header>, info: Info) -> [String; 2] {
        let structured = Structured::new(header, "A \"reason\"", info);
        [1_000, 30].map(|room| structured.text(Some("7"), room).unwrap_or_default())
    }

    #[test]
    fn members_are_those_of_the_draft() {
        assert_eq!(
            texts(Some(&header("mailto:a@b.example")), Info::CENSORED),
            [
                r#"{"c":["mailto:a@b.example"],"j":"Case 7. A \"reason\"","o":"An authority","l":"en"}"#,
                r#"{"c":["mailto:a@b.example"]}"#,
            ]
        );
        assert_eq!(
            texts(None, Info::BLOCKED),
            [r#"{"j":"Case 7. A \"reason\"","s":6,"l":"en"}"#, r#"{"s":6}"#]
        );
        // A sub-error goes with no other code, and with nothing that an authority ordered.
        assert_eq!(texts(None, Info::FILTERED), [r#"{"j":"Case 7. A \"reason\"","l":"en"}"#, ""]);
        assert!(!texts(Some(&header("tel:112")), Info::BLOCKED)[0].contains("\"s\""));
    }

    #[test]
    fn an_appeal_on_the_web_is_no_contact_and_an_empty_text_is_none() {
        let [whole, short] = texts(Some(&header("https://a.example/")), Info::CENSORED);
        assert!(!whole.contains("\"c\"") && short.is_empty());
        assert_eq!(Structured::new(None, "", Info::BLOCKED).text(None, 5), None);
    }
}
