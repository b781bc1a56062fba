//! What a person is about to sign: shown before every signature, whoever asks for it and on whatever machine.
//!
//! Nobody signs unseen. The files that the metadata speaks of must be at hand and agree with it, each list with
//! what is said of it, and each delta must lead from the published list to the new one. Nothing shrinks: a serial
//! that does not grow is refused before it is signed, because every resolver would take it for an attack.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::authority::desk::Desk;
use crate::authority::list::{Changes, MOST_NAMES, Summary, plain};
use crate::authority::report::ListReport;
use crate::authority::{Error, metadata};
use crate::blocklist;
use crate::trust::{Claims, Delegate, Document, Holder, ROOT, Root, TARGETS, TOP_LEVEL_ROLES, Target};

/// What a person is about to sign.
#[derive(Debug, Serialize)]
pub struct Proposal {
    pub(super) documents: Vec<Described>,
}

/// New metadata of one role.
#[derive(Debug, Serialize)]
pub(super) struct Described {
    pub(super) role: String,
    pub(super) version: u64,
    pub(super) expires: Timestamp,
    /// Who has signed it already.
    pub(super) signed: Vec<Holder>,
    /// Who signs for a role, where that is new; the role's threshold and holders.
    pub(super) holders: BTreeMap<String, Keys>,
    /// Roles to which nothing is left any more.
    pub(super) withdrawn_roles: Vec<String>,
    pub(super) lists: Vec<DescribedList>,
    /// Deltas that are new.
    pub(super) deltas: Vec<String>,
    /// Files of no kind that we know, with their digests.
    pub(super) others: BTreeMap<String, String>,
    /// Lists that are published now and will be no more.
    pub(super) withdrawn: Vec<String>,
    /// How many files stay as they are.
    pub(super) unchanged: usize,
}

/// Who signs for a role, and for what.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Keys {
    pub(super) threshold: u64,
    pub(super) holders: Vec<Holder>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) paths: Vec<String>,
}

/// A list that is new.
#[derive(Debug, Serialize)]
pub(super) struct DescribedList {
    pub(super) path: String,
    #[serde(flatten)]
    pub(super) list: ListReport,
    /// What changes against the published list of this path.
    pub(super) changes: Option<Changes>,
}

impl Proposal {
    /// Looks at metadata that is on its way, and refuses what must not be signed.
    pub(super) fn of(desk: &Desk, roles: &[String], now: Timestamp) -> Result<Self, Error> {
        let mut documents = Vec::new();
        for role in roles {
            if let Some(document) = desk.staged.get(role) {
                documents.push(describe(desk, role, document, now)?);
            }
        }
        Ok(Self { documents })
    }

    /// How many names will be listed by what is signed.
    pub fn names(&self) -> u64 {
        self.lists().map(|list| list.list.rules).sum()
    }

    pub(super) fn lists(&self) -> impl Iterator<Item = &DescribedList> {
        self.documents.iter().flat_map(|document| &document.lists)
    }
}

fn describe(desk: &Desk, role: &str, document: &Document, now: Timestamp) -> Result<Described, Error> {
    let expires = metadata::expires(document);
    if expires <= now {
        return Err(Error::Expiry { what: format!("the {role} metadata"), expires });
    }
    let mut signed: Vec<Holder> = Vec::new();
    for holder in desk.tallies(role, document)?.into_iter().flat_map(|tally| tally.signed) {
        if !signed.contains(&holder) {
            signed.push(holder);
        }
    }
    let mut described = Described {
        role: role.to_owned(),
        version: metadata::version(document),
        expires,
        signed,
        holders: BTreeMap::new(),
        withdrawn_roles: Vec::new(),
        lists: Vec::new(),
        deltas: Vec::new(),
        others: BTreeMap::new(),
        withdrawn: Vec::new(),
        unchanged: 0,
    };
    if role == ROOT {
        described.holders = new_holders(desk, document)?;
        return Ok(described);
    }
    let claims = document.claims().map_err(Error::trust(&desk.staged_file(role)))?;
    let before = desk.published.claims(role)?;
    if role == TARGETS {
        described.delegations(&claims, before.as_ref());
    }
    Looking { desk, role, claims: &claims, before: before.as_ref(), now }.describe(&mut described)?;
    Ok(described)
}

/// The roles of a root whose holders or threshold are new.
fn new_holders(desk: &Desk, document: &Document) -> Result<BTreeMap<String, Keys>, Error> {
    let root = Root::draft(document).map_err(Error::trust(&desk.staged_file(ROOT)))?;
    let before = desk.published.root()?;
    let keys = |root: &Root, role: &str| {
        let (threshold, holders) = root.holders(role).map_err(Error::metadata(role))?;
        Ok::<_, Error>(Keys { threshold, holders, paths: Vec::new() })
    };
    let mut new = BTreeMap::new();
    for role in TOP_LEVEL_ROLES {
        let (after, before) = (keys(&root, role)?, before.as_ref().map(|root| keys(root, role)).transpose()?);
        if before.as_ref() != Some(&after) {
            new.insert(role.to_owned(), after);
        }
    }
    Ok(new)
}

impl Described {
    /// Who may sign for which paths, where that is new.
    fn delegations(&mut self, claims: &Claims, before: Option<&Claims>) {
        let mut old: BTreeMap<String, Keys> = before
            .into_iter()
            .flat_map(Claims::delegates)
            .map(|it| (it.name.to_owned(), keys(&it)))
            .collect();
        for delegate in claims.delegates() {
            let new = keys(&delegate);
            if old.remove(delegate.name).as_ref() != Some(&new) {
                self.holders.insert(delegate.name.to_owned(), new);
            }
        }
        self.withdrawn_roles = old.into_keys().collect();
    }
}

