//! Lists as they change on disk: what is taken and when, what is refused and with what words, what a restart
//! or a crash leaves in force.
//!
//! Nothing here waits: time is an argument, and files are replaced by renaming, which always shows.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use rempart::blocklist::{Format, GuardRails, Key, Share, Suffixes};
use rempart::dns::Name;
use rempart::metrics::Metrics;
use rempart::update::{Change, Config, ListSource, Mode, Origin, Outcome, Tools, Updater};
use serde_json::json;

/// Half past the hour, so that whole minutes can be counted from it.
const NOW: &str = "2026-06-01T12:30:00Z";
const KEY: [u8; 16] = [7; 16];

/// A folder with a list and a state directory.
struct Desk {
    folder: tempfile::TempDir,
    with_state: bool,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), with_state: true }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file in the place of what was there, as publishers should: by renaming.
    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let draft = self.path("draft");
        fs::write(&draft, content).unwrap();
        fs::rename(draft, self.path(name)).unwrap();
    }

    fn remove(&self) {
        fs::remove_file(self.path("list")).unwrap();
    }

    fn config(&self) -> Config {
        let state = self.with_state.then(|| self.path("state"));
        let lists = vec![ListSource::file("games", self.path("list"))];
        Config { state, lists, authorities: Vec::new(), ..Config::default() }
    }

    /// An updater as a start of the program makes it.
    fn start(&self) -> (Updater, Arc<Metrics>) {
        let tools = self.tools();
        let metrics = tools.metrics.clone();
        (Updater::new(self.config(), tools).unwrap(), metrics)
    }

    fn tools(&self) -> Tools {
        let rails = Arc::new(GuardRails::built_in().unwrap());
        Tools {
            key: Key::new(KEY),
            rails,
            metrics: Arc::new(Metrics::new().unwrap()),
            amended_from: u32::MAX,
        }
    }

    /// Names in the list's own part of the state directory, in order.
    fn stored(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("state/lists/games")).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn after(seconds: i64) -> Timestamp {
    now() + jiff::SignedDuration::from_secs(seconds)
}

/// A plain list of so many names, `n0.example` first.
fn names(count: usize) -> String {
    (0..count).map(|number| format!("n{number}.example\n")).collect()
}

/// A published list: a header with this serial, and names with the dates on which they end.
fn published(serial: u64, rules: &[(&str, &str)]) -> String {
    let header = json!({
        "list": "xx/games", "serial": serial, "jurisdiction": "XX", "category": "games",
        "authority": "Authority of Tests", "legal_basis": "Act 1", "appeal": "mailto:a@authority.example",
        "issued": "2026-01-01T00:00:00Z", "expires": "2036-01-01T00:00:00Z",
    });
    let mut text = format!("{header}\n");
    for (name, expires) in rules {
        let rule = json!({ "name": name, "ref": format!("case of {name}"), "expires": expires });
        writeln!(text, "{rule}").unwrap();
    }
    text
}

/// What one look said of the only list: `taken N`, `refused: …`, `missing: …`, or nothing.
fn look(updater: &mut Updater, mode: Mode, now: Timestamp) -> Option<String> {
    let mut changes = updater.look(mode, now);
    assert!(changes.len() <= 1);
    let Change { list, outcome } = changes.pop()?;
    assert_eq!(list, "games");
    Some(match outcome {
        Outcome::Taken { rules, faults, remarks, .. } if faults.is_empty() && remarks.is_empty() => {
            format!("taken {rules}")
        }
        Outcome::Taken { rules, faults, remarks, .. } => {
            format!("taken {rules}, but {}", [faults, remarks].concat().join("; "))
        }
        Outcome::Refused(error) => format!("refused: {error}"),
        Outcome::Missing(error) => format!("missing: {error}"),
        Outcome::Unchanged => return None,
        outcome => panic!("no file comes to this: {outcome:?}"),
    })
}

fn reload(updater: &mut Updater) -> String {
    look(updater, Mode::Reload, now()).expect("a word on the list")
}

fn poll(updater: &mut Updater) -> Option<String> {
    look(updater, Mode::Poll, now())
}

/// What the list in force says of a name: the name that is listed.
fn listed(updater: &Updater, name: &str) -> Option<String> {
    listed_at(updater, name, now())
}

