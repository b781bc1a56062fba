//! What is answered: signed, unsigned, bogus, absent, listed.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::ask::{A, kdig, query, rcode, shows, udp_here};
use super::inside::inside;
use super::program::{Rempart, SERVER, command, one_list};
use super::world::World;

const NEEDS: &[&str] = &["ip", "unshare", "knotd", "keymgr", "kdig"];

/// Servers, and a daemon with the demonstration list that recurses through them.
fn serve(directory: &Path) -> (World, Rempart) {
    let world = World::start(directory);
    let rempart = Rempart::start(directory, &format!("{SERVER}{}", world.resolver()));
    (world, rempart)
}

#[test]
fn what_is_signed_is_validated_and_what_is_not_passes() {
    inside(NEEDS, |directory| {
        let _running = serve(directory);
        shows("+dnssec www.signed.example A", &["status: NOERROR", " ad;", "192.0.2.1\n", "RRSIG"]);
        shows("+adflag www.signed.example AAAA", &["status: NOERROR", " ad;", "2001:db8::1\n", "!RRSIG"]);
        shows("www.unsigned.example A", &["status: NOERROR", " ra;", "192.0.2.2\n", "! ad;"]);
        shows("a.wild.unsigned.example A", &["status: NOERROR", "192.0.2.4\n"]);
        shows("+dnssec nothing.signed.example A", &["status: NXDOMAIN", " ad;", "NSEC", "SOA"]);
        shows("nothing.unsigned.example A", &["status: NXDOMAIN", "SOA", "! ad;"]);
        shows("www.signed.example MX", &["status: NOERROR", "ANSWER: 0", "SOA"]);
        // The address that was edited after signing.
        shows("www.bogus.example A", &["status: SERVFAIL", "EDE: ", "!192.0.2.67"]);
        shows("+cdflag www.bogus.example A", &["status: NOERROR", "192.0.2.67", "! ad;"]);
        shows("www.bogus.example A", &["status: SERVFAIL", "!192.0.2.67"]);
        // What was not edited still validates.
        shows("+dnssec ns.bogus.example A", &["status: NOERROR", " ad;"]);
    });
}

#[test]
fn a_bogus_answer_is_explained_by_an_error_of_dnssec() {
    inside(NEEDS, |directory| {
        let _running = serve(directory);
        let told = kdig("www.bogus.example A");
        // RFC 8914: 5 indeterminate, 6 bogus, 7 expired, 8 not yet valid, 9 without key, 10 unsigned.
        assert!((5..=10).any(|code| told.contains(&format!("EDE: {code} "))), "{told}");
    });
}

#[test]
fn a_listed_name_has_one_verdict_for_all_types() {
    inside(NEEDS, |directory| {
        let _running = serve(directory);
        let told = &["status: NOERROR", "EDE: 16 (Censored)", "!198.51.100.66", "! ad;"][..];
        for flags in ["", "+dnssec ", "+cdflag ", "+tcp "] {
            let here = &["undress.example.", "10", "127.0.0.1\n"][..];
            shows(&format!("{flags}undress.example A"), &[told, here].concat());
            shows(&format!("{flags}undress.example AAAA"), &[told, &["AAAA", "::1\n"]].concat());
            let nothing = &["ANSWER: 0", "SOA", "!HTTPS 1", "!ipv4hint"][..];
            shows(&format!("{flags}undress.example HTTPS"), &[told, nothing].concat());
            shows(&format!("{flags}a.b.undress.example TXT"), &[told, nothing].concat());
        }
        // Listed for itself alone; the demonstration list has it expire in the past.
        shows("host-only.example A", &["127.0.0.1\n"]);
        shows("below.host-only.example A", &["status: NXDOMAIN", "!127.0.0.1\n"]);
        shows("expired.example A", &["status: NXDOMAIN", "!127.0.0.1\n"]);
    });
}

#[test]
fn an_alias_into_a_listed_name_is_blocked() {
    inside(NEEDS, |directory| {
        let _running = serve(directory);
        for name in ["alias.unsigned.example", "alias.signed.example"] {
            for flags in ["", "+dnssec "] {
                for rtype in ["A", "HTTPS"] {
                    // Twice: resolved, and from the cache.
                    for _ in 0..2 {
                        shows(&format!("{flags}{name} {rtype}"), &["EDE: 16", "!198.51.100.66", "! ad;"]);
                    }
                }
            }
        }
        shows("alias.unsigned.example A", &["127.0.0.1\n"]);
    });
}

#[test]
fn programs_are_told_of_a_block_in_their_way() {
    inside(&["ip", "unshare", "kdig"], |directory| {
        let _rempart = Rempart::start(directory, SERVER);
        let why = "EDE: 16 (Censored): 'Case DEMO-2026-0006. Blocked by order of ";
        shows("undress.example A", &[why, "Appeal: mailto:", "EDE: 4 (Forged Answer)"]);
        shows("undress.example TXT", &["ANSWER: 0", why]);
        // Who asks for structure is told by it, and never sent to the page.
        let structure =
            &["status: NXDOMAIN", "{\"c\":[\"mailto:", "\"j\":\"Case DEMO-2026-0006. ", "\"l\":\"en\"}"];
        let not_sent = &["!127.0.0.1\n", "!Forged"];
        for transport in ["", "+tcp "] {
            shows(&format!("{transport}+ednsopt=26 undress.example A"), &[&structure[..], not_sent].concat());
        }
        let short = &["status: NXDOMAIN", "{\"c\":[\"mailto:", "!\"j\":", "!\"l\":"];
        let longest = "a".repeat(60);
        let name = format!("{longest}.{longest}.{longest}.undress.example");
        shows(&format!("+bufsize=512 +ednsopt=26 {name} A"), short);
    });
}

