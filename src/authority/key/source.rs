//! Where a private key is: the path of a file, or the address of a key on a token.

use std::fmt;
use std::path::PathBuf;

use crate::authority::key::{FileKey, KeyError, SigningKey, TokenAddress};
use crate::keyfile::Ask;

/// Where a private key is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// In a PEM file.
    File(PathBuf),
    /// On a token.
    Token(Box<TokenAddress>),
}

impl KeySource {
    /// Reads a path or a PKCS#11 URI; what begins with `pkcs11:` is never a path.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        if TokenAddress::looks_like(text) {
            return Ok(Self::Token(Box::new(TokenAddress::parse(text)?)));
        }
        if text.is_empty() {
            let reason = "expected the path of a key file or a URI that begins with pkcs11:".to_owned();
            return Err(KeyError::Address { text: "the key".to_owned(), reason });
        }
        Ok(Self::File(text.into()))
    }

    /// Makes the key usable. `ask` is called at most once, and a wrong answer is final.
    pub fn open(&self, ask: &mut Ask<'_>) -> Result<SigningKey, KeyError> {
        match self {
            Self::File(path) => FileKey::read(path, ask).map(SigningKey::File),
            Self::Token(address) => address.open(ask).map(SigningKey::Token),
        }
    }
}

impl fmt::Display for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Token(address) => address.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_addresses_are_told_apart() {
        assert_eq!(KeySource::parse("keys/ana.pem").unwrap(), KeySource::File("keys/ana.pem".into()));
        assert_eq!(KeySource::parse("./pkcs11:x").unwrap(), KeySource::File("./pkcs11:x".into()));
        let token = KeySource::parse("pkcs11:token=a?module-path=/m.so").unwrap();
        assert_eq!(token.to_string(), "pkcs11:token=a");
        assert!(KeySource::parse("").is_err() && KeySource::parse("PKCS11:what=a").is_err());
    }

    #[test]
    fn a_file_that_is_not_there_is_named_before_anybody_is_asked() {
        let source = KeySource::parse("/nonexistent/ana.pem").unwrap();
        let error = source.open(&mut |_| panic!("asked")).err().unwrap();
        assert_eq!(error.to_string(), "cannot read /nonexistent/ana.pem");
    }
}
