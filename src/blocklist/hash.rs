//! Names as keyed hashes, so that nobody who lacks the key can build a name that collides with a listed one.
//!
//! [`Suffixes`] hashes a name from its last label to its first in one pass and so has the hash of every
//! ancestor on the way; all lists of a policy share it.
//!
//! A name is read as words of 8 octets, and its hash is the upper halves of two sums of these words, modulo 2¹²⁸, each
//! word times a secret factor of its position (multiply-shift hashing of vectors: Dietzfelbinger 1996; Thorup 2015,
//! §3.4). Whatever two names somebody chooses who has not seen a hash, both halves are equal with a probability of
//! 2⁻¹²⁸, and that is proven rather than believed as of the usual functions. Nobody sees a hash: it never leaves the
//! process. A sum goes on from any suffix, and there is nothing to do at its end, which with SipHash-1-3 is most of the
//! work: of the instructions for a name of four labels, 4 in 5.

use std::hash::{Hash, Hasher};

use arrayvec::ArrayVec;
use siphasher::sip::SipHasher13;

use crate::dns::MAX_NAME;

/// A name of 255 octets has at most this many labels, and as many words: one of a label has two octets or more.
const MAX_LABELS: usize = MAX_NAME / 2;

/// The secret that makes hashes unpredictable to outsiders.
#[derive(Clone, Copy)]
pub struct Key {
    random: [u64; 2],
    /// For each position of a word, the factor of each half of a hash.
    factors: [[u128; 2]; MAX_LABELS],
}

impl Key {
    /// A key of 128 random bits.
    pub fn new(random: [u8; 16]) -> Self {
        let number = u128::from_le_bytes(random);
        let random = [number as u64, (number >> 64) as u64];
        let mut key = Self { random, factors: [[0; 2]; MAX_LABELS] };
        let mut drawn = (0..).map(|count| key.draw("factor", count));
        let mut factor = || u128::from(drawn.next().unwrap_or_default());
        key.factors = std::array::from_fn(|_| [(); 2].map(|()| factor() << 64 | factor()));
        key
    }

    /// A number that nobody else can foretell, always the same for one word and count.
    pub fn draw(&self, word: &str, count: u64) -> u64 {
        let mut hasher = SipHasher13::new_with_keys(self.random[0], self.random[1]);
        (word, count).hash(&mut hasher);
        hasher.finish()
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
#[derive(Clone, Debug, Default)]
pub struct Suffixes {
    /// From the last label on, so that the whole name comes last.
    hashes: ArrayVec<NameHash, MAX_LABELS>,
}

impl Suffixes {
    /// Hashes an uncompressed lower-case name.
    pub fn new(key: &Key, canonical: &[u8]) -> Self {
        let mut suffixes = Self::default();
        suffixes.fill(key, canonical);
        suffixes
    }

    /// Hashes an uncompressed lower-case name in the place of what is here: to return all the room that there is costs
    /// a copy of it, nearly as much as to hash a name.
    ///
    /// Each label, with its length in front, is filled up with zeros to whole words. So no two names are the same
    /// words, nor is one the other with words of zeros behind it: where they first differ in a label from the right,
    /// its length differs, which is never 0, or its octets do.
    pub fn fill(&mut self, key: &Key, canonical: &[u8]) {
        self.hashes.clear();
        let mut starts = ArrayVec::<u8, MAX_LABELS>::new();
        let mut at = 0;
        while let Some(length) = canonical.get(at).filter(|length| **length != 0) {
            if starts.try_push(at as u8).is_err() {
                break;
            }
            at += 1 + usize::from(*length);
        }
        let mut end = at.min(canonical.len());
        let mut factors = key.factors.iter();
        let mut sums = [0_u128; 2];
        for start in starts.iter().rev().map(|start| usize::from(*start)) {
            let (words, rest) = canonical[start..end].as_chunks();
            for (word, factors) in words.iter().zip(&mut factors) {
                add(&mut sums, u64::from_le_bytes(*word), factors);
            }
            if !rest.is_empty()
                && let Some(factors) = factors.next()
            {
                add(&mut sums, last_word(&canonical[end - rest.len()..], rest.len()), factors);
            }
            let [place, fingerprint] = sums.map(|sum| (sum >> 64) as u64);
            self.hashes.push(NameHash { place: stirred(place), fingerprint });
            end = start;
        }
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

fn add(sums: &mut [u128; 2], word: u64, factors: &[u128; 2]) {
    for (sum, factor) in sums.iter_mut().zip(factors) {
        *sum = sum.wrapping_add(factor.wrapping_mul(u128::from(word)));
    }
}

/// The first `count` octets, fewer than a word's; more are read where there are more, which is faster.
fn last_word(octets: &[u8], count: usize) -> u64 {
    match octets.first_chunk() {
        Some(word) => u64::from_le_bytes(*word) & !(u64::MAX << (8 * count)),
        None => octets[..count].iter().rfold(0, |word, octet| word << 8 | u64::from(*octet)),
    }
}

/// The same number for the same number alone, without a sum's regularity: whoever finds out, by the time that answers
/// take, that two names meet in a table must not know from that which others do.
fn stirred(place: u64) -> u64 {
    (place ^ place >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93)
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
    fn what_zeros_could_hide_is_told_apart() {
        for (one, other) in
            [("a", "a\\000"), ("a.\\000", "a.\\000\\000"), ("\\000.a", "a"), ("1234567", "1234567\\000")]
        {
            assert_ne!(hash(one), hash(other), "{one} and {other}");
        }
    }

    #[test]
    fn a_hash_is_what_its_definition_says() {
        let key = Key::new([5; 16]);
        for text in
            ["a", "abcdefg.example", "www.abcdefghijklmnopqrst.co.test", &"a.".repeat(127), &"z".repeat(63)]
        {
            let name = Name::from_text(text).unwrap();
            let labels: Vec<&[u8]> = crate::dns::labels(name.as_wire()).collect();
            let mut octets = Vec::new();
            for label in labels.into_iter().rev() {
                octets.push(label.len() as u8);
                octets.extend(label);
                octets.resize(octets.len().next_multiple_of(8), 0);
            }
            let half = |half: usize| {
                let words = octets.as_chunks().0.iter().map(|word| u128::from(u64::from_le_bytes(*word)));
                let products = words.zip(key.factors).map(|(word, factors)| word.wrapping_mul(factors[half]));
                (products.fold(0_u128, u128::wrapping_add) >> 64) as u64
            };
            let expected = NameHash { place: stirred(half(0)), fingerprint: half(1) };
            assert_eq!(Suffixes::new(&key, name.as_wire()).whole(), Some(expected), "{text}");
        }
    }

    #[test]
    fn names_that_are_alike_are_spread_evenly() {
        let key = Key::new([5; 16]);
        let mut places = [0; 256];
        let mut fingerprints = std::collections::HashSet::new();
        for number in 0..51_200 {
            let name = Name::from_text(&format!("host-{number}.shop.example")).unwrap();
            let hash = Suffixes::new(&key, name.as_wire()).whole().unwrap();
            places[(hash.place >> 56) as usize] += 1;
            assert!(fingerprints.insert(hash.fingerprint));
        }
        // 200 on average, with a deviation of 14.
        assert!(places.iter().all(|count| (120..280).contains(count)), "{places:?}");
    }

    #[test]
    fn another_key_gives_other_hashes() {
        let name = Name::from_text("x.example").unwrap();
        let whole = |key| Suffixes::new(&Key::new([key; 16]), name.as_wire()).whole();
        assert_ne!(whole(1), whole(2));
    }
}
