//! Keys of trust anchors that replace each other: RFC 5011 as a state machine.
//!
//! The holder of a zone announces a new key by publishing it in a set that a trusted key signs; it is trusted after
//! thirty days in each of which nobody objected. A key is withdrawn by a set that it signs itself, with the mark of
//! revocation, and never trusted again, whatever this program was built with.
//!
//! What must survive a restart is a text, which [`tracked`](super::tracked) reads and writes.

use super::anchor::{Anchor, AnchorError, Anchors};
use super::bogus::Bogus;
use super::key::KeyData;
use super::signature::Signature;
use super::tracked::KeyState::{Missing, Pending, Removed, Revoked, Valid};
use super::tracked::{Kept, KeyState, Tracked, compose, parse};
use super::verify::{ZoneKeys, is_signed_by};
use super::work::Work;
use crate::dns::{Name, RecordType, Rrset};

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// How long a key must be seen before it is trusted, and how long a revoked one is remembered as such (RFC 5011 §2.4).
const HOLD_DOWN: u64 = 30 * DAY;

/// The keys of one zone that are waited for: its own signatures alone could fill any memory.
const MOST_PENDING: usize = 8;

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
        let times = signatures.map(|signature| {
            let valid = signature.expiration().wrapping_sub(signature.inception());
            valid.min(signature.original_ttl())
        });
        let least = u64::from(times.min().unwrap_or(set.ttl));
        Self {
            after_success: (least / 2).clamp(HOUR, 15 * DAY),
            after_failure: (least / 10).clamp(HOUR, DAY),
        }
    }
}

impl Default for Refresh {
    /// Of a zone whose keys were never had.
    fn default() -> Self {
        Self { after_success: HOUR, after_failure: HOUR }
    }
}

