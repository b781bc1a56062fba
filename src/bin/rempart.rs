//! `rempart`: the resolver, and the commands that look after it.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use jiff::Timestamp;
use rempart::cli::Console;
use rempart::cli::resolver::{Arguments, run};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Libraries name in their logs, even in warnings, who asked and for what: those of the resolver, of TLS, of QUIC. Whatever
/// is asked of the log, only what this program itself says goes into it.
const OWN: &str = "rempart";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::builder().with_default_directive(tracing::Level::INFO.into()).from_env_lossy();
    let silence = filter_fn(|metadata| metadata.target().starts_with(OWN));
    let colours = std::io::stderr().is_terminal();
    let logs =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    if arguments.log_json {
        logs.json().finish().with(silence).init()
    } else {
        logs.finish().with(silence).init()
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
