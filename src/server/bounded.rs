//! A QUIC connection for `h3` on which nothing gets too long.
//!
//! `h3` collects a frame of HTTP/3 whole before it looks at it, whatever length it announces; on a connection of this
//! kind nobody can make it collect more than a request of ours can have. A stream of requests has a length of its own;
//! the control stream lasts as long as the connection, so that there each frame has.

use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use h3::error::Code;
use h3::quic::{
    Connection, ConnectionErrorIncoming, OpenStreams, RecvStream, SendStream, StreamErrorIncoming, StreamId,
    WriteBuf,
};

/// The longest that a client may send on one stream, in octets: a head and a query.
const LONGEST: usize = 32 << 10;
/// The longest frame of a control stream: settings, or how urgent a request is.
const LONGEST_FRAME: u64 = 4 << 10;
/// The type of a control stream (RFC 9114 §6.2.1).
const CONTROL: u64 = 0;

/// A connection, or what opens its streams.
pub(super) struct Bounded<C>(pub C);

/// A stream, and how much more of it is taken.
pub(super) struct Stream<S> {
    inner: S,
    bound: Bound,
}

impl<S> Stream<S> {
    /// A stream of requests.
    fn of_requests(inner: S) -> Self {
        Self { inner, bound: Bound::new(Part::Rest(LONGEST)) }
    }

    /// A stream that says what it is for.
    fn of_one_way(inner: S) -> Self {
        Self { inner, bound: Bound::new(Part::Type) }
    }
}

/// What comes next on a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// What it is for (RFC 9114 §6.2).
    Type,
    /// The type of a frame, then its length, then so many octets (§7.1).
    FrameType,
    FrameLength,
    Frame(usize),
    /// What is not looked into: so many octets at most.
    Rest(usize),
}

/// Reads along, and keeps nothing.
struct Bound {
    part: Part,
    /// The number that is being read (RFC 9000 §16), and how many of its octets are still to come.
    number: u64,
    missing: u32,
}

impl Bound {
    fn new(part: Part) -> Self {
        Self { part, number: 0, missing: 0 }
    }

    /// Whether the stream may go on with these octets.
    fn takes(&mut self, mut octets: &[u8]) -> bool {
        while let [first, rest @ ..] = octets {
            match self.part {
                Part::Rest(left) => {
                    let left = left.checked_sub(octets.len());
                    self.part = Part::Rest(left.unwrap_or(0));
                    return left.is_some();
                }
                Part::Frame(left) => {
                    let taken = left.min(octets.len());
                    octets = &octets[taken..];
                    self.part = if taken == left { Part::FrameType } else { Part::Frame(left - taken) };
                }
                part => {
                    octets = rest;
                    let Some(number) = self.number(*first) else { continue };
                    self.part = match part {
                        Part::Type if number == CONTROL => Part::FrameType,
                        Part::Type => Part::Rest(LONGEST),
                        Part::FrameType => Part::FrameLength,
                        _ if number > LONGEST_FRAME => return false,
                        _ if number == 0 => Part::FrameType,
                        _ => Part::Frame(number as usize),
                    };
                }
            }
        }
        true
    }

    /// Takes one more octet of a number; the number, once it is whole.
    fn number(&mut self, octet: u8) -> Option<u64> {
        if self.missing == 0 {
            (self.number, self.missing) = (u64::from(octet & 0x3f), 1 << (octet >> 6));
        } else {
            self.number = self.number << 8 | u64::from(octet);
        }
        self.missing -= 1;
        (self.missing == 0).then_some(self.number)
    }
}

impl<C: OpenStreams<B>, B: Buf> OpenStreams<B> for Bounded<C> {
    type BidiStream = Stream<C::BidiStream>;
    type SendStream = C::SendStream;

