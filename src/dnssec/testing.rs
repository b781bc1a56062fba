//! A signer of sets for the tests of this room, by hickory: what it signs is composed and signed by the oracle.

use hickory_resolver::proto::dnssec::crypto::{
    EcdsaSigningKey, Ed25519SigningKey, RsaSigningKey, signing_key_from_der,
};
use hickory_resolver::proto::dnssec::rdata::sig::SigInput;
use hickory_resolver::proto::dnssec::{Algorithm, SigningKey, TBS};
use hickory_resolver::proto::rr::{self, DNSClass, SerialNumber};
use hickory_resolver::proto::serialize::binary::{BinDecodable, BinDecoder};

use super::delegation::DsSet;
use super::key::{Algorithms, KeyData};
use super::signature::signed_labels;
use super::verify::ZoneKeys;
use super::work::Work;
use crate::dns::{Name, RecordType, Rrset};

/// When the tests take place.
pub(super) const NOW: u32 = 1_700_000_000;
pub(super) const TTL: u32 = 3600;

pub(super) fn name(text: &str) -> Name {
    Name::from_text(text).unwrap()
}

/// A key of a zone.
pub(super) struct Signer {
    pub(super) zone: Name,
    pub(super) flags: u16,
    key: Box<dyn SigningKey>,
}

/// The fields of a signature.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    pub(super) covered: RecordType,
    pub(super) labels: usize,
    pub(super) original_ttl: u32,
    pub(super) inception: u32,
    pub(super) expiration: u32,
}

impl Terms {
    pub(super) fn of(set: &Rrset) -> Self {
        Self {
            covered: set.rtype,
            labels: signed_labels(&set.owner),
            original_ttl: TTL,
            inception: NOW - 1000,
            expiration: NOW + 100_000,
        }
    }
}

impl Signer {
    /// A new key that may sign the zone and its keys.
    pub(super) fn new(zone: &str, algorithm: u8) -> Self {
        let algorithm = Algorithm::from_u8(algorithm);
        let der = match algorithm {
            Algorithm::ED25519 => Ed25519SigningKey::generate_pkcs8().unwrap(),
            Algorithm::ECDSAP256SHA256 | Algorithm::ECDSAP384SHA384 => {
                EcdsaSigningKey::generate_pkcs8(algorithm).unwrap()
            }
            _ => {
                use aws_lc_rs::encoding::AsDer;
                use aws_lc_rs::rsa::{KeyPair, KeySize};
                let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
                let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().unwrap();
                let der = rustls::pki_types::PrivatePkcs8KeyDer::from(der.as_ref().to_vec());
                RsaSigningKey::from_pkcs8(&der, algorithm).unwrap();
                der
            }
        };
        let key = signing_key_from_der(&der.into(), algorithm).unwrap();
        Self { zone: name(zone), flags: 257, key }
    }

    /// The data of its DNSKEY record.
    pub(super) fn dnskey(&self) -> Vec<u8> {
        let key = self.key.to_public_key().unwrap().into_inner();
        [&self.flags.to_be_bytes()[..], &[3, u8::from(self.key.algorithm())], &key].concat()
    }

    pub(super) fn tag(&self) -> u16 {
        KeyData::parse(&self.dnskey()).unwrap().tag()
    }

    /// The data of an RRSIG record over a set.
    pub(super) fn sign(&self, set: &Rrset, terms: &Terms) -> Vec<u8> {
        let input = SigInput {
            type_covered: rr::RecordType::from(terms.covered.0),
            algorithm: self.key.algorithm(),
            num_labels: terms.labels as u8,
            original_ttl: terms.original_ttl,
            sig_expiration: SerialNumber::new(terms.expiration),
            sig_inception: SerialNumber::new(terms.inception),
            key_tag: self.tag(),
            signer_name: rr::Name::from_bytes(self.zone.as_wire()).unwrap(),
        };
        let records: Vec<rr::Record> = set.data().map(|data| record(set, data)).collect();
        let owner = rr::Name::from_bytes(set.owner.as_wire()).unwrap();
        let message = TBS::from_input(&owner, DNSClass::IN, &input, records.iter()).unwrap();
        let mut data = Vec::new();
        data.extend(terms.covered.0.to_be_bytes());
        data.extend([u8::from(self.key.algorithm()), terms.labels as u8]);
        for word in [terms.original_ttl, terms.expiration, terms.inception] {
            data.extend(word.to_be_bytes());
        }
        data.extend(self.tag().to_be_bytes());
        data.extend(self.zone.as_wire());
        data.extend(self.key.sign(&message).unwrap());
        data
    }

    /// A set with its signature.
    pub(super) fn signed(&self, owner: &str, rtype: RecordType, data: &[&[u8]]) -> Rrset {
        let set = unsigned(owner, rtype, data);
        let signature = self.sign(&set, &Terms::of(&set));
        with_signatures(&set, &[&signature])
    }

    /// The DNSKEY set of the zone with these keys and this one, signed by this one.
    pub(super) fn keys(&self, others: &[&Self]) -> Rrset {
        let keys: Vec<Vec<u8>> = others.iter().chain([&self]).map(|signer| signer.dnskey()).collect();
        let keys: Vec<&[u8]> = keys.iter().map(Vec::as_slice).collect();
        self.signed(&self.zone.to_string(), RecordType::DNSKEY, &keys)
    }

    pub(super) fn ds(&self, digest_type: u8) -> Rrset {
        DsSet::of_key(&self.zone, &self.dnskey(), digest_type)
    }

    /// The keys of the zone, judged.
    pub(super) fn judged(&self, others: &[&Self]) -> ZoneKeys {
        let ds = DsSet::parse(&self.ds(2), Algorithms::default());
        ZoneKeys::from_ds(&self.keys(others), &ds, NOW, &mut Work::new()).unwrap()
    }
}

pub(super) fn unsigned(owner: &str, rtype: RecordType, data: &[&[u8]]) -> Rrset {
    Rrset::new(name(owner), rtype, TTL, data.iter().copied(), [])
}

pub(super) fn with_signatures(set: &Rrset, signatures: &[&[u8]]) -> Rrset {
    Rrset::new(set.owner.clone(), set.rtype, set.ttl, set.data(), signatures.iter().copied())
}

fn record(set: &Rrset, data: &[u8]) -> rr::Record {
    let mut wire = set.owner.as_wire().to_vec();
    wire.extend(set.rtype.0.to_be_bytes());
    wire.extend([0, 1]);
    wire.extend(set.ttl.to_be_bytes());
    wire.extend((data.len() as u16).to_be_bytes());
    wire.extend(data);
    rr::Record::read(&mut BinDecoder::new(&wire)).unwrap()
}
