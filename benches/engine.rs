//! What a query costs in the engine, with a list of a million names: blocked, cached, and missed.
//!
//! Prints the time of one query of each kind, over many names so that caches of the processor do not flatter,
//! and the allocations. Fails where a hit of the list or of the cache allocates.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use rempart::answer::{Answer, Engine};
use rempart::dns::{Found, Name, Rcode, Record, RecordType};
use rempart::metrics::Kind;
use support::{MILLION, allocations, client, engine, listed, mixed, now, query, unlisted};

#[global_allocator]
static COUNTING: support::Counting = support::Counting;

/// Different names asked of each kind: more than the second-level cache of a core holds.
const ASKED: u64 = 65_536;

fn main() {
    let engine = engine(MILLION, 64);
    let blocked: Vec<Vec<u8>> = (0..ASKED).map(|n| query(&listed(mixed(n) % MILLION))).collect();
    let cached: Vec<Vec<u8>> = (0..ASKED).map(|n| query(&unlisted(n))).collect();
    let missed: Vec<Vec<u8>> = (ASKED..2 * ASKED).map(|n| query(&unlisted(n))).collect();
    for packet in &cached {
        resolve(&engine, packet);
    }
    // What the cache found no room for would be measured as a miss.
    let cached: Vec<Vec<u8>> =
        cached.into_iter().filter(|packet| kind(&engine, packet) == Some(Kind::Cached)).collect();
    assert!(cached.len() as u64 > ASKED / 2, "only {} names are cached", cached.len());

    let mut criterion =
        Criterion::default().warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    for (what, packets, expected) in [
        ("blocked", &blocked, Some(Kind::Blocked)),
        ("cached", &cached, Some(Kind::Cached)),
        ("missed", &missed, None),
    ] {
        assert!(packets.iter().all(|packet| kind(&engine, packet) == expected), "not all are {what}");
        let count = allocations(|| packets.iter().for_each(|packet| ask(&engine, packet)));
        let each = count as f64 / packets.len() as f64;
        println!("engine, {what}: {each} allocations a query, over {} queries", packets.len());
        assert!(expected.is_none() || count == 0, "{what} queries must not allocate");
        measure(&mut criterion, what, &engine, packets);
    }
    criterion.final_summary();
}

fn measure(criterion: &mut Criterion, what: &str, engine: &Engine, packets: &[Vec<u8>]) {
    let mut group = criterion.benchmark_group("engine");
    group.throughput(Throughput::Elements(1));
    let mut reply = [0; 1232];
    let mut packets = packets.iter().cycle();
    group.bench_function(what, |bencher| {
        // As a thread of the server does it, the policy is loaded once for a batch, not for a query.
        let policy = engine.policy();
        bencher.iter(|| {
            let packet = packets.next().expect("a cycle");
            black_box(engine.answer(&policy, packet, client(), now(2), &mut reply))
        });
    });
    group.finish();
}

fn ask(engine: &Engine, packet: &[u8]) {
    let mut reply = [0; 1232];
    black_box(engine.answer(&engine.policy(), packet, client(), now(2), &mut reply));
}

/// What decided on a query; none where it was missed.
fn kind(engine: &Engine, packet: &[u8]) -> Option<Kind> {
    match engine.answer(&engine.policy(), packet, client(), now(2), &mut [0; 1232]) {
        Answer::Reply(reply) => Some(reply.outcome.kind),
        _ => None,
    }
}

fn resolve(engine: &Engine, packet: &[u8]) {
    let mut reply = [0; 1232];
    let Answer::Miss(miss) = engine.answer(&engine.policy(), packet, client(), now(1), &mut reply) else {
        return;
    };
    let owner: Name = miss.question.name.clone();
    let record = Record { owner, rtype: RecordType::A, ttl: 3_600, data: [198, 51, 100, 1].into() };
    let found = Found {
        rcode: Rcode::NOERROR,
        authentic: false,
        answer: vec![record],
        authority: Vec::new(),
        errors: Vec::new(),
    };
    engine.finish(&miss, &found, now(1), &mut reply);
}
