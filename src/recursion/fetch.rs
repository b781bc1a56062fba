//! From a question to the fact that answers it: out of memory, or down the tree of zones.
//!
//! The names on the way down are shown to no server that need not know them (RFC 9156): above the last zone cut a
//! server sees one label more than its own zone, and the type A. A server that denies such a name is not believed
//! for the names below it, unless it proves it or the operator wants it so: some deny names that only have names
//! below them. What fails on the way is asked for in full.

use std::future::ready;
use std::net::SocketAddr;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::delegation::{Delegation, LONGEST_LIFE, Route, name_servers};
use super::fact::{Fact, Said, Status};
use super::flights::{Boarding, FlightId};
use super::judge::holder;
use super::limits::{REFERRALS, TOO_MANY};
use super::memory::Failure;
use super::pool::Heard;
use super::recursor::{Caller, Fetched, Shared};
use super::reply::Reading;
use super::settings::Minimisation;
use super::world::Moment;
use crate::dns::{Class, ExtendedError, Info, Message, Name, Question, RecordType};

/// RFC 9156 §2.3: at most so many steps for a name, the first of them one label each.
const MOST_STEPS: usize = 10;
const STEPS_OF_ONE_LABEL: usize = 4;
/// A failure is remembered for so long, doubled each time, in seconds (RFC 9520 §3.2: from 1 to 300).
const FIRST_FAILURE: u32 = 5;
const LONGEST_FAILURE: u32 = 40;
/// Root servers out of the hints, where they could not be asked for themselves.
const UNPRIMED: u32 = 60;

impl Shared {
    /// The fact that answers a question, or an alias that stands in its place; from memory if it is there and fresh.
    /// Equal questions are asked once.
    pub(super) async fn lookup(self: &Arc<Self>, question: &Question, caller: &Caller) -> Fetched {
        let now = self.world.now();
        if let Some(fact) = self.recall(question, now) {
            return Ok(fact);
        }
        if let Some(fact) = self.concluded(question, caller) {
            return Ok(fact);
        }
        match self.failed(question) {
            Some(error) => Err(error),
            None => self.fetch(question, caller).await,
        }
    }

