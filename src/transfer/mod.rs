//! Policy zones for those who transfer them (AXFR, RFC 5936; IXFR, RFC 1995; NOTIFY, RFC 1996; TSIG, RFC 8945).
//!
//! ```text
//! list ─► Keeper: read, judged, composed by `export` ─► History { current, what led to it } ─► Zones
//! packet, client, now ─► Zones::answer ─► a message, or a Transfer: message after message
//! ```
//!
//! A [`Keeper`] looks at one list and keeps the zone that was made from it, with the last differences, in a folder: serials
//! only grow, also over a restart, and whatever cannot be read or must not be blocked leaves the last good zone as it is.
//! [`Zones::answer`] decides what a packet gets; it knows neither sockets nor clocks. Who may transfer shows a key, or
//! comes from a network that is named; everybody else is refused, whatever they ask, so that nobody learns even which
//! zones there are. Nothing is ever looked up for anybody.
//!
//! What `hickory-proto` knows of TSIG is used: keys, their algorithms, and the record. Its messages are not, since a zone
//! of a million names would become two million of its records first; nor is `hickory-server`, which sends a zone in one
//! message, cut at 64 KiB, answers IXFR as any other question, gives a client that never reads all the time it wants,
//! limits no connections, and drops what a client is too slow for.

mod answer;
mod compose;
mod config;
mod error;
mod history;
mod keeper;
mod key;
mod notify;
mod request;
mod source;
mod store;
mod stream;
mod tsig;

pub use crate::export::Serial;
pub use answer::{Answer, Reason, Reply, Via, Zones};
pub use config::{Config, Secondary, ZoneConfig};
pub use error::Error;
pub use history::{Difference, History, Version};
pub use keeper::{Change, Keeper, Looked};
pub use key::{Algorithm, Key, Keys};
pub use notify::{Notice, Unacknowledged};
pub use stream::{Kind, Transfer};
