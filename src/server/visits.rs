//! Limits on the visits of a site, or of a server of zones: how many at once, how long each, and who has to go where too
//! many only wait.
//!
//! Whoever connects and asks nothing costs as much as whoever asks, for as long as it is let; and those who do so on
//! purpose come again at once. So of all seats half are for visitors who have asked, and where more than the other half
//! are taken, the one who has waited longest without asking goes. Who asks at once is served, however many wait.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::timeout;

use super::seats::Seats;

/// The limits of listeners that show the same site.
pub struct Visits {
    pub(super) seats: Arc<Seats>,
    longest: Duration,
    room: Arc<WaitingRoom>,
}

/// Those who have connected and not asked.
struct WaitingRoom {
    most: usize,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    /// How many have come in all.
    came: u64,
    /// By when they came.
    present: BTreeMap<u64, Arc<Notify>>,
}

/// One of them, until it has asked or gone.
pub(super) struct Visitor {
    room: Arc<WaitingRoom>,
    number: u64,
}

impl Visits {
    /// At most `most` at once, and `most_per_client` of one client address, none longer than `longest`.
    pub fn new(most: usize, most_per_client: usize, longest: Duration) -> Arc<Self> {
        let room = Arc::new(WaitingRoom { most: most.div_ceil(2), waiting: Mutex::default() });
        Arc::new(Self { seats: Seats::new(most, most_per_client), longest, room })
    }

    /// Carries out a visit until it has taken too long, or has to make room.
    pub(super) async fn bound<F: Future>(&self, visit: impl FnOnce(Visitor) -> F) {
        let (visitor, sent_away) = self.room.enter();
        tokio::select! {
            _ = timeout(self.longest, visit(visitor)) => {}
            () = sent_away.notified() => {}
        }
    }
}

impl WaitingRoom {
    fn enter(self: &Arc<Self>) -> (Visitor, Arc<Notify>) {
        let sent_away = Arc::new(Notify::new());
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.came += 1;
        let number = waiting.came;
        waiting.present.insert(number, sent_away.clone());
        if waiting.present.len() > self.most
            && let Some((_, first)) = waiting.present.pop_first()
        {
            first.notify_one();
        }
        (Visitor { room: self.clone(), number }, sent_away)
    }
}

impl Visitor {
    /// From now on it waits no longer: it has asked.
    pub(super) fn asks(&self) {
        self.room.waiting.lock().unwrap_or_else(PoisonError::into_inner).present.remove(&self.number);
    }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        self.asks();
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    #[tokio::test]
    async fn who_waits_longest_without_asking_makes_room() {
        let visits = Visits::new(4, 4, Duration::from_secs(60));
        let visit = |asks: bool| {
            let visits = visits.clone();
            tokio::spawn(async move {
                let visit = |visitor: Visitor| async move {
                    if asks {
                        visitor.asks();
                    }
                    pending::<()>().await;
                };
                visits.bound(visit).await
            })
        };
        let (asking, first, second) = (visit(true), visit(false), visit(false));
        tokio::task::yield_now().await;
        let third = visit(false);
        timeout(Duration::from_secs(10), first).await.expect("the first makes room").unwrap();
        assert!(!asking.is_finished() && !second.is_finished() && !third.is_finished());
        // Those who have gone are not counted, and nobody is kept who asks.
        for visit in [second, third, asking] {
            visit.abort();
            let _ = visit.await;
        }
        assert!(visits.room.waiting.lock().unwrap().present.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn no_visit_takes_longer_than_it_may() {
        let visits = Visits::new(4, 4, Duration::from_secs(60));
        let visit = visits.bound(|visitor| async move {
            visitor.asks();
            pending::<()>().await
        });
        timeout(Duration::from_secs(61), visit).await.expect("it ends");
    }
}
