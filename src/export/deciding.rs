//! Which rule decides on a name where several speak of it: the one whose case, category and dates are told of the name.
//!
//! The same order as in what a list means ([`super::meaning`]): of several rules of one scope an exception holds, else the
//! first; and what is said of a name alone is closer to it than what is said of all below it too.

use std::collections::BTreeMap;

use super::lines::Part;
use crate::blocklist::{Details, Effect, Rule, Scope, Trigger};
use crate::dns::Name;

/// The scopes whose rule may have said what begins at a name, for each part of it, the closest first.
const SCOPES: [(Part, &[Scope]); 3] = [
    (Part::Whole, &[Scope::Domain, Scope::Host, Scope::Below]),
    (Part::Own, &[Scope::Host, Scope::Domain]),
    (Part::Below, &[Scope::Domain, Scope::Below]),
];

/// For names of which nothing is known but that they are blocked.
pub(super) static NOTHING: Details =
    Details { reference: None, listed: None, expires: None, category: None, overrides: None, staged: false };

/// The rule that holds for each name and scope.
pub(super) struct Deciding<'r>(BTreeMap<&'r Name, Vec<(Scope, &'r Rule)>>);

impl<'r> Deciding<'r> {
    /// Among these rules.
    pub(super) fn of(rules: &'r [Rule]) -> Self {
        let mut names: BTreeMap<&Name, Vec<(Scope, &Rule)>> = BTreeMap::new();
        for rule in rules.iter().filter(|rule| !rule.details.staged) {
            let Trigger::Name(name, scope) = &rule.trigger else { continue };
            let known = names.entry(name).or_default();
            match known.iter_mut().find(|(other, _)| other == scope) {
                None => known.push((*scope, rule)),
                Some((_, held)) if rule.effect == Effect::Allow => *held = rule,
                Some(_) => {}
            }
        }
        Self(names)
    }

    /// What is told of what is blocked from a name on.
    pub(super) fn details(&self, name: &Name, part: Part) -> &'r Details {
        let known = self.0.get(name).map_or(&[][..], Vec::as_slice);
        let scopes = SCOPES.iter().filter(|(of, _)| *of == part).flat_map(|(_, scopes)| *scopes);
        let mut rules = scopes.filter_map(|scope| known.iter().find(|(of, _)| of == scope));
        let blocks = |(_, rule): &&(Scope, &Rule)| rule.effect != Effect::Allow;
        rules.find(blocks).map_or(&NOTHING, |(_, rule)| &rule.details)
    }
}
