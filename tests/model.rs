//! The engine's verdicts against a model of the whole policy that is as plain as its description.
//!
//! Each world draws lists of rules with every scope and effect, groups with every choice, exemptions that hold and
//! that have ended, and names that must stay reachable, all out of few labels so that they meet. The model keeps
//! names as text in maps and knows nothing of hashes, tables or packets. A failure names its world, and the same
//! world comes again at the next run.
//!
//! What staged rules would do has a model of its own: the same policy after each list was promoted by itself.

use std::collections::HashMap;
use std::sync::Arc;

use rempart::answer::{Answer, Client, Config, Engine, Now};
use rempart::blocklist::{
    DefaultAction, Details, Effect, Header, Key, List, ListBuilder, Rule, Scope, Trigger,
};
use rempart::dns::{Found, Name, Rcode, Record, RecordType};
use rempart::metrics::Transport;
use rempart::policy::{self, Action, Exempt, Exemption, Group, ListChoice, Policy, Subject, Verdict};

const WORLDS: u64 = 40;
const NAMES: u64 = 5_000;
const LISTS: usize = 3;
const RULES: u64 = 150;
const GROUPS: usize = 4;
/// Rules of each list where some are staged: few, so that not all is blocked already.
const STAGED_RULES: u64 = 15;

/// Well-mixed numbers from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    /// A name of one label of few at the top, and so many of few below it.
    fn name(&mut self, deepest: usize) -> String {
        let mut name = self.pick(&["example", "test", "invalid"]).to_owned();
        for _ in 0..self.below(deepest + 1) {
            name = format!("{}.{name}", self.pick(&["a", "b", "c", "www", "ab", "x-1", "_d"]));
        }
        name
    }
}

/// What the model says, in the words of [`Verdict`].
#[derive(Debug, PartialEq)]
enum Said {
    Pass,
    Protected(usize, u32),
    Exempt(usize, u32, String),
    Shadow(usize, u32),
    Block(usize, u32, Shown),
}

/// How a block looks to a client who asks for an address.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    Addresses(Vec<[u8; 4]>),
    Empty(Rcode),
    Silence,
    Truncated,
}

/// What one list says of a name.
struct Candidate {
    weight: usize,
    list: usize,
    rule: u32,
    effect: Effect,
    action: Action,
}

/// A world as the model sees it.
struct Model {
    lists: Vec<ListModel>,
    groups: Vec<Group>,
    protected: Vec<String>,
}

struct ListModel {
    /// Rules by name, in the order of the list: number, scope and effect.
    rules: HashMap<String, Vec<(u32, Scope, Effect)>>,
    asked: Action,
}

impl ListModel {
    /// The rule closest to a name, its weight and its effect.
    fn closest(&self, name: &str) -> Option<(u32, usize, Effect)> {
        suffixes(name).find_map(|suffix| {
            let rules = self.rules.get(suffix)?;
            let of = |scope| {
                let rules = rules.iter().filter(|rule| rule.1 == scope);
                rules.map(|(number, _, effect)| (*number, effect.clone())).collect::<Vec<_>>()
            };
            let weight = 2 * suffix.split('.').count();
            if suffix == name
                && let Some((rule, effect)) = first(of(Scope::Host))
            {
                return Some((rule, weight + 1, effect));
            }
            let below = if suffix == name { Vec::new() } else { of(Scope::Below) };
            let domain = of(Scope::Domain);
            // An exception before all else, then what reaches further, then the first.
            let exception = domain.iter().chain(&below).find(|(_, effect)| *effect == Effect::Allow).cloned();
            let (rule, effect) = exception.or_else(|| first(domain)).or_else(|| first(below))?;
            Some((rule, weight, effect))
        })
    }
}

/// Of rules for one trigger: an exception, else the first with the local data of all.
fn first(rules: Vec<(u32, Effect)>) -> Option<(u32, Effect)> {
    if let Some(allow) = rules.iter().find(|(_, effect)| *effect == Effect::Allow) {
        return Some(allow.clone());
    }
    let (number, effect) = rules.first()?.clone();
    let Effect::Local(mut all) = effect else { return Some((number, effect)) };
    for (_, effect) in &rules[1..] {
        if let Effect::Local(more) = effect {
            let new: Vec<Record> = more.iter().filter(|record| !all.contains(record)).cloned().collect();
            all.extend(new);
        }
    }
    Some((number, Effect::Local(all)))
}

/// A name and its ancestors.
fn suffixes(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, above)| above))
}

