//! From serial to serial by deltas where they are smaller, and by the whole list where anything is wrong with them.

use std::fs;

use serde_json::json;

use super::server::Server;
use super::*;
use crate::repository::{pack, write};

const MANY: usize = 20_000;

/// A subscriber of a server, with serial 1 of many names taken.
fn followed() -> (Desk, Server, Updater) {
    let mut desk = Desk::new();
    desk.centre.forget(LIST);
    desk.centre.put(LIST, 1, &names(MANY));
    let server = Server::start(&desk.path("centre"));
    let mut updater = start(desk.config_at(&server.address()));
    assert_eq!(look(&mut updater), format!("taken {MANY}"));
    server.forget();
    (desk, server, updater)
}

/// Names of the targets that were asked for, and the octets sent for them.
fn fetched(server: &Server) -> (Vec<String>, usize) {
    let asked = server.asked();
    let targets = asked.iter().filter(|asked| asked.path.starts_with("/targets/"));
    let octets = targets.clone().map(|asked| asked.octets).sum();
    let name = |path: &str| path.rsplit('/').next().unwrap().split_once('.').unwrap().1.to_owned();
    (targets.map(|asked| name(&asked.path)).collect(), octets)
}

#[test]
fn a_delta_brings_the_next_serial_without_the_list() {
    let (mut desk, server, mut updater) = followed();
    desk.centre.put(LIST, 2, &names(MANY + 10));
    assert_eq!(look(&mut updater), format!("taken {}", MANY + 10));
    let (paths, octets) = fetched(&server);
    assert_eq!(paths, ["games.1-2.delta.zst"]);
    let whole = fs::metadata(desk.centre.target(TARGET)).unwrap().len() as usize;
    assert!(octets < 1_000 && whole > 10_000, "{octets} of {whole} octets");
    assert!(is_blocked(&updater, "n20009.example") && is_blocked(&updater, "n00000.example"));
    // What was put together is what the next delta is applied to, after a restart too.
    let mut updater = start(desk.config_at(&server.address()));
    desk.centre.put(LIST, 3, &names(MANY + 5));
    server.forget();
    assert_eq!(look(&mut updater), format!("taken {}", MANY + 5));
    assert_eq!(fetched(&server).0, ["games.2-3.delta.zst"]);
    assert!(!is_blocked(&updater, "n20005.example"));
}

#[test]
fn deltas_are_followed_one_after_the_other() {
    let (mut desk, server, mut updater) = followed();
    for serial in 2..=5 {
        desk.centre.put(LIST, serial, &names(MANY + serial as usize));
    }
    assert_eq!(look(&mut updater), format!("taken {}", MANY + 5));
    let steps = ["games.1-2.delta.zst", "games.2-3.delta.zst", "games.3-4.delta.zst", "games.4-5.delta.zst"];
    assert_eq!(fetched(&server).0, steps);
    assert!(is_blocked(&updater, "n20004.example"));
}

/// What is wrong with a delta, what is fetched then, and how it comes to be.
type Spoiling<'a> = (&'a str, &'a [String], fn(&mut Desk));

