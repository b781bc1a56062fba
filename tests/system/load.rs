//! Many queries over a large list while it is loaded again and again: none is lost, none answered wrongly.

use std::fs;
use std::process::{Command, Stdio};

use super::ask::shows;
use super::inside::{inside, now};
use super::program::{Rempart, SERVER, one_list, replace};

const NAMES: usize = 200_000;
const QUERIES: usize = 100_000;
/// In the time of the queries the list can be loaded about so often.
const RELOADS: f64 = 4.0;

#[test]
fn no_query_is_lost_while_a_large_list_is_reloaded() {
    inside(&["ip", "unshare", "kdig", "dnsperf"], |directory| {
        let list = directory.join("list");
        // Each generation has a name of its own, so that none is like the one before.
        let generation = |number: usize| {
            let names = (0..NAMES).map(|name| format!("n{name}.listed.example\n"));
            names.chain([format!("generation{number}.example\n")]).collect::<String>()
        };
        replace(&list, &generation(0));
        let queries: String = (0..QUERIES).map(|name| format!("n{}.listed.example A\n", name * 2)).collect();
        let asked = directory.join("queries");
        fs::write(&asked, queries).unwrap();
        let rempart = Rempart::start(directory, &format!("{SERVER}{}", one_list(&list, None)));
        // How long a reload takes decides the rate, so that several fit on any machine, optimised or not.
        let started = now();
        assert!(rempart.reload(&[]).0);
        let rate = (QUERIES as f64 / (RELOADS * started.elapsed().as_secs_f64())).clamp(2_000.0, 10_000.0);
        let rate = format!("{rate:.0}");
        let mut perf = Command::new("dnsperf");
        perf.args(["-f", "inet", "-s", "127.0.0.1", "-p", "53", "-n", "1", "-c", "20", "-q", "200"])
            .args(["-t", "5", "-Q", &rate, "-d"])
            .arg(&asked)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut perf = perf.spawn().unwrap();
        let mut reloads = 0;
        while perf.try_wait().unwrap().is_none() {
            reloads += 1;
            replace(&list, &generation(reloads));
            let (taken, told) = rempart.reload(&[]);
            assert!(taken, "{told}");
        }
        let told = perf.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(reloads >= 2, "only {reloads} reloads in the time of\n{told}");
        for words in ["Queries completed:    100000 (100.00%)", "Queries lost:         0 (0.00%)"] {
            assert!(told.contains(words), "no `{words}` in\n{told}");
        }
        assert!(told.contains("NOERROR 100000 (100.00%)"), "{told}");
        // Every one of them was blocked, and none by anything else.
        let blocked = rempart.metric("rempart_listed_queries_total{list=\"big\",verdict=\"blocked\"}");
        assert_eq!(blocked, QUERIES as f64, "{}", rempart.metrics());
        shows(&format!("generation{reloads}.example A"), &["127.0.0.1\n", "EDE: 15"]);
    });
}
