//! Killed at any moment: a subscriber that updates without pause while its authority publishes without pause is killed
//! again and again, and what it leaves starts each time.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use super::*;

/// Kills, unless this variable says how many.
const KILLS: u64 = 60;
const KILLS_VARIABLE: &str = "REMPART_TEST_KILLS";
/// Set in the child: where its desk stands.
const DESK_VARIABLE: &str = "REMPART_TEST_DESK";
const NAMES: usize = 500;

fn config(folder: &Path) -> Config {
    let authority = Authority {
        name: "centre".into(),
        repository: Address::Folder(folder.join("centre")),
        root: Some(folder.join("root.json")),
        ..Authority::demo()
    };
    Config {
        state: Some(folder.join("state")),
        authorities: vec![authority],
        lists: vec![subscription("games", "centre", TARGET)],
        ..Config::default()
    }
}

/// What the child does. It has no end of its own, so that no run of it passes for a test.
fn update_until_killed(folder: &Path) -> ! {
    let mut updater = start(config(folder));
    loop {
        visit(&mut updater, Mode::Reload, now());
        io::stdout().write_all(b"\nlooked\n").unwrap();
    }
}

/// The child, which is the test itself run once more, and what it prints once for each look.
fn child(folder: &Path) -> (Child, impl Iterator<Item = String> + use<>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "subscriptions::kills::killed_at_any_moment_it_starts_and_goes_on", "--nocapture"])
        .env(DESK_VARIABLE, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    (child, lines.filter(|line| line == "looked"))
}

#[test]
fn killed_at_any_moment_it_starts_and_goes_on() {
    if let Some(folder) = std::env::var_os(DESK_VARIABLE) {
        update_until_killed(Path::new(&folder));
    }
    let kills = std::env::var(KILLS_VARIABLE).map_or(KILLS, |count| count.parse().unwrap());
    let Desk { folder, mut centre } = Desk::new();
    let folder = folder.path();
    centre.forget(LIST);
    centre.put(LIST, 2, &names(NAMES));
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let publisher = scope.spawn(|| {
            let serials = (3..).take_while(|_| !stop.load(SeqCst));
            serials.inspect(|serial| centre.put(LIST, *serial, &names(NAMES + *serial as usize % 50))).last()
        });
        let killer = scope.spawn(|| {
            // Set whatever becomes of the kills: the publisher would go on for ever.
            let _stopped = Stopping(&stop);
            kill_again_and_again(folder, kills)
        });
        let served = killer.join().unwrap();
        assert!(served.is_sorted(), "a generation came back that had been replaced: {served:?}");
        assert!(
            served.iter().collect::<BTreeSet<_>>().len() as u64 > kills / 2,
            "much was updated: {served:?}"
        );
        let mut updater = start(config(folder));
        look(&mut updater);
        assert_eq!(Some(serial(&updater)), publisher.join().unwrap());
    });
}

struct Stopping<'a>(&'a AtomicBool);

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
    }
}

/// The serials that served after each kill, with no look at the repository.
fn kill_again_and_again(folder: &Path, kills: u64) -> Vec<u64> {
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut served = Vec::new();
    for round in 0..kills {
        let (mut killed, mut looks) = child(folder);
        looks.next().expect("a child that updates");
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // An update takes some hundredths of a second: somewhere in the first, in the second or between them.
        thread::sleep(Duration::from_micros(random % 100_000));
        killed.kill().unwrap();
        killed.wait().unwrap();
        let updater = start(config(folder));
        assert!(updater.missing().is_empty(), "round {round}: nothing serves");
        assert!(is_blocked(&updater, "n00499.example"), "round {round}");
        served.push(serial(&updater));
    }
    served
}
