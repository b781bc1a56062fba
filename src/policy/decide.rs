//! The decision: from a client and a name, or an address, to a verdict.

use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;

use super::build::{Enforced, GroupId, Policy, Rules, Until};
use super::config::{Action, Https, Readers};
use super::internal::is_internal;
use super::nat64::Nat64;
use super::structured::Structured;
use crate::blocklist::{Effect, Hit, List, Suffixes};
use crate::dns::{ExtendedError, Info, Record};

/// Something to decide on.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'s> {
    /// A name that is asked for or that an alias leads to.
    Name(&'s Suffixes),
    /// An address in an answer.
    Address(IpAddr),
}

/// What becomes of a subject.
#[derive(Clone, Copy, Debug)]
pub enum Verdict<'p> {
    /// No list of the group speaks against it.
    Pass,
    /// It is listed, and must stay reachable all the same.
    Protected(Listing<'p>),
    /// It is listed, and the operator exempted it, for this reason.
    Exempt(Listing<'p>, &'p str),
    /// It is listed by a list that is only being tried out.
    Shadow(Listing<'p>),
    /// It is blocked.
    Block(Block<'p>),
}

/// The rule that lists a subject.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'p> {
    /// Its list.
    pub list: &'p List,
    /// Its number in the list.
    pub rule: u32,
}

/// A block: which rule, how to answer, and what to tell the client.
#[derive(Clone, Copy, Debug)]
pub struct Block<'p> {
    /// The rule.
    pub listing: Listing<'p>,
    /// How to answer.
    pub remedy: Remedy<'p>,
    /// What to tell the client.
    pub errors: &'p [ExtendedError],
    structured: &'p Structured,
}

impl<'p> Block<'p> {
    /// The case number of the rule, as far as it is in memory.
    pub fn case(&self) -> Option<&'p str> {
        self.listing.list.case(self.listing.rule)
    }

    /// Whether it yields to any other block: a list's own data, and TCP alone.
    #[inline]
    pub fn yields(&self) -> bool {
        self.remedy.yields()
    }

    /// What a program is told that asks for structure, in so many octets; the code alone where an answer is made up,
    /// with which structure must not go (draft-ietf-dnsop-structured-dns-error §5.2), or where there is no room.
    pub fn error_for_program(&self, room: usize) -> ExtendedError {
        let info = self.errors.first().map_or(Info::BLOCKED, |error| error.info);
        let text = match self.remedy {
            Remedy::Local(_) => None,
            _ => self.structured.text(self.case(), room),
        };
        ExtendedError { info, text: text.unwrap_or_default().into() }
    }
}

/// How a blocked name is answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Remedy<'p> {
    /// Addresses of the warning page; no data for all other types.
    Page,
    /// NXDOMAIN.
    Nxdomain,
    /// NOERROR without data.
    Nodata,
    /// REFUSED.
    Refused,
    /// No answer at all.
    Drop,
    /// TC over UDP; over TCP as if it were not listed.
    TcpOnly,
    /// These records, and no data for all other types.
    Local(&'p [Record]),
}

impl Remedy<'_> {
    /// Whether it yields to every remedy that does not.
    fn yields(&self) -> bool {
        matches!(self, Self::TcpOnly | Self::Local(_))
    }
}

impl Enforced {
    /// Whether a rule of the list that asks for nothing itself blocks.
    pub(super) fn blocks(&self) -> bool {
        remedy(self.chosen.unwrap_or(self.asked)).is_some()
    }
}

/// What one list says of a subject: a remedy, or none where it is only to be counted.
struct Judgement<'p> {
    hit: Hit,
    enforced: &'p Enforced,
    remedy: Option<Remedy<'p>>,
}

