//! What the staged rules of lists would do, were they in force: for counters and explanations, never for an answer.
//!
//! A list counts or explains each by itself, since each is promoted by itself, and all that holds for a rule in force
//! holds for its staged rules: who is given the list, what is exempt, what must stay reachable.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::build::{GroupId, Policy};
use super::decide::{Subject, Verdict};
use super::explain::ListFacts;
use crate::blocklist::{List, RuleText, Suffixes};
use crate::dns::Name;

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
    pub fn staged(&self, group: Option<GroupId>, name: &Suffixes, now: Timestamp) -> Slots {
        let counted = self.staged_hits(group, name, now).filter(|(list, _)| list.counts_staged);
        counted.fold(Slots::default(), |slots, (list, _)| slots.or(Slots::one(list.slot)))
    }

    /// The same of all lists, with what the rules say, which is read from disk.
    pub fn explain_staged(&self, group: Option<GroupId>, name: &Name, now: Timestamp) -> Vec<StagedRule> {
        let told = |(list, rule): (&List, u32)| StagedRule {
            list: ListFacts::of(list),
            through: None,
            rule: list.explain(rule).ok(),
        };
        self.staged_hits(group, &self.suffixes(name.as_wire()), now).map(told).collect()
    }

    /// Whether a staged rule that is counted here is for a subject, at any time and whatever the group.
    pub(super) fn is_staged(&self, subject: Subject<'_>) -> bool {
        // Published lists, which alone stage rules, hold no networks.
        let Subject::Name(name) = subject else { return false };
        let mut counted = self.lists.iter().filter(|list| list.counts_staged);
        counted.any(|list| list.find_staged(name, Timestamp::MIN).is_some())
    }

    /// The staged rules that would block a name for a group, one a list at most.
    fn staged_hits(
        &self,
        group: Option<GroupId>,
        name: &Suffixes,
        now: Timestamp,
    ) -> impl Iterator<Item = (&List, u32)> {
        let enforced = group.into_iter().flat_map(|group| &self.rules_of(group).enforced);
        let hits = enforced.filter(|enforced| enforced.blocks()).filter_map(move |enforced| {
            let list = &*self.lists[enforced.list];
            Some((list, list.find_staged(name, now)?.rule))
        });
        // Asked last: most names are on no stage.
        hits.filter(move |_| !self.is_excused(group, name, now))
    }
}

impl Verdict<'_> {
    /// Whether a subject is blocked by what yields to no other block: what is staged would change nothing then.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Block(block) if !block.yields())
    }
}
