//! Keys and signatures (RFC 4034), made from the zone's name: the same zone has the same keys in every run,
//! RSA's aside.

use std::sync::{Arc, OnceLock};

use aws_lc_rs::agreement::{self, PrivateKey};
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RsaKeyPair,
};
use rempart::dns::{Name, Record, RecordType, labels};
use serde::Deserialize;

/// What a zone can be signed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Algorithm {
    /// Its signatures are not real: who validates treats the zone as insecure (RFC 9905).
    Rsasha1,
    Rsasha256,
    Rsasha512,
    Ecdsap256sha256,
    Ecdsap384sha384,
    #[default]
    Ed25519,
    /// An algorithm that nobody knows.
    Unknown,
}

impl Algorithm {
    /// Its number (RFC 8624).
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Rsasha1 => 5,
            Self::Rsasha256 => 8,
            Self::Rsasha512 => 10,
            Self::Ecdsap256sha256 => 13,
            Self::Ecdsap384sha384 => 14,
            Self::Ed25519 => 15,
            Self::Unknown => 123,
        }
    }
}

/// A pair of keys.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) algorithm: Algorithm,
    /// The data of the DNSKEY record.
    pub(super) dnskey: Vec<u8>,
    secret: Arc<Secret>,
}

enum Secret {
    Rsa(&'static RsaKeyPair),
    Ecdsa(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
    None,
}

/// One pair for all zones: it takes long to make.
fn rsa() -> &'static RsaKeyPair {
    static PAIR: OnceLock<RsaKeyPair> = OnceLock::new();
    PAIR.get_or_init(|| RsaKeyPair::generate(KeySize::Rsa2048).unwrap())
}

impl Key {
    /// The key number `id` of a zone, with these flags.
    pub(super) fn new(origin: &Name, algorithm: Algorithm, id: u8, flags: u16) -> Self {
        let seed = [origin.to_lowercase().as_wire(), &[algorithm.number(), id]].concat();
        let seed = digest(&SHA384, &seed);
        let (secret, public) = pair(algorithm, seed.as_ref());
        let dnskey = [&flags.to_be_bytes()[..], &[3, algorithm.number()], &public].concat();
        Self { algorithm, dnskey, secret: Arc::new(secret) }
    }

    pub(super) fn tag(&self) -> u16 {
        tag(&self.dnskey)
    }

    fn sign(&self, octets: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &*self.secret {
            Secret::Rsa(pair) => {
                let padding = if self.algorithm == Algorithm::Rsasha512 {
                    &RSA_PKCS1_SHA512
                } else {
                    &RSA_PKCS1_SHA256
                };
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(padding, &random, octets, &mut signature).unwrap();
                signature
            }
            Secret::Ecdsa(pair) => pair.sign(&random, octets).unwrap().as_ref().to_vec(),
            Secret::Ed25519(pair) => pair.sign(octets).as_ref().to_vec(),
            Secret::None => digest(&SHA512, octets).as_ref().to_vec(),
        }
    }

    /// The data of a DS record for this key as `origin`'s. Digest types that nobody knows get nonsense.
    pub(super) fn delegation(&self, origin: &Name, digest_type: u8) -> Vec<u8> {
        let covered = [origin.to_lowercase().as_wire(), &self.dnskey].concat();
        let digested = match digest_type {
            1 => digest(&SHA1_FOR_LEGACY_USE_ONLY, &covered),
            4 => digest(&SHA384, &covered),
            _ => digest(&SHA256, &covered),
        };
        let head = [&self.tag().to_be_bytes()[..], &[self.algorithm.number(), digest_type]].concat();
        [&head, digested.as_ref()].concat()
    }

