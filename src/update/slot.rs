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
use super::outcome::{Mode, Outcome};
use super::repository::{LONGEST_LIST, Repository};
use super::store::{Record, Signature, Store, digest};
use super::transport::open_file;
use crate::blocklist::{Format, GuardRails, Key, Limits, List};
use crate::metrics::Metrics;
use crate::trust::Found;

/// How long after a failure that may pass a list is tried again.
const TRY_AGAIN: SignedDuration = SignedDuration::from_secs(60);
/// So many looks in a row that find a list changing are worth a word.
const LONG_UNSETTLED: u32 = 5;

/// What every look at a list needs.
#[derive(Clone, Copy)]
pub(super) struct Look<'l> {
    pub mode: Mode,
    pub key: &'l Key,
    pub now: Timestamp,
    pub folders: &'l [PathBuf],
    pub rails: &'l GuardRails,
    pub metrics: &'l Metrics,
    /// Lists of so many rules or more take a delta on top before they are built.
    pub amended_from: u32,
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
    pub fresh_until: Option<Timestamp>,
    pub age: Age,
    pub standing: Standing,
    /// Rules that break a guard rail by the recorded will of those who signed.
    pub overridden: u64,
    /// Whether the next visit is due at once, to build the list in which deltas were put in force.
    pub is_to_be_built: bool,
    /// Grows whenever the slot is replaced, so that work on an older copy is known as such.
    pub epoch: u64,
    /// What was tried last: of a file its stamp, of a target its digest.
    tried: Option<Tried>,
    /// A file as it was at the last look: what still changes is left alone.
    seen: Option<Stamp>,
    /// Looks in a row that found the file changing.
    unsettled: u32,
    /// Why the repository could not be used at the last look, if it could not.
    unavailable: Option<String>,
    /// Why what was tried last was not taken, if it was not.
    refused: Option<String>,
    /// When to try again although nothing changed, because what failed was not the list.
    again: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tried {
    File(Stamp),
    Target(String),
}

/// What a look at a target brought.
pub(super) enum Looked {
    /// What there is to say, if anything; nothing is to be built.
    Done(Option<Outcome>),
    /// Nothing: another visit is at work on it, whose result must find the list as it was.
    Left,
    /// A list, or why it could not be had.
    Fetched(Tried, Box<Result<Candidate, Error>>),
}

