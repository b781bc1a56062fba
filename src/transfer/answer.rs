//! What a packet gets: the one place that decides it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use arc_swap::ArcSwapOption;
use ipnet::IpNet;

use super::compose::{Head, Reply as Composed};
use super::history::History;
use super::key::Keys;
use super::request::{Asked, Message};
use super::stream::{Kind, Transfer};
use super::tsig::{self, Fault, Session};
use crate::dns::{Class, Name, Rcode, RecordType, UDP_CEILING, UDP_WITHOUT_EDNS};
use crate::export::{Serial, ZONE_TTL, ZoneRecord};

/// The server has no authority, or a signature is not right (RFC 8945 §5.2).
const NOTAUTH: Rcode = Rcode(9);

/// The zones that are served, and to whom.
#[derive(Debug, Default)]
pub struct Zones {
    keys: Keys,
    zones: HashMap<Name, Served>,
}

/// A zone, and who may have it.
#[derive(Debug)]
struct Served {
    keys: Vec<Name>,
    allow: Vec<IpNet>,
    secondaries: Vec<IpAddr>,
    /// None as long as no list was read.
    history: ArcSwapOption<History>,
}

/// How a packet came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// In a datagram: replies are short.
    Udp,
    /// On a connection.
    Tcp,
}

/// What a packet gets, and what is to be told of it.
#[derive(Debug)]
pub struct Answer {
    /// What goes back.
    pub reply: Reply,
    /// Why it was refused, if it was.
    pub refused: Option<Reason>,
}

/// What goes back.
#[derive(Debug)]
pub enum Reply {
    /// Nothing.
    None,
    /// One message.
    Message(Vec<u8>),
    /// A transfer, of which nothing is composed yet.
    Transfer(Box<Transfer>),
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[allow(missing_docs)] // The text of each variant is its documentation.
pub enum Reason {
    #[error("no DNS message that can be read")]
    Malformed,
    #[error("another operation than a query")]
    Operation,
    #[error("no such zone, or none for this key and address")]
    NotAllowed,
    #[error("another question than for the SOA, the NS or a transfer of the zone")]
    Question,
    #[error("the whole zone over UDP, which nobody sends")]
    OverUdp,
    #[error("the zone has no content yet, since its list was never read")]
    NotReady,
    #[error("its key is not known (BADKEY)")]
    Key,
    #[error("its signature is wrong (BADSIG): the secrets differ, or the message was changed")]
    Signature,
    #[error("its clock differs by more than the allowed time (BADTIME)")]
    Time,
    #[error("its signature is shortened (BADTRUNC)")]
    Shortened,
    #[error("its signature makes no sense")]
    BadRecord,
}

impl Reason {
    /// A word for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Operation => "operation",
            Self::NotAllowed => "not_allowed",
            Self::Question => "question",
            Self::OverUdp => "over_udp",
            Self::NotReady => "not_ready",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Time => "time",
            Self::Shortened => "shortened",
            Self::BadRecord => "bad_record",
        }
    }
}

impl Zones {
    /// No zones yet, and the keys that there are.
    pub fn new(keys: Keys) -> Self {
        Self { keys, zones: HashMap::new() }
    }

    /// Adds a zone for whoever shows one of these keys, or comes from one of these networks. Secondaries may have nothing
    /// for their address, but are expected to come with a key.
    pub fn add(&mut self, zone: &Name, keys: Vec<Name>, allow: Vec<IpNet>, secondaries: Vec<IpAddr>) {
        let served = Served { keys, allow, secondaries, history: ArcSwapOption::empty() };
        self.zones.insert(zone.to_lowercase(), served);
    }

    /// Whether somebody is named who comes from there.
    pub fn expects(&self, client: IpAddr) -> bool {
        let client = client.to_canonical();
        self.zones.values().any(|zone| zone.allows(client) || zone.secondaries.contains(&client))
    }

    /// The keys.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Puts a zone's content into its place.
    pub fn replace(&self, zone: &Name, history: Arc<History>) {
        if let Some(served) = self.zones.get(zone) {
            served.history.store(Some(history));
        }
    }

