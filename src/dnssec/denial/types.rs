//! The list of types that a name has (RFC 4034 §4.1.2).

use crate::dns::RecordType;

/// The types at a name, as an NSEC or NSEC3 record lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types<'a>(&'a [u8]);

impl<'a> Types<'a> {
    /// Takes blocks of a number, a length of 1 to 32, and as many octets of bits; the numbers rise.
    pub(super) fn parse(octets: &'a [u8]) -> Option<Self> {
        let (mut rest, mut least) = (octets, 0);
        while let [window, length @ 1..=32, tail @ ..] = rest {
            if u16::from(*window) < least {
                return None;
            }
            least = u16::from(*window) + 1;
            rest = tail.get(usize::from(*length)..)?;
        }
        rest.is_empty().then_some(Self(octets))
    }

    /// Whether a type is there.
    pub fn contains(self, rtype: RecordType) -> bool {
        let [window, bit] = rtype.0.to_be_bytes();
        let mut rest = self.0;
        while let [number, length, tail @ ..] = rest {
            let Some((bits, tail)) = tail.split_at_checked(usize::from(*length)) else { return false };
            if *number == window {
                return bits.get(usize::from(bit / 8)).is_some_and(|octet| octet & 0x80 >> (bit % 8) != 0);
            }
            rest = tail;
        }
        false
    }

    /// Whether the name is where another zone begins, seen from above.
    pub fn is_delegation(self) -> bool {
        self.contains(RecordType::NS) && !self.contains(RecordType::SOA)
    }

    /// Whether what is below the name is elsewhere, so that its record proves nothing about it (RFC 6840 §4.1).
    pub fn ends_authority(self) -> bool {
        self.is_delegation() || self.contains(RecordType::DNAME)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_4034() {
        // A MX RRSIG NSEC TYPE1234 (§4.3).
        let mut octets = b"\0\x06\x40\x01\0\0\0\x03\x04\x1b".to_vec();
        octets.resize(octets.len() + 26, 0);
        octets.push(0x20);
        let types = Types::parse(&octets).unwrap();
        for (number, is_there) in [
            (1, true),
            (15, true),
            (46, true),
            (47, true),
            (1234, true),
            (2, false),
            (1233, false),
            (600, false),
        ] {
            assert_eq!(types.contains(RecordType(number)), is_there, "{number}");
        }
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for octets in [&b"\0"[..], b"\0\0", b"\0\x02\x40", b"\0\x01\x40\0\x01\x40", b"\x01\x01\x40\0\x01\x40"]
        {
            assert_eq!(Types::parse(octets), None, "{octets:?}");
        }
        assert!(Types::parse(&[&[0, 33][..], &[1; 33]].concat()).is_none());
        assert!(!Types::parse(b"").unwrap().contains(RecordType::A));
    }
}
