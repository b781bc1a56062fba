//! What the benchmarks share: generated names, an engine over a list of a million, and an allocator that counts.
//!
//! Names are generated from their number, so that every run measures the same and nothing real is listed. They
//! end in reserved names alone (RFC 2606).

// Each benchmark uses a part of this.
#![allow(dead_code)]
// An allocator cannot be written without; it forwards every call unchanged.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use nix::time::{ClockId, clock_gettime};
use rempart::answer::{Client, Config, Engine, Now};
use rempart::blocklist::{Details, Effect, Key, List, ListBuilder, NameHash, Rule, Scope, Suffixes, Trigger};
use rempart::dns::Name;
use rempart::metrics::Transport;
use rempart::policy::{self, Policy};

/// Names in the list.
pub(crate) const MILLION: u64 = 1_000_000;

const KEY: [u8; 16] = *b"a fixed key here";

/// Counts what is allocated and how much is held.
pub(crate) struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator with the arguments that came in.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        let held = HELD.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(held, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// How many allocations a piece of work makes.
pub(crate) fn allocations(work: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.load(Relaxed);
    work();
    ALLOCATIONS.load(Relaxed) - before
}

/// What a piece of work holds at its end, and the most that it held, in octets.
pub(crate) fn memory<T>(work: impl FnOnce() -> T) -> (T, usize, usize) {
    let before = HELD.load(Relaxed);
    PEAK.store(before, Relaxed);
    let result = work();
    (result, HELD.load(Relaxed).saturating_sub(before), PEAK.load(Relaxed) - before)
}

/// Seconds of processor that this thread has used: what it waits for others is not counted.
pub(crate) fn cpu_seconds() -> f64 {
    let used = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).expect("a clock of every Linux");
    used.tv_sec() as f64 + used.tv_nsec() as f64 / 1e9
}

/// What `work` takes for each of these, in nanoseconds: median, least and most over batches of a thousand.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
pub(crate) fn median_nanoseconds<T>(all: &[T], work: impl Fn(&T)) -> [f64; 3] {
    let timed = |batch: &[T]| {
        let start = Instant::now();
        batch.iter().for_each(&work);
        start.elapsed().as_nanos() as f64 / batch.len() as f64
    };
    let mut times: Vec<f64> = all.chunks(1_000).map(timed).collect();
    times.sort_by(f64::total_cmp);
    [times[times.len() / 2], times[0], times[times.len() - 1]]
}

/// The key of every list here.
pub(crate) fn key() -> Key {
    Key::new(KEY)
}

/// Well-mixed bits of a number (the finaliser of SplitMix64).
pub(crate) fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The listed name of a number: 14 to 30 octets of text, as real names have.
pub(crate) fn listed(number: u64) -> String {
    named(number, "l")
}

/// A name that is never listed, of the same shape.
pub(crate) fn unlisted(number: u64) -> String {
    named(number, "u")
}

fn named(number: u64, mark: &str) -> String {
    let bits = mixed(number);
    let padding = &"abcdefghijkl"[..(bits % 13) as usize];
    let suffix = ["example", "shop.example", "test", "invalid"][(bits >> 8) as usize % 4];
    format!("{mark}{number}{padding}.{suffix}")
}

/// The hash of a name.
pub(crate) fn hash(text: &str) -> NameHash {
    let wire = Name::from_text(text).expect("a generated name");
    Suffixes::new(&Key::new(KEY), wire.canonical().as_wire()).whole().expect("not the root")
}

/// A list of so many names.
pub(crate) fn list(size: u64) -> Arc<List> {
    let mut builder = ListBuilder::new(Key::new(KEY), now(0).wall, Vec::new());
    for number in 0..size {
        let name = Name::from_text(&listed(number)).expect("a generated name");
        builder
            .push(Rule {
                line: number + 1,
                trigger: Trigger::Name(name, Scope::Domain),
                effect: Effect::Block,
                details: Details::default(),
            })
            .expect("memory does not fail");
    }
    Arc::new(builder.finish("bench".into(), None, Ok).expect("memory does not fail"))
}

/// An engine over a list, with a cache of so many MiB.
pub(crate) fn engine(size: u64, cache: usize) -> Engine {
    let config = policy::Config::default();
    let policy = Policy::new(&config, Key::new(KEY), vec![list(size)], &[], 1).expect("no groups");
    Engine::new(Config { cache, ..Config::default() }, policy)
}

/// A moment.
pub(crate) fn now(monotonic: u32) -> Now {
    Now { monotonic, wall: "2026-06-01T12:00:00Z".parse().expect("a fixed time") }
}

/// Who asks.
pub(crate) fn client() -> Client {
    Client { address: [127, 0, 0, 1].into(), transport: Transport::Udp }
}

/// A query of type A with EDNS, as resolvers of operating systems send it.
pub(crate) fn query(text: &str) -> Vec<u8> {
    let name = Name::from_text(text).expect("a generated name");
    let head = b"\x12\x34\x01\x00\0\x01\0\0\0\0\0\x01";
    [head, name.as_wire(), b"\0\x01\0\x01\0\0\x29\x04\xd0\0\0\0\0\0\0"].concat()
}
