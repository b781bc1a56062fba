//! Recursion: each file of `tests/recursion/` shows one behaviour of the resolver alone, as data.
//!
//! A file holds a simulated Internet, a `[resolver]` section and steps in order; [`script`] says in which words.
//! Time stands still but for `advance` and for what servers and the resolver wait for. Nothing in a file is
//! optional by accident: an answer has exactly the records that a step names, errors exactly its codes, AD only
//! where it says so, and unknown keys are refused.

#[path = "recursion/script.rs"]
mod script;

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use rempart::dns::{Found, Name, Question, Record, RecordType};
use rempart::resolver::{Ask, Config, Resolver};
use tokio::time::Instant;

use crate::files::{self, a_test_for_each_file};
use crate::simulation::{self, Script as World, Simulation, processor_time, records};
use script::{Asking, Expect, Form, Scenario, Step};

/// Longer than any resolution may take, whatever its file says.
const EVER: Duration = Duration::from_secs(60);

a_test_for_each_file! { "tests/recursion", play:
    address_of_a_server_by_aaaa_alone
    aggressive_nsec
    aggressive_nsec3
    aggressive_wildcard
    alias_across_zones
    alias_at_a_wildcard
    alias_chain_of_eight
    alias_to_itself
    alias_to_itself_signed
    alias_to_no_data
    alias_to_nothing
    aliases_in_a_circle
    all_servers_refuse
    anchor_by_ds
    anchor_of_an_island
    attack_accumulation
    attack_alias_bomb
    attack_compositional
    attack_dead_delegations
    attack_endless_referrals
    attack_hash_iterations
    attack_huge_replies
    attack_keytrap
    attack_nxns
    attack_nxns_twice
    attack_phantom_domain
    attack_tsuname
    attack_two_colliding_keys
    bogus_behind_an_alias
    bogus_corrupt
    bogus_corrupt_keys
    bogus_denial_of_another_name
    bogus_denial_of_another_name_hashed
    bogus_denial_with_wildcard_open
    bogus_denial_with_wildcard_open_hashed
    bogus_denial_without_proof
    bogus_denial_without_proof_hashed
    bogus_ds_digest
    bogus_ds_repaired
    bogus_ds_tag
    bogus_early
    bogus_expired
    bogus_expired_keys
    bogus_is_not_kept_as_good
    bogus_keyless
    bogus_keys_repaired
    bogus_labels
    bogus_no_zone_key
    bogus_revoked_key
    bogus_rsasha1
    bogus_signer
    bogus_tag
    bogus_tried_elsewhere
    bogus_unknown_algorithm
    bogus_unsigned
    bogus_unsigned_keys
    bogus_wildcard_without_proof
    clock_wrong
    closest_delegation
    cookies_always_new
    cookies_demanded
    cookies_given
    dead_server_comes_back
    dead_server_is_left_alone
    ds_at_the_parent
    ds_of_the_root
    edns_badvers
    edns_bare_formerr
    edns_dropped
    edns_formerr
    edns_ignored
    edns_notimp
    equal_questions
    equal_questions_below
    failures_remembered
    first_datagrams_lost
    flush_denials
    flush_everything
    flush_name
    flush_zone
    forged_datagrams
    ghost_below_itself
    forwarders_errors
    forwarders_errors_are_not_those_of_servers
    glue_left_out_where_needed
    glue_of_a_server_elsewhere
    glue_of_the_child_is_dead
    glue_only_as_glue
    glue_that_is_wrong
    glueless
    glueless_thrice
    hearsay_when_nobody_knows_better
    insecure_and_broken
    insecure_below_secure
    insecure_by_opt_out
    insecure_delegation_unproved
    insecure_rsasha1
    insecure_unknown
    insecure_unknown_digest
    insecure_unknown_ds_algorithm
    insecure_without_ds
    keys_of_a_zone
    keys_remembered_for_a_while
    lossy_network
    lowered_letters
    minimisation_bounded
    minimisation_ends_at_proved_denial
    minimisation_off
    minimisation_past_broken_servers
    minimisation_past_refused_types
    minimisation_past_silent_servers
    minimisation_relaxed
    minimised_names
    mixed_letters
    moved_delegation
    negative_anchor
    negative_anchor_that_has_ended
    negative_caching
    negative_without_soa
    next_server_after_badvers
    next_server_after_bare_formerr
    next_server_after_closed_port
    next_server_after_endless_truncation
    next_server_after_formerr
    next_server_after_garbage
    next_server_after_half_a_message
    next_server_after_lame
    next_server_after_notimp
    next_server_after_refused
    next_server_after_servfail
    next_server_after_silence
    next_server_after_upward_referral
    next_server_after_upward_referral_with_authority
    no_fragments
    not_aggressive_with_opt_out
    not_authoritative
    nothing_below_nothing
    nothing_below_nothing_unsigned
    one_of_thirteen
    other_class
    own_zone_in_public
    poison_among_proofs
    poison_behind_an_alias
    poison_in_additional
    poison_in_answer
    poison_in_authority
    prefetch
    priming
    priming_with_a_dead_hint
    quickest_server
    referral_sideways
    refused_without_question
    reply_to_another_question
    reply_without_question
    roll_algorithm
    roll_algorithm_to_unknown
    roll_ds_ahead
    roll_key_gone
    roll_out_of_order
    roll_seen_in_time
    roll_separate_keys
    roll_standby_key
    roll_two_signing_keys
    root_dead_and_tree_alive
    saved_and_bogus
    saved_and_secure
    saved_and_stale
    saved_and_stale_in_a_signed_zone
    saved_and_too_late
    secure_alias
    secure_alias_to_nothing
    secure_denials
    secure_denials_hashed
    secure_ds_beside_stale
    secure_ds_beside_unknown
    secure_ds_sha384
    secure_ecdsap256sha256
    secure_ecdsap384sha384
    secure_ed25519
    secure_rsasha256
    secure_rsasha512
    secure_substitution
    secure_wildcard
    secure_wildcard_alias
    secure_wildcard_covered_by_itself
    secure_wildcard_hashed
    servers_over_ipv6
    servers_over_ipv6_unreachable
    signatures_for_those_who_ask
    slow_server
    stale_at_once_after_errors
    stale_delegation
    stale_denial
    stale_gives_way_to_denials
    stale_no_longer_than_a_day
    stale_while_servers_are_dead
    storm_of_forgeries
    stripped_signatures
    substitution
    substitution_forged
    substitution_in_a_circle
    substitution_to_nothing
    substitution_too_long
    substitution_twice
    truncation_turns_to_tcp
    truncation_with_records
    ttl_counts_down
    ttl_of_zero
    ttl_without_sense
    udp_alone
    unsigned_server_of_a_signed_zone
    wrong_type
    zones_on_one_server
}

