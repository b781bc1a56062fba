//! QUIC: one loop that accepts connections, for DNS over QUIC (RFC 9250) and for DNS over HTTP/3.
//!
//! `quinn` itself, not hickory's servers above it: those shake hands with one client at a time and take no limits.
//! No early data is taken, as it could be replayed.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

use quinn::crypto::rustls::QuicServerConfig;
use quinn::{
    Connection, Endpoint, EndpointConfig, IdleTimeout, Incoming, RecvStream, SendStream, ServerConfig,
    TokioRuntime, TransportConfig, VarInt,
};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::activity::Activity;
use super::shell::{Ready, Shell};
use super::tls::HANDSHAKE;
use super::{LONGEST_QUERY, QUERY_LIMIT, WRITE_LIMIT};
use crate::answer::Client;
use crate::dns::Query;
use crate::metrics::Transport;

/// Streams of a client beside its requests: those that HTTP/3 is governed by.
const CONTROL_STREAMS: u32 = 8;
/// Octets that a client may send before they are read: on one stream, and in all.
const STREAM_WINDOW: u32 = 16 << 10;
const WINDOW: u32 = 128 << 10;
/// Octets of replies that may wait to be acknowledged.
const SEND_WINDOW: u64 = 256 << 10;

/// What is spoken on a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    /// DNS over QUIC.
    Doq,
    /// HTTP/3.
    Http3,
}

/// Serves one socket for ever, once that is awaited. No error ends it.
pub(super) fn serve_quic(
    socket: UdpSocket,
    shell: Shell,
    tls: Arc<rustls::ServerConfig>,
    spoken: Spoken,
) -> io::Result<impl Future<Output = ()>> {
    let tls = QuicServerConfig::try_from(tls).map_err(io::Error::other)?;
    let mut config = ServerConfig::with_crypto(Arc::new(tls));
    config.transport_config(Arc::new(transport(&shell, spoken)?));
    // A client is who shook hands: one that moves could borrow the address, and the group, of another.
    config.migration(false);
    let endpoint = Endpoint::new(EndpointConfig::default(), Some(config), socket, Arc::new(TokioRuntime))?;
    let (closing, last) = (endpoint.clone(), shell.clone());
    tokio::spawn(async move {
        let under_way = last.under_way();
        last.stopped().await;
        // Whoever is connected is to hear that this is the end.
        closing.wait_idle().await;
        drop(under_way);
    });
    Ok(async move {
        while let Some(incoming) = endpoint.accept().await {
            admit(incoming, &shell, spoken);
        }
    })
}

fn transport(shell: &Shell, spoken: Spoken) -> io::Result<TransportConfig> {
    let idle = IdleTimeout::try_from(Duration::from_secs(shell.config.idle)).map_err(io::Error::other)?;
    let mut transport = TransportConfig::default();
    transport
        .max_idle_timeout(Some(idle))
        .max_concurrent_bidi_streams(VarInt::from_u32(shell.config.pipeline as u32))
        .max_concurrent_uni_streams(VarInt::from_u32(if spoken == Spoken::Doq { 0 } else { CONTROL_STREAMS }))
        .stream_receive_window(VarInt::from_u32(STREAM_WINDOW))
        .receive_window(VarInt::from_u32(WINDOW))
        .send_window(SEND_WINDOW)
        .datagram_receive_buffer_size(None);
    Ok(transport)
}

/// Serves a connection, if its client has a seat for it.
fn admit(incoming: Incoming, shell: &Shell, spoken: Spoken) {
    let address = incoming.remote_address().ip().to_canonical();
    // No header can say for whom a front end's datagrams come, and its own address is nobody's.
    if shell.fronts.have(address) {
        return incoming.refuse();
    }
    let seats = shell.seats(address);
    // When seats get few, an address must be shown to be the sender's before one is given to it.
    if !incoming.remote_address_validated() && seats.are_few(address) {
        // It cannot fail for an address that is not validated.
        let _ = incoming.retry();
        return;
    }
    let Some(seat) = seats.take(address) else { return incoming.refuse() };
    let shell = shell.clone();
    tokio::spawn(async move {
        if let Ok(Ok(connection)) = timeout(HANDSHAKE, incoming).await {
            match spoken {
                Spoken::Doq => exchange(connection, &shell).await,
                Spoken::Http3 => super::http3::exchange(connection, &shell).await,
            }
        }
        drop(seat);
    });
}

/// Who asks on a connection, whose address may change.
pub(super) fn client(connection: &Connection, transport: Transport) -> Client {
    let address: SocketAddr = connection.remote_address();
    Client { address: address.ip().to_canonical(), transport }
}

/// Codes by which a connection or a stream is ended (RFC 9250 §4.3).
mod code {
    use quinn::VarInt;

