//! Encrypted transports: the same answers over TLS, HTTPS and QUIC, by the clients that people use.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::ask::{A, kdig, query, rcode, shows, udp_here};
use super::inside::{inside, wait};
use super::program::{Rempart, SERVER, replace, text};
use super::secure::{Certified, Tls, http3, quic, tls_through};
use super::world::{Slow, World};

const NEEDS: &[&str] = &["ip", "unshare", "knotd", "keymgr", "kdig", "curl"];
const PLAIN: &[&str] = &["ip", "unshare", "kdig"];

/// The ways to ask by `kdig`, and what it then shows of the session.
const WAYS: &[(&str, &str)] = &[
    ("+tls", "TLS session (TLS1.3)"),
    ("+https", "HTTP session (HTTP/2-POST)"),
    ("+https +https-get", "HTTP session (HTTP/2-GET)"),
    // Last in a command: what is said of TLS after it makes `kdig` forget it.
    ("+quic", "QUIC session (QUICv1)"),
];

fn serve(directory: &Path) -> (World, Rempart, Certified) {
    let world = World::start(directory);
    let certified = Certified::write(directory);
    let configuration = format!("{SERVER}{}{}", certified.server(), world.resolver());
    let rempart = Rempart::start(directory, &configuration);
    (world, rempart, certified)
}

#[test]
fn every_encrypted_transport_gives_the_same_answers() {
    inside(NEEDS, |directory| {
        let (_world, rempart, certified) = serve(directory);
        let trusted = format!("+tls-ca={} +tls-hostname=dns.example", certified.chain.display());
        for (way, session) in WAYS {
            let ask = format!("{trusted} {way}");
            shows(&format!("{ask} undress.example A"), &[session, "127.0.0.1\n", "EDE: 16"]);
            shows(&format!("{ask} +dnssec www.signed.example A"), &[session, " ad;", "192.0.2.1\n", "RRSIG"]);
            shows(&format!("{ask} nothing.unsigned.example A"), &[session, "status: NXDOMAIN", "SOA"]);
            shows(&format!("{ask} www.bogus.example A"), &[session, "status: SERVFAIL", "EDE: "]);
            // What would be truncated over UDP.
            shows(&format!("{ask} big.unsigned.example TXT"), &[session, "! tc ", "ANSWER: 1", "xxxxxxxx"]);
            // Another name than the certificate's.
            let other = ask.replace("dns.example", "other.example");
            shows(&format!("{other} undress.example A"), &["!status: "]);
        }
        for transport in ["tls", "https", "quic"] {
            let counted = format!(
                "rempart_queries_total{{transport=\"{transport}\",decided_by=\"blocked\",rcode=\"NOERROR\"}}"
            );
            assert!(rempart.metric(&counted) >= 1.0, "{}", rempart.metrics());
        }
    });
}

#[test]
fn replies_are_padded_where_the_client_pads_and_nobody_can_read() {
    inside(PLAIN, |directory| {
        let certified = Certified::write(directory);
        let _rempart = Rempart::start(directory, &format!("{SERVER}{}", certified.server()));
        for (way, _) in WAYS {
            shows(&format!("{way} +padding undress.example A"), &["PADDING: ", "Received 468 B"]);
            shows(&format!("{way} +nopadding undress.example A"), &["!PADDING: ", "!Received 468 B"]);
        }
        for way in ["", "+tcp"] {
            shows(&format!("{way} +padding undress.example A"), &["status: NOERROR", "!PADDING: "]);
        }
    });
}

