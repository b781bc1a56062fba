//! The wire cache: answers kept as composed sections, ready to be copied behind any client's question.
//!
//! A table of sets with [`WAYS`] places each. A reader scans the tags of one set (one line of the processor's cache)
//! and takes a counted pointer without a lock, so no writer can hold it up. Writers, on the resolver's side, replace
//! whole entries and exclude each other by a lock for each set.
//!
//! Memory is bounded in octets. A hand goes round the table, a few sets at an insertion, and takes out what has expired
//! and what was not asked for since it was put in or since the hand last passed; what was asked for loses one of up to
//! [`MOST_USES`] uses. So a scan of names that are asked for once pushes out its own names and no other, and no
//! insertion does more than a small number of steps: an answer for which those make no room is not kept, and the
//! steps that were done for it are room for the next.

use std::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use arc_swap::{ArcSwapAny, Guard};

use super::entry::{Entry, Flavour, Key, Packed};
use crate::memory::prefetch;

const WAYS: usize = 16;
/// Octets that a processor fetches at once.
const LINE: usize = 64;
/// One set for this many octets of the limit: entries of common size then fill about three quarters of the places.
const OCTETS_A_SET: usize = 2560;
/// How often an entry is passed by the hand that was asked for as often.
const MOST_USES: u8 = 3;
/// Sets that the hand goes on at an insertion, at most, and one more for each so many octets of the new entry.
const STEPS: usize = 8;
const OCTETS_A_STEP: usize = 256;

/// Four lines of the processor's cache: what a reader looks at first, with the line that it likely needs next beside it,
/// as lines are fetched by twos; and what only writers need at the end.
#[repr(C, align(128))]
#[derive(Default)]
struct Set {
    /// 0 for an empty place.
    tags: [AtomicU16; WAYS],
    uses: [AtomicU8; WAYS],
    /// Held by who changes the set.
    writer: Mutex<()>,
    places: [ArcSwapAny<Option<Packed>>; WAYS],
    expires: [AtomicU32; WAYS],
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

/// An answer that was found.
pub(super) struct Hit<'c> {
    guard: Guard<Option<Packed>>,
    uses: &'c AtomicU8,
}

