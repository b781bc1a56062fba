//! What a hostile question costs: the processor time of each attack of `tests/recursion/`, without that of the simulated
//! servers that carry it out.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

#[path = "../tests/files.rs"]
#[allow(dead_code, unused_imports, reason = "tests use the rest")]
mod files;
#[path = "../tests/recursion.rs"]
#[allow(dead_code, unused_imports, unused_macros, reason = "tests use the rest")]
mod recursion;
#[path = "../tests/simulation/mod.rs"]
#[allow(dead_code, unused_imports, reason = "tests use the rest")]
mod simulation;

use std::time::Duration;

const ROUNDS: usize = 9;

fn main() {
    let rounds = if std::env::args().any(|argument| argument == "--test") { 1 } else { ROUNDS };
    println!(
        "processor time of one question, median of {rounds} rounds, the costliest question of each attack"
    );
    for attack in files::named("tests/recursion", "attack_") {
        let mut spent: Vec<_> = (0..rounds).map(|_| costliest(&attack)).collect();
        spent.sort();
        let (time, question) = &spent[rounds / 2];
        println!("{:7.2} ms  {attack}: {question}", time.as_secs_f64() * 1000.0);
    }
}

fn costliest(attack: &str) -> (Duration, String) {
    let steps = recursion::play(attack);
    steps.into_iter().map(|(question, time)| (time, question)).max().expect("a step")
}
