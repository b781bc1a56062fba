//! Hickory's idea of a connection, carried over a [`Network`].
//!
//! [`Wires`] is what hickory asks for connections and [`Wire`] is what it gets: not a connection at all but
//! an address, since the network below keeps what is worth keeping. So hickory opens no socket and starts no
//! task, and a question that nobody waits for any more leaves nothing behind.
//!
//! Patience is short, because hickory gives a whole set of servers five seconds: a silent server must leave
//! time for its neighbours. A server that refuses or fails is reported as out of order, since hickory would
//! otherwise take its word for the whole zone and ask no other.

use std::future::{Ready, ready};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt, stream};
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ProtocolConfig};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::xfer::DnsHandle;
use hickory_resolver::proto::op::{DnsRequest, DnsResponse, ResponseCode};
use hickory_resolver::proto::serialize::binary::BinEncodable;
use hickory_resolver::{ConnectionProvider, PoolContext};
use tokio::time::timeout;

use super::network::{Network, is_reply, question};
use super::upstream::{Transport, Upstream};

/// Gives hickory its connections.
#[derive(Clone)]
pub(super) struct Wires {
    network: Arc<dyn Network>,
    runtime: TokioRuntimeProvider,
}

impl Wires {
    pub(super) fn new(network: Arc<dyn Network>) -> Self {
        Self { network, runtime: TokioRuntimeProvider::new() }
    }
}

impl ConnectionProvider for Wires {
    type Conn = Wire;
    type FutureConn = Ready<Result<Wire, NetError>>;
    type RuntimeProvider = TokioRuntimeProvider;

    fn new_connection(
        &self,
        address: IpAddr,
        config: &ConnectionConfig,
        _: &PoolContext,
    ) -> Result<Self::FutureConn, NetError> {
        let transport = match config.protocol.clone() {
            ProtocolConfig::Udp => Transport::Udp,
            ProtocolConfig::Tcp => Transport::Tcp,
            ProtocolConfig::Tls { server_name } => Transport::Tls { name: server_name },
            ProtocolConfig::Https { server_name, path } => Transport::Https { name: server_name, path },
            ProtocolConfig::Quic { server_name } => Transport::Quic { name: server_name },
        };
        let server = SocketAddr::new(address, config.port);
        Ok(ready(Ok(Wire { network: Arc::clone(&self.network), server, transport })))
    }

    fn runtime_provider(&self) -> &TokioRuntimeProvider {
        &self.runtime
    }
}

/// How hickory is told of an upstream: with TCP beside UDP, for truncated answers.
pub(super) fn name_server(upstream: &Upstream) -> NameServerConfig {
    let protocols = match upstream.transport.clone() {
        Transport::Udp => vec![ProtocolConfig::Udp, ProtocolConfig::Tcp],
        Transport::Tcp => vec![ProtocolConfig::Tcp],
        Transport::Tls { name } => vec![ProtocolConfig::Tls { server_name: name }],
        Transport::Https { name, path } => vec![ProtocolConfig::Https { server_name: name, path }],
        Transport::Quic { name } => vec![ProtocolConfig::Quic { server_name: name }],
    };
    let connection = |protocol| {
        let mut connection = ConnectionConfig::new(protocol);
        connection.port = upstream.server.port();
        connection
    };
    NameServerConfig::new(upstream.server.ip(), true, protocols.into_iter().map(connection).collect())
}

/// A server and the way to it.
#[derive(Clone)]
pub(super) struct Wire {
    network: Arc<dyn Network>,
    server: SocketAddr,
    transport: Transport,
}

impl DnsHandle for Wire {
    type Response = stream::Once<BoxFuture<'static, Result<DnsResponse, NetError>>>;
    type Runtime = TokioRuntimeProvider;

    fn send(&self, request: DnsRequest) -> Self::Response {
        let wire = self.clone();
        stream::once(async move { wire.exchange(request).await }.boxed())
    }
}

impl Wire {
    async fn exchange(&self, request: DnsRequest) -> Result<DnsResponse, NetError> {
        let query = request.to_vec()?;
        let patience = match self.transport {
            Transport::Udp => UDP_PATIENCE,
            Transport::Tcp => TCP_PATIENCE,
            _ => ENCRYPTED_PATIENCE,
        };
        for &wait in patience {
            let exchange = self.network.exchange(self.server, self.transport.clone(), query.clone());
            match timeout(wait, exchange).await {
                Ok(Ok(reply)) => return self.read(&request, &query, reply),
                Ok(Err(error)) => return Err(NetError::from(error)),
                Err(_) => {}
            }
        }
        Err(NetError::Timeout)
    }