/// The file, with its world put together.
fn read(name: &str) -> Scenario {
    let file = format!("tests/recursion/{name}.toml");
    let mut scenario: Scenario = files::read(&file);
    assert!(!scenario.about.is_empty() && !scenario.step.is_empty(), "{file}: says nothing");
    if let Some(world) = &scenario.world {
        let shared: World = files::read(&format!("tests/recursion/worlds/{world}.toml"));
        // What the file says itself comes first: its zones and servers stand for those of the same label and
        // address.
        scenario.zone.extend(shared.zone);
        scenario.server.splice(0..0, shared.server);
    }
    scenario
}

/// Plays a file. Gives the processor time that each step took, but for that of the simulated servers.
pub(crate) fn play(name: &str) -> Vec<(String, Duration)> {
    let mut scenario = read(name);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    let played = runtime.unwrap().block_on(async {
        let mut stage = Stage::new(&mut scenario)?;
        let mut spent = Vec::new();
        for (step, number) in scenario.step.into_iter().zip(1..) {
            let own = |stage: &Stage| processor_time() - stage.simulation.spent();
            let (title, begun) = (step.to_string(), own(&stage));
            let taken = stage.take(step).await;
            spent.push((title.clone(), own(&stage) - begun));
            taken.map_err(|fault| format!("step {number} ({title}): {fault}"))?;
        }
        Ok::<_, String>(spent)
    });
    played.unwrap_or_else(|fault| panic!("tests/recursion/{name}.toml: {fault}"))
}

