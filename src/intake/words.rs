//! Names in text: addresses of pages, names that were made unclickable, and names as they are.
//!
//! Text is first [`opened`](opened()), and each word of it tells what was undone in it.

use super::candidate::Objection;
use super::pieces::{APOSTROPHES, pieces};
use super::remark::{Remark, has_known_suffix, of_name};
use super::text::clean;
use super::unhide::{opened, unmarked};
use crate::blocklist::{Reason, Scope, excerpt, normalise};
use crate::dns::Name;

/// How words are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Most words are none of names: they have to look like one.
    Prose,
    /// Whatever stands there is meant as a name.
    Meant,
}

/// A name in a text, or something that could be one.
pub(super) enum Read {
    Name(Name, Scope, Vec<Remark>),
    Refused(String, Objection),
    /// A word of prose with a dot in it that ends like no public name.
    Unlikely,
}

/// Hands over the names of a line or of a cell.
pub(super) fn read(text: &str, manner: Manner, mut take: impl FnMut(Read)) {
    let opened = opened(text);
    // A word that stands by itself is meant; among others it has to look like a name.
    let is_alone = pieces(&opened).nth(1).is_none();
    let mut found = 0;
    for piece in pieces(&opened) {
        let (plain, is_undone, is_unseen) = unmarked(piece);
        let read = match word(&plain, manner) {
            Some(Ok(mut word)) => {
                word.is_meant |= is_undone || (manner == Manner::Meant && is_alone);
                let mut remarks = std::mem::take(&mut word.remarks);
                if is_undone || word.is_defanged {
                    remarks.insert(0, Remark::Defanged);
                }
                if is_unseen {
                    remarks.push(Remark::Invisible);
                }
                if manner == Manner::Meant && !is_alone {
                    remarks.push(Remark::Among(excerpt(clean(text))));
                }
                judge(&word, manner, is_alone, remarks)
            }
            // Where it was hidden, it may have been a site.
            Some(Err(Objection::Mail)) if manner == Manner::Prose && !is_undone => None,
            // Reasons quote the name themselves.
            Some(Err(objection @ Objection::Name(_))) => Some(Read::Refused(String::new(), objection)),
            Some(Err(objection)) => Some(Read::Refused(excerpt(&*plain), objection)),
            None => None,
        };
        if let Some(read) = read {
            found += 1;
            take(read);
        }
    }
    if found == 0 && manner == Manner::Meant {
        let objection = match pieces(&opened).next() {
            Some(_) if is_alone && normalise(text).is_ok() => Objection::OneLabel,
            _ => Objection::Nothing,
        };
        take(Read::Refused(excerpt(text.trim()), objection));
    }
}

/// Whether a text is names and nothing else, each with a known ending or written as an address.
pub(super) fn is_names(text: &str) -> bool {
    let opened = opened(text);
    let mut pieces = pieces(&opened).peekable();
    pieces.peek().is_some()
        && pieces.all(|piece| {
            let (text, is_undone, _) = unmarked(piece);
            let Some(Ok(mut word)) = word(&text, Manner::Meant) else { return false };
            word.is_meant |= is_undone;
            matches!(judge(&word, Manner::Prose, true, Vec::new()), Some(Read::Name(..)))
        })
}

/// A word taken apart.
struct Word<'t> {
    host: &'t str,
    remarks: Vec<Remark>,
    /// Whether somebody meant a site: it was written as an address, or hidden.
    is_meant: bool,
    is_defanged: bool,
    /// Whether signs around it stand for letters that were left out.
    is_cut: bool,
    scope: Scope,
}

