//! Tables as programs save them: with commas, semicolons, tabs or bars between cells (RFC 4180).
//!
//! Which sign it is, nothing says. A quotation mark that is forgotten would make one cell of many rows, so where that
//! may be it is an error, or told.

use std::collections::BTreeMap;

use super::candidate::Note;
use super::collector::Collector;
use super::columns::{Columns, Found};
use super::error::Trouble;
use super::fields::Field;
use super::table::{Grid, LONGEST_CELL, WIDEST, columns_of_names, damaged, read_rows};
use crate::blocklist::excerpt;

/// Reads a table.
pub(super) fn read(text: &str, columns: &Columns, collector: &mut Collector) -> Result<(), Trouble> {
    let Csv { delimiter, text, above } = Csv::of(text);
    // A record is in memory as a whole.
    let cells = |line: &[u8]| memchr::memchr_iter(delimiter, line).count();
    if let Some(line) = text.as_bytes().split(|octet| *octet == b'\n').position(|line| cells(line) > WIDEST) {
        return Err(damaged(format!("line {} has more than {WIDEST} cells", line as u64 + above + 1)));
    }
    if let Some(line) = unclosed(delimiter, text) {
        let line = line + above;
        return Err(damaged(format!(
            "the quotation mark that begins a cell in line {line} is not closed; close or remove it"
        )));
    }
    let width = width(delimiter, text).unwrap_or(NARROWEST);
    let is_like_row = |line: &str| cells(line.as_bytes()) + 1 >= width;
    let mut like_rows = None;
    let mut grid = Grid::default();
    let (mut line, mut counted) = (above + 1, 0);
    for record in csv(delimiter, text).into_records() {
        let record = record.map_err(|error| damaged(excerpt(error.to_string())))?;
        // A record begins behind the ends of lines that the reader has not passed yet.
        let begin = record.position().map_or(0, csv::Position::byte) as usize;
        let ends = text.as_bytes()[begin..].iter().take_while(|octet| matches!(octet, b'\r' | b'\n')).count();
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[counted..begin + ends]).count() as u64;
        counted = begin + ends;
        let row = line;
        for (column, cell) in (1..).zip(&record) {
            if cell.len() > LONGEST_CELL {
                return Err(damaged(format!("a cell in line {row} is longer than {LONGEST_CELL} octets")));
            }
            if cell.lines().skip(1).any(is_like_row) {
                let (_, times) = like_rows.get_or_insert((row, 0));
                *times += 1;
            }
            grid.put(row, column, false, cell.into())?;
        }
    }
    if let Some((line, cells)) = like_rows {
        collector.note(Note::LikeRows { line, cells });
    }
    read_rows(&grid.take(), &[], None, columns, collector)
}

/// A table has two columns at least, or no delimiters.
const NARROWEST: usize = 2;

/// The line, from 1, of a quotation mark that begins a cell and is closed by none, or only by one of another line behind
/// which the cell does not end. Within a line, people forget to double them, and no row is lost.
fn unclosed(delimiter: u8, text: &str) -> Option<u64> {
    let mut octets = text.bytes().peekable();
    let (mut line, mut is_start) = (1, true);
    while let Some(octet) = octets.next() {
        if !(is_start && octet == b'"') {
            is_start = octet == delimiter || matches!(octet, b'\r' | b'\n');
            line += u64::from(octet == b'\n');
            continue;
        }
        let begin = line;
        loop {
            match octets.next() {
                None => return Some(begin),
                Some(b'\n') => line += 1,
                Some(b'"') if octets.next_if_eq(&b'"').is_none() => break,
                Some(_) => {}
            }
        }
        let ends = octets.peek().is_none_or(|next| *next == delimiter || matches!(next, b'\r' | b'\n'));
        if !ends && line > begin {
            return Some(begin);
        }
        is_start = false;
    }
    None
}

fn csv(delimiter: u8, text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// How a text is divided into cells.
struct Csv<'t> {
    delimiter: u8,
    text: &'t str,
    /// Lines in front of it.
    above: u64,
}

