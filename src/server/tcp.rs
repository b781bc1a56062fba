//! DNS over TCP (RFC 7766): queries pipelined, answered as they are ready, within limits.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::LONGEST_QUERY;
use super::config::Config;
use super::seats::Seats;
use super::shell::{Place, Shell};
use crate::answer::{Answer, Client, Miss, Reply};
use crate::dns::MAX_MESSAGE;
use crate::metrics::Transport;

/// A client that does not take a reply for this long is gone.
const WRITE_LIMIT: Duration = Duration::from_secs(5);
/// After an error that is not about one connection (no file descriptors left, say).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves one listener for ever. No error ends it.
pub async fn serve_tcp(listener: TcpListener, shell: Shell, config: Arc<Config>) {
    let seats = Seats::new(config.connections, config.connections_per_client);
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::debug!(%error, "a TCP connection could not be accepted");
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        // Over a limit the connection is closed at once; the client has UDP and can come back.
        let Some(seat) = seats.take(peer.ip()) else { continue };
        let connection = Connection { shell: shell.clone(), config: config.clone(), peer };
        tokio::spawn(async move {
            connection.shell.metrics.connections.inc();
            // How it ended is the client's affair.
            let _ = connection.serve(stream).await;
            connection.shell.metrics.connections.dec();
            drop(seat);
        });
    }
}

/// A reply, and the place of its query among those that wait: given back once the reply is written, so that a
/// program that stops does not lose it.
type Queued = (Vec<u8>, Option<Place>);

#[derive(Clone)]
struct Connection {
    shell: Shell,
    config: Arc<Config>,
    peer: SocketAddr,
}

impl Connection {
    /// Reads queries until the client is done, idle too long, or breaks the framing. Misses still under way are
    /// answered before the connection closes, unless the client has gone: then they are dropped with it.
    async fn serve(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let (mut incoming, outgoing) = stream.into_split();
        let (replies, queue) = mpsc::channel(self.config.pipeline);
        let slots = Arc::new(Semaphore::new(self.config.pipeline));
        let mut misses = JoinSet::new();
        let reading = async {
            let idle = Duration::from_secs(self.config.idle);
            while let Ok(read) = timeout(idle, read_message(&mut incoming)).await {
                // The client has gone, or sends no messages: what is still under way is dropped.
                let Ok(packet) = read else {
                    misses.shutdown().await;
                    break;
                };
                // The next query is read only when one of the pipeline's places is free.
                let Ok(slot) = slots.clone().acquire_owned().await else { break };
                let started = self.shell.clock.micros();
                if let Some(miss) = self.answer(&packet, started, &replies).await
                    && let Some(place) = self.shell.admit()
                {
                    let (connection, replies) = (self.clone(), replies.clone());
                    misses.spawn(async move {
                        let (answer, reply) = connection.shell.complete(miss).await;
                        connection.send(answer, reply, (started, Some(place)), &replies).await;
                        drop(slot);
                    });
                    while misses.try_join_next().is_some() {}
                }
            }
            while misses.join_next().await.is_some() {}
            drop(replies);
        };
        let writing = write_replies(outgoing, queue);
        tokio::pin!(writing);
        tokio::select! {
            // The client takes nothing more: all that is under way is dropped here.
            written = &mut writing => return written,
            () = reading => {}
        }
        writing.await
    }

    /// Answers a packet into the queue, or gives back what has to be resolved.
    async fn answer(&self, packet: &[u8], started: u64, replies: &mpsc::Sender<Queued>) -> Option<Miss> {
        let shell = &self.shell;
        let client = Client { address: self.peer.ip().to_canonical(), transport: Transport::Tcp };
        let mut reply = vec![0; MAX_MESSAGE];
        let answer = {
            let policy = shell.engine.policy();
            shell.engine.answer(&policy, packet, client, shell.clock.now(), &mut reply)
        };
        match answer {
            Answer::Miss(miss) => return Some(miss),
            answer => self.send(answer, reply, (started, None), replies).await,
        }
        None
    }

    async fn send(
        &self,
        answer: Answer,
        mut reply: Vec<u8>,
        (started, place): (u64, Option<Place>),
        replies: &mpsc::Sender<Queued>,
    ) {
        match answer {
            Answer::Reply(Reply { length, outcome }) => {
                self.shell.counts.query(outcome.count(Transport::Tcp, true));
                self.shell.counts.latency(self.shell.clock.micros() - started, 1);
                reply.truncate(length);
                // A closed queue means that the client has gone.
                let _ = replies.send((reply, place)).await;
            }
            Answer::Drop(outcome) => self.shell.counts.query(outcome.count(Transport::Tcp, false)),
            Answer::Miss(_) => {}
        }
    }
}

/// Two octets of length, then as many of message (RFC 1035 §4.2.2).
async fn read_message(incoming: &mut OwnedReadHalf) -> io::Result<Vec<u8>> {
    let length = usize::from(incoming.read_u16().await?);
    if length > LONGEST_QUERY {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut message = vec![0; length];
    incoming.read_exact(&mut message).await?;
    Ok(message)
}

async fn write_replies(mut outgoing: OwnedWriteHalf, mut queue: mpsc::Receiver<Queued>) -> io::Result<()> {
    while let Some((reply, place)) = queue.recv().await {
        let mut framed = (reply.len() as u16).to_be_bytes().to_vec();
        framed.extend(reply);
        timeout(WRITE_LIMIT, outgoing.write_all(&framed)).await.map_err(|_| io::ErrorKind::TimedOut)??;
        drop(place);
    }
    outgoing.shutdown().await
}
