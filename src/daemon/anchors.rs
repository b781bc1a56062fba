//! Trust anchors followed while the program runs, and remembered in the state directory; and the clock doubted aloud.
//!
//! Whatever becomes of the file, validation goes on: without it the configured anchors are trusted, and if it cannot
//! be written, what is learned is forgotten at the next start. A file that is there and could not be read may be a good
//! one: it is left as it is, and nothing is written in its place while this program runs.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::config::Config;
use crate::metrics::Metrics;
use crate::resolver::{AnchorKeeper, Look, Resolver};
use crate::update::StateLock;

/// The file, in the state directory.
const FILE: &str = "trust-anchors";
/// Where one that cannot be read is put aside.
const DAMAGED: &str = "trust-anchors.damaged";
/// How often the clock is asked about.
const BEAT: Duration = Duration::from_secs(1);

/// The trust anchors and the file that they are kept in.
pub(super) struct Following {
    keeper: AnchorKeeper,
    file: File,
    is_kept: bool,
}

struct File {
    path: PathBuf,
    /// Held by this program; without it, nothing is written, and this is why.
    lock: Result<StateLock, &'static str>,
}

const NOT_TAKEN: &str = "the state directory could not be taken at the start";
const NOT_READ: &str = "the file that is there could not be read at the start and is left as it is; let this program \
                        read it, then restart";

/// Trusts what was learned before, if the configuration wants it so and there is a place to remember it.
pub(super) fn begin(config: &Config, resolver: &Resolver, lock: Option<StateLock>) -> Option<Following> {
    let wanted = config.resolver.dnssec && config.resolver.follow_trust_anchors;
    let state = config.update.state.as_ref().filter(|_| wanted)?;
    let mut file = File { path: state.join(FILE), lock: lock.ok_or(NOT_TAKEN) };
    let kept = file.read();
    let keeper = match AnchorKeeper::new(resolver.clone(), kept.as_deref()) {
        Ok(keeper) => keeper,
        Err(error) => {
            let path = file.path.display();
            tracing::error!(%path, %error, "trust anchors: begun again with those of the configuration");
            file.put_aside();
            // From nothing it always begins.
            AnchorKeeper::new(resolver.clone(), None).ok()?
        }
    };
    Some(Following { keeper, file, is_kept: kept.is_some() })
}

impl Following {
    /// Looks at the keys whenever they are due.
    pub(super) async fn run(mut self) {
        while let Some(look) = self.keeper.look().await {
            tell(&look);
            if look.is_changed || !self.is_kept {
                self.is_kept = self.file.write(self.keeper.compose()).await;
            }
        }
    }
}

fn tell(look: &Look) {
    let zone = &look.status.zone;
    for key in &look.news {
        let (tag, moment) = (key.tag, key.moment);
        match key.state.as_str() {
            "pending" => tracing::warn!(zone, tag, %moment, "trust anchor: a new key, trusted from then on"),
            "valid" => tracing::info!(zone, tag, "trust anchor: this key is trusted"),
            "missing" => tracing::warn!(zone, tag, "trust anchor: no longer published, still trusted"),
            "revoked" => {
                tracing::warn!(zone, tag, "trust anchor: its holder withdrew it; never trusted again")
            }
            state => tracing::info!(zone, tag, state, "trust anchor"),
        }
    }
    if look.is_abandoned {
        tracing::error!(
            zone,
            "trust anchor: all its keys were withdrawn, and names are judged as if it were not there; write its new \
             keys to the file of resolver.trust_anchor and restart"
        );
    }
    match &look.status.failure {
        None => tracing::debug!(zone, "trust anchor: keys verified"),
        Some(failure) => tracing::warn!(zone, failure, "trust anchor: what was trusted stays"),
    }
}

/// Says when the clock begins to be doubted, and when no longer.
pub(super) async fn watch_clock(resolver: Resolver, metrics: Arc<Metrics>) {
    let mut beats = interval(BEAT);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut was_doubted = false;
    loop {
        beats.tick().await;
        let error = resolver.clock_error();
        metrics.validation.clock_error.set(error.as_ref().map_or(0, |error| error.seconds));
        match &error {
            Some(error) if !was_doubted => {
                let direction = if error.seconds > 0 { "ahead" } else { "behind" };
                tracing::error!(
                    zone = %error.zone,
                    "the clock of this machine seems to be {} s {direction} at least: the signatures of this trust \
                     anchor are out of date by it, and nothing validates; set the clock right, or if it is, ask the \
                     holder of the zone",
                    error.seconds.unsigned_abs()
                );
            }
            None if was_doubted => tracing::info!("the clock of this machine agrees with signatures again"),
            _ => {}
        }
        was_doubted = error.is_some();
    }
}

