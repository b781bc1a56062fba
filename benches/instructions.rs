//! Instructions of one query in the engine, with a list of a million names: blocked, cached, and missed.
//!
//! Instructions are the same on a busy machine, where times are not. The program runs itself under valgrind's
//! callgrind, which counts by thread: each kind is asked for in a thread of its own, that does nothing else. Prints
//! the instructions and the allocations of a query of each kind, over many names of four labels; fails where a
//! blocked or a cached one takes more than it may.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::{Barrier, Mutex};

use rempart::answer::Engine;
use rempart::metrics::Kind;
use support::{
    MILLION, allocations, client, decided_by, engine, four_labels, listed, mixed, now, query, resolve,
    unlisted,
};

#[global_allocator]
static COUNTING: support::Counting = support::Counting;

/// What this program is called with under callgrind, with the names in the list after it.
const COUNTED: &str = "--counted";
/// Different names asked for, of each kind.
const ASKED: u64 = 16_384;
/// In MiB.
const CACHE: usize = 64;

/// What decides on a query, and how many instructions it may take.
const KINDS: [(&str, Option<Kind>, u64); 3] = [
    ("blocked", Some(Kind::Blocked), 1_500),
    ("cached", Some(Kind::Cached), 2_500),
    ("missed", None, u64::MAX),
];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match &arguments[..] {
        [_, counted, size] if counted == COUNTED => be_counted(number_of(size)),
        // As a test, of a build that is not optimized: that it counts, not what.
        _ if arguments.iter().any(|argument| argument == "--test") => count(1_000, false),
        _ => count(MILLION, true),
    }
}

fn count(size: u64, judged: bool) {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let itself = std::env::current_exe().expect("this program has a path");
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--separate-threads=yes"])
        .arg(format!("--callgrind-out-file={}", folder.path().join("counts").display()))
        .arg(itself)
        .args([COUNTED, &size.to_string()])
        .output();
    let output = match run {
        Ok(output) => output,
        Err(error) => {
            println!(
                "instructions: nothing was counted, valgrind does not run ({error}); apt-get install valgrind"
            );
            return;
        }
    };
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{shown}{}", String::from_utf8_lossy(&output.stderr));
    let mut failures = Vec::new();
    for (number, ((what, kind, most), line)) in KINDS.iter().zip(shown.lines()).enumerate() {
        let (asked, allocated) = line.split_once(' ').expect("two numbers");
        let (asked, allocated): (u64, u64) = (number_of(asked), number_of(allocated));
        let each = total(&folder.path().join(format!("counts-{:02}", number + 2))) / asked;
        println!(
            "instructions, {what}: {each} a query, {:.2} allocations, over {asked} names",
            allocated as f64 / asked as f64
        );
        if judged && (each > *most || (kind.is_some() && allocated > 0)) {
            failures.push(format!("{what}: at most {most} instructions and no allocation"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("; "));
}

fn number_of(text: &str) -> u64 {
    text.trim().parse().expect("a number")
}

/// The sum of one file that callgrind wrote.
fn total(file: &Path) -> u64 {
    let text = std::fs::read_to_string(file).expect("callgrind writes a file for each kind");
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    number_of(total.expect("a sum of instructions"))
}

/// Asks for names of each kind, and prints how many those were and how many allocations that took.
fn be_counted(size: u64) {
    let asked = size.min(ASKED);
    let engine = engine(size, CACHE);
    let packets = |names: &dyn Fn(u64) -> String| -> Vec<Vec<u8>> {
        (0..asked).map(|number| query(&four_labels(names(number)))).collect()
    };
    let blocked = packets(&|number| listed(mixed(number) % size));
    let cached = packets(&unlisted);
    let missed = packets(&|number| unlisted(asked + number));
    cached.iter().for_each(|packet| resolve(&engine, packet));
    let asked = [(0, blocked), (1, cached), (2, missed)].map(|(number, mut packets)| {
        let (what, kind, _) = KINDS[number];
        // What the cache found no room for would be counted as a miss. From here on all is as at any later time:
        // answers were judged by this policy, and marked as used.
        packets.retain(|packet| decided_by(&engine, packet) == kind);
        assert!(packets.len() as u64 > asked / 2, "only {} names are {what}", packets.len());
        packets
    });
    // All are begun before any ends, whose number would be given to the next; then each has its turn.
    let (begun, turn) = (Barrier::new(KINDS.len()), Mutex::new(()));
    let ask_in_turn = |packets: &[Vec<u8>]| {
        // The first look of a thread at the policy allocates.
        drop(engine.policy());
        begun.wait();
        let _turn = turn.lock().expect("no panic");
        allocations(|| counted_queries(&engine, packets))
    };
    let allocated = std::thread::scope(|scope| {
        let begin = |packets| scope.spawn(move || ask_in_turn(packets));
        // Arrays and no printing: nothing here may allocate either while one of them has its turn.
        asked.each_ref().map(|packets| begin(&packets[..])).map(|thread| thread.join().expect("no panic"))
    });
    for (packets, allocated) in asked.iter().zip(allocated) {
        println!("{} {allocated}", packets.len());
    }
}

fn counted_queries(engine: &Engine, packets: &[Vec<u8>]) {
    let policy = engine.policy();
    let mut reply = [0; 1232];
    // As a thread of the server reads it, once for a batch.
    let now = now(2);
    for packet in packets {
        black_box(engine.answer(&policy, packet, client(), now, &mut reply));
    }
}
