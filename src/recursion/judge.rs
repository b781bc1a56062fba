//! Judging a fact: is it what its zone signed, is it proved that nobody signs it, or is it bogus (RFC 4033 §5)?

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::fact::{Denial as Denied, Fact, Said, Status};
use super::memory::KnownTrust;
use super::recursor::{Caller, Shared};
use super::trust::{BOGUS, ITERATIONS, Trust};
use crate::dns::{ExtendedError, Name, Question, RecordType, Rrset};
use crate::dnssec::{Bogus, Denial, Proved, ZoneKeys, signer, verify};

/// A verdict, and for how many seconds it holds.
pub(super) struct Verdict {
    status: Status,
    pub(super) ttl: u32,
    /// What remains of what was said, without proofs that do not verify; none for all of it.
    said: Option<Said>,
    /// The closest encloser, where a wildcard stands for the name.
    wildcard: Option<Name>,
}

impl Verdict {
    fn new(status: Status, ttl: u32) -> Self {
        Self { status, ttl, said: None, wildcard: None }
    }
}

impl Shared {
    /// The fact that answers a question, judged. What is bogus comes back as such; an error means that no verdict
    /// could be reached.
    pub(super) async fn judged_lookup(
        self: &Arc<Self>,
        question: &Question,
        fact: Fact,
        caller: &Caller,
    ) -> Result<Fact, ExtendedError> {
        if fact.status != Status::Unchecked {
            return Ok(fact);
        }
        // Nothing signs signatures, and where nobody is to judge nobody does.
        if question.rtype == RecordType::RRSIG
            || !self.is_judged(&holder(question).unwrap_or_else(Name::root))
        {
            return Ok(self.conclude(question, &fact, &Verdict::new(Status::Insecure(None), u32::MAX)));
        }
        // The trust is found out before the judging, which cannot wait.
        let trust = self.trust_in(&self.zone_of(&fact, question), caller).await;
        let verdict = match trust {
            Trust::Insecure(why) => Verdict::new(Status::Insecure(why), u32::MAX),
            Trust::Bogus(error) => Verdict::new(Status::Bogus(error), BOGUS),
            Trust::Unknown(error) => return Err(error),
            Trust::Secure(keys) => return self.judged(question, fact, &keys, caller).await,
        };
        Ok(self.conclude(question, &fact, &verdict))
    }

    /// The fact, or another server's in its place, judged by the keys of its zone.
    async fn judged(
        self: &Arc<Self>,
        question: &Question,
        fact: Fact,
        keys: &Arc<ZoneKeys>,
        caller: &Caller,
    ) -> Result<Fact, ExtendedError> {
        let first = fact.clone();
        let judge = |fact: &Fact| self.judge(question, fact, keys, caller);
        let bogus = match self.second_opinion(question, fact, caller, judge).await {
            Ok((fact, verdict)) => return Ok(self.conclude_by(keys, question, &fact, &verdict)),
            // What one question may cost says nothing of the data, and must not be held against it by others.
            Err(Bogus::Exhausted) => return Err(Bogus::Exhausted.error()),
            Err(bogus) => bogus,
        };
        match self.newer_trust(keys.zone(), caller).await {
            Some(Trust::Secure(keys)) => {
                if let Ok(verdict) = self.judge(question, &first, &keys, caller) {
                    return Ok(self.conclude_by(&keys, question, &first, &verdict));
                }
            }
            Some(Trust::Insecure(why)) => {
                let verdict = Verdict::new(Status::Insecure(why), u32::MAX);
                return Ok(self.conclude(question, &first, &verdict));
            }
            _ => {}
        }
        self.doubt_clock(keys.zone(), bogus, false);
        Ok(self.conclude(question, &first, &Verdict::new(Status::Bogus(bogus.error()), BOGUS)))
    }

