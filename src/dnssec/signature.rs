//! A signature record, read, and the octets that it signs.

use std::borrow::Cow;

use super::bogus::Bogus;
use crate::dns::{Class, Field, Name, RecordType, Rrset, folds_case, labels, layout, wire_length};

/// The octets of RRSIG data before the signer's name (RFC 4034 §3.1).
const FIXED: usize = 18;

/// The data of an RRSIG record.
#[derive(Clone, Copy)]
pub(super) struct Signature<'a> {
    data: &'a [u8],
    /// Where the signer's name ends and the signature begins.
    split: usize,
}

impl<'a> Signature<'a> {
    pub(super) fn parse(data: &'a [u8]) -> Option<Self> {
        let split = FIXED + wire_length(data.get(FIXED..)?)?;
        Some(Self { data, split })
    }

    pub(super) fn covered(&self) -> RecordType {
        RecordType(self.half(0))
    }

    pub(super) fn algorithm(&self) -> u8 {
        self.data[2]
    }

    /// How many labels the owner had when it was signed, without the root's and a leading `*` (RFC 4034 §3.1.3).
    pub(super) fn labels(&self) -> usize {
        usize::from(self.data[3])
    }

    pub(super) fn original_ttl(&self) -> u32 {
        self.word(4)
    }

    pub(super) fn expiration(&self) -> u32 {
        self.word(8)
    }

    pub(super) fn inception(&self) -> u32 {
        self.word(12)
    }

    pub(super) fn tag(&self) -> u16 {
        self.half(16)
    }

    pub(super) fn signature(&self) -> &'a [u8] {
        &self.data[self.split..]
    }

    pub(super) fn is_by(&self, zone: &Name) -> bool {
        // Length octets are below 64, under every letter.
        self.data[FIXED..self.split].eq_ignore_ascii_case(zone.as_wire())
    }

    pub(super) fn validity(&self) -> Validity {
        Validity { inception: self.inception(), expiration: self.expiration() }
    }

    fn half(&self, at: usize) -> u16 {
        u16::from_be_bytes([self.data[at], self.data[at + 1]])
    }

    fn word(&self, at: usize) -> u32 {
        u32::from(self.half(at)) << 16 | u32::from(self.half(at + 2))
    }
}

/// From when until when a signature is valid.
#[derive(Clone, Copy)]
pub(super) struct Validity {
    pub(super) inception: u32,
    pub(super) expiration: u32,
}

impl Validity {
    /// Whether the time is right, in the serial arithmetic of RFC 1982 (RFC 4034 §3.1.5); the seconds left.
    pub(super) fn time_left(self, now: u32) -> Result<u32, Bogus> {
        let after = |later: u32, earlier: u32| later.wrapping_sub(earlier) as i32;
        if after(self.expiration, self.inception) < 0 {
            return Err(Bogus::Inverted);
        }
        match (after(now, self.inception), after(self.expiration, now)) {
            (early, _) if early < 0 => Err(Bogus::NotYetValid { in_seconds: early.unsigned_abs() }),
            (_, late) if late < 0 => Err(Bogus::Expired { seconds_ago: late.unsigned_abs() }),
            (_, left) => Ok(left.unsigned_abs()),
        }
    }
}

/// The zone that says to have signed a set, by the first signature that can be of it: the lowest zone at or above the
/// owner whose servers were asked may be another, where one server has a zone and its child.
pub fn signer(set: &Rrset) -> Option<Name> {
    let signatures = set.signatures().filter_map(Signature::parse);
    let mut zones = signatures.filter_map(|found| Name::from_wire(&found.data[FIXED..found.split]).ok());
    zones.find(|zone| set.owner.is_within(zone))
}

/// How many labels of a name a signature counts: all but a leading `*`.
pub(super) fn signed_labels(owner: &Name) -> usize {
    owner.label_count() - usize::from(is_wildcard(owner))
}

pub(super) fn is_wildcard(owner: &Name) -> bool {
    owner.as_wire().starts_with(b"\x01*")
}

/// The data of a set in the form and order in which it is signed (RFC 4034 §6).
pub(super) struct Canonical<'a> {
    set: &'a Rrset,
    data: Vec<Cow<'a, [u8]>>,
}

impl<'a> Canonical<'a> {
    pub(super) fn new(set: &'a Rrset) -> Self {
        let mut data: Vec<Cow<'a, [u8]>> = match folds_case(set.rtype) {
            true => set.data().map(|data| fold(set.rtype, data)).collect(),
            false => set.data().map(Cow::Borrowed).collect(),
        };
        data.sort_unstable();
        // What differs in the case of a name alone is one record.
        data.dedup();
        Self { set, data }
    }

    /// Writes what `signature` signs (RFC 4034 §3.1.8.1); its label count is at most the owner's.
    pub(super) fn compose(&self, signature: &Signature<'_>, message: &mut Vec<u8>) {
        message.clear();
        message.extend(&signature.data[..signature.split]);
        message[FIXED..].make_ascii_lowercase();
        let mut fixed = Vec::with_capacity(64);
        self.compose_owner(signature.labels(), &mut fixed);
        fixed.extend(self.set.rtype.0.to_be_bytes());
        fixed.extend(Class::IN.0.to_be_bytes());
        fixed.extend(signature.original_ttl().to_be_bytes());
        for data in &self.data {
            message.extend(&fixed);
            message.extend((data.len() as u16).to_be_bytes());
            message.extend(&**data);
        }
    }

    /// The octets that [`compose`](Self::compose) will write, or a few more.
    pub(super) fn length(&self) -> usize {
        let owner = self.set.owner.as_wire().len() + 12;
        FIXED + 255 + self.data.iter().map(|data| data.len() + owner).sum::<usize>()
    }

    /// The owner, or the wildcard that it was made from.
    fn compose_owner(&self, count: usize, wire: &mut Vec<u8>) {
        let owner = &self.set.owner;
        let surplus = signed_labels(owner).saturating_sub(count);
        if surplus == 0 {
            wire.extend(owner.as_wire());
        } else {
            let surplus = surplus + usize::from(is_wildcard(owner));
            let skipped: usize = labels(owner.as_wire()).take(surplus).map(|label| 1 + label.len()).sum();
            wire.extend(b"\x01*");
            wire.extend(&owner.as_wire()[skipped..]);
        }
        wire.make_ascii_lowercase();
    }
}

/// The data with its names in lower case; octets that do not fit their type stay as they are.
fn fold(rtype: RecordType, data: &[u8]) -> Cow<'_, [u8]> {
    let mut folded = Cow::Borrowed(data);
    let mut at = 0;
    for field in layout(rtype) {
        let Some(rest) = data.get(at..) else { break };
        let length = match field {
            Field::Name => wire_length(rest),
            Field::Octets(count) => Some(*count),
            Field::Text => rest.first().map(|length| 1 + usize::from(*length)),
        };
        let Some(length) = length else { break };
        if *field == Field::Name && rest[..length].iter().any(u8::is_ascii_uppercase) {
            folded.to_mut()[at..at + length].make_ascii_lowercase();
        }
        at += length;
    }
    folded
}
