//! Lists as they change on disk: what is taken and when, what is refused and with what words, what a restart
//! or a crash leaves in force.
//!
//! Nothing here waits: time is an argument, and files are replaced by renaming, which always shows.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rempart::authority::FileKey;
use rempart::blocklist::{Key, Suffixes};
use rempart::dns::Name;
use rempart::metrics::Metrics;
use rempart::trust::{Document, SPEC_VERSION, TOP_LEVEL_ROLES, ed25519_key, key_id};
use rempart::update::{Change, Config, ListSource, Mode, Outcome, Source, Updater};
use serde_json::{Value, json};

/// Half past the hour, so that whole minutes can be counted from it.
const NOW: &str = "2026-06-01T12:30:00Z";
const KEY: [u8; 16] = [7; 16];

/// A folder with a list, a root and metadata, and a state directory.
struct Desk {
    folder: tempfile::TempDir,
    signed: bool,
    with_state: bool,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), signed: false, with_state: true }
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
        let list = ListSource {
            name: "games".into(),
            source: Source::File(self.path("list")),
            root: self.signed.then(|| self.path("root.json")),
            ..ListSource::demo()
        };
        let state = self.with_state.then(|| self.path("state"));
        Config { state, lists: vec![list], ..Config::default() }
    }

    /// An updater as a start of the program makes it.
    fn start(&self) -> (Updater, Arc<Metrics>) {
        let metrics = Arc::new(Metrics::new().unwrap());
        (Updater::new(self.config(), Key::new(KEY), metrics.clone()).unwrap(), metrics)
    }

    /// Names in the list's own part of the state directory, in order.
    fn stored(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("state/games")).unwrap();
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

/// What one look said of the only list: `taken N`, `stored: …`, `refused: …`, or nothing.
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
        Outcome::Stored(error) => format!("stored: {}", chain(&error)),
        Outcome::Refused(error) => format!("refused: {}", chain(&error)),
        Outcome::Missing(error) => format!("missing: {}", chain(&error)),
    })
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    if let Some(source) = error.source() {
        write!(text, ": {}", chain(source)).unwrap();
    }
    text
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
    assert_eq!(desk.stored(), ["1.list", "2.list", "current"]);
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
    assert!(reload(&mut updater).starts_with("stored: "));
    assert!(updater.missing().is_empty() && !is_listed(&updater, "n0.example"));
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
    assert!(told.starts_with("stored: ") && told.contains("No such file"), "{told}");
    assert_eq!(listed(&updater, "n9.example").unwrap(), "n9.example");
    // What comes later is judged against what was stored.
    desk.put("list", names(5));
    assert!(reload(&mut updater).contains("5 names where there were 10"));
    // A source that has shrunk while the program was stopped is no better than one that shrinks while it
    // runs.
    let (mut updater, _) = desk.start();
    assert!(reload(&mut updater).starts_with("stored: "));
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
    // Killed while it copied, while it stored, and before it named what was stored.
    for leftover in [".tmpAbCdEf", "2.list", "2.targets.json"] {
        fs::write(desk.path("state/games").join(leftover), "n1.exam").unwrap();
    }
    desk.remove();
    let (mut updater, _) = desk.start();
    assert!(reload(&mut updater).starts_with("stored: "));
    assert_eq!(listed(&updater, "n9.example").unwrap(), "n9.example");
    // The next generation takes the place of the half one.
    desk.put("list", names(11));
    assert_eq!(reload(&mut updater), "taken 11");
    desk.remove();
    let (mut updater, _) = desk.start();
    assert!(reload(&mut updater).starts_with("stored: "));
    assert!(is_listed(&updater, "n10.example"));
}

#[test]
fn a_damaged_state_directory_is_told_and_costs_no_good_source() {
    let desk = Desk::new();
    desk.put("list", names(10));
    reload(&mut desk.start().0);
    fs::write(desk.path("state/games/current"), "x").unwrap();
    let (mut updater, _) = desk.start();
    let told = reload(&mut updater);
    assert!(
        told.starts_with("taken 10, but ") && told.contains("holds no number; remove the file"),
        "{told}"
    );
    assert!(is_listed(&updater, "n9.example"));
    fs::write(desk.path("state/games/current"), "1").unwrap();
    fs::remove_file(desk.path("state/games/1.list")).unwrap();
    assert_eq!(reload(&mut desk.start().0), "taken 10");
}

