//! A list ready to decide: its index, its header, and on disk what each rule says.
//!
//! [`ListBuilder`] takes rules one by one, as a format reads them, and keeps of each only a hash; its text goes
//! to a writer at once. [`List`] then answers two questions: which rule is closest to a name or holds an address
//! ([`List::find`], [`List::find_address`], no I/O), and what that rule says ([`List::explain`], which reads at
//! most [`STRIDE`] lines from disk). A list's own exceptions speak for that list alone.
//!
//! The texts file holds one JSON object a line, in the order of rules; the place of every [`STRIDE`]th line is
//! kept in memory.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::IpAddr;

use ipnet::IpNet;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::hash::{Key, NameHash, Suffixes};
use super::index::Table;
use super::networks::Networks;
use super::rule::{Details, Effect, Header, Rule, Scope, Trigger};

/// How many rules share one remembered place in the texts.
const STRIDE: u32 = 64;
/// The longest text that is read back, in octets: more than any format's longest line.
const LONGEST_STRIDE: usize = 8 << 20;
/// More rules than a list may have.
const MAX_RULES: u32 = 1 << 31;

/// Octets that can be read at any offset by several threads at once, as files can.
pub trait Texts: Send + Sync {
    /// Fills the buffer from `offset` on; fewer octets only at the end.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;
}

impl Texts for Vec<u8> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(self.len());
        let count = buffer.len().min(self.len() - start);
        buffer[..count].copy_from_slice(&self[start..start + count]);
        Ok(count)
    }
}

/// What a rule says, as kept on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleText {
    /// Line of the source, from 1.
    pub line: u64,
    /// The listed name without a final dot, or the listed network.
    pub listed_as: String,
    /// How far it reaches; none for a network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// Case number, dates and category.
    #[serde(flatten)]
    pub details: Details,
}

/// The rule of a list that speaks about a name or an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Number of the rule in its list, in the order read.
    pub rule: u32,
    /// How specific it is: twice the labels of its name, and one more where it is for that name alone.
    pub weight: u16,
}

/// An immutable list.
pub struct List {
    /// The name that the operator gave it.
    pub name: String,
    /// The small number by which counters know it, the same in all its generations.
    pub slot: u16,
    /// Its own header, where its format has one.
    pub header: Option<Header>,
    /// Rules in force.
    pub rules: u32,
    /// Names and networks that they are for: fewer where several are for one.
    pub listed: u32,
    /// Rules left out because their end date had passed when the list was built.
    pub expired: u32,
    exact: Table,
    /// Names with all below them.
    domains: Table,
    /// All below names, without the names.
    below: Table,
    networks: Networks<u32>,
    meanings: Meanings,
    places: Box<[u64]>,
    texts: Box<dyn Texts>,
}

/// A value for each rule, kept as runs of equal ones, since most lists have one for all.
#[derive(Debug)]
struct Runs<T> {
    runs: Vec<(u32, T)>,
    /// What became of a rule that another one was put together with.
    merged: BTreeMap<u32, T>,
}

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Self { runs: Vec::new(), merged: BTreeMap::new() }
    }
}

impl<T: PartialEq> Runs<T> {
    fn push(&mut self, rule: u32, value: T) {
        if self.runs.last().is_none_or(|(_, last)| *last != value) {
            self.runs.push((rule, value));
        }
    }

    fn of(&self, rule: u32) -> Option<&T> {
        if let Some(value) = self.merged.get(&rule) {
            return Some(value);
        }
        let run = self.runs.partition_point(|(first, _)| *first <= rule);
        self.runs.get(run.checked_sub(1)?).map(|(_, value)| value)
    }
}

/// What rules do, and when each ends, if it does.
#[derive(Debug, Default)]
struct Meanings {
    effects: Runs<Effect>,
    ends: Runs<Option<Timestamp>>,
}

impl Meanings {
    fn push(&mut self, rule: u32, effect: Effect, end: Option<Timestamp>) {
        self.effects.push(rule, effect);
        self.ends.push(rule, end);
    }

