//! A second reader of messages, as plain as can be: where the records are, for laws about their octets.

use hickory_proto::op::Message;

/// Reads a reply with the oracle.
pub fn oracle(reply: &[u8]) -> Message {
    Message::from_vec(reply).unwrap_or_else(|error| panic!("unreadable: {error}; {reply:02x?}"))
}

/// The end of the name at `at`; a pointer ends it.
pub fn name_end(message: &[u8], mut at: usize) -> usize {
    loop {
        match message[at] {
            0 => return at + 1,
            0xc0.. => return at + 2,
            length => at += 1 + usize::from(length),
        }
    }
}

/// The end of the one question of a message.
pub fn question_end(message: &[u8]) -> usize {
    name_end(message, 12) + 4
}

/// Where the TTL of each record of answer and authority stands. Panics where a message that we composed is not
/// whole.
pub fn ttl_places(message: &[u8]) -> Vec<usize> {
    let count = |at: usize| usize::from(u16::from_be_bytes([message[at], message[at + 1]]));
    let mut at = question_end(message);
    let mut places = Vec::new();
    for _ in 0..count(6) + count(8) {
        let fixed = name_end(message, at);
        places.push(fixed + 4);
        at = fixed + 10 + count(fixed + 8);
        assert!(at <= message.len(), "a record ends behind its message");
    }
    places
}

/// The TTL at a place.
pub fn ttl(message: &[u8], place: usize) -> u32 {
    u32::from_be_bytes(message[place..place + 4].try_into().expect("four octets"))
}

/// The message with every TTL of answer and authority set to 0.
pub fn without_ttls(message: &[u8]) -> Vec<u8> {
    let mut copy = message.to_vec();
    for place in ttl_places(message) {
        copy[place..place + 4].fill(0);
    }
    copy
}
