//! Where data comes from before anything is believed of it: the recursor or, by the longest suffix of the
//! name, the servers of a configured zone.
//!
//! A [`Source`] answers one link at a time. Whatever a server packed into its answer, only the records of the
//! name that was asked are kept: the wanted ones, or the alias that stands in their place. The room follows
//! the alias itself, which keeps the chain in order, lets each link go where its name belongs, and validates
//! it with the proofs of its own zone. It also mends what hickory loses or lets through: a denial at the end
//! of a chain hides the chain (the alias is asked for by its type then), and an answer of the wrong type
//! passes.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt, stream};
use hickory_resolver::config::{NameServerConfig, ResolverOpts, ServerOrderingStrategy};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::xfer::{DnsHandle, FirstAnswer};
use hickory_resolver::net::{DnsError, NetError, NoRecords};
use hickory_resolver::proto::dnssec::rdata::{DNSSECRData, RRSIG};
use hickory_resolver::proto::op::{DnsRequest, DnsRequestOptions, DnsResponse, Message, Query, ResponseCode};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use hickory_resolver::recursor::{
    AuthorityData, DnssecPolicy, QNameMinimization, Recursor, RecursorError, RecursorOptions,
};
use hickory_resolver::{NameServerPool, PoolContext, ResponseCache, TlsConfig, TtlConfig};
use tokio::time::{Duration, Instant};

use super::config::{Config, Minimisation};
use super::error::Error;
use super::roots;
use super::translate::hickory_name;
use super::upstream::Upstream;
use super::wire::{Wires, name_server};

/// The routes to data, shared by whoever holds a copy.
#[derive(Clone)]
pub(super) struct Source(Arc<Routes>);

struct Routes {
    /// Longest suffix first.
    zones: Vec<Zone>,
    rest: Route,
    /// What the validator asks of forwarders and stubs over and over: keys, delegations and their absence.
    /// (The recursor remembers for itself.)
    memory: ResponseCache,
}

struct Zone {
    suffix: Name,
    route: Route,
    dnssec: bool,
}

enum Route {
    Recursion(Box<Recursor<Wires>>),
    Servers { pool: NameServerPool<Wires>, recursion_desired: bool },
}

impl Source {
    /// Builds the routes of `config`, reading the root hints.
    pub(super) fn new(config: &Config, wires: &Wires) -> Result<Self, Error> {
        let mut zones = Vec::new();
        for (index, zone) in config.zones.iter().enumerate() {
            let suffix = hickory_name(&zone.suffix(index)?).unwrap_or_else(Name::root);
            let stub = zone.forward.is_empty();
            let servers = if stub { &zone.stub } else { &zone.forward };
            zones.push(Zone {
                suffix,
                route: servers_route(servers, !stub, config, wires)?,
                dnssec: zone.dnssec,
            });
        }
        zones.sort_by_key(|zone| std::cmp::Reverse(zone.suffix.num_labels()));
        let rest = if config.forward.is_empty() {
            Route::Recursion(Box::new(recursor(config, wires)?))
        } else {
            servers_route(&config.forward, true, config, wires)?
        };
        let memory = ResponseCache::new(config.cache_messages, TtlConfig::default());
        Ok(Self(Arc::new(Routes { zones, rest, memory })))
    }

    fn zone(&self, query: &Query) -> Option<&Zone> {
        // The parent's side of a zone cut holds the DS (RFC 4035 §3.1.4.1).
        let parent = query.name().base_name();
        let name = if query.query_type() == RecordType::DS { &parent } else { query.name() };
        self.0.zones.iter().find(|zone| zone.suffix.zone_of(name))
    }

    /// Whether answers to this question must validate.
    pub(super) fn wants_validation(&self, query: &Query) -> bool {
        self.zone(query).is_none_or(|zone| zone.dnssec)
    }

    /// Finds one link: records of the name that was asked, with their signatures, or a denial with its
    /// proofs.
    /// `checking_disabled` asks forwarders for data that they could not validate.
    pub(super) async fn find(&self, query: &Query, checking_disabled: bool) -> Result<Message, NetError> {
        let message = match self.zone(query).map_or(&self.0.rest, |zone| &zone.route) {
            Route::Recursion(recursor) => recurse(recursor, query).await?,
            Route::Servers { pool, recursion_desired } => {
                let mut options = DnsRequestOptions::default();
                options.edns_set_dnssec_ok = true;
                options.recursion_desired = *recursion_desired;
                options.case_randomization = true;
                let mut request = DnsRequest::from_query(query.clone(), options);
                request.metadata.checking_disabled = checking_disabled;
                ask(pool, request, query).await?
            }
        };
        Ok(first_link(message, query))
    }