#[test]
fn where_a_delta_is_no_good_the_whole_list_is_fetched() {
    let first = "games.1-2.delta.zst".to_owned();
    let whole = "games.jsonl.zst".to_owned();
    let path = "fr/games.1-2.delta.zst";
    let both = [first.clone(), whole.clone()];
    let spoil: [Spoiling<'_>; 7] = [
        ("its file is missing", &both, |desk| {
            fs::remove_file(desk.centre.target("fr/games.1-2.delta.zst")).unwrap()
        }),
        ("its file is another", &both, |desk| write(&desk.centre.target("fr/games.1-2.delta.zst"), b"x")),
        ("it is no delta", &both, |desk| respeak(desk, &pack(b"no delta"))),
        ("it is cut off", &both, |desk| respeak(desk, &pack(b"")[..5])),
        ("it leads elsewhere", &both, |desk| {
            let delta = fs::read(desk.centre.target("fr/games.1-2.delta.zst")).unwrap();
            let text = String::from_utf8(zstd::decode_all(&*delta).unwrap()).unwrap();
            respeak(desk, &pack(text.replace("n20003", "n20004").as_bytes()));
        }),
        ("it is larger than the list", &both[1..], |desk| {
            let delta = fs::read(desk.centre.target("fr/games.1-2.delta.zst")).unwrap();
            let noise: Vec<u8> =
                (0..1_u32 << 17).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
            respeak(desk, &[&delta[..], &noise].concat());
        }),
        ("nobody speaks of it", &both[1..], |desk| {
            let targets = desk.centre.fields("fr")["targets"].as_object_mut().unwrap();
            targets.remove("fr/games.1-2.delta.zst");
            desk.centre.publish(&["fr"]);
        }),
    ];
    let (mut desk, server, _) = followed();
    copy_folder(&desk.path("state"), &desk.path("state-of-1"));
    desk.centre.put(LIST, 2, &names(MANY + 4));
    let (delta, list) = (fs::read(desk.centre.target(path)).unwrap(), desk.centre.target(TARGET));
    assert!(delta.len() < fs::metadata(list).unwrap().len() as usize);
    for (why, expected, spoil) in spoil {
        fs::remove_dir_all(desk.path("state")).unwrap();
        copy_folder(&desk.path("state-of-1"), &desk.path("state"));
        let mut updater = start(desk.config_at(&server.address()));
        spoil(&mut desk);
        server.forget();
        assert_eq!(look(&mut updater), format!("taken {}", MANY + 4), "{why}");
        assert_eq!(fetched(&server).0, expected, "{why}");
        assert!(is_blocked(&updater, "n20003.example"), "{why}");
        respeak(&mut desk, &delta);
    }
}

/// Publishes other octets as the delta from 1 to 2.
fn respeak(desk: &mut Desk, octets: &[u8]) {
    let custom = json!({ "rempart": { "delta_of": TARGET, "from": 1, "to": 2 } });
    desk.centre.add_target("fr", "fr/games.1-2.delta.zst", octets, custom);
    desk.centre.publish(&["fr"]);
}

#[test]
fn where_a_step_is_missing_the_whole_list_is_fetched() {
    let (mut desk, server, mut updater) = followed();
    for serial in 2..=4 {
        desk.centre.put(LIST, serial, &names(MANY + serial as usize));
    }
    desk.centre.fields("fr")["targets"].as_object_mut().unwrap().remove("fr/games.2-3.delta.zst");
    desk.centre.publish(&["fr"]);
    assert_eq!(look(&mut updater), format!("taken {}", MANY + 4));
    assert_eq!(fetched(&server).0, ["games.jsonl.zst"]);
}

#[test]
fn deltas_together_longer_than_the_list_are_not_fetched() {
    let (mut desk, server, mut updater) = followed();
    // Nearly all names come and go, so that each delta is nearly a list.
    let other = names(MANY).replace(".example", ".example.org");
    desk.centre.put(LIST, 2, &other);
    desk.centre.put(LIST, 3, &names(MANY + 3));
    assert_eq!(look(&mut updater), format!("taken {}", MANY + 3));
    assert_eq!(fetched(&server).0, ["games.jsonl.zst"]);
}

#[test]
fn without_a_state_directory_the_whole_list_is_fetched() {
    let (mut desk, server, _) = followed();
    let config = Config { state: None, ..desk.config_at(&server.address()) };
    let mut updater = start(config);
    assert_eq!(look(&mut updater), format!("taken {MANY}"));
    desk.centre.put(LIST, 2, &names(MANY + 1));
    server.forget();
    assert_eq!(look(&mut updater), format!("taken {}", MANY + 1));
    assert_eq!(fetched(&server).0, ["games.jsonl.zst"]);
}

/// A subscriber in whose list of many names deltas are put in force at once.
fn hasty() -> (Desk, Server, Updater) {
    let (desk, server, _) = followed();
    let mut updater =
        Updater::new(desk.config_at(&server.address()), Tools { amended_from: 10, ..tools() }).unwrap();
    updater.restore(now());
    visit_what_is_due(&mut updater, 1);
    (desk, server, updater)
}

