//! A whole list before the guard rails, rule by rule while it is read.

use std::fmt;

use super::breach::Breach;
use super::rails::GuardRails;
use crate::blocklist::Rule;

/// So many overridden breaches are kept, to be shown.
const OVERRIDDEN_KEPT: usize = 100;
/// So many breaches that refuse a list are kept, to be mended.
const REFUSED_KEPT: usize = 20;

/// Judges the rules of one list.
#[derive(Debug)]
pub struct Guard<'a> {
    rails: &'a GuardRails,
    may_override: bool,
    overridden: Overridden,
    refused: Refused,
}

/// What a list breaks by the recorded will of those who signed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overridden {
    /// How many rules.
    pub count: u64,
    /// The first hundred; each has its reason.
    pub first: Vec<Breach>,
}

/// Why a list is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// How many rules break a guard rail that is not overridden.
    pub count: u64,
    /// The first twenty.
    pub first: Vec<Breach>,
    /// Whether one of them would have passed, had enough people signed the list.
    pub lacks_signature: bool,
}

impl<'a> Guard<'a> {
    /// Begins a list. With `may_override`, which takes the signatures of at least two people, a rule that says why
    /// may break what can be overridden.
    pub fn new(rails: &'a GuardRails, may_override: bool) -> Self {
        Self { rails, may_override, overridden: Overridden::default(), refused: Refused::default() }
    }

    /// Judges a rule, whatever its dates.
    pub fn look(&mut self, rule: &Rule) {
        let Some(breach) = self.rails.judge(rule) else { return };
        let justified = breach.reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
        let may_pass = justified && breach.rail.is_overridable();
        if may_pass && self.may_override {
            self.overridden.count += 1;
            if self.overridden.first.len() < OVERRIDDEN_KEPT {
                self.overridden.first.push(breach);
            }
            return;
        }
        self.refused.lacks_signature |= may_pass;
        self.refused.count += 1;
        if self.refused.first.len() < REFUSED_KEPT {
            self.refused.first.push(breach);
        }
    }

    /// Ends the list: what is to be shown of it, or why it must not be used.
    pub fn finish(self) -> Result<Overridden, Refused> {
        if self.refused.count == 0 { Ok(self.overridden) } else { Err(self.refused) }
    }
}

impl std::error::Error for Refused {}

impl fmt::Display for Refused {
    /// One line, since it goes to logs; whoever has more room shows [`Refused::first`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => f.write_str("a rule breaks a guard rail: ")?,
            count => write!(f, "{count} rules break guard rails: ")?,
        }
        for (index, breach) in self.first.iter().enumerate() {
            let comma = if index == 0 { "" } else { " | " };
            write!(f, "{comma}{breach}")?;
        }
        let more = self.count.saturating_sub(self.first.len() as u64);
        if more > 0 {
            write!(f, " | and {more} more")?;
        }
        if self.lacks_signature {
            f.write_str(" | an `override` counts only where two people signed the list")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::{Details, Effect, Scope, Trigger};
    use crate::dns::Name;

    fn rule(line: u64, name: &str, reason: Option<&str>) -> Rule {
        let trigger = Trigger::Name(Name::from_text(name).unwrap(), Scope::Domain);
        let details = Details { overrides: reason.map(Into::into), ..Details::default() };
        Rule { line, trigger, effect: Effect::Block, details }
    }

    fn judge(rules: &[Rule], may_override: bool) -> Result<Overridden, Refused> {
        let rails = GuardRails::built_in().unwrap();
        let mut guard = Guard::new(&rails, may_override);
        rules.iter().for_each(|rule| guard.look(rule));
        guard.finish()
    }

    #[test]
    fn a_second_signature_overrides_what_can_be_and_is_shown() {
        let rules = [rule(2, "nudify.test", None), rule(3, "github.io", Some("court order 7"))];
        let overridden = judge(&rules, true).unwrap();
        assert_eq!((overridden.count, overridden.first.len()), (1, 1));
        assert_eq!(
            (overridden.first[0].line, overridden.first[0].reason.as_deref()),
            (3, Some("court order 7"))
        );

        let refused = judge(&rules, false).unwrap_err();
        assert_eq!((refused.count, refused.lacks_signature), (1, true));
        let text = refused.to_string();
        assert!(
            text.starts_with("a rule breaks a guard rail: line 3: `github.io`: this is a platform"),
            "{text}"
        );
        assert!(text.ends_with("an `override` counts only where two people signed the list"), "{text}");
    }

    #[test]
    fn nothing_overrides_without_a_reason_nor_what_is_unblockable() {
        for bare in [rule(1, "github.io", None), rule(1, "github.io", Some(" "))] {
            assert!(!judge(&[bare], true).unwrap_err().lacks_signature);
        }
        for name in ["co.uk", "com", "3018.fr", "dns.google", "localhost"] {
            let refused = judge(&[rule(1, name, Some("because"))], true).unwrap_err();
            assert_eq!((refused.count, refused.lacks_signature), (1, false), "{name}");
        }
    }

    #[test]
    fn of_many_the_first_are_kept_and_all_are_counted() {
        let rules: Vec<Rule> = (1..=150).map(|line| rule(line, "wikipedia.org", Some("why"))).collect();
        let overridden = judge(&rules, true).unwrap();
        assert_eq!((overridden.count, overridden.first.len()), (150, 100));
        let refused = judge(&rules, false).unwrap_err();
        assert_eq!((refused.count, refused.first.len(), refused.first[19].line), (150, 20, 20));
        assert!(refused.to_string().contains(" | and 130 more | "));
    }
}
