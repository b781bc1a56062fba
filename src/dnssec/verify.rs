//! Whether a set of records is as its zone signed it (RFC 4035 §5.3), and whose keys to believe (§5.2).

use super::anchor::Anchor;
use super::bogus::Bogus;
use super::delegation::DsSet;
use super::key::{Algorithms, Key, KeyData};
use super::signature::{Canonical, Signature, Validity, signed_labels};
use super::work::{FAILURES_OF_SET, KEY, OCTET, Work};
use crate::dns::{Name, RecordType, Rrset};

/// What the signature of a set says beside that the set is genuine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// For how many seconds the set may be kept: the least of its TTL, of the TTL that was signed, and of the time
    /// that the signature is still valid (RFC 4035 §5.3.3).
    pub ttl: u32,
    /// The closest encloser of the owner, where the set was made from the wildcard below it. It is genuine then
    /// only with a proof that nothing nearer exists (RFC 4035 §5.3.4):
    /// [`Denial::wildcard_answer`](super::Denial::wildcard_answer).
    pub wildcard: Option<Name>,
}

/// The keys of a zone, which its parent or a trust anchor vouches for.
pub struct ZoneKeys {
    zone: Name,
    keys: Vec<Key>,
    algorithms: Algorithms,
    ttl: u32,
    /// Of the signature over the keys.
    validity: Validity,
}

impl ZoneKeys {
    /// Judges the DNSKEY records of a zone by its DS records (RFC 4035 §5.2): a zone key that is not revoked, which a
    /// DS names, must sign the set. `now` is in seconds since 1970.
    ///
    /// The caller has made sure that the DS set [is usable](DsSet::is_usable); with one that is not, nothing is.
    pub fn from_ds(set: &Rrset, ds: &DsSet, now: u32, work: &mut Work) -> Result<Self, Bogus> {
        if *ds.zone() != set.owner {
            return Err(Bogus::NoTrustedKey);
        }
        Self::judge(set, ds.algorithms, now, work, |key, tag, work| ds.names(key, tag, work))
    }

    /// Judges the DNSKEY records of a zone by a trust anchor, as [`from_ds`](Self::from_ds) does by the parent.
    pub fn from_anchor(set: &Rrset, anchor: &Anchor, now: u32, work: &mut Work) -> Result<Self, Bogus> {
        if *anchor.zone() != set.owner {
            return Err(Bogus::NoTrustedKey);
        }
        Self::judge(set, anchor.ds.algorithms, now, work, |key, tag, work| anchor.names(key, tag, work))
    }

    /// The zone.
    pub fn zone(&self) -> &Name {
        &self.zone
    }

    /// The algorithms that count here, and below.
    pub fn algorithms(&self) -> Algorithms {
        self.algorithms
    }

    /// For how many seconds the keys may be kept.
    pub fn ttl(&self) -> u32 {
        self.ttl
    }

    /// By how much the clock of this machine would have to be off for the signature over the keys to be good, where it
    /// was and is no longer; as [`Bogus::clock_error`].
    pub fn clock_error(&self, now: u32) -> Option<i64> {
        self.validity.time_left(now).err()?.clock_error()
    }

    /// The octets that they take in memory, as estimated: a key ready to verify with is some 2 kB.
    pub fn weight(&self) -> usize {
        self.zone.as_wire().len() + 2048 * self.keys.len()
    }

    /// A key that nobody vouches for.
    #[cfg(test)]
    pub(super) fn unverified(zone: &str, key: &KeyData<'_>) -> Self {
        let (algorithms, validity) = (Algorithms::default(), Validity { inception: 0, expiration: 0 });
        Self { zone: super::testing::name(zone), keys: vec![Key::new(key)], algorithms, ttl: 0, validity }
    }

