//! The little of zone-file text (RFC 1035 §5.1) that trust anchors are written in: what `dig`, other resolvers and
//! IANA's tools print.
//!
//! Comments, lines continued in parentheses, owners left out, TTLs and the class are read; names are absolute. Every
//! error names its line and what to do.

use super::anchor::AnchorError;
use crate::dns::{Name, RecordType};

/// One record: its type, and the words of its data.
pub(super) struct Entry<'a> {
    /// The line that it begins on.
    pub(super) line: usize,
    pub(super) owner: Name,
    pub(super) rtype: RecordType,
    pub(super) data: Vec<&'a str>,
}

/// A line with those that continue it.
struct Line<'a> {
    number: usize,
    is_indented: bool,
    words: Vec<&'a str>,
}

/// Reads all records of a text.
pub(super) fn entries(text: &str) -> Result<Vec<Entry<'_>>, AnchorError> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for Line { number, is_indented, words } in lines(text)? {
        let fail = |fault: String, remedy| AnchorError { line: number, fault, remedy };
        match words[..] {
            ["$TTL", _] | ["$ORIGIN", "."] => continue,
            [word, ..] if word.starts_with('$') => {
                return Err(fail(format!("`{word}` is not read here"), "write the records in full"));
            }
            _ => {}
        }
        let mut words = words.into_iter().peekable();
        let owner = match is_indented {
            true => entries.last().map(|entry| entry.owner.clone()).ok_or_else(|| {
                fail("no zone is named".into(), "begin the line with the name of the zone, `.` for the root")
            })?,
            false => {
                let word = words.next().unwrap_or_default();
                let remedy = "begin the line with the name of the zone, `.` for the root";
                Name::from_text(word).map_err(|error| fail(format!("`{word}`: {error}"), remedy))?
            }
        };
        while words
            .next_if(|word| word.eq_ignore_ascii_case("IN") || word.starts_with(|c: char| c.is_ascii_digit()))
            .is_some()
        {}
        let word = words.next().unwrap_or_default();
        let remedy = "write DS or DNSKEY records";
        let rtype = RecordType::from_text(word)
            .ok_or_else(|| fail(format!("`{word}` is no type of records"), remedy))?;
        entries.push(Entry { line: number, owner, rtype, data: words.collect() });
    }
    Ok(entries)
}

/// Divides a text into words, without comments, and joins what stands in parentheses.
fn lines(text: &str) -> Result<Vec<Line<'_>>, AnchorError> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut open = false;
    for (line, number) in text.lines().zip(1..) {
        let content = line.split(';').next().unwrap_or_default();
        if !open {
            let is_indented = content.starts_with([' ', '\t']);
            lines.push(Line { number, is_indented, words: Vec::new() });
        }
        let Some(joined) = lines.last_mut() else { continue };
        let mut rest = content;
        while let Some(at) = rest.find(['(', ')']) {
            joined.words.extend(rest[..at].split_whitespace());
            if open == rest[at..].starts_with('(') {
                let fault = format!("`{}` has no partner", &rest[at..=at]);
                return Err(AnchorError { line: number, fault, remedy: "close each parenthesis once" });
            }
            open = !open;
            rest = &rest[at + 1..];
        }
        joined.words.extend(rest.split_whitespace());
    }
    if open {
        let line = lines.last().map_or(0, |line| line.number);
        return Err(AnchorError {
            line,
            fault: "`(` has no partner".into(),
            remedy: "close each parenthesis once",
        });
    }
    lines.retain(|line| !line.words.is_empty());
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_as_they_are_printed() {
        let text = "; keys\n$TTL 60\n$ORIGIN .\n. 172800 IN DS 1 ( 8 ; algorithm\n  2\n  AB CD ) ; end\n\
                    \n\tds 2 8 2 EF\nexample. IN 60 DNSKEY 257 3 8 AQ== ;;state=2\n";
        let read: Vec<(usize, String, RecordType, String)> = entries(text)
            .unwrap()
            .into_iter()
            .map(|entry| (entry.line, entry.owner.to_string(), entry.rtype, entry.data.join(" ")))
            .collect();
        let expected = [
            (4, ".", RecordType::DS, "1 8 2 AB CD"),
            (8, ".", RecordType::DS, "2 8 2 EF"),
            (9, "example.", RecordType::DNSKEY, "257 3 8 AQ=="),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(line, owner, rtype, data)| (line, owner.to_owned(), rtype, data.to_owned()))
            .collect();
        assert_eq!(read, expected);
    }

    #[test]
    fn errors_name_the_line() {
        for (text, line, fault) in [
            ("\n  DS 1 8 2 AB", 2, "no zone is named"),
            (". IN\n", 1, "`` is no type of records"),
            ("a..b DS 1", 1, "`a..b`: empty label"),
            (". BOGUS", 1, "`BOGUS` is no type of records"),
            ("$INCLUDE file", 1, "`$INCLUDE` is not read here"),
            ("$ORIGIN example.", 1, "`$ORIGIN` is not read here"),
            ("\n. DS ( 1\n8 ( 2", 3, "`(` has no partner"),
            (". DS 1 )", 1, "`)` has no partner"),
            (". DS 1\n. DS ( 1\n8", 2, "`(` has no partner"),
        ] {
            let error = entries(text).err().unwrap();
            assert_eq!((error.line, &*error.fault), (line, fault), "{text:?}");
        }
    }
}
