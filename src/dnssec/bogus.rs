//! Why data that should be signed may not be believed.

use crate::dns::{ExtendedError, Info};

/// A verdict: the data must not be used (RFC 4033 §5), for this reason.
///
/// The variants stand in the order in which a signature is checked (RFC 4035 §5.3.1). Where a set has several
/// signatures and each fails, the reason is that of the one that came furthest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Bogus {
    /// A set of a signed zone came without a signature.
    #[error("a signature is missing")]
    Unsigned,
    /// The signatures are no signatures: octets that cannot be read, another signer than the zone, more labels
    /// than the owner has, or an algorithm that is not known.
    #[error("no signature is one of the zone over this data")]
    Unusable,
    /// A signature whose end is before its beginning.
    #[error("a signature expires before it begins")]
    Inverted,
    /// A signature whose time begins in so many seconds.
    #[error("a signature is valid only in {in_seconds} seconds")]
    NotYetValid {
        /// How far the beginning is away.
        in_seconds: u32,
    },
    /// A signature whose time was over so many seconds ago.
    #[error("a signature expired {seconds_ago} seconds ago")]
    Expired {
        /// How long the end is past.
        seconds_ago: u32,
    },
    /// The zone has no key of the signature's tag and algorithm.
    #[error("the key of a signature is missing")]
    KeyMissing,
    /// The key of the signature may not sign zones (RFC 4034 §2.1.1).
    #[error("the key of a signature is no zone key")]
    NoZoneKey,
    /// The signature does not fit the data and the key.
    #[error("a signature does not verify")]
    Forged,
    /// No key of the zone is one that its parent, or a trust anchor, vouches for (RFC 4035 §5.2).
    #[error("no key of the zone is one that its DS or trust anchor names")]
    NoTrustedKey,
    /// An absence that the records do not prove.
    #[error("the absence is not proved")]
    Unproved,
    /// The question has used up its [`Work`](super::Work).
    #[error("checking the signatures takes too much work")]
    Exhausted,
}

impl Bogus {
    /// The code to tell the client (RFC 8914 §4.7 to §4.13 and §4.26).
    pub const fn info(self) -> Info {
        match self {
            Self::Unsigned => Info::RRSIGS_MISSING,
            Self::Inverted => Info::SIGNATURE_EXPIRED_BEFORE_VALID,
            Self::NotYetValid { .. } => Info::SIGNATURE_NOT_YET_VALID,
            Self::Expired { .. } => Info::SIGNATURE_EXPIRED,
            Self::KeyMissing | Self::NoTrustedKey => Info::DNSKEY_MISSING,
            Self::NoZoneKey => Info::NO_ZONE_KEY_BIT,
            Self::Unproved => Info::NSEC_MISSING,
            Self::Unusable | Self::Forged | Self::Exhausted => Info::DNSSEC_BOGUS,
        }
    }

    /// The code with a text for people.
    pub fn error(self) -> ExtendedError {
        ExtendedError { info: self.info(), text: self.to_string().into() }
    }

    /// How far the clock of this machine would have to be off for the signature to be good: seconds that it would
    /// be ahead, negative where it would be behind. Many zones that fail like this at once mean that the clock is
    /// wrong, and nothing for other reasons.
    pub fn clock_error(self) -> Option<i64> {
        match self {
            Self::Expired { seconds_ago } => Some(i64::from(seconds_ago)),
            Self::NotYetValid { in_seconds } => Some(-i64::from(in_seconds)),
            _ => None,
        }
    }

    /// The more telling of two reasons.
    pub(super) fn or(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Unsigned => 0,
            Self::Unusable => 1,
            Self::Inverted => 2,
            Self::NotYetValid { .. } => 3,
            Self::Expired { .. } => 4,
            Self::KeyMissing => 5,
            Self::NoZoneKey => 6,
            Self::Forged => 7,
            Self::NoTrustedKey => 8,
            Self::Unproved => 9,
            Self::Exhausted => 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_that_came_furthest_is_told() {
        let expired = Bogus::Expired { seconds_ago: 5 };
        assert_eq!(Bogus::Unusable.or(expired), expired);
        assert_eq!(Bogus::Forged.or(expired), Bogus::Forged);
        assert_eq!(expired.or(Bogus::Exhausted), Bogus::Exhausted);
    }

    #[test]
    fn only_times_speak_of_the_clock() {
        assert_eq!(Bogus::Expired { seconds_ago: 5 }.clock_error(), Some(5));
        assert_eq!(Bogus::NotYetValid { in_seconds: 7 }.clock_error(), Some(-7));
        assert_eq!(Bogus::Forged.clock_error(), None);
    }
}
