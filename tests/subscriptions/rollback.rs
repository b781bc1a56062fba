//! What an operator turns back, and what comes of work that something else overtook.

use super::*;

/// Serials 1 to 3 were taken, of 11, 12 and 13 names.
fn three() -> (Desk, Updater) {
    let mut desk = Desk::new();
    desk.centre.forget(LIST);
    let mut updater = desk.start();
    for serial in 1..=3 {
        desk.centre.put(LIST, serial, &names(10 + serial as usize));
        assert_eq!(look(&mut updater), format!("taken {}", 10 + serial));
    }
    (desk, updater)
}

fn roll_back(updater: &mut Updater, to: Option<u64>) -> Result<u64, String> {
    updater.roll_back("games", to, now()).unwrap().map_err(|error| error.to_string())?;
    Ok(serial(updater))
}

fn release(updater: &mut Updater) -> u64 {
    updater.release("games", now()).unwrap().unwrap();
    serial(updater)
}

#[test]
fn a_rollback_holds_until_it_is_released() {
    let (mut desk, mut updater) = three();
    assert_eq!(roll_back(&mut updater, None), Ok(2));
    assert!(!is_blocked(&updater, "n00012.example") && is_blocked(&updater, "n00011.example"));
    assert!(status(&updater).held);
    assert_eq!(roll_back(&mut updater, None), Ok(1), "one further");
    let told = roll_back(&mut updater, None).unwrap_err();
    assert_eq!(told, "no generation before the present one of it is kept; serials that are kept: 3, 2, 1");
    assert!(roll_back(&mut updater, Some(9)).unwrap_err().contains("no generation 9 of it is kept"));
    assert_eq!(roll_back(&mut updater, Some(2)), Ok(2));
    assert_eq!(look(&mut updater), "unchanged");
    // It holds over a restart, without network too, and while a new generation arrives, which is verified and kept.
    let mut updater = desk.start();
    assert_eq!((serial(&updater), status(&updater).held), (2, true));
    desk.centre.put(LIST, 4, &names(14));
    assert_eq!(look(&mut updater), "held back 4");
    assert_eq!((serial(&updater), look(&mut updater)), (2, "unchanged".into()));
    desk.disconnect();
    let (mut updater, metrics) = start_counted(desk.config());
    assert_eq!((serial(&updater), status(&updater).held), (2, true));
    let text = String::from_utf8(metrics.render().unwrap()).unwrap();
    assert!(text.contains("rempart_list_held{list=\"games\"} 1\n"), "{text}");
    // Released, the newest is in force, without network.
    assert_eq!(release(&mut updater), 4);
    assert!(!status(&updater).held && is_blocked(&updater, "n00013.example"));
    assert_eq!(release(&mut updater), 4, "nothing to release");
    assert_eq!(serial(&desk.start()), 4);
}

#[test]
fn what_is_held_stays_however_much_is_published() {
    let (mut desk, mut updater) = three();
    assert_eq!(roll_back(&mut updater, Some(1)), Ok(1));
    for serial in 4..=10 {
        desk.centre.put(LIST, serial, &names(10 + serial as usize));
        assert_eq!(look(&mut updater), format!("held back {serial}"));
    }
    let mut updater = desk.start();
    assert_eq!(serial(&updater), 1);
    let kept: Vec<u64> = status(&updater).kept.iter().map(|kept| kept.serial.unwrap()).collect();
    assert_eq!(kept, [10, 9, 8, 7, 6, 1]);
    assert_eq!(release(&mut updater), 10);
}

#[test]
fn a_release_passes_over_what_is_damaged() {
    let (desk, mut updater) = three();
    assert_eq!(roll_back(&mut updater, Some(1)), Ok(1));
    std::fs::write(desk.path("state/lists/games/3.list"), "damaged").unwrap();
    assert_eq!(release(&mut updater), 2);
    assert_eq!((look(&mut updater), serial(&updater)), ("taken 13".into(), 3));
}

#[test]
fn nobody_knows_a_list_that_is_not_configured() {
    let (_desk, mut updater) = three();
    assert!(updater.roll_back("mistyped", None, now()).is_none());
    assert!(updater.release("mistyped", now()).is_none());
    assert!(updater.errand("mistyped", Mode::Poll).is_none());
}

#[test]
fn a_visit_that_was_overtaken_changes_nothing() {
    let (mut desk, mut updater) = three();
    desk.centre.put(LIST, 4, &names(14));
    let visited = |updater: &Updater| updater.errand("centre", Mode::Poll).unwrap().run(now());
    // By a rollback.
    let late = visited(&updater);
    assert_eq!(roll_back(&mut updater, Some(1)), Ok(1));
    assert_eq!(told(updater.commit(late), "games"), "overtaken");
    assert_eq!((serial(&updater), status(&updater).held), (1, true));
    assert_eq!(release(&mut updater), 4, "what it had verified is kept all the same");
    // By a configuration.
    desk.centre.put(LIST, 5, &names(15));
    let late = visited(&updater);
    updater.configure(desk.config()).unwrap();
    assert_eq!(told(updater.commit(late), "games"), "overtaken");
    assert_eq!((serial(&updater), look(&mut updater)), (4, "taken 15".into()));
    // By one that has the list no more.
    desk.centre.put(LIST, 6, &names(16));
    let late = visited(&updater);
    let mut config = desk.config();
    config.lists.clear();
    updater.configure(config).unwrap();
    assert_eq!(told(updater.commit(late), "games"), "overtaken");
    assert!(updater.lists().is_empty());
    // By another visit.
    updater.configure(desk.config()).unwrap();
    updater.restore(now());
    let (one, other) = (visited(&updater), visited(&updater));
    let first = told(updater.commit(one), "games");
    assert!(["taken 16", "unchanged"].contains(&&*first), "{first}");
    assert_eq!(told(updater.commit(other), "games"), "overtaken");
    assert_eq!(serial(&updater), 6);
}
