//! What people read of a repository and of a workspace; programs read the same as JSON.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use jiff::Timestamp;
use serde::Serialize;

use crate::authority::list::{Summary, overridden};
use crate::authority::status::{Condition, RoleStatus, Status};
use crate::authority::verify::{Age, Report, RoleReport};
use crate::authority::words::{names, plain};
use crate::blocklist::{DefaultAction, Share};

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (role, age) in &self.metadata {
            writeln!(f, "{:<12} version {age}", plain(role))?;
        }
        for (role, report) in self.roles.iter().filter(|(_, report)| !report.signed_by.is_empty()) {
            writeln!(f, "\n{}, signed by {}", plain(role), names(&report.signed_by))?;
            report.fmt(f)?;
        }
        for role in &self.silent {
            writeln!(f, "\n{} has published nothing yet", plain(role))?;
        }
        match self.current {
            true => write!(f, "\nAuthentic and current."),
            false => write!(f, "\nAuthentic, but OUT OF DATE: sign anew what has expired."),
        }
    }
}

impl Display for RoleReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, list) in &self.lists {
            writeln!(f, "  {}", plain(path))?;
            for line in list.to_string().lines() {
                writeln!(f, "    {line}")?;
            }
        }
        for (path, delta) in &self.deltas {
            let applied =
                if delta.applied { "applied, and leads there" } else { "not applied: its start is not here" };
            writeln!(f, "  {}\n    from serial {} to {}: {applied}", plain(path), delta.from, delta.to)?;
        }
        self.others.iter().try_for_each(|path| writeln!(f, "  {}\n    no list", plain(path)))
    }
}

impl Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.version, validity(self.expires, self.expired))
    }
}

impl Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (role, status) in &self.roles {
            writeln!(f, "{:<12} {status}", plain(role))?;
        }
        for role in &self.silent {
            writeln!(f, "{:<12} has published nothing yet", plain(role))?;
        }
        for waiting in &self.waiting {
            write!(f, "{waiting}")?;
        }
        for trouble in &self.troubles {
            writeln!(f, "TROUBLE: {}", plain(trouble))?;
        }
        match self.waiting.is_empty() {
            true => write!(f, "Nothing waits for a signature."),
            false => write!(f, "Next, one of them: {}", self.next),
        }
    }
}

impl Display for RoleStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, expires, hours, condition } = self;
        let left = if *hours < 48 { format!("{hours} hours") } else { format!("{} days", hours / 24) };
        match condition {
            Condition::Good | Condition::Troubled => {
                write!(f, "version {version}, {left} left, until {expires}")
            }
            Condition::Late => write!(f, "version {version}, {left} left, until {expires}: SIGN IT ANEW"),
            Condition::Expired => write!(f, "version {version}, OUT OF DATE since {expires}: SIGN IT ANEW"),
        }
    }
}

fn validity(expires: Timestamp, expired: bool) -> String {
    if expired { format!("EXPIRED on {expires}") } else { format!("valid until {expires}") }
}

/// What a list says of itself.
#[derive(Debug, Serialize)]
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
    names_public: bool,
    issued: Timestamp,
    expires: Timestamp,
    pub(super) expired: bool,
    pub(super) rules: u64,
    domains: u64,
    hosts: u64,
    below: u64,
    expired_rules: u64,
    /// Rules that are staged, and so not in force.
    staged: u64,
    /// The percentage of resolvers that count what those would block.
    shadow: Option<Share>,
    /// How many rules stand against a guard rail.
    overridden_count: u64,
    /// The first of them, each with the reason that is given.
    overridden: Vec<String>,
    length: u64,
    sha256: String,
}

impl ListReport {
    pub(super) fn new(summary: &Summary, (length, sha256): (u64, String), now: Timestamp) -> Self {
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
            names_public: header.names_public,
            issued: header.issued,
            expires: header.expires,
            expired: header.expires <= now,
            rules: summary.rules,
            domains: summary.domains,
            hosts: summary.hosts,
            below: summary.below,
            expired_rules: summary.ended,
            staged: summary.staged,
            shadow: header.shadow,
            overridden_count: summary.overridden.count,
            overridden: summary.overridden.first.iter().map(overridden).collect(),
            length,
            sha256,
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
        if self.names_public {
            writeln!(f, "NAMES ARE PUBLIC: the record of each case shows what is listed for it")?;
        }
        writeln!(f, "rules        {}, of which {} have expired", self.rules, self.expired_rules)?;
        writeln!(
            f,
            "reach        {} domains with all below them, {} single hosts, {} with what is below alone",
            self.domains, self.hosts, self.below
        )?;
        if let Some(share) = self.shadow.filter(|_| self.staged > 0) {
            let (staged, percent) = (self.staged, share.percent());
            writeln!(
                f,
                "STAGED       {staged} of the rules, NOT IN FORCE; what they would block is counted"
            )?;
            writeln!(f, "             by {percent} % of resolvers")?;
        }
        if self.overridden_count > 0 {
            writeln!(f, "AGAINST GUARD RAILS: {} rules", self.overridden_count)?;
        }
        for breach in &self.overridden {
            writeln!(f, "AGAINST A GUARD RAIL  {}", plain(breach))?;
        }
        match self.overridden_count.saturating_sub(self.overridden.len() as u64) {
            0 => {}
            more => writeln!(f, "AGAINST GUARD RAILS, and {more} more")?,
        }
        write!(f, "content      {} octets, sha256 {}", self.length, self.sha256)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::authority::office::{DEMO, time};

    #[test]
    fn what_is_staged_is_told_before_a_signature() {
        let header = DEMO.lines().next().unwrap().replace("\"issued\"", "\"shadow\":30,\"issued\"");
        let text = format!("{header}\n{{\"name\":\"a.test\"}}\n{{\"name\":\"b.test\",\"staged\":true}}\n");
        let now = time("2026-03-01T00:00:00Z");
        let summary = Summary::read(Path::new("list"), text.as_bytes(), true, now).unwrap();
        let report = ListReport::new(&summary, (1, String::new()), now);
        let told = report.to_string();
        assert!(told.contains("rules        2, of which 0 have expired\n"), "{told}");
        assert!(told.contains("STAGED       1 of the rules, NOT IN FORCE; what they would block"), "{told}");
        assert!(told.contains("by 30 % of resolvers\n"), "{told}");
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!((&json["staged"], &json["shadow"]), (&1.into(), &30.into()));
    }

    #[test]
    fn no_breach_goes_uncounted() {
        let header = DEMO.lines().next().unwrap();
        let text = format!("{header}\n{{\"name\":\"github.io\",\"override\":\"Order 1\"}}\n");
        let now = time("2026-03-01T00:00:00Z");
        let mut summary = Summary::read(Path::new("list"), text.as_bytes(), true, now).unwrap();
        assert_eq!((summary.overridden.count, summary.overridden.first.len()), (1, 1));
        summary.overridden.count = 103;
        let report = ListReport::new(&summary, (1, String::new()), now);
        let told = report.to_string();
        assert!(told.contains("AGAINST GUARD RAILS: 103 rules\nAGAINST A GUARD RAIL  github.io: "), "{told}");
        assert!(told.contains("AGAINST GUARD RAILS, and 102 more\n"), "{told}");
        assert_eq!(serde_json::to_value(&report).unwrap()["overridden_count"], 103);
    }
}
