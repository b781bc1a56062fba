//! What an administrator may ask of the cache: which answers it has for a name, and to forget them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::cache::Entry;
use super::engine::Engine;
use crate::dns::{Name, Names};

/// An answer in the cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CachedAnswer {
    /// The type that was asked for.
    pub rtype: String,
    /// The number of the response code.
    pub rcode: u16,
    /// Records in the answer section.
    pub records: u16,
    /// The names that the answer leads to.
    pub leads_to: Vec<String>,
    /// Seconds for which it holds.
    pub seconds: u32,
    /// Whether all of it was validated.
    pub authentic: bool,
    /// Whether it is for clients that ask for signatures (DO).
    pub dnssec_ok: bool,
    /// Whether it is for clients that validate for themselves (CD).
    pub checking_disabled: bool,
    /// Whether its IPv6 addresses were made for a NAT64.
    pub made: bool,
    /// Its extended errors.
    pub errors: Vec<String>,
}

impl Engine {
    /// The answers in the cache for a name, at `now` in monotonic seconds.
    pub fn cached(&self, name: &Name, now: u32) -> Vec<CachedAnswer> {
        let wire = name.canonical();
        let fits = |entry: &Arc<Entry>| *entry.name == *wire.as_wire() && now < entry.expires;
        let mut found = Vec::new();
        self.cache.visit(|entry| {
            if fits(entry) {
                found.push(CachedAnswer::of(entry, now));
            }
        });
        found.sort_by(|a, b| (&a.rtype, a.dnssec_ok).cmp(&(&b.rtype, b.dnssec_ok)));
        found
    }

    /// Forgets the answers for these names and those that lead to one of them, and says how many those were.
    pub fn forget(&self, names: &Names) -> usize {
        self.cache.forget(|entry| {
            names.cover_wire(&entry.name) || entry.chain.iter().any(|name| names.cover_wire(name))
        })
    }
}

impl CachedAnswer {
    fn of(entry: &Entry, now: u32) -> Self {
        let name = |wire: &Box<[u8]>| Name::from_wire(wire).map(|name| name.to_string()).ok();
        Self {
            rtype: entry.flavour.rtype.to_string(),
            rcode: entry.rcode.0,
            records: entry.counts[0],
            leads_to: entry.chain.iter().filter_map(name).collect(),
            seconds: entry.expires.saturating_sub(now),
            authentic: entry.authentic,
            dnssec_ok: entry.flavour.dnssec_ok,
            checking_disabled: entry.flavour.checking_disabled,
            made: entry.flavour.made_with.is_some(),
            errors: entry.errors.iter().map(ToString::to_string).collect(),
        }
    }
}
