//! From a client's question to its answer: link by link along the chain of aliases, each proved by its own zone.

use std::sync::Arc;

use super::fact::{Fact, Said, Status};
use super::limits::ALIASES;
use super::recursor::{Caller, Shared};
use crate::dns::{ExtendedError, Found, Info, Name, Question, Rcode, Record, RecordType, Rrset};

/// What a client wants beside the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ask {
    /// DO: signatures and proofs too (RFC 3225).
    pub dnssec: bool,
    /// CD: the data even if it does not validate (RFC 4035 §3.2.2).
    pub checking_disabled: bool,
    /// The answer is known and soon to expire: what has less than a fifth of its life left is asked for again.
    pub refresh: bool,
}

/// The TTL of an answer that has outlived its own, in seconds (RFC 8767 §4).
const STALE_TTL: u32 = 30;

/// An answer as it grows along the chain.
struct Chain {
    found: Found,
    names: Vec<Name>,
    dnssec: bool,
}

/// What follows a link.
enum Next {
    Ask(Question),
    Done,
}

impl Shared {
    /// Resolves a question, with whatever it takes.
    pub(super) async fn resolve(
        self: Arc<Self>,
        question: Question,
        ask: Ask,
    ) -> Result<Found, ExtendedError> {
        let caller = Caller::client();
        let mut chain = Chain::new(&question, ask);
        let mut asked = question;
        loop {
            let fact = self.link(&asked, ask, &caller).await?;
            let ttl = self.world.now().seconds_until(fact.expires);
            match chain.push(&asked, &fact, ttl)? {
                Next::Ask(next) => asked = next,
                Next::Done => return Ok(chain.found),
            }
        }
    }

    /// One link of the chain, judged unless the client does that itself.
    async fn link(
        self: &Arc<Self>,
        question: &Question,
        ask: Ask,
        caller: &Caller,
    ) -> Result<Fact, ExtendedError> {
        let now = self.world.now();
        let known = if ask.refresh { self.recall(question, now) } else { None };
        let fact = match known.filter(|fact| fact.is_nearly_over(now)) {
            Some(_) => self.fetch(question, caller).await?,
            None => {
                self.judge_ended(question, caller).await;
                self.lookup(question, caller).await?
            }
        };
        if ask.checking_disabled {
            return Ok(fact);
        }
        match self.judged_lookup(question, fact, caller).await? {
            Fact { status: Status::Bogus(error), .. } => Err(error),
            fact => Ok(fact),
        }
    }

    /// The answer out of memory, if all of it is fresh and judged, and will be for a while where it is to be renewed.
    pub(super) fn remembered(&self, question: &Question, ask: Ask) -> Option<Found> {
        let now = self.world.now();
        let fits = |fact: &Fact| fact.is_fresh(now) && !(ask.refresh && fact.is_nearly_over(now));
        self.answer_from_memory(question, ask, &fits)
    }

    /// The answer out of memory, with what has outlived its TTL by less than the operator's bound.
    pub(super) fn stale(&self, question: &Question, ask: Ask) -> Option<Found> {
        let (now, bound) = (self.world.now(), self.settings.stale?);
        let mut found = self.answer_from_memory(question, ask, &|fact| fact.expires.after(bound) > now)?;
        for record in found.answer.iter_mut().chain(&mut found.authority) {
            record.ttl = STALE_TTL;
        }
        // Signatures say until when they prove anything (RFC 4035 §5.3.3), and nobody has looked since.
        found.authentic = false;
        found.errors.push(if found.rcode == Rcode::NXDOMAIN { STALE_NXDOMAIN } else { STALE_ANSWER });
        Some(found)
    }