    fn effect(&self, rule: u32) -> &Effect {
        self.effects.of(rule).unwrap_or(&Effect::Block)
    }

    fn end(&self, rule: u32) -> Option<Timestamp> {
        self.ends.of(rule).copied().flatten()
    }

    fn is_in_force(&self, rule: u32, now: Timestamp) -> bool {
        self.end(rule).is_none_or(|end| now < end)
    }

    /// Of two rules for one trigger, the one that stays: an exception before all else, then the first. Local data
    /// of both is put together under the first, and rules that do the same hold until the last of them ends.
    fn keep(&mut self, first: u32, later: u32) -> u32 {
        const MOST_RECORDS: usize = 64;
        let joined = match (self.effect(first), self.effect(later)) {
            (Effect::Allow, effect) if *effect != Effect::Allow => return first,
            (effect, Effect::Allow) if *effect != Effect::Allow => return later,
            (Effect::Local(records), Effect::Local(more)) => {
                let mut all = records.clone();
                all.extend(more.iter().filter(|record| !records.contains(record)).cloned());
                all.truncate(MOST_RECORDS);
                Some(Effect::Local(all))
            }
            (effect, other) if effect != other => return first,
            _ => None,
        };
        if let Some(effect) = joined {
            self.effects.merged.insert(first, effect);
        }
        let end = self.end(first).zip(self.end(later)).map(|(one, other)| one.max(other));
        self.ends.merged.insert(first, end);
        first
    }
}

impl List {
    /// The closest rule to a name of those in force at `now`: for the name alone before its subtree, then each
    /// ancestor's.
    pub fn find(&self, suffixes: &Suffixes, now: Timestamp) -> Option<Hit> {
        let in_force = |rule: &u32| self.meanings.is_in_force(*rule, now);
        if !self.exact.is_empty()
            && let Some(rule) = suffixes.whole().and_then(|hash| self.exact.find(hash)).filter(in_force)
        {
            return Some(Hit { rule, weight: 2 * u16::from(suffixes.labels()) + 1 });
        }
        if self.domains.is_empty() && self.below.is_empty() {
            return None;
        }
        suffixes.closest_first().find_map(|(labels, hash)| {
            let below =
                if labels < suffixes.labels() { self.below.find(hash).filter(in_force) } else { None };
            let rule = match (self.domains.find(hash).filter(in_force), below) {
                // An exception before all else; then, where one of two reaches further, that one: `*.x` adds
                // nothing to `x` and all below it.
                (Some(domain), Some(below)) if self.allows(below) && !self.allows(domain) => below,
                (domain, below) => domain.or(below)?,
            };
            Some(Hit { rule, weight: 2 * u16::from(labels) })
        })
    }

    /// The rule in force at `now` for the smallest listed network that holds an address.
    pub fn find_address(&self, address: IpAddr, now: Timestamp) -> Option<Hit> {
        let rule = self.networks.find_where(address, |rule| self.meanings.is_in_force(*rule, now))?;
        Some(Hit { rule: *rule, weight: 0 })
    }

    /// Whether the list judges addresses at all.
    pub fn judges_addresses(&self) -> bool {
        !self.networks.is_empty()
    }

    /// What a rule does.
    pub fn effect(&self, rule: u32) -> &Effect {
        self.meanings.effect(rule)
    }

    fn allows(&self, rule: u32) -> bool {
        matches!(self.meanings.effect(rule), Effect::Allow)
    }

    /// What a rule says, read from disk.
    pub fn explain(&self, rule: u32) -> io::Result<RuleText> {
        let no_such_rule = || io::Error::new(io::ErrorKind::NotFound, format!("no rule {rule} in this list"));
        let stride = (rule / STRIDE) as usize;
        let start = *self.places.get(stride).ok_or_else(no_such_rule)?;
        let end = *self.places.get(stride + 1).ok_or_else(no_such_rule)?;
        let length = ((end - start) as usize).min(LONGEST_STRIDE);
        let mut text = vec![0; length];
        let read = self.texts.read_at(&mut text, start)?;
        let mut lines = text[..read].split(|octet| *octet == b'\n');
        let line = lines.nth((rule % STRIDE) as usize).ok_or_else(no_such_rule)?;
        Ok(serde_json::from_slice(line)?)
    }

