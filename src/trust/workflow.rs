//! The client workflow (specification §5), step by step and in its words.
//!
//! [`refresh`] brings the top-level metadata up to date and [`Trusted::find`] looks a target up, loading delegated
//! roles only on its way to it. Both are pure: what they need of the world they ask of a [`Source`], which fetches
//! within the bounds it is given and keeps what is handed to it; what they trust depends on its octets alone.
//!
//! A role that cannot be trusted ends the search for the paths that are left to it, and for no others: a delegate
//! that is late, badly signed or missing takes nobody else with it, and nobody less trusted takes its place.

use std::collections::BTreeSet;
use std::num::NonZeroU64;

use jiff::Timestamp as Time;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::trust::error::Error;
use crate::trust::key::Holder;
use crate::trust::root::Root;
use crate::trust::snapshot::{Snapshot, Timestamp, check_version};
use crate::trust::target::Target;
use crate::trust::targets::{Delegator, Targets};
use crate::trust::{ROOT, SNAPSHOT, TARGETS, TIMESTAMP};

/// The most octets of metadata whose length nobody signed (the endless data attack).
const LONGEST_ROOT: u64 = 512 << 10;
const LONGEST_TIMESTAMP: u64 = 64 << 10;
const LONGEST_SNAPSHOT: u64 = 2 << 20;
const LONGEST_TARGETS: u64 = 8 << 20;
/// The most root files taken in one refresh (specification §5.3.3).
const MOST_ROOTS: usize = 256;
/// The most roles visited in one search (specification §5.6.7).
const MOST_ROLES: usize = 64;

/// What the workflow asks of the world.
pub trait Source {
    /// What can go wrong there, and with what is fetched.
    type Error: From<Error>;

    /// The octets that were kept for a role, if any.
    fn kept(&mut self, role: &str) -> Option<Vec<u8>>;

    /// Keeps the octets of a role's metadata, which are trusted now.
    fn keep(&mut self, role: &str, octets: &[u8]) -> Result<(), Self::Error>;

    /// Fetches a metadata file of at most `longest` octets by its name in the repository, which is safe in a URL and
    /// as the name of a file; `None` where the repository has none.
    fn fetch(&mut self, file: &str, longest: u64) -> Result<Option<Vec<u8>>, Self::Error>;
}

/// The metadata of a repository, trusted at one moment.
#[derive(Clone, Debug)]
pub struct Trusted {
    root: Root,
    timestamp: Timestamp,
    snapshot: Snapshot,
    targets: Targets,
    start: Time,
}

/// Where a target was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The role whose metadata speaks of it, as it was verified.
    pub role: String,
    /// That metadata.
    pub targets: Targets,
    /// What is said of the file.
    pub target: Target,
    /// When the first of all metadata that vouches for it is out of date.
    pub expires: Time,
}

impl Found {
    /// The holders who signed for the file.
    pub fn signed_by(&self) -> &[Holder] {
        self.targets.signed_by()
    }
}

/// Brings the top-level metadata up to date, beginning with the newest trusted root (specification §5.3 to §5.6).
/// `start` is the one time that everything is judged by (§5.1). `root` becomes each newer root that is taken, which is
/// trusted even where a later step fails.
pub fn refresh<S: Source>(source: &mut S, root: &mut Root, start: Time) -> Result<Trusted, S::Error> {
    update_root(source, root, start)?;
    let timestamp = update_timestamp(source, root, start)?;
    let snapshot = update_snapshot(source, root, &timestamp, start)?;
    let loading = Loading { root, snapshot: &snapshot, start };
    let targets = loading.load(source, TARGETS, Delegator::Root(root))?;
    Ok(Trusted { root: root.clone(), timestamp, snapshot, targets, start })
}

/// §5.3.
fn update_root<S: Source>(source: &mut S, root: &mut Root, start: Time) -> Result<(), S::Error> {
    for _ in 0..MOST_ROOTS {
        let file = format!("{}.{ROOT}.json", root.version() + 1);
        let Some(octets) = source.fetch(&file, LONGEST_ROOT)? else { break };
        let successor = root.successor(&octets)?;
        source.keep(ROOT, &octets)?;
        *root = successor;
    }
    // §5.3.11, recovery from fast-forward attacks: what was kept under keys that have been replaced since does not
    // verify any more below, so that it holds nothing back.
    Ok(check_expiry(ROOT, root.expires(), start)?)
}

/// §5.4.
fn update_timestamp<S: Source>(source: &mut S, root: &Root, start: Time) -> Result<Timestamp, S::Error> {
    let known = source.kept(TIMESTAMP).and_then(|octets| Timestamp::parse(root, &octets).ok());
    let octets = must(TIMESTAMP, source.fetch(&file_of(TIMESTAMP, None), LONGEST_TIMESTAMP)?)?;
    let timestamp = Timestamp::parse(root, &octets)?;
    if let Some(known) = known {
        check_version(TIMESTAMP, timestamp.version, known.version)?;
        if timestamp.version == known.version {
            check_expiry(TIMESTAMP, known.expires, start)?;
            return Ok(known);
        }
        check_version(SNAPSHOT, timestamp.snapshot.version, known.snapshot.version)?;
    }
    check_expiry(TIMESTAMP, timestamp.expires, start)?;
    source.keep(TIMESTAMP, &octets)?;
    Ok(timestamp)
}

