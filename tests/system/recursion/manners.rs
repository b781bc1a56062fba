//! Name servers with bad manners, on addresses of their own, each a thread that ends with the namespace.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::thread::spawn;
use std::time::Duration;

use serde::Deserialize;

/// How a server fails, or what it does to the answers of the one behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Manner {
    /// REFUSED.
    Refuse,
    /// SERVFAIL.
    Servfail,
    /// FORMERR, to everything.
    Formerr,
    /// NOTIMP.
    Notimp,
    /// Receives and does not answer.
    Silent,
    /// Nobody listens.
    Closed,
    /// Refers to the root.
    Upward,
    /// Answers of another server, but FORMERR to every query with EDNS.
    Plain,
    /// Over UDP only that the answer does not fit; over TCP another server.
    Truncating,
    /// Answers of another server, but NXDOMAIN for names that only have names below them ([`EMPTY`]).
    Flat,
}

/// First labels of the names that only have names below them.
const EMPTY: &[&[u8]] = &[b"\x03ent", b"\x03two", b"\x05three"];
/// An NS record of the root, for the authority section.
const UPWARD: &[u8] = b"\0\0\x02\0\x01\0\0\x0e\x10\0\x0a\x03ns1\x04root\0";

/// Starts a server on port 53 of an address; `real` is what it stands in front of.
pub(super) fn behave(manner: Manner, address: IpAddr, real: Option<IpAddr>) {
    if manner == Manner::Closed {
        return;
    }
    let at = SocketAddr::new(address, 53);
    let real = real.map(|real| SocketAddr::new(real, 53));
    let socket = UdpSocket::bind(at).unwrap();
    spawn(move || {
        let mut packet = [0; 4096];
        while let Ok((length, client)) = socket.recv_from(&mut packet) {
            if let Some(reply) = reply(manner, &packet[..length], real) {
                let _ = socket.send_to(&reply, client);
            }
        }
    });
    if let (Manner::Truncating | Manner::Flat | Manner::Plain, Some(real)) = (manner, real) {
        let listener = TcpListener::bind(at).unwrap();
        spawn(move || {
            for client in listener.incoming().flatten() {
                spawn(move || relay(client, real));
            }
        });
    }
}

fn reply(manner: Manner, query: &[u8], real: Option<SocketAddr>) -> Option<Vec<u8>> {
    if query.len() < 17 {
        return None;
    }
    match manner {
        Manner::Silent | Manner::Closed => None,
        Manner::Formerr => Some(bare(query, 0, 1)),
        Manner::Servfail => Some(bare(query, 0, 2)),
        Manner::Notimp => Some(bare(query, 0, 4)),
        Manner::Refuse => Some(bare(query, 0, 5)),
        Manner::Truncating => Some(bare(query, 0x02, 0)),
        Manner::Upward => {
            let mut reply = bare(query, 0, 0);
            reply[9] = 1;
            Some([&reply, UPWARD].concat())
        }
        Manner::Plain if query[11] > 0 => Some(bare(query, 0, 1)),
        Manner::Plain => exchange(query, real?),
        Manner::Flat => {
            let mut reply = exchange(query, real?)?;
            let name = query[12..].to_ascii_lowercase();
            if EMPTY.iter().any(|label| name.starts_with(label)) {
                reply[3] |= 3;
            }
            Some(reply)
        }
    }
}

/// A reply with nothing but the question, further flags and a code.
fn bare(query: &[u8], flags: u8, code: u8) -> Vec<u8> {
    let end = 12 + query[12..].iter().position(|octet| *octet == 0).unwrap_or(0) + 5;
    let head = [&query[..2], &[0x80 | flags | query[2] & 0x01, code, 0, 1, 0, 0, 0, 0, 0, 0]].concat();
    [&head, query.get(12..end).unwrap_or_default()].concat()
}

fn exchange(query: &[u8], server: SocketAddr) -> Option<Vec<u8>> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.set_read_timeout(Some(Duration::from_secs(2))).ok()?;
    socket.send_to(query, server).ok()?;
    let mut reply = vec![0; 4096];
    let length = socket.recv(&mut reply).ok()?;
    reply.truncate(length);
    Some(reply)
}

/// Passes messages to and fro until either side has had enough.
fn relay(mut client: TcpStream, server: SocketAddr) {
    let Ok(mut server) = TcpStream::connect(server) else { return };
    for stream in [&client, &server] {
        let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
    }
    while let Some(query) = message(&mut client) {
        if server.write_all(&query).is_err() {
            return;
        }
        let Some(reply) = message(&mut server) else { return };
        if client.write_all(&reply).is_err() {
            return;
        }
    }
}

/// A message with its length before it.
fn message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut length = [0; 2];
    stream.read_exact(&mut length).ok()?;
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut message).ok()?;
    Some([&length[..], &message].concat())
}
