//! Scenarios: each file of `tests/scenarios/` shows one behaviour of the whole path, as data.
//!
//! A file holds a simulated Internet, lists, configuration and steps in order; [`script`] says in which
//! words. The runner drives the real rooms as the shell does: a list is read from its text and built, a
//! policy is made of it, a packet goes to the engine, a miss to the resolver and back to the engine until
//! there is a reply.
//! [`judge`] reads the reply with another implementation of the protocol and compares it with what the step
//! expects.
//!
//! Each query is asked over UDP and then over TCP, and gives the same octets unless the first was truncated
//! or the step says otherwise. Time stands still: tokio's clock is paused, and the engine's moves by
//! `advance` and by the whole seconds that a resolution took. Nothing in a file is optional by accident: a
//! reply must have exactly the records and errors that the step names, and unknown keys are refused.

mod judge;
mod script;

use std::io::Write;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rempart::answer::{Answer, Client, Engine, Now, Outcome};
use rempart::blocklist::{Key, List, ListBuilder, ReadError, read};
use rempart::dns::{MAX_MESSAGE, Name, RecordType};
use rempart::metrics::Transport;
use rempart::policy::{self, Policy};
use rempart::resolver::{self, Ask, Resolver};

use crate::files::{self, a_test_for_each_file};
use crate::simulation::{Script as World, Simulation};
use judge::{Packet, Reply};
use script::{ListScript, Scenario, Step, Swap};

a_test_for_each_file! { "tests/scenarios", play:
    access_control
    actions
    alias_chain
    alias_into_blocked_name
    any
    any_of_rewritten_name
    bogus
    cached_then_listed
    chaos_off
    chaos_on
    client_subnet
    cookies
    cookies_of_a_cluster
    default_clients
    dns64
    dns64_and_dnssec
    dns64_and_failures
    dns64_and_lists
    dnssec_answers
    dnssec_cache_apart
    dnssec_does_not_unblock
    exempt_group_ends
    exemption_of_a_name
    failures_are_kept
    faulty_queries
    groups_by_network
    international_names
    ipv6_clients
    letter_case
    listed_address
    listed_then_removed
    longest_names
    longest_rewrite
    negative_caching
    negative_ttl
    never_answered
    no_group
    no_list_softens_another
    one_verdict_for_all_types
    other_class
    own_exception
    page_behind_nat64
    page_of_one_family
    plain_answers
    protected_names
    rate_limit
    rebinding
    rebinding_and_lists
    referral
    renewed_before_it_ends
    root_name
    rpz_actions
    rpz_local_data
    rpz_rewrite
    rpz_tcp_only_alias
    rules_that_end
    scopes_of_lines
    shadow
    specificity
    staged
    staged_and_aliases
    staged_and_groups
    staged_beside_rules_in_force
    stale_generations
    told_by_structure
    truncation
    ttl_ageing
    udp_size
    without_recursion
}

fn play(name: &str) {
    let file = format!("tests/scenarios/{name}.toml");
    let mut scenario: Scenario = files::read(&file);
    assert!(!scenario.about.is_empty() && !scenario.step.is_empty(), "{file}: says nothing");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    let steps = runtime.unwrap().block_on(async {
        let mut stage = Stage::new(&mut scenario).map_err(|fault| format!("{file}: {fault}"))?;
        for (step, number) in scenario.step.iter().zip(1..) {
            let taken = stage.take(step).await;
            taken.map_err(|fault| format!("{file}: step {number} ({step}): {fault}"))?;
        }
        Ok::<_, String>(())
    });
    if let Err(fault) = steps {
        panic!("{fault}");
    }
}

/// Everything that a scenario plays with.
struct Stage {
    simulation: Simulation,
    resolver: Resolver,
    engine: Engine,
    key: Key,
    udp_size: u16,
    start: Timestamp,
    /// Whole seconds since the start.
    elapsed: u32,
    lists: Vec<Arc<List>>,
    policy: policy::Config,
    protected: Vec<Name>,
    _files: Vec<tempfile::NamedTempFile>,
}

/// What became of one packet.
struct Brought {
    reply: Option<Vec<u8>>,
    outcome: Outcome,
    /// Queries that were sent to servers for it.
    upstream: usize,
    /// Whether what it was made of was asked for anew.
    refreshed: bool,
}

impl Brought {
    fn check_work(&self, expect: &script::Expect, lists: &[Arc<List>]) -> Result<(), String> {
        expect.check_work(&self.outcome, (self.upstream, self.refreshed), lists)
    }
}

