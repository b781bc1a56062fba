//! The index against a model that keeps every rule and looks at all of them.
//!
//! Law: for any rules and any name or address, [`List`] finds the rule that the model finds, with its weight and
//! its effect; every rule's text reads back.
//!
//! The model: of the name's own suffixes, the longest for which some rule applies decides; a rule for the name
//! alone comes before all subtrees. Of several that apply there, an exception comes first, then one that reaches
//! further, then the first.

#![no_main]

use std::net::IpAddr;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use rempart::blocklist::{Details, Effect, Hit, Key, List, ListBuilder, Rule, Scope, Suffixes, Trigger};
use rempart::dns::{Name, Record, RecordType};
use rempart_fuzz::inputs::AnyName;
use rempart_fuzz::world::{KEY, now};

#[derive(arbitrary::Arbitrary, Debug)]
struct Input {
    rules: Vec<AnyRule>,
    names: Vec<AnyName>,
    addresses: Vec<IpAddr>,
}

#[derive(arbitrary::Arbitrary, Debug)]
struct AnyRule {
    trigger: AnyTrigger,
    effect: u8,
    ends: Option<i8>,
}

#[derive(arbitrary::Arbitrary, Debug)]
enum AnyTrigger {
    Name(AnyName, u8),
    Network(IpAddr, u8),
}

fuzz_target!(|input: Input| {
    let rules: Vec<Rule> =
        input.rules.iter().zip(1..).filter_map(|(rule, line)| rule.to_rule(line)).collect();
    let list = build(&rules);
    let model: Vec<Rule> = rules.into_iter().filter(in_force).collect();
    assert_eq!(list.rules as usize, model.len());
    let listed = model.iter().filter_map(|rule| match &rule.trigger {
        Trigger::Name(name, _) => Some(name.as_wire().to_vec()),
        Trigger::Network(_) => None,
    });
    let below = listed.clone().map(|name| [b"\x05Below".as_slice(), &name].concat());
    let asked = input.names.into_iter().map(|name| name.0);
    for wire in asked.chain(listed.clone()).chain(below).filter(|wire| wire.len() <= 255) {
        let name = Name::from_wire(&wire).expect("a name");
        let found = list.find(&Suffixes::new(&Key::new(KEY), name.as_wire()), now(0).wall);
        assert_eq!(found, find(&model, &name), "{name}");
        if let Some(hit) = found {
            assert_eq!(list.effect(hit.rule), &effect(&model, hit.rule as usize), "{name}");
        }
    }
    let listed = model.iter().filter_map(|rule| match &rule.trigger {
        Trigger::Network(network) => Some(network.addr()),
        Trigger::Name(..) => None,
    });
    for address in input.addresses.into_iter().chain(listed) {
        assert_eq!(list.find_address(address, now(0).wall), find_address(&model, address), "{address}");
    }
    explain(&list, &model);
});

impl AnyRule {
    fn to_rule(&self, line: u64) -> Option<Rule> {
        let trigger = match &self.trigger {
            AnyTrigger::Name(name, _) if name.0 == [0] => return None,
            AnyTrigger::Name(name, scope) => {
                let scope = [Scope::Domain, Scope::Host, Scope::Below][usize::from(scope % 3)];
                Trigger::Name(name.to_name(), scope)
            }
            AnyTrigger::Network(address, length) => {
                let most = if address.is_ipv4() { 32 } else { 128 };
                Trigger::Network(ipnet::IpNet::new(*address, length % (most + 1)).ok()?)
            }
        };
        let data = |last| {
            let data = [192, 0, 2, last];
            Record { owner: Name::root(), rtype: RecordType::A, ttl: 1, data: data.into() }
        };
        let effect = match self.effect % 6 {
            0 | 1 => Effect::Block,
            2 => Effect::Allow,
            3 => Effect::Nodata,
            _ => Effect::Local(vec![data(self.effect), data(self.effect / 2)]),
        };
        let expires = self.ends.map(|days| now(0).wall + jiff::SignedDuration::from_hours(i64::from(days)));
        Some(Rule { line, trigger, effect, details: Details { expires, ..Details::default() } })
    }
}

