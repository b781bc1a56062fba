//! What all resolutions share, and the ways in from outside.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use arc_swap::ArcSwap;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Either, select};
use ipnet::IpNet;

use super::clock::ClockWatch;
use super::delegation::{Delegation, LONGEST_LIFE, NameServer, Route};
use super::fact::Fact;
use super::fetch::{Job, Learned};
use super::flights::{Boarding, FlightId, Flights};
use super::limits::{Budget, TOO_MANY};
use super::memory::Memory;
use super::resolve::Ask;
use super::settings::Settings;
use super::trust::Trust;
use super::world::{Moment, World};
use crate::dns::{Class, ExtendedError, Found, Info, Name, Question, Rcode};
use crate::dnssec::Anchors;

/// After so long a client is given what is remembered, however stale, while the search goes on (RFC 8767 §5).
const CLIENT_PATIENCE: Duration = Duration::from_millis(1_800);
/// Jobs and chains of trust in the works, for each question that may be.
const JOBS_PER_QUESTION: usize = 8;

/// Resolves questions. Copies share everything.
#[derive(Clone)]
pub struct Recursor {
    pub(super) shared: Arc<Shared>,
    answers: Arc<Flights<(Question, Ask), Answer>>,
}

/// What came of one flight.
type Answer = (Arc<Found>, Outcome);

/// How a question ended. Every question has exactly one outcome, unless its client left before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With data or a denial.
    Answered,
    /// As another's, that was in flight.
    Joined,
    /// With data that has outlived its TTL.
    Stale,
    /// At the time limit.
    TimedOut,
    /// At the bound of questions in flight.
    Refused,
    /// Refused by validation.
    Bogus,
    /// Without a usable answer.
    Failed,
}

/// An answer for a client.
pub struct Resolved {
    /// The answer.
    pub found: Arc<Found>,
    /// How it came about.
    pub outcome: Outcome,
    /// What is still to be done when the client has gone: the search for what was given stale. Whoever drives
    /// resolutions polls it to its end.
    pub rest: Option<BoxFuture<'static, ()>>,
}

impl Recursor {
    /// A recursor that knows nothing yet.
    pub fn new(mut settings: Settings, world: Arc<dyn World>) -> Self {
        let (concurrent, secret) = (settings.concurrent, (world.random(), world.random()));
        // The closest to a name is found first.
        settings.fixed.sort_by_key(|fixed| std::cmp::Reverse(fixed.zone.label_count()));
        let shared = Shared {
            memory: Memory::new(settings.memory),
            has_taken_up: AtomicBool::new(false),
            jobs: Flights::new(concurrent.saturating_mul(JOBS_PER_QUESTION)),
            trusts: Flights::new(concurrent.saturating_mul(JOBS_PER_QUESTION)),
            secret,
            anchors: ArcSwap::from_pointee(std::mem::take(&mut settings.anchors)),
            clock: ClockWatch::default(),
            settings,
            world,
        };
        Self { shared: Arc::new(shared), answers: Arc::new(Flights::new(concurrent)) }
    }

    /// Resolves a question of class IN. Failures are SERVFAIL with an extended error: 5 to 12 for what does
    /// not validate, 22 for servers that could not be reached or not in time, 23 when too much is asked of
    /// us.
    pub async fn resolve(&self, question: &Question, ask: Ask) -> Resolved {
        let shared = &self.shared;
        if question.class != Class::IN {
            let found = Found { rcode: Rcode::REFUSED, ..Found::failure(OTHER_CLASS) };
            return Resolved { found: Arc::new(found), outcome: Outcome::Failed, rest: None };
        }
        if let Some(found) = shared.remembered(question, ask) {
            return Resolved { found: Arc::new(found), outcome: Outcome::Answered, rest: None };
        }
        if shared.failed(question).is_some()
            && let Some(stale) = shared.stale(question, ask)
        {
            return Resolved { found: Arc::new(stale), outcome: Outcome::Stale, rest: None };
        }
        let (flight, joined) = match self.board(question, ask) {
            Boarding::Started(flight) => (flight, false),
            Boarding::Joined(flight) => (flight, true),
            Boarding::Circular | Boarding::Full => {
                let outcome = Outcome::Refused;
                return Resolved { found: Arc::new(Found::failure(TOO_MANY)), outcome, rest: None };
            }
        };
        let stale = || shared.stale(question, ask).map(Arc::new);
        let (found, outcome) = match select(flight, shared.world.sleep(CLIENT_PATIENCE)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(((), flight)) => match stale() {
                Some(found) => {
                    // Whoever asks next need not wait as long (RFC 8767 §5).
                    shared.remember_failure(question, &TOO_LATE);
                    let rest = Some(flight.map(|_| ()).boxed());
                    return Resolved { found, outcome: Outcome::Stale, rest };
                }
                None => flight.await,
            },
        };
        let failed = matches!(outcome, Outcome::TimedOut | Outcome::Failed);
        let (found, outcome) = match failed.then(stale).flatten() {
            Some(found) => (found, Outcome::Stale),
            None if joined => (found, Outcome::Joined),
            None => (found, outcome),
        };
        Resolved { found, outcome, rest: None }
    }
}

