//! Reading a list of a million plain names, or of as many as `LISTS_NAMES` says, into a list that decides, saving it and
//! reading it back, and putting a delta on top: processor time and memory. Deltas between published lists of a million
//! rules: seconds, and memory. What the guard rails add to each name: nanoseconds, and no allocation.
//!
//! The input is in memory and the texts of rules go to an unnamed file, as in the daemon. Lists and deltas are not
//! compressed here.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::fs::File;
use std::hint::black_box;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use rempart::blocklist::{
    Details, Effect, Format, Guard, GuardRails, Header, List, ListBuilder, Rule, Scope, Texts, Trigger,
    apply, compare, compose_jsonl, read,
};
use rempart::dns::Name;
use support::{MILLION, allocations, key, listed, memory, mixed, names, now, processor_time, unlisted};
use tempfile::NamedTempFile;

#[global_allocator]
static COUNTING: support::Counting = support::Counting;

struct OnDisk(File);

impl Texts for OnDisk {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.0.read_at(&mut buffer[filled..], offset + filled as u64)? {
                0 => break,
                count => filled += count,
            }
        }
        Ok(filled)
    }
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_secs(5))
        .configure_from_args();
    let names = names("LISTS_NAMES");
    measure_reading(names);
    measure_amending(names);
    measure_deltas(&mut criterion);
    measure_guard(&mut criterion);
    criterion.final_summary();
}

fn measure_reading(names: u64) {
    let mut input = Vec::new();
    for number in 0..names {
        writeln!(input, "{}", listed(number)).expect("memory does not fail");
    }
    let texts = tempfile::NamedTempFile::new().expect("a folder for temporary files");
    let ((list, seconds), held, peak) = memory(|| timed(|| load(&input, &texts)));
    assert_eq!(u64::from(list.rules), names);
    println!(
        "lists: {names} names read and built in {seconds:.2} s of processor; {:.1} MB to decide, {:.1} MB held, \
         {:.1} MB at the peak",
        list.octets() as f64 / 1e6,
        held as f64 / 1e6,
        peak as f64 / 1e6
    );
    let mut file = texts.reopen().expect("a file that is there");
    let end = file.seek(SeekFrom::End(0)).expect("a file");
    let (saved, seconds) = timed(|| list.save(&key(), end, BufWriter::new(&mut file)));
    saved.expect("the disk has room");
    let length = file.metadata().expect("a file").len();
    println!(
        "lists: saved in {seconds:.3} s of processor; {:.1} MB with the texts of all rules",
        length as f64 / 1e6
    );
    drop(list);
    let (list, seconds) =
        timed(|| List::open("generated".into(), &key(), OnDisk(file), length).expect("what was saved"));
    println!("lists: read back in {seconds:.3} s of processor");
    assert_eq!(u64::from(list.rules), names);
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = processor_time();
    let done = work();
    (done, (processor_time() - start).as_secs_f64())
}

/// Puts a delta of a thousand names on top of a list.
fn measure_amending(names: u64) {
    let every = names / 1_000;
    let name = |number| if number % every == 0 { unlisted(number) } else { listed(number) };
    let (old, new) = (
        published(1, (0..names).map(|number| (number, listed(number)))),
        published(2, (0..names).map(|number| (number, name(number)))),
    );
    let mut delta = Vec::new();
    let compared = compare(&old[..], &new[..], &mut delta).expect("two serials of one list");
    drop(new);
    let texts = tempfile::NamedTempFile::new().expect("a folder for temporary files");
    let list = load_published(&old, &texts);
    drop(old);
    let (amended, seconds) =
        timed(|| list.amend(&key(), now(0).wall, &delta[..], |_| {}).expect("made for it"));
    assert_eq!((amended.rules, compared.changed + compared.added), (list.rules, 1_000));
    println!("lists: a delta of 1000 names on {names} is ready in {:.1} ms of processor", seconds * 1e3);
}

