//! What an administrator may ask of the memory: what is known of a name, and to forget it.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::delegation::{Delegation, Route};
use super::fact::{Fact, Said, Status};
use super::recursor::{Recursor, Shared};
use super::settings::FixedZone;
use super::trust::Trust;
use super::world::Moment;
use crate::dns::{Name, Names, Record, RecordType, Rrset};

/// All that is known of a name. Seconds are those that are left; below 0, those since the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its facts, and those of names above that speak for all below them.
    pub facts: Vec<KnownFact>,
    /// What could not be found out of late.
    pub failures: Vec<KnownFailure>,
    /// Whom the next question for it would be put to; none where the root's servers have to be asked for first.
    pub servers: Option<KnownServers>,
    /// How far its zone is trusted; none where that was not found out.
    pub trust: Option<KnownTrust>,
    /// The closest zone whose proved records deny names without asking.
    pub proofs: Option<KnownProofs>,
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFact {
    /// The name that it is about.
    pub name: String,
    /// The type, as in `AAAA`; none where the name does not exist.
    pub rtype: Option<String>,
    /// `records`, `no data` or `no such name`.
    pub says: String,
    /// The records, each as its type and data.
    pub records: Vec<String>,
    /// How long it holds.
    pub seconds: i64,
    /// `secure`, `insecure`, `bogus`, or `not judged`.
    pub verdict: String,
    /// Why, where that is worth telling.
    pub why: Option<String>,
    /// The zone whose servers said it.
    pub zone: String,
    /// The server that said it; none where it was concluded from proofs.
    pub server: Option<SocketAddr>,
}

/// A failure that is remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFailure {
    /// The type that was asked for.
    pub rtype: String,
    /// What went wrong.
    pub why: String,
    /// How long it is remembered for.
    pub seconds: i64,
}

/// The servers of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownServers {
    /// The zone that they are asked for.
    pub zone: String,
    /// `delegation`, or what the operator named: `forwarders`, `stub`.
    pub by: String,
    /// How long the delegation holds; none for what the operator named.
    pub seconds: Option<i64>,
    /// The servers.
    pub servers: Vec<KnownServer>,
    /// Names of servers whose addresses are not known yet.
    pub without_address: Vec<String>,
}

/// What is known of one server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownServer {
    /// Its name; none where the operator named its address.
    pub name: Option<String>,
    /// Its address.
    pub address: SocketAddr,
    /// The smoothed time of its replies in milliseconds; none where nothing came back yet.
    pub milliseconds: Option<u32>,
    /// Whether it speaks EDNS; none where that is not known.
    pub edns: Option<bool>,
    /// Whether it gave a cookie.
    pub cookie: bool,
    /// Whether it gives names back in other letters.
    pub folds_case: bool,
    /// For how long it is passed over, where it is.
    pub resting: Option<i64>,
    /// Whether it is of no use for the zone.
    pub lame: bool,
}

/// The trust in a zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownTrust {
    /// The zone.
    pub zone: String,
    /// `secure`, `insecure`, `bogus`, `not known`, or `not judged` where the operator wants it so.
    pub verdict: String,
    /// Why, where that is worth telling.
    pub why: Option<String>,
    /// How long that holds; none where it is the operator's will.
    pub seconds: Option<i64>,
}

/// Proved records that deny names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownProofs {
    /// The zone.
    pub zone: String,
    /// How many records.
    pub records: usize,
}

impl Recursor {
    /// Forgets all that would answer for these names, failures and verdicts too, and says how many entries that were.
    /// What is known of servers is forgotten only with everything else. What is being asked for at this moment is
    /// remembered when it comes.
    pub fn forget(&self, names: &Names) -> usize {
        self.shared.memory.forget(names)
    }

    /// What is known of a name; `write` makes text of a record's data.
    pub fn known(&self, name: &Name, write: impl Fn(&Record) -> String) -> Known {
        self.shared.known(name, &write)
    }
}

impl Shared {
    fn known(&self, name: &Name, write: &dyn Fn(&Record) -> String) -> Known {
        let now = self.world.now();
        let about = self.memory.about(name);
        let facts =
            about.facts.iter().map(|(owner, rtype, fact)| known_fact(owner, *rtype, fact, (now, write)));
        let failures = about.failures.iter().map(|(rtype, failure)| KnownFailure {
            rtype: rtype.to_string(),
            why: failure.error.to_string(),
            seconds: seconds(now, failure.until),
        });
        Known {
            facts: facts.collect(),
            failures: failures.collect(),
            servers: self.route(name, now).map(|route| match &route {
                Route::Zone(delegation) => self.known_delegation(delegation, now),
                Route::Fixed(fixed) => self.known_fixed(fixed, now),
            }),
            trust: self.known_trust(name, now),
            proofs: name.and_above().find_map(|zone| {
                let records = self.memory.proofs(&zone)?.count();
                Some(KnownProofs { zone: zone.to_string(), records })
            }),
        }
    }

