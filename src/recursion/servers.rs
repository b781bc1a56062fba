//! What is known of each server's speed and manners, and which one to ask next.
//!
//! The time of a reply is smoothed as TCP does it (RFC 6298). The quickest server is asked, with some chance for the
//! others, so that a server that became quick is found again. A server that keeps silent is passed over for a while
//! that doubles, and is asked all the same when there is no other.

use std::net::SocketAddr;
use std::time::Duration;

use super::world::Moment;

/// What a server that nobody knows is taken to need, in milliseconds: quick enough to be tried beside known ones.
const UNKNOWN: u32 = 60;
/// The wait for such a server before another is asked.
const PATIENCE_UNKNOWN: u32 = 350;
/// The shortest and the longest wait before another server is asked, in milliseconds.
const SHORTEST_PATIENCE: u32 = 60;
const LONGEST_PATIENCE: u32 = 1_200;
/// A silent server is passed over for this long, doubled each time, in milliseconds.
const FIRST_PAUSE: u64 = 1_000;
const LONGEST_PAUSE: u64 = 120_000;
/// How long a server's manners are remembered before they are tried again, in seconds.
const MANNERS: u32 = 3_600;
/// One question in so many goes to a server by chance alone.
const EXPLORE: u64 = 24;

/// The longest cookie: ours of 8 octets and the server's of 8 to 32 (RFC 7873 §4).
const LONGEST_COOKIE: usize = 40;

/// What is known of one server.
#[derive(Clone, Copy, Debug)]
pub(super) struct Server {
    /// The smoothed time of a reply and its variation, in milliseconds; 0 where nothing came back yet.
    pub(super) smoothed: u32,
    pub(super) variation: u32,
    /// Silences in a row.
    failures: u8,
    /// Until when it is passed over.
    pub(super) resting_until: Moment,
    /// Until when it is taken to understand no EDNS.
    pub(super) plain_until: Moment,
    /// Until when it is taken to give names back in lower case.
    pub(super) folding_until: Moment,
    /// It has answered with EDNS.
    pub(super) speaks_edns: bool,
    cookie: [u8; LONGEST_COOKIE],
    cookie_length: u8,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            smoothed: 0,
            variation: 0,
            failures: 0,
            resting_until: Moment::default(),
            plain_until: Moment::default(),
            folding_until: Moment::default(),
            speaks_edns: false,
            cookie: [0; LONGEST_COOKIE],
            cookie_length: 0,
        }
    }
}

impl Server {
    /// Takes note of a reply that came after `time`.
    pub(super) fn replied(&mut self, time: Duration) {
        let time = u32::try_from(time.as_millis()).unwrap_or(u32::MAX).clamp(1, 60_000);
        if self.smoothed == 0 {
            (self.smoothed, self.variation) = (time, time / 2);
        } else {
            let off = self.smoothed.abs_diff(time);
            self.variation = (3 * self.variation + off) / 4;
            self.smoothed = (7 * self.smoothed + time).div_ceil(8);
        }
        self.failures = 0;
        self.resting_until = Moment::default();
    }

    /// Takes note that nothing came back, or nothing of use. `random` keeps many resolvers from coming back at once.
    pub(super) fn failed(&mut self, now: Moment, random: u64) {
        // Several questions that fail together are one failure.
        if self.resting_until > now {
            return;
        }
        let pause = (FIRST_PAUSE << self.failures.min(10)).min(LONGEST_PAUSE);
        let jittered = pause * 3 / 4 + random % (pause / 2);
        self.resting_until = now.after(Duration::from_millis(jittered));
        self.failures = self.failures.saturating_add(1);
    }

    /// Whether it is passed over while there are others.
    pub(super) fn is_resting(&self, now: Moment) -> bool {
        self.resting_until > now
    }

    /// How long to wait for its reply before another server is asked too.
    pub(super) fn patience(&self) -> Duration {
        let milliseconds = match self.smoothed {
            0 => PATIENCE_UNKNOWN,
            smoothed => (smoothed + 4 * self.variation.max(10)).clamp(SHORTEST_PATIENCE, LONGEST_PATIENCE),
        };
        Duration::from_millis(milliseconds.into())
    }

    /// Whether it is asked with EDNS.
    pub(super) fn takes_edns(&self, now: Moment) -> bool {
        self.plain_until <= now
    }

    /// Takes note that it answers without EDNS what it refuses with it.
    pub(super) fn refuses_edns(&mut self, now: Moment) {
        self.plain_until = now.after_seconds(MANNERS);
    }

    /// Whether it gives names back in the letters in which they were asked.
    pub(super) fn keeps_case(&self, now: Moment) -> bool {
        self.folding_until <= now
    }

    /// Takes note that it does not.
    pub(super) fn folds_case(&mut self, now: Moment) {
        self.folding_until = now.after_seconds(MANNERS);
    }

