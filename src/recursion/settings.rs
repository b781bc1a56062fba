//! What the operator decides about recursion, read and checked.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use serde::Deserialize;

use super::upstream::Upstream;
use crate::dns::Name;
use crate::dnssec::{Anchors, NegativeAnchors};

/// What the operator decides.
pub struct Settings {
    /// Addresses of the root's servers.
    pub hints: Vec<IpAddr>,
    /// Servers for zones of their own, the root for all others.
    pub fixed: Vec<Arc<FixedZone>>,
    /// Whether signatures are asked for and judged.
    pub dnssec: bool,
    /// Where trust begins, at first: see [`Recursor::trust`](super::Recursor::trust).
    pub anchors: Anchors,
    /// Zones whose signatures are not judged: those of the operator, for ever, and broken ones until a date.
    pub unjudged: Vec<Name>,
    /// The same until a moment each.
    pub negative: NegativeAnchors,
    /// How much of a name is shown to servers that need not know it.
    pub minimisation: Minimisation,
    /// Networks that no delegation leads to, unless they are in `reach`.
    pub unreachable: Vec<IpNet>,
    /// Networks whose servers may be asked although they are among the others.
    pub reach: Vec<IpNet>,
    /// Octets of memory for what is learned.
    pub memory: usize,
    /// Questions in the works at once.
    pub concurrent: usize,
    /// How long a question may take.
    pub time_limit: Duration,
    /// How long data is kept past its TTL for when nothing better can be had (RFC 8767); none for never.
    pub stale: Option<Duration>,
}

/// How much of a name is shown to servers on the way to it (RFC 9156), and what to make of NXDOMAIN for a name that it
/// is below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Minimisation {
    /// All of it.
    Off,
    /// What they need to know. NXDOMAIN means nothing: some servers deny names that only have names below them.
    Relaxed,
    /// The same. Below a name that does not exist nothing does, proved or not (RFC 8020): fewer queries for names
    /// that are made up.
    Strict,
}

/// Servers that the operator names for a zone and all below it.
#[derive(Clone, Debug)]
pub struct FixedZone {
    /// The zone.
    pub zone: Name,
    /// Its servers.
    pub servers: Vec<Upstream>,
    /// Whether they resolve for us, or only know zones of their own.
    pub recursive: bool,
}
