//! A public key with the name of its holder: what a holder sends to whoever makes the root that lists it.
//!
//! Format: the key object of The Update Framework (specification §4.2.3) as indented JSON, in a file that is
//! called `NAME.pub.json`. The holder's name is a part of it, and so of the key's id.

use std::fs;
use std::path::Path;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey};
use serde_json::Value;

use crate::authority::key::{KeyError, SigningKey};
use crate::keyfile;
use crate::trust::{ecdsa_key, ed25519_key, key_id, read_key};

/// The most characters of a holder's name.
const LONGEST_NAME: usize = 64;

/// A public key of a kind that we sign with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Material {
    /// The 32 octets of Ed25519 (RFC 8032).
    Ed25519([u8; 32]),
    /// A point of the curve P-256, uncompressed (SEC 1, §2.3.3).
    P256([u8; 65]),
}

/// A public key and whom it belongs to.
#[derive(Clone, Debug)]
pub struct PublicKey {
    holder: String,
    id: String,
    value: Value,
}

impl PublicKey {
    pub(super) fn new(material: &Material, holder: &str) -> Result<Self, KeyError> {
        if !is_holder_name(holder) {
            return Err(KeyError::HolderName { name: holder.to_owned() });
        }
        let value = material.describe(holder);
        let id = key_id(&value).map_err(KeyError::Description)?;
        Ok(Self { holder: holder.to_owned(), id, value })
    }

    /// Reads the file that a holder sent.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let text = fs::read(path).map_err(|source| keyfile::Error::Read { path: path.to_owned(), source })?;
        Self::parse(&text).map_err(|reason| KeyError::NotPublic { path: path.to_owned(), reason })
    }

    /// Reads the text of such a file. The reason for a refusal is for a person.
    ///
    /// A key is taken only where it is described exactly as [`compose`](Self::compose) would, since all that
    /// is said in it will be signed into a root.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(text).map_err(|error| format!("it is no JSON: {error}"))?;
        let (holder, octets) = read_key(&value).ok_or("no signature by such a key could be checked")?;
        let holder = holder.name.ok_or("it does not name its holder")?;
        let material = Material::parse(&octets).ok_or("it is neither Ed25519 nor ECDSA P-256")?;
        let key = Self::new(&material, &holder).map_err(|error| error.to_string())?;
        if key.value == value { Ok(key) } else { Err("it says more than a public key has to say".to_owned()) }
    }

    /// The text of its file.
    pub fn compose(&self) -> String {
        format!("{:#}\n", self.value)
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        format!("{}.pub.json", self.holder)
    }

    /// Whose key it is.
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// The key's id: 64 hexadecimal digits.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The octets of the key itself, the same whoever it is said to belong to.
    pub fn octets(&self) -> Option<Vec<u8>> {
        read_key(&self.value).map(|(_, octets)| octets)
    }

    /// Whether it is the public half of a private key, whoever either is said to belong to.
    pub fn is_half_of(&self, key: &SigningKey) -> bool {
        self.octets().as_deref() == Some(key.public())
    }

    /// Whether this key made this signature over this message.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let material = self.octets().and_then(|octets| Material::parse(&octets));
        material.is_some_and(|material| material.verifies(message, signature))
    }

    /// The key as a root or a delegation lists it.
    pub fn value(&self) -> &Value {
        &self.value
    }
}

impl Material {
    /// Tells the kind of a key from its octets, which must be a key indeed.
    pub(super) fn parse(octets: &[u8]) -> Option<Self> {
        let material = if let Ok(key) = octets.try_into() {
            Self::Ed25519(key)
        } else {
            Self::P256(octets.try_into().ok()?)
        };
        material.parsed().is_some().then_some(material)
    }

    pub(super) fn octets(&self) -> &[u8] {
        match self {
            Self::Ed25519(octets) => octets,
            Self::P256(octets) => octets,
        }
    }

    /// Whether this key made this signature over this message.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.parsed().is_some_and(|key| key.verify_sig(message, signature).is_ok())
    }

    fn parsed(&self) -> Option<ParsedPublicKey> {
        match self {
            Self::Ed25519(octets) => ParsedPublicKey::new(&ED25519, octets).ok(),
            Self::P256(octets) => ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, octets).ok(),
        }
    }

    fn describe(&self, holder: &str) -> Value {
        match self {
            Self::Ed25519(octets) => ed25519_key(octets, holder),
            Self::P256(octets) => ecdsa_key(octets, holder),
        }
    }
}

/// Whether a text can name a holder, and so the file with the holder's key.
pub(in crate::authority) fn is_holder_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    (1..=LONGEST_NAME).contains(&name.len()) && name.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::authority::key::FileKey;

    fn ana() -> PublicKey {
        PublicKey::new(FileKey::from_seed(&[7; 32]).unwrap().material(), "ana").unwrap()
    }

    #[test]
    fn a_public_key_survives_its_file() {
        let key = ana();
        let again = PublicKey::parse(key.compose().as_bytes()).unwrap();
        assert_eq!((again.holder(), again.id(), again.value()), (key.holder(), key.id(), key.value()));
        assert_eq!((key.holder(), key.file_name().as_str()), ("ana", "ana.pub.json"));
        assert_eq!(key.id(), key_id(key.value()).unwrap());
    }

    #[test]
    fn a_point_of_p256_survives_its_file() {
        // The generator of the curve (SEC 2, §2.4.2).
        let mut point = vec![4];
        for coordinate in [
            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
            "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
        ] {
            let octet = |at: usize| u8::from_str_radix(&coordinate[at..at + 2], 16).unwrap();
            point.extend((0..64).step_by(2).map(octet));
        }
        let key = PublicKey::new(&Material::parse(&point).unwrap(), "ben").unwrap();
        let pem = key.value()["keyval"]["public"].as_str().unwrap();
        assert!(
            pem.starts_with("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR"),
            "{pem}"
        );
        assert_eq!(PublicKey::parse(key.compose().as_bytes()).unwrap().id(), key.id());
        point[64] ^= 1;
        assert!(Material::parse(&point).is_none(), "a point off the curve is no key");
    }

    #[test]
    fn what_cannot_be_listed_is_refused() {
        let changed = |pointer: &str, value: Value| {
            let mut key = ana().value().clone();
            *key.pointer_mut(pointer).unwrap() = value;
            PublicKey::parse(key.to_string().as_bytes()).unwrap_err()
        };
        for (pointer, value, reason) in [
            ("/keytype", json!("ml-dsa-65"), "could be checked"),
            ("/scheme", json!("ed25519ph"), "could be checked"),
            ("/keyval/public", json!("00"), "could be checked"),
            ("/keyval/public", json!("AB".repeat(32)), "says more"),
            ("/keyval", json!({"public": "ab".repeat(32), "private": "00"}), "says more"),
            ("/x-rempart-holder", json!(1), "does not name"),
            ("/x-rempart-holder", json!("../ana"), "cannot name a key holder"),
        ] {
            let error = changed(pointer, value);
            assert!(error.contains(reason), "{pointer}: {error}");
        }
        assert!(PublicKey::parse(b"-----BEGIN PRIVATE KEY-----").unwrap_err().contains("no JSON"));
    }
}
