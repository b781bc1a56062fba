//! A private key that is at hand: Ed25519, from a key file.

use std::path::Path;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use pkcs8::SecretDocument;
use secrecy::zeroize::Zeroizing;

use crate::authority::key::KeyError;
use crate::authority::key::public::Material;
use crate::keyfile::{self, Ask, Protection};

/// What the file of a key should be, in messages.
const KIND: &str = "an Ed25519";

/// A private key that is at hand. It has no `Debug`, so that no message can show it.
pub struct FileKey {
    pair: Ed25519KeyPair,
    public: Material,
}

impl FileKey {
    /// The key that grows from a seed, which must come from a generator fit for keys.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, KeyError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed);
        Ok(pair.ok().and_then(Self::new).ok_or(keyfile::Error::Library)?)
    }

    /// Reads a key file, asking for the passphrase where it is encrypted.
    pub fn read(path: &Path, ask: &mut Ask<'_>) -> Result<Self, KeyError> {
        Self::from_document(&keyfile::open(path, KIND, ask)?, path)
    }

    /// The same from the text of a key file, which is called `name` in messages.
    pub fn parse(text: &str, name: &str, ask: &mut Ask<'_>) -> Result<Self, KeyError> {
        let name = Path::new(name);
        Self::from_document(&keyfile::open_text(text.as_bytes(), name, KIND, ask)?, name)
    }

    fn from_document(document: &SecretDocument, path: &Path) -> Result<Self, KeyError> {
        let key = Ed25519KeyPair::from_pkcs8(document.as_bytes()).ok().and_then(Self::new);
        Ok(key.ok_or_else(|| keyfile::Error::NotAKey { path: path.to_owned(), kind: KIND })?)
    }

    /// The text of its key file.
    pub fn compose(&self, protection: &Protection<'_>) -> Result<Zeroizing<String>, KeyError> {
        let clear = self.pair.to_pkcs8v1().map_err(|_| keyfile::Error::Library)?;
        Ok(keyfile::compose(clear.as_ref(), protection)?)
    }

    /// The 32 octets of the public key.
    pub fn public(&self) -> &[u8] {
        self.public.octets()
    }

    pub(super) fn material(&self) -> &Material {
        &self.public
    }

    /// The 64 octets of the signature over a message.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(message).as_ref().to_vec()
    }

    fn new(pair: Ed25519KeyPair) -> Option<Self> {
        let public = Material::parse(pair.public_key().as_ref())?;
        Some(Self { pair, public })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_key_survives_its_file_and_another_algorithm_is_refused() {
        let key = FileKey::from_seed(&[7; 32]).unwrap();
        let text = key.compose(&Protection::None).unwrap();
        assert!(text.starts_with("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAcHBwcH"), "{}", *text);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ana.pem");
        let read = |text: &str| {
            fs::write(&path, text).unwrap();
            FileKey::read(&path, &mut |what| panic!("asked for {what}"))
        };
        assert_eq!(read(&text).unwrap().sign(b"message"), key.sign(b"message"));
        // The key of another algorithm, as `openssl genpkey -algorithm x25519` makes it.
        let error = read(&text.replace("BQYDK2Vw", "BQYDK2Vu")).err().unwrap();
        assert!(error.to_string().contains("is not an Ed25519 private key in PKCS#8 PEM format"), "{error}");
    }
}
