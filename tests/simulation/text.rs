//! Zone text in (RFC 1035 §5.1), records out.
//!
//! The types that zones of tests are made of are known by name; any other is written as octets (RFC 3597 §5). One
//! record a line, or a line more within parentheses; a TTL may be left out.

use std::net::{Ipv4Addr, Ipv6Addr};

use rempart::dns::{Name, Record, RecordType};

const TTL: u32 = 3600;

/// Reads records; `origin` is what relative names end in until the text says another. Panics at any fault.
pub(crate) fn records(text: &str, origin: &Name) -> Vec<Record> {
    let mut origin = origin.clone();
    let mut owner = origin.clone();
    let mut records = Vec::new();
    for line in lines(text) {
        let words = words(&line);
        let Some(first) = words.first() else { continue };
        match first.as_str() {
            "$ORIGIN" => origin = name(&words[1], &origin),
            "$TTL" => panic!("write the TTL of each record: {line}"),
            _ => {
                let inherits = line.starts_with([' ', '\t']);
                if !inherits {
                    owner = name(first, &origin);
                }
                records.push(record(&owner, &words[usize::from(!inherits)..], &origin, &line));
            }
        }
    }
    records
}

/// A name as zone text has it.
pub(super) fn name(text: &str, origin: &Name) -> Name {
    let read = |text: &str| Name::from_text(text).unwrap_or_else(|error| panic!("`{text}`: {error}"));
    match text {
        "@" => origin.clone(),
        _ if text.ends_with('.') && !text.ends_with("\\.") => read(text),
        _ => read(&format!("{text}.{}", if origin.is_root() { String::new() } else { origin.to_string() })),
    }
}

/// Lines without comments, with those inside parentheses joined.
fn lines(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let (mut quoted, mut comment, mut depth) = (false, false, 0_usize);
    for letter in text.chars() {
        let line = lines.last_mut().unwrap();
        match letter {
            '\n' if depth == 0 => {
                comment = false;
                lines.push(String::new());
            }
            '\n' => comment = false,
            _ if comment => {}
            ';' if !quoted => comment = true,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            '"' => {
                quoted = !quoted;
                line.push('"');
            }
            other => line.push(other),
        }
    }
    lines
}

/// What stands between blanks; quotes hold blanks together and stay.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted) = (String::new(), false);
    for letter in line.chars().chain([' ']) {
        match letter {
            ' ' | '\t' if !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            _ => {
                quoted ^= letter == '"';
                word.push(letter);
            }
        }
    }
    words
}

fn record(owner: &Name, words: &[String], origin: &Name, line: &str) -> Record {
    let mut words = words;
    let mut ttl = TTL;
    if let Some(number) = words.first().and_then(|word| word.parse().ok()) {
        (ttl, words) = (number, &words[1..]);
    }
    if words.first().is_some_and(|word| word == "IN") {
        words = &words[1..];
    }
    let rtype = words.first().and_then(|word| RecordType::from_text(word));
    let rtype = rtype.unwrap_or_else(|| panic!("which type? {line}"));
    let data = data(rtype, &words[1..], origin).unwrap_or_else(|| panic!("data? {line}"));
    Record { owner: owner.clone(), rtype, ttl, data: data.into() }
}

fn data(rtype: RecordType, words: &[String], origin: &Name) -> Option<Vec<u8>> {
    let wire = |index: usize| words.get(index).map(|text| name(text, origin).as_wire().to_vec());
    Some(match (rtype, words) {
        (_, [generic, _, hexadecimal @ ..]) if generic == "\\#" => octets(&hexadecimal.concat()),
        (RecordType::A, [address]) => address.parse::<Ipv4Addr>().ok()?.octets().into(),
        (RecordType::AAAA, [address]) => address.parse::<Ipv6Addr>().ok()?.octets().into(),
        (RecordType::NS | RecordType::CNAME | RecordType::DNAME | RecordType::PTR, [_]) => wire(0)?,
        (RecordType::MX, [preference, _]) => {
            [preference.parse::<u16>().ok()?.to_be_bytes().as_slice(), &wire(1)?].concat()
        }
        (RecordType::SOA, [_, _, numbers @ ..]) if numbers.len() == 5 => {
            let mut data = [wire(0)?, wire(1)?].concat();
            for number in numbers {
                data.extend(number.parse::<u32>().ok()?.to_be_bytes());
            }
            data
        }
        (RecordType::TXT, [_, ..]) => {
            let mut data = Vec::new();
            for text in words {
                let text = text.trim_matches('"').as_bytes();
                data.push(u8::try_from(text.len()).ok()?);
                data.extend(text);
            }
            data
        }
        _ => return None,
    })
}

/// Hexadecimal digits in pairs.
pub(super) fn octets(text: &str) -> Vec<u8> {
    let octet = |at: usize| u8::from_str_radix(&text[at..at + 2], 16);
    (0..text.len()).step_by(2).map(|at| octet(at).unwrap_or_else(|_| panic!("hexadecimal: {text}"))).collect()
}
