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
