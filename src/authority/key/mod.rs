//! The private keys of an authority: in files, or on tokens that never let them out.
//!
//! [`KeySource`] says where a key is and opens it, asking a person for the passphrase or the PIN. What comes out
//! is a [`SigningKey`]: a [`FileKey`], which also writes its own file, or a [`TokenKey`]. Its public half, with
//! the name of its holder, is a [`PublicKey`]: the file that a holder sends to whoever makes the root.
//!
//! Nothing here tries a secret twice.

mod address;
mod error;
mod file;
mod module;
mod public;
mod source;
mod token;

pub use address::TokenAddress;
pub use error::KeyError;
pub use file::FileKey;
pub use public::PublicKey;
pub(super) use public::is_holder_name;
pub use source::KeySource;
pub use token::{KeyKind, TokenKey};

/// A private key that can sign. It has no `Debug`, so that no message can show it.
pub enum SigningKey {
    /// Its octets are in memory.
    File(FileKey),
    /// A token signs.
    Token(TokenKey),
}

impl SigningKey {
    /// The public half, as a key of this holder. The name is a part of the key's id.
    pub fn public_key(&self, holder: &str) -> Result<PublicKey, KeyError> {
        PublicKey::new(self.material(), holder)
    }

    /// The octets of the public key: 32 of Ed25519, or the 65 of an uncompressed point of P-256.
    pub fn public(&self) -> &[u8] {
        self.material().octets()
    }

    /// The signature over a message, as The Update Framework wants it: 64 octets of Ed25519, or ECDSA in ASN.1.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        match self {
            Self::File(key) => Ok(key.sign(message)),
            Self::Token(key) => key.sign(message),
        }
    }

    fn material(&self) -> &public::Material {
        match self {
            Self::File(key) => key.material(),
            Self::Token(key) => key.material(),
        }
    }
}

impl From<FileKey> for SigningKey {
    fn from(key: FileKey) -> Self {
        Self::File(key)
    }
}

impl From<TokenKey> for SigningKey {
    fn from(key: TokenKey) -> Self {
        Self::Token(key)
    }
}
