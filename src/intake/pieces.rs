//! Where one word of a text ends and the next begins, as far as names go.
//!
//! Signs that no name has divide everywhere. Commas do unless they stand in the path of an address, and apostrophes unless
//! they stand in a word, because what is left of a word would be another name.

/// The pieces of a text that may be names.
pub(super) fn pieces(opened: &str) -> impl Iterator<Item = &str> {
    let words = opened.split(is_between).flat_map(unquoted);
    words.flat_map(pieces_of).filter(|piece| piece.contains(is_letter))
}

/// What never is in a word.
fn is_between(letter: char) -> bool {
    letter.is_whitespace() || "<>\"`«»‹›„“”‚".contains(letter)
}

/// Marks of quotation, or apostrophes.
pub(super) const APOSTROPHES: [char; 4] = ['\'', '‘', '’', '‛'];

/// Words in front of an apostrophe that are none of what stands behind it: `l'example.com`.
const ARTICLES: [&str; 12] =
    ["l", "d", "qu", "un", "dell", "all", "dall", "nell", "sull", "quell", "jusqu", "lorsqu"];

/// The parts of a word between marks of quotation. Within a word an apostrophe is a part of it: `Macy's.com` is not
/// `s.com`.
fn unquoted(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(word);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut marks =
            text.match_indices(APOSTROPHES).map(|(at, mark)| (&text[..at], &text[at + mark.len()..]));
        let (part, behind) = match marks.find(|(before, behind)| divides(before, behind)) {
            Some((part, behind)) => (part, Some(behind)),
            None => (text, None),
        };
        rest = behind;
        Some(part)
    })
}

fn divides(before: &str, behind: &str) -> bool {
    let last = before.rsplit(|letter| !is_letter(letter)).next().unwrap_or_default();
    last.is_empty()
        || !behind.starts_with(is_letter)
        || ARTICLES.iter().any(|article| last.eq_ignore_ascii_case(article))
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric()
}

/// The pieces of a word that commas and the like divide; what stands behind the path of an address belongs to it.
fn pieces_of(word: &str) -> impl Iterator<Item = &str> {
    let mut is_path = false;
    word.split("](").flat_map(|part| part.split([',', ';', '|'])).filter(move |piece| {
        let address = piece.find("://").map(|at| &piece[at + 3..]);
        match address {
            Some(rest) => {
                is_path = rest.contains(['/', '?', '#']);
                true
            }
            None => !is_path,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_divides_words_and_what_is_a_part_of_them() {
        for (text, expected) in [
            ("a.com b.com\t<c.com>", "a.com b.com c.com"),
            ("'a.com','b.com' ‘c.com’ - \"d.com\"", "a.com b.com c.com d.com"),
            ("l'a.com D’b.com (l'c.com)", "l a.com D b.com (l c.com)"),
            ("Macy's.com Kinder’s.com rock'n'roll.com", "Macy's.com Kinder’s.com rock'n'roll.com"),
            ("https://a.com/x,y;z a.com,b.com;c.com|d.com", "https://a.com/x a.com b.com c.com d.com"),
            ("[a.com](https://b.com)", "[a.com https://b.com)"),
        ] {
            assert_eq!(pieces(text).collect::<Vec<_>>().join(" "), expected, "{text}");
        }
    }
}
