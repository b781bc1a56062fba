//! The file that a resolver exports, and how it is read by those who do not trust it.
//!
//! ```json
//! {
//!   "format": "rempart-statistics/1",
//!   "resolver": "5b3c…",                        drawn at random once: no name of anybody
//!   "counting_since": "2026-11-01T00:00:00Z",   told when this month is over
//!   "months": [{
//!     "from": "2026-10-01T00:00:00Z", "to": "2026-11-01T00:00:00Z",
//!     "threshold": 10, "epsilon": 0.5,
//!     "lists": [
//!       { "list": "fr/nudification", "category": "nudification", "blocked": 1284 },
//!       { "list": "fr/trial", "category": "trial", "blocked": "fewer than 10" }
//!     ]
//!   }]
//! }
//! ```

use std::collections::HashSet;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::de::{Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::config::{Epsilon, LEAST_THRESHOLD};
use super::error::Error;

/// What the file says of itself.
pub(super) const FORMAT: &str = "rempart-statistics/1";
/// The longest file that is read, in octets: years of a thousand lists.
const LONGEST: usize = 16 << 20;
/// More questions than any resolver answers in a month: four million a second.
const MOST: u64 = 10_000_000_000_000;
/// The longest name of a list or category, in octets.
const LONGEST_TEXT: usize = 256;
/// As much as is repeated of what is wrong, in octets.
const LONGEST_QUOTE: usize = 300;

/// What a resolver tells of what it blocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statistics {
    format: String,
    /// 32 hexadecimal digits by which files of the same resolver are known.
    pub resolver: String,
    /// When the month that runs began to be counted.
    pub counting_since: Timestamp,
    /// Months that are over, the oldest first.
    pub months: Vec<Month>,
}

/// A month of UTC, or the part of it that was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Month {
    /// When counting began.
    pub from: Timestamp,
    /// When it ended; not counted itself.
    pub to: Timestamp,
    /// Counts below it are withheld.
    pub threshold: u64,
    /// The ε of the noise in each figure; none where figures are exact.
    pub epsilon: Option<Epsilon>,
    /// The lists of authorities that were enforced.
    pub lists: Vec<Count>,
}

/// What was blocked for a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// As its header calls it, such as `fr/nudification`.
    pub list: String,
    /// The category of its header.
    pub category: String,
    /// Questions that were blocked for it.
    pub blocked: Blocked,
}

/// A number of questions, as far as it is told: a number, or the words `fewer than 10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// So many.
    Questions(u64),
    /// Fewer than so many, none included.
    FewerThan(u64),
}

impl Statistics {
    /// Those of a resolver.
    pub(super) fn new(resolver: String, counting_since: Timestamp, months: Vec<Month>) -> Self {
        Self { format: FORMAT.into(), resolver, counting_since, months }
    }

    /// As text.
    pub fn compose(&self) -> String {
        // Values of this room's own types always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads and checks a file that anybody may have written.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > LONGEST {
            return Err(Error::TooLong(text.len()));
        }
        let read: Self =
            serde_json::from_str(text).map_err(|error| Error::Syntax(quoted(&error.to_string())))?;
        if read.format != FORMAT {
            return Err(Error::Format(quoted(&read.format)));
        }
        let is_digit = |octet: u8| octet.is_ascii_digit() || (b'a'..=b'f').contains(&octet);
        if read.resolver.len() != 32 || !read.resolver.bytes().all(is_digit) {
            return Err(Error::Resolver(quoted(&read.resolver)));
        }
        read.months.iter().try_for_each(Month::check)?;
        let mut spans: Vec<_> = read.months.iter().map(|month| (month.from, month.to)).collect();
        spans.sort();
        match spans.windows(2).find(|pair| pair[1].0 < pair[0].1) {
            Some(pair) => Err(Error::Overlap(pair[1].0)),
            None => Ok(read),
        }
    }
}

impl Month {
    /// The first day of the month of UTC that it is in.
    pub fn first_day(&self) -> Date {
        first_day(self.from)
    }

    fn check(&self) -> Result<(), Error> {
        let Self { from, to, threshold, .. } = *self;
        if from >= to || end_of_month(from).is_none_or(|end| end < to) {
            return Err(Error::Span { from, to });
        }
        if threshold < LEAST_THRESHOLD {
            return Err(Error::Threshold(threshold));
        }
        let mut seen = HashSet::new();
        for Count { list, category, blocked } in &self.lists {
            if let Some(text) = [list, category].into_iter().find(|text| !is_text(text)) {
                return Err(Error::Text(quoted(text)));
            }
            if !seen.insert(list) {
                return Err(Error::Twice(list.clone()));
            }
            let figure = |blocked, reason| Err(Error::Figure { list: list.clone(), blocked, reason });
            match *blocked {
                Blocked::Questions(number) if number > MOST => {
                    return figure(number, "no resolver answers so many");
                }
                Blocked::Questions(number) if number < threshold => {
                    return figure(number, "it is below the file's own threshold");
                }
                Blocked::FewerThan(number) if number != threshold => {
                    return figure(number, "it is not the file's own threshold");
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// The first day of the month of UTC that a moment is in.
fn first_day(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date().first_of_month()
}

/// The first moment after the month of UTC that another one is in; none at the end of all calendars.
pub(super) fn end_of_month(moment: Timestamp) -> Option<Timestamp> {
    let next = first_day(moment).last_of_month().tomorrow().ok()?;
    Some(next.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// Whether a list or category can be called so.
pub(super) fn is_text(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST_TEXT && !text.contains(char::is_control)
}

/// What somebody else wrote, fit for a terminal.
fn quoted(text: &str) -> String {
    let end = text.floor_char_boundary(LONGEST_QUOTE);
    text[..end].replace(|c: char| c.is_control(), "\u{fffd}")
}

impl fmt::Display for Blocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Questions(number) => write!(f, "{number}"),
            Self::FewerThan(number) => write!(f, "fewer than {number}"),
        }
    }
}

impl Serialize for Blocked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Questions(number) => serializer.serialize_u64(*number),
            fewer => serializer.collect_str(fewer),
        }
    }
}

impl<'de> Deserialize<'de> for Blocked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BlockedVisitor)
    }
}

