//! What outlasts a restart, as octets: facts, delegations, and the manners of servers.
//!
//! Whoever could write to the disk may have made an entry, so it proves nothing: a fact comes back as one that nobody
//! has judged, to be judged by its own signatures, and it is read by the parser that reads what strangers send, for its
//! records are kept as a DNS message. Failures, verdicts, trust and cookies do not come back. Times are those
//! since and until the moment of writing; whoever reads says how long ago that was.
//!
//! ```text
//! fact        1  what it says, rank, age, time left, server, zone    message: what it answers; records; proofs
//! delegation  2  time left, that of what its parent vouches for, parent    message: zone; NS, DS or proofs; glue
//! server      3  address, time of a reply and its variation, time without EDNS and of folded letters, EDNS
//! ```

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use super::delegation::Delegation;
use super::fact::{Denial, Fact, Rank, Said, Status};
use super::judge::holder;
use super::limits::ALIASES;
use super::recursor::{Caller, Recursor, Shared};
use super::servers::Server;
use super::world::Moment;
use crate::dns::{Class, Message, Name, Question, Record, RecordType, Rrset, wire_length};

/// The longest that an entry may be, in octets: one record set of its greatest size fits.
pub(super) const LONGEST_ENTRY: usize = 1 << 20;
/// Nothing is believed for longer, in milliseconds, whatever was written.
const LONGEST_LIFE: i64 = 86_400_000;

const FACT: u8 = 1;
const DELEGATION: u8 = 2;
const SERVER: u8 = 3;
/// A pointer to the name of the question (RFC 1035 §4.1.4).
const TO_QUESTION: [u8; 2] = [0xc0, 12];

/// An entry of the memory that may outlast a restart.
pub(super) enum Lasting {
    /// A fact, with the name and type under which it is kept; any type for a name that does not exist.
    Fact(Name, RecordType, Fact),
    /// A delegation.
    Delegation(Arc<Delegation>),
    /// The manners of a server.
    Server(SocketAddr, Server),
}

impl Recursor {
    /// The longest entry that [`save`](Self::save) gives, in octets.
    pub const LONGEST_ENTRY: usize = LONGEST_ENTRY;

