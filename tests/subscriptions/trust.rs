//! Whom a subscriber believes: signatures, thresholds, rotations, what goes back, and who stands beside whom.

use std::fs;

use serde_json::json;

use super::*;
use crate::repository::write;

#[test]
fn a_list_is_followed_from_serial_to_serial() {
    let mut desk = Desk::new();
    let mut updater = desk.start();
    assert_eq!(updater.missing(), ["games"]);
    assert_eq!((look(&mut updater), serial(&updater)), ("taken 10".into(), 1));
    assert_eq!(look(&mut updater), "unchanged");
    assert_eq!(visit(&mut updater, Mode::Poll, now()), "unchanged");
    desk.centre.put(LIST, 2, &names(11));
    assert_eq!(visit(&mut updater, Mode::Poll, now()), "taken 11");
    assert!(is_blocked(&updater, "n00010.example"));
    let status = status(&updater);
    let kept: Vec<_> = status.kept.iter().map(|kept| (kept.serial.unwrap(), kept.listed)).collect();
    assert_eq!(kept, [(2, 11), (1, 10)]);
    assert_eq!(status.kept[0].role.as_deref(), Some("fr"));
    assert_eq!(status.kept[0].signed_by.len(), 3);
    let authority = &updater.authority_status()[0];
    assert_eq!((authority.root, authority.refreshed, &authority.failure), (1, Some(now()), &None));
}

#[test]
fn a_forged_list_is_refused_and_taken_once_it_is_the_one_that_was_signed() {
    let mut desk = Desk::new();
    let (mut updater, metrics) = start_counted(desk.config());
    look(&mut updater);
    desk.centre.put(LIST, 2, &names(11));
    let file = desk.centre.target(TARGET);
    let signed = fs::read(&file).unwrap();
    let mut forged = signed.clone();
    *forged.last_mut().unwrap() ^= 1;
    // With deltas away the list itself is fetched.
    fs::remove_file(desk.centre.target("fr/games.1-2.delta.zst")).unwrap();
    for (octets, message) in [
        (&forged[..], "digest"),
        (&signed[..signed.len() - 1], "octets"),
        (&[&signed[..], b"!"].concat(), "octets"),
    ] {
        write(&file, octets);
        let told = look(&mut updater);
        assert!(told.starts_with("refused: ") && told.contains(message), "{told}");
        assert_eq!(serial(&updater), 1);
        assert!(is_blocked(&updater, "n00009.example") && !is_blocked(&updater, "n00010.example"));
    }
    assert!(status(&updater).failure.unwrap().contains("octets"));
    let text = String::from_utf8(metrics.render().unwrap()).unwrap();
    assert!(text.contains("rempart_list_failing{list=\"games\"} 1\n"), "{text}");
    fs::remove_file(&file).unwrap();
    assert!(look(&mut updater).contains("the repository is incomplete"));
    // What was wrong was not the list: it is tried again, a minute later.
    write(&file, &signed);
    assert_eq!(visit(&mut updater, Mode::Poll, now()), "");
    assert_eq!(visit(&mut updater, Mode::Poll, hours(1)), "taken 11");
    assert_eq!(status(&updater).failure, None);
    let text = String::from_utf8(metrics.render().unwrap()).unwrap();
    assert!(text.contains("rempart_list_failing{list=\"games\"} 0\n"), "{text}");
}

#[test]
fn one_signature_is_not_enough_where_two_are_needed() {
    let mut desk = Desk::new();
    let mut updater = desk.start();
    look(&mut updater);
    for role in ["fr", "targets"] {
        desk.centre.let_sign(role, 1);
        desk.centre.publish(&[role]);
        let told = look(&mut updater);
        assert!(told.starts_with("refused: ") && told.contains("1 of 2 signatures"), "{role}: {told}");
        assert_eq!(serial(&updater), 1);
        desk.centre.let_sign(role, 2);
        desk.centre.publish(&[role]);
        assert_eq!(look(&mut updater), "unchanged");
    }
}

