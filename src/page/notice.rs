//! What the page is told about one block or one case, and how much of it the page believes.
//!
//! A [`Notice`] comes from a list, and a list may be a bare file of names or the work of an enemy. So
//! everything but the list's name is optional, and every text is cut and cleaned before it is shown.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// The category of services that make nude images of people out of clothed ones.
pub(super) const NUDIFICATION: &str = "nudification";

const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 600;

/// What one list in force says of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// What it says of all its rules for that case; of their dates the first and the last.
    pub notice: Notice,
    /// How many rules it has for that case.
    pub rules: usize,
    /// The names that they are for, where the list says that these are public.
    pub names: Vec<String>,
}

/// What is known about a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// The list's name in the configuration; shown where the list gives itself no title.
    pub list: String,
    /// Short titles of the list by language (BCP 47).
    pub titles: BTreeMap<String, String>,
    /// One or two sentences of the authority's own by language (BCP 47).
    pub texts: BTreeMap<String, String>,
    /// Who decided; without one, it was the operator's choice.
    pub authority: Option<String>,
    /// ISO 3166 code of the state, or `EU`, or `XX` for none.
    pub jurisdiction: Option<String>,
    /// The law that the decision rests on; with one, the page says that the service is unlawful.
    pub legal_basis: Option<String>,
    /// Public case number.
    pub reference: Option<String>,
    /// Since when it is listed.
    pub listed: Option<Timestamp>,
    /// From when on it no longer is.
    pub expires: Option<Timestamp>,
    /// What kind of service it is, such as `nudification`.
    pub category: Option<String>,
    /// Where to contest the decision: `mailto:`, `tel:` or `https:`; anything else is not shown.
    pub appeal: Option<String>,
}

impl Notice {
    pub(super) fn is_nudification(&self) -> bool {
        self.category.as_deref() == Some(NUDIFICATION)
    }

    /// The state whose law applies.
    pub(super) fn country(&self) -> Option<&str> {
        self.jurisdiction.as_deref().filter(|code| is_country(code) && *code != "XX")
    }
}

/// Whether this looks like an ISO 3166 code.
pub(super) fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|octet| octet.is_ascii_uppercase())
}

/// A line of a list, fit to be shown; `None` if nothing is left of it.
pub(super) fn line(text: &str) -> Option<String> {
    clean(text, LONGEST_LINE)
}

/// A paragraph of a list, fit to be shown; `None` if nothing is left of it.
pub(super) fn paragraph(text: &str) -> Option<String> {
    clean(text, LONGEST_TEXT)
}

/// At most `longest` characters with single spaces, without controls and without the invisible characters
/// that reorder what stands around them (Unicode Bidirectional Algorithm, UAX #9 §2).
fn clean(text: &str, longest: usize) -> Option<String> {
    let reorders =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let visible: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !reorders(*c))
        .take(longest * 4)
        .collect();
    let words = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = match words.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    };
    (!cut.is_empty()).then_some(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_and_cleaned() {
        assert_eq!(line("  a\t\r\n b\u{0}\u{202e}c\u{2066}  ").as_deref(), Some("a bc"));
        assert_eq!(line(" \u{200f}\u{7} \n"), None);
        assert_eq!(line(&"é".repeat(LONGEST_LINE)), Some("é".repeat(LONGEST_LINE)));
        assert_eq!(line(&"é".repeat(10_000)), Some("é".repeat(LONGEST_LINE) + "…"));
        assert_eq!(paragraph(&"a".repeat(10_000)).map(|text| text.len()), Some(LONGEST_TEXT + "…".len()));
    }

    #[test]
    fn a_state_is_a_code() {
        for (code, country) in
            [("FR", Some("FR")), ("EU", Some("EU")), ("XX", None), ("fr", None), ("FRA", None), ("É", None)]
        {
            let notice = Notice { jurisdiction: Some(code.into()), ..Notice::default() };
            assert_eq!(notice.country(), country);
        }
    }
}
