//! One key of a zone, read once and used for every signature that it made.

use aws_lc_rs::signature::{
    self, EcdsaVerificationAlgorithm, ParsedPublicKey, RsaParameters, RsaPublicKeyComponents,
};

/// The octets of DNSKEY data before the key (RFC 4034 §2.1).
const FIXED: usize = 4;

/// The longest modulus of an RSA key, in octets (RFC 3110 §2).
const LONGEST_MODULUS: usize = 512;

const ZONE: u16 = 0x0100;
const REVOKED: u16 = 0x0080;
const SECURE_ENTRY_POINT: u16 = 0x0001;

/// The data of a DNSKEY record.
#[derive(Clone, Copy)]
pub(super) struct KeyData<'a> {
    pub(super) data: &'a [u8],
    flags: u16,
}

impl<'a> KeyData<'a> {
    /// Nothing for what is too short, or of another protocol than 3 (RFC 4034 §2.1.2).
    pub(super) fn parse(data: &'a [u8]) -> Option<Self> {
        match data {
            [high, low, 3, _, _, ..] => Some(Self { data, flags: u16::from_be_bytes([*high, *low]) }),
            _ => None,
        }
    }

    pub(super) fn algorithm(&self) -> u8 {
        self.data[3]
    }

    /// Whether it may sign zones at all (RFC 4034 §2.1.1).
    pub(super) fn is_zone_key(&self) -> bool {
        self.flags & ZONE != 0
    }

    /// Whether its holder withdrew it (RFC 5011 §2.1).
    pub(super) fn is_revoked(&self) -> bool {
        self.flags & REVOKED != 0
    }

    /// Whether it is meant to be a trust anchor (RFC 4034 §2.1.1).
    pub(super) fn is_entry_point(&self) -> bool {
        self.flags & SECURE_ENTRY_POINT != 0
    }

    /// The data without the mark of revocation, which tells the key from itself.
    pub(super) fn unrevoked(&self) -> Box<[u8]> {
        let mut data: Box<[u8]> = self.data.into();
        data[1] &= !(REVOKED as u8);
        data
    }

    /// The key tag (RFC 4034 appendix B).
    pub(super) fn tag(&self) -> u16 {
        let (pairs, rest) = self.data.as_chunks::<2>();
        let mut sum: u32 = pairs.iter().map(|pair| u32::from(u16::from_be_bytes(*pair))).sum();
        sum += rest.first().map_or(0, |octet| u32::from(*octet) << 8);
        (sum + (sum >> 16)) as u16
    }
}

/// A key that is ready to verify with.
pub(super) struct Key {
    pub(super) tag: u16,
    pub(super) algorithm: u8,
    pub(super) is_zone_key: bool,
    /// Nothing where the octets are no key of their algorithm.
    public: Option<ParsedPublicKey>,
    /// What one verification costs, in nanoseconds; see [`Work`](super::Work).
    pub(super) cost: u32,
}

impl Key {
    pub(super) fn new(data: &KeyData<'_>) -> Self {
        let algorithm = data.algorithm();
        let public = public_key(algorithm, &data.data[FIXED..]);
        let cost = match algorithm {
            13 => 130_000,
            14 => 400_000,
            15 => 70_000,
            _ if data.data.len() <= FIXED + 4 + 256 => 30_000,
            _ => 150_000,
        };
        Self { tag: data.tag(), algorithm, is_zone_key: data.is_zone_key(), public, cost }
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.public.as_ref().is_some_and(|public| public.verify_sig(message, signature).is_ok())
    }
}

/// The algorithms whose signatures count: RSA with SHA-256 and SHA-512, ECDSA with P-256 and P-384, Ed25519. The others
/// must not be used (RFC 9904) or are used by nobody.
///
/// They are chosen where trust begins, and hold from an anchor down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Algorithms {
    /// RSA with SHA-1 (5 and 7) too. Collisions of SHA-1 can be bought, so operators are to take it for unknown, though
    /// programs must still be able to check it (RFC 9905 §2).
    pub sha1: bool,
}

impl Algorithms {
    /// All that can be checked.
    pub(super) const ALL: Self = Self { sha1: true };

    pub(super) fn include(self, algorithm: u8) -> bool {
        match algorithm {
            5 | 7 => self.sha1,
            8 | 10 | 13 | 14 | 15 => true,
            _ => false,
        }
    }
}

