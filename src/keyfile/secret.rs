//! A passphrase or a PIN: asked of a person, or the first line of a file that nobody else reads.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::error::Error;

/// The fewest characters of a new passphrase.
const LEAST: usize = 12;
/// The most octets that are read of a file.
const LONGEST: u64 = 4096;
/// What every user of the machine may do with a file.
const OTHERS: u32 = 0o007;

/// A passphrase or a PIN. Its `Debug` shows nothing, and its memory is wiped when it goes.
#[derive(Debug)]
pub struct Secret(SecretString);

impl Secret {
    /// What a person typed.
    pub fn new(text: String) -> Self {
        Self(text.into())
    }

    /// Reads the first line of a file, unless every user of the machine could.
    ///
    /// The group may read it: a service manager that hands a secret to a service's own user does it so.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let octets = read_private(path, LONGEST + 1)?;
        let line = octets.split(|octet| *octet == b'\n').next().unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match std::str::from_utf8(line) {
            Ok(text) if !text.is_empty() && line.len() as u64 <= LONGEST => Ok(Self(text.into())),
            _ => Err(Error::NoSecret { path: path.to_owned(), longest: LONGEST }),
        }
    }

    /// Refuses what is too short to protect a key that strangers may come to hold.
    pub fn check_length(&self) -> Result<(), Error> {
        match self.0.expose_secret().chars().count() {
            found if found < LEAST => Err(Error::ShortPassphrase { found, least: LEAST }),
            _ => Ok(()),
        }
    }

    /// The secret itself.
    pub fn text(&self) -> &SecretString {
        &self.0
    }

    pub(super) fn octets(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

/// Reads the first octets of a file, unless every user of the machine could.
pub fn read_private(path: &Path, longest: u64) -> Result<Zeroizing<Vec<u8>>, Error> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let mode = file.metadata().map_err(failed)?.permissions().mode() & 0o7777;
    if mode & OTHERS != 0 {
        return Err(Error::Exposed { path: path.to_owned(), mode });
    }
    // What grows leaves copies behind that nobody wipes.
    let mut octets = Zeroizing::new(Vec::with_capacity(longest as usize));
    file.take(longest).read_to_end(&mut octets).map_err(failed)?;
    Ok(octets)
}

impl PartialEq for Secret {
    /// Whether a person typed the same twice.
    fn eq(&self, other: &Self) -> bool {
        self.octets() == other.octets()
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};

    use super::*;

    fn read(content: &[u8], mode: u32) -> Result<Secret, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        Secret::read(&path)
    }

    #[test]
    fn the_first_line_of_a_file_is_the_secret() {
        for content in ["one two three", "one two three\n", "one two three\r\nfour\n"] {
            assert_eq!(read(content.as_bytes(), 0o600).unwrap(), Secret::new("one two three".to_owned()));
        }
        for content in [b"".as_slice(), b"\nsecond", b"\xff\xfe", &[b'a'; 4097]] {
            assert!(matches!(read(content, 0o600), Err(Error::NoSecret { .. })));
        }
        assert!(read(&[b'a'; 4096], 0o600).is_ok());
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        for (mode, fit) in [(0o400, true), (0o440, true), (0o644, false), (0o604, false), (0o606, false)] {
            assert_eq!(read(b"one two three", mode).is_ok(), fit, "{mode:o}");
        }
        let error = read(b"one two three", 0o644).unwrap_err().to_string();
        assert!(error.contains("(mode 0644); chmod 600 "), "{error}");
    }

    #[test]
    fn short_passphrases_are_refused_and_none_is_shown() {
        assert!(Secret::new("éééééé éééé".to_owned()).check_length().is_err());
        assert!(Secret::new("éééééé ééééé".to_owned()).check_length().is_ok());
        assert!(!format!("{:?}", Secret::new("visible".to_owned())).contains("visible"));
    }
}
