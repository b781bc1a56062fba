//! The `[resolver]` section: recursion or forwarding, trust, exceptions by zone, and bounds.
//!
//! The mode follows from what is there: with forwarders everything is forwarded, without them the resolver
//! recurses from the root. [`Config::check`] finds every fault that needs no file; files are read when the
//! resolver is built.

use std::net::IpAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::error::Error;
use crate::dns::Name;
use crate::recursion::{Minimisation, Transport, Upstream};

/// The `[resolver]` section.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Forwarders for every name that no zone below claims; none means recursion from the root. The quickest
    /// is preferred, and the others are tried when it fails.
    pub forward: Vec<Upstream>,
    /// A file of root hints in zone-file text (IANA's `named.root`) instead of the built-in ones.
    pub root_hints: Option<PathBuf>,
    /// A file of trust anchors instead of the built-in ones: DS or DNSKEY records of the root, and of other zones if
    /// wanted, in zone-file text.
    pub trust_anchor: Option<PathBuf>,
    /// Whether the keys of trust anchors are followed as their holders replace them (RFC 5011); that takes a state
    /// directory to remember them in.
    pub follow_trust_anchors: bool,
    /// Whether signatures are validated, of forwarded answers too.
    pub dnssec: bool,
    /// Whether signatures by RSA with SHA-1 (algorithms 5 and 7) count too; collisions of SHA-1 can be bought. Programs
    /// must still be able to check them, and operators are to take them for unknown (RFC 9905 §2).
    pub sha1: bool,
    /// Whether servers are shown more of a name than they need, and what an NXDOMAIN on the way down to it means.
    pub query_name_minimisation: Minimisation,
    /// Networks that no delegation may normally lead to (loopback, private, documentation and so on) and
    /// whose servers may be asked all the same.
    pub reach: Vec<IpNet>,
    /// Addresses to ask from, at most one of each family; the system chooses for a family without one.
    pub source: Vec<IpAddr>,
    /// A PEM file of certificate authorities to trust for encrypted forwarders beside the built-in public
    /// ones.
    pub certificate_authorities: Option<PathBuf>,
    /// Names that are asked of other servers.
    pub zones: Vec<Zone>,
    /// How many questions may be in the works at once; equal ones count as one.
    pub concurrent: usize,
    /// How long a question may take, in milliseconds.
    pub time_limit: u64,
    /// Memory for what is learned of names, zones and servers, in MiB.
    pub memory: usize,
    /// A file that keeps what was learned over a restart: names that were asked for, without who asked. None: nothing is
    /// kept.
    pub memory_file: Option<PathBuf>,
    /// For how many hours data is kept past its TTL, to be given when its servers do not answer (RFC 8767); 0 for
    /// never.
    pub stale_hours: u32,
    /// Zones that are known to be broken, taken for unsigned until an end (RFC 7646).
    pub negative_trust_anchors: Vec<NegativeTrustAnchor>,
}

/// A zone whose signatures are not judged for a while.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NegativeTrustAnchor {
    /// The zone: it and all below it.
    pub name: String,
    /// For whoever audits the configuration.
    pub reason: String,
    /// The last day on which it holds, in UTC.
    pub until: Date,
}

/// A suffix whose names are asked of servers of its own. The longest suffix of a name decides.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// The suffix: it and all below it.
    pub name: String,
    /// Resolvers to forward to.
    #[serde(default)]
    pub forward: Vec<Upstream>,
    /// Authoritative servers to ask without recursion, over UDP and TCP. Delegations below the suffix are followed.
    #[serde(default)]
    pub stub: Vec<Upstream>,
    /// Whether answers must validate from the root on. Such zones are mostly internal: signed by nobody, and
    /// provably absent from the public tree, so that validation would refuse every answer.
    #[serde(default)]
    pub dnssec: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            forward: Vec::new(),
            root_hints: None,
            trust_anchor: None,
            follow_trust_anchors: true,
            dnssec: true,
            sha1: false,
            query_name_minimisation: Minimisation::Relaxed,
            reach: Vec::new(),
            source: Vec::new(),
            certificate_authorities: None,
            zones: Vec::new(),
            concurrent: 10_000,
            time_limit: 5_000,
            memory: 128,
            memory_file: None,
            stale_hours: 24,
            negative_trust_anchors: Vec::new(),
        }
    }
}

