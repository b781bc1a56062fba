//! [`Repository`]: roles with keys of their own, which publishes, signs and serves whatever it is told to.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::trust::attacks::client::Client;
use crate::trust::publisher::{Signer, sign};
use crate::trust::{ROOT, SNAPSHOT, SPEC_VERSION, TARGETS, TIMESTAMP, TOP_LEVEL_ROLES, encode, sha256};

/// When clients live.
pub(super) const NOW: &str = "2026-06-01T00:00:00Z";
/// When nothing has expired yet.
pub(super) const PAST: &str = "2026-01-01T00:00:00Z";
/// When all that is not given another time expires.
pub(super) const FUTURE: &str = "2027-01-01T00:00:00Z";

/// What the repository answers to a request for a file that it has.
#[derive(Clone)]
pub(super) enum Answer {
    Octets(Vec<u8>),
    /// Octets that never end.
    Endless,
    /// The connection breaks.
    Broken,
}

#[derive(Clone)]
pub(super) struct Repository {
    roles: BTreeMap<String, Role>,
    /// What is served, by the name of the file: remove one, and it is not found.
    pub(super) files: BTreeMap<String, Answer>,
    /// The target files by path.
    pub(super) contents: BTreeMap<String, Vec<u8>>,
    /// Whether timestamp and snapshot tell lengths and digests.
    pub(super) tells_digests: bool,
    seeds: u8,
}

#[derive(Clone)]
struct Role {
    fields: Value,
    signers: Vec<Signer>,
}

impl Repository {
    /// Version 1 of everything; each role has one key of its own.
    pub(super) fn new() -> Self {
        let mut new = Self {
            roles: BTreeMap::new(),
            files: BTreeMap::new(),
            contents: BTreeMap::new(),
            tells_digests: false,
            seeds: 0,
        };
        let none = || json!({"keyids": [], "threshold": 1});
        let roles: Value = TOP_LEVEL_ROLES.iter().map(|role| ((*role).to_owned(), none())).collect();
        new.insert(ROOT, json!({"consistent_snapshot": true, "keys": {}, "roles": roles}));
        new.insert(TARGETS, json!({"targets": {}}));
        new.insert(SNAPSHOT, json!({"meta": {}}));
        new.insert(TIMESTAMP, json!({"meta": {}}));
        for role in TOP_LEVEL_ROLES {
            new.add_key(ROOT, role);
        }
        new.publish(&[ROOT]);
        new.release(&[]);
        new
    }

    /// A new repository, and a client that was shipped with its root and has never been in touch with it.
    pub(super) fn with_client() -> (Self, Client) {
        let repository = Self::new();
        let client = Client::shipped_with(repository.octets("1.root.json"));
        (repository, client)
    }

    /// What a role is to say when it is published next, but for its version, which is still the last one.
    pub(super) fn fields(&mut self, role: &str) -> &mut Value {
        &mut self.role(role).fields
    }

    /// Who will sign for a role, whatever others say about who may.
    pub(super) fn signers(&mut self, role: &str) -> &mut Vec<Signer> {
        &mut self.role(role).signers
    }

    /// Signs the next version of each role, in this order, and serves it. Snapshot and timestamp learn of it.
    pub(super) fn publish(&mut self, roles: &[&str]) {
        for role in roles {
            let fields = self.fields(role);
            let version = fields["version"].as_u64().unwrap() + 1;
            fields["version"] = json!(version);
            let octets = self.signed(role);
            let mut meta = json!({ "version": version });
            if self.tells_digests {
                meta["length"] = json!(octets.len());
                meta["hashes"] = json!({ "sha256": sha256(&octets) });
            }
            match *role {
                ROOT | TIMESTAMP => {}
                SNAPSHOT => self.fields(TIMESTAMP)["meta"]["snapshot.json"] = meta,
                _ => self.fields(SNAPSHOT)["meta"][format!("{role}.json")] = meta,
            }
            let file = self.file_of(role, version);
            self.files.insert(file, Answer::Octets(octets));
        }
    }

    /// Publishes roles, and then targets, snapshot and timestamp.
    pub(super) fn release(&mut self, roles: &[&str]) {
        self.publish(roles);
        self.publish(&[TARGETS, SNAPSHOT, TIMESTAMP]);
    }

    /// What a role says now, signed by those who sign for it.
    pub(super) fn signed(&mut self, role: &str) -> Vec<u8> {
        let Role { fields, signers } = self.role(role);
        sign(fields, signers.iter())
    }

    /// The octets of a file.
    pub(super) fn octets(&self, file: &str) -> Vec<u8> {
        match &self.files[file] {
            Answer::Octets(octets) => octets.clone(),
            Answer::Endless | Answer::Broken => panic!("{file} has no octets"),
        }
    }

