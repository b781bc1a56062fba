//! The client that the public conformance suite of The Update Framework drives, over the same code by which the
//! daemon follows a repository: `init`, `refresh` and `download` as the suite's CLIENT-CLI.md describes them.
//!
//! ```text
//! cargo build --release --example tuf_client
//! pytest tuf_conformance --entrypoint target/release/examples/tuf_client
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use jiff::Timestamp;
use rempart::trust::encode;
use rempart::update::{Location, Reach, Repository};

#[derive(Parser)]
struct Arguments {
    #[arg(long)]
    metadata_dir: PathBuf,
    #[arg(long)]
    metadata_url: Option<String>,
    #[arg(long)]
    target_base_url: Option<String>,
    #[arg(long)]
    target_dir: Option<PathBuf>,
    #[arg(long)]
    target_name: Vec<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init { trusted_root: PathBuf },
    Refresh,
    Download,
}

/// Where `init` leaves the root that everything begins with.
const PINNED: &str = "pinned-root";

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tuf_client: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let pinned = arguments.metadata_dir.join(PINNED);
    if let Command::Init { trusted_root } = &arguments.command {
        let octets = fs::read(trusted_root)?;
        Repository::open(&Location::Embedded, Some(arguments.metadata_dir.clone()), &octets)?;
        fs::write(pinned, octets)?;
        return Ok(());
    }
    let metadata = arguments.metadata_url.clone().context("--metadata-url is missing")?;
    let targets = arguments.target_base_url.clone().unwrap_or_else(|| metadata.clone());
    let location = Location::Web(Reach { metadata, targets, ca: None, proxy: None });
    let root = fs::read(pinned).context("run init first")?;
    let mut repository = Repository::open(&location, Some(arguments.metadata_dir.clone()), &root)?;
    #[expect(clippy::disallowed_methods, reason = "the clock is read here and passed on")]
    repository.refresh(Timestamp::now())?;
    if let Command::Download = arguments.command {
        let folder = arguments.target_dir.as_deref().context("--target-dir is missing")?;
        for name in &arguments.target_name {
            download(&mut repository, name, folder)?;
        }
    }
    Ok(())
}

fn download(repository: &mut Repository, name: &str, folder: &Path) -> Result<()> {
    let found = repository.find(name)?;
    let path = folder.join(encode(name));
    if fs::read(&path).is_ok_and(|octets| found.target.open(name, &octets).is_ok()) {
        return Ok(());
    }
    let mut octets = Vec::new();
    repository.download(name, &found.target, &mut octets)?;
    Ok(fs::write(path, octets)?)
}
