//! The wire cache, through the engine: how many answers fit, a hit among more of them than the processor's caches
//! hold, and an insertion into a full cache: the usual one, and the longest.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use rempart::answer::{Engine, Miss};
use rempart::metrics::Kind;
use support::{
    MILLION, client, decided_by, engine, found, memory, miss, mixed, now, processor_time, query, unlisted,
};

#[global_allocator]
static COUNTING: support::Counting = support::Counting;

/// In MiB: 256 million octets.
const CACHE: usize = 244;
/// More answers than fit.
const OFFERED: u64 = 3 * MILLION;
/// Insertions into the full cache that are timed, each.
const TIMED: u64 = MILLION;
/// So few hits that the processor's caches hold all that answers them.
const FEW: usize = 1_024;
/// Octets that hold any of the packets, and their length.
const PACKET: usize = 96;
/// Insertions that are timed together.
const MISSES: u64 = 32_768;

fn main() {
    let is_test = std::env::args().any(|argument| argument == "--test");
    // As a test, that it works: with a small cache.
    let (cache, scale) = if is_test { (1, 1_000) } else { (CACHE, 1) };
    let offered = OFFERED / scale;
    let (engine, held, _) = memory(|| filled(cache, offered));
    let size = engine.cache_size();
    println!(
        "cache: {} answers of one address fit into {cache} MiB ({offered} offered); {:.0} octets each as it counts, \
         {:.0} as allocated",
        size.entries,
        size.octets as f64 / size.entries as f64,
        held as f64 / size.entries as f64
    );
    measure_insertions(&engine, offered, TIMED / scale);

    // One behind the other, in an order that nothing foresees: what is looked for must not be in the processor's caches,
    // but what it is looked for with comes from there.
    let mut hits: Vec<u64> = (0..offered + TIMED / scale).collect();
    hits.retain(|number| decided_by(&engine, &packet(*number)) == Some(Kind::Cached));
    hits.sort_by_key(|number| mixed(*number));
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let mut group = criterion.benchmark_group("cache");
    for count in [FEW.min(hits.len()), hits.len()] {
        let packets: Vec<[u8; PACKET]> =
            hits[..count].iter().map(|number| padded(&packet(*number))).collect();
        let mut packets = packets.iter().cycle();
        group.bench_function(format!("hit among {count}"), |bencher| {
            let (policy, now) = (engine.policy(), now(2));
            let mut reply = [0; 1232];
            bencher.iter(|| {
                let [length, packet @ ..] = packets.next().expect("hits");
                black_box(engine.answer(&policy, &packet[..usize::from(*length)], client(), now, &mut reply))
            });
        });
    }
    let from = offered + TIMED / scale;
    let misses: Vec<Miss> =
        (from..from + MISSES).filter_map(|number| miss(&engine, &packet(number))).collect();
    let mut misses = misses.iter().cycle();
    group.bench_function("insert", |bencher| {
        bencher.iter(|| insert(&engine, misses.next().expect("misses")));
    });
    group.finish();
    criterion.final_summary();
}

/// A packet with its length in front.
fn padded(packet: &[u8]) -> [u8; PACKET] {
    let mut padded = [0; PACKET];
    padded[0] = packet.len() as u8;
    padded[1..=packet.len()].copy_from_slice(packet);
    padded
}

fn packet(number: u64) -> Vec<u8> {
    query(&unlisted(number))
}

/// An engine whose cache was offered so many answers.
fn filled(cache: usize, offered: u64) -> Engine {
    let engine = engine(1, cache);
    for number in 0..offered {
        if let Some(miss) = miss(&engine, &packet(number)) {
            insert(&engine, &miss);
        }
    }
    engine
}

fn insert(engine: &Engine, miss: &Miss) {
    black_box(engine.finish(miss, &found(miss), now(1), &mut [0; 1232]));
}

/// Prints the time of insertions into a full cache, each by itself: no single one may be a pause. By the time of the
/// processor, in which no other program counts, but what interrupts it does.
fn measure_insertions(engine: &Engine, from: u64, count: u64) {
    let mut times: Vec<Duration> = (from..from + count)
        .filter_map(|number| {
            let miss = miss(engine, &packet(number))?;
            let start = processor_time();
            insert(engine, &miss);
            Some(processor_time() - start)
        })
        .collect();
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_nanos();
    println!(
        "cache: {} insertions into a full cache take {} ns at the median, {} at 99.9 %, {} at 99.999 %, {} at most",
        times.len(),
        at(0.5),
        at(0.999),
        at(0.99999),
        at(1.0)
    );
}
