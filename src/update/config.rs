//! The `[update]` section: whose lists there are, where they come from and what is expected of them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::repository::Location;
use super::web::Reach;
use crate::blocklist::Format;

/// The `[update]` section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Directory for trusted metadata and the last good generations; absent to keep none over a restart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<PathBuf>,
    /// Seconds between looks at local files; 0 to look only when told to.
    pub watch: u64,
    /// Names that no list may block, beside those that the program knows: a file like `blocklists/protected.toml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protected: Option<PathBuf>,
    /// The authorities whose repositories are followed. Without any, that of the demonstration.
    pub authorities: Vec<Authority>,
    /// The lists. Without any, that of the demonstration.
    pub lists: Vec<ListSource>,
}

impl Default for Config {
    fn default() -> Self {
        let (authorities, lists) = (vec![Authority::demo()], vec![ListSource::demo()]);
        Self { state: None, watch: 2, protected: None, authorities, lists }
    }
}

/// One `[[update.authorities]]`: a repository, and the root that it is trusted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Its name here, in lists, metrics and on disk: letters, digits, `-` and `_`.
    pub name: String,
    /// `https://…`, `http://…`, a folder, or `embedded:demo`; `metadata/` and `targets/` are below it.
    pub repository: Address,
    /// The pinned TUF root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<PathBuf>,
    /// Seconds between polls, each up to a quarter sooner or later; 0 to poll only when told to.
    #[serde(default = "default_poll")]
    pub poll: u64,
    /// Authorities of the server's certificate, a PEM file, in the place of the system's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca: Option<PathBuf>,
    /// The proxy, in the place of what the environment says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
}

/// Where a repository is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Address {
    /// Inside the program.
    Embedded,
    /// A folder.
    Folder(PathBuf),
    /// The address of a server's folder.
    Web(String),
}

/// One `[[update.lists]]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Fields", into = "Fields")]
pub struct ListSource {
    /// Its name here, in policy, metrics and on disk: letters, digits, `-` and `_`.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What a new generation may change, and what becomes of an old one.
    pub terms: Terms,
}

/// Where a list comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The operator's own file, which nobody signs.
    File {
        /// The file.
        path: PathBuf,
        /// How it is written; absent to tell from the content.
        format: Option<Format>,
    },
    /// What an authority has signed.
    Target {
        /// The name of the authority.
        authority: String,
        /// The path of the list in its repository.
        path: String,
    },
}

/// What a new generation may change, and what becomes of an old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Percentage of names that a new generation may lack of the one before; a greater loss is refused.
    pub largest_loss: u8,
    /// Percentage of names that a new generation may have more than the one before; a greater gain is refused, unless
    /// it is of few names.
    pub largest_gain: u32,
    /// Whether a list that blocks what must not be blocked is refused.
    pub guard: bool,
    /// Hours before a list is out of date that an alarm is raised.
    pub warn_hours: u32,
    /// Days that a list stays in force after it is out of date.
    pub grace_days: u32,
    /// What becomes of it then.
    pub lapsed: Lapsed,
    /// Whether what its staged rules would block is counted, where this resolver is of the share that its authority
    /// asks for.
    pub shadow: bool,
}

/// What becomes of a list whose days of grace are over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lapsed {
    /// It stays in force, and the alarm with it.
    #[default]
    Keep,
    /// It blocks nothing any more, until its authority signs anew.
    Withdraw,
}

/// A list as it is written in the configuration.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    name: String,
    source: Option<PathBuf>,
    format: Option<Format>,
    authority: Option<String>,
    target: Option<String>,
    largest_loss: Option<u8>,
    largest_gain: Option<u32>,
    guard: Option<bool>,
    warn_hours: Option<u32>,
    grace_days: Option<u32>,
    lapsed: Option<Lapsed>,
    shadow: Option<bool>,
}

