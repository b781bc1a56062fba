//! Domain names in wire format (RFC 1035 §3.1): length octet and label, repeated, ended by the root's zero.
//!
//! [`Name`] is owned, uncompressed and keeps its letters' case; it compares without regard to case, as the
//! protocol does (RFC 4343). [`Canonical`] is the lower-case form on the stack that look-ups hash and compare.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The longest name, in octets, its final zero included (RFC 1035 §2.3.4).
pub const MAX_NAME: usize = 255;
const MAX_LABEL: usize = 63;

/// An uncompressed domain name of at most 255 octets.
#[derive(Clone, Eq)]
pub struct Name(Box<[u8]>);

/// Why something is not a domain name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Two dots in a row, or a dot in front.
    #[error("empty label")]
    EmptyLabel,
    /// A label of more than 63 octets.
    #[error("label longer than 63 octets")]
    LongLabel,
    /// More than 255 octets in all.
    #[error("name longer than 255 octets")]
    LongName,
    /// A `\` that does not begin `\DDD` or `\X` (RFC 1035 §5.1).
    #[error("bad escape")]
    BadEscape,
    /// Octets that are not one whole uncompressed name.
    #[error("not an uncompressed name")]
    NotWire,
}

impl Name {
    /// The root.
    pub fn root() -> Self {
        Self(Box::new([0]))
    }

    /// Reads presentation format (RFC 1035 §5.1): labels divided by dots, `\.` and `\DDD` escapes, a final dot
    /// or none; every name is taken as absolute.
    pub fn from_text(text: &str) -> Result<Self, NameError> {
        if text == "." {
            return Ok(Self::root());
        }
        let mut wire = Vec::with_capacity(text.len() + 2);
        let mut start = 0;
        wire.push(0);
        let mut octets = text.bytes();
        while let Some(octet) = octets.next() {
            match octet {
                b'.' => {
                    close_label(&mut wire, start)?;
                    start = wire.len();
                    wire.push(0);
                }
                b'\\' => wire.push(escaped(&mut octets)?),
                other => wire.push(other),
            }
        }
        if wire.len() > start + 1 {
            close_label(&mut wire, start)?;
            wire.push(0);
        } else if start == 0 {
            return Err(NameError::EmptyLabel);
        }
        if wire.len() > MAX_NAME {
            return Err(NameError::LongName);
        }
        Ok(Self(wire.into()))
    }

    /// Takes octets that must be exactly one uncompressed name.
    pub fn from_wire(wire: &[u8]) -> Result<Self, NameError> {
        match wire_length(wire) {
            Some(length) if length == wire.len() => Ok(Self(wire.into())),
            _ => Err(NameError::NotWire),
        }
    }

    /// The octets, final zero included; 1 to 255 of them.
    pub fn as_wire(&self) -> &[u8] {
        &self.0
    }

    /// The lower-case form, for look-ups.
    pub fn canonical(&self) -> Canonical {
        Canonical::new(&self.0)
    }

    /// The same name in lower case (RFC 4034 §6.2).
    pub fn to_lowercase(&self) -> Self {
        // Length octets are below 64, under every letter.
        Self(self.0.to_ascii_lowercase().into())
    }

    /// As others than the DNS write it: in lower case, without a final dot; nothing at all for the root.
    pub fn to_host(&self) -> String {
        let mut text = self.to_string();
        text.pop();
        text.make_ascii_lowercase();
        text
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.0.len() == 1
    }

    /// How many labels it has, without the root's: 0 to 127.
    pub fn label_count(&self) -> usize {
        labels(&self.0).count()
    }

    /// The name without its leftmost label; the root has none above it.
    pub fn parent(&self) -> Option<Self> {
        let (length, _) = self.0.split_first().filter(|(length, _)| **length > 0)?;
        Some(Self(self.0[1 + usize::from(*length)..].into()))
    }

    /// The name itself and all above it, the root last.
    pub fn and_above(&self) -> impl Iterator<Item = Self> + use<> {
        std::iter::successors(Some(self.clone()), Self::parent)
    }

    /// The name's rightmost `count` labels; the whole name where it has no more.
    pub fn ancestor(&self, count: usize) -> Self {
        let surplus = self.label_count().saturating_sub(count);
        let skipped: usize = labels(&self.0).take(surplus).map(|label| 1 + label.len()).sum();
        Self(self.0[skipped..].into())
    }

    /// Whether this is `zone` or a name below it.
    pub fn is_within(&self, zone: &Self) -> bool {
        let Some(skipped) = self.0.len().checked_sub(zone.0.len()) else { return false };
        // The end of the octets may only be taken for the zone where a label begins.
        let mut at = 0;
        while at < skipped {
            at += 1 + usize::from(self.0[at]);
        }
        at == skipped && self.0[skipped..].eq_ignore_ascii_case(&zone.0)
    }

