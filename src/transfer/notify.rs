//! Telling a secondary that its zone has changed (NOTIFY, RFC 1996), and whether it has heard.

use super::key::Key;
use super::request::{HEADER, Message};
use super::tsig::{Fault, Session, check_reply};
use crate::dns::{Class, Name, Rcode, RecordType};
use crate::export::{Serial, ZONE_TTL};

const OPCODE: u8 = 4;
/// A pointer to the name of the question.
const ZONE: u16 = 0xc000 | HEADER as u16;

/// A notice on its way.
#[derive(Debug)]
pub struct Notice {
    /// The message.
    pub octets: Vec<u8>,
    session: Option<Session>,
}

/// Why a packet is no acknowledgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unacknowledged {
    /// It answers nothing that was asked: it is as if it had not come.
    #[error("it is no answer to the notice")]
    Stray,
    /// It is not signed as the notice was.
    #[error("the answer is not signed by the key of this secondary")]
    Unsigned,
    /// The secondary says no.
    #[error("it answers with the code {}: {}", .0.0, meaning(*.0))]
    Code(Rcode),
}

fn meaning(rcode: Rcode) -> &'static str {
    match rcode.0 {
        4 => "it does not know NOTIFY",
        5 => "it takes none from here, so let it by address or key",
        9 => "it has no such zone, or does not accept the key",
        _ => "see its own log",
    }
}

impl Notice {
    /// A notice of a zone's serial; `now` in seconds since 1970. None where it cannot be signed.
    pub fn new(zone: &Name, serial: Serial, key: Option<&Key>, id: u16, now: u64) -> Option<Self> {
        let mut octets = Vec::new();
        octets.extend(id.to_be_bytes());
        // AA, as RFC 1996 §3.7 has it; one question, one answer.
        octets.extend([OPCODE << 3 | 0x04, 0, 0, 1, 0, 1, 0, 0, 0, 0]);
        octets.extend(zone.as_wire());
        octets.extend([RecordType::SOA.0, Class::IN.0].iter().flat_map(|number| number.to_be_bytes()));
        octets.extend([ZONE, RecordType::SOA.0, Class::IN.0].iter().flat_map(|number| number.to_be_bytes()));
        octets.extend(ZONE_TTL.to_be_bytes());
        let soa = serial.soa();
        octets.extend((soa.len() as u16).to_be_bytes());
        octets.extend(soa);
        let mut session = key.map(|key| Session::asking(key, id));
        if let Some(session) = &mut session {
            session.sign(&mut octets, now).ok()?;
        }
        Some(Self { octets, session })
    }

    /// Whether a packet says that it was heard; `key` is what the notice was signed with.
    pub fn check(&self, packet: &[u8], key: Option<&Key>, now: u64) -> Result<(), Unacknowledged> {
        let reply = Message::parse(packet).ok_or(Unacknowledged::Stray)?;
        let asked = Message::parse(&self.octets).ok_or(Unacknowledged::Stray)?;
        // Some leave the question out of an error.
        let is_about = reply.question.is_none() && reply.rcode() != 0 || reply.question == asked.question;
        if !reply.is_response() || reply.id() != asked.id() || reply.opcode() != OPCODE || !is_about {
            return Err(Unacknowledged::Stray);
        }
        let code = Rcode(reply.rcode().into());
        if let (Some(key), Some(session)) = (key, &self.session) {
            match check_reply(key, session, &reply, now) {
                Ok(()) => {}
                // Whoever does not accept the key cannot sign with it: believed, since it changes nothing.
                Err(Fault::Key | Fault::Malformed | Fault::Code) if code != Rcode::NOERROR => {}
                Err(_) => return Err(Unacknowledged::Unsigned),
            }
        }
        if code == Rcode::NOERROR { Ok(()) } else { Err(Unacknowledged::Code(code)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transfer::Algorithm;

    const NOW: u64 = 1_800_000_000;

    #[test]
    fn a_notice_is_acknowledged_by_its_secondary_alone() {
        let zone = Name::from_text("rpz.test").unwrap();
        let key = |secret: &[u8]| {
            Key::new(&Name::from_text("one").unwrap(), Algorithm::HmacSha256, secret).unwrap()
        };
        let (one, other) = (key(&[1; 32]), key(&[2; 32]));
        for key in [None, Some(&one)] {
            let notice = Notice::new(&zone, Serial(7), key, 0x1234, NOW).unwrap();
            let read = hickory_resolver::proto::op::Message::from_vec(&notice.octets).unwrap();
            assert!(read.metadata.authoritative && read.answers.len() == 1);
            assert_eq!(read.signature.is_some(), key.is_some());
            let reply = |change: &dyn Fn(&mut Vec<u8>), by: Option<&Key>| {
                let mut reply = notice.octets[..12 + zone.as_wire().len() + 4].to_vec();
                reply[2] |= 0x80;
                reply[6..12].fill(0);
                change(&mut reply);
                if let Some(by) = by {
                    let mut session = Session::replying(by, &notice.session);
                    session.sign(&mut reply, NOW).unwrap();
                }
                notice.check(&reply, key, NOW)
            };
            assert_eq!(reply(&|_| {}, key), Ok(()));
            let strays: [fn(&mut Vec<u8>); 5] = [
                |reply| reply[0] ^= 1,
                |reply| reply[2] &= 0x7f,
                |reply| reply[2] &= 0x87,
                |reply| reply[13] ^= 1,
                |reply| reply.truncate(20),
            ];
            for stray in strays {
                assert_eq!(reply(&stray, key), Err(Unacknowledged::Stray));
            }
            let refused = reply(&|reply| reply[3] = 5, None).unwrap_err();
            assert_eq!(refused, Unacknowledged::Code(Rcode::REFUSED));
            assert!(refused.to_string().contains("takes none from here"));
            let bare = |reply: &mut Vec<u8>| {
                reply.truncate(12);
                (reply[3], reply[5]) = (9, 0);
            };
            assert_eq!(reply(&bare, None), Err(Unacknowledged::Code(Rcode(9))));
            if key.is_some() {
                assert_eq!(reply(&|_| {}, None), Err(Unacknowledged::Unsigned));
                assert_eq!(reply(&|_| {}, Some(&other)), Err(Unacknowledged::Unsigned));
            }
        }
    }
}
