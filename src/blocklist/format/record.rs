//! Records of zone files after their owner: time to live, class, type, and data in wire format (RFC 1035 §3.3
//! and §5.1).
//!
//! Written out are the types that an answer in place of a blocked one is made of; all others have the generic
//! form `\# length hexadecimal` (RFC 3597 §5), which is checked for the known ones.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::fault::{Reason, excerpt};
use super::zone::{Field, Origin};
use crate::dns::{Name, RecordError, RecordType};

/// Reads the time to live in seconds and the class, in either order and each optional, and the type. What is
/// left is the data.
pub(super) fn read_head<'f, 't>(
    mut fields: &'f [Field<'t>],
) -> Result<(Option<u32>, RecordType, &'f [Field<'t>]), Reason> {
    let mut ttl = None;
    loop {
        let Some((first, rest)) = fields.split_first() else { return Err(Reason::NoType) };
        if ttl.is_none() && first.text.first().is_some_and(u8::is_ascii_digit) {
            ttl = Some(read_ttl(*first)?);
        } else if !first.text.eq_ignore_ascii_case(b"IN") {
            return Ok((ttl, read_type(*first)?, rest));
        }
        fields = rest;
    }
}

/// Reads seconds, or numbers with units as in `1h30m`.
pub(super) fn read_ttl(field: Field<'_>) -> Result<u32, Reason> {
    let refuse = || Reason::Ttl(excerpt(field.text));
    let text = str::from_utf8(field.text).map_err(|_| refuse())?;
    let mut seconds = 0_u64;
    for part in text.split_inclusive(|c: char| c.is_ascii_alphabetic()) {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match part[digits.len()..].to_ascii_lowercase().as_str() {
            "" | "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            "w" => 604_800,
            _ => return Err(refuse()),
        };
        let number: u32 = digits.parse().map_err(|_| refuse())?;
        seconds = seconds.saturating_add(u64::from(number) * unit);
    }
    // RFC 2181 §8.
    u32::try_from(seconds).ok().filter(|seconds| *seconds < 1 << 31).ok_or_else(refuse)
}

fn read_type(field: Field<'_>) -> Result<RecordType, Reason> {
    let text = String::from_utf8_lossy(field.text);
    match RecordType::from_text(&text) {
        Some(rtype) => Ok(rtype),
        None if ["CH", "HS", "CS", "ANY", "NONE"].contains(&&*text) || text.starts_with("CLASS") => {
            Err(Reason::Class(excerpt(&*text)))
        }
        None => Err(RecordError::Type(excerpt(&*text)).into()),
    }
}

