//! How old a list may grow: soon out of date, out of date, kept or withdrawn, and fresh again.

use rempart::update::{Lapsed, Standing};
use serde_json::json;

use super::*;

/// The repository's timestamp is out of date 24 hours after [`NOW`], the list's grace is two days, its warning six hours.
fn ageing(lapsed: Lapsed) -> (Desk, Updater, Arc<Metrics>) {
    let mut desk = Desk::new();
    desk.centre.fields("timestamp")["expires"] = json!("2026-06-02T00:00:00Z");
    desk.centre.publish(&[]);
    let mut config = desk.config();
    config.lists[0].terms = Terms { warn_hours: 6, grace_days: 2, lapsed, ..Terms::default() };
    let (mut updater, metrics) = start_counted(config);
    assert_eq!(look(&mut updater), "taken 10");
    (desk, updater, metrics)
}

/// Lets it become so many hours after [`NOW`]; gives how the list stands, and whether the set of lists changed.
fn observe(updater: &mut Updater, count: i64) -> (Standing, bool) {
    let changed = updater.observe(hours(count), count as u64 * 3600);
    (status(updater).standing, changed)
}

#[test]
fn a_list_ages_and_is_kept_or_withdrawn_and_fresh_again() {
    for (lapsed, last) in [(Lapsed::Keep, Standing::Kept), (Lapsed::Withdraw, Standing::Withdrawn)] {
        let (mut desk, mut updater, metrics) = ageing(lapsed);
        let withdrawn = last == Standing::Withdrawn;
        assert_eq!(observe(&mut updater, 0), (Standing::Fresh, false));
        assert_eq!(observe(&mut updater, 19), (Standing::Ageing, false));
        assert_eq!(observe(&mut updater, 24), (Standing::Stale, false));
        // The authority is reached and vouches for nothing newer: that is no reason to hope.
        let told = visit(&mut updater, Mode::Reload, hours(25));
        assert!(told.starts_with("refused: ") && told.contains("expired"), "{told}");
        assert_eq!(observe(&mut updater, 71), (Standing::Stale, false));
        assert!(is_blocked(&updater, "n00009.example"));
        assert_eq!(observe(&mut updater, 73), (last, withdrawn));
        assert_eq!(is_blocked(&updater, "n00009.example"), !withdrawn);
        // Withdrawn, it is an empty list, not a missing one: groups that name it stay as they are.
        assert_eq!((updater.lists().len(), updater.missing().len()), (1, 0));
        let text = String::from_utf8(metrics.render().unwrap()).unwrap();
        let line = format!("rempart_list_standing{{list=\"games\"}} {}\n", last as i64);
        assert!(text.contains(&line), "{text}");
        desk.centre.fields("timestamp")["expires"] = json!("2026-07-01T00:00:00Z");
        desk.centre.publish(&[]);
        assert_eq!(visit(&mut updater, Mode::Poll, hours(74)), "unchanged");
        assert_eq!(observe(&mut updater, 74), (Standing::Fresh, withdrawn));
        assert!(is_blocked(&updater, "n00009.example"));
    }
}

#[test]
fn a_start_knows_how_old_its_lists_are() {
    let (desk, updater, _) = ageing(Lapsed::Withdraw);
    drop(updater);
    desk.disconnect();
    let mut config = desk.config();
    config.lists[0].terms = Terms { grace_days: 2, lapsed: Lapsed::Withdraw, ..Terms::default() };
    let mut updater = start(config);
    // Weeks late by the clock, it has an hour left in which the authority can be reached.
    assert!(!updater.observe(hours(1_000), 10));
    assert_eq!(status(&updater).standing, Standing::Stale);
    assert!(is_blocked(&updater, "n00009.example"));
    assert!(!updater.observe(hours(1_000), 3_500));
    assert!(updater.observe(hours(1_001), 3_700));
    assert!(!is_blocked(&updater, "n00009.example"));
}

#[test]
fn a_list_whose_successor_is_refused_ages() {
    let (mut desk, mut updater, _) = ageing(Lapsed::Keep);
    desk.centre.fields("timestamp")["expires"] = json!("2026-07-01T00:00:00Z");
    desk.centre.put(LIST, 2, "google.com\n");
    assert!(visit(&mut updater, Mode::Poll, hours(1)).starts_with("refused: "));
    assert_eq!(status(&updater).expires, Some(hours(24)), "nobody vouches for serial 1 any more");
    assert_eq!(observe(&mut updater, 25).0, Standing::Stale);
    desk.centre.put(LIST, 3, &names(11));
    assert_eq!(visit(&mut updater, Mode::Poll, hours(26)), "taken 11");
    assert_eq!(observe(&mut updater, 27).0, Standing::Fresh);
}
