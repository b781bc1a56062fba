//! All lists together: what is in force, what changed, what was refused, and whose repository is asked next.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use super::age::{Standing, Steps};
use super::config::{Address, Authority, Config, ListSource, Origin};
use super::errand::{Busy, Errand, Visit, Visited};
use super::error::Error;
use super::kept::Kept;
use super::outcome::{Change, Mode, Outcome};
use super::repository::{Repository, RepositoryError};
use super::slot::{Look, Slot};
use super::transport::{DEMO_ROOT, open_file, read_bounded};
use crate::blocklist::{GuardRails, Key, List};
use crate::metrics::{ListStatus, Metrics};

/// A root longer than this, in octets, is none.
const LONGEST_ROOT: u64 = 512 << 10;

/// What the updater works with.
#[derive(Clone)]
pub struct Tools {
    /// Under which names are hashed.
    pub key: Key,
    /// What no list may block.
    pub rails: Arc<GuardRails>,
    /// Where everything is counted.
    pub metrics: Arc<Metrics>,
    /// Lists of so many rules or more take a signed delta on top, at once, before they are built.
    pub amended_from: u32,
}

/// The lists and where they come from. A copy can be tried out aside, and thrown away.
#[derive(Clone)]
pub struct Updater {
    config: Config,
    tools: Tools,
    follows: Vec<Follow>,
    slots: Vec<Slot>,
    steps: Steps,
}

/// An authority that is followed.
#[derive(Clone)]
pub(super) struct Follow {
    pub authority: Authority,
    pinned: Vec<u8>,
    repository: Arc<Mutex<Repository>>,
    lineage: String,
    busy: Arc<AtomicBool>,
    /// Whether a visit builds lists in which deltas are in force.
    building: Arc<AtomicBool>,
    /// When it is polled next, in monotonic milliseconds.
    next: u64,
    polls: u64,
    pub visit: Visit,
}

impl Updater {
    /// An updater that has looked at nothing yet.
    pub fn new(config: Config, tools: Tools) -> Result<Self, Error> {
        let (follows, slots) = (Vec::new(), Vec::new());
        let mut updater = Self { config: Config::default(), tools, follows, slots, steps: Steps::default() };
        updater.configure(config)?;
        Ok(updater)
    }

    /// Takes another configuration. A list of the same name stays in force, and is what a new generation from
    /// another source is judged by, unless it is to be trusted for another reason than before.
    pub fn configure(&mut self, config: Config) -> Result<(), Error> {
        // One whose lists nobody takes is not visited.
        let taken = |authority: &&Authority| {
            let of_it = |list: &ListSource| list.origin.authority() == Some(&authority.name);
            config.lists.iter().any(of_it)
        };
        let follows = config.authorities.iter().filter(taken);
        let follows = follows.map(|authority| self.follow(authority, &config));
        let follows = follows.collect::<Result<Vec<_>, _>>()?;
        let mut slots = Vec::new();
        for source in &config.lists {
            let mut slot = Slot::new(source.clone(), config.state.as_deref())?;
            let old = self.slots.iter().find(|old| old.source.name == source.name);
            if let Some(old) = old.filter(|old| is_same_trust(&self.follows, old, &follows, &slot)) {
                slot.inherit(old);
            }
            slots.push(slot);
        }
        (self.follows, self.slots, self.config) = (follows, slots, config);
        Ok(())
    }

    /// Judges by these guard rails from now on.
    pub fn guard_by(&mut self, rails: Arc<GuardRails>) {
        self.tools.rails = rails;
    }

    fn follow(&self, authority: &Authority, config: &Config) -> Result<Follow, Error> {
        let pinned = match &authority.root {
            None => DEMO_ROOT.to_vec(),
            Some(path) => {
                let file = open_file(path);
                let file = file.map_err(|cause| Error::Unreadable { path: path.clone(), cause })?;
                let read = read_bounded(file, LONGEST_ROOT, &path.display().to_string());
                read.map_err(|_| Error::TooLong { path: path.clone(), limit: LONGEST_ROOT, what: "a root" })?
            }
        };
        let known = self.follows.iter().find(|known| known.authority.name == authority.name);
        let known = known.filter(|known| self.config.state == config.state && known.pinned == pinned);
        if let Some(known) = known
            && known.authority == *authority
        {
            return Ok(known.clone());
        }
        // What the program carries needs no keeping.
        let state = config.state.as_ref().filter(|_| authority.repository != Address::Embedded);
        let folder =
            state.map(|state| Kept::place(&state.join("authorities").join(&authority.name), &pinned));
        let repository = Repository::open(&authority.location(), folder, &pinned);
        let repository = repository.map_err(|error| match (error, &authority.root) {
            (RepositoryError::Trust(cause), Some(path)) => Error::Pinned { path: path.clone(), cause },
            (error, _) => Error::Repository(Arc::new(error)),
        })?;
        Ok(Follow {
            authority: authority.clone(),
            pinned,
            lineage: repository.lineage().to_owned(),
            repository: Arc::new(Mutex::new(repository)),
            busy: Arc::default(),
            building: Arc::default(),
            next: 0,
            polls: 0,
            visit: known.map(|known| known.visit.clone()).unwrap_or_default(),
        })
    }

