//! What waits for somebody, the most urgent first.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use jiff::Timestamp;
use serde::Serialize;

use super::charter::after;
use super::decision::{Decision, State, Subject};
use super::desk::Docket;
use super::error::Error;
use super::event::Event;
use super::person::{Person, Role};
use super::release::{Key, key};
use super::store::Filter;
use crate::authority::KeptList;

/// How many decisions of each kind are told one by one.
const MOST: usize = 20;

/// What waits for somebody.
#[derive(Clone, Debug, Serialize)]
pub struct Worklist {
    /// The kinds of work, the most urgent first.
    pub tasks: Vec<Task>,
    /// Names that are public in a list of the docket though nobody here decided to list them.
    pub undecided: BTreeMap<String, Vec<String>>,
    /// Changes of people or rules that a second signer must agree to: the act that moved each, and who did.
    pub motions: Vec<(u64, String)>,
}

/// Work of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
    /// What is to be done.
    pub kind: Kind,
    /// On how many decisions.
    pub count: u64,
    /// The first of them: number, name, and by when, where there is a date.
    pub first: Vec<(u64, String, Option<Timestamp>)>,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An appeal is past its date.
    LateAppeal,
    /// What is over is public still.
    Withdraw,
    /// Urgent, and somebody else must review it.
    UrgentReview,
    /// Urgent, and a signer must approve it.
    UrgentApproval,
    /// An appeal waits to be decided.
    Appeal,
    /// A guard rail must be passed over, or the proposal rejected.
    Override,
    /// Somebody else must review it.
    Review,
    /// A signer must approve it.
    Approval,
    /// It is in force, and not public yet.
    Publish,
    /// Resolvers count it alone.
    Promote,
    /// It must be looked at again.
    Recheck,
    /// It ends soon.
    Renew,
}

impl Task {
    fn add(&mut self, entry: (u64, String, Option<Timestamp>)) {
        self.count += 1;
        if self.first.len() < MOST {
            self.first.push(entry);
        }
    }
}

impl Kind {
    const ALL: [Self; 12] = [
        Self::LateAppeal,
        Self::Withdraw,
        Self::UrgentReview,
        Self::UrgentApproval,
        Self::Appeal,
        Self::Override,
        Self::Review,
        Self::Approval,
        Self::Publish,
        Self::Promote,
        Self::Recheck,
        Self::Renew,
    ];

    /// What a decision waits for; of several things the most urgent.
    fn of(decision: &Decision, now: Timestamp, soon: Timestamp) -> Option<(Self, Option<Timestamp>)> {
        let subject = &decision.subject;
        let appeal = decision.open_appeal().filter(|_| decision.state == State::Appealed);
        if let Some(appeal) = appeal {
            let kind = if appeal.due <= now { Self::LateAppeal } else { Self::Appeal };
            return Some((kind, Some(appeal.due)));
        }
        let needs_override = subject.against.is_some() && decision.overridden.is_none();
        let kind = match decision.state {
            _ if !decision.is_in_force(now) && decision.published.is_some() => Self::Withdraw,
            State::Proposed if subject.urgent => Self::UrgentReview,
            State::Proposed => Self::Review,
            State::Reviewed if needs_override => Self::Override,
            State::Reviewed if subject.urgent => Self::UrgentApproval,
            State::Reviewed => Self::Approval,
            State::Approved if decision.published.is_none() => Self::Publish,
            State::Approved if decision.staged => Self::Promote,
            State::Approved if decision.in_effect.is_none() => Self::Publish,
            State::Approved if decision.recheck <= soon => {
                return Some((Self::Recheck, Some(decision.recheck)));
            }
            State::Approved if subject.expires <= soon => return Some((Self::Renew, Some(subject.expires))),
            _ => return None,
        };
        Some((kind, None))
    }

    /// Whether a person may do it, with a decision that somebody proposed.
    fn is_for(self, person: &Person, decision: &Decision) -> bool {
        let event = match self {
            Self::LateAppeal | Self::Appeal => Event::Dismissed,
            Self::UrgentReview | Self::Review => Event::Reviewed,
            Self::UrgentApproval | Self::Approval => Event::Approved,
            Self::Override => Event::Overridden,
            Self::Promote => Event::Promoted,
            Self::Recheck => Event::Confirmed { recheck: decision.proposed },
            Self::Renew => return person.is_any(&[Role::Proposer]),
            Self::Publish | Self::Withdraw => Event::Published { serial: 0, enforced: true },
        };
        let is_own = event.needs_another() && decision.proposer == person.name;
        let did = self.is_approval() && decision.approvers.contains(&person.name);
        !is_own && !did && event.check_role(person).is_ok()
    }

    fn is_approval(self) -> bool {
        matches!(self, Self::UrgentApproval | Self::Approval)
    }
}

