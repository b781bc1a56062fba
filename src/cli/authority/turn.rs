//! `sign`, `export` and `import`: a holder's turn, here or on a machine that is never connected.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::desk::check_waiting;
use super::{Consent, Keys, announce, answer, propose};
use crate::authority::{Bundle, Signatures, Turn, Workspace, export, import, sign};
use crate::cli::Console;

/// Said where the root is the bundle's own.
const UNPINNED: &str = "\
NOTE: THE ROOT IS THE ONE IN THE FILE ITSELF. Whoever made the file chose whom all that follows is measured by. Give \
the root that you keep with --root.
";

/// Add a signature to what is on its way; publish what enough holders have signed.
#[derive(Args)]
pub(super) struct Sign {
    /// The workspace, or a file of `export`
    #[arg(value_name = "DIR|FILE")]
    place: PathBuf,
    /// What to sign [default: all that the key may sign]
    #[arg(long)]
    role: Option<String>,
    /// The root that you keep: that of DIR or FILE must be the same, or follow from it
    #[arg(long)]
    root: Option<PathBuf>,
    /// Tell every name that is added, removed or altered, instead of the first ones
    #[arg(long)]
    all_names: bool,
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
    #[command(flatten)]
    consent: Consent,
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
        let is_workspace = self.place.is_dir();
        if is_workspace && self.output.is_some() {
            bail!("--output is for a file of `export`; signatures in a workspace stay there");
        }
        if !is_workspace && self.output.is_none() {
            bail!("say where the signatures go with --output");
        }
        let signers = self.keys.open(console)?;
        let turn = Turn { role: self.role.as_deref(), root: self.root.as_deref(), signers: &signers };
        let Some(output) = &self.output else {
            let work = sign(&Workspace::new(self.place), &turn, now)?;
            let work = if self.all_names { work.with_all_names()? } else { work };
            propose(&work, &self.consent, "Sign this?", console)?;
            check_waiting(&work, None)?;
            let mut told = json!({ "proposal": work.proposal(), "remarks": work.remarks() });
            let progress = work.carry_out(&signers)?;
            told["progress"] = serde_json::to_value(&progress)?;
            return answer(&progress, told, self.consent.json, console);
        };
        if self.root.is_none() && !self.consent.json {
            console.tell(UNPINNED)?;
        }
        let bundle = Bundle::open(&self.place)?;
        let work = bundle.prepare(&turn, now)?;
        let work = if self.all_names { work.with_all_names()? } else { work };
        propose(&work, &self.consent, "Sign this?", console)?;
        let told = json!({ "proposal": work.proposal(), "root": self.root });
        let signatures = work.sign_apart(&signers)?;
        signatures.write(output)?;
        let roles: Vec<&str> = signatures.roles().collect();
        let output = output.display();
        let words = format!("Signed: {}. Take {output} back, and `import` it there.", roles.join(", "));
        answer(words, told, self.consent.json, console)
    }
}

impl Export {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        announce(
            format_args!(
                "This writes what waits in {} into {}, to be signed elsewhere. Nothing is signed or published: 0 names.",
                self.folder.display(),
                self.file.display()
            ),
            &self.consent,
            "Write it?",
            console,
        )?;
        let roles = export(&Workspace::new(self.folder), &self.file, now)?;
        let file = self.file.display();
        let words = format!(
            "{file} holds what waits of {}. On the other machine: rempart-authority sign {file} --key KEY --output \
             SIGNATURES",
            roles.join(", ")
        );
        answer(words, json!({ "file": self.file, "roles": roles }), self.consent.json, console)
    }
}

impl Import {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let signatures = Signatures::read(&self.signatures)?;
        let work = import(&Workspace::new(self.folder), &signatures, now)?;
        propose(&work, &self.consent, "Take the signatures in?", console)?;
        check_waiting(&work, None)?;
        let mut told = json!({ "proposal": work.proposal() });
        let progress = work.take_in(&signatures, &self.signatures)?;
        told["progress"] = serde_json::to_value(&progress)?;
        answer(&progress, told, self.consent.json, console)
    }
}