    fn judge(
        set: &Rrset,
        algorithms: Algorithms,
        now: u32,
        work: &mut Work,
        mut trusted: impl FnMut(&KeyData<'_>, u16, &mut Work) -> Result<bool, Bogus>,
    ) -> Result<Self, Bogus> {
        if set.rtype != RecordType::DNSKEY {
            return Err(Bogus::NoTrustedKey);
        }
        let (mut keys, mut entries) = (Vec::new(), 0);
        let mut reason = Bogus::NoTrustedKey;
        for data in set.data().filter_map(KeyData::parse) {
            // A key that was withdrawn, or cannot be used, is as if it were not there.
            if data.is_revoked() || !algorithms.include(data.algorithm()) {
                continue;
            }
            work.pay(KEY)?;
            let key = Key::new(&data);
            match trusted(&data, key.tag, work)? {
                true if key.is_zone_key => {
                    keys.insert(entries, key);
                    entries += 1;
                }
                true => reason = Bogus::NoZoneKey,
                false => keys.push(key),
            }
        }
        if entries == 0 {
            return Err(reason);
        }
        let signature = check(set, &set.owner, &keys[..entries], now, work)?;
        let validity = signature.validity();
        let ttl = verified(&signature, set, validity.time_left(now)?).ttl;
        Ok(Self { zone: set.owner.clone(), keys, algorithms, ttl, validity })
    }
}

impl std::fmt::Debug for ZoneKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ", self.zone)?;
        f.debug_list().entries(self.keys.iter().map(|key| (key.tag, key.algorithm))).finish()
    }
}

/// Judges a set of a zone by the zone's keys (RFC 4035 §5.3). `now` is in seconds since 1970.
///
/// One good signature is enough, by whichever algorithm (RFC 6840 §5.11).
pub fn verify(set: &Rrset, keys: &ZoneKeys, now: u32, work: &mut Work) -> Result<Verified, Bogus> {
    // The DS records at the top of a zone belong to its parent (RFC 4035 §2.4).
    if set.rtype == RecordType::DS && set.owner == keys.zone {
        return Err(Bogus::Unusable);
    }
    let signature = check(set, &keys.zone, &keys.keys, now, work)?;
    Ok(verified(&signature, set, signature.validity().time_left(now)?))
}

/// Judges the DNSKEY records of a zone by one of these keys alone, though it be revoked: that is how its holder
/// proves the revocation (RFC 5011 §2.1).
pub(super) fn is_signed_by(set: &Rrset, key: &KeyData<'_>, now: u32, work: &mut Work) -> bool {
    let ready = work.pay(KEY).map(|()| Key::new(key));
    ready.and_then(|key| check(set, &set.owner, &[key], now, work)).is_ok()
}

/// The first signature over a set that is good.
fn check<'a>(
    set: &'a Rrset,
    zone: &Name,
    keys: &[Key],
    now: u32,
    work: &mut Work,
) -> Result<Signature<'a>, Bogus> {
    if !set.owner.is_within(zone) {
        return Err(Bogus::Unusable);
    }
    let mut bench = Bench { set, keys, canonical: None, message: Vec::new(), failures: 0 };
    let mut reason = Bogus::Unsigned;
    for data in set.signatures() {
        let tried = match Signature::parse(data).filter(|signature| fits(signature, set, zone)) {
            // The time is looked at before any key is (RFC 4035 §5.3.1).
            Some(signature) => signature.validity().time_left(now).and_then(|_| {
                bench.try_keys(&signature, work)?;
                Ok(signature)
            }),
            None => Err(Bogus::Unusable),
        };
        match tried {
            Ok(signature) => return Ok(signature),
            Err(Bogus::Exhausted) => return Err(Bogus::Exhausted),
            Err(other) => reason = reason.or(other),
        }
    }
    Err(reason)
}

/// The conditions of RFC 4035 §5.3.1 that need neither clock nor key. Names and classes are equal as the signature
/// was found with the set.
fn fits(signature: &Signature<'_>, set: &Rrset, zone: &Name) -> bool {
    signature.is_by(zone)
        && signature.covered() == set.rtype
        && signature.labels() <= signed_labels(&set.owner)
        // A wildcard above the zone is none of the zone's.
        && signature.labels() >= zone.label_count()
        && Algorithms::ALL.include(signature.algorithm())
}

