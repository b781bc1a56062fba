//! What was learned, in a file that outlasts a restart: `[resolver] memory_file`.
//!
//! The file is replaced whole (draft, sync, rename) and readable for its owner alone, for it holds names that were asked
//! for. It is read only if all of it is as it was written:
//!
//! ```text
//! 16 octets   "rempart memory\n" and the version
//! 32          SHA-256 of what the operator says of where answers come from
//!  8          when it was written, in seconds since 1970
//! then        entries, each behind its length in 4 octets; the length 0 ends them
//! 32          SHA-256 of all before
//! ```
//!
//! What an entry holds is known to [`Recursor`] alone, which takes none of it for proved.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aws_lc_rs::digest::{Context, Digest, SHA256, digest};

use crate::recursion::Recursor;

const MAGIC: &[u8; 15] = b"rempart memory\n";
const VERSION: u8 = 1;
const DIGEST: usize = 32;
const HEAD: usize = MAGIC.len() + 1 + DIGEST + 8;
/// Octets that are read at a time.
const PIECE: usize = 1 << 16;

/// The file, and who writes it at the moment.
pub(super) struct MemoryFile {
    path: PathBuf,
    writing: Mutex<()>,
}

/// How much was saved or taken up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Entries.
    pub entries: usize,
    /// The size of the file.
    pub octets: u64,
}

/// Why a file is not taken up, or not written. What is in memory is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum MemoryFileError {
    /// It cannot be read.
    #[error("resolver.memory_file: cannot read `{path}`: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// It cannot be written.
    #[error(
        "resolver.memory_file: cannot write `{path}`: {cause}; give it room, and this user the right to write there"
    )]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Another program's file stands there. It is left alone.
    #[error("resolver.memory_file: `{0}` is no file of this program and is left alone; name another one")]
    Foreign(PathBuf),
    /// Another version of the program wrote it.
    #[error("resolver.memory_file: `{path}` has version {version} and not {VERSION}; it is not taken up")]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: u8,
    },
    /// It was written while the answers came from elsewhere.
    #[error(
        "resolver.memory_file: `{0}` was written under other forwarders, zones, root hints or `dnssec`; it is not \
         taken up"
    )]
    Elsewhere(PathBuf),
    /// There is more of it than memory for it.
    #[error(
        "resolver.memory_file: `{path}` has {octets} octets, more than resolver.memory; it is not taken up"
    )]
    Large {
        /// The file.
        path: PathBuf,
        /// Its size.
        octets: u64,
    },
    /// It is not as it was written.
    #[error("resolver.memory_file: `{0}` is damaged; it is not taken up")]
    Damaged(PathBuf),
}

