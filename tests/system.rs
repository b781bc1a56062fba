//! The system test: the real program between real ones.
//!
//! Every test runs in network, mount and process namespaces of its own ([`inside`]), so that it may use port
//! 53, fill disks and leave nothing behind, and two tests never meet. There, `knotd` serves a root, a
//! top-level domain and zones, signed and not ([`world`]); `rempart` recurses through them under the test's
//! own trust anchor ([`program`]); `kdig`, `dnsperf`, Chromium and packets written by hand ask it ([`ask`]).
//! A larger Internet, where other resolvers are asked the same questions, is in [`recursion`].
//!
//! This needs root and those programs. Where one is missing the test fails and says what to install, unless
//! `REMPART_SKIP_SYSTEM` names it: then each test that needs it says on standard error that it was skipped.
//! Only `./test` sets that variable, and counts what was skipped.

mod agreement;
mod anchors;
mod answers;
mod ask;
mod browser;
mod commands;
mod desk;
mod encrypted;
mod exports;
mod hostile;
mod inside;
mod life;
mod limits;
mod load;
mod memory;
mod page_https;
mod peers;
mod privacy;
mod program;
mod recursion;
mod reload;
mod secure;
mod staged;
mod statistics;
mod transfers;
mod transport;
mod world;
