//! The address of a key on a token: a PKCS#11 URI (RFC 7512).
//!
//! ```text
//! pkcs11:token=Regulator;object=ana?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/run/keys/pin
//! ```
//!
//! Before `?` stands what is looked for, after it the library to look with, and where the PIN is. An attribute
//! that is not known here is refused, so that no key is found that was not meant. `pin-value` is known and
//! refused: what stands in a command line, every user of the machine can see.

use std::fmt;
use std::path::PathBuf;

use percent_encoding::percent_decode_str;

use crate::authority::key::KeyError;

const SCHEME: &str = "pkcs11:";

/// Which key, on which token, through which library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenAddress {
    /// The address without its query, for messages.
    text: String,
    /// The token's label.
    pub(super) token: Option<String>,
    /// The token's serial number.
    pub(super) serial: Option<String>,
    /// Who made the token.
    pub(super) manufacturer: Option<String>,
    /// What kind of token it is.
    pub(super) model: Option<String>,
    /// The key's label.
    pub(super) object: Option<String>,
    /// The key's `CKA_ID`.
    pub(super) id: Option<Vec<u8>>,
    /// The library that speaks with the token.
    pub(super) module: PathBuf,
    /// The file with the PIN; without it a person is asked.
    pub(super) pin_source: Option<PathBuf>,
}

impl TokenAddress {
    pub(super) fn looks_like(text: &str) -> bool {
        text.get(..SCHEME.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME))
    }

    /// Reads a PKCS#11 URI.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let mut address = Self { text: path.to_owned(), ..Self::default() };
        // The text is not repeated: somebody may have put a PIN in it.
        address
            .fill(path.get(SCHEME.len()..).unwrap_or_default(), query)
            .map_err(|reason| KeyError::Address { text: "the PKCS#11 URI".to_owned(), reason })?;
        Ok(address)
    }

    fn fill(&mut self, path: &str, query: &str) -> Result<(), String> {
        let mut seen = Vec::new();
        let path = path.split(';').map(|attribute| (attribute, false));
        let query = query.split('&').map(|attribute| (attribute, true));
        for (attribute, asked) in path.chain(query).filter(|(attribute, _)| !attribute.is_empty()) {
            let (name, value) = attribute.split_once('=').ok_or("an attribute is written name=value")?;
            if seen.contains(&name) {
                return Err(format!("{name} is given twice"));
            }
            seen.push(name);
            self.set(name, asked, percent_decode_str(value).collect())?;
        }
        if self.module.as_os_str().is_empty() {
            return Err(
                "name the token's library, such as ?module-path=/usr/lib/softhsm/libsofthsm2.so".into()
            );
        }
        Ok(())
    }

    fn set(&mut self, name: &str, asked: bool, value: Vec<u8>) -> Result<(), String> {
        if (name, asked) == ("id", false) {
            self.id = Some(value);
            return Ok(());
        }
        let value = String::from_utf8(value).map_err(|_| format!("{name} is not in UTF-8"))?;
        match (name, asked) {
            ("token", false) => self.token = Some(value),
            ("serial", false) => self.serial = Some(value),
            ("manufacturer", false) => self.manufacturer = Some(value),
            ("model", false) => self.model = Some(value),
            ("object", false) => self.object = Some(value),
            // The private key is meant in any case, and its public half is looked for beside it.
            ("type", false) if matches!(value.as_str(), "private" | "public") => {}
            ("module-path", true) => self.module = whole_path(name, &value)?,
            ("pin-source", true) => {
                let path = value.strip_prefix("file://").or(value.strip_prefix("file:")).unwrap_or(&value);
                self.pin_source = Some(whole_path(name, path)?);
            }
            ("pin-value", _) => {
                return Err("pin-value would show the PIN to every user of this machine; put it in a file \
                            and name that with pin-source"
                    .to_owned());
            }
            _ => {
                return Err(format!(
                    "{name} is not known here, or not with this value; known are token, serial, manufacturer, \
                     model, object, id and type=private, after the question mark module-path and pin-source"
                ));
            }
        }
        Ok(())
    }
}

/// The loader would look for a bare name in folders that nobody named.
fn whole_path(name: &str, value: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(value);
    if path.is_absolute() { Ok(path) } else { Err(format!("{name} must be a path that begins with /")) }
}

impl fmt::Display for TokenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read() {
        let address = TokenAddress::parse(
            "pkcs11:model=SoftHSM%20v2;manufacturer=a%3Bb;serial=01;token=R%C3%A9gulateur;id=%01%ff;object=ana;\
             type=private?module-path=/usr/lib/m.so&pin-source=file:/run/pin",
        );
        let expected = TokenAddress {
            text: "pkcs11:model=SoftHSM%20v2;manufacturer=a%3Bb;serial=01;token=R%C3%A9gulateur;id=%01%ff;\
                   object=ana;type=private"
                .to_owned(),
            token: Some("Régulateur".to_owned()),
            serial: Some("01".to_owned()),
            manufacturer: Some("a;b".to_owned()),
            model: Some("SoftHSM v2".to_owned()),
            object: Some("ana".to_owned()),
            id: Some(vec![1, 255]),
            module: "/usr/lib/m.so".into(),
            pin_source: Some("/run/pin".into()),
        };
        assert_eq!(address.unwrap(), expected);
        let least = TokenAddress::parse("pkcs11:?module-path=/m.so").unwrap();
        assert_eq!((least.token, least.object, least.pin_source), (None, None, None));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for (text, reason) in [
            ("pkcs11:token=a", "name the token's library"),
            ("pkcs11:token=a;token=b?module-path=/m.so", "token is given twice"),
            ("pkcs11:token?module-path=/m.so", "name=value"),
            ("pkcs11:label=a?module-path=/m.so", "label is not known"),
            ("pkcs11:type=cert?module-path=/m.so", "type is not known"),
            ("pkcs11:module-path=/m.so", "is not known"),
            ("pkcs11:token=%ff?module-path=/m.so", "token is not in UTF-8"),
            ("pkcs11:token=a?module-path=m.so", "module-path must be a path that begins with /"),
            ("pkcs11:token=a?module-path=/m.so&pin-source=|cat", "pin-source must be a path"),
        ] {
            let error = TokenAddress::parse(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn a_pin_is_neither_taken_from_an_address_nor_shown() {
        for text in ["pkcs11:token=a?module-path=/m.so&pin-value=1234", "pkcs11:pin-value=1234"] {
            let error = TokenAddress::parse(text).unwrap_err().to_string();
            assert!(error.contains("pin-source") && !error.contains("1234"), "{error}");
        }
    }
}
