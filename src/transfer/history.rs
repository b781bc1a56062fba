//! The versions of a zone: the current one, and what led to it.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::export::{Records, Serial};

/// One version of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its serial.
    pub serial: Serial,
    /// Its records, but for the SOA.
    pub records: Arc<Records>,
}

/// What leads from one version to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The serial that it leads from.
    pub from: Serial,
    /// The serial that it leads to.
    pub to: Serial,
    /// The records that go.
    pub removed: Arc<Records>,
    /// The records that come.
    pub added: Arc<Records>,
}

/// The current version, and the differences that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The current version.
    pub current: Version,
    /// The oldest first; each leads to where the next one begins, and the last one to the current version.
    pub differences: Vec<Difference>,
}

impl Difference {
    /// What leads from one version to another.
    pub fn between(old: &Version, new: &Version) -> Self {
        let (mut removed, mut added) = (Vec::new(), Vec::new());
        let (mut before, mut after) = (old.records.iter().peekable(), new.records.iter().peekable());
        loop {
            let order = match (before.peek(), after.peek()) {
                (Some(old), Some(new)) => old.order(new),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            match order {
                Ordering::Less => removed.extend(before.next()),
                Ordering::Greater => added.extend(after.next()),
                Ordering::Equal => _ = (before.next(), after.next()),
            }
        }
        let [removed, added] = [removed, added].map(|records| Arc::new(Records::pack(records)));
        Self { from: old.serial, to: new.serial, removed, added }
    }

    /// Octets of its records.
    pub fn octets(&self) -> usize {
        self.removed.octets().len() + self.added.octets().len()
    }
}

impl History {
    /// The first version.
    pub fn new(current: Version) -> Self {
        Self { current, differences: Vec::new() }
    }

    /// The same with one more version and what leads to it, and the last differences, of which there are at most `most`,
    /// and no more than the zone itself has octets: whoever is further behind takes that.
    pub fn followed_by(&self, version: Version, difference: Difference, most: usize) -> Self {
        let mut differences = self.differences.clone();
        differences.push(difference);
        let mut room = version.records.octets().len();
        let last = differences.iter().rev().take(most).take_while(|difference| {
            let fits = room.checked_sub(difference.octets());
            room = fits.unwrap_or(0);
            fits.is_some()
        });
        let kept = last.count();
        differences.drain(..differences.len() - kept);
        Self { current: version, differences }
    }

    /// What leads from a serial to the current version, unless that is not known.
    pub fn since(&self, serial: Serial) -> Option<&[Difference]> {
        let first = self.differences.iter().position(|difference| difference.from == serial)?;
        Some(&self.differences[first..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::RecordType;
    use crate::export::ZoneRecord;

    /// A zone in which some names of one letter are blocked, with TTLs of their own.
    fn version(serial: u32, letters: &[(u8, u32)]) -> Version {
        let owners: Vec<[u8; 3]> = letters.iter().map(|(letter, _)| [1, *letter, 0]).collect();
        let records = owners.iter().zip(letters).map(|(owner, (_, ttl))| ZoneRecord {
            owner,
            rtype: RecordType::CNAME,
            ttl: *ttl,
            data: &[0],
        });
        Version { serial: Serial(serial), records: Arc::new(Records::pack(records)) }
    }

    /// The records that a version has after a difference: what a secondary makes of it.
    fn applied(difference: &Difference, old: &Records) -> Records {
        let mut removed = difference.removed.iter().peekable();
        let mut added = difference.added.iter().peekable();
        let mut records: Vec<ZoneRecord<'_>> = Vec::new();
        for record in old.iter() {
            if removed.next_if(|gone| gone.order(&record).is_eq()).is_some() {
                continue;
            }
            while let Some(new) = added.next_if(|new| new.order(&record).is_lt()) {
                records.push(new);
            }
            records.push(record);
        }
        records.extend(added);
        Records::pack(records)
    }

    #[test]
    fn a_difference_leads_from_one_version_to_the_other() {
        let all: Vec<Vec<(u8, u32)>> = (0..81_u32)
            .map(|code| {
                (0..4)
                    .filter_map(|place| match code / 3_u32.pow(place) % 3 {
                        0 => None,
                        kind => Some((b'a' + place as u8, kind)),
                    })
                    .collect()
            })
            .collect();
        for old in &all {
            for new in &all {
                let (old, new) = (version(1, old), version(2, new));
                let difference = Difference::between(&old, &new);
                assert_eq!(applied(&difference, &old.records), *new.records);
                let back = Difference::between(&new, &old);
                assert_eq!((&back.removed, &back.added), (&difference.added, &difference.removed));
            }
        }
    }

    #[test]
    fn a_history_leads_to_its_end_from_each_serial_that_it_knows() {
        let letters: Vec<(u8, u32)> = (b'a'..=b'z').map(|letter| (letter, 10)).collect();
        let mut history = History::new(version(1, &letters));
        for serial in 2..9 {
            let gone = serial as usize - 2;
            let next = version(serial, &[&letters[..gone], &letters[gone + 1..]].concat());
            let difference = Difference::between(&history.current, &next);
            history = history.followed_by(next, difference, 3);
        }
        assert_eq!(history.differences.len(), 3);
        assert!(history.since(Serial(4)).is_none() && history.since(Serial(8)).is_none());
        assert_eq!(history.since(Serial(6)).unwrap().len(), 2);
        // All is replaced: nobody is served by so many records and those before them.
        let other = version(9, &(b'A'..=b'Z').map(|letter| (letter, 11)).collect::<Vec<_>>());
        let difference = Difference::between(&history.current, &other);
        assert!(history.followed_by(other, difference, 3).differences.is_empty());
    }
}
