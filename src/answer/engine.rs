//! The engine: the one path that every query takes, whatever it came by.

use std::iter;
use std::sync::Arc;

use arc_swap::{ArcSwap, Guard};

use super::asked::Asked;
use super::block::{Applied, REBINDING, apply, deny};
use super::cache::{Cache, CacheSize, Hit};
use super::clients::Clients;
use super::config::Config;
use super::entry::{Entry, Flavour, Key};
use super::found::{entry, followed};
use super::judge::{Context, Objection, applies};
use super::limit::Limiter;
use super::outcome::{Answer, Client, Miss, Now, Outcome, Reply, Request, Spoken};
use super::own::{Endpoint, Own};
use super::protocol::protocol;
use super::synthesis::{Synthesis, ipv4_name, wanted};
use crate::blocklist::Suffixes;
use crate::dns::{ExtendedError, Fault, Found, Info, Query, Rcode, RecordType, section_addresses};
use crate::metrics::{Kind, What};
use crate::policy::{Block, Policy, Remedy, Subject, Verdict};

/// The one path. See the room's door.
pub struct Engine {
    pub(super) policy: ArcSwap<Policy>,
    pub(super) cache: Cache,
    pub(super) clients: Clients,
    /// None where answers have no limit.
    pub(super) limiter: Option<Limiter>,
    pub(super) config: Config,
    own: Own,
}

impl Engine {
    /// An engine with an empty cache. Without secrets in its configuration it makes no server cookies.
    pub fn new(config: Config, policy: Policy) -> Self {
        let clients = Clients::new(&config.clients);
        let cache = Cache::new(config.cache << 20);
        let key = config.cookie_secrets.first().map_or([0; 16], |secret| *secret.octets());
        let limiter = match config.rate_limit {
            0 => None,
            rate => Some(Limiter::new(rate, config.rate_limit_slip, key)),
        };
        let own = Own::new(&config, &[], false);
        Self { policy: ArcSwap::from_pointee(policy), cache, clients, limiter, config, own }
    }

    /// Tells whoever asks of the resolver itself how it is reached over encryption, and whether it cuts the names that
    /// it asks others for.
    pub fn announcing(self, endpoints: &[Endpoint], minimises: bool) -> Self {
        Self { own: Own::new(&self.config, endpoints, minimises), ..self }
    }

    /// The policy in force, to be loaded once for each batch.
    pub fn policy(&self) -> Guard<Arc<Policy>> {
        self.policy.load()
    }

    /// Puts a whole new policy in force, for the very next batch. Gives the one before, which batches under way still
    /// decide by.
    pub fn swap(&self, policy: Policy) -> Arc<Policy> {
        self.policy.swap(Arc::new(policy))
    }

    /// How much is cached.
    pub fn cache_size(&self) -> CacheSize {
        self.cache.size()
    }

    /// Takes a packet as received and answers it into `reply` (512 octets or more), or says what else becomes
    /// of it.
    pub fn answer(
        &self,
        policy: &Policy,
        packet: &[u8],
        client: Client,
        now: Now,
        reply: &mut [u8],
    ) -> Answer {
        let mut suffixes = Suffixes::default();
        self.answer_read(policy, &Asked::read(policy, packet, &mut suffixes), (client, now), reply)
    }

