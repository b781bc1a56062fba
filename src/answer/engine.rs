//! The engine: the one path that every query takes, whatever it came by.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use arc_swap::{ArcSwap, Guard};

use super::block::{Applied, apply, put_soa};
use super::cache::{Cache, CacheSize, Entry, Key};
use super::config::Config;
use super::judge::{Context, applies};
use super::outcome::{Answer, Client, Miss, Now, Outcome, Reply, Spoken};
use super::own::{Endpoint, OWN_TTL, Own};
use crate::blocklist::{Networks, Suffixes};
use crate::dns::{
    Canonical, Class, Composer, Edns, ExtendedError, Fault, Found, Info, MAX_MESSAGE, Query, Rcode, Record,
    RecordType, Section, UDP_WITHOUT_EDNS, compose_refusal, section_addresses,
};
use crate::metrics::{Kind, Transport, What};
use crate::policy::{Block, Policy, Subject, Verdict};

/// TTL of the HINFO that answers ANY (RFC 8482 §4.2), in seconds.
const ANY_TTL: u32 = 3_600;
/// How long a failure is kept, in seconds (RFC 9520 §3.2 wants at least 1 and at most 300).
const FAILURE_TTL: u32 = 5;
/// An answer of common size is composed for the cache in this many octets; a larger one is composed again.
const COMMON_ANSWER: usize = 4_096;

/// The one path. See the room's door.
pub struct Engine {
    pub(super) policy: ArcSwap<Policy>,
    pub(super) cache: Cache,
    pub(super) clients: Networks<()>,
    config: Config,
    own: Own,
}

