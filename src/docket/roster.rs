//! Who works here, under what rules, and which lists are kept: what the acts come to that concern no decision.

use std::collections::BTreeMap;

use super::act::{Act, Deed, ListTerms, NOTHING, Release};
use super::charter::{Charter, Motion};
use super::decision::check_text;
use super::error::Error;
use super::event::check_role;
use super::person::{Person, Role};
use crate::authority::{KeptList, Workspace};

/// The kinds of acts that a roster is made of.
pub(super) const KINDS: [&str; 7] =
    ["founded", "moved", "seconded", "dropped", "suspended", "list", "released"];

/// Who works here, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The rules.
    pub charter: Charter,
    /// Everybody who ever worked here, by name.
    pub people: BTreeMap<String, Person>,
    /// The lists, by what their headers call them.
    pub lists: BTreeMap<String, ListTerms>,
    /// What waits for a second signer, by the number of the act that moved it: who did, and what.
    pub motions: BTreeMap<u64, (String, Motion)>,
    /// The last release of each list that was written down.
    pub releases: BTreeMap<String, Release>,
}

impl Roster {
    /// A person who works here.
    pub fn person(&self, name: &str) -> Result<&Person, Error> {
        self.people.get(name).ok_or_else(|| Error::NoPerson { name: name.to_owned() })
    }

    /// A list that is kept here; where there is one alone, it need not be named.
    pub fn list(&self, name: Option<&str>) -> Result<(&str, &ListTerms), Error> {
        let all = || self.lists.keys().cloned().collect::<Vec<_>>().join(", ");
        let found = match name {
            Some(name) => self.lists.get_key_value(name),
            None if self.lists.len() == 1 => self.lists.first_key_value(),
            None if self.lists.is_empty() => return Err(Error::NoList),
            None => return Err(Error::WhichList { lists: all() }),
        };
        let unknown = || Error::UnknownList { list: name.unwrap_or_default().to_owned(), lists: all() };
        found.map(|(name, terms)| (name.as_str(), terms)).ok_or_else(unknown)
    }

    /// Those of its lists that are public in a workspace.
    pub fn published(&self, workspace: &Workspace) -> Result<Vec<KeptList>, Error> {
        let mut all = KeptList::all(workspace)?;
        Ok(self.lists.values().filter_map(|terms| all.remove(&terms.target)).collect())
    }

    /// Lets an act change it, or says why it may not.
    pub(super) fn take(&mut self, act: &Act) -> Result<(), Error> {
        check_text(&act.reason, "the reason", "this command")?;
        if let Deed::Founded { charter, people } = &act.deed {
            return self.found(act, *charter, people);
        }
        let author = self.person(&act.author)?;
        let roles: &[Role] = match &act.deed {
            Deed::Audited { .. } => &[Role::Auditor],
            Deed::Proposed { .. } => &[Role::Proposer],
            // Each event says who may bring it about.
            Deed::Decided(_) => return Ok(()),
            _ => &[Role::Signer],
        };
        check_role(author, roles)?;
        match &act.deed {
            Deed::Moved(motion) => {
                self.after(motion)?;
                self.motions.insert(act.number, (act.author.clone(), motion.clone()));
            }
            Deed::Seconded { act: moved } => self.second(act, *moved)?,
            Deed::Dropped { act: moved } => {
                let (_, motion) = self.motions.remove(moved).ok_or(Error::NoMotion { act: *moved })?;
                if matches!(&motion, Motion::Person(person) if person.name == act.author) {
                    return Err(Error::AboutOneself { act: *moved, by: act.author.clone() });
                }
            }
            Deed::Suspended { person } => {
                let gone = self.person(person)?.clone().with_roles([]);
                let mut next = self.clone();
                next.people.insert(person.clone(), gone);
                // A desk that nobody can change any more is better than one that a thief can.
                if next.signers() == 0 {
                    return Err(Error::FewSigners { signers: 0 });
                }
                next.forget_motions(person);
                *self = next;
            }
            Deed::List(terms) => {
                let list = terms.parsed()?.list;
                if self.lists.contains_key(&list) {
                    return Err(Error::KnownList { list });
                }
                self.keep(list, terms)?;
            }
            Deed::Released(release) => {
                self.releases.insert(release.list.clone(), release.clone());
            }
            _ => {}
        }
        Ok(())
    }

