//! The shell around the engine: what carries a miss to the resolver and back, and what all transports share.

use std::cell::RefCell;
use std::net::IpAddr;
use std::sync::Arc;

use prometheus::IntGauge;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::clock::Clock;
use super::config::Config;
use super::fronts::Fronts;
use super::seats::Seats;
use crate::answer::{Answer, Client, Engine, Miss, Reply};
use crate::dns::{ExtendedError, Found, Info, MAX_MESSAGE};
use crate::metrics::{Metrics, SharedShard, Transport};
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
    pub(super) counts: SharedShard,
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
    stopping: watch::Sender<bool>,
}

thread_local! {
    /// Where replies are composed, from which each is copied in no more room than it needs: it may wait for its client.
    static REPLY: RefCell<Box<[u8]>> = RefCell::new(vec![0; MAX_MESSAGE].into());
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
        let under_way = self.shell.under_way();
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
pub(super) struct Open {
    gauge: IntGauge,
    _under_way: Option<UnderWay>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.gauge.dec();
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
            counts: metrics.shared_shard(),
            metrics,
            fronts: Arc::new(Fronts::new(config.proxy.clone(), config.connections)),
            clients: Seats::new(config.connections, config.connections_per_client),
            strangers: Seats::new(STRANGERS, STRANGERS_PER_CLIENT),
            waiting: Arc::new(Semaphore::new(config.waiting.min(Semaphore::MAX_PERMITS))),
            under_way: Arc::new(Semaphore::new(MOST_UNDER_WAY as usize)),
            stopping: watch::Sender::new(false),
            config: Arc::new(config),
        }
    }

    /// The seats of which a client's connection takes one.
    pub(super) fn seats(&self, client: IpAddr) -> &Arc<Seats> {
        if self.engine.admits(client.to_canonical()) { &self.clients } else { &self.strangers }
    }

    /// Counts a connection as open until what is returned is dropped, which holds off the program's end.
    pub(super) fn open(&self, transport: Transport) -> Open {
        let gauge = self.metrics.connections(transport);
        gauge.inc();
        Open { gauge, _under_way: self.under_way() }
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
        let (answer, reply) = composed(MAX_MESSAGE, |reply| {
            let policy = self.engine.policy();
            self.engine.answer(&policy, packet, client, self.clock.now(), reply)
        });
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
        octets: Vec<u8>,
        (transport, started): (Transport, u64),
        under_way: Option<UnderWay>,
    ) -> Option<Ready> {
        match answer {
            Answer::Reply(Reply { outcome, refresh, .. }) => {
                if let Some(miss) = refresh {
                    self.refresh(&Handle::current(), *miss);
                }
                self.counts.query(outcome.count(transport, true));
                self.counts.latency(self.clock.micros() - started);
                Some(Ready { octets, under_way })
            }
            Answer::Drop(outcome) => {
                self.counts.query(outcome.count(transport, false));
                None
            }
            Answer::Miss(_) => None,
        }
    }

    /// Has every connection end once its queries are answered, and waits until all have, and no reply is under way any
    /// more.
    pub async fn drain(&self) {
        self.stopping.send_replace(true);
        // Never closed, so that this only waits.
        let _ = self.under_way.acquire_many(MOST_UNDER_WAY).await;
    }

    /// Waits until the program is to end: from then on a connection takes no more queries.
    pub(super) async fn stopped(&self) {
        // Its sender is ours, so that this only waits.
        let _ = self.stopping.subscribe().wait_for(|stopping| *stopping).await;
    }

    /// Takes note that a reply is to leave, until what is returned is dropped. Nothing once the end is waited for: what
    /// begins then does not hold it off.
    pub(super) fn under_way(&self) -> Option<UnderWay> {
        self.under_way.clone().try_acquire_owned().ok().map(UnderWay)
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

    /// Resolves a miss and composes its reply; where too many wait already, the reply is
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
            let now = self.clock.now();
            match composed(miss.longest_reply(), |reply| self.engine.finish(&miss, &found, now, reply)) {
                // A list sent what was found to another name; from there no list sends it on, so this ends.
                (Answer::Miss(next), _) => miss = *next,
                ready => return ready,
            }
        }
    }
}

/// Has a reply of at most so many octets composed, and copies it.
fn composed(longest: usize, compose: impl FnOnce(&mut [u8]) -> Answer) -> (Answer, Vec<u8>) {
    REPLY.with_borrow_mut(|buffer| {
        let answer = compose(&mut buffer[..longest]);
        let length = if let Answer::Reply(made) = &answer { made.length } else { 0 };
        (answer, buffer[..length].to_vec())
    })
}
