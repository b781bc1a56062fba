//! Everything that is known of a name, looked up.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

use super::finding::Finding;
use super::listed::Listed;
use super::popular::Popular;
use crate::blocklist::{Details, Effect, GuardRails, Rule, Scope, Trigger, registered};
use crate::dns::Name;

/// All that listing a name is weighed against.
#[derive(Debug)]
pub struct Impact {
    /// What no list should block.
    pub rails: GuardRails,
    /// What most people use.
    pub popular: Arc<Popular>,
    /// What the own docket holds: proposed, or in force.
    pub own: Listed,
    /// What others list.
    pub others: Listed,
    /// Where names are, if a resolver was asked.
    pub addresses: Option<Addresses>,
}

/// Where names are.
#[derive(Debug, Default)]
pub struct Addresses {
    /// The names to be listed, with their addresses where the resolver answered.
    pub of: BTreeMap<Name, Option<Vec<IpAddr>>>,
    /// The addresses of names that no list should block.
    pub protected: HashMap<IpAddr, Name>,
}

impl Addresses {
    /// What sharing an address says of a name.
    fn of(&self, name: &Name) -> Option<Finding> {
        let Some(own) = self.of.get(name)? else { return Some(Finding::Unanswered) };
        if own.is_empty() {
            return Some(Finding::Unreachable);
        }
        own.iter().find_map(|address| {
            let with = self
                .protected
                .get(address)
                .filter(|other| !other.is_within(name) && !name.is_within(other))?;
            Some(Finding::Shared { address: *address, with: with.to_host() })
        })
    }
}

impl Impact {
    /// What listing a name would take along, the worst first.
    pub fn of(&self, name: &Name, scope: Scope) -> Vec<Finding> {
        let mut found = Vec::new();
        found.extend(self.rail(name, scope));
        found.extend(self.own(name, scope));
        if scope != Scope::Below {
            found.extend(self.popular.rank(name).map(|rank| Finding::Popular { rank }));
        }
        if scope != Scope::Host {
            let below = self.popular.below(name);
            found.extend(below.map(|(names, first, rank)| {
                let first = first.to_host();
                Finding::AbovePopular { names, first, rank }
            }));
        }
        found.extend(self.parent(name));
        if let Some(at) = self.others.same(name, scope) {
            found.push(Finding::Same { at: at.to_owned(), own: false });
        } else if let Some((by, at)) = self.others.covering(name, scope) {
            found.push(Finding::Covered { by: by.to_host(), at: at.to_owned(), own: false });
        }
        found.extend(self.addresses.as_ref().and_then(|addresses| addresses.of(name)));
        found.sort_by_key(|finding| std::cmp::Reverse(finding.weight()));
        found
    }

    fn rail(&self, name: &Name, scope: Scope) -> Option<Finding> {
        let trigger = Trigger::Name(name.clone(), scope);
        let rule = Rule { line: 0, trigger, effect: Effect::Block, details: Details::default() };
        let breach = self.rails.judge(&rule)?;
        Some(Finding::Rail { rail: breach.rail.to_string(), overridable: breach.rail.is_overridable() })
    }

    fn own(&self, name: &Name, scope: Scope) -> Option<Finding> {
        if let Some(at) = self.own.same(name, scope) {
            return Some(Finding::Same { at: at.to_owned(), own: true });
        }
        if let Some((by, at)) = self.own.covering(name, scope) {
            return Some(Finding::Covered { by: by.to_host(), at: at.to_owned(), own: true });
        }
        let (names, first, at) = self.own.covered(name, scope)?;
        Some(Finding::Covers { names, first: first.to_host(), at: at.to_owned() })
    }

    /// The name that was registered, where only a part of it would be listed.
    fn parent(&self, name: &Name) -> Option<Finding> {
        let registered = registered(name).filter(|registered| registered != name)?;
        (!self.own.has(&registered)).then(|| Finding::UnlistedParent { name: registered.to_host() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Weight;
    use super::*;

    fn impact() -> Impact {
        let popular = Arc::new(Popular::parse("shop.example.co.uk\nexample.com\n").unwrap());
        let (mut own, mut others) = (Listed::default(), Listed::default());
        let name = |text: &str| Name::from_text(text).unwrap();
        own.add(name("listed.example"), Scope::Domain, "decision 7 (approved)".to_owned());
        others.add(name("foreign.example"), Scope::Domain, "the list de/nudification".to_owned());
        Impact { rails: GuardRails::built_in().unwrap(), popular, own, others, addresses: None }
    }

    fn told(text: &str, scope: Scope) -> Vec<String> {
        let found = impact().of(&Name::from_text(text).unwrap(), scope);
        found.iter().map(|finding| format!("{:?}: {finding}", finding.weight())).collect()
    }

    #[test]
    fn each_danger_is_told() {
        for (name, words) in [
            (
                "co.uk",
                &["Refusal: this is a public suffix", "Warning: would block shop.example.co.uk, number 1"][..],
            ),
            ("github.io", &["Override: this is a platform where many strangers have a name of their own"]),
            ("3018.fr", &["Refusal: this name is protected"]),
            ("listed.example", &["Duplicate: stands in decision 7 (approved) already"]),
            ("www.listed.example", &["Warning: is covered by listed.example, which stands in decision 7"]),
            ("example.com", &["Warning: number 2 of the names"]),
            (
                "a.foreign.example",
                &[
                    "is a part of foreign.example",
                    "is covered by foreign.example, which stands in the list de/",
                ],
            ),
            ("www.new.example", &["Note: is a part of new.example, which is not listed"]),
        ] {
            let told = told(name, Scope::Domain);
            for word in words {
                assert!(told.iter().any(|line| line.contains(word)), "{name}: {told:?}");
            }
        }
        assert_eq!(told("new.example", Scope::Domain), Vec::<String>::new());
        // A name alone takes along nothing below it.
        assert!(told("example.co.uk", Scope::Host).is_empty());
        assert_eq!(told("example.co.uk", Scope::Domain).len(), 1);
    }

    #[test]
    fn an_address_in_common_is_told() {
        let name = |text: &str| Name::from_text(text).unwrap();
        let address: IpAddr = "192.0.2.7".parse().unwrap();
        let of = [("a.test", Some(vec![address])), ("b.test", Some(vec![])), ("d.test", None)];
        let of = of.map(|(text, found)| (name(text), found)).into();
        let protected = [(address, name("help.example"))].into();
        let impact = Impact { addresses: Some(Addresses { of, protected }), ..impact() };
        let told = |text: &str| impact.of(&name(text), Scope::Domain)[0].to_string();
        assert_eq!(told("a.test"), "has the address 192.0.2.7 in common with help.example");
        assert_eq!(told("b.test"), "has no address today");
        assert_eq!(told("d.test"), "is at addresses that the resolver did not tell");
        // What nobody asked about is not told.
        assert!(impact.of(&name("c.test"), Scope::Domain).is_empty());
    }

    #[test]
    fn the_worst_comes_first() {
        let found = impact().of(&Name::from_text("co.uk").unwrap(), Scope::Domain);
        assert_eq!(found[0].weight(), Weight::Refusal);
    }
}
