//! A whole Internet, drawn from a seed: zones, their servers, what is broken, and questions.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use rempart::dns::{Name, Question, Record, RecordType};

use crate::simulation::{
    Algorithm, Behaviour, Chance, Delegation, Flaw, Letters, Made, Nsec3, Rule, Sections, Server, Simulation,
    ZoneScript,
};

const LABELS: [&str; 8] = ["www", "mail", "a", "b", "deep", "shop", "x1", "cdn"];
const TYPES: [RecordType; 6] =
    [RecordType::A, RecordType::AAAA, RecordType::TXT, RecordType::MX, RecordType::CNAME, RecordType::NS];

/// An Internet.
pub(super) struct Plan {
    pub(super) seed: u64,
    /// The root first, parents before children.
    pub(super) zones: Vec<ZonePlan>,
    pub(super) servers: Vec<ServerPlan>,
    pub(super) questions: Vec<Question>,
}

/// A zone.
pub(super) struct ZonePlan {
    pub(super) origin: Name,
    pub(super) parent: Option<usize>,
    /// All records but delegations and what signing adds.
    pub(super) records: Vec<Record>,
    /// Names of servers, and which servers those are.
    pub(super) servers: Vec<(Name, usize)>,
    pub(super) signing: Signing,
    hashed: bool,
    algorithm: Algorithm,
}

/// Whether a zone is signed, and how well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signing {
    Unsigned,
    Good,
    WithoutDelegationSigner,
    Spoilt(Flaw),
    WrongDelegationSigner,
}

/// A server.
pub(super) struct ServerPlan {
    pub(super) address: SocketAddr,
    pub(super) manners: Manners,
    delay: u64,
}

/// What a server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manners {
    Sound,
    /// It answers in small letters.
    Lowered,
    /// It adds addresses and servers of zones that are not its own.
    Poisoning,
    /// It truncates whatever it sends over UDP.
    Truncating,
    /// It answers EDNS by FORMERR, so nothing that it serves can be proved.
    WithoutEdns,
    Lossy,
    Fails(Behaviour),
    Silent,
    /// It gives an address of its own choice for whatever it is asked.
    Lying,
}

impl Manners {
    /// Whether a question that reaches it is answered, well and soon.
    pub(super) fn serves(self, signed: bool) -> bool {
        match self {
            Self::Sound | Self::Lowered | Self::Poisoning | Self::Truncating => true,
            Self::WithoutEdns => !signed,
            Self::Lossy | Self::Fails(_) | Self::Silent | Self::Lying => false,
        }
    }
}

impl Plan {
    /// Draws an Internet and `questions` questions.
    pub(super) fn draw(seed: u64, questions: usize) -> Self {
        let mut chance = Chance::new(seed);
        let servers = draw_servers(&mut chance);
        let mut plan = Self { seed, zones: Vec::new(), servers, questions: Vec::new() };
        plan.draw_zones(&mut chance);
        for zone in 0..plan.zones.len() {
            plan.draw_records(zone, &mut chance);
        }
        plan.questions = (0..questions).map(|_| plan.draw_question(&mut chance)).collect();
        plan
    }

    fn draw_zones(&mut self, chance: &mut Chance) {
        let signed_root = chance.percent(80);
        let signing = if signed_root { Signing::Good } else { Signing::Unsigned };
        self.zones.push(ZonePlan::new(Name::root(), None, signing, false));
        for top in &["alpha", "beta", "gamma"][..1 + chance.below(3)] {
            self.draw_zone(0, top, chance, 85);
        }
        let tops = self.zones.len();
        for second in 0..3 + chance.below(8) {
            let parent = 1 + chance.below(tops - 1);
            self.draw_zone(parent, &format!("zone{second}"), chance, 60);
        }
        let seconds = self.zones.len();
        for third in 0..chance.below(4) {
            let parent = tops + chance.below(seconds - tops);
            self.draw_zone(parent, &format!("sub{third}"), chance, 50);
        }
        for zone in 0..self.zones.len() {
            self.draw_servers_of(zone, chance);
        }
    }

    fn draw_zone(&mut self, parent: usize, label: &str, chance: &mut Chance, signed: usize) {
        let origin = self.zones[parent].origin.child(label.as_bytes()).unwrap();
        let signing = match chance.below(100) {
            at if at >= signed => Signing::Unsigned,
            0..=3 => Signing::WithoutDelegationSigner,
            4..=5 => Signing::WrongDelegationSigner,
            6..=7 => Signing::Spoilt(Flaw::Corrupt),
            8 => Signing::Spoilt(Flaw::Expired),
            9 => Signing::Spoilt(Flaw::Keyless),
            _ => Signing::Good,
        };
        let mut zone = ZonePlan::new(origin, Some(parent), signing, chance.percent(40));
        if chance.percent(20) {
            zone.algorithm = Algorithm::Ecdsap256sha256;
        }
        self.zones.push(zone);
    }

