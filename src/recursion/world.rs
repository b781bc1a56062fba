//! All that a resolution asks of the world: the time, chance, and one message to a server and back.
//!
//! Nothing else in this room knows a socket, a clock or a source of randomness, so a test that implements
//! [`World`] holds the whole Internet in its hand, and its time.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::BoxFuture;

use super::upstream::Transport;

/// A moment, in milliseconds since some other moment before the start. It never goes back, whatever is done to the
/// system's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub u64);

impl Moment {
    /// The moment `time` after this one.
    pub fn after(self, time: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)))
    }

    /// The moment so many seconds after this one.
    pub fn after_seconds(self, seconds: u32) -> Self {
        Self(self.0.saturating_add(u64::from(seconds) * 1000))
    }

    /// The whole seconds from this moment until `later`, begun ones included; 0 where it has passed.
    pub fn seconds_until(self, later: Self) -> u32 {
        u32::try_from(later.0.saturating_sub(self.0).div_ceil(1000)).unwrap_or(u32::MAX)
    }

    /// The time from `earlier` until this moment; none where it is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

/// Why nothing came back, where that is known before the time is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// No route, a closed port, a connection refused or broken.
    #[error("the server cannot be reached")]
    Unreachable,
    /// So many datagrams came that were no replies to the query that somebody is guessing.
    #[error("forged replies keep coming")]
    Forged,
}

/// What a resolution asks for. Implementations are shared by all resolutions.
pub trait World: Send + Sync + 'static {
    /// The time that passes.
    fn now(&self) -> Moment;

    /// The time that signatures are held against, in seconds since 1970.
    fn wall(&self) -> u64;

    /// 64 bits that nobody outside can guess.
    fn random(&self) -> u64;

    /// Ends after `time`.
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()>;

    /// Sends `query`, a whole message without framing, and brings the reply to it: a message for which
    /// [`is_reply`] holds. Over UDP that reply may be truncated; no other transport is tried
    /// here. Waits for as long as it is polled, and stops when it is dropped.
    fn exchange(
        &self,
        server: SocketAddr,
        transport: Transport,
        query: Vec<u8>,
    ) -> BoxFuture<'static, Result<Vec<u8>, Undelivered>>;
}

const HEADER: usize = 12;

/// Whether `reply` answers `query`: a response with the same identifier and the same question, letter case
/// aside. Over UDP whatever fails it is ignored, not taken for an error (RFC 5452 §9.1).
pub fn is_reply(query: &[u8], reply: &[u8]) -> bool {
    const RESPONSE: u8 = 0x80;
    const ONE: &[u8] = &[0, 1];
    let (Some(asked), Some(echoed)) = (question(query), question(reply)) else {
        return is_bare(query, reply);
    };
    let name = asked.len().saturating_sub(4);
    query[..2] == reply[..2]
        && reply[2] & RESPONSE != 0
        && &reply[4..6] == ONE
        && asked.len() == echoed.len()
        && asked[..name].eq_ignore_ascii_case(&echoed[..name])
        && asked[name..] == echoed[name..]
}

/// Whether `reply` is a bare header that refuses `query`: what servers send that could not read it at all. It says
/// nothing of any name, only that this way of asking is not understood.
fn is_bare(query: &[u8], reply: &[u8]) -> bool {
    const FORMERR: u8 = 1;
    const NOTIMP: u8 = 4;
    let Some((header, [])) = reply.split_first_chunk::<HEADER>() else { return false };
    query.get(..2) == Some(&header[..2])
        && header[2] & 0x80 != 0
        && matches!(header[3] & 0x0f, FORMERR | NOTIMP)
        && header[4..] == [0; 8]
}

/// The first question of a message, as long as its name is not compressed: name, type and class.
pub(super) fn question(message: &[u8]) -> Option<&[u8]> {
    let mut at = HEADER;
    loop {
        match usize::from(*message.get(at)?) {
            0 => return message.get(HEADER..at + 5),
            length if length < 64 => at += 1 + length,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: u8, flags: u8, rest: &[u8]) -> Vec<u8> {
        let mut message = vec![0, id, flags, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        message.extend_from_slice(rest);
        message
    }

    #[test]
    fn only_the_reply_to_the_query_is_taken() {
        let query = message(7, 0, b"\x03wWw\x01e\0\0\x41\0\x01");
        assert!(is_reply(&query, &message(7, 0x80, b"\x03WwW\x01E\0\0\x41\0\x01and more")));
        for (forged, why) in [
            (message(8, 0x80, b"\x03www\x01e\0\0\x41\0\x01"), "identifier"),
            (message(7, 0x00, b"\x03www\x01e\0\0\x41\0\x01"), "not a response"),
            (message(7, 0x80, b"\x03www\x01f\0\0\x41\0\x01"), "name"),
            (message(7, 0x80, b"\x03www\x01e\0\0\x61\0\x01"), "type, which has no letter case"),
            (message(7, 0x80, b"\x03www\x01e\0\0\x41\0"), "cut short"),
            (message(7, 0x80, b"\xc0\x0c\0\x41\0\x01"), "compressed question"),
            (vec![0, 7, 0x80], "no header"),
            (vec![0, 7, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0], "a bare header that refuses nothing"),
        ] {
            assert!(!is_reply(&query, &forged), "{why}");
        }
        assert!(is_reply(&query, &[0, 7, 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0]));
    }

    #[test]
    fn moments_add_up() {
        let moment = Moment(1_500);
        assert_eq!(moment.after(Duration::from_millis(10)), Moment(1_510));
        assert_eq!(moment.seconds_until(Moment(2_600)), 2);
        assert_eq!(moment.seconds_until(Moment(1_000)), 0);
        assert_eq!(moment.since(Moment(1_000)), Duration::from_millis(500));
    }
}