/// Everything that a scenario plays with.
struct Stage {
    simulation: Simulation,
    config: Config,
    resolver: Resolver,
    _files: Vec<tempfile::NamedTempFile>,
    _folder: tempfile::TempDir,
}

impl Stage {
    fn new(scenario: &mut Scenario) -> Result<Self, String> {
        let zone = std::mem::take(&mut scenario.zone);
        let server = std::mem::take(&mut scenario.server);
        let simulation = Simulation::of(World { zone, server, seed: scenario.seed, wall: scenario.wall });
        let mut config: Config = scenario.resolver.clone().try_into().map_err(|error| format!("{error}"))?;
        let mut files = Vec::new();
        let mut file = |text: &str| {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(text.as_bytes()).unwrap();
            let path = file.path().to_owned();
            files.push(file);
            path
        };
        let hints: Vec<String> = scenario.roots.iter().map(|address| root_hint(address)).collect();
        config.root_hints = Some(file(&hints.concat()));
        for network in ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"] {
            config.reach.push(network.parse().unwrap());
        }
        // Room for all that a scenario can ask; the default takes its time to set up.
        config.memory = config.memory.min(4);
        config.dnssec &= simulation.is_signed() || !scenario.anchors.is_empty();
        if config.dnssec {
            let labels = if scenario.anchors.is_empty() { &[".".to_owned()][..] } else { &scenario.anchors };
            let keys = labels.iter().map(|label| match scenario.anchor_form {
                Form::Dnskey => simulation.trust_anchor_of(label),
                Form::Ds => simulation.delegation_of(label),
            });
            config.trust_anchor = Some(file(&keys.collect::<String>()));
        }
        let folder = tempfile::tempdir().unwrap();
        config.memory_file = Some(folder.path().join("memory"));
        let resolver = build(&config, &simulation)?;
        Ok(Self { simulation, config, resolver, _files: files, _folder: folder })
    }

    async fn take(&mut self, step: Step) -> Result<(), String> {
        match step {
            // Sleeping, not moving the clock by force, lets what goes on behind take its time first.
            Step::Advance(seconds) => {
                let slept = seconds.min(30);
                tokio::time::sleep(Duration::from_secs(slept)).await;
                tokio::time::advance(Duration::from_secs(seconds - slept)).await;
            }
            Step::Server(server) => self.simulation.replace(*server),
            Step::Saved(seconds) => {
                self.resolver.save().map_err(|error| error.to_string())?;
                tokio::time::advance(Duration::from_secs(seconds)).await;
                self.resolver = build(&self.config, &self.simulation)?;
                let taken_up = self.resolver.take_up().map_err(|error| error.to_string())?;
                taken_up.filter(|kept| kept.entries > 0).ok_or("nothing was saved")?;
            }
            Step::Flush(names) => {
                if self.resolver.forget(&names) == 0 {
                    return Err("nothing was known of it".into());
                }
            }
            Step::Restart => self.resolver = build(&self.config, &self.simulation)?,
            Step::Ask(asking, expect) => return self.ask(&asking, &expect).await,
        }
        Ok(())
    }

    async fn ask(&self, asking: &Asking, expect: &Expect) -> Result<(), String> {
        let before = self.simulation.asked_count();
        let Asking { dnssec, checking_disabled, refresh, .. } = *asking;
        let ask = Ask { dnssec, checking_disabled, refresh };
        let begun = Instant::now();
        let questions = asking.questions.iter().map(|question| self.resolver.resolve(question, ask));
        let founds = tokio::time::timeout(EVER, join_all(questions)).await;
        let founds = founds.map_err(|_| "never ends")?;
        let took = begun.elapsed().as_millis() as u64;
        let asked = self.simulation.asked().split_off(before);
        let shown = || {
            let line = |asked: &simulation::Asked| {
                format!("  {} {:?} {} {}\n", asked.server, asked.transport, asked.written, asked.rtype)
            };
            asked.iter().take(60).map(line).collect::<String>()
        };
        for found in &founds {
            let checked = check(expect, found).and_then(|()| expect.check_work(took, &asked));
            checked.map_err(|fault| {
                format!("{fault}\n{}after {took} ms and {} queries:\n{}", show(found), asked.len(), shown())
            })?;
        }
        Ok(())
    }
}

