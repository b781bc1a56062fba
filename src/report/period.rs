//! The days that a report is about.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use serde::Serialize;

use super::error::Error;

/// A longer period has no report.
const MOST_YEARS: i16 = 10;
/// A period of more days is shown by month.
const MOST_DAYS: i32 = 62;

/// Days of UTC, the last one included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    first: Date,
    last: Date,
}

impl Period {
    /// From the first to the last day.
    pub fn new(first: Date, last: Date) -> Result<Self, Error> {
        let shown = || format!("{first}/{last}");
        if first > last || first < date(1970, 1, 1) || last.year() > 9000 {
            return Err(Error::Period(shown()));
        }
        if i32::from(last.year()) - i32::from(first.year()) > i32::from(MOST_YEARS) {
            return Err(Error::Long(shown()));
        }
        Ok(Self { first, last })
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day.
    pub fn last(&self) -> Date {
        self.last
    }

    /// The first moment of it.
    pub fn from(&self) -> Timestamp {
        beginning(self.first)
    }

    /// The first moment after it.
    pub fn to(&self) -> Timestamp {
        beginning(self.last.tomorrow().unwrap_or(self.last))
    }

    /// Whether a moment is in it.
    pub fn holds(&self, moment: Timestamp) -> bool {
        self.from() <= moment && moment < self.to()
    }

    /// The months that are in it from their first day to their last, by their first day.
    pub(super) fn whole_months(&self) -> Vec<Date> {
        let first = match self.first.day() {
            1 => Some(self.first),
            _ => self.first.last_of_month().tomorrow().ok(),
        };
        let next = |month: &Date| month.last_of_month().tomorrow().ok();
        std::iter::successors(first, next).take_while(|month| month.last_of_month() <= self.last).collect()
    }

    /// The parts that it is shown in, each by its last day: months, of which the first and the last may be cut, or days.
    pub(super) fn parts(&self) -> Vec<Date> {
        let days = self.first.until(self.last).map_or(0, |span| span.get_days());
        let end = |day: Date| if days > MOST_DAYS { day.last_of_month().min(self.last) } else { day };
        let next = |day: &Date| day.tomorrow().ok().filter(|day| *day <= self.last).map(end);
        std::iter::successors(Some(end(self.first)), next).collect()
    }

    /// Whether its parts are days.
    pub(super) fn is_by_day(&self) -> bool {
        self.parts().get(1).is_some_and(|second| self.first.tomorrow().is_ok_and(|next| next == *second))
    }
}

fn beginning(day: Date) -> Timestamp {
    // No day of a period is near the end of the calendar.
    day.to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |day| day.timestamp())
}

impl FromStr for Period {
    type Err = Error;

    /// A year (`2026`), a quarter (`2026-Q1`), a month (`2026-03`), or a first and a last day (`2026-01-15/2026-03-31`).
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::Period(text.chars().take(40).collect());
        if let Some((first, last)) = text.split_once('/') {
            let day = |text: &str| text.parse::<Date>().map_err(|_| wrong());
            return Self::new(day(first)?, day(last)?);
        }
        let (year, rest) = text.split_once('-').unwrap_or((text, ""));
        let number = |text: &str, digits| {
            let is_number = text.len() == digits && text.bytes().all(|octet| octet.is_ascii_digit());
            text.parse::<i16>().ok().filter(|_| is_number).ok_or_else(wrong)
        };
        let (first, last) = match (rest, rest.strip_prefix('Q')) {
            ("", _) if !text.contains('-') => (1, 12),
            (_, Some(quarter)) => match number(quarter, 1)? {
                quarter @ 1..=4 => (quarter * 3 - 2, quarter * 3),
                _ => return Err(wrong()),
            },
            (month, None) => (number(month, 2)?, number(month, 2)?),
        };
        let month = |month: i16| Date::new(number(year, 4)?, month as i8, 1).map_err(|_| wrong());
        Self::new(month(first)?, month(last)?.last_of_month())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_people_write_them() {
        for (text, period) in [
            ("2026", "2026-01-01/2026-12-31"),
            ("2026-Q1", "2026-01-01/2026-03-31"),
            ("2026-Q4", "2026-10-01/2026-12-31"),
            ("2028-02", "2028-02-01/2028-02-29"),
            ("2026-01-15/2026-01-15", "2026-01-15/2026-01-15"),
        ] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), period);
        }
        for wrong in [
            "",
            "-",
            "2026-",
            "26",
            "2026-Q5",
            "2026-Q",
            "2026-13",
            "2026-1",
            "2026-00",
            "+026",
            "2026-03-01",
        ] {
            assert!(matches!(wrong.parse::<Period>(), Err(Error::Period(_))), "{wrong}");
        }
        assert!("2026-03-01/2026-02-01".parse::<Period>().is_err());
        assert!(matches!("2000-01-01/2026-01-01".parse::<Period>(), Err(Error::Long(_))));
        assert!("9999".parse::<Period>().is_err());
    }

    #[test]
    fn a_period_has_parts_and_whole_months() {
        let of = |text: &str| text.parse::<Period>().unwrap();
        assert_eq!(of("2026").whole_months().len(), 12);
        assert_eq!(of("2026-01-02/2026-03-30").whole_months(), [date(2026, 2, 1)]);
        assert_eq!(of("2026-01-02/2026-01-30").whole_months(), []);
        let parts = of("2026-01-15/2026-04-02").parts();
        assert_eq!(parts, [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 2)]);
        assert_eq!(of("2026-02").parts().len(), 28);
        assert!(of("2026-02").is_by_day() && !of("2026").is_by_day());
        let day = of("2026-05-05/2026-05-05");
        assert_eq!((day.parts().len(), day.to().as_second() - day.from().as_second()), (1, 86_400));
        assert!(!day.holds(day.to()) && day.holds(day.from()));
    }
}
