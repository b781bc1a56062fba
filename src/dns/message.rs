//! A reply of another server, read whole into owned records.
//!
//! [`Message::parse`] takes whatever a stranger sent: constant depth, memory in proportion to the length (a
//! pointer leads only backwards and a name has at most 255 octets), an error for what no message can be. Data is
//! kept uncompressed (see [`layout`]). Records of other classes than IN are passed over.

use super::codes::{Class, ExtendedError, Info, Rcode, RecordType};
use super::layout::{Field, layout};
use super::name::{MAX_NAME, Name};
use super::record::{Question, Record};

const HEADER: usize = 12;
const COOKIE: u16 = 10;
const EXTENDED_ERROR: u16 = 15;
/// Extended errors that are read, and the letters of the text of each.
const MOST_ERRORS: usize = 4;
const LONGEST_TEXT: usize = 120;
/// A name has at most so many labels, and a pointer that leads to no label serves nobody.
const MOST_JUMPS: usize = 127;

/// A message as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The identifier.
    pub id: u16,
    /// QR: a reply, not a query.
    pub response: bool,
    /// AA: the server has authority over the name asked.
    pub authoritative: bool,
    /// TC: there was no room for everything.
    pub truncated: bool,
    /// RA: the server resolves for those who ask it to.
    pub recursion_available: bool,
    /// AD: the server says that it validated everything.
    pub authentic: bool,
    /// The response code, with the bits of EDNS.
    pub rcode: Rcode,
    /// The question, if there is exactly one.
    pub question: Option<Question>,
    /// The answer section.
    pub answer: Vec<Record>,
    /// The authority section.
    pub authority: Vec<Record>,
    /// The additional section, without its OPT record.
    pub additional: Vec<Record>,
    /// What the OPT record says; absent where there is none.
    pub edns: Option<ReplyEdns>,
}

/// What the OPT record of a reply says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplyEdns {
    /// The whole cookie option: ours and the server's (RFC 7873).
    pub cookie: Option<Box<[u8]>>,
    /// The first extended errors (RFC 8914), their texts no longer than this program would write.
    pub errors: Vec<ExtendedError>,
}

/// Octets that are not a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a DNS message")]
pub struct Malformed;

impl Message {
    /// Reads a message. What follows the last record is ignored.
    pub fn parse(octets: &[u8]) -> Result<Self, Malformed> {
        let header: &[u8; HEADER] = octets.first_chunk().ok_or(Malformed)?;
        let count = |at: usize| u16::from_be_bytes([header[at], header[at + 1]]);
        let mut reader = Reader { octets, at: HEADER };
        let mut question = None;
        for _ in 0..count(4) {
            question = Some(reader.question()?);
        }
        let mut message = Self {
            id: count(0),
            response: header[2] & 0x80 != 0,
            authoritative: header[2] & 0x04 != 0,
            truncated: header[2] & 0x02 != 0,
            recursion_available: header[3] & 0x80 != 0,
            authentic: header[3] & 0x20 != 0,
            rcode: Rcode(u16::from(header[3] & 0x0f)),
            question: question.filter(|_| count(4) == 1),
            answer: Vec::new(),
            authority: Vec::new(),
            additional: Vec::new(),
            edns: None,
        };
        match message.read_sections(&mut reader, [count(6), count(8), count(10)]) {
            // A truncated message may break off anywhere; nothing of it is used but that it is truncated.
            Err(Malformed) if !message.truncated => Err(Malformed),
            _ => Ok(message),
        }
    }

    fn read_sections(&mut self, reader: &mut Reader<'_>, counts: [u16; 3]) -> Result<(), Malformed> {
        for (section, count) in counts.into_iter().enumerate() {
            for _ in 0..count {
                match reader.record()? {
                    Piece::Record(record) => {
                        [&mut self.answer, &mut self.authority, &mut self.additional][section].push(record)
                    }
                    Piece::Options { extended_rcode, options } if section == 2 && self.edns.is_none() => {
                        self.rcode.0 |= u16::from(extended_rcode) << 4;
                        self.edns = Some(ReplyEdns::parse(options));
                    }
                    Piece::Options { .. } => return Err(Malformed),
                    Piece::OtherClass => {}
                }
            }
        }
        Ok(())
    }
}

impl ReplyEdns {
    /// Reads options as far as they are whole.
    fn parse(mut options: &[u8]) -> Self {
        let mut edns = Self::default();
        while let Some(([code_high, code_low, length @ ..], tail)) = options.split_first_chunk::<4>() {
            let length = usize::from(u16::from_be_bytes(*length));
            let Some((value, tail)) = tail.split_at_checked(length) else { break };
            match (u16::from_be_bytes([*code_high, *code_low]), value) {
                (COOKIE, value) => edns.cookie = Some(value.into()),
                (EXTENDED_ERROR, [high, low, text @ ..]) if edns.errors.len() < MOST_ERRORS => {
                    let info = Info(u16::from_be_bytes([*high, *low]));
                    edns.errors.push(ExtendedError { info, text: readable(text).into() });
                }
                _ => {}
            }
            options = tail;
        }
        edns
    }
}

