//! One list: from its files to a [`List`] that decides.

use std::fs::{self, File};
use std::io::{self, BufWriter, Cursor, Read, Seek, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use nix::libc::O_NONBLOCK;

use super::config::{ListSource, Source};
use crate::blocklist::{Format, Key, List, ListBuilder, ReadError, Report, Texts, read};
use crate::trust::{self, Root, Verified};

const DEMO_ROOT: &[u8] = include_bytes!("../../blocklists/demo/root.json");
const DEMO_TARGETS: &[u8] = include_bytes!("../../blocklists/demo/targets.json");
const DEMO_LIST: &[u8] = include_bytes!("../../blocklists/demo/demo.jsonl");
const DEMO_NAME: &str = "demo.jsonl";

/// Metadata longer than this, in octets, is none.
const LONGEST_METADATA: u64 = 1 << 20;
/// A list longer than this, in octets, is not copied, nor read into memory to be verified.
const LONGEST_LIST: u64 = 1 << 30;

/// Why a list was not taken; the last good one stays in force.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that cannot be read.
    #[error("{}: {cause}; check that it exists and that this user may read it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A file that is too long to be what it should be.
    #[error("{}: longer than {limit} octets; this cannot be {what}", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
        /// In octets.
        limit: u64,
        /// What it should be.
        what: &'static str,
    },
    /// Signatures or digests that do not hold.
    #[error("{}: {cause}", path.display())]
    Untrusted {
        /// The file that was checked.
        path: PathBuf,
        /// What failed.
        cause: trust::Error,
    },
    /// A list that is none.
    #[error(transparent)]
    Unusable(#[from] ReadError),
    /// A great loss of rules.
    #[error(
        "{}: {names} names where there were {before}: more than {largest_loss} % would be lost; if that is meant, \
         run `rempart reload --accept-loss`",
        path.display()
    )]
    Shrunk {
        /// The list.
        path: PathBuf,
        /// Names in it.
        names: u32,
        /// Names in force.
        before: u32,
        /// The limit, in percent.
        largest_loss: u8,
    },
    /// A serial that went back.
    #[error("{}: serial {serial} is older than {before}, which is in force; publish a higher serial", path.display())]
    Older {
        /// The list.
        path: PathBuf,
        /// Its serial.
        serial: u64,
        /// The serial in force.
        before: u64,
    },
    /// The texts of rules, or the state directory, could not be written.
    #[error("{what}: {cause}; free disk space, or correct `update.state` and whose it is")]
    Unwritable {
        /// What was being written.
        what: String,
        /// Why.
        cause: io::Error,
    },
}

impl Error {
    /// Whether the same list may be taken later, without any change to it.
    pub(super) fn may_pass(&self) -> bool {
        matches!(self, Self::Unwritable { .. } | Self::Unusable(ReadError::Io { .. }))
    }
}

/// A list, and what reading it brought.
#[derive(Debug)]
pub(super) struct Loaded {
    pub list: List,
    pub report: Report,
    /// The version of the metadata that vouches for it.
    pub version: Option<u64>,
    /// When that metadata is out of date.
    pub expires: Option<Timestamp>,
}

/// What a list is built with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recipe<'r> {
    pub key: Key,
    pub now: Timestamp,
    /// Folders for the texts of rules, the first that takes them: into an unnamed file, gone with the list. Where
    /// none does they stay in memory.
    pub texts: &'r [PathBuf],
    /// The oldest version of metadata that is still taken.
    pub least_version: u64,
    /// Whether a list without rules is taken.
    pub may_be_empty: bool,
}

/// The files of a list, fetched: the list as an open file, and what vouches for it.
#[derive(Debug)]
pub(super) struct Fetched {
    pub path: PathBuf,
    pub list: Content,
    pub vouched: Option<Vouched>,
    pub format: Option<Format>,
}

