//! Delegations: which roles are visited for a path and in which order, and what a bad one of them can do.

use std::collections::BTreeSet;

use serde_json::json;

use crate::trust::attacks::client::Client;
use crate::trust::attacks::repository::{Answer, PAST, Repository};
use crate::trust::publisher::sign;
use crate::trust::{Error, ROOT, SNAPSHOT, TARGETS, TIMESTAMP, TOP_LEVEL_ROLES, sha256};

/// Adds delegations: `A>B` for each, with `!` where it is terminating and `:` before its paths, where they are others
/// than `*`.
fn delegate(repository: &mut Repository, graph: &str) {
    for edge in graph.split(' ') {
        let (edge, paths) = edge.split_once(':').unwrap_or((edge, "*"));
        let (by, role) = edge.split_once('>').unwrap();
        let name = role.trim_end_matches('!');
        repository.delegate(by, name, &paths.split(',').collect::<Vec<_>>());
        repository.entry(by, name)["terminating"] = json!(name != role);
    }
}

fn repository_of(graph: &str) -> (Repository, Client) {
    let (mut repository, client) = Repository::with_client();
    delegate(&mut repository, graph);
    (repository, client)
}

/// Publishes every role of the graph once.
fn release(repository: &mut Repository, graph: &str) {
    let edges = graph.split(' ').map(|edge| edge.split(':').next().unwrap());
    let roles: BTreeSet<&str> =
        edges.map(|edge| edge.split('>').nth(1).unwrap().trim_end_matches('!')).collect();
    repository.release(&roles.into_iter().collect::<Vec<_>>());
}

/// The delegated roles that were asked for.
fn visited(client: &Client) -> String {
    let names = client.asked[4..].iter().map(|file| file.trim_start_matches("1.").trim_end_matches(".json"));
    names.collect::<Vec<_>>().join(" ")
}

#[test]
fn roles_are_visited_depth_first_and_in_order() {
    for (name, graph, expected) in [
        ("one", "targets>A", "A"),
        ("two beside each other", "targets>A targets>B", "A B"),
        ("two levels", "targets>A targets>B B>C", "A B C"),
        ("two levels, the first delegates", "targets>A targets>B A>C A>D", "A C D B"),
        ("three levels", "targets>A targets>B A>C C>D", "A C D B"),
        ("a terminating delegation ends the search", "targets>A targets>B A>C! A>D", "A C"),
        ("but for those below it", "targets>A targets>B A>C! C>D", "A C D"),
        ("a terminating delegation of other paths ends nothing", "targets>A!:*.py targets>B", "B"),
        ("paths that do not match on the first level", "targets>A:*.py targets>B A>C", "B"),
        ("paths that do not match on the second level", "targets>A targets>B A>C:*.py C>D", "A B"),
        ("a cycle", "targets>A targets>B B>C C>D D>B", "A B C D"),
        ("a role that delegates to itself", "targets>A A>A", "A"),
        ("two that delegate to a third", "targets>A targets>B B>C A>C", "A C B"),
        ("two that delegate different paths to a third", "targets>A targets>B B>C A>C:*.py", "A B C"),
    ] {
        let (mut repository, mut client) = repository_of(graph);
        release(&mut repository, graph);
        refused!(client.find(&repository, "missing"), Error::UnknownTarget { .. });
        assert_eq!(visited(&client), expected, "{name}");
    }
}

#[test]
fn a_path_is_searched_where_all_of_the_chain_leave_it_to_somebody() {
    const TREE: &str =
        "targets>A:*.doc,*.md,foo-?.tgz targets>B:releases/*/* B>C:releases/x/* B>D:releases/y/*.zip";
    for (path, finder, expected) in [
        ("targetfile", Some("targets"), ""),
        ("README.md", Some("A"), "A"),
        ("releases/x/x_v1", Some("C"), "B C"),
        ("releases/y/y_v1.zip", Some("D"), "B D"),
        // D says so, but nobody left it to D.
        ("releases/z/z_v1.zip", None, "B"),
        // A says so, but a wildcard ends at a separator.
        ("releases/README.md", None, ""),
        ("foo-1.tgz", Some("A"), "A"),
        ("foo-alpha.tgz", None, ""),
        ("README.MD", None, ""),
    ] {
        let (mut repository, mut client) = repository_of(TREE);
        repository.add_target("targets", "targetfile", b"by targets");
        for path in ["README.md", "README.MD", "releases/README.md", "foo-1.tgz", "foo-alpha.tgz"] {
            repository.add_target("A", path, b"by A");
        }
        repository.add_target("C", "releases/x/x_v1", b"by C");
        repository.add_target("D", "releases/y/y_v1.zip", b"by D");
        repository.add_target("D", "releases/z/z_v1.zip", b"by D");
        release(&mut repository, TREE);
        let found = client.find(&repository, path).ok().map(|found| found.role);
        assert_eq!((found.as_deref(), &*visited(&client)), (finder, expected), "{path}");
    }
}

