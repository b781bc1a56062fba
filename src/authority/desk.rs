//! A workspace as it stands at one moment: what is published, and what is on its way.
//!
//! Commands that change something look at the desk twice: to tell what they will do, and, once they may, again
//! under the lock. Where somebody else has changed it in between, nothing is done.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::Value;

use crate::authority::commit::{Committed, commit};
use crate::authority::edition::{self, Documents, Edition, MOST_JUMP, file_of, versioned};
use crate::authority::online::Online;
use crate::authority::workspace::{Lock, target_file};
use crate::authority::{Error, Terms, Workspace, files, metadata};
use crate::trust::{Claims, Document, Holder, ROOT, Root, TARGETS, TOP_LEVEL_ROLES, Tally, Target, sha256};

/// A workspace as it stands at one moment.
pub(super) struct Desk {
    pub(super) workspace: Workspace,
    pub(super) terms: Terms,
    pub(super) published: Edition,
    pub(super) staged: Documents,
    /// From when on all that is signed now is out of date; as the terms say where it is `None`.
    pub(super) until: Option<Timestamp>,
    /// Files of drafts by where they will stand on their way.
    drafted: BTreeMap<PathBuf, Vec<u8>>,
    /// All that was there when it was looked at and that a person may have been shown.
    seen: Vec<(String, Vec<u8>)>,
}

/// New metadata for a role, and the files that it speaks of and that are not there yet.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) documents: Vec<(String, Document)>,
    /// By path and digest.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

impl Draft {
    /// This, and another one after it.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.documents.extend(other.documents);
        self.files.extend(other.files);
        self
    }
}

impl Desk {
    /// Looks at what is published alone, whatever is on its way.
    pub(super) fn look_outside(workspace: &Workspace) -> Result<Self, Error> {
        let terms = workspace.terms()?;
        let published = Edition::read(&workspace.public())?;
        let (workspace, staged, drafted) = (workspace.clone(), Documents::new(), BTreeMap::new());
        Ok(Self { workspace, terms, published, staged, until: None, drafted, seen: Vec::new() })
    }

    /// Looks at a workspace.
    pub(super) fn look(workspace: &Workspace) -> Result<Self, Error> {
        let mut desk = Self::look_outside(workspace)?;
        let mut staged = Documents::new();
        for name in files::names(&workspace.staged())? {
            let path = workspace.staged().join(&name);
            let Some((role, _)) = versioned(&format!("0.{name}")) else { continue };
            let document = Document::parse(&files::read(&path)?).map_err(Error::trust(&path))?;
            // What is published already waits for nothing: the command that published it was cut short.
            if desk
                .published
                .roles
                .get(&role)
                .is_none_or(|it| metadata::version(it) < metadata::version(&document))
            {
                staged.insert(role, document);
            }
        }
        desk.staged = staged;
        desk.drop_stray()?;
        desk.seen = content(desk.published.roles.iter().chain(&desk.staged))?;
        Ok(desk)
    }

    /// Forgets metadata of roles to which nothing will be left any more: nobody can sign or find it.
    fn drop_stray(&mut self) -> Result<(), Error> {
        let Some(document) = self.newest(TARGETS) else { return Ok(()) };
        let top = document.claims().map_err(Error::trust(self.workspace.folder()))?;
        let names: Vec<&str> = top.delegates().map(|delegate| delegate.name).collect();
        self.staged.retain(|role, _| TOP_LEVEL_ROLES.contains(&&**role) || names.contains(&&**role));
        Ok(())
    }

    /// Looks at a workspace in order to change it, after ending what another command was kept from ending.
    pub(super) fn open(workspace: &Workspace, now: Timestamp) -> Result<(Self, Option<Committed>), Error> {
        workspace.terms()?;
        workspace.refuse_public_keys()?;
        let _lock = workspace.lock()?;
        let desk = Self::look(workspace)?;
        let ended = commit(&desk, &Online::open(workspace)?, now)?;
        match ended {
            None => Ok((desk, None)),
            ended => Ok((Self::look(workspace)?, ended)),
        }
    }

    /// The same desk under the lock, unless something has changed.
    pub(super) fn take(&self) -> Result<Lock, Error> {
        let lock = self.workspace.lock()?;
        if Self::look(&self.workspace)?.seen != self.seen {
            return Err(Error::Changed { folder: self.workspace.folder().to_owned() });
        }
        Ok(lock)
    }

    /// From when on metadata of a role that is made now is out of date.
    pub(super) fn end(&self, role: &str, now: Timestamp) -> Timestamp {
        self.until.unwrap_or_else(|| self.terms.days.end(role, now))
    }

    /// The root that will be in force once all is signed.
    pub(super) fn root(&self) -> Result<Root, Error> {
        let document = self.coming(ROOT)?;
        Root::draft(document).map_err(Error::trust(self.workspace.folder()))
    }

    /// What the central holders say once all is signed.
    pub(super) fn top(&self) -> Result<Claims, Error> {
        self.coming(TARGETS)?.claims().map_err(Error::trust(self.workspace.folder()))
    }

    /// The newest metadata of a role, on its way or published.
    pub(super) fn newest(&self, role: &str) -> Option<&Document> {
        self.staged.get(role).or_else(|| self.published.roles.get(role))
    }

    fn coming(&self, role: &str) -> Result<&Document, Error> {
        self.newest(role).ok_or_else(|| Error::NoMetadata {
            folder: self.workspace.folder().to_owned(),
            role: role.to_owned(),
        })
    }

