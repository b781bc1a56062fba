//! Questions in the works: equal ones are asked once, never in a circle, and there are never more than the bound.
//!
//! A flight is a future that all who wait for it share; the table holds it weakly, so when the last of them
//! has gone the flight is dropped where it stands. Its seat goes with it: the place under the bound and the
//! line in the table, which therefore never has more lines than the bound.
//!
//! A flight may wait for others (the address of a server is a question too). Two zones whose servers have names in
//! each other would then wait for each other for ever, so who waits for whom is written down, and whoever would
//! close a circle is told so instead.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::hash::Hash;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};

/// Whoever hangs on so many others is told that he waits in a circle: nobody honest does, and the table is held
/// meanwhile.
const LONGEST_SEARCH: usize = 512;

/// A table of flights by question.
pub(super) struct Flights<Key: Eq + Hash, Output: Clone> {
    bound: usize,
    table: Arc<Mutex<Table<Key, Output>>>,
}

/// A flight's number, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct FlightId(u64);

struct Table<Key, Output: Clone> {
    last: u64,
    flights: HashMap<Key, Flight<Output>>,
    /// Whom each flight waits for.
    waits: HashMap<FlightId, Vec<FlightId>>,
}

struct Flight<Output: Clone> {
    id: FlightId,
    shared: WeakShared<BoxFuture<'static, Output>>,
}

/// What a flight holds for as long as it lasts.
struct Seat<Key: Eq + Hash, Output: Clone> {
    key: Key,
    id: FlightId,
    table: Arc<Mutex<Table<Key, Output>>>,
}

/// How a question came aboard.
pub(super) enum Boarding<Key: Eq + Hash, Output: Clone> {
    /// It is asked now.
    Started(Passage<Key, Output>),
    /// It was being asked already.
    Joined(Passage<Key, Output>),
    /// The answer waits, in the end, for whoever asks.
    Circular,
    /// There is no place left.
    Full,
}

/// A place on a flight: ends with its output.
pub(super) struct Passage<Key: Eq + Hash, Output: Clone> {
    shared: Shared<BoxFuture<'static, Output>>,
    /// Who waits here for which flight, taken back when the wait is over.
    wait: Option<(FlightId, FlightId)>,
    table: Arc<Mutex<Table<Key, Output>>>,
}

impl<Key, Output> Flights<Key, Output>
where
    Key: Clone + Eq + Hash + Send + Sync + 'static,
    Output: Clone + Send + Sync + 'static,
{
    /// A table of at most `bound` flights.
    pub(super) fn new(bound: usize) -> Self {
        let table = Table { last: 0, flights: HashMap::new(), waits: HashMap::new() };
        Self { bound, table: Arc::new(Mutex::new(table)) }
    }

    /// Joins the flight of `key`, or starts one that does `work`. `waiter` is the flight that will wait, if it is
    /// one of this table.
    pub(super) fn board<Work>(
        &self,
        key: &Key,
        waiter: Option<FlightId>,
        work: impl FnOnce(FlightId) -> Work,
    ) -> Boarding<Key, Output>
    where
        Work: Future<Output = Output> + Send + 'static,
    {
        let mut table = lock(&self.table);
        // Nothing that this function drops while it holds the table may be a flight: a seat locks the table.
        let aboard = table.flights.get(key).and_then(|flight| Some((flight.id, flight.shared.upgrade()?)));
        if let Some((id, shared)) = aboard {
            if waiter.is_some_and(|waiter| table.leads_to(id, waiter)) {
                // The flight itself is dropped by whoever waits for it, not here under the lock.
                drop(table);
                return Boarding::Circular;
            }
            return Boarding::Joined(self.passage(&mut table, shared, id, waiter));
        }
        if table.flights.len() >= self.bound {
            return Boarding::Full;
        }
        table.last += 1;
        let id = FlightId(table.last);
        let seat = Seat { key: key.clone(), id, table: Arc::clone(&self.table) };
        let work = work(id);
        let shared = async move {
            let _seat = seat;
            work.await
        }
        .boxed()
        .shared();
        if let Some(weak) = shared.downgrade() {
            table.flights.insert(key.clone(), Flight { id, shared: weak });
        }
        Boarding::Started(self.passage(&mut table, shared, id, waiter))
    }

    fn passage(
        &self,
        table: &mut Table<Key, Output>,
        shared: Shared<BoxFuture<'static, Output>>,
        id: FlightId,
        waiter: Option<FlightId>,
    ) -> Passage<Key, Output> {
        if let Some(waiter) = waiter {
            table.waits.entry(waiter).or_default().push(id);
        }
        Passage { shared, wait: waiter.map(|waiter| (waiter, id)), table: Arc::clone(&self.table) }
    }
}

