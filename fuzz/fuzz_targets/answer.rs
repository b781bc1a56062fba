//! The engine's answer to any packet, of any client, over both transports.
//!
//! Law: a reply repeats identifier and question octet for octet, is a response, is no longer than its client
//! takes, shows nothing of what was in the buffer before, and is read by the oracle; a response is never
//! answered; a cookie comes back whole, with a server cookie, if and only if one was sent; over UDP and TCP the same is said unless the UDP reply is truncated; what has to be resolved is
//! what was asked, what a list put in its place, or for a group behind a NAT64 its IPv4 side, and once it is found the same holds of its reply.

#![no_main]

use std::sync::LazyLock;

use hickory_proto::op::Message;
use libfuzzer_sys::fuzz_target;
use rempart::answer::{Engine, Miss};
use rempart::dns::{Found, Name, Query, Rcode, Record, RecordType, UDP_CEILING};
use rempart::metrics::{Kind, Transport};
use rempart_fuzz::inputs::AnyQuery;
use rempart_fuzz::wire::{oracle, question_end};
use rempart_fuzz::world::{Spoken, client, engine, lists, name, now, policy, reply_of};

#[derive(arbitrary::Arbitrary, Debug)]
struct Input<'a> {
    client: u8,
    answers: u8,
    packet: Packet<'a>,
}

#[derive(arbitrary::Arbitrary, Debug)]
enum Packet<'a> {
    Octets(&'a [u8]),
    Query(AnyQuery),
}

/// An engine whose cache knows some names: short and long answers, chains into listed names, denials.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let engine = engine(policy(lists(), 1));
    for (asked, rtype) in
        [("cached.example", 1), ("chain.example", 1), ("big.example", 16), ("a.example", 28), ("a.test", 1)]
    {
        let wire = name(asked).as_wire().to_vec();
        let packet = [b"\0\0\x01\0\0\x01\0\0\0\0\0\0", &wire[..], &[0, rtype, 0, 1]].concat();
        let loaded = engine.policy();
        let answer =
            reply_of(|buffer| engine.answer(&loaded, &packet, client(0, Transport::Tcp), now(1), buffer));
        let Spoken::Miss(miss) = answer else { panic!("{asked} was not to be in the cache yet: {answer:?}") };
        engine.finish(&miss, &known(asked), now(1), &mut vec![0; 65_535]);
    }
    engine
});

fn known(asked: &str) -> Found {
    let record =
        |owner: &str, rtype, data: &[u8]| Record { owner: name(owner), rtype, ttl: 300, data: data.into() };
    let answer = match asked {
        "cached.example" => vec![record(asked, RecordType::A, &[198, 51, 100, 1])],
        "chain.example" => vec![
            record(asked, RecordType::CNAME, name("www.bad.example").as_wire()),
            record("www.bad.example", RecordType::A, &[198, 51, 100, 2]),
        ],
        "big.example" => {
            let text = [[200].as_slice(), &[b'x'; 200]].concat();
            vec![record(asked, RecordType::TXT, &text); 20]
        }
        _ => Vec::new(),
    };
    let soa = [&name("ns.test").as_wire()[..], name("h.test").as_wire(), &[0; 19], &[60]].concat();
    let authority = if answer.is_empty() { vec![record("test", RecordType::SOA, &soa)] } else { Vec::new() };
    let rcode = if asked == "a.test" { Rcode::NXDOMAIN } else { Rcode::NOERROR };
    Found { rcode, authentic: true, answer, authority, errors: Vec::new() }
}

fuzz_target!(|input: Input<'_>| {
    let packet = match &input.packet {
        Packet::Octets(octets) => octets.to_vec(),
        Packet::Query(query) => query.compose(),
    };
    let ask = |transport| {
        let loaded = ENGINE.policy();
        let client = client(input.client, transport);
        reply_of(|buffer| ENGINE.answer(&loaded, &packet, client, now(2), buffer))
    };
    let (udp, tcp) = (ask(Transport::Udp), ask(Transport::Tcp));
    for (spoken, transport) in [(&udp, Transport::Udp), (&tcp, Transport::Tcp)] {
        match spoken {
            Spoken::Reply(reply, _) => check(&packet, reply, transport),
            Spoken::Miss(miss) => resolve(&packet, miss, transport, input.answers),
            Spoken::Drop => {}
        }
    }
    compare(&udp, &tcp);
});

