//! Inputs that are nearly right: names out of few labels, so that they meet; records; queries.

use arbitrary::{Arbitrary, Unstructured};
use rempart::dns::{Name, Record, RecordType};

/// Labels of which names are mostly made: those of the world's lists, and their neighbours.
const LABELS: [&str; 24] = [
    "bad",
    "page",
    "allow",
    "nx",
    "nodata",
    "drop",
    "tcp",
    "local",
    "alias",
    "star",
    "signed",
    "shadow",
    "help",
    "exempt",
    "cached",
    "chain",
    "big",
    "www",
    "a",
    "*",
    "xn--bcher-kva",
    "EXAMPLE",
    "example",
    "test",
];

/// A name in wire format: mostly of known labels, in any letter case, sometimes of any octets.
#[derive(Clone, Debug)]
pub struct AnyName(pub Vec<u8>);

impl AnyName {
    /// As the library holds it.
    pub fn to_name(&self) -> Name {
        Name::from_wire(&self.0).expect("made within the limits of a name")
    }
}

impl<'a> Arbitrary<'a> for AnyName {
    fn arbitrary(input: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let mut wire = Vec::new();
        for _ in 0..input.int_in_range(0..=6)? {
            let label = match input.int_in_range(0..=9)? {
                0 => input.arbitrary::<&[u8]>()?.iter().take(63).copied().collect(),
                1 => input.choose(&LABELS)?.to_ascii_uppercase().into_bytes(),
                _ => input.choose(&LABELS)?.as_bytes().to_vec(),
            };
            if label.is_empty() || wire.len() + label.len() + 2 > 255 {
                break;
            }
            wire.push(label.len() as u8);
            wire.extend(label);
        }
        wire.push(0);
        Ok(Self(wire))
    }
}

/// A query that is well formed unless `tail` spoils it.
#[derive(Clone, Debug, Arbitrary)]
pub struct AnyQuery {
    id: u16,
    flags: [u8; 2],
    is_plain: bool,
    pub name: AnyName,
    rtype: u16,
    usual_type: u8,
    class: u8,
    edns: Option<AnyEdns>,
    tail: Option<u8>,
}

#[derive(Clone, Debug, Arbitrary)]
struct AnyEdns {
    size: u16,
    version: u8,
    is_current: bool,
    flags: u16,
    options: Vec<(u8, Vec<u8>)>,
}

const TYPES: [u16; 14] = [1, 28, 65, 64, 5, 16, 15, 6, 2, 12, 255, 257, 43, 46];

impl AnyQuery {
    /// The type asked for: usually a common one.
    pub fn rtype(&self) -> u16 {
        TYPES.get(usize::from(self.usual_type % 16)).copied().unwrap_or(self.rtype)
    }

    /// The packet.
    pub fn compose(&self) -> Vec<u8> {
        let mut packet = self.id.to_be_bytes().to_vec();
        // RD, AD and CD alone, or whatever flags there are.
        packet.extend(if self.is_plain { [self.flags[0] & 1, self.flags[1] & 0x30] } else { self.flags });
        packet.extend([0, 1, 0, 0, 0, 0, 0, u8::from(self.edns.is_some())]);
        packet.extend(&self.name.0);
        packet.extend(self.rtype().to_be_bytes());
        packet.extend([0, if self.class < 240 { 1 } else { self.class - 240 }]);
        if let Some(edns) = &self.edns {
            packet.extend([0, 0, 41]);
            packet.extend(edns.size.to_be_bytes());
            packet.extend([0, if edns.is_current { 0 } else { edns.version }]);
            packet.extend(edns.flags.to_be_bytes());
            let mut options = Vec::new();
            for (code, value) in &edns.options {
                let mut value = value.clone();
                // A cookie of a length that cookies have, beside those of any.
                let code = if *code == 110 {
                    value.resize(if value.len() > 8 { 24 } else { 8 }, 0);
                    10
                } else {
                    *code
                };
                options.extend([0, code]);
                options.extend((value.len() as u16).to_be_bytes());
                options.extend(&value);
            }
            packet.extend((options.len() as u16).to_be_bytes());
            packet.extend(options);
        }
        packet.extend(self.tail.filter(|octet| *octet > 250));
        packet
    }
}

/// A record: of a known type with sound data, or of any type with any data.
#[derive(Clone, Debug, Arbitrary)]
pub struct AnyRecord {
    owner: AnyName,
    ttl: u32,
    data: AnyData,
}

#[derive(Clone, Debug, Arbitrary)]
enum AnyData {
    V4([u8; 4]),
    ListedV4(u8),
    V6([u8; 16]),
    Alias(AnyName),
    Server(AnyName),
    Exchange(u16, AnyName),
    Text(Vec<u8>),
    Start(AnyName, AnyName, [u32; 5]),
    /// A service and an address where it is said to be.
    Service(bool, AnyName, u8),
    Unknown(u8, u8, Vec<u8>),
    Long(u8),
    Malformed(u16, Vec<u8>),
}

impl AnyRecord {
    /// Whether the data is what its type holds.
    pub fn is_sound(&self) -> bool {
        !matches!(self.data, AnyData::Malformed(..))
    }

    /// As the library holds it.
    pub fn to_record(&self) -> Record {
        let (rtype, data) = match &self.data {
            AnyData::V4(octets) => (RecordType::A, octets.to_vec()),
            AnyData::ListedV4(last) => (RecordType::A, vec![192, 0, 2, *last]),
            AnyData::V6(octets) => (RecordType::AAAA, octets.to_vec()),
            AnyData::Alias(name) => (RecordType::CNAME, name.0.clone()),
            AnyData::Server(name) => (RecordType::NS, name.0.clone()),
            AnyData::Exchange(preference, name) => {
                (RecordType::MX, [&preference.to_be_bytes()[..], &name.0].concat())
            }
            AnyData::Text(text) => {
                let text = &text[..text.len().min(255)];
                (RecordType::TXT, [&[text.len() as u8], text].concat())
            }
            AnyData::Start(server, contact, numbers) => {
                let numbers = numbers.iter().flat_map(|number| number.to_be_bytes());
                let names = [&server.0[..], &contact.0].concat();
                (RecordType::SOA, names.into_iter().chain(numbers).collect())
            }
            AnyData::Service(is_web, target, last) => {
                let rtype = if *is_web { RecordType::HTTPS } else { RecordType::SVCB };
                (rtype, [b"\0\x01".as_slice(), &target.0, b"\0\x04\0\x04", &[192, 0, 2, *last]].concat())
            }
            // Private types hold anything; but none of no octets, which other readers take for an update.
            AnyData::Unknown(number, first, rest) => {
                (RecordType(65_280 + u16::from(*number)), [&[*first], &rest[..]].concat())
            }
            AnyData::Long(number) => (RecordType(65_280), vec![0x61; 40 * usize::from(*number) + 1]),
            AnyData::Malformed(rtype, data) => (RecordType(*rtype), data.clone()),
        };
        Record { owner: self.owner.to_name(), rtype, ttl: self.ttl, data: data.into() }
    }
}
