//! The counts of the month that runs, and the figures of those that are over.
//!
//! What was counted of the running month is exact, and stays with the resolver. When the month is over each count becomes
//! a figure, once: with its noise, or withheld, or as it is. The exact count is then forgotten. Figures are kept for two
//! years, and told as often as anybody asks.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::config::Config;
use super::file::{Blocked, Count, Month, Statistics, end_of_month, is_text};
use super::noise::two_sided_geometric;

/// The months that are kept.
const KEPT: usize = 24;
/// A pause that is longer was no counting.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// What a resolver counted of the lists of authorities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    resolver: String,
    running: Running,
    /// The oldest first.
    over: Vec<Month>,
}

/// The month that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Running {
    from: Timestamp,
    /// The last moment at which it was counted.
    until: Timestamp,
    /// By list.
    counts: BTreeMap<String, Counted>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counted {
    category: String,
    blocked: u64,
}

/// A list in force, and how many questions were blocked for it since it was last counted.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'l> {
    /// As its header calls it.
    pub list: &'l str,
    /// The category of its header.
    pub category: &'l str,
    /// Questions.
    pub blocked: u64,
}

impl Ledger {
    /// An empty one; `resolver` is drawn at random.
    pub fn new(resolver: [u8; 16], now: Timestamp) -> Self {
        let resolver = resolver.iter().map(|octet| format!("{octet:02x}")).collect();
        Self {
            resolver,
            running: Running { from: now, until: now, counts: BTreeMap::new() },
            over: Vec::new(),
        }
    }

    /// What was kept; nothing where it was not this program that wrote it.
    pub fn parse(text: &str) -> Option<Self> {
        let ledger: Self = serde_json::from_str(text).ok()?;
        Statistics::parse(&ledger.statistics().compose()).ok()?;
        (ledger.running.from <= ledger.running.until).then_some(ledger)
    }

    /// As it is kept.
    pub fn compose(&self) -> String {
        // Values of this room's own types always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Counts what was blocked since the last time, in the month that runs now. `chance` gives 64 bits that nobody can
    /// foretell at each call. A clock that goes back changes nothing: the month that it had shown runs on. Gives whether
    /// a month has ended by it.
    pub fn count<'l>(
        &mut self,
        now: Timestamp,
        lists: impl IntoIterator<Item = Listed<'l>>,
        config: &Config,
        chance: &mut dyn FnMut() -> u64,
    ) -> bool {
        let now = now.max(self.running.until);
        let ended = end_of_month(self.running.from).filter(|end| *end <= now);
        if let Some(end) = ended {
            self.close(end, now, config, chance);
        }
        self.running.until = now;
        // What nobody could show is left out, rather than the whole file.
        let lists = lists.into_iter().filter(|listed| is_text(listed.list) && is_text(listed.category));
        for Listed { list, category, blocked } in lists {
            let counted = self.running.counts.entry(list.to_owned());
            let counted = counted.or_insert_with(|| Counted { category: String::new(), blocked: 0 });
            category.clone_into(&mut counted.category);
            counted.blocked = counted.blocked.saturating_add(blocked);
        }
        ended.is_some()
    }

    /// By how much a clock is behind what it has shown before.
    pub fn is_ahead_by(&self, now: Timestamp) -> SignedDuration {
        self.running.until.duration_since(now).max(SignedDuration::ZERO)
    }

    /// What may be told.
    pub fn statistics(&self) -> Statistics {
        Statistics::new(self.resolver.clone(), self.running.from, self.over.clone())
    }

