//! A publisher in memory, for tests: it signs whatever it is told to, so that attacks can be written down.

use aws_lc_rs::digest::{SHA256, SHA512, digest};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use jiff::Timestamp;
use serde_json::{Value, json};
use tough::schema::decoded::{Encode, Hex};

use crate::trust::{Document, SPEC_VERSION, TOP_LEVEL_ROLES, ed25519_key, key_id};

pub(super) struct Publisher {
    signers: Vec<Signer>,
    threshold: u64,
}

pub(super) struct Signer {
    pair: Ed25519KeyPair,
    name: String,
}

impl Signer {
    pub(super) fn new(seed: u8, name: &str) -> Self {
        Self { pair: Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap(), name: name.to_owned() }
    }

    pub(super) fn key(&self) -> Value {
        ed25519_key(self.pair.public_key().as_ref(), &self.name)
    }

    pub(super) fn id(&self) -> String {
        key_id(&self.key()).unwrap()
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(message).as_ref().to_vec()
    }
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
                let target = json!({"length": bytes.len(), "hashes": {"sha256": self.sha256(bytes)}});
                ((*name).to_owned(), target)
            })
            .collect();
        json!({
            "_type": "targets", "spec_version": SPEC_VERSION, "version": version,
            "expires": "2027-01-01T00:00:00Z", "targets": targets,
        })
    }

    pub(super) fn sign(&self, fields: &Value, signers: &[usize]) -> Vec<u8> {
        let mut document = Document::unsigned(fields).unwrap();
        for signer in signers.iter().map(|index| &self.signers[*index]) {
            document.add_signature(&signer.id(), &signer.sign(document.message()));
        }
        document.compose().unwrap()
    }

    pub(super) fn sha256(&self, bytes: &[u8]) -> String {
        Hex::encode(digest(&SHA256, bytes).as_ref())
    }

    pub(super) fn sha512(&self, bytes: &[u8]) -> String {
        Hex::encode(digest(&SHA512, bytes).as_ref())
    }
}

pub(super) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}
