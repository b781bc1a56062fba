//! Figures, days and durations as people read them, and what the words of a report mean.

use jiff::civil::Date;

use super::decision::Outcome;
use super::durations::Measure;
use super::tables::Figure;

const MINUTE: u64 = 60;
const HOUR: u64 = 3_600;
const DAY: u64 = 86_400;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A number with its thousands apart.
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A figure, or that it is withheld.
pub(super) fn figure(figure: Figure) -> String {
    figure.shown().map_or_else(|| "withheld".into(), number)
}

/// A duration in the unit that suits it.
pub(super) fn duration(seconds: u64) -> String {
    let tenths = |unit: u64| {
        // Rounded half up, in whole numbers.
        let tenths = (seconds * 10 + unit / 2) / unit;
        match tenths % 10 {
            0 => number(tenths / 10),
            tenth => format!("{}.{tenth}", number(tenths / 10)),
        }
    };
    match seconds {
        0..MINUTE => "under 1 min".into(),
        MINUTE..HOUR => format!("{} min", seconds / MINUTE),
        HOUR..172_800 => format!("{} h", tenths(HOUR)),
        _ => format!("{} days", tenths(DAY)),
    }
}

/// A day, such as `1 March 2026`.
pub(super) fn day(day: Date) -> String {
    format!("{} {} {}", day.day(), month_name(day), day.year())
}

/// A month, such as `March 2026`.
pub(super) fn month(day: Date) -> String {
    format!("{} {}", month_name(day), day.year())
}

/// A month, such as `Mar`.
pub(super) fn month_short(day: Date) -> &'static str {
    &month_name(day)[..3]
}

fn month_name(day: Date) -> &'static str {
    MONTHS[(day.month() - 1) as usize]
}

impl Outcome {
    /// As a column is called.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Listed => "Listed",
            Self::Rejected => "Rejected",
            Self::Expired => "Expired",
            Self::Removed => "Removed",
            Self::RemovedOnAppeal => "Removed on appeal",
        }
    }

    /// What it means.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Pending => "Proposed, and at the end of the period not yet approved or rejected.",
            Self::Listed => "Approved in the period, and at its end still in force.",
            Self::Rejected => "The proposal was turned down.",
            Self::Expired => {
                "Its time was up: a listing reached its end date, or a proposal was left undecided for too long."
            }
            Self::Removed => "Taken off the list by the authority itself.",
            Self::RemovedOnAppeal => "Taken off the list because an appeal against it was upheld.",
        }
    }
}

impl Measure {
    /// As a row is called.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::ProposalToApproval => "From proposal to approval",
            Self::ProposalToEffect => "From proposal to effect",
            Self::UrgentProposalToEffect => "From proposal to effect, urgent ones",
            Self::ApprovalToEffect => "From approval to effect",
            Self::AppealToDecision => "From appeal to its decision",
            Self::AppealToRemoval => "From appeal to removal out of effect",
            Self::RemovalToEffect => "From a removal’s decision to its effect",
            Self::StayUntilAppeal => "In effect until removed on appeal",
            Self::StayUntilRemoval => "In effect until removed otherwise",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_as_people_say_them() {
        for (value, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(number(value), text);
        }
        for (seconds, text) in [
            (0, "under 1 min"),
            (60, "1 min"),
            (3_599, "59 min"),
            (3_600, "1 h"),
            (5_400, "1.5 h"),
            (172_799, "48 h"),
            (172_800, "2 days"),
            (1_080_000, "12.5 days"),
            (u64::from(u32::MAX), "49,710.3 days"),
        ] {
            assert_eq!(duration(seconds), text);
        }
        let date: Date = "2026-03-09".parse().unwrap();
        assert_eq!((day(date), month(date)), ("9 March 2026".into(), "March 2026".into()));
        assert_eq!((month_short(date), figure(Figure::Withheld)), ("Mar", "withheld".into()));
    }
}
