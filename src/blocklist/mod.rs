//! Lists: what they say, read from every format in the field, and the index that decides.

mod format;
mod rule;

pub use format::{
    ComposeError, Fault, Format, ReadError, Reason, Report, UnknownFormat, compose_jsonl, normalise, read,
};
pub use rule::{DefaultAction, Details, Effect, Header, Rule, Scope, Trigger};
