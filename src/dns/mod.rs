//! The wire: names, the view of a query, composing replies, records and codes.
//!
//! Everything here is pure and works on bytes that a stranger sent. [`Query`] borrows a received packet and
//! allocates nothing; [`Composer`] writes a reply into the caller's buffer. What was resolved crosses rooms as
//! [`Found`], in owned [`Record`]s whose data is uncompressed, so that no other room ever follows a pointer. Towards
//! other servers, [`compose_query`] writes what we ask and [`Message`] reads what they say, in whole [`Rrset`]s.
//!
//! `hickory-proto` is the oracle of this room in tests and fuzzing and is never used by it: a query is parsed
//! once for every packet, before anything else is known of its sender, and must cost no allocation.

mod ask;
mod codes;
mod compose;
mod layout;
mod message;
mod name;
mod names;
mod query;
mod record;
mod rrset;

pub use ask::{QueryEdns, ServerQuery, compose_query};
pub use codes::{Class, ExtendedError, Info, Rcode, RecordType};
pub use compose::{
    COOKIE_OPTION, Composer, FullCookie, OPT_FIXED, Offsets, Section, compose_refusal, section_addresses,
    shortest_ttl,
};
pub use layout::{Field, folds_case, layout};
pub use message::{Malformed, Message, ReplyEdns};
pub use name::{Canonical, MAX_NAME, Name, NameError, canonical_order, labels, wire_length};
pub use names::Names;
pub use query::{Cookie, Edns, Fault, Query};
pub use record::{Found, Question, Record, RecordError};
pub use rrset::Rrset;

/// The longest message that we send over UDP unless configured otherwise, in octets.
///
/// 1232 avoids fragments on every path with the IPv6 minimum MTU (1280 − 40 IPv6 − 8 UDP).
pub const UDP_CEILING: usize = 1232;

/// The longest message over UDP to a client without EDNS, in octets (RFC 1035 §4.2.1).
pub const UDP_WITHOUT_EDNS: usize = 512;

/// The longest message of any kind: what the length field of TCP can hold (RFC 1035 §4.2.2).
pub const MAX_MESSAGE: usize = 65_535;
