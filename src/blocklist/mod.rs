//! Lists: what they say, read from every format in the field, and the index that decides.

mod index;
mod list;
mod networks;
mod rule;

pub use index::{Key, NameHash, Suffixes, Table};
pub use list::{Hit, List, ListBuilder, RuleText, Texts};
pub use networks::Networks;
pub use rule::{DefaultAction, Details, Effect, Header, Rule, Scope, Trigger};
