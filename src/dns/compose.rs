//! Composing a reply into the caller's buffer, within the client's limit, without allocating.
//!
//! A [`Composer`] begins with the client's own header and question, so that identifier and letter case return
//! as they came (RFC 1035 §4.1.1, and 0x20 defences). Records follow, then the OPT record with extended errors,
//! for which room is kept. What does not fit is not cut in the middle: the reply then holds no record and TC,
//! and the client comes back over TCP (RFC 2181 §9).

use std::net::IpAddr;

use arrayvec::ArrayVec;

use super::MAX_MESSAGE;
use super::codes::{Class, ExtendedError, Info, Rcode, RecordType};
use super::name::labels;
use super::query::{COOKIE, Query};
use super::record::{Record, addresses};

const QUESTION_NAME: u16 = 0xc000 | 12;
/// What an OPT record without options takes in a reply, in octets.
pub const OPT_FIXED: usize = 11;
const EXTENDED_ERROR: u16 = 15;
/// What an extended error without a text takes, in octets.
const ERROR_FIXED: usize = 6;
const PADDING: u16 = 12;
/// A padded reply is a multiple of this many octets (RFC 8467 §4.1).
const PADDED_BLOCK: usize = 468;
const RECORD_FIXED: usize = 10;
/// What a cookie takes in a reply, in octets, with the option's code and length.
pub const COOKIE_OPTION: usize = 4 + size_of::<FullCookie>();
/// A pointer holds 14 bits of offset (RFC 1035 §4.1.4).
const POINTER_REACH: usize = 0x4000;
const REMEMBERED_NAMES: usize = 48;

/// The cookie of a reply: 8 octets of the client, 16 of ours (RFC 9018 §4).
pub type FullCookie = [u8; 24];

/// The section that a record goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Answer.
    Answer,
    /// Authority.
    Authority,
}

/// A reply in the making.
#[derive(Debug)]
pub struct Composer<'b> {
    buffer: &'b mut [u8],
    length: usize,
    question_end: usize,
    limit: usize,
    counts: [u16; 2],
    class: Class,
    rcode: Rcode,
    edns: Option<bool>,
    padded: bool,
    cookie: Option<FullCookie>,
    /// What the text of the first extended error begins with, in pieces.
    lead: &'b [&'b str],
    /// Octets that are kept for the OPT record still to come.
    kept: usize,
    overflown: bool,
}

/// Where in one message names stand, and suffixes of names, that later names may point to. Apart from the composer,
/// because few replies are composed record by record, and all pay for its size.
#[derive(Debug, Default)]
pub struct Offsets(ArrayVec<u16, REMEMBERED_NAMES>);

impl<'b> Composer<'b> {
    /// Begins a reply to `query` of at most `limit` octets; `buffer` must hold 512, and is never exceeded.
    ///
    /// QR and RA are set, RD and CD repeated (RFC 1035 §4.1.1, RFC 4035 §3.2.2), the code is NOERROR.
    #[inline]
    pub fn new(query: &Query<'_>, buffer: &'b mut [u8], limit: usize) -> Self {
        let head = query.head();
        let limit = limit.min(buffer.len()).min(MAX_MESSAGE);
        buffer[..head.len()].copy_from_slice(head);
        buffer[2] = 0x80 | (head[2] & 0x01);
        buffer[3] = 0x80 | (head[3] & 0x10);
        buffer[6..12].fill(0);
        Self {
            buffer,
            length: head.len(),
            question_end: head.len(),
            limit,
            counts: [0; 2],
            class: query.class(),
            rcode: Rcode::NOERROR,
            edns: query.edns().map(|edns| edns.dnssec_ok),
            padded: false,
            cookie: None,
            lead: &[],
            kept: if query.edns().is_some() { OPT_FIXED } else { 0 },
            overflown: false,
        }
    }

    /// Sets the response code.
    pub fn rcode(&mut self, rcode: Rcode) {
        self.rcode = rcode;
    }

    /// Sets the cookie, before any record is added; it is left out of a reply without OPT.
    pub fn cookie(&mut self, cookie: FullCookie) {
        if self.edns.is_some() && self.cookie.replace(cookie).is_none() {
            self.kept += COOKIE_OPTION;
        }
    }

