//! What a timer does: it signs the timestamp anew, and the snapshot before that is late.

use jiff::Timestamp;
use serde::Serialize;

use crate::authority::commit::{Committed, Step, commit};
use crate::authority::desk::Desk;
use crate::authority::online::Online;
use crate::authority::seal::{Renewal, Sealing};
use crate::authority::{Error, Workspace, metadata};
use crate::trust::SNAPSHOT;

/// What was signed anew.
#[derive(Debug, Serialize)]
pub struct Refreshed {
    /// What an earlier command was kept from publishing, and is public now.
    pub ended: Option<Committed>,
    /// What was signed.
    pub committed: Committed,
}

/// Signs the timestamp anew, and the snapshot where a third of its life or less is left. No other file changes.
pub fn refresh(workspace: &Workspace, until: Option<Timestamp>, now: Timestamp) -> Result<Refreshed, Error> {
    workspace.terms()?;
    workspace.refuse_public_keys()?;
    let _lock = workspace.lock()?;
    let online = Online::open(workspace)?;
    let mut desk = Desk::look(workspace)?;
    let ended = commit(&desk, &online, now)?;
    if ended.is_some() {
        desk = Desk::look(workspace)?;
    }
    desk.until = until;
    let Some(root) = desk.published.root()? else {
        return Err(Error::NothingPublished { folder: workspace.folder().to_owned() });
    };
    let snapshot = desk.published.snapshot.as_ref().map(metadata::expires);
    let late = snapshot.is_none_or(|expires| desk.terms.days.is_late(SNAPSHOT, expires, now));
    let roots = vec![&root];
    let sealing = Sealing { desk: &desk, roles: &desk.published.roles, roots, online: &online, now };
    let sealed = sealing.seal(if late { Renewal::Snapshot } else { Renewal::Timestamp })?;
    sealed.steps.iter().try_for_each(Step::take)?;
    Ok(Refreshed { ended, committed: Committed { versions: sealed.versions } })
}
