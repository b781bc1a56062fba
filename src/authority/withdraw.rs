//! Taking back: a list that is published, and what waits of a role.

use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::authority::desk::Desk;
use crate::authority::edition::files_of;
use crate::authority::progress::Work;
use crate::authority::words::plain;
use crate::authority::{Error, Workspace, files, metadata};
use crate::trust::{Document, TARGETS};

/// A list that shall be published no more.
pub struct Withdrawal {
    /// Its path.
    pub target: String,
    /// From when on what is signed is out of date.
    pub until: Option<Timestamp>,
}

impl Withdrawal {
    /// Makes the metadata of its role without the list and what leads to it.
    pub fn prepare(&self, workspace: &Workspace, now: Timestamp) -> Result<Work, Error> {
        let (mut desk, ended) = Desk::open(workspace, now)?;
        desk.until = self.until;
        let role = self.role(&desk)?;
        let draft = desk.redraft(&role, now, |signed| {
            if let Some(targets) = signed["targets"].as_object_mut() {
                targets.retain(|path, entry| {
                    *path != self.target && entry["custom"]["rempart"]["delta_of"] != self.target.as_str()
                });
            }
        })?;
        let remark =
            format!("Resolvers find no list {} any more once this is published.", plain(&self.target));
        Work::of_draft((desk, ended), draft, vec![remark], now)
    }

    /// The role in which clients find the list.
    fn role(&self, desk: &Desk) -> Result<String, Error> {
        let top = desk.top()?;
        for role in [TARGETS].into_iter().chain(top.delegates().map(|delegate| delegate.name)) {
            let claims = desk.published.claims(role)?;
            if claims.iter().flat_map(metadata::lists).any(|(path, _)| path == self.target) {
                return Ok(role.to_owned());
            }
        }
        Err(Error::NoTarget { path: self.target.clone() })
    }
}

/// What waits of a role, to be thrown away. It need not be anything that can be read.
pub struct Discard {
    workspace: Workspace,
    role: String,
    octets: Option<Vec<u8>>,
    document: Option<Document>,
}

impl Discard {
    /// Looks at what waits of a role.
    pub fn prepare(workspace: &Workspace, role: &str) -> Result<Self, Error> {
        workspace.terms()?;
        let path = workspace.staged_metadata(role);
        if path.symlink_metadata().is_err() {
            return Err(Error::NothingStaged { role: role.to_owned() });
        }
        let octets = files::read_if_there(&path)?;
        let document = octets.as_ref().and_then(|octets| Document::parse(octets).ok());
        Ok(Self { workspace: workspace.clone(), role: role.to_owned(), octets, document })
    }

    /// Throws it away, with the files that nothing else on its way speaks of.
    pub fn carry_out(self) -> Result<(), Error> {
        let _lock = self.workspace.lock()?;
        let path = self.workspace.staged_metadata(&self.role);
        if files::read_if_there(&path)? != self.octets {
            return Err(Error::Changed { folder: self.workspace.folder().to_owned() });
        }
        let staged = self.workspace.staged();
        let mut unneeded =
            self.document.as_ref().map(|it| spoken_of(it, &staged)).transpose()?.unwrap_or_default();
        files::remove(&path)?;
        for name in files::names(&staged)? {
            let octets = files::read_if_there(&staged.join(name))?.unwrap_or_default();
            let Ok(other) = Document::parse(&octets) else { continue };
            let needed = spoken_of(&other, &staged)?;
            unneeded.retain(|file| !needed.contains(file));
        }
        unneeded.iter().try_for_each(|file| files::remove(file))
    }
}

impl Display for Discard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "This throws away what waits of {}: ", plain(&self.role))?;
        let Some(document) = &self.document else { return write!(f, "a file that cannot be read.") };
        let signatures = document.signature_count();
        write!(f, "version {}, with {signatures} signatures.", metadata::version(document))?;
        let claims = document.claims().ok();
        for (path, _) in claims.iter().flat_map(metadata::lists) {
            write!(f, "\n  {}", plain(path))?;
        }
        write!(f, "\nNothing that is published changes.")
    }
}

