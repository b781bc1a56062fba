//! `rempart`: the resolver, and the commands that look after it.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use jiff::Timestamp;
use rempart::cli::Console;
use rempart::cli::resolver::{Arguments, run};
use tracing_subscriber::EnvFilter;

/// The resolver library names questions in its logs, even in warnings: it is silenced whatever is asked for.
const SILENCED: [&str; 3] = ["hickory_resolver=off", "hickory_net=off", "hickory_proto=off"];

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut filter =
        EnvFilter::builder().with_default_directive(tracing::Level::INFO.into()).from_env_lossy();
    for directive in SILENCED.iter().filter_map(|directive| directive.parse().ok()) {
        filter = filter.add_directive(directive);
    }
    let colours = std::io::stderr().is_terminal();
    let logs =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    if arguments.log_json {
        logs.json().init()
    } else {
        logs.init()
    }
    let mut random = [0; 16];
    if aws_lc_rs::rand::fill(&mut random).is_err() {
        eprintln!("rempart: the system gives no random numbers");
        return ExitCode::FAILURE;
    }
    #[expect(clippy::disallowed_methods, reason = "the clock is read here and passed on")]
    let now = Timestamp::now();
    Console::with_standard(|console| match run(arguments, random, now, console) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("rempart: {error:#}");
            ExitCode::FAILURE
        }
    })
}