#[test]
fn a_bad_delegate_takes_nobody_with_it() {
    let mut desk = Desk::new();
    desk.centre.delegate("de");
    desk.centre.publish(&["targets", "de"]);
    desk.centre.put("de/games", 1, &names(5));
    let mut config = desk.config();
    config.lists.push(subscription("german", "centre", "de/games.jsonl.zst"));
    let mut updater = start(config);
    let both = |updater: &mut Updater| {
        let errand = updater.errand("centre", Mode::Reload).unwrap();
        let changes = updater.commit(errand.run(now()));
        let (mut german, mut games) = (Vec::new(), Vec::new());
        changes.into_iter().for_each(|change| match &*change.list {
            "german" => german.push(change),
            _ => games.push(change),
        });
        (told(german, "german"), told(games, "games"))
    };
    assert_eq!(both(&mut updater), ("taken 5".into(), "taken 10".into()));
    let mut serial = 1;
    let mut check = |desk: &mut Desk, message: &str| {
        serial += 1;
        desk.centre.put(LIST, serial, &names(10 + serial as usize));
        let (german, games) = both(&mut updater);
        assert!(german.starts_with("refused: ") && german.contains(message), "{message}: {german}");
        assert_eq!(games, format!("taken {}", 10 + serial));
        assert!(is_blocked(&updater, "n00004.example"), "what was taken of the bad delegate serves");
    };
    desk.centre.fields("de")["expires"] = json!("2026-05-31T00:00:00Z");
    desk.centre.publish(&["de"]);
    check(&mut desk, "expired");
    desk.centre.fields("de")["expires"] = json!("2030-01-01T00:00:00Z");
    desk.centre.let_sign("de", 1);
    desk.centre.publish(&["de"]);
    check(&mut desk, "1 of 2 signatures");
    desk.centre.let_sign("de", 3);
    desk.centre.publish(&["de"]);
    let file = desk.centre.newest("de");
    let metadata = fs::read(&file).unwrap();
    write(&file, &metadata[..metadata.len() / 2]);
    check(&mut desk, "not signed metadata");
    fs::remove_file(&file).unwrap();
    check(&mut desk, "de");
    desk.centre.publish(&["de"]);
    assert_eq!(both(&mut updater), ("unchanged".into(), "unchanged".into()));
}

#[test]
fn a_delegate_that_published_nothing_yet_is_missing_alone() {
    let mut desk = Desk::new();
    desk.centre.delegate("it");
    desk.centre.publish(&["targets"]);
    let mut config = desk.config();
    config.lists.push(subscription("italian", "centre", "it/games.jsonl.zst"));
    let mut updater = start(config);
    assert_eq!(look(&mut updater), "taken 10");
    assert_eq!(updater.missing(), ["italian"]);
    let changes = updater.look(Mode::Reload, now());
    assert!(told(changes, "italian").contains("does not speak of the role it"));
}

#[test]
fn rotations_are_followed() {
    let mut desk = Desk::new();
    let mut updater = desk.start();
    look(&mut updater);
    for (role, serial) in [("timestamp", 2), ("root", 3), ("targets", 4), ("root", 5)] {
        desk.centre.rotate(role);
        desk.centre.put(LIST, serial, &names(10 + serial as usize));
        assert_eq!(look(&mut updater), format!("taken {}", 10 + serial), "{role}");
        assert_eq!(updater.authority_status()[0].root, serial);
    }
    // The root that is still pinned is the first of the chain; what was trusted last goes on.
    let mut updater = desk.start();
    assert_eq!((serial(&updater), look(&mut updater)), (5, "unchanged".into()));
    assert_eq!(updater.authority_status()[0].root, 5);
    // A repository that serves what the old keys sign is not believed any more.
    let mut old = Repository::new(&desk.path("old"), 1);
    old.put(LIST, 9, &names(20));
    fs::remove_dir_all(desk.path("centre")).unwrap();
    desk.path("old");
    fs::rename(desk.path("old"), desk.path("centre")).unwrap();
    let told = look(&mut updater);
    assert!(told.starts_with("refused: ") && told.contains("0 of 1 signatures"), "{told}");
    assert_eq!(serial(&updater), 5);
}

#[test]
fn under_another_authoritys_root_nothing_of_the_old_one_is_trusted() {
    let desk = Desk::new();
    let mut updater = desk.start();
    look(&mut updater);
    let mut other = Repository::new(&desk.path("other"), 100);
    other.put(LIST, 1, &names(3));
    fs::copy(other.root(), desk.path("root.json")).unwrap();
    // In a running program and at a start alike; and the old authority's repository is not believed.
    updater.configure(desk.config()).unwrap();
    updater.restore(now());
    assert_eq!(updater.missing(), ["games"]);
    assert!(look(&mut updater).starts_with("missing: "));
    let mut updater = desk.start();
    assert_eq!(updater.missing(), ["games"]);
    assert!(look(&mut updater).starts_with("missing: "));
    fs::rename(desk.path("centre"), desk.path("old")).unwrap();
    fs::rename(desk.path("other"), desk.path("centre")).unwrap();
    // Far fewer names than the other authority's list had: that says nothing.
    assert_eq!(look(&mut updater), "taken 3");
    assert_eq!(status(&updater).kept.len(), 1, "nothing to go back to is the other authority's");
}

