//! The view of a query: what a client asks, borrowed from the packet that it sent.
//!
//! [`Query::parse`] reads the fixed header (RFC 1035 §4.1.1), one question and at most one OPT record
//! (RFC 6891) and allocates nothing. It is strict where a resolver's clients are: a query holds nothing but
//! these, and whatever else it carries is a fault. A [`Fault`] says whether the sender may be answered at all:
//! a response or an unreadable packet never is, so that no one can make two servers talk for ever.

use super::codes::{Class, Rcode, RecordType};
use super::name::{Canonical, wire_length};

const HEADER: usize = 12;
pub(super) const COOKIE: u16 = 10;
const CLIENT_SUBNET: u16 = 8;
const TCP_KEEPALIVE: u16 = 11;
const PADDING: u16 = 12;

/// A well-formed query with one question.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    packet: &'a [u8],
    name_end: usize,
    rtype: RecordType,
    class: Class,
    edns: Option<Edns<'a>>,
}

/// What the OPT record of a query says (RFC 6891 §6.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edns<'a> {
    /// The longest UDP message that the client takes, in octets, as it says.
    pub udp_size: u16,
    /// The EDNS version; only 0 exists.
    pub version: u8,
    /// DO: the client wants DNSSEC records (RFC 3225).
    pub dnssec_ok: bool,
    /// The options, checked to be whole: code, length, value, repeated.
    options: &'a [u8],
}

/// The COOKIE option of a query (RFC 7873 §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cookie<'a> {
    /// What the client made.
    pub client: [u8; 8],
    /// What a server gave it before: 8 to 32 octets, or none.
    pub server: &'a [u8],
}

/// Why a packet is not a query that can be taken further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A response, or octets that are no message: never answered.
    Unanswerable,
    /// A message that is answered with a header and this code alone.
    Refused(Rcode),
}

impl<'a> Query<'a> {
    /// Reads a received packet. Constant memory, time linear in its length.
    #[inline]
    pub fn parse(packet: &'a [u8]) -> Result<Self, Fault> {
        let header: &[u8; HEADER] = packet.first_chunk().ok_or(Fault::Unanswerable)?;
        if header[2] & 0x80 != 0 {
            return Err(Fault::Unanswerable);
        }
        if header[2] & 0x78 != 0 {
            return Err(Fault::Refused(Rcode::NOTIMP));
        }
        let count = |at: usize| u16::from_be_bytes([header[at], header[at + 1]]);
        if count(4) != 1 {
            return Err(Fault::Refused(Rcode::FORMERR));
        }
        let name = wire_length(&packet[HEADER..]).ok_or(Fault::Unanswerable)?;
        let name_end = HEADER + name;
        let ([type_high, type_low, class @ ..], additional) =
            packet[name_end..].split_first_chunk::<4>().ok_or(Fault::Unanswerable)?;
        if count(6) != 0 || count(8) != 0 || count(10) > 1 {
            return Err(Fault::Refused(Rcode::FORMERR));
        }
        let edns = match (count(10), additional) {
            (0, []) => None,
            (1, additional) => Some(Edns::parse(additional)?),
            _ => return Err(Fault::Unanswerable),
        };
        let rtype = RecordType(u16::from_be_bytes([*type_high, *type_low]));
        Ok(Self { packet, name_end, rtype, class: Class(u16::from_be_bytes(*class)), edns })
    }

    /// The identifier that the reply repeats.
    pub fn id(&self) -> u16 {
        u16::from_be_bytes([self.packet[0], self.packet[1]])
    }

    /// RD: the client asks for recursion.
    pub fn recursion_desired(&self) -> bool {
        self.packet[2] & 0x01 != 0
    }

    /// AD in a query: the client understands the AD bit (RFC 6840 §5.7).
    pub fn authentic_data(&self) -> bool {
        self.packet[3] & 0x20 != 0
    }

    /// CD: the client validates for itself (RFC 4035 §3.2.2).
    pub fn checking_disabled(&self) -> bool {
        self.packet[3] & 0x10 != 0
    }

    /// DO: the client wants DNSSEC records.
    pub fn dnssec_ok(&self) -> bool {
        self.edns.is_some_and(|edns| edns.dnssec_ok)
    }

