//! A QUIC connection for `h3` whose streams end where they get too long.
//!
//! `h3` collects a frame of HTTP/3 whole before it looks at it, whatever length it announces; on a connection of this
//! kind nobody can make it collect more than a request of ours can have.

use std::task::{Context, Poll};

use bytes::Buf;
use h3::error::Code;
use h3::quic::{
    Connection, ConnectionErrorIncoming, OpenStreams, RecvStream, SendStream, StreamErrorIncoming, StreamId,
    WriteBuf,
};

/// The longest that a client may send on one stream, in octets: a head and a query, or a connection's settings.
const LONGEST: usize = 32 << 10;

/// A connection, or what opens its streams.
pub(super) struct Bounded<C>(pub C);

/// A stream, and how much more of it is taken.
pub(super) struct Stream<S> {
    inner: S,
    left: usize,
}

impl<S> Stream<S> {
    fn new(inner: S) -> Self {
        Self { inner, left: LONGEST }
    }
}

impl<C: OpenStreams<B>, B: Buf> OpenStreams<B> for Bounded<C> {
    type BidiStream = Stream<C::BidiStream>;
    type SendStream = C::SendStream;

    fn poll_open_bidi(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Self::BidiStream, StreamErrorIncoming>> {
        self.0.poll_open_bidi(context).map_ok(Stream::new)
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
        self.0.poll_accept_recv(context).map_ok(Stream::new)
    }

    fn poll_accept_bidi(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Self::BidiStream, ConnectionErrorIncoming>> {
        self.0.poll_accept_bidi(context).map_ok(Stream::new)
    }

    fn opener(&self) -> Self::OpenStreams {
        Bounded(self.0.opener())
    }
}

impl<S: RecvStream> RecvStream for Stream<S> {
    type Buf = S::Buf;

    fn poll_data(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Self::Buf>, StreamErrorIncoming>> {
        let polled = self.inner.poll_data(context);
        if let Poll::Ready(Ok(Some(data))) = &polled {
            let Some(left) = self.left.checked_sub(data.remaining()) else {
                self.inner.stop_sending(Code::H3_EXCESSIVE_LOAD.value());
                return Poll::Ready(Err(StreamErrorIncoming::Unknown("a stream is too long".into())));
            };
            self.left = left;
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
