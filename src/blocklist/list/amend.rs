//! A list as a delta leaves it, at once: a small layer above the base, and the rules of the base that are gone.
//!
//! A published list of millions takes seconds to be built, and a name that was listed by mistake must not wait for
//! that. What comes out decides as the list that the delta leads to would; whether that list is what the authority
//! signed can only be said when it was put together, which is for the caller to do, and then to build it.

use std::collections::{HashMap, HashSet};
use std::io::BufRead;
use std::sync::Arc;

use jiff::Timestamp;

use super::layer::{At, Layer};
use super::{List, ListBuilder, texts};
use crate::blocklist::delta::{Change, DeltaError, read_delta};
use crate::blocklist::hash::{Key, Suffix};
use crate::blocklist::rule::{Rule, Trigger};

/// Changes to a base, in all deltas since it was built, past which it is built anew first.
const MOST_CHANGES: usize = 1 << 16;

/// Where a list has one rule at most: what it is for, and whether it is staged.
type Place = (Trigger, bool);

/// What deltas made of a base.
pub(super) struct Amendment {
    /// Rules of the base that are no longer in the list.
    gone: HashSet<u32>,
    /// Rules that are new in it.
    rules: HashMap<Place, Rule>,
    /// The first number of a rule in the layer.
    first: u32,
    pub added: Layer,
}

impl Amendment {
    /// Whether a rule of the base is no longer in the list.
    pub(super) fn removes(&self, rule: u32) -> bool {
        self.gone.contains(&rule)
    }

    /// The rules for a name, of those that are in the base and those that are in the layer above it.
    pub(super) fn over(&self, base: Option<At>, added: Option<At>) -> Option<At> {
        let base = base.map(|at| at.map(|rule| (!self.removes(rule)).then_some(rule)));
        let added = added.map(|at| at.map(|rule| Some(self.first + rule)));
        match (added, base) {
            (Some(added), Some(base)) => Some(added.or(base)),
            (added, base) => added.or(base),
        }
    }
}

impl List {
    /// The list to which a delta leads from this one; `look` is shown each rule that comes.
    ///
    /// Refused is a delta for another list or serial, one that does not fit what is here, and one that comes on top of
    /// too many others.
    pub fn amend(
        &self,
        key: &Key,
        now: Timestamp,
        delta: impl BufRead,
        mut look: impl FnMut(&Rule),
    ) -> Result<Self, DeltaError> {
        let header = self.header.as_ref().ok_or(DeltaError::Unpublished)?;
        let (mut goes, mut comes) = (Vec::new(), Vec::new());
        let header = read_delta(delta, header, |change, rule| match change {
            Change::Removed => goes.push(rule),
            Change::Added => {
                look(&rule);
                comes.push(rule);
            }
        })?;
        let mut draft = Draft::of(self, key, now);
        let changes = draft.gone.len() + draft.rules.len() + goes.len() + comes.len();
        if changes > MOST_CHANGES {
            return Err(DeltaError::TooMany { changes });
        }
        // A rule that says something new goes before it comes.
        goes.into_iter().try_for_each(|rule| draft.remove(rule))?;
        comes.into_iter().try_for_each(|rule| draft.add(rule))?;
        let Draft { gone, rules, counts, .. } = draft;
        let mut builder = ListBuilder::new(*key, now, Vec::new());
        let unwritable = |cause| DeltaError::Write { cause };
        rules.values().try_for_each(|rule| builder.push(rule.clone())).map_err(unwritable)?;
        let added = builder.into_layer(Ok).map_err(unwritable)?;
        let first = self.base.rules;
        Ok(Self {
            name: self.name.clone(),
            slot: self.slot,
            header: Some(header),
            rules: counts.rules,
            listed: counts.listed,
            expired: counts.expired,
            staged: counts.staged,
            counts_staged: self.counts_staged,
            base: self.base.clone(),
            amendment: Some(Arc::new(Amendment { gone, rules, first, added })),
        })
    }

    /// Whether it was built from what was signed, and not amended since.
    pub fn is_whole(&self) -> bool {
        self.amendment.is_none()
    }
}

/// An amendment in the making.
struct Draft<'l> {
    list: &'l List,
    key: &'l Key,
    now: Timestamp,
    gone: HashSet<u32>,
    rules: HashMap<Place, Rule>,
    counts: Counts,
}

struct Counts {
    rules: u32,
    listed: u32,
    expired: u32,
    staged: u32,
}

impl Counts {
    /// Changes those that count a rule which has not ended.
    fn change(&mut self, rule: &Rule, change: impl Fn(u32) -> u32) {
        if rule.details.staged {
            self.staged = change(self.staged);
        } else {
            (self.rules, self.listed) = (change(self.rules), change(self.listed));
        }
    }
}