fn check(packet: &[u8], reply: &[u8], transport: Transport) {
    assert_eq!(packet[2] & 0x80, 0, "a response was answered");
    assert_eq!(reply[..2], packet[..2], "identifier");
    assert_eq!(reply[2] & 0xf9, 0x80 | (packet[2] & 0x79), "QR, opcode, RD");
    let message = oracle(reply);
    let Ok(query) = Query::parse(packet) else {
        assert_eq!(reply.len(), 12);
        return;
    };
    let end = question_end(packet);
    assert_eq!(reply[12..end], packet[12..end], "question");
    let limit = match (transport, query.edns()) {
        (Transport::Udp, None) => 512,
        (Transport::Udp, Some(edns)) => usize::from(edns.udp_size).clamp(512, UDP_CEILING),
        _ => 65_535,
    };
    assert!(reply.len() <= limit, "{} octets for a client that takes {limit}", reply.len());
    assert_eq!(message.edns.is_some(), query.edns().is_some(), "EDNS is answered by EDNS");
    let given = query.edns().and_then(|edns| edns.cookie()).map(|cookie| cookie.client.to_vec());
    assert_eq!(cookies(&message), Vec::from_iter(given), "cookies");
    assert!(transport == Transport::Udp || !message.metadata.truncation, "TC over TCP");
}

/// What the client made of each cookie of a reply, which must be whole.
fn cookies(message: &Message) -> Vec<Vec<u8>> {
    let options = message.edns.iter().flat_map(|edns| edns.options().options.iter());
    let cookies = options.filter(|(code, _)| u16::from(*code) == 10);
    let whole = cookies.map(|(_, option)| Vec::<u8>::try_from(option).expect("an option has octets"));
    whole
        .inspect(|cookie| assert_eq!((cookie.len(), cookie[8]), (24, 1)))
        .map(|cookie| cookie[..8].into())
        .collect()
}

/// What was to be resolved is resolved to nothing much, or to a little.
fn resolve(packet: &[u8], miss: &Miss, transport: Transport, answers: u8) {
    let query = Query::parse(packet).expect("a miss was a query");
    let asked = Name::from_wire(query.name()).expect("a query has a name");
    let listed =
        [name("other.test").as_wire(), name("walled.test").as_wire(), name("in-addr.arpa").as_wire()]
            .iter()
            .any(|end| miss.question.name.as_wire().ends_with(end));
    assert!(miss.question.name == asked || listed, "{} instead of {asked}", miss.question.name);
    let owner = miss.question.name.clone();
    let record = Record { owner, rtype: RecordType::A, ttl: 0, data: [198, 51, 100, answers].into() };
    let answer = vec![record; usize::from(answers)];
    let rcode = if answers == 0 { Rcode::SERVFAIL } else { Rcode::NOERROR };
    let found = Found { rcode, authentic: false, answer, authority: Vec::new(), errors: Vec::new() };
    // A time to live of 0 is not kept, so that one input leaves nothing behind for the next; nor is a failure
    // of our own network.
    let found = if answers == 0 {
        let error = rempart::dns::ExtendedError::new(rempart::dns::Info::NETWORK_ERROR, "");
        Found { errors: vec![error], ..found }
    } else {
        found
    };
    match reply_of(|buffer| ENGINE.finish(miss, &found, now(2), buffer)) {
        Spoken::Reply(reply, _) => check(packet, &reply, transport),
        // No address of IPv6, so one is made of what is found of IPv4.
        Spoken::Miss(next) if miss.question.rtype == RecordType::AAAA => {
            assert_eq!((&next.question.name, next.question.rtype), (&miss.question.name, RecordType::A));
            resolve(packet, &next, transport, answers);
        }
        other => panic!("what was found is not told: {other:?}"),
    }
}

fn compare(udp: &Spoken, tcp: &Spoken) {
    match (udp, tcp) {
        (Spoken::Reply(udp, said), Spoken::Reply(tcp, also_said)) => {
            let (udp, tcp) = (oracle(udp), oracle(tcp));
            if udp.metadata.truncation && said.kind == Kind::Blocked && also_said.kind != Kind::Blocked {
                // TCP only: over TCP it is as if the name were not listed.
                return;
            }
            assert_eq!(said, also_said);
            assert_eq!(udp.metadata.response_code, tcp.metadata.response_code);
            if udp.metadata.truncation {
                assert!(udp.answers.is_empty() && udp.authorities.is_empty());
            } else {
                assert_eq!((udp.answers, udp.authorities), (tcp.answers, tcp.authorities));
            }
        }
        (Spoken::Miss(udp), Spoken::Miss(tcp)) => assert_eq!(udp.question, tcp.question),
        (Spoken::Drop, Spoken::Drop) => {}
        // TCP only again, of a name that then has to be resolved.
        (Spoken::Reply(udp, said), _) => {
            let message = oracle(udp);
            assert!(message.metadata.truncation && said.kind == Kind::Blocked, "{said:?}, but {tcp:?}");
        }
        other => panic!("{other:?}"),
    }
}
