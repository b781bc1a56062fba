//! What a query costs in the engine, with a list of a million names: blocked, cached, and missed.
//!
//! Prints the time of one query of each kind, over many names so that caches of the processor do not flatter, the
//! allocations, and what a second core adds. Fails where a hit of the list or of the cache allocates.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::hint::black_box;
use std::sync::Barrier;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use rempart::answer::Engine;
use rempart::metrics::Kind;
use support::{
    MILLION, allocations, client, decided_by, engine, four_labels, listed, mixed, now, processor_time, query,
    resolve, unlisted,
};

#[global_allocator]
static COUNTING: support::Counting = support::Counting;

/// Different names asked of each kind: more than the second-level cache of a core holds.
const ASKED: u64 = 65_536;

/// Rounds in which one thread and two take turns.
const ROUNDS: usize = 9;
/// Times that each asks for all names in a round.
const PASSES: usize = 20;

fn main() {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let engine = engine(MILLION, 64);
    let blocked: Vec<Vec<u8>> = (0..ASKED).map(|n| query(&four_labels(listed(mixed(n) % MILLION)))).collect();
    let cached: Vec<Vec<u8>> = (0..ASKED).map(|n| query(&four_labels(unlisted(n)))).collect();
    let missed: Vec<Vec<u8>> = (ASKED..2 * ASKED).map(|n| query(&four_labels(unlisted(n)))).collect();
    for packet in &cached {
        resolve(&engine, packet);
    }
    // What the cache found no room for would be measured as a miss.
    let cached: Vec<Vec<u8>> =
        cached.into_iter().filter(|packet| decided_by(&engine, packet) == Some(Kind::Cached)).collect();
    assert!(cached.len() as u64 > ASKED / 2, "only {} names are cached", cached.len());

    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    for (what, packets, expected) in [
        ("blocked", &blocked, Some(Kind::Blocked)),
        ("cached", &cached, Some(Kind::Cached)),
        ("missed", &missed, None),
    ] {
        assert!(packets.iter().all(|packet| decided_by(&engine, packet) == expected), "not all are {what}");
        let count = allocations(|| packets.iter().for_each(|packet| ask(&engine, packet)));
        let each = count as f64 / packets.len() as f64;
        println!("engine, {what}: {each} allocations a query, over {} queries", packets.len());
        assert!(expected.is_none() || count == 0, "{what} queries must not allocate");
        measure(&mut criterion, what, &engine, packets);
        if expected.is_some() && !is_test {
            measure_two_cores(what, &engine, packets);
        }
    }
    criterion.final_summary();
}

/// Prints how many queries two threads answer in the time in which one answers one, the median of rounds in turns: by
/// the clock, and by the processor time that the threads had, which other programs do not take from.
fn measure_two_cores(what: &str, engine: &Engine, packets: &[Vec<u8>]) {
    let rounds: Vec<_> =
        (0..ROUNDS).map(|_| (threads(1, engine, packets), threads(2, engine, packets))).collect();
    let median = |of: &dyn Fn(&(Times, Times)) -> f64| {
        let mut all: Vec<f64> = rounds.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[ROUNDS / 2]
    };
    println!(
        "engine, {what}: two cores answer {:.2} times as much as one, {:.2} by processor time, of which one takes \
         {:.0} ns for a query",
        median(&|(one, two)| 2.0 * one.clock / two.clock),
        median(&|(one, two)| 2.0 * one.processor / two.processor),
        median(&|(one, _)| one.processor * 1e9 / (PASSES * packets.len()) as f64)
    );
}

/// Seconds by the clock and of the processor.
#[derive(Clone, Copy)]
struct Times {
    clock: f64,
    processor: f64,
}

/// The longest that each of some threads takes to ask for all.
#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn threads(count: usize, engine: &Engine, packets: &[Vec<u8>]) -> Times {
    let barrier = Barrier::new(count);
    let (policy, now) = (&engine.policy(), now(2));
    let ask_all = |number: usize| {
        let mut reply = [0; 1232];
        let asked = packets.iter().cycle().skip(number * packets.len() / count).take(PASSES * packets.len());
        barrier.wait();
        let (start, spent) = (Instant::now(), processor_time());
        asked.for_each(|packet| _ = black_box(engine.answer(policy, packet, client(), now, &mut reply)));
        Times { clock: start.elapsed().as_secs_f64(), processor: (processor_time() - spent).as_secs_f64() }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|number| scope.spawn(move || ask_all(number))).collect();
        let times = threads.into_iter().map(|thread| thread.join().expect("no panic"));
        let longer = |a: Times, b: Times| Times {
            clock: a.clock.max(b.clock),
            processor: a.processor.max(b.processor),
        };
        times.reduce(longer).expect("a thread")
    })
}

fn measure(criterion: &mut Criterion, what: &str, engine: &Engine, packets: &[Vec<u8>]) {
    let mut group = criterion.benchmark_group("engine");
    group.throughput(Throughput::Elements(1));
    let mut reply = [0; 1232];
    let mut packets = packets.iter().cycle();
    group.bench_function(what, |bencher| {
        // As a thread of the server does it, policy and clock are read once for a batch, not for a query.
        let (policy, now) = (engine.policy(), now(2));
        bencher.iter(|| {
            let packet = packets.next().expect("a cycle");
            black_box(engine.answer(&policy, packet, client(), now, &mut reply))
        });
    });
    group.finish();
}

fn ask(engine: &Engine, packet: &[u8]) {
    let mut reply = [0; 1232];
    black_box(engine.answer(&engine.policy(), packet, client(), now(2), &mut reply));
}
