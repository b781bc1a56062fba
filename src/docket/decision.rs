//! A decision: a name, why it should be listed, and where it stands.
//!
//! ```text
//! Proposed ─► Reviewed ─► Approved ◄─► Appealed        Approved and Appealed are in force until they expire
//!     └───────────┴──► Rejected └──────────┴──► Removed | Expired
//! ```
//!
//! A decision is nothing but what its [`Event`]s come to. [`Decision::take`] is the only place that says which event may
//! follow on which, and who may bring it about; whoever acts and whoever verifies both go through it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::charter::{self, after};
use super::event::{Event, LONGEST, Refusal};
use super::person::Person;
use super::roster::Roster;
use super::screen::shown;
use crate::blocklist::{Scope, normalise};

/// Where a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Somebody proposed it.
    Proposed,
    /// Somebody else looked at it and found it right.
    Reviewed,
    /// Enough signers approved it: in force.
    Approved,
    /// Somebody contests it: in force until that is decided.
    Appealed,
    /// It was not to be listed.
    Rejected,
    /// Its time ran out.
    Expired,
    /// It is listed no more.
    Removed,
}

impl State {
    /// All of them, in the order in which a decision goes through them.
    pub const ALL: [Self; 7] = [
        Self::Proposed,
        Self::Reviewed,
        Self::Approved,
        Self::Appealed,
        Self::Rejected,
        Self::Expired,
        Self::Removed,
    ];

    /// The word that stands for it in the database and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Reviewed => "reviewed",
            Self::Approved => "approved",
            Self::Appealed => "appealed",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Removed => "removed",
        }
    }

    /// Whether such a decision is listed while its time runs.
    pub fn is_in_force(self) -> bool {
        matches!(self, Self::Approved | Self::Appealed)
    }

    /// Whether nothing happens to such a decision any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Rejected | Self::Expired | Self::Removed)
    }
}

/// What is proposed, and on what ground. It never changes: who wants something else proposes anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The list that the name goes into, such as `fr/nudification`.
    pub list: String,
    /// The name in lower-case A-labels, without a final dot.
    pub name: String,
    /// How far below the name it reaches.
    pub scope: Scope,
    /// What kind of service it is.
    pub category: String,
    /// The public case number.
    pub case: String,
    /// The state whose law this is: ISO 3166, `EU` or `XX`.
    pub jurisdiction: String,
    /// The law that it rests on.
    pub basis: String,
    /// Where the evidence is kept: a pointer, never the material.
    pub evidence: String,
    /// From when on it no longer applies.
    pub expires: Timestamp,
    /// When it must be looked at again.
    pub recheck: Timestamp,
    /// Whether it cannot wait.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
    /// The decision that it goes on from, which ends while this one is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<u64>,
    /// The guard rail that speaks against it, and why it is proposed nevertheless.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
}

/// A guard rail that a proposal stands against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Against {
    /// What the guard rail says.
    pub rail: String,
    /// Why the name is proposed nevertheless.
    pub reason: String,
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appeal {
    /// When it came in.
    pub received: Timestamp,
    /// When it must be decided.
    pub due: Timestamp,
    /// When and how that was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Verdict>,
}

/// What became of an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// When.
    pub time: Timestamp,
    /// What.
    pub outcome: Outcome,
}

/// How an appeal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The name left the list.
    Granted,
    /// The name stayed.
    Dismissed,
    /// The decision ended by itself before anybody decided.
    Lapsed,
}

/// A second person's word that a guard rail is to be passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Who said so.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A decision, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its number in the docket, from 1.
    pub id: u64,
    /// What was proposed.
    pub subject: Subject,
    /// Where it stands.
    pub state: State,
    /// Who proposed it.
    pub proposer: String,
    /// When.
    pub proposed: Timestamp,
    /// Who reviewed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
    /// Who approved it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvers: Vec<String>,
    /// When enough had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Timestamp>,
    /// When it must be looked at again.
    pub recheck: Timestamp,
    /// All appeals, the last one last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appeals: Vec<Appeal>,
    /// Who said that a guard rail is to be passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Override>,
    /// Whether resolvers only count it for now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub staged: bool,
    /// When it was first published as one that resolvers enforce.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_effect: Option<Timestamp>,
    /// The serial of the list that brought it out, while it is out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<u64>,
    /// When it was first published that it is listed no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of_effect: Option<Timestamp>,
    /// When it was rejected, expired or was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
}

