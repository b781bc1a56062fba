//! Numbers of the protocol, as types: record types, classes, response codes and extended errors.
//!
//! Each is a transparent wrapper with constants for what the program names, because unknown numbers are
//! ordinary here (RFC 3597) and must pass through unchanged.

use std::borrow::Cow;
use std::fmt;

/// A record type or QTYPE (RFC 1035 §3.2.2, RFC 6895 §3.1).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordType(pub u16);

macro_rules! record_types {
    ($($name:ident = $number:literal),* $(,)?) => {
        impl RecordType {
            $(#[doc = concat!("Type ", stringify!($number), ".")] pub const $name: Self = Self($number);)*
        }
        const RECORD_TYPES: &[(&str, RecordType)] = &[$((stringify!($name), RecordType::$name)),*];
    };
}

record_types! {
    A = 1, NS = 2, CNAME = 5, SOA = 6, PTR = 12, HINFO = 13, MX = 15, TXT = 16, AAAA = 28, SRV = 33,
    NAPTR = 35, DNAME = 39, OPT = 41, DS = 43, RRSIG = 46, NSEC = 47, DNSKEY = 48, NSEC3 = 50, TLSA = 52,
    SVCB = 64, HTTPS = 65, NXNAME = 128, TKEY = 249, TSIG = 250, IXFR = 251, AXFR = 252, MAILB = 253,
    MAILA = 254, ANY = 255, CAA = 257, RESINFO = 261,
}

impl RecordType {
    /// Reads a mnemonic (`AAAA`) or the generic form `TYPE123` (RFC 3597 §5), in any letter case.
    pub fn from_text(text: &str) -> Option<Self> {
        let upper = text.to_ascii_uppercase();
        match RECORD_TYPES.iter().find(|(name, _)| *name == upper) {
            Some((_, rtype)) => Some(*rtype),
            None => upper.strip_prefix("TYPE")?.parse().ok().map(Self),
        }
    }
}

impl fmt::Display for RecordType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match RECORD_TYPES.iter().find(|(_, rtype)| rtype == self) {
            Some((name, _)) => f.write_str(name),
            None => write!(f, "TYPE{}", self.0),
        }
    }
}

