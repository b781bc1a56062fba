//! A repository seen as a client sees it: nothing in it is believed that the given root does not lead to.
//!
//! The same workflow as in a resolver goes through every role and every file. Age is told apart from authenticity:
//! the workflow runs at the beginning of time, and dates are compared afterwards.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::authority::edition::{Edition, file_of, read_target};
use crate::authority::list::{Summary, plain};
use crate::authority::report::ListReport;
use crate::authority::workspace::{inside, metadata_file, metadata_folder};
use crate::authority::{Error, Workspace, files, metadata};
use crate::blocklist;
use crate::trust::{
    self, Claims, Document, Found, Holder, ROOT, Root, SNAPSHOT, Source, TARGETS, TIMESTAMP, Trusted, sha256,
};

/// What was found in a repository whose every signature and digest is good.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Whether nothing is out of date.
    pub current: bool,
    pub(super) metadata: BTreeMap<String, Age>,
    pub(super) roles: BTreeMap<String, RoleReport>,
    /// Roles that have not published anything yet.
    pub(super) silent: Vec<String>,
}

/// Version and date of metadata.
#[derive(Debug, Serialize)]
pub(super) struct Age {
    pub(super) version: u64,
    pub(super) expires: Timestamp,
    pub(super) expired: bool,
}

impl Age {
    pub(super) fn of(document: &Document, now: Timestamp) -> Self {
        let expires = metadata::expires(document);
        Self { version: metadata::version(document), expires, expired: expires <= now }
    }
}

/// What a role vouches for.
#[derive(Debug, Default, Serialize)]
pub(super) struct RoleReport {
    pub(super) signed_by: Vec<Holder>,
    pub(super) paths: Vec<String>,
    pub(super) lists: BTreeMap<String, ListReport>,
    pub(super) deltas: BTreeMap<String, DeltaReport>,
    pub(super) others: Vec<String>,
}

/// What leads from one serial to another.
#[derive(Debug, Serialize)]
pub(super) struct DeltaReport {
    pub(super) from: u64,
    pub(super) to: u64,
    /// Whether the list that it starts from was at hand, so that it was tried.
    pub(super) applied: bool,
}

/// A repository in a folder, for a client that knows nothing yet.
struct Folder {
    metadata: PathBuf,
    kept: BTreeMap<String, Vec<u8>>,
}

impl Source for Folder {
    type Error = Error;

    fn kept(&mut self, role: &str) -> Option<Vec<u8>> {
        self.kept.get(role).cloned()
    }

    fn keep(&mut self, role: &str, octets: &[u8]) -> Result<(), Error> {
        self.kept.insert(role.to_owned(), octets.to_vec());
        Ok(())
    }

    fn fetch(&mut self, file: &str, longest: u64) -> Result<Option<Vec<u8>>, Error> {
        let path = self.metadata.join(file);
        let read = || {
            let mut octets = Vec::new();
            File::open(&path)?.take(longest).read_to_end(&mut octets)?;
            Ok(octets)
        };
        match read() {
            Err(error) if io::Error::kind(&error) == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some).map_err(|source| Error::Read { path: path.clone(), source }),
        }
    }
}

impl Report {
    /// Looks at a workspace, or at a repository alone, as a client that pinned this root; without one as a client
    /// that takes the first root from the repository itself.
    pub fn verify(folder: &Path, root: Option<&Path>, now: Timestamp) -> Result<Self, Error> {
        let workspace = Workspace::new(folder);
        let is_workspace = workspace.terms_file().exists();
        let repository = if is_workspace { workspace.public() } else { folder.to_owned() };
        let pinned = root.map_or_else(|| metadata_file(&repository, ROOT, 1), Path::to_owned);
        let mut root = Root::pinned(&files::read(&pinned)?).map_err(Error::trust(&pinned))?;
        let mut client = Folder { metadata: metadata_folder(&repository), kept: BTreeMap::new() };
        let trusted = trust::refresh(&mut client, &mut root, Timestamp::MIN)?;
        let edition = Edition::read(&repository)?;
        let past = is_workspace.then_some(&workspace);
        let mut looking = Looking { repository, past, client, trusted, now };
        looking.report(&edition)
    }
}

