//! Which column of a table is about what: as somebody says, or as its headings do.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::error::{Trouble, told_columns};
use super::fields::{FIELDS, Field, plain};
use super::words::is_names;

/// Which columns a table is read from, as in `name=Domain,case=Aktenzeichen,category=C,expires=4`: on the right a
/// heading, the letter of a spreadsheet, or a number from 1. Those that are not said are found by their headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(BTreeMap<Field, String>);

/// Text that says of no columns what they are about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnsError {
    /// Without `=`, or with nothing on one side of it.
    #[error("`{0}` is no column; write as in name=Domain,case=C,expires=4")]
    NoPair(String),
    /// A column is about something that no candidate has.
    #[error("`{0}` is nothing that a column is about; known are {all}", all = words())]
    Unknown(String),
    /// One thing is said twice.
    #[error("`{0}` stands there twice; leave one")]
    Twice(&'static str),
}

fn words() -> String {
    FIELDS.map(|(word, _)| word).join(", ")
}

impl FromStr for Columns {
    type Err = ColumnsError;

    fn from_str(text: &str) -> Result<Self, ColumnsError> {
        let mut columns = BTreeMap::new();
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let halves = pair.split_once('=').map(|(left, right)| (left.trim(), right.trim()));
            let Some((word, column)) = halves.filter(|(left, right)| !left.is_empty() && !right.is_empty())
            else {
                return Err(ColumnsError::NoPair(pair.to_owned()));
            };
            let field: Field = word.parse().map_err(|()| ColumnsError::Unknown(word.to_owned()))?;
            if columns.insert(field, column.to_owned()).is_some() {
                return Err(ColumnsError::Twice(field.word()));
            }
        }
        Ok(Self(columns))
    }
}

/// The columns of one table, from 1.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) columns: BTreeMap<Field, u32>,
    /// The place of the row of headings among the rows, if there is one.
    pub(super) heading: Option<usize>,
    /// Whether the column of names is hidden in the spreadsheet.
    pub(super) is_hidden: bool,
}

impl Found {
    /// Takes a row for the headings, and what it says with it.
    pub(super) fn take_heading(
        &mut self,
        place: usize,
        headings: &[(u32, Box<str>)],
        sheet: &str,
    ) -> Result<(), Trouble> {
        self.heading = Some(place);
        recognise(headings, &mut self.columns, sheet)
    }
}

impl Columns {
    /// Finds, among the first rows of a table, the headings and the columns that they or somebody said. Without a name
    /// among them, the column of names is not known yet. `sheet` is for errors.
    pub(super) fn find<'c, R>(&self, rows: &[R], sheet: &str) -> Result<Found, Trouble>
    where
        R: AsRef<[(u32, Box<str>)]> + 'c,
    {
        let first = &rows[..rows.len().min(ROWS_ABOVE)];
        let headings = |place: usize| first.get(place).map_or(&[][..], |row| row.as_ref());
        let by_heading = |place: usize, wanted: &str| {
            // What can only be a letter or a number of a column stands in cells of data, too.
            let is_place = wanted.len() == 1 || wanted.bytes().all(|octet| octet.is_ascii_digit());
            let wanted = plain(wanted);
            headings(place).iter().find(|(_, cell)| !is_place && !wanted.is_empty() && plain(cell) == wanted)
        };
        let says = |place: usize| headings(place).iter().filter_map(|(_, cell)| Field::of_heading(cell));
        let has_names = |place: usize| headings(place).iter().any(|(_, cell)| is_names(cell));
        let mut places = (0..first.len()).filter(|place| !has_names(*place));
        let heading = places.find(|place| {
            self.0.values().any(|wanted| by_heading(*place, wanted).is_some())
                || says(*place).any(|(field, _)| field == Field::Name)
        });
        let mut columns = BTreeMap::new();
        for (field, wanted) in &self.0 {
            let named = heading.and_then(|place| by_heading(place, wanted)).map(|(column, _)| *column);
            let Some(column) = named.or_else(|| position(wanted)) else {
                let there = told_columns(told(headings(heading.unwrap_or(0))));
                return Err(Trouble::NoColumn { sheet: sheet.to_owned(), wanted: wanted.clone(), there });
            };
            columns.insert(*field, column);
        }
        if let Some(place) = heading {
            recognise(headings(place), &mut columns, sheet)?;
        }
        Ok(Found { columns, heading, is_hidden: false })
    }
}

