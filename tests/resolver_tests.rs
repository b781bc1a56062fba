//! The resolver over a simulated Internet and a paused clock.

// A test may fail by panicking, in its helpers too.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use std::io::Write;
use std::sync::Arc;

use rempart::dns::{Class, Found, Info, Name, Question, Rcode, RecordType};
use rempart::resolver::{Ask, Config, Outcome, Resolver, Transport};

use crate::simulation::Simulation;

/// The root, two top-level domains and what hangs below them. Tests add servers and zones of their own.
const INTERNET: &str = r#"
[[zone]]
text = """
$ORIGIN .
@ 3600 SOA a.root. nobody. 1 7200 900 1209600 300
@ 3600 NS a.root.
a.root. 3600 A 192.0.2.1
com. 3600 NS ns.com.
ns.com. 3600 A 192.0.2.2
net. 3600 NS ns.com.
"""
[[zone]]
text = """
$ORIGIN com.
@ 3600 SOA ns.com. nobody. 1 7200 900 1209600 300
@ 3600 NS ns
ns 3600 A 192.0.2.2
example 3600 NS ns.example
ns.example 3600 A 192.0.2.3
slow 3600 NS ns.slow
ns.slow 3600 A 192.0.2.5
lame 3600 NS ns1.lame
lame 3600 NS ns2.lame
ns1.lame 3600 A 192.0.2.6
ns2.lame 3600 A 192.0.2.3
loop 3600 NS ns.example
rebound 3600 NS ns.rebound
ns.rebound 3600 A 127.0.0.1
odd 3600 NS ns.odd
ns.odd 3600 A 192.0.2.7
cut 3600 NS ns.cut
ns.cut 3600 A 192.0.2.8
"""
[[zone]]
text = """
$ORIGIN net.
@ 3600 SOA ns.com. nobody. 1 7200 900 1209600 300
@ 3600 NS ns.com.
glueless 3600 NS ns.example.com.
"""
[[zone]]
text = """
$ORIGIN example.com.
@ 3600 SOA ns hostmaster 1 7200 900 1209600 300
@ 3600 NS ns
ns 3600 A 192.0.2.3
www 60 A 192.0.2.80
www 60 A 192.0.2.81
away 60 CNAME www.glueless.net.
gone 60 CNAME nothing.glueless.net.
here 60 CNAME www
circle 60 CNAME round
round 60 CNAME circle
self 60 CNAME self
inside 60 CNAME www.corp.test.
a.b.c.d 60 TXT "deep"
"""
[[zone]]
text = """
$ORIGIN lame.com.
@ 3600 SOA ns hostmaster 1 7200 900 1209600 300
@ 3600 NS ns1
@ 3600 NS ns2
www 60 A 192.0.2.82
"""
[[zone]]
text = """
$ORIGIN cut.com.
@ 3600 SOA ns hostmaster 1 7200 900 1209600 300
@ 3600 NS ns
www 60 A 192.0.2.83
"""
[[zone]]
text = """
$ORIGIN glueless.net.
@ 3600 SOA ns.example.com. hostmaster 1 7200 900 1209600 300
@ 3600 NS ns.example.com.
www 60 A 192.0.2.84
"""
[[zone]]
text = """
$ORIGIN corp.test.
@ 3600 SOA ns hostmaster 1 7200 900 1209600 300
@ 3600 NS ns
www 60 A 10.0.0.80
out 60 CNAME www.example.com.
"""
[[server]]
address = "192.0.2.1"
zones = ["."]
[[server]]
address = "192.0.2.2"
zones = ["com", "net"]
[[server]]
address = "192.0.2.3"
zones = ["example.com", "glueless.net", "lame.com"]
[[server]]
address = "192.0.2.5"
behaviour = "silent"
[[server]]
address = "192.0.2.6"
behaviour = "refused"
[[server]]
address = "192.0.2.7"
behaviour = "wrong-type"
[[server]]
address = "192.0.2.8"
zones = ["cut.com"]
behaviour = "truncated"
[[server]]
address = "10.0.0.53"
zones = ["corp.test"]
"#;

