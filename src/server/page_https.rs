//! HTTPS at the addresses of the warning page, where nobody has a certificate for a blocked name that everybody would
//! believe.
//!
//! A connection ends at once, with the alert that says that there is no such name here (RFC 6066 §3), so that browsers
//! show an error rather than wait, and nobody learns to click a warning away. Where the devices believe an authority of
//! their owner's, the page is shown, with a certificate that is made for the name that the client asks for; a name for
//! which there is none ends in the same alert.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use rustls::server::{Acceptor, ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy, sink};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_rustls::LazyConfigAcceptor;

use super::http::{Handler, Versions, serve_connection};
use super::listener::{Service, accept};
use super::seats::Seats;
use super::tls::{HANDSHAKE, TlsError, settings};
use super::visits::{Visitor, Visits};

/// For all of a connection that is refused.
const LONGEST_REFUSAL: Duration = Duration::from_secs(5);
/// As a record of TLS begins that holds a handshake.
const HANDSHAKE_RECORD: u8 = 22;
/// A fatal alert: unrecognized_name.
const ALERT: [u8; 7] = [21, 3, 3, 0, 2, 2, 112];
/// More than any first message of a client, in octets.
const LONGEST_HELLO: u64 = 64 << 10;

/// How a client that comes by HTTPS is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Its connection is closed without a word.
    Close,
    /// It is told that there is no such name here.
    Refuse,
    /// It is shown the page, where there is a certificate.
    Show,
}

/// The page over HTTPS.
pub trait Secured: Handler {
    /// How a client is met.
    fn manner(&self, client: IpAddr) -> Manner;

    /// The certificate for a name that a client asks for, if it may have one.
    fn certificate(
        &self,
        client: IpAddr,
        name: &str,
    ) -> impl Future<Output = Option<Arc<CertifiedKey>>> + Send;
}

/// Serves one listener for ever. No error ends it.
pub async fn serve_page_https<H: Secured>(listener: TcpListener, serving: Arc<PageHttps<H>>) {
    accept(listener, serving).await;
}

/// What listeners share that serve the page over HTTPS.
pub struct PageHttps<H> {
    handler: Arc<H>,
    visits: Arc<Visits>,
    base: ServerConfig,
}

impl<H: Secured> PageHttps<H> {
    /// Visits that are refused or closed count among them.
    pub fn new(handler: Arc<H>, visits: Arc<Visits>) -> Result<Self, TlsError> {
        let mut base = settings(Arc::new(Presented(None)))?;
        base.alpn_protocols = ["h2", "http/1.1"].map(|protocol| protocol.as_bytes().to_vec()).into();
        Ok(Self { handler, visits, base })
    }

    async fn show(&self, stream: TcpStream, client: SocketAddr, visitor: Visitor) -> io::Result<()> {
        let greeted = timeout(HANDSHAKE, LazyConfigAcceptor::new(Acceptor::default(), stream)).await??;
        let name = greeted.client_hello().server_name().map(str::to_owned);
        let certified = match name {
            Some(name) => self.handler.certificate(client.ip().to_canonical(), &name).await,
            None => None,
        };
        let Some(certified) = certified else { return timeout(LONGEST_REFUSAL, refuse(greeted.io)).await? };
        let mut config = self.base.clone();
        config.cert_resolver = Arc::new(Presented(Some(certified)));
        let stream = timeout(HANDSHAKE, greeted.into_stream(Arc::new(config))).await??;
        serve_connection(stream, client, (self.handler.clone(), visitor), Versions::Both).await;
        Ok(())
    }
}

impl<H: Secured> Service for PageHttps<H> {
    fn seats(&self, _: IpAddr) -> &Arc<Seats> {
        &self.visits.seats
    }

    async fn serve(&self, stream: TcpStream, client: SocketAddr) {
        let refuse = async |stream, _waits| timeout(LONGEST_REFUSAL, refuse_unread(stream)).await;
        match self.handler.manner(client.ip().to_canonical()) {
            Manner::Close => {}
            Manner::Refuse => self.visits.bound(|visitor| refuse(stream, visitor)).await,
            Manner::Show => self.visits.bound(|visitor| self.show(stream, client, visitor)).await,
        }
    }
}

/// The certificate of one connection.
#[derive(Debug)]
struct Presented(Option<Arc<CertifiedKey>>);

