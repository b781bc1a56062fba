//! Explaining: the same decision as for a query, in words.

use std::net::IpAddr;

use super::cache::Key;
use super::engine::Engine;
use super::outcome::Now;
use crate::blocklist::Suffixes;
use crate::dns::{Canonical, Name, RecordType, section_addresses};
use crate::policy::{Asked, Explanation, Ruling};

impl Engine {
    /// Says what becomes of a name for a client, and why: the decision of [`Engine::answer`] in words, with what
    /// the name is known to lead to. Reads the rule's text from disk.
    pub fn explain(&self, client: IpAddr, name: &Name, rtype: RecordType, now: Now) -> Explanation {
        let policy = self.policy.load();
        let group = policy.group(client);
        let canonical = name.canonical();
        let suffixes = policy.suffixes(&canonical);
        let of_name = policy.explain(group, Asked::Name(name), rtype, now.wall);
        if self.clients.find(client).is_none() {
            return Explanation { ruling: Ruling::Denied, ..of_name };
        }
        if of_name.ruling != Ruling::Pass || policy.is_excused(group, &suffixes, now.wall) {
            return of_name;
        }
        let behind = self.known_behind(&canonical, &suffixes, now).into_iter();
        let mut behind = behind.map(|asked| policy.explain(group, asked.as_asked(), rtype, now.wall));
        match behind.find(|explanation| explanation.ruling == Ruling::Block) {
            Some(of_alias) => Explanation { name: of_name.name, through: Some(of_alias.name), ..of_alias },
            None => of_name,
        }
    }

    /// The aliases and addresses that the cache knows behind a name.
    fn known_behind(&self, name: &Canonical, suffixes: &Suffixes, now: Now) -> Vec<Behind> {
        let mut behind = Vec::new();
        for rtype in [RecordType::A, RecordType::AAAA, RecordType::HTTPS] {
            for (dnssec_ok, checking_disabled) in [(false, false), (true, false), (false, true), (true, true)]
            {
                let place = suffixes.whole().map_or(0, |hash| hash.place());
                let key = Key { place, name: name.as_wire(), rtype, dnssec_ok, checking_disabled };
                let Some(guard) = self.cache.find(&key, now.monotonic) else { continue };
                let Some(entry) = guard.as_ref() else { continue };
                let names = entry.chain.iter().filter_map(|alias| Name::from_wire(alias).ok());
                behind.extend(names.map(Behind::Name));
                behind.extend(section_addresses(&entry.sections, entry.counts[0]).map(Behind::Address));
            }
        }
        behind
    }
}

/// What a name leads to.
enum Behind {
    Name(Name),
    Address(IpAddr),
}

impl Behind {
    fn as_asked(&self) -> Asked<'_> {
        match self {
            Self::Name(name) => Asked::Name(name),
            Self::Address(address) => Asked::Address(*address),
        }
    }
}