impl fmt::Debug for RecordType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A class (RFC 1035 §3.2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Class(pub u16);

impl Class {
    /// The Internet.
    pub const IN: Self = Self(1);
    /// Chaos, used to ask a server about itself.
    pub const CH: Self = Self(3);
}

/// A response code, with the eight further bits that EDNS adds (RFC 6895 §2.3), 0 to 4095.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rcode(pub u16);

impl Rcode {
    /// No error.
    pub const NOERROR: Self = Self(0);
    /// The query could not be read.
    pub const FORMERR: Self = Self(1);
    /// The name could not be resolved.
    pub const SERVFAIL: Self = Self(2);
    /// The name does not exist.
    pub const NXDOMAIN: Self = Self(3);
    /// This kind of query is not supported.
    pub const NOTIMP: Self = Self(4);
    /// The server will not answer this client or this question.
    pub const REFUSED: Self = Self(5);
    /// A name that a DNAME leads to would be too long (RFC 6672 §2.2).
    pub const YXDOMAIN: Self = Self(6);
    /// The EDNS version is not supported (RFC 6891 §9).
    pub const BADVERS: Self = Self(16);
    /// Come again with the server cookie of this reply (RFC 7873 §5.2.3).
    pub const BADCOOKIE: Self = Self(23);
}

/// The INFO-CODE of an extended DNS error (RFC 8914 §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Info(pub u16);

impl Info {
    /// None of the registered codes.
    pub const OTHER: Self = Self(0);
    /// No algorithm of the zone's keys can be checked here.
    pub const UNSUPPORTED_ALGORITHM: Self = Self(1);
    /// No digest of the zone's DS records can be checked here.
    pub const UNSUPPORTED_DIGEST: Self = Self(2);
    /// The data has outlived its TTL and could not be renewed (RFC 8767).
    pub const STALE_ANSWER: Self = Self(3);
    /// The answer was made up by this server, as a redirect is.
    pub const FORGED_ANSWER: Self = Self(4);
    /// Validation ended indeterminate.
    pub const DNSSEC_INDETERMINATE: Self = Self(5);
    /// Validation failed.
    pub const DNSSEC_BOGUS: Self = Self(6);
    /// A signature has expired.
    pub const SIGNATURE_EXPIRED: Self = Self(7);
    /// A signature is not yet valid.
    pub const SIGNATURE_NOT_YET_VALID: Self = Self(8);
    /// No DNSKEY matches the DS.
    pub const DNSKEY_MISSING: Self = Self(9);
    /// A signature is missing.
    pub const RRSIGS_MISSING: Self = Self(10);
    /// The key that should sign is no zone key.
    pub const NO_ZONE_KEY_BIT: Self = Self(11);
    /// A proof of non-existence is missing.
    pub const NSEC_MISSING: Self = Self(12);
    /// The failure was met a moment ago and is remembered (RFC 9520).
    pub const CACHED_ERROR: Self = Self(13);
    /// Blocked by the operator's own policy.
    pub const BLOCKED: Self = Self(15);
    /// Blocked because an outside authority requires it.
    pub const CENSORED: Self = Self(16);
    /// Blocked because the client's side asked for it.
    pub const FILTERED: Self = Self(17);
    /// This client may not ask.
    pub const PROHIBITED: Self = Self(18);
    /// NXDOMAIN that has outlived its TTL and could not be renewed.
    pub const STALE_NXDOMAIN: Self = Self(19);
    /// The server is not authoritative and was not asked to recurse.
    pub const NOT_AUTHORITATIVE: Self = Self(20);
    /// The operation or class is not supported.
    pub const NOT_SUPPORTED: Self = Self(21);
    /// No authoritative server answered.
    pub const NO_REACHABLE_AUTHORITY: Self = Self(22);
    /// The network, or our share of it, failed.
    pub const NETWORK_ERROR: Self = Self(23);
    /// What the servers say cannot be.
    pub const INVALID_DATA: Self = Self(24);
    /// A signature expires before it begins.
    pub const SIGNATURE_EXPIRED_BEFORE_VALID: Self = Self(25);
    /// The NSEC3 records ask for more iterations than are computed (RFC 9276).
    pub const UNSUPPORTED_NSEC3_ITERATIONS: Self = Self(27);

    /// Whether it says that data did not validate.
    pub fn is_of_validation(self) -> bool {
        let range = Self::DNSSEC_INDETERMINATE.0..=Self::NSEC_MISSING.0;
        range.contains(&self.0) || self == Self::SIGNATURE_EXPIRED_BEFORE_VALID
    }

    /// Every code above, in ascending order.
    pub const ALL: &[Self] = &[
        Self::OTHER,
        Self::UNSUPPORTED_ALGORITHM,
        Self::UNSUPPORTED_DIGEST,
        Self::STALE_ANSWER,
        Self::FORGED_ANSWER,
        Self::DNSSEC_INDETERMINATE,
        Self::DNSSEC_BOGUS,
        Self::SIGNATURE_EXPIRED,
        Self::SIGNATURE_NOT_YET_VALID,
        Self::DNSKEY_MISSING,
        Self::RRSIGS_MISSING,
        Self::NO_ZONE_KEY_BIT,
        Self::NSEC_MISSING,
        Self::CACHED_ERROR,
        Self::BLOCKED,
        Self::CENSORED,
        Self::FILTERED,
        Self::PROHIBITED,
        Self::STALE_NXDOMAIN,
        Self::NOT_AUTHORITATIVE,
        Self::NOT_SUPPORTED,
        Self::NO_REACHABLE_AUTHORITY,
        Self::NETWORK_ERROR,
        Self::INVALID_DATA,
        Self::SIGNATURE_EXPIRED_BEFORE_VALID,
        Self::UNSUPPORTED_NSEC3_ITERATIONS,
    ];
}

/// An extended DNS error: a code and a text for people (RFC 8914 §2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtendedError {
    /// What went wrong.
    pub info: Info,
    /// UTF-8, without a final NUL; empty for none.
    pub text: Cow<'static, str>,
}

impl ExtendedError {
    /// An error with a fixed text.
    pub const fn new(info: Info, text: &'static str) -> Self {
        Self { info, text: Cow::Borrowed(text) }
    }
}

impl fmt::Display for ExtendedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.text {
            "" => write!(f, "extended error {}", self.info.0),
            text => write!(f, "{text} (extended error {})", self.info.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn record_types_read_what_they_show() {
        for text in ["A", "HTTPS", "TYPE65400"] {
            assert_eq!(RecordType::from_text(text).unwrap().to_string(), text);
        }
        assert_eq!(RecordType::from_text("type28"), Some(RecordType::AAAA));
        assert_eq!(RecordType::from_text("TYPE70000"), None);
        assert_eq!(RecordType::from_text("BOGUS"), None);
    }
}
