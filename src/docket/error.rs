//! What stops the desk's work. Each variant says what is wrong and what to do.

use jiff::Timestamp;

use super::event::Refusal;
use crate::authority::{self, KeyError};
use crate::blocklist;
use crate::keyfile;

/// Why a command of the docket was refused, or failed.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // The text of each variant is its documentation.
pub enum Error {
    // The database.
    #[error("there is no docket at {place}; found one with `docket init`")]
    NoDocket { place: String },
    #[error("there is a docket at {place} already; it is never overwritten")]
    Exists { place: String },
    #[error("cannot open the docket at {place}")]
    Open { place: String, source: Box<sqlx::Error> },
    #[error("the docket at {place} cannot be brought to the form that this program knows")]
    Migrate { place: String, source: Box<sqlx::migrate::MigrateError> },
    #[error("the docket's database failed; nothing was done, and the same command can be given again")]
    Database(#[source] Box<sqlx::Error>),
    #[error("cannot start the engine of the database")]
    Runtime(#[source] std::io::Error),
    #[error("cannot write {place}")]
    Write { place: String, source: std::io::Error },
    #[error(
        "`{text}` names no docket: write the folder of a workspace, the path of a database file, or postgres://…"
    )]
    Place { text: String },
    #[error("a number of the docket is too large")]
    Number,
    #[error("a row of the docket cannot be read: it was edited; compare the docket with its last backup")]
    Row,

    // The chain.
    #[error("act {number} cannot be read: the docket was edited, or written by a newer program")]
    Act { number: u64, cause: serde_json::Error },
    #[error("act {number} was edited: {reason}; compare the docket with its last backup")]
    Broken { number: u64, reason: &'static str },
    #[error("decision {id} was edited: {reason}; compare the docket with its last backup")]
    Decision { id: u64, reason: String },
    #[error("decision {id} is not on a name: {reason}; the docket was edited, or written by another program")]
    Name { id: u64, reason: blocklist::Reason },
    #[error("act {number}: {refusal}, and yet it was done; compare the docket with its last backup")]
    Unlawful { number: u64, refusal: Refusal },
    #[error(
        "the docket does not know the head {head}: acts were taken away from its end, or this is another docket"
    )]
    OtherHead { head: String },
    #[error("what is kept cannot be written as JSON")]
    Json(#[source] serde_json::Error),
    #[error(
        "the last act was done on {last}, and this machine's clock says {now}: set it right, or, where it is right, say \
         so with --clock-is-right"
    )]
    Clock { last: Timestamp, now: Timestamp },

    // People.
    #[error("nobody is called {name} here; `docket people` shows who is")]
    NoPerson { name: String },
    #[error("nobody here acts under the key {key}; have it added with `docket person`")]
    Stranger { key: String },
    #[error("the key of {name} cannot be used: {reason}")]
    Key { name: String, reason: String },
    #[error("{one} and {other} have the same key; each person has a key of their own")]
    SameKey { one: String, other: String },
    #[error("somebody is named twice")]
    SamePerson,
    #[error("{signers} would be left to sign: there must be two signers, and there should be three")]
    FewSigners { signers: usize },
    #[error("no change waits under the number {act}; see what does with `docket people`")]
    NoMotion { act: u64 },
    #[error("the change {act} was moved by {by}: another signer must second it")]
    OwnMotion { act: u64, by: String },
    #[error("the change {act} is about {by}: another signer may drop it")]
    AboutOneself { act: u64, by: String },
    #[error("{name} has no passphrase here: give the key with --key FILE")]
    NoPassphrase { name: String },
    #[error("the rules cannot be these: {reason}")]
    Charter { reason: &'static str },
    #[error(transparent)]
    Keyfile(#[from] keyfile::Error),
    #[error("cannot sign")]
    Signing(#[source] KeyError),

    // Decisions.
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("there is no decision {id}")]
    NoDecision { id: u64 },
    #[error("`{text}` is neither the number of a decision nor a name of which one is open")]
    Unknown { text: String },
    #[error("there are several open decisions on {name}: {ids}; say which by its number")]
    Ambiguous { name: String, ids: String },
    #[error("somebody acted in the docket meanwhile; nothing was done, begin again")]
    Moved,
    #[error("nothing is left to be done: no decision fits")]
    Nothing,
    #[error("say why, with --reason")]
    NoReason,

    // Lists.
    #[error("no list is kept here; add one with `docket list`")]
    NoList,
    #[error("several lists are kept here: say with --list which one is meant: {lists}")]
    WhichList { lists: String },
    #[error("no list is called {list} here; there are: {lists}")]
    UnknownList { list: String, lists: String },
    #[error("that is not the header of a list")]
    Header { cause: Box<toml::de::Error> },
    #[error("leave `{field}` out of the header: it is set when the list is released")]
    HeaderField { field: &'static str },
    #[error("the list {list} is kept here already: a change of it takes a second signer")]
    KnownList { list: String },
    #[error("{target} is where the list {list} is published: give each list a path of its own")]
    SameTarget { target: String, list: String },
    #[error("the header gives its list an empty name: write one such as `list = \"fr/nudification\"`")]
    NamelessList,
    #[error(transparent)]
    Authority(#[from] authority::Error),
}

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Self {
        Self::Database(Box::new(cause))
    }
}
