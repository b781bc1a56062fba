//! What goes into the engine beside octets, and what comes out.

use std::net::IpAddr;

use jiff::Timestamp;

use super::config::LONGEST_UDP_SIZE;
use super::cookie::Answered;
use super::synthesis::Synthesis;
use crate::dns::{ExtendedError, MAX_MESSAGE, Name, Query, Question, Rcode, Record, RecordType};
use crate::metrics::{Count, Kind, Transport, What};
use crate::policy::{Policy, Slots};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its address; held only while the query is under way.
    pub address: IpAddr,
    /// How it asks.
    pub transport: Transport,
}

/// A query that is answered: what is asked, by whom, and when.
#[derive(Clone, Copy)]
pub(super) struct Request<'q> {
    pub query: &'q Query<'q>,
    pub client: Client,
    pub now: Now,
    /// The answer to the client's cookie, if it sent one.
    pub cookie: Option<Answered>,
}

/// The time, as the shell read it once for a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Seconds that never step, since any fixed moment.
    pub monotonic: u32,
    /// The date, for what ends on one.
    pub wall: Timestamp,
}

/// What becomes of a packet.
#[derive(Debug)]
pub enum Answer {
    /// The reply is in the caller's buffer.
    Reply(Reply),
    /// It has to be resolved, then finished.
    Miss(Box<Miss>),
    /// It is not answered.
    Drop(Outcome),
}

impl Answer {
    /// Counts the lists whose staged rules would have blocked what was answered, where any are counted at all.
    #[inline]
    pub(super) fn with_staged(mut self, policy: &Policy, staged: impl FnOnce() -> Slots) -> Self {
        if policy.counts_staged() {
            match &mut self {
                Self::Reply(Reply { outcome, .. }) | Self::Drop(outcome) => outcome.staged = staged(),
                // It is asked again once it is resolved.
                Self::Miss(_) => {}
            }
        }
        self
    }

    /// Counts a list that spoke without blocking, unless one blocked.
    pub(super) fn with_list(mut self, spoken: Option<Spoken>) -> Self {
        match &mut self {
            Self::Reply(reply) => reply.outcome.list = reply.outcome.list.or(spoken),
            Self::Miss(miss) => miss.spoken = miss.spoken.or(spoken),
            Self::Drop(_) => {}
        }
        self
    }
}

/// A reply in the caller's buffer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Its length in octets.
    pub length: usize,
    /// What to count.
    pub outcome: Outcome,
    /// What to resolve and finish once the reply is sent, for nobody: it is asked for and will soon be too old.
    pub refresh: Option<Box<Miss>>,
}

impl Reply {
    pub(super) fn new(length: usize, outcome: Outcome) -> Self {
        Self { length, outcome, refresh: None }
    }
}

/// What to count of a query; no name and no address is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The reply's code.
    pub rcode: Rcode,
    /// What decided.
    pub kind: Kind,
    /// The list that spoke, where one did.
    pub list: Option<Spoken>,
    /// The lists whose staged rules would have blocked it, where nothing in force did.
    pub staged: Slots,
}

impl Outcome {
    /// As counters take it.
    pub fn count(&self, transport: Transport, answered: bool) -> Count {
        let list = self.list.map(|spoken| (spoken.slot, spoken.what));
        Count { transport, kind: self.kind, rcode: self.rcode.0, answered, list, staged: self.staged.bits() }
    }
}

/// A list, by its slot, and what it said of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The list's slot.
    pub slot: u16,
    /// What came of it.
    pub what: What,
}

/// A query that has to be resolved.
#[derive(Clone, Debug)]
pub struct Miss {
    /// What to resolve.
    pub question: Question,
    /// Whether the client wants DNSSEC records.
    pub dnssec_ok: bool,
    /// Whether the client validates for itself.
    pub checking_disabled: bool,
    /// Whether it was answered already and is asked anew before that is too old: by no cache.
    pub refresh: bool,
    pub(super) packet: Box<[u8]>,
    pub(super) client: Client,
    /// The alias that the name was given; what it leads to is no longer judged.
    pub(super) alias: Option<Alias>,
    /// The list that spoke without blocking.
    pub(super) spoken: Option<Spoken>,
    /// What is to be made of the addresses that are found.
    pub(super) synthesis: Option<Synthesis>,
}

/// The alias that a name was given.
#[derive(Clone, Debug)]
pub(super) struct Alias {
    pub record: Record,
    /// What to tell the client of it.
    pub errors: Box<[ExtendedError]>,
}

impl Miss {
    /// The longest reply that its client can be sent, in octets.
    pub fn longest_reply(&self) -> usize {
        match self.client.transport {
            Transport::Udp => LONGEST_UDP_SIZE,
            _ => MAX_MESSAGE,
        }
    }

    pub(super) fn new(request: &Request<'_>, spoken: Option<Spoken>) -> Self {
        let Request { query, client, .. } = *request;
        Self {
            question: Question {
                name: Name::from_wire(query.name()).unwrap_or_else(|_| Name::root()),
                rtype: query.rtype(),
                class: query.class(),
            },
            dnssec_ok: query.dnssec_ok(),
            checking_disabled: query.checking_disabled(),
            refresh: false,
            packet: query.packet().into(),
            client,
            alias: None,
            spoken,
            synthesis: None,
        }
    }

    /// The same question for IPv4 addresses, of which others are made.
    pub(super) fn for_synthesis(self, synthesis: Synthesis) -> Self {
        let question = Question { rtype: RecordType::A, ..self.question };
        Self { question, synthesis: Some(synthesis), ..self }
    }

    /// A query that is sent to another name, by a list unless it says otherwise: that name is resolved, and answered
    /// behind an alias.
    pub(super) fn through(
        target: Name,
        ttl: u32,
        request: &Request<'_>,
        (by, errors): (Option<Spoken>, &[ExtendedError]),
    ) -> Self {
        let mut miss = Self::new(request, by);
        let data = target.as_wire().into();
        let owner = std::mem::replace(&mut miss.question.name, target);
        let record = Record { owner, rtype: RecordType::CNAME, ttl, data };
        miss.alias = Some(Alias { record, errors: errors.into() });
        miss
    }
}
