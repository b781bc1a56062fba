//! The judge: composes queries by hand, and reads replies with an implementation that is not ours.
//!
//! [`Reply::check`] compares a reply with what a step expects, and always also with what every reply owes its
//! query: the identifier, the question octet by octet, RD and CD, EDNS if and only if it was asked by EDNS,
//! and no more octets than the client takes.

use hickory_resolver::proto::op::{Edns, Message, MessageType, OpCode};
use hickory_resolver::proto::rr::Record;
use hickory_resolver::proto::rr::rdata::opt::EdnsCode;
use rempart::dns::Name;

use super::script::{Content, Expect, Query};

const IDENTIFIER: [u8; 2] = [0x5c, 0xe9];
const EXTENDED_ERROR: u16 = 15;
const RCODES: [(&str, u16); 8] = [
    ("NOERROR", 0),
    ("FORMERR", 1),
    ("SERVFAIL", 2),
    ("NXDOMAIN", 3),
    ("NOTIMP", 4),
    ("REFUSED", 5),
    ("BADVERS", 16),
    ("BADCOOKIE", 23),
];

/// A packet to be sent, and where its question stands.
pub(super) struct Packet {
    pub(super) octets: Vec<u8>,
    /// The end of the question; none for octets that were written out.
    question_end: Option<usize>,
    edns: Option<u16>,
}

/// What came back, and what it was allowed to be.
pub(super) struct Reply<'r> {
    pub(super) octets: Option<&'r [u8]>,
    /// The most octets that it may have.
    pub(super) limit: usize,
    /// What the server says that it takes over UDP.
    pub(super) udp_size: u16,
}

impl Packet {
    pub(super) fn new(query: &Query) -> Result<Self, String> {
        let (name, rtype, class) = match &query.content {
            Content::Octets(text) => {
                return Ok(Self { octets: octets(text)?, question_end: None, edns: None });
            }
            Content::Question { name, rtype, class } => (name, *rtype, *class),
        };
        let name = Name::from_text(name).map_err(|error| error.to_string())?;
        let mut flags = [0, 0];
        let mut dnssec_ok = 0;
        for flag in &query.flags {
            match flag.as_str() {
                "rd" => flags[0] |= 0x01,
                "cd" => flags[1] |= 0x10,
                "ad" => flags[1] |= 0x20,
                "do" if query.edns > 0 => dnssec_ok = 0x80,
                other => return Err(format!("`{other}` is no flag of a query, or needs EDNS")),
            }
        }
        let edns = (query.edns > 0).then_some(query.edns);
        let mut octets = IDENTIFIER.to_vec();
        octets.extend(flags);
        octets.extend([0, 1, 0, 0, 0, 0, 0, u8::from(edns.is_some())]);
        octets.extend(name.as_wire());
        octets.extend(rtype.0.to_be_bytes());
        octets.extend(class.to_be_bytes());
        let question_end = Some(octets.len());
        if let Some(size) = edns {
            octets.extend([0, 0, 41]);
            octets.extend(size.to_be_bytes());
            let options = options(&query.options)?;
            octets.extend([0, 0, dnssec_ok, 0]);
            octets.extend((options.len() as u16).to_be_bytes());
            octets.extend(options);
        }
        Ok(Self { octets, question_end, edns })
    }
}

/// Composes options, each written as its code and its value.
fn options(texts: &[String]) -> Result<Vec<u8>, String> {
    let mut all = Vec::new();
    for text in texts {
        let (code, value) = text.split_once(' ').ok_or_else(|| format!("option `{text}`: code and value"))?;
        let value = octets(value)?;
        all.extend(code.parse::<u16>().map_err(|error| format!("option `{text}`: {error}"))?.to_be_bytes());
        all.extend((value.len() as u16).to_be_bytes());
        all.extend(value);
    }
    Ok(all)
}

/// Reads hexadecimal digits, with text in single quotes.
fn octets(text: &str) -> Result<Vec<u8>, String> {
    let mut octets = Vec::new();
    for (part, quoted) in text.split('\'').zip([false, true].into_iter().cycle()) {
        if quoted {
            octets.extend(part.as_bytes());
            continue;
        }
        let digits: Vec<char> = part.chars().filter(|c| !c.is_whitespace()).collect();
        for pair in digits.chunks(2) {
            let octet = u8::from_str_radix(&pair.iter().collect::<String>(), 16);
            octets.push(octet.ok().filter(|_| pair.len() == 2).ok_or_else(|| format!("`{pair:?}`"))?);
        }
    }
    Ok(octets)
}

