//! `rempart-authority`: what an authority publishes, made, signed and checked.

use std::process::ExitCode;

use clap::Parser;
use jiff::Timestamp;
use rempart::cli::Console;
use rempart::cli::authority::{Arguments, run};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    Console::with_standard(|console| match run(arguments, Timestamp::now(), console) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("rempart-authority: {error:#}");
            ExitCode::FAILURE
        }
    })
}
