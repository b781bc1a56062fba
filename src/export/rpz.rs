//! A response policy zone (draft-vixie-dnsop-dns-rpz): all that a list can say, for the resolvers of others.
//!
//! Readers differ in which record is closest to a name: some go by the longest name, some by wildcards as the DNS has
//! them. Every name at which anything begins is therefore written for itself and as `*.name`, and so is every name between
//! it and what is around it ([`Meaning::between`]). Records stand in the canonical order, each once; the zone's digest
//! (RFC 8976) stands among them where it is asked for, since some readers take it for a rule.

use std::fmt::Write as _;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use super::about::about;
use super::loss::Told;
use super::meaning::Meaning;
use super::settings::{Error, Redirect, Settings};
use super::zone::{LOCALHOST, Records, Serial, TIMES, ZONE_TTL as TTL, ZoneRecord};
use super::zonemd::SCHEME_AND_HASH;
use crate::blocklist::{DefaultAction, Effect, Header};
use crate::dns::{MAX_NAME, Name, RecordType};

/// The longest name of a zone, so that nearly every name fits in front of it.
const LONGEST_ZONE: usize = 64;

const TOO_LONG: &str = "too long in front of the zone's name, and left out";
const TRIGGER: &str = "a name that policy zones take for something else, and left out";
const MAPPED: &str = "a network of IPv4 addresses written as IPv6, which nobody judges, and left out";
/// Labels that make of a name in front of the zone's another kind of trigger.
const TRIGGERS: [&[u8]; 4] = [b"rpz-ip", b"rpz-nsip", b"rpz-nsdname", b"rpz-client-ip"];

impl Serial {
    /// The serial of a zone that was written here.
    pub fn of(zone: &str) -> Option<Self> {
        let soa = zone.lines().take(64).find_map(|line| line.strip_prefix(SOA))?;
        soa.split_ascii_whitespace().nth(2)?.parse().ok().map(Self)
    }
}

const SOA: &str = "@ SOA ";
/// How many records the zone itself has, beside its SOA.
const APEX: usize = 1;

/// A record, its owner relative to the zone. In the canonical order, as far as its time to live does not matter.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    owner: Name,
    rtype: RecordType,
    data: Vec<u8>,
    ttl: u32,
}

impl Entry {
    fn record(&self) -> ZoneRecord<'_> {
        ZoneRecord { owner: self.owner.as_wire(), rtype: self.rtype, ttl: self.ttl, data: &self.data }
    }
}

/// Refuses a name that leaves too little room for those before it.
pub(super) fn check_zone(zone: &Name) -> Result<(), Error> {
    match zone.as_wire().len() > LONGEST_ZONE {
        true => Err(Error::Zone { zone: zone.clone(), longest: LONGEST_ZONE }),
        false => Ok(()),
    }
}

/// The records of a zone, but for its SOA and its digest, and what it cannot say.
pub(super) fn records(
    meaning: &Meaning,
    header: Option<&Header>,
    settings: &Settings,
) -> Result<(Records, Told), Error> {
    check_zone(&settings.zone)?;
    let mut told = Told::default();
    let blocked = match header.and_then(|header| header.action) {
        Some(DefaultAction::Nodata) => NODATA,
        _ => NXDOMAIN,
    };
    // The name of a server, which nobody asks.
    let ns = Entry { owner: Name::root(), rtype: RecordType::NS, ttl: TTL, data: LOCALHOST.to_vec() };
    let mut entries = Entries { settings, blocked, entries: vec![ns], told: &mut told };
    entries.add_names(meaning)?;
    entries.add_networks(meaning)?;
    let entries = canonical(entries.entries);
    told.written = (entries.len() - APEX) as u64;
    Ok((Records::pack(entries.iter().map(Entry::record)), told))
}