/// A list's octets.
#[derive(Debug)]
pub(super) enum Content {
    Embedded(&'static [u8]),
    File(File),
}

/// Root and targets, read and not yet believed.
#[derive(Debug)]
pub(super) struct Vouched {
    root: (PathBuf, Vec<u8>),
    pub targets: (PathBuf, Vec<u8>),
    /// The name under which the metadata knows the list.
    name: String,
}

/// Opens a list's own files, or with `stored` those of a generation in the state directory.
pub(super) fn fetch(source: &ListSource, stored: Option<(&Path, &Path)>) -> Result<Fetched, Error> {
    let path = match &source.source {
        Source::Embedded => {
            let vouched = Vouched {
                root: ("embedded root.json".into(), DEMO_ROOT.into()),
                targets: ("embedded targets.json".into(), DEMO_TARGETS.into()),
                name: DEMO_NAME.into(),
            };
            let list = Content::Embedded(DEMO_LIST);
            return Ok(Fetched { path: DEMO_NAME.into(), list, vouched: Some(vouched), format: None });
        }
        Source::File(path) => path,
    };
    let list = stored.map_or(path.as_path(), |(list, _)| list);
    let targets = match (stored, &source.targets) {
        (Some((_, targets)), _) => targets.to_owned(),
        (None, Some(targets)) => targets.clone(),
        (None, None) => path.with_file_name("targets.json"),
    };
    let vouched = match &source.root {
        None => None,
        Some(root) => Some(Vouched {
            root: (root.clone(), read_bounded(root, LONGEST_METADATA, "metadata")?),
            targets: (targets.clone(), read_bounded(&targets, LONGEST_METADATA, "metadata")?),
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        }),
    };
    let file = open(list)?;
    Ok(Fetched { path: list.to_owned(), list: Content::File(file), vouched, format: source.format })
}

/// Copies a fetched list into `draft` and reads it from there from now on, so that what was verified and built
/// is what is stored.
pub(super) fn copy(fetched: &mut Fetched, draft: &mut File) -> Result<(), Error> {
    let Content::File(file) = &mut fetched.list else { return Ok(()) };
    let unwritable = |cause| Error::Unwritable { what: "copy into the state directory".into(), cause };
    let copied = io::copy(&mut file.take(LONGEST_LIST + 1), draft).map_err(unwritable)?;
    if copied > LONGEST_LIST {
        return Err(Error::TooLong { path: fetched.path.clone(), limit: LONGEST_LIST, what: "a list" });
    }
    draft.rewind().map_err(unwritable)?;
    fetched.list = Content::File(draft.try_clone().map_err(unwritable)?);
    Ok(())
}

/// Verifies and builds.
pub(super) fn build(name: &str, fetched: &Fetched, recipe: Recipe<'_>) -> Result<Loaded, Error> {
    let Some(vouched) = &fetched.vouched else {
        return match &fetched.list {
            Content::Embedded(octets) => compile(name, fetched, Cursor::new(octets), recipe),
            Content::File(file) => compile(name, fetched, file, recipe),
        };
    };
    let untrusted = |path: &Path| {
        let path = path.to_owned();
        move |cause| Error::Untrusted { path, cause }
    };
    let root = Root::pinned(&vouched.root.1).map_err(untrusted(&vouched.root.0))?;
    let targets = root
        .verify_targets(&vouched.targets.1, recipe.least_version)
        .map_err(untrusted(&vouched.targets.0))?;
    let octets = match &fetched.list {
        Content::Embedded(octets) => octets.to_vec(),
        Content::File(file) => read_all(file, &fetched.path, LONGEST_LIST, "a list")?,
    };
    let verified = targets
        .target(&vouched.name)
        .and_then(|it| it.open(&vouched.name, &octets))
        .map_err(untrusted(&fetched.path))?;
    let mut loaded = compile_verified(name, fetched, verified, recipe)?;
    loaded.version = Some(targets.version());
    loaded.expires = Some(targets.expires().min(root.expires()));
    Ok(loaded)
}

fn compile_verified(
    name: &str,
    fetched: &Fetched,
    verified: Verified<'_>,
    recipe: Recipe<'_>,
) -> Result<Loaded, Error> {
    compile(name, fetched, Cursor::new(verified.as_bytes()), recipe)
}

/// Reads the rules and builds the index; their texts go wherever they can.
fn compile(
    name: &str,
    fetched: &Fetched,
    mut input: impl Read + Seek,
    recipe: Recipe<'_>,
) -> Result<Loaded, Error> {
    for folder in recipe.texts {
        let open =
            |writer: BufWriter<File>| Ok(TextFile(writer.into_inner().map_err(|error| error.into_error())?));
        let compiled = tempfile::tempfile_in(folder)
            .map_err(|cause| unwritable(name, cause))
            .and_then(|texts| compile_into(BufWriter::new(texts), open, name, (fetched, &mut input), recipe));
        if !matches!(compiled, Err(Error::Unwritable { .. })) {
            return compiled;
        }
        input.rewind().map_err(|cause| Error::Unreadable { path: fetched.path.clone(), cause })?;
    }
    compile_into(Vec::new(), Ok, name, (fetched, &mut input), recipe)
}

fn compile_into<W: Write, T: Texts + 'static>(
    texts: W,
    open: impl FnOnce(W) -> io::Result<T>,
    name: &str,
    (fetched, input): (&Fetched, &mut impl Read),
    recipe: Recipe<'_>,
) -> Result<Loaded, Error> {
    let mut builder = ListBuilder::new(recipe.key, recipe.now, texts);
    let mut failed = None;
    let read = read(input, fetched.format, &fetched.path.display().to_string(), |rule| {
        if failed.is_none() {
            failed = builder.push(rule).err();
        }
    });
    if let Some(cause) = failed {
        return Err(unwritable(name, cause));
    }
    let report = match read {
        Err(ReadError::Empty(empty)) if recipe.may_be_empty => empty.1,
        read => read?,
    };
    let list = builder.finish(name.to_owned(), report.header.clone(), open);
    let list = list.map_err(|cause| unwritable(name, cause))?;
    Ok(Loaded { list, report, version: None, expires: None })
}

