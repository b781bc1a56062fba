//! A list on disk, so that the next start reads it and builds nothing.
//!
//! It stands behind the texts of its rules, in the same file:
//!
//! ```text
//! texts of rules │ summary, JSON │ pilots │ places │ pilots and places of what is staged │ kinds of rules │ their cases
//! │ case numbers │ where texts begin │ foot
//! ```
//!
//! Numbers are as this machine has them: the file is for the state directory of one program, and can be made again.
//! The foot holds a checksum of all that is behind the texts, made with the key of the index, so that a file which is
//! damaged, of another version, or was made with another key is told at once. The texts have checksums of their own.

use std::hash::Hasher;
use std::io::{self, Write};
use std::sync::Arc;

use ipnet::IpNet;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use siphasher::sip128::{Hasher128, SipHasher13};
use zerocopy::{FromBytes, FromZeros, Immutable, IntoBytes, KnownLayout};

use super::List;
use super::cases::Cases;
use super::layer::{At, Layer, Names};
use super::meanings::{Kind, Meanings};
use super::texts::Texts;
use crate::blocklist::hash::Key;
use crate::blocklist::index::{Place, Shape, Table};
use crate::blocklist::networks::Networks;
use crate::blocklist::rule::{Effect, Header};
use crate::dns::{Name, Record, RecordType};

/// Changes whenever the form does.
const VERSION: u64 = 0x7265_6d70_0000_0005;

/// Why a file is not taken for a saved list; the list can be built instead.
#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    /// It cannot be read, or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The summary is none.
    #[error("the summary of a saved list cannot be read: {0}")]
    Summary(#[from] serde_json::Error),
    /// It is damaged, or was not made by this version, with this key, on a machine like this.
    #[error("the file was not made by this version with this key, or is damaged")]
    Foreign,
    /// A list that a delta was applied to has a layer that is not saved.
    #[error("a list with a delta above it is not saved; build it anew first")]
    Amended,
}

/// The last octets of the file.
#[derive(FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
struct Foot {
    version: u64,
    /// Where the summary begins, and how long it is.
    start: u64,
    summary: u64,
    /// In two halves.
    checksum: [u64; 2],
}

/// So many octets of the foot are part of what is checked.
const CHECKED: usize = size_of::<Foot>() - size_of::<[u64; 2]>();

/// All but the arrays.
#[derive(Serialize, Deserialize)]
struct Summary {
    header: Option<Header>,
    rules: u32,
    listed: u32,
    expired: u32,
    staged_rules: u32,
    names: SavedNames,
    staged: SavedNames,
    places: usize,
    merged: Vec<u32>,
    networks: Vec<(IpNet, u32)>,
    kinds: Vec<(SavedEffect, Option<Timestamp>)>,
    has_kinds: bool,
    has_cases: bool,
    case_numbers: usize,
}

/// All of names but the arrays of their table.
#[derive(Serialize, Deserialize)]
struct SavedNames {
    table: Shape,
    several: Vec<[Option<u32>; 3]>,
}

#[derive(Serialize, Deserialize)]
enum SavedEffect {
    Block,
    Allow,
    Nxdomain,
    Nodata,
    Drop,
    TcpOnly,
    /// Owner, type, TTL and data.
    Local(Vec<(Vec<u8>, u16, u32, Vec<u8>)>),
}

