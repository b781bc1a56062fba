//! The index against a plain map, on millions of random names: lists of every size, built, saved and read back.

use std::collections::HashMap;

use jiff::Timestamp;
use rempart::blocklist::{Details, Effect, Hit, Key, List, ListBuilder, Rule, Scope, Suffixes, Trigger};
use rempart::dns::{Name, labels};

const SCOPES: [Scope; 3] = [Scope::Host, Scope::Domain, Scope::Below];

/// Bits that must repeat.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// A name of one to five labels, each one of so many: names are often equal, or below each other.
    fn name(&mut self, variety: u64) -> Name {
        let count = 1 + self.below(5);
        let text: Vec<String> = (0..count).map(|_| format!("n{}", self.below(variety))).collect();
        Name::from_text(&text.join(".")).unwrap()
    }
}

/// What is listed, by name and scope.
#[derive(Default)]
struct Model {
    rules: HashMap<Vec<u8>, [Option<(u32, bool)>; 3]>,
}

impl Model {
    /// The number of the rule that decides on a name, and how specific it is.
    fn find(&self, name: &Name) -> Option<Hit> {
        let count = name.label_count() as u16;
        let mut rest = name.as_wire();
        for above in 0..count {
            let weight = 2 * (count - above);
            let [host, domain, below] = self.rules.get(rest).copied().unwrap_or_default();
            let is_whole = above == 0;
            if let Some((rule, _)) = host.filter(|_| is_whole) {
                return Some(Hit { rule, weight: weight + 1 });
            }
            let below = below.filter(|_| !is_whole);
            let exception = below.filter(|(_, allows)| *allows && domain.is_some_and(|(_, allows)| !allows));
            if let Some((rule, _)) = exception.or(domain).or(below) {
                return Some(Hit { rule, weight });
            }
            rest = &rest[1 + labels(rest).next().unwrap().len()..];
        }
        None
    }
}

fn now() -> Timestamp {
    "2026-06-01T00:00:00Z".parse().unwrap()
}

/// A list of about so many random rules, no two for the same name and scope, and its model.
fn list(random: &mut Random, key: &Key, size: u64, variety: u64) -> (List, Model) {
    let mut builder = ListBuilder::new(*key, now(), Vec::new());
    let mut model = Model::default();
    let mut number = 0;
    for line in 1..=size {
        let (name, scope, allows) = (random.name(variety), random.below(3) as usize, random.below(3) == 0);
        let place = &mut model.rules.entry(name.as_wire().to_vec()).or_default()[scope];
        if place.is_some() {
            continue;
        }
        *place = Some((number, allows));
        number += 1;
        let effect = if allows { Effect::Allow } else { Effect::Block };
        let trigger = Trigger::Name(name, SCOPES[scope]);
        builder.push(Rule { line, trigger, effect, details: Details::default() }).unwrap();
    }
    (builder.finish("random".into(), None, Ok).unwrap(), model)
}

/// Asks so many random names of both.
fn compare(random: &mut Random, key: &Key, (list, model): (&List, &Model), asked: u64, variety: u64) -> u64 {
    let mut hits = 0;
    for _ in 0..asked {
        let name = random.name(variety + variety / 4 + 1);
        let found = list.find(&Suffixes::new(key, name.as_wire()), now());
        assert_eq!(found, model.find(&name), "{name}");
        hits += u64::from(found.is_some());
    }
    hits
}

#[test]
fn the_index_finds_what_a_map_finds() {
    let mut random = Random(1);
    let mut hits = 0;
    for round in 0..300_u64 {
        let key = Key::new([round as u8; 16]);
        let size = 1 << random.below(12);
        let variety = 1 + random.below(40);
        let (list, model) = list(&mut random, &key, size, variety);
        hits += compare(&mut random, &key, (&list, &model), 4_000, variety);
    }
    assert!((200_000..1_000_000).contains(&hits), "{hits}");
}

#[test]
fn a_large_index_finds_what_a_map_finds() {
    let (mut random, key) = (Random(2), Key::new([2; 16]));
    let (list, model) = list(&mut random, &key, 250_000, 60);
    assert!(list.rules > 150_000);
    let hits = compare(&mut random, &key, (&list, &model), 800_000, 60);
    assert!(hits > 200_000, "{hits}");
}
