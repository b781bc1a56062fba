//! A map from networks to values, asked by address: the longest prefix wins.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use prefix_trie::PrefixMap;

/// Values by network, IPv4 and IPv6. An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
#[derive(Debug, Clone)]
pub struct Networks<T> {
    v4: PrefixMap<Ipv4Net, T>,
    v6: PrefixMap<Ipv6Net, T>,
}

impl<T> Default for Networks<T> {
    fn default() -> Self {
        Self { v4: PrefixMap::new(), v6: PrefixMap::new() }
    }
}

impl<T> Networks<T> {
    /// Adds a network, host bits ignored; the value that was there stays and the new one is given back.
    pub fn insert(&mut self, network: IpNet, value: T) -> Result<(), T> {
        match network {
            IpNet::V4(network) if !self.v4.contains_key(&network.trunc()) => {
                _ = self.v4.insert(network.trunc(), value);
            }
            IpNet::V6(network) if !self.v6.contains_key(&network.trunc()) => {
                _ = self.v6.insert(network.trunc(), value);
            }
            _ => return Err(value),
        }
        Ok(())
    }

    /// Adds a network, host bits ignored; `keep` chooses between the value that is there and the new one.
    pub fn merge(&mut self, network: IpNet, value: T, keep: impl FnOnce(T, T) -> T)
    where
        T: Copy,
    {
        let there = match network {
            IpNet::V4(network) => self.v4.get_mut(&network.trunc()),
            IpNet::V6(network) => self.v6.get_mut(&network.trunc()),
        };
        match there {
            Some(there) => *there = keep(*there, value),
            // It is not there.
            None => _ = self.insert(network, value),
        }
    }

    /// The value of the smallest network that holds the address.
    pub fn find(&self, address: IpAddr) -> Option<&T> {
        match address.to_canonical() {
            IpAddr::V4(address) => self.v4.get_lpm(&address.into()).map(|(_, value)| value),
            IpAddr::V6(address) => self.v6.get_lpm(&address.into()).map(|(_, value)| value),
        }
    }

    /// The value of the smallest network that holds the address, of those whose value is wanted.
    pub fn find_where(&self, address: IpAddr, wanted: impl Fn(&T) -> bool) -> Option<&T> {
        match address.to_canonical() {
            IpAddr::V4(address) => {
                self.v4.cover(&address.into()).map(|(_, value)| value).filter(|value| wanted(value)).last()
            }
            IpAddr::V6(address) => {
                self.v6.cover(&address.into()).map(|(_, value)| value).filter(|value| wanted(value)).last()
            }
        }
    }

    /// Every network and its value.
    pub fn iter(&self) -> impl Iterator<Item = (IpNet, &T)> {
        let v4 = self.v4.iter().map(|(network, value)| (IpNet::V4(network), value));
        v4.chain(self.v6.iter().map(|(network, value)| (IpNet::V6(network), value)))
    }

    /// How many networks are here.
    pub fn len(&self) -> usize {
        self.v4.len() + self.v6.len()
    }

    /// Whether no network is here.
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_wins() {
        let mut networks = Networks::default();
        for (network, value) in
            [("0.0.0.0/0", 0), ("192.0.2.0/24", 1), ("192.0.2.128/25", 2), ("2001:db8::/32", 3)]
        {
            assert_eq!(networks.insert(network.parse().unwrap(), value), Ok(()));
        }
        assert_eq!(networks.insert("192.0.2.77/24".parse().unwrap(), 9), Err(9));
        for (address, value) in [
            ("198.51.100.1", Some(0)),
            ("192.0.2.1", Some(1)),
            ("::ffff:192.0.2.1", Some(1)),
            ("192.0.2.200", Some(2)),
            ("2001:db8::1", Some(3)),
            ("2001:db9::1", None),
        ] {
            assert_eq!(networks.find(address.parse().unwrap()).copied(), value, "{address}");
            assert_eq!(networks.find_where(address.parse().unwrap(), |_| true).copied(), value, "{address}");
        }
        let unwanted = networks.find_where("192.0.2.200".parse().unwrap(), |value| *value != 2);
        assert_eq!(unwanted, Some(&1));
    }
}