const EMBEDDED: &str = "embedded:demo";
/// A longer pause than this, in seconds, would be no following.
const LONGEST_POLL: u64 = 7 * 24 * 3600;
const DEMO: &str = "demo";
const DEMO_TARGET: &str = "demo/nudification.jsonl";

fn default_poll() -> u64 {
    60
}

impl Origin {
    /// The name of the authority whose list it is.
    pub(super) fn authority(&self) -> Option<&str> {
        match self {
            Self::Target { authority, .. } => Some(authority),
            Self::File { .. } => None,
        }
    }
}

impl From<String> for Address {
    fn from(text: String) -> Self {
        if text == EMBEDDED {
            return Self::Embedded;
        }
        match text.strip_prefix("file:") {
            Some(path) => Self::Folder(path.strip_prefix("//").unwrap_or(path).into()),
            None if text.starts_with("https://") || text.starts_with("http://") => Self::Web(text),
            None => Self::Folder(text.into()),
        }
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        match address {
            Address::Embedded => EMBEDDED.into(),
            Address::Folder(path) => path.to_string_lossy().into_owned(),
            Address::Web(base) => base,
        }
    }
}

impl TryFrom<Fields> for ListSource {
    type Error = String;

    fn try_from(fields: Fields) -> Result<Self, String> {
        let name = fields.name;
        let origin = match (fields.source, fields.authority, fields.target, fields.format) {
            (Some(path), None, None, format) => Origin::File { path, format },
            (None, Some(authority), Some(path), None) => Origin::Target { authority, path },
            _ => {
                return Err(format!(
                    "update.lists `{name}`: give either `source`, a file, or both `authority` and `target`; `format` \
                     belongs to `source`"
                ));
            }
        };
        let usual = Terms::of(&origin);
        let terms = Terms {
            largest_loss: fields.largest_loss.unwrap_or(usual.largest_loss),
            largest_gain: fields.largest_gain.unwrap_or(usual.largest_gain),
            guard: fields.guard.unwrap_or(usual.guard),
            warn_hours: fields.warn_hours.unwrap_or(usual.warn_hours),
            grace_days: fields.grace_days.unwrap_or(usual.grace_days),
            lapsed: fields.lapsed.unwrap_or(usual.lapsed),
            shadow: fields.shadow.unwrap_or(usual.shadow),
        };
        Ok(Self { name, origin, terms })
    }
}

impl From<ListSource> for Fields {
    fn from(list: ListSource) -> Self {
        let (source, format, authority, target) = match list.origin {
            Origin::File { path, format } => (Some(path), format, None, None),
            Origin::Target { authority, path } => (None, None, Some(authority), Some(path)),
        };
        let terms = list.terms;
        Self {
            name: list.name,
            source,
            format,
            authority,
            target,
            largest_loss: Some(terms.largest_loss),
            largest_gain: Some(terms.largest_gain),
            guard: Some(terms.guard),
            warn_hours: Some(terms.warn_hours),
            grace_days: Some(terms.grace_days),
            lapsed: Some(terms.lapsed),
            shadow: Some(terms.shadow),
        }
    }
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            largest_loss: 20,
            largest_gain: 100,
            guard: true,
            warn_hours: 6,
            grace_days: 30,
            lapsed: Lapsed::Keep,
            shadow: true,
        }
    }
}

impl Terms {
    /// The usual terms for a list of this origin.
    fn of(origin: &Origin) -> Self {
        // An operator may block in an own list whatever the operator is responsible for.
        Self { guard: matches!(origin, Origin::Target { .. }), ..Self::default() }
    }
}

impl Authority {
    /// The demonstration's.
    pub fn demo() -> Self {
        let (name, repository) = (DEMO.to_owned(), Address::Embedded);
        Self { name, repository, root: None, poll: default_poll(), ca: None, proxy: None }
    }

