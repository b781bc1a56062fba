//! The index: decides whether a name is listed, without holding any name.
//!
//! A [`Table`] has one place for each name, which the name's hash leads to through a perfect hash function: its bucket's
//! pilot is a number that sends the names of the bucket to places where no others are. What stands in a place is the
//! other half of the hash, the fingerprint, independent of the half that led there, and beside it the value; a look-up
//! compares one, so a wrong hit has a probability of 2⁻⁶⁴ whatever the size of the list.
//!
//! Nothing in a look-up has to be foreseen, and that is what counts: of names with four labels most suffixes are not
//! listed, their reads of memory overlap, and a guess that goes wrong would make them wait for each other. With ten
//! million names a look-up of four suffixes took 0.14 µs here, as with `ptr_hash`; rows of eight fingerprints that go on
//! in the next row took 0.6 to 1 µs. Own code rather than `ptr_hash`, which packs tighter (12.4 octets a name, 13.7
//! here): this is built part by part, on one thread, in place of what it is built from, and can be kept on disk as it is.
//!
//! It cannot fail to be built: names for which no pilot is found, such as two of the same half hash, stand apart.

use crate::memory::prefetch;
use serde::{Deserialize, Serialize};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::hash::{Depths, NameHash, Suffix, Suffixes};

/// Names in a bucket, on average.
const BUCKET: usize = 4;
/// Of so many places in a part, this many are taken.
const PLACES: usize = 100;
const TAKEN: usize = 92;
/// In the place of a fingerprint where none stands; no fingerprint is this one.
const FREE: [u32; 2] = [0; 2];
/// Parts in which entries are gathered, by the first bits of their hashes, and the most that a table has.
const GATHERED: usize = 256;
/// Names in a part of a table, about: few enough for what is tried to stay in the processor's caches.
const PART: usize = 100_000;

/// An immutable map from names to 32-bit values, 14 octets a name.
#[derive(Debug, Default)]
pub struct Table {
    /// A power of two.
    parts: usize,
    /// Places of each part.
    part_places: usize,
    /// One for each bucket, the same number of buckets in each part.
    pilots: Box<[u16]>,
    places: Box<[Place]>,
    /// Names that no pilot has a place for.
    strays: Vec<(NameHash, u32)>,
    names: usize,
    depths: Depths,
}

/// What stands in a place, in numbers of 32 bits so that nothing is lost between places.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub(super) struct Place {
    fingerprint: [u32; 2],
    value: u32,
}

/// What a table is made of, as it is kept on disk.
#[derive(Serialize, Deserialize)]
pub(super) struct Shape {
    parts: usize,
    names: usize,
    pub(super) pilots: usize,
    pub(super) places: usize,
    strays: Vec<([u64; 2], u32)>,
    depths: Depths,
}

impl Table {
    /// Builds from entries in any order; see [`TableBuilder::finish`].
    pub fn new(entries: impl IntoIterator<Item = (Suffix, u32)>, merge: impl FnMut(&[u32]) -> u32) -> Self {
        let mut builder = TableBuilder::default();
        entries.into_iter().for_each(|(name, value)| builder.push(name, value));
        builder.finish(merge)
    }

    /// The value of a name, if it is here.
    #[inline]
    pub fn find(&self, hash: NameHash) -> Option<u32> {
        let place = self.place(hash)?;
        if place.fingerprint == mark(hash) {
            return Some(place.value);
        }
        if self.strays.is_empty() { None } else { self.find_stray(hash) }
    }

    /// The values of a name and its ancestors, the closest first.
    #[inline]
    pub fn find_all(&self, suffixes: &Suffixes) -> impl Iterator<Item = u32> {
        suffixes.among(self.depths).filter_map(|suffix| self.find(suffix.hash))
    }

    /// Asks for the first thing that looking up a name and its ancestors will read.
    #[inline]
    pub fn approach(&self, suffixes: &Suffixes) {
        for Suffix { hash, .. } in suffixes.among(self.depths) {
            prefetch(self.pilots.as_ptr().wrapping_add(scale(hash.place, self.pilots.len())));
        }
    }

    /// Asks for the second, which the first one leads to.
    #[inline]
    pub fn reach(&self, suffixes: &Suffixes) {
        for Suffix { hash, .. } in suffixes.among(self.depths) {
            if let Some(place) = self.place(hash) {
                prefetch(place);
            }
        }
    }

