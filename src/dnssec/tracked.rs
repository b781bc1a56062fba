//! The keys of trust anchors as they are kept on disk.
//!
//! The text: a first line with the version; one line for each key with its zone, its state, a moment in seconds since
//! 1970, who vouched for it, and the data of its DNSKEY record; a last line with their number, so that a file that was
//! cut is noticed.
//!
//! ```text
//! rempart-anchors 1
//! . valid 1735689600 configured 257 3 8 AwEAAa96...
//! . pending 1767225600 learned 257 3 8 AwEAAc3...
//! end 2
//! ```

use std::fmt::Write;

use super::anchor::{AnchorError, read_key, write_key};
use super::key::KeyData;
use crate::dns::Name;

const VERSION: &str = "rempart-anchors 1";
const CONFIGURED: &str = "configured";
const LEARNED: &str = "learned";

/// The state of a key (RFC 5011 §4.2); a key that was never seen has none. Moments are in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// AddPend: it may be trusted from then on.
    Pending(u64),
    /// Trusted, since then.
    Valid(u64),
    /// Trusted but not published, since then.
    Missing(u64),
    /// Withdrawn; forgotten from then on, but for its name.
    Revoked(u64),
    /// Withdrawn for good, since then.
    Removed(u64),
}

use KeyState::{Missing, Pending, Removed, Revoked, Valid};

impl KeyState {
    /// The words for all states.
    pub const WORDS: [&'static str; 5] = ["pending", "valid", "missing", "revoked", "removed"];

    /// A word for it, and its moment.
    pub fn words(self) -> (&'static str, u64) {
        let [pending, valid, missing, revoked, removed] = Self::WORDS;
        match self {
            Pending(moment) => (pending, moment),
            Valid(moment) => (valid, moment),
            Missing(moment) => (missing, moment),
            Revoked(moment) => (revoked, moment),
            Removed(moment) => (removed, moment),
        }
    }

    fn from_words(word: &str, moment: u64) -> Option<Self> {
        [Pending, Valid, Missing, Revoked, Removed]
            .map(|state| state(moment))
            .into_iter()
            .find(|state| state.words().0 == word)
    }

    pub(super) fn is_trusted(self) -> bool {
        matches!(self, Valid(_) | Missing(_))
    }

    pub(super) fn is_withdrawn(self) -> bool {
        matches!(self, Revoked(_) | Removed(_))
    }
}

/// A key, its data without the mark of revocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tracked {
    pub(super) data: Box<[u8]>,
    pub(super) state: KeyState,
}

/// A line of the text.
pub(super) struct Kept {
    pub(super) zone: Name,
    pub(super) key: Tracked,
    /// Whether the configuration vouched for the key when this was written.
    pub(super) configured: bool,
}

/// The text of these keys.
pub(super) fn compose(keys: impl Iterator<Item = Kept>) -> String {
    let mut text = format!("{VERSION}\n");
    let mut count = 0;
    for Kept { zone, key, configured } in keys {
        let (word, moment) = key.state.words();
        let origin = if configured { CONFIGURED } else { LEARNED };
        count += 1;
        // Writing into a string does not fail.
        let _ = writeln!(text, "{zone} {word} {moment} {origin} {}", write_key(&key.data));
    }
    let _ = writeln!(text, "end {count}");
    text
}

/// Reads the whole text or nothing.
pub(super) fn parse(text: &str) -> Result<Vec<Kept>, AnchorError> {
    let fail = |line: usize, fault: &str| AnchorError {
        line,
        fault: fault.into(),
        remedy: "restore the file, or remove it to begin again with the configured anchors",
    };
    let mut lines = text.lines().zip(1..);
    if lines.next().map(|(line, _)| line) != Some(VERSION) {
        return Err(fail(1, "this is no file of tracked anchors, or of another version"));
    }
    let mut keys = Vec::new();
    for (line, number) in lines.by_ref() {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["end", count] if count.parse() == Ok(keys.len()) => {
                return match lines.next() {
                    None if text.ends_with('\n') => Ok(keys),
                    _ => Err(fail(number, "the file does not end at its last line")),
                };
            }
            [zone, state, moment, origin @ (CONFIGURED | LEARNED), flags, protocol, algorithm, key] => {
                let read = || {
                    let state = KeyState::from_words(state, moment.parse().ok()?)?;
                    let data = read_key(&[flags, protocol, algorithm, key])?.into_boxed_slice();
                    KeyData::parse(&data).filter(|key| key.is_zone_key() && !key.is_revoked())?;
                    let zone = Name::from_text(zone).ok()?;
                    Some(Kept { zone, key: Tracked { data, state }, configured: origin == CONFIGURED })
                };
                keys.push(read().ok_or_else(|| fail(number, "this is no key with its state"))?);
            }
            _ => return Err(fail(number, "this is neither a key with its state nor the right end")),
        }
    }
    Err(fail(text.lines().count(), "the file was cut"))
}
