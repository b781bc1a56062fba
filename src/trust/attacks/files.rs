//! Target files: what is found is what was signed, whatever the repository serves.

use serde_json::json;

use crate::trust::attacks::repository::Repository;
use crate::trust::publisher::sha512;
use crate::trust::sha256;
use crate::trust::{Error, TARGETS};

#[test]
fn a_file_is_found_with_its_content_its_holders_and_its_time() {
    for path in ["list", "path/to/a/list", "a b/é/?#%", ""] {
        let (mut repository, mut client) = Repository::with_client();
        repository.add_target(TARGETS, path, b"names");
        repository.release(&[]);
        assert_eq!(client.download(&repository, path).unwrap(), b"names", "{path}");
        let found = client.find(&repository, path).unwrap();
        assert_eq!((found.role.as_str(), found.targets.version()), (TARGETS, 2));
        assert_eq!(found.signed_by()[0].key_id, repository.signers(TARGETS)[0].id());
        assert_eq!(found.target.prefix().unwrap(), sha256(b"names"));
    }
}

#[test]
fn another_file_in_its_place_is_refused() {
    let (mut repository, mut client) = Repository::with_client();
    repository.add_target(TARGETS, "list", b"names");
    repository.release(&[]);
    for octets in [&b"NAMES"[..], b"name", b"", b"names\n", &[b'x'; 10_000]] {
        repository.contents.insert("list".to_owned(), octets.to_vec());
        refused!(client.download(&repository, "list"), Error::Digest { .. } | Error::Length { .. });
    }
    repository.contents.insert("list".to_owned(), b"names".to_vec());
    assert_eq!(client.download(&repository, "list").unwrap(), b"names");
}

#[test]
fn each_published_change_is_followed_and_no_other() {
    let (mut repository, mut client) = Repository::with_client();
    for round in 0..10 {
        let content = format!("names {round}");
        repository.add_target(TARGETS, "list", content.as_bytes());
        repository.add_target(TARGETS, &format!("new/{round}"), b"new");
        repository.release(&[]);
        if round % 4 == 0 {
            assert_eq!(client.download(&repository, "list").unwrap(), content.as_bytes());
            assert_eq!(client.download(&repository, &format!("new/{round}")).unwrap(), b"new");
            repository.contents.insert("list".to_owned(), b"forged0".to_vec());
            repository.release(&[]);
            refused!(client.download(&repository, "list"), Error::Digest { .. });
        }
    }
}

#[test]
fn a_file_that_was_withdrawn_is_not_found() {
    let (mut repository, mut client) = Repository::with_client();
    repository.add_target(TARGETS, "list", b"names");
    repository.release(&[]);
    client.download(&repository, "list").unwrap();
    repository.fields(TARGETS)["targets"] = json!({});
    repository.release(&[]);
    refused!(client.download(&repository, "list"), Error::UnknownTarget { .. });
}

#[test]
fn any_digest_that_we_know_is_enough_and_all_of_them_must_agree() {
    let (names, other) = (b"names", b"other");
    for (hashes, good) in [
        (json!({"sha256": sha256(names)}), true),
        (json!({"sha512": sha512(names)}), true),
        (json!({"sha256": sha256(names), "sha512": sha512(names)}), true),
        (json!({"sha256": sha256(names), "sha512": sha512(other)}), false),
        (json!({"unknown-hash": sha512(names)}), false),
    ] {
        let (mut repository, mut client) = Repository::with_client();
        repository.add_target(TARGETS, "list", names);
        repository.fields(TARGETS)["targets"]["list"]["hashes"] = hashes.clone();
        repository.release(&[]);
        assert_eq!(client.download(&repository, "list").is_ok(), good, "{hashes}");
    }
}
