//! The index: decides whether a name is listed, without holding any name.
//!
//! Every listed name is a keyed 128-bit hash (SipHash-1-3, key drawn by the daemon at start). One half places it
//! in a [`Table`], the other half, independent of it, is the fingerprint that is compared there. A look-up
//! compares the few fingerprints of one bucket, [`BUCKET`] on average, so a wrong hit has a probability of about
//! 2⁻⁶² whatever the size of the list, and nobody who lacks the key can build a colliding name.
//!
//! A bucketed table rather than a minimal perfect hash: both cost two cache lines a look-up and 12 to 13 octets
//! a name, but this one is built by one sort, cannot fail to build, and is forty lines.
//!
//! [`Suffixes`] hashes a name from its last label to its first in one pass and so has the hash of every
//! ancestor on the way; all lists of a policy share it.

use std::hash::{Hash, Hasher};

use arrayvec::ArrayVec;
use siphasher::sip128::{Hasher128, SipHasher13};

use crate::dns::MAX_NAME;

/// Fingerprints in a bucket, on average.
const BUCKET: usize = 4;
/// A name of 255 octets has at most this many labels.
const MAX_LABELS: usize = MAX_NAME / 2;

/// The secret that makes hashes unpredictable to outsiders.
#[derive(Clone, Copy)]
pub struct Key([u64; 2]);

impl Key {
    /// A key of 128 random bits.
    pub fn new(random: [u8; 16]) -> Self {
        let number = u128::from_le_bytes(random);
        Self([number as u64, (number >> 64) as u64])
    }

    /// A number that nobody else can foretell, always the same for one word and count.
    pub fn draw(&self, word: &str, count: u64) -> u64 {
        let mut hasher = self.hasher();
        (word, count).hash(&mut hasher);
        hasher.finish()
    }

    fn hasher(&self) -> SipHasher13 {
        SipHasher13::new_with_keys(self.0[0], self.0[1])
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(secret)")
    }
}

/// Hash of a name: where it stands, and what is compared there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameHash {
    place: u64,
    fingerprint: u64,
}

impl NameHash {
    /// 64 bits of the hash, for tables other than ours.
    pub fn place(&self) -> u64 {
        self.place
    }
}

/// The hashes of a name and all its ancestors below the root.
#[derive(Clone, Debug)]
pub struct Suffixes {
    /// From the last label on, so that the whole name comes last.
    hashes: ArrayVec<NameHash, MAX_LABELS>,
}

impl Suffixes {
    /// Hashes an uncompressed lower-case name.
    pub fn new(key: &Key, canonical: &[u8]) -> Self {
        let mut starts = ArrayVec::<u8, MAX_LABELS>::new();
        let mut at = 0;
        while let Some(length) = canonical.get(at).filter(|length| **length != 0) {
            if starts.try_push(at as u8).is_err() {
                break;
            }
            at += 1 + usize::from(*length);
        }
        let mut hasher = key.hasher();
        let mut end = at.min(canonical.len());
        let mut hashes = ArrayVec::new();
        for start in starts.iter().rev().map(|start| usize::from(*start)) {
            hasher.write(&canonical[start..end]);
            let hash = hasher.finish128();
            hashes.push(NameHash { place: hash.h1, fingerprint: hash.h2 });
            end = start;
        }
        Self { hashes }
    }

    /// The hash of the whole name; `None` for the root.
    pub fn whole(&self) -> Option<NameHash> {
        self.hashes.last().copied()
    }

    /// The number of labels of the whole name.
    pub fn labels(&self) -> u8 {
        self.hashes.len() as u8
    }

    /// Each suffix with its number of labels, the whole name first.
    pub fn closest_first(&self) -> impl Iterator<Item = (u8, NameHash)> + '_ {
        self.hashes.iter().enumerate().rev().map(|(index, hash)| (index as u8 + 1, *hash))
    }
}

/// An immutable map from names to 32-bit values, 13 octets a name.
#[derive(Debug, Default)]
pub struct Table {
    /// Where each bucket begins in the two arrays below, and where the last one ends.
    starts: Box<[u32]>,
    fingerprints: Box<[u64]>,
    values: Box<[u32]>,
}

