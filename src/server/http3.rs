//! DNS over HTTPS by HTTP/3 (RFC 8484, RFC 9114): `h3` within limits.

use std::time::Duration;

use bytes::{Buf, Bytes};
use h3::error::Code;
use h3::quic::{RecvStream, SendStream};
use h3::server::{self, RequestStream};
use http::{Request, StatusCode};
use quinn::{Connection, VarInt};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::activity::Activity;
use super::bounded::Bounded;
use super::doh::{self, Carried};
use super::quic::client;
use super::shell::Shell;
use super::tls::HANDSHAKE;
use super::{LONGEST_QUERY, QUERY_LIMIT, WRITE_LIMIT};
use crate::metrics::Transport;

/// Longer than any head that carries a query.
const HEAD_OCTETS: u64 = 16 << 10;

/// Answers a connection's requests until the client is done, idle too long or breaks the protocol: what is still under
/// way then is dropped. Or until the program is to end: then the client is told to send no more (RFC 9114 §5.2), and what
/// it has sent is answered first.
pub(super) async fn exchange(connection: Connection, shell: &Shell) {
    let _open = shell.open(Transport::Http3);
    let mut builder = server::builder();
    builder.max_field_section_size(HEAD_OCTETS);
    let quic = Bounded(h3_quinn::Connection::new(connection.clone()));
    // A client that lets no stream be opened would otherwise hold its seat for ever.
    let Ok(Ok(mut requests)) = timeout(HANDSHAKE, builder.build::<_, Bytes>(quic)).await else { return };
    let activity = Activity::new();
    let mut streams = JoinSet::new();
    let close = || connection.close(VarInt::from_u32(Code::H3_NO_ERROR.value() as u32), b"");
    let stopped = shell.stopped();
    tokio::pin!(stopped);
    loop {
        tokio::select! {
            accepted = requests.accept() => {
                let Ok(Some(request)) = accepted else { return };
                let (connection, shell, busy) = (connection.clone(), shell.clone(), activity.begin());
                streams.spawn(async move {
                    if let Ok(Ok((request, stream))) = timeout(QUERY_LIMIT, request.resolve_request()).await {
                        answer(&connection, &shell, request, stream).await;
                    }
                    drop(busy);
                });
            }
            Some(_) = streams.join_next() => {}
            () = activity.quiet(Duration::from_secs(shell.config.idle)) => return close(),
            () = &mut stopped => {
                // From the next one on none is taken. A client that has gone needs no telling.
                let _ = timeout(WRITE_LIMIT, requests.shutdown(1)).await;
                while streams.join_next().await.is_some() {}
                return close();
            }
        }
    }
}

/// Answers one request, as long as its client waits for it.
async fn answer<S: RecvStream + SendStream<Bytes>>(
    connection: &Connection,
    shell: &Shell,
    request: Request<()>,
    mut stream: RequestStream<S, Bytes>,
) {
    let query = match doh::carried(&request.into_parts().0) {
        Ok(Carried::Here(query)) => Ok(query),
        Ok(Carried::InBody) => read(&mut stream).await,
        Err(status) => Err(status),
    };
    let (response, under_way) = match query {
        Ok(query) => doh::respond(shell, &query, client(connection, Transport::Http3)).await,
        Err(status) => (doh::refusal(status), None),
    };
    let (head, body) = response.into_parts();
    let sending = async {
        stream.send_response(http::Response::from_parts(head, ())).await.ok()?;
        stream.send_data(body).await.ok()?;
        stream.finish().await.ok()
    };
    let _ = timeout(WRITE_LIMIT, sending).await;
    drop(under_way);
}

async fn read<S: RecvStream + SendStream<Bytes>>(
    stream: &mut RequestStream<S, Bytes>,
) -> Result<Vec<u8>, StatusCode> {
    let reading = async {
        let mut query = Vec::new();
        while let Some(mut data) = stream.recv_data().await.map_err(|_| StatusCode::BAD_REQUEST)? {
            if query.len() + data.remaining() > LONGEST_QUERY {
                return Err(StatusCode::PAYLOAD_TOO_LARGE);
            }
            query.extend_from_slice(&data.copy_to_bytes(data.remaining()));
        }
        Ok(query)
    };
    timeout(QUERY_LIMIT, reading).await.map_err(|_| StatusCode::REQUEST_TIMEOUT)?
}
