//! What is exported and how; the one way in.

use std::io::{self, Write};
use std::net::IpAddr;

use super::kind::Kind;
use super::loss::Told;
use super::meaning::Meaning;
use super::rpz::Serial;
use super::{lines, records, rpz, snippets};
use crate::blocklist::{Header, Rule};
use crate::dns::Name;

/// A list, as it is in force.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// Who stands behind it, where its format says.
    pub header: Option<&'s Header>,
    /// Its rules, without those that have ended.
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
    /// The serial of the zone.
    pub serial: Serial,
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
    let meaning = || Meaning::new(source.rules, source.protected);
    match kind {
        Kind::Rpz => rpz::compose(&meaning(), source.header, settings, out),
        Kind::Hosts | Kind::Domains | Kind::Adblock | Kind::Dnsmasq | Kind::Unbound => {
            Ok(lines::compose(kind, &meaning(), source.header, out)?)
        }
        Kind::Bind | Kind::Knot | Kind::Powerdns | Kind::UnboundRpz => {
            Ok(snippets::compose(kind, settings, out)?)
        }
        Kind::Csv | Kind::Json | Kind::CertPolska => Ok(records::compose(kind, source, out)?),
    }
}
