//! The words of a scenario.
//!
//! ```toml
//! about = "One sentence: the behaviour."
//! world = "plain"                  # worlds/plain.toml; `[[zone]]` and `[[server]]` here add to it
//! start = "2026-06-01T12:00:00Z"   # the date of the first step; this is the default
//! protected = ["help.example"]     # names that must stay reachable
//! [answer]                         # and [policy], [resolver]: sections of the configuration
//!
//! [[list]]
//! name = "national"
//! format = "rpz"                   # absent to tell from the text
//! faults = 1                       # lines that are no rules; absent for none
//! text = "undress.example"
//! counts_staged = false            # whether staged rules are counted here; absent for true
//!
//! [[step]]
//! query = "www.example A"          # name, type, and class unless it is IN
//! flags = "rd cd ad do"            # absent for "rd"; `do` needs EDNS
//! edns = 1232                      # the client's size; 0 for no EDNS
//! options = ["10 2464c4abcf10c957"] # EDNS options of the query: code, and value in hexadecimal
//! client = "10.0.0.1"
//! transport = "udp"                # absent to ask over UDP and over TCP, and compare
//! expect.rcode = "NOERROR"
//! expect.answer = ["www.example. 60 A 192.0.2.80"]   # all of them, in order; `*` at the end for any rest
//! expect.authority = ["SOA"]       # a type, or a whole record as above
//! expect.errors = ["16 Authority"] # code of each extended error, and a part of its text
//! expect.options = ["10 2464*"]    # those of the reply that are no extended errors; `*` for any rest
//! expect.flags = "ad tc aa"        # those of the reply that are not the query's own
//! expect.size = 512                # octets
//! expect.from_cache = true         # and without a query to any server
//! expect.upstream = 0              # queries to servers
//! expect.refresh = true            # what it was made of is asked for anew, after the reply
//! expect.decided = "blocked"       # or "protocol", "denied", "limited", "rebinding", …
//! expect.counted = "blocked national"
//! expect.staged = ["national"]     # lists whose staged rules would have blocked it; absent for none
//! over_tcp.rcode = "NOERROR"       # what TCP brings where UDP is truncated; keys as of `expect`
//!
//! [[step]]                         # octets in hexadecimal, with text in single quotes, for odd packets
//! packet = "1234 0100 0001 0000 0000 0000 03'www'07'example'00 0001 0001"
//! expect.dropped = true
//!
//! [[step]]
//! advance = 60                     # seconds
//!
//! [[step]]
//! [step.swap]                      # the next generation of `list`, `policy` and `protected`; absent stays
//! list = [{ name = "national", text = "" }]
//!
//! [[step]]
//! explain = "www.example A"
//! shows.ruling = "block"
//! shows.staged = ["national 2026-1"] # lists that would block it, with the case; absent for none
//! ```

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

use jiff::Timestamp;
use rempart::answer;
use rempart::blocklist::{Format, List};
use rempart::dns::RecordType;
use rempart::metrics::{Kind, Transport};
use rempart::policy::{self, Explanation, Ruling, StagedRule};
use rempart::resolver;
use serde::Deserialize;

use super::record_type;
use crate::simulation::{Server, ZoneScript};

/// A file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    pub(super) about: String,
    pub(super) world: Option<String>,
    #[serde(default)]
    pub(super) zone: Vec<ZoneScript>,
    #[serde(default)]
    pub(super) server: Vec<Server>,
    #[serde(default = "first_of_june")]
    pub(super) start: Timestamp,
    #[serde(default)]
    pub(super) protected: Vec<String>,
    #[serde(default)]
    pub(super) answer: answer::Config,
    #[serde(default)]
    pub(super) policy: policy::Config,
    #[serde(default)]
    pub(super) resolver: resolver::Config,
    #[serde(default)]
    pub(super) list: Vec<ListScript>,
    pub(super) step: Vec<Step>,
}

/// A list as its text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListScript {
    pub(super) name: String,
    pub(super) format: Option<Format>,
    #[serde(default)]
    pub(super) faults: u64,
    pub(super) text: String,
    #[serde(default = "yes")]
    pub(super) counts_staged: bool,
}