pub(super) fn compose(
    meaning: &Meaning,
    header: Option<&Header>,
    settings: &Settings,
    out: &mut dyn Write,
) -> Result<Told, Error> {
    let (records, told) = records(meaning, header, settings)?;
    let zone = settings.zone.to_lowercase();
    for line in about(header) {
        writeln!(out, "; {line}")?;
    }
    writeln!(out, "$ORIGIN {zone}\n$TTL {TTL}")?;
    // The SOA comes first in the file, though not in the canonical order, in which both stand before all others.
    let times = TIMES.map(|time| time.to_string()).join(" ");
    writeln!(out, "{SOA}localhost. localhost. {} {times}", settings.serial.0)?;
    if settings.digest {
        let [scheme, hash] = SCHEME_AND_HASH;
        let digest = hex(&records.zone_digest(&zone, settings.serial));
        writeln!(out, "@ ZONEMD {} {scheme} {hash} {digest}", settings.serial.0)?;
    }
    writeln!(out, "@ NS localhost.")?;
    records.iter().skip(APEX).try_for_each(|record| writeln!(out, "{}", line(&record)))?;
    out.flush()?;
    Ok(told)
}

/// Sorts records, each of which stands there once, and gives those of one owner and type one time to live, the shortest
/// (RFC 2181 §5.2).
fn canonical(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_unstable();
    entries.dedup_by(|later, kept| {
        (&later.owner, later.rtype, &later.data) == (&kept.owner, kept.rtype, &kept.data)
    });
    for set in entries.chunk_by_mut(|one, other| (&one.owner, one.rtype) == (&other.owner, other.rtype)) {
        let shortest = set.iter().map(|entry| entry.ttl).min().unwrap_or(TTL);
        set.iter_mut().for_each(|entry| entry.ttl = shortest);
    }
    entries
}

/// Data with the names in it in lower case (RFC 4034 §6.2); a length of a label is no letter.
fn lowered(rtype: RecordType, data: &[u8]) -> Vec<u8> {
    let mut data = data.to_vec();
    let names = match rtype.0 {
        // NS, CNAME, PTR, DNAME; MX, AFSDB, KX; SRV.
        2 | 5 | 12 | 39 => 0,
        15 | 18 | 36 => 2,
        33 => 6,
        _ => data.len(),
    };
    if let Some(names) = data.get_mut(names..) {
        names.make_ascii_lowercase();
    }
    data
}

struct Entries<'s> {
    settings: &'s Settings,
    /// What blocks a name that is sent nowhere.
    blocked: &'static [u8],
    entries: Vec<Entry>,
    told: &'s mut Told,
}

const NXDOMAIN: &[u8] = b"\0";
const NODATA: &[u8] = b"\x01*\0";
const PASSTHRU: &[u8] = b"\x0crpz-passthru\0";

impl Entries<'_> {
    fn add_names(&mut self, meaning: &Meaning) -> Result<(), Error> {
        let between = meaning.between();
        for (name, node) in meaning.nodes.iter().chain(&between) {
            // Where nothing is around a name, what is left alone there needs no word.
            if node.own.is_some() || node.above.is_some() {
                self.add_name(Some(name.clone()), name, node.own.as_ref())?;
            }
            if node.below.is_some() || node.above.is_some() {
                self.add_name(name.child(b"*"), name, node.below.as_ref())?;
            }
        }
        // They are let pass whatever they lead to, which may be listed.
        for name in &meaning.protected {
            self.add_name(Some(name.to_lowercase()), name, None)?;
            self.add_name(name.child(b"*"), name, None)?;
        }
        Ok(())
    }

    /// Adds what holds for a name, or for those below it, at an owner; nothing where there is no such owner.
    fn add_name(&mut self, owner: Option<Name>, name: &Name, effect: Option<&Effect>) -> Result<(), Error> {
        let top = name.ancestor(1);
        let is_trigger = TRIGGERS.iter().any(|label| Some(&top) == Name::root().child(label).as_ref());
        let room = MAX_NAME + 1 - self.settings.zone.as_wire().len();
        match owner.filter(|owner| owner.as_wire().len() <= room && !name.is_root()) {
            Some(_) if is_trigger => self.told.lose(TRIGGER, name),
            Some(owner) => self.add(&owner, effect),
            None if effect.is_some_and(|effect| *effect != Effect::Allow) => self.told.lose(TOO_LONG, name),
            None => return Err(Error::Exception { name: name.clone() }),
        }
        Ok(())
    }

    fn add_networks(&mut self, meaning: &Meaning) -> Result<(), Error> {
        for (network, effect) in &meaning.networks {
            let is_mapped = match network.network() {
                IpAddr::V6(address) => address.to_ipv4_mapped().is_some(),
                IpAddr::V4(_) => false,
            };
            match Name::from_text(&network_owner(network)) {
                Ok(owner) if !is_mapped => self.add(&owner, Some(effect)),
                _ => self.told.lose(MAPPED, network),
            }
        }
        Ok(())
    }

    /// Adds what an owner says: its effect, or that what is around it does not hold.
    fn add(&mut self, owner: &Name, effect: Option<&Effect>) {
        let mut put = |rtype, ttl, data: &[u8]| {
            self.entries.push(Entry { owner: owner.clone(), rtype, ttl, data: lowered(rtype, data) });
        };
        let mut action = |target: &[u8]| put(RecordType::CNAME, TTL, target);
        match (effect, &self.settings.redirect) {
            (None | Some(Effect::Allow), _) => action(PASSTHRU),
            (Some(Effect::Block), None) => action(self.blocked),
            (Some(Effect::Nxdomain), _) => action(NXDOMAIN),
            (Some(Effect::Nodata), _) => action(NODATA),
            (Some(Effect::Drop), _) => action(b"\x08rpz-drop\0"),
            (Some(Effect::TcpOnly), _) => action(b"\x0crpz-tcp-only\0"),
            (Some(Effect::Block), Some(Redirect::Name(name))) => action(name.as_wire()),
            (Some(Effect::Block), Some(Redirect::Addresses(addresses))) => {
                for address in addresses {
                    match address {
                        IpAddr::V4(address) => put(RecordType::A, TTL, &address.octets()),
                        IpAddr::V6(address) => put(RecordType::AAAA, TTL, &address.octets()),
                    }
                }
            }
            (Some(Effect::Local(records)), _) => {
                records.iter().for_each(|record| put(record.rtype, record.ttl, &record.data));
            }
        }
    }
}

