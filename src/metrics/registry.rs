//! All counters together, as `prometheus` text.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use prometheus::core::{Collector, Desc};
use prometheus::proto::{Bucket, Counter, Histogram, LabelPair, Metric, MetricFamily, MetricType};
use prometheus::{Encoder, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder};

use super::certificates::Certificates;
use super::shard::{Counters, Kind, LATENCY_BOUNDS, LISTS, RCODES, Shard, SharedShard, Transport, What};
use super::validation::Validation;

/// What is told of a list when a generation of it takes effect.
#[derive(Clone, Copy, Debug)]
pub struct ListStatus {
    /// Rules in force.
    pub rules: i64,
    /// The serial of its header, 0 without.
    pub serial: i64,
    /// When it was loaded, in seconds since 1970.
    pub loaded: i64,
    /// When its header says that it is out of date, in seconds since 1970; 0 without.
    pub expires: i64,
    /// How it stands: 0 fresh, 1 soon out of date, 2 out of date, 3 past its grace and kept, 4 withdrawn.
    pub standing: i64,
    /// 1 while the newest of its source is not taken or cannot be had.
    pub failing: i64,
    /// 1 while a rollback holds it.
    pub held: i64,
    /// Rules that override a guard rail.
    pub overridden: i64,
    /// Rules that are staged, and so not in force.
    pub staged: i64,
    /// 1 where what those would block is counted here.
    pub staged_counted: i64,
}

/// A gauge of lists: its name, what it says, and its value.
type OfList = (&'static str, &'static str, fn(&ListStatus) -> i64);

const OF_LISTS: &[OfList] = &[
    ("rempart_list_rules", "Rules in force, by list.", |list| list.rules),
    ("rempart_list_serial", "Serial of the generation in force, 0 if it has none.", |list| list.serial),
    ("rempart_list_loaded_seconds", "When the generation in force was loaded.", |list| list.loaded),
    ("rempart_list_expires_seconds", "When the list is out of date; 0: never.", |list| list.expires),
    (
        "rempart_list_standing",
        "How a list stands: 0 fresh, 1 soon out of date, 2 out of date, 3 past its grace and kept, 4 withdrawn.",
        |list| list.standing,
    ),
    (
        "rempart_list_failing",
        "1 while the newest of its source is refused or cannot be had; the last good one serves.",
        |list| list.failing,
    ),
    ("rempart_list_held", "1 while a rollback holds an earlier generation.", |list| list.held),
    (
        "rempart_list_overridden_rules",
        "Rules in force that override a guard rail, as their signers recorded.",
        |list| list.overridden,
    ),
    ("rempart_list_staged_rules", "Rules that are staged, not in force, by list.", |list| list.staged),
    (
        "rempart_list_staged_counted",
        "1 where this resolver counts what the staged rules of a list would block.",
        |list| list.staged_counted,
    ),
];

/// All counters of the program.
pub struct Metrics {
    registry: Registry,
    shards: Arc<Shards>,
    /// In the order of [`OF_LISTS`].
    lists: Vec<IntGaugeVec>,
    list_refused: IntCounterVec,
    authority_refreshed: IntGaugeVec,
    authority_failures: IntCounterVec,
    resolutions: IntGaugeVec,
    /// What signatures are judged by.
    pub validation: Validation,
    /// The generation of the policy in force.
    pub generation: IntGauge,
    /// Answers in the cache.
    pub cache_entries: IntGauge,
    /// Memory of the cache.
    pub cache_octets: IntGauge,
    tcp_connections: IntGauge,
    encrypted_connections: IntGaugeVec,
    /// What becomes of certificates.
    pub certificates: Certificates,
    /// Queries that wait for the resolver.
    pub waiting: IntGauge,
    /// Queries that got SERVFAIL because too many were waiting.
    pub overrun: IntCounter,
    /// Answers of the warning page, by nothing at all.
    pub pages: IntCounter,
    /// Times that the time of day was seen to step.
    pub clock_steps: IntCounter,
}

#[derive(Default)]
struct Shards {
    all: Mutex<Vec<Arc<Counters>>>,
    lists: Mutex<HashMap<String, u16>>,
}

