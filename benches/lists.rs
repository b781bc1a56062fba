//! Reading a list of a million plain names into a list that decides: seconds, and memory. What the guard rails
//! add to each name: nanoseconds, and no allocation.
//!
//! The input is in memory and the texts of rules go to an unnamed file, as in the daemon.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::fs::File;
use std::hint::black_box;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::FileExt;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use rempart::blocklist::{
    Details, Effect, Format, GuardRails, Key, List, ListBuilder, Rule, Scope, Texts, Trigger, read,
};
use rempart::dns::Name;
use support::{MILLION, allocations, listed, memory, now};

#[global_allocator]
static COUNTING: support::Counting = support::Counting;

struct OnDisk(File);

impl Texts for OnDisk {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.0.read_at(buffer, offset)
    }
}

fn main() {
    let mut input = Vec::new();
    for number in 0..MILLION {
        writeln!(input, "{}", listed(number)).expect("memory does not fail");
    }
    let (list, held, peak) = memory(|| load(&input));
    assert_eq!(u64::from(list.rules), MILLION);
    println!(
        "lists: {MILLION} names take {:.1} MB ({:.1} MB to decide), {:.1} MB at the peak of reading",
        held as f64 / 1e6,
        list.octets() as f64 / 1e6,
        peak as f64 / 1e6
    );
    drop(list);

    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_secs(5));
    let mut group = criterion.benchmark_group("lists");
    group.throughput(Throughput::Elements(MILLION));
    group.bench_function("read 1000000 domains", |bencher| bencher.iter(|| black_box(load(&input))));
    group.finish();
    guard(&mut criterion);
    criterion.final_summary();
}

/// Judges a million names that break nothing, as nearly all of every list do.
fn guard(criterion: &mut Criterion) {
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

fn load(input: &[u8]) -> List {
    let texts = tempfile::tempfile().expect("a folder for temporary files");
    let mut builder = ListBuilder::new(Key::new([1; 16]), now(0).wall, BufWriter::new(texts));
    let mut pushed = Ok(());
    let take = |rule| pushed = std::mem::replace(&mut pushed, Ok(())).and_then(|()| builder.push(rule));
    read(input, Some(Format::Domains), "generated", take).expect("a sound list");
    pushed.expect("the disk has room");
    let open = |writer: BufWriter<File>| Ok(OnDisk(writer.into_inner().map_err(|error| error.into_error())?));
    builder.finish("generated".into(), None, open).expect("the disk has room")
}
