//! A response policy zone (draft-vixie-dnsop-dns-rpz): all that a list can say, for the resolvers of others.
//!
//! Readers differ in which record is closest to a name: some go by the longest name, some by wildcards as the DNS has
//! them. Every name at which anything begins is therefore written for itself and as `*.name`, and so is every name between
//! it and what is around it ([`Meaning::spelled_out`]). Records stand in the canonical order, each once, and the zone's
//! digest stands among them (RFC 8976).

use std::fmt::Write as _;
use std::io::Write;

use ipnet::IpNet;

use super::loss::Told;
use super::meaning::Meaning;
use super::settings::{Error, Redirect, Settings};
use super::zonemd::{SCHEME_AND_HASH, digest};
use crate::blocklist::{Effect, Header};
use crate::dns::{MAX_NAME, Name, RecordType};

/// TTL of every record, in seconds: a removal takes effect soon.
const TTL: u32 = 10;
/// SOA: refresh, retry, expire, and TTL of what is absent, in seconds.
const TIMES: [u32; 4] = [60, 60, 604_800, TTL];
/// The longest name of a zone, so that nearly every name fits in front of it.
const LONGEST_ZONE: usize = 64;

const TOO_LONG: &str = "too long in front of the zone's name, and left out";
const EVERYTHING: &str = "the root itself, which no policy zone can hold, and left out";

/// The serial of a zone (RFC 1035 §3.3.13), which only grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Serial(pub u32);

impl Serial {
    /// The serial of a zone that is to follow another: `wanted`, or the next one where that is not larger.
    pub fn after(previous: Option<Self>, wanted: u32) -> Self {
        match previous {
            Some(Self(previous)) if wanted <= previous => Self(previous.wrapping_add(1)),
            _ => Self(wanted),
        }
    }

    /// The serial of a zone that was written here.
    pub fn of(zone: &str) -> Option<Self> {
        let soa = zone.lines().take(64).find_map(|line| line.strip_prefix(SOA))?;
        soa.split_ascii_whitespace().nth(2)?.parse().ok().map(Self)
    }
}

const SOA: &str = "@ SOA ";

/// A record, its owner relative to the zone.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub owner: Name,
    pub rtype: RecordType,
    pub ttl: u32,
    pub data: Vec<u8>,
}

pub(super) fn compose(
    meaning: &Meaning,
    header: Option<&Header>,
    settings: &Settings,
    out: &mut dyn Write,
) -> Result<Told, Error> {
    let zone = settings.zone.to_lowercase();
    if zone.as_wire().len() > LONGEST_ZONE {
        return Err(Error::Zone { zone, longest: LONGEST_ZONE });
    }
    let mut told = Told::default();
    let mut entries = Entries { settings, entries: apex(settings.serial), told: &mut told };
    entries.add_names(meaning);
    for (network, effect) in &meaning.networks {
        entries.add(&network_owner(network), Some(effect));
    }
    let mut entries = entries.entries;
    entries.sort_unstable();
    entries.dedup();
    told.written = entries.len() as u64 - 2;
    for line in super::about(header) {
        writeln!(out, "; {line}")?;
    }
    writeln!(out, "$ORIGIN {zone}\n$TTL {TTL}")?;
    // The SOA comes first in the file, though not in the canonical order.
    let (soa, others): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| entry.rtype == RecordType::SOA);
    soa.into_iter().try_for_each(|entry| writeln!(out, "{}", line(entry)))?;
    let [scheme, hash] = SCHEME_AND_HASH;
    let digest = hex(&digest(&entries, zone.as_wire()));
    writeln!(out, "@ ZONEMD {} {scheme} {hash} {digest}", settings.serial.0)?;
    others.into_iter().try_for_each(|entry| writeln!(out, "{}", line(entry)))?;
    out.flush()?;
    Ok(told)
}

/// What every zone has: its SOA and the name of a server, which nobody asks.
fn apex(Serial(serial): Serial) -> Vec<Entry> {
    let localhost = b"\x09localhost\0";
    let mut soa = [&localhost[..], localhost].concat();
    soa.extend(serial.to_be_bytes());
    soa.extend(TIMES.iter().flat_map(|time| time.to_be_bytes()));
    [(RecordType::SOA, soa), (RecordType::NS, localhost.to_vec())]
        .map(|(rtype, data)| Entry { owner: Name::root(), rtype, ttl: TTL, data })
        .into()
}

struct Entries<'s> {
    settings: &'s Settings,
    entries: Vec<Entry>,
    told: &'s mut Told,
}

