//! Walks over the whole memory, for the administrator: what is known of a name, what is to be forgotten, and what may
//! outlast a restart. Each takes a lock for one entry at a time, so that nobody who resolves waits for it.

use std::net::{IpAddr, SocketAddr};

use super::{Failure, Kept, Key, Kind, Memory};
use crate::dns::{Name, Names, RecordType, wire_length};
use crate::recursion::fact::Fact;
use crate::recursion::lasting::Lasting;
use crate::recursion::trust::Trust;

/// What is remembered of one name.
#[derive(Default)]
pub(in crate::recursion) struct About {
    /// Its facts, each with the name that it is about: this one, or one above that speaks for all below it. Without a
    /// type, the fact that the name does not exist.
    pub(in crate::recursion) facts: Vec<(Name, Option<RecordType>, Fact)>,
    /// Its failures, those that are over too.
    pub(in crate::recursion) failures: Vec<(RecordType, Failure)>,
}

impl Memory {
    /// Forgets all that would answer for these names, and says how many entries that were. What is known of servers,
    /// whatever they serve, is forgotten with everything else alone.
    pub(in crate::recursion) fn forget(&self, names: &Names) -> usize {
        if *names == Names::All {
            let count = self.cache.len();
            self.cache.clear();
            return count;
        }
        let entries = self.cache.iter().filter(|(key, kept)| key.answers_for(kept, names));
        entries.filter(|(key, _)| self.cache.remove(key).is_some()).count()
    }

    /// What is remembered of a name.
    pub(in crate::recursion) fn about(&self, name: &Name) -> About {
        let mut about = About::default();
        for (key, kept) in self.cache.iter() {
            let Some(known) = key.about().filter(|known| name.is_within(known)) else { continue };
            match (key.kind, kept) {
                (Kind::Fact(rtype), Kept::Fact(fact)) if known == *name || rtype == RecordType::DNAME => {
                    about.facts.push((known, Some(rtype), fact));
                }
                (Kind::NameError, Kept::Fact(fact)) => about.facts.push((known, None, fact)),
                (Kind::Failure(rtype), Kept::Failure(failure)) if known == *name => {
                    about.failures.push((rtype, failure));
                }
                _ => {}
            }
        }
        about.facts.sort_by_key(|(known, rtype, _)| (std::cmp::Reverse(known.label_count()), *rtype));
        about.failures.sort_by_key(|(rtype, _)| *rtype);
        about
    }

    /// All that may outlast a restart, in no order.
    pub(in crate::recursion) fn lasting(&self) -> impl Iterator<Item = Lasting> + '_ {
        self.cache.iter().filter_map(|(key, kept)| match (key.kind, kept) {
            (Kind::Fact(rtype), Kept::Fact(fact)) => {
                Some(Lasting::Fact(Name::from_wire(&key.name).ok()?, rtype, fact))
            }
            (Kind::NameError, Kept::Fact(fact)) => {
                Some(Lasting::Fact(Name::from_wire(&key.name).ok()?, RecordType::A, fact))
            }
            (_, Kept::Delegation(delegation)) => Some(Lasting::Delegation(delegation)),
            (_, Kept::Server(server)) => Some(Lasting::Server(address(&key.name)?, server)),
            _ => None,
        })
    }
}

impl Key {
    /// The name that an entry is about; what is known of servers is about none.
    fn about(&self) -> Option<Name> {
        match self.kind {
            Kind::Server => None,
            // A server's address stands behind the name.
            Kind::Lame => Name::from_wire(self.name.get(..wire_length(&self.name)?)?).ok(),
            _ => Name::from_wire(&self.name).ok(),
        }
    }

    /// Whether an entry would have a say in an answer for one of these names: it is about one of them, or about a name
    /// above that speaks for those below it.
    fn answers_for(&self, kept: &Kept, names: &Names) -> bool {
        let Some(about) = self.about() else { return false };
        let top = match names {
            Names::All => return true,
            Names::One(name) | Names::Below(name) => name,
        };
        let is_wildcard = about.as_wire().starts_with(b"\x01*");
        let above = if is_wildcard { about.parent() } else { Some(about.clone()) };
        let is_above = above.is_some_and(|above| top.is_within(&above));
        names.cover(&about)
            || is_above
                && match kept {
                    Kept::Fact(fact) => {
                        is_wildcard
                            || fact.is_bogus()
                            || matches!(self.kind, Kind::NameError | Kind::Fact(RecordType::DNAME))
                    }
                    // A span of names that do not exist may hold this one.
                    Kept::Proofs(..) => true,
                    // Whatever is below a zone whose keys are not believed is not either.
                    Kept::Trust(known) => matches!(known.trust, Trust::Bogus(_)),
                    Kept::Failure(_) | Kept::Delegation(_) | Kept::Server(_) | Kept::Lame(_) => false,
                }
    }
}