impl Config {
    /// Finds the first fault in the values, without touching any file.
    pub fn check(&self) -> Result<(), Error> {
        let in_range = [
            ("concurrent", self.concurrent as u64, 1, 1_000_000, "write a number from 1 to 1000000"),
            ("time_limit", self.time_limit, 100, 60_000, "write milliseconds, from 100 to 60000"),
            ("memory", self.memory as u64, 1, 1 << 20, "write MiB, from 1 to 1048576"),
            ("stale_hours", self.stale_hours.into(), 0, 168, "write hours, from 0 to 168"),
        ];
        for (key, value, least, most, remedy) in in_range {
            if value < least || value > most {
                return Err(fault(key, value, remedy));
            }
        }
        for family in [IpAddr::is_ipv4, IpAddr::is_ipv6] {
            if let Some(second) = self.source.iter().filter(|address| family(address)).nth(1) {
                return Err(fault("source", second, "leave one address of each family"));
            }
        }
        let mut seen: Vec<Name> = Vec::new();
        for (index, zone) in self.zones.iter().enumerate() {
            let suffix = zone.suffix(index)?;
            if seen.contains(&suffix) {
                return Err(fault(
                    format!("zones[{index}].name"),
                    suffix,
                    "two zones have this name; leave one",
                ));
            }
            zone.check(index)?;
            seen.push(suffix);
        }
        self.negative_trust_anchors
            .iter()
            .enumerate()
            .try_for_each(|(index, anchor)| anchor.zone(index).map(|_| ()))
    }
}

impl NegativeTrustAnchor {
    /// The zone, and the moment at which it ends, in seconds since 1970; `index` is its place in the list, for the
    /// error.
    pub(super) fn zone(&self, index: usize) -> Result<(Name, u64), Error> {
        let key = |field| format!("negative_trust_anchors[{index}].{field}");
        let name = Name::from_text(&self.name)
            .map_err(|_| fault(key("name"), &self.name, "write a domain name, such as broken.example"))?;
        let end = self.until.tomorrow().and_then(|day| day.to_zoned(TimeZone::UTC));
        let end = end.ok().and_then(|end| u64::try_from(end.timestamp().as_second()).ok());
        end.map(|end| (name, end)).ok_or_else(|| fault(key("until"), self.until, "write a day after 1970"))
    }
}

impl Zone {
    /// The name, read; `index` is its place in the list, for the error.
    pub(super) fn suffix(&self, index: usize) -> Result<Name, Error> {
        Name::from_text(&self.name).map_err(|_| {
            fault(format!("zones[{index}].name"), &self.name, "write a domain name, such as corp.example")
        })
    }

    fn check(&self, index: usize) -> Result<(), Error> {
        if self.forward.is_empty() == self.stub.is_empty() {
            let remedy = "give it servers: either forward = [...] or stub = [...]";
            return Err(fault(format!("zones[{index}].name"), &self.name, remedy));
        }
        match self.stub.iter().find(|server| !matches!(server.transport, Transport::Udp | Transport::Tcp)) {
            Some(server) => {
                let remedy = "authoritative servers are asked over udp or tcp";
                Err(fault(format!("zones[{index}].stub"), server, remedy))
            }
            None => Ok(()),
        }
    }
}

