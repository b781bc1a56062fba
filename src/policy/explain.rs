//! The same decision in words, with what the rule itself says.

use std::net::IpAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::decide::{Policy, Remedy, Subject, Verdict};
use crate::blocklist::{Header, RuleText};
use crate::dns::Name;

/// Why a name is answered as it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Explanation {
    /// The name, with a final dot.
    pub name: String,
    /// The client's group.
    pub group: String,
    /// `pass`, `protected`, `exempt`, `shadow` or `block`.
    pub verdict: String,
    /// How the name is answered, where it is blocked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Why it is exempt, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exemption: Option<String>,
    /// The list whose rule decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<ListFacts>,
    /// What the rule says; absent if the texts could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleText>,
    /// The generation of the policy that decided.
    pub generation: u64,
}

/// A list as `explain` shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListFacts {
    /// The name that the operator gave it.
    pub name: String,
    /// The list's own header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
}

impl Policy {
    /// Decides on a name for a client and says why. Reads the rule's text from disk.
    pub fn explain(&self, client: IpAddr, name: &Name, now: Timestamp) -> Explanation {
        let group = self.group(client);
        let suffixes = self.suffixes(&name.canonical());
        let verdict = self.decide(group, Subject::Name(&suffixes), now);
        let (word, listing) = match verdict {
            Verdict::Pass => ("pass", None),
            Verdict::Protected(listing) => ("protected", Some(listing)),
            Verdict::Exempt(listing, _) => ("exempt", Some(listing)),
            Verdict::Shadow(listing) => ("shadow", Some(listing)),
            Verdict::Block(block) => ("block", Some(block.listing)),
        };
        Explanation {
            name: name.to_string(),
            group: self.group_name(group).to_owned(),
            verdict: word.to_owned(),
            answer: if let Verdict::Block(block) = verdict { Some(block.remedy.to_string()) } else { None },
            exemption: if let Verdict::Exempt(_, reason) = verdict { Some(reason.to_owned()) } else { None },
            list: listing.map(|listing| ListFacts {
                name: listing.list.name.clone(),
                header: listing.list.header.clone(),
            }),
            rule: listing.and_then(|listing| listing.list.explain(listing.rule).ok()),
            generation: self.generation,
        }
    }
}

impl std::fmt::Display for Remedy<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Page => "addresses of the warning page",
            Self::Nxdomain => "NXDOMAIN",
            Self::Nodata => "no data",
            Self::Refused => "REFUSED",
            Self::Drop => "no answer",
            Self::TcpOnly => "only over TCP",
            Self::Local(_) => "the list's own records",
        })
    }
}
