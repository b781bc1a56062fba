//! For tests: [`Signer`], a key of any kind with its private half, and [`Publisher`], key holders who sign whatever
//! they are told to, each of them for every role. A whole repository is in `attacks::repository`.

use std::rc::Rc;

use aws_lc_rs::digest::{SHA512, digest};
use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PSS_SHA256, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};
use tough::schema::decoded::{Encode, Hex};

use crate::trust::{Document, SPEC_VERSION, TOP_LEVEL_ROLES, ed25519_key, key_id, sha256};

pub(super) struct Publisher {
    signers: Vec<Signer>,
    threshold: u64,
}

type Sign = dyn Fn(&[u8]) -> Vec<u8>;

/// A key as metadata lists it, and what signs with it.
#[derive(Clone)]
pub(super) struct Signer {
    key: Value,
    sign: Rc<Sign>,
}

impl Signer {
    /// An Ed25519 key, the same for the same seed, held by `name`.
    pub(super) fn new(seed: u8, name: &str) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap();
        let key = ed25519_key(pair.public_key().as_ref(), name);
        Self { key, sign: Rc::new(move |message| pair.sign(message).as_ref().to_vec()) }
    }

    pub(super) fn ecdsa() -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let public = pem_of(pair.public_key());
        let key = json!({"keytype": "ecdsa", "scheme": "ecdsa-sha2-nistp256", "keyval": {"public": public}});
        let sign = move |message: &[u8]| pair.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec();
        Self { key, sign: Rc::new(sign) }
    }

    pub(super) fn rsa() -> Self {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let public = pem_of(pair.public_key());
        let key = json!({"keytype": "rsa", "scheme": "rsassa-pss-sha256", "keyval": {"public": public}});
        let sign = move |message: &[u8]| {
            let mut signature = vec![0; pair.public_modulus_len()];
            pair.sign(&RSA_PSS_SHA256, &SystemRandom::new(), message, &mut signature).unwrap();
            signature
        };
        Self { key, sign: Rc::new(sign) }
    }

    /// The same key, listed with this field: under another id.
    pub(super) fn listed_with(mut self, field: &str, value: Value) -> Self {
        self.key[field] = value;
        self
    }

    pub(super) fn key(&self) -> Value {
        self.key.clone()
    }

    pub(super) fn id(&self) -> String {
        key_id(&self.key).unwrap()
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        (self.sign)(message)
    }
}

fn pem_of(key: &impl AsDer<PublicKeyX509Der<'static>>) -> String {
    let text = STANDARD.encode(key.as_der().unwrap().as_ref());
    format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n")
}

impl Publisher {
    pub(super) fn new(signers: u8, threshold: u64) -> Self {
        Self::with_seeds(&(0..signers).collect::<Vec<_>>(), threshold)
    }

    pub(super) fn with_seeds(seeds: &[u8], threshold: u64) -> Self {
        let signers = seeds.iter().map(|seed| Signer::new(*seed, &format!("holder-{seed}"))).collect();
        Self { signers, threshold }
    }

    pub(super) fn signer(&self, index: usize) -> &Signer {
        &self.signers[index]
    }

    /// Version 1, signed by all.
    pub(super) fn root(&self) -> Vec<u8> {
        self.sign(&self.root_fields(), &(0..self.signers.len()).collect::<Vec<_>>())
    }

    pub(super) fn root_fields(&self) -> Value {
        let ids: Vec<String> = self.signers.iter().map(Signer::id).collect();
        let keys: Value = self.signers.iter().map(|signer| (signer.id(), signer.key())).collect();
        let roles: Value = TOP_LEVEL_ROLES
            .iter()
            .map(|role| ((*role).to_owned(), json!({"keyids": ids, "threshold": self.threshold})))
            .collect();
        json!({
            "_type": "root", "spec_version": SPEC_VERSION, "version": 1, "expires": "2030-01-01T00:00:00Z",
            "consistent_snapshot": false, "keys": keys, "roles": roles,
        })
    }

    pub(super) fn targets_fields(&self, version: u64, targets: &[(&str, &[u8])]) -> Value {
        let targets: Value = targets
            .iter()
            .map(|(name, bytes)| {
                let target = json!({"length": bytes.len(), "hashes": {"sha256": sha256(bytes)}});
                ((*name).to_owned(), target)
            })
            .collect();
        json!({
            "_type": "targets", "spec_version": SPEC_VERSION, "version": version,
            "expires": "2027-01-01T00:00:00Z", "targets": targets,
        })
    }

    pub(super) fn sign(&self, fields: &Value, signers: &[usize]) -> Vec<u8> {
        sign(fields, signers.iter().map(|index| &self.signers[*index]))
    }
}

/// A metadata file.
pub(super) fn sign<'signers>(fields: &Value, signers: impl IntoIterator<Item = &'signers Signer>) -> Vec<u8> {
    let mut document = Document::unsigned(fields).unwrap();
    for signer in signers {
        document.add_signature(&signer.id(), &signer.sign(document.message()));
    }
    document.compose().unwrap()
}

pub(super) fn sha512(octets: &[u8]) -> String {
    Hex::encode(digest(&SHA512, octets).as_ref())
}

pub(super) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}