    fn known_trust(&self, name: &Name, now: Moment) -> Option<KnownTrust> {
        if !self.is_judged(name) {
            let verdict = "not judged".to_owned();
            return Some(KnownTrust { zone: name.to_string(), verdict, why: None, seconds: None });
        }
        let (zone, known) =
            name.and_above().find_map(|zone| Some((zone.clone(), self.memory.trust(&zone, now)?)))?;
        let (verdict, why) = match &known.trust {
            Trust::Secure(_) => ("secure", None),
            Trust::Insecure(why) => ("insecure", why.as_ref()),
            Trust::Bogus(why) => ("bogus", Some(why)),
            Trust::Unknown(why) => ("not known", Some(why)),
        };
        Some(KnownTrust {
            zone: zone.to_string(),
            verdict: verdict.to_owned(),
            why: why.map(ToString::to_string),
            seconds: Some(seconds(now, known.until)),
        })
    }

    fn known_delegation(&self, delegation: &Delegation, now: Moment) -> KnownServers {
        let (mut servers, mut without_address) = (Vec::new(), Vec::new());
        for server in &delegation.servers {
            let mut addresses = server.glue.clone();
            for rtype in [RecordType::A, RecordType::AAAA] {
                if let Some(fact) = self.memory.fact(&server.name, rtype)
                    && let Said::Data { set, .. } = &*fact.said
                {
                    addresses.extend(
                        set.records(0, false).flat_map(|record| record.addresses().collect::<Vec<_>>()),
                    );
                }
            }
            addresses.sort_unstable();
            addresses.dedup();
            if addresses.is_empty() {
                without_address.push(server.name.to_string());
            }
            let known = addresses.into_iter().map(|address| {
                self.known_server(Some(&server.name), Self::socket(address), (&delegation.zone, now))
            });
            servers.extend(known);
        }
        KnownServers {
            zone: delegation.zone.to_string(),
            by: "delegation".to_owned(),
            seconds: Some(seconds(now, delegation.expires)),
            servers,
            without_address,
        }
    }

    fn known_fixed(&self, fixed: &FixedZone, now: Moment) -> KnownServers {
        let servers =
            fixed.servers.iter().map(|upstream| self.known_server(None, upstream.server, (&fixed.zone, now)));
        KnownServers {
            zone: fixed.zone.to_string(),
            by: if fixed.recursive { "forwarders" } else { "stub" }.to_owned(),
            seconds: None,
            servers: servers.collect(),
            without_address: Vec::new(),
        }
    }

    fn known_server(
        &self,
        name: Option<&Name>,
        address: SocketAddr,
        (zone, now): (&Name, Moment),
    ) -> KnownServer {
        let server = self.memory.server(address);
        KnownServer {
            name: name.map(Name::to_string),
            address,
            milliseconds: Some(server.smoothed).filter(|time| *time > 0),
            edns: match server.takes_edns(now) {
                false => Some(false),
                true => server.speaks_edns.then_some(true),
            },
            cookie: !server.cookie().is_empty(),
            folds_case: !server.keeps_case(now),
            resting: server.is_resting(now).then(|| seconds(now, server.resting_until)),
            lame: self.memory.is_lame(address, zone, now),
        }
    }
}

fn known_fact(
    owner: &Name,
    rtype: Option<RecordType>,
    fact: &Fact,
    (now, write): (Moment, &dyn Fn(&Record) -> String),
) -> KnownFact {
    let (says, set): (&str, Option<&Rrset>) = match &*fact.said {
        Said::Data { set, .. } => ("records", Some(set)),
        Said::NoData(_) => ("no data", None),
        Said::NameError(_) => ("no such name", None),
    };
    let (verdict, why) = match &fact.status {
        Status::Unchecked => ("not judged", None),
        Status::Secure => ("secure", None),
        Status::Insecure(why) => ("insecure", why.as_ref()),
        Status::Bogus(why) => ("bogus", Some(why)),
    };
    let records = set.map(|set| set.records(set.ttl, true).map(|record| write(&record)).collect());
    KnownFact {
        name: owner.to_string(),
        rtype: rtype.map(|rtype| rtype.to_string()),
        says: says.to_owned(),
        records: records.unwrap_or_default(),
        seconds: seconds(now, fact.expires),
        verdict: verdict.to_owned(),
        why: why.map(ToString::to_string),
        zone: fact.zone.to_string(),
        server: fact.source,
    }
}

/// The seconds until a moment; below 0 where it has passed.
fn seconds(now: Moment, until: Moment) -> i64 {
    match until > now {
        true => now.seconds_until(until).into(),
        false => -i64::from(until.seconds_until(now)),
    }
}
