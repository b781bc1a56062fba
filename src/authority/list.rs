//! What a published list says, for the people who sign it, and what differs from the one before.

use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use crate::authority::Error;
use crate::blocklist::{
    self, Breach, Format, Guard, GuardRails, Header, Limits, Overridden, ReadError, Rule, Scope, Trigger,
};

/// The most octets of a list that is brought into memory.
const LONGEST: u64 = 2 << 30;
/// How many names of each kind of change are told before a signature.
pub(super) const MOST_NAMES: usize = 20;
/// How much a list may change in one generation before its publisher must say that it is meant.
const LIMITS: Limits = Limits { largest_loss: 50, largest_gain: 400 };

/// A list in the published format, read.
pub(super) struct Summary {
    pub(super) header: Header,
    pub(super) rules: u64,
    pub(super) domains: u64,
    pub(super) hosts: u64,
    pub(super) below: u64,
    /// Rules that have ended by their own date.
    pub(super) ended: u64,
    /// Rules that are staged, and so not in force.
    pub(super) staged: u64,
    /// What is listed against a guard rail, with a reason.
    pub(super) overridden: Overridden,
}

/// What differs between two lists; the first names of each kind are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// The serial of the earlier list.
    pub since: u64,
    /// Whether the header says anything new beside serial and dates.
    pub header: bool,
    /// How many rules only the later list has.
    pub added: u64,
    /// How many rules only the earlier list has.
    pub removed: u64,
    /// How many rules say something else of the same name.
    pub altered: u64,
    /// How many rules more are in force than before; fewer where negative.
    pub in_force: i64,
    /// How many of those altered were staged and come into force.
    pub promoted: u64,
    /// How many of those altered were in force and are staged.
    pub recalled: u64,
    /// The first names that were added.
    pub added_names: Vec<String>,
    /// The first names that were removed.
    pub removed_names: Vec<String>,
    /// The first names of which something else is said.
    pub altered_names: Vec<String>,
}

impl Summary {
    /// Reads the text of a list. One bad line refuses it, and so do a name that is listed twice, which could be
    /// read in two ways, and a name that no list should block. With `may_override`, which takes two signatures,
    /// a rule that says why may stand against a guard rail.
    pub(super) fn read(path: &Path, text: &[u8], may_override: bool, now: Timestamp) -> Result<Self, Error> {
        let refuse = |reason: String| Error::List { path: path.to_owned(), reason };
        let rails = GuardRails::built_in().map_err(Error::Rails)?;
        let mut guard = Guard::new(&rails, may_override);
        let (mut seen, mut twice, mut counts, mut ended, mut staged) = (HashSet::new(), None, [0; 3], 0, 0);
        let read = blocklist::read(text, Some(Format::Jsonl), &path.to_string_lossy(), |rule| {
            guard.look(&rule);
            ended += u64::from(rule.details.expires.is_some_and(|expires| expires <= now));
            staged += u64::from(rule.details.staged);
            let line = rule.line;
            if let Trigger::Name(name, scope) = rule.trigger {
                counts[scope as usize] += 1;
                if !seen.insert((name, scope)) {
                    twice.get_or_insert(line);
                }
            }
        });
        let report = match read {
            // A list from which the last name was removed is a list.
            Err(ReadError::Empty(empty)) if empty.1.header.is_some() => empty.1,
            other => other.map_err(|source| Error::Unreadable { path: path.to_owned(), source })?,
        };
        if let Some(fault) = report.faults.first() {
            return Err(refuse(format!("line {}: {}", fault.line, fault.reason)));
        }
        if let Some(line) = twice {
            return Err(refuse(format!("line {line} lists a name again; keep one of the two")));
        }
        let overridden = guard
            .finish()
            .map_err(|refused| Error::Guarded { path: path.to_owned(), source: Box::new(refused) })?;
        let header = report.header.ok_or_else(|| refuse("no header".to_owned()))?;
        if staged > 0 && header.shadow.is_none() {
            let reason = "rules are staged, and no share of resolvers counts what they would block; give the header \
                          a `shadow` of 1 to 100 percent";
            return Err(refuse(format!("{staged} {reason}")));
        }
        let [domains, hosts, below] =
            [Scope::Domain, Scope::Host, Scope::Below].map(|it| counts[it as usize]);
        Ok(Self { header, rules: report.rules, domains, hosts, below, ended, staged, overridden })
    }

