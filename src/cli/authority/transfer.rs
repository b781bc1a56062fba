//! `transfer`: policy zones for resolvers that transfer them.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::cli::Console;
use crate::config::read_transfers;
use crate::daemon::ZoneServer;
use crate::page::Help;

/// Serve lists as policy zones for resolvers that transfer them (AXFR, IXFR, NOTIFY, TSIG), until SIGTERM or Ctrl-C
///
/// Each zone says what `convert --to rpz` writes of its list, which is read again when it changes, and when SIGHUP says so.
/// A list that cannot be read, or must not be blocked, leaves the zone as it is. The log is on standard error.
#[derive(Args)]
pub(super) struct Transfer {
    /// The configuration, such as config/transfer.toml
    config: PathBuf,
    /// Read and check the configuration and the keys, and do nothing more
    #[arg(long)]
    check: bool,
    /// Take the lists as they are at the start, however many names they gained or lost
    #[arg(long)]
    accept_leap: bool,
}

impl Transfer {
    pub(super) fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        let config = read_transfers(&self.config)?;
        let protected = Help::built_in()?.names();
        let server = ZoneServer { config, protected, accept_leap: self.accept_leap };
        if self.check {
            server.check()?;
            console.tell("The configuration and the keys can be used.")?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut told = Ok(());
        server.run(|addresses| {
            let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
            told = console.tell(format_args!("zones are served at {}", addresses.join(", ")));
        })?;
        told?;
        Ok(ExitCode::SUCCESS)
    }
}
