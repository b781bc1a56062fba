//! Trust anchors as the program follows them: a root zone that is signed by hand and served by `knotd`, in one version
//! after the other, and what is in force, on disk, in the status and in the metrics.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::ask::shows;
use super::inside::{inside, run, wait};
use super::program::{Rempart, SERVER, text};

const NEEDS: &[&str] =
    &["ip", "unshare", "kdig", "knotd", "dnssec-keygen", "dnssec-revoke", "dnssec-signzone"];

/// The root, served at 10.53.0.1.
struct Root {
    directory: PathBuf,
    server: Option<Child>,
    serial: u32,
}

impl Root {
    fn new(directory: &Path) -> Self {
        Self { directory: directory.to_owned(), server: None, serial: 0 }
    }

    /// Makes a key, and gives its name.
    fn key(&self) -> String {
        let at = self.directory.to_str().unwrap();
        let told = run("dnssec-keygen", &["-q", "-K", at, "-f", "KSK", "-a", "ECDSAP256SHA256", "."]);
        String::from_utf8(told.stdout).unwrap().trim().to_owned()
    }

    /// Marks a key as revoked, and gives the name that it has then.
    fn revoke(&self, key: &str) -> String {
        let told = run("dnssec-revoke", &["-K", self.directory.to_str().unwrap(), key]);
        let path = String::from_utf8(told.stdout).unwrap();
        path.trim().rsplit('/').next().unwrap().to_owned()
    }

    fn record(&self, key: &str) -> String {
        let text = fs::read_to_string(self.directory.join(format!("{key}.key"))).unwrap();
        text.lines().find(|line| !line.starts_with(';')).unwrap().to_owned() + "\n"
    }

    /// Serves the zone with these keys, all of which sign, for as long as `times` say.
    fn serve(&mut self, keys: &[&str], times: &[&str]) {
        self.stop();
        self.serial += 1;
        let at = self.directory.to_str().unwrap();
        let records: String = keys.iter().map(|key| self.record(key)).collect();
        let zone = format!(
            "$TTL 60\n@ SOA a.root. nobody. {} 7200 900 1209600 300\n@ NS a.root.\na.root. A 10.53.0.1\n\
             www. 1 A 192.0.2.80\n{records}",
            self.serial
        );
        let (plain, signed) = (self.directory.join("root.plain"), self.directory.join("root.zone"));
        fs::write(&plain, zone).unwrap();
        let fixed = ["-q", "-P", "-z", "-o", ".", "-d", at, "-K", at, "-f", signed.to_str().unwrap()];
        run("dnssec-signzone", &[&fixed[..], times, &[plain.to_str().unwrap()], keys].concat());
        let configuration = self.directory.join("knot.conf");
        let text = format!(
            "server:\n  rundir: {at}\n  listen: 10.53.0.1@53\n  udp-workers: 1\n  tcp-workers: 1\n\
             database:\n  storage: {at}/knot{}\n\
             zone:\n  - domain: .\n    file: {at}/root.zone\n    zonefile-sync: -1\n",
            self.serial
        );
        fs::write(&configuration, text).unwrap();
        let mut server = Command::new("knotd");
        server.arg("-c").arg(configuration).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.server = Some(server.spawn().unwrap());
        let serial = format!("nobody. {} ", self.serial);
        wait("knotd to serve the root", 30, || {
            let asked = Command::new("kdig")
                .args(["@10.53.0.1", ".", "SOA", "+timeout=1", "+retry=0", "+noall", "+answer"])
                .output()
                .unwrap();
            String::from_utf8_lossy(&asked.stdout).contains(&serial).then_some(())
        });
    }

    fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    /// The configuration of a resolver that trusts these keys.
    fn configuration(&self, keys: &[&str]) -> String {
        let at = self.directory.display();
        let records: String = keys.iter().map(|key| self.record(key)).collect();
        fs::write(self.directory.join("root.key"), records).unwrap();
        fs::write(self.directory.join("root.hints"), ". 300 NS a.root.\na.root. 300 A 10.53.0.1\n").unwrap();
        format!(
            "{SERVER}[resolver]\nroot_hints = \"{at}/root.hints\"\ntrust_anchor = \"{at}/root.key\"\n\
             reach = [\"10.53.0.0/16\"]\nstale_hours = 0\n[update]\nstate = \"{at}/state\"\n"
        )
    }
}

