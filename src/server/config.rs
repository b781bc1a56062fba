//! The `[server]` section: where to listen, as whom to run, and the limits of connections.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::doh;
use crate::answer::Endpoint;

/// The `[server]` section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Addresses for DNS, over UDP and TCP.
    pub listen: Vec<SocketAddr>,
    /// Addresses for DNS over TLS (RFC 7858).
    pub tls: Vec<SocketAddr>,
    /// Addresses for DNS over HTTPS (RFC 8484): HTTP/1.1 and HTTP/2 over TCP, HTTP/3 over UDP.
    pub https: Vec<SocketAddr>,
    /// Addresses for DNS over QUIC (RFC 9250).
    pub quic: Vec<SocketAddr>,
    /// The chain of certificates of those, a PEM file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<PathBuf>,
    /// Its private key, a PEM file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<PathBuf>,
    /// Networks of front ends, which say by PROXY protocol 2 for whom they come.
    pub proxy: Vec<IpNet>,
    /// Addresses for the warning page, over HTTP.
    pub page: Vec<SocketAddr>,
    /// Addresses where HTTPS to the page ends at once; absent for port 443 wherever the page has port 80, and this
    /// program answers no DNS over HTTPS or TLS there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_https: Option<Vec<SocketAddr>>,
    /// Address for metrics, health and administration; loopback only.
    pub admin: SocketAddr,
    /// UDP threads for each address; 0 for one a core.
    pub threads: usize,
    /// User to become once all sockets are bound; absent to stay as started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Queries that may wait for the resolver at once; more get SERVFAIL with extended error 23.
    pub waiting: usize,
    /// Connections for DNS at once.
    pub connections: usize,
    /// Connections for DNS of one client address at once.
    pub connections_per_client: usize,
    /// Queries of one connection under way at once.
    pub pipeline: usize,
    /// Seconds after which a connection without a query is closed (RFC 7766 §6.2.3).
    pub idle: u64,
}

impl Default for Config {
    fn default() -> Self {
        let both = |port| vec![(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()];
        Self {
            listen: both(5300),
            tls: Vec::new(),
            https: Vec::new(),
            quic: Vec::new(),
            certificate: None,
            key: None,
            proxy: Vec::new(),
            page: both(8451),
            page_https: None,
            admin: (Ipv4Addr::LOCALHOST, 9451).into(),
            threads: 0,
            user: None,
            waiting: 20_000,
            connections: 4_096,
            connections_per_client: 64,
            pipeline: 64,
            idle: 10,
        }
    }
}

impl Config {
    /// Where HTTPS to the page ends at once.
    pub fn page_https(&self) -> Vec<SocketAddr> {
        if let Some(given) = &self.page_https {
            return given.clone();
        }
        let overlap = |one: &SocketAddr, other: &SocketAddr| {
            let any = one.ip().is_unspecified() || other.ip().is_unspecified();
            one.port() == other.port() && one.is_ipv4() == other.is_ipv4() && (any || one.ip() == other.ip())
        };
        let is_free =
            |address: &SocketAddr| !self.https.iter().chain(&self.tls).any(|taken| overlap(taken, address));
        let on_443 = self.page.iter().filter(|page| page.port() == 80).map(|page| (page.ip(), 443).into());
        on_443.filter(is_free).collect()
    }

    /// Checks what types cannot; says which key to mend.
    pub fn check(&self) -> Result<(), String> {
        if self.listen.is_empty() {
            return Err("server.listen: no address; give at least one, such as \"127.0.0.1:5300\"".into());
        }
        if !self.admin.ip().is_loopback() {
            let admin = self.admin;
            return Err(format!(
                "server.admin: {admin} is not loopback; use \"127.0.0.1:9451\" and a tunnel"
            ));
        }
        for (key, number, most) in [
            ("waiting", self.waiting, 10_000_000),
            ("connections", self.connections, 1_000_000),
            ("connections_per_client", self.connections_per_client, 1_000_000),
            ("pipeline", self.pipeline, 10_000),
            ("idle", self.idle as usize, 3_600),
        ] {
            if !(1..=most).contains(&number) {
                return Err(format!("server.{key}: {number} is not within 1 to {most}"));
            }
        }
        if self.threads > 1_024 {
            return Err(format!("server.threads: {} is more than 1024; 0 is one a core", self.threads));
        }
        if self.is_encrypted() && self.certificate_files().is_none() {
            return Err(
                "server: tls, https and quic need a certificate and its key; name two PEM files".into()
            );
        }
        let tcp = [&self.listen, &self.tls, &self.https, &self.page];
        let tcp = tcp.into_iter().flatten().chain([&self.admin]);
        let udp = [&self.listen, &self.https, &self.quic].into_iter().flatten();
        match twice(tcp.collect()).or_else(|| twice(udp.collect())) {
            None => Ok(()),
            Some(address) => Err(format!(
                "server: {address} is given twice, in listen, tls, https, quic, page or admin; remove one"
            )),
        }
    }

