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
    let own = |signature: Signature<'_>| {
        signature.is_by(zone) && signature.labels() == signed_labels(&set.owner)
    };
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
