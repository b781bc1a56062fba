//! The only way out: one message to a server, one message back.
//!
//! Everything that the room asks of the world goes through [`Network::exchange`], so a test that implements
//! it holds the whole Internet in its hand. Time limits are set above it, in tokio's time: an implementation
//! waits for as long as it is polled, and stops when its future is dropped.

use std::io;
use std::net::SocketAddr;

use futures_util::future::BoxFuture;

use super::upstream::Transport;

/// Carries messages to servers and back.
pub trait Network: Send + Sync + 'static {
    /// Sends `query`, a whole message without framing, and brings the reply to it: a message for which
    /// [`is_reply`] holds. Over UDP that reply may be truncated; no other transport is tried here.
    fn exchange(
        &self,
        server: SocketAddr,
        transport: Transport,
        query: Vec<u8>,
    ) -> BoxFuture<'static, io::Result<Vec<u8>>>;
}

const HEADER: usize = 12;

/// Whether `reply` answers `query`: a response with the same identifier and the same question, letter case
/// aside. All that tells a reply from a forgery, so over UDP whatever fails it is ignored, not taken for an
/// error (RFC 5452 §9.1).
pub fn is_reply(query: &[u8], reply: &[u8]) -> bool {
    const RESPONSE: u8 = 0x80;
    const ONE: &[u8] = &[0, 1];
    let (Some(asked), Some(echoed)) = (question(query), question(reply)) else { return false };
    let name = asked.len().saturating_sub(4);
    query[..2] == reply[..2]
        && reply[2] & RESPONSE != 0
        && &reply[4..6] == ONE
        && asked.len() == echoed.len()
        && asked[..name].eq_ignore_ascii_case(&echoed[..name])
        && asked[name..] == echoed[name..]
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
        ] {
            assert!(!is_reply(&query, &forged), "{why}");
        }
    }
}