    /// The denial of a name on the way to another, if it is proved. Nobody else is asked where it is not.
    pub(super) fn proved_denial<'a>(
        self: &'a Arc<Self>,
        question: &'a Question,
        fact: &'a Fact,
        caller: &'a Caller,
    ) -> BoxFuture<'a, Option<Fact>> {
        async move {
            if fact.said.sets().all(|set| signer(set).is_none()) || !self.is_judged(&question.name) {
                return None;
            }
            let trust = self.trust_in(&self.zone_of(fact, question), caller).await;
            let Trust::Secure(keys) = trust else { return None };
            let verdict = self.judge(question, fact, &keys, caller).ok()?;
            let judged = self.conclude_by(&keys, question, fact, &verdict);
            (judged.status == Status::Secure).then_some(judged)
        }
        .boxed()
    }

    /// Keeps a fact with the verdict that the keys of its zone made possible, and what it proves of other names.
    fn conclude_by(&self, keys: &ZoneKeys, question: &Question, fact: &Fact, verdict: &Verdict) -> Fact {
        let fact = self.conclude(question, fact, verdict);
        self.keep_proofs(keys.zone(), question, &fact, verdict.wildcard.as_ref());
        fact
    }

    /// The trust in a zone found out anew, unless that was done just now: it may have replaced its keys, or be signed no
    /// longer, before those that are remembered have run out. Others rely on these meanwhile.
    async fn newer_trust(self: &Arc<Self>, zone: &Name, caller: &Caller) -> Option<Trust> {
        let now = self.world.now();
        let anchors = self.anchors.load_full();
        let known = self.memory.trust(zone, now)?;
        if known.since.after_seconds(BOGUS) > now {
            return None;
        }
        let above = if anchors.of(zone).is_some() { None } else { zone.parent() };
        let parent = match above {
            None => None,
            Some(above) => match self.trust_in(&above, caller).await {
                Trust::Secure(keys) => Some(keys),
                _ => return None,
            },
        };
        self.memory.forget_way_to_keys(zone);
        match self.board_trust(zone, parent.as_ref(), caller).await {
            trust @ (Trust::Secure(_) | Trust::Insecure(_)) => Some(trust),
            // What could not be had anew is believed for as long as before, and asked for again after a while.
            Trust::Bogus(_) | Trust::Unknown(_) => {
                let since = self.world.now();
                self.keep_trust(zone, KnownTrust { since, ..known }, &anchors);
                None
            }
        }
    }

    /// The zone by whose keys a fact is judged: the one that signed it, if it can have, else the one that holds the
    /// name.
    fn zone_of(&self, fact: &Fact, question: &Question) -> Name {
        let holder = holder(question).unwrap_or_else(Name::root);
        let anchor = self.anchor_zone(&holder);
        let signers = fact.said.sets().filter_map(signer);
        // Whoever claims to be signed above the anchor would be judged by nobody.
        let possible = signers.filter(|signer| holder.is_within(signer) && signer.is_within(&anchor));
        possible.max_by_key(Name::label_count).unwrap_or(holder)
    }

    /// Keeps a fact with its verdict.
    fn conclude(&self, question: &Question, fact: &Fact, verdict: &Verdict) -> Fact {
        let now = self.world.now();
        let mut fact = fact.with_status(verdict.status.clone());
        if let Some(said) = &verdict.said {
            fact.said = Arc::new(said.clone());
        }
        fact.expires = fact.expires.min(now.after_seconds(verdict.ttl));
        self.memory.keep_fact(question, &fact, now);
        fact
    }

    fn judge(
        &self,
        question: &Question,
        fact: &Fact,
        keys: &Arc<ZoneKeys>,
        caller: &Caller,
    ) -> Result<Verdict, Bogus> {
        match &*fact.said {
            Said::Data { set, proofs } => self.judge_data(question, set, proofs, keys, caller),
            said @ (Said::NoData(denied) | Said::NameError(denied)) => {
                self.judge_denial(question, said, denied, keys, caller)
            }
        }
    }

    pub(super) fn judge_data(
        &self,
        question: &Question,
        set: &Rrset,
        proofs: &[Rrset],
        keys: &Arc<ZoneKeys>,
        caller: &Caller,
    ) -> Result<Verdict, Bogus> {
        let verified = verify(set, keys, self.signing_time(), &mut caller.budget.work())?;
        let said = |proofs: &[&Rrset]| {
            let proofs = proofs.iter().copied().cloned().collect();
            Some(Said::Data { set: set.clone(), proofs })
        };
        let Some(encloser) = verified.wildcard else {
            let said = if proofs.is_empty() { None } else { said(&[]) };
            return Ok(Verdict { said, ..Verdict::new(Status::Secure, verified.ttl) });
        };
        let (proofs, ttl) = self.verified(proofs, keys, caller)?;
        let said = said(&proofs);
        let mut denial = Denial::new(keys.zone(), proofs);
        let name = if set.rtype == RecordType::DNAME { &set.owner } else { &question.name };
        let proved = denial.wildcard_answer(name, &encloser, &mut caller.budget.work())?;
        let verdict = Verdict::new(status(proved), ttl.min(verified.ttl));
        Ok(Verdict { wildcard: Some(encloser), said, ..verdict })
    }

    fn judge_denial(
        &self,
        question: &Question,
        said: &Said,
        denied: &Denied,
        keys: &Arc<ZoneKeys>,
        caller: &Caller,
    ) -> Result<Verdict, Bogus> {
        if denied.proofs.is_empty() {
            return Err(Bogus::Unproved);
        }
        let (proofs, mut ttl) = self.verified(&denied.proofs, keys, caller)?;
        if let Some(soa) = &denied.soa {
            let verified = verify(soa, keys, self.signing_time(), &mut caller.budget.work())?;
            ttl = ttl.min(verified.ttl);
        }
        let kept = Denied { soa: denied.soa.clone(), proofs: proofs.iter().copied().cloned().collect() };
        let mut denial = Denial::new(keys.zone(), proofs);
        let mut work = caller.budget.work();
        let (proved, said) = match said {
            Said::NameError(_) => (denial.name_error(&question.name, &mut work), Said::NameError(kept)),
            _ => (denial.no_data(&question.name, question.rtype, &mut work), Said::NoData(kept)),
        };
        let unsigned = denied.proofs.iter().all(|set| set.signatures().next().is_none());
        match proved {
            Ok(proved) => Ok(Verdict { said: Some(said), ..Verdict::new(status(proved), ttl) }),
            Err(Bogus::Unproved) if unsigned => Err(Bogus::Unsigned),
            Err(bogus) => Err(bogus),
        }
    }
}

/// The name whose zone speaks for the question: what is said of the DS records of a zone is said by its parent (RFC
/// 4035 §3.1.4.1). Nobody speaks for the root's.
pub(super) fn holder(question: &Question) -> Option<Name> {
    match question.rtype {
        RecordType::DS => question.name.parent(),
        _ => Some(question.name.clone()),
    }
}

/// The status of what is proved: data beside an opt-out span, or behind too many hashes, is not authentic.
fn status(proved: Proved) -> Status {
    match proved {
        Proved::Secure => Status::Secure,
        Proved::OptOut => Status::Insecure(None),
        Proved::Unchecked => Status::Insecure(Some(ITERATIONS)),
    }
}