    /// Reads a reply as if the question had been asked in its own letters: the case drawn at random for it
    /// (draft-vixie-dnsext-dns0x20) must come back over UDP, and compressed names inside the reply point at
    /// it.
    fn read(&self, request: &DnsRequest, query: &[u8], mut reply: Vec<u8>) -> Result<DnsResponse, NetError> {
        if !is_reply(query, &reply) {
            return Err(out_of_order("not the reply to the query"));
        }
        if self.transport == Transport::Udp && question(query) != question(&reply) {
            return Err(NetError::QueryCaseMismatch);
        }
        if let Some(original) = request.original_query() {
            let name = original.name().to_bytes()?;
            if let Some(echo) = question(query).and_then(|asked| reply.get_mut(12..12 + asked.len() - 4)) {
                echo.copy_from_slice(&name);
            }
        }
        let response = DnsResponse::from_buffer(reply)?;
        match response.response_code {
            ResponseCode::NoError | ResponseCode::NXDomain => Ok(response),
            ResponseCode::Refused => Err(out_of_order("refused")),
            _ => Err(out_of_order("failed")),
        }
    }
}

fn out_of_order(why: &'static str) -> NetError {
    NetError::from(io::Error::other(why))
}

/// A datagram may be lost, so it is sent twice; the second wait is long enough for the farthest server.
const UDP_PATIENCE: &[Duration] = &[Duration::from_millis(600), Duration::from_millis(1_200)];
const TCP_PATIENCE: &[Duration] = &[Duration::from_millis(2_500)];
const ENCRYPTED_PATIENCE: &[Duration] = &[Duration::from_millis(4_000)];

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use hickory_resolver::net::xfer::FirstAnswer;
    use hickory_resolver::proto::op::{DnsRequestOptions, Query};
    use hickory_resolver::proto::rr::{Name, RecordType};

    use super::*;

    /// Answers each query by a function of it; `None` is silence.
    struct Answering<Reply>(Reply, Mutex<usize>);

    impl<Reply: Fn(Vec<u8>) -> Option<Vec<u8>> + Send + Sync + 'static> Network for Answering<Reply> {
        fn exchange(
            &self,
            _: SocketAddr,
            _: Transport,
            query: Vec<u8>,
        ) -> BoxFuture<'static, io::Result<Vec<u8>>> {
            *self.1.lock().unwrap() += 1;
            match self.0(query) {
                Some(reply) => ready(Ok(reply)).boxed(),
                None => std::future::pending().boxed(),
            }
        }
    }

    async fn ask(
        transport: Transport,
        reply: impl Fn(Vec<u8>) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> (Result<DnsResponse, NetError>, usize) {
        let network = Arc::new(Answering(reply, Mutex::new(0)));
        let server = "192.0.2.1:53".parse().unwrap();
        let wire = Wire { network: Arc::<Answering<_>>::clone(&network), server, transport };
        let query =
            Query::query(Name::from_ascii("a-long-name-to-draw-cases-for.example.").unwrap(), RecordType::A);
        let mut options = DnsRequestOptions::default();
        options.case_randomization = true;
        let response = wire.lookup(query, options).first_answer().await;
        let sent = *network.1.lock().unwrap();
        (response, sent)
    }

    fn echo(mut query: Vec<u8>) -> Option<Vec<u8>> {
        query[2] |= 0x80;
        Some(query)
    }

    fn folded(query: Vec<u8>) -> Option<Vec<u8>> {
        let mut reply = echo(query)?;
        reply[12..].make_ascii_lowercase();
        Some(reply)
    }

    #[tokio::test(start_paused = true)]
    async fn the_drawn_case_must_come_back_over_udp_and_is_never_seen_above() {
        let (response, _) = ask(Transport::Udp, echo).await;
        assert_eq!(response.unwrap().queries[0].name().to_string(), "a-long-name-to-draw-cases-for.example.");
        let (response, _) = ask(Transport::Udp, folded).await;
        assert!(matches!(response, Err(NetError::QueryCaseMismatch)));
        assert!(ask(Transport::Tcp, folded).await.0.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn failures_put_the_server_out_of_order() {
        for rcode in [1, 2, 4, 5] {
            let failing = move |query| {
                let mut reply = echo(query)?;
                reply[3] |= rcode;
                Some(reply)
            };
            assert!(matches!(ask(Transport::Udp, failing).await.0, Err(NetError::Io(_))), "{rcode}");
        }
        let foreign = |query| {
            let mut reply = echo(query)?;
            reply[0] ^= 1;
            Some(reply)
        };
        assert!(matches!(ask(Transport::Tcp, foreign).await.0, Err(NetError::Io(_))));
    }

    #[tokio::test(start_paused = true)]
    async fn datagrams_are_sent_twice_and_streams_once() {
        for (transport, wanted) in [(Transport::Udp, 2), (Transport::Tcp, 1)] {
            let (response, sent) = ask(transport, |_| None).await;
            assert!(matches!(response, Err(NetError::Timeout)));
            assert_eq!(sent, wanted);
        }
    }
}
