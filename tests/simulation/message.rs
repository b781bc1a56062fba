//! Messages as a server sees them: queries in, replies out, written by hand and not by what is tested.

use rempart::dns::{Name, Record, RecordType};

const COOKIE: u16 = 10;
const EXTENDED_ERROR: u16 = 15;
const CLIENT_SUBNET: u16 = 8;

/// A query, read.
#[derive(Clone, Debug)]
pub(super) struct Query {
    pub(super) id: [u8; 2],
    pub(super) recursion_desired: bool,
    pub(super) name: Name,
    pub(super) rtype: RecordType,
    /// The question as it came, for the echo.
    pub(super) question: Vec<u8>,
    pub(super) edns: Option<Edns>,
}

/// What EDNS said.
#[derive(Clone, Debug)]
pub(super) struct Edns {
    pub(super) udp_size: u16,
    pub(super) dnssec_ok: bool,
    pub(super) cookie: Option<Vec<u8>>,
}

impl Query {
    /// Reads a query; panics at what no resolver may send.
    pub(super) fn parse(octets: &[u8]) -> Self {
        assert!(octets.len() >= 17 && octets[2] & 0x80 == 0, "a query: {octets:02x?}");
        assert_eq!(octets[4..6], [0, 1], "one question");
        let end = 12 + name_length(&octets[12..]);
        let name = Name::from_wire(&octets[12..end]).expect("the name of a question");
        let number = |at: usize| u16::from_be_bytes([octets[at], octets[at + 1]]);
        assert_eq!(number(end + 2), 1, "class IN");
        let edns = (number(10) > 0).then(|| Edns::parse(&octets[end + 4..]));
        Self {
            id: [octets[0], octets[1]],
            recursion_desired: octets[2] & 1 != 0,
            name,
            rtype: RecordType(number(end)),
            question: octets[12..end + 4].to_vec(),
            edns,
        }
    }

    pub(super) fn dnssec_ok(&self) -> bool {
        self.edns.as_ref().is_some_and(|edns| edns.dnssec_ok)
    }
}

impl Edns {
    fn parse(octets: &[u8]) -> Self {
        assert_eq!(octets[..3], [0, 0, 41], "OPT alone in the additional section");
        let mut options = &octets[11..];
        let mut cookie = None;
        while let [a, b, c, d, rest @ ..] = options {
            let length = usize::from(u16::from_be_bytes([*c, *d]));
            match u16::from_be_bytes([*a, *b]) {
                COOKIE => cookie = Some(rest[..length].to_vec()),
                CLIENT_SUBNET => panic!("a server was told of a client's network"),
                _ => {}
            }
            options = &rest[length..];
        }
        Self {
            udp_size: u16::from_be_bytes([octets[3], octets[4]]),
            dnssec_ok: octets[7] & 0x80 != 0,
            cookie,
        }
    }
}

fn name_length(octets: &[u8]) -> usize {
    let mut at = 0;
    while octets[at] != 0 {
        at += 1 + usize::from(octets[at]);
    }
    at + 1
}

/// A reply in the making. The header and the sections may be anything.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) id: [u8; 2],
    /// The question's octets; empty for a reply without question.
    pub(super) question: Vec<u8>,
    pub(super) rcode: u16,
    pub(super) authoritative: bool,
    pub(super) truncated: bool,
    pub(super) recursion_available: bool,
    pub(super) answer: Vec<Record>,
    pub(super) authority: Vec<Record>,
    pub(super) additional: Vec<Record>,
    pub(super) edns: bool,
    pub(super) cookie: Option<Vec<u8>>,
    /// Codes and texts of extended errors.
    pub(super) errors: Vec<(u16, String)>,
}

impl Reply {
    /// An empty reply to a query.
    pub(super) fn to(query: &Query) -> Self {
        Self {
            id: query.id,
            question: query.question.clone(),
            rcode: 0,
            authoritative: false,
            truncated: false,
            recursion_available: false,
            answer: Vec::new(),
            authority: Vec::new(),
            additional: Vec::new(),
            edns: query.edns.is_some(),
            cookie: None,
            errors: Vec::new(),
        }
    }

    /// The octets. Owners that stood there before, the question's above all, become pointers.
    pub(super) fn compose(&self) -> Vec<u8> {
        let mut octets = self.id.to_vec();
        let flags = [(0x80, true), (0x04, self.authoritative), (0x02, self.truncated)];
        octets.push(flags.iter().filter(|(_, set)| *set).map(|(bit, _)| bit).sum());
        octets.push(u8::from(self.recursion_available) << 7 | (self.rcode & 0x0f) as u8);
        let additional = self.additional.len() + usize::from(self.edns);
        let counts =
            [usize::from(!self.question.is_empty()), self.answer.len(), self.authority.len(), additional];
        octets.extend(counts.iter().flat_map(|count| (*count as u16).to_be_bytes()));
        let mut seen: Vec<(&[u8], u16)> = Vec::new();
        if let Some(end) = self.question.len().checked_sub(4) {
            seen.push((&self.question[..end], octets.len() as u16));
        }
        octets.extend(&self.question);
        for record in self.answer.iter().chain(&self.authority).chain(&self.additional) {
            let owner = record.owner.as_wire();
            match seen.iter().find(|(name, _)| *name == owner && owner.len() > 2) {
                Some((_, at)) => octets.extend((0xc000 | at).to_be_bytes()),
                None => {
                    if octets.len() < 0x3fff {
                        seen.push((owner, octets.len() as u16));
                    }
                    octets.extend(owner);
                }
            }
            octets.extend(record.rtype.0.to_be_bytes());
            octets.extend([0, 1]);
            octets.extend(record.ttl.to_be_bytes());
            octets.extend((record.data.len() as u16).to_be_bytes());
            octets.extend(&record.data);
        }
        if self.edns {
            octets.extend([0, 0, 41, 0x10, 0, (self.rcode >> 4) as u8, 0, 0, 0]);
            let error = |(code, text): &(u16, String)| {
                (EXTENDED_ERROR, [&code.to_be_bytes()[..], text.as_bytes()].concat())
            };
            let cookie = self.cookie.iter().map(|cookie| (COOKIE, cookie.clone()));
            let options = cookie.chain(self.errors.iter().map(error)).flat_map(|(code, value)| {
                [&code.to_be_bytes()[..], &(value.len() as u16).to_be_bytes(), &value].concat()
            });
            let options: Vec<u8> = options.collect();
            octets.extend((options.len() as u16).to_be_bytes());
            octets.extend(options);
        }
        octets
    }

    /// What fits in `size`: all of it, or the question alone with TC set.
    pub(super) fn compose_within(mut self, size: usize) -> Vec<u8> {
        let whole = self.compose();
        if whole.len() <= size {
            return whole;
        }
        self.truncated = true;
        self.answer.clear();
        self.authority.clear();
        self.additional.clear();
        self.compose()
    }
}
