//! The shell around the engine: what carries a miss to the resolver and back.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::clock::Clock;
use crate::answer::{Answer, Engine, Miss};
use crate::metrics::{Metrics, Shard};
use crate::resolver::{Ask, Resolver};

/// All that a transport needs, cheap to clone.
#[derive(Clone)]
pub struct Shell {
    /// The one path.
    pub engine: Arc<Engine>,
    /// What resolves misses.
    pub resolver: Resolver,
    /// The time.
    pub clock: Clock,
    /// What counts.
    pub metrics: Arc<Metrics>,
    /// What is counted on tokio's side, apart from the UDP threads' own.
    pub(super) counts: Arc<Shard>,
    places: usize,
    waiting: Arc<Semaphore>,
}

/// A place among the queries that wait for the resolver, given back when dropped.
pub(super) struct Place {
    metrics: Arc<Metrics>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.metrics.waiting.dec();
    }
}

impl Shell {
    /// A shell in which at most `waiting` queries wait for the resolver.
    pub fn new(
        engine: Arc<Engine>,
        resolver: Resolver,
        clock: Clock,
        metrics: Arc<Metrics>,
        waiting: usize,
    ) -> Self {
        let places = waiting.min(u32::MAX as usize).min(Semaphore::MAX_PERMITS);
        let counts = metrics.shard();
        Self { engine, resolver, clock, metrics, counts, places, waiting: Arc::new(Semaphore::new(places)) }
    }

    /// Waits until no query waits any more, and lets none wait from then on.
    pub async fn drained(&self) {
        if self.waiting.acquire_many(self.places as u32).await.is_ok() {
            self.waiting.close();
        }
    }

    /// A place for one query to wait in; none, and that is counted, where too many wait already.
    pub(super) fn admit(&self) -> Option<Place> {
        let Ok(permit) = self.waiting.clone().try_acquire_owned() else {
            self.metrics.overrun.inc();
            return None;
        };
        self.metrics.waiting.inc();
        Some(Place { metrics: self.metrics.clone(), _permit: permit })
    }

    /// Resolves a miss and composes its reply, in a buffer of its own. Dropping the future ends the work.
    pub async fn complete(&self, mut miss: Miss) -> (Answer, Vec<u8>) {
        loop {
            let ask = Ask { dnssec: miss.dnssec_ok, checking_disabled: miss.checking_disabled };
            let found = self.resolver.resolve(&miss.question, ask).await;
            // Made only now: thousands may be waiting.
            let mut reply = vec![0; miss.longest_reply()];
            match self.engine.finish(&miss, &found, self.clock.now(), &mut reply) {
                // A list sent what was found to another name; that one is not judged again, so this ends.
                Answer::Miss(next) => miss = next,
                answer => return (answer, reply),
            }
        }
    }
}
