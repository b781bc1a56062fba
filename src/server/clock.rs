//! The clock: the one place that reads it for the engine.

use std::time::Instant;

use jiff::Timestamp;

use crate::answer::Now;

/// Reads the time, in the form that the engine takes it.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// A clock whose monotonic seconds begin at 1.
    #[expect(clippy::disallowed_methods, reason = "this is where the shell reads the clock")]
    pub fn start() -> Self {
        Self { start: Instant::now() }
    }

    /// The time now.
    #[expect(clippy::disallowed_methods, reason = "this is where the shell reads the clock")]
    pub fn now(&self) -> Now {
        Now { monotonic: 1 + self.start.elapsed().as_secs() as u32, wall: Timestamp::now() }
    }

    /// Microseconds since the start.
    pub fn micros(&self) -> u64 {
        self.start.elapsed().as_micros() as u64
    }
}
