//! HTTPS to the page's addresses: refused at once, or shown on devices that believe an authority of their owner's.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::browser::{chromium, resolve_at};
use super::inside::{inside, now, run};
use super::program::{Rempart, SERVER, command, http, text};

#[test]
fn https_ends_at_once_and_says_why() {
    inside(&["ip", "unshare", "openssl"], |directory| {
        let groups = "[[policy.groups]]\nname = \"quiet\"\nnetworks = [\"10.53.9.0/24\"]\nhttps = \"close\"\n\
                      [[policy.groups]]\nname = \"others\"\n";
        let _rempart = Rempart::start(directory, &format!("{SERVER}{groups}"));
        let client = |from: &str| {
            let begun = now();
            let output = Command::new("openssl")
                .args([
                    "s_client",
                    "-connect",
                    "127.0.0.1:443",
                    "-servername",
                    "undress.example",
                    "-bind",
                    from,
                ])
                .stdin(Stdio::null())
                .output()
                .unwrap();
            assert!(String::from_utf8_lossy(&output.stdout).contains("CONNECTED("), "{from} came in");
            assert!(!output.status.success());
            (String::from_utf8_lossy(&output.stderr).into_owned(), begun.elapsed())
        };
        let (told, took) = client("127.0.0.1:0");
        assert!(told.contains("unrecognized name"), "{told}");
        assert!(took < Duration::from_secs(5), "{took:?}");
        let (told, took) = client("10.53.9.9:0");
        assert!(!told.contains("unrecognized name") && took < Duration::from_secs(5), "{told}");
    });
}

/// A configuration with the files of an authority, and with groups.
pub(super) fn configuration(directory: &Path, groups: &str) -> String {
    let path = |name: &str| directory.join(name).display().to_string();
    let (certificate, key, passphrase) = (path("ca.pem"), path("ca.key"), path("passphrase"));
    format!(
        "{SERVER}{groups}[ca]\ncertificate = \"{certificate}\"\nkey = \"{key}\"\n\
         passphrase_file = \"{passphrase}\"\n"
    )
}

const SCHOOL: &str = "[[policy.groups]]\nname = \"guests\"\nnetworks = [\"10.53.9.0/24\"]\n\
                      [[policy.groups]]\nname = \"school\"\nhttps = \"certificate\"\n";

/// Founds the authority of a configuration and exports it to the folder `out`.
pub(super) fn found(directory: &Path, configuration: &str) {
    found_with(directory, configuration, &[]);
}

fn found_with(directory: &Path, configuration: &str, more: &[&str]) {
    let path = directory.join("rempart.toml");
    fs::write(&path, configuration).unwrap();
    let made = command(&path, &[&["ca", "init", "--yes", "--name", "Example College"], more].concat());
    assert!(made.status.success() && text(&made).contains("A new passphrase is in"), "{}", text(&made));
    let out = directory.join("out");
    fs::create_dir(&out).unwrap();
    let exported = command(&path, &["ca", "export", out.to_str().unwrap()]);
    assert!(text(&exported).contains("SHA-256"), "{}", text(&exported));
}

/// Asks for a page over HTTPS, believing the authority alone.
pub(super) fn curl(directory: &Path, host: &str, more: &[&str]) -> Output {
    Command::new("curl")
        .args(["--silent", "--show-error", "--max-time", "20", "--cacert"])
        .arg(directory.join("out/ca.pem"))
        .args([
            "--resolve",
            &format!("{host}:443:127.0.0.1"),
            "--write-out",
            "\n%{http_version} %{http_code}",
        ])
        .args(more)
        .arg(format!("https://{host}/"))
        .output()
        .unwrap()
}

