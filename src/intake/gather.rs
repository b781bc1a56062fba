//! The one way in: from octets of any shape to candidates.

use super::candidate::{Gathered, Note};
use super::collector::Collector;
use super::columns::Columns;
use super::encoding::decode;
use super::error::{Error, Trouble};
use super::shape::{Shape, of_octets, of_text};
use super::{delimited, lists, mail, misp, package, register, stix, text};

/// The longest file that is read, in octets.
pub(super) const LONGEST: usize = 64 << 20;

/// How a file is read.
#[derive(Clone, Debug, Default)]
pub struct Asked<'a> {
    /// What it is; told from its content where it is `None`.
    pub shape: Option<Shape>,
    /// Which columns of a table or a sheet are about what.
    pub columns: Columns,
    /// Whether observed names and addresses of STIX are taken that no indicator speaks of.
    pub observables: bool,
    /// The file's name, for errors; its ending helps where the content leaves a doubt.
    pub file: &'a str,
}

/// Reads a file of any shape. Nothing that is found is more than a proposal to propose it.
pub fn gather(octets: &[u8], asked: &Asked<'_>) -> Result<Gathered, Error> {
    read(octets, asked).map_err(|trouble| Error { file: asked.file.to_owned(), trouble })
}

fn read(octets: &[u8], asked: &Asked<'_>) -> Result<Gathered, Trouble> {
    if octets.is_empty() {
        return Err(Trouble::Empty);
    }
    if octets.len() > LONGEST {
        return Err(Trouble::TooLong(LONGEST));
    }
    let mut collector = Collector::default();
    let found = match asked.shape {
        Some(shape) => Some(shape),
        None => of_octets(octets).transpose()?,
    };
    let shape = match found {
        Some(Shape::Sheet) => {
            package::read(octets, &asked.columns, &mut collector)?;
            Shape::Sheet
        }
        // Lists say themselves how they are compressed, and in what they are written.
        Some(Shape::List(format)) => {
            Shape::List(lists::read(octets, Some(format), asked.file, &mut collector)?)
        }
        None if lists::is_compressed(octets) => {
            Shape::List(lists::read(octets, None, asked.file, &mut collector)?)
        }
        found => {
            let (text, encoding) = decode(octets);
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let shape = found.map_or_else(|| of_text(text, asked.file), Ok)?;
            if shape == Shape::Text && mail::is_mail(text) {
                // Each part of a mail says itself in what it is written.
                mail::read(octets, &mut collector)?;
            } else {
                encoding.into_iter().for_each(|name| collector.note(Note::Encoding(name)));
                read_text(text, shape, asked, &mut collector)?;
            }
            shape
        }
    };
    collector.finish(shape)
}

fn read_text(text: &str, shape: Shape, asked: &Asked<'_>, collector: &mut Collector) -> Result<(), Trouble> {
    match shape {
        Shape::Text => {
            text::read(text, collector);
            Ok(())
        }
        Shape::Table => delimited::read(text, &asked.columns, collector),
        Shape::Register => register::read(text, collector),
        Shape::Misp => misp::read(text, collector),
        Shape::Stix => stix::read(text, asked.observables, collector),
        // Told from a text, a list is read from what was decoded.
        Shape::List(format) => lists::read(text.as_bytes(), Some(format), asked.file, collector).map(drop),
        Shape::Sheet => Err(Trouble::Damaged { shape: "a sheet", reason: "it is text".to_owned() }),
    }
}
