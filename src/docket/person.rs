//! Who works at the desk, and what each may do.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::error::Error;
use crate::authority::PublicKey;

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Proposes names.
    Proposer,
    /// Looks at what others proposed, and says whether it is right.
    Reviewer,
    /// Approves what was reviewed, releases lists, and says who works here.
    Signer,
    /// Verifies the docket, and confirms that in it. Changes nothing.
    Auditor,
}

/// Somebody who works at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name under which this person acts, which is that of the key.
    pub name: String,
    /// What the person may do; nothing, once gone.
    pub roles: BTreeSet<Role>,
    /// The public key, as its file has it.
    key: serde_json::Value,
}

const ROLES: [(&str, Role); 4] = [
    ("proposer", Role::Proposer),
    ("reviewer", Role::Reviewer),
    ("signer", Role::Signer),
    ("auditor", Role::Auditor),
];

impl Person {
    /// A person who acts under a key.
    pub fn new(key: &PublicKey, roles: impl IntoIterator<Item = Role>) -> Self {
        Self { name: key.holder().to_owned(), roles: roles.into_iter().collect(), key: key.value().clone() }
    }

    /// The same person, who may do this from now on.
    pub fn with_roles(self, roles: impl IntoIterator<Item = Role>) -> Self {
        Self { roles: roles.into_iter().collect(), ..self }
    }

    /// Whether the person may do one of these.
    pub fn is_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.roles.contains(role))
    }

    /// The beginning of the key's id, enough to tell one key from another.
    fn key_id(&self) -> String {
        self.key().map_or_else(|_| "unusable".to_owned(), |key| key.id().chars().take(16).collect())
    }

    /// The public key, which must be this person's.
    pub(super) fn key(&self) -> Result<PublicKey, Error> {
        let key = PublicKey::parse(self.key.to_string().as_bytes());
        match key {
            Ok(key) if key.holder() == self.name => Ok(key),
            Ok(key) => {
                Err(Error::Key { name: self.name.clone(), reason: format!("it is {}'s", key.holder()) })
            }
            Err(reason) => Err(Error::Key { name: self.name.clone(), reason }),
        }
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let found = ROLES.iter().find(|(name, _)| *name == text);
        found.map(|(_, role)| *role).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ROLES.iter().find(|(_, role)| role == self).map_or("", |(name, _)| name))
    }
}

/// A word that names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no role; write proposer, reviewer, signer or auditor")]
pub struct UnknownRole(String);

/// Roles as people write them, with commas.
pub(super) fn shown<'r>(roles: impl IntoIterator<Item = &'r Role>) -> String {
    let names: Vec<String> = roles.into_iter().map(Role::to_string).collect();
    names.join(", ")
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.roles.is_empty() {
            true => write!(f, "{} (gone)", self.name),
            false => write!(f, "{} ({}), key {}", self.name, shown(&self.roles), self.key_id()),
        }
    }
}