impl Model {
    fn decide(&self, group: &Group, name: &str, now: Now) -> Said {
        let choices: Vec<(usize, Option<Action>)> = match &group.lists {
            None => (0..self.lists.len()).map(|list| (list, None)).collect(),
            Some(choices) => choices.iter().map(|choice| (number_of(&choice.list), choice.action)).collect(),
        };
        // What demands most comes first: a block, a list's own data, TCP alone, to be counted.
        let mut best: [Option<Candidate>; 4] = [None, None, None, None];
        for (list, chosen) in choices {
            let Some((rule, weight, effect)) = self.lists[list].closest(name) else { continue };
            if effect == Effect::Allow {
                continue;
            }
            // A choice replaces what the rule asks for itself.
            let effect = if chosen.is_some() { Effect::Block } else { effect };
            let action = chosen.unwrap_or(self.lists[list].asked);
            let place = match (&effect, action) {
                (Effect::Block, Action::Shadow) => 3,
                (Effect::TcpOnly, _) => 2,
                (Effect::Local(_), _) => 1,
                _ => 0,
            };
            let place = &mut best[place];
            if place.as_ref().is_none_or(|other| other.weight < weight) {
                *place = Some(Candidate { weight, list, rule, effect, action });
            }
        }
        let [block, local, tcp_only, shadow] = best;
        let Some(Candidate { list, rule, effect, action, .. }) = block.or(local).or(tcp_only) else {
            return shadow.map_or(Said::Pass, |found| Said::Shadow(found.list, found.rule));
        };
        if suffixes(name).any(|suffix| self.protected.iter().any(|protected| protected == suffix)) {
            return Said::Protected(list, rule);
        }
        match exemption(group, name, now) {
            Some(reason) => Said::Exempt(list, rule, reason),
            None => Said::Block(list, rule, shown(&effect, action)),
        }
    }
}

fn exemption(group: &Group, name: &str, now: Now) -> Option<String> {
    // The world's noon is on the first of June: what ends on that day still holds.
    let today = now.wall.to_zoned(jiff::tz::TimeZone::UTC).date();
    if let Some(exempt) = group.exempt.as_ref().filter(|exempt| exempt.until >= today) {
        return Some(exempt.reason.clone());
    }
    suffixes(name).find_map(|suffix| {
        let last = group.exemptions.iter().rfind(|exemption| exemption.name == suffix)?;
        (last.until >= today).then(|| last.reason.clone())
    })
}

fn shown(effect: &Effect, action: Action) -> Shown {
    match (effect, action) {
        (Effect::Nxdomain, _) | (Effect::Block, Action::Nxdomain) => Shown::Empty(Rcode::NXDOMAIN),
        (Effect::Nodata, _) | (Effect::Block, Action::Nodata) => Shown::Empty(Rcode::NOERROR),
        (Effect::Block, Action::Refused) => Shown::Empty(Rcode::REFUSED),
        (Effect::Drop, _) => Shown::Silence,
        (Effect::TcpOnly, _) => Shown::Truncated,
        (Effect::Local(records), _) => {
            Shown::Addresses(records.iter().map(|record| (*record.data).try_into().unwrap()).collect())
        }
        (Effect::Block, Action::Page) => Shown::Addresses(vec![[127, 0, 0, 1]]),
        (effect, action) => panic!("{effect:?} is no block, {action:?}"),
    }
}

fn name_of(list: usize) -> String {
    format!("list-{list}")
}

fn number_of(list: &str) -> usize {
    list.strip_prefix("list-").unwrap().parse().unwrap()
}

fn now() -> Now {
    Now { monotonic: 1, wall: "2026-06-01T12:00:00Z".parse().unwrap() }
}

fn any_effect(dice: &mut Dice) -> Effect {
    let record = |last| {
        let data = [192, 0, 2, last];
        Record { owner: Name::root(), rtype: RecordType::A, ttl: 1, data: data.into() }
    };
    match dice.below(12) {
        0..4 => Effect::Block,
        4..7 => Effect::Allow,
        7 => Effect::Nxdomain,
        8 => Effect::Nodata,
        9 => Effect::Drop,
        10 => Effect::TcpOnly,
        _ => Effect::Local(vec![record(dice.below(4) as u8)]),
    }
}