#[test]
fn only_the_last_two_generations_are_kept() {
    let desk = Desk::new();
    let (mut updater, _) = desk.start();
    for count in 10..16 {
        desk.put("list", names(count));
        assert_eq!(reload(&mut updater), format!("taken {count}"));
    }
    assert_eq!(desk.stored(), ["5.list", "6.list", "current"]);
    assert_eq!(fs::read_to_string(desk.path("state/games/6.list")).unwrap(), names(15));
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

/// Signs with as many of three holders as it is told; two are needed.
struct Authority(Vec<FileKey>);

impl Authority {
    fn new(seed: u8) -> Self {
        Self((seed..seed + 3).map(|seed| FileKey::from_seed(&[seed; 32]).unwrap()).collect())
    }

    fn entries(&self) -> Vec<(String, Value)> {
        let entry = |key: &FileKey| {
            let key = ed25519_key(key.public(), "holder");
            (key_id(&key).unwrap(), key)
        };
        self.0.iter().map(entry).collect()
    }

    fn sign(&self, signed: &Value, holders: usize) -> Vec<u8> {
        let mut document = Document::unsigned(signed).unwrap();
        for (key, (id, _)) in self.0.iter().zip(self.entries()).take(holders) {
            document.add_signature(&id, &key.sign(document.message()));
        }
        document.compose().unwrap()
    }

    fn root(&self) -> Vec<u8> {
        let ids: Vec<String> = self.entries().into_iter().map(|(id, _)| id).collect();
        let role = json!({ "keyids": ids, "threshold": 2 });
        let roles: Value = TOP_LEVEL_ROLES.iter().map(|name| ((*name).to_owned(), role.clone())).collect();
        let keys: Value = self.entries().into_iter().collect();
        let root = json!({
            "_type": "root", "spec_version": SPEC_VERSION, "version": 1, "expires": "2030-01-01T00:00:00Z",
            "consistent_snapshot": false, "keys": keys, "roles": roles,
        });
        self.sign(&root, 3)
    }

    fn targets(&self, version: u64, list: &str, holders: usize) -> Vec<u8> {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, list.as_bytes());
        let digest = digest.as_ref().iter().fold(String::new(), |text, octet| text + &format!("{octet:02x}"));
        let target = json!({ "length": list.len(), "hashes": { "sha256": digest } });
        let targets = json!({
            "_type": "targets", "spec_version": SPEC_VERSION, "version": version,
            "expires": "2027-01-01T00:00:00Z", "targets": { "list": target },
        });
        self.sign(&targets, holders)
    }
}

fn publish(desk: &Desk, authority: &Authority, version: u64, list: &str) {
    desk.put("targets.json", authority.targets(version, list, 2));
    desk.put("list", list);
}

fn signed_desk(authority: &Authority) -> Desk {
    let desk = Desk { signed: true, ..Desk::new() };
    fs::write(desk.path("root.json"), authority.root()).unwrap();
    desk
}

#[test]
fn a_signed_list_needs_its_signatures() {
    let authority = Authority::new(1);
    let desk = signed_desk(&authority);
    publish(&desk, &authority, 3, &names(10));
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 10");
    let (more, other) = (names(11), names(11).replace("n5", "m5"));
    let longer = names(12);
    let stranger = Authority::new(100).targets(4, &more, 2);
    let refused: [(Vec<u8>, &str, &str); 5] = [
        (authority.targets(4, &more, 1), &more, "1 of 2 signatures needed for targets are valid"),
        (stranger, &more, "0 of 2 signatures needed for targets are valid"),
        (authority.targets(4, &more, 2), &longer, "octets, but 122 were signed"),
        (authority.targets(4, &more, 2), &other, "its sha256 digest is not the one"),
        (b"{}".to_vec(), &more, "not signed metadata"),
    ];
    for (targets, list, message) in refused {
        desk.put("targets.json", targets);
        desk.put("list", list);
        let told = reload(&mut updater);
        assert!(told.starts_with("refused: ") && told.contains(message), "{told}");
        assert!(!is_listed(&updater, "n10.example") && is_listed(&updater, "n9.example"));
    }
    fs::remove_file(desk.path("targets.json")).unwrap();
    assert!(reload(&mut updater).contains("targets.json: No such file"));
    publish(&desk, &authority, 4, &more);
    assert_eq!(reload(&mut updater), "taken 11");
}

