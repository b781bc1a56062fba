//! The `[server]` section: where to listen, as whom to run, and the limits of connections.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use serde::{Deserialize, Serialize};

/// The `[server]` section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Addresses for DNS, over UDP and TCP.
    pub listen: Vec<SocketAddr>,
    /// Addresses for the warning page, over HTTP.
    pub page: Vec<SocketAddr>,
    /// Address for metrics, health and administration; loopback only.
    pub admin: SocketAddr,
    /// UDP threads for each address; 0 for one a core.
    pub threads: usize,
    /// User to become once all sockets are bound; absent to stay as started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Queries that may wait for the resolver at once; more are dropped.
    pub waiting: usize,
    /// TCP connections at once.
    pub connections: usize,
    /// TCP connections of one client address at once.
    pub connections_per_client: usize,
    /// Queries of one TCP connection under way at once.
    pub pipeline: usize,
    /// Seconds after which a TCP connection without a query is closed (RFC 7766 §6.2.3).
    pub idle: u64,
}

impl Default for Config {
    fn default() -> Self {
        let both = |port| vec![(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()];
        Self {
            listen: both(5300),
            page: both(8451),
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
        let streams: Vec<&SocketAddr> = self.listen.iter().chain(&self.page).chain([&self.admin]).collect();
        for (index, address) in streams.iter().enumerate() {
            if streams[..index].contains(address) {
                return Err(format!(
                    "server: {address} is given twice, in listen, page or admin; remove one"
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (Config { pipeline: 0, ..config() }, "server.pipeline: 0"),
            (Config { idle: 0, ..config() }, "server.idle: 0"),
        ] {
            assert!(config.check().unwrap_err().starts_with(message));
        }
    }
}