fn judge(word: &Word<'_>, manner: Manner, is_alone: bool, mut remarks: Vec<Remark>) -> Option<Read> {
    let host = word.host;
    let refused = |objection| Some(Read::Refused(excerpt(host), objection));
    let said = |reason: Reason| Some(Read::Refused(String::new(), Objection::Name(reason)));
    if !word.is_meant && !host.contains(char::is_alphabetic) && host.parse::<std::net::IpAddr>().is_err() {
        // A number, such as that of a version or of an article.
        return (manner == Manner::Meant).then(|| Read::Refused(excerpt(host), Objection::Nothing));
    }
    let name = match normalise(host) {
        Ok(name) => name,
        Err(reason) if word.is_meant || manner == Manner::Meant || matches!(reason, Reason::Address(_)) => {
            return said(reason);
        }
        Err(_) => return None,
    };
    if name.label_count() < 2 {
        return match word.is_meant || manner == Manner::Meant {
            true => refused(Objection::OneLabel),
            false => None,
        };
    }
    let is_known = has_known_suffix(&name);
    if !(is_known || word.is_meant || is_alone || manner == Manner::Meant) {
        return Some(Read::Unlikely);
    }
    if word.is_cut {
        return refused(Objection::Cut);
    }
    if !word.is_meant {
        let top = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
        if !is_known {
            return refused(Objection::NoSuffix);
        }
        if FILES.contains(&top.to_ascii_lowercase().as_str()) {
            return refused(Objection::File);
        }
        if is_two_sentences(host, top) {
            return refused(Objection::Sentences);
        }
        if is_abbreviation(host, top) && !remarks.iter().any(|remark| matches!(remark, Remark::Page(_))) {
            return refused(Objection::Abbreviation);
        }
    }
    remarks.extend(of_name(&name));
    Some(Read::Name(name, word.scope, remarks))
}

/// Endings of files that are top-level domains, too. Not `ai`, `app`, `com` and `pl`, which names have more often.
const FILES: [&str; 9] = ["zip", "mov", "md", "sh", "py", "rs", "ps", "so", "cab"];

/// Whether this may be `finished.In`: two words without a space between.
fn is_two_sentences(host: &str, top: &str) -> bool {
    let before = host.strip_suffix(top).and_then(|rest| rest.strip_suffix('.')).unwrap_or_default();
    !before.contains('.')
        && top.starts_with(char::is_uppercase)
        && top.chars().skip(1).all(char::is_lowercase)
        && before.chars().next_back().is_some_and(char::is_lowercase)
}

/// Whether this may be `m.in`, `M.Sc` or another abbreviation whose end is a top-level domain, too.
fn is_abbreviation(host: &str, top: &str) -> bool {
    let host = host.trim_end_matches('.');
    let mut before = host.strip_suffix(top).unwrap_or_default().split('.');
    let is_short = top.chars().count() <= 2 || top.starts_with(char::is_uppercase);
    is_short && before.all(|label| label.chars().count() <= 1)
        || ABBREVIATIONS.iter().any(|known| host.eq_ignore_ascii_case(known))
}

/// Abbreviations with more than one letter in front of their end.
const ABBREVIATIONS: [&str; 12] = [
    "co.ltd", "pty.ltd", "pvt.ltd", "pte.ltd", "co.kg", "co.inc", "co.llc", "dr.med", "dres.med", "med.dent",
    "dipl.ing", "dr.ing",
];