impl List {
    /// Writes the list behind its texts, which take so many octets of the file.
    pub fn save(&self, key: &Key, texts: u64, out: impl Write) -> Result<(), SavedError> {
        if self.amendment.is_some() {
            return Err(SavedError::Amended);
        }
        let layer = &self.base;
        let (pilots, places) = layer.names.table.arrays();
        let (staged_pilots, staged_places) = layer.staged.table.arrays();
        let (kinds, of) = layer.meanings.parts();
        let (cases, case_numbers) = layer.cases.parts();
        let summary = Summary {
            header: self.header.clone(),
            rules: self.rules,
            listed: self.listed,
            expired: self.expired,
            staged_rules: self.staged,
            names: (&layer.names).into(),
            staged: (&layer.staged).into(),
            places: layer.places.len(),
            merged: layer.merged.clone(),
            networks: layer.networks.iter().map(|(network, rule)| (network, *rule)).collect(),
            kinds: kinds.iter().map(|kind| ((&kind.effect).into(), kind.end)).collect(),
            has_kinds: !of.is_empty(),
            has_cases: !cases.is_empty(),
            case_numbers: case_numbers.len(),
        };
        let summary = serde_json::to_vec(&summary)?;
        let mut out = Hashing { out, hasher: hasher(key) };
        out.write_all(&summary)?;
        for array in [
            pilots.as_bytes(),
            places.as_bytes(),
            staged_pilots.as_bytes(),
            staged_places.as_bytes(),
            of.as_bytes(),
            cases.as_bytes(),
            case_numbers,
        ] {
            out.write_all(array)?;
        }
        out.write_all(layer.places.as_bytes())?;
        let foot = Foot { version: VERSION, start: texts, summary: summary.len() as u64, checksum: [0; 2] };
        out.write_all(&foot.as_bytes()[..CHECKED])?;
        let Hashing { mut out, hasher } = out;
        let sum = hasher.finish128();
        out.write_all([sum.h1, sum.h2].as_bytes())?;
        Ok(out.flush()?)
    }

    /// Reads a list from a file of so many octets that [`List::save`] ended.
    pub fn open(
        name: String,
        key: &Key,
        texts: impl Texts + 'static,
        length: u64,
    ) -> Result<Self, SavedError> {
        let mut foot = Foot::new_zeroed();
        let foot_start = length.checked_sub(size_of::<Foot>() as u64).ok_or(SavedError::Foreign)?;
        fill(&texts, foot_start, foot.as_mut_bytes())?;
        if foot.version != VERSION || foot.start.checked_add(foot.summary).is_none_or(|end| end > foot_start)
        {
            return Err(SavedError::Foreign);
        }
        let mut input = Input { texts: &texts, at: foot.start, end: foot_start, hasher: hasher(key) };
        let summary = input.take::<u8>(foot.summary as usize)?;
        let summary: Summary = serde_json::from_slice(&summary)?;
        let names = input.take_names(summary.names)?;
        let staged = input.take_names(summary.staged)?;
        let all = summary.rules.checked_add(summary.staged_rules).ok_or(SavedError::Foreign)?;
        let of_all = |are_there| if are_there { all as usize } else { 0 };
        let of = input.take::<u32>(of_all(summary.has_kinds))?;
        let cases = input.take::<u32>(of_all(summary.has_cases))?;
        let case_numbers = input.take::<u8>(summary.case_numbers)?;
        let places = input.take::<u64>(summary.places)?;
        input.hasher.write(&foot.as_bytes()[..CHECKED]);
        let sum = input.hasher.finish128();
        if [sum.h1, sum.h2] != foot.checksum || input.at != foot_start {
            return Err(SavedError::Foreign);
        }
        let kinds = summary.kinds.into_iter().map(|(effect, end)| Some(Kind { effect: effect.read()?, end }));
        let kinds = kinds.collect::<Option<Vec<_>>>().ok_or(SavedError::Foreign)?;
        let meanings = Meanings::from_parts(kinds, of.into(), all);
        let cases = Cases::from_parts(cases.into(), case_numbers.into(), all);
        let mut networks = Networks::default();
        for (network, rule) in summary.networks {
            // Each was in a map.
            _ = networks.insert(network, rule);
        }
        let layer = Layer {
            rules: all,
            names: names.ok_or(SavedError::Foreign)?,
            staged: staged.ok_or(SavedError::Foreign)?,
            merged: summary.merged,
            networks,
            meanings: meanings.ok_or(SavedError::Foreign)?,
            cases: cases.ok_or(SavedError::Foreign)?,
            places,
            texts: Some(Box::new(texts)),
        };
        let Summary { header, rules, listed, expired, staged_rules: staged, .. } = summary;
        let base = Arc::new(layer);
        let counts_staged = false;
        Ok(Self {
            name,
            slot: 0,
            header,
            rules,
            listed,
            expired,
            staged,
            counts_staged,
            base,
            amendment: None,
        })
    }
}