    /// How many labels the names have that are here.
    pub fn depths(&self) -> Depths {
        self.depths
    }

    /// The value of each name, in no order.
    pub fn values(&self) -> impl Iterator<Item = u32> {
        let placed = self.places.iter().filter(|place| place.fingerprint != FREE).map(|place| place.value);
        placed.chain(self.strays.iter().map(|(_, value)| *value))
    }

    /// How many names are here.
    pub fn len(&self) -> usize {
        self.names
    }

    /// Whether no name is here.
    pub fn is_empty(&self) -> bool {
        self.names == 0
    }

    /// Memory held, in octets.
    pub fn octets(&self) -> usize {
        size_of_val(&*self.pilots) + size_of_val(&*self.places)
    }

    pub(super) fn shape(&self) -> Shape {
        let stray = |(hash, value): &(NameHash, u32)| (hash.halves(), *value);
        Shape {
            parts: self.parts,
            names: self.names,
            pilots: self.pilots.len(),
            places: self.places.len(),
            strays: self.strays.iter().map(stray).collect(),
            depths: self.depths,
        }
    }

    pub(super) fn arrays(&self) -> (&[u16], &[Place]) {
        (&self.pilots, &self.places)
    }

    /// From what is kept on disk; `None` where that is no table.
    pub(super) fn from_disk(shape: Shape, pilots: Box<[u16]>, places: Box<[Place]>) -> Option<Self> {
        let Shape { parts, names, strays, depths, .. } = shape;
        let part_places = places.len().checked_div(parts).unwrap_or(0);
        let fits = [shape.places, parts * part_places] == [places.len(); 2];
        let strays = strays
            .into_iter()
            .map(|([place, fingerprint], value)| (NameHash { place, fingerprint }, value))
            .collect();
        fits.then_some(Self { parts, part_places, pilots, places, strays, names, depths })
    }

    /// The only place that a name can have.
    #[inline]
    fn place(&self, hash: NameHash) -> Option<&Place> {
        let pilot = *self.pilots.get(scale(hash.place, self.pilots.len()))?;
        let part = scale(hash.place, self.parts) * self.part_places;
        self.places.get(part + place_in_part(hash.place, pilot, self.part_places))
    }

    #[cold]
    fn find_stray(&self, hash: NameHash) -> Option<u32> {
        self.strays.iter().find(|(stray, _)| *stray == hash).map(|(_, value)| *value)
    }
}

/// Gathers the entries of a [`Table`], 20 octets a name.
pub struct TableBuilder {
    gathered: Vec<Vec<Entry>>,
    depths: Depths,
}

/// A name and its value, in numbers of 32 bits so that nothing is lost between entries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    place: [u32; 2],
    fingerprint: [u32; 2],
    value: u32,
}

impl Entry {
    fn new(hash: NameHash, value: u32) -> Self {
        Self { place: halves(hash.place), fingerprint: halves(hash.fingerprint), value }
    }

    fn hash(&self) -> NameHash {
        let whole = |[high, low]: [u32; 2]| u64::from(high) << 32 | u64::from(low);
        NameHash { place: whole(self.place), fingerprint: whole(self.fingerprint) }
    }
}

impl Default for TableBuilder {
    fn default() -> Self {
        Self { gathered: (0..GATHERED).map(|_| Vec::new()).collect(), depths: Depths::default() }
    }
}

impl TableBuilder {
    /// Adds an entry.
    pub fn push(&mut self, name: Suffix, value: u32) {
        let Suffix { labels, hash } = name;
        self.depths = self.depths.or(Depths::of(labels));
        let part = &mut self.gathered[scale(hash.place, GATHERED)];
        if part.len() == part.capacity() {
            // Twice the room, as a vector would take, is more than all that is gained by it.
            part.reserve_exact(part.len() / 8 + 16);
        }
        part.push(Entry::new(hash, value));
    }