impl Hit<'_> {
    /// The answer; always there.
    pub(super) fn entry(&self) -> Option<Entry<'_>> {
        self.guard.as_ref().map(Entry::of)
    }

    /// Marks the answer as asked for; writes only while that is news, so that cores do not fight over the line.
    pub(super) fn touch(&self) {
        let uses = self.uses.load(Relaxed);
        if uses < MOST_USES {
            self.uses.store(uses + 1, Relaxed);
        }
    }
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
    pub(super) fn find(&self, key: &Key, now: u32) -> Option<Hit<'_>> {
        let set = self.set(key.place)?;
        let tag = tag(key);
        for (way, known) in set.tags.iter().enumerate() {
            if known.load(Relaxed) == tag {
                let hit = Hit { guard: set.places[way].load(), uses: &set.uses[way] };
                if hit.entry().is_some_and(|entry| now < entry.expires && entry.answers(key)) {
                    return Some(hit);
                }
            }
        }
        None
    }

    /// Asks for the memory of a name's set, all of it that a reader may need.
    pub(super) fn approach(&self, place: u64) {
        if let Some(set) = self.set(place) {
            prefetch(set);
            prefetch(&set.places[WAYS / 2]);
            prefetch(&set.places[WAYS - 1]);
        }
    }

    /// Asks for what may be the answer to a question there.
    pub(super) fn reach(&self, key: &Key) {
        let Some(set) = self.set(key.place) else { return };
        let tag = tag(key);
        let way = set.tags.iter().position(|known| known.load(Relaxed) == tag);
        if let Some(packed) = way.and_then(|way| set.places[way].load().as_ref().map(Packed::heap_ptr)) {
            // An answer of one address is nearly as long as two lines, and seldom begins where a line does.
            for octet in [0, LINE, 2 * LINE - 1] {
                prefetch(packed.wrapping_byte_add(octet));
            }
        }
    }

    /// Keeps an answer, in place of an older one for the same question, as far as there is room.
    pub(super) fn insert(&self, key: &Key, packed: Packed) {
        let Some(set) = self.set(key.place) else { return };
        let entry = Entry::of(&packed);
        let (octets, now) = (entry.octets(), entry.stored);
        // Before the set is locked: the hand locks others, and never two at once.
        let has_room = self.make_room(octets, now);
        let held = set.lock();
        let older = set.way_of(key);
        match (has_room, older) {
            (false, None) => {}
            // What is known to be out of date is no better than nothing.
            (false, Some(way)) => self.put(set, &held, way, 0, None),
            (true, older) => {
                let way = older.unwrap_or_else(|| set.victim(&held, key.place, now));
                set.expires[way].store(entry.expires, Relaxed);
                self.entries.fetch_add(1, Relaxed);
                self.put(set, &held, way, tag(key), Some(packed));
                if older.is_none() {
                    set.uses[way].store(0, Relaxed);
                }
            }
        }
    }

    /// Shows every answer for the name whose hash is at `place`, expired ones too, and maybe others.
    pub(super) fn visit(&self, place: u64, mut visitor: impl FnMut(Entry<'_>)) {
        let places = self.set(place).into_iter().flat_map(|set| &set.places);
        places.for_each(|place| _ = place.load().as_ref().map(|packed| visitor(Entry::of(packed))));
    }

    /// Forgets the answers that are `doomed`, and says how many those were.
    pub(super) fn forget(&self, doomed: impl Fn(Entry<'_>) -> bool) -> usize {
        let is_doomed =
            |set: &Set, way: usize| set.places[way].load().as_ref().map(Entry::of).is_some_and(&doomed);
        let mut count = 0;
        for set in &self.sets {
            let held = set.lock();
            for way in (0..WAYS).filter(|way| is_doomed(set, *way)) {
                self.put(set, &held, way, 0, None);
                count += 1;
            }
        }
        count
    }

    /// Claims so many octets, and lets the hand go on until they are within the limit; where it has gone far enough
    /// before that, they are given back.
    fn make_room(&self, octets: usize, now: u32) -> bool {
        self.octets.fetch_add(octets, Relaxed);
        let is_within = || self.octets.load(Relaxed) <= self.limit;
        for _ in 0..STEPS + octets / OCTETS_A_STEP {
            if is_within() {
                return true;
            }
            self.step(now);
        }
        is_within() || {
            self.octets.fetch_sub(octets, Relaxed);
            false
        }
    }

    /// Lets the hand pass one set.
    fn step(&self, now: u32) {
        let set = &self.sets[self.hand.fetch_add(1, Relaxed) % self.sets.len()];
        let held = set.lock();
        for way in (0..WAYS).filter(|way| set.tags[*way].load(Relaxed) != 0) {
            let (uses, expires) = (set.uses[way].load(Relaxed), set.expires[way].load(Relaxed));
            if uses == 0 || expires <= now {
                self.put(set, &held, way, 0, None);
            } else {
                set.uses[way].store(uses - 1, Relaxed);
            }
        }
    }

    fn put(&self, set: &Set, _held: &MutexGuard<'_, ()>, way: usize, tag: u16, packed: Option<Packed>) {
        if let Some(old) = set.places[way].swap(packed) {
            self.octets.fetch_sub(Entry::of(&old).octets(), Relaxed);
            self.entries.fetch_sub(1, Relaxed);
        }
        set.tags[way].store(tag, Relaxed);
    }

    fn set(&self, place: u64) -> Option<&Set> {
        let index = (u128::from(place) * self.sets.len() as u128) >> 64;
        self.sets.get(index as usize)
    }
}

/// Never 0, which marks an empty place. All of a name are in one set, so that what they differ in is here.
fn tag(key: &Key) -> u16 {
    let Flavour { rtype, dnssec_ok, checking_disabled, made_with } = key.flavour;
    let flags = u64::from(made_with.is_some()) << 18
        | u64::from(dnssec_ok) << 17
        | u64::from(checking_disabled) << 16;
    let mixed = (key.place ^ (u64::from(rtype.0) | flags)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 48) as u16 | 1
}

impl Set {
    fn lock(&self) -> MutexGuard<'_, ()> {
        // Whoever panicked had changed one place after the other, each of which is whole.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the answer to a question is, expired or not.
    fn way_of(&self, key: &Key) -> Option<usize> {
        let tag = tag(key);
        let answers = |way: &usize| {
            self.places[*way].load().as_ref().is_some_and(|packed| Entry::of(packed).answers(key))
        };
        (0..WAYS).filter(|way| self.tags[*way].load(Relaxed) == tag).find(answers)
    }

    /// Where a new entry goes: into the first empty place, else over an expired one, else over the one that was asked
    /// for the least; then all others have to prove themselves again as far as that one had.
    fn victim(&self, _held: &MutexGuard<'_, ()>, place: u64, now: u32) -> usize {
        if let Some(empty) = self.tags.iter().position(|tag| tag.load(Relaxed) == 0) {
            return empty;
        }
        let worth = |way: &usize| match self.expires[*way].load(Relaxed) > now {
            true => 1 + self.uses[*way].load(Relaxed),
            false => 0,
        };
        // Between equals chance decides, from bits that are in neither the set's number nor the tag.
        let start = (place >> 8) as usize;
        let way = (0..WAYS).map(|way| (start + way) % WAYS).min_by_key(worth).unwrap_or_default();
        let proven = worth(&way).saturating_sub(1);
        for uses in self.uses.iter().filter(|_| proven > 0) {
            uses.store(uses.load(Relaxed).saturating_sub(proven), Relaxed);
        }
        way
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::super::entry::Parts;
    use super::*;
    use crate::dns::{Rcode, RecordType};
    use crate::policy::Nat64;

    const PLAIN: Flavour =
        Flavour { rtype: RecordType::A, dnssec_ok: false, checking_disabled: false, made_with: None };

    fn mixed(number: u64) -> u64 {
        let mixed = (number ^ number >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
    }

    fn name(number: u64) -> Vec<u8> {
        [&[8][..], &number.to_be_bytes(), &[0]].concat()
    }

    fn key(number: u64) -> Key {
        Key { place: mixed(number), fingerprint: number, flavour: PLAIN }
    }

    fn packed(key: &Key, (stored, expires): (u32, u32), sections: &[u8]) -> Packed {
        let parts = Parts {
            key: *key,
            name: &name(key.fingerprint),
            rcode: Rcode::NOERROR,
            authentic: false,
            counts: [0; 2],
            sections,
            errors: Box::default(),
            chain: &[],
            stored,
            expires,
        };
        parts.pack()
    }

    fn insert(cache: &Cache, number: u64, times: (u32, u32), length: usize) {
        let key = key(number);
        cache.insert(&key, packed(&key, times, &vec![0; length]));
    }

    /// Asks for an answer, as a client does.
    fn ask(cache: &Cache, number: u64, now: u32) -> bool {
        let hit = cache.find(&key(number), now);
        hit.inspect(Hit::touch).is_some()
    }

    #[test]
    fn what_was_put_in_is_found_until_it_expires() {
        let cache = Cache::new(1 << 20);
        let key = key(1);
        cache.insert(&key, packed(&key, (10, 20), &[]));
        assert!(cache.find(&key, 19).is_some() && cache.find(&key, 20).is_none());
        for flavour in [
            Flavour { rtype: RecordType::AAAA, ..PLAIN },
            Flavour { dnssec_ok: true, ..PLAIN },
            Flavour { checking_disabled: true, ..PLAIN },
            Flavour { made_with: Some(Nat64::WELL_KNOWN), ..PLAIN },
        ] {
            assert!(cache.find(&Key { flavour, ..key }, 19).is_none(), "{flavour:?}");
        }
        assert!(cache.find(&Key { fingerprint: 2, ..key }, 19).is_none());
    }

    #[test]
    fn a_newer_answer_takes_the_place_of_the_older() {
        let cache = Cache::new(1 << 20);
        insert(&cache, 1, (0, 10), 50);
        let before = cache.size();
        insert(&cache, 1, (5, 15), 50);
        assert_eq!(cache.size(), before);
        assert!(ask(&cache, 1, 12));
    }

    #[test]
    fn what_is_asked_for_often_outlives_a_scan() {
        let cache = Cache::new(1 << 20);
        let (often, scanned) = (0..3_000, 3_000..103_000);
        for number in often.clone() {
            insert(&cache, number, (0, 1_000), 16);
            (0..4).for_each(|_| _ = ask(&cache, number, 1));
        }
        let present = |cache: &Cache| often.clone().filter(|number| ask(cache, *number, 1)).count();
        assert!(present(&cache) > 2_990, "{}", present(&cache));
        for number in scanned {
            insert(&cache, number, (1, 1_000), 16);
            // Each of them is asked for once while the scan puts in as many names as fit.
            ask(&cache, mixed(number) % often.end, 1);
            let CacheSize { octets, limit, .. } = cache.size();
            assert!(octets <= limit);
        }
        assert!(present(&cache) > 2_900, "{}", present(&cache));
        assert!(cache.size().entries > 6_000, "{:?}", cache.size());
    }

    #[test]
    fn no_insertion_goes_far() {
        let cache = Cache::new(1 << 20);
        let mut most = 0;
        let mut refused = 0;
        for number in 0..50_000 {
            let length = if number % 100 == 0 { 60_000 } else { 16 };
            let before = cache.hand.load(Relaxed);
            insert(&cache, number, (0, 1_000), length);
            let steps = cache.hand.load(Relaxed) - before;
            assert!(steps <= STEPS + (length + 200) / OCTETS_A_STEP, "{steps} steps for {length} octets");
            most = most.max(steps);
            // All are asked for as often as counts: the worst that the hand can meet.
            let kept = ask(&cache, number, 1);
            (0..MOST_USES).for_each(|_| _ = ask(&cache, number, 1));
            refused += usize::from(!kept);
            assert!(cache.size().octets <= cache.size().limit);
        }
        assert!(most > STEPS && refused > 0, "{most} steps, {refused} refused");
        // The steps of those that were refused made room for others.
        assert!(refused < 25_000, "{refused} refused");
    }

    #[test]
    fn what_is_forgotten_takes_no_room() {
        let cache = Cache::new(1 << 20);
        let empty = cache.size();
        insert(&cache, 1, (0, 10), 50);
        insert(&cache, 2, (0, 10), 50);
        assert_eq!(cache.forget(|entry| *entry.name() == *name(1)), 1);
        assert!(!ask(&cache, 1, 1) && ask(&cache, 2, 1));
        assert_eq!(cache.forget(|_| true), 1);
        assert_eq!(cache.size(), empty);
    }

    #[test]
    fn a_cache_of_nothing_keeps_nothing() {
        let cache = Cache::new(0);
        insert(&cache, 1, (0, 10), 50);
        assert!(!ask(&cache, 1, 1));
    }

    /// Whatever is found is what a map would have: the newest put in, not expired, not forgotten. The map never evicts,
    /// so that it may have more.
    #[test]
    fn nothing_is_found_that_a_plain_map_would_not_have() {
        for seed in 0..20 {
            let cache = Cache::new([8 << 10, 64 << 10, 1 << 20][seed as usize % 3]);
            let mut map: HashMap<(u64, u16), (u32, u32)> = HashMap::new();
            let (mut now, mut found, mut count) = (0, 0, 0);
            for step in 0..20_000_u64 {
                let chance = mixed(seed << 32 | step);
                let (number, rtype) = (chance % 500, 1 + (chance >> 16) as u16 % 3);
                // Few places, so that names meet.
                let place = mixed(number) & (u64::MAX << 56 | 0xff);
                let flavour = Flavour { rtype: RecordType(rtype), ..PLAIN };
                let key = Key { place, fingerprint: number, flavour };
                match chance >> 32 & 0xff {
                    0..100 => {
                        let expires = now + (chance >> 40) as u32 % 100;
                        let length = if chance >> 60 == 0 { 5_000 } else { (chance >> 50) as usize % 200 };
                        let mut sections = vec![0; 4 + length];
                        sections[..4].copy_from_slice(&(step as u32).to_be_bytes());
                        cache.insert(&key, packed(&key, (now, expires), &sections));
                        map.insert((number, rtype), (step as u32, expires));
                    }
                    100..250 => {
                        let wanted = map.get(&(number, rtype)).filter(|(_, expires)| now < *expires);
                        count += usize::from(wanted.is_some());
                        if let Some(hit) = cache.find(&key, now) {
                            let sections = hit.entry().unwrap().sections();
                            let version = u32::from_be_bytes(*sections.first_chunk().unwrap());
                            assert_eq!(
                                Some(version),
                                wanted.map(|(version, _)| *version),
                                "step {step} of {seed}"
                            );
                            hit.touch();
                            found += 1;
                        }
                    }
                    250..254 => now += 1,
                    254 => {
                        _ = map.remove(&(number, rtype)).map(|_| cache.forget(|entry| entry.answers(&key)))
                    }
                    _ => {
                        cache.forget(|entry| entry.name()[8] % 7 == 0);
                        map.retain(|(number, _), _| number.to_be_bytes()[7] % 7 != 0);
                    }
                }
                let size = cache.size();
                assert!(size.octets <= size.limit && size.entries <= map.len());
            }
            // Where there is room for all, next to nothing is evicted.
            let size = cache.size();
            assert!(
                found > 0 && (size.limit < 1 << 20 || found * 10 > count * 9),
                "{found} of {count}: {size:?}"
            );
        }
    }

    #[test]
    fn readers_see_whole_answers_while_writers_replace_them() {
        let cache = Cache::new(64 << 10);
        let (cache, writers) = (&cache, AtomicUsize::new(2));
        std::thread::scope(|scope| {
            for writer in 0..2 {
                let writers = &writers;
                scope.spawn(move || {
                    for step in 0..20_000 {
                        let number = mixed(writer << 32 | step) % 600;
                        let name = name(number);
                        let key = key(number);
                        cache.insert(&key, packed(&key, (0, 10), &name.repeat(1 + step as usize % 9)));
                    }
                    writers.fetch_sub(1, Relaxed);
                });
            }
            for reader in 0..2_u64 {
                let writers = &writers;
                scope.spawn(move || {
                    let mut step = reader << 32;
                    while writers.load(Relaxed) > 0 {
                        step += 1;
                        let number = mixed(step) % 600;
                        let name = name(number);
                        let Some(hit) = cache.find(&key(number), 1) else { continue };
                        let entry = hit.entry().unwrap();
                        assert_eq!(entry.name(), name);
                        assert!(entry.sections().chunks(name.len()).all(|chunk| chunk == name));
                        hit.touch();
                    }
                });
            }
        });
        let size = cache.size();
        assert_eq!(cache.forget(|_| true), size.entries);
        assert_eq!(cache.size().octets, size_of_val(&*cache.sets));
    }
}