#[test]
fn https_speaks_both_versions_and_tells_how_long_an_answer_holds() {
    inside(NEEDS, |directory| {
        let (_world, _rempart, certified) = serve(directory);
        let message = directory.join("query");
        let mut question = query(0, "www.unsigned.example", A, false);
        question[..2].fill(0);
        fs::write(&message, &question).unwrap();
        let chain = certified.chain.to_str().unwrap();
        let curl = |arguments: &[&str]| {
            let output = Command::new("curl")
                .args(["-sS", "--cacert", chain, "--resolve", "dns.example:443:127.0.0.1", "-D", "-"])
                .args(arguments)
                .output()
                .unwrap();
            text(&output)
        };
        let url = "https://dns.example/dns-query";
        let body = format!("@{}", message.display());
        let content = "content-type: application/dns-message";
        for (flag, version) in [("--http2", "HTTP/2 200"), ("--http1.1", "HTTP/1.1 200")] {
            let told = curl(&[flag, "-H", content, "--data-binary", &body, url]);
            assert!(told.starts_with(version), "{told}");
            assert!(told.contains("content-type: application/dns-message"), "{told}");
            let age = told.lines().find_map(|line| line.strip_prefix("cache-control: private, max-age="));
            let age: u32 = age.expect(&told).trim().parse().unwrap();
            assert!((290..=300).contains(&age), "the zone's TTL is 300: {told}");
        }
        for (arguments, status) in [
            (&["-H", "content-type: text/plain", "--data-binary", &body, url][..], " 415"),
            (&["https://dns.example/"], " 404"),
            (&["-X", "PUT", url], " 405"),
            (&["https://dns.example/dns-query?dns=A"], " 400"),
            (&["https://dns.example/dns-query?dns=AAAA"], " 400"),
        ] {
            assert!(curl(arguments).contains(status), "{arguments:?}: {}", curl(arguments));
        }
        // A body without end is cut, and others are served.
        let endless = directory.join("endless");
        fs::write(&endless, vec![0; 1 << 20]).unwrap();
        let told = curl(&["-H", content, "--data-binary", &format!("@{}", endless.display()), url]);
        assert!(told.contains(" 413") || told.contains("Stream error"), "{told}");
        // curl itself as a client that resolves by DNS over HTTPS.
        let doh = ["--doh-url", "https://127.0.0.1/dns-query", "http://undress.example/"];
        assert!(curl(&doh).contains("451"), "{}", curl(&doh));
    });
}

#[test]
fn http3_answers_both_methods() {
    inside(PLAIN, |directory| {
        let certified = Certified::write(directory);
        let rempart = Rempart::start(directory, &format!("{SERVER}{}", certified.server()));
        let question = query(0, "undress.example", A, false);
        for method in ["GET", "POST"] {
            let (head, reply) = http3(&certified, method, &question);
            assert_eq!(head.status, 200);
            assert_eq!(head.headers["content-type"], "application/dns-message");
            assert_eq!(head.headers["cache-control"], "private, max-age=10");
            assert_eq!(reply, udp_here(&question), "{method}");
        }
        let (head, _) = http3(&certified, "PUT", &question);
        assert_eq!(head.status, 405);
        let (head, _) = http3(&certified, "POST", &[0; 3000]);
        assert_eq!(head.status, 413);
        let counted = "rempart_queries_total{transport=\"http3\",decided_by=\"blocked\",rcode=\"NOERROR\"}";
        assert_eq!(rempart.metric(counted), 2.0);
    });
}

#[test]
fn a_slow_name_holds_up_nothing_on_an_encrypted_connection() {
    inside(NEEDS, |directory| {
        let (_world, _rempart, certified) = serve(directory);
        let slow = Slow::start();
        let mut tls = Tls::connect(&certified);
        tls.send(&query(1, "held.slow.example", A, false));
        let release = slow.hold();
        tls.send(&query(2, "undress.example", A, false));
        assert_eq!(tls.receive()[1], 2, "the slow one comes last");
        // Two streams of one connection of QUIC, of which the first waits.
        let asked = [query(0, "held2.slow.example", A, false), query(0, "undress.example", A, false)];
        let second = quic(&certified, &asked, 1);
        assert_eq!(rcode(&second.expect("the second stream's answer")), 0);
        release();
        let last = tls.receive();
        assert_eq!((last[1], rcode(&last)), (1, 0));
    });
}

#[test]
fn told_to_stop_it_answers_what_is_under_way_over_encryption() {
    inside(NEEDS, |directory| {
        let (_world, mut rempart, _certified) = serve(directory);
        let slow = Slow::start();
        let ask = |(number, (way, _)): (usize, &(&str, &str))| {
            let asked = format!("{way} held{number}.slow.example A");
            std::thread::spawn(move || kdig(&asked))
        };
        let asked: Vec<_> = WAYS.iter().enumerate().map(ask).collect();
        let release = slow.hold();
        let waiting = WAYS.len() as f64;
        wait("all to wait", 10, || (rempart.metric("rempart_queries_waiting") == waiting).then_some(()));
        rempart.signal("TERM");
        rempart.wait_for_log("stopping: what is under way is answered first");
        release();
        for (told, (way, _)) in asked.into_iter().zip(WAYS) {
            let told = told.join().unwrap();
            assert!(told.contains("status: NOERROR") && told.contains("192.0.2.5\n"), "{way}: {told}");
        }
        assert!(rempart.ended().success());
    });
}

