//! Where a workspace stands: what is published and for how long, what is on its way, who has the next turn.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::authority::commit::hindrance;
use crate::authority::desk::Desk;
use crate::authority::edition::file_of;
use crate::authority::progress::{Waiting, waiting};
use crate::authority::{Error, Workspace, metadata};
use crate::trust::{Claims, SNAPSHOT, TARGETS, TIMESTAMP, TOP_LEVEL_ROLES};

/// Where a workspace stands.
#[derive(Debug, Serialize)]
pub struct Status {
    /// The first thing that must be looked after.
    pub condition: Condition,
    pub(super) roles: BTreeMap<String, RoleStatus>,
    /// Roles that have not published anything yet.
    pub(super) silent: Vec<String>,
    pub(super) waiting: Vec<Waiting>,
    /// What somebody must look after who can do more than sign.
    pub(super) troubles: Vec<String>,
    pub(super) next: String,
}

/// How urgent it is to sign something anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    /// More than a third of its life is left.
    Good,
    /// Less than a third of its life is left.
    Late,
    /// What enough people have signed is not published, or a file that is published is not as it was signed.
    Troubled,
    /// Resolvers take it no more.
    Expired,
}

/// Where one role stands.
#[derive(Debug, Serialize)]
pub(super) struct RoleStatus {
    pub(super) version: u64,
    pub(super) expires: Timestamp,
    /// Whole hours that are left; negative once it is out of date.
    pub(super) hours: i64,
    pub(super) condition: Condition,
}

impl Status {
    /// Looks at a workspace and changes nothing.
    pub fn of(workspace: &Workspace, now: Timestamp) -> Result<Self, Error> {
        let mut troubles = Vec::new();
        let unpublished = |why: String| format!("signed and not published, because {why}");
        let desk = match Desk::look(workspace) {
            Ok(desk) => {
                troubles.extend(hindrance(&desk, now)?.map(unpublished));
                desk
            }
            Err(error) => {
                let desk = Desk::look_outside(workspace)?;
                troubles.push(unpublished(error.with_causes()));
                desk
            }
        };
        let mut roles = BTreeMap::new();
        let delegates = desk.published.claims(TARGETS)?;
        let delegates: Vec<&str> =
            delegates.iter().flat_map(|top| top.delegates()).map(|it| it.name).collect();
        for claims in desk.published.findable()? {
            troubles.extend(damaged(&desk, &claims)?);
        }
        let sealed = [(SNAPSHOT, &desk.published.snapshot), (TIMESTAMP, &desk.published.timestamp)];
        let sealed = sealed.into_iter().filter_map(|(role, document)| Some((role, document.as_ref()?)));
        let published = desk.published.roles.iter().map(|(role, document)| (role.as_str(), document));
        for (role, document) in published.chain(sealed) {
            if !TOP_LEVEL_ROLES.contains(&role) && !delegates.contains(&role) {
                continue;
            }
            let expires = metadata::expires(document);
            let left = now.duration_until(expires);
            let condition = match () {
                () if left <= SignedDuration::ZERO => Condition::Expired,
                () if desk.terms.days.is_late(role, expires, now) => Condition::Late,
                () => Condition::Good,
            };
            let hours = left.as_secs().div_euclid(60 * 60);
            let status = RoleStatus { version: metadata::version(document), expires, hours, condition };
            roles.insert(role.to_owned(), status);
        }
        let silent =
            delegates.iter().filter(|it| !roles.contains_key(**it)).map(|it| (*it).to_owned()).collect();
        let worst = roles.values().map(|role| role.condition).max().unwrap_or(Condition::Good);
        let condition = if troubles.is_empty() { worst } else { worst.max(Condition::Troubled) };
        let next = workspace.next_turn();
        Ok(Self { condition, roles, silent, waiting: waiting(&desk)?, troubles, next })
    }
}

/// The published files of a role that are not as they were signed.
fn damaged(desk: &Desk, claims: &Claims) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for (path, target) in claims.targets() {
        if desk.published.target(path, target).is_ok() {
            continue;
        }
        let file = file_of(&desk.published.folder, path, target)?;
        found.push(match desk.past(path, target) {
            Some(copy) => {
                format!("{} is missing or not what was signed; copy {} there", file.display(), copy.display())
            }
            None => {
                Error::Damaged { path: file, source: Box::new(Error::NoTarget { path: path.to_owned() }) }
                    .to_string()
            }
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::office::{Client, LIST, Office};
    use crate::authority::{Withdrawal, files};

    #[test]
    fn a_lost_list_is_told_and_put_back() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let status = || Status::of(&office.workspace, office.now).unwrap();
        let list = || {
            let tree = files::tree(&office.workspace.public().join("targets/fr")).unwrap();
            tree.into_iter().find(|path| path.extension().is_some_and(|it| it == "zst")).unwrap()
        };
        std::fs::write(list(), "other").unwrap();
        assert_eq!(status().condition, Condition::Troubled);
        assert!(status().to_string().contains("past/fr/nudification.jsonl.zst.1 there"), "{}", status());
        office.publish(&["a.example", "b.example"]);
        assert_eq!(
            (status().condition, Client::new(&office).serial(office.now).unwrap()),
            (Condition::Good, 2)
        );
        // Nor is another list of the role kept from being published, or this one from being taken back.
        let desk = Desk::look(&office.workspace).unwrap();
        let claims = desk.published.claims("fr").unwrap().unwrap();
        let target = claims.target(LIST).unwrap();
        std::fs::remove_file(file_of(&desk.published.folder, LIST, target).unwrap()).unwrap();
        std::fs::remove_file(
            desk.past(LIST, target).unwrap_or_else(|| office.workspace.past(LIST, 2).unwrap()),
        )
        .unwrap();
        assert!(status().to_string().contains("take the list back with `withdraw`"), "{}", status());
        assert!(matches!(office.prepare(&["a.example"]).err().unwrap(), Error::Damaged { .. }));
        let withdrawal = Withdrawal { target: LIST.to_owned(), until: None };
        let work = withdrawal.prepare(&office.workspace, office.now).unwrap();
        let done = work.carry_out(&crate::authority::office::signers(&["dora", "emil"])).unwrap();
        assert!(done.committed.is_some());
        assert_eq!(status().condition, Condition::Good);
        office.publish(&["a.example"]);
    }
}
