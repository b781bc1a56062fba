//! Connections of whom nobody knows yet: there is always room for one more, since whoever has waited longest leaves for it.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use tokio::sync::oneshot::{self, Receiver, Sender};

/// Places of connections that have not shown yet whose they are.
pub(super) struct Lobby {
    most: usize,
    /// Those who wait, the longest first.
    waiting: Mutex<VecDeque<Sender<Infallible>>>,
}

impl Lobby {
    /// So many at once.
    pub(super) fn new(most: usize) -> Self {
        Self { most, waiting: Mutex::default() }
    }

    /// A place, which is given back when dropped. Once it is ready it is lost to another one.
    pub(super) fn enter(&self) -> Receiver<Infallible> {
        let (place, lost) = oneshot::channel();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|other| !other.is_closed());
        if waiting.len() >= self.most {
            waiting.pop_front();
        }
        waiting.push_back(place);
        lost
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot::error::TryRecvError;

    use super::*;

    #[test]
    fn whoever_has_waited_longest_leaves_for_the_next() {
        let lobby = Lobby::new(2);
        let mut first = lobby.enter();
        // Who has left has left a place.
        drop(lobby.enter());
        let mut second = lobby.enter();
        assert_eq!(
            [first.try_recv(), second.try_recv()],
            [TryRecvError::Empty, TryRecvError::Empty].map(Err)
        );
        let mut last = lobby.enter();
        let found = [&mut first, &mut second, &mut last].map(Receiver::try_recv);
        assert_eq!(found, [TryRecvError::Closed, TryRecvError::Empty, TryRecvError::Empty].map(Err));
    }
}