    /// Every list in force, in the order of the configuration. One that is withdrawn blocks nothing, nor would it.
    pub fn lists(&self) -> Vec<Arc<List>> {
        let in_force = |slot: &Slot| match (&slot.current, slot.standing) {
            (Some(list), Standing::Withdrawn) => Some(Arc::new(list.withdrawn())),
            (Some(list), _) if slot.counts_staged(&self.tools.key) => Some(Arc::new(list.counting_staged())),
            (list, _) => list.clone(),
        };
        self.slots.iter().filter_map(in_force).collect()
    }

    /// Names of the lists that have no generation in force.
    pub fn missing(&self) -> Vec<&str> {
        let missing = self.slots.iter().filter(|slot| slot.current.is_none());
        missing.map(|slot| slot.source.name.as_str()).collect()
    }

    /// Puts stored generations in force where nothing is, without asking anybody.
    pub fn restore(&mut self, now: Timestamp) {
        let folders = self.folders();
        let look = self.tools.look(Mode::Poll, now, &folders);
        for slot in &mut self.slots {
            let lineage = lineage(&self.follows, slot);
            slot.restore_first(lineage.as_deref(), look);
            self.tools.tell(slot);
        }
    }

    /// Looks at the files and takes what is new. Blocks on disk; what is in force is untouched meanwhile.
    pub fn look_at_files(&mut self, mode: Mode, now: Timestamp) -> Vec<Change> {
        let folders = self.folders();
        let look = self.tools.look(mode, now, &folders);
        let mut changes = Vec::new();
        for slot in &mut self.slots {
            let Some(outcome) = slot.look_at_file(look) else { continue };
            self.tools.tell(slot);
            self.tools.count(&slot.source.name, &outcome);
            changes.push(Change { list: slot.source.name.clone(), outcome });
        }
        changes
    }

    /// Puts in force what is stored, looks at everything, repositories included, and waits for it.
    pub fn look(&mut self, mode: Mode, now: Timestamp) -> Vec<Change> {
        self.look_and_visit(Self::authorities, mode, now)
    }

    /// The same, but visits only the authorities that are wanted: a start must not wait for the network if it can be
    /// helped.
    pub fn begin(&mut self, mode: Mode, now: Timestamp) -> Vec<Change> {
        self.look_and_visit(Self::wanted, mode, now)
    }

    fn look_and_visit(&mut self, whom: fn(&Self) -> Vec<String>, mode: Mode, now: Timestamp) -> Vec<Change> {
        self.restore(now);
        let mut changes = self.look_at_files(mode, now);
        for name in whom(self) {
            if let Some(errand) = self.errand(&name, mode) {
                changes.extend(self.commit(errand.run(now)));
            }
        }
        changes
    }

    /// The names of the authorities that are followed.
    pub fn authorities(&self) -> Vec<String> {
        self.follows.iter().map(|follow| follow.authority.name.clone()).collect()
    }

    /// The names of the authorities without which a list has nothing in force.
    pub fn wanted(&self) -> Vec<String> {
        let missing = self.slots.iter().filter(|slot| slot.current.is_none());
        let wanted: BTreeSet<&str> = missing.filter_map(authority_of).collect();
        wanted.into_iter().map(str::to_owned).collect()
    }

    /// A visit to an authority; `None` where none has this name.
    pub fn errand(&self, authority: &str, mode: Mode) -> Option<Errand> {
        let follow = self.follows.iter().find(|follow| follow.authority.name == authority)?;
        Some(self.visit(follow, mode, None))
    }

    /// The visits that are due at this monotonic time in milliseconds. Each is due again a poll later, up to a
    /// quarter sooner or later, so that resolvers which started together do not come together.
    pub fn due(&mut self, monotonic: u64) -> Vec<Errand> {
        let mut follows = std::mem::take(&mut self.follows);
        let mut errands = Vec::new();
        for follow in &mut follows {
            errands.extend(self.build(follow));
            if follow.authority.poll == 0 || follow.next > monotonic {
                continue;
            }
            let Some(busy) = Busy::mark(&follow.busy) else { continue };
            follow.next = monotonic + self.tools.pause(follow);
            follow.polls += 1;
            errands.push(self.visit(follow, Mode::Poll, Some(busy)));
        }
        self.follows = follows;
        errands
    }