/// The visits that are due, made.
fn visit_what_is_due(updater: &mut Updater, monotonic: u64) -> Vec<String> {
    let errands = updater.due(monotonic);
    errands.into_iter().map(|errand| told(updater.commit(errand.run(now())), "games")).collect()
}

#[test]
fn a_delta_is_in_force_before_its_list_is_built() {
    let (mut desk, server, mut updater) = hasty();
    server.forget();
    desk.centre.put(LIST, 2, &names(MANY + 10).replace("n00003.", "other."));
    assert_eq!(look(&mut updater), format!("amended {}", MANY + 10));
    assert_eq!(fetched(&server).0, ["games.1-2.delta.zst"]);
    assert!(is_blocked(&updater, "n20009.example") && !is_blocked(&updater, "n00003.example"));
    assert!(is_blocked(&updater, "other.example") && is_blocked(&updater, "n00002.example"));
    assert_eq!((serial(&updater), status(&updater).kept.len()), (2, 1));
    // One more delta comes before the list is built, which is due at once, whatever the next poll.
    desk.centre.put(LIST, 3, &names(MANY + 9));
    assert_eq!(look(&mut updater), format!("amended {}", MANY + 9));
    assert!(is_blocked(&updater, "n00003.example") && !is_blocked(&updater, "other.example"));
    assert_eq!(visit_what_is_due(&mut updater, 2), [format!("taken {}", MANY + 9)]);
    assert!(visit_what_is_due(&mut updater, 3).is_empty());
    assert_eq!((serial(&updater), status(&updater).kept.len()), (3, 2));
    // It is what a start finds.
    assert_eq!(serial(&start(desk.config_at(&server.address()))), 3);
    assert!(is_blocked(&updater, "n20008.example") && !is_blocked(&updater, "n20009.example"));
}

#[test]
fn a_promotion_is_in_force_before_its_list_is_built_and_is_a_leap_of_its_own() {
    let (mut desk, server, mut updater) = hasty();
    let staged = |updater: &Updater, name: &str| {
        let name = Name::from_text(name).unwrap();
        let suffixes = Suffixes::new(&Key::new(KEY), name.as_wire());
        let list = &updater.lists()[0];
        (list.staged, list.counts_staged, list.find_staged(&suffixes, now()).is_some())
    };
    let more = |mark: &str, count: usize| -> String {
        (0..count).map(|number| format!("s{number:05}.example{mark}\n")).collect()
    };
    desk.centre.put(LIST, 2, &(names(MANY) + &more(" staged", 5)));
    assert_eq!(look(&mut updater), format!("amended {MANY}"));
    assert_eq!(staged(&updater, "s00004.example"), (5, true, true));
    assert!(!is_blocked(&updater, "s00004.example"));
    server.forget();
    desk.centre.put(LIST, 3, &(names(MANY) + &more("", 4) + "s00004.example staged\n"));
    assert_eq!(look(&mut updater), format!("amended {}", MANY + 4));
    assert_eq!(fetched(&server).0, ["games.2-3.delta.zst"]);
    assert_eq!(staged(&updater, "s00004.example"), (1, true, true));
    assert!(!staged(&updater, "s00003.example").2 && is_blocked(&updater, "s00003.example"));
    assert!(!is_blocked(&updater, "s00004.example"));
    assert_eq!(visit_what_is_due(&mut updater, 2), [format!("taken {}", MANY + 4)]);
    // A start, from the index that was kept, and a rollback know what was staged.
    let mut updater = start(desk.config_at(&server.address()));
    assert_eq!(staged(&updater, "s00004.example"), (1, true, true));
    updater.roll_back("games", Some(1), now()).unwrap().unwrap();
    assert_eq!(staged(&updater, "s00004.example"), (0, false, false));
    assert!(!is_blocked(&updater, "s00003.example"));
    updater.release("games", now()).unwrap().unwrap();
    // To stage more names than a list may gain is no leap, since none of them is in force; to promote them is one.
    desk.centre.put(LIST, 4, &(names(MANY) + &more(" staged", 2 * MANY)));
    assert_eq!(look(&mut updater), format!("taken {MANY}"));
    desk.centre.put(LIST, 5, &(names(MANY) + &more("", 2 * MANY)));
    let told = look(&mut updater);
    assert!(told.contains("60000 names where there were 20000: more than 100 % would be added"), "{told}");
    assert!(!is_blocked(&updater, "s00001.example"));
}

