//! `rempart-authority`: what an authority publishes, made, signed and checked.

use std::process::ExitCode;

use clap::Parser;
use jiff::Timestamp;
use rempart::cli::Console;
use rempart::cli::authority::{Arguments, refusal, run};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
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
