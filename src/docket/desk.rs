//! The docket as its people use it: look, act, and nothing in between.

use jiff::{SignedDuration, Timestamp};

use super::act::{Act, Deed, Digest, NOTHING, Record, Source};
use super::charter::Charter;
use super::decision::{Decision, Moment, Subject};
use super::error::Error;
use super::event::{Event, check_role};
use super::person::{Person, Role};
use super::roster::{KINDS, Roster};
use super::store::{Cursor, Filter, PAGE, Place, Store};
use super::verify::{Verified, verify};
use crate::authority::SigningKey;
use crate::trust::sha256;

/// By how much the clocks of two desks may differ.
pub(super) const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// After how long without an act a clock may rather be wrong: acts that were done in the future stand in everybody's way.
const PAUSE: SignedDuration = SignedDuration::from_hours(24 * 60);

/// A docket, opened.
pub struct Docket {
    store: Store,
    roster: Roster,
    /// The last act that the roster knows.
    known: u64,
    /// Whether this machine's clock is right, however far it is from the last act.
    trusts_clock: bool,
}

/// Somebody who acts, with the key to prove it.
pub struct Author<'k> {
    name: String,
    key: &'k SigningKey,
}

/// Who gives a command, why, and when.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// Who.
    pub author: &'a Author<'a>,
    /// Why; empty where it needs no reason.
    pub reason: &'a str,
    /// When.
    pub now: Timestamp,
}

impl<'k> Author<'k> {
    /// The person of this name, if the roster agrees; see [`Docket::author`].
    pub fn new(name: impl Into<String>, key: &'k SigningKey) -> Self {
        Self { name: name.into(), key }
    }
}

impl Docket {
    /// Begins a docket, where there is none; `sealed` are the encrypted keys of those who act by a passphrase, with their ids.
    pub fn found(
        place: &Place,
        charter: Charter,
        people: Vec<Person>,
        sealed: &[(String, String)],
        order: Order<'_>,
    ) -> Result<Self, Error> {
        let deed = Deed::Founded { charter, people };
        // Everything that could be wrong with it is found before there is a file.
        Roster::default().take(&first_act(order, deed.clone()))?;
        let (store, roster) = (Store::create(place)?, Roster::default());
        let mut docket = Self { store, roster, known: 0, trusts_clock: false };
        sealed.iter().try_for_each(|(id, pem)| docket.store.put_key(id, pem))?;
        docket.act(order, deed)?;
        Ok(docket)
    }

    /// Opens a docket.
    pub fn open(place: &Place) -> Result<Self, Error> {
        let mut store = Store::open(place)?;
        let (mut roster, mut known) = (Roster::default(), 0);
        catch_up(&mut store, &mut roster, &mut known)?;
        match known {
            0 => Err(Error::NoDocket { place: place.shown() }),
            _ => Ok(Self { store, roster, known, trusts_clock: false }),
        }
    }

    /// Acts by this machine's clock though it is far from the last act. An act never stands before the last one, so where
    /// that was done in the future, all have its time until then.
    pub fn trust_clock(&mut self) {
        self.trusts_clock = true;
    }

