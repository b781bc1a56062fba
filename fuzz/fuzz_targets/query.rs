//! The view of a query against hickory-proto as oracle.
//!
//! Law: what [`Query::parse`] accepts the oracle accepts, and they agree on every field; a response is never
//! accepted; what is refused with a code gets a header that the oracle reads.

#![no_main]

use hickory_proto::op::{Message, MessageType};
use libfuzzer_sys::fuzz_target;
use rempart::dns::{Fault, Query, compose_refusal, labels};
use rempart_fuzz::inputs::AnyQuery;
use rempart_fuzz::wire::oracle;

#[derive(arbitrary::Arbitrary, Debug)]
enum Input<'a> {
    Octets(&'a [u8]),
    Query(AnyQuery),
    /// A query with octets changed: where, and to what.
    Changed(AnyQuery, Vec<(u16, u8)>),
}

fuzz_target!(|input: Input<'_>| {
    match input {
        Input::Octets(octets) => check(octets),
        Input::Query(query) => check(&query.compose()),
        Input::Changed(query, changes) => {
            let mut packet = query.compose();
            for (at, octet) in changes {
                let at = usize::from(at) % packet.len();
                packet[at] = octet;
            }
            check(&packet);
        }
    }
});

fn check(packet: &[u8]) {
    match Query::parse(packet) {
        Ok(query) => agree(&query, packet),
        Err(Fault::Unanswerable) => {}
        Err(Fault::Refused(rcode)) => {
            let mut buffer = [0xee; 512];
            let length = compose_refusal(packet, rcode, &mut buffer);
            let reply = oracle(&buffer[..length]);
            assert_eq!(reply.metadata.id.to_be_bytes(), packet[..2]);
            assert_eq!(reply.metadata.message_type, MessageType::Response);
            assert_eq!(u16::from(reply.metadata.response_code), rcode.0);
            assert_eq!(buffer[2] & 0x79, packet[2] & 0x79, "opcode and RD");
        }
    }
}

fn agree(query: &Query<'_>, packet: &[u8]) {
    assert_eq!(packet[2] & 0x80, 0, "a response was accepted");
    let strange = query.edns().is_some_and(|edns| edns.version != 0);
    let message = match Message::from_vec(packet) {
        Ok(message) => message,
        // The options of another version are nobody's business but its own.
        Err(_) if strange => return,
        Err(error) => panic!("the oracle refuses what we accept: {error}; {packet:02x?}"),
    };
    let flags = message.metadata;
    assert_eq!(query.id(), flags.id);
    assert_eq!(query.recursion_desired(), flags.recursion_desired);
    assert_eq!(query.authentic_data(), flags.authentic_data);
    assert_eq!(query.checking_disabled(), flags.checking_disabled);
    let [question] = &message.queries[..] else { panic!("not one question") };
    assert!(labels(query.name()).eq(question.name().iter()), "the names differ");
    assert_eq!(query.rtype().0, u16::from(question.query_type()));
    assert_eq!(query.class().0, u16::from(question.query_class()));
    match (query.edns(), &message.edns) {
        (None, None) => {}
        (Some(ours), Some(theirs)) => {
            // The oracle raises small sizes (RFC 6891 §6.2.3), we do when we use them.
            assert_eq!(ours.udp_size.max(512), theirs.max_payload());
            assert_eq!((ours.version, ours.dnssec_ok), (theirs.version(), theirs.flags().dnssec_ok));
            if !strange {
                let codes = theirs.options().options.iter().map(|(code, _)| u16::from(*code));
                assert!(ours.options().map(|(code, _)| code).eq(codes), "the options differ");
            }
        }
        (ours, theirs) => panic!("{ours:?} {theirs:?}"),
    }
}