    /// Where its repository stands and how it is reached.
    pub(super) fn location(&self) -> Location {
        match &self.repository {
            Address::Embedded => Location::Embedded,
            Address::Folder(folder) => Location::Folder(folder.clone()),
            Address::Web(base) => {
                let base = base.trim_end_matches('/');
                let (metadata, targets) = (format!("{base}/metadata"), format!("{base}/targets"));
                Location::Web(Reach { metadata, targets, ca: self.ca.clone(), proxy: self.proxy.clone() })
            }
        }
    }

    fn check(&self) -> Result<(), String> {
        check_name(&self.name)?;
        let is_demo = self.repository == Address::Embedded;
        if is_demo != self.root.is_none() {
            let remedy = if is_demo {
                "brings its own root; remove `root`"
            } else {
                "needs `root`, the pinned root.json"
            };
            return Err(format!("{} {remedy}", String::from(self.repository.clone())));
        }
        if let Address::Folder(folder) = &self.repository
            && folder.to_string_lossy().contains(':')
        {
            let folder = folder.display();
            return Err(format!(
                "{folder} is no repository; give https://…, http://…, a folder, or `{EMBEDDED}`"
            ));
        }
        if self.poll > LONGEST_POLL {
            return Err(format!("poll {} is more than {LONGEST_POLL} seconds, a week", self.poll));
        }
        if !matches!(self.repository, Address::Web(_)) && (self.ca.is_some() || self.proxy.is_some()) {
            return Err("`ca` and `proxy` are for repositories on the web".into());
        }
        Ok(())
    }
}

impl ListSource {
    /// The demonstration's list.
    pub fn demo() -> Self {
        let origin = Origin::Target { authority: DEMO.into(), path: DEMO_TARGET.into() };
        Self { name: DEMO.into(), origin, terms: Terms::default() }
    }

    /// A list from a file, on the usual terms for one.
    pub fn file(name: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        let origin = Origin::File { path: path.into(), format: None };
        Self { name: name.into(), terms: Terms::of(&origin), origin }
    }

    fn check(&self, authorities: &[Authority]) -> Result<(), String> {
        check_name(&self.name)?;
        match &self.origin {
            Origin::File { path, .. } => {
                let path = path.to_string_lossy();
                let scheme = path.split_once(':').map(|(scheme, _)| scheme);
                if scheme.is_some_and(|scheme| ["embedded", "file", "http", "https"].contains(&scheme)) {
                    return Err(format!(
                        "source {path} is no file; lists of others come with `authority` and `target`, and \
                         [[update.authorities]] says where from"
                    ));
                }
            }
            Origin::Target { authority, .. } if !authorities.iter().any(|known| known.name == *authority) => {
                return Err(format!(
                    "no authority is called `{authority}`; authorities are named in [[update.authorities]]"
                ));
            }
            Origin::Target { .. } => {}
        }
        match self.terms.largest_loss {
            0..=100 => Ok(()),
            loss => Err(format!("largest_loss {loss} is a percentage, 0 to 100")),
        }
    }
}

fn check_name(name: &str) -> Result<(), String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match (1..=64).contains(&name.len()) && name.chars().all(allowed) {
        true => Ok(()),
        false => Err("a name is 1 to 64 letters, digits, `-` and `_`".into()),
    }
}

