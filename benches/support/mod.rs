//! What the benchmarks share: generated names, an engine over a list of a million, and an allocator that counts.
//!
//! Names are generated from their number, so that every run measures the same and nothing real is listed. They
//! end in reserved names alone (RFC 2606).

// Each benchmark uses a part of this.
#![allow(dead_code)]
// An allocator cannot be written without; it forwards every call unchanged.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use nix::time::{ClockId, clock_gettime};
use rempart::answer::{Answer, Client, Config, Engine, Miss, Now};
use rempart::blocklist::{Details, Effect, Key, List, ListBuilder, Rule, Scope, Suffix, Trigger};
use rempart::dns::{Found, Name, Rcode, Record, RecordType};
use rempart::metrics::{Kind, Transport};
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
        let held = HELD.fetch_add(taken(layout), Relaxed) + taken(layout);
        PEAK.fetch_max(held, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(taken(layout), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// What glibc's allocator takes for a piece of memory: 8 octets more, in multiples of 16, and 32 at least.
fn taken(layout: Layout) -> usize {
    (layout.size() + 8).next_multiple_of(16).max(32)
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

/// How many names to measure with: as many as this variable says, else a million, or a few where it is only to be seen
/// that the benchmark runs (`--test`).
pub(crate) fn names(variable: &str) -> u64 {
    let usual = if std::env::args().any(|argument| argument == "--test") { 5_000 } else { MILLION };
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The key of every list here.
pub(crate) fn key() -> Key {
    static MADE: LazyLock<Key> = LazyLock::new(|| Key::new(KEY));
    *MADE
}

/// The processor time that the calling thread has had.
pub(crate) fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).expect("every thread has this clock");
    time.into()
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

/// A name of four labels: that of a service below it, as most names are that people's machines ask for.
pub(crate) fn four_labels(name: String) -> String {
    let above = ["", "", "www.cdn.", "www."][name.split('.').count()];
    format!("{above}{name}")
}

/// A name as tables take it.
pub(crate) fn suffix(text: &str) -> Suffix {
    let wire = Name::from_text(text).expect("a generated name");
    Suffix::of(&key(), wire.as_wire()).expect("not the root")
}

/// A list of so many names, and as many staged ones as `ENGINE_STAGED` says, which nobody asks for and are counted.
pub(crate) fn list(size: u64) -> Arc<List> {
    let staged = std::env::var("ENGINE_STAGED").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut builder = ListBuilder::new(key(), now(0).wall, Vec::new());
    let names = (0..size).map(|number| (listed(number), false));
    for ((name, staged), line) in names.chain((0..staged).map(|number| (named(number, "s"), true))).zip(1..) {
        let name = Name::from_text(&name).expect("a generated name");
        builder
            .push(Rule {
                line,
                trigger: Trigger::Name(name, Scope::Domain),
                effect: Effect::Block,
                details: Details { staged, ..Details::default() },
            })
            .expect("memory does not fail");
    }
    Arc::new(builder.finish("bench".into(), None, Ok).expect("memory does not fail").counting_staged())
}

/// An engine over a list, with a cache of so many MiB.
pub(crate) fn engine(size: u64, cache: usize) -> Engine {
    let config = policy::Config::default();
    let policy = Policy::new(&config, key(), vec![list(size)], &[], 1).expect("no groups");
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

/// What decided on a query, at a moment after [`resolve`]; none where it was missed.
pub(crate) fn decided_by(engine: &Engine, packet: &[u8]) -> Option<Kind> {
    match engine.answer(&engine.policy(), packet, client(), now(2), &mut [0; 1232]) {
        Answer::Reply(reply) => Some(reply.outcome.kind),
        _ => None,
    }
}

/// What a query that nobody decides on has to be resolved with.
pub(crate) fn miss(engine: &Engine, packet: &[u8]) -> Option<Miss> {
    match engine.answer(&engine.policy(), packet, client(), now(1), &mut [0; 1232]) {
        Answer::Miss(miss) => Some(*miss),
        _ => None,
    }
}

/// One address, to be kept for an hour.
pub(crate) fn found(miss: &Miss) -> Found {
    let owner = miss.question.name.clone();
    let record = Record { owner, rtype: RecordType::A, ttl: 3_600, data: [198, 51, 100, 1].into() };
    Found {
        rcode: Rcode::NOERROR,
        authentic: false,
        answer: vec![record],
        authority: Vec::new(),
        errors: Vec::new(),
    }
}

/// Resolves a query with one address, where it is not answered already.
pub(crate) fn resolve(engine: &Engine, packet: &[u8]) {
    if let Some(miss) = miss(engine, packet) {
        engine.finish(&miss, &found(&miss), now(1), &mut [0; 1232]);
    }
}
