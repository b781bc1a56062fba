//! What differs between two serials of a published list, or between two files.

use std::collections::BTreeSet;
use std::path::Path;

use crate::authority::edition::Edition;
use crate::authority::list::{Changes, plain};
use crate::authority::{Error, Workspace, files, kept, metadata};

/// Compares two lists. Each is a file, or in a workspace the serial of a list, which `target` names where several
/// are published.
pub fn diff(folder: &Path, old: &str, new: &str, target: Option<&str>) -> Result<Changes, Error> {
    let read = |text: &str| {
        let path = Path::new(text);
        match text.parse::<u64>() {
            Ok(serial) if !path.exists() => past(&Workspace::new(folder), serial, target),
            _ if path.exists() => plain(path, files::read(path)?),
            _ => Err(Error::NoList { text: text.to_owned() }),
        }
    };
    Changes::between(Path::new(new), &read(old)?, &read(new)?, usize::MAX)
}

fn past(workspace: &Workspace, serial: u64, target: Option<&str>) -> Result<Vec<u8>, Error> {
    workspace.terms()?;
    let lists = lists(workspace)?;
    let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
    let list = match (target, lists.as_slice()) {
        (Some(target), _) => target,
        (None, [list]) => list,
        (None, lists) => return Err(Error::WhichList { lists: lists.join(", ") }),
    };
    kept::past(workspace, list, serial)
}

/// The paths of all published lists.
fn lists(workspace: &Workspace) -> Result<BTreeSet<String>, Error> {
    let found = Edition::read(&workspace.public())?.findable()?;
    Ok(found.iter().flat_map(metadata::lists).map(|(path, _)| path.to_owned()).collect())
}
