//! The index, from a thousand names to as many as `INDEX_NAMES` says (a million where it says nothing): memory, time to
//! build, and the time of a look-up of names with four labels, listed and not.
//!
//! A look-up is timed from hashes that are made already (`table`), as it is for a list (`list`, hashes included), and
//! with the processor's caches of its own emptied before it (`cold`). Each figure is the median over batches of
//! different names. Beside the largest table stands a minimal perfect hash (`ptr_hash` with an array of fingerprints
//! and one of values) with the same entries.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::hint::black_box;

use ptr_hash::{DefaultPtrHash, PtrHashParams};
use rempart::blocklist::{Key, List, NameHash, Suffixes, Table, TableBuilder};
use rempart::dns::{Canonical, Name};
use support::{
    key, list, listed, median_nanoseconds, memory, mixed, names, now, processor_time, suffix, unlisted,
};

#[global_allocator]
static COUNTING: support::Counting = support::Counting;

/// Names asked for; four hashes of each, all different, are more than a core's own caches hold.
const ASKED: u64 = 1 << 17;
/// Names asked for with cold caches, each of which takes a walk through [`WALK`] octets before it.
const ASKED_COLD: usize = 200;
const WALK: usize = 16 << 20;

fn main() {
    let most = names("INDEX_NAMES");
    let sizes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000].into_iter();
    for names in sizes.filter(|names| *names < most).chain([most]) {
        measure_table(names, names == most);
        measure_list(names);
    }
}

fn measure_table(names: u64, beside_rival: bool) {
    let entries = (0..names).map(|n| (suffix(&listed(n)), n as u32));
    let start = processor_time();
    entries.clone().for_each(|entry| _ = black_box(entry));
    let hashing = processor_time() - start;
    let ((table, seconds), held, peak) = memory(|| {
        let start = processor_time();
        let mut builder = TableBuilder::default();
        entries.clone().for_each(|(name, value)| builder.push(name, value));
        let table = builder.finish(|values| values[0]);
        (table, (processor_time() - start).saturating_sub(hashing).as_secs_f64())
    });
    let each = |octets: usize| octets as f64 / names as f64;
    println!(
        "index of {names}: built in {seconds:.3} s of processor; {:.2} octets a name ({:.2} held, {:.1} at the peak)",
        each(table.octets()),
        each(held),
        each(peak)
    );
    let key = key();
    let [present, missing] = [true, false].map(|present| {
        let names: Vec<[NameHash; 4]> = asked(names, present).map(|name| four(&key, &name)).collect();
        let find = |four: &[NameHash; 4]| four.iter().any(|hash| table.find(*hash).is_some());
        assert!(names.iter().all(|four| find(four) == present));
        show(
            &format!("index of {names_text}, table, {}", word(present), names_text = table.len()),
            &names,
            find,
        );
        names
    });
    cold(&table, &present, &missing);
    if beside_rival {
        let entries: Vec<(NameHash, u32)> = entries.map(|(name, value)| (name.hash, value)).collect();
        let perfect = Perfect::new(&entries);
        println!("minimal perfect hash of {names}: {:.2} octets a name", each(perfect.octets()));
        for (what, names) in [("listed", &present), ("not listed", &missing)] {
            let find = |four: &[NameHash; 4]| four.iter().any(|hash| perfect.find(*hash).is_some());
            show(&format!("minimal perfect hash, {what}"), names, find);
        }
    }
}

fn measure_list(names: u64) {
    let (list, key) = (list(names), key());
    for present in [true, false] {
        let asked: Vec<Canonical> = asked(names, present).collect();
        let find = |name: &Canonical| is_listed(&list, &key, name);
        assert!(asked.iter().all(|name| find(name) == present));
        show(&format!("index of {names}, list, {}", word(present)), &asked, find);
    }
}

fn is_listed(list: &List, key: &Key, name: &Canonical) -> bool {
    list.find(&Suffixes::new(key, name.as_wire()), now(0).wall).is_some()
}

fn word(present: bool) -> &'static str {
    if present { "listed" } else { "not listed" }
}

/// Names with four labels or more, two of them below what a list would hold.
fn asked(names: u64, present: bool) -> impl Iterator<Item = Canonical> {
    (0..ASKED).map(move |n| {
        let listed = if present { listed(mixed(n) % names) } else { unlisted(mixed(n)) };
        Name::from_text(&format!("www.{n}.{listed}")).expect("a generated name").canonical()
    })
}

/// The hashes of the four names from the asked one upwards; the third of them may be listed.
fn four(key: &Key, name: &Canonical) -> [NameHash; 4] {
    let suffixes = Suffixes::new(key, name.as_wire());
    let mut hashes = suffixes.closest_first().map(|suffix| suffix.hash);
    std::array::from_fn(|_| hashes.next().expect("four labels"))
}

fn show<T>(what: &str, asked: &[T], find: impl Fn(&T) -> bool) {
    let [median, least, most] = median_nanoseconds(asked, |name| _ = black_box(find(name)));
    println!("{what}: {median:.0} ns a look-up ({least:.0} to {most:.0})");
}

/// Times single look-ups, each after so much else went through the caches that nothing of the table is left in those
/// of the core.
fn cold(table: &Table, present: &[[NameHash; 4]], missing: &[[NameHash; 4]]) {
    let mut other = vec![1_u8; WALK];
    for (what, asked) in [("listed", present), ("not listed", missing)] {
        let mut times: Vec<f64> = asked[..ASKED_COLD]
            .iter()
            .map(|four| {
                other.iter_mut().step_by(64).for_each(|octet| *octet = octet.wrapping_add(1));
                black_box(&mut other);
                let one = std::slice::from_ref(four);
                median_nanoseconds(one, |four| {
                    _ = black_box(four.iter().any(|hash| table.find(*hash).is_some()));
                })[0]
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("index of {}, table, {what}, cold: {:.0} ns a look-up", table.len(), times[times.len() / 2]);
    }
}

/// The rival: where a key could be, what is compared there, and what it is worth.
struct Perfect {
    places: DefaultPtrHash,
    fingerprints: Box<[u64]>,
    values: Box<[u32]>,
}

impl Perfect {
    fn new(entries: &[(NameHash, u32)]) -> Self {
        let keys: Vec<u64> = entries.iter().map(|(hash, _)| hash.halves()[0]).collect();
        let places = DefaultPtrHash::new(&keys, PtrHashParams::default());
        let mut fingerprints = vec![0; keys.len()];
        let mut values = vec![0; keys.len()];
        for (hash, value) in entries {
            let slot = places.index(&hash.halves()[0]);
            fingerprints[slot] = fingerprint(*hash);
            values[slot] = *value;
        }
        Self { places, fingerprints: fingerprints.into(), values: values.into() }
    }

    fn find(&self, hash: NameHash) -> Option<u32> {
        let slot = self.places.index(&hash.halves()[0]);
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
    hash.halves()[0].rotate_left(32) ^ 0x5bd1_e995
}
