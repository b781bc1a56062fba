//! A list ready to decide: its index, its header, and on disk what each rule says.
//!
//! [`ListBuilder`] takes rules one by one, as a format reads them, and keeps of each only a hash; its text goes to a
//! writer at once. [`List`] then answers two questions: which rule is closest to a name or holds an address
//! ([`List::find`], [`List::find_address`], no I/O), and what that rule says ([`List::explain`], which reads one block
//! from disk). A list's own exceptions speak for that list alone. What is staged in it stands in an index apart
//! ([`List::find_staged`]), decides nothing, and is no part of its rules in any count but its own.
//!
//! All of that is a layer. A list is one, the base, which [`List::save`] keeps on disk and [`List::open`] reads back in
//! the time of reading; after a delta ([`List::amend`]) there is a small second one above it, so that what a delta says
//! is in force long before a list of millions is built anew.

mod amend;
mod builder;
mod cases;
mod layer;
mod meanings;
mod numbers;
mod saved;
mod texts;

use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;

use super::hash::{Depths, NameHash, Suffix, Suffixes};
use super::rule::{Effect, Header};
use amend::Amendment;
use layer::{At, Layer, Names};

pub use builder::ListBuilder;
pub use saved::SavedError;
pub use texts::{RuleText, Texts};

/// The rule of a list that speaks about a name or an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Number of the rule in its list, in the order read.
    pub rule: u32,
    /// How specific it is: twice the labels of its name, and one more where it is for that name alone.
    pub weight: u16,
}

/// An immutable list.
#[derive(Clone, Default)]
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
    /// Rules left out because their end date had passed when the list was built; staged ones apart.
    pub expired: u32,
    /// Rules that are staged, and so not in force.
    pub staged: u32,
    /// Whether this resolver counts what the staged rules would block.
    pub counts_staged: bool,
    base: Arc<Layer>,
    amendment: Option<Arc<Amendment>>,
}

impl List {
    /// The closest rule to a name of those in force at `now`: for the name alone before its subtree, then each
    /// ancestor's.
    pub fn find(&self, suffixes: &Suffixes, now: Timestamp) -> Option<Hit> {
        self.closest(suffixes, (self.depths(|layer| &layer.names), now), |hash| self.at(hash, |it| &it.names))
    }

    /// The same among staged rules, as if they alone were in force.
    pub fn find_staged(&self, suffixes: &Suffixes, now: Timestamp) -> Option<Hit> {
        let depths = self.depths(|layer| &layer.staged);
        self.closest(suffixes, (depths, now), |hash| self.at(hash, |it| &it.staged))
    }

    #[inline]
    fn closest(
        &self,
        suffixes: &Suffixes,
        (depths, now): (Depths, Timestamp),
        at: impl Fn(NameHash) -> Option<At>,
    ) -> Option<Hit> {
        suffixes.among(depths).find_map(|Suffix { labels, hash }| {
            let At { host, domain, below } = at(hash)?;
            let in_force = |rule: &u32| self.is_in_force(*rule, now);
            let weight = 2 * u16::from(labels);
            let is_whole = labels == suffixes.labels();
            if let Some(rule) = host.filter(|rule| is_whole && in_force(rule)) {
                return Some(Hit { rule, weight: weight + 1 });
            }
            let below = below.filter(|rule| !is_whole && in_force(rule));
            let rule = match (domain.filter(in_force), below) {
                // An exception before all else; then, where one of two reaches further, that one: `*.x` adds
                // nothing to `x` and all below it.
                (Some(domain), Some(below)) if self.allows(below) && !self.allows(domain) => below,
                (domain, below) => domain.or(below)?,
            };
            Some(Hit { rule, weight })
        })
    }

    /// Asks for the memory that [`List::find`] will read first.
    #[inline]
    pub fn approach(&self, suffixes: &Suffixes) {
        self.base.names.table.approach(suffixes);
    }

    /// Asks for what that leads to.
    #[inline]
    pub fn reach(&self, suffixes: &Suffixes) {
        self.base.names.table.reach(suffixes);
    }

    /// The rule in force at `now` for the smallest listed network that holds an address.
    pub fn find_address(&self, address: IpAddr, now: Timestamp) -> Option<Hit> {
        // Published lists, which alone are amended, hold no networks.
        Some(Hit { rule: self.base.at_address(address, now)?, weight: 0 })
    }

