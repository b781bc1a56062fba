//! Founding an authority: a workspace, the keys of its machine, and the first root.
//!
//! The whole workspace is made beside the place where it will stand and put there in one step, so that a command
//! that is cut short leaves nothing that is half an authority.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use jiff::Timestamp;

use crate::authority::desk::{Desk, Draft};
use crate::authority::metadata::Signers;
use crate::authority::progress::{Progress, Signer, Work};
use crate::authority::{Error, FileKey, PublicKey, SigningKey, Terms, Workspace, files, metadata};
use crate::keyfile::Protection;
use crate::trust::{Document, ROOT, SNAPSHOT, TARGETS, TIMESTAMP, TOP_LEVEL_ROLES};

/// The roles whose keys are on the machine that publishes.
pub const ONLINE_ROLES: [&str; 2] = [SNAPSHOT, TIMESTAMP];

/// A private key that was made and is in no file yet.
pub struct NewKey {
    public: PublicKey,
    key: FileKey,
}

impl NewKey {
    /// A key that grows from a seed, which must come from a generator fit for keys.
    pub fn from_seed(holder: &str, seed: &[u8; 32]) -> Result<Self, Error> {
        let public = SigningKey::from(FileKey::from_seed(seed)?).public_key(holder)?;
        Ok(Self { public, key: FileKey::from_seed(seed)? })
    }

    /// Its public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Writes both halves into a folder where there are no such files: `NAME.pem` and `NAME.pub.json`.
    pub fn write(&self, folder: &Path, protection: &Protection<'_>) -> Result<(), Error> {
        let private = folder.join(format!("{}.pem", self.public.holder()));
        refuse_served(&private)?;
        files::refuse_existing(&folder.join(self.public.file_name()))?;
        let text = self.key.compose(protection)?;
        files::create_secret_folder(folder)?;
        files::create_secret(&private, text.as_bytes())?;
        write_public(&self.public, folder)
    }

    /// Turns into a key that is at hand.
    pub fn into_signer(self) -> Signer {
        Signer { name: self.public.holder().to_owned(), key: self.key.into() }
    }
}

/// Writes a public key where there is no such file: `NAME.pub.json`.
pub fn write_public(key: &PublicKey, folder: &Path) -> Result<(), Error> {
    files::create_folder(folder)?;
    files::create(&folder.join(key.file_name()), key.compose().as_bytes())
}

