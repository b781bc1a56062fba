//! [`Repository`]: what an authority publishes, in a folder, signed by keys that are made for a test. It can also be
//! told to sign too little, too late or something else.
//!
//! Three central holders, two of whom must sign, have root and targets; snapshot and timestamp have an online key
//! each; delegates have holders of their own, as many and as strict.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use rempart::blocklist::{Format, Header, compare, compose_jsonl, read};
use rempart::trust::{Document, SPEC_VERSION, TOP_LEVEL_ROLES, ed25519_key, key_id};
use serde_json::{Value, json};

/// When all that is not given another time is out of date.
pub(crate) const FUTURE: &str = "2030-01-01T00:00:00Z";
const HOLDERS: u8 = 3;
const THRESHOLD: u64 = 2;
/// Deltas to so many serials before the newest are spoken of.
const MOST: u64 = 8;

pub(crate) struct Repository {
    folder: PathBuf,
    roles: BTreeMap<String, Role>,
    /// The newest serial of each list, and its text.
    texts: BTreeMap<String, (u64, Vec<u8>)>,
    seed: u8,
}

struct Role {
    fields: Value,
    signers: Vec<Signer>,
    /// How many of them sign.
    signing: usize,
}

#[derive(Clone)]
struct Signer {
    pair: Arc<Ed25519KeyPair>,
    key: Value,
}

impl Signer {
    fn new(seed: u8, role: &str) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap();
        let key = ed25519_key(pair.public_key().as_ref(), &format!("{role} holder {seed}"));
        Self { pair: Arc::new(pair), key }
    }

    fn id(&self) -> String {
        key_id(&self.key).unwrap()
    }
}

impl Repository {
    /// A new repository with a delegate `fr` for `fr/*`. Other seeds make other keys.
    pub(crate) fn new(folder: &Path, seed: u8) -> Self {
        let (folder, roles, texts) = (folder.to_owned(), BTreeMap::new(), BTreeMap::new());
        let mut new = Self { folder, roles, texts, seed };
        new.insert("root", json!({ "consistent_snapshot": true, "keys": {}, "roles": {} }), HOLDERS);
        new.insert("targets", json!({ "targets": {}, "delegations": { "keys": {}, "roles": [] } }), HOLDERS);
        new.insert("snapshot", json!({ "meta": {} }), 1);
        new.insert("timestamp", json!({ "meta": {} }), 1);
        TOP_LEVEL_ROLES.iter().for_each(|role| new.list_keys(role));
        new.delegate("fr");
        new.sign("root");
        new.publish(&["targets", "fr"]);
        new
    }

    /// The root that subscribers pin.
    pub(crate) fn root(&self) -> PathBuf {
        self.metadata(&format!("{}.root.json", self.version("root")))
    }

    /// A file of metadata.
    pub(crate) fn metadata(&self, file: &str) -> PathBuf {
        self.folder.join("metadata").join(file)
    }

    /// The newest metadata of a role.
    pub(crate) fn newest(&self, role: &str) -> PathBuf {
        self.metadata(&format!("{}.{role}.json", self.version(role)))
    }

    /// The file of a target.
    pub(crate) fn target(&self, path: &str) -> PathBuf {
        let target = &self.roles[self.role_of(path)].fields["targets"][path];
        let digest = target["hashes"]["sha256"].as_str().unwrap_or_else(|| panic!("no {path}"));
        let (folder, file) = path.rsplit_once('/').unwrap();
        self.folder.join("targets").join(folder).join(format!("{digest}.{file}"))
    }

    /// What a role is to say when it is published next.
    pub(crate) fn fields(&mut self, role: &str) -> &mut Value {
        &mut self.role(role).fields
    }

    /// So many holders of a role sign from now on.
    pub(crate) fn let_sign(&mut self, role: &str, holders: usize) {
        self.role(role).signing = holders;
    }

    /// Leaves `ROLE/*` to a role with holders of its own.
    pub(crate) fn delegate(&mut self, role: &str) {
        self.insert(role, json!({ "targets": {} }), HOLDERS);
        let signers = self.role(role).signers.clone();
        let delegations = &mut self.fields("targets")["delegations"];
        let ids: Vec<String> = signers.iter().map(Signer::id).collect();
        signers.iter().for_each(|signer| delegations["keys"][signer.id()] = signer.key.clone());
        delegations["roles"].as_array_mut().unwrap().push(json!({
            "name": role, "keyids": ids, "threshold": THRESHOLD, "terminating": true, "paths": [format!("{role}/*")],
        }));
    }

    /// Gives a top-level role new keys, and publishes the root that says so.
    pub(crate) fn rotate(&mut self, role: &str) {
        let mut old = self.role(role).signers.clone();
        let count = old.len() as u8;
        self.role(role).signers = self.new_signers(role, count);
        self.list_keys(role);
        if role != "root" {
            old.clear();
        }
        self.sign_with("root", old);
        self.publish(&[if role == "root" { "targets" } else { role }]);
    }

    /// Publishes a serial of a list with these names, a rule a line, and with a delta from the one before.
    pub(crate) fn put(&mut self, list: &str, serial: u64, names: &str) {
        let text = text_of(list, serial, names);
        let role = self.role_of(list).to_owned();
        let path = format!("{list}.jsonl.zst");
        let custom = json!({ "rempart": { "list": list, "serial": serial, "sha256": sha256(&text) } });
        if let Some((from, old)) = self.texts.insert(list.to_owned(), (serial, text.clone())) {
            let mut delta = Vec::new();
            compare(&*old, &*text, &mut delta).unwrap();
            let custom = json!({ "rempart": { "delta_of": path, "from": from, "to": serial } });
            self.add_target(&role, &format!("{list}.{from}-{serial}.delta.zst"), &pack(&delta), custom);
        }
        self.add_target(&role, &path, &pack(&text), custom);
        let is_old =
            |target: &Value| target["custom"]["rempart"]["to"].as_u64().is_some_and(|to| to + MOST < serial);
        self.fields(&role)["targets"].as_object_mut().unwrap().retain(|_, target| !is_old(target));
        self.publish(&[&role]);
    }