fn keys(rempart: &Rempart, state: &str) -> f64 {
    rempart.metric(&format!("rempart_trust_anchor_keys{{state=\"{state}\",zone=\".\"}}"))
}

const PROVED: &[&str] = &["status: NOERROR", "192.0.2.80", " ad;"];

#[test]
fn a_key_that_was_withdrawn_is_not_believed_after_a_restart() {
    inside(NEEDS, |directory| {
        let mut root = Root::new(directory);
        let (old, new) = (root.key(), root.key());
        let configuration = root.configuration(&[&old, &new]);
        root.serve(&[&old, &new], &[]);
        let rempart = Rempart::start(directory, &configuration);
        wait("both keys to be seen", 30, || (keys(&rempart, "valid") == 2.0).then_some(()));
        shows("www +dnssec", PROVED);
        let told = text(&rempart.command(&["status"]));
        assert!(told.contains("trust anchor .: ") && told.contains(" valid; verified 2"), "{told}");
        assert!(rempart.metric("rempart_trust_anchor_verified_seconds{zone=\".\"}") > 1e9);
        drop(rempart);

        let record = root.record(&old);
        let revoked = root.revoke(&old);
        root.serve(&[&revoked, &new], &[]);
        let rempart = Rempart::start(directory, &configuration);
        rempart.wait_for_log("its holder withdrew it");
        shows("www +dnssec", PROVED);
        let file = directory.join("state/trust-anchors");
        wait("the revocation to be kept", 30, || {
            fs::read_to_string(&file).unwrap().contains(". revoked ").then_some(())
        });
        assert_eq!((keys(&rempart, "valid"), keys(&rempart, "revoked")), (1.0, 1.0));
        drop(rempart);

        // Whoever got hold of the old key signs with it, though the configuration still names it.
        fs::write(directory.join(format!("{revoked}.key")), record).unwrap();
        fs::rename(directory.join(format!("{revoked}.key")), directory.join(format!("{old}.key"))).unwrap();
        let private = |key: &str| directory.join(format!("{key}.private"));
        fs::rename(private(&revoked), private(&old)).unwrap();
        root.serve(&[&old], &[]);
        let rempart = Rempart::start(directory, &configuration);
        shows("www +dnssec", &["status: SERVFAIL", "EDE: 9 "]);
        drop(rempart);

        // Without what was learned it would be: a damaged file is put aside, and told.
        fs::write(&file, "nonsense\n").unwrap();
        let rempart = Rempart::start(directory, &configuration);
        rempart.wait_for_log("begun again with those of the configuration");
        shows("www +dnssec", PROVED);
        assert_eq!(fs::read_to_string(directory.join("state/trust-anchors.damaged")).unwrap(), "nonsense\n");
    });
}

#[test]
fn a_wrong_clock_is_told_once_and_when_it_is_right_again() {
    inside(NEEDS, |directory| {
        let mut root = Root::new(directory);
        let key = root.key();
        let configuration = root.configuration(&[&key]);
        // To a clock that is right these look as the root does to one that is years ahead.
        root.serve(&[&key], &["-s", "20200101000000", "-e", "20210101000000"]);
        let rempart = Rempart::start(directory, &configuration);
        for name in ["www", "w2", "w3"] {
            shows(&format!("{name} +dnssec"), &["status: SERVFAIL", "EDE: 7 "]);
        }
        rempart.wait_for_log("the clock of this machine seems to be");
        wait("the metric", 30, || (rempart.metric("rempart_clock_error_seconds") > 1e8).then_some(()));
        let told = text(&rempart.command(&["status"]));
        assert!(told.contains("THE CLOCK SEEMS TO BE") && told.contains("LAST LOOK FAILED"), "{told}");
        root.serve(&[&key], &[]);
        // What was found bogus is so for half a minute.
        wait("the root to be believed", 60, || {
            shows("www +dnssec", &["status: "]);
            rempart.log().contains("agrees with signatures again").then_some(())
        });
        assert_eq!(rempart.metric("rempart_clock_error_seconds"), 0.0);
        assert_eq!(rempart.log().matches("the clock of this machine seems").count(), 1);
    });
}
