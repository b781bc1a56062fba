//! Rollback, fast-forward and mix-and-match attacks: metadata that was signed, but not for now or not together.

use serde_json::json;

use crate::trust::attacks::client::Client;
use crate::trust::attacks::repository::Repository;
use crate::trust::{Error, ROOT, SNAPSHOT, TARGETS, TIMESTAMP};

/// Publishes a role as if it began anew: as version 1.
fn begin_anew(repository: &mut Repository, role: &str) {
    repository.fields(role)["version"] = json!(0);
    repository.publish(&[role]);
}

fn with_delegate() -> (Repository, Client) {
    let (mut repository, client) = Repository::with_client();
    repository.delegate(TARGETS, "fr", &["fr/*"]);
    repository.add_target("fr", "fr/list", b"names");
    (repository, client)
}

#[test]
fn rollback_of_the_timestamp() {
    let (mut repository, mut client) = Repository::with_client();
    let old = repository.octets("timestamp.json");
    repository.publish(&[TIMESTAMP]);
    client.refresh(&repository).unwrap();
    repository.serve("timestamp.json", old);
    refused!(client.refresh(&repository), Error::Rollback { role, version: 1, least: 2 } if role == TIMESTAMP);
    assert_eq!(client.asked.last().unwrap(), "timestamp.json");
    assert_eq!(client.versions(), "root 1, snapshot 1, targets 1, timestamp 2");
}

#[test]
fn rollback_of_the_snapshot() {
    for tells_digests in [false, true] {
        let (mut repository, mut client) = Repository::with_client();
        repository.tells_digests = tells_digests;
        repository.publish(&[SNAPSHOT, TIMESTAMP]);
        client.refresh(&repository).unwrap();
        begin_anew(&mut repository, SNAPSHOT);
        repository.publish(&[TIMESTAMP]);
        refused!(
            client.refresh(&repository),
            Error::Rollback { role, version: 1, least: 2 } if role == SNAPSHOT
        );
        assert_eq!(client.asked.last().unwrap(), "timestamp.json");
        assert_eq!(client.versions(), "root 1, snapshot 2, targets 1, timestamp 2");
    }
}

#[test]
fn rollback_of_targets_and_of_a_delegated_role() {
    for (role, tells_digests) in [(TARGETS, false), (TARGETS, true), ("fr", false), ("fr", true)] {
        let (mut repository, mut client) = with_delegate();
        repository.tells_digests = tells_digests;
        repository.publish(&["fr", "fr"]);
        repository.release(&[]);
        client.download(&repository, "fr/list").unwrap();
        let kept = client.versions();
        assert_eq!(kept, "fr 2, root 1, snapshot 2, targets 2, timestamp 2");
        begin_anew(&mut repository, role);
        repository.publish(&[SNAPSHOT, TIMESTAMP]);
        refused!(
            client.refresh(&repository),
            Error::Rollback { role: refused, version: 1, least: 2 } if refused == role
        );
        assert_eq!(client.versions(), kept.replace("timestamp 2", "timestamp 3"));
    }
}

#[test]
fn rollback_by_a_snapshot_that_forgets_a_role() {
    let (mut repository, mut client) = with_delegate();
    repository.release(&["fr"]);
    client.refresh(&repository).unwrap();
    repository.fields(SNAPSHOT)["meta"].as_object_mut().unwrap().remove("fr.json");
    repository.publish(&[SNAPSHOT, TIMESTAMP]);
    refused!(client.refresh(&repository), Error::NotInMetadata { role, by: SNAPSHOT } if role == "fr");
    assert_eq!(client.versions(), "root 1, snapshot 2, targets 2, timestamp 3");
}

#[test]
fn rollback_is_noticed_where_the_known_snapshot_has_expired() {
    let (mut repository, mut client) = Repository::with_client();
    repository.fields(SNAPSHOT)["expires"] = json!("2026-06-02T00:00:00Z");
    repository.release(&[]);
    client.refresh(&repository).unwrap();
    repository.fields(SNAPSHOT)["expires"] = json!("2026-07-01T00:00:00Z");
    begin_anew(&mut repository, TARGETS);
    repository.publish(&[SNAPSHOT, TIMESTAMP]);
    client.now = "2026-06-15T00:00:00Z".parse().unwrap();
    refused!(client.refresh(&repository), Error::Rollback { role, .. } if role == TARGETS);
}

#[test]
fn a_timestamp_of_the_same_version_with_other_content_changes_nothing() {
    let (mut repository, mut client) = Repository::with_client();
    client.refresh(&repository).unwrap();
    let kept = client.kept.clone();
    repository.fields(TIMESTAMP)["meta"]["snapshot.json"]["version"] = json!(100);
    begin_anew(&mut repository, TIMESTAMP);
    client.refresh(&repository).unwrap();
    assert_eq!(client.asked, ["2.root.json", "timestamp.json"]);
    assert_eq!(client.kept, kept);
}

#[test]
fn recovery_from_a_fast_forward_of_the_timestamp() {
    let (mut repository, mut client) = Repository::with_client();
    repository.fields(TIMESTAMP)["version"] = json!(u64::MAX - 1);
    repository.publish(&[TIMESTAMP]);
    client.refresh(&repository).unwrap();
    begin_anew(&mut repository, TIMESTAMP);
    refused!(client.refresh(&repository), Error::Rollback { least: u64::MAX, .. });

    repository.rotate(TIMESTAMP);
    repository.publish(&[ROOT, TIMESTAMP]);
    client.refresh(&repository).unwrap();
    assert_eq!(client.versions(), "root 2, snapshot 1, targets 1, timestamp 2");
}

