//! What one file says, whoever made it.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use crate::authority::report::Age;
use crate::authority::words::{names, plain};
use crate::authority::{Error, ListReport, Summary, files};
use crate::trust::{self, Document, Holder, ROOT, Root, TOP_LEVEL_ROLES};

/// A root, targets metadata or a list, as it describes itself.
#[derive(Serialize)]
#[serde(transparent)]
pub struct Shown(Content);

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Content {
    Root {
        #[serde(flatten)]
        age: Age,
        roles: BTreeMap<String, Role>,
    },
    Targets {
        #[serde(flatten)]
        age: Age,
        signatures: usize,
        /// Lengths by target path.
        targets: BTreeMap<String, u64>,
    },
    List(Box<ListReport>),
}

#[derive(Serialize)]
struct Role {
    threshold: u64,
    holders: Vec<Holder>,
}

impl Shown {
    /// Reads a file and tells which of the three it is.
    pub fn read(path: &Path, now: Timestamp) -> Result<Self, Error> {
        let octets = files::read(path)?;
        let content = match Document::parse(&octets) {
            Ok(document) if document.role() == Some(ROOT) => root(&octets, now),
            Ok(document) => targets(&document, now),
            Err(_) => Ok(Content::List(Box::new(ListReport::new(&Summary::read(path, &octets)?, now)))),
        };
        content.map(Self).map_err(Error::trust(path))
    }
}

fn root(octets: &[u8], now: Timestamp) -> Result<Content, trust::Error> {
    let root = Root::pinned(octets)?;
    let mut roles = BTreeMap::new();
    for name in TOP_LEVEL_ROLES {
        let (threshold, holders) = root.holders(name)?;
        roles.insert(name.to_owned(), Role { threshold, holders });
    }
    Ok(Content::Root { age: Age::of_root(&root, now), roles })
}

fn targets(document: &Document, now: Timestamp) -> Result<Content, trust::Error> {
    let claims = document.claims()?;
    Ok(Content::Targets {
        age: Age::of_claims(&claims, now),
        signatures: document.signature_count(),
        targets: claims.targets().map(|(name, length)| (name.to_owned(), length.length())).collect(),
    })
}

impl Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Root { age, roles } => {
                writeln!(f, "Root, version {age}.")?;
                for (name, role) in roles {
                    writeln!(f, "  {name}: {} of {}", role.threshold, names(&role.holders))?;
                }
                write!(
                    f,
                    "Its own keys signed it. Whether they are the right keys, its source alone can tell."
                )
            }
            Content::Targets { age, signatures, targets } => {
                writeln!(f, "Targets metadata, version {age}.")?;
                for (name, length) in targets {
                    writeln!(f, "  {}, {length} octets", plain(name))?;
                }
                write!(f, "{signatures} signatures, not checked here; `verify` does.")
            }
            Content::List(list) => list.fmt(f),
        }
    }
}