fn verified(signature: &Signature<'_>, set: &Rrset, left: u32) -> Verified {
    let ttl = set.ttl.min(signature.original_ttl()).min(left);
    let expanded = signature.labels() < signed_labels(&set.owner);
    Verified { ttl, wildcard: expanded.then(|| set.owner.ancestor(signature.labels())) }
}

/// What is prepared once for all signatures of a set.
struct Bench<'a> {
    set: &'a Rrset,
    keys: &'a [Key],
    canonical: Option<Canonical<'a>>,
    message: Vec<u8>,
    failures: u32,
}

impl Bench<'_> {
    /// Tries every key that the signature could be of (RFC 4035 §5.3.1): tags are no more than a hint.
    fn try_keys(&mut self, signature: &Signature<'_>, work: &mut Work) -> Result<(), Bogus> {
        let mut reason = Bogus::KeyMissing;
        let mut is_composed = false;
        for key in self.keys {
            if key.tag != signature.tag() || key.algorithm != signature.algorithm() {
                continue;
            }
            if !key.is_zone_key {
                reason = reason.or(Bogus::NoZoneKey);
                continue;
            }
            let canonical = self.canonical.get_or_insert_with(|| Canonical::new(self.set));
            work.pay(key.cost + OCTET * canonical.length() as u32)?;
            if !is_composed {
                canonical.compose(signature, &mut self.message);
                is_composed = true;
            }
            if key.verifies(&self.message, signature.signature()) {
                return Ok(());
            }
            work.fail()?;
            self.failures += 1;
            if self.failures >= FAILURES_OF_SET {
                return Err(Bogus::Exhausted);
            }
            reason = Bogus::Forged;
        }
        Err(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dnssec::signer;
    use crate::dnssec::testing::{NOW, Signer, TTL, Terms, name, unsigned, with_signatures};

    const A: RecordType = RecordType::A;

    fn judge(set: &Rrset, keys: &ZoneKeys) -> Result<Verified, Bogus> {
        verify(set, keys, NOW, &mut Work::new())
    }

    #[test]
    fn each_algorithm_verifies_what_the_oracle_signed() {
        for algorithm in [8, 10, 13, 14, 15] {
            let signer = Signer::new("example", algorithm);
            let keys = signer.judged(&[]);
            let set = signer.signed("www.example", A, &[&[192, 0, 2, 1]]);
            assert_eq!(judge(&set, &keys), Ok(Verified { ttl: TTL, wildcard: None }), "{algorithm}");
            let signatures: Vec<&[u8]> = set.signatures().collect();
            let other = with_signatures(&unsigned("www.example", A, &[&[192, 0, 2, 2]]), &signatures);
            assert_eq!(judge(&other, &keys), Err(Bogus::Forged), "{algorithm}");
        }
    }

    #[test]
    fn the_canonical_form_is_that_of_the_oracle() {
        let signer = Signer::new("EXAMPLE", 15);
        let keys = signer.judged(&[]);
        let soa =
            b"\x02NS\x07Example\0\x05ADMIN\x07example\0\0\0\0\x01\0\0\0\x02\0\0\0\x03\0\0\0\x04\0\0\0\x05";
        for (owner, rtype, data) in [
            ("WWW.Example", 1, &[&[192, 0, 2, 9][..], &[192, 0, 2, 1], &[192, 0, 2, 200]][..]),
            ("example", 2, &[b"\x02NS\x07EXAMPLE\0", b"\x02nt\x07example\0"]),
            ("alias.example", 5, &[b"\x03WWW\x07EXAMPLE\0"]),
            ("example", 6, &[soa]),
            ("example", 15, &[b"\0\x0a\x04MAIL\x07example\0", b"\0\x05\x05OTHER\x07example\0"]),
            ("text.example", 16, &[b"\x05HELLO", b"\x02hi", b"\x05Hello"]),
            ("_sip._udp.example", 33, &[b"\0\x01\0\x02\x13\xc4\x03SIP\x07EXAMPLE\0"]),
            ("example", 35, &[b"\0\x01\0\x02\x01U\x03E2U\x00\x04NEXT\x07EXAMPLE\0"]),
            ("any.example", 65_400, &[b"ABC", b"AB", b"abc"]),
            ("x.example", 64, &[b"\0\x01\x03SVC\x07Example\0"]),
        ] {
            let set = signer.signed(owner, RecordType(rtype), data);
            assert!(judge(&set, &keys).is_ok(), "{owner} {rtype}");
        }
    }

    #[test]
    fn records_are_ordered_in_lower_case() {
        // The oracle orders them as they are written (RFC 4034 §6.3 says otherwise).
        let signer = Signer::new("example", 15);
        let lower = signer.signed("example", RecordType::NS, &[b"\x02na\x00", b"\x02ns\x00"]);
        let mixed = unsigned("example", RecordType::NS, &[b"\x02NS\x00", b"\x02na\x00", b"\x02Na\x00"]);
        let signatures: Vec<&[u8]> = lower.signatures().collect();
        assert!(judge(&with_signatures(&mixed, &signatures), &signer.judged(&[])).is_ok());
    }

    #[test]
    fn the_least_ttl_counts() {
        let signer = Signer::new("example", 15);
        let keys = signer.judged(&[]);
        let mut set = unsigned("example", A, &[&[192, 0, 2, 1]]);
        for (ttl, original_ttl, left, least) in [(60, 90, 90, 60), (90, 60, 90, 60), (90, 90, 60, 60)] {
            set.ttl = ttl;
            let terms = Terms { original_ttl, expiration: NOW + left, ..Terms::of(&set) };
            let signed = with_signatures(&set, &[&signer.sign(&set, &terms)]);
            assert_eq!(judge(&signed, &keys).unwrap().ttl, least);
        }
    }

    #[test]
    fn wildcards_tell_their_closest_encloser() {
        let signer = Signer::new("example", 15);
        let keys = signer.judged(&[]);
        let expanded = |owner, labels| {
            let set = unsigned(owner, A, &[&[192, 0, 2, 1]]);
            let signature = signer.sign(&set, &Terms { labels, ..Terms::of(&set) });
            judge(&with_signatures(&set, &[&signature]), &keys).map(|verified| verified.wildcard)
        };
        assert_eq!(expanded("a.b.example", 1), Ok(Some(name("example"))));
        assert_eq!(expanded("a.b.example", 2), Ok(Some(name("b.example"))));
        assert_eq!(expanded("*.b.example", 2), Ok(None));
        assert_eq!(expanded("*.b.example", 1), Ok(Some(name("example"))));
        assert_eq!(expanded("a.b.example", 3), Ok(None));
        assert_eq!(expanded("a.b.example", 0), Err(Bogus::Unusable));
    }

    #[test]
    fn the_signer_is_a_zone_at_or_above_the_owner() {
        let (parent, other) = (Signer::new("example", 15), Signer::new("test", 15));
        let set = parent.signed("a.b.example", A, &[&[192, 0, 2, 1]]);
        let strange = other.sign(&set, &Terms::of(&set));
        let both = with_signatures(&set, &[b"", &strange, set.signatures().next().unwrap()]);
        assert_eq!(signer(&both), Some(name("example")));
        assert_eq!(signer(&with_signatures(&set, &[&strange])), None);
    }

    #[test]
    fn more_labels_than_the_owner_has_are_refused() {
        let signer = Signer::new("example", 15);
        let set = signer.signed("a.example", A, &[&[192, 0, 2, 1]]);
        let mut signature = set.signatures().next().unwrap().to_vec();
        signature[3] = 3;
        assert_eq!(judge(&with_signatures(&set, &[&signature]), &signer.judged(&[])), Err(Bogus::Unusable));
    }

    #[test]
    fn times_are_judged_as_serial_numbers() {
        let signer = Signer::new("example", 15);
        let keys = signer.judged(&[]);
        let set = unsigned("example", A, &[&[192, 0, 2, 1]]);
        let at = |inception: u32, expiration: u32, now: u32| {
            let signature = signer.sign(&set, &Terms { inception, expiration, ..Terms::of(&set) });
            verify(&with_signatures(&set, &[&signature]), &keys, now, &mut Work::new())
        };
        assert_eq!(at(100, 200, 201), Err(Bogus::Expired { seconds_ago: 1 }));
        assert_eq!(at(100, 200, 99), Err(Bogus::NotYetValid { in_seconds: 1 }));
        assert_eq!(at(200, 100, 150), Err(Bogus::Inverted));
        assert!(at(100, 200, 100).is_ok() && at(100, 200, 200).is_ok());
        // Over the end of the numbers.
        assert!(at(u32::MAX - 10, 10, u32::MAX).is_ok() && at(u32::MAX - 10, 10, 5).is_ok());
    }

    #[test]
    fn the_most_telling_reason_is_given() {
        let (signer, other) = (Signer::new("example", 15), Signer::new("example", 15));
        let keys = signer.judged(&[]);
        let set = unsigned("example", A, &[&[192, 0, 2, 1]]);
        assert_eq!(judge(&set, &keys), Err(Bogus::Unsigned));
        let strange = other.sign(&set, &Terms::of(&set));
        assert_eq!(judge(&with_signatures(&set, &[&strange]), &keys), Err(Bogus::KeyMissing));
        let expired = signer.sign(&set, &Terms { expiration: NOW - 1, ..Terms::of(&set) });
        let reason = judge(&with_signatures(&set, &[&expired, b"\0\x01"]), &keys);
        assert_eq!(reason, Err(Bogus::Expired { seconds_ago: 1 }));
        // A good one among bad ones is enough.
        let good = signer.sign(&set, &Terms::of(&set));
        assert!(judge(&with_signatures(&set, &[&strange, &expired, b"", &good]), &keys).is_ok());
        // One of another type, zone or name covers nothing here.
        let covered = Terms { covered: RecordType::TXT, ..Terms::of(&set) };
        let text = signer.sign(&set, &covered);
        assert_eq!(judge(&with_signatures(&set, &[&text]), &keys), Err(Bogus::Unusable));
        let above = signer.signed("test", A, &[&[192, 0, 2, 1]]);
        assert_eq!(judge(&above, &keys), Err(Bogus::Unusable));
    }

    #[test]
    fn keys_are_judged_by_ds_records_of_each_digest() {
        let signer = Signer::new("example", 13);
        let other = Signer::new("example", 15);
        for digest_type in [1, 2, 4] {
            let ds = DsSet::parse(&signer.ds(digest_type), Algorithms::default());
            assert!(ds.is_usable());
            assert!(ZoneKeys::from_ds(&signer.keys(&[&other]), &ds, NOW, &mut Work::new()).is_ok());
            let judged = ZoneKeys::from_ds(&other.keys(&[]), &ds, NOW, &mut Work::new());
            assert_eq!(judged.unwrap_err(), Bogus::NoTrustedKey);
            // Signed by a key that the parent does not name.
            let judged = ZoneKeys::from_ds(&other.keys(&[&signer]), &ds, NOW, &mut Work::new());
            assert_eq!(judged.unwrap_err(), Bogus::KeyMissing);
        }
    }

    #[test]
    fn keys_without_a_signature_are_bogus() {
        let signer = Signer::new("example", 15);
        let ds = DsSet::parse(&signer.ds(2), Algorithms::default());
        let bare = with_signatures(&signer.keys(&[]), &[]);
        assert_eq!(ZoneKeys::from_ds(&bare, &ds, NOW, &mut Work::new()).unwrap_err(), Bogus::Unsigned);
    }

    #[test]
    fn weak_digests_are_ignored_beside_strong_ones() {
        let (signer, other) = (Signer::new("example", 15), Signer::new("example", 15));
        let (weak, strong) = (signer.ds(1), other.ds(2));
        let both = Rrset::new(name("example"), RecordType::DS, 1, weak.data().chain(strong.data()), []);
        let ds = DsSet::parse(&both, Algorithms::default());
        let judged = ZoneKeys::from_ds(&signer.keys(&[]), &ds, NOW, &mut Work::new());
        assert_eq!(judged.unwrap_err(), Bogus::NoTrustedKey);
    }

    #[test]
    fn revoked_keys_and_those_of_no_zone_are_not_used() {
        let mut signer = Signer::new("example", 15);
        for (flags, reason) in [(0x0181, Bogus::NoTrustedKey), (0x0001, Bogus::NoZoneKey)] {
            signer.flags = flags;
            let ds = DsSet::parse(&signer.ds(2), Algorithms::default());
            let judged = ZoneKeys::from_ds(&signer.keys(&[]), &ds, NOW, &mut Work::new());
            assert_eq!(judged.unwrap_err(), reason);
        }
        let (entry, mut zone) = (Signer::new("example", 15), Signer::new("example", 15));
        zone.flags = 0;
        let set = zone.signed("example", A, &[&[192, 0, 2, 1]]);
        assert_eq!(judge(&set, &entry.judged(&[&zone])), Err(Bogus::NoZoneKey));
        zone.flags = 256;
        let set = zone.signed("example", A, &[&[192, 0, 2, 1]]);
        assert!(judge(&set, &entry.judged(&[&zone])).is_ok());
    }

    #[test]
    fn ds_records_are_signed_by_the_parent() {
        let (parent, child) = (Signer::new("example", 15), Signer::new("a.example", 15));
        let ds = child.ds(2);
        let data: Vec<&[u8]> = ds.data().collect();
        assert!(judge(&parent.signed("a.example", RecordType::DS, &data), &parent.judged(&[])).is_ok());
        let own = child.signed("a.example", RecordType::DS, &data);
        assert_eq!(judge(&own, &child.judged(&[])), Err(Bogus::Unusable));
    }

    #[test]
    fn colliding_tags_are_tried_within_bounds() {
        // Swapping two pairs of octets of a key keeps its tag.
        let signer = Signer::new("example", 15);
        let mut data = vec![signer.dnskey()];
        for swap in 0..8 {
            let mut twin = data[0].clone();
            for at in 0..2 {
                twin.swap(4 + at, 8 + 2 * swap + at);
            }
            data.push(twin);
        }
        let ds = DsSet::parse(&signer.ds(2), Algorithms::default());
        let judged = |keys: &[Vec<u8>]| {
            let keys: Vec<&[u8]> = keys.iter().map(Vec::as_slice).collect();
            let set = signer.signed("example", RecordType::DNSKEY, &keys);
            ZoneKeys::from_ds(&set, &ds, NOW, &mut Work::new()).unwrap()
        };
        let set = signer.signed("example", A, &[&[192, 0, 2, 1]]);
        assert!(judge(&set, &judged(&[data[1].clone(), data[0].clone()])).is_ok());
        // The entry stands first among the keys, so a signature that is forged meets all of them.
        let mut forged = set.signatures().next().unwrap().to_vec();
        *forged.last_mut().unwrap() ^= 1;
        let forged = with_signatures(&set, &[&forged]);
        assert_eq!(judge(&forged, &judged(&data[..2])), Err(Bogus::Forged));
        assert_eq!(judge(&forged, &judged(&data)), Err(Bogus::Exhausted));
    }

    #[test]
    fn a_question_has_only_so_much_work() {
        let signer = Signer::new("example", 15);
        let keys = signer.judged(&[]);
        let set = signer.signed("example", A, &[&[192, 0, 2, 1]]);
        let mut work = Work::new();
        let verified = (0..10_000).take_while(|_| verify(&set, &keys, NOW, &mut work).is_ok()).count();
        assert!((100..400).contains(&verified), "{verified}");
        assert_eq!(verify(&set, &keys, NOW, &mut work), Err(Bogus::Exhausted));
    }
}
