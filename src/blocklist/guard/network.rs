//! Networks that no list should block: too large to be one service, or this machine's and its neighbours'.

use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use super::breach::Rail;

/// Networks of fewer bits than these hold more than one service.
const LEAST_BITS_V4: u8 = 16;
const LEAST_BITS_V6: u8 = 32;

/// All IPv4 addresses, as IPv6-only networks write them (RFC 6052 §2.1).
const TRANSLATED: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

/// Addresses that mean no service on the Internet (RFC 6890 §2.2).
const LOCAL_V4: [Ipv4Net; 7] = [
    Ipv4Net::new_assert(Ipv4Addr::new(0, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10),
    Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 0, 0), 16),
    Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12),
    Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16),
];
/// Unspecified and loopback, unique local, link-local (RFC 6890 §2.2).
const LOCAL_V6: [Ipv6Net; 3] = [
    Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 127),
    Ipv6Net::new_assert(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
    Ipv6Net::new_assert(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10),
];

pub(super) fn judge(network: IpNet) -> Option<Rail> {
    let (large, local) = match network {
        IpNet::V4(network) => {
            let meets = |local: &Ipv4Net| local.contains(&network) || network.contains(local);
            (network.prefix_len() < LEAST_BITS_V4, LOCAL_V4.iter().any(meets))
        }
        IpNet::V6(network) => {
            let meets = |local: &Ipv6Net| local.contains(&network) || network.contains(local);
            let least = if meets(&TRANSLATED) { 96 + LEAST_BITS_V4 } else { LEAST_BITS_V6 };
            (network.prefix_len() < least, LOCAL_V6.iter().any(meets))
        }
    };
    match (large, local) {
        (true, _) => Some(Rail::LargeNetwork),
        (_, true) => Some(Rail::LocalNetwork),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_service_may_be_listed_and_no_more() {
        for (network, rail) in [
            ("0.0.0.0/0", Some(Rail::LargeNetwork)),
            ("198.50.0.0/15", Some(Rail::LargeNetwork)),
            ("198.51.0.0/16", None),
            ("192.0.2.7/32", None),
            ("10.1.2.3/32", Some(Rail::LocalNetwork)),
            ("127.0.0.0/24", Some(Rail::LocalNetwork)),
            ("0.0.0.0/32", Some(Rail::LocalNetwork)),
            ("192.168.0.0/16", Some(Rail::LocalNetwork)),
            ("100.64.0.0/16", Some(Rail::LocalNetwork)),
            ("::/0", Some(Rail::LargeNetwork)),
            ("2001:db8::/31", Some(Rail::LargeNetwork)),
            ("2001:db8::/32", None),
            ("::1/128", Some(Rail::LocalNetwork)),
            ("::/128", Some(Rail::LocalNetwork)),
            ("fd00::/48", Some(Rail::LocalNetwork)),
            ("fe80::/64", Some(Rail::LocalNetwork)),
            ("64:ff9b::/96", Some(Rail::LargeNetwork)),
            ("64:ff9b::/48", Some(Rail::LargeNetwork)),
            ("64:ff9b::c633:0/112", None),
        ] {
            assert_eq!(judge(network.parse().unwrap()), rail, "{network}");
        }
    }
}
