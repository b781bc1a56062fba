//! A cached answer, in one piece of memory: a head, then the name, the names behind it, and the composed sections.
//!
//! In one piece because most answers are small: two lines of the processor's cache hold all of an answer with one address,
//! and what the allocator adds to every piece is added once.

use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use triomphe::ThinArc;

use crate::blocklist::Suffixes;
use crate::dns::{ExtendedError, Query, Rcode, RecordType, wire_length};
use crate::policy::{Nat64, Policy};

/// What lives for fewer seconds is not worth asking for before it is needed.
const SHORTEST_REFRESHED: u32 = 10;

/// What an answer is kept under: equal questions whose answers may not mix differ here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// Half of the name's keyed hash: in which set the answer is.
    pub place: u64,
    /// The other half, which stands for the name: see [`crate::blocklist::NameHash`].
    pub fingerprint: u64,
    pub flavour: Flavour,
}

impl Key {
    pub(super) fn new(suffixes: &Suffixes, flavour: Flavour) -> Self {
        let [place, fingerprint] = halves(suffixes);
        Self { place, fingerprint, flavour }
    }
}

/// Where the answers for a name are; see [`Key::place`].
pub(super) fn place(suffixes: &Suffixes) -> u64 {
    halves(suffixes)[0]
}

/// The hash of the whole name; of the root, which has none, zeros.
fn halves(suffixes: &Suffixes) -> [u64; 2] {
    suffixes.whole().map_or([0; 2], |name| name.hash.halves())
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

/// An answer, to be packed.
pub(super) struct Parts<'p> {
    pub key: Key,
    /// QNAME, uncompressed and in lower case.
    pub name: &'p [u8],
    pub rcode: Rcode,
    pub authentic: bool,
    pub counts: [u16; 2],
    pub sections: &'p [u8],
    pub errors: Box<[ExtendedError]>,
    pub chain: &'p [Box<[u8]>],
    pub stored: u32,
    pub expires: u32,
}

/// An answer as it is kept.
pub(super) type Packed = ThinArc<Head, u8>;

/// A look at an answer.
#[derive(Clone, Copy)]
pub(super) struct Entry<'e> {
    head: &'e Head,
    body: &'e [u8],
}

/// What is known of an answer beside its octets.
pub(super) struct Head {
    /// The generation whose lists, all of them, say nothing of the chain or the addresses; 0 for none yet.
    clean: AtomicU64,
    rare: Option<Box<Rare>>,
    fingerprint: u64,
    /// Octets of the sections, behind which are the name and those that the aliases lead to.
    sections_length: u32,
    /// Monotonic seconds.
    pub stored: u32,
    /// Monotonic seconds; from then on the answer is not used.
    pub expires: u32,
    /// Records in answer and authority.
    pub counts: [u16; 2],
    rtype: RecordType,
    pub rcode: Rcode,
    name_length: u8,
    dnssec_ok: bool,
    checking_disabled: bool,
    pub authentic: bool,
    /// Whether somebody was told to ask anew.
    refreshed: AtomicBool,
}

/// What few answers have.
struct Rare {
    errors: Box<[ExtendedError]>,
    made_with: Option<Nat64>,
}

impl Parts<'_> {
    pub(super) fn pack(self) -> Packed {
        let Flavour { rtype, dnssec_ok, checking_disabled, made_with } = self.key.flavour;
        let is_plain = self.errors.is_empty() && made_with.is_none();
        let chain = self.chain.concat();
        let head = Head {
            clean: AtomicU64::new(0),
            rare: (!is_plain).then(|| Box::new(Rare { errors: self.errors, made_with })),
            fingerprint: self.key.fingerprint,
            sections_length: self.sections.len() as u32,
            stored: self.stored,
            expires: self.expires,
            counts: self.counts,
            rtype,
            rcode: self.rcode,
            name_length: self.name.len() as u8,
            dnssec_ok,
            checking_disabled,
            authentic: self.authentic,
            refreshed: AtomicBool::new(false),
        };
        Packed::from_header_and_slice(head, &[self.sections, self.name, &chain].concat())
    }
}

impl<'e> Entry<'e> {
    pub(super) fn of(packed: &'e Packed) -> Self {
        Self { head: &packed.header.header, body: &packed.slice }
    }