#[test]
fn the_more_trusted_role_answers() {
    let (mut repository, mut client) = repository_of("targets>A targets>B A>C");
    for (role, content) in [("targets", "targets"), ("A", "A"), ("C", "C"), ("B", "B")].into_iter().rev() {
        repository.add_target(role, "list", content.as_bytes());
        repository.release(&["A", "B", "C"]);
        assert_eq!(client.find(&repository, "list").unwrap().role, role);
        assert_eq!(client.download(&repository, "list").unwrap(), content.as_bytes());
    }
}

#[test]
fn hashed_bins_lead_to_the_role_of_the_bin() {
    let (mut repository, mut client) = Repository::with_client();
    for (role, prefixes) in [
        ("low", ["0", "1", "2", "3", "4", "5", "6", "7"]),
        ("high", ["8", "9", "a", "b", "c", "d", "e", "f"]),
    ] {
        repository.delegate(TARGETS, role, &[]);
        repository.entry(TARGETS, role).as_object_mut().unwrap().remove("paths");
        repository.entry(TARGETS, role)["path_hash_prefixes"] = json!(prefixes);
        for path in ["a", "b", "c", "d"] {
            repository.add_target(role, path, role.as_bytes());
        }
    }
    repository.release(&["low", "high"]);
    let mut seen = Vec::new();
    for path in ["a", "b", "c", "d"] {
        let bin = if sha256(path.as_bytes()).as_str() < "8" { "low" } else { "high" };
        assert_eq!(client.find(&repository, path).unwrap().role, bin);
        seen.push(bin);
    }
    assert!(seen.contains(&"low") && seen.contains(&"high"));
}

/// Spoils what `fr` says, while `de` stays as it is.
type Spoil = fn(&mut Repository);

const SPOILS: [(&str, Spoil); 9] = [
    ("expired", |repository| {
        repository.fields("fr")["expires"] = json!(PAST);
        repository.release(&["fr"]);
    }),
    ("badly signed", |repository| {
        *repository.signers("fr") = repository.signers(TIMESTAMP).clone();
        repository.release(&["fr"]);
    }),
    ("not there", |repository| {
        repository.release(&["fr"]);
        repository.files.remove("2.fr.json");
    }),
    ("missing from the snapshot", |repository| {
        repository.release(&["fr"]);
        repository.rotate(SNAPSHOT);
        repository.publish(&[ROOT]);
        repository.fields(SNAPSHOT)["meta"].as_object_mut().unwrap().remove("fr.json");
        repository.publish(&[SNAPSHOT, TIMESTAMP]);
    }),
    ("another version", |repository| {
        repository.release(&["fr"]);
        repository.serve("2.fr.json", repository.octets("1.fr.json"));
    }),
    ("no metadata", |repository| {
        repository.release(&["fr"]);
        repository.serve("2.fr.json", b"<html>".to_vec());
    }),
    ("another type", |repository| {
        repository.fields("fr")["_type"] = json!("snapshot");
        repository.release(&["fr"]);
    }),
    ("endless", |repository| {
        repository.release(&["fr"]);
        repository.files.insert("2.fr.json".to_owned(), Answer::Endless);
    }),
    ("delegations that cannot be read", |repository| {
        repository.fields("fr")["delegations"] = json!({"keys": {"00": {}}, "roles": []});
        repository.release(&["fr"]);
    }),
];

