//! Connections to servers over TCP, kept for a while and shared by all questions to a server (RFC 7766 §6.2.1).
//!
//! Each connection is a task that writes questions as they come and hands replies to whoever waits for them, in
//! whatever order (§7). Identifiers are its own on the way, since two questions may have drawn the same one. What
//! nobody waits for any more is dropped when it comes. hickory's multiplexer, which carries what is encrypted, would do
//! the same for messages that it reads and composes itself; here octets pass as they are.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::{Buf, BufMut, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until, timeout};

use super::system::PATIENCE;
use crate::recursion::is_reply;

/// Connections are kept for so long without a reply (RFC 7766 §6.2.3 wants some seconds).
const IDLE: Duration = Duration::from_secs(10);
/// So many are kept; the one that was used longest ago makes room.
const MOST: usize = 256;
/// Room to read into.
const CHUNK: usize = 4_096;

/// The connections. Copies share them.
#[derive(Clone)]
pub(super) struct Streams {
    kept: Arc<Mutex<Kept>>,
    bounds: Bounds,
}

#[derive(Clone, Copy)]
struct Bounds {
    idle: Duration,
    /// How long a kept connection may be silent before it is taken for dead.
    patience: Duration,
    most: usize,
}

#[derive(Default)]
struct Kept {
    opened: u64,
    lines: HashMap<SocketAddr, Line>,
}

/// The way to a connection, open or being opened.
#[derive(Clone)]
struct Line {
    number: u64,
    used: Instant,
    questions: UnboundedSender<Asked>,
}

/// A question, and who waits for its reply.
struct Asked {
    query: Vec<u8>,
    reply: oneshot::Sender<Vec<u8>>,
}

impl Streams {
    pub(super) fn new() -> Self {
        Self::within(Bounds { idle: IDLE, patience: PATIENCE, most: MOST })
    }

    fn within(bounds: Bounds) -> Self {
        Self { kept: Arc::default(), bounds }
    }

    /// Asks a server from an address of our own. A connection that was kept may be dead without a sign of it, or its
    /// server answer one question on each: then the question is asked once more on one of its own.
    pub(super) async fn exchange(
        &self,
        local: SocketAddr,
        server: SocketAddr,
        query: Vec<u8>,
    ) -> io::Result<Vec<u8>> {
        if let Some(line) = self.known(server)
            && let Ok(Ok(reply)) = timeout(self.bounds.patience, line.ask(query.clone())).await
        {
            return Ok(reply);
        }
        self.open(local, server).ask(query).await
    }

    /// The connection to a server that is kept.
    fn known(&self, server: SocketAddr) -> Option<Line> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let line = kept.lines.get_mut(&server)?;
        line.used = Instant::now();
        Some(line.clone())
    }

    /// A new connection, kept in the place of another to the same server; that one ends when nobody waits on it.
    fn open(&self, local: SocketAddr, server: SocketAddr) -> Line {
        let (questions, asked) = unbounded_channel();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.opened += 1;
        let line = Line { number: kept.opened, used: Instant::now(), questions };
        kept.lines.insert(server, line.clone());
        if kept.lines.len() > self.bounds.most
            && let Some(oldest) =
                kept.lines.iter().min_by_key(|(_, line)| line.used).map(|(server, _)| *server)
        {
            kept.lines.remove(&oldest);
        }
        let (streams, number) = (self.clone(), line.number);
        tokio::spawn(async move {
            // Whoever still waits learns of the end, however it came, by being forgotten.
            let _ = serve(local, server, asked, streams.bounds).await;
            let mut kept = streams.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.lines.get(&server).is_some_and(|line| line.number == number) {
                kept.lines.remove(&server);
            }
        });
        line
    }
}

impl Line {
    async fn ask(&self, query: Vec<u8>) -> io::Result<Vec<u8>> {
        let closed = || io::Error::from(io::ErrorKind::ConnectionAborted);
        let (reply, replied) = oneshot::channel();
        self.questions.send(Asked { query, reply }).map_err(|_| closed())?;
        replied.await.map_err(|_| closed())
    }
}

