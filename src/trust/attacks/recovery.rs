//! Interrupted refreshes, damaged files and wrong clocks: whatever happened before, a good refresh follows.

use serde_json::json;

use crate::trust::attacks::client::{Client, Failure};
use crate::trust::attacks::repository::Repository;
use crate::trust::publisher::time;
use crate::trust::{Error, ROOT, SNAPSHOT, TARGETS, TIMESTAMP};

/// A client that is up to date, and the repository as it is later: all keys new, all roles changed.
fn before_and_after() -> (Client, Repository, Repository) {
    let (mut repository, mut client) = Repository::with_client();
    repository.tells_digests = true;
    repository.delegate(TARGETS, "fr", &["fr/*"]);
    repository.add_target("fr", "fr/list", b"old");
    repository.release(&["fr"]);
    client.download(&repository, "fr/list").unwrap();
    let before = repository.clone();
    repository.add_target("fr", "fr/list", b"new");
    repository.publish(&[ROOT]);
    for role in [TIMESTAMP, SNAPSHOT, TARGETS] {
        repository.rotate(role);
    }
    repository.release(&[ROOT, "fr"]);
    (client, before, repository)
}

#[test]
fn a_refresh_can_be_interrupted_after_any_file() {
    let (up_to_date, _, after) = before_and_after();
    let fresh = Client::shipped_with(after.octets("1.root.json"));
    for client in [up_to_date, fresh] {
        let mut undisturbed = client.clone();
        undisturbed.download(&after, "fr/list").unwrap();
        for keeps in 0..6 {
            let mut client = client.clone();
            client.keeps = keeps;
            assert!(matches!(client.download(&after, "fr/list"), Err(Failure::Power)), "after {keeps}");
            client.keeps = usize::MAX;
            assert_eq!(client.download(&after, "fr/list").unwrap(), b"new", "after {keeps}");
            assert_eq!(client.kept, undisturbed.kept, "after {keeps}");
        }
    }
}

#[test]
fn a_refresh_can_be_interrupted_again_and_again() {
    let (mut client, _, after) = before_and_after();
    for _ in 0..5 {
        client.keeps = 1;
        assert!(matches!(client.download(&after, "fr/list"), Err(Failure::Power)));
    }
    client.keeps = 1;
    assert_eq!(client.download(&after, "fr/list").unwrap(), b"new");
}

type Damage = fn(&mut Vec<u8>);

#[test]
fn damaged_files_are_replaced() {
    let (up_to_date, before, after) = before_and_after();
    let damages: [(&str, Damage); 6] = [
        ("empty", Vec::clear),
        ("cut off", |octets| octets.truncate(octets.len() / 2)),
        ("one octet", |octets| octets[100] ^= 1),
        ("zeros", |octets| octets.fill(0)),
        ("more", |octets| octets.extend(b"}")),
        ("no JSON", |octets| *octets = b"<html>".to_vec()),
    ];
    for role in [ROOT, TIMESTAMP, SNAPSHOT, TARGETS, "fr"] {
        for (damage, alter) in damages {
            for (repository, content) in [(&before, b"old"), (&after, b"new")] {
                let mut client = up_to_date.clone();
                client.kept.entry(role.to_owned()).and_modify(alter);
                assert_eq!(client.download(repository, "fr/list").unwrap(), content, "{role}: {damage}");
                let mut undisturbed = up_to_date.clone();
                undisturbed.download(repository, "fr/list").unwrap();
                assert_eq!(client.kept, undisturbed.kept, "{role}: {damage}");
            }
        }
    }
}

#[test]
fn files_can_be_lost_and_exchanged() {
    let (up_to_date, _, after) = before_and_after();
    let roles = [TIMESTAMP, SNAPSHOT, TARGETS, "fr"];
    for role in roles {
        let mut client = up_to_date.clone();
        client.kept.remove(role);
        assert_eq!(client.download(&after, "fr/list").unwrap(), b"new", "without {role}");
        for other in roles {
            let mut client = up_to_date.clone();
            client.kept.insert(role.to_owned(), up_to_date.kept[other].clone());
            assert_eq!(client.download(&after, "fr/list").unwrap(), b"new", "{other} for {role}");
        }
    }
}

#[test]
fn a_clock_that_steps_back_and_forth_is_survived() {
    let (mut repository, mut client) = Repository::with_client();
    repository.add_target(TARGETS, "list", b"names");
    repository.release(&[]);
    for (now, good) in [
        ("2026-06-01T00:00:00Z", true),
        ("1970-01-01T00:00:00Z", true),
        ("2026-06-01T00:00:00Z", true),
        ("2038-01-19T03:14:08Z", false),
        ("1970-01-01T00:00:00Z", true),
        ("2106-02-07T06:28:16Z", false),
        ("2026-06-01T00:00:00Z", true),
    ] {
        client.now = time(now);
        let kept = client.kept.clone();
        repository.release(&[ROOT]);
        if good {
            assert_eq!(client.download(&repository, "list").unwrap(), b"names", "{now}");
        } else {
            refused!(client.refresh(&repository), Error::Expired { role, .. } if role == ROOT);
            assert_eq!(client.kept[TIMESTAMP], kept[TIMESTAMP]);
            assert_eq!(client.kept[TARGETS], kept[TARGETS]);
        }
    }
}

#[test]
fn the_time_of_the_start_holds_for_all_of_a_search() {
    let (mut repository, mut client) = Repository::with_client();
    repository.delegate(TARGETS, "fr", &["fr/*"]);
    repository.add_target("fr", "fr/list", b"names");
    repository.fields("fr")["expires"] = json!("2026-06-01T00:00:01Z");
    repository.release(&["fr"]);
    let found = client.find(&repository, "fr/list").unwrap();
    assert_eq!(found.expires, time("2026-06-01T00:00:01Z"));
}

#[test]
fn a_good_repository_is_followed_after_any_attack() {
    let (client, _, after) = before_and_after();
    for file in
        ["2.root.json", "3.root.json", "timestamp.json", "3.snapshot.json", "3.targets.json", "2.fr.json"]
    {
        let mut attacked = after.clone();
        attacked.alter(file, |file| file["signed"]["version"] = json!(1_000_000));
        let mut client = client.clone();
        refused!(
            client.download(&attacked, "fr/list"),
            Error::Threshold { .. } | Error::Digest { .. } | Error::Length { .. }
        );
        assert_eq!(client.download(&after, "fr/list").unwrap(), b"new", "{file}");
    }
}
