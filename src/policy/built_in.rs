//! Lists that the program brings along, for groups that ask for them: names that programs ask for to learn whether a
//! network wants its own resolver used, and search services that have a safe host name.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::config::{Config, Group, ListChoice};
use crate::blocklist::{Details, Effect, Key, List, ListBuilder, Rule, Scope, Trigger, normalise};
use crate::dns::{Info, Name, Record, RecordType};

/// What names of these lists begin with; no other list's name holds a slash.
const PREFIX: &str = "built-in/";

/// Names whose absence says that a network wants its own resolver used: those of Firefox and of iCloud Private Relay.
const CANARIES: [&str; 3] = ["use-application-dns.net", "mask.icloud.com", "mask-h2.icloud.com"];

/// A search service that has a safe host name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SafeSearch {
    /// Google, in all countries.
    Google,
    /// Bing.
    Bing,
    /// DuckDuckGo.
    Duckduckgo,
    /// YouTube, in its strict mode.
    Youtube,
    /// YouTube, in its moderate mode.
    YoutubeModerate,
    /// Pixabay.
    Pixabay,
}

/// A list that the program brings along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum BuiltIn {
    Canaries,
    SafeSearch(SafeSearch),
}

/// One service in `blocklists/safe_search.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Service {
    target: String,
    #[serde(default)]
    prefix: String,
    names: String,
}

impl Config {
    /// The lists that the groups ask for and the program brings along. `slot` gives the number by which a list is
    /// counted.
    pub fn built_in_lists(&self, key: &Key, slot: impl Fn(&str) -> u16) -> io::Result<Vec<Arc<List>>> {
        let mut wanted: Vec<BuiltIn> = self.groups.iter().flat_map(BuiltIn::of).collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted.into_iter().map(|wanted| Ok(Arc::new(wanted.list(key, &slot)?))).collect()
    }
}

impl BuiltIn {
    /// Those that a group asks for.
    pub(super) fn of(group: &Group) -> impl Iterator<Item = Self> {
        let canaries = group.canaries.then_some(Self::Canaries);
        canaries.into_iter().chain(group.safe_search.iter().copied().map(Self::SafeSearch))
    }

    /// How a group subscribes to it. Filtered, since it is the network of the client that asks for it (RFC 8914 §4.18).
    pub(super) fn choice(self) -> ListChoice {
        ListChoice { list: self.name(), action: None, extended_error: Some(Info::FILTERED.0) }
    }

    /// What is counted says nothing of single services.
    fn counted_as(self) -> &'static str {
        match self {
            Self::Canaries => "built-in/canaries",
            Self::SafeSearch(_) => "built-in/safe-search",
        }
    }

    fn name(self) -> String {
        let name = match self {
            Self::Canaries => "canaries",
            Self::SafeSearch(SafeSearch::Google) => "google",
            Self::SafeSearch(SafeSearch::Bing) => "bing",
            Self::SafeSearch(SafeSearch::Duckduckgo) => "duckduckgo",
            Self::SafeSearch(SafeSearch::Youtube) => "youtube",
            Self::SafeSearch(SafeSearch::YoutubeModerate) => "youtube-moderate",
            Self::SafeSearch(SafeSearch::Pixabay) => "pixabay",
        };
        format!("{PREFIX}{name}")
    }

    fn list(self, key: &Key, slot: impl Fn(&str) -> u16) -> io::Result<List> {
        let mut builder = ListBuilder::new(*key, Timestamp::MIN, Vec::new());
        for (line, (name, effect)) in (1..).zip(self.rules()?) {
            let scope = if self == Self::Canaries { Scope::Domain } else { Scope::Host };
            builder.push(Rule {
                line,
                trigger: Trigger::Name(name, scope),
                effect,
                details: Details::default(),
            })?;
        }
        let mut list = builder.finish(self.name(), None, Ok)?;
        list.slot = slot(self.counted_as());
        Ok(list)
    }

    fn rules(self) -> io::Result<Vec<(Name, Effect)>> {
        let read =
            |name: &str| normalise(name).map_err(|reason| io::Error::other(format!("{name}: {reason}")));
        if self == Self::Canaries {
            return CANARIES.iter().map(|name| Ok((read(name)?, Effect::Nxdomain))).collect();
        }
        let services: BTreeMap<String, Service> =
            toml::from_str(include_str!("../../blocklists/safe_search.toml")).map_err(io::Error::other)?;
        let name = self.name();
        let service = name.strip_prefix(PREFIX).and_then(|name| services.get(name));
        let Service { target, prefix, names } =
            service.ok_or_else(|| io::Error::other(format!("{name}: no names")))?;
        let data: Box<[u8]> = read(target)?.as_wire().into();
        let names = names.split_whitespace().map(|name| read(&format!("{prefix}{name}")));
        let rule = |owner: Name| {
            let record =
                Record { owner: owner.clone(), rtype: RecordType::CNAME, ttl: TTL, data: data.clone() };
            (owner, Effect::Local(vec![record]))
        };
        names.map(|name| Ok(rule(name?))).collect()
    }
}

