//! `sign`, `export` and `import`: a holder's turn, here or on a machine that is never connected.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::{Consent, Keys, answer, carry_out, propose};
use crate::authority::{Bundle, Signatures, Workspace, export, import, sign};
use crate::cli::Console;

/// Add a signature to what is on its way; publish what enough holders have signed.
#[derive(Args)]
pub(super) struct Sign {
    /// The workspace, or a file of `export`
    #[arg(value_name = "DIR|FILE")]
    place: PathBuf,
    /// What to sign [default: all that the key may sign]
    #[arg(long)]
    role: Option<String>,
    /// Where signatures for what a file of `export` holds go
    #[arg(long, value_name = "SIGNATURES")]
    output: Option<PathBuf>,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    consent: Consent,
}

/// Write what is on its way, and all that is needed to judge it, into one file, to be signed elsewhere.
#[derive(Args)]
pub(super) struct Export {
    /// The workspace of the authority
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The file
    file: PathBuf,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Take in signatures that were made elsewhere; publish what enough holders have signed.
#[derive(Args)]
pub(super) struct Import {
    /// The workspace of the authority
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The file with the signatures
    signatures: PathBuf,
    #[command(flatten)]
    consent: Consent,
}

impl Sign {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        if self.keys.keys.is_empty() {
            bail!("name the key that signs with --key");
        }
        if self.place.is_dir() {
            if self.output.is_some() {
                bail!("--output is for a file of `export`; signatures in a workspace stay there");
            }
            let work = sign(&Workspace::new(self.place), self.role.as_deref(), now)?;
            return carry_out(work, &self.keys, &self.consent, console);
        }
        let Some(output) = &self.output else { bail!("say where the signatures go with --output") };
        let bundle = Bundle::open(&self.place)?;
        let work = bundle.prepare(self.role.as_deref(), now)?;
        propose(&work, &self.consent, "Sign this?", console)?;
        let told = json!({ "proposal": work.proposal() });
        let signatures = work.sign_apart(&self.keys.open(console)?)?;
        signatures.write(output)?;
        let roles: Vec<&str> = signatures.roles().collect();
        let output = output.display();
        let words = format!("Signed: {}. Take {output} back, and `import` it there.", roles.join(", "));
        answer(words, told, self.consent.json, console)
    }
}

impl Export {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let roles = export(&Workspace::new(self.folder), &self.file, now)?;
        let file = self.file.display();
        let words = format!(
            "{file} holds what waits of {}. On the other machine: rempart-authority sign {file} --key KEY --output \
             SIGNATURES",
            roles.join(", ")
        );
        answer(words, json!({ "file": self.file, "roles": roles }), self.json, console)
    }
}

impl Import {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let signatures = Signatures::read(&self.signatures)?;
        let work = import(&Workspace::new(self.folder), now)?;
        propose(&work, &self.consent, "Take the signatures in?", console)?;
        let mut told = json!({ "proposal": work.proposal() });
        let progress = work.take_in(&signatures, &self.signatures)?;
        told["progress"] = serde_json::to_value(&progress)?;
        answer(&progress, told, self.consent.json, console)
    }
}
