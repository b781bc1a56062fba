//! Signed metadata: any octets, and sound metadata with changes.
//!
//! Law: what is accepted says, in canonical form, exactly what was signed; a version below the least is refused;
//! a file is opened only if it is the one that was signed.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rempart::trust::{Document, Root};

const ROOT: &[u8] = include_bytes!("../../blocklists/demo/root.json");
const TARGETS: &[u8] = include_bytes!("../../blocklists/demo/targets.json");
const LIST: &[u8] = include_bytes!("../../blocklists/demo/demo.jsonl");
const NAME: &str = "demo.jsonl";

#[derive(arbitrary::Arbitrary, Debug)]
enum Input<'a> {
    Octets(&'a [u8]),
    Root(Vec<Change<'a>>),
    Targets(Vec<Change<'a>>, u8),
    List(Vec<Change<'a>>),
}

#[derive(arbitrary::Arbitrary, Debug)]
enum Change<'a> {
    Replace(u16, u8),
    Insert(u16, &'a [u8]),
    Remove(u16, u8),
    /// Octets from one place once more at another: a field twice, a signature twice.
    Repeat(u16, u8, u16),
    /// White space, which changes nothing.
    Space(u16),
}

static PINNED: LazyLock<Root> = LazyLock::new(|| Root::pinned(ROOT).expect("the demonstration's"));

fuzz_target!(|input: Input<'_>| {
    match input {
        Input::Octets(octets) => {
            // Nobody can sign by chance, not even with keys of their own.
            assert!(Root::pinned(octets).is_err());
            assert!(PINNED.verify_targets(octets, 0).is_err());
        }
        Input::Root(changes) => {
            let octets = changed(ROOT, &changes);
            if let Ok(root) = Root::pinned(&octets) {
                assert!(message(&octets) == message(ROOT), "another root was accepted");
                assert_eq!(root.version(), PINNED.version());
            }
        }
        Input::Targets(changes, least) => {
            let octets = changed(TARGETS, &changes);
            if let Ok(targets) = PINNED.verify_targets(&octets, u64::from(least)) {
                assert!(message(&octets) == message(TARGETS), "other targets were accepted");
                assert!(targets.version() >= u64::from(least));
                assert!(targets.open(NAME, LIST).is_ok());
            }
        }
        Input::List(changes) => {
            let octets = changed(LIST, &changes);
            let targets = PINNED.verify_targets(TARGETS, 1).expect("the demonstration's");
            assert_eq!(targets.open(NAME, &octets).is_ok(), octets == LIST);
        }
    }
});

fn message(octets: &[u8]) -> Vec<u8> {
    Document::parse(octets).expect("accepted").message().to_vec()
}

fn changed(original: &[u8], changes: &[Change<'_>]) -> Vec<u8> {
    let mut octets = original.to_vec();
    for change in changes.iter().take(16) {
        let place = |at: &u16| usize::from(*at) % octets.len();
        match change {
            _ if octets.is_empty() => return octets,
            Change::Replace(at, octet) => {
                let at = place(at);
                octets[at] = *octet;
            }
            Change::Insert(at, more) => {
                let at = place(at);
                octets.splice(at..at, more.iter().copied());
            }
            Change::Remove(at, count) => {
                let at = place(at);
                octets.drain(at..octets.len().min(at + usize::from(*count)));
            }
            Change::Repeat(from, count, to) => {
                let (from, to) = (place(from), place(to));
                let piece = octets[from..octets.len().min(from + usize::from(*count))].to_vec();
                octets.splice(to..to, piece);
            }
            Change::Space(at) => {
                let at = place(at);
                octets.insert(at, b' ');
            }
        }
    }
    octets
}
