//! A packet that was read, and what can be done for many of them before any is answered.

use std::hint::black_box;

use super::engine::Engine;
use super::entry::{Flavour, Key};
use super::outcome::Now;
use crate::blocklist::Suffixes;
use crate::dns::{Fault, Query};
use crate::policy::Policy;

/// A packet that was read.
pub struct Asked<'p> {
    pub(super) packet: &'p [u8],
    pub(super) query: Result<Query<'p>, Fault>,
    /// The hashes of the name asked for; none where the question cannot be read.
    pub(super) suffixes: Suffixes,
}

impl<'p> Asked<'p> {
    /// Reads a packet as received, for [`Engine::answer_read`] with the same policy.
    #[inline]
    pub fn read(policy: &Policy, packet: &'p [u8]) -> Self {
        let mut asked = Self { packet, query: Query::parse(packet), suffixes: Suffixes::default() };
        if let Ok(query) = &asked.query {
            policy.hash(query.name_onwards(), &mut asked.suffixes);
        }
        asked
    }
}

impl Engine {
    /// Reads from memory what the answers to a batch will need, so that they wait for it together, rather than each in
    /// its turn: with a list of a million names or a full cache, most of the time that an answer takes is such waiting.
    /// Changes nothing else.
    pub fn look_ahead<'b>(
        &self,
        policy: &Policy,
        batch: impl Iterator<Item = &'b Asked<'b>> + Clone,
        now: Now,
    ) {
        // What is read has to be used, or it would not be read.
        let mut seen = 0;
        for Asked { suffixes, .. } in batch.clone() {
            seen ^= policy.touch(suffixes) ^ self.cache.touch(suffixes);
        }
        for asked in batch {
            if let Ok(query) = &asked.query {
                let key = Key::new(&asked.suffixes, Flavour::of(query, None));
                let hit = self.cache.find(&key, now.monotonic);
                seen ^= hit.map_or(0, |hit| hit.entry().map_or(0, |entry| entry.stored));
            }
        }
        black_box(seen);
    }
}