/// What came of a look at the keys of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Whether anything changed that must be kept on disk, and perhaps is trusted differently.
    pub changed: bool,
    /// Whether a trusted key signed the set; what came of it otherwise can only be a revocation.
    pub verified: Result<(), Bogus>,
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
    /// meanwhile; zones that are no longer configured are left out, and so are keys that were configured and are no
    /// longer. The whole text is read or nothing.
    pub fn restore(anchors: &Anchors, text: &str) -> Result<Self, AnchorError> {
        let mut tracker = Self::new(anchors);
        let kept = parse(text)?;
        for zone in &mut tracker.0 {
            zone.resume(&kept);
        }
        Ok(tracker)
    }

    /// The text to keep.
    pub fn compose(&self) -> String {
        let of_zone = |zone: &Zone| {
            let kept = |key: &Tracked| Kept {
                zone: zone.configured.zone().clone(),
                key: key.clone(),
                configured: zone.is_configured(&key.data, &mut Work::new()),
            };
            zone.keys.iter().map(kept).collect::<Vec<_>>()
        };
        compose(self.0.iter().flat_map(of_zone))
    }

    /// What is trusted now. A zone all of whose keys were withdrawn is as one without an anchor of its own (RFC 5011
    /// §5).
    pub fn anchors(&self) -> Anchors {
        Anchors::from_iter(self.0.iter().map(Zone::anchor).filter(Anchor::is_usable))
    }

    /// The zones whose keys are to be asked for.
    pub fn zones(&self) -> impl Iterator<Item = &Name> {
        self.0.iter().map(|zone| zone.configured.zone())
    }

    /// The keys of a zone that were seen so far: their tags and states.
    pub fn keys(&self, zone: &Name) -> impl Iterator<Item = (u16, KeyState)> {
        let keys = self.0.iter().filter(move |known| known.configured.zone() == zone);
        keys.flat_map(|zone| &zone.keys).filter_map(|key| Some((KeyData::parse(&key.data)?.tag(), key.state)))
    }

    /// Looks at the DNSKEY records of a zone, as they were received, at `now` in seconds since 1970.
    pub fn observe(&mut self, set: &Rrset, now: u64, work: &mut Work) -> Observed {
        match self.0.iter_mut().find(|zone| *zone.configured.zone() == set.owner) {
            Some(zone) if set.rtype == RecordType::DNSKEY => zone.observe(set, now, work),
            _ => Observed { changed: false, verified: Err(Bogus::NoTrustedKey) },
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

    /// Takes over what was kept. The operator decides: a key taken out of the configuration is no longer trusted, and
    /// if none of the former ones is left, neither is what was learned from them. What was withdrawn stays so.
    fn resume(&mut self, kept: &[Kept]) {
        let kept = kept.iter().filter(|kept| kept.zone == *self.configured.zone());
        let mut work = Work::new();
        let mut is_named = |kept: &Kept| self.is_configured(&kept.key.data, &mut work);
        let is_heir = kept.clone().any(&mut is_named);
        let stays = |kept: &&Kept| {
            kept.key.state.is_withdrawn() || if kept.configured { is_named(kept) } else { is_heir }
        };
        let keys = kept.filter(stays).map(|kept| kept.key.clone()).collect();
        self.keys = keys;
    }

    fn observe(&mut self, set: &Rrset, now: u64, work: &mut Work) -> Observed {
        let before = self.keys.clone();
        // Before anything is believed of a set, those who withdraw their keys are heard.
        self.revoke(set, now, work);
        let verified = ZoneKeys::from_anchor(set, &self.anchor(), now as u32, work).map(|_| ());
        if verified.is_ok() {
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
        Observed { changed: self.keys != before, verified }
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
                Revoked(_) | Removed(_) => {}
                // Whoever configured it since would go on to vouch for it, were it forgotten.
                Pending(_) if !self.is_configured(&data, work) => drop(self.keys.remove(place)),
                Pending(_) | Valid(_) | Missing(_) => self.keys[place].state = Revoked(now + HOLD_DOWN),
            }
        }
    }

    /// KeyPres, KeyRem and AddTime for the keys that we know; the set is verified.
    fn move_on(&mut self, set: &Rrset, now: u64) {
        let latest = now + hold_down(set);
        self.keys.retain_mut(|key| {
            let is_present = set.data().any(|data| *data == *key.data);
            key.state = match key.state {
                Pending(_) if !is_present => return false,
                Pending(due) if due <= now => Valid(now),
                // The clock was ahead when the key was first seen.
                Pending(due) => Pending(due.min(latest)),
                Valid(_) if !is_present => Missing(now),
                Missing(_) if is_present => Valid(now),
                same => same,
            };
            true
        });
    }

    /// NewKey; the set is verified.
    fn add(&mut self, set: &Rrset, now: u64, work: &mut Work) {
        let due = now + hold_down(set);
        let usable = |key: &KeyData<'_>| {
            key.is_zone_key() && !key.is_revoked() && self.configured.ds.algorithms.include(key.algorithm())
        };
        for key in set.data().filter_map(KeyData::parse).filter(usable) {
            let pending = self.keys.iter().filter(|known| matches!(known.state, Pending(_))).count();
            if self.keys.iter().any(|known| *known.data == *key.data) {
                continue;
            }
            if self.is_configured(key.data, work) {
                self.keys.push(Tracked { data: key.data.into(), state: Valid(now) });
            } else if key.is_entry_point() && pending < MOST_PENDING {
                self.keys.push(Tracked { data: key.data.into(), state: Pending(due) });
            }
        }
    }

    fn is_configured(&self, data: &[u8], work: &mut Work) -> bool {
        KeyData::parse(data).is_some_and(|key| self.configured.names(&key, key.tag(), work).unwrap_or(false))
    }
}