    /// Who works here, and how.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The person who acts under a key.
    pub fn author<'k>(&self, key: &'k SigningKey) -> Result<Author<'k>, Error> {
        for person in self.roster.people.values() {
            if person.key()?.is_half_of(key) {
                return Ok(Author { name: person.name.clone(), key });
            }
        }
        let key = key.public_key("stranger").map_err(Error::Signing)?;
        Err(Error::Stranger { key: key.id().to_owned() })
    }

    /// The encrypted key of a person who acts by a passphrase.
    pub fn sealed_key(&mut self, person: &str) -> Result<String, Error> {
        let key = self.roster.person(person)?.key()?;
        self.store.key(key.id())?.ok_or_else(|| Error::NoPassphrase { name: person.to_owned() })
    }

    /// Keeps an encrypted key under its id. It opens nothing before somebody works here under its public half.
    pub fn keep_key(&mut self, id: &str, pem: &str) -> Result<(), Error> {
        self.store.put_key(id, pem)
    }

    /// The hashes of the first act and of the last: whoever keeps them notices a docket that is another, or was set back.
    pub fn ends(&mut self) -> Result<[String; 2], Error> {
        let first = self.store.act(1)?.ok_or(Error::Broken { number: 1, reason: "it is missing" })?;
        let last = self.store.head()?.map_or_else(|| first.hash.clone(), |head| head.hash);
        Ok([first.hash, last])
    }

    /// Does something that concerns no decision.
    pub fn act(&mut self, order: Order<'_>, deed: Deed) -> Result<Act, Error> {
        self.write(order, deed, |_| Ok(()))
    }

    /// Proposes names, all of them or none.
    pub fn propose(
        &mut self,
        order: Order<'_>,
        source: Option<Source>,
        subjects: Vec<Subject>,
    ) -> Result<Act, Error> {
        if subjects.is_empty() {
            return Err(Error::Nothing);
        }
        self.write(order, Deed::Proposed { source }, |pages| {
            let first = pages.store.last_decision()? + 1;
            for (subject, id) in subjects.into_iter().zip(first..) {
                let event = Event::Proposed(Box::new(subject.clone()));
                let decision = Decision::propose(id, subject, pages.moment)?;
                pages.put(decision, &event)?;
            }
            Ok(())
        })
    }

    /// Lets the same happen to decisions, to all of them or to none.
    pub fn decide(&mut self, order: Order<'_>, event: &Event, ids: &[u64]) -> Result<Act, Error> {
        let changes = ids.iter().map(|id| (*id, event.clone()));
        self.record(order, Deed::Decided(event.clone()), changes)
    }

    /// Lets something happen to each of these decisions, in one act, to all of them or to none.
    pub fn record(
        &mut self,
        order: Order<'_>,
        deed: Deed,
        changes: impl IntoIterator<Item = (u64, Event)>,
    ) -> Result<Act, Error> {
        let mut changes: Vec<(u64, Event)> = changes.into_iter().collect();
        changes.sort_by_key(|(id, _)| *id);
        changes.dedup_by_key(|(id, _)| *id);
        let is_empty = changes.is_empty();
        if is_empty && matches!(deed, Deed::Decided(_)) {
            return Err(Error::Nothing);
        }
        self.write(order, deed, |pages| {
            for page in changes.chunks(PAGE) {
                let ids: Vec<u64> = page.iter().map(|(id, _)| *id).collect();
                let mut found = pages.store.decisions_of(&ids)?.into_iter();
                for (id, event) in page {
                    let decision = found.next().filter(|decision| decision.id == *id);
                    let mut decision = decision.ok_or(Error::NoDecision { id: *id })?;
                    decision.take(event, pages.moment)?;
                    pages.put(decision, event)?;
                }
            }
            Ok(())
        })
    }

    /// The decisions that are meant, one after the other.
    pub fn decisions(&mut self, filter: Filter) -> Decisions<'_> {
        Decisions { store: &mut self.store, cursor: Cursor::new(filter) }
    }

    /// Those among the decisions that are meant to which an event may happen now; where there are some and it may happen to
    /// none, why not to the first.
    pub fn fitting(&mut self, order: Order<'_>, event: &Event, filter: Filter) -> Result<Vec<u64>, Error> {
        let roster = self.roster.clone();
        let person = roster.person(&order.author.name)?;
        let moment = Moment { person, time: order.now, reason: order.reason, roster: &roster };
        let (mut ids, mut refusal) = (Vec::new(), None);
        for decision in self.decisions(filter) {
            let mut decision = decision?;
            match decision.take(event, moment) {
                Ok(()) => ids.push(decision.id),
                Err(why) => _ = refusal.get_or_insert(why),
            }
        }
        match refusal {
            Some(refusal) if ids.is_empty() => Err(refusal.into()),
            _ => Ok(ids),
        }
    }

    /// One decision.
    pub fn decision(&mut self, id: u64) -> Result<Decision, Error> {
        self.store.decisions_of(&[id])?.pop().ok_or(Error::NoDecision { id })
    }

    /// These decisions, page by page.
    pub fn those(&mut self, ids: &[u64]) -> impl Iterator<Item = Result<Vec<Decision>, Error>> {
        ids.chunks(PAGE).map(|page| self.store.decisions_of(page))
    }

    /// Everything that ever happened to a decision, each with the act that did it.
    pub fn history(&mut self, id: u64) -> Result<Vec<(Act, Event)>, Error> {
        let mut history = Vec::new();
        for (number, body) in self.store.events_of(id)? {
            let event = serde_json::from_str(&body).map_err(|cause| Error::Act { number, cause })?;
            let record = self.store.act(number)?.ok_or(Error::Broken { number, reason: "it is missing" })?;
            history.push((record.open()?, event));
        }
        Ok(history)
    }

    /// What was ever decided on these names.
    pub fn on(&mut self, names: &[String]) -> Result<Vec<Decision>, Error> {
        let mut found = Vec::new();
        for page in names.chunks(PAGE) {
            found.append(&mut self.store.decisions_on(page)?);
        }
        Ok(found)
    }

    /// How many decisions of each list are in each state: list, state, count.
    pub fn counts(&mut self) -> Result<Vec<(String, String, u64)>, Error> {
        self.store.counts()
    }

    /// Does everything again from the first act, and refuses the docket where anything differs. `heads` are hashes of acts
    /// that somebody wrote down: each must be one of its acts.
    pub fn verify(&mut self, heads: &[String]) -> Result<Verified, Error> {
        self.verify_each(heads, &mut |_| Ok(()))
    }

    pub(super) fn trusts_clock(&self) -> bool {
        self.trusts_clock
    }

    pub(super) fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Does everything again, and shows each decision as it came out.
    pub fn verify_each(
        &mut self,
        heads: &[String],
        each: &mut dyn FnMut(Decision) -> Result<(), Error>,
    ) -> Result<Verified, Error> {
        self.store.at_once(|store| verify(store, heads, each))
    }

    fn write(
        &mut self,
        order: Order<'_>,
        deed: Deed,
        fill: impl FnOnce(&mut Pages<'_>) -> Result<(), Error>,
    ) -> Result<Act, Error> {
        let Self { store, roster, known, trusts_clock } = self;
        store.alone(|store| {
            catch_up(store, roster, known)?;
            let head = store.head()?;
            let mut act = next_act(head.as_ref(), order, deed, *trusts_clock)?;
            if matches!(&act.deed, Deed::Audited { head } if *head != act.previous) {
                return Err(Error::Moved);
            }
            let mut next = roster.clone();
            next.take(&act)?;
            let person = next.person(&order.author.name)?;
            if !person.key()?.is_half_of(order.author.key) {
                let reason = "it is another key than the one of this name".to_owned();
                return Err(Error::Key { name: person.name.clone(), reason });
            }
            let last = head.map(|head| head.open()).transpose()?.map(|last| last.time);
            if last.is_some_and(|last| act.time.duration_since(last) > PAUSE) {
                // What is done in the future stands in everybody's way.
                check_role(person, &[Role::Signer])?;
            }
            let moment = Moment { person, time: act.time, reason: &act.reason, roster: &next };
            let mut pages = Pages::new(store, act.number, moment);
            fill(&mut pages)?;
            (act.decisions, act.digest) = pages.finish()?;
            store.add_act(&act.seal(order.author.key)?)?;
            if KINDS.contains(&act.deed.kind()) {
                (*roster, *known) = (next, act.number);
            }
            Ok(act)
        })
    }
}

