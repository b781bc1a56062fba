//! Spreadsheets of LibreOffice and others (OpenDocument 1.3, part 3), as far as they are tables.

use std::collections::BTreeSet;

use super::columns::LAST_COLUMN;
use super::error::Trouble;
use super::package::{Package, damaged};
use super::table::{Grid, Sheet};
use super::xml::{Piece, Tag, Xml};

/// What every such file says that it is, in its first part.
const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

pub(super) fn read(package: &mut Package<'_>) -> Result<Vec<Sheet>, Trouble> {
    if !package.text("mimetype")?.is_some_and(|kind| kind.trim().starts_with(KIND)) {
        let remedy = "save the table as .xlsx, .ods or .csv";
        return Err(Trouble::Kind { kind: "an OpenDocument file other than a spreadsheet", remedy });
    }
    if let Some(xml) = package.part("META-INF/manifest.xml")?
        && is_encrypted(xml)?
    {
        return Err(Trouble::Kind { kind: "an encrypted spreadsheet", remedy: "save it without a password" });
    }
    let xml = package.part("content.xml")?.ok_or_else(|| damaged("it has no content"))?;
    Reading { xml, hidden: BTreeSet::new(), sheets: Vec::new(), grid: Grid::default() }.read()
}

fn is_encrypted(mut xml: Xml<'_>) -> Result<bool, Trouble> {
    loop {
        match xml.next()? {
            Piece::Open(tag) if tag.name() == "encryption-data" => return Ok(true),
            Piece::End => return Ok(false),
            _ => {}
        }
    }
}

struct Reading<'r> {
    xml: Xml<'r>,
    /// Styles of sheets that are not shown.
    hidden: BTreeSet<String>,
    sheets: Vec<Sheet>,
    grid: Grid,
}

/// Where the reading is.
#[derive(Default)]
struct At {
    style: String,
    row: u64,
    /// How often the row stands there.
    rows: u64,
    is_hidden: bool,
    /// Columns that are behind.
    column: u32,
    cell: Cell,
    /// Within a cell, an annotation, which is none of its text.
    annotations: usize,
    paragraphs: usize,
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    is_open: bool,
    /// How often it stands there, one beside the other.
    times: u32,
    /// What it is, where that is not its text.
    value: Option<String>,
    text: String,
}

impl Reading<'_> {
    fn read(mut self) -> Result<Vec<Sheet>, Trouble> {
        let mut at = At::default();
        loop {
            match self.xml.next()? {
                Piece::Open(tag) => open(&tag, &mut at, &mut self.hidden, &mut self.sheets)?,
                Piece::Text(text) if at.cell.is_open && at.paragraphs > 0 && at.annotations == 0 => {
                    Grid::extend(&mut at.cell.text, &text)?;
                }
                Piece::Text(_) => {}
                Piece::Close(name) => match name.as_str() {
                    "annotation" => at.annotations = at.annotations.saturating_sub(1),
                    "p" | "h" => at.paragraphs = at.paragraphs.saturating_sub(1),
                    "table-cell" | "covered-table-cell" => self.close_cell(&mut at)?,
                    "table" => {
                        if let Some(sheet) = self.sheets.last_mut() {
                            sheet.rows = self.grid.take();
                        }
                    }
                    _ => {}
                },
                Piece::End => return Ok(self.sheets),
            }
        }
    }

    fn close_cell(&mut self, at: &mut At) -> Result<(), Trouble> {
        let Cell { times, value, text, .. } = std::mem::take(&mut at.cell);
        let text = value.unwrap_or(text);
        let is_shown = self.sheets.last().is_some_and(|sheet| !sheet.is_hidden);
        if is_shown && !text.trim().is_empty() {
            for column in at.column.saturating_add(1)..=at.column.saturating_add(times).min(LAST_COLUMN) {
                self.grid.put(at.row, column, at.is_hidden, text.as_str().into())?;
            }
        }
        at.column = at.column.saturating_add(times);
        Ok(())
    }
}

fn open(
    tag: &Tag<'_>,
    at: &mut At,
    hidden: &mut BTreeSet<String>,
    sheets: &mut Vec<Sheet>,
) -> Result<(), Trouble> {
    match tag.name() {
        "style" => at.style = tag.attribute("name").unwrap_or_default(),
        "table-properties"
            if tag.attribute("display").as_deref() == Some("false") && hidden.len() < MOST_SHEETS =>
        {
            hidden.insert(at.style.clone());
        }
        "table" => {
            if sheets.len() == MOST_SHEETS {
                return Err(damaged(format!("it has more than {MOST_SHEETS} sheets")));
            }
            let style = tag.attribute("style-name").unwrap_or_default();
            let name = tag.attribute("name").unwrap_or_default();
            sheets.push(Sheet { name, is_hidden: hidden.contains(&style), ..Sheet::default() });
            *at = At { style: std::mem::take(&mut at.style), ..At::default() };
        }
        "table-column" => {
            let first = at.column.saturating_add(1);
            at.column = at.column.saturating_add(repeated(tag, "number-columns-repeated"));
            if let Some(sheet) = sheets.last_mut()
                && !is_visible(tag)
                && first <= LAST_COLUMN
            {
                sheet.hidden_columns.push(first..=at.column);
            }
        }
        "table-row" => {
            // What stands in equal rows stands in the first of them.
            at.row = at.row.saturating_add(at.rows.max(u64::from(at.row == 0)));
            at.rows = repeated(tag, "number-rows-repeated").into();
            at.is_hidden = !is_visible(tag);
            at.column = 0;
        }
        "table-cell" | "covered-table-cell" => {
            let value = match tag.attribute("value-type").as_deref() {
                Some("date") => tag.attribute("date-value"),
                Some("float" | "currency" | "percentage") => tag.attribute("value"),
                Some("boolean") => tag.attribute("boolean-value"),
                _ => tag.attribute("string-value"),
            };
            let times = repeated(tag, "number-columns-repeated");
            at.cell = Cell { is_open: true, times, value, text: String::new() };
            (at.annotations, at.paragraphs) = (0, 0);
        }
        "annotation" => at.annotations += 1,
        "p" | "h" => {
            at.paragraphs += 1;
            if at.annotations == 0 && !at.cell.text.is_empty() {
                Grid::extend(&mut at.cell.text, "\n")?;
            }
        }
        "s" | "tab" | "line-break" if at.annotations == 0 => Grid::extend(&mut at.cell.text, " ")?,
        _ => {}
    }
    Ok(())
}

/// Whether a row or a column is shown, and neither folded away nor filtered.
fn is_visible(tag: &Tag<'_>) -> bool {
    tag.attribute("visibility").is_none_or(|visibility| visibility == "visible")
}

fn repeated(tag: &Tag<'_>, name: &str) -> u32 {
    tag.attribute(name).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}

/// More than anybody has.
const MOST_SHEETS: usize = 1_000;
