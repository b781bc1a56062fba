//! A workspace as it stands at one moment: what is published, and what is on its way.
//!
//! Commands that change something look at the desk twice: to tell what they will do, and, once they may, again
//! under the lock. Where somebody else has changed it in between, nothing is done.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::authority::commit::{Committed, commit};
use crate::authority::edition::{self, Documents, Edition, versioned};
use crate::authority::online::Online;
use crate::authority::workspace::{Lock, target_file};
use crate::authority::{Error, Terms, Workspace, files, metadata};
use crate::trust::{Claims, Document, Holder, ROOT, Root, TARGETS, Tally, Target};

/// A workspace as it stands at one moment.
pub(super) struct Desk {
    pub(super) workspace: Workspace,
    pub(super) terms: Terms,
    pub(super) published: Edition,
    pub(super) staged: Documents,
    /// From when on all that is signed now is out of date; as the terms say where it is `None`.
    pub(super) until: Option<Timestamp>,
}

/// New metadata for a role, and the files that it speaks of and that are not there yet.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) documents: Vec<(String, Document)>,
    /// By path and digest.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

impl Desk {
    /// Looks at a workspace.
    pub(super) fn look(workspace: &Workspace) -> Result<Self, Error> {
        let terms = workspace.terms()?;
        let published = Edition::read(&workspace.public())?;
        let mut staged = Documents::new();
        for name in files::names(&workspace.staged())? {
            let path = workspace.staged().join(&name);
            let Some((role, _)) = versioned(&format!("0.{name}")) else { continue };
            let document = Document::parse(&files::read(&path)?).map_err(Error::trust(&path))?;
            // What is published already waits for nothing: the command that published it was cut short.
            if published.roles.get(&role).is_none_or(|it| metadata::version(it) < metadata::version(&document)) {
                staged.insert(role, document);
            }
        }
        Ok(Self { workspace: workspace.clone(), terms, published, staged, until: None })
    }

    /// Looks at a workspace in order to change it, after ending what another command was kept from ending.
    pub(super) fn open(workspace: &Workspace, now: Timestamp) -> Result<(Self, Option<Committed>), Error> {
        workspace.terms()?;
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
        let now = Self::look(&self.workspace)?;
        if now.content()? != self.content()? {
            return Err(Error::Changed { folder: self.workspace.folder().to_owned() });
        }
        Ok(lock)
    }

    /// From when on metadata of a role that is made now is out of date.
    pub(super) fn end(&self, role: &str, now: Timestamp) -> Timestamp {
        self.until.unwrap_or_else(|| self.terms.days.end(role, now))
    }

    /// Everything that a person may have been shown. Timers sign snapshot and timestamp at any time, so that these
    /// count for nothing.
    fn content(&self) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let documents = self.published.roles.iter().chain(&self.staged);
        let compose = |(role, document): (&String, &Document)| Ok((role.clone(), document.compose()?));
        documents.map(compose).collect::<Result<_, _>>().map_err(Error::trust(self.workspace.folder()))
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
    pub(super) fn next(&self, role: &str) -> u64 {
        let published = self.published.next(role);
        match self.staged.get(role) {
            Some(staged) if role != ROOT => published.max(metadata::version(staged).saturating_add(1)),
            _ => published,
        }
    }

    /// What is said of a target, on its way or published, and its file.
    pub(super) fn target(&self, path: &str, target: &Target) -> Result<Vec<u8>, Error> {
        let prefix = target.prefix().unwrap_or_default();
        let staged = self.workspace.staged();
        match target_file(&staged, path, &prefix)?.exists() {
            true => edition::read_target(&staged, path, target),
            false => self.published.target(path, target),
        }
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

    /// Puts files and then the metadata that speaks of them on their way.
    pub(super) fn stage(&mut self, _lock: &Lock, draft: Draft) -> Result<(), Error> {
        for (path, octets) in &draft.files {
            let file = target_file(&self.workspace.staged(), path, &metadata::sha256(octets))?;
            files::create_folder(files::folder_of(&file))?;
            files::replace(&file, octets)?;
        }
        for (role, document) in draft.documents {
            let path = self.workspace.staged_metadata(&role);
            let octets = document.compose().map_err(Error::trust(&path))?;
            files::create_folder(files::folder_of(&path))?;
            files::replace(&path, &octets)?;
            self.staged.insert(role, document);
        }
        Ok(())
    }

    /// The file of metadata on its way, for messages.
    pub(super) fn staged_file(&self, role: &str) -> PathBuf {
        self.workspace.staged_metadata(role)
    }
}
