//! Authorities that are followed, as their subscriber sees it: whom it trusts, what it fetches, what it keeps, how long
//! it holds on to it, and what an operator may turn back.
//!
//! Time is an argument and repositories are folders or servers in this process: nothing here waits but for an answer.

mod ages;
mod deltas;
mod kills;
mod rails;
mod rollback;
mod server;
mod state;
mod trust;
mod web;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rempart::blocklist::{GuardRails, Key, Suffixes};
use rempart::dns::Name;
use rempart::metrics::Metrics;
use rempart::update::{
    Address, Authority, Change, Config, ListSource, ListStatus, Mode, Origin, Outcome, Terms, Tools, Updater,
};

use crate::repository::Repository;

const NOW: &str = "2026-06-01T00:00:00Z";
const KEY: [u8; 16] = [7; 16];
const LIST: &str = "fr/games";
const TARGET: &str = "fr/games.jsonl.zst";

/// An authority's repository, and a subscriber with a state directory who pins its first root.
struct Desk {
    folder: tempfile::TempDir,
    centre: Repository,
}

impl Desk {
    /// Serial 1 of ten names is published.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut centre = Repository::new(&folder.path().join("centre"), 1);
        fs::copy(centre.root(), folder.path().join("root.json")).unwrap();
        centre.put(LIST, 1, &names(10));
        Self { folder, centre }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn authority(&self, address: &str) -> Authority {
        Authority {
            name: "centre".into(),
            repository: Address::from(address.to_owned()),
            root: Some(self.path("root.json")),
            ..Authority::demo()
        }
    }

    /// Follows the authority where it stands, in this folder.
    fn config(&self) -> Config {
        self.config_at(self.path("centre").to_str().unwrap())
    }

    fn config_at(&self, address: &str) -> Config {
        Config {
            state: Some(self.path("state")),
            authorities: vec![self.authority(address)],
            lists: vec![subscription("games", "centre", TARGET)],
            ..Config::default()
        }
    }

    /// A subscriber as a start of the program makes it, with what is stored in force.
    fn start(&self) -> Updater {
        start(self.config())
    }

    /// The repository is gone, or back.
    fn disconnect(&self) {
        fs::rename(self.path("centre"), self.path("elsewhere")).unwrap();
    }

    fn reconnect(&self) {
        fs::rename(self.path("elsewhere"), self.path("centre")).unwrap();
    }
}

fn subscription(name: &str, authority: &str, path: &str) -> ListSource {
    let origin = Origin::Target { authority: authority.into(), path: path.into() };
    ListSource { name: name.into(), origin, terms: Terms::default() }
}

fn start(config: Config) -> Updater {
    start_counted(config).0
}

fn start_counted(config: Config) -> (Updater, Arc<Metrics>) {
    let tools = tools();
    let metrics = tools.metrics.clone();
    let mut updater = Updater::new(config, tools).unwrap();
    updater.restore(now());
    (updater, metrics)
}

fn refused_at_start(config: Config) -> String {
    Updater::new(config, tools()).err().expect("no start").to_string()
}

fn tools() -> Tools {
    let rails = Arc::new(GuardRails::built_in().unwrap());
    Tools { key: Key::new(KEY), rails, metrics: Arc::new(Metrics::new().unwrap()), amended_from: u32::MAX }
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn hours(count: i64) -> Timestamp {
    now() + SignedDuration::from_hours(count)
}

/// So many names, `n00000.example` first.
fn names(count: usize) -> String {
    (0..count).map(|number| format!("n{number:05}.example\n")).collect()
}

/// What a visit to `centre` said of one list in a word or two, or nothing.
fn visit(updater: &mut Updater, mode: Mode, moment: Timestamp) -> String {
    let errand = updater.errand("centre", mode).unwrap();
    told(updater.commit(errand.run(moment)), "games")
}

fn look(updater: &mut Updater) -> String {
    visit(updater, Mode::Reload, now())
}

fn told(changes: Vec<Change>, list: &str) -> String {
    let Some(change) = changes.into_iter().find(|change| change.list == list) else { return String::new() };
    match change.outcome {
        Outcome::Taken { rules, remarks, .. } if remarks.is_empty() => format!("taken {rules}"),
        Outcome::Taken { rules, remarks, .. } => format!("taken {rules}, but {}", remarks.join("; ")),
        Outcome::Amended { rules, .. } => format!("amended {rules}"),
        Outcome::Unchanged => "unchanged".into(),
        Outcome::Held { serial } => format!("held back {}", serial.unwrap()),
        Outcome::Refused(error) => format!("refused: {error}"),
        Outcome::Missing(error) => format!("missing: {error}"),
        Outcome::Overtaken => "overtaken".into(),
    }
}

fn is_blocked(updater: &Updater, name: &str) -> bool {
    let name = Name::from_text(name).unwrap();
    let suffixes = Suffixes::new(&Key::new(KEY), name.canonical().as_wire());
    updater.lists().iter().any(|list| list.find(&suffixes, now()).is_some())
}

/// The serial of `games` in force.
fn serial(updater: &Updater) -> u64 {
    let lists = updater.lists();
    let list = lists.iter().find(|list| list.name == "games").expect("a list in force");
    list.header.as_ref().unwrap().serial
}

fn status(updater: &Updater) -> ListStatus {
    updater.list_status().into_iter().find(|status| status.name == "games").unwrap()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
