//! Lists that change while the daemon runs: what takes effect, what is refused, and how soon.

use std::path::{Path, PathBuf};

use super::ask::{is_blocked, shows};
use super::inside::{inside, wait};
use super::program::{Rempart, SERVER, one_list, replace, text};
use super::world::World;

const NEEDS: &[&str] = &["ip", "unshare", "knotd", "keymgr", "kdig"];
const REFUSED: &str = "rempart_list_refused_total{list=\"big\"}";

/// So many names, and those given.
fn names(count: usize, more: &[&str]) -> String {
    let many = (0..count).map(|number| format!("n{number}.listed.example\n"));
    many.chain(more.iter().map(|name| format!("{name}\n"))).collect()
}

fn serve(directory: &Path, count: usize) -> (World, Rempart, PathBuf) {
    let list = directory.join("list");
    replace(&list, &names(count, &[]));
    let world = World::start(directory);
    let rempart =
        Rempart::start(directory, &format!("{SERVER}{}{}", world.resolver(), one_list(&list, None)));
    (world, rempart, list)
}

#[test]
fn a_cached_name_is_blocked_as_soon_as_it_is_listed_and_free_as_soon_as_it_is_not() {
    inside(NEEDS, |directory| {
        let (_world, rempart, list) = serve(directory, 100);
        for _ in 0..3 {
            // In the cache by now, over both transports and with DO.
            for flags in ["", "+tcp ", "+dnssec "] {
                shows(&format!("{flags}later.unsigned.example A"), &["192.0.2.3\n", "!EDE"]);
            }
            assert!(rempart.metric("rempart_cache_entries") > 0.0, "{}", rempart.metrics());
            replace(&list, &names(100, &["later.unsigned.example"]));
            let (taken, told) = rempart.reload(&[]);
            assert!(taken && told.contains("101 rules in force (before: 100)"), "{told}");
            for flags in ["", "+tcp ", "+dnssec "] {
                shows(&format!("{flags}later.unsigned.example A"), &["127.0.0.1\n", "EDE: 15", "!192.0.2.3"]);
            }
            replace(&list, &names(100, &[]));
            assert!(rempart.reload(&[]).0);
        }
        shows("later.unsigned.example A", &["192.0.2.3\n"]);
    });
}

#[test]
fn a_listed_name_behind_a_cached_alias_is_blocked_at_once() {
    inside(NEEDS, |directory| {
        let (_world, rempart, list) = serve(directory, 100);
        shows("alias.unsigned.example A", &["198.51.100.66\n"]);
        shows("alias.unsigned.example A", &["198.51.100.66\n"]);
        replace(&list, &names(100, &["undress.example"]));
        assert!(rempart.reload(&[]).0);
        shows("alias.unsigned.example A", &["127.0.0.1\n", "!198.51.100.66"]);
        replace(&list, &names(100, &[]));
        assert!(rempart.reload(&[]).0);
        shows("alias.unsigned.example A", &["198.51.100.66\n", "!127.0.0.1\n"]);
    });
}

#[test]
fn a_hangup_loads_what_is_new() {
    inside(NEEDS, |directory| {
        let (_world, rempart, list) = serve(directory, 100);
        replace(&list, &names(100, &["www.unsigned.example"]));
        shows("www.unsigned.example A", &["192.0.2.2\n"]);
        rempart.signal("HUP");
        wait("the name to be blocked", 20, || is_blocked("www.unsigned.example").then_some(()));
    });
}

#[test]
fn a_file_that_changes_is_noticed() {
    inside(NEEDS, |directory| {
        let list = directory.join("list");
        replace(&list, &names(100, &[]));
        let update = one_list(&list, None).replace("watch = 0", "watch = 1");
        let rempart = Rempart::start(directory, &format!("{SERVER}{update}"));
        replace(&list, &names(100, &["new.example"]));
        wait("the name to be blocked", 20, || is_blocked("new.example").then_some(()));
        assert_eq!(rempart.metric("rempart_list_rules{list=\"big\"}"), 101.0);
        // A file half written and then whole: what is refused meanwhile does not keep the whole one out.
        replace(&list, "n1.listed.example\n");
        wait("a refusal", 20, || (rempart.metric(REFUSED) >= 1.0).then_some(()));
        assert!(is_blocked("new.example"));
        replace(&list, &names(100, &["newer.example"]));
        wait("the name to be blocked", 20, || is_blocked("newer.example").then_some(()));
    });
}

#[test]
fn a_truncated_list_is_refused_and_the_old_one_serves() {
    inside(NEEDS, |directory| {
        let (_world, rempart, list) = serve(directory, 1000);
        assert_eq!(rempart.metric(REFUSED), 0.0);
        for (refused, (content, why)) in [
            (names(400, &[]), "400 names where there were 1000: more than 20 % would be lost"),
            (String::new(), "big"),
            ("# nothing\n".into(), "big"),
            ("<html><body>404 not found</body></html>\n".repeat(50), "big"),
        ]
        .into_iter()
        .enumerate()
        {
            replace(&list, &content);
            let (taken, told) = rempart.reload(&[]);
            assert!(!taken && told.contains("big: REFUSED") && told.contains(why), "{content:.40}: {told}");
            assert!(is_blocked("n999.listed.example"));
            assert_eq!(rempart.metric(REFUSED), (refused + 1) as f64);
            let status = text(&rempart.command(&["status", "--json"]));
            assert!(status.contains("\"rules\": 1000"), "{status}");
        }
        assert!(rempart.log().contains("ERROR") && rempart.log().contains("the last good generation stays"));
        // A missing file is no empty list.
        std::fs::remove_file(&list).unwrap();
        let (taken, told) = rempart.reload(&[]);
        assert!(!taken && told.contains("check that it exists"), "{told}");
        assert!(is_blocked("n999.listed.example"));
        // What was meant is taken.
        replace(&list, &names(400, &[]));
        let (taken, told) = rempart.reload(&["--accept-loss"]);
        assert!(taken && told.contains("400 rules in force (before: 1000)"), "{told}");
        shows("n999.listed.example A", &["status: NXDOMAIN"]);
        assert!(text(&rempart.command(&["status", "--json"])).contains("\"rules\": 400"));
    });
}

#[test]
fn a_bad_configuration_is_refused_and_the_old_one_serves() {
    inside(NEEDS, |directory| {
        let (_world, rempart, list) = serve(directory, 10);
        let good = std::fs::read_to_string(&rempart.configuration).unwrap();
        replace(&rempart.configuration, &good.replace("[update]", "[updat]"));
        let output = super::program::command(&rempart.configuration, &["reload"]);
        // The command reads the same file, and must say what is wrong with it.
        assert!(!output.status.success() && text(&output).contains("did you mean `update`"), "{output:?}");
        rempart.signal("HUP");
        rempart.wait_for_log("the configuration is not taken; what was in force stays");
        assert!(is_blocked("n9.listed.example"));
        // An exemption takes effect at once, and ends when it is taken away.
        let exempt = "[[policy.groups]]\nname = \"all\"\nexemptions = [{ name = \"n9.listed.example\", \
                      reason = \"appeal\", until = \"2099-01-01\" }]\n";
        replace(&rempart.configuration, &format!("{good}{exempt}"));
        assert!(rempart.reload(&[]).0);
        assert!(!is_blocked("n9.listed.example") && is_blocked("n8.listed.example"));
        replace(&rempart.configuration, &good);
        assert!(rempart.reload(&[]).0);
        assert!(is_blocked("n9.listed.example") && list.exists());
    });
}
