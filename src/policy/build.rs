//! Building a policy: from the configuration and the lists to one generation, whole and checked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::built_in::{BuiltIn, REASON, SafeSearch, is_built_in};
use super::config::{Action, Config, Exempt, Group, Https, ListChoice, Readers};
use super::nat64::Nat64;
use super::structured::Structured;
use crate::blocklist::{Key, List, Networks, Reason, Suffix, Table, normalise};
use crate::dns::{ExtendedError, Info, Name};

/// Texts of extended errors are cut here, in octets: with it, any blocked reply fits into 512.
pub(super) const LONGEST_REASON: usize = 160;

/// Everything that decides, of one generation.
#[derive(Debug)]
pub struct Policy {
    /// Grows with each swap.
    pub generation: u64,
    /// TTL of answers that policy makes, in seconds.
    pub ttl: u32,
    /// IPv4 addresses of the warning page.
    pub page_v4: Vec<Ipv4Addr>,
    /// IPv6 addresses of the warning page.
    pub page_v6: Vec<Ipv6Addr>,
    pub(super) key: Key,
    pub(super) lists: Vec<Arc<List>>,
    pub(super) groups: Vec<Rules>,
    pub(super) networks: Networks<GroupId>,
    pub(super) everybody_else: Option<GroupId>,
    pub(super) protected: Table,
    pub(super) counts_staged: bool,
    /// Every prefix under which addresses stand for IPv4 ones.
    pub(super) nat64: Vec<Nat64>,
}

/// A group of one policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupId(pub(super) u16);

/// What a group enforces and exempts.
#[derive(Debug)]
pub(super) struct Rules {
    pub name: String,
    pub enforced: Vec<Enforced>,
    pub exempt: Option<Until>,
    pub exempt_names: Table,
    pub exemptions: Vec<Until>,
    pub dns64: Option<Nat64>,
    pub readers: Readers,
    pub https: Https,
    pub no_discovery: bool,
    /// The names that may lead inside; none where all may.
    pub may_lead_inside: Option<Table>,
}

#[derive(Debug)]
pub(super) struct Enforced {
    pub list: usize,
    /// The subscriber's choice; it replaces even what a rule asks for itself, exceptions apart.
    pub chosen: Option<Action>,
    /// What the list asks for.
    pub asked: Action,
    /// Who blocks and why; then, for answers that are made up, that they are.
    pub errors: [ExtendedError; 2],
    /// The same for programs that ask for it.
    pub structured: Structured,
}

#[derive(Debug)]
pub(super) struct Until {
    pub reason: String,
    pub end: Timestamp,
}

/// The longest `ttl`, in seconds: a removal must reach everybody within the hour.
const LONGEST_TTL: u32 = 3_600;

/// Why a policy cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Removals would take too long to reach those who cache.
    #[error("policy.ttl: {0} is more than {LONGEST_TTL} seconds, for which a removal would go unnoticed")]
    Ttl(u32),
    /// A list that the program brings along is none.
    #[error("a list of this program cannot be built, please report this: {0}")]
    BuiltIn(std::io::Error),
    /// A list that nobody loads.
    #[error("policy.groups `{group}`: unknown list `{list}`; add it to [[update.lists]] or remove it here")]
    UnknownList {
        /// The group.
        group: String,
        /// The list.
        list: String,
    },
    /// A name that is none.
    #[error("policy.groups `{group}`: {what} `{name}` cannot be taken: {reason}")]
    BadName {
        /// The group.
        group: String,
        /// What it is there.
        what: &'static str,
        /// As written.
        name: String,
        /// Why.
        reason: Reason,
    },
    /// One network in two groups.
    #[error("policy.groups `{group}`: network {network} is in another group already; remove one of the two")]
    SharedNetwork {
        /// The group.
        group: String,
        /// The network.
        network: ipnet::IpNet,
    },
    /// Two groups of one name, or two for everybody else.
    #[error("policy.groups `{group}`: {reason}")]
    Groups {
        /// The group.
        group: String,
        /// What is wrong and how to mend it.
        reason: &'static str,
    },
}

impl Policy {
    /// Builds a generation. `protected` names, and all below them, stay reachable whatever the lists say.
    pub fn new(
        config: &Config,
        key: Key,
        lists: Vec<Arc<List>>,
        protected: &[Name],
        generation: u64,
    ) -> Result<Self, Error> {
        let v4 = |address: &IpAddr| if let IpAddr::V4(address) = address { Some(*address) } else { None };
        let v6 = |address: &IpAddr| if let IpAddr::V6(address) = address { Some(*address) } else { None };
        let mut policy = Self {
            generation,
            ttl: config.ttl,
            page_v4: config.page.iter().filter_map(v4).collect(),
            page_v6: config.page.iter().filter_map(v6).collect(),
            key,
            counts_staged: lists.iter().any(|list| list.counts_staged && list.staged > 0),
            lists,
            groups: Vec::new(),
            networks: Networks::default(),
            everybody_else: None,
            protected: names_table(&key, protected),
            nat64: vec![Nat64::WELL_KNOWN],
        };
        let everybody = Group { name: "everybody".into(), ..Group::default() };
        let groups =
            if config.groups.is_empty() { std::slice::from_ref(&everybody) } else { &config.groups[..] };
        for group in groups {
            policy.add_group(group, &config.internal)?;
        }
        Ok(policy)
    }

    /// Checks groups and exemptions, whatever lists there are.
    pub fn check(config: &Config) -> Result<(), Error> {
        if config.ttl > LONGEST_TTL {
            return Err(Error::Ttl(config.ttl));
        }
        let without_lists = |group: &Group| Group { lists: None, ..group.clone() };
        let config = Config { groups: config.groups.iter().map(without_lists).collect(), ..config.clone() };
        let key = Key::new([0; 16]);
        let lists = config.built_in_lists(&key, |_| 0).map_err(Error::BuiltIn)?;
        Self::new(&config, key, lists, &[], 0).map(|_| ())
    }

