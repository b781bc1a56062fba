//! IPv4 addresses written as IPv6 under a prefix (RFC 6052), which a NAT64 takes to IPv4.

use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::Ipv6Net;
use serde::{Deserialize, Serialize};

use super::internal::is_internal;
use crate::dns::{Name, labels};

/// Octet 8 is zero under every prefix (RFC 6052 §2.2).
const RESERVED: usize = 8;

/// A prefix under which IPv4 addresses are written, of 32, 40, 48, 56, 64 or 96 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Ipv6Net", into = "Ipv6Net")]
pub struct Nat64(Ipv6Net);

impl Nat64 {
    /// The prefix that everybody may use, for addresses of the public Internet alone (RFC 6052 §2.1).
    pub const WELL_KNOWN: Self = Self(Ipv6Net::new_assert(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96));

    /// The address that stands for an IPv4 address; none where the well-known prefix would stand for one that is
    /// not of the public Internet (RFC 6052 §3.1).
    pub fn embed(self, address: Ipv4Addr) -> Option<Ipv6Addr> {
        if self == Self::WELL_KNOWN && is_internal(address.into()) {
            return None;
        }
        let mut octets = self.0.network().octets();
        for (place, octet) in self.places().zip(address.octets()) {
            octets[place] = octet;
        }
        Some(octets.into())
    }

    /// The IPv4 address that an address under the prefix stands for.
    pub fn extract(self, address: Ipv6Addr) -> Option<Ipv4Addr> {
        if !self.0.contains(&address) {
            return None;
        }
        let mut octets = [0; 4];
        for (place, octet) in self.places().zip(&mut octets) {
            *octet = address.octets()[place];
        }
        Some(octets.into())
    }

    /// For the name under which an address of the prefix is looked up backwards, that of its IPv4 address
    /// (RFC 6147 §5.3.1). The name is in lower case, in wire format.
    pub fn reverse(self, name: &[u8]) -> Option<Name> {
        let mut labels = labels(name);
        let mut octets = [0_u8; 16];
        // The last four bits come first.
        for place in (0..32).rev() {
            let [digit] = labels.next()? else { return None };
            let bits = (*digit as char).to_digit(16)? as u8;
            octets[place / 2] |= if place % 2 == 0 { bits << 4 } else { bits };
        }
        if !labels.eq([b"ip6", &b"arpa"[..]]) {
            return None;
        }
        let [a, b, c, d] = self.extract(octets.into())?.octets();
        Name::from_text(&format!("{d}.{c}.{b}.{a}.in-addr.arpa")).ok()
    }

    /// Where the octets of an IPv4 address stand.
    fn places(self) -> impl Iterator<Item = usize> {
        let start = usize::from(self.0.prefix_len() / 8);
        (start..16).filter(|place| *place != RESERVED).take(4)
    }
}

impl TryFrom<Ipv6Net> for Nat64 {
    type Error = &'static str;

    fn try_from(prefix: Ipv6Net) -> Result<Self, Self::Error> {
        let prefix = prefix.trunc();
        if !matches!(prefix.prefix_len(), 32 | 40 | 48 | 56 | 64 | 96) {
            return Err("a NAT64 prefix has 32, 40, 48, 56, 64 or 96 bits, such as 64:ff9b::/96");
        }
        if prefix.network().octets()[RESERVED] != 0 {
            return Err("bits 64 to 71 of a NAT64 prefix are zero (RFC 6052 §2.2)");
        }
        Ok(Self(prefix))
    }
}

impl From<Nat64> for Ipv6Net {
    fn from(prefix: Nat64) -> Self {
        prefix.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefix(text: &str) -> Result<Nat64, &'static str> {
        text.parse::<Ipv6Net>().unwrap().try_into()
    }

    #[test]
    fn the_examples_of_rfc_6052_are_met() {
        let address: Ipv4Addr = "192.0.2.33".parse().unwrap();
        for (text, written) in [
            ("2001:db8::/32", "2001:db8:c000:221::"),
            ("2001:db8:100::/40", "2001:db8:1c0:2:21::"),
            ("2001:db8:122::/48", "2001:db8:122:c000:2:2100::"),
            ("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"),
            ("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::"),
            ("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33"),
            ("64:ff9b::/96", "64:ff9b::192.0.2.33"),
        ] {
            let prefix = prefix(text).unwrap();
            let written: Ipv6Addr = written.parse().unwrap();
            assert_eq!(prefix.embed(address), Some(written), "{text}");
            assert_eq!(prefix.extract(written), Some(address), "{text}");
            assert_eq!(prefix.extract("2001:db9::1".parse().unwrap()), None);
        }
    }

    #[test]
    fn what_is_no_prefix_is_refused() {
        assert!(prefix("64:ff9b::/95").is_err());
        assert!(prefix("2001:db8::/128").is_err());
        assert!(prefix("2001:db8:0:0:100::/96").is_err());
        assert_eq!(prefix("64:ff9b::5/96").unwrap(), Nat64::WELL_KNOWN);
    }

    #[test]
    fn the_well_known_prefix_is_for_the_public_internet() {
        for (address, is_embedded) in
            [("10.0.0.1", false), ("127.0.0.1", false), ("192.0.0.170", true), ("198.51.100.1", true)]
        {
            let address = address.parse().unwrap();
            assert_eq!(Nat64::WELL_KNOWN.embed(address).is_some(), is_embedded, "{address}");
            assert!(prefix("2001:db8::/96").unwrap().embed(address).is_some());
        }
    }

    #[test]
    fn names_of_addresses_are_led_to_ipv4() {
        let zeros = "0.".repeat(16);
        let name = |text: &str| Name::from_text(text).unwrap();
        let backwards = format!("1.2.2.0.0.0.0.c.{zeros}b.9.f.f.4.6.0.0.ip6.arpa");
        let found = Nat64::WELL_KNOWN.reverse(name(&backwards).as_wire());
        assert_eq!(found, Some(name("33.2.0.192.in-addr.arpa")));
        for other in [
            format!("1.2.2.0.0.0.0.c.{zeros}c.9.f.f.4.6.0.0.ip6.arpa"),
            format!("1.2.2.0.0.0.0.c.{zeros}b.9.f.f.4.6.0.0.ip6.example"),
            format!("0.1.2.2.0.0.0.0.c.{zeros}b.9.f.f.4.6.0.0.ip6.arpa"),
            format!("2.2.0.0.0.0.c.{zeros}b.9.f.f.4.6.0.0.ip6.arpa"),
            format!("g.2.2.0.0.0.0.c.{zeros}b.9.f.f.4.6.0.0.ip6.arpa"),
            "ip6.arpa".into(),
        ] {
            assert_eq!(Nat64::WELL_KNOWN.reverse(name(&other).as_wire()), None, "{other}");
        }
    }
}
