//! What a packet says, as far as a server of zones needs to know: one question, the serial of whoever asks for
//! differences, and the signature over all of it.
//!
//! Constant memory beside the signature's, time linear in the packet. No pointer is followed, but by `hickory-proto` for
//! the SOA and the TSIG record, where pointers lead only backwards.

use hickory_resolver::proto::rr::rdata::TSIG;
use hickory_resolver::proto::rr::{Name as KeyName, RData, Record};
use hickory_resolver::proto::serialize::binary::{BinDecodable, BinDecoder, BinEncodable};

use crate::dns::{Class, Name, RecordType, wire_length};

/// Octets of a message's header.
pub(super) const HEADER: usize = 12;
/// What stands between the owner of a record and its data.
const FIXED: usize = 10;

/// A message that holds at most one question.
#[derive(Debug)]
pub(super) struct Message<'p> {
    pub packet: &'p [u8],
    pub question: Option<Asked>,
    /// How many records there are in answer and authority.
    pub counts: [u16; 2],
    /// The serial of the SOA record of what is asked for, where the authority section holds that alone.
    pub serial: Option<u32>,
    pub edns: Option<Edns>,
    pub signed: Option<Signed>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub name: Name,
    pub rtype: RecordType,
    pub class: Class,
}

/// What an OPT record says, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edns {
    pub udp_size: u16,
    pub version: u8,
}

/// A TSIG record (RFC 8945 §4.2), and where it begins.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    pub at: usize,
    pub name: KeyName,
    pub tsig: TSIG,
}

impl<'p> Message<'p> {
    /// Reads a message; none where it is none, has several questions, or anything behind its end.
    pub(super) fn parse(packet: &'p [u8]) -> Option<Self> {
        let header: &[u8; HEADER] = packet.first_chunk()?;
        let count = |at: usize| u16::from_be_bytes([header[at], header[at + 1]]);
        let mut reader = Reader { packet, at: HEADER };
        let question = match count(4) {
            0 => None,
            1 => Some(reader.question()?),
            _ => return None,
        };
        let counts = [count(6), count(8)];
        let mut message = Self { packet, question, counts, serial: None, edns: None, signed: None };
        for _ in 0..counts[0] {
            reader.record()?;
        }
        for _ in 0..counts[1] {
            let at = reader.at;
            if reader.record()?.0 == RecordType::SOA && counts[1] == 1 {
                message.serial = message.question.as_ref().and_then(|asked| serial(packet, at, asked));
            }
        }
        for left in (0..count(10)).rev() {
            message.read_additional(&mut reader, left == 0)?;
        }
        (reader.at == packet.len()).then_some(message)
    }

    fn read_additional(&mut self, reader: &mut Reader<'p>, is_last: bool) -> Option<()> {
        let at = reader.at;
        let (rtype, fixed, _) = reader.record()?;
        match rtype {
            RecordType::OPT if self.edns.is_none() && self.packet[at] == 0 => {
                let udp_size = u16::from_be_bytes([fixed[2], fixed[3]]);
                self.edns = Some(Edns { udp_size, version: fixed[5] });
            }
            // It is the last record, and there is no other (RFC 8945 §5.1).
            RecordType::TSIG if is_last => {
                let record = record(self.packet, at)?;
                let RData::TSIG(tsig) = record.data else { return None };
                self.signed = Some(Signed { at, name: record.name.to_lowercase(), tsig });
            }
            RecordType::OPT | RecordType::TSIG => return None,
            _ => {}
        }
        Some(())
    }

    /// The identifier.
    pub(super) fn id(&self) -> u16 {
        u16::from_be_bytes([self.packet[0], self.packet[1]])
    }

    /// QR: it answers something.
    pub(super) fn is_response(&self) -> bool {
        self.packet[2] & 0x80 != 0
    }

    /// What is asked for (RFC 1035 §4.1.1).
    pub(super) fn opcode(&self) -> u8 {
        self.packet[2] >> 3 & 0x0f
    }

    /// The response code, without the bits of EDNS.
    pub(super) fn rcode(&self) -> u8 {
        self.packet[3] & 0x0f
    }

    /// Header and question, as received.
    pub(super) fn head(&self) -> &'p [u8] {
        let question = self.question.as_ref().map_or(0, |question| question.name.as_wire().len() + 4);
        &self.packet[..HEADER + question]
    }
}

/// The serial of the SOA record that begins somewhere, if it is of the zone that is asked for.
fn serial(packet: &[u8], at: usize, asked: &Asked) -> Option<u32> {
    let record = record(packet, at)?;
    let owner = Name::from_wire(&record.name.to_bytes().ok()?).ok()?;
    match record.data {
        RData::SOA(soa) if owner == asked.name && u16::from(record.dns_class) == asked.class.0 => {
            Some(soa.serial)
        }
        _ => None,
    }
}

/// The record that begins somewhere.
fn record(packet: &[u8], at: usize) -> Option<Record> {
    let mut decoder = BinDecoder::new(packet).clone(u16::try_from(at).ok()?);
    Record::<RData>::read(&mut decoder).ok()
}

struct Reader<'p> {
    packet: &'p [u8],
    at: usize,
}

impl<'p> Reader<'p> {
    fn take<const OCTETS: usize>(&mut self) -> Option<[u8; OCTETS]> {
        let taken = self.packet.get(self.at..)?.first_chunk()?;
        self.at += OCTETS;
        Some(*taken)
    }

    fn question(&mut self) -> Option<Asked> {
        let rest = self.packet.get(self.at..)?;
        let name = Name::from_wire(&rest[..wire_length(rest)?]).ok()?;
        self.at += name.as_wire().len();
        let [rtype, class] = [self.take()?, self.take()?].map(u16::from_be_bytes);
        Some(Asked { name, rtype: RecordType(rtype), class: Class(class) })
    }

    /// Type, what stands before the data, and the data.
    fn record(&mut self) -> Option<(RecordType, [u8; FIXED], &'p [u8])> {
        loop {
            match usize::from(*self.packet.get(self.at)?) {
                0 => break self.at += 1,
                length @ 1..=63 => self.at += 1 + length,
                0xc0.. => break self.at += 2,
                _ => return None,
            }
        }
        let fixed: [u8; FIXED] = self.take()?;
        let length = usize::from(u16::from_be_bytes([fixed[8], fixed[9]]));
        let data = self.packet.get(self.at..self.at + length)?;
        self.at += length;
        Some((RecordType(u16::from_be_bytes([fixed[0], fixed[1]])), fixed, data))
    }
}
