//! Asking the servers of a zone until one is of use: the best first, the next one at once after a failure or when it
//! keeps silent, while whoever was asked may still answer.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{BoxFuture, Either, select};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};

use super::delegation::Route;
use super::exchange::{Fault, Manner};
use super::fact::Said;
use super::limits::{ADDRESS_LOOKUPS_AT_ONCE, SENDS_AT_ONE_CUT};
use super::recursor::{Caller, Shared};
use super::reply::{Origin, Reading, remarks};
use super::servers::in_order;
use super::upstream::Transport;
use super::world::Moment;
use crate::dns::{Class, ExtendedError, Info, Message, Name, Question, RecordType};

/// A silent server is asked so often at one zone cut, since datagrams may have been lost.
const ROUNDS: u8 = 4;
/// While servers are left that nobody asked, the wait shrinks with each silent one, down to this: one live server of
/// thirteen is found within a second and a half.
const SHORTEST_WAIT: Duration = Duration::from_millis(80);
/// After the last server was asked, the wait for any of them.
const LAST_WAIT: Duration = Duration::from_millis(1_500);
/// The shortest wait before a silent server is asked again, doubled each time.
const AGAIN: Duration = Duration::from_millis(200);
/// A server of no use for a zone is not asked for it again for so long, in seconds, while there are others.
const LAME: u32 = 300;

/// A reply that is of use, and whose it is.
pub(super) struct Heard {
    /// What it means.
    pub(super) reading: Reading,
    /// The whole reply.
    pub(super) reply: Message,
}

/// What can happen while servers are asked.
enum Event {
    Replied(SocketAddr, Result<Message, Fault>),
    Found(Vec<IpAddr>),
}

/// A server that may be asked.
struct Candidate {
    server: SocketAddr,
    transport: Transport,
    asked: u8,
    /// How often it may be asked: a server that keeps silent anyway once, to see whether it came back.
    rounds: u8,
    /// When it was asked last, and how long its reply may take.
    sent: Moment,
    patience: Duration,
    /// It has failed in a way that asking again does not mend.
    useless: bool,
}

/// The servers of one zone, for one question.
struct Pool<'a> {
    shared: &'a Arc<Shared>,
    route: &'a Route,
    candidates: Vec<Candidate>,
    /// Servers whose addresses nobody knows yet.
    unknown: Vec<Name>,
    look_ups: usize,
}

impl Shared {
    /// Asks the servers of `route`, except those of `avoided`, until one is of use.
    pub(super) async fn ask_zone(
        self: &Arc<Self>,
        route: &Route,
        question: &Question,
        avoided: &[SocketAddr],
        caller: &Caller,
    ) -> Result<Heard, ExtendedError> {
        let mut pool = Pool::new(self, route, avoided);
        let mut running: FuturesUnordered<BoxFuture<'static, Event>> = FuturesUnordered::new();
        let (mut sent, mut outcome) = (0_usize, Err(NO_ANSWER));
        loop {
            match pool.next().filter(|_| sent < SENDS_AT_ONE_CUT) {
                Some((server, transport)) => {
                    sent += 1;
                    running.push(self.asking(server, transport, route, question, caller));
                }
                None => match pool.look_up(caller) {
                    Some(looking) => running.push(looking),
                    None if running.is_empty() => return outcome,
                    None => {}
                },
            }
            let (wait, next) = (pool.wait(sent), running.next());
            match select(next, self.world.sleep(wait)).await {
                Either::Left((Some(Event::Found(addresses)), _)) => pool.add(addresses, avoided),
                Either::Left((Some(Event::Replied(server, replied)), _)) => {
                    match self.heard(server, replied, route, question) {
                        Ok(heard) if !matches!(heard.reading, Reading::Hearsay(_)) => return Ok(heard),
                        // For when nobody knows better.
                        Ok(heard) => outcome = Ok(heard),
                        Err(Some(error)) if outcome.is_err() => outcome = Err(error),
                        Err(_) => {}
                    }
                    pool.is_useless(server);
                }
                Either::Left((None, _)) => {}
                Either::Right(_) if !pool.has_more() => {
                    pool.note_silence();
                    return outcome;
                }
                Either::Right(_) => pool.note_silence(),
            }
        }
    }

