//! Lists in the formats that others load, with the same effect.
//!
//! ```text
//! rules, protected names ─► what they mean ─► compose(Kind) ─► text, and what it cannot say
//! ```
//!
//! Most who must block a list run another resolver. What they load has to block the very names that `rempart` blocks,
//! so every format is written from one meaning: what the list decides for every name there is, the names
//! that are never blocked included. Formats differ in what they can say. Where one cannot say what a rule means, it says
//! less, never more, and [`Told`] counts what is missing: a wrongly blocked name is worse than one that is not blocked.
//! A policy zone's records ([`policy_zone`]) are the same whether they go to a file or are transferred.
//! CSV, JSON and the register's shape are for people and other programs: they repeat the rules as they are. What is
//! staged is `staged` in the first two, and in nothing else: no other format can say that a rule is not in force.
//! MISP and STIX are for partners in other states, who propose anew what they find in them.

mod about;
mod deciding;
mod in_force;
mod indicators;
mod kind;
mod lines;
mod loss;
mod meaning;
mod records;
mod rpz;
mod settings;
mod snippets;
mod zone;
mod zonemd;

pub use in_force::{InForce, NotInForce, Reading};
pub use kind::{Kind, UnknownKind};
pub use loss::{Loss, Told};
pub use settings::{Error, NoRedirect, Redirect, Settings, Source, compose, policy_zone};
pub use zone::{NoRecords, Records, Serial, ZONE_TTL, ZoneRecord};