/// Decisions, read page by page.
pub struct Decisions<'a> {
    store: &'a mut Store,
    cursor: Cursor,
}

impl Iterator for Decisions<'_> {
    type Item = Result<Decision, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.cursor.pull(self.store).transpose()
    }
}

/// What an act does to decisions, written page by page.
struct Pages<'a> {
    store: &'a mut Store,
    act: u64,
    moment: Moment<'a>,
    digest: Digest,
    count: u64,
    events: Vec<(u64, String)>,
    decisions: Vec<Decision>,
}

impl<'a> Pages<'a> {
    fn new(store: &'a mut Store, act: u64, moment: Moment<'a>) -> Self {
        let (events, decisions) = (Vec::with_capacity(PAGE), Vec::with_capacity(PAGE));
        Self { store, act, moment, digest: Digest::new(), count: 0, events, decisions }
    }

    /// A decision as it stands after an event. Decisions come in the order of their numbers.
    fn put(&mut self, decision: Decision, event: &Event) -> Result<(), Error> {
        let body = serde_json::to_string(event).map_err(Error::Json)?;
        let proposal = Event::Proposed(Box::new(decision.subject.clone()));
        let proposal = serde_json::to_string(&proposal).map_err(Error::Json)?;
        self.digest.add(decision.id, &body, &sha256(proposal.as_bytes()));
        self.count += 1;
        self.events.push((decision.id, body));
        self.decisions.push(decision);
        if self.events.len() == PAGE { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.store.add_events(self.act, &self.events)?;
        self.store.put_decisions(&self.decisions)?;
        self.events.clear();
        self.decisions.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<(u64, String), Error> {
        self.flush()?;
        Ok((self.count, self.digest.finish()))
    }
}

/// Brings a roster up to what other desks did. Only those who may have changed it are asked for; that nothing else was
/// edited is for [`Docket::verify`].
fn catch_up(store: &mut Store, roster: &mut Roster, known: &mut u64) -> Result<(), Error> {
    loop {
        let page = store.acts(*known, &KINDS)?;
        let Some(last) = page.last() else { return Ok(()) };
        let number = last.number;
        for record in &page {
            let act = record.open()?;
            roster.take(&act)?;
            record.check_signature(roster.person(&act.author)?)?;
        }
        *known = number;
    }
}

fn first_act(Order { author, reason, now }: Order<'_>, deed: Deed) -> Act {
    Act {
        number: 1,
        time: whole_seconds(now),
        author: author.name.clone(),
        reason: reason.trim().to_owned(),
        deed,
        decisions: 0,
        digest: String::new(),
        previous: NOTHING.to_owned(),
    }
}

fn next_act(head: Option<&Record>, order: Order<'_>, deed: Deed, trusts_clock: bool) -> Result<Act, Error> {
    let first = first_act(order, deed);
    let Some(head) = head else { return Ok(first) };
    let last = head.open()?.time;
    check_clock(last, first.time, trusts_clock)?;
    // Acts stand in the order of their times, whatever the clocks of two desks say.
    Ok(Act { number: head.number + 1, previous: head.hash.clone(), time: first.time.max(last), ..first })
}

/// Refuses to act by a clock that is rather wrong.
pub(super) fn check_clock(last: Timestamp, now: Timestamp, trusts_clock: bool) -> Result<(), Error> {
    match (-SKEW..=PAUSE).contains(&now.duration_since(last)) || trusts_clock {
        true => Ok(()),
        false => Err(Error::Clock { last, now }),
    }
}

fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Desk, key, person, time};
    use super::super::{Kind, ListTerms, Motion, Outcome, State};
    use super::*;