    fn asking(
        self: &Arc<Self>,
        server: SocketAddr,
        transport: Transport,
        route: &Route,
        question: &Question,
        caller: &Caller,
    ) -> BoxFuture<'static, Event> {
        let (shared, question, budget) = (Arc::clone(self), question.clone(), Arc::clone(&caller.budget));
        let recursive = route.is_recursive();
        // A forwarder is to judge what is not judged here.
        let checking_disabled = recursive && self.is_judged(&question.name);
        let manner = Manner { recursive, dnssec: self.settings.dnssec, checking_disabled };
        async move {
            let replied = shared.ask(server, &transport, &question, manner, &budget).await;
            Event::Replied(server, replied)
        }
        .boxed()
    }

    /// What a reply is good for. Where it is good for nothing, takes note of that, and says what there is to say.
    fn heard(
        &self,
        server: SocketAddr,
        replied: Result<Message, Fault>,
        route: &Route,
        question: &Question,
    ) -> Result<Heard, Option<ExtendedError>> {
        let now = self.world.now();
        match replied {
            Ok(reply) => {
                let origin = Origin { route, server, now };
                match Reading::of(&reply, question, &origin) {
                    Reading::Useless => {
                        self.memory.keep_lame(server, route.zone(), now.after_seconds(LAME));
                        Err(Some(remarks(&reply, route).into_iter().next().unwrap_or(NO_USE)))
                    }
                    reading => {
                        if matches!(reading, Reading::Hearsay(_)) {
                            self.memory.keep_lame(server, route.zone(), now.after_seconds(LAME));
                        }
                        Ok(Heard { reading, reply })
                    }
                }
            }
            Err(Fault::Exhausted) => Err(Some(EXHAUSTED)),
            Err(Fault::Nonsense) => {
                self.memory.keep_lame(server, route.zone(), now.after_seconds(LAME));
                Err(Some(NO_USE))
            }
            Err(Fault::Unreachable) => {
                let mut known = self.memory.server(server);
                known.failed(now, self.world.random());
                self.memory.keep_server(server, known);
                Err(None)
            }
        }
    }

    /// The addresses of a name server: from memory, or looked up, and with them those that are glue elsewhere. Aliases
    /// are not followed (RFC 2181 §10.3).
    async fn addresses(self: Arc<Self>, name: Name, caller: Caller) -> Vec<IpAddr> {
        let mut addresses = Vec::new();
        for rtype in [RecordType::A, RecordType::AAAA] {
            let question = Question { name: name.clone(), rtype, class: Class::IN };
            if let Ok(fact) = self.lookup(&question, &caller).await {
                addresses = addresses_in(&fact.said, rtype);
                if !addresses.is_empty() {
                    break;
                }
            }
        }
        addresses.extend(self.glue_of(&name, self.world.now()));
        addresses
    }
}

impl<'a> Pool<'a> {
    fn new(shared: &'a Arc<Shared>, route: &'a Route, avoided: &[SocketAddr]) -> Self {
        let mut pool = Self { shared, route, candidates: Vec::new(), unknown: Vec::new(), look_ups: 0 };
        let now = shared.world.now();
        match route {
            Route::Fixed(fixed) => {
                for upstream in &fixed.servers {
                    pool.push(upstream.server, upstream.transport.clone(), avoided);
                }
            }
            Route::Zone(delegation) => {
                for server in &delegation.servers {
                    let known = shared.known_addresses(&server.name, now);
                    if server.glue.is_empty() && known.is_empty() {
                        pool.unknown.push(server.name.clone());
                    }
                    for address in
                        known.iter().chain(&server.glue).filter(|address| shared.is_reachable(**address))
                    {
                        pool.push(Shared::socket(*address), Transport::Udp, avoided);
                    }
                }
                // Not always the first: that is where an attacker would put the costly ones.
                let turn = shared.world.random() as usize % pool.unknown.len().max(1);
                pool.unknown.rotate_left(turn);
            }
        }
        pool.order(now);
        pool
    }

    fn push(&mut self, server: SocketAddr, transport: Transport, avoided: &[SocketAddr]) {
        let known = self.candidates.iter().any(|candidate| candidate.server == server);
        if !known && !avoided.contains(&server) {
            let quality = self.shared.memory.server(server);
            self.candidates.push(Candidate {
                server,
                transport,
                asked: 0,
                rounds: if quality.is_resting(self.shared.world.now()) { 1 } else { ROUNDS },
                sent: Moment::default(),
                patience: quality.patience(),
                useless: false,
            });
        }
    }

    fn add(&mut self, addresses: Vec<IpAddr>, avoided: &[SocketAddr]) {
        for address in addresses.into_iter().filter(|address| self.shared.is_reachable(*address)) {
            self.push(Shared::socket(address), Transport::Udp, avoided);
        }
        self.order(self.shared.world.now());
    }

    /// Puts the best server first, and those last that are known to be of no use for the zone.
    fn order(&mut self, now: Moment) {
        let memory = &self.shared.memory;
        let mut servers: Vec<_> =
            self.candidates.iter().map(|one| (one.server, memory.server(one.server))).collect();
        in_order(&mut servers, now, || self.shared.world.random());
        let place = |candidate: &Candidate| {
            let place = servers.iter().position(|(server, _)| *server == candidate.server);
            (memory.is_lame(candidate.server, self.route.zone(), now), place)
        };
        self.candidates.sort_by_cached_key(place);
    }

