//! The addresses of names, asked of a resolver that somebody else runs.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use futures_util::StreamExt;
use hickory_resolver::config::{
    ConnectionConfig, LookupIpStrategy, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::{Resolver, TokioResolver};

use crate::dns::Name;

/// How many names are asked for at once.
const AT_ONCE: usize = 64;
/// How long each may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// The addresses of names, by name: none where there are none, and no answer where the resolver gave none. A resolver that
/// gives no answer at all is an error.
pub fn addresses(server: SocketAddr, names: &[Name]) -> io::Result<BTreeMap<Name, Option<Vec<IpAddr>>>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let resolver = asking(server).map_err(io::Error::other)?;
        let resolver = &resolver;
        let asked = names.iter().map(|name| async move {
            let found = match resolver.lookup_ip(name.to_string()).await {
                Ok(found) => Some(Some(found.iter().collect())),
                Err(error) if error.is_no_records_found() => Some(Some(Vec::new())),
                // It answered, though not this.
                Err(NetError::Dns(_)) => Some(None),
                Err(_) => None,
            };
            (name.clone(), found)
        });
        let mut asked = futures_util::stream::iter(asked).buffer_unordered(AT_ONCE);
        let (mut all, mut asked_for, mut answers) = (BTreeMap::new(), 0, 0);
        while let Some((name, found)) = asked.next().await {
            asked_for += 1;
            answers += usize::from(found.is_some());
            all.insert(name, found.flatten());
            if answers == 0 && asked_for == AT_ONCE.min(names.len()) {
                return Err(io::Error::other(format!("the resolver {server} gave no answer")));
            }
        }
        Ok(all)
    })
}

fn asking(server: SocketAddr) -> Result<TokioResolver, NetError> {
    let at = |mut connection: ConnectionConfig| {
        connection.port = server.port();
        connection
    };
    let connections = vec![at(ConnectionConfig::udp()), at(ConnectionConfig::tcp())];
    let server = NameServerConfig::new(server.ip(), true, connections);
    let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
    let mut options = ResolverOpts::default();
    options.ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
    options.use_hosts_file = ResolveHosts::Never;
    options.timeout = PATIENCE;
    options.attempts = 1;
    Resolver::builder_with_config(config, TokioRuntimeProvider::default()).with_options(options).build()
}

#[cfg(test)]
mod tests {
    use std::net::UdpSocket;

    use super::*;

    /// Answers two questions: A with 192.0.2.7 for names that begin with `a`, and nothing for all others.
    fn answer(socket: &UdpSocket) {
        let mut packet = [0; 512];
        let (length, client) = socket.recv_from(&mut packet).unwrap();
        let end = 12 + packet[12..length].iter().position(|octet| *octet == 0).unwrap() + 5;
        let has_address = packet[13] == b'a' && packet[end - 3] == 1;
        let mut reply = packet[..end].to_vec();
        reply[2..12].copy_from_slice(&[0x81, 0x80, 0, 1, 0, u8::from(has_address), 0, 0, 0, 0]);
        if has_address {
            reply.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7]);
        }
        socket.send_to(&reply, client).unwrap();
    }

    #[test]
    fn a_resolver_is_asked_for_both_families() {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let server = socket.local_addr().unwrap();
        let names = ["a.example", "b.example"].map(|text| Name::from_text(text).unwrap());
        let thread = std::thread::spawn(move || (0..4).for_each(|_| answer(&socket)));
        let found = addresses(server, &names).unwrap();
        thread.join().unwrap();
        assert_eq!(found[&names[0]], Some(vec!["192.0.2.7".parse::<IpAddr>().unwrap()]));
        assert_eq!(found[&names[1]], Some(Vec::new()));
    }

    #[test]
    fn a_resolver_that_is_not_there_is_told() {
        // Closed again at once: nobody listens there.
        let server = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let error = addresses(server, &[Name::from_text("a.example").unwrap()]).unwrap_err();
        assert!(error.to_string().contains("gave no answer"), "{error}");
    }
}