/// Refuses a place for a private key in a folder that a workspace serves.
fn refuse_served(path: &Path) -> Result<(), Error> {
    let whole = std::path::absolute(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    let served = |folder: &Path| {
        let workspace = Workspace::new(folder.parent().unwrap_or(folder));
        folder == workspace.public() && workspace.terms_file().exists()
    };
    match whole.ancestors().find(|folder| served(folder)) {
        Some(folder) => {
            let keys = Workspace::new(folder.parent().unwrap_or(folder)).keys();
            Err(Error::KeyPublished { path: path.to_owned(), keys })
        }
        None => Ok(()),
    }
}

/// What an authority wants to be.
pub struct Charter {
    /// Names of the people who hold the keys of root and targets.
    pub holders: Vec<String>,
    /// How many of them must sign.
    pub threshold: u64,
    /// How long what is signed is valid.
    pub terms: Terms,
    /// From when on what is signed now is out of date; as the terms say where it is `None`.
    pub until: Option<Timestamp>,
}

/// A charter that has been found sound, and whose workspace does not exist yet.
pub struct Founding {
    charter: Charter,
    workspace: Workspace,
    now: Timestamp,
}

impl Founding {
    /// Checks a charter.
    pub fn prepare(workspace: &Workspace, charter: Charter, now: Timestamp) -> Result<Self, Error> {
        check_holders("root", &charter.holders, charter.threshold, 2)?;
        for role in ONLINE_ROLES {
            if charter.holders.iter().any(|holder| holder == role) {
                return Err(Error::SameHolder { name: role.to_owned() });
            }
        }
        if let Some(expires) = charter.until.filter(|until| *until <= now) {
            return Err(Error::Expiry { what: "the root".to_owned(), expires });
        }
        let folder = workspace.folder();
        if folder.is_file() || !files::tree(folder)?.is_empty() {
            return Err(Error::Exists { path: folder.to_owned() });
        }
        Ok(Self { charter, workspace: workspace.clone(), now })
    }

    /// The charter.
    pub fn charter(&self) -> &Charter {
        &self.charter
    }

    /// The workspace that it will make.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Makes the workspace: `online` are the new keys of its machine, `kept` those of holders that were made here
    /// and stay in it for now, each with its protection, `holders` the public keys of all holders. What all
    /// holders must sign is signed by those who are here.
    pub fn carry_out(
        self,
        online: Vec<NewKey>,
        holders: &[PublicKey],
        kept: Vec<(NewKey, Protection<'_>)>,
    ) -> Result<Progress, Error> {
        check_keys(holders)?;
        let folder = self.workspace.folder().to_owned();
        let write = |source| Error::Write { path: folder.clone(), source };
        let beside = files::folder_of(&folder);
        files::create_folder(beside)?;
        let draft = tempfile::Builder::new().prefix(files::DRAFT).tempdir_in(beside).map_err(write)?;
        let workspace = Workspace::new(draft.path());
        online.iter().try_for_each(|key| key.write(&workspace.keys(), &Protection::None))?;
        kept.iter().try_for_each(|(key, protection)| key.write(&workspace.keys(), protection))?;
        for folder in [workspace.metadata(), workspace.staged()] {
            files::create_folder(&folder)?;
        }
        files::create(&workspace.terms_file(), self.charter.terms.to_string().as_bytes())?;
        let mut desk = Desk::look(&workspace)?;
        desk.until = self.charter.until;
        let first = self.first(&desk, &online, holders)?;
        let signers: Vec<Signer> = kept.into_iter().map(|(key, _)| key.into_signer()).collect();
        let mut progress = Work::of_draft((desk, None), first, Vec::new(), self.now)?.carry_out(&signers)?;
        fs::set_permissions(draft.path(), Permissions::from_mode(0o755)).map_err(write)?;
        fs::rename(draft.keep(), &folder).map_err(write)?;
        files::sync_folder(&folder).map_err(write)?;
        progress.next = self.workspace.next_turn();
        Ok(progress)
    }

    /// Root and targets, version 1.
    fn first(&self, desk: &Desk, online: &[NewKey], holders: &[PublicKey]) -> Result<Draft, Error> {
        let signers = |role: &str| match online.iter().find(|key| key.public.holder() == role) {
            Some(key) => Signers { keys: vec![&key.public], threshold: 1 },
            None => Signers { keys: holders.iter().collect(), threshold: self.charter.threshold },
        };
        let roles = TOP_LEVEL_ROLES.map(|role| (role, signers(role)));
        let root = metadata::root(desk.end(ROOT, self.now), &roles);
        let targets = metadata::targets(1, desk.end(TARGETS, self.now));
        let document = |role: &str, signed| {
            Ok::<_, Error>((role.to_owned(), Document::unsigned(&signed).map_err(Error::metadata(role))?))
        };
        Ok(Draft { documents: vec![document(TARGETS, targets)?, document(ROOT, root)?], files: Vec::new() })
    }
}

/// Refuses a threshold that one person meets or that all together do not, and a person with two keys.
pub(super) fn check_holders(role: &str, holders: &[String], threshold: u64, least: u64) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for name in holders {
        if !crate::authority::key::is_holder_name(name) {
            return Err(Error::HolderName { name: name.clone() });
        }
        if !seen.insert(name) {
            return Err(Error::SameHolder { name: name.clone() });
        }
    }
    let count = holders.len();
    if threshold < least || threshold > count as u64 {
        let why = if least > 1 { ", so that nobody lists a name alone," } else { "" };
        return Err(Error::Threshold { role: role.to_owned(), threshold, least, why, holders: count });
    }
    Ok(())
}

/// Refuses one key under two names: it would count once, and the threshold might never be met.
pub(super) fn check_keys(keys: &[PublicKey]) -> Result<(), Error> {
    let mut seen: BTreeMap<Option<Vec<u8>>, &PublicKey> = BTreeMap::new();
    for key in keys {
        if let Some(known) = seen.insert(key.octets(), key) {
            let (one, other) = (known.holder().to_owned(), key.holder().to_owned());
            return Err(Error::SameKey { one, other });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::authority::office::{Office, new_key, public};

    fn refused(holders: &[&str], threshold: u64) -> Error {
        let charter = Charter {
            holders: holders.iter().map(|name| (*name).to_owned()).collect(),
            threshold,
            terms: Terms::default(),
            until: None,
        };
        Founding::prepare(&Workspace::new("/nonexistent/desk"), charter, Timestamp::UNIX_EPOCH).err().unwrap()
    }

    #[test]
    fn one_person_alone_is_no_authority() {
        assert!(matches!(refused(&["ana", "ben"], 1), Error::Threshold { threshold: 1, holders: 2, .. }));
        assert!(matches!(refused(&["ana", "ben"], 3), Error::Threshold { threshold: 3, .. }));
        assert!(matches!(refused(&["ana", "ana"], 2), Error::SameHolder { .. }));
        assert!(matches!(refused(&["ana", "timestamp"], 2), Error::SameHolder { .. }));
        for name in ["", "../ana", "Ana", "a b"] {
            assert!(matches!(refused(&[name, "ben"], 2), Error::HolderName { .. }), "{name}");
        }
    }

    #[test]
    fn an_authority_is_founded_once_and_its_keys_are_its_own() {
        let office = Office::new();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let workspace = &office.workspace;
        assert_eq!((mode(workspace.folder()), mode(&workspace.keys())), (0o755, 0o700));
        assert_eq!(mode(&workspace.key("timestamp")), 0o600);
        let charter = Charter {
            holders: ["ana", "ben"].map(str::to_owned).into(),
            threshold: 2,
            terms: Terms::default(),
            until: None,
        };
        let error = Founding::prepare(workspace, charter, office.now).err().unwrap();
        assert!(matches!(error, Error::Exists { .. }), "{error}");
        assert_eq!(files::names(files::folder_of(workspace.folder())).unwrap(), ["header.toml"]);
    }

    #[test]
    fn founding_that_is_cut_short_leaves_nothing() {
        let office = Office::unfounded();
        let charter = |folder| {
            Founding::prepare(
                &Workspace::new(folder).with_patience(Duration::ZERO),
                Charter {
                    holders: ["ana", "ben"].map(str::to_owned).into(),
                    threshold: 2,
                    terms: Terms::default(),
                    until: None,
                },
                office.now,
            )
            .unwrap()
        };
        // The second key would stand where the first does.
        let kept = ["ana", "ana"].map(|name| (new_key(name), Protection::None)).into();
        let online = ONLINE_ROLES.map(new_key).into();
        let error = charter(office.workspace.folder()).carry_out(online, &public(&["ana", "ben"]), kept);
        assert!(error.is_err());
        assert!(!office.workspace.folder().exists());
        assert_eq!(files::names(files::folder_of(office.workspace.folder())).unwrap(), ["header.toml"]);
    }

    #[test]
    fn one_key_under_two_names_is_one_key() {
        let office = Office::with_delegate();
        let twin = NewKey::from_seed("twin", b"dora\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")
            .unwrap();
        let two = [new_key("dora").public().clone(), twin.public().clone()];
        let error = check_keys(&two).unwrap_err();
        assert_eq!(
            error.to_string(),
            "dora and twin are names of one and the same key; each person holds a key of their own"
        );
        let rotation = crate::authority::Rotation {
            role: "fr".to_owned(),
            remove: vec!["emil".to_owned()],
            add: two[1..].to_vec(),
            threshold: None,
            until: None,
        };
        let error = rotation.prepare(&office.workspace, office.now).err().unwrap();
        assert!(matches!(error, Error::SameKey { .. }), "{error}");
        let delegation = crate::authority::Delegation {
            role: "de".to_owned(),
            paths: vec!["de/*".to_owned()],
            holders: two.to_vec(),
            threshold: 2,
            terminating: true,
            until: None,
        };
        let error = delegation.prepare(&office.workspace, office.now).err().unwrap();
        assert!(matches!(error, Error::SameKey { .. }), "{error}");
    }

    #[test]
    fn keys_are_never_published() {
        let office = Office::new();
        let served = office.workspace.public().join("keys");
        let error = new_key("dora").write(&served, &Protection::None).unwrap_err();
        assert!(matches!(error, Error::KeyPublished { .. }), "{error}");
        fs::create_dir(&served).unwrap();
        fs::copy(office.workspace.key("ana"), served.join("ana.pem")).unwrap();
        let error = office.delegate("fr", "fr/*", &["dora", "emil"]).err().unwrap();
        assert!(matches!(error, Error::KeyPublished { .. }), "{error}");
    }
}
