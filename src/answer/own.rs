//! What the resolver says of itself: how it is reached over encryption (RFC 9462), and what it can do (RFC 9606).
//!
//! Both are made once, when the program starts, and answered here: nothing below `resolver.arpa` is ever asked of
//! anybody else, because the question is about whoever gets it.

use std::net::IpAddr;

use super::config::Config;
use crate::dns::{Info, Name, RecordType, labels};

/// `resolver.arpa`, which every resolver answers for itself.
const RESOLVER_ARPA: &[u8] = b"\x08resolver\x04arpa\0";
const DESIGNATION: &[u8] = b"\x04_dns\x08resolver\x04arpa\0";
/// TTL of what we say of ourselves, in seconds.
pub(super) const OWN_TTL: u32 = 300;

/// Keys of SVCB parameters (RFC 9460 §14.3.2, RFC 9461 §5).
const ALPN: u16 = 1;
const PORT: u16 = 3;
const IPV4_HINT: u16 = 4;
const IPV6_HINT: u16 = 6;
const DOH_PATH: u16 = 7;

/// A way to reach the resolver over encryption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// What is negotiated to speak there.
    pub protocols: &'static [&'static str],
    /// Its port.
    pub port: u16,
    /// The port that clients take who are told of none.
    pub usual_port: u16,
    /// The URI template of DNS over HTTPS, relative.
    pub path: Option<&'static str>,
}

/// Our own records.
#[derive(Default)]
pub(super) struct Own {
    name: Option<Name>,
    /// Data of SVCB records.
    designations: Vec<Box<[u8]>>,
    /// Data of the RESINFO record.
    information: Box<[u8]>,
}

impl Own {
    /// Makes the records; `minimises` is whether the names that others are asked for are cut (RFC 9156).
    pub(super) fn new(config: &Config, endpoints: &[Endpoint], minimises: bool) -> Self {
        let name = config.name.as_ref().and_then(|name| Name::from_text(name).ok());
        let designations = name.iter().flat_map(|name| {
            let numbered = endpoints.iter().zip(1_u16..);
            numbered.map(|(endpoint, priority)| designation(name, endpoint, priority, &config.addresses))
        });
        Self {
            designations: designations.collect(),
            information: information(minimises, config.information.as_deref()),
            name,
        }
    }

    /// The data of what is answered to a question about us, which may be nothing; `None` where it is not about us.
    #[inline]
    pub(super) fn answer(&self, name: &[u8], rtype: RecordType) -> Option<&[Box<[u8]>]> {
        let is = |own: &[u8]| own.eq_ignore_ascii_case(name);
        let is_own = || self.name.as_ref().is_some_and(|own| is(own.as_wire()));
        let information = || std::slice::from_ref(&self.information);
        match rtype {
            RecordType::RESINFO if is(RESOLVER_ARPA) || is_own() => Some(information()),
            RecordType::SVCB if is(DESIGNATION) => Some(&self.designations),
            _ => is_below_resolver_arpa(name).then_some(&[]),
        }
    }
}

fn is_below_resolver_arpa(name: &[u8]) -> bool {
    let Some(start) = name.len().checked_sub(RESOLVER_ARPA.len()) else { return false };
    // The octets may also stand inside a longer label: only where a label begins they are the name's end.
    name[start..].eq_ignore_ascii_case(RESOLVER_ARPA) && {
        let mut at = 0;
        labels(name).any(|label| {
            let here = at;
            at += 1 + label.len();
            here == start
        })
    }
}

/// The data of an SVCB record in service mode (RFC 9460 §2.2), its parameters in ascending order.
fn designation(name: &Name, endpoint: &Endpoint, priority: u16, addresses: &[IpAddr]) -> Box<[u8]> {
    let mut data = priority.to_be_bytes().to_vec();
    data.extend(name.as_wire());
    let mut put = |key: u16, value: &[u8]| {
        data.extend(key.to_be_bytes());
        data.extend((value.len() as u16).to_be_bytes());
        data.extend(value);
    };
    let protocols = endpoint.protocols.iter().flat_map(|protocol| prefixed(protocol.as_bytes()));
    put(ALPN, &protocols.collect::<Vec<u8>>());
    if endpoint.port != endpoint.usual_port {
        put(PORT, &endpoint.port.to_be_bytes());
    }
    let v4: Vec<u8> = addresses.iter().filter_map(octets_v4).flatten().collect();
    let v6: Vec<u8> = addresses.iter().filter_map(octets_v6).flatten().collect();
    if !v4.is_empty() {
        put(IPV4_HINT, &v4);
    }
    if !v6.is_empty() {
        put(IPV6_HINT, &v6);
    }
    if let Some(path) = endpoint.path {
        put(DOH_PATH, path.as_bytes());
    }
    data.into()
}

fn octets_v4(address: &IpAddr) -> Option<[u8; 4]> {
    match address {
        IpAddr::V4(address) => Some(address.octets()),
        IpAddr::V6(_) => None,
    }
}

fn octets_v6(address: &IpAddr) -> Option<[u8; 16]> {
    match address {
        IpAddr::V4(_) => None,
        IpAddr::V6(address) => Some(address.octets()),
    }
}