    /// Hands out all that is worth knowing after a restart, entry by entry, and says how many those were.
    pub fn save<E>(&self, mut keep: impl FnMut(&[u8]) -> Result<(), E>) -> Result<usize, E> {
        let (shared, mut count, mut entry) = (&self.shared, 0, Vec::new());
        for lasting in shared.memory.lasting() {
            entry.clear();
            let now = shared.world.now();
            if shared.is_worth_keeping(&lasting, now)
                && lasting.compose(now, &mut entry).is_some()
                && entry.len() <= LONGEST_ENTRY
            {
                keep(&entry)?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Takes up an entry that was handed out `away` ago; none where nobody can tell, and then all of it has ended.
    /// Returns whether it was one and is of use.
    pub fn take_up(&self, entry: &[u8], away: Option<Duration>) -> bool {
        let (shared, now) = (&self.shared, self.shared.world.now());
        let reachable = |address| shared.is_reachable(address);
        let Some(lasting) = Lasting::parse(entry, &Times { now, away }, reachable) else { return false };
        if !shared.is_worth_keeping(&lasting, now) {
            return false;
        }
        match lasting {
            Lasting::Fact(name, rtype, mut fact) => {
                let question = Question { name, rtype, class: Class::IN };
                if !shared.is_judged(&holder(&question).unwrap_or_else(Name::root)) {
                    fact.status = Status::Insecure(None);
                }
                shared.memory.keep_fact(&question, &fact, now);
                shared.has_taken_up.store(true, Relaxed);
            }
            Lasting::Delegation(delegation) => shared.memory.keep_delegation(&delegation),
            Lasting::Server(address, server) => shared.memory.keep_server(address, server),
        }
        true
    }

    /// Where the answers come from, by the operator's will: what was learned elsewhere is of no use. Never twice the
    /// same text for two that differ.
    pub fn sources(&self) -> String {
        let settings = &self.shared.settings;
        format!("{:?} {:?} {}", settings.hints, settings.fixed, settings.dnssec)
    }

    /// The octets that the memory may take.
    pub fn memory(&self) -> usize {
        self.shared.settings.memory
    }
}

impl Shared {
    /// Whether an entry is of use to somebody now or where servers do not answer.
    fn is_worth_keeping(&self, lasting: &Lasting, now: Moment) -> bool {
        let bound = self.settings.stale.unwrap_or_default();
        match lasting {
            // What was concluded from proofs can be concluded again.
            Lasting::Fact(_, rtype, fact) => {
                fact.expires.after(bound) > now
                    && fact.source.is_some()
                    && !fact.is_bogus()
                    && *rtype != RecordType::RRSIG
            }
            Lasting::Delegation(delegation) => delegation.expires.after(bound) > now,
            Lasting::Server(..) => true,
        }
    }
}

impl Shared {
    /// Judges what has outlived its TTL along the aliases of a question, and was read from disk: only what was judged is
    /// given where no server answers, and then it may be too late to find out whom to trust.
    pub(super) async fn judge_ended(self: &Arc<Self>, question: &Question, caller: &Caller) {
        let Some(bound) = self.settings.stale.filter(|_| self.has_taken_up.load(Relaxed)) else { return };
        let mut asked = question.clone();
        for _ in 0..ALIASES {
            let now = self.world.now();
            let fact = self.recall_if(&asked, &|fact| fact.expires.after(bound) > now);
            let Some(fact) = fact else { return };
            let target = fact.alias(&asked.name, asked.rtype).and_then(|alias| alias.target);
            if fact.status == Status::Unchecked && self.judged_lookup(&asked, fact, caller).await.is_err() {
                return;
            }
            let Some(target) = target else { return };
            asked.name = target;
        }
    }
}

impl Lasting {
    /// Writes the entry; nothing where it cannot be written.
    fn compose(&self, now: Moment, out: &mut Vec<u8>) -> Option<()> {
        match self {
            Self::Fact(name, rtype, fact) => {
                let (says, sets, proofs): (u8, &[Rrset], Vec<&Rrset>) = match &*fact.said {
                    Said::Data { set, proofs } => (0, std::slice::from_ref(set), proofs.iter().collect()),
                    Said::NoData(denial) => (1, &[], denial.soa.iter().chain(&denial.proofs).collect()),
                    Said::NameError(denial) => (2, &[], denial.soa.iter().chain(&denial.proofs).collect()),
                };
                out.extend([FACT, says, u8::from(fact.rank == Rank::Answer)]);
                out.extend(milliseconds(fact.stored, now).to_be_bytes());
                out.extend(milliseconds(now, fact.expires).to_be_bytes());
                write_address(fact.source?, out);
                out.extend(fact.zone.as_wire());
                let question = sets.first().map_or(name, |set| &set.owner);
                write_message((question, *rtype), [sets.iter().collect(), proofs, vec![]], &[], out)
            }
            Self::Delegation(delegation) => {
                out.push(DELEGATION);
                out.extend(milliseconds(now, delegation.expires).to_be_bytes());
                out.extend(milliseconds(now, delegation.signer_until).to_be_bytes());
                out.extend(delegation.parent.as_wire());
                let servers = delegation.servers.iter().map(|server| server.name.as_wire());
                let names = Rrset::new(delegation.zone.clone(), RecordType::NS, 0, servers, []);
                let authority = std::iter::once(&names).chain(&delegation.signer).collect();
                let glue: Vec<Record> = delegation
                    .servers
                    .iter()
                    .flat_map(|server| server.glue.iter().map(|address| glue(&server.name, *address)))
                    .collect();
                write_message((&delegation.zone, RecordType::NS), [vec![], authority, vec![]], &glue, out)
            }
            Self::Server(address, server) => {
                out.push(SERVER);
                write_address(*address, out);
                for number in [
                    server.smoothed,
                    server.variation,
                    now.seconds_until(server.plain_until),
                    now.seconds_until(server.folding_until),
                    u32::from(server.speaks_edns),
                ] {
                    out.extend(number.to_be_bytes());
                }
                Some(())
            }
        }
    }

    /// Reads an entry; nothing where it is none.
    fn parse(entry: &[u8], times: &Times, reachable: impl Fn(IpAddr) -> bool) -> Option<Self> {
        let mut reader = Reader(entry);
        match reader.number::<1>()? {
            [FACT] => parse_fact(reader, times),
            [DELEGATION] => {
                let (expires, signer_until) = (times.end(reader.number()?), times.end(reader.number()?));
                let parent = reader.name()?;
                let message = Message::parse(reader.0).ok()?;
                let zone = message.question.as_ref().map(|question| question.name.clone())?;
                let is_root = zone.is_root() && parent.is_root();
                if !is_root && (zone == parent || !zone.is_within(&parent)) {
                    return None;
                }
                let known = Delegation::of_referral(&message, &zone, &parent, times.now, reachable);
                (!known.servers.is_empty())
                    .then(|| Self::Delegation(Arc::new(Delegation { expires, signer_until, ..known })))
            }
            [SERVER] => {
                let address = reader.address()?;
                let mut number = || reader.number().map(u32::from_be_bytes);
                let [smoothed, variation, plain, folding, edns] =
                    [number()?, number()?, number()?, number()?, number()?];
                let mut server = Server::default();
                // As one reply that took as long, and within the bounds that replies have.
                if smoothed > 0 {
                    server.replied(Duration::from_millis(smoothed.into()));
                    server.variation = variation.min(server.smoothed);
                }
                server.plain_until = times.end(in_milliseconds(plain));
                server.folding_until = times.end(in_milliseconds(folding));
                server.speaks_edns = edns != 0;
                Some(Self::Server(address, server))
            }
            _ => None,
        }
    }
}

fn parse_fact(mut reader: Reader<'_>, times: &Times) -> Option<Lasting> {
    let [says, rank] = reader.number()?;
    let (stored, expires) = (times.beginning(reader.number()?), times.end(reader.number()?));
    let (source, zone) = (reader.address()?, reader.name()?);
    let message = Message::parse(reader.0).ok()?;
    let Question { name, rtype, .. } = message.question?;
    let mut sets = Rrset::group(&message.answer);
    let mut proofs = Rrset::group(&message.authority);
    let mut denial = || {
        let soa = proofs.iter().position(|set| set.rtype == RecordType::SOA);
        let soa = soa.map(|place| proofs.remove(place));
        Denial { soa, proofs: std::mem::take(&mut proofs) }
    };
    let said = match (says, sets.pop()) {
        (0, Some(set)) if sets.is_empty() && set.rtype == rtype && set.owner == name => {
            Said::Data { set, proofs }
        }
        (1, None) => Said::NoData(denial()),
        (2, None) => Said::NameError(denial()),
        _ => return None,
    };
    let rank = if rank == 1 { Rank::Answer } else { Rank::Beside };
    let fact = Fact {
        said: Arc::new(said),
        rank,
        status: Status::Unchecked,
        zone,
        source: Some(source),
        remarks: Vec::new(),
        stored,
        expires,
    };
    Some(Lasting::Fact(name, rtype, fact))
}

/// When an entry is read.
struct Times {
    now: Moment,
    /// How long ago it was written; none where nobody can tell.
    away: Option<Duration>,
}

impl Times {
    /// The moment that was so many milliseconds off when it was written, never later than it was then.
    fn end(&self, left: [u8; 8]) -> Moment {
        let left = i64::from_be_bytes(left).min(LONGEST_LIFE);
        let left = match self.away {
            Some(away) => left.saturating_sub_unsigned(u64::try_from(away.as_millis()).unwrap_or(u64::MAX)),
            None => left.min(0),
        };
        Moment(self.now.0.saturating_add_signed(left))
    }

    /// The moment that was so many milliseconds ago when it was written.
    fn beginning(&self, age: [u8; 8]) -> Moment {
        let away = self.away.unwrap_or_default().as_millis();
        let age = u64::from_be_bytes(age).saturating_add(u64::try_from(away).unwrap_or(u64::MAX));
        Moment(self.now.0.saturating_sub(age))
    }
}

/// The milliseconds from one moment to another; below 0 where that is earlier.
fn milliseconds(from: Moment, to: Moment) -> i64 {
    let distance = i64::try_from(from.0.abs_diff(to.0)).unwrap_or(i64::MAX);
    if to >= from { distance } else { -distance }
}

fn in_milliseconds(seconds: u32) -> [u8; 8] {
    (i64::from(seconds) * 1000).to_be_bytes()
}

fn glue(name: &Name, address: IpAddr) -> Record {
    let (rtype, data): (RecordType, Box<[u8]>) = match address {
        IpAddr::V4(address) => (RecordType::A, address.octets().into()),
        IpAddr::V6(address) => (RecordType::AAAA, address.octets().into()),
    };
    Record { owner: name.clone(), rtype, ttl: 0, data }
}

/// Writes a message with a question and three sections of sets, and more records at its end.
fn write_message(
    (name, rtype): (&Name, RecordType),
    sections: [Vec<&Rrset>; 3],
    more: &[Record],
    out: &mut Vec<u8>,
) -> Option<()> {
    let head = out.len();
    out.extend([0, 0, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    out.extend(name.as_wire());
    out.extend(rtype.0.to_be_bytes());
    out.extend(Class::IN.0.to_be_bytes());
    for (place, sets) in sections.iter().enumerate() {
        let records = sets.iter().flat_map(|set| set.records(set.ttl, true));
        let more = more.iter().filter(|_| place == 2).cloned();
        let mut count = 0_u16;
        for record in records.chain(more) {
            count = count.checked_add(1)?;
            match record.owner.as_wire() == name.as_wire() {
                true => out.extend(TO_QUESTION),
                false => out.extend(record.owner.as_wire()),
            }
            out.extend(record.rtype.0.to_be_bytes());
            out.extend(Class::IN.0.to_be_bytes());
            out.extend(record.ttl.to_be_bytes());
            out.extend(u16::try_from(record.data.len()).ok()?.to_be_bytes());
            out.extend(&record.data);
        }
        out[head + 6 + 2 * place..][..2].copy_from_slice(&count.to_be_bytes());
    }
    Some(())
}

fn write_address(address: SocketAddr, out: &mut Vec<u8>) {
    match address.ip() {
        IpAddr::V4(address) => {
            out.push(4);
            out.extend(address.octets());
        }
        IpAddr::V6(address) => {
            out.push(16);
            out.extend(address.octets());
        }
    }
    out.extend(address.port().to_be_bytes());
}

/// What is left to be read of an entry.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn number<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (number, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*number)
    }

    fn name(&mut self) -> Option<Name> {
        let (name, rest) = self.0.split_at_checked(wire_length(self.0)?)?;
        self.0 = rest;
        Name::from_wire(name).ok()
    }

    fn address(&mut self) -> Option<SocketAddr> {
        let address = match self.number()? {
            [4] => IpAddr::from(self.number::<4>()?),
            [16] => IpAddr::from(self.number::<16>()?),
            _ => return None,
        };
        Some(SocketAddr::new(address, u16::from_be_bytes(self.number()?)))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use futures_util::future::BoxFuture;

    use super::*;
    use crate::dns::{ExtendedError, Info};
    use crate::dnssec::{Algorithms, Anchors, NegativeAnchors};
    use crate::recursion::delegation::NameServer;
    use crate::recursion::resolve::Ask;
    use crate::recursion::settings::{Minimisation, Settings};
    use crate::recursion::upstream::Transport;
    use crate::recursion::world::{Undelivered, World};

    const NOW: Moment = Moment(1_000_000_000);
    const SERVER: SocketAddr = SocketAddr::new(IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1)), 53);

    /// A world in which time stands still and nobody is.
    struct Still;

    impl World for Still {
        fn now(&self) -> Moment {
            NOW
        }

        fn wall(&self) -> u64 {
            1_800_000_000
        }

        fn random(&self) -> u64 {
            4
        }

        fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
            std::future::pending().boxed()
        }

        fn exchange(
            &self,
            _: SocketAddr,
            _: Transport,
            _: Vec<u8>,
        ) -> BoxFuture<'static, Result<Vec<u8>, Undelivered>> {
            std::future::ready(Err(Undelivered::Unreachable)).boxed()
        }
    }

