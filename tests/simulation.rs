//! A simulated Internet: authoritative servers and forwarders over the resolver's `Network`, from TOML.
//!
//! ```toml
//! [[zone]]
//! text = """
//! $ORIGIN example.
//! @   3600 SOA ns hostmaster 1 7200 900 1209600 300
//! @   3600 NS  ns
//! ns  3600 A   192.0.2.2
//! """
//! signatures = "good"      # or "expired", "early", "corrupt", "keyless", "missing"; absent: unsigned
//!
//! [[server]]
//! address = "192.0.2.2"    # port 53 unless it says another
//! zones = ["example"]
//! behaviour = "silent"     # or "refused", "servfail", "truncated" (over UDP), "wrong-type"; absent: sound
//! delay = 50               # milliseconds before each reply; absent: 1
//! needs_recursion = true   # refuses queries without RD, as a forwarder may
//! ```
//!
//! A server answers from the deepest of its zones: data, referrals with glue, aliases followed through all
//! its zones, and denials with SOA. Signed zones get a key, signatures, NSEC records and, where the parent is
//! signed too, a DS. Delays are in tokio's time, so that a paused clock costs nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hickory_resolver::proto::dnssec::crypto::Ed25519SigningKey;
use hickory_resolver::proto::dnssec::rdata::{DNSKEY, DNSSECRData, DS, NSEC, RRSIG, SigInput};
use hickory_resolver::proto::dnssec::{Algorithm, DigestType, SigningKey, TBS};
use hickory_resolver::proto::op::{Message, MessageType, Query, ResponseCode};
use hickory_resolver::proto::rr::rdata::A;
use hickory_resolver::proto::rr::rdata::opt::EdnsCode;
use hickory_resolver::proto::rr::{DNSClass, Name, RData, Record, RecordSet, RecordType, SerialNumber};
use hickory_resolver::proto::serialize::txt::Parser;
use rempart::resolver::{Network, Transport};
use serde::Deserialize;

/// The simulated Internet. Copies share everything.
#[derive(Clone)]
pub(crate) struct Simulation(Arc<World>);

struct World {
    zones: Vec<Zone>,
    servers: HashMap<SocketAddr, Server>,
    asked: Mutex<Vec<Asked>>,
}

/// A query that reached a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) server: SocketAddr,
    pub(crate) transport: Transport,
    /// In lower case, with its final dot.
    pub(crate) name: String,
    pub(crate) rtype: String,
}

