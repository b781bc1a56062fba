//! So many resolvers that follow one repository, each as the daemon does: for measuring what polling costs a server.
//!
//! ```text
//! cargo run --release --example fleet -- --repository http://127.0.0.1:8080 --root 1.root.json \
//!     --target fr/nudification.jsonl.zst --resolvers 200 --poll 60 --seconds 120
//! ```
//!
//! Every resolver is a thread with an updater of its own that keeps nothing on disk. Prints the polls, the failures,
//! the generations taken, and how long a poll took.

#![expect(clippy::print_stdout, reason = "a measurement prints what it measured")]

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Parser;
use jiff::Timestamp;
use rempart::blocklist::{GuardRails, Key};
use rempart::metrics::Metrics;
use rempart::update::{Address, Authority, Config, ListSource, Origin, Outcome, Tools, Updater};

#[derive(Clone, Parser)]
struct Arguments {
    /// The address of the published folder
    #[arg(long)]
    repository: String,
    /// The root to trust
    #[arg(long)]
    root: PathBuf,
    /// The list to follow
    #[arg(long)]
    target: String,
    /// How many resolvers
    #[arg(long, default_value_t = 200)]
    resolvers: u64,
    /// Seconds between the polls of each
    #[arg(long, default_value_t = 60)]
    poll: u64,
    /// For so long
    #[arg(long, default_value_t = 120)]
    seconds: u64,
}

/// What one resolver did.
#[derive(Default)]
struct Log {
    polls: Vec<Duration>,
    failures: u64,
    taken: u64,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let rails = Arc::new(GuardRails::built_in()?);
    let resolvers: Vec<_> = (0..arguments.resolvers)
        .map(|number| {
            let (arguments, rails) = (arguments.clone(), rails.clone());
            thread::spawn(move || follow(&arguments, number, rails))
        })
        .collect();
    let mut all = Log::default();
    for resolver in resolvers {
        let log = resolver.join().ok().context("a resolver panicked")??;
        all.polls.extend(log.polls);
        all.failures += log.failures;
        all.taken += log.taken;
    }
    all.polls.sort_unstable();
    let at = |share: f64| {
        let index = (all.polls.len() as f64 * share) as usize;
        all.polls.get(index.min(all.polls.len().saturating_sub(1))).copied().unwrap_or_default()
    };
    println!(
        "{} resolvers: {} polls, {} failed, {} generations taken; a poll took {:.1} ms (p50), {:.1} ms (p99)",
        arguments.resolvers,
        all.polls.len(),
        all.failures,
        all.taken,
        at(0.5).as_secs_f64() * 1e3,
        at(0.99).as_secs_f64() * 1e3,
    );
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the clock is read here and passed on")]
fn follow(arguments: &Arguments, number: u64, rails: Arc<GuardRails>) -> Result<Log> {
    let mut random = [0; 16];
    random[..8].copy_from_slice(&number.to_le_bytes());
    let tools =
        Tools { key: Key::new(random), rails, metrics: Arc::new(Metrics::new()?), amended_from: u32::MAX };
    let mut updater = Updater::new(config(arguments), tools)?;
    let (start, mut log) = (Instant::now(), Log::default());
    // They were started by different people, too.
    thread::sleep(Duration::from_millis(Key::new(random).draw("start", 0) % (arguments.poll * 1000)));
    while start.elapsed().as_secs() < arguments.seconds {
        for errand in updater.due(start.elapsed().as_millis() as u64) {
            let began = Instant::now();
            let visited = errand.run(Timestamp::now());
            log.polls.push(began.elapsed());
            for change in updater.commit(visited) {
                log.failures += u64::from(change.outcome.failure().is_some());
                log.taken += u64::from(matches!(change.outcome, Outcome::Taken { .. }));
            }
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(log)
}

fn config(arguments: &Arguments) -> Config {
    let authority = Authority {
        name: "fleet".into(),
        repository: Address::Web(arguments.repository.clone()),
        root: Some(arguments.root.clone()),
        poll: arguments.poll,
        ..Authority::demo()
    };
    let origin = Origin::Target { authority: "fleet".into(), path: arguments.target.clone() };
    let list = ListSource { name: "fleet".into(), origin, ..ListSource::demo() };
    Config { state: None, authorities: vec![authority], lists: vec![list], ..Config::default() }
}
