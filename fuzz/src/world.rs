//! A fixed world: lists with every effect, groups with every choice, and an engine over them.

use std::net::IpAddr;
use std::sync::Arc;

use rempart::answer::{Answer, Client, Config, CookieSecret, Engine, Now, Outcome};
use rempart::blocklist::{Details, Effect, Header, Key, List, ListBuilder, Rule, Scope, Trigger};
use rempart::dns::{Name, Record, RecordType};
use rempart::metrics::Transport;
use rempart::policy::Policy;

/// A fixed key: runs must repeat.
pub const KEY: [u8; 16] = [7; 16];

/// One client of each group, and one that may not ask.
pub const CLIENTS: [&str; 5] = ["127.0.0.1", "10.1.0.1", "10.2.0.1", "10.3.0.1", "203.0.113.1"];

const GROUPS: &str = r#"
    ttl = 10
    page = ["192.0.2.80", "192.0.2.81", "2001:db8::80"]
    [[groups]]
    name = "all"
    exemptions = [{ name = "exempt.bad.example", reason = "appeal", until = "2030-01-01" }]
    [[groups]]
    name = "investigators"
    networks = ["10.1.0.0/16"]
    exempt = { reason = "investigators", until = "2030-01-01" }
    [[groups]]
    name = "choosers"
    networks = ["10.2.0.0/16"]
    lists = [{ list = "signed", action = "refused", extended_error = 17 }, { list = "rules", action = "shadow" }]
    [[groups]]
    name = "plain"
    networks = ["10.3.0.0/16"]
    lists = [{ list = "rules", action = "nodata" }]
    dns64 = "64:ff9b::/96"
"#;

const HEADER: &str = r#"{"list":"xx/test","serial":1,"jurisdiction":"XX","category":"nudification",
    "authority":"Authority of Tests","legal_basis":"Act 1","appeal":"mailto:appeal@a.example",
    "action":"nxdomain","issued":"2026-01-01T00:00:00Z","expires":"2027-01-01T00:00:00Z"}"#;

/// The header of a list for tests.
pub fn header() -> Header {
    serde_json::from_str(HEADER).expect("a fixed header")
}

/// A moment `monotonic` seconds after the first.
pub fn now(monotonic: u32) -> Now {
    Now { monotonic, wall: "2026-06-01T12:00:00Z".parse().expect("a fixed time") }
}

/// A name from a fixed text.
pub fn name(text: &str) -> Name {
    Name::from_text(text).expect("a fixed name")
}

/// A client of the world.
pub fn client(index: u8, transport: Transport) -> Client {
    let address: IpAddr = CLIENTS[usize::from(index) % CLIENTS.len()].parse().expect("a fixed address");
    Client { address, transport }
}

fn record(rtype: RecordType, data: &[u8]) -> Record {
    Record { owner: Name::root(), rtype, ttl: 60, data: data.into() }
}

/// A list of rules.
pub fn list(name: &str, rules: Vec<(Trigger, Effect)>, header: Option<Header>) -> Arc<List> {
    let mut builder = ListBuilder::new(Key::new(KEY), now(0).wall, Vec::new());
    for ((trigger, effect), line) in rules.into_iter().zip(1..) {
        let rule = Rule { line, trigger, effect, details: Details::default() };
        builder.push(rule).expect("memory does not fail");
    }
    Arc::new(builder.finish(name.into(), header, Ok).expect("memory does not fail"))
}

/// The two lists: one of rules of every kind, one of an authority.
pub fn lists() -> Vec<Arc<List>> {
    let domain = |text: &str| Trigger::Name(name(text), Scope::Domain);
    let rules = vec![
        (domain("bad.example"), Effect::Block),
        (Trigger::Name(name("page.example"), Scope::Host), Effect::Block),
        (Trigger::Name(name("www.example"), Scope::Below), Effect::Block),
        (domain("allow.bad.example"), Effect::Allow),
        (domain("nx.example"), Effect::Nxdomain),
        (domain("nodata.example"), Effect::Nodata),
        (domain("drop.example"), Effect::Drop),
        (domain("tcp.example"), Effect::TcpOnly),
        (
            domain("local.example"),
            Effect::Local(vec![
                record(RecordType::A, &[192, 0, 2, 9]),
                record(RecordType::A, &[192, 0, 2, 10]),
                record(RecordType::TXT, &[[255].as_slice(), &[b't'; 255]].concat()),
            ]),
        ),
        (domain("alias.example"), Effect::Local(vec![record(RecordType::CNAME, b"\x05other\x04test\0")])),
        (
            domain("star.example"),
            Effect::Local(vec![record(RecordType::CNAME, b"\x01*\x06walled\x04test\0")]),
        ),
        (domain("help.example"), Effect::Block),
        (Trigger::Network("192.0.2.0/24".parse().expect("a fixed network")), Effect::Block),
        (Trigger::Network("2001:db8:bad::/48".parse().expect("a fixed network")), Effect::Nxdomain),
    ];
    let signed = vec![(domain("signed.example"), Effect::Block), (domain("bad.test"), Effect::Block)];
    vec![list("rules", rules, None), list("signed", signed, Some(header()))]
}

/// A policy over lists, of a generation.
pub fn policy(lists: Vec<Arc<List>>, generation: u64) -> Policy {
    let config = toml::from_str(GROUPS).expect("fixed groups");
    Policy::new(&config, Key::new(KEY), lists, &[name("help.example")], generation).expect("fixed groups")
}

/// A policy that blocks the names given, and nothing else, for everybody.
pub fn policy_against(names: impl IntoIterator<Item = Name>, generation: u64) -> Policy {
    let rules = names.into_iter().map(|name| (Trigger::Name(name, Scope::Host), Effect::Block)).collect();
    let config = rempart::policy::Config::default();
    Policy::new(&config, Key::new(KEY), vec![list("new", rules, None)], &[], generation).expect("no groups")
}

/// An engine with an empty cache.
pub fn engine(policy: Policy) -> Engine {
    let cookie_secrets = vec![CookieSecret::new(KEY)];
    let config = Config { cache: 1, version: Some("v".repeat(255)), cookie_secrets, ..Config::default() };
    Engine::new(config, policy)
}

/// Calls `answer` or `finish` with two buffers of different content and gives the reply: it must not show what
/// was in a buffer before.
pub fn reply_of(mut call: impl FnMut(&mut [u8]) -> Answer) -> Spoken {
    let mut buffers = [vec![0x00; 65_535], vec![0xee; 65_535]];
    let [first, second] = &mut buffers;
    match (call(first), call(second)) {
        (Answer::Reply(reply), Answer::Reply(again)) => {
            assert_eq!(reply.length, again.length);
            assert!(first[..reply.length] == second[..again.length], "a reply shows what was in its buffer");
            first.truncate(reply.length);
            Spoken::Reply(std::mem::take(first), reply.outcome)
        }
        (Answer::Miss(miss), Answer::Miss(_)) => Spoken::Miss(*miss),
        (Answer::Drop(_), Answer::Drop(_)) => Spoken::Drop,
        (one, other) => panic!("the same packet is answered in two ways: {one:?} {other:?}"),
    }
}

/// What became of a packet.
#[derive(Debug)]
pub enum Spoken {
    /// These octets.
    Reply(Vec<u8>, Outcome),
    /// It has to be resolved.
    Miss(rempart::answer::Miss),
    /// Nothing.
    Drop,
}
