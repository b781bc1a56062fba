//! What HTTP asks of the program: the warning page for people, controls for administrators.

use std::net::{IpAddr, SocketAddr};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};
use rustls::sign::CertifiedKey;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::aside::aside;
use super::memory::save_at_once;
use super::state::State;
use super::statistics::Counting;
use crate::admin::{self, Controls, Flushed, Lookup, Reloaded, Status, UpdateStatus};
use crate::blocklist::Details;
use crate::dns::{Class, Found, Name, Names, Question, RecordType};
use crate::metrics::Metrics;
use crate::page::{Host, Known, Notice, Record};
use crate::policy::{CaseFacts, Explanation, Https, ListFacts, Ruling};
use crate::resolver::{Ask, KEY_STATES, Resolver};
use crate::server::{Clock, Handler, Manner, Secured};
use crate::statistics::Statistics;
use crate::update::Mode;

/// How long a visitor waits for those who asked for a case before.
const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// The warning page.
pub(super) struct Pages {
    pub state: Arc<State>,
    pub resolver: Resolver,
    pub clock: Clock,
    pub metrics: Arc<Metrics>,
    /// Cases are looked up one at a time.
    pub cases: Arc<Semaphore>,
}

impl Secured for Pages {
    fn manner(&self, client: IpAddr) -> Manner {
        let policy = self.state.engine.policy();
        match policy.https(policy.group(client)) {
            Https::Close => Manner::Close,
            Https::Certificate if self.state.issuer().is_some() => Manner::Show,
            Https::Certificate | Https::Refuse => Manner::Refuse,
        }
    }

    /// Only a name for which our own answers lead this client to the page has one: with a certificate for any other,
    /// somebody between us and the client could pass for a site that nobody blocks.
    async fn certificate(&self, client: IpAddr, name: &str) -> Option<Arc<CertifiedKey>> {
        let (issuer, name) = (self.state.issuer()?, Name::from_text(name).ok()?);
        let engine = &self.state.engine;
        let leads = |found: Option<&Found>| engine.leads_to_page(client, &name, found, self.clock.now());
        let is_led = leads(None) || engine.admits(client) && leads(Some(&*self.found(&name).await));
        is_led.then(|| issuer.leaf(&name, self.clock.now().wall)).flatten()
    }
}

impl Handler for Pages {
    async fn respond(&self, request: Request<()>, peer: SocketAddr) -> Response<Bytes> {
        self.metrics.pages.inc();
        let page = self.state.page.load_full();
        let client = peer.ip().to_canonical();
        let host = Host::of(&request);
        let is_own = host.as_ref().is_some_and(|host| page.is_own(host));
        let notice = match host {
            Some(Host::Name(name)) if !is_own => notice(self.explain(client, name).await),
            _ => None,
        };
        let readers = {
            let policy = self.state.engine.policy();
            policy.readers(policy.group(client))
        };
        let Some(case) = page.case(&request).filter(|case| is_own || is_of(notice.as_ref(), case)) else {
            return page.respond(&request, readers, notice.as_ref().map_or(Known::Nothing, Known::Block));
        };
        let is_asked = matches!(*request.method(), Method::GET | Method::HEAD);
        let records = match is_asked && self.state.engine.admits(client) {
            true => self.records(case).await,
            false => Some(Vec::new()),
        };
        page.respond(&request, readers, records.as_deref().map_or(Known::Busy, Known::Case))
    }
}

/// Whether a block is of this case: what is blocked has no other pages than those of its own.
fn is_of(notice: Option<&Notice>, case: &str) -> bool {
    notice.and_then(|notice| notice.reference.as_deref()) == Some(case)
}

impl Pages {
    /// Why a visitor was brought here. Where no rule is for the name itself, what it leads to is looked up: that
    /// may be long out of the cache, or never have been allowed to stay there.
    async fn explain(&self, client: IpAddr, name: Name) -> Explanation {
        let engine = &self.state.engine;
        let explanation = engine.explain_visit(client, &name, None, self.clock.now());
        if explanation.ruling == Ruling::Block || !engine.admits(client) {
            return explanation;
        }
        let found = self.found(&name).await;
        engine.explain_visit(client, &name, Some(&found), self.clock.now())
    }

