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
            File::open(self.folder())?.sync_all()?;
            Ok(kept)
        });
        written.map_err(|cause| {
            // Half a file helps nobody, and would take the room of the next one.
            let _ = fs::remove_file(&draft);
            MemoryFileError::Unwritable { path: self.path.clone(), cause }
        })
    }

    fn folder(&self) -> &Path {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new("."))
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
        let Some(mut file) = self.open()? else {
            // Said at the start, not when it is to be written.
            let unwritable = |cause| MemoryFileError::Unwritable { path: self.path.clone(), cause };
            return fs::read_dir(self.folder()).map(|_| None).map_err(unwritable);
        };
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

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::sync::Arc;

    use tempfile::TempDir;

    use super::*;
    use crate::dns::Names;
    use crate::resolver::{Config, Resolver, SystemWorld};

    /// What a recursor remembers of one server.
    fn entry(number: u8) -> Vec<u8> {
        [&[3, 4, 192, 0, 2, number, 0, 53][..], &[0, 0, 0, 9].repeat(5)].concat()
    }

    fn resolver(folder: &TempDir, more: &str) -> Resolver {
        let path = folder.path().join("memory");
        let config: Config = toml::from_str(&format!("memory = 1\nmemory_file = {path:?}\n{more}")).unwrap();
        Resolver::new(&config, Arc::new(SystemWorld::new(&config).unwrap())).unwrap()
    }

    /// A folder with a file of three entries, and its octets.
    fn saved() -> (TempDir, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let resolver = resolver(&folder, "");
        (1..4).for_each(|number| assert!(resolver.recursor.take_up(&entry(number), Some(Duration::ZERO))));
        let kept = resolver.save().unwrap().unwrap();
        let octets = fs::read(folder.path().join("memory")).unwrap();
        assert_eq!((kept.entries, kept.octets), (3, octets.len() as u64));
        (folder, octets)
    }

    fn rewrite(folder: &TempDir, octets: &[u8]) {
        fs::write(folder.path().join("memory"), octets).unwrap();
    }

    /// What comes of a start with these octets in the file.
    fn started(folder: &TempDir, octets: &[u8]) -> Result<usize, MemoryFileError> {
        rewrite(folder, octets);
        let resolver = resolver(folder, "");
        let taken = resolver.take_up().map(|kept| kept.map_or(0, |kept| kept.entries));
        if taken.is_err() {
            assert_eq!(resolver.forget(&Names::All), 0, "of what is refused nothing is in memory");
        }
        taken
    }

    /// With a digest that fits.
    fn sealed(octets: &[u8]) -> Vec<u8> {
        let body = &octets[..octets.len() - DIGEST];
        [body, digest(&SHA256, body).as_ref()].concat()
    }

    #[test]
    fn what_one_run_saves_the_next_takes_up() {
        let (folder, octets) = saved();
        assert_eq!(started(&folder, &octets).unwrap(), 3);
        let mode = fs::metadata(folder.path().join("memory")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let files = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files, 1, "no draft is left");
        let nothing = tempfile::tempdir().unwrap();
        let first = resolver(&nothing, "");
        assert_eq!(first.take_up().unwrap(), None);
        assert_eq!(started(&nothing, b"").unwrap(), 0);
        nothing.close().unwrap();
        let error = first.take_up().unwrap_err().to_string();
        assert!(error.contains("cannot write"), "a folder that is not there is told at the start: {error}");
    }

    #[test]
    fn a_file_that_is_not_as_it_was_written_is_refused_whole() {
        let (folder, octets) = saved();
        for place in 0..octets.len() {
            let mut other = octets.clone();
            other[place] ^= 1;
            started(&folder, &other).unwrap_err();
            if place > 0 {
                started(&folder, &octets[..place]).unwrap_err();
            }
        }
        let longer = [&octets[..], b"\0"].concat();
        assert!(matches!(started(&folder, &longer), Err(MemoryFileError::Damaged(_))));
        let mut newer = octets.clone();
        newer[MAGIC.len()] = VERSION + 1;
        assert!(matches!(
            started(&folder, &sealed(&newer)),
            Err(MemoryFileError::Version { version: 2, .. })
        ));
        let large = sealed(&[&octets[..], &vec![0; 3 << 20]].concat());
        assert!(matches!(started(&folder, &large), Err(MemoryFileError::Large { .. })));
    }

    #[test]
    fn a_file_with_a_sound_digest_is_not_believed_either() {
        let (folder, octets) = saved();
        for place in HEAD..octets.len() - DIGEST {
            for octet in [0, 1, 0x7f, 0xff] {
                let mut other = octets.clone();
                other[place] = octet;
                // It ends, with an error or with what could be read.
                let _ = started_with(&folder, &sealed(&other));
            }
        }
        // Without an end.
        let endless = sealed(&[&octets[..HEAD], &[0; DIGEST]].concat());
        assert!(
            started_with(&folder, &[&endless[..HEAD], &[0, 0, 0, 4, 9], &endless[HEAD..]].concat()).is_err()
        );
    }

    fn started_with(folder: &TempDir, octets: &[u8]) -> Result<Option<Kept>, MemoryFileError> {
        rewrite(folder, octets);
        resolver(folder, "").take_up()
    }

    #[test]
    fn what_was_learned_elsewhere_is_of_no_use() {
        let (folder, _) = saved();
        for more in
            ["forward = ['192.0.2.1']", "dnssec = false", "[[zones]]\nname = 'a'\nstub = ['192.0.2.1']"]
        {
            let error = resolver(&folder, more).take_up().unwrap_err();
            assert!(matches!(error, MemoryFileError::Elsewhere(_)), "{error}");
        }
        // Where it takes no answers from elsewhere, a change costs nothing.
        assert!(resolver(&folder, "time_limit = 700").take_up().unwrap().is_some());
    }

    #[test]
    fn another_programs_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        rewrite(&folder, b"root:x:0:0\n");
        let foreign = resolver(&folder, "");
        assert!(matches!(foreign.take_up(), Err(MemoryFileError::Foreign(_))));
        let error = foreign.save().unwrap_err().to_string();
        assert!(error.contains("left alone"), "{error}");
        assert_eq!(fs::read(folder.path().join("memory")).unwrap(), b"root:x:0:0\n");
        fs::remove_file(folder.path().join("memory")).unwrap();
        fs::create_dir(folder.path().join("memory")).unwrap();
        assert!(matches!(foreign.take_up(), Err(MemoryFileError::Foreign(_))));
        assert!(foreign.save().is_err());
    }

    #[test]
    fn a_saving_that_fails_leaves_what_was_there() {
        let (folder, octets) = saved();
        let resolver = resolver(&folder, "");
        // What stands in the draft's way cannot be removed.
        let draft = folder.path().join("memory.draft");
        fs::create_dir(&draft).unwrap();
        let error = resolver.save().unwrap_err().to_string();
        assert!(error.contains("cannot write") && error.contains("give it room"), "{error}");
        assert_eq!(fs::read(folder.path().join("memory")).unwrap(), octets);
        // A draft that a crash left is replaced.
        fs::remove_dir(&draft).unwrap();
        fs::write(&draft, "half").unwrap();
        assert_eq!(resolver.save().unwrap().unwrap().entries, 0);
        assert!(!draft.exists());
    }

    #[test]
    fn a_clock_that_has_gone_back_is_noticed() {
        let (folder, octets) = saved();
        let mut later = octets.clone();
        later[HEAD - 8..HEAD].copy_from_slice(&u64::MAX.to_be_bytes());
        assert_eq!(started(&folder, &sealed(&later)).unwrap(), 3);
        let mut earlier = octets;
        earlier[HEAD - 8..HEAD].copy_from_slice(&0_u64.to_be_bytes());
        assert_eq!(started(&folder, &sealed(&earlier)).unwrap(), 3);
    }
}
