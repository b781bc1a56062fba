//! Signed data: a sound set and its signature with changes, keys in any company, denials of any octets, and the files
//! that hold trust anchors.
//!
//! Law: nothing verifies but what was signed, for as long as it was signed for; what was signed verifies in any company
//! of keys and signatures, unless that takes too much work; without a record of its zone nothing is denied; what is read
//! of a file of tracked anchors is written as it was read.

#![no_main]

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use libfuzzer_sys::fuzz_target;
use rempart::dns::{Name, RecordType, Rrset};
use rempart::dnssec::{
    Algorithms, Anchors, Bogus, Cut, Denial, DsSet, MAX_ITERATIONS, Proved, Tracker, Work, ZoneKeys, verify,
};

#[derive(arbitrary::Arbitrary, Debug)]
enum Input<'a> {
    Signed(Signed<'a>),
    Denied(Denied<'a>),
    Text(&'a str),
}

/// A set of the zone, changed after it was signed.
#[derive(arbitrary::Arbitrary, Debug)]
struct Signed<'a> {
    /// What stands beside the good key.
    keys: Vec<&'a [u8]>,
    owner: u8,
    ttl: u32,
    now: u32,
    changes: Vec<(u8, u16, u8)>,
    more_data: Vec<&'a [u8]>,
    more_signatures: Vec<&'a [u8]>,
}

#[derive(arbitrary::Arbitrary, Debug)]
struct Denied<'a> {
    zone: u8,
    sets: Vec<AnySet<'a>>,
    asked: Vec<(u8, u16)>,
}

#[derive(arbitrary::Arbitrary, Debug)]
enum AnySet<'a> {
    Any { owner: u8, rtype: u16, data: Vec<&'a [u8]>, signatures: Vec<&'a [u8]> },
    Nsec { owner: u8, next: u8, types: &'a [u8] },
    Nsec3 { owner: [u8; 32], flags: u8, iterations: u8, salt: &'a [u8], next: [u8; 20], types: &'a [u8] },
}

const OWNERS: [&str; 10] = [
    "a.b.example",
    "A.B.Example",
    "b.example",
    "x.b.example",
    "*.b.example",
    "*.example",
    "example",
    "z.example",
    "test",
    ".",
];
const DATA: [&[u8]; 3] = [b"\x05first", b"\x06second", b"\x05third"];
const TTL: u32 = 3600;
const INCEPTION: u32 = 1_700_000_000;
const EXPIRATION: u32 = INCEPTION + 1_000_000;

static PAIR: LazyLock<Ed25519KeyPair> =
    LazyLock::new(|| Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("32 octets"));

fuzz_target!(|input: Input<'_>| match input {
    Input::Signed(signed) => signed.check(),
    Input::Denied(denied) => denied.check(),
    Input::Text(text) => check_text(text),
});

fn owner(index: u8) -> Name {
    Name::from_text(OWNERS[usize::from(index) % OWNERS.len()]).expect("fixed names")
}

fn key() -> Vec<u8> {
    [&[1, 1, 3, 15], PAIR.public_key().as_ref()].concat()
}

fn tag() -> [u8; 2] {
    let sum: u32 = key().chunks(2).map(|pair| u32::from(pair[0]) << 8 | u32::from(pair[1])).sum();
    ((sum + (sum >> 16)) as u16).to_be_bytes()
}

/// Signs a set whose data holds no names.
fn sign(name: &Name, rtype: RecordType, data: &[&[u8]]) -> Vec<u8> {
    let mut rrsig = rtype.0.to_be_bytes().to_vec();
    rrsig.extend([15, name.label_count() as u8]);
    rrsig.extend([TTL, EXPIRATION, INCEPTION].iter().flat_map(|word| word.to_be_bytes()));
    rrsig.extend(tag());
    rrsig.extend(b"\x07example\0");
    let mut sorted = data.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut message = rrsig.clone();
    for data in sorted {
        message.extend(name.to_lowercase().as_wire());
        message.extend(rtype.0.to_be_bytes());
        message.extend([0, 1]);
        message.extend(TTL.to_be_bytes());
        message.extend((data.len() as u16).to_be_bytes());
        message.extend(data);
    }
    rrsig.extend(PAIR.sign(&message).as_ref());
    rrsig
}

