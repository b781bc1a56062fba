//! Zone cuts: which servers are asked for a zone, and where their addresses come from.
//!
//! A delegation is what the parent's servers say (RFC 1034 §4.2.1), for as long as they say it: nothing that the
//! zone itself says prolongs it, so a name that its registry takes away is gone when its time is up. Addresses that
//! come with it are glue (RFC 9471): they lead to the servers and are never anybody's answer.

use std::net::IpAddr;
use std::sync::Arc;

use super::settings::FixedZone;
use super::world::Moment;
use crate::dns::{Message, Name, Record, RecordType, Rrset};

/// As many servers of a zone are looked at; the root has 13.
const MOST_SERVERS: usize = 24;
/// As many addresses of one server.
const MOST_ADDRESSES: usize = 8;
/// A delegation is kept for at least and at most this long, in seconds.
const SHORTEST_LIFE: u32 = 5;
pub(super) const LONGEST_LIFE: u32 = 86_400;

/// The servers of a zone.
#[derive(Clone, Debug)]
pub(super) struct Delegation {
    /// The name at the cut.
    pub(super) zone: Name,
    /// The zone whose servers delegate it; nothing lies between. The root's is the root.
    pub(super) parent: Name,
    /// Its servers by name.
    pub(super) servers: Vec<NameServer>,
    /// What the parent says of the zone's keys: DS records, or NSEC or NSEC3 records that deny them.
    pub(super) signer: Vec<Rrset>,
    /// Until when that may be believed: its own TTL is often shorter than that of the delegation.
    pub(super) signer_until: Moment,
    /// Until when it holds.
    pub(super) expires: Moment,
}

/// One server of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NameServer {
    /// Its name.
    pub(super) name: Name,
    /// Its addresses, as far as the delegation has them.
    pub(super) glue: Vec<IpAddr>,
}

/// Who is asked for a name.
#[derive(Clone, Debug)]
pub(super) enum Route {
    /// The servers of a zone, from which referrals lead on.
    Zone(Arc<Delegation>),
    /// Servers that the operator named.
    Fixed(Arc<FixedZone>),
}

impl Route {
    /// The zone whose servers are asked: what they say of names outside is not heard.
    pub(super) fn zone(&self) -> &Name {
        match self {
            Self::Zone(delegation) => &delegation.zone,
            Self::Fixed(fixed) => &fixed.zone,
        }
    }

    /// Whether the servers are asked to resolve, and their answers are whole.
    pub(super) fn is_recursive(&self) -> bool {
        matches!(self, Self::Fixed(fixed) if fixed.recursive)
    }
}

impl Delegation {
    /// The delegation of `zone` that a reply of the servers of `parent` holds. `reachable` says which addresses may
    /// be asked at all.
    pub(super) fn of_referral(
        reply: &Message,
        zone: &Name,
        parent: &Name,
        now: Moment,
        reachable: impl Fn(IpAddr) -> bool,
    ) -> Self {
        let names =
            reply.authority.iter().filter(|record| record.rtype == RecordType::NS && record.owner == *zone);
        let ttl = names.clone().map(|record| record.ttl).min().unwrap_or(0);
        let proves = |set: &Rrset| match set.rtype {
            RecordType::DS => set.owner == *zone,
            RecordType::NSEC | RecordType::NSEC3 => set.owner.is_within(parent),
            _ => false,
        };
        let signer: Vec<Rrset> = Rrset::group(&reply.authority).into_iter().filter(proves).collect();
        Self {
            zone: zone.clone(),
            parent: parent.clone(),
            servers: name_servers(names, &reply.additional, parent, reachable),
            signer_until: now.after_seconds(signer.iter().map(|set| set.ttl).min().unwrap_or(0)),
            signer,
            expires: now.after_seconds(ttl.clamp(SHORTEST_LIFE, LONGEST_LIFE)),
        }
    }

    /// The same for no longer than the way to whoever gave it is known: else a zone that was taken away would live on
    /// below itself.
    pub(super) fn no_longer_than(mut self, route: &Route, now: Moment) -> Self {
        if let Route::Zone(above) = route {
            self.expires = self.expires.min(above.expires.max(now.after_seconds(SHORTEST_LIFE)));
        }
        self
    }

    /// The octets that it takes in memory.
    pub(super) fn weight(&self) -> usize {
        let server = |server: &NameServer| {
            size_of::<NameServer>() + server.name.as_wire().len() + server.glue.len() * size_of::<IpAddr>()
        };
        let set = |set: &Rrset| size_of::<Rrset>() + set.weight();
        size_of::<Self>()
            + self.zone.as_wire().len()
            + self.parent.as_wire().len()
            + self.servers.iter().map(server).sum::<usize>()
            + self.signer.iter().map(set).sum::<usize>()
    }
}

/// The servers that NS records name, with those addresses beside them that their sender may speak of: it has a say
/// below `bailiwick` and nowhere else.
pub(super) fn name_servers<'a>(
    names: impl Iterator<Item = &'a Record>,
    additional: &[Record],
    bailiwick: &Name,
    reachable: impl Fn(IpAddr) -> bool,
) -> Vec<NameServer> {
    let mut servers: Vec<NameServer> = Vec::new();
    for name in names.filter_map(|record| Name::from_wire(&record.data).ok()) {
        if servers.len() == MOST_SERVERS {
            break;
        }
        if servers.iter().all(|server| server.name != name) {
            servers.push(NameServer { name, glue: Vec::new() });
        }
    }
    let addresses =
        additional.iter().filter(|record| matches!(record.rtype, RecordType::A | RecordType::AAAA));
    for record in addresses.filter(|record| record.owner.is_within(bailiwick)) {
        let Some(server) = servers.iter_mut().find(|server| server.name == record.owner) else { continue };
        for address in record.addresses().filter(|address| reachable(*address)) {
            if server.glue.len() < MOST_ADDRESSES && !server.glue.contains(&address) {
                server.glue.push(address);
            }
        }
    }
    servers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::from_text(text).unwrap()
    }

    fn record(owner: &str, rtype: RecordType, data: &[u8]) -> Record {
        Record { owner: name(owner), rtype, ttl: 60, data: data.into() }
    }

    #[test]
    fn glue_is_taken_from_within_and_for_named_servers_alone() {
        let names = [
            record("a.com", RecordType::NS, name("ns.a.com").as_wire()),
            record("a.com", RecordType::NS, name("NS.b.com").as_wire()),
            record("a.com", RecordType::NS, name("ns.a.net").as_wire()),
            record("a.com", RecordType::NS, name("NS.A.com").as_wire()),
        ];
        let additional = [
            record("NS.a.com", RecordType::A, &[192, 0, 2, 1]),
            record("ns.a.com", RecordType::A, &[192, 0, 2, 1]),
            record("ns.a.com", RecordType::AAAA, &[0x20; 16]),
            record("ns.a.com", RecordType::A, &[127, 0, 0, 1]),
            record("ns.b.com", RecordType::A, &[192, 0, 2, 2]),
            record("ns.a.net", RecordType::A, &[192, 0, 2, 3]),
            record("www.a.com", RecordType::A, &[192, 0, 2, 4]),
        ];
        let servers = name_servers(names.iter(), &additional, &name("com"), |address| !address.is_loopback());
        let glue: Vec<(String, usize)> =
            servers.iter().map(|server| (server.name.to_string(), server.glue.len())).collect();
        let expected = [("ns.a.com.", 2), ("NS.b.com.", 1), ("ns.a.net.", 0)];
        assert_eq!(glue, expected.map(|(name, count)| (name.to_owned(), count)));
    }
}