    /// The current serial of a zone.
    pub fn serial(&self, zone: &Name) -> Option<Serial> {
        Some(self.zones.get(zone)?.history.load().as_ref()?.current.serial)
    }

    /// Answers a packet; `now` in seconds since 1970.
    pub fn answer(&self, packet: &[u8], client: IpAddr, via: Via, now: u64) -> Answer {
        // What answers something is never answered, so that nobody makes two servers talk for ever.
        if packet.len() < super::request::HEADER || packet[2] & 0x80 != 0 {
            return Answer { reply: Reply::None, refused: Some(Reason::Malformed) };
        }
        let refuse = |rcode, reason| Answer {
            reply: Reply::Message(Head::refusal(packet, rcode)),
            refused: Some(reason),
        };
        if packet[2] & 0x78 != 0 {
            return refuse(Rcode::NOTIMP, Reason::Operation);
        }
        let Some(message) = Message::parse(packet) else { return refuse(Rcode::FORMERR, Reason::Malformed) };
        let Some(asked) = message.question.clone() else { return refuse(Rcode::FORMERR, Reason::Malformed) };
        let (session, by) = match &message.signed {
            None => (None, Ok(None)),
            Some(signed) => {
                let (session, checked) = tsig::check(&self.keys, &message, signed, now);
                (Some(session), checked.map(Some))
            }
        };
        let limit = match (via, message.edns) {
            (Via::Tcp, _) => usize::MAX,
            (Via::Udp, None) => UDP_WITHOUT_EDNS,
            (Via::Udp, Some(edns)) => usize::from(edns.udp_size).clamp(UDP_WITHOUT_EDNS, UDP_CEILING),
        };
        let deciding = Deciding { zones: self, head: Head::new(&message), session, limit, now };
        match by {
            Err(Fault::Malformed) => refuse(Rcode::FORMERR, Reason::BadRecord),
            Err(fault) => deciding.refuse(NOTAUTH, reason(fault)),
            Ok(by) => deciding.decide(&message, &asked, (client, by), via),
        }
    }
}

fn reason(fault: Fault) -> Reason {
    match fault {
        Fault::Malformed => Reason::BadRecord,
        Fault::Key => Reason::Key,
        Fault::Code => Reason::Signature,
        Fault::Time(_) => Reason::Time,
        Fault::Shortened => Reason::Shortened,
    }
}

/// A request whose signature is right, or that has none.
struct Deciding<'z> {
    zones: &'z Zones,
    head: Head,
    session: Option<Session>,
    /// The longest reply in one message, in octets.
    limit: usize,
    now: u64,
}

