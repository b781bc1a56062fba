//! Arbitrary software attacks: metadata that too few of the right keys have signed, for each role in each way.

use serde_json::{Value, json};

use crate::trust::attacks::client::Client;
use crate::trust::attacks::repository::Repository;
use crate::trust::publisher::Signer;
use crate::trust::{Error, ROOT, SNAPSHOT, TARGETS, TIMESTAMP};

/// Each role with the one that says who may sign for it, its file in the second version, and what a client that
/// knows the first trusts after the second was refused.
const ROLES: [(&str, &str, &str, &str); 5] = [
    (ROOT, ROOT, "2.root.json", "fr 1, root 1, snapshot 2, targets 2, timestamp 2"),
    (ROOT, TIMESTAMP, "timestamp.json", "fr 1, root 2, snapshot 2, targets 2, timestamp 2"),
    (ROOT, SNAPSHOT, "3.snapshot.json", "fr 1, root 2, snapshot 2, targets 2, timestamp 3"),
    (ROOT, TARGETS, "3.targets.json", "fr 1, root 2, snapshot 3, targets 2, timestamp 3"),
    (TARGETS, "fr", "2.fr.json", "fr 1, root 2, snapshot 3, targets 3, timestamp 3"),
];

/// Two of two keys sign for each role of the first version. The attack changes who signs the second, or its file.
fn refused(
    attack: impl Fn(&mut Repository, &str, &str),
    alter: impl Fn(&mut Repository, &str, &str),
    expected: impl Fn(&str, &Error) -> bool,
) {
    for (by, role, file, kept) in ROLES {
        let (mut repository, mut client) = two_of_two();
        client.download(&repository, "fr/list").unwrap();
        attack(&mut repository, by, role);
        repository.release(&[ROOT, "fr"]);
        alter(&mut repository, role, file);
        refused!(client.find(&repository, "fr/list"), error if expected(role, error));
        assert_eq!(client.versions(), kept, "{role}");
    }
}

fn two_of_two() -> (Repository, Client) {
    let mut repository = Repository::new();
    repository.delegate(TARGETS, "fr", &["fr/*"]);
    repository.add_target("fr", "fr/list", b"names");
    for (by, role, ..) in ROLES {
        repository.add_key(by, role);
        repository.entry(by, role)["threshold"] = json!(2);
    }
    repository.release(&["fr"]);
    let client = Client::shipped_with(repository.signed(ROOT));
    (repository, client)
}

fn unaltered(_: &mut Repository, _: &str, _: &str) {}

fn unchanged(_: &mut Repository, _: &str, _: &str) {}

fn signatures(repository: &mut Repository, file: &str, alter: impl FnOnce(&mut Vec<Value>)) {
    repository.alter(file, |file| alter(file["signatures"].as_array_mut().unwrap()));
}

/// What a count of this many valid signatures, where two are wanted, is refused with.
fn only(count: u64) -> impl Fn(&str, &Error) -> bool {
    move |role, error| matches!(error, Error::Threshold { role: of, valid, threshold: 2 } if of == role && *valid == count)
}

#[test]
fn nobody_signed() {
    refused(|repository, _, role| repository.signers(role).clear(), unaltered, only(0));
}

#[test]
fn one_of_two_signed() {
    refused(|repository, _, role| drop(repository.signers(role).pop()), unaltered, only(1));
}

#[test]
fn strangers_signed() {
    let strangers = vec![Signer::new(200, "stranger"), Signer::new(201, "stranger")];
    refused(|repository, _, role| *repository.signers(role) = strangers.clone(), unaltered, only(0));
}

#[test]
fn the_keys_of_another_role_signed() {
    let attack = |repository: &mut Repository, _: &str, role: &str| {
        let other = if role == TIMESTAMP { SNAPSHOT } else { TIMESTAMP };
        *repository.signers(role) = repository.signers(other).clone();
    };
    refused(attack, unaltered, only(0));
}

#[test]
fn one_key_signed_under_its_own_and_the_other_holders_id() {
    let alter = |repository: &mut Repository, _: &str, file: &str| {
        signatures(repository, file, |signatures| signatures[1]["sig"] = signatures[0]["sig"].clone());
    };
    refused(unchanged, alter, only(1));
}

#[test]
fn one_key_signed_twice_under_one_id() {
    for copies in [1, 8] {
        let alter = |repository: &mut Repository, _: &str, file: &str| {
            signatures(repository, file, |signatures| {
                signatures.remove(1);
                signatures.extend(vec![signatures[0].clone(); copies]);
            });
        };
        refused(unchanged, alter, |_, error| matches!(error, Error::SignedTwice { .. }));
    }
}

#[test]
fn enough_signed_and_one_of_them_twice() {
    let alter = |repository: &mut Repository, _: &str, file: &str| {
        signatures(repository, file, |signatures| signatures.push(signatures[0].clone()));
    };
    refused(unchanged, alter, |_, error| matches!(error, Error::SignedTwice { .. }));
}

