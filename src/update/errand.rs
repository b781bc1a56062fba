//! A visit to one authority, made beside everything else: on copies, so that nothing that is in force changes until
//! what it brought is committed, and a slow server holds up nothing but itself.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::outcome::{Change, Mode};
use super::repository::Repository;
use super::slot::{Looked, Slot};
use super::updater::Tools;

/// A visit to a repository that is to be made.
pub struct Errand {
    pub(super) authority: String,
    pub(super) repository: Arc<Mutex<Repository>>,
    /// Copies of the lists that come from there.
    pub(super) slots: Vec<Slot>,
    /// Where texts of rules go.
    pub(super) folders: Vec<PathBuf>,
    pub(super) tools: Tools,
    pub(super) mode: Mode,
    pub(super) busy: Option<Busy>,
}

/// What a visit brought.
pub struct Visited {
    pub(super) authority: String,
    /// The one that was visited, by which its authority is known again: another one of the same name may be trusted
    /// by now.
    pub(super) repository: Arc<Mutex<Repository>>,
    pub(super) slots: Vec<Slot>,
    pub(super) changes: Vec<Change>,
    pub(super) visit: Visit,
}

/// How the last visit of a repository ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Visit {
    /// When its metadata was last verified as current.
    pub refreshed: Option<Timestamp>,
    /// Why it could not be at the last visit.
    pub failure: Option<String>,
    pub root_version: u64,
}

/// Marks an authority as being visited, until it is dropped.
pub(super) struct Busy(Arc<AtomicBool>);

impl Busy {
    /// The mark, unless somebody has it.
    pub(super) fn mark(flag: &Arc<AtomicBool>) -> Option<Self> {
        (!flag.swap(true, SeqCst)).then(|| Self(flag.clone()))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.store(false, SeqCst);
    }
}

impl Errand {
    /// Whom it is to.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Visits the repository: refreshes its metadata, fetches, verifies and builds what is new. Blocks on network and
    /// disk, within bounds; nothing that is in force changes.
    pub fn run(mut self, now: Timestamp) -> Visited {
        let mut repository = self.repository.lock().unwrap_or_else(PoisonError::into_inner);
        let look = self.tools.look(self.mode, now, &self.folders);
        let mut changes = Vec::new();
        let refreshed = repository.refresh(now).map(|_| ());
        let mut visit = Visit { root_version: repository.root().version(), ..Visit::default() };
        let failure = refreshed.map_err(Arc::new).err();
        let look_at = |slot: &mut Slot| match &failure {
            None => slot.look_at_target(&mut repository, look),
            Some(error) => Looked::Done(slot.failed(error.clone().into(), look)),
        };
        let looked: Vec<Looked> = self.slots.iter_mut().map(look_at).collect();
        match failure {
            None => visit.refreshed = Some(now),
            Some(error) => visit.failure = Some(error.to_string()),
        }
        if let Some(error) = repository.unwritten() {
            let authority = &self.authority;
            tracing::warn!(authority, %error, "trusted metadata could not be kept in the state directory");
        }
        drop(repository);
        // What was fetched is built while others visit.
        let mut slots = Vec::new();
        for (mut slot, looked) in self.slots.into_iter().zip(looked) {
            if matches!(looked, Looked::Left) {
                continue;
            }
            let list = slot.source.name.clone();
            let outcome = slot.take_looked_at(looked, look);
            changes.extend(outcome.map(|outcome| Change { list, outcome }));
            slots.push(slot);
        }
        drop(self.busy);
        Visited { authority: self.authority, repository: self.repository, slots, changes, visit }
    }
}
