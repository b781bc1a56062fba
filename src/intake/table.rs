//! Tables, of whatever they came from: rows of cells, of which one column holds names.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::candidate::{Note, Objection, Place, Said};
use super::collector::Collector;
use super::columns::{Columns, Found, LAST_COLUMN, letters, told};
use super::dates::read_date;
use super::error::{Trouble, told_columns};
use super::fields::{Field, is_so};
use super::remark::Remark;
use super::text::clean;
use super::words::{self, Manner};
use crate::blocklist::{Scope, excerpt};

/// The most cells of one file that are not empty.
pub(super) const MOST_CELLS: usize = 4_000_000;
/// The most text of all its cells, in octets.
const MOST_TEXT: usize = 128 << 20;
/// The longest cell, in octets: no shorter than the 32,767 characters that Excel allows.
pub(super) const LONGEST_CELL: usize = 128 << 10;

/// The most cells of one row.
pub(super) const WIDEST: usize = LAST_COLUMN as usize;

/// A sheet of a spreadsheet.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) is_hidden: bool,
    /// Columns that are not shown, from 1.
    pub(super) hidden_columns: Vec<RangeInclusive<u32>>,
    pub(super) rows: Vec<Row>,
}

/// A row that is not empty.
#[derive(Default)]
pub(super) struct Row {
    /// From 1.
    number: u64,
    is_hidden: bool,
    /// Columns, from 1, with what stands in them.
    cells: Vec<(u32, Box<str>)>,
}

impl AsRef<[(u32, Box<str>)]> for Row {
    fn as_ref(&self) -> &[(u32, Box<str>)] {
        &self.cells
    }
}

impl Row {
    fn cell(&self, column: u32) -> Option<&str> {
        self.cells.iter().find(|(at, _)| *at == column).map(|(_, cell)| &**cell)
    }
}

/// Where readers put cells, of which one file has so many and no more.
#[derive(Default)]
pub(super) struct Grid {
    rows: Vec<Row>,
    cells: usize,
    text: usize,
}

impl Grid {
    /// Puts a cell into its row; rows come in order. Empty ones are left out.
    pub(super) fn put(
        &mut self,
        row: u64,
        column: u32,
        is_hidden: bool,
        text: Cow<'_, str>,
    ) -> Result<(), Trouble> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        self.cells += 1;
        self.text += text.len();
        if self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err(Trouble::TooManyCells(MOST_CELLS));
        }
        if self.rows.last().is_none_or(|last| last.number != row) {
            self.rows.push(Row { number: row, is_hidden, cells: Vec::new() });
        }
        if let Some(last) = self.rows.last_mut() {
            if last.cells.len() == WIDEST {
                return Err(damaged(format!("row {row} has more than {WIDEST} cells")));
            }
            last.cells.push((column, text.into()));
        }
        Ok(())
    }

    /// The rows of one sheet. What they took of what one file may have stays taken.
    pub(super) fn take(&mut self) -> Vec<Row> {
        std::mem::take(&mut self.rows)
    }

    /// Appends to the text of a cell.
    pub(super) fn extend(cell: &mut String, text: &str) -> Result<(), Trouble> {
        if cell.len() + text.len() > LONGEST_CELL {
            return Err(damaged(format!("a cell is longer than {LONGEST_CELL} octets")));
        }
        cell.push_str(text);
        Ok(())
    }
}

pub(super) fn damaged(reason: String) -> Trouble {
    Trouble::Damaged { shape: "a table", reason }
}

/// Reads all sheets that are shown.
pub(super) fn read_sheets(
    sheets: Vec<Sheet>,
    columns: &Columns,
    collector: &mut Collector,
) -> Result<(), Trouble> {
    let (mut first_trouble, mut has_read) = (None, false);
    for sheet in sheets {
        let name = clean(&sheet.name);
        if sheet.is_hidden {
            collector.note(Note::HiddenSheet(name));
            continue;
        }
        if sheet.rows.is_empty() {
            continue;
        }
        let shown = Some(Arc::from(name.as_str()));
        match read_rows(&sheet.rows, &sheet.hidden_columns, shown, columns, collector) {
            Ok(()) => has_read = true,
            // Beside a sheet with names, others explain it.
            Err(trouble @ (Trouble::NoNameColumn { .. } | Trouble::NoColumn { .. })) => {
                collector.note(Note::NoNames(name));
                first_trouble.get_or_insert(trouble);
            }
            Err(trouble) => return Err(trouble),
        }
    }
    match first_trouble {
        Some(trouble) if !has_read => Err(trouble),
        _ => Ok(()),
    }
}

