//! The words of a scenario of recursion.
//!
//! ```toml
//! about = "One sentence: the behaviour, and the RFC that wants it."
//! world = "plain"                  # worlds/plain.toml; what stands here goes before it
//! seed = 0                         # of chance in the network
//! wall = 1800000000                # seconds since 1970 by the resolver's clock; this is the default
//! roots = ["192.0.2.1"]            # root hints; this is the default
//! anchors = ["."]                  # zones whose keys are trusted; absent: the root, if it is signed
//! anchor_form = "DS"               # absent: "DNSKEY"
//! [resolver]                       # the section of the configuration
//! [[zone]]                         # as `simulation` has them
//! [[server]]
//!
//! [[step]]
//! query = "www.example A"          # or a list of questions, asked at the same time
//! times = 3                        # each so many times at the same time; absent: once
//! flags = "do cd refresh"          # the last: for renewal before it runs out; absent: none
//! expect.rcode = "NOERROR"
//! expect.authentic = true          # absent: false
//! expect.answer = ["www.example. 60 A 192.0.2.80"]   # all but signatures; a TTL counts where it is written
//! expect.whatever_answer = true    # where several questions have several answers
//! expect.signatures = 1            # how many in the answer; absent: whatever
//! expect.authority = ["SOA"]       # the types there; absent: whatever
//! expect.errors = [6]              # codes of extended errors; absent: none
//! expect.texts = ["too late"]      # their texts; absent: whatever
//! expect.whatever_errors = true    # where no RFC says which
//! expect.least = 0                 # milliseconds that it takes
//! expect.most = 400
//! expect.upstream = 3              # queries to servers
//! expect.upstream_most = 5
//! expect.asked = [{ name = "www.example", type = "A", server = "192.0.2.2", transport = "udp", edns = true,
//!     cookie = false, letters = "mixed", count = 1, least = 1, most = 2 }]
//!
//! [[step]]
//! advance = 60                     # seconds
//!
//! [[step]]
//! server = { address = "192.0.2.2", behaviour = "silent" }   # from now on
//!
//! [[step]]
//! restart = true                   # a new process with the same configuration
//!
//! [[step]]
//! saved = 60                       # the same after so many seconds, with what the old one saved in its file
//!
//! [[step]]
//! flush = { name = "www.example" } # or { zone = "example" }, or { all = true }
//! ```

use std::collections::BTreeSet;
use std::fmt;

use rempart::dns::{Name, Names, Question, Rcode, RecordType};
use serde::Deserialize;

use super::question;
use crate::simulation::{Asked, Server, ZoneScript, address, transport_word};

/// A file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    pub(super) about: String,
    pub(super) world: Option<String>,
    #[serde(default)]
    pub(super) seed: u64,
    pub(super) wall: Option<u64>,
    #[serde(default = "first_root")]
    pub(super) roots: Vec<String>,
    #[serde(default)]
    pub(super) anchors: Vec<String>,
    #[serde(default)]
    pub(super) anchor_form: Form,
    #[serde(default)]
    pub(super) resolver: toml::Table,
    #[serde(default)]
    pub(super) zone: Vec<ZoneScript>,
    #[serde(default)]
    pub(super) server: Vec<Server>,
    pub(super) step: Vec<Step>,
}

/// What a trust anchor file holds.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Form {
    #[default]
    Dnskey,
    Ds,
}

/// One thing that happens.
#[derive(Deserialize)]
#[serde(try_from = "Written")]
pub(super) enum Step {
    Ask(Asking, Box<Expect>),
    Advance(u64),
    Server(Box<Server>),
    Restart,
    Saved(u64),
    Flush(Names),
}

/// Questions that are asked at the same time.
pub(super) struct Asking {
    pub(super) questions: Vec<Question>,
    pub(super) dnssec: bool,
    pub(super) checking_disabled: bool,
    pub(super) refresh: bool,
}

/// A step as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    query: Option<Questions>,
    times: Option<usize>,
    flags: Option<String>,
    expect: Option<Expect>,
    advance: Option<u64>,
    server: Option<Server>,
    restart: Option<bool>,
    saved: Option<u64>,
    flush: Option<Flush>,
}

/// What is forgotten.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Flush {
    Name(String),
    Zone(String),
    All(bool),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Questions {
    One(String),
    Many(Vec<String>),
}

/// What a question must bring.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expect {
    #[serde(deserialize_with = "rcode")]
    pub(super) rcode: Rcode,
    #[serde(default)]
    pub(super) authentic: bool,
    #[serde(default)]
    pub(super) answer: Vec<String>,
    #[serde(default)]
    pub(super) whatever_answer: bool,
    pub(super) signatures: Option<usize>,
    pub(super) authority: Option<BTreeSet<String>>,
    #[serde(default)]
    pub(super) errors: BTreeSet<u16>,
    pub(super) texts: Option<BTreeSet<String>>,
    #[serde(default)]
    pub(super) whatever_errors: bool,
    least: Option<u64>,
    most: Option<u64>,
    upstream: Option<usize>,
    upstream_most: Option<usize>,
    #[serde(default)]
    asked: Vec<Counted>,
}

/// How many queries of a kind there must have been.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counted {
    name: Option<String>,
    below: Option<String>,
    #[serde(rename = "type")]
    rtype: Option<String>,
    server: Option<String>,
    transport: Option<String>,
    edns: Option<bool>,
    cookie: Option<bool>,
    letters: Option<Letters>,
    count: Option<usize>,
    least: Option<usize>,
    most: Option<usize>,
}

/// Whether the letters of a name are all small.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Letters {
    Small,
    Mixed,
}