/// Who does something, when, why and under what rules.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment<'a> {
    pub(super) person: &'a Person,
    pub(super) time: Timestamp,
    pub(super) reason: &'a str,
    pub(super) roster: &'a Roster,
}

impl Decision {
    /// A decision that begins.
    pub(super) fn propose(id: u64, subject: Subject, moment: Moment<'_>) -> Result<Self, Refusal> {
        let event = Event::Proposed(Box::new(subject.clone()));
        event.check_role(moment.person)?;
        let fault = |field| Err(Refusal::Missing { name: subject.name.clone(), field });
        if !normalise(&subject.name).is_ok_and(|name| name.to_host() == subject.name) {
            return Err(Refusal::Name { name: subject.name });
        }
        match &subject {
            Subject { list, .. } if !moment.roster.lists.contains_key(list) => {
                return fault("a list that is kept here");
            }
            Subject { case, .. } if case.trim().is_empty() => return fault("a case number"),
            Subject { basis, .. } if basis.trim().is_empty() => return fault("a legal basis"),
            Subject { against: Some(against), .. } if against.reason.trim().is_empty() => {
                return fault("the reason for passing over the guard rail");
            }
            _ => {}
        }
        let texts = [
            ("the case number", &subject.case),
            ("the category", &subject.category),
            ("the jurisdiction", &subject.jurisdiction),
            ("the legal basis", &subject.basis),
            ("the pointer to the evidence", &subject.evidence),
        ];
        let against = subject.against.iter();
        let against = against.flat_map(|it| [("the guard rail", &it.rail), ("the reason", &it.reason)]);
        for (field, text) in texts.into_iter().chain(against) {
            check_text(text, field, &subject.name)?;
        }
        let (name, expires) = (subject.name.clone(), subject.expires);
        match () {
            () if expires <= moment.time => return Err(Refusal::Past { name, expires }),
            () if expires > after(moment.time, charter::LONGEST) => {
                return Err(Refusal::Late { name, expires });
            }
            () if subject.recheck > moment.roster.charter.recheck(moment.time) => {
                return fault("an early date to look at it again");
            }
            () => {}
        }
        Ok(Self {
            id,
            state: State::Proposed,
            proposer: moment.person.name.clone(),
            proposed: moment.time,
            recheck: subject.recheck,
            subject,
            reviewer: None,
            approvers: Vec::new(),
            approved: None,
            appeals: Vec::new(),
            overridden: None,
            staged: false,
            in_effect: None,
            published: None,
            out_of_effect: None,
            ended: None,
        })
    }

    /// Lets something happen to it, or says why it may not.
    pub(super) fn take(&mut self, event: &Event, moment: Moment<'_>) -> Result<(), Refusal> {
        event.check_role(moment.person)?;
        self.check_state(event, moment)?;
        self.check_person(event, moment)?;
        let (time, by) = (moment.time, &moment.person.name);
        match event {
            Event::Proposed(_) => return Err(self.refuse(event)),
            Event::Reviewed => (self.state, self.reviewer) = (State::Reviewed, Some(by.clone())),
            Event::Approved => self.approve(moment),
            Event::Overridden => {
                self.overridden = Some(Override { by: by.clone(), reason: moment.reason.to_owned() });
            }
            Event::Appealed { received, due } => {
                self.state = State::Appealed;
                let (received, due) = (*received, *due);
                self.appeals.push(Appeal { received, due, decided: None });
            }
            Event::Dismissed => {
                self.state = State::Approved;
                self.decide_appeal(time, Outcome::Dismissed);
            }
            Event::Confirmed { recheck } => self.recheck = *recheck,
            Event::Staged => self.staged = true,
            Event::Promoted => self.staged = false,
            Event::Recalled => {
                (self.state, self.approved) = (State::Reviewed, None);
                self.approvers.clear();
            }
            Event::Rejected => self.end(State::Rejected, time, Outcome::Granted),
            Event::Removed => self.end(State::Removed, time, Outcome::Granted),
            Event::Expired => self.end(State::Expired, time, Outcome::Lapsed),
            Event::Published { serial, enforced } => {
                self.published = Some(*serial);
                if *enforced {
                    self.in_effect.get_or_insert(time);
                    self.out_of_effect = None;
                }
            }
            Event::Withdrawn { .. } => {
                self.published = None;
                self.out_of_effect = self.in_effect.map(|_| time);
            }
        }
        Ok(())
    }

