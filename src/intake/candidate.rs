//! What was found in a file: names that somebody may propose, what is no name, and what else should be known.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use super::columns::letters;
use super::remark::Remark;
use super::shape::Shape;
use crate::blocklist::{Reason, Scope};
use crate::dns::Name;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered {
    /// What it was read as.
    pub shape: Shape,
    /// In the order in which they stand there, each name once.
    pub candidates: Vec<Candidate>,
    /// The first thousand of what may have been meant as a name and is none; a [`Note::MoreRefused`] counts the rest.
    pub refused: Vec<Refusal>,
    /// What should be known of the file as a whole.
    pub notes: Vec<Note>,
}

/// A name that somebody may propose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// In the one spelling that rules have.
    pub name: Name,
    /// How far below it the proposal reaches: all below, unless the file says something else.
    pub scope: Scope,
    /// Where it stood first.
    pub place: Place,
    /// What a second pair of eyes should look at.
    pub remarks: Vec<Remark>,
    /// What stood beside it.
    pub said: Said,
}

/// What a row, or an entry, says beside the name; nothing that it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// A case number.
    pub reference: Option<String>,
    /// What kind of service it is.
    pub category: Option<String>,
    /// The law that listing it rests on.
    pub legal_basis: Option<String>,
    /// Where the evidence is.
    pub evidence: Option<String>,
    /// Since when it is listed, or known.
    pub listed: Option<Timestamp>,
    /// From when on it no longer applies. A date without time is the beginning of that day, in UTC.
    pub expires: Option<Timestamp>,
    /// Whatever else.
    pub comment: Option<String>,
}

/// Where something stood; all are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line of text.
    Line(u64),
    /// A cell of a table.
    Cell {
        /// Its row, with those above that are empty or headings.
        row: u64,
        /// Its column.
        column: u32,
        /// Its sheet, where there are such.
        sheet: Option<Arc<str>>,
    },
    /// An entry of a document.
    Entry(u64),
}

/// What may have been meant as a name, and is none that can be proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where it stood.
    pub place: Place,
    /// The beginning of it, printable; nothing where the reason quotes it.
    pub text: String,
    /// Why.
    pub reason: Objection,
}

/// Why something is no candidate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)] // The text of each variant is its documentation.
pub enum Objection {
    #[error(transparent)]
    Name(#[from] Reason),
    #[error("holds no name; correct it, or remove the row")]
    Nothing,
    #[error("is an address of mail; write the name alone if the whole domain is meant")]
    Mail,
    #[error("is one label without a dot, and would stand for all names below it; write the whole name")]
    OneLabel,
    #[error("ends like no public name; write https:// in front of it if it is one all the same")]
    NoSuffix,
    #[error("may be the name of a file; write https:// in front of it if it is a site")]
    File,
    #[error(
        "may be the end of a sentence and the beginning of the next; write https:// in front of it if it is a site"
    )]
    Sentences,
    #[error("may be an abbreviation; write https:// in front of it if it is a site")]
    Abbreviation,
    #[error("has an apostrophe in it, as no name of a site has; write the name alone")]
    Apostrophe,
    #[error(
        "is cut off or masked, or stands at the end of a sentence with several dots; write the whole name"
    )]
    Cut,
    #[error("is the address of something that is no web site; write the name alone if it is meant")]
    Scheme,
    #[error("is a pattern that says something else than names: {0}; propose its names one by one")]
    Pattern(String),
    #[error("is written in `{0}`, not in the language of STIX; propose its names one by one")]
    Language(String),
    #[error("says `{0}` where only domain, host or below can stand; correct it")]
    Scope(String),
    #[error("says `{0}` of itself where only a block can be proposed; correct it, or remove the row")]
    Effect(String),
    #[error(
        "says `{0}` of its removal, which is neither a date nor yes or no; correct it, or remove the row"
    )]
    Removed(String),
    #[error("{0}")]
    Entry(String),
}

