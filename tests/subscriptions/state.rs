//! The state directory: a start from it alone, and what is left where it is lost, damaged, full or from another clock.

use std::fs;

use super::*;
use crate::repository::write;

#[test]
fn a_start_needs_no_network() {
    let desk = Desk::new();
    look(&mut desk.start());
    desk.disconnect();
    let mut updater = desk.start();
    assert!(updater.missing().is_empty() && is_blocked(&updater, "n00009.example"));
    assert_eq!(status(&updater).expires.unwrap().to_string(), crate::repository::FUTURE);
    assert!(look(&mut updater).starts_with("refused: "));
    assert_eq!(serial(&updater), 1);
    let authority = &updater.authority_status()[0];
    assert!(authority.failure.is_some() && authority.refreshed.is_none());
}

#[test]
fn a_lost_state_directory_is_made_again() {
    let mut desk = Desk::new();
    let mut updater = desk.start();
    look(&mut updater);
    fs::remove_dir_all(desk.path("state")).unwrap();
    assert_eq!((look(&mut updater), serial(&updater)), ("unchanged".into(), 1));
    desk.centre.put(LIST, 2, &names(11));
    assert_eq!(look(&mut updater), "taken 11");
    desk.disconnect();
    assert_eq!(serial(&desk.start()), 2);
    fs::remove_dir_all(desk.path("state")).unwrap();
    let mut updater = desk.start();
    assert_eq!(updater.missing(), ["games"]);
    desk.reconnect();
    assert_eq!(look(&mut updater), "taken 11");
}