    /// The next version of a role. Roots follow each other without a gap, and a root on its way is no root yet.
    pub(super) fn next(&self, role: &str) -> Result<u64, Error> {
        let published = self.published.next(role)?;
        match self.staged.get(role) {
            Some(staged) if role != ROOT => {
                let (number, known) = (metadata::version(staged), published);
                let jump = || Error::Jump { what: format!("the version of {role}"), number, known };
                let next = number.checked_sub(known).is_none_or(|jump| jump <= MOST_JUMP).then_some(number);
                Ok(published.max(next.ok_or_else(jump)? + 1))
            }
            _ => Ok(published),
        }
    }

    /// The newest metadata of a role with a change in it; nothing where there is none.
    pub(super) fn redraft(
        &self,
        role: &str,
        now: Timestamp,
        change: impl FnOnce(&mut Value),
    ) -> Result<Draft, Error> {
        let Some(document) = self.newest(role) else { return Ok(Draft::default()) };
        let mut signed = metadata::again(document, self.next(role)?, self.end(role, now));
        change(&mut signed);
        let document = Document::unsigned(&signed).map_err(Error::metadata(role))?;
        Ok(Draft { documents: vec![(role.to_owned(), document)], files: Vec::new() })
    }

    /// What is said of a target, on its way or published, and its file.
    pub(super) fn target(&self, path: &str, target: &Target) -> Result<Vec<u8>, Error> {
        let prefix = target.prefix().unwrap_or_default();
        let staged = self.workspace.staged();
        let file = target_file(&staged, path, &prefix)?;
        if let Some(octets) = self.drafted.get(&file) {
            return Ok(octets.clone());
        }
        match file.exists() {
            true => edition::read_target(&staged, path, target),
            false => self.published.target(path, target),
        }
    }

    /// The octets of a published target. Where its file is lost or damaged, a copy among the past ones stands in.
    pub(super) fn published_target(&self, path: &str, target: &Target) -> Result<Vec<u8>, Error> {
        self.published.target(path, target).or_else(|error| match self.past(path, target) {
            Some(copy) => files::read(&copy),
            None => Err(Error::Damaged {
                path: file_of(&self.published.folder, path, target)?,
                source: Box::new(error),
            }),
        })
    }

    /// A copy of a target among the past ones, if it is what was signed.
    pub(super) fn past(&self, path: &str, target: &Target) -> Option<PathBuf> {
        let serial = metadata::said(target)["serial"].as_u64()?;
        let copy = self.workspace.past(path, serial).ok()?;
        target.open(path, &files::read(&copy).ok()?).ok()?;
        Some(copy)
    }

    /// Who has signed metadata of a role that is on its way, and who could still. A root counts twice: for the
    /// holders of the root before it and for its own.
    pub(super) fn tallies(&self, role: &str, document: &Document) -> Result<Vec<Tally>, Error> {
        let trust = Error::trust(self.workspace.folder());
        match role {
            ROOT => {
                let own = Root::draft(document).and_then(|root| root.tally(ROOT, document)).map_err(trust)?;
                let before = self.published.root()?.map(|root| root.tally(ROOT, document)).transpose();
                let before = before.map_err(Error::trust(self.workspace.folder()))?;
                Ok(before.into_iter().chain([own]).collect())
            }
            TARGETS => Ok(vec![self.root()?.tally(TARGETS, document).map_err(trust)?]),
            role => Ok(vec![self.top()?.tally(role, document).map_err(trust)?]),
        }
    }

    /// As whom a key may sign for a role.
    pub(super) fn holder(&self, role: &str, public: &[u8]) -> Result<Option<Holder>, Error> {
        let of = |root: &Root| root.holder_of(role, public).map_err(Error::trust(self.workspace.folder()));
        match role {
            ROOT => {
                let before = self.published.root()?;
                Ok(before.as_ref().map(of).transpose()?.flatten().or(of(&self.root()?)?))
            }
            TARGETS => of(&self.root()?),
            role => Ok(self.top()?.holder_of(role, public)),
        }
    }

    /// Takes drafts among what is on its way, in memory alone.
    pub(super) fn draft(&mut self, draft: Draft) -> Result<(), Error> {
        for (path, octets) in draft.files {
            let file = target_file(&self.workspace.staged(), &path, &sha256(&octets))?;
            self.drafted.insert(file, octets);
        }
        self.staged.extend(draft.documents);
        self.drop_stray()
    }

    /// Writes metadata that is on its way, and before it the files of drafts.
    pub(super) fn write(&self, _lock: &Lock, roles: &[String]) -> Result<(), Error> {
        for (file, octets) in &self.drafted {
            files::place(file, octets)?;
        }
        for (role, document) in roles.iter().filter_map(|role| Some((role, self.staged.get(role)?))) {
            let path = self.staged_file(role);
            files::place(&path, &document.compose().map_err(Error::trust(&path))?)?;
        }
        Ok(())
    }

    /// The file of metadata on its way, for messages.
    pub(super) fn staged_file(&self, role: &str) -> PathBuf {
        self.workspace.staged_metadata(role)
    }
}

/// Documents as they stand in files. Timers sign snapshot and timestamp at any time, so that these count for nothing.
fn content<'d>(
    documents: impl Iterator<Item = (&'d String, &'d Document)>,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let compose =
        |(role, it): (&String, &Document)| Ok((role.clone(), it.compose().map_err(Error::metadata(role))?));
    documents.map(compose).collect()
}
