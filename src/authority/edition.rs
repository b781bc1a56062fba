//! What a repository's folder holds at one moment, read and not yet judged.
//!
//! Whether clients would believe it is for `verify` to say; here the publisher sees its own work, to build the
//! next version on it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::authority::workspace::{metadata_file, metadata_folder, target_file};
use crate::authority::{Error, files, metadata};
use crate::trust::{Claims, Document, ROOT, Root, SNAPSHOT, TARGETS, TIMESTAMP, Target};

/// By how much a version or a serial may grow at once: room for a date, and never so far that the numbers end.
pub(super) const MOST_JUMP: u64 = 1 << 32;

/// Metadata by role.
pub(super) type Documents = BTreeMap<String, Document>;

/// What a repository's folder holds.
#[derive(Debug, Default)]
pub(super) struct Edition {
    /// The repository.
    pub(super) folder: PathBuf,
    /// The newest root, and what the snapshot speaks of.
    pub(super) roles: Documents,
    /// The snapshot that the timestamp speaks of.
    pub(super) snapshot: Option<Document>,
    /// The timestamp.
    pub(super) timestamp: Option<Document>,
    /// The versions of each role for which there is a file, whether anything speaks of them or not.
    files: BTreeMap<String, BTreeSet<u64>>,
}

impl Edition {
    /// Reads a repository, which may be empty.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let mut edition = Self { folder: folder.to_owned(), ..Self::default() };
        for (role, version) in edition.versions()? {
            edition.files.entry(role).or_default().insert(version);
        }
        if let Some(version) = edition.newest_root() {
            let root = edition.document(ROOT, version)?;
            edition.roles.insert(ROOT.to_owned(), root);
        }
        if files::read_if_there(&metadata_file(folder, TIMESTAMP, 0))?.is_none() {
            return Ok(edition);
        }
        let timestamp = edition.document(TIMESTAMP, 0)?;
        if let Some(version) = meta_version(&timestamp, SNAPSHOT) {
            let snapshot = edition.document(SNAPSHOT, version)?;
            for (role, version) in meta_versions(&snapshot) {
                let document = edition.document(&role, version)?;
                edition.roles.insert(role, document);
            }
            edition.snapshot = Some(snapshot);
        }
        edition.timestamp = Some(timestamp);
        Ok(edition)
    }

    /// The root that clients get to, who take one after the other.
    fn newest_root(&self) -> Option<u64> {
        let versions = self.files.get(ROOT)?;
        versions
            .iter()
            .zip(*versions.first()?..)
            .take_while(|(found, next)| *found == next)
            .last()
            .map(|it| it.1)
    }

    /// The next version of a role that nobody has ever seen. A file whose version is far from all that is published
    /// was made by nobody here, and uses up no number.
    pub(super) fn next(&self, role: &str) -> Result<u64, Error> {
        let published = match role {
            SNAPSHOT => self.snapshot.as_ref(),
            TIMESTAMP => self.timestamp.as_ref(),
            role => self.roles.get(role),
        };
        let published = published.map_or(0, metadata::version);
        let last = match self.files.get(role) {
            Some(found) if role != ROOT => found.range(..=published.saturating_add(MOST_JUMP)).next_back(),
            _ => None,
        };
        let next = last.copied().unwrap_or(0).max(published).checked_add(1);
        next.ok_or_else(|| Error::Jump {
            what: format!("the version of {role}"),
            number: published,
            known: 0,
        })
    }

    /// The root, once there is one.
    pub(super) fn root(&self) -> Result<Option<Root>, Error> {
        let root = self.roles.get(ROOT).map(Root::draft).transpose();
        root.map_err(Error::trust(&metadata_folder(&self.folder)))
    }

    /// What a role's metadata says, once there is any.
    pub(super) fn claims(&self, role: &str) -> Result<Option<Claims>, Error> {
        claims(&self.roles, role, &self.folder)
    }

    /// What is said by all whom anybody can find.
    pub(super) fn findable(&self) -> Result<Vec<Claims>, Error> {
        findable(&self.roles, &self.folder)
    }

    /// Whether this version of a role's metadata is in it.
    pub(super) fn has(&self, role: &str, document: &Document) -> bool {
        self.roles.get(role).map(metadata::version) == Some(metadata::version(document))
    }

    /// The file of a target, compared with what is said of it.
    pub(super) fn target(&self, path: &str, target: &Target) -> Result<Vec<u8>, Error> {
        read_target(&self.folder, path, target)
    }

    fn document(&self, role: &str, version: u64) -> Result<Document, Error> {
        let path = metadata_file(&self.folder, role, version);
        Document::parse(&files::read(&path)?).map_err(Error::trust(&path))
    }

    /// The versions of all metadata files that have one in their name.
    fn versions(&self) -> Result<Vec<(String, u64)>, Error> {
        let names = files::names(&metadata_folder(&self.folder))?;
        Ok(names.iter().filter_map(|name| versioned(name)).collect())
    }

    /// The metadata files that a client may be asking for while this is the newest edition.
    pub(super) fn metadata_files(&self) -> BTreeSet<PathBuf> {
        let mut files: BTreeSet<PathBuf> =
            self.roles.iter().map(|(role, it)| self.file(role, metadata::version(it))).collect();
        files.extend(self.snapshot.iter().map(|it| self.file(SNAPSHOT, metadata::version(it))));
        files
    }

    /// The target files that a client may be asking for while this is the newest edition.
    pub(super) fn target_files(&self) -> Result<BTreeSet<PathBuf>, Error> {
        target_files(&self.roles, &self.folder)
    }

    fn file(&self, role: &str, version: u64) -> PathBuf {
        metadata_file(&self.folder, role, version)
    }
}

