//! From decisions to the next list, and back: what the published list says of them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;

use super::act::{Act, Deed, Release};
use super::decision::{Decision, State};
use super::desk::{Docket, Order, SKEW, check_clock};
use super::error::Error;
use super::event::Event;
use super::store::Filter;
use crate::authority::KeptList;
use crate::blocklist::{Details, Effect, Rule, Scope, Trigger, normalise};

/// A name with how far it reaches.
pub(super) type Key = (String, Scope);

/// What an undone release had brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undoing {
    /// The decisions that it brought out, and that must be approved again.
    pub recalled: Vec<u64>,
    /// Names that it would list although no decision in force does.
    pub back: Vec<String>,
}

/// What a published list says of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Public {
    /// Whether resolvers enforce it, rather than count it.
    enforced: bool,
    /// When its decision was approved, by which one is told from another.
    listed: Option<Timestamp>,
}

/// What is needed of a decision to compare it with a list.
struct Brief {
    id: u64,
    key: Key,
    in_force: bool,
    staged: bool,
    approved: Option<Timestamp>,
    published: bool,
    in_effect: bool,
}

impl Brief {
    /// What a published list says of it that is news; `None` where the list does not stand for it.
    fn settled(&self, serial: u64, public: Option<&Public>) -> Option<Event> {
        let Some(public) = public else { return self.published.then_some(Event::Withdrawn { serial }) };
        // Of two decisions on a name, one is what the list has.
        let is_it = self.approved.is_some() && public.listed == self.approved;
        let enforced = public.enforced && (is_it || !self.staged);
        // What was recalled is public until the list without it is, and nothing is listed again by what is over.
        let is_news = (self.in_force || is_it) && (!self.published || (enforced && !self.in_effect));
        is_news.then_some(Event::Published { serial, enforced })
    }
}

/// What a verified docket says of one list at one moment.
pub struct Survey {
    list: String,
    head: String,
    last: Option<Timestamp>,
    /// The rules of the next list: every decision in force; of two on the same name one that is enforced rather than counted,
    /// and the one that lasts longer.
    pub rules: Vec<Rule>,
    /// The decisions whose time has run out, and of which nobody said so yet.
    pub ended: Vec<u64>,
    briefs: Vec<Brief>,
}

impl Survey {
    /// The names that decisions in force list.
    fn in_force(&self) -> HashSet<&Key> {
        self.briefs.iter().filter(|brief| brief.in_force).map(|brief| &brief.key).collect()
    }

    /// What going back from one list to the one before it means for decisions.
    pub fn undoing(&self, kept: &KeptList, before: &KeptList, now: Timestamp) -> Undoing {
        let (public, earlier) = (public(kept), public(before));
        let came = |brief: &&Brief| {
            let is = public.get(&brief.key).filter(|is| is.listed == brief.approved);
            is.is_some() && is != earlier.get(&brief.key)
        };
        let (recalled, left): (Vec<&Brief>, Vec<&Brief>) =
            self.briefs.iter().filter(|brief| brief.in_force).partition(came);
        let recalled = recalled.into_iter().map(|brief| brief.id).collect();
        let left: HashSet<&Key> = left.into_iter().map(|brief| &brief.key).collect();
        let lasting = before.rules.iter().filter(|rule| rule.details.expires.is_none_or(|end| end > now));
        let back = lasting.filter_map(key).filter(|key| !left.contains(key));
        let mut back: Vec<String> = back.map(|(name, _)| name).collect();
        back.sort_unstable();
        Undoing { recalled, back }
    }

    /// The names of a published list that no decision lists, neither one in force nor one of which that is public still.
    pub fn undecided(&self, kept: &KeptList) -> Vec<String> {
        let mut public = public(kept);
        self.briefs
            .iter()
            .filter(|brief| brief.in_force || brief.published)
            .for_each(|brief| _ = public.remove(&brief.key));
        let mut names: Vec<String> = public.into_keys().map(|(name, _)| name).collect();
        names.sort_unstable();
        names
    }
}

impl Docket {
    /// Verifies the docket, and takes from it what the next list holds: what came out of doing everything again, never what
    /// merely stands there.
    pub fn survey(&mut self, list: &str, heads: &[String], now: Timestamp) -> Result<Survey, Error> {
        let category = self.roster().list(Some(list))?.1.parsed()?.category;
        let mut rules: BTreeMap<Key, Rule> = BTreeMap::new();
        let (mut ended, mut briefs) = (Vec::new(), Vec::new());
        let verified = self.verify_each(heads, &mut |decision| {
            if decision.subject.list != list {
                return Ok(());
            }
            let brief = Brief {
                id: decision.id,
                key: (decision.subject.name.clone(), decision.subject.scope),
                in_force: decision.is_in_force(now),
                staged: decision.staged,
                approved: decision.approved,
                published: decision.published.is_some(),
                in_effect: decision.in_effect.is_some(),
            };
            if decision.subject.expires <= now && !decision.state.is_over() {
                ended.push(decision.id);
            }
            if brief.in_force {
                let rule = rule(&decision, &category)?;
                let standing = |rule: &Rule| (!rule.details.staged, rule.details.expires);
                if rules.get(&brief.key).is_none_or(|other| standing(other) < standing(&rule)) {
                    rules.insert(brief.key.clone(), rule);
                }
            }
            briefs.push(brief);
            Ok(())
        })?;
        let (list, rules) = (list.to_owned(), rules.into_values().collect());
        Ok(Survey { list, head: verified.head, last: verified.last, rules, ended, briefs })
    }