    fn recursor() -> Recursor {
        let settings = Settings {
            hints: Vec::new(),
            fixed: Vec::new(),
            dnssec: true,
            anchors: Anchors::built_in(Algorithms::default()),
            unjudged: vec![name("corp")],
            negative: NegativeAnchors::new([]),
            minimisation: Minimisation::Relaxed,
            unreachable: vec!["10.0.0.0/8".parse().unwrap()],
            reach: Vec::new(),
            memory: 1 << 20,
            concurrent: 1,
            time_limit: Duration::from_secs(1),
            stale: Some(Duration::from_secs(3_600)),
        };
        Recursor::new(settings, Arc::new(Still))
    }

    fn name(text: &str) -> Name {
        Name::from_text(text).unwrap()
    }

    fn set(owner: &str, rtype: RecordType, data: &[&[u8]]) -> Rrset {
        let signature =
            [&rtype.0.to_be_bytes()[..], &[13, 2, 0, 0, 0, 60], &[0; 10], b"\0signature"].concat();
        Rrset::new(name(owner), rtype, 60, data.iter().copied(), [&signature[..]])
    }

    fn soa() -> Rrset {
        let data = [name("ns").as_wire(), name("who").as_wire(), &[0; 20]].concat();
        set("example", RecordType::SOA, &[&data])
    }

