//! The keys of trust anchors, followed as their holders replace them (RFC 5011): asked for in time, judged, and handed
//! to whoever resolves.
//!
//! An [`AnchorKeeper`] does so in the world that its resolver lives in, so that a simulated one shows a whole change of
//! keys in a moment. It touches no disk: what must survive a restart is a text, kept by whoever runs the program.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::resolve::Resolver;
use crate::dns::Name;
use crate::dnssec::{AnchorError, KeyState, Refresh, Tracker, Work};
use crate::recursion::Moment;

/// The states of a key, in words.
pub const KEY_STATES: [&str; 5] = KeyState::WORDS;

/// How a trust anchor stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnchorStatus {
    /// Its zone.
    pub zone: String,
    /// Whether its keys are followed as their holder replaces them.
    pub followed: bool,
    /// When its keys were last seen, signed by one that is trusted.
    pub verified: Option<Timestamp>,
    /// Why they were not at the last look.
    pub failure: Option<String>,
    /// Those that were seen.
    pub keys: Vec<AnchorKey>,
}

/// A key of a trust anchor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnchorKey {
    /// Its tag (RFC 4034 appendix B).
    pub tag: u16,
    /// `pending`, `valid`, `missing`, `revoked` or `removed` (RFC 5011 §4.2).
    pub state: String,
    /// Since when; of what is pending, until when.
    pub moment: Timestamp,
}

/// What came of a look at the keys of one trust anchor.
#[derive(Debug)]
pub struct Look {
    /// How it stands now.
    pub status: AnchorStatus,
    /// Keys whose state is another than before; `gone` is that of one that was pending and is no longer published.
    pub news: Vec<AnchorKey>,
    /// Whether there is something new to keep.
    pub is_changed: bool,
    /// Whether no key of the zone is left to trust, so that its names are judged as if there were no anchor.
    pub is_abandoned: bool,
}

/// Follows the keys of all trust anchors of a resolver.
pub struct AnchorKeeper {
    resolver: Resolver,
    tracker: Tracker,
    zones: Vec<Zone>,
}

/// One trust anchor's zone.
struct Zone {
    name: Name,
    due: Moment,
    refresh: Refresh,
    verified: Option<Timestamp>,
    failure: Option<String>,
}

impl AnchorKeeper {
    /// Follows the anchors of a resolver, from what was kept on, if anything was.
    pub fn new(resolver: Resolver, kept: Option<&str>) -> Result<Self, AnchorError> {
        let configured = resolver.recursor.anchors();
        let tracker = match kept {
            Some(text) => Tracker::restore(&configured, text)?,
            None => Tracker::new(&configured),
        };
        let due = resolver.world.now();
        let zone = |name: &Name| Zone {
            name: name.clone(),
            due,
            refresh: Refresh::default(),
            verified: None,
            failure: None,
        };
        let zones = tracker.zones().map(zone).collect();
        let keeper = Self { resolver, tracker, zones };
        keeper.hand_over();
        Ok(keeper)
    }

    /// What to keep.
    pub fn compose(&self) -> String {
        self.tracker.compose()
    }

    /// Waits until the keys of some zone are due, which those of all are at the start, and looks at them. Nothing where
    /// no zone has an anchor.
    pub async fn look(&mut self) -> Option<Look> {
        let (world, zones) = (self.resolver.world.clone(), &mut self.zones);
        let zone = zones.iter_mut().min_by_key(|zone| zone.due)?;
        world.sleep(zone.due.since(world.now())).await;
        let heard = self.resolver.recursor.keys_of(&zone.name).await;
        let before: Vec<_> = self.tracker.keys(&zone.name).collect();
        let wall = world.wall();
        let mut is_changed = false;
        let outcome = heard.map_err(|error| error.text.into_owned()).and_then(|set| {
            let observed = self.tracker.observe(&set, wall, &mut Work::new());
            is_changed = observed.changed;
            observed.verified.map_err(|bogus| bogus.to_string())?;
            zone.refresh = Refresh::of(&set);
            Ok(())
        });
        let pause = if outcome.is_ok() { zone.refresh.after_success } else { zone.refresh.after_failure };
        zone.due = world.now().after(Duration::from_secs(pause));
        if outcome.is_ok() {
            zone.verified = Some(moment(wall));
        }
        zone.failure = outcome.err();
        let look = Look {
            status: status(&self.tracker, zone),
            news: news(&before, &self.tracker.keys(&zone.name).collect::<Vec<_>>(), moment(wall)),
            is_changed,
            is_abandoned: self.tracker.anchors().of(&zone.name).is_none(),
        };
        if is_changed {
            self.hand_over();
        }
        self.show();
        Some(look)
    }

    fn hand_over(&self) {
        self.resolver.recursor.trust(self.tracker.anchors());
        self.show();
    }

    fn show(&self) {
        self.resolver.set_anchors(self.zones.iter().map(|zone| status(&self.tracker, zone)).collect());
    }
}

fn news(before: &[(u16, KeyState)], after: &[(u16, KeyState)], now: Timestamp) -> Vec<AnchorKey> {
    let gone = before.iter().filter(|(tag, _)| after.iter().all(|(other, _)| other != tag));
    let gone = gone.map(|(tag, _)| AnchorKey { tag: *tag, state: "gone".into(), moment: now });
    after.iter().filter(|key| !before.contains(key)).copied().map(shown).chain(gone).collect()
}

fn status(tracker: &Tracker, zone: &Zone) -> AnchorStatus {
    AnchorStatus {
        zone: zone.name.to_string(),
        followed: true,
        verified: zone.verified,
        failure: zone.failure.clone(),
        keys: tracker.keys(&zone.name).map(shown).collect(),
    }
}

fn shown((tag, state): (u16, KeyState)) -> AnchorKey {
    let (word, since) = state.words();
    AnchorKey { tag, state: word.into(), moment: moment(since) }
}

/// A moment that no clock shows is the last one that it can.
fn moment(seconds: u64) -> Timestamp {
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .unwrap_or(Timestamp::MAX)
}