/// The address that a server is remembered by.
fn address(key: &[u8]) -> Option<SocketAddr> {
    let (address, port) = key.split_last_chunk::<2>()?;
    let address = match *address {
        [a, b, c, d] => IpAddr::from([a, b, c, d]),
        _ => IpAddr::from(*address.first_chunk::<16>()?),
    };
    Some(SocketAddr::new(address, u16::from_be_bytes(*port)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dns::{Class, ExtendedError, Info, Question, Rrset};
    use crate::recursion::delegation::Delegation;
    use crate::recursion::fact::{Denial, Rank, Said, Status};
    use crate::recursion::memory::KnownTrust;
    use crate::recursion::proofs::Proofs;
    use crate::recursion::servers::Server;
    use crate::recursion::world::Moment;

    const NOW: Moment = Moment(1_000_000);
    const SERVER: SocketAddr = SocketAddr::new(IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1)), 53);

    fn name(text: &str) -> Name {
        Name::from_text(text).unwrap()
    }

    fn fact(said: Said, status: Status) -> Fact {
        Fact {
            said: Arc::new(said),
            rank: Rank::Answer,
            status,
            zone: Name::root(),
            source: Some(SERVER),
            remarks: Vec::new(),
            stored: NOW,
            expires: NOW.after_seconds(60),
        }
    }

    fn keep(memory: &Memory, owner: &str, rtype: RecordType, status: Status) {
        let set = Rrset::new(name(owner), rtype, 60, [&b"\0"[..]], []);
        let question = Question { name: name(owner), rtype, class: Class::IN };
        memory.keep_fact(&question, &fact(Said::Data { set, proofs: vec![] }, status), NOW);
    }

    fn delegation(zone: &str) -> Arc<Delegation> {
        Arc::new(Delegation {
            zone: name(zone),
            parent: Name::root(),
            servers: vec![],
            signer: vec![],
            signer_until: NOW,
            expires: NOW.after_seconds(60),
        })
    }

    /// A memory of a zone `example`, a name below it, and what is beside both.
    fn memory() -> Memory {
        let memory = Memory::new(1 << 20);
        for owner in ["example", "www.example", "a.www.example", "other.example", "*.example", "elsewhere"] {
            keep(&memory, owner, RecordType::A, Status::Secure);
        }
        keep(&memory, "example", RecordType::DNAME, Status::Secure);
        let error = ExtendedError::new(Info::DNSSEC_BOGUS, "");
        keep(&memory, "example", RecordType::DNSKEY, Status::Bogus(error.clone()));
        let missing = Question { name: name("example"), rtype: RecordType::A, class: Class::IN };
        memory.keep_fact(&missing, &fact(Said::NameError(Denial::default()), Status::Secure), NOW);
        for zone in ["example", "www.example", "other.example"] {
            memory.keep_delegation(&delegation(zone));
            memory.keep_lame(SERVER, &name(zone), NOW.after_seconds(60));
            memory.keep_proofs(&name(zone), Proofs::default());
            let trust =
                KnownTrust { trust: Trust::Bogus(error.clone()), since: NOW, until: NOW.after_seconds(60) };
            memory.keep_trust(&name(zone), trust);
        }
        let failed = Question { name: name("www.example"), rtype: RecordType::MX, class: Class::IN };
        memory.keep_failure(&failed, Failure { error, seconds: 5, until: NOW.after_seconds(5) });
        memory.keep_server(SERVER, Server::default());
        memory
    }

    /// What is left, in words.
    fn left(memory: &Memory) -> Vec<String> {
        let word = |(key, _): (Key, Kept)| match (key.about(), key.kind) {
            (Some(about), Kind::Fact(rtype)) => format!("{about} {rtype}"),
            (Some(about), kind) => format!("{about} {kind:?}"),
            (None, kind) => format!("{kind:?}"),
        };
        let mut left: Vec<String> = memory.cache.iter().map(word).collect();
        left.sort();
        left
    }

    #[test]
    fn what_answers_for_a_name_goes_and_all_else_stays() {
        let memory = memory();
        // Its address, failure, delegation, trust, proofs and lame server; above it a wildcard, an alias for all
        // below, keys that are not believed (twice), a denial, and spans.
        assert_eq!(memory.forget(&Names::One(name("WWW.example"))), 12);
        let expected = [
            "Server",
            "a.www.example. A",
            "elsewhere. A",
            "example. A",
            "example. Delegation",
            "example. Lame",
            "other.example. A",
            "other.example. Delegation",
            "other.example. Lame",
            "other.example. Proofs",
            "other.example. Trust",
        ];
        assert_eq!(left(&memory), expected);
    }

    #[test]
    fn a_zone_goes_with_all_below_it_and_everything_with_its_servers() {
        let memory = memory();
        memory.forget(&Names::Below(name("example")));
        assert_eq!(left(&memory), ["Server", "elsewhere. A"]);
        assert_eq!(memory.forget(&Names::All), 2);
        assert!(left(&memory).is_empty());
        assert_eq!(memory.forget(&Names::All), 0);
    }

    #[test]
    fn what_is_known_of_a_name_is_found_with_what_speaks_for_it() {
        let about = memory().about(&name("www.Example"));
        let facts: Vec<String> =
            about.facts.iter().map(|(owner, rtype, _)| format!("{owner} {rtype:?}")).collect();
        let expected = ["www.example. Some(A)", "example. None", "example. Some(DNAME)"];
        assert_eq!(facts, expected);
        assert_eq!(about.failures.len(), 1);
    }

    #[test]
    fn servers_are_found_again_by_their_address() {
        for text in ["192.0.2.1:53", "[2001:db8::1]:5353"] {
            let server: SocketAddr = text.parse().unwrap();
            assert_eq!(address(&crate::recursion::memory::server_key(server)), Some(server));
        }
        assert_eq!(address(b"short"), None);
    }
}
