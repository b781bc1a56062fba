//! Why a file gives nothing at all.

use super::columns::letters;
use crate::blocklist::{ReadError, excerpt};

/// Why a file could not be read. Shows as `FILE: what is wrong; what to do`.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {trouble}")]
pub struct Error {
    /// The file, as [`gather`](super::gather()) was told.
    pub file: String,
    /// What is wrong.
    pub trouble: Trouble,
}

/// What is wrong with a file as a whole.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Nothing is in it.
    #[error("is empty; give the file that the names are in")]
    Empty,
    /// Nothing in it looks like a name.
    #[error("holds no name, read as {0}; name what it is if it is something else")]
    NoNames(String),
    /// It is longer than what is read.
    #[error("is longer than {0} octets; split it")]
    TooLong(usize),
    /// What is packed in it is longer than what is read.
    #[error(
        "would unpack to more than {0} octets, as only hostile files do; save the sheet with the names by itself"
    )]
    Inflated(u64),
    /// It has more cells, or more text in them, than what is read.
    #[error(
        "has more than {0} cells, or too much text in them; save the columns that matter by themselves, or split it"
    )]
    TooManyCells(usize),
    /// It holds more names than what is read.
    #[error("holds more than {0} names; split it, or publish it as a list")]
    TooManyNames(usize),
    /// It is of a kind that is not read.
    #[error("is {kind}, which is not read; {remedy}")]
    Kind {
        /// What it is.
        kind: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// It is not what it was said to be, or breaks off.
    #[error("cannot be read as {shape}: {reason}; save it anew, or name what it is")]
    Damaged {
        /// What it was read as.
        shape: &'static str,
        /// What is wrong, and where.
        reason: String,
    },
    /// A list that cannot be read.
    #[error("as a list: {0}")]
    List(#[from] ReadError),
    /// A column that was asked for is not there.
    #[error("{sheet}has no column `{wanted}`; there are {there}")]
    NoColumn {
        /// The sheet, as in `sheet Juni `, or nothing.
        sheet: String,
        /// As it was asked for.
        wanted: String,
        /// The columns.
        there: String,
    },
    /// No column could be told to hold the names.
    #[error(
        "{sheet}shows no column of names; say which it is, as in name=B or name=Domain; there are {there}"
    )]
    NoNameColumn {
        /// The sheet, as in `sheet Juni `, or nothing.
        sheet: String,
        /// The columns.
        there: String,
    },
    /// Several columns could hold the names.
    #[error("{sheet}has names in several columns: {there}; say which it is, as in name={example}")]
    Ambiguous {
        /// The sheet, as in `sheet Juni `, or nothing.
        sheet: String,
        /// The columns.
        there: String,
        /// The first of them.
        example: String,
    },
}

/// Columns in words: a letter, and a heading where there is one.
pub(super) fn told_columns<'h>(columns: impl IntoIterator<Item = (u32, Option<&'h str>)>) -> String {
    let mut told: Vec<String> = Vec::new();
    for (column, heading) in columns {
        if told.len() == MOST_TOLD {
            told.push("…".to_owned());
            break;
        }
        told.push(match heading {
            Some(heading) => format!("{} ({})", letters(column), excerpt(heading)),
            None => letters(column),
        });
    }
    match told.is_empty() {
        true => "none".to_owned(),
        false => told.join(", "),
    }
}

const MOST_TOLD: usize = 20;
