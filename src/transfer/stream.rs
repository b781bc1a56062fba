//! A transfer: message after message, each composed when the one before has left.

use std::sync::Arc;

use super::compose::{Head, POINTER_REACH, Reply};
use super::history::{Difference, Version};
use super::tsig::{LONGEST, Session};
use crate::dns::{Name, RecordType};
use crate::export::{Records, Serial, ZONE_TTL, ZoneRecord};

/// Where a message ends: beyond, owners could no longer be pointed to.
const FULL: usize = POINTER_REACH;
/// The longest record that has room in a message of its own beside everything else, in octets.
pub(super) const LONGEST_RECORD: usize = crate::dns::MAX_MESSAGE - 1024 - LONGEST;

/// What is transferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The whole zone, as it was asked for (AXFR).
    Whole,
    /// The whole zone, since what leads to it from the client's version is not known, or longer (IXFR).
    Instead,
    /// The differences since the client's version (IXFR).
    Differences,
    /// Nothing but the SOA: the client's version is current (IXFR).
    Nothing,
}

/// A transfer under way.
#[derive(Debug)]
pub struct Transfer {
    head: Head,
    session: Option<Session>,
    pieces: std::vec::IntoIter<Piece>,
    /// What of the records at hand was sent.
    at: Option<(Arc<Records>, usize)>,
    is_ended: bool,
    /// The zone.
    pub zone: Name,
    /// What is transferred.
    pub kind: Kind,
    /// The version that the client has then.
    pub serial: Serial,
    /// By which key it is asked for; none where the address is enough.
    pub key: Option<Name>,
    /// Records that were sent so far.
    pub records: u64,
}

#[derive(Debug)]
enum Piece {
    Soa(Serial),
    Records(Arc<Records>),
}

impl Transfer {
    pub(super) fn new(
        (head, session): (Head, Option<Session>),
        (zone, key): (Name, Option<Name>),
        current: &Version,
        (kind, differences): (Kind, &[Difference]),
    ) -> Self {
        let serial = current.serial;
        let mut pieces = vec![Piece::Soa(serial)];
        match kind {
            Kind::Nothing => {}
            Kind::Whole | Kind::Instead => {
                pieces.extend([Piece::Records(current.records.clone()), Piece::Soa(serial)]);
            }
            Kind::Differences => {
                for Difference { from, to, removed, added } in differences {
                    pieces.extend([Piece::Soa(*from), Piece::Records(removed.clone())]);
                    pieces.extend([Piece::Soa(*to), Piece::Records(added.clone())]);
                }
                pieces.push(Piece::Soa(serial));
            }
        }
        let pieces = pieces.into_iter();
        Self { head, session, pieces, at: None, is_ended: false, zone, kind, serial, key, records: 0 }
    }

    /// The next message; none after the last one. `now` in seconds since 1970.
    pub fn next(&mut self, now: u64) -> Option<Vec<u8>> {
        if self.is_ended {
            return None;
        }
        let head = self.head.clone();
        let mut reply = Reply::authoritative(&head);
        while reply.len() < FULL && self.add(&mut reply) {}
        if reply.answers() == 0 {
            self.is_ended = true;
            return None;
        }
        self.records += u64::from(reply.answers());
        let signed = reply.finish(self.session.as_mut(), now).ok();
        // A message that cannot be signed must not leave, nor any after it.
        self.is_ended = signed.is_none();
        signed
    }

    /// Whether all of it was composed.
    pub fn is_whole(&self) -> bool {
        self.is_ended && self.at.is_none() && self.pieces.len() == 0
    }

    /// Adds what fits of the next piece; false where there is none, or nothing more fits.
    fn add(&mut self, reply: &mut Reply<'_>) -> bool {
        let Some((records, start)) = self.at.take() else {
            match self.pieces.next() {
                None => return false,
                Some(Piece::Records(records)) => self.at = Some((records, 0)),
                Some(Piece::Soa(serial)) => {
                    let data = serial.soa();
                    reply.record(&ZoneRecord {
                        owner: &[0],
                        rtype: RecordType::SOA,
                        ttl: ZONE_TTL,
                        data: &data,
                    });
                }
            }
            return true;
        };
        let mut sent = start;
        let mut has_room = true;
        for (record, end) in records.from(start) {
            let octets = record.owner.len() + record.data.len() + 16;
            has_room = reply.answers() == 0 || reply.len() + octets <= FULL;
            if !has_room {
                break;
            }
            reply.record(&record);
            sent = end;
        }
        if !has_room {
            self.at = Some((records, sent));
        }
        has_room
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transfer::request::Message;

    fn records(count: u32, data: usize) -> Arc<Records> {
        let owners: Vec<Vec<u8>> =
            (0..count).map(|number| format!("\x08n{number:07}\x07example\0").into_bytes()).collect();
        let data = vec![7; data];
        let record = |owner| ZoneRecord { owner, rtype: RecordType(65400), ttl: 10, data: &data };
        Arc::new(Records::pack(owners.iter().map(|owner| record(owner))))
    }

    fn transfer(records: &Arc<Records>, kind: (Kind, &[Difference])) -> Transfer {
        let packet = b"\x12\x34\0\0\0\x01\0\0\0\0\0\0\x03rpz\x04test\0\0\xfc\0\x01";
        let head = Head::new(&Message::parse(packet).unwrap());
        let version = Version { serial: Serial(2), records: records.clone() };
        Transfer::new((head, None), (Name::from_text("rpz.test").unwrap(), None), &version, kind)
    }

    #[test]
    fn a_zone_is_sent_in_messages_of_many_records_each_once() {
        for (count, data) in [(0, 1), (1, 1), (2_000, 1), (50, 500), (3, 40_000), (2, LONGEST_RECORD - 20)] {
            let mut transfer = transfer(&records(count, data), (Kind::Whole, &[]));
            let (mut found, mut messages) = (0, 0);
            while let Some(message) = transfer.next(0) {
                assert!(
                    message.len() <= FULL.max(data + 100) && message.len() <= 65_535,
                    "{}",
                    message.len()
                );
                found += u32::from(u16::from_be_bytes([message[6], message[7]]));
                messages += 1;
            }
            assert_eq!((found, transfer.records), (count + 2, u64::from(count) + 2));
            assert!(
                transfer.is_whole() && messages <= 1 + (count as usize) * (data + 40) / (FULL / 2),
                "{messages}"
            );
        }
    }

    #[test]
    fn differences_stand_between_the_serials_that_they_lead_from_and_to() {
        let some = records(3, 1);
        let none = Arc::new(Records::default());
        let differences = [
            Difference { from: Serial(0), to: Serial(1), removed: some.clone(), added: none.clone() },
            Difference { from: Serial(1), to: Serial(2), removed: none, added: some.clone() },
        ];
        let mut sent = transfer(&some, (Kind::Differences, &differences));
        let message = sent.next(0).unwrap();
        assert!(sent.next(0).is_none() && sent.is_whole());
        let message = hickory_resolver::proto::op::Message::from_vec(&message).unwrap();
        let told: Vec<String> = message
            .answers
            .iter()
            .map(|record| match &record.data {
                hickory_resolver::proto::rr::RData::SOA(soa) => soa.serial.to_string(),
                _ => "-".to_owned(),
            })
            .collect();
        assert_eq!(told.join(" "), "2 0 - - - 1 1 2 - - - 2");
        let mut current = transfer(&some, (Kind::Nothing, &[]));
        assert_eq!(current.next(0).unwrap()[7], 1);
        assert!(current.next(0).is_none());
    }
}
