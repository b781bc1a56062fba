//! Gauges of the certificates that clients are shown.

use prometheus::{IntGauge, Registry};

use super::registry::registered;

/// What becomes of certificates.
pub struct Certificates {
    /// 1 while the newest certificate cannot be used and an earlier one serves.
    pub failing: IntGauge,
    /// 1 while a local authority is configured and no device would believe what it signs.
    pub local_authority_failing: IntGauge,
    /// When it ends, in seconds since 1970; 0 where there is none.
    pub local_authority_ends: IntGauge,
}

impl Certificates {
    pub(super) fn new(registry: &Registry) -> Result<Self, prometheus::Error> {
        let gauge = |name: &str, help: &str| registered(registry, IntGauge::new(name, help));
        Ok(Self {
            failing: gauge(
                "rempart_certificate_failing",
                "1 while the newest certificate cannot be used; the last good one serves.",
            )?,
            local_authority_failing: gauge(
                "rempart_local_authority_failing",
                "1 while the local authority cannot be used: no page is shown over HTTPS.",
            )?,
            local_authority_ends: gauge(
                "rempart_local_authority_ends_seconds",
                "When devices cease to believe the local authority; 0 where there is none.",
            )?,
        })
    }
}
