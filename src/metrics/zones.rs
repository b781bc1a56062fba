//! What a server of zones counts. Labels are its own zones, and words of closed sets.

use prometheus::{Encoder, IntCounterVec, IntGaugeVec, Opts, Registry, TextEncoder};

use super::registry::registered;

/// All counters of a server of zones.
#[derive(Debug)]
pub struct Zones {
    registry: Registry,
    transfers: IntCounterVec,
    refused: IntCounterVec,
    notices: IntCounterVec,
    serial: IntGaugeVec,
    failing: IntGaugeVec,
}

impl Zones {
    /// Registers everything; fails only if two metrics of this file have one name.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let counters = |name: &str, help: &str, labels: &[&str]| {
            registered(&registry, IntCounterVec::new(Opts::new(name, help), labels))
        };
        let gauges = |name: &str, help: &str| {
            registered(&registry, IntGaugeVec::new(Opts::new(name, help), &["zone"]))
        };
        Ok(Self {
            transfers: counters(
                "rempart_zone_transfers_total",
                "Transfers: axfr, ixfr, whole (IXFR that was answered with all), current (with nothing new), broken.",
                &["zone", "kind"],
            )?,
            refused: counters("rempart_zone_refused_total", "Requests refused, by reason.", &["reason"])?,
            notices: counters(
                "rempart_zone_notices_total",
                "Notices to secondaries, sent and acknowledged.",
                &["zone", "outcome"],
            )?,
            serial: gauges("rempart_zone_serial", "Serial of the zone; 0: nothing is served yet.")?,
            failing: gauges(
                "rempart_zone_failing",
                "1 while the list of the zone is not used; that of the one before is served.",
            )?,
            registry,
        })
    }

    /// Tells of a transfer that has ended.
    pub fn transferred(&self, zone: &str, kind: &'static str) {
        self.transfers.with_label_values(&[zone, kind]).inc();
    }

    /// Tells of a request that was refused.
    pub fn refused(&self, reason: &'static str) {
        self.refused.with_label_values(&[reason]).inc();
    }

    /// Tells of a notice that leaves.
    pub fn notified(&self, zone: &str) {
        self.notices.with_label_values(&[zone, "sent"]).inc();
    }

    /// Tells of a notice that was heard.
    pub fn acknowledged(&self, zone: &str) {
        self.notices.with_label_values(&[zone, "acknowledged"]).inc();
    }

    /// Tells what a zone is at, and whether its list is used.
    pub fn followed(&self, zone: &str, serial: u32, failing: bool) {
        self.serial.with_label_values(&[zone]).set(serial.into());
        self.failing.with_label_values(&[zone]).set(failing.into());
    }

    /// Everything in the text format of Prometheus.
    pub fn render(&self) -> Result<Vec<u8>, prometheus::Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}
