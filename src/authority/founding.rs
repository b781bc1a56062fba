//! Founding an authority: a key for each holder, and version 1 of the root that names them.
//!
//! All four top-level roles are given to the same holders with the same threshold. Version 1 is signed by all
//! of them, since all keys are at hand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::authority::key::is_holder_name;
use crate::authority::{Error, FileKey, Protection, PublicKey, ROOT_FILE, SigningKey, files, whole_seconds};
use crate::trust::{Document, PinnedRoot, SPEC_VERSION, TOP_LEVEL_ROLES};

/// What an authority wants to be.
pub struct Charter {
    /// Names of the people who will hold a key.
    pub holders: Vec<String>,
    /// How many of them must sign.
    pub threshold: u64,
    /// From when on the root is out of date.
    pub expires: Timestamp,
    /// Where the root goes, and later the lists.
    pub folder: PathBuf,
    /// Where the private keys go.
    pub keys: PathBuf,
}

/// A charter that has been found sound, and whose files do not exist yet.
pub struct Founding(Charter);

impl Founding {
    /// Checks a charter.
    pub fn prepare(mut charter: Charter, now: Timestamp) -> Result<Self, Error> {
        let mut seen = BTreeSet::new();
        for name in &charter.holders {
            if !is_holder_name(name) {
                return Err(Error::HolderName { name: name.clone() });
            }
            if !seen.insert(name) {
                return Err(Error::SameHolder { name: name.clone() });
            }
        }
        let (threshold, holders) = (charter.threshold, charter.holders.len());
        if threshold < 2 || threshold > holders as u64 {
            return Err(Error::Threshold { threshold, holders });
        }
        charter.expires = whole_seconds(charter.expires);
        if charter.expires <= now {
            return Err(Error::Expiry { what: "the root".to_owned(), expires: charter.expires });
        }
        if whole(&charter.keys)?.starts_with(whole(&charter.folder)?) {
            return Err(Error::KeysPublished { keys: charter.keys, folder: charter.folder });
        }
        let founding = Self(charter);
        for path in founding.key_paths().chain([founding.root_path()]) {
            files::refuse_existing(&path)?;
        }
        Ok(founding)
    }

    /// The charter.
    pub fn charter(&self) -> &Charter {
        &self.0
    }

    /// Where the root will stand.
    pub fn root_path(&self) -> PathBuf {
        self.0.folder.join(ROOT_FILE)
    }

    /// Where the keys will stand, in the order of the holders.
    pub fn key_paths(&self) -> impl Iterator<Item = PathBuf> {
        self.0.holders.iter().map(|name| self.0.keys.join(format!("{name}.pem")))
    }

    /// Makes the keys, each from 32 octets of `random`, and the root; writes them all, the root last.
    pub fn carry_out(&self, mut random: impl FnMut() -> Result<[u8; 32], Error>) -> Result<(), Error> {
        let holders = &self.0.holders;
        let keys: Vec<FileKey> =
            holders.iter().map(|_| Ok(FileKey::from_seed(&random()?)?)).collect::<Result<_, Error>>()?;
        let texts: Vec<_> =
            keys.iter().map(|key| key.compose(&Protection::None)).collect::<Result<_, _>>()?;
        let keys: Vec<SigningKey> = keys.into_iter().map(SigningKey::from).collect();
        let root = self.root(&keys)?;
        files::create_folder(&self.0.folder)?;
        files::create_secret_folder(&self.0.keys)?;
        for (text, path) in texts.iter().zip(self.key_paths()) {
            files::create_secret(&path, text.as_bytes())?;
        }
        files::create(&self.root_path(), &root)
    }

    fn root(&self, keys: &[SigningKey]) -> Result<Vec<u8>, Error> {
        let path = self.root_path();
        let listed = keys.iter().zip(&self.0.holders).map(|(key, name)| key.public_key(name));
        let listed: Vec<PublicKey> = listed.collect::<Result<_, _>>()?;
        let ids: Vec<&str> = listed.iter().map(PublicKey::id).collect();
        let role = json!({ "keyids": ids, "threshold": self.0.threshold });
        let mut document = Document::unsigned(&json!({
            "_type": "root",
            "spec_version": SPEC_VERSION,
            "version": 1,
            "expires": self.0.expires,
            "consistent_snapshot": false,
            "keys": listed.iter().map(|key| (key.id().to_owned(), key.value().clone())).collect::<Value>(),
            "roles": TOP_LEVEL_ROLES.iter().map(|name| ((*name).to_owned(), role.clone())).collect::<Value>(),
        }))
        .map_err(Error::trust(&path))?;
        for (key, listed) in keys.iter().zip(&listed) {
            let signature = key.sign(document.message())?;
            document.add_signature(listed.id(), &signature);
        }
        let file = document.compose().map_err(Error::trust(&path))?;
        PinnedRoot::parse(&file).map_err(Error::trust(&path))?;
        Ok(file)
    }
}

