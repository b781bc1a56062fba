//! The world as the operating system has it: its clocks, its randomness, and its network, with a fresh socket for each
//! datagram, and connections that are kept for a while.
//!
//! A UDP question leaves from a socket of its own, whose port the kernel draws at random and which it
//! connects to the server, so that a forger must guess port and identifier at once (RFC 5452 §9.2). To open, connect
//! and close one costs 6 µs and, with what the executor does for it, 9 µs more than a question on a socket that stays
//! (Linux 6, one core of a server of 2023), a fiftieth to a tenth of what a cold name costs in all; a pool would give
//! that back for ports that are used again. Encrypted servers are forwarders out of the configuration, few and asked
//! all the time: each keeps one connection, on which hickory multiplexes. For TCP see [`streams`](super::streams).

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hickory_resolver::config::{ConnectionConfig, ProtocolConfig, ResolverOpts};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::xfer::{DnsExchange, DnsHandle, FirstAnswer};
use hickory_resolver::proto::op::{DnsRequest, DnsRequestOptions, Message};
use hickory_resolver::{ConnectionProvider, PoolContext, TlsConfig};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::UdpSocket;
use tokio::time::{Instant, timeout};

use super::config::Config;
use super::error::Error;
use super::streams::Streams;
use crate::recursion::{Moment, Transport, Undelivered, World, is_reply};

/// The world as the operating system has it.
pub struct SystemWorld {
    start: Instant,
    source: Vec<IpAddr>,
    streams: Streams,
    encrypted: Arc<Encrypted>,
}

impl SystemWorld {
    /// Prepares what `config` says of the way out: source addresses, and the authorities that certificates of
    /// encrypted forwarders may come from. Opens nothing yet.
    pub fn new(config: &Config) -> Result<Self, Error> {
        let tls = TlsConfig { config: tls(config.certificate_authorities.as_deref())? };
        let mut options = ResolverOpts::default();
        options.timeout = PATIENCE;
        options.max_active_requests = config.concurrent;
        let context = PoolContext::new(options, tls);
        let encrypted = Encrypted { context, runtime: TokioRuntimeProvider::new(), kept: Mutex::default() };
        let (source, streams, encrypted) = (config.source.clone(), Streams::new(), Arc::new(encrypted));
        Ok(Self { start: Instant::now(), source, streams, encrypted })
    }

    /// The address to ask `server` from: the configured one of its family, or any.
    fn local(&self, server: SocketAddr) -> SocketAddr {
        let any = match server {
            SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
        };
        let chosen = self.source.iter().find(|address| address.is_ipv4() == server.is_ipv4());
        SocketAddr::new(*chosen.unwrap_or(&any), 0)
    }
}

impl World for SystemWorld {
    fn now(&self) -> Moment {
        Moment::default().after(BEFORE + self.start.elapsed())
    }

    #[expect(clippy::disallowed_methods, reason = "this is where recursion gets the date")]
    fn wall(&self) -> u64 {
        u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or(0)
    }

    fn random(&self) -> u64 {
        let mut octets = [0; 8];
        match aws_lc_rs::rand::fill(&mut octets) {
            Ok(()) => u64::from_ne_bytes(octets),
            // Without randomness any answer could be forged: this never happens on a running system, and must not be
            // survived if it does.
            Err(_) => std::process::abort(),
        }
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        tokio::time::sleep(time).boxed()
    }

    fn exchange(
        &self,
        server: SocketAddr,
        transport: Transport,
        query: Vec<u8>,
    ) -> BoxFuture<'static, Result<Vec<u8>, Undelivered>> {
        let local = self.local(server);
        let unreachable = |_| Undelivered::Unreachable;
        match transport {
            Transport::Udp => over_udp(local, server, query).boxed(),
            Transport::Tcp => {
                let streams = self.streams.clone();
                async move { streams.exchange(local, server, query).await.map_err(unreachable) }.boxed()
            }
            transport => {
                let encrypted = Arc::clone(&self.encrypted);
                async move { encrypted.exchange(local, server, transport, query).await.map_err(unreachable) }
                    .boxed()
            }
        }
    }
}

async fn over_udp(local: SocketAddr, server: SocketAddr, query: Vec<u8>) -> Result<Vec<u8>, Undelivered> {
    let socket = connected(local, server, &query).await.map_err(|_| Undelivered::Unreachable)?;
    let mut buffer = vec![0; LARGEST_DATAGRAM];
    for _ in 0..MOST_FORGERIES {
        let length = socket.recv(&mut buffer).await.map_err(|_| Undelivered::Unreachable)?;
        if is_reply(&query, &buffer[..length]) {
            buffer.truncate(length);
            return Ok(buffer);
        }
    }
    Err(Undelivered::Forged)
}

async fn connected(local: SocketAddr, server: SocketAddr, query: &[u8]) -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind(local).await?;
    socket.connect(server).await?;
    socket.send(query).await?;
    Ok(socket)
}

fn foreign() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not the reply to the query")
}

