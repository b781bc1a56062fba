//! A zone that follows its list.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::config::ZoneConfig;
use super::error::Error;
use super::history::{Difference, History, Version};
use super::source::{Judging, Source, Stamp};
use super::store::{ListFacts, Store};
use super::stream::LONGEST_RECORD;
use crate::blocklist::{Effect, Limits, Rule, Trigger};
use crate::dns::Name;
use crate::export::{InForce, Records, Serial, Settings, Told, policy_zone};

/// Seconds after which a list that was refused is looked at again though it has not changed: what refused it may have.
const AGAIN: i64 = 300;

/// A zone that follows its list.
#[derive(Debug)]
pub struct Keeper {
    zone: Name,
    config: ZoneConfig,
    settings: Settings,
    source: Source,
    store: Store,
    protected: Arc<[Name]>,
    history: Option<Arc<History>>,
    facts: Option<ListFacts>,
    last: Last,
}

/// The last look.
#[derive(Debug, Default)]
struct Last {
    /// The list that was read.
    stamp: Option<Stamp>,
    /// When it is read again though it has not changed: the next rule ends, or it was refused.
    due: Option<Timestamp>,
    /// What was told.
    refusal: Option<String>,
    remarks: Vec<String>,
}

/// What a look at a list brought.
#[derive(Debug)]
pub enum Looked {
    /// The list is the one that was read before.
    Same,
    /// It was read.
    Read {
        /// How the zone has changed, if it has.
        change: Option<Change>,
        /// What was wrong with the list, and what the zone cannot say. Told once, for as long as it is the same.
        remarks: Vec<String>,
    },
    /// The list is not used; the zone stays as it is. Told once, for as long as the reason is the same.
    Refused(Box<Error>),
}

/// How a zone has changed.
#[derive(Debug)]
pub struct Change {
    /// The new content.
    pub history: Arc<History>,
    /// How many records went and came.
    pub records: [u64; 2],
}

/// How the zone has changed, if it has, and what is to be told.
type Followed = (Option<Change>, Vec<String>);

impl Keeper {
    /// A zone as it was kept; `protected` are names that no list blocks.
    pub fn open(config: ZoneConfig, state: &Path, protected: Arc<[Name]>) -> Result<Self, String> {
        let (zone, redirect) = (config.zone()?, config.redirect()?);
        let source = match (&config.repository, &config.root) {
            (Some(repository), Some(root)) => Source::Target {
                repository: repository.clone(),
                root: root.clone(),
                path: config.list.display().to_string(),
            },
            _ => Source::File { path: config.list.clone(), format: config.format },
        };
        let settings = Settings {
            zone: zone.clone(),
            redirect,
            serial: Serial(0),
            digest: config.digest,
            file: String::new(),
        };
        let store = Store::new(state, &zone);
        let history = store.open().map_err(|error| error.to_string())?.map(Arc::new);
        let facts = store.list().filter(|_| history.is_some());
        Ok(Self { zone, config, settings, source, store, protected, history, facts, last: Last::default() })
    }

    /// The zone.
    pub fn zone(&self) -> &Name {
        &self.zone
    }

    /// What it holds.
    pub fn history(&self) -> Option<&Arc<History>> {
        self.history.as_ref()
    }

    /// Has the next look read the list though it has not changed, and tell again what is wrong.
    pub fn forget(&mut self) {
        self.last = Last::default();
    }

    /// Looks whether the list has changed, and follows it. With `accept_leap` a list is taken whatever its size.
    pub fn look(&mut self, now: Timestamp, accept_leap: bool) -> Looked {
        let stamp = self.source.stamp();
        let before = std::mem::replace(&mut self.last.stamp, stamp.as_ref().ok().copied());
        if before.is_some() && before == self.last.stamp && self.last.due.is_none_or(|due| now < due) {
            return Looked::Same;
        }
        let followed = stamp.and_then(|stamp| self.follow(stamp, now, accept_leap));
        match followed {
            Ok((change, remarks)) => {
                self.last.refusal = None;
                let told = std::mem::replace(&mut self.last.remarks, remarks.clone());
                Looked::Read { change, remarks: if told == remarks { Vec::new() } else { remarks } }
            }
            Err(error) => {
                self.last.due = now.checked_add(jiff::SignedDuration::from_secs(AGAIN)).ok();
                if matches!(error, Error::Changing { .. }) {
                    self.last.stamp = None;
                }
                let told = self.last.refusal.replace(error.to_string());
                if told == self.last.refusal { Looked::Same } else { Looked::Refused(Box::new(error)) }
            }
        }
    }

