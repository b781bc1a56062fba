//! Connections to servers over TCP, kept for a while and shared by all questions to a server (RFC 7766 §6.2.1).
//!
//! Each connection is a task that writes questions as they come and hands replies to whoever waits for them, in
//! whatever order (§7). Identifiers are its own on the way, since two questions may have drawn the same one. What
//! nobody waits for any more is dropped when it comes. A connection lasts as long as somebody waits on it, and beyond that
//! only where a reply has come, and in a bounded number: a server that is silent costs no more than its questions do.
//! hickory's multiplexer, which carries what is encrypted, would do
//! the same for messages that it reads and composes itself; here octets pass as they are.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::{Buf, BufMut, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, WeakUnboundedSender, unbounded_channel};
use tokio::sync::{Semaphore, oneshot, watch};
use tokio::time::{Instant, sleep_until, timeout, timeout_at};

use super::system::PATIENCE;
use crate::recursion::is_reply;

/// Connections are kept for so long without a reply (RFC 7766 §6.2.3 wants some seconds).
const IDLE: Duration = Duration::from_secs(10);
/// So many are kept; the one that was used longest ago makes room.
const MOST_KEPT: usize = 256;
/// So many are open at once. Where there are more, servers are silent in number, and what else needs descriptors and
/// ports comes first: the question goes without.
const MOST_OPEN: usize = 4_096;
/// Room to read into.
const CHUNK: usize = 4_096;

/// The connections. Copies share them.
#[derive(Clone)]
pub(super) struct Streams {
    known: Arc<Mutex<Known>>,
    seats: Arc<Semaphore>,
    bounds: Bounds,
}

#[derive(Clone, Copy)]
struct Bounds {
    idle: Duration,
    /// How long a connection may be silent before it is taken for dead.
    patience: Duration,
    kept: usize,
    open: usize,
}

#[derive(Default)]
struct Known {
    opened: u64,
    lines: HashMap<SocketAddr, Entry>,
}

/// What is known of the connection to a server.
struct Entry {
    number: u64,
    used: Instant,
    questions: WeakUnboundedSender<Asked>,
    heard: watch::Receiver<Instant>,
    /// Where a reply has come: keeps it though nobody waits on it.
    hold: Option<UnboundedSender<Asked>>,
}

/// The way to a connection, open or being opened. It ends with the last who holds it.
struct Line {
    number: u64,
    questions: UnboundedSender<Asked>,
    /// When it last gave a sign of life.
    heard: watch::Receiver<Instant>,
}

/// A question, and who waits for its reply.
struct Asked {
    query: Vec<u8>,
    reply: oneshot::Sender<Vec<u8>>,
}

impl Streams {
    pub(super) fn new() -> Self {
        Self::within(Bounds { idle: IDLE, patience: PATIENCE, kept: MOST_KEPT, open: MOST_OPEN })
    }

    fn within(bounds: Bounds) -> Self {
        Self { known: Arc::default(), seats: Arc::new(Semaphore::new(bounds.open)), bounds }
    }

    /// Asks a server from an address of our own. A connection that was there may be dead without a sign of it, or its
    /// server answer one question on each: then the question is asked once more on one of its own.
    pub(super) async fn exchange(
        &self,
        local: SocketAddr,
        server: SocketAddr,
        query: Vec<u8>,
    ) -> io::Result<Vec<u8>> {
        if let Some(line) = self.known(server)
            && let Ok(reply) = line.ask_while_alive(query.clone(), self.bounds.patience).await
        {
            self.keep(server, &line);
            return Ok(reply);
        }
        let line = self.open(local, server)?;
        let reply = line.ask(query).await?;
        self.keep(server, &line);
        Ok(reply)
    }