    /// Builds the table. Where a name has several values `merge` is given them, in ascending order, and gives the one
    /// that stays.
    pub fn finish(self, mut merge: impl FnMut(&[u32]) -> u32) -> Table {
        let count: usize = self.gathered.iter().map(Vec::len).sum();
        let parts = (count / PART).next_power_of_two().min(GATHERED);
        let depths = self.depths;
        let mut parts = self.into_parts(parts);
        for part in &mut parts {
            part.sort_unstable();
            merge_equal(part, &mut merge);
        }
        let most = parts.iter().map(Vec::len).max().unwrap_or(0);
        let names = parts.iter().map(Vec::len).sum();
        if names == 0 {
            return Table::default();
        }
        let mut filler = Filler::new(parts.len(), most);
        for (number, part) in parts.into_iter().enumerate() {
            filler.fill(number, &part);
        }
        Table { names, depths, ..filler.table }
    }

    /// Puts what was gathered into so many parts, a power of two.
    fn into_parts(self, count: usize) -> Vec<Vec<Entry>> {
        let mut parts: Vec<Vec<Entry>> = Vec::with_capacity(count);
        for (number, gathered) in self.gathered.into_iter().enumerate() {
            match parts.last_mut() {
                Some(part) if !number.is_multiple_of(GATHERED / count) => part.extend_from_slice(&gathered),
                _ => parts.push(gathered),
            }
        }
        parts
    }
}

/// Finds the pilots, part by part.
struct Filler {
    table: Table,
    taken: Vec<bool>,
}

impl Filler {
    fn new(parts: usize, most: usize) -> Self {
        let part_places = most * PLACES / TAKEN + 1;
        let places = parts * part_places;
        let table = Table {
            parts,
            part_places,
            pilots: vec![0; parts * most.div_ceil(BUCKET)].into(),
            places: vec![Place { fingerprint: FREE, value: 0 }; places].into(),
            ..Table::default()
        };
        Self { table, taken: vec![false; part_places] }
    }

    fn fill(&mut self, number: usize, entries: &[Entry]) {
        self.taken.fill(false);
        let buckets = self.table.pilots.len();
        let bucket = |entry: &Entry| scale(entry.hash().place, buckets);
        let mut by_size: Vec<&[Entry]> =
            entries.chunk_by(|one, other| bucket(one) == bucket(other)).collect();
        // The greatest first, while there is room: the last ones are of one name, for which any place will do.
        by_size.sort_by_key(|entries| std::cmp::Reverse(entries.len()));
        let first = number * self.table.part_places;
        for entries in by_size {
            let Some(pilot) = (0..=u16::MAX).find(|pilot| self.take_places(entries, *pilot)) else {
                self.table.strays.extend(entries.iter().map(|entry| (entry.hash(), entry.value)));
                continue;
            };
            self.table.pilots[bucket(&entries[0])] = pilot;
            for entry in entries {
                let place = first + place_in_part(entry.hash().place, pilot, self.table.part_places);
                self.table.places[place] = Place { fingerprint: mark(entry.hash()), value: entry.value };
            }
        }
    }

    /// Takes the places to which a pilot sends entries, if all are free.
    fn take_places(&mut self, entries: &[Entry], pilot: u16) -> bool {
        let part_places = self.table.part_places;
        let place = |entry: &Entry| place_in_part(entry.hash().place, pilot, part_places);
        for (count, entry) in entries.iter().enumerate() {
            if std::mem::replace(&mut self.taken[place(entry)], true) {
                entries[..count].iter().for_each(|entry| self.taken[place(entry)] = false);
                return false;
            }
        }
        true
    }
}

/// Makes one entry of those for one name.
fn merge_equal(entries: &mut Vec<Entry>, merge: &mut impl FnMut(&[u32]) -> u32) {
    let mut values = Vec::new();
    let (mut kept, mut from) = (0, 0);
    while from < entries.len() {
        let mut entry = entries[from];
        let same = entries[from..].iter().take_while(|other| other.hash() == entry.hash()).count();
        if same > 1 {
            values.clear();
            values.extend(entries[from..from + same].iter().map(|entry| entry.value));
            entry.value = merge(&values);
        }
        entries[kept] = entry;
        kept += 1;
        from += same;
    }
    entries.truncate(kept);
}

/// The fingerprint as it stands in a place.
fn mark(hash: NameHash) -> [u32; 2] {
    halves(hash.fingerprint.max(1))
}

fn halves(number: u64) -> [u32; 2] {
    [(number >> 32) as u32, number as u32]
}