#[test]
fn quic_ends_connections_that_break_its_rules() {
    inside(PLAIN, |directory| {
        let certified = Certified::write(directory);
        let rempart = Rempart::start(directory, &format!("{SERVER}{}", certified.server()));
        let good = query(0, "undress.example", A, false);
        assert!(quic(&certified, std::slice::from_ref(&good), 0).is_ok());
        let mut keepalive = good.clone();
        let end = keepalive.len() - 2;
        keepalive[end..].copy_from_slice(&[0, 4]);
        keepalive.extend([0, 11, 0, 0]);
        for (what, broken) in [
            ("an identifier", query(7, "undress.example", A, false)),
            ("a time to keep the connection", keepalive),
            ("no message", Vec::new()),
            ("one that is too long", vec![0; 3000]),
        ] {
            // DOQ_PROTOCOL_ERROR.
            assert_eq!(quic(&certified, &[broken], 0), Err(Some(2)), "{what}");
        }
        assert!(quic(&certified, &[good], 0).is_ok());
        wait("all connections to be gone", 20, || {
            (rempart.metric("rempart_encrypted_connections{transport=\"quic\"}") == 0.0).then_some(())
        });
    });
}

#[test]
fn a_certificate_is_replaced_while_connections_stay() {
    inside(PLAIN, |directory| {
        let certified = Certified::write(directory);
        let server = format!("{SERVER}{}", certified.server());
        let rempart = Rempart::start(directory, &format!("{server}[update]\nwatch = 1\n"));
        let mut early = Tls::connect(&certified);
        let old = certified.issue();
        // Nobody tells it to look.
        rempart.wait_for_log("a new certificate is in force");
        early.send(&query(1, "undress.example", A, false));
        assert_eq!(rcode(&early.receive()), 0, "a connection that is open goes on");
        for (way, _) in WAYS {
            let ask = |chain: &Path| kdig(&format!("+tls-ca={} {way} undress.example A", chain.display()));
            assert!(ask(&certified.chain).contains("status: NOERROR"), "{way}");
            assert!(!ask(&old).contains("status: "), "{way}: the old one is still served");
        }
        // A key that does not belong to it, then none at all: what is in force stays, and that is told.
        let key = fs::read_to_string(&certified.key).unwrap();
        for (broken, told) in
            [(certified.other_key(), "its own private key"), ("none".into(), "give a PEM file")]
        {
            replace(&certified.key, &broken);
            let (taken, report) = rempart.reload(&[]);
            assert!(!taken && report.contains("certificate") && report.contains(told), "{report}");
            assert!(report.contains(certified.key.to_str().unwrap()), "{report}");
            let asked = format!("+tls +tls-ca={} undress.example A", certified.chain.display());
            shows(&asked, &["status: NOERROR"]);
            assert_eq!(rempart.metric("rempart_certificate_failing"), 1.0);
        }
        assert!(rempart.log().contains("the certificate is not taken"));
        replace(&certified.key, &key);
        assert!(rempart.reload(&[]).0);
        assert_eq!(rempart.metric("rempart_certificate_failing"), 0.0);
    });
}

#[test]
fn a_client_is_told_where_to_ask_over_encryption() {
    inside(PLAIN, |directory| {
        let certified = Certified::write(directory);
        let server = format!("{SERVER}{}", certified.server());
        let own = "[answer]\nname = \"dns.example\"\naddresses = [\"127.0.0.1\"]\n\
                   information = \"https://dns.example/about\"\n";
        let groups = "[[policy.groups]]\nname = \"outside\"\nnetworks = [\"10.53.9.0/24\"]\nno_discovery = true\n\
                      [[policy.groups]]\nname = \"others\"\n";
        let rempart = Rempart::start(directory, &format!("{server}{own}{groups}"));
        shows("-b 10.53.9.9 _dns.resolver.arpa SVCB", &["status: NOERROR", "ANSWER: 0", "SOA"]);
        let told = kdig("_dns.resolver.arpa SVCB");
        for words in [
            "status: NOERROR",
            " aa ",
            "1 dns.example. alpn=h2,h3 ",
            "2 dns.example. alpn=dot ",
            "3 dns.example. alpn=doq ",
            "/dns-query{?dns}",
            "ipv4hint=127.0.0.1",
            "!port=",
        ] {
            match words.strip_prefix('!') {
                Some(words) => assert!(!told.contains(words), "{told}"),
                None => assert!(told.contains(words), "`{words}` in\n{told}"),
            }
        }
        // The last bits are those of `exterr=`, and of the page.
        let exterr = "6578746572723D";
        shows("+norec dns.example TYPE261", &["status: NOERROR", " aa ", exterr]);
        shows("other.resolver.arpa A", &["status: NOERROR", "ANSWER: 0", "SOA"]);
        drop(rempart);
        // Without encryption there is nothing to tell, and nobody else is asked.
        let _rempart = Rempart::start(directory, SERVER);
        shows("_dns.resolver.arpa SVCB", &["status: NOERROR", "ANSWER: 0", "SOA"]);
    });
}