impl File {
    fn read(&mut self) -> Option<String> {
        let error = match fs::read_to_string(&self.path) {
            Ok(text) => return Some(text),
            Err(error) => error,
        };
        let path = self.path.display();
        match error.kind() {
            io::ErrorKind::NotFound => {}
            // It is no text.
            io::ErrorKind::InvalidData => {
                tracing::error!(%path, %error, "trust anchors: what was learned is damaged");
                self.put_aside();
            }
            _ => {
                tracing::error!(
                    %path,
                    %error,
                    "trust anchors: begun with those of the configuration, for the file of what was learned cannot be \
                     read; it stays as it is: let this program read it, then restart"
                );
                self.lock = Err(NOT_READ);
            }
        }
        None
    }

    /// Leaves what cannot be read to whoever wants to look at it.
    fn put_aside(&self) {
        if self.lock.is_ok() {
            // If not even that can be done, it is written over.
            let _ = fs::rename(&self.path, self.path.with_file_name(DAMAGED));
        }
    }

    /// Whether it could be written.
    async fn write(&self, text: String) -> bool {
        let written = match self.lock.clone() {
            Err(why) => Err(io::Error::other(why)),
            Ok(lock) => {
                let writing = tokio::task::spawn_blocking(move || lock.replace(FILE, &text));
                writing.await.unwrap_or_else(|error| Err(io::Error::other(error)))
            }
        };
        if let Err(error) = &written {
            let path = self.path.display();
            tracing::error!(%path, %error, "trust anchors: what was learned is forgotten at the next start");
        }
        written.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(state: &std::path::Path, lock: Option<StateLock>) -> File {
        File { path: state.join(FILE), lock: lock.ok_or(NOT_TAKEN) }
    }

    #[tokio::test]
    async fn what_is_written_is_read_again_and_what_is_damaged_is_put_aside() {
        let state = tempfile::tempdir().unwrap();
        let mut file = file(state.path(), Some(StateLock::take(state.path()).unwrap()));
        assert_eq!(file.read(), None);
        for text in ["one\n", "two\n"] {
            assert!(file.write(text.into()).await);
            assert_eq!(file.read().as_deref(), Some(text));
        }
        fs::write(&file.path, b"\xff\xfe").unwrap();
        assert_eq!(file.read(), None);
        assert!(!file.path.exists());
        assert_eq!(fs::read(state.path().join(DAMAGED)).unwrap(), b"\xff\xfe");
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_read_is_left_as_it_is() {
        let state = tempfile::tempdir().unwrap();
        let mut file = file(state.path(), Some(StateLock::take(state.path()).unwrap()));
        // Something is there, and reading it fails.
        fs::create_dir(&file.path).unwrap();
        assert_eq!(file.read(), None);
        assert!(file.path.is_dir() && !state.path().join(DAMAGED).exists());
        // What it may have held is not written over once the fault has gone.
        fs::remove_dir(&file.path).unwrap();
        fs::write(&file.path, "good\n").unwrap();
        file.put_aside();
        assert!(!file.write("worse\n".into()).await);
        assert_eq!(fs::read_to_string(&file.path).unwrap(), "good\n");
    }

    #[tokio::test]
    async fn a_directory_that_another_program_holds_is_read_and_never_written() {
        let state = tempfile::tempdir().unwrap();
        fs::write(state.path().join(FILE), "theirs\n").unwrap();
        let mut file = file(state.path(), None);
        assert_eq!(file.read().as_deref(), Some("theirs\n"));
        file.put_aside();
        assert!(!file.write("ours\n".into()).await);
        assert_eq!(file.read().as_deref(), Some("theirs\n"));
    }

    #[tokio::test]
    async fn what_cannot_be_written_is_told_and_survived() {
        let parent = tempfile::tempdir().unwrap();
        let state = parent.path().join("state");
        let lock = StateLock::take(&state).unwrap();
        fs::remove_dir_all(&state).unwrap();
        fs::write(&state, "in its place").unwrap();
        assert!(!file(&state, Some(lock)).write("text\n".into()).await);
    }
}
