//! HTTP/1.1 for the warning page and for administration: `hyper` within limits, one request a connection.
//!
//! Bodies are never read: nothing here takes one. What a connection may cost is bounded in time and memory, so
//! that whoever never reads, or sends a header an hour, is cut.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

use super::seats::Seats;

const HEADER_LIMIT: Duration = Duration::from_secs(5);
const HEADER_OCTETS: usize = 16 << 10;
/// After an error that is not about one connection (no file descriptors left, say).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Answers requests.
pub trait Handler: Send + Sync + 'static {
    /// Answers one request, whose body is not looked at.
    fn respond(&self, request: Request<()>, peer: SocketAddr)
    -> impl Future<Output = Response<Bytes>> + Send;
}

/// Serves one listener for ever. No error ends it.
/// A connection may take `longest` in all.
pub async fn serve_http(
    listener: TcpListener,
    handler: Arc<impl Handler>,
    seats: Arc<Seats>,
    longest: Duration,
) {
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::debug!(%error, "an HTTP connection could not be accepted");
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let Some(seat) = seats.take(peer.ip()) else { continue };
        let handler = handler.clone();
        tokio::spawn(async move {
            // How it ended is the client's affair.
            let _ = timeout(longest, serve_one(stream, peer, &*handler)).await;
            drop(seat);
        });
    }
}

async fn serve_one(stream: TcpStream, peer: SocketAddr, handler: &impl Handler) -> Result<(), hyper::Error> {
    let service = service_fn(async |request: Request<Incoming>| {
        let (parts, _body) = request.into_parts();
        let response = handler.respond(Request::from_parts(parts, ()), peer).await;
        Ok::<_, Infallible>(response.map(Full::new))
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_LIMIT)
        .max_buf_size(HEADER_OCTETS)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await
}
