//! The shell around the engine: what carries a miss to the resolver and back.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::clock::Clock;
use crate::answer::{Answer, Engine, Miss};
use crate::dns::{ExtendedError, Found, Info};
use crate::metrics::{Metrics, Shard};
use crate::resolver::{Ask, Resolver};

/// More replies than are ever under way.
const MOST_UNDER_WAY: u32 = u32::MAX >> 3;
const TOO_MANY: &str = "too many queries are waiting";

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
    waiting: Arc<Semaphore>,
    under_way: Arc<Semaphore>,
}

/// A place among the queries that wait for the resolver, given back when dropped.
struct Place {
    metrics: Arc<Metrics>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.metrics.waiting.dec();
    }
}

/// Holds off the program's end until a reply has left.
pub(super) struct UnderWay(#[expect(dead_code, reason = "dropping it is its use")] OwnedSemaphorePermit);

impl Shell {
    /// A shell in which at most `waiting` queries wait for the resolver.
    pub fn new(
        engine: Arc<Engine>,
        resolver: Resolver,
        clock: Clock,
        metrics: Arc<Metrics>,
        waiting: usize,
    ) -> Self {
        let counts = metrics.shard();
        let waiting = Arc::new(Semaphore::new(waiting.min(Semaphore::MAX_PERMITS)));
        let under_way = Arc::new(Semaphore::new(MOST_UNDER_WAY as usize));
        Self { engine, resolver, clock, metrics, counts, waiting, under_way }
    }

    /// Waits until no reply is under way any more.
    pub async fn drained(&self) {
        // Never closed, so that this only waits.
        let _ = self.under_way.acquire_many(MOST_UNDER_WAY).await;
    }

    /// Takes note that a reply is to leave, until what is returned is dropped.
    pub(super) async fn under_way(&self) -> Option<UnderWay> {
        self.under_way.clone().acquire_owned().await.ok().map(UnderWay)
    }

    /// A place for one query to wait in; none, and that is counted, where too many wait already.
    fn admit(&self) -> Option<Place> {
        let Ok(permit) = self.waiting.clone().try_acquire_owned() else {
            self.metrics.overrun.inc();
            return None;
        };
        self.metrics.waiting.inc();
        Some(Place { metrics: self.metrics.clone(), _permit: permit })
    }

    /// Resolves anew, for nobody, what will soon be too old to be answered from the cache.
    pub(super) fn refresh(&self, runtime: &Handle, miss: Miss) {
        let shell = self.clone();
        runtime.spawn(async move { shell.complete(miss).await });
    }

    /// Resolves a miss and composes its reply, in a buffer of its own; where too many wait already, the reply is
    /// SERVFAIL at once. Dropping the future ends the work.
    pub async fn complete(&self, mut miss: Miss) -> (Answer, Vec<u8>) {
        let place = self.admit();
        loop {
            let found = match place {
                Some(_) => {
                    let ask = Ask {
                        dnssec: miss.dnssec_ok,
                        checking_disabled: miss.checking_disabled,
                        refresh: miss.refresh,
                    };
                    self.resolver.resolve(&miss.question, ask).await
                }
                None => Arc::new(Found::failure(ExtendedError::new(Info::NETWORK_ERROR, TOO_MANY))),
            };
            // Made only now: thousands may be waiting.
            let mut reply = vec![0; miss.longest_reply()];
            match self.engine.finish(&miss, &found, self.clock.now(), &mut reply) {
                // A list sent what was found to another name; from there no list sends it on, so this ends.
                Answer::Miss(next) => miss = *next,
                answer => {
                    if let Answer::Reply(made) = &answer {
                        reply.truncate(made.length);
                        // It may wait for its client: in no more room than it needs.
                        reply.shrink_to_fit();
                    }
                    return (answer, reply);
                }
            }
        }
    }
}