/// The columns that are about nothing else, of which most cells are names.
pub(super) fn columns_of_names<R: AsRef<[(u32, Box<str>)]>>(rows: &[R], found: &Found) -> Vec<u32> {
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let first = found.heading.map_or(0, |place| place + 1);
    let cells = rows.iter().skip(first).take(LOOKED_AT).flat_map(|row| row.as_ref());
    for (column, cell) in cells.filter(|(_, cell)| !cell.trim().is_empty()).take(CELLS_LOOKED_AT) {
        let (names, all) = counts.entry(*column).or_default();
        *all += 1;
        *names += usize::from(is_name(cell));
    }
    let is_taken = |column: &u32| found.columns.values().any(|taken| taken == column);
    let named = counts
        .into_iter()
        .filter(|(column, (names, all))| names * 2 >= *all && *names > 0 && !is_taken(column));
    named.map(|(column, _)| column).collect()
}

/// How many rows are looked at to tell columns apart.
const LOOKED_AT: usize = 1_000;
/// How many of their cells, which is fewer where a row has a great many.
const CELLS_LOOKED_AT: usize = 200_000;

fn is_name(cell: &str) -> bool {
    words::is_names(&cell[..cell.floor_char_boundary(LONGEST_NAME)])
}

/// Cells of names are not much longer than names.
const LONGEST_NAME: usize = 2_048;

pub(super) fn read_rows(
    rows: &[Row],
    hidden: &[RangeInclusive<u32>],
    sheet: Option<Arc<str>>,
    columns: &Columns,
    collector: &mut Collector,
) -> Result<(), Trouble> {
    let shown = sheet.as_ref().map(|sheet| format!("sheet {sheet} ")).unwrap_or_default();
    let mut found = columns.find(rows, &shown)?;
    let names = match found.columns.get(&Field::Name) {
        Some(column) => *column,
        None => only_column(rows, &found, shown.clone())?,
    };
    found.columns.insert(Field::Name, names);
    if found.heading.is_none()
        && let Some(first) = rows.first()
        && !first.cell(names).is_some_and(|cell| is_name(cell) || cell.contains('.'))
    {
        found.take_heading(0, first.as_ref(), &shown)?;
    }
    let heading = found.heading.and_then(|place| rows.get(place));
    let is_hidden = |column: u32| hidden.iter().any(|columns| columns.contains(&column));
    let shown = |column: u32| {
        let heading = heading.and_then(|row| row.cell(column)).map(excerpt);
        match is_hidden(column) {
            true => Some(format!("{} [hidden]", heading.unwrap_or_else(|| letters(column)))),
            false => heading,
        }
    };
    found.is_hidden = is_hidden(names);
    collector.note(Note::Column { sheet: sheet.clone(), column: names, heading: shown(names) });
    let beside = found.columns.iter().filter(|(field, _)| **field != Field::Name);
    let beside: Vec<_> = beside
        .map(|(field, column)| (field.word(), shown(*column).unwrap_or_else(|| letters(*column))))
        .collect();
    if !beside.is_empty() {
        collector.note(Note::Beside(beside));
    }
    for row in &rows[..found.heading.unwrap_or(0)] {
        if row.cells.iter().any(|(_, cell)| is_name(cell)) {
            collector.leave_out(ABOVE);
        }
    }
    for row in rows.iter().skip(found.heading.map_or(0, |place| place + 1)) {
        if collector.is_full() {
            break;
        }
        read_row(row, names, &found, sheet.clone(), collector);
    }
    Ok(())
}

fn only_column(rows: &[Row], found: &Found, sheet: String) -> Result<u32, Trouble> {
    let named = columns_of_names(rows, found);
    let headings = rows.first().map_or(&[][..], |row| row.as_ref());
    match named[..] {
        [column] => Ok(column),
        [] => Err(Trouble::NoNameColumn { sheet, there: told_columns(told(headings)) }),
        [first, ..] => {
            let heading = |column: &u32| rows.first().and_then(|row| row.cell(*column));
            let there = told_columns(named.iter().map(|column| (*column, heading(column))));
            Err(Trouble::Ambiguous { sheet, there, example: letters(first) })
        }
    }
}

const ABOVE: &str = "rows with names above the headings";
const REMOVED: &str = "rows that say they were removed";
const NO_BLOCKS: &str = "rows that do not block";
const NO_NAME: &str = "rows without a name";

