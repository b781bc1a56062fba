//! The way to a server and back: chance, time, and what comes over it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rempart::dns::{Record, RecordType};
use rempart::resolver::{self, Moment, Transport, Undelivered, is_reply};
use tokio::time::Instant;

use super::message::{Query, Reply};
use super::server::{Behaviour, Cookies, Letters, Rule, Server};
use super::zone::Zone;
use super::{Asked, Simulation, World, answer, processor_time};

const WITHOUT_EDNS: u16 = 512;
const BADCOOKIE: u16 = 23;
/// Types that nobody knows (RFC 6895 §3.1).
const FIRST_PRIVATE: u16 = 61_440;

/// After so many datagrams that are no replies a socket is closed.
const MOST_FORGERIES: usize = 16;
impl resolver::World for Simulation {
    fn now(&self) -> Moment {
        Moment(self.0.elapsed())
    }

    fn wall(&self) -> u64 {
        self.0.wall + self.0.elapsed() / 1000
    }

    fn random(&self) -> u64 {
        self.0.chance.lock().unwrap().number()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        tokio::time::sleep(time).boxed()
    }

    fn exchange(
        &self,
        server: SocketAddr,
        transport: Transport,
        query: Vec<u8>,
    ) -> BoxFuture<'static, Result<Vec<u8>, Undelivered>> {
        let world = Arc::clone(&self.0);
        async move {
            let datagrams =
                world.send(server, &transport, &query).await.map_err(|_| Undelivered::Unreachable)?;
            let udp = transport == Transport::Udp;
            // What is not the reply is passed over, as a socket does.
            let forged = datagrams.len();
            match datagrams.into_iter().take(MOST_FORGERIES).find(|octets| !udp || is_reply(&query, octets)) {
                Some(reply) if is_reply(&query, &reply) => Ok(reply),
                Some(_) => Err(Undelivered::Unreachable),
                None if forged >= MOST_FORGERIES => Err(Undelivered::Forged),
                None => std::future::pending().await,
            }
        }
        .boxed()
    }
}

impl World {
    /// All that comes back, in order, when the last of it has come.
    async fn send(&self, to: SocketAddr, transport: &Transport, octets: &[u8]) -> io::Result<Vec<Vec<u8>>> {
        let query = Query::parse(octets);
        self.asked.lock().unwrap().push(Asked {
            server: to,
            transport: transport.clone(),
            name: query.name.to_lowercase().to_string(),
            written: query.name.to_string(),
            rtype: query.rtype.to_string(),
            edns: query.edns.is_some(),
            cookie: query.edns.as_ref().is_some_and(|edns| edns.cookie.is_some()),
        });
        let server = self.servers.lock().unwrap().get(&to).cloned();
        let Some(server) = server else { return Err(io::ErrorKind::HostUnreachable.into()) };
        let rule = server.rule(&query, transport, self.elapsed());
        let behaviour = rule.and_then(|rule| rule.does).unwrap_or(server.behaviour);
        if behaviour == Behaviour::Closed {
            return Err(io::ErrorKind::ConnectionRefused.into());
        }
        let udp = *transport == Transport::Udp;
        let (lost, jitter) = {
            let mut chance = self.chance.lock().unwrap();
            (udp && chance.percent(server.loss), chance.below(server.jitter + 1) as u64)
        };
        tokio::time::sleep(Duration::from_millis(server.delay + jitter)).await;
        let mut replies: Vec<Vec<u8>> =
            (0..rule.map_or(0, |rule| rule.forged)).map(|at| forge(&query, at)).collect();
        if !lost && let Some(reply) = self.spend(|| self.reply(&server, rule, behaviour, &query, udp)) {
            let arrives = !udp || server.fragments.is_none_or(|longest| reply.len() <= longest);
            replies.extend(arrives.then_some(reply));
        }
        Ok(replies)
    }

    /// Does some work of the simulation's own, and counts its time.
    fn spend<Done>(&self, work: impl FnOnce() -> Done) -> Done {
        let begun = processor_time();
        let done = work();
        *self.spent.lock().unwrap() += processor_time() - begun;
        done
    }

    /// Milliseconds since somebody first asked.
    fn elapsed(&self) -> u64 {
        let start = *self.start.lock().unwrap().get_or_insert_with(Instant::now);
        start.elapsed().as_millis() as u64
    }

    fn reply(
        &self,
        server: &Server,
        rule: Option<&Rule>,
        behaviour: Behaviour,
        query: &Query,
        udp: bool,
    ) -> Option<Vec<u8>> {
        let mut reply = Reply::to(query);
        if server.letters == Letters::Lowered {
            reply.question.make_ascii_lowercase();
        }
        if !eat_cookie(server, query, &mut reply, udp) {
            return Some(reply.compose());
        }
        let mut size = query.edns.as_ref().map_or(WITHOUT_EDNS, |edns| edns.udp_size).min(server.udp_size);
        if let Some(says) = rule.and_then(|rule| rule.says.as_ref()) {
            says.replace(&mut reply);
        } else if !self.misbehave(server, behaviour, query, udp, &mut reply)? {
            self.answer(server, query, &mut reply);
            mend(behaviour, query, &mut reply);
        }
        if let Some(adds) = rule.and_then(|rule| rule.adds.as_ref()) {
            adds.add_to(&mut reply);
        }
        if !udp {
            size = u16::MAX;
        }
        let ballast = (0..server.ballast).map(|number| Record {
            owner: query.name.clone(),
            rtype: RecordType(FIRST_PRIVATE + number),
            ttl: 60,
            data: [7; 4].into(),
        });
        reply.authority.extend(ballast);
        let mut octets = reply.compose_within(size.into());
        match behaviour {
            Behaviour::Half => octets.truncate(octets.len() / 2 + 6),
            Behaviour::Garbage => octets[query.question.len() + 12..].fill(0xff),
            _ => {}
        }
        Some(octets)
    }

