//! The line of a rule in a published list, and the one order in which such lines stand.
//!
//! [`Entry`] knows where the name is without reading the rest, so that lists can be merged at the speed of
//! copying. Two rules of one name are two entries: the line is the unit, and a list is a sorted set of lines.

/// A line that begins with a name in the spelling of published lists, without its end.
///
/// Sorted by the labels from the top down, so that a name stands right before those below it, then by the line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::blocklist) struct Entry {
    /// From the top down, each ended by a zero.
    labels: Vec<u8>,
    line: Vec<u8>,
}

impl Entry {
    /// The entry that a line is, or `None` if it does not begin as all rules of published lists do. What stands
    /// behind the name is not looked at.
    pub(in crate::blocklist) fn new(line: Vec<u8>) -> Option<Self> {
        Self::with_buffer(line, Vec::new())
    }

    /// The same, in memory that is there already, whatever it holds.
    pub(in crate::blocklist) fn with_buffer(line: Vec<u8>, mut labels: Vec<u8>) -> Option<Self> {
        let rest = line.strip_prefix(OPENING)?;
        let (name, behind) = rest.split_at(rest.iter().position(|octet| !is_usual(*octet))?);
        if name.is_empty() || !behind.starts_with(b"\"") {
            return None;
        }
        labels.clear();
        for label in name.rsplit(|octet| *octet == b'.') {
            labels.extend_from_slice(label);
            labels.push(0);
        }
        Some(Self { labels, line })
    }

    /// The line.
    pub(in crate::blocklist) fn line(&self) -> &[u8] {
        &self.line
    }

    /// The line and other memory, to be used again.
    pub(in crate::blocklist) fn into_buffers(self) -> (Vec<u8>, Vec<u8>) {
        (self.line, self.labels)
    }
}

/// Lower-case A-labels and what real names have beside them.
fn is_usual(octet: u8) -> bool {
    matches!(octet, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.')
}

const OPENING: &[u8] = br#"{"name":""#;

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(line: &str) -> Entry {
        Entry::new(line.into()).unwrap()
    }

    #[test]
    fn a_name_stands_right_before_those_below_it() {
        let lines = [
            r#"{"name":"example"}"#,
            r#"{"name":"a.example"}"#,
            r#"{"name":"a.example","scope":"domain"}"#,
            r#"{"name":"a.example","scope":"host"}"#,
            r#"{"name":"b.a.example"}"#,
            r#"{"name":"a-b.example"}"#,
            r#"{"name":"aa.example"}"#,
            r#"{"name":"example-b"}"#,
            r#"{"name":"a.test"}"#,
        ];
        // In `"a.example"}` and `"a.example",` the comma comes first.
        let mut sorted: Vec<Entry> = lines.map(entry).into();
        sorted.reverse();
        sorted.sort();
        let mut expected = lines;
        expected[1..4].rotate_left(1);
        let found: Vec<&[u8]> = sorted.iter().map(Entry::line).collect();
        assert_eq!(found, expected.map(str::as_bytes));
    }

    #[test]
    fn only_the_usual_beginning_is_an_entry() {
        for line in [
            "",
            r#"{"name":""#,
            r#"{"name":"a.example"#,
            r#"{"name":""}"#,
            r#"{"name":"A.example"}"#,
            r#"{"name":"a\u002eexample"}"#,
            r#"{"name": "a.example"}"#,
            r#"{"scope":"host","name":"a.example"}"#,
            r#"{"remove":{"name":"a.example"}}"#,
        ] {
            assert_eq!(Entry::new(line.into()), None, "{line}");
        }
    }
}