/// Serves one connection until it is closed by the other side, or silent for too long, or wanted by nobody.
async fn serve(
    local: SocketAddr,
    server: SocketAddr,
    mut questions: UnboundedReceiver<Asked>,
    bounds: Bounds,
) -> io::Result<()> {
    let mut stream = timeout(PATIENCE, connect(local, server)).await??;
    let (mut reader, mut writer) = stream.split();
    let mut talk = Talk::default();
    let (mut is_wanted, mut heard) = (true, Instant::now());
    while is_wanted || !talk.waiting.is_empty() {
        talk.input.reserve(CHUNK);
        tokio::select! {
            asked = questions.recv(), if is_wanted => match asked {
                Some(asked) => {
                    if talk.waiting.is_empty() {
                        heard = Instant::now();
                    }
                    talk.ask(asked);
                }
                None => is_wanted = false,
            },
            written = writer.write_buf(&mut talk.output), if !talk.output.is_empty() => { written?; }
            read = reader.read_buf(&mut talk.input) => {
                if read? == 0 {
                    return Ok(());
                }
                while let Some(is_of_use) = talk.take_reply() {
                    heard = if is_of_use { Instant::now() } else { heard };
                }
            }
            () = sleep_until(heard + bounds.idle) => return Ok(()),
        }
    }
    Ok(())
}