fn any_list(dice: &mut Dice, key: Key, number: usize, rules: u64) -> (Arc<List>, ListModel) {
    let asked = dice.pick(&[
        DefaultAction::Page,
        DefaultAction::Nxdomain,
        DefaultAction::Nodata,
        DefaultAction::Refused,
    ]);
    let header: Header = serde_json::from_value(serde_json::json!({
        "list": "xx/test", "serial": 1, "jurisdiction": "XX", "category": "test", "authority": "A",
        "legal_basis": "B", "appeal": "mailto:a@a.example", "action": asked,
        "issued": "2026-01-01T00:00:00Z", "expires": "2027-01-01T00:00:00Z",
    }))
    .unwrap();
    let mut model = ListModel { rules: HashMap::new(), asked: asked.into() };
    let mut builder = ListBuilder::new(key, now().wall, Vec::new());
    let mut in_force = 0;
    for line in 1..=rules {
        let (name, scope) = (dice.name(4), dice.pick(&[Scope::Domain, Scope::Host, Scope::Below]));
        let effect = any_effect(dice);
        let expires = dice.pick(&[None, None, Some("2026-06-01T12:00:00Z"), Some("2026-06-01T12:00:01Z")]);
        if expires != Some("2026-06-01T12:00:00Z") {
            model.rules.entry(name.clone()).or_default().push((in_force, scope, effect.clone()));
            in_force += 1;
        }
        let trigger = Trigger::Name(Name::from_text(&name).unwrap(), scope);
        let details = Details { expires: expires.map(|time| time.parse().unwrap()), ..Details::default() };
        builder.push(Rule { line, trigger, effect, details }).unwrap();
    }
    (Arc::new(builder.finish(name_of(number), Some(header), Ok).unwrap()), model)
}

fn any_group(dice: &mut Dice, number: usize) -> Group {
    let until = |dice: &mut Dice| dice.pick(&["2026-05-31", "2026-06-01", "2026-12-31"]).parse().unwrap();
    let choice = |dice: &mut Dice| ListChoice {
        list: name_of(dice.below(LISTS)),
        action: dice.pick(&[None, Some(Action::Shadow), Some(Action::Nxdomain), Some(Action::Page)]),
        extended_error: None,
    };
    let lists = if dice.below(3) == 0 { None } else { Some((0..LISTS).map(|_| choice(dice)).collect()) };
    let exempt = match dice.below(6) {
        0 => Some(Exempt { reason: "the whole group".into(), until: until(dice) }),
        _ => None,
    };
    let exemptions = (0..6)
        .map(|number| Exemption {
            name: dice.name(3),
            reason: format!("reason {number}"),
            until: until(dice),
        })
        .collect();
    // The last is for everybody else.
    let networks =
        if number + 1 == GROUPS { Vec::new() } else { vec![format!("10.{number}.0.0/16").parse().unwrap()] };
    Group { name: format!("group-{number}"), networks, lists, exempt, exemptions, ..Group::default() }
}

fn any_world(dice: &mut Dice) -> (Model, Engine) {
    let key = Key::new([7; 16]);
    let (lists, models) = (0..LISTS).map(|number| any_list(dice, key, number, RULES)).unzip();
    let groups: Vec<Group> = (0..GROUPS).map(|number| any_group(dice, number)).collect();
    let mut protected: Vec<String> = (0..3).map(|_| format!("help.{}", dice.name(1))).collect();
    protected.push(dice.name(3));
    let names: Vec<Name> = protected.iter().map(|name| Name::from_text(name).unwrap()).collect();
    let config = policy::Config { groups: groups.clone(), ..policy::Config::default() };
    let policy = Policy::new(&config, key, lists, &names, 1).unwrap();
    (
        Model { lists: models, groups, protected },
        Engine::new(Config { cache: 0, ..Config::default() }, policy),
    )
}

