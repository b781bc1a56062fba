//! Everything again, from the first act: what must come out is what is there.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::act::{Act, Deed, Digest, NOTHING, Record, Release};
use super::decision::{Decision, Moment};
use super::error::Error;
use super::event::{Event, Refusal};
use super::roster::Roster;
use super::store::{Cursor, Filter, Store};
use crate::trust::sha256;

/// A docket in which everything is as its people left it.
#[derive(Clone, Debug, Serialize)]
pub struct Verified {
    /// How many acts there are.
    pub acts: u64,
    /// How many decisions.
    pub decisions: u64,
    /// The hash of the last act: whoever writes it down notices when acts are taken away from the end.
    pub head: String,
    /// When the last act was done.
    pub last: Option<Timestamp>,
    /// Everything that was ever released, and when it was written down.
    #[serde(skip)]
    pub releases: Vec<(Timestamp, Release)>,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { acts, decisions, head, .. } = self;
        write!(
            f,
            "In order: {acts} acts on {decisions} decisions.\nHead {head}: write it down, and give it with --head next time."
        )
    }
}

/// What of an act is needed to judge what it did to a decision.
struct Done {
    /// Who worked here then, and how; one copy for all acts in a row that leave it as it is.
    roster: Arc<Roster>,
    author: String,
    time: Timestamp,
    reason: String,
    deed: Deed,
}

/// Does everything again, and shows each decision as it came out.
pub(super) fn verify(
    store: &mut Store,
    heads: &[String],
    each: &mut dyn FnMut(Decision) -> Result<(), Error>,
) -> Result<Verified, Error> {
    let (done, head) = verify_acts(store, heads)?;
    let decisions = verify_decisions(store, &done, each)?;
    let (acts, last) = (done.len() as u64, done.last().map(|it| it.time));
    let released = |done: Done| match done.deed {
        Deed::Released(release) => Some((done.time, release)),
        _ => None,
    };
    Ok(Verified { acts, decisions, head, last, releases: done.into_iter().filter_map(released).collect() })
}

/// Checks the chain, every signature, what people might do, and what each act says that it did.
fn verify_acts(store: &mut Store, heads: &[String]) -> Result<(Vec<Done>, String), Error> {
    let (mut roster, mut done, mut head) = (Arc::<Roster>::default(), Vec::<Done>::new(), NOTHING.to_owned());
    let (mut hashes, mut events) = (HashSet::new(), ByAct::default());
    loop {
        let page = store.acts(done.len() as u64, &[])?;
        if page.is_empty() {
            break;
        }
        for record in page {
            let act = check(&record, done.len() as u64 + 1, &head, done.last().map(|done| done.time))?;
            let mut next = (*roster).clone();
            next.take(&act)?;
            if next != *roster {
                roster = Arc::new(next);
            }
            record.check_signature(roster.person(&act.author)?)?;
            events.check(store, &act)?;
            let Act { number, time, author, reason, deed, .. } = act;
            if matches!(&deed, Deed::Audited { head: audited } if *audited != head) {
                return Err(Error::Broken {
                    number,
                    reason: "what was audited is not what stands before it",
                });
            }
            done.push(Done { roster: Arc::clone(&roster), author, time, reason, deed });
            head = record.hash;
            hashes.insert(head.clone());
        }
    }
    if let Some(head) = heads.iter().find(|head| !hashes.contains(*head)) {
        return Err(Error::OtherHead { head: head.clone() });
    }
    if let Some((act, decision)) = events.next(store)? {
        let reason = format!("something happened to it in act {act}, which is not there");
        return Err(Error::Decision { id: decision, reason });
    }
    Ok((done, head))
}

fn check(record: &Record, number: u64, head: &str, last: Option<Timestamp>) -> Result<Act, Error> {
    let broken = |reason| Err(Error::Broken { number, reason });
    if record.number != number {
        return broken("it is missing");
    }
    let act = record.open()?;
    if last.is_some_and(|last| act.time < last) {
        return broken("it was done before the act before it");
    }
    if act.previous != head { broken("it does not follow on the act before it") } else { Ok(act) }
}

/// What happened to decisions, in the order of the acts.
#[derive(Default)]
struct ByAct {
    page: std::vec::IntoIter<(u64, u64, String)>,
    /// The digest of each proposal.
    proposals: HashMap<u64, String>,
    /// Taken from the page, and not used yet.
    held: Option<(u64, u64, String)>,
    last: (u64, u64),
}

impl ByAct {
    fn pull(&mut self, store: &mut Store) -> Result<Option<(u64, u64, String)>, Error> {
        if let Some(held) = self.held.take() {
            return Ok(Some(held));
        }
        if self.page.as_slice().is_empty() {
            self.page = store.events_by_act(self.last)?.into_iter();
        }
        let next = self.page.next();
        if let Some((act, decision, _)) = &next {
            self.last = (*act, *decision);
        }
        Ok(next)
    }