fn unwritable(name: &str, cause: io::Error) -> Error {
    Error::Unwritable { what: format!("texts of list `{name}`"), cause }
}

/// The texts of rules in an unnamed file.
struct TextFile(File);

impl Texts for TextFile {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.0.read_at(&mut buffer[filled..], offset + filled as u64)? {
                0 => break,
                count => filled += count,
            }
        }
        Ok(filled)
    }
}

/// Opens a file, and nothing that only looks like one: a pipe would make us wait, a device would never end.
fn open(path: &Path) -> Result<File, Error> {
    let unreadable = |cause| Error::Unreadable { path: path.to_owned(), cause };
    let opened = File::options().read(true).custom_flags(O_NONBLOCK).open(path).map_err(unreadable)?;
    if !opened.metadata().map_err(unreadable)?.is_file() {
        return Err(unreadable(io::Error::other("not a regular file")));
    }
    Ok(opened)
}

fn read_bounded(path: &Path, limit: u64, what: &'static str) -> Result<Vec<u8>, Error> {
    let file = open(path)?;
    read_all(&file, path, limit, what)
}

fn read_all(file: &File, path: &Path, limit: u64, what: &'static str) -> Result<Vec<u8>, Error> {
    let mut octets = Vec::new();
    let read = file.take(limit + 1).read_to_end(&mut octets);
    read.map_err(|cause| Error::Unreadable { path: path.to_owned(), cause })?;
    if octets.len() as u64 > limit {
        return Err(Error::TooLong { path: path.to_owned(), limit, what });
    }
    Ok(octets)
}

/// What tells that a file has changed: its inode, length and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp(Vec<Option<(u64, u64, i64, i64)>>);

impl Stamp {
    /// Looks at the files of a list; a missing one is a stamp too.
    pub(super) fn of(source: &ListSource) -> Self {
        use std::os::unix::fs::MetadataExt;
        let Source::File(list) = &source.source else { return Self(Vec::new()) };
        let beside = || list.with_file_name("targets.json");
        let targets = source.root.as_ref().map(|_| source.targets.clone().unwrap_or_else(beside));
        let files = [Some(list.clone()), targets, source.root.clone()];
        let look = |path: &PathBuf| {
            let metadata = fs::metadata(path).ok()?;
            Some((metadata.ino(), metadata.len(), metadata.mtime(), metadata.mtime_nsec()))
        };
        Self(files.iter().flatten().map(look).collect())
    }
}
