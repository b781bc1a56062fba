//! What each rule does, and when it ends: kinds of rules, of which most lists have one.

use std::collections::HashMap;

use jiff::Timestamp;

use super::numbers::Numbers;
use crate::blocklist::rule::Effect;

/// What some rules do, and when they end, if they do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    pub effect: Effect,
    pub end: Option<Timestamp>,
}

/// The kind of every rule, four octets a rule where there are several.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    kinds: Vec<Kind>,
    /// Most rules are of the first kind.
    of: Numbers,
}

impl Meanings {
    pub(super) fn effect(&self, rule: u32) -> &Effect {
        self.kind(rule).map_or(&Effect::Block, |kind| &kind.effect)
    }

    pub(super) fn is_in_force(&self, rule: u32, now: Timestamp) -> bool {
        self.kind(rule).and_then(|kind| kind.end).is_none_or(|end| now < end)
    }

    /// Whether any rule may have ended.
    pub(super) fn have_ends(&self, now: Timestamp) -> bool {
        self.kinds.iter().any(|kind| kind.end.is_some_and(|end| end <= now))
    }

    pub(super) fn octets(&self) -> usize {
        self.of.octets()
    }

    /// As they are kept on disk.
    pub(super) fn parts(&self) -> (&[Kind], &[u32]) {
        (&self.kinds, self.of.as_slice())
    }

    /// From what is kept on disk, for so many rules; `None` where that does not fit.
    pub(super) fn from_parts(kinds: Vec<Kind>, of: Vec<u32>, rules: u32) -> Option<Self> {
        let are_known = of.iter().all(|kind| (*kind as usize) < kinds.len());
        Numbers::from_disk(of, rules).filter(|_| are_known).map(|of| Self { kinds, of })
    }

    fn kind(&self, rule: u32) -> Option<&Kind> {
        self.kinds.get(self.of.get(rule) as usize)
    }
}

/// Gathers [`Meanings`].
#[derive(Default)]
pub(super) struct MeaningsBuilder {
    meanings: Meanings,
    known: HashMap<Kind, u32>,
}

impl MeaningsBuilder {
    /// Says what the next rule is.
    pub(super) fn push(&mut self, kind: Kind) {
        let kind = self.number(kind);
        self.meanings.of.push(kind);
    }

    /// Of two rules for one trigger, the one that stays: an exception before all else, then the first. Local data
    /// of both is put together under the first, and rules that do the same hold until the last of them ends.
    pub(super) fn keep(&mut self, first: u32, later: u32) -> u32 {
        const MOST_RECORDS: usize = 64;
        let (Some(one), Some(other)) = (self.meanings.kind(first), self.meanings.kind(later)) else {
            return first;
        };
        let effect = match (&one.effect, &other.effect) {
            (Effect::Allow, effect) if *effect != Effect::Allow => return first,
            (effect, Effect::Allow) if *effect != Effect::Allow => return later,
            (Effect::Local(records), Effect::Local(more)) => {
                let mut all = records.clone();
                all.extend(more.iter().filter(|record| !records.contains(record)).cloned());
                all.truncate(MOST_RECORDS);
                Effect::Local(all)
            }
            (effect, other) if effect != other => return first,
            (effect, _) => effect.clone(),
        };
        let end = one.end.zip(other.end).map(|(one, other)| one.max(other));
        let kind = self.number(Kind { effect, end });
        // Where both are of the first kind, and there is no other, what is kept is that.
        self.meanings.of.set(first, kind);
        first
    }

    pub(super) fn finish(mut self) -> Meanings {
        self.meanings.of.shrink_to_fit();
        self.meanings
    }

    fn number(&mut self, kind: Kind) -> u32 {
        let next = self.meanings.kinds.len() as u32;
        // Most rules are as the first one, which needs no look-up.
        if self.meanings.kinds.first() == Some(&kind) {
            return 0;
        }
        *self.known.entry(kind).or_insert_with_key(|kind| {
            self.meanings.kinds.push(kind.clone());
            next
        })
    }
}