/// The files that metadata on its way speaks of; none where it is a root.
fn spoken_of(document: &Document, staged: &Path) -> Result<BTreeSet<PathBuf>, Error> {
    document.claims().map_or_else(|_| Ok(BTreeSet::new()), |claims| files_of(&claims, staged))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::authority::office::{Client, LIST, Office, signers};
    use crate::authority::{Condition, Status};
    use crate::trust;

    fn withdraw(office: &Office, target: &str) -> Result<Work, Error> {
        let withdrawal = Withdrawal { target: target.to_owned(), until: None };
        withdrawal.prepare(&office.workspace, office.now)
    }

    #[test]
    fn a_list_is_taken_back_and_its_serials_go_on() {
        let office = Office::with_delegate();
        let names: Vec<String> = (0..100).map(|number| format!("n{number}.example")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        office.publish(&names[1..]);
        office.publish(&names);
        let mut client = Client::new(&office);
        assert_eq!(client.serial(office.now).unwrap(), 2);
        let work = withdraw(&office, LIST).unwrap();
        assert!(work.proposal().to_string().contains("WITHDRAWN"));
        assert!(work.carry_out(&signers(&["dora"])).unwrap().committed.is_none());
        assert_eq!(client.serial(office.now).unwrap(), 2);
        assert!(office.sign(None, &["emil"]).unwrap().committed.is_some());
        let error = client.serial(office.now).unwrap_err();
        assert!(matches!(error, trust::Error::UnknownTarget { .. }), "{error}");
        let report = office.verify().unwrap();
        assert!(report.roles["fr"].lists.is_empty() && report.roles["fr"].deltas.is_empty());
        assert!(matches!(withdraw(&office, LIST).err().unwrap(), Error::NoTarget { .. }));
        office.publish(&names);
        assert_eq!(client.serial(office.now).unwrap(), 3);
    }

    #[test]
    fn what_waits_is_thrown_away_readable_or_not() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let discard = || Discard::prepare(&office.workspace, "fr");
        assert!(matches!(discard().err().unwrap(), Error::NothingStaged { .. }));
        let before = office.public_files();
        office.prepare(&["a.example", "b.example"]).unwrap().carry_out(&signers(&["dora"])).unwrap();
        let told = discard().unwrap().to_string();
        assert!(told.contains("version 2, with 1 signatures") && told.contains(LIST), "{told}");
        discard().unwrap().carry_out().unwrap();
        assert!(files::tree(&office.workspace.staged()).unwrap().is_empty());
        assert_eq!(office.public_files(), before);
        let path = office.workspace.staged_metadata("fr");
        fs::write(&path, "{").unwrap();
        assert!(office.prepare(&["a.example"]).is_err());
        discard().unwrap().carry_out().unwrap();
        std::os::unix::fs::symlink("nowhere", &path).unwrap();
        assert!(discard().unwrap().to_string().contains("cannot be read"));
        discard().unwrap().carry_out().unwrap();
        office.publish(&["a.example", "b.example"]);
        let shown = discard_of_waiting(&office);
        assert!(matches!(shown.carry_out().unwrap_err(), Error::Changed { .. }));
        let status = Status::of(&office.workspace, office.now).unwrap();
        assert_eq!(status.condition, Condition::Good);
    }

    /// Shown before another signature arrived.
    fn discard_of_waiting(office: &Office) -> Discard {
        let work = office.prepare(&["a.example", "c.example", "b.example"]).unwrap();
        work.carry_out(&signers(&["dora"])).unwrap();
        let shown = Discard::prepare(&office.workspace, "fr").unwrap();
        assert!(office.sign(None, &["emil"]).unwrap().committed.is_some());
        shown
    }
}
