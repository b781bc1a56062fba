//! One question to one server: as it understands it, and so that nobody else can answer.
//!
//! Over UDP a forger has to guess the identifier, the port (the world draws one for each datagram), the letter case
//! of the name, which is drawn at random and must come back (draft-vixie-dnsext-dns0x20), and the cookie of whoever
//! has one (RFC 7873). What cannot be trusted over UDP is asked again over TCP, which cannot be forged blindly.
//!
//! A server that refuses EDNS is asked without it, and that is remembered; silence never means that (RFC 6891 §6.2.2
//! as DNS Flag Day 2019 reads it).

use std::hash::Hasher;
use std::net::SocketAddr;

use siphasher::sip::SipHasher24;

use super::limits::Budget;
use super::recursor::Shared;
use super::servers::Server;
use super::upstream::Transport;
use super::world::{Undelivered, question as question_octets};
use crate::dns::{
    MAX_NAME, Message, Name, QueryEdns, Question, Rcode, ServerQuery, UDP_CEILING, compose_query,
};

const HEADER: usize = 12;
const OUR_COOKIE: usize = 8;
/// A server is asked in so many ways at most: plainly, with its cookie, without EDNS, over TCP.
const WAYS: usize = 4;

/// Why a server gave nothing that could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It cannot be reached, or breaks off.
    Unreachable,
    /// It answers, but not so that it can be understood or trusted.
    Nonsense,
    /// The question has cost too much already.
    Exhausted,
}

/// How a server is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// RD: the server is to resolve.
    pub(super) recursive: bool,
    /// DO: signatures are wanted.
    pub(super) dnssec: bool,
    /// CD: nobody else is to judge.
    pub(super) checking_disabled: bool,
}

/// One attempt, decided.
struct Attempt {
    transport: Transport,
    edns: bool,
    mixed_case: bool,
}

impl Shared {
    /// Asks a server until it is understood, and takes note of its manners and its speed.
    pub(super) async fn ask(
        &self,
        server: SocketAddr,
        transport: &Transport,
        question: &Question,
        manner: Manner,
        budget: &Budget,
    ) -> Result<Message, Fault> {
        let now = self.world.now();
        let mut known = self.memory.server(server);
        let udp = *transport == Transport::Udp;
        let mut attempt = Attempt {
            transport: transport.clone(),
            edns: known.takes_edns(now),
            mixed_case: udp && known.keeps_case(now),
        };
        let mut cookie_renewed = false;
        for _ in 0..WAYS {
            if !budget.take_query() {
                return Err(Fault::Exhausted);
            }
            let query = self.query(server, question, manner, &attempt, &known);
            let sent = self.world.now();
            let exchanged = self.world.exchange(server, attempt.transport.clone(), query.clone()).await;
            let over_tcp = |attempt: &mut Attempt| {
                let again = attempt.transport == Transport::Udp;
                attempt.transport = if again { Transport::Tcp } else { attempt.transport.clone() };
                again
            };
            let mut octets = match exchanged {
                Ok(octets) => octets,
                Err(Undelivered::Forged) if over_tcp(&mut attempt) => continue,
                Err(_) => return Err(Fault::Unreachable),
            };
            if !budget.take_reading(octets.len()) {
                return Err(Fault::Exhausted);
            }
            let now = self.world.now();
            // Others may have learned something meanwhile.
            known = self.memory.server(server);
            known.replied(now.since(sent));
            let echoed = question_octets(&query) == question_octets(&octets);
            restore_letters(&mut octets, &question.name);
            let message = Message::parse(&octets).map_err(|_| Fault::Nonsense)?;
            let verdict = self.examine(server, &message, echoed, &attempt, &mut known);
            self.memory.keep_server(server, known);
            match verdict {
                Next::Take => return Ok(message),
                // Once; then over TCP, where cookies are not needed (RFC 7873 §5.3).
                Next::WithCookie if !cookie_renewed => cookie_renewed = true,
                Next::OverTcp | Next::WithCookie if over_tcp(&mut attempt) => attempt.mixed_case = false,
                Next::WithoutEdns if attempt.edns => attempt.edns = false,
                _ => return Err(Fault::Nonsense),
            }
        }
        Err(Fault::Nonsense)
    }

