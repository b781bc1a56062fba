//! Sets of records that share owner and type (RFC 2181 §5), with the signatures over them: the unit that is
//! cached, ranked and validated.

use std::collections::{HashMap, HashSet};

use super::codes::RecordType;
use super::name::Name;
use super::record::Record;

/// The data of several records in one piece of memory: two octets of length before each.
#[derive(Clone, Default, PartialEq, Eq)]
struct Pack(Box<[u8]>);

/// All records of one owner and type, of class IN.
#[derive(Clone, PartialEq, Eq)]
pub struct Rrset {
    /// Whose records they are.
    pub owner: Name,
    /// Their type.
    pub rtype: RecordType,
    /// The smallest of their TTLs, in seconds.
    pub ttl: u32,
    data: Pack,
    signatures: Pack,
}

impl Rrset {
    /// A set of uncompressed data, each once, of at most 65,535 octets, and of the RRSIG data that covers it.
    pub fn new<'a>(
        owner: Name,
        rtype: RecordType,
        ttl: u32,
        data: impl IntoIterator<Item = &'a [u8]>,
        signatures: impl IntoIterator<Item = &'a [u8]>,
    ) -> Self {
        Self { owner, rtype, ttl, data: Pack::new(data), signatures: Pack::new(signatures) }
    }

    /// Groups records into sets, in the order in which each set begins. Signatures join the set that they cover;
    /// those that cover nothing here stand as sets of type RRSIG.
    pub fn group(records: &[Record]) -> Vec<Self> {
        #[derive(Default)]
        struct Group<'a> {
            records: Vec<&'a Record>,
            signatures: Vec<&'a Record>,
        }
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut places: HashMap<(&Name, RecordType), usize> = HashMap::new();
        let (signatures, others): (Vec<&Record>, Vec<&Record>) =
            records.iter().partition(|record| record.rtype == RecordType::RRSIG);
        for record in others {
            let place = *places.entry((&record.owner, record.rtype)).or_insert(groups.len());
            groups.resize_with(groups.len().max(place + 1), Group::default);
            groups[place].records.push(record);
        }
        for record in signatures {
            match covered(&record.data).and_then(|rtype| places.get(&(&record.owner, rtype))) {
                Some(place) => groups[*place].signatures.push(record),
                None => groups.push(Group { records: vec![record], signatures: Vec::new() }),
            }
        }
        let octets = |records: &[&Record]| Pack::new(records.iter().map(|record| &*record.data));
        let set = |group: Group<'_>| {
            let first = group.records.first()?;
            let ttl = group.records.iter().map(|record| record.ttl).min()?;
            let (data, signatures) = (octets(&group.records), octets(&group.signatures));
            Some(Self { owner: first.owner.clone(), rtype: first.rtype, ttl, data, signatures })
        };
        groups.into_iter().filter_map(set).collect()
    }

    /// The same set at another name.
    pub fn renamed(&self, owner: Name) -> Self {
        Self { owner, ..self.clone() }
    }

    /// The data of each record.
    pub fn data(&self) -> impl Iterator<Item = &[u8]> + Clone {
        self.data.iter()
    }

    /// The data of each RRSIG record over the set.
    pub fn signatures(&self) -> impl Iterator<Item = &[u8]> + Clone {
        self.signatures.iter()
    }

    /// The records, with the signatures after them where they are wanted, each living for `ttl` seconds.
    pub fn records(&self, ttl: u32, signed: bool) -> impl Iterator<Item = Record> + '_ {
        let record =
            move |rtype, data: &[u8]| Record { owner: self.owner.clone(), rtype, ttl, data: data.into() };
        let signatures = self.signatures().filter(move |_| signed);
        self.data()
            .map(move |data| record(self.rtype, data))
            .chain(signatures.map(move |data| record(RecordType::RRSIG, data)))
    }

    /// The octets that it takes in memory beyond its own size.
    pub fn weight(&self) -> usize {
        self.owner.as_wire().len() + self.data.0.len() + self.signatures.0.len()
    }
}

impl std::fmt::Debug for Rrset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let signatures = self.signatures().count();
        write!(f, "{} {} {} ", self.owner, self.ttl, self.rtype)?;
        f.debug_list().entries(self.data()).finish()?;
        write!(f, " +{signatures}")
    }
}

/// The type that RRSIG data covers (RFC 4034 §3.1.1).
fn covered(data: &[u8]) -> Option<RecordType> {
    data.first_chunk().map(|octets| RecordType(u16::from_be_bytes(*octets)))
}

impl Pack {
    fn new<'a>(all: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut seen: HashSet<&[u8]> = HashSet::new();
        let mut octets = Vec::new();
        for data in all {
            // Records of a set are distinct (RFC 2181 §5.5); a server that repeats one means it once.
            if seen.insert(data) {
                octets.extend((data.len() as u16).to_be_bytes());
                octets.extend(data);
            }
        }
        Self(octets.into())
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> + Clone {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            let (length, tail) = rest.split_first_chunk::<2>()?;
            let (data, tail) = tail.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
            rest = tail;
            Some(data)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(owner: &str, rtype: RecordType, ttl: u32, data: &[u8]) -> Record {
        Record { owner: Name::from_text(owner).unwrap(), rtype, ttl, data: data.into() }
    }

    #[test]
    fn records_are_grouped_with_their_signatures() {
        let records = [
            record("a.example", RecordType::A, 60, b"1111"),
            record("A.example", RecordType::RRSIG, 60, b"\0\x01signature"),
            record("a.example", RecordType::AAAA, 60, b"6666666666666666"),
            record("A.EXAMPLE", RecordType::A, 30, b"2222"),
            record("a.example", RecordType::A, 30, b"2222"),
            record("b.example", RecordType::RRSIG, 60, b"\0\x01stray"),
        ];
        let sets = Rrset::group(&records);
        let shapes: Vec<_> = sets
            .iter()
            .map(|set| (set.rtype, set.ttl, set.data().count(), set.signatures().count()))
            .collect();
        let expected =
            [(RecordType::A, 30, 2, 1), (RecordType::AAAA, 60, 1, 0), (RecordType::RRSIG, 60, 1, 0)];
        assert_eq!(shapes, expected);
        assert_eq!(sets[0].records(5, true).count(), 3);
        assert!(sets[0].records(5, false).all(|record| record.ttl == 5 && record.rtype == RecordType::A));
    }
}
