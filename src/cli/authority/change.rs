//! `publish`, `rotate` and `refresh`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Error, Result};
use clap::Args;
use jiff::Timestamp;

use super::{Consent, Keys, Place, announce, answer, carry_out};
use crate::authority::{Content, Format, PublicKey, Publication, Rotation, Workspace, refresh};
use crate::cli::Console;

/// Publish the next generation of a list, from any known format.
#[derive(Args)]
pub(super) struct Publish {
    #[command(flatten)]
    place: Place,
    /// The rules: plain domains, hosts, dnsmasq, adblock, rpz, cert-polska or jsonl; gzip and zstd are undone
    input: PathBuf,
    /// Who lists these names, under what law, and where to appeal: a TOML file. `serial` is one more than the
    /// published one if it is left out, `issued` is now, `expires` is when the metadata does
    #[arg(long)]
    header: PathBuf,
    /// Where resolvers find it, such as fr/nudification.jsonl.zst; compressed if it ends in .zst
    #[arg(long)]
    target: String,
    /// The role that signs it [default: the one that the target is left to, or targets]
    #[arg(long)]
    role: Option<String>,
    /// Format of the input [default: told from its content]
    #[arg(long)]
    format: Option<Format>,
    /// Publish although much more or much less is listed than before
    #[arg(long)]
    accept_leap: bool,
    /// Tell every name that is added, removed or altered, instead of the first ones
    #[arg(long)]
    all_names: bool,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    consent: Consent,
}

/// Change who signs for a role: root, targets, snapshot, timestamp, or one that the central holders delegate to.
#[derive(Args)]
pub(super) struct Rotate {
    #[command(flatten)]
    place: Place,
    /// The role
    role: String,
    /// Holders who lose their say, by name or by the first digits of the key's id
    #[arg(long, num_args = 1.., value_name = "NAME")]
    remove: Vec<String>,
    /// Public keys of new holders; for snapshot and timestamp the private ones must be in DIR/keys
    #[arg(long, num_args = 1.., value_name = "FILE")]
    add: Vec<PathBuf>,
    /// How many must sign [default: as many as before]
    #[arg(long)]
    threshold: Option<u64>,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    consent: Consent,
}

/// Sign the timestamp anew, and the snapshot before it is late: for a timer, at least twice a day.
#[derive(Args)]
pub(super) struct Refresh {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    consent: Consent,
}

impl Publish {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let publication = Publication {
            content: Content::Files { rules: self.input, format: self.format, header: self.header },
            target: self.target,
            role: self.role,
            accept_leap: self.accept_leap,
            until: self.place.expires,
        };
        let work = publication.prepare(&Workspace::new(self.place.folder), now)?;
        let work = if self.all_names { work.with_all_names()? } else { work };
        carry_out(work, &self.keys, &self.consent, console)
    }
}

impl Rotate {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let rotation = Rotation {
            role: self.role,
            remove: self.remove,
            add: self.add.iter().map(|path| PublicKey::read(path)).collect::<Result<_, _>>()?,
            threshold: self.threshold,
            until: self.place.expires,
        };
        let work = rotation.prepare(&Workspace::new(self.place.folder), now)?;
        carry_out(work, &self.keys, &self.consent, console)
    }
}

impl Refresh {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        announce(
            format_args!(
                "This signs the timestamp of {} anew, and the snapshot where it is late. No list changes: 0 names.",
                self.place.folder.display()
            ),
            &self.consent,
            "Sign it?",
            console,
        )?;
        let refreshed = refresh(&Workspace::new(self.place.folder), self.place.expires, now)?;
        let told = serde_json::to_value(&refreshed)?;
        let code = answer(&refreshed.committed, told, self.consent.json, console)?;
        match refreshed.hindered {
            Some(error) => Err(Error::from(error).context("what else was signed is not published")),
            None => Ok(code),
        }
    }
}
