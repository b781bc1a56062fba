//! Trust anchors as their holders replace them (RFC 5011), over a simulated Internet and months of its time; and the
//! clock, when it is the machine's own that is wrong.
//!
//! The root has one name, `www.`, and four versions: with its first key; with a second one announced; with the first
//! one revoked; and with the second one alone.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use futures_util::future::BoxFuture;
use rempart::dns::{Class, Name, Question, RecordType};
use rempart::resolver::{
    AnchorKeeper, Ask, ClockError, Config, Look, Moment, Resolver, Transport, Undelivered, World,
};

use crate::simulation::{Server, Simulation};

const DAY: u64 = 86_400;

const VERSIONS: &[(&str, &str)] = &[
    ("first", "[{ id = 1 }]"),
    ("announced", "[{ id = 1 }, { id = 2, signs = false }]"),
    ("revoked", "[{ id = 1, revoked = true }, { id = 2 }]"),
    ("second", "[{ id = 2 }]"),
];

/// The world with each version of the root, `www.broken.` below it, and the resolver's clock at `wall`.
fn simulation(wall: Option<u64>) -> Simulation {
    let mut script = wall.map_or(String::new(), |wall| format!("wall = {wall}\n"));
    for (label, keys) in VERSIONS {
        script.push_str(&format!(
            "[[zone]]\nlabel = \"{label}\"\nsignatures = \"good\"\nkeys = {keys}\ntext = \"\"\"\n{ROOT}\"\"\"\n"
        ));
    }
    script.push_str(BROKEN);
    Simulation::new(&script)
}

const ROOT: &str = "\
. 3600 SOA a.root. nobody. 1 7200 900 1209600 300
. 3600 NS a.root.
a.root. 3600 A 192.0.2.1
www. 60 A 192.0.2.80
broken. 3600 NS ns.broken.
ns.broken. 3600 A 192.0.2.2
";

const BROKEN: &str = r#"
[[zone]]
signatures = "expired"
text = """
$ORIGIN broken.
@ 3600 SOA ns nobody 1 7200 900 1209600 300
@ 3600 NS ns
ns 3600 A 192.0.2.2
www 60 A 192.0.2.81
"""
[[server]]
address = "192.0.2.1"
zones = ["first"]
[[server]]
address = "192.0.2.2"
zones = ["broken"]
"#;

/// Publishes a version of the root.
fn publish(simulation: &Simulation, label: &str) {
    simulation.replace(Server::new("192.0.2.1:53".parse().unwrap(), vec![label.into()]));
}

/// A resolver that was configured with the first key of the root.
fn resolver(simulation: &Simulation, world: Arc<dyn World>) -> Resolver {
    let file = |text: &str| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    };
    let hints = file(". 3600 NS a.root.\na.root. 3600 A 192.0.2.1\n");
    let anchor = file(&simulation.trust_anchor_of("first"));
    let config = Config {
        root_hints: Some(hints.path().into()),
        trust_anchor: Some(anchor.path().into()),
        reach: vec!["192.0.2.0/24".parse().unwrap()],
        memory: 4,
        stale_hours: 0,
        ..Config::default()
    };
    Resolver::new(&config, world).unwrap()
}

/// What becomes of a name: its address proved, or the codes of errors.
async fn ask(resolver: &Resolver, name: &str) -> Result<bool, Vec<u16>> {
    let question = Question { name: Name::from_text(name).unwrap(), rtype: RecordType::A, class: Class::IN };
    let found = resolver.resolve(&question, Ask::default()).await;
    match found.answer.is_empty() {
        true => Err(found.errors.iter().map(|error| error.info.0).collect()),
        false => Ok(found.authentic),
    }
}

fn states(look: &Look) -> Vec<&str> {
    look.status.keys.iter().map(|key| key.state.as_str()).collect()
}

