//! Zone files (RFC 1035 §5), as far as policy zones need them: from lines to entries to names.
//!
//! An [`Entry`] is one record or directive, cut into fields, with comments gone and parentheses undone. A
//! parenthesis that is never closed would swallow the rest of the file; so an entry spans at most
//! [`MAX_SPAN`] lines, and the lines that a bad one swallowed are read again, each for itself.

use std::collections::VecDeque;
use std::ops::Range;

use super::fault::{Reason, excerpt};
use super::lines::{Line, Lines};
use super::read::{Intake, ReadError, utf8};
use crate::dns::{MAX_NAME, Name, NameError};

/// One record or directive.
#[derive(Default)]
pub(super) struct Entry {
    /// Its first line.
    pub(super) line: u64,
    /// Whether it begins with a space, which stands for the owner of the record before.
    pub(super) indented: bool,
    /// Why it is not whole. Its first fields still tell what it was to set for those after it.
    pub(super) fault: Option<Reason>,
    text: Vec<u8>,
    fields: Vec<(Range<usize>, bool)>,
    open: bool,
}

/// One field of an entry, with its escapes still in it.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    /// Without quotation marks.
    pub(super) text: &'a [u8],
    /// Whether it had them.
    pub(super) quoted: bool,
}

impl Entry {
    /// The fields, in order.
    pub(super) fn fields(&self) -> impl Iterator<Item = Field<'_>> + Clone {
        self.fields.iter().map(|(range, quoted)| Field { text: &self.text[range.clone()], quoted: *quoted })
    }

    fn clear(&mut self) {
        self.text.clear();
        self.fields.clear();
        self.fault = None;
        self.open = false;
    }

    /// Adds a line; afterwards the entry is whole unless it is `open` or has no fields.
    fn add(&mut self, number: u64, line: &[u8]) -> Result<(), Reason> {
        if !self.open {
            self.line = number;
            self.indented = line.first().is_some_and(|octet| matches!(octet, b' ' | b'\t'));
        }
        let mut at = 0;
        while let Some(&octet) = line.get(at) {
            at = match octet {
                b' ' | b'\t' | b'\r' => at + 1,
                b';' => break,
                b'(' | b')' => {
                    // Parentheses do not nest.
                    if self.open == (octet == b'(') {
                        return Err(Reason::Parenthesis);
                    }
                    self.open = !self.open;
                    at + 1
                }
                b'"' => {
                    let end = field_end(line, at + 1, |octet| octet == b'"');
                    if end >= line.len() {
                        return Err(Reason::Quote);
                    }
                    self.push(&line[at + 1..end], true);
                    end + 1
                }
                _ => {
                    let end = field_end(line, at, |octet| {
                        matches!(octet, b' ' | b'\t' | b'\r' | b';' | b'(' | b')' | b'"')
                    });
                    self.push(&line[at..end], false);
                    end
                }
            };
        }
        Ok(())
    }

    fn fail(&mut self, reason: Reason) {
        self.fault = Some(reason);
        self.open = false;
    }

    fn push(&mut self, field: &[u8], quoted: bool) {
        let start = self.text.len();
        self.text.extend_from_slice(field);
        self.fields.push((start..self.text.len(), quoted));
    }
}

/// Where the field that begins at `at` ends: at the first octet that ends it and is not escaped.
fn field_end(line: &[u8], mut at: usize, ends: impl Fn(u8) -> bool) -> usize {
    while let Some(&octet) = line.get(at) {
        match octet {
            b'\\' => at += 2,
            _ if ends(octet) => break,
            _ => at += 1,
        }
    }
    at.min(line.len())
}

/// The entries of a zone file.
#[derive(Default)]
pub(super) struct Entries {
    entry: Entry,
    /// The lines of an entry that is still open.
    span: Vec<(u64, Vec<u8>)>,
    /// Lines to be read again, each for itself.
    again: VecDeque<(u64, Vec<u8>)>,
}

impl Entries {
    /// The next entry, or `None` at the end.
    pub(super) fn next(
        &mut self,
        lines: &mut Lines<'_>,
        intake: &mut Intake<'_>,
    ) -> Result<Option<&Entry>, ReadError> {
        self.entry.clear();
        self.span.clear();
        loop {
            if let Some((number, line)) = self.again.pop_front() {
                let added = self.entry.add(number, &line);
                if added.is_err() || self.entry.open {
                    self.entry.fail(added.err().unwrap_or(Reason::Parenthesis));
                }
            } else if let Some(line) = lines.next(intake)? {
                self.take(&line);
            } else if self.entry.open {
                self.abandon();
            } else {
                return Ok(None);
            }
            if self.entry.fault.is_some() || !self.entry.open && !self.entry.fields.is_empty() {
                return Ok(Some(&self.entry));
            }
        }
    }

