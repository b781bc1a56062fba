//! What was found, as it is kept: composed sections, what they lead to, and for how long they hold.

use std::net::IpAddr;

use super::config::Config;
use super::entry::{Flavour, Key, Packed, Parts};
use super::outcome::{Miss, Now};
use crate::blocklist::Suffixes;
use crate::dns::{
    COOKIE_OPTION, Composer, Found, Info, MAX_MESSAGE, OPT_FIXED, Offsets, Query, Rcode, Record, RecordType,
    Section,
};

/// How long a failure is kept, in seconds (RFC 9520 §3.2 wants at least 1 and at most 300).
const FAILURE_TTL: u32 = 5;
/// How long data is kept that has outlived its TTL, in seconds (RFC 8767 §5): its servers may soon be back.
const STALE_TTL: u32 = 30;
/// An answer of common size is composed for the cache in this many octets; a larger one is composed again, in as
/// many as leave room for the OPT record and the cookie of whoever asks, though who asked first may have had neither.
const SIZES: [usize; 2] = [4_096, MAX_MESSAGE - OPT_FIXED - COOKIE_OPTION];

/// What was found, as it is kept; `None` where no message can hold it.
pub(super) fn entry(
    (query, suffixes): (&Query<'_>, &Suffixes),
    miss: &Miss,
    found: &Found,
    config: &Config,
    (chain, now): (&[Box<[u8]>], Now),
) -> Option<Packed> {
    let alias = miss.alias.as_ref();
    let limits = Limits::new(found, config);
    let (counts, sections) = compose_sections(query, alias.map(|alias| &alias.record), found, limits)?;
    let name = query.canonical_name();
    let parts = Parts {
        key: Key::new(suffixes, Flavour::of(query, miss.synthesis.map(|synthesis| synthesis.prefix))),
        name: name.as_wire(),
        rcode: found.rcode,
        authentic: found.authentic && alias.is_none(),
        counts,
        sections: &sections,
        errors: alias.iter().flat_map(|alias| &alias.errors).chain(&found.errors).cloned().collect(),
        chain,
        stored: now.monotonic,
        expires: now.monotonic.saturating_add(lifetime(found, query.rtype(), limits)),
    };
    Some(parts.pack())
}

/// The names that an answer leads to, in lower case, and the addresses at their end.
pub(super) fn followed(found: &Found) -> (Vec<Box<[u8]>>, Vec<IpAddr>) {
    let aliases = found.answer.iter().filter_map(Record::leads_to);
    let chain = aliases.map(|name| name.canonical().as_wire().into()).collect();
    (chain, found.answer.iter().flat_map(Record::addresses).collect())
}

/// The longest that something is kept, in seconds.
#[derive(Clone, Copy)]
struct Limits {
    positive: u32,
    negative: u32,
}

impl Limits {
    fn new(found: &Found, config: &Config) -> Self {
        let stale = |info| matches!(info, Info::STALE_ANSWER | Info::STALE_NXDOMAIN);
        let most = if found.errors.iter().any(|error| stale(error.info)) { STALE_TTL } else { u32::MAX };
        Self { positive: config.longest_ttl.min(most), negative: config.longest_negative_ttl.min(most) }
    }
}

/// For how many seconds what was found may be kept; 0 for not at all.
fn lifetime(found: &Found, rtype: RecordType, limits: Limits) -> u32 {
    let shortest = found.answer.iter().map(|record| capped(record.ttl, limits.positive)).min();
    let negative = !found.answer.iter().any(|record| record.rtype == rtype);
    // A chain of aliases may end in nothing (RFC 2308 §2.2.1): then the SOA limits it too.
    let soa =
        found.authority.iter().find_map(|record| Some(record.minimum()?.min(capped(record.ttl, u32::MAX))));
    match found.rcode {
        Rcode::NOERROR | Rcode::NXDOMAIN => {}
        // Our own limits are no property of the name.
        Rcode::SERVFAIL if !found.errors.iter().any(|error| error.info == Info::NETWORK_ERROR) => {
            return FAILURE_TTL;
        }
        _ => return 0,
    }
    match (negative, soa, shortest) {
        (true, None, _) => 0,
        (_, Some(soa), answer) => soa.min(limits.negative).min(answer.unwrap_or(u32::MAX)),
        (false, None, answer) => answer.unwrap_or(0),
    }
}

/// Composes what was found behind the question, with TTLs capped; `None` where no message can hold it. The TTL
/// of a denial's SOA says for how long the denial holds (RFC 2308 §5), or whoever caches behind us would keep it
/// for longer than we do.
fn compose_sections(
    query: &Query<'_>,
    alias: Option<&Record>,
    found: &Found,
    limits: Limits,
) -> Option<([u16; 2], Box<[u8]>)> {
    SIZES.iter().find_map(|size| {
        let mut buffer = vec![0; *size];
        let (mut composer, mut names) = (Composer::new(query, &mut buffer, *size), Offsets::default());
        let answers = alias.into_iter().chain(&found.answer).map(|record| (Section::Answer, record));
        let authorities = found.authority.iter().map(|record| (Section::Authority, record));
        for (section, record) in answers.chain(authorities) {
            let ttl = match (section, record.minimum()) {
                (Section::Authority, Some(minimum)) => capped(record.ttl, limits.negative).min(minimum),
                _ => capped(record.ttl, limits.positive),
            };
            composer.record(&mut names, section, &Record { ttl, ..record.clone() });
        }
        let (counts, sections) = composer.sections()?;
        Some((counts, sections.into()))
    })
}

/// A TTL with its highest bit set is 0 (RFC 2181 §8).
fn capped(ttl: u32, longest: u32) -> u32 {
    if ttl > i32::MAX as u32 { 0 } else { ttl.min(longest) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::Name;

    #[test]
    fn what_is_kept_for_one_client_leaves_room_for_what_another_one_asks_with() {
        let packet = b"\0\0\x01\0\0\x01\0\0\0\0\0\0\x01a\x07example\0\0\x10\0\x01";
        let query = Query::parse(packet).unwrap();
        let limits = Limits { positive: 1, negative: 1 };
        let record = |length| Record {
            owner: Name::from_text("a.example").unwrap(),
            rtype: RecordType::TXT,
            ttl: 1,
            data: vec![0; length].into(),
        };
        let longest = MAX_MESSAGE - packet.len();
        let kept: Vec<usize> = (longest - 100..longest)
            .filter_map(|length| {
                let found = Found {
                    rcode: Rcode::NOERROR,
                    authentic: false,
                    answer: vec![record(length)],
                    authority: vec![],
                    errors: vec![],
                };
                Some(compose_sections(&query, None, &found, limits)?.1.len())
            })
            .collect();
        let room = OPT_FIXED + COOKIE_OPTION;
        assert_eq!(kept.iter().max(), Some(&(longest - room)), "not more, and not less");
    }
}
