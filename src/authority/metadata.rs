//! Composing what is signed, as values: the four top-level roles and delegated ones (specification §4).
//!
//! Nothing here reads or writes files, and nothing is signed. Fields that stand in earlier metadata and are not
//! changed are kept as they are, known or not.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::authority::PublicKey;
use crate::trust::{Claims, Document, ROOT, SNAPSHOT, SPEC_VERSION, TARGETS, TIMESTAMP, Target, sha256};

/// Who signs for a role, and how many of them must.
pub(super) struct Signers<'keys> {
    pub(super) keys: Vec<&'keys PublicKey>,
    pub(super) threshold: u64,
}

/// A delegation to be made.
pub(super) struct NewDelegation<'a> {
    pub(super) role: &'a str,
    pub(super) paths: &'a [String],
    pub(super) signers: Signers<'a>,
    pub(super) terminating: bool,
}

/// What the first root says.
pub(super) fn root(expires: Timestamp, roles: &[(&str, Signers<'_>)]) -> Value {
    let mut signed = opening(ROOT, 1, expires);
    signed["consistent_snapshot"] = true.into();
    signed["keys"] = json!({});
    for (role, signers) in roles {
        signed["roles"][role] = json!({ "keyids": [], "threshold": signers.threshold });
        for key in &signers.keys {
            list_key(&mut signed["keys"], key);
            add_id(&mut signed["roles"][role], key.id());
        }
    }
    signed
}

/// What targets metadata says before it speaks of any file.
pub(super) fn targets(version: u64, expires: Timestamp) -> Value {
    let mut signed = opening(TARGETS, version, expires);
    signed["targets"] = json!({});
    signed
}

/// What a snapshot says: the version of each role's metadata, and its file.
pub(super) fn snapshot<'a>(
    version: u64,
    expires: Timestamp,
    roles: impl IntoIterator<Item = (&'a str, u64, &'a [u8])>,
) -> Value {
    let mut signed = opening(SNAPSHOT, version, expires);
    for (role, version, file) in roles {
        signed["meta"][format!("{role}.json")] = meta(version, file);
    }
    signed
}

/// What a timestamp says: the version of the snapshot, and its file.
pub(super) fn timestamp(version: u64, expires: Timestamp, snapshot: (u64, &[u8])) -> Value {
    let mut signed = opening(TIMESTAMP, version, expires);
    signed["meta"]["snapshot.json"] = meta(snapshot.0, snapshot.1);
    signed
}

/// The same as before under another version and until another time.
pub(super) fn again(document: &Document, version: u64, expires: Timestamp) -> Value {
    let mut signed = document.signed().clone();
    signed["version"] = version.into();
    signed["expires"] = json!(whole_seconds(expires));
    signed
}

/// What is said of a target; `custom` is ours alone to read.
pub(super) fn target(octets: &[u8], custom: Value) -> Value {
    json!({
        "length": octets.len(),
        "hashes": { "sha256": sha256(octets) },
        "custom": { "rempart": custom },
    })
}

/// What [`target`] was told to say.
pub(super) fn said(target: &Target) -> &Value {
    &target.custom()["rempart"]
}

/// The lists that a role speaks of.
pub(super) fn lists(claims: &Claims) -> impl Iterator<Item = (&str, &Target)> {
    claims.targets().filter(|(_, target)| said(target)["list"].is_string())
}

/// Adds a delegation, behind those that are there, or in the place of one with its name.
pub(super) fn delegate(signed: &mut Value, delegation: &NewDelegation<'_>) {
    if !signed["delegations"].is_object() {
        signed["delegations"] = json!({ "keys": {}, "roles": [] });
    }
    let delegations = &mut signed["delegations"];
    let mut entry = json!({
        "name": delegation.role,
        "keyids": [],
        "threshold": delegation.signers.threshold,
        "terminating": delegation.terminating,
        "paths": delegation.paths,
    });
    for key in &delegation.signers.keys {
        list_key(&mut delegations["keys"], key);
        add_id(&mut entry, key.id());
    }
    match find(delegations, delegation.role) {
        Some(place) => *place = entry,
        None => items(&mut delegations["roles"]).push(entry),
    }
    forget_unused(&mut signed["delegations"]);
}

/// Takes a delegation away.
pub(super) fn withdraw(signed: &mut Value, role: &str) {
    items(&mut signed["delegations"]["roles"]).retain(|entry| entry["name"] != role);
    forget_unused(&mut signed["delegations"]);
}

/// Changes who signs for a role of a root, or for one that targets metadata delegates to.
pub(super) fn rotate(
    signed: &mut Value,
    role: &str,
    removed: &BTreeSet<String>,
    added: &[PublicKey],
    threshold: u64,
) {
    let ring = if signed["_type"] == ROOT { signed } else { &mut signed["delegations"] };
    for key in added {
        list_key(&mut ring["keys"], key);
    }
    let entry = match ring["roles"].is_array() {
        true => find(ring, role),
        false => ring["roles"].get_mut(role),
    };
    if let Some(entry) = entry {
        entry["threshold"] = threshold.into();
        items(&mut entry["keyids"]).retain(|id| id.as_str().is_none_or(|id| !removed.contains(id)));
        added.iter().for_each(|key| add_id(entry, key.id()));
    }
    forget_unused(ring);
}

/// A time as metadata writes it, in whole seconds (specification §4.2.1).
pub(super) fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

/// The version that a document says it has.
pub(super) fn version(document: &Document) -> u64 {
    document.signed()["version"].as_u64().unwrap_or(0)
}

/// From when on a document says that it is out of date; from the beginning if it does not say.
pub(super) fn expires(document: &Document) -> Timestamp {
    let expires = document.signed()["expires"].as_str().and_then(|text| text.parse().ok());
    expires.unwrap_or(Timestamp::MIN)
}

fn opening(role: &str, version: u64, expires: Timestamp) -> Value {
    json!({
        "_type": role,
        "spec_version": SPEC_VERSION,
        "version": version,
        "expires": whole_seconds(expires),
    })
}

fn meta(version: u64, file: &[u8]) -> Value {
    json!({ "version": version, "length": file.len(), "hashes": { "sha256": sha256(file) } })
}

fn list_key(keys: &mut Value, key: &PublicKey) {
    keys[key.id()] = key.value().clone();
}

fn add_id(entry: &mut Value, id: &str) {
    let ids = items(&mut entry["keyids"]);
    if !ids.iter().any(|known| known == id) {
        ids.push(id.into());
    }
}

fn find<'v>(delegations: &'v mut Value, role: &str) -> Option<&'v mut Value> {
    items(&mut delegations["roles"]).iter_mut().find(|entry| entry["name"] == role)
}

/// Removes the keys that no role is left for.
fn forget_unused(ring: &mut Value) {
    let roles: Vec<&Value> = match &ring["roles"] {
        Value::Array(roles) => roles.iter().collect(),
        Value::Object(roles) => roles.values().collect(),
        _ => return,
    };
    let ids = roles.iter().flat_map(|role| role["keyids"].as_array().into_iter().flatten());
    let used: BTreeSet<String> = ids.filter_map(Value::as_str).map(str::to_owned).collect();
    if let Some(keys) = ring["keys"].as_object_mut() {
        let all = std::mem::take(keys);
        *keys = all.into_iter().filter(|(id, _)| used.contains(id)).collect::<Map<_, _>>();
    }
}

/// The items of an array, made where it is missing.
fn items(value: &mut Value) -> &mut Vec<Value> {
    if !value.is_array() {
        *value = json!([]);
    }
    match value {
        Value::Array(items) => items,
        _ => unreachable!("made an array above"),
    }
}
