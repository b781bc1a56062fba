//! Public keys of a root (specification §4.2.3): reading them, their ids, and checking one signature.
//!
//! A key may say who holds it in the field [`HOLDER`], which the specification allows and other clients
//! ignore.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey,
    VerificationAlgorithm,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tough::schema::decoded::{EcdsaFlex, Encode, Hex};
use tough::schema::key::Key;

use crate::trust::canonical::canonical;
use crate::trust::error::Error;

/// The field of a key that says who holds it.
const HOLDER: &str = "x-rempart-holder";

/// Whom a key belongs to, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Holder {
    /// The key's id: 64 hexadecimal digits.
    pub key_id: String,
    /// The name that the root gives to the holder.
    pub name: Option<String>,
}

impl fmt::Display for Holder {
    /// The name, or the first eight digits of the id of a key without one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => f.write_str(name),
            None => write!(f, "key {}", self.key_id.get(..8).unwrap_or(&self.key_id)),
        }
    }
}

/// A public key that we can check signatures with.
#[derive(Clone, Debug)]
pub(super) struct PublicKey {
    pub(super) holder: Holder,
    key: Key,
}

impl PublicKey {
    /// Reads one entry of `keys`. A key of a type, scheme or form that we do not know is `None`: its
    /// signatures count for nothing, and the root's other keys stay good.
    pub(super) fn parse(given: &str, value: &Value) -> Result<Option<Self>, Error> {
        let calculated = key_id(value)?;
        if calculated != given {
            return Err(Error::KeyId { given: given.to_owned(), calculated });
        }
        let name = value.get(HOLDER).and_then(Value::as_str).map(str::to_owned);
        let holder = Holder { key_id: calculated, name };
        Ok(Key::deserialize(value).ok().map(|key| Self { holder, key }))
    }

    /// Whether this key made this signature over this message.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(self.algorithm(), self.material()).verify(message, signature).is_ok()
    }

    fn algorithm(&self) -> &'static dyn VerificationAlgorithm {
        match &self.key {
            Key::Ed25519 { .. } => &ED25519,
            Key::Ecdsa { .. } | Key::EcdsaOld { .. } => &ECDSA_P256_SHA256_ASN1,
            Key::Rsa { .. } => &RSA_PSS_2048_8192_SHA256,
        }
    }

    /// The key itself without what is said about it: two keys with the same material are one signer.
    pub(super) fn material(&self) -> &[u8] {
        match &self.key {
            Key::Ed25519 { keyval, .. } => &keyval.public,
            Key::Ecdsa { keyval, .. } | Key::EcdsaOld { keyval, .. } => &keyval.public,
            Key::Rsa { keyval, .. } => &keyval.public,
        }
    }
}

/// The id of a key: the SHA-256 of its canonical form, in hexadecimal digits.
pub fn key_id(key: &Value) -> Result<String, Error> {
    let octets = canonical(key).map_err(Error::NotMetadata)?;
    Ok(Hex::encode(digest(&SHA256, &octets).as_ref()))
}

/// An Ed25519 key as a root lists it.
pub fn ed25519_key(public: &[u8], holder: &str) -> Value {
    serde_json::json!({
        "keytype": "ed25519",
        "scheme": "ed25519",
        "keyval": { "public": Hex::encode(public) },
        HOLDER: holder,
    })
}

/// An ECDSA key as a root lists it: a point of the curve P-256, uncompressed.
pub fn ecdsa_key(point: &[u8], holder: &str) -> Value {
    serde_json::json!({
        "keytype": "ecdsa",
        "scheme": "ecdsa-sha2-nistp256",
        "keyval": { "public": EcdsaFlex::encode(point) },
        HOLDER: holder,
    })
}

/// Reads a key that stands in no root yet: whom it belongs to, and its octets (32 of Ed25519, the 65 of an
/// uncompressed point of P-256, or an `RSAPublicKey`). `None` where no signature by it could be checked.
pub fn read_key(value: &Value) -> Option<(Holder, Vec<u8>)> {
    let key = PublicKey::parse(&key_id(value).ok()?, value).ok()??;
    ParsedPublicKey::new(key.algorithm(), key.material()).ok()?;
    Some((key.holder.clone(), key.material().to_vec()))
}
