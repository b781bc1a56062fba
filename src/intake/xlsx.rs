//! Spreadsheets of Excel (ECMA-376, part 1, SpreadsheetML), as far as they are tables.

use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::columns::LAST_COLUMN;
use super::error::Trouble;
use super::package::{Package, damaged};
use super::table::{Grid, MOST_CELLS, Sheet};
use super::xml::{Piece, Tag, Xml};

pub(super) fn read(package: &mut Package<'_>) -> Result<Vec<Sheet>, Trouble> {
    let workbook =
        match relations(package, "_rels/.rels", "")?.into_values().find(|it| it.kind == "officeDocument") {
            Some(relation) => relation.target,
            None => "xl/workbook.xml".to_owned(),
        };
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let relations = relations(package, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let target = |kind: &str| relations.values().find(|it| it.kind == kind).map(|it| it.target.clone());
    let Workbook { sheets, starts_1904 } = match package.part(&workbook)? {
        Some(xml) => read_workbook(xml)?,
        None => return Err(damaged("it has no workbook")),
    };
    let strings = match target("sharedStrings") {
        Some(part) => package.part(&part)?.map(read_strings).transpose()?.unwrap_or_default(),
        None => Vec::new(),
    };
    let dated = match target("styles") {
        Some(part) => package.part(&part)?.map(read_styles).transpose()?.unwrap_or_default(),
        None => Vec::new(),
    };
    let values = Values { strings, dated, starts_1904 };
    let mut read = Vec::new();
    let mut budget = Grid::default();
    for (name, id, is_hidden) in sheets {
        // Sheets of charts, and whatever else is none of cells.
        let Some(relation) = relations.get(&id).filter(|it| it.kind == "worksheet") else { continue };
        let mut sheet = Sheet { name, is_hidden, ..Sheet::default() };
        if let Some(xml) = package.part(&relation.target)?
            && !is_hidden
        {
            read_sheet(xml, &values, &mut budget, &mut sheet)?;
        }
        read.push(sheet);
    }
    Ok(read)
}

/// Where a part leads to: of what kind, and which part.
struct Relation {
    kind: String,
    target: String,
}

fn relations(
    package: &mut Package<'_>,
    part: &str,
    folder: &str,
) -> Result<BTreeMap<String, Relation>, Trouble> {
    let mut found = BTreeMap::new();
    let Some(mut xml) = package.part(part.trim_start_matches('/'))? else { return Ok(found) };
    loop {
        match xml.next()? {
            Piece::Open(tag) if tag.name() == "Relationship" && found.len() < MOST_RELATIONS => {
                let [id, kind, target] =
                    ["Id", "Type", "Target"].map(|name| tag.attribute(name).unwrap_or_default());
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let target = match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None if folder.is_empty() => target,
                    None => format!("{folder}/{target}"),
                };
                found.insert(id, Relation { kind, target });
            }
            Piece::End => return Ok(found),
            _ => {}
        }
    }
}

/// More parts, sheets and formats than any file has.
const MOST_RELATIONS: usize = 10_000;

struct Workbook {
    /// Name, relation, and whether it is hidden.
    sheets: Vec<(String, String, bool)>,
    /// Whether days are counted from 1904 on, as old Macs do.
    starts_1904: bool,
}

fn read_workbook(mut xml: Xml<'_>) -> Result<Workbook, Trouble> {
    let mut workbook = Workbook { sheets: Vec::new(), starts_1904: false };
    loop {
        match xml.next()? {
            Piece::Open(tag) if tag.name() == "sheet" && workbook.sheets.len() < MOST_RELATIONS => {
                let is_hidden = tag.attribute("state").is_some_and(|state| state != "visible");
                let [name, id] = ["name", "id"].map(|name| tag.attribute(name).unwrap_or_default());
                workbook.sheets.push((name, id, is_hidden));
            }
            Piece::Open(tag) if tag.name() == "workbookPr" => {
                workbook.starts_1904 = is_true(&tag, "date1904")
            }
            Piece::End => return Ok(workbook),
            _ => {}
        }
    }
}