fn fault(key: impl Into<String>, value: impl ToString, remedy: &'static str) -> Error {
    Error::Value { key: key.into(), value: value.to_string(), remedy }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Config {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn an_empty_section_is_the_default_and_is_sound() {
        assert_eq!(read(""), Config::default());
        Config::default().check().unwrap();
    }

    #[test]
    fn every_key_is_read() {
        let config = read(
            r#"
            forward = ["tls://192.0.2.1#dns.example", "192.0.2.2"]
            root_hints = "/etc/rempart/root.hints"
            trust_anchor = "/etc/rempart/root.key"
            follow_trust_anchors = false
            dnssec = false
            sha1 = true
            query_name_minimisation = "strict"
            reach = ["10.0.0.0/8"]
            source = ["192.0.2.9", "2001:db8::9"]
            certificate_authorities = "/etc/rempart/ca.pem"
            concurrent = 5
            time_limit = 1500
            memory = 6
            memory_file = "/var/lib/rempart/memory"
            stale_hours = 7
            [[negative_trust_anchors]]
            name = "broken.example"
            reason = "keys rolled by mistake, mended on Monday"
            until = "2026-12-01"
            [[zones]]
            name = "corp.example"
            stub = ["10.0.0.53"]
            [[zones]]
            name = "lab.example"
            forward = ["quic://10.0.0.54"]
            dnssec = true
            "#,
        );
        config.check().unwrap();
        assert_eq!(config.forward.len(), 2);
        assert!(!config.follow_trust_anchors);
        assert_eq!(config.query_name_minimisation, Minimisation::Strict);
        assert_eq!((config.concurrent, config.time_limit), (5, 1500));
        assert_eq!((config.memory, config.stale_hours), (6, 7));
        assert_eq!(config.memory_file, Some("/var/lib/rempart/memory".into()));
        let (name, end) = config.negative_trust_anchors[0].zone(0).unwrap();
        assert_eq!((name.to_string(), end), ("broken.example.".to_owned(), 1_796_169_600));
        assert_eq!(config.zones[0].stub[0].to_string(), "udp://10.0.0.53:53");
        assert!(!config.zones[0].dnssec && config.zones[1].dnssec);
    }

    #[test]
    fn faults_name_the_key_the_value_and_the_remedy() {
        for (text, wanted) in [
            ("concurrent = 0", "resolver.concurrent = `0`: write a number from 1"),
            ("time_limit = 5", "resolver.time_limit = `5`: write milliseconds"),
            ("memory = 0", "resolver.memory = `0`: write MiB"),
            ("stale_hours = 200", "resolver.stale_hours = `200`: write hours"),
            (
                "[[negative_trust_anchors]]\nname = 'a..b'\nreason = 'x'\nuntil = '2026-12-01'",
                "resolver.negative_trust_anchors[0].name = `a..b`: write a domain",
            ),
            ("source = ['192.0.2.1', '192.0.2.2']", "resolver.source = `192.0.2.2`: leave one"),
            (
                "[[zones]]\nname = 'a..b'\nstub = ['192.0.2.1']",
                "resolver.zones[0].name = `a..b`: write a domain",
            ),
            ("[[zones]]\nname = 'a'", "resolver.zones[0].name = `a`: give it servers"),
            ("[[zones]]\nname = 'a'\nstub = ['192.0.2.1']\nforward = ['192.0.2.1']", "`a`: give it servers"),
            (
                "[[zones]]\nname = 'a'\nstub = ['tls://192.0.2.1']",
                "resolver.zones[0].stub = `tls://192.0.2.1",
            ),
            (
                "[[zones]]\nname = 'a'\nstub = ['192.0.2.1']\n[[zones]]\nname = 'A.'\nstub = ['192.0.2.1']",
                "resolver.zones[1].name = `A.`: two zones",
            ),
        ] {
            let error = read(text).check().unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        for (text, wanted) in [
            ("forwarders = []", "unknown field `forwarders`"),
            ("forward = ['tls://dns.example']", "needs an IP address"),
            ("[[zones]]\nname = 'a'\nservers = []", "unknown field `servers`"),
        ] {
            let error = toml::from_str::<Config>(text).unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
