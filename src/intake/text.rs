//! Text that somebody wrote or pasted, line by line.
//!
//! Marks of quotation in front of lines are passed over, and so are the headers of mails that were pasted with it: what
//! stands there are servers and senders.

use super::candidate::{Note, Place, Said};
use super::collector::Collector;
use super::words::Manner;

/// Takes the names of a text that was pasted.
pub(super) fn read(text: &str, collector: &mut Collector) {
    match unbroken(text) {
        Some(plain) => {
            collector.note(Note::QuotedPrintable);
            read_lines(&plain, collector);
        }
        None => read_lines(text, collector),
    }
}

/// Takes the names of a text in which nothing is to be undone before.
pub(super) fn read_lines(text: &str, collector: &mut Collector) {
    let mut is_header = false;
    for (line, number) in text.lines().zip(1..) {
        if collector.is_full() {
            return;
        }
        let line = unquoted(line);
        let is_continued = line.starts_with([' ', '\t']);
        let line = line.trim_start();
        is_header = is_technical(line) || (is_header && is_continued && !line.is_empty());
        if !is_header {
            collector.words(line, Manner::Prose, &Place::Line(number), &[], &Said::default());
        }
    }
}

/// A line without the marks of quotation in front of it, each with its space.
fn unquoted(mut line: &str) -> &str {
    while let Some(rest) = line.trim_start_matches(' ').strip_prefix(['>', '|']) {
        line = rest.strip_prefix(' ').unwrap_or(rest);
    }
    line
}

/// Whether a line is a header that speaks of servers and of those who write. The subject is none.
fn is_technical(line: &str) -> bool {
    let Some((name, _)) = line.split_once(':') else { return false };
    let is_word = name.len() <= LONGEST_HEADER
        && name.bytes().all(|octet| octet.is_ascii_alphabetic() || octet == b'-');
    let name = name.to_ascii_lowercase();
    let begins = |beginning: &&str| name.starts_with(*beginning);
    is_word && (HEADERS.contains(&name.as_str()) || BEGINNINGS.iter().any(begins))
}

const HEADERS: [&str; 25] = [
    "received",
    "message-id",
    "return-path",
    "delivered-to",
    "references",
    "in-reply-to",
    "mime-version",
    "sender",
    "reply-to",
    "from",
    "to",
    "cc",
    "bcc",
    "von",
    "an",
    "kopie",
    "de",
    "para",
    "od",
    "do",
    "da",
    "user-agent",
    "envelope-to",
    "errors-to",
    "thread-index",
];
const BEGINNINGS: [&str; 9] =
    ["x-", "dkim-", "arc-", "received-", "authentication-", "list-", "content-", "domainkey-", "resent-"];
const LONGEST_HEADER: usize = 40;

/// Undoes quoted-printable (RFC 2045 §6.7) in text that was pasted as it was sent. It is taken for that where every `=`
/// in it means something there, and some break lines, all of which are as long as programs make them: a short one that
/// ends in `=` is an address.
fn unbroken(text: &str) -> Option<String> {
    let octets = text.as_bytes();
    let mut has_breaks = false;
    for at in memchr::memchr_iter(b'=', octets) {
        if let Code::Break(_) = broken(&octets[at + 1..])? {
            let begin = memchr::memrchr(b'\n', &octets[..at]).map_or(0, |end| end + 1);
            if !BROKEN.contains(&(at - begin)) {
                return None;
            }
            has_breaks = true;
        }
    }
    if !has_breaks {
        return None;
    }
    let mut plain = Vec::with_capacity(octets.len());
    let mut rest = octets;
    while let Some(at) = memchr::memchr(b'=', rest) {
        plain.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        match broken(rest) {
            Some(Code::Octet(octet)) => {
                plain.push(octet);
                rest = &rest[2..];
            }
            Some(Code::Break(length)) => rest = &rest[length..],
            None => plain.push(b'='),
        }
    }
    plain.extend_from_slice(rest);
    Some(super::encoding::decode(&plain).0.into_owned())
}

/// How long broken lines are, in octets: 76 at most with the `=`, and some more where they are quoted.
const BROKEN: std::ops::RangeInclusive<usize> = 60..=100;

