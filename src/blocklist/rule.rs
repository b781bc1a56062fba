//! One rule of a list, as every format is read into it, and the header that says who stands behind a list.
//!
//! A rule is what a line meant, not how it was written: the name in lower-case A-labels, the scope that its
//! format gives it, and where the line stood. [`Header`] is the first line of a published list.

use std::collections::BTreeMap;
use std::fmt;

use ipnet::IpNet;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::hash::Key;
use crate::dns::{Name, Record};

/// How far below its name a rule reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The name and all below it.
    Domain,
    /// The name alone.
    Host,
    /// All below the name, without the name (an RPZ owner `*.name`).
    Below,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Domain => "the name and all below it",
            Self::Host => "the name alone",
            Self::Below => "all below the name",
        })
    }
}

/// What makes a rule apply.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Trigger {
    /// A name asked for, or met in the chain of aliases of an answer.
    Name(Name, Scope),
    /// An address in an answer (RPZ `rpz-ip`).
    Network(IpNet),
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Block in the way that the list, or its subscriber, chose. All that most formats can say.
    Block,
    /// Leave alone what this same list would block (AdBlock `@@`, RPZ `rpz-passthru.`).
    Allow,
    /// Answer that the name does not exist (RPZ `CNAME .`).
    Nxdomain,
    /// Answer that the name has no such data (RPZ `CNAME *.`).
    Nodata,
    /// Do not answer (RPZ `rpz-drop.`).
    Drop,
    /// Answer over UDP with TC alone, so that the client comes back over TCP (RPZ `rpz-tcp-only.`).
    TcpOnly,
    /// Answer with these records and no others (RPZ local data). A CNAME whose target begins with `*` stands
    /// for the asked name put in front of the rest. The owner of each is the rule's name, or the root where
    /// the rule is for a network; whoever answers puts the asked name in its place.
    Local(Vec<Record>),
}

/// What a rule says about itself, for people; all of it optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Public case number.
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Since when it is listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<Timestamp>,
    /// From when on it no longer applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// What kind of service it is, where the list has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Why it is listed although a guard rail speaks against it.
    #[serde(rename = "override", default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<String>,
    /// Whether it is not in force yet: it blocks nothing, and what it would block is counted by a share of resolvers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub staged: bool,
}

/// One rule, and the line of the source that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Line of the source (the ordinal of the entry in a JSON array), from 1.
    pub line: u64,
    /// What makes it apply.
    pub trigger: Trigger,
    /// What it does.
    pub effect: Effect,
    /// What it says for people.
    pub details: Details,
}

/// How a list that says nothing else wants its names answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DefaultAction {
    /// Addresses of the warning page.
    Page,
    /// NXDOMAIN.
    Nxdomain,
    /// NOERROR without data.
    Nodata,
    /// REFUSED.
    Refused,
}

/// The percentage of resolvers that count what the staged rules of a list would block, 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Share(u8);

impl Share {
    /// `None` unless the percentage is 1 to 100.
    pub fn new(percent: u8) -> Option<Self> {
        (1..=100).contains(&percent).then_some(Self(percent))
    }

    /// The percentage.
    pub fn percent(self) -> u8 {
        self.0
    }

    /// Whether the resolver with a key is of the share of a list: always the same for one key and list, and still so
    /// once the share has grown. Nobody else can tell.
    pub fn has(self, key: &Key, list: &str) -> bool {
        key.draw(&format!("shadow {list}"), 0) % 100 < u64::from(self.0)
    }
}

impl TryFrom<u8> for Share {
    type Error = String;

    fn try_from(percent: u8) -> Result<Self, String> {
        Self::new(percent).ok_or_else(|| format!("a share of {percent} %, which is not 1 to 100"))
    }
}

impl From<Share> for u8 {
    fn from(share: Share) -> Self {
        share.0
    }
}

/// The first line of a published list: who lists these names, under what law, and whom to ask for removal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Identifier of the list, such as `fr/nudification`.
    pub list: String,
    /// Grows by at least one with each generation.
    pub serial: u64,
    /// ISO 3166 code of the state, or `EU`, or `XX` for none.
    pub jurisdiction: String,
    /// What kind of service the list holds, such as `nudification`.
    pub category: String,
    /// Who decides on the list.
    pub authority: String,
    /// The law that the decisions rest on.
    pub legal_basis: String,
    /// Short titles by language (BCP 47).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub titles: BTreeMap<String, String>,
    /// One or two sentences for the warning page by language (BCP 47).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, String>,
    /// Where to contest a decision: `mailto:` or `https:`.
    pub appeal: String,
    /// How a listed name is answered unless the subscriber chose otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<DefaultAction>,
    /// INFO-CODE of the extended DNS error (RFC 8914), unless the subscriber chose otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_error: Option<u16>,
    /// Whether the public record of a case shows the names that are listed for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub names_public: bool,
    /// Which share of resolvers counts what the staged rules would block; it says nothing where no rule is staged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<Share>,
    /// When this generation was made.
    pub issued: Timestamp,
    /// From when on this generation is out of date.
    pub expires: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_so_many_resolvers_and_grows_by_others() {
        let of = |percent: u8, list: &str| -> Vec<u128> {
            let share = Share::new(percent).unwrap();
            (0..1000).filter(|number: &u128| share.has(&Key::new(number.to_le_bytes()), list)).collect()
        };
        let (few, more) = (of(10, "xx/a"), of(30, "xx/a"));
        assert!((60..=140).contains(&few.len()) && (240..=360).contains(&more.len()), "{few:?}");
        assert!(few.iter().all(|resolver| more.contains(resolver)));
        // Another list has others, so that no resolver is always the first.
        let other = of(10, "xx/b");
        assert!(few.iter().filter(|resolver| other.contains(resolver)).count() < few.len() / 2);
        assert_eq!(of(100, "xx/a").len(), 1000);
    }

    #[test]
    fn a_share_is_a_percentage() {
        assert_eq!(serde_json::from_str::<Share>("10").unwrap().percent(), 10);
        assert_eq!(serde_json::to_string(&Share::new(100)).unwrap(), "100");
        for bad in ["0", "101", "256", "-1", "1.5", "\"10\"", "true"] {
            assert!(serde_json::from_str::<Share>(bad).is_err(), "{bad}");
        }
        let error = serde_json::from_str::<Share>("0").unwrap_err().to_string();
        assert!(error.contains("a share of 0 %, which is not 1 to 100"), "{error}");
    }
}
