//! What is answered without any name having been looked at: oddities of the protocol, and questions about the
//! server itself; and how any reply begins.

use super::block::put_soa;
use super::cookie;
use super::engine::Engine;
use super::limit::Allowance;
use super::outcome::{Answer, Client, Now, Outcome, Reply, Request};
use super::own::OWN_TTL;
use crate::dns::{
    Class, Composer, Edns, ExtendedError, Info, MAX_MESSAGE, Query, Rcode, RecordType, Section,
    UDP_WITHOUT_EDNS, compose_refusal,
};
use crate::metrics::{Kind, Transport};
use crate::policy::Slots;

/// TTL of the HINFO that answers ANY (RFC 8482 §4.2), in seconds.
const ANY_TTL: u32 = 3_600;

impl Engine {
    /// A query as it is to be answered, with the answer to its cookie.
    #[inline]
    pub(super) fn request<'q>(&self, query: &'q Query<'q>, client: Client, now: Now) -> Request<'q> {
        let cookie = query.edns().and_then(|edns| edns.cookie());
        let cookie = cookie
            .and_then(|given| cookie::answer(&self.config.cookie_secrets, given, client.address, now.wall));
        Request { query, client, now, cookie }
    }

    /// Answers a packet whose question cannot be read, by a header alone.
    pub(super) fn refuse(
        &self,
        packet: &[u8],
        rcode: Rcode,
        (client, now): (Client, Now),
        reply: &mut [u8],
    ) -> Answer {
        if self.allowance(client, now) != Allowance::Answer {
            return Answer::Drop(Outcome { kind: Kind::Limited, ..protocol(rcode) });
        }
        let length = compose_refusal(packet, rcode, reply);
        Answer::Reply(Reply::new(length, protocol(rcode)))
    }

    /// What becomes of a query beyond the limit on answers to its network. Who has shown by a cookie to be where
    /// it says it is has no limit; who has sent one that does not hold learns the one that does (RFC 7873 §5.2.3);
    /// all others are sent to TCP.
    #[inline]
    pub(super) fn answer_beyond_limit(&self, request: &Request<'_>, reply: &mut [u8]) -> Option<Answer> {
        if request.cookie.is_some_and(|cookie| cookie.valid) {
            return None;
        }
        let limited = |rcode| Outcome { kind: Kind::Limited, ..protocol(rcode) };
        match self.allowance(request.client, request.now) {
            Allowance::Answer => None,
            Allowance::Nothing => Some(Answer::Drop(limited(Rcode::NOERROR))),
            Allowance::Slip if request.cookie.is_some() => {
                Some(self.fail(request, reply, limited(Rcode::BADCOOKIE), None))
            }
            Allowance::Slip => {
                let mut composer = self.composer(request, reply);
                composer.truncate();
                let length = composer.finish(self.config.udp_size, &[]);
                Some(Answer::Reply(Reply::new(length, limited(Rcode::NOERROR))))
            }
        }
    }

    /// A client with whom there was a handshake is where it says it is.
    #[inline]
    fn allowance(&self, client: Client, now: Now) -> Allowance {
        match &self.limiter {
            Some(limiter) if client.transport == Transport::Udp => {
                limiter.allowance(client.address, now.monotonic)
            }
            _ => Allowance::Answer,
        }
    }

