//! The private key of one holder: Ed25519, kept in a PKCS#8 PEM file that `openssl pkey` reads too.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use pem::{EncodeConfig, LineEnding, Pem};

use crate::authority::Error;

const TAG: &str = "PRIVATE KEY";

/// A private key. It has no `Debug`, so that no message can show it.
pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    /// The key that grows from a seed, which must come from a generator fit for keys.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, Error> {
        Ed25519KeyPair::from_seed_unchecked(seed).map(Self).map_err(|_| Error::NoKey)
    }

    /// Reads the text of a key file; `None` where it is anything but an Ed25519 key in PKCS#8.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let pem = pem::parse(text).ok().filter(|pem| pem.tag() == TAG)?;
        Ed25519KeyPair::from_pkcs8(pem.contents()).ok().map(Self)
    }

    /// The text of its key file.
    pub fn compose(&self) -> Result<String, Error> {
        let document = self.0.to_pkcs8v1().map_err(|_| Error::NoKey)?;
        let pem = Pem::new(TAG, document.as_ref());
        Ok(pem::encode_config(&pem, EncodeConfig::new().set_line_ending(LineEnding::LF)))
    }

    /// The 32 octets of the public key.
    pub fn public(&self) -> &[u8] {
        self.0.public_key().as_ref()
    }

    /// The 64 octets of the signature over a message.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).as_ref().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_file() {
        let key = SigningKey::from_seed(&[7; 32]).unwrap();
        let text = key.compose().unwrap();
        assert!(text.starts_with("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAcHBwcH"), "{text}");
        let again = SigningKey::parse(text.as_bytes()).unwrap();
        assert_eq!(again.public(), key.public());
        assert_eq!(again.sign(b"message"), key.sign(b"message"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let text = SigningKey::from_seed(&[7; 32]).unwrap().compose().unwrap();
        for other in [text.replace("PRIVATE", "PUBLIC"), text.replace("MC4C", "MC4D"), String::new()] {
            assert!(SigningKey::parse(other.as_bytes()).is_none());
        }
    }
}