fn keys(delegate: &Delegate<'_>) -> Keys {
    let Delegate { threshold, ref holders, paths, .. } = *delegate;
    Keys { threshold, holders: holders.clone(), paths: paths.to_vec() }
}

/// Targets metadata beside what is published.
struct Looking<'a> {
    desk: &'a Desk,
    role: &'a str,
    claims: &'a Claims,
    before: Option<&'a Claims>,
    now: Timestamp,
}

impl Looking<'_> {
    fn describe(&self, described: &mut Described) -> Result<(), Error> {
        for (path, target) in self.claims.targets() {
            self.check_path(path)?;
            if self.published(path) == Some(target) {
                described.unchanged += 1;
                continue;
            }
            let said = &target.custom()["rempart"];
            let octets = self.desk.target(path, target)?;
            if said["list"].is_string() {
                described.lists.push(self.list(path, said, octets)?);
            } else if said["delta_of"].is_string() {
                self.check_delta(path, said, octets)?;
                described.deltas.push(path.to_owned());
            } else {
                described.others.insert(path.to_owned(), metadata::sha256(&octets));
            }
        }
        let gone = self.before.into_iter().flat_map(Claims::targets);
        let gone = gone.filter(|(path, target)| {
            target.custom()["rempart"]["list"].is_string() && self.claims.target(path).is_err()
        });
        described.withdrawn = gone.map(|(path, _)| path.to_owned()).collect();
        Ok(())
    }

    fn published(&self, path: &str) -> Option<&Target> {
        self.before.and_then(|before| before.target(path).ok())
    }

    /// A delegate's metadata may speak of what is left to it, and of nothing else: clients would not look there.
    fn check_path(&self, path: &str) -> Result<(), Error> {
        crate::authority::workspace::inside(path)?;
        if self.role == TARGETS {
            return Ok(());
        }
        let top = self.desk.top()?;
        if top.delegates_path(self.role, path) {
            return Ok(());
        }
        let paths = top.delegates().find(|it| it.name == self.role).map(|it| it.paths.join(", "));
        let (role, path) = (self.role.to_owned(), path.to_owned());
        Err(Error::NotDelegated { role, path, paths: paths.unwrap_or_default() })
    }

    /// Whether at least two people sign for this role.
    fn is_of_two(&self) -> Result<bool, Error> {
        let document = self.desk.newest(self.role);
        let tallies = document.map(|it| self.desk.tallies(self.role, it)).transpose()?;
        Ok(tallies.into_iter().flatten().any(|tally| tally.threshold >= 2))
    }

    fn list(&self, path: &str, said: &Value, octets: Vec<u8>) -> Result<DescribedList, Error> {
        let file = Path::new(path);
        let (length, sha256) = (octets.len() as u64, metadata::sha256(&octets));
        let text = plain(file, octets)?;
        let summary = Summary::read(file, &text, self.is_of_two()?, self.now)?;
        let header = &summary.header;
        let agrees = said["list"] == header.list
            && said["serial"] == header.serial
            && said["sha256"] == metadata::sha256(&text);
        if !agrees {
            let reason = "list, serial or digest are not those that the metadata gives".to_owned();
            return Err(Error::List { path: file.to_owned(), reason });
        }
        if header.expires <= self.now {
            return Err(Error::Expiry { what: path.to_owned(), expires: header.expires });
        }
        let changes = match self.old_text(path)? {
            None => None,
            Some(old) => {
                let changes = Changes::between(file, &old, &text, MOST_NAMES)?;
                if header.serial <= changes.since {
                    let (serial, known) = (header.serial, changes.since);
                    return Err(Error::Serial { path: file.to_owned(), serial, known });
                }
                Some(changes)
            }
        };
        let list = ListReport::new(&summary, (length, sha256), self.now);
        Ok(DescribedList { path: path.to_owned(), list, changes })
    }

    /// The text of the published list of a path.
    fn old_text(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(old) = self.published(path) else { return Ok(None) };
        Ok(Some(plain(Path::new(path), self.desk.published_target(path, old)?)?))
    }

    /// A delta that is new must lead from the published list to the new one.
    fn check_delta(&self, path: &str, said: &Value, octets: Vec<u8>) -> Result<(), Error> {
        let file = Path::new(path);
        let wrong = |reason: &str| Error::List { path: file.to_owned(), reason: reason.to_owned() };
        let list = said["delta_of"].as_str().unwrap_or_default();
        let new = self.claims.target(list).map_err(|_| wrong("a delta of a list that is not published"))?;
        let old = self.old_text(list)?.ok_or_else(|| wrong("a delta of a list that was not published"))?;
        let mut made = Vec::new();
        let delta = plain(file, octets)?;
        let applied = blocklist::apply(old.as_slice(), delta.as_slice(), &mut made);
        let applied =
            applied.map_err(|source| Error::Delta { path: file.to_owned(), source: Box::new(source) })?;
        let serials = said["from"] == applied.from && said["to"] == applied.to;
        if !serials || new.custom()["rempart"]["sha256"] != metadata::sha256(&made) {
            return Err(wrong("the delta does not lead to the list that stands beside it"));
        }
        Ok(())
    }
}
