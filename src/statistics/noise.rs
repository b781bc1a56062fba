//! Noise: the two-sided geometric law (the discrete Laplace), exactly.
//!
//! P(z) = (1 − a) / (1 + a) · a^|z| with a = e^−ε. It is drawn as Canonne, Kamath and Steinke show ("The Discrete
//! Gaussian for Differential Privacy", 2020, algorithms 1 and 2), from whole numbers alone: the last digits of
//! floating-point noise have given away what it was to hide (Mironov 2012).

use super::config::Epsilon;

/// The scale is this many over the thousandths of ε.
const SCALE: u64 = 1000;

/// A number of the two-sided geometric law; `chance` gives 64 bits that nobody can foretell at each call.
pub fn two_sided_geometric(epsilon: Epsilon, chance: &mut dyn FnMut() -> u64) -> i64 {
    loop {
        let part = below(SCALE, chance);
        if !of_exponential(part, SCALE, chance) {
            continue;
        }
        let mut wholes = 0;
        while of_exponential(1, 1, chance) {
            wholes += 1;
        }
        let size = (part + SCALE * wholes) / u64::from(epsilon.thousandths());
        let is_negative = below(2, chance) == 1;
        // Zero has no sign, and must not come twice as often for it.
        if !(is_negative && size == 0) {
            let size = i64::try_from(size).unwrap_or(i64::MAX);
            return if is_negative { -size } else { size };
        }
    }
}

/// True with probability e^−(numerator / denominator), where that fraction is at most 1.
fn of_exponential(numerator: u64, denominator: u64, chance: &mut dyn FnMut() -> u64) -> bool {
    let mut count = 1;
    while below(denominator * count, chance) < numerator {
        count += 1;
    }
    count % 2 == 1
}

/// A number below `bound`, each equally probable.
fn below(bound: u64, chance: &mut dyn FnMut() -> u64) -> u64 {
    let beyond = u64::MAX - u64::MAX % bound;
    loop {
        let drawn = chance();
        if drawn < beyond {
            return drawn % bound;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SplitMix64: the same numbers for a seed everywhere.
    fn chance(mut seed: u64) -> impl FnMut() -> u64 {
        move || {
            seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ (mixed >> 31)
        }
    }

    /// Pearson's test of the sampler against its law: with these seeds the statistic stays below the 99.9th percentile
    /// of its distribution (for 2k degrees of freedom; Wilson and Hilferty's approximation).
    #[test]
    fn the_sampler_follows_its_law() {
        const DRAWS: usize = 200_000;
        for (epsilon, seed) in [(0.1f64, 1), (0.5, 2), (1.0, 3), (2.0, 4)] {
            let law = (-epsilon).exp();
            let epsilon = Epsilon::try_from(epsilon).unwrap();
            let mut chance = chance(seed);
            let drawn: Vec<i64> = (0..DRAWS).map(|_| two_sided_geometric(epsilon, &mut chance)).collect();
            // Cells that expect at least 20, and one at each end for the rest.
            let weight = |z: i64| (1.0 - law) / (1.0 + law) * law.powi(z.unsigned_abs() as i32);
            let widest = (0..).take_while(|z| weight(*z) * DRAWS as f64 >= 20.0).last().unwrap();
            let mut statistic = 0.0;
            let mut add = |found: usize, expected: f64| {
                statistic += (found as f64 - expected).powi(2) / expected;
            };
            for z in -widest..=widest {
                add(drawn.iter().filter(|drawn| **drawn == z).count(), weight(z) * DRAWS as f64);
            }
            let tail = law.powi(widest as i32 + 1) / (1.0 + law) * DRAWS as f64;
            add(drawn.iter().filter(|drawn| **drawn > widest).count(), tail);
            add(drawn.iter().filter(|drawn| **drawn < -widest).count(), tail);
            let freedom = (2 * widest + 2) as f64;
            let part = 2.0 / (9.0 * freedom);
            let bound = freedom * (1.0 - part + 3.09 * part.sqrt()).powi(3);
            assert!(statistic < bound, "epsilon {epsilon}: {statistic} of {bound}");
        }
    }

    #[test]
    fn the_next_question_changes_probabilities_by_no_more_than_e_to_the_epsilon() {
        // By the law itself: the sampler is held to it above.
        let (epsilon, law) = (0.5f64, (-0.5f64).exp());
        let weight = |z: i64| law.powi(z.unsigned_abs() as i32);
        for z in -50..50 {
            let ratio = weight(z) / weight(z + 1);
            assert!(ratio <= epsilon.exp() + 1e-9 && ratio >= (-epsilon).exp() - 1e-9);
        }
    }
}
