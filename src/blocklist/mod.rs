//! Lists: what they say, read from every format in the field, and the index that decides.
//!
//! ```text
//! octets ─► format::read ─► Rule ─► ListBuilder ─► List { hashes in memory, texts of rules on disk }
//! ```
//!
//! A [`Rule`] is the same whatever it was read from. A [`List`] knows no names: it decides by keyed hashes
//! ([`Suffixes`], [`Table`]) and reads a rule's text back only to explain. [`GuardRails`] say what no list should
//! block, whoever made it.
//!
//! ```text
//! published list, published list ─► compare ─► delta          published list, delta ─► apply ─► published list
//! ```
//!
//! A published list is a sorted set of lines, which [`compose_jsonl`] writes; a delta says which of them go and
//! which come.

mod delta;
mod format;
mod guard;
mod hash;
mod index;
mod list;
mod networks;
mod rule;

pub use delta::{Applied, Change, Compared, DeltaError, DeltaInput, Difference, apply, compare, differences};
pub use format::{
    ComposeError, Fault, Format, ReadError, Reason, Report, UnknownFormat, compose_jsonl, excerpt, normalise,
    read, read_header, typed_name,
};
pub use guard::{
    Breach, Guard, GuardError, GuardRails, Leap, Limits, Overridden, Place, Rail, Refused, registered,
};
pub use hash::{Depths, Key, NameHash, Suffix, Suffixes};
pub use index::{Table, TableBuilder};
pub use list::{Hit, List, ListBuilder, RuleText, SavedError, Texts};
pub use networks::Networks;
pub use rule::{DefaultAction, Details, Effect, Header, Rule, Scope, Share, Trigger};