    /// QNAME as the client spelt it: an uncompressed name, final zero included.
    pub fn name(&self) -> &'a [u8] {
        &self.packet[HEADER..self.name_end]
    }

    /// QNAME and what stands behind it.
    pub fn name_onwards(&self) -> &'a [u8] {
        &self.packet[HEADER..]
    }

    /// QNAME in lower case.
    #[inline]
    pub fn canonical_name(&self) -> Canonical {
        Canonical::new(self.name())
    }

    /// QTYPE.
    pub fn rtype(&self) -> RecordType {
        self.rtype
    }

    /// QCLASS.
    pub fn class(&self) -> Class {
        self.class
    }

    /// What the client says by EDNS, if it speaks it.
    pub fn edns(&self) -> Option<&Edns<'a>> {
        self.edns.as_ref()
    }

    /// The whole packet.
    pub fn packet(&self) -> &'a [u8] {
        self.packet
    }

    /// Header and question, as received.
    pub(super) fn head(&self) -> &'a [u8] {
        &self.packet[..self.name_end + 4]
    }
}

impl<'a> Edns<'a> {
    /// Reads octets that must be exactly one OPT record.
    #[inline]
    fn parse(record: &'a [u8]) -> Result<Self, Fault> {
        let formerr = Fault::Refused(Rcode::FORMERR);
        let (fixed, options) = record.split_first_chunk::<11>().ok_or(Fault::Unanswerable)?;
        let [owner, type_high, type_low, size_high, size_low, _, version, flags, _, length @ ..] = *fixed;
        if owner != 0 || u16::from_be_bytes([type_high, type_low]) != RecordType::OPT.0 {
            return Err(formerr);
        }
        if usize::from(u16::from_be_bytes(length)) != options.len() {
            return Err(Fault::Unanswerable);
        }
        let edns = Self {
            udp_size: u16::from_be_bytes([size_high, size_low]),
            version,
            dnssec_ok: flags & 0x80 != 0,
            options,
        };
        // An unknown version may use its options as it likes; it is told so by BADVERS.
        if version == 0 && !edns.options_are_whole() {
            return Err(formerr);
        }
        Ok(edns)
    }

    /// Every option with its code, in the order sent.
    pub fn options(&self) -> impl Iterator<Item = (u16, &'a [u8])> + use<'a> {
        let mut rest = self.options;
        std::iter::from_fn(move || {
            let (option, tail) = split_option(rest)?;
            rest = tail;
            Some(option)
        })
    }

    /// The COOKIE option, of the only version whose options are known.
    pub fn cookie(&self) -> Option<Cookie<'a>> {
        let (_, value) = self.options().find(|(code, _)| *code == COOKIE && self.version == 0)?;
        let (client, server) = value.split_first_chunk()?;
        Some(Cookie { client: *client, server })
    }

    /// Whether the client pads its queries, and so wants padded replies (RFC 7830 §4).
    pub fn has_padding(&self) -> bool {
        self.has(PADDING)
    }

    /// Whether the client sends this option, whatever it holds.
    pub fn has(&self, option: u16) -> bool {
        self.options().any(|(code, _)| code == option)
    }

    /// Whether the client speaks of how long a connection is kept (RFC 7828), which is an error on QUIC.
    pub fn has_keepalive(&self) -> bool {
        self.has(TCP_KEEPALIVE)
    }

    fn options_are_whole(&self) -> bool {
        let mut rest = self.options;
        while !rest.is_empty() {
            let Some(((code, value), tail)) = split_option(rest) else { return false };
            let fits = match code {
                COOKIE => matches!(value.len(), 8 | 16..=40),
                CLIENT_SUBNET => is_client_subnet(value),
                _ => true,
            };
            if !fits {
                return false;
            }
            rest = tail;
        }
        true
    }
}

type DnsOption<'a> = (u16, &'a [u8]);

