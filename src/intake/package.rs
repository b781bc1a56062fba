//! Spreadsheets are archives of XML: which kind one is, and how much of it is unpacked at most.
//!
//! The parts are read here rather than by a library for spreadsheets: those that there are take room for as many strings
//! and cells as a file says that it has, or build the whole grid between two cells that lie far apart. A hostile file of
//! a thousand octets ends such a program.

use std::cell::Cell;
use std::io::{self, Cursor, Read};
use std::rc::Rc;

use zip::ZipArchive;

use super::collector::Collector;
use super::columns::Columns;
use super::error::Trouble;
use super::table::{self, Sheet};
use super::xml::Xml;
use super::{ods, xlsx};

/// The most that is unpacked of one file, in octets.
pub(super) const MOST_INFLATED: u64 = 256 << 20;
/// The most parts of one file: several for each sheet, picture and comment.
const MOST_PARTS: usize = 10_000;

/// An archive, of which parts are read one after the other.
pub(super) struct Package<'o> {
    archive: ZipArchive<Cursor<&'o [u8]>>,
    /// Octets that may still be unpacked.
    left: Rc<Cell<u64>>,
}

pub(super) fn read(octets: &[u8], columns: &Columns, collector: &mut Collector) -> Result<(), Trouble> {
    let mut package = Package::open(octets, MOST_INFLATED)?;
    let kind = |kind| Err(Trouble::Kind { kind, remedy: "save the table as .xlsx, .ods or .csv" });
    let sheets: Vec<Sheet> = match () {
        () if package.has("xl/workbook.bin") => return kind("a binary spreadsheet (.xlsb)"),
        () if package.has("word/document.xml") => return kind("a document of a word processor"),
        () if package.has("content.xml") => ods::read(&mut package)?,
        () if package.has("_rels/.rels") => xlsx::read(&mut package)?,
        () => return kind("an archive"),
    };
    table::read_sheets(sheets, columns, collector)
}

impl<'o> Package<'o> {
    fn open(octets: &'o [u8], most: u64) -> Result<Self, Trouble> {
        let mut archive = ZipArchive::new(Cursor::new(octets)).map_err(damaged)?;
        if archive.len() > MOST_PARTS {
            return Err(damaged(format!("it has more than {MOST_PARTS} parts")));
        }
        // What it says of itself is believed; where it is less than the truth, the archive's reader fails.
        let mut said: u64 = 0;
        for place in 0..archive.len() {
            said = said.saturating_add(archive.by_index_raw(place).map_err(damaged)?.size());
        }
        if said > most {
            return Err(Trouble::Inflated(most));
        }
        Ok(Self { archive, left: Rc::new(Cell::new(most)) })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// A part as text, which is short.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Trouble> {
        let Some(place) = self.archive.index_for_name(name) else { return Ok(None) };
        let part = self.archive.by_index(place).map_err(damaged)?;
        let mut text = String::new();
        part.take(LONGEST_TEXT).read_to_string(&mut text).map_err(damaged)?;
        Ok(Some(text))
    }

    /// A part as XML, if it is there.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Xml<'_>>, Trouble> {
        let Some(place) = self.archive.index_for_name(name) else { return Ok(None) };
        let part = self.archive.by_index(place).map_err(damaged)?;
        let metered = Metered { inner: part, left: Rc::clone(&self.left) };
        Ok(Some(Xml::new(metered, SHAPE)))
    }
}

pub(super) const SHAPE: &str = "a spreadsheet";
const LONGEST_TEXT: u64 = 1024;

pub(super) fn damaged(reason: impl std::fmt::Display) -> Trouble {
    Trouble::Damaged { shape: SHAPE, reason: crate::blocklist::excerpt(reason.to_string()) }
}

/// A reader that ends with an error when a file as a whole has unpacked to too much.
struct Metered<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => self.left.set(left),
            None => return Err(io::ErrorKind::FileTooLarge.into()),
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::intake::xml::Piece;

    /// An archive with one part, which says of itself that it is so long.
    fn archive(content: &[u8], said: u32) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a.xml", SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
        let mut octets = zip.finish().unwrap().into_inner();
        let true_length = (content.len() as u32).to_le_bytes();
        for at in (0..octets.len() - 4).filter(|at| *at < 64 || *at > octets.len() - 128).collect::<Vec<_>>()
        {
            if octets[at..at + 4] == true_length {
                octets[at..at + 4].copy_from_slice(&said.to_le_bytes());
            }
        }
        octets
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_whatever_it_says_of_itself() {
        let content = format!("<a>{}</a>", "<b/>".repeat(100_000));
        let honest = archive(content.as_bytes(), content.len() as u32);
        assert!(matches!(Package::open(&honest, 100_000), Err(Trouble::Inflated(100_000))));
        let boasting = archive(content.as_bytes(), u32::MAX - 1);
        assert!(matches!(Package::open(&boasting, MOST_INFLATED), Err(Trouble::Inflated(_))));
        let lying = archive(content.as_bytes(), 1_000);
        let mut package = Package::open(&lying, 1_000_000).unwrap();
        assert!(matches!(read_through(&mut package), Err(Trouble::Damaged { .. })));
        // Sheets that are all the same part are unpacked again and again.
        let mut package = Package::open(&honest, 1_000_000).unwrap();
        assert!(read_through(&mut package).is_ok() && read_through(&mut package).is_ok());
        assert!(matches!(read_through(&mut package), Err(Trouble::Inflated(_))));
    }

    fn read_through(package: &mut Package<'_>) -> Result<(), Trouble> {
        let mut xml = package.part("a.xml")?.unwrap();
        while !matches!(xml.next()?, Piece::End) {}
        Ok(())
    }
}