#[test]
fn a_delta_that_leads_elsewhere_is_mended_when_the_list_is_built() {
    let (mut desk, server, mut updater) = hasty();
    desk.centre.put(LIST, 2, &names(MANY + 4));
    let delta = fs::read(desk.centre.target("fr/games.1-2.delta.zst")).unwrap();
    let text = String::from_utf8(zstd::decode_all(&*delta).unwrap()).unwrap();
    respeak(&mut desk, &pack(text.replace("n20003", "n20004").as_bytes()));
    assert_eq!(look(&mut updater), format!("amended {}", MANY + 4));
    assert!(is_blocked(&updater, "n20004.example"));
    server.forget();
    assert_eq!(visit_what_is_due(&mut updater, 2), [format!("taken {}", MANY + 4)]);
    assert_eq!(fetched(&server).0, ["games.1-2.delta.zst", "games.jsonl.zst"]);
    assert!(is_blocked(&updater, "n20003.example") && !is_blocked(&updater, "n20004.example"));
}

#[test]
fn what_a_list_may_not_do_a_delta_may_not() {
    let (mut desk, _server, mut updater) = hasty();
    // A public suffix, and a list of half the length.
    for (serial, list) in [(2, names(MANY) + "co.uk\n"), (3, names(MANY / 2))] {
        desk.centre.put(LIST, serial, &list);
        assert!(look(&mut updater).starts_with("refused: "), "{serial}");
        assert!(is_blocked(&updater, "n19999.example") && !is_blocked(&updater, "a.co.uk"));
    }
    assert!(visit_what_is_due(&mut updater, 2).is_empty());
}

#[test]
fn a_rollback_of_a_delta_leads_to_the_list_before_it() {
    let (mut desk, _server, mut updater) = hasty();
    desk.centre.put(LIST, 2, &names(MANY + 1));
    assert_eq!(look(&mut updater), format!("amended {}", MANY + 1));
    updater.roll_back("games", None, now()).unwrap().unwrap();
    assert_eq!(serial(&updater), 1);
    // What is held is not amended.
    assert!(visit_what_is_due(&mut updater, 2).is_empty());
    assert_eq!((look(&mut updater).as_str(), serial(&updater)), ("held back 2", 1));
}

#[test]
fn a_delta_that_comes_while_a_list_is_built_is_in_force_at_once() {
    let (mut desk, server, mut updater) = hasty();
    desk.centre.put(LIST, 2, &names(MANY + 1));
    assert_eq!(look(&mut updater), format!("amended {}", MANY + 1));
    let building = updater.due(2);
    assert_eq!(building.len(), 1);
    // Polls meanwhile leave it alone; a further delta is taken.
    assert_eq!(visit(&mut updater, Mode::Poll, now()), "");
    let built: Vec<_> = building.into_iter().map(|errand| errand.run(now())).collect();
    desk.centre.put(LIST, 3, &names(MANY + 2));
    assert_eq!(visit(&mut updater, Mode::Poll, now()), format!("amended {}", MANY + 2));
    for visited in built {
        assert_eq!(told(updater.commit(visited), "games"), "overtaken");
    }
    assert_eq!(serial(&updater), 3);
    // What was built is what the next one is built on.
    assert_eq!(serial(&start(desk.config_at(&server.address()))), 2);
    server.forget();
    assert_eq!(visit_what_is_due(&mut updater, 3), [format!("taken {}", MANY + 2)]);
    assert_eq!(fetched(&server).0, ["games.2-3.delta.zst"]);
    assert!(is_blocked(&updater, "n20001.example") && updater.due(4).is_empty());
}