    /// Compares what an act did with what it says that it did.
    fn check(&mut self, store: &mut Store, act: &Act) -> Result<(), Error> {
        let (mut digest, mut count) = (Digest::new(), 0);
        while let Some((number, decision, body)) = self.pull(store)? {
            if number != act.number {
                self.held = Some((number, decision, body));
                break;
            }
            let proposal = match act.deed {
                Deed::Proposed { .. } => {
                    self.proposals.entry(decision).or_insert_with(|| sha256(body.as_bytes()))
                }
                _ => self.proposals.entry(decision).or_default(),
            };
            digest.add(decision, &body, proposal);
            count += 1;
        }
        match count == act.decisions && digest.finish() == act.digest {
            true => Ok(()),
            false => {
                let reason = "what it did to decisions is not what it says";
                Err(Error::Broken { number: act.number, reason })
            }
        }
    }

    /// The next act and decision, if anything is left.
    fn next(&mut self, store: &mut Store) -> Result<Option<(u64, u64)>, Error> {
        Ok(self.pull(store)?.map(|(act, decision, _)| (act, decision)))
    }
}

/// Lets everything happen to every decision again, and compares where it stands.
fn verify_decisions(
    store: &mut Store,
    done: &[Done],
    each: &mut dyn FnMut(Decision) -> Result<(), Error>,
) -> Result<u64, Error> {
    let mut standing = Standing(Cursor::new(Filter::default()));
    let (mut after, mut count) = ((0, 0), 0);
    let mut current: Option<Decision> = None;
    loop {
        let page = store.events_by_decision(after)?;
        let Some((act, decision, _)) = page.last() else { break };
        after = (*decision, *act);
        for (act, id, body) in page {
            let event: Event =
                serde_json::from_str(&body).map_err(|cause| Error::Act { number: act, cause })?;
            current = match current.take() {
                Some(decision) if decision.id == id => Some(again(decision, &event, act, done)?),
                finished => {
                    if let Some(finished) = finished {
                        count += 1;
                        each(standing.compare(store, finished)?)?;
                    }
                    Some(begin(id, &event, act, done)?)
                }
            };
        }
    }
    if let Some(finished) = current {
        count += 1;
        each(standing.compare(store, finished)?)?;
    }
    standing.check_end(store)?;
    Ok(count)
}

fn moment(act: u64, done: &[Done]) -> Result<(&Done, Moment<'_>), Error> {
    let index = usize::try_from(act).ok().and_then(|act| act.checked_sub(1));
    let done = index.and_then(|index| done.get(index));
    let done = done.ok_or(Error::Broken { number: act, reason: "it is missing" })?;
    let Done { roster, author, time, reason, .. } = done;
    Ok((done, Moment { person: roster.person(author)?, time: *time, reason, roster }))
}

fn begin(id: u64, event: &Event, act: u64, done: &[Done]) -> Result<Decision, Error> {
    let (it, moment) = moment(act, done)?;
    match (event, &it.deed) {
        (Event::Proposed(subject), Deed::Proposed { .. }) => {
            let decision = Decision::propose(id, (**subject).clone(), moment);
            decision.map_err(|refusal| Error::Unlawful { number: act, refusal })
        }
        _ => Err(Error::Decision { id, reason: "it does not begin with a proposal".to_owned() }),
    }
}

fn again(mut decision: Decision, event: &Event, act: u64, done: &[Done]) -> Result<Decision, Error> {
    let (it, moment) = moment(act, done)?;
    let fits = match &it.deed {
        Deed::Decided(decided) => decided == event,
        Deed::Released(release) => match event {
            Event::Published { serial, .. } | Event::Withdrawn { serial } => *serial == release.serial,
            _ => false,
        },
        _ => false,
    };
    if !fits {
        return Err(Error::Broken { number: act, reason: "it did something else than it says" });
    }
    let taken: Result<(), Refusal> = decision.take(event, moment);
    taken.map_err(|refusal| Error::Unlawful { number: act, refusal })?;
    Ok(decision)
}

/// Where decisions are said to stand, in the order of their numbers.
struct Standing(Cursor);

impl Standing {
    /// The decision, if it is said to stand where it does.
    fn compare(&mut self, store: &mut Store, expected: Decision) -> Result<Decision, Error> {
        match self.0.pull(store)? {
            Some(found) if found == expected => Ok(expected),
            Some(found) if found.id == expected.id => {
                let (says, is) = (found.state.word(), expected.state.word());
                let reason = match says == is {
                    true => "it is not what its acts made of it".to_owned(),
                    false => format!("it is said to be {says}, and its acts made it {is}"),
                };
                Err(Error::Decision { id: expected.id, reason })
            }
            _ => Err(Error::Decision { id: expected.id, reason: "its row is missing".to_owned() }),
        }
    }

    fn check_end(&mut self, store: &mut Store) -> Result<(), Error> {
        match self.0.pull(store)? {
            None => Ok(()),
            Some(left) => Err(Error::Decision { id: left.id, reason: "nobody ever proposed it".to_owned() }),
        }
    }
}
