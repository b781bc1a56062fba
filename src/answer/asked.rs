//! A packet that was read, and what can be done for many of them before any is answered.

use super::engine::Engine;
use super::entry::{Flavour, Key, place};
use crate::blocklist::Suffixes;
use crate::dns::{Fault, Query};
use crate::policy::Policy;

/// A packet that was read.
pub struct Asked<'p> {
    pub(super) packet: &'p [u8],
    pub(super) query: Result<Query<'p>, Fault>,
    /// The hashes of the name asked for, if the question can be read.
    pub(super) suffixes: &'p Suffixes,
}

impl<'p> Asked<'p> {
    /// Reads a packet as received, for [`Engine::answer_read`] with the same policy. The hashes of its name take the
    /// place of others.
    #[inline]
    pub fn read(policy: &Policy, packet: &'p [u8], suffixes: &'p mut Suffixes) -> Self {
        let query = Query::parse(packet);
        if let Ok(query) = &query {
            policy.hash(query.name_onwards(), suffixes);
        }
        Self { packet, query, suffixes }
    }
}

impl Engine {
    /// Asks for the memory that the answers to a batch will need, so that they wait for it together, rather than each
    /// in its turn. Changes nothing else.
    pub fn look_ahead<'b>(&self, policy: &Policy, batch: impl Iterator<Item = &'b Asked<'b>> + Clone) {
        let read = batch.filter_map(|asked| Some((asked.query.as_ref().ok()?, asked.suffixes)));
        for (_, suffixes) in read.clone() {
            policy.approach(suffixes);
            self.cache.approach(place(suffixes));
        }
        for (query, suffixes) in read {
            policy.reach(suffixes);
            self.cache.reach(&Key::new(suffixes, Flavour::of(query, None)));
        }
    }
}