    pub(super) const NO_ERROR: VarInt = VarInt::from_u32(0);
    pub(super) const PROTOCOL_ERROR: VarInt = VarInt::from_u32(2);
    pub(super) const UNSPECIFIED_ERROR: VarInt = VarInt::from_u32(5);
}

/// Answers a connection's queries, each on a stream of its own, until the client is done, idle too long or breaks the
/// protocol: what is still under way then is dropped. Or until the program is to end: that is answered first.
async fn exchange(connection: Connection, shell: &Shell) {
    let _open = shell.open(Transport::Quic);
    let activity = Activity::new();
    let mut streams = JoinSet::new();
    let stopped = shell.stopped();
    tokio::pin!(stopped);
    loop {
        tokio::select! {
            accepted = connection.accept_bi() => {
                let Ok((send, receive)) = accepted else { return };
                let (connection, shell, busy) = (connection.clone(), shell.clone(), activity.begin());
                streams.spawn(async move {
                    // Dropped before the connection is closed, the stream would end as if that were its answer.
                    let (mut send, mut receive) = (send, receive);
                    if answer(&connection, &shell, &mut send, &mut receive).await == Err(Broken) {
                        connection.close(code::PROTOCOL_ERROR, b"");
                    }
                    drop(busy);
                });
            }
            Some(_) = streams.join_next() => {}
            () = activity.quiet(Duration::from_secs(shell.config.idle)) => {
                return connection.close(code::NO_ERROR, b"");
            }
            () = &mut stopped => {
                while streams.join_next().await.is_some() {}
                return connection.close(code::NO_ERROR, b"");
            }
        }
    }
}

/// The client broke the protocol, which ends its connection.
#[derive(Debug, PartialEq, Eq)]
struct Broken;

/// Answers the query of one stream.
async fn answer(
    connection: &Connection,
    shell: &Shell,
    send: &mut SendStream,
    receive: &mut RecvStream,
) -> Result<(), Broken> {
    let octets = match timeout(QUERY_LIMIT, receive.read_to_end(2 + LONGEST_QUERY)).await {
        Ok(Ok(octets)) => octets,
        Ok(Err(quinn::ReadToEndError::TooLong)) => return Err(Broken),
        // The client took it back, has gone, or is too slow.
        _ => return Ok(()),
    };
    let query = unframed(&octets).ok_or(Broken)?;
    let client = client(connection, Transport::Quic);
    let taken_back = send.stopped();
    let ready = tokio::select! {
        ready = shell.exchange(query, client) => ready,
        _ = taken_back => return Ok(()),
    };
    let Some(Ready { octets, under_way }) = ready else {
        // A stream that has ended is all that this can fail for.
        let _ = send.reset(code::UNSPECIFIED_ERROR);
        return Ok(());
    };
    let framed = [&(octets.len() as u16).to_be_bytes()[..], &octets].concat();
    let sending = async {
        send.write_all(&framed).await.ok()?;
        send.finish().ok()?;
        send.stopped().await.ok()
    };
    // It has left when it is acknowledged.
    let _ = timeout(WRITE_LIMIT, sending).await;
    drop(under_way);
    Ok(())
}

/// The one query of a stream: two octets of length, then as many of a message with the identifier 0 that does not ask
/// for how long a connection is kept (RFC 9250 §4.2, §4.2.1, §5.5.2).
fn unframed(octets: &[u8]) -> Option<&[u8]> {
    let (length, message) = octets.split_first_chunk::<2>()?;
    let is_whole = usize::from(u16::from_be_bytes(*length)) == message.len();
    let is_anonymous = message.starts_with(&[0, 0]);
    let edns = Query::parse(message).ok().and_then(|query| query.edns().copied());
    (is_whole && is_anonymous && !edns.is_some_and(|edns| edns.has_keepalive())).then_some(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_holds_one_whole_query_without_identifier() {
        let query = b"\0\0\x01\0\0\x01\0\0\0\0\0\0\x01a\0\0\x01\0\x01";
        let frame = |message: &[u8]| [&(message.len() as u16).to_be_bytes()[..], message].concat();
        assert_eq!(unframed(&frame(query)), Some(&query[..]));
        let mut numbered = query.to_vec();
        numbered[1] = 1;
        let mut keepalive = query.to_vec();
        keepalive[11] = 1;
        keepalive.extend(b"\0\0\x29\x04\xd0\0\0\0\0\0\x04\0\x0b\0\0");
        let two = [frame(query), frame(query)].concat();
        for broken in [
            b"".to_vec(),
            b"\0".to_vec(),
            frame(&numbered),
            frame(&keepalive),
            two,
            frame(query)[..9].to_vec(),
        ] {
            assert_eq!(unframed(&broken), None, "{broken:02x?}");
        }
    }
}
