//! Dates as people and programs write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Reads a date, with or without time and zone; without a zone it is in UTC, without a time it is the beginning of the
/// day. What could be two dates, such as 03/04/2026, is none.
pub(super) fn read_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let civil = |at: DateTime| at.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    if text.len() > LONGEST {
        return None;
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    if let Ok(at) = text.parse::<DateTime>() {
        return civil(at);
    }
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let time = match time.trim() {
        "" => jiff::civil::Time::midnight(),
        time => time.parse().ok()?,
    };
    civil(day_of(day.trim_end_matches('.'))?.to_datetime(time))
}

/// A day, in numbers with the year last, or first.
fn day_of(text: &str) -> Option<Date> {
    let sign = ['.', '/', '-'].into_iter().find(|sign| text.contains(*sign))?;
    let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
    let numbers: Vec<i16> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, third] = numbers[..] else { return None };
    let date = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    match (parts[0].len(), parts[2].len()) {
        (4, _) => date(first, second, third),
        // With points the day is first wherever they are used; else that depends on who writes.
        (_, 4) if sign == '.' || first > 12 || first == second => date(third, second, first),
        (_, 4) if second > 12 => date(third, first, second),
        _ => None,
    }
}

/// Longer than any date.
const LONGEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_are_written_unless_they_could_be_two() {
        for (text, at) in [
            ("2026-12-31", "2026-12-31T00:00:00Z"),
            ("2026-12-31T12:00:00+01:00", "2026-12-31T11:00:00Z"),
            ("2026-12-31 12:00:00", "2026-12-31T12:00:00Z"),
            ("2026-12-31T12:00:00", "2026-12-31T12:00:00Z"),
            ("31.12.2026", "2026-12-31T00:00:00Z"),
            ("1.2.2026", "2026-02-01T00:00:00Z"),
            (" 31.12.2026 14:30 ", "2026-12-31T14:30:00Z"),
            ("31/12/2026", "2026-12-31T00:00:00Z"),
            ("12/31/2026", "2026-12-31T00:00:00Z"),
            ("03/03/2026", "2026-03-03T00:00:00Z"),
            ("2026/12/31", "2026-12-31T00:00:00Z"),
        ] {
            assert_eq!(read_date(text), Some(at.parse().unwrap()), "{text}");
        }
        let long = "1".repeat(1 << 20);
        for text in [
            "",
            "soon",
            "03/04/2026",
            "03-04-2026",
            "31.12.26",
            "32.1.2026",
            "1.2",
            "2026",
            "-1.2.2026",
            &long,
        ] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }
}