fn measure_deltas(criterion: &mut Criterion) {
    let old = published(1, (0..MILLION).map(|number| (number, listed(number))));
    let mut group = criterion.benchmark_group("delta");
    group.throughput(Throughput::Elements(MILLION));
    for changes in [10, 1_000] {
        let every = MILLION / changes;
        let name = |number| if number % every == 0 { unlisted(number) } else { listed(number) };
        let new = published(2, (0..MILLION).map(|number| (number, name(number))));
        let mut delta = Vec::new();
        compare(&old[..], &new[..], &mut delta).expect("two serials of one list");
        let mut result = Vec::with_capacity(new.len());
        let (_, _, peak) = memory(|| apply(&old[..], &delta[..], &mut result).expect("made for this list"));
        assert!(result == new, "the new list, octet for octet");
        println!(
            "delta: {changes} of {MILLION} names changed are {} octets ({} with zstd), for a list of {} octets \
             ({} with zstd); applying takes {peak} octets of memory",
            delta.len(),
            compressed(&delta),
            new.len(),
            compressed(&new),
        );
        group.bench_function(format!("compare {changes} of 1000000"), |bencher| {
            bencher.iter(|| compare(&old[..], &new[..], io::sink()).expect("two serials of one list"));
        });
        group.bench_function(format!("apply {changes} of 1000000"), |bencher| {
            bencher.iter(|| {
                result.clear();
                apply(&old[..], &delta[..], &mut result).expect("made for this list")
            });
        });
    }
    group.finish();
}

/// A published list in which every rule has a number and a name.
fn published(serial: u64, names: impl Iterator<Item = (u64, String)>) -> Vec<u8> {
    let now = now(0).wall;
    let header = Header {
        list: "xx/bench".into(),
        serial,
        jurisdiction: "XX".into(),
        category: "test".into(),
        authority: "Authority of Benchmarks".into(),
        legal_basis: "Act 1".into(),
        titles: [].into(),
        texts: [].into(),
        appeal: "mailto:appeal@a.example".into(),
        action: None,
        extended_error: None,
        names_public: false,
        shadow: None,
        issued: now,
        expires: now,
    };
    let rules: Vec<Rule> = names
        .map(|(number, name)| Rule {
            line: 1,
            trigger: Trigger::Name(Name::from_text(&name).expect("a generated name"), Scope::Domain),
            effect: Effect::Block,
            details: Details {
                reference: Some(format!("2026/{:06}", mixed(number) % 1_000_000)),
                listed: Some(now),
                expires: Some(now),
                ..Details::default()
            },
        })
        .collect();
    let mut text = Vec::new();
    compose_jsonl(&header, &rules, &mut text).expect("memory does not fail");
    text
}

fn compressed(text: &[u8]) -> usize {
    zstd::encode_all(text, 12).expect("memory does not fail").len()
}

/// Judges a million names that break nothing, as nearly all of every list do.
fn measure_guard(criterion: &mut Criterion) {
    let rails = GuardRails::built_in().expect("the files that the program carries");
    let rules: Vec<Rule> = (0..MILLION).map(rule).collect();
    let broken = || rules.iter().filter(|rule| rails.judge(rule).is_some()).count();
    let allocated = allocations(|| assert_eq!(broken(), 0));
    println!("lists: {allocated} allocations to judge {MILLION} names");
    let mut group = criterion.benchmark_group("guard");
    group.throughput(Throughput::Elements(MILLION));
    group.bench_function("judge 1000000 names", |bencher| bencher.iter(|| black_box(broken())));
    group.finish();
}

fn rule(number: u64) -> Rule {
    let name = Name::from_text(&listed(number)).expect("a generated name");
    let trigger = Trigger::Name(name, Scope::Domain);
    Rule { line: number + 1, trigger, effect: Effect::Block, details: Details::default() }
}

fn load(input: &[u8], texts: &NamedTempFile) -> List {
    load_as(Format::Domains, input, texts)
}

fn load_published(input: &[u8], texts: &NamedTempFile) -> List {
    load_as(Format::Jsonl, input, texts)
}

/// As the update room builds a list, guard rails included.
fn load_as(format: Format, input: &[u8], texts: &NamedTempFile) -> List {
    let rails = GuardRails::built_in().expect("the files that the program carries");
    let mut guard = Guard::new(&rails, false);
    let writer = BufWriter::new(texts.reopen().expect("a file that is there"));
    let mut builder = ListBuilder::new(key(), now(0).wall, writer);
    let mut pushed = Ok(());
    let report = read(input, Some(format), "generated", |rule| {
        guard.look(&rule);
        pushed = std::mem::replace(&mut pushed, Ok(())).and_then(|()| builder.push(rule));
    });
    let header = report.expect("a sound list").header;
    pushed.expect("the disk has room");
    guard.finish().expect("names that nobody protects");
    let open = |_| Ok(OnDisk(texts.reopen()?));
    builder.finish("generated".into(), header, open).expect("the disk has room")
}