/// What stands behind a `=` of quoted-printable.
enum Code {
    Octet(u8),
    /// A line that goes on, with so many octets until it does.
    Break(usize),
}

fn broken(rest: &[u8]) -> Option<Code> {
    let digit = |octet: &u8| char::from(*octet).to_digit(16).map(|digit| digit as u8);
    if let [high, low, ..] = rest
        && let (Some(high), Some(low)) = (digit(high), digit(low))
    {
        return Some(Code::Octet(high << 4 | low));
    }
    let spaces =
        rest.iter().take(MOST_SPACES).take_while(|octet| matches!(octet, b' ' | b'\t' | b'\r')).count();
    match rest.get(spaces) {
        Some(b'\n') => Some(Code::Break(spaces + 1)),
        None => Some(Code::Break(spaces)),
        Some(_) => None,
    }
}

/// The most octets between `=` and the end of its line.
const MOST_SPACES: usize = 80;

/// What a stranger wrote beside a name: in one line, without what nobody sees, and not long.
pub(super) fn clean(text: impl AsRef<str>) -> String {
    let words = text.as_ref().chars().take(LONGEST_SAID);
    let seen: String =
        words.map(|letter| if letter.is_control() { ' ' } else { letter }).filter(is_shown).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Not marks of direction, with which text can be made to look like another one.
fn is_shown(letter: &char) -> bool {
    !matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The most characters that are kept of what stands beside a name.
const LONGEST_SAID: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Shape, Trouble};

    fn names(text: &str) -> Vec<String> {
        let mut collector = Collector::default();
        read(text, &mut collector);
        match collector.finish(Shape::Text) {
            Ok(found) => {
                found.candidates.iter().map(|it| format!("{}: {}", it.place, it.name.to_host())).collect()
            }
            Err(Trouble::NoNames(_)) => Vec::new(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_pasted_mail_gives_its_names_and_not_its_senders() {
        let mail = "\
> Von: Anna <anna@behörde.example>
> Gesendet: 23.11.2026
> Betreff: nudify.example.com
>
>> Message-ID: <1234@mail.example.com>
>> Received: from mx1.example.com (mx1.example.com [192.0.2.1])
>>\tby mx2.example.com
> X-Spam-Status: No, tests=URIBL.example.com
>
> Hallo,
> bitte sperren: hxxps://undress[.]example.net/app und <https://fake.example.com/>.
> Anlage: Bericht.pdf, screenshot.png
| nackt.example.org
--
Anna, www.amt.example.org
";
        assert_eq!(
            names(mail),
            [
                "line 3: nudify.example.com",
                "line 11: undress.example.net",
                "line 11: fake.example.com",
                "line 13: nackt.example.org",
                "line 15: www.amt.example.org"
            ]
        );
    }

    #[test]
    fn what_is_broken_over_lines_is_put_together() {
        let broken = "bitte sperren, wie heute morgen mit Ihnen besprochen: https://www.undr=\r\n\
                      ess.example.net/?a=3Db und =C3=A4hnlich b=C3=BCcher.de";
        assert_eq!(names(broken), ["line 1: www.undress.example.net", "line 1: xn--bcher-kva.de"]);
        let mut collector = Collector::default();
        read(broken, &mut collector);
        assert_eq!(collector.finish(Shape::Text).unwrap().notes, [Note::QuotedPrintable]);
        // `=` at the end of an address breaks no line.
        assert_eq!(names("https://a.com/?q=\nb.com x=y"), ["line 1: a.com", "line 2: b.com"]);
        assert_eq!(names("https://a.com/?q=\nb.com"), ["line 1: a.com", "line 2: b.com"]);
        assert_eq!(names("see id=\nb.com, id=3Dc.com")[0], "line 2: b.com");
        assert_eq!(names("a=3Db.com"), ["line 1: 3db.com"]);
    }

    #[test]
    fn what_is_kept_is_one_short_line() {
        assert_eq!(clean(" a\u{1b}[31m\r\n b\u{202e}\t c "), "a [31m b c");
        assert_eq!(clean("é".repeat(1 << 20)).chars().count(), LONGEST_SAID);
    }
}
