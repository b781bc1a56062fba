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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dnssec::Denial;
    use crate::dnssec::denial::tests::nsec3;
    use crate::dnssec::testing::name;

    const A: RecordType = RecordType::A;
    const MX: RecordType = RecordType::MX;
    const AAAA: RecordType = RecordType::AAAA;
    const NOTHING: Result<Proved, Bogus> = Err(Bogus::Unproved);
    const OPTED_OUT: Result<Proved, Bogus> = Ok(Proved::OptOut);
    const SALT: [u8; 4] = [0xaa, 0xbb, 0xcc, 0xdd];

    /// The zone of RFC 5155 appendix A, in order: names, their hashes, their types.
    const EXAMPLE: [(&str, &str, &[RecordType]); 12] = [
        ("example", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom", &[RecordType::NS, RecordType::SOA, MX]),
        ("ns1.example", "2t7b4g4vsa5smi47k61mv5bv1a22bojr", &[A]),
        ("x.y.w.example", "2vptu5timamqttgl4luu9kg21e0aor3s", &[MX]),
        ("a.example", "35mthgpgcu1qg68fab165klnsnk3dpvl", &[RecordType::NS, RecordType::DS]),
        ("x.w.example", "b4um86eghhds6nea196smvmlo4ors995", &[MX]),
        ("ai.example", "gjeqe526plbf1g8mklp59enfd789njgi", &[A, RecordType::HINFO, AAAA]),
        ("y.w.example", "ji6neoaepv8b5o6k4ev33abha8ht9fgc", &[]),
        ("w.example", "k8udemvp1j2f7eg6jebps17vp3n8i58h", &[]),
        ("2t7b4g4vsa5smi47k61mv5bv1a22bojr.example", "kohar7mbb8dc2ce8a9qvl8hon4k53uhi", &[A]),
        ("ns2.example", "q04jkcevqvmu85r014c7dkba38o0ji5r", &[A]),
        ("*.w.example", "r53bq7cc2uvmubfu5ocmm6pers9tk9en", &[MX]),
        ("xx.example", "t644ebqk9bibcna874givr6joj62mlhv", &[A, RecordType::HINFO, AAAA]),
    ];

    fn sets(owners: &[&str], iterations: u16) -> Vec<Rrset> {
        let hash = |index: usize| read_base32(EXAMPLE[index % EXAMPLE.len()].1.as_bytes()).unwrap();
        let parameters = Parameters { iterations, salt: &SALT };
        let all = EXAMPLE.iter().enumerate().filter(|(_, (owner, _, _))| owners.contains(owner));
        all.map(|(index, (_, _, types))| {
            nsec3("example", (hash(index), hash(index + 1)), parameters, true, types)
        })
        .collect()
    }

    fn ask<R>(owners: &[&str], question: impl FnOnce(&mut Denial<'_>, &mut Work) -> R) -> R {
        let (sets, zone) = (sets(owners, 12), name("example"));
        question(&mut Denial::new(&zone, &sets), &mut Work::new())
    }

    #[test]
    fn hashes_of_rfc_5155() {
        let parameters = Parameters { iterations: 12, salt: &SALT };
        for (owner, hash, _) in EXAMPLE {
            let hashed = parameters.hash(&name(&owner.to_ascii_uppercase()), &mut Work::new());
            assert_eq!(hashed, Ok(read_base32(hash.as_bytes()).unwrap()), "{owner}");
        }
        assert_eq!(read_base32(b"wp9mhaveqvm6t7vbl5lop2u3t2rp3tom"), None);
        assert_eq!(read_base32(b"0p9m"), None);
    }

    #[test]
    fn name_errors_of_rfc_5155() {
        // Appendix B.1: the chain opts out, so that AD is not due.
        let proof = ["example", "x.w.example", "a.example"];
        let name_error =
            |owners: &[&str], asked: &str| ask(owners, |denial, work| denial.name_error(&name(asked), work));
        assert_eq!(name_error(&proof, "a.c.x.w.example"), OPTED_OUT);
        for missing in 0..3 {
            let rest: Vec<&str> = proof.iter().filter(|owner| **owner != proof[missing]).copied().collect();
            assert_eq!(name_error(&rest, "a.c.x.w.example"), NOTHING, "without {}", proof[missing]);
        }
    }

    #[test]
    fn absent_types_of_rfc_5155() {
        let no_data = |owners: &[&str], asked: &str, rtype: RecordType| {
            ask(owners, |denial, work| denial.no_data(&name(asked), rtype, work))
        };
        // Appendix B.2, B.2.1, B.5 and B.6.
        assert_eq!(no_data(&["ns1.example"], "ns1.example", MX), Ok(Proved::Secure));
        assert_eq!(no_data(&["ns1.example"], "ns1.example", A), NOTHING);
        assert_eq!(no_data(&["y.w.example"], "y.w.example", A), Ok(Proved::Secure));
        let wildcard = ["w.example", "ns2.example", "*.w.example"];
        assert_eq!(no_data(&wildcard, "a.z.w.example", AAAA), OPTED_OUT);
        assert_eq!(no_data(&wildcard, "a.z.w.example", MX), NOTHING);
        assert_eq!(no_data(&["example"], "example", RecordType::DS), NOTHING);
    }

    #[test]
    fn wildcards_of_rfc_5155() {
        // Appendix B.4.
        let answer = |owners: &[&str], encloser: &str| {
            ask(owners, |denial, work| denial.wildcard_answer(&name("a.z.w.example"), &name(encloser), work))
        };
        assert_eq!(answer(&["ns2.example"], "w.example"), OPTED_OUT);
        assert_eq!(answer(&["ns1.example"], "w.example"), NOTHING);
        assert_eq!(answer(&["ns2.example"], "test"), NOTHING);
    }

    #[test]
    fn delegations_of_rfc_5155() {
        let no_ds =
            |owners: &[&str], asked: &str| ask(owners, |denial, work| denial.no_ds(&name(asked), work));
        // Appendix B.3.
        assert_eq!(no_ds(&["a.example", "example"], "c.example"), Ok(Cut::OptOut));
        assert_eq!(no_ds(&["a.example"], "c.example"), Err(Bogus::Unproved));
        assert_eq!(no_ds(&["a.example"], "a.example"), Err(Bogus::Unproved));
        assert_eq!(no_ds(&["ns1.example"], "ns1.example"), Ok(Cut::None));
        // What is below a delegation is not the parent's to deny (RFC 5155 §8.3).
        let all: Vec<&str> = EXAMPLE.iter().map(|(owner, _, _)| *owner).collect();
        assert_eq!(no_ds(&all, "x.a.example"), Err(Bogus::Unproved));
    }

    #[test]
    fn what_takes_too_many_hashes_is_not_checked() {
        let (sets, zone) = (sets(&["example"], MAX_ITERATIONS + 1), name("example"));
        let (mut denial, mut work) = (Denial::new(&zone, &sets), Work::new());
        assert_eq!(denial.name_error(&name("a.example"), &mut work), Ok(Proved::Unchecked));
        assert_eq!(denial.no_data(&name("a.example"), A, &mut work), Ok(Proved::Unchecked));
        assert_eq!(denial.no_ds(&name("a.example"), &mut work), Ok(Cut::Unchecked));
        assert_eq!(work.spent(), 0);
    }

    #[test]
    fn the_deepest_name_stays_within_the_work_of_a_question() {
        let deep = (0..126).fold(Name::root(), |name, _| name.child(b"a").unwrap());
        let parameters = Parameters { iterations: MAX_ITERATIONS, salt: &[7; 255] };
        let zone = Name::root();
        let sets = [nsec3(".", ([0; 20], [1; 20]), parameters, false, &[])];
        let (mut denial, mut work) = (Denial::new(&zone, &sets), Work::new());
        assert_eq!(denial.name_error(&deep, &mut work), Err(Bogus::Unproved));
        let once = work.spent();
        // Nothing is hashed twice, and the next question of the kind is refused at some time.
        assert_eq!(denial.no_ds(&deep, &mut work), Err(Bogus::Unproved));
        assert_eq!(work.spent(), once);
        let refused =
            (0..10).any(|_| Denial::new(&zone, &sets).name_error(&deep, &mut work) == Err(Bogus::Exhausted));
        assert!(refused);
    }

    #[test]
    fn what_is_no_record_of_the_chain_is_left_out() {
        let zone = name("example");
        let parameters = Parameters { iterations: 0, salt: &[] };
        let good = nsec3("example", ([1; 20], [2; 20]), parameters, false, &[A]);
        assert!(Nsec3::parse(&good, &zone).is_some());
        assert!(Nsec3::parse(&good, &name("test")).is_none());
        assert!(Nsec3::parse(&good, &Name::root()).is_none());
        let octets = good.data().next().unwrap();
        for (at, octet) in [(0, 2), (1, 2), (1, 0x81), (4, 200), (5, 19)] {
            let mut data = octets.to_vec();
            data[at] = octet;
            let set = Rrset::new(good.owner.clone(), good.rtype, 1, [&data[..]], []);
            assert!(Nsec3::parse(&set, &zone).is_none(), "{at} {octet}");
        }
        let two = Rrset::new(good.owner.clone(), good.rtype, 1, [octets, b"other"], []);
        assert!(Nsec3::parse(&two, &zone).is_none());
    }
}
