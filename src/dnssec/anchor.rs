//! Where trust begins: keys of zones that the operator, or this program, vouches for (RFC 4033 §5).

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::bogus::Bogus;
use super::delegation::DsSet;
use super::key::{KeyData, is_supported};
use super::work::Work;
use super::zonefile::{Entry, entries};
use crate::dns::{Name, RecordType};

/// The keys of the root: KSK-2017 and KSK-2024, as IANA publishes them in `root-anchors.xml`.
const ROOT: &str = "
. DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
. DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16
";

/// What is wrong with a file of trust anchors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}; {remedy}")]
pub struct AnchorError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: String,
    /// What to do.
    pub remedy: &'static str,
}

/// The keys of one zone that are trusted without a parent's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub(super) ds: DsSet,
    /// The data of DNSKEY records, none of them revoked.
    pub(super) keys: Vec<Box<[u8]>>,
}

impl Anchor {
    pub(super) fn new(zone: Name) -> Self {
        Self { ds: DsSet::new(zone, []), keys: Vec::new() }
    }

    /// The zone.
    pub fn zone(&self) -> &Name {
        self.ds.zone()
    }

    /// Whether there is a key to trust: none is left where each was withdrawn (RFC 5011 §5).
    pub fn is_usable(&self) -> bool {
        self.ds.is_usable() || !self.keys.is_empty()
    }

    /// Whether a key of the zone is one of these.
    pub(super) fn names(&self, key: &KeyData<'_>, tag: u16, work: &mut Work) -> Result<bool, Bogus> {
        let is_here = self.keys.iter().any(|known| **known == *key.data);
        if is_here { Ok(true) } else { self.ds.names(key, tag, work) }
    }
}

/// The trust anchors of all zones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors(BTreeMap<Name, Anchor>);

impl Anchors {
    /// The keys of the root that this program was built with.
    pub fn built_in() -> Self {
        Self::parse(ROOT).unwrap_or_default()
    }

    /// Reads DS and DNSKEY records, of the root and of other zones, from zone-file text: what `dig . DNSKEY`, another
    /// resolver or IANA's tools print. A text without any is an error, as is a zone none of whose records can be
    /// checked.
    pub fn parse(text: &str) -> Result<Self, AnchorError> {
        let entries = entries(text)?;
        let mut anchors = Self::default();
        let mut ds: BTreeMap<&Name, Vec<Vec<u8>>> = BTreeMap::new();
        for entry in &entries {
            let data = read(entry)?;
            match entry.rtype {
                RecordType::DS => ds.entry(&entry.owner).or_default().push(data),
                _ => anchors.entry(&entry.owner).keys.push(data.into()),
            }
        }
        for (zone, records) in ds {
            anchors.entry(zone).ds = DsSet::new(zone.clone(), records.iter().map(Vec::as_slice));
        }
        let fail = |line, fault: &str, remedy| Err(AnchorError { line, fault: fault.into(), remedy });
        match entries.iter().find(|entry| !anchors.0.get(&entry.owner).is_some_and(Anchor::is_usable)) {
            Some(entry) => fail(
                entry.line,
                "no record of this zone has a digest that is known",
                "use digest type 2 (SHA-256) or 4 (SHA-384)",
            ),
            None if anchors.0.is_empty() => {
                fail(1, "no trust anchor", "write DS or DNSKEY records of the root, or of another zone")
            }
            None => Ok(anchors),
        }
    }

    /// The anchor of the lowest zone at or above a name.
    pub fn closest(&self, name: &Name) -> Option<&Anchor> {
        (0..=name.label_count()).rev().find_map(|count| self.0.get(&name.ancestor(count)))
    }

    /// Each zone's.
    pub fn iter(&self) -> impl Iterator<Item = &Anchor> {
        self.0.values()
    }

    pub(super) fn from_iter(anchors: impl Iterator<Item = Anchor>) -> Self {
        Self(anchors.map(|anchor| (anchor.zone().clone(), anchor)).collect())
    }

    fn entry(&mut self, zone: &Name) -> &mut Anchor {
        self.0.entry(zone.clone()).or_insert_with(|| Anchor::new(zone.clone()))
    }
}

/// The data of a DS or DNSKEY record.
fn read(entry: &Entry<'_>) -> Result<Vec<u8>, AnchorError> {
    let fail = |fault: String, remedy| Err(AnchorError { line: entry.line, fault, remedy });
    let is_ds = match entry.rtype {
        RecordType::DS => true,
        RecordType::DNSKEY => false,
        other => {
            return fail(format!("a {other} record is no trust anchor"), "leave DS and DNSKEY records alone here");
        }
    };
    let form = match is_ds {
        true => "write `ZONE DS TAG ALGORITHM DIGEST-TYPE DIGEST`, all but the digest in decimal digits",
        false => "write `ZONE DNSKEY FLAGS 3 ALGORITHM KEY`, all but the key in decimal digits",
    };
    let data = if is_ds { read_ds(&entry.data) } else { read_key(&entry.data) };
    let Some(data) = data else { return fail(format!("this is no {} record", entry.rtype), form) };
    let algorithm = if is_ds { data[2] } else { data[3] };
    if !is_supported(algorithm) {
        let remedy = "use a key of algorithm 8, 10, 13, 14 or 15";
        return fail(format!("signatures of algorithm {algorithm} cannot be checked"), remedy);
    }
    match (is_ds, KeyData::parse(&data)) {
        (true, _) => Ok(data),
        (false, Some(key)) if key.is_revoked() => {
            fail("this key was revoked by its holder".into(), "remove it")
        }
        (false, Some(key)) if key.is_zone_key() => Ok(data),
        (false, _) => fail("this is no zone key".into(), "use a key with flags 257 and protocol 3"),
    }
}

fn read_ds(words: &[&str]) -> Option<Vec<u8>> {
    let [tag, algorithm, digest_type, digest @ ..] = words else { return None };
    let digest = digest.concat();
    let mut data = tag.parse::<u16>().ok()?.to_be_bytes().to_vec();
    data.extend([algorithm.parse::<u8>().ok()?, digest_type.parse::<u8>().ok()?]);
    let (pairs, []) = digest.as_bytes().as_chunks::<2>() else { return None };
    for pair in pairs {
        let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
        data.push((high? << 4 | low?) as u8);
    }
    (data.len() > 4).then_some(data)
}

/// The data of a DNSKEY record from its words, the key in base64 in as many words as there are.
pub(super) fn read_key(words: &[&str]) -> Option<Vec<u8>> {
    let [flags, protocol, algorithm, key @ ..] = words else { return None };
    let mut data = flags.parse::<u16>().ok()?.to_be_bytes().to_vec();
    data.extend([protocol.parse::<u8>().ok()?, algorithm.parse::<u8>().ok()?]);
    data.extend(STANDARD.decode(key.concat()).ok()?);
    (data.len() > 4).then_some(data)
}

/// The words of the data of a DNSKEY record.
pub(super) fn write_key(data: &[u8]) -> String {
    let [high, low, protocol, algorithm, key @ ..] = data else { return String::new() };
    let flags = u16::from_be_bytes([*high, *low]);
    format!("{flags} {protocol} {algorithm} {}", STANDARD.encode(key))
}