    /// The same for a packet that was read before.
    pub fn answer_read(
        &self,
        policy: &Policy,
        asked: &Asked<'_>,
        (client, now): (Client, Now),
        reply: &mut [u8],
    ) -> Answer {
        let query = match &asked.query {
            Ok(query) => query,
            Err(Fault::Unanswerable) => return Answer::Drop(protocol(Rcode::FORMERR)),
            Err(Fault::Refused(rcode)) => return self.refuse(asked.packet, *rcode, (client, now), reply),
        };
        let suffixes = asked.suffixes;
        let request = &self.request(query, client, now);
        if let Some(answer) = self.answer_beyond_limit(request, reply) {
            return answer;
        }
        if !self.admits(client.address) {
            // Without a text: whoever forges a stranger's address gets no more out than went in.
            let error = ExtendedError::new(Info::PROHIBITED, "");
            let outcome = Outcome { kind: Kind::Denied, ..protocol(Rcode::REFUSED) };
            return self.fail(request, reply, outcome, Some(error));
        }
        if let Some(answer) = self.answer_by_protocol(request, reply) {
            return answer;
        }
        let group = policy.group(client.address);
        if let Some(records) = self.own.answer(query.name(), query.rtype()) {
            let is_told = query.rtype() != RecordType::SVCB || policy.has_discovery(group);
            return self.answer_of_itself(request, if is_told { records } else { &[] }, reply);
        }
        let context = || Context { policy, group, suffixes, client, now, except: None };
        let spoken = match policy.decide(group, Subject::Name(suffixes), now.wall) {
            Verdict::Block(block) if applies(&block, client) => {
                let answer = self.block(policy, request, &block, reply);
                return answer.with_staged(policy, || context().staged(Some(&block), iter::empty()));
            }
            Verdict::Pass | Verdict::Block(_) => None,
            Verdict::Shadow(listing) => Some((listing, What::Shadow)),
            Verdict::Exempt(listing, _) => Some((listing, What::Exempt)),
            Verdict::Protected(listing) => Some((listing, What::Protected)),
        };
        let context = context();
        let spoken = spoken.map(|(listing, what)| Spoken { slot: listing.list.slot, what });
        if !query.recursion_desired() {
            // Whoever does not want recursion wants to know what others asked.
            let error =
                ExtendedError::new(Info::NOT_AUTHORITATIVE, "this resolver answers recursive queries only");
            let answer = self.fail(request, reply, protocol(Rcode::REFUSED), Some(error));
            return answer.with_staged(policy, || context.staged(None, iter::empty()));
        }
        if query.rtype() == RecordType::ANY {
            let answer = self.answer_any(request, reply);
            return answer.with_staged(policy, || context.staged(None, iter::empty()));
        }
        if let Some(target) = ipv4_name(request, &context) {
            return Answer::Miss(Box::new(Miss::through(target, policy.ttl, request, (None, &[]))));
        }
        self.answer_from_cache(request, context, reply)
            .map(|answer| answer.with_list(spoken))
            .unwrap_or_else(|| Answer::Miss(Box::new(Miss::new(request, spoken))))
    }