    fn nsec() -> Rrset {
        set("b.example", RecordType::NSEC, &[&[name("d.example").as_wire(), &[0, 1, 0x40]].concat()])
    }

    fn fact(said: Said, seconds: u32) -> Fact {
        Fact {
            said: Arc::new(said),
            rank: Rank::Answer,
            status: Status::Secure,
            zone: name("example"),
            source: Some(SERVER),
            remarks: Vec::new(),
            stored: Moment(NOW.0 - 10_000),
            expires: NOW.after_seconds(seconds),
        }
    }

    /// One entry of each kind, each with the question that it answers if it is a fact.
    fn filled() -> (Recursor, Vec<(Question, Fact)>) {
        let recursor = recursor();
        let denial = || Denial { soa: Some(soa()), proofs: vec![nsec()] };
        let address = set("Www.example", RecordType::A, &[&[192, 0, 2, 7], &[192, 0, 2, 8]]);
        let facts = [
            ("www.example", RecordType::A, Said::Data { set: address, proofs: vec![nsec()] }),
            ("www.example", RecordType::AAAA, Said::NoData(denial())),
            ("c.example", RecordType::A, Said::NameError(denial())),
        ];
        let facts: Vec<(Question, Fact)> = facts
            .into_iter()
            .map(|(owner, rtype, said)| {
                (Question { name: name(owner), rtype, class: Class::IN }, fact(said, 60))
            })
            .collect();
        let memory = &recursor.shared.memory;
        facts.iter().for_each(|(question, fact)| memory.keep_fact(question, fact, NOW));
        memory.keep_delegation(&delegation());
        let mut server = Server::default();
        server.replied(Duration::from_millis(20));
        server.refuses_edns(NOW);
        server.keep_cookie(&[7; 24]);
        server.failed(NOW, 1);
        memory.keep_server(SERVER, server);
        (recursor, facts)
    }