impl Judgement<'_> {
    /// What decides between lists: first how much is demanded, so that no list softens what another one orders by
    /// data of its own, or by less; then how specific the rule is.
    fn rank(&self) -> (u8, u16) {
        let demand = match self.remedy {
            None => 0,
            Some(Remedy::TcpOnly) => 1,
            Some(Remedy::Local(_)) => 2,
            Some(_) => 3,
        };
        (demand, self.hit.weight)
    }
}

impl Policy {
    /// The hashes of a name, for [`Policy::decide`].
    pub fn suffixes(&self, name: &[u8]) -> Suffixes {
        Suffixes::new(&self.key, name)
    }

    /// The same, of the name that octets begin with, in the place of what is there.
    #[inline]
    pub fn hash(&self, octets: &[u8], suffixes: &mut Suffixes) {
        suffixes.fill(&self.key, octets);
    }

    /// Asks for the memory that a decision on a name will read first.
    #[inline]
    pub fn approach(&self, suffixes: &Suffixes) {
        self.lists.iter().for_each(|list| list.approach(suffixes));
    }

    /// Asks for what that leads to.
    #[inline]
    pub fn reach(&self, suffixes: &Suffixes) {
        self.lists.iter().for_each(|list| list.reach(suffixes));
    }

    /// The group of a client; none where no group has its network and no group takes everybody else.
    pub fn group(&self, client: IpAddr) -> Option<GroupId> {
        if self.networks.is_empty() {
            return self.everybody_else;
        }
        self.networks.find(client).copied().or(self.everybody_else)
    }

    pub(super) fn rules_of(&self, group: GroupId) -> &Rules {
        &self.groups[usize::from(group.0)]
    }

    /// Every list of this generation.
    pub fn lists(&self) -> &[Arc<List>] {
        &self.lists
    }

    /// Every group.
    pub fn groups(&self) -> impl Iterator<Item = GroupId> {
        (0..self.groups.len()).map(|number| GroupId(number as u16))
    }

    /// The name of a group.
    pub fn group_name(&self, group: Option<GroupId>) -> &str {
        group.map_or("none", |group| &self.rules_of(group).name)
    }

    /// The prefix under which a group wants IPv6 addresses made for names that have none.
    pub fn dns64(&self, group: Option<GroupId>) -> Option<Nat64> {
        self.rules_of(group?).dns64
    }

    /// For whom the warning page is written that a group gets.
    pub fn readers(&self, group: Option<GroupId>) -> Readers {
        group.map_or_else(Readers::default, |group| self.rules_of(group).readers)
    }

    /// How HTTPS to the warning page ends for a group.
    pub fn https(&self, group: Option<GroupId>) -> Https {
        group.map_or_else(Https::default, |group| self.rules_of(group).https)
    }

    /// Whether a group's programs are told how this resolver is reached over encryption.
    pub fn has_discovery(&self, group: Option<GroupId>) -> bool {
        group.is_none_or(|group| !self.rules_of(group).no_discovery)
    }

    /// Every prefix under which addresses stand for IPv4 ones: the well-known one and those of the groups.
    pub fn nat64(&self) -> &[Nat64] {
        &self.nat64
    }

    /// The IPv4 address that an address stands for behind a NAT64.
    pub fn behind_nat64(&self, address: IpAddr) -> Option<IpAddr> {
        let IpAddr::V6(address) = address else { return None };
        self.nat64.iter().find_map(|prefix| prefix.extract(address)).map(IpAddr::V4)
    }

    /// Whether any list says anything of a subject, at any time, staged or in force: if none does, no group's verdict
    /// needs to be asked.
    pub fn is_listed(&self, subject: Subject<'_>) -> bool {
        let in_force = self.lists.iter().any(|list| find(list, subject, Timestamp::MIN).is_some());
        in_force || (self.counts_staged && self.is_staged(subject))
    }

    /// Whether any list or group judges addresses.
    pub fn judges_addresses(&self) -> bool {
        self.lists.iter().any(|list| list.judges_addresses()) || self.keeps_out()
    }