fn lock<Key, Output: Clone>(table: &Mutex<Table<Key, Output>>) -> MutexGuard<'_, Table<Key, Output>> {
    table.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<Key, Output: Clone> Table<Key, Output> {
    /// Whether `from` waits for `to`, over whatever many others, or is it.
    fn leads_to(&self, from: FlightId, to: FlightId) -> bool {
        let (mut seen, mut open) = (HashSet::from([from]), vec![from]);
        while let Some(id) = open.pop() {
            if id == to || seen.len() > LONGEST_SEARCH {
                return true;
            }
            let waits = self.waits.get(&id).into_iter().flatten();
            open.extend(waits.filter(|wait| seen.insert(**wait)));
        }
        false
    }
}

impl<Key: Eq + Hash, Output: Clone> Future for Passage<Key, Output> {
    type Output = Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Output> {
        self.shared.poll_unpin(context)
    }
}

impl<Key: Eq + Hash, Output: Clone> Unpin for Passage<Key, Output> {}

impl<Key: Eq + Hash, Output: Clone> Drop for Passage<Key, Output> {
    fn drop(&mut self) {
        let Some((waiter, id)) = self.wait else { return };
        let mut table = lock(&self.table);
        if let Some(waits) = table.waits.get_mut(&waiter) {
            // One of possibly several waits for the same flight.
            if let Some(at) = waits.iter().position(|wait| *wait == id) {
                waits.swap_remove(at);
            }
            if waits.is_empty() {
                table.waits.remove(&waiter);
            }
        }
    }
}

impl<Key: Eq + Hash, Output: Clone> Drop for Seat<Key, Output> {
    fn drop(&mut self) {
        let mut table = lock(&self.table);
        // A successor may have taken the line between the last waiter's leaving and this moment.
        if table.flights.get(&self.key).is_some_and(|flight| flight.id == self.id) {
            table.flights.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::future::join;
    use tokio::sync::oneshot;

    use super::*;

    type Table = Flights<u8, usize>;

    fn lines(flights: &Table) -> (usize, usize) {
        let table = lock(&flights.table);
        (table.flights.len(), table.waits.len())
    }

    fn started(boarding: Boarding<u8, usize>) -> Passage<u8, usize> {
        match boarding {
            Boarding::Started(passage) => passage,
            _ => panic!("not started"),
        }
    }

    fn joined(boarding: Boarding<u8, usize>) -> Passage<u8, usize> {
        match boarding {
            Boarding::Joined(passage) => passage,
            _ => panic!("not joined"),
        }
    }

    #[test]
    fn equal_questions_share_one_flight() {
        let flights = Table::new(2);
        let count = AtomicUsize::new(0);
        let (land, landing) = oneshot::channel();
        let work = |_| {
            count.fetch_add(1, Ordering::Relaxed);
            async { landing.await.unwrap() }
        };
        let first = started(flights.board(&1, None, work));
        let second = joined(flights.board(&1, None, |_| ready(0)));
        land.send(7).unwrap();
        assert_eq!(join(first, second).now_or_never(), Some((7, 7)));
        assert_eq!(count.load(Ordering::Relaxed), 1);
        assert_eq!(lines(&flights), (0, 0));
        started(flights.board(&1, None, |_| ready(0)));
    }

    #[test]
    fn the_bound_holds_and_frees_with_the_last_waiter() {
        let flights = Table::new(1);
        let first = started(flights.board(&1, None, |_| pending()));
        let second = joined(flights.board(&1, None, |_| pending()));
        assert!(matches!(flights.board(&2, None, |_| pending()), Boarding::Full));
        drop(first);
        assert!(matches!(flights.board(&2, None, |_| pending()), Boarding::Full));
        drop(second);
        assert_eq!(lines(&flights), (0, 0));
        started(flights.board(&2, None, |_| pending()));
    }

    #[test]
    fn nobody_waits_in_a_circle() {
        let flights = Table::new(9);
        let ids = Mutex::new(Vec::new());
        let begin = |key| {
            started(flights.board(&key, None, |id| {
                ids.lock().unwrap().push(id);
                pending()
            }))
        };
        let _aboard = [begin(1), begin(2), begin(3)];
        let [one, two, three] = ids.lock().unwrap()[..] else { panic!() };
        let wait = |key, waiter| flights.board(&key, Some(waiter), |_| pending());
        assert!(matches!(wait(1, one), Boarding::Circular));
        let (first, second) = (joined(wait(2, one)), joined(wait(3, two)));
        assert!(matches!(wait(1, three), Boarding::Circular));
        drop(second);
        drop(joined(wait(1, three)));
        drop(first);
        assert_eq!(lines(&flights), (3, 0));
    }
}
