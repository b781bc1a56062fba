//! Names of roles that would lead elsewhere, were they put into a URL or the name of a file as they are.

use std::collections::BTreeSet;

use crate::trust::attacks::repository::Repository;
use crate::trust::{TARGETS, encode};

/// Each with what it has to be in the name of a file.
const NAMES: [(&str, &str); 16] = [
    ("?", "%3F"),
    ("#", "%23"),
    ("/delegatedrole", "%2Fdelegatedrole"),
    ("../delegatedrole", "..%2Fdelegatedrole"),
    ("../../../etc/passwd", "..%2F..%2F..%2Fetc%2Fpasswd"),
    (".", "."),
    ("..", ".."),
    ("%", "%25"),
    ("%2F", "%252F"),
    ("a b", "a%20b"),
    ("a\\b", "a%5Cb"),
    ("a\u{0}b\n", "a%00b%0A"),
    ("http://example", "http%3A%2F%2Fexample"),
    ("é", "%C3%A9"),
    ("1.root", "1.root"),
    ("", ""),
];

#[test]
fn every_name_is_one_segment_of_a_path() {
    for (role, encoded) in NAMES {
        let (mut repository, mut client) = Repository::with_client();
        repository.delegate(TARGETS, role, &["*"]);
        repository.add_target(role, "list", b"names");
        repository.release(&[role]);
        assert_eq!(client.download(&repository, "list").unwrap(), b"names", "{role}");
        assert_eq!(client.asked.last().unwrap(), &format!("1.{encoded}.json"));
        assert!(client.kept.contains_key(role));
    }
}

#[test]
fn no_two_names_are_encoded_alike() {
    let encoded: BTreeSet<String> = NAMES.iter().map(|(role, _)| encode(role)).collect();
    assert_eq!(encoded.len(), NAMES.len());
}