impl From<&Names> for SavedNames {
    fn from(names: &Names) -> Self {
        let several = names.several.iter().map(|at| [at.host, at.domain, at.below]).collect();
        Self { table: names.table.shape(), several }
    }
}

impl From<&Effect> for SavedEffect {
    fn from(effect: &Effect) -> Self {
        match effect {
            Effect::Block => Self::Block,
            Effect::Allow => Self::Allow,
            Effect::Nxdomain => Self::Nxdomain,
            Effect::Nodata => Self::Nodata,
            Effect::Drop => Self::Drop,
            Effect::TcpOnly => Self::TcpOnly,
            Effect::Local(records) => {
                let saved = |record: &Record| {
                    let Record { owner, rtype, ttl, data } = record;
                    (owner.as_wire().to_vec(), rtype.0, *ttl, data.to_vec())
                };
                Self::Local(records.iter().map(saved).collect())
            }
        }
    }
}

impl SavedEffect {
    fn read(self) -> Option<Effect> {
        Some(match self {
            Self::Block => Effect::Block,
            Self::Allow => Effect::Allow,
            Self::Nxdomain => Effect::Nxdomain,
            Self::Nodata => Effect::Nodata,
            Self::Drop => Effect::Drop,
            Self::TcpOnly => Effect::TcpOnly,
            Self::Local(records) => {
                let read = |(owner, rtype, ttl, data): (Vec<u8>, _, _, Vec<u8>)| {
                    let owner = Name::from_wire(&owner).ok()?;
                    Some(Record { owner, rtype: RecordType(rtype), ttl, data: data.into() })
                };
                Effect::Local(records.into_iter().map(read).collect::<Option<_>>()?)
            }
        })
    }
}

