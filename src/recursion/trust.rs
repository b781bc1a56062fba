//! The chain of trust, from an anchor down to the zone of a name (RFC 4035 §5).
//!
//! Each step asks one question of the parent: which keys do you vouch for? DS records lead to the keys of the child; a
//! proof that there are none ends the chain in a zone that nobody signs; a proof that there is no zone cut at all
//! leads one label further down. Referrals bring the answer along, so that most steps cost no message.

use std::net::SocketAddr;
use std::sync::Arc;

use super::fact::{Fact, Said, Status};
use super::flights::Boarding;
use super::limits::{SECOND_OPINIONS, TOO_MANY};
use super::memory::KnownTrust;
use super::recursor::{Caller, Shared};
use super::world::Moment;
use crate::dns::{Class, ExtendedError, Info, Name, Question, RecordType, Rrset};
use crate::dnssec::{Anchors, Bogus, Cut, Denial, DsSet, Proved, ZoneKeys, signer, verify};

/// What is bogus, data or keys, is looked at again after so many seconds, so that a repaired zone is found repaired.
pub(super) const BOGUS: u32 = 30;
/// What is trusted is looked at again after so many seconds at the latest.
const LONGEST: u32 = 86_400;

/// How far the data of a zone can be trusted.
#[derive(Clone)]
pub(super) enum Trust {
    /// It is signed by these keys.
    Secure(Arc<ZoneKeys>),
    /// Nobody signs it, or not so that it can be checked; why, where that is worth telling.
    Insecure(Option<ExtendedError>),
    /// It should be signed and its keys cannot be believed.
    Bogus(ExtendedError),
    /// What must be known could not be found out now.
    Unknown(ExtendedError),
}

/// What a step down the chain finds at a name.
enum Step {
    /// A zone.
    Zone(Trust, u32),
    /// No zone: the name belongs to the one above.
    Inside,
}

impl Trust {
    /// The octets that it takes in memory.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Secure(keys) => keys.weight(),
            _ => 0,
        }
    }
}

impl Shared {
    /// Whether the signatures of a name are judged at all: there is an anchor above it, and nothing that forbids it.
    pub(super) fn is_judged(&self, name: &Name) -> bool {
        let anchors = self.anchors.load();
        let Some(anchor) = anchors.closest(name).filter(|_| self.settings.dnssec) else {
            return false;
        };
        let negative = self.settings.negative.covers(name, self.world.wall()).map(|(zone, _)| zone);
        let mut forbidding =
            self.settings.unjudged.iter().chain(negative).filter(|zone| name.is_within(zone));
        // An anchor below what is not to be judged was put there on purpose (RFC 7646 §1.1).
        !forbidding.any(|zone| zone.is_within(anchor.zone()))
    }

    /// The time as signatures have it: seconds since 1970, modulo 2^32 (RFC 4034 §3.1.5).
    pub(super) fn signing_time(&self) -> u32 {
        self.world.wall() as u32
    }

    /// The zone of the anchor closest to a name; the root where there is none.
    pub(super) fn anchor_zone(&self, name: &Name) -> Name {
        self.anchors.load().closest(name).map_or_else(Name::root, |anchor| anchor.zone().clone())
    }

    /// The trust in the zone that holds `name`, and for a zone's own name, in that zone.
    pub(super) async fn trust_in(self: &Arc<Self>, name: &Name, caller: &Caller) -> Trust {
        if !self.is_judged(name) {
            return Trust::Insecure(None);
        }
        let now = self.world.now();
        let anchor = self.anchor_zone(name);
        let (mut zone, mut trust) = match self.closest_trust(name, &anchor, now) {
            Some(known) => known,
            None => (anchor.clone(), self.board_trust(&anchor, None, caller).await),
        };
        let mut reached = zone.label_count();
        while reached < name.label_count() {
            let Trust::Secure(keys) = &trust else { return trust };
            // A known delegation leaps over the labels between, where there is no cut.
            let next =
                self.known_cut(&zone, name, reached, now).unwrap_or_else(|| name.ancestor(reached + 1));
            reached = next.label_count();
            match self.board_trust(&next, Some(keys), caller).await {
                Trust::Secure(same) if same.zone() == &zone => {}
                below => (zone, trust) = (next, below),
            }
        }
        trust
    }

    /// The closest zone at or above `name`, and not above its anchor, in which the trust is known.
    fn closest_trust(&self, name: &Name, anchor: &Name, now: Moment) -> Option<(Name, Trust)> {
        let mut zones = name.and_above().take_while(|zone| zone.is_within(anchor));
        zones.find_map(|zone| self.memory.trust(&zone, now).map(|known| (zone, known.trust)))
    }

