//! All lists together: what is in force, what changed, what was refused.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tempfile::NamedTempFile;

use super::config::{Config, ListSource, Source};
use super::load::{Error, Fetched, Loaded, Recipe, Stamp, build, copy, fetch};
use super::store::{Store, Stored};
use crate::blocklist::{Key, Leap, List};
use crate::metrics::{ListStatus, Metrics};

/// How long after a failure that may pass a list is tried again.
const TRY_AGAIN: SignedDuration = SignedDuration::from_secs(60);

/// So many looks in a row that find a list changing are worth a word.
const LONG_UNSETTLED: u32 = 5;

/// Why lists are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Time has passed: only what changed, and only once it has stopped changing.
    Poll,
    /// Somebody asked: everything.
    Reload,
    /// Somebody asked and accepts a great loss of rules.
    AcceptLoss,
}

/// What became of one list.
#[derive(Debug)]
pub struct Change {
    /// The list's name.
    pub list: String,
    /// Taken, or refused with the last good one still in force.
    pub outcome: Outcome,
}

/// How a look at a list ended.
#[derive(Debug)]
pub enum Outcome {
    /// A generation was taken.
    Taken {
        /// Rules in force.
        rules: u32,
        /// Rules in force before.
        before: Option<u32>,
        /// How many lines gave no rule.
        faulty: u64,
        /// The first hundred of them, with file, line and remedy.
        faults: Vec<String>,
        /// What else a reader of logs should know: lists out of date, state not kept.
        remarks: Vec<String>,
    },
    /// The source cannot be used and the last stored generation serves, for this reason.
    Stored(Error),
    /// Nothing was taken, for this reason; the last good generation stays.
    Refused(Error),
    /// Nothing was taken, for this reason, and there is nothing that could stay.
    Missing(Error),
}

/// The lists and where they come from. A copy can be tried out aside, and thrown away.
#[derive(Clone)]
pub struct Updater {
    config: Config,
    key: Key,
    metrics: Arc<Metrics>,
    slots: Vec<Slot>,
}

#[derive(Clone)]
struct Slot {
    source: ListSource,
    store: Option<Store>,
    current: Option<Arc<List>>,
    version: u64,
    /// The files as they were when last taken or refused.
    tried: Option<Stamp>,
    /// The files as they were at the last look: what still changes is left alone.
    seen: Option<Stamp>,
    /// Looks in a row that found the files changing.
    unsettled: u32,
    /// When to try again although nothing changed, because what failed was not the list.
    again: Option<Timestamp>,
}

impl Updater {
    /// An updater that has looked at nothing yet.
    pub fn new(config: Config, key: Key, metrics: Arc<Metrics>) -> Result<Self, Error> {
        let mut updater = Self { config: Config::default(), key, metrics, slots: Vec::new() };
        updater.configure(config)?;
        Ok(updater)
    }

    /// Takes another configuration. A list of the same name stays in force, and is what a new generation from
    /// another source is judged by, unless it is to be trusted for another reason than before.
    pub fn configure(&mut self, config: Config) -> Result<(), Error> {
        let mut slots = Vec::new();
        for source in &config.lists {
            let mut slot = Slot::new(source.clone(), config.state.as_deref())?;
            let old = self.slots.iter().find(|old| old.source.name == source.name);
            if let Some(old) = old.filter(|old| old.source.root == source.root) {
                slot.current = old.current.clone();
                slot.version = old.version;
                if old.source == *source {
                    (slot.tried, slot.seen) = (old.tried.clone(), old.seen.clone());
                }
            }
            slots.push(slot);
        }
        self.slots = slots;
        self.config = config;
        Ok(())
    }

    /// Every list in force, in the order of the configuration.
    pub fn lists(&self) -> Vec<Arc<List>> {
        self.slots.iter().filter_map(|slot| slot.current.clone()).collect()
    }

    /// Names of the lists that have no generation in force.
    pub fn missing(&self) -> Vec<&str> {
        let missing = self.slots.iter().filter(|slot| slot.current.is_none());
        missing.map(|slot| slot.source.name.as_str()).collect()
    }

