//! One rule before the guard rails.

use std::iter;

use arrayvec::ArrayVec;
use psl::{Psl, Type};

use super::breach::{Breach, Place, Rail};
use super::network;
use super::protected::{Entry, Group, GuardError, Protected, Reach};
use crate::blocklist::{Effect, Rule, Scope, Trigger};
use crate::dns::{MAX_NAME, Name, labels};

/// The files that the program carries, and their names for messages.
const BUILT_IN: [(&str, &str); 3] = [
    (include_str!("../../../blocklists/protected.toml"), "blocklists/protected.toml"),
    (include_str!("../../../blocklists/popular.toml"), "blocklists/popular.toml"),
    (include_str!("../../../blocklists/platforms.toml"), "blocklists/platforms.toml"),
];

/// A label that no public suffix has; one that is a suffix all the same stands below a wildcard.
const ANY_LABEL: &[u8] = b"*";

/// What no list should block: public suffixes, protected names, and networks of too many or of no services.
#[derive(Clone, Debug)]
pub struct GuardRails {
    protected: Protected,
}

impl GuardRails {
    /// The guard rails that the program carries.
    pub fn built_in() -> Result<Self, GuardError> {
        let mut rails = Self { protected: Protected::default() };
        for (text, file) in BUILT_IN {
            rails.extend(text, file)?;
        }
        Ok(rails)
    }

    /// Adds the names of a file in the form of `blocklists/protected.toml`; `file` is its name for messages. Where
    /// the file is at fault nothing is added.
    pub fn extend(&mut self, text: &str, file: &str) -> Result<(), GuardError> {
        self.protected.extend(text, file)
    }

    /// Protects the names of services that help, with all below them; none of it can be overridden.
    pub fn protect(&mut self, names: impl IntoIterator<Item = Name>) {
        let group = Group {
            name: "help".into(),
            what: "Services to which the warning page leads people who need help".into(),
            overridable: false,
        };
        self.protected.add(group, names.into_iter().map(|name| (name, Reach::Domain)));
    }

    /// The protected names themselves.
    pub fn protected(&self) -> impl Iterator<Item = &Name> {
        self.protected.names()
    }

    /// What a rule breaks; of several guard rails the one that cannot be overridden. Rules that let names pass
    /// break none.
    pub fn judge(&self, rule: &Rule) -> Option<Breach> {
        if rule.effect == Effect::Allow {
            return None;
        }
        let rail = match &rule.trigger {
            Trigger::Name(name, scope) => self.judge_name(name, *scope),
            Trigger::Network(network) => network::judge(*network),
        }?;
        let reason = rule.details.overrides.clone();
        Some(Breach { line: rule.line, trigger: rule.trigger.clone(), rail, reason })
    }

    fn judge_name(&self, name: &Name, scope: Scope) -> Option<Rail> {
        let canonical = name.canonical();
        let wire = canonical.as_wire();
        let suffix = Suffix::of(wire);
        let here = self.protected.spot(wire);
        let own = here.and_then(|spot| spot.own).map(|(entry, _)| (entry, Place::Same));
        // A rule for the name alone leaves what is below in peace.
        let above = here.and_then(|spot| spot.below).filter(|_| scope != Scope::Host);
        let above = above.map(|entry| (entry, Place::Above));
        let below = self.protecting(wire, &suffix).map(|entry| (entry, Place::Below));
        let protected = [own, above, below];
        if suffix.rail.is_none() && protected == [None; 3] {
            return None;
        }
        let overridable = |(entry, _): &(Entry, Place)| self.protected.entry(*entry).1.overridable;
        let strict = protected.iter().flatten().find(|found| !overridable(found)).copied();
        match (suffix.rail, strict) {
            (Some(rail), _) if !rail.is_overridable() => Some(rail),
            (_, Some(strict)) => Some(self.rail(strict)),
            (Some(rail), None) => Some(rail),
            (None, None) => protected.into_iter().flatten().next().map(|found| self.rail(found)),
        }
    }

    /// The protected name above, that protects what is below it: the closest of them decides, or any that cannot
    /// be overridden.
    fn protecting(&self, wire: &[u8], suffix: &Suffix) -> Option<Entry> {
        let mut closest = None;
        let mut rest = wire;
        while let Some(label) = labels(rest).next() {
            rest = &rest[1 + label.len()..];
            match self.protected.spot(rest).and_then(|spot| spot.own) {
                Some((entry, Reach::Domain)) if !self.protected.entry(entry).1.overridable => {
                    return Some(entry);
                }
                Some((entry, reach)) => _ = closest.get_or_insert((entry, reach == Reach::Domain)),
                // Who has a name on a shared platform is a stranger to whoever has the names above it.
                None if suffix.is_platform(rest) => _ = closest.get_or_insert((0, false)),
                None => {}
            }
        }
        closest.filter(|(_, protects)| *protects).map(|(entry, _)| entry)
    }

    fn rail(&self, (entry, place): (Entry, Place)) -> Rail {
        let (name, group) = self.protected.entry(entry);
        let Group { name: group, what, overridable } = group.clone();
        Rail::Protected { name: name.clone(), place, group, what, overridable }
    }
}