fn split_option(octets: &[u8]) -> Option<(DnsOption<'_>, &[u8])> {
    let ([code_high, code_low, length @ ..], rest) = octets.split_first_chunk::<4>()?;
    let (value, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    Some(((u16::from_be_bytes([*code_high, *code_low]), value), rest))
}

/// A query's ECS option: family, source prefix, scope 0, and just the octets that the prefix needs
/// (RFC 7871 §6). We never use what it says, but a malformed one is FORMERR (§7.1.1).
fn is_client_subnet(value: &[u8]) -> bool {
    let Some(([family_high, family_low, prefix, scope], address)) = value.split_first_chunk::<4>() else {
        return false;
    };
    let longest = match u16::from_be_bytes([*family_high, *family_low]) {
        1 => 32,
        2 => 128,
        _ => return false,
    };
    *prefix <= longest && *scope == 0 && address.len() == usize::from(prefix.div_ceil(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(counts: [u16; 4], rest: &[u8]) -> Vec<u8> {
        let mut packet = vec![0x12, 0x34, 0x01, 0x00];
        packet.extend(counts.iter().flat_map(|count| count.to_be_bytes()));
        packet.extend(rest);
        packet
    }

    const QUESTION: &[u8] = b"\x03wWw\x07example\0\0\x01\0\x01";

    fn with_options(options: &[u8]) -> Vec<u8> {
        let mut rest = QUESTION.to_vec();
        rest.extend(b"\0\0\x29\x04\xd0\0\0\x80\0");
        rest.extend((options.len() as u16).to_be_bytes());
        rest.extend(options);
        packet([1, 0, 0, 1], &rest)
    }

    #[test]
    fn a_plain_query_is_read() {
        let packet = packet([1, 0, 0, 0], QUESTION);
        let query = Query::parse(&packet).unwrap();
        assert_eq!(query.id(), 0x1234);
        assert!(query.recursion_desired() && !query.checking_disabled() && !query.dnssec_ok());
        assert_eq!(query.name(), b"\x03wWw\x07example\0");
        assert_eq!(query.canonical_name().as_wire(), b"\x03www\x07example\0");
        assert_eq!((query.rtype(), query.class()), (RecordType::A, Class::IN));
        assert_eq!(query.edns(), None);
    }

    #[test]
    fn edns_is_read_with_its_options() {
        let packet = with_options(b"\0\x0a\0\x08abcdefgh\x00\x0f\0\0");
        let edns = *Query::parse(&packet).unwrap().edns().unwrap();
        assert_eq!((edns.udp_size, edns.version, edns.dnssec_ok), (1232, 0, true));
        assert_eq!(edns.cookie(), Some(Cookie { client: *b"abcdefgh", server: b"" }));
        assert_eq!(edns.options().count(), 2);
    }

    #[test]
    fn every_fault_has_its_answer() {
        let formerr = Fault::Refused(Rcode::FORMERR);
        let opt = b"\0\0\x29\x04\xd0\0\0\0\0\0\0";
        let mut response = packet([1, 0, 0, 0], QUESTION);
        response[2] |= 0x80;
        let mut update = packet([1, 0, 0, 0], QUESTION);
        update[2] |= 0x28;
        let twice = [QUESTION, QUESTION].concat();
        let two_opts = [QUESTION, opt, opt].concat();
        for (packet, fault) in [
            (vec![0; 11], Fault::Unanswerable),
            (response, Fault::Unanswerable),
            (update, Fault::Refused(Rcode::NOTIMP)),
            (packet([0, 0, 0, 0], b""), formerr),
            (packet([2, 0, 0, 0], &twice), formerr),
            (packet([1, 1, 0, 0], QUESTION), formerr),
            (packet([1, 0, 1, 0], QUESTION), formerr),
            (packet([1, 0, 0, 2], &two_opts), formerr),
            (packet([1, 0, 0, 0], &twice), Fault::Unanswerable),
            (packet([1, 0, 0, 0], &QUESTION[..QUESTION.len() - 1]), Fault::Unanswerable),
            (packet([1, 0, 0, 0], b"\xc0\x0c\0\x01\0\x01"), Fault::Unanswerable),
            (packet([1, 0, 0, 1], QUESTION), Fault::Unanswerable),
            (packet([1, 0, 0, 1], &[QUESTION, b"\x01a\0\x29\0\0\0\0\0\0\0\0"].concat()), formerr),
            (packet([1, 0, 0, 1], &[QUESTION, b"\0\0\x01\0\0\0\0\0\0\0\0"].concat()), formerr),
            (with_options(b"\0\x0a\0\x07abcdefg"), formerr),
            (with_options(b"\0\x0a\0\x09abcdefghi"), formerr),
            (with_options(&[&[0, 10, 0, 41][..], &[1; 41]].concat()), formerr),
            (with_options(b"\0\x08\0\x04\0\x01\x18\0"), formerr),
            (with_options(b"\0\x0f\0\x05a"), formerr),
        ] {
            assert_eq!(Query::parse(&packet).err(), Some(fault), "{packet:02x?}");
        }
        assert!(Query::parse(&with_options(b"\0\x08\0\x07\0\x01\x18\0\xc0\x00\x02")).is_ok());
    }
}
