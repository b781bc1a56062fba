//! DNS over TCP (RFC 7766): queries pipelined, answered as they are ready, within limits.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::LONGEST_QUERY;
use super::config::Config;
use super::listener::{Service, accept};
use super::seats::Seats;
use super::shell::{Shell, UnderWay};
use crate::answer::{Answer, Client, Miss, Reply};
use crate::dns::MAX_MESSAGE;
use crate::metrics::Transport;

/// Connections of those who may not ask.
const STRANGERS: usize = 64;
const STRANGERS_PER_CLIENT: usize = 4;
/// Replies that wait for a client to take them; while there are so many, its next query is not read.
const REPLIES_WAITING: usize = 4;
/// A client that does not take a reply for this long is gone.
const WRITE_LIMIT: Duration = Duration::from_secs(5);

/// Serves one listener for ever. No error ends it.
pub async fn serve_tcp(listener: TcpListener, shell: Shell, seats: Arc<Seats>, config: Arc<Config>) {
    let strangers = Seats::new(STRANGERS, STRANGERS_PER_CLIENT);
    accept(listener, Arc::new(Messages { shell, config, seats, strangers })).await;
}

struct Messages {
    shell: Shell,
    config: Arc<Config>,
    seats: Arc<Seats>,
    /// Who may not ask is told so, but takes nobody's place.
    strangers: Arc<Seats>,
}

impl Service for Messages {
    fn seats(&self, client: IpAddr) -> &Arc<Seats> {
        if self.shell.engine.admits(client) { &self.seats } else { &self.strangers }
    }

    async fn serve(&self, stream: TcpStream, peer: SocketAddr) {
        let connection = Connection { shell: self.shell.clone(), config: self.config.clone(), peer };
        connection.shell.metrics.connections.inc();
        let _ = connection.serve(stream).await;
        connection.shell.metrics.connections.dec();
    }
}

/// A reply, and what holds off the program's end until it is written.
type Queued = (Vec<u8>, Option<UnderWay>);

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
        let (replies, queue) = mpsc::channel(REPLIES_WAITING);
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
                if let Some(miss) = self.answer(&packet, started, &replies).await {
                    let (connection, replies) = (self.clone(), replies.clone());
                    misses.spawn(async move {
                        let under_way = connection.shell.under_way().await;
                        let (answer, reply) = connection.shell.complete(miss).await;
                        connection.send(answer, reply, (started, under_way), &replies).await;
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
        (started, under_way): (u64, Option<UnderWay>),
        replies: &mpsc::Sender<Queued>,
    ) {
        match answer {
            Answer::Reply(Reply { length, outcome }) => {
                self.shell.counts.query(outcome.count(Transport::Tcp, true));
                self.shell.counts.latency(self.shell.clock.micros() - started, 1);
                reply.truncate(length);
                // It may wait for its client: in no more room than it needs.
                reply.shrink_to_fit();
                // A closed queue means that the client has gone.
                let _ = replies.send((reply, under_way)).await;
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
    while let Some((reply, under_way)) = queue.recv().await {
        let mut framed = (reply.len() as u16).to_be_bytes().to_vec();
        framed.extend(reply);
        timeout(WRITE_LIMIT, outgoing.write_all(&framed)).await.map_err(|_| io::ErrorKind::TimedOut)??;
        drop(under_way);
    }
    outgoing.shutdown().await
}