    /// The connection to a server that is there.
    fn known(&self, server: SocketAddr) -> Option<Line> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Entry { number, questions, heard, .. } = known.lines.get(&server)?;
        Some(Line { number: *number, questions: questions.upgrade()?, heard: heard.clone() })
    }

    /// A new connection, in the place of another to the same server; that one ends when nobody waits on it.
    fn open(&self, local: SocketAddr, server: SocketAddr) -> io::Result<Line> {
        let seat = Arc::clone(&self.seats).try_acquire_owned().map_err(io::Error::other)?;
        let (questions, asked) = unbounded_channel();
        let (told, heard) = watch::channel(Instant::now());
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.opened += 1;
        let number = known.opened;
        let entry = Entry {
            number,
            used: Instant::now(),
            questions: questions.downgrade(),
            heard: heard.clone(),
            hold: None,
        };
        known.lines.insert(server, entry);
        let streams = self.clone();
        tokio::spawn(async move {
            let _seat = seat;
            // Whoever still waits learns of the end, however it came, by being forgotten.
            let _ = serve(local, server, asked, told, streams.bounds).await;
            let mut known = streams.known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.lines.get(&server).is_some_and(|entry| entry.number == number) {
                known.lines.remove(&server);
            }
        });
        Ok(Line { number, questions, heard })
    }

    /// Keeps a connection on which a reply has come, unless it was replaced or has ended meanwhile.
    fn keep(&self, server: SocketAddr, line: &Line) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(entry) = known.lines.get_mut(&server).filter(|entry| entry.number == line.number) else {
            return;
        };
        entry.used = Instant::now();
        if entry.hold.replace(line.questions.clone()).is_some() {
            return;
        }
        let kept = || known.lines.iter().filter(|(_, entry)| entry.hold.is_some());
        if kept().count() > self.bounds.kept
            && let Some((oldest, _)) = kept().min_by_key(|(_, entry)| entry.used)
        {
            let oldest = *oldest;
            known.lines.remove(&oldest);
        }
    }
}

impl Line {
    async fn ask(&self, query: Vec<u8>) -> io::Result<Vec<u8>> {
        let closed = || io::Error::from(io::ErrorKind::ConnectionAborted);
        let (reply, replied) = oneshot::channel();
        self.questions.send(Asked { query, reply }).map_err(|_| closed())?;
        replied.await.map_err(|_| closed())
    }

    /// Asks for as long as anything is heard on the connection: a question may take its time where others are answered.
    async fn ask_while_alive(&self, query: Vec<u8>, patience: Duration) -> io::Result<Vec<u8>> {
        let mut last = Instant::now();
        let mut replied = pin!(self.ask(query));
        loop {
            match timeout_at(last + patience, &mut replied).await {
                Ok(reply) => return reply,
                Err(_) if *self.heard.borrow() > last => last = *self.heard.borrow(),
                Err(silent) => return Err(silent.into()),
            }
        }
    }
}