    /// The name with one more label in front; nothing where that would be no name.
    pub fn child(&self, label: &[u8]) -> Option<Self> {
        if !(1..=MAX_LABEL).contains(&label.len()) || 1 + label.len() + self.0.len() > MAX_NAME {
            return None;
        }
        let length = [label.len() as u8];
        Some(Self([&length, label, &self.0].concat().into()))
    }
}

fn close_label(wire: &mut [u8], start: usize) -> Result<(), NameError> {
    match wire.len() - start - 1 {
        0 => Err(NameError::EmptyLabel),
        length if length > MAX_LABEL => Err(NameError::LongLabel),
        length => {
            wire[start] = length as u8;
            Ok(())
        }
    }
}

fn escaped(octets: &mut std::str::Bytes<'_>) -> Result<u8, NameError> {
    let first = octets.next().ok_or(NameError::BadEscape)?;
    if !first.is_ascii_digit() {
        return Ok(first);
    }
    let mut number = u16::from(first - b'0');
    for _ in 0..2 {
        let digit = octets.next().filter(u8::is_ascii_digit).ok_or(NameError::BadEscape)?;
        number = number * 10 + u16::from(digit - b'0');
    }
    u8::try_from(number).map_err(|_| NameError::BadEscape)
}

/// The length of the uncompressed name that `wire` begins with, or `None` where there is none.
#[inline]
pub fn wire_length(wire: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let length = usize::from(*wire.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
        if length > MAX_LABEL || at >= MAX_NAME {
            return None;
        }
    }
}

/// The labels of an uncompressed name, leftmost first, without the root's.
pub fn labels(wire: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = wire;
    std::iter::from_fn(move || {
        let (length, tail) = rest.split_first()?;
        let (label, tail) = tail.split_at_checked(usize::from(*length))?;
        rest = tail;
        (!label.is_empty()).then_some(label)
    })
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        // Length octets are below 64, under every letter, so that folding case cannot confuse them.
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // In one piece: hashers take octets one by one ten times as slowly.
        state.write(self.canonical().as_wire());
    }
}

impl Ord for Name {
    /// The canonical order: labels from the right, as octets in lower case (RFC 4034 §6.1).
    fn cmp(&self, other: &Self) -> Ordering {
        canonical_order(&self.0, &other.0)
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The canonical order of two uncompressed names (RFC 4034 §6.1).
pub fn canonical_order(one: &[u8], other: &[u8]) -> Ordering {
    let (mine, theirs) = (LabelStarts::new(one), LabelStarts::new(other));
    let shared = mine.count.min(theirs.count);
    for back in 1..=shared {
        let (a, b) = (mine.label(mine.count - back), theirs.label(theirs.count - back));
        match a.iter().map(u8::to_ascii_lowercase).cmp(b.iter().map(u8::to_ascii_lowercase)) {
            Ordering::Equal => {}
            unequal => return unequal,
        }
    }
    mine.count.cmp(&theirs.count)
}

/// Where the labels of a name begin, so that they can be walked from the right.
struct LabelStarts<'a> {
    wire: &'a [u8],
    starts: [u8; MAX_NAME / 2],
    count: usize,
}

impl<'a> LabelStarts<'a> {
    fn new(wire: &'a [u8]) -> Self {
        let (mut starts, mut count, mut at) = ([0; MAX_NAME / 2], 0, 0);
        for label in labels(wire) {
            starts[count] = at as u8;
            count += 1;
            at += 1 + label.len();
        }
        Self { wire, starts, count }
    }

    fn label(&self, index: usize) -> &'a [u8] {
        let at = usize::from(self.starts[index]);
        &self.wire[at + 1..=at + usize::from(self.wire[at])]
    }
}