fn place(rule: &Rule) -> Place {
    (rule.trigger.clone(), rule.details.staged)
}

impl<'l> Draft<'l> {
    fn of(list: &'l List, key: &'l Key, now: Timestamp) -> Self {
        let (gone, rules) = match &list.amendment {
            Some(amendment) => (amendment.gone.clone(), amendment.rules.clone()),
            None => Default::default(),
        };
        let List { rules: count, listed, expired, staged, .. } = *list;
        Self { list, key, now, gone, rules, counts: Counts { rules: count, listed, expired, staged } }
    }

    fn remove(&mut self, rule: Rule) -> Result<(), DeltaError> {
        let absent = DeltaError::Absent { line: rule.line };
        if let Some(known) = self.rules.remove(&place(&rule)) {
            if known.details != rule.details {
                return Err(absent);
            }
        } else if let Some(number) = self.in_base(&rule)? {
            let known = texts::read(&self.list.base, number).map_err(|cause| DeltaError::Write { cause })?;
            if known.details != rule.details {
                return Err(absent);
            }
            self.gone.insert(number);
        } else if self.has_ended(&rule) {
            // It was not taken into the base.
            let one = u32::from(!rule.details.staged);
            self.counts.expired = self.counts.expired.saturating_sub(one);
            return Ok(());
        } else {
            return Err(absent);
        }
        self.counts.change(&rule, |count| count.saturating_sub(1));
        Ok(())
    }

    fn add(&mut self, rule: Rule) -> Result<(), DeltaError> {
        if self.has_ended(&rule) {
            self.counts.expired += u32::from(!rule.details.staged);
            return Ok(());
        }
        if self.in_base(&rule)?.is_some() || self.rules.contains_key(&place(&rule)) {
            return Err(DeltaError::Ambiguous { line: rule.line });
        }
        self.counts.change(&rule, |count| count + 1);
        self.rules.insert(place(&rule), rule);
        Ok(())
    }

    /// The rule of the base in the same place, if it is still there.
    fn in_base(&self, rule: &Rule) -> Result<Option<u32>, DeltaError> {
        let Trigger::Name(name, scope) = &rule.trigger else { return Err(DeltaError::Unpublished) };
        let base = &self.list.base;
        let names = if rule.details.staged { &base.staged } else { &base.names };
        let name = Suffix::of(self.key, name.as_wire());
        let number = name.and_then(|name| names.at(name.hash)?.of(*scope));
        // What others for the same trigger say is known to the whole list only.
        if number.is_some_and(|number| base.merged.binary_search(&number).is_ok()) {
            return Err(DeltaError::Ambiguous { line: rule.line });
        }
        Ok(number.filter(|number| !self.gone.contains(number)))
    }

