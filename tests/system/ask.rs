//! Clients: `kdig`, and packets written by hand where a client would hide what matters.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::process::Command;
use std::time::Duration;

/// Where the daemon of the standard configuration listens.
pub(super) const HERE: &str = "127.0.0.1:53";
const LIMIT: Duration = Duration::from_secs(12);

/// Asks by `kdig`, and gives back all that it shows.
pub(super) fn kdig(arguments: &str) -> String {
    let server = if arguments.contains('@') { "" } else { "@127.0.0.1" };
    let arguments = server.split_whitespace().chain(arguments.split_whitespace());
    let output =
        Command::new("kdig").args(["+edns", "+timeout=10", "+retry=0"]).args(arguments).output().unwrap();
    let told = [output.stdout, output.stderr].concat();
    String::from_utf8_lossy(&told).into_owned()
}

/// Asserts that what `kdig` shows holds all of some words and none of those that begin with `!`.
pub(super) fn shows(arguments: &str, words: &[&str]) {
    let told = kdig(arguments);
    for word in words {
        match word.strip_prefix('!') {
            Some(word) => assert!(!told.contains(word), "kdig {arguments}: `{word}` in\n{told}"),
            None => assert!(told.contains(word), "kdig {arguments}: no `{word}` in\n{told}"),
        }
    }
}

/// Whether a name is answered with the address of the warning page.
pub(super) fn is_blocked(name: &str) -> bool {
    let told = kdig(&format!("{name} A"));
    assert!(told.contains("status: "), "no answer for {name}:\n{told}");
    told.contains("EDE: ") && told.contains("127.0.0.1\n")
}

/// A query with RD and EDNS, a payload size of 1232, and DO where wanted.
pub(super) fn query(id: u16, name: &str, rtype: u16, dnssec_ok: bool) -> Vec<u8> {
    let mut packet = id.to_be_bytes().to_vec();
    packet.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
    for label in name.trim_end_matches('.').split('.') {
        packet.push(label.len() as u8);
        packet.extend(label.as_bytes());
    }
    packet.push(0);
    packet.extend(rtype.to_be_bytes());
    packet.extend([0, 1, 0, 0, 41, 0x04, 0xd0, 0, 0, if dnssec_ok { 0x80 } else { 0 }, 0, 0, 0]);
    packet
}

/// Asks over UDP from an address; the reply must come from the address that was asked.
pub(super) fn udp(from: &str, server: SocketAddr, packet: &[u8]) -> Vec<u8> {
    let socket = UdpSocket::bind(from).unwrap();
    socket.set_read_timeout(Some(LIMIT)).unwrap();
    socket.send_to(packet, server).unwrap();
    let mut reply = [0; 4096];
    let (length, source) = socket.recv_from(&mut reply).expect("a reply over UDP");
    assert_eq!(source, server, "the reply must leave from the address that was asked");
    reply[..length].to_vec()
}

/// Asks from nowhere in particular.
pub(super) fn udp_here(packet: &[u8]) -> Vec<u8> {
    udp("127.0.0.1:0", HERE.parse().unwrap(), packet)
}

/// A connection for DNS over TCP.
pub(super) struct Tcp(pub(super) TcpStream);

impl Tcp {
    /// Connects.
    pub(super) fn connect() -> Self {
        let stream = TcpStream::connect(HERE).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        Self(stream)
    }

    /// Sends a message.
    pub(super) fn send(&mut self, packet: &[u8]) {
        let framed = [&(packet.len() as u16).to_be_bytes()[..], packet].concat();
        self.0.write_all(&framed).unwrap();
    }

    /// Waits for a message.
    pub(super) fn receive(&mut self) -> Vec<u8> {
        let mut length = [0; 2];
        self.0.read_exact(&mut length).expect("a reply over TCP");
        let mut reply = vec![0; usize::from(u16::from_be_bytes(length))];
        self.0.read_exact(&mut reply).expect("a whole reply over TCP");
        reply
    }

    /// Sends a message and waits for one.
    pub(super) fn ask(packet: &[u8]) -> Vec<u8> {
        let mut connection = Self::connect();
        connection.send(packet);
        connection.receive()
    }
}

/// The code of a reply.
pub(super) fn rcode(reply: &[u8]) -> u8 {
    reply[3] & 0x0f
}

/// Record types, by number.
pub(super) const A: u16 = 1;
pub(super) const TXT: u16 = 16;