    fn follow(&mut self, stamp: Stamp, now: Timestamp, accept_leap: bool) -> Result<Followed, Error> {
        let judging = Judging { protected: &self.protected, guarded: self.config.guard, now };
        let list = self.source.read(&self.store.trust(), judging)?;
        if self.source.stamp()? != stamp {
            return Err(Error::Changing { path: self.config.list.clone() });
        }
        let facts = facts(&list);
        if let Some(before) = self.facts.as_ref().filter(|_| !accept_leap) {
            self.judge(before, &facts)?;
        }
        let (records, told) = policy_zone(list.source(&self.protected), &self.settings)?;
        check_lengths(&records)?;
        let change = self.replace(records, now)?;
        if self.facts != Some(facts) {
            self.store.keep_list(&facts)?;
            self.facts = Some(facts);
        }
        let out_of_date = list.header.as_ref().map(|header| header.expires).filter(|end| now < *end);
        self.last.due = list.next_end.into_iter().chain(out_of_date).min();
        Ok((change, remarks(&list, &told)))
    }

    /// Refuses what goes back, or differs too much in size.
    fn judge(&self, before: &ListFacts, facts: &ListFacts) -> Result<(), Error> {
        if let (Some(before), Some(serial)) = (before.serial, facts.serial)
            && serial < before
        {
            return Err(Error::Older { serial, before });
        }
        let ZoneConfig { largest_loss, largest_gain, .. } = self.config;
        // Rules that ended by their own date are no loss.
        let ended = facts.ended.saturating_sub(before.ended);
        let limits = Limits { largest_loss, largest_gain };
        limits.judge(before.listed, facts.listed, ended).map_err(Error::Leap)
    }

    /// Keeps these records as the zone's next version, unless they are what it holds.
    fn replace(&mut self, records: Records, now: Timestamp) -> Result<Option<Change>, Error> {
        let current = self.history.as_ref().map(|history| &history.current);
        let says = |current: &Version| {
            current.records.say_the_same(&records) && current.records.digest().is_some() == self.config.digest
        };
        if current.is_some_and(says) {
            return Ok(None);
        }
        let serial = Serial::after(current.map(|current| current.serial), now.as_second() as u32);
        let records = if self.config.digest { records.with_digest(&self.zone, serial) } else { records };
        let version = Version { serial, records: Arc::new(records) };
        let count = version.records.count();
        let (history, changed) = match &self.history {
            None => (History::new(version), [0, count]),
            Some(history) => {
                let difference = Difference::between(&history.current, &version);
                let changed = [difference.removed.count(), difference.added.count()];
                (history.followed_by(version, difference, self.config.differences), changed)
            }
        };
        // What is served outlives a restart, or a serial could come back.
        self.store.keep(&history)?;
        let history = Arc::new(history);
        self.history = Some(history.clone());
        Ok(Some(Change { history, records: changed }))
    }
}

fn facts(list: &InForce) -> ListFacts {
    let is_listing = |rule: &&Rule| rule.effect != Effect::Allow && !rule.details.staged;
    let blocking = list.rules.iter().filter(is_listing).map(|rule| &rule.trigger);
    // Names, not lines: the same name a thousand times is no replacement for a thousand.
    let (mut names, mut networks) = (HashSet::new(), HashSet::new());
    for trigger in blocking {
        match trigger {
            Trigger::Name(name, _) => _ = names.insert(name),
            Trigger::Network(network) => _ = networks.insert(network),
        }
    }
    let serial = list.header.as_ref().map(|header| header.serial);
    ListFacts { listed: (names.len() + networks.len()) as u64, ended: list.ended, serial }
}

fn check_lengths(records: &Records) -> Result<(), Error> {
    match records.iter().find(|record| record.owner.len() + record.data.len() > LONGEST_RECORD) {
        None => Ok(()),
        Some(record) => Err(Error::TooLong {
            owner: Name::from_wire(record.owner).unwrap_or_else(|_| Name::root()),
            octets: record.data.len(),
        }),
    }
}

