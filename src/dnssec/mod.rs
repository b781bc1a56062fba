//! What zones signed, judged (RFC 4033 to 4035): keys, signatures, proofs of absence, trust anchors.
//!
//! Everything here is pure: sets of records and a moment in, a verdict out. [`Anchors`] say where trust begins;
//! [`ZoneKeys`] are the keys of a zone that an anchor or the parent's [`DsSet`] vouches for; [`verify()`] judges a set
//! by them; [`Denial`] judges an absence by NSEC or NSEC3 records that were verified. [`Tracker`] follows the keys of
//! anchors as their holders replace them (RFC 5011), and [`NegativeAnchors`] name what is not to be judged for a
//! while (RFC 7646).
//!
//! A verdict is one of three: data is genuine; or it is [`Bogus`], with a reason; or nobody signs there, which is
//! only believed with a proof ([`Cut`], [`Proved`], [`DsSet::is_usable`]). Whoever sends data decides how hard it is
//! to judge, so each judgement is paid for from the [`Work`] of the question that it is made for.
//!
//! Signatures are verified and digests computed by aws-lc-rs, which keeps a key in the form that it is used in;
//! `hickory-proto` is the oracle in tests.

mod anchor;
mod bogus;
mod delegation;
mod denial;
mod key;
mod negative;
mod signature;
#[cfg(test)]
mod testing;
mod tracked;
mod tracker;
mod verify;
mod work;
mod zonefile;

pub use anchor::{Anchor, AnchorError, Anchors};
pub use bogus::Bogus;
pub use delegation::DsSet;
pub use denial::{Cut, Denial, Hash, MAX_ITERATIONS, Nsec, Nsec3, Parameters, Proved, Types};
pub use key::Algorithms;
pub use negative::NegativeAnchors;
pub use signature::signer;
pub use tracked::KeyState;
pub use tracker::{Observed, Refresh, Tracker};
pub use verify::{Verified, ZoneKeys, verify};
pub use work::Work;
