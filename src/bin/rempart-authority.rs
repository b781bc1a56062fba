//! `rempart-authority`: what an authority publishes, made, signed and checked.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use jiff::Timestamp;
use rempart::cli::Console;
use rempart::cli::authority::{Arguments, refusal, run};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Libraries name in their logs who asked and for what: only what this program itself says goes into the log.
const OWN: &str = "rempart";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::builder().with_default_directive(tracing::Level::INFO.into()).from_env_lossy();
    let silence = filter_fn(|metadata| metadata.target().starts_with(OWN));
    let colours = std::io::stderr().is_terminal();
    let logs =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    logs.finish().with(silence).init();
    #[expect(clippy::disallowed_methods, reason = "the clock is read here and passed on")]
    let now = Timestamp::now();
    Console::with_standard(|console| match run(arguments, now, console) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("rempart-authority: {}", refusal(&error));
            ExitCode::FAILURE
        }
    })
}
