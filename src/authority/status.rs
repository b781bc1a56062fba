//! Where a workspace stands: what is published and for how long, what is on its way, who has the next turn.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::authority::commit::hindrance;
use crate::authority::desk::Desk;
use crate::authority::progress::{Waiting, waiting};
use crate::authority::{Error, Workspace, metadata};
use crate::trust::{SNAPSHOT, TARGETS, TIMESTAMP, TOP_LEVEL_ROLES};

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
        let next = format!("rempart-authority sign {} --key KEY", workspace.folder().display());
        Ok(Self { condition, roles, silent, waiting: waiting(&desk)?, troubles, next })
    }
}
