//! Public keys of a root (specification §4.2.3): reading them, their ids, and checking one signature.
//!
//! A key may say who holds it in the field [`HOLDER`], which the specification allows and other clients
//! ignore.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, ED25519_PUBLIC_KEY_LEN, ParsedPublicKey, RSA_PSS_2048_8192_SHA256,
    UnparsedPublicKey, VerificationAlgorithm,
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
        let key = Key::deserialize(value).ok().map(|key| Self { holder, key });
        Ok(key.filter(Self::in_one_form))
    }

    /// Whether the key's octets are in the usual one of the forms that can be verified with. Another form of the same
    /// key would be other material, and one signer would count twice.
    fn in_one_form(&self) -> bool {
        match (&self.key, self.material()) {
            (Key::Ed25519 { .. }, octets) => octets.len() == ED25519_PUBLIC_KEY_LEN,
            // A point that is not compressed (SEC 1 §2.3.3).
            (Key::Ecdsa { .. } | Key::EcdsaOld { .. }, octets) => octets.len() == 65 && octets[0] == 4,
            // A sequence of 256 octets or more that begins with an integer (RFC 8017 appendix A.1.1).
            (Key::Rsa { .. }, octets) => matches!(octets, [0x30, 0x82, _, _, 0x02, ..]),
        }
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
    Ok(sha256(&canonical(key).map_err(Error::NotMetadata)?))
}

/// The SHA-256 of octets, in hexadecimal digits.
pub fn sha256(octets: &[u8]) -> String {
    Hex::encode(digest(&SHA256, octets).as_ref())
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

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde_json::json;

    use super::*;
    use crate::trust::publisher::Signer;

    /// An entry of `keys` under its own id.
    fn parse(key: &Value) -> Option<PublicKey> {
        PublicKey::parse(&key_id(key).unwrap(), key).unwrap()
    }

    fn verifies(key: &Value, signer: &Signer) -> bool {
        parse(key).is_some_and(|key| key.verifies(b"message", &signer.sign(b"message")))
    }

    #[test]
    fn each_kind_of_key_verifies_what_it_signed() {
        for signer in [Signer::new(1, "holder"), Signer::ecdsa(), Signer::rsa()] {
            let key = parse(&signer.key()).unwrap();
            let signature = signer.sign(b"message");
            assert!(key.verifies(b"message", &signature));
            assert!(!key.verifies(b"another message", &signature));
            assert!(!key.verifies(b"message", &signature[1..]));
            assert!(!key.verifies(b"message", b""));
        }
    }

    #[test]
    fn a_key_in_another_form_is_no_second_key() {
        let signer = Signer::ecdsa();
        let point = parse(&signer.key()).unwrap().material().to_vec();
        let parity = 2 + (point[64] & 1);
        let compressed = [&[parity], &point[1..33]].concat();
        let pem = signer.key()["keyval"]["public"].as_str().unwrap().to_owned();
        let lines: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
        let der = STANDARD.decode(lines).unwrap();
        let listed = |octets: &[u8]| {
            let public = Hex::encode(octets);
            json!({"keytype": "ecdsa", "scheme": "ecdsa-sha2-nistp256", "keyval": {"public": public}})
        };
        assert!(verifies(&listed(&point), &signer));
        assert_eq!(parse(&listed(&point)).unwrap().material(), point);
        assert!(!verifies(&listed(&compressed), &signer));
        assert!(!verifies(&listed(&der), &signer));
    }

    #[test]
    fn an_id_that_is_not_the_keys_own_is_refused() {
        let (key, other) = (Signer::new(1, "holder"), Signer::new(2, "holder"));
        for id in [other.id(), key.id().to_uppercase(), key.id()[1..].to_owned(), String::new()] {
            let error = PublicKey::parse(&id, &key.key()).unwrap_err();
            assert!(
                matches!(error, Error::KeyId { given, calculated } if given == id && calculated == key.id())
            );
        }
    }

    #[test]
    fn a_key_that_we_cannot_use_is_no_error() {
        for key in [
            json!({}),
            json!({"keytype": "sphincs", "scheme": "sphincs-128", "keyval": {"public": "00"}}),
            json!({"keytype": "ed25519", "scheme": "ed25519", "keyval": {"public": "xy"}}),
            json!({"keytype": "ed25519", "scheme": "ed25519", "keyval": {"public": "00"}}),
            json!({"keytype": "ecdsa", "scheme": "ecdsa-sha2-nistp256", "keyval": {"public": ""}}),
            json!({"keytype": "rsa", "scheme": "rsassa-pss-sha256", "keyval": {"public": "no PEM"}}),
        ] {
            assert!(parse(&key).is_none(), "{key}");
        }
    }
}
