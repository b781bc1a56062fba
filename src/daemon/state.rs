//! What can change while the program runs: built aside, swapped whole.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use jiff::Timestamp;

use crate::admin::Reloaded;
use crate::answer::{Engine, Now};
use crate::blocklist::Key;
use crate::config::Config;
use crate::dns::{Name, RecordType};
use crate::metrics::Metrics;
use crate::page::{self, Help, Page};
use crate::policy::{self, Explanation, Policy};
use crate::resolver::{self, Resolver, SystemNetwork};
use crate::update::{self, Change, Mode, Outcome, Updater};

/// Why the changeable part cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A list has no generation at all.
    #[error("list `{0}`: {1}")]
    List(String, update::Error),
    /// The updater cannot begin.
    #[error(transparent)]
    Update(#[from] update::Error),
    /// The groups do not fit the lists.
    #[error(transparent)]
    Policy(#[from] policy::Error),
    /// The page cannot be made.
    #[error(transparent)]
    Page(#[from] page::Error),
    /// The resolver cannot be built.
    #[error(transparent)]
    Resolver(#[from] resolver::Error),
    /// The counters cannot be registered.
    #[error(transparent)]
    Metrics(#[from] prometheus::Error),
    /// The help directory cannot be read.
    #[error("page.help: {}: {cause}; check the path and that this user may read it", path.display())]
    Help {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
}

/// The changeable part, and what it was built from.
pub(super) struct State {
    path: Option<PathBuf>,
    key: Key,
    metrics: Arc<Metrics>,
    /// The engine whose policy is swapped.
    pub(super) engine: Arc<Engine>,
    /// The warning page.
    pub(super) page: ArcSwap<Page>,
    inner: Mutex<Inner>,
}

struct Inner {
    config: Config,
    updater: Updater,
    protected: Vec<Name>,
}

impl State {
    /// Loads every list and builds everything for the first time; fails where a list has no generation at all.
    pub(super) fn new(
        config: Config,
        path: Option<PathBuf>,
        key: Key,
        metrics: Arc<Metrics>,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let mut updater = Updater::new(config.update.clone(), key, metrics.clone())?;
        for change in updater.look(Mode::Reload, now) {
            tell(&change);
            if let Outcome::Missing(error) = change.outcome {
                return Err(Error::List(change.list, error));
            }
        }
        let help = help(&config.page)?;
        let protected = help.names();
        let page = Page::new(&config.page, help)?;
        let policy = Policy::new(&config.policy, key, updater.lists(), &protected, 1)?;
        metrics.generation.set(1);
        let engine = Arc::new(Engine::new(config.answer.clone(), policy));
        let inner = Mutex::new(Inner { config, updater, protected });
        Ok(Self { path, key, metrics, engine, page: ArcSwap::from_pointee(page), inner })
    }

    /// Looks at the files because time has passed. Blocks on disk.
    pub(super) fn poll(&self, now: Timestamp) {
        let inner = &mut *self.locked();
        let changes = inner.updater.look(Mode::Poll, now);
        changes.iter().for_each(|change| _ = tell(change));
        if changes.iter().any(|change| !matches!(change.outcome, Outcome::Refused(_)))
            && let Err(error) = self.swap(inner)
        {
            tracing::error!(%error, "new lists do not fit the groups; what was in force stays");
        }
    }

    /// Reads configuration and lists again because somebody asked. Blocks on disk. A configuration is taken whole,
    /// with all its lists, or not at all.
    pub(super) fn reload(&self, mode: Mode, now: Timestamp) -> Vec<Reloaded> {
        let inner = &mut *self.locked();
        match self.next(inner, mode, now) {
            Ok(next) => self.take(inner, next),
            Err(message) => {
                tracing::error!(error = message, "the configuration is not taken; what was in force stays");
                let mut reloaded = vec![report("configuration", false, message)];
                let changes = inner.updater.look(mode, now);
                reloaded.extend(changes.iter().map(tell));
                if let Err(error) = self.swap(inner) {
                    reloaded.push(report("policy", false, error.to_string()));
                }
                reloaded
            }
        }
    }

    /// Builds everything from the configuration as it stands in its file now.
    fn next(&self, inner: &Inner, mode: Mode, now: Timestamp) -> Result<Next, String> {
        let config = match &self.path {
            Some(path) => Config::read(path).map_err(|error| error.to_string())?,
            None => inner.config.clone(),
        };
        let help = help(&config.page).map_err(|error| error.to_string())?;
        let protected = help.names();
        let page = Page::new(&config.page, help).map_err(|error| error.to_string())?;
        let mut updater = inner.updater.clone();
        updater.configure(config.update.clone()).map_err(|error| error.to_string())?;
        let changes = updater.look(mode, now);
        if let Some(missing) = updater.missing().first() {
            let change = changes.iter().find(|change| change.list == *missing);
            let why = change.map(|change| in_words(&change.outcome).1).unwrap_or_default();
            return Err(format!("list `{missing}` has no generation that could be in force: {why}"));
        }
        let generation = self.engine.policy().generation + 1;
        let policy = Policy::new(&config.policy, self.key, updater.lists(), &protected, generation);
        let policy = policy.map_err(|error| error.to_string())?;
        Ok(Next { inner: Inner { config, updater, protected }, page, policy, changes })
    }

    fn take(&self, inner: &mut Inner, next: Next) -> Vec<Reloaded> {
        let message = match (&self.path, waiting_for_restart(&inner.config, &next.inner.config)) {
            (None, _) => "none was given; the defaults stay".into(),
            (Some(_), fixed) if fixed.is_empty() => "taken".into(),
            (Some(_), fixed) => format!("taken, but changes of {} wait for a restart", fixed.join(", ")),
        };
        let mut reloaded = vec![report("configuration", true, message)];
        reloaded.extend(next.changes.iter().map(tell));
        for gone in inner.config.update.lists.iter().map(|list| &list.name) {
            if !next.inner.config.update.lists.iter().any(|list| list.name == *gone) {
                self.metrics.list_removed(gone);
            }
        }
        *inner = next.inner;
        self.put_in_force(next.policy);
        self.page.store(Arc::new(next.page));
        reloaded
    }

    fn swap(&self, inner: &Inner) -> Result<(), policy::Error> {
        let generation = self.engine.policy().generation + 1;
        let lists = inner.updater.lists();
        let policy = Policy::new(&inner.config.policy, self.key, lists, &inner.protected, generation)?;
        self.put_in_force(policy);
        Ok(())
    }

    fn put_in_force(&self, policy: Policy) {
        self.metrics.generation.set(i64::try_from(policy.generation).unwrap_or(i64::MAX));
        self.engine.swap(policy);
    }

    /// A list is replaced whole, so that what a thread which panicked left can be gone on with.
    fn locked(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a configuration comes to, not yet in force.
struct Next {
    inner: Inner,
    page: Page,
    policy: Policy,
    changes: Vec<Change>,
}

/// The sections that a running program does not take anew and that have changed.
fn waiting_for_restart(old: &Config, new: &Config) -> Vec<&'static str> {
    let fixed = [
        ("[server]", old.server != new.server),
        ("[answer]", old.answer != new.answer),
        ("[resolver]", old.resolver != new.resolver),
        ("update.poll", old.update.poll != new.update.poll),
    ];
    fixed.iter().filter(|(_, changed)| *changed).map(|(name, _)| *name).collect()
}

fn help(config: &page::Config) -> Result<Help, Error> {
    let Some(path) = &config.help else { return Ok(Help::built_in()?) };
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|cause| Error::Help { path: path.clone(), cause })?;
    Ok(Help::parse(&text, &path.display().to_string())?)
}

fn report(what: &str, taken: bool, message: String) -> Reloaded {
    Reloaded { what: what.to_owned(), taken, message }
}

fn in_words(outcome: &Outcome) -> (bool, String) {
    match outcome {
        Outcome::Taken { rules, before, faulty, faults, remarks } => {
            let before = before.map_or(String::new(), |before| format!(" (before: {before})"));
            let mut message = format!("{rules} rules in force{before}");
            if let Some(first) = faults.first() {
                let all = "`rempart check` shows the first hundred";
                message.push_str(&format!("; {faulty} lines gave none, the first: {first}; {all}"));
            }
            for remark in remarks {
                message.push_str("; ");
                message.push_str(remark);
            }
            (true, message)
        }
        Outcome::Stored(error) => (false, format!("the stored generation serves: {error}")),
        Outcome::Refused(error) => (false, format!("the last good generation stays: {error}")),
        Outcome::Missing(error) => (false, format!("nothing of it is in force: {error}")),
    }
}

/// Logs what became of a list, and says it.
fn tell(change: &Change) -> Reloaded {
    let (taken, message) = in_words(&change.outcome);
    match &change.outcome {
        Outcome::Taken { faulty: 0, remarks, .. } if remarks.is_empty() => {
            tracing::info!(list = change.list, "{message}");
        }
        Outcome::Taken { .. } => tracing::warn!(list = change.list, "{message}"),
        Outcome::Stored(_) | Outcome::Refused(_) | Outcome::Missing(_) => {
            tracing::error!(list = change.list, "{message}")
        }
    }
    report(&change.list, taken, message)
}

/// What a look at configuration and lists found, without serving anything.
#[derive(Debug)]
pub struct Check {
    /// What became of each list, in words.
    pub lists: Vec<Reloaded>,
    /// Lines that gave no rule, the first hundred of each list, with file, line and remedy.
    pub faults: Vec<String>,
    /// Whether a daemon would start.
    pub sound: bool,
}

/// Builds everything that a daemon would serve, and says what is wrong with it.
pub fn check(config: &Config, random: [u8; 16], now: Timestamp) -> Result<Check, Error> {
    let metrics = Arc::new(Metrics::new()?);
    // Only looked at: the state directory is the daemon's.
    let update = update::Config { state: None, ..config.update.clone() };
    let mut updater = Updater::new(update, Key::new(random), metrics)?;
    let changes = updater.look(Mode::Reload, now);
    let in_report = |change: &Change| {
        let (taken, message) = in_words(&change.outcome);
        report(&change.list, taken, message)
    };
    let lists: Vec<Reloaded> = changes.iter().map(in_report).collect();
    let faults = changes.into_iter().flat_map(|change| match change.outcome {
        Outcome::Taken { faults, .. } => faults,
        _ => Vec::new(),
    });
    let faults = faults.collect();
    let help = help(&config.page)?;
    let protected = help.names();
    Page::new(&config.page, help)?;
    Resolver::new(&config.resolver, Arc::new(SystemNetwork::new(&config.resolver)?))?;
    let sound = lists.iter().all(|list| list.taken);
    if sound {
        Policy::new(&config.policy, Key::new(random), updater.lists(), &protected, 1)?;
    }
    Ok(Check { lists, faults, sound })
}

/// Explains from the files alone what a daemon would answer to a client, for a name and a type.
pub fn explain(
    config: &Config,
    random: [u8; 16],
    (client, name, rtype): (IpAddr, &Name, RecordType),
    now: Timestamp,
) -> Result<Explanation, Error> {
    let mut config = config.clone();
    config.update.state = None;
    let state = State::new(config, None, Key::new(random), Arc::new(Metrics::new()?), now)?;
    Ok(state.engine.explain(client, name, rtype, Now { monotonic: 1, wall: now }))
}