    /// Whether the list judges addresses at all.
    pub fn judges_addresses(&self) -> bool {
        !self.base.networks.is_empty()
    }

    /// What a rule does.
    pub fn effect(&self, rule: u32) -> &Effect {
        let (layer, rule) = self.layer(rule);
        layer.effect(rule)
    }

    /// The case number of a rule, as far as it is in memory.
    pub fn case(&self, rule: u32) -> Option<&str> {
        let (layer, rule) = self.layer(rule);
        layer.cases.of(rule)
    }

    /// What a rule says, read from disk.
    pub fn explain(&self, rule: u32) -> io::Result<RuleText> {
        let (layer, rule) = self.layer(rule);
        texts::read(layer, rule)
    }

    /// Shows what each rule in force at `now` says that is for one case. Reads all that rules say, from disk.
    pub fn of_case(&self, case: &str, now: Timestamp, mut show: impl FnMut(RuleText)) -> io::Result<()> {
        let mut show = |text: RuleText| {
            if !text.details.staged {
                show(text)
            }
        };
        texts::search(&self.base, case, |rule, text| {
            let gone = self.amendment.as_ref().is_some_and(|amendment| amendment.removes(rule));
            if !gone && self.base.meanings.is_in_force(rule, now) {
                show(text);
            }
        })?;
        let Some(amendment) = &self.amendment else { return Ok(()) };
        texts::search(&amendment.added, case, |rule, text| {
            if amendment.added.meanings.is_in_force(rule, now) {
                show(text);
            }
        })
    }

    /// The same list without its rules: known by its name and header, and blocking nothing.
    pub fn withdrawn(&self) -> Self {
        Self { name: self.name.clone(), slot: self.slot, header: self.header.clone(), ..Self::default() }
    }

    /// The same list where this resolver counts what its staged rules would block.
    pub fn counting_staged(&self) -> Self {
        Self { counts_staged: true, ..self.clone() }
    }

    /// Memory held for deciding, in octets.
    pub fn octets(&self) -> usize {
        self.base.octets() + self.amendment.as_ref().map_or(0, |amendment| amendment.added.octets())
    }

    #[inline]
    fn depths(&self, names: impl Fn(&Layer) -> &Names) -> Depths {
        let base = names(&self.base).table.depths();
        self.amendment.as_ref().map_or(base, |amendment| base.or(names(&amendment.added).table.depths()))
    }

    /// The rules for a name.
    #[inline]
    fn at(&self, hash: NameHash, names: impl Fn(&Layer) -> &Names) -> Option<At> {
        let base = names(&self.base).at(hash);
        match &self.amendment {
            None => base,
            Some(amendment) => amendment.over(base, names(&amendment.added).at(hash)),
        }
    }

    /// How many of the names that are listed have ended since the list was built.
    pub fn ended(&self, now: Timestamp) -> u32 {
        let is_gone = |rule: &u32| self.amendment.as_ref().is_some_and(|amendment| amendment.removes(*rule));
        let ended = |layer: &Layer, is_gone: &dyn Fn(&u32) -> bool| match layer.meanings.have_ends(now) {
            true => layer
                .names
                .rules()
                .filter(|rule| !layer.meanings.is_in_force(*rule, now) && !is_gone(rule))
                .count(),
            false => 0,
        };
        let added = self.amendment.as_ref().map_or(0, |amendment| ended(&amendment.added, &|_| false));
        u32::try_from(ended(&self.base, &is_gone) + added).unwrap_or(u32::MAX).min(self.listed)
    }

    fn is_in_force(&self, rule: u32, now: Timestamp) -> bool {
        let (layer, rule) = self.layer(rule);
        layer.meanings.is_in_force(rule, now)
    }

    fn allows(&self, rule: u32) -> bool {
        matches!(self.effect(rule), Effect::Allow)
    }

    /// The layer that a rule is in, and its number there.
    fn layer(&self, rule: u32) -> (&Layer, u32) {
        match &self.amendment {
            Some(amendment) if rule >= self.base.rules => (&amendment.added, rule - self.base.rules),
            _ => (&self.base, rule),
        }
    }
}

