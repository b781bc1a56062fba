//! `rempart ca`: the authority that managed devices believe, made and brought to them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use clap::{Args, Subcommand};
use jiff::Timestamp;

use crate::blocklist::normalise;
use crate::ca::{Charter, Config, Export, Files, Founding, Scope};
use crate::cli::Console;
use crate::cli::secret::random;
use crate::dns::Name;
use crate::keyfile::{self, Cost, Protection, Secret};

/// The page over HTTPS, for devices that you own: make an authority, or bring it to them.
#[derive(Subcommand)]
pub(super) enum Ca {
    Init(Init),
    Export(ExportTo),
}

/// Make a certification authority at the paths of the section `ca`: its certificate, and its private key, encrypted
///
/// It is for devices that you own and manage: whoever holds its key could pretend to be any site on those that trust
/// it, but for what --permit and --exclude leave out.
#[derive(Args)]
pub(super) struct Init {
    /// What it is called among the authorities of a device, such as "Example College, network"
    #[arg(long)]
    name: String,
    /// Let it vouch for servers within this domain alone; can be repeated
    #[arg(long, value_name = "DOMAIN", value_parser = normalise)]
    permit: Vec<Name>,
    /// Let it vouch for no server within this domain; can be repeated
    #[arg(long, value_name = "DOMAIN", value_parser = normalise)]
    exclude: Vec<Name>,
    /// How many days it lives
    #[arg(long, default_value_t = 1_825)]
    days: u32,
    /// The passphrase of its key, in place of ca.passphrase_file; that one is made if it is not there
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Write the certificate in PEM and DER, and a note on how devices are told to trust it, into a folder
#[derive(Args)]
pub(super) struct ExportTo {
    /// The folder, such as `to-devices`; it must exist
    folder: PathBuf,
}

impl Ca {
    pub(super) fn run(self, config: &Config, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let files = config.files().context(
            "the configuration names no authority; give certificate, key and passphrase_file in its section [ca]",
        )?;
        match self {
            Self::Init(command) => command.run(files, now, console),
            Self::Export(command) => command.run(files, console),
        }
    }
}

impl Init {
    fn run(self, files: Files<'_>, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let scope = Scope { permitted: self.permit, excluded: self.exclude };
        let charter = Charter { title: self.name, scope, days: self.days };
        let founding = Founding::new(&charter, random()?, now, files)?;
        let (scope, days) = (&charter.scope, charter.days);
        console.tell(format_args!("This makes an authority that can vouch for {scope}, for {days} days:"))?;
        console.tell(format_args!("  certificate  {}", files.certificate.display()))?;
        console.tell(format_args!("  private key  {}, encrypted", files.key.display()))?;
        console.confirm("Make it?", self.yes)?;
        let (passphrase, is_new) = match &self.passphrase_file {
            Some(path) => (Secret::read(path)?, false),
            None => passphrase(files.passphrase)?,
        };
        let protection =
            Protection::Passphrase { passphrase: &passphrase, random: random()?, cost: Cost::RECOMMENDED };
        founding.carry_out(&protection)?;
        if is_new {
            let path = files.passphrase.display();
            console
                .tell(format_args!("A new passphrase is in {path}; the key is worth nothing without it."))?;
        }
        console.tell(
            "Made. Give the user that the program runs as the right to read the three files; bring the certificate to \
             the devices with `rempart ca export FOLDER`; set https = \"certificate\" for their group; and restart.",
        )?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What is in a file, or a new passphrase that is put there; and whether it is new.
fn passphrase(path: &Path) -> Result<(Secret, bool)> {
    match path.symlink_metadata() {
        Ok(_) => Ok((Secret::read(path)?, false)),
        Err(_) => {
            let text = STANDARD_NO_PAD.encode(random::<24>()?);
            keyfile::create(path, format!("{text}\n").as_bytes(), keyfile::SECRET)
                .with_context(|| format!("cannot write {}", path.display()))?;
            Ok((Secret::new(text), true))
        }
    }
}

impl ExportTo {
    fn run(self, files: Files<'_>, console: &mut Console<'_>) -> Result<ExitCode> {
        let export = Export::read(files.certificate)?;
        export.write(&self.folder)?;
        console.tell(&export.note)?;
        console.tell(format_args!(
            "ca.pem, ca.cer and this note, deploy.txt, are in {}.",
            self.folder.display()
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
