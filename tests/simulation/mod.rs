//! A simulated Internet: authoritative servers that are right about everything but what a test spoils, over a
//! network that loses, delays and forges, all of it from TOML.
//!
//! - `zone`: a zone, its keys and flaws, and the words for them; `denial` and `answer`: what is said from it
//! - `server`: the words for a server and for what it does wrong
//! - `network`: the way there and back
//! - `text`, `message`, `keys`: zone text, messages and signatures, written for tests and not taken from what is
//!   tested
//!
//! Delays are in tokio's time, so that a paused clock costs nothing. Chance comes from a seed alone.

mod answer;
mod chance;
mod denial;
mod keys;
mod message;
mod network;
mod server;
mod text;
mod zone;

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};
use rempart::dns::{Name, Record, RecordType};
use rempart::resolver::Transport;
use serde::Deserialize;
use tokio::time::Instant;

pub(crate) use chance::Chance;
pub(crate) use keys::Algorithm;
pub(crate) use server::{Behaviour, Letters, Rule, Sections, Server, transport_word};
pub(crate) use text::records;
pub(crate) use zone::{Delegation, Flaw, Nsec3, ZoneScript};

use zone::Zone;

/// 15 January 2027.
const BEGINNING: u64 = 1_800_000_000;

/// The simulated Internet. Copies share everything.
#[derive(Clone)]
pub(crate) struct Simulation(Arc<World>);

struct World {
    zones: Vec<Zone>,
    servers: Mutex<HashMap<SocketAddr, Arc<Server>>>,
    asked: Mutex<Vec<Asked>>,
    chance: Mutex<Chance>,
    /// Since when time is counted; from the first query on.
    start: Mutex<Option<Instant>>,
    /// What the resolver's clock shows at the start.
    wall: u64,
    /// Processor time that servers took for their replies.
    spent: Mutex<Duration>,
}

/// A query that reached a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) server: SocketAddr,
    pub(crate) transport: Transport,
    /// In lower case, with its final dot.
    pub(crate) name: String,
    /// In the letters that were sent.
    pub(crate) written: String,
    pub(crate) rtype: String,
    pub(crate) edns: bool,
    pub(crate) cookie: bool,
}

/// Processor time of this thread.
pub(crate) fn processor_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap().into()
}

/// The world as it is written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Script {
    pub(crate) zone: Vec<ZoneScript>,
    pub(crate) server: Vec<Server>,
    pub(crate) seed: u64,
    /// Seconds since 1970 by the resolver's clock at the beginning; absent: 15 January 2027.
    pub(crate) wall: Option<u64>,
}

/// A zone that was made and not written.
pub(crate) struct Made {
    pub(crate) records: Vec<Record>,
    pub(crate) script: ZoneScript,
}

impl Simulation {
    /// Reads the world from TOML; panics at whatever it cannot mean.
    pub(crate) fn new(script: &str) -> Self {
        Self::of(toml::from_str(script).expect("the script of a simulation"))
    }

    /// The world of a script that has been read.
    pub(crate) fn of(script: Script) -> Self {
        Self::build(script.zone.into_iter().map(Zone::new).collect(), script.server, script.seed, script.wall)
    }

    /// The world of zones that were made.
    pub(crate) fn made(zones: Vec<Made>, servers: Vec<Server>, seed: u64) -> Self {
        Self::build(
            zones.into_iter().map(|made| Zone::of(made.records, made.script)).collect(),
            servers,
            seed,
            None,
        )
    }