/// The time that a new key of this set is waited for: thirty days, or its TTL (RFC 5011 §2.4.1).
fn hold_down(set: &Rrset) -> u64 {
    let original_ttl =
        set.signatures().filter_map(Signature::parse).map(|signature| signature.original_ttl());
    HOLD_DOWN.max(original_ttl.max().unwrap_or(0).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dnssec::Algorithms;
    use crate::dnssec::anchor::write_key;
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
        let Observed { changed, .. } = tracker.observe(set, START + day * DAY, &mut Work::new());
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
        let Some(anchor) = anchors.closest(&signer.zone) else { return false };
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
    fn a_key_may_be_revoked_before_it_was_trusted() {
        let (old, mut new) = (Signer::new("example", 15), Signer::new("example", 15));
        let text = format!("example DNSKEY {}\n", write_key(&old.dnskey()));
        let both = format!("{text}example DNSKEY {}\n", write_key(&new.dnskey()));
        let configured = |text: &str| Anchors::parse(text, Algorithms::default()).unwrap();
        let mut tracker = Tracker::new(&configured(&text));
        observe(&mut tracker, &published(&[&old, &new], &[&old]), 0);
        // The operator vouches for what this program was still waiting for.
        let by_data = Tracker::restore(&configured(&both), &tracker.compose()).unwrap();
        let by_digest = Tracker::restore(&anchors(&new), &tracker.compose()).unwrap();
        assert!(trusts(&by_data, &new) && trusts(&by_digest, &new));
        new.flags |= 0x0080;
        let withdrawn = published(&[&old, &new], &[&old, &new]);
        new.flags &= !0x0080;
        for (mut tracker, left) in [(by_data, &["revoked", "valid"][..]), (by_digest, &["revoked"])] {
            assert!(observe(&mut tracker, &withdrawn, 1));
            assert!(!trusts(&tracker, &new));
            let mut states = states(&tracker);
            states.sort_unstable();
            assert_eq!(states, left);
        }
        assert!(observe(&mut tracker, &withdrawn, 1));
        assert_eq!(states(&tracker), ["valid"], "what nobody vouched for is forgotten");
    }

    #[test]
    fn the_only_key_may_be_revoked_too() {
        let mut only = Signer::new("example", 15);
        let mut tracker = Tracker::new(&anchors(&only));
        only.flags |= 0x0080;
        assert!(observe(&mut tracker, &published(&[&only], &[&only]), 0));
        // As if there were no anchor (RFC 5011 §5).
        assert_eq!(tracker.anchors(), Anchors::default());
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
    fn what_the_operator_took_out_is_trusted_no_longer() {
        let [old, new, learned, other] = [0; 4].map(|_| Signer::new("example", 15));
        let text = format!(
            "example DNSKEY {}\nexample DNSKEY {}\n",
            write_key(&old.dnskey()),
            write_key(&new.dnskey())
        );
        let both = Anchors::parse(&text, Algorithms::default());
        let mut tracker = Tracker::new(&both.unwrap());
        let all = published(&[&old, &new, &learned], &[&old]);
        observe(&mut tracker, &all, 0);
        observe(&mut tracker, &all, 30);
        assert!([&old, &new, &learned].iter().all(|signer| trusts(&tracker, signer)));
        let text = tracker.compose();
        let trusted = |left: &Signer| {
            let tracker = Tracker::restore(&anchors(left), &text).unwrap();
            [&old, &new, &learned, &other].map(|signer| trusts(&tracker, signer))
        };
        assert_eq!(trusted(&new), [false, true, true, false]);
        assert_eq!(trusted(&learned), [false, false, true, false]);
        // Of another lineage nothing is believed that the former one said.
        assert_eq!(trusted(&other), [false, false, false, true]);
    }

    #[test]
    fn what_was_withdrawn_stays_so_whatever_is_configured() {
        let (mut old, new) = (Signer::new("example", 15), Signer::new("example", 15));
        let mut tracker = Tracker::new(&anchors(&old));
        old.flags |= 0x0080;
        observe(&mut tracker, &published(&[&old, &new], &[&old]), 0);
        old.flags &= !0x0080;
        for configured in [&new, &old] {
            let restored = Tracker::restore(&anchors(configured), &tracker.compose()).unwrap();
            assert!(!trusts(&restored, &old));
        }
    }

    #[test]
    fn a_clock_that_was_ahead_makes_nobody_wait_for_years() {
        let (old, new) = (Signer::new("example", 15), Signer::new("example", 15));
        let mut tracker = Tracker::new(&anchors(&old));
        let both = published(&[&old, &new], &[&old]);
        observe(&mut tracker, &both, 365);
        assert!(observe(&mut tracker, &both, 0));
        assert!(!observe(&mut tracker, &both, 29));
        assert!(observe(&mut tracker, &both, 30));
        assert!(trusts(&tracker, &new));
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