impl Stage {
    fn new(scenario: &mut Scenario) -> Result<Self, String> {
        let mut world = World::default();
        if let Some(name) = &scenario.world {
            world = files::read(&format!("tests/scenarios/worlds/{name}.toml"));
        }
        world.zone.append(&mut scenario.zone);
        world.server.append(&mut scenario.server);
        let simulation = Simulation::of(world);
        let mut files = Vec::new();
        let resolver = resolver(&scenario.resolver, &simulation, &mut files)?;
        let key = Key::new(*b"scenarios of key");
        let lists = build_lists(&scenario.list, key, scenario.start)?;
        let protected = names(&scenario.protected)?;
        scenario.answer.check()?;
        // As the daemon tells the policy of the resolver's zones.
        let internal: Vec<String> = scenario.resolver.zones.iter().map(|zone| zone.name.clone()).collect();
        scenario.policy.internal = names(&internal)?;
        let policy = Policy::new(&scenario.policy, key, lists.clone(), &protected, 1);
        // A small cache holds a scenario and is quickly made.
        let answer = rempart::answer::Config { cache: 1, ..scenario.answer.clone() };
        let engine = Engine::new(answer, policy.map_err(|error| error.to_string())?);
        Ok(Self {
            simulation,
            resolver,
            engine,
            key,
            udp_size: scenario.answer.udp_size,
            start: scenario.start,
            elapsed: 0,
            lists,
            policy: scenario.policy.clone(),
            protected,
            _files: files,
        })
    }

    fn now(&self) -> Now {
        let wall = self.start + SignedDuration::from_secs(self.elapsed.into());
        Now { monotonic: 1 + self.elapsed, wall }
    }

    async fn take(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Advance(seconds) => {
                tokio::time::advance(Duration::from_secs((*seconds).into())).await;
                self.elapsed += seconds;
                Ok(())
            }
            Step::Swap(swap) => self.swap(swap),
            Step::Explain { name, rtype, client, shows } => {
                let name = Name::from_text(name).map_err(|error| error.to_string())?;
                shows.check(&self.engine.explain(*client, &name, *rtype, self.now()))
            }
            Step::Ask(query) => {
                let packet = Packet::new(query)?;
                match query.transport {
                    Some(transport) => self.ask_over(transport.into(), query, &packet).await.map(drop),
                    None => self.ask_over_both(query, &packet).await,
                }
            }
        }
    }

    async fn ask_over_both(&mut self, query: &script::Query, packet: &Packet) -> Result<(), String> {
        let over_udp = self.ask_over(Transport::Udp, query, packet).await?;
        let over_tcp = self.send(&packet.octets, query.client, Transport::Tcp).await;
        let Some(expect) = &query.over_tcp else {
            if over_udp.reply.as_ref().is_some_and(|reply| reply[2] & 0x02 != 0) {
                return Err("is truncated over UDP; say by `over_tcp` what comes over TCP".into());
            }
            if over_udp.reply == over_tcp.reply {
                return Ok(());
            }
            return Err(format!("UDP and TCP differ:\n{:02x?}\n{:02x?}", over_udp.reply, over_tcp.reply));
        };
        let reply = Reply { octets: over_tcp.reply.as_deref(), limit: MAX_MESSAGE, udp_size: self.udp_size };
        let fault = |fault| format!("over Tcp: {fault}");
        reply.check(packet, expect).map_err(fault)?;
        over_tcp.check_work(expect, &self.lists).map_err(fault)
    }

    async fn ask_over(
        &mut self,
        transport: Transport,
        query: &script::Query,
        packet: &Packet,
    ) -> Result<Brought, String> {
        let brought = self.send(&packet.octets, query.client, transport).await;
        let limit = match (transport, query.edns) {
            (Transport::Udp, 0) => 512,
            (Transport::Udp, size) => usize::from(size.clamp(512, self.udp_size)),
            _ => MAX_MESSAGE,
        };
        let reply = Reply { octets: brought.reply.as_deref(), limit, udp_size: self.udp_size };
        let fault = |fault| format!("over {transport:?}: {fault}");
        reply.check(packet, &query.expect).map_err(fault)?;
        brought.check_work(&query.expect, &self.lists).map_err(fault)?;
        Ok(brought)
    }

    /// One packet's way, as the shell takes it.
    async fn send(&mut self, packet: &[u8], address: IpAddr, transport: Transport) -> Brought {
        let asked_before = self.simulation.asked().len();
        let client = Client { address, transport };
        let mut reply = vec![0; MAX_MESSAGE];
        let policy = self.engine.policy();
        let answer = self.engine.answer(&policy, packet, client, self.now(), &mut reply);
        drop(policy);
        let answer = self.complete(answer, &mut reply).await;
        let upstream = self.simulation.asked().len() - asked_before;
        match answer {
            Answer::Reply(made) => {
                reply.truncate(made.length);
                let refreshed = made.refresh.is_some();
                if let Some(miss) = made.refresh {
                    self.complete(Answer::Miss(miss), &mut vec![0; MAX_MESSAGE]).await;
                }
                Brought { reply: Some(reply), outcome: made.outcome, upstream, refreshed }
            }
            Answer::Drop(outcome) => Brought { reply: None, outcome, upstream, refreshed: false },
            Answer::Miss(_) => unreachable!("a miss is completed"),
        }
    }

    /// Resolves and finishes a miss, until it is another answer.
    async fn complete(&mut self, mut answer: Answer, reply: &mut [u8]) -> Answer {
        while let Answer::Miss(miss) = answer {
            let ask = Ask {
                dnssec: miss.dnssec_ok,
                checking_disabled: miss.checking_disabled,
                refresh: miss.refresh,
            };
            let begun = tokio::time::Instant::now();
            let found = self.resolver.resolve(&miss.question, ask).await;
            self.elapsed += begun.elapsed().as_secs() as u32;
            answer = self.engine.finish(&miss, &found, self.now(), reply);
        }
        answer
    }

    /// Puts a whole new policy of the next generation in force; what the step does not name stays.
    fn swap(&mut self, swap: &Swap) -> Result<(), String> {
        if let Some(lists) = &swap.list {
            self.lists = build_lists(lists, self.key, self.now().wall)?;
        }
        if let Some(policy) = &swap.policy {
            self.policy = policy::Config { internal: self.policy.internal.clone(), ..policy.clone() };
        }
        if let Some(protected) = &swap.protected {
            self.protected = names(protected)?;
        }
        let generation = self.engine.policy().generation + 1;
        let policy = Policy::new(&self.policy, self.key, self.lists.clone(), &self.protected, generation);
        self.engine.swap(policy.map_err(|error| error.to_string())?);
        Ok(())
    }
}

