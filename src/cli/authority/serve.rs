//! `serve`: the published folder over HTTP, for a pilot.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::Ordering::Relaxed;

use anyhow::Result;
use clap::Args;

use crate::cli::Console;
use crate::daemon::FolderServer;

/// Serve the folder that is published, until SIGTERM or Ctrl-C: enough for a pilot, and any web server will do too.
#[derive(Args)]
pub(super) struct Serve {
    /// The workspace of the authority, or the folder to serve itself
    dir: PathBuf,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// For HTTPS: the chain of certificates, as PEM
    #[arg(long, value_name = "FILE", requires = "private_key")]
    certificate: Option<PathBuf>,
    /// For HTTPS: the private key of the first of them, as PEM
    #[arg(long, value_name = "FILE", requires = "certificate")]
    private_key: Option<PathBuf>,
}

impl Serve {
    pub(super) fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        // Of a workspace, where private keys are, never more than this.
        let is_workspace =
            ["authority.toml", "keys", "public"].iter().any(|name| self.dir.join(name).exists());
        let folder = if is_workspace { self.dir.join("public") } else { self.dir };
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        let tls = self.certificate.zip(self.private_key);
        let told = folder.display().to_string();
        let server = FolderServer { folder, listen: self.listen, tls };
        let served = server.run(|address| {
            let _ = console.tell(format_args!("{told} is served at {scheme}://{address}"));
        })?;
        let (requests, octets) = (served.requests.load(Relaxed), served.octets.load(Relaxed));
        console.tell(format_args!("{requests} requests answered, {octets} octets of files"))?;
        Ok(ExitCode::SUCCESS)
    }
}
