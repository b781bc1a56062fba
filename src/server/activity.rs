//! Whether anything goes on on a connection, and whether its client takes what it asked for, where the library does not
//! tell.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{sleep, timeout};

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
        self.0.send_if_modified(|exchanges| {
            *exchanges += 1;
            *exchanges == 1
        });
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
        self.0.0.send_if_modified(|exchanges| {
            *exchanges -= 1;
            *exchanges == 0
        });
    }
}

/// The replies that one connection's client has not taken yet.
#[derive(Clone)]
pub(super) struct Untaken(watch::Sender<Turns>);

/// Replies that wait, by the turn in which each began: this one, and the one before. What is older is overdue.
#[derive(Default)]
struct Turns {
    turn: usize,
    waiting: [usize; 2],
}

/// A reply that waits for its client, until dropped.
pub(super) struct Waiting {
    replies: Untaken,
    turn: usize,
}

impl Untaken {
    pub(super) fn new() -> Self {
        Self(watch::Sender::default())
    }

    /// Takes note that a reply is ready.
    pub(super) fn begin(&self) -> Waiting {
        let mut turn = 0;
        self.0.send_if_modified(|turns| {
            turn = turns.turn;
            turns.waiting[turn] += 1;
            turns.waiting == [1, 0] || turns.waiting == [0, 1]
        });
        Waiting { replies: self.clone(), turn }
    }

    /// Waits until one reply has waited for so long, or for up to twice as long.
    pub(super) async fn overdue(&self, limit: Duration) {
        let mut changes = self.0.subscribe();
        loop {
            // Its sender is ours, so that this only waits.
            let _ = changes.wait_for(|turns| turns.waiting != [0, 0]).await;
            sleep(limit).await;
            let mut is_overdue = false;
            self.0.send_if_modified(|turns| {
                turns.turn = 1 - turns.turn;
                is_overdue = turns.waiting[turns.turn] > 0;
                false
            });
            if is_overdue {
                return;
            }
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.replies.0.send_if_modified(|turns| {
            turns.waiting[self.turn] -= 1;
            false
        });
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
    #[tokio::test(start_paused = true)]
    async fn a_reply_that_is_not_taken_is_overdue_whatever_else_is() {
        let untaken = Untaken::new();
        let lasts = |limit| timeout(Duration::from_secs(limit), untaken.overdue(IDLE));
        assert!(lasts(1000).await.is_err(), "there is none");
        let forgotten = untaken.begin();
        let others = async {
            loop {
                let other = untaken.begin();
                sleep(Duration::from_secs(3)).await;
                drop(other);
            }
        };
        let waited = async {
            let begun = tokio::time::Instant::now();
            untaken.overdue(IDLE).await;
            begun.elapsed()
        };
        let waited = tokio::select! {
            waited = waited => waited,
            () = others => unreachable!(),
        };
        assert!((10..=20).contains(&waited.as_secs()), "{waited:?}");
        drop(forgotten);
    }

    #[tokio::test(start_paused = true)]
    async fn replies_that_are_taken_are_never_overdue() {
        let untaken = Untaken::new();
        let others = async {
            for _ in 0..100 {
                let (one, other) = (untaken.begin(), untaken.begin());
                sleep(Duration::from_secs(5)).await;
                drop(one);
                sleep(Duration::from_secs(4)).await;
                drop(other);
            }
        };
        tokio::select! {
            () = untaken.overdue(IDLE) => panic!("all were taken in time"),
            () = others => {}
        }
    }
}