/// What should be known of a file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Its characters were no UTF-8, and were taken for these.
    Encoding(&'static str),
    /// Where names were taken from.
    Column {
        /// The sheet, where there are such.
        sheet: Option<Arc<str>>,
        /// The column, from 1.
        column: u32,
        /// Its heading.
        heading: Option<String>,
    },
    /// Columns that were read beside it: what each is taken for, and its heading.
    Beside(Vec<(&'static str, String)>),
    /// Cells that hold what looks like rows.
    LikeRows {
        /// The line of the first of them.
        line: u64,
        /// How many there are.
        cells: u64,
    },
    /// The text was written in quoted-printable, as mails are sent, which was undone.
    QuotedPrintable,
    /// A sheet that is hidden, and was not read.
    HiddenSheet(String),
    /// A sheet in which no column holds names.
    NoNames(String),
    /// What was left out on purpose, and how often.
    LeftOut(&'static str, u64),
    /// A file in a mail, which was not read.
    Attachment(String),
    /// How much was refused beside what is told.
    MoreRefused(u64),
    /// How much should be known beside what is told.
    MoreNotes(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Entry(entry) => write!(f, "entry {entry}"),
            Self::Cell { row, column, sheet: None } => write!(f, "row {row}, column {}", letters(*column)),
            Self::Cell { row, column, sheet: Some(sheet) } => {
                write!(f, "row {row} of sheet {sheet}, column {}", letters(*column))
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, text, reason } = self;
        match text.is_empty() {
            true => write!(f, "{place}: {reason}"),
            false => write!(f, "{place}: `{text}` {reason}"),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding(name) => {
                write!(f, "the text is not UTF-8 and was read as {name}; look at letters beyond ASCII")
            }
            Self::Column { sheet, column, heading } => {
                write!(f, "names were taken from column {}", letters(*column))?;
                if let Some(heading) = heading {
                    write!(f, " ({heading})")?;
                }
                sheet.as_ref().map_or(Ok(()), |sheet| write!(f, " of sheet {sheet}"))
            }
            Self::Beside(columns) => {
                let told: Vec<String> =
                    columns.iter().map(|(field, heading)| format!("{field} from {heading}")).collect();
                write!(f, "beside them were read: {}", told.join(", "))
            }
            Self::LikeRows { line, cells } => write!(
                f,
                "cells that hold what looks like rows: {cells}, the first in line {line}; if a quotation mark there is not \
                 closed, names are missing"
            ),
            Self::QuotedPrintable => f.write_str(
                "the text was read as quoted-printable, as mails are sent; save the mail as it was received if that is wrong",
            ),
            Self::HiddenSheet(sheet) => write!(f, "sheet {sheet} is hidden and was not read"),
            Self::NoNames(sheet) => write!(f, "sheet {sheet} has no column of names and was not read"),
            Self::LeftOut(what, count) => write!(f, "{what}, and left out: {count}"),
            Self::Attachment(name) => {
                write!(f, "the attachment {name} was not read; save it, and propose from it by itself")
            }
            Self::MoreNotes(count) => {
                write!(f, "{count} more should be known of the file than is told here; split it to see them")
            }
            Self::MoreRefused(count) => write!(f, "{count} more were refused than are told here"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_refusals_are_said_in_words() {
        let cell = |sheet: Option<&str>| Place::Cell { row: 7, column: 28, sheet: sheet.map(Into::into) };
        assert_eq!(Place::Line(12).to_string(), "line 12");
        assert_eq!(Place::Entry(3).to_string(), "entry 3");
        assert_eq!(cell(None).to_string(), "row 7, column AB");
        assert_eq!(cell(Some("Juni")).to_string(), "row 7 of sheet Juni, column AB");
        let refusal = Refusal { place: Place::Line(2), text: "a@b.example".into(), reason: Objection::Mail };
        assert!(refusal.to_string().starts_with("line 2: `a@b.example` is an address of mail;"), "{refusal}");
    }
}
