//! The header by which a front end says for whom it comes: PROXY protocol, version 2 (haproxy, `proxy-protocol.txt`
//! §2.2).
//!
//! Pure: [`split`] takes it off the front of a datagram or of a connection's first octets. Whoever believes it believes
//! its sender, so that it is looked for in what named front ends send, and nowhere else.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The octets of every header that come before its addresses.
pub const FIXED: usize = 16;
/// No header that is ours to read is longer: addresses, and what front ends add to them.
pub const LONGEST: usize = 2_048;

const SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";
const LOCAL: u8 = 0x20;
const PROXY: u8 = 0x21;

/// For whom a front end comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// For this client.
    Client(SocketAddr),
    /// For itself, as when it looks whether we are well.
    FrontEnd,
}

/// How many octets follow the fixed ones; `None` where these begin no header that is ours to read.
pub fn announced(fixed: &[u8; FIXED]) -> Option<usize> {
    let [signature @ .., command, _, high, low] = fixed;
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    (signature == SIGNATURE && matches!(*command, LOCAL | PROXY) && FIXED + length <= LONGEST)
        .then_some(length)
}

/// Takes a header off; what is left is what the client sent. `None` where it is malformed, or names no client by an
/// address of the Internet.
pub fn split(octets: &[u8]) -> Option<(Origin, &[u8])> {
    let (fixed, rest) = octets.split_first_chunk::<FIXED>()?;
    let (body, sent) = rest.split_at_checked(announced(fixed)?)?;
    let [.., command, family, _, _] = fixed;
    if *command == LOCAL {
        // What it says of addresses has no meaning.
        return Some((Origin::FrontEnd, sent));
    }
    let (client, additions) = match family {
        // IPv4 and IPv6, of a stream or of datagrams; source and destination, then their ports.
        0x11 | 0x12 => {
            let (addresses, additions) = body.split_first_chunk::<12>()?;
            let [a, b, c, d, _, _, _, _, high, low, _, _] = *addresses;
            (client(Ipv4Addr::new(a, b, c, d).into(), [high, low]), additions)
        }
        0x21 | 0x22 => {
            let (addresses, additions) = body.split_first_chunk::<36>()?;
            let (source, _) = addresses.split_first_chunk::<16>()?;
            (client(Ipv6Addr::from(*source).into(), [addresses[32], addresses[33]]), additions)
        }
        _ => return None,
    };
    are_whole(additions).then_some((Origin::Client(client), sent))
}

fn client(address: IpAddr, port: [u8; 2]) -> SocketAddr {
    SocketAddr::new(address.to_canonical(), u16::from_be_bytes(port))
}

/// Whether what a front end adds is a row of type, length and value.
fn are_whole(mut additions: &[u8]) -> bool {
    while !additions.is_empty() {
        let [_, high, low, rest @ ..] = additions else { return false };
        let Some(rest) = rest.get(usize::from(u16::from_be_bytes([*high, *low]))..) else { return false };
        additions = rest;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(command: u8, family: u8, body: &[u8]) -> Vec<u8> {
        let length = (body.len() as u16).to_be_bytes();
        [&SIGNATURE[..], &[command, family], &length, body].concat()
    }

    const V4: &[u8] = &[192, 0, 2, 1, 198, 51, 100, 1, 0x30, 0x39, 0, 53];

    fn v6() -> Vec<u8> {
        let of = |text: &str| text.parse::<Ipv6Addr>().unwrap().octets();
        [&of("2001:db8::1")[..], &of("2001:db8::53"), &[0x30, 0x39, 0, 53]].concat()
    }

    #[test]
    fn a_client_is_told_and_what_it_sent_is_left() {
        for (family, body, client) in [
            (0x11, V4.to_vec(), "192.0.2.1:12345"),
            (0x12, V4.to_vec(), "192.0.2.1:12345"),
            (0x21, v6(), "[2001:db8::1]:12345"),
            (0x22, v6(), "[2001:db8::1]:12345"),
            // With an addition, and an empty one.
            (0x11, [V4, &[4, 0, 2, 0, 0, 1, 0, 0]].concat(), "192.0.2.1:12345"),
        ] {
            let octets = [header(PROXY, family, &body), b"sent".to_vec()].concat();
            let client = Origin::Client(client.parse().unwrap());
            assert_eq!(split(&octets), Some((client, &b"sent"[..])), "{family:x}");
            let fixed = octets.first_chunk().unwrap();
            assert_eq!(announced(fixed), Some(body.len()));
        }
    }

    #[test]
    fn a_front_end_may_come_for_itself() {
        for body in [&b""[..], V4, b"anything at all"] {
            assert_eq!(split(&header(LOCAL, 0, body)), Some((Origin::FrontEnd, &b""[..])));
        }
    }

    #[test]
    fn an_address_of_one_family_in_the_other_is_the_same_client() {
        let mapped =
            [&"::ffff:192.0.2.1".parse::<Ipv6Addr>().unwrap().octets()[..], &[0; 16], &[0, 1, 0, 53]];
        let origin = Origin::Client("192.0.2.1:1".parse().unwrap());
        assert_eq!(split(&header(PROXY, 0x21, &mapped.concat())), Some((origin, &b""[..])));
    }

    #[test]
    fn what_is_malformed_is_nobodys() {
        let good = header(PROXY, 0x11, V4);
        for cut in 0..good.len() {
            assert_eq!(split(&good[..cut]), None, "{cut} octets");
        }
        for at in 0..13 {
            let mut other = good.clone();
            other[at] ^= 0x40;
            assert_eq!(split(&other), None, "octet {at}");
        }
        for (command, family, body) in [
            // A client that is unknown, has a path for an address, or of no known family.
            (PROXY, 0x00, V4.to_vec()),
            (PROXY, 0x31, vec![0; 216]),
            (PROXY, 0x41, V4.to_vec()),
            (PROXY, 0x10, V4.to_vec()),
            // Addresses that are not whole, additions that are not.
            (PROXY, 0x11, V4[..11].to_vec()),
            (PROXY, 0x21, v6()[..35].to_vec()),
            (PROXY, 0x11, [V4, &[4, 0]].concat()),
            (PROXY, 0x11, [V4, &[4, 0, 2, 0]].concat()),
            // Another command, another version.
            (0x22, 0x11, V4.to_vec()),
            (0x11, 0x11, V4.to_vec()),
            // Longer than any.
            (LOCAL, 0, vec![0; LONGEST]),
        ] {
            assert_eq!(split(&header(command, family, &body)), None, "{command:x} {family:x}");
        }
    }
}
