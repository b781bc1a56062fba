//! What is wrong with a line, said so that whoever keeps the list can mend it.
//!
//! A [`Reason`] shows as `what is wrong; what to do`. The piece of the line that it quotes went through
//! [`excerpt`]: it is short and printable, since it was written by a stranger and ends in logs and terminals.

use std::fmt;
use std::sync::Arc;

use super::lines::MAX_LINE;
use crate::dns::{NameError, RecordError, RecordType};

/// Why a line gave no rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)] // The text of each variant is its documentation.
pub enum Reason {
    // Any line.
    #[error("the line is longer than {} octets; split it", MAX_LINE)]
    LongLine,
    #[error("`{0}` is not UTF-8; save the file as UTF-8")]
    NotUtf8(String),

    // Names.
    #[error("no name where one is needed; add it or remove the line")]
    NoName,
    #[error("this would match every name; list the names one by one")]
    Everything,
    #[error("`{text}` is no domain name: {error}; correct it")]
    Name { text: String, error: NameError },
    #[error("`{0}` is an address, not a name; rules of this kind block names alone")]
    Address(String),
    #[error("`{0}` is more than a host name; give the host alone, without scheme, port or path")]
    Url(String),
    #[error("`{0}` holds spaces; give one name a line, or name the format of the file")]
    Spaces(String),
    #[error("`{0}` has `*` where it cannot be carried; only `*.` in front of a name can")]
    Wildcard(String),
    #[error("`{0}` holds a character that host names cannot have; correct it")]
    Characters(String),
    #[error("`{0}` has an `xn--` label that stands for no valid label (UTS 46); correct it")]
    Punycode(String),

    // Hosts and dnsmasq.
    #[error("the line begins with `{0}`, not with an address; write `0.0.0.0 name`")]
    NotHosts(String),
    #[error("`{0}` blocks no name; only `address=/…/`, `server=/…/` and `local=/…/` do")]
    Setting(String),
    #[error("`{0}` is no address; write one, or nothing, after the last `/`")]
    NotAddress(String),
    #[error("the line forwards to `{0}` instead of blocking; end it after the last `/`")]
    Forwarding(String),

    // AdBlock.
    #[error("a rule for elements of web pages, not for names; remove it")]
    Cosmetic,
    #[error("a regular expression, which no index of names can carry; list the names")]
    Expression,
    #[error("`{0}` applies to web addresses, not to names; write `||name^`")]
    WebAddress(String),
    #[error("modifier `{0}` cannot be carried; only `important` can")]
    Modifier(String),
    #[error("`{0}` matches more than one name and what is below it; write `||name^`")]
    Pattern(String),
    #[error(
        "the exception has no effect, since a rule with `$important` overrules it; remove one of the two"
    )]
    Overruled,

    // Zone files.
    #[error("a quotation mark is not closed on its line; close it")]
    Quote,
    #[error("a parenthesis has no partner near; add or remove one")]
    Parenthesis,
    #[error("`{0}` is refused; write the records out")]
    Directive(String),
    #[error("the file does not state the zone's name, which this line needs; begin it with `$ORIGIN`")]
    OriginUnstated,
    #[error("the last `$ORIGIN` could not be read, so this relative name means nothing; correct it")]
    OriginLost,
    #[error("no owner, and the record before has none that could be read; write the owner")]
    NoOwner,
    #[error("`{0}` lies outside the zone; remove the final dot or correct `$ORIGIN`")]
    OutOfZone(String),
    #[error("a {0} record of the zone's own name says nothing about any other; remove it")]
    Apex(RecordType),
    #[error("`{0}` is no time to live; write seconds below 2147483648")]
    Ttl(String),
    #[error("class `{0}` is not the Internet's; write IN")]
    Class(String),
    #[error("the record ends before its type; complete it")]
    NoType,
    #[error(transparent)]
    Record(#[from] RecordError),
    #[error("{0} records cannot be local data; remove it")]
    Unsuitable(RecordType),
    #[error("`{0}` triggers are not supported; only names and `rpz-ip` are")]
    Trigger(&'static str),
    #[error("`{0}` is no network; write prefix length and address in reverse, as in `24.0.2.0.192.rpz-ip`")]
    Network(String),
    #[error("`{0}` is no action; write `.`, `*.`, `rpz-passthru.`, `rpz-drop.` or `rpz-tcp-only.`")]
    Action(String),
    #[error("a CNAME stands beside other records of the same owner; keep one of the two")]
    Alias,
    #[error("the owner has more records than one answer should hold; keep fewer")]
    Crowded,

    // JSON.
    #[error("{0}; correct the line")]
    Json(String),
    #[error("`{0}` is no date; write it as in `2026-01-31T12:00:00Z`")]
    Date(String),
}

/// A line that gave no rule, and why. Shows as `FILE:LINE: reason; remedy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as [`read()`](super::read()) was told.
    pub file: Arc<str>,
    /// Its line (the ordinal of the entry in a JSON array), from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: Reason,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// The beginning of what a stranger wrote: at most eighty characters, with escapes for those that do not
/// print.
pub fn excerpt(text: impl AsRef<[u8]>) -> String {
    let text = text.as_ref();
    // A character has at most four octets, so that the rest need not be looked at.
    let head = String::from_utf8_lossy(&text[..text.len().min(4 * (EXCERPT + 1))]);
    let mut shown: String = head.chars().take(EXCERPT).flat_map(char::escape_debug).collect();
    if head.chars().nth(EXCERPT).is_some() {
        shown.push('…');
    }
    shown
}

const EXCERPT: usize = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_where_what_and_what_to_do() {
        let fault =
            Fault { file: "a.txt".into(), line: 7, reason: Reason::Url(excerpt("http://a.example/")) };
        assert_eq!(
            fault.to_string(),
            "a.txt:7: `http://a.example/` is more than a host name; give the host alone, \
             without scheme, port or path"
        );
    }

    #[test]
    fn excerpts_are_short_and_printable() {
        assert_eq!(excerpt("\u{1b}[31m\u{202e}é\n"), "\\u{1b}[31m\\u{202e}é\\n");
        assert_eq!(excerpt(b"a\xffb"), "a\u{fffd}b");
        assert_eq!(excerpt("a".repeat(EXCERPT)), "a".repeat(EXCERPT));
        assert_eq!(excerpt("é".repeat(1 << 20)), "é".repeat(EXCERPT) + "…");
    }
}
