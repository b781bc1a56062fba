//! What the resolver knows: shown, forgotten, and kept over a restart.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::ask::shows;
use super::inside::inside;
use super::program::{Rempart, SERVER, text};
use super::world::World;

const NEEDS: &[&str] = &["ip", "unshare", "knotd", "keymgr", "kdig"];

#[test]
fn what_is_known_is_shown_and_forgotten() {
    inside(NEEDS, |directory| {
        let world = World::start(directory);
        let rempart = Rempart::start(directory, &format!("{SERVER}{}", world.resolver()));
        shows("www.signed.example A", &["status: NOERROR", " ad;"]);
        shows("www.unsigned.example A", &["192.0.2.2"]);
        shows("later.unsigned.example A", &["192.0.2.3"]);
        shows("www.bogus.example A", &["status: SERVFAIL"]);
        let told = |arguments: &[&str]| {
            let output = rempart.command(arguments);
            assert!(output.status.success(), "{arguments:?}: {}", text(&output));
            text(&output)
        };
        for (name, words) in [
            ("www.signed.example", &["A NOERROR, 1 records, ", "records, secure, ", "    A 192.0.2.1\n"][..]),
            (
                "www.signed.example",
                &["signed.example.: secure", "ns.signed.example. 10.53.0.3:53: ", " ms, EDNS"],
            ),
            (
                "www.unsigned.example",
                &["records, insecure", "unsigned.example.: insecure", "said by 10.53.0.3:53"],
            ),
            ("www.bogus.example", &["A SERVFAIL", "bogus (", "(extended error 6)"]),
            ("never.asked.example", &["cached answers\n  none", "facts\n  none", "  example. (delegation, "]),
        ] {
            let told = told(&["lookup", name]);
            words.iter().for_each(|word| assert!(told.contains(word), "{name}: no `{word}` in\n{told}"));
        }
        assert!(told(&["lookup", "www.signed.example", "--json"]).contains("\"verdict\": \"secure\""));
        // From now on only what is known can be answered.
        world.stop();
        shows("www.unsigned.example A", &["192.0.2.2"]);
        let forgotten = told(&["flush", "www.unsigned.example"]);
        assert!(forgotten.starts_with("www.unsigned.example.: forgot 1 cached answers and "), "{forgotten}");
        shows("www.unsigned.example A", &["status: SERVFAIL"]);
        shows("later.unsigned.example A", &["192.0.2.3"]);
        told(&["flush", "--zone", "unsigned.example"]);
        shows("later.unsigned.example A", &["status: SERVFAIL"]);
        shows("www.signed.example A", &["192.0.2.1"]);
        for refused in [&["flush"][..], &["flush", "--zone", "."], &["flush", "a.example", "--all"]] {
            assert!(!rempart.command(refused).status.success(), "{refused:?}");
        }
        shows("www.signed.example A", &["192.0.2.1"]);
        told(&["flush", "--all"]);
        shows("www.signed.example A", &["status: SERVFAIL"]);
        assert!(!rempart.log().contains("signed.example"), "names are for the administrator alone");
    });
}

#[test]
fn what_is_known_outlasts_a_restart() {
    inside(NEEDS, |directory| {
        let world = World::start(directory);
        let file = directory.join("memory");
        let resolver = world.resolver();
        let configuration = format!("{SERVER}{resolver}memory_file = {file:?}\n");
        let mut rempart = Rempart::start(directory, &configuration);
        let answered = || {
            shows("www.signed.example A", &["status: NOERROR", " ad;", "192.0.2.1"]);
            shows("nothing.signed.example A", &["status: NXDOMAIN", " ad;"]);
            shows("www.unsigned.example A", &["192.0.2.2", "! ad;"]);
        };
        answered();
        shows("www.bogus.example A", &["status: SERVFAIL"]);
        let mut restart = |before: &dyn Fn()| {
            rempart.signal("TERM");
            assert!(rempart.ended().success());
            before();
            rempart = Rempart::start(directory, &configuration);
            rempart.log()
        };
        restart(&|| assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600));
        world.stop();
        let log = restart(&|| {});
        assert!(log.contains("is saved") && log.contains("is taken up"), "{log}");
        assert!(!log.contains("signed.example"), "{log}");
        answered();
        shows("www.bogus.example A", &["status: SERVFAIL"]);
        let log = restart(&|| {
            let mut octets = fs::read(&file).unwrap();
            let middle = octets.len() / 2;
            octets[middle] ^= 1;
            fs::write(&file, octets).unwrap();
        });
        assert!(log.contains("is damaged") && log.contains("begins with an empty memory"), "{log}");
        shows("www.signed.example A", &["status: SERVFAIL"]);
        // What cannot be written costs the saving and not the end.
        let log = restart(&|| {
            fs::remove_file(&file).unwrap();
            fs::create_dir(&file).unwrap();
        });
        assert!(log.contains("no file of this program"), "{log}");
        restart(&|| {});
    });
}

#[test]
fn what_is_forgotten_does_not_come_back_after_a_crash() {
    inside(NEEDS, |directory| {
        let world = World::start(directory);
        let (file, resolver) = (directory.join("memory"), world.resolver());
        let configuration = format!("{SERVER}{resolver}memory_file = {file:?}\n");
        let mut rempart = Rempart::start(directory, &configuration);
        shows("www.signed.example A", &["192.0.2.1"]);
        shows("www.unsigned.example A", &["192.0.2.2"]);
        rempart.signal("TERM");
        assert!(rempart.ended().success());
        world.stop();
        rempart = Rempart::start(directory, &configuration);
        shows("www.unsigned.example A", &["192.0.2.2"]);
        let output = rempart.command(&["flush", "www.unsigned.example"]);
        assert!(output.status.success(), "{}", text(&output));
        rempart.signal("KILL");
        assert!(!rempart.ended().success());
        let _again = Rempart::start(directory, &configuration);
        shows("www.unsigned.example A", &["status: SERVFAIL"]);
        shows("www.signed.example A", &["192.0.2.1"]);
    });
}