/// A list to be judged and taken.
pub(super) struct Candidate {
    content: Content,
    /// The same, in the store.
    draft: Option<NamedTempFile>,
    /// Who signed it, and until when they vouch for it.
    signed: Option<(Signature, Timestamp)>,
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
            fresh_until: None,
            age: Age::default(),
            standing: Standing::Fresh,
            overridden: 0,
            is_to_be_built: false,
            epoch: 0,
            tried: None,
            seen: None,
            unsettled: 0,
            unavailable: None,
            refused: None,
            again: None,
        })
    }

    /// Goes on where another slot for the same list was.
    pub(super) fn inherit(&mut self, old: &Self) {
        let (source, store) = (self.source.clone(), self.store.clone());
        *self = Self { source, store, epoch: old.epoch + 1, unsettled: 0, ..old.clone() };
        if old.source != self.source {
            (self.tried, self.seen, self.again) = (None, None, None);
            (self.unavailable, self.refused) = (None, None);
        }
    }

    /// Whether another slot is a copy of this one, and this one is as it was then.
    pub(super) fn is_as(&self, copy: &Self) -> bool {
        (&self.source, self.epoch) == (&copy.source, copy.epoch)
    }

    /// Whether what staged rules would block is counted here: the operator lets it be, and this resolver is of the share.
    pub(super) fn counts_staged(&self, key: &Key) -> bool {
        let Some(list) = self.current.as_ref().filter(|list| list.staged > 0) else { return false };
        let share = list.header.as_ref().and_then(|header| Some((header.shadow?, &header.list)));
        let may = self.source.terms.shadow && self.standing != Standing::Withdrawn;
        may && share.is_some_and(|(share, list)| share.has(key, list))
    }

    /// When the list is out of date: by its own word, or by that of the metadata that vouches for it.
    pub(super) fn expires(&self) -> Option<Timestamp> {
        let header = self.current.as_ref().and_then(|list| list.header.as_ref()).map(|header| header.expires);
        header.into_iter().chain(self.fresh_until).min()
    }

    /// Why the list is not what its source offers, or may not be.
    pub(super) fn failure(&self) -> Option<&str> {
        self.unavailable.as_deref().or(self.refused.as_deref())
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
        if look.mode == Mode::Start && self.is_stored(&path, format) {
            self.tried = Some(tried);
            return Some(Outcome::Unchanged);
        }
        Some(self.attempt(tried, look, |slot| slot.copy(&path, format)))
    }

    /// Whether a file is what was stored last, and that is in force.
    fn is_stored(&self, path: &Path, format: Option<Format>) -> bool {
        let newest = self.newest.as_ref().filter(|record| self.current.is_some() && record.format == format);
        let read = || digest(open_file(path)?);
        newest.is_some_and(|record| read().is_ok_and(|digest| digest == record.file))
    }

    /// Looks at what an authority published, when its repository was refreshed, and fetches what is new there.
    pub(super) fn look_at_target(&mut self, repository: &mut Repository, look: Look<'_>) -> Looked {
        let Origin::Target { path, .. } = &self.source.origin else { return Looked::Done(None) };
        let path = path.clone();
        let found = match repository.find(&path) {
            Ok(found) => found,
            Err(error) => return Looked::Done(self.failed(Arc::new(error).into(), look)),
        };
        self.unavailable = None;
        let target = found.target.prefix().unwrap_or_default();
        let is_newest =
            |record: &Record| record.signed.as_ref().is_some_and(|signed| signed.target == target);
        if self.current.is_some() && self.newest.as_ref().is_some_and(is_newest) {
            self.refused = None;
            self.vouch(found.expires);
            return Looked::Done(Some(Outcome::Unchanged));
        }
        let tried = Tried::Target(target.clone());
        if look.mode == Mode::Poll && !self.is_worth_trying(&tried, look.now) {
            return Looked::Done(None);
        }
        if let Some(outcome) = self.look_at_deltas(repository, (&path, &found), look) {
            return Looked::Done(Some(outcome));
        }
        if look.mode == Mode::Poll && self.is_being_built(&found, look.now) {
            return Looked::Left;
        }
        let holders = found.signed_by().iter().map(ToString::to_string).collect();
        let (lineage, role) = (repository.lineage().to_owned(), found.role.clone());
        let signed = Signature { lineage, path: path.clone(), target, role, holders };
        Looked::Fetched(tried, Box::new(self.download(repository, (&path, &found), signed, look)))
    }

    /// Takes what a look at a target brought, if it brought something.
    pub(super) fn take_looked_at(&mut self, looked: Looked, look: Look<'_>) -> Option<Outcome> {
        match looked {
            Looked::Done(outcome) => outcome,
            Looked::Left => None,
            Looked::Fetched(tried, obtained) => Some(self.attempt(tried, look, |_| *obtained)),
        }
    }

    /// A repository that cannot be reached, or does not have the list.
    pub(super) fn failed(&mut self, error: Error, look: Look<'_>) -> Option<Outcome> {
        let known = self.unavailable.replace(error.to_string());
        // What was told is not told at each poll again; the authority's failures are counted all the same.
        let is_news = known != self.unavailable || look.mode != Mode::Poll;
        is_news.then(|| self.not_taken(error))
    }

    fn not_taken(&self, error: Error) -> Outcome {
        if self.current.is_some() { Outcome::Refused(error) } else { Outcome::Missing(error) }
    }

    fn is_worth_trying(&self, tried: &Tried, now: Timestamp) -> bool {
        self.is_to_be_tried_again(now) || self.tried.as_ref() != Some(tried)
    }

    /// Whether what failed may have passed.
    pub(super) fn is_to_be_tried_again(&self, now: Timestamp) -> bool {
        self.again.is_some_and(|again| again <= now)
    }

    fn attempt(
        &mut self,
        tried: Tried,
        look: Look<'_>,
        obtain: impl FnOnce(&Self) -> Result<Candidate, Error>,
    ) -> Outcome {
        let taken = obtain(self).and_then(|candidate| self.take(candidate, look));
        let outcome = taken.unwrap_or_else(|error| self.not_taken(error));
        self.tried = Some(tried);
        self.refused = outcome.failure().map(ToString::to_string);
        let may_pass = outcome.failure().is_some_and(Error::may_pass);
        self.again = may_pass.then(|| look.now.saturating_add(TRY_AGAIN).unwrap_or(look.now));
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
        Ok(Candidate { content, draft, signed: None, remarks })
    }

    fn download(
        &self,
        repository: &mut Repository,
        (path, found): (&str, &Found),
        signed: Signature,
        look: Look<'_>,
    ) -> Result<Candidate, Error> {
        let stored = self.stored();
        let base = stored.first();
        let goal = Goal { path, found, store: self.store.as_ref(), base, folders: look.folders };
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
        Ok(Candidate { content, draft, signed: Some((signed, found.expires)), remarks })
    }

    /// Builds, judges, stores, and puts in force.
    fn take(&mut self, candidate: Candidate, look: Look<'_>) -> Result<Outcome, Error> {
        let Candidate { content, draft, signed, mut remarks } = candidate;
        let (signed, fresh_until) = signed.unzip();
        let recipe = Recipe {
            key: look.key,
            now: look.now,
            folders: look.folders,
            store: self.store.as_ref(),
            rails: self.source.terms.guard.then_some(look.rails),
            may_override: signed.as_ref().is_some_and(|signed| signed.holders.len() >= 2),
            may_be_empty: look.mode == Mode::AcceptLoss,
        };
        let mut loaded = build(&self.source.name, &content, recipe)?;
        self.judge(look, &content.place, &loaded.list)?;
        let record = record(&content, &loaded, signed)?;
        if let (Some(store), Some(draft)) = (&self.store, draft)
            && let Err(error) = store.keep(draft, loaded.index.take(), &record)
        {
            remarks.push(format!("not kept in the state directory: {error}"));
        }
        self.newest = Some(record.clone());
        if let Some(moment) = fresh_until {
            self.vouch(moment);
        }
        if self.held.is_some() {
            return Ok(Outcome::Held { serial: record.serial });
        }
        let Loaded { list, report, overridden, .. } = loaded;
        let before = self.current.as_ref().map(|list| list.rules);
        let (rules, staged) = (list.rules, list.staged);
        self.put_in_force(list, record.overridden, look);
        if self.expires().is_some_and(|expires| expires <= look.now) {
            remarks.push("the list is out of date and stays in force: ask its authority".to_owned());
        }
        if overridden.count > 0 {
            remarks.push(format!("{} rules override a guard rail", overridden.count));
        }
        let faults = report.faults.iter().map(ToString::to_string).collect();
        Ok(Outcome::Taken { rules, before, staged, faulty: report.faulty, faults, remarks })
    }

    /// Refuses what goes back or differs too much in size.
    pub(super) fn judge(&self, look: Look<'_>, place: &str, list: &List) -> Result<(), Error> {
        let Some(newest) = &self.newest else { return Ok(()) };
        let place = || place.to_owned();
        if let (Some(serial), Some(before)) =
            (list.header.as_ref().map(|header| header.serial), newest.serial)
            && serial < before
        {
            return Err(Error::Older { place: place(), serial, before });
        }
        if look.mode == Mode::AcceptLoss {
            return Ok(());
        }
        let terms = &self.source.terms;
        let limits = Limits { largest_loss: terms.largest_loss, largest_gain: terms.largest_gain };
        // Names, not lines: the same name a thousand times is no replacement for a thousand. And rules that ended
        // by their own date are no loss, whether the new generation has them still or not.
        let (before, ended) = match &self.current {
            Some(current) if self.held.is_none() => (current.listed - current.ended(look.now), 0),
            _ => (newest.listed, list.expired.saturating_sub(newest.expired)),
        };
        let judged = limits.judge(before.into(), list.listed.into(), ended.into());
        let command = if newest.signed.is_some() { "update now" } else { "reload" };
        judged.map_err(|cause| Error::Leap { place: place(), cause, command })
    }

    pub(super) fn put_in_force(&mut self, mut list: List, overridden: u64, look: Look<'_>) {
        list.slot = look.metrics.list_slot(&list.name);
        self.current = Some(Arc::new(list));
        self.loaded = Some(look.now);
        self.overridden = overridden;
        self.is_to_be_built = self.is_amended();
    }

    /// The authority vouches for the newest generation until then.
    fn vouch(&mut self, until: Timestamp) {
        if self.fresh_until.replace(until) == Some(until) {
            return;
        }
        if let Some(store) = &self.store
            && let Err(error) = store.set_fresh_until(until)
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
    let (listed, expired, overridden) = (loaded.list.listed, loaded.list.expired, loaded.overridden.count);
    let (file, format) = (digest(file).map_err(unreadable)?, content.format);
    Ok(Record { file, format, serial, listed, expired, overridden, signed })
}

/// A draft with the octets of a file; none where there are too many.
fn copy_into(store: &Store, file: &mut File) -> io::Result<Option<NamedTempFile>> {
    use io::Read;
    let mut draft = store.draft()?;
    let copied = io::copy(&mut file.take(LONGEST_LIST + 1), draft.as_file_mut())?;
    Ok((copied <= LONGEST_LIST).then_some(draft))
}
