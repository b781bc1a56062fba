//! Records as people write them, for the administrator.

use hickory_resolver::proto::rr::{RData, RecordType};
use hickory_resolver::proto::serialize::binary::{BinDecoder, Restrict};

use crate::dns::Record;

/// Type and data as in a zone file; data that cannot be read as its type, or holds text that is none, in the form of
/// RFC 3597 §5. One line of ASCII, whatever a server has sent.
pub(super) fn text(record: &Record) -> String {
    let read = || {
        let length = u16::try_from(record.data.len()).ok()?;
        let mut decoder = BinDecoder::new(&record.data);
        let data = RData::read(&mut decoder, RecordType::from(record.rtype.0), Restrict::new(length)).ok()?;
        let text = (!matches!(data, RData::Unknown { .. })).then(|| data.to_string())?;
        (!text.contains(char::REPLACEMENT_CHARACTER)).then(|| printable(&text))
    };
    let unread = || {
        let octets: String = record.data.iter().map(|octet| format!("{octet:02x}")).collect();
        format!("\\# {} {octets}", record.data.len())
    };
    format!("{} {}", record.rtype, read().unwrap_or_else(unread))
}

/// Octets that are no printable ASCII as `\DDD` (RFC 1035 §5.1): they would command the terminal, forge lines, or turn
/// the direction of writing around.
fn printable(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for octet in text.bytes() {
        match octet {
            b' '..=b'~' => line.push(char::from(octet)),
            _ => line.push_str(&format!("\\{octet:03}")),
        }
    }
    line
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
        assert_eq!(written(RecordType::TXT, b"\x02~\xff"), "TXT \\# 3 027eff");
    }

    #[test]
    fn nothing_that_a_server_sent_reaches_the_terminal_as_a_command() {
        let hostile = b"\x1b]0;x\x07\r\nforged A 192.0.2.1\x7f\xc2\x9b\xe2\x80\xae\t~";
        let string = [&[hostile.len() as u8][..], hostile].concat();
        for (rtype, data) in [
            (RecordType::TXT, string.clone()),
            (RecordType(257), [b"\0\x05issue", &hostile[..]].concat()),
            (RecordType(13), [&string[..], &string].concat()),
            (RecordType(35), [b"\0\0\0\0", &string[..], &string, &string, b"\0"].concat()),
        ] {
            let written = text(&Record { owner: Name::root(), rtype, ttl: 0, data: data.into() });
            assert!(written.bytes().all(|octet| (b' '..=b'~').contains(&octet)), "{written:?}");
        }
        let data = string.into();
        let written = text(&Record { owner: Name::root(), rtype: RecordType::TXT, ttl: 0, data });
        assert!(written.contains("\\027]0;x\\007\\013\\010forged A 192.0.2.1\\127\\194\\155"), "{written}");
    }
}
