//! Signed metadata: any octets, and sound metadata with changes, in the place of any file of a repository.
//!
//! Law: whatever is served or was kept, a client trusts nothing but what was signed for that very role; what is
//! metadata at all says the same after it was written and read again; a file is opened only if it is the signed one.

#![no_main]

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use libfuzzer_sys::fuzz_target;
use rempart::trust::{Document, Error, Found, Root, Source, ed25519_key, key_id, refresh};
use serde_json::{Value, json};

const LIST: &[u8] = b"undress.example\n";
const PATH: &str = "fr/list";
const START: &str = "2026-06-01T00:00:00Z";
/// Every file of the repository with its role; the first root is the one that clients have.
const FILES: [(&str, &str); 6] = [
    ("1.root.json", "root"),
    ("2.root.json", "root"),
    ("timestamp.json", "timestamp"),
    ("1.snapshot.json", "snapshot"),
    ("1.targets.json", "targets"),
    ("1.fr.json", "fr"),
];

#[derive(arbitrary::Arbitrary, Debug)]
struct Input<'a> {
    /// Where it is put.
    place: u8,
    /// Whether the client has kept it, or else is served it.
    kept: bool,
    octets: Octets<'a>,
    list: Vec<Change<'a>>,
}

#[derive(arbitrary::Arbitrary, Debug)]
enum Octets<'a> {
    Any(&'a [u8]),
    /// One of the files, with changes.
    File(u8, Vec<Change<'a>>),
}

#[derive(arbitrary::Arbitrary, Debug)]
enum Change<'a> {
    Replace(u16, u8),
    Insert(u16, &'a [u8]),
    Remove(u16, u8),
    /// Octets from one place once more at another: a field twice, a signature twice.
    Repeat(u16, u8, u16),
    /// White space, which changes nothing.
    Space(u16),
}

static REPOSITORY: LazyLock<[Vec<u8>; 6]> = LazyLock::new(repository);

fuzz_target!(|input: Input<'_>| {
    let octets = match input.octets {
        Octets::Any(octets) => octets.to_vec(),
        Octets::File(file, changes) => changed(&REPOSITORY[usize::from(file) % FILES.len()], &changes),
    };
    round_trip(&octets);
    let place = usize::from(input.place) % FILES.len();
    let sound = octets == REPOSITORY[place];
    let mut client = Client { place, octets, kept: input.kept };
    let Ok(found) = client.find() else { return assert!(!sound, "a sound repository was refused") };
    assert_eq!((found.role.as_str(), found.target.length()), ("fr", LIST.len() as u64));
    let list = changed(LIST, &input.list);
    assert_eq!(found.target.open(PATH, &list).is_ok(), list == LIST);
});

/// A client that has or is served other octets in one place.
struct Client {
    place: usize,
    octets: Vec<u8>,
    kept: bool,
}

impl Client {
    fn find(&mut self) -> Result<Found, Error> {
        let mut root = self.root()?;
        let trusted = refresh(self, &mut root, START.parse().expect("a time"))?;
        trusted.find(self, PATH)
    }

    fn root(&self) -> Result<Root, Error> {
        let Self { place: 0, octets, .. } = self else { return Root::pinned(&REPOSITORY[0]) };
        let root = Root::pinned(octets)?;
        // Either root is signed by its own keys; nothing else is.
        assert!(
            REPOSITORY[..2].iter().any(|root| message(root) == message(octets)),
            "another root was accepted"
        );
        Ok(root)
    }
}

impl Source for Client {
    type Error = Error;

    fn kept(&mut self, role: &str) -> Option<Vec<u8>> {
        (self.kept && FILES[self.place].1 == role).then(|| self.octets.clone())
    }

    fn keep(&mut self, role: &str, octets: &[u8]) -> Result<(), Error> {
        let (_, signed) = FILES.iter().zip(&*REPOSITORY).rfind(|((_, of), _)| *of == role).expect("a role");
        assert!(message(octets) == message(signed), "{role}: trusted without a signature");
        Ok(())
    }

    fn fetch(&mut self, file: &str, _: u64) -> Result<Option<Vec<u8>>, Error> {
        let Some(place) = FILES.iter().position(|(name, _)| *name == file) else { return Ok(None) };
        let served = if place == self.place && !self.kept { &self.octets } else { &REPOSITORY[place] };
        Ok(Some(served.clone()))
    }
}

