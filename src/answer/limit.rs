//! How many answers a network gets in a second, so that nobody can make us flood whoever they claim to be.
//!
//! Counted by client network (IPv4 /24, IPv6 /56) in a table of fixed size: sets of eight places, one line of
//! cache each, without a lock. A place is one word: a tag of the network, the second, and the count in it. Where
//! all places of a set are of this second, the one with the smallest count gives way: who floods stays known,
//! however many addresses are forged beside.

use std::hash::Hasher;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use siphasher::sip::SipHasher13;

const WAYS: usize = 8;
/// 65,536 networks in one second, in half a mebibyte.
const SETS: usize = 8_192;

/// What a client gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowance {
    /// Its answer.
    Answer,
    /// A short word that it is to come back by another way, which only a client with its own address can.
    Slip,
    /// Nothing.
    Nothing,
}

#[repr(align(64))]
#[derive(Default)]
struct Set([AtomicU64; WAYS]);

pub(super) struct Limiter {
    key: [u8; 16],
    sets: Box<[Set]>,
    rate: u32,
    slip: u32,
}

impl Limiter {
    /// A limit of `rate` answers in a second to one network; each `slip`th beyond is a slip, none with 0. The key
    /// keeps others from choosing networks that meet in one place.
    pub(super) fn new(rate: u32, slip: u32, key: [u8; 16]) -> Self {
        Self { key, sets: (0..SETS).map(|_| Set::default()).collect(), rate, slip }
    }

    /// Counts an answer to a client, at `now` in monotonic seconds.
    pub(super) fn allowance(&self, client: IpAddr, now: u32) -> Allowance {
        let mut hasher = SipHasher13::new_with_key(&self.key);
        match client {
            IpAddr::V4(address) => hasher.write(&address.octets()[..3]),
            IpAddr::V6(address) => hasher.write(&address.octets()[..7]),
        }
        let hash = hasher.finish();
        let Some(set) = self.sets.get(hash as usize % SETS) else { return Allowance::Answer };
        let count = set.count(u64::from((hash >> 48) as u16), u64::from(now as u16));
        match count.checked_sub(self.rate) {
            None | Some(0) => Allowance::Answer,
            Some(excess) if self.slip > 0 && excess % self.slip == 0 => Allowance::Slip,
            Some(_) => Allowance::Nothing,
        }
    }
}

impl Set {
    /// Counts one more of a tag in a second, and says how many there are.
    fn count(&self, tag: u64, second: u64) -> u32 {
        let begun = tag << 48 | second << 32 | 1;
        // Others may take the place between a look and its use; whoever loses that so often counts as the first.
        for _ in 0..WAYS {
            let mut spare = (u64::MAX, 0, &self.0[0]);
            for place in &self.0 {
                let held = place.load(Relaxed);
                if held >> 32 == begun >> 32 {
                    return place.fetch_add(1, Relaxed) as u32 + 1;
                }
                // Its own of another second first; any other's of another second is as good as empty.
                let worth = match (held >> 48 == tag, (held >> 32) & 0xffff == second) {
                    (true, _) => 0,
                    (false, false) => 1,
                    (false, true) => 1 + (held & 0xffff_ffff),
                };
                if worth < spare.0 {
                    spare = (worth, held, place);
                }
            }
            let (_, held, place) = spare;
            if place.compare_exchange(held, begun, Relaxed, Relaxed).is_ok() {
                return 1;
            }
        }
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter(rate: u32, slip: u32) -> Limiter {
        Limiter::new(rate, slip, [7; 16])
    }

    fn allowances(limiter: &Limiter, client: &str, now: u32, count: usize) -> String {
        let allowance = |_| match limiter.allowance(client.parse().unwrap(), now) {
            Allowance::Answer => 'a',
            Allowance::Slip => 's',
            Allowance::Nothing => '-',
        };
        (0..count).map(allowance).collect()
    }

    #[test]
    fn a_network_gets_its_rate_and_then_slips() {
        let limiter = limiter(3, 2);
        assert_eq!(allowances(&limiter, "192.0.2.1", 1, 5), "aaa-s");
        // Its neighbour counts with it, the next network does not.
        assert_eq!(allowances(&limiter, "192.0.2.200", 1, 4), "-s-s");
        assert_eq!(allowances(&limiter, "192.0.3.1", 1, 3), "aaa");
        assert_eq!(allowances(&limiter, "192.0.2.1", 2, 4), "aaa-");
        assert_eq!(allowances(&limiter, "2001:db8::1", 2, 2), "aa");
        assert_eq!(allowances(&limiter, "2001:db8:0:ff::1", 2, 2), "a-");
        assert_eq!(allowances(&limiter, "2001:db8:0:100::1", 2, 3), "aaa");
    }

    #[test]
    fn every_slip_can_be_chosen() {
        assert_eq!(allowances(&limiter(1, 0), "192.0.2.1", 1, 5), "a----");
        assert_eq!(allowances(&limiter(1, 1), "192.0.2.1", 1, 5), "assss");
        assert_eq!(allowances(&limiter(1, 3), "192.0.2.1", 1, 8), "a--s--s-");
    }

    #[test]
    fn who_floods_stays_known_among_forged_addresses() {
        let limiter = limiter(10, 0);
        assert_eq!(allowances(&limiter, "192.0.2.1", 1, 20), "aaaaaaaaaa----------");
        for forged in 0..1_000_000_u32 {
            limiter.allowance(IpAddr::V4((0x0a00_0000 + (forged << 8)).into()), 1);
        }
        assert_eq!(allowances(&limiter, "192.0.2.1", 1, 3), "---");
        // A network that asks little is not held for one that floods.
        assert_eq!(allowances(&limiter, "198.51.100.1", 2, 10), "aaaaaaaaaa");
    }

    #[test]
    fn many_threads_count_together() {
        let limiter = limiter(1_000, 0);
        let answered = std::thread::scope(|scope| {
            let count =
                || allowances(&limiter, "192.0.2.1", 1, 1_000).chars().filter(|got| *got == 'a').count();
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(count)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum::<usize>()
        });
        assert_eq!(answered, 1_000);
    }
}
