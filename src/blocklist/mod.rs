//! Lists: what they say, read from every format in the field, and the index that decides.

mod rule;

pub use rule::{DefaultAction, Details, Effect, Header, Rule, Scope, Trigger};