    fn found(&mut self, act: &Act, charter: Charter, people: &[Person]) -> Result<(), Error> {
        if act.number != 1 || act.previous != NOTHING {
            return Err(Error::Broken {
                number: act.number,
                reason: "a docket is founded once, by its first act",
            });
        }
        let mut roster = Self { charter, ..Self::default() };
        roster.people = people.iter().map(|person| (person.name.clone(), person.clone())).collect();
        if roster.people.len() != people.len() {
            return Err(Error::SamePerson);
        }
        roster.check()?;
        check_role(roster.person(&act.author)?, &[Role::Signer])?;
        *self = roster;
        Ok(())
    }

    fn second(&mut self, act: &Act, moved: u64) -> Result<(), Error> {
        let Some((mover, motion)) = self.motions.get(&moved) else {
            return Err(Error::NoMotion { act: moved });
        };
        if *mover == act.author {
            return Err(Error::OwnMotion { act: moved, by: mover.clone() });
        }
        let mut next = self.after(motion)?;
        next.motions.remove(&moved);
        *self = next;
        Ok(())
    }

    /// The roster with a change in it.
    fn after(&self, motion: &Motion) -> Result<Self, Error> {
        let mut next = self.clone();
        match motion {
            Motion::Person(person) => {
                next.people.insert(person.name.clone(), person.clone());
                next.forget_motions(&person.name);
            }
            Motion::Charter(charter) => next.charter = *charter,
            Motion::List(terms) => next.keep(terms.parsed()?.list, terms)?,
        }
        next.check()?;
        Ok(next)
    }

    /// Forgets what a person moved, and what was moved about that person: who has left moves nothing, nor whoever holds a
    /// stolen key, and an older change would bring an older key back.
    fn forget_motions(&mut self, person: &str) {
        let about = |motion: &Motion| matches!(motion, Motion::Person(it) if it.name == person);
        self.motions.retain(|_, (mover, motion)| mover != person && !about(motion));
    }

    fn keep(&mut self, list: String, terms: &ListTerms) -> Result<(), Error> {
        let mut others = self.lists.iter().filter(|(other, _)| **other != list);
        if let Some((other, _)) = others.find(|(_, kept)| kept.target == terms.target) {
            return Err(Error::SameTarget { target: terms.target.clone(), list: other.clone() });
        }
        self.lists.insert(list, terms.clone());
        Ok(())
    }

    fn signers(&self) -> usize {
        self.people.values().filter(|person| person.roles.contains(&Role::Signer)).count()
    }

    /// Refuses people and rules under which no name could ever be listed again, and one person with two names.
    fn check(&self) -> Result<(), Error> {
        if let Some(reason) = self.charter.fault() {
            return Err(Error::Charter { reason });
        }
        let signers = self.signers();
        if signers < 2 {
            return Err(Error::FewSigners { signers });
        }
        let others = |role: Role, name: &str| {
            self.people.values().filter(|it| it.roles.contains(&role) && it.name != name).count()
        };
        let can_list = |person: &Person| {
            person.roles.contains(&Role::Proposer)
                && others(Role::Reviewer, &person.name) > 0
                && others(Role::Signer, &person.name) >= self.charter.approvals as usize
        };
        if !self.people.values().any(can_list) {
            let reason = "nobody could propose what others may review and so many signers approve";
            return Err(Error::Charter { reason });
        }
        let mut keys = BTreeMap::new();
        for person in self.people.values() {
            let octets = person.key()?.octets();
            if person.roles.is_empty() {
                continue;
            }
            if let Some(other) = keys.insert(octets, &person.name) {
                let (one, other) = (other.clone(), person.name.clone());
                return Err(Error::SameKey { one, other });
            }
        }
        Ok(())
    }
}
