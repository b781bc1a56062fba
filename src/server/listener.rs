//! The one loop that accepts connections, whatever is spoken on them.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use super::fronts::Fronts;
use super::seats::{Seat, Seats};

/// After an error that is not about one connection (no file descriptors left, say).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// A client whose side takes nothing of what was sent for this long is gone, whatever it still sends: what is buffered
/// for it below the protocols has no other limit in time.
const STALL: Duration = Duration::from_secs(20);

/// What is spoken on a listener's connections.
pub(super) trait Service: Send + Sync + 'static {
    /// The seats of which a client's connection takes one.
    fn seats(&self, client: IpAddr) -> &Arc<Seats>;

    /// The front ends that say for whom they connect, where some may.
    fn fronts(&self) -> Option<&Fronts> {
        None
    }

    /// Serves a connection to its end; how it ended is the client's affair.
    fn serve(&self, stream: TcpStream, client: SocketAddr) -> impl Future<Output = ()> + Send;
}

/// Accepts for ever; no error ends it. A connection keeps its seat while it is served; without one it is closed at
/// once.
pub(super) async fn accept(listener: TcpListener, service: Arc<impl Service>) {
    loop {
        let (stream, client) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::debug!(%error, "a connection could not be accepted");
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let is_front = service.fronts().is_some_and(|fronts| fronts.have(client.ip()));
        let seats = match service.fronts().filter(|_| is_front) {
            Some(fronts) => &fronts.seats,
            None => service.seats(client.ip()),
        };
        let Some(seat) = seats.take(client.ip()) else { continue };
        // Answers are short and written whole: none is to wait for the next.
        let _ = stream.set_nodelay(true);
        let _ = SockRef::from(&stream).set_tcp_user_timeout(Some(STALL));
        let service = service.clone();
        tokio::spawn(async move {
            match service.fronts().filter(|_| is_front) {
                Some(fronts) => serve_introduced(stream, client, (fronts, seat), &*service).await,
                None => {
                    service.serve(stream, client).await;
                    drop(seat);
                }
            }
        });
    }
}

/// Serves a front end's connection as the client's for which it comes, if that one still has a seat. The front end's own
/// seat is for those of whom it is not known yet for whom they come.
async fn serve_introduced(
    mut stream: TcpStream,
    front: SocketAddr,
    (fronts, unknown): (&Fronts, Seat),
    service: &impl Service,
) {
    let Some(client) = fronts.introduced(&mut stream, front).await else { return };
    let Some(_seat) = service.seats(client.ip()).take(client.ip()) else { return };
    drop(unknown);
    service.serve(stream, client).await;
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;
    use tokio::sync::mpsc;

    use super::*;

    /// Keeps every connection for ever, and tells whose it was.
    struct Keeper {
        fronts: Fronts,
        seats: Arc<Seats>,
        told: mpsc::UnboundedSender<(IpAddr, Option<Duration>)>,
    }

    impl Service for Keeper {
        fn seats(&self, _: IpAddr) -> &Arc<Seats> {
            &self.seats
        }

        fn fronts(&self) -> Option<&Fronts> {
            Some(&self.fronts)
        }

        async fn serve(&self, stream: TcpStream, client: SocketAddr) {
            let stall = SockRef::from(&stream).tcp_user_timeout().unwrap();
            self.told.send((client.ip(), stall)).unwrap();
            std::future::pending().await
        }
    }

    #[tokio::test]
    async fn a_front_end_gives_its_seat_back_once_it_has_said_for_whom_it_comes() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (told, mut served) = mpsc::unbounded_channel();
        let fronts = Fronts::new(vec!["127.0.0.0/8".parse().unwrap()], 1);
        tokio::spawn(accept(listener, Arc::new(Keeper { fronts, seats: Seats::new(9, 1), told })));
        let mut kept = Vec::new();
        for client in [[192, 0, 2, 1], [192, 0, 2, 2], [192, 0, 2, 3]] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let header =
                [b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c", &client[..], &[127, 0, 0, 1, 0, 9, 0, 53]].concat();
            stream.write_all(&header).await.unwrap();
            kept.push(stream);
            let served = tokio::time::timeout(Duration::from_secs(10), served.recv()).await;
            assert_eq!(served.expect("it is served"), Some((IpAddr::from(client), Some(STALL))));
        }
    }
}
