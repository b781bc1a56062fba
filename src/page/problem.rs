//! What programs are told: the same as people, as a problem document (RFC 9457).

use http::StatusCode;
use serde::Serialize;

use super::config::Site;
use super::link::Link;
use super::notice::{Notice, Record, line};

/// A problem document.
#[derive(Serialize)]
pub(super) struct Problem {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    operator: Option<String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    block: Option<Facts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    records: Option<Vec<Facts>>,
}

/// What a list says of a block, cleaned as for people.
#[derive(Default, Serialize)]
struct Facts {
    list: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    legal_basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    appeal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<String>,
}

impl Problem {
    /// Of anything, by its status, whose phrase is the title (RFC 9457 §4.2.1).
    pub(super) fn new(status: StatusCode, site: &Site) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            operator: site.operator.clone(),
            block: None,
            records: None,
        }
    }

    /// With what is known about a block.
    pub(super) fn of_block(self, notice: &Notice) -> Self {
        Self { block: Some(Facts::of(notice)), ..self }
    }

    /// With what the lists in force say of a case.
    pub(super) fn of_case(self, records: &[Record]) -> Self {
        let facts = |record: &Record| Facts {
            rules: Some(record.rules),
            names: record.names.clone(),
            ..Facts::of(&record.notice)
        };
        Self { records: Some(records.iter().map(facts).collect()), ..self }
    }

    pub(super) fn into_json(self) -> String {
        // Strings and numbers alone can always be written.
        serde_json::to_string(&self).unwrap_or_default()
    }
}

impl Facts {
    fn of(notice: &Notice) -> Self {
        let clean = |text: &Option<String>| text.as_deref().and_then(line);
        let appeal = notice.appeal.as_deref().and_then(Link::parse);
        Self {
            list: line(&notice.list).unwrap_or_default(),
            authority: clean(&notice.authority),
            jurisdiction: notice.country().map(str::to_owned),
            legal_basis: clean(&notice.legal_basis),
            reference: clean(&notice.reference),
            category: clean(&notice.category),
            listed: notice.listed.map(|moment| moment.to_string()),
            expires: notice.expires.map(|moment| moment.to_string()),
            appeal: appeal.map(|link| link.href(None)),
            rules: None,
            names: Vec::new(),
        }
    }
}
