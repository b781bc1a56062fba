//! Keys of trust anchors that replace each other: RFC 5011 as a state machine, with the text that keeps it on disk.
//!
//! The holder of a zone announces a new key by publishing it in a set that a trusted key signs; it is trusted after
//! thirty days in each of which nobody objected. A key is withdrawn by a set that it signs itself, with the mark of
//! revocation, and never trusted again, whatever this program was built with.
//!
//! The text: a first line with the version; one line for each key with its zone, its state, a moment in seconds since
//! 1970, and the data of its DNSKEY record; a last line with their number, so that a file that was cut is noticed.
//!
//! ```text
//! rempart-anchors 1
//! . valid 1735689600 257 3 8 AwEAAa96...
//! end 1
//! ```

use std::fmt::Write;

use super::anchor::{Anchor, AnchorError, Anchors, read_key, write_key};
use super::key::KeyData;
use super::signature::Signature;
use super::verify::{ZoneKeys, is_signed_by};
use super::work::Work;
use crate::dns::{Name, RecordType, Rrset};

const VERSION: &str = "rempart-anchors 1";
const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// How long a key must be seen before it is trusted, and how long a revoked one is remembered as such (RFC 5011 §2.4).
const HOLD_DOWN: u64 = 30 * DAY;

/// The keys of one zone that are waited for: its own signatures alone could fill any memory.
const MOST_PENDING: usize = 8;

/// The state of a key (RFC 5011 §4.2); a key that was never seen has none. Moments are in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
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

use State::{Missing, Pending, Removed, Revoked, Valid};

impl State {
    fn is_trusted(self) -> bool {
        matches!(self, Valid(_) | Missing(_))
    }

    fn is_withdrawn(self) -> bool {
        matches!(self, Revoked(_) | Removed(_))
    }

    fn words(self) -> (&'static str, u64) {
        match self {
            Pending(moment) => ("pending", moment),
            Valid(moment) => ("valid", moment),
            Missing(moment) => ("missing", moment),
            Revoked(moment) => ("revoked", moment),
            Removed(moment) => ("removed", moment),
        }
    }

    fn from_words(word: &str, moment: u64) -> Option<Self> {
        Some(match word {
            "pending" => Pending(moment),
            "valid" => Valid(moment),
            "missing" => Missing(moment),
            "revoked" => Revoked(moment),
            "removed" => Removed(moment),
            _ => return None,
        })
    }
}

/// A key, its data without the mark of revocation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tracked {
    data: Box<[u8]>,
    state: State,
}

/// One zone's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Zone {
    /// What the operator, or this program, vouches for: trusted unless its holder withdraws it.
    configured: Anchor,
    keys: Vec<Tracked>,
}

/// When to ask for the keys of a zone again (RFC 5011 §2.3), in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refresh {
    /// After an answer: an hour to fifteen days.
    pub after_success: u64,
    /// After a failure: an hour to a day.
    pub after_failure: u64,
}

impl Refresh {
    /// From the DNSKEY records of a zone: their TTL, and the shortest time that one of their signatures is valid.
    pub fn of(set: &Rrset) -> Self {
        let signatures = set.signatures().filter_map(Signature::parse);
        let (mut ttl, mut valid) = (u64::from(set.ttl), u64::MAX);
        for signature in signatures {
            ttl = u64::from(signature.original_ttl());
            valid = valid.min(signature.expiration().wrapping_sub(signature.inception()).into());
        }
        let least = ttl.min(valid);
        Self {
            after_success: (least / 2).clamp(HOUR, 15 * DAY),
            after_failure: (least / 10).clamp(HOUR, DAY),
        }
    }
}

/// The trust anchors of all zones as they change with time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracker(Vec<Zone>);

impl Tracker {
    /// Begins with what is configured.
    pub fn new(anchors: &Anchors) -> Self {
        Self(anchors.iter().map(|anchor| Zone { configured: anchor.clone(), keys: Vec::new() }).collect())
    }

    /// Continues with what [`compose`](Self::compose) wrote. What is configured is trusted too, unless it was withdrawn
    /// meanwhile; zones that are no longer configured are left out. The whole text is read or nothing.
    pub fn restore(anchors: &Anchors, text: &str) -> Result<Self, AnchorError> {
        let mut tracker = Self::new(anchors);
        for (zone, key) in parse(text)? {
            if let Some(zone) = tracker.0.iter_mut().find(|known| *known.configured.zone() == zone) {
                zone.keys.push(key);
            }
        }
        Ok(tracker)
    }

    /// The text to keep.
    pub fn compose(&self) -> String {
        let mut text = format!("{VERSION}\n");
        let mut count = 0;
        for zone in &self.0 {
            for key in &zone.keys {
                let (word, moment) = key.state.words();
                count += 1;
                // Writing into a string does not fail.
                let _ = writeln!(text, "{} {word} {moment} {}", zone.configured.zone(), write_key(&key.data));
            }
        }
        let _ = writeln!(text, "end {count}");
        text
    }