fn read_row(row: &Row, names: u32, found: &Found, sheet: Option<Arc<str>>, collector: &mut Collector) {
    let place = Place::Cell { row: row.number, column: names, sheet };
    let cell = |field: Field| {
        let cell = found.columns.get(&field).and_then(|column| row.cell(*column)).map(unguarded);
        cell.filter(|cell| !cell.trim().is_empty())
    };
    let Some(text) = cell(Field::Name) else { return collector.leave_out(NO_NAME) };
    match cell(Field::Removed).map(|cell| (is_so(cell), cell)) {
        None | Some((Some(false), _)) => {}
        Some((Some(true), _)) => return collector.leave_out(REMOVED),
        Some((None, other)) => {
            return collector.refuse(&place, excerpt(text), Objection::Removed(excerpt(other)));
        }
    }
    match cell(Field::Effect).map(str::to_ascii_lowercase).as_deref() {
        None | Some("block" | "nxdomain" | "nodata" | "drop") => {}
        Some("allow" | "tcp-only") => return collector.leave_out(NO_BLOCKS),
        Some(other) => return collector.refuse(&place, excerpt(text), Objection::Effect(excerpt(other))),
    }
    let scope = match cell(Field::Scope).map(str::to_ascii_lowercase).as_deref() {
        None => None,
        Some("domain") => Some(Scope::Domain),
        Some("host") => Some(Scope::Host),
        Some("below") => Some(Scope::Below),
        Some("network") => return collector.leave_out(NO_BLOCKS),
        Some(other) => return collector.refuse(&place, excerpt(text), Objection::Scope(excerpt(other))),
    };
    let mut remarks = Vec::new();
    let mut date = |field: Field| {
        let text = cell(field)?;
        let date = read_date(text);
        if date.is_none() {
            remarks.push(Remark::Date(excerpt(text)));
        }
        date
    };
    let (expires, listed) = (date(Field::Expires), date(Field::Listed));
    let said = Said {
        reference: cell(Field::Case).map(clean),
        category: cell(Field::Category).map(clean),
        legal_basis: cell(Field::Legal).map(clean),
        evidence: cell(Field::Evidence).map(clean),
        listed,
        expires,
        comment: cell(Field::Comment).map(clean),
    };
    let hidden = [(row.is_hidden, Remark::HiddenRow), (found.is_hidden, Remark::HiddenColumn)];
    remarks.extend(hidden.into_iter().filter(|(is_hidden, _)| *is_hidden).map(|(_, remark)| remark));
    match scope {
        Some(scope) => collector.exact(text, scope, &place, remarks, &said),
        None => collector.words(text, Manner::Meant, &place, &remarks, &said),
    }
}

