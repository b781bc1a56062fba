//! One resolution against servers that reply with whatever the fuzzer likes: true replies spoilt, and raw octets.
//!
//! Two zones of a small simulated Internet have hostile servers, one of them signed. Law: whatever they say, a
//! question ends within bounds; of the signed zone nothing but the truth is passed on; no record of another zone is
//! passed on but a true one, nor remembered: afterwards the sound zones answer as ever.

#![no_main]

use std::collections::{BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use libfuzzer_sys::fuzz_target;
use rempart::dns::{Class, Found, Name, Question, Rcode, RecordType};
use rempart::dnssec::{Algorithms, Anchors, NegativeAnchors};
use rempart::recursion::{
    Ask, Minimisation, Moment, Recursor, Settings, Transport, Undelivered, World, is_reply,
};

#[allow(dead_code, unused_imports, reason = "the tests need more of it")]
#[path = "../../tests/simulation/mod.rs"]
mod simulation;

use simulation::Simulation;

const INTERNET: &str = r#"
[[zone]]
signatures = "good"
text = """
$ORIGIN .
@ 3600 SOA a.root. nobody. 1 7200 900 1209600 300
@ 3600 NS a.root.
a.root. 3600 A 192.0.2.1
test. 3600 NS ns.test.
ns.test. 3600 A 192.0.2.2
"""
[[zone]]
signatures = "good"
text = """
$ORIGIN test.
@ 3600 SOA ns nobody 1 7200 900 1209600 300
@ 3600 NS ns
ns 3600 A 192.0.2.2
zone 3600 NS ns
plain 3600 NS ns
odd 3600 NS ns.odd
ns.odd 3600 A 192.0.2.3
wild 3600 NS ns.wild
ns.wild 3600 A 192.0.2.4
"""
[[zone]]
signatures = "good"
text = """
$ORIGIN zone.test.
@ 3600 SOA ns.test. nobody 1 7200 900 1209600 300
@ 3600 NS ns.test.
www 60 A 192.0.2.80
"""
[[zone]]
text = """
$ORIGIN plain.test.
@ 3600 SOA ns.test. nobody 1 7200 900 1209600 300
@ 3600 NS ns.test.
www 60 A 192.0.2.81
"""
[[zone]]
signatures = "good"
nsec3 = { salt = "ab", iterations = 1 }
text = """
$ORIGIN odd.test.
@ 3600 SOA ns nobody 1 7200 900 1209600 300
@ 3600 NS ns
ns 3600 A 192.0.2.3
www 60 A 192.0.2.82
alias 60 CNAME www.zone.test.
*.star 60 A 192.0.2.83
old 60 DNAME plain.test.
"""
[[zone]]
text = """
$ORIGIN wild.test.
@ 3600 SOA ns nobody 1 7200 900 1209600 300
@ 3600 NS ns
ns 3600 A 192.0.2.4
www 60 A 192.0.2.84
alias 60 CNAME www.zone.test.
into 60 CNAME www.odd.test.
old 60 DNAME plain.test.
"""
[[server]]
address = "192.0.2.1"
zones = ["."]
[[server]]
address = "192.0.2.2"
zones = ["test", "zone.test", "plain.test"]
[[server]]
address = "192.0.2.3"
zones = ["odd.test"]
[[server]]
address = "192.0.2.4"
zones = ["wild.test"]
"#;

const NAMES: [&str; 8] = [
    "www.odd.test",
    "alias.odd.test",
    "a.star.odd.test",
    "www.old.odd.test",
    "www.wild.test",
    "alias.wild.test",
    "into.wild.test",
    "www.old.wild.test",
];
const HOSTILE: [&str; 2] = ["192.0.2.3:53", "192.0.2.4:53"];

/// What a hostile server does with its next reply.
#[derive(arbitrary::Arbitrary, Debug)]
enum Trick {
    None,
    /// Other octets at these places.
    Changed(Vec<(u16, u8)>),
    Cut(u16),
    /// The header's flags and rcode.
    Flags(u8, u8),
    /// Octets behind the question, with these counts of records.
    Raw([u8; 3], Vec<u8>),
    /// A record for one of the names, in one of the sections.
    Added {
        section: u8,
        name: u8,
        rtype: u8,
        data: Vec<u8>,
    },
    Silence,
    Unreachable,
}

#[derive(arbitrary::Arbitrary, Debug)]
struct Input {
    name: u8,
    rtype: u8,
    checking_disabled: bool,
    tricks: VecDeque<Trick>,
}

/// The simulated Internet, with the tricks of its hostile servers still to come.
struct Hostile {
    simulation: Simulation,
    tricks: Mutex<VecDeque<Trick>>,
}

impl World for Hostile {
    fn now(&self) -> Moment {
        self.simulation.now()
    }

    fn wall(&self) -> u64 {
        self.simulation.wall()
    }

    fn random(&self) -> u64 {
        self.simulation.random()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.simulation.sleep(time)
    }

    fn exchange(
        &self,
        server: SocketAddr,
        transport: Transport,
        query: Vec<u8>,
    ) -> BoxFuture<'static, Result<Vec<u8>, Undelivered>> {
        let hostile = HOSTILE.iter().any(|address| address.parse() == Ok(server));
        let trick = if hostile { self.tricks.lock().unwrap().pop_front() } else { None };
        let honest = self.simulation.exchange(server, transport, query.clone());
        async move {
            let mut reply = honest.await?;
            match trick {
                Some(Trick::Silence) => return std::future::pending().await,
                Some(Trick::Unreachable) => return Err(Undelivered::Unreachable),
                Some(trick) => trick.play(&query, &mut reply),
                None => {}
            }
            // The network lets nothing else through.
            if is_reply(&query, &reply) { Ok(reply) } else { std::future::pending().await }
        }
        .boxed()
    }
}

