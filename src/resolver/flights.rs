//! Questions in the works: equal ones are asked once, and there are never more than the bound.
//!
//! A flight is a future that all who wait for it share; the table holds it weakly, so when the last of them
//! has gone the flight is dropped where it stands. Its seat goes with it: the place under the bound and the
//! line in the table, which therefore never has more lines than the bound.

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A table of flights by question.
pub(super) struct Flights<Key, Output: Clone> {
    bound: Arc<Semaphore>,
    table: Arc<Mutex<Table<Key, Output>>>,
}

struct Table<Key, Output: Clone> {
    number: u64,
    flights: HashMap<Key, Flight<Output>>,
}

struct Flight<Output: Clone> {
    number: u64,
    shared: WeakShared<BoxFuture<'static, Output>>,
}

/// What a flight holds for as long as it lasts.
struct Seat<Key: Eq + Hash, Output: Clone> {
    key: Key,
    number: u64,
    table: Arc<Mutex<Table<Key, Output>>>,
    _place: OwnedSemaphorePermit,
}

/// How a question came aboard.
pub(super) enum Boarding<Output: Clone> {
    /// It is asked now.
    Started(Shared<BoxFuture<'static, Output>>),
    /// It was being asked already.
    Joined(Shared<BoxFuture<'static, Output>>),
    /// There is no place left.
    Full,
}

impl<Key, Output> Flights<Key, Output>
where
    Key: Clone + Eq + Hash + Send + Sync + 'static,
    Output: Clone + Send + Sync + 'static,
{
    pub(super) fn new(bound: usize) -> Self {
        let table = Table { number: 0, flights: HashMap::new() };
        Self { bound: Arc::new(Semaphore::new(bound)), table: Arc::new(Mutex::new(table)) }
    }

    /// Joins the flight of `key`, or starts one that does `work`.
    pub(super) fn board<Work>(&self, key: &Key, work: impl FnOnce() -> Work) -> Boarding<Output>
    where
        Work: Future<Output = Output> + Send + 'static,
    {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        // Nothing that this function drops while it holds the table may be a flight: a seat locks the table.
        if let Some(shared) = table.flights.get(key).and_then(|flight| flight.shared.upgrade()) {
            return Boarding::Joined(shared);
        }
        let Ok(place) = Arc::clone(&self.bound).try_acquire_owned() else { return Boarding::Full };
        table.number += 1;
        let number = table.number;
        let seat = Seat { key: key.clone(), number, table: Arc::clone(&self.table), _place: place };
        let work = work();
        let shared = async move {
            let _seat = seat;
            work.await
        }
        .boxed()
        .shared();
        if let Some(weak) = shared.downgrade() {
            table.flights.insert(key.clone(), Flight { number, shared: weak });
        }
        Boarding::Started(shared)
    }
}

impl<Key: Eq + Hash, Output: Clone> Drop for Seat<Key, Output> {
    fn drop(&mut self) {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        // A successor may have taken the line between the last waiter's leaving and this moment.
        if table.flights.get(&self.key).is_some_and(|flight| flight.number == self.number) {
            table.flights.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::oneshot;

    use super::*;

    type Table = Flights<u8, usize>;

    fn lines(flights: &Table) -> usize {
        flights.table.lock().unwrap().flights.len()
    }

    #[tokio::test]
    async fn equal_questions_share_one_flight() {
        let flights = Table::new(2);
        let started = AtomicUsize::new(0);
        let (land, landing) = oneshot::channel();
        let work = || {
            started.fetch_add(1, Ordering::Relaxed);
            async { landing.await.unwrap() }
        };
        let Boarding::Started(first) = flights.board(&1, work) else { panic!("not started") };
        let Boarding::Joined(second) = flights.board(&1, || async { 0 }) else { panic!("not joined") };
        land.send(7).unwrap();
        assert_eq!(tokio::join!(first, second), (7, 7));
        assert_eq!(started.load(Ordering::Relaxed), 1);
        assert_eq!(lines(&flights), 0);
        assert!(matches!(flights.board(&1, || async { 0 }), Boarding::Started(_)));
    }

    #[tokio::test]
    async fn the_bound_holds_and_frees_with_the_last_waiter() {
        let flights = Table::new(1);
        let Boarding::Started(first) = flights.board(&1, std::future::pending::<usize>) else { panic!() };
        let Boarding::Joined(second) = flights.board(&1, || async { 0 }) else { panic!() };
        assert!(matches!(flights.board(&2, || async { 0 }), Boarding::Full));
        drop(first);
        assert!(matches!(flights.board(&2, || async { 0 }), Boarding::Full));
        drop(second);
        assert_eq!(lines(&flights), 0);
        assert!(matches!(flights.board(&2, || async { 0 }), Boarding::Started(_)));
    }
}
