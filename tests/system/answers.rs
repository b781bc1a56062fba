//! What is answered: signed, unsigned, bogus, absent, listed.

use std::fs;
use std::path::Path;

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
