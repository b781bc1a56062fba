//! One list's life: looked for, verified, built, judged, stored, put in force, rolled back.
//!
//! A slot is cheap to copy: work that may take long is done on a copy, and the copy takes the slot's place when it is
//! done.

use std::fs::File;
use std::io::{self, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tempfile::NamedTempFile;

use super::age::{Age, Standing};
use super::config::{ListSource, Origin};
use super::error::Error;
use super::fetch::{Draft, Goal, fetch};
use super::load::{Content, Loaded, Recipe, Stamp, build};
use super::repository::Repository;
use super::store::{Freshness, Record, Signature, Store, Stored, digest, digest_of};
use super::transport::open_file;
use crate::blocklist::{Format, GuardRails, Key, Limits, List};
use crate::metrics::Metrics;
use crate::trust::Found;

/// How long after a failure that may pass a list is tried again.
const TRY_AGAIN: SignedDuration = SignedDuration::from_secs(60);
/// So many looks in a row that find a list changing are worth a word.
const LONG_UNSETTLED: u32 = 5;
/// A file longer than this, in octets, is not copied.
const LONGEST_LIST: u64 = 1 << 30;

/// Why lists are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Time has passed: only what changed, and of files only what has stopped changing.
    Poll,
    /// Somebody asked: everything.
    Reload,
    /// Somebody asked and accepts that a generation differs much in size from the one before.
    AcceptLoss,
}

/// What became of one list, or of an authority.
#[derive(Debug)]
pub struct Change {
    /// The name of the list or of the authority.
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
        /// What else a reader of logs should know: lists out of date, guard rails overridden, state not kept.
        remarks: Vec<String>,
    },
    /// Nothing new was there.
    Unchanged,
    /// A generation was verified and stored, and is not in force because a rollback holds another.
    Held {
        /// Its serial.
        serial: Option<u64>,
    },
    /// The source cannot be used and the last stored generation serves, for this reason.
    Stored(Error),
    /// Nothing was taken, for this reason; the last good generation stays.
    Refused(Error),
    /// Nothing was taken, for this reason, and there is nothing that could stay.
    Missing(Error),
}

/// What every look at a list needs.
#[derive(Clone, Copy)]
pub(super) struct Look<'l> {
    pub mode: Mode,
    pub key: Key,
    pub now: Timestamp,
    pub folders: &'l [PathBuf],
    pub rails: &'l GuardRails,
    pub metrics: &'l Metrics,
}

/// A list and its generations.
#[derive(Clone)]
pub(super) struct Slot {
    pub source: ListSource,
    pub store: Option<Store>,
    pub current: Option<Arc<List>>,
    /// When that was put in force.
    pub loaded: Option<Timestamp>,
    /// What is known of the newest generation that was taken, in force or held back.
    pub newest: Option<Record>,
    /// The stored generation that a rollback holds in force.
    pub held: Option<u64>,
    /// Until when the authority vouches for it.
    pub freshness: Option<Freshness>,
    pub age: Age,
    pub standing: Standing,
    /// Rules that break a guard rail by the recorded will of those who signed.
    pub overridden: u64,
    /// Grows whenever the slot is replaced, so that work on an older copy is known as such.
    pub epoch: u64,
    /// What was tried last: of a file its stamp, of a target its digest.
    tried: Option<Tried>,
    /// A file as it was at the last look: what still changes is left alone.
    seen: Option<Stamp>,
    /// Looks in a row that found the file changing.
    unsettled: u32,
    /// Why the repository could not be used at the last look, if it could not.
    told: Option<String>,
    /// When to try again although nothing changed, because what failed was not the list.
    again: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Tried {
    File(Stamp),
    Target(String),
}

/// A list to be judged and taken.
struct Candidate {
    content: Content,
    /// The same, in the store.
    draft: Option<NamedTempFile>,
    signed: Option<Signature>,
    /// How many people signed it.
    holders: usize,
    remarks: Vec<String>,
}

impl Slot {
    pub(super) fn new(source: ListSource, state: Option<&Path>) -> Result<Self, Error> {
        let folder = state.map(|state| state.join("lists").join(&source.name));
        let open = |folder: PathBuf| {
            let what = format!("state directory {}", folder.display());
            Store::open(folder).map_err(Error::unwritable(what))
        };
        let store = folder.map(open).transpose()?;
        Ok(Self {
            source,
            store,
            current: None,
            loaded: None,
            newest: None,
            held: None,
            freshness: None,
            age: Age::default(),
            standing: Standing::Fresh,
            overridden: 0,
            epoch: 0,
            tried: None,
            seen: None,
            unsettled: 0,
            told: None,
            again: None,
        })
    }