    /// Sets AD: everything in the reply was validated (RFC 4035 §3.2.3).
    pub fn authentic(&mut self) {
        self.buffer[3] |= 0x20;
    }

    /// Sets AA: the answer is about ourselves.
    pub fn authoritative(&mut self) {
        self.buffer[2] |= 0x04;
    }

    /// Hides the reply's length from whoever watches an encrypted connection: it becomes a multiple of a block, as
    /// far as the limit lets it. Only for a query with EDNS.
    pub fn pad(&mut self) {
        self.padded = true;
    }

    /// Has the text of the first extended error begin with these, where there is room for them.
    pub fn lead(&mut self, pieces: &'b [&'b str]) {
        self.lead = pieces;
    }

    /// How long a text an extended error can have, with the records that there are by now.
    pub fn room_for_text(&self) -> usize {
        (self.limit - self.length).saturating_sub(self.kept + ERROR_FIXED)
    }

    /// Sets TC and drops all records: the client is to come back over TCP.
    pub fn truncate(&mut self) {
        self.overflown = true;
    }

    /// Adds a record whose owner is the name asked for, of the class asked for.
    #[inline]
    pub fn own_record(&mut self, section: Section, rtype: RecordType, ttl: u32, data: &[u8]) {
        let start = self.length;
        let mut fixed = [0; 2 + RECORD_FIXED];
        fixed[..2].copy_from_slice(&QUESTION_NAME.to_be_bytes());
        fixed[2..].copy_from_slice(&self.fixed(rtype, ttl, data.len()));
        let whole = self.put_both(&fixed, data);
        self.close_record(section, start, whole);
    }

    /// Adds a record of the class asked for, with names compressed where that is allowed (RFC 3597 §4).
    pub fn record(&mut self, names: &mut Offsets, section: Section, record: &Record) {
        if self.overflown {
            return;
        }
        let (start, names_known) = (self.length, names.0.len());
        let whole = self.put_record(names, record).is_some();
        if !whole {
            // What is taken back can be pointed to no longer.
            names.0.truncate(names_known);
        }
        self.close_record(section, start, whole);
    }

    /// Adds the sections of a message composed before for the same question, by any letter case, as
    /// [`Composer::sections`] returned them.
    #[inline]
    pub fn put_sections(&mut self, counts: [u16; 2], octets: &[u8]) {
        if self.put(octets) {
            self.counts = counts;
        } else {
            self.overflown = true;
        }
    }

    /// The records so far, with their number in answer and authority; `None` if they did not all fit.
    pub fn sections(&self) -> Option<([u16; 2], &[u8])> {
        (!self.overflown).then(|| (self.counts, &self.buffer[self.question_end..self.length]))
    }

    /// Takes `elapsed` seconds from every TTL, down to 1: records age in a cache, and a client must not take 0
    /// for "do not keep" while we keep.
    #[inline]
    pub fn age(&mut self, elapsed: u32) {
        if elapsed == 0 {
            return;
        }
        let mut at = self.question_end;
        while let Some(fixed) = record_fixed(&self.buffer[..self.length], at) {
            let ttl = &mut self.buffer[fixed + 4..fixed + 8];
            let aged = u32::from_be_bytes([ttl[0], ttl[1], ttl[2], ttl[3]]).saturating_sub(elapsed).max(1);
            ttl.copy_from_slice(&aged.to_be_bytes());
            let data = u16::from_be_bytes([self.buffer[fixed + 8], self.buffer[fixed + 9]]);
            at = fixed + RECORD_FIXED + usize::from(data);
        }
    }

    /// Ends the reply: OPT where the client sent one, extended errors as far as they fit, counts and code.
    /// `udp_size` is what we announce to take. Returns the reply's length in octets.
    #[inline]
    pub fn finish(mut self, udp_size: u16, errors: &[ExtendedError]) -> usize {
        self.end(udp_size, errors)
    }

    fn end(&mut self, udp_size: u16, errors: &[ExtendedError]) -> usize {
        if self.overflown {
            self.length = self.question_end;
            self.counts = [0; 2];
            self.buffer[2] |= 0x02;
        }
        if let Some(dnssec_ok) = self.edns {
            self.put_opt(udp_size, dnssec_ok, errors);
            self.buffer[11] = 1;
        }
        self.buffer[3] |= (self.rcode.0 & 0x0f) as u8;
        self.buffer[5] = 1;
        self.buffer[6..8].copy_from_slice(&self.counts[0].to_be_bytes());
        self.buffer[8..10].copy_from_slice(&self.counts[1].to_be_bytes());
        self.length
    }

    #[inline]
    fn close_record(&mut self, section: Section, start: usize, whole: bool) {
        if whole {
            self.counts[section as usize] += 1;
        } else {
            self.length = start;
            self.overflown = true;
        }
    }

    fn put_record(&mut self, known: &mut Offsets, record: &Record) -> Option<()> {
        self.put_name(known, record.owner.as_wire())?;
        let fixed = self.length;
        let octets = self.fixed(record.rtype, record.ttl, record.data.len());
        self.put(&octets).then_some(())?;
        let start = self.length;
        match record.compressible() {
            None => self.put(&record.data).then_some(())?,
            Some((names_start, names_end)) => {
                self.put(&record.data[..names_start]).then_some(())?;
                let mut names = &record.data[names_start..names_end];
                while let Some(length) = super::name::wire_length(names) {
                    self.put_name(known, &names[..length])?;
                    names = &names[length..];
                }
                self.put(&record.data[names_end..]).then_some(())?;
            }
        }
        let length = (self.length - start) as u16;
        self.buffer[fixed + 8..fixed + 10].copy_from_slice(&length.to_be_bytes());
        Some(())
    }

    /// What stands between a record's owner and its data.
    #[inline]
    fn fixed(&self, rtype: RecordType, ttl: u32, length: usize) -> [u8; RECORD_FIXED] {
        let mut fixed = [0; RECORD_FIXED];
        fixed[..2].copy_from_slice(&rtype.0.to_be_bytes());
        fixed[2..4].copy_from_slice(&self.class.0.to_be_bytes());
        fixed[4..8].copy_from_slice(&ttl.to_be_bytes());
        fixed[8..].copy_from_slice(&(length as u16).to_be_bytes());
        fixed
    }

    /// Writes a name, as a pointer from the first suffix on that stands in the message already.
    fn put_name(&mut self, names: &mut Offsets, name: &[u8]) -> Option<()> {
        if names.0.is_empty() {
            self.remember_name(names, 12);
        }
        let mut rest = name;
        let written = self.length;
        while rest.first().is_some_and(|length| *length != 0) {
            let mut known = names.0.iter().copied();
            if let Some(offset) = known.find(|offset| self.name_at(usize::from(*offset), rest)) {
                self.put(&(0xc000 | offset).to_be_bytes()).then_some(())?;
                self.remember_name(names, written);
                return Some(());
            }
            let (label, tail) = rest.split_at_checked(usize::from(rest[0]) + 1)?;
            self.put(label).then_some(())?;
            rest = tail;
        }
        self.put(&[0]).then_some(())?;
        self.remember_name(names, written);
        Some(())
    }

    /// Notes where each label of the name at `offset` begins, up to its first pointer.
    fn remember_name(&self, names: &mut Offsets, offset: usize) {
        let mut at = offset;
        while at < self.length && at < POINTER_REACH {
            let length = self.buffer[at];
            if length == 0 || length >= 0xc0 || names.0.try_push(at as u16).is_err() {
                return;
            }
            at += 1 + usize::from(length);
        }
    }

    /// Whether the name that we wrote at `at` is `name`.
    fn name_at(&self, mut at: usize, name: &[u8]) -> bool {
        let mut wanted = labels(name);
        loop {
            let length = self.buffer[at];
            if length >= 0xc0 {
                at = usize::from(u16::from_be_bytes([length & 0x3f, self.buffer[at + 1]]));
                continue;
            }
            let label = &self.buffer[at + 1..at + 1 + usize::from(length)];
            match wanted.next() {
                Some(other) if !label.is_empty() && label.eq_ignore_ascii_case(other) => {
                    at += 1 + label.len()
                }
                None if label.is_empty() => return true,
                _ => return false,
            }
        }
    }

    /// Room was kept for the fixed part; each error goes in whole, then without its text, or not at all.
    fn put_opt(&mut self, udp_size: u16, dnssec_ok: bool, errors: &[ExtendedError]) {
        let start = self.length;
        self.kept = 0;
        let flags = (u32::from(self.rcode.0 >> 4) << 24) | (u32::from(dnssec_ok) << 15);
        let mut fixed = [0; OPT_FIXED];
        fixed[1..3].copy_from_slice(&RecordType::OPT.0.to_be_bytes());
        fixed[3..5].copy_from_slice(&udp_size.to_be_bytes());
        fixed[5..9].copy_from_slice(&flags.to_be_bytes());
        self.put(&fixed);
        if let Some(cookie) = self.cookie {
            self.put(&COOKIE.to_be_bytes());
            self.put(&(cookie.len() as u16).to_be_bytes());
            self.put(&cookie);
        }
        for (number, error) in errors.iter().enumerate() {
            let lead = std::mem::take(&mut self.lead);
            // Those that follow keep their codes.
            let following = (errors.len() - 1 - number) * ERROR_FIXED;
            let _ = (!lead.is_empty() && self.put_led_error(error, lead, following))
                || self.put_error(error, &error.text)
                || self.put_error(error, "");
        }
        if self.padded {
            self.put_padding();
        }
        let length = (self.length - start - OPT_FIXED) as u16;
        self.buffer[start + 9..start + 11].copy_from_slice(&length.to_be_bytes());
    }

    fn put_padding(&mut self) {
        let bare = self.length + 4;
        let Some(padding) = bare.next_multiple_of(PADDED_BLOCK).min(self.limit).checked_sub(bare) else {
            return;
        };
        self.put(&PADDING.to_be_bytes());
        self.put(&(padding as u16).to_be_bytes());
        self.buffer[self.length..self.length + padding].fill(0);
        self.length += padding;
    }

    fn put_error(&mut self, error: &ExtendedError, text: &str) -> bool {
        self.put_both(&error_head(error.info, text.len()), text.as_bytes())
    }

    /// An error whose text begins with these pieces, where so many octets are left after it.
    fn put_led_error(&mut self, error: &ExtendedError, lead: &[&str], left: usize) -> bool {
        let length = lead.iter().map(|piece| piece.len()).sum::<usize>() + error.text.len();
        if self.room_for_text() < length + left {
            return false;
        }
        self.put(&error_head(error.info, length));
        lead.iter().for_each(|piece| _ = self.put(piece.as_bytes()));
        self.put(error.text.as_bytes())
    }

    /// Appends octets if they fit beside the OPT record still to come.
    #[inline]
    fn put(&mut self, octets: &[u8]) -> bool {
        self.put_both(octets, &[])
    }

    /// Appends all of two pieces, or nothing.
    #[inline]
    fn put_both(&mut self, first: &[u8], second: &[u8]) -> bool {
        let middle = self.length + first.len();
        let end = middle + second.len();
        if end + self.kept > self.limit {
            return false;
        }
        self.buffer[self.length..middle].copy_from_slice(first);
        self.buffer[middle..end].copy_from_slice(second);
        self.length = end;
        true
    }
}

