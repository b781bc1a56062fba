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
    /// What keeps that which enough people have signed from being published.
    #[serde(skip)]
    pub hindered: Option<Error>,
}

/// Signs the timestamp anew, and the snapshot where a third of its life or less is left. No other file changes.
pub fn refresh(workspace: &Workspace, until: Option<Timestamp>, now: Timestamp) -> Result<Refreshed, Error> {
    workspace.terms()?;
    workspace.refuse_public_keys()?;
    let _lock = workspace.lock()?;
    let online = Online::open(workspace)?;
    // Whatever is wrong with one list on its way, nobody else's may grow old for it.
    let (ended, hindered) = match Desk::look(workspace).and_then(|desk| commit(&desk, &online, now)) {
        Ok(ended) => (ended, None),
        Err(error) => (None, Some(error)),
    };
    let mut desk = Desk::look_outside(workspace)?;
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
    Ok(Refreshed { ended, committed: Committed { versions: sealed.versions }, hindered })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::office::{Client, Office, signers};
    use crate::authority::{Condition, Status};
    use crate::trust;

    #[test]
    fn a_timer_changes_the_timestamp_alone_until_the_snapshot_is_late() {
        let mut office = Office::with_delegate();
        office.publish(&["a.example"]);
        let mut client = Client::new(&office);
        for day in 0..6 {
            let before = office.public_files();
            let refreshed = refresh(&office.workspace, None, office.now).unwrap();
            // Seven days, of which less than a third is left after the fifth.
            assert_eq!(refreshed.committed.versions.contains_key("snapshot"), day == 5, "{day}");
            for (path, octets) in before {
                let now = std::fs::read(&path).unwrap();
                assert!(path.ends_with("timestamp.json") || now == octets, "{path:?}");
            }
            assert_eq!(client.serial(office.now).unwrap(), 1);
            office.wait_days(1);
        }
        let error = client.serial(office.now).unwrap_err();
        assert!(matches!(error, trust::Error::Expired { .. }), "{error}");
    }

    #[test]
    fn what_cannot_be_published_makes_nothing_else_old() {
        let mut office = Office::with_delegate();
        office.publish(&["a.example"]);
        let work = office.prepare(&["b.example", "a.example"]).unwrap();
        work.stage_alone(&signers(&["dora", "emil"])).unwrap();
        let status = |office: &Office| Status::of(&office.workspace, office.now).unwrap();
        assert_eq!(status(&office).condition, Condition::Troubled);
        assert!(status(&office).to_string().contains("signed and not published, because "));
        let staged = office.workspace.staged();
        let lists = staged.join("targets");
        std::fs::rename(&lists, office.path("away")).unwrap();
        office.wait_days(1);
        let refreshed = refresh(&office.workspace, None, office.now).unwrap();
        assert!(matches!(refreshed.hindered, Some(crate::authority::Error::Read { .. })));
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 1);
        assert_eq!(status(&office).condition, Condition::Troubled);
        std::fs::write(staged.join("junk.json"), "{").unwrap();
        let refreshed = refresh(&office.workspace, None, office.now).unwrap();
        assert!(matches!(refreshed.hindered, Some(crate::authority::Error::Trust { .. })));
        assert!(status(&office).to_string().contains("junk.json"), "{}", status(&office));
        std::fs::remove_file(staged.join("junk.json")).unwrap();
        std::fs::rename(office.path("away"), lists).unwrap();
        let refreshed = refresh(&office.workspace, None, office.now).unwrap();
        assert!(refreshed.hindered.is_none() && refreshed.ended.is_some());
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 2);
        assert_eq!(status(&office).condition, Condition::Good);
    }

    #[test]
    fn what_is_out_of_date_is_told_and_signed_anew() {
        let mut office = Office::with_delegate();
        office.publish(&["a.example"]);
        let condition = |office: &Office| Status::of(&office.workspace, office.now).unwrap().condition;
        assert_eq!(condition(&office), Condition::Good);
        office.wait_days(1);
        assert_eq!(condition(&office), Condition::Expired);
        assert!(!office.verify().unwrap().current);
        refresh(&office.workspace, None, office.now).unwrap();
        assert_eq!(condition(&office), Condition::Good);
        assert!(office.verify().unwrap().current);
        office.wait_days(21);
        refresh(&office.workspace, None, office.now).unwrap();
        assert_eq!(condition(&office), Condition::Late);
        let status = Status::of(&office.workspace, office.now).unwrap();
        assert_eq!(status.roles["fr"].condition, Condition::Late);
        assert!(status.to_string().contains("SIGN IT ANEW"), "{status}");
    }
}
