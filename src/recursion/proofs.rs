//! What proved records say of names that nobody has asked for yet (RFC 8198).
//!
//! Each NSEC or NSEC3 record of a signed zone denies a whole span of names. Those that came with answers and were
//! verified are kept in order, so that the next made-up name of the span is denied without a message: a flood of
//! random names below a signed zone ends here. The proof itself is the same as for a reply; this file only finds the
//! records that may make one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::fact::{Denial as Denied, Fact, Rank, Said, Status};
use super::judge::holder;
use super::recursor::{Caller, Shared};
use super::world::Moment;
use crate::dns::{Name, Question, RecordType, Rrset};
use crate::dnssec::{Denial, Hash, Nsec3, Proved, Work};

/// So many records of one zone are kept, and the rest learned again.
const MOST_RECORDS: usize = 1_024;
/// Hashes that a look-up may cost are bounded: RFC 9276 wants no iterations at all.
const MOST_ITERATIONS: u16 = 10;

/// The proved records of one zone. Copies share them.
#[derive(Clone, Default)]
pub(super) struct Proofs(Arc<Mutex<Spans>>);

#[derive(Default)]
struct Spans {
    plain: BTreeMap<Name, Proof>,
    hashed: BTreeMap<Hash, Proof>,
    soa: Option<Proof>,
}

#[derive(Clone)]
struct Proof {
    set: Rrset,
    expires: Moment,
}

impl Proofs {
    /// Adds what came with a proved fact. Returns whether anything was added.
    fn add(&self, zone: &Name, fact: &Fact, now: Moment) -> bool {
        let mut spans = self.lock();
        let mut added = false;
        for set in fact.said.sets() {
            let proof = || Proof { set: set.clone(), expires: fact.expires };
            match set.rtype {
                RecordType::SOA if set.owner == *zone => spans.soa = Some(proof()),
                RecordType::NSEC => _ = spans.plain.insert(set.owner.clone(), proof()),
                RecordType::NSEC3 => {
                    let read = Nsec3::parse(set, zone);
                    let cheap = read.filter(|read| read.parameters.iterations <= MOST_ITERATIONS);
                    if let Some(read) = cheap {
                        spans.hashed.insert(read.owner, proof());
                    }
                }
                _ => continue,
            }
            added = true;
        }
        if spans.plain.len() + spans.hashed.len() > MOST_RECORDS {
            spans.plain.retain(|_, proof| proof.expires > now);
            spans.hashed.retain(|_, proof| proof.expires > now);
            // Still too many: all of them are fresh, and any half is as good as the other.
            while spans.plain.len() + spans.hashed.len() > MOST_RECORDS {
                spans.plain.pop_last();
                spans.hashed.pop_last();
            }
        }
        added
    }

    /// How many records there are.
    pub(super) fn count(&self) -> usize {
        let spans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spans.plain.len() + spans.hashed.len()
    }

    /// The octets that they take in memory.
    pub(super) fn weight(&self) -> usize {
        let spans = self.lock();
        let proofs = spans.plain.values().chain(spans.hashed.values()).chain(&spans.soa);
        proofs.map(|proof| 2 * size_of::<Proof>() + proof.set.weight()).sum()
    }

    fn lock(&self) -> MutexGuard<'_, Spans> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The records that may say something of a name: those just before it, before each name above it, and before each
    /// wildcard that might stand for it.
    fn around(&self, zone: &Name, name: &Name, now: Moment, work: &mut Work) -> Spans {
        let wildcards = above(name, zone).filter_map(|name| name.child(b"*"));
        let names = above(name, zone).chain(std::iter::once(name.clone())).chain(wildcards);
        // Hashed before the lock is taken, for which others wait.
        let first = self.lock().hashed.values().next().cloned();
        let parameters =
            first.as_ref().and_then(|proof| Nsec3::parse(&proof.set, zone)).map(|read| read.parameters);
        let hash = |name: &Name, work: &mut Work| parameters?.hash(name, work).ok();
        let names: Vec<_> = names.map(|name| (hash(&name, work), name)).collect();
        let spans = self.lock();
        let mut found = Spans { soa: fresh(spans.soa.as_ref(), now), ..Spans::default() };
        for (hash, name) in names {
            if let Some((owner, proof)) = spans.plain.range(..=&name).next_back()
                && let Some(proof) = fresh(Some(proof), now)
            {
                found.plain.insert(owner.clone(), proof);
            }
            if let Some(hash) = hash {
                // The last record of the zone covers what is before the first.
                let before =
                    spans.hashed.range(..=hash).next_back().or_else(|| spans.hashed.last_key_value());
                if let Some((owner, proof)) = before
                    && let Some(proof) = fresh(Some(proof), now)
                {
                    found.hashed.insert(*owner, proof);
                }
            }
        }
        found
    }
}

