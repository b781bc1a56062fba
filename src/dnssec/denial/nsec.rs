//! Denial by NSEC records: the names of a zone in order, each with the next (RFC 4034 §4, RFC 4035 §5.4).

use super::types::Types;
use super::{Cut, cut, lacks, shared_labels};
use crate::dns::{Name, RecordType, Rrset, wire_length};

/// An NSEC record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nsec<'a> {
    /// The name that it stands at.
    pub owner: &'a Name,
    /// The next name of the zone; the zone's own in the last record.
    pub next: Name,
    /// The types at the owner.
    pub types: Types<'a>,
}

impl<'a> Nsec<'a> {
    /// Reads the only record of a set; nothing where it is none.
    pub fn parse(set: &'a Rrset) -> Option<Self> {
        let mut all = set.data();
        let (data, None) = (all.next()?, all.next()) else { return None };
        let (next, types) = data.split_at(wire_length(data)?);
        let next = Name::from_wire(next).ok()?;
        Some(Self { owner: &set.owner, next, types: Types::parse(types)? })
    }

    /// Whether a name of the zone is between this one and the next: it has no records, though it exists where the
    /// next is below it.
    pub fn covers(&self, name: &Name) -> bool {
        // The last record leads back to the first name.
        *self.owner < *name && (*name < self.next || self.next <= *self.owner) && !self.hides(name)
    }

    /// Whether a name does not exist at all.
    pub fn denies(&self, name: &Name) -> bool {
        self.covers(name) && !self.next.is_within(name)
    }

    /// The longest name above a name that is denied of which the record tells that it exists.
    pub fn closest_encloser(&self, name: &Name) -> Name {
        name.ancestor(shared_labels(name, self.owner).max(shared_labels(name, &self.next)))
    }

    fn is_empty(&self, name: &Name) -> bool {
        self.covers(name) && self.next.is_within(name)
    }

    /// Whether a name is below the owner and not in the zone, or redirected (RFC 6840 §4.1).
    fn hides(&self, name: &Name) -> bool {
        self.types.ends_authority() && name.is_within(self.owner)
    }
}

/// The NSEC records of a zone.
pub(super) struct Plain<'a> {
    zone: &'a Name,
    records: Vec<Nsec<'a>>,
}

impl<'a> Plain<'a> {
    pub(super) fn new(zone: &'a Name) -> Self {
        Self { zone, records: Vec::new() }
    }

    pub(super) fn push(&mut self, set: &'a Rrset) {
        self.records.extend(Nsec::parse(set).filter(|nsec| nsec.next.is_within(self.zone)));
    }

    pub(super) fn name_error(&self, name: &Name) -> bool {
        self.wildcard(name).is_some_and(|wildcard| wildcard.is_none_or(|wildcard| self.is_denied(&wildcard)))
    }

    pub(super) fn no_data(&self, name: &Name, rtype: RecordType) -> bool {
        self.is_without(name, rtype)
            || self.wildcard(name).flatten().is_some_and(|wildcard| self.is_without(&wildcard, rtype))
    }

    pub(super) fn wildcard_answer(&self, name: &Name, encloser: &Name) -> bool {
        self.denying(name).is_some_and(|nsec| nsec.closest_encloser(name) == *encloser)
    }

    pub(super) fn no_ds(&self, name: &Name) -> Option<Cut> {
        if let Some(nsec) = self.records.iter().find(|nsec| nsec.owner == name) {
            return cut(nsec.types);
        }
        let is_covered = name.is_within(self.zone) && self.records.iter().any(|nsec| nsec.covers(name));
        is_covered.then_some(Cut::None)
    }

    fn denying(&self, name: &Name) -> Option<&Nsec<'a>> {
        self.records.iter().find(|nsec| name.is_within(self.zone) && nsec.denies(name))
    }

    fn is_denied(&self, name: &Name) -> bool {
        self.denying(name).is_some()
    }

    /// The wildcard that would stand for a name that does not exist: nothing where it does, and no wildcard where its
    /// name would be too long to exist.
    fn wildcard(&self, name: &Name) -> Option<Option<Name>> {
        Some(self.denying(name)?.closest_encloser(name).child(b"*"))
    }

    /// Whether a name is there, without the type.
    fn is_without(&self, name: &Name, rtype: RecordType) -> bool {
        name.is_within(self.zone)
            && self.records.iter().any(|nsec| match nsec.owner == name {
                true => lacks(nsec.types, name, rtype),
                false => nsec.is_empty(name),
            })
    }
}

#[cfg(test)]
mod tests {
    use crate::dns::{Name, RecordType, Rrset};
    use crate::dnssec::denial::tests::{EXAMPLE, nsec};
    use crate::dnssec::testing::name;
    use crate::dnssec::{Bogus, Cut, Denial, Proved, Work};

    const SECURE: Result<Proved, Bogus> = Ok(Proved::Secure);
    const NOTHING: Result<Proved, Bogus> = Err(Bogus::Unproved);

    fn sets(owners: &[&str]) -> Vec<Rrset> {
        let all = EXAMPLE.iter().enumerate().map(|(index, (owner, types))| {
            (*owner, nsec(owner, EXAMPLE[(index + 1) % EXAMPLE.len()].0, types))
        });
        all.filter(|(owner, _)| owners.contains(owner)).map(|(_, set)| set).collect()
    }