fn is_true(tag: &Tag<'_>, name: &str) -> bool {
    tag.attribute(name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
}

/// The strings that cells share, without the hints on how to pronounce them.
fn read_strings(mut xml: Xml<'_>) -> Result<Vec<Rc<str>>, Trouble> {
    let (mut strings, mut string, mut is_text, mut is_hint) = (Vec::new(), String::new(), false, false);
    loop {
        match xml.next()? {
            Piece::Open(tag) => match tag.name() {
                "t" => is_text = true,
                "rPh" => is_hint = true,
                _ => {}
            },
            Piece::Text(text) if is_text && !is_hint => Grid::extend(&mut string, &text)?,
            Piece::Close(name) => match name.as_str() {
                "t" => is_text = false,
                "rPh" => is_hint = false,
                "si" => {
                    if strings.len() == MOST_CELLS {
                        return Err(Trouble::TooManyCells(MOST_CELLS));
                    }
                    strings.push(Rc::from(string.as_str()));
                    string.clear();
                }
                _ => {}
            },
            Piece::End => return Ok(strings),
            Piece::Text(_) => {}
        }
    }
}

/// Whether the numbers of each style are dates.
fn read_styles(mut xml: Xml<'_>) -> Result<Vec<bool>, Trouble> {
    let (mut formats, mut dated, mut is_of_cells) = (BTreeMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Piece::Open(tag) => match tag.name() {
                "numFmt" if formats.len() < MOST_RELATIONS => {
                    let [id, code] =
                        ["numFmtId", "formatCode"].map(|name| tag.attribute(name).unwrap_or_default());
                    formats.insert(id, is_date_format(&code));
                }
                "cellXfs" => is_of_cells = true,
                "xf" if is_of_cells => {
                    let id = tag.attribute("numFmtId").unwrap_or_default();
                    let built_in = || matches!(id.parse(), Ok(14_u16..=22 | 27..=36 | 45..=47 | 50..=58));
                    dated.push(formats.get(&id).copied().unwrap_or_else(built_in));
                }
                _ => {}
            },
            Piece::Close(name) if name == "cellXfs" => is_of_cells = false,
            Piece::End => return Ok(dated),
            _ => {}
        }
    }
}

/// Whether a format shows days or years: outside of what it quotes.
fn is_date_format(code: &str) -> bool {
    let (mut is_quoted, mut is_bracketed, mut is_escaped) = (false, false, false);
    for letter in code.chars() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' | '_' | '*' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '[' if !is_quoted => is_bracketed = true,
            ']' => is_bracketed = false,
            'd' | 'D' | 'y' | 'Y' if !is_quoted && !is_bracketed => return true,
            _ => {}
        }
    }
    false
}

/// What cells refer to.
struct Values {
    strings: Vec<Rc<str>>,
    dated: Vec<bool>,
    starts_1904: bool,
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    column: u32,
    kind: String,
    is_dated: bool,
    value: String,
}

