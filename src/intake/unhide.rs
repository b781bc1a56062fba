//! Undoes what keeps people from clicking on a name: brackets around dots, dots that are spelled out, and characters that
//! nobody sees.
//!
//! A mark stays in the place of each, so that the word it was in can tell of it. Marks are control characters, of which
//! no text keeps its own.

use std::borrow::Cow;

/// In the place of what kept people from clicking.
const UNDONE: char = '\u{1}';
/// In the place of what nobody sees.
const UNSEEN: char = '\u{2}';

/// Undoes what keeps people from clicking, and takes away what nobody sees.
pub(super) fn opened(text: &str) -> Cow<'_, str> {
    let is_usual = |octet: u8| matches!(octet, 0x20..0x7f) && !b"[]{}()\\^@".contains(&octet);
    let text = match text.bytes().all(is_usual) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(unhidden(&seen(text))),
    };
    spelled_out(&text).map_or(text, Cow::Owned)
}

/// The text with a mark in the place of what nobody sees, and with one kind of dot.
fn seen(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        match letter {
            '\t' | '\n' | '\r' => seen.push(' '),
            '。' | '．' | '｡' => seen.push('.'),
            // In the scripts that need them, joiners are letters.
            '\u{200c}' | '\u{200d}'
                if !before.is_ascii() && letters.peek().is_some_and(|next| !next.is_ascii()) =>
            {
                seen.push(letter);
            }
            _ if is_unseen(letter) => seen.push(UNSEEN),
            _ => seen.push(letter),
        }
        before = letter;
    }
    seen
}

/// Control characters, joiners, marks of direction, and others that have no shape.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// What stands in brackets instead of something that would make a link, and whether it does so also with spaces around.
const BRACKETED: [(&str, &str, bool); 22] = [
    (".", ".", true),
    ("dot", ".", true),
    ("punkt", ".", false),
    ("point", ".", false),
    ("punto", ".", false),
    ("ponto", ".", false),
    ("kropka", ".", false),
    ("punt", ".", false),
    (":", ":", false),
    ("://", "://", false),
    ("/", "/", false),
    ("@", "@", true),
    ("at", "@", true),
    ("ät", "@", true),
    ("arroba", "@", true),
    ("arobase", "@", true),
    ("chiocciola", "@", true),
    ("małpa", "@", true),
    ("a", "@", false),
    ("www", "www", false),
    ("http", "http", false),
    ("https", "https", false),
];
/// The most octets between brackets that are looked at.
const WITHIN: usize = 12;

fn unhidden(text: &str) -> String {
    let mut open = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '(', '{', '\\', '^', '.', '@']) {
        open.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((plain, length, is_loose)) = hidden(rest) {
            let follows = &rest[length..];
            let is_apart = open.ends_with(' ') || follows.starts_with(' ');
            if is_loose || !is_apart || plain.len() > 1 {
                if is_loose {
                    open.truncate(open.trim_end_matches(' ').len());
                }
                open.push(UNDONE);
                open.push_str(plain);
                rest = if is_loose { follows.trim_start_matches(' ') } else { follows };
                continue;
            }
        }
        open.push_str(&rest[..1]);
        rest = &rest[1..];
    }
    open.push_str(rest);
    open
}

/// What a text that begins with a bracket or the like hides: in plain, how long it is, and whether spaces around it
/// belong to it.
fn hidden(rest: &str) -> Option<(&'static str, usize, bool)> {
    let octets = rest.as_bytes();
    let close = match octets[0] {
        b'[' => b']',
        b'(' => b')',
        b'{' => b'}',
        b'\\' if rest.starts_with("\\\\") => return None,
        // With a space beside it, which keeps programs from taking it for an address of mail.
        b'@' => return rest[1..].starts_with(' ').then_some(("@", 1, true)),
        b'\\' | b'^' => return rest[1..].starts_with('.').then_some((".", 2, false)),
        // `.]` without its partner, which a program took away.
        _ => {
            let is_half = matches!(octets.get(1), Some(b']' | b')' | b'}')) && is_host(octets.get(2));
            return is_half.then_some((".", 2, false));
        }
    };
    let inside = &octets[1..octets.len().min(WITHIN)];
    if let Some(length) = inside.iter().position(|octet| *octet == close) {
        let inside = std::str::from_utf8(&inside[..length]).ok()?.trim();
        let found = BRACKETED.iter().find(|(hidden, _, _)| inside.eq_ignore_ascii_case(hidden));
        return found.map(|(_, plain, is_loose)| (*plain, length + 2, *is_loose));
    }
    (octets.get(1) == Some(&b'.') && is_host(octets.get(2))).then_some((".", 2, false))
}

fn is_host(octet: Option<&u8>) -> bool {
    octet.is_some_and(u8::is_ascii_alphanumeric)
}

/// `a dot example`, if that is all there is. In a sentence, `dot` may be a word.
fn spelled_out(text: &str) -> Option<String> {
    if !text.as_bytes().windows(5).any(|five| five.eq_ignore_ascii_case(b" dot ")) {
        return None;
    }
    let words: Vec<&str> = text.split_ascii_whitespace().take(MOST_LABELS).collect();
    let is_label = |word: &&str| word.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-');
    let is_spelled = words.len() % 2 == 1
        && words.len() < MOST_LABELS
        && words.iter().step_by(2).all(is_label)
        && words.iter().skip(1).step_by(2).all(|word| word.eq_ignore_ascii_case("dot"));
    is_spelled.then(|| words.iter().step_by(2).copied().collect::<Vec<_>>().join(&format!("{UNDONE}.")))
}

/// The words of a name with its dots spelled out.
const MOST_LABELS: usize = 20;

/// The text without marks, and whether there were some of each kind.
pub(super) fn unmarked(piece: &str) -> (Cow<'_, str>, bool, bool) {
    let (is_undone, is_unseen) = (piece.contains(UNDONE), piece.contains(UNSEEN));
    let text = match is_undone || is_unseen {
        true => Cow::Owned(piece.replace([UNDONE, UNSEEN], "")),
        false => Cow::Borrowed(piece),
    };
    (text, is_undone, is_unseen)
}
