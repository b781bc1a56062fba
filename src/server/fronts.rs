//! Front ends: load balancers that named networks hold, and whose word is taken for who a client is.
//!
//! Of them a header is demanded, or all their clients would be one and the same; of others it is never heard, or
//! everybody could be whom they like.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::proxy::{self, FIXED, Origin};
use super::seats::Seats;

/// For a header, which comes with the connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// The front ends.
pub(super) struct Fronts {
    networks: Vec<IpNet>,
    /// Connections whose header has not come yet.
    pub(super) seats: Arc<Seats>,
}

impl Fronts {
    /// Those of some networks, which may have so many connections.
    pub(super) fn new(networks: Vec<IpNet>, connections: usize) -> Self {
        Self { networks, seats: Seats::new(connections, connections) }
    }

    /// Whether an address is a front end's.
    pub(super) fn have(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// For whom a datagram comes, and what that one sent; nothing where a front end's header is malformed.
    #[inline]
    pub(super) fn origin<'d>(&self, sender: IpAddr, datagram: &'d [u8]) -> Option<(IpAddr, &'d [u8])> {
        if self.networks.is_empty() || !self.have(sender) {
            return Some((sender, datagram));
        }
        let (origin, sent) = proxy::split(datagram)?;
        Some((client(origin, sender), sent))
    }

    /// For whom a front end connects, by the header on the stream; nothing where there is none in time.
    pub(super) async fn introduced(&self, stream: &mut TcpStream, front: SocketAddr) -> Option<SocketAddr> {
        let reading = async {
            let mut header = vec![0; FIXED];
            stream.read_exact(&mut header).await.ok()?;
            header.resize(FIXED + proxy::announced(header.first_chunk()?)?, 0);
            stream.read_exact(&mut header[FIXED..]).await.ok()?;
            let (origin, _) = proxy::split(&header)?;
            Some(SocketAddr::new(client(origin, front.ip()), front.port()))
        };
        timeout(PATIENCE, reading).await.ok()?
    }
}

fn client(origin: Origin, front: IpAddr) -> IpAddr {
    match origin {
        Origin::Client(client) => client.ip(),
        Origin::FrontEnd => front,
    }
}
