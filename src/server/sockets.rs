//! Binding: every socket of the program, before privileges are dropped.

use std::io;
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::time::Duration;

use nix::sys::socket::setsockopt;
use nix::sys::socket::sockopt::{Ipv4PacketInfo, Ipv6RecvPacketInfo, RcvBuf, RcvBufForce};
use rustix::net::sockopt::{
    Ipv4PathMtuDiscovery, Ipv6PathMtuDiscovery, set_ip_mtu_discover, set_ipv6_mtu_discover,
};
use socket2::{Domain, Protocol, Socket, Type};

use super::config::Config;
use super::encrypted::Encrypted;

/// How long a UDP thread waits for packets before it looks whether it is to stop.
const STOP_CHECK: Duration = Duration::from_millis(200);
/// Asked of the kernel for each UDP socket, in octets: bursts wait here rather than being lost.
const RECEIVE_BUFFER: usize = 4 << 20;
const BACKLOG: i32 = 1_024;

/// All sockets, bound and not yet served.
#[derive(Debug)]
pub struct Sockets {
    /// DNS over UDP: for each address one socket a thread, between which the kernel divides clients.
    pub udp: Vec<UdpSocket>,
    /// DNS over TCP.
    pub tcp: Vec<TcpListener>,
    /// DNS over encryption.
    pub encrypted: Encrypted,
    /// The warning page.
    pub page: Vec<TcpListener>,
    /// What is refused there over HTTPS.
    pub page_https: Vec<TcpListener>,
    /// Administration.
    pub admin: TcpListener,
}

/// An address that cannot be bound.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address} ({what}): {cause}; {remedy}")]
pub struct BindError {
    address: SocketAddr,
    what: &'static str,
    remedy: &'static str,
    cause: io::Error,
}

impl Sockets {
    /// Binds all, or none: the first address that fails ends it.
    pub fn bind(config: &Config, threads: usize) -> Result<Self, BindError> {
        let mut udp = Vec::new();
        for address in &config.listen {
            // The kernel lets any process of this user join a shared port, so a second instance would not be
            // noticed: a socket that does not share, tried first, notices it.
            let alone = bind_udp(*address, false).map_err(|error| failed(*address, "DNS over UDP", error))?;
            drop(alone);
            for _ in 0..threads {
                let socket = bind_udp(*address, true);
                udp.push(socket.map_err(|error| failed(*address, "DNS over UDP", error))?);
            }
        }
        let listeners = |addresses: &[SocketAddr], what| {
            addresses.iter().map(|address| listen(*address, what)).collect::<Result<Vec<_>, _>>()
        };
        let datagrams = |addresses: &[SocketAddr], what| {
            let bind = |address: &SocketAddr| {
                bind_udp(*address, false).map_err(|error| failed(*address, what, error))
            };
            addresses.iter().map(bind).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            udp,
            tcp: listeners(&config.listen, "DNS over TCP")?,
            encrypted: Encrypted {
                tls: listeners(&config.tls, "DNS over TLS")?,
                https: listeners(&config.https, "DNS over HTTPS")?,
                http3: datagrams(&config.https, "DNS over HTTP/3")?,
                quic: datagrams(&config.quic, "DNS over QUIC")?,
            },
            page: listeners(&config.page, "warning page")?,
            page_https: page_https(config, listeners)?,
            admin: listen(config.admin, "administration")?,
        })
    }
}

/// A socket for datagrams and one for connections, for tokio.
pub(super) fn bind_both(
    address: SocketAddr,
    what: &'static str,
) -> Result<(UdpSocket, TcpListener), BindError> {
    let udp = bind_udp(address, false).and_then(|socket| socket.set_nonblocking(true).map(|()| socket));
    Ok((udp.map_err(|error| failed(address, what, error))?, listen(address, what)?))
}