    /// The name asked for, uncompressed and in lower case.
    pub(super) fn name(self) -> &'e [u8] {
        &self.names()[..usize::from(self.head.name_length)]
    }

    /// Names that the aliases lead to, uncompressed and in lower case.
    pub(super) fn chain(self) -> impl Iterator<Item = &'e [u8]> + Clone {
        let mut rest = &self.names()[usize::from(self.head.name_length)..];
        std::iter::from_fn(move || {
            let (name, tail) = rest.split_at_checked(wire_length(rest)?)?;
            rest = tail;
            Some(name)
        })
    }

    /// Answer and authority as [`crate::dns::Composer`] wrote them behind this question.
    pub(super) fn sections(self) -> &'e [u8] {
        &self.body[..self.head.sections_length as usize]
    }

    pub(super) fn errors(self) -> &'e [ExtendedError] {
        self.head.rare.as_ref().map_or(&[], |rare| &rare.errors)
    }

    pub(super) fn flavour(self) -> Flavour {
        let Head { rtype, dnssec_ok, checking_disabled, .. } = *self.head;
        let made_with = self.head.rare.as_ref().and_then(|rare| rare.made_with);
        Flavour { rtype, dnssec_ok, checking_disabled, made_with }
    }

    pub(super) fn answers(self, key: &Key) -> bool {
        self.head.fingerprint == key.fingerprint && self.flavour() == key.flavour
    }

    /// The memory that it takes, as the system's allocator counts.
    pub(super) fn octets(self) -> usize {
        // A count of its holders stands in front of it, and its length behind the head.
        let whole = taken(2 * size_of::<usize>() + size_of::<Head>() + self.body.len());
        let rare = self.head.rare.as_ref().map_or(0, |rare| {
            let texts = rare.errors.iter().map(|error| taken(error.text.len()));
            taken(size_of::<Rare>()) + taken(size_of_val(&*rare.errors)) + texts.sum::<usize>()
        });
        whole + rare
    }

    fn names(self) -> &'e [u8] {
        &self.body[self.head.sections_length as usize..]
    }
}

impl Deref for Entry<'_> {
    type Target = Head;

    fn deref(&self) -> &Head {
        self.head
    }
}

impl Head {
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

    /// Notes that no list of this policy says anything of what it leads to.
    pub(super) fn is_found_clean(&self, policy: &Policy) {
        self.clean.store(policy.generation, Relaxed);
    }
}

/// What glibc's allocator takes for so many octets: 8 more, in multiples of 16, and 32 at least.
fn taken(octets: usize) -> usize {
    if octets == 0 { 0 } else { (octets + 8).next_multiple_of(16).max(32) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'p>(chain: &'p [Box<[u8]>], sections: &'p [u8]) -> Parts<'p> {
        let flavour =
            Flavour { rtype: RecordType::A, dnssec_ok: true, checking_disabled: false, made_with: None };
        Parts {
            key: Key { place: 1, fingerprint: 2, flavour },
            name: b"\x01a\0",
            rcode: Rcode::NOERROR,
            authentic: false,
            counts: [1, 0],
            sections,
            errors: Box::default(),
            chain,
            stored: 100,
            expires: 160,
        }
    }

    #[test]
    fn what_is_packed_is_read_back() {
        let chain = [b"\x01b\0"[..].into(), b"\x03www\x01c\0"[..].into()];
        let plain = parts(&chain, b"octets").pack();
        let entry = Entry::of(&plain);
        assert_eq!((entry.name(), entry.sections()), (&b"\x01a\0"[..], &b"octets"[..]));
        assert!(entry.chain().eq(chain.iter().map(|name| &**name)) && entry.errors().is_empty());
        let flavour = Flavour { made_with: Some(Nat64::WELL_KNOWN), ..entry.flavour() };
        let errors = [ExtendedError::new(crate::dns::Info::OTHER, "why")];
        let key = Key { flavour, ..parts(&[], b"").key };
        let rare = Parts { key, errors: errors.clone().into(), ..parts(&[], b"") }.pack();
        let rare = Entry::of(&rare);
        assert_eq!((rare.flavour(), rare.errors(), rare.sections()), (flavour, &errors[..], &b""[..]));
        assert_eq!(rare.chain().count(), 0);
        assert!(rare.octets() > entry.octets());
    }

    #[test]
    fn an_answer_of_one_address_takes_two_lines_of_cache() {
        let name = [&[11][..], b"www-service", &[7], b"example", &[3], b"net", &[0]].concat();
        let packed = Parts { name: &name, ..parts(&[], &[0; 16]) }.pack();
        assert!(Entry::of(&packed).octets() <= 128, "{}", Entry::of(&packed).octets());
    }

    #[test]
    fn the_last_tenth_of_a_life_is_claimed_once() {
        for (life, first) in [(9, None), (10, Some(9)), (19, Some(18)), (60, Some(54)), (u32::MAX, None)] {
            let packed = Parts { expires: 100_u32.saturating_add(life), ..parts(&[], b"") }.pack();
            let entry = Entry::of(&packed);
            let claims: Vec<u32> = (0..60.min(life)).filter(|age| entry.claim_refresh(100 + age)).collect();
            assert_eq!(claims, Vec::from_iter(first), "{life}");
        }
    }
}