/// Serves one connection until it is closed by the other side, or silent for too long, or wanted by nobody.
async fn serve(
    local: SocketAddr,
    server: SocketAddr,
    mut questions: UnboundedReceiver<Asked>,
    told: watch::Sender<Instant>,
    bounds: Bounds,
) -> io::Result<()> {
    let mut talk = Talk::default();
    let mut connecting = pin!(timeout(PATIENCE, connect(local, server)));
    let mut stream = loop {
        tokio::select! {
            connected = &mut connecting => break connected??,
            asked = questions.recv() => match asked {
                Some(asked) => talk.ask(asked),
                None => return Ok(()),
            },
        }
    };
    let (mut reader, mut writer) = stream.split();
    let mut heard = Instant::now();
    loop {
        talk.input.reserve(CHUNK);
        tokio::select! {
            asked = questions.recv() => match asked {
                Some(asked) => {
                    if talk.waiting.is_empty() {
                        heard = Instant::now();
                    }
                    talk.ask(asked);
                }
                // Whoever waits holds the other end.
                None => return Ok(()),
            },
            written = writer.write_buf(&mut talk.output), if !talk.output.is_empty() => { written?; }
            read = reader.read_buf(&mut talk.input) => {
                if read? == 0 {
                    return Ok(());
                }
                while let Some(is_of_use) = talk.take_reply() {
                    heard = if is_of_use { Instant::now() } else { heard };
                    told.send_replace(Instant::now());
                }
            }
            () = sleep_until(heard + bounds.idle) => return Ok(()),
        }
    }
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
        Streams::within(Bounds { idle, patience, ..Streams::new().bounds })
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
        let streams = Streams::within(Bounds { kept: 2, ..Streams::new().bounds });
        let [first, second, third] = [
            lasting(closed.clone(), 1).await,
            lasting(closed.clone(), 2).await,
            lasting(closed.clone(), 3).await,
        ];
        for server in [first, second, first, third] {
            answers(&streams, server, 0).await;
        }
        assert_eq!(ends.recv().await, Some(2));
        assert_eq!(streams.known.lock().unwrap().lines.len(), 2);
    }

    #[tokio::test]
    async fn an_idle_connection_is_closed() {
        let (closed, mut ends) = unbounded_channel();
        let streams = hasty();
        answers(&streams, lasting(closed, 1).await, 0).await;
        assert_eq!(ends.recv().await, Some(1));
    }

    /// Bounds under which no connection ends by itself while a test runs.
    fn endless(patience: Duration) -> Bounds {
        Bounds { idle: Duration::from_secs(3_600), patience, kept: 1, open: 2 }
    }

    /// A server that answers `A` alone, and tells when a question came, and as 99 when a connection ended.
    async fn terse(events: UnboundedSender<u8>) -> SocketAddr {
        let (server, _) = server(move |_, mut stream: TcpStream| {
            let events = events.clone();
            async move {
                while let Some(query) = read(&mut stream).await {
                    if query[13] == b'A' {
                        write(&mut stream, &reply(&query)).await;
                    }
                    let _ = events.send(query[13] - b'A');
                }
                let _ = events.send(99);
            }
        })
        .await;
        server
    }

    #[tokio::test]
    async fn a_silent_connection_ends_with_its_last_question_and_takes_nothing_from_others() {
        let (events, mut seen) = unbounded_channel();
        let (silent, closed) = (terse(events).await, unbounded_channel());
        let good = lasting(closed.0, 1).await;
        let streams = Streams::within(endless(PATIENCE));
        answers(&streams, good, 0).await;
        let mut asking = Box::pin(ask(&streams, silent, 1));
        let mut also = Box::pin(ask(&streams, silent, 2));
        for question in [&mut asking, &mut also] {
            tokio::select! {
                reply = question => panic!("{reply:?}"),
                event = next(&mut seen) => assert_ne!(event, 99),
            }
        }
        // All that may be open is open: a third server is out of reach, and what is kept stays so.
        let error = ask(&streams, closed_port().await, 0).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::Other);
        answers(&streams, good, 1).await;
        drop(asking);
        drop(also);
        assert_eq!(next(&mut seen).await, 99);
        drop(streams.seats.acquire().await.unwrap());
        assert_eq!(streams.known.lock().unwrap().lines.len(), 1);
        assert!(closed.1.is_empty());
    }

    /// The next event, which is not long in coming.
    async fn next(seen: &mut UnboundedReceiver<u8>) -> u8 {
        timeout(Duration::from_secs(30), seen.recv()).await.expect("something happens").unwrap()
    }

    async fn closed_port() -> SocketAddr {
        TcpListener::bind(ANY).await.unwrap().local_addr().unwrap()
    }

    #[tokio::test]
    async fn a_connection_that_was_replaced_ends_though_a_question_was_never_answered() {
        let (events, mut seen) = unbounded_channel();
        let server = terse(events).await;
        let streams = Streams::within(endless(Duration::from_millis(100)));
        answers(&streams, server, 0).await;
        assert_eq!(next(&mut seen).await, 0);
        // Dead to this one, which opens another; left alone, the first has nobody.
        let mut asking = Box::pin(ask(&streams, server, 1));
        let mut events = Vec::new();
        while events.len() < 3 {
            tokio::select! {
                reply = &mut asking => panic!("{reply:?}"),
                event = next(&mut seen) => events.push(event),
            }
        }
        events.sort_unstable();
        assert_eq!(events, [1, 1, 99]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_nobody_wants_is_not_waited_for() {
        let streams = Streams::within(Bounds { open: 1, ..Streams::new().bounds });
        // A queue that is full lets nobody in and refuses nobody.
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(ANY.parse().unwrap()).unwrap();
        let listener = socket.listen(0).unwrap();
        let server = listener.local_addr().unwrap();
        let _first = TcpStream::connect(server).await.unwrap();
        let line = streams.open(ANY.parse().unwrap(), server).unwrap();
        assert_eq!(streams.seats.available_permits(), 0);
        drop(line);
        drop(timeout(PATIENCE / 2, streams.seats.acquire()).await.unwrap().unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_question_is_waited_for_while_others_are_answered() {
        let second = Duration::from_secs(1);
        let (questions, mut asked) = unbounded_channel::<Asked>();
        let (told, heard) = watch::channel(Instant::now());
        let line = Line { number: 1, questions, heard };
        let begun = Instant::now();
        let serving = tokio::spawn(async move {
            let Asked { query, reply: waits } = asked.recv().await.unwrap();
            for moment in 1..=4 {
                sleep_until(begun + moment * second).await;
                told.send_replace(Instant::now());
            }
            waits.send(reply(&query)).unwrap();
            asked.recv().await
        });
        let replied = line.ask_while_alive(query(0), second * 3 / 2).await;
        assert_eq!(replied.unwrap(), reply(&query(0)));
        assert_eq!(begun.elapsed(), 4 * second);
        // Where nothing is heard since it was asked, it is dead.
        let error = line.ask_while_alive(query(1), second * 3 / 2).await.unwrap_err();
        assert_eq!((error.kind(), begun.elapsed()), (io::ErrorKind::TimedOut, second * 11 / 2));
        drop(serving);
    }
}