    /// Whether any list or group says anything of an address, whatever name leads to it.
    pub fn is_suspect(&self, address: IpAddr) -> bool {
        self.is_listed(Subject::Address(address)) || (self.keeps_out() && is_internal(address))
    }

    /// Whether this name must not lead this group to this address: one inside, from a name that has no business
    /// there (DNS rebinding).
    pub fn is_rebinding(&self, group: Option<GroupId>, name: &Suffixes, address: IpAddr) -> bool {
        let rules = group.map(|group| self.rules_of(group));
        let Some(allowed) = rules.and_then(|rules| rules.may_lead_inside.as_ref()) else { return false };
        is_internal(address) && allowed.find_all(name).next().is_none()
    }

    fn keeps_out(&self) -> bool {
        self.groups.iter().any(|rules| rules.may_lead_inside.is_some())
    }

    /// Decides; see the room's door for the order.
    pub fn decide(&self, group: Option<GroupId>, subject: Subject<'_>, now: Timestamp) -> Verdict<'_> {
        self.decide_without(None, group, subject, now)
    }

    /// The same without the list of one slot: what that list sends a name to is judged by all others.
    pub fn decide_without(
        &self,
        except: Option<u16>,
        group: Option<GroupId>,
        subject: Subject<'_>,
        now: Timestamp,
    ) -> Verdict<'_> {
        let Some(group) = group else { return Verdict::Pass };
        let rules = self.rules_of(group);
        let judgements = rules
            .enforced
            .iter()
            .filter(|enforced| except != Some(self.lists[enforced.list].slot))
            .filter_map(|enforced| self.judge(enforced, subject, now));
        // Of equals the first stays.
        let best = judgements.reduce(|best, other| if other.rank() > best.rank() { other } else { best });
        let Some(Judgement { hit, enforced, remedy }) = best else { return Verdict::Pass };
        let listing = Listing { list: &self.lists[enforced.list], rule: hit.rule };
        let Some(remedy) = remedy else { return Verdict::Shadow(listing) };
        if self.is_protected(subject) {
            return Verdict::Protected(listing);
        }
        if let Some(reason) = rules.exemption(subject, now) {
            return Verdict::Exempt(listing, reason);
        }
        let forged = matches!(remedy, Remedy::Page | Remedy::Local(_));
        let errors = if forged { &enforced.errors[..] } else { &enforced.errors[..1] };
        Verdict::Block(Block { listing, remedy, errors, structured: &enforced.structured })
    }

    /// Whether a name is out of reach of every list for this group, listed or not: it must stay reachable, or the
    /// operator exempted it. What its aliases lead to is then left alone too.
    pub fn is_excused(&self, group: Option<GroupId>, name: &Suffixes, now: Timestamp) -> bool {
        let exempt = |group: GroupId| self.rules_of(group).exemption(Subject::Name(name), now);
        self.is_protected(Subject::Name(name)) || group.and_then(exempt).is_some()
    }

    fn is_protected(&self, subject: Subject<'_>) -> bool {
        let Subject::Name(suffixes) = subject else { return false };
        self.protected.find_all(suffixes).next().is_some()
    }

    fn judge<'p>(
        &'p self,
        enforced: &'p Enforced,
        subject: Subject<'_>,
        now: Timestamp,
    ) -> Option<Judgement<'p>> {
        let list = &self.lists[enforced.list];
        let hit = find(list, subject, now)?;
        let effect = list.effect(hit.rule);
        if matches!(effect, Effect::Allow) {
            return None;
        }
        let remedy = match (enforced.chosen, effect) {
            (None, Effect::Nxdomain) => Some(Remedy::Nxdomain),
            (None, Effect::Nodata) => Some(Remedy::Nodata),
            (None, Effect::Drop) => Some(Remedy::Drop),
            (None, Effect::TcpOnly) => Some(Remedy::TcpOnly),
            (None, Effect::Local(records)) => Some(Remedy::Local(records)),
            (chosen, _) => remedy(chosen.unwrap_or(enforced.asked)),
        };
        Some(Judgement { hit, enforced, remedy })
    }
}

