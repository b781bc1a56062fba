//! Files that are seen whole or not at all, whenever the program or the machine stops: written under another name in
//! the same folder, synced, renamed, and the folder synced too.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// How the names of drafts begin.
const DRAFT: &str = ".draft-";

/// A draft in a folder; gone if it is not settled.
pub(super) fn draft(folder: &Path) -> io::Result<NamedTempFile> {
    // Somebody may have cleared the folder away since the start.
    fs::create_dir_all(folder)?;
    tempfile::Builder::new().prefix(DRAFT).tempfile_in(folder)
}

/// Puts a draft in its place.
pub(super) fn settle(draft: NamedTempFile, path: &Path) -> io::Result<()> {
    draft.as_file().sync_all()?;
    draft.persist(path).map_err(|error| error.error)?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// Writes a file in the place of what was there.
pub(super) fn replace(path: &Path, octets: &[u8]) -> io::Result<()> {
    let mut draft = draft(path.parent().unwrap_or(Path::new(".")))?;
    draft.write_all(octets)?;
    settle(draft, path)
}

/// Removes the drafts that a crash left in a folder; each would take its room for ever.
pub(super) fn clear_drafts(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(DRAFT) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