impl std::fmt::Debug for List {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("List").field("name", &self.name).field("rules", &self.rules).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::{Details, Key, Rule, Scope, Trigger};
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
        let hit = list.find(&Suffixes::new(&Key::new(KEY), name.as_wire()), now())?;
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

    /// Staged rules decide nothing, and what they would decide is what they decide once the flags are gone.
    #[test]
    fn staged_rules_are_apart_from_those_in_force() {
        use crate::blocklist::delta::tests::Random;
        let (mut random, mut counts) = (Random(3), [0; 2]);
        for _ in 0..100 {
            let count = random.below(30);
            let rules: Vec<Rule> = (0..count).map(|_| random.rule()).collect();
            let in_force = rules.iter().filter(|rule| !rule.details.staged).cloned();
            let promoted = rules.iter().cloned().map(|rule| {
                let details = Details { staged: false, ..rule.details };
                Rule { details, ..rule }
            });
            let (in_force, promoted) = (list(in_force.collect()), list(promoted.collect()));
            let list = list(rules);
            assert_eq!((list.rules, list.listed, list.staged), {
                (in_force.rules, in_force.listed, promoted.rules - in_force.rules)
            });
            for _ in 0..200 {
                let Trigger::Name(name, _) = random.rule().trigger else { unreachable!() };
                let suffixes = Suffixes::new(&Key::new(KEY), name.as_wire());
                let weight = |hit: Option<Hit>| hit.map(|hit| hit.weight);
                let [is, was, will_be] =
                    [&list, &in_force, &promoted].map(|list| weight(list.find(&suffixes, now())));
                assert_eq!(is, was, "{name}");
                let staged = weight(list.find_staged(&suffixes, now()));
                assert_eq!(is.max(staged), will_be, "{name}");
                counts[0] += u32::from(is.is_some());
                counts[1] += u32::from(is.is_none() && staged.is_some());
            }
        }
        assert!(counts.iter().all(|count| *count > 1000), "{counts:?}");
    }

    #[test]
    fn what_is_staged_is_no_record_of_its_case() {
        let of = |line, name, staged| {
            let rule = rule(line, name, Scope::Domain, Effect::Block);
            let details = Details { reference: Some("7".into()), staged, ..Details::default() };
            Rule { details, ..rule }
        };
        let list = list(vec![of(1, "a.example", true), of(2, "b.example", false)]);
        let mut lines = Vec::new();
        list.of_case("7", now(), |text| lines.push(text.line)).unwrap();
        assert_eq!(lines, [2]);
        let ended = Details { expires: Some(now()), staged: true, ..Details::default() };
        let ended = Rule { details: ended, ..rule(1, "a.example", Scope::Domain, Effect::Block) };
        assert_eq!(self::list(vec![ended]).expired, 0);
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
            let suffixes = Suffixes::new(&Key::new(KEY), name.as_wire());
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
    fn the_rules_of_a_case_are_found_among_all() {
        let of = |line: u64, case: &str, end: Option<&str>| {
            let mut rule = rule(line, &format!("n{line}.example"), Scope::Domain, Effect::Block);
            rule.details.reference = Some(case.into());
            rule.details.expires = end.map(|end| end.parse().unwrap());
            rule
        };
        let mut rules: Vec<Rule> = (1..=600).map(|line| of(line, &format!("2026-{line}"), None)).collect();
        rules.push(of(601, "2026-6", None));
        rules.push(of(602, "2026-6", Some("2026-06-02T00:00:00Z")));
        rules.push(of(603, "\"é\\", None));
        let list = list(rules);
        let lines = |case: &str, now: &str| {
            let mut lines = Vec::new();
            list.of_case(case, now.parse().unwrap(), |text| lines.push(text.line)).unwrap();
            lines
        };
        assert_eq!(lines("2026-6", "2026-06-01T00:00:00Z"), [6, 601, 602]);
        assert_eq!(lines("2026-6", "2026-06-03T00:00:00Z"), [6, 601]);
        assert_eq!(lines("\"é\\", "2026-06-01T00:00:00Z"), [603]);
        for none in ["2026-", "2026-601", "", "n6.example", "\""] {
            assert_eq!(lines(none, "2026-06-01T00:00:00Z"), [0; 0], "{none}");
        }
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