fn round_trip(octets: &[u8]) {
    let Ok(document) = Document::parse(octets) else { return };
    let composed = document.compose().expect("it was read");
    let again = Document::parse(&composed).expect("it was composed");
    assert_eq!(again.message(), document.message());
    assert_eq!(again.signed_text(), document.signed_text());
    assert_eq!(again.signature_count(), document.signature_count());
    assert_eq!(again.compose().expect("it was read"), composed);
}

fn message(octets: &[u8]) -> Vec<u8> {
    Document::parse(octets).expect("accepted").message().to_vec()
}

/// Each role has one key, the same in both roots.
fn repository() -> [Vec<u8>; 6] {
    let root = |version: u32| {
        let roles = ["root", "timestamp", "snapshot", "targets"];
        let keys: Value = roles.iter().map(|role| (key_id(&key(role)).expect("a key"), key(role))).collect();
        let roles: Value = roles.iter().map(|role| ((*role).to_owned(), holders(role))).collect();
        let fields = json!({ "consistent_snapshot": true, "keys": keys, "roles": roles });
        signed("root", "root", version, fields)
    };
    let first = json!({ "version": 1 });
    let timestamp = json!({ "meta": { "snapshot.json": first } });
    let snapshot = json!({ "meta": { "targets.json": first, "fr.json": first } });
    let mut delegation = holders("fr");
    delegation["name"] = json!("fr");
    delegation["terminating"] = json!(true);
    delegation["paths"] = json!(["fr/*"]);
    let keys: Value = [(key_id(&key("fr")).expect("a key"), key("fr"))].into_iter().collect();
    let targets = json!({ "targets": {}, "delegations": { "keys": keys, "roles": [delegation] } });
    let digest = hexadecimal(digest(&SHA256, LIST).as_ref());
    let fr = json!({ "targets": { PATH: { "length": LIST.len(), "hashes": { "sha256": digest } } } });
    [
        root(1),
        root(2),
        signed("timestamp", "timestamp", 1, timestamp),
        signed("snapshot", "snapshot", 1, snapshot),
        signed("targets", "targets", 1, targets),
        signed("fr", "targets", 1, fr),
    ]
}

fn signed(role: &str, kind: &str, version: u32, mut fields: Value) -> Vec<u8> {
    fields["_type"] = json!(kind);
    fields["spec_version"] = json!("1.0.31");
    fields["version"] = json!(version);
    fields["expires"] = json!("2027-01-01T00:00:00Z");
    let mut document = Document::unsigned(&fields).expect("no fractions");
    let signature = pair(role).sign(document.message());
    document.add_signature(&key_id(&key(role)).expect("a key"), signature.as_ref());
    document.compose().expect("it was made")
}

fn holders(role: &str) -> Value {
    json!({ "keyids": [key_id(&key(role)).expect("a key")], "threshold": 1 })
}

fn key(role: &str) -> Value {
    ed25519_key(pair(role).public_key().as_ref(), role)
}

/// The key of a role, made from its name.
fn pair(role: &str) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(digest(&SHA256, role.as_bytes()).as_ref()).expect("32 octets")
}

fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

fn changed(original: &[u8], changes: &[Change<'_>]) -> Vec<u8> {
    let mut octets = original.to_vec();
    for change in changes.iter().take(16) {
        let place = |at: &u16| usize::from(*at) % octets.len();
        match change {
            _ if octets.is_empty() => return octets,
            Change::Replace(at, octet) => {
                let at = place(at);
                octets[at] = *octet;
            }
            Change::Insert(at, more) => {
                let at = place(at);
                octets.splice(at..at, more.iter().copied());
            }
            Change::Remove(at, count) => {
                let at = place(at);
                octets.drain(at..octets.len().min(at + usize::from(*count)));
            }
            Change::Repeat(from, count, to) => {
                let (from, to) = (place(from), place(to));
                let piece = octets[from..octets.len().min(from + usize::from(*count))].to_vec();
                octets.splice(to..to, piece);
            }
            Change::Space(at) => {
                let at = place(at);
                octets.insert(at, b' ');
            }
        }
    }
    octets
}