    /// The root and the top are served well; the rest as it comes, at times by servers named elsewhere.
    fn draw_servers_of(&mut self, zone: usize, chance: &mut Chance) {
        let origin = self.zones[zone].origin.clone();
        let depth = origin.label_count();
        let well: Vec<usize> =
            (0..self.servers.len()).filter(|server| self.servers[*server].manners.serves(true)).collect();
        for number in 0..1 + chance.below(3) {
            let server = match (depth, number) {
                // The hints lead there.
                (0, 0) => 0,
                (0 | 1, _) => *chance.pick(&well),
                (_, 0) if chance.percent(85) => *chance.pick(&well),
                _ => chance.below(self.servers.len()),
            };
            let home = if depth >= 2 && chance.percent(25) {
                let other = chance.below(self.zones.len());
                self.zones[other].origin.clone()
            } else {
                origin.clone()
            };
            let label = format!("ns{number}z{zone}");
            let name = home.child(label.as_bytes()).unwrap();
            self.zones[zone].servers.push((name, server));
        }
    }

    fn draw_records(&mut self, zone: usize, chance: &mut Chance) {
        let origin = self.zones[zone].origin.clone();
        let mut records = Vec::new();
        let wire = |name: &Name| name.as_wire().to_vec();
        let soa = [wire(&origin), vec![0], [1_u32, 2, 3, 4, 300].map(u32::to_be_bytes).concat()].concat();
        records.push(record(&origin, RecordType::SOA, soa));
        for (name, _) in &self.zones[zone].servers {
            records.push(record(&origin, RecordType::NS, wire(name)));
        }
        // Names of servers whose home is here, of whatever zone.
        for other in &self.zones {
            for (name, server) in
                other.servers.iter().filter(|(name, _)| name.parent() == Some(origin.clone()))
            {
                records.push(record(name, RecordType::A, octets(self.servers[*server].address.ip())));
            }
        }
        for _ in 0..2 + chance.below(10) {
            let mut owner = origin.child(chance.pick(&LABELS).as_bytes()).unwrap();
            if chance.percent(25) {
                owner = owner.child(chance.pick(&LABELS).as_bytes()).unwrap();
            }
            if chance.percent(15) {
                owner = owner.child(b"*").unwrap();
            }
            let kind = chance.below(10);
            // Beside an alias or a substitution, or below one, nothing may stand.
            let alone = kind >= 8;
            let taken = |record: &Record| {
                let single = [RecordType::CNAME, RecordType::DNAME].contains(&record.rtype);
                (record.owner == owner && (alone || single))
                    || (record.rtype == RecordType::DNAME && owner.is_within(&record.owner))
                    || (kind == 9 && record.owner.is_within(&owner))
            };
            if records.iter().any(taken) {
                continue;
            }
            match kind {
                0..=4 => records.push(record(
                    &owner,
                    RecordType::A,
                    vec![198, 18, zone as u8, records.len() as u8],
                )),
                5 => {
                    let address =
                        [&[0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &[zone as u8, 1]].concat();
                    records.push(record(&owner, RecordType::AAAA, address));
                }
                6 => records.push(record(&owner, RecordType::TXT, b"\x04text".to_vec())),
                7 => records.push(record(&owner, RecordType::MX, [vec![0, 10], wire(&owner)].concat())),
                8 => records.push(record(&owner, RecordType::CNAME, wire(&self.draw_name(chance)))),
                _ => {
                    let target = &self.zones[chance.below(self.zones.len())].origin;
                    if !owner.as_wire().starts_with(b"\x01*") && !target.is_root() {
                        records.push(record(&owner, RecordType::DNAME, wire(target)));
                    }
                }
            }
        }
        self.zones[zone].records = records;
    }

    /// A name that may or may not exist, somewhere.
    fn draw_name(&self, chance: &mut Chance) -> Name {
        let zone = &self.zones[chance.below(self.zones.len())];
        if !zone.records.is_empty() && chance.percent(50) {
            return chance.pick(&zone.records).owner.clone();
        }
        let mut name = zone.origin.clone();
        for _ in 0..1 + chance.below(3) {
            let label = if chance.percent(15) { "nothing" } else { chance.pick(&LABELS) };
            name = name.child(label.as_bytes()).unwrap();
        }
        name
    }

    fn draw_question(&self, chance: &mut Chance) -> Question {
        let name = self.draw_name(chance);
        let rtype = if chance.percent(60) { RecordType::A } else { *chance.pick(&TYPES) };
        Question { name, rtype, class: rempart::dns::Class::IN }
    }

    /// Builds it.
    pub(super) fn build(&self) -> Simulation {
        let zones = (0..self.zones.len()).map(|zone| self.make(zone)).collect();
        let servers = (0..self.servers.len()).map(|server| self.make_server(server)).collect();
        Simulation::made(zones, servers, self.seed)
    }

    fn make(&self, index: usize) -> Made {
        let zone = &self.zones[index];
        let mut records = zone.records.clone();
        for child in self.zones.iter().filter(|child| child.parent == Some(index)) {
            for (name, server) in &child.servers {
                records.push(record(&child.origin, RecordType::NS, name.as_wire().to_vec()));
                if name.is_within(&child.origin) {
                    records.push(record(name, RecordType::A, octets(self.servers[*server].address.ip())));
                }
            }
        }
        let mut script = ZoneScript { algorithm: zone.algorithm, ..ZoneScript::default() };
        script.signatures = match zone.signing {
            Signing::Unsigned => None,
            Signing::Spoilt(flaw) => Some(flaw),
            _ => Some(Flaw::Good),
        };
        script.ds = match zone.signing {
            Signing::WithoutDelegationSigner => Delegation::Absent,
            Signing::WrongDelegationSigner => Delegation::WrongDigest,
            _ => Delegation::Good,
        };
        script.nsec3 = zone.hashed.then(Nsec3::default);
        Made { records, script }
    }

    fn make_server(&self, index: usize) -> Server {
        let plan = &self.servers[index];
        let hosts = |zone: &&ZonePlan| zone.servers.iter().any(|(_, server)| *server == index);
        let labels = self.zones.iter().filter(hosts).map(|zone| zone.origin.to_string()).collect();
        let mut server = Server::new(plan.address, labels);
        server.delay = plan.delay;
        match plan.manners {
            Manners::Sound => {}
            Manners::Lowered => server.letters = Letters::Lowered,
            Manners::Lossy => server.loss = 30,
            Manners::Fails(behaviour) => server.behaviour = behaviour,
            Manners::Silent => server.behaviour = Behaviour::Silent,
            Manners::Lying => server.behaviour = Behaviour::WrongType,
            Manners::Truncating => server.behaviour = Behaviour::Truncated,
            Manners::WithoutEdns => {
                let does = Some(Behaviour::Formerr);
                server.rule.push(Rule { edns: Some(true), does, ..Rule::default() });
            }
            Manners::Poisoning => {
                let lines = |zone: &ZonePlan| {
                    let server = &zone.servers[0].0;
                    let www = zone.origin.child(b"www").unwrap();
                    format!("{server} 86400 A 203.0.113.66\n{www} 86400 A 203.0.113.66\n")
                };
                let foreign = |zone: &&ZonePlan| !hosts(zone) && !self.below_hosted(index, &zone.origin);
                let additional = self.zones.iter().filter(foreign).take(6).map(lines).collect();
                let adds = Some(Sections { additional, ..Sections::default() });
                server.rule.push(Rule { adds, ..Rule::default() });
            }
        }
        server
    }

    /// Whether a server has a zone above this name, so that it may speak of it.
    fn below_hosted(&self, server: usize, name: &Name) -> bool {
        let hosts = |zone: &ZonePlan| zone.servers.iter().any(|(_, other)| *other == server);
        self.zones.iter().any(|zone| hosts(zone) && name.is_within(&zone.origin))
    }
}

impl ZonePlan {
    fn new(origin: Name, parent: Option<usize>, signing: Signing, hashed: bool) -> Self {
        let algorithm = Algorithm::Ed25519;
        Self { origin, parent, records: Vec::new(), servers: Vec::new(), signing, hashed, algorithm }
    }
}

fn draw_servers(chance: &mut Chance) -> Vec<ServerPlan> {
    let fails = [
        Behaviour::Refused,
        Behaviour::Servfail,
        Behaviour::Formerr,
        Behaviour::Notimp,
        Behaviour::Closed,
        Behaviour::Empty,
        Behaviour::Upward,
        Behaviour::Half,
        Behaviour::Garbage,
        Behaviour::WithoutQuestion,
        Behaviour::OtherQuestion,
        Behaviour::BareFormerr,
    ];
    let draw = |number: usize| {
        let manners = match chance.below(20) {
            // The first serves the root.
            _ if number == 0 => Manners::Sound,
            0..=8 => Manners::Sound,
            9 => Manners::Lowered,
            10 => Manners::Poisoning,
            11 => Manners::Truncating,
            12 => Manners::WithoutEdns,
            13 => Manners::Lossy,
            14 => Manners::Silent,
            15 => Manners::Lying,
            _ => Manners::Fails(*chance.pick(&fails)),
        };
        let address = SocketAddr::from((Ipv4Addr::new(192, 0, 2, 1 + number as u8), 53));
        ServerPlan { address, manners, delay: 1 + chance.below(60) as u64 }
    };
    (0..12).map(draw).collect()
}

fn record(owner: &Name, rtype: RecordType, data: Vec<u8>) -> Record {
    Record { owner: owner.clone(), rtype, ttl: 300, data: data.into() }
}

fn octets(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(address) => address.octets().into(),
        IpAddr::V6(address) => address.octets().into(),
    }
}