/// Connections to encrypted servers. Their number is that of the forwarders in the configuration.
struct Encrypted {
    context: PoolContext,
    runtime: TokioRuntimeProvider,
    kept: Mutex<HashMap<(SocketAddr, Transport), Slot>>,
}

/// One server's place for a connection, locked while one is being opened, so that only one is.
type Slot = Arc<tokio::sync::Mutex<Kept>>;

/// One server's connection. The number tells which connection a failure was about, so that the failure of an
/// old one does not close its successor.
#[derive(Default)]
struct Kept {
    number: u64,
    connection: Option<DnsExchange<TokioRuntimeProvider>>,
}

impl Encrypted {
    async fn exchange(
        self: Arc<Self>,
        local: SocketAddr,
        server: SocketAddr,
        transport: Transport,
        query: Vec<u8>,
    ) -> io::Result<Vec<u8>> {
        let key = (server, transport);
        let slot = {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(kept.entry(key.clone()).or_default())
        };
        let transport = protocol(key.1);
        loop {
            let (number, fresh, connection) = {
                let mut kept = slot.lock().await;
                match &kept.connection {
                    Some(connection) => (kept.number, false, connection.clone()),
                    None => {
                        let connection = self.connect(local, server, &transport).await?;
                        kept.number += 1;
                        kept.connection = Some(connection.clone());
                        (kept.number, true, connection)
                    }
                }
            };
            match ask(&connection, &query).await {
                Ok(reply) => return Ok(reply),
                Err(error) => {
                    let mut kept = slot.lock().await;
                    if kept.number == number {
                        kept.connection = None;
                    }
                    // A kept connection may have died in silence since it was last used; a fresh one has not.
                    if fresh {
                        return Err(error);
                    }
                }
            }
        }
    }

    async fn connect(
        &self,
        local: SocketAddr,
        server: SocketAddr,
        protocol: &ProtocolConfig,
    ) -> io::Result<DnsExchange<TokioRuntimeProvider>> {
        let mut config = ConnectionConfig::new(protocol.clone());
        config.port = server.port();
        config.bind_addr = Some(local);
        let connecting =
            self.runtime.new_connection(server.ip(), &config, &self.context).map_err(io::Error::other)?;
        timeout(PATIENCE, connecting).await?.map_err(io::Error::other)
    }
}

fn protocol(transport: Transport) -> ProtocolConfig {
    match transport {
        Transport::Udp => ProtocolConfig::Udp,
        Transport::Tcp => ProtocolConfig::Tcp,
        Transport::Tls { name } => ProtocolConfig::Tls { server_name: name },
        Transport::Https { name, path } => ProtocolConfig::Https { server_name: name, path },
        Transport::Quic { name } => ProtocolConfig::Quic { server_name: name },
    }
}

async fn ask(connection: &DnsExchange<TokioRuntimeProvider>, query: &[u8]) -> io::Result<Vec<u8>> {
    let message = Message::from_vec(query).map_err(io::Error::other)?;
    let request = DnsRequest::new(message, DnsRequestOptions::default());
    let response =
        timeout(PATIENCE, connection.send(request).first_answer()).await?.map_err(io::Error::other)?;
    let mut reply = response.into_buffer();
    // Streams tell replies apart by identifiers of their own, or by none at all (RFC 8484 §4.1, RFC 9250
    // §4.2.1).
    if let (Some(theirs), Some(ours)) = (reply.get_mut(..2), query.get(..2)) {
        theirs.copy_from_slice(ours);
    }
    if is_reply(query, &reply) { Ok(reply) } else { Err(foreign()) }
}