/// Reads the fields after the type of a record, in which relative names end in `origin`.
pub(super) fn read_data(
    rtype: RecordType,
    fields: &[Field<'_>],
    origin: &Origin,
) -> Result<Box<[u8]>, Reason> {
    let refuse = |reason| {
        let written: Vec<&[u8]> = fields.iter().map(|field| field.text).collect();
        Reason::Record(RecordError::Data { rtype, data: excerpt(written.join(&b' ')), reason })
    };
    if let [Field { text: b"\\#", quoted: false }, generic @ ..] = fields {
        let data = read_generic(generic).ok_or_else(|| refuse("`\\# length hexadecimal` does not add up"))?;
        return if fits(rtype, &data) { Ok(data.into()) } else { Err(refuse("not what this type holds")) };
    }
    let mut data = Vec::new();
    match (rtype, fields) {
        (RecordType::A, [address]) => {
            let address: Ipv4Addr = number(*address).ok_or_else(|| refuse("not an IPv4 address"))?;
            data.extend(address.octets());
        }
        (RecordType::AAAA, [address]) => {
            let address: Ipv6Addr = number(*address).ok_or_else(|| refuse("not an IPv6 address"))?;
            data.extend(address.octets());
        }
        (RecordType::CNAME | RecordType::PTR, [target]) => {
            data.extend_from_slice(origin.resolve_absolute(*target)?.as_wire());
        }
        (RecordType::MX, [numbers @ .., target]) if numbers.len() == 1 => {
            data = preferences(numbers).ok_or_else(|| refuse("the preference is no number below 65536"))?;
            data.extend_from_slice(origin.resolve_absolute(*target)?.as_wire());
        }
        (RecordType::SRV, [numbers @ .., target]) if numbers.len() == 3 => {
            data = preferences(numbers)
                .ok_or_else(|| refuse("priority, weight and port are not numbers below 65536"))?;
            data.extend_from_slice(origin.resolve_absolute(*target)?.as_wire());
        }
        (RecordType::TXT, [_, ..]) => {
            data = strings(fields)
                .ok_or_else(|| refuse("strings are no more than 255 octets, with good escapes"))?;
        }
        (RecordType::A | RecordType::AAAA | RecordType::CNAME | RecordType::PTR, _) => {
            return Err(refuse("one field is needed"));
        }
        (RecordType::MX, _) => return Err(refuse("preference and name are needed")),
        (RecordType::SRV, _) => return Err(refuse("priority, weight, port and name are needed")),
        (RecordType::TXT, _) => return Err(refuse("a string is needed")),
        _ => return Err(refuse("write this type as `\\# length hexadecimal` (RFC 3597)")),
    }
    if data.len() > MAX_DATA { Err(refuse("longer than 65535 octets")) } else { Ok(data.into()) }
}

/// Reads a field that the standard library knows how to read.
fn number<T: std::str::FromStr>(field: Field<'_>) -> Option<T> {
    str::from_utf8(field.text).ok()?.parse().ok()
}

fn preferences(fields: &[Field<'_>]) -> Option<Vec<u8>> {
    let mut data = Vec::new();
    for field in fields {
        data.extend(number::<u16>(*field)?.to_be_bytes());
    }
    Some(data)
}

fn strings(fields: &[Field<'_>]) -> Option<Vec<u8>> {
    let mut data = Vec::new();
    for field in fields {
        let string = unescape(field.text)?;
        data.push(u8::try_from(string.len()).ok()?);
        data.extend(string);
    }
    Some(data)
}

/// Undoes `\X` and `\DDD` (RFC 1035 §5.1).
fn unescape(text: &[u8]) -> Option<Vec<u8>> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&octet, tail)) = rest.split_first() {
        rest = match (octet, tail) {
            (b'\\', digits) if digits.first()?.is_ascii_digit() => {
                let (digits, tail) = digits.split_first_chunk::<3>()?;
                octets.push(decimal(*digits)?);
                tail
            }
            (b'\\', [escaped, tail @ ..]) => {
                octets.push(*escaped);
                tail
            }
            _ => {
                octets.push(octet);
                tail
            }
        };
    }
    Some(octets)
}

fn decimal(digits: [u8; 3]) -> Option<u8> {
    digits.iter().all(u8::is_ascii_digit).then(|| str::from_utf8(&digits).ok()?.parse().ok())?
}

