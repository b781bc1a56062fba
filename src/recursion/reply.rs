//! What a reply means for the question that was asked: facts, a referral, or nothing of use.
//!
//! Whatever a server packed into its reply, only this is heard: what it says of names in the zone that it was asked
//! for, as far as it answers the question or leads on to the answer (RFC 2181 §5.4.1, RFC 5452 §6). A chain of
//! aliases is taken apart into its links, each a fact of its own, so that each is proved by its own zone, and a denial
//! at the end is asked for again where it belongs.

use std::net::SocketAddr;
use std::sync::Arc;

use super::delegation::Route;
use super::fact::{Denial, Fact, Rank, Said, Status};
use super::judge::holder;
use super::limits::ALIASES;
use super::world::Moment;
use crate::dns::{ExtendedError, Message, Name, Question, Rcode, Record, RecordType, Rrset, labels};

/// Facts are kept for at most this long, in seconds (RFC 8767 §4 advises a cap).
const LONGEST_TTL: u32 = 86_400;
/// The same for denials (RFC 2308 §5), and for a denial that does not say for how long.
const LONGEST_DENIAL: u32 = 10_800;
const UNDATED_DENIAL: u32 = 5;

/// What a reply is good for.
#[derive(Debug)]
pub(super) enum Reading {
    /// The answer, and further links of its chain of aliases, each with the question that it answers.
    Facts(Vec<(Question, Fact)>),
    /// The same from a resolver that stands where a server of the zone should: better than nothing, and no more.
    Hearsay(Vec<(Question, Fact)>),
    /// The servers of this zone know more.
    Referral(Name),
    /// The server knows nothing of the zone, or nothing that can be used.
    Useless,
}

/// Where and when a reply was given.
pub(super) struct Origin<'a> {
    /// Who was asked for which zone.
    pub(super) route: &'a Route,
    /// The server.
    pub(super) server: SocketAddr,
    /// When the reply came.
    pub(super) now: Moment,
}

impl Reading {
    /// Reads a reply to `question`.
    pub(super) fn of(reply: &Message, question: &Question, origin: &Origin<'_>) -> Self {
        if !matches!(reply.rcode, Rcode::NOERROR | Rcode::NXDOMAIN | Rcode::YXDOMAIN) {
            return Self::Useless;
        }
        let mut reading = Self::of_sections(reply, question, origin);
        if let Self::Facts(facts) = &mut reading
            && let Some((_, first)) = facts.first_mut()
        {
            first.remarks = remarks(reply, origin.route);
        }
        reading
    }

    fn of_sections(reply: &Message, question: &Question, origin: &Origin<'_>) -> Self {
        let recursive = origin.route.is_recursive();
        // Answers of such a resolver are hearsay, its denials are not even that, and its referrals are as good as any.
        let hearsay = !recursive && !reply.authoritative && reply.recursion_available;
        let zone = origin.route.zone();
        let heard =
            |sets: Vec<Rrset>| sets.into_iter().filter(|set| set.owner.is_within(zone)).collect::<Vec<_>>();
        let authority = heard(Rrset::group(&reply.authority));
        let answer = match question.rtype {
            RecordType::RRSIG => bare_signatures(reply, &question.name).into_iter().collect(),
            _ => heard(Rrset::group(&reply.answer)),
        };
        match link(&answer, question) {
            Some(set) => {
                let facts = chain(&answer, &authority, question, set.clone(), origin);
                match hearsay {
                    true => {
                        Self::Hearsay(facts.into_iter().map(|(asked, fact)| (asked, fact.beside())).collect())
                    }
                    false => Self::Facts(facts),
                }
            }
            None if reply.rcode == Rcode::YXDOMAIN => Self::Useless,
            None => match Self::of_denial(reply, authority, question, origin) {
                Self::Facts(_) if hearsay => Self::Useless,
                reading => reading,
            },
        }
    }

    fn of_denial(reply: &Message, authority: Vec<Rrset>, question: &Question, origin: &Origin<'_>) -> Self {
        let zone = origin.route.zone();
        let above = |set: &&Rrset| question.name.is_within(&set.owner);
        let soa = authority.iter().filter(above).find(|set| set.rtype == RecordType::SOA).cloned();
        let cut =
            authority.iter().filter(above).find(|set| set.rtype == RecordType::NS).map(|set| &set.owner);
        let denies = reply.rcode == Rcode::NXDOMAIN;
        // No denial of data comes with such a record (RFC 2308 §2.2).
        let upwards = |record: &Record| {
            record.rtype == RecordType::NS && record.owner != *zone && zone.is_within(&record.owner)
        };
        let refers_upwards = !denies && reply.authority.iter().any(upwards);
        match (&soa, cut) {
            // The zone itself cannot say whether its parent has DS records for it (RFC 4035 §3.1.4.1).
            (Some(soa), _)
                if holder(question).is_some_and(|holder| !holder.is_within(&soa.owner)) && !denies =>
            {
                return Self::Useless;
            }
            (Some(_), _) => {}
            (None, Some(cut)) if !denies && cut != zone && !origin.route.is_recursive() => {
                let at_itself = question.rtype == RecordType::DS && *cut == question.name;
                return if at_itself { Self::Useless } else { Self::Referral(cut.clone()) };
            }
            (None, _)
                if denies || (reply.authoritative && !refers_upwards) || origin.route.is_recursive() => {}
            // A referral to itself or upwards, or silence on the matter.
            (None, _) => return Self::Useless,
        }
        let lifetime =
            soa.as_ref().and_then(|soa| Some(soa.ttl.min(minimum(soa)?))).unwrap_or(UNDATED_DENIAL);
        let proofs = authority.into_iter().filter(is_proof).collect();
        let denial = Denial { soa, proofs };
        let said = if denies { Said::NameError(denial) } else { Said::NoData(denial) };
        let fact = origin.fact(said, Rank::Answer, lifetime.min(LONGEST_DENIAL));
        Self::Facts(vec![(question.clone(), fact)])
    }
}

