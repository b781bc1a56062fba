//! What one client's question may cost, whatever the servers say.
//!
//! Every trick that makes a resolver work for somebody else (NXNSAttack, loops of delegations, bombs of aliases, keys
//! and hashes without number) ends at one of these figures. They are far above what sound zones need: a cold name
//! behind two aliases and an unknown top-level domain takes some twenty messages.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::dns::{ExtendedError, Info};
use crate::dnssec::Work;

/// Messages to servers for one question, everything that it needs included. NXNSAttack asks for hundreds.
pub(super) const QUERIES: u32 = 100;
/// Addresses of name servers looked up for one question, over all its delegations.
pub(super) const ADDRESS_LOOKUPS: u32 = 24;
/// Addresses of name servers looked up for one delegation.
pub(super) const ADDRESS_LOOKUPS_AT_ONCE: usize = 5;
/// How deep the look-up of an address may need the look-up of an address.
const DEPTH: u8 = 5;
/// Aliases in a row; BIND follows 17 and Unbound 12.
pub(super) const ALIASES: usize = 16;
/// Messages sent for one name and type at one delegation.
pub(super) const SENDS_AT_ONE_CUT: usize = 20;
/// Referrals followed for one name; no name has so many zone cuts.
pub(super) const REFERRALS: usize = 32;
/// How often data that does not validate is asked for again, of other servers.
pub(super) const SECOND_OPINIONS: usize = 2;

/// Where more would be in flight than may be.
pub(super) const TOO_MANY: ExtendedError =
    ExtendedError::new(Info::NETWORK_ERROR, "too many questions in flight");

/// What is left for one question.
pub(super) struct Budget {
    queries: AtomicU32,
    address_lookups: AtomicU32,
    reached: AtomicBool,
    work: Mutex<Work>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            queries: AtomicU32::new(QUERIES),
            address_lookups: AtomicU32::new(ADDRESS_LOOKUPS),
            reached: AtomicBool::new(false),
            work: Mutex::new(Work::default()),
        }
    }

    /// Whether one more message may be sent.
    pub(super) fn take_query(&self) -> bool {
        self.note(take(&self.queries))
    }

    /// Whether one more address may be looked up, for a look-up as deep as `depth`.
    pub(super) fn take_address_lookup(&self, depth: u8) -> bool {
        self.note(depth < DEPTH && take(&self.address_lookups))
    }

    /// Whether a limit was reached: what failed since then may have failed for that alone, and is nobody else's failure.
    pub(super) fn is_reached(&self) -> bool {
        self.reached.load(Relaxed)
    }

    /// Whether a reply of so many octets may be read.
    pub(super) fn take_reading(&self, octets: usize) -> bool {
        let paid = self.work().read(octets).is_ok();
        self.note(paid)
    }

    fn note(&self, taken: bool) -> bool {
        self.reached.fetch_or(!taken, Relaxed);
        taken
    }

    /// What may still be read and computed. Held for one proof, never while waiting.
    pub(super) fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn take(left: &AtomicU32) -> bool {
    left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok()
}
