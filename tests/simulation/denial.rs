//! Proofs of absence: the chains of NSEC (RFC 4034 §4) and NSEC3 (RFC 5155) records, and which of them a denial
//! must carry.

use std::collections::BTreeSet;

use rempart::dns::{Name, Record, RecordType};

use super::zone::{Delegation, Denials, Nsec3, Sets, Zone};

/// What a reply has to prove.
#[derive(Clone, Copy)]
pub(super) enum Claim<'a> {
    /// The name exists, and this type of it does not.
    NoData(&'a Name),
    /// Neither the name exists nor a wildcard that would match.
    NoName(&'a Name),
    /// The name does not exist, but this wildcard does.
    Wildcard { name: &'a Name, wildcard: &'a Name },
    /// As before, and the wildcard has no such type.
    WildcardNoData { name: &'a Name, wildcard: &'a Name },
    /// The delegation has no DS.
    Unsigned(&'a Name),
}

impl Zone {
    /// Makes the chain of proofs; the data must be complete.
    pub(super) fn finish(&mut self) {
        if !self.proves() {
            return;
        }
        let minimum = self.set(&self.origin, RecordType::SOA).unwrap()[0].minimum().unwrap();
        match self.script.nsec3.clone() {
            Some(parameters) => self.chain_hashes(&parameters, minimum),
            None => self.chain_names(minimum),
        }
    }

    /// The types that this zone speaks for at a name, or none for what lies beyond a cut.
    fn own_types(&self, name: &Name, sets: &Sets) -> Option<BTreeSet<u16>> {
        let mut types: BTreeSet<u16> = sets.keys().map(|rtype| rtype.0).collect();
        match self.cut(name) {
            Some(cut) if cut != *name => return None,
            Some(_) => types.retain(|rtype| [RecordType::NS.0, RecordType::DS.0].contains(rtype)),
            None => {}
        }
        let unsigned = self.cut(name).is_some() && types.iter().eq([&RecordType::NS.0]);
        if !types.is_empty() && !unsigned {
            types.insert(RecordType::RRSIG.0);
        }
        Some(types)
    }

    fn chain_names(&mut self, ttl: u32) {
        let mut owners = Vec::new();
        for (name, sets) in &self.nodes {
            if let Some(mut types) = self.own_types(name, sets).filter(|types| !types.is_empty()) {
                types.extend([RecordType::RRSIG.0, RecordType::NSEC.0]);
                owners.push((name.clone(), types));
            }
        }
        for index in 0..owners.len() {
            let (owner, types) = &owners[index];
            let next = owners[(index + 1) % owners.len()].0.to_lowercase();
            let data = [next.as_wire(), &bitmap(types)].concat().into();
            let owner = owner.clone();
            self.add(Record { owner, rtype: RecordType::NSEC, ttl, data });
        }
    }

    fn chain_hashes(&mut self, parameters: &Nsec3, ttl: u32) {
        let salt = super::text::octets(&parameters.salt);
        let iterations = parameters.iterations.to_be_bytes();
        let head = |flags: u8| [&[1, flags], &iterations[..], &[salt.len() as u8], &salt[..]].concat();
        let owner = self.origin.clone();
        self.add(Record { owner, rtype: RecordType(51), ttl: 0, data: head(0).into() });
        let unsigned = |types: &BTreeSet<u16>| types.iter().eq([&RecordType::NS.0]);
        let mut kept: BTreeSet<Name> = BTreeSet::new();
        for (name, sets) in &self.nodes {
            let Some(types) = self.own_types(name, sets) else { continue };
            if types.is_empty() || (parameters.opt_out && unsigned(&types)) {
                continue;
            }
            let counts = self.origin.label_count()..=name.label_count();
            kept.extend(counts.map(|count| name.ancestor(count)));
        }
        let mut hashes: Vec<([u8; 20], BTreeSet<u16>)> = Vec::new();
        for name in kept {
            let types = self.own_types(&name, &self.nodes[&name]).unwrap_or_default();
            hashes.push((self.hash(parameters, &name), types));
        }
        hashes.sort();
        for index in 0..hashes.len() {
            let (hash, types) = &hashes[index];
            let next = hashes[(index + 1) % hashes.len()].0;
            let head = head(u8::from(parameters.opt_out));
            let data = [&head, &[20][..], &next, &bitmap(types)].concat().into();
            let owner = self.origin.child(&base32(hash)).unwrap();
            self.hashed.insert(*hash, Record { owner, rtype: RecordType::NSEC3, ttl, data });
        }
    }

    /// The records that prove `claim`, with their signatures.
    pub(super) fn prove(&self, claim: Claim<'_>) -> Vec<Record> {
        if !self.proves() || self.script.denials == Denials::Missing {
            return Vec::new();
        }
        let records = match &self.script.nsec3 {
            Some(parameters) => self.prove_by_hash(parameters, claim),
            None => self.prove_by_name(claim),
        };
        let signed = |record: Record| {
            let signatures = self.signatures(std::slice::from_ref(&record));
            [vec![record], signatures].concat()
        };
        records.into_iter().flat_map(signed).collect()
    }

    fn prove_by_name(&self, claim: Claim<'_>) -> Vec<Record> {
        let elsewhere = self.origin.clone();
        let mut names = match claim {
            Claim::NoData(name) | Claim::Unsigned(name) | Claim::Wildcard { name, .. } => vec![name.clone()],
            Claim::NoName(name) if self.script.denials == Denials::WithoutWildcard => vec![name.clone()],
            Claim::NoName(name) => {
                vec![name.clone(), self.encloser(name).child(b"*").unwrap_or_else(|| name.clone())]
            }
            Claim::WildcardNoData { name, wildcard } => vec![name.clone(), wildcard.clone()],
        };
        if self.script.denials == Denials::Wrong {
            names = vec![elsewhere];
        }
        let owners: BTreeSet<&Name> = names.iter().filter_map(|name| self.before(name)).collect();
        owners.into_iter().filter_map(|owner| self.set(owner, RecordType::NSEC)?.first().cloned()).collect()
    }

    /// The owner of the NSEC record that matches or covers `name`.
    fn before(&self, name: &Name) -> Option<&Name> {
        let until = self.nodes.range(..=name.clone()).rev();
        until.filter(|(_, sets)| sets.contains_key(&RecordType::NSEC)).map(|(owner, _)| owner).next()
    }

    /// The deepest name that exists at or above `name`.
    pub(super) fn encloser(&self, name: &Name) -> Name {
        let mut name = name.clone();
        while !self.nodes.contains_key(&name) {
            name = name.parent().expect("the apex exists");
        }
        name
    }

    fn prove_by_hash(&self, parameters: &Nsec3, claim: Claim<'_>) -> Vec<Record> {
        let mut hashes = BTreeSet::new();
        let mut cover = |name: &Name| hashes.insert(self.hash(parameters, name));
        let next_closer = |name: &Name, encloser: &Name| name.ancestor(encloser.label_count() + 1);
        match claim {
            Claim::NoData(name) => {
                cover(name);
            }
            Claim::Unsigned(name) => self.prove_unsigned(name, |name| cover(name)),
            Claim::NoName(name) => {
                let encloser = self.encloser(name);
                cover(&encloser);
                cover(&next_closer(name, &encloser));
                if self.script.denials != Denials::WithoutWildcard {
                    encloser.child(b"*").iter().for_each(|name| {
                        cover(name);
                    });
                }
            }
            Claim::Wildcard { name, wildcard } => {
                cover(&next_closer(name, &wildcard.parent().unwrap()));
            }
            Claim::WildcardNoData { name, wildcard } => {
                let encloser = wildcard.parent().unwrap();
                cover(&encloser);
                cover(&next_closer(name, &encloser));
                cover(wildcard);
            }
        }
        if self.script.denials == Denials::Wrong {
            hashes = [self.hash(parameters, &self.origin)].into();
        }
        let owners: BTreeSet<[u8; 20]> = hashes.iter().filter_map(|hash| self.hash_before(*hash)).collect();
        owners.iter().map(|hash| self.hashed[hash].clone()).collect()
    }

    /// A delegation without DS: its own record, or with opt-out the provable encloser and what covers the rest.
    fn prove_unsigned(&self, name: &Name, mut cover: impl FnMut(&Name) -> bool) {
        let parameters = self.script.nsec3.as_ref().unwrap();
        let has = |name: &Name| self.hashed.contains_key(&self.hash(parameters, name));
        if has(name) {
            cover(name);
            return;
        }
        let mut encloser = name.clone();
        while !has(&encloser) {
            encloser = encloser.parent().expect("the apex has a record");
        }
        cover(&encloser);
        cover(&name.ancestor(encloser.label_count() + 1));
    }

    fn hash_before(&self, hash: [u8; 20]) -> Option<[u8; 20]> {
        let before = self.hashed.range(..=hash).next_back().or_else(|| self.hashed.iter().next_back());
        before.map(|(hash, _)| *hash)
    }

    /// Whether the parent of the cut should hold a DS for it.
    pub(super) fn wants_delegation(&self) -> bool {
        self.is_signed() && self.script.ds != Delegation::Absent
    }
}

/// RFC 4034 §4.1.2.
fn bitmap(types: &BTreeSet<u16>) -> Vec<u8> {
    let mut windows: Vec<(u8, Vec<u8>)> = Vec::new();
    for rtype in types {
        let [window, low] = rtype.to_be_bytes();
        if windows.last().is_none_or(|(last, _)| *last != window) {
            windows.push((window, Vec::new()));
        }
        let bits = &mut windows.last_mut().unwrap().1;
        bits.resize(usize::from(low / 8) + 1, 0);
        bits[usize::from(low / 8)] |= 0x80 >> (low % 8);
    }
    windows.iter().flat_map(|(window, bits)| [&[*window, bits.len() as u8], &bits[..]].concat()).collect()
}

/// RFC 4648 §7, in lower case.
fn base32(hash: &[u8; 20]) -> Vec<u8> {
    const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrstuv";
    let bit = |at: usize| hash[at / 8] >> (7 - at % 8) & 1;
    let digit = |at: usize| (0..5).fold(0, |value, bit_at| value << 1 | bit(at * 5 + bit_at));
    (0..32).map(|at| DIGITS[usize::from(digit(at))]).collect()
}
