//! Limits on connections: of all clients together, and of each.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// The connections of listeners that share one limit. An address is here only as long as it has one open.
pub struct Seats {
    most: usize,
    most_per_client: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_client: HashMap<IpAddr, usize>,
}

/// One connection's place, given back when dropped.
pub(super) struct Seat {
    seats: Arc<Seats>,
    client: IpAddr,
}

impl Seats {
    /// At most `most` connections at once, and `most_per_client` of one client address.
    pub fn new(most: usize, most_per_client: usize) -> Arc<Self> {
        Arc::new(Self { most, most_per_client, taken: Mutex::default() })
    }

    /// Whether half of all seats are taken, or half of those that `client` may have.
    pub(super) fn are_few(&self, client: IpAddr) -> bool {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.by_client.get(&household(client)).copied().unwrap_or(0);
        2 * taken.all >= self.most || 2 * own >= self.most_per_client
    }

    /// A place for a connection of `client`; none where it, or all together, have too many.
    pub(super) fn take(self: &Arc<Self>, client: IpAddr) -> Option<Seat> {
        let client = household(client);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.by_client.get(&client).copied().unwrap_or(0);
        if taken.all >= self.most || own >= self.most_per_client {
            return None;
        }
        taken.all += 1;
        taken.by_client.insert(client, own + 1);
        Some(Seat { seats: self.clone(), client })
    }
}

/// Whom an address stands for: with IPv6 one client has as many addresses as it likes in its /64.
fn household(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        v4 => v4,
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        match taken.by_client.get_mut(&self.client) {
            Some(own) if *own > 1 => *own -= 1,
            _ => _ = taken.by_client.remove(&self.client),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_share_their_seats() {
        let seats = Seats::new(9, 1);
        let _first = seats.take("2001:db8::1".parse().unwrap()).unwrap();
        assert!(seats.take("2001:db8::2".parse().unwrap()).is_none());
        let _other = seats.take("2001:db8:0:1::1".parse().unwrap()).unwrap();
        let _v4 = seats.take("::ffff:192.0.2.1".parse().unwrap()).unwrap();
        assert!(seats.take("192.0.2.1".parse().unwrap()).is_none());
    }

    #[test]
    fn seats_are_limited_and_come_back() {
        let seats = Seats::new(3, 2);
        let (one, two) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let first = seats.take(one);
        let second = seats.take(one);
        assert!(first.is_some() && second.is_some());
        assert!(seats.take(one).is_none(), "two are all that one client has");
        assert!(seats.are_few(one));
        let third = seats.take(two);
        assert!(third.is_some());
        assert!(seats.take(two).is_none(), "three are all that there are");
        drop(second);
        assert!(seats.take(two).is_some());
        drop((first, third));
        let taken = seats.taken.lock().unwrap();
        assert!(taken.all == 0 && taken.by_client.is_empty());
    }
}