/// What refuses HTTPS. Where nobody asked for it, another program may have the port.
fn page_https(
    config: &Config,
    listeners: impl Fn(&[SocketAddr], &'static str) -> Result<Vec<TcpListener>, BindError>,
) -> Result<Vec<TcpListener>, BindError> {
    const WHAT: &str = "warning page over HTTPS";
    if let Some(addresses) = &config.page_https {
        return listeners(addresses, WHAT);
    }
    let bind = |address| {
        let bound = listeners(&[address], WHAT);
        let told = bound.inspect_err(|error| {
            tracing::warn!(
                "{error}; until then, browsers that ask for blocked names over HTTPS meet that one; \
                 server.page_https = [] says that this is meant"
            );
        });
        told.unwrap_or_default()
    };
    Ok(config.page_https().into_iter().flat_map(bind).collect())
}

fn failed(address: SocketAddr, what: &'static str, cause: io::Error) -> BindError {
    let remedy = match cause.kind() {
        io::ErrorKind::AddrInUse => "another program has it: stop that one or choose another port",
        io::ErrorKind::PermissionDenied => {
            "start as root, or grant CAP_NET_BIND_SERVICE, or use a port above 1023"
        }
        io::ErrorKind::AddrNotAvailable => "no interface of this machine has that address: correct it",
        _ => "correct the address in the configuration",
    };
    BindError { address, what, remedy, cause }
}

fn bind_udp(address: SocketAddr, shared: bool) -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_reuse_port(shared)?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    // A reply must leave from the address that was asked; bound to all of them, the kernel has to tell which.
    if address.ip().is_unspecified() {
        match address {
            SocketAddr::V4(_) => setsockopt(&socket, Ipv4PacketInfo, &true)?,
            SocketAddr::V6(_) => setsockopt(&socket, Ipv6RecvPacketInfo, &true)?,
        }
    }
    ignore_paths(&socket, address)?;
    // Beyond what everybody may have, where we may; to be granted less is no reason not to serve.
    let _ = setsockopt(&socket, RcvBufForce, &RECEIVE_BUFFER)
        .or_else(|_| setsockopt(&socket, RcvBuf, &RECEIVE_BUFFER));
    socket.set_read_timeout(Some(STOP_CHECK))?;
    socket.bind(&address.into())?;
    Ok(socket.into())
}

/// Replies have a size that paths carry. Without this the kernel would believe whoever says that one carries less, and
/// send fragments, the second of which can be forged (RFC 9715 §1).
fn ignore_paths(socket: &Socket, address: SocketAddr) -> io::Result<()> {
    match address {
        SocketAddr::V4(_) => set_ip_mtu_discover(socket, Ipv4PathMtuDiscovery::OMIT)?,
        SocketAddr::V6(_) => set_ipv6_mtu_discover(socket, Ipv6PathMtuDiscovery::OMIT)?,
    }
    Ok(())
}

/// Listens for connections, for tokio; `what` is what they are for.
pub fn listen(address: SocketAddr, what: &'static str) -> Result<TcpListener, BindError> {
    let bind = || {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        socket.set_reuse_address(true)?;
        if address.is_ipv6() {
            socket.set_only_v6(true)?;
        }
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        socket.listen(BACKLOG)?;
        Ok(socket.into())
    };
    bind().map_err(|error| failed(address, what, error))
}

#[cfg(test)]
mod tests {
    use nix::sys::socket::getsockopt;
    use rustix::net::sockopt::{ip_mtu_discover, ipv6_mtu_discover};

    use super::*;

    #[test]
    fn bursts_have_room_beyond_what_everybody_may_have() {
        let address = "127.0.0.1:0".parse().unwrap();
        let granted = getsockopt(&bind_udp(address, true).unwrap(), RcvBuf).unwrap();
        let other = UdpSocket::bind(address).unwrap();
        let room = match setsockopt(&other, RcvBufForce, &RECEIVE_BUFFER) {
            Ok(()) => RECEIVE_BUFFER,
            // Without the right to it (CAP_NET_ADMIN), what anybody has or more.
            Err(_) => getsockopt(&other, RcvBuf).unwrap(),
        };
        assert!(granted >= room, "{granted}, not {room}");
    }

    #[test]
    fn nothing_said_of_a_path_makes_fragments() {
        let v4 = bind_udp("127.0.0.1:0".parse().unwrap(), true).unwrap();
        assert_eq!(ip_mtu_discover(&v4).unwrap(), Ipv4PathMtuDiscovery::OMIT);
        let v6 = bind_udp("[::1]:0".parse().unwrap(), true).unwrap();
        assert_eq!(ipv6_mtu_discover(&v6).unwrap(), Ipv6PathMtuDiscovery::OMIT);
    }
}
