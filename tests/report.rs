//! The transparency report of a year that was made up: each figure against a naive count, and the page against a strict
//! reader.
//!
//! `REMPART_REPORT=FOLDER` keeps the pages there, to be looked at.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use rempart::report::{Appeal, Decision, Draft, End, Error, Outcome, Period, Release, Report, Settings};
use serde_json::Value;

use crate::simulation::Chance;

const LISTS: [(&str, &str, usize); 3] = [
    ("fr/nudification", "nudification", 60),
    ("fr/gambling", "unlicensed gambling", 30),
    ("fr/trial", "nudification", 10),
];
const CATEGORIES: [(&str, usize); 5] = [
    ("nudification", 55),
    ("unlicensed gambling", 25),
    ("payment fraud", 14),
    ("counterfeit medicines", 5),
    ("other fraud", 1),
];
const BASES: [(&str, usize); 4] = [
    ("Order of the court of Paris", 15),
    ("Law 2024-449, article 24", 60),
    ("Law 2010-476, article 61", 23),
    ("Decree 2026-12, article 3", 2),
];
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn pick<'a>(chance: &mut Chance, of: &'a [(&'a str, usize)]) -> &'a str {
    let mut drawn = chance.below(of.iter().map(|(_, weight)| weight).sum());
    for (word, weight) in of {
        if drawn < *weight {
            return word;
        }
        drawn -= weight;
    }
    unreachable!()
}

fn at(moment: &str) -> Timestamp {
    moment.parse().unwrap()
}

/// A time from now, around so many seconds, in a few cases very much longer.
fn after(chance: &mut Chance, moment: Timestamp, about: i64) -> Timestamp {
    let length = about / 4 + (chance.number() % (about as u64 * 3 / 2)) as i64;
    let length = if chance.percent(4) { length * 9 } else { length };
    moment + SignedDuration::from_secs(length)
}

/// Decisions of two years around 2026.
fn decisions(chance: &mut Chance, count: usize) -> Vec<Decision> {
    (0..count).map(|_| decision(chance)).collect()
}

fn decision(chance: &mut Chance) -> Decision {
    let proposed =
        at("2025-06-01T00:00:00Z") + SignedDuration::from_secs(chance.below(570 * DAY as usize) as i64);
    let weights: Vec<(&str, usize)> = LISTS.iter().map(|(list, _, weight)| (*list, *weight)).collect();
    let urgent = chance.percent(8);
    let mut decision = Decision {
        list: pick(chance, &weights).into(),
        category: pick(chance, &CATEGORIES).into(),
        basis: pick(chance, &BASES).into(),
        jurisdiction: "FR".into(),
        proposed,
        approved: None,
        in_effect: None,
        ended: None,
        out_of_effect: None,
        appeals: Vec::new(),
        overridden: chance.percent(2),
        urgent,
    };
    let decided = after(chance, proposed, if urgent { 5 * HOUR } else { 3 * DAY });
    match chance.below(100) {
        0..7 => {
            decision.ended = Some((decided, End::Rejected));
            return decision;
        }
        7..9 => return decision,
        9..11 => {
            decision.ended = Some((proposed + SignedDuration::from_secs(30 * DAY), End::Expired));
            return decision;
        }
        _ => {}
    }
    decision.approved = Some(decided);
    let effect = after(chance, decided, 40 * 60);
    decision.in_effect = Some(effect);
    if chance.percent(9) {
        let received = after(chance, effect, 30 * DAY);
        let due = received + SignedDuration::from_secs(10 * DAY);
        let end = (chance.percent(92)).then(|| (after(chance, received, 5 * DAY), chance.percent(45)));
        decision.appeals.push(Appeal { received, due, decided: end });
        if let Some((moment, true)) = end {
            decision.ended = Some((moment, End::RemovedOnAppeal));
            decision.out_of_effect = Some(after(chance, moment, 30 * 60));
            return decision;
        }
    }
    if chance.percent(30) {
        let end = after(chance, effect, 120 * DAY);
        let kind = if chance.percent(60) { End::Removed } else { End::Expired };
        decision.ended = Some((end, kind));
        decision.out_of_effect = Some(after(chance, end, 30 * 60));
    }
    decision
}

/// Releases of each list, every other day.
fn releases(decisions: &[Decision]) -> Vec<Release> {
    let mut releases = Vec::new();
    for (list, ..) in LISTS {
        let mut before = 0;
        for serial in 1..330 {
            let time = at("2025-06-01T00:00:00Z") + SignedDuration::from_secs(serial * 2 * DAY);
            let in_it = |decision: &&Decision| {
                decision.list == list
                    && decision.in_effect.is_some_and(|effect| effect <= time)
                    && decision.out_of_effect.is_none_or(|end| end > time)
            };
            let rules = decisions.iter().filter(in_it).count() as u64;
            let (added, removed) = (rules.saturating_sub(before), before.saturating_sub(rules));
            releases.push(Release { time, list: list.into(), serial: serial as u64, rules, added, removed });
            before = rules;
        }
    }
    releases
}

/// What three resolvers export, of which one is small.
fn files(chance: &mut Chance) -> Vec<(String, String)> {
    let export = |number: usize, size: usize, epsilon: Value, chance: &mut Chance| {
        let months: Vec<Value> = (number * 2 + 1..=12)
            .map(|month| {
                let next = if month == 12 { "2027-01".into() } else { format!("2026-{:02}", month + 1) };
                let lists: Vec<Value> = LISTS
                    .iter()
                    .map(|(list, category, weight)| {
                        let blocked = size * weight * (20 + month) / 100 + chance.below(1 + size / 4);
                        let blocked: Value =
                            if blocked < 10 { "fewer than 10".into() } else { blocked.into() };
                        serde_json::json!({ "list": list, "category": category, "blocked": blocked })
                    })
                    .collect();
                serde_json::json!({
                    "from": format!("2026-{month:02}-01T00:00:00Z"), "to": format!("{next}-01T00:00:00Z"),
                    "threshold": 10, "epsilon": epsilon, "lists": lists,
                })
            })
            .collect();
        let file = serde_json::json!({
            "format": "rempart-statistics/1", "resolver": format!("{number:032x}"),
            "counting_since": "2027-01-01T00:00:00Z", "months": months,
        });
        (format!("resolver-{number}.json"), file.to_string())
    };
    vec![
        export(0, 4_000, Value::Null, chance),
        export(1, 900, 0.5.into(), chance),
        export(2, 3, 0.5.into(), chance),
    ]
}

fn report(
    period: Period,
    settings: Settings,
    decisions: impl IntoIterator<Item = Decision>,
    releases: impl IntoIterator<Item = Release>,
    files: impl IntoIterator<Item = (String, String)>,
) -> Result<Report, Error> {
    let mut draft = Draft::new(period, settings)?;
    decisions.into_iter().for_each(|decision| draft.add(decision));
    draft.finish(releases, files)
}

fn settings(decisions_below: Option<u64>) -> Settings {
    Settings {
        authority: "Authority of the Playground".into(),
        made: at("2027-01-12T09:00:00Z"),
        decisions_below,
        enforcement_below: 10,
    }
}

fn keep(name: &str, report: &Report) {
    if let Some(folder) = std::env::var_os("REMPART_REPORT") {
        let path = Path::new(&folder);
        fs::write(path.join(format!("{name}.html")), report.to_html()).unwrap();
        fs::write(path.join(format!("{name}.csv")), report.to_csv()).unwrap();
        fs::write(path.join(format!("{name}.json")), report.to_json()).unwrap();
    }
}

#[test]
fn each_figure_of_a_made_up_year_is_that_of_a_naive_count() {
    let mut chance = Chance::new(2026);
    let all = decisions(&mut chance, 6_000);
    let (releases, files) = (releases(&all), files(&mut chance));
    let period: Period = "2026".parse().unwrap();
    let report = report(period, settings(None), all.clone(), releases.clone(), files.clone()).unwrap();
    keep("exact", &report);
    let told: Value = serde_json::from_str(&report.to_json()).unwrap();
    check_tables(&told, &all, &period);
    check_times(&told, &all, &period);
    check_sizes(&told, &releases);
    check_enforcement(&told, &files);
    check_csv(&report.to_csv(), &told);
    check_page(&report.to_html());
}

/// By the definition in the report's own words.
fn naive_outcome(decision: &Decision) -> Option<Outcome> {
    let (from, to) = (at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"));
    let has_ended = decision.ended.is_some_and(|(moment, _)| moment < to);
    let is_approved = decision.approved.is_some_and(|moment| moment < to);
    if decision.proposed >= to {
        None
    } else if !has_ended && !is_approved {
        Some(Outcome::Pending)
    } else if !has_ended {
        (decision.approved.unwrap() >= from).then_some(Outcome::Listed)
    } else {
        let (moment, end) = decision.ended.unwrap();
        (moment >= from).then_some(match end {
            End::Rejected => Outcome::Rejected,
            End::Expired => Outcome::Expired,
            End::Removed => Outcome::Removed,
            End::RemovedOnAppeal => Outcome::RemovedOnAppeal,
        })
    }
}

fn check_tables(told: &Value, all: &[Decision], period: &Period) {
    let mut expected: BTreeMap<(&str, &str, usize), u64> = BTreeMap::new();
    for decision in all {
        assert_eq!(decision.outcome(period), naive_outcome(decision));
        let Some(outcome) = naive_outcome(decision) else { continue };
        let column = Outcome::ALL.iter().position(|other| *other == outcome).unwrap();
        *expected.entry(("by_category", &decision.category, column)).or_default() += 1;
        *expected.entry(("by_basis", &decision.basis, column)).or_default() += 1;
    }
    let mut seen = 0;
    for table in ["by_category", "by_basis"] {
        for row in told["decisions"][table].as_array().unwrap() {
            let label = row["label"].as_str().unwrap();
            let figures = row["outcomes"].as_array().unwrap().iter().map(|figure| figure.as_u64().unwrap());
            for (column, figure) in figures.clone().enumerate() {
                assert_eq!(figure, expected.get(&(table, label, column)).copied().unwrap_or(0), "{label}");
                seen += usize::from(figure > 0);
            }
            assert_eq!(row["total"], figures.sum::<u64>());
        }
    }
    assert_eq!(seen, expected.len());
    let handled = all.iter().filter(|decision| naive_outcome(decision).is_some()).count();
    assert_eq!(told["decisions"]["totals"]["total"], handled);
    let inside =
        |moment: Timestamp| at("2026-01-01T00:00:00Z") <= moment && moment < at("2027-01-01T00:00:00Z");
    let count = |test: &dyn Fn(&Decision) -> bool| all.iter().filter(|decision| test(decision)).count();
    let appeals = || all.iter().flat_map(|decision| &decision.appeals);
    let end = at("2027-01-01T00:00:00Z");
    let decided = |appeal: &&Appeal| appeal.decided.is_some_and(|(moment, _)| inside(moment));
    let open =
        |appeal: &&Appeal| appeal.received < end && appeal.decided.is_none_or(|(moment, _)| moment >= end);
    for (key, expected) in [
        ("proposed", count(&|one| inside(one.proposed))),
        ("proposed_as_urgent", count(&|one| inside(one.proposed) && one.urgent)),
        ("approved", count(&|one| one.approved.is_some_and(inside))),
        ("approved_with_override", count(&|one| one.approved.is_some_and(inside) && one.overridden)),
        (
            "in_force",
            count(&|one| {
                one.approved.is_some_and(|it| it < end) && one.ended.is_none_or(|(it, _)| it >= end)
            }),
        ),
        ("appeals_received", appeals().filter(|appeal| inside(appeal.received)).count()),
        ("appeals_decided", appeals().filter(decided).count()),
        ("appeals_upheld", appeals().filter(decided).filter(|one| one.decided.unwrap().1).count()),
        (
            "appeals_decided_late",
            appeals().filter(decided).filter(|one| one.decided.unwrap().0 > one.due).count(),
        ),
        ("appeals_open", appeals().filter(open).count()),
        ("appeals_overdue", appeals().filter(open).filter(|one| one.due < end).count()),
    ] {
        assert_eq!(told["singles"][key], expected, "{key}");
        assert!(expected > 0, "{key} occurs");
    }
}

fn check_times(told: &Value, all: &[Decision], period: &Period) {
    let appeals = |decision: &Decision| decision.appeals.first().copied();
    type Ends = Option<(Option<Timestamp>, Option<Timestamp>)>;
    type OfOne<'a> = &'a dyn Fn(&Decision) -> Ends;
    let removed = |decision: &Decision, kind: End| {
        decision.ended.filter(|(_, end)| *end == kind && decision.in_effect.is_some())
    };
    let of: [(&str, OfOne<'_>); 7] = [
        ("proposal_to_approval", &|one| Some((Some(one.proposed), one.approved))),
        ("proposal_to_effect", &|one| Some((Some(one.proposed), one.in_effect))),
        ("urgent_proposal_to_effect", &|one| one.urgent.then_some((Some(one.proposed), one.in_effect))),
        ("approval_to_effect", &|one| Some((one.approved, one.in_effect))),
        ("appeal_to_decision", &|one| appeals(one).map(|it| (Some(it.received), it.decided.map(|it| it.0)))),
        ("appeal_to_removal", &|one| {
            removed(one, End::RemovedOnAppeal)
                .map(|_| (appeals(one).map(|it| it.received), one.out_of_effect))
        }),
        ("stay_until_removal", &|one| removed(one, End::Removed).map(|_| (one.in_effect, one.out_of_effect))),
    ];
    for (key, ends) in of {
        let ended = all.iter().filter_map(ends).filter_map(|(from, to)| Some((from?, to?)));
        let ended = ended.filter(|(_, to)| period.holds(*to));
        let mut seconds: Vec<i64> = ended.map(|(from, to)| to.as_second() - from.as_second()).collect();
        seconds.sort();
        let times = told["times"].as_array().unwrap().iter().find(|times| times["measure"] == key).unwrap();
        let count = seconds.len();
        assert!(count > 20, "{key}: {count}");
        assert_eq!(times["count"], count, "{key}");
        // As many as half, and nine tenths, are as short.
        for (what, share) in [("median", 0.5), ("ninetieth", 0.9), ("longest", 1.0)] {
            let value = times[what].as_i64().unwrap();
            let as_short = seconds.iter().filter(|other| **other <= value).count() as f64;
            let shorter = seconds.iter().filter(|other| **other < value).count() as f64;
            assert!(as_short >= share * count as f64 && shorter < share * count as f64, "{key} {what}");
        }
    }
}

fn check_sizes(told: &Value, releases: &[Release]) {
    for size in told["sizes"]["lists"].as_array().unwrap() {
        let of_list: Vec<&Release> =
            releases.iter().filter(|release| release.list == size["list"].as_str().unwrap()).collect();
        for (index, day) in told["sizes"]["parts"].as_array().unwrap().iter().enumerate() {
            let end = at(&format!("{}T23:59:59Z", day.as_str().unwrap()));
            let last = of_list.iter().rev().find(|release| release.time <= end).unwrap();
            assert_eq!(size["rules"][index], last.rules);
            let month = &day.as_str().unwrap()[..7];
            let inside = of_list.iter().filter(|release| release.time.to_string().starts_with(month));
            assert_eq!(size["added"][index], inside.map(|release| release.added).sum::<u64>());
        }
    }
}

fn check_enforcement(told: &Value, files: &[(String, String)]) {
    let mut expected: BTreeMap<(String, usize), (u64, u64)> = BTreeMap::new();
    for (_, text) in files {
        let file: Value = serde_json::from_str(text).unwrap();
        for month in file["months"].as_array().unwrap() {
            let index: usize = month["from"].as_str().unwrap()[5..7].parse().unwrap();
            for list in month["lists"].as_array().unwrap() {
                let key = (list["list"].as_str().unwrap().to_owned(), index - 1);
                let (sum, few) = expected.entry(key).or_default();
                match list["blocked"].as_u64() {
                    Some(blocked) => *sum += blocked,
                    None => *few += 1,
                }
            }
        }
    }
    let mut few_in_all = 0;
    for series in told["enforcement"]["by_list"].as_array().unwrap() {
        for (index, cell) in series["cells"].as_array().unwrap().iter().enumerate() {
            let (sum, few) = expected[&(series["list"].as_str().unwrap().to_owned(), index)];
            assert_eq!(cell["blocked"].as_u64().unwrap_or(0), sum);
            assert_eq!(cell["resolvers_withholding"], few);
            few_in_all += few;
        }
    }
    assert!(few_in_all > 0);
    let sum = |key: &str| -> u64 {
        let series = told["enforcement"][key].as_array().unwrap().iter();
        series.map(|series| series["total"].as_u64().unwrap()).sum()
    };
    assert_eq!(sum("by_list"), expected.values().map(|(sum, _)| sum).sum::<u64>());
    assert_eq!(sum("by_category"), sum("by_list"));
}

fn check_csv(csv: &str, told: &Value) {
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines.last(), Some(&""));
    let total = told["decisions"]["totals"]["total"].as_u64().unwrap();
    assert!(lines.contains(&format!("decisions,,,,all,,decisions,{total},decisions,").as_str()));
    let row = &told["decisions"]["by_basis"][1];
    let (label, listed) = (row["label"].as_str().unwrap(), row["outcomes"][1].as_u64().unwrap());
    let line = format!("decisions by basis,,,\"{label}\",listed,,decisions,{listed},decisions,");
    assert!(lines.contains(&line.as_str()), "{line}");
}

/// Reads a page strictly: every element is closed in its order, every attribute is quoted, and every figure of the tables
/// can be had.
fn check_page(page: &str) {
    const VOID: [&str; 2] = ["meta", "!DOCTYPE"];
    let mut open: Vec<&str> = Vec::new();
    let mut ids = HashSet::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        assert!(!text.contains('>') || open.last() == Some(&"style"), "{text}");
        let end = start + rest[start..].find('>').expect("an end of the tag");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "before {}", &rest[..rest.len().min(80)]);
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert_eq!(attributes.matches('"').count() % 2, 0, "{tag}");
        for forbidden in ["script", "img", "link", "iframe", "object", "form", "a"] {
            assert_ne!(name, forbidden);
        }
        let attribute = |wanted: &str| {
            let (_, value) = attributes.split_once(&format!("{wanted}=\""))?;
            Some(value.split('"').next().unwrap())
        };
        // Between what is quoted stand names.
        let is_bad = |name: &str| name.trim() == "style=" || name.trim().starts_with("on");
        assert!(!attributes.split('"').step_by(2).any(is_bad), "{tag}");
        if let Some(id) = attribute("id") {
            assert!(ids.insert(id), "{id} twice");
        }
        if let Some(wanted) = attribute("aria-labelledby") {
            assert!(page.contains(&format!("id=\"{wanted}\"")), "{wanted}");
        }
        if name == "svg" {
            assert!(attribute("aria-label").is_some() || attribute("aria-hidden").is_some(), "{tag}");
        }
        if name == "th" {
            assert!(attribute("scope").is_some(), "{tag}");
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert_eq!(open, [""; 0]);
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("url("));
}

#[test]
fn what_somebody_else_wrote_stays_text() {
    let hostile = "</style><script>alert(1)</script>\"'><img src=x onerror=y>\u{202e}\u{7}";
    let decision = Decision {
        list: format!("a{hostile}"),
        category: format!("=b{hostile}"),
        basis: format!("c,\r\n\"{hostile}"),
        ..decision(&mut Chance::new(1))
    };
    let release = Release {
        time: at("2026-01-01T00:00:00Z"),
        list: hostile.into(),
        serial: u64::MAX,
        rules: u64::MAX,
        added: u64::MAX,
        removed: u64::MAX,
    };
    let authority = Settings { authority: hostile.into(), ..settings(None) };
    let releases = [release.clone(), Release { list: format!("2{hostile}"), ..release.clone() }, release];
    let period = "2025-05-01/2027-05-01".parse().unwrap();
    let report = report(period, authority, [decision], releases, []).unwrap();
    let page = report.to_html();
    check_page(&page);
    assert!(page.contains("&lt;script&gt;alert(1)"), "it is shown as text");
    assert!(serde_json::from_str::<Value>(&report.to_json()).is_ok());
    let csv = report.to_csv();
    assert!(csv.contains(",\"'=b") && csv.contains("\"c,\r\n\"\"") && !csv.contains("\"=b"), "{csv}");
}

#[test]
fn a_report_of_nothing_is_a_page() {
    let report = report("2026-02".parse().unwrap(), settings(Some(10)), [], [], []).unwrap();
    check_page(&report.to_html());
    assert!(report.to_html().contains("There were none."));
    assert!(report.to_csv().starts_with("section,list,"));
}

#[test]
fn with_a_threshold_nothing_small_is_anywhere() {
    let mut chance = Chance::new(77);
    let all = decisions(&mut chance, 900);
    let (releases, files) = (releases(&all), files(&mut chance));
    let report = report("2026".parse().unwrap(), settings(Some(10)), all, releases, files).unwrap();
    keep("withheld", &report);
    check_page(&report.to_html());
    let told: Value = serde_json::from_str(&report.to_json()).unwrap();
    let mut withheld = 0;
    let mut check = |figure: &Value| match figure.as_u64() {
        Some(number) => assert!(number == 0 || number >= 10, "{number}"),
        None => withheld += 1,
    };
    for table in ["by_category", "by_basis"] {
        for row in told["decisions"][table].as_array().unwrap() {
            row["outcomes"].as_array().unwrap().iter().for_each(&mut check);
            check(&row["total"]);
        }
    }
    told["singles"].as_object().unwrap().values().for_each(&mut check);
    told["times"].as_array().unwrap().iter().for_each(|times| check(&times["count"]));
    assert!(withheld > 10);
    for line in
        report.to_csv().lines().filter(|line| line.starts_with("decisions") || line.starts_with("figures"))
    {
        let cells: Vec<&str> = line.rsplitn(4, ',').collect();
        let (note, value) = (cells[0], cells[2]);
        assert_eq!(note == "withheld", value.is_empty(), "{line}");
    }
}

#[test]
fn a_great_many_decisions_are_taken_in_one_pass() {
    let mut chance = Chance::new(5);
    let many = (0..200_000).map(|_| decision(&mut chance));
    let report = report("2026".parse().unwrap(), settings(None), many, [], []).unwrap();
    assert!(report.decisions.totals.total.shown().unwrap() > 100_000);
}