impl Docket {
    /// What waits for anybody, or for one person alone; dates within so many days count. `public` are lists of the docket as
    /// they are published.
    pub fn worklist(
        &mut self,
        person: Option<&str>,
        (now, days): (Timestamp, u32),
        public: &[KeptList],
    ) -> Result<Worklist, Error> {
        let person = person.map(|name| self.roster().person(name).cloned()).transpose()?;
        let soon = after(now, days);
        let empty = |kind| Task { kind, count: 0, first: Vec::new() };
        let mut tasks = Kind::ALL.map(empty);
        let keys = |list: &KeptList| list.rules.iter().filter_map(key).collect();
        let mut undecided: HashMap<&str, HashSet<Key>> =
            public.iter().map(|list| (list.header.list.as_str(), keys(list))).collect();
        let (mut ending, mut renewed) = (Vec::new(), HashSet::new());
        for decision in self.decisions(Filter::default()) {
            let decision = decision?;
            renewed.extend(decision.subject.renews.filter(|_| !decision.state.is_over()));
            if decision.is_in_force(now) || decision.published.is_some() {
                let Subject { list, name, scope, .. } = &decision.subject;
                if let Some(keys) = undecided.get_mut(list.as_str()) {
                    keys.remove(&(name.clone(), *scope));
                }
            }
            let Some((kind, due)) = Kind::of(&decision, now, soon) else { continue };
            if person.as_ref().is_some_and(|person| !kind.is_for(person, &decision)) {
                continue;
            }
            let entry = (decision.id, decision.shown(), due);
            match kind {
                // What goes on from it has a larger number.
                Kind::Renew => ending.push(entry),
                _ => tasks[kind as usize].add(entry),
            }
        }
        ending.retain(|(id, ..)| !renewed.contains(id));
        ending.into_iter().for_each(|entry| tasks[Kind::Renew as usize].add(entry));
        let tasks = tasks.into_iter().filter(|task| task.count > 0).collect();
        let motions = self.roster().motions.iter();
        let motions = motions
            .filter(|(_, (mover, _))| person.as_ref().is_none_or(|person| person.name != *mover))
            .map(|(act, (mover, _))| (*act, mover.clone()))
            .collect();
        let undecided = undecided.into_iter().filter(|(_, keys)| !keys.is_empty());
        let undecided = undecided.map(|(list, keys)| {
            let mut names: Vec<String> = keys.into_iter().map(|(name, _)| name).collect();
            names.sort_unstable();
            (list.to_owned(), names)
        });
        Ok(Worklist { tasks, undecided: undecided.collect(), motions })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LateAppeal => "APPEALS PAST THEIR DATE: decide with `dismiss` or `remove`",
            Self::Withdraw => "OVER, AND PUBLIC STILL: `release`",
            Self::UrgentReview => "URGENT, to be reviewed by somebody else: `review`",
            Self::UrgentApproval => "URGENT, to be approved by a signer: `approve`",
            Self::Appeal => "appeals to be decided: `dismiss` or `remove`",
            Self::Override => "against a guard rail, for a second person: `override` or `reject`",
            Self::Review => "to be reviewed by somebody else: `review` or `reject`",
            Self::Approval => "to be approved by a signer: `approve` or `reject`",
            Self::Publish => "in force, to be published: `release`",
            Self::Promote => "staged, and counted alone: `promote` or `remove`",
            Self::Recheck => "to be looked at again: `confirm` or `remove`",
            Self::Renew => "ending soon: `propose --renew`, or let them end",
        })
    }
}

impl fmt::Display for Worklist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Task { kind, count, first } in &self.tasks {
            writeln!(f, "{count:>6}  {kind}")?;
            for (id, name, due) in first {
                match due {
                    Some(due) => writeln!(f, "        {id:>7}  {name}, by {due}")?,
                    None => writeln!(f, "        {id:>7}  {name}")?,
                }
            }
            match count.saturating_sub(first.len() as u64) {
                0 => {}
                more => writeln!(f, "                 and {more} more")?,
            }
        }
        for (list, names) in &self.undecided {
            let count = names.len();
            writeln!(
                f,
                "{count:>6}  PUBLIC IN {list} WITHOUT A DECISION: propose them, or `release` without them"
            )?;
            names.iter().take(MOST).try_for_each(|name| writeln!(f, "                 {name}"))?;
            if count > MOST {
                writeln!(f, "                 and {} more", count - MOST)?;
            }
        }
        for (act, mover) in &self.motions {
            writeln!(
                f,
                "        a change moved by {mover} waits for a second signer: `docket second {act}`"
            )?;
        }
        match self.tasks.is_empty() && self.undecided.is_empty() && self.motions.is_empty() {
            true => f.write_str("Nothing waits."),
            false => Ok(()),
        }
    }
}