    /// What is trusted now.
    pub fn anchors(&self) -> Anchors {
        Anchors::from_iter(self.0.iter().map(Zone::anchor))
    }

    /// Looks at the DNSKEY records of a zone, as they were received, at `now` in seconds since 1970. Whether anything
    /// changed that must be kept on disk, and perhaps is trusted differently.
    pub fn observe(&mut self, set: &Rrset, now: u64, work: &mut Work) -> bool {
        match self.0.iter_mut().find(|zone| *zone.configured.zone() == set.owner) {
            Some(zone) if set.rtype == RecordType::DNSKEY => zone.observe(set, now, work),
            _ => false,
        }
    }
}

impl Zone {
    fn anchor(&self) -> Anchor {
        let mut anchor = self.configured.clone();
        for key in self.keys.iter().filter(|key| key.state.is_withdrawn()) {
            anchor.keys.retain(|known| *known != key.data);
            if let Some(data) = KeyData::parse(&key.data) {
                anchor.ds.forget(&data);
            }
        }
        for key in self.keys.iter().filter(|key| key.state.is_trusted()) {
            if !anchor.keys.contains(&key.data) {
                anchor.keys.push(key.data.clone());
            }
        }
        anchor
    }

    fn observe(&mut self, set: &Rrset, now: u64, work: &mut Work) -> bool {
        let before = self.keys.clone();
        // Before anything is believed of a set, those who withdraw their keys are heard.
        self.revoke(set, now, work);
        if ZoneKeys::from_anchor(set, &self.anchor(), now as u32, work).is_ok() {
            self.move_on(set, now);
            self.add(set, now, work);
        }
        for key in &mut self.keys {
            if let Revoked(until) = key.state
                && until <= now
            {
                key.state = Removed(now);
            }
        }
        self.keys != before
    }

    /// RevBit: a key that we know, marked as revoked, in a set that it signs itself (RFC 5011 §2.1).
    fn revoke(&mut self, set: &Rrset, now: u64, work: &mut Work) {
        for key in set.data().filter_map(KeyData::parse).filter(KeyData::is_revoked) {
            let data = key.unrevoked();
            let known = self.keys.iter().position(|known| known.data == data);
            let is_known = known.is_some() || self.is_configured(&data, work);
            if !is_known || !is_signed_by(set, &key, now as u32, work) {
                continue;
            }
            let Some(place) = known else {
                self.keys.push(Tracked { data, state: Revoked(now + HOLD_DOWN) });
                continue;
            };
            match self.keys[place].state {
                Pending(_) => drop(self.keys.remove(place)),
                Valid(_) | Missing(_) => self.keys[place].state = Revoked(now + HOLD_DOWN),
                Revoked(_) | Removed(_) => {}
            }
        }
    }

    /// KeyPres, KeyRem and AddTime for the keys that we know; the set is verified.
    fn move_on(&mut self, set: &Rrset, now: u64) {
        self.keys.retain_mut(|key| {
            let is_present = set.data().any(|data| *data == *key.data);
            key.state = match key.state {
                Pending(_) if !is_present => return false,
                Pending(due) if due <= now => Valid(now),
                Valid(_) if !is_present => Missing(now),
                Missing(_) if is_present => Valid(now),
                same => same,
            };
            true
        });
    }

    /// NewKey; the set is verified.
    fn add(&mut self, set: &Rrset, now: u64, work: &mut Work) {
        let original_ttl =
            set.signatures().filter_map(Signature::parse).map(|signature| signature.original_ttl());
        let hold_down = HOLD_DOWN.max(original_ttl.max().unwrap_or(0).into());
        let usable = |key: &KeyData<'_>| key.is_zone_key() && key.is_entry_point() && !key.is_revoked();
        for key in set.data().filter_map(KeyData::parse).filter(usable) {
            let pending = self.keys.iter().filter(|known| matches!(known.state, Pending(_))).count();
            if self.keys.iter().any(|known| *known.data == *key.data) {
                continue;
            }
            if self.is_configured(key.data, work) {
                self.keys.push(Tracked { data: key.data.into(), state: Valid(now) });
            } else if pending < MOST_PENDING {
                self.keys.push(Tracked { data: key.data.into(), state: Pending(now + hold_down) });
            }
        }
    }

    fn is_configured(&self, data: &[u8], work: &mut Work) -> bool {
        KeyData::parse(data).is_some_and(|key| self.configured.names(&key, key.tag(), work).unwrap_or(false))
    }
}