fn public_key(algorithm: u8, octets: &[u8]) -> Option<ParsedPublicKey> {
    match algorithm {
        5 | 7 => rsa(&signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, octets),
        8 => rsa(&signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, octets),
        10 => rsa(&signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY, octets),
        13 => ecdsa(&signature::ECDSA_P256_SHA256_FIXED, 64, octets),
        14 => ecdsa(&signature::ECDSA_P384_SHA384_FIXED, 96, octets),
        15 => ParsedPublicKey::new(&signature::ED25519, octets).ok().filter(|_| octets.len() == 32),
        _ => None,
    }
}

/// RFC 3110 §2: the exponent with its length in one octet, or in two after a zero; then the modulus.
fn rsa(parameters: &'static RsaParameters, octets: &[u8]) -> Option<ParsedPublicKey> {
    let (length, rest) = match octets {
        [0, high, low, rest @ ..] => (u16::from_be_bytes([*high, *low]), rest),
        [length, rest @ ..] => (u16::from(*length), rest),
        [] => return None,
    };
    let (e, n) = rest.split_at_checked(usize::from(length))?;
    if n.len() > LONGEST_MODULUS {
        return None;
    }
    RsaPublicKeyComponents { n, e }.to_parsed_public_key(parameters).ok()
}

/// RFC 6605 §4: the two coordinates of a point, to which SEC 1 adds an octet.
fn ecdsa(
    algorithm: &'static EcdsaVerificationAlgorithm,
    length: usize,
    octets: &[u8],
) -> Option<ParsedPublicKey> {
    let mut point = [4; 97];
    point.get_mut(1..=length)?.copy_from_slice(octets.get(..length).filter(|_| octets.len() == length)?);
    ParsedPublicKey::new(algorithm, &point[..=length]).ok()
}

#[cfg(test)]
mod tests {
    use hickory_resolver::proto::dnssec::rdata::DNSKEY;
    use hickory_resolver::proto::dnssec::{Algorithm, PublicKeyBuf};

    use super::*;

    /// The tag by the oracle.
    fn oracle(data: &[u8]) -> u16 {
        let public = PublicKeyBuf::new(data[FIXED..].to_vec(), Algorithm::from_u8(data[3]));
        DNSKEY::with_flags(257, public).calculate_key_tag().unwrap()
    }

    #[test]
    fn tags_are_those_of_the_oracle() {
        for length in [32, 33, 64, 260, 515] {
            let key: Vec<u8> = (0..length).map(|index| (index * 37 + length) as u8 | 1).collect();
            let data = [&[1, 1, 3, 8][..], &key].concat();
            assert_eq!(KeyData::parse(&data).unwrap().tag(), oracle(&data), "{length}");
        }
    }

    #[test]
    fn what_is_no_key_verifies_nothing() {
        for (algorithm, octets) in [
            (8, &[][..]),
            (8, &[0]),
            (8, &[0, 1]),
            (8, &[3, 1, 0, 1]),
            (8, &[200, 1, 0, 1]),
            (10, &[1, 3, 255, 255]),
            (13, &[7; 64]),
            (13, &[7; 65]),
            (14, &[7; 96]),
            (15, &[7; 31]),
            (16, &[7; 57]),
        ] {
            let data = [&[1, 0, 3, algorithm][..], octets, &[0][..1 - octets.len().min(1)]].concat();
            let key = Key::new(&KeyData::parse(&data).unwrap());
            assert!(!key.verifies(b"message", &[0; 64]), "{algorithm} {octets:?}");
        }
        let long = [&[1, 0, 3, 8, 3, 1, 0, 1][..], &[0xff; LONGEST_MODULUS + 1]].concat();
        assert!(Key::new(&KeyData::parse(&long).unwrap()).public.is_none());
    }

    #[test]
    fn flags_tell_what_a_key_is_for() {
        assert!(KeyData::parse(&[1, 0, 2, 8, 1]).is_none());
        assert!(KeyData::parse(&[1, 0, 3, 8]).is_none());
        let data = [1, 0x81, 3, 8, 1];
        let key = KeyData::parse(&data).unwrap();
        assert!(key.is_zone_key() && key.is_revoked() && key.is_entry_point());
        assert_eq!(*key.unrevoked(), [1, 1, 3, 8, 1]);
    }
}