    /// Looks at the sources and takes what is new. Blocks on disk; what is in force is untouched meanwhile.
    pub fn look(&mut self, mode: Mode, now: Timestamp) -> Vec<Change> {
        let state = self.config.state.clone();
        let texts: Vec<PathBuf> = state.into_iter().chain([std::env::temp_dir()]).collect();
        let mut changes = Vec::new();
        for slot in &mut self.slots {
            let recipe = Recipe {
                key: self.key,
                now,
                texts: &texts,
                least_version: slot.version,
                may_be_empty: mode == Mode::AcceptLoss,
            };
            let Some(outcome) = slot.look(mode, recipe, &self.metrics) else { continue };
            if !matches!(outcome, Outcome::Taken { .. }) {
                self.metrics.list_refused(&slot.source.name);
            }
            changes.push(Change { list: slot.source.name.clone(), outcome });
        }
        changes
    }
}

impl Slot {
    fn new(source: ListSource, state: Option<&Path>) -> Result<Self, Error> {
        let open = |state: &Path| {
            let what = format!("state directory {}", state.display());
            Store::open(state, &source.name).map_err(|cause| Error::Unwritable { what, cause })
        };
        // What the program carries needs no keeping.
        let store = match source.source {
            Source::Embedded => None,
            Source::File(_) => state.map(open).transpose()?,
        };
        Ok(Self {
            source,
            store,
            current: None,
            version: 0,
            tried: None,
            seen: None,
            unsettled: 0,
            again: None,
        })
    }

    /// Takes a new generation if there is one; `None` where nothing is to be said.
    fn look(&mut self, mode: Mode, recipe: Recipe<'_>, metrics: &Metrics) -> Option<Outcome> {
        let stamp = Stamp::of(&self.source);
        let settled = self.seen.as_ref() == Some(&stamp);
        self.seen = Some(stamp.clone());
        self.unsettled = if settled { 0 } else { self.unsettled + 1 };
        if self.unsettled == LONG_UNSETTLED {
            let list = &self.source.name;
            tracing::warn!(list, "the file changes at every look; it is taken once it stays as it is");
        }
        let due = self.again.is_some_and(|again| again <= recipe.now);
        let changed = due || self.tried.as_ref() != Some(&stamp);
        if mode == Mode::Poll && !(settled && changed) {
            return None;
        }
        let first = self.current.is_none();
        if first && let Some(error) = self.restore(recipe, metrics) {
            tracing::warn!(list = self.source.name, %error, "the stored generation cannot be used");
        }
        let recipe = Recipe { least_version: self.version, ..recipe };
        let outcome = match self.take(mode, recipe, metrics) {
            Ok(outcome) => outcome,
            Err(error) if first && self.current.is_some() => Outcome::Stored(error),
            Err(error) if self.current.is_none() => Outcome::Missing(error),
            Err(error) => Outcome::Refused(error),
        };
        self.tried = Some(stamp);
        self.again = match &outcome {
            Outcome::Stored(error) | Outcome::Refused(error) | Outcome::Missing(error)
                if error.may_pass() =>
            {
                recipe.now.checked_add(TRY_AGAIN).ok()
            }
            _ => None,
        };
        Some(outcome)
    }

    /// Puts the newest stored generation that can be used in force, so that the source is judged against it. Gives
    /// back why the newest could not be.
    fn restore(&mut self, recipe: Recipe<'_>, metrics: &Metrics) -> Option<Error> {
        let store = self.store.as_ref()?;
        let stored = match store.stored() {
            Ok(stored) => stored,
            Err(cause) => return Some(Error::Unwritable { what: "state directory".into(), cause }),
        };
        let recipe = Recipe { may_be_empty: true, ..recipe };
        let mut newest = None;
        for Stored { list, targets } in &stored {
            let loaded = fetch(&self.source, Some((list, targets)))
                .and_then(|fetched| build(&self.source.name, &fetched, recipe));
            match loaded {
                Ok(loaded) => {
                    self.put_in_force(loaded, metrics, recipe.now);
                    break;
                }
                Err(error) => newest = newest.or(Some(error)),
            }
        }
        newest
    }

