//! Names as keyed hashes, so that nobody who lacks the key can build a name that collides with a listed one.
//!
//! [`Suffixes`] hashes a name from its last label to its first in one pass and so has the hash of every
//! ancestor on the way; all lists of a policy share it.

use std::hash::{Hash, Hasher};

use arrayvec::ArrayVec;
use siphasher::sip128::{Hasher128, SipHasher13};

use crate::dns::MAX_NAME;

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

    pub(super) fn hasher(&self) -> SipHasher13 {
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
    pub(super) place: u64,
    pub(super) fingerprint: u64,
}

impl NameHash {
    /// Hashes an uncompressed lower-case name; none for the root.
    pub fn of(key: &Key, canonical: &[u8]) -> Option<Self> {
        Suffixes::new(key, canonical).whole()
    }

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
    fn another_key_gives_other_hashes() {
        let name = Name::from_text("x.example").unwrap();
        let whole = |key| Suffixes::new(&Key::new([key; 16]), name.as_wire()).whole();
        assert_ne!(whole(1), whole(2));
    }
}
