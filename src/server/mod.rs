//! Every listening socket, and nothing but framing: UDP in batches, TCP with pipelining, HTTP for page and admin.
//!
//! Sockets are bound all at once, before privileges are dropped, and passed in ([`Sockets`]). A UDP socket has a
//! thread of its own, which never waits for anything but packets ([`serve_udp`]); what the engine cannot answer at
//! once crosses to tokio as a [`crate::answer::Miss`] and its reply leaves from there. No network error ends a
//! listener, and every connection has a limit in number, size and time.

mod clock;
mod config;
mod folder;
mod http;
mod listener;
mod seats;
mod shell;
mod sockets;
mod tcp;
mod tls;
mod udp;

pub use clock::Clock;
pub use config::Config;
pub use folder::{Served, serve_folder};
pub use http::{Handler, serve_http};
pub use seats::Seats;
pub use shell::Shell;
pub use sockets::{BindError, Sockets};
pub use tcp::serve_tcp;
pub use tls::{TlsError, tls};
pub use udp::serve_udp;

/// A query is short: what is longer than this, in octets, is none.
const LONGEST_QUERY: usize = 2_048;
