//! New keys and new thresholds: which roots lead from one to the next, and what the other roles make of it.

use serde_json::json;

use crate::trust::attacks::client::Client;
use crate::trust::attacks::repository::Repository;
use crate::trust::publisher::Signer;
use crate::trust::{Error, ROOT, SNAPSHOT, TARGETS, TIMESTAMP};

/// A version of a role: its keys, its threshold, and who signed.
type Version = (&'static [usize], u64, &'static [usize]);

const ALL: &[usize] = &[0, 1, 2, 3, 4];
/// [`ALL`] with one key exchanged.
const OTHER: &[usize] = &[0, 1, 3, 4, 5];
const NEW: &[usize] = &[5, 6, 7, 8, 9];

fn ten_keys() -> Vec<Signer> {
    (0..10).map(|seed| Signer::new(100 + seed, "holder")).collect()
}

fn pick(keys: &[Signer], which: &[usize]) -> Vec<Signer> {
    which.iter().map(|index| keys[*index].clone()).collect()
}

/// Publishes these roots and returns the version of the last one that a client with the first follows, with the
/// reason why it goes no further.
fn follow(roots: &[Version]) -> (u64, Option<String>) {
    let keys = ten_keys();
    let mut repository = Repository::new();
    repository.fields(ROOT)["version"] = json!(0);
    for (listed, threshold, signers) in roots {
        repository.set_keys(ROOT, &pick(&keys, listed), *threshold, &pick(&keys, signers));
        repository.publish(&[ROOT]);
    }
    let mut client = Client::shipped_with(repository.octets("1.root.json"));
    let refusal = client.refresh(&repository).err().map(|failure| failure.to_string());
    let last = client.versions().split([' ', ',']).nth(1).unwrap().parse().unwrap();
    assert!(
        client.kept.get(ROOT).is_none_or(|octets| *octets == repository.octets(&format!("{last}.root.json")))
    );
    (last, refusal)
}

#[test]
fn roots_that_are_followed() {
    let rotations: &[(&str, &[Version])] = &[
        ("one key", &[(&[1], 1, &[1]), (&[2], 1, &[2, 1]), (&[2], 1, &[2])]),
        ("unused signatures", &[(&[1], 1, &[3, 1, 4]), (&[2], 1, &[3, 2, 1, 4]), (&[2], 1, &[3, 2, 4])]),
        (
            "other holders each time",
            &[(ALL, 3, &[0, 2, 4]), (ALL, 3, &[0, 4, 1]), (ALL, 3, &[0, 1, 3]), (ALL, 3, &[0, 1, 3])],
        ),
        ("one of five", &[(ALL, 3, &[0, 2, 4]), (OTHER, 3, &[0, 4, 1])]),
        (
            "one of five in two steps",
            &[(ALL, 3, &[0, 2, 4]), (OTHER, 3, &[0, 2, 4, 5]), (OTHER, 3, &[0, 4, 5])],
        ),
        ("five of five", &[(ALL, 3, &[0, 2, 4]), (NEW, 3, &[0, 2, 4, 5, 6, 7]), (NEW, 3, &[5, 6, 7])]),
        ("higher threshold", &[(&[1, 2, 3], 1, &[1]), (&[1, 2, 3], 2, &[1, 2])]),
        ("lower threshold", &[(&[1, 2, 3], 2, &[1, 2]), (&[1, 2, 3], 1, &[1, 2]), (&[1, 2, 3], 1, &[1])]),
        ("one key more, both needed", &[(&[1], 1, &[1]), (&[1, 2], 2, &[1, 2])]),
    ];
    for (name, roots) in rotations {
        assert_eq!(follow(roots), (roots.len() as u64, None), "{name}");
    }
}

#[test]
fn roots_that_are_not_followed() {
    let rotations: &[(&str, &[Version], &str)] = &[
        ("not by the old key", &[(&[1], 1, &[1]), (&[2], 1, &[2, 3, 4])], "0 of 1"),
        ("not by the new key", &[(&[1], 1, &[1]), (&[2], 1, &[1, 3, 4])], "0 of 1"),
        ("not by three new keys", &[(ALL, 3, &[0, 2, 4]), (OTHER, 3, &[0, 2, 4])], "2 of 3"),
        ("not by three old keys", &[(ALL, 3, &[0, 2, 4]), (OTHER, 3, &[0, 4, 5])], "2 of 3"),
        ("not by the new threshold", &[(&[1, 2, 3], 1, &[1]), (&[1, 2, 3], 2, &[2])], "1 of 2"),
        ("not by the old threshold", &[(&[1, 2, 3], 2, &[1, 2]), (&[1, 2, 3], 1, &[1])], "1 of 2"),
    ];
    for (name, roots, counted) in rotations {
        let refusal = format!("{counted} signatures needed for root are valid");
        assert_eq!(follow(roots), (1, Some(refusal)), "{name}");
    }
}