    /// Goes on where another slot for the same list was.
    pub(super) fn inherit(&mut self, old: &Self) {
        (self.current, self.loaded) = (old.current.clone(), old.loaded);
        self.newest = old.newest.clone();
        self.held = old.held;
        self.freshness = old.freshness;
        self.age = old.age.clone();
        self.standing = old.standing;
        self.overridden = old.overridden;
        self.epoch = old.epoch + 1;
        if old.source == self.source {
            (self.tried, self.seen, self.told) = (old.tried.clone(), old.seen, old.told.clone());
        }
    }

    /// When the list is out of date: by its own word, or by that of the metadata that vouches for it.
    pub(super) fn expires(&self) -> Option<Timestamp> {
        let header = self.current.as_ref().and_then(|list| list.header.as_ref()).map(|header| header.expires);
        let signed = self.freshness.map(|freshness| freshness.expires);
        header.into_iter().chain(signed).min()
    }

    /// Looks at a file; `None` where there is nothing to say.
    pub(super) fn look_at_file(&mut self, look: Look<'_>) -> Option<Outcome> {
        let Origin::File { path, format } = &self.source.origin else { return None };
        let (path, format) = (path.clone(), *format);
        let stamp = Stamp::of(&path);
        let settled = self.seen.replace(stamp) == Some(stamp);
        self.unsettled = if settled { 0 } else { self.unsettled + 1 };
        if self.unsettled == LONG_UNSETTLED {
            let list = &self.source.name;
            tracing::warn!(list, "the file changes at every look; it is taken once it stays as it is");
        }
        let tried = Tried::File(stamp);
        if look.mode == Mode::Poll && !(settled && self.is_worth_trying(&tried, look.now)) {
            return None;
        }
        Some(self.attempt(tried, look, None, |slot| slot.copy(&path, format)))
    }

    /// Looks at what an authority published, when its repository was refreshed.
    pub(super) fn look_at_target(&mut self, repository: &mut Repository, look: Look<'_>) -> Option<Outcome> {
        let Origin::Target { path, .. } = &self.source.origin else { return None };
        let path = path.clone();
        let lineage = repository.lineage().to_owned();
        let found = match repository.find(&path) {
            Ok(found) => found,
            Err(error) => return self.failed(Arc::new(error).into(), &lineage, look),
        };
        self.told = None;
        self.restore_first(Some(&lineage), look);
        self.set_freshness(Freshness { expires: found.expires, confirmed: look.now });
        let target = found.target.prefix().unwrap_or_default();
        let is_newest =
            |record: &Record| record.signed.as_ref().is_some_and(|signed| signed.target == target);
        if self.current.is_some() && self.newest.as_ref().is_some_and(is_newest) {
            return Some(Outcome::Unchanged);
        }
        let tried = Tried::Target(target.clone());
        if look.mode == Mode::Poll && !self.is_worth_trying(&tried, look.now) {
            return None;
        }
        let holders = found.signed_by().iter().map(ToString::to_string).collect();
        let signed = Signature { lineage: lineage.clone(), target, role: found.role.clone(), holders };
        Some(self.attempt(tried, look, Some(&lineage), |slot| {
            slot.download(repository, (&path, &found), signed, look)
        }))
    }

    /// A repository that cannot be reached, or does not have the list.
    pub(super) fn failed(&mut self, error: Error, lineage: &str, look: Look<'_>) -> Option<Outcome> {
        let first = self.current.is_none();
        self.restore_first(Some(lineage), look);
        let told = error.to_string();
        let again = self.told.replace(told.clone()) == Some(told);
        match self.current {
            None => Some(Outcome::Missing(error)),
            Some(_) if first => Some(Outcome::Stored(error)),
            // Told once, and counted always.
            Some(_) => (look.mode != Mode::Poll || !again).then_some(Outcome::Refused(error)),
        }
    }