fn listed_at(updater: &Updater, name: &str, moment: Timestamp) -> Option<String> {
    let lists = updater.lists();
    let [list] = &lists[..] else { return None };
    let name = Name::from_text(name).unwrap();
    let hit = list.find(&Suffixes::new(&Key::new(KEY), name.canonical().as_wire()), moment)?;
    Some(list.explain(hit.rule).unwrap().listed_as)
}

fn is_listed(updater: &Updater, name: &str) -> bool {
    listed(updater, name).is_some()
}

#[test]
fn a_change_is_taken_once_it_has_settled() {
    let desk = Desk::new();
    desk.put("list", names(10));
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 10");
    assert_eq!(poll(&mut updater), None);
    // It changes from one look to the next, as a file does that is being written.
    for count in 11..15 {
        desk.put("list", names(count));
        assert_eq!(poll(&mut updater), None, "{count}");
        assert!(!is_listed(&updater, "n10.example"));
    }
    assert_eq!(poll(&mut updater).unwrap(), "taken 14");
    assert!(is_listed(&updater, "n13.example"));
    assert_eq!(poll(&mut updater), None);
    // Somebody who asks does not wait.
    desk.put("list", names(15));
    assert_eq!(reload(&mut updater), "taken 15");
    assert_eq!(poll(&mut updater), None);
}

#[test]
fn what_cannot_be_used_leaves_the_old_list_and_says_why() {
    let desk = Desk::new();
    desk.put("list", names(10));
    let (mut updater, metrics) = desk.start();
    assert_eq!(reload(&mut updater), "taken 10");
    let fewer = names(7);
    let cut = &zstd::encode_all(names(1000).as_bytes(), 0).unwrap()[..40];
    let refused: [(&[u8], &str); 5] = [
        (b"", "holds no rule"),
        (b"# nothing but a comment\n", "holds no rule"),
        (b"a..b.example\nc..d.example\n", "no rule, but 2 faults, of which the first is"),
        (fewer.as_bytes(), "7 names where there were 10: more than 20 % would be lost"),
        (cut, "cannot be read to its end"),
    ];
    for ((content, message), refusals) in refused.iter().zip(1..) {
        desk.put("list", content);
        assert_eq!(poll(&mut updater), None);
        let told = poll(&mut updater).expect(message);
        assert!(told.starts_with("refused: ") && told.contains(message), "{told}");
        assert!(told.contains(desk.path("list").to_str().unwrap()), "{told}");
        assert_eq!(poll(&mut updater), None, "it is told once");
        assert_eq!(listed(&updater, "n9.example").unwrap(), "n9.example");
        let text = String::from_utf8(metrics.render().unwrap()).unwrap();
        let line = format!("rempart_list_refused_total{{list=\"games\"}} {refusals}\n");
        assert!(text.contains(&line), "{text}");
    }
    desk.remove();
    let told = reload(&mut updater);
    assert!(told.contains("list: No such file") && told.contains("check that it exists"), "{told}");
    assert!(is_listed(&updater, "n9.example") && updater.missing().is_empty());
    // Back again: what was refused in between has left nothing behind.
    desk.put("list", names(8));
    assert_eq!(reload(&mut updater), "taken 8");
    assert_eq!(desk.stored(), ["1.index", "1.json", "1.list", "2.index", "2.json", "2.list"]);
}

#[test]
fn a_loss_is_taken_from_those_who_accept_it_and_nothing_else_is() {
    let desk = Desk::new();
    desk.put("list", names(100));
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 100");
    desk.put("list", names(80));
    assert_eq!(reload(&mut updater), "taken 80", "exactly the share that may be lost");
    desk.put("list", names(63));
    assert!(reload(&mut updater).contains("run `rempart reload --accept-loss`"));
    assert_eq!(look(&mut updater, Mode::AcceptLoss, now()).unwrap(), "taken 63");
    desk.put("list", "a..b.example\n");
    assert!(look(&mut updater, Mode::AcceptLoss, now()).unwrap().contains("no rule, but 1 faults"));
    desk.put("list", "# The last name was removed.\n");
    assert_eq!(look(&mut updater, Mode::AcceptLoss, now()).unwrap(), "taken 0");
    assert!(!is_listed(&updater, "n0.example"));
    // A start finds the list without rules that somebody accepted.
    let (mut updater, _) = desk.start();
    assert!(reload(&mut updater).starts_with("refused: "));
    assert!(updater.missing().is_empty() && !is_listed(&updater, "n0.example"));
}