fn whole(path: &Path) -> Result<PathBuf, Error> {
    std::path::absolute(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// The folder for private keys that belongs to a published folder: beside it, never in it. `None` for a
/// folder that is given without its name, such as `.`.
pub fn keys_beside(folder: &Path) -> Option<PathBuf> {
    let mut name = folder.file_name()?.to_owned();
    name.push("-keys");
    Some(folder.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::KeySource;
    use crate::trust::TARGETS;

    const NOW: &str = "2026-01-01T00:00:00Z";

    fn charter(folder: &Path, holders: &[&str], threshold: u64) -> Charter {
        Charter {
            holders: holders.iter().map(|name| (*name).to_owned()).collect(),
            threshold,
            expires: "2027-01-01T00:00:00.5Z".parse().unwrap(),
            folder: folder.join("publish"),
            keys: folder.join("publish-keys"),
        }
    }

    fn refused(holders: &[&str], threshold: u64) -> Error {
        let folder = tempfile::tempdir().unwrap();
        Founding::prepare(charter(folder.path(), holders, threshold), NOW.parse().unwrap()).err().unwrap()
    }

    #[test]
    fn an_authority_is_founded_once() {
        let folder = tempfile::tempdir().unwrap();
        let prepare = || Founding::prepare(charter(folder.path(), &["ana", "ben"], 2), NOW.parse().unwrap());
        let founding = prepare().unwrap();
        let mut seed = 0;
        founding
            .carry_out(|| {
                seed += 1;
                Ok([seed; 32])
            })
            .unwrap();
        let root = PinnedRoot::parse(&files::read(&founding.root_path()).unwrap()).unwrap();
        assert_eq!(root.expires(), "2027-01-01T00:00:00Z".parse().unwrap());
        for (path, name) in founding.key_paths().zip(["ana", "ben"]) {
            let source = KeySource::File(path);
            let key = source.open(&mut |what| panic!("{what}")).unwrap();
            let holder = root.holder_of(TARGETS, key.public()).unwrap().unwrap();
            assert_eq!(holder.to_string(), name);
        }
        assert!(matches!(prepare(), Err(Error::Exists { .. })));
    }

    #[test]
    fn one_person_alone_is_no_authority() {
        assert!(matches!(refused(&["ana", "ben"], 1), Error::Threshold { threshold: 1, holders: 2 }));
        assert!(matches!(refused(&["ana", "ben"], 3), Error::Threshold { threshold: 3, holders: 2 }));
        assert!(matches!(refused(&["ana", "ana"], 2), Error::SameHolder { .. }));
    }

    #[test]
    fn keys_are_never_published() {
        let folder = tempfile::tempdir().unwrap();
        for keys in ["publish", "publish/keys", "./publish/keys"] {
            let mut charter = charter(folder.path(), &["ana", "ben"], 2);
            charter.keys = folder.path().join(keys);
            let error = Founding::prepare(charter, NOW.parse().unwrap()).err().unwrap();
            assert!(matches!(error, Error::KeysPublished { .. }), "{error}");
        }
    }

    #[test]
    fn names_that_are_no_file_names_are_refused() {
        for name in ["", "../ana", "Ana", "a b", &"a".repeat(65)] {
            assert!(matches!(refused(&[name, "ben"], 2), Error::HolderName { .. }), "{name}");
        }
    }

    #[test]
    fn keys_lie_beside_the_published_folder() {
        assert_eq!(keys_beside(Path::new("srv/publish")).unwrap(), Path::new("srv/publish-keys"));
        assert_eq!(keys_beside(Path::new("publish/")).unwrap(), Path::new("publish-keys"));
        assert_eq!(keys_beside(Path::new("srv/..")), None);
    }
}
