//! What a person sees: Chromium, sent to the warning page by our own answer for a listed name.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::inside::{inside, run};
use super::program::{Rempart, SERVER, http};
use super::secure::Certified;

const NEEDS: &[&str] = &["ip", "unshare", "chromium"];

/// Has this machine ask a resolver at this address.
pub(super) fn resolve_at(directory: &Path, address: &str) {
    let resolver = directory.join("resolv.conf");
    fs::write(&resolver, format!("nameserver {address}\n")).unwrap();
    run("mount", &["--bind", resolver.to_str().unwrap(), "/etc/resolv.conf"]);
}

/// Runs Chromium on an address and gives back what it wrote. It resolves through the daemon, as the system's
/// resolver or as its own, so no option of the browser stands in for our answer.
pub(super) fn chromium(directory: &Path, language: &str, address: &str, what: &[&str]) -> String {
    let profile = directory.join(format!("profile-{language}"));
    let output = Command::new("timeout")
        .args(["60", "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        .args(["--disable-dev-shm-usage", "--disable-background-networking", "--hide-scrollbars"])
        .args(["--window-size=800,1400", "--virtual-time-budget=2000"])
        .args([format!("--lang={language}"), format!("--accept-lang={language}")])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(what)
        .arg(address)
        .env("HOME", directory)
        .env("LANGUAGE", language)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}\n{told}{}", output.status, String::from_utf8_lossy(&output.stderr));
    told
}

#[test]
fn a_browser_shows_the_warning_in_its_language() {
    inside(NEEDS, |directory| {
        let _rempart = Rempart::start(directory, SERVER);
        resolve_at(directory, "127.0.0.1");
        for (language, path, words) in [
            (
                "en",
                "/",
                ["lang=\"en\"", "This service is unlawful here", "?door=image&amp;lang=en", "DEMO-2026-0006"],
            ),
            (
                "fr",
                "/",
                ["lang=\"fr\"", "Ce service est illégal ici", "?door=image&amp;lang=fr", "DEMO-2026-0006"],
            ),
            ("ar", "/", ["lang=\"ar\"", "dir=\"rtl\"", "?door=worry&amp;lang=ar", "DEMO-2026-0006"]),
            (
                "en",
                "/?door=image",
                ["You are not alone", "takeitdown.ncmec.org", "findahelpline.com", "?lang=en"],
            ),
            ("fr", "/?door=mistake", ["DEMO-2026-0006", "/record/DEMO-2026-0006", "mailto:", "?lang=fr"]),
            ("en", "/record/DEMO-2026-0006", ["Public record", "DEMO-2026-0006", "Not shown", "?lang=en"]),
        ] {
            let address = format!("http://undress.example{path}");
            let document = chromium(directory, language, &address, &["--dump-dom"]);
            for word in words {
                assert!(document.contains(word), "{language}: no `{word}` in\n{document}");
            }
            assert!(!document.contains(" src=") && !document.contains("<img"), "{document}");
            // The script ran, and says how else to leave.
            assert!(document.contains("<span id=\"key\">"), "{document}");
        }
        let picture = directory.join("page.png");
        chromium(
            directory,
            "en",
            "http://undress.example/",
            &[&format!("--screenshot={}", picture.display())],
        );
        let size = fs::metadata(&picture).unwrap().len();
        assert!(size > 20_000, "a blank picture: {size} octets");
    });
}

#[test]
fn a_browser_with_secure_dns_shows_the_warning() {
    inside(NEEDS, |directory| {
        let certified = Certified::write(directory);
        let rempart = Rempart::start(directory, &format!("{SERVER}{}", certified.server()));
        // Nobody is there.
        resolve_at(directory, "10.53.9.9");
        let profile = directory.join("profile-en");
        fs::create_dir(&profile).unwrap();
        let secure =
            r#"{"dns_over_https":{"mode":"secure","templates":"https://127.0.0.1/dns-query{?dns}"}}"#;
        fs::write(profile.join("Local State"), secure).unwrap();
        let trusted = format!("--ignore-certificate-errors-spki-list={}", certified.fingerprint());
        let document = chromium(directory, "en", "http://undress.example/", &[&trusted, "--dump-dom"]);
        for word in ["This service is unlawful here", "DEMO-2026-0006"] {
            assert!(document.contains(word), "no `{word}` in\n{document}");
        }
        let blocked = |transport: &str| {
            let labels = format!("transport=\"{transport}\",decided_by=\"blocked\",rcode=\"NOERROR\"");
            rempart.metric(&format!("rempart_queries_total{{{labels}}}"))
        };
        assert!(blocked("https") >= 1.0 && blocked("udp") == 0.0, "{}", rempart.metrics());
    });
}

#[test]
fn everybody_can_read_every_page_in_every_language() {
    inside(&["ip", "unshare", "chromium", "playwright"], |directory| {
        let page = "[page]\noperator = \"Example College\"\ncontact = \"mailto:network@school.example\"\n";
        let rempart = Rempart::start(directory, &format!("{SERVER}{page}"));
        resolve_at(directory, "127.0.0.1");
        let output = Command::new("python3")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/visit.py"))
            .args(["/usr/bin/chromium".as_ref(), directory.as_os_str()])
            .env("HOME", directory)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
        if let Some(pictures) = std::env::var_os("REMPART_PICTURES") {
            run("cp", &["-r", directory.to_str().unwrap(), pictures.to_str().unwrap()]);
        }
        assert!(!rempart.log().contains("undress"), "{}", rempart.log());
    });
}

#[test]
fn the_page_is_451_and_asks_nothing_of_the_visitor() {
    inside(&["ip", "unshare"], |directory| {
        let _rempart = Rempart::start(directory, SERVER);
        let page = |host: &str, headers: &str| http("127.0.0.1:80", "/", host, headers).expect("the page");
        let english = page("undress.example", "");
        let (head, body) = english.split_once("\r\n\r\n").unwrap();
        let head = head.to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 451 "), "{head}");
        for field in [
            "link: <https://rempart.invalid/>; rel=\"blocked-by\"",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
            "content-security-policy: default-src 'none'",
        ] {
            assert!(head.contains(field), "no `{field}` in {head}");
        }
        assert!(!head.contains("set-cookie") && !body.contains("undress.example"), "{english}");
        let french =
            page("a.undress.example:80", "Accept-Language: fr-CA, en;q=0.5\r\nAccept: text/html\r\n");
        assert!(french.contains("illégal ici") && french.contains("<html lang=\"fr\""));
        assert!(page("www.example", "").starts_with("HTTP/1.1 421 "));
        assert!(page("rempart.invalid", "").starts_with("HTTP/1.1 200 "));
    });
}