impl Config {
    /// Checks what types cannot; says which key to mend.
    pub fn check(&self) -> Result<(), String> {
        for (index, authority) in self.authorities.iter().enumerate() {
            let name = &authority.name;
            let twin = self.authorities[..index].iter().find(|other| other.name == *name);
            let unique = || twin.map_or(Ok(()), |_| Err("two have this name; rename one".into()));
            let checked = authority.check().and_then(|()| unique());
            checked.map_err(|wrong| format!("update.authorities `{name}`: {wrong}"))?;
        }
        for (index, list) in self.lists.iter().enumerate() {
            let name = &list.name;
            let twin = self.lists[..index].iter().find(|other| other.name == *name);
            let unique = || twin.map_or(Ok(()), |_| Err("two lists have this name; rename one".into()));
            let checked = list.check(&self.authorities).and_then(|()| unique());
            checked.map_err(|wrong| format!("update.lists `{name}`: {wrong}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_name_their_list() {
        assert_eq!(Config::default().check(), Ok(()));
        let list = |name: &str| ListSource { name: name.into(), ..ListSource::demo() };
        for (lists, message) in [
            (vec![list("a/b")], "a name is 1 to 64 letters"),
            (vec![list("")], "a name is 1 to 64 letters"),
            (vec![list("a"), list("a")], "two lists have this name"),
            (vec![ListSource::file("a", "https://a.example/l")], "is no file"),
            (vec![ListSource::file("a", "embedded:demo")], "is no file"),
            (
                vec![ListSource { terms: Terms { largest_loss: 101, ..Terms::default() }, ..list("a") }],
                "0 to 100",
            ),
            (
                vec![ListSource {
                    origin: Origin::Target { authority: "x".into(), path: "x/y".into() },
                    ..list("a")
                }],
                "no authority is called `x`",
            ),
        ] {
            let config = Config { lists, ..Config::default() };
            assert!(config.check().unwrap_err().contains(message), "{message}");
        }
    }

    #[test]
    fn mistakes_name_their_authority() {
        let authority = |repository: &str| Authority {
            repository: repository.to_owned().into(),
            root: Some("root.json".into()),
            ..Authority::demo()
        };
        for (authorities, message) in [
            (vec![Authority { name: "a/b".into(), ..Authority::demo() }], "a name is 1 to 64 letters"),
            (vec![Authority::demo(), Authority::demo()], "two have this name"),
            (vec![authority("embedded:demo")], "remove `root`"),
            (vec![Authority { root: None, ..authority("/srv/repository") }], "needs `root`"),
            (vec![authority("embedded:dmo")], "is no repository"),
            (vec![authority("ftp://a.example/")], "is no repository"),
            (vec![Authority { poll: LONGEST_POLL + 1, ..authority("/srv/repository") }], "a week"),
            (vec![Authority { ca: Some("ca.pem".into()), ..authority("/srv/repository") }], "on the web"),
        ] {
            let config = Config { authorities, lists: Vec::new(), ..Config::default() };
            assert!(config.check().unwrap_err().contains(message), "{message}");
        }
    }

    #[test]
    fn an_address_reads_as_it_is_written() {
        let address = |text: &str| Address::from(text.to_owned());
        assert_eq!(address("embedded:demo"), Address::Embedded);
        assert_eq!(address("file:/srv/lists"), Address::Folder("/srv/lists".into()));
        assert_eq!(address("file:///srv/lists"), Address::Folder("/srv/lists".into()));
        assert_eq!(String::from(address("/srv/lists")), "/srv/lists");
        assert_eq!(address("https://a.example/r"), Address::Web("https://a.example/r".into()));
    }

    #[test]
    fn a_list_comes_from_one_place() {
        for (text, sound) in [
            ("name = \"a\"\nsource = \"/l\"\nformat = \"hosts\"", true),
            ("name = \"a\"\nauthority = \"x\"\ntarget = \"x/y\"", true),
            ("name = \"a\"", false),
            ("name = \"a\"\nauthority = \"x\"", false),
            ("name = \"a\"\nsource = \"/l\"\ntarget = \"x/y\"", false),
            ("name = \"a\"\nauthority = \"x\"\ntarget = \"x/y\"\nformat = \"hosts\"", false),
        ] {
            let read = toml::from_str::<ListSource>(text);
            assert_eq!(read.is_ok(), sound, "{text}");
            if let Ok(list) = read {
                assert_eq!(toml::from_str::<ListSource>(&toml::to_string(&list).unwrap()).unwrap(), list);
            }
        }
    }
}