    /// A public key of the same algorithm and tag that signed nothing: a validator has to try it.
    pub(super) fn colliding(&self, number: u8) -> Vec<u8> {
        let mut dnskey = self.dnskey.clone();
        // Moving the same amount between two words of the sum leaves the tag as it is.
        let (more, less) = (12, 14);
        let shift = |dnskey: &mut Vec<u8>, at: usize, amount: i32| {
            let word = i32::from(u16::from_be_bytes([dnskey[at], dnskey[at + 1]])) + amount;
            let word = u16::try_from(word.rem_euclid(0x10000)).unwrap();
            dnskey[at..at + 2].copy_from_slice(&word.to_be_bytes());
        };
        let amount = 257 * (i32::from(number) + 1);
        shift(&mut dnskey, more, amount);
        shift(&mut dnskey, less, -amount);
        // The carry of a wrapped word shows in the tag; a third word mends it, itself with a carry at times.
        while tag(&dnskey) != self.tag() {
            let distance = i32::from(self.tag()) - i32::from(tag(&dnskey));
            shift(&mut dnskey, 16, distance);
        }
        dnskey
    }
}

fn pair(algorithm: Algorithm, seed: &[u8]) -> (Secret, Vec<u8>) {
    match algorithm {
        Algorithm::Rsasha256 | Algorithm::Rsasha512 => {
            let key = rsa().public_key();
            let exponent = key.exponent().big_endian_without_leading_zero().to_vec();
            let modulus = key.modulus().big_endian_without_leading_zero().to_vec();
            (Secret::Rsa(rsa()), [vec![exponent.len() as u8], exponent, modulus].concat())
        }
        Algorithm::Ecdsap256sha256 | Algorithm::Ecdsap384sha384 => {
            let (curve, signing, length) = match algorithm {
                Algorithm::Ecdsap256sha256 => (&agreement::ECDH_P256, &ECDSA_P256_SHA256_FIXED_SIGNING, 32),
                _ => (&agreement::ECDH_P384, &ECDSA_P384_SHA384_FIXED_SIGNING, 48),
            };
            // Below the order of the group whatever the seed.
            let mut scalar = seed[..length].to_vec();
            scalar[0] &= 0x7f;
            let public = PrivateKey::from_private_key(curve, &scalar).unwrap().compute_public_key().unwrap();
            let pair =
                EcdsaKeyPair::from_private_key_and_public_key(signing, &scalar, public.as_ref()).unwrap();
            // Without the octet that says that the point is not compressed (RFC 6605 §4).
            (Secret::Ecdsa(pair), public.as_ref()[1..].to_vec())
        }
        Algorithm::Ed25519 => {
            let pair = Ed25519KeyPair::from_seed_unchecked(&seed[..32]).unwrap();
            let public = pair.public_key().as_ref().to_vec();
            (Secret::Ed25519(pair), public)
        }
        Algorithm::Rsasha1 | Algorithm::Unknown => (Secret::None, [&[3, 1, 0, 1], seed, seed, seed].concat()),
    }
}

/// RFC 4034, appendix B.
pub(super) fn tag(dnskey: &[u8]) -> u16 {
    let sum: u32 = dnskey
        .iter()
        .enumerate()
        .map(|(at, octet)| u32::from(*octet) << if at % 2 == 0 { 8 } else { 0 })
        .sum();
    (sum + (sum >> 16)) as u16
}

/// What a signature says of itself.
#[derive(Clone, Debug)]
pub(super) struct Claims {
    pub(super) algorithm: u8,
    pub(super) labels: u8,
    pub(super) inception: u32,
    pub(super) expiration: u32,
    pub(super) tag: u16,
    pub(super) signer: Name,
}

impl Claims {
    /// Sound claims of a zone's key over a set with this owner.
    pub(super) fn new(key: &Key, zone: &Name, owner: &Name) -> Self {
        const YEAR_2020: u32 = 1_577_836_800;
        const YEAR_2084: u32 = 3_597_523_200;
        let wildcard = labels(owner.as_wire()).next() == Some(b"*");
        Self {
            algorithm: key.algorithm.number(),
            labels: owner.label_count() as u8 - u8::from(wildcard),
            inception: YEAR_2020,
            expiration: YEAR_2084,
            tag: key.tag(),
            signer: zone.to_lowercase(),
        }
    }

    /// The RRSIG record over a set, whose octets pass through `spoil`.
    pub(super) fn sign(&self, key: &Key, records: &[Record], spoil: impl FnOnce(&mut Vec<u8>)) -> Record {
        let first = &records[0];
        let mut head = first.rtype.0.to_be_bytes().to_vec();
        head.extend([self.algorithm, self.labels]);
        head.extend(first.ttl.to_be_bytes());
        head.extend(self.expiration.to_be_bytes());
        head.extend(self.inception.to_be_bytes());
        head.extend(self.tag.to_be_bytes());
        head.extend(self.signer.as_wire());
        let mut signed = head.clone();
        let mut data: Vec<Vec<u8>> = records.iter().map(canonical_data).collect();
        data.sort();
        data.dedup();
        for data in data {
            signed.extend(first.owner.to_lowercase().as_wire());
            signed.extend(first.rtype.0.to_be_bytes());
            signed.extend([0, 1]);
            signed.extend(first.ttl.to_be_bytes());
            signed.extend((data.len() as u16).to_be_bytes());
            signed.extend(data);
        }
        let mut signature = key.sign(&signed);
        spoil(&mut signature);
        let data = [head, signature].concat().into();
        Record { owner: first.owner.clone(), rtype: RecordType::RRSIG, ttl: first.ttl, data }
    }
}

/// Data with the names in it in lower case (RFC 4034 §6.2).
fn canonical_data(record: &Record) -> Vec<u8> {
    let mut data = record.data.to_vec();
    match record.rtype {
        RecordType::NS | RecordType::CNAME | RecordType::DNAME | RecordType::PTR => {
            data.make_ascii_lowercase()
        }
        RecordType::MX => data[2..].make_ascii_lowercase(),
        RecordType::SOA => {
            let names = data.len() - 20;
            data[..names].make_ascii_lowercase();
        }
        _ => {}
    }
    data
}
