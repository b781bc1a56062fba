//! Generations under load: while policies are swapped, each reply is wholly of one generation, and once a
//! swap has returned no query sees the one before.
//!
//! In even generations a name, and another that an alias leads to, are listed; in odd ones they are not. The
//! page's address and TTL tell which generation made a reply: nothing else may be in it.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rempart::answer::{Answer, Client, Config, Engine, Now};
use rempart::blocklist::{Format, Key, List, ListBuilder, read};
use rempart::dns::{Found, MAX_MESSAGE, Name, Rcode, Record, RecordType};
use rempart::metrics::{Kind, Transport};
use rempart::policy::{self, Policy};

const LEAST_SWAPS: u64 = 4_000;
/// Bounds the address and the TTL that tell a generation, and the test.
const MOST_SWAPS: u64 = 1_000_000;
const ASKERS: usize = 4;
const NOW: i64 = 1_780_000_000;
const LISTED: &str = "undress.example";
const ALIAS: &str = "cdn.example";
const REAL: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 90);

/// What a policy of one generation is made of.
struct Press {
    key: Key,
    listed: Arc<List>,
    unlisted: Arc<List>,
}

impl Press {
    fn new() -> Self {
        let key = Key::new([7; 16]);
        let list = |text: &str| {
            let mut builder = ListBuilder::new(key, now().wall, Vec::new());
            let format = Some(Format::Domains);
            read(text.as_bytes(), format, "list", |rule| builder.push(rule).unwrap()).unwrap();
            Arc::new(builder.finish("games".into(), None, Ok).unwrap())
        };
        let listed = list("undress.example\nedge.cdn.test\n");
        Self { key, listed, unlisted: list("other.example\n") }
    }

    /// The list is that of the generation, and so are the page's address and the TTL: a reply tells where
    /// each part of it came from.
    fn policy(&self, generation: u64) -> Policy {
        let list = if is_listed(generation) { &self.listed } else { &self.unlisted };
        let page = vec![IpAddr::V4(page(generation))];
        let config = policy::Config { ttl: generation as u32, page, ..policy::Config::default() };
        Policy::new(&config, self.key, vec![list.clone()], &[], generation).unwrap()
    }
}

fn is_listed(generation: u64) -> bool {
    generation.is_multiple_of(2)
}

fn page(generation: u64) -> Ipv4Addr {
    Ipv4Addr::from(0x0a00_0000 | generation as u32)
}

fn now() -> Now {
    Now { monotonic: 1, wall: jiff::Timestamp::from_second(NOW).unwrap() }
}

fn packet(name: &str) -> Vec<u8> {
    let mut packet = vec![0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    packet.extend(Name::from_text(name).unwrap().as_wire());
    packet.extend([0, 1, 0, 1]);
    packet
}

fn record(owner: &str, rtype: RecordType, data: &[u8]) -> Record {
    Record { owner: Name::from_text(owner).unwrap(), rtype, ttl: 86_400, data: data.into() }
}

/// What the world has for a name: for the alias a chain, else an address.
fn found(name: &str) -> Found {
    let answer = if name == ALIAS {
        let target = "edge.cdn.test";
        let alias = record(name, RecordType::CNAME, Name::from_text(target).unwrap().as_wire());
        vec![alias, record(target, RecordType::A, &REAL.octets())]
    } else {
        vec![record(name, RecordType::A, &REAL.octets())]
    };
    Found { rcode: Rcode::NOERROR, authentic: false, answer, authority: Vec::new(), errors: Vec::new() }
}

/// Asks as the shell does, and returns the reply and how it came about.
fn ask(engine: &Engine, name: &str, reply: &mut [u8]) -> (usize, Kind) {
    let client = Client { address: Ipv4Addr::LOCALHOST.into(), transport: Transport::Udp };
    let policy = engine.policy();
    let answer = engine.answer(&policy, &packet(name), client, now(), reply);
    drop(policy);
    let answer = match answer {
        Answer::Miss(miss) => engine.finish(&miss, &found(name), now(), reply),
        answer => answer,
    };
    let Answer::Reply(made) = answer else { panic!("{answer:?}") };
    (made.length, made.outcome.kind)
}

/// The generation that a blocked reply is of, as far as all of its parts agree; none for a reply with what
/// the world has, which must be all of it and nothing else.
fn generation(reply: &[u8], name: &str) -> Option<u64> {
    let message = hickory_resolver::proto::op::Message::from_vec(reply).unwrap();
    let shown: Vec<String> = message
        .answers
        .iter()
        .map(|record| format!("{} {} {}", record.name, record.ttl, record.data))
        .collect();
    let real: &[String] = &match name {
        ALIAS => vec![format!("{ALIAS}. 86400 edge.cdn.test."), format!("edge.cdn.test. 86400 {REAL}")],
        _ => vec![format!("{name}. 86400 {REAL}")],
    };
    if shown == real {
        return None;
    }
    let generation = u64::from(message.answers.first().unwrap_or_else(|| panic!("{message}")).ttl);
    assert_eq!(shown, [format!("{name}. {generation} {}", page(generation))], "a reply of two generations");
    assert!(is_listed(generation), "blocked by generation {generation}, which does not list it");
    Some(generation)
}

/// How far the swapper has come, and what the askers have seen.
struct Progress {
    /// Set before a swap to its generation.
    announced: AtomicU64,
    /// Set after it.
    done: AtomicU64,
    /// Set when nothing more is to be asked.
    stop: AtomicBool,
    /// Of each asker: whether it has seen the name unblocked, and blocked.
    seen: [[AtomicBool; 2]; ASKERS],
}

impl Progress {
    fn all_seen(&self) -> bool {
        self.seen.iter().flatten().all(|seen| seen.load(Ordering::Relaxed))
    }
}

/// Stops the askers, also where the swapper fails.
struct Stop<'p>(&'p Progress);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.stop.store(true, Ordering::Release);
    }
}