fn parse(text: &str) -> Result<Vec<(Name, Tracked)>, AnchorError> {
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
            [zone, state, moment, flags, protocol, algorithm, key] => {
                let read = || {
                    let state = State::from_words(state, moment.parse().ok()?)?;
                    let data = read_key(&[flags, protocol, algorithm, key])?.into_boxed_slice();
                    KeyData::parse(&data).filter(|key| key.is_zone_key() && !key.is_revoked())?;
                    Some((Name::from_text(zone).ok()?, Tracked { data, state }))
                };
                keys.push(read().ok_or_else(|| fail(number, "this is no key with its state"))?);
            }
            _ => return Err(fail(number, "this is neither a key with its state nor the right end")),
        }
    }
    Err(fail(text.lines().count(), "the file was cut"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dnssec::Algorithms;
    use crate::dnssec::testing::{NOW, Signer, TTL, Terms, with_signatures};

    const START: u64 = NOW as u64;

    fn anchors(signer: &Signer) -> Anchors {
        let ds = signer.ds(2);
        let digest: String =
            ds.data().next().unwrap()[4..].iter().map(|octet| format!("{octet:02x}")).collect();
        Anchors::parse(&format!("{} DS {} 15 2 {digest}\n", signer.zone, signer.tag()), Algorithms::default())
            .unwrap()
    }

    /// The keys of a zone, signed by these of them, at any time.
    fn published(keys: &[&Signer], by: &[&Signer]) -> Rrset {
        let set = keys[0].keys(&keys[1..]);
        let terms = Terms { inception: NOW - 1, expiration: NOW + 400 * DAY as u32, ..Terms::of(&set) };
        let signatures: Vec<Vec<u8>> = by.iter().map(|signer| signer.sign(&set, &terms)).collect();
        with_signatures(&set, &signatures.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    fn observe(tracker: &mut Tracker, set: &Rrset, day: u64) -> bool {
        let changed = tracker.observe(set, START + day * DAY, &mut Work::new());
        // What is kept on disk is all there is.
        let configured = Anchors::from_iter(tracker.0.iter().map(|zone| zone.configured.clone()));
        assert_eq!(Tracker::restore(&configured, &tracker.compose()).as_ref(), Ok(&*tracker));
        changed
    }

    fn states(tracker: &Tracker) -> Vec<&'static str> {
        tracker.0[0].keys.iter().map(|key| key.state.words().0).collect()
    }

    fn trusts(tracker: &Tracker, signer: &Signer) -> bool {
        let anchors = tracker.anchors();
        let anchor = anchors.closest(&signer.zone).unwrap();
        let set = published(&[signer], &[signer]);
        ZoneKeys::from_anchor(&set, anchor, NOW, &mut Work::new()).is_ok()
    }

    #[test]
    fn a_new_key_is_trusted_after_thirty_days() {
        let (old, new) = (Signer::new("example", 15), Signer::new("example", 15));
        let mut tracker = Tracker::new(&anchors(&old));
        let both = published(&[&old, &new], &[&old]);
        assert!(observe(&mut tracker, &both, 0));
        assert_eq!(states(&tracker), ["pending", "valid"]);
        assert!(!observe(&mut tracker, &both, 29));
        assert!(!trusts(&tracker, &new));
        assert!(observe(&mut tracker, &both, 30));
        assert!(trusts(&tracker, &new) && trusts(&tracker, &old));
        // Now the new one may sign alone, and the old one go.
        assert!(observe(&mut tracker, &published(&[&new], &[&new]), 31));
        assert_eq!(states(&tracker), ["valid", "missing"]);
        assert!(trusts(&tracker, &old));
        assert!(observe(&mut tracker, &both, 32));
        assert_eq!(states(&tracker), ["valid", "valid"]);
    }

    #[test]
    fn a_key_that_disappears_begins_again() {
        let (old, new) = (Signer::new("example", 15), Signer::new("example", 15));
        let mut tracker = Tracker::new(&anchors(&old));
        let both = published(&[&old, &new], &[&old]);
        observe(&mut tracker, &both, 0);
        assert!(observe(&mut tracker, &published(&[&old], &[&old]), 20));
        assert_eq!(states(&tracker), ["valid"]);
        observe(&mut tracker, &both, 30);
        assert!(!trusts(&tracker, &new));
    }

    #[test]
    fn a_set_that_no_trusted_key_signed_changes_nothing() {
        let (old, new) = (Signer::new("example", 15), Signer::new("example", 15));
        let mut tracker = Tracker::new(&anchors(&old));
        for set in [published(&[&old, &new], &[&new]), published(&[&new], &[&new]), published(&[&old], &[])] {
            assert!(!observe(&mut tracker, &set, 0));
        }
        let elsewhere = Signer::new("test", 15);
        assert!(!observe(&mut tracker, &published(&[&elsewhere], &[&elsewhere]), 0));
    }

    #[test]
    fn a_revoked_key_is_never_trusted_again() {
        let (mut old, new) = (Signer::new("example", 15), Signer::new("example", 15));
        let mut tracker = Tracker::new(&anchors(&old));
        let both = published(&[&old, &new], &[&old]);
        observe(&mut tracker, &both, 0);
        observe(&mut tracker, &both, 30);
        // The mark counts only where the key itself signed it.
        old.flags |= 0x0080;
        assert!(observe(&mut tracker, &published(&[&old, &new], &[&new]), 31));
        assert_eq!(states(&tracker), ["valid", "missing"]);
        assert!(observe(&mut tracker, &published(&[&old, &new], &[&new, &old]), 32));
        assert_eq!(states(&tracker), ["valid", "revoked"]);
        old.flags &= !0x0080;
        assert!(!trusts(&tracker, &old) && trusts(&tracker, &new));
        assert!(observe(&mut tracker, &published(&[&new], &[&new]), 62));
        assert_eq!(states(&tracker), ["valid", "removed"]);
        // Though it is what this program was built with, and is published again.
        assert!(!observe(&mut tracker, &both, 63));
        assert!(!observe(&mut tracker, &published(&[&old, &new], &[&new]), 63));
        assert!(!trusts(&tracker, &old));
    }

    #[test]
    fn the_only_key_may_be_revoked_too() {
        let mut only = Signer::new("example", 15);
        let mut tracker = Tracker::new(&anchors(&only));
        only.flags |= 0x0080;
        assert!(observe(&mut tracker, &published(&[&only], &[&only]), 0));
        let anchors = tracker.anchors();
        assert!(!anchors.closest(&only.zone).unwrap().is_usable());
    }

    #[test]
    fn few_keys_are_waited_for_and_only_entry_points() {
        let old = Signer::new("example", 15);
        let mut others: Vec<Signer> = (0..10).map(|_| Signer::new("example", 15)).collect();
        others[0].flags = 256;
        let mut tracker = Tracker::new(&anchors(&old));
        let all: Vec<&Signer> = [&old].into_iter().chain(&others).collect();
        observe(&mut tracker, &published(&all, &[&old]), 0);
        let pending = states(&tracker).iter().filter(|state| **state == "pending").count();
        assert_eq!(pending, MOST_PENDING);
        assert!(!tracker.0[0].keys.iter().any(|key| *key.data == *others[0].dnskey()));
    }

    #[test]
    fn files_are_read_whole_or_not_at_all() {
        let old = Signer::new("example", 15);
        let anchors = anchors(&old);
        let mut tracker = Tracker::new(&anchors);
        observe(&mut tracker, &published(&[&old], &[&old]), 0);
        let text = tracker.compose();
        assert_eq!(Tracker::restore(&anchors, &text), Ok(tracker));
        for end in 0..text.len() {
            assert!(Tracker::restore(&anchors, &text[..end]).is_err(), "{:?}", &text[..end]);
        }
        for (wrong, line) in [
            (text.replace("anchors 1", "anchors 2"), 1),
            (text.replace("valid", "good"), 2),
            (text.replace("257", "385"), 2),
            (text.replace("end 1", "end 2"), 3),
            (format!("{text}\n"), 3),
        ] {
            let error = Tracker::restore(&anchors, &wrong).unwrap_err();
            assert_eq!(error.line, line, "{wrong}");
        }
        // Of a zone that is no longer configured nothing is kept.
        let other = Tracker::restore(&Anchors::built_in(Algorithms::default()), &text).unwrap();
        assert_eq!(other, Tracker::new(&Anchors::built_in(Algorithms::default())));
    }

    #[test]
    fn keys_are_asked_for_within_bounds() {
        let signer = Signer::new("example", 15);
        let set = published(&[&signer], &[&signer]);
        assert_eq!(Refresh::of(&set), Refresh { after_success: HOUR, after_failure: HOUR });
        let terms = |ttl, valid| Terms {
            original_ttl: ttl,
            inception: NOW,
            expiration: NOW + valid,
            ..Terms::of(&set)
        };
        for (ttl, valid, success, failure) in [
            (10 * HOUR, 100 * DAY, 5 * HOUR, HOUR),
            (100 * DAY, 40 * HOUR, 20 * HOUR, 4 * HOUR),
            (100 * DAY, 100 * DAY, 15 * DAY, DAY),
        ] {
            let signature = signer.sign(&set, &terms(ttl as u32, valid as u32));
            let refresh = Refresh::of(&with_signatures(&set, &[&signature]));
            assert_eq!(refresh, Refresh { after_success: success, after_failure: failure });
        }
        assert_eq!(set.ttl, TTL);
    }
}
