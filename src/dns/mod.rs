//! The wire: names, the view of a query, composing replies, records and codes.
//!
//! Everything here is pure and works on bytes that a stranger sent. [`Query`] borrows a received packet and
//! allocates nothing; [`Composer`] writes a reply into the caller's buffer. What was resolved crosses rooms as
//! [`Found`], in owned [`Record`]s whose data is uncompressed, so that no other room ever follows a pointer.
//!
//! `hickory-proto` is the oracle of this room in tests and fuzzing and is never used by it: a query is parsed
//! once for every packet, before anything else is known of its sender, and must cost no allocation.

mod codes;
mod compose;
mod name;
mod query;
mod record;

pub use codes::{Class, ExtendedError, Info, Rcode, RecordType};
pub use compose::{Composer, Section, compose_refusal, section_addresses, shortest_ttl};
pub use name::{Canonical, MAX_NAME, Name, NameError, labels};
pub use query::{Edns, Fault, Query};
pub use record::{Found, Question, Record, RecordError};

/// The longest message that we send over UDP unless configured otherwise, in octets.
///
/// 1232 avoids fragments on every path with the IPv6 minimum MTU (1280 − 40 IPv6 − 8 UDP).
pub const UDP_CEILING: usize = 1232;

/// The longest message over UDP to a client without EDNS, in octets (RFC 1035 §4.2.1).
pub const UDP_WITHOUT_EDNS: usize = 512;

/// The longest message of any kind: what the length field of TCP can hold (RFC 1035 §4.2.2).
pub const MAX_MESSAGE: usize = 65_535;