/// Passes on what is written, and computes its checksum.
struct Hashing<W> {
    out: W,
    hasher: SipHasher13,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let count = self.out.write(octets)?;
        self.hasher.write(&octets[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What is read from, one array after the other.
struct Input<'t, T> {
    texts: &'t T,
    at: u64,
    end: u64,
    hasher: SipHasher13,
}

impl<T: Texts> Input<'_, T> {
    /// Names with the arrays of their table; `None` where those make none.
    fn take_names(&mut self, saved: SavedNames) -> Result<Option<Names>, SavedError> {
        let pilots = self.take::<u16>(saved.table.pilots)?;
        let places = self.take::<Place>(saved.table.places)?;
        let several = saved.several.into_iter().map(|[host, domain, below]| At { host, domain, below });
        let table = Table::from_disk(saved.table, pilots, places);
        Ok(table.map(|table| Names { table, several: several.collect() }))
    }

    fn take<N: FromBytes + IntoBytes + KnownLayout<PointerMetadata = ()>>(
        &mut self,
        count: usize,
    ) -> Result<Box<[N]>, SavedError> {
        let octets = (count as u64).checked_mul(size_of::<N>() as u64);
        // Before memory is taken for it.
        let octets = octets.filter(|octets| *octets <= self.end - self.at).ok_or(SavedError::Foreign)?;
        let mut taken = <[N]>::new_box_zeroed_with_elems(count)
            .map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
        fill(self.texts, self.at, taken.as_mut_bytes())?;
        self.hasher.write(taken.as_mut_bytes());
        self.at += octets;
        Ok(taken)
    }
}

fn hasher(key: &Key) -> SipHasher13 {
    let [one, other] = [0, 1].map(|half| key.draw("saved", half));
    SipHasher13::new_with_keys(one, other)
}

fn fill(texts: &impl Texts, at: u64, buffer: &mut [u8]) -> Result<(), SavedError> {
    let read = texts.read_at(buffer, at)?;
    if read == buffer.len() { Ok(()) } else { Err(SavedError::Foreign) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::{Details, ListBuilder, Rule, Scope, Suffixes, Trigger};

    const KEY: [u8; 16] = [9; 16];

    fn now() -> Timestamp {
        "2026-06-01T00:00:00Z".parse().unwrap()
    }

    /// A list of everything that a list can hold.
    fn list() -> List {
        let record =
            Record { owner: Name::root(), rtype: RecordType::A, ttl: 60, data: Box::new([192, 0, 2, 1]) };
        let end = "2027-01-01T00:00:00Z".parse().ok();
        let effects = [Effect::Block, Effect::Allow, Effect::Local(vec![record]), Effect::TcpOnly];
        let mut builder = ListBuilder::new(Key::new(KEY), now(), Vec::new());
        for number in 0..1000_u64 {
            let name = Name::from_text(&format!("n{}.example", number / 2)).unwrap();
            let scope = [Scope::Host, Scope::Below, Scope::Domain][number as usize % 3];
            let trigger = match number % 100 {
                99 => Trigger::Network(format!("192.0.2.{}/32", number / 100).parse().unwrap()),
                _ => Trigger::Name(name, scope),
            };
            let reference = (number % 3 == 0).then(|| format!("2026-{}", number / 7));
            let (expires, staged) = (end.filter(|_| number % 5 == 0), number % 11 == 0);
            let details = Details { expires, reference, staged, ..Details::default() };
            let effect = effects[number as usize % effects.len()].clone();
            builder.push(Rule { line: number + 1, trigger, effect, details }).unwrap();
        }
        builder.finish("test".into(), None, Ok).unwrap()
    }

    fn saved(list: &List) -> Vec<u8> {
        let (layer, _) = list.layer(0);
        let length = *layer.places.last().unwrap();
        let mut file = vec![0; length as usize];
        layer.texts.as_ref().unwrap().read_at(&mut file, 0).unwrap();
        list.save(&Key::new(KEY), length, &mut file).unwrap();
        file
    }

    fn open(file: Vec<u8>) -> Result<List, SavedError> {
        let length = file.len() as u64;
        List::open("test".into(), &Key::new(KEY), file, length)
    }

    #[test]
    fn what_was_saved_decides_and_explains_the_same() {
        let list = list();
        let read = open(saved(&list)).unwrap();
        let counts = |list: &List| (list.rules, list.listed, list.expired, list.staged);
        assert_eq!(counts(&read), counts(&list));
        let mut found_staged = 0;
        for number in 0..600 {
            for name in [format!("n{number}.example"), format!("a.b.n{number}.example")] {
                let name = Name::from_text(&name).unwrap();
                let suffixes = Suffixes::new(&Key::new(KEY), name.as_wire());
                for moment in [now(), "2028-01-01T00:00:00Z".parse().unwrap()] {
                    assert_eq!(read.find(&suffixes, moment), list.find(&suffixes, moment), "{name}");
                    let staged = list.find_staged(&suffixes, moment);
                    assert_eq!(read.find_staged(&suffixes, moment), staged, "{name}");
                    found_staged += u32::from(staged.is_some());
                }
            }
        }
        assert!(list.staged > 80 && found_staged > 80, "{found_staged}");
        for last in 0..12 {
            let address = [192, 0, 2, last].into();
            assert_eq!(read.find_address(address, now()), list.find_address(address, now()));
        }
        for rule in 0..1000 {
            assert_eq!(read.effect(rule), list.effect(rule));
            assert_eq!(read.case(rule), list.case(rule));
            assert_eq!(list.case(rule).is_some(), list.explain(rule).unwrap().details.reference.is_some());
            assert_eq!(read.explain(rule).unwrap(), list.explain(rule).unwrap());
        }
    }

    #[test]
    fn what_is_damaged_is_not_taken() {
        let file = saved(&list());
        let texts = list().layer(0).0.places.last().copied().unwrap() as usize;
        for length in (0..file.len()).step_by(97).chain(file.len() - 45..file.len()) {
            assert!(open(file[..length].to_vec()).is_err(), "{length}");
        }
        for place in (texts..file.len()).step_by(89).chain(file.len() - 45..file.len()) {
            let mut damaged = file.clone();
            damaged[place] ^= 0x10;
            assert!(open(damaged).is_err(), "{place}");
        }
        let length = file.len() as u64;
        assert!(List::open("test".into(), &Key::new([1; 16]), file.clone(), length).is_err());
        // Damage to a text is told when it is read, and nothing else suffers.
        let mut damaged = file;
        damaged[20] ^= 0x10;
        let list = open(damaged).unwrap();
        assert!(list.explain(0).is_err() && list.explain(500).is_ok());
    }
}
