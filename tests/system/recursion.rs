//! The same thousand questions to `rempart` and to four other resolvers, in an Internet of real name servers.
//!
//! The servers are `nsd` and `knotd`, the zones those of `recursion/world.toml` ([`internet`]): signed in every way
//! that is in use, broken in many, some behind servers with bad manners ([`manners`]). Unbound, BIND, Knot Resolver
//! and PowerDNS Recursor ([`peers`]) are the judges: what more than half of them say in code, AD and records
//! ([`verdict`]) is held to be right. `recursion/explained.toml` has the disagreements that are understood;
//! `docs/recursion.md` tells people about them in the same words. What `rempart` alone says, and nobody
//! explained, fails. All disagreements, of the judges too, are written to `target/tmp/recursion.txt`.

mod internet;
mod manners;
mod peers;
mod verdict;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::scope;

use serde::Deserialize;

use super::inside::{inside, run};
use super::program::{Rempart, SERVER};
use internet::{Internet, is_below};
pub(super) use peers::start_with;
use verdict::{Question, Verdict, ask};

const NEEDS: &[&str] =
    &["ip", "unshare", "knotd", "nsd", "dnssec-signzone", "unbound", "named", "kresd", "pdns_recursor"];
/// Questions that one resolver is asked at a time.
const AT_ONCE: usize = 24;
/// Seconds until a resolver is held to say nothing.
const LIMIT: u64 = 12;
/// A difference counts if it is there again when it is asked about again.
const ROUNDS: usize = 2;
const EXPLAINED: &str = include_str!("recursion/explained.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Explanations {
    explained: Vec<Explanation>,
}

/// A disagreement that is understood.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Explanation {
    /// The resolver that says something else than most.
    who: String,
    /// Names; all below them are meant as well.
    below: Vec<String>,
    /// The parts of a verdict that may differ.
    parts: Vec<String>,
    /// One sentence, which stands in `docs/recursion.md` too.
    why: String,
}

impl Explanation {
    fn explains(&self, who: &str, question: &Question, parts: &[&str]) -> bool {
        self.who == who
            && self.below.iter().any(|name| is_below(&question.name, name))
            && parts.iter().all(|part| self.parts.iter().any(|allowed| allowed == part))
    }
}

/// What each resolver says to a question; `rempart` is the first one.
type Row = Vec<Verdict>;

#[test]
fn agrees_with_its_peers() {
    inside(NEEDS, |directory| {
        for address in ["fd53::2/64", "fd53::5/64"] {
            run("ip", &["address", "add", address, "dev", "lo"]);
        }
        let internet = Internet::start(directory);
        let peers = peers::start(directory);
        let at = directory.display();
        let _rempart = Rempart::start(
            directory,
            &format!(
                "{SERVER}[resolver]\nroot_hints = \"{at}/root.hints\"\ntrust_anchor = \"{at}/root.key\"\n\
                 reach = [\"10.53.0.0/16\", \"fd53::/64\"]\n[policy]\n[[policy.groups]]\nname = \"all\"\n\
                 lists = []\n"
            ),
        );
        let mut resolvers: Vec<(&str, IpAddr)> = vec![("rempart", Ipv4Addr::LOCALHOST.into())];
        resolvers.extend(peers.iter().map(|peer| (peer.name, peer.address)));
        let mut open = internet.questions();
        let mut rows: BTreeMap<Question, Row> = BTreeMap::new();
        for _ in 0..ROUNDS {
            rows.extend(ask_all(&resolvers, &open));
            open.retain(|question| rows[question].iter().any(|verdict| *verdict != rows[question][0]));
        }
        let (report, faults) = compare(&resolvers, &rows);
        fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/recursion.txt"), &report).unwrap();
        assert!(rows.len() > 900, "{} questions", rows.len());
        assert!(faults == 0, "{faults} disagreements that nobody explained:\n{report}");
    });
}

/// Asks all resolvers at once, each a few questions at a time.
fn ask_all(resolvers: &[(&str, IpAddr)], questions: &[Question]) -> BTreeMap<Question, Row> {
    let told: Vec<Mutex<BTreeMap<usize, Verdict>>> = resolvers.iter().map(|_| Mutex::default()).collect();
    let next: Vec<AtomicUsize> = resolvers.iter().map(|_| AtomicUsize::new(0)).collect();
    scope(|scope| {
        for (place, (_, address)) in resolvers.iter().enumerate() {
            for _ in 0..AT_ONCE {
                let (told, next) = (&told[place], &next[place]);
                scope.spawn(move || {
                    while let Some((number, question)) = {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        questions.get(number).map(|question| (number, question))
                    } {
                        let verdict = ask(*address, question, LIMIT);
                        told.lock().unwrap().insert(number, verdict);
                    }
                });
            }
        }
    });
    let told: Vec<BTreeMap<usize, Verdict>> =
        told.into_iter().map(|told| told.into_inner().unwrap()).collect();
    let row = |number: usize| told.iter().map(|told| told[&number].clone()).collect();
    questions.iter().enumerate().map(|(number, question)| (question.clone(), row(number))).collect()
}

/// All disagreements as text, and how many of `rempart`'s are not explained.
fn compare(resolvers: &[(&str, IpAddr)], rows: &BTreeMap<Question, Row>) -> (String, usize) {
    let explanations: Explanations = toml::from_str(EXPLAINED).unwrap();
    let mut report = String::new();
    let mut right = vec![0; resolvers.len()];
    let (mut judged, mut faults) = (0, 0);
    for (question, row) in rows {
        let Some(most) = majority(&row[1..]) else {
            writeln!(report, "divided     {question}").unwrap();
            for ((name, _), verdict) in resolvers.iter().zip(row) {
                writeln!(report, "            {name}: {verdict}").unwrap();
            }
            continue;
        };
        judged += 1;
        for (place, verdict) in row.iter().enumerate() {
            let parts = verdict.differences(most);
            if parts.is_empty() {
                right[place] += 1;
                continue;
            }
            let who = resolvers[place].0;
            let reason = explanations.explained.iter().find(|reason| reason.explains(who, question, &parts));
            let kind = if reason.is_some() { "explained  " } else { "UNEXPLAINED" };
            faults += usize::from(reason.is_none() && place == 0);
            let why = reason.map_or(String::new(), |reason| format!(" ({})", reason.why));
            writeln!(report, "{kind} {who}: {question}{why}\n            {verdict}\n       most {most}")
                .unwrap();
        }
    }
    let shares: Vec<String> =
        resolvers.iter().zip(&right).map(|((name, _), right)| format!("{name} {right}")).collect();
    writeln!(report, "{} questions, {judged} judged; with most: {}", rows.len(), shares.join(", ")).unwrap();
    (report, faults)
}

/// What more than half say.
fn majority(verdicts: &[Verdict]) -> Option<&Verdict> {
    let said = |wanted: &Verdict| verdicts.iter().filter(|verdict| *verdict == wanted).count();
    verdicts.iter().find(|verdict| said(verdict) * 2 > verdicts.len())
}

#[test]
fn every_explained_disagreement_is_told_to_people() {
    let page = include_str!("../../docs/recursion.md");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let explanations: Explanations = toml::from_str(EXPLAINED).unwrap();
    for Explanation { who, why, .. } in &explanations.explained {
        assert!(words(page).contains(&words(why)), "docs/recursion.md lacks `{why}`, explained for {who}");
    }
}
