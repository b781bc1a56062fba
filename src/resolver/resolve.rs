//! The resolver as the program drives it: out of the configuration, on tokio, counted.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::config::Config;
use super::error::Error;
use super::keeper::AnchorStatus;
use super::memory_file::{Kept, MemoryFile, MemoryFileError};
use super::roots;
use super::text::text;
use crate::dns::{Found, Name, Names, Question};
use crate::dnssec::{Algorithms, NegativeAnchors};
use crate::recursion::{Ask, ClockError, FixedZone, Known, Outcome, Recursor, Settings, Upstream, World};

/// Finds answers. Copies share everything.
#[derive(Clone)]
pub struct Resolver {
    pub(super) recursor: Recursor,
    pub(super) world: Arc<dyn World>,
    anchors: Arc<Mutex<Vec<AnchorStatus>>>,
    memory_file: Option<Arc<MemoryFile>>,
    counts: Arc<[AtomicU64; Outcome::ALL.len()]>,
}

impl Resolver {
    /// Builds a resolver, reading the files that `config` names but for that of its memory. Asks nothing of the world
    /// yet.
    pub fn new(config: &Config, world: Arc<dyn World>) -> Result<Self, Error> {
        config.check()?;
        let recursor = Recursor::new(settings(config)?, world.clone());
        let status = |zone: String| AnchorStatus {
            zone,
            followed: false,
            verified: None,
            failure: None,
            keys: Vec::new(),
        };
        let zones = recursor.anchors().iter().map(|anchor| status(anchor.zone().to_string())).collect();
        let anchors = if config.dnssec { zones } else { Vec::new() };
        Ok(Self {
            recursor,
            world,
            anchors: Arc::new(Mutex::new(anchors)),
            memory_file: config.memory_file.clone().map(|path| Arc::new(MemoryFile::new(path))),
            counts: Arc::default(),
        })
    }

    /// Resolves a question of class IN. Failures are SERVFAIL with an extended error: 5 to 12 for what does
    /// not validate, 22 for servers that could not be reached or not in time, 23 when too much is asked of
    /// us.
    pub async fn resolve(&self, question: &Question, ask: Ask) -> Arc<Found> {
        let resolved = self.recursor.resolve(question, ask).await;
        if let Some(rest) = resolved.rest {
            tokio::spawn(rest);
        }
        self.counts[resolved.outcome as usize].fetch_add(1, Ordering::Relaxed);
        resolved.found
    }

    /// Takes up what an earlier run has saved; nothing where there is no such file, or none is configured. Blocks on
    /// disk.
    pub fn take_up(&self) -> Result<Option<Kept>, MemoryFileError> {
        let Some(file) = &self.memory_file else { return Ok(None) };
        file.take_up(&self.recursor, self.world.wall())
    }

    /// Saves what was learned for the next run; nothing where no file is configured. Blocks on disk.
    pub fn save(&self) -> Result<Option<Kept>, MemoryFileError> {
        let Some(file) = &self.memory_file else { return Ok(None) };
        file.save(&self.recursor, self.world.wall()).map(Some)
    }

    /// Whether anything is ever saved.
    pub fn is_saved(&self) -> bool {
        self.memory_file.is_some()
    }

    /// What is known of a name. Looks at the whole memory.
    pub fn known(&self, name: &Name) -> Known {
        self.recursor.known(name, text)
    }

    /// Forgets all that would answer for these names, and says how many entries that were. Looks at the whole memory.
    pub fn forget(&self, names: &Names) -> usize {
        self.recursor.forget(names)
    }

    /// How the trust anchors stand.
    pub fn anchors(&self) -> Vec<AnchorStatus> {
        self.anchors.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_anchors(&self, anchors: Vec<AnchorStatus>) {
        *self.anchors.lock().unwrap_or_else(PoisonError::into_inner) = anchors;
    }

    /// What speaks against the clock of this machine, for as long as it does.
    pub fn clock_error(&self) -> Option<ClockError> {
        self.recursor.clock_error()
    }

    /// How many questions have had each outcome since the start.
    pub fn counts(&self) -> [(Outcome, u64); Outcome::ALL.len()] {
        Outcome::ALL.map(|outcome| (outcome, self.counts[outcome as usize].load(Ordering::Relaxed)))
    }
}

/// The configuration, with what its files hold.
fn settings(config: &Config) -> Result<Settings, Error> {
    let mut fixed = Vec::new();
    let mut unjudged = Vec::new();
    for (index, zone) in config.zones.iter().enumerate() {
        let suffix = zone.suffix(index)?;
        if !zone.dnssec {
            unjudged.push(suffix.clone());
        }
        let recursive = zone.stub.is_empty();
        let servers: &[Upstream] = if recursive { &zone.forward } else { &zone.stub };
        fixed.push(Arc::new(FixedZone { zone: suffix, servers: servers.to_vec(), recursive }));
    }
    if !config.forward.is_empty() {
        let servers = config.forward.clone();
        fixed.push(Arc::new(FixedZone { zone: Name::root(), servers, recursive: true }));
    }
    let negative = config.negative_trust_anchors.iter().enumerate().map(|(index, anchor)| anchor.zone(index));
    let stale = (config.stale_hours > 0).then(|| Duration::from_secs(u64::from(config.stale_hours) * 3_600));
    Ok(Settings {
        hints: roots::hints(config.root_hints.as_deref())?,
        fixed,
        dnssec: config.dnssec,
        anchors: roots::anchors(config.trust_anchor.as_deref(), Algorithms { sha1: config.sha1 })?,
        unjudged,
        negative: NegativeAnchors::new(negative.collect::<Result<Vec<_>, _>>()?),
        minimisation: config.query_name_minimisation,
        unreachable: UNREACHABLE.iter().filter_map(|text| text.parse().ok()).collect(),
        reach: config.reach.clone(),
        memory: config.memory << 20,
        concurrent: config.concurrent,
        time_limit: Duration::from_millis(config.time_limit),
        stale,
    })
}

/// Networks in which no server of the public tree can be (RFC 6890 and IANA's registries): this host, private and
/// shared networks, documentation, benchmarks, multicast and what is reserved.
const UNREACHABLE: &[&str] = &[
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/3",
    "::/127",
    "100::/64",
    "2001:db8::/32",
    "3fff::/20",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
];

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use ipnet::IpNet;

    use super::*;

    #[test]
    fn the_unreachable_networks_can_be_read() {
        let networks: Vec<IpNet> = settings(&Config::default()).unwrap().unreachable;
        assert_eq!(networks.len(), UNREACHABLE.len());
        let within = |text: &str| {
            let address: IpAddr = text.parse().unwrap();
            networks.iter().any(|network| network.contains(&address))
        };
        assert!(within("127.0.0.1") && within("::1") && within("255.255.255.255") && within("fd00::1"));
        assert!(!within("198.41.0.4") && !within("2001:500:2::c"));
    }
}
