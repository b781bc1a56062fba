//! Rules that are not in force yet: what clients get, what resolvers of the share count, and the promotion.

use std::fs;
use std::path::Path;

use rempart::blocklist::{Key, Share};

use super::ask::{kdig, shows};
use super::inside::{inside, wait};
use super::program::{Rempart, SERVER, command, http, replace, text};
use super::world::World;

const NEEDS: &[&str] = &["ip", "unshare", "knotd", "keymgr", "kdig"];
const LIST: &str = "xx/staged";
const STAGED: &str = "rempart_listed_queries_total{list=\"national\",verdict=\"staged\"}";
const BLOCKED: &str = "rempart_listed_queries_total{list=\"national\",verdict=\"blocked\"}";
/// Where the second resolver listens, and is asked for its counters.
const OTHER: &str = "127.0.0.1 -p 5353";
const OTHER_ADMIN: &str = "127.0.0.1:9452";

/// A generation with the share, of one rule in force and two that are staged, or not any more.
fn generation(serial: u64, share: u8, staged: bool) -> String {
    let mark = if staged { ",\"staged\":true" } else { "" };
    format!(
        "{{\"list\":\"{LIST}\",\"serial\":{serial},\"jurisdiction\":\"XX\",\"category\":\"test\",\
         \"authority\":\"Authority\",\"legal_basis\":\"Act 1\",\"appeal\":\"mailto:a@b.example\",\
         \"shadow\":{share},\"issued\":\"2026-01-01T00:00:00Z\",\"expires\":\"2090-01-01T00:00:00Z\"}}\n\
         {{\"name\":\"n1.listed.example\",\"ref\":\"1\"}}\n\
         {{\"name\":\"undress.example\",\"ref\":\"2\"{mark}}}\n\
         {{\"name\":\"later.unsigned.example\",\"scope\":\"host\",\"ref\":\"3\"{mark}}}\n"
    )
}

/// The configuration of a resolver whose secret is of the share, or not.
fn configuration(directory: &Path, world: &World, server: &str, is_of_share: bool) -> String {
    let state = directory.join(format!("state-{is_of_share}"));
    let mut secrets = (0_u8..).map(|number| [number; 16]);
    let half = Share::new(50).unwrap();
    let secret = secrets.find(|secret| half.has(&Key::new(*secret), LIST) == is_of_share).unwrap();
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("index-key"), secret).unwrap();
    format!(
        "{server}{}[update]\nwatch = 0\nstate = \"{}\"\n[[update.lists]]\nname = \"national\"\nsource = \"{}\"\n",
        world.resolver(),
        state.display(),
        directory.join("list").display()
    )
}

/// A counter of the second resolver.
fn of_other(name: &str) -> f64 {
    let all = http(OTHER_ADMIN, "/metrics", "localhost", "").unwrap();
    let value = all.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    value.unwrap_or_else(|| panic!("no {name}")).trim().parse().unwrap()
}

/// By a resolver within the share, and by one outside of it.
fn an_operator_is_told(directory: &Path, rempart: &Rempart, elsewhere: &Path) {
    let told = text(&rempart.command(&["status"]));
    assert!(told.contains("50 % of resolvers count what they would block, this one counts\n"), "{told}");
    let of_name = |name: &str| text(&rempart.command(&["explain", name]));
    let told = of_name("later.unsigned.example");
    assert!(told.contains("is not blocked for group `everybody`"), "{told}");
    assert!(told.contains("staged       would be blocked by list national, case 3; not in force"), "{told}");
    assert!(of_name("alias.unsigned.example").contains("case 2, as it leads to undress.example."));
    let told = text(&command(&elsewhere.join("rempart.toml"), &["status"]));
    assert!(told.contains("this one does not count\n"), "{told}");
    let logs = [directory, elsewhere].map(|folder| fs::read_to_string(folder.join("rempart.log")).unwrap());
    assert!(logs.iter().all(|log| log.contains("1 rules in force, 2 staged and not in force")), "{logs:?}");
    assert!(!logs.concat().contains("unsigned.example"), "{logs:?}");
}

#[test]
fn a_share_of_resolvers_counts_what_a_promotion_then_blocks() {
    inside(NEEDS, |directory| {
        let world = World::start(directory);
        replace(&directory.join("list"), &generation(1, 50, true));
        let rempart = Rempart::start(directory, &configuration(directory, &world, SERVER, true));
        let server = SERVER.replace(":53\"", ":5353\"").replace(":80\"", ":8080\"").replace("9451", "9452");
        let elsewhere = directory.join("other");
        fs::create_dir(&elsewhere).unwrap();
        let _other = Rempart::spawn(&elsewhere, &configuration(directory, &world, &server, false), None);
        let ready = || http(OTHER_ADMIN, "/readyz", "localhost", "").filter(|told| told.contains("ready"));
        wait("the other resolver to be ready", 30, || ready().map(|_| ()));

        // Three questions of each kind: from the resolver once, then from the cache.
        for server in ["127.0.0.1", OTHER] {
            for _ in 0..3 {
                for (question, address) in [
                    ("later.unsigned.example A", "192.0.2.3\n"),
                    ("+tcp alias.unsigned.example A", "198.51.100.66\n"),
                    ("www.unsigned.example A", "192.0.2.2\n"),
                ] {
                    shows(&format!("@{server} {question}"), &["NOERROR", address, "!EDE", "!127.0.0.1\n"]);
                }
            }
            shows(&format!("@{server} n1.listed.example A"), &["EDE: 16", "127.0.0.1\n"]);
        }
        assert_eq!((rempart.metric(STAGED), rempart.metric(BLOCKED)), (6.0, 1.0));
        assert_eq!((of_other(STAGED), of_other(BLOCKED)), (0.0, 1.0));
        for (name, expected) in [("rules", 1.0), ("staged_rules", 2.0), ("staged_counted", 1.0)] {
            assert_eq!(rempart.metric(&format!("rempart_list_{name}{{list=\"national\"}}")), expected);
        }
        assert_eq!(of_other("rempart_list_staged_counted{list=\"national\"}"), 0.0);

        an_operator_is_told(directory, &rempart, &elsewhere);

        // The next generation promotes them: in force at once, out of the cache too, and no longer counted as staged.
        replace(&directory.join("list"), &generation(2, 50, false));
        for configuration in [&rempart.configuration, &elsewhere.join("rempart.toml")] {
            let output = command(configuration, &["reload"]);
            assert!(text(&output).contains("3 rules in force (before: 1)\n"), "{}", text(&output));
        }
        for server in ["127.0.0.1", OTHER] {
            for question in ["later.unsigned.example A", "+tcp alias.unsigned.example A"] {
                shows(&format!("@{server} {question}"), &["127.0.0.1\n", "EDE: 16"]);
            }
        }
        assert_eq!((rempart.metric(STAGED), rempart.metric(BLOCKED)), (6.0, 3.0));
        assert_eq!((of_other(STAGED), of_other(BLOCKED)), (0.0, 3.0));
        // A rollback leads back to the stage.
        let output = rempart.command(&["update", "rollback", "national"]);
        assert!(output.status.success(), "{}", text(&output));
        assert!(kdig("later.unsigned.example A").contains("192.0.2.3\n"));
        assert_eq!(rempart.metric(STAGED), 7.0);
    });
}
