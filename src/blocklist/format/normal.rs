//! One spelling for each name: lower-case A-labels, absolute, without a final dot to forget.
//!
//! Nearly all names of real lists are plain ASCII and need no more than lower case; the rest go through UTS
//! 46, non-transitional, as browsers do it. Underscores are allowed, because real names have them.

use std::net::IpAddr;

use idna::AsciiDenyList;

use super::fault::{Reason, excerpt};
use crate::dns::{MAX_NAME, Name, NameError, labels};

/// Brings the text of a host name, which may hold U-labels and end in a dot, to the form in which rules hold
/// it.
pub fn normalise(text: &str) -> Result<Name, Reason> {
    let text = text.trim();
    match text.strip_suffix('.').unwrap_or(text) {
        "" if text.is_empty() => Err(Reason::NoName),
        "" => Err(Reason::Everything),
        host => normalise_host(host),
    }
}

/// The same for a name in wire format, as zone files give it; UTF-8 in its labels is taken for U-labels.
pub(super) fn normalise_wire(name: &Name) -> Result<Name, Reason> {
    let characters = || Reason::Characters(excerpt(name.to_string()));
    let mut host = Vec::with_capacity(MAX_NAME);
    for label in labels(name.as_wire()) {
        if label.contains(&b'.') {
            return Err(characters());
        }
        if !host.is_empty() {
            host.push(b'.');
        }
        host.extend_from_slice(label);
    }
    normalise_host(str::from_utf8(&host).map_err(|_| characters())?)
}

/// A name as a person types it: as a list would write it, or in any form that the protocol allows.
pub fn typed_name(text: &str) -> Result<Name, NameError> {
    normalise(text).or_else(|_| Name::from_text(text))
}

fn normalise_host(host: &str) -> Result<Name, Reason> {
    if let Some(name) = plain_name(host.as_bytes()) {
        return Ok(name);
    }
    if is_plain(host.as_bytes()) { compose(host, &host.to_ascii_lowercase()) } else { normalise_odd(host) }
}

/// What nearly every host is: a name that needs no more than lower case. `None` for any other, right or wrong.
fn plain_name(host: &[u8]) -> Option<Name> {
    let mut wire = [0_u8; MAX_NAME];
    // In front the length of the first label, in the place of each dot that of the next, and behind all the root's.
    wire.get_mut(1..host.len() + 2)?[..host.len()].copy_from_slice(host);
    let octets = &mut wire[1..=host.len()];
    if !is_plain(octets) {
        return None;
    }
    octets.make_ascii_lowercase();
    let (mut start, mut top) = (0, host);
    for label in host.split(|octet| *octet == b'.') {
        wire[start] = label.len() as u8;
        start += 1 + label.len();
        top = label;
    }
    // Labels that are too long, and empty ones, are none of a name in wire format.
    let wire = Some(&wire[..host.len() + 2]).filter(|_| !top.iter().all(u8::is_ascii_digit))?;
    Name::from_wire(wire).ok()
}

/// Whether an A-label may begin here.
fn is_prefix(octets: &[u8]) -> bool {
    octets[2..] == *b"--" && octets.eq_ignore_ascii_case(b"xn--")
}

/// Whether lower case is all that UTS 46 would do.
fn is_plain(host: &[u8]) -> bool {
    // Without an early end, which costs more than it saves.
    let usual = host.iter().fold(true, |usual, octet| usual & is_usual(octet));
    usual && !(host.contains(&b'-') && host.windows(4).any(is_prefix))
}

fn is_usual(octet: &u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_' | b'.')
}

fn normalise_odd(host: &str) -> Result<Name, Reason> {
    if is_network(host) {
        return Err(Reason::Address(excerpt(host)));
    }
    if host.contains(char::is_whitespace) {
        return Err(Reason::Spaces(excerpt(host)));
    }
    if host.contains(['/', ':', '?', '@']) {
        return Err(Reason::Url(excerpt(host)));
    }
    if host.contains('*') {
        return Err(Reason::Wildcard(excerpt(host)));
    }
    if host.len() > MAX_TEXT {
        return Err(Reason::Name { text: excerpt(host), error: NameError::LongName });
    }
    match idna::domain_to_ascii_cow(host.as_bytes(), REFUSED) {
        Ok(ascii) => compose(host, &ascii),
        // Of usual octets, nothing but an A-label can be wrong.
        Err(_) if host.bytes().all(|octet| is_usual(&octet)) => Err(Reason::Punycode(excerpt(host))),
        Err(_) => Err(Reason::Characters(excerpt(host))),
    }
}