impl Engine {
    /// An engine with an empty cache.
    pub fn new(config: Config, policy: Policy) -> Self {
        let mut clients = Networks::default();
        for network in &config.clients {
            // A network named twice is the same network.
            _ = clients.insert(*network, ());
        }
        let cache = Cache::new(config.cache << 20);
        let own = Own::new(&config, &[], false);
        Self { policy: ArcSwap::from_pointee(policy), cache, clients, config, own }
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

    /// Puts a whole new policy in force, for the very next batch.
    pub fn swap(&self, policy: Policy) {
        self.policy.store(Arc::new(policy));
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
        let query = match Query::parse(packet) {
            Ok(query) => query,
            Err(Fault::Unanswerable) => return Answer::Drop(protocol(Rcode::FORMERR)),
            Err(Fault::Refused(rcode)) => {
                let length = compose_refusal(packet, rcode, reply);
                return Answer::Reply(Reply { length, outcome: protocol(rcode) });
            }
        };
        if !self.admits(client.address) {
            // Without a text: whoever forges a stranger's address gets no more out than went in.
            let error = ExtendedError::new(Info::PROHIBITED, "");
            let outcome = Outcome { kind: Kind::Denied, ..protocol(Rcode::REFUSED) };
            return self.fail(&query, client, reply, outcome, Some(error));
        }
        if let Some(answer) = self.answer_by_protocol(&query, client, reply) {
            return answer;
        }
        let name = query.canonical_name();
        if let Some(records) = self.own.answer(&name, query.rtype()) {
            return self.answer_of_itself(&query, client, records, reply);
        }
        let suffixes = policy.suffixes(&name);
        let group = policy.group(client.address);
        let spoken = match policy.decide(group, Subject::Name(&suffixes), now.wall) {
            Verdict::Block(block) if applies(&block, client) => {
                return self.block(policy, &query, client, &block, reply);
            }
            Verdict::Pass | Verdict::Block(_) => None,
            Verdict::Shadow(listing) => Some((listing, What::Shadow)),
            Verdict::Exempt(listing, _) => Some((listing, What::Exempt)),
            Verdict::Protected(listing) => Some((listing, What::Protected)),
        };
        let spoken = spoken.map(|(listing, what)| Spoken { slot: listing.list.slot, what });
        if !query.recursion_desired() {
            // Whoever does not want recursion wants to know what others asked.
            let error =
                ExtendedError::new(Info::NOT_AUTHORITATIVE, "this resolver answers recursive queries only");
            return self.fail(&query, client, reply, protocol(Rcode::REFUSED), Some(error));
        }
        if query.rtype() == RecordType::ANY {
            return self.answer_any(&query, client, reply);
        }
        let context = Context { policy, group, suffixes: &suffixes, client, now, except: None };
        self.answer_from_cache(&query, &name, context, reply)
            .map(|answer| answer.with_list(spoken))
            .unwrap_or_else(|| Answer::Miss(Miss::new(&query, client, spoken)))
    }

    /// Answers a miss with what was found, and keeps it.
    pub fn finish(&self, miss: &Miss, found: &Found, now: Now, reply: &mut [u8]) -> Answer {
        let Ok(query) = Query::parse(&miss.packet) else { return Answer::Drop(protocol(Rcode::FORMERR)) };
        let policy = self.policy.load();
        let name = query.canonical_name();
        let suffixes = policy.suffixes(&name);
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
        let block = match alias {
            None => context.judge(names, addresses.iter().copied()),
            Some(_) => context.judge_aliases(names, addresses.iter().copied()),
        };
        let Some(entry) = self.entry(&query, miss, found, chain, now) else {
            let error = ExtendedError::new(Info::OTHER, "the answer is longer than a message can be");
            return self.fail(&query, miss.client, reply, protocol(Rcode::SERVFAIL), Some(error));
        };
        let answer = match block {
            Some(block) => match self.block(&policy, &query, miss.client, &block, reply) {
                // Two lists that send names to each other would do so for ever.
                Answer::Miss(_) if alias.is_some() => {
                    self.fail(&query, miss.client, reply, protocol(Rcode::SERVFAIL), None)
                }
                answer => answer,
            },
            None => {
                let length = self.compose_entry(&query, miss.client, &entry, now, reply);
                let outcome = Outcome { rcode: entry.rcode, kind: Kind::Resolved, list: miss.spoken };
                Answer::Reply(Reply { length, outcome })
            }
        };
        // Kept even where it was blocked: the next hit is judged again, by whatever lists there are then.
        if miss.alias.is_none() && entry.expires > now.monotonic {
            self.cache.insert(&cache_key(&query, &name, &suffixes), entry);
        }
        answer
    }

    /// What was found, as it is kept; `None` where no message can hold it.
    fn entry(
        &self,
        query: &Query<'_>,
        miss: &Miss,
        found: &Found,
        chain: Vec<Box<[u8]>>,
        now: Now,
    ) -> Option<Entry> {
        let alias = miss.alias.as_ref();
        let (counts, sections) =
            compose_sections(query, alias.map(|alias| &alias.record), found, &self.config)?;
        Some(Entry {
            name: query.canonical_name().as_wire().into(),
            flavour: (query.rtype(), query.dnssec_ok(), query.checking_disabled()),
            rcode: found.rcode,
            authentic: found.authentic && alias.is_none(),
            counts,
            sections,
            errors: alias.iter().flat_map(|alias| &alias.errors).chain(&found.errors).cloned().collect(),
            chain: chain.into(),
            stored: now.monotonic,
            expires: now.monotonic.saturating_add(self.lifetime(found, query.rtype())),
            clean: AtomicU64::new(0),
            used: AtomicBool::new(false),
        })
    }

    /// What is answered without any name having been looked at.
    fn answer_by_protocol(&self, query: &Query<'_>, client: Client, reply: &mut [u8]) -> Option<Answer> {
        if query.edns().is_some_and(|edns| edns.version != 0) {
            return Some(self.fail(query, client, reply, protocol(Rcode::BADVERS), None));
        }
        match query.class() {
            Class::IN => {}
            Class::CH => return Some(self.answer_chaos(query, client, reply)),
            _ => {
                let error = ExtendedError::new(Info::NOT_SUPPORTED, "only class IN is resolved");
                return Some(self.fail(query, client, reply, protocol(Rcode::REFUSED), Some(error)));
            }
        }
        let rcode = match query.rtype() {
            // Types that no data can have (RFC 6895 §3.1, RFC 9824 §3.4).
            RecordType(0) | RecordType::OPT | RecordType::NXNAME | RecordType::TSIG | RecordType::TKEY => {
                Rcode::FORMERR
            }
            RecordType::AXFR | RecordType::IXFR | RecordType::MAILA | RecordType::MAILB => Rcode::NOTIMP,
            _ => return None,
        };
        Some(self.fail(query, client, reply, protocol(rcode), None))
    }

    /// What a server says of itself, if the operator wants it to (RFC 4892).
    fn answer_chaos(&self, query: &Query<'_>, client: Client, reply: &mut [u8]) -> Answer {
        let text = match query.canonical_name().as_wire() {
            b"\x07version\x04bind\0" | b"\x07version\x06server\0" => &self.config.version,
            b"\x02id\x06server\0" | b"\x08hostname\x04bind\0" => &self.config.identity,
            _ => &None,
        };
        let (Some(text), RecordType::TXT | RecordType::ANY) = (text, query.rtype()) else {
            return self.fail(query, client, reply, protocol(Rcode::REFUSED), None);
        };
        let mut data = vec![text.len() as u8];
        data.extend(text.as_bytes());
        let mut composer = self.composer(query, client, reply);
        composer.own_record(Section::Answer, RecordType::TXT, 0, &data);
        let length = composer.finish(self.config.udp_size, &[]);
        Answer::Reply(Reply { length, outcome: protocol(Rcode::NOERROR) })
    }

    /// What the resolver says of itself, without recursion too (RFC 9606 §3).
    fn answer_of_itself(
        &self,
        query: &Query<'_>,
        client: Client,
        records: &[Box<[u8]>],
        reply: &mut [u8],
    ) -> Answer {
        let mut composer = self.composer(query, client, reply);
        composer.authoritative();
        for data in records {
            composer.own_record(Section::Answer, query.rtype(), OWN_TTL, data);
        }
        if records.is_empty() {
            put_soa(&mut composer, OWN_TTL);
        }
        let length = composer.finish(self.config.udp_size, &[]);
        Answer::Reply(Reply { length, outcome: protocol(Rcode::NOERROR) })
    }

    /// ANY gets one small record instead of everything (RFC 8482 §4.2).
    fn answer_any(&self, query: &Query<'_>, client: Client, reply: &mut [u8]) -> Answer {
        let mut composer = self.composer(query, client, reply);
        composer.own_record(Section::Answer, RecordType::HINFO, ANY_TTL, b"\x07RFC8482\0");
        let length = composer.finish(self.config.udp_size, &[]);
        Answer::Reply(Reply { length, outcome: protocol(Rcode::NOERROR) })
    }

    fn answer_from_cache(
        &self,
        query: &Query<'_>,
        name: &Canonical,
        context: Context<'_>,
        reply: &mut [u8],
    ) -> Option<Answer> {
        let key = cache_key(query, name, context.suffixes);
        let guard = self.cache.find(&key, context.now.monotonic)?;
        let entry = guard.as_ref()?;
        entry.touch();
        if !entry.is_clean_for(context.policy) {
            let chain = entry.chain.iter().map(|name| &**name);
            let addresses = || section_addresses(&entry.sections, entry.counts[0]);
            if context.is_unlisted(chain.clone(), addresses()) {
                entry.clean.store(context.policy.generation, Relaxed);
            } else if let Some(block) = context.judge_aliases(chain, addresses()) {
                return Some(self.block(context.policy, query, context.client, &block, reply));
            }
        }
        let length = self.compose_entry(query, context.client, entry, context.now, reply);
        let outcome = Outcome { rcode: entry.rcode, kind: Kind::Cached, list: None };
        Some(Answer::Reply(Reply { length, outcome }))
    }

    fn compose_entry(
        &self,
        query: &Query<'_>,
        client: Client,
        entry: &Entry,
        now: Now,
        reply: &mut [u8],
    ) -> usize {
        let mut composer = self.composer(query, client, reply);
        composer.rcode(entry.rcode);
        composer.put_sections(entry.counts, &entry.sections);
        composer.age(now.monotonic.saturating_sub(entry.stored));
        // AD is for those who asked to hear of it (RFC 6840 §5.8).
        if entry.authentic && (query.dnssec_ok() || query.authentic_data()) {
            composer.authentic();
        }
        composer.finish(self.config.udp_size, &entry.errors)
    }

    fn block(
        &self,
        policy: &Policy,
        query: &Query<'_>,
        client: Client,
        block: &Block<'_>,
        reply: &mut [u8],
    ) -> Answer {
        let spoken = Spoken { slot: block.listing.list.slot, what: What::Blocked };
        let outcome = |rcode| Outcome { rcode, kind: Kind::Blocked, list: Some(spoken) };
        let mut composer = self.composer(query, client, reply);
        match apply(policy, block.remedy, query, &mut composer) {
            Applied::Drop => Answer::Drop(outcome(Rcode::NOERROR)),
            Applied::Complete(rcode) => {
                let length = composer.finish(self.config.udp_size, block.errors);
                Answer::Reply(Reply { length, outcome: outcome(rcode) })
            }
            Applied::Impossible => self.fail(query, client, reply, outcome(Rcode::SERVFAIL), None),
            Applied::Alias(target, ttl) => {
                Answer::Miss(Miss::through(target, ttl, query, client, (spoken, block.errors)))
            }
        }
    }

    fn fail(
        &self,
        query: &Query<'_>,
        client: Client,
        reply: &mut [u8],
        outcome: Outcome,
        error: Option<ExtendedError>,
    ) -> Answer {
        let mut composer = self.composer(query, client, reply);
        composer.rcode(outcome.rcode);
        let length = composer.finish(self.config.udp_size, error.as_slice());
        Answer::Reply(Reply { length, outcome })
    }

    fn composer<'b>(&self, query: &Query<'_>, client: Client, reply: &'b mut [u8]) -> Composer<'b> {
        let limit = match (client.transport, query.edns()) {
            (Transport::Udp, None) => UDP_WITHOUT_EDNS,
            // Sizes below 512 count as 512 (RFC 6891 §6.2.3).
            (Transport::Udp, Some(edns)) => usize::from(edns.udp_size.min(self.config.udp_size).max(512)),
            _ => MAX_MESSAGE,
        };
        let mut composer = Composer::new(query, reply, limit);
        if client.transport.is_encrypted() && query.edns().is_some_and(Edns::has_padding) {
            composer.pad();
        }
        composer
    }

    /// For how many seconds what was found may be kept; 0 for not at all.
    fn lifetime(&self, found: &Found, rtype: RecordType) -> u32 {
        let shortest = found.answer.iter().map(|record| capped(record.ttl, self.config.longest_ttl)).min();
        let negative = !found.answer.iter().any(|record| record.rtype == rtype);
        // A chain of aliases may end in nothing (RFC 2308 §2.2.1): then the SOA limits it too.
        let soa = found
            .authority
            .iter()
            .find_map(|record| Some(record.minimum()?.min(capped(record.ttl, u32::MAX))));
        match found.rcode {
            Rcode::NOERROR | Rcode::NXDOMAIN => {}
            // Our own limits are no property of the name.
            Rcode::SERVFAIL if !found.errors.iter().any(|error| error.info == Info::NETWORK_ERROR) => {
                return FAILURE_TTL;
            }
            _ => return 0,
        }
        match (negative, soa, shortest) {
            (true, None, _) => 0,
            (_, Some(soa), answer) => {
                soa.min(self.config.longest_negative_ttl).min(answer.unwrap_or(u32::MAX))
            }
            (false, None, answer) => answer.unwrap_or(0),
        }
    }
}

fn protocol(rcode: Rcode) -> Outcome {
    Outcome { rcode, kind: Kind::Protocol, list: None }
}

fn cache_key<'k>(query: &Query<'_>, name: &'k Canonical, suffixes: &Suffixes) -> Key<'k> {
    Key {
        place: suffixes.whole().map_or(0, |hash| hash.place()),
        name: name.as_wire(),
        rtype: query.rtype(),
        dnssec_ok: query.dnssec_ok(),
        checking_disabled: query.checking_disabled(),
    }
}

/// The names that an answer leads to, in lower case, and the addresses at their end.
fn followed(found: &Found) -> (Vec<Box<[u8]>>, Vec<IpAddr>) {
    let aliases = found.answer.iter().filter_map(Record::leads_to);
    let chain = aliases.map(|name| name.canonical().as_wire().into()).collect();
    (chain, found.answer.iter().flat_map(Record::addresses).collect())
}

/// Composes what was found behind the question, with TTLs capped; `None` where no message can hold it. The TTL
/// of a denial's SOA says for how long the denial holds (RFC 2308 §5), or whoever caches behind us would keep it
/// for longer than we do.
fn compose_sections(
    query: &Query<'_>,
    alias: Option<&Record>,
    found: &Found,
    config: &Config,
) -> Option<([u16; 2], Box<[u8]>)> {
    [COMMON_ANSWER, MAX_MESSAGE].iter().find_map(|size| {
        let mut buffer = vec![0; *size];
        let mut composer = Composer::new(query, &mut buffer, *size);
        let answers = alias.into_iter().chain(&found.answer).map(|record| (Section::Answer, record));
        let authorities = found.authority.iter().map(|record| (Section::Authority, record));
        for (section, record) in answers.chain(authorities) {
            let ttl = match (section, record.minimum()) {
                (Section::Authority, Some(minimum)) => {
                    capped(record.ttl, config.longest_negative_ttl).min(minimum)
                }
                _ => capped(record.ttl, config.longest_ttl),
            };
            composer.record(section, &Record { ttl, ..record.clone() });
        }
        let (counts, sections) = composer.sections()?;
        Some((counts, sections.into()))
    })
}

/// A TTL with its highest bit set is 0 (RFC 2181 §8).
fn capped(ttl: u32, longest: u32) -> u32 {
    if ttl > i32::MAX as u32 { 0 } else { ttl.min(longest) }
}
