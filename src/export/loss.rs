//! What was written, and what the format could not say.

use std::fmt;

/// How many examples are told of each kind of loss.
const EXAMPLES: usize = 3;

/// What became of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Lines, records or entries that speak of a name or a network.
    pub written: u64,
    /// What is missing in it.
    pub losses: Vec<Loss>,
}

/// What a format could not say, of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// In words, such as `names below it stay reachable`.
    pub what: &'static str,
    /// How often.
    pub count: u64,
    /// The first of them.
    pub examples: Vec<String>,
}

impl Told {
    /// Counts something that could not be said.
    pub(super) fn lose(&mut self, what: &'static str, example: impl fmt::Display) {
        let index = self.losses.iter().position(|loss| loss.what == what).unwrap_or_else(|| {
            self.losses.push(Loss { what, count: 0, examples: Vec::new() });
            self.losses.len() - 1
        });
        let loss = &mut self.losses[index];
        loss.count += 1;
        if loss.examples.len() < EXAMPLES {
            loss.examples.push(example.to_string());
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = if self.count > self.examples.len() as u64 { ", …" } else { "" };
        write!(f, "{}: {} ({}{more})", self.what, self.count, self.examples.join(", "))
    }
}
