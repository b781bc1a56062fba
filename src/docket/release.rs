//! From decisions to the next list, and back: what the published list says of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;

use super::act::{Act, Deed, Release};
use super::decision::Decision;
use super::desk::{Docket, Order};
use super::error::Error;
use super::event::Event;
use crate::authority::KeptList;
use crate::blocklist::{Details, Effect, Rule, Scope, Trigger, normalise};

/// A name with how far it reaches.
type Key = (String, Scope);

/// What an undone release had brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undoing {
    /// The decisions that it brought out, and that must be approved again.
    pub recalled: Vec<u64>,
    /// Names that come back although no decision in force lists them.
    pub back: Vec<String>,
}

/// What is needed of a decision to compare it with a list.
struct Brief {
    id: u64,
    key: Key,
    in_force: bool,
    approved: bool,
    published: bool,
    in_effect: bool,
}

impl Brief {
    /// What a published list says of it that is news; `enforced` is `None` where the list does not stand for it.
    fn settled(&self, serial: u64, enforced: Option<bool>) -> Option<Event> {
        match enforced.filter(|_| self.approved) {
            Some(enforced) => {
                let is_news = !self.published || (enforced && !self.in_effect);
                is_news.then_some(Event::Published { serial, enforced })
            }
            None => self.published.then_some(Event::Withdrawn { serial }),
        }
    }
}

/// What a verified docket says of one list at one moment.
pub struct Survey {
    list: String,
    head: String,
    /// The rules of the next list: every decision in force, of two on the same name the one that lasts longer.
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
    pub fn undoing(&self, kept: &KeptList, before: &KeptList) -> Undoing {
        let (public, earlier, in_force) = (public(kept), public(before), self.in_force());
        let came = |brief: &&Brief| public.contains_key(&brief.key) && !earlier.contains_key(&brief.key);
        let recalled = self.briefs.iter().filter(|brief| brief.in_force).filter(came);
        let recalled = recalled.map(|brief| brief.id).collect();
        let gone = earlier.keys().filter(|key| !public.contains_key(*key) && !in_force.contains(key));
        let mut back: Vec<String> = gone.map(|(name, _)| name.clone()).collect();
        back.sort_unstable();
        Undoing { recalled, back }
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
                approved: decision.approved.is_some(),
                published: decision.published.is_some(),
                in_effect: decision.in_effect.is_some(),
            };
            if decision.subject.expires <= now && !decision.state.is_over() {
                ended.push(decision.id);
            }
            if brief.in_force {
                let rule = rule(&decision, &category)?;
                let longer = |other: &Rule| other.details.expires >= rule.details.expires;
                if !rules.get(&brief.key).is_some_and(longer) {
                    rules.insert(brief.key.clone(), rule);
                }
            }
            briefs.push(brief);
            Ok(())
        })?;
        let (list, rules) = (list.to_owned(), rules.into_values().collect());
        Ok(Survey { list, head: verified.head, rules, ended, briefs })
    }

    /// Refuses to go on from a survey after which somebody acted: a name may have been removed since.
    pub fn check_still(&mut self, survey: &Survey) -> Result<(), Error> {
        if self.ends()?[1] == survey.head { Ok(()) } else { Err(Error::Moved) }
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
        let (mut added, mut removed) = (0, 0);
        let mut changes = Vec::new();
        for brief in &survey.briefs {
            let enforced = public.get(&brief.key).copied();
            let stands = brief.in_force || !in_force.contains(&brief.key);
            let Some(event) = brief.settled(serial, enforced.filter(|_| stands)) else { continue };
            added += u64::from(!brief.published);
            removed += u64::from(brief.published && enforced.is_none());
            changes.push((brief.id, event));
        }
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

/// What a list blocks, each with whether resolvers enforce it.
fn public(kept: &KeptList) -> HashMap<Key, bool> {
    let named = |rule: &Rule| match &rule.trigger {
        Trigger::Name(name, scope) => Some(((name.to_host(), *scope), !rule.details.staged)),
        Trigger::Network(_) => None,
    };
    kept.rules.iter().filter_map(named).collect()
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
