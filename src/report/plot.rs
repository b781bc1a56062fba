//! Plots, as SVG inside the page: bars of outcomes, ranges of durations, lines over time.
//!
//! Each stands beside a table of the same figures, so that nobody needs to see it. Shades and dashes come from the page's
//! stylesheet, for paper, light and dark alike; text is of the page's size and no line depends on its colour alone.

use maud::{Markup, html};

use super::tables::Figure;
use super::words;

/// The width of a plot, in units of about a pixel.
const WIDTH: u64 = 640;
/// As many shades and dashes as the stylesheet has.
pub(super) const SHADES: usize = 6;

/// A bar: what it is of, its parts, and how long it is in all, where that is shown; what no part shows is an outline.
pub(super) struct Bar<'b> {
    /// Of what.
    pub label: &'b str,
    /// In the order of the legend.
    pub parts: Vec<u64>,
    /// All of them.
    pub total: Figure,
}

impl Bar<'_> {
    /// As long as it is drawn.
    pub(super) fn length(&self) -> u64 {
        self.total.shown().unwrap_or_else(|| self.parts.iter().sum())
    }
}

/// Bars that are cut into parts. Labels stand above bars, so that they may be long.
pub(super) fn bars(title: &str, legend: &[&str], rows: &[Bar<'_>]) -> Markup {
    const STEP: u64 = 44;
    const BAR: u64 = 18;
    const ROOM: u64 = 70;
    let longest = rows.iter().map(Bar::length).max().unwrap_or(0).max(1);
    let height = rows.len() as u64 * STEP + 4;
    let scaled = |value: u64| (u128::from(value) * u128::from(WIDTH - ROOM) / u128::from(longest)) as u64;
    html! {
        (key(legend, "part"))
        svg viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label=(title) {
            @for (index, bar) in rows.iter().enumerate() {
                @let top = index as u64 * STEP;
                @let (shown, length) = (scaled(bar.parts.iter().sum()), scaled(bar.length()));
                text x="0" y=(top + 14) { (cut(bar.label)) }
                @for (shade, part) in bar.parts.iter().enumerate() {
                    @let before = scaled(bar.parts[..shade].iter().sum());
                    @let after = scaled(bar.parts[..=shade].iter().sum());
                    @if *part > 0 {
                        rect class=(format!("part s{}", shade % SHADES)) x=(before) y=(top + 20)
                            width=((after - before).max(1)) height=(BAR) {}
                    }
                }
                @if length > shown {
                    rect class="rest" x=(shown) y=(top + 20) width=(length - shown) height=(BAR) {}
                }
                text class="figure" x=(length + 8) y=(top + 34) { (words::figure(bar.total)) }
            }
        }
    }
}

/// A duration's median, the value that nine of ten do not exceed, and the longest where it is shown; in seconds.
pub(super) struct Range<'r> {
    /// Of what.
    pub label: &'r str,
    /// Half are as long or shorter.
    pub median: u64,
    /// Nine of ten are.
    pub ninetieth: u64,
    /// All are.
    pub longest: Option<u64>,
}

/// The marks of the axis of durations.
const MARKS: [(u64, &str); 8] = [
    (60, "1 min"),
    (600, "10 min"),
    (3_600, "1 h"),
    (21_600, "6 h"),
    (86_400, "1 day"),
    (604_800, "1 week"),
    (2_592_000, "30 days"),
    (31_536_000, "1 year"),
];