/// Takes an address or a name apart; nothing for words without a dot, unless they are addresses.
fn word(piece: &str, manner: Manner) -> Option<Result<Word<'_>, Objection>> {
    let (scheme, rest) = scheme_of(piece);
    let is_defanged = match &scheme {
        Some(scheme) => match SCHEMES.iter().find(|(known, _)| known == scheme) {
            Some((_, is_defanged)) => *is_defanged,
            None => return Some(Err(Objection::Scheme)),
        },
        None => false,
    };
    if let Some(end) = rest.find(']')
        && rest.starts_with('[')
        && rest[..end].contains(':')
    {
        return Some(Err(Objection::Name(Reason::Address(excerpt(&rest[..=end])))));
    }
    let is_below = rest.trim_start_matches(|letter| letter != '*' && is_wrapping(letter)).starts_with("*.");
    // Stars in front of the scheme make all of it bold.
    let bold = scheme.as_ref().map_or(0, |_| stars(leading(piece)));
    let is_cut = is_cut(rest, is_below, bold);
    let rest = rest.trim_matches(is_wrapping).trim_start_matches('/');
    // There are names that begin with a hyphen, but in prose it is a dash.
    let rest = match (&scheme, manner) {
        (None, Manner::Prose) => rest.trim_matches('-').trim_matches(is_wrapping),
        _ => rest,
    };
    let at = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(at);
    let mut remarks = Vec::new();
    let authority = match authority.rsplit_once('@') {
        Some((user, host)) if scheme.is_some() => {
            remarks.push(Remark::User(excerpt(user)));
            host
        }
        Some(_) => return Some(Err(Objection::Mail)),
        None => authority,
    };
    let authority = match scheme {
        Some(_) => authority,
        // As in `Domain:a.example` and `domain=a.example`.
        None => label_of(authority),
    };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if is_number(port) => (host, Some(port)),
        _ => (authority.trim_end_matches(':'), None),
    };
    let scope = if is_below { Scope::Below } else { Scope::Domain };
    let host = host.trim_matches(is_wrapping);
    if !host.contains('.') && scheme.is_none() {
        return None;
    }
    if host.contains(APOSTROPHES) {
        return Some(Err(Objection::Apostrophe));
    }
    if path.trim_end_matches('/').len() > 1 {
        remarks.push(Remark::Page(excerpt(path)));
    }
    remarks.extend(port.map(|port| Remark::Port(port.to_owned())));
    Some(Ok(Word { host, remarks, is_meant: scheme.is_some(), is_defanged, is_cut, scope }))
}

/// The scheme in front of an address, if there is one, and what stands behind it.
fn scheme_of(piece: &str) -> (Option<String>, &str) {
    let Some((before, rest)) = piece.split_once("://") else { return (None, piece) };
    let from = before.rfind(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '*'));
    let scheme = from.map_or(before, |at| &before[at..]);
    let scheme = scheme.trim_start_matches(|letter: char| !letter.is_ascii_alphanumeric());
    (Some(scheme.to_ascii_lowercase()), rest)
}

/// Whether dots or stars around a host stand for letters that were left out. Behind the path of an address they do no
/// harm, and as many stars in front as behind only make it bold; those in front that are known are no part of `rest`.
fn is_cut(rest: &str, is_below: bool, known: usize) -> bool {
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let (front, behind) = (leading(host), &host[host.trim_end_matches(is_wrapping).len()..]);
    let is_left_out = |text: &str| LEFT_OUT.iter().any(|mark| text.contains(mark));
    is_left_out(front) || is_left_out(behind) || known + stars(front) != stars(behind) + usize::from(is_below)
}

/// What stands around a name, in front of it.
fn leading(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(is_wrapping).len()]
}

fn stars(text: &str) -> usize {
    text.matches('*').count()
}

/// What stands for letters that were left out.
const LEFT_OUT: [&str; 4] = ["…", "..", "••", "··"];

/// What stands behind what it is called; a port is not.
fn label_of(authority: &str) -> &str {
    let behind = authority.rsplit('=').next().unwrap_or_default();
    match behind.rsplit_once(':') {
        Some((before, port)) if is_number(port) => before.rfind(':').map_or(behind, |at| &behind[at + 1..]),
        Some((before, "")) => before,
        Some((_, after)) => after,
        None => behind,
    }
}

fn is_number(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|octet| octet.is_ascii_digit())
}

