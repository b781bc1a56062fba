//! The digest of a zone (RFC 8976): whoever loads it can tell that nothing of it is missing.

use aws_lc_rs::digest::{Context, SHA384};

use super::zone::ZoneRecord;

/// The simple scheme, and SHA-384 (§2.2).
pub(super) const SCHEME_AND_HASH: [u8; 2] = [1, 1];

/// The digest of a zone's records, but for that of the digest itself, in the canonical order (§3.3.1): every owner with its
/// zone behind it, in lower case.
pub(super) fn digest<'z>(records: impl IntoIterator<Item = ZoneRecord<'z>>, zone: &[u8]) -> Vec<u8> {
    let mut context = Context::new(&SHA384);
    for ZoneRecord { owner, rtype, data, ttl } in records {
        // Without its last octet, which is the root, stands the zone.
        context.update(&owner[..owner.len() - 1]);
        context.update(zone);
        context.update(&rtype.0.to_be_bytes());
        context.update(&1_u16.to_be_bytes());
        context.update(&ttl.to_be_bytes());
        context.update(&(data.len() as u16).to_be_bytes());
        context.update(data);
    }
    context.finish().as_ref().to_vec()
}