    /// Makes figures of the month that has ended, and begins the next one.
    fn close(&mut self, end: Timestamp, now: Timestamp, config: &Config, chance: &mut dyn FnMut() -> u64) {
        let next = Running { from: now, until: now, counts: BTreeMap::new() };
        let Running { from, until, counts } = std::mem::replace(&mut self.running, next);
        let was_counting = now.duration_since(until) <= LONGEST_PAUSE;
        let to = if was_counting { end } else { until };
        if was_counting {
            self.running.from = end;
        }
        let figure = |(list, Counted { category, blocked })| Count {
            list,
            category,
            blocked: figure(blocked, config, chance),
        };
        let lists: Vec<Count> = counts.into_iter().map(figure).collect();
        if from < to && !lists.is_empty() {
            let Config { threshold, epsilon } = *config;
            self.over.push(Month { from, to, threshold, epsilon, lists });
            self.over.drain(..self.over.len().saturating_sub(KEPT));
        }
    }
}

/// What is told of a count.
fn figure(count: u64, config: &Config, chance: &mut dyn FnMut() -> u64) -> Blocked {
    let noise = config.epsilon.map_or(0, |epsilon| two_sided_geometric(epsilon, chance));
    match count.saturating_add_signed(noise) {
        few if few < config.threshold => Blocked::FewerThan(config.threshold),
        many => Blocked::Questions(many),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(moment: &str) -> Timestamp {
        moment.parse().unwrap()
    }

    fn of(list: &str, blocked: u64) -> Listed<'_> {
        Listed { list, category: "c", blocked }
    }

    fn exact() -> Config {
        Config::default()
    }

    fn none() -> impl FnMut() -> u64 {
        || panic!("nothing is drawn without noise")
    }

    #[test]
    fn figures_are_made_when_a_month_is_over_and_then_stay() {
        let mut ledger = Ledger::new([7; 16], at("2026-10-31T23:50:00Z"));
        assert!(!ledger.count(
            at("2026-10-31T23:59:50Z"),
            [of("a", 1000), of("b", 0)],
            &exact(),
            &mut none()
        ));
        // What anybody asks before the end of the month shows nothing of it.
        assert_eq!(ledger.statistics().months, []);
        assert!(ledger.count(at("2026-11-01T00:00:05Z"), [of("a", 9), of("b", 11)], &exact(), &mut none()));
        let [october] = &ledger.statistics().months[..] else { panic!("one month") };
        assert_eq!((october.from, october.to), (at("2026-10-31T23:50:00Z"), at("2026-11-01T00:00:00Z")));
        let told: Vec<_> = october.lists.iter().map(|count| (count.list.as_str(), count.blocked)).collect();
        assert_eq!(told, [("a", Blocked::Questions(1000)), ("b", Blocked::FewerThan(10))]);
        assert_eq!(ledger.statistics().counting_since, at("2026-11-01T00:00:00Z"));
        ledger.count(at("2026-12-01T00:00:00Z"), [], &exact(), &mut none());
        let months = ledger.statistics().months;
        assert_eq!(months[0], *october);
        let told: Vec<_> = months[1].lists.iter().map(|count| count.blocked).collect();
        assert_eq!(told, [Blocked::FewerThan(10), Blocked::Questions(11)]);
        assert_eq!(Ledger::parse(&ledger.compose()), Some(ledger.clone()));
        assert!(!ledger.compose().contains("1009"), "nothing exact is left of a month that is over");
    }

    #[test]
    fn what_was_not_counted_is_not_claimed() {
        let mut ledger = Ledger::new([7; 16], at("2026-10-05T00:00:00Z"));
        ledger.count(at("2026-10-20T00:00:00Z"), [of("a", 50)], &exact(), &mut none());
        // Stopped until the third month after.
        ledger.count(at("2027-01-02T00:00:00Z"), [of("a", 70)], &exact(), &mut none());
        let statistics = ledger.statistics();
        assert_eq!(statistics.months.len(), 1);
        assert_eq!(statistics.months[0].to, at("2026-10-20T00:00:00Z"));
        assert_eq!(statistics.counting_since, at("2027-01-02T00:00:00Z"));
    }

    #[test]
    fn a_clock_that_goes_back_counts_nothing_twice() {
        let mut ledger = Ledger::new([7; 16], at("2026-10-05T00:00:00Z"));
        ledger.count(at("2026-11-05T00:00:00Z"), [of("a", 50)], &exact(), &mut none());
        assert!(!ledger.count(at("2026-10-06T00:00:00Z"), [of("a", 60)], &exact(), &mut none()));
        assert_eq!(ledger.is_ahead_by(at("2026-10-06T00:00:00Z")), SignedDuration::from_hours(30 * 24));
        ledger.count(at("2026-11-30T23:59:55Z"), [], &exact(), &mut none());
        ledger.count(at("2026-12-01T00:00:05Z"), [], &exact(), &mut none());
        let months = ledger.statistics().months;
        assert_eq!(months.last().unwrap().lists[0].blocked, Blocked::Questions(110));
        assert!(Statistics::parse(&ledger.statistics().compose()).is_ok());
    }

    #[test]
    fn noise_is_drawn_once_for_each_figure_and_never_makes_less_than_nothing() {
        let config = Config { epsilon: Some(0.1.try_into().unwrap()), ..exact() };
        let mut seed = 0u64;
        let mut chance = || {
            seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            (seed ^ (seed >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
        };
        let lists: Vec<String> = (0..500).map(|number| format!("xx/{number}")).collect();
        let mut ledger = Ledger::new([7; 16], at("2026-10-01T00:00:00Z"));
        let counts = lists.iter().map(|list| of(list, 0));
        ledger.count(at("2026-10-31T23:59:00Z"), counts, &config, &mut chance);
        ledger.count(at("2026-11-01T00:00:00Z"), [], &config, &mut chance);
        let told = ledger.statistics();
        let shown =
            told.months[0].lists.iter().filter(|count| matches!(count.blocked, Blocked::Questions(_)));
        // P(noise ≥ 10) = e^−1 / (1 + e^−0.1): 19 of a hundred.
        let shown = shown.count();
        assert!((60..135).contains(&shown), "{shown}");
        assert_eq!(ledger.statistics(), told);
        assert_eq!(told.months[0].epsilon, config.epsilon);
    }

    #[test]
    fn two_years_are_kept() {
        let mut ledger = Ledger::new([7; 16], at("2024-01-01T00:00:00Z"));
        for month in 0..40 {
            for day in [1, 28] {
                let moment = format!("{}-{:02}-{day:02}T00:00:00Z", 2024 + month / 12, month % 12 + 1);
                ledger.count(at(&moment), [of("a", 100)], &exact(), &mut none());
            }
        }
        assert_eq!(ledger.statistics().months.len(), KEPT);
    }

    #[test]
    fn what_this_program_did_not_write_is_not_taken() {
        for text in ["", "{}", "null", "[]"] {
            assert_eq!(Ledger::parse(text), None);
        }
        let ledger = Ledger::new([7; 16], at("2026-10-01T00:00:00Z"));
        assert_eq!(Ledger::parse(&ledger.compose().replace("0707", "zzzz")), None);
    }

    /// All that there is room for: lists, categories, figures and times.
    #[test]
    fn an_export_has_no_place_for_a_name_or_a_client() {
        let mut ledger = Ledger::new([7; 16], at("2026-10-01T00:00:00Z"));
        ledger.count(at("2026-10-31T23:59:00Z"), [of("fr/a", 1000)], &exact(), &mut none());
        ledger.count(at("2026-11-01T00:00:00Z"), [], &exact(), &mut none());
        let export: serde_json::Value = serde_json::from_str(&ledger.statistics().compose()).unwrap();
        let mut keys = Vec::new();
        gather(&export, &mut keys);
        keys.sort();
        let expected =
            ["blocked", "category", "counting_since", "epsilon", "format", "from", "list", "lists"];
        assert_eq!(keys, [&expected[..], &["months", "resolver", "threshold", "to"]].concat());
    }

    fn gather(value: &serde_json::Value, keys: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(members) => members.iter().for_each(|(key, value)| {
                keys.push(key.clone());
                gather(value, keys);
            }),
            serde_json::Value::Array(values) => values.iter().for_each(|value| gather(value, keys)),
            _ => {}
        }
    }
}
