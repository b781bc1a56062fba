//! AdBlock rules, as DNS filters read them.
//!
//! | line | meaning |
//! |---|---|
//! | `‖name^` (two bars) | the name and all below it |
//! | `‖*.name^` | all below the name |
//! | `\|name^`, `name`, `0.0.0.0 name` | the name alone |
//! | `@@` in front of a pattern | an exception |
//! | `$important` after a pattern | no exception without it has effect |
//!
//! All else (paths, cosmetic rules, wildcards, further modifiers) speaks of web pages or of more than an
//! index of names can carry, and is a fault. Exceptions may be overruled by an important rule anywhere in the
//! file, so they alone are kept in memory, and come out last.

use std::collections::HashSet;

use super::dnsmasq::before_spaced_comment;
use super::fault::{Reason, excerpt};
use super::hosts;
use super::lines::Lines;
use super::normal::normalise;
use super::read::{Intake, ReadError, utf8};
use crate::blocklist::{Details, Effect, Rule, Scope, Trigger};
use crate::dns::Name;

pub(super) fn read(lines: &mut Lines<'_>, intake: &mut Intake<'_>) -> Result<(), ReadError> {
    let mut held = Held::default();
    while let Some(line) = lines.next(intake)? {
        let text = line.text.trim_ascii();
        if is_comment(text) {
            continue;
        }
        if let Err(reason) = utf8(text).and_then(|text| read_line(line.number, text, &mut held, intake)) {
            intake.fault(line.number, reason);
        }
    }
    held.release(intake);
    Ok(())
}

fn is_comment(line: &[u8]) -> bool {
    match line {
        [] | [b'!', ..] | [b'[', .., b']'] => true,
        [b'#', ..] => !begins_cosmetic(line),
        _ => false,
    }
}

/// Whether a line that begins with `#` is a rule like `##.banner`, and no comment like `## Title` or
/// `#Title`.
fn begins_cosmetic(line: &[u8]) -> bool {
    let Some(rest) = COSMETIC.iter().find_map(|sign| line.strip_prefix(sign.as_bytes())) else {
        return false;
    };
    rest.iter().find(|octet| **octet != b'#').is_some_and(|octet| !octet.is_ascii_whitespace())
}

fn read_line(line: u64, text: &str, held: &mut Held, intake: &mut Intake<'_>) -> Result<(), Reason> {
    if text.starts_with('#') {
        return Err(Reason::Cosmetic);
    }
    let text = utf8(before_spaced_comment(text.as_bytes()))?;
    let mut words = text.split_ascii_whitespace();
    if words.next().is_some_and(hosts::is_address) && words.next().is_some() {
        hosts::read_line(line, text, intake);
        return Ok(());
    }
    if hosts::is_standard(text) {
        return Ok(());
    }
    if text.contains('#') && COSMETIC.iter().any(|sign| text.contains(sign)) {
        return Err(Reason::Cosmetic);
    }
    let (rule, exception) = text.strip_prefix("@@").map_or((text, false), |rule| (rule, true));
    if rule.len() > 1 && rule.starts_with('/') && (rule.ends_with('/') || rule.contains("/$")) {
        return Err(Reason::Expression);
    }
    let (pattern, modifiers) = rule.split_once('$').map_or((rule, None), |(p, m)| (p, Some(m)));
    if let Some(modifier) = modifiers.and_then(|all| all.split(',').find(|one| *one != "important")) {
        return Err(Reason::Modifier(excerpt(modifier)));
    }
    let important = modifiers.is_some();
    if !pattern.starts_with('|') && (exception || important) {
        return Err(Reason::Pattern(excerpt(pattern)));
    }
    let (name, scope) = read_pattern(pattern)?;
    held.take(Found { line, name, scope, exception, important }, intake);
    Ok(())
}

