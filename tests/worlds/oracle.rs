//! What the right answer is, straight from the data of the zones, without servers or messages.

use std::collections::{BTreeMap, BTreeSet};

use rempart::dns::{Name, Question, Rcode, Record, RecordType, labels};

use super::plan::{Manners, Plan, Signing};
use crate::simulation::Behaviour;

/// More aliases than these need not be followed to their end...
const SURELY_FOLLOWED: usize = 8;
/// ...and more than these must not.
const SURELY_TOO_MANY: usize = 40;
/// Servers on the way that let the resolver wait, up to which there is time enough.
const PATIENCE: usize = 2;

/// Records without TTL, in small letters.
pub(super) type Data = BTreeSet<(Name, RecordType, Vec<u8>)>;

/// What may come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// This, or a failure where it is not `certain` that the servers can be reached in time.
    Right { rcode: Rcode, data: Data, secure: bool, certain: bool },
    /// A failure.
    Failure,
    /// Whatever a lying server likes, but not as authentic.
    Unknowable,
}

/// Whether what a zone says can be proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Secure,
    Insecure,
    Bogus,
}

/// Answers from a plan.
pub(super) struct Oracle<'p> {
    plan: &'p Plan,
    by_origin: BTreeMap<Name, usize>,
}

/// What a zone has for a name.
enum Lookup {
    Found(Vec<Record>),
    /// Records on the way, and the name to go on with.
    Alias(Vec<Record>, Name),
    NoData,
    NoName,
}

impl<'p> Oracle<'p> {
    pub(super) fn new(plan: &'p Plan) -> Self {
        let zones = plan.zones.iter().enumerate();
        Self { plan, by_origin: zones.map(|(index, zone)| (zone.origin.clone(), index)).collect() }
    }

    pub(super) fn judge(&self, question: &Question) -> Verdict {
        let (mut name, mut data, mut secure, mut waits) = (question.name.clone(), Data::new(), true, Some(0));
        for aliases in 0..SURELY_TOO_MANY {
            let zone = self.zone(&name);
            let status = self.status(zone);
            if status == Status::Bogus {
                return Verdict::Failure;
            }
            if !self.is_trusted(zone) {
                return Verdict::Unknowable;
            }
            secure &= status == Status::Secure;
            waits = self.waits(zone, 0).zip(waits).map(|(more, waits)| more + waits);
            let certain = aliases <= SURELY_FOLLOWED && waits.is_some_and(|waits| waits <= PATIENCE);
            let (rcode, records) = match self.look(zone, &name, question.rtype) {
                Lookup::Alias(records, target) => {
                    data.extend(records.iter().map(plain));
                    if target == name {
                        return Verdict::Failure;
                    }
                    name = target;
                    continue;
                }
                Lookup::Found(records) => (Rcode::NOERROR, records),
                Lookup::NoData => (Rcode::NOERROR, Vec::new()),
                Lookup::NoName => (Rcode::NXDOMAIN, Vec::new()),
            };
            data.extend(records.iter().map(plain));
            return Verdict::Right { rcode, data, secure, certain };
        }
        Verdict::Failure
    }

    /// The deepest zone above a name.
    fn zone(&self, name: &Name) -> usize {
        let mut counts = (0..=name.label_count()).rev();
        counts.find_map(|count| self.by_origin.get(&name.ancestor(count)).copied()).expect("a root")
    }

    fn status(&self, zone: usize) -> Status {
        let plan = &self.plan.zones[zone];
        let above = plan.parent.map_or(Status::Secure, |parent| self.status(parent));
        match (above, plan.signing) {
            (Status::Secure, Signing::Good) => Status::Secure,
            (Status::Secure, Signing::Spoilt(_) | Signing::WrongDelegationSigner) => Status::Bogus,
            (Status::Secure, Signing::Unsigned | Signing::WithoutDelegationSigner) => Status::Insecure,
            (above, _) => above,
        }
    }

    /// Whether nobody who lies speaks for the zone where lies cannot be told.
    fn is_trusted(&self, zone: usize) -> bool {
        (self.status(zone) == Status::Secure || !self.has_liar(zone))
            && self.plan.zones[zone].parent.is_none_or(|parent| self.is_trusted(parent))
    }

    /// Whether anybody who lies speaks for the zone or one above it. The addresses of servers are not judged, so that
    /// a liar can lead to nowhere even where he cannot forge.
    fn is_lied_for(&self, zone: usize) -> bool {
        self.has_liar(zone) || self.plan.zones[zone].parent.is_some_and(|parent| self.is_lied_for(parent))
    }