/// A record as a line of a zone file; data of any other type in the form that all readers know (RFC 3597 §5).
fn line(ZoneRecord { owner, rtype, ttl, data }: &ZoneRecord<'_>) -> String {
    let mut line = Name::from_wire(owner).map(|owner| owner.to_host()).unwrap_or_default();
    if *ttl != TTL {
        let _ = write!(line, " {ttl}");
    }
    let (v4, v6) = (<[u8; 4]>::try_from(&data[..]), <[u8; 16]>::try_from(&data[..]));
    let _ = match (*rtype, Name::from_wire(data), v4, v6) {
        (RecordType::CNAME, Ok(target), ..) => write!(line, " CNAME {target}"),
        (RecordType::A, _, Ok(octets), _) => write!(line, " A {}", Ipv4Addr::from(octets)),
        (RecordType::AAAA, .., Ok(octets)) => write!(line, " AAAA {}", Ipv6Addr::from(octets)),
        (rtype, ..) => write!(line, " {rtype} \\# {} {}", data.len(), hex(data)),
    };
    line
}

/// The owner of a trigger for addresses: prefix and octets in reverse, those of IPv6 as words of which the longest run of
/// zeros is `zz`.
fn network_owner(network: &IpNet) -> String {
    let prefix = network.prefix_len();
    match network.network() {
        IpAddr::V4(address) => {
            let [a, b, c, d] = address.octets();
            format!("{prefix}.{d}.{c}.{b}.{a}.rpz-ip")
        }
        IpAddr::V6(address) => {
            let words = address.segments();
            let run = |from: usize| words[from..].iter().take_while(|word| **word == 0).count();
            let longest = (0..8).rev().max_by_key(|from| run(*from)).filter(|from| run(*from) > 1);
            let mut shown = Vec::new();
            let mut at = 0;
            while at < 8 {
                if Some(at) == longest {
                    shown.push("zz".to_owned());
                    at += run(at);
                } else {
                    shown.push(format!("{:x}", words[at]));
                    at += 1;
                }
            }
            shown.reverse();
            format!("{prefix}.{}.rpz-ip", shown.join("."))
        }
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::{self, Format, Rule};

    fn settings(redirect: Option<Redirect>) -> Settings {
        Settings {
            zone: Name::from_text("rpz.test").unwrap(),
            redirect,
            serial: Serial(7),
            digest: true,
            file: String::new(),
        }
    }

    fn read(format: Format, text: &str) -> Vec<Rule> {
        let mut rules = Vec::new();
        blocklist::read(text.as_bytes(), Some(format), "list", |rule| rules.push(rule)).unwrap();
        rules
    }

    fn written(rules: &[Rule], protected: &[&str], settings: &Settings) -> (String, Told) {
        let protected: Vec<Name> = protected.iter().map(|name| Name::from_text(name).unwrap()).collect();
        let mut out = Vec::new();
        let told = compose(&Meaning::new(rules, &protected, false), None, settings, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), told)
    }

    #[test]
    fn a_zone_says_all_that_a_list_does() {
        let rules = read(Format::Adblock, "||a.example^\n@@||x.y.a.example^\n|b.example^\n||*.c.example^\n");
        let (zone, told) = written(&rules, &["help.a.example"], &settings(None));
        let (head, records) = zone.split_once("@ ZONEMD 7 1 1 ").unwrap();
        assert_eq!(head, "$ORIGIN rpz.test.\n$TTL 10\n@ SOA localhost. localhost. 7 60 60 604800 10\n");
        let records: Vec<&str> = records.lines().skip(1).collect();
        assert_eq!(
            records,
            [
                "@ NS localhost.",
                "a.example CNAME .",
                "*.a.example CNAME .",
                "help.a.example CNAME rpz-passthru.",
                "*.help.a.example CNAME rpz-passthru.",
                "y.a.example CNAME .",
                "*.y.a.example CNAME .",
                "x.y.a.example CNAME rpz-passthru.",
                "*.x.y.a.example CNAME rpz-passthru.",
                "b.example CNAME .",
                "*.c.example CNAME .",
            ]
        );
        assert_eq!((told.written, told.losses), (10, Vec::new()));
    }

    #[test]
    fn what_is_written_is_read_back_as_it_was_meant() {
        let zone = "$ORIGIN z.test.\n@ SOA a. b. 1 2 3 4 5\na.example CNAME .\n*.a.example CNAME *.\n\
            b.example CNAME rpz-drop.\nc.example CNAME rpz-tcp-only.\nd.example A 192.0.2.1\n\
            d.example TXT \"some\"\n*.e.example CNAME garden.test.\n24.0.2.0.192.rpz-ip CNAME .\n\
            48.zz.db8.2001.rpz-ip CNAME .\n128.1.zz.rpz-ip CNAME rpz-passthru.\n64.zz.7.0.0.1.rpz-ip CNAME .\n";
        let rules = read(Format::Rpz, zone);
        let (again, told) = written(&rules, &[], &settings(None));
        assert_eq!(told.losses, Vec::new(), "{again}");
        for owner in ["24.0.2.0.192", "48.zz.db8.2001", "128.1.zz", "64.zz.7.0.0.1"] {
            assert!(again.contains(&format!("\n{owner}.rpz-ip CNAME ")), "{owner} in {again}");
        }
        let (before, after) =
            (Meaning::new(&rules, &[], false), Meaning::new(&read(Format::Rpz, &again), &[], false));
        assert_eq!(before.nodes.keys().collect::<Vec<_>>(), after.nodes.keys().collect::<Vec<_>>());
        let effects = |meaning: &Meaning| {
            let nodes = meaning.nodes.values();
            nodes.map(|node| (node.own.clone().map(plain), node.below.clone().map(plain))).collect::<Vec<_>>()
        };
        assert_eq!(effects(&before), effects(&after));
        let networks =
            |meaning: &Meaning| meaning.networks.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>();
        let (mut before, mut after) = (networks(&before), networks(&after));
        before.sort();
        after.sort();
        assert_eq!(before, after);
    }

    /// Records of a zone without an order have none.
    fn plain(effect: Effect) -> String {
        match effect {
            Effect::Local(mut records) => {
                records.sort_by_key(|record| (record.rtype, record.data.clone()));
                format!("{records:?}")
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn blocked_names_lead_where_they_are_sent() {
        let rules = read(Format::Domains, "a.example\n");
        let addresses = ["192.0.2.80".parse().unwrap(), "2001:db8::80".parse().unwrap()];
        let (zone, _) = written(&rules, &[], &settings(Some(Redirect::Addresses(addresses.into()))));
        assert!(
            zone.contains("\na.example A 192.0.2.80\na.example AAAA 2001:db8::80\n*.a.example A "),
            "{zone}"
        );
        let page = Redirect::Name(Name::from_text("Page.example").unwrap());
        let (zone, _) = written(&rules, &[], &settings(Some(page)));
        assert!(zone.contains("\n*.a.example CNAME page.example.\n"), "{zone}");
    }

    #[test]
    fn what_has_no_room_is_told() {
        let long =
            format!("{}.example", ["a".repeat(60), "b".repeat(60), "c".repeat(60), "d".repeat(56)].join("."));
        let rules = read(Format::Domains, &format!("{long}\nz.example\n"));
        let (zone, told) = written(&rules, &[], &settings(None));
        assert!(!zone.contains("aaaa") && zone.contains("\nz.example "), "{zone}");
        assert_eq!((told.losses[0].what, told.losses[0].count), (TOO_LONG, 2));
        let wide = Settings {
            zone: Name::from_text(&["e".repeat(60), "test".into()].join(".")).unwrap(),
            ..settings(None)
        };
        let error = compose(&Meaning::default(), None, &wide, &mut Vec::new()).unwrap_err().to_string();
        assert!(error.contains("too long to be the name of a policy zone"), "{error}");
    }

    #[test]
    fn what_would_mean_something_else_in_a_zone_is_left_out_and_told() {
        let list = "1.0.0.0.0.rpz-client-ip\n24.0.2.0.192.rpz-ip\nns.a.rpz-nsdname\nrpz-ip.example\n";
        let (zone, told) = written(&read(Format::Domains, list), &[], &settings(None));
        assert!(zone.contains("\nrpz-ip.example CNAME .\n"), "{zone}");
        let triggers = ["192.rpz-ip", "client-ip", "nsdname"];
        assert!(!triggers.iter().any(|trigger| zone.contains(trigger)), "{zone}");
        assert_eq!((told.losses[0].what, told.losses[0].count), (TRIGGER, 6));
        let mapped =
            "$ORIGIN z.test.\n@ SOA a. b. 1 2 3 4 5\n128.201.c000.ffff.zz.rpz-ip CNAME .\na.test CNAME .\n";
        let (zone, told) = written(&read(Format::Rpz, mapped), &[], &settings(None));
        assert!(!zone.contains("rpz-ip") && told.losses[0].what == MAPPED, "{zone}");
    }

    #[test]
    fn protected_names_pass_whatever_they_lead_to() {
        let (zone, _) = written(&read(Format::Domains, "cdn.example\n"), &["help.test"], &settings(None));
        assert!(
            zone.contains("\nhelp.test CNAME rpz-passthru.\n*.help.test CNAME rpz-passthru.\n"),
            "{zone}"
        );
    }

    #[test]
    fn an_exception_without_room_refuses_the_zone() {
        let long = ["a".repeat(60), "b".repeat(60), "c".repeat(60), "d".repeat(50)].join(".");
        let rules = read(Format::Adblock, &format!("||a.example^\n@@||{long}.a.example^\n"));
        let mut out = Vec::new();
        let error = compose(&Meaning::new(&rules, &[], false), None, &settings(None), &mut out).unwrap_err();
        assert!(matches!(error, Error::Exception { .. }), "{error}");
        assert!(out.is_empty());
    }

    #[test]
    fn one_trigger_has_one_answer() {
        let zone = "$ORIGIN z.test.\n@ SOA a. b. 1 2 3 4 5\n24.0.2.0.192.rpz-ip CNAME .\n\
            a.example 3600 A 192.0.2.1\nb.example CNAME .\na.example 5 A 192.0.2.2\n\
            24.0.2.0.192.rpz-ip CNAME rpz-passthru.\nc.example CNAME Garden.Test.\n";
        let (zone, _) = written(&read(Format::Rpz, zone), &[], &settings(None));
        assert_eq!(zone.matches("rpz-ip").count(), 1, "{zone}");
        assert!(zone.contains("rpz-ip CNAME rpz-passthru."), "{zone}");
        assert!(zone.contains("\na.example 5 A 192.0.2.1\na.example 5 A 192.0.2.2\n"), "{zone}");
        assert!(zone.contains("\nc.example 5 CNAME garden.test.\n"), "{zone}");
    }

    #[test]
    fn the_serial_of_a_zone_is_read() {
        let (zone, _) = written(&read(Format::Domains, "a.example\n"), &[], &settings(None));
        assert_eq!(Serial::of(&zone), Some(Serial(7)));
        assert_eq!(Serial::of("a.example CNAME .\n"), None);
    }
}
