//! Random Internets: thousands of resolutions among zones, aliases, signatures and broken servers drawn from a
//! seed, each held against an oracle that reads the answer straight from the zones.
//!
//! The laws: a question ends in bounded time with a bounded number of queries; where a sound way leads to the data,
//! the answer is right, AD and all; where none does, it is right or a failure; what is bogus is a failure; no server
//! has a say in what is not its own.
//!
//! ```text
//! REMPART_WORLD=17 cargo test --test suite worlds      # the world of one seed again
//! REMPART_WORLDS=5000 cargo test --test suite worlds   # more of them
//! ```

mod oracle;
mod plan;

use std::env;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;

use futures_util::future::join_all;
use rempart::dns::{Found, Question, Rcode, RecordType};
use rempart::resolver::{Ask, Config, Resolver};
use tokio::time::Instant;

use crate::simulation::{Chance, Simulation};
use oracle::{Data, Oracle, Verdict, plain};
use plan::Plan;

const WORLDS: u64 = 400;
const QUESTIONS: usize = 50;
/// Questions asked at the same time, at most.
const TOGETHER: usize = 6;
/// What a question may cost, in queries to servers and milliseconds.
const MOST_QUERIES: usize = 120;
const MOST_TIME: u64 = 6_000;

#[test]
#[expect(clippy::print_stdout, reason = "whoever sees it fail wants the seeds")]
fn answers_are_right_in_random_worlds() {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().expect(name));
    let seeds = match number("REMPART_WORLD") {
        Some(seed) => seed..seed + 1,
        None => 0..number("REMPART_WORLDS").unwrap_or(WORLDS),
    };
    println!("worlds of the seeds {seeds:?}");
    for seed in seeds {
        let plan = Plan::draw(seed, QUESTIONS);
        if let Err(fault) = live(&plan) {
            let (plan, fault) = shrink(plan, fault);
            panic!("REMPART_WORLD={seed}: {fault}\n{}", show(&plan));
        }
    }
}

/// Leaves out halves, then quarters and so on of the questions for as long as something is at fault.
fn shrink(mut plan: Plan, mut fault: String) -> (Plan, String) {
    let mut length = plan.questions.len() / 2;
    while length > 0 {
        let mut start = 0;
        while start < plan.questions.len() {
            let all = plan.questions.clone();
            plan.questions.drain(start..all.len().min(start + length));
            match live(&plan) {
                Err(other) => fault = other,
                Ok(()) => {
                    plan.questions = all;
                    start += length;
                }
            }
        }
        length /= 2;
    }
    (plan, fault)
}

/// Asks all questions of a world; brings the first fault.
fn live(plan: &Plan) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    runtime.unwrap().block_on(async {
        let simulation = plan.build();
        let resolver = resolver(&simulation);
        let oracle = Oracle::new(plan);
        let mut chance = Chance::new(plan.seed ^ 0x5eed);
        let mut rest = &plan.questions[..];
        while !rest.is_empty() {
            let (batch, after) = rest.split_at(rest.len().min(1 + chance.below(TOGETHER)));
            rest = after;
            ask(&simulation, &resolver, &oracle, batch).await?;
        }
        Ok(())
    })
}

async fn ask(
    simulation: &Simulation,
    resolver: &Resolver,
    oracle: &Oracle<'_>,
    batch: &[Question],
) -> Result<(), String> {
    let (begun, before) = (Instant::now(), simulation.asked_count());
    let founds = join_all(batch.iter().map(|question| resolver.resolve(question, Ask::default())));
    let founds = tokio::time::timeout(std::time::Duration::from_secs(120), founds).await;
    let founds = founds.map_err(|_| format!("one of {batch:?} never ends"))?;
    let (took, cost) = (begun.elapsed().as_millis() as u64, simulation.asked_count() - before);
    if took > MOST_TIME || cost > MOST_QUERIES * batch.len() {
        return Err(format!("{batch:?} took {took} ms and {cost} queries"));
    }
    for (question, found) in batch.iter().zip(&founds) {
        let verdict = oracle.judge(question);
        if let Some(fault) = fault(&verdict, found) {
            let mut text =
                format!("{question}: {fault}\nexpected: {verdict:?}\n   found: {found:?}\nasked:\n");
            for asked in simulation.asked().iter().skip(before).take(80) {
                writeln!(text, "  {} {:?} {} {}", asked.server, asked.transport, asked.name, asked.rtype)
                    .unwrap();
            }
            return Err(text);
        }
    }
    Ok(())
}

fn fault(verdict: &Verdict, found: &Found) -> Option<&'static str> {
    let failed = found.rcode == Rcode::SERVFAIL;
    match verdict {
        Verdict::Unknowable if found.authentic => Some("AD on what cannot be known"),
        Verdict::Unknowable => None,
        Verdict::Failure if failed => None,
        Verdict::Failure => Some("an answer where there is none"),
        Verdict::Right { certain: true, .. } if failed => Some("a failure where there is an answer"),
        Verdict::Right { .. } if failed => None,
        Verdict::Right { rcode, .. } if found.rcode != *rcode => Some("another rcode"),
        Verdict::Right { secure, .. } if found.authentic != *secure => Some("wrong AD"),
        Verdict::Right { data, .. } => {
            let records = found.answer.iter().filter(|record| record.rtype != RecordType::RRSIG);
            (records.map(plain).collect::<Data>() != *data).then_some("other data")
        }
    }
}

fn resolver(simulation: &Simulation) -> Resolver {
    let file = |text: &str| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    };
    let hints = file(". 3600 NS a.root.\na.root. 3600 A 192.0.2.1\n");
    let anchors = simulation.is_signed().then(|| file(&simulation.trust_anchor()));
    let config = Config {
        root_hints: Some(hints.path().into()),
        trust_anchor: anchors.as_ref().map(|file| file.path().into()),
        dnssec: anchors.is_some(),
        reach: vec!["192.0.2.0/24".parse().unwrap()],
        memory: 4,
        ..Config::default()
    };
    Resolver::new(&config, Arc::new(simulation.clone())).unwrap()
}

fn show(plan: &Plan) -> String {
    let mut text = String::new();
    for zone in &plan.zones {
        writeln!(text, "zone {} {:?}", zone.origin, zone.signing).unwrap();
        for (name, server) in &zone.servers {
            let server = &plan.servers[*server];
            writeln!(text, "  served by {name} {} {:?}", server.address, server.manners).unwrap();
        }
        for record in &zone.records {
            let data = record.alias().map_or(record.data.escape_ascii().to_string(), |name| name.to_string());
            writeln!(text, "  {} {} {data}", record.owner, record.rtype).unwrap();
        }
    }
    for question in &plan.questions {
        writeln!(text, "question {question}").unwrap();
    }
    text
}
