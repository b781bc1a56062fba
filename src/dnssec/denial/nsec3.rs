//! Denial by NSEC3 records: the hashes of a zone's names in order, each with the next (RFC 5155).

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use super::types::Types;
use super::{Cut, Proved, cut, lacks};
use crate::dns::{MAX_NAME, Name, RecordType, Rrset, labels};
use crate::dnssec::bogus::Bogus;
use crate::dnssec::work::{HASH_BLOCK, Work};

/// The most additional iterations that are computed; the denials of zones that ask for more are not checked (RFC 9276
/// §3.2).
pub const MAX_ITERATIONS: u16 = 100;

/// The only hash algorithm there is (RFC 5155 §11).
const SHA1: u8 = 1;
const OPT_OUT: u8 = 1;

/// The hash of a name.
pub type Hash = [u8; 20];

/// How a zone hashes its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters<'a> {
    /// How often the hash is hashed again.
    pub iterations: u16,
    /// What is appended each time; at most 255 octets.
    pub salt: &'a [u8],
}

impl Parameters<'_> {
    /// The hash of a name (RFC 5155 §5).
    pub fn hash(&self, name: &Name, work: &mut Work) -> Result<Hash, Bogus> {
        let mut octets = [0; MAX_NAME + 255];
        let (wire, salt) = (name.as_wire(), self.salt);
        // What is hashed ends with a bit and a length of eight octets, in blocks of 64 octets.
        let blocks = |length: usize| (length + salt.len() + 9).div_ceil(64) as u32;
        work.pay(HASH_BLOCK * (blocks(wire.len()) + blocks(20) * u32::from(self.iterations)))?;
        octets[..wire.len()].copy_from_slice(wire);
        octets[..wire.len()].make_ascii_lowercase();
        let mut length = wire.len();
        let mut hash = Hash::default();
        for _ in 0..=self.iterations {
            octets[length..length + salt.len()].copy_from_slice(salt);
            let result = digest(&SHA1_FOR_LEGACY_USE_ONLY, &octets[..length + salt.len()]);
            hash.copy_from_slice(result.as_ref());
            length = hash.len();
            octets[..length].copy_from_slice(&hash);
        }
        Ok(hash)
    }
}

/// An NSEC3 record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nsec3<'a> {
    /// The hash of the name that it stands for.
    pub owner: Hash,
    /// The next hash of the zone; the first in the last record.
    pub next: Hash,
    /// Whether names between the two may be delegated to zones that are not signed.
    pub opt_out: bool,
    /// How names are hashed.
    pub parameters: Parameters<'a>,
    /// The types at the name.
    pub types: Types<'a>,
}

impl<'a> Nsec3<'a> {
    /// Reads the only record of a set of a zone; nothing where it is none, or of a kind that is not known (RFC 5155
    /// §8.1 and §8.2).
    pub fn parse(set: &'a Rrset, zone: &Name) -> Option<Self> {
        let mut all = set.data();
        let (data, None) = (all.next()?, all.next()) else { return None };
        let label = labels(set.owner.as_wire()).next()?;
        let owner = read_base32(label)?;
        if set.owner.label_count() != zone.label_count() + 1 || !set.owner.is_within(zone) {
            return None;
        }
        let [SHA1, flags @ (0 | OPT_OUT), high, low, salt_length, rest @ ..] = data else { return None };
        let (salt, rest) = rest.split_at_checked(usize::from(*salt_length))?;
        let (20, rest) = rest.split_first().map(|(length, rest)| (*length, rest))? else { return None };
        let (next, types) = rest.split_first_chunk()?;
        Some(Self {
            owner,
            next: *next,
            opt_out: *flags == OPT_OUT,
            parameters: Parameters { iterations: u16::from_be_bytes([*high, *low]), salt },
            types: Types::parse(types)?,
        })
    }

    /// Whether a hash is between this one and the next: its name does not exist, or opted out.
    pub fn covers(&self, hash: &Hash) -> bool {
        // The last record leads back to the first hash.
        match self.owner < self.next {
            true => self.owner < *hash && *hash < self.next,
            false => self.owner < *hash || *hash < self.next,
        }
    }
}

/// The NSEC3 records of a zone, and the hashes computed so far.
pub(super) struct Hashed<'a> {
    zone: &'a Name,
    /// All with the parameters of the first.
    records: Vec<Nsec3<'a>>,
    hashes: Vec<(Name, Hash)>,
}

/// The nearest name at or above another that exists (RFC 5155 §8.3).
struct Encloser<'r, 'a> {
    name: Name,
    record: &'r Nsec3<'a>,
    /// What covers the name one label longer; nothing where the closest encloser is the name itself.
    covering: Option<&'r Nsec3<'a>>,
}

impl<'a> Hashed<'a> {
    pub(super) fn new(zone: &'a Name) -> Self {
        Self { zone, records: Vec::new(), hashes: Vec::new() }
    }

    pub(super) fn push(&mut self, set: &'a Rrset) {
        let Some(record) = Nsec3::parse(set, self.zone) else { return };
        if self.records.first().is_none_or(|first| first.parameters == record.parameters) {
            self.records.push(record);
        }
    }

    pub(super) fn name_error(&mut self, name: &Name, work: &mut Work) -> Result<Proved, Bogus> {
        if self.is_excessive() {
            return Ok(Proved::Unchecked);
        }
        let hashes = &mut self.hashes;
        let found = encloser(self.zone, &self.records, hashes, name, work)?;
        let Encloser { name, covering: Some(covering), .. } = found else { return Err(Bogus::Unproved) };
        if let Some(wildcard) = name.child(b"*") {
            let hash = remembered(hashes, &self.records, &wildcard, work)?;
            covering_record(&self.records, &hash).ok_or(Bogus::Unproved)?;
        }
        Ok(proved(covering))
    }