    /// The same past the memory, for what is to be renewed.
    pub(super) fn fetch<'a>(
        self: &'a Arc<Self>,
        question: &'a Question,
        caller: &'a Caller,
    ) -> BoxFuture<'a, Fetched> {
        let work = |shared: Arc<Self>, caller: Caller| {
            let question = question.clone();
            async move { shared.fetch_and_keep(&question, &caller).await.map(Learned::Fact) }
        };
        let learning = self.board_job(Job::Fetch(question.clone()), caller, work);
        async move {
            match learning.await? {
                Learned::Fact(fact) => Ok(fact),
                Learned::Cut(_) => Err(ASTRAY),
            }
        }
        .boxed()
    }

    /// Does a job once for all who want it done.
    fn board_job<Work>(
        self: &Arc<Self>,
        job: Job,
        caller: &Caller,
        work: impl FnOnce(Arc<Self>, Caller) -> Work,
    ) -> BoxFuture<'static, Result<Learned, ExtendedError>>
    where
        Work: Future<Output = Result<Learned, ExtendedError>> + Send + 'static,
    {
        let begin =
            |flight: FlightId| work(Arc::clone(self), Caller { flight: Some(flight), ..caller.clone() });
        match self.jobs.board(&job, caller.flight, begin) {
            Boarding::Started(passage) | Boarding::Joined(passage) => passage.boxed(),
            Boarding::Circular => ready(Err(CIRCULAR)).boxed(),
            Boarding::Full => ready(Err(TOO_MANY)).boxed(),
        }
    }

    /// A fresh fact out of memory that answers the question: data or its denial, an alias, or the absence of the name
    /// or of one above it.
    pub(super) fn recall(&self, question: &Question, now: Moment) -> Option<Fact> {
        self.recall_if(question, &|fact| fact.is_fresh(now))
    }

    /// The same among facts of any age that `fits` likes.
    pub(super) fn recall_if(&self, question: &Question, fits: &dyn Fn(&Fact) -> bool) -> Option<Fact> {
        let Question { name, rtype, .. } = question;
        let known = |name: &Name, rtype| self.memory.fact(name, rtype).filter(fits);
        // A zone's own alias says nothing of what its parent holds for it.
        let aliased = !matches!(*rtype, RecordType::CNAME | RecordType::DS | RecordType::NSEC);
        let alias = if aliased { known(name, RecordType::CNAME).filter(Fact::is_data) } else { None };
        // Below a zone of the operator's own nobody else has a say, but of the DS at its top.
        let own =
            self.settings.fixed.iter().find(|fixed| !fixed.zone.is_root() && name.is_within(&fixed.zone));
        let heard = |fact: &Fact| {
            own.is_none_or(|own| {
                fact.zone.is_within(&own.zone) || (*rtype == RecordType::DS && *name == own.zone)
            })
        };
        let denied = |name: &Name| self.memory.name_error(name).filter(fits).filter(heard);
        let here = [known(name, *rtype), alias, denied(name)];
        // What is proved counts before what is not; of what is past its time together, the last word.
        let proved = |fact: &Fact| fact.status == Status::Secure && fact.is_fresh(self.world.now());
        if let Some(fact) = here.into_iter().flatten().max_by_key(|fact| (proved(fact), fact.stored)) {
            return Some(fact);
        }
        name.and_above().skip(1).find_map(|above| {
            let elsewhere = known(&above, RecordType::DNAME).filter(Fact::is_data).filter(heard);
            // What does not exist has nothing below it (RFC 8020).
            let believed = |fact: &Fact| self.is_strict() || fact.status == Status::Secure;
            elsewhere.or_else(|| denied(&above).filter(believed))
        })
    }

    /// Fetches, and remembers what came of it.
    async fn fetch_and_keep(self: &Arc<Self>, question: &Question, caller: &Caller) -> Fetched {
        let fetched = self.descend(question, &[], caller).await;
        // What a client's own limits cut short is not held against the question for others.
        if let Err(error) = &fetched
            && !caller.budget.is_reached()
        {
            self.remember_failure(question, error);
        }
        fetched
    }

    /// The failure of a question so shortly ago that it is not asked again yet.
    pub(super) fn failed(&self, question: &Question) -> Option<ExtendedError> {
        let failure = self.memory.failure(question)?;
        (failure.until > self.world.now()).then_some(failure.error)
    }

    /// Remembers that a question failed, twice as long as the last time if that was not long ago.
    pub(super) fn remember_failure(&self, question: &Question, error: &ExtendedError) {
        let now = self.world.now();
        let last = self.memory.failure(question).filter(|last| last.until.after_seconds(last.seconds) > now);
        let seconds = last.map_or(FIRST_FAILURE, |last| (2 * last.seconds).min(LONGEST_FAILURE));
        let until = now.after_seconds(seconds);
        self.memory.keep_failure(question, Failure { error: error.clone(), seconds, until });
    }

    /// Asks for a fact from the closest known zone cut down, without the servers of `avoided`.
    pub(super) async fn descend(
        self: &Arc<Self>,
        question: &Question,
        avoided: &[SocketAddr],
        caller: &Caller,
    ) -> Fetched {
        let mut route = self.starting_route(question, caller).await?;
        let whole = self.settings.minimisation == Minimisation::Off;
        let mut steps = Steps { whole, total: question.name.label_count(), shown: 0, taken: 0 };
        steps.enter(&route);
        for _ in 0..REFERRALS + MOST_STEPS {
            let asked = steps.question(question);
            if asked.name != question.name
                && self.recall(&asked, self.world.now()).is_some_and(|fact| fact.is_there())
            {
                steps.advance();
                continue;
            }
            let learned = if steps.is_last() {
                self.take_step(&route, &asked, avoided, caller).await
            } else {
                let work = |shared: Arc<Self>, caller: Caller| {
                    let (route, asked, avoided) = (route.clone(), asked.clone(), avoided.to_vec());
                    async move { shared.take_step(&route, &asked, &avoided, &caller).await }
                };
                self.board_job(Job::Step(route.zone().clone(), asked.clone()), caller, work).await
            };
            match learned {
                Err(error) => match self.lapsed_route(question, &route) {
                    Some(lapsed) => {
                        route = lapsed;
                        steps.enter(&route);
                    }
                    // Some servers fail at names that they were never meant to be asked for.
                    None if !steps.is_last() => steps.skip(),
                    None => return Err(error),
                },
                Ok(Learned::Cut(delegation)) => {
                    route = Route::Zone(delegation);
                    steps.enter(&route);
                }
                Ok(Learned::Fact(fact)) if steps.is_last() => return Ok(fact),
                Ok(Learned::Fact(fact)) => match &*fact.said {
                    Said::NameError(_) if self.is_strict() => return Ok(fact),
                    Said::NameError(_) => match self.proved_denial(&asked, &fact, caller).await {
                        Some(proved) => return Ok(proved),
                        None => steps.skip(),
                    },
                    // A whole subtree goes elsewhere: only the whole name can tell where.
                    Said::Data { set, .. } if set.rtype == RecordType::DNAME => steps.skip(),
                    _ => steps.advance(),
                },
            }
        }
        Err(ASTRAY)
    }

    /// Asks the servers of one zone one question, and learns from the reply.
    async fn take_step(
        self: &Arc<Self>,
        route: &Route,
        asked: &Question,
        avoided: &[SocketAddr],
        caller: &Caller,
    ) -> Result<Learned, ExtendedError> {
        let heard = self.ask_zone(route, asked, avoided, caller).await?;
        self.learn(asked, route, &heard).ok_or(ASTRAY)
    }

    /// Whether nothing is below a name that does not exist (RFC 8020), proved or not.
    fn is_strict(&self) -> bool {
        self.settings.minimisation == Minimisation::Strict
    }

    /// A delegation further down that has run out, for when the servers above do not answer (RFC 8767 §6).
    fn lapsed_route(&self, question: &Question, route: &Route) -> Option<Route> {
        let (now, bound) = (self.world.now(), self.settings.stale?);
        let lapsed = self.memory.lapsed_delegation(&question.name, route.zone(), now, bound)?;
        Some(Route::Zone(lapsed))
    }

    /// The servers to begin with, after the root's have been asked for where nothing is known yet.
    async fn starting_route(
        self: &Arc<Self>,
        question: &Question,
        caller: &Caller,
    ) -> Result<Route, ExtendedError> {
        let now = self.world.now();
        let root = Question { name: Name::root(), rtype: RecordType::NS, class: Class::IN };
        let start = holder(question).unwrap_or_else(Name::root);
        if let Some(route) = self.route(&start, now) {
            return Ok(route);
        }
        if *question != root {
            // Priming (RFC 8109). What comes of it is found in memory; where nothing does, the hints must do.
            let _ = self.fetch(&root, caller).await;
        }
        let now = self.world.now();
        Ok(self.route(&start, now).unwrap_or_else(|| self.hints(now)))
    }

    /// Keeps what a reply says.
    fn learn(&self, asked: &Question, route: &Route, heard: &Heard) -> Option<Learned> {
        let now = self.world.now();
        match &heard.reading {
            Reading::Referral(zone) => {
                let deeper =
                    zone.is_within(route.zone()) && zone != route.zone() && asked.name.is_within(zone);
                if !deeper {
                    return None;
                }
                let reachable = |address| self.is_reachable(address);
                let delegation = Delegation::of_referral(&heard.reply, zone, route.zone(), now, reachable);
                let delegation = Arc::new(delegation.no_longer_than(route, now));
                self.memory.keep_delegation(&delegation);
                Some(Learned::Cut(delegation))
            }
            Reading::Facts(facts) | Reading::Hearsay(facts) => {
                for (question, fact) in facts {
                    self.memory.keep_fact(question, fact, now);
                }
                if asked.name.is_root() && asked.rtype == RecordType::NS && !route.is_recursive() {
                    self.learn_root(&heard.reply, now);
                }
                facts.first().map(|(_, fact)| Learned::Fact(fact.clone()))
            }
            Reading::Useless => None,
        }
    }

    /// The root's servers as one of them names them.
    fn learn_root(&self, reply: &Message, now: Moment) {
        let names =
            reply.answer.iter().filter(|record| record.rtype == RecordType::NS && record.owner.is_root());
        let ttl = names.clone().map(|record| record.ttl).min().unwrap_or(0).clamp(UNPRIMED, LONGEST_LIFE);
        let reachable = |address| self.is_reachable(address);
        let servers = name_servers(names, &reply.additional, &Name::root(), reachable);
        if servers.iter().any(|server| !server.glue.is_empty()) {
            self.memory.keep_delegation(&Arc::new(Delegation {
                zone: Name::root(),
                parent: Name::root(),
                servers,
                signer: Vec::new(),
                signer_until: now,
                expires: now.after_seconds(ttl),
            }));
        }
    }
}