/// What follows `\#`: the length, then hexadecimal digits in any number of fields.
fn read_generic(fields: &[Field<'_>]) -> Option<Vec<u8>> {
    let (length, fields) = fields.split_first()?;
    let digits = fields.iter().flat_map(|field| field.text).map(|digit| char::from(*digit).to_digit(16));
    let digits: Vec<u32> = digits.collect::<Option<_>>()?;
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    let data: Vec<u8> = pairs.iter().map(|[high, low]| (high << 4 | low) as u8).collect();
    (number::<u16>(*length)? as usize == data.len()).then_some(data)
}

/// Whether octets are data of a type; for those that are not known here, any are.
fn fits(rtype: RecordType, data: &[u8]) -> bool {
    let is_name = |from: usize| data.get(from..).is_some_and(|wire| Name::from_wire(wire).is_ok());
    match rtype {
        RecordType::A => data.len() == 4,
        RecordType::AAAA => data.len() == 16,
        RecordType::CNAME | RecordType::PTR => is_name(0),
        RecordType::MX => is_name(2),
        RecordType::SRV => is_name(6),
        RecordType::TXT => {
            let mut rest = data;
            while let Some((length, tail)) = rest.split_first() {
                let Some(tail) = tail.get(usize::from(*length)..) else { return false };
                rest = tail;
            }
            !data.is_empty()
        }
        _ => true,
    }
}

const MAX_DATA: usize = 65_535;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::NameError;

    fn read(text: &str) -> Result<Box<[u8]>, Reason> {
        let (rtype, fields) = text.split_once(' ').unwrap_or((text, ""));
        let fields: Vec<Field<'_>> = fields
            .split('|')
            .filter(|field| !field.is_empty())
            .map(|field| Field { text: field.as_bytes(), quoted: false })
            .collect();
        let origin = Origin::Stated(Name::from_text("rpz.test").unwrap());
        read_data(RecordType::from_text(rtype).unwrap(), &fields, &origin)
    }

    #[test]
    fn data_is_written_as_on_the_wire() {
        for (text, data) in [
            ("A 192.0.2.1", &[192, 0, 2, 1][..]),
            ("AAAA 2001:db8::1", b"\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"),
            ("CNAME a.example.", b"\x01a\x07example\0"),
            ("CNAME *.a", b"\x01*\x01a\x03rpz\x04test\0"),
            ("PTR @", b"\x03rpz\x04test\0"),
            ("MX 10|a.", b"\0\x0a\x01a\0"),
            ("SRV 1|2|443|a.", b"\0\x01\0\x02\x01\xbb\x01a\0"),
            ("TXT a b|\\065\\\"\\\\|\\;", b"\x03a b\x03A\"\\\x01;"),
            ("A \\#|4|c0|000201", &[192, 0, 2, 1]),
            ("CNAME \\#|1|00", b"\0"),
            ("MX \\#|3|000A00", b"\0\x0a\0"),
            ("SRV \\#|7|00000000000000", b"\0\0\0\0\0\0\0"),
            ("TXT \\#|4|01610162", b"\x01a\x01b"),
            ("TYPE65400 \\#|2|abCD", b"\xab\xcd"),
            ("CAA \\#|0", b""),
        ] {
            assert_eq!(read(text).as_deref(), Ok(data), "{text}");
        }
    }

    #[test]
    fn bad_data_says_why() {
        let long = format!("TXT {}", "a".repeat(256));
        let generic = "`\\# length hexadecimal` does not add up";
        let text = "strings are no more than 255 octets, with good escapes";
        for (written, reason) in [
            ("A", "one field is needed"),
            ("A 192.0.2.1|192.0.2.2", "one field is needed"),
            ("A 2001:db8::1", "not an IPv4 address"),
            ("AAAA 192.0.2.1", "not an IPv6 address"),
            ("MX a.", "preference and name are needed"),
            ("MX 65536|a.", "the preference is no number below 65536"),
            ("SRV 1|2|a.", "priority, weight, port and name are needed"),
            ("SRV 1|2|-3|a.", "priority, weight and port are not numbers below 65536"),
            ("TXT", "a string is needed"),
            (&long, text),
            ("TXT a\\", text),
            ("TXT a\\25", text),
            ("TXT a\\256", text),
            ("TXT a\\2x6", text),
            ("A \\#|5|c0000201", generic),
            ("A \\#|4|c000020", generic),
            ("A \\#|4|c000020g", generic),
            ("A \\#", generic),
            ("A \\#|3|c00002", "not what this type holds"),
            ("CNAME \\#|1|01", "not what this type holds"),
            ("MX \\#|2|0001", "not what this type holds"),
            ("TXT \\#|2|0261", "not what this type holds"),
            ("TXT \\#|0", "not what this type holds"),
            ("HTTPS 1|.", "write this type as `\\# length hexadecimal` (RFC 3597)"),
        ] {
            match read(written) {
                Err(Reason::Record(RecordError::Data { reason: found, .. })) => assert_eq!(found, reason),
                other => panic!("{written}: {other:?}"),
            }
        }
        let name = Reason::Name { text: "a..b".into(), error: NameError::EmptyLabel };
        assert_eq!(read("CNAME a..b"), Err(name));
    }

    #[test]
    fn times_to_live_have_units() {
        for (text, seconds) in
            [("0", 0), ("2147483647", 0x7fff_ffff), ("1h30M", 5_400), ("1w2d", 777_600), ("5s", 5)]
        {
            assert_eq!(read_ttl(Field { text: text.as_bytes(), quoted: false }), Ok(seconds));
        }
        for text in ["h", "1hh", "-1", "99999999999", "4000w", "1\u{e9}"] {
            let found = read_ttl(Field { text: text.as_bytes(), quoted: false });
            assert!(matches!(found, Err(Reason::Ttl(_))), "{text}");
        }
    }

    #[test]
    fn time_to_live_and_class_stand_in_either_order() {
        let head = |text: &'static str| {
            let fields: Vec<Field<'_>> =
                text.split(' ').map(|text| Field { text: text.as_bytes(), quoted: false }).collect();
            read_head(&fields).map(|(ttl, rtype, data)| (ttl, rtype, data.len()))
        };
        assert_eq!(head("60 IN A x"), Ok((Some(60), RecordType::A, 1)));
        assert_eq!(head("in 1m a x y"), Ok((Some(60), RecordType::A, 2)));
        assert_eq!(head("TYPE1"), Ok((None, RecordType::A, 0)));
        assert_eq!(head("60 IN"), Err(Reason::NoType));
        assert_eq!(head("60 60 A x"), Err(RecordError::Type("60".into()).into()));
        assert_eq!(head("CH TXT x"), Err(Reason::Class("CH".into())));
        assert_eq!(head("CLASS3 TXT x"), Err(Reason::Class("CLASS3".into())));
    }
}