impl Signed<'_> {
    fn check(&self) {
        let mut work = Work::new();
        let Some(keys) = self.judge(&mut work) else { return };
        let sound = owner(0);
        let mut data = DATA.map(<[u8]>::to_vec);
        let mut signature = sign(&sound, RecordType::TXT, &DATA);
        for (place, at, octet) in &self.changes {
            let octets = if *place < 128 { &mut signature } else { &mut data[usize::from(*place) % 3] };
            let at = usize::from(*at) % octets.len();
            octets[at] = *octet;
        }
        let all = data.iter().map(Vec::as_slice).chain(self.more_data.iter().copied());
        let signatures = self.more_signatures.iter().copied().chain([&signature[..]]);
        let set = Rrset::new(owner(self.owner), RecordType::TXT, self.ttl, all, signatures);
        let mut now = self.now;
        if now % 2 == 0 {
            now = INCEPTION + now % 2_000_000;
        }
        match verify(&set, &keys, now, &mut work) {
            Ok(verified) => {
                let mut found: Vec<&[u8]> = set.data().collect();
                found.sort_unstable();
                let mut signed = DATA;
                signed.sort_unstable();
                assert_eq!((found, &set.owner), (signed.to_vec(), &sound));
                assert!((INCEPTION..=EXPIRATION).contains(&now));
                assert!(verified.ttl <= TTL.min(self.ttl).min(EXPIRATION - now));
                assert_eq!(verified.wildcard, None);
            }
            Err(Bogus::Exhausted) => {}
            Err(reason) => {
                // With nothing changed nothing is refused.
                let is_sound = self.changes.is_empty() && self.more_data.is_empty() && set.owner == sound;
                assert!(!is_sound || !(INCEPTION..=EXPIRATION).contains(&now), "{reason}");
            }
        }
        assert!(work.spent() <= 20_000_000);
    }

    /// The keys of the zone: the good one in its company, signed by it.
    fn judge(&self, work: &mut Work) -> Option<ZoneKeys> {
        let zone = owner(6);
        let key = key();
        let data: Vec<&[u8]> = self.keys.iter().copied().chain([&key[..]]).collect();
        let signature = sign(&zone, RecordType::DNSKEY, &data);
        let signatures = self.more_signatures.iter().copied().chain([&signature[..]]);
        let set = Rrset::new(zone.clone(), RecordType::DNSKEY, TTL, data, signatures);
        let mut ds = [&tag()[..], &[15, 2]].concat();
        ds.extend(digest(&SHA256, &[zone.as_wire(), &key].concat()).as_ref());
        let ds = Rrset::new(zone, RecordType::DS, TTL, [&ds[..]], []);
        let ds = DsSet::parse(&ds, Algorithms::default());
        match ZoneKeys::from_ds(&set, &ds, INCEPTION, work) {
            Ok(keys) => Some(keys),
            Err(reason) => {
                assert_eq!(reason, Bogus::Exhausted);
                None
            }
        }
    }
}

impl Denied<'_> {
    fn check(&self) {
        let zone = owner(self.zone);
        let sets: Vec<Rrset> = self.sets.iter().map(|set| set.compose(&zone)).collect();
        let mut work = Work::new();
        let mut denial = Denial::new(&zone, &sets);
        let may_be_excessive = self.sets.iter().any(AnySet::is_excessive);
        for (name, rtype) in &self.asked {
            let (asked, rtype) = (owner(*name), RecordType(*rtype));
            let results = [
                denial.name_error(&asked, &mut work),
                denial.no_data(&asked, rtype, &mut work),
                denial.wildcard_answer(&asked, &owner((rtype.0 % 256) as u8), &mut work),
            ];
            let cut = denial.no_ds(&asked, &mut work);
            assert!(
                may_be_excessive || !results.contains(&Ok(Proved::Unchecked)) && cut != Ok(Cut::Unchecked)
            );
            if self.sets.is_empty() || !asked.is_within(&zone) && !may_be_excessive {
                assert!(results.iter().all(Result::is_err) && cut.is_err(), "{asked} {results:?} {cut:?}");
            }
        }
        assert!(work.spent() <= 20_000_000);
    }
}

impl AnySet<'_> {
    fn is_excessive(&self) -> bool {
        match self {
            // Only a record can tell, which is in octets here.
            Self::Any { .. } => true,
            Self::Nsec { .. } => false,
            Self::Nsec3 { iterations, .. } => u16::from(*iterations) > MAX_ITERATIONS,
        }
    }

    fn compose(&self, zone: &Name) -> Rrset {
        match self {
            Self::Any { owner: name, rtype, data, signatures } => {
                let rtype = [RecordType::NSEC, RecordType::NSEC3, RecordType(*rtype)][usize::from(rtype % 3)];
                Rrset::new(owner(*name), rtype, TTL, data.iter().copied(), signatures.iter().copied())
            }
            Self::Nsec { owner: name, next, types } => {
                let data = [owner(*next).as_wire(), types].concat();
                Rrset::new(owner(*name), RecordType::NSEC, TTL, [&data[..]], [])
            }
            Self::Nsec3 { owner, flags, iterations, salt, next, types } => {
                let label = owner.map(|octet| b"0123456789abcdefghijklmnopqrstuv"[usize::from(octet % 32)]);
                let salt = &salt[..salt.len().min(255)];
                let mut data = vec![1, flags % 4, 0, *iterations, salt.len() as u8];
                data.extend(salt);
                data.push(20);
                data.extend(next);
                data.extend(*types);
                let name = zone.child(&label).expect("the zones are short");
                Rrset::new(name, RecordType::NSEC3, TTL, [&data[..]], [])
            }
        }
    }
}

fn check_text(text: &str) {
    if let Ok(anchors) = Anchors::parse(text, Algorithms::default()) {
        assert!(anchors.iter().count() > 0 && anchors.iter().all(|anchor| anchor.is_usable()));
    }
    // The version, which nobody guesses, is given.
    let text = format!("rempart-anchors 1\n{text}");
    let anchors = Anchors::built_in(Algorithms::default());
    if let Ok(tracker) = Tracker::restore(&anchors, &text) {
        assert_eq!(Tracker::restore(&anchors, &tracker.compose()), Ok(tracker));
    }
}
