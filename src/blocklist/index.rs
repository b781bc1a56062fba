//! The index: decides whether a name is listed, without holding any name.
//!
//! One half of a name's hash places it in a [`Table`], the other half, independent of it, is the fingerprint that is
//! compared there. A look-up compares the few fingerprints of one bucket, [`BUCKET`] on average, so a wrong hit has a
//! probability of about 2⁻⁶² whatever the size of the list.
//!
//! A bucketed table rather than a minimal perfect hash: both cost two cache lines a look-up and 12 to 13 octets
//! a name, but this one is built by one sort, cannot fail to build, and is forty lines.

use super::hash::NameHash;

/// Fingerprints in a bucket, on average.
const BUCKET: usize = 4;

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
    use crate::blocklist::{Key, Suffixes};
    use crate::dns::Name;

    fn hash(text: &str) -> NameHash {
        let name = Name::from_text(text).unwrap();
        Suffixes::new(&Key::new([7; 16]), name.canonical().as_wire()).whole().unwrap()
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
}
