//! Whatever was found, told and then told again from the cache.
//!
//! Law: nothing panics; a hit is the first reply but for its TTLs, which have aged by as much as time has passed
//! and are never 0; where all data is sound the oracle reads the reply; once a name that an alias leads to is
//! listed, the cache no longer answers.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rempart::dns::{ExtendedError, Found, Info, Name, Rcode, Record};
use rempart::metrics::{Kind, Transport};
use rempart_fuzz::inputs::{AnyQuery, AnyRecord};
use rempart_fuzz::wire::{oracle, ttl, ttl_places, without_ttls};
use rempart_fuzz::world::{Spoken, client, engine, lists, now, policy, policy_against, reply_of};

#[derive(arbitrary::Arbitrary, Debug)]
struct Input {
    client: u8,
    over_tcp: bool,
    query: AnyQuery,
    rcode: u8,
    authentic: bool,
    answer: Vec<AnyRecord>,
    authority: Vec<AnyRecord>,
    error: Option<(u8, bool)>,
    elapsed: u16,
}

impl Input {
    fn found(&self) -> Found {
        let records = |any: &[AnyRecord]| any.iter().map(AnyRecord::to_record).collect();
        let error = |(info, long): (u8, bool)| {
            ExtendedError::new(Info(u16::from(info)), if long { "why it failed, at some length" } else { "" })
        };
        Found {
            // Mostly an answer or a denial, since nothing else is kept for long.
            rcode: [Rcode::NOERROR, Rcode::NXDOMAIN, Rcode::SERVFAIL, Rcode(u16::from(self.rcode) & 15)]
                [usize::from(self.rcode >> 6)],
            authentic: self.authentic,
            answer: records(&self.answer),
            authority: records(&self.authority),
            errors: self.error.into_iter().map(error).collect(),
        }
    }

    fn is_sound(&self) -> bool {
        self.answer.iter().chain(&self.authority).all(AnyRecord::is_sound)
    }
}

fuzz_target!(|input: Input| {
    let engine = engine(policy(lists(), 1));
    let transport = if input.over_tcp { Transport::Tcp } else { Transport::Udp };
    let client = client(input.client, transport);
    let packet = input.query.compose();
    let ask = |time| {
        let loaded = engine.policy();
        reply_of(|buffer| engine.answer(&loaded, &packet, client, now(time), buffer))
    };
    let Spoken::Miss(miss) = ask(10) else { return };
    let found = input.found();
    let Spoken::Reply(first, told) = reply_of(|buffer| engine.finish(&miss, &found, now(10), buffer)) else {
        // A list answers an address or an alias by silence, or leads on to another name.
        return;
    };
    if input.is_sound() {
        let message = oracle(&first);
        if told.kind == Kind::Resolved && !message.metadata.truncation {
            let all = message.answers.len() + message.authorities.len();
            let wanted = found.answer.len() + found.authority.len();
            // More than the longest message holds is dropped whole, with TC.
            assert!(all >= wanted, "{all} of {wanted} records");
        }
    }
    let places = ttl_places(&first);
    for elapsed in [0, u32::from(input.elapsed)] {
        let Spoken::Reply(again, kind) = ask(10 + elapsed) else { continue };
        assert!(without_ttls(&first) == without_ttls(&again), "\n{first:02x?}\n{again:02x?}");
        assert_eq!(told.rcode, kind.rcode);
        for place in &places {
            let (before, after) = (ttl(&first, *place), ttl(&again, *place));
            let aged = if kind.kind == Kind::Cached && elapsed > 0 {
                before.saturating_sub(elapsed).max(1)
            } else {
                before
            };
            assert_eq!(after, aged, "a TTL of {before} after {elapsed} seconds");
        }
    }
    list_the_chain(&found, &engine, ask);
});

/// Lists, in a new generation, every name that an alias leads to.
fn list_the_chain(found: &Found, engine: &rempart::answer::Engine, ask: impl Fn(u32) -> Spoken) {
    let aliases = found.answer.iter().filter_map(Record::alias).filter(|alias| *alias != Name::root());
    let aliases: Vec<Name> = aliases.collect();
    if aliases.is_empty() {
        return;
    }
    engine.swap(policy_against(aliases, 2));
    if let Spoken::Reply(_, outcome) = ask(10) {
        assert_ne!(outcome.kind, Kind::Cached, "a newly listed name is still answered from the cache");
    }
}