fn in_force(rule: &Rule) -> bool {
    rule.details.expires.is_none_or(|expires: Timestamp| expires > now(0).wall)
}

fn build(rules: &[Rule]) -> List {
    let mut builder = ListBuilder::new(Key::new(KEY), now(0).wall, Vec::new());
    for rule in rules {
        builder.push(rule.clone()).expect("memory does not fail");
    }
    builder.finish("model".into(), None, Ok).expect("memory does not fail")
}

/// The suffixes of a name, itself first, each with its number of labels.
fn suffixes(name: &Name) -> Vec<(u16, Name)> {
    let mut rest = name.as_wire();
    let mut suffixes = Vec::new();
    while rest[0] != 0 {
        suffixes.push(Name::from_wire(rest).expect("a suffix of a name"));
        rest = &rest[1 + usize::from(rest[0])..];
    }
    let count = suffixes.len() as u16;
    (0..count).map(|gone| count - gone).zip(suffixes).collect()
}

fn find(model: &[Rule], name: &Name) -> Option<Hit> {
    let suffixes = suffixes(name);
    let whole = suffixes.first()?.0;
    if let Some(rule) = first_of(model, name, &[Scope::Host]) {
        return Some(Hit { rule, weight: 2 * whole + 1 });
    }
    suffixes.iter().find_map(|(labels, suffix)| {
        let scopes: &[Scope] =
            if *labels == whole { &[Scope::Domain] } else { &[Scope::Domain, Scope::Below] };
        first_of(model, suffix, scopes).map(|rule| Hit { rule, weight: 2 * labels })
    })
}

/// Of the rules for exactly this name in these scopes: an exception, else by scope, else the first.
fn first_of(model: &[Rule], name: &Name, scopes: &[Scope]) -> Option<u32> {
    let place = |rule: &Rule| match &rule.trigger {
        Trigger::Name(listed, scope) if listed == name => scopes.iter().position(|wanted| wanted == scope),
        _ => None,
    };
    let rank = |(number, rule): (usize, &Rule)| {
        let allows = rule.effect == Effect::Allow;
        Some((!allows, place(rule)?, number))
    };
    let here = model.iter().enumerate().filter(|(_, rule)| place(rule).is_some());
    here.filter_map(rank).min().map(|(_, _, number)| number as u32)
}

/// The effect of a rule that decides; local data of all rules for the same trigger is put together.
fn effect(model: &[Rule], number: usize) -> Effect {
    let Effect::Local(first) = &model[number].effect else { return model[number].effect.clone() };
    let mut all = first.clone();
    for rule in model[number + 1..].iter().filter(|rule| rule.trigger == model[number].trigger) {
        if let Effect::Local(more) = &rule.effect {
            let new: Vec<Record> = more.iter().filter(|record| !all.contains(record)).cloned().collect();
            all.extend(new);
        }
    }
    Effect::Local(all)
}

fn find_address(model: &[Rule], address: IpAddr) -> Option<Hit> {
    let address = address.to_canonical();
    let networks = model.iter().enumerate().filter_map(|(number, rule)| match rule.trigger {
        Trigger::Network(network) if network.contains(&address) => Some((network.prefix_len(), number)),
        _ => None,
    });
    let longest = networks.min_by_key(|(length, number)| (std::cmp::Reverse(*length), *number));
    longest.map(|(_, number)| Hit { rule: number as u32, weight: 0 })
}

fn explain(list: &List, model: &[Rule]) {
    for (rule, number) in model.iter().zip(0..) {
        let text = list.explain(number).expect("every rule has a text");
        let (listed_as, scope) = match &rule.trigger {
            Trigger::Name(name, scope) => {
                (name.to_string().strip_suffix('.').unwrap_or_default().to_owned(), Some(*scope))
            }
            Trigger::Network(network) => (network.to_string(), None),
        };
        assert_eq!((text.line, text.listed_as, text.scope), (rule.line, listed_as, scope));
        assert_eq!(text.details, rule.details);
    }
    assert!(list.explain(model.len() as u32).is_err());
}
