//! A zone: its data, its keys, its proofs of absence, and what is broken in it on purpose.
//!
//! ```toml
//! [[zone]]
//! label = "old"            # what servers call it; absent: its name
//! text = "..."
//! signatures = "good"      # signs it. A flaw here spoils every signature but those over the keys
//! algorithm = "ed25519"    # of its one key, unless `keys` names them
//! keys = [{ algorithm = "ed25519", id = 0, role = "both", published = true, signs = true, anchored = true }]
//! nsec3 = { salt = "aabb", iterations = 0, opt_out = false }     # instead of NSEC
//! ds = "good"              # what the parent holds for it
//! flaws = [{ name = "www", type = "A", flaw = "expired" }]       # name absent: the apex
//! denials = "missing"      # or "wrong", "without-wildcard"
//! colliding = 0            # more keys with the tag of the first, and as many wrong signatures
//! ```

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use rempart::dns::{Name, Record, RecordType};
use serde::Deserialize;

use super::keys::{Algorithm, Claims, Key};
use super::text;

/// A zone as it is written.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ZoneScript {
    pub(crate) label: Option<String>,
    pub(crate) text: String,
    pub(crate) signatures: Option<Flaw>,
    pub(crate) algorithm: Algorithm,
    pub(crate) keys: Vec<KeyScript>,
    pub(crate) nsec3: Option<Nsec3>,
    pub(crate) ds: Delegation,
    pub(crate) flaws: Vec<FlawScript>,
    pub(crate) denials: Denials,
    pub(crate) colliding: u8,
}

/// A key as it is written.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct KeyScript {
    algorithm: Algorithm,
    /// Tells the keys of a zone apart, and makes keys of two versions of it the same.
    id: u8,
    role: Role,
    /// Whether it is in the set of keys.
    published: bool,
    signs: bool,
    /// Whether the parent holds a DS for it.
    anchored: bool,
    revoked: bool,
    /// Whether it says that it is a key of a zone.
    zone_key: bool,
}

impl Default for KeyScript {
    fn default() -> Self {
        Self {
            algorithm: Algorithm::default(),
            id: 0,
            role: Role::Both,
            published: true,
            signs: true,
            anchored: true,
            revoked: false,
            zone_key: true,
        }
    }
}

/// What a key signs.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Role {
    Both,
    /// The set of keys alone.
    Keys,
    /// All but the set of keys.
    Data,
}

/// What is wrong with a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Flaw {
    Good,
    Expired,
    Early,
    Corrupt,
    /// Of a zone: its keys are nowhere to be had.
    Keyless,
    /// There is none. Of a zone: there are no proofs of absence either, and the keys are not signed.
    Missing,
    /// It says that the parent of the zone made it.
    WrongSigner,
    /// It names a key that there is not.
    WrongTag,
    /// Its algorithm is unknown.
    UnknownAlgorithm,
    /// It says that it was made over a longer name.
    TooManyLabels,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlawScript {
    name: Option<String>,
    #[serde(rename = "type")]
    rtype: String,
    flaw: Flaw,
}

/// What the parent says of the zone's keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Delegation {
    #[default]
    Good,
    Absent,
    WrongDigest,
    WrongTag,
    UnknownAlgorithm,
    UnknownDigest,
    Sha1,
    Sha384,
    /// A right one beside one of an unknown digest.
    GoodAndUnknown,
    /// A right one beside one of a key that is gone.
    GoodAndStale,
}

/// What is wrong with denials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Denials {
    #[default]
    Sound,
    /// They come without proofs.
    Missing,
    /// They come with the proof of another name.
    Wrong,
    /// They leave out that no wildcard matches.
    WithoutWildcard,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Nsec3 {
    pub(crate) salt: String,
    pub(crate) iterations: u16,
    pub(crate) opt_out: bool,
}

pub(super) type Sets = BTreeMap<RecordType, Vec<Record>>;

/// A zone that answers.
pub(crate) struct Zone {
    pub(super) origin: Name,
    pub(super) label: String,
    /// Every name, those that only have names below them too.
    pub(super) nodes: BTreeMap<Name, Sets>,
    /// NSEC3 records by hash.
    pub(super) hashed: BTreeMap<[u8; 20], Record>,
    pub(super) script: ZoneScript,
    keys: Vec<(KeyScript, Key)>,
    signed: Mutex<HashMap<(Name, RecordType), Vec<Record>>>,
}

