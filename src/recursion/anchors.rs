//! Trust anchors that change while the program runs: whoever follows them (RFC 5011) asks here for the keys of their
//! zones, and says here what is trusted from then on.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::{Either, select};

use super::fact::{Fact, Said};
use super::recursor::{Caller, Recursor, Shared, TOO_LATE};
use crate::dns::{Class, ExtendedError, Info, Name, Question, RecordType, Rrset};
use crate::dnssec::{Anchors, Bogus, ZoneKeys};

impl Recursor {
    /// What is trusted now.
    pub fn anchors(&self) -> Arc<Anchors> {
        self.shared.anchors.load_full()
    }

    /// Trusts these anchors from now on. Where they differ from those before, the keys of their zones are judged anew;
    /// what was proved by them already stays so for its TTL.
    pub fn trust(&self, anchors: Anchors) {
        let shared = &self.shared;
        let before = shared.anchors.swap(Arc::new(anchors));
        let now = shared.anchors.load();
        for anchor in before.iter().chain(now.iter()) {
            if before.of(anchor.zone()) != now.of(anchor.zone()) {
                shared.memory.forget_keys(anchor.zone());
            }
        }
    }

    /// The keys of a zone as its servers give them now, past all that is remembered: those that the anchor of the zone
    /// vouches for, if any of a few servers has such; else what was heard first, for whoever can tell why.
    pub async fn keys_of(&self, zone: &Name) -> Result<Rrset, ExtendedError> {
        let limit = self.shared.world.sleep(self.shared.settings.time_limit);
        match select(Arc::clone(&self.shared).fetch_keys(zone.clone()).boxed(), limit).await {
            Either::Left((keys, _)) => keys,
            Either::Right(_) => Err(TOO_LATE),
        }
    }
}

impl Shared {
    async fn fetch_keys(self: Arc<Self>, zone: Name) -> Result<Rrset, ExtendedError> {
        let (caller, anchors) = (Caller::client(), self.anchors.load_full());
        let question = Question { name: zone, rtype: RecordType::DNSKEY, class: Class::IN };
        let first = self.fetch(&question, &caller).await?;
        let judge = |fact: &Fact| {
            let keys = keys_in(fact, &question).ok_or(Bogus::NoTrustedKey)?;
            let anchor = anchors.of(&question.name).ok_or(Bogus::NoTrustedKey)?;
            ZoneKeys::from_anchor(keys, anchor, self.signing_time(), &mut caller.budget.work())
        };
        let trusted = self.second_opinion(&question, first.clone(), &caller, judge).await;
        let heard = trusted.map_or(first, |(fact, _)| fact);
        keys_in(&heard, &question).cloned().ok_or(NO_KEYS)
    }
}

fn keys_in<'a>(fact: &'a Fact, question: &Question) -> Option<&'a Rrset> {
    match &*fact.said {
        Said::Data { set, .. } if set.rtype == question.rtype && set.owner == question.name => Some(set),
        _ => None,
    }
}

const NO_KEYS: ExtendedError = ExtendedError::new(Info::DNSKEY_MISSING, "the zone's servers give no keys");