impl Entries<'_> {
    fn add_names(&mut self, meaning: &Meaning) {
        for (name, node) in meaning.spelled_out() {
            // Where nothing is around a name, what is left alone there needs no word.
            let is_said = |effect: &Option<Effect>| effect.is_some() || node.above.is_some();
            if is_said(&node.own) {
                match name.is_root() {
                    true => self.told.lose(EVERYTHING, &name),
                    false => self.add(&name, node.own.as_ref()),
                }
            }
            if is_said(&node.below) {
                match name.child(b"*") {
                    Some(below) => self.add(&below, node.below.as_ref()),
                    None => self.told.lose(TOO_LONG, &name),
                }
            }
        }
    }

    /// Adds what an owner says: its effect, or that what is around it does not hold.
    fn add(&mut self, owner: &Name, effect: Option<&Effect>) {
        if owner.as_wire().len() + self.settings.zone.as_wire().len() - 1 > MAX_NAME {
            self.told.lose(TOO_LONG, owner);
            return;
        }
        let mut put = |rtype, ttl, data: &[u8]| {
            self.entries.push(Entry { owner: owner.clone(), rtype, ttl, data: data.to_vec() });
        };
        let mut action = |target: &[u8]| put(RecordType::CNAME, TTL, target);
        match (effect, &self.settings.redirect) {
            (None | Some(Effect::Allow), _) => action(b"\x0crpz-passthru\0"),
            (Some(Effect::Nxdomain), _) | (Some(Effect::Block), None) => action(b"\0"),
            (Some(Effect::Nodata), _) => action(b"\x01*\0"),
            (Some(Effect::Drop), _) => action(b"\x08rpz-drop\0"),
            (Some(Effect::TcpOnly), _) => action(b"\x0crpz-tcp-only\0"),
            (Some(Effect::Block), Some(Redirect::Name(name))) => action(name.to_lowercase().as_wire()),
            (Some(Effect::Block), Some(Redirect::Addresses(addresses))) => {
                for address in addresses {
                    match address {
                        std::net::IpAddr::V4(address) => put(RecordType::A, TTL, &address.octets()),
                        std::net::IpAddr::V6(address) => put(RecordType::AAAA, TTL, &address.octets()),
                    }
                }
            }
            (Some(Effect::Local(records)), _) => {
                records.iter().for_each(|record| put(record.rtype, record.ttl, &record.data));
            }
        }
    }
}

/// A record as a line of a zone file; data of unknown types in the form that all readers know (RFC 3597 §5).
fn line(Entry { owner, rtype, ttl, data }: &Entry) -> String {
    let owner = owner.to_string();
    let owner = match owner.strip_suffix('.') {
        Some("") | None => "@",
        Some(owner) => owner,
    };
    let mut line = String::from(owner);
    if *ttl != TTL {
        let _ = write!(line, " {ttl}");
    }
    let _ = match *rtype {
        RecordType::SOA => {
            let numbers = data[data.len() - 20..]
                .chunks(4)
                .map(|octets| octets.iter().fold(0_u32, |sum, octet| sum << 8 | u32::from(*octet)));
            let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
            write!(line, " SOA localhost. localhost. {}", numbers.join(" "))
        }
        RecordType::NS => write!(line, " NS localhost."),
        RecordType::CNAME => match Name::from_wire(data) {
            Ok(target) => write!(line, " CNAME {target}"),
            Err(_) => Ok(()),
        },
        RecordType::A | RecordType::AAAA => {
            match (<[u8; 4]>::try_from(&data[..]), <[u8; 16]>::try_from(&data[..])) {
                (Ok(octets), _) => write!(line, " A {}", std::net::Ipv4Addr::from(octets)),
                (_, Ok(octets)) => write!(line, " AAAA {}", std::net::Ipv6Addr::from(octets)),
                _ => Ok(()),
            }
        }
        rtype => write!(line, " {rtype} \\# {} {}", data.len(), hex(data)),
    };
    line
}

/// The owner of a trigger for addresses: prefix and octets in reverse, those of IPv6 as words of which the longest run of
/// zeros is `zz`.
fn network_owner(network: &IpNet) -> Name {
    let prefix = network.prefix_len();
    let text = match network.network() {
        std::net::IpAddr::V4(address) => {
            let [a, b, c, d] = address.octets();
            format!("{prefix}.{d}.{c}.{b}.{a}.rpz-ip")
        }
        std::net::IpAddr::V6(address) => {
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
    };
    Name::from_text(&text).unwrap_or_else(|_| Name::root())
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
        let told = compose(&Meaning::new(rules, &protected), None, settings, &mut out).unwrap();
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
        let (before, after) = (Meaning::new(&rules, &[]), Meaning::new(&read(Format::Rpz, &again), &[]));
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
    fn serials_only_grow() {
        assert_eq!(Serial::after(None, 5), Serial(5));
        assert_eq!(Serial::after(Some(Serial(4)), 5), Serial(5));
        assert_eq!(Serial::after(Some(Serial(5)), 5), Serial(6));
        assert_eq!(Serial::after(Some(Serial(9)), 5), Serial(10));
        let (zone, _) = written(&read(Format::Domains, "a.example\n"), &[], &settings(None));
        assert_eq!(Serial::of(&zone), Some(Serial(7)));
        assert_eq!(Serial::of("a.example CNAME .\n"), None);
    }
}