    /// Serves other octets in the place of a file, or a file that was not there.
    pub(super) fn serve(&mut self, file: &str, octets: Vec<u8>) {
        self.files.insert(file.to_owned(), Answer::Octets(octets));
    }

    /// Changes what is served, with no new signature.
    pub(super) fn alter(&mut self, file: &str, alter: impl FnOnce(&mut Value)) {
        let mut value = serde_json::from_slice(&self.octets(file)).unwrap();
        alter(&mut value);
        self.serve(file, serde_json::to_vec(&value).unwrap());
    }

    /// A key that nobody has yet.
    pub(super) fn new_key(&mut self) -> Signer {
        self.seeds += 1;
        Signer::new(self.seeds, "holder")
    }

    /// Gives a role one key more, which signs from now on. `by` is the root, or who delegates to the role.
    pub(super) fn add_key(&mut self, by: &str, role: &str) -> Signer {
        let signer = self.new_key();
        self.list_key(by, role, &signer);
        self.signers(role).push(signer.clone());
        signer
    }

    /// Lists a key for a role without signing with it.
    pub(super) fn list_key(&mut self, by: &str, role: &str, signer: &Signer) {
        let keys = if by == ROOT {
            &mut self.fields(by)["keys"]
        } else {
            &mut self.fields(by)["delegations"]["keys"]
        };
        keys[signer.id()] = signer.key();
        self.entry(by, role)["keyids"].as_array_mut().unwrap().push(json!(signer.id()));
    }

    /// What the root, or a targets role, says about a role: `keyids`, `threshold` and so on.
    pub(super) fn entry(&mut self, by: &str, role: &str) -> &mut Value {
        if by == ROOT {
            return &mut self.fields(by)["roles"][role];
        }
        let roles = self.fields(by)["delegations"]["roles"].as_array_mut().unwrap();
        roles.iter_mut().find(|entry| entry["name"] == role).unwrap()
    }

    /// Sets all of a top-level role's keys, its threshold and who signs for it.
    pub(super) fn set_keys(&mut self, role: &str, keys: &[Signer], threshold: u64, signers: &[Signer]) {
        *self.entry(ROOT, role) = json!({"keyids": [], "threshold": threshold});
        for key in keys {
            self.list_key(ROOT, role, key);
        }
        *self.signers(role) = signers.to_vec();
    }

    /// Gives a top-level role one new key in the place of all that it had.
    pub(super) fn rotate(&mut self, role: &str) {
        let key = [self.new_key()];
        self.set_keys(role, &key, 1, &key);
    }

    /// Delegates to a role, with one key of its own, after all the delegations that there are. The role is new, or
    /// one that somebody else delegates to as well; nothing is published.
    pub(super) fn delegate(&mut self, by: &str, role: &str, paths: &[&str]) {
        if !self.roles.contains_key(role) {
            self.insert(role, json!({"targets": {}}));
        }
        let delegations = &mut self.fields(by)["delegations"];
        if delegations.is_null() {
            *delegations = json!({"keys": {}, "roles": []});
        }
        let entry = json!({"name": role, "keyids": [], "threshold": 1, "terminating": false, "paths": paths});
        delegations["roles"].as_array_mut().unwrap().push(entry);
        self.add_key(by, role);
    }

    /// Gives a role a target.
    pub(super) fn add_target(&mut self, role: &str, path: &str, octets: &[u8]) {
        let target = json!({"length": octets.len(), "hashes": {"sha256": sha256(octets)}});
        self.fields(role)["targets"][path] = target;
        self.contents.insert(path.to_owned(), octets.to_vec());
    }

    fn insert(&mut self, role: &str, mut fields: Value) {
        let kind = if TOP_LEVEL_ROLES.contains(&role) { role } else { TARGETS };
        fields["_type"] = json!(kind);
        fields["spec_version"] = json!(SPEC_VERSION);
        fields["version"] = json!(0);
        fields["expires"] = json!(FUTURE);
        self.roles.insert(role.to_owned(), Role { fields, signers: Vec::new() });
    }

    fn role(&mut self, role: &str) -> &mut Role {
        self.roles.get_mut(role).unwrap()
    }

    fn file_of(&mut self, role: &str, version: u64) -> String {
        let consistent = self.fields(ROOT)["consistent_snapshot"] == true;
        let name = encode(role);
        match role {
            TIMESTAMP => format!("{name}.json"),
            _ if role == ROOT || consistent => format!("{version}.{name}.json"),
            _ => format!("{name}.json"),
        }
    }
}