/// One thing that happens.
#[derive(Deserialize)]
#[serde(try_from = "Written")]
pub(super) enum Step {
    Ask(Box<Query>),
    Advance(u32),
    Swap(Box<Swap>),
    Explain { name: String, rtype: RecordType, client: IpAddr, shows: Box<Shows> },
}

/// A packet to be sent.
pub(super) struct Query {
    pub(super) content: Content,
    pub(super) flags: Vec<String>,
    pub(super) edns: u16,
    pub(super) options: Vec<String>,
    pub(super) client: IpAddr,
    pub(super) transport: Option<Over>,
    pub(super) expect: Expect,
    pub(super) over_tcp: Option<Expect>,
}

/// What is in it.
pub(super) enum Content {
    Question { name: String, rtype: RecordType, class: u16 },
    Octets(String),
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Over {
    Udp,
    Tcp,
}

/// What is put in force; what is absent stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Swap {
    pub(super) list: Option<Vec<ListScript>>,
    pub(super) policy: Option<policy::Config>,
    pub(super) protected: Option<Vec<String>>,
}

/// A step as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    query: Option<String>,
    packet: Option<String>,
    advance: Option<u32>,
    swap: Option<Swap>,
    explain: Option<String>,
    flags: Option<String>,
    edns: Option<u16>,
    options: Option<Vec<String>>,
    client: Option<IpAddr>,
    transport: Option<Over>,
    expect: Option<Expect>,
    over_tcp: Option<Expect>,
    shows: Option<Shows>,
}

/// What a reply must be.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Expect {
    pub(super) rcode: Option<String>,
    pub(super) dropped: bool,
    pub(super) answer: Vec<String>,
    pub(super) authority: Vec<String>,
    pub(super) errors: Vec<String>,
    pub(super) options: Vec<String>,
    pub(super) flags: String,
    pub(super) size: Option<usize>,
    decided: Option<String>,
    from_cache: Option<bool>,
    upstream: Option<usize>,
    refresh: Option<bool>,
    counted: Option<String>,
    staged: Vec<String>,
}

/// What an explanation must say. The ruling, exemption, alias and list are compared even where they are
/// absent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shows {
    ruling: Ruling,
    list: Option<String>,
    through: Option<String>,
    exemption: Option<String>,
    group: Option<String>,
    answer: Option<String>,
    line: Option<u64>,
    listed_as: Option<String>,
    reference: Option<String>,
    generation: Option<u64>,
    #[serde(default)]
    staged: Vec<String>,
}

fn yes() -> bool {
    true
}

fn first_of_june() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

impl From<Over> for Transport {
    fn from(over: Over) -> Self {
        match over {
            Over::Udp => Self::Udp,
            Over::Tcp => Self::Tcp,
        }
    }
}

impl TryFrom<Written> for Step {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let client = written.client.unwrap_or(Ipv4Addr::new(10, 0, 0, 1).into());
        let asks = written.query.is_some() || written.packet.is_some();
        let of_query = written.flags.is_some()
            || written.edns.is_some()
            || written.options.is_some()
            || written.transport.is_some()
            || written.expect.is_some()
            || written.over_tcp.is_some();
        if (of_query && !asks) || written.shows.is_some() != written.explain.is_some() {
            return Err("a step has keys that belong to another kind of step".into());
        }
        match (written.query, written.packet, written.advance, written.swap, written.explain) {
            (None, None, Some(seconds), None, None) => Ok(Self::Advance(seconds)),
            (None, None, None, Some(swap), None) => Ok(Self::Swap(Box::new(swap))),
            (None, None, None, None, Some(question)) => {
                let (name, rtype) = question.rsplit_once(' ').ok_or("explain: name and type")?;
                let shows = Box::new(written.shows.ok_or("explain: what does it show?")?);
                Ok(Self::Explain { name: name.into(), rtype: record_type(rtype)?, client, shows })
            }
            (query, packet, None, None, None) if query.is_some() != packet.is_some() => {
                let content = match (query, packet) {
                    (Some(question), _) => Content::question(&question)?,
                    (_, packet) => Content::Octets(packet.unwrap_or_default()),
                };
                let flags = written.flags.as_deref().unwrap_or("rd");
                Ok(Self::Ask(Box::new(Query {
                    content,
                    flags: flags.split_whitespace().map(str::to_owned).collect(),
                    edns: written.edns.unwrap_or(1232),
                    options: written.options.unwrap_or_default(),
                    client,
                    transport: written.transport,
                    expect: written.expect.ok_or("what is expected?")?,
                    over_tcp: written.over_tcp,
                })))
            }
            _ => Err("a step is one of query, packet, advance, swap, explain".into()),
        }
    }
}

