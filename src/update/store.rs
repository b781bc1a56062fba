//! The generations of one list in the state directory.
//!
//! `N.list` is the list as it was taken, `N.index` the same ready to decide, which can be made again and may be missing,
//! and `N.json` its [`Record`], written after them, so that a record speaks of a list that is whole; the greatest N with
//! a record is the newest. `held`, while a rollback holds, names the one that is in force. `fresh-until` says until when
//! the authority vouches for the newest, which it does again and again without a new generation. Every file is put in
//! its place whole; a crash at any moment leaves what was before.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{Context, SHA256};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use tough::schema::decoded::{Encode, Hex};

use super::files::{clear_drafts, draft, replace, settle};
use crate::blocklist::Format;

/// Generations kept of each list: the one in force and some to go back to.
const KEPT: usize = 5;
const HELD: &str = "held";
const FRESH_UNTIL: &str = "fresh-until";

/// The generations of one list.
#[derive(Clone, Debug)]
pub(super) struct Store {
    folder: PathBuf,
}

/// What is known of a stored generation without reading it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// SHA-256 of the stored file.
    pub file: String,
    /// How the file was said to be written, if it was.
    #[serde(default)]
    pub format: Option<Format>,
    /// The serial of its header, if it has one.
    pub serial: Option<u64>,
    /// Names and networks in it, and rules that had ended when it was taken: what the next one is judged by.
    pub listed: u32,
    pub expired: u32,
    /// Rules that break a guard rail by the recorded will of those who signed.
    pub overridden: u64,
    /// Who vouches for it, if anybody does.
    pub signed: Option<Signature>,
}

/// Who vouches for a generation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Signature {
    /// The digest of the first root that the chain of trust began with.
    pub lineage: String,
    /// The path of the target.
    pub path: String,
    /// The digest of the target that was signed.
    pub target: String,
    /// The role that signed it, and the holders by name.
    pub role: String,
    pub holders: Vec<String>,
}

/// A generation on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub number: u64,
    pub list: PathBuf,
    pub index: PathBuf,
    pub record: Record,
}

impl Store {
    /// The store of a list, made where it is missing; drafts that a crash left there are removed.
    pub(super) fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        clear_drafts(&folder)?;
        Ok(Self { folder })
    }

    /// The generations that are kept, the newest first.
    pub(super) fn stored(&self) -> io::Result<Vec<Stored>> {
        let mut stored = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let Some(number) = number_of(&entry?.path(), "list") else { continue };
            if let Ok(record) = self.record(number) {
                let [list, index] = ["list", "index"].map(|end| self.path(number, end));
                stored.push(Stored { number, list, index, record });
            }
        }
        stored.sort_unstable_by_key(|stored| std::cmp::Reverse(stored.number));
        Ok(stored)
    }

    /// A file in the store, to be filled and then given to [`Store::keep`]; gone if it is not.
    pub(super) fn draft(&self) -> io::Result<NamedTempFile> {
        draft(&self.folder)
    }

    /// Makes a draft the newest generation, with its index if there is one, and gives its number. What is the newest
    /// already, and sound, stays so, so that the generation before it stays as well.
    pub(super) fn keep(
        &self,
        list: NamedTempFile,
        index: Option<NamedTempFile>,
        record: &Record,
    ) -> io::Result<u64> {
        let stored = self.stored()?;
        if let Some(newest) = stored.first()
            && newest.record == *record
            && digest_of(&newest.list).is_ok_and(|digest| digest == record.file)
        {
            self.keep_index(newest.number, index);
            return Ok(newest.number);
        }
        let number = stored.first().map_or(0, |newest| newest.number) + 1;
        settle(list, &self.path(number, "list"))?;
        self.keep_index(number, index);
        replace(&self.path(number, "json"), &serde_json::to_vec_pretty(record)?)?;
        self.clear()?;
        Ok(number)
    }

    /// Keeps the index of a generation. It is not synced: what a crash leaves of it is told by its checksum.
    pub(super) fn keep_index(&self, number: u64, index: Option<NamedTempFile>) {
        if let Some(index) = index
            && let Err(error) = index.persist(self.path(number, "index"))
        {
            tracing::debug!(%error, "an index is not kept");
        }
    }

    /// The generation that a rollback holds in force.
    pub(super) fn held(&self) -> io::Result<Option<u64>> {
        let path = self.folder.join(HELD);
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

    /// Holds a generation in force, or the newest from now on.
    pub(super) fn hold(&self, number: Option<u64>) -> io::Result<()> {
        let path = self.folder.join(HELD);
        match number {
            Some(number) => replace(&path, number.to_string().as_bytes()),
            None => fs::remove_file(path).or_else(|error| match error.kind() {
                io::ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            }),
        }
    }

    /// Until when the authority vouches for the list, as far as it is known.
    pub(super) fn fresh_until(&self) -> Option<Timestamp> {
        fs::read_to_string(self.folder.join(FRESH_UNTIL)).ok()?.parse().ok()
    }

    pub(super) fn set_fresh_until(&self, moment: Timestamp) -> io::Result<()> {
        replace(&self.folder.join(FRESH_UNTIL), moment.to_string().as_bytes())
    }

    /// Removes what is too old to be kept, and what a crash left of it; what cannot be removed now is removed by a
    /// later update.
    fn clear(&self) -> io::Result<()> {
        let newest = self.stored()?.into_iter().take(KEPT).map(|stored| stored.number);
        // Which one is held cannot be known: nothing goes that it might be.
        let Ok(held) = self.held() else { return Ok(()) };
        let kept: Vec<u64> = newest.chain(held).collect();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let number = ["list", "index", "json"].iter().find_map(|end| number_of(&path, end));
            if number.is_some_and(|number| !kept.contains(&number)) {
                let _ = fs::remove_file(path);
            }
        }
        Ok(())
    }

    fn record(&self, number: u64) -> io::Result<Record> {
        Ok(serde_json::from_slice(&fs::read(self.path(number, "json"))?)?)
    }

    fn path(&self, number: u64, end: &str) -> PathBuf {
        self.folder.join(format!("{number}.{end}"))
    }
}