impl ResolvesServerCert for Presented {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.0.clone()
    }
}

/// Refuses a client that speaks TLS; any other learns nothing.
async fn refuse_unread(mut stream: TcpStream) -> io::Result<()> {
    if stream.read_u8().await? != HANDSHAKE_RECORD {
        return Ok(());
    }
    refuse(stream).await
}

async fn refuse(mut stream: TcpStream) -> io::Result<()> {
    stream.write_all(&ALERT).await?;
    stream.shutdown().await?;
    // What the client still sends is taken: closed before that, the kernel would take the alert back.
    copy(&mut stream.take(LONGEST_HELLO), &mut sink()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{Request, Response};

    use super::*;

    /// Meets every client alike, and has a certificate for one name.
    struct Stub {
        manner: Manner,
        certified: Option<Arc<CertifiedKey>>,
    }

    impl Handler for Stub {
        async fn respond(&self, request: Request<()>, _: SocketAddr) -> Response<Bytes> {
            Response::new(format!("{:?}", request.version()).into())
        }
    }

    impl Secured for Stub {
        fn manner(&self, _: IpAddr) -> Manner {
            self.manner
        }

        async fn certificate(&self, _: IpAddr, name: &str) -> Option<Arc<CertifiedKey>> {
            self.certified.clone().filter(|_| name == "undress.example")
        }
    }

    /// Serves a stub, and gives a connection to it.
    async fn connected(stub: Stub) -> TcpStream {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let visits = Visits::new(9, 9, Duration::from_secs(5));
        let serving = PageHttps::new(Arc::new(stub), visits).unwrap();
        tokio::spawn(serve_page_https(listener, Arc::new(serving)));
        TcpStream::connect(address).await.unwrap()
    }

    async fn asked(manner: Manner, sent: &[u8]) -> Vec<u8> {
        let mut stream = connected(Stub { manner, certified: None }).await;
        let _ = stream.write_all(sent).await;
        let mut received = Vec::new();
        let _ =
            timeout(Duration::from_secs(10), stream.read_to_end(&mut received)).await.expect("it is closed");
        received
    }

    #[tokio::test]
    async fn a_handshake_is_refused_with_its_reason_and_all_else_is_closed() {
        let hello = [&[22, 3, 1, 0x40, 0][..], &[0; 0x4000]].concat();
        assert_eq!(asked(Manner::Refuse, &hello).await, ALERT);
        assert_eq!(asked(Manner::Refuse, &[22]).await, ALERT);
        assert_eq!(asked(Manner::Refuse, b"GET / HTTP/1.1\r\n\r\n").await, b"");
        assert_eq!(asked(Manner::Close, &hello).await, b"");
    }

    #[tokio::test]
    async fn the_page_is_shown_for_a_name_that_has_a_certificate_and_no_other() {
        let made = rcgen::generate_simple_self_signed(["undress.example".to_owned()]).unwrap();
        let private = rustls::pki_types::PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()).into();
        let key = rustls::crypto::aws_lc_rs::sign::any_ecdsa_type(&private).unwrap();
        let certified = Arc::new(CertifiedKey::new(vec![made.cert.der().clone()], key));
        let mut roots = rustls::RootCertStore::empty();
        roots.add(made.cert.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let versions =
            rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let mut config = versions.unwrap().with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec!["http/1.1".into()];
        let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
        for (host, told) in [
            ("undress.example", Ok("HTTP/1.1")),
            ("www.example", Err("UnrecognisedName")),
            // An address is no name: browsers send none (RFC 6066 §3).
            ("192.0.2.1", Err("UnrecognisedName")),
        ] {
            let stream = connected(Stub { manner: Manner::Show, certified: Some(certified.clone()) }).await;
            let name = rustls::pki_types::ServerName::try_from(host).unwrap();
            match (connector.connect(name, stream).await, told) {
                (Ok(mut stream), Ok(told)) => {
                    let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
                    stream.write_all(request.as_bytes()).await.unwrap();
                    let mut shown = String::new();
                    stream.read_to_string(&mut shown).await.unwrap();
                    assert!(shown.ends_with(told), "{shown}");
                }
                (Err(error), Err(told)) => assert!(format!("{error:?}").contains(told), "{error:?}"),
                (shown, _) => panic!("{host}: {:?}", shown.map(|_| ())),
            }
        }
    }
}
