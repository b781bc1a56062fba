//! Keys that both ends of a transfer hold (RFC 8945), in the file that BIND's `tsig-keygen` writes:
//!
//! ```text
//! key "isp-one" {
//!     algorithm hmac-sha256;
//!     secret "base64";
//! };
//! ```
//!
//! A file may hold several, and must not be readable by every user. No message repeats what stands in it.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hickory_resolver::proto::rr::rdata::tsig::TsigAlgorithm;
use hickory_resolver::proto::rr::{Name as KeyName, TSigner};

use super::error::Error;
use crate::dns::{Name, labels};
use crate::keyfile;

/// How far the clocks of both ends may differ, in seconds (RFC 8945 §10).
const FUDGE: u16 = 300;
/// The fewest octets of a secret; RFC 8945 §9 wants as many as the algorithm gives.
const LEAST: usize = 16;
/// A file with keys is short, in octets.
const LONGEST: u64 = 64 << 10;

/// How messages are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC with SHA-256, which every implementation must have.
    HmacSha256,
    /// HMAC with SHA-384.
    HmacSha384,
    /// HMAC with SHA-512.
    HmacSha512,
}

/// An algorithm that is not used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such algorithm; write hmac-sha256, hmac-sha384 or hmac-sha512")]
pub struct UnknownAlgorithm;

/// A key. Its `Debug` shows no secret.
pub struct Key {
    name: Name,
    signer: TSigner,
}

/// Keys by their names.
#[derive(Debug, Default)]
pub struct Keys(HashMap<Name, Arc<Key>>);

impl Algorithm {
    const ALL: [Self; 3] = [Self::HmacSha256, Self::HmacSha384, Self::HmacSha512];

    /// Octets of its codes, and of the secrets that are made for it.
    pub fn octets(self) -> usize {
        match self {
            Self::HmacSha256 => 32,
            Self::HmacSha384 => 48,
            Self::HmacSha512 => 64,
        }
    }

    fn of_wire(self) -> TsigAlgorithm {
        match self {
            Self::HmacSha256 => TsigAlgorithm::HmacSha256,
            Self::HmacSha384 => TsigAlgorithm::HmacSha384,
            Self::HmacSha512 => TsigAlgorithm::HmacSha512,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::HmacSha256 => "hmac-sha256",
            Self::HmacSha384 => "hmac-sha384",
            Self::HmacSha512 => "hmac-sha512",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;

    fn from_str(text: &str) -> Result<Self, UnknownAlgorithm> {
        let found = Self::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(text));
        found.ok_or(UnknownAlgorithm)
    }
}

impl Key {
    /// A key with a secret of at least 16 octets; nothing where it is shorter.
    pub fn new(name: &Name, algorithm: Algorithm, secret: &[u8]) -> Option<Self> {
        let name = name.to_lowercase();
        let wire = KeyName::from_labels(labels(name.as_wire())).ok()?;
        let signer = TSigner::new(secret.to_vec(), algorithm.of_wire(), wire, FUDGE).ok()?;
        (secret.len() >= LEAST).then_some(Self { name, signer })
    }

    /// Its name, which both ends must use.
    pub fn name(&self) -> &Name {
        &self.name
    }

    pub(super) fn signer(&self) -> &TSigner {
        &self.signer
    }

    /// A key as both ends read it.
    pub fn compose(name: &Name, algorithm: Algorithm, secret: &[u8]) -> String {
        let secret = STANDARD.encode(secret);
        let name = name.to_host();
        format!("key \"{name}\" {{\n\talgorithm {algorithm};\n\tsecret \"{secret}\";\n}};\n")
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.name)
    }
}

impl Keys {
    /// Reads files, of which no two may name the same key.
    pub fn read<P: AsRef<Path>>(files: &[P]) -> Result<Self, Error> {
        let mut keys = Self::default();
        for file in files.iter().map(AsRef::as_ref) {
            let text = keyfile::read_private(file, LONGEST)?;
            let wrong = |reason| Error::Key { file: file.to_owned(), reason };
            let text = std::str::from_utf8(&text).map_err(|_| wrong("it is no text"))?;
            keys.parse(text).map_err(wrong)?;
        }
        Ok(keys)
    }

    /// The key of a name.
    pub fn key(&self, name: &Name) -> Option<&Arc<Key>> {
        self.0.get(name)
    }

    /// Adds a key.
    pub fn insert(&mut self, key: Key) -> Option<Arc<Key>> {
        self.0.insert(key.name.clone(), Arc::new(key))
    }

