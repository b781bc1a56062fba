//! Which host a request was for: the one thing of a request that decides what the page says.
//!
//! [`Host`] is read strictly (RFC 9110 §7.2, RFC 9112 §3.2): a request with two `Host` fields, or with one
//! that a resolver could not have been asked for, has no host, and is answered 400. What is read goes to the
//! policy and is never shown.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::Request;
use http::header::HOST;

use crate::dns::Name;

/// The host that a request was for, without its port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// A name; compares without regard to letter case or to a final dot.
    Name(Name),
    /// An address literal, as typed by someone who reached the page without DNS.
    Address(IpAddr),
}

impl Host {
    /// The host of a request: that of the request target where it has one (HTTP/2, or a client that takes us
    /// for a proxy), else that of the `Host` field.
    pub fn of(request: &Request<()>) -> Option<Self> {
        let mut fields = request.headers().get_all(HOST).iter();
        let field = fields.next();
        if fields.next().is_some() {
            return None;
        }
        match request.uri().authority() {
            Some(authority) => Self::parse(authority.as_str()),
            None => Self::parse(field?.to_str().ok()?),
        }
    }

    /// Reads `host` or `host:port` (RFC 3986 §3.2), without user information.
    pub(super) fn parse(authority: &str) -> Option<Self> {
        if let Some(rest) = authority.strip_prefix('[') {
            let (literal, port) = rest.split_once(']')?;
            let address: Ipv6Addr = literal.parse().ok()?;
            return is_port(port).then_some(Self::Address(address.into()));
        }
        let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
        if !is_port(port) {
            return None;
        }
        if let Ok(address) = host.parse::<Ipv4Addr>() {
            return Some(Self::Address(address.into()));
        }
        let is_name = host.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-_.".contains(&octet));
        if !is_name || host == "." {
            return None;
        }
        Name::from_text(host).ok().map(Self::Name)
    }
}

/// Whether this is what may follow a host: nothing, or a colon and a port (which may be left empty).
fn is_port(text: &str) -> bool {
    match text.strip_prefix(':') {
        Some("") => true,
        Some(digits) => digits.bytes().all(|octet| octet.is_ascii_digit()) && digits.parse::<u16>().is_ok(),
        None => text.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<Host> {
        Some(Host::Name(Name::from_text(text).unwrap()))
    }

    fn address(text: &str) -> Option<Host> {
        Some(Host::Address(text.parse().unwrap()))
    }

    fn of(uri: &str, hosts: &[&str]) -> Option<Host> {
        let mut request = Request::builder().uri(uri);
        for host in hosts {
            request = request.header(HOST, *host);
        }
        Host::of(&request.body(()).unwrap())
    }

    #[test]
    fn ports_case_and_final_dots_do_not_matter() {
        for text in ["a.example", "A.Example.", "a.example:80", "a.example.:8451", "a.example:"] {
            assert_eq!(Host::parse(text), name("a.example"), "{text}");
        }
        assert_eq!(Host::parse("_dmarc.xn--bcher-kva.example"), name("_dmarc.xn--bcher-kva.example"));
        assert_eq!(Host::parse("192.0.2.1:80"), address("192.0.2.1"));
        assert_eq!(Host::parse("[2001:db8::1]:80"), address("2001:db8::1"));
        assert_eq!(Host::parse("[::1]"), address("::1"));
    }

    #[test]
    fn what_no_resolver_is_asked_is_no_host() {
        let long = "a".repeat(64);
        let bad = [
            "",
            ".",
            "..",
            "a..example",
            ".example",
            ":80",
            "a.example:80:80",
            "a.example:+80",
            "a.example:65536",
            "user@a.example",
            "a example",
            "a.example/",
            "b\u{fc}cher.example",
            "%61.example",
            "a\\.example",
            "[::1",
            "[::1]80",
            "[a.example]",
            "[fe80::1%25eth0]",
            "::1",
            &long,
        ];
        for text in bad {
            assert_eq!(Host::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_target_wins_over_the_field_and_two_fields_are_refused() {
        assert_eq!(of("/path", &["a.example"]), name("a.example"));
        assert_eq!(of("http://b.example/path", &["a.example"]), name("b.example"));
        assert_eq!(of("https://b.example/", &[]), name("b.example"));
        assert_eq!(of("/", &[]), None);
        assert_eq!(of("/", &["a.example", "a.example"]), None);
        assert_eq!(of("http://b.example/", &["a.example", "b.example"]), None);
    }
}