impl Deciding<'_> {
    fn decide(
        self,
        message: &Message<'_>,
        asked: &Asked,
        (client, by): (IpAddr, Option<Name>),
        via: Via,
    ) -> Answer {
        if message.edns.is_some_and(|edns| edns.version != 0) {
            return self.refuse(Rcode::BADVERS, Reason::Malformed);
        }
        let is_increment = asked.rtype == RecordType::IXFR;
        if message.counts != [0, u16::from(is_increment)] || is_increment && message.serial.is_none() {
            return self.refuse(Rcode::FORMERR, Reason::Malformed);
        }
        let zone = self.zones.zones.get(&asked.name).filter(|_| asked.class == Class::IN);
        let Some(zone) = zone.filter(|zone| zone.is_for(client, by.as_ref())) else {
            return self.refuse(Rcode::REFUSED, Reason::NotAllowed);
        };
        let Some(history) = zone.history.load_full() else {
            return self.refuse(Rcode::SERVFAIL, Reason::NotReady);
        };
        let serial = history.current.serial;
        match (asked.rtype, via) {
            (RecordType::SOA, _) => self.tell(RecordType::SOA, &serial.soa()),
            // Whoever is behind comes again over TCP (RFC 1995 §2).
            (RecordType::IXFR, Via::Udp) => self.tell(RecordType::SOA, &serial.soa()),
            (RecordType::NS, _) => {
                let records = history.current.records.iter();
                let ns =
                    records.take_while(|record| record.owner == [0]).find(|it| it.rtype == RecordType::NS);
                match ns {
                    Some(ns) => self.tell(RecordType::NS, ns.data),
                    None => self.refuse(Rcode::SERVFAIL, Reason::NotReady),
                }
            }
            (RecordType::AXFR, Via::Udp) => self.refuse(Rcode::REFUSED, Reason::OverUdp),
            (RecordType::AXFR, Via::Tcp) => self.transfer(asked, by, &history, None),
            (RecordType::IXFR, Via::Tcp) => self.transfer(asked, by, &history, message.serial.map(Serial)),
            _ => self.refuse(Rcode::REFUSED, Reason::Question),
        }
    }

    fn transfer(self, asked: &Asked, by: Option<Name>, history: &History, from: Option<Serial>) -> Answer {
        let current = &history.current;
        let plan = match from {
            None => (Kind::Whole, &[][..]),
            // The same or a newer one (RFC 1995 §4).
            Some(from) if !current.serial.is_after(from) => (Kind::Nothing, &[][..]),
            Some(from) => match history.since(from) {
                Some(differences) => (Kind::Differences, differences),
                None => (Kind::Instead, &[][..]),
            },
        };
        let zone = asked.name.to_lowercase();
        let transfer = Transfer::new((self.head, self.session), (zone, by), current, plan);
        Answer { reply: Reply::Transfer(Box::new(transfer)), refused: None }
    }

    /// Answers with one record of the zone itself.
    fn tell(self, rtype: RecordType, data: &[u8]) -> Answer {
        let mut reply = Composed::authoritative(&self.head);
        reply.record(&ZoneRecord { owner: &[0], rtype, ttl: ZONE_TTL, data });
        Answer { reply: self.whole(reply), refused: None }
    }

    fn refuse(self, rcode: Rcode, reason: Reason) -> Answer {
        Answer { reply: self.whole(Composed::new(&self.head, rcode)), refused: Some(reason) }
    }

    /// A reply signed and within its limit: one that is longer holds nothing but TC.
    fn whole(&self, reply: Composed<'_>) -> Reply {
        let signed = |reply: Composed<'_>| reply.finish(self.session.clone().as_mut(), self.now).ok();
        match signed(reply) {
            Some(octets) if octets.len() <= self.limit => Reply::Message(octets),
            _ => {
                let mut empty = Composed::authoritative(&self.head);
                empty.truncate();
                signed(empty).filter(|octets| octets.len() <= self.limit).map_or(Reply::None, Reply::Message)
            }
        }
    }
}

impl Served {
    /// Whether it is for whoever comes from there, or showed that key.
    fn is_for(&self, client: IpAddr, by: Option<&Name>) -> bool {
        by.is_some_and(|key| self.keys.contains(key)) || self.allows(client.to_canonical())
    }

    fn allows(&self, client: IpAddr) -> bool {
        self.allow.iter().any(|network| network.contains(&client))
    }
}

#[cfg(test)]
mod tests {
    use hickory_resolver::proto::op::Message as Read;
    use hickory_resolver::proto::rr::rdata::tsig::TsigError;
    use hickory_resolver::proto::rr::{RData, Record};

    use super::super::history::{Difference, Version};
    use super::super::key::{Algorithm, Key};
    use super::super::tsig::Session;
    use super::*;
    use crate::export::{Records, ZoneRecord};

