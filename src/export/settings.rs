//! What is exported and how; the one way in.

use std::io::{self, Write};
use std::net::IpAddr;

use super::kind::Kind;
use super::loss::Told;
use super::meaning::Meaning;
use super::zone::{Records, Serial};
use super::{indicators, lines, records, rpz, snippets};
use crate::blocklist::{Header, Rule, Trigger, normalise};
use crate::dns::Name;

/// A list, as it is in force.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// Who stands behind it, where its format says.
    pub header: Option<&'s Header>,
    /// Its rules, without those that have ended. Those that are staged are in no format that blocks.
    pub rules: &'s [Rule],
    /// Names that are never blocked, nor anything below them.
    pub protected: &'s [Name],
}

/// How a list is exported.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the policy zone.
    pub zone: Name,
    /// Where blocked names lead; nowhere (NXDOMAIN) without.
    pub redirect: Option<Redirect>,
    /// The serial of the zone; for a list that does not say when it was issued, that time in seconds since 1970.
    pub serial: Serial,
    /// Whether the zone holds its digest (RFC 8976).
    pub digest: bool,
    /// Where those who load the zone find it: a path, as their configuration shall say.
    pub file: String,
}

/// Where blocked names lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redirect {
    /// To where a name leads.
    Name(Name),
    /// To addresses.
    Addresses(Vec<IpAddr>),
}

/// Words that do not say where blocked names lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("takes one name such as page.example, or addresses alone")]
pub struct NoRedirect;

impl Redirect {
    /// Reads one name, or addresses alone; nothing where there is no word.
    pub fn parse(words: &[String]) -> Result<Option<Self>, NoRedirect> {
        let addresses: Result<Vec<IpAddr>, _> = words.iter().map(|word| word.parse()).collect();
        match (words, addresses) {
            ([], _) => Ok(None),
            (_, Ok(addresses)) => Ok(Some(Self::Addresses(addresses))),
            // A name of one label would be an action of the zone, or nobody's.
            ([name], Err(_)) if name.trim_end_matches('.').contains('.') => {
                normalise(name).map(|name| Some(Self::Name(name))).map_err(|_| NoRedirect)
            }
            _ => Err(NoRedirect),
        }
    }
}

/// Why a list cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The zone's name leaves no room for names before it.
    #[error("{zone} is too long to be the name of a policy zone; take one of at most {longest} octets")]
    Zone {
        /// The name.
        zone: Name,
        /// The longest that is taken.
        longest: usize,
    },
    /// An exception that has no room in front of the zone's name.
    #[error(
        "{name} has no room in front of the zone's name, and without it would be blocked; take a shorter zone"
    )]
    Exception {
        /// The exception.
        name: Name,
    },
    /// A path that would mean something else where it stands in a configuration.
    #[error("{file:?} cannot stand in a configuration: use a path without quotes and backslashes")]
    File {
        /// The path.
        file: String,
    },
    /// The output failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes a list in a format, and tells what that could not say.
pub fn compose(
    kind: Kind,
    source: Source<'_>,
    settings: &Settings,
    out: &mut dyn Write,
) -> Result<Told, Error> {
    // Of hosts every name has to be said that is listed, though another one around it says it too.
    let meaning = || Meaning::new(source.rules, source.protected, kind == Kind::Hosts);
    let mut told = match kind {
        Kind::Rpz => rpz::compose(&meaning(), source.header, settings, out)?,
        Kind::Hosts | Kind::Domains | Kind::Adblock | Kind::Dnsmasq | Kind::Unbound => {
            lines::compose(kind, &meaning(), source.header, out)?
        }
        Kind::CertPolska => records::compose_register(&meaning(), source, out)?,
        Kind::Misp => indicators::compose_misp(&meaning(), source, settings.serial, out)?,
        Kind::Stix => indicators::compose_stix(&meaning(), source, settings.serial, out)?,
        Kind::Bind | Kind::Knot | Kind::Powerdns | Kind::UnboundRpz => {
            return snippets::compose(kind, source, settings, out);
        }
        Kind::Csv => return Ok(records::compose_csv(source, out)?),
        Kind::Json => return Ok(records::compose_json(source, out)?),
    };
    tell_staged(source, &mut told);
    Ok(told)
}

/// The records of a list's policy zone, but for its SOA and its digest, and what the zone cannot say. The serial of the
/// settings changes nothing.
pub fn policy_zone(source: Source<'_>, settings: &Settings) -> Result<(Records, Told), Error> {
    let meaning = Meaning::new(source.rules, source.protected, false);
    let (records, mut told) = rpz::records(&meaning, source.header, settings)?;
    tell_staged(source, &mut told);
    Ok((records, told))
}

fn tell_staged(source: Source<'_>, told: &mut Told) {
    for rule in source.rules.iter().filter(|rule| rule.details.staged) {
        match &rule.trigger {
            Trigger::Name(name, _) => told.lose(STAGED, name),
            Trigger::Network(network) => told.lose(STAGED, network),
        }
    }
}

const STAGED: &str = "staged, and so not in force";
