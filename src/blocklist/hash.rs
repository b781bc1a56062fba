//! Names as keyed hashes, so that nobody who lacks the key can build a name that collides with a listed one.
//!
//! [`Suffixes`] hashes a name from its last label to its first in one pass and so has the hash of every
//! ancestor on the way; all lists of a policy share it.
//!
//! A name is read as words of 8 octets, in lower case, and its hash is the upper halves of two sums of these words, modulo 2¹²⁸, each
//! word times a secret factor of its position (multiply-shift hashing of vectors: Dietzfelbinger 1996; Thorup 2015,
//! §3.4). Whatever two names somebody chooses who has not seen a hash, both halves are equal with a probability of
//! 2⁻¹²⁸, and that is proven rather than believed as of the usual functions. Nobody sees a hash: it never leaves the
//! process. A sum goes on from any suffix, and there is nothing to do at its end, which with SipHash-1-3 is most of the
//! work: of the instructions for a name of four labels, 4 in 5.

use std::hash::{Hash, Hasher};

use arrayvec::ArrayVec;
use serde::{Deserialize, Serialize};
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
    /// Both halves, for tables other than ours.
    pub fn halves(&self) -> [u64; 2] {
        [self.place, self.fingerprint]
    }
}

/// A name, or an ancestor of one, below the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suffix {
    /// How many labels it has.
    pub labels: u8,
    /// What it is known by.
    pub hash: NameHash,
}

impl Suffix {
    /// An uncompressed name; none for the root.
    pub fn of(key: &Key, name: &[u8]) -> Option<Self> {
        Suffixes::new(key, name).whole()
    }
}

/// How many labels the names of a set have. A suffix that has as many as none of them needs no look-up, which is often
/// half of those of a name: lists seldom name a top-level domain, or a host deep below one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Depths(u64);

impl Depths {
    /// Names with so many labels; from 63 on all are counted as one.
    pub fn of(labels: u8) -> Self {
        Self(1 << labels.min(63))
    }

    /// Those of two sets together.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, labels: u8) -> bool {
        self.0 & Self::of(labels).0 != 0
    }
}

/// The hashes of a name and all its ancestors below the root.
#[derive(Clone, Debug, Default)]
#[repr(align(64))]
pub struct Suffixes {
    /// From the last label on, so that the whole name comes last. One more than there can be: of many of these side by
    /// side the first ones, which are all that most names have, then share no set of the processor's cache.
    hashes: ArrayVec<NameHash, { MAX_LABELS + 1 }>,
}

impl Suffixes {
    /// Hashes an uncompressed name.
    pub fn new(key: &Key, name: &[u8]) -> Self {
        let mut suffixes = Self::default();
        suffixes.fill(key, name);
        suffixes
    }

    /// Hashes the uncompressed name that octets begin with, in the place of what is here: to return all the room that
    /// there is costs a copy of it. Octets behind it, where there are any, make this faster: whole words can then be read.
    ///
    /// Each label, with its length in front, is filled up with zeros to whole words. So no two names are the same
    /// words, nor is one the other with words of zeros behind it: where they first differ in a label from the right,
    /// its length differs, which is never 0, or its octets do.
    pub fn fill(&mut self, key: &Key, octets: &[u8]) {
        self.hashes.clear();
        let mut starts = ArrayVec::<u8, MAX_LABELS>::new();
        let mut end = 0;
        while let Some(length) = octets.get(end).filter(|length| **length != 0) {
            if starts.try_push(end as u8).is_err() {
                break;
            }
            end += 1 + usize::from(*length);
        }
        end = end.min(octets.len());
        let mut factors = key.factors.iter();
        let (mut place, mut fingerprint) = (0_u128, 0_u128);
        for start in starts.iter().rev().map(|start| usize::from(*start)) {
            let mut at = start;
            while at < end
                && let Some([one, other]) = factors.next()
            {
                let word = u128::from(lower_case(word_at(octets, at) & FIRST[(end - at).min(8)]));
                place = place.wrapping_add(one.wrapping_mul(word));
                fingerprint = fingerprint.wrapping_add(other.wrapping_mul(word));
                at += size_of::<u64>();
            }
            self.hashes.push(NameHash {
                place: stirred((place >> 64) as u64),
                fingerprint: (fingerprint >> 64) as u64,
            });
            end = start;
        }
    }

    /// The hash of the whole name; `None` for the root.
    pub fn whole(&self) -> Option<Suffix> {
        self.closest_first().next()
    }

    /// The number of labels of the whole name.
    pub fn labels(&self) -> u8 {
        self.hashes.len() as u8
    }

    /// Each suffix, the whole name first.
    pub fn closest_first(&self) -> impl Iterator<Item = Suffix> {
        closest_first(&self.hashes)
    }

    /// Those that can be in a set, the closest first.
    #[inline]
    pub fn among(&self, depths: Depths) -> impl Iterator<Item = Suffix> {
        // A set of none is told at once: most of those that a query has to be looked up in are.
        let hashes = if depths == Depths::default() { &[] } else { &self.hashes[..] };
        closest_first(hashes).filter(move |suffix| depths.has(suffix.labels))
    }
}

fn closest_first(hashes: &[NameHash]) -> impl Iterator<Item = Suffix> {
    hashes.iter().enumerate().rev().map(|(index, hash)| Suffix { labels: index as u8 + 1, hash: *hash })
}