/// What stands before an extended error's text.
fn error_head(info: Info, text: usize) -> [u8; ERROR_FIXED] {
    let [[a, b], [c, d], [e, f]] = [EXTENDED_ERROR, 2 + text as u16, info.0].map(u16::to_be_bytes);
    [a, b, c, d, e, f]
}

/// Where the fixed part of the record at `at` begins, in sections that this file composed.
fn record_fixed(message: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = *message.get(at)?;
        at += match length {
            0 => return Some(at + 1),
            0xc0.. => return Some(at + 2),
            label => 1 + usize::from(label),
        };
    }
}

/// The addresses in the first `records` records of sections as [`Composer::sections`] returned them: given the
/// number of answers, those that the question leads to.
pub fn section_addresses(sections: &[u8], records: u16) -> impl Iterator<Item = IpAddr> + '_ {
    let mut at = 0;
    let next = move || {
        let fixed = record_fixed(sections, at)?;
        let length = u16::from_be_bytes([*sections.get(fixed + 8)?, *sections.get(fixed + 9)?]);
        let data = fixed + RECORD_FIXED..fixed + RECORD_FIXED + usize::from(length);
        at = data.end;
        let rtype = RecordType(u16::from_be_bytes([sections[fixed], sections[fixed + 1]]));
        Some(addresses(rtype, sections.get(data)?))
    };
    std::iter::from_fn(next).take(usize::from(records)).flatten()
}

