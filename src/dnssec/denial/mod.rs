//! Proofs that something is not there (RFC 4035 §5.4, RFC 5155 §8, RFC 6840 §4).
//!
//! A [`Denial`] holds the NSEC and NSEC3 records of one zone, verified, be they of one message or of a cache, and is
//! asked what they prove. The same records can so answer for names that nobody has asked for yet (RFC 8198).

mod nsec;
mod nsec3;
mod types;

pub use nsec::Nsec;
pub use nsec3::{Hash, MAX_ITERATIONS, Nsec3, Parameters};
pub use types::Types;

use super::bogus::Bogus;
use super::signature::{Signature, signed_labels};
use super::work::Work;
use crate::dns::{Name, RecordType, Rrset, labels};
use nsec::Plain;
use nsec3::Hashed;

/// How far an absence is proved. What is not proved at all is [`Bogus::Unproved`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proved {
    /// It is certain.
    Secure,
    /// It is certain but for delegations to zones that are not signed, which an opt-out span passes over: the answer
    /// stands, without AD (RFC 5155 §9.2).
    OptOut,
    /// The zone asks for more hashes than are computed: its denials are as those of a zone that is not signed (RFC
    /// 9276 §3.2), with [`Info::UNSUPPORTED_NSEC3_ITERATIONS`](crate::dns::Info::UNSUPPORTED_NSEC3_ITERATIONS).
    Unchecked,
}

/// What the absence of DS records means at a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// A zone begins here, and its parent says that it is not signed.
    Unsigned,
    /// No zone begins here: what is found at the name, if anything, must be signed by the zone above.
    None,
    /// A zone that is not signed may begin here, as an opt-out span passes over the name.
    OptOut,
    /// It cannot be checked; see [`Proved::Unchecked`].
    Unchecked,
}

/// The verified NSEC and NSEC3 records of a zone.
pub struct Denial<'a> {
    plain: Plain<'a>,
    hashed: Hashed<'a>,
}

impl<'a> Denial<'a> {
    /// Takes the NSEC and NSEC3 records among the sets, which must have been [verified](super::verify()) by the keys of
    /// `zone`.
    ///
    /// What a wildcard was expanded to says nothing about the name that it was expanded for, nor do the records of
    /// the zone above or below: they are left out here, so that no caller has to think of them.
    pub fn new(zone: &'a Name, sets: impl IntoIterator<Item = &'a Rrset>) -> Self {
        let mut denial = Self { plain: Plain::new(zone), hashed: Hashed::new(zone) };
        for set in sets.into_iter().filter(|set| set.owner.is_within(zone) && is_own(set, zone)) {
            match set.rtype {
                RecordType::NSEC => denial.plain.push(set),
                RecordType::NSEC3 => denial.hashed.push(set),
                _ => {}
            }
        }
        denial
    }

    /// That the name does not exist, nor any wildcard that would stand for it (RFC 4035 §5.4, RFC 5155 §8.4).
    pub fn name_error(&mut self, name: &Name, work: &mut Work) -> Result<Proved, Bogus> {
        if self.plain.name_error(name) {
            return Ok(Proved::Secure);
        }
        self.hashed.name_error(name, work)
    }

    /// That there are no records of a type, nor an alias, at the name, or at the wildcard that stands for it; the
    /// name may also exist only for what is below it (RFC 4035 §5.4, RFC 5155 §8.5 to §8.7).
    pub fn no_data(&mut self, name: &Name, rtype: RecordType, work: &mut Work) -> Result<Proved, Bogus> {
        if self.plain.no_data(name, rtype) {
            return Ok(Proved::Secure);
        }
        self.hashed.no_data(name, rtype, work)
    }

    /// That nothing exists between the name and the closest encloser whose wildcard was expanded for it (RFC 4035
    /// §5.3.4, RFC 5155 §8.8); see [`Verified::wildcard`](super::Verified::wildcard).
    pub fn wildcard_answer(
        &mut self,
        name: &Name,
        encloser: &Name,
        work: &mut Work,
    ) -> Result<Proved, Bogus> {
        if self.plain.wildcard_answer(name, encloser) {
            return Ok(Proved::Secure);
        }
        self.hashed.wildcard_answer(name, encloser, work)
    }

    /// That there are no DS records at the name, which is below this zone's top, and what follows from that (RFC 4035
    /// §5.2, RFC 5155 §8.6 and §8.9, RFC 6840 §4.4).
    pub fn no_ds(&mut self, name: &Name, work: &mut Work) -> Result<Cut, Bogus> {
        match self.plain.no_ds(name) {
            Some(cut) => Ok(cut),
            None => self.hashed.no_ds(name, work),
        }
    }
}

