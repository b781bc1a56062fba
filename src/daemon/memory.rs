//! What was learned, over restarts: taken up at the start, saved now and then, after a flush, and at the end.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval_at, timeout};

use crate::resolver::{MemoryFileError, Resolver};
use crate::server::Clock;

/// How often it is saved while the program runs.
const PAUSE: Duration = Duration::from_secs(600);
/// How long a saving that is waited for may take; a disk that hangs must not hold up a flush or the end for ever.
const LONGEST: Duration = Duration::from_secs(30);

/// Takes up what an earlier run has saved. What cannot be taken up costs no more than itself. Blocks on disk.
pub(super) fn take_up(resolver: &Resolver, clock: Clock) {
    let begun = clock.micros();
    match resolver.take_up() {
        Ok(None) => {}
        Ok(Some(kept)) => tracing::info!(
            entries = kept.entries,
            octets = kept.octets,
            milliseconds = (clock.micros() - begun) / 1000,
            "what the resolver knew is taken up"
        ),
        Err(error) => complain(&error, "the resolver begins with an empty memory"),
    }
}

/// Saves again and again.
pub(super) async fn save_now_and_then(resolver: Resolver, clock: Clock) {
    let mut beats = interval_at(tokio::time::Instant::now() + PAUSE, PAUSE);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while resolver.is_saved() {
        beats.tick().await;
        save(&resolver, clock).await;
    }
}

/// Saves at once: for the last time, or so that what was forgotten does not come back after a crash.
pub(super) async fn save_at_once(resolver: &Resolver, clock: Clock) {
    if timeout(LONGEST, save(resolver, clock)).await.is_err() {
        tracing::error!("what the resolver knows is not saved yet: the disk takes too long");
    }
}

async fn save(resolver: &Resolver, clock: Clock) {
    let resolver = resolver.clone();
    let saving = move || {
        let begun = clock.micros();
        match resolver.save() {
            Ok(None) => {}
            Ok(Some(kept)) => tracing::info!(
                entries = kept.entries,
                octets = kept.octets,
                milliseconds = (clock.micros() - begun) / 1000,
                "what the resolver knows is saved"
            ),
            Err(error) => complain(&error, "what the resolver knows is not saved"),
        }
    };
    if tokio::task::spawn_blocking(saving).await.is_err() {
        tracing::error!("saving what the resolver knows panicked; please report this");
    }
}

fn complain(error: &MemoryFileError, what: &str) {
    tracing::error!(%error, "{what}");
}
