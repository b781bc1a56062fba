//! What a client asks for, what it keeps, and what is not metadata of the role that it wants.

use serde_json::{Value, json};

use crate::trust::attacks::client::Client;
use crate::trust::attacks::repository::{Answer, Repository};
use crate::trust::publisher::{Signer, time};
use crate::trust::{Error, ROOT, SNAPSHOT, TARGETS, TIMESTAMP, TOP_LEVEL_ROLES};

#[test]
fn a_first_refresh_asks_for_each_role_once() {
    let (repository, mut client) = Repository::with_client();
    client.refresh(&repository).unwrap();
    assert_eq!(client.asked, ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"]);
    client.refresh(&repository).unwrap();
    assert_eq!(client.asked, ["2.root.json", "timestamp.json"]);
}

#[test]
fn without_consistent_snapshots_only_roots_have_versions_in_their_names() {
    let (mut repository, mut client) = Repository::with_client();
    repository.fields(ROOT)["consistent_snapshot"] = json!(false);
    repository.delegate(TARGETS, "fr", &["fr/*"]);
    repository.release(&[ROOT, "fr"]);
    client.find(&repository, "fr/list").unwrap_err();
    let names = ["2.root.json", "3.root.json", "timestamp.json", "snapshot.json", "targets.json", "fr.json"];
    assert_eq!(client.asked, names);
}

#[test]
fn what_is_kept_is_what_was_received() {
    let (mut repository, mut client) = Repository::with_client();
    repository.tells_digests = true;
    repository.release(&[ROOT]);
    let mut timestamp = repository.octets("timestamp.json");
    timestamp.extend(b" \n\t");
    repository.serve("timestamp.json", timestamp);
    repository.alter("2.root.json", |file| file["x-unsigned"] = json!([1, 2]));
    let trusted = client.refresh(&repository).unwrap();
    for (role, file) in [
        (ROOT, "2.root.json"),
        (TIMESTAMP, "timestamp.json"),
        (SNAPSHOT, "2.snapshot.json"),
        (TARGETS, "2.targets.json"),
    ] {
        assert_eq!(client.kept[role], repository.octets(file), "{role}");
    }
    assert_eq!((trusted.root().version(), trusted.version()), (2, 2));
}

#[test]
fn looking_for_what_is_not_there_refreshes_all_the_same() {
    let (repository, mut client) = Repository::with_client();
    refused!(client.find(&repository, "missing"), Error::UnknownTarget { name } if name == "missing");
    assert_eq!(client.versions(), "root 1, snapshot 1, targets 1, timestamp 1");
}

#[test]
fn a_shipped_root_that_is_no_root_is_asked_nothing_of() {
    let repository = Repository::new();
    let root = |alter: fn(&mut Value)| {
        let mut root = serde_json::from_slice(&repository.octets("1.root.json")).unwrap();
        alter(&mut root);
        Client::shipped_with(serde_json::to_vec(&root).unwrap())
    };
    for mut client in [
        root(|root| drop(root["signed"].as_object_mut().unwrap().remove("version"))),
        root(|root| root["signatures"][0]["sig"] = json!("00".repeat(64))),
        root(|root| root["signatures"] = json!([])),
        Client::shipped_with(repository.octets("timestamp.json")),
        Client::shipped_with(Vec::new()),
    ] {
        client.refresh(&repository).unwrap_err();
        assert_eq!(client.asked, [""; 0]);
    }
}

#[test]
fn metadata_of_another_version_than_its_name_is_refused() {
    for (role, kept) in
        [(ROOT, "root 1"), (SNAPSHOT, "root 2, timestamp 2"), (TARGETS, "root 2, snapshot 2, timestamp 2")]
    {
        let (mut repository, mut client) = Repository::with_client();
        repository.release(&[ROOT]);
        repository.fields(role)["version"] = json!(3);
        let file = repository.signed(role);
        repository.serve(&format!("2.{role}.json"), file);
        refused!(
            client.refresh(&repository),
            Error::Version { role: refused, version: 3, expected: 2 } if refused == role
        );
        assert_eq!(client.versions(), kept);
    }
}

#[test]
fn what_is_not_found_is_refused_and_what_came_before_it_is_kept() {
    for (role, file, kept) in [
        (TIMESTAMP, "timestamp.json", "root 2, snapshot 1, targets 1, timestamp 1"),
        (SNAPSHOT, "2.snapshot.json", "root 2, snapshot 1, targets 1, timestamp 2"),
        (TARGETS, "2.targets.json", "root 2, snapshot 2, targets 1, timestamp 2"),
    ] {
        let (mut repository, mut client) = Repository::with_client();
        client.refresh(&repository).unwrap();
        repository.release(&[ROOT]);
        let answer = repository.files.remove(file).unwrap();
        refused!(client.refresh(&repository), Error::NotInRepository { role: missing } if missing == role);
        assert_eq!(client.asked.last().unwrap(), file);
        assert_eq!(client.versions(), kept);
        repository.files.insert(file.to_owned(), answer);
        client.refresh(&repository).unwrap();
    }
}

#[test]
fn a_broken_connection_is_not_the_end_of_the_chain_of_roots() {
    let (mut repository, mut client) = Repository::with_client();
    repository.files.insert("2.root.json".to_owned(), Answer::Broken);
    let failure = client.refresh(&repository).unwrap_err();
    assert_eq!(failure.to_string(), "2.root.json: broken connection");
    assert_eq!(client.asked, ["2.root.json"]);
}

#[test]
fn metadata_of_each_role_is_refused_in_the_place_of_each_other() {
    for role in TOP_LEVEL_ROLES {
        for other in TOP_LEVEL_ROLES.into_iter().filter(|other| *other != role) {
            let mut repository = Repository::new();
            // One key signs for both, so that nothing but the type is wrong.
            let signers = repository.signers(role).clone();
            repository.set_keys(other, &signers, 1, &signers);
            let mut client = Client::shipped_with(repository.signed(ROOT));
            repository.release(&[]);
            let octets = repository.signed(other);
            let file = if role == TIMESTAMP { "timestamp.json".to_owned() } else { format!("2.{role}.json") };
            repository.serve(&file, octets);
            refused!(
                client.refresh(&repository),
                Error::WrongType { role: wanted, found } if wanted == role && found == other
            );
        }
    }
}

#[test]
fn fields_that_we_do_not_know_are_signed_too() {
    let (mut repository, mut client) = Repository::with_client();
    repository.fields(ROOT)["x-field"] = json!("value");
    repository.entry(ROOT, ROOT)["x-other"] = json!({"a": 1});
    let key = Signer::new(200, "holder").listed_with("x-extra", json!({"a": 1, "b": [2]}));
    repository.list_key(ROOT, ROOT, &key);
    repository.publish(&[ROOT]);
    client.refresh(&repository).unwrap();
    assert_eq!(client.versions(), "root 2, snapshot 1, targets 1, timestamp 1");

    repository.publish(&[ROOT]);
    repository.alter("3.root.json", |file| file["signed"]["x-field"] = json!("other"));
    refused!(client.refresh(&repository), Error::Threshold { valid: 0, .. });
}

#[test]
fn hash_algorithms_named_by_a_key_change_nothing() {
    let (mut repository, mut client) = Repository::with_client();
    let key = [Signer::new(200, "holder").listed_with("keyid_hash_algorithms", json!("md5"))];
    repository.set_keys(SNAPSHOT, &key, 1, &key);
    repository.release(&[ROOT]);
    client.refresh(&repository).unwrap();
    assert_eq!(client.versions(), "root 2, snapshot 2, targets 2, timestamp 2");
}

#[test]
fn a_major_version_of_the_specification_that_we_do_not_know_is_refused() {
    for role in TOP_LEVEL_ROLES {
        let (mut repository, mut client) = Repository::with_client();
        repository.fields(role)["spec_version"] = json!("2.0.0");
        repository.release(&[ROOT]);
        refused!(client.refresh(&repository), Error::SpecVersion { role: refused, .. } if refused == role);
    }
}

#[test]
fn a_snapshot_must_speak_of_targets_and_a_timestamp_of_the_snapshot() {
    let (mut repository, mut client) = Repository::with_client();
    repository.fields(SNAPSHOT)["meta"] = json!({});
    repository.publish(&[SNAPSHOT, TIMESTAMP]);
    refused!(client.refresh(&repository), Error::NotInMetadata { role, by: SNAPSHOT } if role == TARGETS);
    repository.fields(TIMESTAMP)["meta"] = json!({});
    repository.publish(&[TIMESTAMP]);
    refused!(client.refresh(&repository), Error::NotInMetadata { role, by: TIMESTAMP } if role == SNAPSHOT);
}

#[test]
fn trust_lasts_until_the_first_metadata_expires() {
    for role in TOP_LEVEL_ROLES {
        let (mut repository, mut client) = Repository::with_client();
        repository.fields(role)["expires"] = json!("2026-06-02T00:00:00Z");
        repository.release(&[ROOT]);
        assert_eq!(client.refresh(&repository).unwrap().expires(), time("2026-06-02T00:00:00Z"), "{role}");
    }
}
