//! Servers that the operator names: where they are and how they are spoken to.
//!
//! An upstream is written as one line, `scheme://address:port/path#name`, of which only the address is
//! needed:
//!
//! | written | meant |
//! |---|---|
//! | `192.0.2.1` or `udp://192.0.2.1` | UDP, and TCP for what does not fit; port 53 |
//! | `tcp://192.0.2.1` | TCP alone; port 53 |
//! | `tls://192.0.2.1#dns.example` | DNS over TLS (RFC 7858); port 853 |
//! | `https://192.0.2.1/dns-query#dns.example` | DNS over HTTPS (RFC 8484); port 443 |
//! | `quic://192.0.2.1#dns.example` | DNS over QUIC (RFC 9250); port 853 |
//!
//! The name is what the certificate must carry; without one it must carry the address. An upstream is never
//! found by name: a resolver that had to resolve its own upstream could not start.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use serde::Deserialize;

/// How a message travels to a server.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// One datagram each way.
    Udp,
    /// A stream with two octets of length before each message (RFC 7766).
    Tcp,
    /// The same inside TLS.
    Tls {
        /// What the certificate must be valid for.
        name: Arc<str>,
    },
    /// HTTP/2.
    Https {
        /// What the certificate must be valid for.
        name: Arc<str>,
        /// Path of the resource, with its leading `/`.
        path: Arc<str>,
    },
    /// QUIC.
    Quic {
        /// What the certificate must be valid for.
        name: Arc<str>,
    },
}

impl Transport {
    fn port(&self) -> u16 {
        match self {
            Self::Udp | Self::Tcp => 53,
            Self::Tls { .. } | Self::Quic { .. } => 853,
            Self::Https { .. } => 443,
        }
    }
}

/// A server and how it is spoken to. A server over UDP is asked over TCP for what UDP cannot carry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Upstream {
    /// Its address and port.
    pub server: SocketAddr,
    /// How it is spoken to.
    pub transport: Transport,
}

/// Why a text is not an upstream.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UpstreamError {
    /// None of the five schemes.
    #[error("`{0}`: the scheme must be udp, tcp, tls, https or quic")]
    Scheme(String),
    /// A name or nonsense where the address should be.
    #[error("`{0}`: needs an IP address, such as tls://192.0.2.1:853#dns.example or udp://[2001:db8::1]:53")]
    Address(String),
    /// A path or a name that the transport has no use for.
    #[error("`{0}`: only https takes a path, and only tls, https and quic take a #name")]
    Surplus(String),
}

impl FromStr for Upstream {
    type Err = UpstreamError;

    fn from_str(text: &str) -> Result<Self, UpstreamError> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("udp", text));
        let (rest, name) = rest.split_once('#').map_or((rest, None), |(rest, name)| (rest, Some(name)));
        let (host, path) = match rest.find('/') {
            Some(at) => (&rest[..at], Some(&rest[at..])),
            None => (rest, None),
        };
        let (address, port) = address(host).ok_or_else(|| UpstreamError::Address(text.into()))?;
        let certificate =
            || name.filter(|name| !name.is_empty()).map_or_else(|| address.to_string().into(), Arc::from);
        let transport = match scheme {
            "udp" => Transport::Udp,
            "tcp" => Transport::Tcp,
            "tls" => Transport::Tls { name: certificate() },
            "https" => Transport::Https { name: certificate(), path: path.unwrap_or("/dns-query").into() },
            "quic" => Transport::Quic { name: certificate() },
            _ => return Err(UpstreamError::Scheme(text.into())),
        };
        let plain = matches!(transport, Transport::Udp | Transport::Tcp);
        if (path.is_some() && scheme != "https") || (name.is_some() && plain) {
            return Err(UpstreamError::Surplus(text.into()));
        }
        Ok(Self { server: SocketAddr::new(address, port.unwrap_or_else(|| transport.port())), transport })
    }
}

/// Reads `192.0.2.1`, `192.0.2.1:53`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:53`.
fn address(host: &str) -> Option<(IpAddr, Option<u16>)> {
    if let Ok(server) = host.parse::<SocketAddr>() {
        return Some((server.ip(), Some(server.port())));
    }
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    Some((bare.parse().ok()?, None))
}

impl TryFrom<String> for Upstream {
    type Error = UpstreamError;

    fn try_from(text: String) -> Result<Self, UpstreamError> {
        text.parse()
    }
}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.transport {
            Transport::Udp => write!(f, "udp://{}", self.server),
            Transport::Tcp => write!(f, "tcp://{}", self.server),
            Transport::Tls { name } => write!(f, "tls://{}#{name}", self.server),
            Transport::Https { name, path } => write!(f, "https://{}{path}#{name}", self.server),
            Transport::Quic { name } => write!(f, "quic://{}#{name}", self.server),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upstreams_read_what_they_show() {
        for (text, shown) in [
            ("192.0.2.1", "udp://192.0.2.1:53"),
            ("192.0.2.1:5353", "udp://192.0.2.1:5353"),
            ("2001:db8::1", "udp://[2001:db8::1]:53"),
            ("tcp://[2001:db8::1]", "tcp://[2001:db8::1]:53"),
            ("tls://192.0.2.1#dns.example", "tls://192.0.2.1:853#dns.example"),
            ("tls://192.0.2.1", "tls://192.0.2.1:853#192.0.2.1"),
            ("https://[2001:db8::1]:8443/q#dns.example", "https://[2001:db8::1]:8443/q#dns.example"),
            ("https://192.0.2.1#dns.example", "https://192.0.2.1:443/dns-query#dns.example"),
            ("quic://192.0.2.1#dns.example", "quic://192.0.2.1:853#dns.example"),
        ] {
            let upstream: Upstream = text.parse().unwrap();
            assert_eq!(upstream.to_string(), shown);
            assert_eq!(shown.parse(), Ok(upstream));
        }
    }

    #[test]
    fn what_is_no_upstream_says_why() {
        for (text, fault) in [
            ("ftp://192.0.2.1", "scheme"),
            ("tls://dns.example", "needs an IP address"),
            ("192.0.2.1:port", "needs an IP address"),
            ("udp://192.0.2.1#dns.example", "#name"),
            ("tls://192.0.2.1/dns-query", "path"),
        ] {
            let error = text.parse::<Upstream>().unwrap_err().to_string();
            assert!(error.contains(text) && error.contains(fault), "{error}");
        }
    }
}
