//! Stored generations, put in force again: at a start, by a rollback, and at its end.

use std::fs::File;

use super::config::Origin;
use super::error::Error;
use super::load::{Content, Recipe, build, open};
use super::slot::{Look, Slot};
use super::store::{Record, Stored, digest_of};
use crate::blocklist::{Format, List};

impl Slot {
    /// Puts a stored generation in force where none is, so that what comes is judged against it.
    pub(super) fn restore_first(&mut self, lineage: Option<&str>, look: Look<'_>) {
        if self.current.is_none()
            && let Err(error) = self.restore(lineage, look)
        {
            tracing::warn!(list = self.source.name, %error, "a stored generation cannot be used");
        }
    }

    /// Puts the held generation in force, or the newest stored one that can be used. Fails where the first choice
    /// could not be, whatever is in force then.
    fn restore(&mut self, lineage: Option<&str>, look: Look<'_>) -> Result<(), Error> {
        let Some(store) = self.store.clone() else { return Ok(()) };
        let mut stored = store.stored().map_err(Error::unwritable("state directory"))?;
        let held = store.held();
        stored.retain(|stored| match (&stored.record.signed, lineage) {
            (Some(signed), Some(lineage)) => signed.lineage == lineage && self.is_of(&signed.path),
            (signed, lineage) => signed.is_some() == lineage.is_some(),
        });
        let newest = stored.first().map(|stored| stored.record.clone());
        let number = held.as_ref().ok().copied().flatten();
        stored.sort_by_key(|stored| Some(stored.number) != number);
        self.fresh_until = store.fresh_until().filter(|_| lineage.is_some());
        let used = self.use_first(&stored, look)?;
        if used.is_some() && used == number {
            (self.held, self.newest) = (number, newest);
        }
        held.map_err(Error::unwritable("state directory"))?;
        let damaged = stored.first().filter(|first| used.is_some_and(|number| number != first.number));
        damaged.map_or(Ok(()), |first| Err(Error::Damaged { path: first.list.clone() }))
    }

    /// Puts the first of these generations in force that can be used, and gives its number. What stood before it is as
    /// if it had never been taken, so that it is fetched again. Fails where there are some and none can be used.
    fn use_first(&mut self, stored: &[Stored], look: Look<'_>) -> Result<Option<u64>, Error> {
        let mut failure = None;
        for candidate in stored {
            match self.rebuild(candidate, look) {
                Ok(list) => {
                    self.newest = Some(candidate.record.clone());
                    self.put_in_force(list, candidate.record.overridden, look);
                    return Ok(Some(candidate.number));
                }
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        failure.map_or(Ok(None), Err)
    }

    /// A stored generation, as it was saved, or built again where that cannot be read.
    fn rebuild(&self, stored: &Stored, look: Look<'_>) -> Result<List, Error> {
        let unreadable = |cause| Error::Unreadable { path: stored.list.clone(), cause };
        if digest_of(&stored.list).map_err(unreadable)? != stored.record.file {
            return Err(Error::Damaged { path: stored.list.clone() });
        }
        let format = match &self.source.origin {
            Origin::File { format, .. } => *format,
            Origin::Target { .. } => Some(Format::Jsonl),
        };
        if stored.record.format == format {
            match open(&self.source.name, look.key, &stored.index) {
                Ok(list) => return Ok(list),
                Err(error) => tracing::debug!(list = self.source.name, %error, "the list is built anew"),
            }
        }
        let file = File::open(&stored.list).map_err(unreadable)?;
        let content = Content { place: stored.list.display().to_string(), file, format };
        // What was taken once is not judged by guard rails that came later: they judge what comes.
        let recipe = Recipe {
            key: look.key,
            now: look.now,
            folders: look.folders,
            store: self.store.as_ref(),
            rails: None,
            may_override: false,
            may_be_empty: true,
        };
        let loaded = build(&self.source.name, &content, recipe)?;
        if let Some(store) = &self.store {
            store.keep_index(stored.number, loaded.index);
        }
        Ok(loaded.list)
    }

    /// Puts an earlier generation in force and holds it there: that of a serial, or the one before the present.
    pub(super) fn roll_back(&mut self, to: Option<u64>, look: Look<'_>) -> Result<(), Error> {
        let stored = self.stored();
        let present = self.held.or_else(|| stored.first().map(|stored| stored.number)).unwrap_or(0);
        let wanted = stored.iter().find(|stored| match to {
            Some(serial) => stored.record.serial == Some(serial),
            // What deltas made of the newest one is not stored.
            None => stored.number < present || (self.is_amended() && stored.number == present),
        });
        let wanted = wanted.ok_or_else(|| not_kept(to, &stored))?;
        let list = self.rebuild(wanted, look)?;
        if let Some(store) = &self.store {
            store.hold(Some(wanted.number)).map_err(Error::unwritable("state directory"))?;
        }
        self.held = Some(wanted.number);
        self.put_in_force(list, wanted.record.overridden, look);
        Ok(())
    }

    /// Ends a rollback: the newest generation that can be used is in force again.
    pub(super) fn release(&mut self, look: Look<'_>) -> Result<(), Error> {
        if let Some(store) = &self.store {
            store.hold(None).map_err(Error::unwritable("state directory"))?;
        }
        if self.held.is_none() {
            return Ok(());
        }
        self.held = None;
        self.use_first(&self.stored(), look).map(|_| ())
    }

    /// Whether a target of this path is the list.
    fn is_of(&self, target: &str) -> bool {
        matches!(&self.source.origin, Origin::Target { path, .. } if path == target)
    }

    /// The generations kept for the present origin, the newest first.
    pub(super) fn stored(&self) -> Vec<Stored> {
        let stored = self.store.as_ref().and_then(|store| store.stored().ok()).unwrap_or_default();
        let lineage = |record: &Record| {
            record.signed.as_ref().map(|signed| (signed.lineage.clone(), signed.path.clone()))
        };
        let Some(present) = self.newest.as_ref().map(lineage) else { return Vec::new() };
        stored.into_iter().filter(|stored| lineage(&stored.record) == present).collect()
    }
}

fn not_kept(wanted: Option<u64>, stored: &[Stored]) -> Error {
    let wanted = wanted.map_or_else(|| "before the present one".to_owned(), |serial| serial.to_string());
    let serials: Vec<String> =
        stored.iter().filter_map(|stored| Some(stored.record.serial?.to_string())).collect();
    let kept = if serials.is_empty() { "none".to_owned() } else { serials.join(", ") };
    Error::NotKept { wanted, kept }
}
