//! What a person is about to sign: shown before every signature, whoever asks for it and on whatever machine.
//!
//! Nobody signs unseen. The files that the metadata speaks of must be at hand and agree with it, each list with
//! what is said of it, and each delta must lead from the published list to the new one. Nothing shrinks: a serial
//! that does not grow is refused before it is signed, because every resolver would take it for an attack.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::authority::authentic::believed;
use crate::authority::desk::Desk;
use crate::authority::list::{Changes, MOST_NAMES, Summary, first_names, plain};
use crate::authority::report::ListReport;
use crate::authority::{Error, Workspace, metadata};
use crate::blocklist;
use crate::trust::{
    self, Claims, Delegate, Document, Holder, ROOT, Root, TARGETS, TOP_LEVEL_ROLES, Target, sha256,
};

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
    /// What must not be overlooked.
    pub(super) notes: Vec<String>,
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
    /// The first names, where there is nothing to compare with.
    pub(super) names: Vec<String>,
}

impl Proposal {
    /// Looks at metadata that is on its way, and refuses what must not be signed.
    pub(super) fn of(desk: &Desk, roles: &[String], told: Told, now: Timestamp) -> Result<Self, Error> {
        let view = View { desk, believed: believed(&desk.published)?, told, now };
        let mut documents = Vec::new();
        for role in roles {
            if let Some(document) = desk.staged.get(role) {
                documents.push(view.describe(role, document)?);
            }
        }
        Ok(Self { documents })
    }

    /// All that waits in a workspace, of one role or of all, with every name. Nothing is changed.
    pub fn waiting(workspace: &Workspace, role: Option<&str>, now: Timestamp) -> Result<Self, Error> {
        let desk = Desk::look(workspace)?;
        let meant = desk.staged.keys().filter(|it| role.is_none_or(|role| role == *it));
        let roles: Vec<String> = meant.cloned().collect();
        match roles.is_empty() {
            true => Err(Error::NothingStaged { role: role.unwrap_or("any role").to_owned() }),
            false => Self::of(&desk, &roles, Told::All, now),
        }
    }

    /// How many names will be listed by what is signed.
    pub fn names(&self) -> u64 {
        self.lists().map(|list| list.list.rules).sum()
    }

    pub(super) fn lists(&self) -> impl Iterator<Item = &DescribedList> {
        self.documents.iter().flat_map(|document| &document.lists)
    }
}

/// How many names of each kind of change are told.
#[derive(Clone, Copy)]
pub(super) enum Told {
    First,
    All,
}

impl Told {
    fn most(self) -> usize {
        match self {
            Self::First => MOST_NAMES,
            Self::All => usize::MAX,
        }
    }
}

/// What all that is described is seen beside.
struct View<'a> {
    desk: &'a Desk,
    /// The roles whose published metadata counts.
    believed: BTreeSet<String>,
    told: Told,
    now: Timestamp,
}

impl View<'_> {
    fn describe(&self, role: &str, document: &Document) -> Result<Described, Error> {
        let (desk, now) = (self.desk, self.now);
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
            notes: Vec::new(),
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
        let looking = Looking {
            desk,
            role,
            claims: &claims,
            before: before.as_ref(),
            believed: self.believed.contains(role),
            told: self.told,
            now,
        };
        looking.describe(&mut described)?;
        Ok(described)
    }
}

/// The roles of a root whose holders or threshold are new.
fn new_holders(desk: &Desk, document: &Document) -> Result<BTreeMap<String, Keys>, Error> {
    let root = Root::draft(document).map_err(Error::trust(&desk.staged_file(ROOT)))?;
    let before = desk.published.root()?;
    let keys = |root: &Root, role: &str| Keys::of_root(root, role).map_err(Error::metadata(role));
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
            .map(|it| (it.name.to_owned(), it.into()))
            .collect();
        for delegate in claims.delegates() {
            let (role, new) = (delegate.name.to_owned(), delegate.into());
            if old.remove(&role).as_ref() != Some(&new) {
                self.holders.insert(role, new);
            }
        }
        self.withdrawn_roles = old.into_keys().collect();
    }
}

impl Keys {
    /// Those of a top-level role.
    pub(super) fn of_root(root: &Root, role: &str) -> Result<Self, trust::Error> {
        let (threshold, holders) = root.holders(role)?;
        Ok(Self { threshold, holders, paths: Vec::new() })
    }
}

impl From<Delegate<'_>> for Keys {
    fn from(Delegate { threshold, holders, paths, .. }: Delegate<'_>) -> Self {
        Self { threshold, holders, paths: paths.to_vec() }
    }
}

