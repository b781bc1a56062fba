//! From a question to an answer: joined, bounded, timed, and the chain of aliases followed to its end.
//!
//! [`Resolver`] holds the table of questions in flight, [`Finder`] what a flight needs. A flight keeps only
//! the finder alive, never the table that it sits in.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hickory_resolver::proto::op::{Message, Query};
use hickory_resolver::proto::rr::{
    Name as HickoryName, RData, Record as HickoryRecord, RecordType as HickoryType,
};
use tokio::time::{Duration, timeout};

use super::config::Config;
use super::error::Error;
use super::flights::{Boarding, Flights};
use super::network::Network;
use super::source::Source;
use super::translate;
use super::validation::{Link, Validator};
use super::wire::Wires;
use crate::dns::{ExtendedError, Found, Info, Question, Rcode, Record, RecordType};

/// What a client wants beside the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ask {
    /// DO: signatures and proofs too (RFC 3225).
    pub dnssec: bool,
    /// CD: the data even if it does not validate (RFC 4035 §3.2.2).
    pub checking_disabled: bool,
    /// What is known will soon be too old: it is asked for anew, by no cache of answers.
    pub refresh: bool,
}

/// How a question ended. Every question has exactly one outcome, unless its client left before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With data or a denial.
    Answered,
    /// As another's, that was in flight.
    Joined,
    /// At the time limit.
    TimedOut,
    /// At the bound of questions in flight.
    Refused,
    /// Refused by validation.
    Bogus,
    /// Without a usable answer.
    Failed,
}

impl Outcome {
    /// All of them, in the order of their declaration.
    pub const ALL: [Self; 6] =
        [Self::Answered, Self::Joined, Self::TimedOut, Self::Refused, Self::Bogus, Self::Failed];

    /// A word for a metric's label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Joined => "joined",
            Self::TimedOut => "timed_out",
            Self::Refused => "refused",
            Self::Bogus => "bogus",
            Self::Failed => "failed",
        }
    }

    fn of_failure(error: &ExtendedError) -> Self {
        let bogus = Info::DNSSEC_INDETERMINATE.0..=Info::NSEC_MISSING.0;
        if bogus.contains(&error.info.0) { Self::Bogus } else { Self::Failed }
    }
}

/// Finds answers. Copies share everything.
#[derive(Clone)]
pub struct Resolver(Arc<Inner>);

struct Inner {
    finder: Arc<Finder>,
    flights: Flights<(Question, Ask), Arc<Found>>,
}

/// What a flight needs.
struct Finder {
    source: Source,
    validator: Option<Validator>,
    time_limit: Duration,
    counts: [AtomicU64; Outcome::ALL.len()],
}

impl Resolver {
    /// Builds a resolver, reading the files that `config` names. Asks nothing of the network yet.
    pub fn new(config: &Config, network: Arc<dyn Network>) -> Result<Self, Error> {
        config.check()?;
        let source = Source::new(config, &Wires::new(network))?;
        let validator = if config.dnssec { Some(Validator::new(config, source.clone())?) } else { None };
        let time_limit = Duration::from_millis(config.time_limit);
        let finder = Arc::new(Finder { source, validator, time_limit, counts: Default::default() });
        Ok(Self(Arc::new(Inner { finder, flights: Flights::new(config.concurrent) })))
    }

    /// Resolves a question of class IN. Failures are SERVFAIL with an extended error: 5 to 12 for what does
    /// not validate, 22 for servers that could not be reached or not in time, 23 when too much is asked of
    /// us.
    pub async fn resolve(&self, question: &Question, ask: Ask) -> Arc<Found> {
        let finder = &self.0.finder;
        let key = (question.clone(), ask);
        let work = || Arc::clone(finder).resolve(question.clone(), ask);
        match self.0.flights.board(&key, work) {
            Boarding::Started(flight) => flight.await,
            Boarding::Joined(flight) => {
                let found = flight.await;
                finder.count(Outcome::Joined);
                found
            }
            Boarding::Full => {
                finder.count(Outcome::Refused);
                let error = ExtendedError::new(Info::NETWORK_ERROR, "too many questions in flight");
                Arc::new(Found::failure(error))
            }
        }
    }

