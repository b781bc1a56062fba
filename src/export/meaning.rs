//! What a list decides for every name there is, in as few places as say it.
//!
//! A list says things in any order, several times over, and with exceptions inside what it lists; formats of the field
//! hold them in different ways to be closest. [`Meaning`] is what remains of it for all of them: at some names something
//! begins, for the name itself and for all below it, and holds until another such name.

use std::collections::BTreeMap;

use ipnet::IpNet;

use crate::blocklist::{Effect, Rule, Scope, Trigger};
use crate::dns::Name;

/// A list's decisions.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    /// In the canonical order, so that a name stands right before those below it.
    pub nodes: BTreeMap<Name, Node>,
    pub networks: BTreeMap<IpNet, Effect>,
    /// Names that are left alone with all below them, wherever they stand and whatever they lead to.
    pub protected: Vec<Name>,
}

/// Where something begins. Nothing is how the list leaves alone what it does not speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// What becomes of the name itself.
    pub own: Option<Effect>,
    /// What becomes of names below it.
    pub below: Option<Effect>,
    /// What would become of both without this.
    pub above: Option<Effect>,
}

/// What the rules of one name say, each of its scope.
#[derive(Default)]
struct Said {
    host: Option<Effect>,
    domain: Option<Effect>,
    below: Option<Effect>,
}

/// Of several effects for the same, an exception holds, else the first; data of its own is taken together.
fn add(place: &mut Option<Effect>, effect: Effect) {
    match (place, effect) {
        (Some(Effect::Local(records)), Effect::Local(more)) => {
            for record in more {
                if !records.contains(&record) {
                    records.push(record);
                }
            }
        }
        (place, effect) if place.is_none() || effect == Effect::Allow => *place = Some(effect),
        _ => {}
    }
}

impl Said {
    fn add(&mut self, scope: Scope, effect: Effect) {
        let place = match scope {
            Scope::Host => &mut self.host,
            Scope::Domain => &mut self.domain,
            Scope::Below => &mut self.below,
        };
        add(place, effect);
    }

    /// The node that these make where `above` holds.
    fn node(self, above: Option<Effect>) -> Node {
        let left_alone = |said: Option<Effect>| match said {
            Some(Effect::Allow) => Some(None),
            said => said.map(Some),
        };
        let own = self.host.or_else(|| self.domain.clone());
        let below = match (self.domain, self.below) {
            (Some(domain), Some(Effect::Allow)) if domain != Effect::Allow => Some(Effect::Allow),
            (domain, below) => domain.or(below),
        };
        Node {
            own: left_alone(own).unwrap_or_else(|| above.clone()),
            below: left_alone(below).unwrap_or_else(|| above.clone()),
            above,
        }
    }
}

impl Node {
    fn changes_nothing(&self) -> bool {
        self.own == self.above && self.below == self.above
    }
}

impl Meaning {
    /// What rules come to, of which none has ended, without those that are staged, beside names that are never blocked, nor anything below them.
    /// `names_all` keeps also names that what is around them says already.
    pub(super) fn new(rules: &[Rule], protected: &[Name], names_all: bool) -> Self {
        let mut said: BTreeMap<Name, Said> = BTreeMap::new();
        let mut networks: BTreeMap<IpNet, Option<Effect>> = BTreeMap::new();
        for rule in rules.iter().filter(|rule| !rule.details.staged) {
            match &rule.trigger {
                Trigger::Name(name, scope) => {
                    said.entry(name.to_lowercase()).or_default().add(*scope, rule.effect.clone());
                }
                Trigger::Network(network) => {
                    add(networks.entry(network.trunc()).or_default(), rule.effect.clone());
                }
            }
        }
        for name in protected {
            let within = said.range(name.clone()..).map(|(other, _)| other);
            let within: Vec<Name> = within.take_while(|other| other.is_within(name)).cloned().collect();
            within.iter().for_each(|gone| _ = said.remove(gone));
            said.entry(name.to_lowercase()).or_default().add(Scope::Domain, Effect::Allow);
        }
        let mut nodes = BTreeMap::new();
        // The names that the one at hand is within, each with what holds below it.
        let mut around: Vec<(Name, Option<Effect>)> = Vec::new();
        for (name, said) in said {
            while around.last().is_some_and(|(outer, _)| !name.is_within(outer)) {
                around.pop();
            }
            let node = said.node(around.last().and_then(|(_, below)| below.clone()));
            if names_all || !node.changes_nothing() {
                around.push((name.clone(), node.below.clone()));
                nodes.insert(name, node);
            }
        }
        let networks =
            networks.into_iter().filter_map(|(network, effect)| Some((network, effect?))).collect();
        Self { nodes, networks, protected: protected.to_vec() }
    }

