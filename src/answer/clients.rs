//! Who may ask: client networks, asked for every query.
//!
//! Overlapping and adjacent networks are put together, so that what is left is ranges in order, of which one look-up by
//! halves finds the only one that could hold an address.

use std::net::IpAddr;

use ipnet::IpNet;

/// A set of networks.
pub(super) struct Clients {
    v4: Ranges<u32>,
    v6: Ranges<u128>,
}

/// The first and the last address of each range, in ascending order; none touches another.
type Ranges<A> = Box<[(A, A)]>;

impl Clients {
    pub(super) fn new(networks: &[IpNet]) -> Self {
        let networks = IpNet::aggregate(&networks.to_vec());
        let v4 = networks.iter().filter_map(|network| match network {
            IpNet::V4(network) => Some((network.network().into(), network.broadcast().into())),
            IpNet::V6(_) => None,
        });
        let v6 = networks.iter().filter_map(|network| match network {
            IpNet::V4(_) => None,
            IpNet::V6(network) => Some((network.network().into(), network.broadcast().into())),
        });
        let (mut v4, mut v6): (Vec<_>, Vec<_>) = (v4.collect(), v6.collect());
        v4.sort_unstable();
        v6.sort_unstable();
        Self { v4: v4.into(), v6: v6.into() }
    }

    /// Whether a network holds the address; an IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
    #[inline]
    pub(super) fn contain(&self, address: IpAddr) -> bool {
        match address.to_canonical() {
            IpAddr::V4(address) => holds(&self.v4, address.into()),
            IpAddr::V6(address) => holds(&self.v6, address.into()),
        }
    }
}

fn holds<A: Ord + Copy>(ranges: &[(A, A)], address: A) -> bool {
    let begun = ranges.partition_point(|(first, _)| *first <= address);
    begun > 0 && address <= ranges[begun - 1].1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_held_by_its_networks_alone() {
        let texts =
            ["10.0.0.0/8", "10.1.0.0/16", "192.0.2.0/25", "192.0.2.128/25", "255.255.255.255/32", "fc00::/7"];
        let networks: Vec<IpNet> = texts.iter().map(|text| text.parse().unwrap()).collect();
        let clients = Clients::new(&networks);
        for (address, held) in [
            ("0.0.0.0", false),
            ("9.255.255.255", false),
            ("10.0.0.0", true),
            ("10.2.0.0", true),
            ("10.255.255.255", true),
            ("11.0.0.0", false),
            ("192.0.2.127", true),
            ("192.0.2.128", true),
            ("192.0.3.0", false),
            ("::ffff:10.0.0.1", true),
            ("255.255.255.255", true),
            ("::10.0.0.1", false),
            ("fbff:ffff::", false),
            ("fc00::", true),
            ("fdff::1", true),
            ("fe00::", false),
        ] {
            let address = address.parse().unwrap();
            assert_eq!(clients.contain(address), held, "{address}");
            assert!(!Clients::new(&[]).contain(address));
        }
        let all = Clients::new(&["0.0.0.0/0".parse().unwrap(), "::/0".parse().unwrap()]);
        assert!(all.contain("203.0.113.1".parse().unwrap()) && all.contain("2001:db8::1".parse().unwrap()));
    }
}
