//! DNS64 (RFC 6147): IPv6 addresses made of IPv4 ones, for groups of clients behind a NAT64.
//!
//! The cache keeps what was found as it was found, for everybody. Where AAAA turns out to have no data, and the
//! client's group wants it, A is resolved for the same name, and what is made of that is kept beside, under the
//! prefix that it was made with, which no other group ever asks for.

use std::net::{IpAddr, Ipv4Addr};

use super::block::own_soa;
use super::entry::Entry;
use super::judge::Context;
use super::outcome::Request;
use crate::dns::{Found, Name, Rcode, Record, RecordType, section_addresses};
use crate::policy::Nat64;

/// The longest TTL where the denial of AAAA says none, in seconds (RFC 6147 §5.1.7).
const UNTOLD_TTL: u32 = 600;

/// How addresses are made for a question of type AAAA that has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Synthesis {
    /// What the addresses are made with.
    pub prefix: Nat64,
    /// For how many seconds it is known that there are none, and so the longest TTL.
    pub ttl: u32,
    /// Whether that is validated.
    pub authentic: bool,
}

/// The prefix with which the client's group wants addresses made; none where the client does it all itself
/// (RFC 6147 §5.5 (3)).
fn prefix(request: &Request<'_>, context: &Context<'_>) -> Option<Nat64> {
    let alone = request.query.dnssec_ok() && request.query.checking_disabled();
    context.policy.dns64(context.group).filter(|_| !alone)
}

/// What the client's group wants made where an answer, as it was found, lacks addresses of the IPv6 Internet.
pub(super) fn wanted(request: &Request<'_>, context: &Context<'_>, entry: Entry<'_>) -> Option<Synthesis> {
    if request.query.rtype() != RecordType::AAAA || !lacks_addresses(entry) {
        return None;
    }
    let left = entry.expires.saturating_sub(request.now.monotonic);
    let ttl = if entry.counts[1] > 0 { left } else { UNTOLD_TTL };
    prefix(request, context).map(|prefix| Synthesis { prefix, ttl, authentic: entry.authentic })
}

/// Where the name of an address that was made so is looked up backwards: the name of the address that it was made
/// of (RFC 6147 §5.3.1).
pub(super) fn ipv4_name(request: &Request<'_>, context: &Context<'_>) -> Option<Name> {
    if request.query.rtype() != RecordType::PTR {
        return None;
    }
    prefix(request, context)?.reverse(request.query.canonical_name().as_wire())
}

/// Addresses that only stand for IPv4 on the host itself count as none, and spoil those beside them (RFC 6147
/// §5.1.4). Some servers only fail at AAAA (§5.1.2). A name that does not exist, and one that does not validate, has no
/// others either.
fn lacks_addresses(entry: Entry<'_>) -> bool {
    if entry.rcode == Rcode::SERVFAIL {
        return !entry.errors().iter().any(|error| error.info.is_of_validation());
    }
    let mut addresses = section_addresses(entry.sections(), entry.counts[0]).peekable();
    let is_mapped = |address| matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some());
    entry.rcode == Rcode::NOERROR && (addresses.peek().is_none() || addresses.any(is_mapped))
}

impl Synthesis {
    /// Makes an answer to AAAA of one to A. Aliases stay as they are; an error or a denial is that of A
    /// (RFC 6147 §5.1.6).
    pub(super) fn apply(&self, found: &Found, asked: &Name) -> Found {
        let mut made = Found { authentic: found.authentic && self.authentic, ..found.clone() };
        let (mut addresses, mut left) = (0, 0);
        made.answer = Vec::with_capacity(found.answer.len());
        for record in &found.answer {
            match record.rtype {
                RecordType::A => {
                    addresses += 1;
                    let made_of = self.address(record);
                    left += usize::from(made_of.is_some());
                    made.answer.extend(made_of);
                }
                // What it signs is no longer there.
                RecordType::RRSIG if record.data.first_chunk() == Some(&RecordType::A.0.to_be_bytes()) => {}
                _ => made.answer.push(record.clone()),
            }
        }
        if addresses > 0 {
            made.authentic = false;
            made.authority = Vec::new();
        }
        if addresses > 0 && left == 0 {
            let data = own_soa(self.ttl).into();
            made.authority =
                vec![Record { owner: asked.clone(), rtype: RecordType::SOA, ttl: self.ttl, data }];
        }
        made
    }

    fn address(&self, record: &Record) -> Option<Record> {
        let octets: &[u8; 4] = record.data.as_array()?;
        let address = self.prefix.embed(Ipv4Addr::from(*octets))?;
        let (rtype, ttl) = (RecordType::AAAA, record.ttl.min(self.ttl));
        Some(Record { owner: record.owner.clone(), rtype, ttl, data: address.octets().into() })
    }
}