/// Whether each signature is the zone's and over the very owner (RFC 4035 §2.2, §5.3.4).
fn is_own(set: &Rrset, zone: &Name) -> bool {
    let own =
        |signature: Signature<'_>| signature.is_by(zone) && signature.labels() == signed_labels(&set.owner);
    set.signatures().all(|data| Signature::parse(data).is_some_and(own))
}

/// How many labels two names share from the right.
fn shared_labels(one: &Name, other: &Name) -> usize {
    let (count, other_count) = (one.label_count(), other.label_count());
    let pairs = labels(one.as_wire())
        .skip(count.saturating_sub(other_count))
        .zip(labels(other.as_wire()).skip(other_count.saturating_sub(count)));
    pairs.fold(0, |run, (a, b)| if a.eq_ignore_ascii_case(b) { run + 1 } else { 0 })
}

/// Whether the types at a name prove that a type is not there. A delegation's record is its parent's, which speaks
/// with authority for DS alone, and one at the top of a zone is the child's, which does not speak for DS (RFC 6840
/// §4.1 and §4.4).
fn lacks(types: Types<'_>, name: &Name, rtype: RecordType) -> bool {
    let is_own_side = match rtype {
        RecordType::DS => !types.contains(RecordType::SOA) || name.is_root(),
        _ => !types.is_delegation(),
    };
    is_own_side && !types.contains(rtype) && !types.contains(RecordType::CNAME)
}

