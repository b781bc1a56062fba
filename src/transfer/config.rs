//! The configuration of a server of zones: a TOML file of its own.

use std::collections::HashSet;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::blocklist::{Format, normalise};
use crate::dns::Name;
use crate::export::Redirect;

/// The whole file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Addresses for UDP and TCP, each of this machine alone.
    pub listen: Vec<SocketAddr>,
    /// Address for metrics, loopback only; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics: Option<SocketAddr>,
    /// Directory for the versions of the zones, of which serials and differences outlive a restart.
    pub state: PathBuf,
    /// Seconds between looks at the lists.
    pub look: u64,
    /// User to become once all sockets are bound; absent to stay as started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Files with keys, as BIND's `tsig-keygen` writes them.
    pub keys: Vec<PathBuf>,
    /// Connections at once, half of them of those who may have something.
    pub connections: usize,
    /// Connections of one client address at once.
    pub connections_per_client: usize,
    /// The zones.
    pub zones: Vec<ZoneConfig>,
}

/// One `[[zones]]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneConfig {
    /// Its name.
    pub name: String,
    /// The list, a file in any format that is read; or the path of what `repository` publishes.
    pub list: PathBuf,
    /// The format of the file; absent to tell from its content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// The folder of a repository, such as `public` of an authority's workspace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<PathBuf>,
    /// The root that it is trusted by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<PathBuf>,
    /// Where blocked names lead: one name, or addresses; nowhere (NXDOMAIN) without.
    #[serde(default)]
    pub redirect: Vec<String>,
    /// Whether the zone holds its digest (RFC 8976).
    #[serde(default)]
    pub digest: bool,
    /// Whether a list that blocks what no list should is refused.
    #[serde(default = "yes")]
    pub guard: bool,
    /// Percentage of names that a new list may lack of the one before; a greater loss is refused.
    #[serde(default = "largest_loss")]
    pub largest_loss: u8,
    /// Percentage of names that a new list may have more than the one before; a greater gain is refused, unless it is of
    /// few names.
    #[serde(default = "largest_gain")]
    pub largest_gain: u32,
    /// How many differences are kept for those who ask for them.
    #[serde(default = "differences")]
    pub differences: usize,
    /// The names of keys by any of which the zone is transferred.
    #[serde(default)]
    pub keys: Vec<String>,
    /// Networks to which it is transferred without a key.
    #[serde(default)]
    pub allow: Vec<IpNet>,
    /// Whom to tell of changes.
    #[serde(default)]
    pub notify: Vec<Secondary>,
}

/// Whom to tell of changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secondary {
    /// Where it listens.
    pub address: SocketAddr,
    /// The name of the key by which notices are signed; absent for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

fn yes() -> bool {
    true
}

fn largest_loss() -> u8 {
    20
}

fn largest_gain() -> u32 {
    100
}

fn differences() -> usize {
    32
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: vec![(Ipv4Addr::LOCALHOST, 5354).into(), (Ipv6Addr::LOCALHOST, 5354).into()],
            metrics: None,
            state: "/var/lib/rempart-zones".into(),
            look: 5,
            user: None,
            keys: Vec::new(),
            connections: 256,
            connections_per_client: 16,
            zones: Vec::new(),
        }
    }
}

impl Config {
    /// Refuses values that cannot be, or that would serve nobody.
    pub fn check(&self) -> Result<(), String> {
        if self.listen.is_empty() {
            return Err("listen: there is no address to listen on; name one".into());
        }
        if let Some(address) = self.listen.iter().find(|address| address.ip().is_unspecified()) {
            return Err(format!(
                "listen: {address} is all addresses at once; name each, since an answer has to leave from the one that was asked"
            ));
        }
        if let Some(address) = self.metrics.filter(|address| !address.ip().is_loopback()) {
            return Err(format!("metrics: {address} is not loopback; use \"127.0.0.1:9452\" and a tunnel"));
        }
        for (key, value) in [
            ("look", self.look as usize),
            ("connections", self.connections),
            ("connections_per_client", self.connections_per_client),
        ] {
            if value == 0 {
                return Err(format!("{key}: 0 would serve nobody; give at least 1"));
            }
        }
        if self.zones.is_empty() {
            return Err("there is no [[zones]]; add one with its name and its list".into());
        }
        let mut names = HashSet::new();
        for zone in &self.zones {
            let name = zone.check().map_err(|reason| format!("zones `{}`: {reason}", zone.name))?;
            if !names.insert(name) {
                return Err(format!("zones `{}`: there are two of that name; remove one", zone.name));
            }
        }
        Ok(())
    }
}

