//! Lists from every format in the field, read as a stream of [`Rule`](crate::blocklist::Rule)s.
//!
//! [`read()`] is the only way in: bytes of any origin, compressed or not, in a [`Format`] that is named or told
//! from the content. A line that cannot be carried faithfully becomes a [`Fault`] with its number and its
//! [`Reason`], is counted, and costs nothing else; a file that cannot be trusted as a whole (cut short,
//! nothing but faults, nothing at all) is a [`ReadError`]. Nothing is dropped in silence and nothing is
//! guessed: a wrongly listed name is worse than a reported line. Each format has a file here with one `read`
//! function; [`compose_jsonl`] writes our own.
//!
//! Memory does not grow with the input, whose lines and whole size are bounded, so that a hostile or broken
//! source costs its own list and no more.

mod adblock;
mod cert_polska;
mod detect;
mod dnsmasq;
mod domains;
mod entry;
mod fault;
mod hosts;
mod jsonl;
mod lines;
mod normal;
mod read;
mod record;
mod rpz;
mod trigger;
mod zone;

pub use detect::{Format, UnknownFormat};
pub use fault::{Fault, Reason, excerpt};
pub use jsonl::{ComposeError, compose_jsonl};
pub use normal::{normalise, typed_name};
pub use read::{ReadError, Report, read, read_header};

pub(super) use entry::Entry;
pub(super) use jsonl::{compose_rule, describe, parse_header, parse_rule};
pub(super) use lines::MAX_LINE;