    async fn find_to_validate(&self, query: &Query) -> Result<Message, NetError> {
        let route = self.zone(query).map_or(&self.0.rest, |zone| &zone.route);
        if matches!(route, Route::Recursion(_)) {
            return self.find(query, true).await;
        }
        let now = Instant::now().into_std();
        if let Some(Ok(message)) = self.0.memory.get(query, now) {
            return Ok(message);
        }
        let message = self.find(query, true).await?;
        if message.all_sections().next().is_some() {
            self.0.memory.insert(query.clone(), Ok(message.clone()), now);
        }
        Ok(message)
    }
}

/// What the validator reads, for the answer itself and for the keys above it.
impl DnsHandle for Source {
    type Response = stream::Once<BoxFuture<'static, Result<DnsResponse, NetError>>>;
    type Runtime = TokioRuntimeProvider;

    fn send(&self, request: DnsRequest) -> Self::Response {
        let source = self.clone();
        let answer = async move {
            let query = request.queries.first().ok_or(NetError::Message("no question"))?;
            let message = source.find_to_validate(query).await?;
            Ok(DnsResponse::from_message(message)?)
        };
        stream::once(answer.boxed())
    }
}

fn recursor(config: &Config, wires: &Wires) -> Result<Recursor<Wires>, Error> {
    let options = RecursorOptions {
        ns_cache_size: config.cache_zones,
        response_cache_size: config.cache_messages,
        // One for each label of the longest name: addresses backwards (ip6.arpa) have 34.
        ns_recursion_limit: 128,
        allow_server: config.reach.clone(),
        case_randomization: true,
        qname_minimization: match config.query_name_minimisation {
            Minimisation::Relaxed => QNameMinimization::Relaxed,
            Minimisation::Strict => QNameMinimization::Strict,
        },
        ..RecursorOptions::default()
    };
    let hints = roots::hints(config.root_hints.as_deref())?;
    Recursor::new(&hints, DnssecPolicy::ValidationDisabled, None, options, wires.clone())
        .map_err(|error| Error::Setup(error.to_string()))
}

fn servers_route(
    servers: &[Upstream],
    recursion_desired: bool,
    config: &Config,
    wires: &Wires,
) -> Result<Route, Error> {
    let mut options = ResolverOpts::default();
    options.timeout = Duration::from_millis(config.time_limit);
    options.num_concurrent_reqs = 1;
    options.server_ordering_strategy = ServerOrderingStrategy::QueryStatistics;
    let tls = TlsConfig::new().map_err(|error| Error::Setup(error.to_string()))?;
    let context = Arc::new(PoolContext::new(options, tls));
    let servers: Vec<NameServerConfig> = servers.iter().map(name_server).collect();
    Ok(Route::Servers {
        pool: NameServerPool::from_config(servers, context, wires.clone()),
        recursion_desired,
    })
}

async fn recurse(recursor: &Recursor<Wires>, query: &Query) -> Result<Message, NetError> {
    let now = Instant::now().into_std();
    let mut result = recursor.resolve(query.clone(), now, true).await;
    if let Err(RecursorError::Negative(denial)) = &result
        && is_behind_alias(denial, query)
    {
        let alias = Query::query(query.name().clone(), RecordType::CNAME);
        result = recursor.resolve(alias, now, true).await;
    }
    match result {
        Ok(message) => Ok(message),
        // What hickory makes of an answer from which it struck everything as foreign to the zone.
        Err(RecursorError::Negative(denial)) if !denial.is_no_records_found() => {
            Err(NetError::Msg(String::new()))
        }
        Err(RecursorError::Negative(denial)) => Ok(message_of(query, denial.into())),
        Err(RecursorError::Net(error)) => Err(error),
        Err(RecursorError::Timeout) => Err(NetError::Timeout),
        Err(
            RecursorError::RecursionLimitExceeded { .. }
            | RecursorError::QueryBudgetExceeded
            | RecursorError::MaxRecordLimitExceeded { .. },
        ) => Err(NetError::Message("resolving takes too many queries")),
        Err(_) => Err(NetError::Msg(String::new())),
    }
}

/// Whether a denial is about another name than the one asked, where an alias led. A denial of a name above is
/// about the asked one too, when it was met on the way down (RFC 8020).
fn is_behind_alias(denial: &AuthorityData, query: &Query) -> bool {
    let denied = denial.query.name();
    let on_the_way = denial.is_nx_domain() && denied.zone_of(query.name());
    query.query_type() != RecordType::CNAME && denied != query.name() && !on_the_way
}

async fn ask(pool: &NameServerPool<Wires>, request: DnsRequest, query: &Query) -> Result<Message, NetError> {
    match pool.send(request).first_answer().await {
        Ok(response) => Ok(response.into_message()),
        Err(NetError::Dns(DnsError::NoRecordsFound(denial))) => {
            let referral = denial.soa.is_none() && denial.ns.is_some();
            if referral && denial.response_code == ResponseCode::NoError {
                return Err(NetError::Msg(String::new()));
            }
            Ok(message_of(query, denial))
        }
        Err(error) => Err(error),
    }
}