    /// The same list without its rules: known by its name and header, and blocking nothing.
    pub fn withdrawn(&self) -> Self {
        Self {
            name: self.name.clone(),
            slot: self.slot,
            header: self.header.clone(),
            rules: 0,
            listed: 0,
            expired: 0,
            exact: Table::default(),
            domains: Table::default(),
            below: Table::default(),
            networks: Networks::default(),
            meanings: Meanings::default(),
            places: Box::default(),
            texts: Box::new(Vec::new()),
        }
    }

    /// Memory held for deciding, in octets.
    pub fn octets(&self) -> usize {
        self.exact.octets() + self.domains.octets() + self.below.octets() + size_of_val(&*self.places)
    }
}

impl std::fmt::Debug for List {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("List").field("name", &self.name).field("rules", &self.rules).finish_non_exhaustive()
    }
}

/// Takes rules and makes a [`List`].
pub struct ListBuilder<W> {
    key: Key,
    now: Timestamp,
    texts: W,
    written: u64,
    places: Vec<u64>,
    exact: Vec<(NameHash, u32)>,
    domains: Vec<(NameHash, u32)>,
    below: Vec<(NameHash, u32)>,
    networks: Vec<(IpNet, u32)>,
    meanings: Meanings,
    rules: u32,
    expired: u32,
    line: Vec<u8>,
}

impl<W: Write> ListBuilder<W> {
    /// Begins a list whose rules are judged expired at `now` and whose texts go to `texts`.
    pub fn new(key: Key, now: Timestamp, texts: W) -> Self {
        Self {
            key,
            now,
            texts,
            written: 0,
            places: Vec::new(),
            exact: Vec::new(),
            domains: Vec::new(),
            below: Vec::new(),
            networks: Vec::new(),
            meanings: Meanings::default(),
            rules: 0,
            expired: 0,
            line: Vec::new(),
        }
    }

    /// Adds a rule; fails where its text cannot be written, or past 2³¹ rules.
    pub fn push(&mut self, rule: Rule) -> io::Result<()> {
        let end = rule.details.expires;
        if end.is_some_and(|end| end <= self.now) {
            self.expired += 1;
            return Ok(());
        }
        let number = self.rules;
        if number == MAX_RULES {
            return Err(io::Error::other("more than 2147483648 rules in one list"));
        }
        let (listed_as, scope) = match &rule.trigger {
            Trigger::Name(name, scope) => (name.to_string().trim_end_matches('.').to_owned(), Some(*scope)),
            Trigger::Network(network) => (network.to_string(), None),
        };
        self.write_text(&RuleText { line: rule.line, listed_as, scope, details: rule.details })?;
        self.index(&rule.trigger, number);
        self.meanings.push(number, rule.effect, end);
        self.rules += 1;
        Ok(())
    }

