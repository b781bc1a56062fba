//! Files that are seen whole or not at all, whenever the program or the machine stops: written under another name in
//! the same folder, synced, renamed, and the folder synced too.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};
use nix::sys::memfd::{MFdFlags, memfd_create};
use tempfile::NamedTempFile;

use super::error::Error;

/// How the names of drafts begin.
const DRAFT: &str = ".draft-";

/// Which program writes to a state directory.
const LOCK: &str = "lock";

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

/// A state directory that no other program writes to, as long as this lives.
#[derive(Clone, Debug)]
pub struct StateLock {
    state: PathBuf,
    _file: Arc<Flock<File>>,
}

impl StateLock {
    /// Takes a state directory for this program alone.
    pub fn take(state: &Path) -> Result<Self, Error> {
        let unwritable =
            |cause| Error::Unwritable { what: format!("state directory {}", state.display()), cause };
        fs::create_dir_all(state).map_err(unwritable)?;
        let path = state.join(LOCK);
        let file = File::options().append(true).create(true).open(&path).or_else(|_| File::open(&path));
        let file = file.map_err(unwritable)?;
        match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            Ok(file) => {
                // What cannot be removed takes its room, and nothing else.
                let _ = clear_drafts(state);
                Ok(Self { state: state.to_owned(), _file: Arc::new(file) })
            }
            Err((_, Errno::EWOULDBLOCK)) => Err(Error::InUse { state: state.to_owned() }),
            Err((_, errno)) => Err(unwritable(errno.into())),
        }
    }

    /// Writes a file of the directory in the place of what was there: seen whole or not at all.
    pub fn replace(&self, name: &str, text: &str) -> io::Result<()> {
        replace(&self.state.join(name), text.as_bytes())
    }

    /// What a file of the directory says, kept from the first time on that something is said.
    pub fn kept(&self, name: &str, fresh: &[u8]) -> io::Result<Vec<u8>> {
        let path = self.state.join(name);
        match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                replace(&path, fresh)?;
                Ok(fresh.to_vec())
            }
            read => read,
        }
    }

    /// Whether it is this one.
    pub fn is_for(&self, state: &Path) -> bool {
        self.state == state
    }
}

/// Removes the drafts that a crash left in a folder, as far as that can be done; each would take its room for ever.
pub(super) fn clear_drafts(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(DRAFT) {
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

/// A file that nobody else sees and that is gone with its handle: in the first of these folders that takes it, else
/// in memory, so that a full disk does not stand between a resolver and its lists. `fill` is tried with each until
/// it finds room.
pub(super) fn scratch<T>(
    folders: &[PathBuf],
    mut fill: impl FnMut(File) -> Result<T, Error>,
) -> Result<T, Error> {
    for folder in folders {
        let file = tempfile::tempfile_in(folder).map_err(Error::unwritable(folder.display().to_string()));
        match file.and_then(&mut fill) {
            Err(Error::Unwritable { .. }) => {}
            filled => return filled,
        }
    }
    let memory = memfd_create("rempart", MFdFlags::MFD_CLOEXEC).map_err(io::Error::from);
    fill(memory.map_err(Error::unwritable("memory"))?.into())
}