    fn take(&mut self, line: &Line<'_>) {
        let continues = self.entry.open;
        let added = self.entry.add(line.number, line.text);
        if continues || self.entry.open {
            self.span.push((line.number, line.text.to_vec()));
        }
        match added {
            Ok(()) if !self.entry.open || self.span.len() < MAX_SPAN => {}
            Err(reason) if !continues => self.entry.fail(reason),
            _ => self.abandon(),
        }
    }

    /// Gives up the entry, and puts the lines after its first back.
    fn abandon(&mut self) {
        self.again.extend(self.span.drain(..).skip(1));
        self.entry.fail(Reason::Parenthesis);
    }
}

/// What relative names are relative to.
#[derive(Default)]
pub(super) enum Origin {
    /// The zone itself, whose name the file has not told: its server's configuration has it.
    #[default]
    Unstated,
    /// This name.
    Stated(Name),
    /// Nothing, since the directive that should say so could not be read.
    Lost,
}

/// A name of a zone file.
#[derive(Clone)]
pub(super) struct ZoneName {
    /// The name; where it is not `absolute`, what stands in front of the name of the zone.
    pub(super) name: Name,
    /// Whether it is known down to the root.
    pub(super) absolute: bool,
}

impl Origin {
    /// Reads a name and completes it.
    pub(super) fn resolve(&self, field: Field<'_>) -> Result<ZoneName, Reason> {
        let text = utf8(field.text)?;
        let own = text == "@" && !field.quoted;
        let refuse = |error| Reason::Name { text: excerpt(text), error };
        let name = if own { Name::root() } else { Name::from_text(text).map_err(refuse)? };
        if !own && is_absolute(text) {
            return Ok(ZoneName { name, absolute: true });
        }
        match self {
            Self::Unstated => Ok(ZoneName { name, absolute: false }),
            Self::Lost => Err(Reason::OriginLost),
            Self::Stated(origin) => {
                let front = &name.as_wire()[..name.as_wire().len() - 1];
                let wire = [front, origin.as_wire()].concat();
                if wire.len() > MAX_NAME {
                    return Err(refuse(NameError::LongName));
                }
                Ok(ZoneName { name: Name::from_wire(&wire).map_err(refuse)?, absolute: true })
            }
        }
    }

    /// The same for a name that must be known down to the root, such as the target of an alias.
    pub(super) fn resolve_absolute(&self, field: Field<'_>) -> Result<Name, Reason> {
        let ZoneName { name, absolute } = self.resolve(field)?;
        if absolute { Ok(name) } else { Err(Reason::OriginUnstated) }
    }
}

/// Whether the text of a name ends in a dot that is not escaped.
fn is_absolute(text: &str) -> bool {
    let escapes = |front: &str| front.len() - front.trim_end_matches('\\').len();
    text.strip_suffix('.').is_some_and(|front| escapes(front) % 2 == 0)
}

/// What stands in front of `apex` in `name`, as a name of its own, or `None` where it does not end in it.
pub(super) fn relative_to(name: &Name, apex: &Name) -> Option<Name> {
    let (wire, apex) = (name.as_wire(), apex.as_wire());
    let cut = wire.len().checked_sub(apex.len())?;
    let mut at = 0;
    while at < cut {
        at += 1 + usize::from(wire[at]);
    }
    if at != cut || !wire[cut..].eq_ignore_ascii_case(apex) {
        return None;
    }
    Name::from_wire(&[&wire[..cut], &[0]].concat()).ok()
}

