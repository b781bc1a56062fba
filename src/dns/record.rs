//! What is asked and what was found, owned: the form in which questions and answers cross rooms.
//!
//! A [`Record`]'s data is uncompressed wire format, so whoever holds one needs no message to read it.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::codes::{Class, ExtendedError, Rcode, RecordType};
use super::name::{Name, wire_length};

const IPV4_HINT: u16 = 4;
const IPV6_HINT: u16 = 6;

/// One question (RFC 1035 §4.1.2). Names compare without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// QNAME.
    pub name: Name,
    /// QTYPE.
    pub rtype: RecordType,
    /// QCLASS.
    pub class: Class,
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.rtype)
    }
}

/// One resource record of class IN.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    /// Whose record it is.
    pub owner: Name,
    /// Its type.
    pub rtype: RecordType,
    /// Seconds for which it may be kept, from the moment that it was found.
    pub ttl: u32,
    /// RDATA in wire format without compression, at most 65,535 octets.
    pub data: Box<[u8]>,
}

/// Why octets are not the data of a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// A type that is not known by name.
    #[error("unknown record type `{0}`")]
    Type(String),
    /// Data that does not fit its type.
    #[error("bad {rtype} data `{data}`: {reason}")]
    Data {
        /// The type.
        rtype: RecordType,
        /// The text as written.
        data: String,
        /// What it should have been.
        reason: &'static str,
    },
}

impl Record {
    /// The addresses that the record leads a client to: that of an A or AAAA record, or the hints of an HTTPS or
    /// SVCB record (RFC 9460 §7.3).
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> + '_ {
        addresses(self.rtype, &self.data)
    }

    /// The name that a CNAME record points to.
    pub fn alias(&self) -> Option<Name> {
        if self.rtype == RecordType::CNAME { Name::from_wire(&self.data).ok() } else { None }
    }

    /// The name that the record leads a client to: that of a CNAME record, or the target of an HTTPS or SVCB
    /// record that is not the owner itself (RFC 9460 §2.5).
    pub fn leads_to(&self) -> Option<Name> {
        match self.rtype {
            RecordType::HTTPS | RecordType::SVCB => {
                let target = self.data.get(2..)?;
                let length = wire_length(target).filter(|length| *length > 1)?;
                Name::from_wire(&target[..length]).ok()
            }
            _ => self.alias(),
        }
    }

    /// The MINIMUM field of a SOA record, in seconds (RFC 2308 §4).
    pub fn minimum(&self) -> Option<u32> {
        if self.rtype != RecordType::SOA {
            return None;
        }
        let tail = self.data.last_chunk::<4>()?;
        Some(u32::from_be_bytes(*tail))
    }

    /// Where each domain name inside the data begins, for the types whose names may be compressed when a
    /// message is composed: those of RFC 1035 alone (RFC 3597 §4).
    pub(super) fn compressible(&self) -> Option<(usize, usize)> {
        let (start, count) = match self.rtype {
            RecordType::NS | RecordType::CNAME | RecordType::PTR => (0, 1),
            RecordType::SOA => (0, 2),
            RecordType::MX => (2, 1),
            _ => return None,
        };
        let mut end = start;
        for _ in 0..count {
            end += wire_length(self.data.get(end..)?)?;
        }
        Some((start, end))
    }
}

/// The addresses in the data of a record; see [`Record::addresses`].
pub(super) fn addresses(rtype: RecordType, data: &[u8]) -> impl Iterator<Item = IpAddr> + '_ {
    let (v4, v6) = match rtype {
        RecordType::A => (data, &[][..]),
        RecordType::AAAA => (&[][..], data),
        RecordType::HTTPS | RecordType::SVCB => {
            (parameter(data, IPV4_HINT).unwrap_or_default(), parameter(data, IPV6_HINT).unwrap_or_default())
        }
        _ => (&[][..], &[][..]),
    };
    let v4 = v4.as_chunks::<4>().0.iter().map(|octets| IpAddr::V4(Ipv4Addr::from(*octets)));
    let v6 = v6.as_chunks::<16>().0.iter().map(|octets| IpAddr::V6(Ipv6Addr::from(*octets)));
    v4.chain(v6)
}

/// The value of a parameter in HTTPS or SVCB data: priority, target, then key, length and value, repeated.
fn parameter(data: &[u8], wanted: u16) -> Option<&[u8]> {
    let target = data.get(2..)?;
    let mut rest = target.get(wire_length(target)?..)?;
    loop {
        let ([key_high, key_low, length @ ..], tail) = rest.split_first_chunk::<4>()?;
        let (value, tail) = tail.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        if u16::from_be_bytes([*key_high, *key_low]) == wanted {
            return Some(value);
        }
        rest = tail;
    }
}

/// What resolving a question brought, with the chain of aliases in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// NOERROR, NXDOMAIN, SERVFAIL or what a forwarder said.
    pub rcode: Rcode,
    /// Whether every record and denial was validated (RFC 4035 §3.2.3): the AD bit.
    pub authentic: bool,
    /// The answer section: aliases from the question's name on, then what they lead to, with signatures where
    /// the client asked for them.
    pub answer: Vec<Record>,
    /// The authority section: the SOA of a negative answer and, with DO, its proofs.
    pub authority: Vec<Record>,
    /// What to tell the client beside the rcode.
    pub errors: Vec<ExtendedError>,
}

impl Found {
    /// A failure: SERVFAIL with a reason.
    pub fn failure(error: ExtendedError) -> Self {
        Self {
            rcode: Rcode::SERVFAIL,
            authentic: false,
            answer: Vec::new(),
            authority: Vec::new(),
            errors: vec![error],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_read_by_its_type() {
        let record = |rtype, data: &[u8]| Record { owner: Name::root(), rtype, ttl: 0, data: data.into() };
        let addresses = |rtype, data: &[u8]| -> Vec<String> {
            record(rtype, data).addresses().map(|address| address.to_string()).collect()
        };
        assert_eq!(addresses(RecordType::A, &[192, 0, 2, 1]), ["192.0.2.1"]);
        assert!(addresses(RecordType::A, &[192, 0, 2]).is_empty());
        assert!(addresses(RecordType::TXT, &[192, 0, 2, 1]).is_empty());
        let https = b"\0\x01\x01t\0\0\x01\0\x03\x02h2\0\x04\0\x08\xc0\0\x02\x01\xc0\0\x02\x02";
        assert_eq!(addresses(RecordType::HTTPS, https), ["192.0.2.1", "192.0.2.2"]);
        assert_eq!(record(RecordType::HTTPS, https).leads_to(), Some(Name::from_text("t").unwrap()));
        assert_eq!(record(RecordType::HTTPS, b"\0\x01\0").leads_to(), None);
        assert!(addresses(RecordType::HTTPS, &https[..https.len() - 1]).is_empty());
        assert_eq!(record(RecordType::CNAME, b"\x01a\0").alias(), Some(Name::from_text("a").unwrap()));
        assert_eq!(record(RecordType::CNAME, b"\x01a").alias(), None);
        let soa = record(RecordType::SOA, b"\0\x01a\0\0\0\0\x01\0\0\0\x02\0\0\0\x03\0\0\0\x04\0\0\x01\0");
        assert_eq!(soa.minimum(), Some(256));
        assert_eq!(soa.compressible(), Some((0, 4)));
    }
}
