//! Addresses that belong to the inside of a network: no name of the public Internet needs to lead there.

use std::net::IpAddr;

/// Whether an address is of this host, of a link, or of a private network: loopback, link-local, private
/// (RFC 1918, RFC 4193), shared with a provider (RFC 6598), or unspecified, which hosts take for themselves. An
/// IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is the IPv4 address.
pub(super) fn is_internal(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            first == 0
                || address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || (first, second & 0xc0) == (100, 64)
                // Of the protocols themselves (RFC 6890 §2.2.2), but for those of `ipv4only.arpa`, by which hosts find
                // out about DNS64 (RFC 7050 §8).
                || matches!(address.octets(), [192, 0, 0, host] if !matches!(host, 170 | 171))
        }
        IpAddr::V6(address) => {
            address.is_unspecified()
                || address.is_loopback()
                || address.is_unicast_link_local()
                || address.is_unique_local()
                // Site-local, as it was once (RFC 3879).
                || address.segments()[0] & 0xffc0 == 0xfec0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_and_outside_are_told_apart() {
        for (address, inside) in [
            ("0.0.0.0", true),
            ("10.255.0.1", true),
            ("11.0.0.1", false),
            ("100.63.255.255", false),
            ("100.64.0.0", true),
            ("100.127.255.255", true),
            ("100.128.0.0", false),
            ("127.8.8.8", true),
            ("169.254.0.1", true),
            ("172.15.0.1", false),
            ("172.16.0.1", true),
            ("172.31.255.255", true),
            ("192.0.0.8", true),
            ("192.0.0.170", false),
            ("192.0.2.1", false),
            ("192.168.0.1", true),
            ("::", true),
            ("::1", true),
            ("::2", false),
            ("::ffff:192.168.0.1", true),
            ("::ffff:192.0.2.1", false),
            ("fe80::1", true),
            ("fec0::1", true),
            ("fc00::1", true),
            ("fdff::1", true),
            ("fe00::1", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(is_internal(address.parse().unwrap()), inside, "{address}");
        }
    }
}
