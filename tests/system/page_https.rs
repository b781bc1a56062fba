//! HTTPS to the page's addresses: refused at once, or shown on devices that believe an authority of their owner's.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::browser::{chromium, resolve_at};
use super::inside::{inside, now, run};
use super::program::{Rempart, SERVER, command, text};

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
fn configuration(directory: &Path, groups: &str) -> String {
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
fn found(directory: &Path, more: &[&str]) {
    let path = directory.join("rempart.toml");
    fs::write(&path, configuration(directory, SCHOOL)).unwrap();
    let made = command(&path, &[&["ca", "init", "--yes", "--name", "Example College"], more].concat());
    assert!(made.status.success() && text(&made).contains("A new passphrase is in"), "{}", text(&made));
    let out = directory.join("out");
    fs::create_dir(&out).unwrap();
    let exported = command(&path, &["ca", "export", out.to_str().unwrap()]);
    assert!(text(&exported).contains("SHA-256"), "{}", text(&exported));
}

/// Asks for a page over HTTPS, believing the authority alone.
fn curl(directory: &Path, host: &str, more: &[&str]) -> Output {
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

#[test]
fn a_device_that_believes_the_authority_is_shown_the_page_over_https() {
    inside(&["ip", "unshare", "curl", "openssl"], |directory| {
        found(directory, &["--exclude", "bank.example"]);
        let out = directory.join("out");
        let der = run("openssl", &["x509", "-inform", "DER", "-in", out.join("ca.cer").to_str().unwrap()]);
        assert_eq!(der.stdout, fs::read(out.join("ca.pem")).unwrap());
        let list = directory.join("list");
        fs::write(&list, "undress.example\nwww.bank.example\n").unwrap();
        let lists = format!("[[update.lists]]\nname = \"big\"\nsource = \"{}\"\n", list.display());
        let whole = format!("{}{lists}", configuration(directory, SCHOOL));
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
        // No other name has a certificate, whoever asks: neither one that is not blocked, nor one that the authority
        // may not vouch for; and nobody has one who is of another group.
        let refused = "unrecognized name";
        for (host, more) in [
            ("www.example", &[][..]),
            ("rempart.invalid", &[]),
            ("www.bank.example", &[]),
            ("undress.example", &["--interface", "10.53.9.9"]),
        ] {
            run("ip", &["address", "replace", "10.53.9.9/32", "dev", "lo"]);
            let ended = curl(directory, host, more);
            assert!(!ended.status.success() && text(&ended).contains(refused), "{host}: {}", text(&ended));
        }
        // A rule that ends takes its certificate along, though leaves are kept for a day.
        fs::write(&list, "other.example\nwww.bank.example\n").unwrap();
        assert!(rempart.reload(&["--accept-loss"]).0);
        let ended = curl(directory, "undress.example", &[]);
        assert!(!ended.status.success() && text(&ended).contains(refused), "{}", text(&ended));
        assert!(!rempart.log().contains("undress"), "{}", rempart.log());
    });
}

#[test]
fn a_browser_on_a_managed_device_shows_the_page_over_https_without_a_warning() {
    inside(&["ip", "unshare", "chromium", "certutil"], |directory| {
        found(directory, &[]);
        let _rempart = Rempart::start(directory, &configuration(directory, SCHOOL));
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
fn an_authority_that_cannot_be_used_is_said_before_it_is_needed() {
    inside(&["ip", "unshare"], |directory| {
        let path = directory.join("rempart.toml");
        let told = |configuration: &str, arguments: &[&str]| {
            fs::write(&path, configuration).unwrap();
            let output = command(&path, arguments);
            assert_eq!(output.status.code(), Some(1), "{}", text(&output));
            text(&output)
        };
        let told_by_all = |configuration: &str, words: &str| {
            for arguments in [&["check"][..], &["run"]] {
                let told = told(configuration, arguments);
                assert!(told.contains(words), "no `{words}` in {told}");
            }
        };
        let init = ["ca", "init", "--yes", "--name", "Example College"];
        assert!(told(SERVER, &init).contains("the configuration names no authority"));
        told_by_all(&format!("{SERVER}{SCHOOL}"), "https = \"certificate\" needs an authority");
        let whole = configuration(directory, SCHOOL);
        told_by_all(&whole, "make one with `rempart ca init`");
        // Nobody is asked where nobody is.
        let unasked = told(&whole, &["ca", "init", "--name", "Example College"]);
        assert!(unasked.contains("for every site, for 1825 days") && unasked.contains("--yes"), "{unasked}");
        found(directory, &[]);
        assert!(told(&whole, &init).contains("exists already and is never overwritten"));
        fs::write(directory.join("passphrase"), "another passphrase\n").unwrap();
        told_by_all(&whole, "this passphrase does not open");
        run("chmod", &["644", directory.join("passphrase").to_str().unwrap()]);
        told_by_all(&whole, "can be read by every user of this machine");
    });
}
