//! One list: from its octets to a [`List`] that decides.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::NamedTempFile;

use super::error::Error;
use super::files::scratch;
use super::store::Store;
use crate::blocklist::{
    Format, Guard, GuardRails, Key, List, ListBuilder, Overridden, ReadError, Report, SavedError, Texts, read,
};

/// A list, and what reading it brought.
#[derive(Debug)]
pub(super) struct Loaded {
    pub list: List,
    pub report: Report,
    /// What its signers overrode.
    pub overridden: Overridden,
    /// The list as it can be read back at once, to be kept beside what it was built from.
    pub index: Option<NamedTempFile>,
}

/// What a list is built with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recipe<'r> {
    pub key: &'r Key,
    pub now: Timestamp,
    /// Folders for the texts of rules.
    pub folders: &'r [PathBuf],
    /// Where the list will be kept, with its texts.
    pub store: Option<&'r Store>,
    /// What the list must not block, where that is judged.
    pub rails: Option<&'r GuardRails>,
    /// Whether enough people signed it to override that.
    pub may_override: bool,
    /// Whether a list without rules is taken.
    pub may_be_empty: bool,
}

/// A list's octets, and what they are called.
#[derive(Debug)]
pub(super) struct Content {
    pub place: String,
    pub file: File,
    pub format: Option<Format>,
}

/// Reads the rules and builds the index.
pub(super) fn build(name: &str, content: &Content, recipe: Recipe<'_>) -> Result<Loaded, Error> {
    let build = |texts| {
        let mut file = &content.file;
        file.rewind().map_err(|cause| unreadable(content, cause))?;
        compile(texts, file, (name, content), recipe)
    };
    if let Some(draft) = recipe.store.and_then(|store| store.draft().ok())
        && let Ok(texts) = draft.reopen()
    {
        match build(texts) {
            // There may be room elsewhere.
            Err(Error::Unwritable { .. }) => {}
            built => {
                return built
                    .map(|loaded| Loaded { index: saved(&loaded.list, recipe.key, draft), ..loaded });
            }
        }
    }
    scratch(recipe.folders, build)
}

/// Saves a list behind its texts. Without that the next start builds it, so a failure is no more than slow.
fn saved(list: &List, key: &Key, mut draft: NamedTempFile) -> Option<NamedTempFile> {
    let file = draft.as_file_mut();
    let texts = file.seek(SeekFrom::End(0)).ok()?;
    match list.save(key, texts, BufWriter::new(&*file)) {
        Ok(()) => Some(draft),
        Err(error) => {
            tracing::debug!(list = list.name, %error, "the index is not saved");
            // The texts stay in use; what there is of the index would take room from what comes.
            let _ = file.set_len(texts);
            None
        }
    }
}

/// Reads a list that was saved.
pub(super) fn open(name: &str, key: &Key, path: &Path) -> Result<List, SavedError> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    List::open(name.to_owned(), key, TextFile(file), length)
}

fn compile(
    texts: File,
    input: impl Read,
    (name, content): (&str, &Content),
    recipe: Recipe<'_>,
) -> Result<Loaded, Error> {
    let mut builder = ListBuilder::new(*recipe.key, recipe.now, BufWriter::new(texts));
    let mut guard = recipe.rails.map(|rails| Guard::new(rails, recipe.may_override));
    let mut failed = None;
    let read = read(input, content.format, &content.place, |rule| {
        if let Some(guard) = &mut guard {
            guard.look(&rule);
        }
        if failed.is_none() {
            failed = builder.push(rule).err();
        }
    });
    let unwritable = |cause| Error::Unwritable { what: format!("texts of list `{name}`"), cause };
    if let Some(cause) = failed {
        return Err(unwritable(cause));
    }
    let report = match read {
        Err(ReadError::Empty(empty)) if recipe.may_be_empty => empty.1,
        read => read?,
    };
    let place = || content.place.clone();
    let overridden = guard.map_or_else(|| Ok(Overridden::default()), Guard::finish);
    let overridden = overridden.map_err(|cause| Error::Guarded { place: place(), cause: Box::new(cause) })?;
    let open =
        |writer: BufWriter<File>| Ok(TextFile(writer.into_inner().map_err(|error| error.into_error())?));
    let list = builder.finish(name.to_owned(), report.header.clone(), open).map_err(unwritable)?;
    Ok(Loaded { list, report, overridden, index: None })
}

fn unreadable(content: &Content, cause: io::Error) -> Error {
    Error::Unreadable { path: content.place.clone().into(), cause }
}

/// The texts of rules in a file.
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

/// What tells that a file has changed: its inode, length and time; a missing one has a stamp too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp(Option<(u64, u64, i64, i64)>);

impl Stamp {
    pub(super) fn of(path: &Path) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(fs::metadata(path).ok().map(|file| (file.ino(), file.len(), file.mtime(), file.mtime_nsec())))
    }
}
