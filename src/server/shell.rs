//! The shell around the engine: what carries a miss to the resolver and back, and what all transports share.

use std::net::IpAddr;
use std::sync::Arc;

use prometheus::IntGauge;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::clock::Clock;
use super::config::Config;
use super::fronts::Fronts;
use super::seats::Seats;
use crate::answer::{Answer, Client, Engine, Miss, Reply};
use crate::dns::{ExtendedError, Found, Info, MAX_MESSAGE};
use crate::metrics::{Metrics, Shard, Transport};
use crate::resolver::{Ask, Resolver};

/// Connections of those who may not ask.
const STRANGERS: usize = 64;
const STRANGERS_PER_CLIENT: usize = 4;

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
    /// The limits of connections.
    pub(super) config: Arc<Config>,
    /// Who may say for whom they come.
    pub(super) fronts: Arc<Fronts>,
    /// The connections of all transports.
    clients: Arc<Seats>,
    /// Who may not ask is told so, but takes nobody's place.
    strangers: Arc<Seats>,
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

/// What became of a query at once.
pub(super) enum Asked {
    /// It has its reply, or gets none.
    Ready(Option<Ready>),
    /// It has to be resolved.
    Pending(Pending),
}

/// A query that has to be resolved.
pub(super) struct Pending {
    shell: Shell,
    miss: Box<Miss>,
    transport: Transport,
    started: u64,
}

impl Pending {
    /// Resolves it. Dropping the future ends the work.
    pub(super) async fn resolve(self) -> Option<Ready> {
        let under_way = self.shell.under_way().await;
        let (answer, reply) = self.shell.complete(*self.miss).await;
        self.shell.ready(answer, reply, (self.transport, self.started), under_way)
    }
}

/// A reply, to be kept whole until it has left.
pub(super) struct Ready {
    pub octets: Vec<u8>,
    /// What holds off the program's end.
    pub under_way: Option<UnderWay>,
}

/// A connection that is counted as open.
pub(super) struct Open(IntGauge);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Holds off the program's end until a reply has left.
pub(super) struct UnderWay(#[expect(dead_code, reason = "dropping it is its use")] OwnedSemaphorePermit);

impl Shell {
    /// A shell with the limits of a configuration.
    pub fn new(
        engine: Arc<Engine>,
        resolver: Resolver,
        clock: Clock,
        metrics: Arc<Metrics>,
        config: Config,
    ) -> Self {
        Self {
            engine,
            resolver,
            clock,
            counts: metrics.shard(),
            metrics,
            fronts: Arc::new(Fronts::new(config.proxy.clone(), config.connections)),
            clients: Seats::new(config.connections, config.connections_per_client),
            strangers: Seats::new(STRANGERS, STRANGERS_PER_CLIENT),
            waiting: Arc::new(Semaphore::new(config.waiting.min(Semaphore::MAX_PERMITS))),
            under_way: Arc::new(Semaphore::new(MOST_UNDER_WAY as usize)),
            config: Arc::new(config),
        }
    }

    /// The seats of which a client's connection takes one.
    pub(super) fn seats(&self, client: IpAddr) -> &Arc<Seats> {
        if self.engine.admits(client.to_canonical()) { &self.clients } else { &self.strangers }
    }

    /// Counts a connection as open until what is returned is dropped.
    pub(super) fn open(&self, transport: Transport) -> Open {
        let gauge = self.metrics.connections(transport);
        gauge.inc();
        Open(gauge)
    }

    /// Answers one query; nothing where it gets no reply. Dropping the future ends the work.
    pub(super) async fn exchange(&self, packet: &[u8], client: Client) -> Option<Ready> {
        match self.ask(packet, client) {
            Asked::Ready(ready) => ready,
            Asked::Pending(pending) => pending.resolve().await,
        }
    }

    /// Answers what can be answered at once.
    pub(super) fn ask(&self, packet: &[u8], client: Client) -> Asked {
        let started = self.clock.micros();
        let mut reply = vec![0; MAX_MESSAGE];
        let answer = {
            let policy = self.engine.policy();
            self.engine.answer(&policy, packet, client, self.clock.now(), &mut reply)
        };
        match answer {
            Answer::Miss(miss) => {
                Asked::Pending(Pending { shell: self.clone(), miss, transport: client.transport, started })
            }
            answer => Asked::Ready(self.ready(answer, reply, (client.transport, started), None)),
        }
    }

    /// Counts what became of a query, and gives its reply.
    fn ready(
        &self,
        answer: Answer,
        mut octets: Vec<u8>,
        (transport, started): (Transport, u64),
        under_way: Option<UnderWay>,
    ) -> Option<Ready> {
        match answer {
            Answer::Reply(Reply { length, outcome, refresh }) => {
                if let Some(miss) = refresh {
                    self.refresh(&Handle::current(), *miss);
                }
                self.counts.query(outcome.count(transport, true));
                self.counts.latency(self.clock.micros() - started, 1);
                octets.truncate(length);
                // It may wait for its client: in no more room than it needs.
                octets.shrink_to_fit();
                Some(Ready { octets, under_way })
            }
            Answer::Drop(outcome) => {
                self.counts.query(outcome.count(transport, false));
                None
            }
            Answer::Miss(_) => None,
        }
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
