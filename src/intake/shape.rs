//! What a file is: told from what is in it.

use std::fmt;
use std::str::FromStr;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::error::Trouble;
use super::json::Word;
use super::{delimited, lists, mail};
use crate::blocklist::Format;

/// What a file is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text of any kind, such as an e-mail, pasted or as it was received.
    Text,
    /// A table with columns: CSV, with commas, semicolons, tabs or bars.
    Table,
    /// A spreadsheet: xlsx, ods.
    Sheet,
    /// The Polish register of gambling domains, in XML.
    Register,
    /// Events or attributes of MISP, in JSON.
    Misp,
    /// A bundle of STIX 2.1, in JSON.
    Stix,
    /// A list in one of the formats that resolvers load.
    List(Format),
}

/// A word that names no shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown shape `{0}`; known are text, table, sheet, register, misp, stix, and the formats of lists: domains, \
         hosts, dnsmasq, adblock, rpz, cert-polska and jsonl"
)]
pub struct UnknownShape(String);

const SHAPES: [(&str, Shape); 6] = [
    ("text", Shape::Text),
    ("table", Shape::Table),
    ("sheet", Shape::Sheet),
    ("register", Shape::Register),
    ("misp", Shape::Misp),
    ("stix", Shape::Stix),
];

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, SHAPES.iter().find(|(_, shape)| shape == self)) {
            (Self::List(format), _) => write!(f, "{format}"),
            (_, found) => f.write_str(found.map_or("", |(word, _)| word)),
        }
    }
}

impl FromStr for Shape {
    type Err = UnknownShape;

    fn from_str(text: &str) -> Result<Self, UnknownShape> {
        let found = SHAPES.iter().find(|(word, _)| *word == text).map(|(_, shape)| *shape);
        let list = || text.parse().ok().map(Self::List);
        found.or_else(list).ok_or_else(|| UnknownShape(text.to_owned()))
    }
}

/// What octets are that are no text: a spreadsheet, or something else that is not read. A compressed list is none of
/// these.
pub(super) fn of_octets(octets: &[u8]) -> Option<Result<Shape, Trouble>> {
    let kind = |kind, remedy| Some(Err(Trouble::Kind { kind, remedy }));
    match octets {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(Ok(Shape::Sheet)),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => {
            kind("an old or an encrypted Office file", "save it as .xlsx or .ods, without a password")
        }
        [b'%', b'P', b'D', b'F', ..] => {
            kind("a PDF", "copy its text into a file of its own, and compare the names with it")
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => kind("a document in RTF", "save it as text"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => kind("a picture", "write the names down"),
        _ => None,
    }
}

/// What a text is. Its file's name helps where the content leaves a doubt.
pub(super) fn of_text(text: &str, file: &str) -> Result<Shape, Trouble> {
    let start = text.trim_start();
    match start.as_bytes() {
        [b'<', ..] => {
            if let Some(shape) = of_markup(start)? {
                return Ok(shape);
            }
        }
        [b'{', ..] => {
            if let Some(shape) = of_object(start) {
                return shape;
            }
        }
        [b'[', rest @ ..] if matches!(rest.trim_ascii_start(), [b'{' | b']', ..]) => {
            return match of_object(start[1..].trim_start()) {
                Some(Ok(shape @ (Shape::Misp | Shape::Stix))) => Ok(shape),
                _ => Ok(Shape::List(Format::CertPolska)),
            };
        }
        _ => {}
    }
    if mail::is_mail(text) {
        return Ok(Shape::Text);
    }
    if let Some(format) = lists::certain(text, file) {
        return Ok(Shape::List(format));
    }
    if delimited::is_table(text, file) {
        return Ok(Shape::Table);
    }
    Ok(lists::likely(text, file).map_or(Shape::Text, Shape::List))
}

/// The shapes of XML, by their outermost element; text may begin with `<https://…>`, too.
fn of_markup(start: &str) -> Result<Option<Shape>, Trouble> {
    let head: String = start.chars().take(HEAD).collect::<String>().to_ascii_lowercase();
    let kind = |kind, remedy| Err(Trouble::Kind { kind, remedy });
    if ["<!doctype html", "<html", "<head", "<body", "<table"].iter().any(|tag| head.contains(tag)) {
        return kind("a web page", "copy the text that it shows into a file of its own");
    }
    if head.contains("<rejestr") || head.contains(":rejestr") {
        return Ok(Some(Shape::Register));
    }
    match head.starts_with("<?xml") {
        true => kind("XML of an unknown kind", "save it as a table or as text"),
        false => Ok(None),
    }
}

/// The shapes of JSON, by the keys of the first object; nothing for text that is no JSON.
fn of_object(start: &str) -> Option<Result<Shape, Trouble>> {
    let mut values = serde_json::Deserializer::from_str(start).into_iter::<Keys>();
    let Keys { keys, kind } = match values.next()? {
        Ok(keys) => keys,
        // What breaks off later than its keys is told so by whoever reads it.
        Err(_) => return of_keyword(start).map(Ok),
    };
    let has = |wanted: &str| keys.iter().any(|key| key == wanted);
    Some(match () {
        () if has("Event") || has("response") || has("Attribute") => Ok(Shape::Misp),
        () if has("to_ids") && has("value") => Ok(Shape::Misp),
        () if matches!(kind.as_deref(), Some("bundle" | "indicator")) || has("objects") => Ok(Shape::Stix),
        () if has("spec_version") => Ok(Shape::Stix),
        () if has("list") && has("serial") => Ok(Shape::List(Format::Jsonl)),
        () => Err(Trouble::Kind {
            kind: "JSON of an unknown kind",
            remedy: "name what it is, or save it as a table",
        }),
    })
}

/// What damaged JSON most likely is.
fn of_keyword(start: &str) -> Option<Shape> {
    let head: String = start.chars().take(HEAD).collect();
    match () {
        () if head.contains("\"Event\"") || head.contains("\"Attribute\"") => Some(Shape::Misp),
        () if head.contains("\"bundle\"") || head.contains("\"objects\"") => Some(Shape::Stix),
        () if head.contains("\"list\"") => Some(Shape::List(Format::Jsonl)),
        () => None,
    }
}

/// How much of a text is looked at for its outermost element.
const HEAD: usize = 1024;

/// The keys of an object, and its type.
#[derive(Default)]
struct Keys {
    keys: Vec<String>,
    kind: Option<String>,
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut found = Keys::default();
                while let Some(key) = map.next_key::<String>()? {
                    if key == "type" {
                        found.kind = map.next_value::<Word>()?.0;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                    if found.keys.len() < MOST_KEYS {
                        found.keys.push(key);
                    }
                }
                Ok(found)
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// More than any object has that is read here.
const MOST_KEYS: usize = 100;
