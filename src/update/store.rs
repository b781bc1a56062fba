//! The state directory: the last good generations of each list.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Generations kept of each list: the one in force and the one before.
const KEPT: u64 = 2;

/// How the names of drafts begin.
const DRAFT: &str = ".draft-";

/// The generations of one list.
#[derive(Clone, Debug)]
pub(super) struct Store {
    directory: PathBuf,
}

/// A generation on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub list: PathBuf,
    pub targets: PathBuf,
}

impl Store {
    /// The store of a list, made where it is missing; drafts that a crash left there are removed.
    pub(super) fn open(state: &Path, list: &str) -> io::Result<Self> {
        let directory = state.join(list);
        fs::create_dir_all(&directory)?;
        // Only a crash leaves a draft behind; each would take the room of a list for ever.
        for entry in fs::read_dir(&directory)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(DRAFT) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(Self { directory })
    }

    /// The newest generation; `None` where there is none.
    pub(super) fn current(&self) -> io::Result<Option<Stored>> {
        Ok(self.number()?.map(|number| self.generation(number)))
    }

    /// The generations that are kept, the newest first.
    pub(super) fn stored(&self) -> io::Result<Vec<Stored>> {
        let newest = self.number()?.unwrap_or(0);
        let kept = (1..=newest).rev().take(KEPT as usize).map(|number| self.generation(number));
        Ok(kept.filter(|stored| stored.list.exists()).collect())
    }

    /// A file in the store, to be filled and then given to [`Store::keep`]; gone if it is not.
    pub(super) fn draft(&self) -> io::Result<NamedTempFile> {
        // Somebody may have cleared the folder away since the start.
        fs::create_dir_all(&self.directory)?;
        tempfile::Builder::new().prefix(DRAFT).tempfile_in(&self.directory)
    }

    /// Makes a draft the newest generation. After a crash at any moment `current` names a whole one.
    /// What is the newest already stays so, so that the generation before it stays as well.
    pub(super) fn keep(&self, list: NamedTempFile, targets: Option<&[u8]>) -> io::Result<()> {
        if self.current()?.is_some_and(|current| current.holds(&list, targets)) {
            return Ok(());
        }
        let number = self.number()?.unwrap_or(0) + 1;
        let generation = self.generation(number);
        settle(list, &generation.list)?;
        if let Some(targets) = targets {
            self.write(targets, &generation.targets)?;
        }
        self.write(number.to_string().as_bytes(), &self.directory.join("current"))?;
        // What cannot be removed now is removed by a later update.
        for old in (1..=number.saturating_sub(KEPT)).rev().take(8) {
            let old = self.generation(old);
            let _ = fs::remove_file(old.list).and_then(|()| fs::remove_file(old.targets));
        }
        Ok(())
    }

    fn generation(&self, number: u64) -> Stored {
        let file = |end: &str| self.directory.join(format!("{number}.{end}"));
        Stored { list: file("list"), targets: file("targets.json") }
    }

    fn number(&self) -> io::Result<Option<u64>> {
        let path = self.directory.join("current");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let number = text.trim().parse();
        number.map(Some).map_err(|_| {
            let told = format!("{} holds no number; remove the file", path.display());
            io::Error::new(io::ErrorKind::InvalidData, told)
        })
    }

    fn write(&self, octets: &[u8], path: &Path) -> io::Result<()> {
        let mut draft = self.draft()?;
        draft.write_all(octets)?;
        settle(draft, path)
    }
}

impl Stored {
    /// Whether it is this already; not if it cannot be read.
    fn holds(&self, list: &NamedTempFile, targets: Option<&[u8]>) -> bool {
        let same = || equal(list.reopen()?, File::open(&self.list)?);
        fs::read(&self.targets).ok().as_deref() == targets && same().unwrap_or(false)
    }
}

