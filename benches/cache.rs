//! The wire cache, through the engine: a hit under one and two threads, an insertion, and how many answers fit.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use rempart::answer::{Answer, Engine, Miss};
use rempart::dns::{Found, Rcode, Record, RecordType};
use rempart::metrics::Kind;
use support::{client, engine, memory, now, query, unlisted};

#[global_allocator]
static COUNTING: support::Counting = support::Counting;

/// In MiB.
const CACHE: usize = 64;
/// More answers than fit.
const INSERTED: u64 = 400_000;
const ASKED: usize = 32_768;

fn main() {
    let packets: Vec<Vec<u8>> = (0..INSERTED).map(|number| query(&unlisted(number))).collect();
    let (engine, held, _) = memory(|| filled(&packets));
    let size = engine.cache_size();
    println!(
        "cache: {} answers of one address fit into {CACHE} MiB; {:.0} octets each as it counts, {:.0} as allocated",
        size.entries,
        size.octets as f64 / size.entries as f64,
        held as f64 / size.entries as f64
    );
    let is_hit =
        |packet: &&Vec<u8>| match engine.answer(&engine.policy(), packet, client(), now(2), &mut [0; 512]) {
            Answer::Reply(reply) => reply.outcome.kind == Kind::Cached,
            _ => false,
        };
    let hits: Vec<&[u8]> = packets.iter().rev().filter(is_hit).take(ASKED).map(Vec::as_slice).collect();
    assert_eq!(hits.len(), ASKED, "too few answers were kept");

    let mut criterion =
        Criterion::default().warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    let mut group = criterion.benchmark_group("cache");
    for threads in [1, 2] {
        group.bench_function(format!("hit, {threads} threads"), |bencher| {
            bencher.iter_custom(|count| hit(&engine, &hits, threads, count));
        });
    }
    let misses: Vec<Miss> = packets.iter().filter_map(|packet| miss(&engine, packet)).take(ASKED).collect();
    let mut misses = misses.iter().cycle();
    group.bench_function("insert", |bencher| {
        bencher.iter(|| insert(&engine, misses.next().expect("a cycle")));
    });
    group.finish();
    criterion.final_summary();
}

/// An engine whose cache was offered an answer to each query.
fn filled(packets: &[Vec<u8>]) -> Engine {
    let engine = engine(1, CACHE);
    for packet in packets {
        if let Some(miss) = miss(&engine, packet) {
            insert(&engine, &miss);
        }
    }
    engine
}

/// The time in which each of some threads asks `count` times.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn hit(engine: &Engine, packets: &[&[u8]], threads: usize, count: u64) -> Duration {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                let policy = engine.policy();
                let mut reply = [0; 1232];
                let from = thread * packets.len() / threads;
                let mut packets = packets.iter().cycle().skip(from);
                for _ in 0..count {
                    let packet = packets.next().expect("a cycle");
                    black_box(engine.answer(&policy, packet, client(), now(2), &mut reply));
                }
            });
        }
    });
    start.elapsed()
}

fn miss(engine: &Engine, packet: &[u8]) -> Option<Miss> {
    match engine.answer(&engine.policy(), packet, client(), now(1), &mut [0; 1232]) {
        Answer::Miss(miss) => Some(*miss),
        _ => None,
    }
}

fn insert(engine: &Engine, miss: &Miss) {
    let owner = miss.question.name.clone();
    let record = Record { owner, rtype: RecordType::A, ttl: 3_600, data: [198, 51, 100, 1].into() };
    let found = Found {
        rcode: Rcode::NOERROR,
        authentic: false,
        answer: vec![record],
        authority: Vec::new(),
        errors: Vec::new(),
    };
    black_box(engine.finish(miss, &found, now(1), &mut [0; 1232]));
}