    fn told(error: Error) -> String {
        error.to_string()
    }

    #[test]
    fn a_name_is_listed_by_two_people_and_removed_by_one() {
        let mut desk = Desk::new();
        desk.propose("ana", &["a.example", "b.example"]).unwrap();
        desk.decide("ben", &Event::Reviewed, &[1, 2]).unwrap();
        desk.decide("ben", &Event::Approved, &[1, 2]).unwrap();
        let decision = desk.docket.decision(2).unwrap();
        assert_eq!(
            (decision.state, decision.approvers.as_slice()),
            (State::Approved, &["ben".to_owned()][..])
        );
        assert!(decision.is_in_force(desk.now) && !decision.is_in_force(time("2027-03-01T12:00:00Z")));
        desk.decide("ana", &Event::Removed, &[2]).unwrap();
        assert_eq!(desk.docket.decision(2).unwrap().state, State::Removed);
        let counts = desk.docket.counts().unwrap();
        let count = |state: &str| ("fr/nudification".to_owned(), state.to_owned(), 1);
        assert_eq!(counts, [count("approved"), count("removed")]);
        let verified = desk.docket.verify(&[]).unwrap();
        assert_eq!((verified.acts, verified.decisions), (6, 2));
    }

    #[test]
    fn nobody_agrees_with_themselves() {
        let mut desk = Desk::new();
        desk.propose("ana", &["a.example"]).unwrap();
        let error = told(desk.decide("ana", &Event::Reviewed, &[1]).unwrap_err());
        assert_eq!(error, "decision 1 (a.example) was proposed by ana: it must be reviewed by somebody else");
        desk.decide("ben", &Event::Reviewed, &[1]).unwrap();
        let error = told(desk.decide("ana", &Event::Approved, &[1]).unwrap_err());
        assert!(error.contains("must be approved by somebody else"), "{error}");
        let error = told(desk.decide("dora", &Event::Approved, &[1]).unwrap_err());
        assert_eq!(error, "dora may not do that: it takes the role signer, and dora has auditor");
        // Nothing of a command is done where a part of it may not be.
        desk.propose("ben", &["b.example"]).unwrap();
        let error = told(desk.decide("ben", &Event::Approved, &[1, 2]).unwrap_err());
        assert!(error.contains("decision 2 (b.example) is proposed: it cannot be approved now"), "{error}");
        assert_eq!(desk.docket.decision(1).unwrap().state, State::Reviewed);
        desk.docket.verify(&[]).unwrap();
    }