#[test]
fn a_front_end_says_for_whom_it_comes_and_nobody_else_can() {
    inside(PLAIN, |directory| {
        let certified = Certified::write(directory);
        let server = format!("{SERVER}{}proxy = [\"10.53.7.0/24\"]\n", certified.server());
        let answer = "[answer]\nclients = [\"192.0.2.0/24\", \"127.0.0.0/8\"]\n";
        let rempart = Rempart::start(directory, &format!("{server}{answer}"));
        let from = |front: &str, client: &str, way: &str| {
            kdig(&format!("-b {front} {way} +proxy={client}#5300-127.0.0.1#53 +timeout=1 undress.example A"))
        };
        for way in ["", "+tcp"] {
            let told = from("10.53.7.1", "192.0.2.7", way);
            assert!(told.contains("status: NOERROR") && told.contains("EDE: 16"), "{told}");
            let told = from("10.53.7.1", "198.51.100.7", way);
            assert!(told.contains("status: REFUSED") && told.contains("EDE: 18"), "{told}");
            // A front end that does not say it, and somebody else who does.
            let told = kdig(&format!("-b 10.53.7.1 {way} +timeout=1 undress.example A"));
            assert!(!told.contains("status: "), "{told}");
            let told = from("127.0.0.1", "192.0.2.7", way);
            assert!(!told.contains("status: NOERROR"), "{told}");
        }
        // Before the handshake, whatever is spoken after it.
        let client = [192, 0, 2, 7];
        assert_eq!(tls_through(&certified, "10.53.7.1", Some(client)).map(|reply| rcode(&reply)), Some(0));
        assert_eq!(
            tls_through(&certified, "10.53.7.1", Some([198, 51, 100, 7])).map(|it| rcode(&it)),
            Some(5)
        );
        assert_eq!(tls_through(&certified, "10.53.7.1", None), None);
        assert_eq!(tls_through(&certified, "127.0.0.1", Some(client)), None);
        assert_eq!(tls_through(&certified, "127.0.0.1", None).map(|reply| rcode(&reply)), Some(0));
        // Over QUIC nothing can say it.
        let told = kdig("-b 10.53.7.1 +quic +timeout=1 undress.example A");
        assert!(!told.contains("status: "), "{told}");
        assert!(!rempart.log().contains("panic"));
    });
}

#[test]
fn another_resolver_forwards_over_every_encrypted_transport() {
    inside(PLAIN, |directory| {
        let certified = Certified::write(directory);
        let _rempart = Rempart::start(directory, &format!("{SERVER}{}", certified.server()));
        for upstream in ["tls://127.0.0.1", "https://127.0.0.1/dns-query", "quic://127.0.0.1"] {
            let folder = directory.join(upstream.split(':').next().unwrap());
            fs::create_dir(&folder).unwrap();
            let server =
                "[server]\nlisten = [\"127.0.0.2:53\"]\npage = []\nadmin = \"127.0.0.1:9452\"\nthreads = 1\n";
            let resolver = format!(
                "[resolver]\nforward = [\"{upstream}#dns.example\"]\ncertificate_authorities = \"{}\"\n\
                 dnssec = false\n",
                certified.chain.display()
            );
            let lists = "[update]\nauthorities = []\nlists = []\n";
            let path = folder.join("rempart.toml");
            fs::write(&path, format!("{server}{resolver}{lists}")).unwrap();
            let mut second =
                Command::new(super::program::REMPART).arg("--config").arg(&path).spawn().unwrap();
            wait("the second resolver", 30, || {
                super::program::http("127.0.0.1:9452", "/readyz", "localhost", "").map(|_| ())
            });
            let told = kdig("@127.0.0.2 undress.example A");
            second.kill().unwrap();
            second.wait().unwrap();
            assert!(told.contains("127.0.0.1\n"), "{upstream}: {told}");
        }
    });
}