    /// Names that say once more what holds for them, for readers to whom a name that merely has others below it is closer
    /// than what holds around both, as it is with wildcards in the DNS (RFC 4592 §3.3).
    pub(super) fn between(&self) -> BTreeMap<Name, Node> {
        let mut spelled = BTreeMap::new();
        for (name, node) in &self.nodes {
            let Some(effect) = &node.above else { continue };
            let between = name.and_above().skip(1).take_while(|above| !self.nodes.contains_key(above));
            for above in between {
                let repeated = Some(effect.clone());
                let node = Node { own: repeated.clone(), below: repeated.clone(), above: repeated };
                spelled.entry(above).or_insert(node);
            }
        }
        spelled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::Details;

    fn name(text: &str) -> Name {
        Name::from_text(text).unwrap()
    }

    fn rule(text: &str) -> Rule {
        let (effect, text) = match text.strip_prefix('!') {
            Some(text) => (Effect::Allow, text),
            None => (Effect::Block, text),
        };
        let (scope, text) = match (text.strip_prefix('='), text.strip_prefix("*.")) {
            (Some(text), _) => (Scope::Host, text),
            (_, Some(text)) => (Scope::Below, text),
            _ => (Scope::Domain, text),
        };
        Rule { line: 1, trigger: Trigger::Name(name(text), scope), effect, details: Details::default() }
    }

    /// Each node as `name own below`, `+` for blocked and `-` for left alone.
    fn nodes(rules: &[&str], protected: &[&str]) -> Vec<String> {
        let rules: Vec<Rule> = rules.iter().map(|text| rule(text)).collect();
        let protected: Vec<Name> = protected.iter().map(|text| name(text)).collect();
        let show = |effect: &Option<Effect>| if effect.is_some() { '+' } else { '-' };
        let meaning = Meaning::new(&rules, &protected, false);
        meaning
            .nodes
            .iter()
            .map(|(name, node)| format!("{name} {}{}", show(&node.own), show(&node.below)))
            .collect()
    }

    #[test]
    fn what_is_said_twice_or_changes_nothing_is_said_once() {
        assert_eq!(
            nodes(&["a.example", "b.a.example", "=a.example", "!c.example", "*.d.a.example"], &[]),
            ["a.example. ++"]
        );
        assert_eq!(nodes(&["=a.example", "*.a.example", "A.example"], &[]), ["a.example. ++"]);
        assert_eq!(nodes(&["=a.example", "*.b.example"], &[]), ["a.example. +-", "b.example. -+"]);
    }

    #[test]
    fn the_closest_rule_holds_and_exceptions_before_all_else() {
        assert_eq!(
            nodes(&["a.example", "!b.a.example", "=x.b.a.example", "!=a.example"], &[]),
            ["a.example. -+", "b.a.example. --", "x.b.a.example. +-"]
        );
        assert_eq!(nodes(&["a.example", "!*.a.example"], &[]), ["a.example. +-"]);
        assert_eq!(nodes(&["!a.example", "*.a.example"], &[]), Vec::<String>::new());
        assert_eq!(nodes(&["a.example", "!a.example"], &[]), Vec::<String>::new());
    }

    #[test]
    fn protected_names_are_left_alone_with_all_below_them() {
        assert_eq!(
            nodes(
                &["a.example", "x.help.a.example", "help.b.example"],
                &["help.a.example", "help.b.example"]
            ),
            ["a.example. ++", "help.a.example. --"]
        );
    }

    #[test]
    fn names_between_say_once_more_what_holds_for_them() {
        let rules = ["a.example", "!x.y.z.a.example", "=b.c.example"].map(rule);
        let spelled = Meaning::new(&rules, &[], false).between();
        let names: Vec<String> = spelled.keys().map(ToString::to_string).collect();
        assert_eq!(names, ["z.a.example.", "y.z.a.example."]);
        assert_eq!(spelled[&name("y.z.a.example")].below, Some(Effect::Block));
    }
}
