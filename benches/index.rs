//! The index: time to build, memory, and the time of a look-up, beside a minimal perfect hash.
//!
//! Both are asked with hashes that are made already. The rival is `ptr_hash` with an array of fingerprints and one
//! of values: what it finds is the same, so that the two differ in time and memory alone. `INDEX_NAMES` sets how
//! many names there are, such as 10000000, instead of a million.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkGroup, Criterion, measurement::WallTime};
use ptr_hash::{DefaultPtrHash, PtrHashParams};
use rempart::blocklist::{NameHash, Table};
use support::{MILLION, hash, listed, memory, mixed, unlisted};

#[global_allocator]
static COUNTING: support::Counting = support::Counting;

/// Look-ups asked, in an order unlike that of the table.
const ASKED: u64 = 1 << 18;

/// The rival: where a key could be, what is compared there, and what it is worth.
struct Perfect {
    places: DefaultPtrHash,
    fingerprints: Box<[u64]>,
    values: Box<[u32]>,
}

impl Perfect {
    fn new(entries: &[(NameHash, u32)]) -> Self {
        let keys: Vec<u64> = entries.iter().map(|(hash, _)| hash.place()).collect();
        let places = DefaultPtrHash::new(&keys, PtrHashParams::default());
        let mut fingerprints = vec![0; keys.len()];
        let mut values = vec![0; keys.len()];
        for (hash, value) in entries {
            let slot = places.index(&hash.place());
            fingerprints[slot] = fingerprint(*hash);
            values[slot] = *value;
        }
        Self { places, fingerprints: fingerprints.into(), values: values.into() }
    }

    fn find(&self, hash: NameHash) -> Option<u32> {
        let slot = self.places.index(&hash.place());
        (self.fingerprints[slot] == fingerprint(hash)).then(|| self.values[slot])
    }

    fn octets(&self) -> usize {
        let (pilots, remap) = self.places.bits_per_element();
        let places = (pilots + remap) / 8.0 * self.values.len() as f64;
        places as usize + size_of_val(&*self.fingerprints) + size_of_val(&*self.values)
    }
}

/// The half of the hash that tables other than ours may not see is stood in for by other bits.
fn fingerprint(hash: NameHash) -> u64 {
    hash.place().rotate_left(32) ^ 0x5bd1_e995
}

fn main() {
    let names = std::env::var("INDEX_NAMES").ok().and_then(|text| text.parse().ok()).unwrap_or(MILLION);
    let entries: Vec<(NameHash, u32)> = (0..names).map(|n| (hash(&listed(n)), n as u32)).collect();
    let (table, seconds, held, peak) = built(|| Table::new(entries.clone(), |first, _| first));
    report("table", names, seconds, table.octets(), held, peak);
    let (perfect, seconds, held, peak) = built(|| Perfect::new(&entries));
    report("minimal perfect hash", names, seconds, perfect.octets(), held, peak);

    let present: Vec<NameHash> = (0..ASKED).map(|n| entries[(mixed(n) % names) as usize].0).collect();
    let missing: Vec<NameHash> = (0..ASKED).map(|n| hash(&unlisted(n))).collect();
    assert!(
        present.iter().all(|hash| table.find(*hash).is_some() && table.find(*hash) == perfect.find(*hash))
    );
    assert!(missing.iter().all(|hash| table.find(*hash).is_none() && perfect.find(*hash).is_none()));

    let mut criterion =
        Criterion::default().warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(2));
    let mut group = criterion.benchmark_group(format!("index of {names}"));
    for (what, asked) in [("present", &present), ("missing", &missing)] {
        measure(&mut group, &format!("{what}, table"), asked, |hash| table.find(hash));
        measure(&mut group, &format!("{what}, minimal perfect hash"), asked, |hash| perfect.find(hash));
    }
    group.finish();
    criterion.final_summary();
}

fn measure(
    group: &mut BenchmarkGroup<'_, WallTime>,
    what: &str,
    asked: &[NameHash],
    find: impl Fn(NameHash) -> Option<u32>,
) {
    let mut asked = asked.iter().cycle();
    group.bench_function(what, |bencher| bencher.iter(|| black_box(find(*asked.next().expect("a cycle")))));
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn built<T>(build: impl FnOnce() -> T) -> (T, f64, usize, usize) {
    let start = Instant::now();
    let (result, held, peak) = memory(build);
    (result, start.elapsed().as_secs_f64(), held, peak)
}

fn report(what: &str, names: u64, seconds: f64, octets: usize, held: usize, peak: usize) {
    let each = |octets: usize| octets as f64 / names as f64;
    println!(
        "index of {names}, {what}: built in {seconds:.3} s; {:.2} octets a name ({:.2} held, {:.1} at the peak)",
        each(octets),
        each(held),
        each(peak)
    );
}