    #[test]
    fn the_charter_may_want_more_approvals() {
        let mut desk = Desk::new();
        let charter = Charter { approvals: 2, ..Charter::default() };
        let moved = desk.act("ana", Deed::Moved(Motion::Charter(charter))).unwrap();
        let error = told(desk.act("ana", Deed::Seconded { act: moved.number }).unwrap_err());
        assert!(error.contains("another signer must second it"), "{error}");
        desk.propose("ana", &["a.example"]).unwrap();
        desk.decide("cleo", &Event::Reviewed, &[1]).unwrap();
        desk.act("ben", Deed::Seconded { act: moved.number }).unwrap();
        desk.decide("cleo", &Event::Approved, &[1]).unwrap();
        assert_eq!(desk.docket.decision(1).unwrap().state, State::Reviewed);
        let error = told(desk.decide("cleo", &Event::Approved, &[1]).unwrap_err());
        assert!(error.contains("the next approval must be another signer's"), "{error}");
        desk.decide("ben", &Event::Approved, &[1]).unwrap();
        assert_eq!(desk.docket.decision(1).unwrap().state, State::Approved);
        desk.docket.verify(&[]).unwrap();
    }

    #[test]
    fn a_lost_key_is_stopped_by_one_and_replaced_by_two() {
        let mut desk = Desk::new();
        let thief = Deed::Moved(Motion::Person(person("thief", &[Role::Signer])));
        let moved = desk.act("ana", thief).unwrap();
        desk.act("ben", Deed::Suspended { person: "ana".to_owned() }).unwrap();
        let error = told(desk.act("cleo", Deed::Seconded { act: moved.number }).unwrap_err());
        assert!(error.contains("no change waits under the number 3"), "{error}");
        let error = told(desk.propose("ana", &["a.example"]).unwrap_err());
        assert!(error.contains("it takes the role proposer, and ana has none"), "{error}");
        // Under another key of the same name.
        let fresh = key("ana2");
        let new = Person::new(&fresh.public_key("ana").unwrap(), [Role::Proposer, Role::Signer]);
        let moved = desk.act("ben", Deed::Moved(Motion::Person(new))).unwrap();
        desk.act("cleo", Deed::Seconded { act: moved.number }).unwrap();
        assert!(matches!(desk.propose("ana", &["a.example"]).unwrap_err(), Error::Key { .. }));
        let ana = Author::new("ana", &fresh);
        let order = Order { author: &ana, reason: "", now: desk.now };
        let subject = super::super::testing::subject("a.example", desk.now);
        desk.docket.propose(order, None, vec![subject]).unwrap();
        desk.docket.verify(&[]).unwrap();
        // Another desk that had the docket open knows all this too.
        let mut other = Docket::open(&desk.place).unwrap();
        assert!(matches!(other.author(&key("ana")), Err(Error::Stranger { .. })));
        assert_eq!(other.verify(&[]).unwrap().decisions, 1);
    }

