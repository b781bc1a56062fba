//! Addresses that the page may offer as a link, whoever wrote them.
//!
//! A [`Link`] is `https:` to a host name, `mailto:` or `tel:`, of plain URI characters; nothing else can
//! become an `href`, so that no list, help directory or configuration file can make the page run or fetch
//! anything.

use std::fmt::Write;

use percent_encoding::percent_decode_str;

use crate::dns::Name;

use super::host::Host;

const LONGEST: usize = 300;

/// An address fit for `href`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// A page on the web: the whole address, and the name of its host.
    Web { address: String, host: Name },
    /// A mailbox, without `mailto:`.
    Mail(String),
    /// A telephone number, without `tel:`.
    Telephone(String),
}

impl Link {
    /// Reads an address with its scheme; `None` for all that a page must not link to.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_plain = text.bytes().all(|octet| octet.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&octet));
        if !is_plain || text.len() > LONGEST {
            return None;
        }
        let (scheme, rest) = text.split_once(':')?;
        match scheme.to_ascii_lowercase().as_str() {
            "https" => {
                let rest = rest.strip_prefix("//")?;
                let authority = rest.split(['/', '?', '#']).next()?;
                match Host::parse(authority)? {
                    Host::Name(host) => Some(Self::Web { address: format!("https://{rest}"), host }),
                    Host::Address(_) => None,
                }
            }
            "mailto" => {
                let mailbox = rest.split('?').next()?;
                let (local, domain) = mailbox.split_once('@')?;
                let is_mailbox = !local.is_empty() && !local.contains(['%', '&', ',']);
                let is_name = matches!(Host::parse(domain)?, Host::Name(_)) && !domain.contains(':');
                (is_mailbox && is_name).then(|| Self::Mail(mailbox.to_owned()))
            }
            "tel" => {
                let digits = rest.strip_prefix('+').unwrap_or(rest);
                let is_number = digits.bytes().all(|octet| octet.is_ascii_digit() || octet == b'-');
                (is_number && (2..=20).contains(&digits.len())).then(|| Self::Telephone(rest.to_owned()))
            }
            _ => None,
        }
    }

    /// The value of `href`; a mailbox gets `subject`, so that a case number arrives with the mail.
    pub(super) fn href(&self, subject: Option<&str>) -> String {
        match self {
            Self::Web { address, .. } => address.clone(),
            Self::Telephone(number) => format!("tel:{number}"),
            Self::Mail(mailbox) => match subject {
                Some(subject) => format!("mailto:{mailbox}?subject={}", percent_encoded(subject)),
                None => format!("mailto:{mailbox}"),
            },
        }
    }

    /// What a person reads: the address without its scheme.
    pub(super) fn label(&self) -> &str {
        match self {
            Self::Web { address, .. } => address.trim_start_matches("https://").trim_end_matches('/'),
            Self::Mail(text) | Self::Telephone(text) => text,
        }
    }
}

/// Below which paths the public records of cases are.
const RECORD: &str = "/record/";

/// The address of the public record of a case.
pub(super) fn record_address(case: &str, language: &str) -> String {
    format!("{RECORD}{}?lang={language}", percent_encoded(case))
}

/// The case whose public record is at a path.
pub(super) fn case_of(path: &str) -> Option<String> {
    let case = percent_decode_str(path.strip_prefix(RECORD)?).decode_utf8().ok()?;
    (!case.is_empty() && case.chars().count() <= LONGEST).then(|| case.into_owned())
}

/// Everything but the unreserved characters of RFC 3986 §2.3 as `%XX`.
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, octet| {
        if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) {
            encoded.push(octet as char);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{octet:02X}");
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_schemes_are_links() {
        for (text, href, label) in [
            ("https://a.example/", "https://a.example/", "a.example"),
            ("HTTPS://a.example/b?c=d#e", "https://a.example/b?c=d#e", "a.example/b?c=d#e"),
            ("mailto:appeal@a.example", "mailto:appeal@a.example?subject=A%26B%20%C3%A9", "appeal@a.example"),
            (
                "mailto:appeal@a.example?bcc=x@b.example",
                "mailto:appeal@a.example?subject=A%26B%20%C3%A9",
                "appeal@a.example",
            ),
            ("tel:+33-1-23", "tel:+33-1-23", "+33-1-23"),
            ("tel:112", "tel:112", "112"),
        ] {
            let link = Link::parse(text).unwrap();
            assert_eq!(link.href(Some("A&B é")), href);
            assert_eq!(link.label(), label);
        }
        assert_eq!(Link::parse("mailto:a@b.example").unwrap().href(None), "mailto:a@b.example");
    }

    #[test]
    fn nothing_else_is() {
        let long = format!("https://a.example/{}", "a".repeat(LONGEST));
        for text in [
            "",
            "a.example",
            "http://a.example/",
            "javascript:alert(1)",
            "data:text/html,x",
            "https:a.example",
            "https:///",
            "https://user@a.example/",
            "https://192.0.2.1/",
            "https://a.example/\"onclick=",
            "https://a.example/ b",
            "https://a.example/\n",
            "https://b\u{fc}cher.example/",
            "mailto:",
            "mailto:a",
            "mailto:@a.example",
            "mailto:a@",
            "mailto:a,b@c.example",
            "mailto:a%0d@c.example",
            "mailto:a@b:1",
            "tel:",
            "tel:1",
            "tel:112;x",
            "tel:abc",
            &long,
        ] {
            assert_eq!(Link::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_case_is_found_at_the_address_of_its_record() {
        for case in ["2026-17", "A/2026 §4?x=1", "№ 7", "a%2Fb", "../.."] {
            let address = record_address(case, "fr");
            let (path, language) = address.split_once('?').unwrap();
            assert!(path.starts_with(RECORD) && language == "lang=fr");
            assert_eq!(case_of(path).as_deref(), Some(case), "{path}");
        }
        for path in
            ["/", "/record", "/record/", "/records/1", "/record/%ff", &format!("/record/{}", "x".repeat(301))]
        {
            assert_eq!(case_of(path), None, "{path}");
        }
    }
}
