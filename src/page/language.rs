//! The languages of the page, and which of them a request gets.
//!
//! A language is added by its file in `text/` and its tag in [`FILES`]. A plain link (`?lang=fr`) wins over
//! `Accept-Language`, which is read by the lookup of RFC 4647 §3.4.

use std::collections::BTreeMap;

use http::Request;
use http::header::ACCEPT_LANGUAGE;
use serde::Deserialize;

use super::error::Error;
use super::text::Language;

macro_rules! files {
    ($($tag:literal)*) => { &[$(($tag, include_str!(concat!("text/", $tag, ".ftl")))),*] };
}

/// Every language (BCP 47) with its file, in the order of the links that switch between them: English, those of the
/// European Union by their codes, then the others.
pub(super) const FILES: &[(&str, &str)] = files! {
    "en" "bg" "cs" "da" "de" "el" "es" "et" "fi" "fr" "ga" "hr" "hu" "it" "lt" "lv" "mt" "nl" "pl" "pt" "ro" "sk" "sl"
    "sv" "nb" "uk" "tr" "ar" "hi" "id" "ja" "ko" "sw" "zh-Hans" "zh-Hant"
};

/// Tags that stand for another one: a macrolanguage, the other Norwegian, and Chinese by where it is written.
const ALIASES: [(&str, &str); 7] = [
    ("no", "nb"),
    ("nn", "nb"),
    ("zh", "zh-Hans"),
    ("zh-TW", "zh-Hant"),
    ("zh-HK", "zh-Hant"),
    ("zh-MO", "zh-Hant"),
    ("in", "id"),
];

/// How many ranges of an `Accept-Language` are read; people have a handful.
const MOST_RANGES: usize = 20;

/// All languages.
#[derive(Debug)]
pub(super) struct Languages {
    all: Vec<Language>,
    default: usize,
}

impl Languages {
    /// Reads every text; `default` is the tag of the language for those who ask for none of them.
    pub(super) fn new(default: &str) -> Result<Self, Error> {
        let all =
            FILES.iter().map(|(tag, source)| Language::parse(tag, source)).collect::<Result<Vec<_>, _>>()?;
        match all.iter().position(|language| language.tag.eq_ignore_ascii_case(default)) {
            Some(default) => Ok(Self { all, default }),
            None => {
                let known = all.iter().map(|language| language.tag).collect::<Vec<_>>().join(", ");
                Err(Error::Language { language: default.to_owned(), known })
            }
        }
    }

    /// Every language.
    pub(super) fn all(&self) -> &[Language] {
        &self.all
    }

    /// The language for those who ask for none of them.
    pub(super) fn default(&self) -> &Language {
        &self.all[self.default]
    }

    /// The language of a request.
    pub(super) fn of(&self, request: &Request<()>) -> &Language {
        let accepted =
            request.headers().get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
        asked_for(request, "lang")
            .chain(ranges(accepted))
            .find_map(|range| self.look_up(range))
            .unwrap_or_else(|| self.default())
    }

    /// The language of a range or of the longest of its beginnings that is one (RFC 4647 §3.4).
    fn look_up(&self, mut range: &str) -> Option<&Language> {
        loop {
            let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(range));
            let tag = alias.map_or(range, |(_, tag)| tag);
            if let Some(found) = self.all.iter().find(|language| language.tag.eq_ignore_ascii_case(tag)) {
                return Some(found);
            }
            range = range.rsplit_once('-')?.0;
        }
    }
}

/// What the query of a request's address says of one key.
pub(super) fn asked_for<'r>(request: &'r Request<()>, key: &str) -> impl Iterator<Item = &'r str> {
    let pairs = request.uri().query().unwrap_or("").split('&');
    pairs.filter_map(move |pair| pair.strip_prefix(key)?.strip_prefix('='))
}

/// The ranges of `Accept-Language` fields (RFC 9110 §12.5.4), the most wanted first; what is not wanted, or
/// is not of the format, is left out.
fn ranges<'a>(fields: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let mut ranges: Vec<(u16, &str)> = fields
        .flat_map(|field| field.split(','))
        .take(MOST_RANGES)
        .filter_map(|item| {
            let (range, weight) = item.split_once(';').unwrap_or((item, "q=1"));
            Some((thousandths(weight.trim())?, range.trim()))
        })
        .filter(|(weight, _)| *weight > 0)
        .collect();
    ranges.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    ranges.into_iter().map(|(_, range)| range)
}

/// Reads `q=0.8` (RFC 9110 §12.4.2) as 800.
fn thousandths(weight: &str) -> Option<u16> {
    let value: f32 = weight.strip_prefix(['q', 'Q'])?.trim_start().strip_prefix('=')?.trim().parse().ok()?;
    (0.0..=1.0).contains(&value).then_some((value * 1000.0) as u16)
}