    /// Refuses a list of which much less or much more is in force than of the one before it. What is staged is not, so
    /// that a leap is one when it is promoted.
    pub(super) fn check_leap(&self, path: &Path, changes: &Changes) -> Result<(), Error> {
        let in_force = self.rules - self.staged;
        let before = in_force.saturating_add_signed(changes.in_force.saturating_neg());
        let leap = LIMITS.judge(before, in_force, 0);
        leap.map_err(|source| Error::Leap { path: path.to_owned(), source })
    }
}

impl Changes {
    /// Counts a line that goes or comes, of what is staged or not. Where it is the second of a pair, both are known.
    fn count(&mut self, change: blocklist::Change, was: Option<bool>, is: Option<bool>) {
        match change {
            blocklist::Change::Added => self.in_force += i64::from(is == Some(false)),
            blocklist::Change::Removed => self.in_force -= i64::from(was == Some(false)),
        }
        self.promoted += u64::from((was, is) == (Some(true), Some(false)));
        self.recalled += u64::from((was, is) == (Some(false), Some(true)));
    }

    /// Compares the texts of two lists, and tells so many names of each kind of change.
    pub(super) fn between(path: &Path, old: &[u8], new: &[u8], most: usize) -> Result<Self, Error> {
        let mut changes = Self::default();
        let mut last: Option<(Trigger, blocklist::Change, bool)> = None;
        let compared = blocklist::differences(old, new, |difference| {
            let Rule { trigger, details, .. } = difference.rule;
            let (change, staged) = (difference.change, details.staged);
            let pair = last.take().filter(|(before, was, _)| before == trigger && *was != change);
            let other = pair.as_ref().map(|(.., staged)| *staged);
            let (was, is) = match change {
                blocklist::Change::Added => (other, Some(staged)),
                blocklist::Change::Removed => (Some(staged), other),
            };
            changes.count(change, was, is);
            let names = match (pair, change) {
                (Some((_, blocklist::Change::Added, _)), _) => {
                    changes.added_names.pop();
                    &mut changes.altered_names
                }
                (Some(_), _) => {
                    changes.removed_names.pop();
                    &mut changes.altered_names
                }
                (None, change) => {
                    last = Some((trigger.clone(), change, staged));
                    match change {
                        blocklist::Change::Added => &mut changes.added_names,
                        blocklist::Change::Removed => &mut changes.removed_names,
                    }
                }
            };
            // One more than is told, since the next line may turn out to belong to it.
            if names.len() <= most {
                names.push(format!("{}{}", shown(trigger), mark(was, is)));
            }
            Ok(())
        });
        let compared =
            compared.map_err(|source| Error::Delta { path: path.to_owned(), source: Box::new(source) })?;
        let header = |text: &[u8]| blocklist::read_header(text, &path.to_string_lossy());
        let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
        let (before, after) = (header(old).map_err(unreadable)?, header(new).map_err(unreadable)?);
        let Header { serial, issued, expires, .. } = before;
        changes.header = Header { serial, issued, expires, ..after } != before;
        changes.since = compared.from;
        (changes.added, changes.removed, changes.altered) =
            (compared.added, compared.removed, compared.changed);
        for names in [&mut changes.added_names, &mut changes.removed_names, &mut changes.altered_names] {
            names.truncate(most);
        }
        Ok(changes)
    }
}

/// The first so many names of a list.
pub(super) fn first_names(path: &Path, text: &[u8], most: usize) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    let read = blocklist::read(text, Some(Format::Jsonl), &path.to_string_lossy(), |rule| {
        if names.len() < most {
            names.push(format!("{}{}", shown(&rule.trigger), mark(None, Some(rule.details.staged))));
        }
    });
    match read {
        Ok(_) | Err(ReadError::Empty(_)) => Ok(names),
        Err(source) => Err(Error::Unreadable { path: path.to_owned(), source }),
    }
}

/// What is to be known of a name beside the name, where the rule of before or that of now is staged or not, or none.
fn mark(was: Option<bool>, is: Option<bool>) -> &'static str {
    match (was, is) {
        (Some(true), Some(false)) => " (was staged, comes into force)",
        (Some(false), Some(true)) => " (was in force, is staged)",
        (Some(true), _) | (_, Some(true)) => " (staged)",
        _ => "",
    }
}