    /// What a name leads to.
    async fn found(&self, name: &Name) -> Arc<Found> {
        let question = Question { name: name.clone(), rtype: RecordType::A, class: Class::IN };
        self.resolver.resolve(&question, Ask::default()).await
    }

    /// What the lists in force say of a case; nothing where that cannot be had now. What all rules say is read for
    /// that: one case at a time, whether or not whoever asked is still there, and no more than a tenth of the time, so
    /// that whoever asks for many takes nothing from those who ask for names.
    async fn records(&self, case: String) -> Option<Vec<Record>> {
        let turn = timeout(LONGEST_WAIT, self.cases.clone().acquire_owned()).await.ok()?.ok()?;
        let (engine, clock) = (self.state.engine.clone(), self.clock);
        let look = tokio::spawn(async move {
            let begun = clock.micros();
            let looked = aside(move || {
                let facts = engine.policy().case(&case, clock.now().wall)?;
                Ok(facts.into_iter().map(|facts| record(&case, facts)).collect())
            });
            let records = looked.await.ok().flatten();
            let rest = Duration::from_micros(9 * clock.micros().saturating_sub(begun));
            tokio::spawn(async move {
                sleep(rest).await;
                drop(turn);
            });
            records
        });
        told_of_case(look.await.ok().flatten())
    }
}

/// What was found of a case; what could not be read is logged.
fn told_of_case<T>(found: Option<std::io::Result<T>>) -> Option<T> {
    match found? {
        Ok(found) => Some(found),
        Err(error) => {
            tracing::error!(%error, "what the rules of a list say cannot be read");
            None
        }
    }
}

/// What the page tells of a decision; nothing where it is no block.
fn notice(explanation: Explanation) -> Option<Notice> {
    if explanation.ruling != Ruling::Block {
        return None;
    }
    let details = explanation.rule.map(|rule| rule.details).unwrap_or_default();
    Some(told(explanation.list?, details))
}

/// What the public record tells of a list's rules for a case.
fn record(case: &str, facts: CaseFacts) -> Record {
    let CaseFacts { list, rules, details, names } = facts;
    Record { notice: told(list, Details { reference: Some(case.to_owned()), ..details }), rules, names }
}

/// What a list says of itself and of a rule.
fn told(list: ListFacts, details: Details) -> Notice {
    let Details { reference, listed, expires, category, .. } = details;
    let notice = Notice { list: list.name, reference, listed, expires, category, ..Notice::default() };
    let Some(header) = list.header else { return notice };
    Notice {
        titles: header.titles,
        texts: header.texts,
        authority: Some(header.authority),
        jurisdiction: Some(header.jurisdiction),
        legal_basis: Some(header.legal_basis),
        category: notice.category.or(Some(header.category)),
        appeal: Some(header.appeal),
        ..notice
    }
}

/// Administration.
pub(super) struct Administration {
    pub state: Arc<State>,
    pub resolver: Resolver,
    pub clock: Clock,
    pub metrics: Arc<Metrics>,
    pub counting: Arc<Counting>,
}

impl Handler for Administration {
    async fn respond(&self, request: Request<()>, _: SocketAddr) -> Response<Bytes> {
        admin::respond(self, &request).await
    }
}

impl Controls for Administration {
    fn metrics(&self) -> Vec<u8> {
        let size = self.state.engine.cache_size();
        self.metrics.cache_entries.set(i64::try_from(size.entries).unwrap_or(i64::MAX));
        self.metrics.cache_octets.set(i64::try_from(size.octets).unwrap_or(i64::MAX));
        for anchor in self.resolver.anchors().iter().filter(|anchor| anchor.followed) {
            let count = |state| anchor.keys.iter().filter(|key| key.state == state).count();
            let counts = KEY_STATES.map(|state| (state, count(state)));
            let verified = anchor.verified.map_or(0, jiff::Timestamp::as_second);
            self.metrics.validation.trust_anchor(&anchor.zone, &counts, verified);
        }
        for (outcome, count) in self.resolver.counts() {
            self.metrics.resolutions(outcome.label(), count);
        }
        self.metrics.render().unwrap_or_else(|error| format!("# {error}\n").into())
    }

