//! XML, piece by piece: no document types, no entities but the five that XML has, and bounds on all else.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::error::Trouble;

/// A document that is read once, from its beginning.
pub(super) struct Xml<'r> {
    shape: &'static str,
    reader: Reader<BufReader<Rationed<'r>>>,
    /// Octets that the next piece may still have.
    allowance: Rc<Cell<usize>>,
    buffer: Vec<u8>,
    depth: usize,
    has_ended: bool,
}

/// A piece of a document. Names are without their prefix; an element without content opens and closes.
pub(super) enum Piece<'b> {
    Open(Tag<'b>),
    Close(String),
    Text(Cow<'b, str>),
    End,
}

/// The beginning of an element.
pub(super) struct Tag<'b>(BytesStart<'b>);

impl Tag<'_> {
    pub(super) fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// An attribute by its name without prefix, with what stands for its entities; nothing where these are unknown.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        let mut all = self.0.attributes();
        // A tag is no longer than a piece may be, and the first of equals counts.
        let all = all.with_checks(false).filter_map(Result::ok);
        let mut found = all.filter(|attribute| local(attribute.key.into_inner()) == wanted);
        let value = found.next()?.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        Some(value)
    }
}

fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

impl<'r> Xml<'r> {
    /// Opens a document; `shape` is for errors, such as `a sheet`.
    pub(super) fn new(input: impl Read + 'r, shape: &'static str) -> Self {
        let allowance = Rc::new(Cell::new(LONGEST_PIECE));
        let rationed = Rationed { inner: Box::new(input), allowance: Rc::clone(&allowance) };
        let mut reader = Reader::from_reader(BufReader::new(rationed));
        reader.config_mut().expand_empty_elements = true;
        Self { shape, reader, allowance, buffer: Vec::new(), depth: 0, has_ended: false }
    }

    /// The next piece. After the end there is nothing but the end.
    pub(super) fn next(&mut self) -> Result<Piece<'_>, Trouble> {
        let shape = self.shape;
        let damaged = |reason: String| Trouble::Damaged { shape, reason };
        if self.has_ended {
            return Ok(Piece::End);
        }
        self.buffer.clear();
        self.allowance.set(LONGEST_PIECE);
        let at = self.reader.buffer_position();
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| match error {
            quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                Trouble::Inflated(super::package::MOST_INFLATED)
            }
            error => damaged(format!("at octet {at}: {}", crate::blocklist::excerpt(error.to_string()))),
        })?;
        Ok(match event {
            Event::Start(start) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(damaged(format!(
                        "at octet {at}: more than {DEEPEST} elements inside each other"
                    )));
                }
                Piece::Open(Tag(start))
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                Piece::Close(local(end.name().into_inner()).to_owned())
            }
            Event::Text(text) => Piece::Text(text.xml10_content()),
            Event::CData(text) => Piece::Text(text.xml10_content()),
            Event::GeneralRef(entity) => match resolve(&entity) {
                Some(letter) => Piece::Text(Cow::Owned(letter.to_string())),
                None => return Err(damaged(format!("at octet {at}: an entity that is none of XML's own"))),
            },
            Event::DocType(_) => {
                return Err(damaged("it has a document type, which only hostile files need".to_owned()));
            }
            Event::Eof if self.depth > 0 => return Err(damaged("it breaks off".to_owned())),
            Event::Eof => {
                self.has_ended = true;
                Piece::End
            }
            // Of no meaning here; one by one, so that none of them is a way to recurse.
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => {
                Piece::Text(Cow::Borrowed(""))
            }
        })
    }
}

fn resolve(entity: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    match &**entity {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => entity.resolve_char_ref().ok().flatten(),
    }
}

/// A reader that fails where one piece has no end.
struct Rationed<'r> {
    inner: Box<dyn Read + 'r>,
    allowance: Rc<Cell<usize>>,
}

impl Read for Rationed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.allowance.get().checked_sub(read) {
            Some(rest) => self.allowance.set(rest),
            None => return Err(io::Error::other(format!("one piece is longer than {LONGEST_PIECE} octets"))),
        }
        Ok(read)
    }
}

/// A cell of a spreadsheet holds 32,767 characters.
const LONGEST_PIECE: usize = 256 << 10;
/// More than any document that is read here has.
const DEEPEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        let mut xml = Xml::new(text.as_bytes(), "a test");
        let mut told = String::new();
        loop {
            match xml.next().map_err(|trouble| trouble.to_string())? {
                Piece::Open(tag) => told += &format!("<{} {:?}>", tag.name(), tag.attribute("a")),
                Piece::Close(name) => told += &format!("</{name}>"),
                Piece::Text(text) => told += &text,
                Piece::End => return Ok(told),
            }
        }
    }

    #[test]
    fn pieces_come_without_prefix_and_with_what_entities_stand_for() {
        assert_eq!(
            read("<?xml version=\"1.0\"?><!-- c --><n:x n:a='1&amp;2'>a&lt;b&#x41;<y/><![CDATA[<z>]]></n:x>"),
            Ok("<x Some(\"1&2\")>a<bA<y None></y><z></x>".into())
        );
    }

    #[test]
    fn what_is_hostile_or_broken_is_refused() {
        let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><r>&b;</r>";
        for (text, reason) in [
            (bomb, "document type"),
            ("<r>&b;</r>", "an entity"),
            ("<r>", "breaks off"),
            ("<r></s>", "octet 3"),
            (&"<r>".repeat(100), "64 elements"),
            (&format!("<r>{}</r>", "a".repeat(1 << 20)), "longer than"),
            (&format!("<r a='{}'/>", "a".repeat(1 << 20)), "longer than"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }
}
