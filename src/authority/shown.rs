//! What one file says, whoever made it.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use crate::authority::list::{Summary, plain as text_of};
use crate::authority::proposal::Keys;
use crate::authority::report::ListReport;
use crate::authority::verify::Age;
use crate::authority::words::{names, plain};
use crate::authority::{Error, PublicKey, Signatures, files};
use crate::trust::{self, Document, ROOT, Root, TARGETS, TOP_LEVEL_ROLES, sha256};

/// Metadata, a list, a key or signatures, as each describes itself.
#[derive(Serialize)]
#[serde(transparent)]
pub struct Shown(Content);

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Content {
    Root {
        #[serde(flatten)]
        age: Age,
        roles: BTreeMap<String, Keys>,
    },
    Targets {
        #[serde(flatten)]
        age: Age,
        signatures: usize,
        /// Lengths by target path.
        targets: BTreeMap<String, u64>,
        roles: BTreeMap<String, Keys>,
    },
    Other {
        #[serde(flatten)]
        age: Age,
        role: String,
        /// Versions by file.
        files: BTreeMap<String, u64>,
    },
    /// A public key.
    Key {
        holder: String,
        id: String,
    },
    /// A private key, of which nothing is told.
    PrivateKey,
    /// What came back from a holder's turn elsewhere.
    Signatures(Signatures),
    List(Box<ListReport>),
}

impl Shown {
    /// Reads a file and tells which of them it is.
    pub fn read(path: &Path, now: Timestamp) -> Result<Self, Error> {
        let octets = files::read(path)?;
        let content = match Document::parse(&octets) {
            Ok(document) => content(&document, now).map_err(Error::trust(path))?,
            Err(_) if octets.starts_with(b"-----BEGIN ") => Content::PrivateKey,
            Err(_) => match (PublicKey::parse(&octets), serde_json::from_slice(&octets)) {
                (Ok(key), _) => Content::Key { holder: key.holder().to_owned(), id: key.id().to_owned() },
                (_, Ok(signatures)) => Content::Signatures(signatures),
                _ => {
                    let measure = (octets.len() as u64, sha256(&octets));
                    let summary = Summary::read(path, &text_of(path, octets)?, true, now)?;
                    Content::List(Box::new(ListReport::new(&summary, measure, now)))
                }
            },
        };
        Ok(Self(content))
    }
}

fn content(document: &Document, now: Timestamp) -> Result<Content, trust::Error> {
    let age = Age::of(document, now);
    match document.role() {
        Some(ROOT) => {
            let root = Root::pinned(&document.compose()?)?;
            let roles = TOP_LEVEL_ROLES.map(|role| Ok((role.to_owned(), Keys::of_root(&root, role)?)));
            Ok(Content::Root { age, roles: roles.into_iter().collect::<Result<_, trust::Error>>()? })
        }
        Some(TARGETS) => {
            let claims = document.claims()?;
            let roles = claims.delegates().map(|it| (it.name.to_owned(), it.into())).collect();
            let targets = claims.targets().map(|(path, target)| (path.to_owned(), target.length())).collect();
            Ok(Content::Targets { age, signatures: document.signature_count(), targets, roles })
        }
        role => {
            let meta = document.signed()["meta"].as_object().into_iter().flatten();
            let files =
                meta.map(|(file, meta)| (file.clone(), meta["version"].as_u64().unwrap_or(0))).collect();
            Ok(Content::Other { age, role: role.unwrap_or("untyped").to_owned(), files })
        }
    }
}

impl Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = |f: &mut fmt::Formatter<'_>, roles: &BTreeMap<String, Keys>| {
            roles.iter().try_for_each(|(name, Keys { threshold, holders, paths })| {
                let paths: Vec<String> = paths.iter().map(|path| plain(path)).collect();
                let paths =
                    if paths.is_empty() { String::new() } else { format!(", for {}", paths.join(", ")) };
                writeln!(f, "  {}: {threshold} of {}{paths}", plain(name), names(holders))
            })
        };
        match &self.0 {
            Content::Root { age, roles } => {
                writeln!(f, "Root, version {age}.")?;
                keys(f, roles)?;
                write!(
                    f,
                    "Its own keys signed it. Whether they are the right keys, its source alone can tell."
                )
            }
            Content::Targets { age, signatures, targets, roles } => {
                writeln!(f, "Targets metadata, version {age}.")?;
                keys(f, roles)?;
                for (name, length) in targets {
                    writeln!(f, "  {}, {length} octets", plain(name))?;
                }
                write!(f, "{signatures} signatures, not checked here; `verify` does.")
            }
            Content::Other { age, role, files } => {
                writeln!(f, "The {}, version {age}.", plain(role))?;
                for (file, version) in files {
                    writeln!(f, "  {}, version {version}", plain(file))?;
                }
                write!(f, "Its signatures are not checked here; `verify` does.")
            }
            Content::Key { holder, id } => {
                write!(
                    f,
                    "The public key of {}.\n  id {id}\nWhose it is, its holder alone can tell.",
                    plain(holder)
                )
            }
            Content::PrivateKey => {
                write!(f, "A private key, which is never shown. Keep it where it is safe.")
            }
            Content::Signatures(signatures) => {
                writeln!(f, "Signatures that were made elsewhere.")?;
                for (role, version, key_id) in signatures.each() {
                    writeln!(f, "  {}, version {version}, by the key {}", plain(role), plain(key_id))?;
                }
                write!(f, "They are checked by `import`.")
            }
            Content::List(list) => list.fmt(f),
        }
    }
}