impl Zone {
    /// Reads the zone; its proofs of absence are made by [`Zone::finish`].
    pub(super) fn new(script: ZoneScript) -> Self {
        let records = text::records(&script.text, &Name::root());
        Self::of(records, script)
    }

    /// The zone of these records.
    pub(super) fn of(records: Vec<Record>, script: ZoneScript) -> Self {
        let soa = records.iter().find(|record| record.rtype == RecordType::SOA).expect("a zone with SOA");
        let origin = soa.owner.to_lowercase();
        let label = script.label.clone().unwrap_or_else(|| origin.to_string());
        let mut zone = Self {
            label: label.trim_end_matches('.').into(),
            nodes: BTreeMap::new(),
            hashed: BTreeMap::new(),
            keys: Vec::new(),
            signed: Mutex::default(),
            origin,
            script,
        };
        records.into_iter().for_each(|record| zone.add(record));
        if zone.script.signatures.is_some() {
            zone.make_keys();
        }
        zone
    }

    fn make_keys(&mut self) {
        let mut scripts = self.script.keys.clone();
        if scripts.is_empty() {
            scripts.push(KeyScript { algorithm: self.script.algorithm, ..KeyScript::default() });
        }
        for script in scripts {
            let entry = if script.role == Role::Data { 0 } else { 1 };
            let flags = entry | u16::from(script.revoked) << 7 | u16::from(script.zone_key) << 8;
            let key = Key::new(&self.origin, script.algorithm, script.id, flags);
            self.keys.push((script, key));
        }
        if self.script.signatures == Some(Flaw::Keyless) {
            return;
        }
        let published = self.keys.iter().filter(|(script, _)| script.published);
        let mut dnskeys: Vec<Vec<u8>> = published.map(|(_, key)| key.dnskey.clone()).collect();
        dnskeys.extend((0..self.script.colliding).map(|number| self.keys[0].1.colliding(number)));
        for data in dnskeys {
            let owner = self.origin.clone();
            self.add(Record { owner, rtype: RecordType::DNSKEY, ttl: 3600, data: data.into() });
        }
    }

    /// Adds a record, and the names that thereby exist.
    pub(super) fn add(&mut self, record: Record) {
        let mut above = record.owner.parent();
        while let Some(name) = above.filter(|name| name.is_within(&self.origin)) {
            above = name.parent();
            self.nodes.entry(name).or_default();
        }
        self.nodes.entry(record.owner.clone()).or_default().entry(record.rtype).or_default().push(record);
    }

    pub(super) fn set(&self, name: &Name, rtype: RecordType) -> Option<&Vec<Record>> {
        self.nodes.get(name)?.get(&rtype)
    }

    /// The zone cut at or above `name`, nearest to the apex.
    pub(super) fn cut(&self, name: &Name) -> Option<Name> {
        let depth = self.origin.label_count();
        let below = depth + 1..=name.label_count();
        below.map(|count| name.ancestor(count)).find(|name| self.set(name, RecordType::NS).is_some())
    }

    /// The DNAME above `name`.
    pub(super) fn substitution(&self, name: &Name) -> Option<&Record> {
        let counts = self.origin.label_count()..name.label_count();
        counts.map(|count| name.ancestor(count)).find_map(|name| self.set(&name, RecordType::DNAME)?.first())
    }

    /// DS records for the parent to hold.
    pub(super) fn delegation_signers(&self) -> Vec<Record> {
        let mut datas = Vec::new();
        for (script, key) in &self.keys {
            if !script.anchored || script.role == Role::Data {
                continue;
            }
            let sound = key.delegation(&self.origin, 2);
            let mut spoiled = sound.clone();
            match self.script.ds {
                Delegation::Good => datas.push(sound),
                Delegation::Absent => {}
                Delegation::WrongDigest => {
                    spoiled[10] ^= 1;
                    datas.push(spoiled);
                }
                Delegation::WrongTag => {
                    spoiled[1] ^= 1;
                    datas.push(spoiled);
                }
                Delegation::UnknownAlgorithm => {
                    spoiled[2] = Algorithm::Unknown.number();
                    datas.push(spoiled);
                }
                Delegation::UnknownDigest => datas.push(key.delegation(&self.origin, 200)),
                Delegation::Sha1 => datas.push(key.delegation(&self.origin, 1)),
                Delegation::Sha384 => datas.push(key.delegation(&self.origin, 4)),
                Delegation::GoodAndUnknown => datas.extend([key.delegation(&self.origin, 200), sound]),
                Delegation::GoodAndStale => {
                    let gone = Key::new(&self.origin, script.algorithm, 99, 257);
                    datas.extend([gone.delegation(&self.origin, 2), sound]);
                }
            }
        }
        let record = |data: Vec<u8>| Record {
            owner: self.origin.clone(),
            rtype: RecordType::DS,
            ttl: 3600,
            data: data.into(),
        };
        datas.into_iter().map(record).collect()
    }

