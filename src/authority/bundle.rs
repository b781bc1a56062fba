//! Signing on a machine that is never connected: what is to be signed goes there as one file, signatures come back.
//!
//! A bundle is a tar archive of a workspace without keys: what is on its way, what is published, and the lists of
//! both, so that the same is shown there as here. Signatures come back as JSON, each with the digest of what it
//! was made over:
//!
//! ```json
//! {"signatures":[{"role":"fr","version":42,"keyid":"…","sha256":"…","sig":"…"}]}
//! ```

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;
use tough::schema::decoded::{Decoded, Hex};

use crate::authority::desk::Desk;
use crate::authority::progress::Work;
use crate::authority::workspace::metadata_file;
use crate::authority::{Error, Proposal, Turn, Workspace, files, metadata};
use crate::trust::{Document, Holder, ROOT, sha256};

/// The most octets of a bundle's files.
const LONGEST: u64 = 8 << 30;

/// Signatures on their way back.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatures {
    signatures: Vec<Signature>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    role: String,
    version: u64,
    #[serde(rename = "keyid")]
    key_id: String,
    /// The digest of what was signed.
    sha256: String,
    sig: Decoded<Hex>,
}

/// A bundle that was opened.
pub struct Bundle {
    /// Goes with the bundle.
    folder: TempDir,
}

/// Writes all that is on its way, and what is needed to judge it, into one file.
pub fn export(workspace: &Workspace, file: &Path, now: Timestamp) -> Result<Vec<String>, Error> {
    let (desk, _) = Desk::open(workspace, now)?;
    if desk.staged.is_empty() {
        return Err(Error::NothingStaged { role: "any role".to_owned() });
    }
    let mut paths: BTreeSet<PathBuf> = files::tree(&workspace.staged())?.into_iter().collect();
    paths.insert(workspace.terms_file());
    let published = &desk.published;
    if published.timestamp.is_some() {
        paths.extend(published.metadata_files());
        paths.extend(published.target_files()?);
        paths.insert(metadata_file(&published.folder, crate::trust::TIMESTAMP, 0));
    }
    // All roots, so that a holder who keeps an earlier one sees that this follows from it.
    let newest = published.roles.get(ROOT).map_or(0, metadata::version);
    paths.extend((1..=newest).map(|version| metadata_file(&published.folder, ROOT, version)));
    let mut archive = tar::Builder::new(Vec::new());
    for path in paths.iter().filter(|path| path.exists()) {
        let name = path.strip_prefix(workspace.folder()).unwrap_or(path);
        let mut append = || archive.append_file(name, &mut File::open(path)?);
        append().map_err(|source| Error::Read { path: path.clone(), source })?;
    }
    let octets = archive.into_inner().map_err(|source| Error::Write { path: file.to_owned(), source })?;
    files::replace(file, &octets)?;
    Ok(desk.staged.into_keys().collect())
}

impl Bundle {
    /// Opens a bundle in a temporary folder, which goes with it.
    pub fn open(file: &Path) -> Result<Self, Error> {
        let unpack = || {
            let folder = tempfile::tempdir()?;
            let mut archive = tar::Archive::new(File::open(file)?.take(LONGEST));
            for entry in archive.entries()? {
                let mut entry = entry?;
                if !entry.header().entry_type().is_file() || !entry.unpack_in(folder.path())? {
                    return Err(io::Error::other("a bundle holds plain files alone"));
                }
            }
            Ok(folder)
        };
        let folder = unpack().map_err(|source| Error::Bundle { path: file.to_owned(), source })?;
        Ok(Self { folder })
    }

    /// What the bundle brings to be signed.
    pub fn prepare(&self, turn: &Turn<'_>, now: Timestamp) -> Result<Work, Error> {
        let desk = Desk::look(&Workspace::new(self.folder.path()))?;
        turn.work((desk, None), now)
    }

    /// All that the bundle brings, of one role or of all, with every name.
    pub fn waiting(&self, role: Option<&str>, now: Timestamp) -> Result<Proposal, Error> {
        Proposal::waiting(&Workspace::new(self.folder.path()), role, now)
    }
}

impl Signatures {
    /// Reads signatures that have come back.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = files::read(path)?;
        serde_json::from_slice(&text)
            .map_err(|error| Error::Read { path: path.to_owned(), source: error.into() })
    }

    /// Writes them into a file.
    pub fn write(&self, path: &Path) -> Result<(), Error> {
        let text = serde_json::to_vec_pretty(self);
        let text = text.map_err(|error| Error::Write { path: path.to_owned(), source: error.into() })?;
        files::replace(path, &text)
    }

    /// The roles that they are for.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.signatures.iter().map(|signature| signature.role.as_str())
    }

    /// Role, version and id of the key of each.
    pub(super) fn each(&self) -> impl Iterator<Item = (&str, u64, &str)> {
        self.signatures.iter().map(|it| (it.role.as_str(), it.version, it.key_id.as_str()))
    }

    pub(super) fn add(&mut self, role: &str, document: &Document, holder: &Holder, signature: &[u8]) {
        self.signatures.push(Signature {
            role: role.to_owned(),
            version: metadata::version(document),
            key_id: holder.key_id.clone(),
            sha256: sha256(document.message()),
            sig: signature.to_vec().into(),
        });
    }

    /// Puts each under what it was made for. One that fits nothing refuses them all.
    pub(super) fn add_to(&self, desk: &mut Desk, path: &Path) -> Result<(), Error> {
        for Signature { role, version, key_id, sha256: digest, sig } in &self.signatures {
            let refuse = |reason| Error::Signature { path: path.to_owned(), role: role.clone(), reason };
            let document =
                desk.staged.get_mut(role).ok_or_else(|| refuse("it has been published or replaced"))?;
            if metadata::version(document) != *version || sha256(document.message()) != *digest {
                return Err(refuse("it was made over other metadata; export it again"));
            }
            document.add_signature(key_id, sig);
            let counted = desk.tallies(role, &desk.staged[role])?;
            let counted =
                counted.iter().flat_map(|tally| &tally.signed).any(|holder| holder.key_id == *key_id);
            if !counted {
                return Err(refuse("it is not by a key that may sign, or it is damaged"));
            }
        }
        Ok(())
    }
}

