//! Lists as they were published: the one that is public now, and those before it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::authority::commit::past_serials;
use crate::authority::edition::Edition;
use crate::authority::list::plain;
use crate::authority::{Error, Workspace, files, metadata};
use crate::blocklist::{self, Format, Header, Rule};
use crate::trust::sha256;

/// A list as it was published.
pub struct KeptList {
    /// Its header.
    pub header: Header,
    /// The SHA-256 of its text.
    pub sha256: String,
    /// What it lists.
    pub rules: Vec<Rule>,
}

impl KeptList {
    /// The list that is public under a path, if one is. What the metadata says of the file must be true.
    pub fn published(workspace: &Workspace, target: &str) -> Result<Option<Self>, Error> {
        workspace.terms()?;
        let edition = Edition::read(&workspace.public())?;
        for claims in edition.findable()? {
            if let Ok(said) = claims.target(target) {
                return Self::open(target, edition.target(target, said)?).map(Some);
            }
        }
        Ok(None)
    }

    /// Every list that is public in a workspace, by its path.
    pub fn all(workspace: &Workspace) -> Result<BTreeMap<String, Self>, Error> {
        workspace.terms()?;
        let edition = Edition::read(&workspace.public())?;
        let mut all = BTreeMap::new();
        for claims in edition.findable()? {
            for (path, _) in metadata::lists(&claims) {
                all.insert(path.to_owned(), Self::open(path, edition.target(path, claims.target(path)?)?)?);
            }
        }
        Ok(all)
    }

    /// The list that was public before the one of this serial.
    pub fn before(workspace: &Workspace, target: &str, serial: u64) -> Result<Self, Error> {
        let kept = past_serials(&workspace.past_folder(), target)?;
        let before = kept.range(..serial).next_back().copied();
        let before = before.ok_or_else(|| Error::NothingBefore { path: target.to_owned(), serial })?;
        Self::read(&workspace.past(target, before)?, &past(workspace, target, before)?)
    }

    /// The list that a published file holds.
    pub(super) fn open(target: &str, octets: Vec<u8>) -> Result<Self, Error> {
        let path = Path::new(target);
        Self::read(path, &plain(path, octets)?)
    }

    fn read(path: &Path, text: &[u8]) -> Result<Self, Error> {
        let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
        let name = path.to_string_lossy();
        let header = blocklist::read_header(text, &name).map_err(unreadable)?;
        let mut rules = Vec::new();
        match blocklist::read(text, Some(Format::Jsonl), &name, |rule| rules.push(rule)) {
            Ok(_) | Err(blocklist::ReadError::Empty(_)) => {}
            Err(source) => return Err(unreadable(source)),
        }
        Ok(Self { header, sha256: sha256(text), rules })
    }
}

/// The text of a list of an earlier serial.
pub(super) fn past(workspace: &Workspace, list: &str, serial: u64) -> Result<Vec<u8>, Error> {
    let path = workspace.past(list, serial)?;
    let Some(octets) = files::read_if_there(&path)? else {
        let kept = past_serials(&workspace.past_folder(), list)?;
        let kept: Vec<String> = kept.iter().map(u64::to_string).collect();
        let kept = if kept.is_empty() { "none".to_owned() } else { kept.join(", ") };
        return Err(Error::NoSerial { path: list.to_owned(), serial, kept });
    };
    plain(&path, octets)
}
