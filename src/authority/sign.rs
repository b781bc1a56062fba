//! A holder's turn to sign what is on its way.

use jiff::Timestamp;

use crate::authority::desk::Desk;
use crate::authority::progress::Work;
use crate::authority::{Error, Workspace};

/// Looks at what is on its way, all of it or that of one role, in order to sign it.
pub fn sign(workspace: &Workspace, role: Option<&str>, now: Timestamp) -> Result<Work, Error> {
    Work::of_staged(Desk::open(workspace, now)?, role, now)
}