    /// The name of the first zone cut below `zone` on the way to `name`, if a referral told of it that `zone` signed: a
    /// server of several zones refers past those that lie between.
    fn known_cut(&self, zone: &Name, name: &Name, reached: usize, now: Moment) -> Option<Name> {
        let names = (reached + 1..=name.label_count()).map(|labels| name.ancestor(labels));
        names.take(8).find(|cut| {
            let known = self.memory.delegation(cut, now);
            known.is_some_and(|known| known.signer.iter().any(|set| signer(set).as_ref() == Some(zone)))
        })
    }

    /// The trust in a zone, found out once for all who ask: by its anchor, or by the keys of its parent. Where there
    /// is no zone at the name, the trust is that in the parent.
    pub(super) async fn board_trust(
        self: &Arc<Self>,
        zone: &Name,
        parent: Option<&Arc<ZoneKeys>>,
        caller: &Caller,
    ) -> Trust {
        let work = |_| {
            let (shared, zone, parent) = (Arc::clone(self), zone.clone(), parent.cloned());
            // What a chain needs is asked for by no fetch, so that nobody waits for it in a circle.
            let caller = Caller { flight: None, ..caller.clone() };
            async move { shared.find_trust(&zone, parent, &caller).await }
        };
        match self.trusts.board(zone, None, work) {
            Boarding::Started(passage) | Boarding::Joined(passage) => passage.await,
            Boarding::Circular | Boarding::Full => Trust::Unknown(TOO_MANY),
        }
    }

    async fn find_trust(
        self: Arc<Self>,
        zone: &Name,
        parent: Option<Arc<ZoneKeys>>,
        caller: &Caller,
    ) -> Trust {
        if !self.is_judged(zone) {
            return Trust::Insecure(None);
        }
        let anchors = self.anchors.load_full();
        let step = match &parent {
            Some(keys) => self.step(zone, keys, caller).await,
            None => self.anchored(zone, &anchors, caller).await.map(|(trust, ttl)| Step::Zone(trust, ttl)),
        };
        let (trust, ttl) = match (step, parent) {
            (Ok(Step::Zone(trust, ttl)), _) => (trust, ttl),
            (Ok(Step::Inside), Some(keys)) => return Trust::Secure(keys),
            (Ok(Step::Inside), None) => return Trust::Insecure(None),
            // What one question may cost says nothing of the zone.
            (Err(Untrusted::Bogus(Bogus::Exhausted)), _) => return Trust::Unknown(Bogus::Exhausted.error()),
            (Err(Untrusted::Bogus(bogus)), parent) => {
                self.doubt_clock(zone, bogus, parent.is_none());
                // What failed is asked for again when its time is up, not found in memory for as long as its TTL.
                self.memory.forget_keys(zone);
                (Trust::Bogus(bogus.error()), BOGUS)
            }
            (Err(Untrusted::Unknown(error)), _) => return Trust::Unknown(error),
        };
        let since = self.world.now();
        let until = since.after_seconds(ttl.clamp(1, LONGEST));
        self.keep_trust(zone, KnownTrust { trust: trust.clone(), since, until }, &anchors);
        trust
    }

    /// Remembers the trust in a zone that began with these anchors, and is not to outlive them: whoever replaces them
    /// forgets it, or it is forgotten here.
    pub(super) fn keep_trust(&self, zone: &Name, known: KnownTrust, anchors: &Arc<Anchors>) {
        self.memory.keep_trust(zone, known);
        if !Arc::ptr_eq(anchors, &self.anchors.load()) {
            self.memory.forget_keys(zone);
        }
    }

    /// The keys of a zone that has an anchor.
    async fn anchored(
        self: &Arc<Self>,
        zone: &Name,
        anchors: &Anchors,
        caller: &Caller,
    ) -> Result<(Trust, u32), Untrusted> {
        let anchor = anchors.closest(zone);
        let Some(anchor) = anchor.filter(|anchor| anchor.zone() == zone && anchor.is_usable()) else {
            return Ok((Trust::Insecure(None), LONGEST));
        };
        self.keys(zone, caller, |set| {
            ZoneKeys::from_anchor(set, anchor, self.signing_time(), &mut caller.budget.work())
        })
        .await
    }