    /// Whether anything is to be served over encryption.
    fn is_encrypted(&self) -> bool {
        [&self.tls, &self.https, &self.quic].iter().any(|addresses| !addresses.is_empty())
    }

    /// The certificate and its key, where anything is to be served over encryption.
    pub fn certificate_files(&self) -> Option<(&Path, &Path)> {
        let files = self.certificate.as_deref().zip(self.key.as_deref());
        files.filter(|_| self.is_encrypted())
    }

    /// How the resolver is reached over encryption, the most wanted first.
    pub fn endpoints(&self) -> Vec<Endpoint> {
        let https =
            Endpoint { protocols: &["h2", "h3"], port: 0, usual_port: 443, path: Some(doh::TEMPLATE) };
        let tls = Endpoint { protocols: &["dot"], port: 0, usual_port: 853, path: None };
        let quic = Endpoint { protocols: &["doq"], port: 0, usual_port: 853, path: None };
        let mut endpoints: Vec<Endpoint> = Vec::new();
        for (addresses, endpoint) in [(&self.https, https), (&self.tls, tls), (&self.quic, quic)] {
            for address in addresses {
                let endpoint = Endpoint { port: address.port(), ..endpoint };
                if !endpoints.contains(&endpoint) {
                    endpoints.push(endpoint);
                }
            }
        }
        endpoints
    }
}

fn twice(addresses: Vec<&SocketAddr>) -> Option<&SocketAddr> {
    let mut numbered = addresses.iter().enumerate();
    numbered.find(|(index, address)| addresses[..*index].contains(address)).map(|(_, address)| *address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encrypted() -> Config {
        Config { certificate: Some("a.pem".into()), key: Some("b.pem".into()), ..Config::default() }
    }

    #[test]
    fn tls_and_quic_may_share_a_port() {
        let address = vec![([127, 0, 0, 1], 853).into()];
        let config = Config { tls: address.clone(), quic: address, ..encrypted() };
        assert_eq!(config.check(), Ok(()));
        assert!(config.certificate_files().is_some());
        // A certificate that nothing needs is not read.
        assert!(encrypted().certificate_files().is_none());
    }

    #[test]
    fn endpoints_are_told_once_each() {
        let at = |port| SocketAddr::from(([192, 0, 2, 1], port));
        let other = SocketAddr::from(([192, 0, 2, 2], 853));
        let config = Config { tls: vec![at(853), other], https: vec![at(8443)], ..encrypted() };
        let endpoints = config.endpoints();
        let told = endpoints.iter().map(|endpoint| (endpoint.protocols, endpoint.port));
        assert!(told.eq([(&["h2", "h3"][..], 8443), (&["dot"], 853)]));
        assert_eq!(Config::default().endpoints(), []);
    }

    #[test]
    fn mistakes_name_their_key() {
        assert_eq!(Config::default().check(), Ok(()));
        let config = Config::default;
        for (config, message) in [
            (Config { listen: Vec::new(), ..config() }, "server.listen: no address"),
            (
                Config { admin: ([0, 0, 0, 0], 1).into(), ..config() },
                "server.admin: 0.0.0.0:1 is not loopback",
            ),
            (Config { waiting: 0, ..config() }, "server.waiting: 0 is not within 1 to"),
            (
                Config { connections: usize::MAX, ..config() },
                "server.connections: 18446744073709551615 is not",
            ),
            (Config { threads: 1_025, ..config() }, "server.threads: 1025"),
            (
                Config { admin: ([127, 0, 0, 1], 5300).into(), ..config() },
                "server: 127.0.0.1:5300 is given twice",
            ),
            (
                Config { tls: vec![([127, 0, 0, 1], 853).into()], ..config() },
                "server: tls, https and quic need",
            ),
            // HTTPS is served over UDP too.
            (
                Config {
                    https: vec![([127, 0, 0, 1], 443).into()],
                    quic: vec![([127, 0, 0, 1], 443).into()],
                    ..encrypted()
                },
                "server: 127.0.0.1:443 is given twice",
            ),
            (Config { pipeline: 0, ..config() }, "server.pipeline: 0"),
            (Config { idle: 0, ..config() }, "server.idle: 0"),
        ] {
            assert!(config.check().unwrap_err().starts_with(message));
        }
    }
}