    fn is_worth_trying(&self, tried: &Tried, now: Timestamp) -> bool {
        self.again.is_some_and(|again| again <= now) || self.tried.as_ref() != Some(tried)
    }

    fn attempt(
        &mut self,
        tried: Tried,
        look: Look<'_>,
        lineage: Option<&str>,
        obtain: impl FnOnce(&Self) -> Result<Candidate, Error>,
    ) -> Outcome {
        let first = self.current.is_none();
        self.restore_first(lineage, look);
        let outcome = match obtain(self).and_then(|candidate| self.take(candidate, look)) {
            Ok(outcome) => outcome,
            Err(error) if self.current.is_none() => Outcome::Missing(error),
            Err(error) if first => Outcome::Stored(error),
            Err(error) => Outcome::Refused(error),
        };
        self.tried = Some(tried);
        self.again = match &outcome {
            Outcome::Stored(error) | Outcome::Refused(error) | Outcome::Missing(error)
                if error.may_pass() =>
            {
                look.now.checked_add(TRY_AGAIN).ok()
            }
            _ => None,
        };
        outcome
    }

    /// A file, copied into the store so that what is built is what is stored: the source may change while it is
    /// read.
    fn copy(&self, path: &Path, format: Option<Format>) -> Result<Candidate, Error> {
        let unreadable = |cause| Error::Unreadable { path: path.to_owned(), cause };
        let mut file = open_file(path).map_err(unreadable)?;
        let mut remarks = Vec::new();
        let draft = match &self.store {
            None => None,
            Some(store) => match copy_into(store, &mut file) {
                Ok(Some(draft)) => Some(draft),
                Ok(None) => {
                    let (path, what) = (path.to_owned(), "a list");
                    return Err(Error::TooLong { path, limit: LONGEST_LIST, what });
                }
                Err(cause) => {
                    let error = Error::Unwritable { what: "state directory".into(), cause };
                    remarks.push(format!("not kept in the state directory: {error}"));
                    file.rewind().map_err(unreadable)?;
                    None
                }
            },
        };
        let file = match &draft {
            Some(draft) => draft.as_file().try_clone().map_err(unreadable)?,
            None => file,
        };
        let content = Content { place: path.display().to_string(), file, format };
        Ok(Candidate { content, draft, signed: None, holders: 0, remarks })
    }

    fn download(
        &self,
        repository: &mut Repository,
        (path, found): (&str, &Found),
        signed: Signature,
        look: Look<'_>,
    ) -> Result<Candidate, Error> {
        let stored = self.store.as_ref().and_then(|store| store.stored().ok()).unwrap_or_default();
        let base = stored.iter().find(|stored| stored.record.signed.is_some());
        let goal = Goal { path, found, store: self.store.as_ref(), base, folders: look.folders };
        let holders = signed.holders.len();
        let draft = fetch(repository, goal)?;
        let unreadable = |cause| Error::Unreadable { path: path.into(), cause };
        let file = draft.file().try_clone().map_err(unreadable)?;
        let content = Content { place: path.to_owned(), file, format: Some(Format::Jsonl) };
        let (draft, remarks) = match draft {
            Draft::Named(draft) => (Some(draft), Vec::new()),
            Draft::Unnamed(_, None) => (None, Vec::new()),
            Draft::Unnamed(_, Some(error)) => {
                (None, vec![format!("not kept in the state directory: {error}")])
            }
        };
        Ok(Candidate { content, draft, signed: Some(signed), holders, remarks })
    }

