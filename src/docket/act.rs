//! An act: what one person did with one command, signed by that person and chained to the act before.
//!
//! The text of an act is JSON. It names the act before by the SHA-256 of its text, and holds the SHA-256 of what it did to
//! each decision; the signature is over the text. So whoever edits a row behind the desk's back breaks the digest, the
//! chain or a signature, and cannot mend it without the keys of the people who acted.

use aws_lc_rs::digest::{Context, SHA256};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::charter::{Charter, Motion};
use super::error::Error;
use super::event::Event;
use super::person::Person;
use crate::authority::SigningKey;
use crate::blocklist::Header;
use crate::trust::sha256;

/// What stands before the text of an act where it is signed, so that no signature over anything else can pass for one.
const CONTEXT: &[u8] = b"rempart docket act\n";
/// What the first act names as the one before.
pub(super) const NOTHING: &str = "";

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Deed {
    /// The docket begins.
    Founded {
        /// Under what rules.
        charter: Charter,
        /// With whom.
        people: Vec<Person>,
    },
    /// A change of people or rules is put before another signer.
    Moved(Motion),
    /// Another signer agrees to it.
    Seconded {
        /// The act that moved it.
        act: u64,
    },
    /// A person may do nothing from now on: a key was lost or stolen.
    Suspended {
        /// Who.
        person: String,
    },
    /// A change is not to come, so that no second signer agrees to it later.
    Dropped {
        /// The act that moved it.
        act: u64,
    },
    /// A new list is kept here, with what it says of itself.
    List(ListTerms),
    /// Names are proposed.
    Proposed {
        /// The file they came from, and its SHA-256.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<Source>,
    },
    /// Something happens to decisions, the same to all.
    Decided(Event),
    /// A list was published.
    Released(Release),
    /// An auditor found all acts in order up to this one.
    Audited {
        /// The hash of the last act that was looked at.
        head: String,
    },
}

/// A list that is kept in the docket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListTerms {
    /// The path under which resolvers find it, such as `fr/nudification.jsonl.zst`.
    pub target: String,
    /// What it says of itself: its header as TOML, without serial and dates.
    pub header: String,
}

impl ListTerms {
    /// The header; serial and dates, which are set when the list is released, stand for nothing in it.
    pub fn parsed(&self) -> Result<Header, Error> {
        let wrong = |cause| Error::Header { cause: Box::new(cause) };
        let mut table: toml::Table = self.header.parse().map_err(wrong)?;
        let day = Timestamp::UNIX_EPOCH.to_string();
        for (field, value) in
            [("serial", 1.into()), ("issued", day.as_str().into()), ("expires", day.as_str().into())]
        {
            if table.insert(field.to_owned(), value).is_some() {
                return Err(Error::HeaderField { field });
            }
        }
        let header: Header = table.try_into().map_err(wrong)?;
        if header.list.trim().is_empty() { Err(Error::NamelessList) } else { Ok(header) }
    }
}

/// The file that proposals came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name.
    pub file: String,
    /// Its digest.
    pub sha256: String,
}

/// A list as it was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// The list.
    pub list: String,
    /// Its serial.
    pub serial: u64,
    /// The SHA-256 of its text.
    pub sha256: String,
    /// How many rules it has.
    pub rules: u64,
    /// How many names came that were not public before.
    pub added: u64,
    /// How many went that are not public any more.
    pub removed: u64,
}

/// What one person did with one command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// From 1, without gaps.
    pub number: u64,
    /// When, by the clock of the machine where it was done.
    pub time: Timestamp,
    /// Who did it.
    pub author: String,
    /// Why.
    pub reason: String,
    /// What.
    pub deed: Deed,
    /// To how many decisions.
    pub decisions: u64,
    /// The SHA-256 of what it did to each, and of what each proposed.
    pub digest: String,
    /// The hash of the act before.
    pub previous: String,
}

/// An act as it is kept.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) number: u64,
    pub(super) kind: String,
    pub(super) body: String,
    pub(super) hash: String,
    pub(super) signature: String,
}

impl Deed {
    /// The word that stands for it in the database.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Founded { .. } => "founded",
            Self::Moved(_) => "moved",
            Self::Seconded { .. } => "seconded",
            Self::Suspended { .. } => "suspended",
            Self::Dropped { .. } => "dropped",
            Self::List(_) => "list",
            Self::Proposed { .. } => "proposed",
            Self::Decided(event) => event.word(),
            Self::Released(_) => "released",
            Self::Audited { .. } => "audited",
        }
    }
}

impl Act {
    /// Signs it, as it will be kept.
    pub(super) fn seal(&self, key: &SigningKey) -> Result<Record, Error> {
        let body = serde_json::to_string(self).map_err(Error::Json)?;
        let signature = hex(&key.sign(&message(&body)).map_err(Error::Signing)?);
        let (number, kind) = (self.number, self.deed.kind().to_owned());
        Ok(Record { number, kind, hash: sha256(body.as_bytes()), body, signature })
    }
}

impl Record {
    /// The act, if its columns agree with its text.
    pub(super) fn open(&self) -> Result<Act, Error> {
        let number = self.number;
        let act: Act = serde_json::from_str(&self.body).map_err(|cause| Error::Act { number, cause })?;
        let fault = |reason| Err(Error::Broken { number, reason });
        match () {
            () if act.number != number => fault("its number is not the one in its text"),
            () if act.deed.kind() != self.kind => fault("its kind is not the one in its text"),
            () if sha256(self.body.as_bytes()) != self.hash => fault("its hash is not that of its text"),
            () => Ok(act),
        }
    }

    /// Refuses a signature that is not this person's.
    pub(super) fn check_signature(&self, person: &Person) -> Result<(), Error> {
        let reason = "its signature is not its author's";
        let broken = Error::Broken { number: self.number, reason };
        let Some(signature) = octets(&self.signature) else { return Err(broken) };
        let is_right = person.key()?.verifies(&message(&self.body), &signature);
        if is_right { Ok(()) } else { Err(broken) }
    }
}

/// The digest of what an act does to decisions, taken in their order.
pub(super) struct Digest(Context);

impl Digest {
    pub(super) fn new() -> Self {
        Self(Context::new(&SHA256))
    }

    /// An event, and the digest of the proposal that its author saw: an agreement holds for that alone.
    pub(super) fn add(&mut self, decision: u64, event: &str, proposal: &str) {
        self.0.update(format!("{decision} {event} {proposal}\n").as_bytes());
    }

    pub(super) fn finish(self) -> String {
        hex(self.0.finish().as_ref())
    }
}

fn message(body: &str) -> Vec<u8> {
    [CONTEXT, body.as_bytes()].concat()
}

pub(super) fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

fn octets(hex: &str) -> Option<Vec<u8>> {
    let (pairs, []) = hex.as_bytes().as_chunks::<2>() else { return None };
    let octet = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    pairs.iter().map(octet).collect()
}