struct Lab {
    simulation: Simulation,
    resolver: Resolver,
    _files: Vec<tempfile::NamedTempFile>,
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

impl Lab {
    /// Recursion over `script` from 192.0.2.1, without validation unless `keys` says so in the config.
    fn new(script: &str, config: &str) -> Self {
        let simulation = Simulation::new(script);
        let hints = file(". 3600 NS a.root.\na.root. 3600 A 192.0.2.1\n");
        let mut config: Config = toml::from_str(config).unwrap();
        config.root_hints = Some(hints.path().into());
        config.reach.push("192.0.2.0/24".parse().unwrap());
        let mut files = vec![hints];
        if config.dnssec {
            let anchor = file(&simulation.trust_anchor());
            config.trust_anchor = Some(anchor.path().into());
            files.push(anchor);
        }
        let resolver = Resolver::new(&config, Arc::new(simulation.clone())).unwrap();
        Self { simulation, resolver, _files: files }
    }

    fn unsigned(config: &str) -> Self {
        Self::new(INTERNET, &format!("dnssec = false\n{config}"))
    }

    async fn ask(&self, name: &str, rtype: RecordType) -> Arc<Found> {
        self.resolver.resolve(&question(name, rtype), Ask::default()).await
    }

    fn count(&self, outcome: Outcome) -> u64 {
        self.resolver.counts()[outcome as usize].1
    }
}

fn question(name: &str, rtype: RecordType) -> Question {
    Question { name: Name::from_text(name).unwrap(), rtype, class: Class::IN }
}

/// `owner type data` of each record of the answer, in order; data only for addresses and aliases.
fn answer(found: &Found) -> Vec<String> {
    let line = |record: &rempart::dns::Record| {
        let data = record.addresses().next().map(|address| address.to_string());
        let data = data.or_else(|| record.alias().map(|name| name.to_string())).unwrap_or_default();
        format!("{} {} {data}", record.owner, record.rtype).trim_end().to_owned()
    };
    found.answer.iter().map(line).collect()
}

fn failed_with(found: &Found, info: Info) -> bool {
    found.rcode == Rcode::SERVFAIL
        && found.answer.is_empty()
        && found.errors.iter().map(|error| error.info).eq([info])
        && !found.errors[0].text.is_empty()
}

#[tokio::test(start_paused = true)]
async fn follows_referrals_to_the_answer() {
    let lab = Lab::unsigned("");
    let found = lab.ask("WWW.example.com", RecordType::A).await;
    assert_eq!(found.rcode, Rcode::NOERROR);
    let mut answer = answer(&found);
    answer.sort();
    assert_eq!(answer, ["WWW.example.com. A 192.0.2.80", "WWW.example.com. A 192.0.2.81"]);
    assert_eq!(found.answer[0].ttl, 60);
    assert!(!found.authentic && found.errors.is_empty());
    assert_eq!(lab.count(Outcome::Answered), 1);
}

#[tokio::test(start_paused = true)]
async fn follows_a_referral_without_glue() {
    let lab = Lab::unsigned("");
    let found = lab.ask("www.glueless.net", RecordType::A).await;
    assert_eq!(answer(&found), ["www.glueless.net. A 192.0.2.84"]);
}

#[tokio::test(start_paused = true)]
async fn gives_the_chain_of_aliases_in_order() {
    let lab = Lab::unsigned("");
    let found = lab.ask("away.example.com", RecordType::A).await;
    assert_eq!(
        answer(&found),
        ["away.example.com. CNAME www.glueless.net.", "www.glueless.net. A 192.0.2.84"]
    );
    let found = lab.ask("away.example.com", RecordType::CNAME).await;
    assert_eq!(answer(&found), ["away.example.com. CNAME www.glueless.net."]);
    let found = lab.ask("here.example.com", RecordType::AAAA).await;
    assert_eq!(answer(&found), ["here.example.com. CNAME www.example.com."]);
    assert_eq!((found.rcode, found.authority[0].rtype), (Rcode::NOERROR, RecordType::SOA));
}

#[tokio::test(start_paused = true)]
async fn keeps_the_chain_before_a_denial() {
    let lab = Lab::unsigned("");
    let found = lab.ask("gone.example.com", RecordType::A).await;
    assert_eq!(found.rcode, Rcode::NXDOMAIN);
    assert_eq!(answer(&found), ["gone.example.com. CNAME nothing.glueless.net."]);
    assert_eq!(found.authority[0].owner, Name::from_text("glueless.net").unwrap());
}

#[tokio::test(start_paused = true)]
async fn circles_of_aliases_end() {
    let lab = Lab::unsigned("");
    for name in ["circle.example.com", "self.example.com"] {
        assert!(failed_with(&*lab.ask(name, RecordType::A).await, Info::OTHER), "{name}");
    }
    assert!(lab.simulation.asked().len() < 60, "{}", lab.simulation.asked().len());
}

#[tokio::test(start_paused = true)]
async fn denials_carry_the_soa() {
    let lab = Lab::unsigned("");
    for (name, rtype, rcode) in [
        ("nothing.example.com", RecordType::A, Rcode::NXDOMAIN),
        ("www.example.com", RecordType::AAAA, Rcode::NOERROR),
        ("c.d.example.com", RecordType::A, Rcode::NOERROR),
    ] {
        let found = lab.ask(name, rtype).await;
        assert_eq!((found.rcode, found.answer.len()), (rcode, 0), "{name}");
        let [soa] = &found.authority[..] else { panic!("{name}: {:?}", found.authority) };
        assert_eq!((soa.owner.to_string(), soa.minimum()), ("example.com.".into(), Some(300)));
    }
}

#[tokio::test(start_paused = true)]
async fn names_of_many_labels_are_reached() {
    let lab = Lab::unsigned("");
    let name = format!("{}example.com", "0.".repeat(32));
    assert_eq!(lab.ask(&name, RecordType::PTR).await.rcode, Rcode::NXDOMAIN);
    let relaxed = lab.simulation.asked().len();
    let lab = Lab::unsigned("query_name_minimisation = 'strict'");
    assert_eq!(lab.ask(&name, RecordType::PTR).await.rcode, Rcode::NXDOMAIN);
    let strict = lab.simulation.asked().len();
    assert!(
        strict < relaxed && relaxed < 16,
        "{strict} {relaxed}: strict asks no further than the first denial"
    );
    assert_eq!(lab.ask("a.b.c.d.example.com", RecordType::TXT).await.answer.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_address_for_another_type_is_not_passed_on() {
    let lab = Lab::unsigned("");
    let found = lab.ask("odd.com", RecordType::AAAA).await;
    assert!(found.answer.is_empty());
    let found = lab.ask("odd.com", RecordType::A).await;
    assert_eq!(answer(&found), ["odd.com. A 192.0.2.66"]);
}

#[tokio::test(start_paused = true)]
async fn truncated_answers_are_asked_again_over_tcp() {
    let lab = Lab::unsigned("");
    let found = lab.ask("www.cut.com", RecordType::A).await;
    assert_eq!(answer(&found), ["www.cut.com. A 192.0.2.83"]);
    let asked = lab.simulation.asked();
    let ways = asked.iter().filter(|asked| asked.name == "www.cut.com." && asked.rtype == "A");
    assert!(ways.map(|asked| &asked.transport).eq([&Transport::Udp, &Transport::Tcp]));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_refuses_does_not_speak_for_its_zone() {
    for _ in 0..4 {
        let lab = Lab::unsigned("");
        let found = lab.ask("www.lame.com", RecordType::A).await;
        assert_eq!(answer(&found), ["www.lame.com. A 192.0.2.82"]);
    }
}

#[tokio::test(start_paused = true)]
async fn delegations_into_our_own_network_are_not_followed() {
    let lab = Lab::unsigned("");
    assert!(failed_with(&*lab.ask("www.rebound.com", RecordType::A).await, Info::NO_REACHABLE_AUTHORITY));
    assert!(lab.simulation.asked().iter().all(|asked| !asked.server.ip().is_loopback()));
}

#[tokio::test(start_paused = true)]
async fn silence_ends_at_the_time_limit() {
    let lab = Lab::unsigned("time_limit = 1000");
    let start = tokio::time::Instant::now();
    let found = lab.ask("www.slow.com", RecordType::A).await;
    assert!(failed_with(&found, Info::NO_REACHABLE_AUTHORITY), "{found:?}");
    assert_eq!(start.elapsed().as_millis(), 1000);
    assert_eq!(lab.count(Outcome::TimedOut), 1);
}

#[tokio::test(start_paused = true)]
async fn equal_questions_are_asked_once() {
    let lab = Lab::unsigned("");
    let (first, second, third) = tokio::join!(
        lab.ask("www.example.com", RecordType::A),
        lab.ask("WWW.EXAMPLE.COM", RecordType::A),
        lab.ask("www.example.com", RecordType::TXT),
    );
    assert!(Arc::ptr_eq(&first, &second) && third.answer.is_empty());
    assert_eq!(lab.simulation.count("www.example.com.", "A"), 1);
    assert_eq!((lab.count(Outcome::Answered), lab.count(Outcome::Joined)), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn the_bound_refuses_and_departed_clients_free_their_place() {
    let lab = Lab::unsigned("concurrent = 1");
    let slow = tokio::spawn({
        let resolver = lab.resolver.clone();
        async move { resolver.resolve(&question("www.slow.com", RecordType::A), Ask::default()).await }
    });
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert!(failed_with(&*lab.ask("www.example.com", RecordType::A).await, Info::NETWORK_ERROR));
    assert_eq!(lab.count(Outcome::Refused), 1);
    let before = lab.simulation.asked().len();
    slow.abort();
    assert!(slow.await.unwrap_err().is_cancelled());
    tokio::time::sleep(std::time::Duration::from_secs(30)).await;
    assert_eq!(lab.simulation.asked().len(), before, "work went on for nobody");
    assert_eq!(lab.ask("www.example.com", RecordType::A).await.rcode, Rcode::NOERROR);
}

const CORP: &str = "[[zones]]\nname = 'corp.test'\n";

#[tokio::test(start_paused = true)]
async fn a_stub_zone_is_asked_of_its_servers_without_recursion() {
    let lab = Lab::unsigned(&format!("{CORP}stub = ['10.0.0.53']"));
    let found = lab.ask("www.corp.test", RecordType::A).await;
    assert_eq!(answer(&found), ["www.corp.test. A 10.0.0.80"]);
    assert_eq!(lab.simulation.asked().len(), 1);
    let found = lab.ask("out.corp.test", RecordType::A).await;
    assert_eq!(answer(&found)[0], "out.corp.test. CNAME www.example.com.");
    assert_eq!(found.answer.len(), 3);
    let found = lab.ask("inside.example.com", RecordType::A).await;
    assert_eq!(answer(&found), ["inside.example.com. CNAME www.corp.test.", "www.corp.test. A 10.0.0.80"]);
}

/// A forwarder that knows the whole of `INTERNET`, at two addresses, and two that do not answer.
const FORWARDERS: &str = r#"
[[server]]
address = "192.0.2.101"
zones = ["example.com", "glueless.net", "corp.test"]
needs_recursion = true
[[server]]
address = "192.0.2.102"
behaviour = "silent"
[[server]]
address = "192.0.2.103"
behaviour = "servfail"
[[server]]
address = "192.0.2.101:853"
zones = ["example.com"]
needs_recursion = true
"#;

#[tokio::test(start_paused = true)]
async fn a_forward_zone_is_asked_with_recursion() {
    let script = format!("{INTERNET}{FORWARDERS}");
    let lab = Lab::new(&script, &format!("dnssec = false\n{CORP}forward = ['192.0.2.101']"));
    assert_eq!(answer(&*lab.ask("www.corp.test", RecordType::A).await), ["www.corp.test. A 10.0.0.80"]);
    assert_eq!(lab.ask("www.example.com", RecordType::A).await.answer.len(), 2);
    assert!(lab.simulation.asked().iter().any(|asked| asked.server.ip().to_string() == "192.0.2.1"));
}

#[tokio::test(start_paused = true)]
async fn forwarders_stand_in_for_each_other() {
    let script = format!("{INTERNET}{FORWARDERS}");
    for _ in 0..4 {
        let lab =
            Lab::new(&script, "dnssec = false\nforward = ['192.0.2.102', '192.0.2.103', '192.0.2.101']");
        let found = lab.ask("away.example.com", RecordType::A).await;
        assert_eq!(found.answer.len(), 2, "{found:?}");
        let found = lab.ask("nothing.example.com", RecordType::A).await;
        assert_eq!((found.rcode, found.authority.len()), (Rcode::NXDOMAIN, 1));
    }
    let lab = Lab::new(&script, "dnssec = false\nforward = ['192.0.2.102', '192.0.2.103']");
    assert!(failed_with(&*lab.ask("www.example.com", RecordType::A).await, Info::NO_REACHABLE_AUTHORITY));
    assert_eq!(lab.count(Outcome::Failed), 1);
}

#[tokio::test(start_paused = true)]
async fn encrypted_forwarders_are_asked_in_their_own_way() {
    let script = format!("{INTERNET}{FORWARDERS}");
    let lab = Lab::new(&script, "dnssec = false\nforward = ['tls://192.0.2.101#dns.example']");
    assert_eq!(lab.ask("www.example.com", RecordType::A).await.answer.len(), 2);
    let tls = Transport::Tls { name: "dns.example".into() };
    assert_eq!(lab.simulation.asked()[0].transport, tls);
}

/// A signed root above one zone whose signatures are to be chosen, and an unsigned one.
fn signed(signatures: &str) -> String {
    format!(
        r#"
[[zone]]
signatures = "good"
text = """
$ORIGIN .
@ 3600 SOA a.root. nobody. 1 7200 900 1209600 300
@ 3600 NS a.root.
a.root. 3600 A 192.0.2.1
test. 3600 NS ns.test.
ns.test. 3600 A 192.0.2.2
plain. 3600 NS ns.test.
"""
[[zone]]
signatures = "{signatures}"
text = """
$ORIGIN test.
@ 3600 SOA ns nobody 1 7200 900 1209600 300
@ 3600 NS ns
ns 3600 A 192.0.2.2
www 60 A 192.0.2.80
alias 60 CNAME www
gone 60 CNAME nothing
astray 60 CNAME www.plain.
"""
[[zone]]
text = """
$ORIGIN plain.
@ 3600 SOA ns nobody 1 7200 900 1209600 300
@ 3600 NS ns
www 60 A 192.0.2.90
"""
[[server]]
address = "192.0.2.1"
zones = ["."]
[[server]]
address = "192.0.2.2"
zones = ["test", "plain"]
[[server]]
address = "192.0.2.101"
zones = [".", "test", "plain"]
"#
    )
}

const WITH_DO: Ask = Ask { dnssec: true, checking_disabled: false, refresh: false };
const WITH_CD: Ask = Ask { dnssec: false, checking_disabled: true, refresh: false };

#[tokio::test(start_paused = true)]
async fn what_validates_is_authentic() {
    for config in ["", "forward = ['192.0.2.101']"] {
        let lab = Lab::new(&signed("good"), config);
        for (name, rtype, rcode, records) in [
            ("www.test", RecordType::A, Rcode::NOERROR, 1),
            ("alias.test", RecordType::A, Rcode::NOERROR, 2),
            ("nothing.test", RecordType::A, Rcode::NXDOMAIN, 0),
            ("www.test", RecordType::AAAA, Rcode::NOERROR, 0),
            ("gone.test", RecordType::A, Rcode::NXDOMAIN, 1),
            ("test", RecordType::DS, Rcode::NOERROR, 1),
        ] {
            let found = lab.ask(name, rtype).await;
            assert_eq!((found.rcode, found.answer.len()), (rcode, records), "{name} {config} {found:?}");
            assert!(found.authentic, "{name} {rtype} {config}");
            assert_eq!(found.authority.len(), usize::from(records == 0 || rcode == Rcode::NXDOMAIN));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn signatures_and_proofs_are_given_to_those_who_ask() {
    let lab = Lab::new(&signed("good"), "");
    let found = lab.resolver.resolve(&question("alias.test", RecordType::A), WITH_DO).await;
    let types: Vec<String> = found.answer.iter().map(|record| record.rtype.to_string()).collect();
    assert_eq!(types, ["CNAME", "RRSIG", "A", "RRSIG"]);
    let found = lab.resolver.resolve(&question("nothing.test", RecordType::A), WITH_DO).await;
    let has = |rtype| found.authority.iter().any(|record| record.rtype == rtype);
    assert!(has(RecordType::SOA) && has(RecordType::NSEC) && has(RecordType::RRSIG));
    assert!(found.authentic);
}

#[tokio::test(start_paused = true)]
async fn unsigned_zones_are_answered_and_not_authentic() {
    let lab = Lab::new(&signed("good"), "");
    for (name, rcode) in [("www.plain", Rcode::NOERROR), ("nothing.plain", Rcode::NXDOMAIN)] {
        let found = lab.ask(name, RecordType::A).await;
        assert_eq!((found.rcode, found.authentic), (rcode, false), "{name}");
    }
    let found = lab.ask("astray.test", RecordType::A).await;
    assert_eq!((found.answer.len(), found.authentic), (2, false));
}

#[tokio::test(start_paused = true)]
async fn what_does_not_validate_is_refused_with_its_reason_unless_unchecked() {
    for (signatures, info) in [
        ("corrupt", Info::DNSSEC_BOGUS),
        ("expired", Info::SIGNATURE_EXPIRED),
        ("early", Info::SIGNATURE_NOT_YET_VALID),
        ("keyless", Info::DNSKEY_MISSING),
        ("missing", Info::RRSIGS_MISSING),
    ] {
        for config in ["", "forward = ['192.0.2.101']"] {
            let lab = Lab::new(&signed(signatures), config);
            let found = lab.ask("www.test", RecordType::A).await;
            assert!(failed_with(&found, info), "{signatures} {config}: {found:?}");
            assert_eq!(lab.count(Outcome::Bogus), 1);
            let found = lab.resolver.resolve(&question("www.test", RecordType::A), WITH_CD).await;
            assert_eq!((answer(&found), found.authentic), (vec!["www.test. A 192.0.2.80".to_owned()], false));
            assert!(failed_with(&*lab.ask("www.test", RecordType::A).await, info), "after CD");
        }
    }
    let lab = Lab::new(&signed("missing"), "");
    let found = lab.ask("nothing.test", RecordType::A).await;
    assert!(failed_with(&found, Info::RRSIGS_MISSING), "{found:?}");
}

#[tokio::test(start_paused = true)]
async fn a_zone_of_ones_own_need_not_validate() {
    let script = signed("good") + "[[server]]\naddress = '10.0.0.53'\nzones = ['plain']";
    // Under the signed root, `plain` moved to a name that provably does not exist.
    let script = script.replace("plain", "lan").replace("lan. 3600 NS ns.test.", "");
    let zone = |dnssec| format!("[[zones]]\nname = 'lan'\nstub = ['10.0.0.53']\ndnssec = {dnssec}");
    let lab = Lab::new(&script, &zone(false));
    assert_eq!(answer(&*lab.ask("www.lan", RecordType::A).await), ["www.lan. A 192.0.2.90"]);
    let lab = Lab::new(&script, &zone(true));
    assert_eq!(lab.ask("www.lan", RecordType::A).await.rcode, Rcode::SERVFAIL);
}

#[tokio::test(start_paused = true)]
async fn what_is_known_is_shown_with_its_verdict_and_its_servers() {
    let lab = Lab::new(&signed("good"), "");
    let name = |text| Name::from_text(text).unwrap();
    assert!(lab.resolver.known(&name("www.test")).servers.is_none(), "nothing is known yet");
    lab.ask("www.test", RecordType::A).await;
    lab.ask("nothing.test", RecordType::A).await;
    let known = lab.resolver.known(&name("WWW.test"));
    let fact = known.facts.iter().find(|fact| fact.rtype.as_deref() == Some("A")).unwrap();
    assert_eq!((&*fact.says, &*fact.verdict, &*fact.zone), ("records", "secure", "test."));
    assert_eq!(fact.records[0], "A 192.0.2.80");
    assert!(fact.records[1].starts_with("RRSIG A ") && fact.seconds > 0, "{fact:?}");
    let servers = known.servers.unwrap();
    assert_eq!((&*servers.zone, &*servers.by), ("test.", "delegation"));
    assert!(servers.servers.iter().any(|server| server.milliseconds.is_some() && server.edns == Some(true)));
    let trust = known.trust.unwrap();
    assert_eq!((&*trust.zone, &*trust.verdict), ("test.", "secure"));
    assert!(known.proofs.is_some_and(|proofs| proofs.zone == "test." && proofs.records > 0));
    let known = lab.resolver.known(&name("below.nothing.test"));
    assert_eq!((&*known.facts[0].name, &*known.facts[0].says), ("nothing.test.", "no such name"));

    let lab = Lab::new(&signed("corrupt"), "");
    lab.ask("www.test", RecordType::A).await;
    let known = lab.resolver.known(&name("www.test"));
    let words = format!("{known:?}");
    assert!(words.contains("bogus") && words.contains("extended error 6"), "{words}");
    let lab =
        Lab::new(&signed("good"), "forward = ['192.0.2.101']\n[[zones]]\nname = 'lan'\nstub = ['10.0.0.53']");
    let shown = |text| lab.resolver.known(&name(text)).servers.map(|servers| (servers.by, servers.zone));
    assert_eq!(shown("a.lan"), Some(("stub".into(), "lan.".into())));
    assert_eq!(shown("a.test"), Some(("forwarders".into(), ".".into())));
    assert_eq!(lab.resolver.known(&name("a.lan")).trust.unwrap().verdict, "not judged");
}