impl Content {
    fn question(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (name, rtype, class) = match words[..] {
            [name, rtype] => (name, rtype, 1),
            [name, rtype, "CH"] => (name, rtype, 3),
            [name, rtype, class] => {
                let number = class.strip_prefix("CLASS").and_then(|number| number.parse().ok());
                (name, rtype, number.ok_or("class: CH or CLASS and its number")?)
            }
            _ => return Err(format!("`{text}`: name, type, and class unless it is IN")),
        };
        Ok(Self::Question { name: name.into(), rtype: record_type(rtype)?, class })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Advance(seconds) => write!(f, "advance {seconds}"),
            Self::Swap(_) => f.write_str("swap"),
            Self::Explain { name, rtype, .. } => write!(f, "explain {name} {rtype}"),
            Self::Ask(query) => match &query.content {
                Content::Question { name, rtype, .. } => write!(f, "{name} {rtype}"),
                Content::Octets(octets) => f.write_str(octets),
            },
        }
    }
}

impl Expect {
    /// Compares how a reply came about.
    pub(super) fn check_work(
        &self,
        outcome: &answer::Outcome,
        (upstream, refreshed): (usize, bool),
        lists: &[std::sync::Arc<List>],
    ) -> Result<(), String> {
        let decided = format!("{:?}", outcome.kind).to_lowercase();
        if self.decided.as_ref().is_some_and(|expected| *expected != decided) {
            return Err(format!("decided: `{decided}`"));
        }
        let from_cache = outcome.kind == Kind::Cached && upstream == 0;
        if self.from_cache.is_some_and(|expected| expected != from_cache) {
            return Err(format!("from cache: {from_cache} ({:?}, {upstream} upstream)", outcome.kind));
        }
        if self.upstream.is_some_and(|expected| expected != upstream) {
            return Err(format!("{upstream} queries upstream"));
        }
        if self.refresh.is_some_and(|expected| expected != refreshed) {
            return Err(format!("asked for anew: {refreshed}"));
        }
        let counted = outcome.list.map_or(String::new(), |spoken| {
            let what = format!("{:?}", spoken.what).to_lowercase();
            format!("{what} {}", lists[usize::from(spoken.slot)].name)
        });
        if self.counted.as_ref().is_some_and(|expected| *expected != counted) {
            return Err(format!("counted: `{counted}`"));
        }
        let bits = outcome.staged.bits();
        let staged = (0..64).filter(|slot| bits >> slot & 1 == 1).map(|slot| &lists[slot].name);
        if !staged.clone().eq(&self.staged) {
            return Err(format!("staged: {:?}", staged.collect::<Vec<_>>()));
        }
        Ok(())
    }
}

/// The list, the case, and what leads there.
fn staged_in_words(staged: &StagedRule) -> String {
    let case = staged.rule.as_ref().and_then(|rule| rule.details.reference.clone());
    let words = [Some(staged.list.name.clone()), case, staged.through.clone()];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

impl Shows {
    /// Compares an explanation.
    pub(super) fn check(&self, found: &Explanation) -> Result<(), String> {
        let rule = found.rule.as_ref();
        let same = |expected: &Option<String>, found: Option<&String>| {
            expected.is_none() || expected.as_ref() == found
        };
        let sound = found.ruling == self.ruling
            && found.list.as_ref().map(|list| &list.name) == self.list.as_ref()
            && found.through == self.through
            && found.exemption == self.exemption
            && same(&self.group, Some(&found.group))
            && same(&self.answer, found.answer.as_ref())
            && same(&self.listed_as, rule.map(|rule| &rule.listed_as))
            && same(&self.reference, rule.and_then(|rule| rule.details.reference.as_ref()))
            && self.line.is_none_or(|line| rule.is_some_and(|rule| rule.line == line))
            && found.staged.iter().map(staged_in_words).eq(self.staged.iter().cloned())
            && self.generation.is_none_or(|generation| generation == found.generation);
        if sound { Ok(()) } else { Err(format!("{found:#?}")) }
    }
}
