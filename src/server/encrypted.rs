//! What is served over encryption: which protocols, on which sockets.

use std::io;
use std::net::{TcpListener, UdpSocket};

use tokio::net;
use tokio::task::JoinHandle;

use super::https::serve_https;
use super::quic::{Spoken, serve_quic};
use super::shell::Shell;
use super::stream::serve_tls;
use super::tls::Certificate;

/// The sockets on which DNS is encrypted, bound and not yet served.
#[derive(Debug, Default)]
pub struct Encrypted {
    /// DNS over TLS.
    pub tls: Vec<TcpListener>,
    /// DNS over HTTPS, by HTTP/1.1 and HTTP/2.
    pub https: Vec<TcpListener>,
    /// DNS over HTTPS, by HTTP/3: the same addresses.
    pub http3: Vec<UdpSocket>,
    /// DNS over QUIC.
    pub quic: Vec<UdpSocket>,
}

impl Encrypted {
    /// Serves all of them for ever, each with the protocols that are negotiated on it. Called within a runtime.
    pub fn serve(self, shell: &Shell, certificate: &Certificate) -> io::Result<Vec<JoinHandle<()>>> {
        let (mut served, shell) = (Vec::new(), || shell.clone());
        for listener in self.tls {
            let (listener, tls) = (net::TcpListener::from_std(listener)?, certificate.speaking(&["dot"]));
            served.push(tokio::spawn(serve_tls(listener, shell(), tls)));
        }
        for listener in self.https {
            let tls = certificate.speaking(&["h2", "http/1.1"]);
            let listener = net::TcpListener::from_std(listener)?;
            served.push(tokio::spawn(serve_https(listener, shell(), tls)));
        }
        for socket in self.http3 {
            let tls = certificate.speaking(&["h3"]);
            served.push(tokio::spawn(serve_quic(socket, shell(), tls, Spoken::Http3)?));
        }
        for socket in self.quic {
            let tls = certificate.speaking(&["doq"]);
            served.push(tokio::spawn(serve_quic(socket, shell(), tls, Spoken::Doq)?));
        }
        Ok(served)
    }
}
