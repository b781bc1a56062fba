//! The index: decides whether a name is listed, without holding any name.
//!
//! A [`Table`] is rows of eight places, each row one cache line of the processor. One half of a name's hash says in
//! which row its place is looked for; what stands in the place is the other half, the fingerprint, independent of the
//! first. A row that is full goes on in the next one, so a look-up compares ten fingerprints on average and a wrong hit
//! has a probability of about 2⁻⁶⁰ whatever the size of the list.
//!
//! Rows rather than a minimal perfect hash, or buckets of any length: those take two reads of memory that wait for each
//! other (13 octets a name), and this takes one, in five cases of seven, for 13.6 octets a name. It is built by one
//! sort, cannot fail to be built, and is the same on disk as in memory.
//!
//! A [`TableBuilder`] holds 16 octets a name until then, in parts that are sorted one after the other: what it needs at
//! its peak is twice the table, and it does not depend on the order in which names come.

use zerocopy::{FromBytes, FromZeros, Immutable, IntoBytes, KnownLayout};

use super::hash::NameHash;

/// Places in a row: the fingerprints of one cache line.
const ROW: usize = 8;
/// Of so many places, [`FILLED`] are taken on average.
const PLACES: usize = 100;
const FILLED: usize = 88;
/// The mark of a place where nothing stands; no fingerprint is this one.
const FREE: u64 = 0;
/// Parts that are sorted apart, by the first octet of a hash.
const PARTS: usize = 256;

/// Fingerprints, the taken places first.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C, align(64))]
pub(super) struct Row([u64; ROW]);

/// An immutable map from names to 32-bit values, 14 octets a name.
#[derive(Debug, Default)]
pub struct Table {
    /// Rows in which names begin to be looked for; those behind them are for what the last of them has no room for.
    homes: usize,
    rows: Box<[Row]>,
    /// The value of each place.
    values: Box<[u32]>,
    names: usize,
}

impl Table {
    /// Builds from entries in any order; see [`TableBuilder::finish`].
    pub fn new(entries: impl IntoIterator<Item = (NameHash, u32)>, merge: impl FnMut(&[u32]) -> u32) -> Self {
        let mut builder = TableBuilder::default();
        entries.into_iter().for_each(|(hash, value)| builder.push(hash, value));
        builder.finish(merge)
    }

    /// The value of a name, if it is here.
    pub fn find(&self, hash: NameHash) -> Option<u32> {
        let fingerprint = mark(hash);
        let mut row = home(part(hash), place(hash), self.homes);
        loop {
            let fingerprints = self.rows.get(row)?.0;
            // All eight, so that there is nothing to foresee wrongly.
            let found =
                (0..ROW).fold(ROW, |found, at| if fingerprints[at] == fingerprint { at } else { found });
            if found < ROW {
                return self.values.get(row * ROW + found).copied();
            }
            if fingerprints[ROW - 1] == FREE {
                return None;
            }
            row += 1;
        }
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
        size_of_val(&*self.rows) + size_of_val(&*self.values)
    }

    /// As it is kept on disk.
    pub(super) fn parts(&self) -> (usize, usize, &[Row], &[u32]) {
        (self.homes, self.names, &self.rows, &self.values)
    }

    /// From what is kept on disk; `None` where that is no table.
    pub(super) fn from_parts(
        homes: usize,
        names: usize,
        rows: Box<[Row]>,
        values: Box<[u32]>,
    ) -> Option<Self> {
        let ends = rows.last().is_none_or(|row| row.0[ROW - 1] == FREE);
        let fits = homes <= rows.len() && values.len() == rows.len() * ROW && names <= values.len() && ends;
        fits.then_some(Self { homes, rows, values, names })
    }
}

/// Gathers the entries of a [`Table`].
pub struct TableBuilder {
    parts: Vec<Vec<Entry>>,
}

/// Sorted as the table stands: by home, whatever the number of rows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    place: u32,
    // Two halves, so that an entry has no more than 16 octets.
    fingerprint: [u32; 2],
    value: u32,
}

impl Entry {
    fn name(&self) -> (u32, [u32; 2]) {
        (self.place, self.fingerprint)
    }
}

impl Default for TableBuilder {
    fn default() -> Self {
        Self { parts: (0..PARTS).map(|_| Vec::new()).collect() }
    }
}

impl TableBuilder {
    /// Adds an entry.
    pub fn push(&mut self, hash: NameHash, value: u32) {
        let fingerprint = mark(hash);
        let entry = Entry {
            place: place(hash),
            fingerprint: [(fingerprint >> 32) as u32, fingerprint as u32],
            value,
        };
        let part = &mut self.parts[part(hash)];
        if part.len() == part.capacity() {
            // Twice the room, as a vector would take, is more than all that is gained by it.
            part.reserve_exact(part.len() / 8 + 16);
        }
        part.push(entry);
    }