async fn connect(local: SocketAddr, server: SocketAddr) -> io::Result<TcpStream> {
    let socket = if server.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.bind(local)?;
    let stream = socket.connect(server).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// What was said on a connection and not yet answered.
#[derive(Default)]
struct Talk {
    input: BytesMut,
    output: BytesMut,
    waiting: HashMap<u16, Asked>,
    last: u16,
}

impl Talk {
    fn ask(&mut self, asked: Asked) {
        self.waiting.retain(|_, asked| !asked.reply.is_closed());
        let Ok(length) = u16::try_from(asked.query.len()) else { return };
        // In turn, so that a reply which comes too late meets no other question.
        self.last = self.last.wrapping_add(1);
        self.output.put_u16(length);
        self.output.put_u16(self.last);
        self.output.extend_from_slice(asked.query.get(2..).unwrap_or_default());
        self.waiting.insert(self.last, asked);
    }

    /// Takes the next message, if all of it is there, and says whether anybody waited for it.
    fn take_reply(&mut self) -> Option<bool> {
        let length = usize::from(u16::from_be_bytes(*self.input.first_chunk()?));
        if self.input.len() < 2 + length {
            return None;
        }
        self.input.advance(2);
        let mut reply = self.input.split_to(length).to_vec();
        let id = reply.first_chunk().map(|octets| u16::from_be_bytes(*octets));
        let Some(asked) = id.and_then(|id| self.waiting.remove(&id)) else { return Some(false) };
        reply[..2].copy_from_slice(&asked.query[..2]);
        // What answers another question is no reply: whoever waits learns that none comes.
        Some(is_reply(&asked.query, &reply) && asked.reply.send(reply).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::future::join_all;
    use tokio::net::TcpListener;

    use super::*;

    const ANY: &str = "127.0.0.1:0";

    fn query(id: u8) -> Vec<u8> {
        [&[0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, b'A' + id][..], b"\0\0\x01\0\x01"].concat()
    }

    fn reply(query: &[u8]) -> Vec<u8> {
        let mut reply = query.to_vec();
        reply[2] |= 0x80;
        reply
    }

    async fn read(stream: &mut TcpStream) -> Option<Vec<u8>> {
        let mut message = vec![0; usize::from(stream.read_u16().await.ok()?)];
        stream.read_exact(&mut message).await.ok()?;
        Some(message)
    }

    async fn write(stream: &mut TcpStream, message: &[u8]) {
        stream.write_u16(message.len() as u16).await.unwrap();
        stream.write_all(message).await.unwrap();
    }

    /// A server that treats its connections as `serve` does, told their number; and how many there were.
    async fn server<Serving>(
        mut serve: impl FnMut(usize, TcpStream) -> Serving + Send + 'static,
    ) -> (SocketAddr, Arc<AtomicUsize>)
    where
        Serving: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind(ANY).await.unwrap();
        let (address, count) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
        let counting = Arc::clone(&count);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(counting.fetch_add(1, Ordering::Relaxed), stream));
            }
        });
        (address, count)
    }

    /// Short times: whoever uses them waits for one of them to pass, however late.
    fn hasty() -> Streams {
        let (idle, patience) = (Duration::from_millis(300), Duration::from_millis(100));
        Streams::within(Bounds { idle, patience, most: MOST })
    }

    async fn ask(streams: &Streams, server: SocketAddr, id: u8) -> io::Result<Vec<u8>> {
        streams.exchange(ANY.parse().unwrap(), server, query(id)).await
    }

    async fn answers(streams: &Streams, server: SocketAddr, id: u8) {
        assert_eq!(ask(streams, server, id).await.unwrap(), reply(&query(id)));
    }

    #[tokio::test]
    async fn one_connection_serves_all_in_any_order_and_nobody_gets_another_s_reply() {
        let (server, count) = server(async |_, mut stream: TcpStream| {
            let first = read(&mut stream).await.unwrap();
            write(&mut stream, &reply(&first)).await;
            let mut queries = Vec::new();
            for _ in 0..10 {
                queries.push(read(&mut stream).await.unwrap());
            }
            write(&mut stream, b"").await;
            write(&mut stream, &[0xff; 12]).await;
            for query in queries.iter().rev() {
                write(&mut stream, &reply(query)).await;
            }
            let _ = read(&mut stream).await;
        })
        .await;
        let streams = Streams::new();
        answers(&streams, server, 0).await;
        join_all((1..11).map(|id| answers(&streams, server, id))).await;
        assert_eq!(count.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn a_server_may_close_after_each_reply() {
        let (server, count) = server(async |_, mut stream: TcpStream| {
            let query = read(&mut stream).await.unwrap();
            write(&mut stream, &reply(&query)).await;
        })
        .await;
        let streams = Streams::new();
        for id in 0..3 {
            answers(&streams, server, id).await;
        }
        join_all((3..9).map(|id| answers(&streams, server, id))).await;
        assert_eq!(count.load(Ordering::Relaxed), 9);
    }

    #[tokio::test]
    async fn a_kept_connection_that_died_in_silence_is_replaced() {
        let (server, count) = server(async |number, mut stream: TcpStream| {
            while let Some(query) = read(&mut stream).await {
                if number > 0 || query[13] == b'A' {
                    write(&mut stream, &reply(&query)).await;
                }
            }
        })
        .await;
        let streams = hasty();
        for id in 0..2 {
            answers(&streams, server, id).await;
        }
        assert_eq!(count.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn a_server_that_never_replies_ends_the_wait_and_is_not_kept() {
        let (server, count) =
            server(async |_, mut stream: TcpStream| while read(&mut stream).await.is_some() {}).await;
        let streams = hasty();
        ask(&streams, server, 0).await.unwrap_err();
        ask(&streams, server, 0).await.unwrap_err();
        assert_eq!(count.load(Ordering::Relaxed), 2);
        let closed = TcpListener::bind(ANY).await.unwrap().local_addr().unwrap();
        ask(&streams, closed, 0).await.unwrap_err();
    }

    #[tokio::test]
    async fn a_reply_to_another_question_is_no_reply() {
        let (server, _) = server(async |_, mut stream: TcpStream| {
            let query = read(&mut stream).await.unwrap();
            let mut other = reply(&query);
            other[13] += 1;
            write(&mut stream, &other).await;
            let _ = read(&mut stream).await;
        })
        .await;
        ask(&Streams::new(), server, 0).await.unwrap_err();
    }

    /// A server that answers everything on one connection, and tells when that ends.
    async fn lasting(closed: UnboundedSender<u8>, name: u8) -> SocketAddr {
        let (server, _) = server(move |_, mut stream: TcpStream| {
            let closed = closed.clone();
            async move {
                while let Some(query) = read(&mut stream).await {
                    write(&mut stream, &reply(&query)).await;
                }
                closed.send(name).unwrap();
            }
        })
        .await;
        server
    }

    #[tokio::test]
    async fn the_connection_used_longest_ago_makes_room() {
        let (closed, mut ends) = unbounded_channel();
        let bounds = Bounds { idle: IDLE, patience: PATIENCE, most: 2 };
        let streams = Streams::within(bounds);
        let [first, second, third] = [
            lasting(closed.clone(), 1).await,
            lasting(closed.clone(), 2).await,
            lasting(closed.clone(), 3).await,
        ];
        for server in [first, second, first, third] {
            answers(&streams, server, 0).await;
        }
        assert_eq!(ends.recv().await, Some(2));
        assert_eq!(streams.kept.lock().unwrap().lines.len(), 2);
    }

    #[tokio::test]
    async fn an_idle_connection_is_closed() {
        let (closed, mut ends) = unbounded_channel();
        let streams = hasty();
        answers(&streams, lasting(closed, 1).await, 0).await;
        assert_eq!(ends.recv().await, Some(1));
    }
}