#[test]
fn a_bad_delegate_takes_nobody_else_with_it() {
    for (spoiled, spoil) in SPOILS {
        let (mut repository, mut client) = repository_of("targets>fr:fr/* targets>de:de/*");
        for role in ["fr", "de"] {
            repository.add_target(role, &format!("{role}/list"), role.as_bytes());
        }
        repository.release(&["fr", "de"]);
        client.download(&repository, "fr/list").unwrap();
        spoil(&mut repository);
        assert!(client.download(&repository, "fr/list").is_err(), "{spoiled}");
        assert_eq!(client.download(&repository, "de/list").unwrap(), b"de", "{spoiled}");
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&client.kept["fr"]).unwrap()["signed"]["version"],
            1
        );
    }
}

#[test]
fn nobody_less_trusted_answers_for_a_bad_delegate() {
    for (spoiled, spoil) in SPOILS {
        let (mut repository, mut client) = repository_of("targets>fr:fr/* targets>all:*/*");
        repository.add_target("fr", "fr/list", b"fr");
        repository.add_target("all", "fr/list", b"forged");
        repository.add_target("all", "de/list", b"de");
        repository.release(&["fr", "all"]);
        spoil(&mut repository);
        assert!(client.find(&repository, "fr/list").is_err(), "{spoiled}");
        assert_eq!(client.find(&repository, "de/list").unwrap().role, "all", "{spoiled}");
    }
}

#[test]
fn a_delegate_cannot_speak_for_the_paths_of_another() {
    let (mut repository, mut client) = repository_of("targets>fr:fr/* targets>de:de/*");
    repository.add_target("fr", "de/list", b"forged");
    repository.add_target("fr", "list", b"forged");
    // Nor by leaving to others what it does not have.
    repository.delegate("fr", "helper", &["*", "*/*"]);
    repository.add_target("helper", "de/list", b"forged");
    repository.release(&["fr", "de", "helper"]);
    for path in ["de/list", "list"] {
        refused!(client.find(&repository, path), Error::UnknownTarget { .. });
    }
}

#[test]
fn a_delegate_cannot_replace_another_by_its_name() {
    // `fr` delegates to a role `de` with a key of its own, and the repository serves what that key signed.
    let (mut repository, mut client) = repository_of("targets>fr:fr/* targets>de:de/*");
    repository.add_target("de", "de/list", b"de");
    repository.delegate("fr", "de", &["*", "*/*"]);
    let impostor = repository.signers("de").pop().unwrap();
    repository.release(&["fr", "de"]);
    client.download(&repository, "de/list").unwrap();

    repository.add_target("de", "de/list", b"forged");
    *repository.signers("de") = vec![impostor];
    repository.release(&["de"]);
    client.find(&repository, "fr/list").unwrap_err();
    refused!(client.find(&repository, "de/list"), Error::Threshold { role, valid: 0, .. } if role == "de");
}

#[test]
fn what_one_delegator_vouches_for_another_need_not() {
    let (mut repository, mut client) = repository_of("targets>A:a/* targets>B:b/* A>shared:a/* B>shared:b/*");
    // Each delegator lists a key of its own for the role, and only the first one's signs.
    repository.signers("shared").pop();
    repository.add_target("shared", "a/list", b"good");
    repository.add_target("shared", "b/list", b"bad");
    repository.release(&["shared", "A", "B"]);
    let trusted = client.download(&repository, "a/list").unwrap();
    assert_eq!(trusted, b"good");
    assert!(client.kept.contains_key("shared"));
    refused!(client.find(&repository, "b/list"), Error::Threshold { role, valid: 0, .. } if role == "shared");
    assert_eq!(client.download(&repository, "a/list").unwrap(), b"good");
}

#[test]
fn a_delegation_ends_when_it_is_withdrawn() {
    let (mut repository, mut client) = repository_of("targets>fr:fr/*");
    repository.add_target("fr", "fr/list", b"fr");
    repository.release(&["fr"]);
    client.download(&repository, "fr/list").unwrap();
    repository.fields(TARGETS)["delegations"]["roles"] = json!([]);
    repository.release(&[]);
    refused!(client.find(&repository, "fr/list"), Error::UnknownTarget { .. });
}