#[test]
fn keys_of_the_other_roles() {
    let rotations: &[(&str, Version, bool)] = &[
        ("one key", (&[2], 1, &[2]), true),
        ("unused signatures", (&[1], 1, &[3, 1, 4]), true),
        ("not by the new key", (&[2], 1, &[1, 3, 4]), false),
        ("not by three of the five", (OTHER, 3, &[0, 2, 4]), false),
        ("by two only", (OTHER, 3, &[0, 4]), false),
        ("first three", (ALL, 3, &[0, 2, 4]), true),
        ("second three", (ALL, 3, &[0, 4, 1]), true),
        ("third three", (ALL, 3, &[0, 1, 3]), true),
        ("fourth three", (ALL, 3, &[1, 2, 3]), true),
        ("fifth three", (ALL, 3, &[2, 3, 4]), true),
    ];
    let keys = ten_keys();
    for role in [TIMESTAMP, SNAPSHOT, TARGETS] {
        for (name, (listed, threshold, signers), good) in rotations {
            let (mut repository, mut client) = Repository::with_client();
            client.refresh(&repository).unwrap();
            repository.set_keys(role, &pick(&keys, listed), *threshold, &pick(&keys, signers));
            repository.release(&[ROOT]);
            if *good {
                client.refresh(&repository).unwrap();
                assert_eq!(client.versions(), "root 2, snapshot 2, targets 2, timestamp 2", "{role}: {name}");
            } else {
                refused!(client.refresh(&repository), Error::Threshold { role: of, .. } if of == role);
            }
        }
    }
}

#[test]
fn known_metadata_is_worth_nothing_once_its_keys_are_revoked() {
    for role in [TIMESTAMP, SNAPSHOT, TARGETS] {
        let (mut repository, mut client) = Repository::with_client();
        client.refresh(&repository).unwrap();
        // Nothing but the root is new: what the revoked keys signed is all that there is.
        repository.rotate(role);
        repository.publish(&[ROOT]);
        refused!(client.refresh(&repository), Error::Threshold { role: of, valid: 0, .. } if of == role);
        repository.release(&[]);
        client.refresh(&repository).unwrap();
    }
}

#[test]
fn a_root_that_skips_a_version_is_refused() {
    for version in [1, 3, 4] {
        let (mut repository, mut client) = Repository::with_client();
        repository.fields(ROOT)["version"] = json!(version);
        let root = repository.signed(ROOT);
        repository.serve("2.root.json", root);
        refused!(
            client.refresh(&repository),
            Error::Version { role, version: found, expected: 2 } if role == ROOT && *found == version
        );
        assert_eq!(client.asked, ["2.root.json"]);
    }
}

#[test]
fn a_root_that_is_missing_ends_the_chain() {
    let (mut repository, mut client) = Repository::with_client();
    repository.publish(&[ROOT, ROOT, ROOT]);
    repository.files.remove("3.root.json");
    assert_eq!(client.refresh(&repository).unwrap().root().version(), 2);
    assert_eq!(client.asked[..3], ["2.root.json", "3.root.json", "timestamp.json"]);
}

#[test]
fn a_bad_root_leaves_the_client_at_the_last_good_one() {
    let (mut repository, mut client) = Repository::with_client();
    repository.publish(&[ROOT, ROOT, ROOT]);
    let good = repository.octets("3.root.json");
    repository.alter("3.root.json", |file| file["signed"]["consistent_snapshot"] = json!(false));
    refused!(client.refresh(&repository), Error::Threshold { role, .. } if role == ROOT);
    assert_eq!(client.versions(), "root 2");
    repository.serve("3.root.json", good);
    client.refresh(&repository).unwrap();
    assert_eq!(client.asked[0], "3.root.json");
    assert_eq!(client.versions(), "root 4, snapshot 1, targets 1, timestamp 1");
}

#[test]
fn every_role_has_new_keys_in_every_one_of_forty_versions() {
    let (mut repository, mut client) = Repository::with_client();
    let mut late = client.clone();
    for _ in 0..40 {
        for role in [TIMESTAMP, SNAPSHOT, TARGETS] {
            repository.rotate(role);
        }
        // Signed by the old key and the new one, and then by the new one alone.
        let old = repository.signers(ROOT)[0].clone();
        repository.rotate(ROOT);
        repository.signers(ROOT).push(old);
        repository.release(&[ROOT]);
        repository.signers(ROOT).pop();
        client.refresh(&repository).unwrap();
    }
    late.refresh(&repository).unwrap();
    assert_eq!(late.kept, client.kept);
    assert_eq!(late.versions(), "root 41, snapshot 41, targets 41, timestamp 41");
}

#[test]
fn an_endless_chain_of_roots_is_followed_in_parts() {
    let (mut repository, mut client) = Repository::with_client();
    repository.publish(&[ROOT; 299]);
    assert_eq!(client.refresh(&repository).unwrap().root().version(), 257);
    assert_eq!(client.asked[255..257], ["257.root.json", "timestamp.json"]);
    assert_eq!(client.refresh(&repository).unwrap().root().version(), 300);
}
