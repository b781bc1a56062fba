//! Rules that were read together: the index, what the rules do, and on disk what they say.

use std::net::IpAddr;

use jiff::Timestamp;

use super::cases::Cases;
use super::meanings::Meanings;
use super::texts::Texts;
use crate::blocklist::hash::NameHash;
use crate::blocklist::index::Table;
use crate::blocklist::networks::Networks;
use crate::blocklist::rule::{Effect, Scope};

/// More rules than a layer may have: two bits of a value say how far the rule reaches.
pub(super) const MAX_RULES: u32 = 1 << SCOPE_BITS;
const SCOPE_BITS: u32 = 30;
/// In the place of a scope: the number is not that of a rule, but of an entry of [`Names::several`].
const SEVERAL: u32 = 3;
/// In the order of their numbers in a value.
const SCOPES: [Scope; 3] = [Scope::Host, Scope::Domain, Scope::Below];

/// The rules for one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct At {
    /// For the name alone.
    pub host: Option<u32>,
    /// For the name and all below it.
    pub domain: Option<u32>,
    /// For all below the name.
    pub below: Option<u32>,
}

impl At {
    pub(super) fn of(&self, scope: Scope) -> Option<u32> {
        match scope {
            Scope::Host => self.host,
            Scope::Domain => self.domain,
            Scope::Below => self.below,
        }
    }

    pub(super) fn of_mut(&mut self, scope: Scope) -> &mut Option<u32> {
        match scope {
            Scope::Host => &mut self.host,
            Scope::Domain => &mut self.domain,
            Scope::Below => &mut self.below,
        }
    }

    /// As a table holds it, where there is one rule only.
    pub(super) fn only(&self) -> Option<u32> {
        let mut values = SCOPES.into_iter().filter_map(|scope| Some(value(scope, self.of(scope)?)));
        values.next().filter(|_| values.next().is_none())
    }

    fn count(&self) -> u32 {
        [self.host, self.domain, self.below].iter().flatten().count() as u32
    }

    /// Each rule, as it is changed, or left out.
    pub(super) fn map(self, change: impl Fn(u32) -> Option<u32>) -> Self {
        Self {
            host: self.host.and_then(&change),
            domain: self.domain.and_then(&change),
            below: self.below.and_then(&change),
        }
    }

    /// What is here, and where nothing is, what is there.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            host: self.host.or(other.host),
            domain: self.domain.or(other.domain),
            below: self.below.or(other.below),
        }
    }
}

/// As a table holds it: a rule and how far it reaches.
pub(super) fn value(scope: Scope, rule: u32) -> u32 {
    let scope = match scope {
        Scope::Host => 0,
        Scope::Domain => 1,
        Scope::Below => 2,
    };
    scope << SCOPE_BITS | rule
}

/// As a table holds it: the rules of a name that has several.
pub(super) fn value_of_several(number: u32) -> u32 {
    SEVERAL << SCOPE_BITS | number
}

/// What a value says; `None` where it leads to several.
pub(super) fn rule_of(value: u32) -> Option<(Scope, u32)> {
    let scope = SCOPES.get((value >> SCOPE_BITS) as usize)?;
    Some((*scope, number_of(value)))
}

fn number_of(value: u32) -> u32 {
    value & (MAX_RULES - 1)
}

/// Names, and the rules for each.
#[derive(Default)]
pub(super) struct Names {
    pub table: Table,
    /// Names with several rules.
    pub several: Vec<At>,
}

impl Names {
    /// The rules for a name.
    #[inline]
    pub(super) fn at(&self, hash: NameHash) -> Option<At> {
        self.of_value(self.table.find(hash)?)
    }

    fn of_value(&self, value: u32) -> Option<At> {
        let Some((scope, rule)) = rule_of(value) else {
            return self.several.get(number_of(value) as usize).copied();
        };
        let mut at = At::default();
        *at.of_mut(scope) = Some(rule);
        Some(at)
    }

    /// The rules that decide, each once.
    pub(super) fn rules(&self) -> impl Iterator<Item = u32> {
        let at = self.table.values().filter_map(|value| self.of_value(value));
        at.flat_map(|at| [at.host, at.domain, at.below]).flatten()
    }

    /// How many there are, each once for every scope.
    pub(super) fn count(&self) -> u32 {
        let more: u32 = self.several.iter().map(|at| at.count() - 1).sum();
        self.table.len() as u32 + more
    }

    fn octets(&self) -> usize {
        self.table.octets() + size_of_val(&*self.several)
    }
}

/// Rules that were read together.
#[derive(Default)]
pub(super) struct Layer {
    /// How many there are, staged ones included; they are numbered in the order read.
    pub rules: u32,
    /// What decides.
    pub names: Names,
    /// What is staged, apart from it, so that no rule of either hides one of the other.
    pub staged: Names,
    /// Rules that are not alone for their trigger, in ascending order.
    pub merged: Vec<u32>,
    pub networks: Networks<u32>,
    pub meanings: Meanings,
    pub cases: Cases,
    /// Where each block of the texts begins, and where the last one ends.
    pub places: Box<[u64]>,
    pub texts: Option<Box<dyn Texts>>,
}

impl Layer {
    /// The rule in force at `now` for the smallest listed network that holds an address.
    pub(super) fn at_address(&self, address: IpAddr, now: Timestamp) -> Option<u32> {
        self.networks.find_where(address, |rule| self.meanings.is_in_force(*rule, now)).copied()
    }

    pub(super) fn effect(&self, rule: u32) -> &Effect {
        self.meanings.effect(rule)
    }

    /// Names and networks that the rules are for, but for staged ones.
    pub(super) fn listed(&self) -> u32 {
        self.names.count() + self.networks.len() as u32
    }

    pub(super) fn octets(&self) -> usize {
        let names = self.names.octets() + self.staged.octets() + size_of_val(&*self.merged);
        let rules = self.meanings.octets() + self.cases.octets();
        names + rules + size_of_val(&*self.places)
    }
}