    /// Whether the published list should hold it.
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.state.is_in_force() && now < self.subject.expires
    }

    /// The appeal that is not decided yet.
    pub fn open_appeal(&self) -> Option<&Appeal> {
        self.appeals.last().filter(|appeal| appeal.decided.is_none())
    }

    /// Its name with how far it reaches, as people read it.
    pub fn shown(&self) -> String {
        shown(&self.subject.name, self.subject.scope)
    }

    fn approve(&mut self, moment: Moment<'_>) {
        self.approvers.push(moment.person.name.clone());
        if self.approvers.len() >= moment.roster.charter.approvals as usize {
            // An appeal that came before the decision was recalled waits still.
            let state = if self.open_appeal().is_some() { State::Appealed } else { State::Approved };
            (self.state, self.approved) = (state, Some(moment.time));
        }
    }

    fn decide_appeal(&mut self, time: Timestamp, outcome: Outcome) {
        if let Some(appeal) = self.appeals.last_mut() {
            appeal.decided.get_or_insert(Verdict { time, outcome });
        }
    }

    fn end(&mut self, state: State, time: Timestamp, of_an_appeal: Outcome) {
        (self.state, self.ended) = (state, Some(time));
        self.decide_appeal(time, of_an_appeal);
    }

    fn check_state(&self, event: &Event, moment: Moment<'_>) -> Result<(), Refusal> {
        let expired = self.subject.expires <= moment.time;
        let charter = &moment.roster.charter;
        let fits = match event {
            Event::Overridden => self.subject.against.is_some() && self.overridden.is_none(),
            Event::Published { .. } => self.approved.is_some(),
            Event::Withdrawn { .. } => self.published.is_some(),
            Event::Expired => expired,
            Event::Promoted => self.staged,
            Event::Staged => !self.staged && self.in_effect.is_none(),
            Event::Appealed { received, due } => {
                *received <= moment.time && *due == charter.appeal_due(*received)
            }
            Event::Confirmed { recheck } => {
                *recheck > moment.time && *recheck <= charter.recheck(moment.time)
            }
            Event::Approved | Event::Reviewed if expired => {
                return Err(Refusal::Past { name: self.shown(), expires: self.subject.expires });
            }
            _ => true,
        };
        match fits && event.follows().contains(&self.state) {
            true => Ok(()),
            false => Err(self.refuse(event)),
        }
    }

    /// Two pairs of eyes: nobody agrees with themselves.
    fn check_person(&self, event: &Event, moment: Moment<'_>) -> Result<(), Refusal> {
        let by = &moment.person.name;
        let name = || self.shown();
        if event.needs_reason() && moment.reason.trim().is_empty() {
            return Err(Refusal::Reason { id: self.id, name: name(), what: event.word() });
        }
        if event.needs_another() && *by == self.proposer {
            return Err(Refusal::Own { id: self.id, name: name(), by: by.clone(), what: event.word() });
        }
        if *event != Event::Approved {
            return Ok(());
        }
        if self.approvers.contains(by) {
            return Err(Refusal::Twice { id: self.id, name: name(), by: by.clone() });
        }
        match (&self.subject.against, &self.overridden) {
            (Some(against), None) => {
                let rail = against.rail.clone();
                Err(Refusal::Guarded { id: self.id, name: name(), rail })
            }
            _ => Ok(()),
        }
    }

    fn refuse(&self, event: &Event) -> Refusal {
        Refusal::State { id: self.id, name: self.shown(), state: self.state.word(), what: event.word() }
    }
}

/// Refuses a text of which nobody could read the end, or that goes on where another line seems to begin.
pub(super) fn check_text(text: &str, field: &'static str, name: &str) -> Result<(), Refusal> {
    match text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        true => Err(Refusal::Text { name: name.to_owned(), field }),
        false => Ok(()),
    }
}