/// What is done once for all who want it done.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Job {
    /// A question is answered, wherever the answer is.
    Fetch(Question),
    /// The servers of a zone are asked a question on the way down.
    Step(Name, Question),
}

/// What a job teaches.
#[derive(Clone)]
pub(super) enum Learned {
    /// The fact that answers the question.
    Fact(Fact),
    /// The zone cut on the way to it.
    Cut(Arc<Delegation>),
}

/// How much of a name is shown.
struct Steps {
    /// All of it, always.
    whole: bool,
    /// Labels of the whole name.
    total: usize,
    /// Labels that are shown next.
    shown: usize,
    taken: usize,
}

impl Steps {
    /// Begins at a zone cut.
    fn enter(&mut self, route: &Route) {
        self.shown = route.zone().label_count();
        if self.whole || route.is_recursive() { self.skip() } else { self.advance() }
    }

    /// Shows more of the name.
    fn advance(&mut self) {
        let left = self.total.saturating_sub(self.shown);
        let more = if self.taken < STEPS_OF_ONE_LABEL {
            1
        } else {
            left.div_ceil(MOST_STEPS.saturating_sub(self.taken).max(1))
        };
        self.taken += 1;
        self.shown = (self.shown + more).min(self.total);
    }

    /// Shows all of it.
    fn skip(&mut self) {
        self.shown = self.total;
    }

    fn is_last(&self) -> bool {
        self.shown >= self.total
    }

    fn question(&self, question: &Question) -> Question {
        if self.is_last() {
            return question.clone();
        }
        Question { name: question.name.ancestor(self.shown), rtype: RecordType::A, class: Class::IN }
    }
}

const CIRCULAR: ExtendedError =
    ExtendedError::new(Info::NO_REACHABLE_AUTHORITY, "the servers of zones are named in each other");
const ASTRAY: ExtendedError =
    ExtendedError::new(Info::NO_REACHABLE_AUTHORITY, "the delegations lead nowhere");
