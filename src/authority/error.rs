//! What stops an authority's work. Each variant names the file and the remedy; causes are told by `source`.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::authority::key::KeyError;
use crate::blocklist;
use crate::export;
use crate::trust;

/// Why a command of the authority was refused, or failed.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // The text of each variant is its documentation.
pub enum Error {
    #[error("cannot read {path}")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{path} is longer than {most} octets; divide it")]
    TooLong { path: PathBuf, most: u64 },
    #[error(
        "cannot write {path}; what was published before stays so, and the same command can be given again"
    )]
    Write { path: PathBuf, source: std::io::Error },
    #[error("{path} exists and is never overwritten; choose another folder or move it away")]
    Exists { path: PathBuf },
    #[error("{path} is held by another command; give this one again when that has ended")]
    Locked { path: PathBuf },
    #[error("{folder} has changed since it was shown; nothing was done, begin again")]
    Changed { folder: PathBuf },

    // Workspaces.
    #[error("{folder} is no workspace of an authority: it has no authority.toml; make one with `init`")]
    NoWorkspace { folder: PathBuf },
    #[error("{path} does not say the terms of an authority")]
    Terms { path: PathBuf, source: Box<toml::de::Error> },
    #[error("{folder} has no {role} metadata; make the workspace with `init`")]
    NoMetadata { folder: PathBuf, role: String },
    #[error("nothing is published from {folder} yet; see with `status` who must sign first")]
    NothingPublished { folder: PathBuf },
    #[error("{path} is a private key in the folder that is served; move it to {keys}")]
    KeyPublished { path: PathBuf, keys: PathBuf },

    // Trust.
    #[error("not what a client would believe")]
    Untrusted(#[from] trust::Error),
    #[error("{path} is not trusted")]
    Trust { path: PathBuf, source: trust::Error },
    #[error(
        "{path} is not signed by enough of those who may sign for {role}, so that nothing can be compared with it; \
         bring back the published file from a copy, and see that `verify` is content"
    )]
    Unproven { path: PathBuf, role: String },
    #[error("{folder} has no root that is {pinned} or follows from it: it is another authority's, or forged")]
    OtherRoot { folder: PathBuf, pinned: PathBuf },
    #[error("the {role} metadata cannot be used")]
    Metadata { role: String, source: trust::Error },
    #[error(
        "{path} cannot be the path of a target: write it as dir/name in printable ASCII, without `.` and `..`, `%` and `\\`"
    )]
    TargetPath { path: String },
    #[error("{role} may sign for {paths} alone, and {path} is none of that; clients would not look there")]
    NotDelegated { role: String, path: String, paths: String },
    #[error(
        "nothing is left to a role {role}; the central holders leave it a part of the paths with `delegate`"
    )]
    NoRole { role: String },
    #[error(
        "{role:?} cannot name a delegated role: use 1 to 64 letters a-z, digits, '-' and '_', and none of root, \
         targets, snapshot, timestamp"
    )]
    RoleName { role: String },
    #[error("nothing of {role} waits for a signature")]
    NothingStaged { role: String },
    #[error("{path} is published already; give the list of the next generation")]
    Unchanged { path: String },

    // Keys and holders.
    #[error(transparent)]
    PrivateKey(#[from] KeyError),
    #[error("{name:?} cannot name a key holder: use 1 to 64 letters a-z, digits, '-' and '_'")]
    HolderName { name: String },
    #[error("{name} is named twice; each person holds one key")]
    SameHolder { name: String },
    #[error("{name} holds no key of {role}; it has {holders}")]
    UnknownHolder { name: String, role: String, holders: String },
    #[error(
        "a threshold of {threshold} does not fit {holders} holders of {role}; it must be at least {least}{why} and at most the number of holders"
    )]
    Threshold { role: String, threshold: u64, least: u64, why: &'static str, holders: usize },
    #[error("the key {key} signs for nothing that waits here; is it another authority's?")]
    Stranger { key: String },
    #[error("{holder} has signed all of this already; the next signature must be another holder's")]
    AlreadySigned { holder: String },
    #[error("{} of the {} keys of {role} that must sign are in the folder for keys; put the private and the \
             public key of another there: {}", tally.valid(), tally.threshold, crate::authority::words::names(&tally.missing))]
    NoOnlineKey { role: String, tally: trust::Tally },
    #[error(
        "no timer can use the private key of {holder}: make another with `key new NAME --unencrypted --folder \
         DIR/keys`, where DIR is the workspace"
    )]
    Unattended { holder: String, source: Box<KeyError> },
    #[error(
        "{path} is not the private half of the public key of {holder} beside it; put the right one there"
    )]
    OtherHalf { path: String, holder: String },
    #[error("{one} and {other} are names of one and the same key; each person holds a key of their own")]
    SameKey { one: String, other: String },
    #[error(
        "clients look for {path} in {by}, and would not find what {role} says of it; choose another path"
    )]
    Hidden { path: String, role: String, by: String },
    #[error(
        "{path} overlaps with {other}, which is left to {role} and to nobody after it: clients would not look \
         further; choose another path, or leave the one to {role} with --not-terminating"
    )]
    Overlap { path: String, other: String, role: String },
    #[error(
        "{path} is missing or not what was signed; put it back from a copy of the public folder, or take the list \
         back with `withdraw` and publish it anew"
    )]
    Damaged { path: PathBuf, source: Box<Error> },
    #[error("no list is published as {path}; see with `verify` what is")]
    NoTarget { path: String },
    #[error("no list of {path} is kept from before serial {serial}")]
    NothingBefore { path: String, serial: u64 },
    #[error("that changes nothing of who signs for {role}; give --remove, --add or another --threshold")]
    NothingChanges { role: String },
    #[error(
        "{role} is left to other people already; change who signs for it with `rotate`, or take it back with \
         `delegate --remove` first and let that be published"
    )]
    Held { role: String },
    #[error(
        "{path} was issued on {issued}, and the clock says {now}: set it right, or give --expires if it is"
    )]
    Clock { path: String, issued: Timestamp, now: Timestamp },
    #[error("a signature of {role} in {path} fits nothing that waits here: {reason}")]
    Signature { path: PathBuf, role: String, reason: &'static str },

    // Lists.
    #[error(transparent)]
    Export(#[from] export::Error),
    #[error("{path} cannot be read as a list")]
    Unreadable { path: PathBuf, source: blocklist::ReadError },
    #[error("{path} cannot be published")]
    Unpackable { path: PathBuf, source: blocklist::ComposeError },
    #[error("{path} is not the header of a list")]
    Header { path: PathBuf, source: Box<toml::de::Error> },
    #[error("{path}: {reason}")]
    List { path: PathBuf, reason: String },
    #[error(
        "{path}: serial {serial} is not larger than the published {known}; leave `serial` out of the header, or raise it"
    )]
    Serial { path: PathBuf, serial: u64, known: u64 },
    #[error("{what} is {number}, too far from the {known} before it; give one that grows by less than 2^32")]
    Jump { what: String, number: u64, known: u64 },
    #[error("{path} names the list {list}, and {known} is published there; choose another --target")]
    OtherList { path: PathBuf, list: String, known: String },
    #[error("{what} would be out of date on {expires}, which has passed already")]
    Expiry { what: String, expires: Timestamp },
    #[error("{path} must not be published")]
    Guarded { path: PathBuf, source: Box<blocklist::Refused> },
    #[error("the built-in guard rails are damaged")]
    Rails(#[source] blocklist::GuardError),
    #[error("{path} changes more than one generation should; if that is meant, add --accept-leap")]
    Leap { path: PathBuf, source: blocklist::Leap },
    #[error("{path} cannot be compared")]
    Delta { path: PathBuf, source: Box<blocklist::DeltaError> },
    #[error("serial {serial} of {path} is not kept; there are {kept}")]
    NoSerial { path: String, serial: u64, kept: String },
    #[error("{text} is neither a file nor the serial of a list")]
    NoList { text: String },
    #[error("say with --target which list is meant: {lists}")]
    WhichList { lists: String },
    #[error("{path} is not a bundle of `export`")]
    Bundle { path: PathBuf, source: std::io::Error },
}

impl Error {
    /// The message with those of all causes.
    pub(super) fn with_causes(&self) -> String {
        let causes = std::iter::successors(std::error::Error::source(self), |cause| cause.source());
        causes.fold(self.to_string(), |text, cause| format!("{text}: {cause}"))
    }

    /// Adds to what is not trusted the file that it stands in.
    pub(super) fn trust(path: &Path) -> impl FnOnce(trust::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Trust { path, source }
    }

    /// Adds to what is wrong with metadata the role that it is of.
    pub(super) fn metadata(role: &str) -> impl FnOnce(trust::Error) -> Self + use<> {
        let role = role.to_owned();
        move |source| Self::Metadata { role, source }
    }
}