/// Schemes of sites, and as people write them so that nobody clicks.
const SCHEMES: [(&str, bool); 24] = [
    ("https", false),
    ("http", false),
    ("hxxps", true),
    ("hxxp", true),
    ("hxtps", true),
    ("hxtp", true),
    ("htxps", true),
    ("htxp", true),
    ("h**ps", true),
    ("h**p", true),
    ("xxxxs", true),
    ("xxxx", true),
    ("hxps", true),
    ("hxp", true),
    ("meows", true),
    ("meow", true),
    ("tps", true),
    ("ttps", true),
    ("ttp", true),
    ("ftp", false),
    ("fxp", true),
    ("fxps", true),
    ("wss", false),
    ("ws", false),
];

/// What stands around names in text, and is no part of any.
fn is_wrapping(letter: char) -> bool {
    ".,;:!?…()[]{}*~|•·–—".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names with what is told of them, and refusals with `!` in front.
    fn found(text: &str, manner: Manner) -> Vec<String> {
        let mut found = Vec::new();
        read(text, manner, |read| match read {
            Read::Name(name, scope, remarks) => {
                let scope = if scope == Scope::Below { "*." } else { "" };
                let remarks: String = remarks.iter().map(|remark| format!(" | {remark}")).collect();
                found.push(format!("{scope}{}{remarks}", name.to_host()));
            }
            Read::Refused(text, objection) => found.push(format!("!{text}: {objection}")),
            Read::Unlikely => found.push("?".into()),
        });
        found
    }

    fn names(text: &str) -> Vec<String> {
        found(text, Manner::Prose)
            .into_iter()
            .map(|name| name.split(" | ").next().unwrap().to_owned())
            .collect()
    }

    const DEFANGED: &str = "was written so that nobody clicks on it";

    #[test]
    fn what_was_made_unclickable_is_undone_and_told() {
        for text in [
            "hxxps://bad.example/",
            "hXXp://bad.example",
            "h**ps://bad.example",
            "meow://bad.example",
            "fxp://bad.example",
            "bad[.]example",
            "bad(.)example",
            "bad{.}example",
            "bad[dot]example",
            "bad(DOT)example",
            "bad [.] example",
            "bad[punkt]example",
            "bad\\.example",
            "bad^.example",
            "bad[.example",
            "bad.]example",
            "http[:]//bad[.]example",
            "http[://]bad.example",
            "hxxp[:]//bad(.)example[/]",
            "(bad[.]example)",
            "bad dot example",
            "BAD DOT EXAMPLE",
            "[http]://bad.example",
        ] {
            let found = found(text, Manner::Prose);
            assert!(
                found.len() == 1 && found[0].starts_with(&format!("bad.example | {DEFANGED}")),
                "{text}: {found:?}"
            );
        }
        assert_eq!(names("[www].bad[.]example"), ["www.bad.example"]);
        assert_eq!(names("a[.]b[.]c[.]example and x(.)example"), ["a.b.c.example", "x.example"]);
        for text in [
            "abuse[at]mail[.]example",
            "write to abuse (at) mail.com",
            "info @ bank.com",
            "info@ bank.com",
            "info(ät)bank.com",
            "info(a)bank.com",
            "info [arroba] bank.com",
        ] {
            let found = found(text, Manner::Prose);
            assert!(found.len() == 1 && found[0].contains("is an address of mail"), "{text}: {found:?}");
        }
        assert_eq!(names("he put the dot com on it"), Vec::<String>::new());
    }

    #[test]
    fn addresses_give_their_host_and_tell_what_is_lost() {
        for (text, expected) in [
            ("https://a.com/", "a.com"),
            ("https://a.com/x/y?z#1", "a.com | was the page `/x/y?z#1`; the whole site would be blocked"),
            ("https://a.com?x", "a.com | was the page `?x`; the whole site would be blocked"),
            ("https://a.com:8443", "a.com | was said of port 8443; every port would be blocked"),
            ("a.com:8080", "a.com | was said of port 8080; every port would be blocked"),
            ("https://bank.com@a.com/", "a.com | stood behind `bank.com@`, which may be there to mislead"),
            ("https://a.com.", "a.com"),
            ("a.com.", "a.com"),
            ("*.a.com", "*.a.com"),
            ("**a.com**", "a.com"),
            ("(see https://a.com).", "a.com"),
            ("Domain:a.com", "a.com"),
            ("domain=a.com", "a.com"),
            ("URL:https://a.com", "a.com"),
            ("<a href=\"https://a.com\">", "a.com"),
            (
                "https://intern",
                "!intern: is one label without a dot, and would stand for all names below it; write the whole name",
            ),
            (
                "https://192.0.2.1/x",
                "!: `192.0.2.1` is an address, not a name; rules of this kind block names alone",
            ),
            (
                "http://[2001:db8::1]/",
                "!: `[2001:db8::1]` is an address, not a name; rules of this kind block names alone",
            ),
            ("192.0.2.1", "!: `192.0.2.1` is an address, not a name; rules of this kind block names alone"),
            (
                "ldap://a.com",
                "!ldap://a.com: is the address of something that is no web site; write the name alone if it is meant",
            ),
        ] {
            assert_eq!(found(text, Manner::Prose), [expected], "{text}");
        }
        assert_eq!(names("https://a.com,https://b.com;c.com|d.com"), ["a.com", "b.com", "c.com", "d.com"]);
        assert_eq!(names("https://a.com/x,y.com;z.com https://b.com"), ["a.com", "b.com"]);
        assert_eq!(
            names("[a.com](https://a.com/x) «b.com» „c.com“ l'd.com"),
            ["a.com", "a.com", "b.com", "c.com", "d.com"]
        );
    }

    #[test]
    fn prose_has_words_with_dots_that_are_no_names() {
        assert_eq!(
            names("See report.pdf of 1.2.2026, e.g. page 3.4, version 3.1.2 and u.s.w."),
            ["?", "?", "?"]
        );
        assert_eq!(names("Mail to anna@example.com or mailto:b@example.com"), Vec::<String>::new());
        for (text, reason) in [
            ("archive.zip", "may be the name of a file"),
            ("It is finished.In short", "may be the end of a sentence"),
            ("evil.exmaple", "ends like no public name"),
            ("m.in. Warszawa", "may be an abbreviation"),
            ("Anna, M.Sc., B.Tech", "may be an abbreviation"),
            ("Bad Co.KG", "may be an abbreviation"),
            ("bad co.ltd", "may be an abbreviation"),
            ("Dr.med. Anna", "may be an abbreviation"),
        ] {
            let found = found(text, Manner::Prose);
            assert!(!found.is_empty() && found.iter().all(|it| it.contains(reason)), "{found:?}");
        }
        assert_eq!(
            names("t.me/bot, a.com, m.ai.com and https://x.ai"),
            ["t.me", "a.com", "m.ai.com", "x.ai"]
        );
        assert_eq!(names("z.B. d.h. e.g. u.a."), ["?", "?", "?", "?"]);
        for text in ["at Macy's.com", "Macy’s.com"] {
            let found = found(text, Manner::Prose);
            assert!(found.len() == 1 && found[0].contains("has an apostrophe in it"), "{found:?}");
        }
        assert_eq!(
            names("https://archive.zip and Example.com and NAME.AI"),
            ["archive.zip", "example.com", "name.ai"]
        );
    }

    #[test]
    fn what_was_cut_off_or_masked_is_no_name() {
        for text in [
            "undress.co…",
            "undress.co...",
            "https://undress.co…",
            "…ress.com",
            "...ress.com",
            "https://…ress.com",
            "***ress.com",
            "*ress.com",
            "undress.co*",
            "(••ress.com)",
            "**.ress.com",
            "undress.com..",
        ] {
            for manner in [Manner::Prose, Manner::Meant] {
                let found = found(text, manner);
                assert!(found.len() == 1 && found[0].contains("cut off or masked"), "{text}: {found:?}");
            }
        }
        for text in ["und…ss.com", "und***ss.com", "und[...]ss.com", "und...ss.com"] {
            assert!(names(text).iter().all(|name| name.starts_with('!')), "{text}");
        }
        assert_eq!(
            names(
                "https://a.com/und…, a.com/... *b.com* **c.com** (*.d.com). Wait... **https://e.com** *hxxps://f.com*,"
            ),
            ["a.com", "a.com", "b.com", "c.com", "*.d.com", "e.com", "f.com"]
        );
        assert!(found("undrxxxx.com", Manner::Prose)[0].contains("has `xxx` in it"));
        assert_eq!(found("max.xxx", Manner::Prose), ["max.xxx"]);
    }

    #[test]
    fn cells_of_names_are_told_from_prose() {
        for (text, expected) in [
            ("a.com", true),
            ("a.com, https://b.exmaple/", true),
            ("bad [.] example", true),
            ("see a.com", false),
            ("report.pdf", false),
            ("a@b.com", false),
            ("", false),
        ] {
            assert_eq!(is_names(text), expected, "{text}");
        }
    }

    #[test]
    fn cells_are_meant() {
        let found = |text| found(text, Manner::Meant);
        assert_eq!(found("a.exmaple").len(), 1);
        assert!(found("a.exmaple")[0].contains("no top-level domain"));
        let beside =
            " | stood in a cell with other words: `a.com b.com, c.com`; is it this name that is meant?";
        assert_eq!(
            found("a.com\nb.com, c.com"),
            ["a.com", "b.com", "c.com"].map(|name| format!("{name}{beside}"))
        );
        for text in ["copies a.com, see report", "b.com -> a.com", "b.com (a.com)", "Kopie von a.com"] {
            let found = found(text);
            assert!(found.iter().all(|name| name.contains("stood in a cell with other words")), "{found:?}");
            assert!(found.iter().any(|name| name.starts_with("a.com")), "{found:?}");
        }
        for text in ["a.com", "(a.com)", "-> a.com", "\"a.com\"", "https://a.com/x,y"] {
            assert!(!found(text)[0].contains("other words"), "{text}");
        }
        assert!(found("a.com siehe Akte.pdf")[1].contains("ends like no public name"));
        assert!(found("unbekannt")[0].starts_with("!unbekannt: is one label"));
        assert!(found("n/a")[0].starts_with("!n/a: holds no name"));
        assert!(found("-")[0].starts_with("!-: holds no name"));
        assert_eq!(found("-a.com"), ["-a.com"]);
        assert_eq!(names("-a.com - https://-b.com/"), ["a.com", "-b.com"]);
        assert!(found("x@a.com")[0].contains("address of mail"));
        assert!(found("a..com")[0].contains("empty label"));
        assert!(found("1.2")[0].contains("`1.2` is an address"));
    }

    #[test]
    fn what_nobody_sees_goes_and_is_told() {
        for text in [
            "exa\u{200b}mple.com",
            "exam\u{ad}ple.com",
            "\u{202e}example.com",
            "exa\u{0}mple.com",
            "e\u{200d}xample.com",
        ] {
            assert_eq!(
                found(text, Manner::Prose),
                ["example.com | held characters that nobody sees, which were removed"]
            );
        }
        // A joiner that its script needs stays, and is judged by IDNA.
        let joined = "نامه\u{200c}ای.com";
        assert_eq!(names(joined), [normalise(joined).unwrap().to_host()]);
        assert_eq!(names("a。com"), ["a.com"]);
    }

    #[test]
    fn nothing_that_is_long_takes_long_or_fails() {
        for piece in [
            "[", "(.", "a[.]", "://", "a.com,", "\u{200b}", "[.] ", " dot a", "\\", ".]", "é.", "@",
            "https://", "a'", "'", "l'a", "*", "a.*", "…", " @ ", "@ a",
        ] {
            read(&piece.repeat(20_000), Manner::Meant, |_| {});
            read(&piece.repeat(20_000), Manner::Prose, |_| {});
        }
    }
}