/// Scales a hash to fewer numbers; keeps the order of hashes.
fn scale(place: u64, count: usize) -> usize {
    ((u128::from(place) * count as u128) >> 64) as usize
}

/// Where in its part a pilot sends a hash: multiplied by odd numbers without pattern, whose high bits depend on all.
fn place_in_part(place: u64, pilot: u16, part_places: usize) -> usize {
    let mixed = place ^ u64::from(pilot).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let high = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    ((high * part_places as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::blocklist::Key;
    use crate::dns::Name;

    static KEY: LazyLock<Key> = LazyLock::new(|| Key::new([7; 16]));

    fn suffix(text: &str) -> Suffix {
        let name = Name::from_text(text).unwrap();
        Suffix::of(&KEY, name.as_wire()).unwrap()
    }

    fn of_two_labels(hash: NameHash) -> Suffix {
        Suffix { labels: 2, hash }
    }

    #[test]
    fn a_table_holds_what_was_put_in_and_nothing_else() {
        // The last one has several parts.
        for size in [0, 1, 2, 5, 7, 8, 9, 1000, 250_000] {
            let entries = (0..size).map(|n| (suffix(&format!("n{n}.example")), n));
            let table = Table::new(entries, |_| unreachable!("no name comes twice"));
            for n in 0..size {
                assert_eq!(table.find(suffix(&format!("n{n}.example")).hash), Some(n));
            }
            for n in size..size + 1000 {
                assert_eq!(table.find(suffix(&format!("n{n}.example")).hash), None);
            }
            assert_eq!(table.len(), size as usize);
        }
    }

    #[test]
    fn several_values_for_one_name_are_merged_in_order() {
        let entries = || [("x", 3), ("y", 1), ("x", 4), ("x", 2)].map(|(name, value)| (suffix(name), value));
        let [x, y] = ["x", "y"].map(|name| suffix(name).hash);
        assert_eq!(Table::new(entries(), |values| values[0]).find(x), Some(2));
        let table = Table::new(entries(), |values| values.iter().sum());
        assert_eq!((table.find(x), table.find(y), table.len()), (Some(9), Some(1), 2));
    }

    #[test]
    fn hashes_at_either_end_have_their_places() {
        // All of one half hash: no pilot tells them apart.
        for place in [0, u64::MAX] {
            let hashes: Vec<NameHash> =
                (0..40).map(|fingerprint| NameHash { place, fingerprint: fingerprint << 8 }).collect();
            let names = hashes.iter().copied().map(of_two_labels);
            let table = Table::new(names.zip(0..), |_| unreachable!());
            assert!(hashes.iter().zip(0..).all(|(hash, value)| table.find(*hash) == Some(value)));
            assert_eq!(table.find(NameHash { place, fingerprint: 3 }), None);
        }
    }

    #[test]
    fn all_that_is_here_of_a_name_and_its_ancestors_is_found() {
        let table = Table::new(["a.b.c", "c", "x.c"].map(suffix).into_iter().zip(0..), |_| unreachable!());
        for (name, found) in
            [("A.b.C", &[0, 1][..]), ("z.x.c", &[2, 1]), ("b.c", &[1]), ("a.b.c.d", &[]), ("c.a", &[])]
        {
            let name = Name::from_text(name).unwrap();
            assert!(table.find_all(&Suffixes::new(&KEY, name.as_wire())).eq(found.iter().copied()), "{name}");
        }
    }

    #[test]
    fn a_name_takes_fourteen_octets() {
        let hashes = (0..100_000_u64).map(|n| {
            let place = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            of_two_labels(NameHash { place, fingerprint: place.rotate_left(32) })
        });
        let table = Table::new(hashes.zip(0..), |_| unreachable!());
        assert!(table.octets() < 14 * table.len(), "{}", table.octets());
    }

    #[test]
    fn what_is_no_table_is_not_taken_for_one() {
        let table = Table::new([(suffix("x"), 1)], |_| unreachable!());
        let (pilots, places) = table.arrays();
        let read = |parts, places: &[Place]| {
            Table::from_disk(Shape { parts, ..table.shape() }, pilots.into(), places.into())
        };
        assert_eq!(read(1, places).unwrap().find(suffix("x").hash), Some(1));
        assert!(read(3, places).is_none());
        assert!(read(1, &places[1..]).is_none());
    }
}
