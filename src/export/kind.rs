//! The formats that a list can be written in, by name.

use std::fmt;
use std::str::FromStr;

/// What a list is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A response policy zone, which says all that a list can: for BIND, Unbound, Knot Resolver and PowerDNS.
    Rpz,
    /// Lines of `/etc/hosts`: names alone, without those below them.
    Hosts,
    /// One name a line, with all below it.
    Domains,
    /// Rules of AdBlock as DNS filters read them.
    Adblock,
    /// Lines of dnsmasq's configuration.
    Dnsmasq,
    /// `local-zone` of Unbound.
    Unbound,
    /// What BIND's configuration says to load the zone.
    Bind,
    /// What Knot Resolver's configuration says to load the zone.
    Knot,
    /// What PowerDNS Recursor's configuration says to load the zone.
    Powerdns,
    /// What Unbound's configuration says to load the zone.
    UnboundRpz,
    /// A table of the rules, for people.
    Csv,
    /// The rules with their header, for programs.
    Json,
    /// The rules in the shape of CERT Polska's list.
    CertPolska,
    /// An event of MISP, for partners.
    Misp,
    /// A bundle of STIX 2.1, for partners.
    Stix,
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no format; write {all}", all = names())]
pub struct UnknownKind(String);

const KINDS: [(&str, Kind); 15] = [
    ("rpz", Kind::Rpz),
    ("hosts", Kind::Hosts),
    ("domains", Kind::Domains),
    ("adblock", Kind::Adblock),
    ("dnsmasq", Kind::Dnsmasq),
    ("unbound", Kind::Unbound),
    ("bind-rpz", Kind::Bind),
    ("knot-rpz", Kind::Knot),
    ("powerdns-rpz", Kind::Powerdns),
    ("unbound-rpz", Kind::UnboundRpz),
    ("csv", Kind::Csv),
    ("json", Kind::Json),
    ("cert-polska", Kind::CertPolska),
    ("misp", Kind::Misp),
    ("stix", Kind::Stix),
];

fn names() -> String {
    KINDS.map(|(name, _)| name).join(", ")
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let found = KINDS.iter().find(|(name, _)| *name == text);
        found.map(|(_, kind)| *kind).ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = KINDS.iter().find(|(_, kind)| kind == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_name() {
        for (name, kind) in KINDS {
            assert_eq!((name.parse(), kind.to_string().as_str()), (Ok(kind), name));
        }
        let error = "xls".parse::<Kind>().unwrap_err().to_string();
        assert!(error.starts_with("`xls` is no format; write rpz, hosts,"), "{error}");
    }
}
