//! The `[statistics]` section: what is withheld, and how much noise there is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// No threshold may be lower.
pub const LEAST_THRESHOLD: u64 = 10;

/// The `[statistics]` section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Counts below it are told as "fewer than" it.
    pub threshold: u64,
    /// How much noise each figure gets; none without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epsilon: Option<Epsilon>,
}

impl Default for Config {
    fn default() -> Self {
        Self { threshold: LEAST_THRESHOLD, epsilon: None }
    }
}

impl Config {
    /// Checks values.
    pub fn check(&self) -> Result<(), String> {
        if self.threshold < LEAST_THRESHOLD {
            return Err(format!(
                "statistics.threshold: {} would show what a few people asked; write {LEAST_THRESHOLD} or more",
                self.threshold
            ));
        }
        Ok(())
    }
}

/// The ε of differential privacy, in thousandths: by a factor of at most e^ε can one question more or less change how
/// probable a figure is. Whole thousandths, so that noise is drawn by whole numbers alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Epsilon(u32);

impl Epsilon {
    /// In thousandths.
    pub fn thousandths(self) -> u32 {
        self.0
    }
}

/// Why a number is no ε.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("epsilon {0}: write a number from 0.01 (much noise) to 10 (little), in steps of 0.001")]
pub struct NoEpsilon(f64);

impl TryFrom<f64> for Epsilon {
    type Error = NoEpsilon;

    fn try_from(number: f64) -> Result<Self, NoEpsilon> {
        let thousandths = (number * 1000.0).round();
        let is_whole = (number * 1000.0 - thousandths).abs() < 1e-6;
        match is_whole && (10.0..=10_000.0).contains(&thousandths) {
            true => Ok(Self(thousandths as u32)),
            false => Err(NoEpsilon(number)),
        }
    }
}

impl From<Epsilon> for f64 {
    fn from(epsilon: Epsilon) -> Self {
        Self::from(epsilon.0) / 1000.0
    }
}

impl fmt::Display for Epsilon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", f64::from(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epsilon_is_a_sensible_number_or_an_error() {
        for (number, thousandths) in
            [(0.5, Some(500)), (0.01, Some(10)), (10.0, Some(10_000)), (0.125, Some(125))]
        {
            assert_eq!(Epsilon::try_from(number).ok().map(Epsilon::thousandths), thousandths);
        }
        for wrong in [0.0, -1.0, 0.0005, 0.0125001, 11.0, f64::NAN, f64::INFINITY] {
            assert!(Epsilon::try_from(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Epsilon(1500).to_string(), "1.5");
    }

    #[test]
    fn a_low_threshold_is_refused() {
        assert!(Config::default().check().is_ok());
        let error = Config { threshold: 9, ..Config::default() }.check().unwrap_err();
        assert!(error.contains("statistics.threshold: 9"), "{error}");
    }
}