    fn delegation() -> Arc<Delegation> {
        let glue = vec!["192.0.2.1".parse().unwrap(), "2001:db8::1".parse().unwrap()];
        Arc::new(Delegation {
            zone: name("example"),
            parent: Name::root(),
            servers: vec![
                NameServer { name: name("ns.example"), glue },
                NameServer { name: name("ns.other"), glue: vec![] },
            ],
            signer: vec![set("example", RecordType::DS, &[&[1; 36]])],
            signer_until: NOW.after_seconds(60),
            expires: NOW.after_seconds(600),
        })
    }

    fn saved(recursor: &Recursor) -> Vec<Vec<u8>> {
        let mut entries = Vec::new();
        let keep = |entry: &[u8]| {
            entries.push(entry.to_vec());
            Ok::<_, std::convert::Infallible>(())
        };
        let count = recursor.save(keep).unwrap();
        assert_eq!(count, entries.len());
        entries
    }

    fn known(recursor: &Recursor, question: &Question) -> Fact {
        let memory = &recursor.shared.memory;
        memory.fact(&question.name, question.rtype).or_else(|| memory.name_error(&question.name)).unwrap()
    }

    #[test]
    fn what_was_saved_comes_back_as_it_was_but_proves_nothing() {
        let (before, facts) = filled();
        let entries = saved(&before);
        assert_eq!(entries.len(), 5);
        let after = recursor();
        let away = Duration::from_secs(20);
        assert!(entries.iter().all(|entry| after.take_up(entry, Some(away))));
        for (question, fact) in &facts {
            let found = known(&after, question);
            assert_eq!(found.said, fact.said, "{question}");
            assert_eq!(
                (found.status, found.rank, found.zone),
                (Status::Unchecked, Rank::Answer, name("example"))
            );
            assert_eq!((found.stored, found.expires), (Moment(NOW.0 - 30_000), NOW.after_seconds(40)));
        }
        let memory = &after.shared.memory;
        let (found, was) = (memory.delegation(&name("example"), NOW).unwrap(), delegation());
        assert_eq!((&found.parent, &found.servers, &found.signer), (&was.parent, &was.servers, &was.signer));
        assert_eq!(found.signer_until, NOW.after_seconds(40));
        assert_eq!(found.expires, NOW.after_seconds(580));
        let server = memory.server(SERVER);
        assert_eq!((server.smoothed, server.takes_edns(NOW)), (20, false));
        assert!(server.takes_edns(NOW.after_seconds(3_580)));
        assert!(server.cookie().is_empty() && !server.is_resting(NOW));
        assert!(memory.trust(&name("example"), NOW).is_none());
    }