    /// What is answered by version, class or type alone.
    #[inline]
    pub(super) fn answer_by_protocol(&self, request: &Request<'_>, reply: &mut [u8]) -> Option<Answer> {
        let query = request.query;
        if query.edns().is_some_and(|edns| edns.version != 0) {
            return Some(self.fail(request, reply, protocol(Rcode::BADVERS), None));
        }
        match query.class() {
            Class::IN => {}
            Class::CH => return Some(self.answer_chaos(request, reply)),
            _ => {
                let error = ExtendedError::new(Info::NOT_SUPPORTED, "only class IN is resolved");
                return Some(self.fail(request, reply, protocol(Rcode::REFUSED), Some(error)));
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
        Some(self.fail(request, reply, protocol(rcode), None))
    }

    /// What a server says of itself, if the operator wants it to (RFC 4892).
    fn answer_chaos(&self, request: &Request<'_>, reply: &mut [u8]) -> Answer {
        let text = match request.query.canonical_name().as_wire() {
            b"\x07version\x04bind\0" | b"\x07version\x06server\0" => &self.config.version,
            b"\x02id\x06server\0" | b"\x08hostname\x04bind\0" => &self.config.identity,
            _ => &None,
        };
        let (Some(text), RecordType::TXT | RecordType::ANY) = (text, request.query.rtype()) else {
            return self.fail(request, reply, protocol(Rcode::REFUSED), None);
        };
        let mut data = vec![text.len() as u8];
        data.extend(text.as_bytes());
        self.answer_own(request, (RecordType::TXT, 0, &data), reply)
    }

    /// ANY gets one small record instead of everything (RFC 8482 §4.2).
    pub(super) fn answer_any(&self, request: &Request<'_>, reply: &mut [u8]) -> Answer {
        self.answer_own(request, (RecordType::HINFO, ANY_TTL, b"\x07RFC8482\0"), reply)
    }

    /// What the resolver says of itself, without recursion too (RFC 9606 §3).
    pub(super) fn answer_of_itself(
        &self,
        request: &Request<'_>,
        records: &[Box<[u8]>],
        reply: &mut [u8],
    ) -> Answer {
        let mut composer = self.composer(request, reply);
        composer.authoritative();
        for data in records {
            composer.own_record(Section::Answer, request.query.rtype(), OWN_TTL, data);
        }
        if records.is_empty() {
            put_soa(&mut composer, OWN_TTL);
        }
        let length = composer.finish(self.config.udp_size, &[]);
        Answer::Reply(Reply::new(length, protocol(Rcode::NOERROR)))
    }

    fn answer_own(
        &self,
        request: &Request<'_>,
        (rtype, ttl, data): (RecordType, u32, &[u8]),
        reply: &mut [u8],
    ) -> Answer {
        let mut composer = self.composer(request, reply);
        composer.own_record(Section::Answer, rtype, ttl, data);
        let length = composer.finish(self.config.udp_size, &[]);
        Answer::Reply(Reply::new(length, protocol(Rcode::NOERROR)))
    }

    /// A reply without records.
    pub(super) fn fail(
        &self,
        request: &Request<'_>,
        reply: &mut [u8],
        outcome: Outcome,
        error: Option<ExtendedError>,
    ) -> Answer {
        let mut composer = self.composer(request, reply);
        composer.rcode(outcome.rcode);
        let length = composer.finish(self.config.udp_size, error.as_slice());
        Answer::Reply(Reply::new(length, outcome))
    }

    /// Begins a reply, within what its client takes, with the answer to its cookie.
    #[inline]
    pub(super) fn composer<'b>(&self, request: &Request<'_>, reply: &'b mut [u8]) -> Composer<'b> {
        let limit = match (request.client.transport, request.query.edns()) {
            (Transport::Udp, None) => UDP_WITHOUT_EDNS,
            // Sizes below 512 count as 512 (RFC 6891 §6.2.3).
            (Transport::Udp, Some(edns)) => usize::from(edns.udp_size.min(self.config.udp_size).max(512)),
            _ => MAX_MESSAGE,
        };
        let mut composer = Composer::new(request.query, reply, limit);
        if request.client.transport.is_encrypted() && request.query.edns().is_some_and(Edns::has_padding) {
            composer.pad();
        }
        if let Some(answered) = request.cookie {
            composer.cookie(answered.cookie);
        }
        composer
    }
}

/// The outcome of what the packet alone decides.
pub(super) fn protocol(rcode: Rcode) -> Outcome {
    Outcome { rcode, kind: Kind::Protocol, list: None, staged: Slots::default() }
}