/// A school with guests, pupils, and everybody else, who have different lists.
fn school_of_many(directory: &Path) -> String {
    let groups = "[answer]\nclients = [\"127.0.0.0/8\", \"10.53.9.0/24\"]\n\
        [[policy.groups]]\nname = \"guests\"\nnetworks = [\"10.53.9.0/28\"]\n\
        [[policy.groups]]\nname = \"pupils\"\nnetworks = [\"10.53.9.16/28\"]\nhttps = \"certificate\"\n\
        lists = [{ list = \"first\" }, { list = \"second\" }]\n\
        [[policy.groups]]\nname = \"school\"\nhttps = \"certificate\"\ncanaries = true\nsafe_search = [\"google\"]\n\
        lists = [{ list = \"first\" }, { list = \"absent\", action = \"nxdomain\" }]\n\
        exemptions = [{ name = \"exempt.example\", reason = \"a test\", until = \"2999-01-01\" }]\n";
    let whole = configuration(directory, groups);
    let list = |name: &str, text: &str| {
        let path = directory.join(name);
        fs::write(&path, text).unwrap();
        format!("[[update.lists]]\nname = \"{name}\"\nsource = \"{}\"\nguard = false\n", path.display())
    };
    let lists = [
        list("first", "undress.example\nexempt.example\nwww.bank.example\n"),
        list("second", "games.example\n"),
        list("absent", "absent.example\n"),
    ];
    whole + &lists.concat()
}

#[test]
fn a_device_that_believes_the_authority_is_shown_the_page_over_https() {
    inside(&["ip", "unshare", "curl", "openssl"], |directory| {
        let whole = school_of_many(directory);
        found_with(directory, &whole, &["--exclude", "bank.example"]);
        let out = directory.join("out");
        let der = run("openssl", &["x509", "-inform", "DER", "-in", out.join("ca.cer").to_str().unwrap()]);
        assert_eq!(der.stdout, fs::read(out.join("ca.pem")).unwrap());
        let rempart = Rempart::start(directory, &whole);
        for (version, told) in [("--http1.1", "1.1 451"), ("--http2", "2 451"), ("--tls-max", "2 451")] {
            let more: &[&str] = if version == "--tls-max" { &[version, "1.2"] } else { &[version] };
            let shown = curl(directory, "undress.example", more);
            assert!(
                text(&shown).ends_with(told) && text(&shown).contains("Access blocked"),
                "{}",
                text(&shown)
            );
        }
        let shown = curl(directory, "games.example", &["--interface", "10.53.9.17"]);
        assert!(text(&shown).ends_with("451"), "{}", text(&shown));
        // A certificate is for names that our own answers lead the very client to the page for, and for nothing else.
        let refused = |host: &str, from: &str| {
            let ended = curl(directory, host, &["--interface", from]);
            let told = text(&ended);
            assert!(
                !ended.status.success() && told.contains("unrecognized name"),
                "{host} from {from}: {told}"
            );
        };
        let here = "127.0.0.1";
        for host in [
            // On no list; the page's own; what the authority may not vouch for; for another group alone; exempt; denied.
            "www.example",
            "rempart.invalid",
            "www.bank.example",
            "games.example",
            "exempt.example",
            "absent.example",
            // What the program brings along by itself.
            "www.google.com",
            "forcesafesearch.google.com",
            "use-application-dns.net",
            "mask.icloud.com",
        ] {
            refused(host, here);
        }
        // Of a group without, and one who may not ask at all.
        refused("undress.example", "10.53.9.1");
        refused("undress.example", "10.53.10.1");
        assert_eq!(rempart.metric("rempart_local_authority_failing"), 0.0);
        assert!(rempart.metric("rempart_local_authority_ends_seconds") > 1.8e9);
        // A rule that ends takes its certificate along, though leaves are kept for a day.
        fs::write(directory.join("first"), "other.example\n").unwrap();
        assert!(rempart.reload(&["--accept-loss"]).0);
        refused("undress.example", here);
        assert!(!rempart.log().contains("undress"), "{}", rempart.log());
    });
}

#[test]
fn a_browser_on_a_managed_device_shows_the_page_over_https_without_a_warning() {
    inside(&["ip", "unshare", "chromium", "certutil"], |directory| {
        let whole = configuration(directory, SCHOOL);
        found(directory, &whole);
        let _rempart = Rempart::start(directory, &whole);
        resolve_at(directory, "127.0.0.1");
        let shown = || chromium(directory, "en", "https://undress.example/", &["--dump-dom"]);
        let words = "This service is unlawful here";
        // What is not managed shows an error of its own.
        assert!(!shown().contains(words));
        let store = directory.join(".pki/nssdb");
        fs::create_dir_all(&store).unwrap();
        let store = format!("sql:{}", store.display());
        run("certutil", &["-d", &store, "-N", "--empty-password"]);
        let certificate = directory.join("out/ca.pem");
        let trust = ["-d", &store, "-A", "-t", "C,,", "-n", "rempart", "-i", certificate.to_str().unwrap()];
        run("certutil", &trust);
        let document = shown();
        assert!(document.contains(words) && document.contains("DEMO-2026-0006"), "{document}");
    });
}