/// The name that somebody registered, of which this one is a part: the one below a public suffix. `None` for suffixes.
pub fn registered(name: &Name) -> Option<Name> {
    let is_suffix = |name: &Name| Suffix::of(name.canonical().as_wire()).rail.is_some();
    name.and_above().take_while(|above| !is_suffix(above)).last()
}

/// What the public suffix list says of a name.
struct Suffix {
    /// What the name breaks by being a suffix, or by standing above a wildcard.
    rail: Option<Rail>,
    /// The length in text of the shared platform that the name is on.
    platform: Option<usize>,
}

impl Suffix {
    fn of(wire: &[u8]) -> Self {
        let mut known = ArrayVec::<&[u8], { MAX_NAME / 2 }>::new();
        known.extend(labels(wire).take(MAX_NAME / 2));
        let length = text_length(wire);
        let found = psl::List.find(known.iter().rev().copied().chain(iter::once(ANY_LABEL)));
        let is_suffix = found.len >= length;
        let rail = match found.typ {
            _ if known.is_empty() => Some(Rail::Everything),
            _ if !is_suffix => None,
            _ if known.len() == 1 => Some(Rail::TopLevel),
            Some(Type::Private) => Some(Rail::SharedPlatform),
            _ => Some(Rail::PublicSuffix),
        };
        let platform = (found.typ == Some(Type::Private) && !is_suffix).then_some(found.len);
        Self { rail, platform }
    }

    fn is_platform(&self, wire: &[u8]) -> bool {
        self.platform == Some(text_length(wire))
    }
}

