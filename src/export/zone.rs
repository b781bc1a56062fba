//! The records of a policy zone, packed: what its file says, and what others transfer.
//!
//! A record is its owner relative to the zone, uncompressed and with the root's zero, then type, time to live and length
//! of the data as the wire has them, then the data. Records stand in the canonical order (RFC 4034 §6.3), each once, so
//! that two zones are compared by walking both. The SOA is not among them: it is all that two zones of the same content
//! differ in.

use std::cmp::Ordering;

use super::zonemd::{SCHEME_AND_HASH, digest};
use crate::dns::{Name, RecordType, canonical_order, wire_length};

/// TTL of every record that does not come with one of its own, in seconds: a removal takes effect soon.
pub const ZONE_TTL: u32 = 10;
/// SOA: refresh, retry, expire, and TTL of what is absent, in seconds.
pub(super) const TIMES: [u32; 4] = [60, 60, 604_800, ZONE_TTL];
/// Whoever has a name has this one, which nobody asks.
pub(super) const LOCALHOST: &[u8] = b"\x09localhost\0";
/// The digest of a zone (RFC 8976).
const ZONEMD: RecordType = RecordType(63);
/// What stands between owner and data.
const FIXED: usize = 8;

/// The serial of a zone (RFC 1035 §3.3.13), which only grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Serial(pub u32);

impl Serial {
    /// The serial of a zone that is to follow another: `wanted`, or the next one where that is not larger as serials are
    /// compared (RFC 1982 §3.2).
    pub fn after(previous: Option<Self>, wanted: u32) -> Self {
        match previous {
            Some(previous) if !Self(wanted).is_after(previous) => Self(previous.0.wrapping_add(1)),
            _ => Self(wanted),
        }
    }

    /// Whether it is larger than another as serials are compared (RFC 1982 §3.2).
    pub fn is_after(self, other: Self) -> bool {
        matches!(self.0.wrapping_sub(other.0), 1..0x8000_0000)
    }

    /// The data of the zone's SOA record.
    pub fn soa(self) -> Vec<u8> {
        let mut soa = [LOCALHOST, LOCALHOST].concat();
        soa.extend(self.0.to_be_bytes());
        soa.extend(TIMES.iter().flat_map(|time| time.to_be_bytes()));
        soa
    }
}

/// A record of a policy zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZoneRecord<'z> {
    /// Its owner relative to the zone: an uncompressed name, which is the root for the zone itself.
    pub owner: &'z [u8],
    /// Its type.
    pub rtype: RecordType,
    /// Its time to live, in seconds.
    pub ttl: u32,
    /// Its data, uncompressed, at most 65,535 octets.
    pub data: &'z [u8],
}

impl ZoneRecord<'_> {
    /// The canonical order; records that differ in their time to live alone are ordered by it.
    pub fn order(&self, other: &Self) -> Ordering {
        let rest = |it: &Self| (it.rtype, it.ttl);
        canonical_order(self.owner, other.owner)
            .then_with(|| self.rtype.cmp(&other.rtype))
            .then_with(|| self.data.cmp(other.data))
            .then_with(|| rest(self).cmp(&rest(other)))
    }

    /// Octets that it takes among [`Records`].
    fn size(&self) -> usize {
        self.owner.len() + FIXED + self.data.len()
    }

    fn pack(&self, octets: &mut Vec<u8>) {
        octets.extend(self.owner);
        octets.extend(self.rtype.0.to_be_bytes());
        octets.extend(self.ttl.to_be_bytes());
        octets.extend((self.data.len() as u16).to_be_bytes());
        octets.extend(self.data);
    }

    fn is_digest(&self) -> bool {
        self.rtype == ZONEMD && self.owner == [0]
    }
}

/// Records in the canonical order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    octets: Box<[u8]>,
    count: u64,
}

/// Octets that are no records, or not in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the records of a zone")]
pub struct NoRecords;