impl MemoryFile {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, writing: Mutex::default() }
    }

    /// Writes what a recursor knows, at `wall` seconds since 1970. Blocks on disk.
    pub(super) fn save(&self, recursor: &Recursor, wall: u64) -> Result<Kept, MemoryFileError> {
        // One after the other: there is one draft.
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.check_owner()?;
        let mut draft = OsString::from(&self.path);
        draft.push(".draft");
        let draft = PathBuf::from(draft);
        let written = write(&draft, recursor, wall).and_then(|kept| {
            fs::rename(&draft, &self.path)?;
            let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
            File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
            Ok(kept)
        });
        written.map_err(|cause| {
            // Half a file helps nobody, and would take the room of the next one.
            let _ = fs::remove_file(&draft);
            MemoryFileError::Unwritable { path: self.path.clone(), cause }
        })
    }

    /// What is to be replaced must be such a file.
    fn check_owner(&self) -> Result<(), MemoryFileError> {
        let mut magic = [0; MAGIC.len()];
        match self.open()?.map(|mut file| file.read_exact(&mut magic)) {
            Some(read) if read.is_err() || magic != *MAGIC => {
                Err(MemoryFileError::Foreign(self.path.clone()))
            }
            _ => Ok(()),
        }
    }

    /// The file as it stands there; nothing where there is none or nothing in it.
    fn open(&self) -> Result<Option<File>, MemoryFileError> {
        let unreadable = |cause| MemoryFileError::Unreadable { path: self.path.clone(), cause };
        match fs::metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(unreadable(cause)),
            // A pipe would be waited for, and a folder is nobody's to replace.
            Ok(known) if !known.is_file() => Err(MemoryFileError::Foreign(self.path.clone())),
            Ok(known) if known.len() == 0 => Ok(None),
            Ok(_) => File::open(&self.path).map(Some).map_err(unreadable),
        }
    }

    /// Has a recursor take up what the file holds; nothing where there is none yet. Blocks on disk.
    pub(super) fn take_up(&self, recursor: &Recursor, wall: u64) -> Result<Option<Kept>, MemoryFileError> {
        let unreadable = |cause| MemoryFileError::Unreadable { path: self.path.clone(), cause };
        let Some(mut file) = self.open()? else { return Ok(None) };
        let octets = file.metadata().map_err(unreadable)?.len();
        let body = self.check(&file, octets, recursor)?;
        file.rewind().map_err(unreadable)?;
        let mut reader = BufReader::with_capacity(PIECE, file.take(body));
        let mut head = [0; HEAD];
        reader.read_exact(&mut head).map_err(unreadable)?;
        let written = head.last_chunk().map_or(0, |octets| u64::from_be_bytes(*octets));
        // A clock that has gone back does not tell how long ago that was.
        let away = wall.checked_sub(written).map(Duration::from_secs);
        let (mut entries, mut entry) = (0, Vec::new());
        loop {
            let mut length = [0; 4];
            reader.read_exact(&mut length).map_err(unreadable)?;
            match u32::from_be_bytes(length) as usize {
                0 => return Ok(Some(Kept { entries, octets })),
                length if length > Recursor::LONGEST_ENTRY => {
                    return Err(MemoryFileError::Damaged(self.path.clone()));
                }
                length => entry.resize(length, 0),
            }
            reader.read_exact(&mut entry).map_err(unreadable)?;
            entries += usize::from(recursor.take_up(&entry, away));
        }
    }

    /// Checks all of a file before anything of it is used, and says how long it is without its digest.
    fn check(&self, file: &File, octets: u64, recursor: &Recursor) -> Result<u64, MemoryFileError> {
        let unreadable = |cause| MemoryFileError::Unreadable { path: self.path.clone(), cause };
        let damaged = || MemoryFileError::Damaged(self.path.clone());
        let mut head = [0; HEAD];
        let length = HEAD.min(usize::try_from(octets).unwrap_or(HEAD));
        file.read_exact_at(&mut head[..length], 0).map_err(unreadable)?;
        let Some([version, head @ ..]) = head.strip_prefix(MAGIC) else {
            return Err(MemoryFileError::Foreign(self.path.clone()));
        };
        if *version != VERSION {
            return Err(MemoryFileError::Version { path: self.path.clone(), version: *version });
        }
        let Some(body) = octets.checked_sub(DIGEST as u64).filter(|body| *body > HEAD as u64) else {
            return Err(damaged());
        };
        // In memory each entry takes more than here.
        if octets > 2 * recursor.memory() as u64 {
            return Err(MemoryFileError::Large { path: self.path.clone(), octets });
        }
        let mut reader = file.take(body);
        let (mut context, mut piece) = (Context::new(&SHA256), vec![0; PIECE]);
        loop {
            match reader.read(&mut piece).map_err(unreadable)? {
                0 => break,
                length => context.update(&piece[..length]),
            }
        }
        let mut told = [0; DIGEST];
        file.read_exact_at(&mut told, body).map_err(unreadable)?;
        if context.finish().as_ref() != told {
            return Err(damaged());
        }
        if head[..DIGEST] != *sources(recursor).as_ref() {
            return Err(MemoryFileError::Elsewhere(self.path.clone()));
        }
        Ok(body)
    }
}

fn sources(recursor: &Recursor) -> Digest {
    digest(&SHA256, recursor.sources().as_bytes())
}

/// Writes a file that was not there, for its owner alone, and waits until it is on disk.
fn write(path: &Path, recursor: &Recursor, wall: u64) -> io::Result<Kept> {
    // What a crash left.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let file = File::options().write(true).create_new(true).mode(0o600).open(path)?;
    let mut summed =
        Summed { file: BufWriter::with_capacity(PIECE, file), context: Context::new(&SHA256), octets: 0 };
    summed.write(MAGIC)?;
    summed.write(&[VERSION])?;
    summed.write(sources(recursor).as_ref())?;
    summed.write(&wall.to_be_bytes())?;
    let entries = recursor.save(|entry| {
        summed.write(&(entry.len() as u32).to_be_bytes())?;
        summed.write(entry)
    })?;
    summed.write(&[0; 4])?;
    let Summed { mut file, context, octets } = summed;
    file.write_all(context.finish().as_ref())?;
    file.into_inner()?.sync_all()?;
    Ok(Kept { entries, octets: octets + DIGEST as u64 })
}

/// A file that is digested as it is written.
struct Summed {
    file: BufWriter<File>,
    context: Context,
    octets: u64,
}

impl Summed {
    fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        self.context.update(octets);
        self.octets += octets.len() as u64;
        self.file.write_all(octets)
    }
}