    fn status(&self) -> Status {
        Status {
            anchors: self.resolver.anchors(),
            clock_error: self.resolver.clock_error().map(|error| error.seconds),
            ..Status::new(&self.state.engine.policy(), self.state.engine.cache_size())
        }
    }

    fn explain(&self, name: &Name, client: IpAddr, rtype: RecordType) -> Explanation {
        self.state.engine.explain(client, name, rtype, self.clock.now())
    }

    async fn case(&self, number: String) -> Option<Vec<CaseFacts>> {
        let (engine, now) = (self.state.engine.clone(), self.clock.now().wall);
        told_of_case(aside(move || engine.policy().case(&number, now)).await.ok().flatten())
    }

    async fn lookup(&self, name: &Name) -> Lookup {
        let (engine, resolver) = (self.state.engine.clone(), self.resolver.clone());
        let (name, now) = (name.clone(), self.clock.now().monotonic);
        let look = move || Lookup {
            name: name.to_string(),
            answers: engine.cached(&name, now),
            known: resolver.known(&name),
        };
        tokio::task::spawn_blocking(look).await.unwrap_or_else(|panic| resume_unwind(panic.into_panic()))
    }

    fn statistics(&self) -> Statistics {
        self.counting.statistics()
    }

    async fn flush(&self, names: Names) -> Flushed {
        let (engine, resolver, clock) = (self.state.engine.clone(), self.resolver.clone(), self.clock);
        let knowing = resolver.clone();
        let forget = move || {
            // In this order, so that no answer is made of what is about to be forgotten.
            let known = knowing.forget(&names);
            Flushed { answers: engine.forget(&names), known }
        };
        let flush = async move {
            let flushed = tokio::task::spawn_blocking(forget).await;
            if resolver.is_saved() {
                save_at_once(&resolver, clock).await;
            }
            flushed.unwrap_or_else(|panic| resume_unwind(panic.into_panic()))
        };
        // On its own, for whoever asked may leave before it is done.
        tokio::spawn(flush).await.unwrap_or_else(|panic| resume_unwind(panic.into_panic()))
    }

    async fn update_status(&self) -> UpdateStatus {
        let state = self.state.clone();
        let status = tokio::task::spawn_blocking(move || state.update_status()).await;
        let (authorities, lists) = status.unwrap_or_default();
        UpdateStatus { authorities, lists }
    }

    async fn reload(&self, accept_loss: bool) -> Vec<Reloaded> {
        self.aside(move |state, now| state.reload(mode(accept_loss), now)).await
    }

    async fn update(&self, accept_loss: bool) -> Vec<Reloaded> {
        self.aside(move |state, now| state.update(mode(accept_loss), now)).await
    }

    async fn roll_back(&self, list: String, to: Option<u64>) -> Vec<Reloaded> {
        self.aside(move |state, now| vec![state.roll_back(&list, to, now)]).await
    }

    async fn release(&self, list: String) -> Vec<Reloaded> {
        self.aside(move |state, now| vec![state.release(&list, now)]).await
    }
}

impl Administration {
    /// Does what blocks on disk or network on a thread of its own.
    async fn aside(
        &self,
        work: impl FnOnce(&State, jiff::Timestamp) -> Vec<Reloaded> + Send + 'static,
    ) -> Vec<Reloaded> {
        let (state, now) = (self.state.clone(), self.clock.now().wall);
        let done = aside(move || work(&state, now)).await.ok().flatten();
        done.unwrap_or_else(|| {
            let message = "loading panicked; what was in force stays, please report this".into();
            vec![Reloaded { what: "reload".into(), taken: false, message }]
        })
    }
}

fn mode(accept_loss: bool) -> Mode {
    if accept_loss { Mode::AcceptLoss } else { Mode::Reload }
}