#[test]
fn the_signed_part_was_altered() {
    let alter = |repository: &mut Repository, _: &str, file: &str| {
        repository.alter(file, |file| file["signed"]["expires"] = json!("2099-01-01T00:00:00Z"));
    };
    refused(unchanged, alter, only(0));
}

#[test]
fn the_signatures_are_those_of_the_version_before() {
    let alter = |repository: &mut Repository, role: &str, file: &str| {
        let (_, mut before) = (role, two_of_two().0);
        let signed = before.signed(role);
        let old: Value = serde_json::from_slice(&signed).unwrap();
        repository.alter(file, |file| file["signatures"] = old["signatures"].clone());
    };
    refused(unchanged, alter, only(0));
}

#[test]
fn what_is_no_metadata_at_all() {
    for octets in ["", "{}", "null", "<html>404</html>", "{\"signed\":{},\"signatures\":[]", "\u{0}"] {
        let alter = |repository: &mut Repository, _: &str, file: &str| {
            repository.serve(file, octets.as_bytes().to_vec());
        };
        refused(unchanged, alter, |_, error| matches!(error, Error::NotMetadata(_)));
    }
}

#[test]
fn one_key_listed_under_two_ids_signed_under_both() {
    for (by, role, ..) in ROLES.into_iter().filter(|(_, role, ..)| *role != ROOT) {
        let (mut repository, mut client) = two_of_two();
        let twin = Signer::new(200, "one").listed_with("x-note", json!("twin"));
        let key = Signer::new(200, "one");
        repository.entry(by, role)["keyids"] = json!([]);
        repository.list_key(by, role, &key);
        repository.list_key(by, role, &twin);
        *repository.signers(role) = vec![key, twin];
        repository.release(&[ROOT, "fr"]);
        refused!(client.find(&repository, "fr/list"), error if only(1)(role, error));
    }
}

#[test]
fn one_key_listed_many_times_under_one_id() {
    let (mut repository, mut client) = Repository::with_client();
    let key = repository.new_key();
    repository.set_keys(SNAPSHOT, &vec![key.clone(); 9], 6, &[key]);
    repository.release(&[ROOT]);
    refused!(client.refresh(&repository), Error::Threshold { valid: 1, threshold: 6, .. });
    signatures(&mut repository, "2.snapshot.json", |signatures| {
        signatures.extend(vec![signatures[0].clone(); 8]);
    });
    refused!(client.refresh(&repository), Error::SignedTwice { .. });
    assert_eq!(client.versions(), "root 2, timestamp 2");
}

#[test]
fn a_threshold_that_the_keys_cannot_reach() {
    let (mut repository, mut client) = Repository::with_client();
    for _ in 0..4 {
        repository.add_key(ROOT, SNAPSHOT);
    }
    repository.entry(ROOT, SNAPSHOT)["threshold"] = json!(6);
    repository.release(&[ROOT]);
    refused!(client.refresh(&repository), Error::Threshold { valid: 5, threshold: 6, .. });
    assert_eq!(client.versions(), "root 2, timestamp 2");
}

#[test]
fn a_bad_signature_beside_enough_good_ones_does_no_harm() {
    for bad in [json!(""), json!("00".repeat(64)), json!("ff")] {
        let (mut repository, mut client) = two_of_two();
        for (by, role, ..) in ROLES {
            repository.add_key(by, role);
        }
        repository.release(&[ROOT, "fr"]);
        for (_, _, file, _) in ROLES {
            // The third key is new to the root that the client knows.
            let index = if file == "2.root.json" { 2 } else { 0 };
            signatures(&mut repository, file, |signatures| signatures[index]["sig"] = bad.clone());
        }
        assert_eq!(client.download(&repository, "fr/list").unwrap(), b"names");
    }
}

#[test]
fn a_signature_of_each_kind_of_key_counts_and_a_wrong_one_does_not() {
    for signer in [Signer::rsa(), Signer::ecdsa(), Signer::new(200, "holder")] {
        let (mut repository, mut client) = Repository::with_client();
        repository.list_key(ROOT, ROOT, &signer);
        repository.signers(ROOT).push(signer.clone());
        repository.entry(ROOT, ROOT)["threshold"] = json!(2);
        repository.publish(&[ROOT]);
        client.refresh(&repository).unwrap();

        repository.publish(&[ROOT]);
        let stale = hex(&signer.sign(b"another message"));
        signatures(&mut repository, "3.root.json", |signatures| signatures[1]["sig"] = json!(stale));
        refused!(client.refresh(&repository), Error::Threshold { valid: 1, threshold: 2, .. });
        assert_eq!(client.versions(), "root 2, snapshot 1, targets 1, timestamp 1");
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
