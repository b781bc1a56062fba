//! What a second pair of eyes should look at.

use std::fmt;

use psl::{Psl, Type};
use unicode_security::{MixedScript, RestrictionLevel, RestrictionLevelDetection, skeleton};

use super::candidate::Place;
use crate::dns::{Name, labels};

/// Something about a candidate that a person should know. All text in it is short and printable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// It was written so that nobody clicks on it.
    Defanged,
    /// It was the address of a page.
    Page(String),
    /// It was an address with a port.
    Port(String),
    /// It was an address with a user, who may have been put there to be taken for the host.
    User(String),
    /// It is where a link leads that shows something else, which is this.
    Link(String),
    /// A link that shows it leads to this other name.
    LeadsTo(String),
    /// It stood in a cell with other words, which are this.
    Among(String),
    /// It has letters in a row that are written to mask others.
    Masked,
    /// It held characters that nobody sees, which were removed.
    Invisible,
    /// It is written with letters beyond ASCII.
    International(String),
    /// It has letters of several scripts in one label, as names do that pass for others.
    MixedScripts,
    /// To the eye it is this other name.
    LooksLike(String),
    /// It ends in what is no top-level domain.
    UnknownSuffix(String),
    /// Others have names below it.
    Suffix,
    /// It is a name of its own on a platform that many share.
    Platform(String),
    /// It is the `www` of this name, which stays reachable.
    Www(String),
    /// The pattern of an indicator speaks of this name alone.
    HostAlone,
    /// Its indicator is of this kind, which means something else than that it is unlawful.
    Indicates(&'static str, &'static str),
    /// The list that it is from tries it out, and does not block it.
    Staged,
    /// Its row is hidden in the spreadsheet.
    HiddenRow,
    /// Its column is hidden in the spreadsheet.
    HiddenColumn,
    /// It stands there several times; this is how often.
    Repeated(u64),
    /// It stands in another place with something else beside it.
    OtherDetails(Place),
    /// Something that should be a date and is none, or could be two.
    Date(String),
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Defanged => f.write_str("was written so that nobody clicks on it"),
            Self::Page(path) => write!(f, "was the page `{path}`; the whole site would be blocked"),
            Self::Port(port) => write!(f, "was said of port {port}; every port would be blocked"),
            Self::User(user) => write!(f, "stood behind `{user}@`, which may be there to mislead"),
            Self::Link(shown) if shown.is_empty() => {
                f.write_str("is where a link leads that shows no text; is it this name that is meant?")
            }
            Self::Link(shown) => {
                write!(f, "is where a link leads that shows `{shown}`; is it this name that is meant?")
            }
            Self::LeadsTo(name) => {
                write!(
                    f,
                    "is shown by a link that leads to {name}; it may be there to mislead, or be a victim's"
                )
            }
            Self::Among(text) => {
                write!(f, "stood in a cell with other words: `{text}`; is it this name that is meant?")
            }
            Self::Masked => f.write_str(
                "has `xxx` in it; if that stands for letters that were left out, write the whole name",
            ),
            Self::Invisible => f.write_str("held characters that nobody sees, which were removed"),
            Self::International(text) => write!(f, "reads {text}"),
            Self::MixedScripts => f.write_str("mixes the letters of several scripts in one word"),
            Self::LooksLike(text) => write!(f, "looks like {text} and is another name"),
            Self::UnknownSuffix(top) => {
                write!(f, "ends in {top}, which is no top-level domain; is it misspelt?")
            }
            Self::Suffix => {
                f.write_str("is a suffix below which others have their names; all would be blocked")
            }
            Self::Platform(above) => write!(f, "is one of many names on the platform {above}"),
            Self::Www(name) => write!(f, "is the www of {name} alone, which stays reachable"),
            Self::HostAlone => {
                f.write_str("is meant alone by the indicator; names below it, such as www, stay reachable")
            }
            Self::Indicates(kind, means) => {
                write!(f, "indicates `{kind}`, {means}; is it to be blocked all the same?")
            }
            Self::Staged => {
                f.write_str("is only tried out by the list that it is from, which does not block it")
            }
            Self::HiddenRow => f.write_str("stands in a row that is hidden"),
            Self::HiddenColumn => f.write_str("stands in a column that is hidden"),
            Self::Repeated(times) => write!(f, "stands there {times} times"),
            Self::OtherDetails(place) => write!(f, "stands with something else beside it in {place}"),
            Self::Date(text) => {
                write!(f, "has `{text}` for a date, which was left out; write it as in 2026-01-31")
            }
        }
    }
}