    /// Asks the zone `example` of RFC 4035 with these of its records.
    fn ask<R>(owners: &[&str], question: impl FnOnce(&mut Denial<'_>, &mut Work) -> R) -> R {
        let (sets, zone): (Vec<Rrset>, Name) = (sets(owners), name("example"));
        question(&mut Denial::new(&zone, &sets), &mut Work::new())
    }

    fn name_error(owners: &[&str], asked: &str) -> Result<Proved, Bogus> {
        ask(owners, |denial, work| denial.name_error(&name(asked), work))
    }

    fn no_data(owners: &[&str], asked: &str, rtype: RecordType) -> Result<Proved, Bogus> {
        ask(owners, |denial, work| denial.no_data(&name(asked), rtype, work))
    }

    fn wildcard_answer(owners: &[&str], asked: &str, encloser: &str) -> Result<Proved, Bogus> {
        ask(owners, |denial, work| denial.wildcard_answer(&name(asked), &name(encloser), work))
    }

    fn no_ds(owners: &[&str], asked: &str) -> Result<Cut, Bogus> {
        ask(owners, |denial, work| denial.no_ds(&name(asked), work))
    }

    #[test]
    fn name_errors_of_rfc_4035() {
        // Appendix B.2.
        assert_eq!(name_error(&["b.example", "example"], "ml.example"), SECURE);
        assert_eq!(name_error(&["b.example"], "ml.example"), NOTHING);
        assert_eq!(name_error(&["example"], "ml.example"), NOTHING);
        // The wildcard is there.
        assert_eq!(name_error(&["x.y.w.example", "*.w.example"], "a.z.w.example"), NOTHING);
        // One record for both.
        assert_eq!(name_error(&["x.y.w.example"], "a.z.y.w.example"), NOTHING);
        assert_eq!(name_error(&["x.y.w.example", "x.w.example"], "a.z.y.w.example"), SECURE);
    }

    #[test]
    fn absent_types_of_rfc_4035() {
        // Appendix B.3 and B.7.
        assert_eq!(no_data(&["ns1.example"], "ns1.example", RecordType::MX), SECURE);
        assert_eq!(no_data(&["ns1.example"], "ns1.example", RecordType::A), NOTHING);
        let both = ["x.y.w.example", "*.w.example"];
        assert_eq!(no_data(&both, "a.z.w.example", RecordType::AAAA), SECURE);
        assert_eq!(no_data(&both, "a.z.w.example", RecordType::MX), NOTHING);
        assert_eq!(no_data(&both[..1], "a.z.w.example", RecordType::AAAA), NOTHING);
        // Names that exist for what is below them.
        assert_eq!(no_data(&["ns2.example"], "w.example", RecordType::A), SECURE);
        assert_eq!(no_data(&["x.w.example"], "y.w.example", RecordType::A), SECURE);
        assert_eq!(name_error(&["x.w.example", "*.w.example", "ns2.example"], "y.w.example"), NOTHING);
        // The child's record does not speak for DS (B.8, RFC 6840 §4.4).
        assert_eq!(no_data(&["example"], "example", RecordType::DS), NOTHING);
    }

    #[test]
    fn wildcards_of_rfc_4035() {
        // Appendix B.6.
        assert_eq!(wildcard_answer(&["x.y.w.example"], "a.z.w.example", "w.example"), SECURE);
        assert_eq!(wildcard_answer(&["x.y.w.example"], "a.z.w.example", "example"), NOTHING);
        assert_eq!(wildcard_answer(&["x.w.example"], "a.y.w.example", "w.example"), NOTHING);
        // The record that covers the name is the wildcard's own.
        assert_eq!(wildcard_answer(&["*.w.example"], "a.w.example", "w.example"), SECURE);
    }

    #[test]
    fn delegations_of_rfc_4035() {
        // Appendix B.5.
        assert_eq!(no_ds(&["b.example"], "b.example"), Ok(Cut::Unsigned));
        assert_eq!(no_ds(&["a.example"], "a.example"), Err(Bogus::Unproved));
        assert_eq!(no_ds(&["ai.example"], "ai.example"), Ok(Cut::None));
        assert_eq!(no_ds(&["ns2.example"], "w.example"), Ok(Cut::None));
        assert_eq!(no_ds(&["example"], "example"), Err(Bogus::Unproved));
        // What is below a delegation is not the parent's to deny (RFC 6840 §4.1).
        assert_eq!(no_ds(&["b.example"], "mc.b.example"), Err(Bogus::Unproved));
        assert_eq!(name_error(&["b.example", "example"], "mc.b.example"), NOTHING);
        assert_eq!(no_data(&["b.example"], "b.example", RecordType::A), NOTHING);
        assert_eq!(no_data(&["b.example"], "b.example", RecordType::DS), SECURE);
    }

    #[test]
    fn redirections_and_aliases_deny_nothing() {
        let zone = name("example");
        let sets = [
            nsec("d.example", "f.example", &[RecordType::DNAME]),
            nsec("example", "d.example", &[RecordType::SOA, RecordType::NS]),
            nsec("f.example", "example", &[RecordType::CNAME]),
        ];
        let (mut denial, mut work) = (Denial::new(&zone, &sets), Work::new());
        assert_eq!(denial.name_error(&name("a.d.example"), &mut work), NOTHING);
        assert_eq!(denial.name_error(&name("e.example"), &mut work), SECURE);
        assert_eq!(denial.no_data(&name("d.example"), RecordType::A, &mut work), SECURE);
        assert_eq!(denial.no_data(&name("f.example"), RecordType::A, &mut work), NOTHING);
    }

    #[test]
    fn records_of_other_zones_deny_nothing() {
        let (zone, other) = (name("a.example"), [nsec("a.example", "b.example", &[RecordType::SOA])]);
        let mut denial = Denial::new(&zone, &other);
        assert_eq!(denial.name_error(&name("x.a.example"), &mut Work::new()), NOTHING);
    }
}
