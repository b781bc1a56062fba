//! The trusted metadata of one repository, kept over a restart: what protects against going back, and the root that
//! every chain goes on from.
//!
//! Of each role the newest metadata, as the octets that were received: `ROLE.json`, the role's name percent-encoded.
//! Beside them `roots/N.root.json`, the chain as it was walked; `pinned`, the root that is pinned; and `lineage`, the
//! digest of the root that the chain began with, by which stored lists know it. A file is replaced, never edited.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::files::{clear_drafts, replace};
use crate::trust::{self, ROOT, Root, sha256};

const PINNED: &str = "pinned";
const ROOTS: &str = "roots";
const LINEAGE: &str = "lineage";

/// The kept metadata of a repository.
pub(super) struct Kept {
    /// None where nothing outlives the program.
    folder: Option<PathBuf>,
    roles: BTreeMap<String, Vec<u8>>,
    lineage: String,
    /// Why the last of it could not be written, if it could not.
    unwritten: Option<io::Error>,
}

impl Kept {
    /// What is kept in a folder, and the newest trusted root.
    ///
    /// The chain goes on from the newest root that was trusted before, if it belongs to the one that is pinned now:
    /// because it began with it, passed through it, or vouches for it. Under any other pinned root everything
    /// begins anew.
    pub(super) fn open(folder: Option<PathBuf>, pinned: &[u8]) -> Result<(Self, Root), trust::Error> {
        let pinned_root = Root::pinned(pinned)?;
        let mut kept = Self { folder, roles: BTreeMap::new(), lineage: sha256(pinned), unwritten: None };
        if let Err(error) = kept.read() {
            kept.unwritten = Some(error);
        }
        let newest = kept.roles.get(ROOT).and_then(|octets| Root::pinned(octets).ok());
        let belongs = |newest: &Root| kept.folder.as_deref().is_some_and(|it| continues(it, newest, pinned));
        let newest = newest.filter(belongs);
        match newest {
            Some(_) => kept.lineage = kept.first_lineage().unwrap_or(kept.lineage),
            // What else was kept counts only if this root's keys signed it.
            None => _ = kept.roles.remove(ROOT),
        }
        kept.note(pinned);
        if let Some(newest) = newest.filter(|newest| newest.version() >= pinned_root.version()) {
            return Ok((kept, newest));
        }
        kept.keep(ROOT, pinned);
        Ok((kept, pinned_root))
    }

    /// The folder, of those that a base holds, whose chain belongs to a pinned root; or a new one. A root that was
    /// pinned by mistake thereby costs nothing of what was kept before.
    pub(super) fn place(base: &Path, pinned: &[u8]) -> PathBuf {
        let mut known = fs::read_dir(base).into_iter().flatten().flatten().map(|entry| entry.path());
        let newest = |folder: &Path| Root::pinned(&fs::read(folder.join(format!("{ROOT}.json"))).ok()?).ok();
        let belongs =
            |folder: &PathBuf| newest(folder).is_some_and(|newest| continues(folder, &newest, pinned));
        known.find(belongs).unwrap_or_else(|| base.join(&sha256(pinned)[..16]))
    }

    /// The octets of a role.
    pub(super) fn role(&self, role: &str) -> Option<&Vec<u8>> {
        self.roles.get(role)
    }

    /// Keeps the octets of a role: here at once, and in the folder if that can be written. A disk that is full must
    /// not stand between a resolver and a newer list.
    pub(super) fn keep(&mut self, role: &str, octets: &[u8]) {
        self.roles.insert(role.to_owned(), octets.to_vec());
        let Some(folder) = self.folder.clone() else { return };
        let mut written = replace(&folder.join(format!("{}.json", trust::encode(role))), octets);
        if role == ROOT
            && let Ok(root) = Root::pinned(octets)
        {
            let roots = folder.join(ROOTS);
            written = written.and_then(|()| fs::create_dir_all(&roots));
            written = written.and_then(|()| replace(&roots.join(root_file(root.version())), octets));
        }
        self.unwritten = written.err().or(self.unwritten.take());
    }

    /// Why the last of it could not be written; asked once.
    pub(super) fn unwritten(&mut self) -> Option<io::Error> {
        self.unwritten.take()
    }

    /// What tells this chain of trust from any other: the digest of the root that it began with.
    pub(super) fn lineage(&self) -> &str {
        &self.lineage
    }

    fn note(&mut self, pinned: &[u8]) {
        let Some(folder) = &self.folder else { return };
        let written = replace(&folder.join(LINEAGE), self.lineage.as_bytes());
        if let Err(error) = written.and_then(|()| replace(&folder.join(PINNED), pinned)) {
            self.unwritten = Some(error);
        }
    }

    fn read(&mut self) -> io::Result<()> {
        let Some(folder) = self.folder.clone() else { return Ok(()) };
        fs::create_dir_all(&folder)?;
        clear_drafts(&folder)?;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let Some(role) = role_of(&path) else { continue };
            match fs::read(&path) {
                Ok(octets) => _ = self.roles.insert(role, octets),
                // What else is kept protects all the same.
                Err(error) => self.unwritten = Some(error),
            }
        }
        Ok(())
    }

    fn first_lineage(&self) -> Option<String> {
        let known = fs::read_to_string(self.folder.as_ref()?.join(LINEAGE)).ok();
        known.filter(|known| known.len() == self.lineage.len())
    }
}

/// Whether the chain that a folder keeps, up to its newest root, began with a pinned root, passed through it, or vouches
/// for it.
fn continues(folder: &Path, newest: &Root, pinned: &[u8]) -> bool {
    let same = |path: PathBuf| fs::read(path).is_ok_and(|octets| octets == pinned);
    let passed = |root: Root| same(folder.join(ROOTS).join(root_file(root.version())));
    same(folder.join(PINNED)) || Root::pinned(pinned).is_ok_and(passed) || newest.vouches_for(pinned)
}

fn root_file(version: u64) -> String {
    format!("{version}.{ROOT}.json")
}

/// The role whose metadata a file holds.
fn role_of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.strip_suffix(".json")?;
    Some(percent_encoding::percent_decode_str(name).decode_utf8().ok()?.into_owned())
}
