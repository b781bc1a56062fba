//! What the program counts: queries by how they came, what decided and how they ended; lists; time.
//!
//! The hot path counts into a [`Shard`] that one thread owns, so no two cores write to one cache line; what is
//! counted elsewhere shares a [`SharedShard`]. They are summed when somebody reads. Everything else is an ordinary
//! `prometheus` gauge or counter in [`Metrics`].
//! Labels come from closed sets and from list names that the operator chose: no name asked for and no client's
//! address ever reaches this room, which is why no type here could hold one.

mod certificates;
mod registry;
mod shard;
mod validation;
mod zones;

pub use certificates::Certificates;
pub use registry::{ListStatus, Metrics};
pub use shard::{Count, Kind, LATENCY_BOUNDS, Shard, SharedShard, Transport, What};
pub use validation::Validation;
pub use zones::Zones;
