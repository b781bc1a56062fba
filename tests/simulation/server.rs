//! A server: which zones it has, how far it is, and what it does wrong.
//!
//! ```toml
//! [[server]]
//! address = "192.0.2.2"    # port 53 unless it says another
//! zones = ["example"]      # labels of zones
//! behaviour = "silent"     # what it does with every query; absent: "sound"
//! delay = 50               # milliseconds before each reply; absent: 1
//! jitter = 20              # up to so many more, at random
//! loss = 30                # of 100 datagrams, at random
//! letters = "lowered"      # of the question in its replies; absent: "kept"
//! cookies = "given"        # or "demanded" by BADCOOKIE, "never-enough": another each time; absent: none
//! udp_size = 512           # it sends no longer datagram; absent: 4096
//! fragments = 1400         # longer datagrams are lost on the way
//! needs_recursion = true   # refuses queries without RD, as a forwarder may
//!
//! [[server.rule]]          # the first that fits decides instead of `behaviour`
//! name = "www.example"     # the question's; with `below = true` names below it too
//! type = "NS"
//! transport = "tcp"
//! edns = true              # whether the query has EDNS
//! first = 2                # the first two queries that fit
//! from = 1000              # milliseconds since the start
//! until = 5000
//! does = "servfail"        # a behaviour, or
//! forged = 100             # so many datagrams before the true one, or
//! says = { rcode = 0, authoritative = true, answer = "zone text", authority = "", additional = "",
//!     errors = [[15, "text"]] }, or
//! adds = { answer = "", authority = "", additional = "zone text" }     # to the true reply
//! ```

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};

use rempart::dns::{Name, RecordType};
use rempart::resolver::Transport;
use serde::Deserialize;

use super::message::{Query, Reply};
use super::text;

/// A server, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Server {
    pub(crate) address: String,
    #[serde(default)]
    pub(crate) zones: Vec<String>,
    #[serde(default)]
    pub(crate) behaviour: Behaviour,
    #[serde(default = "nearby")]
    pub(crate) delay: u64,
    #[serde(default)]
    pub(crate) jitter: usize,
    #[serde(default)]
    pub(crate) loss: usize,
    #[serde(default)]
    pub(crate) letters: Letters,
    #[serde(default)]
    pub(crate) cookies: Cookies,
    #[serde(default = "roomy")]
    pub(crate) udp_size: u16,
    #[serde(default)]
    pub(crate) fragments: Option<usize>,
    #[serde(default)]
    pub(crate) ballast: u16,
    #[serde(default)]
    pub(crate) needs_recursion: bool,
    #[serde(default)]
    pub(crate) rule: Vec<Rule>,
}

/// What becomes of a query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Behaviour {
    #[default]
    Sound,
    /// No reply.
    Silent,
    /// An error of the network, at once.
    Closed,
    Refused,
    Servfail,
    Formerr,
    Notimp,
    Nxdomain,
    Badvers,
    /// A header with FORMERR and nothing else.
    BareFormerr,
    /// The right reply without its question.
    WithoutQuestion,
    /// The right reply to another question.
    OtherQuestion,
    /// TC over UDP.
    Truncated,
    /// An A record, whatever was asked for.
    WrongType,
    /// NOERROR, nothing in it, AA clear.
    Empty,
    /// A referral to the root.
    Upward,
    /// The right records with AA clear.
    NotAuthoritative,
    /// The right reply without EDNS.
    Plain,
    /// The first half of the right reply.
    Half,
    /// Octets that are no message.
    Garbage,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Letters {
    #[default]
    Kept,
    Lowered,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Cookies {
    #[default]
    None,
    Given,
    Demanded,
    NeverEnough,
}

/// An exception.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) name: Option<String>,
    pub(crate) below: bool,
    #[serde(rename = "type")]
    pub(crate) rtype: Option<String>,
    pub(crate) transport: Option<String>,
    pub(crate) edns: Option<bool>,
    pub(crate) first: Option<u32>,
    pub(crate) from: Option<u64>,
    pub(crate) until: Option<u64>,
    pub(crate) does: Option<Behaviour>,
    pub(crate) forged: u32,
    pub(crate) says: Option<Sections>,
    pub(crate) adds: Option<Sections>,
    #[serde(skip)]
    pub(crate) met: AtomicU32,
}

/// What a server says, word for word.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Sections {
    pub(crate) rcode: u16,
    pub(crate) authoritative: bool,
    pub(crate) recursion_available: bool,
    pub(crate) answer: String,
    pub(crate) authority: String,
    pub(crate) additional: String,
    /// Extended errors: codes and texts.
    pub(crate) errors: Vec<(u16, String)>,
}

fn nearby() -> u64 {
    1
}

fn roomy() -> u16 {
    4096
}

impl Server {
    /// A sound server of these zones.
    pub(crate) fn new(address: SocketAddr, zones: Vec<String>) -> Self {
        Self {
            address: address.to_string(),
            zones,
            behaviour: Behaviour::Sound,
            delay: nearby(),
            jitter: 0,
            loss: 0,
            letters: Letters::Kept,
            cookies: Cookies::None,
            udp_size: roomy(),
            fragments: None,
            ballast: 0,
            needs_recursion: false,
            rule: Vec::new(),
        }
    }

    /// The first rule that fits.
    pub(super) fn rule(&self, query: &Query, transport: &Transport, elapsed: u64) -> Option<&Rule> {
        self.rule.iter().find(|rule| rule.fits(query, transport, elapsed))
    }
}

impl Rule {
    fn fits(&self, query: &Query, transport: &Transport, elapsed: u64) -> bool {
        let named = self.name.as_ref().is_none_or(|name| {
            let name = text::name(name, &Name::root());
            query.name == name || (self.below && query.name.is_within(&name))
        });
        let typed = self.rtype.as_ref().is_none_or(|rtype| RecordType::from_text(rtype) == Some(query.rtype));
        let carried = self.transport.as_ref().is_none_or(|wanted| *wanted == transport_word(transport));
        named
            && typed
            && carried
            && self.edns.is_none_or(|edns| edns == query.edns.is_some())
            && self.from.is_none_or(|from| elapsed >= from)
            && self.until.is_none_or(|until| elapsed < until)
            && self.first.is_none_or(|first| self.met.fetch_add(1, Ordering::Relaxed) < first)
    }
}

/// `udp`, `tcp`, `tls`...
pub(crate) fn transport_word(transport: &Transport) -> &'static str {
    match transport {
        Transport::Udp => "udp",
        Transport::Tcp => "tcp",
        Transport::Tls { .. } => "tls",
        Transport::Https { .. } => "https",
        Transport::Quic { .. } => "quic",
    }
}

impl Sections {
    /// Puts the records where they belong.
    pub(super) fn add_to(&self, reply: &mut Reply) {
        let records = |text: &str| text::records(text, &Name::root());
        reply.answer.extend(records(&self.answer));
        reply.authority.extend(records(&self.authority));
        reply.additional.extend(records(&self.additional));
        reply.errors.extend(self.errors.iter().cloned());
    }

    /// Makes these words the whole reply.
    pub(super) fn replace(&self, reply: &mut Reply) {
        reply.rcode = self.rcode;
        reply.authoritative = self.authoritative;
        reply.recursion_available = self.recursion_available;
        self.add_to(reply);
    }
}
