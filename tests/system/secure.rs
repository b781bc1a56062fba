//! Clients of encrypted transports where `kdig` and `curl` would hide what matters: what is sent when, on which stream,
//! and how a connection ends.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::{Buf, Bytes};
use quinn::crypto::rustls::QuicClientConfig;
use quinn::{ClientConfig, Connection, ConnectionError, Endpoint};
use rcgen::PublicKeyData as _;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConnection, RootCertStore, StreamOwned};
use socket2::{Domain, Socket, Type};

use super::program::replace;

const NAME: &str = "dns.example";
const TLS: &str = "127.0.0.1:853";
const QUIC: &str = "127.0.0.1:853";
const HTTP3: &str = "127.0.0.1:443";
const LIMIT: Duration = Duration::from_secs(12);

/// A certificate of its own and its key, as the daemon gets them.
pub(super) struct Certified {
    pub(super) chain: PathBuf,
    pub(super) key: PathBuf,
    directory: PathBuf,
}

impl Certified {
    /// Issues the first one.
    pub(super) fn write(directory: &Path) -> Self {
        let (chain, key) = (directory.join("chain.pem"), directory.join("key.pem"));
        let certified = Self { chain, key, directory: directory.to_owned() };
        certified.put();
        certified
    }

    /// Issues another one in its place; gives back where the one before is now.
    pub(super) fn issue(&self) -> PathBuf {
        let before = self.directory.join("before.pem");
        fs::copy(&self.chain, &before).unwrap();
        self.put();
        before
    }

    /// A key that belongs to no certificate.
    pub(super) fn other_key(&self) -> String {
        rcgen::KeyPair::generate().unwrap().serialize_pem()
    }

    /// The keys of `[server]` that have DNS served over all encrypted transports, on their usual ports.
    pub(super) fn server(&self) -> String {
        format!(
            "tls = [\"{TLS}\"]\nhttps = [\"{HTTP3}\"]\nquic = [\"{QUIC}\"]\ncertificate = \"{}\"\nkey = \"{}\"\n",
            self.chain.display(),
            self.key.display()
        )
    }

    /// By what Chromium is told to trust its key: the digest of the public key, in base 64.
    pub(super) fn fingerprint(&self) -> String {
        let key = rcgen::KeyPair::from_pem(&fs::read_to_string(&self.key).unwrap()).unwrap();
        let digest = digest(&SHA256, &key.subject_public_key_info());
        STANDARD.encode(digest.as_ref())
    }

    fn put(&self) {
        let names = [NAME, "127.0.0.1"].map(str::to_owned);
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        replace(&self.chain, &made.cert.pem());
        replace(&self.key, &made.signing_key.serialize_pem());
    }

    fn client(&self, protocol: &str) -> rustls::ClientConfig {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(&self.chain).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider);
        let config = config.with_protocol_versions(&[&rustls::version::TLS13]).unwrap();
        let mut config = config.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
        config
    }
}

/// A connection for DNS over TLS.
pub(super) struct Tls(StreamOwned<ClientConnection, TcpStream>);

impl Tls {
    /// Connects, and shakes hands.
    pub(super) fn connect(certified: &Certified) -> Self {
        let mut tls = Self::over(TcpStream::connect(TLS).unwrap(), certified);
        while tls.0.conn.is_handshaking() {
            tls.0.conn.complete_io(&mut tls.0.sock).expect("a handshake");
        }
        tls
    }

    fn over(stream: TcpStream, certified: &Certified) -> Self {
        Self::speaking("dot", stream, certified)
    }

    fn speaking(protocol: &str, stream: TcpStream, certified: &Certified) -> Self {
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        let name = ServerName::try_from(NAME).unwrap();
        let connection = ClientConnection::new(Arc::new(certified.client(protocol)), name).unwrap();
        Self(StreamOwned::new(connection, stream))
    }

    /// Sends a message.
    pub(super) fn send(&mut self, packet: &[u8]) {
        self.try_send(packet).unwrap();
    }

