//! The Internet of `world.toml`: zones written, signed, broken where they are to be, and served.
//!
//! Everything is signed before it is served, by `dnssec-signzone`: that way a zone's dates, its denial and what is
//! wrong with it are a line of data, and each parent can hold what its children's keys demand.

use std::collections::BTreeMap;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use hickory_resolver::proto::rr::RecordType;
use serde::Deserialize;

use super::super::inside::{run, wait};
use super::manners::{Manner, behave};
use super::verdict::{Question, ask};

const WORLD: &str = include_str!("world.toml");

/// What `world.toml` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    common: String,
    everywhere: Vec<String>,
    servers: BTreeMap<String, Program>,
    zone: Vec<Zone>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Program {
    Knotd,
    Nsd,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Zone {
    name: String,
    server: Option<String>,
    #[serde(default)]
    addresses: Vec<IpAddr>,
    #[serde(default)]
    ns: Vec<String>,
    sign: Option<Signing>,
    ds: Option<String>,
    #[serde(default)]
    text: String,
    /// How many strings the record `long` has.
    #[serde(default)]
    long: usize,
    #[serde(default)]
    drop: Vec<String>,
    replace: Option<(String, String)>,
    #[serde(default)]
    bad: BTreeMap<Manner, IpAddr>,
    #[serde(default)]
    behind: BTreeMap<Manner, IpAddr>,
    #[serde(default)]
    ask: Vec<String>,
    #[serde(default)]
    quiet: bool,
    #[serde(default)]
    bare: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signing {
    algorithm: String,
    #[serde(default)]
    denial: Denial,
    #[serde(default)]
    iterations: u16,
    salt: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Denial {
    #[default]
    Nsec,
    Nsec3,
    Optout,
}

/// The servers, which end with the namespace, and what may be asked.
pub(super) struct Internet {
    directory: PathBuf,
    plan: Plan,
    servers: Vec<Child>,
}

impl Internet {
    /// Writes and signs all zones, starts all servers and waits until each answers.
    pub(super) fn start(directory: &Path) -> Self {
        let plan: Plan = toml::from_str(WORLD).unwrap();
        let mut internet = Self { directory: directory.to_owned(), plan, servers: Vec::new() };
        internet.write_zones();
        for (name, program) in internet.plan.servers.clone() {
            let server = internet.serve(&name, program);
            internet.servers.push(server);
        }
        for zone in &internet.plan.zone {
            for (manner, address) in zone.bad.iter().chain(&zone.behind) {
                behave(*manner, *address, zone.addresses.first().copied());
            }
            for address in &zone.addresses {
                wait(&format!("{} on {address}", zone.name), 20, || {
                    let question = Question::new(&zone.name, RecordType::SOA, false);
                    let told = ask(*address, &question, 1);
                    (told.code == "NOERROR" && !told.answers.is_empty()).then_some(())
                });
            }
        }
        internet
    }

    /// Every question, each once.
    pub(super) fn questions(&self) -> Vec<Question> {
        let mut all = Vec::new();
        for zone in &self.plan.zone {
            let everywhere = self.plan.everywhere.iter().filter(|_| !zone.quiet);
            for line in everywhere.chain(&zone.ask) {
                let mut words = line.split_whitespace();
                let name = match words.next().unwrap() {
                    "@" => zone.name.clone(),
                    full if full.ends_with('.') => full.to_owned(),
                    name => format!("{name}.{}", zone.name.trim_start_matches('.')),
                };
                let disabled = line.ends_with(" cd");
                for rtype in words.filter(|word| *word != "cd") {
                    let question = Question::new(&name, rtype.parse().unwrap(), disabled);
                    if !all.contains(&question) {
                        all.push(question);
                    }
                }
            }
        }
        all
    }

    fn write_zones(&self) {
        let mut delegations: BTreeMap<&str, String> = BTreeMap::new();
        for zone in self.plan.zone.iter().rev() {
            let below: String = delegations
                .iter()
                .filter(|(name, _)| self.parent(name) == Some(&zone.name))
                .map(|(_, records)| records.as_str())
                .collect();
            let servers = zone.server_records();
            let common = if zone.bare || zone.name == "." { "" } else { &self.plan.common };
            let long = format!("long TXT{}\n", format!(" \"{}\"", "x".repeat(200)).repeat(zone.long));
            let long = if zone.long == 0 { "" } else { &long };
            let origin = &zone.name;
            let first = servers.split_whitespace().nth(2).unwrap();
            let text = format!(
                "$ORIGIN {origin}\n$TTL 300\n@ SOA {first} host.invalid. 1 3600 600 86400 60\n\
                 {servers}{common}{}{long}{below}",
                zone.text
            );
            let path = self.zone_file(origin);
            fs::write(&path, text).unwrap();
            let digests = match (&zone.sign, &zone.ds) {
                (Some(signing), ds) => self.sign(zone, signing, ds.as_deref().unwrap_or("right")),
                (None, Some(record)) => format!("{origin} DS {record}\n"),
                (None, None) => String::new(),
            };
            delegations.insert(origin, format!("{servers}{digests}"));
        }
        fs::write(self.path("root.hints"), ". 300 NS ns1.root.\nns1.root. 300 A 10.53.1.1\n").unwrap();
    }

    /// The zone that delegates another one.
    fn parent(&self, name: &str) -> Option<&String> {
        let names = self.plan.zone.iter().map(|zone| &zone.name);
        names.filter(|parent| *parent != name && is_below(name, parent)).max_by_key(|parent| parent.len())
    }

    /// Signs a zone's file, breaks it as told, and gives back the DS records for its parent.
    fn sign(&self, zone: &Zone, signing: &Signing, ds: &str) -> String {
        let path = self.zone_file(&zone.name);
        let keys = self.path(&format!("keys-{}", zone.name));
        fs::create_dir(&keys).unwrap();
        let (file, folder) = (path.to_str().unwrap(), keys.to_str().unwrap());
        let size: &[&str] = if signing.algorithm.contains("RSA") { &["-b", "2048"] } else { &[] };
        let key =
            [&["-q", "-K", folder, "-a", &signing.algorithm, "-f", "KSK"], size, &[&zone.name]].concat();
        let key = String::from_utf8(run("dnssec-keygen", &key).stdout).unwrap();
        let public = keys.join(format!("{}.key", key.trim()));
        let record: String =
            fs::read_to_string(&public).unwrap().lines().filter(|line| !line.starts_with(';')).collect();
        fs::write(&path, format!("{}{record}\n", fs::read_to_string(&path).unwrap())).unwrap();
        if zone.name == "." {
            fs::write(self.path("root.key"), record.replacen(" IN ", " 300 IN ", 1)).unwrap();
        }
        let iterations = signing.iterations.to_string();
        let mut options = vec!["-q", "-P", "-z", "-O", "full", "-o", &zone.name, "-d", folder, "-K", folder];
        if signing.denial != Denial::Nsec {
            options.extend(["-3", signing.salt.as_deref().unwrap_or("-"), "-H", &iterations]);
        }
        if signing.denial == Denial::Optout {
            options.push("-A");
        }
        for (option, date) in [("-s", &signing.start), ("-e", &signing.end)] {
            options.extend(date.iter().flat_map(|date| [option, date.as_str()]));
        }
        let signed = format!("{file}.signed");
        options.extend(["-f", &signed, file, public.to_str().unwrap()]);
        run("dnssec-signzone", &options);
        fs::write(&path, zone.broken(&fs::read_to_string(&signed).unwrap())).unwrap();
        digests(&zone.name, &public, ds)
    }

    /// Starts a server of all zones that name it.
    fn serve(&self, name: &str, program: Program) -> Child {
        let folder = self.path(name);
        fs::create_dir(&folder).unwrap();
        let zones: Vec<&Zone> =
            self.plan.zone.iter().filter(|zone| zone.server.as_deref() == Some(name)).collect();
        let mut addresses: Vec<IpAddr> = zones.iter().flat_map(|zone| zone.addresses.clone()).collect();
        addresses.sort();
        addresses.dedup();
        let (at, files) = (folder.display(), self.directory.display());
        let (program, text) = match program {
            Program::Nsd => {
                let listen: String =
                    addresses.iter().map(|address| format!("  ip-address: {address}\n")).collect();
                let zones = zones
                    .iter()
                    .map(|zone| format!("zone:\n  name: \"{0}\"\n  zonefile: \"zone-{0}\"\n", zone.name));
                let text = format!(
                    "server:\n{listen}  username: \"\"\n  zonesdir: \"{files}\"\n  database: \"\"\n  \
                     zonelistfile: \"{at}/list\"\n  pidfile: \"{at}/pid\"\n  xfrdfile: \"\"\n  \
                     logfile: \"{at}/log\"\n  rrl-ratelimit: 0\nremote-control:\n  control-enable: no\n{}",
                    zones.collect::<String>()
                );
                ("nsd", text)
            }
            Program::Knotd => {
                let listen: Vec<String> = addresses.iter().map(|address| format!("{address}@53")).collect();
                let zones =
                    zones.iter().map(|zone| format!("  - domain: {0}\n    file: zone-{0}\n", zone.name));
                let text = format!(
                    "server:\n  rundir: {at}\n  listen: [{}]\n  udp-workers: 1\n  tcp-workers: 1\n  \
                     background-workers: 1\ndatabase:\n  storage: {at}\nlog:\n  - target: {at}/log\n    \
                     any: info\ntemplate:\n  - id: default\n    storage: {files}\n    zonefile-sync: -1\n    \
                     semantic-checks: off\nzone:\n{}",
                    listen.join(", "),
                    zones.collect::<String>()
                );
                ("knotd", text)
            }
        };
        let configuration = folder.join("conf");
        fs::write(&configuration, text).unwrap();
        let mut command = Command::new(program);
        command.args(if program == "nsd" { &["-d", "-c"][..] } else { &["-c"] }).arg(&configuration);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn zone_file(&self, zone: &str) -> PathBuf {
        self.path(&format!("zone-{zone}"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

impl Zone {
    /// Its NS set, with the addresses of servers that are named after it.
    fn server_records(&self) -> String {
        let origin = if self.name == "." { "root." } else { &self.name };
        let shown = if self.behind.is_empty() { &self.addresses[..] } else { &[] };
        let addresses = shown.iter().chain(self.bad.values()).chain(self.behind.values());
        let own: Vec<(String, String)> = addresses
            .enumerate()
            .map(|(place, address)| {
                let rtype = if address.is_ipv4() { "A" } else { "AAAA" };
                let server = format!("ns{}.{origin}", place + 1);
                (server.clone(), format!("{server} {rtype} {address}\n"))
            })
            .collect();
        if self.ns.is_empty() {
            own.iter().map(|(server, glue)| format!("{} NS {server}\n{glue}", self.name)).collect()
        } else {
            self.ns.iter().map(|server| format!("{} NS {server}\n", self.name)).collect()
        }
    }

    /// What was signed, after `replace` and `drop`.
    fn broken(&self, signed: &str) -> String {
        let matches = |pattern: &str, line: &str| {
            let mut fields = line.split_whitespace();
            // Owner, time to live, class, type, data.
            let owner = fields.next();
            let fields = owner.into_iter().chain(fields.skip(2));
            pattern.split_whitespace().zip(fields).all(|(wanted, field)| wanted == "*" || wanted == field)
        };
        signed
            .lines()
            .filter(|line| !self.drop.iter().any(|pattern| matches(pattern, line)))
            .map(|line| match &self.replace {
                Some((from, to)) => line.replace(from.as_str(), to) + "\n",
                None => format!("{line}\n"),
            })
            .collect()
    }
}

/// The DS records of a key that some words ask for.
fn digests(zone: &str, key: &Path, words: &str) -> String {
    let hash = if words == "SHA-384" { words } else { "SHA-256" };
    let told = run("dnssec-dsfromkey", &["-a", hash, key.to_str().unwrap()]).stdout;
    let told = String::from_utf8(told).unwrap();
    let fields: Vec<&str> = told.split_whitespace().skip_while(|field| *field != "DS").skip(1).collect();
    let (tag, algorithm, kind, digest) = (fields[0], fields[1], fields[2], fields[3..].concat());
    let other: String = digest.chars().rev().collect();
    let records = words.split_whitespace().map(|word| match word {
        "none" => String::new(),
        "wrong" => format!("{zone} DS {tag} {algorithm} {kind} {other}\n"),
        "algorithm" => format!("{zone} DS {tag} 100 {kind} {digest}\n"),
        "digest" => format!("{zone} DS {tag} {algorithm} 100 {digest}\n"),
        "right" | "SHA-384" => format!("{zone} DS {tag} {algorithm} {kind} {digest}\n"),
        _ => panic!("ds = `{word}` of {zone}"),
    });
    records.collect()
}

/// Whether a name is another one or below it.
pub(super) fn is_below(name: &str, ancestor: &str) -> bool {
    let above = name.strip_suffix(ancestor.trim_start_matches('.'));
    ancestor == "." || above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
}