impl Trick {
    fn play(self, query: &[u8], reply: &mut Vec<u8>) {
        let question = query.len() - if query[11] > 0 { query.len() - question_end(query) } else { 0 };
        match self {
            Self::None | Self::Silence | Self::Unreachable => {}
            Self::Changed(changes) => {
                let length = reply.len();
                changes.iter().for_each(|(at, octet)| reply[usize::from(*at) % length] = *octet);
            }
            Self::Cut(at) => reply.truncate(usize::from(at) % (reply.len() + 1)),
            Self::Flags(first, second) => (reply[2], reply[3]) = (first | 0x80, second),
            Self::Raw(counts, octets) => {
                reply.truncate(question);
                (reply[7], reply[9], reply[11]) = (counts[0], counts[1], counts[2]);
                reply.extend(octets);
            }
            Self::Added { section, name, rtype, data } => {
                // Before all others there is only the question, so that it counts as the first answer.
                let owner = owners()[usize::from(name) % owners().len()].as_wire().to_vec();
                let length = (data.len() as u16).to_be_bytes();
                let types = [1, 2, 5, 6, 28, 39, 43, 46, 47, 48, 50, 41].map(u16::to_be_bytes);
                let rtype = types[usize::from(rtype) % types.len()];
                let record = [&owner[..], &rtype, &[0, 1, 0, 0, 0, 60], &length, &data].concat();
                let count = 7 + 2 * usize::from(section % 3);
                reply[count] = reply[count].saturating_add(1);
                reply.splice(question..question, record);
            }
        }
    }
}

fn question_end(query: &[u8]) -> usize {
    let mut at = 12;
    while query[at] != 0 {
        at += 1 + usize::from(query[at]);
    }
    at + 5
}

fn owners() -> &'static [Name] {
    static OWNERS: LazyLock<Vec<Name>> = LazyLock::new(|| {
        let others = [
            ".",
            "test",
            "zone.test",
            "www.zone.test",
            "plain.test",
            "www.plain.test",
            "ns.test",
            "odd.test",
            "wild.test",
        ];
        NAMES.iter().chain(&others).map(|name| Name::from_text(name).unwrap()).collect()
    });
    &OWNERS
}