    fn has_liar(&self, zone: usize) -> bool {
        let lies = |(_, server): &(Name, usize)| self.plan.servers[*server].manners == Manners::Lying;
        self.plan.zones[zone].servers.iter().any(lies)
    }

    /// How many servers on the way down let the resolver wait; none if the zone cannot surely be reached.
    fn waits(&self, zone: usize, depth: usize) -> Option<usize> {
        let plan = &self.plan.zones[zone];
        let mut waits = plan.parent.map_or(Some(0), |parent| self.waits(parent, depth))?;
        let signed = self.status(zone) != Status::Insecure;
        let mut reached = false;
        for (name, server) in &plan.servers {
            let manners = self.plan.servers[*server].manners;
            let home = self.zone(name);
            let addressed = if home == zone || name.is_within(&plan.origin) {
                Some(0)
            } else if depth < 2 && self.status(home) != Status::Bogus && !self.is_lied_for(home) {
                self.waits(home, depth + 1)
            } else {
                None
            };
            reached |= addressed.is_some() && manners.serves(signed);
            waits += addressed.unwrap_or(1) + usize::from(lets_wait(manners));
        }
        reached.then_some(waits)
    }

    fn look(&self, zone: usize, name: &Name, rtype: RecordType) -> Lookup {
        let records = &self.plan.zones[zone].records;
        if let Some(dname) = substitution(records, name) {
            let target = Name::from_wire(&dname.data).unwrap();
            let kept = name.label_count() - dname.owner.label_count();
            let prefix: Vec<&[u8]> = labels(name.as_wire()).take(kept).collect();
            let target = prefix.iter().rev().fold(target, |name, label| name.child(label).unwrap());
            let alias = Record {
                rtype: RecordType::CNAME,
                owner: name.clone(),
                data: target.as_wire().into(),
                ttl: 0,
            };
            let records = vec![dname.clone(), alias];
            return if rtype == RecordType::CNAME {
                Lookup::Found(records)
            } else {
                Lookup::Alias(records, target)
            };
        }
        let children = self.plan.zones.iter().filter(|child| child.parent == Some(zone));
        let owners: Vec<&Name> =
            records.iter().map(|record| &record.owner).chain(children.map(|child| &child.origin)).collect();
        let exists = |name: &Name| owners.iter().any(|owner| owner.is_within(name));
        if exists(name) {
            return take(records, name, name, rtype);
        }
        let mut encloser = name.clone();
        while !exists(&encloser) {
            encloser = encloser.parent().expect("the apex exists");
        }
        match encloser.child(b"*").filter(|wildcard| exists(wildcard)) {
            Some(wildcard) => take(records, &wildcard, name, rtype),
            None => Lookup::NoName,
        }
    }
}

fn lets_wait(manners: Manners) -> bool {
    match manners {
        Manners::Silent | Manners::Lossy => true,
        Manners::Fails(behaviour) => matches!(
            behaviour,
            Behaviour::WithoutQuestion
                | Behaviour::OtherQuestion
                | Behaviour::BareFormerr
                | Behaviour::Half
                | Behaviour::Garbage
        ),
        _ => false,
    }
}

fn substitution<'r>(records: &'r [Record], name: &Name) -> Option<&'r Record> {
    let above = |record: &&Record| {
        record.rtype == RecordType::DNAME && *name != record.owner && name.is_within(&record.owner)
    };
    records.iter().find(above)
}

/// The records at `owner`, as those of `name`.
fn take(records: &[Record], owner: &Name, name: &Name, rtype: RecordType) -> Lookup {
    let of = |wanted: RecordType| -> Vec<Record> {
        let here = records.iter().filter(|record| record.owner == *owner && record.rtype == wanted);
        here.map(|record| Record { owner: name.clone(), ..record.clone() }).collect()
    };
    let (found, aliases) = (of(rtype), of(RecordType::CNAME));
    match aliases.first().and_then(Record::alias) {
        _ if !found.is_empty() => Lookup::Found(found),
        Some(target) => Lookup::Alias(aliases, target),
        None => Lookup::NoData,
    }
}

/// A record as it is compared.
pub(super) fn plain(record: &Record) -> (Name, RecordType, Vec<u8>) {
    (record.owner.to_lowercase(), record.rtype, record.data.to_ascii_lowercase())
}