impl<'t> Csv<'t> {
    /// The delimiter that Excel wrote into the first line, or the one by which most of the first rows have the same
    /// number of cells.
    fn of(text: &'t str) -> Self {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] =
            first.trim_end_matches('\r').as_bytes()
            && DELIMITERS.contains(delimiter)
        {
            return Self { delimiter: *delimiter, text: rest, above: 1 };
        }
        let delimiter = DELIMITERS.into_iter().max_by_key(|delimiter| width(*delimiter, text).unwrap_or(1));
        Self { delimiter: delimiter.unwrap_or(b','), text, above: 0 }
    }
}

/// The last of equals wins.
const DELIMITERS: [u8; 4] = [b'|', b'\t', b';', b','];

/// How many cells nearly all of the first rows have, if it is the same number.
fn width(delimiter: u8, text: &str) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in first_rows(delimiter, text) {
        *counts.entry(row.len()).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let (width, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (width > 1 && all > 1 && count * 10 >= all * 8).then_some(width)
}

fn first_rows(delimiter: u8, text: &str) -> Vec<csv::StringRecord> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    csv(delimiter, sample).into_records().map_while(Result::ok).take(SAMPLE_ROWS).collect()
}

const SAMPLE: usize = 64 << 10;
const SAMPLE_ROWS: usize = 50;

/// Whether a text is a table: it says so by its name, has a heading for names, or one column of names among others.
pub(super) fn is_table(text: &str, file: &str) -> bool {
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let Csv { delimiter, text, above } = Csv::of(text);
    if matches!(ending.as_str(), "csv" | "tsv") || above > 0 {
        return true;
    }
    let is_heading = |cell: &str| matches!(Field::of_heading(cell), Some((Field::Name, _)));
    let rows = first_rows(delimiter, text);
    if width(delimiter, text).is_none() {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        return lines.next().is_some_and(is_heading)
            && lines.next().is_some_and(|line| line.contains('.') && !line.contains(' '));
    }
    if rows.iter().any(|row| row.iter().any(is_heading)) {
        return true;
    }
    let cells = |row: &csv::StringRecord| (1..).zip(row.iter().map(Box::from)).collect();
    let grid: Vec<Vec<(u32, Box<str>)>> = rows.iter().map(cells).collect();
    columns_of_names(&grid, &Found::default()).len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Asked, Gathered, gather};

    fn gathered(text: &[u8]) -> Gathered {
        gather(text, &Asked { file: "x.csv", ..Asked::default() }).unwrap()
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_loses_no_row_in_silence() {
        let error = |text: &str| {
            let asked = Asked { file: "x.csv", ..Asked::default() };
            gather(text.as_bytes(), &asked).unwrap_err().to_string()
        };
        for text in [
            &format!("domain,x\na.com,1\n\"a.com,{}", "b.com,\n".repeat(20_000)),
            "domain,x\na.com,1\nb.com,\"open\nc.com,3\n",
            "domain,x\na.com,\"1\n2\"\"\"\nb.com,\"open\nc.com,3\nd.com,\"4\"\n"
                .strip_prefix("domain,x\n")
                .unwrap(),
        ] {
            let error = error(text);
            assert!(error.contains("in line 3 is not closed"), "{error}");
        }
        let found =
            gathered(b"domain,x\na.com,\"an \"odd\" app\"\nb.com,\"a \"\"b\"\"\nc\"\nc.com,5\" wide\n");
        assert_eq!(found.candidates.len(), 3);
        assert!(!found.notes.iter().any(|note| matches!(note, Note::LikeRows { .. })));
        // Here a later mark closes what the first one opened.
        let found = gathered(b"domain,x,y\na.com,\"1,2\nb.com,3,4\nc.com,5,6\"\nd.com,7,8\n");
        assert_eq!(found.candidates.len(), 2);
        let note = Note::LikeRows { line: 2, cells: 1 };
        assert!(found.notes.contains(&note), "{:?}", found.notes);
        assert!(
            note.to_string().starts_with("cells that hold what looks like rows: 1, the first in line 2;"),
            "{note}"
        );
    }
}