    /// The text of a trust anchor file: the keys that a parent would hold a DS for.
    pub(super) fn trust_anchor(&self) -> String {
        use base64::Engine;
        let anchored = self.keys.iter().filter(|(script, _)| script.anchored && script.role != Role::Data);
        let line = |(_, key): &(KeyScript, Key)| {
            let public = base64::engine::general_purpose::STANDARD.encode(&key.dnskey[4..]);
            let flags = u16::from_be_bytes([key.dnskey[0], key.dnskey[1]]);
            format!("{} 3600 IN DNSKEY {flags} 3 {} {public}\n", self.origin, key.dnskey[3])
        };
        anchored.map(line).collect()
    }

    pub(super) fn is_signed(&self) -> bool {
        !self.keys.is_empty()
    }

    /// Whether there are proofs of absence.
    pub(super) fn proves(&self) -> bool {
        self.is_signed() && self.script.signatures != Some(Flaw::Missing)
    }

    /// The signatures over a set, made when they are first wanted.
    pub(super) fn signatures(&self, records: &[Record]) -> Vec<Record> {
        let Some(first) = records.first().filter(|_| self.is_signed()) else { return Vec::new() };
        let key = (first.owner.to_lowercase(), first.rtype);
        self.signed.lock().unwrap().entry(key).or_insert_with(|| self.sign(records)).clone()
    }

    fn flaw(&self, owner: &Name, rtype: RecordType) -> Flaw {
        let whole = self.script.signatures.unwrap_or(Flaw::Missing);
        let named = self.script.flaws.iter().find(|flaw| {
            let name = flaw.name.as_ref().map_or(self.origin.clone(), |name| text::name(name, &self.origin));
            name == *owner && RecordType::from_text(&flaw.rtype) == Some(rtype)
        });
        match named {
            Some(named) => named.flaw,
            // The keys stay sound, so that it is the data that fails.
            None if rtype == RecordType::DNSKEY && whole != Flaw::Missing => Flaw::Good,
            None => whole,
        }
    }

    fn sign(&self, records: &[Record]) -> Vec<Record> {
        let (owner, rtype) = (&records[0].owner, records[0].rtype);
        let flaw = self.flaw(owner, rtype);
        if flaw == Flaw::Missing {
            return Vec::new();
        }
        let not_ours = if rtype == RecordType::DNSKEY { Role::Data } else { Role::Keys };
        let ours = self.keys.iter().filter(|(script, _)| script.signs && script.role != not_ours);
        let mut signatures = Vec::new();
        for (_, key) in ours {
            let sound = Claims::new(key, &self.origin, owner);
            for number in 0..self.script.colliding {
                signatures.push(sound.sign(key, records, |octets| octets[5] ^= number + 1));
            }
            let mut claims = sound;
            match flaw {
                Flaw::Expired => claims.expiration = claims.inception + 31_536_000,
                Flaw::Early => claims.inception = claims.expiration - 31_536_000,
                Flaw::WrongSigner => claims.signer = self.origin.parent().unwrap_or_else(Name::root),
                Flaw::WrongTag => claims.tag ^= 1,
                Flaw::UnknownAlgorithm => claims.algorithm = Algorithm::Unknown.number(),
                Flaw::TooManyLabels => claims.labels += 1,
                Flaw::Good | Flaw::Corrupt | Flaw::Keyless | Flaw::Missing => {}
            }
            signatures.push(claims.sign(key, records, |octets| octets[4] ^= u8::from(flaw == Flaw::Corrupt)));
        }
        signatures
    }

    /// The hash of a name (RFC 5155 §5).
    pub(super) fn hash(&self, parameters: &Nsec3, name: &Name) -> [u8; 20] {
        let salt = text::octets(&parameters.salt);
        let mut hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, &[name.to_lowercase().as_wire(), &salt].concat());
        for _ in 0..parameters.iterations {
            hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, &[hash.as_ref(), &salt].concat());
        }
        hash.as_ref().try_into().unwrap()
    }
}