    fn has_ended(&self, rule: &Rule) -> bool {
        rule.details.expires.is_some_and(|end| end <= self.now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::delta::tests::{Random, composed, delta};
    use crate::blocklist::{Details, Effect, Format, Hit, Scope, Suffixes, read};
    use crate::dns::Name;

    const KEY: [u8; 16] = [9; 16];

    fn now() -> Timestamp {
        "2026-06-01T00:00:00Z".parse().unwrap()
    }

    fn list(text: &[u8]) -> List {
        let mut builder = ListBuilder::new(Key::new(KEY), now(), Vec::new());
        let mut expected = Vec::new();
        let report = read(text, Some(Format::Jsonl), "list", |rule| expected.push(rule));
        expected.into_iter().for_each(|rule| builder.push(rule).unwrap());
        let header = report.ok().and_then(|report| report.header);
        builder.finish("test".into(), header, Ok).unwrap()
    }

    fn amend(list: &List, delta: &[u8]) -> Result<List, DeltaError> {
        list.amend(&Key::new(KEY), now(), delta, |_| {})
    }

    /// What a list says of a name, in force and staged, whatever its rules are numbered.
    fn said(list: &List, name: &Name) -> [Option<(String, u16)>; 2] {
        let suffixes = Suffixes::new(&Key::new(KEY), name.as_wire());
        let told = |hit: Hit| {
            let text = list.explain(hit.rule).unwrap();
            (format!("{} {:?} {:?}", text.listed_as, text.scope, text.details), hit.weight)
        };
        [list.find(&suffixes, now()), list.find_staged(&suffixes, now())].map(|hit| hit.map(told))
    }

    #[test]
    fn an_amended_list_decides_as_the_one_that_the_delta_leads_to() {
        let mut random = Random(1);
        let (mut taken, mut built_anew) = (0, 0);
        for _ in 0..60 {
            let mut rules: Vec<Rule> = (0..random.below(40)).map(|_| random.rule()).collect();
            rules.push(random.rule());
            let mut amended = list(&composed(1, &rules));
            // One delta above the other.
            for serial in 2..5 {
                let mut later = random.later(&rules);
                later.push(random.rule());
                let (old, new) = (composed(serial - 1, &rules), composed(serial, &later));
                let (_, delta) = delta(&old, &new);
                let whole = list(&new);
                amended = match amend(&amended, &delta) {
                    Ok(amended) => amended,
                    Err(DeltaError::Ambiguous { .. }) => {
                        built_anew += 1;
                        whole.clone()
                    }
                    Err(error) => panic!("{error}"),
                };
                taken += 1;
                assert_eq!(amended.header, whole.header);
                for rule in rules.iter().chain(&later) {
                    let Trigger::Name(name, _) = &rule.trigger else { unreachable!() };
                    let below = Name::from_text(&format!("x.{name}")).unwrap();
                    for name in [name, &below] {
                        assert_eq!(said(&amended, name), said(&whole, name), "{name}");
                    }
                }
                if amended.is_whole() || later.iter().all(|rule| is_single(rule, &later)) {
                    let counts = |list: &List| (list.rules, list.listed, list.expired, list.staged);
                    assert_eq!(counts(&amended), counts(&whole));
                }
                rules = later;
            }
        }
        assert!(taken - built_anew > 30, "{built_anew} of {taken}");
    }

    fn is_single(rule: &Rule, rules: &[Rule]) -> bool {
        rules.iter().filter(|other| other.trigger == rule.trigger).count() == 1
    }

    #[test]
    fn a_delta_that_does_not_fit_changes_nothing() {
        let mut random = Random(7);
        let rules: Vec<Rule> = (0..20).map(|_| random.rule()).collect();
        let (one, two) = (composed(1, &rules), composed(2, &rules[..10]));
        let (_, forwards) = delta(&one, &two);
        let base = list(&one);
        // Of another serial, and with rules removed that are not there.
        assert!(matches!(amend(&list(&two), &forwards), Err(DeltaError::OtherSerial { .. })));
        let other = list(&composed(1, &rules[..10]));
        assert!(matches!(amend(&other, &forwards), Err(DeltaError::Absent { .. })));
        assert!(amend(&base, &forwards[..forwards.len() - 2]).is_err());
        assert!(base.is_whole());
    }

    /// A delta promotes a rule: it goes as one that is staged, and comes as one that is not.
    #[test]
    fn a_promotion_is_in_force_at_once() {
        let rule = |name: &str, staged| {
            let trigger = Trigger::Name(Name::from_text(name).unwrap(), Scope::Domain);
            Rule {
                line: 1,
                trigger,
                effect: Effect::Block,
                details: Details { staged, ..Details::default() },
            }
        };
        let (a, b) = ("a.example", "b.example");
        let generations = [
            composed(1, &[rule(a, true), rule(b, false)]),
            composed(2, &[rule(a, false), rule(b, true)]),
            composed(3, &[rule(a, true), rule(b, true)]),
        ];
        let mut list = list(&generations[0]);
        for (pair, expected) in generations.windows(2).zip([(1, 1, 1), (0, 0, 2)]) {
            list = amend(&list, &delta(&pair[0], &pair[1]).1).unwrap();
            assert_eq!((list.rules, list.listed, list.staged), expected);
        }
        for name in [a, b] {
            let [in_force, staged] = said(&list, &Name::from_text(name).unwrap());
            assert!(in_force.is_none() && staged.is_some_and(|(text, _)| text.contains("staged: true")));
        }
    }

    #[test]
    fn what_ended_neither_comes_nor_is_missed() {
        let rule = |name: &str, end: &str| {
            let details = Details { expires: Some(end.parse().unwrap()), ..Details::default() };
            let trigger = Trigger::Name(Name::from_text(name).unwrap(), Scope::Domain);
            Rule { line: 1, trigger, effect: Effect::Block, details }
        };
        let (ended, ends) = ("2026-05-01T00:00:00Z", "2026-07-01T00:00:00Z");
        let old = composed(1, &[rule("a.example", ended), rule("b.example", ends)]);
        let new = composed(2, &[rule("b.example", ends), rule("c.example", ended), rule("d.example", ends)]);
        let amended = amend(&list(&old), &delta(&old, &new).1).unwrap();
        assert_eq!((amended.rules, amended.listed, amended.expired), (2, 2, 1));
        let listed = ["a", "b", "c", "d"]
            .map(|label| said(&amended, &Name::from_text(&format!("{label}.example")).unwrap())[0].is_some());
        assert_eq!(listed, [false, true, false, true]);
    }
}