/// Ranges on one axis, each step of which is a multiple.
pub(super) fn ranges(title: &str, rows: &[Range<'_>]) -> Markup {
    const STEP: u64 = 40;
    const ROOM: u64 = 30;
    const TOP: u64 = 22;
    let all = rows.iter().flat_map(|range| [range.median, range.ninetieth, range.longest.unwrap_or(0)]);
    let longest = all.clone().max().unwrap_or(0).clamp(MARKS[0].0, u64::from(u32::MAX));
    let shortest = all.filter(|seconds| *seconds > 0).min().unwrap_or(0).max(MARKS[0].0);
    // From the mark below the shortest to the mark above the longest, or to that itself where there is none.
    let first = MARKS.iter().rposition(|(mark, _)| *mark <= shortest).unwrap_or(0);
    let last = MARKS.iter().position(|(mark, _)| *mark >= longest).unwrap_or(MARKS.len() - 1).max(first + 1);
    let marks = &MARKS[first..=last.min(MARKS.len() - 1)];
    let (low, high) = (marks[0].0 as f64, longest.max(marks[marks.len() - 1].0) as f64);
    let place = |seconds: u64| {
        let share = ((seconds as f64).max(low) / low).ln() / (high / low).ln().max(f64::MIN_POSITIVE);
        ROOM + (share * (WIDTH - 2 * ROOM) as f64) as u64
    };
    let bottom = TOP + rows.len() as u64 * STEP;
    html! {
        p class="key" {
            span { (sample("dot")) " half of them within" }
            span { (sample("tick")) " nine of ten within" }
            span { (sample("ring")) " the longest" }
        }
        svg viewBox=(format!("0 0 {WIDTH} {}", bottom + 4)) role="img" aria-label=(title) {
            @for (seconds, label) in marks {
                line class="grid" x1=(place(*seconds)) x2=(place(*seconds)) y1=(TOP) y2=(bottom) {}
                text class="mark" x=(place(*seconds)) y="13" { (label) }
            }
            @for (index, range) in rows.iter().enumerate() {
                @let y = TOP + index as u64 * STEP + 28;
                @let (middle, most) = (place(range.median), place(range.ninetieth));
                text class="over" x="0" y=(y - 12) { (range.label) }
                line class="thick" x1=(middle) x2=(most) y1=(y) y2=(y) {}
                line class="thick" x1=(most) x2=(most) y1=(y - 5) y2=(y + 5) {}
                @if let Some(longest) = range.longest {
                    line class="thin" x1=(most) x2=(place(longest)) y1=(y) y2=(y) {}
                    circle class="ring" cx=(place(longest)) cy=(y) r="3.5" {}
                }
                circle class="dot" cx=(middle) cy=(y) r="4.5" {}
            }
        }
    }
}

/// A line over time: a label, and a value for each moment where there is one.
pub(super) type Line<'l> = (&'l str, Vec<Option<u64>>);