    /// Answers a miss with what was found, and keeps it.
    pub fn finish(&self, miss: &Miss, found: &Found, now: Now, reply: &mut [u8]) -> Answer {
        let Ok(query) = Query::parse(&miss.packet) else { return Answer::Drop(protocol(Rcode::FORMERR)) };
        let request = &self.request(&query, miss.client, now);
        let policy = self.policy.load();
        let suffixes = policy.suffixes(query.name());
        let alias = miss.alias.as_ref();
        let context = Context {
            policy: &policy,
            group: policy.group(miss.client.address),
            suffixes: &suffixes,
            client: miss.client,
            now,
            // The list that sent the name elsewhere has had its say.
            except: alias.and(miss.spoken).map(|spoken| spoken.slot),
        };
        let (mut chain, addresses) = followed(found);
        chain.extend(alias.map(|_| miss.question.name.canonical().as_wire().into()));
        let names = chain.iter().map(|name| &**name);
        let objection = match alias {
            None => context.judge(names, addresses.iter().copied()),
            Some(_) => context.judge_aliases(names, addresses.iter().copied()),
        };
        let made = miss.synthesis.map(|synthesis| synthesis.apply(found, &miss.question.name));
        let found = made.as_ref().unwrap_or(found);
        let Some(packed) = entry((&query, &suffixes), miss, found, &self.config, (&chain, now)) else {
            let error = ExtendedError::new(Info::OTHER, "the answer is longer than a message can be");
            return self.fail(request, reply, protocol(Rcode::SERVFAIL), Some(error));
        };
        let entry = Entry::of(&packed);
        let wanted = if miss.synthesis.is_none() { wanted(request, &context, entry) } else { None };
        let names = || chain.iter().map(|name| &**name);
        let answer = match (objection, wanted) {
            (Some(objection), _) => {
                let answer = match self.object(&policy, request, &objection, reply) {
                    // Two lists that send names to each other would do so for ever.
                    Answer::Miss(_) if alias.is_some() => {
                        self.fail(request, reply, protocol(Rcode::SERVFAIL), None)
                    }
                    answer => answer,
                };
                answer.with_staged(&policy, || objection.staged(&context, names()))
            }
            (None, Some(synthesis)) => Answer::Miss(Box::new(miss.clone().for_synthesis(synthesis))),
            (None, None) => {
                let length = self.compose_entry(request, entry, reply);
                let outcome = Outcome { kind: Kind::Resolved, list: miss.spoken, ..protocol(entry.rcode) };
                let answer = Answer::Reply(Reply::new(length, outcome));
                answer.with_staged(&policy, || context.staged(None, names()))
            }
        };
        // Neither a failure nor what is past its time takes the place of an answer that still holds.
        let stale = |error: &ExtendedError| matches!(error.info, Info::STALE_ANSWER | Info::STALE_NXDOMAIN);
        let is_worse = miss.refresh && (found.rcode == Rcode::SERVFAIL || found.errors.iter().any(stale));
        // Kept even where it was blocked: the next hit is judged again, by whatever lists there are then.
        if miss.alias.is_none() && entry.expires > now.monotonic && !is_worse {
            self.cache.insert(&Key::new(&suffixes, entry.flavour()), packed);
        }
        answer
    }

    fn answer_from_cache(
        &self,
        request: &Request<'_>,
        context: Context<'_>,
        reply: &mut [u8],
    ) -> Option<Answer> {
        let found = Flavour::of(request.query, None);
        let mut hit = self.cache.find(&Key::new(context.suffixes, found), context.now.monotonic)?;
        if let Some(synthesis) = wanted(request, &context, hit.entry()?) {
            hit.touch();
            match self.find_made(found, synthesis, &context) {
                Some(made) => hit = made,
                None => {
                    let miss = Miss::new(request, None).for_synthesis(synthesis);
                    return Some(Answer::Miss(Box::new(miss)));
                }
            }
        }
        hit.touch();
        let entry = hit.entry()?;
        let mut is_behind = false;
        if !entry.is_clean_for(context.policy) {
            let addresses = || section_addresses(entry.sections(), entry.counts[0]);
            if context.is_unlisted(entry.chain(), addresses()) {
                entry.is_found_clean(context.policy);
            } else if let Some(objection) = context.judge_aliases(entry.chain(), addresses()) {
                let answer = self.object(context.policy, request, &objection, reply);
                let staged = || objection.staged(&context, entry.chain());
                return Some(answer.with_staged(context.policy, staged));
            } else {
                is_behind = true;
            }
        }
        let length = self.compose_entry(request, entry, reply);
        let outcome = Outcome { kind: Kind::Cached, ..protocol(entry.rcode) };
        let refresh = self.config.prefetch && entry.claim_refresh(context.now.monotonic);
        let refresh = refresh.then(|| Box::new(Miss { refresh, ..Miss::new(request, None) }));
        let answer = Answer::Reply(Reply { refresh, ..Reply::new(length, outcome) });
        // What no list speaks of is not looked at again.
        let staged = || context.staged(None, is_behind.then(|| entry.chain()).into_iter().flatten());
        Some(answer.with_staged(context.policy, staged))
    }

