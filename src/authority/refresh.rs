//! What a timer does: it signs the timestamp anew, and the snapshot before that is late.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::authority::commit::{Committed, Step, commit};
use crate::authority::desk::Desk;
use crate::authority::list::plain;
use crate::authority::online::Online;
use crate::authority::seal::{Renewal, Sealing};
use crate::authority::{Error, Workspace, metadata};
use crate::blocklist;
use crate::trust::{ROOT, SNAPSHOT};

/// How far the clock may lie before the time at which a list was issued.
pub(super) const MOST_AHEAD: SignedDuration = SignedDuration::from_hours(24);

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
    if let Some(expires) = until.filter(|until| *until <= now) {
        return Err(Error::Expiry { what: "the timestamp".to_owned(), expires });
    }
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
    if until.is_none() {
        check_clock(&desk, now)?;
    }
    let snapshot = desk.published.snapshot.as_ref().map(metadata::expires);
    let late = snapshot.is_none_or(|expires| desk.terms.days.is_late(SNAPSHOT, expires, now));
    let roots = vec![&root];
    let sealing = Sealing { desk: &desk, roles: &desk.published.roles, roots, online: &online, now };
    let sealed = sealing.seal(if late { Renewal::Snapshot } else { Renewal::Timestamp })?;
    sealed.steps.iter().try_for_each(Step::take)?;
    Ok(Refreshed { ended, committed: Committed { versions: sealed.versions }, hindered })
}

/// Refuses a clock that lies long before the day on which a published list was issued: what would be signed then is
/// out of date already. A list that cannot be read says nothing of the clock.
fn check_clock(desk: &Desk, now: Timestamp) -> Result<(), Error> {
    for role in desk.published.roles.keys().filter(|role| *role != ROOT) {
        let claims = desk.published.claims(role)?;
        for (path, target) in claims.iter().flat_map(metadata::lists) {
            let text = desk.published.target(path, target).and_then(|octets| plain(Path::new(path), octets));
            let Ok(text) = text else { continue };
            let Ok(header) = blocklist::read_header(text.as_slice(), path) else { continue };
            if header.issued.duration_since(now) > MOST_AHEAD {
                return Err(Error::Clock { path: path.to_owned(), issued: header.issued, now });
            }
        }
    }
    Ok(())
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
    fn a_clock_that_is_wrong_signs_nothing() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let before = office.public_files();
        let old: Timestamp = "2000-01-01T00:00:00Z".parse().unwrap();
        let error = refresh(&office.workspace, None, old).unwrap_err();
        assert!(matches!(error, Error::Clock { .. }), "{error}");
        let error = refresh(&office.workspace, Some(old), office.now).unwrap_err();
        assert!(matches!(error, Error::Expiry { .. }), "{error}");
        assert_eq!(office.public_files(), before);
        let header = std::fs::read_to_string(office.path("header.toml")).unwrap();
        let header =
            format!("issued = \"2026-03-09T00:00:00Z\"\nexpires = \"2027-01-01T00:00:00Z\"\n{header}");
        std::fs::write(office.path("header.toml"), header).unwrap();
        let error = office.prepare(&["a.example", "b.example"]).err().unwrap();
        assert!(matches!(error, Error::Clock { .. }), "{error}");
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
        assert!(matches!(refreshed.hindered, Some(Error::Read { .. })));
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 1);
        assert_eq!(status(&office).condition, Condition::Troubled);
        std::fs::write(staged.join("junk.json"), "{").unwrap();
        let refreshed = refresh(&office.workspace, None, office.now).unwrap();
        assert!(matches!(refreshed.hindered, Some(Error::Trust { .. })));
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