fn read_pattern<'p>(pattern: &'p str) -> Result<(Name, Scope), Reason> {
    if pattern.contains(['/', ':', '?']) {
        return Err(Reason::WebAddress(excerpt(pattern)));
    }
    let several = || Reason::Pattern(excerpt(pattern));
    // Without its end mark an anchored pattern also matches `name.other`.
    let until_mark = |rest: &'p str| rest.strip_suffix("^|").or(rest.strip_suffix('^')).ok_or_else(several);
    let (host, scope) = if let Some(rest) = pattern.strip_prefix("||") {
        let host = until_mark(rest)?;
        host.strip_prefix("*.").map_or((host, Scope::Domain), |parent| (parent, Scope::Below))
    } else if let Some(rest) = pattern.strip_prefix('|') {
        (until_mark(rest)?, Scope::Host)
    } else {
        (pattern, Scope::Host)
    };
    if host.contains(['*', '^', '|']) {
        return Err(several());
    }
    Ok((normalise(host)?, scope))
}

/// What a line said.
struct Found {
    line: u64,
    name: Name,
    scope: Scope,
    exception: bool,
    important: bool,
}

impl Found {
    fn rule(self) -> Rule {
        let effect = if self.exception { Effect::Allow } else { Effect::Block };
        let trigger = Trigger::Name(self.name, self.scope);
        Rule { line: self.line, trigger, effect, details: Details::default() }
    }
}

/// What cannot be decided before the last line.
#[derive(Default)]
struct Held {
    exceptions: Vec<Found>,
    important: HashSet<(Name, Scope)>,
}

impl Held {
    fn take(&mut self, found: Found, intake: &mut Intake<'_>) {
        if found.exception && !found.important {
            self.exceptions.push(found);
            return;
        }
        if found.important && !found.exception {
            self.important.insert((found.name.clone(), found.scope));
        }
        intake.rule(found.rule());
    }

    fn release(mut self, intake: &mut Intake<'_>) {
        for exception in std::mem::take(&mut self.exceptions) {
            if self.overrules(&exception) {
                intake.fault(exception.line, Reason::Overruled);
            } else {
                intake.rule(exception.rule());
            }
        }
    }

    /// Whether important rules reach all that an exception reaches.
    fn overrules(&self, exception: &Found) -> bool {
        if self.important.is_empty() {
            return false;
        }
        let has = |name: &Name, scope| self.important.contains(&(name.clone(), scope));
        has(&exception.name, exception.scope)
            || has(&exception.name, Scope::Domain)
            || ancestors(&exception.name).any(|name| has(&name, Scope::Domain) || has(&name, Scope::Below))
    }
}

/// The names above a name, without the root.
fn ancestors(name: &Name) -> impl Iterator<Item = Name> {
    let mut rest = name.as_wire();
    std::iter::from_fn(move || {
        rest = rest.get(1 + usize::from(*rest.first()?)..)?;
        Name::from_wire(rest).ok().filter(|name| *name != Name::root())
    })
}

