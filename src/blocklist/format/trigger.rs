//! Owners of a policy zone, below the name of the zone, as triggers (draft-vixie-dnsop-dns-rpz §4).
//!
//! The last label says of which kind a trigger is; without one it is a name. Clients, name servers and their
//! addresses are triggers that this program does not have, and are faults.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use super::fault::{Reason, excerpt};
use super::normal::normalise_wire;
use crate::blocklist::{Scope, Trigger};
use crate::dns::{Name, labels};

/// What the owner of a record, below the name of the zone, is a trigger for.
pub(super) fn read_trigger(owner: &Name) -> Result<Trigger, Reason> {
    let parts: Vec<&[u8]> = labels(owner.as_wire()).collect();
    let (kind, front) = match &parts[..] {
        [front @ .., kind] => (kind.to_ascii_lowercase(), front),
        [] => return Err(Reason::Everything),
    };
    match &kind[..] {
        b"rpz-ip" => match read_network(front) {
            Some(network) if network.prefix_len() == 0 => Err(Reason::Everything),
            Some(network) => Ok(Trigger::Network(network)),
            None => Err(Reason::Network(excerpt(owner.to_string()))),
        },
        b"rpz-client-ip" => Err(Reason::Trigger("rpz-client-ip")),
        b"rpz-nsdname" => Err(Reason::Trigger("rpz-nsdname")),
        b"rpz-nsip" => Err(Reason::Trigger("rpz-nsip")),
        _ => read_name(owner),
    }
}

fn read_name(owner: &Name) -> Result<Trigger, Reason> {
    let Some(parent) = owner.as_wire().strip_prefix(b"\x01*") else {
        return Ok(Trigger::Name(normalise_wire(owner)?, Scope::Host));
    };
    match Name::from_wire(parent) {
        Ok(parent) if parent != Name::root() => Ok(Trigger::Name(normalise_wire(&parent)?, Scope::Below)),
        _ => Err(Reason::Everything),
    }
}

/// Reads prefix length and address in reverse, as labels: `24.0.2.0.192`, or `48.zz.db8.2001` where `zz`
/// stands for the `::` of IPv6.
fn read_network(parts: &[&[u8]]) -> Option<IpNet> {
    let texts: Vec<&str> = parts.iter().map(|part| str::from_utf8(part).ok()).collect::<Option<_>>()?;
    let (length, reversed) = texts.split_first()?;
    let words: Vec<&str> = reversed.iter().rev().copied().collect();
    let address: IpAddr = if words.len() == 4 && !words.iter().any(|word| word.eq_ignore_ascii_case("zz")) {
        words.join(".").parse::<Ipv4Addr>().ok()?.into()
    } else {
        // One colon beside `zz` comes from joining, or is missing at either end.
        let gap = |(at, word): (usize, &&str)| match word.eq_ignore_ascii_case("zz") {
            true if words.len() == 1 => "::".to_string(),
            true if at == 0 || at == words.len() - 1 => ":".to_string(),
            true => String::new(),
            false => word.to_string(),
        };
        words.iter().enumerate().map(gap).collect::<Vec<_>>().join(":").parse::<Ipv6Addr>().ok()?.into()
    };
    let network = IpNet::new(address, length.parse().ok()?).ok()?;
    // Bits beyond the prefix are a slip that could mean either.
    (network.network() == address).then_some(network)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(owner: &str) -> Result<String, Reason> {
        read_trigger(&Name::from_text(owner).unwrap()).map(|trigger| match trigger {
            Trigger::Name(name, scope) => format!("{name} {scope:?}"),
            Trigger::Network(network) => network.to_string(),
        })
    }

    #[test]
    fn names_and_networks_are_triggers() {
        for (owner, trigger) in [
            ("A.example", "a.example. Host"),
            ("*.A.example", "a.example. Below"),
            ("\u{17c}ar.example", "xn--ar-vva.example. Host"),
            ("rpz-ip.example", "rpz-ip.example. Host"),
            ("32.1.2.0.192.rpz-ip", "192.0.2.1/32"),
            ("24.0.2.0.192.RPZ-IP", "192.0.2.0/24"),
            ("128.1.zz.db8.2001.rpz-ip", "2001:db8::1/128"),
            ("48.zz.1.db8.2001.rpz-ip", "2001:db8:1::/48"),
            ("128.1.zz.rpz-ip", "::1/128"),
            ("128.8.7.6.5.4.3.2.1.rpz-ip", "1:2:3:4:5:6:7:8/128"),
            ("16.zz.2001.rpz-ip", "2001::/16"),
        ] {
            assert_eq!(read(owner).as_deref(), Ok(trigger), "{owner}");
        }
    }

    #[test]
    fn other_owners_say_why() {
        let network = |text: &str| Reason::Network(format!("{text}."));
        for (owner, reason) in [
            (".", Reason::Everything),
            ("*", Reason::Everything),
            ("0.zz.rpz-ip", Reason::Everything),
            ("0.0.0.0.0.rpz-ip", Reason::Everything),
            ("*.*.example", Reason::Wildcard("*.example".into())),
            ("a\\032b.example", Reason::Spaces("a b.example".into())),
            ("ns.example.rpz-nsdname", Reason::Trigger("rpz-nsdname")),
            ("32.1.2.0.192.rpz-nsip", Reason::Trigger("rpz-nsip")),
            ("32.1.2.0.192.rpz-Client-IP", Reason::Trigger("rpz-client-ip")),
            ("rpz-ip", network("rpz-ip")),
            ("24.rpz-ip", network("24.rpz-ip")),
            ("24.1.2.0.192.rpz-ip", network("24.1.2.0.192.rpz-ip")),
            ("33.1.2.0.192.rpz-ip", network("33.1.2.0.192.rpz-ip")),
            ("x.1.2.0.192.rpz-ip", network("x.1.2.0.192.rpz-ip")),
            ("128.zz.zz.rpz-ip", network("128.zz.zz.rpz-ip")),
            ("128.1.zz.zz.2001.rpz-ip", network("128.1.zz.zz.2001.rpz-ip")),
        ] {
            assert_eq!(read(owner), Err(reason), "{owner}");
        }
    }
}
