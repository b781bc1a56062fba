//! Explaining: the same decision as for a query, in words.

use std::net::IpAddr;

use super::engine::Engine;
use super::entry::{Flavour, Key};
use super::outcome::Now;
use crate::dns::{Found, Name, RecordType, section_addresses};
use crate::policy::{Asked, Explanation, GroupId, Policy, Remedy, Ruling, StagedRule, Verdict};

impl Engine {
    /// Says what becomes of a name for a client, and why: the decision of [`Engine::answer`] in words, with what
    /// the name is known to lead to. Reads the rule's text from disk.
    pub fn explain(&self, client: IpAddr, name: &Name, rtype: RecordType, now: Now) -> Explanation {
        let policy = self.policy.load();
        let group = policy.group(client);
        let behind = self.known_behind(&policy, name, now);
        let explanation = explain_for(&policy, group, (name, rtype), &behind, now);
        if self.admits(client) {
            return explanation;
        }
        Explanation {
            ruling: Ruling::Denied,
            through: None,
            answer: None,
            exemption: None,
            list: None,
            rule: None,
            staged: Vec::new(),
            ..explanation
        }
    }

    /// Says why a visitor was brought to the warning page: by the rule for their own group or, since people may
    /// come to the page from another address than they asked from, by that for any other. `found` is what the
    /// name was resolved to for that, where the cache knew nothing.
    pub fn explain_visit(&self, client: IpAddr, name: &Name, found: Option<&Found>, now: Now) -> Explanation {
        let policy = self.policy.load();
        let behind = self.all_behind(&policy, name, found, now);
        let in_group = |group| explain_in_force(&policy, group, (name, RecordType::A), &behind, now);
        let own = in_group(policy.group(client));
        if own.ruling == Ruling::Block {
            return own;
        }
        let mut others = policy.groups().map(|group| in_group(Some(group)));
        others.find(|other| other.ruling == Ruling::Block).unwrap_or(own)
    }

    /// Whether our answers lead a client that asks for a name to the warning page: it may ask, and its own group's lists
    /// say so. `found` is as for [`Engine::explain_visit`].
    pub fn leads_to_page(&self, client: IpAddr, name: &Name, found: Option<&Found>, now: Now) -> bool {
        let policy = self.policy.load();
        let behind = self.all_behind(&policy, name, found, now);
        let group = policy.group(client);
        let asked = deciding_behind(&policy, group, name, &behind, now).unwrap_or(Asked::Name(name));
        let verdict = policy.verdict(group, asked, now.wall);
        self.admits(client) && matches!(verdict, Verdict::Block(block) if block.remedy == Remedy::Page)
    }

    /// Whether a client may ask at all.
    #[inline]
    pub fn admits(&self, client: IpAddr) -> bool {
        self.clients.contain(client)
    }

    /// The names and addresses that the cache knows behind a name, and those that were found.
    fn all_behind(&self, policy: &Policy, name: &Name, found: Option<&Found>, now: Now) -> Vec<Behind> {
        let mut behind = self.known_behind(policy, name, now);
        for record in found.iter().flat_map(|found| &found.answer) {
            behind.extend(record.leads_to().map(Behind::Name));
            behind.extend(record.addresses().map(Behind::Address));
        }
        behind
    }

    /// The names and addresses that the cache knows behind a name.
    fn known_behind(&self, policy: &Policy, name: &Name, now: Now) -> Vec<Behind> {
        let suffixes = policy.suffixes(name.as_wire());
        let mut behind = Vec::new();
        let made = policy.nat64().iter().map(|prefix| (RecordType::AAAA, Some(*prefix)));
        let found = [RecordType::A, RecordType::AAAA, RecordType::HTTPS].map(|rtype| (rtype, None));
        for (rtype, made_with) in found.into_iter().chain(made) {
            for (dnssec_ok, checking_disabled) in [(false, false), (true, false), (false, true), (true, true)]
            {
                let flavour = Flavour { rtype, dnssec_ok, checking_disabled, made_with };
                let key = Key::new(&suffixes, flavour);
                let Some(hit) = self.cache.find(&key, now.monotonic) else { continue };
                let Some(entry) = hit.entry() else { continue };
                let names = entry.chain().filter_map(|alias| Name::from_wire(alias).ok());
                behind.extend(names.map(Behind::Name));
                let addresses = section_addresses(entry.sections(), entry.counts[0]);
                let both = addresses.flat_map(|address| [Some(address), policy.behind_nat64(address)]);
                behind.extend(both.flatten().map(Behind::Address));
            }
        }
        behind
    }
}