/// TTL of the aliases, in seconds.
const TTL: u32 = 300;

/// What clients are told of what these lists do.
pub(super) const REASON: &str = "Chosen by this network for its clients";

/// Whether a list is one that the program brings along: nobody gets it who did not ask for it.
pub(super) fn is_built_in(list: &List) -> bool {
    list.name.starts_with(PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Policy, Remedy, Subject, Verdict};

    const ALL: &str = "canaries = true\nsafe_search = ['google', 'bing', 'duckduckgo', 'youtube', 'pixabay']";

    fn policy(group: &str) -> Policy {
        let config = format!(
            "[[groups]]\nname = 'pupils'\nnetworks = ['10.0.0.0/8']\n{group}\n[[groups]]\nname = 'all'"
        );
        let config: Config = toml::from_str(&config).unwrap();
        let key = Key::new([3; 16]);
        let lists = config.built_in_lists(&key, |_| 0).unwrap();
        Policy::new(&config, key, lists, &[], 1).unwrap()
    }

    /// To which name one is sent; `""` where there is no such name.
    fn sent_to(policy: &Policy, client: &str, name: &str) -> Option<String> {
        let group = policy.group(client.parse().unwrap());
        let suffixes = policy.suffixes(Name::from_text(name).unwrap().as_wire());
        match policy.decide(group, Subject::Name(&suffixes), Timestamp::UNIX_EPOCH) {
            Verdict::Block(block) => {
                assert_eq!(block.errors[0].info, Info::FILTERED);
                match block.remedy {
                    Remedy::Nxdomain => Some(String::new()),
                    Remedy::Local(records) => Some(records[0].alias().unwrap().to_string()),
                    other => panic!("{other:?}"),
                }
            }
            _ => None,
        }
    }

    #[test]
    fn a_group_gets_what_it_asks_for_and_others_nothing() {
        let policy = policy(ALL);
        for (name, target) in [
            ("use-application-dns.net", ""),
            ("mask.icloud.com", ""),
            ("mask-h2.icloud.com", ""),
            ("www.google.com", "forcesafesearch.google.com."),
            ("www.google.co.uk", "forcesafesearch.google.com."),
            ("www.bing.com", "strict.bing.com."),
            ("duckduckgo.com", "safe.duckduckgo.com."),
            ("m.youtube.com", "restrict.youtube.com."),
            ("pixabay.com", "safesearch.pixabay.com."),
        ] {
            assert_eq!(sent_to(&policy, "10.0.0.1", name).as_deref(), Some(target), "{name}");
            assert_eq!(sent_to(&policy, "192.0.2.1", name), None, "{name}");
        }
        for name in ["mail.google.com", "forcesafesearch.google.com", "icloud.com", "restrict.youtube.com"] {
            assert_eq!(sent_to(&policy, "10.0.0.1", name), None, "{name}");
        }
    }

    #[test]
    fn each_service_is_asked_for_apart() {
        let policy = policy("safe_search = ['youtube-moderate']");
        assert_eq!(sent_to(&policy, "10.0.0.1", "www.youtube.com").unwrap(), "restrictmoderate.youtube.com.");
        assert_eq!(sent_to(&policy, "10.0.0.1", "www.google.com"), None);
        assert_eq!(sent_to(&policy, "10.0.0.1", "mask.icloud.com"), None);
        let config = |services: &str| {
            toml::from_str::<Config>(&format!("[[groups]]\nname = 'a'\nsafe_search = [{services}]"))
        };
        assert!(config("'yahoo'").is_err());
        let both = Policy::check(&config("'youtube', 'youtube-moderate'").unwrap()).unwrap_err().to_string();
        assert!(both.contains("two modes of YouTube"), "{both}");
    }
}