/// The most lines that one entry may span.
const MAX_SPAN: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::format::{
        Format,
        read::tests::{faults, gather},
    };

    /// The line and fields of each entry, with `"` in front of the quoted ones and `_` for indentation.
    fn entries(zone: &str) -> Vec<(u64, String)> {
        let mut found = Vec::new();
        gather(Format::Rpz, zone.as_bytes(), |lines, intake| {
            let mut entries = Entries::default();
            while let Some(entry) = entries.next(lines, intake)? {
                let mark = |field: Field<'_>| {
                    format!("{}{}", if field.quoted { "\"" } else { "" }, str::from_utf8(field.text).unwrap())
                };
                if entry.fault.is_some() {
                    continue;
                }
                let fields: Vec<String> = entry.fields().map(mark).collect();
                found.push((
                    entry.line,
                    format!("{}{}", if entry.indented { "_ " } else { "" }, fields.join(" ")),
                ));
            }
            Ok(())
        });
        found
    }

    #[test]
    fn entries_are_cut_into_fields() {
        let zone = "; comment\n\n$TTL 60\n@ SOA ns.example. a.example. ( ; (\n  1 ; serial\n 2 3 4 5 )\n\
            a\tTXT \"b ; c\" d\\;\\ e\"f\" \"\\\"\";g\r\n   \n\tNS b(c)d\n";
        let found = entries(zone);
        let expected = [
            (3, "$TTL 60"),
            (4, "@ SOA ns.example. a.example. 1 2 3 4 5"),
            (7, "a TXT \"b ; c d\\;\\ e \"f \"\\\""),
            (9, "_ NS b c d"),
        ];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_string())));
    }

    #[test]
    fn an_open_parenthesis_swallows_nothing() {
        let many = "x CNAME .\n".repeat(MAX_SPAN + 5);
        let found = entries(&format!("a TXT ( b\n{many}"));
        assert_eq!(found.len(), MAX_SPAN + 5);
        assert_eq!(found[0], (2, "x CNAME .".into()));
        assert_eq!(found.last().unwrap().0, MAX_SPAN as u64 + 6);

        let texts = |zone| entries(zone).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        assert_eq!(texts("a TXT ( b\nc CNAME .\nd CNAME .\n"), [2, 3], "the end of the file");
        assert_eq!(texts("a TXT ( b\nc TXT ( d )\ne CNAME .\n"), [2, 3], "another parenthesis");
        assert_eq!(texts("a TXT ( b\nc CNAME .\nd TXT \"e\nf CNAME .\n"), [2, 4], "a bad line");
        assert_eq!(texts("a TXT ( b\nc TXT (\nd CNAME .\n"), [3], "two of them");
        assert_eq!(texts("a TXT )\nc TXT \"d\ne TXT d\\"), [3], "no partner");
    }

    #[test]
    fn what_cannot_be_cut_says_why() {
        for (line, reason) in [
            ("a TXT \"b", Reason::Quote),
            ("a TXT \"b\\\"", Reason::Quote),
            ("a TXT )", Reason::Parenthesis),
            ("a TXT ( (b))", Reason::Parenthesis),
        ] {
            let zone = format!("{line}\nb.example CNAME .\n");
            assert_eq!(faults(Format::Rpz, zone.as_bytes()), [(1, reason)], "{line}");
        }
    }

    #[test]
    fn names_are_completed() {
        let origin = Origin::Stated(Name::from_text("rpz.test").unwrap());
        let field = |text: &'static str| Field { text: text.as_bytes(), quoted: false };
        for (text, name) in [
            ("@", "rpz.test."),
            ("a", "a.rpz.test."),
            ("a.", "a."),
            (".", "."),
            ("*.a\\.b", "*.a\\.b.rpz.test."),
            ("a\\.", "a\\..rpz.test."),
            ("a\\\\.", "a\\\\."),
        ] {
            assert_eq!(origin.resolve_absolute(field(text)).unwrap().to_string(), name, "{text}");
        }
        assert_eq!(
            origin.resolve_absolute(field("a..b")).unwrap_err().to_string(),
            Reason::Name { text: "a..b".into(), error: NameError::EmptyLabel }.to_string()
        );
        assert_eq!(Origin::Unstated.resolve_absolute(field("a")), Err(Reason::OriginUnstated));
        assert_eq!(Origin::Lost.resolve_absolute(field("a")), Err(Reason::OriginLost));
        let long = format!("{}a", "a.".repeat(125));
        let found = origin.resolve(Field { text: long.as_bytes(), quoted: false });
        assert!(matches!(found, Err(Reason::Name { error: NameError::LongName, .. })));
    }

    #[test]
    fn names_are_cut_at_label_boundaries() {
        let name = |text| Name::from_text(text).unwrap();
        let apex = name("Rpz.test");
        assert_eq!(relative_to(&name("a.b.rpz.TEST"), &apex), Some(name("a.b")));
        assert_eq!(relative_to(&name("rpz.test"), &apex), Some(Name::root()));
        assert_eq!(relative_to(&name("a.xrpz.test"), &apex), None);
        assert_eq!(relative_to(&name("test"), &apex), None);
        assert_eq!(relative_to(&name("a.b"), &Name::root()), Some(name("a.b")));
    }
}