    /// Waits for a message.
    pub(super) fn receive(&mut self) -> Vec<u8> {
        self.try_receive().expect("a reply over TLS")
    }

    fn try_send(&mut self, packet: &[u8]) -> std::io::Result<()> {
        self.0.write_all(&[&(packet.len() as u16).to_be_bytes()[..], packet].concat())?;
        self.0.flush()
    }

    /// Waits for the end.
    pub(super) fn read_end(&mut self) -> std::io::Result<usize> {
        self.0.read(&mut [0])
    }

    fn try_receive(&mut self) -> std::io::Result<Vec<u8>> {
        let mut length = [0; 2];
        self.0.read_exact(&mut length)?;
        let mut reply = vec![0; usize::from(u16::from_be_bytes(length))];
        self.0.read_exact(&mut reply)?;
        Ok(reply)
    }
}

/// Asks over TLS from an address, after a header of PROXY protocol 2 for a client where one is given; nothing where
/// the connection is closed instead of answered.
pub(super) fn tls_through(certified: &Certified, from: &str, client: Option<[u8; 4]>) -> Option<Vec<u8>> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::new(from.parse().unwrap(), 0).into()).unwrap();
    socket.connect(&TLS.parse::<SocketAddr>().unwrap().into()).unwrap();
    let mut stream = TcpStream::from(socket);
    if let Some(client) = client {
        let addresses = [client, Ipv4Addr::LOCALHOST.octets()].concat();
        let header = [b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c", &addresses[..], &[0x14, 0xb4, 3, 0x55]].concat();
        stream.write_all(&header).unwrap();
    }
    let mut tls = Tls::over(stream, certified);
    tls.try_send(&super::ask::query(1, "undress.example", super::ask::A, false)).ok()?;
    tls.try_receive().ok()
}

/// Asks by HTTP/2 and gives the server no leave to send the reply, until the server closes the connection.
pub(super) fn refuses_replies(certified: &Certified) {
    let mut https = Tls::speaking("h2", TcpStream::connect(HTTP3).unwrap(), certified);
    let query = URL_SAFE_NO_PAD.encode(super::ask::query(0, "undress.example", super::ask::A, false));
    let mut head = Vec::new();
    let path = format!("/dns-query?dns={query}");
    for (name, value) in [(":method", "GET"), (":scheme", "https"), (":authority", NAME), (":path", &*path)] {
        // A field that no table holds.
        head.extend([0, name.len() as u8]);
        head.extend(name.as_bytes());
        head.push(value.len() as u8);
        head.extend(value.as_bytes());
    }
    // Settings with a window of nothing, then a request that is complete.
    let settings = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x06\x04\0\0\0\0\0\0\x04\0\0\0\0";
    let request = [&[0, 0, head.len() as u8, 1, 5, 0, 0, 0, 1][..], &head].concat();
    https.0.write_all(&[&settings[..], &request].concat()).unwrap();
    let mut told = Vec::new();
    // To the end, which comes by itself; how is the server's affair.
    let ended = https.0.read_to_end(&mut told);
    assert!(!matches!(ended, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock), "it stays open");
    assert!(!told.is_empty(), "the request was answered");
}

/// A connection for HTTP/2 on which nothing is asked.
pub(super) struct Https(Tls);

/// Connects, and exchanges settings.
pub(super) fn idle_https(certified: &Certified) -> Https {
    let mut https = Tls::speaking("h2", TcpStream::connect(HTTP3).unwrap(), certified);
    https.0.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").unwrap();
    https.0.flush().unwrap();
    while https.0.conn.is_handshaking() {
        https.0.conn.complete_io(&mut https.0.sock).expect("a handshake");
    }
    Https(https)
}