#[test]
fn a_visit_under_the_former_root_changes_nothing_however_late_it_ends() {
    let mut desk = Desk::new();
    let mut updater = desk.start();
    look(&mut updater);
    // Sent off before the authority is exchanged, and back after it.
    let errand = updater.errand("centre", Mode::Reload).unwrap();
    desk.centre.put(LIST, 9, &names(12));
    let mut other = Repository::new(&desk.path("other"), 100);
    other.put(LIST, 1, &names(3));
    fs::copy(other.root(), desk.path("root.json")).unwrap();
    updater.configure(desk.config_at(desk.path("other").to_str().unwrap())).unwrap();
    assert_eq!(look(&mut updater), "taken 3");
    let changes = updater.commit(errand.run(now()));
    assert!(changes.iter().all(|change| matches!(change.outcome, Outcome::Overtaken)));
    assert_eq!(serial(&updater), 1);
    assert!(!is_blocked(&updater, "n00011.example"));
}

#[test]
fn another_list_of_the_same_authority_is_judged_by_itself() {
    let mut desk = Desk::new();
    desk.centre.put(LIST, 7, &names(10));
    desk.centre.put("fr/other", 1, &names(2));
    let mut updater = desk.start();
    look(&mut updater);
    let mut config = desk.config();
    config.lists[0] = subscription("games", "centre", "fr/other.jsonl.zst");
    updater.configure(config.clone()).unwrap();
    assert_eq!(updater.missing(), ["games"], "what another list says is not in force for this one");
    assert_eq!(look(&mut updater), "taken 2");
    assert_eq!(serial(&updater), 1);
    // And so at a start without network.
    desk.disconnect();
    let mut updater = start(config);
    updater.restore(now());
    assert_eq!(serial(&updater), 1);
}

#[test]
fn under_a_later_root_of_the_same_authority_all_goes_on() {
    let mut desk = Desk::new();
    let mut updater = desk.start();
    look(&mut updater);
    desk.centre.rotate("root");
    fs::copy(desk.centre.root(), desk.path("root.json")).unwrap();
    desk.disconnect();
    // In a running program, which has not seen the new root yet, and at a start.
    updater.configure(desk.config()).unwrap();
    assert_eq!(serial(&updater), 1);
    let mut updater = desk.start();
    assert_eq!(serial(&updater), 1);
    desk.reconnect();
    assert_eq!(look(&mut updater), "unchanged");
    // Back to the root that was pinned first: still the same chain.
    fs::copy(desk.centre.metadata("1.root.json"), desk.path("root.json")).unwrap();
    let updater = desk.start();
    assert_eq!(serial(&updater), 1);
}

#[test]
fn what_went_forward_never_goes_back_not_even_over_a_restart() {
    let mut desk = Desk::new();
    copy_folder(&desk.path("centre"), &desk.path("first"));
    desk.centre.put(LIST, 2, &names(11));
    let mut updater = desk.start();
    assert_eq!(look(&mut updater), "taken 11");
    fs::remove_dir_all(desk.path("centre")).unwrap();
    fs::rename(desk.path("first"), desk.path("centre")).unwrap();
    for updater in [&mut updater, &mut desk.start()] {
        for mode in [Mode::Reload, Mode::AcceptLoss] {
            let told = visit(updater, mode, now());
            assert!(told.starts_with("refused: ") && told.contains("rollback: "), "{told}");
            assert_eq!(serial(updater), 2);
        }
    }
}

#[test]
fn a_serial_that_goes_back_is_refused_however_well_it_is_signed() {
    let mut desk = Desk::new();
    desk.centre.put(LIST, 7, &names(11));
    let mut updater = desk.start();
    assert_eq!(look(&mut updater), "taken 11");
    let mut other = desk;
    other.centre.forget(LIST);
    other.centre.put(LIST, 6, &names(11));
    for mode in [Mode::Reload, Mode::AcceptLoss] {
        let told = visit(&mut updater, mode, now());
        assert!(told.contains("serial 6 is older than 7, which was taken"), "{told}");
    }
    assert_eq!(serial(&updater), 7);
}

#[test]
fn metadata_that_is_too_long_or_missing_is_refused() {
    let desk = Desk::new();
    let mut updater = desk.start();
    look(&mut updater);
    let timestamp = desk.centre.metadata("timestamp.json");
    for (file, content, message) in [
        (&timestamp, Some(vec![b' '; (64 << 10) + 1]), "longer than 65536 octets"),
        (&timestamp, None, "timestamp"),
        (
            &desk.centre.metadata("2.root.json"),
            Some(vec![b' '; (512 << 10) + 1]),
            "longer than 524288 octets",
        ),
    ] {
        match content {
            Some(octets) => write(file, &octets),
            None => fs::remove_file(file).unwrap(),
        }
        let told = look(&mut updater);
        assert!(told.starts_with("refused: ") && told.contains(message), "{told}");
        assert!(updater.authority_status()[0].failure.as_ref().unwrap().contains(message));
        assert_eq!(serial(&updater), 1);
    }
    // The last failure is told once to those who only poll, and counted always.
    assert_eq!(visit(&mut updater, Mode::Poll, now()), "");
}