    /// How many questions have had each outcome since the start.
    pub fn counts(&self) -> [(Outcome, u64); Outcome::ALL.len()] {
        Outcome::ALL.map(|outcome| (outcome, self.0.finder.counts[outcome as usize].load(Ordering::Relaxed)))
    }
}

impl Finder {
    async fn resolve(self: Arc<Self>, question: Question, ask: Ask) -> Arc<Found> {
        let (found, outcome) = match timeout(self.time_limit, self.follow(&question, ask)).await {
            Ok(Ok(found)) => (found, Outcome::Answered),
            Ok(Err(error)) => {
                let outcome = Outcome::of_failure(&error);
                (Found::failure(error), outcome)
            }
            Err(_) => {
                let error =
                    ExtendedError::new(Info::NO_REACHABLE_AUTHORITY, "not resolved within the time limit");
                (Found::failure(error), Outcome::TimedOut)
            }
        };
        self.count(outcome);
        Arc::new(found)
    }

    fn count(&self, outcome: Outcome) {
        self.counts[outcome as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// Follows the chain of aliases from the question's name to its end.
    async fn follow(&self, question: &Question, ask: Ask) -> Result<Found, ExtendedError> {
        let unusable = || ExtendedError::new(Info::OTHER, "the name cannot be asked for");
        let mut query = translate::query(&question.name, question.rtype).ok_or_else(unusable)?;
        let mut found = Found {
            rcode: Rcode::NOERROR,
            authentic: true,
            answer: Vec::new(),
            authority: Vec::new(),
            errors: Vec::new(),
        };
        let mut chain = Vec::new();
        loop {
            let Link { message, secure } = self.link(&query, ask).await?;
            found.authentic &= secure;
            let kept = |record: &&HickoryRecord| ask.dnssec || !is_dnssec(record, question.rtype);
            let answer = message.answers.iter().filter(kept).filter_map(translate::record);
            append_in_order(&mut found.answer, answer.collect());
            found.authority.extend(message.authorities.iter().filter(kept).filter_map(translate::record));
            let Some(target) = alias(&message, &query) else {
                found.rcode = translate::rcode(message.metadata.response_code);
                return Ok(found);
            };
            chain.push(query.name);
            if chain.contains(&target) {
                return Err(ExtendedError::new(Info::OTHER, "the aliases form a circle"));
            }
            if chain.len() == LONGEST_CHAIN {
                return Err(ExtendedError::new(Info::OTHER, "too many aliases in a row"));
            }
            query = Query::query(target, query.query_type);
        }
    }

    async fn link(&self, query: &Query, ask: Ask) -> Result<Link, ExtendedError> {
        match &self.validator {
            Some(validator) if !ask.checking_disabled && self.source.wants_validation(query) => {
                validator.find(query).await
            }
            _ => {
                let message = self.source.find(query, ask.checking_disabled).await;
                let message = message.map_err(|error| translate::failure(&error))?;
                Ok(Link { message, secure: false })
            }
        }
    }
}

/// Whether a record is only for clients that understand DNSSEC (RFC 4035 §3.2.1), unless it was asked for.
fn is_dnssec(record: &HickoryRecord, asked: RecordType) -> bool {
    let rtype = record.record_type();
    matches!(rtype, HickoryType::RRSIG | HickoryType::NSEC | HickoryType::NSEC3)
        && u16::from(rtype) != asked.0
}

/// Adds the records of one link: a DNAME before the alias made from it, and signatures after what they sign.
fn append_in_order(answer: &mut Vec<Record>, mut link: Vec<Record>) {
    link.sort_by_key(|record| match record.rtype {
        RecordType::DNAME => 0,
        RecordType::RRSIG => 2,
        _ => 1,
    });
    answer.append(&mut link);
}

/// Where the chain goes on, if the link is an alias for what was asked.
fn alias(link: &Message, query: &Query) -> Option<HickoryName> {
    if matches!(query.query_type(), HickoryType::CNAME | HickoryType::ANY) {
        return None;
    }
    link.answers.iter().find_map(|record| match &record.data {
        RData::CNAME(target) if record.name == *query.name() => Some(target.0.clone()),
        _ => None,
    })
}

/// As many aliases as BIND and Unbound follow, with some to spare.
const LONGEST_CHAIN: usize = 16;
