//! `verify`, `diff`, `status` and `show`: looking, and changing nothing.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;

use super::{LATE, OUT_OF_DATE, TROUBLED, show};
use crate::authority::{Bundle, Condition, Proposal, Report, Shown, Workspace, diff};
use crate::cli::Console;

/// Check a repository as a resolver would: every role, every list, every delta.
#[derive(Args)]
pub(super) struct Verify {
    /// The workspace, or a folder with a repository
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The root that you pinned [default: the first of the repository, which proves nothing about who made it]
    #[arg(long)]
    root: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Compare two serials of a published list, or two files.
#[derive(Args)]
pub(super) struct Diff {
    /// The workspace of the authority
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The earlier list: a serial, or a file
    old: String,
    /// The later list: a serial, or a file
    new: String,
    /// Which list is meant, where several are published
    #[arg(long)]
    target: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Tell what is published and for how many days, what waits, and whose turn it is.
#[derive(Args)]
pub(super) struct Status {
    /// The workspace of the authority
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Tell what a file says, whoever made it: a list, metadata, keys, signatures. Or what waits for signatures.
#[derive(Args)]
pub(super) struct Show {
    /// The file; with --waiting a workspace, or a file of `export`
    #[arg(value_name = "FILE|DIR")]
    file: PathBuf,
    /// Tell what waits for signatures there, with every name
    #[arg(long)]
    waiting: bool,
    /// Of this role alone
    #[arg(long, requires = "waiting")]
    role: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let report = Report::verify(&self.folder, self.root.as_deref(), now)?;
        if self.root.is_none() && !self.json {
            console.tell(
                "Note: the first root comes from the folder itself. It proves nothing about who made it; give the \
                 copy that you pinned with --root.\n",
            )?;
        }
        show(&report, self.json, console)?;
        Ok(if report.current { ExitCode::SUCCESS } else { ExitCode::from(OUT_OF_DATE) })
    }
}

impl Diff {
    pub(super) fn run(self, console: &mut Console<'_>) -> Result<ExitCode> {
        let changes = diff(&self.folder, &self.old, &self.new, self.target.as_deref())?;
        show(&changes, self.json, console)?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Status {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let status = crate::authority::Status::of(&Workspace::new(self.folder), now)?;
        show(&status, self.json, console)?;
        Ok(match status.condition {
            Condition::Good => ExitCode::SUCCESS,
            Condition::Late => ExitCode::from(LATE),
            Condition::Troubled => ExitCode::from(TROUBLED),
            Condition::Expired => ExitCode::from(OUT_OF_DATE),
        })
    }
}

impl Show {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let role = self.role.as_deref();
        match (self.waiting, self.file.is_dir()) {
            (false, _) => show(&Shown::read(&self.file, now)?, self.json, console)?,
            (true, true) => {
                show(&Proposal::waiting(&Workspace::new(self.file), role, now)?, self.json, console)?;
            }
            (true, false) => show(&Bundle::open(&self.file)?.waiting(role, now)?, self.json, console)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
