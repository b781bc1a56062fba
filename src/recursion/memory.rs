//! What is remembered: facts, delegations, the trust in zones, failures, and the quality of servers, all in one
//! memory of one size.
//!
//! The memory is a `quick_cache`, sharded and weighed in octets, which keeps what is used again and again while
//! scans pass through. Entries are small and shared; nothing is edited, only replaced. Facts stay after their TTL
//! has passed, to be given when nothing better can be had (RFC 8767); whoever looks says how old is too old.

mod walk;

use std::hash::{Hash, Hasher};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};

use super::delegation::Delegation;
use super::fact::{Fact, Said};
use super::proofs::Proofs;
use super::servers::Server;
use super::trust::Trust;
use super::world::Moment;
use crate::dns::{ExtendedError, Name, Question, RecordType};

/// An entry costs this much beside its content: the table's own, allocations and their heads.
const OVERHEAD: usize = 160;
/// As an average, to size the table.
const COMMON_WEIGHT: usize = 600;

/// What a look-up is for, beside the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Fact(RecordType),
    NameError,
    Failure(RecordType),
    Delegation,
    Trust,
    Server,
    Lame,
    Proofs,
}

#[derive(Clone, PartialEq, Eq)]
struct Key {
    name: Box<[u8]>,
    kind: Kind,
}

/// A key that borrows its name, in lower case.
#[derive(PartialEq, Eq)]
struct KeyView<'a>(&'a [u8], Kind);

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        KeyView(&self.name, self.kind).hash(state);
    }
}

impl Hash for KeyView<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
        self.1.hash(state);
    }
}

impl Equivalent<Key> for KeyView<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.1 == key.kind && *self.0 == *key.name
    }
}

#[derive(Clone)]
enum Kept {
    Fact(Fact),
    Failure(Failure),
    Delegation(Arc<Delegation>),
    Trust(KnownTrust),
    Server(Server),
    Lame(Moment),
    /// With their weight when they were kept: they grow, and an entry's weight must not.
    Proofs(Proofs, usize),
}

/// The trust in a zone.
#[derive(Clone)]
pub(super) struct KnownTrust {
    /// The trust.
    pub(super) trust: Trust,
    /// When it was found out.
    pub(super) since: Moment,
    /// Until when it holds.
    pub(super) until: Moment,
}

/// A failure that is remembered (RFC 9520).
#[derive(Clone, Debug)]
pub(super) struct Failure {
    /// What went wrong.
    pub(super) error: ExtendedError,
    /// How long it was remembered for, in seconds.
    pub(super) seconds: u32,
    /// Until when.
    pub(super) until: Moment,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Kept> for Weight {
    fn weight(&self, key: &Key, kept: &Kept) -> u64 {
        let content = match kept {
            Kept::Fact(fact) => fact.weight(),
            Kept::Failure(_) | Kept::Server(_) | Kept::Lame(_) => 0,
            Kept::Delegation(delegation) => delegation.weight(),
            Kept::Proofs(_, weight) => *weight,
            Kept::Trust(known) => known.trust.weight(),
        };
        (key.name.len() + content + OVERHEAD) as u64
    }
}

/// The memory, shared by all resolutions.
pub(super) struct Memory {
    cache: Cache<Key, Kept, Weight>,
}

impl Memory {
    /// A memory of about `octets`.
    pub(super) fn new(octets: usize) -> Self {
        Self { cache: Cache::with_weighter(octets / COMMON_WEIGHT, octets as u64, Weight) }
    }

    fn find(&self, name: &[u8], kind: Kind) -> Option<Kept> {
        self.cache.get(&KeyView(name, kind))
    }

    fn keep(&self, name: &[u8], kind: Kind, kept: Kept) {
        self.cache.insert(Key { name: name.into(), kind }, kept);
    }

    /// The fact of this name and type: data, an alias or its denial, at whatever age.
    pub(super) fn fact(&self, name: &Name, rtype: RecordType) -> Option<Fact> {
        self.find_fact(name, Kind::Fact(rtype))
    }

    /// The fact that this name does not exist.
    pub(super) fn name_error(&self, name: &Name) -> Option<Fact> {
        self.find_fact(name, Kind::NameError)
    }

    fn find_fact(&self, name: &Name, kind: Kind) -> Option<Fact> {
        match self.find(name.canonical().as_wire(), kind)? {
            Kept::Fact(fact) => Some(fact),
            _ => None,
        }
    }

    /// Keeps a fact that answers `question`, under the name and type that it is about. One of lesser rank, or
    /// whose TTL is 0, takes nothing's place.
    pub(super) fn keep_fact(&self, question: &Question, fact: &Fact, now: Moment) {
        let (name, kind) = match &*fact.said {
            Said::Data { set, .. } => (&set.owner, Kind::Fact(set.rtype)),
            Said::NoData { .. } => (&question.name, Kind::Fact(question.rtype)),
            Said::NameError { .. } => (&question.name, Kind::NameError),
        };
        let name = name.canonical();
        if let Some(Kept::Fact(known)) = self.cache.peek(&KeyView(name.as_wire(), kind))
            && !fact.may_replace(&known, now)
        {
            return;
        }
        self.keep(name.as_wire(), kind, Kept::Fact(fact.clone()));
        // What exists, or existed again a moment ago, is denied no longer.
        if fact.is_data()
            && fact.is_fresh(now)
            && let Some(Kept::Fact(denied)) = self.cache.peek(&KeyView(name.as_wire(), Kind::NameError))
            && fact.may_replace(&denied, now)
        {
            self.cache.remove(&KeyView(name.as_wire(), Kind::NameError));
        }
        self.cache.remove(&KeyView(question.name.canonical().as_wire(), Kind::Failure(question.rtype)));
    }

