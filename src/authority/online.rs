//! The keys of the machine that publishes: those of snapshot and timestamp, which no person attends.
//!
//! They vouch for which versions are current and can never list a name. They stand in `DIR/keys` without a
//! passphrase, since a timer uses them.

use std::collections::BTreeSet;

use crate::authority::{Error, KeyError, KeySource, PublicKey, SigningKey, Workspace, files};
use crate::trust::{Document, Root, SNAPSHOT, TIMESTAMP};

/// The keys that can be used without a person.
pub(super) struct Online {
    keys: Vec<(PublicKey, KeySource)>,
}

impl Online {
    /// Finds the keys of a workspace by their public halves; none is opened before it is needed.
    pub(super) fn open(workspace: &Workspace) -> Result<Self, Error> {
        let mut keys = Vec::new();
        for name in files::names(&workspace.keys())? {
            let Some(holder) = name.strip_suffix(".pub.json") else { continue };
            let private = workspace.key(holder);
            if private.exists() {
                keys.push((PublicKey::read(&workspace.keys().join(&name))?, KeySource::File(private)));
            }
        }
        Ok(Self { keys })
    }

    /// Signs for a role with every key here that one of the roots trusts for it. The first root is the one that
    /// must be satisfied.
    pub(super) fn sign(&self, role: &str, document: &mut Document, roots: &[&Root]) -> Result<(), Error> {
        let mut ids = BTreeSet::new();
        for root in roots {
            let (_, holders) = root.holders(role).map_err(Error::metadata(role))?;
            ids.extend(holders.into_iter().map(|holder| holder.key_id));
        }
        for (public, source) in self.keys.iter().filter(|(public, _)| ids.contains(public.id())) {
            let signature = unattended(source)?.sign(document.message())?;
            document.add_signature(public.id(), &signature);
        }
        let Some(root) = roots.first() else { return Ok(()) };
        let tally = root.tally(role, document).map_err(Error::metadata(role))?;
        if tally.reached() { Ok(()) } else { Err(Error::NoOnlineKey { role: role.to_owned(), tally }) }
    }

    /// Whether the keys here suffice for snapshot and timestamp of a root.
    pub(super) fn check(&self, root: &Root) -> Result<(), Error> {
        for role in [SNAPSHOT, TIMESTAMP] {
            let (threshold, holders) = root.holders(role).map_err(Error::metadata(role))?;
            let here = |id: &str| self.keys.iter().any(|(public, _)| public.id() == id);
            let (signed, missing) = holders.into_iter().partition::<Vec<_>, _>(|holder| here(&holder.key_id));
            if (signed.len() as u64) < threshold {
                let tally = crate::trust::Tally { signed, missing, threshold };
                return Err(Error::NoOnlineKey { role: role.to_owned(), tally });
            }
        }
        Ok(())
    }
}

fn unattended(source: &KeySource) -> Result<SigningKey, Error> {
    let cause = || std::io::Error::other("a timer cannot type it; this key must stand there without one");
    Ok(source.open(&mut |what| Err(KeyError::Unasked { what: what.to_owned(), cause: cause() }))?)
}