fn remarks(list: &InForce, told: &Told) -> Vec<String> {
    let losses = told.losses.iter().map(|loss| format!("NOT SAID: {loss}"));
    list.remarks.iter().cloned().chain(losses).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;

    const HEADER: &str = r#"{"list":"xx/a","serial":3,"jurisdiction":"XX","category":"c","authority":"A","legal_basis":"L","appeal":"mailto:a@b.example","issued":"2026-01-01T00:00:00Z","expires":"2027-01-01T00:00:00Z"}"#;

    /// A folder with a list, and what follows it.
    struct Desk {
        folder: tempfile::TempDir,
        keeper: Option<Keeper>,
        now: Timestamp,
    }

    impl Desk {
        fn new(more: &str) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let now = "2026-11-23T12:00:00Z".parse().unwrap();
            let mut desk = Self { folder, keeper: None, now };
            desk.restart(more);
            desk
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        /// Opens the zone anew, with more in its configuration.
        fn restart(&mut self, more: &str) {
            self.keeper = None;
            let list = self.path("list");
            let text = format!("name = \"rpz.test\"\nlist = \"{}\"\nkeys = [\"a\"]\n{more}", list.display());
            let protected = Arc::new([Name::from_text("help.test").unwrap()]);
            let keeper = Keeper::open(toml::from_str(&text).unwrap(), &self.path("state"), protected);
            self.keeper = Some(keeper.unwrap());
        }

        fn write(&self, names: std::ops::Range<u32>) {
            self.write_text(&names.map(|number| format!("n{number}.example\n")).collect::<String>());
        }

        fn write_text(&self, text: &str) {
            let draft = self.path("draft");
            fs::write(&draft, text).unwrap();
            fs::rename(draft, self.path("list")).unwrap();
        }

        /// What the next look brings: how many records went and came, or why nothing did.
        fn look(&mut self) -> Result<[u64; 2], String> {
            match self.keeper.as_mut().unwrap().look(self.now, false) {
                Looked::Same => Err("same".into()),
                Looked::Read { change, .. } => Ok(change.map_or([0, 0], |change| change.records)),
                Looked::Refused(error) => Err(error.to_string()),
            }
        }

        fn history(&self) -> &History {
            self.keeper.as_ref().unwrap().history().unwrap()
        }

        fn files(&self) -> usize {
            fs::read_dir(self.path("state/zones/rpz.test")).unwrap().count()
        }
    }

    #[test]
    fn a_zone_follows_its_list_and_serials_grow_also_over_a_restart() {
        let mut desk = Desk::new("differences = 2");
        assert!(desk.keeper.as_ref().unwrap().history().is_none());
        assert!(desk.look().unwrap_err().contains("No such file"));
        desk.write(0..50);
        // The name server's, and two for each name and what is never blocked.
        assert_eq!(desk.look(), Ok([0, 103]));
        assert_eq!(desk.look(), Err("same".into()));
        let first = desk.history().current.serial;
        assert_eq!(first.0, desk.now.as_second() as u32);
        for last in 51..54 {
            desk.write(0..last);
            // Within one second, and by a clock that goes back.
            desk.now = desk.now.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap();
            assert_eq!(desk.look(), Ok([0, 2]));
        }
        let before = desk.history().clone();
        assert_eq!((before.current.serial.0, before.differences.len()), (first.0 + 3, 2));
        desk.restart("differences = 2");
        assert_eq!(*desk.history(), before);
        assert_eq!(desk.look(), Ok([0, 0]));
        assert_eq!((desk.history(), desk.files()), (&before, 4));
        // What the configuration says otherwise is another version.
        desk.restart("redirect = [\"192.0.2.1\"]\ndigest = true");
        let count = 2 * 53;
        assert_eq!(desk.look(), Ok([count, count + 1]));
        assert_eq!(desk.history().current.serial.0, first.0 + 4);
        assert_eq!(desk.history().current.records.digest().unwrap()[..4], (first.0 + 4).to_be_bytes());
        desk.restart("redirect = [\"192.0.2.1\"]\ndigest = true");
        assert_eq!(desk.look(), Ok([0, 0]));
    }

    #[test]
    fn a_program_that_stops_between_two_files_goes_on_with_what_is_whole() {
        let mut desk = Desk::new("");
        desk.write(0..50);
        desk.look().unwrap();
        let zone = desk.path("state/zones/rpz.test/zone");
        let kept = fs::read(&zone).unwrap();
        let first = desk.history().clone();
        desk.write(0..51);
        desk.look().unwrap();
        // The difference was written, the zone was not; and a draft.
        fs::write(&zone, &kept).unwrap();
        fs::write(desk.path("state/zones/rpz.test/.rempart-x"), b"").unwrap();
        desk.restart("");
        assert_eq!((desk.history(), desk.files()), (&first, 2));
        desk.write(0..52);
        assert_eq!(desk.look(), Ok([0, 4]));
        assert_eq!(desk.history().differences.len(), 1);
        // A difference that is damaged is as none, and a zone that is says so.
        let difference = fs::read_dir(desk.path("state/zones/rpz.test")).unwrap().find_map(|entry| {
            let path = entry.unwrap().path();
            path.to_string_lossy().contains('-').then_some(path)
        });
        fs::write(difference.unwrap(), b"x").unwrap();
        desk.restart("");
        assert_eq!((desk.history().differences.len(), desk.history().current.records.count()), (0, 107));
        for damaged in [&kept[..kept.len() / 2], b"", &kept[..kept.len() - 1]] {
            fs::write(&zone, damaged).unwrap();
            let config = desk.keeper.as_ref().unwrap().config.clone();
            let error = Keeper::open(config, &desk.path("state"), Arc::new([])).unwrap_err();
            assert!(error.contains("move it away"), "{error}");
        }
    }

    #[test]
    fn what_goes_back_or_shrinks_is_refused_and_what_ends_by_itself_is_not() {
        let mut desk = Desk::new("");
        let rules = |header: &str, names: std::ops::Range<u32>| {
            let rule =
                |number| format!("{{\"name\":\"n{number}.example\",\"expires\":\"2026-12-01T00:00:00Z\"}}\n");
            format!("{header}\n{{\"name\":\"lasting.example\"}}\n{}", names.map(rule).collect::<String>())
        };
        desk.write_text(&rules(HEADER, 0..9));
        assert_eq!(desk.look(), Ok([0, 23]));
        desk.write_text(&rules(&HEADER.replace(":3,", ":2,"), 0..9));
        assert!(desk.look().unwrap_err().contains("lower than 3"));
        desk.write_text(&rules(&HEADER.replace(":3,", ":4,"), 0..5));
        assert!(desk.look().unwrap_err().contains("more than 20 % would be lost"));
        desk.write_text(&format!("{HEADER}\n"));
        assert!(desk.look().unwrap_err().contains("no name is left"));
        // The same is told once, and looked into again after a while.
        assert_eq!(desk.look(), Err("same".into()));
        desk.keeper.as_mut().unwrap().forget();
        assert!(desk.look().unwrap_err().contains("no name is left"));
        assert_eq!(desk.history().current.records.count(), 23);
        desk.write_text(&rules(&HEADER.replace(":3,", ":4,"), 0..9));
        assert_eq!(desk.look(), Ok([0, 0]));
        desk.now = "2026-11-30T23:59:59Z".parse().unwrap();
        assert_eq!(desk.look(), Err("same".into()));
        desk.now = "2026-12-01T00:00:00Z".parse().unwrap();
        assert_eq!(desk.look(), Ok([18, 0]));
        // Whose turn it is to be told that the list itself is out of date.
        desk.now = "2027-01-01T00:00:00Z".parse().unwrap();
        let Looked::Read { change: None, remarks } = desk.keeper.as_mut().unwrap().look(desk.now, false)
        else {
            panic!()
        };
        assert!(remarks[0].starts_with("OUT OF DATE since 2027"), "{remarks:?}");
        // That is told once.
        for serial in [5, 6] {
            desk.write_text(&rules(&HEADER.replace(":3,", &format!(":{serial},")), 0..9));
            let looked = desk.keeper.as_mut().unwrap().look(desk.now, false);
            let Looked::Read { change: None, remarks } = looked else { panic!("{looked:?}") };
            assert!(remarks.is_empty(), "{remarks:?}");
        }
    }

    #[test]
    fn a_published_list_is_followed_from_its_pinned_root_on() {
        let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/blocklists/demo/public");
        let folder = tempfile::tempdir().unwrap();
        let open = |root: &str| {
            let text = format!(
                "name = \"rpz.test\"\nlist = \"demo/nudification.jsonl\"\nkeys = [\"a\"]\n\
                 repository = \"{demo}\"\nroot = \"{root}\"\n"
            );
            Keeper::open(toml::from_str(&text).unwrap(), folder.path(), Arc::new([])).unwrap()
        };
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let stranger = folder.path().join("other.json");
        fs::write(&stranger, "{}").unwrap();
        let Looked::Refused(error) = open(stranger.to_str().unwrap()).look(now, false) else { panic!() };
        assert!(matches!(*error, Error::Repository(_)), "{error}");
        let mut keeper = open(&format!("{demo}/metadata/1.root.json"));
        let Looked::Read { change: Some(change), .. } = keeper.look(now, false) else { panic!() };
        assert!(change.records[1] > 2);
        assert!(matches!(keeper.look(now, false), Looked::Same));
    }
}
