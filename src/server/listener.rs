//! The one loop that accepts connections, whatever is spoken on them.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use super::fronts::Fronts;
use super::seats::Seats;

/// After an error that is not about one connection (no file descriptors left, say).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

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
        let service = service.clone();
        tokio::spawn(async move {
            match service.fronts().filter(|_| is_front) {
                Some(fronts) => serve_introduced(stream, client, fronts, &*service).await,
                None => service.serve(stream, client).await,
            }
            drop(seat);
        });
    }
}

/// Serves a front end's connection as the client's for which it comes, if that one still has a seat.
async fn serve_introduced(mut stream: TcpStream, front: SocketAddr, fronts: &Fronts, service: &impl Service) {
    let Some(client) = fronts.introduced(&mut stream, front).await else { return };
    let Some(_seat) = service.seats(client.ip()).take(client.ip()) else { return };
    service.serve(stream, client).await;
}
