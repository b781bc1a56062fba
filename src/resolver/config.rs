//! The `[resolver]` section: recursion or forwarding, trust, exceptions by zone, and bounds.
//!
//! The mode follows from what is there: with forwarders everything is forwarded, without them the resolver
//! recurses from the root. [`Config::check`] finds every fault that needs no file; files are read when the
//! resolver is built.

use std::net::IpAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use serde::Deserialize;

use super::error::Error;
use super::upstream::{Transport, Upstream};
use crate::dns::Name;

/// The `[resolver]` section.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Forwarders for every name that no zone below claims; none means recursion from the root. The quickest
    /// is preferred, and the others are tried when it fails.
    pub forward: Vec<Upstream>,
    /// A file of root hints in zone-file text (IANA's `named.root`) instead of the built-in ones.
    pub root_hints: Option<PathBuf>,
    /// A file with the root's DNSKEY records in zone-file text instead of the built-in ones.
    pub trust_anchor: Option<PathBuf>,
    /// Whether signatures are validated, of forwarded answers too.
    pub dnssec: bool,
    /// What an NXDOMAIN on the way down to a name means.
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
    /// How many messages of authorities are remembered while recursing.
    pub cache_messages: u64,
    /// How many zones' servers, and servers' speeds, are remembered while recursing.
    pub cache_zones: usize,
}

/// What to make of NXDOMAIN for a name that the wanted name is below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Minimisation {
    /// Nothing: ask on. Some servers deny names that only have names below them.
    Relaxed,
    /// The wanted name does not exist either (RFC 8020). Fewer queries for names that are made up.
    Strict,
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
    /// Authoritative servers to ask without recursion, over UDP and TCP. They must answer for all that is
    /// below the suffix themselves: delegations inside are not followed.
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
            dnssec: true,
            query_name_minimisation: Minimisation::Relaxed,
            reach: Vec::new(),
            source: Vec::new(),
            certificate_authorities: None,
            zones: Vec::new(),
            concurrent: 10_000,
            time_limit: 5_000,
            cache_messages: 262_144,
            cache_zones: 16_384,
        }
    }
}

impl Config {
    /// Finds the first fault in the values, without touching any file.
    pub fn check(&self) -> Result<(), Error> {
        let in_range = [
            ("concurrent", self.concurrent as u64, 1, 1_000_000, "write a number from 1 to 1000000"),
            ("time_limit", self.time_limit, 100, 60_000, "write milliseconds, from 100 to 60000"),
            ("cache_messages", self.cache_messages, 1, u64::MAX, "write at least 1"),
            ("cache_zones", self.cache_zones as u64, 1, 10_000_000, "write a number from 1 to 10000000"),
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
        Ok(())
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
            dnssec = false
            query_name_minimisation = "strict"
            reach = ["10.0.0.0/8"]
            source = ["192.0.2.9", "2001:db8::9"]
            certificate_authorities = "/etc/rempart/ca.pem"
            concurrent = 5
            time_limit = 1500
            cache_messages = 6
            cache_zones = 7
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
        assert_eq!(config.query_name_minimisation, Minimisation::Strict);
        assert_eq!((config.concurrent, config.time_limit), (5, 1500));
        assert_eq!((config.cache_messages, config.cache_zones), (6, 7));
        assert_eq!(config.zones[0].stub[0].to_string(), "udp://10.0.0.53:53");
        assert!(!config.zones[0].dnssec && config.zones[1].dnssec);
    }

    #[test]
    fn faults_name_the_key_the_value_and_the_remedy() {
        for (text, wanted) in [
            ("concurrent = 0", "resolver.concurrent = `0`: write a number from 1"),
            ("time_limit = 5", "resolver.time_limit = `5`: write milliseconds"),
            ("cache_messages = 0", "resolver.cache_messages = `0`: write at least 1"),
            ("cache_zones = 0", "resolver.cache_zones = `0`: write"),
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