/// A text that came from outside: UTF-8, bounded, on one line, without the NUL that some put at its end (RFC 8914 §2).
fn readable(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let visible = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.trim_end_matches('\0').chars().map(visible).take(LONGEST_TEXT).collect()
}

enum Piece<'a> {
    Record(Record),
    Options { extended_rcode: u8, options: &'a [u8] },
    OtherClass,
}

struct Reader<'a> {
    octets: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Malformed> {
        let taken = self.octets.get(self.at..self.at + length).ok_or(Malformed)?;
        self.at += length;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u16, Malformed> {
        let octets = self.take(2)?;
        Ok(u16::from_be_bytes([octets[0], octets[1]]))
    }

    fn question(&mut self) -> Result<Question, Malformed> {
        let mut wire = Vec::with_capacity(64);
        self.name(&mut wire)?;
        let name = Name::from_wire(&wire).map_err(|_| Malformed)?;
        Ok(Question { name, rtype: RecordType(self.number()?), class: Class(self.number()?) })
    }

    fn record(&mut self) -> Result<Piece<'a>, Malformed> {
        let mut wire = Vec::with_capacity(64);
        self.name(&mut wire)?;
        let (rtype, class) = (RecordType(self.number()?), Class(self.number()?));
        let ttl = self.take(4)?;
        let length = usize::from(self.number()?);
        let data = self.take(length)?;
        if rtype == RecordType::OPT {
            return Ok(Piece::Options { extended_rcode: ttl[0], options: data });
        }
        if class != Class::IN {
            return Ok(Piece::OtherClass);
        }
        // The highest bit counts like the others (RFC 8767 §4); whoever keeps data caps what is too long.
        let ttl = u32::from_be_bytes([ttl[0], ttl[1], ttl[2], ttl[3]]);
        let owner = Name::from_wire(&wire).map_err(|_| Malformed)?;
        let mut inside = Reader { octets: &self.octets[..self.at], at: self.at - length };
        Ok(Piece::Record(Record { owner, rtype, ttl, data: inside.data(rtype)?.into() }))
    }

    /// The rest of the octets as the data of a record, its names uncompressed.
    fn data(&mut self, rtype: RecordType) -> Result<Vec<u8>, Malformed> {
        let mut data = Vec::with_capacity(self.octets.len() - self.at);
        // An empty record is what it is: some updates and some servers' tricks hold one.
        if self.at < self.octets.len() {
            for field in layout(rtype) {
                match field {
                    Field::Name => self.name(&mut data)?,
                    Field::Octets(count) => data.extend(self.take(*count)?),
                    Field::Text => {
                        let length = usize::from(*self.octets.get(self.at).ok_or(Malformed)?);
                        data.extend(self.take(1 + length)?);
                    }
                }
            }
        }
        data.extend(&self.octets[self.at..]);
        self.at = self.octets.len();
        // Names grow when they are no longer compressed: beyond this they could not be sent on.
        if data.len() > usize::from(u16::MAX) { Err(Malformed) } else { Ok(data) }
    }

    /// Appends the name here to `wire`, uncompressed (RFC 1035 §4.1.4).
    fn name(&mut self, wire: &mut Vec<u8>) -> Result<(), Malformed> {
        let begun = wire.len();
        let (mut at, mut jumped) = (self.at, false);
        // Each pointer must lead before the place that the last one led to: no circle, and an end.
        let (mut earliest, mut jumps) = (self.at, 0);
        loop {
            let length = *self.octets.get(at).ok_or(Malformed)?;
            match length {
                0..=63 => {
                    let label = self.octets.get(at..=at + usize::from(length)).ok_or(Malformed)?;
                    wire.extend(label);
                    at += label.len();
                    if wire.len() - begun > MAX_NAME {
                        return Err(Malformed);
                    }
                    if !jumped {
                        self.at = at;
                    }
                    if length == 0 {
                        return Ok(());
                    }
                }
                0xc0.. => {
                    let low = *self.octets.get(at + 1).ok_or(Malformed)?;
                    if !jumped {
                        self.at = at + 2;
                        jumped = true;
                    }
                    at = usize::from(length & 0x3f) << 8 | usize::from(low);
                    jumps += 1;
                    if at >= earliest || jumps > MOST_JUMPS {
                        return Err(Malformed);
                    }
                    earliest = at;
                }
                _ => return Err(Malformed),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(counts: [u8; 4], rest: &[u8]) -> Vec<u8> {
        let [questions, answers, authorities, additional] = counts;
        let mut octets = vec![0, 7, 0x84, 0, 0, questions, 0, answers, 0, authorities, 0, additional];
        octets.extend(rest);
        octets
    }

    #[test]
    fn names_are_uncompressed_in_owners_and_data() {
        let rest = b"\x03www\x01e\0\0\x05\0\x01\xc0\x0c\0\x05\0\x01\0\0\0\x3c\0\x04\x01a\xc0\x10";
        let read = Message::parse(&message([1, 1, 0, 0], rest)).unwrap();
        assert!(read.response && read.authoritative && !read.truncated);
        assert_eq!(read.question.unwrap().to_string(), "www.e. CNAME");
        assert_eq!(read.answer[0].owner.to_string(), "www.e.");
        assert_eq!(read.answer[0].alias().unwrap().to_string(), "a.e.");
        assert_eq!(read.answer[0].ttl, 60);
    }

    #[test]
    fn the_opt_record_extends_the_code() {
        let opt = b"\0\0\x29\x04\xd0\x01\0\0\0\0\x12\0\x0a\0\x08ABCDEFGH\0\x0f\0\x02\0\x16";
        let read = Message::parse(&message([0, 0, 0, 1], opt)).unwrap();
        assert_eq!(read.rcode, Rcode::BADVERS);
        let edns = read.edns.unwrap();
        let error = ExtendedError { info: Info::NO_REACHABLE_AUTHORITY, text: "".into() };
        assert_eq!((edns.cookie.as_deref(), edns.errors), (Some(&b"ABCDEFGH"[..]), vec![error]));
        assert!(read.additional.is_empty());
    }

    #[test]
    fn texts_of_errors_are_bounded_and_readable() {
        let option = |text: &[u8]| [&[0, 15, 0, 2 + text.len() as u8, 0, 15][..], text].concat();
        let texts: [&[u8]; 6] =
            [b"blocked\0", b"a\nb\x1b[1m", b"\xff\xc3\xa9", &[b'x'; 200], b"five", b"six"];
        let options = texts.map(option).concat();
        let read: Vec<String> =
            ReplyEdns::parse(&options).errors.iter().map(|error| error.text.to_string()).collect();
        assert_eq!(read, ["blocked", "a b [1m", "\u{fffd}é", &"x".repeat(LONGEST_TEXT)]);
    }

    #[test]
    fn what_no_message_can_be_is_refused() {
        for (why, counts, rest) in [
            ("a record is missing", [0, 1, 0, 0], &b""[..]),
            ("a pointer to itself", [1, 0, 0, 0], b"\xc0\x0c\0\x01\0\x01"),
            ("a pointer forwards", [1, 0, 0, 0], b"\xc0\x0e\0\0\x01\0\x01"),
            ("a reserved label type", [1, 0, 0, 0], b"\x80\0\0\x01\0\x01"),
            ("data beyond the end", [0, 1, 0, 0], b"\0\0\x01\0\x01\0\0\0\0\0\x04\x01\x02\x03"),
            ("a name beyond its data", [0, 1, 0, 0], b"\0\0\x05\0\x01\0\0\0\0\0\x01\x01a\0"),
            ("options in the answer", [0, 1, 0, 0], b"\0\0\x29\0\0\0\0\0\0\0\0"),
            ("two of options", [0, 0, 0, 2], b"\0\0\x29\0\0\0\0\0\0\0\0\0\0\x29\0\0\0\0\0\0\0\0"),
        ] {
            assert_eq!(Message::parse(&message(counts, rest)), Err(Malformed), "{why}");
        }
        assert_eq!(Message::parse(&[0; 11]), Err(Malformed));
    }

    #[test]
    fn data_that_grows_beyond_what_a_record_holds_is_refused() {
        let label = [&[63][..], &[b'a'; 63]].concat();
        let owner = [&label.repeat(3)[..], b"\x01a\0"].concat();
        for (signature, sound) in [(65_322, true), (65_323, false)] {
            let length = (18 + 2 + signature as u16).to_be_bytes();
            let fixed = [b"\0\x2e\0\x01\0\0\0\x3c", &length[..], &[0; 18], b"\xc0\x0c"].concat();
            let rest = [&owner[..], &fixed, &vec![1; signature]].concat();
            assert_eq!(Message::parse(&message([0, 1, 0, 0], &rest)).is_ok(), sound, "{signature}");
        }
    }

    #[test]
    fn what_is_truncated_may_break_off() {
        let mut octets = message([0, 1, 0, 0], b"");
        octets[2] |= 0x02;
        assert!(Message::parse(&octets).unwrap().truncated);
    }

    #[test]
    fn other_classes_are_passed_over() {
        let chaos = b"\0\0\x01\0\x03\0\0\0\x3c\0\x04\x01\x02\x03\x04";
        assert!(Message::parse(&message([0, 1, 0, 0], chaos)).unwrap().answer.is_empty());
    }
}
