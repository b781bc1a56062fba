//! A message in the making: header and question of the request, then records of one zone.
//!
//! Owners end with the zone, which is the question's name, and in a zone's order most share more with the one before them.
//! Pointers to these two places are all the compression that there is; data is as it stands in the zone.

use super::request::{HEADER, Message};
use super::tsig::{Fault, Session};
use crate::dns::{Rcode, RecordType};
use crate::export::ZoneRecord;

/// A pointer holds 14 bits of offset (RFC 1035 §4.1.4): in a longer message owners of its end are written out.
pub(super) const POINTER_REACH: usize = 0x4000;
/// Where the question's name stands, which is the zone.
const ZONE: u16 = 0xc000 | HEADER as u16;
/// What we take over UDP, in octets, as we say by EDNS.
const UDP_SIZE: u16 = 1232;
/// An OPT record without options.
const OPT: usize = 11;

/// Header and question of the replies to one request.
#[derive(Clone, Debug)]
pub(super) struct Head {
    octets: Vec<u8>,
    has_edns: bool,
}

/// A reply in the making.
pub(super) struct Reply<'h> {
    head: &'h Head,
    octets: Vec<u8>,
    answers: u16,
    rcode: Rcode,
    /// The owner before, and where each of its suffixes stands, the longest first, with its octets.
    last: Vec<u8>,
    known: Vec<(u16, usize)>,
}

impl Head {
    /// The head of replies: QR, and what they repeat of the request (RFC 1035 §4.1.1). RA is never set, nor AD.
    pub(super) fn new(message: &Message<'_>) -> Self {
        let mut octets = message.head().to_vec();
        octets[2] = 0x80 | (octets[2] & 0x79);
        octets[3] = 0;
        octets[6..HEADER].fill(0);
        Self { octets, has_edns: message.edns.is_some() }
    }

    /// Answers what cannot be read with a code alone.
    pub(super) fn refusal(packet: &[u8], rcode: Rcode) -> Vec<u8> {
        let mut reply = vec![0; HEADER];
        if let Some(head) = packet.first_chunk::<4>() {
            reply[..2].copy_from_slice(&head[..2]);
            reply[2] = 0x80 | (head[2] & 0x79);
            reply[3] = rcode.0 as u8 & 0x0f;
        }
        reply
    }
}

impl<'h> Reply<'h> {
    /// An answer without authority.
    pub(super) fn new(head: &'h Head, rcode: Rcode) -> Self {
        let octets = head.octets.clone();
        Self { head, octets, answers: 0, rcode, last: Vec::new(), known: Vec::new() }
    }

    /// An answer of whoever has authority over the zone.
    pub(super) fn authoritative(head: &'h Head) -> Self {
        let mut reply = Self::new(head, Rcode::NOERROR);
        reply.octets[2] |= 0x04;
        reply
    }

    /// Sets TC: there is more, over TCP.
    pub(super) fn truncate(&mut self) {
        self.octets[2] |= 0x02;
    }

    /// Octets so far, with those that end it.
    pub(super) fn len(&self) -> usize {
        self.octets.len() + OPT
    }

    /// How many records it has.
    pub(super) fn answers(&self) -> u16 {
        self.answers
    }

    /// Adds a record of the zone.
    pub(super) fn record(&mut self, record: &ZoneRecord<'_>) {
        self.put_owner(record.owner);
        let octets = &mut self.octets;
        octets.extend(record.rtype.0.to_be_bytes());
        octets.extend(1_u16.to_be_bytes());
        octets.extend(record.ttl.to_be_bytes());
        octets.extend((record.data.len() as u16).to_be_bytes());
        octets.extend(record.data);
        self.answers += 1;
    }

    /// Writes an owner, as a pointer from the first suffix on that the one before shared.
    fn put_owner(&mut self, owner: &[u8]) {
        let (mut fresh, mut rest) = (Vec::new(), owner);
        while rest.len() > 1 {
            let shared = |(_, octets): &(u16, usize)| *octets == rest.len() && self.last.ends_with(rest);
            if let Some(place) = self.known.iter().position(shared) {
                let offset = 0xc000 | self.known[place].0;
                self.octets.extend(offset.to_be_bytes());
                fresh.extend(self.known.drain(place..));
                break;
            }
            if self.octets.len() < POINTER_REACH {
                fresh.push((self.octets.len() as u16, rest.len()));
            }
            let (label, tail) = rest.split_at(1 + usize::from(rest[0]));
            self.octets.extend(label);
            rest = tail;
        }
        if rest.len() <= 1 {
            self.octets.extend(ZONE.to_be_bytes());
        }
        self.known = fresh;
        self.last.clear();
        self.last.extend(owner);
    }

    /// Ends the reply and signs it; `now` in seconds since 1970.
    pub(super) fn finish(mut self, session: Option<&mut Session>, now: u64) -> Result<Vec<u8>, Fault> {
        let mut octets = self.octets;
        octets[6..8].copy_from_slice(&self.answers.to_be_bytes());
        octets[3] |= (self.rcode.0 & 0x0f) as u8;
        if self.head.has_edns {
            octets.push(0);
            octets.extend(RecordType::OPT.0.to_be_bytes());
            octets.extend(UDP_SIZE.to_be_bytes());
            octets.extend([(self.rcode.0 >> 4) as u8, 0, 0, 0, 0, 0]);
            octets[11] = 1;
        }
        self.octets = octets;
        if let Some(session) = session {
            session.sign(&mut self.octets, now)?;
        }
        Ok(self.octets)
    }
}

#[cfg(test)]
mod tests {
    use hickory_resolver::proto::op::Message as Read;

    use super::*;

    #[test]
    fn owners_are_compressed_and_read_back() {
        let packet = b"\x12\x34\x01\x10\0\x01\0\0\0\0\0\0\x03rpz\x04test\0\0\xfc\0\x01";
        let message = Message::parse(packet).unwrap();
        let head = Head::new(&message);
        let mut reply = Reply::authoritative(&head);
        let owners: [&[u8]; 8] = [
            b"\0",
            b"\x01a\x07example\0",
            b"\x01*\x01a\x07example\0",
            b"\x01b\x01a\x07example\0",
            b"\x02aa\x07example\0",
            b"\x01a\x01a\x04test\0",
            b"\x01*\x01a\x01a\x04test\0",
            b"\x01x\0",
        ];
        for owner in owners {
            reply.record(&ZoneRecord { owner, rtype: RecordType::CNAME, ttl: 10, data: b"\0" });
        }
        let octets = reply.finish(None, 0).unwrap();
        let read = Read::from_vec(&octets).unwrap();
        let names: Vec<String> = read.answers.iter().map(|record| record.name.to_string()).collect();
        let expected = [
            "",
            "a.example.",
            "*.a.example.",
            "b.a.example.",
            "aa.example.",
            "a.a.test.",
            "*.a.a.test.",
            "x.",
        ];
        assert_eq!(names, expected.map(|name| format!("{name}rpz.test.")));
        assert!(read.metadata.authoritative && !read.metadata.recursion_available);
        assert!(read.metadata.recursion_desired && !read.metadata.checking_disabled);
        // Labels once each: a, example, *, b, aa, and those of the other names.
        let labels = 2 + 8 + 2 + 2 + 3 + 2 + 2 + 5 + 2 + 2;
        assert_eq!(octets.len(), packet.len() + labels + 8 * (2 + 10 + 1));
    }
}
