//! From what is on its way to what is published, in an order that a client never notices.
//!
//! First all that nobody asks for yet (target files, metadata of roles, the snapshot), each under a name of its
//! own, then the timestamp, which leads to it. A root that trusts other keys comes last where everything else can
//! be signed so that both roots are satisfied, and otherwise before the rest. Only then is removed what no client
//! can be asking for any more. All is worked out before the first file is written, every step replaces a whole
//! file, and every step can be taken twice: a command that is cut short anywhere leaves a repository that
//! verifies, and the next command takes the steps that are left.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use crate::authority::choice::Choice;
use crate::authority::desk::Desk;
use crate::authority::edition::{self, Documents, Edition, claims, file_of, target_files, versioned};
use crate::authority::online::Online;
use crate::authority::workspace::{inside, metadata_file, metadata_folder};
use crate::authority::{Error, files, metadata};
use crate::trust::{Document, ROOT, Root, SNAPSHOT, TARGETS, TIMESTAMP};

/// What has become public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Committed {
    /// The roles with new metadata, and its version. Snapshot and timestamp are among them.
    pub versions: BTreeMap<String, u64>,
}

/// One change of one file.
#[derive(Debug)]
pub(super) enum Step {
    Copy { from: PathBuf, to: PathBuf },
    Write { to: PathBuf, octets: Vec<u8> },
    Remove(PathBuf),
}

impl Step {
    pub(super) fn take(&self) -> Result<(), Error> {
        let write = |to: &Path, octets: &[u8]| {
            files::create_folder(files::folder_of(to))?;
            files::replace(to, octets)
        };
        match self {
            Self::Copy { from, to } => write(to, &files::read(from)?),
            Self::Write { to, octets } => write(to, octets),
            Self::Remove(path) => files::remove(path),
        }
    }
}

/// Publishes as much of what is on its way as enough people have signed.
pub(super) fn commit(desk: &Desk, online: &Online, now: Timestamp) -> Result<Option<Committed>, Error> {
    let Some((steps, committed)) = plan(desk, online, now)? else { return Ok(None) };
    steps.iter().try_for_each(Step::take)?;
    Ok(Some(committed))
}

/// The steps of [`commit`].
pub(super) fn plan(
    desk: &Desk,
    online: &Online,
    now: Timestamp,
) -> Result<Option<(Vec<Step>, Committed)>, Error> {
    let folder = desk.workspace.public();
    let choice = Choice { published: &desk.published.roles, staged: &desk.staged, folder: &folder };
    let Some(next) = choice.make()? else { return Ok(None) };
    let mut change = Changing { desk, next, steps: Vec::new(), versions: BTreeMap::new() };
    change.bring_targets()?;
    let root = change.bring_roles()?;
    let sealed = change.seal(online, now)?;
    if sealed.satisfies_both {
        change.steps.extend(sealed.steps);
        change.steps.extend(root);
    } else {
        change.steps.extend(root);
        change.steps.extend(sealed.steps);
    }
    change.keep_past()?;
    change.clear_staged()?;
    change.clear_public(&sealed.kept)?;
    Ok(Some((change.steps, Committed { versions: change.versions })))
}

struct Changing<'a> {
    desk: &'a Desk,
    next: Documents,
    steps: Vec<Step>,
    versions: BTreeMap<String, u64>,
}