    const NOW: u64 = 1_800_000_000;
    const STRANGER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 9));
    const FRIEND: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 9));

    const SECONDARY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 9));

    fn name(text: &str) -> Name {
        Name::from_text(text).unwrap()
    }

    fn key(text: &str, algorithm: Algorithm) -> Key {
        Key::new(&name(text), algorithm, b"0123456789abcdef").unwrap()
    }

    fn version(serial: u32, names: u32) -> Version {
        let owners: Vec<Vec<u8>> =
            (0..names).map(|number| format!("\x05{number:05}\0").into_bytes()).collect();
        let ns = ZoneRecord { owner: &[0], rtype: RecordType::NS, ttl: 10, data: b"\x09localhost\0" };
        let blocked =
            owners.iter().map(|owner| ZoneRecord { owner, rtype: RecordType::CNAME, ttl: 10, data: b"\0" });
        Version { serial: Serial(serial), records: Arc::new(Records::pack([ns].into_iter().chain(blocked))) }
    }

    /// A zone of two versions for the key `one` and a network, of which another key is none.
    fn zones() -> Zones {
        let mut keys = Keys::default();
        keys.insert(key("one", Algorithm::HmacSha256));
        keys.insert(key("other", Algorithm::HmacSha512));
        let mut zones = Zones::new(keys);
        let zone = name("rpz.test");
        zones.add(&zone, vec![name("one")], vec!["192.0.2.0/24".parse().unwrap()], vec![SECONDARY]);
        zones.add(&name("empty.test"), vec![name("one")], Vec::new(), Vec::new());
        let (old, new) = (version(7, 2_000), version(8, 2_001));
        let difference = Difference::between(&old, &new);
        zones.replace(&zone, Arc::new(History::new(old).followed_by(new, difference, 9)));
        zones
    }

    fn question(zone: &str, rtype: RecordType) -> Vec<u8> {
        let mut packet = b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0".to_vec();
        packet.extend(name(zone).as_wire());
        packet.extend(rtype.0.to_be_bytes());
        packet.extend([0, 1]);
        packet
    }

    fn increment(from: u32) -> Vec<u8> {
        let mut packet = question("rpz.test", RecordType::IXFR);
        packet[9] = 1;
        packet.extend(b"\xc0\x0c\0\x06\0\x01\0\0\0\0\0\x18\xc0\x0c\xc0\x0c");
        packet.extend(from.to_be_bytes());
        packet.extend([0; 16]);
        packet
    }

    fn signed(mut packet: Vec<u8>, key: &Key, now: u64) -> Vec<u8> {
        Session::asking(key, 0x1234).sign(&mut packet, now).unwrap();
        packet
    }

    /// All messages that go back.
    fn replies(zones: &Zones, packet: &[u8], client: IpAddr, via: Via) -> Vec<Vec<u8>> {
        match zones.answer(packet, client, via, NOW).reply {
            Reply::None => Vec::new(),
            Reply::Message(octets) => vec![octets],
            Reply::Transfer(mut transfer) => std::iter::from_fn(|| transfer.next(NOW)).collect(),
        }
    }

    fn records(replies: &[Vec<u8>]) -> Vec<Record> {
        replies.iter().flat_map(|octets| Read::from_vec(octets).unwrap().answers).collect()
    }

    fn serials(records: &[Record]) -> Vec<u32> {
        let serial = |record: &Record| match &record.data {
            RData::SOA(soa) => Some(soa.serial),
            _ => None,
        };
        records.iter().filter_map(serial).collect()
    }

    #[test]
    fn whoever_may_gets_the_zone_and_its_differences() {
        let zones = zones();
        let ask = |packet: Vec<u8>, via| records(&replies(&zones, &packet, FRIEND, via));
        let whole = ask(question("RPZ.test", RecordType::AXFR), Via::Tcp);
        assert_eq!((whole.len(), serials(&whole)), (2_004, vec![8, 8]));
        let step = ask(increment(7), Via::Tcp);
        assert_eq!((step.len(), serials(&step)), (5, vec![8, 7, 8, 8]));
        for current in [8, 9, 8 + 0x7fff_ffff] {
            assert_eq!(serials(&ask(increment(current), Via::Tcp)), [8], "{current}");
        }
        assert_eq!(ask(increment(6), Via::Tcp).len(), 2_004);
        assert_eq!(serials(&ask(increment(7), Via::Udp)), [8]);
        assert_eq!(serials(&ask(question("rpz.test", RecordType::SOA), Via::Udp)), [8]);
        let ns = ask(question("rpz.test", RecordType::NS), Via::Udp);
        assert_eq!((ns.len(), ns[0].name.to_string().as_str()), (1, "rpz.test."));
        let mapped = "::ffff:192.0.2.7".parse().unwrap();
        assert_eq!(replies(&zones, &increment(8), mapped, Via::Tcp).len(), 1);
    }

    #[test]
    fn whoever_is_named_is_expected_and_a_secondary_has_nothing_for_its_address() {
        let zones = zones();
        let mapped = "::ffff:198.51.100.9".parse().unwrap();
        assert_eq!(
            [FRIEND, SECONDARY, mapped, STRANGER].map(|it| zones.expects(it)),
            [true, true, true, false]
        );
        let answer = zones.answer(&question("rpz.test", RecordType::SOA), SECONDARY, Via::Tcp, NOW);
        assert_eq!(answer.refused, Some(Reason::NotAllowed));
    }

    #[test]
    fn whoever_asks_for_differences_says_of_which_zone() {
        let zones = zones();
        let code = |packet: &[u8]| replies(&zones, packet, FRIEND, Via::Tcp)[0][3] & 15;
        // Where the owner of the SOA record stands, and its class.
        let (owner, class) = (question("rpz.test", RecordType::IXFR).len(), 4);
        let mut other_name = increment(7);
        other_name.splice(owner..owner + 2, *b"\x03rpz\x05other\0");
        let mut other_class = increment(7);
        other_class[owner + class + 1] = 3;
        let mut spelled = increment(7);
        spelled.splice(owner..owner + 2, *b"\x03RPZ\x04test\0");
        assert_eq!([&other_name, &other_class, &spelled].map(|packet| code(packet)), [1, 1, 0]);
    }

    #[test]
    fn everybody_else_is_refused_whatever_is_asked() {
        let zones = zones();
        let other = key("other", Algorithm::HmacSha512);
        let reason = |packet: &[u8], client, via| {
            let answer = zones.answer(packet, client, via, NOW);
            let Reply::Message(octets) = answer.reply else { panic!("{packet:?}") };
            let read = Read::from_vec(&octets).unwrap();
            assert!(
                read.answers.is_empty() && !read.metadata.authoritative && !read.metadata.recursion_available
            );
            (u16::from(read.metadata.response_code), answer.refused.unwrap())
        };
        for rtype in [RecordType::AXFR, RecordType::SOA, RecordType::NS, RecordType::A, RecordType::ANY] {
            let asked = question("rpz.test", rtype);
            assert_eq!(reason(&asked, STRANGER, Via::Tcp), (5, Reason::NotAllowed));
            // A key that is known, and not this zone's.
            assert_eq!(reason(&signed(asked, &other, NOW), STRANGER, Via::Tcp), (5, Reason::NotAllowed));
            assert_eq!(reason(&question("no.test", rtype), FRIEND, Via::Tcp), (5, Reason::NotAllowed));
            assert_eq!(reason(&question("a.rpz.test", rtype), FRIEND, Via::Tcp), (5, Reason::NotAllowed));
        }
        assert_eq!(reason(&question("rpz.test", RecordType::A), FRIEND, Via::Udp), (5, Reason::Question));
        assert_eq!(reason(&question("rpz.test", RecordType::AXFR), FRIEND, Via::Udp), (5, Reason::OverUdp));
        let empty = signed(question("empty.test", RecordType::SOA), &key("one", Algorithm::HmacSha256), NOW);
        assert_eq!(reason(&empty, STRANGER, Via::Udp), (2, Reason::NotReady));
        let mut chaos = question("rpz.test", RecordType::SOA);
        *chaos.last_mut().unwrap() = 3;
        assert_eq!(reason(&chaos, FRIEND, Via::Tcp), (5, Reason::NotAllowed));
        let mut bare = increment(7);
        bare.truncate(question("rpz.test", RecordType::IXFR).len());
        bare[9] = 0;
        assert_eq!(reason(&bare, FRIEND, Via::Tcp), (1, Reason::Malformed));
        let mut notice = question("rpz.test", RecordType::SOA);
        notice[2] = 4 << 3;
        assert_eq!(reason(&notice, FRIEND, Via::Udp), (4, Reason::Operation));
        let version =
            [&question("rpz.test", RecordType::SOA)[..], b"\0\0\x29\x04\xd0\0\x01\0\0\0\0"].concat();
        let version = [&version[..11], &[1], &version[12..]].concat();
        assert_eq!(reason(&version, FRIEND, Via::Udp), (16, Reason::Malformed));
        for silent in [&notice[..11], b"", &[&[0x12, 0x34, 0x80][..], &notice[3..]].concat()] {
            assert!(matches!(zones.answer(silent, FRIEND, Via::Udp, NOW).reply, Reply::None));
        }
    }

    /// Another implementation finds the signatures of all messages right, and none of them with another key.
    #[test]
    fn every_message_of_a_transfer_is_signed() {
        let zones = zones();
        let one = key("one", Algorithm::HmacSha256);
        let packet = signed(question("rpz.test", RecordType::AXFR), &one, NOW);
        let mut before = Read::from_vec(&packet).unwrap().signature.unwrap().data.mac;
        let sent = replies(&zones, &packet, STRANGER, Via::Tcp);
        assert!(sent.len() > 2, "{}", sent.len());
        for (place, octets) in sent.iter().enumerate() {
            let (code, time, _) =
                one.signer().verify_message_byte(octets, Some(&before), place == 0).unwrap();
            assert_eq!(time, NOW);
            before = code;
        }
        assert_eq!(records(&sent).len(), 2_004);
        let refused =
            replies(&zones, &signed(question("no.test", RecordType::SOA), &one, NOW), STRANGER, Via::Udp);
        assert!(Read::from_vec(&refused[0]).unwrap().signature.is_some());
    }

    #[test]
    fn what_is_wrong_with_a_signature_is_told_as_its_specification_says() {
        let zones = zones();
        let one = key("one", Algorithm::HmacSha256);
        let asked = || question("rpz.test", RecordType::AXFR);
        let stranger = Key::new(&name("one"), Algorithm::HmacSha256, b"another secret !").unwrap();
        let unknown = key("nobody.test", Algorithm::HmacSha256);
        let other_algorithm = key("one", Algorithm::HmacSha384);
        let mut changed = signed(asked(), &one, NOW);
        changed[13] ^= 1;
        // The code's last octets, and the lengths that speak of it.
        let whole = signed(asked(), &one, NOW);
        let cut = |octets: usize| {
            let at = whole.len() - 6 - 32;
            let mut packet = [&whole[..at + 32 - octets], &whole[at + 32..]].concat();
            packet[at - 1] -= octets as u8;
            let length = at - 2 - 8 - 13 - 2;
            packet[length + 1] -= octets as u8;
            packet
        };
        for (packet, error, is_signed, reason) in [
            (signed(asked(), &stranger, NOW), TsigError::BadSig, false, Reason::Signature),
            (changed, TsigError::BadSig, false, Reason::Signature),
            (signed(asked(), &unknown, NOW), TsigError::BadKey, false, Reason::Key),
            (signed(asked(), &other_algorithm, NOW), TsigError::BadKey, false, Reason::Key),
            (signed(asked(), &one, NOW - 301), TsigError::BadTime, true, Reason::Time),
            (signed(asked(), &one, NOW + 301), TsigError::BadTime, true, Reason::Time),
            (cut(16), TsigError::BadTrunc, true, Reason::Shortened),
        ] {
            // From an address that may have the zone without a key, too: who shows one means it.
            let answer = zones.answer(&packet, FRIEND, Via::Tcp, NOW);
            let Reply::Message(octets) = answer.reply else { panic!() };
            let read = Read::from_vec(&octets).unwrap();
            let tsig = read.signature.unwrap().data;
            assert_eq!((u16::from(read.metadata.response_code), answer.refused), (9, Some(reason)));
            assert_eq!((tsig.error, tsig.mac.is_empty(), read.answers.len()), (Some(error), !is_signed, 0));
            if error == TsigError::BadTime {
                assert_eq!(tsig.other, NOW.to_be_bytes()[2..]);
                assert_eq!(tsig.time.abs_diff(NOW), 301);
                let asked = Read::from_vec(&packet).unwrap().signature.unwrap().data.mac;
                one.signer().verify_message_byte(&octets, Some(&asked), true).unwrap();
            }
        }
        // Shorter than any policy may allow.
        for octets in [17, 32] {
            assert_eq!(zones.answer(&cut(octets), FRIEND, Via::Tcp, NOW).refused, Some(Reason::BadRecord));
        }
        assert_eq!(zones.answer(&signed(asked(), &one, NOW - 300), STRANGER, Via::Tcp, NOW).refused, None);
        // The names of keys and algorithms are names: letters of any case.
        let mut loud = signed(asked(), &one, NOW);
        let at = loud.windows(4).position(|octets| octets == b"\x03one").unwrap();
        loud[at + 1..at + 4].make_ascii_uppercase();
        let at = loud.windows(12).position(|octets| octets == b"\x0bhmac-sha256").unwrap();
        loud[at + 1..at + 12].make_ascii_uppercase();
        assert_eq!(zones.answer(&loud, STRANGER, Via::Tcp, NOW).refused, None);
        // A second signature, or anything behind it.
        let twice = signed(signed(asked(), &one, NOW), &one, NOW);
        assert_eq!(zones.answer(&twice, FRIEND, Via::Tcp, NOW).refused, Some(Reason::Malformed));
    }

    #[test]
    fn what_nobody_knows_of_a_signature_is_repeated_in_the_answer() {
        let zones = zones();
        let one = key("one", Algorithm::HmacSha256);
        let mut strange = signed(question("rpz.test", RecordType::AXFR), &one, NOW);
        let at = strange.windows(12).position(|octets| octets == b"\x0bhmac-sha256").unwrap();
        strange[at + 9..at + 12].copy_from_slice(b"\0.X");
        let answer = zones.answer(&strange, FRIEND, Via::Tcp, NOW);
        let Reply::Message(octets) = answer.reply else { panic!() };
        let read = Read::from_vec(&octets).unwrap();
        assert_eq!(
            (read.signature.unwrap().data.error, answer.refused),
            (Some(TsigError::BadKey), Some(Reason::Key))
        );
    }

    /// Whatever comes: no panic, an answer only to what is no answer, never one to a stranger that holds a record or is much
    /// longer than what was asked, and none of which somebody could think that this server looks things up.
    #[test]
    fn hostile_packets_get_nothing() {
        let zones = zones();
        let one = key("one", Algorithm::HmacSha256);
        let edns = [&increment(7)[..], b"\0\0\x29\x04\xd0\0\0\0\0\0\0"].concat();
        let edns = [&edns[..11], &[1], &edns[12..]].concat();
        let seeds = [increment(7), question("rpz.test", RecordType::AXFR), signed(edns, &one, NOW)];
        let mut state = 7_u64;
        let mut draw = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut answered = 0;
        for round in 0..60_000 {
            let mut packet = seeds[round % 3].clone();
            for _ in 0..1 + draw(4) {
                let at = draw(packet.len());
                match draw(4) {
                    0 => packet[at] ^= 1 << draw(8),
                    1 => packet[at] = [0, 1, 0xc0, 0xff, 63, 64][draw(6)],
                    2 => packet.truncate(at.max(1)),
                    _ => packet.insert(at, draw(256) as u8),
                }
            }
            let via = if draw(2) == 0 { Via::Udp } else { Via::Tcp };
            for octets in replies(&zones, &packet, STRANGER, via) {
                answered += 1;
                assert!(packet[2] & 0x80 == 0 && octets[..2] == packet[..2] && octets[2] & 0x80 != 0);
                assert_eq!(octets[3] & 0xf0, 0, "{packet:02x?}");
                // A key whose code is right may have survived what was done to the rest.
                let is_signed = octets[7] > 0 && Read::from_vec(&octets).unwrap().signature.is_some();
                assert!(octets[7] == 0 && octets.len() <= packet.len() + 30 || is_signed, "{packet:02x?}");
            }
        }
        assert!(answered > 30_000, "{answered}");
    }
}