fn tls(authorities: Option<&Path>) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = authorities {
        let content = |fault: String| Error::Content {
            key: "certificate_authorities",
            path: path.into(),
            fault,
            remedy: "it must hold certificates of authorities in PEM text",
        };
        let text = std::fs::read(path).map_err(|cause| Error::Unreadable {
            key: "certificate_authorities",
            path: path.into(),
            cause,
        })?;
        let before = roots.len();
        for certificate in CertificateDer::pem_slice_iter(&text) {
            let certificate = certificate.map_err(|error| content(format!("is not PEM ({error})")))?;
            roots.add(certificate).map_err(|error| content(format!("holds a bad certificate ({error})")))?;
        }
        if roots.len() == before {
            return Err(content("holds no certificate".into()));
        }
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Setup(error.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Moments of this long before the start can be told apart: what an earlier run has learned is as old as it is.
const BEFORE: Duration = Duration::from_secs(30 * 86_400);

/// How long a kept connection may be silent before it is taken for dead, and a new one may take to open.
pub(super) const PATIENCE: Duration = Duration::from_millis(1_500);

const LARGEST_DATAGRAM: usize = 4_096;

/// After so many datagrams that are no replies, somebody is guessing.
const MOST_FORGERIES: usize = 16;

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use hickory_resolver::net::quic::QuicServer;
    use rustls::pki_types::PrivateKeyDer;
    use rustls::sign::{CertifiedKey, SingleCertAndKey};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const QUERY: &[u8] = b"\0\x07\x01\0\0\x01\0\0\0\0\0\0\x01a\0\0\x01\0\x01";

    fn reply() -> Vec<u8> {
        let mut reply = QUERY.to_vec();
        reply[2] |= 0x80;
        reply
    }

    #[tokio::test]
    async fn a_datagram_that_is_not_the_reply_is_ignored() {
        let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = server.local_addr().unwrap();
        let network = SystemWorld::new(&Config::default()).unwrap();
        let answering = async {
            let mut buffer = [0; 512];
            let (length, client) = server.recv_from(&mut buffer).await.unwrap();
            assert_eq!(&buffer[..length], QUERY);
            let mut forged = reply();
            forged[1] ^= 1;
            server.send_to(&forged, client).await.unwrap();
            server.send_to(&reply(), client).await.unwrap();
        };
        let asking = network.exchange(address, Transport::Udp, QUERY.to_vec());
        let (found, ()) = tokio::join!(asking, answering);
        assert_eq!(found.unwrap(), reply());
    }

    #[tokio::test]
    async fn a_stream_carries_one_message_each_way() {
        let listener = tokio::net::TcpListener::bind("[::1]:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let config = Config { source: vec!["::1".parse().unwrap()], ..Config::default() };
        let network = SystemWorld::new(&config).unwrap();
        let answering = async {
            let (mut stream, client) = listener.accept().await.unwrap();
            assert_eq!(client.ip(), config.source[0]);
            let mut query = vec![0; usize::from(stream.read_u16().await.unwrap())];
            stream.read_exact(&mut query).await.unwrap();
            assert_eq!(query[2..], QUERY[2..]);
            query[2] |= 0x80;
            stream.write_u16(query.len() as u16).await.unwrap();
            stream.write_all(&query).await.unwrap();
        };
        let asking = network.exchange(address, Transport::Tcp, QUERY.to_vec());
        let (found, ()) = tokio::join!(asking, answering);
        assert_eq!(found.unwrap(), reply());
    }

    /// A forwarder over QUIC that answers the first stream of each connection and closes it at the second.
    async fn forgetful(certificate: &rcgen::CertifiedKey<rcgen::KeyPair>) -> (SocketAddr, Arc<AtomicUsize>) {
        let key = PrivateKeyDer::try_from(certificate.signing_key.serialize_der()).unwrap();
        let key = rustls::crypto::aws_lc_rs::sign::any_supported_type(&key).unwrap();
        let chain = vec![certificate.cert.der().clone()];
        let resolver = Arc::new(SingleCertAndKey::from(CertifiedKey::new(chain, key)));
        let mut server = QuicServer::new("127.0.0.1:0".parse().unwrap(), resolver).await.unwrap();
        let (address, served) = (server.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
        let count = Arc::clone(&served);
        tokio::spawn(async move {
            loop {
                let Ok(Some((mut streams, _))) = server.next().await else { continue };
                let count = Arc::clone(&count);
                tokio::spawn(async move {
                    let mut stream = streams.next().await.unwrap().unwrap();
                    let mut reply = stream.receive_bytes().await.unwrap().to_vec();
                    reply[2] |= 0x80;
                    stream.send_bytes(reply.into()).await.unwrap();
                    stream.finish().await.unwrap();
                    count.fetch_add(1, Ordering::Relaxed);
                    streams.next().await
                });
            }
        });
        (address, served)
    }

    #[tokio::test]
    async fn an_encrypted_server_must_prove_its_name_and_is_reached_again_when_it_forgot() {
        let certificate = rcgen::generate_simple_self_signed(["dns.example".to_owned()]).unwrap();
        let (address, served) = forgetful(&certificate).await;
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(certificate.cert.pem().as_bytes()).unwrap();
        let config = Config { certificate_authorities: Some(file.path().to_owned()), ..Config::default() };
        let network = SystemWorld::new(&config).unwrap();
        let ask =
            |name: &str| network.exchange(address, Transport::Quic { name: name.into() }, QUERY.to_vec());
        for _ in 0..3 {
            assert_eq!(ask("dns.example").await.unwrap(), reply());
        }
        assert_eq!(served.load(Ordering::Relaxed), 3);
        ask("other.example").await.unwrap_err();
        let strangers = SystemWorld::new(&Config::default()).unwrap();
        let transport = Transport::Quic { name: "dns.example".into() };
        strangers.exchange(address, transport, QUERY.to_vec()).await.unwrap_err();
    }

    #[test]
    fn a_file_without_authorities_is_refused_by_name() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let config = |path: &Path| Config { certificate_authorities: Some(path.into()), ..Config::default() };
        let error = SystemWorld::new(&config(file.path())).err().unwrap().to_string();
        assert!(error.contains("certificate_authorities") && error.contains("no certificate"), "{error}");
        let error = SystemWorld::new(&config(Path::new("/nowhere/ca.pem"))).err().unwrap().to_string();
        assert!(error.contains("cannot read `/nowhere/ca.pem`"), "{error}");
    }
}
