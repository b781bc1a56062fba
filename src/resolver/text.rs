//! Records as people write them, for the administrator.

use hickory_resolver::proto::rr::{RData, RecordType};
use hickory_resolver::proto::serialize::binary::{BinDecoder, Restrict};

use crate::dns::Record;

/// Type and data as in a zone file; data that cannot be read as its type in the form of RFC 3597 §5.
pub(super) fn text(record: &Record) -> String {
    let read = || {
        let length = u16::try_from(record.data.len()).ok()?;
        let mut decoder = BinDecoder::new(&record.data);
        let data = RData::read(&mut decoder, RecordType::from(record.rtype.0), Restrict::new(length)).ok()?;
        (!matches!(data, RData::Unknown { .. })).then(|| data.to_string())
    };
    let unread = || {
        let octets: String = record.data.iter().map(|octet| format!("{octet:02x}")).collect();
        format!("\\# {} {octets}", record.data.len())
    };
    format!("{} {}", record.rtype, read().unwrap_or_else(unread))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::{Name, RecordType};

    #[test]
    fn data_is_written_by_its_type_and_in_octets_where_it_has_none() {
        let written =
            |rtype, data: &[u8]| text(&Record { owner: Name::root(), rtype, ttl: 0, data: data.into() });
        assert_eq!(written(RecordType::A, &[192, 0, 2, 1]), "A 192.0.2.1");
        assert_eq!(written(RecordType::MX, b"\0\x0a\x01m\0"), "MX 10 m.");
        assert_eq!(written(RecordType::A, &[1, 2]), "A \\# 2 0102");
        assert_eq!(written(RecordType(65_400), &[0xab]), "TYPE65400 \\# 1 ab");
    }
}