/// What the name itself says.
pub(super) fn of_name(name: &Name) -> Vec<Remark> {
    let mut remarks = of_letters(name);
    remarks.extend(of_suffix(name));
    let host = name.to_host();
    if host.rsplit_once('.').is_some_and(|(before, _)| before.contains("xxx")) {
        remarks.push(Remark::Masked);
    }
    if let Some(rest) = host.strip_prefix("www.")
        && rest.contains('.')
    {
        remarks.push(Remark::Www(rest.to_owned()));
    }
    remarks
}

/// Whether names are registered under what a name ends in, as far as is publicly known.
pub(super) fn has_known_suffix(name: &Name) -> bool {
    suffix(name).is_some_and(|(_, kind)| kind.is_some())
}

/// The length of a name's public suffix in text, and of what kind that is, if it is a known one.
fn suffix(name: &Name) -> Option<(usize, Option<Type>)> {
    let known: Vec<&[u8]> = labels(name.as_wire()).collect();
    let found = psl::List.find(known.iter().rev().copied());
    (found.len > 0).then_some((found.len, found.typ))
}

fn of_suffix(name: &Name) -> Option<Remark> {
    let host = name.to_host();
    let (length, kind) = suffix(name)?;
    match kind {
        None => Some(Remark::UnknownSuffix(host.rsplit('.').next().unwrap_or_default().to_owned())),
        Some(_) if length >= host.len() => Some(Remark::Suffix),
        Some(Type::Private) => Some(Remark::Platform(host[host.len() - length..].to_owned())),
        Some(Type::Icann) => None,
    }
}

fn of_letters(name: &Name) -> Vec<Remark> {
    let (unicode, _) = idna::domain_to_unicode(&name.to_host());
    if unicode.is_ascii() {
        return Vec::new();
    }
    let mut remarks = vec![Remark::International(unicode.clone())];
    let is_one_script = |label: &str| {
        label.is_single_script() || label.check_restriction_level(RestrictionLevel::HighlyRestrictive)
    };
    if !unicode.split('.').all(is_one_script) {
        remarks.push(Remark::MixedScripts);
    }
    // Letters of ASCII stay what they are: to the tables of confusables, `m` is `rn`.
    let seen: String = unicode
        .chars()
        .flat_map(|letter| match letter.is_ascii() {
            true => vec![letter],
            false => skeleton(letter.encode_utf8(&mut [0; 4])).collect(),
        })
        .collect();
    if seen.is_ascii() && seen.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-_.".contains(&octet)) {
        remarks.push(Remark::LooksLike(seen.to_ascii_lowercase()));
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::normalise;

    fn remarks(text: &str) -> Vec<String> {
        of_name(&normalise(text).unwrap()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn letters_that_mislead_are_told() {
        assert_eq!(remarks("example.com"), Vec::<String>::new());
        assert_eq!(remarks("bücher.de"), ["reads bücher.de"]);
        // All Cyrillic, and with one Cyrillic letter among Latin ones.
        assert_eq!(remarks("аррӏе.com"), ["reads аррӏе.com", "looks like apple.com and is another name"]);
        assert_eq!(
            remarks("gооgle.com"),
            [
                "reads gооgle.com",
                "mixes the letters of several scripts in one word",
                "looks like google.com and is another name"
            ]
        );
        // Japanese mixes scripts by nature.
        assert_eq!(remarks("東京タワーtokyo.jp"), ["reads 東京タワーtokyo.jp"]);
        assert_eq!(remarks("中国.cn").len(), 1);
    }

    #[test]
    fn suffixes_that_are_none_or_all_there_is_are_told() {
        assert_eq!(remarks("a.exmaple"), ["ends in exmaple, which is no top-level domain; is it misspelt?"]);
        assert!(remarks("co.uk")[0].starts_with("is a suffix"));
        assert!(remarks("github.io")[0].starts_with("is a suffix"));
        assert_eq!(remarks("a.github.io"), ["is one of many names on the platform github.io"]);
        assert_eq!(
            remarks("www.example.co.uk"),
            ["is the www of example.co.uk alone, which stays reachable"]
        );
        assert_eq!(remarks("例え.中国"), ["reads 例え.中国"], "a top-level domain in A-labels is known");
        assert!(!has_known_suffix(&normalise("report.pdf").unwrap()));
        assert!(has_known_suffix(&normalise("a.ai").unwrap()));
    }
}
