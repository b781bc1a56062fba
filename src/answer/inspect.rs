//! What an administrator may ask of the cache: which answers it has for a name, and to forget them.

use serde::{Deserialize, Serialize};

use super::engine::Engine;
use super::entry::{Entry, place};
use crate::dns::{Name, Names};

/// An answer in the cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CachedAnswer {
    /// The type that was asked for.
    pub rtype: String,
    /// The number of the response code.
    pub rcode: u16,
    /// Records in the answer section.
    pub records: u16,
    /// The names that the answer leads to.
    pub leads_to: Vec<String>,
    /// Seconds for which it holds.
    pub seconds: u32,
    /// Whether all of it was validated.
    pub authentic: bool,
    /// Whether it is for clients that ask for signatures (DO).
    pub dnssec_ok: bool,
    /// Whether it is for clients that validate for themselves (CD).
    pub checking_disabled: bool,
    /// Whether its IPv6 addresses were made for a NAT64.
    pub made: bool,
    /// Its extended errors.
    pub errors: Vec<String>,
}

impl Engine {
    /// The answers in the cache for a name, at `now` in monotonic seconds.
    pub fn cached(&self, name: &Name, now: u32) -> Vec<CachedAnswer> {
        let wire = name.canonical();
        let place = place(&self.policy().suffixes(wire.as_wire()));
        let mut found = Vec::new();
        self.cache.visit(place, |entry| {
            if entry.name() == wire.as_wire() && now < entry.expires {
                found.push(CachedAnswer::of(entry, now));
            }
        });
        found.sort_by(|a, b| (&a.rtype, a.dnssec_ok).cmp(&(&b.rtype, b.dnssec_ok)));
        found
    }

    /// Forgets the answers for these names and those that lead to one of them, and says how many those were.
    pub fn forget(&self, names: &Names) -> usize {
        self.cache.forget(|entry| {
            names.cover_wire(entry.name()) || entry.chain().any(|name| names.cover_wire(name))
        })
    }
}

impl CachedAnswer {
    fn of(entry: Entry<'_>, now: u32) -> Self {
        let names = entry.chain().filter_map(|wire| Name::from_wire(wire).ok());
        let flavour = entry.flavour();
        Self {
            rtype: flavour.rtype.to_string(),
            rcode: entry.rcode.0,
            records: entry.counts[0],
            leads_to: names.map(|name| name.to_string()).collect(),
            seconds: entry.expires.saturating_sub(now),
            authentic: entry.authentic,
            dnssec_ok: flavour.dnssec_ok,
            checking_disabled: flavour.checking_disabled,
            made: flavour.made_with.is_some(),
            errors: entry.errors().iter().map(ToString::to_string).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Answer, Client, Config, Now};
    use crate::blocklist::Key;
    use crate::dns::{ExtendedError, Found, Info, Rcode, Record, RecordType};
    use crate::metrics::Transport;
    use crate::policy::{self, Policy};

    fn name(text: &str) -> Name {
        Name::from_text(text).unwrap()
    }

    /// An engine that has answered a question for each of these names, each leading to another one.
    fn engine(names: &[(&str, &str)]) -> Engine {
        let policy = Policy::new(&policy::Config::default(), Key::new([3; 16]), vec![], &[], 1).unwrap();
        let engine = Engine::new(Config { cache: 1, ..Config::default() }, policy);
        for (asked, target) in names {
            let head = b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0";
            let packet = [&head[..], name(asked).as_wire(), b"\0\x01\0\x01"].concat();
            let client = Client { address: [127, 0, 0, 1].into(), transport: Transport::Udp };
            let now = Now { monotonic: 1, wall: "2026-06-01T12:00:00Z".parse().unwrap() };
            let reply = &mut [0; 512];
            let Answer::Miss(miss) = engine.answer(&engine.policy(), &packet, client, now, reply) else {
                panic!("{asked} is answered already");
            };
            let data = name(target).as_wire().into();
            let alias = Record { owner: name(asked), rtype: RecordType::CNAME, ttl: 60, data };
            let data = [192, 0, 2, 1].into();
            let address = Record { owner: name(target), rtype: RecordType::A, ttl: 60, data };
            let found = Found {
                rcode: Rcode::NOERROR,
                authentic: true,
                answer: vec![alias, address],
                authority: vec![],
                errors: vec![ExtendedError::new(Info::OTHER, "so it is")],
            };
            engine.finish(&miss, &found, now, reply);
        }
        engine
    }

    #[test]
    fn answers_are_shown_until_they_have_ended() {
        let engine = engine(&[("www.example", "cdn.test"), ("other.example", "cdn.test")]);
        let expected = CachedAnswer {
            rtype: "A".into(),
            rcode: 0,
            records: 2,
            leads_to: vec!["cdn.test.".into()],
            seconds: 50,
            authentic: true,
            dnssec_ok: false,
            checking_disabled: false,
            made: false,
            errors: vec!["so it is (extended error 0)".into()],
        };
        assert_eq!(engine.cached(&name("WWW.example"), 11), [expected]);
        assert!(engine.cached(&name("www.example"), 61).is_empty());
        assert!(engine.cached(&name("cdn.test"), 11).is_empty());
    }

    #[test]
    fn what_leads_to_a_forgotten_name_is_forgotten_too() {
        let names = [("www.example", "a.cdn.test"), ("mail.example", "b.cdn.test"), ("a.cdn.test", "c.net")];
        for (forgotten, count, left) in [
            (Names::One(name("a.cdn.test")), 2, 1),
            (Names::One(name("example")), 0, 3),
            (Names::Below(name("example")), 2, 1),
            (Names::Below(name("cdn.test")), 3, 0),
            (Names::All, 3, 0),
        ] {
            let engine = engine(&names);
            assert_eq!(engine.forget(&forgotten), count, "{forgotten:?}");
            assert_eq!(engine.cache_size().entries, left, "{forgotten:?}");
        }
    }
}