    /// What the keys of the zone above say of a name.
    async fn step(
        self: &Arc<Self>,
        name: &Name,
        keys: &Arc<ZoneKeys>,
        caller: &Caller,
    ) -> Result<Step, Untrusted> {
        let now = self.world.now();
        // The referral brought an answer along; if that does not satisfy, or is too old, the question is asked.
        let referral = self.memory.delegation(name, now).filter(|known| known.parent == *keys.zone());
        let told = referral.filter(|known| known.signer_until > now).and_then(|known| {
            let signer = self.signer(name, &known.signer, keys, caller).ok()?;
            Some(signer.for_at_most(now.seconds_until(known.signer_until)))
        });
        let signer = match told {
            Some(signer) => signer,
            None => self.asked_signer(name, keys, caller).await?,
        };
        match signer {
            Signer::Keys(ds, ttl) if !ds.is_usable() => {
                let why = ds.unsupported().map(unsupported);
                Ok(Step::Zone(Trust::Insecure(why), ttl))
            }
            Signer::Keys(ds, ttl) => {
                let keys = self.keys(name, caller, |set| {
                    ZoneKeys::from_ds(set, &ds, self.signing_time(), &mut caller.budget.work())
                });
                let (trust, lifetime) = keys.await?;
                Ok(Step::Zone(trust, ttl.min(lifetime)))
            }
            Signer::Nobody(cut, ttl) => Ok(match cut {
                Cut::None => Step::Inside,
                Cut::Unsigned | Cut::OptOut => Step::Zone(Trust::Insecure(None), ttl),
                Cut::Unchecked => Step::Zone(Trust::Insecure(Some(ITERATIONS)), ttl),
            }),
        }
    }

    /// Asks the parent's servers for the DS records of a name.
    async fn asked_signer(
        self: &Arc<Self>,
        name: &Name,
        keys: &Arc<ZoneKeys>,
        caller: &Caller,
    ) -> Result<Signer, Untrusted> {
        let question = Question { name: name.clone(), rtype: RecordType::DS, class: Class::IN };
        let judge = |fact: &Fact| match &*fact.said {
            Said::Data { set, .. } if set.rtype == RecordType::DS => {
                self.signer(name, std::slice::from_ref(set), keys, caller)
            }
            // The name is an alias, so no zone begins there.
            Said::Data { set, proofs } => {
                let verdict = self.judge_data(&question, set, proofs, keys, caller)?;
                Ok(Signer::Nobody(Cut::None, verdict.ttl))
            }
            Said::NoData(denial) => self.signer(name, &denial.proofs, keys, caller),
            Said::NameError(denial) => {
                let (proofs, ttl) = self.verified(&denial.proofs, keys, caller)?;
                let mut work = caller.budget.work();
                match Denial::new(keys.zone(), proofs).name_error(name, &mut work)? {
                    Proved::Secure => Ok(Signer::Nobody(Cut::None, ttl)),
                    Proved::OptOut => Ok(Signer::Nobody(Cut::OptOut, ttl)),
                    Proved::Unchecked => Ok(Signer::Nobody(Cut::Unchecked, ttl)),
                }
            }
        };
        let first = self.lookup(&question, caller).await.map_err(Untrusted::Unknown)?;
        let (fact, signer) = self.second_opinion(&question, first, caller, judge).await?;
        let now = self.world.now();
        let lifetime = now.seconds_until(fact.expires);
        // Only the DS records were judged whole: what came in their place is judged again when it is asked for.
        if let Signer::Keys(_, ttl) = &signer {
            let mut kept = fact.with_status(Status::Secure);
            kept.expires = kept.expires.min(now.after_seconds(*ttl));
            self.memory.keep_fact(&question, &kept, now);
        }
        Ok(signer.for_at_most(lifetime))
    }

    /// What DS records, or NSEC or NSEC3 records in their place, say of a name.
    fn signer(&self, name: &Name, sets: &[Rrset], keys: &ZoneKeys, caller: &Caller) -> Result<Signer, Bogus> {
        if let Some(set) = sets.iter().find(|set| set.rtype == RecordType::DS && set.owner == *name) {
            let verified = verify(set, keys, self.signing_time(), &mut caller.budget.work())?;
            // No wildcard stands for a zone cut.
            return match verified.wildcard {
                None => Ok(Signer::Keys(DsSet::parse(set, keys.algorithms()), verified.ttl)),
                Some(_) => Err(Bogus::Unproved),
            };
        }
        let (proofs, ttl) = self.verified(sets, keys, caller)?;
        let cut = Denial::new(keys.zone(), proofs).no_ds(name, &mut caller.budget.work())?;
        Ok(Signer::Nobody(cut, ttl))
    }

