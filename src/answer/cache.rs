//! The wire cache: answers kept as composed sections, ready to be copied behind any client's question.
//!
//! A table of sets with [`WAYS`] places each. A reader scans the tags of one set (one cache line) and takes a
//! counted pointer without a lock, so no writer can hold it up. Writers, on the resolver's side, replace whole
//! entries. Memory is bounded in octets: what is expired goes first, then what was not used since the hand last
//! passed, so that a scan of names asked once does not push out what is asked often.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};

use arc_swap::{ArcSwapOption, Guard};

use crate::dns::{ExtendedError, Query, Rcode, RecordType};
use crate::policy::{Nat64, Policy};

const WAYS: usize = 8;
/// One set for this many octets of the limit: entries of common size then fill about the ways that there are.
const OCTETS_A_SET: usize = 2048;
/// What lives for fewer seconds is not worth asking for before it is needed.
const SHORTEST_REFRESHED: u32 = 10;

/// What an answer is kept under: equal questions whose answers may not mix differ here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key<'k> {
    /// 64 keyed bits of the name's hash.
    pub place: u64,
    /// QNAME, uncompressed and in lower case.
    pub name: &'k [u8],
    pub flavour: Flavour,
}

/// What answers for one name differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flavour {
    pub rtype: RecordType,
    pub dnssec_ok: bool,
    pub checking_disabled: bool,
    /// What addresses were made with; none for an answer as it was found.
    pub made_with: Option<Nat64>,
}

impl Flavour {
    pub(super) fn of(query: &Query<'_>, made_with: Option<Nat64>) -> Self {
        let (dnssec_ok, checking_disabled) = (query.dnssec_ok(), query.checking_disabled());
        Self { rtype: query.rtype(), dnssec_ok, checking_disabled, made_with }
    }
}

impl Key<'_> {
    /// Never 0, which marks an empty place.
    fn tag(&self) -> u64 {
        let Flavour { rtype, dnssec_ok, checking_disabled, made_with } = self.flavour;
        let flags = u64::from(made_with.is_some()) << 18
            | u64::from(dnssec_ok) << 17
            | u64::from(checking_disabled) << 16;
        (self.place ^ (u64::from(rtype.0) | flags)) | 1
    }
}

/// A cached answer.
#[derive(Debug)]
pub(super) struct Entry {
    pub name: Box<[u8]>,
    pub flavour: Flavour,
    pub rcode: Rcode,
    pub authentic: bool,
    pub counts: [u16; 2],
    /// Answer and authority as [`crate::dns::Composer`] wrote them behind this question.
    pub sections: Box<[u8]>,
    pub errors: Box<[ExtendedError]>,
    /// Names that the aliases lead to, uncompressed and in lower case.
    pub chain: Box<[Box<[u8]>]>,
    /// Monotonic seconds.
    pub stored: u32,
    /// Monotonic seconds; from then on the entry is not used.
    pub expires: u32,
    /// The generation whose lists, all of them, say nothing of the chain or the addresses; 0 for none yet.
    pub clean: AtomicU64,
    pub used: AtomicBool,
    /// Whether somebody was told to ask anew.
    pub refreshed: AtomicBool,
}

impl Entry {
    fn octets(&self) -> usize {
        let names: usize = self.chain.iter().map(|name| name.len() + size_of::<Box<[u8]>>()).sum();
        let errors: usize =
            self.errors.iter().map(|error| size_of::<ExtendedError>() + error.text.len()).sum();
        // Two counters of the pointer stand in front of the entry.
        size_of::<Self>() + 2 * size_of::<usize>() + self.name.len() + self.sections.len() + names + errors
    }

    /// Marks the entry as used; writes only when that is news, so that cores do not fight over the line.
    pub(super) fn touch(&self) {
        if !self.used.load(Relaxed) {
            self.used.store(true, Relaxed);
        }
    }

    /// Whether the last tenth of its life has begun and nobody was told to ask anew yet: says so once.
    pub(super) fn claim_refresh(&self, now: u32) -> bool {
        let (life, left) = (self.expires.saturating_sub(self.stored), self.expires.saturating_sub(now));
        life >= SHORTEST_REFRESHED
            && left <= life / 10
            && !self.refreshed.load(Relaxed)
            && !self.refreshed.swap(true, Relaxed)
    }

    pub(super) fn is_clean_for(&self, policy: &Policy) -> bool {
        self.clean.load(Relaxed) == policy.generation
    }
}

/// One line of tags, one of pointers.
#[repr(align(64))]
#[derive(Default)]
struct Set {
    tags: [AtomicU64; WAYS],
    places: [ArcSwapOption<Entry>; WAYS],
}

/// How much is cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheSize {
    /// Answers.
    pub entries: usize,
    /// Memory, the table's own included.
    pub octets: usize,
    /// What memory may not exceed for longer than one insertion.
    pub limit: usize,
}

