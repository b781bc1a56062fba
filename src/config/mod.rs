//! The configuration file: TOML with one section a room, each owned by its room.
//!
//! This room reads the text, checks what concerns several rooms, and turns every mistake into an [`Error`] that
//! names file, line and remedy. Without a file, the defaults are the demonstration.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::answer;
use crate::ca;
use crate::page;
use crate::policy;
use crate::resolver;
use crate::server;
use crate::statistics;
use crate::transfer;
use crate::update;

/// The whole configuration.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where to listen, and the limits of connections.
    pub server: server::Config,
    /// Who may ask, and the cache.
    pub answer: answer::Config,
    /// Groups of clients and what they get.
    pub policy: policy::Config,
    /// Recursion and forwarding.
    pub resolver: resolver::Config,
    /// The lists.
    pub update: update::Config,
    /// The warning page.
    pub page: page::Config,
    /// The local certification authority.
    pub ca: ca::Config,
    /// What is told of what was blocked.
    pub statistics: statistics::Config,
}

/// Why a configuration is not taken.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that cannot be read.
    #[error("{}: {cause}; check the path and that this user may read it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// Not TOML, or not these keys and types.
    #[error("{}:{line}: {message}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// What is wrong and how to mend it.
        message: String,
    },
    /// A value that cannot be.
    #[error("{}: {message}", path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// Which key, what is wrong and how to mend it.
        message: String,
    },
}

