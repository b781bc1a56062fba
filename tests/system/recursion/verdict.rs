//! A question, asked of a resolver, and what of its answer can be compared with another's.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use hickory_resolver::proto::op::{Edns, Message, Query};
use hickory_resolver::proto::rr::{Name, RecordType};

/// A question that wants signatures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Question {
    /// With its final dot.
    pub(super) name: String,
    pub(super) rtype: RecordType,
    /// Whether validation is to be left to whoever asks.
    pub(super) checking_disabled: bool,
}

impl Question {
    pub(super) fn new(name: &str, rtype: RecordType, checking_disabled: bool) -> Self {
        Self { name: name.to_owned(), rtype, checking_disabled }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flag = if self.checking_disabled { " cd" } else { "" };
        write!(out, "{} {}{flag}", self.name, self.rtype)
    }
}

/// What is compared: the code, the flag that says the answer is authentic, and the records without signatures,
/// order, time to live and letter case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Verdict {
    pub(super) code: String,
    pub(super) authentic: bool,
    pub(super) answers: BTreeSet<String>,
}

impl Verdict {
    /// The parts in which it differs from another one.
    pub(super) fn differences(&self, other: &Self) -> Vec<&'static str> {
        let parts = [
            ("code", self.code != other.code),
            ("authentic", self.authentic != other.authentic),
            ("answers", self.answers != other.answers),
        ];
        parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flag = if self.authentic { " AD" } else { "" };
        let answers: Vec<&str> = self.answers.iter().map(String::as_str).collect();
        write!(out, "{}{flag} [{}]", self.code, answers.join(", "))
    }
}

/// Asks port 53 of an address: over UDP, again over TCP where that does not fit, for so many seconds each.
pub(super) fn ask(server: IpAddr, question: &Question, seconds: u64) -> Verdict {
    let mut query = Message::query();
    query.metadata.recursion_desired = true;
    query.metadata.authentic_data = true;
    query.metadata.checking_disabled = question.checking_disabled;
    let mut edns = Edns::new();
    edns.set_max_payload(1232).set_dnssec_ok(true);
    query.set_edns(edns);
    query.add_query(Query::query(Name::from_ascii(&question.name).unwrap(), question.rtype));
    let packet = query.to_vec().unwrap();
    let server = SocketAddr::new(server, 53);
    let limit = Duration::from_secs(seconds);
    let reply = over_udp(server, &packet, limit).and_then(|reply| {
        if reply.metadata.truncation { over_tcp(server, &packet, limit) } else { Some(reply) }
    });
    let Some(reply) = reply else {
        return Verdict { code: "no answer".into(), authentic: false, answers: BTreeSet::new() };
    };
    let code = format!("{:?}", reply.metadata.response_code).to_uppercase();
    // A failure has nothing that could be authentic, and some set the flag all the same.
    let authentic = reply.metadata.authentic_data && code != "SERVFAIL";
    let answers = reply.answers.iter().filter(|record| record.record_type() != RecordType::RRSIG);
    let answers = answers.map(|record| {
        format!("{} {} {}", record.name, record.record_type(), record.data).to_ascii_lowercase()
    });
    Verdict { code, authentic, answers: answers.collect() }
}

fn over_udp(server: SocketAddr, packet: &[u8], limit: Duration) -> Option<Message> {
    let any = if server.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    let socket = UdpSocket::bind(any).unwrap();
    socket.connect(server).ok()?;
    socket.set_read_timeout(Some(limit)).unwrap();
    socket.send(packet).ok()?;
    let mut reply = [0; 4096];
    let length = socket.recv(&mut reply).ok()?;
    Message::from_vec(&reply[..length]).ok()
}

fn over_tcp(server: SocketAddr, packet: &[u8], limit: Duration) -> Option<Message> {
    let mut stream = TcpStream::connect_timeout(&server, limit).ok()?;
    stream.set_read_timeout(Some(limit)).unwrap();
    stream.write_all(&[&(packet.len() as u16).to_be_bytes()[..], packet].concat()).ok()?;
    let mut length = [0; 2];
    stream.read_exact(&mut length).ok()?;
    let mut reply = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut reply).ok()?;
    Message::from_vec(&reply).ok()
}