fn first_root() -> Vec<String> {
    vec!["192.0.2.1".into()]
}

fn rcode<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Rcode, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "NOERROR" => Ok(Rcode::NOERROR),
        "FORMERR" => Ok(Rcode::FORMERR),
        "SERVFAIL" => Ok(Rcode::SERVFAIL),
        "NXDOMAIN" => Ok(Rcode::NXDOMAIN),
        "NOTIMP" => Ok(Rcode::NOTIMP),
        "REFUSED" => Ok(Rcode::REFUSED),
        "YXDOMAIN" => Ok(Rcode(6)),
        other => Err(serde::de::Error::custom(format!("unknown rcode `{other}`"))),
    }
}

impl TryFrom<Written> for Step {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let asks = written.query.is_some();
        if !asks && (written.times.is_some() || written.flags.is_some() || written.expect.is_some()) {
            return Err("a step has keys that belong to a query".into());
        }
        let memory = match (written.restart, written.saved, written.flush) {
            (None, None, None) => None,
            (Some(true), None, None) => Some(Self::Restart),
            (None, Some(seconds), None) => Some(Self::Saved(seconds)),
            (None, None, Some(flush)) => Some(Self::Flush(flush.names()?)),
            _ => return Err("a step is one of restart, saved, flush".into()),
        };
        match (written.query, written.advance, written.server, memory) {
            (None, Some(seconds), None, None) => Ok(Self::Advance(seconds)),
            (None, None, Some(server), None) => Ok(Self::Server(Box::new(server))),
            (None, None, None, Some(step)) => Ok(step),
            (Some(questions), None, None, None) => {
                let texts = match questions {
                    Questions::One(text) => vec![text],
                    Questions::Many(texts) => texts,
                };
                let questions: Vec<Question> =
                    texts.iter().map(|text| question(text)).collect::<Result<_, _>>()?;
                let flags = written.flags.unwrap_or_default();
                let flags: Vec<&str> = flags.split_whitespace().collect();
                if let Some(other) = flags.iter().find(|flag| !["do", "cd", "refresh"].contains(flag)) {
                    return Err(format!("`{other}` is no flag"));
                }
                let asking = Asking {
                    questions: vec![questions; written.times.unwrap_or(1)].concat(),
                    dnssec: flags.contains(&"do"),
                    checking_disabled: flags.contains(&"cd"),
                    refresh: flags.contains(&"refresh"),
                };
                Ok(Self::Ask(asking, Box::new(written.expect.ok_or("what is expected?")?)))
            }
            _ => Err("a step is one of query, advance, server, restart, saved, flush".into()),
        }
    }
}

impl Flush {
    fn names(self) -> Result<Names, String> {
        let read = |text: String| Name::from_text(&text).map_err(|error| format!("`{text}`: {error}"));
        match self {
            Self::Name(name) => read(name).map(Names::One),
            Self::Zone(zone) => read(zone).map(Names::Below),
            Self::All(true) => Ok(Names::All),
            Self::All(false) => Err("all is true or not said".into()),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Advance(seconds) => write!(f, "advance {seconds}"),
            Self::Server(server) => write!(f, "server {}", server.address),
            Self::Restart => f.write_str("restart"),
            Self::Saved(seconds) => write!(f, "saved {seconds}"),
            Self::Flush(names) => write!(f, "flush {names:?}"),
            Self::Ask(asking, _) => write!(f, "{}", asking.questions[0]),
        }
    }
}

impl Expect {
    /// Compares what it took.
    pub(super) fn check_work(&self, took: u64, asked: &[Asked]) -> Result<(), String> {
        if self.least.is_some_and(|least| took < least) || self.most.is_some_and(|most| took > most) {
            return Err(format!("not within {:?} to {:?} ms", self.least, self.most));
        }
        let count = asked.len();
        if self.upstream.is_some_and(|wanted| count != wanted)
            || self.upstream_most.is_some_and(|most| count > most)
        {
            let wanted = self.upstream.or(self.upstream_most);
            return Err(format!("not {wanted:?} queries"));
        }
        for wanted in &self.asked {
            let count = asked.iter().filter(|asked| wanted.fits(asked)).count();
            let bounded = wanted.count.is_some() || wanted.least.is_some() || wanted.most.is_some();
            if !bounded
                || wanted.count.is_some_and(|exactly| exactly != count)
                || wanted.least.is_some_and(|least| count < least)
                || wanted.most.is_some_and(|most| count > most)
            {
                return Err(format!("{count} queries of {wanted:?}"));
            }
        }
        Ok(())
    }
}

impl Counted {
    fn fits(&self, asked: &Asked) -> bool {
        let name = Name::from_text(&asked.name).unwrap();
        let read = |text: &String| Name::from_text(text).unwrap();
        let typed = |rtype: &String| RecordType::from_text(rtype) == RecordType::from_text(&asked.rtype);
        let mixed = if asked.written == asked.name { Letters::Small } else { Letters::Mixed };
        self.name.as_ref().is_none_or(|wanted| read(wanted) == name)
            && self.below.as_ref().is_none_or(|wanted| name.is_within(&read(wanted)))
            && self.rtype.as_ref().is_none_or(typed)
            && self.server.as_ref().is_none_or(|wanted| address(wanted) == asked.server)
            && self.transport.as_ref().is_none_or(|wanted| wanted == transport_word(&asked.transport))
            && self.edns.is_none_or(|edns| edns == asked.edns)
            && self.cookie.is_none_or(|cookie| cookie == asked.cookie)
            && self.letters.as_ref().is_none_or(|letters| *letters == mixed)
    }
}