    fn query(
        &self,
        server: SocketAddr,
        question: &Question,
        manner: Manner,
        attempt: &Attempt,
        known: &Server,
    ) -> Vec<u8> {
        let name = if attempt.mixed_case { self.mixed_case(&question.name) } else { question.name.clone() };
        let ours = self.cookie(server);
        let cookie = if known.cookie().starts_with(&ours) { known.cookie() } else { &ours };
        let edns = QueryEdns { udp_size: UDP_CEILING as u16, dnssec_ok: manner.dnssec, cookie: Some(cookie) };
        compose_query(&ServerQuery {
            id: self.world.random() as u16,
            name: &name,
            rtype: question.rtype,
            recursion_desired: manner.recursive,
            checking_disabled: manner.checking_disabled,
            edns: attempt.edns.then_some(edns),
        })
    }

    /// Our cookie for a server: the same for as long as the program runs, different for each server (RFC 7873 §4.1).
    fn cookie(&self, server: SocketAddr) -> [u8; OUR_COOKIE] {
        let mut hasher = SipHasher24::new_with_keys(self.secret.0, self.secret.1);
        match server {
            SocketAddr::V4(server) => hasher.write(&server.ip().octets()),
            SocketAddr::V6(server) => hasher.write(&server.ip().octets()),
        }
        hasher.finish().to_be_bytes()
    }

    /// The name with its letters in upper or lower case by chance.
    fn mixed_case(&self, name: &Name) -> Name {
        let mut wire = [0; MAX_NAME];
        let wire = &mut wire[..name.as_wire().len()];
        wire.copy_from_slice(name.as_wire());
        for octets in wire.chunks_mut(64) {
            let chance = self.world.random();
            for (at, octet) in octets.iter_mut().enumerate() {
                // Length octets are below 64 and no letters.
                if octet.is_ascii_alphabetic() {
                    *octet = (*octet & !0x20) | if chance >> at & 1 == 0 { 0 } else { 0x20 };
                }
            }
        }
        // The same name by its length octets.
        Name::from_wire(wire).unwrap_or_else(|_| name.clone())
    }

    /// What to make of a reply that can be read; notes the server's manners.
    fn examine(
        &self,
        server: SocketAddr,
        message: &Message,
        echoed: bool,
        attempt: &Attempt,
        known: &mut Server,
    ) -> Next {
        let now = self.world.now();
        let udp = attempt.transport == Transport::Udp;
        if attempt.edns && matches!(message.rcode, Rcode::FORMERR | Rcode::NOTIMP | Rcode::BADVERS) {
            // Whoever has answered with EDNS before has not forgotten it: this is forged or a passing fault.
            return if known.speaks_edns { Next::OverTcp } else { Next::WithoutEdns };
        }
        if udp && attempt.mixed_case && !echoed {
            known.folds_case(now);
            return Next::OverTcp;
        }
        let sound = matches!(message.rcode, Rcode::NOERROR | Rcode::NXDOMAIN);
        match &message.edns {
            Some(_) => known.speaks_edns |= sound,
            // It answered without what it refused before.
            None if sound && !attempt.edns => known.refuses_edns(now),
            None => {}
        }
        let gives_cookies = known.cookie().len() > OUR_COOKIE;
        match message.edns.as_ref().and_then(|edns| edns.cookie.as_deref()) {
            Some(cookie) if cookie.starts_with(&self.cookie(server)) => {
                let fresh = known.cookie() != cookie;
                known.keep_cookie(cookie);
                if message.rcode == Rcode::BADCOOKIE {
                    return if fresh { Next::WithCookie } else { Next::OverTcp };
                }
            }
            // Not ours, or none from a server that gives them: somebody guesses (RFC 7873 §5.3).
            Some(_) if udp => return Next::OverTcp,
            None if udp && attempt.edns && gives_cookies => return Next::OverTcp,
            _ => {}
        }
        if message.truncated && udp { Next::OverTcp } else { Next::Take }
    }
}

/// Writes the name into a reply as it was asked for before its letters were mixed: compressed names point at it.
fn restore_letters(reply: &mut [u8], name: &Name) {
    if question_octets(reply).is_some_and(|octets| octets.len() == name.as_wire().len() + 4) {
        let wire = name.as_wire();
        reply[HEADER..HEADER + wire.len()].copy_from_slice(wire);
    }
}

/// What follows a reply.
enum Next {
    Take,
    WithCookie,
    WithoutEdns,
    OverTcp,
}