impl fmt::Display for Name {
    /// Presentation format with a final dot, with escapes for all that a zone file could misread.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.len() == 1 {
            return f.write_str(".");
        }
        for label in labels(&self.0) {
            // Nearly every label, and much faster in one piece.
            if let Ok(text) = str::from_utf8(label)
                && label.iter().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'))
            {
                f.write_str(text)?;
                f.write_str(".")?;
                continue;
            }
            for &octet in label {
                match octet {
                    b'.' | b'\\' | b'"' | b'(' | b')' | b';' | b'@' | b'$' => {
                        write!(f, "\\{}", octet as char)?
                    }
                    0x21..=0x7e => write!(f, "{}", octet as char)?,
                    _ => write!(f, "\\{octet:03}")?,
                }
            }
            f.write_str(".")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A name in lower case, on the stack.
#[derive(Clone)]
pub struct Canonical {
    octets: [u8; FOLDED * MAX_NAME.div_ceil(FOLDED)],
    length: u8,
}

/// Octets are folded in pieces of this many, as vectors, zeros behind the name included.
const FOLDED: usize = 32;

impl Canonical {
    /// Folds an uncompressed name of at most 255 octets; what is beyond is cut.
    #[inline]
    pub fn new(wire: &[u8]) -> Self {
        let length = wire.len().min(MAX_NAME);
        let mut octets = [0; FOLDED * MAX_NAME.div_ceil(FOLDED)];
        octets[..length].copy_from_slice(&wire[..length]);
        let pieces = octets.as_chunks_mut::<FOLDED>().0;
        pieces.iter_mut().take(length.div_ceil(FOLDED)).for_each(|piece| piece.make_ascii_lowercase());
        Self { octets, length: length as u8 }
    }

    /// The octets, final zero included.
    pub fn as_wire(&self) -> &[u8] {
        &self.octets[..usize::from(self.length)]
    }
}

impl Borrow<[u8]> for Canonical {
    fn borrow(&self) -> &[u8] {
        self.as_wire()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_wire_agree() {
        for (text, wire) in [
            (".", &b"\0"[..]),
            ("a.", b"\x01a\0"),
            ("www.Example.", b"\x03www\x07Example\0"),
            ("a\\.b.c.", b"\x03a.b\x01c\0"),
            ("\\000\\255.x.", b"\x02\x00\xff\x01x\0"),
        ] {
            let name = Name::from_text(text).unwrap();
            assert_eq!(name.as_wire(), wire);
            assert_eq!(name.to_string(), text);
            assert_eq!(Name::from_wire(wire).unwrap(), name);
        }
        assert_eq!(Name::from_text("no.final.dot").unwrap(), Name::from_text("NO.final.dot.").unwrap());
    }

    #[test]
    fn what_is_no_name_says_why() {
        let long = "a".repeat(64);
        let many = "abcdefg.".repeat(32);
        for (text, error) in [
            ("", NameError::EmptyLabel),
            ("a..b", NameError::EmptyLabel),
            (".a", NameError::EmptyLabel),
            (&long, NameError::LongLabel),
            (&many, NameError::LongName),
            ("a\\", NameError::BadEscape),
            ("a\\25", NameError::BadEscape),
            ("a\\256", NameError::BadEscape),
        ] {
            assert_eq!(Name::from_text(text), Err(error), "{text}");
        }
        for wire in [&b""[..], b"\x01", b"\x01a", b"\x40a\0", b"\xc0\x0c", b"\0\0"] {
            assert_eq!(Name::from_wire(wire), Err(NameError::NotWire));
        }
        assert!(Name::from_text(&"abcdefg.".repeat(31)).is_ok());
    }

    #[test]
    fn the_longest_name_is_255_octets() {
        let label = "a".repeat(63);
        let longest = format!("{label}.{label}.{label}.{}", "a".repeat(61));
        assert_eq!(Name::from_text(&longest).unwrap().as_wire().len(), MAX_NAME);
        assert_eq!(Name::from_text(&format!("{longest}a")), Err(NameError::LongName));
    }

    fn name(text: &str) -> Name {
        Name::from_text(text).unwrap()
    }

    #[test]
    fn names_know_their_place_in_the_tree() {
        let www = name("www.Example.com");
        assert_eq!(www.label_count(), 3);
        assert_eq!(www.parent(), Some(name("example.com")));
        assert_eq!(Name::root().parent(), None);
        assert_eq!(
            (www.ancestor(1), www.ancestor(0), www.ancestor(9)),
            (name("com"), Name::root(), www.clone())
        );
        assert_eq!(name("example.com").child(b"WWW"), Some(www.clone()));
        assert_eq!(Name::root().child(&[b'a'; 64]), None);
        for (zone, within) in [
            ("com", true),
            ("WWW.example.com", true),
            (".", true),
            ("ample.com", false),
            ("a.www.example.com", false),
        ] {
            assert_eq!(www.is_within(&name(zone)), within, "{zone}");
        }
        // The octets of `\003com` inside a label are not the zone `com`.
        assert!(!name("x\\003com").is_within(&name("com")));
    }

    #[test]
    fn the_canonical_order_is_that_of_rfc_4034() {
        let ordered = [
            "example",
            "a.example",
            "yljkjljk.a.example",
            "Z.a.example",
            "zABC.a.EXAMPLE",
            "z.example",
            "\\001.z.example",
            "*.z.example",
            "\\200.z.example",
        ];
        let names: Vec<Name> = ordered.iter().map(|text| name(text)).collect();
        assert!(names.is_sorted());
        let mut shuffled: Vec<Name> = names.iter().rev().cloned().collect();
        shuffled.sort();
        assert_eq!(shuffled, names);
    }
}
