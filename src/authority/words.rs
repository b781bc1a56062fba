//! What holders are told before and after they do something.

use std::fmt::{self, Display};

use jiff::Timestamp;

use crate::authority::{Described, Founding, ListReport, Proposal};
use crate::trust::{Holder, Tally};

impl Display for Founding {
    /// What carrying it out will make.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&founding(self))
    }
}

fn founding(founding: &Founding) -> String {
    let charter = founding.charter();
    let mut text = format!(
        "This makes an authority of {} holders, {} of whom must sign together:\n",
        charter.holders.len(),
        charter.threshold
    );
    for (path, name) in founding.key_paths().zip(&charter.holders) {
        text +=
            &format!("  {}  private key of {name}, not encrypted, readable by you alone\n", path.display());
    }
    let root = founding.root_path();
    text += &format!("  {}  root, valid until {}; resolvers pin it\n", root.display(), charter.expires);
    if charter.threshold == charter.holders.len() as u64 {
        text +=
            "Every holder is needed: one lost key, and nothing is ever signed again. Add a spare holder.\n";
    }
    text
}

impl Display for Proposal {
    /// What the holder will put a signature under.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&proposal(self))
    }
}

fn proposal(proposal: &Proposal) -> String {
    let claims = &proposal.claims;
    let mut text = format!(
        "{} will sign version {} of {}, valid until {}:\n",
        proposal.holder,
        claims.version(),
        proposal.path.display(),
        claims.expires()
    );
    for list in &proposal.lists {
        text += &described(list, proposal.now);
    }
    for name in &proposal.withdrawn {
        text += &format!("\n  {}\n    WITHDRAWN: it is published now and will be no more\n", plain(name));
    }
    text += &format!("\nSigned so far by: {}\n", names(&proposal.tally.signed));
    text
}

fn described(list: &Described, now: Timestamp) -> String {
    let mut text = format!("\n  {}\n", plain(&list.name));
    for line in ListReport::new(&list.summary, now).to_string().lines() {
        text += &format!("    {line}\n");
    }
    text += &format!("    content      {} octets, sha256 {}\n", list.length, list.sha256);
    let Some(change) = &list.change else {
        return text + "    changes      not known: nothing published to compare with (--previous FOLDER)\n";
    };
    text += &format!(
        "    changes      since serial {}: {} added, {} removed, {} altered\n",
        change.since,
        change.added.len(),
        change.removed.len(),
        change.altered.len()
    );
    if change.header {
        text += "      ~ the header: compare all that stands above with what is published\n";
    }
    for (sign, changed) in [('+', &change.added), ('-', &change.removed), ('~', &change.altered)] {
        for name in changed.iter().take(MOST_NAMES) {
            text += &format!("      {sign} {name}\n");
        }
        if changed.len() > MOST_NAMES {
            text += &format!("      {sign} and {} more\n", changed.len() - MOST_NAMES);
        }
    }
    text
}

/// How far signing has come.
pub fn progress(tally: &Tally) -> String {
    let count = format!("{} of {} signatures", tally.valid(), tally.threshold);
    if tally.reached() {
        return format!("{count}: valid. Signed by: {}", names(&tally.signed));
    }
    format!("{count}: not yet valid. Who can sign still: {}", names(&tally.missing))
}

pub(super) fn names(holders: &[Holder]) -> String {
    let mut names: Vec<String> = holders.iter().map(|holder| plain(&holder.to_string())).collect();
    names.sort();
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

/// A text by somebody else, on one line and without characters that steer a terminal: one holder must not be
/// able to write what another is shown.
pub(super) fn plain(text: &str) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if steers(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

/// How many names of each kind of change are listed.
const MOST_NAMES: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_steers_the_terminal() {
        assert_eq!(plain("Dénuder \u{5e2}\u{200f}"), "Dénuder \u{5e2}\u{200f}");
        assert_eq!(plain("a\n\u{1b}[2Jb\u{9b}\u{202e}"), "a\\u{a}\\u{1b}[2Jb\\u{9b}\\u{202e}");
    }
}