    fn add_group(&mut self, group: &Group, internal: &[Name]) -> Result<(), Error> {
        let fault = |reason| Error::Groups { group: group.name.clone(), reason };
        if self.groups.iter().any(|other| other.name == group.name) {
            return Err(fault("two groups have this name; rename one"));
        }
        let id = GroupId(
            u16::try_from(self.groups.len()).map_err(|_| fault("more than 65536 groups; merge some"))?,
        );
        for network in &group.networks {
            let shared = |_| Error::SharedNetwork { group: group.name.clone(), network: *network };
            self.networks.insert(*network, id).map_err(shared)?;
        }
        if group.networks.is_empty() && self.everybody_else.replace(id).is_some() {
            return Err(fault("two groups have no networks; only one can be for everybody else"));
        }
        if [SafeSearch::Youtube, SafeSearch::YoutubeModerate]
            .iter()
            .all(|mode| group.safe_search.contains(mode))
        {
            return Err(fault("safe_search names two modes of YouTube; remove one"));
        }
        let rules = self.rules(group, internal)?;
        if let Some(prefix) = group.dns64.filter(|prefix| !self.nat64.contains(prefix)) {
            self.nat64.push(prefix);
        }
        self.groups.push(rules);
        Ok(())
    }

    fn rules(&self, group: &Group, internal: &[Name]) -> Result<Rules, Error> {
        let enforced = match &group.lists {
            None => {
                let all = self.lists.iter().enumerate().filter(|(_, list)| !is_built_in(list));
                all.map(|(index, list)| enforce(index, list, None)).collect()
            }
            Some(choices) => {
                choices.iter().map(|choice| self.chosen(group, choice)).collect::<Result<Vec<_>, _>>()?
            }
        };
        let built_in = BuiltIn::of(group).map(|built_in| self.chosen(group, &built_in.choice()));
        let built_in = built_in.collect::<Result<Vec<_>, _>>()?;
        let name = |what, text: &String| {
            let bad = |reason| Error::BadName { group: group.name.clone(), what, name: text.clone(), reason };
            normalise(text).map_err(bad)
        };
        let names = group.exemptions.iter().map(|exemption| name("exemption", &exemption.name));
        let names = names.collect::<Result<Vec<_>, _>>()?;
        let inside = group.rebinding_allow.iter().map(|text| name("rebinding_allow", text));
        let mut inside = inside.collect::<Result<Vec<_>, _>>()?;
        inside.extend_from_slice(internal);
        Ok(Rules {
            name: group.name.clone(),
            enforced: enforced.into_iter().chain(built_in).collect(),
            exempt: group
                .exempt
                .as_ref()
                .map(|Exempt { reason, until }| Until { reason: reason.clone(), end: end_of(*until) }),
            exempt_names: names_table(&self.key, &names),
            exemptions: group
                .exemptions
                .iter()
                .map(|exemption| Until { reason: exemption.reason.clone(), end: end_of(exemption.until) })
                .collect(),
            dns64: group.dns64,
            readers: group.readers,
            https: group.https,
            no_discovery: group.no_discovery,
            may_lead_inside: group.rebinding_protection.then(|| names_table(&self.key, &inside)),
        })
    }

    fn chosen(&self, group: &Group, choice: &ListChoice) -> Result<Enforced, Error> {
        let unknown = || Error::UnknownList { group: group.name.clone(), list: choice.list.clone() };
        let index = self.lists.iter().position(|list| list.name == choice.list).ok_or_else(unknown)?;
        Ok(enforce(index, &self.lists[index], Some(choice)))
    }
}

/// Numbers names in their order; the root is left out. Of one name twice the later counts, as in any file that
/// is read from top to bottom.
fn names_table(key: &Key, names: &[Name]) -> Table {
    let numbered = names.iter().zip(0..);
    let hashed = numbered.filter_map(|(name, number)| Some((Suffix::of(key, name.as_wire())?, number)));
    Table::new(hashed, |numbers| numbers.last().copied().unwrap_or(0))
}

fn enforce(index: usize, list: &List, choice: Option<&ListChoice>) -> Enforced {
    let header = list.header.as_ref();
    let asked = header.and_then(|header| header.action).map_or(Action::Page, Action::from);
    // A list with a header is an authority's order; one without is the operator's own choice.
    let usual = if header.is_some() { Info::CENSORED } else { Info::BLOCKED };
    let info = choice
        .and_then(|choice| choice.extended_error)
        .or_else(|| header.and_then(|header| header.extended_error))
        .map_or(usual, Info);
    // What a person needs most comes first: the text may be cut.
    let mut reason = match header {
        Some(header) => format!(
            "Blocked by order of {}. Appeal: {}. {}",
            header.authority, header.appeal, header.legal_basis
        ),
        None if is_built_in(list) => REASON.to_owned(),
        None => format!("Blocked by this resolver's operator, list {}", list.name),
    };
    let structured = Structured::new(header, &reason, info);
    reason.truncate(reason.floor_char_boundary(LONGEST_REASON));
    Enforced {
        list: index,
        chosen: choice.and_then(|choice| choice.action),
        asked,
        errors: [ExtendedError { info, text: reason.into() }, ExtendedError::new(Info::FORGED_ANSWER, "")],
        structured,
    }
}

/// The first moment after a day, in UTC; the end of time for a day that has none after it.
fn end_of(day: Date) -> Timestamp {
    let next = day.tomorrow().ok().and_then(|next| next.to_zoned(TimeZone::UTC).ok());
    next.map_or(Timestamp::MAX, |next| next.timestamp())
}
