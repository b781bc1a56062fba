//! A zone that follows its list.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::config::ZoneConfig;
use super::error::Error;
use super::history::{Difference, History, Version};
use super::source::{Judging, Source, Stamp};
use super::store::Store;
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
    /// When a rule of what is served ends; at once, as long as nobody knows.
    next_end: Option<Timestamp>,
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

/// What a look at a list brought; nothing where there is no reason to read one.
#[derive(Debug, Default)]
pub struct Looked {
    /// Whether a list was read, this one or the one that was taken last.
    pub read: bool,
    /// Why the list is not used: the zone is still of the one that was taken last. Told once, for as long as the reason is
    /// the same.
    pub refused: Option<Box<Error>>,
    /// How the zone has changed, if it has.
    pub change: Option<Change>,
    /// What was wrong with the list, and what the zone cannot say. Told once, for as long as it is the same.
    pub remarks: Vec<String>,
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
        let next_end = Some(Timestamp::MIN);
        Ok(Self {
            zone,
            config,
            settings,
            source,
            store,
            protected,
            history,
            next_end,
            last: Last::default(),
        })
    }

    /// The zone.
    pub fn zone(&self) -> &Name {
        &self.zone
    }

    /// What it holds.
    pub fn history(&self) -> Option<&Arc<History>> {
        self.history.as_ref()
    }

    /// Whether its list is not used, and what is held is of the one before.
    pub fn is_failing(&self) -> bool {
        self.last.refusal.is_some()
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
            return Looked::default();
        }
        match stamp.and_then(|stamp| self.follow(stamp, now, accept_leap)) {
            Ok((change, remarks)) => {
                self.last.refusal = None;
                let told = std::mem::replace(&mut self.last.remarks, remarks.clone());
                let remarks = if told == remarks { Vec::new() } else { remarks };
                Looked { read: true, refused: None, change, remarks }
            }
            Err(error) => {
                let (read, change) = self.let_end(now);
                self.last.due = again(now).into_iter().chain(self.next_end).min();
                if matches!(error, Error::Changing { .. }) {
                    self.last.stamp = None;
                }
                let told = self.last.refusal.replace(error.to_string());
                let refused = (told != self.last.refusal).then(|| Box::new(error));
                Looked { read: read || refused.is_some(), refused, change, remarks: Vec::new() }
            }
        }
    }

    fn follow(&mut self, stamp: Stamp, now: Timestamp, accept_leap: bool) -> Result<Followed, Error> {
        let octets = self.source.read(&self.store.trust(), now)?;
        if self.source.stamp()? != stamp {
            return Err(Error::Changing { path: self.config.list.clone() });
        }
        let kept = if accept_leap { None } else { self.store.list()? };
        let is_kept = kept.as_ref() == Some(&octets);
        // One after the other, since each is large.
        let before = match kept.filter(|_| !is_kept) {
            Some(kept) => Some(facts(&self.kept(&kept, now)?)),
            None => None,
        };
        let judging = Judging { protected: &self.protected, guarded: self.config.guard, now };
        let list = self.source.parse(&octets, judging)?;
        if let Some(before) = before {
            self.judge(&before, &facts(&list))?;
        }
        let (records, told) = self.records(&list)?;
        // Before the zone: whatever stops this program between them, what is served is not newer than what is judged by.
        if !is_kept {
            self.store.keep_list(&octets)?;
        }
        let change = self.replace(records, now)?;
        self.next_end = list.next_end;
        let out_of_date = list.header.as_ref().map(|header| header.expires).filter(|end| now < *end);
        self.last.due = list.next_end.into_iter().chain(out_of_date).min();
        Ok((change, remarks(&list, &told)))
    }

    /// Has rules leave the zone that have ended, of the list that was taken last: they do so by themselves, though nothing
    /// newer can be had. Whether a list was read for it, and how the zone has changed.
    fn let_end(&mut self, now: Timestamp) -> (bool, Option<Change>) {
        if self.next_end.is_none_or(|end| now < end) {
            return (false, None);
        }
        // What fails is tried again.
        self.next_end = again(now);
        let change = self.without_ended(now).unwrap_or_else(|error| {
            tracing::error!(zone = %self.zone, "rules that have ended may be in the zone: {error}");
            None
        });
        (true, change)
    }

    fn without_ended(&mut self, now: Timestamp) -> Result<Option<Change>, Error> {
        let Some(kept) = self.store.list()? else { return Ok(None) };
        let list = self.kept(&kept, now)?;
        let (records, _) = self.records(&list)?;
        let change = self.replace(records, now)?;
        self.next_end = list.next_end;
        Ok(change)
    }

    /// What is in force now of the list that was taken last, which was judged then.
    fn kept(&self, octets: &[u8], now: Timestamp) -> Result<InForce, Error> {
        let judging = Judging { protected: &self.protected, guarded: false, now };
        self.source.parse(octets, judging).map_err(|error| self.store.useless(&error))
    }

    fn records(&self, list: &InForce) -> Result<(Records, Told), Error> {
        let (records, told) = policy_zone(list.source(&self.protected), &self.settings)?;
        check_lengths(&records)?;
        Ok((records, told))
    }

    /// Refuses what goes back, or differs too much in size from what would be in force by now without it: rules that have
    /// ended by their own date are no loss, and those that never were in force make up for none.
    fn judge(&self, before: &ListFacts, facts: &ListFacts) -> Result<(), Error> {
        if let (Some(before), Some(serial)) = (before.serial, facts.serial)
            && serial < before
        {
            return Err(Error::Older { serial, before });
        }
        let ZoneConfig { largest_loss, largest_gain, .. } = self.config;
        Limits { largest_loss, largest_gain }.judge(before.listed, facts.listed, 0).map_err(Error::Leap)
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
        let last = current.map(|current| current.serial).or_else(|| self.store.serial());
        let serial = Serial::after(last, now.as_second() as u32);
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

/// What a list is judged by.
#[derive(Clone, Copy, Debug)]
struct ListFacts {
    /// How many names and networks it lists.
    listed: u64,
    /// Its serial, where its format has one.
    serial: Option<u64>,
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
    ListFacts { listed: (names.len() + networks.len()) as u64, serial }
}

/// When what was refused is looked at once more.
fn again(now: Timestamp) -> Option<Timestamp> {
    now.checked_add(jiff::SignedDuration::from_secs(AGAIN)).ok()
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
                Looked { refused: Some(error), .. } => Err(error.to_string()),
                Looked { read: false, .. } => Err("same".into()),
                Looked { change, .. } => Ok(change.map_or([0, 0], |change| change.records)),
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
        assert_eq!((desk.history(), desk.files()), (&before, 5));
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
        assert_eq!((desk.history(), desk.files()), (&first, 3));
        // The list was kept before: what is made of it is there even if it cannot be read any more.
        fs::remove_file(desk.path("list")).unwrap();
        assert!(desk.look().unwrap_err().contains("No such file"));
        assert_eq!(desk.history().differences[0].added.count(), 2);
        fs::write(&zone, &kept).unwrap();
        desk.restart("");
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
        let Looked { remarks, .. } = desk.keeper.as_mut().unwrap().look(desk.now, false);
        assert!(remarks[0].starts_with("OUT OF DATE since 2027"), "{remarks:?}");
        // That is told once.
        for serial in [5, 6] {
            desk.write_text(&rules(&HEADER.replace(":3,", &format!(":{serial},")), 0..9));
            let looked = desk.keeper.as_mut().unwrap().look(desk.now, false);
            assert!(looked.read && looked.remarks.is_empty() && looked.change.is_none(), "{looked:?}");
        }
    }

    #[test]
    fn rules_end_by_themselves_while_the_list_cannot_be_read_or_is_refused() {
        let lasting: String = (0..4).map(|number| format!("{{\"name\":\"l{number}.example\"}}\n")).collect();
        let ending = "{\"name\":\"ending.example\",\"expires\":\"2026-12-01T00:00:00Z\"}\n";
        let shrunk = format!("{HEADER}\n{ending}");
        for (instead, words) in [
            (None, "No such file"),
            (Some("?"), "in no format"),
            (Some(&shrunk), "more than 20 % would be lost"),
        ] {
            for restart in [false, true] {
                let mut desk = Desk::new("");
                desk.write_text(&format!("{HEADER}\n{lasting}{ending}"));
                assert_eq!(desk.look(), Ok([0, 13]));
                match instead {
                    None => fs::remove_file(desk.path("list")).unwrap(),
                    Some(text) => desk.write_text(text),
                }
                if restart {
                    desk.restart("");
                }
                let error = desk.look().unwrap_err();
                assert!(error.contains(words), "{error}");
                assert_eq!(desk.history().current.records.count(), 13);
                desk.now = "2026-12-01T00:00:00Z".parse().unwrap();
                let _ = desk.look();
                assert_eq!(desk.history().current.records.count(), 11, "{words}");
            }
        }
    }

    #[test]
    fn rules_that_never_were_in_force_make_up_for_no_loss() {
        let mut desk = Desk::new("");
        desk.write(0..10);
        assert_eq!(desk.look(), Ok([0, 23]));
        let rule = |number| {
            let end = if number < 2 { "" } else { ",\"expires\":\"2026-01-01T00:00:00Z\"" };
            format!("{{\"name\":\"n{number}.example\"{end}}}\n")
        };
        desk.write_text(&format!("{HEADER}\n{}", (0..10).map(rule).collect::<String>()));
        assert!(desk.look().unwrap_err().contains("2 names where there were 10"));
        assert_eq!(desk.history().current.records.count(), 23);
    }

    #[test]
    fn a_zone_that_is_moved_away_goes_on_with_its_serials() {
        let mut desk = Desk::new("");
        desk.write(0..50);
        desk.look().unwrap();
        let before = desk.history().current.serial;
        fs::remove_file(desk.path("state/zones/rpz.test/zone")).unwrap();
        desk.now = desk.now.checked_sub(jiff::SignedDuration::from_hours(1)).unwrap();
        desk.restart("");
        assert_eq!(desk.look(), Ok([0, 103]));
        assert!(desk.history().current.serial.is_after(before), "{:?}", desk.history().current.serial);
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
        let error = open(stranger.to_str().unwrap()).look(now, false).refused.unwrap();
        assert!(matches!(*error, Error::Repository(_)), "{error}");
        let mut keeper = open(&format!("{demo}/metadata/1.root.json"));
        assert!(keeper.look(now, false).change.unwrap().records[1] > 2);
        assert!(!keeper.look(now, false).read);
    }
}