/// Role and version of a metadata file by its name.
pub(super) fn versioned(name: &str) -> Option<(String, u64)> {
    let (version, role) = name.strip_suffix(".json")?.split_once('.')?;
    Some((percent_decode_str(role).decode_utf8().ok()?.into_owned(), version.parse().ok()?))
}

/// The version that a timestamp or a snapshot says a role has.
fn meta_version(document: &Document, role: &str) -> Option<u64> {
    document.signed()["meta"][format!("{role}.json")]["version"].as_u64()
}

fn meta_versions(snapshot: &Document) -> Vec<(String, u64)> {
    let meta = snapshot.signed()["meta"].as_object();
    let entry = |(file, meta): (&String, &Value)| {
        Some((file.strip_suffix(".json")?.to_owned(), meta["version"].as_u64()?))
    };
    meta.into_iter().flatten().filter_map(entry).collect()
}

/// What a role's metadata says, where these documents have any.
pub(super) fn claims(documents: &Documents, role: &str, folder: &Path) -> Result<Option<Claims>, Error> {
    let claims = documents.get(role).map(Document::claims).transpose();
    claims.map_err(Error::trust(&metadata_folder(folder).join(role)))
}

/// What is said by all whom anybody can find: by each role that the central holders delegate to, and by them.
fn findable(documents: &Documents, folder: &Path) -> Result<Vec<Claims>, Error> {
    let Some(top) = claims(documents, TARGETS, folder)? else { return Ok(Vec::new()) };
    let delegates = top.delegates().map(|delegate| claims(documents, delegate.name, folder));
    let mut found = delegates.filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()?;
    found.push(top);
    Ok(found)
}

/// The files of all targets that anybody can find.
pub(super) fn target_files(documents: &Documents, folder: &Path) -> Result<BTreeSet<PathBuf>, Error> {
    let found = findable(documents, folder)?;
    let files = found.iter().map(|claims| files_of(claims, folder)).collect::<Result<Vec<_>, _>>()?;
    Ok(files.into_iter().flatten().collect())
}

/// The files of all targets that a role speaks of.
pub(super) fn files_of(claims: &Claims, folder: &Path) -> Result<BTreeSet<PathBuf>, Error> {
    claims.targets().map(|(path, target)| file_of(folder, path, target)).collect()
}

/// The file of a target in a folder that is laid out as a repository.
pub(super) fn file_of(folder: &Path, path: &str, target: &Target) -> Result<PathBuf, Error> {
    target_file(folder, path, &target.prefix().unwrap_or_default())
}

/// Reads the file of a target, and compares it with what is said of it.
pub(super) fn read_target(folder: &Path, path: &str, target: &Target) -> Result<Vec<u8>, Error> {
    let file = file_of(folder, path, target)?;
    let octets = files::read(&file)?;
    target.open(path, &octets).map_err(Error::trust(&file))?;
    Ok(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_stand_in_names() {
        assert_eq!(versioned("7.fr%2Fx.json"), Some(("fr/x".to_owned(), 7)));
        assert_eq!(versioned("12.a.b.json"), Some(("a.b".to_owned(), 12)));
        for name in ["timestamp.json", "x.fr.json", "7.fr", "lock"] {
            assert_eq!(versioned(name), None, "{name}");
        }
    }

    #[test]
    fn an_empty_folder_is_the_first_edition() {
        let folder = tempfile::tempdir().unwrap();
        let edition = Edition::read(folder.path()).unwrap();
        assert!(edition.roles.is_empty() && edition.timestamp.is_none());
        assert_eq!(edition.next(ROOT).unwrap(), 1);
        std::fs::create_dir(folder.path().join("metadata")).unwrap();
        std::fs::write(folder.path().join("metadata/4.fr.json"), "").unwrap();
        // Left by a command that was cut short: its number is used up.
        assert_eq!(Edition::read(folder.path()).unwrap().next("fr").unwrap(), 5);
        // Left by nobody who publishes.
        for name in [format!("{}.fr.json", u64::MAX), "9.root.json".to_owned()] {
            std::fs::write(folder.path().join("metadata").join(name), "").unwrap();
        }
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/blocklists/demo/public/metadata/1.root.json");
        std::fs::copy(root, folder.path().join("metadata/1.root.json")).unwrap();
        let edition = Edition::read(folder.path()).unwrap();
        assert_eq!((edition.next("fr").unwrap(), edition.next(ROOT).unwrap()), (5, 2));
    }
}