/// What divides the names of pages from the elements in them.
const COSMETIC: &[&str] = &["##", "#@#", "#?#", "#$#", "#%#", "#@?#", "#@$#", "#@%#", "#$?#", "#@$?#"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::format::{
        Format,
        read::tests::{faults, rules_in_full},
    };

    fn effects(list: &str) -> Vec<(u64, String, Scope, Effect)> {
        let mut found = Vec::new();
        for rule in rules_in_full(Format::Adblock, list.as_bytes()) {
            match rule.trigger {
                Trigger::Name(name, scope) => found.push((rule.line, name.to_string(), scope, rule.effect)),
                Trigger::Network(network) => panic!("{network}"),
            }
        }
        found
    }

    #[test]
    fn patterns_have_their_scopes() {
        let list = "[Adblock Plus 2.0]\n! Title: a\n# a\n#a\n## a\n#####\n\n||A.example^\r\n||b.example^|\n\
            |c.example^\n|d.example^|\ne.example # why\n0.0.0.0 f.example g.example # ## why\n\
            127.0.0.1 localhost\n\
            localhost\n||*.h.example^\n||\u{17c}ar.example^\n@@||i.example^";
        let name = |line, name: &str, scope, effect| (line, format!("{name}.example."), scope, effect);
        assert_eq!(
            effects(list),
            [
                name(8, "a", Scope::Domain, Effect::Block),
                name(9, "b", Scope::Domain, Effect::Block),
                name(10, "c", Scope::Host, Effect::Block),
                name(11, "d", Scope::Host, Effect::Block),
                name(12, "e", Scope::Host, Effect::Block),
                name(13, "f", Scope::Host, Effect::Block),
                name(13, "g", Scope::Host, Effect::Block),
                name(16, "h", Scope::Below, Effect::Block),
                (17, "xn--ar-vva.example.".into(), Scope::Domain, Effect::Block),
                name(18, "i", Scope::Domain, Effect::Allow),
            ]
        );
        assert_eq!(faults(Format::Adblock, list.as_bytes()), []);
    }

    #[test]
    fn important_rules_overrule_exceptions_wherever_they_stand() {
        let list = "@@||a.example^\n@@||b.a.example^\n@@|a.example^\n||a.example^$important\n\
            @@||c.example^\n@@||d.c.example^\n||*.c.example^$important\n\
            @@||e.example^\n@@|e.example^\n|e.example^$important\n\
            @@||f.a.example^$important\n";
        let name = |line, name: &str, scope, effect| (line, format!("{name}.example."), scope, effect);
        assert_eq!(
            effects(list),
            [
                name(4, "a", Scope::Domain, Effect::Block),
                name(7, "c", Scope::Below, Effect::Block),
                name(10, "e", Scope::Host, Effect::Block),
                name(11, "f.a", Scope::Domain, Effect::Allow),
                name(5, "c", Scope::Domain, Effect::Allow),
                name(8, "e", Scope::Domain, Effect::Allow),
            ]
        );
        let overruled = [1, 2, 3, 6, 9].map(|line| (line, Reason::Overruled));
        assert_eq!(faults(Format::Adblock, list.as_bytes()), overruled);
    }

    #[test]
    fn what_speaks_of_pages_or_patterns_says_why() {
        let pattern = |text: &str| Reason::Pattern(text.into());
        for (line, reason) in [
            ("##.banner", Reason::Cosmetic),
            ("###banner", Reason::Cosmetic),
            ("a.example##.banner", Reason::Cosmetic),
            ("a.example#@#.banner", Reason::Cosmetic),
            ("/banner[0-9]+/", Reason::Expression),
            ("@@/banner/$important", Reason::Expression),
            ("||a.example/banner^", Reason::WebAddress("||a.example/banner^".into())),
            ("|https://a.example^", Reason::WebAddress("|https://a.example^".into())),
            ("/banner/*", Reason::WebAddress("/banner/*".into())),
            ("||a.example^$third-party", Reason::Modifier("third-party".into())),
            ("||a.example^$important,client=b", Reason::Modifier("client=b".into())),
            ("||a.example", pattern("||a.example")),
            ("|a.example", pattern("|a.example")),
            ("||a.example|", pattern("||a.example|")),
            ("a.example^", pattern("a.example^")),
            ("@@a.example", pattern("@@a.example".trim_start_matches('@'))),
            ("a.example$important", pattern("a.example")),
            ("||a*.example^", pattern("||a*.example^")),
            ("*.a.example", pattern("*.a.example")),
            ("||192.0.2.1^", Reason::Address("192.0.2.1".into())),
            ("||^", Reason::NoName),
        ] {
            let list = format!("{line}\n||b.example^\n");
            assert_eq!(effects(&list).len(), 1, "{line}");
            assert_eq!(faults(Format::Adblock, list.as_bytes()), [(1, reason)]);
        }
    }
}