fn question(name: &str, rtype: RecordType) -> Question {
    Question { name: Name::from_text(name).unwrap(), rtype, class: Class::IN }
}

type Data = BTreeSet<(Name, RecordType, Vec<u8>)>;

/// What an answer says, without TTLs.
fn plain(found: &Found) -> (Rcode, bool, Data) {
    let record = |record: &rempart::dns::Record| {
        (record.owner.to_lowercase(), record.rtype, record.data.to_ascii_lowercase())
    };
    (found.rcode, found.authentic, found.answer.iter().map(record).collect())
}

/// Asks the questions in turn of a recursor that knows nothing.
fn resolve(tricks: VecDeque<Trick>, questions: &[(Question, Ask)]) -> Vec<Arc<Found>> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let simulation = Simulation::new(INTERNET);
        let settings = Settings {
            hints: vec!["192.0.2.1".parse().unwrap()],
            fixed: Vec::new(),
            dnssec: true,
            anchors: Anchors::parse(&simulation.trust_anchor(), Algorithms::default()).unwrap(),
            unjudged: Vec::new(),
            negative: NegativeAnchors::new([]),
            minimisation: Minimisation::Relaxed,
            unreachable: Vec::new(),
            reach: vec!["192.0.2.0/24".parse().unwrap()],
            memory: 4 << 20,
            concurrent: 16,
            time_limit: Duration::from_secs(5),
            stale: None,
        };
        let world = Hostile { simulation: simulation.clone(), tricks: Mutex::new(tricks) };
        let recursor = Recursor::new(settings, Arc::new(world));
        let mut founds = Vec::new();
        for (question, ask) in questions {
            let (begun, before) = (simulation.now(), simulation.asked_count());
            let resolved = recursor.resolve(question, *ask).await;
            assert!(simulation.now().since(begun) <= Duration::from_secs(6), "too long");
            assert!(simulation.asked_count() - before <= 120, "too many queries");
            founds.push(resolved.found);
        }
        founds
    })
}

fuzz_target!(|input: Input| {
    let name = NAMES[usize::from(input.name) % NAMES.len()];
    let types = [
        RecordType::A,
        RecordType::AAAA,
        RecordType::CNAME,
        RecordType::NS,
        RecordType::MX,
        RecordType::DNAME,
    ];
    let asked = question(name, types[usize::from(input.rtype) % types.len()]);
    let ask = Ask { checking_disabled: input.checking_disabled, ..Ask::default() };
    let mut questions = vec![(asked, ask)];
    for sound in ["www.zone.test", "www.plain.test", "nothing.zone.test", "ns.test"] {
        questions.push((question(sound, RecordType::A), Ask::default()));
    }
    let truth: Vec<_> = resolve(VecDeque::new(), &questions).iter().map(|found| plain(found)).collect();
    let found: Vec<_> = resolve(input.tricks, &questions).iter().map(|found| plain(found)).collect();
    assert_eq!(found[1..], truth[1..], "poisoned");
    let (rcode, authentic, data) = &found[0];
    if *rcode == Rcode::SERVFAIL {
        return;
    }
    let signed = name.ends_with("odd.test") && !name.contains("old");
    if signed && !input.checking_disabled {
        assert_eq!(found[0], truth[0], "a lie about a signed zone");
    }
    assert!(!authentic || truth[0].1, "authentic beyond the truth");
    // Of sound zones only what is true of them.
    let sound: Data = truth[1..].iter().flat_map(|(_, _, data)| data.clone()).collect();
    for record in data {
        let theirs = ["zone.test", "plain.test"].map(|zone| Name::from_text(zone).unwrap());
        let foreign = theirs.iter().any(|zone| record.0.is_within(zone));
        assert!(!foreign || sound.contains(record), "{record:?} is none of theirs");
        let ours = ["odd.test", "wild.test"].map(|zone| Name::from_text(zone).unwrap());
        assert!(
            foreign || ours.iter().any(|zone| record.0.is_within(zone)) || sound.contains(record),
            "{record:?}"
        );
    }
});
