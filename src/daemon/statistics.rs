//! The counters of lists, looked at now and then and kept by month in the state directory.
//!
//! Counters begin at nothing with each start, and the ledger goes on: what a crash loses is what was counted since the
//! file was last written. A file that is there and could not be read is left as it is, as long as this program runs.

use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::state::{State, drawn};
use crate::answer::Engine;
use crate::blocklist::Key;
use crate::config::Config;
use crate::metrics::Metrics;
use crate::server::Clock;
use crate::statistics::{self, Ledger, Listed, Statistics};
use crate::update::StateLock;

/// The file, in the state directory.
const FILE: &str = "statistics.json";
/// Where one that makes no sense is put aside.
const DAMAGED: &str = "statistics.damaged";
/// How often counters are looked at: a question may be counted in the month before by so much.
const BEAT: Duration = Duration::from_secs(10);
/// After how many looks the file is written.
const LOOKS: u32 = 30;
/// How long the last writing may take; a disk that hangs must not hold up the end for ever.
const LONGEST: Duration = Duration::from_secs(10);
/// A clock that is behind by more has probably been ahead before.
const FAR_BEHIND: SignedDuration = SignedDuration::from_hours(24);

/// The ledger, and what it is made of.
pub(super) struct Counting {
    engine: Arc<Engine>,
    metrics: Arc<Metrics>,
    config: statistics::Config,
    key: Key,
    lock: Option<StateLock>,
    inner: Mutex<Inner>,
    /// Held while the file is written, so that nothing older comes after what is newer.
    writing: Mutex<()>,
}

struct Inner {
    ledger: Ledger,
    /// What each slot's counter said at the last look.
    seen: HashMap<u16, u64>,
    /// Numbers drawn so far.
    drawn: u64,
}

impl Counting {
    /// Goes on from what was kept. Blocks on disk, for one small file.
    pub(super) fn begin(
        config: &Config,
        state: &State,
        metrics: &Arc<Metrics>,
        (random, now): ([u8; 16], Timestamp),
    ) -> Arc<Self> {
        let (key, lock) = (secret(random), state.lock());
        let path = config.update.state.as_ref().map(|state| state.join(FILE));
        let (kept, is_legible) = match path.filter(|_| lock.is_some()) {
            Some(path) => kept(&path),
            None => (None, false),
        };
        let ledger = kept.unwrap_or_else(|| Ledger::new(drawn(key, "statistics"), now));
        if ledger.is_ahead_by(now) > FAR_BEHIND {
            tracing::warn!(
                "statistics: the clock is more than a day behind the month that is counted; if it was wrong before, \
                 remove {FILE} from the state directory while the program is stopped"
            );
        }
        let inner = Mutex::new(Inner { ledger, seen: HashMap::new(), drawn: 0 });
        let (engine, metrics) = (state.engine.clone(), metrics.clone());
        let lock = lock.filter(|_| is_legible);
        let config = config.statistics.clone();
        Arc::new(Self { engine, metrics, config, key, lock, inner, writing: Mutex::default() })
    }

    /// What may be told.
    pub(super) fn statistics(&self) -> Statistics {
        self.locked().ledger.statistics()
    }

    /// Looks at the counters; says whether a month has ended by it.
    fn look(&self, now: Timestamp) -> bool {
        let policy = self.engine.policy();
        let Inner { ledger, seen, drawn } = &mut *self.locked();
        let lists = policy.lists().iter().filter_map(|list| {
            let header = list.header.as_ref()?;
            let blocked = self.metrics.blocked(list.slot)?;
            let before = seen.insert(list.slot, blocked).unwrap_or(0);
            let blocked = blocked.saturating_sub(before);
            Some(Listed { list: &header.list, category: &header.category, blocked })
        });
        let mut chance = || {
            *drawn += 1;
            self.key.draw("statistics noise", *drawn)
        };
        ledger.count(now, lists, &self.config, &mut chance)
    }

    /// Writes the file. Blocks on disk.
    fn keep(&self) {
        let Some(lock) = &self.lock else { return };
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let text = self.locked().ledger.compose();
        if let Err(error) = lock.replace(FILE, &text) {
            tracing::error!(%error, "statistics: what was counted is not kept; it is lost where the program ends now");
        }
    }

    fn locked(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What noise is drawn from: not `random`, which the state directory keeps as the key of its indexes, and by which noise
/// could be drawn again and taken away.
fn secret(random: [u8; 16]) -> Key {
    let mut own = random;
    // Where the system gives nothing now, what it gave at the start is better than no noise.
    let _ = aws_lc_rs::rand::fill(&mut own);
    Key::new(own)
}

/// What was kept, and whether the file may be written.
fn kept(path: &PathBuf) -> (Option<Ledger>, bool) {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return (None, true),
        Err(error) if error.kind() == ErrorKind::InvalidData => String::new(),
        Err(error) => {
            tracing::error!(
                path = %path.display(), %error,
                "statistics: what was counted before cannot be read, and nothing is kept until a restart that can"
            );
            return (None, false);
        }
    };
    let ledger = Ledger::parse(&text);
    if ledger.is_none() {
        tracing::error!(path = %path.display(), "statistics: not what this program writes; begun anew, and it is put aside");
        let _ = fs::rename(path, path.with_file_name(DAMAGED));
    }
    (ledger, true)
}

/// Looks again and again, and writes the file now and then and when a month has ended.
pub(super) async fn count_now_and_then(counting: Arc<Counting>, clock: Clock) {
    let mut beats = interval(BEAT);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for looks in 0u32.. {
        beats.tick().await;
        if counting.look(clock.now().wall) || looks.is_multiple_of(LOOKS) {
            let counting = counting.clone();
            let _ = tokio::task::spawn_blocking(move || counting.keep()).await;
        }
    }
}

/// Looks and writes for the last time.
pub(super) async fn keep_at_once(counting: &Arc<Counting>, clock: Clock) {
    let counting = counting.clone();
    let keeping = tokio::task::spawn_blocking(move || {
        counting.look(clock.now().wall);
        counting.keep();
    });
    if timeout(LONGEST, keeping).await.is_err() {
        tracing::error!("statistics: what was counted is not kept: the disk takes too long");
    }
}
