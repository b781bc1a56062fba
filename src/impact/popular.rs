//! The names that most people use, by their rank.
//!
//! The program carries a hundred thousand. A file of one's own has one name a line, the most used first; a line may begin
//! with its rank and a comma, as such lists are published.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, OnceLock};

use crate::blocklist::{Reason, normalise};
use crate::dns::Name;

/// One name a line, compressed with zstd; the most used first.
static BUILT_IN: &[u8] = include_bytes!("../../blocklists/popular-names.txt.zst");
/// More octets than the built-in names have.
const LONGEST: u64 = 16 << 20;

/// The names that most people use.
#[derive(Clone, Debug, Default)]
pub struct Popular {
    /// In the canonical order, so that a name stands right before those below it.
    ranks: BTreeMap<Name, u32>,
}

/// A line that is no name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}; write one name a line, the most used first")]
pub struct NotANameError {
    line: usize,
    reason: Reason,
}

impl Popular {
    /// Those that the program carries, read once.
    pub fn built_in() -> std::io::Result<Arc<Self>> {
        static READ: OnceLock<Arc<Popular>> = OnceLock::new();
        if let Some(read) = READ.get() {
            return Ok(read.clone());
        }
        let mut text = String::new();
        zstd::Decoder::new(BUILT_IN)?.take(LONGEST).read_to_string(&mut text)?;
        let read = Self::parse(&text).map_err(std::io::Error::other)?;
        Ok(READ.get_or_init(|| Arc::new(read)).clone())
    }

    /// Reads a file of them.
    pub fn parse(text: &str) -> Result<Self, NotANameError> {
        let mut ranks = BTreeMap::new();
        let lines = text.lines().map(str::trim).zip(1..);
        for (said, line) in lines.filter(|(said, _)| !said.is_empty() && !said.starts_with('#')) {
            let said = said.rsplit(',').next().unwrap_or(said);
            let name = normalise(said).map_err(|reason| NotANameError { line, reason })?;
            let rank = u32::try_from(ranks.len() + 1).unwrap_or(u32::MAX);
            ranks.entry(name).or_insert(rank);
        }
        Ok(Self { ranks })
    }

    /// The place of a name, from 1.
    pub fn rank(&self, name: &Name) -> Option<u32> {
        self.ranks.get(name).copied()
    }

    /// How many of them stand below a name, and the one that most people use.
    pub fn below(&self, name: &Name) -> Option<(u64, &Name, u32)> {
        let within = self.ranks.range(name.clone()..).take_while(|(other, _)| other.is_within(name));
        let mut found: Option<(u64, &Name, u32)> = None;
        for (other, rank) in within.filter(|(other, _)| *other != name) {
            let (count, first, best) = found.unwrap_or((0, other, *rank));
            let (first, best) = if *rank < best { (other, *rank) } else { (first, best) };
            found = Some((count + 1, first, best));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::from_text(text).unwrap()
    }

    #[test]
    fn a_hundred_thousand_names_are_carried() {
        let popular = Popular::built_in().unwrap();
        assert_eq!(popular.rank(&name("google.com")), Some(1));
        assert!(popular.ranks.len() > 99_000, "{}", popular.ranks.len());
        let (count, first, rank) = popular.below(&name("co.uk")).unwrap();
        assert!(count > 100 && rank < 5_000 && first.is_within(&name("co.uk")), "{count} {first} {rank}");
        assert_eq!(popular.below(&name("xn--nobody-0fa.example")), None);
    }

    #[test]
    fn lists_are_read_as_they_are_published() {
        let popular = Popular::parse("# ours\n1,A.example\r\n\n2,b.c.example\nd.c.example\n").unwrap();
        assert_eq!((popular.rank(&name("a.example")), popular.rank(&name("c.example"))), (Some(1), None));
        assert_eq!(popular.below(&name("c.example")), Some((2, &name("b.c.example"), 2)));
        let error = Popular::parse("a.example\nnot a name\n").unwrap_err().to_string();
        assert!(error.starts_with("line 2: "), "{error}");
    }
}
