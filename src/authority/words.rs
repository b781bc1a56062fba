//! What people are told before and after they do something.

use std::fmt::{self, Display};

use crate::authority::Committed;
use crate::authority::list::Changes;
use crate::authority::progress::{Progress, Waiting};
use crate::authority::proposal::{Described, DescribedList, Keys, Proposal};
use crate::trust::{Holder, ROOT};

impl Display for Proposal {
    /// What a signature will be put under.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for described in &self.documents {
            described.fmt(f)?;
        }
        Ok(())
    }
}

impl Display for Described {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, version {}, valid until {}:", plain(&self.role), self.version, self.expires)?;
        for note in &self.notes {
            writeln!(f, "  NOTE: {}", plain(note))?;
        }
        let whose = if self.role == ROOT { "signs for" } else { "is left" };
        for (role, Keys { threshold, holders, paths }) in &self.holders {
            let holders = names(holders);
            writeln!(f, "  {}: {threshold} of {holders}", plain(role))?;
            if !paths.is_empty() {
                let paths: Vec<String> = paths.iter().map(|path| plain(path)).collect();
                writeln!(f, "    {whose} {}", paths.join(", "))?;
            }
        }
        for role in &self.withdrawn_roles {
            writeln!(f, "  {}: WITHDRAWN; nothing is left to it any more", plain(role))?;
        }
        self.lists.iter().try_for_each(|list| list.fmt(f))?;
        for path in &self.withdrawn {
            writeln!(f, "  {}\n    WITHDRAWN: it is published now and will be no more", plain(path))?;
        }
        for path in &self.deltas {
            writeln!(f, "  {}\n    leads from the published list to this one", plain(path))?;
        }
        for (path, digest) in &self.others {
            writeln!(f, "  {}\n    no list; its sha256 is {digest}", plain(path))?;
        }
        if self.unchanged > 0 {
            writeln!(f, "  {} files stay as they are", self.unchanged)?;
        }
        if !self.signed.is_empty() {
            writeln!(f, "  signed so far by {}", names(&self.signed))?;
        }
        Ok(())
    }
}

impl Display for DescribedList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {}", plain(&self.path))?;
        for line in self.list.to_string().lines() {
            writeln!(f, "    {line}")?;
        }
        match &self.changes {
            None => {
                writeln!(f, "    changes      none published before: all of it is new")?;
                for name in &self.names {
                    writeln!(f, "      + {}", plain(name))?;
                }
                match self.list.rules.saturating_sub(self.names.len() as u64) {
                    0 => Ok(()),
                    more => writeln!(f, "      + and {more} more"),
                }
            }
            Some(changes) => {
                for line in changes.to_string().lines() {
                    writeln!(f, "    {line}")?;
                }
                Ok(())
            }
        }
    }
}

impl Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { since, added, removed, altered, .. } = self;
        write!(f, "changes      since serial {since}: {added} added, {removed} removed, {altered} altered")?;
        if self.promoted > 0 {
            write!(f, "\n  {} RULES THAT WERE STAGED COME INTO FORCE", self.promoted)?;
        }
        if self.recalled > 0 {
            write!(f, "\n  {} rules that were in force are staged", self.recalled)?;
        }
        if self.header {
            write!(f, "\n  ~ the header: compare all that stands above with what is published")?;
        }
        for (sign, count, names) in [
            ('+', added, &self.added_names),
            ('-', removed, &self.removed_names),
            ('~', altered, &self.altered_names),
        ] {
            for name in names {
                write!(f, "\n  {sign} {}", plain(name))?;
            }
            let more = count.saturating_sub(names.len() as u64);
            if more > 0 {
                write!(f, "\n  {sign} and {more} more")?;
            }
        }
        Ok(())
    }
}

impl Display for Committed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let versions: Vec<String> =
            self.versions.iter().map(|(role, version)| format!("{} {version}", plain(role))).collect();
        write!(f, "Published: {}.", versions.join(", "))
    }
}

impl Display for Progress {
    /// How far signing has come, and who has the next turn.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(ended) = &self.ended {
            writeln!(f, "First, what an earlier command was kept from ending was ended. {ended}")?;
        }
        match (&self.committed, self.waiting.is_empty()) {
            (Some(committed), true) => return write!(f, "{committed}"),
            (Some(committed), false) => writeln!(f, "{committed}")?,
            (None, true) => return write!(f, "Nothing waits for a signature."),
            (None, false) => {}
        }
        self.waiting.iter().try_for_each(|waiting| waiting.fmt(f))?;
        write!(f, "Next, one of them: {}", self.next)
    }
}

impl Display for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { role, version, signed, missing, threshold, whose } = self;
        let count = signed.len();
        writeln!(
            f,
            "{} {version} has {count} of {threshold} signatures{}{}. Who can sign still: {}.",
            plain(role),
            if *whose == Whose::Before { " by the holders of the root before it" } else { "" },
            if signed.is_empty() { String::new() } else { format!(", by {}", names(signed)) },
            names(missing)
        )
    }
}

/// Whose signatures metadata waits for: a root waits for two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Whose {
    /// The holders that it names, or that are named for it.
    Own,
    /// The holders of the root before it.
    Before,
}

pub(super) fn names(holders: &[Holder]) -> String {
    let mut names: Vec<String> = holders.iter().map(|holder| plain(&holder.to_string())).collect();
    names.sort();
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

/// A text by somebody else, on one line and without characters that steer a terminal or that nobody sees: one holder
/// must not be able to write what another is shown.
pub fn plain(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
    };
    text.chars().map(|c| if steers(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_steers_the_terminal() {
        assert_eq!(plain("Dénuder \u{5e2}"), "Dénuder \u{5e2}");
        assert_eq!(plain("a\u{2028}b\u{2029}\u{200b}\u{feff}"), "a\\u{2028}b\\u{2029}\\u{200b}\\u{feff}");
        assert_eq!(plain("a\n\u{1b}[2Jb\u{9b}\u{202e}"), "a\\u{a}\\u{1b}[2Jb\\u{9b}\\u{202e}");
    }
}
