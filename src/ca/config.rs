//! The `[ca]` section: where the local certification authority is.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The `[ca]` section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Its certificate, a PEM file; above it those of the authorities that vouch for it, if it is no root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<PathBuf>,
    /// Its private key, an encrypted PEM file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<PathBuf>,
    /// What opens the key, in the first line of a file that not everybody may read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passphrase_file: Option<PathBuf>,
}

/// The files of an authority.
#[derive(Clone, Copy, Debug)]
pub struct Files<'c> {
    /// Its certificate.
    pub certificate: &'c Path,
    /// Its private key.
    pub key: &'c Path,
    /// What opens the key.
    pub passphrase: &'c Path,
}

impl Config {
    /// Checks what types cannot; says which key to mend.
    pub fn check(&self) -> Result<(), String> {
        let given = [&self.certificate, &self.key, &self.passphrase_file];
        match given.iter().filter(|path| path.is_some()).count() {
            0 | 3 => Ok(()),
            _ => {
                Err("ca: certificate, key and passphrase_file belong together; name three files, or none"
                    .into())
            }
        }
    }

    /// Its files, if there is to be one.
    pub fn files(&self) -> Option<Files<'_>> {
        let [certificate, key, passphrase] =
            [&self.certificate, &self.key, &self.passphrase_file].map(Option::as_deref);
        Some(Files { certificate: certificate?, key: key?, passphrase: passphrase? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_has_three_files_or_none() {
        assert_eq!(Config::default().check(), Ok(()));
        assert!(Config::default().files().is_none());
        let half = Config { certificate: Some("a".into()), key: Some("b".into()), ..Config::default() };
        assert!(half.check().unwrap_err().starts_with("ca: certificate, key and passphrase_file"));
        let whole = Config { passphrase_file: Some("c".into()), ..half };
        assert!(whole.check().is_ok() && whole.files().is_some());
    }
}
