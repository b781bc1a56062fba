//! The keys of the machine that publishes: those of snapshot and timestamp, which no person attends.
//!
//! They vouch for which versions are current and can never list a name. They stand in `DIR/keys` without a
//! passphrase, since a timer uses them.

use std::collections::BTreeSet;

use crate::authority::{Error, KeySource, PublicKey, SigningKey, Workspace, files};
use crate::keyfile;
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
            let signature = unattended(public, source)?.sign(document.message())?;
            document.add_signature(public.id(), &signature);
        }
        let Some(root) = roots.first() else { return Ok(()) };
        let tally = root.tally(role, document).map_err(Error::metadata(role))?;
        if tally.reached() { Ok(()) } else { Err(Error::NoOnlineKey { role: role.to_owned(), tally }) }
    }

    /// Whether the keys here suffice for snapshot and timestamp of a root, and open without a person.
    pub(super) fn check(&self, root: &Root) -> Result<(), Error> {
        for role in [SNAPSHOT, TIMESTAMP] {
            let (threshold, holders) = root.holders(role).map_err(Error::metadata(role))?;
            let here = |id: &str| self.keys.iter().any(|(public, _)| public.id() == id);
            let (signed, missing) = holders.into_iter().partition::<Vec<_>, _>(|holder| here(&holder.key_id));
            if (signed.len() as u64) < threshold {
                let tally = crate::trust::Tally { signed, missing, threshold };
                return Err(Error::NoOnlineKey { role: role.to_owned(), tally });
            }
            for (public, source) in &self.keys {
                if signed.iter().any(|holder| holder.key_id == public.id()) {
                    unattended(public, source)?;
                }
            }
        }
        Ok(())
    }
}

/// Opens a private key as a timer would, and holds it against its public half.
fn unattended(public: &PublicKey, source: &KeySource) -> Result<SigningKey, Error> {
    let holder = || public.holder().to_owned();
    let cause = || std::io::Error::other("a timer cannot type it");
    let opened =
        source.open(&mut |what| Err(keyfile::Error::Unasked { what: what.to_owned(), cause: cause() }));
    let key = opened.map_err(|source| Error::Unattended { holder: holder(), source: Box::new(source) })?;
    match public.octets().is_some_and(|octets| octets == key.public()) {
        true => Ok(key),
        false => Err(Error::OtherHalf { path: source.to_string(), holder: holder() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::office::{Office, new_key};
    use crate::keyfile::{Cost, Protection, Secret};

    #[test]
    fn a_key_that_a_timer_cannot_open_is_not_trusted() {
        let office = Office::with_delegate();
        let keys = office.workspace.keys();
        let secret = Secret::new("correct horse battery".to_owned());
        let cost = Cost { memory: 4, passes: 1 };
        let locked = Protection::Passphrase { passphrase: &secret, random: [7; 32], cost };
        new_key("spare").write(&keys, &locked).unwrap();
        let error = office.rotate("timestamp", "timestamp", &["spare"]).err().unwrap();
        assert!(matches!(error, Error::Unattended { .. }), "{error}");
        assert!(error.to_string().contains("key new NAME --unencrypted"), "{error}");
        std::fs::copy(office.workspace.key("snapshot"), office.workspace.key("spare")).unwrap();
        let error = office.rotate("timestamp", "timestamp", &["spare"]).err().unwrap();
        assert!(matches!(error, Error::OtherHalf { .. }), "{error}");
        assert!(crate::authority::refresh(&office.workspace, None, office.now).unwrap().hindered.is_none());
    }
}