/// A text that a list or a directory gives: one for everyone, or one for each language (BCP 47).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Localised {
    /// A proper name.
    Same(String),
    /// By language.
    ByLanguage(BTreeMap<String, String>),
}

impl Localised {
    /// The text for a reader of `tag`, or the nearest there is, with its language where that is known.
    pub(super) fn text(&self, tag: &str, default: &str) -> Option<(Option<&str>, &str)> {
        match self {
            Self::Same(text) => Some((None, text)),
            Self::ByLanguage(texts) => best(texts, tag, default).map(|(tag, text)| (Some(tag), text)),
        }
    }
}

/// The text for a reader of `tag`: in that language or a regional form of it, else in that of `default`, else
/// in any, since a text in a foreign language says more than none.
pub(super) fn best<'a>(
    texts: &'a BTreeMap<String, String>,
    tag: &str,
    default: &str,
) -> Option<(&'a str, &'a str)> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
    let is_of = |candidate: &str, wanted: &str| primary(candidate) == primary(wanted);
    let exact = texts.iter().find(|(candidate, _)| candidate.eq_ignore_ascii_case(tag));
    exact
        .or_else(|| texts.iter().find(|(candidate, _)| is_of(candidate, tag)))
        .or_else(|| texts.iter().find(|(candidate, _)| is_of(candidate, default)))
        .or_else(|| texts.iter().next())
        .map(|(candidate, text)| (candidate.as_str(), text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(uri: &str, accept: &[&str]) -> &'static str {
        let mut request = Request::builder().uri(uri);
        for value in accept {
            request = request.header(ACCEPT_LANGUAGE, *value);
        }
        Languages::new("en").unwrap().of(&request.body(()).unwrap()).tag
    }

    #[test]
    fn the_default_is_one_that_the_page_speaks() {
        assert_eq!(Languages::new("FR").unwrap().default().tag, "fr");
        let unknown = Languages::new("xx").unwrap_err();
        assert!(matches!(unknown, Error::Language { known, .. } if known.starts_with("en, bg, cs")));
    }

    #[test]
    fn the_most_wanted_language_is_given() {
        for (accept, tag) in [
            ("fr", "fr"),
            ("FR-ca", "fr"),
            ("fr-Latn-CA-x-private", "fr"),
            ("xx, fr;q=0.5", "fr"),
            ("en;q=0.3, fr;q=0.31", "fr"),
            ("fr;q=0, en", "en"),
            ("fr;q=0", "en"),
            ("*", "en"),
            ("xx", "en"),
            ("fry", "en"),
            ("no", "nb"),
            ("nn-NO", "nb"),
            ("zh", "zh-Hans"),
            ("zh-SG", "zh-Hans"),
            ("zh-tw", "zh-Hant"),
            ("zh-Hant-HK", "zh-Hant"),
            ("pt-BR", "pt"),
            ("en, fr", "en"),
            ("fr ; q=0.9 , en; q=0.8", "fr"),
        ] {
            assert_eq!(chosen("/", &[accept]), tag, "{accept}");
        }
        assert_eq!(chosen("/", &["xx", "fr"]), "fr");
        assert_eq!(chosen("/", &[]), "en");
    }

    #[test]
    fn garbage_is_the_default() {
        let many = "xx,".repeat(MOST_RANGES) + "fr";
        for accept in [
            "", ";", ",,,;q=,", "fr;q=2", "fr;q=-1", "fr;q=NaN", "fr;q=inf", "fr;x=1", "-", "fr_FR", "----",
            &many,
        ] {
            assert_eq!(chosen("/", &[accept]), "en", "{accept}");
        }
    }

    #[test]
    fn a_link_wins_over_the_browser() {
        assert_eq!(chosen("/a/b?lang=fr", &["en"]), "fr");
        assert_eq!(chosen("/?x=1&lang=fr-BE&y", &["en"]), "fr");
        assert_eq!(chosen("/?lang=xx", &["fr"]), "fr");
        assert_eq!(chosen("/?lang=", &["fr"]), "fr");
        assert_eq!(chosen("/?slang=fr", &["en"]), "en");
    }

    #[test]
    fn the_nearest_text_is_better_than_none() {
        let texts = |tags: &[&str]| tags.iter().map(|tag| ((*tag).to_owned(), format!("in {tag}"))).collect();
        for (tags, given) in [
            (&["en", "fr", "fr-CA"][..], Some("fr")),
            (&["en", "fr-CA"], Some("fr-CA")),
            (&["de", "en"], Some("en")),
            (&["en", "fr-CA", "fr-FR"], Some("fr-CA")),
            (&["de", "es"], Some("de")),
            (&[], None),
        ] {
            assert_eq!(best(&texts(tags), "fr", "en").map(|(tag, _)| tag), given);
        }
    }
}