fn fresh(proof: Option<&Proof>, now: Moment) -> Option<Proof> {
    proof.filter(|proof| proof.expires > now).cloned()
}

/// The names above a name, up to its zone.
fn above(name: &Name, zone: &Name) -> impl Iterator<Item = Name> {
    name.and_above().skip(1).take_while(move |above| above.is_within(zone))
}

impl Shared {
    /// Keeps the proofs that came with a fact that was judged by the keys of `zone`. `wildcard` is the closest
    /// encloser of a name that was made from a wildcard.
    pub(super) fn keep_proofs(&self, zone: &Name, question: &Question, fact: &Fact, wildcard: Option<&Name>) {
        let now = self.world.now();
        if fact.status != Status::Secure || !fact.is_fresh(now) {
            return;
        }
        if let (Said::Data { set, .. }, Some(wildcard)) =
            (&*fact.said, wildcard.and_then(|name| name.child(b"*")))
        {
            // The wildcard itself, as it would be asked for (RFC 8198 §5.3).
            let set = set.renamed(wildcard.clone());
            let said = Arc::new(Said::Data { set, proofs: Vec::new() });
            let question = Question { name: wildcard, ..question.clone() };
            self.memory.keep_fact(&question, &Fact { said, ..fact.clone() }, now);
        }
        let proofs = self.memory.proofs(zone).unwrap_or_default();
        if proofs.add(zone, fact, now) {
            self.memory.keep_proofs(zone, proofs);
        }
    }

    /// The fact that proved records of a zone make certain without asking.
    pub(super) fn concluded(&self, question: &Question, caller: &Caller) -> Option<Fact> {
        if !self.is_judged(&question.name) {
            return None;
        }
        let now = self.world.now();
        let zone = holder(question)?.and_above().find(|zone| self.memory.trust(zone, now).is_some())?;
        self.conclude_from(&self.memory.proofs(&zone)?, &zone, question, &mut caller.budget.work())
    }

    fn conclude_from(
        &self,
        proofs: &Proofs,
        zone: &Name,
        question: &Question,
        work: &mut Work,
    ) -> Option<Fact> {
        let now = self.world.now();
        let around = proofs.around(zone, &question.name, now, work);
        let sets: Vec<&Rrset> =
            around.plain.values().chain(around.hashed.values()).map(|proof| &proof.set).collect();
        if sets.is_empty() {
            return None;
        }
        let mut denial = Denial::new(zone, sets.iter().copied());
        let secure = |proved| matches!(proved, Ok(Proved::Secure));
        let owned = || sets.iter().map(|set| (*set).clone()).collect();
        let (said, wildcard_expires) = if let Some((set, expires)) = self.wildcard_for(zone, question, now)
            && let Some(encloser) = set.owner.parent()
            && secure(denial.wildcard_answer(&question.name, &encloser, work))
        {
            (Said::Data { set: set.renamed(question.name.clone()), proofs: owned() }, Some(expires))
        } else {
            let denied =
                || Denied { soa: around.soa.as_ref().map(|proof| proof.set.clone()), proofs: owned() };
            around.soa.as_ref()?;
            if secure(denial.name_error(&question.name, work)) {
                (Said::NameError(denied()), None)
            } else if secure(denial.no_data(&question.name, question.rtype, work)) {
                (Said::NoData(denied()), None)
            } else {
                return None;
            }
        };
        let all = around.plain.values().chain(around.hashed.values()).chain(&around.soa);
        let expires = all.map(|proof| proof.expires).chain(wildcard_expires).min()?;
        let fact = Fact {
            said: Arc::new(said),
            rank: Rank::Answer,
            status: Status::Secure,
            zone: zone.clone(),
            source: None,
            stored: now,
            expires,
            remarks: Vec::new(),
        };
        self.memory.keep_fact(question, &fact, now);
        Some(fact)
    }

    /// A wildcard that was proved and may stand for the name, with its end.
    fn wildcard_for(&self, zone: &Name, question: &Question, now: Moment) -> Option<(Rrset, Moment)> {
        above(&question.name, zone).filter_map(|name| name.child(b"*")).find_map(|wildcard| {
            let known = |rtype| self.memory.fact(&wildcard, rtype);
            let fact = known(question.rtype).filter(Fact::is_data).or_else(|| known(RecordType::CNAME))?;
            match &*fact.said {
                Said::Data { set, .. } if fact.status == Status::Secure && fact.is_fresh(now) => {
                    Some((set.clone(), fact.expires))
                }
                _ => None,
            }
        })
    }
}