impl Metrics {
    /// Registers everything; fails only if two metrics of this file have one name.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let gauge = |name: &str, help: &str| registered(&registry, IntGauge::new(name, help));
        let counter = |name: &str, help: &str| registered(&registry, IntCounter::new(name, help));
        let gauges = |name: &str, help: &str, label: &str| {
            registered(&registry, IntGaugeVec::new(Opts::new(name, help), &[label]))
        };
        let counters = |name: &str, help: &str, label: &str| {
            registered(&registry, IntCounterVec::new(Opts::new(name, help), &[label]))
        };
        let shards = Arc::new(Shards::default());
        registry.register(Box::new(ShardCollector::new(shards.clone())?))?;
        let lists = OF_LISTS.iter().map(|(name, help, _)| gauges(name, help, "list"));
        let lists = lists.collect::<Result<_, _>>()?;
        Ok(Self {
            shards,
            lists,
            authority_refreshed: gauges(
                "rempart_authority_refreshed_seconds",
                "When the metadata of an authority was last verified as current; 0: never.",
                "authority",
            )?,
            authority_failures: counters(
                "rempart_authority_failures_total",
                "Polls of an authority that failed; what was trusted stayed.",
                "authority",
            )?,
            list_refused: counters(
                "rempart_list_refused_total",
                "Updates refused; the last good list stayed.",
                "list",
            )?,
            resolutions: gauges(
                "rempart_resolutions",
                "Resolutions since the start, by how they ended.",
                "outcome",
            )?,
            validation: Validation::new(&registry)?,
            generation: gauge("rempart_policy_generation", "Generation of the policy in force.")?,
            cache_entries: gauge("rempart_cache_entries", "Answers in the cache.")?,
            cache_octets: gauge("rempart_cache_octets", "Memory of the cache.")?,
            tcp_connections: gauge("rempart_tcp_connections", "TCP connections of clients.")?,
            encrypted_connections: gauges(
                "rempart_encrypted_connections",
                "Encrypted connections of clients.",
                "transport",
            )?,
            certificates: Certificates::new(&registry)?,
            waiting: gauge("rempart_queries_waiting", "Queries that wait for the resolver.")?,
            overrun: counter("rempart_queries_overrun_total", "Queries failed as too many were waiting.")?,
            clock_steps: counter("rempart_clock_steps_total", "Steps of the clock that were seen.")?,
            pages: counter("rempart_pages_total", "Answers of the warning page.")?,
            registry,
        })
    }

    /// A new shard, for one thread.
    pub fn shard(&self) -> Shard {
        Shard(self.counters())
    }

    /// A new shard, for several threads.
    pub fn shared_shard(&self) -> SharedShard {
        SharedShard(self.counters())
    }

    fn counters(&self) -> Arc<Counters> {
        let counters = Arc::new(Counters::default());
        locked(&self.shards.all).push(counters.clone());
        counters
    }

    /// Open connections of clients, by what is spoken on them.
    pub fn connections(&self, transport: Transport) -> IntGauge {
        match transport.is_encrypted() {
            true => self.encrypted_connections.with_label_values(&[transport.label()]),
            false => self.tcp_connections.clone(),
        }
    }

    /// The slot under which shards count a list: the same for one name as long as the program runs.
    pub fn list_slot(&self, name: &str) -> u16 {
        let mut lists = locked(&self.shards.lists);
        let next = lists.len().min(LISTS - 1) as u16;
        *lists.entry(name.to_owned()).or_insert(next)
    }

    /// The questions that were blocked for the list of a slot since the start; nothing where lists share the slot.
    pub fn blocked(&self, slot: u16) -> Option<u64> {
        let place = usize::from(slot);
        let count = |shard: &Arc<Counters>| shard.lists.0[place][What::Blocked as usize].load(Relaxed);
        (place < LISTS - 1).then(|| locked(&self.shards.all).iter().map(count).sum())
    }

    /// Tells of the generation of a list that took effect.
    pub fn list_loaded(&self, list: &str, status: ListStatus) {
        for (gauges, (_, _, value)) in self.lists.iter().zip(OF_LISTS) {
            gauges.with_label_values(&[list]).set(value(&status));
        }
        // Shown as 0 from the start, so that an alarm on its increase has something to compare with.
        self.list_refused.with_label_values(&[list]);
    }

    /// Tells that a list is no longer subscribed to.
    pub fn list_removed(&self, list: &str) {
        for gauges in &self.lists {
            // One that was never set is gone already.
            let _ = gauges.remove_label_values(&[list]);
        }
    }

    /// Tells that an update of a list was refused.
    pub fn list_refused(&self, list: &str) {
        self.list_refused.with_label_values(&[list]).inc();
    }

    /// Tells how a poll of an authority ended, and when its metadata was last verified as current, in seconds since
    /// 1970; 0 for never.
    pub fn authority(&self, authority: &str, refreshed: i64, failed: bool) {
        self.authority_refreshed.with_label_values(&[authority]).set(refreshed);
        self.authority_failures.with_label_values(&[authority]).inc_by(u64::from(failed));
    }

    /// Tells that an authority is no longer followed.
    pub fn authority_removed(&self, authority: &str) {
        let _ = self.authority_refreshed.remove_label_values(&[authority]);
        let _ = self.authority_failures.remove_label_values(&[authority]);
    }

    /// Tells how many resolutions ended in one way, a word of a closed set, since the start.
    pub fn resolutions(&self, outcome: &'static str, count: u64) {
        self.resolutions.with_label_values(&[outcome]).set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// Everything in the text format of Prometheus.
    pub fn render(&self) -> Result<Vec<u8>, prometheus::Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

/// Counters stay true even if a thread died while it held the lock.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sums the shards when somebody reads.
struct ShardCollector {
    shards: Arc<Shards>,
    queries: Desc,
    unanswered: Desc,
    lists: Desc,
    latency: Desc,
}

impl ShardCollector {
    fn new(shards: Arc<Shards>) -> Result<Self, prometheus::Error> {
        let describe = |name: &str, help: &str, labels: &[&str]| {
            let labels = labels.iter().map(|label| (*label).to_owned()).collect();
            Desc::new(name.to_owned(), help.to_owned(), labels, HashMap::new())
        };
        Ok(Self {
            shards,
            queries: describe(
                "rempart_queries_total",
                "Queries answered, by transport, what decided, and rcode.",
                &["transport", "decided_by", "rcode"],
            )?,
            unanswered: describe(
                "rempart_queries_unanswered_total",
                "Packets that were not answered, by transport and what decided.",
                &["transport", "decided_by"],
            )?,
            lists: describe(
                "rempart_listed_queries_total",
                "Queries for listed names, by list and what came of it.",
                &["list", "verdict"],
            )?,
            latency: describe("rempart_latency_seconds", "Time from a query's arrival to its reply.", &[])?,
        })
    }

    fn sum(&self, place: impl Fn(&Counters) -> &AtomicU64) -> u64 {
        locked(&self.shards.all).iter().map(|shard| place(shard).load(Relaxed)).sum()
    }

    fn query_counts(&self) -> Vec<Metric> {
        let mut counts = Vec::new();
        for (transport, transport_label) in Transport::LABELS.iter().enumerate() {
            for (kind, kind_label) in Kind::LABELS.iter().enumerate() {
                for (rcode, rcode_label) in RCODES.iter().enumerate() {
                    let sum = self.sum(|shard| &shard.queries[transport][kind][rcode]);
                    if sum > 0 {
                        let labels = [
                            ("transport", *transport_label),
                            ("decided_by", *kind_label),
                            ("rcode", *rcode_label),
                        ];
                        counts.push(counter(&labels, sum));
                    }
                }
            }
        }
        counts
    }

    fn unanswered_counts(&self) -> Vec<Metric> {
        let pairs =
            Transport::ALL.iter().flat_map(|transport| Kind::ALL.iter().map(move |kind| (*transport, *kind)));
        pairs
            .map(|(transport, kind)| {
                let (transport, kind) = (transport as usize, kind as usize);
                let labels =
                    [("transport", Transport::LABELS[transport]), ("decided_by", Kind::LABELS[kind])];
                counter(&labels, self.sum(|shard| &shard.unanswered[transport][kind]))
            })
            .collect()
    }

    fn list_counts(&self) -> Vec<Metric> {
        let lists: Vec<(String, u16)> =
            locked(&self.shards.lists).iter().map(|(name, slot)| (name.clone(), *slot)).collect();
        let pairs = lists.iter().flat_map(|list| What::ALL.iter().map(move |what| (list, *what)));
        pairs
            .map(|((name, slot), what)| {
                let labels = [("list", name.as_str()), ("verdict", What::LABELS[what as usize])];
                counter(&labels, self.sum(|shard| &shard.lists.0[usize::from(*slot)][what as usize]))
            })
            .collect()
    }

    fn latency_histogram(&self) -> Metric {
        let mut histogram = Histogram::default();
        let mut cumulative = 0;
        let mut buckets = Vec::new();
        for (place, bound) in LATENCY_BOUNDS.iter().enumerate() {
            cumulative += self.sum(|shard| &shard.latency[place]);
            let mut bucket = Bucket::default();
            bucket.set_cumulative_count(cumulative);
            bucket.set_upper_bound(*bound as f64 / 1e6);
            buckets.push(bucket);
        }
        cumulative += self.sum(|shard| &shard.latency[LATENCY_BOUNDS.len()]);
        histogram.set_bucket(buckets);
        histogram.set_sample_count(cumulative);
        histogram.set_sample_sum(self.sum(|shard| &shard.latency_sum) as f64 / 1e6);
        let mut metric = Metric::default();
        metric.set_histogram(histogram);
        metric
    }
}

impl Collector for ShardCollector {
    fn desc(&self) -> Vec<&Desc> {
        vec![&self.queries, &self.unanswered, &self.lists, &self.latency]
    }

    fn collect(&self) -> Vec<MetricFamily> {
        let families = [
            (&self.queries, MetricType::COUNTER, self.query_counts()),
            (&self.unanswered, MetricType::COUNTER, self.unanswered_counts()),
            (&self.lists, MetricType::COUNTER, self.list_counts()),
            (&self.latency, MetricType::HISTOGRAM, vec![self.latency_histogram()]),
        ];
        let family = |(desc, kind, metrics): (&Desc, MetricType, Vec<Metric>)| {
            let mut family = MetricFamily::default();
            family.set_name(desc.fq_name.clone());
            family.set_help(desc.help.clone());
            family.set_field_type(kind);
            family.set_metric(metrics);
            family
        };
        // A family without metrics is no valid text.
        families.into_iter().filter(|(.., metrics)| !metrics.is_empty()).map(family).collect()
    }
}

/// What was made, once it is registered.
pub(super) fn registered<C: Collector + Clone + 'static>(
    registry: &Registry,
    made: Result<C, prometheus::Error>,
) -> Result<C, prometheus::Error> {
    let made = made?;
    registry.register(Box::new(made.clone()))?;
    Ok(made)
}

