//! Signed metadata as it travels (specification §4.2.1): what is said, and the signatures under it.
//!
//! [`Document`] keeps the text of `signed` exactly as it was received, so that another signature can be put
//! under it without changing an octet of what the others signed. The message that is signed is the canonical
//! JSON of that text; two texts that differ in spaces or in the order of fields are the same message.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use tough::schema::decoded::{Decoded, Hex};

use crate::trust::canonical::canonical;
use crate::trust::error::Error;

/// The version of the specification that our own metadata follows.
pub const SPEC_VERSION: &str = "1.0.31";

/// Signed metadata that nobody believes yet.
#[derive(Clone, Debug)]
pub struct Document {
    text: Box<RawValue>,
    value: Value,
    message: Vec<u8>,
    signatures: Vec<Signature>,
}

/// One signature, and the id of the key that is said to have made it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Signature {
    #[serde(rename = "keyid")]
    pub(super) key_id: String,
    pub(super) sig: Decoded<Hex>,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    signatures: Vec<Signature>,
    signed: Box<RawValue>,
}

impl Document {
    /// Reads a metadata file. Bounds on its size are the caller's.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let wire: Wire = serde_json::from_slice(bytes).map_err(Error::NotMetadata)?;
        // Ids must be unique (specification §4.2.1), so that a file full of signatures by one key is none.
        let mut seen = BTreeSet::new();
        if let Some(twice) = wire.signatures.iter().find(|signature| !seen.insert(&signature.key_id)) {
            return Err(Error::SignedTwice { key_id: twice.key_id.clone() });
        }
        Self::assemble(wire.signed, wire.signatures)
    }

    /// Makes metadata that nobody has signed yet from its `signed` part.
    pub fn unsigned(signed: &Value) -> Result<Self, Error> {
        // Taken out of the file that it will stand in, the text has that file's indentation.
        let file = serde_json::to_vec_pretty(&serde_json::json!({ "signatures": [], "signed": signed }));
        Self::parse(&file.map_err(Error::NotMetadata)?)
    }

    fn assemble(text: Box<RawValue>, signatures: Vec<Signature>) -> Result<Self, Error> {
        // What we understand and what was signed must be one thing: both come from this value, so that a
        // field given twice cannot mean one thing to the signature and another to the reader.
        let value: Value = serde_json::from_str(text.get()).map_err(Error::NotMetadata)?;
        let message = canonical(&value).map_err(Error::NotMetadata)?;
        Ok(Self { text, value, message, signatures })
    }

    /// The octets that a signature is made over: the canonical JSON of `signed`.
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// The text of `signed`, as received.
    pub fn signed_text(&self) -> &str {
        self.text.get()
    }

    /// What is said, as a value: for those who make the next version of it.
    pub fn signed(&self) -> &Value {
        &self.value
    }

    /// The role that the metadata says it is for, if it says so.
    pub fn role(&self) -> Option<&str> {
        self.value.get("_type").and_then(Value::as_str)
    }

    /// How many signatures stand under it, good or bad.
    pub fn signature_count(&self) -> usize {
        self.signatures.len()
    }

    /// Puts a signature under it, in the place of an earlier one by the same key.
    pub fn add_signature(&mut self, key_id: &str, signature: &[u8]) {
        self.signatures.retain(|earlier| earlier.key_id != key_id);
        self.signatures.push(Signature { key_id: key_id.to_owned(), sig: signature.to_vec().into() });
    }

    /// The file: indented JSON with a final line feed, `signed` being the text that was received.
    pub fn compose(&self) -> Result<Vec<u8>, Error> {
        let wire = Wire { signatures: self.signatures.clone(), signed: self.text.clone() };
        let mut file = serde_json::to_vec_pretty(&wire).map_err(Error::NotMetadata)?;
        file.push(b'\n');
        Ok(file)
    }

    /// The signature that is said to be by this key.
    pub(super) fn signature(&self, key_id: &str) -> Option<&[u8]> {
        self.signatures.iter().find(|signature| signature.key_id == key_id).map(|signature| &*signature.sig)
    }

    /// The fields of a role, after the checks that are the same for all roles.
    pub(super) fn fields<T: DeserializeOwned>(&self, role: &str) -> Result<T, Error> {
        let found = self.role().unwrap_or("untyped");
        if found != role {
            return Err(Error::WrongType { role: role.to_owned(), found: found.to_owned() });
        }
        let version = self.value.get("spec_version").and_then(Value::as_str).unwrap_or_default();
        if version.split('.').next() != Some("1") {
            return Err(Error::SpecVersion { role: role.to_owned(), found: version.to_owned() });
        }
        T::deserialize(&self.value).map_err(|source| Error::Malformed { role: role.to_owned(), source })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_message_does_not_depend_on_spaces_and_order() {
        let one = Document::parse(br#"{"signed":{"b":1,"a":"\u00e9"},"signatures":[]}"#).unwrap();
        let two =
            Document::parse("{\"signatures\": [],\n \"signed\": { \"a\": \"é\",  \"b\": 1 } }".as_bytes());
        assert_eq!(one.message(), two.unwrap().message());
        assert_eq!(one.message(), "{\"a\":\"é\",\"b\":1}".as_bytes());
    }

    #[test]
    fn another_signature_changes_no_octet_of_what_is_signed() {
        let signed = "{ \"b\":1,\r\n\t\"a\" : [ 2 ] }";
        let file = format!("{{\"signatures\":[],\"signed\":{signed}}}");
        let mut document = Document::parse(file.as_bytes()).unwrap();
        document.add_signature("aa", &[1]);
        document.add_signature("bb", &[2]);
        document.add_signature("aa", &[3]);
        let again = Document::parse(&document.compose().unwrap()).unwrap();
        assert_eq!(again.signed_text(), signed);
        assert_eq!(again.signature_count(), 2);
        assert_eq!(again.signature("aa"), Some(&[3][..]));
        assert_eq!(again.signature("bb"), Some(&[2][..]));
        assert_eq!(again.signature("cc"), None);
    }

    #[test]
    fn composing_is_stable() {
        let mut document = Document::unsigned(&json!({"_type": "targets", "n": {"a": [1, 2]}})).unwrap();
        document.add_signature("aa", &[1]);
        let file = document.compose().unwrap();
        assert_eq!(Document::parse(&file).unwrap().compose().unwrap(), file);
        assert!(String::from_utf8(file).unwrap().contains("\n    \"_type\": \"targets\","));
    }

    #[test]
    fn what_is_no_metadata_is_refused() {
        for text in ["", "{}", "[]", r#"{"signed":{}}"#, r#"{"signed":{"a":1.5},"signatures":[]}"#] {
            assert!(matches!(Document::parse(text.as_bytes()), Err(Error::NotMetadata(_))), "{text}");
        }
        let not_hexadecimal = br#"{"signed":{},"signatures":[{"keyid":"a","sig":"xy"}]}"#;
        assert!(matches!(Document::parse(not_hexadecimal), Err(Error::NotMetadata(_))));
    }

    #[test]
    fn type_and_specification_are_checked() {
        let document = |signed| Document::unsigned(&signed).unwrap();
        let other = document(json!({"_type": "snapshot", "spec_version": "1.0.31"}));
        let error = other.fields::<Value>("root").unwrap_err();
        assert!(matches!(error, Error::WrongType { found, .. } if found == "snapshot"));
        for version in [json!("2.0"), json!("11.0"), json!(1), json!(null)] {
            let later = document(json!({"_type": "root", "spec_version": version}));
            assert!(matches!(later.fields::<Value>("root"), Err(Error::SpecVersion { .. })), "{version}");
        }
        assert!(document(json!({"_type": "root", "spec_version": "1.99"})).fields::<Value>("root").is_ok());
    }
}