struct Looking<'a> {
    repository: PathBuf,
    /// Where lists of earlier serials are, if at hand.
    past: Option<&'a Workspace>,
    client: Folder,
    trusted: Trusted,
    now: Timestamp,
}

impl Looking<'_> {
    fn report(&mut self, edition: &Edition) -> Result<Report, Error> {
        let (mut roles, mut silent) = (BTreeMap::new(), Vec::new());
        let mut metadata: BTreeMap<String, Age> = BTreeMap::new();
        let tops = [(SNAPSHOT, &edition.snapshot), (TIMESTAMP, &edition.timestamp)];
        let all = edition.roles.iter().map(|(role, it)| (role.as_str(), it));
        for (role, it) in all.chain(tops.into_iter().filter_map(|(role, it)| Some((role, it.as_ref()?)))) {
            metadata.insert(role.to_owned(), Age::of(it, self.now));
        }
        let Some(top) = edition.claims(TARGETS)? else {
            return Err(Error::NothingPublished { folder: self.repository.clone() });
        };
        roles.insert(TARGETS.to_owned(), self.role(TARGETS, &top, &top)?);
        for delegate in top.delegates() {
            match edition.claims(delegate.name)? {
                Some(claims) => {
                    roles.insert(delegate.name.to_owned(), self.role(delegate.name, &claims, &top)?);
                }
                None => silent.push(delegate.name.to_owned()),
            }
        }
        // What is left to nobody is seen by nobody.
        metadata.retain(|role, _| roles.contains_key(role) || [ROOT, SNAPSHOT, TIMESTAMP].contains(&&**role));
        let lists = roles.values().flat_map(|role: &RoleReport| role.lists.values());
        let current =
            metadata.values().all(|age| !age.expired) && lists.into_iter().all(|list| !list.expired);
        Ok(Report { current, metadata, roles, silent })
    }

    /// All files of a role, each looked up as a client would.
    fn role(&mut self, role: &str, claims: &Claims, top: &Claims) -> Result<RoleReport, Error> {
        let mut report = RoleReport::default();
        if let Some(delegate) = top.delegates().find(|delegate| delegate.name == role) {
            report.paths = delegate.paths.to_vec();
        }
        for (path, _) in claims.targets() {
            let found = self.trusted.find(&mut self.client, path)?;
            if found.role != role {
                let reason = format!("{role} names it, and a client finds that of {}", found.role);
                return Err(Error::List { path: path.into(), reason });
            }
            report.signed_by = found.signed_by().to_vec();
            self.file(path, &found, &mut report)?;
        }
        if report.signed_by.is_empty() {
            report.signed_by = self.signed(role);
        }
        Ok(report)
    }

    /// Who signed the newest metadata of a top-level role that names no file.
    fn signed(&self, role: &str) -> Vec<Holder> {
        let document = self.client.kept.get(role).and_then(|octets| Document::parse(octets).ok());
        let tally = document.and_then(|document| self.trusted.root().tally(role, &document).ok());
        tally.map(|tally| tally.signed).unwrap_or_default()
    }

    fn file(&self, path: &str, found: &Found, report: &mut RoleReport) -> Result<(), Error> {
        inside(path)?;
        let file = file_of(&self.repository, path, &found.target)?;
        let octets = read_target(&self.repository, path, &found.target)?;
        let said = metadata::said(&found.target);
        let measure = (octets.len() as u64, sha256(&octets));
        if said["list"].is_string() {
            let text = plain(&file, octets)?;
            // How many signed was looked at before each signature.
            let summary = Summary::read(&file, &text, true, self.now)?;
            if said["sha256"] != sha256(&text) {
                let reason = "its text is not the one that the metadata speaks of".to_owned();
                return Err(Error::List { path: file, reason });
            }
            report.lists.insert(path.to_owned(), ListReport::new(&summary, measure, self.now));
        } else if said["delta_of"].is_string() {
            let delta = self.delta(path, said, &plain(&file, octets)?, found)?;
            report.deltas.insert(path.to_owned(), delta);
        } else {
            report.others.push(path.to_owned());
        }
        Ok(())
    }

    /// Applies a delta to the list that it starts from, where that is at hand.
    fn delta(&self, path: &str, said: &Value, delta: &[u8], found: &Found) -> Result<DeltaReport, Error> {
        let list = said["delta_of"].as_str().unwrap_or_default();
        let (from, to) = (said["from"].as_u64().unwrap_or(0), said["to"].as_u64().unwrap_or(0));
        let Some(old) = self.past_text(list, from)? else {
            return Ok(DeltaReport { from, to, applied: false });
        };
        let mut made = Vec::new();
        blocklist::apply(old.as_slice(), delta, &mut made)
            .map_err(|source| Error::Delta { path: path.into(), source: Box::new(source) })?;
        let published = metadata::said(found.targets.target(list)?);
        let good = match published["serial"] == to {
            true => published["sha256"] == sha256(&made),
            false => self.past_text(list, to)?.is_none_or(|text| text == made),
        };
        if !good {
            let reason = format!("it does not lead to serial {to} of {list}");
            return Err(Error::List { path: path.into(), reason });
        }
        Ok(DeltaReport { from, to, applied: true })
    }

    fn past_text(&self, list: &str, serial: u64) -> Result<Option<Vec<u8>>, Error> {
        let Some(workspace) = self.past else { return Ok(None) };
        let path = workspace.past(list, serial)?;
        files::read_if_there(&path)?.map(|octets| plain(&path, octets)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::authority::office::{DEMO, Office, time};

    #[test]
    fn the_demonstration_is_good_for_ten_years() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("blocklists/demo/public");
        let report = Report::verify(&folder, None, time("2035-12-31T00:00:00Z")).unwrap();
        assert!(report.current);
        assert_eq!(
            report.roles["demo"].lists["demo/nudification.jsonl"].rules,
            DEMO.lines().count() as u64 - 1
        );
        assert_eq!(report.roles["demo"].signed_by.len(), 2);
        let report = Report::verify(&folder, None, time("2036-01-01T00:00:00Z")).unwrap();
        assert!(!report.current && report.to_string().ends_with("OUT OF DATE: sign anew what has expired."));
    }

    #[test]
    fn every_altered_file_is_found() {
        let office = Office::with_delegate();
        office.publish(&["a.example"]);
        let root = office.path("pinned.json");
        fs::copy(office.workspace.metadata().join("1.root.json"), &root).unwrap();
        let verify = || Report::verify(office.workspace.folder(), Some(&root), office.now);
        assert!(verify().unwrap().current);
        let edition = Edition::read(&office.workspace.public()).unwrap();
        let mut files = edition.metadata_files();
        files.extend(edition.target_files().unwrap());
        files.insert(office.workspace.metadata().join("timestamp.json"));
        files.remove(&office.workspace.metadata().join("1.root.json"));
        assert_eq!(files.len(), 5);
        for path in files {
            let octets = fs::read(&path).unwrap();
            let mut altered = octets.clone();
            let middle = altered.len() / 2;
            altered[middle] ^= 1;
            fs::write(&path, &altered).unwrap();
            assert!(verify().is_err(), "{path:?}");
            fs::remove_file(&path).unwrap();
            assert!(verify().is_err(), "{path:?}");
            fs::write(&path, octets).unwrap();
        }
        assert!(verify().unwrap().current);
        // Another authority's root leads nowhere.
        let other = Path::new(env!("CARGO_MANIFEST_DIR")).join("blocklists/demo/public/metadata/1.root.json");
        assert!(Report::verify(office.workspace.folder(), Some(&other), office.now).is_err());
    }
}