/// A resolver that recurses from the simulated root, which validates wherever that root is signed.
fn resolver(
    config: &resolver::Config,
    simulation: &Simulation,
    files: &mut Vec<tempfile::NamedTempFile>,
) -> Result<Resolver, String> {
    let mut file = |text: &str| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let path = file.path().to_owned();
        files.push(file);
        path
    };
    let mut config = config.clone();
    config.root_hints = Some(file(". 3600 NS a.root.\na.root. 3600 A 192.0.2.1\n"));
    config.reach.push("192.0.2.0/24".parse().unwrap());
    // Room for all that a scenario can ask; the default takes its time to set up.
    config.memory = config.memory.min(4);
    config.dnssec &= simulation.is_signed();
    if config.dnssec {
        config.trust_anchor = Some(file(&simulation.trust_anchor()));
    }
    Resolver::new(&config, Arc::new(simulation.clone())).map_err(|error| error.to_string())
}

fn names(texts: &[String]) -> Result<Vec<Name>, String> {
    texts.iter().map(|text| Name::from_text(text).map_err(|error| format!("`{text}`: {error}"))).collect()
}

fn build_lists(scripts: &[ListScript], key: Key, now: Timestamp) -> Result<Vec<Arc<List>>, String> {
    let build = |(script, slot)| {
        let mut list = build_list(script, key, now)?;
        list.slot = slot;
        Ok(Arc::new(if script.counts_staged { list.counting_staged() } else { list }))
    };
    scripts.iter().zip(0..).map(build).collect()
}

/// Reads and builds a list. One without rules is a list too: it is what a removal may leave.
fn build_list(script: &ListScript, key: Key, now: Timestamp) -> Result<List, String> {
    let mut builder = ListBuilder::new(key, now, Vec::new());
    let read = read(script.text.as_bytes(), script.format, &script.name, |rule| builder.push(rule).unwrap());
    let report = match read {
        Err(ReadError::Empty(empty)) => empty.1,
        read => read.map_err(|error| error.to_string())?,
    };
    if report.faulty != script.faults {
        return Err(format!("list {}: {} faults: {:?}", script.name, report.faulty, report.faults));
    }
    builder.finish(script.name.clone(), report.header, Ok).map_err(|error| error.to_string())
}

/// The type of a question, by its mnemonic or as `TYPE123`.
fn record_type(text: &str) -> Result<RecordType, String> {
    RecordType::from_text(text).ok_or_else(|| format!("`{text}` is no record type"))
}