    #[test]
    fn whatever_is_edited_shows() {
        for (sql, words) in [
            (
                "UPDATE decisions SET state = 'approved' WHERE id = 1",
                "its columns are not what its text says",
            ),
            (
                "UPDATE decisions SET state = 'approved', body = replace(body, '\"state\":\"proposed\"', \
                 '\"state\":\"approved\"') WHERE id = 1",
                "it is said to be approved, and its acts made it proposed",
            ),
            (
                "UPDATE decisions SET body = replace(body, 'file 7', 'file 8') WHERE id = 2",
                "not what its acts",
            ),
            ("DELETE FROM decisions WHERE id = 2", "its row is missing"),
            ("DELETE FROM events WHERE decision = 2", "what it did to decisions is not what it says"),
            ("UPDATE events SET body = replace(body, 'file 7', 'file 8')", "what it did to decisions"),
            (
                "INSERT INTO events (act, decision, body) VALUES (9, 1, '\"approved\"')",
                "in act 9, which is not there",
            ),
            (
                "UPDATE acts SET body = replace(body, 'ana', 'ben') WHERE number = 3",
                "its hash is not that of its text",
            ),
            ("UPDATE acts SET signature = 'ab' WHERE number = 3", "its signature is not its author's"),
            ("UPDATE acts SET kind = 'reviewed' WHERE number = 3", "its kind is not the one in its text"),
            ("DELETE FROM acts WHERE number = 2", "act 2 was edited: it is missing"),
        ] {
            let mut desk = Desk::new();
            desk.propose("ana", &["a.example", "b.example"]).unwrap();
            desk.decide("ben", &Event::Reviewed, &[2]).unwrap();
            desk.docket.verify(&[]).unwrap();
            desk.edit(sql);
            let error = told(desk.docket.verify(&[]).unwrap_err());
            assert!(error.contains(words), "{sql}: {error}");
        }
    }

    #[test]
    fn no_row_hides_in_another() {
        for sql in [
            "UPDATE decisions SET body = body || char(30) || (SELECT id || char(31) || list || char(31) || name || char(31) \
             || state || char(31) || case_number || char(31) || expires || char(31) || body FROM decisions WHERE id = 2) \
             WHERE id = 1; DELETE FROM decisions WHERE id = 2",
            "UPDATE decisions SET id = -5 WHERE id = 2",
        ] {
            let mut desk = Desk::new();
            desk.propose("ana", &["a.example", "b.example"]).unwrap();
            desk.docket.verify(&[]).unwrap();
            desk.edit(sql);
            assert!(matches!(desk.docket.verify(&[]).unwrap_err(), Error::Row), "{sql}");
        }
    }

    #[test]
    fn whoever_agrees_agrees_to_what_was_proposed() {
        let mut desk = Desk::new();
        desk.propose("ana", &["victim.example"]).unwrap();
        // Shown to the others as something else, and put back once they have agreed.
        desk.edit("UPDATE decisions SET name = 'nude.example', body = replace(body, 'victim.example', 'nude.example')");
        desk.decide("ben", &Event::Reviewed, &[1]).unwrap();
        desk.decide("ben", &Event::Approved, &[1]).unwrap();
        assert_eq!(desk.docket.decision(1).unwrap().subject.name, "nude.example");
        desk.edit("UPDATE decisions SET name = 'victim.example', body = replace(body, 'nude.example', 'victim.example')");
        let error = told(desk.docket.verify(&[]).unwrap_err());
        assert!(error.contains("act 4 was edited: what it did to decisions is not what it says"), "{error}");
    }

