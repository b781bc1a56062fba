//! The case number of each rule in memory, for what clients are told with every block; what more a rule says is on disk.

use std::collections::HashMap;

use super::numbers::Numbers;

/// Longer ones are on disk alone: what clients are told has to fit into their packets.
const LONGEST: usize = 40;
/// The most octets of all of them; those of the rules that come after that are on disk alone.
const MOST: usize = 4 << 20;

/// The case number of every rule, four octets a rule where there are any.
#[derive(Debug, Default)]
pub(super) struct Cases {
    /// Where the case number of each rule stands, counted from 1, or 0 for nowhere.
    of: Numbers,
    /// Each once, behind an octet with its length.
    text: Vec<u8>,
}

impl Cases {
    pub(super) fn of(&self, rule: u32) -> Option<&str> {
        let place = self.of.get(rule) as usize;
        let (length, text) = self.text.get(place.checked_sub(1)?..)?.split_first()?;
        str::from_utf8(text.get(..usize::from(*length))?).ok()
    }

    pub(super) fn octets(&self) -> usize {
        self.of.octets() + self.text.len()
    }

    /// As they are kept on disk.
    pub(super) fn parts(&self) -> (&[u32], &[u8]) {
        (self.of.as_slice(), &self.text)
    }

    /// From what is kept on disk, for so many rules; `None` where that does not fit.
    pub(super) fn from_parts(of: Vec<u32>, text: Vec<u8>, rules: u32) -> Option<Self> {
        Numbers::from_disk(of, rules).map(|of| Self { of, text })
    }
}

/// Gathers [`Cases`].
#[derive(Default)]
pub(super) struct CasesBuilder {
    cases: Cases,
    known: HashMap<Box<str>, u32>,
}

impl CasesBuilder {
    /// Says what the case number of the next rule is.
    pub(super) fn push(&mut self, case: Option<&str>) {
        let place = case.map_or(0, |case| self.place(case));
        self.cases.of.push(place);
    }

    pub(super) fn finish(mut self) -> Cases {
        self.cases.of.shrink_to_fit();
        self.cases.text.shrink_to_fit();
        self.cases
    }

    fn place(&mut self, case: &str) -> u32 {
        if let Some(place) = self.known.get(case) {
            return *place;
        }
        let text = &mut self.cases.text;
        if case.is_empty() || case.len() > LONGEST || text.len() + case.len() >= MOST {
            return 0;
        }
        text.push(case.len() as u8);
        // From 1 on, that is of the length.
        let place = text.len() as u32;
        text.extend(case.bytes());
        self.known.insert(case.into(), place);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases<'c>(cases: impl IntoIterator<Item = Option<&'c str>>) -> Cases {
        let mut builder = CasesBuilder::default();
        cases.into_iter().for_each(|case| builder.push(case));
        builder.finish()
    }

    #[test]
    fn every_rule_has_its_own() {
        let long = "x".repeat(LONGEST + 1);
        let given = [None, Some("2026-1"), Some("№ 2"), None, Some("2026-1"), Some(""), Some(&long)];
        let cases = cases(given);
        let known: Vec<Option<&str>> = (0..8).map(|rule| cases.of(rule)).collect();
        assert_eq!(known, [None, Some("2026-1"), Some("№ 2"), None, Some("2026-1"), None, None, None]);
        let (of, text) = cases.parts();
        assert_eq!((of.len(), text.len()), (7, 1 + 6 + 1 + 5));
        assert_eq!(self::cases([None; 100]).octets(), 0);
    }

    #[test]
    fn they_are_bounded() {
        let many: Vec<String> = (0..150_000).map(|number| format!("{number:040}")).collect();
        let cases = cases(many.iter().map(|case| Some(case.as_str())));
        assert!(cases.parts().1.len() <= MOST);
        assert_eq!(cases.of(99_999), Some(&*many[99_999]));
        assert_eq!(cases.of(149_999), None);
    }

    #[test]
    fn what_does_not_fit_is_not_taken() {
        assert!(Cases::from_parts(vec![1], vec![], 2).is_none());
        let damaged = Cases::from_parts(vec![1, 9, 2, u32::MAX], vec![5, b'x', 0xff], 4).unwrap();
        assert_eq!((0..4).filter_map(|rule| damaged.of(rule)).count(), 0);
    }
}
