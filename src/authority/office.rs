//! An authority in a temporary folder, for tests: its people, what they do, and clients that look at it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use crate::authority::{
    Charter, Content, Delegation, Error, Founding, NewKey, ONLINE_ROLES, Progress, PublicKey, Publication,
    Report, Rotation, Signer, Terms, Turn, Work, Workspace, sign,
};
use crate::keyfile::Protection;
use crate::trust::{self, Found, Root, Source};

pub(super) const DEMO: &str = include_str!(
    "../../blocklists/demo/public/targets/demo/\
     1e65d19f65c2799aae408ff4c715a4a66a58ff31a53b7c0a48cf15ca6bfa36e0.nudification.jsonl"
);
pub(super) const LIST: &str = "fr/nudification.jsonl.zst";
const HEADER: &str = r#"
list = "fr/nudification"
jurisdiction = "FR"
category = "nudification"
authority = "Authority of Tests"
legal_basis = "Act 1"
appeal = "mailto:appeals@authority.example"
"#;

pub(super) struct Office {
    folder: TempDir,
    pub(super) workspace: Workspace,
    /// The time, which tests move.
    pub(super) now: Timestamp,
}

pub(super) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The same name always has the same key.
pub(super) fn new_key(name: &str) -> NewKey {
    let mut seed = [0; 32];
    for (place, octet) in seed.iter_mut().zip(name.bytes()) {
        *place = octet;
    }
    NewKey::from_seed(name, &seed).unwrap()
}

pub(super) fn public(names: &[&str]) -> Vec<PublicKey> {
    names.iter().map(|name| new_key(name).public().clone()).collect()
}

pub(super) fn signers(names: &[&str]) -> Vec<Signer> {
    names.iter().map(|name| new_key(name).into_signer()).collect()
}

impl Office {
    /// An authority of ana, ben and cleo, two of whom must sign; nothing has been published but its own metadata.
    pub(super) fn new() -> Self {
        let office = Self::unfounded();
        assert!(office.found(&["ana", "ben", "cleo"]).committed.is_some());
        office
    }

    pub(super) fn unfounded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(folder.path().join("desk")).with_patience(Duration::ZERO);
        fs::write(folder.path().join("header.toml"), HEADER).unwrap();
        Self { folder, workspace, now: time("2026-03-01T12:00:00Z") }
    }

    /// Another one that is the same to the last octet.
    pub(super) fn twin(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for path in crate::authority::files::tree(self.folder.path()).unwrap() {
            let to = folder.path().join(path.strip_prefix(self.folder.path()).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(&path, &to).unwrap();
        }
        let workspace = Workspace::new(folder.path().join("desk")).with_patience(Duration::ZERO);
        Self { folder, workspace, now: self.now }
    }

    pub(super) fn found(&self, here: &[&str]) -> Progress {
        let kept = here.iter().map(|name| (new_key(name), Protection::None)).collect();
        let holders = ["ana", "ben", "cleo"];
        let charter = Charter {
            holders: holders.map(str::to_owned).into(),
            threshold: 2,
            terms: Terms { deltas: 3, ..Terms::default() },
            until: None,
        };
        let founding = Founding::prepare(&self.workspace, charter, self.now).unwrap();
        founding.carry_out(ONLINE_ROLES.map(new_key).into(), &public(&holders), kept).unwrap()
    }

    /// The same with a role `fr` of dora and emil.
    pub(super) fn with_delegate() -> Self {
        let office = Self::new();
        let work = office.delegate("fr", "fr/*", &["dora", "emil"]).unwrap();
        assert!(work.carry_out(&signers(&["ana", "ben"])).unwrap().committed.is_some());
        office
    }

    pub(super) fn delegate(&self, role: &str, path: &str, holders: &[&str]) -> Result<Work, Error> {
        let delegation = Delegation {
            role: role.to_owned(),
            paths: vec![path.to_owned()],
            holders: public(holders),
            threshold: 2,
            terminating: true,
            until: None,
        };
        delegation.prepare(&self.workspace, self.now)
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn publication(&self, target: &str, names: &[&str]) -> Publication {
        fs::write(self.path("input"), names.join("\n") + "\n").unwrap();
        Publication {
            content: Content::Files {
                rules: self.path("input"),
                format: Some(crate::authority::Format::Domains),
                header: self.path("header.toml"),
            },
            target: target.to_owned(),
            role: None,
            accept_leap: false,
            until: None,
        }
    }

    /// Prepares the next generation of the list of `fr`.
    pub(super) fn prepare(&self, names: &[&str]) -> Result<Work, Error> {
        self.publication(LIST, names).prepare(&self.workspace, self.now)
    }

    /// Publishes the next generation of the list of `fr`.
    pub(super) fn publish(&self, names: &[&str]) -> Progress {
        let progress = self.prepare(names).unwrap().carry_out(&signers(&["dora", "emil"])).unwrap();
        assert!(progress.committed.is_some() && progress.waiting.is_empty());
        progress
    }

    pub(super) fn sign(&self, role: Option<&str>, names: &[&str]) -> Result<Progress, Error> {
        let signers = signers(names);
        let turn = Turn { role, root: None, signers: &signers };
        sign(&self.workspace, &turn, self.now)?.carry_out(&signers)
    }

    pub(super) fn rotate(&self, role: &str, remove: &str, add: &[&str]) -> Result<Work, Error> {
        let rotation = Rotation {
            role: role.to_owned(),
            remove: vec![remove.to_owned()],
            add: public(add),
            threshold: None,
            until: None,
        };
        rotation.prepare(&self.workspace, self.now)
    }

    pub(super) fn wait_days(&mut self, days: i64) {
        self.now += SignedDuration::from_hours(24 * days);
    }

    pub(super) fn verify(&self) -> Result<Report, Error> {
        Report::verify(self.workspace.folder(), None, self.now)
    }

    /// Names and contents of all public files.
    pub(super) fn public_files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let tree = crate::authority::files::tree(&self.workspace.public()).unwrap();
        tree.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    }
}

/// A resolver's client, which remembers.
pub(super) struct Client {
    metadata: PathBuf,
    kept: BTreeMap<String, Vec<u8>>,
    root: Root,
}

impl Client {
    /// One that has pinned the first root.
    pub(super) fn new(office: &Office) -> Self {
        let metadata = office.workspace.public().join("metadata");
        let root = Root::pinned(&fs::read(metadata.join("1.root.json")).unwrap()).unwrap();
        Self { metadata, kept: BTreeMap::new(), root }
    }

    pub(super) fn find(&mut self, path: &str, now: Timestamp) -> Result<Found, trust::Error> {
        let mut root = self.root.clone();
        let trusted = trust::refresh(self, &mut root, now)?;
        self.root = root;
        trusted.find(self, path)
    }

    /// The serial of the list of `fr`.
    pub(super) fn serial(&mut self, now: Timestamp) -> Result<u64, trust::Error> {
        Ok(self.find(LIST, now)?.target.custom()["rempart"]["serial"].as_u64().unwrap())
    }
}

impl Source for Client {
    type Error = trust::Error;

    fn kept(&mut self, role: &str) -> Option<Vec<u8>> {
        self.kept.get(role).cloned()
    }

    fn keep(&mut self, role: &str, octets: &[u8]) -> Result<(), trust::Error> {
        self.kept.insert(role.to_owned(), octets.to_vec());
        Ok(())
    }

    fn fetch(&mut self, file: &str, longest: u64) -> Result<Option<Vec<u8>>, trust::Error> {
        Ok(fs::read(self.metadata.join(file)).ok().filter(|octets| octets.len() as u64 <= longest))
    }
}