/// What the types at a name say of a delegation, unless they are the child's or there are DS records.
fn cut(types: Types<'_>) -> Option<Cut> {
    if types.contains(RecordType::SOA) || types.contains(RecordType::DS) {
        return None;
    }
    Some(if types.contains(RecordType::NS) { Cut::Unsigned } else { Cut::None })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::dnssec::testing::{NOW, Signer, Terms, name, unsigned, with_signatures};

    type Zone = BTreeMap<Name, Vec<RecordType>>;

    const A: RecordType = RecordType::A;
    const NS: RecordType = RecordType::NS;
    const SOA: RecordType = RecordType::SOA;
    const DS: RecordType = RecordType::DS;
    const MX: RecordType = RecordType::MX;
    const CNAME: RecordType = RecordType::CNAME;
    const DNAME: RecordType = RecordType::DNAME;

    /// The zone of RFC 4035 appendix A: its names in order, and their types.
    pub(super) const EXAMPLE: [(&str, &[RecordType]); 10] = [
        ("example", &[NS, SOA, MX, RecordType::DNSKEY]),
        ("a.example", &[NS, DS]),
        ("ai.example", &[A, RecordType::HINFO, RecordType::AAAA]),
        ("b.example", &[NS]),
        ("ns1.example", &[A]),
        ("ns2.example", &[A]),
        ("*.w.example", &[MX]),
        ("x.w.example", &[MX]),
        ("x.y.w.example", &[MX]),
        ("xx.example", &[A, RecordType::HINFO, RecordType::AAAA]),
    ];

    fn bits(types: &[RecordType]) -> Vec<u8> {
        let mut octets = [0; 32];
        for RecordType(number) in types {
            octets[usize::from(number / 8)] |= 0x80 >> (number % 8);
        }
        if types.is_empty() { Vec::new() } else { [&[0, 32][..], &octets].concat() }
    }

    pub(super) fn nsec(owner: &str, next: &str, types: &[RecordType]) -> Rrset {
        let data = [name(next).as_wire(), &bits(types)].concat();
        unsigned(owner, RecordType::NSEC, &[&data])
    }

    pub(super) fn nsec3(
        zone: &str,
        (owner, next): (Hash, Hash),
        parameters: Parameters<'_>,
        opt_out: bool,
        types: &[RecordType],
    ) -> Rrset {
        let digits = |bits: u64| {
            (0..8).rev().map(move |place| char::from_digit((bits >> (5 * place) & 31) as u32, 32).unwrap())
        };
        let chunks = owner.as_chunks::<5>().0.iter();
        let label: String = chunks
            .flat_map(|[a, b, c, d, e]| digits(u64::from_be_bytes([0, 0, 0, *a, *b, *c, *d, *e])))
            .collect();
        let mut data = vec![1, u8::from(opt_out)];
        data.extend(parameters.iterations.to_be_bytes());
        data.push(parameters.salt.len() as u8);
        data.extend(parameters.salt);
        data.push(20);
        data.extend(next);
        data.extend(bits(types));
        let owner = name(zone).child(label.as_bytes()).unwrap();
        Rrset::new(owner, RecordType::NSEC3, 3600, [&data[..]], [])
    }

    /// What a zone has at a name.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    enum Truth {
        /// Another zone's, or redirected.
        Elsewhere,
        Here,
        Nowhere,
    }

    fn truth(zone: &Zone, name: &Name) -> Truth {
        let ends =
            |types: &Vec<RecordType>| types.contains(&DNAME) || types.contains(&NS) && !types.contains(&SOA);
        let is_elsewhere =
            |(owner, types): (&Name, &Vec<RecordType>)| owner != name && name.is_within(owner) && ends(types);
        if zone.iter().any(is_elsewhere) {
            Truth::Elsewhere
        } else if zone.keys().any(|owner| owner.is_within(name)) {
            Truth::Here
        } else {
            Truth::Nowhere
        }
    }

    /// The types at a name that is here; of a delegation, those of which the parent speaks.
    fn has(zone: &Zone, name: &Name, rtype: RecordType) -> bool {
        let Some(types) = zone.get(name) else { return false };
        let is_delegation = types.contains(&NS) && !types.contains(&SOA);
        let is_other_side = if rtype == DS { types.contains(&SOA) } else { is_delegation };
        is_other_side || types.contains(&rtype) || types.contains(&CNAME)
    }

    fn encloser(zone: &Zone, name: &Name) -> Name {
        (0..name.label_count())
            .rev()
            .map(|count| name.ancestor(count))
            .find(|above| truth(zone, above) == Truth::Here)
            .unwrap()
    }

    fn is_name_error(zone: &Zone, name: &Name) -> bool {
        let wildcard = || encloser(zone, name).child(b"*").unwrap();
        truth(zone, name) == Truth::Nowhere && truth(zone, &wildcard()) == Truth::Nowhere
    }

    fn is_no_data(zone: &Zone, name: &Name, rtype: RecordType) -> bool {
        match truth(zone, name) {
            Truth::Elsewhere => false,
            Truth::Here => !has(zone, name, rtype),
            Truth::Nowhere => {
                let wildcard = encloser(zone, name).child(b"*").unwrap();
                truth(zone, &wildcard) == Truth::Here && !has(zone, &wildcard, rtype)
            }
        }
    }

    fn cut_at(zone: &Zone, name: &Name) -> Result<Cut, Bogus> {
        let types = zone.get(name).map(Vec::as_slice).unwrap_or_default();
        if truth(zone, name) == Truth::Elsewhere || types.contains(&SOA) || types.contains(&DS) {
            return Err(Bogus::Unproved);
        }
        Ok(if types.contains(&NS) { Cut::Unsigned } else { Cut::None })
    }

    /// Numbers that look random and are the same in each run.
    struct Dice(u64);

    impl Dice {
        fn throw(&mut self, sides: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % sides
        }
    }

    const LABELS: [&[u8]; 5] = [b"*", b"a", b"B", b"b0", b"\0"];

    fn any_name(dice: &mut Dice) -> Name {
        let depth = dice.throw(4);
        (0..depth).fold(name("example"), |name, _| name.child(LABELS[dice.throw(LABELS.len())]).unwrap())
    }

    fn any_zone(dice: &mut Dice) -> Zone {
        let mut zone = Zone::from([(name("example"), vec![NS, SOA])]);
        for _ in 0..dice.throw(8) {
            let kinds: [&[RecordType]; 6] = [&[A], &[A, MX], &[NS], &[NS, DS], &[CNAME], &[DNAME, A]];
            let owner = any_name(dice);
            // Nobody knows what a delegation or redirection at a wildcard is.
            let is_wildcard = owner.as_wire().starts_with(b"\x01*");
            let kind = kinds[dice.throw(if is_wildcard { 2 } else { kinds.len() })];
            zone.entry(owner).or_insert(kind.to_vec());
        }
        let all = zone.clone();
        zone.retain(|owner, _| truth(&all, owner) != Truth::Elsewhere);
        zone
    }

    fn nsec_chain(zone: &Zone) -> Vec<Rrset> {
        let next = zone.keys().skip(1).chain(zone.keys());
        zone.iter()
            .zip(next)
            .map(|((owner, types), next)| nsec(&owner.to_string(), &next.to_string(), types))
            .collect()
    }

    fn nsec3_chain(zone: &Zone, parameters: Parameters<'_>) -> Vec<Rrset> {
        let names: BTreeSet<Name> = zone
            .keys()
            .flat_map(|owner| (1..=owner.label_count()).map(|count| owner.ancestor(count)))
            .collect();
        let hash = |name: &Name| parameters.hash(name, &mut Work::new()).unwrap();
        let hashes: BTreeMap<Hash, Name> = names.into_iter().map(|name| (hash(&name), name)).collect();
        let next = hashes.keys().skip(1).chain(hashes.keys());
        let types = |name: &Name| zone.get(name).cloned().unwrap_or_default();
        hashes
            .iter()
            .zip(next)
            .map(|((owner, name), next)| nsec3("example", (*owner, *next), parameters, false, &types(name)))
            .collect()
    }

    /// Compares what records prove with what is true of a zone. With all of its records everything that is true is
    /// proved; with some of them, nothing else is.
    fn compare(zone: &Zone, sets: &[&Rrset], is_whole: bool, asked: &Name) {
        let (apex, mut work) = (name("example"), Work::new());
        let mut denial = Denial::new(&apex, sets.iter().copied());
        let check = |what: &str, proved: Result<Proved, Bogus>, is_true: bool| {
            let is_proved = proved == Ok(Proved::Secure);
            let is_right = is_proved == is_true || !is_whole && !is_proved;
            assert!(is_right, "{what} {asked}: {proved:?}, {is_true}\n{zone:?}\n{sets:?}");
        };
        check("name error", denial.name_error(asked, &mut work), is_name_error(zone, asked));
        for rtype in [A, MX, DS, NS, CNAME] {
            check("no data", denial.no_data(asked, rtype, &mut work), is_no_data(zone, asked, rtype));
        }
        for count in 1..asked.label_count() {
            let above = asked.ancestor(count);
            let is_true = truth(zone, asked) == Truth::Nowhere && encloser(zone, asked) == above;
            let proved = denial.wildcard_answer(asked, &above, &mut work);
            // NSEC3 does not prove that a wildcard may be there: its signature does.
            if truth(zone, &above) == Truth::Here && truth(zone, asked) != Truth::Elsewhere {
                check("wildcard", proved, is_true);
            }
        }
        let cut = denial.no_ds(asked, &mut work);
        let is_right = cut == cut_at(zone, asked) || !is_whole && cut == Err(Bogus::Unproved);
        assert!(is_right, "no DS {asked}: {cut:?}\n{zone:?}\n{sets:?}");
    }

    #[test]
    fn what_is_proved_is_true_and_what_is_true_is_proved() {
        for seed in 0..100 {
            let mut dice = Dice(seed);
            let zone = any_zone(&mut dice);
            let salt = [7; 3];
            let parameters = Parameters { iterations: 1, salt: &salt[..dice.throw(4)] };
            for chain in [nsec_chain(&zone), nsec3_chain(&zone, parameters)] {
                for _ in 0..20 {
                    let asked = any_name(&mut dice);
                    compare(&zone, &chain.iter().collect::<Vec<_>>(), true, &asked);
                    let some: Vec<&Rrset> = chain.iter().filter(|_| dice.throw(2) == 0).collect();
                    compare(&zone, &some, false, &asked);
                }
            }
        }
    }

    #[test]
    fn what_a_wildcard_was_expanded_to_denies_nothing() {
        let signer = Signer::new("example", 15);
        let zone = name("example");
        let set = nsec("a.example", "z.example", &[A]);
        for (labels, is_proved) in [(2, true), (1, false)] {
            let terms = Terms { labels, ..Terms::of(&set) };
            let signed = with_signatures(&set, &[&signer.sign(&set, &terms)]);
            assert!(crate::dnssec::verify(&signed, &signer.judged(&[]), NOW, &mut Work::new()).is_ok());
            let mut denial = Denial::new(&zone, [&signed]);
            let proved = denial.no_data(&name("a.example"), MX, &mut Work::new());
            assert_eq!(proved.is_ok(), is_proved, "{labels}");
        }
    }

    #[test]
    fn names_share_labels_from_the_right() {
        for (one, other, shared) in [
            ("a.b.example", "b.example", 2),
            ("a.b.EXAMPLE", "c.b.example", 2),
            ("b.x.example", "b.y.example", 1),
            ("a.test", "a.example", 0),
            (".", "example", 0),
        ] {
            assert_eq!(shared_labels(&name(one), &name(other)), shared, "{one} {other}");
            assert_eq!(shared_labels(&name(other), &name(one)), shared, "{other} {one}");
        }
    }
}
