//! Putting a block into a reply: the same way whether the name asked for or one behind it is listed.

use std::net::Ipv6Addr;

use super::outcome::Request;
use crate::dns::{Composer, ExtendedError, Info, Name, Query, Rcode, Record, RecordType, Section};
use crate::policy::{Policy, Remedy};

/// What became of a reply that a block was put into.
pub(super) enum Applied {
    /// It is complete, with this code.
    Complete(Rcode),
    /// None is to be sent.
    Drop,
    /// The name stands for another one, which has to be resolved; the seconds are the alias's TTL.
    Alias(Name, u32),
    /// The name stands for one that is longer than names can be.
    Impossible,
}

/// Puts a remedy into a reply.
#[inline]
pub(super) fn apply(
    policy: &Policy,
    remedy: Remedy<'_>,
    request: &Request<'_>,
    composer: &mut Composer<'_>,
) -> Applied {
    let rtype = request.query.rtype();
    let mut records = 0;
    let mut put = |composer: &mut Composer<'_>, ttl, data: &[u8]| {
        composer.own_record(Section::Answer, rtype, ttl, data);
        records += 1;
    };
    let ttl = policy.ttl;
    let mut rcode = Rcode::NOERROR;
    match remedy {
        Remedy::Drop => return Applied::Drop,
        Remedy::TcpOnly => {
            composer.truncate();
            return Applied::Complete(rcode);
        }
        Remedy::Refused => {
            composer.rcode(Rcode::REFUSED);
            return Applied::Complete(Rcode::REFUSED);
        }
        Remedy::Nxdomain => rcode = Rcode::NXDOMAIN,
        Remedy::Nodata => {}
        // One verdict for all types: what is neither A nor AAAA has no data, HTTPS and SVCB above all, whose
        // address hints would lead around the block.
        Remedy::Page => match rtype {
            RecordType::A => policy.page_v4.iter().for_each(|page| put(composer, ttl, &page.octets())),
            RecordType::AAAA => page_v6(policy, request).for_each(|page| put(composer, ttl, &page.octets())),
            _ => {}
        },
        Remedy::Local(local) => {
            if let Some((alias, ttl)) = local.iter().find_map(|record| Some((record.alias()?, record.ttl))) {
                return send_to(alias, ttl, request.query, composer);
            }
            let fitting = local.iter().filter(|record: &&Record| record.rtype == rtype);
            fitting.for_each(|record| put(composer, record.ttl, &record.data));
        }
    }
    if records == 0 {
        put_soa(composer, ttl);
    }
    composer.rcode(rcode);
    Applied::Complete(rcode)
}

/// The page's IPv6 addresses; where it has none, those that stand for its others behind the client's NAT64.
fn page_v6(policy: &Policy, request: &Request<'_>) -> impl Iterator<Item = Ipv6Addr> {
    let prefix = policy.dns64(policy.group(request.client.address)).filter(|_| policy.page_v6.is_empty());
    let made = prefix
        .into_iter()
        .flat_map(|prefix| policy.page_v4.iter().filter_map(move |page| prefix.embed(*page)));
    policy.page_v6.iter().copied().chain(made)
}

/// What a client is told of a name that leads inside.
pub(super) const REBINDING: ExtendedError =
    ExtendedError::new(Info::BLOCKED, "a public name that leads to a private address (DNS rebinding)");

/// Says that there is no such name. NXDOMAIN rather than REFUSED: a client told REFUSED asks its next server, which
/// may know no better; and rather than no data, which would be an answer of the zone's own.
pub(super) fn deny(policy: &Policy, composer: &mut Composer<'_>) {
    composer.rcode(Rcode::NXDOMAIN);
    put_soa(composer, policy.ttl);
}

/// Sends a name to another one. A target that begins with `*` has the asked name put in the place of the star.
fn send_to(alias: Name, ttl: u32, query: &Query<'_>, composer: &mut Composer<'_>) -> Applied {
    let target = match alias.as_wire() {
        [1, b'*', rest @ ..] => {
            let asked = query.name().strip_suffix(&[0]).unwrap_or_default();
            Name::from_wire(&[asked, rest].concat())
        }
        _ => Ok(alias),
    };
    match target {
        // The alias itself is all that these ask for.
        Ok(target) if matches!(query.rtype(), RecordType::CNAME | RecordType::ANY) => {
            composer.own_record(Section::Answer, RecordType::CNAME, ttl, target.as_wire());
            Applied::Complete(Rcode::NOERROR)
        }
        Ok(target) => Applied::Alias(target, ttl),
        Err(_) => Applied::Impossible,
    }
}

/// A SOA of our own makes a made-up negative answer cacheable for just its TTL (RFC 2308 §5). Its owner is the
/// asked name.
pub(super) fn put_soa(composer: &mut Composer<'_>, ttl: u32) {
    composer.own_record(Section::Authority, RecordType::SOA, ttl, &own_soa(ttl));
}

/// The data of a SOA whose contact says that nobody runs a zone there (as in RFC 6303 §3).
pub(super) fn own_soa(ttl: u32) -> [u8; 37] {
    // MNAME is the root: no server. Serial, refresh, retry and expire have no meaning here.
    let mut data = *b"\0\x06nobody\x07invalid\0\0\0\0\x01\0\0\x0e\x10\0\0\x04\xb0\0\x09\x3a\x80\0\0\0\0";
    let minimum = data.len() - 4;
    data[minimum..].copy_from_slice(&ttl.to_be_bytes());
    data
}