#[test]
fn what_ended_by_its_own_date_is_no_loss_whether_it_is_listed_still_or_not() {
    const HEADER: &str = r#"{"list":"xx/a","serial":SERIAL,"jurisdiction":"XX","category":"nudification","authority":"A","legal_basis":"L","appeal":"mailto:a@b.example","issued":"2026-05-01T00:00:00Z","expires":"2027-01-01T00:00:00Z"}"#;
    let list = |serial: u32, ending: usize, lasting: usize| {
        let mut text = HEADER.replace("SERIAL", &serial.to_string()) + "\n";
        for number in 0..ending {
            writeln!(text, r#"{{"name":"e{number}.example","expires":"2026-06-02T00:00:00Z"}}"#).unwrap();
        }
        for number in 0..lasting {
            writeln!(text, r#"{{"name":"n{number}.example"}}"#).unwrap();
        }
        text
    };
    let later = "2026-06-03T00:00:00Z".parse().unwrap();
    for (ending, lasting, expected) in [
        (0, 50, "taken 50"),
        (50, 50, "taken 50"),
        (0, 40, "taken 40"),
        (0, 39, "39 names where there were 50"),
        (50, 39, "39 names where there were 50"),
    ] {
        for restarts in [false, true] {
            let desk = Desk::new();
            desk.put("list", list(1, 50, 50));
            let (mut updater, _) = desk.start();
            assert_eq!(reload(&mut updater), "taken 100");
            desk.put("list", list(2, ending, lasting));
            if restarts {
                updater = desk.start().0;
            }
            let told = look(&mut updater, Mode::Reload, later).unwrap();
            assert!(told.contains(expected), "{ending}, {lasting}, {restarts}: {told}");
        }
    }
}

#[test]
fn bad_lines_cost_themselves_alone_and_are_told() {
    let desk = Desk::new();
    desk.put("list", format!("a..b.example\n{}", names(10)));
    let told = reload(&mut desk.start().0);
    assert!(told.starts_with("taken 10, but ") && told.contains("list:1: "), "{told}");
}

#[test]
fn the_state_directory_serves_a_start_without_the_source() {
    let desk = Desk::new();
    desk.put("list", names(10));
    reload(&mut desk.start().0);
    desk.remove();
    let (mut updater, _) = desk.start();
    let told = reload(&mut updater);
    assert!(told.starts_with("refused: ") && told.contains("No such file"), "{told}");
    assert_eq!(listed(&updater, "n9.example").unwrap(), "n9.example");
    // What comes later is judged against what was stored.
    desk.put("list", names(5));
    assert!(reload(&mut updater).contains("5 names where there were 10"));
    // A source that has shrunk while the program was stopped is no better than one that shrinks while it
    // runs.
    let (mut updater, _) = desk.start();
    assert!(reload(&mut updater).starts_with("refused: "));
    assert!(is_listed(&updater, "n9.example"));
}

#[test]
fn without_state_and_source_there_is_no_list() {
    let desk = Desk { with_state: false, ..Desk::new() };
    let (mut updater, _) = desk.start();
    assert!(reload(&mut updater).starts_with("missing: "));
    assert_eq!(updater.missing(), ["games"]);
}

#[test]
fn a_start_after_a_crash_finds_a_whole_generation() {
    let desk = Desk::new();
    desk.put("list", names(10));
    reload(&mut desk.start().0);
    // Killed while it copied, and while it stored.
    for leftover in [".draft-AbCdEf", "2.list"] {
        fs::write(desk.path("state/lists/games").join(leftover), "n1.exam").unwrap();
    }
    desk.remove();
    let (mut updater, _) = desk.start();
    assert!(reload(&mut updater).starts_with("refused: "));
    assert_eq!(listed(&updater, "n9.example").unwrap(), "n9.example");
    // The next generation takes the place of the half one.
    desk.put("list", names(11));
    assert_eq!(reload(&mut updater), "taken 11");
    desk.remove();
    let (mut updater, _) = desk.start();
    assert!(reload(&mut updater).starts_with("refused: "));
    assert!(is_listed(&updater, "n10.example"));
}

#[test]
fn a_damaged_state_directory_costs_no_good_source() {
    let desk = Desk::new();
    desk.put("list", names(10));
    reload(&mut desk.start().0);
    for damage in ["held", "1.json", "1.list"] {
        fs::write(desk.path("state/lists/games").join(damage), "x").unwrap();
        let (mut updater, _) = desk.start();
        let told = reload(&mut updater);
        assert!(told.starts_with("taken 10"), "{told}");
        assert!(is_listed(&updater, "n9.example"));
        let _ = fs::remove_file(desk.path("state/lists/games/held"));
    }
    // What was stored again serves.
    desk.remove();
    let (mut updater, _) = desk.start();
    assert!(reload(&mut updater).starts_with("refused: ") && is_listed(&updater, "n9.example"));
}

#[test]
fn the_last_five_generations_are_kept() {
    let desk = Desk::new();
    let (mut updater, _) = desk.start();
    for count in 10..17 {
        desk.put("list", names(count));
        assert_eq!(reload(&mut updater), format!("taken {count}"));
    }
    let kept: Vec<String> =
        (3..=7).flat_map(|number| ["index", "json", "list"].map(|end| format!("{number}.{end}"))).collect();
    assert_eq!(desk.stored(), kept);
    assert_eq!(fs::read_to_string(desk.path("state/lists/games/7.list")).unwrap(), names(16));
}

#[test]
fn an_explanation_stays_right_whatever_becomes_of_the_source() {
    let desk = Desk::new();
    desk.put("list", names(200));
    let (mut updater, _) = desk.start();
    reload(&mut updater);
    // Truncated in place, and filled with something else.
    fs::write(desk.path("list"), "other.example\n").unwrap();
    assert_eq!(listed(&updater, "www.n150.example").unwrap(), "n150.example");
    assert!(poll(&mut updater).is_none() && poll(&mut updater).unwrap().starts_with("refused: "));
    assert_eq!(listed(&updater, "n199.example").unwrap(), "n199.example");
    fs::remove_dir_all(desk.path("state")).unwrap();
    assert_eq!(listed(&updater, "n0.example").unwrap(), "n0.example");
}

#[test]
fn a_rule_ends_at_its_time_whatever_becomes_of_the_source() {
    let desk = Desk::new();
    let later = "2036-01-01T00:00:00Z";
    let list = published(1, &[("a.example", "2026-06-01T12:31:00Z"), ("b.example", later)]);
    desk.put("list", &list);
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 2");
    desk.remove();
    let at = |updater: &Updater, name, moment| listed_at(updater, name, moment).is_some();
    assert!(at(&updater, "a.example", after(59)) && at(&updater, "b.example", after(59)));
    assert!(!at(&updater, "a.example", after(60)) && at(&updater, "b.example", after(60)));
    // Half of the list is gone then, and that is no loss: it ended.
    desk.put("list", &list);
    assert_eq!(look(&mut updater, Mode::Reload, after(60)).unwrap(), "taken 1");
}

#[test]
fn a_serial_never_goes_back() {
    let desk = Desk::new();
    let rules = [("a.example", "2036-01-01T00:00:00Z")];
    desk.put("list", published(7, &rules));
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 1");
    desk.put("list", published(6, &rules));
    for mode in [Mode::Reload, Mode::AcceptLoss] {
        let told = look(&mut updater, mode, now()).unwrap();
        assert!(told.contains("serial 6 is older than 7, which was taken"), "{told}");
    }
    assert!(reload(&mut desk.start().0).starts_with("refused: "));
}

#[test]
fn another_configuration_keeps_what_stays_and_drops_what_goes() {
    let desk = Desk::new();
    desk.put("list", names(10));
    desk.put("other", "other.example\n");
    let (mut updater, _) = desk.start();
    reload(&mut updater);
    desk.remove();
    let mut config = desk.config();
    config.lists.push(ListSource::file("other", desk.path("other")));
    updater.configure(config.clone()).unwrap();
    assert!(is_listed(&updater, "n9.example"), "in force without a look");
    assert_eq!(updater.missing(), ["other"]);
    updater.look(Mode::Reload, now());
    let in_force: Vec<String> = updater.lists().iter().map(|list| list.name.clone()).collect();
    assert_eq!(in_force, ["games", "other"]);
    config.lists.remove(0);
    updater.configure(config).unwrap();
    let in_force: Vec<String> = updater.lists().iter().map(|list| list.name.clone()).collect();
    assert_eq!(in_force, ["other"]);
}

#[test]
fn another_source_is_judged_by_what_is_in_force() {
    let desk = Desk::new();
    desk.put("list", names(10));
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 10");
    let mut config = desk.config();
    config.lists = vec![ListSource::file("games", desk.path("mistyped"))];
    updater.configure(config.clone()).unwrap();
    assert!(reload(&mut updater).starts_with("refused: "));
    assert!(updater.missing().is_empty() && is_listed(&updater, "n9.example"), "the old one stays");
    desk.put("shorter", names(2));
    config.lists = vec![ListSource::file("games", desk.path("shorter"))];
    updater.configure(config).unwrap();
    assert!(reload(&mut updater).contains("more than 20 % would be lost"));
    assert!(is_listed(&updater, "n9.example"));
}

#[test]
fn a_configuration_that_fails_half_way_changes_nothing() {
    let desk = Desk::new();
    desk.put("list", names(10));
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 10");
    // A file stands where the new list's generations should go.
    desk.put("state/lists/other", "");
    let mut config = desk.config();
    let other = ListSource { name: "other".into(), ..config.lists[0].clone() };
    config.lists.push(other);
    assert!(updater.configure(config).unwrap_err().to_string().contains("state directory"));
    assert!(is_listed(&updater, "n9.example") && updater.missing().is_empty());
}

#[test]
fn what_is_no_regular_file_is_refused_at_once() {
    let desk = Desk::new();
    nix::unistd::mkfifo(&desk.path("list"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    assert!(reload(&mut desk.start().0).contains("not a regular file"));
    desk.remove();
    fs::create_dir(desk.path("list")).unwrap();
    assert!(reload(&mut desk.start().0).contains("not a regular file"));
}

#[test]
fn the_generation_before_serves_where_the_newest_is_damaged() {
    let desk = Desk::new();
    for count in [10, 11] {
        desk.put("list", names(count));
        reload(&mut desk.start().0);
    }
    desk.put("state/lists/games/2.list", [0xff, 0xfe, 0]);
    desk.remove();
    let (mut updater, _) = desk.start();
    assert!(reload(&mut updater).starts_with("refused: "));
    assert!(is_listed(&updater, "n9.example") && !is_listed(&updater, "n10.example"));
}

#[test]
fn a_name_many_times_does_not_stand_for_many() {
    let desk = Desk::new();
    desk.put("list", names(10));
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 10");
    desk.put("list", "n0.example\n".repeat(10));
    assert!(reload(&mut updater).contains("1 names where there were 10"));
    assert!(is_listed(&updater, "n9.example"));
    // And clearing repetitions away is no loss.
    desk.put("list", names(10).repeat(9));
    assert_eq!(reload(&mut updater), "taken 90");
    desk.put("list", names(10));
    assert_eq!(reload(&mut updater), "taken 10");
}

#[test]
fn a_state_directory_that_is_gone_is_made_again() {
    let desk = Desk::new();
    desk.put("list", names(10));
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 10");
    fs::remove_dir_all(desk.path("state")).unwrap();
    desk.put("list", names(11));
    assert_eq!(reload(&mut updater), "taken 11");
    assert!(desk.stored().contains(&"1.list".to_owned()));
    // Where it cannot be made, the list is taken all the same, and that is told.
    fs::remove_dir_all(desk.path("state")).unwrap();
    desk.put("state", "");
    desk.put("list", names(12));
    assert!(reload(&mut updater).starts_with("taken 12, but not kept in the state directory"));
    assert_eq!(listed(&updater, "n11.example").unwrap(), "n11.example", "explained from elsewhere");
}

#[test]
fn a_start_reads_the_index_that_was_saved() {
    let desk = Desk::new();
    desk.put("list", names(100));
    let (mut updater, _) = desk.start();
    assert_eq!(look(&mut updater, Mode::Start, now()).unwrap(), "taken 100");
    let index = desk.path("state/lists/games/1.index");
    let saved = fs::read(&index).unwrap();
    // Another list's index, to show what is read; it fits by its checksum, as only this program makes one.
    let other = Desk::new();
    other.put("list", names(7));
    reload(&mut other.start().0);
    fs::copy(other.path("state/lists/games/1.index"), &index).unwrap();
    let restored = |desk: &Desk| {
        let mut updater = desk.start().0;
        assert_eq!(look(&mut updater, Mode::Start, now()).as_deref(), None, "the file is what was stored");
        updater.lists()[0].rules
    };
    assert_eq!(restored(&desk), 7);
    // What is damaged, cut off, empty or gone is built again, and kept.
    let mut damaged = saved.clone();
    damaged[saved.len() / 2] ^= 1;
    for octets in [&damaged[..], &saved[..saved.len() - 1], b""] {
        fs::write(&index, octets).unwrap();
        assert_eq!(restored(&desk), 100);
        assert_eq!(fs::read(&index).unwrap(), saved);
    }
    fs::remove_file(&index).unwrap();
    assert_eq!(restored(&desk), 100);
    // Another key, as after the loss of its file.
    let mut tools = desk.tools();
    tools.key = Key::new([8; 16]);
    let mut updater = Updater::new(desk.config(), tools).unwrap();
    updater.restore(now());
    assert_eq!(updater.lists()[0].rules, 100);
    assert_ne!(fs::read(&index).unwrap(), saved);
    assert_eq!(restored(&desk), 100);
    assert_eq!(fs::read(&index).unwrap(), saved);
}

#[test]
fn a_file_that_is_to_be_read_otherwise_is_read_again() {
    let desk = Desk::new();
    desk.put("list", "0.0.0.0 a.example\n0.0.0.0 b.example\n");
    assert_eq!(look(&mut desk.start().0, Mode::Start, now()).unwrap(), "taken 2");
    let mut config = desk.config();
    config.lists[0].origin = Origin::File { path: desk.path("list"), format: Some(Format::Domains) };
    let mut updater = Updater::new(config, desk.tools()).unwrap();
    // In that format there is no rule, so that what was stored stays: built as it was taken.
    let told = look(&mut updater, Mode::Start, now()).unwrap();
    assert!(told.contains("no rule, but 2 faults"), "{told}");
}

/// A published list of one rule in force and one that is staged for a share.
fn staged_for(serial: u64, share: u8) -> String {
    let end = "2036-01-01T00:00:00Z";
    let text = published(serial, &[("a.example", end), ("b.example", end)]);
    let text = text.replacen("\"serial\"", &format!("\"shadow\":{share},\"serial\""), 1);
    text.replace("\"case of b.example\"", "\"case of b.example\",\"staged\":true")
}

#[test]
fn what_is_staged_is_counted_by_a_share_and_in_force_nowhere() {
    let is_of = |share, key| Share::new(share).unwrap().has(&Key::new(key), "xx/games");
    let mut keys = (0..).map(|number| [number; 16]);
    let [within, outside] = [true, false].map(|counts| keys.find(|key| is_of(50, *key) == counts).unwrap());
    for (counts, key) in [(true, within), (false, outside)] {
        let desk = Desk::new();
        let start = |shadow| {
            let mut config = desk.config();
            config.lists[0].terms.shadow = shadow;
            let tools = Tools { key: Key::new(key), ..desk.tools() };
            let metrics = tools.metrics.clone();
            let mut updater = Updater::new(config, tools).unwrap();
            updater.restore(now());
            (updater, metrics)
        };
        let state = |updater: &Updater| {
            let list = &updater.lists()[0];
            (list.rules, list.staged, list.counts_staged)
        };
        desk.put("list", staged_for(1, 50));
        let (mut updater, metrics) = start(true);
        assert_eq!(reload(&mut updater), "taken 1");
        assert_eq!(state(&updater), (1, 1, counts));
        let text = String::from_utf8(metrics.render().unwrap()).unwrap();
        for line in [
            "rempart_list_rules{list=\"games\"} 1\n".to_owned(),
            "rempart_list_staged_rules{list=\"games\"} 1\n".to_owned(),
            format!("rempart_list_staged_counted{{list=\"games\"}} {}\n", u8::from(counts)),
        ] {
            assert!(text.contains(&line), "{line}{text}");
        }
        // The same after a restart; and not where the operator does not want it.
        assert_eq!(state(&start(true).0), (1, 1, counts));
        assert_eq!(state(&start(false).0), (1, 1, false));
        // A larger share takes in others, and leaves out nobody.
        for (serial, share) in [(2, 100), (3, 50), (4, 1)] {
            desk.put("list", staged_for(serial, share));
            assert_eq!(reload(&mut updater), "taken 1");
            assert_eq!(state(&updater), (1, 1, is_of(share, key)), "{share}");
        }
        updater.roll_back("games", Some(2), now()).unwrap().unwrap();
        assert_eq!(state(&updater), (1, 1, true));
    }
}