/// A cell without the sign that keeps spreadsheets from taking it for a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Asked, Gathered, Shape, gather};

    fn gathered(text: &[u8], columns: &str, file: &str) -> Gathered {
        let asked = Asked { columns: columns.parse().unwrap(), file, ..Asked::default() };
        gather(text, &asked).unwrap_or_else(|error| panic!("{error}"))
    }

    fn shown(found: &Gathered) -> Vec<String> {
        let refused = found.refused.iter().map(ToString::to_string);
        found
            .candidates
            .iter()
            .map(|it| format!("{}: {}", it.place, it.name.to_host()))
            .chain(refused)
            .collect()
    }

    const GERMAN: &str = "\
Sperrliste der Landesmedienanstalt;;;;\r
Stand 23.11.2026;;;;\r
;;;;\r
Aktenzeichen;Domäne;Kategorie;Gültig bis;Bemerkung\r
2026/17;undress.example;Entkleidung;31.12.2026;\"Anzeige; mit Anlage\"\r
2026/18;https://nackt.example.org/app?x=1;;03/04/2027;\r
;;;;ohne Namen\r
2026/19;noch zu prüfen;;;\r
";

    #[test]
    fn a_table_of_a_regulator_is_read_by_its_headings() {
        let found = gathered(GERMAN.as_bytes(), "", "liste.csv");
        assert_eq!(found.shape, Shape::Table);
        assert_eq!(
            shown(&found),
            [
                "row 5, column B: undress.example",
                "row 6, column B: nackt.example.org",
                "row 8, column B: `noch zu prüfen` holds no name; correct it, or remove the row"
            ]
        );
        let said = &found.candidates[0].said;
        assert_eq!(said.reference.as_deref(), Some("2026/17"));
        assert_eq!(said.comment.as_deref(), Some("Anzeige; mit Anlage"));
        assert_eq!(said.expires, Some("2026-12-31T00:00:00Z".parse().unwrap()));
        assert_eq!(found.candidates[1].said.expires, None);
        assert!(found.candidates[1].remarks.contains(&Remark::Date("03/04/2027".into())));
        assert!(found.notes.contains(&Note::LeftOut(NO_NAME, 1)), "{:?}", found.notes);
        // The same as Excel saves it in its other ways.
        let latin: Vec<u8> = GERMAN.chars().map(|letter| letter as u8).collect();
        let tabs = GERMAN.replace("\"Anzeige; mit Anlage\"", "x").replace(';', "\t");
        let wide: Vec<u8> =
            [0xfeff].into_iter().chain(tabs.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for octets in [latin, wide, tabs.into_bytes()] {
            assert_eq!(shown(&gathered(&octets, "", "liste.txt")), shown(&found));
        }
    }

    #[test]
    fn columns_are_said_guessed_or_asked_for() {
        let bare = "17,bad.com,x\n18,worse.com,y\n";
        assert_eq!(
            shown(&gathered(bare.as_bytes(), "", "")),
            ["row 1, column B: bad.com", "row 2, column B: worse.com"]
        );
        let found = gathered(b"Seite die uns auffiel,Az\nbad.com,17\n", "case=B", "");
        assert_eq!(found.candidates[0].said.reference.as_deref(), Some("17"));
        let found = gathered(b"Wer,Wo\nAnna,a.exmaple\n", "name=Wo", "x.csv");
        assert_eq!(shown(&found), ["row 2, column B: a.exmaple"]);
        // What would be a heading elsewhere stands beside a name, and is none.
        let found = gathered(b"domain,bad.com\nurl,https://worse.com/\n", "", "");
        assert_eq!(shown(&found), ["row 1, column B: bad.com", "row 2, column B: worse.com"]);
        let found = gathered(b"by us,www.us.com\n,\nDomain,Case\nbad.com,1\n", "", "x.csv");
        assert_eq!(shown(&found), ["row 4, column A: bad.com"]);
        assert!(found.notes.contains(&Note::LeftOut(ABOVE, 1)));
        let error = |text: &str, columns: &str| {
            let columns = columns.parse().unwrap();
            gather(text.as_bytes(), &Asked { columns, file: "x.csv", ..Asked::default() })
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            error("alt,neu\na.com,b.com\n", ""),
            "x.csv: has names in several columns: A (alt), B (neu); say which it is, as in name=A"
        );
        assert_eq!(
            error("a,b\n1,2\n", ""),
            "x.csv: shows no column of names; say which it is, as in name=B or name=Domain; there are A (a), B (b)"
        );
        assert_eq!(
            error("a,b\n1,2\n", "name=Domain"),
            "x.csv: has no column `Domain`; there are A (a), B (b)"
        );
    }

    #[test]
    fn registers_in_tables_lose_what_they_have_removed() {
        let cert = "PozycjaRejestru\tAdresDomeny\tDataWpisu\tDataWykreslenia\n\
                    1\tbad.com\t2026-08-12T12:22:21+00:00\t\n2\tgood.com\t2026-05-29T16:26:59+00:00\t2026-11-29T16:26:59+00:00\n";
        let found = gathered(cert.as_bytes(), "", "domains.tsv");
        assert_eq!(shown(&found), ["row 2, column B: bad.com"]);
        assert_eq!(found.candidates[0].said.listed, Some("2026-08-12T12:22:21Z".parse().unwrap()));
        assert!(found.notes.contains(&Note::LeftOut(REMOVED, 1)));
    }

    #[test]
    fn a_removal_is_told_by_yes_and_no_too() {
        let rows = [
            ("yes.com", "Ja"),
            ("x.com", "x"),
            ("zero.com", "0"),
            ("no.com", "FALSE"),
            ("none.com", ""),
            ("q.com", "?"),
        ];
        let rows: String = rows.iter().map(|(name, said)| format!("{name},{said}\n")).collect();
        let found = gathered(format!("Domain,Removed\n{rows}").as_bytes(), "", "");
        assert_eq!(
            shown(&found),
            [
                "row 4, column A: zero.com",
                "row 5, column A: no.com",
                "row 6, column A: none.com",
                "row 7, column A: `q.com` says `?` of its removal, which is neither a date nor yes or no; correct it, or \
                 remove the row"
            ]
        );
        assert!(found.notes.contains(&Note::LeftOut(REMOVED, 2)));
    }

    #[test]
    fn what_this_program_exported_is_read_for_what_it_says() {
        let own = "name,scope,effect,case,listed,expires,category\r\na.com,host,block,\"'=1, \"\"2\"\"\",,,\r\n\
                   b.com,domain,allow,,,,\r\nc.com,below,block,,,,x\r\n192.0.2.0/24,network,block,,,,\r\n";
        let found = gathered(own.as_bytes(), "", "");
        let scopes: Vec<Scope> = found.candidates.iter().map(|it| it.scope).collect();
        assert_eq!(scopes, [Scope::Host, Scope::Below]);
        assert_eq!(found.candidates[0].said.reference.as_deref(), Some("=1, \"2\""));
        assert!(found.notes.contains(&Note::LeftOut(NO_BLOCKS, 2)));
    }

    #[test]
    fn one_column_with_a_heading_is_a_table() {
        assert_eq!(
            shown(&gathered(b"domain\na.exmaple\nb.com\n", "", "")),
            ["row 2, column A: a.exmaple", "row 3, column A: b.com"]
        );
        assert_eq!(shown(&gathered(b"sep=;\nURL;x\nhttps://b.com;1\n", "", "")), ["row 3, column A: b.com"]);
    }
}