impl Table {
    /// Builds from entries in any order. Of several for one name, `keep` chooses: it is given the value kept so
    /// far and a later one, in the order of `entries`.
    pub fn new(mut entries: Vec<(NameHash, u32)>, mut keep: impl FnMut(u32, u32) -> u32) -> Self {
        entries.sort_by_key(|(hash, _)| *hash);
        entries.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = keep(kept.1, later.1);
            }
            same
        });
        if entries.is_empty() {
            return Self::default();
        }
        let buckets = entries.len().div_ceil(BUCKET);
        let mut starts = vec![0; buckets + 1];
        for (hash, _) in &entries {
            starts[bucket(hash.place, buckets) + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self {
            starts: starts.into(),
            fingerprints: entries.iter().map(|(hash, _)| hash.fingerprint).collect(),
            values: entries.iter().map(|(_, value)| *value).collect(),
        }
    }

    /// The value of a name, if it is here.
    pub fn find(&self, hash: NameHash) -> Option<u32> {
        let buckets = self.starts.len().checked_sub(1)?;
        let bucket = bucket(hash.place, buckets);
        let (start, end) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        let within = self.fingerprints[start..end].iter().position(|known| *known == hash.fingerprint)?;
        Some(self.values[start + within])
    }

    /// How many names are here.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether no name is here.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Memory held, in octets.
    pub fn octets(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.fingerprints) + size_of_val(&*self.values)
    }
}

/// Scales a hash to a bucket; keeps the order of hashes, so that sorted entries are sorted by bucket.
fn bucket(place: u64, buckets: usize) -> usize {
    ((u128::from(place) * buckets as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::Name;

    fn hash(text: &str) -> NameHash {
        let name = Name::from_text(text).unwrap();
        Suffixes::new(&Key::new([7; 16]), name.canonical().as_wire()).whole().unwrap()
    }

    #[test]
    fn suffixes_are_the_ancestors() {
        let name = Name::from_text("a.b.Example").unwrap();
        let suffixes = Suffixes::new(&Key::new([7; 16]), name.canonical().as_wire());
        let found: Vec<_> = suffixes.closest_first().collect();
        assert_eq!(found, [(3, hash("a.b.example")), (2, hash("b.example")), (1, hash("example"))]);
        assert!(Suffixes::new(&Key::new([7; 16]), &[0]).whole().is_none());
    }

    #[test]
    fn the_longest_name_has_all_its_suffixes() {
        let name = Name::from_text(&"a.".repeat(127)).unwrap();
        assert_eq!(Suffixes::new(&Key::new([0; 16]), name.as_wire()).labels(), 127);
    }

    #[test]
    fn labels_do_not_run_together() {
        assert_ne!(hash("ab.c"), hash("a.bc"));
        assert_ne!(hash("a.b.c"), hash("a\\.b.c"));
    }

    #[test]
    fn a_table_holds_what_was_put_in_and_nothing_else() {
        for size in [0, 1, 2, 5, 1000] {
            let entries = (0..size).map(|n| (hash(&format!("n{n}.example")), n)).collect();
            let table = Table::new(entries, |_, _| unreachable!("no name comes twice"));
            for n in 0..size {
                assert_eq!(table.find(hash(&format!("n{n}.example"))), Some(n));
            }
            for n in size..size + 1000 {
                assert_eq!(table.find(hash(&format!("n{n}.example"))), None);
            }
            assert_eq!(table.len(), size as usize);
        }
    }

    #[test]
    fn of_two_entries_the_chosen_stays() {
        let entries = || vec![(hash("x"), 3), (hash("y"), 1), (hash("x"), 4)];
        assert_eq!(Table::new(entries(), |first, _| first).find(hash("x")), Some(3));
        assert_eq!(Table::new(entries(), |_, later| later).find(hash("x")), Some(4));
    }

    #[test]
    fn another_key_gives_other_hashes() {
        let name = Name::from_text("x.example").unwrap();
        let whole = |key| Suffixes::new(&Key::new([key; 16]), name.as_wire()).whole();
        assert_ne!(whole(1), whole(2));
    }
}
