//! HTTP/1.1 for the warning page and for administration: `hyper` within limits, one request a connection.
//!
//! Bodies are never read: nothing here takes one. What a connection may cost is bounded in time and memory, so
//! that whoever never reads, or sends a header an hour, is cut.

use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
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
use tokio::time::timeout;

use super::listener::{Service, accept};
use super::seats::Seats;

const HEADER_LIMIT: Duration = Duration::from_secs(5);
const HEADER_OCTETS: usize = 16 << 10;

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
    accept(listener, Arc::new(Site { handler, seats, longest })).await;
}

struct Site<H> {
    handler: Arc<H>,
    seats: Arc<Seats>,
    longest: Duration,
}

impl<H: Handler> Service for Site<H> {
    fn seats(&self, _: IpAddr) -> &Arc<Seats> {
        &self.seats
    }

    async fn serve(&self, stream: TcpStream, client: SocketAddr) {
        let _ = timeout(self.longest, serve_one(stream, client, &*self.handler)).await;
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