/// Targets metadata beside what is published.
struct Looking<'a> {
    desk: &'a Desk,
    role: &'a str,
    claims: &'a Claims,
    before: Option<&'a Claims>,
    /// Whether those who may sign for the role now have signed what is published of it.
    believed: bool,
    told: Told,
    now: Timestamp,
}

impl Looking<'_> {
    fn describe(&self, described: &mut Described) -> Result<(), Error> {
        if self.before.is_some() && !self.believed {
            described.notes.push(format!(
                "what is published of {} counts for nothing: those who may sign for it now have not signed it",
                self.role
            ));
        }
        for (path, target) in self.claims.targets() {
            self.check_path(path)?;
            let said = metadata::said(target);
            // A delta that clients have is good for what it leads from, whoever signed it.
            let counts = self.believed || said["delta_of"].is_string();
            if counts && self.published(path) == Some(target) {
                described.unchanged += 1;
                continue;
            }
            let octets = self.desk.target(path, target)?;
            if said["list"].is_string() {
                described.lists.push(self.list(path, said, octets)?);
                described.notes.extend(self.name_of_others(path, said)?);
            } else if said["delta_of"].is_string() {
                self.check_delta(path, said, octets)?;
                described.deltas.push(path.to_owned());
            } else {
                described.others.insert(path.to_owned(), sha256(&octets));
            }
        }
        let before = self.before.into_iter().flat_map(metadata::lists);
        let gone = before.filter(|(path, _)| self.claims.target(path).is_err());
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
        let measure = (octets.len() as u64, sha256(&octets));
        let text = plain(file, octets)?;
        let summary = Summary::read(file, &text, self.is_of_two()?, self.now)?;
        let header = &summary.header;
        let agrees =
            said["list"] == header.list && said["serial"] == header.serial && said["sha256"] == sha256(&text);
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
                let changes = Changes::between(file, &old, &text, self.told.most())?;
                if header.serial <= changes.since {
                    let (serial, known) = (header.serial, changes.since);
                    return Err(Error::Serial { path: file.to_owned(), serial, known });
                }
                self.believed.then_some(changes)
            }
        };
        let list = ListReport::new(&summary, measure, self.now);
        let names = match changes {
            None => first_names(file, &text, self.told.most())?,
            Some(_) => Vec::new(),
        };
        Ok(DescribedList { path: path.to_owned(), list, changes, names })
    }

    /// Where a list bears a name that looks like somebody else's: resolvers go by its path, and people by its name.
    fn name_of_others(&self, path: &str, said: &Value) -> Result<Vec<String>, Error> {
        let name = said["list"].as_str().unwrap_or_default();
        let mut notes = Vec::new();
        if let Some((part, _)) = path.split_once('/').filter(|(part, _)| name.split('/').next() != Some(part))
        {
            notes.push(format!("the list of {path} calls itself {name}, which does not begin with {part}/"));
        }
        let mut same = BTreeSet::new();
        for (role, document) in self.desk.published.roles.iter().chain(&self.desk.staged) {
            if role == ROOT {
                continue;
            }
            let claims = document.claims().map_err(Error::metadata(role))?;
            let bears_it = |(other, target): &(&str, &Target)| {
                *other != path && metadata::said(target)["list"] == said["list"]
            };
            same.extend(claims.targets().filter(bears_it).map(|(other, _)| (other.to_owned(), role.clone())));
        }
        let told = |(other, role)| format!("{role} has a list {name} too, as {other}");
        notes.extend(same.into_iter().map(told));
        Ok(notes)
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
        if !serials || metadata::said(new)["sha256"] != sha256(&made) {
            return Err(wrong("the delta does not lead to the list that stands beside it"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::authority::office::{Office, signers};

    #[test]
    fn a_list_in_the_name_of_another_is_noted() {
        let office = Office::with_delegate();
        let work = office.delegate("de", "de/*", &["fay", "gus"]).unwrap();
        work.carry_out(&signers(&["ana", "ben"])).unwrap();
        let header = fs::read_to_string(office.path("header.toml")).unwrap();
        fs::write(office.path("header.toml"), header.replace("fr/nudification", "de/nudification")).unwrap();
        let publication = office.publication("de/nudification.jsonl.zst", &["a.example"]);
        let work = publication.prepare(&office.workspace, office.now).unwrap();
        assert!(!work.proposal().to_string().contains("NOTE"));
        work.carry_out(&signers(&["fay", "gus"])).unwrap();
        let told = office.prepare(&["b.example"]).unwrap().proposal().to_string();
        let note = "NOTE: the list of fr/nudification.jsonl.zst calls itself de/nudification, which does not begin \
                    with fr/";
        assert!(told.contains(note), "{told}");
        assert!(
            told.contains("NOTE: de has a list de/nudification too, as de/nudification.jsonl.zst"),
            "{told}"
        );
    }
}