#[test]
fn a_revoked_key_of_a_delegate_is_worth_nothing_although_its_metadata_is_kept() {
    let (mut repository, mut client) = repository_of("targets>fr:fr/*");
    repository.add_target("fr", "fr/list", b"fr");
    repository.release(&["fr"]);
    client.download(&repository, "fr/list").unwrap();
    let new = repository.new_key();
    repository.entry(TARGETS, "fr")["keyids"] = json!([]);
    repository.list_key(TARGETS, "fr", &new);
    repository.release(&[]);
    refused!(client.find(&repository, "fr/list"), Error::Threshold { role, valid: 0, .. } if role == "fr");
    *repository.signers("fr") = vec![new];
    repository.release(&["fr"]);
    assert_eq!(client.download(&repository, "fr/list").unwrap(), b"fr");
}

#[test]
fn a_search_visits_a_bounded_number_of_roles() {
    for (chain, good) in [(64, true), (65, false), (90, false)] {
        let (mut repository, mut client) = Repository::with_client();
        let names: Vec<String> = (0..chain).map(|number| format!("role-{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut by = TARGETS;
        for name in &names {
            repository.delegate(by, name, &["*"]);
            by = name;
        }
        repository.add_target(by, "list", b"names");
        repository.release(&names);
        if good {
            client.download(&repository, "list").unwrap();
        } else {
            refused!(client.find(&repository, "list"), Error::TooManyRoles { path, most: 64 } if path == "list");
        }
        assert_eq!(client.asked.len(), 4 + chain.min(64));
    }
}

#[test]
fn a_role_that_is_missing_from_the_snapshot_is_not_even_asked_for() {
    let (mut repository, mut client) = repository_of("targets>fr:fr/*");
    repository.publish(&["fr", TARGETS]);
    repository.fields(SNAPSHOT)["meta"].as_object_mut().unwrap().remove("fr.json");
    repository.publish(&[SNAPSHOT, TIMESTAMP]);
    client.refresh(&repository).unwrap();
    refused!(client.find(&repository, "fr/list"), Error::NotInMetadata { role, by: SNAPSHOT } if role == "fr");
    assert_eq!(client.asked, ["2.root.json", "timestamp.json"]);
}

#[test]
fn delegations_that_could_be_read_in_two_ways_are_refused() {
    for role in TOP_LEVEL_ROLES {
        let (mut repository, mut client) = repository_of("targets>fr:fr/*");
        repository.entry(TARGETS, "fr")["name"] = json!(role);
        repository.release(&[]);
        refused!(client.refresh(&repository), Error::ReservedRole { role: name } if name == role);
    }
    let (mut repository, mut client) = repository_of("targets>fr:fr/*");
    repository.delegate(TARGETS, "fr", &["de/*"]);
    repository.release(&["fr"]);
    refused!(client.refresh(&repository), Error::DelegatedTwice { role } if role == "fr");

    let (mut repository, mut client) = repository_of("targets>fr:fr/*");
    repository.entry(TARGETS, "fr")["path_hash_prefixes"] = json!(["00"]);
    repository.release(&["fr"]);
    refused!(client.refresh(&repository), Error::DelegationPaths { role } if role == "fr");
}

#[test]
fn a_delegate_is_bound_to_the_time_of_all_above_it() {
    let (mut repository, mut client) = repository_of("targets>fr:fr/* fr>paris:fr/*");
    repository.add_target("paris", "fr/list", b"names");
    repository.fields("fr")["expires"] = json!("2026-06-02T00:00:00Z");
    repository.release(&["fr", "paris"]);
    let found = client.find(&repository, "fr/list").unwrap();
    assert_eq!((&*found.role, found.expires.to_string().as_str()), ("paris", "2026-06-02T00:00:00Z"));
}

#[test]
fn metadata_of_a_delegate_that_another_one_signed_is_refused() {
    // Two delegates with the same paths: neither can stand in for the other.
    let (mut repository, mut client) = repository_of("targets>fr:*/* targets>de:*/*");
    repository.add_target("de", "fr/list", b"de");
    repository.release(&["fr", "de"]);
    let fields = repository.fields("de").clone();
    let signed = sign(&fields, repository.signers("de").iter());
    repository.serve("1.fr.json", signed);
    refused!(client.find(&repository, "fr/list"), Error::Threshold { role, valid: 0, .. } if role == "fr");
}