fn build(config: &Config, simulation: &Simulation) -> Result<Resolver, String> {
    Resolver::new(config, Arc::new(simulation.clone())).map_err(|error| error.to_string())
}

fn root_hint(address: &str) -> String {
    let rtype = if address.contains(':') { "AAAA" } else { "A" };
    format!(". 3600 NS a.root.\na.root. 3600 {rtype} {address}\n")
}

/// Compares an answer with what was expected.
fn check(expect: &Expect, found: &Found) -> Result<(), String> {
    if found.rcode != expect.rcode {
        return Err("another rcode".into());
    }
    if found.authentic != expect.authentic {
        return Err(format!("AD is {}", found.authentic));
    }
    let codes: BTreeSet<u16> = found.errors.iter().map(|error| error.info.0).collect();
    if codes != expect.errors && !expect.whatever_errors {
        return Err(format!("errors {codes:?} and not {:?}", expect.errors));
    }
    let texts: BTreeSet<String> = found.errors.iter().map(|error| error.text.to_string()).collect();
    if expect.texts.as_ref().is_some_and(|expected| *expected != texts) {
        return Err(format!("the errors say {texts:?}"));
    }
    let (signatures, data): (Vec<&Record>, Vec<&Record>) =
        found.answer.iter().partition(|record| record.rtype == RecordType::RRSIG);
    if expect.signatures.is_some_and(|count| count != signatures.len()) {
        return Err(format!("{} signatures in the answer", signatures.len()));
    }
    if !expect.whatever_answer {
        check_answer(&expect.answer, &data)?;
    }
    let types: BTreeSet<String> = found.authority.iter().map(|record| record.rtype.to_string()).collect();
    match &expect.authority {
        Some(expected) if *expected != types => Err(format!("authority has {types:?}")),
        _ => Ok(()),
    }
}

/// Exactly these records, aliases first in their order; a TTL is compared where it is written.
fn check_answer(expected: &[String], found: &[&Record]) -> Result<(), String> {
    let mut rest = found.to_vec();
    for line in expected {
        let wanted = &records(line, &Name::root())[0];
        let timed = line.split_whitespace().nth(1).is_some_and(|word| word.parse::<u32>().is_ok());
        let fits = |record: &&&Record| {
            record.owner == wanted.owner
                && record.rtype == wanted.rtype
                && record.data.eq_ignore_ascii_case(&wanted.data)
                && (!timed || record.ttl == wanted.ttl)
        };
        let Some(at) = rest.iter().position(|record| fits(&record)) else {
            return Err(format!("no `{line}`"));
        };
        rest.remove(at);
    }
    if !rest.is_empty() {
        return Err("more records in the answer".into());
    }
    let aliases: Vec<&Record> = found.iter().copied().filter(|record| record.alias().is_some()).collect();
    match aliases.windows(2).find(|pair| pair[0].alias().as_ref() != Some(&pair[1].owner)) {
        Some(_) => Err("aliases out of order".into()),
        None => Ok(()),
    }
}

fn show(found: &Found) -> String {
    let line = |record: &Record| {
        format!("  {} {} {} {}\n", record.owner, record.ttl, record.rtype, record.data.escape_ascii())
    };
    let lines: String = found.answer.iter().chain(&found.authority).map(line).collect();
    format!("rcode {}, AD {}, errors {:?}\n{lines}", found.rcode.0, found.authentic, found.errors)
}

/// A question of class IN unless a third word says CH.
fn question(text: &str) -> Result<Question, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (name, rtype, class) = match words[..] {
        [name, rtype] => (name, rtype, rempart::dns::Class::IN),
        [name, rtype, "CH"] => (name, rtype, rempart::dns::Class::CH),
        _ => return Err(format!("`{text}`: name, type, and class unless it is IN")),
    };
    let name = Name::from_text(name).map_err(|error| format!("`{name}`: {error}"))?;
    let rtype = RecordType::from_text(rtype).ok_or_else(|| format!("`{rtype}` is no record type"))?;
    Ok(Question { name, rtype, class })
}
