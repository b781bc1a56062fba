//! The `[policy]` section: groups, what each enforces, and who is exempt.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::built_in::SafeSearch;
use super::nat64::Nat64;
use crate::blocklist::DefaultAction;
use crate::dns::Name;

/// The `[policy]` section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// TTL of every answer that policy makes, in seconds. Short, so that a removal takes effect soon.
    pub ttl: u32,
    /// Addresses of the warning page, given for A and AAAA questions of a redirected name.
    pub page: Vec<IpAddr>,
    /// Groups of clients. A client is of the group with the longest matching network; the group without
    /// networks is everybody else's. Without any group, everybody gets every list as the list itself asks.
    pub groups: Vec<Group>,
    /// Names whose servers the operator named: they may lead to private addresses, whatever the group.
    #[serde(skip)]
    pub internal: Vec<Name>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            ttl: 10,
            page: vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            groups: Vec::new(),
            internal: Vec::new(),
        }
    }
}

/// One `[[policy.groups]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Shown by `explain`.
    pub name: String,
    /// Client networks; none for everybody else.
    #[serde(default)]
    pub networks: Vec<IpNet>,
    /// Lists enforced, in order; absent for every list as it asks itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lists: Option<Vec<ListChoice>>,
    /// Exempts the whole group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<Exempt>,
    /// Exempts names, each with all below it.
    #[serde(default)]
    pub exemptions: Vec<Exemption>,
    /// The prefix of its NAT64, under which names without IPv6 addresses are given some (RFC 6147).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns64: Option<Nat64>,
    /// Whether names that lead to private addresses are answered as if there were none (DNS rebinding).
    #[serde(default)]
    pub rebinding_protection: bool,
    /// Names that may lead there, each with all below it.
    #[serde(default)]
    pub rebinding_allow: Vec<String>,
    /// For whom the warning page is written.
    #[serde(default)]
    pub readers: Readers,
    /// How HTTPS to the addresses of the warning page is met.
    #[serde(default)]
    pub https: Https,
    /// Whether programs are told to use this resolver: the names that Firefox and iCloud Private Relay ask for to learn
    /// that do not exist.
    #[serde(default)]
    pub canaries: bool,
    /// Whether programs are not told how this resolver is reached over encryption (RFC 9462), as if it were not.
    #[serde(default)]
    pub no_discovery: bool,
    /// Search services whose names lead to their safe host names.
    #[serde(default)]
    pub safe_search: Vec<SafeSearch>,
}

/// How HTTPS to the addresses of the warning page is met, where nobody has a certificate for the blocked name that
/// everybody would believe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Https {
    /// It ends with the TLS alert that says that there is no such name: browsers show an error at once.
    #[default]
    Refuse,
    /// It ends without a word.
    Close,
    /// By the page, with a certificate of the local authority (`[ca]`) in which the group's devices believe.
    Certificate,
}

/// For whom the warning page is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Readers {
    /// People of any age.
    #[default]
    Anyone,
    /// Children of about twelve.
    Pupils,
}

/// A list that a group enforces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListChoice {
    /// Its name among `[[update.lists]]`.
    pub list: String,
    /// How its names are answered, instead of as the list asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// INFO-CODE of the extended DNS error (RFC 8914 §4): 15 Blocked, 16 Censored, 17 Filtered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_error: Option<u16>,
}

/// How a listed name is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Addresses of the warning page.
    Page,
    /// NXDOMAIN.
    Nxdomain,
    /// NOERROR without data.
    Nodata,
    /// REFUSED.
    Refused,
    /// As if it were not listed; counted alone, to try a list out.
    Shadow,
}

impl From<DefaultAction> for Action {
    fn from(action: DefaultAction) -> Self {
        match action {
            DefaultAction::Page => Self::Page,
            DefaultAction::Nxdomain => Self::Nxdomain,
            DefaultAction::Nodata => Self::Nodata,
            DefaultAction::Refused => Self::Refused,
        }
    }
}

/// Why, and until when, a whole group is exempt (police and hotline analysts, say).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exempt {
    /// For whoever audits the configuration.
    pub reason: String,
    /// The last day on which it holds, in UTC.
    pub until: Date,
}

/// Why, and until when, a name is exempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// The name; all below it is exempt too.
    pub name: String,
    /// For whoever audits the configuration.
    pub reason: String,
    /// The last day on which it holds, in UTC.
    pub until: Date,
}