    /// What was made of addresses found before. Apart from the path that all others take.
    #[cold]
    fn find_made(&self, found: Flavour, synthesis: Synthesis, context: &Context<'_>) -> Option<Hit<'_>> {
        let made = Flavour { made_with: Some(synthesis.prefix), ..found };
        self.cache.find(&Key::new(context.suffixes, made), context.now.monotonic)
    }

    fn compose_entry(&self, request: &Request<'_>, entry: Entry<'_>, reply: &mut [u8]) -> usize {
        let Request { query, now, .. } = request;
        let mut composer = self.composer(request, reply);
        composer.rcode(entry.rcode);
        composer.put_sections(entry.counts, entry.sections());
        composer.age(now.monotonic.saturating_sub(entry.stored));
        // AD is for those who asked to hear of it (RFC 6840 §5.8).
        if entry.authentic && (query.dnssec_ok() || query.authentic_data()) {
            composer.authentic();
        }
        composer.finish(self.config.udp_size, entry.errors())
    }

    fn object(
        &self,
        policy: &Policy,
        request: &Request<'_>,
        objection: &Objection<'_>,
        reply: &mut [u8],
    ) -> Answer {
        match objection {
            Objection::Listed(block) => self.block(policy, request, block, reply),
            Objection::Rebinding => {
                let mut composer = self.composer(request, reply);
                deny(policy, &mut composer);
                let length = composer.finish(self.config.udp_size, &[REBINDING]);
                let outcome = Outcome { kind: Kind::Rebinding, ..protocol(Rcode::NXDOMAIN) };
                Answer::Reply(Reply::new(length, outcome))
            }
        }
    }

    fn block(&self, policy: &Policy, request: &Request<'_>, block: &Block<'_>, reply: &mut [u8]) -> Answer {
        let spoken = Spoken { slot: block.listing.list.slot, what: What::Blocked };
        let outcome = |rcode| Outcome { kind: Kind::Blocked, list: Some(spoken), ..protocol(rcode) };
        let is_program = request.query.edns().is_some_and(|edns| edns.has(self.config.structured_errors));
        // A program has no use for the page.
        let remedy = if is_program && block.remedy == Remedy::Page { Remedy::Nxdomain } else { block.remedy };
        let case = block.case().filter(|_| !is_program).map(|case| ["Case ", case, ". "]);
        let mut composer = self.composer(request, reply);
        composer.lead(case.as_ref().map_or(&[], |lead| lead));
        match apply(policy, remedy, request, &mut composer) {
            Applied::Drop => Answer::Drop(outcome(Rcode::NOERROR)),
            Applied::Complete(rcode) => {
                let length = if is_program {
                    let error = block.error_for_program(composer.room_for_text());
                    composer.finish(self.config.udp_size, &[error])
                } else {
                    composer.finish(self.config.udp_size, block.errors)
                };
                Answer::Reply(Reply::new(length, outcome(rcode)))
            }
            Applied::Impossible => self.fail(request, reply, outcome(Rcode::SERVFAIL), None),
            Applied::Alias(target, ttl) => {
                // Whoever is told by structure is not told of a forged answer.
                let errors = if is_program { &block.errors[..1] } else { block.errors };
                Answer::Miss(Box::new(Miss::through(target, ttl, request, (Some(spoken), errors))))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist;
    use crate::dns::{Name, Record};
    use crate::metrics::Transport;
    use crate::policy;

    fn engine() -> Engine {
        configured(Config { cache: 1, ..Config::default() })
    }

    fn configured(config: Config) -> Engine {
        let policy = Policy::new(&policy::Config::default(), blocklist::Key::new([3; 16]), vec![], &[], 1);
        Engine::new(config, policy.unwrap())
    }

    fn now(monotonic: u32) -> Now {
        Now { monotonic, wall: "2026-06-01T12:00:00Z".parse().unwrap() }
    }

    fn ask(engine: &Engine, now: Now) -> (Answer, Vec<u8>) {
        let packet = b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x03www\x07example\0\0\x01\0\x01";
        let client = Client { address: [127, 0, 0, 1].into(), transport: Transport::Udp };
        let mut reply = vec![0; 512];
        (engine.answer(&engine.policy(), packet, client, now, &mut reply), reply)
    }

    fn miss(engine: &Engine, now: Now) -> Miss {
        match ask(engine, now).0 {
            Answer::Miss(miss) => *miss,
            other => panic!("{other:?}"),
        }
    }

    /// The TTL of the one record of a hit, and what is to be asked anew.
    fn hit(engine: &Engine, now: Now) -> (u32, Option<Box<Miss>>) {
        let (Answer::Reply(made), reply) = ask(engine, now) else { panic!("a miss at {now:?}") };
        assert_eq!(made.outcome.kind, Kind::Cached);
        let ttl = reply[made.length - 10..made.length - 6].try_into().unwrap();
        (u32::from_be_bytes(ttl), made.refresh)
    }

    fn found(ttl: u32, errors: Vec<ExtendedError>) -> Found {
        let owner = Name::from_text("www.example").unwrap();
        let record = Record { owner, rtype: RecordType::A, ttl, data: [192, 0, 2, 1].into() };
        Found { rcode: Rcode::NOERROR, authentic: false, answer: vec![record], authority: vec![], errors }
    }

    fn finish(engine: &Engine, miss: &Miss, found: &Found, now: Now) {
        assert!(matches!(engine.finish(miss, found, now, &mut [0; 512]), Answer::Reply(_)));
    }

    #[test]
    fn what_is_asked_for_is_renewed_before_it_is_too_old() {
        let engine = engine();
        finish(&engine, &miss(&engine, now(1)), &found(300, vec![]), now(1));
        assert!(hit(&engine, now(270)).1.is_none());
        let (ttl, refresh) = hit(&engine, now(271));
        let refresh = refresh.unwrap();
        assert!(ttl == 30 && refresh.refresh && refresh.question.rtype == RecordType::A);
        // Nobody else is told while that is under way, and where it fails, what is known holds to its end.
        assert!(hit(&engine, now(272)).1.is_none());
        let failure = Found::failure(ExtendedError::new(Info::NO_REACHABLE_AUTHORITY, ""));
        finish(&engine, &refresh, &failure, now(273));
        assert_eq!(hit(&engine, now(274)).0, 27);
        finish(&engine, &refresh, &found(300, vec![]), now(275));
        assert_eq!(hit(&engine, now(275)).0, 300);
        assert!(!miss(&engine, now(575)).refresh);
    }

    #[test]
    fn only_datagrams_are_limited() {
        let engine = configured(Config { rate_limit: 1, rate_limit_slip: 0, cache: 1, ..Config::default() });
        let packet = b"\0\0\x01\0\0\x01\0\0\0\0\0\0\x03www\x07example\0\0\xff\0\x01";
        let answered = |transport| {
            let client = Client { address: [127, 0, 0, 1].into(), transport };
            let ask = || engine.answer(&engine.policy(), packet, client, now(1), &mut [0; 512]);
            (0..3).filter(|_| matches!(ask(), Answer::Reply(_))).count()
        };
        assert_eq!(answered(Transport::Udp), 1);
        for transport in [Transport::Tcp, Transport::Tls, Transport::Https, Transport::Http3, Transport::Quic]
        {
            assert_eq!(answered(transport), 3, "{transport:?}");
        }
    }

    #[test]
    fn what_has_outlived_its_ttl_is_kept_for_thirty_seconds() {
        for info in [Info::STALE_ANSWER, Info::STALE_NXDOMAIN] {
            let engine = engine();
            let stale = found(300, vec![ExtendedError::new(info, "")]);
            finish(&engine, &miss(&engine, now(1)), &stale, now(1));
            assert_eq!(hit(&engine, now(2)).0, 29);
            // Its servers are asked again while it is asked for.
            assert!(hit(&engine, now(28)).1.is_some());
            miss(&engine, now(31));
        }
    }
}