    /// Ends the list. `open` turns the written texts into something that can be read back.
    pub fn finish<T: Texts + 'static>(
        mut self,
        name: String,
        header: Option<Header>,
        open: impl FnOnce(W) -> io::Result<T>,
    ) -> io::Result<List> {
        self.texts.flush()?;
        let meanings = &mut self.meanings;
        let [exact, domains, below] = [self.exact, self.domains, self.below]
            .map(|entries| Table::new(entries, |first, later| meanings.keep(first, later)));
        let mut networks = Networks::default();
        for (network, rule) in self.networks {
            networks.merge(network, rule, |first, later| meanings.keep(first, later));
        }
        self.places.push(self.written);
        let listed = exact.len() + domains.len() + below.len() + networks.len();
        Ok(List {
            name,
            slot: 0,
            header,
            rules: self.rules,
            listed: listed as u32,
            expired: self.expired,
            exact,
            domains,
            below,
            networks,
            meanings: self.meanings,
            places: self.places.into(),
            texts: Box::new(open(self.texts)?),
        })
    }

    fn index(&mut self, trigger: &Trigger, number: u32) {
        match trigger {
            Trigger::Name(name, scope) => {
                let Some(hash) = Suffixes::new(&self.key, name.canonical().as_wire()).whole() else { return };
                let entries = match scope {
                    Scope::Host => &mut self.exact,
                    Scope::Domain => &mut self.domains,
                    Scope::Below => &mut self.below,
                };
                entries.push((hash, number));
            }
            Trigger::Network(network) => self.networks.push((*network, number)),
        }
    }

    fn write_text(&mut self, text: &RuleText) -> io::Result<()> {
        if self.rules.is_multiple_of(STRIDE) {
            self.places.push(self.written);
        }
        self.line.clear();
        serde_json::to_writer(&mut self.line, text)?;
        self.line.push(b'\n');
        self.written += self.line.len() as u64;
        self.texts.write_all(&self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::{Name, Record, RecordType};

    const KEY: [u8; 16] = [9; 16];

    fn rule(line: u64, name: &str, scope: Scope, effect: Effect) -> Rule {
        let trigger = Trigger::Name(Name::from_text(name).unwrap(), scope);
        Rule { line, trigger, effect, details: Details::default() }
    }

    fn now() -> Timestamp {
        "2026-06-01T00:00:00Z".parse().unwrap()
    }

    fn list(rules: Vec<Rule>) -> List {
        let mut builder = ListBuilder::new(Key::new(KEY), now(), Vec::new());
        for rule in rules {
            builder.push(rule).unwrap();
        }
        builder.finish("test".into(), None, Ok).unwrap()
    }

    fn line_for(list: &List, name: &str) -> Option<u64> {
        let name = Name::from_text(name).unwrap();
        let hit = list.find(&Suffixes::new(&Key::new(KEY), name.canonical().as_wire()), now())?;
        Some(list.explain(hit.rule).unwrap().line)
    }

    #[test]
    fn the_closest_rule_wins_within_its_scope() {
        let list = list(vec![
            rule(1, "domain.example", Scope::Domain, Effect::Block),
            rule(2, "host.example", Scope::Host, Effect::Block),
            rule(3, "below.example", Scope::Below, Effect::Block),
            rule(4, "deep.domain.example", Scope::Domain, Effect::Allow),
            rule(5, "domain.example", Scope::Host, Effect::Nodata),
        ]);
        for (name, line) in [
            ("domain.example", Some(5)),
            ("a.domain.example", Some(1)),
            ("deep.domain.example", Some(4)),
            ("x.deep.Domain.example", Some(4)),
            ("host.example", Some(2)),
            ("www.host.example", None),
            ("below.example", None),
            ("www.below.example", Some(3)),
            ("a.b.below.example", Some(3)),
            ("otherdomain.example", None),
            ("example", None),
        ] {
            assert_eq!(line_for(&list, name), line, "{name}");
        }
    }

    #[test]
    fn an_apexless_subtree_does_not_hide_its_parent() {
        let list = list(vec![
            rule(1, "example", Scope::Domain, Effect::Block),
            rule(2, "x.example", Scope::Below, Effect::Allow),
        ]);
        assert_eq!(line_for(&list, "x.example"), Some(1));
        assert_eq!(line_for(&list, "a.x.example"), Some(2));
    }

    #[test]
    fn an_exception_below_a_name_leaves_the_name_itself() {
        let list = list(vec![
            rule(1, "x.example", Scope::Below, Effect::Allow),
            rule(2, "x.example", Scope::Domain, Effect::Block),
            rule(3, "y.example", Scope::Below, Effect::Allow),
            rule(4, "y.example", Scope::Domain, Effect::Allow),
            rule(5, "example", Scope::Domain, Effect::Block),
        ]);
        for (name, line) in [("x.example", 2), ("a.x.example", 1), ("y.example", 4), ("a.y.example", 4)] {
            assert_eq!(line_for(&list, name), Some(line), "{name}");
        }
    }

    #[test]
    fn of_equal_triggers_the_exception_stays_and_local_data_is_joined() {
        let record = |last| {
            let data = [192, 0, 2, last];
            Record { owner: Name::root(), rtype: RecordType::A, ttl: 1, data: Box::new(data) }
        };
        let list = list(vec![
            rule(1, "x.example", Scope::Domain, Effect::Block),
            rule(2, "x.example", Scope::Domain, Effect::Allow),
            rule(3, "y.example", Scope::Host, Effect::Local(vec![record(1)])),
            rule(4, "z.example", Scope::Host, Effect::Local(vec![record(9)])),
            rule(5, "y.example", Scope::Host, Effect::Local(vec![record(1), record(2)])),
            rule(6, "b.example", Scope::Below, Effect::Block),
            rule(7, "b.example", Scope::Domain, Effect::Block),
        ]);
        assert_eq!(line_for(&list, "x.example"), Some(2));
        assert_eq!(line_for(&list, "y.example"), Some(3));
        assert_eq!(*list.effect(2), Effect::Local(vec![record(1), record(2)]));
        assert_eq!(*list.effect(3), Effect::Local(vec![record(9)]));
        assert_eq!(line_for(&list, "b.example"), Some(7));
    }

    #[test]
    fn a_rule_ends_at_its_time_and_uncovers_what_is_behind_it() {
        let until = |line, name: &str, scope, end: &str| {
            let mut rule = rule(line, name, scope, Effect::Block);
            rule.details.expires = Some(end.parse().unwrap());
            rule
        };
        let list = list(vec![
            until(1, "ended.example", Scope::Domain, "2026-06-01T00:00:00Z"),
            until(2, "deep.parent.example", Scope::Domain, "2026-06-02T00:00:00Z"),
            until(3, "parent.example", Scope::Domain, "2026-06-03T00:00:00Z"),
            until(4, "twice.example", Scope::Host, "2026-06-02T00:00:00Z"),
            until(5, "twice.example", Scope::Host, "2026-06-04T00:00:00Z"),
        ]);
        assert_eq!((list.rules, list.expired), (4, 1));
        let rule = |name: &str, day: &str| {
            let name = Name::from_text(name).unwrap();
            let suffixes = Suffixes::new(&Key::new(KEY), name.canonical().as_wire());
            let hit = list.find(&suffixes, format!("2026-06-{day}T00:00:00Z").parse().unwrap());
            hit.map(|hit| list.explain(hit.rule).unwrap().line)
        };
        assert_eq!(rule("ended.example", "01"), None);
        let days = ["01", "02", "03", "04"];
        assert_eq!(days.map(|day| rule("deep.parent.example", day)), [Some(2), Some(3), None, None]);
        assert_eq!(days.map(|day| rule("twice.example", day)), [Some(4), Some(4), Some(4), None]);
    }

    #[test]
    fn networks_match_by_longest_prefix() {
        let network = |line, text: &str, effect| Rule {
            line,
            trigger: Trigger::Network(text.parse().unwrap()),
            effect,
            details: Details::default(),
        };
        let list = list(vec![
            network(1, "192.0.2.0/24", Effect::Block),
            network(2, "192.0.2.128/25", Effect::Allow),
            network(3, "2001:db8::/32", Effect::Block),
        ]);
        let rule = |address: &str| list.find_address(address.parse().unwrap(), now()).map(|hit| hit.rule);
        assert_eq!(rule("192.0.2.1"), Some(0));
        assert_eq!(rule("192.0.2.200"), Some(1));
        assert_eq!(rule("2001:db8::1"), Some(2));
        assert_eq!(rule("198.51.100.1"), None);
        assert_eq!(list.explain(2).unwrap().listed_as, "2001:db8::/32");
    }

    #[test]
    fn every_rule_of_a_long_list_is_explained() {
        let list = list(
            (1..=300).map(|n| rule(n, &format!("n{n}.example"), Scope::Domain, Effect::Block)).collect(),
        );
        for number in 0..300 {
            let text = list.explain(number).unwrap();
            assert_eq!(
                (text.line, text.listed_as),
                (u64::from(number) + 1, format!("n{}.example", number + 1))
            );
        }
        assert!(list.explain(300).is_err());
    }
}