/// What is behind a name and blocks it for a group, where no rule is for the name itself.
fn deciding_behind<'b>(
    policy: &Policy,
    group: Option<GroupId>,
    name: &Name,
    behind: &'b [Behind],
    now: Now,
) -> Option<Asked<'b>> {
    let suffixes = policy.suffixes(name.as_wire());
    let is_judged = matches!(policy.verdict(group, Asked::Name(name), now.wall), Verdict::Pass)
        && !policy.is_excused(group, &suffixes, now.wall);
    let mut asked = behind.iter().map(Behind::as_asked).filter(|_| is_judged);
    asked.find(|asked| matches!(policy.verdict(group, *asked, now.wall), Verdict::Block(_)))
}

/// Explains a name for a group, with what is staged.
fn explain_for(
    policy: &Policy,
    group: Option<GroupId>,
    (name, rtype): (&Name, RecordType),
    behind: &[Behind],
    now: Now,
) -> Explanation {
    let explanation = explain_in_force(policy, group, (name, rtype), behind, now);
    let deciding = deciding_behind(policy, group, name, behind, now).unwrap_or(Asked::Name(name));
    let is_final = policy.verdict(group, deciding, now.wall).is_final();
    if is_final || explanation.ruling == Ruling::Rebinding {
        return explanation;
    }
    Explanation { staged: staged(policy, group, name, behind, now), ..explanation }
}

/// The staged rules that would block a name or one behind it, of each list the first.
fn staged(
    policy: &Policy,
    group: Option<GroupId>,
    name: &Name,
    behind: &[Behind],
    now: Now,
) -> Vec<StagedRule> {
    let mut all = policy.explain_staged(group, name, now.wall);
    if policy.is_excused(group, &policy.suffixes(name.as_wire()), now.wall) {
        return all;
    }
    for behind in behind {
        let Behind::Name(alias) = behind else { continue };
        for staged in policy.explain_staged(group, alias, now.wall) {
            if !all.iter().any(|known| known.list.name == staged.list.name) {
                all.push(StagedRule { through: Some(alias.to_string()), ..staged });
            }
        }
    }
    all
}

/// Explains a name for a group by what is in force: by a rule for the name, else by one for what is behind it.
fn explain_in_force(
    policy: &Policy,
    group: Option<GroupId>,
    (name, rtype): (&Name, RecordType),
    behind: &[Behind],
    now: Now,
) -> Explanation {
    let explain = |asked| policy.explain(group, asked, rtype, now.wall);
    if let Some(asked) = deciding_behind(policy, group, name, behind, now) {
        let of_alias = explain(asked);
        return Explanation { name: name.to_string(), through: Some(of_alias.name), ..of_alias };
    }
    let of_name = explain(Asked::Name(name));
    if of_name.ruling == Ruling::Block {
        return of_name;
    }
    let suffixes = policy.suffixes(name.as_wire());
    let inside = behind.iter().find_map(|behind| match behind {
        Behind::Address(address) => {
            policy.is_rebinding(group, &suffixes, *address).then(|| address.to_string())
        }
        Behind::Name(_) => None,
    });
    match inside {
        Some(inside) => Explanation {
            ruling: Ruling::Rebinding,
            through: Some(inside),
            answer: Some(format!("{rtype}: NXDOMAIN")),
            exemption: None,
            list: None,
            rule: None,
            ..of_name
        },
        None => of_name,
    }
}

/// What a name leads to.
enum Behind {
    Name(Name),
    Address(IpAddr),
}

impl Behind {
    fn as_asked(&self) -> Asked<'_> {
        match self {
            Self::Name(name) => Asked::Name(name),
            Self::Address(address) => Asked::Address(*address),
        }
    }
}
