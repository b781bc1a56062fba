//! The one loop that accepts connections, whatever is spoken on them.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use super::seats::Seats;

/// After an error that is not about one connection (no file descriptors left, say).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// What is spoken on a listener's connections.
pub(super) trait Service: Send + Sync + 'static {
    /// The seats of which a client's connection takes one.
    fn seats(&self, client: IpAddr) -> &Arc<Seats>;

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
        let Some(seat) = service.seats(client.ip()).take(client.ip()) else { continue };
        let service = service.clone();
        tokio::spawn(async move {
            service.serve(stream, client).await;
            drop(seat);
        });
    }
}