    pub(super) fn no_data(
        &mut self,
        name: &Name,
        rtype: RecordType,
        work: &mut Work,
    ) -> Result<Proved, Bogus> {
        if self.is_excessive() {
            return Ok(Proved::Unchecked);
        }
        let hashes = &mut self.hashes;
        let found = encloser(self.zone, &self.records, hashes, name, work)?;
        let Some(covering) = found.covering else {
            let is_proved = lacks(found.record.types, name, rtype);
            return if is_proved { Ok(Proved::Secure) } else { Err(Bogus::Unproved) };
        };
        if let Some(wildcard) = found.name.child(b"*") {
            let hash = remembered(hashes, &self.records, &wildcard, work)?;
            if let Some(record) = matching(&self.records, &hash) {
                let is_proved = lacks(record.types, &wildcard, rtype);
                return if is_proved { Ok(proved(covering)) } else { Err(Bogus::Unproved) };
            }
        }
        // A delegation that opted out has no DS (RFC 5155 §8.6), and a name that exists only for such delegations below
        // it has nothing and need not be in the chain (RFC 5155 §7.1, as corrected).
        if covering.opt_out { Ok(Proved::OptOut) } else { Err(Bogus::Unproved) }
    }

    pub(super) fn wildcard_answer(
        &mut self,
        name: &Name,
        encloser: &Name,
        work: &mut Work,
    ) -> Result<Proved, Bogus> {
        if self.is_excessive() {
            return Ok(Proved::Unchecked);
        }
        if self.records.is_empty() || !name.is_within(encloser) || !encloser.is_within(self.zone) {
            return Err(Bogus::Unproved);
        }
        let next_closer = name.ancestor(encloser.label_count() + 1);
        let hash = remembered(&mut self.hashes, &self.records, &next_closer, work)?;
        covering_record(&self.records, &hash).map(proved).ok_or(Bogus::Unproved)
    }

    pub(super) fn no_ds(&mut self, name: &Name, work: &mut Work) -> Result<Cut, Bogus> {
        if self.is_excessive() {
            return Ok(Cut::Unchecked);
        }
        let found = encloser(self.zone, &self.records, &mut self.hashes, name, work)?;
        match found.covering {
            None => cut(found.record.types).ok_or(Bogus::Unproved),
            Some(covering) if covering.opt_out => Ok(Cut::OptOut),
            Some(_) => Ok(Cut::None),
        }
    }

    fn is_excessive(&self) -> bool {
        self.records.first().is_some_and(|record| record.parameters.iterations > MAX_ITERATIONS)
    }
}

/// The closest encloser of a name, with the proof that nothing nearer exists.
fn encloser<'r, 'a>(
    zone: &Name,
    records: &'r [Nsec3<'a>],
    hashes: &mut Vec<(Name, Hash)>,
    name: &Name,
    work: &mut Work,
) -> Result<Encloser<'r, 'a>, Bogus> {
    if records.is_empty() || !name.is_within(zone) {
        return Err(Bogus::Unproved);
    }
    let mut next_closer = None;
    for count in (zone.label_count()..=name.label_count()).rev() {
        let candidate = name.ancestor(count);
        let hash = remembered(hashes, records, &candidate, work)?;
        let Some(record) = matching(records, &hash) else {
            next_closer = Some(hash);
            continue;
        };
        let Some(hash) = next_closer else {
            return Ok(Encloser { name: candidate, record, covering: None });
        };
        // What is below is elsewhere (RFC 5155 §8.3).
        if record.types.ends_authority() {
            return Err(Bogus::Unproved);
        }
        let covering = Some(covering_record(records, &hash).ok_or(Bogus::Unproved)?);
        return Ok(Encloser { name: candidate, record, covering });
    }
    Err(Bogus::Unproved)
}

fn matching<'r, 'a>(records: &'r [Nsec3<'a>], hash: &Hash) -> Option<&'r Nsec3<'a>> {
    records.iter().find(|record| record.owner == *hash)
}

fn covering_record<'r, 'a>(records: &'r [Nsec3<'a>], hash: &Hash) -> Option<&'r Nsec3<'a>> {
    records.iter().find(|record| record.covers(hash))
}

fn proved(covering: &Nsec3<'_>) -> Proved {
    if covering.opt_out { Proved::OptOut } else { Proved::Secure }
}

/// The hash of a name by the parameters of the records, computed once.
fn remembered(
    hashes: &mut Vec<(Name, Hash)>,
    records: &[Nsec3<'_>],
    name: &Name,
    work: &mut Work,
) -> Result<Hash, Bogus> {
    if let Some((_, hash)) = hashes.iter().find(|(known, _)| known == name) {
        return Ok(*hash);
    }
    let parameters = records.first().ok_or(Bogus::Unproved)?.parameters;
    let hash = parameters.hash(name, work)?;
    hashes.push((name.clone(), hash));
    Ok(hash)
}

/// A hash in base32 with the extended hexadecimal alphabet, without padding, in any letter case (RFC 4648 §7, RFC
/// 5155 §3).
fn read_base32(label: &[u8]) -> Option<Hash> {
    let mut hash = Hash::default();
    if label.len() != 32 {
        return None;
    }
    for (characters, octets) in label.as_chunks::<8>().0.iter().zip(hash.as_chunks_mut::<5>().0) {
        let mut bits: u64 = 0;
        for character in characters {
            let value = char::from(*character).to_digit(32)?;
            bits = bits << 5 | u64::from(value);
        }
        octets.copy_from_slice(&bits.to_be_bytes()[3..]);
    }
    Some(hash)
}