/// How long a name is when written without a final dot.
fn text_length(wire: &[u8]) -> usize {
    wire.len().saturating_sub(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::{Details, Format, normalise, read};

    /// What a rule breaks, in one word, with `!` where nothing overrides it.
    fn broken(rails: &GuardRails, text: &str, scope: Scope) -> String {
        let name = normalise(text).unwrap_or_else(|_| Name::from_text(text).unwrap());
        let trigger = Trigger::Name(name, scope);
        let rule = Rule { line: 1, trigger, effect: Effect::Block, details: Details::default() };
        let Some(Breach { rail, .. }) = rails.judge(&rule) else { return "passes".into() };
        let strict = if rail.is_overridable() { "" } else { "!" };
        let what = match rail {
            Rail::Everything => "everything".to_owned(),
            Rail::TopLevel => "top-level".to_owned(),
            Rail::PublicSuffix => "suffix".to_owned(),
            Rail::SharedPlatform => "platform".to_owned(),
            Rail::Protected { name, place, .. } => format!("{place:?} {name}").to_lowercase(),
            Rail::LargeNetwork | Rail::LocalNetwork => unreachable!("a name is no network"),
        };
        what + strict
    }

    #[test]
    fn what_was_registered_stands_below_a_suffix() {
        for (name, found) in [
            ("a.b.example.co.uk", Some("example.co.uk")),
            ("example.co.uk", Some("example.co.uk")),
            ("co.uk", None),
            ("x.y.github.io", Some("y.github.io")),
            ("a.b.example", Some("b.example")),
        ] {
            let found = found.map(|text| Name::from_text(text).unwrap());
            assert_eq!(registered(&Name::from_text(name).unwrap()), found, "{name}");
        }
    }

    #[test]
    fn what_was_blocked_by_mistake_before_is_refused() {
        let rails = GuardRails::built_in().unwrap();
        for (name, scope, breach) in [
            // Italy, 2024.
            ("drive.usercontent.google.com", Scope::Domain, "same drive.usercontent.google.com."),
            ("drive.usercontent.google.com", Scope::Host, "same drive.usercontent.google.com."),
            ("google.com", Scope::Host, "same google.com."),
            ("google.com", Scope::Domain, "above time.google.com.!"),
            ("mail.google.com", Scope::Host, "below google.com."),
            ("wikipedia.org", Scope::Domain, "same wikipedia.org."),
            ("fr.wikipedia.org", Scope::Domain, "below wikipedia.org."),
            ("mairie.gouv.fr", Scope::Host, "below gouv.fr."),
            // Suffixes.
            (".", Scope::Below, "everything!"),
            ("com", Scope::Below, "top-level!"),
            ("com", Scope::Host, "top-level!"),
            ("test", Scope::Domain, "top-level!"),
            ("co.uk", Scope::Domain, "suffix!"),
            ("co.uk", Scope::Host, "suffix!"),
            ("kawasaki.jp", Scope::Domain, "suffix!"),
            ("any.kawasaki.jp", Scope::Domain, "suffix!"),
            ("city.kawasaki.jp", Scope::Domain, "passes"),
            ("公司.cn", Scope::Domain, "suffix!"),
            ("xn--55qx5d.cn", Scope::Domain, "suffix!"),
            ("рф", Scope::Domain, "top-level!"),
            ("nudify.公司.cn", Scope::Domain, "passes"),
            // Platforms.
            ("github.io", Scope::Domain, "platform"),
            ("foo.github.io", Scope::Domain, "passes"),
            ("foo.blogspot.com", Scope::Host, "passes"),
            ("eu-west-3.rds.amazonaws.com", Scope::Host, "platform"),
            ("s3.eu-west-3.amazonaws.com", Scope::Host, "platform"),
            ("bucket.s3.eu-west-3.amazonaws.com", Scope::Domain, "passes"),
            ("eu-west-3.amazonaws.com", Scope::Domain, "same eu-west-3.amazonaws.com."),
            ("foo.compute.amazonaws.com.cn", Scope::Host, "platform"),
            // Help and infrastructure.
            ("3018.fr", Scope::Host, "same 3018.fr.!"),
            ("www.3018.fr", Scope::Host, "below 3018.fr.!"),
            ("ncmec.org", Scope::Domain, "same ncmec.org.!"),
            ("a.root-servers.net", Scope::Host, "below root-servers.net.!"),
            ("1.0.0.127.in-addr.arpa", Scope::Domain, "below arpa.!"),
            // What lists are for.
            ("nudify.test", Scope::Domain, "passes"),
            ("undress.example", Scope::Below, "passes"),
            ("nudify.co.uk", Scope::Domain, "passes"),
            ("www.nudify.com", Scope::Host, "passes"),
        ] {
            assert_eq!(broken(&rails, name, scope), breach, "{name} {scope:?}");
        }
    }

    #[test]
    fn no_protected_name_can_be_listed_nor_any_above_it() {
        let rails = GuardRails::built_in().unwrap();
        for name in rails.protected.names() {
            let mut above = name.to_string();
            for scope in [Scope::Domain, Scope::Below, Scope::Host] {
                assert_ne!(broken(&rails, &above, scope), "passes", "{above}");
            }
            while let Some((_, rest)) = above.split_once('.').filter(|(_, rest)| !rest.is_empty()) {
                above = rest.to_owned();
                for scope in [Scope::Domain, Scope::Below] {
                    assert_ne!(broken(&rails, &above, scope), "passes", "{above} above {name}");
                }
            }
        }
    }

    #[test]
    fn the_built_in_names_are_many_and_each_is_there_once() {
        let rails = GuardRails::built_in().unwrap();
        let mut seen = std::collections::HashSet::new();
        for name in rails.protected.names() {
            assert!(seen.insert(name), "{name} comes twice");
        }
        assert!(seen.len() > 3000, "{}", seen.len());
    }

    #[test]
    fn the_demonstration_breaks_nothing() {
        let rails = GuardRails::built_in().unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/blocklists/demo/public/targets/demo");
        let list = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
        let list = std::fs::read(list).unwrap();
        let judge = |rule: Rule| assert_eq!(rails.judge(&rule), None);
        assert_eq!(read(&list[..], Some(Format::Jsonl), "demo.jsonl", judge).unwrap().rules, 12);
    }

    #[test]
    fn the_closest_protection_decides_but_for_what_nothing_overrides() {
        let mut rails = GuardRails { protected: Protected::default() };
        let file = r#"
            [[group]]
            name = "own"
            what = "Ours"
            overridable = true
            domains = ["ours.example.com", "a.users.ours.example.com"]
            hosts = ["users.ours.example.com", "users.help.example.com"]
        "#;
        rails.extend(file, "own.toml").unwrap();
        rails.protect([Name::from_text("Help.example.com").unwrap()]);
        for (name, breach) in [
            ("x.ours.example.com", "below ours.example.com."),
            ("x.users.ours.example.com", "passes"),
            ("x.a.users.ours.example.com", "below a.users.ours.example.com."),
            ("help.example.com", "same help.example.com.!"),
            ("x.users.help.example.com", "below help.example.com.!"),
            ("users.help.example.com", "below help.example.com.!"),
            ("example.com", "above help.example.com.!"),
            ("xhelp.example.com", "passes"),
        ] {
            assert_eq!(broken(&rails, name, Scope::Domain), breach, "{name}");
        }
        assert_eq!(broken(&rails, "example.com", Scope::Host), "passes");
        assert_eq!(broken(&rails, "HELP.Example.COM", Scope::Host), "same help.example.com.!");
    }

    #[test]
    fn letting_pass_breaks_nothing_and_any_other_effect_does() {
        let rails = GuardRails::built_in().unwrap();
        let trigger = Trigger::Name(Name::from_text("com").unwrap(), Scope::Domain);
        let mut rule = Rule { line: 1, trigger, effect: Effect::Allow, details: Details::default() };
        assert_eq!(rails.judge(&rule), None);
        for effect in [Effect::Block, Effect::Nxdomain, Effect::Local(Vec::new())] {
            rule.effect = effect;
            assert!(rails.judge(&rule).is_some());
        }
        rule.trigger = Trigger::Network("0.0.0.0/0".parse().unwrap());
        assert_eq!(rails.judge(&rule).unwrap().rail, Rail::LargeNetwork);
    }
}
