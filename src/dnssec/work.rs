//! What reading and judging the data of one question may cost, whoever sends it.
//!
//! A zone that wants to exhaust its validators gives its keys colliding tags, so that each signature has to be
//! tried with each key (KeyTrap, CVE-2023-50387), or asks for names whose denial takes many hashes
//! (CVE-2023-50868), or fills each reply with thousands of records. Time cannot be measured in a pure room, so each
//! operation is charged what it took when it was measured, and a question has so many nanoseconds in all.
//!
//! Measured with aws-lc-rs 1.19 on one core of a server of 2023, release build: RSA of 2,048 bits 21 µs, of 4,096
//! bits 73 µs; P-256 116 µs; P-384 351 µs; Ed25519 61 µs; reading a key up to 2 µs; SHA-1 for NSEC3 0.08 µs for each
//! block of 64 octets; 1.1 to 3.5 ns for each octet that is signed; and some 66 ns for each octet of a message of 64
//! KiB whose owners are all pointers to a long name. The charges are a little higher, to include what stands around
//! the operation. `benches/hostile.rs` shows what the attacks take in all.

use super::bogus::Bogus;

/// The CPU time that one question of a client may take, as estimated: 16 ms, so that 20 ms hold with everything
/// that is not charged. It suffices for 120 signatures of P-256 or 40 of P-384; a long chain of aliases with all
/// keys unknown takes about 40.
const BUDGET: u32 = 16_000_000;

/// Signatures that may fail to verify for one question. Those of an honest zone fail only where two of its keys
/// share a tag, or where a server is behind.
const FAILURES: u32 = 16;

/// Signatures that may fail to verify for one set: enough for two pairs of keys with colliding tags.
pub(super) const FAILURES_OF_SET: u32 = 4;

/// Reading one key.
pub(super) const KEY: u32 = 2_000;

/// One block of SHA-1.
pub(super) const HASH_BLOCK: u32 = 100;

/// One octet that is put into canonical form and hashed, for a signature or a digest.
pub(super) const OCTET: u32 = 4;

/// One octet of a reply that is read.
const REPLY_OCTET: u32 = 70;

/// What is left of the work that one question may cause.
#[derive(Clone, Debug)]
pub struct Work {
    /// Estimated nanoseconds.
    left: u32,
    failures: u32,
}

impl Work {
    /// The work for one question of a client, with all that is resolved on its behalf.
    pub const fn new() -> Self {
        Self { left: BUDGET, failures: FAILURES }
    }

    /// What was spent so far, in estimated nanoseconds of CPU time.
    pub const fn spent(&self) -> u32 {
        BUDGET - self.left
    }

    /// Pays for reading a reply of so many octets.
    pub fn read(&mut self, octets: usize) -> Result<(), Bogus> {
        self.pay(u32::try_from(octets).unwrap_or(u32::MAX).saturating_mul(REPLY_OCTET))
    }

    /// Pays for an operation before it is done. What cannot be paid leaves nothing for others.
    pub(super) fn pay(&mut self, nanoseconds: u32) -> Result<(), Bogus> {
        let left = self.left.checked_sub(nanoseconds);
        self.left = left.unwrap_or(0);
        left.map(|_| ()).ok_or(Bogus::Exhausted)
    }

    /// Counts a signature that did not verify.
    pub(super) fn fail(&mut self) -> Result<(), Bogus> {
        let failures = self.failures.checked_sub(1);
        self.failures = failures.unwrap_or(0);
        failures.map(|_| ()).ok_or(Bogus::Exhausted)
    }
}

impl Default for Work {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_paid_leaves_nothing() {
        let mut work = Work::new();
        assert_eq!(work.pay(BUDGET - 1), Ok(()));
        assert_eq!(work.pay(2), Err(Bogus::Exhausted));
        assert_eq!(work.spent(), BUDGET);
        assert_eq!(work.pay(1), Err(Bogus::Exhausted));
    }

    #[test]
    fn failures_are_counted() {
        let mut work = Work::new();
        assert!((0..FAILURES).all(|_| work.fail().is_ok()));
        assert_eq!(work.fail(), Err(Bogus::Exhausted));
    }
}
