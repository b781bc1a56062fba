//! What can change while the program runs: built aside, swapped whole.

use std::net::IpAddr;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use arc_swap::ArcSwap;
use jiff::Timestamp;

use super::local_authority::{self, LocalAuthority};
use crate::admin::Reloaded;
use crate::answer::{self, CookieSecret, Engine, Now};
use crate::blocklist::{GuardError, GuardRails, Key};
use crate::ca::{self, Issuer};
use crate::config::Config;
use crate::dns::{Name, RecordType};
use crate::memory::give_back;
use crate::metrics::Metrics;
use crate::page::{self, Help, Page};
use crate::policy::{self, CaseFacts, Explanation, Policy};
use crate::resolver::{self, Resolver, SystemWorld};
use crate::server::{Certificate, Renewal, TlsError};
use crate::update::{
    self, AuthorityStatus, Change, Errand, ListStatus, Mode, Outcome, StateLock, Tools, Updater,
};

/// The file of the state directory with the key of the indexes there.
const INDEX_KEY: &str = "index-key";

/// A list of fewer rules is built in a fifth of a second.
const AMENDED_FROM: u32 = 200_000;

/// Why the changeable part cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A list has no generation at all.
    #[error("list `{0}`: {1}")]
    List(String, update::Error),
    /// A file that the configuration names cannot be read.
    #[error("{key}: {}: {cause}; check the path and that this user may read it", path.display())]
    Unreadable {
        /// Where the configuration names it.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The file of protected names is none.
    #[error("update.protected: {0}")]
    Guard(#[from] GuardError),
    /// What the rules of a list say cannot be read.
    #[error("what the rules of a list say cannot be read: {0}; give it another update, or free the disk")]
    Texts(std::io::Error),
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
    /// The local authority cannot be used.
    #[error("ca")]
    Authority(#[from] ca::Error),
    /// The certificate cannot be used.
    #[error("server.certificate: {0}")]
    Certificate(#[from] TlsError),
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
    /// What DNS over encryption shows; looked after as the lists are.
    certificate: Option<Arc<Certificate>>,
    /// Who makes certificates for names that are blocked, where devices believe somebody.
    authority: Option<LocalAuthority>,
    inner: Mutex<Inner>,
    /// Policies that are no longer in force, until nobody decides by them: a thread that answers must not be the last
    /// to let go of a list, whose memory takes milliseconds to give back.
    retired: Mutex<Vec<Arc<Policy>>>,
    /// Held by whoever reads files on a copy of what is in force: one after the other, and holding up nobody else.
    reading: Mutex<()>,
}

#[derive(Clone)]
struct Inner {
    config: Config,
    updater: Updater,
    protected: Vec<Name>,
    lock: Option<StateLock>,
}

impl State {
    /// Loads every list and builds everything for the first time; fails where a list has no generation at all.
    pub(super) fn new(
        config: Config,
        path: Option<PathBuf>,
        random: [u8; 16],
        metrics: Arc<Metrics>,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let help = help(&config.page)?;
        let protected = help.names();
        let lock = lock(&config.update, None)?;
        let key = index_key(lock.as_ref(), random);
        let rails = rails(&config.update, &protected)?;
        let tools = Tools { key, rails, metrics: metrics.clone(), amended_from: AMENDED_FROM };
        let mut updater = Updater::new(config.update.clone(), tools)?;
        for change in updater.begin(Mode::Start, now) {
            tell(&change);
            if let Outcome::Missing(error) = change.outcome {
                return Err(Error::List(change.list, error));
            }
        }
        // What building lists took.
        give_back();
        let page = page(&config.page, help)?;
        let policy = policy_of(&config, &updater, &metrics, (key, &protected, 1))?;
        metrics.generation.set(1);
        // Names that are forwarded whole are not cut.
        let minimises = config.resolver.forward.is_empty();
        let engine = Engine::new(with_secret(&config.answer, Key::new(random)), policy);
        let engine = Arc::new(engine.announcing(&config.server.endpoints(), minimises));
        let inner = Mutex::new(Inner { config, updater, protected, lock });
        Ok(Self {
            path,
            key,
            metrics,
            engine,
            page: ArcSwap::from_pointee(page),
            certificate: None,
            authority: None,
            inner,
            retired: Mutex::default(),
            reading: Mutex::default(),
        })
    }

    /// Looks after a certificate as after the lists, and after a local authority.
    pub(super) fn with(self, certificate: Option<Arc<Certificate>>, authority: LocalAuthority) -> Self {
        Self { certificate, authority: Some(authority), ..self }
    }

    /// The state directory, if this program could take it.
    pub(super) fn lock(&self) -> Option<StateLock> {
        self.locked().lock.clone()
    }

    /// Looks at the files because time has passed. Blocks on disk.
    pub(super) fn poll(&self, now: Timestamp) {
        let _alone = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        self.renew_certificate();
        self.read_files(Mode::Poll, now);
    }

    /// Looks at the certificate, and takes it if it is another one.
    fn renew_certificate(&self) -> Option<Reloaded> {
        let renewal = self.certificate.as_ref()?.renew();
        self.metrics.certificates.failing.set(i64::from(matches!(renewal, Renewal::Refused { .. })));
        let (taken, message) = match renewal {
            Renewal::Unchanged => (true, "nothing new; what is in force stays".into()),
            Renewal::Taken => {
                tracing::info!("a new certificate is in force");
                (true, "taken".into())
            }
            Renewal::Refused { error, is_news } => {
                if is_news {
                    tracing::error!(%error, "the certificate is not taken; the one in force stays");
                }
                (false, format!("the one in force stays: {error}"))
            }
        };
        Some(report("certificate", taken, message))
    }

    /// Looks at files on a copy, so that a disk that hangs holds up no visit and no rollback.
    fn read_files(&self, mode: Mode, now: Timestamp) -> Vec<Reloaded> {
        let before = self.locked().updater.clone();
        let mut updater = before.clone();
        let changes = updater.look_at_files(mode, now);
        let inner = &mut *self.locked();
        updater.keep_pace(&before, &inner.updater);
        inner.updater = updater;
        self.swap_for(inner, &changes)
    }

    /// Who makes certificates for names that are blocked, where devices believe somebody.
    pub(super) fn issuer(&self) -> Option<&Issuer> {
        self.authority.as_ref()?.issuer.as_ref()
    }

    /// Looks at ages and clocks, and gives the visits to authorities that are due.
    pub(super) fn beat(&self, now: Now, milliseconds: u64) -> Vec<Errand> {
        self.let_go();
        self.authority.iter().for_each(|authority| authority.look(now.wall));
        let inner = &mut *self.locked();
        if inner.updater.observe(now.wall, now.monotonic.into()) {
            self.swap_loudly(inner);
        }
        inner.updater.due(milliseconds)
    }

    /// Makes a visit to an authority. Blocks on network and disk, and nobody else meanwhile.
    pub(super) fn visit(&self, errand: Errand, now: Timestamp) {
        self.made(errand, now);
    }

    /// What a visit changed, and whether something else changed one of its lists meanwhile, which then stays.
    fn made(&self, errand: Errand, now: Timestamp) -> (Vec<Reloaded>, bool) {
        let visited = errand.run(now);
        let inner = &mut *self.locked();
        let changes = inner.updater.commit(visited);
        let is_overtaken = changes.iter().any(|change| matches!(change.outcome, Outcome::Overtaken));
        (self.swap_for(inner, &changes), is_overtaken)
    }

    /// Makes a visit that somebody asked for, and again where another one came in between.
    fn visit_for(&self, errand: Errand, mode: Mode, now: Timestamp) -> Vec<Reloaded> {
        let authority = errand.authority().to_owned();
        let (reloaded, is_overtaken) = self.made(errand, now);
        let again = is_overtaken.then(|| self.locked().updater.errand(&authority, mode)).flatten();
        again.map_or(reloaded, |errand| self.made(errand, now).0)
    }

    /// Visits all authorities because somebody asked.
    pub(super) fn update(&self, mode: Mode, now: Timestamp) -> Vec<Reloaded> {
        let errands = {
            let inner = self.locked();
            let names = inner.updater.authorities();
            names.iter().filter_map(|name| inner.updater.errand(name, mode)).collect::<Vec<_>>()
        };
        // Beside each other: a server that is slow holds up its own lists alone.
        thread::scope(|scope| {
            let visit = |errand| scope.spawn(move || self.visit_for(errand, mode, now));
            let visits: Vec<_> = errands.into_iter().map(visit).collect();
            visits
                .into_iter()
                .flat_map(|visit| visit.join().unwrap_or_else(|panic| resume_unwind(panic)))
                .collect()
        })
    }

    /// Holds an earlier generation of a list in force; without a serial, the one before.
    pub(super) fn roll_back(&self, list: &str, to: Option<u64>, now: Timestamp) -> Reloaded {
        let inner = &mut *self.locked();
        let done = inner.updater.roll_back(list, to, now);
        self.turned(inner, list, done, "held until it is released")
    }

    /// Ends a rollback.
    pub(super) fn release(&self, list: &str, now: Timestamp) -> Reloaded {
        let inner = &mut *self.locked();
        let done = inner.updater.release(list, now);
        self.turned(inner, list, done, "the newest generation")
    }

    fn turned(
        &self,
        inner: &Inner,
        list: &str,
        done: Option<Result<(), update::Error>>,
        what: &str,
    ) -> Reloaded {
        match done {
            None => report(list, false, "no list has this name".into()),
            Some(Err(error)) => report(list, false, error.to_string()),
            Some(Ok(())) => {
                self.swap_loudly(inner);
                let lists = inner.updater.lists();
                let present = lists.iter().find(|present| present.name == list);
                let serial = present.and_then(|list| Some(list.header.as_ref()?.serial.to_string()));
                let serial = serial.map_or_else(String::new, |serial| format!("serial {serial}, "));
                let rules = present.map_or(0, |list| list.rules);
                let message = format!("{serial}{rules} rules in force: {what}");
                tracing::warn!(list, "{message}");
                report(list, true, message)
            }
        }
    }

    /// Whom the program follows and what it has.
    pub(super) fn update_status(&self) -> (Vec<AuthorityStatus>, Vec<ListStatus>) {
        let inner = self.locked();
        (inner.updater.authority_status(), inner.updater.list_status())
    }

    /// Reads configuration and lists again because somebody asked. Blocks on disk. A configuration is taken whole,
    /// with all its lists, or not at all.
    pub(super) fn reload(&self, mode: Mode, now: Timestamp) -> Vec<Reloaded> {
        let _alone = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let certificate = self.renew_certificate();
        let before = self.locked().clone();
        let taken = self.next(&before, mode, now).and_then(|mut next| {
            let inner = &mut *self.locked();
            next.inner.updater.keep_pace(&before.updater, &inner.updater);
            let policy = self.policy(&next.inner).map_err(|error| error.to_string())?;
            Ok(self.take(inner, next, policy))
        });
        let mut reloaded = taken.unwrap_or_else(|message| {
            tracing::error!(error = message, "the configuration is not taken; what was in force stays");
            let mut reloaded = vec![report("configuration", false, message)];
            reloaded.extend(self.read_files(mode, now));
            reloaded
        });
        reloaded.extend(certificate);
        reloaded
    }

    /// What lists and groups come to.
    fn policy(&self, inner: &Inner) -> Result<Policy, policy::Error> {
        let generation = self.engine.policy().generation + 1;
        policy_of(&inner.config, &inner.updater, &self.metrics, (self.key, &inner.protected, generation))
    }

    /// Builds everything from the configuration as it stands in its file now.
    fn next(&self, inner: &Inner, mode: Mode, now: Timestamp) -> Result<Next, String> {
        let config = match &self.path {
            Some(path) => Config::read(path).map_err(|error| error.to_string())?,
            None => inner.config.clone(),
        };
        let help = help(&config.page).map_err(|error| error.to_string())?;
        let protected = help.names();
        let page = page(&config.page, help).map_err(|error| error.to_string())?;
        let lock = lock(&config.update, inner.lock.as_ref()).map_err(|error| error.to_string())?;
        let mut updater = inner.updater.clone();
        updater.configure(config.update.clone()).map_err(|error| error.to_string())?;
        let rails = rails(&config.update, &protected).map_err(|error| error.to_string())?;
        updater.guard_by(rails);
        let changes = updater.begin(mode, now);
        if let Some(missing) = updater.missing().first() {
            let change = changes.iter().find(|change| change.list == *missing);
            let why = change.map(|change| in_words(&change.outcome).1).unwrap_or_default();
            return Err(format!("list `{missing}` has no generation that could be in force: {why}"));
        }
        Ok(Next { inner: Inner { config, updater, protected, lock }, page, changes })
    }

    fn take(&self, inner: &mut Inner, next: Next, policy: Policy) -> Vec<Reloaded> {
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
        let followed = next.inner.updater.authorities();
        for gone in inner.updater.authorities().iter().filter(|name| !followed.contains(name)) {
            self.metrics.authority_removed(gone);
        }
        *inner = next.inner;
        self.put_in_force(policy);
        self.page.store(Arc::new(next.page));
        reloaded
    }

    /// Logs what became of lists, and puts in force what changed.
    fn swap_for(&self, inner: &Inner, changes: &[Change]) -> Vec<Reloaded> {
        let reloaded = changes.iter().map(tell).collect();
        let is_new =
            |change: &Change| matches!(change.outcome, Outcome::Taken { .. } | Outcome::Amended { .. });
        if changes.iter().any(is_new) {
            self.swap_loudly(inner);
        }
        reloaded
    }

    fn swap_loudly(&self, inner: &Inner) {
        match self.policy(inner) {
            Ok(policy) => self.put_in_force(policy),
            Err(error) => tracing::error!(%error, "new lists do not fit the groups; what was in force stays"),
        }
    }

    fn put_in_force(&self, policy: Policy) {
        self.metrics.generation.set(i64::try_from(policy.generation).unwrap_or(i64::MAX));
        self.retired().push(self.engine.swap(policy));
    }

    /// Lets go of policies that nobody decides by any longer; after the lock, for which a swap waits.
    fn let_go(&self) {
        let unused: Vec<_> = self.retired().extract_if(.., |policy| Arc::strong_count(policy) == 1).collect();
        if !unused.is_empty() {
            drop(unused);
            give_back();
        }
    }

    fn retired(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Policy>>> {
        self.retired.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A list is replaced whole, so that what a thread which panicked left can be gone on with.
    fn locked(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What lists and groups come to: the lists in force, those that the groups ask the program for, and the names that the
/// resolver asks of servers which the operator named.
fn policy_of(
    config: &Config,
    updater: &Updater,
    metrics: &Metrics,
    (key, protected, generation): (Key, &[Name], u64),
) -> Result<Policy, policy::Error> {
    let names = config.resolver.zones.iter().filter_map(|zone| Name::from_text(&zone.name).ok());
    let config = policy::Config { internal: names.collect(), ..config.policy.clone() };
    let built_in =
        config.built_in_lists(&key, |name| metrics.list_slot(name)).map_err(policy::Error::BuiltIn)?;
    let lists = updater.lists().into_iter().chain(built_in).collect();
    Policy::new(&config, key, lists, protected, generation)
}

/// The configuration of the engine, with a cookie secret of its own where it has none.
fn with_secret(config: &answer::Config, key: Key) -> answer::Config {
    let mut config = config.clone();
    if config.cookie_secrets.is_empty() {
        let secret = drawn(key, "cookies");
        config.cookie_secrets.push(CookieSecret::new(secret));
    }
    config
}

/// Octets that nobody can foretell, for one use.
pub(super) fn drawn(key: Key, word: &str) -> [u8; 16] {
    let [first, second] = [0, 1].map(|half| u128::from(key.draw(word, half)));
    (first << 64 | second).to_be_bytes()
}

/// What a configuration comes to, not yet in force.
struct Next {
    inner: Inner,
    page: Page,
    changes: Vec<Change>,
}

/// The sections that a running program does not take anew and that have changed.
fn waiting_for_restart(old: &Config, new: &Config) -> Vec<&'static str> {
    let fixed = [
        ("[server]", old.server != new.server),
        ("[answer]", old.answer != new.answer),
        ("[resolver]", old.resolver != new.resolver),
        ("[ca]", old.ca != new.ca),
        ("[statistics]", old.statistics != new.statistics),
        ("update.watch", old.update.watch != new.update.watch),
    ];
    fixed.iter().filter(|(_, changed)| *changed).map(|(name, _)| *name).collect()
}

/// The state directory of a configuration, for this program alone.
fn lock(config: &update::Config, held: Option<&StateLock>) -> Result<Option<StateLock>, update::Error> {
    let Some(state) = &config.state else { return Ok(None) };
    match held.filter(|held| held.is_for(state)) {
        Some(held) => Ok(Some(held.clone())),
        None => match StateLock::take(state) {
            Err(error @ update::Error::InUse { .. }) => Err(error),
            // A disk that takes nothing any more must not keep what it holds from serving.
            Err(error) => {
                tracing::error!(%error, "the state directory cannot be written");
                Ok(None)
            }
            taken => taken.map(Some),
        },
    }
}

/// The key of every index: that of the state directory, so that what is saved there can be read again.
fn index_key(lock: Option<&StateLock>, random: [u8; 16]) -> Key {
    let Some(lock) = lock else { return Key::new(random) };
    let kept = lock.kept(INDEX_KEY, &random).map(<[u8; 16]>::try_from);
    match kept {
        Ok(Ok(kept)) => Key::new(kept),
        unusable => {
            let reason = unusable.map_or_else(|error| error.to_string(), |_| "not 16 octets".into());
            tracing::warn!(
                reason,
                "{INDEX_KEY} of the state directory cannot be used; lists are built from their text"
            );
            Key::new(random)
        }
    }
}

/// What no list may block: what the program knows, what the operator adds, and the help services of the page.
fn rails(config: &update::Config, protected: &[Name]) -> Result<Arc<GuardRails>, Error> {
    let mut rails = GuardRails::built_in()?;
    if let Some(path) = &config.protected {
        rails.extend(&read("update.protected", path)?, &path.display().to_string())?;
    }
    rails.protect(protected.iter().cloned());
    Ok(Arc::new(rails))
}

fn help(config: &page::Config) -> Result<Help, Error> {
    let Some(path) = &config.help else { return Ok(Help::built_in()?) };
    Ok(Help::parse(&read("page.help", path)?, &path.display().to_string())?)
}

fn page(config: &page::Config, help: Help) -> Result<Page, Error> {
    let logo = config.logo.as_ref().map(|path| {
        let unreadable = |cause| Error::Unreadable { key: "page.logo", path: path.clone(), cause };
        std::fs::read(path).map_err(unreadable)
    });
    Ok(Page::new(config, help, logo.transpose()?.as_deref())?)
}

fn read(key: &'static str, path: &Path) -> Result<String, Error> {
    let text = std::fs::read_to_string(path);
    text.map_err(|cause| Error::Unreadable { key, path: path.to_owned(), cause })
}

fn report(what: &str, taken: bool, message: String) -> Reloaded {
    Reloaded { what: what.to_owned(), taken, message }
}

fn in_words(outcome: &Outcome) -> (bool, String) {
    match outcome {
        Outcome::Taken { rules, before, staged, faulty, faults, remarks } => {
            let before = before.map_or(String::new(), |before| format!(" (before: {before})"));
            let mut message = format!("{rules} rules in force{before}{}", staged_in_words(*staged));
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
        Outcome::Amended { rules, before, staged } => {
            let staged = staged_in_words(*staged);
            (
                true,
                format!("{rules} rules in force (before: {before}){staged} by delta; the list is built next"),
            )
        }
        Outcome::Unchanged => (true, "nothing new; what is in force stays".into()),
        Outcome::Held { serial } => {
            let serial = serial.map_or_else(String::new, |serial| format!("serial {serial} "));
            (true, format!("{serial}is verified and kept; a rollback holds another generation in force"))
        }
        Outcome::Refused(error) => (false, format!("the last good generation stays: {error}")),
        Outcome::Missing(error) => (false, format!("nothing of it is in force: {error}")),
        Outcome::Overtaken => (false, "it was changed otherwise meanwhile; ask again".into()),
    }
}

fn staged_in_words(staged: u32) -> String {
    if staged == 0 { String::new() } else { format!(", {staged} staged and not in force") }
}

/// What became of a list.
fn told(change: &Change) -> Reloaded {
    let (taken, message) = in_words(&change.outcome);
    report(&change.list, taken, message)
}

/// The same, logged too.
fn tell(change: &Change) -> Reloaded {
    let reloaded = told(change);
    let message = &reloaded.message;
    match &change.outcome {
        Outcome::Taken { faulty: 0, remarks, .. } if remarks.is_empty() => {
            tracing::info!(list = change.list, "{message}");
        }
        Outcome::Unchanged | Outcome::Overtaken => tracing::debug!(list = change.list, "{message}"),
        Outcome::Amended { .. } => tracing::info!(list = change.list, "{message}"),
        Outcome::Taken { .. } | Outcome::Held { .. } => tracing::warn!(list = change.list, "{message}"),
        Outcome::Refused(_) | Outcome::Missing(_) => {
            tracing::error!(list = change.list, "{message}")
        }
    }
    reloaded
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
    let help = help(&config.page)?;
    let protected = help.names();
    let (key, rails) = (Key::new(random), rails(&update, &protected)?);
    let tools = Tools { key, rails, metrics: metrics.clone(), amended_from: AMENDED_FROM };
    let mut updater = Updater::new(update, tools)?;
    let changes = updater.begin(Mode::Reload, now);
    let lists: Vec<Reloaded> = changes.iter().map(told).collect();
    let faults = changes.into_iter().flat_map(|change| match change.outcome {
        Outcome::Taken { faults, .. } => faults,
        _ => Vec::new(),
    });
    let faults = faults.collect();
    page(&config.page, help)?;
    Resolver::new(&config.resolver, Arc::new(SystemWorld::new(&config.resolver)?))?;
    Certificate::of(&config.server)?;
    local_authority::open(&config.ca, random)?;
    let sound = lists.iter().all(|list| list.taken);
    if sound {
        policy_of(config, &updater, &metrics, (key, &protected, 1))?;
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
    let engine = from_files(config, random, now)?;
    Ok(engine.explain(client, name, rtype, Now { monotonic: 1, wall: now }))
}

/// Says from the files alone what the lists say of a case.
pub fn case(config: &Config, random: [u8; 16], case: &str, now: Timestamp) -> Result<Vec<CaseFacts>, Error> {
    from_files(config, random, now)?.policy().case(case, now).map_err(Error::Texts)
}

/// An engine of the files alone.
fn from_files(config: &Config, random: [u8; 16], now: Timestamp) -> Result<Arc<Engine>, Error> {
    let mut config = config.clone();
    config.update.state = None;
    Ok(State::new(config, None, random, Arc::new(Metrics::new()?), now)?.engine)
}