/// What a rule lists, for people.
pub(super) fn shown(trigger: &Trigger) -> String {
    match trigger {
        Trigger::Network(network) => network.to_string(),
        Trigger::Name(name, scope) => {
            let text = name.to_string();
            let name = text.trim_end_matches('.');
            match scope {
                Scope::Domain => name.to_owned(),
                Scope::Host => format!("{name} (this host alone)"),
                Scope::Below => format!("*.{name}"),
            }
        }
    }
}

/// What is listed against a guard rail, for people.
pub(super) fn overridden(breach: &Breach) -> String {
    let reason = breach.reason.as_deref().unwrap_or_default();
    format!("{}: {}; overridden because: {reason}", shown(&breach.trigger), breach.rail)
}

/// The text of a list or a delta, decompressed where it is compressed.
pub(super) fn plain(path: &Path, octets: Vec<u8>) -> Result<Vec<u8>, Error> {
    if !octets.starts_with(&MAGIC) {
        return Ok(octets);
    }
    let mut text = Vec::new();
    let decoded = zstd::Decoder::new(octets.as_slice())
        .and_then(|decoder| decoder.take(LONGEST + 1).read_to_end(&mut text))
        .map_err(|source| Error::Read { path: path.to_owned(), source })?;
    if decoded as u64 > LONGEST {
        let reason = format!("longer than {LONGEST} octets");
        return Err(Error::List { path: path.to_owned(), reason });
    }
    Ok(text)
}

/// The octets of a text in a file of this name: compressed where it ends in `.zst`.
pub(super) fn packed(path: &str, text: &[u8]) -> Result<Vec<u8>, Error> {
    if !path.ends_with(".zst") {
        return Ok(text.to_vec());
    }
    zstd::encode_all(text, LEVEL).map_err(|source| Error::Write { path: path.into(), source })
}

