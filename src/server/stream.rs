//! DNS over TCP (RFC 7766) and over TLS (RFC 7858): queries pipelined, answered as they are ready, within limits.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, split};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::fronts::Fronts;
use super::listener::{Service, accept};
use super::seats::Seats;
use super::shell::{Asked, Ready, Shell};
use super::tls::HANDSHAKE;
use super::{LONGEST_QUERY, WRITE_LIMIT};
use crate::answer::Client;
use crate::metrics::Transport;

/// Replies that wait for a client to take them; while there are so many, its next query is not read.
const REPLIES_WAITING: usize = 4;

/// Octets of queries that are taken from the kernel at once: a few, as each connection has such a buffer.
const READ_AHEAD: usize = 512;
/// Octets of replies from which on they leave without waiting for more.
const WRITTEN_AT_ONCE: usize = 4 << 10;

/// Serves DNS over TCP for ever. No error ends it.
pub async fn serve_tcp(listener: TcpListener, shell: Shell) {
    accept(listener, Arc::new(Messages { shell, tls: None })).await;
}

/// Serves DNS over TLS for ever. No error ends it.
pub(super) async fn serve_tls(listener: TcpListener, shell: Shell, tls: Arc<ServerConfig>) {
    accept(listener, Arc::new(Messages { shell, tls: Some(tls.into()) })).await;
}

struct Messages {
    shell: Shell,
    tls: Option<TlsAcceptor>,
}

impl Service for Messages {
    fn seats(&self, client: IpAddr) -> &Arc<Seats> {
        self.shell.seats(client)
    }

    fn fronts(&self) -> Option<&Fronts> {
        Some(&self.shell.fronts)
    }

    async fn serve(&self, stream: TcpStream, client: SocketAddr) {
        let address = client.ip().to_canonical();
        match &self.tls {
            None => exchange(stream, &self.shell, Client { address, transport: Transport::Tcp }).await,
            Some(tls) => {
                let Ok(Ok(stream)) = timeout(HANDSHAKE, tls.accept(stream)).await else { return };
                exchange(stream, &self.shell, Client { address, transport: Transport::Tls }).await;
            }
        }
    }
}

/// Reads queries until the client is done, idle too long, or breaks the framing, or the program is to end. Misses still under way are answered
/// before the connection closes, unless the client has gone: then they are dropped with it.
async fn exchange(stream: impl AsyncRead + AsyncWrite, shell: &Shell, client: Client) {
    let _open = shell.open(client.transport);
    let (incoming, outgoing) = split(stream);
    let mut incoming = BufReader::with_capacity(READ_AHEAD, incoming);
    let (replies, queue) = mpsc::channel(REPLIES_WAITING);
    let slots = Arc::new(Semaphore::new(shell.config.pipeline));
    let mut misses = JoinSet::new();
    let reading = async {
        let idle = Duration::from_secs(shell.config.idle);
        let stopped = shell.stopped();
        tokio::pin!(stopped);
        loop {
            let read = tokio::select! {
                read = timeout(idle, read_message(&mut incoming)) => read,
                () = &mut stopped => break,
            };
            let Ok(read) = read else { break };
            // The client has gone, or sends no messages: what is still under way is dropped.
            let Ok(packet) = read else {
                misses.shutdown().await;
                break;
            };
            // The next query is read only when one of the pipeline's places is free.
            let Ok(slot) = slots.clone().acquire_owned().await else { break };
            match shell.ask(&packet, client) {
                Asked::Ready(ready) => send(ready, &replies).await,
                Asked::Pending(pending) => {
                    let replies = replies.clone();
                    misses.spawn(async move {
                        send(pending.resolve().await, &replies).await;
                        drop(slot);
                    });
                    while misses.try_join_next().is_some() {}
                }
            }
        }
        while misses.join_next().await.is_some() {}
        drop(replies);
    };
    let writing = write_replies(outgoing, queue);
    tokio::pin!(writing);
    tokio::select! {
        // The client takes nothing more: all that is under way is dropped here.
        _ = &mut writing => return,
        () = reading => {}
    }
    let _ = writing.await;
}

async fn send(ready: Option<Ready>, replies: &mpsc::Sender<Ready>) {
    if let Some(ready) = ready {
        // A closed queue means that the client has gone.
        let _ = replies.send(ready).await;
    }
}

/// Two octets of length, then as many of message (RFC 1035 §4.2.2).
async fn read_message(incoming: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let length = usize::from(incoming.read_u16().await?);
    if length > LONGEST_QUERY {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut message = vec![0; length];
    incoming.read_exact(&mut message).await?;
    Ok(message)
}

async fn write_replies(
    mut outgoing: impl AsyncWrite + Unpin,
    mut queue: mpsc::Receiver<Ready>,
) -> io::Result<()> {
    while let Some(first) = queue.recv().await {
        let (mut framed, mut under_way, mut next) = (Vec::new(), Vec::new(), Some(first));
        while let Some(ready) = next {
            framed.extend((ready.octets.len() as u16).to_be_bytes());
            framed.extend(ready.octets);
            under_way.extend(ready.under_way);
            // Those that are ready leave together.
            next = if framed.len() < WRITTEN_AT_ONCE { queue.try_recv().ok() } else { None };
        }
        let writing = async {
            outgoing.write_all(&framed).await?;
            // TLS may hold back the end of it.
            outgoing.flush().await
        };
        timeout(WRITE_LIMIT, writing).await.map_err(|_| io::ErrorKind::TimedOut)??;
        drop(under_way);
    }
    timeout(WRITE_LIMIT, outgoing.shutdown()).await.map_err(|_| io::ErrorKind::TimedOut)?
}