/// What a forwarder tells beside its reply, or instead of one: its extended errors, with a word on whose they are, since
/// what it says of itself is not so of this resolver (RFC 8914 §3). Servers of zones have no say here.
pub(super) fn remarks(reply: &Message, route: &Route) -> Vec<ExtendedError> {
    let errors = reply.edns.iter().filter(|_| route.is_recursive()).flat_map(|edns| &edns.errors);
    let passed_on = |error: &ExtendedError| {
        let text = match &*error.text {
            "" => "a forwarder says so".into(),
            text => format!("a forwarder says: {text}"),
        };
        ExtendedError { info: error.info, text: text.into() }
    };
    errors.map(passed_on).collect()
}

/// The set that answers the question or stands in the answer's place.
fn link<'a>(answer: &'a [Rrset], question: &Question) -> Option<&'a Rrset> {
    let at = |rtype: RecordType| answer.iter().find(|set| set.rtype == rtype && set.owner == question.name);
    let above = |set: &&Rrset| {
        set.rtype == RecordType::DNAME && set.owner != question.name && question.name.is_within(&set.owner)
    };
    // Nothing exists below a DNAME, and the alias that servers make from it is made again here. An alias beside the
    // data is dropped.
    let dname = answer.iter().filter(above).max_by_key(|set| set.owner.label_count());
    dname.or_else(|| at(question.rtype)).or_else(|| at(RecordType::CNAME))
}

/// The first link and those that follow it in the same answer.
fn chain(
    answer: &[Rrset],
    authority: &[Rrset],
    question: &Question,
    first: Rrset,
    origin: &Origin<'_>,
) -> Vec<(Question, Fact)> {
    let mut facts: Vec<(Question, Fact)> = Vec::new();
    let (mut question, mut set) = (question.clone(), first);
    loop {
        // Positive answers need proofs only where a wildcard was expanded (RFC 4035 §3.1.3.3).
        let proofs = if is_expanded(&set) {
            authority.iter().filter(|set| is_proof(set)).cloned().collect()
        } else {
            Vec::new()
        };
        let rank = if facts.is_empty() { Rank::Answer } else { Rank::Beside };
        let ttl = set.ttl.min(LONGEST_TTL);
        let fact = origin.fact(Said::Data { set, proofs }, rank, ttl);
        let target = fact.alias(&question.name, question.rtype).and_then(|alias| alias.target);
        facts.push((question.clone(), fact));
        let Some(target) = target.filter(|_| facts.len() < ALIASES) else { return facts };
        question.name = target;
        let known = facts.iter().any(|(earlier, _)| earlier.name == question.name);
        match link(answer, &question).filter(|_| !known) {
            Some(next) => set = next.clone(),
            None => return facts,
        }
    }
}

impl Origin<'_> {
    fn fact(&self, said: Said, rank: Rank, ttl: u32) -> Fact {
        Fact {
            said: Arc::new(said),
            rank,
            status: Status::Unchecked,
            zone: self.route.zone().clone(),
            source: Some(self.server),
            stored: self.now,
            expires: self.now.after_seconds(ttl),
            remarks: Vec::new(),
        }
    }
}

/// The signatures at a name, for whoever asks for them alone. They are records that nothing signs.
fn bare_signatures(reply: &Message, name: &Name) -> Option<Rrset> {
    let signatures =
        reply.answer.iter().filter(|record| record.rtype == RecordType::RRSIG && record.owner == *name);
    let ttl = signatures.clone().map(|record| record.ttl).min()?;
    Some(Rrset::new(name.clone(), RecordType::RRSIG, ttl, signatures.map(|record| &*record.data), []))
}

/// Whether signatures say that the set came from a wildcard (RFC 4034 §3.1.3).
fn is_expanded(set: &Rrset) -> bool {
    let wildcard = labels(set.owner.as_wire()).next() == Some(b"*");
    let count = set.owner.label_count() - usize::from(wildcard);
    set.signatures().any(|signature| signature.get(3).is_some_and(|labels| usize::from(*labels) < count))
}

fn is_proof(set: &Rrset) -> bool {
    matches!(set.rtype, RecordType::NSEC | RecordType::NSEC3)
}

/// The MINIMUM field of a SOA set (RFC 2308 §4).
fn minimum(soa: &Rrset) -> Option<u32> {
    soa.data().next()?.last_chunk().map(|octets| u32::from_be_bytes(*octets))
}
