//! Files that are never seen half written: made under another name in the same folder, synced, put in their place, and
//! the folder synced too.

use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::NamedTempFile;

/// How the names of files begin that are being written.
pub const DRAFT: &str = ".rempart-";
/// Permissions of a file that everybody may read.
pub const PUBLIC: u32 = 0o644;
/// Permissions of a file with a secret.
pub const SECRET: u32 = 0o600;

/// Writes a file where there is none; [`io::ErrorKind::AlreadyExists`] where there is one.
pub fn create(path: &Path, octets: &[u8], mode: u32) -> io::Result<()> {
    draft(path, octets, mode)?.persist_noclobber(path).map_err(|error| error.error)?;
    sync_folder(path)
}

/// Writes a file in the place of what was there.
pub fn replace(path: &Path, octets: &[u8], mode: u32) -> io::Result<()> {
    draft(path, octets, mode)?.persist(path).map_err(|error| error.error)?;
    sync_folder(path)
}

/// Takes a file away again.
pub fn remove(path: &Path) -> io::Result<()> {
    std::fs::remove_file(path)?;
    sync_folder(path)
}

/// What a file is to hold, beside its place.
fn draft(path: &Path, octets: &[u8], mode: u32) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix(DRAFT).tempfile_in(folder_of(path))?;
    file.write_all(octets)?;
    // Whatever the umask says: everybody must be able to read what is public, and nobody else to write it.
    file.as_file().set_permissions(Permissions::from_mode(mode))?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Makes the name of a file last, and that it was removed.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}

/// The folder that a file stands in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_for_its_owner_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        create(&path, b"one", SECRET).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let error = create(&path, b"two", PUBLIC).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