/// The world as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Script {
    #[serde(default)]
    pub(crate) zone: Vec<ZoneScript>,
    #[serde(default)]
    pub(crate) server: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ZoneScript {
    text: String,
    signatures: Option<Signatures>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Signatures {
    Good,
    Expired,
    Early,
    Corrupt,
    Keyless,
    Missing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Server {
    address: String,
    #[serde(default)]
    zones: Vec<String>,
    #[serde(default)]
    behaviour: Behaviour,
    #[serde(default = "nearby")]
    delay: u64,
    #[serde(default)]
    needs_recursion: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Behaviour {
    #[default]
    Sound,
    Silent,
    Refused,
    Servfail,
    Truncated,
    WrongType,
}

fn nearby() -> u64 {
    1
}

impl Simulation {
    /// Reads the world from TOML; panics at whatever it cannot mean.
    pub(crate) fn new(script: &str) -> Self {
        Self::of(toml::from_str(script).expect("the script of a simulation"))
    }

    /// The world of a script that has been read.
    pub(crate) fn of(script: Script) -> Self {
        let mut zones: Vec<Zone> = script.zone.iter().map(Zone::new).collect();
        // Children first, so that parents sign the DS records of their children.
        zones.sort_by_key(|zone| std::cmp::Reverse(zone.origin.num_labels()));
        for child in 0..zones.len() {
            zones[child].sign();
            let Some(ds) = zones[child].delegation_signer() else { continue };
            let origin = zones[child].origin.clone();
            let parent = zones[child + 1..].iter_mut().find(|parent| parent.origin.zone_of(&origin));
            if let Some(parent) = parent.filter(|parent| parent.signatures.is_some()) {
                parent.add(ds);
            }
        }
        let servers = script.server.into_iter().map(|server| (address(&server.address), server)).collect();
        Self(Arc::new(World { zones, servers, asked: Mutex::default() }))
    }

    /// The key of the signed root, as the text of a trust anchor file.
    pub(crate) fn trust_anchor(&self) -> String {
        let root = self.0.zones.iter().find(|zone| zone.origin.is_root()).expect("a root zone");
        let key = root.key.as_ref().expect("a signed root");
        format!(". 3600 IN DNSKEY {}\n", key.dnskey)
    }

    /// Whether there is a root zone that is signed.
    pub(crate) fn is_signed(&self) -> bool {
        self.0.zones.iter().any(|zone| zone.origin.is_root() && zone.key.is_some())
    }

    /// What has been asked so far, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.0.asked.lock().unwrap().clone()
    }

    /// How many queries of one name and type have been asked, of whatever server.
    pub(crate) fn count(&self, name: &str, rtype: &str) -> usize {
        self.asked().iter().filter(|asked| asked.name == name && asked.rtype == rtype).count()
    }
}

fn address(text: &str) -> SocketAddr {
    text.parse().unwrap_or_else(|_| SocketAddr::new(text.parse().expect("an address"), 53))
}

impl Network for Simulation {
    fn exchange(
        &self,
        server: SocketAddr,
        transport: Transport,
        query: Vec<u8>,
    ) -> BoxFuture<'static, io::Result<Vec<u8>>> {
        let world = Arc::clone(&self.0);
        async move { world.exchange(server, transport, &query).await }.boxed()
    }
}

impl World {
    async fn exchange(&self, to: SocketAddr, transport: Transport, query: &[u8]) -> io::Result<Vec<u8>> {
        let message = Message::from_vec(query).expect("a query that can be read");
        let question = message.queries[0].clone();
        let subnet = message.edns.as_ref().and_then(|edns| edns.option(EdnsCode::Subnet));
        assert!(subnet.is_none(), "a server was told of a client's network: {subnet:?}");
        self.asked.lock().unwrap().push(Asked {
            server: to,
            transport: transport.clone(),
            name: question.name().to_lowercase().to_string(),
            rtype: question.query_type().to_string(),
        });
        let Some(server) = self.servers.get(&to) else { return Err(io::ErrorKind::HostUnreachable.into()) };
        tokio::time::sleep(Duration::from_millis(server.delay)).await;
        let mut reply = Message::new(message.id, MessageType::Response, message.op_code);
        reply.add_query(question.clone());
        match server.behaviour {
            Behaviour::Silent => return std::future::pending().await,
            Behaviour::Servfail => reply.metadata.response_code = ResponseCode::ServFail,
            Behaviour::Truncated if transport == Transport::Udp => reply.metadata.truncation = true,
            Behaviour::WrongType => {
                let data = RData::A(A::new(192, 0, 2, 66));
                reply.metadata.authoritative = true;
                reply.add_answer(Record::from_rdata(question.name().clone(), 60, data));
            }
            Behaviour::Refused => reply.metadata.response_code = ResponseCode::Refused,
            _ if server.needs_recursion && !message.recursion_desired => {
                reply.metadata.response_code = ResponseCode::Refused;
            }
            _ => {
                let dnssec = message.edns.as_ref().is_some_and(|edns| edns.flags().dnssec_ok);
                self.answer(server, &question, dnssec, &mut reply);
            }
        }
        Ok(reply.to_vec().expect("a reply that can be written"))
    }

    /// The deepest of the server's zones that holds `name`, or for a DS the one above its cut.
    fn zone(&self, server: &Server, name: &Name, rtype: RecordType) -> Option<&Zone> {
        let serves = |zone: &&Zone| {
            server.zones.iter().any(|text| Name::from_ascii(absolute(text)).unwrap() == zone.origin)
        };
        let above = |zone: &&Zone| rtype != RecordType::DS || zone.origin != *name || name.is_root();
        self.zones.iter().filter(serves).filter(|zone| zone.origin.zone_of(name)).find(above)
    }

    fn answer(&self, server: &Server, question: &Query, dnssec: bool, reply: &mut Message) {
        let mut name = question.name().clone();
        let rtype = question.query_type();
        for _ in 0..8 {
            let Some(zone) = self.zone(server, &name, rtype) else {
                if reply.answers.is_empty() {
                    reply.metadata.response_code = ResponseCode::Refused;
                }
                return;
            };
            if let Some(cut) = zone.cut(&name, rtype) {
                return zone.refer(&cut, dnssec, reply);
            }
            reply.metadata.authoritative = true;
            if zone.put(&name, rtype, dnssec, &mut reply.answers) {
                return;
            }
            if !zone.put(&name, RecordType::CNAME, dnssec, &mut reply.answers) {
                return zone.deny(&name, dnssec, reply);
            }
            let Some(RData::CNAME(target)) =
                zone.sets[&(name.to_lowercase(), RecordType::CNAME)].first().map(|record| &record.data)
            else {
                return;
            };
            name = target.0.clone();
        }
    }
}

fn absolute(name: &str) -> String {
    if name.ends_with('.') { name.into() } else { format!("{name}.") }
}

struct Zone {
    origin: Name,
    sets: BTreeMap<(Name, RecordType), Vec<Record>>,
    signed: BTreeMap<(Name, RecordType), Record>,
    signatures: Option<Signatures>,
    key: Option<Key>,
}

struct Key {
    secret: Ed25519SigningKey,
    dnskey: DNSKEY,
}

impl Zone {
    fn new(script: &ZoneScript) -> Self {
        let (origin, sets) = Parser::new(script.text.clone(), None, None).parse().expect("zone text");
        let mut zone = Self {
            origin: origin.to_lowercase(),
            sets: BTreeMap::new(),
            signed: BTreeMap::new(),
            signatures: script.signatures,
            key: None,
        };
        for record in sets.values().flat_map(RecordSet::records_without_rrsigs) {
            zone.sets
                .entry((record.name.to_lowercase(), record.record_type()))
                .or_default()
                .push(record.clone());
        }
        let soa = zone.sets.keys().find(|(_, rtype)| *rtype == RecordType::SOA).expect("a zone with SOA");
        zone.origin = soa.0.clone();
        if zone.signatures.is_some() {
            let secret =
                Ed25519SigningKey::from_pkcs8(&Ed25519SigningKey::generate_pkcs8().unwrap()).unwrap();
            let dnskey = DNSKEY::from_key(&secret.to_public_key().unwrap());
            zone.key = Some(Key { secret, dnskey });
        }
        zone
    }

    /// The zone cut at or above `name` inside the zone, if what is asked lies beyond it.
    fn cut(&self, name: &Name, rtype: RecordType) -> Option<Name> {
        let inside = self.origin.num_labels() + 1..=name.num_labels();
        let mut names = inside.map(|labels| name.trim_to(labels.into()).to_lowercase());
        names.find(|cut| {
            let at_cut = cut == name && rtype == RecordType::DS;
            self.sets.contains_key(&(cut.clone(), RecordType::NS)) && !at_cut
        })
    }

    /// Adds the set of this name and type, with its signature, if there is one.
    fn put(&self, name: &Name, rtype: RecordType, dnssec: bool, section: &mut Vec<Record>) -> bool {
        let key = (name.to_lowercase(), rtype);
        let Some(records) = self.sets.get(&key) else { return false };
        section.extend(records.iter().cloned());
        if dnssec {
            section.extend(self.signed.get(&key).cloned());
        }
        true
    }

    fn refer(&self, cut: &Name, dnssec: bool, reply: &mut Message) {
        let servers = &self.sets[&(cut.clone(), RecordType::NS)];
        reply.authorities.extend(servers.iter().cloned());
        for server in servers {
            let RData::NS(server) = &server.data else { continue };
            self.put(&server.0, RecordType::A, false, &mut reply.additionals);
            self.put(&server.0, RecordType::AAAA, false, &mut reply.additionals);
        }
        if dnssec && !self.put(cut, RecordType::DS, true, &mut reply.authorities) {
            self.put(cut, RecordType::NSEC, true, &mut reply.authorities);
        }
    }

    fn deny(&self, name: &Name, dnssec: bool, reply: &mut Message) {
        let exists = self.sets.keys().any(|(owner, _)| name.zone_of(owner));
        if !exists {
            reply.metadata.response_code = ResponseCode::NXDomain;
        }
        self.put(&self.origin, RecordType::SOA, dnssec, &mut reply.authorities);
        if dnssec {
            let mut encloser = name.to_lowercase();
            while !exists && !self.sets.keys().any(|(owner, _)| encloser.zone_of(owner)) {
                encloser = encloser.base_name();
            }
            let mut denied = vec![name.to_lowercase()];
            if !exists {
                denied.push(Name::from_ascii("*").unwrap().append_name(&encloser).unwrap());
            }
            let owners: BTreeSet<Name> = denied.iter().filter_map(|name| self.covering(name)).collect();
            for owner in owners {
                self.put(&owner, RecordType::NSEC, true, &mut reply.authorities);
            }
        }
    }

    /// The owner of the NSEC record that matches or covers `name`.
    fn covering(&self, name: &Name) -> Option<Name> {
        let owners = self.sets.keys().filter(|(_, rtype)| *rtype == RecordType::NSEC).map(|(owner, _)| owner);
        owners.filter(|owner| *owner <= name).max().cloned()
    }

    fn add(&mut self, record: Record) {
        self.sets.entry((record.name.clone(), record.record_type())).or_default().push(record);
    }

    fn delegation_signer(&self) -> Option<Record> {
        let dnskey = &self.key.as_ref()?.dnskey;
        let digest = dnskey.to_digest(&self.origin, DigestType::SHA256).unwrap();
        let tag = dnskey.calculate_key_tag().unwrap();
        let ds = DS::new(tag, Algorithm::ED25519, DigestType::SHA256, digest.as_ref().to_vec());
        Some(Record::from_rdata(self.origin.clone(), 3600, RData::DNSSEC(DNSSECRData::DS(ds))))
    }

    /// Adds the key, the chain of NSEC records and the signatures, as far as the script wants them.
    fn sign(&mut self) {
        let (Some(key), Some(signatures)) = (self.key.take(), self.signatures) else { return };
        if signatures != Signatures::Keyless {
            let data = RData::DNSSEC(DNSSECRData::DNSKEY(key.dnskey.clone()));
            self.add(Record::from_rdata(self.origin.clone(), 3600, data));
        }
        let authoritative = |zone: &Self, name: &Name, rtype: RecordType| match zone.cut(name, rtype) {
            None => true,
            Some(cut) => cut == *name && rtype == RecordType::NS,
        };
        let mut types: BTreeMap<Name, Vec<RecordType>> = BTreeMap::new();
        for (name, rtype) in self.sets.keys() {
            if authoritative(self, name, *rtype) {
                types.entry(name.clone()).or_default().push(*rtype);
            }
        }
        if signatures != Signatures::Missing {
            let next = types.keys().cycle().skip(1);
            let chain: Vec<Record> = types
                .iter()
                .zip(next)
                .map(|((name, types), next)| {
                    let nsec = NSEC::new_cover_self(next.clone(), types.iter().copied());
                    Record::from_rdata(name.clone(), 300, RData::DNSSEC(DNSSECRData::NSEC(nsec)))
                })
                .collect();
            chain.into_iter().for_each(|nsec| self.add(nsec));
            let delegation = |name: &Name, rtype| rtype == RecordType::NS && *name != self.origin;
            let signed = self.sets.iter().filter(|((name, rtype), _)| {
                *rtype == RecordType::NSEC || (authoritative(self, name, *rtype) && !delegation(name, *rtype))
            });
            self.signed = signed
                .map(|(owner, records)| (owner.clone(), key.sign(&self.origin, records, signatures)))
                .collect();
        }
        self.key = Some(key);
    }
}

impl Key {
    fn sign(&self, origin: &Name, records: &[Record], signatures: Signatures) -> Record {
        const YEAR_2020: u32 = 1_577_836_800;
        const YEAR_2021: u32 = 1_609_459_200;
        const YEAR_2077: u32 = 3_376_684_800;
        const YEAR_2084: u32 = 3_597_523_200;
        let first = &records[0];
        // Keys themselves stay sound, so that it is the data that fails.
        let spared = first.record_type() == RecordType::DNSKEY;
        let (inception, expiration) = match signatures {
            Signatures::Expired if !spared => (YEAR_2020, YEAR_2021),
            Signatures::Early if !spared => (YEAR_2077, YEAR_2084),
            _ => (YEAR_2020, YEAR_2084),
        };
        let input = SigInput {
            type_covered: first.record_type(),
            algorithm: Algorithm::ED25519,
            num_labels: first.name.num_labels(),
            original_ttl: first.ttl,
            sig_expiration: SerialNumber::new(expiration),
            sig_inception: SerialNumber::new(inception),
            key_tag: self.dnskey.calculate_key_tag().unwrap(),
            signer_name: origin.clone(),
        };
        let signed = TBS::from_input(&first.name, DNSClass::IN, &input, records.iter()).unwrap();
        let mut signature = self.secret.sign(&signed).unwrap();
        if signatures == Signatures::Corrupt && !spared {
            signature[0] ^= 1;
        }
        let data = RData::DNSSEC(DNSSECRData::RRSIG(RRSIG::from_sig(input, signature)));
        Record::from_rdata(first.name.clone(), first.ttl, data)
    }
}