/// The shortest TTL of the records in answer and authority of a reply that this file composed, which is for how long
/// it holds; 0 where there are none, or where it tells of a failure.
pub fn shortest_ttl(reply: &[u8]) -> u32 {
    let Some(header) = reply.first_chunk::<12>() else { return 0 };
    if !matches!(header[3] & 0x0f, 0 | 3) || header[2] & 0x02 != 0 {
        return 0;
    }
    let count = |at: usize| u32::from(u16::from_be_bytes([header[at], header[at + 1]]));
    let question = record_fixed(reply, 12).map(|end| end + 4);
    let mut at = question.unwrap_or(reply.len());
    let ttls = (0..count(6) + count(8)).map_while(|_| {
        let fixed = record_fixed(reply, at)?;
        let [_, _, _, _, ttl @ .., high, low] = *reply.get(fixed..)?.first_chunk::<RECORD_FIXED>()?;
        at = fixed + RECORD_FIXED + usize::from(u16::from_be_bytes([high, low]));
        Some(u32::from_be_bytes(ttl))
    });
    ttls.min().unwrap_or(0)
}

/// Answers a packet whose question cannot be repeated: its identifier, opcode and `rcode`, nothing more.
/// Returns the reply's length in octets, 0 where the packet has no whole header.
pub fn compose_refusal(packet: &[u8], rcode: Rcode, buffer: &mut [u8]) -> usize {
    let (Some(head), Some(reply)) = (packet.first_chunk::<4>(), buffer.first_chunk_mut::<12>()) else {
        return 0;
    };
    *reply = [0; 12];
    reply[..2].copy_from_slice(&head[..2]);
    reply[2] = 0x80 | (head[2] & 0x79);
    reply[3] = 0x80 | (rcode.0 & 0x0f) as u8;
    reply.len()
}