    #[test]
    fn an_appeal_outlives_an_undone_release() {
        let mut desk = Desk::new();
        desk.propose("ana", &["a.example"]).unwrap();
        desk.decide("ben", &Event::Reviewed, &[1]).unwrap();
        desk.decide("ben", &Event::Approved, &[1]).unwrap();
        let due = desk.docket.roster().charter.appeal_due(desk.now);
        let appealed = Event::Appealed { received: desk.now, due };
        desk.decide("cleo", &appealed, &[1]).unwrap();
        desk.decide("ben", &Event::Recalled, &[1]).unwrap();
        desk.decide("ben", &Event::Approved, &[1]).unwrap();
        assert_eq!(desk.docket.decision(1).unwrap().state, State::Appealed);
        desk.decide("cleo", &Event::Dismissed, &[1]).unwrap();
        assert_eq!(desk.docket.decision(1).unwrap().state, State::Approved);
        desk.docket.verify(&[]).unwrap();
    }

    #[test]
    fn acts_taken_from_the_end_show_to_whoever_knows_the_head() {
        let mut desk = Desk::new();
        desk.propose("ana", &["a.example"]).unwrap();
        let head = desk.docket.verify(&[]).unwrap().head;
        let audited = desk.act("dora", Deed::Audited { head: head.clone() }).unwrap();
        assert_eq!(audited.number, 4);
        desk.docket.verify(std::slice::from_ref(&head)).unwrap();
        desk.edit("DELETE FROM acts WHERE number > 2; DELETE FROM events; DELETE FROM decisions");
        assert_eq!(desk.docket.verify(&[]).unwrap().acts, 2);
        assert!(matches!(desk.docket.verify(&[head]).unwrap_err(), Error::OtherHead { .. }));
    }