/// Takes columns for what their headings say, but for what is known already.
fn recognise(
    headings: &[(u32, Box<str>)],
    columns: &mut BTreeMap<Field, u32>,
    sheet: &str,
) -> Result<(), Trouble> {
    let taken: Vec<u32> = columns.values().copied().collect();
    let others = headings.iter().filter(|(column, _)| !taken.contains(column));
    let said: Vec<(Field, u8, u32, &str)> = others
        .filter_map(|(column, cell)| {
            Field::of_heading(cell).map(|(field, rank)| (field, rank, *column, &**cell))
        })
        .collect();
    for (_, field) in FIELDS {
        let of_field = || said.iter().filter(|(about, ..)| *about == field);
        let Some(plainest) = of_field().map(|(_, rank, ..)| *rank).min() else { continue };
        if columns.contains_key(&field) {
            continue;
        }
        let named: Vec<(u32, &str)> = of_field()
            .filter(|(_, rank, ..)| *rank == plainest)
            .map(|(.., column, cell)| (*column, *cell))
            .collect();
        if field == Field::Name && named.len() > 1 {
            let example = letters(named[0].0);
            let there = told_columns(named.into_iter().map(|(column, cell)| (column, Some(cell))));
            return Err(Trouble::Ambiguous { sheet: sheet.to_owned(), there, example });
        }
        if let Some((column, _)) = named.first() {
            columns.insert(field, *column);
        }
    }
    Ok(())
}

/// The columns of a row with what stands in them.
pub(super) fn told(row: &[(u32, Box<str>)]) -> impl Iterator<Item = (u32, Option<&str>)> {
    row.iter().map(|(column, cell)| (*column, Some(&**cell)).to_owned())
}

/// The column that a number or letters stand for, from 1.
fn position(text: &str) -> Option<u32> {
    if text.bytes().all(|octet| octet.is_ascii_digit()) {
        return text.parse().ok().filter(|column| (1..=LAST_COLUMN).contains(column));
    }
    if text.len() > 3 || !text.bytes().all(|octet| octet.is_ascii_alphabetic()) {
        return None;
    }
    let digits = text.bytes().map(|octet| u32::from(octet.to_ascii_uppercase() - b'A') + 1);
    Some(digits.fold(0, |column, digit| column * 26 + digit)).filter(|column| *column <= LAST_COLUMN)
}

/// A column, from 1, as spreadsheets call it.
pub(super) fn letters(column: u32) -> String {
    let (mut rest, mut letters) = (column, Vec::new());
    while rest > 0 {
        letters.insert(0, b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.into_iter().map(char::from).collect()
}

/// More than any spreadsheet has.
pub(super) const LAST_COLUMN: u32 = 16_384;

/// Above their headings, tables have titles and dates.
const ROWS_ABOVE: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<(u32, Box<str>)> {
        (1..).zip(cells).map(|(column, cell)| (column, (*cell).into())).collect()
    }

    #[test]
    fn columns_are_said_in_three_ways() {
        let columns: Columns = "name=Wo, case = C,expires=4,".parse().unwrap();
        let rows = [row(&["Stand: heute"]), row(&["Wer", "Wo", "Was", "Wann"])];
        let found = columns.find(&rows, "").unwrap();
        assert_eq!(found.heading, Some(1));
        assert_eq!(found.columns, [(Field::Name, 2), (Field::Case, 3), (Field::Expires, 4)].into());
        for (text, error) in [
            ("Domain", ColumnsError::NoPair("Domain".into())),
            ("name=", ColumnsError::NoPair("name=".into())),
            ("names=B", ColumnsError::Unknown("names".into())),
            ("name=A,name=B", ColumnsError::Twice("name")),
        ] {
            assert_eq!(text.parse::<Columns>(), Err(error));
        }
        let error =
            "name=Domain".parse::<Columns>().unwrap().find(&rows, "sheet X ").unwrap_err().to_string();
        assert_eq!(error, "sheet X has no column `Domain`; there are A (Stand: heute)");
    }

    #[test]
    fn headings_say_what_nobody_else_does() {
        let rows = [row(&["Nr", "URL", "Domäne", "Aktenzeichen", "Gültig bis"])];
        let found = Columns::default().find(&rows, "").unwrap();
        assert_eq!(found.columns, [(Field::Name, 3), (Field::Case, 4), (Field::Expires, 5)].into());
        let found = "name=B".parse::<Columns>().unwrap().find(&rows, "").unwrap();
        assert_eq!(
            (found.columns[&Field::Name], found.columns[&Field::Case], found.heading),
            (2, 4, Some(0))
        );
        for heading in ["Domain", "URL", "Host", "Website"] {
            let found = Columns::default().find(&[row(&["Name", "Adresse", heading])], "").unwrap();
            assert_eq!(found.columns, [(Field::Name, 3)].into(), "{heading}");
        }
        let both = [row(&["Domain", "Domaine"])];
        let error = Columns::default().find(&both, "").unwrap_err().to_string();
        assert!(error.contains("A (Domain), B (Domaine); say which it is, as in name=A"), "{error}");
    }

    #[test]
    fn letters_are_those_of_spreadsheets() {
        for (column, text) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")] {
            assert_eq!((letters(column).as_str(), position(text)), (text, Some(column)));
            assert_eq!(position(&column.to_string()), Some(column));
        }
        for text in ["0", "XFE", "99999999999", "A1", ""] {
            assert_eq!(position(text), None, "{text}");
        }
    }
}
