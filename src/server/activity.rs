//! Whether anything goes on on a connection, for those whose library does not tell.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

/// The exchanges under way on one connection.
#[derive(Clone)]
pub(super) struct Activity(watch::Sender<usize>);

/// An exchange under way, until dropped.
pub(super) struct Busy(Activity);

impl Activity {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    /// Takes note that an exchange begins.
    pub(super) fn begin(&self) -> Busy {
        self.0.send_modify(|exchanges| *exchanges += 1);
        Busy(self.clone())
    }

    /// Waits until nothing has been going on for so long.
    pub(super) async fn quiet(&self, idle: Duration) {
        let mut exchanges = self.0.subscribe();
        loop {
            let is_busy = *exchanges.borrow_and_update() > 0;
            // Its sender is ours, so that a change is all that can come.
            let changed = exchanges.changed();
            if is_busy {
                let _ = changed.await;
            } else if timeout(idle, changed).await.is_err() {
                return;
            }
        }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.0.send_modify(|exchanges| *exchanges -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: Duration = Duration::from_secs(10);

    #[tokio::test(start_paused = true)]
    async fn quiet_begins_when_the_last_exchange_ends() {
        let activity = Activity::new();
        let (first, second) = (activity.begin(), activity.begin());
        let lasts = |limit| timeout(Duration::from_secs(limit), activity.quiet(IDLE));
        assert!(lasts(1000).await.is_err(), "two are under way");
        drop(first);
        assert!(lasts(1000).await.is_err(), "one is under way");
        drop(second);
        assert!(lasts(9).await.is_err());
        assert!(lasts(11).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn an_exchange_begins_the_time_anew() {
        let activity = Activity::new();
        let meanwhile = async {
            for _ in 0..3 {
                tokio::time::sleep(Duration::from_secs(9)).await;
                drop(activity.begin());
            }
        };
        let waited = async {
            let begun = tokio::time::Instant::now();
            activity.quiet(IDLE).await;
            begun.elapsed()
        };
        let (waited, ()) = tokio::join!(waited, meanwhile);
        assert_eq!(waited.as_secs(), 37);
    }
}