/// §5.5.
fn update_snapshot<S: Source>(
    source: &mut S,
    root: &Root,
    timestamp: &Timestamp,
    start: Time,
) -> Result<Snapshot, S::Error> {
    let meta = &timestamp.snapshot;
    let kept = source.kept(SNAPSHOT);
    let known = kept.and_then(|octets| Some((Snapshot::parse(root, &octets).ok()?, octets)));
    if let Some((known, octets)) = &known
        && known.version == meta.version
        && meta.check(SNAPSHOT, octets).is_ok()
    {
        check_expiry(SNAPSHOT, known.expires, start)?;
        return Ok(known.clone());
    }
    let file = file_of(SNAPSHOT, root.consistent_snapshot().then_some(meta.version));
    let octets = must(SNAPSHOT, source.fetch(&file, meta.longest(LONGEST_SNAPSHOT))?)?;
    meta.check(SNAPSHOT, &octets)?;
    let snapshot = Snapshot::parse(root, &octets)?;
    check_mix(SNAPSHOT, snapshot.version, meta.version)?;
    if let Some((known, _)) = &known {
        known.check_successor(&snapshot)?;
    }
    check_expiry(SNAPSHOT, snapshot.expires, start)?;
    source.keep(SNAPSHOT, &octets)?;
    Ok(snapshot)
}

/// What targets roles are loaded by.
#[derive(Clone, Copy)]
struct Loading<'trust> {
    root: &'trust Root,
    snapshot: &'trust Snapshot,
    start: Time,
}

impl Loading<'_> {
    /// §5.6.1 to §5.6.6, for the top-level role and for delegated ones. What was kept is used where the snapshot
    /// still means it, and verified anew, since another delegator may have led here.
    fn load<S: Source>(&self, source: &mut S, role: &str, by: Delegator<'_>) -> Result<Targets, S::Error> {
        let meta = self.snapshot.role(role)?;
        let verify = |octets: &[u8]| {
            meta.check(role, octets)?;
            let targets = Targets::parse(role, by, octets)?;
            check_mix(role, targets.number(), meta.version)?;
            Ok::<_, Error>(targets)
        };
        if let Some(known) = source.kept(role).and_then(|octets| verify(&octets).ok()) {
            check_expiry(role, known.expires(), self.start)?;
            return Ok(known);
        }
        let file = file_of(role, self.root.consistent_snapshot().then_some(meta.version));
        let octets = must(role, source.fetch(&file, meta.longest(LONGEST_TARGETS))?)?;
        let targets = verify(&octets)?;
        check_expiry(role, targets.expires(), self.start)?;
        source.keep(role, &octets)?;
        Ok(targets)
    }
}

impl Trusted {
    /// The newest root.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// When the first of the top-level metadata is out of date.
    pub fn expires(&self) -> Time {
        let top = [self.root.expires(), self.timestamp.expires, self.snapshot.expires];
        top.into_iter().fold(self.targets.expires(), Time::min)
    }

    /// The version of the timestamp, which grows with everything that is published.
    pub fn version(&self) -> u64 {
        self.timestamp.version.get()
    }

    /// Looks a target up, depth first and in the order of priority (specification §5.6.7).
    pub fn find<S: Source>(&self, source: &mut S, path: &str) -> Result<Found, S::Error> {
        let loading = Loading { root: &self.root, snapshot: &self.snapshot, start: self.start };
        let mut visited = BTreeSet::new();
        // Roles whose metadata is verified and whose part in the search is not done, each with the delegations that
        // are still to be followed, the most trusted last; all with the time until which they can be relied on.
        let top = TARGETS.to_owned();
        let mut step = Some((top, self.targets.clone(), self.expires()));
        let mut waiting: Vec<(Targets, Time, Vec<String>)> = Vec::new();
        loop {
            if let Some((role, targets, expires)) = step.take() {
                if let Ok(target) = targets.target(path) {
                    let target = target.clone();
                    return Ok(Found { role, targets, target, expires });
                }
                let covering = targets.delegations().covering(path);
                if covering.last().is_some_and(|last| last.terminating) {
                    waiting.clear();
                }
                let names = covering.iter().rev().map(|delegation| delegation.name.clone()).collect();
                visited.insert(role);
                waiting.push((targets, expires, names));
            }
            let Some((delegator, until, names)) = waiting.last_mut() else { break };
            let Some(role) = names.pop() else {
                waiting.pop();
                continue;
            };
            if visited.contains(&role) {
                continue;
            }
            if visited.len() > MOST_ROLES {
                return Err(Error::TooManyRoles { path: path.to_owned(), most: MOST_ROLES }.into());
            }
            let targets = loading.load(source, &role, Delegator::Targets(delegator))?;
            let expires = targets.expires().min(*until);
            step = Some((role, targets, expires));
        }
        Err(Error::UnknownTarget { name: path.to_owned() }.into())
    }
}

/// The freeze attack. Expiry at this very moment counts.
fn check_expiry(role: &str, expires: Time, now: Time) -> Result<(), Error> {
    if now < expires { Ok(()) } else { Err(Error::Expired { role: role.to_owned(), expires }) }
}

/// The mix-and-match attack: metadata of another version than what vouches for it names.
fn check_mix(role: &str, version: NonZeroU64, expected: NonZeroU64) -> Result<(), Error> {
    if version == expected {
        return Ok(());
    }
    Err(Error::Version { role: role.to_owned(), version: version.get(), expected: expected.get() })
}

fn must(role: &str, fetched: Option<Vec<u8>>) -> Result<Vec<u8>, Error> {
    fetched.ok_or_else(|| Error::NotInRepository { role: role.to_owned() })
}

/// The name of a metadata file in a repository (specification §6.2), the role's own name encoded so that it is one
/// segment of a path whatever stands in it.
fn file_of(role: &str, version: Option<NonZeroU64>) -> String {
    let role = encode(role);
    version.map_or_else(|| format!("{role}.json"), |version| format!("{version}.{role}.json"))
}

/// A role's name as one segment of a URL (RFC 3986 §2.3), which is also a safe name of a file.
pub fn encode(role: &str) -> String {
    utf8_percent_encode(role, &RESERVED).to_string()
}

const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
