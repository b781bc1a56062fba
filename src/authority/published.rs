//! A published folder, seen as a resolver sees it: nothing in it is believed that the pinned root does not
//! cover.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use crate::authority::{Error, Summary, TARGETS_FILE, files};
use crate::trust::{Document, Root, TARGETS, Tally, Targets};

/// A folder whose metadata and lists have all been verified. It may be out of date.
pub struct Published {
    /// What the holders signed.
    pub targets: Targets,
    /// Who signed it.
    pub tally: Tally,
    /// The lists by target path.
    pub lists: BTreeMap<String, Summary>,
}

impl Published {
    /// Reads and verifies a folder.
    pub fn open(folder: &Path, root: &Root) -> Result<Self, Error> {
        let metadata = folder.join(TARGETS_FILE);
        let octets = files::read(&metadata)?;
        let targets = root.verify_targets(&octets, 0).map_err(Error::trust(&metadata))?;
        let tally = Document::parse(&octets).and_then(|document| root.tally(TARGETS, &document));
        let tally = tally.map_err(Error::trust(&metadata))?;
        let mut lists = BTreeMap::new();
        for (name, _) in targets.targets() {
            let path = target_path(folder, name)?;
            let octets = files::read(&path)?;
            let list =
                targets.target(name).and_then(|it| it.open(name, &octets)).map_err(Error::trust(&path))?;
            lists.insert(name.to_owned(), Summary::read(&path, list.as_bytes())?);
        }
        Ok(Self { targets, tally, lists })
    }
}

/// The file of a target. A path that leads out of the folder is refused, whoever signed it.
pub(super) fn target_path(folder: &Path, name: &str) -> Result<PathBuf, Error> {
    let inside =
        !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    if inside {
        Ok(folder.join(name))
    } else {
        Err(Error::Outside { path: name.into(), folder: folder.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_target_leads_out_of_the_folder() {
        let folder = Path::new("publish");
        assert_eq!(target_path(folder, "fr/list.jsonl").unwrap(), Path::new("publish/fr/list.jsonl"));
        for name in ["", "../list", "/etc/passwd", "fr/../../list", "."] {
            assert!(matches!(target_path(folder, name), Err(Error::Outside { .. })), "{name}");
        }
    }
}
