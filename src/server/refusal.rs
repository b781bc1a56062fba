//! HTTPS at the addresses of the warning page: nobody has a certificate for a blocked name, and none is made up. A
//! connection ends at once, with the alert that says that there is no such name here (RFC 6066 §3), so that browsers
//! show an error rather than wait, and nobody learns to click a warning away.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy, sink};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::listener::{Service, accept};
use super::seats::Seats;

/// For all of a connection.
const LONGEST: Duration = Duration::from_secs(5);
/// As a record of TLS begins that holds a handshake.
const HANDSHAKE_RECORD: u8 = 22;
/// A fatal alert: unrecognized_name.
const ALERT: [u8; 7] = [21, 3, 3, 0, 2, 2, 112];
/// More than any first message of a client, in octets.
const LONGEST_HELLO: u64 = 64 << 10;

/// Serves one listener for ever. No error ends it. `tells` says whether a client is told; the connection of any other is
/// closed without a word.
pub async fn refuse_https(
    listener: TcpListener,
    seats: Arc<Seats>,
    tells: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
) {
    accept(listener, Arc::new(Refusal { seats, tells })).await;
}

struct Refusal {
    seats: Arc<Seats>,
    tells: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
}

impl Service for Refusal {
    fn seats(&self, _: IpAddr) -> &Arc<Seats> {
        &self.seats
    }

    async fn serve(&self, stream: TcpStream, client: std::net::SocketAddr) {
        if (self.tells)(client.ip().to_canonical()) {
            let _ = timeout(LONGEST, refuse(stream)).await;
        }
    }
}

async fn refuse(mut stream: TcpStream) -> io::Result<()> {
    if stream.read_u8().await? != HANDSHAKE_RECORD {
        return Ok(());
    }
    stream.write_all(&ALERT).await?;
    stream.shutdown().await?;
    // What the client still sends is taken: closed before that, the kernel would take the alert back.
    copy(&mut stream.take(LONGEST_HELLO), &mut sink()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn asked(tells: bool, sent: &[u8]) -> Vec<u8> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(refuse_https(listener, Seats::new(9, 9), Arc::new(move |_| tells)));
        let mut stream = TcpStream::connect(address).await.unwrap();
        let _ = stream.write_all(sent).await;
        let mut received = Vec::new();
        let _ =
            timeout(Duration::from_secs(10), stream.read_to_end(&mut received)).await.expect("it is closed");
        serving.abort();
        received
    }

    #[tokio::test]
    async fn a_handshake_is_refused_with_its_reason_and_all_else_is_closed() {
        let hello = [&[22, 3, 1, 0x40, 0][..], &[0; 0x4000]].concat();
        assert_eq!(asked(true, &hello).await, ALERT);
        assert_eq!(asked(true, &[22]).await, ALERT);
        assert_eq!(asked(true, b"GET / HTTP/1.1\r\n\r\n").await, b"");
        assert_eq!(asked(false, &hello).await, b"");
    }
}