fn read_sheet(mut xml: Xml<'_>, values: &Values, grid: &mut Grid, sheet: &mut Sheet) -> Result<(), Trouble> {
    let (mut cell, mut is_value, mut is_hint) = (Cell::default(), false, false);
    let (mut row, mut column, mut is_hidden) = (0_u64, 0_u32, false);
    loop {
        match xml.next()? {
            Piece::Open(tag) => match tag.name() {
                "col" if is_true(&tag, "hidden") && sheet.hidden_columns.len() < LAST_COLUMN as usize => {
                    let [first, last] =
                        ["min", "max"].map(|name| tag.attribute(name).and_then(|at| at.parse().ok()));
                    sheet.hidden_columns.extend(first.zip(last).map(|(first, last)| first..=last));
                }
                "row" => {
                    let said = tag.attribute("r").and_then(|number| number.parse().ok());
                    // Rows come in order; what says something else is not believed.
                    row = said.filter(|said| (row + 1..=LAST_ROW).contains(said)).unwrap_or(row + 1);
                    (column, is_hidden) = (0, is_true(&tag, "hidden"));
                }
                "c" => {
                    let said = tag.attribute("r").and_then(|reference| column_of(&reference));
                    column = said.unwrap_or(column + 1);
                    let style = tag.attribute("s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
                    cell = Cell {
                        column,
                        kind: tag.attribute("t").unwrap_or_default(),
                        is_dated: values.dated.get(style).copied().unwrap_or_default(),
                        value: String::new(),
                    };
                }
                "v" | "t" => is_value = true,
                "rPh" => is_hint = true,
                _ => {}
            },
            Piece::Text(text) if is_value && !is_hint => Grid::extend(&mut cell.value, &text)?,
            Piece::Text(_) => {}
            Piece::Close(name) => match name.as_str() {
                "v" | "t" => is_value = false,
                "rPh" => is_hint = false,
                "c" => {
                    let text = values.text_of(&cell);
                    grid.put(row, cell.column, is_hidden, text)?;
                }
                "sheetData" => break,
                _ => {}
            },
            Piece::End => break,
        }
    }
    sheet.rows = grid.take();
    Ok(())
}

impl Values {
    fn text_of<'c>(&'c self, cell: &'c Cell) -> std::borrow::Cow<'c, str> {
        let value = cell.value.trim();
        match cell.kind.as_str() {
            "s" => value
                .parse::<usize>()
                .ok()
                .and_then(|place| self.strings.get(place))
                .map_or("", |it| &**it)
                .into(),
            "str" | "inlineStr" | "d" => cell.value.as_str().into(),
            "b" => (if value == "1" { "true" } else { "false" }).into(),
            // The name of an error is no value.
            "e" => "".into(),
            _ => match value.parse::<f64>() {
                Ok(number) if cell.is_dated => date_of(number, self.starts_1904).unwrap_or_default().into(),
                Ok(number) if value.contains(['e', 'E', '.']) && number.is_finite() => {
                    number.to_string().into()
                }
                _ => value.into(),
            },
        }
    }
}

/// The last row of Excel.
const LAST_ROW: u64 = 1_048_576;

/// The column of a reference such as `AB12`, from 1.
fn column_of(reference: &str) -> Option<u32> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let column =
        letters.fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    (1..=LAST_COLUMN).contains(&column).then_some(column)
}

/// The day that a number stands for, with the time where there is one (§18.17.4.1).
fn date_of(number: f64, starts_1904: bool) -> Option<String> {
    if !(0.0..MOST_DAYS).contains(&number) {
        return None;
    }
    // There, 1900 has a 29 February; before it, days are one off.
    let first: Date = match starts_1904 {
        true => date(1904, 1, 1),
        false if number < 60.0 => date(1899, 12, 31),
        false => date(1899, 12, 30),
    };
    let seconds = (number.fract() * 86_400.0).round() as i64;
    let moment =
        first.checked_add((number as i64).days()).ok()?.at(0, 0, 0, 0).checked_add(seconds.seconds()).ok()?;
    Some(match seconds {
        0 => moment.date().to_string(),
        _ => moment.to_string(),
    })
}

/// The first day after 9999.
const MOST_DAYS: f64 = 2_958_466.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_days_are_dates() {
        for (number, starts_1904, expected) in [
            (46387.0, false, Some("2026-12-31")),
            (46387.5, false, Some("2026-12-31T12:00:00")),
            (44925.0, true, Some("2026-12-31")),
            (1.0, false, Some("1900-01-01")),
            (61.0, false, Some("1900-03-01")),
            (-1.0, false, None),
            (1e300, false, None),
            (f64::NAN, false, None),
        ] {
            assert_eq!(date_of(number, starts_1904).as_deref(), expected, "{number}");
        }
    }

    #[test]
    fn formats_of_dates_are_told_from_others() {
        for (code, is_date) in [
            ("dd.mm.yyyy", true),
            ("[$-407]d. mmmm yyyy", true),
            ("0.00", false),
            ("#,##0 \"days\"", false),
            ("[Red]0", false),
            ("0\\d", false),
            ("General", false),
        ] {
            assert_eq!(is_date_format(code), is_date, "{code}");
        }
        assert_eq!(
            [column_of("A1"), column_of("AB12"), column_of("XFE1"), column_of("1")],
            [Some(1), Some(28), None, None]
        );
    }
}