    /// The NSEC and NSEC3 sets that verify, and for how many seconds all of them hold.
    pub(super) fn verified<'a>(
        &self,
        sets: &'a [Rrset],
        keys: &ZoneKeys,
        caller: &Caller,
    ) -> Result<(Vec<&'a Rrset>, u32), Bogus> {
        let mut work = caller.budget.work();
        let mut ttl = LONGEST;
        let mut verified = Vec::new();
        for set in sets.iter().filter(|set| matches!(set.rtype, RecordType::NSEC | RecordType::NSEC3)) {
            match verify(set, keys, self.signing_time(), &mut work) {
                Ok(proof) => {
                    ttl = ttl.min(proof.ttl);
                    verified.push(set);
                }
                Err(Bogus::Exhausted) => return Err(Bogus::Exhausted),
                Err(_) => {}
            }
        }
        Ok((verified, ttl))
    }

    /// Fetches the keys of a zone and judges them. They are trusted no longer than they are remembered.
    async fn keys(
        self: &Arc<Self>,
        zone: &Name,
        caller: &Caller,
        judge: impl Fn(&Rrset) -> Result<ZoneKeys, Bogus>,
    ) -> Result<(Trust, u32), Untrusted> {
        let question = Question { name: zone.clone(), rtype: RecordType::DNSKEY, class: Class::IN };
        let judge = |fact: &Fact| match &*fact.said {
            Said::Data { set, .. } if set.rtype == question.rtype && set.owner == *zone => judge(set),
            _ => Err(Bogus::NoTrustedKey),
        };
        let first = self.lookup(&question, caller).await.map_err(Untrusted::Unknown)?;
        let (fact, keys) = self.second_opinion(&question, first, caller, judge).await?;
        let lifetime = self.world.now().seconds_until(fact.expires);
        let ttl = keys.ttl().min(lifetime);
        Ok((Trust::Secure(Arc::new(keys)), ttl))
    }

    /// Judges a fact; where it cannot be believed, asks other servers, a few times.
    pub(super) async fn second_opinion<Judged>(
        self: &Arc<Self>,
        question: &Question,
        first: Fact,
        caller: &Caller,
        judge: impl Fn(&Fact) -> Result<Judged, Bogus>,
    ) -> Result<(Fact, Judged), Bogus> {
        let bogus = match judge(&first) {
            Ok(judged) => return Ok((first, judged)),
            // Nothing is left to judge another one with.
            Err(Bogus::Exhausted) => return Err(Bogus::Exhausted),
            Err(bogus) => bogus,
        };
        let mut avoided: Vec<SocketAddr> = first.source.into_iter().collect();
        while (1..=SECOND_OPINIONS).contains(&avoided.len()) {
            let Ok(other) = self.descend(question, &avoided, caller).await else { break };
            if let Ok(judged) = judge(&other) {
                let until = self.world.now().after_seconds(BOGUS);
                avoided.iter().for_each(|server| self.memory.keep_lame(*server, &other.zone, until));
                return Ok((other, judged));
            }
            avoided.extend(other.source);
        }
        Err(bogus)
    }
}

/// What the parent says of a zone's keys.
enum Signer {
    /// It vouches for some, for so many seconds.
    Keys(DsSet, u32),
    /// It vouches for none, which means this.
    Nobody(Cut, u32),
}

impl Signer {
    fn for_at_most(self, seconds: u32) -> Self {
        match self {
            Self::Keys(ds, ttl) => Self::Keys(ds, ttl.min(seconds)),
            Self::Nobody(cut, ttl) => Self::Nobody(cut, ttl.min(seconds)),
        }
    }
}

/// Why there is no verdict that could be relied on.
pub(super) enum Untrusted {
    /// The data is not what was signed.
    Bogus(Bogus),
    /// The data could not be had.
    Unknown(ExtendedError),
}

impl From<Bogus> for Untrusted {
    fn from(bogus: Bogus) -> Self {
        Self::Bogus(bogus)
    }
}

fn unsupported(info: Info) -> ExtendedError {
    let text = match info {
        Info::UNSUPPORTED_DIGEST => "the zone's keys are vouched for by digests that are not supported",
        _ => "the zone is signed with algorithms that are not supported",
    };
    ExtendedError::new(info, text)
}

/// Denials that ask for too many hashes.
pub(super) const ITERATIONS: ExtendedError = ExtendedError::new(
    Info::UNSUPPORTED_NSEC3_ITERATIONS,
    "the zone's denials ask for more iterations than are computed",
);