    #[test]
    fn nothing_lives_longer_for_having_been_on_disk() {
        let (before, facts) = filled();
        let entries = saved(&before);
        let (question, _) = &facts[0];
        for (away, ends) in [
            (Some(0), NOW.0 + 60_000),
            (Some(60), NOW.0),
            (Some(3_000), NOW.0 - 2_940_000),
            // Nobody can tell how long ago: all of it has ended.
            (None, NOW.0),
        ] {
            let after = recursor();
            let away = away.map(Duration::from_secs);
            entries.iter().for_each(|entry| assert!(after.take_up(entry, away)));
            assert_eq!(known(&after, question).expires, Moment(ends), "{away:?}");
            assert_eq!(
                after.shared.memory.delegation(&name("example"), NOW).is_some(),
                away < Some(Duration::from_secs(600)) && away.is_some()
            );
        }
        // Past the bound of what has run out nothing but servers is of use.
        let after = recursor();
        let taken = |away| entries.iter().filter(|entry| after.take_up(entry, Some(away))).count();
        assert_eq!((taken(Duration::from_secs(3_661)), taken(Duration::MAX)), (2, 1));
        // Whatever an entry says, nothing is believed for more than a day.
        let mut entry = entries.iter().find(|entry| entry[0] == FACT).unwrap().clone();
        entry[11..19].copy_from_slice(&i64::MAX.to_be_bytes());
        let after = recursor();
        assert!(after.take_up(&entry, Some(Duration::ZERO)));
        let ends = after.shared.memory.lasting().find_map(|lasting| match lasting {
            Lasting::Fact(_, _, fact) => Some(fact.expires),
            _ => None,
        });
        assert_eq!(ends, Some(NOW.after_seconds(86_400)));
    }