/// A denial, as the message that it came in.
fn message_of(query: &Query, denial: NoRecords) -> Message {
    let mut message = Message::query().into_response();
    message.metadata.response_code = denial.response_code;
    message.add_query(query.clone());
    message.add_authorities(denial.authorities.iter().flat_map(|records| records.iter().cloned()));
    if let Some(soa) = denial.soa {
        let soa = soa.into_record_of_rdata();
        if !message.authorities.contains(&soa) {
            message.add_authority(soa);
        }
    }
    message
}

/// Keeps what is said of the asked name alone.
fn first_link(mut message: Message, query: &Query) -> Message {
    let name = query.name();
    let wanted = query.query_type();
    let is_wanted = |rtype| rtype == wanted || wanted == RecordType::ANY;
    let direct = message.answers.iter().any(|record| record.name == *name && is_wanted(record.record_type()));
    let keeps = |owner: &Name, rtype: RecordType| match rtype {
        rtype if owner == name => is_wanted(rtype) || (!direct && rtype == RecordType::CNAME),
        RecordType::DNAME => !direct && owner.zone_of(name),
        _ => false,
    };
    message.answers.retain(|record| {
        keeps(&record.name, record.record_type())
            || signature(record).is_some_and(|rrsig| keeps(&record.name, rrsig.input().type_covered))
    });
    for record in &mut message.answers {
        if record.name == *name {
            record.name = name.clone();
        }
    }
    message.additionals.clear();
    if message.answers.is_empty() {
        message.authorities.retain(|record| record.record_type() == RecordType::SOA || is_proof(record));
    } else {
        message.metadata.response_code = ResponseCode::NoError;
        // Positive answers need proofs only where a wildcard was expanded (RFC 4035 §3.1.3.3).
        let expanded = message.answers.iter().any(|record| {
            signature(record).is_some_and(|rrsig| rrsig.input().num_labels < record.name.num_labels())
        });
        message.authorities.retain(|record| expanded && is_proof(record));
    }
    message
}

/// The signature that a record is, if it is one.
pub(super) fn signature(record: &Record) -> Option<&RRSIG> {
    match &record.data {
        RData::DNSSEC(DNSSECRData::RRSIG(rrsig)) => Some(rrsig),
        _ => None,
    }
}

/// Whether a record of the authority section proves that something does not exist, or signs such a record or
/// the SOA beside it.
fn is_proof(record: &Record) -> bool {
    let proves = |rtype| matches!(rtype, RecordType::NSEC | RecordType::NSEC3);
    match signature(record) {
        Some(rrsig) => {
            let covered = rrsig.input().type_covered;
            proves(covered) || covered == RecordType::SOA
        }
        None => proves(record.record_type()),
    }
}

#[cfg(test)]
mod tests {
    use hickory_resolver::proto::rr::rdata::{A, CNAME};

    use super::*;

    fn name(text: &str) -> Name {
        Name::from_ascii(text).unwrap()
    }

    fn address(owner: &str) -> Record {
        Record::from_rdata(name(owner), 60, RData::A(A::new(192, 0, 2, 1)))
    }

    fn alias(owner: &str, target: &str) -> Record {
        Record::from_rdata(name(owner), 60, RData::CNAME(CNAME(name(target))))
    }

    fn kept(rtype: RecordType, answers: Vec<Record>) -> Message {
        let mut message = Message::query().into_response();
        message.metadata.response_code = ResponseCode::NXDomain;
        message.add_answers(answers);
        first_link(message, &Query::query(name("www.example."), rtype))
    }

    #[test]
    fn only_the_asked_name_speaks() {
        let chain = vec![address("b.example."), alias("wWw.example.", "b.example."), address("c.example.")];
        let message = kept(RecordType::A, chain.clone());
        assert_eq!(message.answers, [alias("www.example.", "b.example.")]);
        assert_eq!(message.answers[0].name.to_string(), "www.example.");
        assert_eq!(message.metadata.response_code, ResponseCode::NoError);
        assert_eq!(kept(RecordType::CNAME, chain).answers.len(), 1);
    }

    #[test]
    fn an_answer_of_another_type_is_no_answer() {
        let message = kept(RecordType::AAAA, vec![address("www.example.")]);
        assert!(message.answers.is_empty());
        assert_eq!(message.metadata.response_code, ResponseCode::NXDomain);
        assert_eq!(kept(RecordType::ANY, vec![address("www.example.")]).answers.len(), 1);
    }

    #[test]
    fn an_alias_beside_the_data_is_dropped() {
        let message = kept(RecordType::A, vec![alias("www.example.", "b.example."), address("www.example.")]);
        assert_eq!(message.answers, [address("www.example.")]);
    }
}
