//! What is wrong with a rule that breaks a guard rail, in words for whoever keeps the list.

use std::fmt;

use crate::blocklist::{Scope, Trigger};
use crate::dns::Name;

/// A rule that breaks a guard rail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Line of the rule in its source, from 1.
    pub line: u64,
    /// The name with its scope, or the network, that the rule lists.
    pub trigger: Trigger,
    /// What it breaks.
    pub rail: Rail,
    /// The reason that the rule gives for overriding the guard rail, if it gives one.
    pub reason: Option<String>,
}

/// A guard rail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rail {
    /// The root, which is all names.
    Everything,
    /// A top-level domain, known or not.
    TopLevel,
    /// A public suffix of the ICANN section.
    PublicSuffix,
    /// A public suffix of the private section: a platform that strangers share.
    SharedPlatform,
    /// A protected name.
    Protected {
        /// The protected name.
        name: Name,
        /// Where the listed name stands.
        place: Place,
        /// The name of the group of protected names.
        group: String,
        /// What the names of the group have in common.
        what: String,
        /// Whether a second signature may override it.
        overridable: bool,
    },
    /// A network too large to be one service.
    LargeNetwork,
    /// Addresses of this machine or of local networks.
    LocalNetwork,
}

/// Where a listed name stands beside a protected one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the protected name.
    Same,
    /// It is above the protected name, which would be blocked with it.
    Above,
    /// It is below a name that is protected with all below it.
    Below,
}

impl Rail {
    /// Whether a second signature may override it.
    pub fn is_overridable(&self) -> bool {
        match self {
            Self::SharedPlatform => true,
            Self::Protected { overridable, .. } => *overridable,
            Self::Everything
            | Self::TopLevel
            | Self::PublicSuffix
            | Self::LargeNetwork
            | Self::LocalNetwork => false,
        }
    }
}

impl fmt::Display for Rail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Protected { name, place, group, what, .. } = self else {
            return f.write_str(match self {
                Self::Everything => "this is every name that exists",
                Self::TopLevel => "this is a whole top-level domain",
                Self::PublicSuffix => "this is a public suffix, under which anybody registers names",
                Self::SharedPlatform => "this is a platform where many strangers have a name of their own",
                Self::LargeNetwork => "this network is too large to be one service",
                _ => "these are addresses of local networks, not of a service",
            });
        };
        let name = Shown(name);
        match place {
            Place::Same => write!(f, "this name is protected")?,
            Place::Above => write!(f, "this would block `{name}`, which is protected")?,
            Place::Below => write!(f, "this is part of `{name}`, which is protected with all below it")?,
        }
        write!(f, " ({group}: {what})")
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, trigger, rail, .. } = self;
        match trigger {
            Trigger::Name(name, Scope::Domain) => write!(f, "line {line}: `{}`: {rail}; ", Shown(name))?,
            Trigger::Name(name, scope) => write!(f, "line {line}: `{}`, {scope}: {rail}; ", Shown(name))?,
            Trigger::Network(network) => write!(f, "line {line}: `{network}`: {rail}; ")?,
        }
        f.write_str(match (rail.is_overridable(), rail, trigger) {
            (true, ..) => {
                "list the one name that is meant, or give the rule an `override` that says why, and have two \
                 people sign the list"
            }
            (_, Rail::Protected { place: Place::Same | Place::Below, .. }, _) => {
                "nobody may list it: remove the rule"
            }
            (_, _, Trigger::Network(_)) => "list the addresses that are meant",
            _ => "list the names that are meant, each by itself",
        })
    }
}

/// A name without its final dot, as lists write it.
struct Shown<'a>(&'a Name);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        f.write_str(text.strip_suffix('.').filter(|text| !text.is_empty()).unwrap_or(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breach_says_what_is_wrong_and_what_to_do() {
        let protected = |name: &str, place, overridable| Rail::Protected {
            name: Name::from_text(name).unwrap(),
            place,
            group: "help".into(),
            what: "Helplines".into(),
            overridable,
        };
        let name = |text: &str, scope| Trigger::Name(Name::from_text(text).unwrap(), scope);
        let overriding = "list the one name that is meant, or give the rule an `override` that says why, and have \
                          two people sign the list";
        for (trigger, rail, text) in [
            (
                name("co.uk", Scope::Domain),
                Rail::PublicSuffix,
                "line 7: `co.uk`: this is a public suffix, under which anybody registers names; list the names that \
                 are meant, each by itself",
            ),
            (
                name("github.io", Scope::Below),
                Rail::SharedPlatform,
                &format!(
                    "line 7: `github.io`, all below the name: this is a platform where many strangers have a name \
                     of their own; {overriding}"
                ),
            ),
            (
                name("a.help.example", Scope::Host),
                protected("help.example", Place::Below, false),
                "line 7: `a.help.example`, the name alone: this is part of `help.example`, which is protected with \
                 all below it (help: Helplines); nobody may list it: remove the rule",
            ),
            (
                name("example.org", Scope::Domain),
                protected("help.example.org", Place::Above, false),
                "line 7: `example.org`: this would block `help.example.org`, which is protected (help: Helplines); \
                 list the names that are meant, each by itself",
            ),
            (
                name("x.example", Scope::Domain),
                protected("x.example", Place::Same, true),
                &format!("line 7: `x.example`: this name is protected (help: Helplines); {overriding}"),
            ),
            (
                Trigger::Network("10.0.0.0/8".parse().unwrap()),
                Rail::LocalNetwork,
                "line 7: `10.0.0.0/8`: these are addresses of local networks, not of a service; list the addresses \
                 that are meant",
            ),
            (
                name(".", Scope::Below),
                Rail::Everything,
                "line 7: `.`, all below the name: this is every name that exists; list the names that are meant, \
                 each by itself",
            ),
        ] {
            assert_eq!(Breach { line: 7, trigger, rail, reason: None }.to_string(), text);
        }
    }
}
