//! The `[update]` section: which lists there are, where they come from and what is expected of them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::blocklist::{Format, Limits};

/// The `[update]` section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Directory for the last good generations; absent to keep none over a restart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<PathBuf>,
    /// Seconds between looks at the files; 0 to look only when told to.
    pub poll: u64,
    /// The lists. Without any, the demonstration list that the program carries.
    pub lists: Vec<ListSource>,
}

impl Default for Config {
    fn default() -> Self {
        Self { state: None, poll: 2, lists: vec![ListSource::demo()] }
    }
}

/// One `[[update.lists]]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListSource {
    /// Its name here, in policy, metrics and on disk: letters, digits, `-` and `_`.
    pub name: String,
    /// A file, or `embedded:demo`.
    pub source: Source,
    /// How it is written; absent to tell from the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// The pinned TUF root; with it, only what is signed under it is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<PathBuf>,
    /// The signed metadata that vouches for the list; absent for `targets.json` beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targets: Option<PathBuf>,
    /// Percentage of rules that a new generation may lack of the one before; a greater loss is refused.
    #[serde(default = "default_largest_loss")]
    pub largest_loss: u8,
    /// Percentage of rules that a new generation may have more than the one before; a greater gain is refused where
    /// it is one of more than a thousand names.
    #[serde(default = "default_largest_gain")]
    pub largest_gain: u32,
}

/// Where a list comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Source {
    /// The demonstration list inside the program.
    Embedded,
    /// A file.
    File(PathBuf),
}

const EMBEDDED: &str = "embedded:demo";

impl From<String> for Source {
    fn from(text: String) -> Self {
        if text == EMBEDDED { Self::Embedded } else { Self::File(text.into()) }
    }
}

impl From<Source> for String {
    fn from(source: Source) -> Self {
        match source {
            Source::Embedded => EMBEDDED.into(),
            Source::File(path) => path.to_string_lossy().into_owned(),
        }
    }
}

fn default_largest_loss() -> u8 {
    20
}

fn default_largest_gain() -> u32 {
    100
}

impl ListSource {
    /// The demonstration list.
    pub fn demo() -> Self {
        Self {
            name: "demo".into(),
            source: Source::Embedded,
            format: None,
            root: None,
            targets: None,
            largest_loss: default_largest_loss(),
            largest_gain: default_largest_gain(),
        }
    }

    /// How much one generation may change the list.
    pub(super) fn limits(&self) -> Limits {
        Limits { largest_loss: self.largest_loss, largest_gain: self.largest_gain }
    }

    fn check(&self) -> Result<(), String> {
        let name = &self.name;
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || name.len() > 64 || !name.chars().all(allowed) {
            return Err(format!("update.lists `{name}`: a name is 1 to 64 letters, digits, `-` and `_`"));
        }
        if let Source::File(path) = &self.source
            && let Some(scheme) = path.to_string_lossy().split_once(':').map(|(scheme, _)| scheme.to_owned())
            && ["embedded", "file", "http", "https"].contains(&scheme.as_str())
        {
            let path = path.display();
            return Err(format!(
                "update.lists `{name}`: source {path} is no file; give a path, or `{EMBEDDED}`"
            ));
        }
        if self.largest_loss > 100 {
            let loss = self.largest_loss;
            return Err(format!("update.lists `{name}`: largest_loss {loss} is a percentage, 0 to 100"));
        }
        if self.targets.is_some() && self.root.is_none() {
            return Err(format!(
                "update.lists `{name}`: targets without root; add `root`, the pinned root.json, or remove it"
            ));
        }
        if self.source == Source::Embedded && (self.root.is_some() || self.format.is_some()) {
            return Err(format!(
                "update.lists `{name}`: {EMBEDDED} brings its own root and format; remove `root` and `format`"
            ));
        }
        Ok(())
    }
}

impl Config {
    /// Checks what types cannot; says which key to mend.
    pub fn check(&self) -> Result<(), String> {
        for (index, list) in self.lists.iter().enumerate() {
            list.check()?;
            if self.lists[..index].iter().any(|other| other.name == list.name) {
                return Err(format!("update.lists `{}`: two lists have this name; rename one", list.name));
            }
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
            (
                vec![ListSource { source: Source::from("https://a.example/l".to_owned()), ..list("a") }],
                "is no file",
            ),
            (vec![ListSource { source: Source::from("embedded:dmo".to_owned()), ..list("a") }], "is no file"),
            (vec![ListSource { largest_loss: 101, ..list("a") }], "0 to 100"),
            (vec![ListSource { targets: Some("t".into()), ..list("a") }], "targets without root"),
            (vec![ListSource { root: Some("r".into()), ..list("a") }], "brings its own root"),
        ] {
            let config = Config { lists, ..Config::default() };
            assert!(config.check().unwrap_err().contains(message));
        }
    }

    #[test]
    fn a_source_reads_as_it_is_written() {
        let source = |text: &str| Source::from(text.to_owned());
        assert_eq!(source("embedded:demo"), Source::Embedded);
        assert_eq!(String::from(source("/var/lists/a.txt")), "/var/lists/a.txt");
    }
}