fn counter(labels: &[(&str, &str)], value: u64) -> Metric {
    let pair = |(name, value): &(&str, &str)| {
        let mut pair = LabelPair::default();
        pair.set_name((*name).to_owned());
        pair.set_value((*value).to_owned());
        pair
    };
    let mut counter = Counter::default();
    counter.set_value(value as f64);
    let mut metric = Metric::from_label(labels.iter().map(pair).collect());
    metric.set_counter(counter);
    metric
}

#[cfg(test)]
mod tests {
    use super::super::shard::Count;
    use super::*;

    #[test]
    fn shards_are_summed() {
        let metrics = Metrics::new().unwrap();
        let (mut one, two) = (metrics.shard(), metrics.shared_shard());
        let slot = metrics.list_slot("national");
        assert_eq!((slot, metrics.list_slot("school"), metrics.list_slot("national")), (0, 1, 0));
        let count = Count {
            transport: Transport::Tcp,
            kind: Kind::Blocked,
            rcode: 0,
            answered: true,
            list: Some((slot, What::Blocked)),
            staged: 0,
        };
        one.query(count);
        two.query(count);
        two.query(Count { list: None, staged: 0b11, ..count });
        one.query(Count { list: None, staged: 1 << 63 | 1, ..count });
        two.query(Count { answered: false, kind: Kind::Protocol, list: None, ..count });
        one.latency(15, 2);
        two.latency(10_000_000);
        metrics.list_refused("school");
        assert_eq!(
            [0, 1, 62, 63, 64].map(|slot| metrics.blocked(slot)),
            [Some(2), Some(0), Some(0), None, None]
        );
        let text = String::from_utf8(metrics.render().unwrap()).unwrap();
        for line in [
            r#"rempart_queries_total{transport="tcp",decided_by="blocked",rcode="NOERROR"} 4"#,
            r#"rempart_queries_unanswered_total{transport="tcp",decided_by="protocol"} 1"#,
            r#"rempart_listed_queries_total{list="national",verdict="blocked"} 2"#,
            r#"rempart_listed_queries_total{list="school",verdict="shadow"} 0"#,
            r#"rempart_listed_queries_total{list="national",verdict="staged"} 2"#,
            r#"rempart_listed_queries_total{list="school",verdict="staged"} 1"#,
            r#"rempart_latency_seconds_bucket{le="0.00001"} 0"#,
            r#"rempart_latency_seconds_bucket{le="0.00002"} 2"#,
            r#"rempart_latency_seconds_bucket{le="+Inf"} 3"#,
            r#"rempart_list_refused_total{list="school"} 1"#,
        ] {
            assert!(text.lines().any(|other| other == line), "{line}\n{text}");
        }
    }
}