    /// The names of a list that were decided to be listed no more after it was made.
    pub fn gone_since(&mut self, list: &str, made: &KeptList) -> Result<Vec<String>, Error> {
        let public = public(made);
        // By the clock of another desk.
        let since = made.header.issued.saturating_sub(SKEW).unwrap_or(Timestamp::MIN);
        let states = State::ALL.into_iter().filter(|state| state.is_over()).collect();
        let mut gone = BTreeSet::new();
        for decision in self.decisions(Filter { list: Some(list.to_owned()), states, ..Filter::default() }) {
            let Decision { subject, ended, .. } = decision?;
            let key = (subject.name, subject.scope);
            if public.contains_key(&key) && ended.is_some_and(|ended| ended >= since) {
                gone.insert(key);
            }
        }
        let names: Vec<String> = gone.iter().map(|(name, _)| name.clone()).collect();
        for Decision { subject, state, .. } in self.on(&names)? {
            if subject.list == list && state.is_in_force() {
                gone.remove(&(subject.name, subject.scope));
            }
        }
        Ok(gone.into_iter().map(|(name, _)| name).collect())
    }

    /// Refuses to go on from a survey after which somebody acted, for a name may have been removed since, and where what
    /// becomes public could not be written down.
    pub fn check_still(&mut self, survey: &Survey, now: Timestamp) -> Result<(), Error> {
        if self.ends()?[1] != survey.head {
            return Err(Error::Moved);
        }
        survey.last.map_or(Ok(()), |last| check_clock(last, now, self.trusts_clock()))
    }

    /// Writes down what became public. `None` where the docket says so already.
    pub fn settle(
        &mut self,
        order: Order<'_>,
        survey: &Survey,
        kept: &KeptList,
    ) -> Result<Option<Act>, Error> {
        let serial = kept.header.serial;
        let (public, in_force) = (public(kept), survey.in_force());
        let before: HashSet<&Key> =
            survey.briefs.iter().filter(|brief| brief.published).map(|it| &it.key).collect();
        let (mut added, mut changes) = (HashSet::new(), Vec::new());
        for brief in &survey.briefs {
            let stands = brief.in_force || !in_force.contains(&brief.key);
            let public = public.get(&brief.key).filter(|_| stands);
            let Some(event) = brief.settled(serial, public) else { continue };
            if public.is_some() && !before.contains(&brief.key) {
                added.insert(&brief.key);
            }
            changes.push((brief.id, event));
        }
        let removed = before.iter().filter(|key| !public.contains_key(**key)).count() as u64;
        let added = added.len() as u64;
        let list = survey.list.clone();
        let known = self.roster().releases.get(&list).map(|release| release.serial);
        if changes.is_empty() && known == Some(serial) {
            return Ok(None);
        }
        let (rules, sha256) = (kept.rules.len() as u64, kept.sha256.clone());
        let release = Release { list, serial, sha256, rules, added, removed };
        self.record(order, Deed::Released(release), changes).map(Some)
    }
}

/// What a list says of each name.
fn public(kept: &KeptList) -> HashMap<Key, Public> {
    let said = |rule: &Rule| {
        let Details { staged, listed, .. } = rule.details;
        Some((key(rule)?, Public { enforced: !staged, listed }))
    };
    kept.rules.iter().filter_map(said).collect()
}

/// The name that a rule is on.
pub(super) fn key(rule: &Rule) -> Option<Key> {
    match &rule.trigger {
        Trigger::Name(name, scope) => Some((name.to_host(), *scope)),
        Trigger::Network(_) => None,
    }
}

fn rule(decision: &Decision, category: &str) -> Result<Rule, Error> {
    let subject = &decision.subject;
    let name = normalise(&subject.name).map_err(|reason| Error::Name { id: decision.id, reason })?;
    let overrides = decision.overridden.as_ref().map(|it| {
        let proposed =
            subject.against.as_ref().map(|against| format!("{}; ", against.reason)).unwrap_or_default();
        format!("{proposed}{} (proposed by {}, passed by {})", it.reason, decision.proposer, it.by)
    });
    let details = Details {
        reference: Some(subject.case.clone()),
        listed: decision.approved,
        expires: Some(subject.expires),
        category: Some(subject.category.clone()).filter(|said| said != category),
        overrides,
        staged: decision.staged,
    };
    Ok(Rule {
        line: decision.id,
        trigger: Trigger::Name(name, subject.scope),
        effect: Effect::Block,
        details,
    })
}
