//! The same decision in words, with what the rule itself says.

use std::io;
use std::net::IpAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::build::{Enforced, GroupId, Policy};
use super::decide::{Remedy, Subject, Verdict};
use super::staged::StagedRule;
use crate::blocklist::{Details, Header, List, RuleText};
use crate::dns::{Name, RecordType};

/// Why a name is answered as it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Explanation {
    /// The name, with a final dot, or the address.
    pub name: String,
    /// The client's group.
    pub group: String,
    /// What was decided.
    pub ruling: Ruling,
    /// The alias or address behind the name that is listed, where the name itself is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// How the name is answered, where it is blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Why it is exempt, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemption: Option<String>,
    /// The list whose rule decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<ListFacts>,
    /// What the rule says; absent if the texts could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleText>,
    /// Staged rules that would block it, one a list: not in force.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub staged: Vec<StagedRule>,
    /// The generation of the policy that decided.
    pub generation: u64,
}

/// A decision, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ruling {
    /// The client may not ask at all.
    Denied,
    /// No list of the group speaks against the name.
    Pass,
    /// Listed, and must stay reachable.
    Protected,
    /// Listed, and exempted by the operator.
    Exempt,
    /// Listed by a list that is only being tried out.
    Shadow,
    /// Not listed, but it leads inside the network, where it has no business (DNS rebinding).
    Rebinding,
    /// Blocked.
    Block,
}

/// A list as `explain` shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListFacts {
    /// The name that the operator gave it.
    pub name: String,
    /// The list's own header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
}

/// What a list in force says of a case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseFacts {
    /// The list.
    pub list: ListFacts,
    /// How many rules it has for the case.
    pub rules: usize,
    /// What they say together: since when the first of them is listed, until when the last of them holds unless one has
    /// no end, and what kind of service it is.
    #[serde(flatten)]
    pub details: Details,
    /// What is listed, twenty of it at most; nothing where the list does not say that this is public.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// How many names of a case are shown of each list.
const MOST_NAMES: usize = 20;

/// What is to be explained.
#[derive(Clone, Copy, Debug)]
pub enum Asked<'a> {
    /// A name.
    Name(&'a Name),
    /// An address in an answer.
    Address(IpAddr),
}

impl Policy {
    /// Decides on a name or an address for a group.
    pub fn verdict(&self, group: Option<GroupId>, asked: Asked<'_>, now: Timestamp) -> Verdict<'_> {
        match asked {
            Asked::Name(name) => self.decide(group, Subject::Name(&self.suffixes(name.as_wire())), now),
            Asked::Address(address) => self.decide(group, Subject::Address(address), now),
        }
    }

    /// Decides on a name or an address for a group and says why. Reads the rule's text from disk.
    pub fn explain(
        &self,
        group: Option<GroupId>,
        asked: Asked<'_>,
        rtype: RecordType,
        now: Timestamp,
    ) -> Explanation {
        let verdict = self.verdict(group, asked, now);
        let shown = match asked {
            Asked::Name(name) => name.to_string(),
            Asked::Address(address) => address.to_string(),
        };
        let (ruling, listing) = match verdict {
            Verdict::Pass => (Ruling::Pass, None),
            Verdict::Protected(listing) => (Ruling::Protected, Some(listing)),
            Verdict::Exempt(listing, _) => (Ruling::Exempt, Some(listing)),
            Verdict::Shadow(listing) => (Ruling::Shadow, Some(listing)),
            Verdict::Block(block) => (Ruling::Block, Some(block.listing)),
        };
        Explanation {
            name: shown,
            group: self.group_name(group).to_owned(),
            ruling,
            through: None,
            answer: if let Verdict::Block(block) = verdict {
                Some(self.describe(block.remedy, rtype))
            } else {
                None
            },
            exemption: if let Verdict::Exempt(_, reason) = verdict { Some(reason.to_owned()) } else { None },
            list: listing.map(|listing| ListFacts::of(listing.list)),
            rule: listing.and_then(|listing| listing.list.explain(listing.rule).ok()),
            staged: Vec::new(),
            generation: self.generation,
        }
    }

    /// What each list that has rules for a case, and blocks anybody by them, says of it. Reads what all rules say, from
    /// disk.
    pub fn case(&self, case: &str, now: Timestamp) -> io::Result<Vec<CaseFacts>> {
        let numbered = self.lists.iter().enumerate().filter(|(number, _)| self.blocks_by(*number));
        numbered.filter_map(|(_, list)| facts(list, case, now).transpose()).collect()
    }

    /// Whether any group enforces a list, rather than only trying it out.
    fn blocks_by(&self, list: usize) -> bool {
        let enforced = self.groups.iter().flat_map(|group| &group.enforced);
        enforced.filter(|enforced| enforced.list == list).any(Enforced::blocks)
    }

    /// How a question of one type is answered by a remedy, in words.
    fn describe(&self, remedy: Remedy<'_>, rtype: RecordType) -> String {
        let addresses: Vec<String> = match (remedy, rtype) {
            (Remedy::Page, RecordType::A) => self.page_v4.iter().map(ToString::to_string).collect(),
            (Remedy::Page, RecordType::AAAA) => self.page_v6.iter().map(ToString::to_string).collect(),
            (Remedy::Page, _) => Vec::new(),
            _ => return format!("{rtype}: {remedy}"),
        };
        if addresses.is_empty() {
            return format!("{rtype}: no data");
        }
        format!("{rtype}: {}, the warning page", addresses.join(" "))
    }
}

impl ListFacts {
    pub(super) fn of(list: &List) -> Self {
        Self { name: list.name.clone(), header: list.header.clone() }
    }
}

/// What a list says of a case; nothing where it has no rule for it.
fn facts(list: &List, case: &str, now: Timestamp) -> io::Result<Option<CaseFacts>> {
    let are_public = list.header.as_ref().is_some_and(|header| header.names_public);
    let (mut rules, mut all, mut names) = (0, None, Vec::new());
    list.of_case(case, now, |RuleText { listed_as, details, .. }| {
        rules += 1;
        all = Some(together(all.take(), details));
        if are_public && names.len() < MOST_NAMES {
            names.push(listed_as);
        }
    })?;
    Ok(all.map(|details| CaseFacts { list: ListFacts::of(list), rules, details, names }))
}

/// What several rules of a case say.
fn together(all: Option<Details>, other: Details) -> Details {
    let Details { listed, expires, category, .. } = other;
    let Some(all) = all else { return Details { listed, expires, category, ..Details::default() } };
    Details {
        listed: all.listed.into_iter().chain(listed).min(),
        // One without an end has the last.
        expires: all.expires.zip(expires).map(|(one, other)| one.max(other)),
        category: all.category.or(category),
        ..all
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