/// The data of a RESINFO record: strings as in TXT (RFC 9606 §4, §5).
fn information(minimises: bool, page: Option<&str>) -> Box<[u8]> {
    let minimises = minimises.then(|| "qnamemin".to_owned());
    let page = page.map(|page| format!("infourl={page}"));
    let keys = minimises.into_iter().chain([format!("exterr={}", ranges(Info::ALL))]).chain(page);
    keys.flat_map(|key| prefixed(key.as_bytes())).collect()
}

/// A character-string (RFC 1035 §3.3); the configuration lets none be too long.
fn prefixed(octets: &[u8]) -> Vec<u8> {
    let mut prefixed = vec![octets.len() as u8];
    prefixed.extend(octets);
    prefixed
}

/// Ascending codes in the fewest words: `0,4-10,12`.
fn ranges(codes: &[Info]) -> String {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for Info(code) in codes {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *code => *last = *code,
            _ => runs.push((*code, *code)),
        }
    }
    let words = runs.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    words.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTTPS: Endpoint =
        Endpoint { protocols: &["h2", "h3"], port: 8443, usual_port: 443, path: Some("/dns-query{?dns}") };
    const TLS: Endpoint = Endpoint { protocols: &["dot"], port: 853, usual_port: 853, path: None };

    fn own(name: Option<&str>) -> Own {
        let config = Config {
            name: name.map(str::to_owned),
            addresses: vec!["192.0.2.1".parse().unwrap(), "2001:db8::1".parse().unwrap()],
            information: Some("https://school.example/dns".into()),
            ..Config::default()
        };
        Own::new(&config, &[HTTPS, TLS], true)
    }

    fn answer<'o>(own: &'o Own, name: &str, rtype: RecordType) -> Option<&'o [Box<[u8]>]> {
        own.answer(Name::from_text(name).unwrap().as_wire(), rtype)
    }

    #[test]
    fn designations_are_service_records_with_ascending_keys() {
        let own = own(Some("dns.school.example"));
        let records = answer(&own, "_dns.resolver.arpa", RecordType::SVCB).unwrap();
        let name = b"\x03dns\x06school\x07example\0";
        let hints = [
            &b"\0\x04\0\x04\xc0\0\x02\x01\0\x06\0\x10"[..],
            &"2001:db8::1".parse::<std::net::Ipv6Addr>().unwrap().octets(),
        ]
        .concat();
        let https = [&b"\0\x01"[..], name, b"\0\x01\0\x06\x02h2\x02h3\0\x03\0\x02\x20\xfb", &hints];
        let tls = [&b"\0\x02"[..], name, b"\0\x01\0\x04\x03dot", &hints];
        assert_eq!(*records[0], *[&https.concat()[..], b"\0\x07\0\x10/dns-query{?dns}"].concat());
        assert_eq!(*records[1], *tls.concat());
    }

    #[test]
    fn without_a_name_or_an_endpoint_there_is_nothing_to_designate() {
        assert_eq!(answer(&own(None), "_dns.resolver.arpa", RecordType::SVCB), Some(&[][..]));
        assert_eq!(answer(&Own::default(), "_dns.resolver.arpa", RecordType::SVCB), Some(&[][..]));
    }

    #[test]
    fn all_of_resolver_arpa_is_ours_and_nothing_else() {
        let own = own(Some("dns.school.example"));
        for (name, rtype) in [
            ("resolver.arpa", RecordType::SOA),
            ("_dns.resolver.arpa", RecordType::A),
            ("_DNS.Resolver.Arpa", RecordType::HTTPS),
            ("other.resolver.arpa", RecordType::SVCB),
        ] {
            assert_eq!(answer(&own, name, rtype), Some(&[][..]), "{name}");
        }
        for (name, rtype) in [
            ("arpa", RecordType::A),
            ("xresolver.arpa", RecordType::SVCB),
            ("dns.school.example", RecordType::A),
            ("_dns.dns.school.example", RecordType::SVCB),
            ("other.example", RecordType::RESINFO),
        ] {
            assert_eq!(answer(&own, name, rtype), None, "{name}");
        }
        // The same octets inside a label.
        let inside = b"\x0axresolver\x08\x08resolver\x04arpa\0";
        assert!(own.answer(inside, RecordType::A).is_some());
        let inside = b"\x0ax\x08resolver\x04arpa\0";
        assert!(own.answer(inside, RecordType::A).is_none());
    }

    #[test]
    fn what_the_resolver_can_do_is_strings() {
        let own = own(Some("dns.school.example"));
        for name in ["dns.school.example", "resolver.arpa"] {
            let [data] = answer(&own, name, RecordType::RESINFO).unwrap() else { panic!("one record") };
            let mut strings = Vec::new();
            let mut rest = &data[..];
            while let [length, tail @ ..] = rest {
                let (string, tail) = tail.split_at(usize::from(*length));
                strings.push(std::str::from_utf8(string).unwrap());
                rest = tail;
            }
            let expected = ["qnamemin", "exterr=0-13,15-25,27", "infourl=https://school.example/dns"];
            assert_eq!(strings, expected);
        }
    }
}
