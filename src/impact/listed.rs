//! What is listed already, by name.

use std::collections::BTreeMap;

use crate::blocklist::Scope;
use crate::dns::Name;

/// What is listed already, by name.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// In the canonical order, so that a name stands right before those below it.
    names: BTreeMap<Name, Vec<(Scope, String)>>,
}

impl Listed {
    /// Adds a name, and where it stands, such as `the list de/nudification`.
    pub fn add(&mut self, name: Name, scope: Scope, at: String) {
        self.names.entry(name).or_default().push((scope, at));
    }

    /// Where the very same stands.
    pub(super) fn same(&self, name: &Name, scope: Scope) -> Option<&str> {
        let found = self.names.get(name)?.iter().find(|(other, _)| *other == scope);
        found.map(|(_, at)| at.as_str())
    }

    /// What covers all that a name with its scope stands for, and where: the closest.
    pub(super) fn covering(&self, name: &Name, scope: Scope) -> Option<(Name, &str)> {
        name.and_above().enumerate().find_map(|(distance, above)| {
            let covers = |(other, _): &&(Scope, String)| match (distance, other) {
                (0, Scope::Domain) => scope != Scope::Domain,
                (0, _) | (_, Scope::Host) => false,
                (_, Scope::Domain | Scope::Below) => true,
            };
            let (_, at) = self.names.get(&above)?.iter().find(covers)?;
            Some((above, at.as_str()))
        })
    }

    /// How many names it would cover, and the first with where it stands.
    pub(super) fn covered(&self, name: &Name, scope: Scope) -> Option<(u64, &Name, &str)> {
        if scope == Scope::Host {
            return None;
        }
        let within = self.names.range(name.clone()..).take_while(|(other, _)| other.is_within(name));
        let mut below = within.filter(|(other, _)| *other != name);
        let (first, at) = below.next()?;
        let at = at.first().map_or("", |(_, at)| at.as_str());
        Some((1 + below.count() as u64, first, at))
    }

    /// Whether the name itself is listed, by whatever scope.
    pub(super) fn has(&self, name: &Name) -> bool {
        self.names.contains_key(name) || self.covering(name, Scope::Host).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::from_text(text).unwrap()
    }

    #[test]
    fn what_covers_what() {
        let mut listed = Listed::default();
        for (text, scope) in
            [("a.example", Scope::Domain), ("h.example", Scope::Host), ("b.example", Scope::Below)]
        {
            listed.add(name(text), scope, "the list x".to_owned());
        }
        assert_eq!(listed.same(&name("A.example"), Scope::Domain), Some("the list x"));
        assert_eq!(listed.same(&name("a.example"), Scope::Host), None);
        let covering = |text: &str, scope| listed.covering(&name(text), scope).map(|(by, _)| by.to_host());
        assert_eq!(covering("a.example", Scope::Host).as_deref(), Some("a.example"));
        assert_eq!(covering("a.example", Scope::Domain), None);
        assert_eq!(covering("x.y.a.example", Scope::Domain).as_deref(), Some("a.example"));
        assert_eq!(covering("x.b.example", Scope::Domain).as_deref(), Some("b.example"));
        assert_eq!(covering("b.example", Scope::Host), None);
        assert_eq!(covering("x.h.example", Scope::Host), None);
        let covered = |text: &str, scope| listed.covered(&name(text), scope).map(|(count, ..)| count);
        assert_eq!(covered("example", Scope::Domain), Some(3));
        assert_eq!(covered("example", Scope::Host), None);
        assert_eq!(covered("a.example", Scope::Domain), None);
        assert!(
            listed.has(&name("x.a.example"))
                && listed.has(&name("h.example"))
                && !listed.has(&name("c.example"))
        );
    }
}