    /// The visit that builds the lists in which deltas were put in force, if there are any: beside all others, and one
    /// at a time.
    fn build(&mut self, follow: &Follow) -> Option<Errand> {
        let of_it =
            |slot: &&mut Slot| authority_of(slot) == Some(&follow.authority.name) && slot.is_to_be_built;
        self.slots.iter_mut().find(of_it)?;
        let busy = Busy::mark(&follow.building)?;
        self.slots.iter_mut().filter(of_it).for_each(|slot| slot.is_to_be_built = false);
        let visit = self.visit(follow, Mode::Build, Some(busy));
        let slots = visit.slots.into_iter().filter(Slot::is_amended).collect();
        Some(Errand { slots, ..visit })
    }

    fn visit(&self, follow: &Follow, mode: Mode, busy: Option<Busy>) -> Errand {
        let authority = follow.authority.name.clone();
        let of_it = |slot: &&Slot| authority_of(slot) == Some(&authority);
        Errand {
            repository: follow.repository.clone(),
            slots: self.slots.iter().filter(of_it).cloned().collect(),
            folders: self.folders(),
            tools: self.tools.clone(),
            mode,
            busy,
            authority,
        }
    }

    /// Takes what a visit brought. A list that was changed otherwise meanwhile stays as it is, and one that is no longer
    /// configured stays away.
    pub fn commit(&mut self, done: Visited) -> Vec<Change> {
        let mut changes = done.changes;
        let follow = self.follows.iter_mut().find(|follow| Arc::ptr_eq(&follow.repository, &done.repository));
        let is_followed = follow.is_some();
        if let Some(follow) = follow {
            let refreshed = done.visit.refreshed.or(follow.visit.refreshed);
            follow.visit = Visit { refreshed, ..done.visit };
            let seconds = refreshed.map_or(0, Timestamp::as_second);
            self.tools.metrics.authority(&done.authority, seconds, follow.visit.failure.is_some());
        }
        for mut slot in done.slots {
            let place = self.slots.iter_mut().find(|present| present.source.name == slot.source.name);
            if let Some(present) = place.filter(|present| is_followed && present.is_as(&slot)) {
                slot.epoch += 1;
                *present = slot;
                self.tools.tell(present);
                continue;
            }
            for change in changes.iter_mut().filter(|change| change.list == slot.source.name) {
                change.outcome = Outcome::Overtaken;
            }
        }
        changes.iter().for_each(|change| self.tools.count(&change.list, &change.outcome));
        changes
    }

    /// Takes over what was changed in `present` since this copy of `before` was made to be worked on aside.
    pub fn keep_pace(&mut self, before: &Self, present: &Self) {
        for slot in &mut self.slots {
            let of_it = |slots: &[Slot]| slots.iter().find(|it| it.source == slot.source).cloned();
            let (Some(was), Some(is)) = (of_it(&before.slots), of_it(&present.slots)) else { continue };
            if !is_same_trust(&present.follows, &is, &self.follows, slot) {
                continue;
            }
            if was.is_as(&is) {
                slot.age = is.age;
            } else {
                *slot = is;
            }
        }
        for follow in &mut self.follows {
            let is = present.follows.iter().find(|is| Arc::ptr_eq(&is.repository, &follow.repository));
            if let Some(is) = is {
                *follow = is.clone();
            }
        }
        self.steps = present.steps.clone();
    }

    /// Looks at clocks and ages, at this monotonic time in seconds. Whether another set of lists is in force now.
    pub fn observe(&mut self, now: Timestamp, monotonic: u64) -> bool {
        if let Some(step) = self.steps.look(now, monotonic) {
            self.tools.metrics.clock_steps.inc();
            tracing::error!("the clock stepped by {step:#}; lists stay in force, ages go on from here");
        }
        let mut changed = false;
        for slot in &mut self.slots {
            let expires = slot.expires();
            let standing = slot.age.look(expires, &slot.source.terms, now, monotonic);
            let before = std::mem::replace(&mut slot.standing, standing);
            if before == standing {
                continue;
            }
            changed |= (before == Standing::Withdrawn) != (standing == Standing::Withdrawn);
            slot.epoch += 1;
            self.tools.tell(slot);
            tell_standing(slot, expires);
        }
        changed
    }

