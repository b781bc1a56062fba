//! Reading and writing the authority's files, so that none is ever seen half written.
//!
//! How that is done, the room of key files knows ([`keyfile`]).

use std::fs::{self, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::authority::Error;
use crate::keyfile::{self, PUBLIC, SECRET};
pub(super) use crate::keyfile::{DRAFT, folder_of, sync_folder};

/// Permissions of a folder.
const FOLDER: u32 = 0o755;

/// Reads a file of any kind, of no more than so many octets.
pub fn read_octets(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let read = |source| Error::Read { path: path.to_owned(), source };
    let mut octets = Vec::new();
    let length = fs::File::open(path).map_err(read)?.take(most + 1).read_to_end(&mut octets).map_err(read)?;
    match length as u64 > most {
        true => Err(Error::TooLong { path: path.to_owned(), most }),
        false => Ok(octets),
    }
}

/// Reads a file of text that a person wrote.
pub fn read_text(path: &Path) -> Result<String, Error> {
    let read = |source| Error::Read { path: path.to_owned(), source };
    fs::read_to_string(path).map_err(read)
}

/// Reads a whole file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// Reads a whole file, `None` where there is none.
pub(super) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match read(path) {
        Err(Error::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

/// Writes a public file, in the place of what was there.
pub(super) fn replace(path: &Path, octets: &[u8]) -> Result<(), Error> {
    keyfile::replace(path, octets, PUBLIC).map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// The same, and makes the folder that it stands in.
pub(super) fn place(path: &Path, octets: &[u8]) -> Result<(), Error> {
    create_folder(folder_of(path))?;
    replace(path, octets)
}

/// Removes a file, if there is one.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done.map_err(|source| Error::Write { path: path.to_owned(), source }),
    }
}

/// The names of the files in a folder, in order; none where there is no folder.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, Error> {
    let tree = entries(folder)?.into_iter().filter(|path| !path.is_dir());
    Ok(tree.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect())
}

/// All files in a folder and below it.
pub(super) fn tree(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() && !path.is_symlink() {
            found.extend(tree(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let read = || -> io::Result<Vec<PathBuf>> {
        let mut paths =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        Ok(paths)
    };
    match read() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read.map_err(|source| Error::Read { path: folder.to_owned(), source }),
    }
}

/// Whether a file is one that was being written when a command was cut short.
pub(super) fn is_draft(name: &str) -> bool {
    name.starts_with(DRAFT)
}

/// Writes a public file where there is none.
pub(super) fn create(path: &Path, octets: &[u8]) -> Result<(), Error> {
    create_with(path, octets, PUBLIC)
}

/// Writes a private key where there is no file, readable by its owner alone.
pub(super) fn create_secret(path: &Path, octets: &[u8]) -> Result<(), Error> {
    create_with(path, octets, SECRET)
}

/// Makes a folder and those above it, which everybody may enter and only their owner may change, whatever the umask
/// says.
pub(super) fn create_folder(path: &Path) -> Result<(), Error> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    create_folder(folder_of(path))?;
    let make = || {
        fs::create_dir(path)?;
        fs::set_permissions(path, Permissions::from_mode(FOLDER))
    };
    match make() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map_err(|source| Error::Write { path: path.to_owned(), source }),
    }
}

/// Makes a folder that only its owner can enter.
pub(super) fn create_secret_folder(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::DirBuilderExt;
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Refuses a path where something is already.
pub(super) fn refuse_existing(path: &Path) -> Result<(), Error> {
    if path.symlink_metadata().is_ok() { Err(Error::Exists { path: path.to_owned() }) } else { Ok(()) }
}

fn create_with(path: &Path, octets: &[u8], mode: u32) -> Result<(), Error> {
    keyfile::create(path, octets, mode).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists { path: path.to_owned() },
        _ => Error::Write { path: path.to_owned(), source },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_exists_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        create_secret(&path, b"one").unwrap();
        assert!(matches!(create_secret(&path, b"two"), Err(Error::Exists { .. })));
        assert!(matches!(refuse_existing(&path), Err(Error::Exists { .. })));
        assert_eq!(read(&path).unwrap(), b"one");
    }

    #[test]
    fn permissions_do_not_depend_on_the_umask() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/list.json");
        create_folder(folder_of(&path)).unwrap();
        create_folder(folder_of(&path)).unwrap();
        replace(&path, b"one").unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(
            (mode(&path), mode(folder_of(&path)), mode(&folder.path().join("a"))),
            (0o644, 0o755, 0o755)
        );
    }

    #[test]
    fn replacing_leaves_one_whole_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("targets.json");
        assert!(read_if_there(&path).unwrap().is_none());
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(read_if_there(&path).unwrap().unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_is_named() {
        let path = Path::new("/nonexistent/targets.json");
        let error = replace(path, b"").unwrap_err().to_string();
        assert!(error.starts_with("cannot write /nonexistent/targets.json; what was"), "{error}");
        assert_eq!(folder_of(Path::new("targets.json")), Path::new("."));
    }
}