fn ask_on(engine: &Engine, progress: &Progress, asker: usize) {
    let name = [LISTED, ALIAS][asker % 2];
    let mut reply = vec![0; MAX_MESSAGE];
    while !progress.stop.load(Ordering::Acquire) {
        let at_least = progress.done.load(Ordering::Acquire);
        let (length, _) = ask(engine, name, &mut reply);
        let at_most = progress.announced.load(Ordering::Acquire);
        let generation = generation(&reply[..length], name);
        match generation {
            Some(generation) => {
                assert!((at_least..=at_most).contains(&generation), "{generation}: {at_least} to {at_most}");
            }
            // Unblocked can be any generation that does not list it: there must have been one meanwhile.
            None => assert!((at_least..=at_most).any(|meanwhile| !is_listed(meanwhile)), "{at_least}"),
        }
        progress.seen[asker][usize::from(generation.is_some())].store(true, Ordering::Relaxed);
    }
}

#[test]
fn replies_are_of_one_generation_and_never_of_one_before_a_finished_swap() {
    let press = Press::new();
    let engine = Engine::new(Config { cache: 1, ..Config::default() }, press.policy(1));
    let progress = Progress {
        announced: AtomicU64::new(1),
        done: AtomicU64::new(1),
        stop: AtomicBool::new(false),
        seen: Default::default(),
    };
    std::thread::scope(|scope| {
        let (engine, progress) = (&engine, &progress);
        let askers: Vec<_> =
            (0..ASKERS).map(|asker| scope.spawn(move || ask_on(engine, progress, asker))).collect();
        let _stop = Stop(progress);
        let mut reply = vec![0; MAX_MESSAGE];
        // On a busy machine an asker may come late: swapping goes on until each has seen both sides.
        let enough = |swaps: &u64| *swaps < LEAST_SWAPS || (*swaps < MOST_SWAPS && !progress.all_seen());
        for next in (2..).take_while(enough) {
            progress.announced.store(next, Ordering::Release);
            engine.swap(press.policy(next));
            progress.done.store(next, Ordering::Release);
            // The swapper's own next query sees its generation, whatever the askers have cached meanwhile.
            for name in [LISTED, ALIAS] {
                let (length, _) = ask(engine, name, &mut reply);
                assert_eq!(generation(&reply[..length], name), is_listed(next).then_some(next), "{name}");
            }
            if askers.iter().any(|asker| asker.is_finished()) {
                break;
            }
        }
    });
    assert!(progress.all_seen(), "an asker saw one side alone");
}

#[test]
fn a_cached_chain_is_judged_by_the_generation_that_meets_it() {
    let press = Press::new();
    let engine = Engine::new(Config { cache: 1, ..Config::default() }, press.policy(1));
    let mut reply = vec![0; MAX_MESSAGE];
    assert_eq!(ask(&engine, ALIAS, &mut reply).1, Kind::Resolved);
    for next in 2..200 {
        engine.swap(press.policy(next));
        // Twice: by the query that judges the entry anew, and by the one that finds it judged.
        for _ in 0..2 {
            let (length, kind) = ask(&engine, ALIAS, &mut reply);
            assert_eq!(generation(&reply[..length], ALIAS), is_listed(next).then_some(next));
            assert_eq!(kind, if is_listed(next) { Kind::Blocked } else { Kind::Cached });
        }
    }
    // A batch that holds an older policy is answered by it to its end, and leaves no mark that outlives it.
    let older = press.policy(999);
    engine.swap(press.policy(1000));
    let client = Client { address: Ipv4Addr::LOCALHOST.into(), transport: Transport::Udp };
    let answer = engine.answer(&older, &packet(ALIAS), client, now(), &mut reply);
    let Answer::Reply(made) = answer else { panic!("{answer:?}") };
    assert_eq!(generation(&reply[..made.length], ALIAS), None);
    let (length, _) = ask(&engine, ALIAS, &mut reply);
    assert_eq!(generation(&reply[..length], ALIAS), Some(1000));
}

#[test]
fn what_is_found_before_a_swap_and_finished_after_it_is_judged_by_the_later() {
    let press = Press::new();
    let mut reply = vec![0; MAX_MESSAGE];
    for name in [LISTED, ALIAS] {
        let engine = Engine::new(Config { cache: 1, ..Config::default() }, press.policy(1));
        let client = Client { address: Ipv4Addr::LOCALHOST.into(), transport: Transport::Udp };
        let policy = engine.policy();
        let Answer::Miss(miss) = engine.answer(&policy, &packet(name), client, now(), &mut reply) else {
            panic!("{name} is cached before it was asked for");
        };
        drop(policy);
        engine.swap(press.policy(2));
        let Answer::Reply(made) = engine.finish(&miss, &found(name), now(), &mut reply) else {
            panic!("{name}");
        };
        assert_eq!(generation(&reply[..made.length], name), Some(2));
        // It was kept, for the generation that no longer lists it.
        engine.swap(press.policy(3));
        let (length, kind) = ask(&engine, name, &mut reply);
        assert_eq!((generation(&reply[..length], name), kind), (None, Kind::Cached));
    }
}