    /// Builds, judges, stores, and puts in force.
    fn take(&mut self, candidate: Candidate, look: Look<'_>) -> Result<Outcome, Error> {
        let Candidate { content, draft, signed, holders, mut remarks } = candidate;
        let recipe = Recipe {
            key: look.key,
            now: look.now,
            folders: look.folders,
            rails: self.source.terms.guard.then_some(look.rails),
            may_override: holders >= 2,
            may_be_empty: look.mode == Mode::AcceptLoss,
        };
        let loaded = build(&self.source.name, &content, recipe)?;
        self.judge(look.mode, &content.place, &loaded.list)?;
        let record = record(&content, &loaded, signed)?;
        if let (Some(store), Some(draft)) = (&self.store, draft)
            && let Err(error) = store.keep(draft, &record)
        {
            remarks.push(format!("not kept in the state directory: {error}"));
        }
        let serial = record.serial;
        self.newest = Some(record);
        if self.held.is_some() {
            return Ok(Outcome::Held { serial });
        }
        let Loaded { list, report, overridden } = loaded;
        let before = self.current.as_ref().map(|list| list.rules);
        let rules = list.rules;
        self.overridden = overridden.count;
        self.put_in_force(list, look);
        if self.expires().is_some_and(|expires| expires <= look.now) {
            remarks.push("the list is out of date and stays in force: ask its authority".to_owned());
        }
        if overridden.count > 0 {
            remarks.push(format!("{} rules override a guard rail", overridden.count));
        }
        let faults = report.faults.iter().map(ToString::to_string).collect();
        Ok(Outcome::Taken { rules, before, faulty: report.faulty, faults, remarks })
    }

    /// Refuses what goes back or differs too much in size.
    fn judge(&self, mode: Mode, place: &str, list: &List) -> Result<(), Error> {
        let Some(newest) = &self.newest else { return Ok(()) };
        let place = || place.to_owned();
        if let (Some(serial), Some(before)) =
            (list.header.as_ref().map(|header| header.serial), newest.serial)
            && serial < before
        {
            return Err(Error::Older { place: place(), serial, before });
        }
        if mode == Mode::AcceptLoss {
            return Ok(());
        }
        let terms = &self.source.terms;
        let limits = Limits { largest_loss: terms.largest_loss, largest_gain: terms.largest_gain };
        // Names, not lines: the same name a thousand times is no replacement for a thousand. And rules that ended
        // by their own date are no loss.
        let ended = list.expired.saturating_sub(newest.expired);
        let judged = limits.judge(newest.listed.into(), list.listed.into(), ended.into());
        let command = if newest.signed.is_some() { "update now" } else { "reload" };
        judged.map_err(|cause| Error::Leap { place: place(), cause, command })
    }

    /// Puts a stored generation in force where none is, so that what comes is judged against it.
    pub(super) fn restore_first(&mut self, lineage: Option<&str>, look: Look<'_>) {
        if self.current.is_none()
            && let Some(error) = self.restore(lineage, look)
        {
            tracing::warn!(list = self.source.name, %error, "the stored generation cannot be used");
        }
    }