#[cfg(test)]
mod tests {
    use hickory_resolver::proto::op::Message;
    use hickory_resolver::proto::rr::RData;
    use hickory_resolver::proto::rr::rdata::opt::EdnsCode;

    use super::super::codes::Info;
    use super::super::name::Name;
    use super::*;

    const PLAIN: &[u8] = b"\x12\x34\x01\x10\0\x01\0\0\0\0\0\0\x03wWw\x07example\0\0\x01\0\x01";
    const WITH_EDNS: &[u8] =
        b"\x12\x34\x01\0\0\x01\0\0\0\0\0\x01\x03www\x07example\0\0\x01\0\x01\0\0\x29\x04\xd0\0\0\x80\0\0\0";

    fn record(owner: &str, rtype: RecordType, data: &[u8]) -> Record {
        Record { owner: Name::from_text(owner).unwrap(), rtype, ttl: 300, data: data.into() }
    }

    fn compose(
        query: &[u8],
        limit: usize,
        errors: &[ExtendedError],
        fill: impl FnOnce(&mut Composer<'_>),
    ) -> Vec<u8> {
        let mut buffer = vec![0xee; 4096];
        let query = Query::parse(query).unwrap();
        let mut composer = Composer::new(&query, &mut buffer, limit);
        fill(&mut composer);
        let length = composer.finish(1232, errors);
        buffer.truncate(length);
        buffer
    }

    /// Adds an alias and what it leads to.
    fn alias_and_address(composer: &mut Composer<'_>) -> Offsets {
        let mut names = Offsets::default();
        let alias = record("www.example", RecordType::CNAME, b"\x03cdn\x07example\0");
        composer.record(&mut names, Section::Answer, &alias);
        let address = record("cdn.example", RecordType::A, &[192, 0, 2, 1]);
        composer.record(&mut names, Section::Answer, &address);
        names
    }

    #[test]
    fn letter_case_and_flags_return() {
        let reply = compose(PLAIN, 512, &[], |_| {});
        assert_eq!(&reply[12..], &PLAIN[12..]);
        assert_eq!(&reply[..4], &[0x12, 0x34, 0x81, 0x90]);
    }

    #[test]
    fn names_are_compressed_and_read_back() {
        let reply = compose(PLAIN, 512, &[], |composer| {
            let mut names = alias_and_address(composer);
            composer.record(
                &mut names, Section::Authority,
                &record("example", RecordType::SOA, b"\x02ns\x07example\0\x01h\x02ns\x07example\0\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\0\0\x01"),
            );
        });
        assert_eq!(reply.len(), PLAIN.len() + (2 + 10 + 6) + (2 + 10 + 4) + (2 + 10 + 5 + 4 + 20));
        let message = Message::from_vec(&reply).unwrap();
        let names: Vec<String> = message.answers.iter().map(|record| record.name.to_string()).collect();
        assert_eq!(names, ["wWw.example.", "cdn.example."]);
        let RData::SOA(soa) = &message.authorities[0].data else { panic!() };
        assert_eq!(
            (soa.mname.to_string(), soa.rname.to_string()),
            ("ns.example.".into(), "h.ns.example.".into())
        );
    }

    #[test]
    fn what_does_not_fit_is_truncated_whole() {
        let data = [0; 200];
        let reply = compose(WITH_EDNS, 512, &[], |composer| {
            for _ in 0..3 {
                composer.own_record(Section::Answer, RecordType(65400), 1, &data);
            }
        });
        let message = Message::from_vec(&reply).unwrap();
        assert!(message.metadata.truncation && message.answers.is_empty() && message.edns.is_some());
    }

    #[test]
    fn what_is_taken_back_is_pointed_to_no_longer() {
        let name = b"\x05proof\x07example\0";
        let reply = compose(WITH_EDNS, 512, &[], |composer| {
            let mut names = Offsets::default();
            composer.record(
                &mut names,
                Section::Authority,
                &record("proof.example", RecordType(50), &[7; 500]),
            );
            composer.record(
                &mut names,
                Section::Authority,
                &record("proof.example", RecordType(46), &[7; 20]),
            );
            composer.record(
                &mut names,
                Section::Authority,
                &record("other.proof.example", RecordType::NS, name),
            );
        });
        let message = Message::from_vec(&reply).unwrap();
        assert!(message.metadata.truncation && message.authorities.is_empty());
    }

    #[test]
    fn extended_errors_give_way_to_the_limit() {
        let error = ExtendedError { info: Info::CENSORED, text: "x".repeat(500).into() };
        for (limit, length) in [(1232, 502), (512, 2)] {
            let reply = compose(WITH_EDNS, limit, std::slice::from_ref(&error), |_| {});
            let message = Message::from_vec(&reply).unwrap();
            let edns = message.edns.unwrap();
            let option = edns.option(EdnsCode::from(15)).unwrap();
            assert_eq!(usize::from(option.len()), length);
        }
    }

    #[test]
    fn a_cookie_has_its_room_whatever_else_is_told() {
        let error = ExtendedError { info: Info::CENSORED, text: "x".repeat(500).into() };
        for octets in [1, 400, 432, 433] {
            let reply = compose(WITH_EDNS, 512, std::slice::from_ref(&error), |composer| {
                composer.cookie([7; 24]);
                composer.own_record(Section::Answer, RecordType(65400), 1, &vec![0; octets]);
            });
            let message = Message::from_vec(&reply).unwrap();
            assert_eq!(message.metadata.truncation, octets == 433, "{octets}");
            let edns = message.edns.unwrap();
            assert_eq!(usize::from(edns.option(EdnsCode::Cookie).unwrap().len()), 24);
        }
        // A client without EDNS has no place for one.
        let reply = compose(PLAIN, 512, &[], |composer| composer.cookie([7; 24]));
        assert_eq!(reply.len(), PLAIN.len());
    }

    #[test]
    fn extended_codes_span_header_and_opt() {
        let reply = compose(WITH_EDNS, 512, &[], |composer| composer.rcode(Rcode::BADVERS));
        assert_eq!(u16::from(Message::from_vec(&reply).unwrap().metadata.response_code), 16);
    }

    #[test]
    fn sections_are_kept_and_aged() {
        let mut counts = [0; 2];
        let mut octets = Vec::new();
        compose(PLAIN, 512, &[], |composer| {
            alias_and_address(composer);
            let sections = composer.sections().unwrap();
            (counts, octets) = (sections.0, sections.1.to_vec());
        });
        for (elapsed, ttl) in [(0, 300), (299, 1), (301, 1), (100, 200)] {
            let reply = compose(WITH_EDNS, 512, &[], |composer| {
                composer.put_sections(counts, &octets);
                composer.age(elapsed);
            });
            let message = Message::from_vec(&reply).unwrap();
            assert!(message.answers.iter().all(|record| record.ttl == ttl));
        }
    }

    #[test]
    fn the_addresses_of_the_answer_are_told_from_others() {
        let mut kept = ([0; 2], Vec::new());
        compose(PLAIN, 512, &[], |composer| {
            let mut names = Offsets::default();
            composer.record(
                &mut names,
                Section::Answer,
                &record("www.example", RecordType::A, &[192, 0, 2, 1]),
            );
            composer.record(
                &mut names,
                Section::Authority,
                &record("ns.example", RecordType::A, &[192, 0, 2, 2]),
            );
            let (counts, sections) = composer.sections().unwrap();
            kept = (counts, sections.to_vec());
        });
        let ([answers, authorities], sections) = kept;
        assert_eq!((answers, authorities), (1, 1));
        let found: Vec<IpAddr> = section_addresses(&sections, answers).collect();
        assert_eq!(found, ["192.0.2.1".parse::<IpAddr>().unwrap()]);
    }

    #[test]
    fn a_padded_reply_is_whole_blocks_within_its_limit() {
        for (limit, errors, length) in [
            (65_535, 0, 468),
            (65_535, 1, 468),
            (65_535, 9, 936),
            // Not a multiple of 468, but all that there may be.
            (512, 9, 512),
        ] {
            let error =
                ExtendedError::new(Info::BLOCKED, "fifty octets that tell the client why it was blocked..");
            let reply = compose(WITH_EDNS, limit, &vec![error; errors], |composer| {
                composer.own_record(Section::Answer, RecordType::A, 300, &[192, 0, 2, 1]);
                composer.pad();
            });
            assert_eq!(reply.len(), length, "{errors} errors");
            assert_eq!(Message::from_vec(&reply).unwrap().answers.len(), 1);
        }
        // No room for even an empty option: no padding.
        let bare = compose(WITH_EDNS, 512, &[], |_| {}).len();
        for room in 0..6 {
            let reply = compose(WITH_EDNS, bare + room, &[], |composer| composer.pad());
            assert_eq!(reply.len(), if room < 4 { bare } else { bare + room });
            Message::from_vec(&reply).unwrap();
        }
        // Without EDNS there is no place for it.
        assert_eq!(compose(PLAIN, 512, &[], |composer| composer.pad()).len(), PLAIN.len());
    }

    #[test]
    fn a_reply_holds_as_long_as_its_shortest_record() {
        let reply = |rcode, ttls: &[u32]| {
            compose(WITH_EDNS, 512, &[], |composer| {
                let mut names = Offsets::default();
                composer.rcode(rcode);
                for ttl in ttls {
                    composer.record(
                        &mut names,
                        Section::Answer,
                        &Record { ttl: *ttl, ..record("a.example", RecordType::A, &[0; 4]) },
                    );
                }
            })
        };
        assert_eq!(shortest_ttl(&reply(Rcode::NOERROR, &[300, 20, 7200])), 20);
        assert_eq!(shortest_ttl(&reply(Rcode::NXDOMAIN, &[60])), 60);
        assert_eq!(shortest_ttl(&reply(Rcode::NOERROR, &[])), 0);
        assert_eq!(shortest_ttl(&reply(Rcode::SERVFAIL, &[60])), 0);
        assert_eq!(shortest_ttl(b"short"), 0);
    }

    #[test]
    fn a_refusal_is_a_header() {
        let mut buffer = [0; 512];
        assert_eq!(compose_refusal(b"\x12\x34\x28\0rest", Rcode::NOTIMP, &mut buffer), 12);
        assert_eq!(&buffer[..12], b"\x12\x34\xa8\x84\0\0\0\0\0\0\0\0");
        assert_eq!(compose_refusal(b"\x12", Rcode::NOTIMP, &mut buffer), 0);
    }
}