    /// Builds the table. Where a name has several values `merge` is given them, in ascending order, and gives the one
    /// that stays.
    pub fn finish(mut self, mut merge: impl FnMut(&[u32]) -> u32) -> Table {
        for part in &mut self.parts {
            part.sort_unstable();
            merge_equal(part, &mut merge);
        }
        let names: usize = self.parts.iter().map(Vec::len).sum();
        if names == 0 {
            return Table::default();
        }
        let homes = (names * PLACES).div_ceil(FILLED * ROW);
        let mut filler = Filler::new(homes);
        for (number, part) in self.parts.into_iter().enumerate() {
            part.iter().for_each(|entry| filler.put(home(number, entry.place, homes), entry));
        }
        let Filler { rows, values, .. } = filler;
        Table { homes, rows: rows.into(), values: values.into(), names }
    }
}

/// Puts entries that come sorted each into the first place that is left from its home on.
struct Filler {
    rows: Vec<Row>,
    values: Vec<u32>,
    next: usize,
}

impl Filler {
    fn new(homes: usize) -> Self {
        // One row more: there, every look-up ends.
        let mut filler = Self { rows: Vec::new(), values: Vec::new(), next: 0 };
        filler.grow(homes + 1);
        filler
    }

    fn grow(&mut self, rows: usize) {
        self.rows.resize(rows, Row::new_zeroed());
        self.values.resize(rows * ROW, 0);
    }

    fn put(&mut self, home: usize, entry: &Entry) {
        let place = self.next.max(home * ROW);
        self.next = place + 1;
        // The last place of all is never taken.
        if place + 1 == self.rows.len() * ROW {
            self.grow(self.rows.len() + 1);
        }
        let [high, low] = entry.fingerprint;
        self.rows[place / ROW].0[place % ROW] = u64::from(high) << 32 | u64::from(low);
        self.values[place] = entry.value;
    }
}

/// Makes one entry of those for one name.
fn merge_equal(entries: &mut Vec<Entry>, merge: &mut impl FnMut(&[u32]) -> u32) {
    let mut values = Vec::new();
    let (mut kept, mut from) = (0, 0);
    while from < entries.len() {
        let mut entry = entries[from];
        let same = entries[from..].iter().take_while(|other| other.name() == entry.name()).count();
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

/// What stands in a place.
fn mark(hash: NameHash) -> u64 {
    hash.fingerprint.max(FREE + 1)
}

/// The octet by which an entry goes to its part.
fn part(hash: NameHash) -> usize {
    (hash.place >> 56) as usize
}

/// The 32 bits after that.
fn place(hash: NameHash) -> u32 {
    (hash.place >> 24) as u32
}

/// Scales these 40 bits to a row; keeps the order of hashes, so that sorted entries are sorted by row.
fn home(part: usize, place: u32, homes: usize) -> usize {
    let place = (part as u128) << 32 | u128::from(place);
    ((place * homes as u128) >> 40) as usize
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
        for size in [0, 1, 2, 5, 7, 8, 9, 1000, 20_000] {
            let entries = (0..size).map(|n| (hash(&format!("n{n}.example")), n));
            let table = Table::new(entries, |_| unreachable!("no name comes twice"));
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
    fn several_values_for_one_name_are_merged_in_order() {
        let entries = || [("x", 3), ("y", 1), ("x", 4), ("x", 2)].map(|(name, value)| (hash(name), value));
        assert_eq!(Table::new(entries(), |values| values[0]).find(hash("x")), Some(2));
        let table = Table::new(entries(), |values| values.iter().sum());
        assert_eq!((table.find(hash("x")), table.find(hash("y")), table.len()), (Some(9), Some(1), 2));
    }

    #[test]
    fn hashes_at_either_end_have_their_places() {
        // All in the first row, or all in the last: what has no room there goes on behind it.
        for place in [0, u64::MAX] {
            let hashes: Vec<NameHash> =
                (0..40).map(|fingerprint| NameHash { place, fingerprint: fingerprint << 8 }).collect();
            let table = Table::new(hashes.iter().copied().zip(0..), |_| unreachable!());
            assert!(hashes.iter().zip(0..).all(|(hash, value)| table.find(*hash) == Some(value)));
            assert_eq!(table.find(NameHash { place, fingerprint: 3 }), None);
        }
    }

    #[test]
    fn a_name_takes_fourteen_octets() {
        let hashes = (0..100_000_u64).map(|n| {
            let place = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            NameHash { place, fingerprint: place.rotate_left(32) }
        });
        let table = Table::new(hashes.zip(0..), |_| unreachable!());
        assert!(table.octets() < 14 * table.len(), "{}", table.octets());
    }

    #[test]
    fn what_is_no_table_is_not_taken_for_one() {
        let table = Table::new([(hash("x"), 1)], |_| unreachable!());
        let (homes, names, rows, values) = table.parts();
        let read = |homes, names, rows: &[Row], values: &[u32]| {
            Table::from_parts(homes, names, rows.into(), values.into())
        };
        assert_eq!(read(homes, names, rows, values).unwrap().find(hash("x")), Some(1));
        assert!(read(3, names, rows, values).is_none());
        assert!(read(homes, names, rows, &values[1..]).is_none());
        assert!(read(homes, 17, rows, values).is_none());
        let full = [rows[0], Row([1; ROW])];
        assert!(read(homes, names, &full, values).is_none());
    }
}