/// Makes a name of lower-case A-labels; `host` is what was written, to be shown.
fn compose(host: &str, ascii: &str) -> Result<Name, Reason> {
    // No top-level domain is a number (RFC 3696 §2), so what ends in one is an address or a piece of one.
    let top = ascii.rsplit('.').next().unwrap_or_default();
    if !top.is_empty() && top.bytes().all(|octet| octet.is_ascii_digit()) {
        return Err(Reason::Address(excerpt(host)));
    }
    if ascii.ends_with('.') {
        return Err(Reason::Name { text: excerpt(host), error: NameError::EmptyLabel });
    }
    Name::from_text(ascii).map_err(|error| Reason::Name { text: excerpt(host), error })
}

fn is_network(text: &str) -> bool {
    let address = text.split_once('/').map_or(text, |(address, _)| address);
    address.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
}

/// All of ASCII but letters, digits, hyphen, dot and underscore.
const REFUSED: AsciiDenyList = AsciiDenyList::new(true, "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}~");

/// More octets than the longest name has in any spelling: 253 characters of four.
const MAX_TEXT: usize = 1012;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_out_in_one_spelling() {
        for (text, name) in [
            ("a.example", "a.example."),
            (" A.Example. ", "a.example."),
            ("_dmarc.a_b.example", "_dmarc.a_b.example."),
            ("-a-.r3---sn.example", "-a-.r3---sn.example."),
            ("com", "com."),
            ("żółw.example", "xn--w-uga1v8h.example."),
            ("ŻÓŁW.EXAMPLE", "xn--w-uga1v8h.example."),
            ("XN--W-UGA1V8H.example", "xn--w-uga1v8h.example."),
            ("faß.example", "xn--fa-hia.example."),
            ("a。ｂ.example", "a.b.example."),
            ("a\u{ad}b.example", "ab.example."),
            ("192.0.2.1.example", "192.0.2.1.example."),
        ] {
            let found = normalise(text).unwrap();
            assert_eq!(found.to_string(), name);
            assert_eq!(found.as_wire(), found.canonical().as_wire(), "lower case");
            assert_eq!(normalise_wire(&found), Ok(found));
        }
        let wire = Name::from_wire("\x06\u{17c}\u{f3}\u{142}\x07EXAMPLE\0".as_bytes()).unwrap();
        assert_eq!(normalise_wire(&wire).unwrap().to_string(), "xn--kda2nkg.example.");
    }

    #[test]
    fn what_is_no_host_name_says_why() {
        let name = |text: &str, error| Reason::Name { text: excerpt(text), error };
        let label = "a".repeat(64);
        let many = "abcdefg.".repeat(32);
        let endless = "é".repeat(1 << 15);
        for (text, reason) in [
            ("", Reason::NoName),
            (" ", Reason::NoName),
            (".", Reason::Everything),
            ("..", name(".", NameError::EmptyLabel)),
            ("a..example", name("a..example", NameError::EmptyLabel)),
            ("a.example..", name("a.example.", NameError::EmptyLabel)),
            ("\u{ad}", name("\u{ad}", NameError::EmptyLabel)),
            (&label, name(&label, NameError::LongLabel)),
            (&many, name(&many[..many.len() - 1], NameError::LongName)),
            (&endless, name(&endless, NameError::LongName)),
            ("192.0.2.1", Reason::Address("192.0.2.1".into())),
            ("192.0.2", Reason::Address("192.0.2".into())),
            ("１.２.３.４", Reason::Address("１.２.３.４".into())),
            ("192.0.2.0/24", Reason::Address("192.0.2.0/24".into())),
            ("2001:db8::1", Reason::Address("2001:db8::1".into())),
            ("[2001:db8::1]", Reason::Address("[2001:db8::1]".into())),
            ("https://a.example/", Reason::Url("https://a.example/".into())),
            ("a.example:443", Reason::Url("a.example:443".into())),
            ("a b.example", Reason::Spaces("a b.example".into())),
            ("*.a.example", Reason::Wildcard("*.a.example".into())),
            ("a,b.example", Reason::Characters("a,b.example".into())),
            ("a\0b.example", Reason::Characters("a\\0b.example".into())),
            ("a\u{fffd}.example", Reason::Characters("a\u{fffd}.example".into())),
            ("xn--a.example", Reason::Punycode("xn--a.example".into())),
        ] {
            assert_eq!(normalise(text), Err(reason), "{text:?}");
        }
        for (wire, shown) in [
            (&b"\x03a.b\x07example\0"[..], "a\\\\.b.example."),
            (b"\x02a \0", "a "),
            (b"\x02a\xff\0", "a\\\\255."),
            (b"\x02a\\\0", "a\\\\"),
        ] {
            let reason = normalise_wire(&Name::from_wire(wire).unwrap()).unwrap_err();
            assert!(
                [Reason::Characters(shown.into()), Reason::Spaces(shown.into())].contains(&reason),
                "{reason}"
            );
        }
    }
}