    #[test]
    fn what_is_of_no_use_is_not_saved() {
        let recursor = recursor();
        let memory = &recursor.shared.memory;
        let question = |owner| Question { name: name(owner), rtype: RecordType::A, class: Class::IN };
        let said = |owner: &str| Said::Data { set: set(owner, RecordType::A, &[&[1; 4]]), proofs: vec![] };
        let good = fact(said("good.example"), 60);
        let bogus = Status::Bogus(ExtendedError::new(Info::DNSSEC_BOGUS, ""));
        memory.keep_fact(
            &question("bogus.example"),
            &fact(said("bogus.example"), 60).with_status(bogus),
            NOW,
        );
        let concluded = Fact { source: None, ..fact(said("concluded.example"), 60) };
        memory.keep_fact(&question("concluded.example"), &concluded, NOW);
        let over = Fact { expires: Moment(NOW.0 - 3_600_000), ..fact(said("over.example"), 0) };
        memory.keep_fact(&question("over.example"), &over, NOW);
        assert!(saved(&recursor).is_empty());
        memory.keep_fact(&question("good.example"), &good, NOW);
        assert_eq!(saved(&recursor).len(), 1);
    }

    #[test]
    fn where_nobody_judges_there_is_no_verdict_to_wait_for() {
        let before = recursor();
        let question = Question { name: name("a.corp"), rtype: RecordType::A, class: Class::IN };
        let said = Said::Data { set: set("a.corp", RecordType::A, &[&[1; 4]]), proofs: vec![] };
        before.shared.memory.keep_fact(&question, &fact(said, 60), NOW);
        let after = recursor();
        assert!(after.take_up(&saved(&before)[0], Some(Duration::ZERO)));
        assert_eq!(known(&after, &question).status, Status::Insecure(None));
    }

    #[test]
    fn no_server_comes_back_that_may_not_be_asked() {
        let before = recursor();
        let server = NameServer { name: name("ns.example"), glue: vec!["10.0.0.1".parse().unwrap()] };
        let inside = Delegation { servers: vec![server], ..(*delegation()).clone() };
        before.shared.memory.keep_delegation(&Arc::new(inside));
        let after = recursor();
        assert!(after.take_up(&saved(&before)[0], Some(Duration::ZERO)));
        let known = after.shared.memory.delegation(&name("example"), NOW).unwrap();
        assert!(known.servers[0].glue.is_empty());
    }

    /// Whatever stands in a file, it is read to its end and costs no more than itself.
    #[test]
    fn entries_that_were_tampered_with_do_no_harm() {
        let (before, _) = filled();
        let after = recursor();
        let mut taken = 0;
        for entry in saved(&before) {
            assert!(!after.take_up(&entry[..0], Some(Duration::ZERO)));
            for place in 0..entry.len() {
                after.take_up(&entry[..place], Some(Duration::ZERO));
                for octet in [0, 1, 0x0c, 0x3f, 0x7f, 0x80, 0xc0, 0xff] {
                    let mut other = entry.clone();
                    other[place] = octet;
                    taken += usize::from(after.take_up(&other, Some(Duration::from_secs(1))));
                    other.truncate(place + 3);
                    after.take_up(&other, None);
                }
            }
        }
        assert!(taken > 100, "{taken}");
        // Nor does what has been taken up when it is saved, looked at or asked for, and none of it is authentic.
        let again = recursor();
        assert!(saved(&after).iter().filter(|entry| again.take_up(entry, Some(Duration::ZERO))).count() > 3);
        for name in [name("www.example"), name("c.example"), Name::root()] {
            again.known(&name, |record| format!("{record:?}"));
            for checking_disabled in [true, false] {
                let question = Question { name: name.clone(), rtype: RecordType::A, class: Class::IN };
                let ask = Ask { checking_disabled, ..Ask::default() };
                let resolved = again.resolve(&question, ask).now_or_never().expect("nobody to wait for");
                assert!(!resolved.found.authentic, "{question}");
            }
        }
    }
}
