//! Counters of one thread, or of several.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// How a query came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// In a datagram, with a limit on the reply.
    Udp,
    /// On a stream.
    Tcp,
    /// On a stream of TLS (RFC 7858).
    Tls,
    /// By HTTP/1.1 or HTTP/2 (RFC 8484).
    Https,
    /// By HTTP/3.
    Http3,
    /// On a stream of QUIC (RFC 9250).
    Quic,
}

impl Transport {
    /// Whether nobody on the way can read it.
    pub fn is_encrypted(self) -> bool {
        !matches!(self, Self::Udp | Self::Tcp)
    }

    /// As a label.
    pub(super) fn label(self) -> &'static str {
        Self::LABELS[self as usize]
    }
}

/// What decided on a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The packet alone: not readable, not supported, about the server itself.
    Protocol,
    /// The client may not ask.
    Denied,
    /// The limit on answers to one network.
    Limited,
    /// A list.
    Blocked,
    /// The address that it leads to, which is inside.
    Rebinding,
    /// The cache had the answer.
    Cached,
    /// It was resolved.
    Resolved,
}

/// What came of a listed name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// It was blocked.
    Blocked,
    /// It was only counted.
    Shadow,
    /// The operator had exempted it or the client's group.
    Exempt,
    /// It must stay reachable.
    Protected,
    /// A rule that is not in force yet would have blocked it, and nothing in force did.
    Staged,
}

macro_rules! labels {
    ($type:ident: $($variant:ident = $label:literal),*) => {
        impl $type {
            pub(super) const LABELS: &[&str] = &[$($label),*];
            pub(super) const ALL: &[Self] = &[$(Self::$variant),*];
        }
    };
}

labels!(Transport: Udp = "udp", Tcp = "tcp", Tls = "tls", Https = "https", Http3 = "http3", Quic = "quic");
labels!(Kind: Protocol = "protocol", Denied = "denied", Limited = "limited", Blocked = "blocked", Rebinding = "rebinding", Cached = "cached", Resolved = "resolved");
labels!(What: Blocked = "blocked", Shadow = "shadow", Exempt = "exempt", Protected = "protected", Staged = "staged");

/// The rcodes that are counted apart; all others share the last place.
pub(super) const RCODES: [&str; 9] =
    ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "BADVERS", "BADCOOKIE", "OTHER"];

/// Upper bounds of the latency histogram's buckets, in microseconds.
pub const LATENCY_BOUNDS: [u64; 14] =
    [10, 20, 50, 100, 200, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 5_000_000];

/// Lists that are counted apart; more share the last place.
pub(super) const LISTS: usize = 64;
const TRANSPORTS: usize = Transport::ALL.len();
const KINDS: usize = Kind::ALL.len();
const WHATS: usize = What::ALL.len();

/// One query, to be counted.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    /// How it came.
    pub transport: Transport,
    /// What decided.
    pub kind: Kind,
    /// The reply's code, 0 to 4095.
    pub rcode: u16,
    /// Whether a reply was sent.
    pub answered: bool,
    /// The slot of the list that spoke, and what came of it.
    pub list: Option<(u16, What)>,
    /// The slots, by bit, of the lists whose staged rules would have blocked it; from 63 on all are one.
    pub staged: u64,
}

/// Aligned so that no two threads' share a cache line.
#[derive(Debug, Default)]
#[repr(align(128))]
pub(super) struct Counters {
    pub(super) queries: [[[AtomicU64; RCODES.len()]; KINDS]; TRANSPORTS],
    pub(super) unanswered: [[AtomicU64; KINDS]; TRANSPORTS],
    pub(super) lists: ListCounts,
    pub(super) latency: [AtomicU64; LATENCY_BOUNDS.len() + 1],
    pub(super) latency_sum: AtomicU64,
}

/// Counts by slot and by what came of it.
#[derive(Debug)]
pub(super) struct ListCounts(pub(super) [[AtomicU64; WHATS]; LISTS]);

impl Default for ListCounts {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Default::default()))
    }
}

/// Counters that one thread adds to: being the only one, it needs no locked instruction for it.
#[derive(Debug)]
pub struct Shard(pub(super) Arc<Counters>);

/// Counters that several threads add to.
#[derive(Clone, Debug)]
pub struct SharedShard(pub(super) Arc<Counters>);

impl Shard {
    /// Counts a query.
    pub fn query(&mut self, count: Count) {
        self.0.query(count, add_alone);
    }

    /// Counts the time from a packet's arrival to its reply, for `queries` of one batch.
    pub fn latency(&mut self, micros: u64, queries: u64) {
        self.0.latency(micros, queries, add_alone);
    }
}

impl SharedShard {
    /// Counts a query.
    pub fn query(&self, count: Count) {
        self.0.query(count, add);
    }

    /// Counts the time from a query's arrival to its reply.
    pub fn latency(&self, micros: u64) {
        self.0.latency(micros, 1, add);
    }
}

/// Right only where nobody else adds.
fn add_alone(place: &AtomicU64, number: u64) {
    place.store(place.load(Relaxed).wrapping_add(number), Relaxed);
}

fn add(place: &AtomicU64, number: u64) {
    place.fetch_add(number, Relaxed);
}

impl Counters {
    fn query(&self, count: Count, add: impl Fn(&AtomicU64, u64)) {
        let (transport, kind) = (count.transport as usize, count.kind as usize);
        let place = if count.answered {
            &self.queries[transport][kind][rcode_place(count.rcode)]
        } else {
            &self.unanswered[transport][kind]
        };
        add(place, 1);
        if let Some((slot, what)) = count.list {
            add(&self.lists.0[usize::from(slot).min(LISTS - 1)][what as usize], 1);
        }
        let mut staged = count.staged;
        while staged != 0 {
            let slot = staged.trailing_zeros() as usize;
            add(&self.lists.0[slot.min(LISTS - 1)][What::Staged as usize], 1);
            staged &= staged - 1;
        }
    }

    fn latency(&self, micros: u64, queries: u64, add: impl Fn(&AtomicU64, u64)) {
        let bucket = LATENCY_BOUNDS.partition_point(|bound| *bound < micros);
        add(&self.latency[bucket], queries);
        add(&self.latency_sum, micros * queries);
    }
}

fn rcode_place(rcode: u16) -> usize {
    match rcode {
        0..=5 => usize::from(rcode),
        16 => 6,
        23 => 7,
        _ => 8,
    }
}