    /// Puts an earlier generation of a list in force and holds it there; without a serial, the one before.
    pub fn roll_back(&mut self, list: &str, to: Option<u64>, now: Timestamp) -> Option<Result<(), Error>> {
        self.turn(list, now, |slot, look| slot.roll_back(to, look))
    }

    /// Ends a rollback.
    pub fn release(&mut self, list: &str, now: Timestamp) -> Option<Result<(), Error>> {
        self.turn(list, now, Slot::release)
    }

    fn turn(
        &mut self,
        list: &str,
        now: Timestamp,
        work: impl FnOnce(&mut Slot, Look<'_>) -> Result<(), Error>,
    ) -> Option<Result<(), Error>> {
        let folders = self.folders();
        let look = self.tools.look(Mode::Reload, now, &folders);
        let slot = self.slots.iter_mut().find(|slot| slot.source.name == list)?;
        let done = work(slot, look);
        slot.epoch += 1;
        self.tools.tell(slot);
        Some(done)
    }

    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    pub(super) fn follows(&self) -> &[Follow] {
        &self.follows
    }

    /// Where texts of rules go.
    fn folders(&self) -> Vec<PathBuf> {
        self.config.state.clone().into_iter().chain([std::env::temp_dir()]).collect()
    }
}

impl Tools {
    pub(super) fn look<'l>(&'l self, mode: Mode, now: Timestamp, folders: &'l [PathBuf]) -> Look<'l> {
        Look {
            mode,
            key: &self.key,
            now,
            folders,
            rails: &self.rails,
            metrics: &self.metrics,
            amended_from: self.amended_from,
        }
    }

    /// Milliseconds to the next poll; the first comes soon after the start.
    fn pause(&self, follow: &Follow) -> u64 {
        let poll = follow.authority.poll * 1000;
        poll * 3 / 4 + self.key.draw(&follow.authority.name, follow.polls) % (poll / 2 + 1)
    }

    fn count(&self, list: &str, outcome: &Outcome) {
        if outcome.failure().is_some() {
            self.metrics.list_refused(list);
        }
    }

    /// Shows a list in the metrics as it is now.
    fn tell(&self, slot: &Slot) {
        let Some(list) = &slot.current else { return };
        let header = list.header.as_ref();
        let status = ListStatus {
            rules: i64::from(list.rules),
            serial: header.map_or(0, |header| i64::try_from(header.serial).unwrap_or(i64::MAX)),
            loaded: slot.loaded.map_or(0, Timestamp::as_second),
            expires: slot.expires().map_or(0, Timestamp::as_second),
            standing: slot.standing as i64,
            held: i64::from(slot.held.is_some()),
            failing: i64::from(slot.failure().is_some()),
            overridden: i64::try_from(slot.overridden).unwrap_or(i64::MAX),
            staged: i64::from(list.staged),
            staged_counted: i64::from(slot.counts_staged(&self.key)),
        };
        self.metrics.list_loaded(&list.name, status);
    }
}

fn authority_of(slot: &Slot) -> Option<&str> {
    slot.source.origin.authority()
}

fn lineage(follows: &[Follow], slot: &Slot) -> Option<String> {
    let authority = authority_of(slot)?;
    let follow = follows.iter().find(|follow| follow.authority.name == authority)?;
    Some(follow.lineage.clone())
}

/// Whether two slots are to be believed for the same reason, and what is in force in one is the list of the other.
fn is_same_trust(follows: &[Follow], old: &Slot, new_follows: &[Follow], new: &Slot) -> bool {
    let is_same_list = match (&old.source.origin, &new.source.origin) {
        (Origin::Target { path, .. }, Origin::Target { path: other, .. }) => path == other,
        _ => true,
    };
    is_same_list && lineage(follows, old) == lineage(new_follows, new)
}

fn tell_standing(slot: &Slot, expires: Option<Timestamp>) {
    let list = &slot.source.name;
    let expires = expires.map_or_else(String::new, |expires| expires.to_string());
    match slot.standing {
        Standing::Fresh => tracing::info!(list, expires, "the list is fresh"),
        Standing::Ageing => tracing::warn!(list, expires, "the list is soon out of date: ask its authority"),
        Standing::Stale => {
            tracing::error!(
                list,
                expires,
                "the list is out of date; it stays in force for its days of grace"
            );
        }
        Standing::Kept => {
            tracing::error!(list, expires, "the days of grace are over; the list stays in force")
        }
        Standing::Withdrawn => {
            tracing::error!(list, expires, "the days of grace are over; the list blocks nothing any more");
        }
    }
}