pub(super) struct Cache {
    sets: Box<[Set]>,
    entries: AtomicUsize,
    octets: AtomicUsize,
    limit: usize,
    hand: AtomicUsize,
}

impl Cache {
    /// A cache of at most `limit` octets; 0 for one that keeps nothing.
    pub(super) fn new(limit: usize) -> Self {
        let sets: Box<[Set]> = (0..limit / OCTETS_A_SET).map(|_| Set::default()).collect();
        let octets = AtomicUsize::new(size_of_val(&*sets));
        Self { sets, entries: AtomicUsize::new(0), octets, limit, hand: AtomicUsize::new(0) }
    }

    pub(super) fn size(&self) -> CacheSize {
        CacheSize {
            entries: self.entries.load(Relaxed),
            octets: self.octets.load(Relaxed),
            limit: self.limit,
        }
    }

    /// The answer kept under `key` that has not expired at `now`, in monotonic seconds.
    pub(super) fn find(&self, key: &Key<'_>, now: u32) -> Option<Guard<Option<Arc<Entry>>>> {
        let set = self.set(key)?;
        let tag = key.tag();
        for (known, place) in set.tags.iter().zip(&set.places) {
            if known.load(Relaxed) == tag {
                let entry = place.load();
                if entry.as_ref().is_some_and(|entry| entry.matches(key) && now < entry.expires) {
                    return Some(entry);
                }
            }
        }
        None
    }

    /// Keeps an answer, in place of an older one for the same question.
    pub(super) fn insert(&self, key: &Key<'_>, entry: Entry) {
        let Some(set) = self.set(key) else { return };
        let now = entry.stored;
        let way = set.way_for(key, now);
        let octets = entry.octets();
        self.octets.fetch_add(octets, Relaxed);
        self.entries.fetch_add(1, Relaxed);
        self.put(set, way, key.tag(), Some(Arc::new(entry)));
        self.shrink(now);
    }

    /// Shows every answer, expired ones too.
    pub(super) fn visit(&self, mut visitor: impl FnMut(&Arc<Entry>)) {
        let places = self.sets.iter().flat_map(|set| &set.places);
        places.for_each(|place| _ = place.load().as_ref().map(&mut visitor));
    }

    /// Forgets the answers that are `doomed`, and says how many those were.
    pub(super) fn forget(&self, doomed: impl Fn(&Entry) -> bool) -> usize {
        let mut count = 0;
        for set in &self.sets {
            for way in 0..WAYS {
                if set.places[way].load().as_ref().is_some_and(|entry| doomed(entry)) {
                    self.put(set, way, 0, None);
                    count += 1;
                }
            }
        }
        count
    }

    /// Lets the hand go round until memory is within its limit, at most twice: at the second pass nothing counts
    /// as used any more.
    fn shrink(&self, now: u32) {
        for _ in 0..2 * self.sets.len() {
            if self.octets.load(Relaxed) <= self.limit {
                return;
            }
            let set = &self.sets[self.hand.fetch_add(1, Relaxed) % self.sets.len()];
            for way in 0..WAYS {
                let Some(entry) = &*set.places[way].load() else { continue };
                if entry.expires <= now || !entry.used.swap(false, Relaxed) {
                    self.put(set, way, 0, None);
                }
            }
        }
    }

    fn put(&self, set: &Set, way: usize, tag: u64, entry: Option<Arc<Entry>>) {
        if let Some(old) = set.places[way].swap(entry) {
            self.octets.fetch_sub(old.octets(), Relaxed);
            self.entries.fetch_sub(1, Relaxed);
        }
        set.tags[way].store(tag, Relaxed);
    }

    fn set(&self, key: &Key<'_>) -> Option<&Set> {
        let index = (u128::from(key.place) * self.sets.len() as u128) >> 64;
        self.sets.get(index as usize)
    }
}

impl Entry {
    fn matches(&self, key: &Key<'_>) -> bool {
        self.flavour == key.flavour && *self.name == *key.name
    }
}