/// Looks at the keys for so many days.
async fn follow(keeper: &mut AnchorKeeper, world: &Simulation, days: u64) -> Look {
    let end = world.wall() + days * DAY;
    loop {
        let look = keeper.look().await.unwrap();
        if world.wall() >= end {
            return look;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn keys_of_the_root_are_replaced_without_anybody_s_doing() {
    let world = simulation(None);
    let resolver = resolver(&world, Arc::new(world.clone()));
    let mut keeper = AnchorKeeper::new(resolver.clone(), None).unwrap();
    assert_eq!(states(&keeper.look().await.unwrap()), ["valid"]);
    publish(&world, "announced");
    assert_eq!(states(&follow(&mut keeper, &world, 29).await), ["valid", "pending"]);
    assert_eq!(states(&follow(&mut keeper, &world, 2).await), ["valid", "valid"]);
    assert_eq!(ask(&resolver, "www").await, Ok(true));
    publish(&world, "revoked");
    let look = keeper.look().await.unwrap();
    assert_eq!(states(&look), ["revoked", "valid"]);
    assert_eq!((look.news.len(), look.is_changed, look.status.failure), (1, true, None));
    tokio::time::advance(Duration::from_secs(120)).await;
    assert_eq!(ask(&resolver, "www").await, Ok(true));
    publish(&world, "second");
    assert_eq!(states(&follow(&mut keeper, &world, 31).await), ["removed", "valid"]);
    assert_eq!(ask(&resolver, "www").await, Ok(true));
    // Whoever holds the key that was withdrawn has no power any more.
    publish(&world, "first");
    tokio::time::advance(Duration::from_secs(DAY)).await;
    assert_eq!(ask(&resolver, "www").await, Err(vec![9]));
    let look = keeper.look().await.unwrap();
    assert_eq!((states(&look), look.status.failure.is_some()), (vec!["removed", "valid"], true));
}

#[tokio::test(start_paused = true)]
async fn a_revocation_counts_at_once() {
    let world = simulation(None);
    let resolver = resolver(&world, Arc::new(world.clone()));
    let mut keeper = AnchorKeeper::new(resolver.clone(), None).unwrap();
    publish(&world, "announced");
    follow(&mut keeper, &world, 31).await;
    publish(&world, "revoked");
    tokio::time::sleep(Duration::from_secs(3_500)).await;
    assert_eq!(ask(&resolver, "www").await, Ok(true));
    assert_eq!(states(&keeper.look().await.unwrap()), ["revoked", "valid"]);
    // The root's keys as they were before are fresh for most of an hour.
    publish(&world, "first");
    tokio::time::advance(Duration::from_secs(61)).await;
    assert_eq!(ask(&resolver, "www").await, Err(vec![9]));
}

#[tokio::test(start_paused = true)]
async fn a_restart_forgets_no_revocation() {
    let world = simulation(None);
    let started = || resolver(&world, Arc::new(world.clone()));
    let mut keeper = AnchorKeeper::new(started(), None).unwrap();
    publish(&world, "announced");
    follow(&mut keeper, &world, 31).await;
    publish(&world, "revoked");
    keeper.look().await.unwrap();
    let kept = keeper.compose();
    for (version, remembers, forgets) in
        [("second", Ok(true), Err(vec![9])), ("first", Err(vec![9]), Ok(true))]
    {
        publish(&world, version);
        let resolver = started();
        AnchorKeeper::new(resolver.clone(), Some(&kept)).unwrap();
        assert_eq!(ask(&resolver, "www").await, remembers, "{version}");
        assert_eq!(ask(&started(), "www").await, forgets, "{version}");
    }
    let error = AnchorKeeper::new(started(), Some(&kept[..kept.len() - 3])).err().unwrap();
    assert!(error.to_string().contains("remove it to begin again"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn keys_that_cannot_be_had_change_nothing() {
    let world = simulation(None);
    let resolver = resolver(&world, Arc::new(world.clone()));
    let mut keeper = AnchorKeeper::new(resolver.clone(), None).unwrap();
    keeper.look().await.unwrap();
    let kept = keeper.compose();
    for zones in [vec![], vec!["second".to_owned()]] {
        world.replace(Server::new("192.0.2.1:53".parse().unwrap(), zones));
        let look = keeper.look().await.unwrap();
        assert!(look.status.failure.is_some() && look.news.is_empty() && !look.is_changed, "{look:?}");
        assert!(look.status.verified.is_some(), "the last time that they were had is told");
        assert_eq!(keeper.compose(), kept);
    }
    assert_eq!(resolver.anchors().len(), 1);
}

/// A world whose date can be set.
struct Stepped(Simulation, Arc<AtomicI64>);

impl World for Stepped {
    fn now(&self) -> Moment {
        self.0.now()
    }

    fn wall(&self) -> u64 {
        self.0.wall().saturating_add_signed(self.1.load(Ordering::Relaxed))
    }

    fn random(&self) -> u64 {
        self.0.random()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.0.sleep(time)
    }

    fn exchange(
        &self,
        server: SocketAddr,
        transport: Transport,
        query: Vec<u8>,
    ) -> BoxFuture<'static, Result<Vec<u8>, Undelivered>> {
        self.0.exchange(server, transport, query)
    }
}

/// Signatures here are good from 2020 to 2084, and times are compared within 68 years.
const LEAP: i64 = 60 * 365 * DAY as i64;

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_wrong_at_the_start_is_doubted_until_it_is_right() {
    let (world, step) = (simulation(None), Arc::new(AtomicI64::new(-LEAP)));
    let resolver = resolver(&world, Arc::new(Stepped(world.clone(), step.clone())));
    assert_eq!(resolver.clock_error(), None);
    assert_eq!(ask(&resolver, "www").await, Err(vec![8]));
    let error = resolver.clock_error().unwrap();
    assert!(error.zone.is_root() && error.seconds < 0, "{error:?}");
    step.store(0, Ordering::Relaxed);
    tokio::time::advance(Duration::from_secs(60)).await;
    assert_eq!(ask(&resolver, "www").await, Ok(true));
    assert_eq!(resolver.clock_error(), None);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_leaps_is_doubted_though_the_keys_are_remembered() {
    let (world, step) = (simulation(None), Arc::new(AtomicI64::new(0)));
    let resolver = resolver(&world, Arc::new(Stepped(world.clone(), step.clone())));
    assert_eq!(ask(&resolver, "www").await, Ok(true));
    step.store(LEAP, Ordering::Relaxed);
    tokio::time::advance(Duration::from_secs(70)).await;
    assert_eq!(ask(&resolver, "www").await, Err(vec![7]));
    assert!(matches!(resolver.clock_error(), Some(ClockError { seconds: 1.., .. })));
    step.store(0, Ordering::Relaxed);
    assert_eq!(resolver.clock_error(), None);
}

#[tokio::test(start_paused = true)]
async fn a_zone_whose_own_signatures_have_lapsed_says_nothing_of_the_clock() {
    let world = simulation(None);
    let resolver = resolver(&world, Arc::new(world.clone()));
    assert_eq!(ask(&resolver, "www.broken").await, Err(vec![7]));
    assert_eq!(resolver.clock_error(), None);
}