impl Reply<'_> {
    /// Compares with what was expected and with what any reply owes.
    pub(super) fn check(&self, packet: &Packet, expect: &Expect) -> Result<(), String> {
        let Some(octets) = self.octets else {
            return if expect.dropped { Ok(()) } else { Err("no reply".into()) };
        };
        let message = Message::from_vec(octets).map_err(|error| format!("{error}: {octets:02x?}"))?;
        if expect.dropped {
            return Err(format!("a reply:\n{message}"));
        }
        let owed = self.check_form(packet, octets, &message);
        owed.and_then(|()| check_content(expect, octets, &message))
            .map_err(|fault| format!("{fault}; the reply is\n{message}"))
    }

    fn check_form(&self, packet: &Packet, octets: &[u8], message: &Message) -> Result<(), String> {
        let (asked, header) = (&packet.octets, &message.metadata);
        let must = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
        must(octets[..2] == asked[..2], "another identifier")?;
        must(header.message_type == MessageType::Response, "no response")?;
        must(u8::from(header.op_code) == (asked[2] >> 3) & 0x0f, "another opcode")?;
        must(octets[2] & 0x01 == asked[2] & 0x01, "RD is not the query's")?;
        must(octets[3] & 0x40 == 0, "Z is set")?;
        must(octets.len() <= self.limit, "longer than the client takes")?;
        must(message.additionals.is_empty(), "additional records")?;
        let Some(question_end) = packet.question_end else { return Ok(()) };
        must(header.op_code == OpCode::Query, "another opcode")?;
        must(octets[3] & 0x10 == asked[3] & 0x10, "CD is not the query's")?;
        must(header.recursion_available, "no RA")?;
        must(octets[4..6] == [0, 1], "not one question")?;
        must(octets.get(12..question_end) == Some(&asked[12..question_end]), "another question")?;
        must(message.edns.is_some() == packet.edns.is_some(), "EDNS as it was not asked for")?;
        let Some(edns) = &message.edns else { return Ok(()) };
        let dnssec_ok = asked[question_end + 7] & 0x80 != 0;
        must(edns.flags().dnssec_ok == dnssec_ok, "DO is not the query's")?;
        must(edns.version() == 0, "another version of EDNS")?;
        must(edns.max_payload() == self.udp_size, "another size announced")
    }
}

fn check_content(expect: &Expect, octets: &[u8], message: &Message) -> Result<(), String> {
    let rcode = expect.rcode.as_deref().ok_or("the step says no rcode")?;
    let code = RCODES.iter().find(|(name, _)| *name == rcode).ok_or("the step names an unknown rcode")?.1;
    if u16::from(message.metadata.response_code) != code {
        return Err(format!("not {rcode}"));
    }
    let flags = [("aa", 0x04, octets[2]), ("tc", 0x02, octets[2]), ("ad", 0x20, octets[3])];
    let named: Vec<&str> = expect.flags.split_whitespace().collect();
    for (name, bit, octet) in flags {
        if (octet & bit != 0) != named.contains(&name) {
            return Err(format!("{name} is {}", u8::from(octet & bit != 0)));
        }
    }
    if named.iter().any(|named| flags.iter().all(|(name, ..)| name != named)) {
        return Err(format!("the step names an unknown flag in `{}`", expect.flags));
    }
    check_records("answer", &expect.answer, &message.answers)?;
    check_records("authority", &expect.authority, &message.authorities)?;
    check_options(expect, message.edns.as_ref())?;
    match expect.size {
        Some(size) if size != octets.len() => Err(format!("{} octets", octets.len())),
        _ => Ok(()),
    }
}

fn check_records(section: &str, expected: &[String], found: &[Record]) -> Result<(), String> {
    let shown: Vec<String> = found.iter().map(show).collect();
    let fits = |(pattern, (shown, record)): (&String, (&String, &Record))| match pattern.strip_suffix('*') {
        Some(beginning) => shown.starts_with(beginning),
        None if pattern.contains(' ') => pattern == shown,
        None => *pattern == record.record_type().to_string(),
    };
    if expected.len() == found.len() && expected.iter().zip(shown.iter().zip(found)).all(fits) {
        return Ok(());
    }
    Err(format!("{section} is\n  {}\n", shown.join("\n  ")))
}

fn show(record: &Record) -> String {
    format!("{} {} {} {}", record.name.to_ascii(), record.ttl, record.record_type(), record.data)
}

fn check_options(expect: &Expect, edns: Option<&Edns>) -> Result<(), String> {
    let (mut errors, mut others) = (Vec::new(), Vec::new());
    for (_, option) in edns.map_or(&[][..], |edns| edns.options().as_ref()) {
        let data = Vec::<u8>::try_from(option).map_err(|error| error.to_string())?;
        let (code, data) = (u16::from(EdnsCode::from(option)), &data);
        if code != EXTENDED_ERROR {
            let data: String = data.iter().map(|octet| format!("{octet:02x}")).collect();
            others.push(format!("{code} {data}"));
            continue;
        }
        let (code, text) = data.split_first_chunk().ok_or("an extended error without a code")?;
        let text = std::str::from_utf8(text).map_err(|error| error.to_string())?;
        errors.push((u16::from_be_bytes(*code).to_string(), text.to_owned()));
    }
    let fits = |(expected, (code, text)): (&String, &(String, String))| {
        let (wanted, part) = expected.split_once(' ').unwrap_or((expected, ""));
        wanted == code && text.contains(part)
    };
    if expect.errors.len() != errors.len() || !expect.errors.iter().zip(&errors).all(fits) {
        return Err(format!("errors are {errors:?}"));
    }
    let fits = |(expected, other): (&String, &String)| {
        let (code, value) = expected.split_once(' ').unwrap_or((expected, ""));
        let expected = format!("{code} {}", value.replace(' ', ""));
        match expected.strip_suffix('*') {
            Some(beginning) => other.starts_with(beginning),
            None => expected == *other,
        }
    };
    if expect.options.len() != others.len() || !expect.options.iter().zip(&others).all(fits) {
        return Err(format!("options are {others:?}"));
    }
    Ok(())
}

#[test]
fn octets_are_read_as_they_are_written() {
    assert_eq!(octets("00ff 03'www'00").unwrap(), b"\x00\xff\x03www\x00");
    for faulty in ["0", "0g", "00 1'a'"] {
        assert!(octets(faulty).is_err(), "{faulty}");
    }
}