impl ZoneConfig {
    /// The name of the zone.
    pub fn zone(&self) -> Result<Name, String> {
        match normalise(&self.name) {
            Ok(name) if name.label_count() > 0 => Ok(name.to_lowercase()),
            _ => Err("that is no name for a policy zone; take one such as rpz.regulator.example".into()),
        }
    }

    /// Where blocked names lead.
    pub fn redirect(&self) -> Result<Option<Redirect>, String> {
        Redirect::parse(&self.redirect).map_err(|error| format!("redirect: {error}"))
    }

    /// The names of the keys that may transfer it.
    pub fn keys(&self) -> Result<Vec<Name>, String> {
        self.keys.iter().map(|key| key_name(key)).collect()
    }

    fn check(&self) -> Result<Name, String> {
        self.redirect()?;
        self.keys()?;
        if self.repository.is_some() != self.root.is_some() {
            return Err("repository and root belong together; name both, or neither for a file".into());
        }
        if self.repository.is_some() && self.format.is_some() {
            return Err("format is for a file; what a repository publishes has its own".into());
        }
        if self.keys.is_empty() && self.allow.is_empty() {
            return Err("nobody may transfer it; name keys, or networks in allow".into());
        }
        self.notify.iter().filter_map(Secondary::key).try_for_each(|key| key.map(|_| ()))?;
        self.zone()
    }
}

impl Secondary {
    /// The name of the key by which notices are signed.
    pub fn key(&self) -> Option<Result<Name, String>> {
        self.key.as_deref().map(key_name)
    }
}

/// The name of a key, which both ends must use.
fn key_name(text: &str) -> Result<Name, String> {
    let name = Name::from_text(text).map(|name| name.to_lowercase());
    name.map_err(|error| format!("`{text}` is no name of a key: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<(), String> {
        toml::from_str::<Config>(text).map_err(|error| error.to_string())?.check()
    }

    const ZONE: &str = "[[zones]]\nname = \"rpz.test\"\nlist = \"list\"\n";

    #[test]
    fn what_would_serve_nobody_is_refused() {
        assert_eq!(check(&format!("{ZONE}allow = [\"192.0.2.0/24\"]\n")), Ok(()));
        for (text, words) in [
            ("", "no [[zones]]"),
            ("listen = []", "no address"),
            ("listen = [\"0.0.0.0:53\"]", "name each"),
            ("look = 0", "look: 0"),
            ("metrics = \"0.0.0.0:9452\"", "not loopback"),
            (ZONE, "nobody may transfer"),
            (&format!("{ZONE}keys = [\"a..b\"]"), "`a..b` is no name of a key"),
            (&format!("{ZONE}keys = [\"a\"]\nredirect = [\"page\"]"), "redirect"),
            (&format!("{ZONE}keys = [\"a\"]\nrepository = \"public\""), "belong together"),
            (&format!("{ZONE}keys = [\"a\"]\n{ZONE}keys = [\"a\"]"), "two of that name"),
            ("[[zones]]\nname = \".\"\nlist = \"l\"\nkeys = [\"a\"]", "no name for a policy zone"),
            ("[[zones]]\nname = \"a\"\nlist = \"l\"\nkey = [\"a\"]", "unknown field"),
        ] {
            let error = check(text).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
