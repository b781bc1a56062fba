//! Between hickory's types and ours: names, types, records and reasons for failure.
//!
//! What crosses is copied. Failures lose their texts here on purpose: hickory's name the question, and what a
//! client reads in an extended error, or an operator in a log, must not.

use hickory_resolver::net::NetError;
use hickory_resolver::proto::op::{Query, ResponseCode};
use hickory_resolver::proto::rr::{Name as HickoryName, Record as HickoryRecord, RecordType as HickoryType};
use hickory_resolver::proto::serialize::binary::{BinDecodable, BinEncodable, BinEncoder, NameEncoding};

use crate::dns::{ExtendedError, Info, Name, Rcode, Record, RecordType};

/// A question of class IN. `None` for a name that hickory cannot hold, which no wire name is.
pub(super) fn query(name: &Name, rtype: RecordType) -> Option<Query> {
    Some(Query::query(hickory_name(name)?, HickoryType::from(rtype.0)))
}

/// The same name, absolute.
pub(super) fn hickory_name(name: &Name) -> Option<HickoryName> {
    HickoryName::from_bytes(name.as_wire()).ok()
}

/// The record with its data written out without compression and in its own letters.
pub(super) fn record(record: &HickoryRecord) -> Option<Record> {
    Some(Record {
        owner: Name::from_wire(&uncompressed(&record.name)?).ok()?,
        rtype: RecordType(record.record_type().into()),
        ttl: record.ttl,
        data: uncompressed(&record.data)?.into(),
    })
}

fn uncompressed(part: &impl BinEncodable) -> Option<Vec<u8>> {
    let mut octets = Vec::new();
    let mut encoder = BinEncoder::new(&mut octets);
    encoder.set_name_encoding(NameEncoding::Uncompressed);
    part.emit(&mut encoder).ok()?;
    Some(octets)
}

/// The code of a response.
pub(super) fn rcode(code: ResponseCode) -> Rcode {
    Rcode(u16::from(code))
}

/// Why nothing was found, for the client.
pub(super) fn failure(error: &NetError) -> ExtendedError {
    match error {
        NetError::Message(why) => ExtendedError::new(Info::OTHER, why),
        NetError::Timeout => ExtendedError::new(Info::NO_REACHABLE_AUTHORITY, "no server answered in time"),
        _ => ExtendedError::new(Info::NO_REACHABLE_AUTHORITY, "no server gave a usable answer"),
    }
}

#[cfg(test)]
mod tests {
    use hickory_resolver::proto::rr::RData;
    use hickory_resolver::proto::rr::rdata::{NULL, SOA};

    use super::*;

    #[test]
    fn data_is_written_without_pointers_and_keeps_its_case() {
        let name = hickory_name(&Name::from_text("Ns.Example").unwrap()).unwrap();
        let soa = SOA::new(name.clone(), name.clone(), 1, 2, 3, 4, 5);
        let found = record(&HickoryRecord::from_rdata(name, 60, RData::SOA(soa))).unwrap();
        let twice = b"\x02Ns\x07Example\0\x02Ns\x07Example\0";
        assert_eq!(&found.data[..twice.len()], twice);
        assert_eq!((found.minimum(), found.ttl), (Some(5), 60));
    }

    #[test]
    fn unknown_types_pass_unchanged() {
        let owner = Name::from_text("a\\.b.example").unwrap();
        let asked = query(&owner, RecordType(65_400)).unwrap();
        let mut data = NULL::new();
        data.anything = vec![1, 2, 3];
        let data = RData::Unknown { code: asked.query_type(), rdata: data };
        let found = record(&HickoryRecord::from_rdata(asked.name().clone(), 1, data)).unwrap();
        assert_eq!((found.owner, found.rtype, &*found.data), (owner, RecordType(65_400), &[1, 2, 3][..]));
    }
}
