//! A resolver that makes unlawful services unreachable without becoming an instrument of silent censorship.
//!
//! # The one path
//!
//! ```text
//! any transport ──► Engine::answer(policy, packet, client, now, &mut reply) ──► Reply | Miss | Drop
//!                       Miss ──► Resolver::resolve(question).await ──► Engine::finish(miss, found, now, …)
//! update ──► verified List ──► daemon builds a whole new Policy ──► Engine::swap      one pointer
//! ```
//!
//! Every query takes this path, whatever it came by; a verdict is applied in [`answer`](mod@answer) and nowhere
//! else. Whoever wants to know why a name is blocked asks the same decision, in words.
//!
//! # The rooms
//!
//! One module a room, in the order in which they may use each other: a room names only rooms above it, which
//! `tests/layers.rs` enforces. Pure rooms come first; the world (sockets, files, clocks, tokio) enters below.
//!
//! | room | job |
//! |---|---|
//! | [`dns`] | the wire: names, the view of a query, composing replies, records and codes |
//! | [`keyfile`] | private keys in files, and the passphrases that open them |
//! | [`memory`] | memory asked for before it is needed |
//! | [`metrics`] | counters, cheap enough for the hot path |
//! | [`statistics`] | what a resolver tells of what it blocked: counts by list and month, small ones withheld |
//! | [`report`] | the transparency report of an authority: figures, and what is withheld of them |
//! | [`dnssec`] | what zones signed: keys, signatures, proofs of absence, trust anchors |
//! | [`trust`] | what is signed and how it is checked (The Update Framework) |
//! | [`blocklist`] | formats in, rules with provenance, an index that decides without names |
//! | [`export`] | lists in the formats that others load, with the same effect |
//! | [`impact`] | what listing a name would take along |
//! | [`intake`] | what regulators are given, read as names that somebody may propose |
//! | [`policy`] | who asks, what they get: groups, exemptions, one verdict |
//! | [`answer`](mod@answer) | the engine: answer, finish, explain, swap; wire cache; access |
//! | [`ca`] | the local certification authority of whoever owns the devices |
//! | [`page`] | the warning page: request in, response out |
//! | [`recursion`] | from a question to its proved answer, down the tree of zones |
//! | [`resolver`] | recursion in the real world: its configuration, clock, sockets and forwarders |
//! | [`update`] | fetch, verify, build, store, hand over |
//! | [`transfer`] | policy zones for other resolvers: versions, differences, signed transfers |
//! | [`authority`] | what an authority makes, signs and checks |
//! | [`docket`] | every decision of a desk: who, when, why; signed and chained |
//! | [`server`] | every listening socket, framing only |
//! | [`admin`] | metrics, health, status, explanations, reloads: request in, response out |
//! | [`config`] | the TOML file: each section is its room's |
//! | [`daemon`] | build, bind, drop privileges, serve, reload, stop |
//! | [`cli`] | the commands of both programs |
//!
//! # What never happens
//!
//! No client's address and no name asked for is logged, counted or stored; the types of [`metrics`] could not
//! hold one. Names alone, without who asked, are on disk where an operator wants the resolver's memory kept there. A list that cannot be read, verified or believed never replaces one that can.

pub mod dns;

pub mod keyfile;
pub mod memory;
pub mod metrics;

pub mod statistics;

pub mod report;

pub mod dnssec;
pub mod trust;

pub mod blocklist;
pub mod export;
pub mod impact;
pub mod intake;
pub mod policy;

pub mod answer;
pub mod ca;
pub mod page;
pub mod recursion;
pub mod resolver;
pub mod update;

pub mod transfer;

pub mod authority;
pub mod docket;
pub mod server;

pub mod admin;
pub mod config;
pub mod daemon;

pub mod cli;