/// The verdict in the model's words; how a block looks is read from the reply.
fn engine_says(engine: &Engine, client: Client, name: &str) -> Said {
    let policy = engine.policy();
    let name = Name::from_text(name).unwrap();
    let suffixes = policy.suffixes(name.as_wire());
    let verdict = policy.decide(policy.group(client.address), Subject::Name(&suffixes), now().wall);
    let packet = [b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0", name.as_wire(), b"\0\x01\0\x01"].concat();
    let mut reply = [0; 512];
    let answer = engine.answer(&policy, &packet, client, now(), &mut reply);
    let of = |listing: policy::Listing<'_>| (number_of(&listing.list.name), listing.rule);
    let Verdict::Block(block) = verdict else {
        assert!(matches!(answer, Answer::Miss(_)), "{verdict:?}, but {answer:?}");
        return match verdict {
            Verdict::Protected(listing) => Said::Protected(of(listing).0, of(listing).1),
            Verdict::Exempt(listing, reason) => Said::Exempt(of(listing).0, of(listing).1, reason.to_owned()),
            Verdict::Shadow(listing) => Said::Shadow(of(listing).0, of(listing).1),
            _ => Said::Pass,
        };
    };
    let shown = match answer {
        Answer::Drop(_) => Shown::Silence,
        Answer::Reply(told) => read(&reply[..told.length], packet.len()),
        Answer::Miss(_) => panic!("{verdict:?}, but it is resolved"),
    };
    Said::Block(of(block.listing).0, of(block.listing).1, shown)
}

/// Reads a reply whose answers are addresses of the name asked for.
fn read(reply: &[u8], question_end: usize) -> Shown {
    let answers = u16::from_be_bytes([reply[6], reply[7]]);
    if reply[2] & 2 != 0 {
        return Shown::Truncated;
    }
    if answers == 0 {
        return Shown::Empty(Rcode(u16::from(reply[3] & 15)));
    }
    let records = reply[question_end..].chunks(16).take(usize::from(answers));
    Shown::Addresses(records.map(|record| record[12..].try_into().unwrap()).collect())
}

#[test]
fn the_engine_decides_as_the_model_does() {
    let mut seen: HashMap<std::mem::Discriminant<Said>, u64> = HashMap::new();
    for world in 0..WORLDS {
        let mut dice = Dice(world << 32);
        let (model, engine) = any_world(&mut dice);
        for _ in 0..NAMES {
            let group = dice.below(GROUPS);
            let address = [10, group as u8, 0, 1].into();
            let name = if dice.below(8) == 0 { format!("help.{}", dice.name(3)) } else { dice.name(5) };
            let said = model.decide(&model.groups[group], &name, now());
            let found = engine_says(&engine, Client { address, transport: Transport::Udp }, &name);
            assert_eq!(found, said, "world {world}, group {group}, {name}");
            *seen.entry(std::mem::discriminant(&said)).or_default() += 1;
        }
    }
    // Every verdict was met often enough to have been tested.
    assert!(seen.len() == 5 && seen.values().all(|count| *count > 1_000), "{seen:?}");
}

/// The rules of a list as published lists have them, some of them staged.
fn some_staged(dice: &mut Dice) -> Vec<Rule> {
    let rule = |line| {
        let (name, scope) = (dice.name(4), dice.pick(&[Scope::Domain, Scope::Host, Scope::Below]));
        let trigger = Trigger::Name(Name::from_text(&name).unwrap(), scope);
        let details = Details { staged: dice.below(3) == 0, ..Details::default() };
        Rule { line, trigger, effect: Effect::Block, details }
    };
    (1..=STAGED_RULES).map(rule).collect()
}

/// A list of rules, which keep their lines: as they are, without those that are staged, or with all promoted.
fn list_of(rules: &[Rule], key: Key, number: usize, stage: Stage) -> Arc<List> {
    let mut builder = ListBuilder::new(key, now().wall, Vec::new());
    for rule in rules {
        let mut rule = rule.clone();
        match stage {
            Stage::Removed if rule.details.staged => continue,
            Stage::Promoted => rule.details.staged = false,
            Stage::Removed | Stage::AsItIs => {}
        }
        builder.push(rule).unwrap();
    }
    let mut list = builder.finish(name_of(number), None, Ok).unwrap();
    list.slot = number as u16;
    Arc::new(list.counting_staged())
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    AsItIs,
    Removed,
    Promoted,
}

/// The same groups with lists on different stages.
struct Staging {
    as_it_is: Engine,
    removed: Policy,
    /// Each list that has staged rules, promoted by itself.
    promoted: Vec<(usize, Policy)>,
}

impl Staging {
    fn any(dice: &mut Dice) -> Self {
        let key = Key::new([7; 16]);
        let groups = (0..GROUPS).map(|number| any_group(dice, number)).collect();
        let config = policy::Config { groups, ..policy::Config::default() };
        let protected = [Name::from_text(&dice.name(2)).unwrap()];
        // One list is of another kind, which has nothing staged.
        let (first, _) = any_list(dice, key, 0, STAGED_RULES);
        let rules: Vec<Vec<Rule>> = (1..LISTS).map(|_| some_staged(dice)).collect();
        let policy = |stage: &dyn Fn(usize) -> Stage| {
            let others = (1..LISTS).map(|number| list_of(&rules[number - 1], key, number, stage(number)));
            let lists = std::iter::once(first.clone()).chain(others).collect();
            Policy::new(&config, key, lists, &protected, 1).unwrap()
        };
        let only =
            |promoted| policy(&|number| if number == promoted { Stage::Promoted } else { Stage::Removed });
        Self {
            as_it_is: Engine::new(Config { cache: 1, ..Config::default() }, policy(&|_| Stage::AsItIs)),
            removed: policy(&|_| Stage::Removed),
            promoted: (1..LISTS).map(|number| (number, only(number))).collect(),
        }
    }
}

/// A verdict with the line of its rule.
fn line_of(policy: &Policy, client: Client, name: &Name) -> String {
    let suffixes = policy.suffixes(name.as_wire());
    let line = |listing: policy::Listing<'_>| listing.list.explain(listing.rule).unwrap().line;
    match policy.decide(policy.group(client.address), Subject::Name(&suffixes), now().wall) {
        Verdict::Pass => "pass".into(),
        Verdict::Protected(listing) => format!("protected {} {}", listing.list.name, line(listing)),
        Verdict::Exempt(listing, reason) => {
            format!("exempt {} {} {reason}", listing.list.name, line(listing))
        }
        Verdict::Shadow(listing) => format!("shadow {} {}", listing.list.name, line(listing)),
        Verdict::Block(block) => {
            format!("{} {} {}", block.remedy, block.listing.list.name, line(block.listing))
        }
    }
}

/// Whether a policy blocks a name, or else what it leads to, by more than what yields to other blocks.
fn blocks(policy: &Policy, client: Client, name: &Name, target: &Name) -> bool {
    let group = policy.group(client.address);
    let [name, target] = [name, target].map(|name| policy.suffixes(name.as_wire()));
    let verdict = |suffixes| policy.decide(group, Subject::Name(suffixes), now().wall);
    match verdict(&name) {
        Verdict::Block(block) if block.remedy != policy::Remedy::TcpOnly => !block.yields(),
        // For those who came over TCP it is as if it were not listed.
        Verdict::Block(_) if client.transport == Transport::Udp => false,
        _ => !policy.is_excused(group, &name, now().wall) && verdict(&target).is_final(),
    }
}

/// What the engine counts for a question whose answer is an alias.
fn counted(engine: &Engine, client: Client, name: &Name, target: &Name) -> u64 {
    let packet = [b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0", name.as_wire(), b"\0\x01\0\x01"].concat();
    let reply = &mut [0; 512];
    let mut answer = engine.answer(&engine.policy(), &packet, client, now(), reply);
    if let Answer::Miss(miss) = &answer {
        let record = |owner: &Name, rtype, data: &[u8]| Record {
            owner: owner.clone(),
            rtype,
            ttl: 60,
            data: data.into(),
        };
        let alias = record(name, RecordType::CNAME, target.as_wire());
        let address = record(target, RecordType::A, &[192, 0, 2, 80]);
        let found = Found {
            rcode: Rcode::NOERROR,
            authentic: false,
            answer: vec![alias, address],
            authority: vec![],
            errors: vec![],
        };
        answer = engine.finish(miss, &found, now(), reply);
    }
    match answer {
        Answer::Reply(reply) => reply.outcome.staged.bits(),
        Answer::Drop(outcome) => outcome.staged.bits(),
        Answer::Miss(_) => panic!("{name} is resolved twice"),
    }
}

#[test]
fn staged_rules_change_nothing_and_what_is_counted_is_what_a_promotion_blocks() {
    let (mut would, mut would_not) = (0, 0);
    for world in 0..WORLDS {
        let mut dice = Dice(world << 32 | 1);
        let staging = Staging::any(&mut dice);
        // An answer in the cache is for everybody: each name leads to one other.
        let mut targets = HashMap::new();
        for _ in 0..NAMES / 4 {
            let address = [10, dice.below(GROUPS) as u8, 0, 1].into();
            let client = Client { address, transport: dice.pick(&[Transport::Udp, Transport::Tcp]) };
            let name = Name::from_text(&dice.name(5)).unwrap();
            let drawn = Name::from_text(&dice.name(5)).unwrap();
            let target = targets.entry(name.clone()).or_insert(drawn);
            let policy = staging.as_it_is.policy();
            assert_eq!(
                line_of(&policy, client, &name),
                line_of(&staging.removed, client, &name),
                "world {world}, {client:?}, {name}"
            );
            let is_blocked = blocks(&staging.removed, client, &name, target);
            let expected = staging.promoted.iter().map(|(number, promoted)| {
                u64::from(!is_blocked && blocks(promoted, client, &name, target)) << number
            });
            let expected: u64 = expected.sum();
            // From the resolver, and from the cache.
            for _ in 0..2 {
                let found = counted(&staging.as_it_is, client, &name, target);
                assert_eq!(found, expected, "world {world}, {client:?}, {name} to {target}");
            }
            if expected > 0 { would += 1 } else { would_not += 1 }
        }
    }
    assert!(would > 1_000 && would_not > 1_000, "{would} {would_not}");
}