/// What leaves a word its first octets, by how many.
const FIRST: [u64; 9] = [
    0,
    0xff,
    0xffff,
    0xff_ffff,
    0xffff_ffff,
    0xff_ffff_ffff,
    0xffff_ffff_ffff,
    0xff_ffff_ffff_ffff,
    u64::MAX,
];

/// The word that begins at an octet, filled up with zeros where the octets end.
fn word_at(octets: &[u8], at: usize) -> u64 {
    match octets.get(at..at + 8).and_then(<[u8]>::first_chunk) {
        Some(word) => u64::from_le_bytes(*word),
        None => word_at_end(&octets[at..]),
    }
}

/// Out of line, where the usual path is shorter without it.
#[inline(never)]
fn word_at_end(octets: &[u8]) -> u64 {
    octets.iter().rfold(0, |word, octet| word << 8 | u64::from(*octet))
}

/// A word with each octet that is a capital letter made a small one (RFC 4343). The length of a label is none: it is
/// below them.
#[inline]
fn lower_case(word: u64) -> u64 {
    let each = |octet: u8| u64::from_ne_bytes([octet; size_of::<u64>()]);
    // With the highest bit of each octet out of the way, one sum tells for all whether they reach a bound.
    let low = word & each(0x7f);
    let reaches = |bound: u8| low + each(0x80 - bound);
    let capital = (reaches(b'A') ^ reaches(b'Z' + 1)) & !word & each(0x80);
    word | capital >> 2
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
        Suffix::of(&Key::new([7; 16]), name.as_wire()).unwrap().hash
    }

    #[test]
    fn suffixes_are_the_ancestors() {
        let name = Name::from_text("a.b.Example").unwrap();
        let suffixes = Suffixes::new(&Key::new([7; 16]), name.as_wire());
        let known = [(3, hash("a.b.example")), (2, hash("b.example")), (1, hash("example"))];
        let known = known.map(|(labels, hash)| Suffix { labels, hash });
        assert!(suffixes.closest_first().eq(known));
        let among = |depths: &[u8]| {
            let depths = depths.iter().fold(Depths::default(), |all, labels| all.or(Depths::of(*labels)));
            suffixes.among(depths).map(|suffix| suffix.labels).collect::<Vec<_>>()
        };
        assert_eq!([among(&[1, 3, 4]), among(&[2]), among(&[])], [vec![3, 1], vec![2], vec![]]);
        assert!(Suffixes::new(&Key::new([7; 16]), &[0]).whole().is_none());
    }

    #[test]
    fn the_longest_name_has_all_its_suffixes() {
        let name = Name::from_text(&"a.".repeat(127)).unwrap();
        assert_eq!(Suffixes::new(&Key::new([0; 16]), name.as_wire()).labels(), 127);
    }

    #[test]
    fn any_number_of_labels_can_be_told_of_a_set() {
        let longest = Name::from_text(&"a.".repeat(127)).unwrap();
        let suffixes = Suffixes::new(&Key::new([0; 16]), longest.as_wire());
        for labels in 1..=127 {
            assert!(suffixes.among(Depths::of(labels)).any(|suffix| suffix.labels == labels), "{labels}");
        }
    }

    #[test]
    fn what_stands_behind_a_name_is_not_part_of_it() {
        let key = Key::new([7; 16]);
        for end in [0, 1, 4, 9, 300] {
            let octets = [&b"\x01a\x07Example\0"[..], &vec![b'x'; end]].concat();
            assert_eq!(Suffix::of(&key, &octets).unwrap().hash, hash("a.example"), "{end}");
        }
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
            ["a", "ABCDEFG.example", "www.@abcYZ[`mnopqrst.\\193.TEST", &"a.".repeat(127), &"z".repeat(63)]
        {
            let name = Name::from_text(text).unwrap();
            let labels: Vec<&[u8]> = crate::dns::labels(name.as_wire()).collect();
            let mut octets = Vec::new();
            for label in labels.into_iter().rev() {
                octets.push(label.len() as u8);
                octets.extend(label.to_ascii_lowercase());
                octets.resize(octets.len().next_multiple_of(8), 0);
            }
            let half = |half: usize| {
                let words = octets.as_chunks().0.iter().map(|word| u128::from(u64::from_le_bytes(*word)));
                let products = words.zip(key.factors).map(|(word, factors)| word.wrapping_mul(factors[half]));
                (products.fold(0_u128, u128::wrapping_add) >> 64) as u64
            };
            let expected = NameHash { place: stirred(half(0)), fingerprint: half(1) };
            assert_eq!(Suffix::of(&key, name.as_wire()).unwrap().hash, expected, "{text}");
        }
    }

    #[test]
    fn names_that_are_alike_are_spread_evenly() {
        let key = Key::new([5; 16]);
        let mut places = [0; 256];
        let mut fingerprints = std::collections::HashSet::new();
        for number in 0..51_200 {
            let name = Name::from_text(&format!("host-{number}.shop.example")).unwrap();
            let hash = Suffix::of(&key, name.as_wire()).unwrap().hash;
            places[(hash.place >> 56) as usize] += 1;
            assert!(fingerprints.insert(hash.fingerprint));
        }
        // 200 on average, with a deviation of 14.
        assert!(places.iter().all(|count| (120..280).contains(count)), "{places:?}");
    }

    #[test]
    fn another_key_gives_other_hashes() {
        let name = Name::from_text("x.example").unwrap();
        let whole = |key| Suffix::of(&Key::new([key; 16]), name.as_wire());
        assert_ne!(whole(1), whole(2));
    }
}