    /// The next server to ask: one that was not asked yet, or again one that kept silent.
    fn next(&mut self) -> Option<(SocketAddr, Transport)> {
        let least = self.open().map(|candidate| candidate.asked).min()?;
        if least > 0 && !self.unknown.is_empty() && self.look_ups < ADDRESS_LOOKUPS_AT_ONCE {
            return None;
        }
        let open = |one: &&mut Candidate| !one.useless && one.asked == least && one.asked < one.rounds;
        let next = self.candidates.iter_mut().find(open)?;
        next.asked += 1;
        next.sent = self.shared.world.now();
        Some((next.server, next.transport.clone()))
    }

    fn open(&self) -> impl Iterator<Item = &Candidate> {
        self.candidates.iter().filter(|candidate| !candidate.useless && candidate.asked < candidate.rounds)
    }

    /// Whether there is a server left to ask, or one whose address can be looked up.
    fn has_more(&self) -> bool {
        self.open().next().is_some() || (!self.unknown.is_empty() && self.look_ups < ADDRESS_LOOKUPS_AT_ONCE)
    }

    /// How long to wait before something else is tried, after so many messages.
    fn wait(&self, sent: usize) -> Duration {
        let patience =
            self.candidates.iter().max_by_key(|one| one.sent).map_or(LAST_WAIT, |one| one.patience);
        if self.open().any(|one| one.asked == 0) {
            patience.div_f32(sent.max(1) as f32).max(SHORTEST_WAIT)
        } else if self.has_more() {
            let rounds = self.open().map(|one| one.asked).min().unwrap_or(1);
            patience.max(AGAIN) * (1 << rounds.saturating_sub(1).min(3))
        } else {
            LAST_WAIT
        }
    }

    /// Looks up the addresses of one more server, if that may still be done.
    fn look_up(&mut self, caller: &Caller) -> Option<BoxFuture<'static, Event>> {
        if self.unknown.is_empty() || self.look_ups >= ADDRESS_LOOKUPS_AT_ONCE {
            return None;
        }
        if !caller.budget.take_address_lookup(caller.depth) {
            self.unknown.clear();
            return None;
        }
        let name = self.unknown.pop()?;
        self.look_ups += 1;
        let (shared, caller) =
            (Arc::clone(self.shared), Caller { depth: caller.depth + 1, ..caller.clone() });
        Some(async move { Event::Found(shared.addresses(name, caller).await) }.boxed())
    }

    fn is_useless(&mut self, server: SocketAddr) {
        if let Some(candidate) = self.candidates.iter_mut().find(|candidate| candidate.server == server) {
            candidate.useless = true;
        }
    }

    /// Takes note of those who keep silent for longer than they should.
    fn note_silence(&self) {
        let (memory, now) = (&self.shared.memory, self.shared.world.now());
        let asked = self.candidates.iter().filter(|one| one.asked > 0 && !one.useless);
        for candidate in asked.filter(|one| now.since(one.sent) >= one.patience) {
            let mut known = memory.server(candidate.server);
            known.failed(now, self.shared.world.random());
            memory.keep_server(candidate.server, known);
        }
    }
}

impl Shared {
    /// Addresses of a name that are remembered as answers, and with them those that are glue elsewhere.
    fn known_addresses(&self, name: &Name, now: Moment) -> Vec<IpAddr> {
        let known =
            |rtype| self.memory.fact(name, rtype).filter(|fact| fact.is_fresh(now) && !fact.is_bogus());
        let found = |rtype| known(rtype).map(|fact| addresses_in(&fact.said, rtype)).unwrap_or_default();
        let mut addresses = [found(RecordType::A), found(RecordType::AAAA)].concat();
        if !addresses.is_empty() {
            addresses.extend(self.glue_of(name, now));
        }
        addresses
    }

    /// The glue of a server in the delegation of the zone that it lies in: where its zone's own word on it is wrong, the
    /// parent's may still lead there.
    fn glue_of(&self, name: &Name, now: Moment) -> Vec<IpAddr> {
        let glue = name.and_above().find_map(|zone| {
            let delegation = self.memory.delegation(&zone, now)?;
            let server = delegation.servers.iter().find(|server| server.name == *name)?;
            Some(server.glue.clone()).filter(|glue| !glue.is_empty())
        });
        glue.unwrap_or_default()
    }
}

fn addresses_in(said: &Said, rtype: RecordType) -> Vec<IpAddr> {
    match said {
        Said::Data { set, .. } if set.rtype == rtype => {
            set.records(0, false).flat_map(|record| record.addresses().collect::<Vec<_>>()).collect()
        }
        _ => Vec::new(),
    }
}

const NO_ANSWER: ExtendedError =
    ExtendedError::new(Info::NO_REACHABLE_AUTHORITY, "no authoritative server answered");
const NO_USE: ExtendedError = ExtendedError::new(
    Info::NO_REACHABLE_AUTHORITY,
    "no authoritative server gave an answer that can be used",
);
const EXHAUSTED: ExtendedError =
    ExtendedError::new(Info::NO_REACHABLE_AUTHORITY, "the question cost more than any may");
