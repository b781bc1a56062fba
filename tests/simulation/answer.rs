//! What an authoritative server says (RFC 1034 §4.3.2): data, referrals, aliases, wildcards, denials.

use rempart::dns::{Name, Record, RecordType, labels};

use super::denial::Claim;
use super::message::Reply;
use super::zone::Zone;

const NXDOMAIN: u16 = 3;
const YXDOMAIN: u16 = 6;
const REFUSED: u16 = 5;
/// As many aliases as a server follows by itself.
const ALIASES: usize = 8;

/// Answers from the deepest of `zones` that holds the name, and follows aliases into the others.
pub(super) fn answer(zones: &[&Zone], name: &Name, rtype: RecordType, dnssec: bool, reply: &mut Reply) {
    let mut name = name.clone();
    for _ in 0..ALIASES {
        let Some(zone) = responsible(zones, &name, rtype) else {
            if reply.answer.is_empty() {
                reply.rcode = REFUSED;
            }
            return;
        };
        let mut lookup = Lookup { zone, name: &name, rtype, dnssec, reply };
        let Some(target) = lookup.look() else { return };
        if rtype == RecordType::ANY {
            return;
        }
        name = target;
    }
}

/// The deepest zone that holds `name`, or for a DS the one above its cut where that is served too.
fn responsible<'z>(zones: &[&'z Zone], name: &Name, rtype: RecordType) -> Option<&'z Zone> {
    let mut holding: Vec<&Zone> = zones.iter().copied().filter(|zone| name.is_within(&zone.origin)).collect();
    holding.sort_by_key(|zone| std::cmp::Reverse(zone.origin.label_count()));
    let above = rtype == RecordType::DS && holding.len() > 1 && holding[0].origin == *name;
    holding.get(usize::from(above)).copied()
}

struct Lookup<'a> {
    zone: &'a Zone,
    name: &'a Name,
    rtype: RecordType,
    dnssec: bool,
    reply: &'a mut Reply,
}

impl Lookup<'_> {
    /// Puts what there is into the reply; returns the name to go on with.
    fn look(&mut self) -> Option<Name> {
        let (zone, name) = (self.zone, self.name);
        let cut = zone.cut(name).filter(|cut| cut != name || self.rtype != RecordType::DS);
        if let Some(cut) = cut {
            self.refer(&cut);
            return None;
        }
        self.reply.authoritative = true;
        if let Some(dname) = zone.substitution(name) {
            return self.substitute(dname);
        }
        if zone.nodes.contains_key(name) {
            return self.take(name, None);
        }
        match zone.encloser(name).child(b"*").filter(|wildcard| zone.nodes.contains_key(wildcard)) {
            Some(wildcard) => self.take(&wildcard, Some(&wildcard)),
            None => {
                self.reply.rcode = NXDOMAIN;
                self.deny(Claim::NoName(name));
                None
            }
        }
    }

    /// The sets at `owner`, which is the name itself or the wildcard that matches it.
    fn take(&mut self, owner: &Name, wildcard: Option<&Name>) -> Option<Name> {
        let (zone, name) = (self.zone, self.name);
        let sets = &zone.nodes[owner];
        let put = |lookup: &mut Self, records: &[Record]| {
            let mut records: Vec<Record> = lookup.with_signatures(records);
            if wildcard.is_some() {
                records.iter_mut().for_each(|record| record.owner = name.clone());
            }
            lookup.reply.answer.extend(records);
        };
        let mut target = None;
        if self.rtype == RecordType::ANY && !sets.is_empty() {
            sets.values().for_each(|records| put(self, records));
        } else if let Some(records) = sets.get(&self.rtype) {
            put(self, records);
            if self.rtype == RecordType::NS {
                self.add_addresses(records);
            }
        } else if let Some(records) = sets.get(&RecordType::CNAME) {
            put(self, records);
            target = records[0].alias();
        } else {
            self.deny(match wildcard {
                None if self.rtype == RecordType::DS && zone.cut(name).is_some() => Claim::Unsigned(name),
                None => Claim::NoData(name),
                Some(wildcard) => Claim::WildcardNoData { name, wildcard },
            });
            return None;
        }
        if let Some(wildcard) = wildcard.filter(|_| self.dnssec) {
            self.reply.authority.extend(zone.prove(Claim::Wildcard { name, wildcard }));
        }
        target
    }

    /// DNAME with the alias that it stands for, which nobody signs (RFC 6672 §3.1).
    fn substitute(&mut self, dname: &Record) -> Option<Name> {
        let records = self.with_signatures(std::slice::from_ref(dname));
        self.reply.answer.extend(records);
        let target = Name::from_wire(&dname.data).unwrap();
        let kept = self.name.label_count() - dname.owner.label_count();
        let prefix: Vec<&[u8]> = labels(self.name.as_wire()).take(kept).collect();
        let substituted = prefix.iter().rev().try_fold(target, |name, label| name.child(label));
        let Some(target) = substituted else {
            self.reply.rcode = YXDOMAIN;
            return None;
        };
        let data = target.as_wire().into();
        let alias = Record { owner: self.name.clone(), rtype: RecordType::CNAME, ttl: dname.ttl, data };
        self.reply.answer.push(alias);
        if self.rtype == RecordType::CNAME { None } else { Some(target) }
    }

    fn refer(&mut self, cut: &Name) {
        let zone = self.zone;
        let servers = zone.set(cut, RecordType::NS).unwrap();
        self.reply.authority.extend(servers.iter().cloned());
        self.add_addresses(servers);
        if self.dnssec {
            let signers = match zone.set(cut, RecordType::DS) {
                Some(records) => self.with_signatures(records),
                None => zone.prove(Claim::Unsigned(cut)),
            };
            self.reply.authority.extend(signers);
        }
    }

    /// The addresses of servers, as far as the zone holds them.
    fn add_addresses(&mut self, servers: &[Record]) {
        for server in servers {
            let Ok(server) = Name::from_wire(&server.data) else { continue };
            for rtype in [RecordType::A, RecordType::AAAA] {
                self.reply.additional.extend(self.zone.set(&server, rtype).into_iter().flatten().cloned());
            }
        }
    }

    fn deny(&mut self, claim: Claim<'_>) {
        let soa = self.zone.set(&self.zone.origin, RecordType::SOA).unwrap();
        let soa = self.with_signatures(soa);
        self.reply.authority.extend(soa);
        if self.dnssec {
            self.reply.authority.extend(self.zone.prove(claim));
        }
    }

    fn with_signatures(&self, records: &[Record]) -> Vec<Record> {
        let signatures = if self.dnssec { self.zone.signatures(records) } else { Vec::new() };
        [records, &signatures].concat()
    }
}
