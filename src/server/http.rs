//! HTTP for the warning page and for administration: `hyper` within limits, by HTTP/1.1 with one request a connection.
//!
//! Bodies are never read: nothing here takes one. What a connection may cost is bounded in time and memory, so
//! that whoever never reads, or sends a header an hour, is cut.

use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::time::sleep;

use super::listener::{Service, accept};
use super::seats::Seats;
use super::visits::{Visitor, Visits};

/// For the head of a request over HTTP/1.1.
const HEAD: Duration = Duration::from_secs(5);
/// Longer than any head that is asked with.
const HEAD_OCTETS: usize = 16 << 10;
/// Requests of a connection of HTTP/2 in all; a new one costs a handshake.
const MOST_REQUESTS: usize = 64;
/// How long it is asked for more, from its beginning.
const KEPT: Duration = Duration::from_secs(10);
/// Requests of a connection of HTTP/2 at once: a page, and what browsers ask for beside it.
const STREAMS: u32 = 4;
/// What a stream may send before it is read: a query over HTTPS; elsewhere nothing is.
const STREAM_WINDOW: u32 = 4 << 10;
/// Requests that a client took back and that still cost; with more of them it is cut.
const TAKEN_BACK: usize = 20;

/// Answers requests.
pub trait Handler: Send + Sync + 'static {
    /// Answers one request, whose body is not looked at.
    fn respond(&self, request: Request<()>, peer: SocketAddr)
    -> impl Future<Output = Response<Bytes>> + Send;
}

/// Serves one listener for ever. No error ends it.
pub async fn serve_http(listener: TcpListener, handler: Arc<impl Handler>, visits: Arc<Visits>) {
    accept(listener, Arc::new(Site { handler, visits })).await;
}

struct Site<H> {
    handler: Arc<H>,
    visits: Arc<Visits>,
}

impl<H: Handler> Service for Site<H> {
    fn seats(&self, _: IpAddr) -> &Arc<Seats> {
        &self.visits.seats
    }

    async fn serve(&self, stream: TcpStream, client: SocketAddr) {
        let visit =
            |visitor| serve_connection(stream, client, (self.handler.clone(), visitor), Versions::Http1);
        self.visits.bound(visit).await;
    }
}

/// Which versions of HTTP a connection may speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Versions {
    /// HTTP/1.1, one request a connection.
    Http1,
    /// HTTP/2 too, for clients that begin with it as they do where TLS has agreed on it.
    Both,
}

/// Answers what comes by a connection.
pub(super) async fn serve_connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    (handler, visitor): (Arc<impl Handler>, Visitor),
    versions: Versions,
) {
    let (asked, enough) = (AtomicUsize::new(0), Arc::new(Notify::new()));
    let told = enough.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        visitor.asks();
        if asked.fetch_add(1, Relaxed) + 1 == MOST_REQUESTS {
            told.notify_one();
        }
        let handler = handler.clone();
        async move {
            let (parts, _body) = request.into_parts();
            let response = handler.respond(Request::from_parts(parts, ()), peer).await;
            Ok::<_, Infallible>(response.map(Full::new))
        }
    });
    let builder = builder(versions);
    let serving = builder.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(serving);
    tokio::select! {
        _ = &mut serving => return,
        () = sleep(KEPT) => {}
        () = enough.notified() => {}
    }
    // The client is told to ask for no more (RFC 9113 §6.8), and what it has asked is answered.
    serving.as_mut().graceful_shutdown();
    let _ = serving.await;
}

fn builder(versions: Versions) -> auto::Builder<TokioExecutor> {
    let mut builder = bounded(Some(STREAMS));
    builder.http1().keep_alive(false);
    builder.http2().initial_connection_window_size(STREAM_WINDOW);
    match versions {
        Versions::Http1 => builder.http1_only(),
        Versions::Both => builder,
    }
}

/// What every listener speaks that speaks HTTP over TCP, with so many streams of a connection at once.
pub(super) fn bounded(streams: Option<u32>) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_OCTETS);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(streams)
        .max_header_list_size(HEAD_OCTETS as u32)
        .initial_stream_window_size(STREAM_WINDOW)
        .max_pending_accept_reset_streams(TAKEN_BACK)
        .max_local_error_reset_streams(TAKEN_BACK);
    builder
}