    #[test]
    fn a_docket_is_founded_once_and_by_two_signers() {
        let desk = Desk::new();
        let (key, now) = (key("ana"), desk.now);
        let order = Order { author: &Author::new("ana", &key), reason: "", now };
        let found = |place: &Place, people: Vec<Person>| {
            told(Docket::found(place, Charter::default(), people, &[], order).err().unwrap())
        };
        let roles = [Role::Proposer, Role::Reviewer, Role::Signer];
        let all = || vec![person("ana", &roles), person("ben", &roles)];
        let signers = || vec![person("ana", &[Role::Signer]), person("ben", &[Role::Signer])];
        assert!(found(&desk.place, all()).contains("is a docket at"));
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("new.sqlite"));
        assert!(found(&place, vec![person("ana", &[Role::Signer])]).contains("1 would be left to sign"));
        assert!(
            found(&place, vec![person("ben", &roles), person("cleo", &roles)])
                .contains("nobody is called ana")
        );
        assert!(found(&place, signers()).contains("nobody could propose"));
        // Nothing that failed leaves a file behind.
        assert!(matches!(Docket::open(&place), Err(Error::NoDocket { .. })));
        Docket::found(&place, Charter::default(), all(), &[], order).unwrap();
    }

    #[test]
    fn a_clock_that_went_back_stops_the_desk() {
        let mut desk = Desk::new();
        desk.propose("ana", &["a.example"]).unwrap();
        desk.now -= SignedDuration::from_mins(2);
        desk.propose("ana", &["b.example"]).unwrap();
        assert_eq!(desk.docket.decision(2).unwrap().proposed, time("2026-03-01T12:00:00Z"));
        desk.now -= SignedDuration::from_hours(1);
        assert!(matches!(desk.propose("ana", &["c.example"]).unwrap_err(), Error::Clock { .. }));
    }

    #[test]
    fn two_desks_take_turns() {
        let mut desk = Desk::new();
        let mut other = Docket::open(&desk.place).unwrap();
        let (ben, now) = (key("ben"), desk.now);
        let order = Order { author: &Author::new("ben", &ben), reason: "", now };
        for turn in 0..5 {
            desk.propose("ana", &[&format!("a{turn}.example")]).unwrap();
            let subject = super::super::testing::subject(&format!("b{turn}.example"), now);
            other.propose(order, None, vec![subject]).unwrap();
        }
        // What one desk changes of the people holds for the other at once.
        desk.act("ana", Deed::Suspended { person: "ben".to_owned() }).unwrap();
        let subject = super::super::testing::subject("c.example", now);
        assert!(matches!(other.propose(order, None, vec![subject]), Err(Error::Refused(_))));
        assert_eq!(other.verify(&[]).unwrap().decisions, 10);
    }

    #[test]
    fn appeals_run_by_the_clock_and_names_end_by_it() {
        let mut desk = Desk::new();
        desk.propose("ana", &["a.example"]).unwrap();
        desk.decide("ben", &Event::Reviewed, &[1]).unwrap();
        desk.decide("ben", &Event::Approved, &[1]).unwrap();
        let received = desk.now;
        let appealed = Event::Appealed { received, due: desk.docket.roster().charter.appeal_due(received) };
        desk.decide("cleo", &appealed, &[1]).unwrap();
        assert!(desk.docket.decision(1).unwrap().is_in_force(desk.now));
        let work = |desk: &mut Desk| desk.docket.worklist(None, (desk.now, 30), &[]).unwrap().tasks[0].kind;
        assert_eq!(work(&mut desk), Kind::Appeal);
        desk.now += SignedDuration::from_hours(24 * 15);
        assert_eq!(work(&mut desk), Kind::LateAppeal);
        desk.decide("cleo", &Event::Dismissed, &[1]).unwrap();
        let verdict = desk.docket.decision(1).unwrap().appeals[0].decided.unwrap();
        assert_eq!(verdict.outcome, Outcome::Dismissed);
        assert!(matches!(desk.decide("ben", &Event::Expired, &[1]), Err(Error::Refused(_))));
        desk.now += SignedDuration::from_hours(24 * 365);
        let survey = desk.docket.survey("fr/nudification", &[], desk.now).unwrap();
        assert!(survey.rules.is_empty() && survey.ended == [1]);
        // After so long the clock may be wrong.
        assert!(matches!(desk.decide("ben", &Event::Expired, &[1]).unwrap_err(), Error::Clock { .. }));
        desk.docket.trust_clock();
        desk.decide("ben", &Event::Expired, &[1]).unwrap();
        desk.docket.verify(&[]).unwrap();
    }

    #[test]
    fn of_two_decisions_on_a_name_the_longer_one_is_listed() {
        let mut desk = Desk::new();
        desk.propose("ana", &["a.example", "b.example"]).unwrap();
        desk.now += SignedDuration::from_hours(24);
        desk.propose("ana", &["a.example"]).unwrap();
        for event in [Event::Reviewed, Event::Approved] {
            desk.decide("ben", &event, &[1, 2, 3]).unwrap();
        }
        let rules = desk.docket.survey("fr/nudification", &[], desk.now).unwrap().rules;
        let said: Vec<_> = rules.iter().map(|rule| (rule.line, rule.details.reference.as_deref())).collect();
        assert_eq!(said, [(3, Some("FR-2026-1")), (2, Some("FR-2026-1"))]);
    }

    #[test]
    fn lists_are_named_by_their_headers() {
        let mut desk = Desk::new();
        assert_eq!(desk.docket.roster().list(None).unwrap().0, "fr/nudification");
        let header = super::super::testing::HEADER.replace("fr/nudification", "fr/x");
        let terms = ListTerms { target: "x.jsonl".to_owned(), header };
        desk.act("ana", Deed::List(terms)).unwrap();
        let error = told(desk.docket.roster().list(None).err().unwrap());
        assert!(error.contains("fr/nudification, fr/x"), "{error}");
        let nameless = ListTerms { target: "x.jsonl".to_owned(), header: "list = \"fr/y\"".to_owned() };
        assert!(matches!(desk.act("ana", Deed::List(nameless)).unwrap_err(), Error::Header { .. }));
    }
}