/// Whether two files hold the same octets.
fn equal(one: File, other: File) -> io::Result<bool> {
    let (mut one, mut other) = (BufReader::new(one), BufReader::new(other));
    loop {
        let (octets, others) = (one.fill_buf()?, other.fill_buf()?);
        let count = octets.len().min(others.len());
        if count == 0 || octets[..count] != others[..count] {
            return Ok(octets.is_empty() && others.is_empty());
        }
        one.consume(count);
        other.consume(count);
    }
}

/// Syncs a file, puts it in its place, and syncs the folder, so that the name lasts too.
fn settle(draft: NamedTempFile, path: &Path) -> io::Result<()> {
    draft.as_file().sync_all()?;
    draft.persist(path).map_err(|error| error.error)?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(store: &Store, text: &str, targets: Option<&[u8]>) {
        let mut draft = store.draft().unwrap();
        draft.write_all(text.as_bytes()).unwrap();
        store.keep(draft, targets).unwrap();
    }

    #[test]
    fn the_newest_generation_is_current_and_old_ones_go() {
        let state = tempfile::tempdir().unwrap();
        let store = Store::open(state.path(), "demo").unwrap();
        assert_eq!(store.current().unwrap(), None);
        for text in ["one", "two", "three"] {
            keep(&store, text, Some(b"signed"));
        }
        let current = Store::open(state.path(), "demo").unwrap().current().unwrap().unwrap();
        assert_eq!(fs::read_to_string(&current.list).unwrap(), "three");
        assert_eq!(fs::read_to_string(&current.targets).unwrap(), "signed");
        let mut names: Vec<_> = fs::read_dir(state.path().join("demo"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["2.list", "2.targets.json", "3.list", "3.targets.json", "current"]);
    }

    #[test]
    fn the_same_again_is_no_new_generation() {
        let state = tempfile::tempdir().unwrap();
        let store = Store::open(state.path(), "demo").unwrap();
        let number = || store.number().unwrap().unwrap();
        for (text, targets, expected) in [
            ("one", None, 1),
            ("one", None, 1),
            ("one more", None, 2),
            ("one", None, 3),
            ("one", Some(&b"signed"[..]), 4),
            ("one", Some(b"signed"), 4),
            ("one", Some(b"signed again"), 5),
            ("", Some(b"signed again"), 6),
        ] {
            keep(&store, text, targets);
            assert_eq!(number(), expected, "{text} {targets:?}");
        }
    }

    #[test]
    fn what_a_crash_leaves_behind_changes_nothing() {
        let state = tempfile::tempdir().unwrap();
        let store = Store::open(state.path(), "demo").unwrap();
        keep(&store, "one", None);
        // Killed after the list was put in its place and before `current` was.
        fs::write(state.path().join("demo/2.list"), "half").unwrap();
        let current = store.current().unwrap().unwrap();
        assert_eq!(fs::read_to_string(current.list).unwrap(), "one");
        keep(&store, "two", None);
        assert_eq!(fs::read_to_string(store.current().unwrap().unwrap().list).unwrap(), "two");
    }

    #[test]
    fn drafts_that_a_crash_left_are_removed() {
        let state = tempfile::tempdir().unwrap();
        let store = Store::open(state.path(), "demo").unwrap();
        keep(&store, "one", None);
        let mut draft = store.draft().unwrap();
        draft.write_all(b"half").unwrap();
        // As if the program were killed here: nothing is dropped.
        let (_, left) = draft.keep().unwrap();
        let store = Store::open(state.path(), "demo").unwrap();
        assert!(!left.exists());
        assert_eq!(fs::read_to_string(store.current().unwrap().unwrap().list).unwrap(), "one");
    }

    #[test]
    fn a_damaged_pointer_is_told() {
        let state = tempfile::tempdir().unwrap();
        let store = Store::open(state.path(), "demo").unwrap();
        fs::write(state.path().join("demo/current"), "x").unwrap();
        assert!(store.current().unwrap_err().to_string().contains("remove the file"));
    }
}