impl Set {
    /// Where a new entry goes: over its predecessor, else an empty place, else an expired one, else one not used
    /// of late, else (and then all have to prove themselves again) one by chance of the hash.
    fn way_for(&self, key: &Key<'_>, now: u32) -> usize {
        let mut best = (4, (key.place >> 32) as usize % WAYS);
        for (way, place) in self.places.iter().enumerate() {
            let rank = match &*place.load() {
                Some(entry) if entry.matches(key) => 0,
                None => 1,
                Some(entry) if entry.expires <= now => 2,
                Some(entry) if !entry.used.load(Relaxed) => 3,
                Some(_) => 5,
            };
            if rank < best.0 {
                best = (rank, way);
            }
        }
        if best.0 == 4 {
            for entry in self.places.iter().filter_map(|place| place.load_full()) {
                entry.used.store(false, Relaxed);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Flavour =
        Flavour { rtype: RecordType::A, dnssec_ok: false, checking_disabled: false, made_with: None };

    fn key(number: u64, name: &[u8]) -> Key<'_> {
        let place = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Key { place, name, flavour: PLAIN }
    }

    fn entry(key: &Key<'_>, stored: u32, expires: u32, length: usize) -> Entry {
        Entry {
            name: key.name.into(),
            flavour: key.flavour,
            rcode: Rcode::NOERROR,
            authentic: false,
            counts: [0; 2],
            sections: vec![0; length].into(),
            errors: Box::new([]),
            chain: Box::new([]),
            stored,
            expires,
            clean: AtomicU64::new(0),
            used: AtomicBool::new(false),
            refreshed: AtomicBool::new(false),
        }
    }

    fn found(cache: &Cache, key: &Key<'_>, now: u32) -> bool {
        cache.find(key, now).is_some()
    }

    #[test]
    fn what_was_put_in_is_found_until_it_expires() {
        let cache = Cache::new(1 << 20);
        let name = b"\x01a\0";
        let key = key(1, name);
        cache.insert(&key, entry(&key, 10, 20, 50));
        assert!(found(&cache, &key, 19));
        assert!(!found(&cache, &key, 20));
        for flavour in [
            Flavour { rtype: RecordType::AAAA, ..PLAIN },
            Flavour { dnssec_ok: true, ..PLAIN },
            Flavour { checking_disabled: true, ..PLAIN },
            Flavour { made_with: Some(Nat64::WELL_KNOWN), ..PLAIN },
        ] {
            assert!(!found(&cache, &Key { flavour, ..key }, 19), "{flavour:?}");
        }
        assert!(!found(&cache, &Key { name: b"\x01b\0", ..key }, 19));
    }

    #[test]
    fn the_last_tenth_of_a_life_is_claimed_once() {
        let key = key(1, b"\x01a\0");
        for (life, first) in [(9, None), (10, Some(9)), (19, Some(18)), (60, Some(54)), (u32::MAX, None)] {
            let entry = entry(&key, 100, 100_u32.saturating_add(life), 1);
            let claims: Vec<u32> = (0..60.min(life)).filter(|age| entry.claim_refresh(100 + age)).collect();
            assert_eq!(claims, Vec::from_iter(first), "{life}");
        }
    }

    #[test]
    fn a_newer_answer_takes_the_place_of_the_older() {
        let cache = Cache::new(1 << 20);
        let key = key(1, b"\x01a\0");
        cache.insert(&key, entry(&key, 0, 10, 50));
        let before = cache.size();
        cache.insert(&key, entry(&key, 5, 15, 50));
        assert_eq!(cache.size(), before);
        assert!(found(&cache, &key, 12));
    }

    #[test]
    fn memory_stays_within_its_limit_and_what_is_used_stays() {
        let cache = Cache::new(256 << 10);
        let names: Vec<Vec<u8>> =
            (0..20_000_u32).map(|n| [&[4][..], &n.to_be_bytes(), &[0]].concat()).collect();
        let favourite = key(0, &names[0]);
        cache.insert(&favourite, entry(&favourite, 0, 1000, 50));
        for (number, name) in names.iter().enumerate().skip(1) {
            if let Some(entry) = cache.find(&favourite, 1).as_ref().and_then(|guard| guard.as_ref()) {
                entry.touch();
            }
            let key = key(number as u64, name);
            cache.insert(&key, entry(&key, 1, 1000, 50));
            assert!(cache.size().octets <= cache.size().limit);
        }
        assert!(found(&cache, &favourite, 1));
        assert!(cache.size().entries > 500, "{:?}", cache.size());
    }

    #[test]
    fn what_is_forgotten_takes_no_room() {
        let cache = Cache::new(1 << 20);
        let empty = cache.size();
        for (number, name) in [(1, b"\x01a\0"), (2, b"\x01b\0")] {
            let key = key(number, name);
            cache.insert(&key, entry(&key, 0, 10, 50));
        }
        assert_eq!(cache.forget(|entry| *entry.name == *b"\x01a\0"), 1);
        assert!(!found(&cache, &key(1, b"\x01a\0"), 1) && found(&cache, &key(2, b"\x01b\0"), 1));
        assert_eq!(cache.forget(|_| true), 1);
        assert_eq!(cache.size(), empty);
    }

    #[test]
    fn a_cache_of_nothing_keeps_nothing() {
        let cache = Cache::new(0);
        let key = key(1, b"\x01a\0");
        cache.insert(&key, entry(&key, 0, 10, 50));
        assert!(!found(&cache, &key, 1));
    }
}
