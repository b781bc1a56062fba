//! Every listening socket, and nothing but framing: DNS over UDP, TCP, TLS, HTTPS and QUIC, HTTP for page and admin.
//!
//! Zones go to those who transfer them from [`ZoneSockets`].
//!
//! Sockets are bound all at once, before privileges are dropped, and passed in ([`Sockets`]). A UDP socket has a
//! thread of its own, which never waits for anything but packets ([`serve_udp`]); what the engine cannot answer at
//! once crosses to tokio as a [`crate::answer::Miss`] and its reply leaves from there. All else is served by tokio, and
//! all connections of DNS share one set of limits ([`Shell`]). No network error ends a listener, and every connection
//! has a limit in number, size and time.

mod activity;
mod bounded;
mod clock;
mod config;
mod doh;
mod encrypted;
mod folder;
mod fronts;
mod http;
mod http3;
mod https;
mod listener;
mod notify;
mod page_https;
pub mod proxy;
mod quic;
mod seats;
mod shell;
mod sockets;
mod stream;
mod tls;
mod transfers;
mod udp;
mod visits;

use std::time::Duration;

pub use clock::Clock;
pub use config::Config;
pub use encrypted::Encrypted;
pub use folder::{Served, serve_folder};
pub use http::{Handler, serve_http};
pub use notify::Notifier;
pub use page_https::{Manner, PageHttps, Secured, serve_page_https};
pub use seats::Seats;
pub use shell::Shell;
pub use sockets::{BindError, Sockets, listen};
pub use stream::serve_tcp;
pub use tls::{Certificate, Renewal, TlsError};
pub use transfers::{Transfers, ZoneSockets};
pub use udp::serve_udp;
pub use visits::Visits;

/// A query is short: what is longer than this, in octets, is none.
const LONGEST_QUERY: usize = 2_048;
/// A query whose beginning has come is whole by then, or never will be.
const QUERY_LIMIT: Duration = Duration::from_secs(5);
/// A client that does not take a reply for this long is gone.
const WRITE_LIMIT: Duration = Duration::from_secs(5);