    /// The answer out of memory, from facts that `fits` likes; nothing where a link is missing. What was not judged, or
    /// is bogus, is only for those who judge for themselves.
    fn answer_from_memory(
        &self,
        question: &Question,
        ask: Ask,
        fits: &dyn Fn(&Fact) -> bool,
    ) -> Option<Found> {
        let now = self.world.now();
        let fits = |fact: &Fact| (ask.checking_disabled || fact.is_sound()) && fits(fact);
        let mut chain = Chain::new(question, ask);
        let mut asked = question.clone();
        loop {
            let fact = self.recall_if(&asked, &fits)?;
            match chain.push(&asked, &fact, now.seconds_until(fact.expires)).ok()? {
                Next::Ask(next) => asked = next,
                Next::Done => return Some(chain.found),
            }
        }
    }
}

impl Chain {
    fn new(question: &Question, ask: Ask) -> Self {
        let found = Found {
            rcode: Rcode::NOERROR,
            // Who judges for themselves are not told that we did (RFC 6840 §5.9).
            authentic: !ask.checking_disabled,
            answer: Vec::new(),
            authority: Vec::new(),
            errors: Vec::new(),
        };
        Self { found, names: vec![question.name.clone()], dnssec: ask.dnssec }
    }

    /// Adds the link that answers `question`, whose records live for `ttl` seconds, and says what follows.
    fn push(&mut self, question: &Question, fact: &Fact, ttl: u32) -> Result<Next, ExtendedError> {
        let dnssec = self.dnssec;
        self.found.authentic &= fact.status == Status::Secure;
        let why = if let Status::Insecure(why) = &fact.status { why.as_ref() } else { None };
        for error in fact.remarks.iter().chain(why) {
            if !self.found.errors.contains(error) {
                self.found.errors.push(error.clone());
            }
        }
        match &*fact.said {
            Said::Data { set, proofs } => {
                // In the letters of the question, as servers give it back (RFC 4343 §4.1).
                let set = if set.owner == question.name { &set.renamed(question.name.clone()) } else { set };
                add(&mut self.found.answer, set, ttl, dnssec);
                for proof in proofs.iter().filter(|_| dnssec) {
                    add(&mut self.found.authority, proof, ttl, true);
                }
            }
            Said::NoData(denial) | Said::NameError(denial) => {
                let proofs = denial.proofs.iter().filter(|_| dnssec);
                for set in denial.soa.iter().chain(proofs) {
                    add(&mut self.found.authority, set, ttl, dnssec);
                }
                if matches!(*fact.said, Said::NameError(_)) {
                    self.found.rcode = Rcode::NXDOMAIN;
                }
            }
        }
        let Some(alias) = fact.alias(&question.name, question.rtype) else { return Ok(Next::Done) };
        self.found.answer.extend(alias.made.map(|made| Record { ttl, ..made }));
        let Some(target) = alias.target else {
            self.found.rcode = Rcode::YXDOMAIN;
            return Ok(Next::Done);
        };
        // An alias made from a DNAME is itself what was asked for.
        if question.rtype == RecordType::CNAME {
            return Ok(Next::Done);
        }
        if self.names.contains(&target) {
            return Err(CIRCLE);
        }
        if self.names.len() == ALIASES {
            return Err(TOO_LONG);
        }
        self.names.push(target.clone());
        Ok(Next::Ask(Question { name: target, ..question.clone() }))
    }
}

/// Adds a set to a section, once: several links may be made by one DNAME, or proved by the same records. A zone and its
/// parent may each have an NSEC record of the same name.
fn add(section: &mut Vec<Record>, set: &Rrset, ttl: u32, dnssec: bool) {
    let is_first_of_set = |record: &Record| {
        record.rtype == set.rtype && record.owner == set.owner && set.data().next() == Some(&record.data)
    };
    if !section.iter().any(is_first_of_set) {
        section.extend(set.records(ttl, dnssec));
    }
}

const STALE_ANSWER: ExtendedError =
    ExtendedError::new(Info::STALE_ANSWER, "the servers do not answer; this was so a while ago");
const STALE_NXDOMAIN: ExtendedError =
    ExtendedError::new(Info::STALE_NXDOMAIN, "the servers do not answer; this was so a while ago");
const CIRCLE: ExtendedError = ExtendedError::new(Info::OTHER, "the aliases form a circle");
const TOO_LONG: ExtendedError = ExtendedError::new(Info::OTHER, "too many aliases in a row");