#[test]
fn an_authority_that_cannot_be_used_is_told_of_and_stops_nothing() {
    inside(&["ip", "unshare", "openssl"], |directory| {
        let path = directory.join("rempart.toml");
        let told = |configuration: &str, arguments: &[&str]| {
            fs::write(&path, configuration).unwrap();
            let output = command(&path, arguments);
            assert!(!output.status.success(), "{}", text(&output));
            text(&output)
        };
        let init = ["ca", "init", "--yes", "--name", "Example College"];
        assert!(told(SERVER, &init).contains("the configuration names no authority"));
        let without = format!("{SERVER}{SCHOOL}");
        assert!(told(&without, &["check"]).contains("https = \"certificate\" needs an authority"));
        let whole = configuration(directory, SCHOOL);
        let elsewhere = whole.replace("127.0.0.1:80\"", "127.0.0.1:8080\"");
        assert!(told(&elsewhere, &["check"]).contains("https = \"certificate\" needs addresses"));
        assert!(told(&whole, &["check"]).contains("make one with `rempart ca init`"));
        // What would bound nothing is refused before anything is made.
        for domain in ["*.bank.example", "https://bank.example", "a.example,b.example", "192.0.2.1", "."] {
            told(&whole, &[&init[..], &["--exclude", domain]].concat());
        }
        // Nobody is asked where nobody is.
        let unasked =
            told(&whole, &["ca", "init", "--name", "Example College", "--permit", "B\u{fc}cher.example"]);
        assert!(unasked.contains("names within xn--bcher-kva.example, for 1825 days"), "{unasked}");
        assert!(unasked.contains("--yes") && !directory.join("passphrase").exists(), "{unasked}");
        found(directory, &whole);
        assert!(told(&whole, &init).contains("exists already and is never overwritten"));
        assert!(told(&whole, &["ca", "export", "/nowhere"]).contains("make that folder first"));
        let sound = text(&command(&path, &["check"]));
        assert!(sound.contains("are sound"), "{sound}");
        fs::write(directory.join("passphrase"), "another passphrase\n").unwrap();
        assert!(told(&whole, &["check"]).contains("does not open it"));
        let rempart = Rempart::start(directory, &whole);
        rempart.wait_for_log("the local authority cannot be used");
        assert_eq!(rempart.metric("rempart_local_authority_failing"), 1.0);
        let page = http("127.0.0.1:80", "/", "undress.example", "").expect("the page");
        assert!(page.starts_with("HTTP/1.1 451 "), "{page}");
        // An authority of others, whose name could not be repeated: no device would believe what it signs.
        let at = |name: &str| directory.join(name).display().to_string();
        let (clear, key, certificate) = (at("clear.pem"), at("ca.key"), at("ca.pem"));
        let request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /DC=college/DC=example/CN=a";
        let request: Vec<&str> =
            request.split(' ').chain(["-keyout", &clear, "-out", &certificate]).collect();
        run("openssl", &request);
        let passphrase = "file:".to_owned() + &at("passphrase");
        run("openssl", &["pkcs8", "-topk8", "-in", &clear, "-out", &key, "-passout", &passphrase]);
        assert!(told(&whole, &["check"]).contains("its name has two parts of one kind"));
        fs::copy(&clear, &key).unwrap();
        assert!(told(&whole, &["check"]).contains("is not encrypted"));
        fs::copy(&certificate, &key).unwrap();
        assert!(told(&whole, &["check"]).contains("is not a private key in PKCS#8"));
        run("chmod", &["644", &at("passphrase")]);
        run("openssl", &["pkcs8", "-topk8", "-in", &clear, "-out", &key, "-passout", &passphrase]);
        assert!(told(&whole, &["check"]).contains("can be read by every user of this machine"));
    });
}
