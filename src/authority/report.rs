//! What a published folder holds, for people and, as JSON, for programs.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use crate::authority::words::{names, plain};
use crate::authority::{Error, Published, Summary, files};
use crate::blocklist::{DefaultAction, Scope};
use crate::trust::{Claims, Holder, Root};

/// What `verify` found in a folder whose every signature and digest is good.
#[derive(Serialize)]
pub struct Report {
    /// Whether nothing is out of date.
    pub current: bool,
    root: Age,
    targets: Age,
    threshold: u64,
    signed_by: Vec<Holder>,
    lists: BTreeMap<String, ListReport>,
}

#[derive(Serialize)]
pub(super) struct Age {
    version: u64,
    expires: Timestamp,
    expired: bool,
}

impl Age {
    pub(super) fn of_root(root: &Root, now: Timestamp) -> Self {
        Self { version: root.version(), expires: root.expires(), expired: root.expired(now) }
    }

    pub(super) fn of_claims(claims: &Claims, now: Timestamp) -> Self {
        Self { version: claims.version(), expires: claims.expires(), expired: claims.expired(now) }
    }
}

impl Report {
    /// Reads a published folder, and believes what the holders of this root signed.
    pub fn verify(folder: &Path, root: &Path, now: Timestamp) -> Result<Self, Error> {
        let pinned = Root::pinned(&files::read(root)?).map_err(Error::trust(root))?;
        Ok(Self::new(&pinned, &Published::open(folder, &pinned)?, now))
    }

    fn new(root: &Root, published: &Published, now: Timestamp) -> Self {
        let targets = &published.targets;
        let lists: BTreeMap<String, ListReport> = published
            .lists
            .iter()
            .map(|(name, summary)| (name.clone(), ListReport::new(summary, now)))
            .collect();
        let root = Age::of_root(root, now);
        let targets = Age::of_claims(targets, now);
        Self {
            current: !root.expired && !targets.expired && lists.values().all(|list| !list.expired),
            root,
            targets,
            threshold: published.tally.threshold,
            signed_by: published.tally.signed.clone(),
            lists,
        }
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "root     version {}", self.root)?;
        writeln!(f, "targets  version {}", self.targets)?;
        writeln!(f, "signed   by {}; {} are needed", names(&self.signed_by), self.threshold)?;
        for (name, list) in &self.lists {
            writeln!(f, "\n{}\n{list}", plain(name))?;
        }
        match self.current {
            true => write!(f, "\nAuthentic and current."),
            false => write!(f, "\nAuthentic, but OUT OF DATE: sign anew what has expired."),
        }
    }
}

impl Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.version, validity(self.expires, self.expired))
    }
}

fn validity(expires: Timestamp, expired: bool) -> String {
    if expired { format!("EXPIRED on {expires}") } else { format!("valid until {expires}") }
}

/// What a list says of itself.
#[derive(Serialize)]
pub struct ListReport {
    list: String,
    serial: u64,
    jurisdiction: String,
    category: String,
    authority: String,
    legal_basis: String,
    appeal: String,
    titles: BTreeMap<String, String>,
    texts: BTreeMap<String, String>,
    action: Option<DefaultAction>,
    extended_error: Option<u16>,
    issued: Timestamp,
    expires: Timestamp,
    expired: bool,
    rules: usize,
    domains: usize,
    hosts: usize,
    below: usize,
    expired_rules: usize,
}

impl ListReport {
    pub(super) fn new(summary: &Summary, now: Timestamp) -> Self {
        let header = summary.header.clone();
        Self {
            list: header.list,
            serial: header.serial,
            jurisdiction: header.jurisdiction,
            category: header.category,
            authority: header.authority,
            legal_basis: header.legal_basis,
            appeal: header.appeal,
            titles: header.titles,
            texts: header.texts,
            action: header.action,
            extended_error: header.extended_error,
            issued: header.issued,
            expires: header.expires,
            expired: header.expires <= now,
            rules: summary.rules(),
            domains: summary.rules_with(Scope::Domain),
            hosts: summary.rules_with(Scope::Host),
            below: summary.rules_with(Scope::Below),
            expired_rules: summary.expired_rules(now),
        }
    }
}

impl Display for ListReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "list         {}, serial {}", plain(&self.list), self.serial)?;
        writeln!(f, "what         {} in {}", plain(&self.category), plain(&self.jurisdiction))?;
        writeln!(f, "authority    {}", plain(&self.authority))?;
        writeln!(f, "legal basis  {}", plain(&self.legal_basis))?;
        writeln!(f, "appeal       {}", plain(&self.appeal))?;
        for (language, title) in &self.titles {
            writeln!(f, "title        {} ({})", plain(title), plain(language))?;
        }
        for (language, text) in &self.texts {
            writeln!(f, "text         {} ({})", plain(text), plain(language))?;
        }
        writeln!(f, "issued       {}, {}", self.issued, validity(self.expires, self.expired))?;
        let answer = match self.action {
            None => "as each subscriber chooses",
            Some(DefaultAction::Page) => "the warning page",
            Some(DefaultAction::Nxdomain) => "no such name",
            Some(DefaultAction::Nodata) => "no data",
            Some(DefaultAction::Refused) => "refused",
        };
        write!(f, "answer       {answer}")?;
        match self.extended_error {
            Some(code) => writeln!(f, ", extended error {code}")?,
            None => writeln!(f)?,
        }
        writeln!(f, "rules        {}, of which {} have expired", self.rules, self.expired_rules)?;
        write!(
            f,
            "reach        {} domains with all below them, {} single hosts, {} with what is below alone",
            self.domains, self.hosts, self.below
        )
    }
}