    /// The last failure of this question, even if it is over.
    pub(super) fn failure(&self, question: &Question) -> Option<Failure> {
        match self.find(question.name.canonical().as_wire(), Kind::Failure(question.rtype))? {
            Kept::Failure(failure) => Some(failure),
            _ => None,
        }
    }

    /// Remembers a failure.
    pub(super) fn keep_failure(&self, question: &Question, failure: Failure) {
        let name = question.name.canonical();
        self.keep(name.as_wire(), Kind::Failure(question.rtype), Kept::Failure(failure));
    }

    /// The delegation of exactly this zone, if it still holds.
    pub(super) fn delegation(&self, zone: &Name, now: Moment) -> Option<Arc<Delegation>> {
        match self.find(zone.canonical().as_wire(), Kind::Delegation)? {
            Kept::Delegation(delegation) if delegation.expires > now => Some(delegation),
            _ => None,
        }
    }

    /// The delegation closest to a name, at it or above it.
    pub(super) fn closest_delegation(&self, name: &Name, now: Moment) -> Option<Arc<Delegation>> {
        name.and_above().find_map(|zone| self.delegation(&zone, now))
    }

    /// The delegation closest to a name and below `above` that has run out less than `bound` ago.
    pub(super) fn lapsed_delegation(
        &self,
        name: &Name,
        above: &Name,
        now: Moment,
        bound: Duration,
    ) -> Option<Arc<Delegation>> {
        name.and_above().take_while(|zone| zone != above).find_map(|zone| {
            match self.find(zone.canonical().as_wire(), Kind::Delegation)? {
                Kept::Delegation(known) if known.expires <= now && known.expires.after(bound) > now => {
                    Some(known)
                }
                _ => None,
            }
        })
    }

    /// Remembers a delegation.
    pub(super) fn keep_delegation(&self, delegation: &Arc<Delegation>) {
        let zone = delegation.zone.canonical();
        self.keep(zone.as_wire(), Kind::Delegation, Kept::Delegation(Arc::clone(delegation)));
    }

    /// The trust in exactly this zone, if it still holds.
    pub(super) fn trust(&self, zone: &Name, now: Moment) -> Option<KnownTrust> {
        match self.find(zone.canonical().as_wire(), Kind::Trust)? {
            Kept::Trust(known) if known.until > now => Some(known),
            _ => None,
        }
    }

    /// Remembers the trust in a zone.
    pub(super) fn keep_trust(&self, zone: &Name, known: KnownTrust) {
        self.keep(zone.canonical().as_wire(), Kind::Trust, Kept::Trust(known));
    }

    /// Forgets the trust in a zone, and what led to it.
    pub(super) fn forget_keys(&self, zone: &Name) {
        self.cache.remove(&KeyView(zone.canonical().as_wire(), Kind::Trust));
        self.forget_way_to_keys(zone);
    }

    /// Forgets what leads to the keys of a zone: they are asked for anew, and so is what its parent says of them.
    pub(super) fn forget_way_to_keys(&self, zone: &Name) {
        let name = zone.canonical();
        for rtype in [RecordType::DNSKEY, RecordType::DS] {
            self.cache.remove(&KeyView(name.as_wire(), Kind::Fact(rtype)));
        }
        if let Some(Kept::Delegation(known)) = self.find(name.as_wire(), Kind::Delegation)
            && !known.signer.is_empty()
        {
            self.keep_delegation(&Arc::new(Delegation { signer: Vec::new(), ..(*known).clone() }));
        }
    }

    /// The proved records of a zone.
    pub(super) fn proofs(&self, zone: &Name) -> Option<Proofs> {
        match self.find(zone.canonical().as_wire(), Kind::Proofs)? {
            Kept::Proofs(proofs, _) => Some(proofs),
            _ => None,
        }
    }

    /// Remembers the proved records of a zone; weighed anew each time.
    pub(super) fn keep_proofs(&self, zone: &Name, proofs: Proofs) {
        let weight = proofs.weight();
        self.keep(zone.canonical().as_wire(), Kind::Proofs, Kept::Proofs(proofs, weight));
    }

    /// What is known of a server.
    pub(super) fn server(&self, address: SocketAddr) -> Server {
        match self.find(&server_key(address), Kind::Server) {
            Some(Kept::Server(server)) => server,
            _ => Server::default(),
        }
    }

    /// Remembers what was learned of a server.
    pub(super) fn keep_server(&self, address: SocketAddr, server: Server) {
        self.keep(&server_key(address), Kind::Server, Kept::Server(server));
    }

    /// Whether a server is known to be of no use for a zone.
    pub(super) fn is_lame(&self, server: SocketAddr, zone: &Name, now: Moment) -> bool {
        matches!(self.find(&lame_key(server, zone), Kind::Lame), Some(Kept::Lame(until)) if until > now)
    }

    /// Remembers that a server is of no use for a zone.
    pub(super) fn keep_lame(&self, server: SocketAddr, zone: &Name, until: Moment) {
        self.keep(&lame_key(server, zone), Kind::Lame, Kept::Lame(until));
    }
}

/// The zone first: where a name ends, nobody need be told.
fn lame_key(server: SocketAddr, zone: &Name) -> Vec<u8> {
    [zone.canonical().as_wire(), &server_key(server)].concat()
}

fn server_key(address: SocketAddr) -> Vec<u8> {
    let mut key = match address.ip() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    key.extend(address.port().to_be_bytes());
    key
}