impl Https {
    /// Waits until the server ends it, and answers its pings; gives back the code with which it last said that it would.
    pub(super) fn ended(mut self) -> Option<u32> {
        let (mut code, mut head) = (None, [0; 9]);
        while self.0.0.read_exact(&mut head).is_ok() {
            let mut body = vec![0; usize::from(u16::from_be_bytes([head[1], head[2]]))];
            self.0.0.read_exact(&mut body).unwrap();
            match (head[3], head[4]) {
                (6, 0) => self.0.0.write_all(&[b"\0\0\x08\x06\x01\0\0\0\0", &body[..]].concat()).unwrap(),
                (7, _) => code = body[4..].first_chunk().map(|code| u32::from_be_bytes(*code)),
                _ => {}
            }
        }
        code
    }
}

fn endpoint(certified: &Certified, protocol: &str) -> Endpoint {
    let config = QuicClientConfig::try_from(certified.client(protocol)).unwrap();
    let mut endpoint = Endpoint::client("127.0.0.1:0".parse().unwrap()).unwrap();
    endpoint.set_default_client_config(ClientConfig::new(Arc::new(config)));
    endpoint
}

async fn connect(certified: &Certified, protocol: &str, server: &str) -> Connection {
    let connecting = endpoint(certified, protocol).connect(server.parse().unwrap(), NAME).unwrap();
    connecting.await.expect("a connection over QUIC")
}

/// Opens so many connections of QUIC, and looks while they are open and idle.
pub(super) fn hold_quic(certified: &Certified, count: usize, look: impl FnOnce()) {
    block_on(async {
        let (endpoint, mut held) = (endpoint(certified, "doq"), Vec::new());
        for _ in 0..count {
            let connecting = endpoint.connect(QUIC.parse().unwrap(), NAME).unwrap();
            let connection = connecting.await.expect("a connection over QUIC");
            let query = super::ask::query(0, "undress.example", super::ask::A, false);
            let (mut send, mut receive) = connection.open_bi().await.unwrap();
            send.write_all(&[&(query.len() as u16).to_be_bytes()[..], &query].concat()).await.unwrap();
            send.finish().unwrap();
            receive.read_to_end(1 << 16).await.unwrap();
            held.push(connection);
        }
        look();
    });
}

/// Sends a frame without end by HTTP/3, the head of a request or, on the control stream, one that has no meaning (RFC
/// 9114 §7.2.8); how much of it the server took before it cut the stream.
pub(super) fn endless_frame(certified: &Certified, on_control: bool) -> usize {
    block_on(async {
        let connection = connect(certified, "h3", HTTP3).await;
        let mut control = connection.open_uni().await.unwrap();
        // A control stream, and a frame of no settings.
        control.write_all(&[0, 4, 0]).await.unwrap();
        let (mut send, _receive) = connection.open_bi().await.unwrap();
        let (stream, kind) = if on_control { (&mut control, 0x21) } else { (&mut send, 1) };
        // It announces a thousand million octets.
        stream.write_all(&[kind, 0xc0, 0, 0, 0, 0x3b, 0x9a, 0xca, 0]).await.unwrap();
        let mut taken = 0;
        while taken < 16 << 20 && stream.write_all(&[0; 1024]).await.is_ok() {
            taken += 1024;
        }
        taken
    })
}

/// Opens a connection of each of DNS over QUIC and HTTP/3, and gives back the codes by which the server ends them once
/// `then` has run.
pub(super) fn told_by_quic(certified: &Certified, then: impl FnOnce()) -> [Option<u64>; 2] {
    block_on(async {
        let doq = connect(certified, "doq", QUIC).await;
        let https = connect(certified, "h3", HTTP3).await;
        // Once the server has opened a stream, it serves the connection.
        let _control = https.accept_uni().await.unwrap();
        then();
        [code(doq.closed().await), code(https.closed().await)]
    })
}

