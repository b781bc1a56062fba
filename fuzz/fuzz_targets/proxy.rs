//! Headers of front ends: for whom a connection or a datagram comes.
//!
//! Law: what is left is the end of what came, untouched; a stream, of which the header is read by the length that it
//! announces, and a datagram tell of the same origin; what follows a header changes nothing about it; a header made by
//! the words of its specification is read as meant.

#![no_main]

use std::net::{IpAddr, SocketAddr};

use libfuzzer_sys::fuzz_target;
use rempart::server::proxy::{FIXED, LONGEST, Origin, announced, split};

#[derive(arbitrary::Arbitrary, Debug)]
enum Input<'a> {
    Octets(&'a [u8]),
    Made(Header<'a>),
    /// A header with an octet changed: where, and to what.
    Changed(Header<'a>, u16, u8),
}

#[derive(arbitrary::Arbitrary, Debug)]
struct Header<'a> {
    client: Option<(IpAddr, u16)>,
    is_datagram: bool,
    additions: Vec<(u8, &'a [u8])>,
    sent: &'a [u8],
}

impl Header<'_> {
    fn compose(&self) -> Vec<u8> {
        let (command, family, mut body) = match self.client {
            None => (0x20, 0, Vec::new()),
            Some((address, port)) => {
                let (family, addresses) = match address {
                    IpAddr::V4(address) => (0x10, [&address.octets()[..], &[198, 51, 100, 1]].concat()),
                    IpAddr::V6(address) => (0x20, [address.octets(), [0xfd; 16]].concat()),
                };
                let transport = if self.is_datagram { 2 } else { 1 };
                (0x21, family | transport, [&addresses[..], &port.to_be_bytes(), &[0, 53]].concat())
            }
        };
        for (kind, value) in &self.additions {
            body.push(*kind);
            body.extend((value.len() as u16).to_be_bytes());
            body.extend_from_slice(value);
        }
        let length = (body.len() as u16).to_be_bytes();
        [b"\r\n\r\n\0\r\nQUIT\n", &[command, family][..], &length, &body, self.sent].concat()
    }
}

fuzz_target!(|input: Input<'_>| {
    match input {
        Input::Octets(octets) => check(octets),
        Input::Made(header) => {
            let octets = header.compose();
            check(&octets);
            if octets.len() - header.sent.len() <= LONGEST {
                let origin = header.client.map_or(Origin::FrontEnd, |(address, port)| {
                    Origin::Client(SocketAddr::new(address.to_canonical(), port))
                });
                assert_eq!(split(&octets), Some((origin, header.sent)));
            }
        }
        Input::Changed(header, at, octet) => {
            let mut octets = header.compose();
            let at = usize::from(at) % octets.len();
            octets[at] = octet;
            check(&octets);
        }
    }
});

fn check(octets: &[u8]) {
    let length = octets.first_chunk::<FIXED>().and_then(announced).map(|length| FIXED + length);
    let Some((origin, sent)) = split(octets) else { return };
    let length = length.expect("what is read announces its length");
    assert!(length <= LONGEST);
    assert_eq!(sent, &octets[length..]);
    assert_eq!(split(&octets[..length]), Some((origin, &b""[..])), "as a stream reads it");
    let more = [octets, b"more"].concat();
    assert_eq!(split(&more).map(|(origin, _)| origin), Some(origin), "whatever follows");
}
