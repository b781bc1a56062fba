//! DNS over HTTPS (RFC 8484) by HTTP/1.1 and HTTP/2: `hyper` within limits.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::activity::{Activity, Untaken, Waiting};
use super::doh::{self, Carried};
use super::fronts::Fronts;
use super::http::bounded;
use super::listener::{Service, accept};
use super::seats::Seats;
use super::shell::{Shell, UnderWay};
use super::tls::HANDSHAKE;
use super::{LONGEST_QUERY, QUERY_LIMIT, WRITE_LIMIT};
use crate::answer::Client;
use crate::metrics::Transport;

/// Octets of a response that leave our hands before the client has let them come; most are shorter.
const PIECE: usize = 1_024;

/// Serves one listener for ever. No error ends it.
pub(super) async fn serve_https(listener: TcpListener, shell: Shell, tls: Arc<ServerConfig>) {
    accept(listener, Arc::new(Queries { shell, tls: tls.into() })).await;
}

struct Queries {
    shell: Shell,
    tls: TlsAcceptor,
}

impl Service for Queries {
    fn seats(&self, client: IpAddr) -> &Arc<Seats> {
        self.shell.seats(client)
    }

    fn fronts(&self) -> Option<&Fronts> {
        Some(&self.shell.fronts)
    }

    async fn serve(&self, stream: TcpStream, client: SocketAddr) {
        let Ok(Ok(stream)) = timeout(HANDSHAKE, self.tls.accept(stream)).await else { return };
        let client = Client { address: client.ip().to_canonical(), transport: Transport::Https };
        let _open = self.shell.open(client.transport);
        let (activity, untaken) = (Activity::new(), Untaken::new());
        let service = service_fn(|request: Request<Incoming>| {
            let (shell, busy, untaken) = (self.shell.clone(), activity.begin(), untaken.clone());
            async move {
                let (response, under_way) = respond(&shell, request, client).await;
                // Whoever does not take the response is idle.
                drop(busy);
                let waiting = untaken.begin();
                Ok::<_, Infallible>(response.map(|body| Pieces { left: body, _held: (waiting, under_way) }))
            }
        });
        let builder = bounded(u32::try_from(self.shell.config.pipeline).ok());
        let serving = builder.serve_connection(TokioIo::new(stream), service);
        tokio::pin!(serving);
        tokio::select! {
            _ = &mut serving => return,
            () = untaken.overdue(WRITE_LIMIT) => return,
            () = activity.quiet(Duration::from_secs(self.shell.config.idle)) => {}
            () = self.shell.stopped() => {}
        }
        // The client is told to send no more (RFC 9113 §6.8), and what it has sent is answered.
        serving.as_mut().graceful_shutdown();
        tokio::select! {
            _ = serving => {}
            () = untaken.overdue(WRITE_LIMIT) => {}
            () = activity.quiet(WRITE_LIMIT) => {}
        }
    }
}

async fn respond(
    shell: &Shell,
    request: Request<Incoming>,
    client: Client,
) -> (Response<Bytes>, Option<UnderWay>) {
    let (head, body) = request.into_parts();
    // Taken even where it is not wanted: some clients miss an answer that comes while they still send.
    let body = read(body).await;
    let query = match doh::carried(&head) {
        Ok(Carried::Here(query)) => Ok(query.into()),
        Ok(Carried::InBody) => body,
        Err(status) => Err(status),
    };
    match query {
        Ok(query) => doh::respond(shell, &query, client).await,
        Err(status) => (doh::refusal(status), None),
    }
}

async fn read(body: Incoming) -> Result<Bytes, StatusCode> {
    let reading = timeout(QUERY_LIMIT, Limited::new(body, LONGEST_QUERY).collect());
    match reading.await.map_err(|_| StatusCode::REQUEST_TIMEOUT)? {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::BAD_REQUEST),
    }
}

/// A body that goes out in pieces, each once the client lets it come, and that keeps hold of something until the last.
struct Pieces {
    left: Bytes,
    _held: (Waiting, Option<UnderWay>),
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let length = self.left.len().min(PIECE);
        let piece = self.left.split_to(length);
        Poll::Ready((length > 0).then(|| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.len() as u64)
    }
}