#[test]
fn a_signed_list_never_goes_back() {
    let authority = Authority::new(1);
    let desk = signed_desk(&authority);
    publish(&desk, &authority, 3, &names(10));
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 10");
    assert_eq!(reload(&mut updater), "taken 10", "the same version is no step back");
    publish(&desk, &authority, 2, &names(11));
    let rollback = "rollback: targets metadata has version 2, and version 3 is already known";
    assert!(reload(&mut updater).contains(rollback));
    let accepted = look(&mut updater, Mode::AcceptLoss, now()).unwrap();
    assert!(accepted.contains(rollback), "{accepted}");
    // A start knows from its state what was trusted before.
    let (mut updater, _) = desk.start();
    let told = reload(&mut updater);
    assert!(told.starts_with("stored: ") && told.contains(rollback), "{told}");
    assert!(is_listed(&updater, "n9.example") && !is_listed(&updater, "n10.example"));
    // What stands in the state directory is verified too, under the root as it is now.
    fs::write(desk.path("state/games/1.list"), names(11)).unwrap();
    let (mut updater, _) = desk.start();
    assert_eq!(fs::read_to_string(desk.path("state/games/current")).unwrap(), "1");
    desk.remove();
    assert!(reload(&mut updater).starts_with("missing: "));
    assert_eq!(updater.missing(), ["games"]);
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
        assert!(told.contains("serial 6 is older than 7, which is in force"), "{told}");
    }
    assert!(reload(&mut desk.start().0).starts_with("stored: "));
}

#[test]
fn a_list_out_of_date_stays_in_force_and_is_told() {
    let authority = Authority::new(1);
    let desk = signed_desk(&authority);
    publish(&desk, &authority, 3, &names(10));
    let (mut updater, _) = desk.start();
    let late = "2028-01-01T00:00:00Z".parse().unwrap();
    let told = look(&mut updater, Mode::Reload, late).unwrap();
    assert!(told.starts_with("taken 10, but ") && told.contains("out of date"), "{told}");
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
    let other = Source::File(Path::new(&desk.path("other")).into());
    config.lists.push(ListSource { name: "other".into(), source: other, ..ListSource::demo() });
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
    config.lists[0].source = Source::File(desk.path("mistyped"));
    updater.configure(config.clone()).unwrap();
    assert!(reload(&mut updater).starts_with("refused: "));
    assert!(updater.missing().is_empty() && is_listed(&updater, "n9.example"), "the old one stays");
    desk.put("shorter", names(2));
    config.lists[0].source = Source::File(desk.path("shorter"));
    updater.configure(config.clone()).unwrap();
    assert!(reload(&mut updater).contains("more than 20 % would be lost"));
    assert!(is_listed(&updater, "n9.example"));
    // Whom to trust is another matter: what nobody vouches for under the new root is not in force.
    config.lists[0].root = Some(desk.path("root.json"));
    updater.configure(config).unwrap();
    assert_eq!(updater.missing(), ["games"]);
}

#[test]
fn a_configuration_that_fails_half_way_changes_nothing() {
    let desk = Desk::new();
    desk.put("list", names(10));
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 10");
    // A file stands where the new list's generations should go.
    desk.put("state/other", "");
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
    desk.put("state/games/2.list", [0xff, 0xfe, 0]);
    desk.remove();
    let (mut updater, _) = desk.start();
    assert!(reload(&mut updater).starts_with("stored: "));
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
    assert!(desk.stored().contains(&"current".to_owned()));
    // Where it cannot be made, the list is taken all the same, and that is told.
    fs::remove_dir_all(desk.path("state")).unwrap();
    desk.put("state", "");
    desk.put("list", names(12));
    assert!(reload(&mut updater).starts_with("taken 12, but not kept in the state directory"));
    assert_eq!(listed(&updater, "n11.example").unwrap(), "n11.example", "explained from elsewhere");
}

#[test]
fn a_list_that_grows_too_much_at_once_is_refused_until_that_is_allowed() {
    let desk = Desk::new();
    desk.put("list", names(600));
    let (mut updater, _) = desk.start();
    assert_eq!(reload(&mut updater), "taken 600");
    desk.put("list", names(1601));
    let told = reload(&mut updater);
    assert!(told.contains("1601 names where there were 600: more than 100 % would be added"), "{told}");
    assert!(told.contains("raise `largest_gain` of this list"), "{told}");
    let mut config = desk.config();
    config.lists[0].largest_gain = 200;
    updater.configure(config).unwrap();
    assert_eq!(reload(&mut updater), "taken 1601");
}
