//! Freeze attacks, where what was true once is repeated for ever, and endless data attacks.

use serde_json::json;

use crate::trust::attacks::client::{Client, Failure};
use crate::trust::attacks::repository::{Answer, PAST, Repository};
use crate::trust::publisher::time;
use crate::trust::{Error, ROOT, SNAPSHOT, TARGETS, TIMESTAMP};

/// A client that knows version 1 of everything, a delegated role included.
fn with_delegate() -> (Repository, Client) {
    let (mut repository, mut client) = Repository::with_client();
    repository.delegate(TARGETS, "fr", &["fr/*"]);
    repository.add_target("fr", "fr/list", b"names");
    repository.release(&["fr"]);
    client.download(&repository, "fr/list").unwrap();
    (repository, client)
}

#[test]
fn new_metadata_that_has_expired_is_refused() {
    for (role, kept) in [
        // The root is followed all the same, for the next one may be good.
        (ROOT, "fr 1, root 2, snapshot 2, targets 2, timestamp 2"),
        (TIMESTAMP, "fr 1, root 2, snapshot 2, targets 2, timestamp 2"),
        (SNAPSHOT, "fr 1, root 2, snapshot 2, targets 2, timestamp 3"),
        (TARGETS, "fr 1, root 2, snapshot 3, targets 2, timestamp 3"),
        ("fr", "fr 1, root 2, snapshot 3, targets 3, timestamp 3"),
    ] {
        let (mut repository, mut client) = with_delegate();
        repository.fields(role)["expires"] = json!(PAST);
        repository.release(&[ROOT, "fr"]);
        refused!(
            client.find(&repository, "fr/list"),
            Error::Expired { role: late, expires } if late == role && *expires == time(PAST)
        );
        assert_eq!(client.versions(), kept);
    }
}

#[test]
fn known_metadata_that_has_expired_since_is_refused() {
    let soon = "2026-06-02T00:00:00Z";
    for role in [ROOT, TIMESTAMP, SNAPSHOT, TARGETS, "fr"] {
        let (mut repository, mut client) = with_delegate();
        repository.fields(role)["expires"] = json!(soon);
        repository.release(&[ROOT, "fr"]);
        assert_eq!(client.find(&repository, "fr/list").unwrap().expires, time(soon), "{role}");
        client.now = time("2026-06-01T23:59:59Z");
        client.download(&repository, "fr/list").unwrap();
        client.now = time(soon);
        refused!(client.find(&repository, "fr/list"), Error::Expired { role: late, .. } if late == role);
    }
}

#[test]
fn what_has_expired_is_replaced_by_what_is_newer() {
    for role in [ROOT, TIMESTAMP, SNAPSHOT, TARGETS, "fr"] {
        let (mut repository, mut client) = with_delegate();
        repository.fields(role)["expires"] = json!("2026-06-02T00:00:00Z");
        repository.release(&[ROOT, "fr"]);
        client.download(&repository, "fr/list").unwrap();
        repository.fields(role)["expires"] = json!("2026-07-01T00:00:00Z");
        repository.release(&[ROOT, "fr"]);
        client.now = time("2026-06-15T00:00:00Z");
        client.download(&repository, "fr/list").unwrap();
        assert_eq!(client.versions(), "fr 3, root 3, snapshot 4, targets 4, timestamp 4", "{role}");
    }
}

#[test]
fn an_expired_root_in_the_middle_of_the_chain_is_passed() {
    let (mut repository, mut client) = Repository::with_client();
    repository.fields(ROOT)["expires"] = json!(PAST);
    repository.publish(&[ROOT, ROOT]);
    repository.fields(ROOT)["expires"] = json!("2026-07-01T00:00:00Z");
    repository.publish(&[ROOT]);
    assert_eq!(client.refresh(&repository).unwrap().root().version(), 4);
}

#[test]
fn endless_metadata_is_cut_off() {
    for (file, limit) in [
        ("3.root.json", 512 << 10),
        ("timestamp.json", 64 << 10),
        ("3.snapshot.json", 2 << 20),
        ("3.targets.json", 8 << 20),
        ("2.fr.json", 8 << 20),
    ] {
        let (mut repository, mut client) = with_delegate();
        repository.release(&[ROOT, "fr"]);
        repository.files.insert(file.to_owned(), Answer::Endless);
        let failure = client.find(&repository, "fr/list").unwrap_err();
        let Failure::TooLong { file: cut, longest } = failure else { panic!("{failure}") };
        assert_eq!((&*cut, longest), (file, limit));
    }
}

#[test]
fn endless_metadata_of_a_signed_length_is_cut_off_there() {
    for file in ["3.snapshot.json", "3.targets.json", "2.fr.json"] {
        let (mut repository, mut client) = with_delegate();
        repository.tells_digests = true;
        repository.release(&["fr"]);
        let length = repository.octets(file).len() as u64;
        repository.files.insert(file.to_owned(), Answer::Endless);
        let failure = client.find(&repository, "fr/list").unwrap_err();
        assert!(
            matches!(failure, Failure::TooLong { longest, .. } if longest == length),
            "{file}: {failure}"
        );
    }
}

#[test]
fn a_signed_length_does_not_raise_the_limit() {
    let (mut repository, mut client) = Repository::with_client();
    repository.fields(TIMESTAMP)["meta"]["snapshot.json"] = json!({"version": 2, "length": u64::MAX});
    repository.publish(&[TIMESTAMP]);
    repository.files.insert("2.snapshot.json".to_owned(), Answer::Endless);
    let failure = client.refresh(&repository).unwrap_err();
    assert!(matches!(failure, Failure::TooLong { longest, .. } if longest == 2 << 20), "{failure}");
}