struct BlockedVisitor;

impl Visitor<'_> for BlockedVisitor {
    type Value = Blocked;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of questions, or `fewer than 10`")
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Blocked, E> {
        Ok(Blocked::Questions(number))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Blocked, E> {
        let number = text.strip_prefix("fewer than ").and_then(|number| number.parse().ok());
        let wrong = || E::invalid_value(serde::de::Unexpected::Str(&quoted(text)), &self);
        number.map(Blocked::FewerThan).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"format": "rempart-statistics/1", "resolver": "0123456789abcdef0123456789abcdef",
        "counting_since": "2026-11-01T00:00:00Z", "months": [{"from": "2026-10-01T00:00:00Z",
        "to": "2026-11-01T00:00:00Z", "threshold": 10, "epsilon": 0.5, "lists": [
        {"list": "fr/a", "category": "a", "blocked": 1284}, {"list": "fr/b", "category": "b",
        "blocked": "fewer than 10"}]}]}"#;

    #[test]
    fn what_is_written_is_read() {
        let read = Statistics::parse(FILE).unwrap();
        assert_eq!(Statistics::parse(&read.compose()).unwrap(), read);
        assert_eq!(read.months[0].first_day().to_string(), "2026-10-01");
        let blocked: Vec<Blocked> = read.months[0].lists.iter().map(|count| count.blocked).collect();
        assert_eq!(blocked, [Blocked::Questions(1284), Blocked::FewerThan(10)]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (from, to, message) in [
            ("{", "[", "not what `rempart statistics --json` prints"),
            ("statistics/1", "statistics/9", "its format is \"rempart-statistics/9\""),
            ("0123456789abcdef0123456789abcdef", "ISP of Nowhere", "not 32 hexadecimal digits"),
            ("1284", "-1", "integer `-1`, expected a number of questions"),
            ("1284", "1e30", "expected a number of questions"),
            ("1284", "12.5", "expected a number of questions"),
            ("1284", "99999999999999", "no resolver answers so many"),
            ("1284", "9", "below the file's own threshold"),
            ("1284", "\"some\"", "expected a number of questions, or `fewer than 10`"),
            ("fewer than 10", "fewer than 3", "not the file's own threshold"),
            ("\"threshold\": 10", "\"threshold\": 2", "its threshold is 2"),
            ("\"epsilon\": 0.5", "\"epsilon\": -3", "epsilon -3: write a number"),
            ("2026-11-01T00:00:00Z\", \"thr", "2026-11-01T00:00:01Z\", \"thr", "not within one month"),
            ("2026-11-01T00:00:00Z\", \"thr", "2026-10-01T00:00:00Z\", \"thr", "not within one month"),
            ("fr/b", "fr/a", "list \"fr/a\" stands there twice"),
            ("fr/b", "\\u001b[31mred", "is no list and no category"),
            ("fr/b", "", "is no list and no category"),
            ("\"threshold\"", "\"names\": [], \"threshold\"", "unknown field `names`"),
        ] {
            let wrong = FILE.replacen(from, to, 1);
            let error = Statistics::parse(&wrong).unwrap_err().to_string();
            assert!(error.contains(message), "{to}: {error}");
            assert!(!error.contains(char::is_control), "{error:?}");
        }
        for wrong in ["", "null", "<html>", "{\"\u{1b}]0;x\u{7}\": 1}", &"[".repeat(100_000)] {
            let error = Statistics::parse(wrong).unwrap_err().to_string();
            assert!(!error.contains(char::is_control) && error.len() < 500, "{error:?}");
        }
        assert!(matches!(Statistics::parse(&" ".repeat(LONGEST + 1)), Err(Error::TooLong(_))));
    }

    #[test]
    fn spans_that_overlap_are_refused() {
        let mut twice = Statistics::parse(FILE).unwrap();
        twice.months.push(twice.months[0].clone());
        assert!(matches!(Statistics::parse(&twice.compose()), Err(Error::Overlap(_))));
        twice.months[0].to = "2026-10-15T00:00:00Z".parse().unwrap();
        twice.months[1].from = "2026-10-15T00:00:00Z".parse().unwrap();
        assert!(Statistics::parse(&twice.compose()).is_ok());
    }

    #[test]
    fn a_month_ends_where_the_next_one_begins() {
        for (moment, end) in [
            ("2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"),
            ("2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z"),
        ] {
            assert_eq!(end_of_month(moment.parse().unwrap()), Some(end.parse().unwrap()));
        }
        assert_eq!(end_of_month(Timestamp::MAX), None);
    }
}