    /// The whole cookie that it gave, ours first; empty where it gave none.
    pub(super) fn cookie(&self) -> &[u8] {
        &self.cookie[..usize::from(self.cookie_length)]
    }

    /// Remembers its cookie, of 16 to 40 octets with ours; anything else is none.
    pub(super) fn keep_cookie(&mut self, cookie: &[u8]) {
        if (16..=LONGEST_COOKIE).contains(&cookie.len()) {
            self.cookie[..cookie.len()].copy_from_slice(cookie);
            self.cookie_length = cookie.len() as u8;
        }
    }
}

/// Puts servers in the order in which to ask them.
pub(super) fn in_order(
    servers: &mut Vec<(SocketAddr, Server)>,
    now: Moment,
    mut random: impl FnMut() -> u64,
) {
    let mut ranked: Vec<_> = servers
        .drain(..)
        .map(|(address, server)| {
            let expected = if server.smoothed == 0 { UNKNOWN } else { server.smoothed };
            // Up to half more or less by chance, so that equal servers share the load.
            let score = u64::from(expected) * (128 + random() % 128);
            let explored = !server.is_resting(now) && random().is_multiple_of(EXPLORE);
            ((server.is_resting(now), if explored { 0 } else { score }), (address, server))
        })
        .collect();
    ranked.sort_by_key(|(score, _)| *score);
    servers.extend(ranked.into_iter().map(|(_, server)| server));
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_000_000);

    fn replying(milliseconds: u64) -> Server {
        let mut server = Server::default();
        (0..8).for_each(|_| server.replied(Duration::from_millis(milliseconds)));
        server
    }

    /// How often each of the servers came first in a thousand draws.
    fn firsts(servers: &[Server]) -> Vec<usize> {
        let mut count = vec![0; servers.len()];
        let mut seed = 1_u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            seed >> 33
        };
        for _ in 0..1_000 {
            let address = |index| SocketAddr::from(([192, 0, 2, index as u8], 53));
            let mut order: Vec<_> =
                servers.iter().enumerate().map(|(index, server)| (address(index), *server)).collect();
            in_order(&mut order, NOW, &mut random);
            let first = (0..servers.len()).find(|index| address(*index) == order[0].0).unwrap();
            count[first] += 1;
        }
        count
    }

    #[test]
    fn the_quick_are_preferred_and_the_slow_not_forgotten() {
        let count = firsts(&[replying(10), replying(200)]);
        assert!(count[0] > 900 && count[1] > 5, "{count:?}");
        let count = firsts(&[replying(10), replying(11)]);
        assert!(count[0] > 300 && count[1] > 300, "{count:?}");
        let count = firsts(&[replying(300), Server::default()]);
        assert!(count[1] > 900, "{count:?}");
    }

    #[test]
    fn the_silent_rest_longer_each_time_and_come_last() {
        let mut silent = replying(10);
        silent.failed(NOW, 0);
        assert_eq!(firsts(&[silent, replying(500)])[0], 0);
        assert_eq!(silent.resting_until.since(NOW), Duration::from_millis(750));
        let later = Moment(silent.resting_until.0);
        assert!(!silent.is_resting(later));
        silent.failed(later, 0);
        assert_eq!(silent.resting_until.since(later), Duration::from_millis(1_500));
        // A second silence of the same moment is the same silence.
        silent.failed(later, 0);
        assert_eq!(silent.resting_until.since(later), Duration::from_millis(1_500));
        (0..20).for_each(|_| silent.failed(silent.resting_until, u64::MAX));
        assert!(silent.patience() < Duration::from_millis(200));
        silent.replied(Duration::from_millis(10));
        assert!(!silent.is_resting(NOW));
    }

    #[test]
    fn patience_follows_the_replies() {
        assert_eq!(Server::default().patience(), Duration::from_millis(350));
        assert_eq!(replying(1).patience(), Duration::from_millis(60));
        assert!(replying(100).patience() >= Duration::from_millis(140));
        assert_eq!(replying(20_000).patience(), Duration::from_millis(1_200));
    }

    #[test]
    fn manners_are_remembered_for_a_while() {
        let mut server = Server::default();
        assert!(server.takes_edns(NOW) && server.keeps_case(NOW) && server.cookie().is_empty());
        server.refuses_edns(NOW);
        server.folds_case(NOW);
        assert!(!server.takes_edns(NOW) && !server.keeps_case(NOW));
        let later = NOW.after_seconds(MANNERS);
        assert!(server.takes_edns(later) && server.keeps_case(later));
        server.keep_cookie(b"short");
        assert!(server.cookie().is_empty());
        server.keep_cookie(b"0123456789abcdef");
        assert_eq!(server.cookie(), b"0123456789abcdef");
    }
}