    /// Puts the held generation in force, or the newest stored one that can be used. Gives back why the first choice
    /// could not be.
    fn restore(&mut self, lineage: Option<&str>, look: Look<'_>) -> Option<Error> {
        let store = self.store.clone()?;
        let unreadable = Error::unwritable("state directory");
        let (mut stored, held) = match store.stored().and_then(|stored| Ok((stored, store.held()?))) {
            Ok(found) => found,
            Err(cause) => return Some(unreadable(cause)),
        };
        let of_lineage = |stored: &Stored| match (&stored.record.signed, lineage) {
            (Some(signed), Some(lineage)) => signed.lineage == lineage,
            (signed, lineage) => signed.is_some() == lineage.is_some(),
        };
        stored.retain(of_lineage);
        let newest = stored.first().map(|stored| stored.record.clone());
        stored.sort_by_key(|stored| Some(stored.number) != held);
        let mut failure = None;
        for candidate in &stored {
            match self.rebuild(candidate, look) {
                Ok(list) => {
                    self.put_in_force(list, look);
                    self.newest = newest;
                    self.held = held.filter(|held| *held == candidate.number);
                    self.freshness = store.freshness().filter(|_| lineage.is_some());
                    return failure;
                }
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        failure
    }

    fn rebuild(&self, stored: &Stored, look: Look<'_>) -> Result<List, Error> {
        let unreadable = |cause| Error::Unreadable { path: stored.list.clone(), cause };
        if digest_of(&stored.list).map_err(unreadable)? != stored.record.file {
            return Err(Error::Damaged { path: stored.list.clone() });
        }
        let file = File::open(&stored.list).map_err(unreadable)?;
        let format = match &self.source.origin {
            Origin::File { format, .. } => *format,
            Origin::Target { .. } => Some(Format::Jsonl),
        };
        let content = Content { place: stored.list.display().to_string(), file, format };
        // What was taken once is not judged by guard rails that came later: they judge what comes.
        let recipe = Recipe {
            key: look.key,
            now: look.now,
            folders: look.folders,
            rails: None,
            may_override: false,
            may_be_empty: true,
        };
        Ok(build(&self.source.name, &content, recipe)?.list)
    }

    /// Puts an earlier generation in force and holds it there: that of a serial, or the one before the present.
    pub(super) fn roll_back(&mut self, to: Option<u64>, look: Look<'_>) -> Result<(), Error> {
        let stored = self.stored();
        let serials = || stored.iter().filter_map(|stored| stored.record.serial).map(|it| it.to_string());
        let not_kept = || {
            let wanted = to.map_or_else(|| "before the present one".to_owned(), |to| to.to_string());
            Error::NotKept { wanted, kept: serials().collect::<Vec<_>>().join(", ") }
        };
        let present = self.held.or_else(|| stored.first().map(|stored| stored.number)).unwrap_or(0);
        let wanted = stored.iter().find(|stored| match to {
            Some(serial) => stored.record.serial == Some(serial),
            None => stored.number < present,
        });
        let wanted = wanted.ok_or_else(not_kept)?;
        let list = self.rebuild(wanted, look)?;
        if let Some(store) = &self.store {
            store.hold(Some(wanted.number)).map_err(Error::unwritable("state directory"))?;
        }
        self.held = Some(wanted.number);
        self.put_in_force(list, look);
        Ok(())
    }

    /// Ends a rollback: the newest generation is in force again.
    pub(super) fn release(&mut self, look: Look<'_>) -> Result<(), Error> {
        let newest = self.stored().into_iter().next();
        let list = newest.map(|newest| self.rebuild(&newest, look)).transpose()?;
        if let Some(store) = &self.store {
            store.hold(None).map_err(Error::unwritable("state directory"))?;
        }
        self.held = None;
        if let Some(list) = list {
            self.put_in_force(list, look);
        }
        Ok(())
    }

    fn put_in_force(&mut self, mut list: List, look: Look<'_>) {
        list.slot = look.metrics.list_slot(&list.name);
        self.current = Some(Arc::new(list));
        self.loaded = Some(look.now);
    }

    /// The generations kept for the present origin, the newest first.
    pub(super) fn stored(&self) -> Vec<Stored> {
        let stored = self.store.as_ref().and_then(|store| store.stored().ok()).unwrap_or_default();
        let lineage = |record: &Record| record.signed.as_ref().map(|signed| signed.lineage.clone());
        let Some(present) = self.newest.as_ref().map(lineage) else { return Vec::new() };
        stored.into_iter().filter(|stored| lineage(&stored.record) == present).collect()
    }

    fn set_freshness(&mut self, freshness: Freshness) {
        let known = self.freshness.replace(freshness);
        if known.is_some_and(|known| known.expires == freshness.expires) {
            return;
        }
        if let Some(store) = &self.store
            && let Err(error) = store.set_freshness(freshness)
        {
            tracing::warn!(list = self.source.name, %error, "until when it is fresh could not be kept");
        }
    }
}

fn record(content: &Content, loaded: &Loaded, signed: Option<Signature>) -> Result<Record, Error> {
    let unreadable = |cause| Error::Unreadable { path: content.place.clone().into(), cause };
    let mut file = &content.file;
    file.rewind().map_err(unreadable)?;
    let serial = loaded.list.header.as_ref().map(|header| header.serial);
    let (listed, expired) = (loaded.list.listed, loaded.list.expired);
    Ok(Record { file: digest(file).map_err(unreadable)?, serial, listed, expired, signed })
}

/// A draft with the octets of a file; none where there are too many.
fn copy_into(store: &Store, file: &mut File) -> io::Result<Option<NamedTempFile>> {
    use io::Read;
    let mut draft = store.draft()?;
    let copied = io::copy(&mut file.take(LONGEST_LIST + 1), draft.as_file_mut())?;
    Ok((copied <= LONGEST_LIST).then_some(draft))
}