    /// Fetches, verifies, builds, judges, stores, and puts in force.
    fn take(&mut self, mode: Mode, recipe: Recipe<'_>, metrics: &Metrics) -> Result<Outcome, Error> {
        let mut remarks = Vec::new();
        // What is built is what is stored: the source may change while it is read. Where nothing can be stored, a
        // full disk say, that is no reason to go on with an older list.
        let (fetched, draft) = match self.drafted() {
            Ok(drafted) => drafted,
            Err(error @ Error::Unwritable { .. }) => {
                remarks.push(format!("not kept in the state directory: {error}"));
                (fetch(&self.source, None)?, None)
            }
            Err(error) => return Err(error),
        };
        let loaded = build(&self.source.name, &fetched, recipe)?;
        self.judge(mode, &fetched, &loaded.list)?;
        remarks.extend(out_of_date(&loaded, recipe.now));
        if let (Some(store), Some(draft)) = (&self.store, draft) {
            let targets = fetched.vouched.as_ref().map(|vouched| vouched.targets.1.as_slice());
            if let Err(error) = store.keep(draft, targets) {
                remarks.push(format!("not kept in the state directory: {error}"));
            }
        }
        let before = self.current.as_ref().map(|list| list.rules);
        let rules = loaded.list.rules;
        let faulty = loaded.report.faulty;
        let faults = loaded.report.faults.iter().map(ToString::to_string).collect();
        self.put_in_force(loaded, metrics, recipe.now);
        Ok(Outcome::Taken { rules, before, faulty, faults, remarks })
    }

    /// Fetches the source, into a draft of the next generation where there is a store.
    fn drafted(&self) -> Result<(Fetched, Option<NamedTempFile>), Error> {
        let mut fetched = fetch(&self.source, None)?;
        let Some(store) = &self.store else { return Ok((fetched, None)) };
        let unwritable = |cause| Error::Unwritable { what: "state directory".into(), cause };
        let mut draft = store.draft().map_err(unwritable)?;
        copy(&mut fetched, draft.as_file_mut())?;
        Ok((fetched, Some(draft)))
    }

    /// Refuses what goes back, loses too much or grows too much.
    fn judge(&self, mode: Mode, fetched: &Fetched, list: &List) -> Result<(), Error> {
        let Some(current) = &self.current else { return Ok(()) };
        let serial = |list: &List| list.header.as_ref().map(|header| header.serial);
        if let (Some(serial), Some(before)) = (serial(list), serial(current))
            && serial < before
        {
            return Err(Error::Older { path: fetched.path.clone(), serial, before });
        }
        // Names, not lines: the same name a thousand times is no replacement for a thousand. Rules that ended by
        // their own date are no loss.
        let ended = list.expired.saturating_sub(current.expired);
        let judged = self.source.limits().judge(current.listed.into(), list.listed.into(), ended.into());
        match judged {
            Err(Leap::Emptied { .. } | Leap::Shrunk { .. }) if mode == Mode::AcceptLoss => Ok(()),
            judged => judged.map_err(|cause| Error::Unsteady { path: fetched.path.clone(), cause }),
        }
    }

    fn put_in_force(&mut self, loaded: Loaded, metrics: &Metrics, now: Timestamp) {
        let mut list = loaded.list;
        list.slot = metrics.list_slot(&list.name);
        let header = list.header.as_ref();
        let status = ListStatus {
            rules: i64::from(list.rules),
            serial: header.map_or(0, |header| i64::try_from(header.serial).unwrap_or(i64::MAX)),
            loaded: now.as_second(),
            expires: header.map_or(0, |header| header.expires.as_second()),
        };
        metrics.list_loaded(&list.name, status);
        self.version = loaded.version.unwrap_or(0);
        self.current = Some(Arc::new(list));
    }
}

fn out_of_date(loaded: &Loaded, now: Timestamp) -> Option<String> {
    let header_ends = loaded.report.header.as_ref().map(|header| header.expires);
    let is_over = header_ends.into_iter().chain(loaded.expires).any(|end| end <= now);
    is_over.then(|| {
        "the list or what vouches for it is out of date; it stays in force: ask its authority".to_owned()
    })
}