#[test]
fn another_reader_reads_the_same_of_a_block() {
    inside(&["ip", "unshare", "playwright"], |directory| {
        let _rempart = Rempart::start(directory, SERVER);
        let read = |option: &[&str]| {
            let output = Command::new("python3")
                .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/errors.py"))
                .args(["127.0.0.1", "undress.example"])
                .args(option)
                .output()
                .unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let lines = String::from_utf8(output.stdout).unwrap();
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
        };
        let told = read(&[]);
        assert_eq!((told[0]["rcode"].as_str(), told[0]["code"].as_i64()), (Some("NOERROR"), Some(16)));
        assert!(told[0]["text"].as_str().unwrap().starts_with("Case DEMO-2026-0006. Blocked by order of "));
        assert_eq!(told[1]["code"], 4);
        let [told] = &read(&["26"])[..] else { panic!("one error") };
        assert_eq!((told["rcode"].as_str(), told["code"].as_i64()), (Some("NXDOMAIN"), Some(16)));
        let structure = &told["structure"];
        assert!(structure["c"][0].as_str().unwrap().starts_with("mailto:"));
        assert!(structure["j"].as_str().unwrap().contains("DEMO-2026-0006"));
        assert_eq!((structure["l"].as_str(), structure["s"].as_i64()), (Some("en"), None));
    });
}

#[test]
fn a_school_keeps_its_resolver_and_searches_safely() {
    inside(&["ip", "unshare", "kdig"], |directory| {
        let groups = "[[policy.groups]]\nname = \"pupils\"\nnetworks = [\"10.53.9.0/24\"]\ncanaries = true\n\
                      safe_search = [\"google\", \"youtube\"]\n[[policy.groups]]\nname = \"others\"\n";
        let nobody = "[resolver]\nforward = [\"10.53.0.99\"]\ntime_limit = 500\n";
        let _rempart = Rempart::start(directory, &format!("{SERVER}{groups}{nobody}"));
        let pupil = "-b 10.53.9.9";
        for name in ["use-application-dns.net", "mask.icloud.com", "mask-h2.icloud.com"] {
            shows(&format!("{pupil} {name} A"), &["status: NXDOMAIN", "EDE: 17 (Filtered)"]);
        }
        shows(&format!("{pupil} www.google.fr CNAME"), &["forcesafesearch.google.com.", "EDE: 17"]);
        shows(&format!("{pupil} www.youtube.com CNAME"), &["restrict.youtube.com.", "EDE: 17"]);
        shows(&format!("{pupil} www.bing.com CNAME"), &["status: SERVFAIL"]);
        shows("www.google.fr CNAME", &["status: SERVFAIL", "!forcesafesearch"]);
        shows("use-application-dns.net A", &["status: SERVFAIL"]);
    });
}

#[test]
fn clients_from_elsewhere_are_refused_and_told_why() {
    inside(NEEDS, |directory| {
        fs::write(directory.join("list"), "undress.example\n").unwrap();
        let list = one_list(&directory.join("list"), None);
        let access = "[answer]\nclients = [\"127.0.0.1/32\"]\n";
        let _rempart = Rempart::start(directory, &format!("{SERVER}{access}{list}"));
        shows("undress.example A", &["status: NOERROR"]);
        // A plain list of names is the operator's own policy.
        shows("undress.example A", &["EDE: 15 (Blocked)"]);
        shows("-b 10.53.9.9 undress.example A", &["status: REFUSED", "EDE: 18 (Prohibited)", "!127.0.0.1\n"]);
        shows("-b 10.53.9.9 +tcp undress.example A", &["status: REFUSED", "EDE: 18"]);
    });
}

#[test]
fn a_root_that_cannot_be_reached_fails_with_a_reason() {
    inside(NEEDS, |directory| {
        // A world whose servers are not there.
        fs::write(directory.join("root.hints"), ". 300 NS ns.root.\nns.root. 300 A 10.53.0.1\n").unwrap();
        let hints = directory.join("root.hints").display().to_string();
        let resolver = format!("[resolver]\nroot_hints = \"{hints}\"\nreach = [\"10.53.0.0/16\"]\n");
        let rempart = Rempart::start(directory, &format!("{SERVER}{resolver}"));
        shows("www.signed.example A", &["status: SERVFAIL", "EDE: 2"]);
        // What is listed needs no servers.
        assert_eq!(rcode(&udp_here(&query(1, "undress.example", A, false))), 0);
        let checked = command(&rempart.configuration, &["check"]);
        assert!(checked.status.success());
    });
}