    fn parse(&mut self, text: &str) -> Result<(), &'static str> {
        let words = words(text)?;
        let mut words = words.iter().map(String::as_str);
        let mut some = false;
        while let Some(word) = words.next() {
            let (true, Some(name), Some("{")) = (word == "key", words.next(), words.next()) else {
                return Err("it holds something else than key \"NAME\" { … };");
            };
            let name = Name::from_text(name).map_err(|_| "a key has no name of the DNS")?;
            let (mut algorithm, mut secret) = (None, None);
            loop {
                match (words.next(), words.clone().next()) {
                    (Some("algorithm"), Some(word)) => {
                        let known =
                            word.parse().map_err(|_| "an algorithm is none of hmac-sha256, -384, -512");
                        algorithm = Some(known?);
                    }
                    (Some("secret"), Some(word)) => {
                        let octets = STANDARD.decode(word).map_err(|_| "a secret is not in base64");
                        secret = Some(octets?);
                    }
                    (Some("}"), Some(";")) => break,
                    _ => return Err("a key holds something else than its algorithm and its secret"),
                }
                let (_, Some(";")) = (words.next(), words.next()) else { return Err("a `;` is missing") };
            }
            words.next();
            let (Some(algorithm), Some(secret)) = (algorithm, secret) else {
                return Err("a key lacks its algorithm or its secret");
            };
            let key = Key::new(&name, algorithm, &secret).ok_or("a secret has fewer than 16 octets")?;
            if self.insert(key).is_some() {
                return Err("a key of that name was there already");
            }
            some = true;
        }
        if some { Ok(()) } else { Err("it holds no key") }
    }
}

/// The words and signs of a configuration as BIND reads it, without comments.
fn words(text: &str) -> Result<Vec<String>, &'static str> {
    let (mut words, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") || first == '#' {
            rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").ok_or("a comment has no end")?.1;
        } else if let Some(quoted) = rest.strip_prefix('"') {
            let (word, behind) = quoted.split_once('"').ok_or("a quotation has no end")?;
            words.push(word.to_owned());
            rest = behind;
        } else if matches!(first, '{' | '}' | ';') {
            words.push(first.to_string());
            rest = &rest[1..];
        } else if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
        } else {
            let ends = |letter: char| letter.is_whitespace() || matches!(letter, '{' | '}' | ';' | '"');
            let (word, behind) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
            words.push(word.to_owned());
            rest = behind;
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const SECRET: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    fn parse(text: &str) -> Result<Keys, &'static str> {
        let mut keys = Keys::default();
        keys.parse(text).map(|()| keys)
    }

    #[test]
    fn what_is_written_is_read_and_what_bind_writes_too() {
        let name = Name::from_text("ISP-One.example").unwrap();
        for algorithm in Algorithm::ALL {
            let text = Key::compose(&name, algorithm, b"0123456789abcdef");
            let keys = parse(&text).unwrap();
            let key = keys.key(&name).unwrap();
            assert_eq!(
                (key.signer().key(), &key.name().to_string()[..]),
                (&b"0123456789abcdef"[..], "isp-one.example.")
            );
            assert!(!format!("{keys:?}").contains("0123456789"));
        }
        let bind = format!(
            "# a comment\nkey \"a\" {{\n\talgorithm hmac-sha256; // said\n\tsecret \"{SECRET}\";\n}};\n\
             /* and */ key b {{ secret {SECRET}; algorithm HMAC-SHA512; }};"
        );
        let keys = parse(&bind).unwrap();
        assert!(["a", "b"].iter().all(|name| keys.key(&Name::from_text(name).unwrap()).is_some()));
    }

    #[test]
    fn what_is_no_key_is_told_without_its_secret() {
        for text in [
            "",
            "key",
            "key \"a\" {",
            "options { };",
            &format!("key \"a\" {{ algorithm hmac-md5; secret \"{SECRET}\"; }};"),
            &format!("key \"a\" {{ algorithm hmac-sha256; secret \"{SECRET}\" }};"),
            &format!("key \"a\" {{ algorithm hmac-sha256; secret \"{SECRET}\"; }}"),
            &format!("key \"a\" {{ secret \"{SECRET}\"; }};"),
            &format!("key \"a\" {{ algorithm hmac-sha256; secret \"{}\"; }};", &SECRET[..7]),
            "key \"a\" { algorithm hmac-sha256; secret \"YWJj\"; };",
            "key \"a..b\" { };",
            "key \"a",
            "/*",
            &format!("key \"a\" {{ algorithm hmac-sha256; secret \"{SECRET}\"; }};").repeat(2),
        ] {
            let reason = parse(text).unwrap_err();
            assert!(!reason.contains(&SECRET[..4]) && !reason.contains("YWJj"), "{reason}");
        }
    }

    #[test]
    fn a_file_that_everybody_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.key");
        let name = Name::from_text("a").unwrap();
        fs::write(&path, Key::compose(&name, Algorithm::HmacSha256, &[7; 32])).unwrap();
        for (mode, is_fit) in [(0o644, false), (0o600, true), (0o640, true)] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            assert_eq!(Keys::read(&[&path]).is_ok(), is_fit, "{mode:o}");
        }
        fs::write(&path, "key \"a\" { };").unwrap();
        let error = Keys::read(&[&path]).unwrap_err().to_string();
        assert!(error.contains("a.key: a key lacks its algorithm"), "{error}");
    }
}