/// Asks by HTTP/3 once the control stream has carried so many frames without a meaning, of so many octets.
pub(super) fn talkative_http3(
    certified: &Certified,
    (frames, octets): (usize, u16),
    query: &[u8],
) -> Vec<u8> {
    block_on(async {
        let connection = connect(certified, "h3", HTTP3).await;
        let mut control = connection.open_uni().await.unwrap();
        control.write_all(&[0, 4, 0]).await.unwrap();
        let frame = [&[0x21][..], &(0x4000 | octets).to_be_bytes(), &vec![0; usize::from(octets)]].concat();
        for _ in 0..frames {
            control.write_all(&frame).await.expect("it is taken");
        }
        // Fields of the static table: GET, https, then a literal authority and path (RFC 9204 §4.5).
        let path = format!("/dns-query?dns={}", URL_SAFE_NO_PAD.encode(query));
        let literal = |name: u8, value: &str| [&[name, value.len() as u8], value.as_bytes()].concat();
        let head = [&[0, 0, 0xd1, 0xd7][..], &literal(0x50, NAME), &literal(0x51, &path)].concat();
        let (mut send, mut receive) = connection.open_bi().await.unwrap();
        let length = 0x4000 | head.len() as u16;
        send.write_all(&[&[1][..], &length.to_be_bytes(), &head].concat()).await.unwrap();
        send.finish().unwrap();
        receive.read_to_end(1 << 16).await.expect("a response")
    })
}

/// By which code the other side closed a connection, if it gave one.
fn code(ended: ConnectionError) -> Option<u64> {
    match ended {
        ConnectionError::ApplicationClosed(closed) => Some(closed.error_code.into_inner()),
        _ => None,
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { tokio::time::timeout(LIMIT, future).await.expect("an end in time") })
}

/// Sends each query on a stream of one connection and waits for the reply on the `wanted`th; an error is the code by
/// which the server closed the connection, if it gave one.
pub(super) fn quic(
    certified: &Certified,
    queries: &[Vec<u8>],
    wanted: usize,
) -> Result<Vec<u8>, Option<u64>> {
    block_on(async {
        let connection = connect(certified, "doq", QUIC).await;
        let mut streams = Vec::new();
        for query in queries {
            let (mut send, receive) = connection.open_bi().await.unwrap();
            let framed = [&(query.len() as u16).to_be_bytes()[..], query].concat();
            send.write_all(&framed).await.unwrap();
            send.finish().unwrap();
            streams.push((send, receive));
        }
        match streams[wanted].1.read_to_end(1 << 16).await {
            Ok(reply) => {
                assert_eq!(usize::from(u16::from_be_bytes([reply[0], reply[1]])), reply.len() - 2);
                Ok(reply[2..].to_vec())
            }
            Err(_) => Err(code(connection.closed().await)),
        }
    })
}

/// Asks by HTTP/3.
pub(super) fn http3(certified: &Certified, method: &str, query: &[u8]) -> (http::response::Parts, Vec<u8>) {
    block_on(async {
        let connection = connect(certified, "h3", HTTP3).await;
        let quic = h3_quinn::Connection::new(connection);
        let (mut driver, mut requests) = h3::client::new(quic).await.unwrap();
        let driving = tokio::spawn(async move { std::future::poll_fn(|cx| driver.poll_close(cx)).await });
        let path = match method {
            "GET" => format!("/dns-query?dns={}", URL_SAFE_NO_PAD.encode(query)),
            _ => "/dns-query".to_owned(),
        };
        let request = http::Request::builder().method(method).uri(format!("https://{NAME}{path}"));
        let request = request.header("content-type", "application/dns-message").body(()).unwrap();
        let mut stream = requests.send_request(request).await.unwrap();
        if method != "GET" {
            stream.send_data(Bytes::copy_from_slice(query)).await.unwrap();
        }
        stream.finish().await.unwrap();
        let (head, ()) = stream.recv_response().await.unwrap().into_parts();
        let mut body = Vec::new();
        while let Some(mut data) = stream.recv_data().await.unwrap() {
            body.extend_from_slice(&data.copy_to_bytes(data.remaining()));
        }
        drop(requests);
        driving.abort();
        (head, body)
    })
}
