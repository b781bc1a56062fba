//! `withdraw` and `discard`: taking back what is published, and what waits.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::{Consent, Keys, Place, announce, answer, carry_out};
use crate::authority::{Discard, Withdrawal, Workspace};
use crate::cli::Console;

/// Take a list back: its role signs that it is published no more.
#[derive(Args)]
pub(super) struct Withdraw {
    #[command(flatten)]
    place: Place,
    /// Where resolvers find it, such as fr/nudification.jsonl.zst
    target: String,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    consent: Consent,
}

/// Throw away what waits of a role for signatures, even where it is damaged; nothing that is published changes.
#[derive(Args)]
pub(super) struct Throw {
    /// The workspace of the authority
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The role
    role: String,
    #[command(flatten)]
    consent: Consent,
}

impl Withdraw {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let withdrawal = Withdrawal { target: self.target, until: self.place.expires };
        let work = withdrawal.prepare(&Workspace::new(self.place.folder), now)?;
        carry_out(work, &self.keys, &self.consent, console)
    }
}

impl Throw {
    pub(super) fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        let discard = Discard::prepare(&Workspace::new(self.folder), &self.role)?;
        announce(&discard, &self.consent, "Throw it away?", console)?;
        discard.carry_out()?;
        answer("Thrown away.", json!({ "discarded": self.role }), self.consent.json, console)
    }
}
