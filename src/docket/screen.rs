//! From names that somebody wants to list to proposals, with all that speaks against each.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::Serialize;

use super::decision::{Against, Decision, State, Subject};
use super::desk::Docket;
use super::error::Error;
use super::store::Filter;
use crate::blocklist::{Scope, normalise};
use crate::dns::Name;
use crate::impact::{Finding, Impact, Listed, Weight};

/// A name that somebody wants to list.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The name.
    pub name: Name,
    /// How far below it.
    pub scope: Scope,
    /// Where it stood, for messages.
    pub place: String,
    /// What was odd about how it was written.
    pub remarks: Vec<String>,
    /// What was said beside it.
    pub ground: Ground,
}

/// On what ground a name is proposed. What is `None` is as the list has it.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// The public case number.
    pub case: Option<String>,
    /// What kind of service it is.
    pub category: Option<String>,
    /// The law that it rests on.
    pub basis: Option<String>,
    /// Where the evidence is kept.
    pub evidence: Option<String>,
    /// From when on it no longer applies.
    pub expires: Option<Timestamp>,
}

/// What is common to all names of one command.
#[derive(Clone, Debug, Default)]
pub struct Intent {
    /// The list that they go into; the only one where it is `None`.
    pub list: Option<String>,
    /// The ground of those beside which nothing else is said.
    pub ground: Ground,
    /// Whether they cannot wait.
    pub urgent: bool,
    /// Whether a name that is in force already is proposed anew, to go on.
    pub renew: bool,
    /// Why they are proposed though a guard rail speaks against them.
    pub against: Option<String>,
}

/// A name, and what is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct Looked {
    /// The name with how far it reaches.
    pub name: String,
    /// Where it stood.
    pub place: String,
    /// All that is known.
    pub findings: Vec<Finding>,
    /// What follows from it.
    pub weight: Option<Weight>,
    /// Whether it can be proposed.
    pub is_ready: bool,
}

/// What would be proposed, and what not.
#[derive(Clone, Debug, Default)]
pub struct Screened {
    /// What can be proposed.
    pub subjects: Vec<Subject>,
    /// Every name with what is known of it, in the order in which they came.
    pub looked: Vec<Looked>,
}

/// What the docket holds: proposed, or in force.
#[derive(Default)]
pub struct Standing {
    /// By name.
    pub listed: Listed,
    ids: HashMap<(String, Scope), u64>,
}

impl Docket {
    /// What the docket holds of a list that is not over.
    pub fn standing(&mut self, list: &str) -> Result<Standing, Error> {
        let states = State::ALL.into_iter().filter(|state| !state.is_over()).collect();
        let filter = Filter { list: Some(list.to_owned()), states, ..Filter::default() };
        let mut standing = Standing::default();
        for decision in self.decisions(filter) {
            let Decision { id, subject, state, .. } = decision?;
            let name = normalise(&subject.name).map_err(|reason| Error::Name { id, reason })?;
            standing.listed.add(name, subject.scope, format!("decision {id} ({})", state.word()));
            standing.ids.insert((subject.name, subject.scope), id);
        }
        Ok(standing)
    }

    /// Looks at names before anything is proposed.
    pub fn screen(
        &self,
        wanted: Vec<Wanted>,
        terms: &Intent,
        (impact, standing): (&Impact, &Standing),
        now: Timestamp,
    ) -> Result<Screened, Error> {
        let (list, kept) = self.roster().list(terms.list.as_deref())?;
        let header = kept.parsed()?;
        let charter = self.roster().charter;
        let (mut screened, mut seen) = (Screened::default(), HashSet::new());
        for Wanted { name, scope, place, remarks, ground } in wanted {
            let host = name.to_host();
            let is_again = !seen.insert((host.clone(), scope));
            let mut findings = match is_again {
                false => impact.of(&name, scope),
                true => vec![Finding::Same { at: "this proposal".to_owned(), own: true }],
            };
            findings.extend(remarks.into_iter().map(|remark| Finding::Written { remark }));
            let renews = standing.ids.get(&(host.clone(), scope)).copied().filter(|_| terms.renew);
            if renews.is_some() && !is_again {
                findings.retain(|finding| finding.weight() != Weight::Duplicate);
            }
            let weight = findings.iter().map(Finding::weight).max();
            let against = against(&findings, terms.against.as_deref());
            let is_ready =
                weight < Some(Weight::Override) || against.is_some() && weight == Some(Weight::Override);
            screened.looked.push(Looked { name: shown(&host, scope), place, findings, weight, is_ready });
            if !is_ready {
                continue;
            }
            let or = |own: Option<String>, common: &Option<String>, kept: &str| {
                own.or_else(|| common.clone()).unwrap_or_else(|| kept.to_owned())
            };
            let common = &terms.ground;
            screened.subjects.push(Subject {
                list: list.to_owned(),
                name: host,
                scope,
                category: or(ground.category, &common.category, &header.category),
                case: or(ground.case, &common.case, ""),
                jurisdiction: header.jurisdiction.clone(),
                basis: or(ground.basis, &common.basis, &header.legal_basis),
                evidence: or(ground.evidence, &common.evidence, ""),
                expires: ground.expires.or(common.expires).unwrap_or_else(|| charter.end(now)),
                recheck: charter.recheck(now),
                urgent: terms.urgent,
                renews,
                against,
            });
        }
        Ok(screened)
    }
}

/// The guard rail that can be passed over, with the reason for it, where one is given.
fn against(findings: &[Finding], reason: Option<&str>) -> Option<Against> {
    let rail = findings.iter().find_map(|finding| match finding {
        Finding::Rail { rail, overridable: true } => Some(rail.clone()),
        _ => None,
    })?;
    Some(Against { rail, reason: reason?.to_owned() })
}

pub(super) fn shown(name: &str, scope: Scope) -> String {
    match scope {
        Scope::Domain => name.to_owned(),
        Scope::Host => format!("{name} (this host alone)"),
        Scope::Below => format!("*.{name}"),
    }
}
