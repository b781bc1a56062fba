//! A file in which a resolver's memory was kept, made by somebody else.
//!
//! Law: what is taken up is saved again and comes back; nothing of it is authentic, and nothing of it is believed for
//! more than a day.

#![no_main]

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use libfuzzer_sys::fuzz_target;
use rempart::dns::{Class, Name, Question, RecordType};
use rempart::dnssec::{Algorithms, Anchors, NegativeAnchors};
use rempart::recursion::{Ask, Minimisation, Moment, Recursor, Settings, Transport, Undelivered, World};

#[derive(arbitrary::Arbitrary, Debug)]
struct Input {
    entries: Vec<Entry>,
    away: Option<u32>,
}

#[derive(arbitrary::Arbitrary, Debug)]
enum Entry {
    Raw(Vec<u8>),
    /// A fact: what it says, its times, and what follows the header of its message.
    Fact {
        says: u8,
        rank: u8,
        age: u64,
        left: i64,
        counts: [u8; 2],
        rest: Vec<u8>,
    },
    /// A delegation of a name below `test`: its time, and what follows the header of its message.
    Delegation {
        left: i64,
        counts: [u8; 2],
        rest: Vec<u8>,
    },
    Server {
        address: [u8; 4],
        numbers: [u32; 5],
    },
}

const NAME: &[u8] = b"\x03www\x04test\0";

impl Entry {
    fn octets(&self) -> Vec<u8> {
        let message = |counts: &[u8; 2], rtype: u8, rest: &[u8]| {
            let head = [0, 0, 0x80, 0, 0, 1, 0, counts[0] % 4, 0, counts[1] % 4, 0, 0];
            [&head[..], NAME, &[0, rtype, 0, 1], rest].concat()
        };
        match self {
            Self::Raw(octets) => octets.clone(),
            Self::Fact { says, rank, age, left, counts, rest } => [
                &[1, says % 4, rank % 2][..],
                &age.to_be_bytes(),
                &left.to_be_bytes(),
                &[4, 192, 0, 2, 1, 0, 53],
                b"\x04test\0",
                &message(counts, 1, rest),
            ]
            .concat(),
            Self::Delegation { left, counts, rest } => {
                [&[2][..], &left.to_be_bytes(), b"\x04test\0", &message(counts, 2, rest)].concat()
            }
            Self::Server { address, numbers } => {
                let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
                [&[3, 4][..], address, &[0, 53], &numbers].concat()
            }
        }
    }
}

/// A world in which time stands still and no server answers.
struct Still;

impl World for Still {
    fn now(&self) -> Moment {
        Moment(30 * 86_400_000)
    }

    fn wall(&self) -> u64 {
        1_800_000_000
    }

    fn random(&self) -> u64 {
        4
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        std::future::pending().boxed()
    }

    fn exchange(
        &self,
        _: SocketAddr,
        _: Transport,
        _: Vec<u8>,
    ) -> BoxFuture<'static, Result<Vec<u8>, Undelivered>> {
        std::future::ready(Err(Undelivered::Unreachable)).boxed()
    }
}

fn recursor() -> Recursor {
    let settings = Settings {
        hints: Vec::new(),
        fixed: Vec::new(),
        dnssec: true,
        anchors: Anchors::built_in(Algorithms::default()),
        unjudged: Vec::new(),
        negative: NegativeAnchors::new([]),
        minimisation: Minimisation::Relaxed,
        unreachable: Vec::new(),
        reach: Vec::new(),
        memory: 1 << 20,
        concurrent: 4,
        time_limit: Duration::from_secs(1),
        stale: Some(Duration::from_secs(86_400)),
    };
    Recursor::new(settings, Arc::new(Still))
}

fn saved(recursor: &Recursor) -> Vec<Vec<u8>> {
    let mut entries = Vec::new();
    let keep = |entry: &[u8]| {
        entries.push(entry.to_vec());
        Ok::<_, Infallible>(())
    };
    let Ok(count) = recursor.save(keep);
    assert_eq!(count, entries.len());
    entries.sort();
    entries
}

fuzz_target!(|input: Input| {
    let first = recursor();
    let away = input.away.map(|seconds| Duration::from_secs(seconds.into()));
    for entry in &input.entries {
        first.take_up(&entry.octets(), away);
    }
    let entries = saved(&first);
    let second = recursor();
    for entry in &entries {
        assert!(second.take_up(entry, Some(Duration::ZERO)), "{entry:?} does not come back");
    }
    assert_eq!(saved(&second), entries);
    let name = Name::from_wire(NAME).expect("a name");
    for fact in second.known(&name, |record| format!("{record:?}")).facts {
        assert!(fact.verdict == "not judged" && fact.seconds <= 86_400, "{fact:?}");
    }
    let question = Question { name, rtype: RecordType::A, class: Class::IN };
    for checking_disabled in [false, true] {
        let ask = Ask { checking_disabled, ..Ask::default() };
        let resolved = second.resolve(&question, ask).now_or_never().expect("nothing to wait for");
        assert!(!resolved.found.authentic, "{:?}", resolved.found);
    }
});