/// The number of the generation that a file is of.
fn number_of(path: &Path, end: &str) -> Option<u64> {
    path.file_name()?.to_str()?.strip_suffix(end)?.strip_suffix('.')?.parse().ok()
}

/// The SHA-256 of what a reader holds, in hexadecimal digits.
pub(super) fn digest(mut reader: impl Read) -> io::Result<String> {
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 64 << 10];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(Hex::encode(context.finish().as_ref())),
            Ok(count) => context.update(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The same of a file from its beginning.
pub(super) fn digest_of(path: &Path) -> io::Result<String> {
    digest(File::open(path)?)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let state = tempfile::tempdir().unwrap();
        let store = Store::open(state.path().join("demo")).unwrap();
        (state, store)
    }

    fn keep(store: &Store, text: &str) -> u64 {
        let mut draft = store.draft().unwrap();
        draft.write_all(text.as_bytes()).unwrap();
        let file = digest(text.as_bytes()).unwrap();
        let record =
            Record { file, format: None, serial: None, listed: 1, expired: 0, overridden: 0, signed: None };
        store.keep(draft, None, &record).unwrap()
    }

    fn texts(store: &Store) -> Vec<String> {
        store.stored().unwrap().iter().map(|stored| fs::read_to_string(&stored.list).unwrap()).collect()
    }

    #[test]
    fn the_newest_comes_first_and_the_oldest_go() {
        let (_state, store) = store();
        assert!(store.stored().unwrap().is_empty());
        (1..=7).for_each(|number| assert_eq!(keep(&store, &number.to_string()), number));
        assert_eq!(texts(&store), ["7", "6", "5", "4", "3"]);
        assert_eq!(
            digest_of(&store.stored().unwrap()[0].list).unwrap(),
            store.stored().unwrap()[0].record.file
        );
    }

    #[test]
    fn the_same_again_is_no_new_generation() {
        let (_state, store) = store();
        assert_eq!((keep(&store, "one"), keep(&store, "one"), keep(&store, "two")), (1, 1, 2));
        assert_eq!(texts(&store), ["two", "one"]);
    }

    #[test]
    fn what_is_held_stays() {
        let (_state, store) = store();
        keep(&store, "1");
        store.hold(Some(1)).unwrap();
        (2..=9).for_each(|number| _ = keep(&store, &number.to_string()));
        assert_eq!(texts(&store).last().unwrap(), "1");
        assert_eq!(store.held().unwrap(), Some(1));
        store.hold(None).unwrap();
        store.hold(None).unwrap();
        keep(&store, "10");
        assert_eq!(texts(&store), ["10", "9", "8", "7", "6"]);
    }

    #[test]
    fn what_a_crash_leaves_behind_changes_nothing() {
        let (_state, store) = store();
        keep(&store, "one");
        // Killed after the list was put in its place, and before its record was.
        fs::write(store.path(2, "list"), "whole, but nobody knows what").unwrap();
        assert_eq!(texts(&store), ["one"]);
        (2..=6).for_each(|number| assert_eq!(keep(&store, &number.to_string()), number));
        assert_eq!(texts(&store), ["6", "5", "4", "3", "2"]);
        // Killed between the removal of a list and that of its record.
        fs::remove_file(store.path(2, "list")).unwrap();
        assert_eq!(keep(&store, "7"), 7);
        assert_eq!(texts(&store), ["7", "6", "5", "4", "3"]);
        assert!(!store.path(2, "json").exists());
    }

    #[test]
    fn what_is_damaged_is_stored_again() {
        let (_state, store) = store();
        keep(&store, "one");
        keep(&store, "two");
        fs::write(store.path(2, "list"), "twx").unwrap();
        assert_eq!(keep(&store, "two"), 3);
        assert_eq!(texts(&store), ["two", "twx", "one"]);
    }

    #[test]
    fn drafts_that_a_crash_left_are_removed() {
        let (_state, store) = store();
        keep(&store, "one");
        let mut draft = store.draft().unwrap();
        draft.write_all(b"half").unwrap();
        // As if the program were killed here: nothing is dropped.
        let (_, left) = draft.keep().unwrap();
        let store = Store::open(store.folder).unwrap();
        assert!(!left.exists());
        assert_eq!(texts(&store), ["one"]);
    }

    #[test]
    fn a_damaged_pointer_is_told() {
        let (_state, store) = store();
        fs::write(store.folder.join(HELD), "x").unwrap();
        assert!(store.held().unwrap_err().to_string().contains("remove the file"));
    }

    #[test]
    fn freshness_is_remembered() {
        let (_state, store) = store();
        assert_eq!(store.fresh_until(), None);
        let moment: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        store.set_fresh_until(moment).unwrap();
        assert_eq!(store.fresh_until(), Some(moment));
    }
}
