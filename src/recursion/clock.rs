//! Whether it is this machine's clock that is wrong, and not what zones signed.
//!
//! Signatures of any zone may be out of date. When those over the keys of a trust anchor's zone are, which somebody
//! looks after day and night, the clock is the likelier cause; and then everything fails. Each failure for reasons of
//! time leads to a look at the anchor above, in memory; whoever runs the program asks for the result.

use std::sync::{Mutex, PoisonError};

use super::recursor::{Recursor, Shared};
use super::trust::Trust;
use crate::dns::Name;
use crate::dnssec::Bogus;

/// What speaks against the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockError {
    /// The trust anchor's zone whose signatures are out of time.
    pub zone: Name,
    /// By how many seconds the clock would be ahead at least; negative where it would be behind.
    pub seconds: i64,
}

/// What was found last.
#[derive(Default)]
pub(super) struct ClockWatch(Mutex<Option<ClockError>>);

impl Recursor {
    /// What speaks against the clock of this machine, for as long as it does.
    pub fn clock_error(&self) -> Option<ClockError> {
        let shared = &self.shared;
        let mut doubt = shared.clock.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Found right since, or set right.
        if doubt.as_ref().is_some_and(|error| shared.seconds_off(&error.zone) == Some(None)) {
            *doubt = None;
        }
        doubt.clone()
    }
}

impl Shared {
    /// Takes note that data of a zone, or the keys of an anchor's zone itself, could not be believed.
    pub(super) fn doubt_clock(&self, zone: &Name, bogus: Bogus, is_anchor: bool) {
        let Some(seconds) = bogus.clock_error() else { return };
        let zone = self.anchor_zone(zone);
        let seconds = if is_anchor { Some(seconds) } else { self.seconds_off(&zone).flatten() };
        if let Some(seconds) = seconds {
            let mut doubt = self.clock.0.lock().unwrap_or_else(PoisonError::into_inner);
            *doubt = Some(ClockError { zone, seconds });
        }
    }

    /// By how much the clock is off for the keys of a zone that are remembered, if it is; nothing where none are.
    fn seconds_off(&self, zone: &Name) -> Option<Option<i64>> {
        match self.memory.trust(zone, self.world.now())?.trust {
            Trust::Secure(keys) => Some(keys.clock_error(self.signing_time())),
            _ => None,
        }
    }
}
