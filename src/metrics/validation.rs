//! Gauges of what signatures are judged by: trust anchors and the clock.

use prometheus::{IntGauge, IntGaugeVec, Opts, Registry};

use super::registry::registered;

/// What signatures are judged by.
pub struct Validation {
    keys: IntGaugeVec,
    verified: IntGaugeVec,
    /// By how many seconds the clock is ahead at least, as the signatures of a trust anchor say; negative where it is
    /// behind, 0 where nothing speaks against it.
    pub clock_error: IntGauge,
}

impl Validation {
    pub(super) fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        let gauges = |name: &str, help: &str, labels: &[&str]| {
            registered(registry, IntGaugeVec::new(Opts::new(name, help), labels))
        };
        Ok(Self {
            keys: gauges(
                "rempart_trust_anchor_keys",
                "Keys of trust anchors, by their state.",
                &["zone", "state"],
            )?,
            verified: gauges(
                "rempart_trust_anchor_verified_seconds",
                "When the keys of a trust anchor were last seen, signed by one that is trusted; 0: not yet.",
                &["zone"],
            )?,
            clock_error: registered(
                registry,
                IntGauge::new(
                    "rempart_clock_error_seconds",
                    "How far ahead the clock is at least, as a trust anchor's signatures say; 0: it seems right.",
                ),
            )?,
        })
    }

    /// Tells how a trust anchor stands that is followed: how many of its keys are in each state, and when they were last
    /// verified, in seconds since 1970; 0 for not yet.
    pub fn trust_anchor(&self, zone: &str, keys: &[(&str, usize)], verified: i64) {
        for (state, count) in keys {
            let count = i64::try_from(*count).unwrap_or(i64::MAX);
            self.keys.with_label_values(&[zone, *state]).set(count);
        }
        self.verified.with_label_values(&[zone]).set(verified);
    }
}
