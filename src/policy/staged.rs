//! What the staged rules of lists would do, were they in force: for counters and explanations, never for an answer.
//!
//! A list counts or explains each by itself, since each is promoted by itself, and all that holds for a rule in force
//! holds for its staged rules: who is given the list, what is exempt, what must stay reachable.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::build::{GroupId, Policy};
use super::decide::{Subject, Verdict};
use super::explain::{Asked, ListFacts};
use crate::blocklist::{List, RuleText};

/// Lists, by the slots under which they are counted; those from 63 on are one, as they are for the counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slots(u64);

impl Slots {
    /// One list.
    pub fn one(slot: u16) -> Self {
        Self(1 << slot.min(63))
    }

    /// Those of both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// By number, the lowest bit first.
    pub fn bits(self) -> u64 {
        self.0
    }
}

/// A staged rule that would block a name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StagedRule {
    /// Its list.
    pub list: ListFacts,
    /// The alias behind the name that it is for, where it is not for the name itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// What it says; absent if the texts could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleText>,
}

impl Policy {
    /// Whether what staged rules would block is counted at all.
    #[inline]
    pub fn counts_staged(&self) -> bool {
        self.counts_staged
    }

    /// The lists, of those whose staged rules are counted here, by which a name would be blocked for a group. For names
    /// that nothing in force blocks: see [`Verdict::is_final`].
    pub fn staged(&self, group: Option<GroupId>, subject: Subject<'_>, now: Timestamp) -> Slots {
        let counted = self.staged_hits(group, subject, now).filter(|(list, _)| list.counts_staged);
        counted.fold(Slots::default(), |slots, (list, _)| slots.or(Slots::one(list.slot)))
    }

    /// The same of all lists, with what the rules say, which is read from disk.
    pub fn explain_staged(
        &self,
        group: Option<GroupId>,
        asked: Asked<'_>,
        now: Timestamp,
    ) -> Vec<StagedRule> {
        let Asked::Name(name) = asked else { return Vec::new() };
        let suffixes = self.suffixes(name.as_wire());
        let told = |(list, rule): (&List, u32)| StagedRule {
            list: ListFacts::of(list),
            through: None,
            rule: list.explain(rule).ok(),
        };
        self.staged_hits(group, Subject::Name(&suffixes), now).map(told).collect()
    }

    /// Whether a staged rule that is counted here is for a subject, whatever the group.
    pub(super) fn is_staged(&self, subject: Subject<'_>) -> bool {
        let Subject::Name(suffixes) = subject else { return false };
        let counted = self.lists.iter().filter(|list| list.counts_staged);
        counted.map(|list| list.find_staged(suffixes, Timestamp::MIN)).any(|hit| hit.is_some())
    }

    /// The staged rules that would block a subject for a group, one a list at most.
    fn staged_hits(
        &self,
        group: Option<GroupId>,
        subject: Subject<'_>,
        now: Timestamp,
    ) -> impl Iterator<Item = (&List, u32)> {
        let rules = group.map(|group| self.rules_of(group));
        let excused = match subject {
            Subject::Name(suffixes) => self.is_excused(group, suffixes, now),
            // Published lists, which alone stage rules, hold no networks.
            Subject::Address(_) => true,
        };
        let enforced = rules.into_iter().flat_map(|rules| &rules.enforced).filter(move |_| !excused);
        enforced.filter(|enforced| enforced.blocks()).filter_map(move |enforced| {
            let list = &*self.lists[enforced.list];
            let Subject::Name(suffixes) = subject else { return None };
            Some((list, list.find_staged(suffixes, now)?.rule))
        })
    }
}

impl Verdict<'_> {
    /// Whether a subject is blocked by what yields to no other block: what is staged would change nothing then.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Block(block) if !block.yields())
    }
}