#[test]
fn recovery_from_a_fast_forward_of_the_snapshot() {
    let (mut repository, mut client) = Repository::with_client();
    repository.fields(SNAPSHOT)["version"] = json!(99);
    repository.publish(&[SNAPSHOT, TIMESTAMP]);
    client.refresh(&repository).unwrap();
    repository.rotate(SNAPSHOT);
    repository.rotate(TIMESTAMP);
    repository.publish(&[ROOT]);
    begin_anew(&mut repository, SNAPSHOT);
    repository.publish(&[TIMESTAMP]);
    client.refresh(&repository).unwrap();
    assert_eq!(client.versions(), "root 2, snapshot 1, targets 1, timestamp 3");
}

#[test]
fn recovery_from_a_fast_forward_of_targets_and_from_unwanted_roles() {
    let (mut repository, mut client) = with_delegate();
    repository.fields(TARGETS)["version"] = json!(99);
    repository.release(&["fr"]);
    client.refresh(&repository).unwrap();
    repository.rotate(SNAPSHOT);
    repository.publish(&[ROOT]);
    begin_anew(&mut repository, TARGETS);
    repository.fields(SNAPSHOT)["meta"].as_object_mut().unwrap().remove("fr.json");
    repository.publish(&[SNAPSHOT, TIMESTAMP]);
    client.refresh(&repository).unwrap();
    assert_eq!(client.versions(), "root 2, snapshot 3, targets 1, timestamp 3");
}

#[test]
fn recovery_takes_no_more_than_a_new_root() {
    // The keys of the timestamp alone are new: the snapshot that is known still holds targets where they are.
    let (mut repository, mut client) = Repository::with_client();
    repository.release(&[]);
    client.refresh(&repository).unwrap();
    repository.rotate(TIMESTAMP);
    repository.publish(&[ROOT]);
    begin_anew(&mut repository, TARGETS);
    repository.publish(&[SNAPSHOT, TIMESTAMP]);
    refused!(client.refresh(&repository), Error::Rollback { role, .. } if role == TARGETS);
}

#[test]
fn mix_and_match_of_versions() {
    for (role, consistent) in [(SNAPSHOT, true), (SNAPSHOT, false), (TARGETS, true), (TARGETS, false)] {
        let (mut repository, mut client) = Repository::with_client();
        repository.fields(ROOT)["consistent_snapshot"] = json!(consistent);
        repository.publish(&[ROOT]);
        let old = repository.octets(&format!("1.{role}.json"));
        repository.release(&[]);
        let name = if consistent { format!("2.{role}.json") } else { format!("{role}.json") };
        repository.serve(&name, old);
        refused!(
            client.refresh(&repository),
            Error::Version { role: refused, version: 1, expected: 2 } if refused == role
        );
    }
}

#[test]
fn mix_and_match_of_two_files_with_the_same_version() {
    for role in [SNAPSHOT, TARGETS, "fr"] {
        let (mut repository, mut client) = with_delegate();
        repository.tells_digests = true;
        // Of the same length, and signed as well.
        repository.fields(role)["x-city"] = json!("Paris");
        repository.release(&["fr"]);
        let version = repository.fields(role)["version"].clone();
        repository.fields(role)["x-city"] = json!("Dijon");
        let other = repository.signed(role);
        repository.serve(&format!("{version}.{role}.json"), other);
        refused!(
            client.find(&repository, "fr/list"),
            Error::Digest { name, algorithm: "sha256" } if name == role
        );
        assert!(!client.kept.contains_key(role));
    }
}

#[test]
fn metadata_that_agrees_with_lengths_and_digests_is_taken() {
    let (mut repository, mut client) = with_delegate();
    repository.tells_digests = true;
    repository.release(&["fr"]);
    assert_eq!(client.download(&repository, "fr/list").unwrap(), b"names");
}

#[test]
fn metadata_of_another_length_than_the_signed_one_is_refused() {
    let (mut repository, mut client) = Repository::with_client();
    repository.tells_digests = true;
    repository.release(&[]);
    let longer = repository.octets("2.targets.json").len() as u64 + 1;
    repository.fields(SNAPSHOT)["meta"]["targets.json"]["length"] = json!(longer);
    repository.publish(&[SNAPSHOT, TIMESTAMP]);
    refused!(client.refresh(&repository), Error::Length { name, expected, .. } if name == TARGETS && *expected == longer);
}

#[test]
fn metadata_with_digests_that_we_cannot_compute_is_refused() {
    for hashes in [json!({"md5": "00"}), json!({})] {
        let (mut repository, mut client) = Repository::with_client();
        repository.fields(SNAPSHOT)["meta"]["targets.json"]["hashes"] = hashes;
        repository.publish(&[SNAPSHOT, TIMESTAMP]);
        refused!(client.refresh(&repository), Error::NoDigest { name } if name == TARGETS);
    }
}

#[test]
fn known_metadata_that_is_not_meant_any_more_is_fetched_anew() {
    for role in [SNAPSHOT, TARGETS] {
        let (mut repository, mut client) = Repository::with_client();
        repository.tells_digests = true;
        repository.release(&[]);
        client.refresh(&repository).unwrap();
        // The same version once more, with other content.
        repository.fields(role)["x-note"] = json!("other");
        repository.fields(role)["version"] = json!(1);
        repository.publish(if role == SNAPSHOT {
            &[SNAPSHOT, TIMESTAMP]
        } else {
            &[TARGETS, SNAPSHOT, TIMESTAMP]
        });
        client.refresh(&repository).unwrap();
        assert_eq!(client.kept[role], repository.octets(&format!("2.{role}.json")));
    }
}