/// Lines over the same moments, whose labels stand below; `shown` of them fit.
pub(super) fn lines(title: &str, moments: &[String], lines: &[Line<'_>]) -> Markup {
    const HEIGHT: u64 = 240;
    const LEFT: u64 = 64;
    const TOP: u64 = 14;
    const BOTTOM: u64 = 28;
    const MOST_LABELS: usize = 12;
    let values = lines.iter().flat_map(|(_, values)| values).flatten();
    let step = step(values.max().copied().unwrap_or(0));
    let top = step.saturating_mul(4);
    let x = |index: usize| LEFT + (WIDTH - LEFT - 16) * index as u64 / (moments.len().max(2) as u64 - 1);
    let y = |value: u64| {
        let share = u128::from(value.min(top)) * u128::from(HEIGHT - TOP - BOTTOM) / u128::from(top.max(1));
        HEIGHT - BOTTOM - share as u64
    };
    let every = moments.len().div_ceil(MOST_LABELS).max(1);
    let names: Vec<&str> = lines.iter().map(|(label, _)| *label).collect();
    html! {
        (key(&names, "line"))
        svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(title) {
            @for mark in 0..=4 {
                @let value = step.saturating_mul(mark);
                line class="grid" x1=(LEFT) x2=(WIDTH - 16) y1=(y(value)) y2=(y(value)) {}
                text class="value" x=(LEFT - 8) y=(y(value) + 4) { (words::number(value)) }
            }
            @for (index, moment) in moments.iter().enumerate().step_by(every) {
                text class="mark" x=(x(index)) y=(HEIGHT - 8) { (moment) }
            }
            @for (shade, (_, values)) in lines.iter().enumerate() {
                @for run in runs(values) {
                    @let points = run.iter().map(|(index, value)| format!("{},{}", x(*index), y(*value)));
                    @let points = points.collect::<Vec<_>>().join(" ");
                    polyline class=(format!("line l{}", shade % SHADES)) points=(points) {}
                    @if moments.len() <= 31 {
                        @for (index, value) in run {
                            circle class=(format!("point p{}", shade % SHADES)) cx=(x(index)) cy=(y(value)) r="2.5" {}
                        }
                    }
                }
            }
        }
    }
}

/// What shades or dashes mean.
fn key(names: &[&str], kind: &str) -> Markup {
    html! {
        p class="key" {
            @for (index, name) in names.iter().enumerate() {
                span {
                    svg class="sample" viewBox="0 0 26 12" aria-hidden="true" {
                        @if kind == "part" {
                            rect class=(format!("part s{}", index % SHADES)) x="1" y="1" width="24" height="10" {}
                        } @else {
                            line class=(format!("line l{}", index % SHADES)) x1="0" x2="26" y1="6" y2="6" {}
                        }
                    }
                    " " (name)
                }
            }
        }
    }
}

fn sample(mark: &str) -> Markup {
    html! {
        svg class="sample" viewBox="0 0 26 12" aria-hidden="true" {
            @match mark {
                "dot" => { circle class="dot" cx="13" cy="6" r="4.5" {} }
                "tick" => { line class="thick" x1="4" x2="22" y1="6" y2="6" {} line class="thick" x1="22" x2="22" y1="1" y2="11" {} }
                _ => { line class="thin" x1="4" x2="18" y1="6" y2="6" {} circle class="ring" cx="21" cy="6" r="3.5" {} }
            }
        }
    }
}

/// Values that stand side by side, each with its place.
fn runs(values: &[Option<u64>]) -> Vec<Vec<(usize, u64)>> {
    let placed: Vec<Option<(usize, u64)>> =
        values.iter().enumerate().map(|(index, value)| value.map(|value| (index, value))).collect();
    let runs = placed.split(Option::is_none).map(|run| run.iter().flatten().copied().collect());
    runs.filter(|run: &Vec<_>| !run.is_empty()).collect()
}

/// A quarter of an axis that holds a value: 1, 2, 2.5 or 5 and noughts.
fn step(most: u64) -> u64 {
    let least = most.div_ceil(4).max(1);
    let mut unit = 1u64;
    loop {
        // Marks are whole.
        let steps = [unit, unit * 2, if unit >= 10 { unit * 5 / 2 } else { unit * 2 }, unit * 5];
        if let Some(step) = steps.into_iter().find(|step| *step >= least) {
            return step;
        }
        match unit.checked_mul(10).filter(|unit| *unit < u64::MAX / 100) {
            Some(next) => unit = next,
            None => return least,
        }
    }
}

/// A label that fits above its bar.
fn cut(label: &str) -> String {
    const LONGEST: usize = 72;
    match label.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &label[..end]),
        None => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_marks() {
        for (most, mark) in [
            (0, 1),
            (1, 1),
            (4, 1),
            (5, 2),
            (17, 5),
            (21, 10),
            (80, 20),
            (90, 25),
            (101, 50),
            (12_345, 5_000),
        ] {
            assert_eq!(step(most), mark, "{most}");
        }
        assert!(step(u64::MAX) > 0);
    }

    #[test]
    fn a_line_has_gaps_where_nothing_is_told() {
        assert_eq!(runs(&[None, Some(1), Some(2), None, Some(3)]), [vec![(1, 1), (2, 2)], vec![(4, 3)]]);
        assert_eq!(runs(&[]), [[]; 0]);
    }

    #[test]
    fn plots_of_nothing_and_of_too_much_are_plots() {
        assert!(bars("t", &["a"], &[]).into_string().contains("<svg"));
        assert!(lines("t", &[], &[]).into_string().contains("<svg"));
        assert!(ranges("t", &[]).into_string().contains("<svg"));
        let range = Range { label: "<b>", median: 0, ninetieth: u64::from(u32::MAX), longest: Some(1 << 40) };
        let text = ranges("t", &[range]).into_string();
        assert!(text.contains("&lt;b&gt;") && !text.contains("NaN"), "{text}");
        let most = [("a", vec![Some(u64::MAX / 2), Some(0)])];
        assert!(lines("t", &["x".into(), "y".into()], &most).into_string().contains("polyline"));
    }
}
