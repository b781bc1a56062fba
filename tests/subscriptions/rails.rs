//! What no list may block, and how much one may change at once.

use serde_json::Value;

use super::*;

/// One holder alone may sign for the delegate.
fn lower_threshold(desk: &mut Desk) {
    let roles = &mut desk.centre.fields("targets")["delegations"]["roles"];
    roles[0]["threshold"] = Value::from(1);
    desk.centre.publish(&["targets"]);
}

#[test]
fn a_list_that_blocks_what_it_must_not_is_refused_by_rule_and_name() {
    let mut desk = Desk::new();
    let mut updater = desk.start();
    look(&mut updater);
    for (serial, name, why) in [
        (2, "bing.com", "search: Search engines"),
        (3, "co.uk", "public suffix"),
        (4, "github.io", "platform"),
        (5, "com", "top-level domain"),
    ] {
        desk.centre.put(LIST, serial, &format!("{}{name}\n", names(10)));
        let told = look(&mut updater);
        assert!(told.starts_with("refused: ") && told.contains(name) && told.contains(why), "{told}");
        assert!(status(&updater).failure.unwrap().contains(name));
        assert!(!is_blocked(&updater, name) && is_blocked(&updater, "n00009.example"));
    }
    assert_eq!(serial(&updater), 1);
    desk.centre.put(LIST, 6, &names(11));
    assert_eq!(look(&mut updater), "taken 11");
    // Whoever switches the guard off answers for it.
    desk.centre.put(LIST, 7, "google.com\n");
    let mut config = desk.config();
    config.lists[0].terms.guard = false;
    config.lists[0].terms.largest_loss = 100;
    updater.configure(config).unwrap();
    assert_eq!(look(&mut updater), "taken 1");
}

#[test]
fn two_people_override_a_rail_and_it_shows() {
    let mut desk = Desk::new();
    lower_threshold(&mut desk);
    let mut updater = desk.start();
    look(&mut updater);
    let list = format!("{}github.io court order 7\n", names(10));
    desk.centre.let_sign("fr", 1);
    desk.centre.put(LIST, 2, &list);
    let told = look(&mut updater);
    assert!(told.starts_with("refused: ") && told.contains("two people"), "{told}");
    desk.centre.let_sign("fr", 2);
    desk.centre.put(LIST, 3, &list);
    assert_eq!(look(&mut updater), "taken 11, but 1 rules override a guard rail");
    assert_eq!(status(&updater).overridden, 1);
    // After a restart too; what nobody may override, two people may not.
    let (mut updater, metrics) = start_counted(desk.config());
    assert_eq!(status(&updater).overridden, 1);
    let text = String::from_utf8(metrics.render().unwrap()).unwrap();
    assert!(text.contains("rempart_list_overridden_rules{list=\"games\"} 1\n"), "{text}");
    desk.centre.put(LIST, 4, &format!("{}co.uk court order 8\n", names(10)));
    assert!(look(&mut updater).contains("co.uk"));
    desk.centre.put(LIST, 5, &names(12));
    assert_eq!((look(&mut updater), status(&updater).overridden), ("taken 12".into(), 0));
}

#[test]
fn a_leap_is_refused_unless_somebody_accepts_it() {
    let mut desk = Desk::new();
    desk.centre.put(LIST, 2, &names(1_000));
    let mut updater = desk.start();
    assert_eq!(look(&mut updater), "taken 1000");
    for (serial, count, message) in [
        (3, 799, "799 names where there were 1000: more than 20 % would be lost"),
        (4, 2_001, "2001 names where there were 1000: more than 100 % would be added"),
        (5, 0, "no rule"),
    ] {
        desk.centre.put(LIST, serial, &names(count));
        let told = look(&mut updater);
        assert!(told.starts_with("refused: ") && told.contains(message), "{told}");
        if count > 0 {
            assert!(told.contains("if that is meant, run `rempart update now --accept-loss`"), "{told}");
        }
        assert!(is_blocked(&updater, "n00999.example"));
        // Whoever only polls does not try the same again, and a start knows what came before.
        assert_eq!(visit(&mut updater, Mode::Poll, hours(2)), "");
        assert!(look(&mut desk.start()).contains(message));
    }
    assert_eq!(visit(&mut updater, Mode::AcceptLoss, now()), "taken 0");
    assert!(!is_blocked(&updater, "n00000.example"));
    // What is accepted for size is still judged by what it blocks.
    desk.centre.put(LIST, 6, "google.com\n");
    assert!(visit(&mut updater, Mode::AcceptLoss, now()).contains("google.com"));
    desk.centre.put(LIST, 7, &names(5));
    assert_eq!(look(&mut updater), "taken 5");
}
