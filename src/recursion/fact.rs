//! What servers said of a name, as it is remembered: data or its denial, from whom, how far it can be trusted, and
//! for how long.

use std::net::SocketAddr;
use std::sync::Arc;

use super::world::Moment;
use crate::dns::{ExtendedError, Name, Record, RecordType, Rrset};

/// One fact of one name. Copies share what was said.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    /// What was said.
    pub(super) said: Arc<Said>,
    /// How much the source counts.
    pub(super) rank: Rank,
    /// What validation made of it.
    pub(super) status: Status,
    /// The zone whose servers said it.
    pub(super) zone: Name,
    /// The server that said it; none where it was concluded here.
    pub(super) source: Option<SocketAddr>,
    /// When it was said.
    pub(super) stored: Moment,
    /// When its TTL has passed.
    pub(super) expires: Moment,
    /// What the resolver that said it, a forwarder, had to say beside it.
    pub(super) remarks: Vec<ExtendedError>,
}

/// What can be said of a name and a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Records: of the type asked, or an alias of the name or of a name above it (DNAME).
    Data {
        /// The records.
        set: Rrset,
        /// Where a wildcard was expanded, that nothing closer exists.
        proofs: Vec<Rrset>,
    },
    /// The name has no records of the type.
    NoData(Denial),
    /// The name does not exist.
    NameError(Denial),
}

/// What a denial comes with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Denial {
    /// The start of authority of the zone that denies.
    pub(super) soa: Option<Rrset>,
    /// NSEC or NSEC3 records.
    pub(super) proofs: Vec<Rrset>,
}

/// How much a source counts (RFC 2181 §5.4.1). Glue never becomes a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Came beside what was asked, as further links of a chain of aliases, or from whoever has no authority.
    Beside,
    /// The answer to what was asked.
    Answer,
}

/// What validation made of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Nobody looked yet.
    Unchecked,
    /// It is proved from a trust anchor on.
    Secure,
    /// It is proved that its zone is not signed, or nobody wants to know; why, where that is worth telling.
    Insecure(Option<ExtendedError>),
    /// It should be proved and is not.
    Bogus(ExtendedError),
}

impl Fact {
    /// Whether its TTL has not passed.
    pub(super) fn is_fresh(&self, now: Moment) -> bool {
        self.expires > now
    }

    /// Whether validation found it not to be what was signed.
    pub(super) fn is_bogus(&self) -> bool {
        matches!(self.status, Status::Bogus(_))
    }

    /// Whether validation found nothing wrong with it.
    pub(super) fn is_sound(&self) -> bool {
        matches!(self.status, Status::Secure | Status::Insecure(_))
    }

    /// Whether a fifth of its life is left, or less. Whoever renews in the last tenth finds it so however they round.
    pub(super) fn is_nearly_over(&self, now: Moment) -> bool {
        5 * self.expires.since(now) <= self.expires.since(self.stored)
    }

    /// Whether it is records, not a denial.
    pub(super) fn is_data(&self) -> bool {
        matches!(*self.said, Said::Data { .. })
    }

    /// Whether it shows that the name exists and no alias leads away above it.
    pub(super) fn is_there(&self) -> bool {
        match &*self.said {
            Said::Data { set, .. } => set.rtype != RecordType::DNAME,
            Said::NoData(_) => true,
            Said::NameError(_) => false,
        }
    }

    /// Whether it may take the place of a known fact: one that can be trusted less must not push out one that can
    /// be trusted more while that is fresh.
    pub(super) fn may_replace(&self, known: &Self, now: Moment) -> bool {
        if !known.is_fresh(now) {
            return !matches!(self.status, Status::Bogus(_)) || known.status != Status::Secure;
        }
        let trust = |fact: &Self| (fact.status == Status::Secure, fact.rank);
        trust(self) >= trust(known)
    }

    /// The same fact, from a source that counts less.
    pub(super) fn beside(self) -> Self {
        Self { rank: Rank::Beside, ..self }
    }

    /// The same fact, judged.
    pub(super) fn with_status(&self, status: Status) -> Self {
        Self { status, ..self.clone() }
    }

    /// The octets that it takes in memory beyond its own size.
    pub(super) fn weight(&self) -> usize {
        let sets =
            |sets: &[Rrset]| -> usize { sets.iter().map(|set| size_of::<Rrset>() + set.weight()).sum() };
        let content = match &*self.said {
            Said::Data { set, proofs } => set.weight() + sets(proofs),
            Said::NoData(denial) | Said::NameError(denial) => {
                sets(&denial.proofs) + sets(denial.soa.as_slice())
            }
        };
        let remark = |error: &ExtendedError| size_of::<ExtendedError>() + error.text.len();
        let remarks: usize = self.remarks.iter().map(remark).sum();
        size_of::<Said>() + self.zone.as_wire().len() + content + remarks
    }

    /// Where the fact sends `name` on to, if it is an alias for a question of type `rtype`.
    pub(super) fn alias(&self, name: &Name, rtype: RecordType) -> Option<Alias> {
        let Said::Data { set, .. } = &*self.said else { return None };
        if set.rtype == rtype && set.owner == *name {
            return None;
        }
        let target = Name::from_wire(set.data().next()?).ok()?;
        match set.rtype {
            RecordType::CNAME => Some(Alias { target: Some(target), made: None }),
            RecordType::DNAME => {
                let kept = name.as_wire().len() - set.owner.as_wire().len();
                let wire = [&name.as_wire()[..kept], target.as_wire()].concat();
                // Where the new name would be too long there is none (RFC 6672 §2.2).
                let target = Name::from_wire(&wire).ok();
                let made = target.as_ref().map(|target| Record {
                    owner: name.clone(),
                    rtype: RecordType::CNAME,
                    ttl: set.ttl,
                    data: target.as_wire().into(),
                });
                Some(Alias { target, made })
            }
            _ => None,
        }
    }
}

/// Where a chain goes on.
pub(super) struct Alias {
    /// The next name; none where it would be too long to be one.
    pub(super) target: Option<Name>,
    /// The CNAME record made from a DNAME (RFC 6672 §3.1).
    pub(super) made: Option<Record>,
}

impl Said {
    /// The sets that must be validated for it to be believed.
    pub(super) fn sets(&self) -> impl Iterator<Item = &Rrset> {
        let (set, denial) = match self {
            Self::Data { set, proofs } => (Some(set), proofs),
            Self::NoData(denial) | Self::NameError(denial) => (denial.soa.as_ref(), &denial.proofs),
        };
        set.into_iter().chain(denial)
    }
}
