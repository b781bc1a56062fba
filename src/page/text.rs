//! What the page says, in any one language: the shape of the files in `text/`.
//!
//! A missing message and an unknown one are both errors, and the compiler reports a message that no page
//! shows, so that the files and the pages cannot drift apart.

use std::collections::BTreeMap;

use serde::Deserialize;

/// All that the page says in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    /// The language's own name for itself.
    pub(super) name: String,
    pub(super) direction: Direction,
    /// As they stand in a date, January first.
    pub(super) months: [String; 12],
    pub(super) frame: Frame,
    pub(super) block: Block,
    pub(super) doors: Doors,
    pub(super) image: Image,
    pub(super) talk: Talk,
    pub(super) worry: Worry,
    pub(super) mistake: Mistake,
    pub(super) needs: Needs,
    pub(super) about: About,
    pub(super) misdirected: Short,
    pub(super) missing: Short,
    pub(super) unreadable: Short,
    pub(super) read_only: Short,
    /// Names of countries, and of `EU`, by ISO 3166 code; a code without a name is shown as it is.
    pub(super) regions: BTreeMap<String, String>,
}

/// Which way the language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Direction {
    Ltr,
    Rtl,
}

/// What stands around every page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Frame {
    pub(super) leave: String,
    pub(super) leave_note: String,
    pub(super) languages: String,
    pub(super) private: String,
    pub(super) help_dated: String,
}

/// The block: what it is and who decided.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Block {
    pub(super) title: String,
    pub(super) unlawful: String,
    pub(super) blocked: String,
    pub(super) harm_of_nudification: String,
    pub(super) decided_by_authority: String,
    pub(super) chosen_by_operator: String,
    pub(super) decision: String,
    pub(super) decided_by: String,
    pub(super) operator: String,
    pub(super) legal_basis: String,
    pub(super) reference: String,
    pub(super) listed: String,
    pub(super) list: String,
}

/// The doors, in the words of the person who takes one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Doors {
    pub(super) label: String,
    pub(super) image: String,
    pub(super) talk: String,
    pub(super) worry: String,
    pub(super) mistake: String,
}

/// "It is about an image of me."
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Image {
    pub(super) heading: String,
    pub(super) comfort: String,
    pub(super) threat_heading: String,
    pub(super) threat: String,
    pub(super) trust_heading: String,
    pub(super) trust: String,
}

/// "I need to talk to someone."
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Talk {
    pub(super) heading: String,
    pub(super) comfort: String,
}

/// "I am worried about what I do."
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Worry {
    pub(super) heading: String,
    pub(super) comfort: String,
    pub(super) young: String,
}

/// "I am here by mistake, or disagree."
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mistake {
    pub(super) heading: String,
    pub(super) mistake: String,
    pub(super) appeal: String,
    pub(super) quote_reference: String,
    pub(super) subject: String,
    pub(super) contact: String,
    pub(super) no_contact: String,
}

/// Whom each kind of help is for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Needs {
    pub(super) danger: String,
    pub(super) danger_call: String,
    pub(super) talk_young: String,
    pub(super) talk_anyone: String,
    pub(super) remove_young: String,
    pub(super) remove_adult: String,
    pub(super) worried: String,
}

/// The page about the service itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    pub(super) title: String,
    pub(super) heading: String,
    pub(super) what: String,
    pub(super) told_heading: String,
    pub(super) told: String,
    pub(super) kept_heading: String,
    pub(super) kept: String,
    pub(super) contest_heading: String,
    pub(super) contest: String,
    pub(super) run_by: String,
}

/// A page of one sentence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Short {
    pub(super) heading: String,
    pub(super) sentence: String,
}