impl Config {
    /// Reads and checks a file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = fs::read_to_string(path);
        let text = text.map_err(|cause| Error::Unreadable { path: path.to_owned(), cause })?;
        Self::parse(&text, path)
    }

    /// Reads and checks a text; `path` names it in errors.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Error> {
        let config: Self = toml::from_str(text).map_err(|error| syntax(text, path, &error))?;
        config.check().map_err(|message| Error::Value { path: path.to_owned(), message })?;
        Ok(config)
    }

    /// Checks values, each section by its room and then across rooms.
    fn check(&self) -> Result<(), String> {
        self.server.check()?;
        self.answer.check()?;
        self.update.check()?;
        self.ca.check()?;
        self.statistics.check()?;
        policy::Policy::check(&self.policy).map_err(|error| error.to_string())?;
        self.resolver.check().map_err(|error| error.to_string())?;
        let known: BTreeMap<&str, ()> =
            self.update.lists.iter().map(|list| (list.name.as_str(), ())).collect();
        for group in &self.policy.groups {
            if group.https == policy::Https::Certificate && self.ca.files().is_none() {
                return Err(format!(
                    "policy.groups `{}`: https = \"certificate\" needs an authority; name its files in [ca]",
                    group.name
                ));
            }
            if group.https == policy::Https::Certificate && self.server.page_https().is_empty() {
                return Err(format!(
                    "policy.groups `{}`: https = \"certificate\" needs addresses; have server.page listen on port 80, or \
                     name some in server.page_https",
                    group.name
                ));
            }
            for choice in group.lists.iter().flatten() {
                if !known.contains_key(choice.list.as_str()) {
                    let hint = nearest(&choice.list, known.keys().copied());
                    return Err(format!(
                        "policy.groups `{}`: no list is called `{}`{hint}; lists are named in [[update.lists]]",
                        group.name, choice.list
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Reads and checks the file of a server of zones.
pub fn read_transfers(path: &Path) -> Result<transfer::Config, Error> {
    let text = fs::read_to_string(path);
    let text = text.map_err(|cause| Error::Unreadable { path: path.to_owned(), cause })?;
    let config: transfer::Config = toml::from_str(&text).map_err(|error| syntax(&text, path, &error))?;
    config.check().map_err(|message| Error::Value { path: path.to_owned(), message })?;
    Ok(config)
}

fn syntax(text: &str, path: &Path, error: &toml::de::Error) -> Error {
    let start = error.span().map_or(0, |span| span.start).min(text.len());
    let line = 1 + text.as_bytes()[..start].iter().filter(|octet| **octet == b'\n').count();
    let message = error.message();
    Error::Syntax { path: path.to_owned(), line, message: unknown_key(message).unwrap_or(message.to_owned()) }
}

/// Turns the parser's word on an unknown key, which lists all known ones, into one on the nearest.
fn unknown_key(message: &str) -> Option<String> {
    let mut words = message.strip_prefix("unknown field ")?.split('`').skip(1).step_by(2);
    let unknown = words.next()?;
    let known: Vec<&str> = words.collect();
    let hint = nearest(unknown, known.iter().copied());
    Some(format!("unknown key `{unknown}`{hint}; known here: {}", known.join(", ")))
}

/// `, did you mean …?` where something near is known.
fn nearest<'k>(unknown: &str, known: impl Iterator<Item = &'k str>) -> String {
    let distance = |word: &&str| strsim::damerau_levenshtein(unknown, word);
    match known.min_by_key(distance).filter(|word| distance(word) <= 1 + unknown.len() / 3) {
        Some(word) => format!(", did you mean `{word}`?"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Config::parse(text, Path::new("r.toml")).unwrap_err().to_string()
    }

    #[test]
    fn the_example_of_a_server_of_zones_is_read_and_shows_the_defaults() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/transfer.toml");
        let example = read_transfers(&path).unwrap();
        let [first, second] = &example.zones[..] else { panic!("{:?}", example.zones) };
        assert!(first.repository.is_some() && second.repository.is_none());
        // Every key of a zone is in it, as it is without.
        let text = fs::read_to_string(&path).unwrap();
        let bare: transfer::Config =
            toml::from_str("[[zones]]\nname = \"a.b\"\nlist = \"l\"\nkeys = [\"k\"]").unwrap();
        for (key, value) in toml::Table::try_from(&bare.zones[0]).unwrap() {
            let said = !["name", "list", "keys"].contains(&key.as_str());
            assert!(!said || text.contains(&format!("\n{key} = {value}\n")), "{key} = {value}");
        }
        let defaults = transfer::Config::default();
        assert_eq!(transfer::Config { zones: Vec::new(), keys: Vec::new(), ..example }, defaults);
        let wrong = tempfile::NamedTempFile::new().unwrap();
        fs::write(&wrong, "listens = []\n").unwrap();
        let error = read_transfers(wrong.path()).unwrap_err().to_string();
        assert!(error.contains(":1: unknown key `listens`, did you mean `listen`?"), "{error}");
    }

    #[test]
    fn the_shipped_example_is_the_defaults() {
        let example = include_str!("../../config/rempart.toml");
        assert_eq!(Config::parse(example, Path::new("rempart.toml")).unwrap(), Config::default());
        assert_eq!(Config::parse("", Path::new("")).unwrap(), Config::default());
        // What is commented out there must be true as well.
        for line in example.lines().filter_map(|line| line.strip_prefix("# ")) {
            if line
                .split_once(" = ")
                .is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
            {
                assert!(toml::from_str::<toml::Table>(line).is_ok(), "{line}");
            }
        }
    }

    #[test]
    fn a_mistake_about_a_secret_does_not_repeat_it() {
        for digits in ["445536bcd2513298075a5d379663c96", "445536025132980"] {
            for value in [
                "[\"SECRET\"]",
                "\"SECRET\"",
                "SECRET",
                "[SECRET]",
                "[\"SECRET]",
                "[[\"SECRET\"]]",
                "[{ a = \"SECRET\" }]",
                "{ SECRET = 1 }",
                "[1, \"SECRET\"]",
            ] {
                let told = error(&format!("[answer]\ncookie_secrets = {}", value.replace("SECRET", digits)));
                assert!(told.starts_with("r.toml:2: ") && !told.contains(&digits[..6]), "{told}");
            }
        }
    }

    #[test]
    fn every_mistake_names_file_line_and_remedy() {
        for (text, message) in [
            (
                "\n[server]\nlisen = []",
                "r.toml:3: unknown key `lisen`, did you mean `listen`?; known here: listen, ",
            ),
            ("[sever]", "r.toml:1: unknown key `sever`, did you mean `server`?"),
            ("[server]\nzzzzzzzz = 1", "r.toml:2: unknown key `zzzzzzzz`; known here"),
            ("[server", "r.toml:1: "),
            ("[server]\nidle = \"x\"", "r.toml:2: invalid type"),
            ("[server]\nidle = 0", "r.toml: server.idle: 0"),
            ("[answer]\nudp_size = 100", "r.toml: answer.udp_size: 100"),
            ("[resolver]\ntime_limit = 0", "time_limit"),
            ("[statistics]\nthreshold = 3", "r.toml: statistics.threshold: 3"),
            ("[statistics]\nepsilon = 0.0", "r.toml:2: epsilon 0: write a number"),
            (
                "[policy]\ngroups = [{ name = \"a\" }, { name = \"b\" }]",
                "r.toml: policy.groups `b`: two groups have no networks",
            ),
            ("[update]\nlists = [{ name = \"\", source = \"x\" }]", "r.toml: update.lists ``"),
            (
                "[[policy.groups]]\nname = \"a\"\nlists = [{ list = \"dmo\" }]",
                "r.toml: policy.groups `a`: no list is called `dmo`, did you mean `demo`?",
            ),
        ] {
            assert!(error(text).contains(message), "{}", error(text));
        }
        assert!(
            Config::read(Path::new("/nowhere/r.toml")).unwrap_err().to_string().contains("check the path")
        );
    }
}