impl Recursor {
    fn board(&self, question: &Question, ask: Ask) -> Boarding<(Question, Ask), Answer> {
        let work = |_| Arc::clone(&self.shared).resolve_in_time(question.clone(), ask);
        self.answers.board(&(question.clone(), ask), None, work)
    }
}

impl Outcome {
    /// All of them, in the order of their declaration.
    pub const ALL: [Self; 7] =
        [Self::Answered, Self::Joined, Self::Stale, Self::TimedOut, Self::Refused, Self::Bogus, Self::Failed];

    /// A word for a metric's label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Joined => "joined",
            Self::Stale => "stale",
            Self::TimedOut => "timed_out",
            Self::Refused => "refused",
            Self::Bogus => "bogus",
            Self::Failed => "failed",
        }
    }

    fn of_failure(error: &ExtendedError) -> Self {
        if error.info.is_of_validation() { Self::Bogus } else { Self::Failed }
    }
}

/// What a fetch brings: a fact, or why there is none.
pub(super) type Fetched = Result<Fact, ExtendedError>;

/// What all resolutions share.
pub(super) struct Shared {
    pub(super) world: Arc<dyn World>,
    pub(super) memory: Memory,
    /// Whether the memory holds facts of an earlier run, which are judged when they are asked for.
    pub(super) has_taken_up: AtomicBool,
    pub(super) settings: Settings,
    pub(super) jobs: Flights<Job, Result<Learned, ExtendedError>>,
    pub(super) trusts: Flights<Name, Trust>,
    /// What our cookies are made with.
    pub(super) secret: (u64, u64),
    /// Where trust begins now.
    pub(super) anchors: ArcSwap<Anchors>,
    /// What speaks against the clock.
    pub(super) clock: ClockWatch,
}

/// On whose behalf something is looked up.
#[derive(Clone)]
pub(super) struct Caller {
    /// The job that waits, if it is one.
    pub(super) flight: Option<FlightId>,
    /// What the client's question may still cost.
    pub(super) budget: Arc<Budget>,
    /// How many look-ups of addresses wait for this one.
    pub(super) depth: u8,
}

impl Caller {
    /// A client.
    pub(super) fn client() -> Self {
        Self { flight: None, budget: Arc::new(Budget::new()), depth: 0 }
    }
}

impl Shared {
    async fn resolve_in_time(self: Arc<Self>, question: Question, ask: Ask) -> Answer {
        let limit = self.world.sleep(self.settings.time_limit);
        let search = Arc::clone(&self).resolve(question.clone(), ask).boxed();
        match select(search, limit).await {
            Either::Left((Ok(found), _)) => (Arc::new(found), Outcome::Answered),
            Either::Left((Err(error), _)) => {
                let outcome = Outcome::of_failure(&error);
                if self.failed(&question).is_none() {
                    self.remember_failure(&question, &error);
                }
                (Arc::new(Found::failure(error)), outcome)
            }
            Either::Right(_) => {
                self.remember_failure(&question, &TOO_LATE);
                (Arc::new(Found::failure(TOO_LATE)), Outcome::TimedOut)
            }
        }
    }

    /// The servers to ask for a name: those that the operator named for it, or the closest known delegation. None
    /// where even the root's servers have to be asked for first.
    pub(super) fn route(&self, name: &Name, now: Moment) -> Option<Route> {
        let fixed = self.settings.fixed.iter().find(|fixed| name.is_within(&fixed.zone));
        match fixed {
            Some(fixed) if fixed.recursive => Some(Route::Fixed(Arc::clone(fixed))),
            // Below a stub zone, referrals may have led on.
            Some(fixed) => Some(match self.memory.closest_delegation(name, now) {
                Some(known) if known.zone.is_within(&fixed.zone) && known.zone != fixed.zone => {
                    Route::Zone(known)
                }
                _ => Route::Fixed(Arc::clone(fixed)),
            }),
            None => self.memory.closest_delegation(name, now).map(Route::Zone),
        }
    }

    /// The root's servers as the hints have them (RFC 8109 §3).
    pub(super) fn hints(&self, now: Moment) -> Route {
        let glue =
            self.settings.hints.iter().copied().filter(|address| self.is_reachable(*address)).collect();
        Route::Zone(Arc::new(Delegation {
            zone: Name::root(),
            parent: Name::root(),
            servers: vec![NameServer { name: Name::root(), glue }],
            signer: Vec::new(),
            signer_until: now,
            expires: now.after_seconds(LONGEST_LIFE),
        }))
    }

    /// Whether a delegation may lead to this address: not into the operator's own networks, nor to where nobody is
    /// (RFC 6890), unless the operator says so.
    pub(super) fn is_reachable(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let within = |networks: &[IpNet]| networks.iter().any(|network| network.contains(&address));
        !within(&self.settings.unreachable) || within(&self.settings.reach)
    }

    /// The whole address of a server that is known by its IP address alone.
    pub(super) fn socket(address: IpAddr) -> SocketAddr {
        SocketAddr::new(address, 53)
    }
}

const OTHER_CLASS: ExtendedError = ExtendedError::new(Info::NOT_SUPPORTED, "only class IN is resolved");
pub(super) const TOO_LATE: ExtendedError =
    ExtendedError::new(Info::NO_REACHABLE_AUTHORITY, "not resolved within the time limit");