impl Rules {
    /// The reason of an exemption that holds.
    fn exemption(&self, subject: Subject<'_>, now: Timestamp) -> Option<&str> {
        let holds = |until: &&Until| now < until.end;
        if let Some(until) = self.exempt.as_ref().filter(holds) {
            return Some(&until.reason);
        }
        let Subject::Name(suffixes) = subject else { return None };
        let mut exemptions =
            self.exempt_names.find_all(suffixes).map(|number| &self.exemptions[number as usize]);
        exemptions.find(holds).map(|until| until.reason.as_str())
    }
}

fn find(list: &List, subject: Subject<'_>, now: Timestamp) -> Option<Hit> {
    match subject {
        Subject::Name(suffixes) => list.find(suffixes, now),
        Subject::Address(address) => list.find_address(address, now),
    }
}

fn remedy(action: Action) -> Option<Remedy<'static>> {
    match action {
        Action::Page => Some(Remedy::Page),
        Action::Nxdomain => Some(Remedy::Nxdomain),
        Action::Nodata => Some(Remedy::Nodata),
        Action::Refused => Some(Remedy::Refused),
        Action::Shadow => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::{Error, LONGEST_REASON};
    use super::*;
    use crate::blocklist::{Details, Header, Key, ListBuilder, Rule, Scope, Trigger};
    use crate::dns::{Info, Name};

    const KEY: [u8; 16] = [3; 16];

    fn now() -> Timestamp {
        "2026-06-01T12:00:00Z".parse().unwrap()
    }

    fn list(name: &str, rules: &[(&str, Effect)], header: Option<Header>) -> Arc<List> {
        let mut builder = ListBuilder::new(Key::new(KEY), now(), Vec::new());
        for (rule, effect) in rules {
            let trigger = match rule.parse() {
                Ok(network) => Trigger::Network(network),
                Err(_) => Trigger::Name(Name::from_text(rule).unwrap(), Scope::Domain),
            };
            let rule = Rule { line: 1, trigger, effect: effect.clone(), details: Details::default() };
            builder.push(rule).unwrap();
        }
        Arc::new(builder.finish(name.into(), header, Ok).unwrap())
    }

    fn policy(config: &str, lists: Vec<Arc<List>>) -> Result<Policy, Error> {
        let protected = [Name::from_text("help.example").unwrap()];
        Policy::new(&toml::from_str(config).unwrap(), Key::new(KEY), lists, &protected, 1)
    }

    fn verdict(policy: &Policy, client: &str, subject: &str) -> String {
        let group = policy.group(client.parse().unwrap());
        let suffixes;
        let subject = match subject.parse() {
            Ok(address) => Subject::Address(address),
            Err(_) => {
                suffixes = policy.suffixes(Name::from_text(subject).unwrap().as_wire());
                Subject::Name(&suffixes)
            }
        };
        match policy.decide(group, subject, now()) {
            Verdict::Pass => "pass".into(),
            Verdict::Protected(listing) => format!("protected from {}", listing.list.name),
            Verdict::Exempt(_, reason) => format!("exempt: {reason}"),
            Verdict::Shadow(listing) => format!("shadow by {}", listing.list.name),
            Verdict::Block(block) => format!("{} by {}", block.remedy, block.listing.list.name),
        }
    }

    fn two_lists() -> Vec<Arc<List>> {
        let national = [
            ("bad.example", Effect::Block),
            ("help.example", Effect::Block),
            ("192.0.2.0/24", Effect::Block),
        ];
        let school = [
            ("bad.example", Effect::Allow),
            ("game.example", Effect::Block),
            ("deep.bad.example", Effect::Nodata),
            ("ok.game.example", Effect::Allow),
        ];
        vec![list("national", &national, None), list("school", &school, None)]
    }

    #[test]
    fn without_groups_everybody_gets_every_list() {
        let policy = policy("", two_lists()).unwrap();
        for (name, expected) in [
            ("bad.example", "addresses of the warning page by national"),
            ("www.bad.example", "addresses of the warning page by national"),
            ("deep.bad.example", "no data by school"),
            ("game.example", "addresses of the warning page by school"),
            ("ok.game.example", "pass"),
            ("help.example", "protected from national"),
            ("a.help.example", "protected from national"),
            ("192.0.2.77", "addresses of the warning page by national"),
            ("example", "pass"),
        ] {
            assert_eq!(verdict(&policy, "203.0.113.1", name), expected, "{name}");
        }
    }

    #[test]
    fn groups_choose_lists_actions_and_exemptions() {
        let policy = policy(
            r#"
            [[groups]]
            name = "pupils"
            networks = ["10.0.0.0/8", "2001:db8::/32"]
            lists = [{ list = "national" }, { list = "school", action = "refused" }]
            exemptions = [
                { name = "ok.bad.example", reason = "appeal 7", until = "2026-06-01" },
                { name = "old.bad.example", reason = "over", until = "2026-05-31" },
            ]
            [[groups]]
            name = "police"
            networks = ["10.9.0.0/16"]
            exempt = { reason = "investigators", until = "2026-12-31" }
            [[groups]]
            name = "trial"
            networks = ["10.8.0.0/16"]
            lists = [{ list = "national", action = "shadow" }]
            [[groups]]
            name = "rest"
            lists = []
            "#,
            two_lists(),
        )
        .unwrap();
        for (client, name, expected) in [
            ("10.1.1.1", "game.example", "REFUSED by school"),
            ("10.1.1.1", "deep.bad.example", "REFUSED by school"),
            ("2001:db8::1", "bad.example", "addresses of the warning page by national"),
            ("10.1.1.1", "x.ok.bad.example", "exempt: appeal 7"),
            ("10.1.1.1", "old.bad.example", "addresses of the warning page by national"),
            ("10.9.1.1", "bad.example", "exempt: investigators"),
            ("10.9.1.1", "192.0.2.1", "exempt: investigators"),
            ("10.8.1.1", "bad.example", "shadow by national"),
            ("192.0.2.1", "bad.example", "pass"),
        ] {
            assert_eq!(verdict(&policy, client, name), expected, "{client} {name}");
        }
    }

    #[test]
    fn who_is_exempt_is_excused_whether_listed_or_not() {
        let config = r#"
            [[groups]]
            name = "all"
            exemptions = [{ name = "fine.example", reason = "appeal", until = "2026-06-01" }]
        "#;
        let policy = policy(config, two_lists()).unwrap();
        let group = policy.group("192.0.2.1".parse().unwrap());
        for (name, excused) in [("www.fine.example", true), ("help.example", true), ("game.example", false)] {
            let suffixes = policy.suffixes(Name::from_text(name).unwrap().as_wire());
            assert_eq!(policy.is_excused(group, &suffixes, now()), excused, "{name}");
        }
    }

    #[test]
    fn a_client_of_no_group_is_left_alone() {
        let policy = policy("groups = [{ name = \"a\", networks = [\"10.0.0.0/8\"] }]", two_lists()).unwrap();
        assert_eq!(verdict(&policy, "192.0.2.1", "bad.example"), "pass");
        assert_eq!(policy.group_name(policy.group("192.0.2.1".parse().unwrap())), "none");
    }

    #[test]
    fn the_client_is_told_who_blocks_and_that_an_answer_is_made_up() {
        let header = serde_json::json!({
            "list": "xx/test", "serial": 1, "jurisdiction": "XX", "category": "nudification",
            "authority": "Authority of Tests", "legal_basis": "Act é".repeat(40), "appeal": "mailto:a@example.org",
            "action": "nxdomain", "issued": "2026-01-01T00:00:00Z", "expires": "2027-01-01T00:00:00Z",
        });
        let rules = [("bad.example", Effect::Block), ("local.example", Effect::Local(Vec::new()))];
        let signed = list("signed", &rules, Some(serde_json::from_value(header).unwrap()));
        let policy = policy("", vec![signed]).unwrap();
        let group = policy.group("192.0.2.1".parse().unwrap());
        let errors = |name: &str| {
            let suffixes = policy.suffixes(Name::from_text(name).unwrap().as_wire());
            match policy.decide(group, Subject::Name(&suffixes), now()) {
                Verdict::Block(block) => block.errors.to_vec(),
                other => panic!("{other:?}"),
            }
        };
        let told = errors("bad.example");
        assert_eq!(told.iter().map(|error| error.info).collect::<Vec<_>>(), [Info::CENSORED]);
        assert!(
            told[0].text.starts_with("Blocked by order of Authority of Tests. Appeal: mailto:")
                && told[0].text.len() <= LONGEST_REASON
        );
        assert_eq!(errors("local.example")[1].info, Info::FORGED_ANSWER);
    }

    #[test]
    fn names_lead_inside_where_that_is_allowed() {
        let config = r#"
            [[groups]]
            name = "school"
            rebinding_protection = true
            rebinding_allow = ["corp.example"]
            [[groups]]
            name = "trusting"
            networks = ["10.1.0.0/16"]
        "#;
        let mut config: super::super::Config = toml::from_str(config).unwrap();
        config.internal.push(Name::from_text("_tcp.school.internal").unwrap());
        let policy = Policy::new(&config, Key::new(KEY), Vec::new(), &[], 1).unwrap();
        for (client, name, address, forbidden) in [
            ("192.0.2.1", "evil.example", "192.168.0.1", true),
            ("192.0.2.1", "evil.example", "198.51.100.1", false),
            ("192.0.2.1", "corp.example", "192.168.0.1", false),
            ("192.0.2.1", "www.corp.example", "fd00::1", false),
            ("192.0.2.1", "notcorp.example", "fd00::1", true),
            ("192.0.2.1", "a._tcp.school.internal", "::1", false),
            ("10.1.0.1", "evil.example", "192.168.0.1", false),
        ] {
            let group = policy.group(client.parse().unwrap());
            let suffixes = policy.suffixes(Name::from_text(name).unwrap().as_wire());
            let found = policy.is_rebinding(group, &suffixes, address.parse().unwrap());
            assert_eq!(found, forbidden, "{client} {name} {address}");
        }
        assert!(policy.judges_addresses() && policy.is_suspect([10, 0, 0, 1].into()));
    }

    #[test]
    fn every_mistake_has_its_message() {
        for (config, message) in [
            ("groups = [{ name = \"a\", lists = [{ list = \"x\" }] }]", "unknown list `x`"),
            ("groups = [{ name = \"a\" }, { name = \"b\" }]", "only one can be for everybody else"),
            ("groups = [{ name = \"a\" }, { name = \"a\" }]", "two groups have this name"),
            (
                "groups = [{ name = \"a\", networks = [\"10.0.0.0/8\"] }, { name = \"b\", networks = [\"10.0.0.1/8\"] }]",
                "network 10.0.0.1/8 is in another group",
            ),
            (
                "groups = [{ name = \"a\", exemptions = [{ name = \"a..b\", reason = \"\", until = \"2026-01-01\" }] }]",
                "exemption `a..b` cannot be taken: `a..b` is no domain name: empty label; correct it",
            ),
            (
                "groups = [{ name = \"a\", rebinding_allow = [\"a..b\"] }]",
                "rebinding_allow `a..b` cannot be taken",
            ),
            (
                "groups = [{ name = \"a\", exemptions = [{ name = \".\", reason = \"\", until = \"2026-01-01\" }] }]",
                "exemption `.` cannot be taken",
            ),
        ] {
            let error = policy(config, two_lists()).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