/// How a zstd stream begins (RFC 8878, §3.1.1).
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Compression: beyond this the size falls by little and the time grows by much.
const LEVEL: i32 = 12;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authority::office::DEMO;

    fn now() -> Timestamp {
        "2026-03-01T00:00:00Z".parse().unwrap()
    }

    fn read(text: &str) -> Result<Summary, Error> {
        Summary::read(Path::new("list.jsonl"), text.as_bytes(), true, now())
    }

    fn between(old: &str, new: &str) -> Changes {
        Changes::between(Path::new("list.jsonl"), old.as_bytes(), new.as_bytes(), MOST_NAMES).unwrap()
    }

    #[test]
    fn the_demonstration_is_counted() {
        let summary = read(DEMO).unwrap();
        assert_eq!((summary.rules, summary.domains, summary.hosts, summary.below), (12, 9, 3, 0));
        assert_eq!((summary.ended, summary.overridden.count), (1, 0));
        assert_eq!(between(DEMO, DEMO), Changes { since: 1, ..Changes::default() });
    }

    #[test]
    fn a_list_without_names_is_a_list_that_must_be_meant() {
        let empty = format!("{}\n", DEMO.lines().next().unwrap());
        let summary = read(&empty).unwrap();
        let changes = between(DEMO, &empty);
        assert_eq!((summary.rules, changes.removed), (0, 12));
        let error = summary.check_leap(Path::new("list.jsonl"), &changes).unwrap_err();
        assert!(matches!(error, Error::Leap { .. }), "{error}");
        let half: String = DEMO.split_inclusive('\n').take(7).collect();
        let changes = between(DEMO, &half);
        assert!(read(&half).unwrap().check_leap(Path::new("list.jsonl"), &changes).is_ok());
    }

    #[test]
    fn changes_are_told_by_name() {
        let later = DEMO.replace("\"undress.example\"", "\"undressed.example\"");
        let later = later.replace("DEMO-2026-0010", "DEMO-2026-9999");
        let changes = between(DEMO, &later);
        assert_eq!((changes.added, changes.removed, changes.altered), (1, 1, 1));
        assert_eq!(changes.added_names, ["undressed.example"]);
        assert_eq!(changes.removed_names, ["undress.example"]);
        assert_eq!(changes.altered_names, ["nudify.test"]);
    }

    #[test]
    fn a_new_header_is_a_change_and_a_new_serial_is_not() {
        let later = DEMO.replace("\"serial\":1", "\"serial\":2");
        assert!(!between(DEMO, &later).header);
        assert!(between(DEMO, &DEMO.replace("appeals@", "nobody@")).header);
    }

    #[test]
    fn one_bad_line_refuses_the_list() {
        let error = read(&DEMO.replace("\"undress.example\"", "\"un dress\"")).err().unwrap();
        assert!(error.to_string().starts_with("list.jsonl: line 7: "), "{error}");
        let error = read(&DEMO.replace("\"bare.invalid\"", "\"see-through.invalid\"")).err().unwrap();
        assert_eq!(error.to_string(), "list.jsonl: line 10 lists a name again; keep one of the two");
        assert!(matches!(read("undress.example"), Err(Error::Unreadable { .. })));
        assert!(matches!(read(""), Err(Error::Unreadable { .. })));
    }

    /// The demonstration with a share, and these of its lines staged.
    fn staged(lines: impl Fn(usize) -> bool) -> String {
        let stage = |(number, line): (usize, &str)| match number {
            0 => line.replace("\"issued\"", "\"shadow\":10,\"issued\""),
            _ if lines(number) => line.replace("}", ",\"staged\":true}"),
            _ => line.to_owned(),
        };
        DEMO.split_inclusive('\n').enumerate().map(stage).collect()
    }

    /// What an error says of its cause.
    fn why(error: Error) -> String {
        std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn what_is_staged_is_told_and_no_leap_until_it_is_promoted() {
        let (some, all) = (staged(|line| line <= 3), staged(|_| true));
        assert_eq!((read(&some).unwrap().staged, read(&all).unwrap().staged), (3, 12));
        let leap = |old: &str, new: &str| {
            let judged = read(new).unwrap().check_leap(Path::new("list.jsonl"), &between(old, new));
            judged.map_err(why)
        };
        let counts =
            |changes: &Changes| (changes.altered, changes.in_force, changes.promoted, changes.recalled);
        let promoted = between(&some, DEMO);
        assert_eq!(counts(&promoted), (3, 3, 3, 0));
        assert!(promoted.altered_names[0].ends_with(" (was staged, comes into force)"), "{promoted:?}");
        let recalled = between(DEMO, &some);
        assert_eq!(counts(&recalled), (3, -3, 0, 3));
        assert!(recalled.altered_names[0].ends_with(" (was in force, is staged)"), "{recalled:?}");
        // That nothing is in force any more must be meant, however many lines there are.
        assert_eq!(leap(DEMO, &some), Ok(()));
        assert_eq!(leap(DEMO, &all).unwrap_err(), "no name is left of 12");
        let before: String = staged(|_| false).split_inclusive('\n').take(2).collect();
        let many = |staged: &str| -> String {
            let line = |number| format!("{{\"name\":\"n{number:05}.test\",\"scope\":\"domain\"{staged}}}\n");
            before.split_inclusive('\n').map(str::to_owned).chain((0..2000).map(line)).collect()
        };
        assert_eq!(leap(&before, &many(",\"staged\":true")), Ok(()));
        let grown = leap(&many(",\"staged\":true"), &many("")).unwrap_err();
        assert_eq!(grown, "2001 names where there were 1: more than 400 % would be added");
        assert!(first_names(Path::new("l"), all.as_bytes(), 1).unwrap()[0].ends_with(" (staged)"));
    }

    #[test]
    fn rules_are_staged_for_a_share() {
        let without = staged(|_| true).replace("\"shadow\":10,", "");
        let error = read(&without).err().unwrap().to_string();
        assert!(
            error.starts_with("list.jsonl: 12 rules are staged") && error.contains("`shadow`"),
            "{error}"
        );
        let error = why(read(&staged(|_| false).replace(":10,", ":0,")).err().unwrap());
        assert!(error.contains("a share of 0 %, which is not 1 to 100"), "{error}");
        let error = read(&staged(|_| true).replace("\"undress.example\"", "\"co.uk\"")).err().unwrap();
        assert!(matches!(error, Error::Guarded { .. }), "{error}");
    }

    #[test]
    fn what_no_list_should_block_is_refused() {
        let error = read(&DEMO.replace("\"undress.example\"", "\"co.uk\"")).err().unwrap();
        assert!(matches!(error, Error::Guarded { .. }), "{error}");
    }

    #[test]
    fn packing_follows_the_name() {
        let packed = packed("a.jsonl.zst", DEMO.as_bytes()).unwrap();
        assert!(packed.starts_with(&MAGIC));
        assert_eq!(plain(Path::new("a"), packed).unwrap(), DEMO.as_bytes());
        assert_eq!(super::packed("a.jsonl", b"x").unwrap(), b"x");
    }
}