    /// What was published of a list counts no more: no delta begins there.
    pub(crate) fn forget(&mut self, list: &str) {
        self.texts.remove(list);
    }

    /// Has a role speak of a target from its next version on, and puts the file in its place.
    pub(crate) fn add_target(&mut self, role: &str, path: &str, octets: &[u8], custom: Value) {
        let hashes = json!({ "sha256": sha256(octets) });
        self.fields(role)["targets"][path] =
            json!({ "length": octets.len(), "hashes": hashes, "custom": custom });
        write(&self.target(path), octets);
    }

    /// Signs the next version of these roles, then of snapshot and timestamp.
    pub(crate) fn publish(&mut self, roles: &[&str]) {
        for role in roles.iter().copied().chain(["snapshot", "timestamp"]) {
            self.sign(role);
        }
    }

    fn sign(&mut self, role: &str) {
        self.sign_with(role, Vec::new());
    }

    /// Signs with the keys of others too.
    fn sign_with(&mut self, role: &str, others: Vec<Signer>) {
        let version = self.version(role) + 1;
        let Role { fields, signers, signing } = self.role(role);
        fields["version"] = json!(version);
        let mut document = Document::unsigned(fields).unwrap();
        for signer in signers.iter().take(*signing).chain(&others) {
            document.add_signature(&signer.id(), signer.pair.sign(document.message()).as_ref());
        }
        let meta = json!({ "version": version });
        let file = match role {
            "timestamp" => "timestamp.json".to_owned(),
            _ => format!("{version}.{role}.json"),
        };
        match role {
            "root" | "timestamp" => {}
            "snapshot" => self.fields("timestamp")["meta"]["snapshot.json"] = meta,
            _ => self.fields("snapshot")["meta"][format!("{role}.json")] = meta,
        }
        write(&self.metadata(&file), &document.compose().unwrap());
    }

    fn insert(&mut self, role: &str, mut fields: Value, holders: u8) {
        let kind = if TOP_LEVEL_ROLES.contains(&role) { role } else { "targets" };
        fields["_type"] = json!(kind);
        fields["spec_version"] = json!(SPEC_VERSION);
        fields["version"] = json!(0);
        fields["expires"] = json!(FUTURE);
        let signers = self.new_signers(role, holders);
        self.roles.insert(role.to_owned(), Role { fields, signers, signing: usize::from(holders) });
    }

    fn new_signers(&mut self, role: &str, count: u8) -> Vec<Signer> {
        let first = self.seed;
        self.seed += count;
        (first..self.seed).map(|seed| Signer::new(seed, role)).collect()
    }

    /// Has the root name the keys of a top-level role.
    fn list_keys(&mut self, role: &str) {
        let signers = self.role(role).signers.clone();
        let ids: Vec<String> = signers.iter().map(Signer::id).collect();
        let threshold = THRESHOLD.min(ids.len() as u64);
        let root = self.fields("root");
        root["roles"][role] = json!({ "keyids": ids, "threshold": threshold });
        signers.iter().for_each(|signer| root["keys"][signer.id()] = signer.key.clone());
    }

    /// The delegate whose path this is, else the top-level role.
    fn role_of<'p>(&self, path: &'p str) -> &'p str {
        path.split('/').next().filter(|role| self.roles.contains_key(*role)).unwrap_or("targets")
    }

    fn role(&mut self, role: &str) -> &mut Role {
        self.roles.get_mut(role).unwrap()
    }

    fn version(&self, role: &str) -> u64 {
        self.roles[role].fields["version"].as_u64().unwrap()
    }
}

/// A published list: a header with this serial, and a rule for each line, which is a name, or a name and `staged`, or a
/// name and the reason for which it overrides a guard rail. What is staged is counted by every resolver.
fn text_of(list: &str, serial: u64, lines: &str) -> Vec<u8> {
    let shadow = lines.contains(" staged\n").then_some(100);
    let header: Header = serde_json::from_value(json!({
        "list": list, "serial": serial, "jurisdiction": "FR", "category": "games", "authority": "Authority of Tests",
        "legal_basis": "Act 1", "appeal": "mailto:a@authority.example", "issued": "2026-01-01T00:00:00Z",
        "expires": "2036-01-01T00:00:00Z", "shadow": shadow,
    }))
    .unwrap();
    let mut reasons = lines.lines().map(|line| line.split_once(' ').map(|(_, reason)| reason.to_owned()));
    let names: String = lines.lines().map(|line| format!("{}\n", line.split(' ').next().unwrap())).collect();
    let mut rules = Vec::new();
    let _ = read(names.as_bytes(), Some(Format::Domains), list, |mut rule| {
        rule.details.overrides = reasons.next().unwrap();
        rule.details.staged = rule.details.overrides.take_if(|reason| reason == "staged").is_some();
        rules.push(rule);
    });
    let mut text = Vec::new();
    compose_jsonl(&header, &rules, &mut text).unwrap();
    text
}

/// Puts a file in its place whole, as a publisher does who may be killed.
pub(crate) fn write(path: &Path, octets: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let draft = path.with_extension("draft");
    fs::write(&draft, octets).unwrap();
    fs::rename(draft, path).unwrap();
}

pub(crate) fn pack(octets: &[u8]) -> Vec<u8> {
    zstd::encode_all(octets, 3).unwrap()
}

pub(crate) fn sha256(octets: &[u8]) -> String {
    digest(&SHA256, octets).as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
}