impl Changing<'_> {
    fn public(&self) -> &Path {
        &self.desk.published.folder
    }

    /// The roles whose metadata is new.
    fn new_roles(&self) -> impl Iterator<Item = (&String, &Document)> {
        let published = &self.desk.published.roles;
        self.next.iter().filter(|(role, document)| {
            published.get(*role).is_none_or(|known| metadata::version(known) != metadata::version(document))
        })
    }

    fn bring_targets(&mut self) -> Result<(), Error> {
        let (public, staged) = (self.public(), self.desk.workspace.staged());
        let mut steps = Vec::new();
        for (role, _) in self.new_roles().filter(|(role, _)| *role != ROOT) {
            let Some(claims) = claims(&self.next, role, public)? else { continue };
            for (path, target) in claims.targets() {
                let to = file_of(public, path, target)?;
                if !to.exists() {
                    edition::read_target(&staged, path, target)?;
                    steps.push(Step::Copy { from: file_of(&staged, path, target)?, to });
                }
            }
        }
        self.steps.extend(steps);
        Ok(())
    }

    /// Delegated roles first, then the central one. The root is given back.
    fn bring_roles(&mut self) -> Result<Option<Step>, Error> {
        let (mut root, mut central, mut steps) = (None, None, Vec::new());
        let mut versions = BTreeMap::new();
        for (role, document) in self.new_roles() {
            let version = metadata::version(document);
            let to = metadata_file(self.public(), role, version);
            let octets = document.compose().map_err(Error::trust(&to))?;
            let step = Step::Write { to, octets };
            versions.insert(role.clone(), version);
            match role.as_str() {
                ROOT => root = Some(step),
                TARGETS => central = Some(step),
                _ => steps.push(step),
            }
        }
        self.versions.extend(versions);
        self.steps.extend(steps.into_iter().chain(central));
        Ok(root)
    }

    /// Signs snapshot and timestamp, unless those that are there will do.
    fn seal(&mut self, online: &Online, now: Timestamp) -> Result<Sealed, Error> {
        let draft = |document: &Document| Root::draft(document).map_err(Error::trust(self.public()));
        let new = draft(&self.next[ROOT])?;
        let old = self.desk.published.root()?.filter(|old| old.version() != new.version());
        let roots: Vec<&Root> = [&new].into_iter().chain(&old).collect();
        let same = self.new_roles().all(|(role, _)| role == ROOT);
        let sealing = Sealing { desk: self.desk, roles: &self.next, roots, online, now };
        let sealed = sealing.seal(if same { Renewal::IfUntrusted } else { Renewal::Snapshot })?;
        self.versions.extend(sealed.versions.clone());
        Ok(sealed)
    }

    /// Lists by path, with their serials.
    fn lists(&self, role: &str) -> Result<Vec<(String, u64, PathBuf)>, Error> {
        let Some(claims) = claims(&self.next, role, self.public())? else { return Ok(Vec::new()) };
        let mut lists = Vec::new();
        for (path, target) in claims.targets() {
            if let Some(serial) = target.custom()["rempart"]["serial"].as_u64() {
                lists.push((path.to_owned(), serial, file_of(self.public(), path, target)?));
            }
        }
        Ok(lists)
    }

    /// Keeps the lists to compare with, as many serials as there are deltas.
    fn keep_past(&mut self) -> Result<(), Error> {
        let workspace = &self.desk.workspace;
        let mut steps = Vec::new();
        for (role, _) in self.new_roles().filter(|(role, _)| *role != ROOT) {
            for (path, serial, file) in self.lists(role)? {
                let to = workspace.past(&path, serial)?;
                let oldest = serial.saturating_sub(self.desk.terms.deltas);
                let old = past_serials(&workspace.past_folder(), &path)?;
                for old in old.into_iter().filter(|old| *old < oldest) {
                    steps.push(Step::Remove(workspace.past(&path, old)?));
                }
                if !to.exists() {
                    steps.push(Step::Copy { from: file, to });
                }
            }
        }
        self.steps.extend(steps);
        Ok(())
    }

    /// Removes from what is on its way all that is published now.
    fn clear_staged(&mut self) -> Result<(), Error> {
        let workspace = &self.desk.workspace;
        let mut waiting = self.desk.staged.clone();
        waiting.retain(|role, document| {
            let next = self.next.get(role).map(metadata::version);
            next.is_none_or(|next| next < metadata::version(document))
        });
        let mut kept: BTreeSet<PathBuf> = waiting.keys().map(|role| workspace.staged_metadata(role)).collect();
        for role in waiting.keys().filter(|role| *role != ROOT) {
            let Some(claims) = claims(&waiting, role, &workspace.staged())? else { continue };
            for (path, target) in claims.targets() {
                kept.insert(file_of(&workspace.staged(), path, target)?);
            }
        }
        let all = files::tree(&workspace.staged())?;
        self.steps.extend(all.into_iter().filter(|path| !kept.contains(path)).map(Step::Remove));
        Ok(())
    }

    /// Removes from the public folder what neither the edition before nor the new one speaks of. What is not
    /// ours is left alone.
    fn clear_public(&mut self, sealed: &BTreeSet<PathBuf>) -> Result<(), Error> {
        let public = self.public();
        let mut kept = self.desk.published.metadata_files();
        kept.extend(self.desk.published.target_files()?);
        kept.extend(target_files(&self.next, public)?);
        kept.extend(sealed.iter().cloned());
        for (role, document) in &self.next {
            kept.insert(metadata_file(public, role, metadata::version(document)));
        }
        let metadata = metadata_folder(public);
        let ours = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let old_metadata = || {
                let role = versioned(&name).filter(|_| path.parent() == Some(&metadata));
                role.is_some_and(|(role, _)| role != ROOT)
            };
            files::is_draft(&name) || is_target(&name) || old_metadata()
        };
        let all = files::tree(public)?.into_iter().filter(|path| ours(path) && !kept.contains(path));
        let steps: Vec<Step> = all.map(Step::Remove).collect();
        self.steps.extend(steps);
        Ok(())
    }
}

/// Whether a file is named as targets are: by a digest and a point.
fn is_target(name: &str) -> bool {
    let hexadecimal = |digest: &str| digest.len() == 64 && digest.bytes().all(|it| it.is_ascii_hexdigit());
    name.split_once('.').is_some_and(|(digest, _)| hexadecimal(digest))
}

/// The serials of a list that are kept to compare with.
pub(super) fn past_serials(past: &Path, path: &str) -> Result<BTreeSet<u64>, Error> {
    let file = past.join(inside(path)?);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let names = files::names(files::folder_of(&file))?;
    let serial = |found: &String| found.strip_prefix(&*name)?.strip_prefix('.')?.parse().ok();
    Ok(names.iter().filter_map(serial).collect())
}