#[test]
fn damaged_metadata_is_fetched_again() {
    let mut desk = Desk::new();
    look(&mut desk.start());
    let kept =
        ["root.json", "timestamp.json", "snapshot.json", "targets.json", "fr.json", "lineage", "pinned"];
    for (file, serial) in kept.into_iter().zip(2..) {
        for damage in [Some("{"), None] {
            let mut chains = fs::read_dir(desk.path("state/authorities/centre")).unwrap();
            let path = chains.next().unwrap().unwrap().path().join(file);
            match damage {
                Some(text) => fs::write(path, text).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
            desk.disconnect();
            let mut updater = desk.start();
            assert!(is_blocked(&updater, "n00009.example"), "{file}");
            desk.reconnect();
            let told = look(&mut updater);
            assert!(["unchanged", "taken"].iter().any(|word| told.starts_with(word)), "{file}: {told}");
            if damage.is_none() {
                desk.centre.put(LIST, serial, &names(10 + serial as usize));
                assert_eq!(look(&mut updater), format!("taken {}", 10 + serial), "{file}");
            }
        }
    }
}

#[test]
fn a_damaged_generation_is_passed_over_and_fetched_again() {
    let mut desk = Desk::new();
    let mut updater = desk.start();
    look(&mut updater);
    desk.centre.put(LIST, 2, &names(11));
    look(&mut updater);
    write(&desk.path("state/lists/games/2.list"), b"damaged");
    desk.disconnect();
    let mut updater = desk.start();
    assert_eq!(serial(&updater), 1);
    desk.reconnect();
    assert_eq!((look(&mut updater), serial(&updater)), ("taken 11".into(), 2));
    desk.disconnect();
    assert_eq!(serial(&desk.start()), 2);
    // All of it.
    for number in 1..=3 {
        write(&desk.path(&format!("state/lists/games/{number}.json")), b"damaged");
    }
    let mut updater = desk.start();
    assert_eq!(updater.missing(), ["games"]);
    desk.reconnect();
    assert_eq!(look(&mut updater), "taken 11");
}

#[test]
fn where_nothing_can_be_written_lists_are_taken_all_the_same() {
    let mut desk = Desk::new();
    let mut updater = desk.start();
    look(&mut updater);
    // No folder can be made where a file is.
    fs::remove_dir_all(desk.path("state")).unwrap();
    write(&desk.path("state"), b"");
    desk.centre.put(LIST, 2, &names(11));
    let told = look(&mut updater);
    assert!(told.starts_with("taken 11, but not kept in the state directory: "), "{told}");
    assert!(told.contains("free disk space, or correct `update.state`"), "{told}");
    assert!(is_blocked(&updater, "n00010.example"));
    assert_eq!(look(&mut updater), "unchanged");
    assert!(
        updater.roll_back("games", None, now()).unwrap().unwrap_err().to_string().ends_with("are kept: none")
    );
    fs::remove_file(desk.path("state")).unwrap();
    desk.centre.put(LIST, 3, &names(12));
    assert_eq!(look(&mut updater), "taken 12");
    desk.disconnect();
    assert_eq!(serial(&desk.start()), 3);
}

#[test]
fn a_state_directory_that_cannot_be_made_is_told_at_the_start() {
    let desk = Desk::new();
    write(&desk.path("state"), b"");
    let told = refused_at_start(desk.config());
    assert!(told.contains("state/lists/games") && told.contains("correct `update.state`"), "{told}");
}

#[test]
fn whatever_the_clock_says_what_was_taken_serves() {
    let mut desk = Desk::new();
    let (mut updater, metrics) = start_counted(desk.config());
    look(&mut updater);
    let (far, back): (Timestamp, Timestamp) =
        ("2040-01-01T00:00:00Z".parse().unwrap(), "2001-01-01T00:00:00Z".parse().unwrap());
    assert!(!updater.observe(now(), 10));
    for (moment, monotonic) in [(far, 20), (far, 30), (back, 40), (now(), 50)] {
        assert!(!updater.observe(moment, monotonic), "nothing is withdrawn");
        let told = visit(&mut updater, Mode::Reload, moment);
        if moment == far {
            assert!(told.starts_with("refused: ") && told.contains("expired"), "{told}");
        } else {
            assert_eq!(told, "unchanged");
        }
        assert!(is_blocked(&updater, "n00009.example"));
    }
    let text = String::from_utf8(metrics.render().unwrap()).unwrap();
    assert!(text.contains("rempart_clock_steps_total 3\n"), "{text}");
    desk.centre.put(LIST, 2, &names(11));
    assert_eq!(look(&mut updater), "taken 11");
}

#[test]
fn every_list_of_every_authority_has_its_own() {
    let mut desk = Desk::new();
    desk.centre.put("all/malware", 1, "m.example\n");
    let mut other = Repository::new(&desk.path("other"), 100);
    other.put("fr/games", 5, "o.example\n");
    fs::copy(other.root(), desk.path("other.json")).unwrap();
    let mut config = desk.config();
    config.lists.push(subscription("malware", "centre", "all/malware.jsonl.zst"));
    config.authorities.push(Authority {
        name: "other".into(),
        repository: Address::Folder(desk.path("other")),
        root: Some(desk.path("other.json")),
        ..Authority::demo()
    });
    config.lists.push(subscription("elsewhere", "other", TARGET));
    let mut updater = start(config.clone());
    assert_eq!(updater.look(Mode::Reload, now()).len(), 3);
    assert_eq!(updater.authorities(), ["centre", "other"]);
    for name in ["n00000.example", "m.example", "o.example"] {
        assert!(is_blocked(&updater, name), "{name}");
    }
    let in_force: Vec<String> = updater.lists().iter().map(|list| list.name.clone()).collect();
    assert_eq!(in_force, ["games", "malware", "elsewhere"]);
    // One of them is gone; a start has all the same all three.
    fs::remove_dir_all(desk.path("other")).unwrap();
    let mut updater = start(config);
    assert!(updater.missing().is_empty() && updater.wanted().is_empty());
    let changes = updater.look(Mode::Reload, now());
    let words: Vec<String> =
        ["games", "malware"].iter().zip(changes).map(|(list, change)| told(vec![change], list)).collect();
    assert_eq!(words, ["unchanged", "unchanged"]);
    assert!(is_blocked(&updater, "o.example"));
}