    /// Makes the reply of a behaviour that says nothing of the zones. None for silence; false for others.
    fn misbehave(
        &self,
        server: &Server,
        behaviour: Behaviour,
        query: &Query,
        udp: bool,
        reply: &mut Reply,
    ) -> Option<bool> {
        let soa = |reply: &mut Reply| {
            self.zones_of(server).first().into_iter().for_each(|zone| {
                reply
                    .authority
                    .extend(zone.set(&zone.origin, RecordType::SOA).into_iter().flatten().cloned());
            });
        };
        match behaviour {
            Behaviour::Silent => return None,
            Behaviour::Servfail => reply.rcode = 2,
            // Without EDNS: such servers never heard of it.
            Behaviour::Formerr => (reply.rcode, reply.edns) = (1, false),
            Behaviour::Notimp => (reply.rcode, reply.edns) = (4, false),
            Behaviour::Refused => reply.rcode = 5,
            Behaviour::Badvers => reply.rcode = 16,
            Behaviour::Nxdomain => {
                reply.rcode = 3;
                reply.authoritative = true;
                soa(reply);
            }
            Behaviour::BareFormerr => {
                reply.rcode = 1;
                reply.question.clear();
                reply.edns = false;
            }
            Behaviour::Truncated if udp => reply.truncated = true,
            Behaviour::WrongType => {
                reply.authoritative = true;
                let data = [192, 0, 2, 66].into();
                reply.answer.push(Record { owner: query.name.clone(), rtype: RecordType::A, ttl: 60, data });
            }
            Behaviour::Empty => {}
            Behaviour::Upward => {
                let data = b"\x01a\x04root\0"[..].into();
                let owner = rempart::dns::Name::root();
                reply.authority.push(Record { owner, rtype: RecordType::NS, ttl: 3600, data });
            }
            _ if server.needs_recursion && !query.recursion_desired => reply.rcode = 5,
            _ => return Some(false),
        }
        Some(true)
    }

    fn zones_of(&self, server: &Server) -> Vec<&Zone> {
        let serves =
            |zone: &&Zone| server.zones.iter().any(|label| label.trim_end_matches('.') == zone.label);
        self.zones.iter().filter(serves).collect()
    }

    fn answer(&self, server: &Server, query: &Query, reply: &mut Reply) {
        answer::answer(&self.zones_of(server), &query.name, query.rtype, query.dnssec_ok(), reply);
    }
}

/// Spoils what a sound server would have said.
fn mend(behaviour: Behaviour, query: &Query, reply: &mut Reply) {
    match behaviour {
        Behaviour::WithoutQuestion => reply.question.clear(),
        Behaviour::OtherQuestion => {
            let other = rempart::dns::Name::from_text("other.invalid").unwrap();
            reply.question = [other.as_wire(), &query.rtype.0.to_be_bytes(), &[0, 1]].concat();
        }
        Behaviour::NotAuthoritative => reply.authoritative = false,
        Behaviour::Plain => reply.edns = false,
        _ => {}
    }
}

/// Whether the query may be answered: without a server's cookie some want to be asked again (RFC 7873 §5.2).
fn eat_cookie(server: &Server, query: &Query, reply: &mut Reply, udp: bool) -> bool {
    let cookie = query.edns.as_ref().and_then(|edns| edns.cookie.as_ref());
    let Some(cookie) = cookie.filter(|_| server.cookies != Cookies::None) else { return true };
    let seed = if server.cookies == Cookies::NeverEnough { cookie } else { &cookie[..8] };
    let own = digest(&SHA256, &[seed, server.address.as_bytes()].concat());
    let sound = [&cookie[..8], &own.as_ref()[..8]].concat();
    let known = *cookie == sound;
    reply.cookie = Some(sound);
    if server.cookies != Cookies::Given && udp && !known {
        reply.rcode = BADCOOKIE;
        return false;
    }
    true
}

/// A datagram of somebody who cannot see the query: each a wrong identifier, or the right one by luck and
/// another question.
fn forge(query: &Query, number: u32) -> Vec<u8> {
    let mut reply = Reply::to(query);
    reply.authoritative = true;
    let data = [192, 0, 2, 66].into();
    reply.answer.push(Record { owner: query.name.clone(), rtype: RecordType::A, ttl: 86_400, data });
    match number % 2 {
        0 => reply.id = (u16::from_be_bytes(query.id) ^ (1 + number as u16)).to_be_bytes(),
        _ => reply.question[1] ^= 1,
    }
    reply.compose()
}