impl Records {
    /// Packs records that are in order.
    pub fn pack<'z>(records: impl IntoIterator<Item = ZoneRecord<'z>>) -> Self {
        let (mut octets, mut count) = (Vec::new(), 0);
        for record in records {
            record.pack(&mut octets);
            count += 1;
        }
        Self { octets: octets.into(), count }
    }

    /// Takes octets that were packed before.
    pub fn from_octets(octets: Vec<u8>) -> Result<Self, NoRecords> {
        let (mut rest, mut last, mut count) = (&octets[..], None::<ZoneRecord<'_>>, 0);
        while !rest.is_empty() {
            let (record, tail) = split(rest).ok_or(NoRecords)?;
            if last.is_some_and(|last| last.order(&record) != Ordering::Less) {
                return Err(NoRecords);
            }
            (rest, last) = (tail, Some(record));
            count += 1;
        }
        Ok(Self { octets: octets.into(), count })
    }

    /// The octets.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Each record.
    pub fn iter(&self) -> impl Iterator<Item = ZoneRecord<'_>> + Clone {
        self.from(0).map(|(record, _)| record)
    }

    /// Each record from one on, by where it begins among the octets, with where the next one does.
    pub fn from(&self, at: usize) -> impl Iterator<Item = (ZoneRecord<'_>, usize)> + Clone {
        let mut at = at;
        std::iter::from_fn(move || {
            let (record, _) = split(self.octets.get(at..)?)?;
            at += record.size();
            Some((record, at))
        })
    }

    /// The digest of the zone of that name and serial.
    pub(super) fn zone_digest(&self, zone: &Name, serial: Serial) -> Vec<u8> {
        let soa = serial.soa();
        let soa = ZoneRecord { owner: &[0], rtype: RecordType::SOA, ttl: ZONE_TTL, data: &soa };
        let (before, after) = self.around(&soa);
        digest(before.chain([soa]).chain(after), zone.to_lowercase().as_wire())
    }

    /// The same records with the digest of the zone of that name and serial among them.
    pub fn with_digest(&self, zone: &Name, serial: Serial) -> Self {
        let digest = self.zone_digest(zone, serial);
        let data = [&serial.0.to_be_bytes()[..], &SCHEME_AND_HASH, &digest].concat();
        let record = ZoneRecord { owner: &[0], rtype: ZONEMD, ttl: ZONE_TTL, data: &data };
        let (before, after) = self.around(&record);
        Self::pack(before.chain([record]).chain(after))
    }

    /// The data of the zone's digest, where it holds one.
    pub fn digest(&self) -> Option<&[u8]> {
        self.iter().take_while(|record| record.owner == [0]).find(ZoneRecord::is_digest).map(|it| it.data)
    }

    /// Whether these are the records of another zone, whatever its serial: its digest, or its lack of one, apart.
    pub fn say_the_same(&self, other: &Self) -> bool {
        let [mine, theirs] = [self, other].map(|it| it.iter().filter(|record| !record.is_digest()));
        mine.eq(theirs)
    }

    /// Those that stand before a record, and those that stand behind it.
    fn around<'z>(
        &'z self,
        record: &ZoneRecord<'_>,
    ) -> (impl Iterator<Item = ZoneRecord<'z>> + Clone, impl Iterator<Item = ZoneRecord<'z>> + Clone) {
        let before = self.iter().take_while(|other| other.order(record) == Ordering::Less).count();
        (self.iter().take(before), self.iter().skip(before))
    }
}

/// The record that octets begin with, and what is behind it.
fn split(octets: &[u8]) -> Option<(ZoneRecord<'_>, &[u8])> {
    let (owner, rest) = octets.split_at_checked(wire_length(octets)?)?;
    let ([t, u, a, b, c, d, length @ ..], rest) = rest.split_first_chunk::<FIXED>()?;
    let (data, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    let (rtype, ttl) = (RecordType(u16::from_be_bytes([*t, *u])), u32::from_be_bytes([*a, *b, *c, *d]));
    Some((ZoneRecord { owner, rtype, ttl, data }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record<'z>(owner: &'z [u8], data: &'z [u8]) -> ZoneRecord<'z> {
        ZoneRecord { owner, rtype: RecordType::CNAME, ttl: 10, data }
    }

    #[test]
    fn serials_only_grow() {
        assert_eq!(Serial::after(None, 5), Serial(5));
        assert_eq!(Serial::after(Some(Serial(4)), 5), Serial(5));
        assert_eq!(Serial::after(Some(Serial(5)), 5), Serial(6));
        assert_eq!(Serial::after(Some(Serial(9)), 5), Serial(10));
        assert_eq!(Serial::after(Some(Serial(u32::MAX)), 5), Serial(5));
        assert_eq!(Serial::after(Some(Serial(0)), 0x8000_0000), Serial(1));
    }

    #[test]
    fn what_is_packed_is_read_back_and_nothing_else_is() {
        let records = Records::pack([record(b"\x01a\0", b"\0"), record(b"\x01*\x01a\0", b"\x01*\0")]);
        assert_eq!((records.count(), records.iter().count()), (2, 2));
        assert_eq!(Records::from_octets(records.octets().to_vec()).unwrap(), records);
        let octets = records.octets();
        for end in 1..octets.len() {
            let whole = Records::from_octets(octets[..end].to_vec());
            assert_eq!(whole.is_ok(), end == record(b"\x01a\0", b"\0").size(), "{end}");
        }
        let turned = Records::pack([record(b"\x01b\0", b"\0"), record(b"\x01a\0", b"\0")]);
        assert_eq!(Records::from_octets(turned.octets().to_vec()), Err(NoRecords));
        let twice = [octets, octets].concat();
        assert_eq!(Records::from_octets(twice), Err(NoRecords));
    }

    #[test]
    fn a_digest_changes_nothing_of_what_a_zone_says() {
        let zone = Name::from_text("rpz.test").unwrap();
        let ns = ZoneRecord { owner: &[0], rtype: RecordType::NS, ttl: 10, data: LOCALHOST };
        let plain = Records::pack([ns, record(b"\x01a\0", b"\0")]);
        let [one, two] = [7, 8].map(|serial| plain.with_digest(&zone, Serial(serial)));
        assert_eq!(one.digest().map(<[u8]>::len), Some(54));
        assert!(one != two && one.say_the_same(&two) && one.say_the_same(&plain));
        assert_eq!((plain.digest(), one.count()), (None, 3));
        assert!(Records::from_octets(one.octets().to_vec()).is_ok());
    }
}