    fn poll_open_bidi(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Self::BidiStream, StreamErrorIncoming>> {
        self.0.poll_open_bidi(context).map_ok(Stream::of_requests)
    }

    fn poll_open_send(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Self::SendStream, StreamErrorIncoming>> {
        self.0.poll_open_send(context)
    }

    fn close(&mut self, code: Code, reason: &[u8]) {
        self.0.close(code, reason);
    }
}

impl<C: Connection<B>, B: Buf> Connection<B> for Bounded<C> {
    type RecvStream = Stream<C::RecvStream>;
    type OpenStreams = Bounded<C::OpenStreams>;

    fn poll_accept_recv(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Self::RecvStream, ConnectionErrorIncoming>> {
        self.0.poll_accept_recv(context).map_ok(Stream::of_one_way)
    }

    fn poll_accept_bidi(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Self::BidiStream, ConnectionErrorIncoming>> {
        self.0.poll_accept_bidi(context).map_ok(Stream::of_requests)
    }

    fn opener(&self) -> Self::OpenStreams {
        Bounded(self.0.opener())
    }
}

impl<S: RecvStream> RecvStream for Stream<S> {
    type Buf = Bytes;

    fn poll_data(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Self::Buf>, StreamErrorIncoming>> {
        let polled = self.inner.poll_data(context);
        // Octets that lie together, as QUIC's do, are not copied.
        let polled = polled.map_ok(|data| data.map(|mut data| data.copy_to_bytes(data.remaining())));
        if let Poll::Ready(Ok(Some(data))) = &polled
            && !self.bound.takes(data)
        {
            self.inner.stop_sending(Code::H3_EXCESSIVE_LOAD.value());
            return Poll::Ready(Err(StreamErrorIncoming::Unknown("a stream is too long".into())));
        }
        polled
    }

    fn stop_sending(&mut self, error_code: u64) {
        self.inner.stop_sending(error_code);
    }

    fn recv_id(&self) -> StreamId {
        self.inner.recv_id()
    }
}

impl<S: SendStream<B>, B: Buf> SendStream<B> for Stream<S> {
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), StreamErrorIncoming>> {
        self.inner.poll_ready(context)
    }

    fn send_data<T: Into<WriteBuf<B>>>(&mut self, data: T) -> Result<(), StreamErrorIncoming> {
        self.inner.send_data(data)
    }

    fn poll_finish(&mut self, context: &mut Context<'_>) -> Poll<Result<(), StreamErrorIncoming>> {
        self.inner.poll_finish(context)
    }

    fn reset(&mut self, reset_code: u64) {
        self.inner.reset(reset_code);
    }

    fn send_id(&self) -> StreamId {
        self.inner.send_id()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether each octet is taken, given one by one, and all at once.
    fn taken(part: Part, octets: &[u8]) -> (usize, bool) {
        let mut bound = Bound::new(part);
        let one_by_one = octets.iter().take_while(|octet| bound.takes(&[**octet])).count();
        (one_by_one, Bound::new(part).takes(octets))
    }

    #[test]
    fn a_control_stream_has_no_end_but_its_frames_have() {
        // Settings of two octets, an empty frame, then frames of another type whose length takes two octets.
        let start = b"\0\x04\x02\x06\x00\x0d\0";
        let frame = [&b"\x80\x0f\x07\x00\x50\x00"[..], &[0; 0x1000]].concat();
        let long = [&start[..], &frame.repeat(100)].concat();
        assert_eq!(taken(Part::Type, &long), (long.len(), true));
        let too_long = b"\x80\x0f\x07\x00\x50\x01";
        let broken = [&long[..], too_long].concat();
        assert_eq!(taken(Part::Type, &broken), (broken.len() - 1, false));
        // A length that takes eight.
        assert_eq!(taken(Part::FrameType, b"\x04\xff\xff\xff\xff\xff\xff\xff\xff"), (8, false));
    }

    #[test]
    fn all_other_streams_have_an_end() {
        for (part, longest) in [(Part::Type, LONGEST + 1), (Part::Rest(LONGEST), LONGEST)] {
            // The type of a stream of QPACK, where one is told.
            let octets = vec![2; longest + 1];
            assert_eq!(taken(part, &octets), (longest, false), "{part:?}");
            assert_eq!(taken(part, &octets[1..]), (longest, true), "{part:?}");
        }
    }
}