    fn build(mut zones: Vec<Zone>, servers: Vec<Server>, seed: u64, wall: Option<u64>) -> Self {
        // Of zones with the same label the first counts.
        let mut labels = HashSet::new();
        zones.retain(|zone| labels.insert(zone.label.clone()));
        for child in 0..zones.len() {
            let origin = zones[child].origin.clone();
            // Of versions of a zone the first that is signed has the say.
            let told = |zone: &Zone| zone.origin == origin && zone.wants_delegation();
            if !told(&zones[child]) || zones[..child].iter().any(told) {
                continue;
            }
            let signers = zones[child].delegation_signers();
            for parent in parents(&zones, &origin) {
                if zones[parent].set(&origin, RecordType::DS).is_none() {
                    signers.iter().cloned().for_each(|record| zones[parent].add(record));
                }
            }
        }
        zones.iter_mut().for_each(Zone::finish);
        let servers =
            servers.into_iter().map(|server| (address(&server.address), Arc::new(server))).collect();
        Self(Arc::new(World {
            zones,
            servers: Mutex::new(servers),
            asked: Mutex::default(),
            chance: Mutex::new(Chance::new(seed)),
            start: Mutex::default(),
            wall: wall.unwrap_or(BEGINNING),
            spent: Mutex::default(),
        }))
    }

    /// Processor time that servers took for their replies.
    pub(crate) fn spent(&self) -> Duration {
        *self.0.spent.lock().unwrap()
    }

    /// The keys of the signed root, as the text of a trust anchor file.
    pub(crate) fn trust_anchor(&self) -> String {
        self.trust_anchor_of(".")
    }

    /// The same for the zone of any label.
    pub(crate) fn trust_anchor_of(&self, label: &str) -> String {
        self.zone(label).trust_anchor()
    }

    /// DS records for a zone's keys, as text.
    pub(crate) fn delegation_of(&self, label: &str) -> String {
        let hexadecimal = |data: &[u8]| data.iter().map(|octet| format!("{octet:02X}")).collect::<String>();
        let line = |record: Record| {
            let tag = u16::from_be_bytes([record.data[0], record.data[1]]);
            let digest = hexadecimal(&record.data[4..]);
            format!("{} 3600 IN DS {tag} {} {} {digest}\n", record.owner, record.data[2], record.data[3])
        };
        self.zone(label).delegation_signers().into_iter().map(line).collect()
    }

    fn zone(&self, label: &str) -> &Zone {
        let label = label.trim_end_matches('.');
        self.0.zones.iter().find(|zone| zone.label == label).unwrap_or_else(|| panic!("no zone `{label}`"))
    }

    /// Whether there is a root zone that is signed.
    pub(crate) fn is_signed(&self) -> bool {
        self.0.zones.iter().any(|zone| zone.origin.is_root() && zone.is_signed())
    }

    /// What has been asked so far, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.0.asked.lock().unwrap().clone()
    }

    /// How many queries have been asked so far.
    pub(crate) fn asked_count(&self) -> usize {
        self.0.asked.lock().unwrap().len()
    }

    /// How many queries of one name and type have been asked, of whatever server.
    pub(crate) fn count(&self, name: &str, rtype: &str) -> usize {
        self.asked().iter().filter(|asked| asked.name == name && asked.rtype == rtype).count()
    }

    /// Puts `server` in the place of whoever had its address.
    pub(crate) fn replace(&self, server: Server) {
        self.0.servers.lock().unwrap().insert(address(&server.address), Arc::new(server));
    }
}

/// The zones that delegate `origin`: the nearest above it, in all its versions.
fn parents(zones: &[Zone], origin: &Name) -> Vec<usize> {
    let above = |zone: &&Zone| zone.origin != *origin && origin.is_within(&zone.origin);
    let Some(depth) = zones.iter().filter(above).map(|zone| zone.origin.label_count()).max() else {
        return Vec::new();
    };
    let nearest = |index: &usize| above(&&zones[*index]) && zones[*index].origin.label_count() == depth;
    (0..zones.len()).filter(nearest).filter(|index| zones[*index].is_signed()).collect()
}

/// An address, with port 53 unless it says another.
pub(crate) fn address(text: &str) -> SocketAddr {
    text.parse().unwrap_or_else(|_| SocketAddr::new(text.parse().expect("an address"), 53))
}
