//! Where trust begins: keys of zones that the operator, or this program, vouches for (RFC 4033 §5).

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::bogus::Bogus;
use super::delegation::DsSet;
use super::key::{Algorithms, KeyData};
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
    pub(super) fn new(zone: Name, algorithms: Algorithms) -> Self {
        Self { ds: DsSet::new(zone, algorithms, []), keys: Vec::new() }
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
    pub fn built_in(algorithms: Algorithms) -> Self {
        Self::parse(ROOT, algorithms).unwrap_or_default()
    }

    /// Reads DS and DNSKEY records, of the root and of other zones, from zone-file text: what `dig . DNSKEY`, another
    /// resolver or IANA's tools print. A text without any is an error, as is a zone none of whose records can be
    /// checked. These algorithms count in those zones and below.
    pub fn parse(text: &str, algorithms: Algorithms) -> Result<Self, AnchorError> {
        let entries = entries(text)?;
        let mut anchors = Self::default();
        let mut ds: BTreeMap<&Name, Vec<Vec<u8>>> = BTreeMap::new();
        for entry in &entries {
            let data = read(entry, algorithms)?;
            match entry.rtype {
                RecordType::DS => ds.entry(&entry.owner).or_default().push(data),
                _ => anchors.entry(&entry.owner, algorithms).keys.push(data.into()),
            }
        }
        for (zone, records) in ds {
            let records = records.iter().map(Vec::as_slice);
            anchors.entry(zone, algorithms).ds = DsSet::new(zone.clone(), algorithms, records);
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
        // There are few, so that looking at each is less than making up the names above.
        let above = self.0.values().filter(|anchor| name.is_within(anchor.zone()));
        above.max_by_key(|anchor| anchor.zone().label_count())
    }

    /// The anchor of exactly this zone.
    pub fn of(&self, zone: &Name) -> Option<&Anchor> {
        self.0.get(zone)
    }

    /// Each zone's.
    pub fn iter(&self) -> impl Iterator<Item = &Anchor> {
        self.0.values()
    }

    pub(super) fn from_iter(anchors: impl Iterator<Item = Anchor>) -> Self {
        Self(anchors.map(|anchor| (anchor.zone().clone(), anchor)).collect())
    }

    fn entry(&mut self, zone: &Name, algorithms: Algorithms) -> &mut Anchor {
        self.0.entry(zone.clone()).or_insert_with(|| Anchor::new(zone.clone(), algorithms))
    }
}

/// The data of a DS or DNSKEY record.
fn read(entry: &Entry<'_>, algorithms: Algorithms) -> Result<Vec<u8>, AnchorError> {
    let fail = |fault: String, remedy| Err(AnchorError { line: entry.line, fault, remedy });
    let is_ds = match entry.rtype {
        RecordType::DS => true,
        RecordType::DNSKEY => false,
        other => {
            return fail(
                format!("a {other} record is no trust anchor"),
                "leave DS and DNSKEY records alone here",
            );
        }
    };
    let form = match is_ds {
        true => "write `ZONE DS TAG ALGORITHM DIGEST-TYPE DIGEST`, all but the digest in decimal digits",
        false => "write `ZONE DNSKEY FLAGS 3 ALGORITHM KEY`, all but the key in decimal digits",
    };
    let data = if is_ds { read_ds(&entry.data) } else { read_key(&entry.data) };
    let Some(data) = data else { return fail(format!("this is no {} record", entry.rtype), form) };
    let algorithm = if is_ds { data[2] } else { data[3] };
    if !algorithms.include(algorithm) {
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
    data.extend([read_algorithm(algorithm)?, digest_type.parse::<u8>().ok()?]);
    let (pairs, []) = digest.as_bytes().as_chunks::<2>() else { return None };
    for pair in pairs {
        let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
        data.push((high? << 4 | low?) as u8);
    }
    (data.len() > 4).then_some(data)
}

/// An algorithm by its number or its mnemonic (RFC 4034 §2.2 and IANA's registry).
fn read_algorithm(word: &str) -> Option<u8> {
    let known = MNEMONICS.iter().find(|(mnemonic, _)| word.eq_ignore_ascii_case(mnemonic));
    known.map_or_else(|| word.parse().ok(), |(_, number)| Some(*number))
}

const MNEMONICS: [(&str, u8); 8] = [
    ("RSASHA1", 5),
    ("RSASHA1-NSEC3-SHA1", 7),
    ("NSEC3RSASHA1", 7),
    ("RSASHA256", 8),
    ("RSASHA512", 10),
    ("ECDSAP256SHA256", 13),
    ("ECDSAP384SHA384", 14),
    ("ED25519", 15),
];

/// The data of a DNSKEY record from its words, the key in base64 in as many words as there are.
pub(super) fn read_key(words: &[&str]) -> Option<Vec<u8>> {
    let [flags, protocol, algorithm, key @ ..] = words else { return None };
    let mut data = flags.parse::<u16>().ok()?.to_be_bytes().to_vec();
    data.extend([protocol.parse::<u8>().ok()?, read_algorithm(algorithm)?]);
    data.extend(STANDARD.decode(key.concat()).ok()?);
    (data.len() > 4).then_some(data)
}

/// The words of the data of a DNSKEY record.
pub(super) fn write_key(data: &[u8]) -> String {
    let [high, low, protocol, algorithm, key @ ..] = data else { return String::new() };
    let flags = u16::from_be_bytes([*high, *low]);
    format!("{flags} {protocol} {algorithm} {}", STANDARD.encode(key))
}

#[cfg(test)]
mod tests {
    use hickory_resolver::proto::dnssec::TrustAnchors;

    use super::*;
    use crate::dns::Rrset;
    use crate::dnssec::testing::{NOW, Signer, name};
    use crate::dnssec::{Verified, ZoneKeys, verify};

    #[test]
    fn the_root_keys_are_those_of_the_oracle() {
        let anchors = Anchors::built_in(Algorithms::default());
        let anchor = anchors.closest(&name("any.example")).unwrap();
        let oracle = TrustAnchors::default();
        let mut tags = Vec::new();
        for index in 0..oracle.len() {
            use hickory_resolver::proto::dnssec::PublicKey;
            let public = oracle.get(index).unwrap().public_bytes();
            let data = [&[1, 1, 3, 8][..], public].concat();
            let key = KeyData::parse(&data).unwrap();
            assert_eq!(anchor.names(&key, key.tag(), &mut Work::new()), Ok(true));
            tags.push(key.tag());
        }
        assert_eq!(tags, [20326, 38696]);
    }

    /// The examples of RFC 6605 §6: a key, its DS, and the signature over an address.
    #[test]
    fn examples_of_the_algorithms_verify() {
        let examples = [
            (
                "example.net. 3600 IN DNSKEY 257 3 13 (
                 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edb
                 krSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA== )",
                "example.net. 3600 IN DS 55648 13 2 (
                 b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17 )",
                "qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==",
            ),
            (
                "example.net. 3600 IN DNSKEY 257 3 14 (
                 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1
                 w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8
                 /uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40 )",
                "example.net. 3600 IN DS 10771 14 4 (
                 72d7b62976ce06438e9c0bf319013cf801f09ecc84b8
                 d7e9495f27e305c6a9b0563a9b5f4d288405c3008a946df983d6 )",
                "/L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuz\
                 WTSSPdz7wnqXL5bdcJzusdnI0RSMROxxwGipWcJm",
            ),
        ];
        // 20100909100439 and 20100812100439, 20100909102025 and 20100812102025.
        let times = [(1_284_026_679, 1_281_607_479), (1_284_027_625, 1_281_608_425)];
        for ((key, ds, signature), times) in examples.into_iter().zip(times) {
            check(key, ds, signature, times);
        }
    }

    /// A key of 1024 bits, its DS, and the signature over an address, made with OpenSSL.
    #[test]
    fn sha1_verifies_where_it_counts() {
        let key = "example.net. 3600 IN DNSKEY 257 3 7 (
            AwEAAbiTnvPAa97CdrxhcE7YI5+R8Lg/DVh4x61baPi3VPOMCvgLrDgRVbkV1zN9/+JEMCbiUB+ish7L6ZUm5oRIZHQ5ToO2if1B
            IVAWwg0MJShrCJN9cq2WQ8g4rj8TRPN9OW90VXXZ+ccK7Y11cVZoZd9ggYx0UqZ9emflT4vvgSLx )";
        let ds = "example.net. 3600 IN DS 51666 7 2 (
            4d15eaa1ace433731ca2b113915f4b7bd35b2f560aa5f5e55cfb3d5f4076105d )";
        let signature = "JYYolHRCfsG5U6uSc5xOlfjSZaOOOf/ssMosyxctt4+Mfkz+1V8tcxpLl2VFIr7GLNeEzysdbtDDZTzBc+ctQiY7\
             P53mbYn5FKIV9Vd9TNw6RsY/jzkhMgpM9TbWfIx0KvbH9PJXahxOcT9chLW1Fg6mDsgS0aF7QGdi7YLScEA=";
        check(key, ds, signature, (1_284_026_679, 1_281_607_479));
        assert!(Anchors::parse(key, Algorithms::default()).is_err());
    }

    /// Whether a key is that of its DS, and its signature that of an address.
    fn check(key: &str, ds: &str, signature: &str, (expiration, inception): (u32, u32)) {
        let anchors = Anchors::parse(&format!("{key}\n{ds}\n"), Algorithms::ALL).unwrap();
        let anchor = anchors.closest(&name("example.net")).unwrap();
        let data = KeyData::parse(&anchor.keys[0]).unwrap();
        assert_eq!(anchor.ds.names(&data, data.tag(), &mut Work::new()), Ok(true));
        let mut rrsig = vec![0, 1, data.algorithm(), 3, 0, 0, 0x0e, 0x10];
        rrsig.extend(u32::to_be_bytes(expiration));
        rrsig.extend(u32::to_be_bytes(inception));
        rrsig.extend(data.tag().to_be_bytes());
        rrsig.extend(name("example.net").as_wire());
        rrsig.extend(STANDARD.decode(signature).unwrap());
        let set =
            Rrset::new(name("www.example.net"), RecordType::A, 3600, [&[192, 0, 2, 1][..]], [&rrsig[..]]);
        let keys = ZoneKeys::unverified("example.net", &data);
        let verified = verify(&set, &keys, inception + 1, &mut Work::new());
        assert_eq!(verified, Ok(Verified { ttl: 3600, wildcard: None }));
    }

    #[test]
    fn files_may_hold_both_kinds_for_any_zone() {
        let (root, below) = (Signer::new(".", 15), Signer::new("a.example", 13));
        let ds = root.ds(2);
        let digest: String =
            ds.data().next().unwrap()[4..].iter().map(|octet| format!("{octet:02X}")).collect();
        let text = format!(
            ". IN DS {} Ed25519 2 {digest}\na.example. DNSKEY {}\n",
            root.tag(),
            write_key(&below.dnskey())
        );
        let anchors = Anchors::parse(&text, Algorithms::default()).unwrap();
        for (asked, zone) in
            [("b.a.example", "a.example."), ("A.EXAMPLE", "a.example."), ("example", "."), (".", ".")]
        {
            assert_eq!(anchors.closest(&name(asked)).unwrap().zone().to_string(), zone);
        }
        for signer in [root, below] {
            let anchor = anchors.closest(&signer.zone).unwrap();
            let keys = ZoneKeys::from_anchor(&signer.keys(&[]), anchor, NOW, &mut Work::new());
            assert_eq!(*keys.unwrap().zone(), signer.zone);
            let other = Signer::new(&signer.zone.to_string(), 15).keys(&[]);
            let keys = ZoneKeys::from_anchor(&other, anchor, NOW, &mut Work::new());
            assert_eq!(keys.unwrap_err(), Bogus::NoTrustedKey);
        }
    }

    #[test]
    fn errors_name_line_and_remedy() {
        let key = STANDARD.encode([7; 32]);
        for (text, expected) in [
            ("; nothing\n".to_owned(), "line 1: no trust anchor; write DS or DNSKEY records"),
            ("\n. NS a.\n".to_owned(), "line 2: a NS record is no trust anchor; leave DS"),
            (". DS 1 8 2\n".to_owned(), "line 1: this is no DS record; write `ZONE DS TAG"),
            (". DS 1 8 2 ABC\n".to_owned(), "line 1: this is no DS record;"),
            (". DS 1 8 2 XY\n".to_owned(), "line 1: this is no DS record;"),
            (". DS 70000 8 2 AB\n".to_owned(), "line 1: this is no DS record;"),
            (". DS 1 5 2 AB\n".to_owned(), "line 1: signatures of algorithm 5 cannot be checked; use"),
            (". DS 1 8 2 AB\n".to_owned(), "line 1: no record of this zone has a digest that is known; use"),
            (". DNSKEY 257 3 15 ###\n".to_owned(), "line 1: this is no DNSKEY record; write `ZONE DNSKEY"),
            (format!(". DNSKEY 385 3 15 {key}\n"), "line 1: this key was revoked by its holder; remove it"),
            (format!(". DNSKEY 1 3 15 {key}\n"), "line 1: this is no zone key; use a key with flags 257"),
            (format!(". DNSKEY 257 2 15 {key}\n"), "line 1: this is no zone key;"),
        ] {
            let error = Anchors::parse(&text, Algorithms::default()).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
