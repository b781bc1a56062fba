//! What a parent says about the keys of its child: the DS records (RFC 4034 §5).

use aws_lc_rs::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384};

use super::bogus::Bogus;
use super::key::{Algorithms, KeyData};
use super::work::{OCTET, Work};
use crate::dns::{Info, Name, Rrset};

const SHA1: u8 = 1;

/// The DS records of a zone.
///
/// Digests by SHA-1, SHA-256 and SHA-384 are checked. RFC 9904 forbids a parent to publish those by SHA-1 and still
/// has validators check them, since no second preimage is in sight; they are ignored beside stronger ones (RFC
/// 4509 §3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DsSet {
    owner: Name,
    /// The algorithms of keys that count.
    pub(super) algorithms: Algorithms,
    /// Those that can be checked.
    usable: Vec<Ds>,
    /// What the others lack.
    unusable: Option<Info>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Ds {
    tag: u16,
    algorithm: u8,
    digest_type: u8,
    digest: Box<[u8]>,
}

impl DsSet {
    /// Reads the records of a set of type DS, which was verified, or comes from the operator.
    pub fn parse(set: &Rrset, algorithms: Algorithms) -> Self {
        Self::new(set.owner.clone(), algorithms, set.data())
    }

    pub(super) fn new<'a>(
        owner: Name,
        algorithms: Algorithms,
        records: impl IntoIterator<Item = &'a [u8]>,
    ) -> Self {
        let mut set = Self { owner, algorithms, usable: Vec::new(), unusable: None };
        for data in records {
            let Some(([tag_high, tag_low, algorithm, digest_type], digest)) = data.split_first_chunk() else {
                continue;
            };
            let tag = u16::from_be_bytes([*tag_high, *tag_low]);
            let (algorithm, digest_type, digest) = (*algorithm, *digest_type, digest.into());
            let ds = Ds { tag, algorithm, digest_type, digest };
            if !algorithms.include(algorithm) {
                set.unusable.get_or_insert(Info::UNSUPPORTED_ALGORITHM);
            } else if digest_length(digest_type) != Some(ds.digest.len()) {
                set.unusable = Some(Info::UNSUPPORTED_DIGEST);
            } else {
                set.usable.push(ds);
            }
        }
        if set.usable.iter().any(|ds| ds.digest_type != SHA1) {
            set.usable.retain(|ds| ds.digest_type != SHA1);
        }
        set
    }

    /// The zone that it speaks of.
    pub fn zone(&self) -> &Name {
        &self.owner
    }

    /// Whether any record can be checked. Where none can, the zone is as one that is not signed (RFC 4035 §5.2,
    /// RFC 6840 §5.2).
    pub fn is_usable(&self) -> bool {
        !self.usable.is_empty()
    }

    /// What is not supported in a set that is not usable: all algorithms, or all digests of those that are.
    pub fn unsupported(&self) -> Option<Info> {
        if self.is_usable() { None } else { self.unusable.or(Some(Info::UNSUPPORTED_DIGEST)) }
    }

    /// Whether a record vouches for the key of this zone.
    pub(super) fn names(&self, key: &KeyData<'_>, tag: u16, work: &mut Work) -> Result<bool, Bogus> {
        let mut checked = 0;
        for ds in &self.usable {
            if ds.tag != tag || ds.algorithm != key.algorithm() || checked & 1 << ds.digest_type != 0 {
                continue;
            }
            // One digest of each type, however many records want to be compared with it.
            checked |= 1 << ds.digest_type;
            work.pay(OCTET * (key.data.len() as u32 + 256))?;
            let digest = digest(ds.digest_type, &self.owner, key.data);
            let same = |other: &Ds| other.digest_type == ds.digest_type && *other.digest == *digest;
            if self.usable.iter().any(|other| same(other) && other.algorithm == ds.algorithm) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Forgets the records that vouch for a key.
    pub(super) fn forget(&mut self, key: &KeyData<'_>) {
        let (tag, owner) = (key.tag(), &self.owner);
        self.usable.retain(|ds| ds.tag != tag || *ds.digest != *digest(ds.digest_type, owner, key.data));
    }

    /// The records, as data, for a set of them.
    #[cfg(test)]
    pub(super) fn of_key(owner: &Name, key: &[u8], digest_type: u8) -> Rrset {
        let tag = KeyData::parse(key).unwrap().tag().to_be_bytes();
        let data = [&tag[..], &[key[3], digest_type], &digest(digest_type, owner, key)].concat();
        Rrset::new(owner.clone(), crate::dns::RecordType::DS, 3600, [&data[..]], [])
    }
}

fn digest_length(digest_type: u8) -> Option<usize> {
    Some(match digest_type {
        SHA1 => 20,
        2 => 32,
        4 => 48,
        _ => return None,
    })
}

/// The digest of a key and its owner (RFC 4034 §5.1.4); the type is one that has a length.
fn digest(digest_type: u8, owner: &Name, key: &[u8]) -> Box<[u8]> {
    let mut context = Context::new(match digest_type {
        SHA1 => &SHA1_FOR_LEGACY_USE_ONLY,
        2 => &SHA256,
        _ => &SHA384,
    });
    context.update(owner.to_lowercase().as_wire());
    context.update(key);
    context.finish().as_ref().into()
}
