//! A holder's turn to sign what is on its way.

use std::path::Path;

use jiff::Timestamp;

use crate::authority::authentic::follow;
use crate::authority::desk::Desk;
use crate::authority::progress::Work;
use crate::authority::{Committed, Error, Signer, Workspace};

/// Who signs, and what.
#[derive(Clone, Copy, Default)]
pub struct Turn<'a> {
    /// The role whose metadata is signed; without it all that the keys may sign.
    pub role: Option<&'a str>,
    /// The root that the holder keeps, from which that of the repository must follow.
    pub root: Option<&'a Path>,
    /// The keys.
    pub signers: &'a [Signer],
}

/// Looks at what is on its way, in order to sign it.
pub fn sign(workspace: &Workspace, turn: &Turn<'_>, now: Timestamp) -> Result<Work, Error> {
    turn.work(Desk::open(workspace, now)?, now)
}

impl Turn<'_> {
    /// What the keys may sign, or all of the role that was named: what is others' to judge keeps nobody from signing.
    pub(super) fn work(&self, desk: (Desk, Option<Committed>), now: Timestamp) -> Result<Work, Error> {
        let (looked_at, _) = &desk;
        if let Some(root) = self.root {
            follow(&looked_at.published, root)?;
        }
        let mut roles = Vec::new();
        for role in looked_at.staged.keys() {
            let is_meant = match self.role {
                Some(named) => named == role,
                None => self.may_sign(looked_at, role)?,
            };
            roles.extend(is_meant.then(|| role.clone()));
        }
        match (roles.is_empty(), self.role, self.signers.first()) {
            (true, None, Some(signer)) if !looked_at.staged.is_empty() => {
                Err(Error::Stranger { key: signer.name.clone() })
            }
            (true, role, _) => Err(Error::NothingStaged { role: role.unwrap_or("any role").to_owned() }),
            _ => Work::of_staged(desk, roles, now),
        }
    }

    fn may_sign(&self, desk: &Desk, role: &str) -> Result<bool, Error> {
        for signer in self.signers {
            if desk.holder(role, signer.key.public())?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::SignedDuration;

    use super::*;
    use crate::authority::office::{Client, LIST, Office, signers};
    use crate::authority::{Content, refresh};

    #[test]
    fn signatures_come_one_by_one() {
        let office = Office::unfounded();
        let progress = office.found(&[]);
        assert!(progress.committed.is_none());
        assert_eq!(progress.waiting.len(), 2);
        assert!(office.verify().is_err());
        assert!(office.sign(None, &["ana"]).unwrap().committed.is_none());
        // The root alone is not enough to be published.
        assert!(office.sign(Some("root"), &["cleo"]).unwrap().committed.is_none());
        let progress = office.sign(None, &["ben"]).unwrap();
        assert_eq!(progress.committed.unwrap().versions["timestamp"], 1);
        assert!(office.verify().unwrap().current);
    }

    #[test]
    fn one_person_publishes_nothing() {
        let office = Office::with_delegate();
        let work = office.prepare(&["a.example"]).unwrap();
        let before = office.public_files();
        let progress = work.carry_out(&signers(&["dora"])).unwrap();
        assert!(progress.committed.is_none());
        assert_eq!((progress.waiting[0].signed.len(), progress.waiting[0].missing.len()), (1, 1));
        assert_eq!(progress.waiting[0].missing[0].to_string(), "emil");
        let error = office.sign(None, &["dora"]).unwrap_err();
        assert!(matches!(error, Error::AlreadySigned { .. }), "{error}");
        for stranger in ["ana", "zoe"] {
            let error = office.sign(None, &[stranger]).unwrap_err();
            assert!(matches!(error, Error::Stranger { .. }), "{error}");
        }
        assert_eq!(office.public_files(), before);
        let emil = signers(&["emil"]);
        let turn = Turn { signers: &emil, ..Turn::default() };
        let told = sign(&office.workspace, &turn, office.now).unwrap().proposal().to_string();
        assert!(told.contains("signed so far by dora") && told.contains("rules        1,"), "{told}");
        assert!(office.sign(Some("fr"), &["emil"]).unwrap().committed.is_some());
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 1);
        assert!(matches!(office.sign(None, &["emil"]).unwrap_err(), Error::NothingStaged { .. }));
    }

    #[test]
    fn what_is_others_to_judge_keeps_nobody_from_signing() {
        let mut office = Office::with_delegate();
        let work = office.delegate("de", "de/*", &["fay", "gus"]).unwrap();
        work.carry_out(&signers(&["ana", "ben"])).unwrap();
        let mut stale = office.publication("de/games.jsonl.zst", &["b.example"]);
        stale.until = Some(office.now + SignedDuration::from_hours(1));
        let work = stale.prepare(&office.workspace, office.now).unwrap();
        work.carry_out(&signers(&["fay"])).unwrap();
        office.prepare(&["a.example"]).unwrap().carry_out(&signers(&["dora"])).unwrap();
        office.wait_days(1);
        let emil = signers(&["emil"]);
        let turn = Turn { signers: &emil, ..Turn::default() };
        let told = sign(&office.workspace, &turn, office.now).unwrap().proposal().to_string();
        assert!(told.contains("fr, version 1") && !told.contains("de, version"), "{told}");
        let named = Turn { role: Some("de"), ..turn };
        assert!(matches!(sign(&office.workspace, &named, office.now), Err(Error::Expiry { .. })));
        assert!(office.sign(None, &["emil"]).unwrap().committed.is_some());
        assert!(matches!(office.sign(None, &["gus"]).unwrap_err(), Error::Expiry { .. }));
    }

    #[test]
    fn nobody_signs_what_is_not_at_hand() {
        let office = Office::with_delegate();
        office.prepare(&["a.example"]).unwrap().carry_out(&signers(&["dora"])).unwrap();
        let staged = crate::authority::files::tree(&office.workspace.staged()).unwrap();
        let list = staged.iter().find(|path| path.extension().is_some_and(|it| it == "zst")).unwrap();
        let octets = fs::read(list).unwrap();
        fs::write(list, b"other").unwrap();
        assert!(matches!(office.sign(None, &["emil"]).unwrap_err(), Error::Trust { .. }));
        fs::remove_file(list).unwrap();
        assert!(matches!(office.sign(None, &["emil"]).unwrap_err(), Error::Read { .. }));
        fs::write(list, octets).unwrap();
        assert!(office.sign(None, &["emil"]).unwrap().committed.is_some());
    }

    #[test]
    fn what_changed_since_it_was_shown_is_not_signed() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let mine = office.prepare(&["b.example", "a.example"]).unwrap();
        let another = office.prepare(&["c.example", "a.example"]).unwrap();
        // A timer changes nothing that anybody was shown.
        refresh(&office.workspace, None, office.now).unwrap();
        another.carry_out(&signers(&["dora", "emil"])).unwrap();
        let error = mine.carry_out(&signers(&["dora", "emil"])).unwrap_err();
        assert!(matches!(error, Error::Changed { .. }), "{error}");
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 2);
    }

    #[test]
    fn two_publishers_at_once_take_turns() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let held = office.workspace.lock().unwrap();
        let error = office.prepare(&["b.example"]).err().unwrap();
        assert!(matches!(error, Error::Locked { .. }), "{error}");
        drop(held);
        let patient = office.workspace.clone().with_patience(std::time::Duration::from_secs(60));
        let published: u64 = std::thread::scope(|scope| {
            let publish = |name: &str| {
                let mut publication = office.publication(LIST, &[]);
                let Content::Files { rules, .. } = &mut publication.content else { unreachable!() };
                *rules = office.path(name);
                fs::write(rules, format!("{name}.example\na.example\n")).unwrap();
                let (workspace, now) = (patient.clone(), office.now);
                scope.spawn(move || {
                    let work = publication.prepare(&workspace, now)?;
                    work.carry_out(&signers(&["dora", "emil"]))
                })
            };
            let threads: Vec<_> = ["b", "c", "d"].map(publish).into();
            let outcomes = threads.into_iter().map(|thread| thread.join().unwrap());
            outcomes
                .map(|outcome| match outcome {
                    Ok(progress) => u64::from(progress.committed.is_some()),
                    // Somebody was faster.
                    Err(Error::Changed { .. }) => 0,
                    Err(error) => panic!("{error}"),
                })
                .sum()
        });
        assert!(published >= 1);
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 1 + published);
        assert!(office.verify().unwrap().current);
    }
}