/// When snapshot and timestamp are signed anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Renewal {
    /// Where the root does not trust those that are there.
    IfUntrusted,
    /// The timestamp in any case.
    Timestamp,
    /// Both in any case.
    Snapshot,
}

/// What is needed to sign snapshot and timestamp.
pub(super) struct Sealing<'a> {
    pub(super) desk: &'a Desk,
    /// The metadata that will be public.
    pub(super) roles: &'a Documents,
    /// The root that will be in force, and where it is another one, that which is.
    pub(super) roots: Vec<&'a Root>,
    pub(super) online: &'a Online,
    pub(super) now: Timestamp,
}

/// Snapshot and timestamp.
pub(super) struct Sealed {
    /// What writes them, the timestamp last.
    pub(super) steps: Vec<Step>,
    pub(super) versions: BTreeMap<String, u64>,
    /// Their files.
    pub(super) kept: BTreeSet<PathBuf>,
    /// Whether clients of the old root and of the new one believe them, and the targets that they lead to.
    satisfies_both: bool,
}

impl Sealing<'_> {
    pub(super) fn seal(&self, renewal: Renewal) -> Result<Sealed, Error> {
        let Edition { folder, snapshot, timestamp, .. } = &self.desk.published;
        let mut sealed =
            Sealed { steps: Vec::new(), versions: BTreeMap::new(), kept: BTreeSet::new(), satisfies_both: false };
        let good = snapshot.as_ref().filter(|_| renewal != Renewal::Snapshot);
        let (snapshot, is_new) = match good.filter(|it| self.reached(SNAPSHOT, it, 0)) {
            Some(snapshot) => (snapshot.clone(), false),
            None => (self.snapshot()?, true),
        };
        let number = metadata::version(&snapshot);
        let file = metadata_file(folder, SNAPSHOT, number);
        let octets = match is_new {
            true => snapshot.compose().map_err(Error::trust(&file))?,
            false => files::read(&file)?,
        };
        if is_new {
            sealed.steps.push(Step::Write { to: file.clone(), octets: octets.clone() });
            sealed.versions.insert(SNAPSHOT.to_owned(), number);
        }
        sealed.kept.insert(file);
        let good = timestamp.as_ref().filter(|_| !is_new && renewal == Renewal::IfUntrusted);
        let timestamp = match good.filter(|it| self.reached(TIMESTAMP, it, 0)) {
            Some(timestamp) => timestamp.clone(),
            None => {
                let timestamp = self.timestamp(number, &octets)?;
                let to = metadata_file(folder, TIMESTAMP, 0);
                let octets = timestamp.compose().map_err(Error::trust(&to))?;
                sealed.steps.push(Step::Write { to, octets });
                sealed.versions.insert(TIMESTAMP.to_owned(), metadata::version(&timestamp));
                timestamp
            }
        };
        sealed.satisfies_both = self.roots.len() > 1
            && self.reached(SNAPSHOT, &snapshot, 1)
            && self.reached(TIMESTAMP, &timestamp, 1)
            && self.roles.get(TARGETS).is_some_and(|targets| self.reached(TARGETS, targets, 1));
        Ok(sealed)
    }

    /// Whether one of the roots trusts what signed a document.
    fn reached(&self, role: &str, document: &Document, root: usize) -> bool {
        let tally = self.roots.get(root).map(|root| root.tally(role, document));
        tally.is_some_and(|tally| tally.is_ok_and(|tally| tally.reached()))
    }

    fn snapshot(&self) -> Result<Document, Error> {
        let mut roles = Vec::new();
        for (role, document) in self.roles.iter().filter(|(role, _)| *role != ROOT) {
            let version = metadata::version(document);
            let path = metadata_file(&self.desk.published.folder, role, version);
            let known = self.desk.published.roles.get(role).map(metadata::version) == Some(version);
            let octets = match known {
                true => files::read(&path)?,
                false => document.compose().map_err(Error::trust(&path))?,
            };
            roles.push((role.as_str(), version, octets));
        }
        let said = roles.iter().map(|(role, version, octets)| (*role, *version, octets.as_slice()));
        let end = self.desk.end(SNAPSHOT, self.now);
        self.sign(SNAPSHOT, &metadata::snapshot(self.desk.published.next(SNAPSHOT), end, said))
    }

    fn timestamp(&self, version: u64, snapshot: &[u8]) -> Result<Document, Error> {
        let end = self.desk.end(TIMESTAMP, self.now);
        let number = self.desk.published.next(TIMESTAMP);
        self.sign(TIMESTAMP, &metadata::timestamp(number, end, (version, snapshot)))
    }

    fn sign(&self, role: &str, signed: &serde_json::Value) -> Result<Document, Error> {
        let mut document = Document::unsigned(signed).map_err(Error::metadata(role))?;
        self.online.sign(role, &mut document, &self.roots)?;
        Ok(document)
    }
}