/// Looks at what signatures that have come back are for.
pub fn import(workspace: &Workspace, signatures: &Signatures, now: Timestamp) -> Result<Work, Error> {
    let (desk, ended) = Desk::open(workspace, now)?;
    let named: BTreeSet<&str> = signatures.roles().collect();
    let staged = named.iter().filter(|role| desk.staged.contains_key(**role));
    let roles: Vec<String> = staged.map(|role| (*role).to_owned()).collect();
    if roles.is_empty() {
        let named: Vec<&str> = named.into_iter().collect();
        return Err(Error::NothingStaged { role: named.join(", ") });
    }
    Work::of_staged((desk, ended), roles, now)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::authority::Signer;
    use crate::authority::office::{Client, Office, signers};

    fn turn(signers: &[Signer]) -> Turn<'_> {
        Turn { signers, ..Turn::default() }
    }

    #[test]
    fn signatures_are_made_elsewhere_and_brought_back() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        office.prepare(&["a.example", "b.example"]).unwrap().carry_out(&signers(&["dora"])).unwrap();
        let (bundle, answer) = (office.path("bundle"), office.path("answer"));
        assert_eq!(export(&office.workspace, &bundle, office.now).unwrap(), ["fr"]);
        // Nothing but the file goes there.
        let opened = Bundle::open(&bundle).unwrap();
        let emil = signers(&["emil"]);
        let work = opened.prepare(&turn(&emil), office.now).unwrap();
        let told = work.proposal().to_string();
        assert!(told.contains("+ b.example") && told.contains("signed so far by dora"), "{told}");
        let error = opened.prepare(&turn(&signers(&["ana"])), office.now).err().unwrap();
        assert!(matches!(error, Error::Stranger { .. }), "{error}");
        work.sign_apart(&emil).unwrap().write(&answer).unwrap();
        assert!(!files::tree(opened.folder.path()).unwrap().iter().any(|path| path.ends_with("keys")));

        let signatures = Signatures::read(&answer).unwrap();
        assert_eq!(signatures.roles().collect::<Vec<_>>(), ["fr"]);
        let work = import(&office.workspace, &signatures, office.now).unwrap();
        assert!(work.take_in(&signatures, &answer).unwrap().committed.is_some());
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 2);
        assert!(matches!(
            import(&office.workspace, &signatures, office.now).err().unwrap(),
            Error::NothingStaged { .. }
        ));
    }

    #[test]
    fn a_new_authority_can_be_signed_elsewhere() {
        let office = Office::unfounded();
        office.found(&[]);
        let (bundle, answer) = (office.path("bundle"), office.path("answer"));
        for (name, published) in [("ana", false), ("cleo", true)] {
            export(&office.workspace, &bundle, office.now).unwrap();
            let signers = signers(&[name]);
            let work = Bundle::open(&bundle).unwrap().prepare(&turn(&signers), office.now);
            work.unwrap().sign_apart(&signers).unwrap().write(&answer).unwrap();
            let signatures = Signatures::read(&answer).unwrap();
            let work = import(&office.workspace, &signatures, office.now).unwrap();
            let progress = work.take_in(&signatures, &answer).unwrap();
            assert_eq!(progress.committed.is_some(), published);
        }
        assert!(office.verify().unwrap().current);
    }

    #[test]
    fn signatures_that_fit_nothing_are_refused() {
        let office = Office::with_delegate();
        office.prepare(&["a.example"]).unwrap().carry_out(&signers(&["dora"])).unwrap();
        let (bundle, answer) = (office.path("bundle"), office.path("answer"));
        export(&office.workspace, &bundle, office.now).unwrap();
        let emil = signers(&["emil"]);
        let work = Bundle::open(&bundle).unwrap().prepare(&turn(&emil), office.now).unwrap();
        work.sign_apart(&emil).unwrap().write(&answer).unwrap();
        let text = fs::read_to_string(&answer).unwrap();
        let sig = text.split_once("\"sig\": \"").unwrap().1;
        let refused = |text: &str| {
            fs::write(&answer, text).unwrap();
            let signatures = Signatures::read(&answer).unwrap();
            let work = import(&office.workspace, &signatures, office.now);
            work.and_then(|work| work.take_in(&signatures, &answer)).unwrap_err().to_string()
        };
        let damaged =
            refused(&text.replace(&sig[..4], if sig.starts_with("0000") { "1111" } else { "0000" }));
        assert!(damaged.contains("is damaged"), "{damaged}");
        assert!(refused(&text.replace("\"version\": 1", "\"version\": 2")).contains("other metadata"));
        assert!(refused(&text.replace("\"fr\"", "\"de\"")).contains("nothing of de waits"));
        assert!(office.verify().unwrap().silent == ["fr"]);
        fs::write(&bundle, "no archive at all").unwrap();
        assert!(matches!(Bundle::open(&bundle).err().unwrap(), Error::Bundle { .. }));
    }
}
