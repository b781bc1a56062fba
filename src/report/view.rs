//! The report as one page of HTML that needs nothing else.
//!
//! `maud` escapes every value that is put between its braces; the exception is our own stylesheet, whose hash is in the
//! page's Content-Security-Policy, which allows nothing else. Every plot has a table of the same figures, and what is wider
//! than a phone moves in a frame of its own, which the keyboard reaches.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::enforcement::{Cell, Series};
use super::made::Report;
use super::plot::{self, Bar, Range};
use super::sizes::Size;
use super::tables::{Figure, Row, Tables};
use super::words;

const STYLE: &str = include_str!("style.css");
/// A plot of more is none; the table has all.
const MOST_BARS: usize = 12;

pub(super) fn page(report: &Report) -> String {
    let hash = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
    let title = format!("Transparency report, {}", spoken(report));
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(concat!("rempart ", env!("CARGO_PKG_VERSION")));
                title { (report.settings.authority) ": " (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    p class="soft" { (report.settings.authority) }
                    h1 { "Transparency report" }
                    p { (spoken(report)) }
                }
                main {
                    (tiles(report))
                    (decisions(report))
                    (times(report))
                    (figures(report))
                    (sizes(report))
                    (enforcement(report))
                    (super::method::method(report))
                }
            }
        }
    };
    markup.into_string()
}

fn spoken(report: &Report) -> String {
    let unfinished = if report.settings.made < report.period.to() { ", which had not ended yet" } else { "" };
    format!("{} to {}{unfinished}", words::day(report.period.first()), words::day(report.period.last()))
}

/// What is read first.
fn tiles(report: &Report) -> Markup {
    let totals = &report.decisions.totals.outcomes;
    let singles = &report.singles;
    let rules: Option<u64> =
        report.sizes.lists.iter().filter_map(|size| *size.rules.last()?).reduce(u64::saturating_add);
    let blocked =
        report.enforcement.by_list.iter().fold(0u64, |sum, series| sum.saturating_add(series.total));
    html! {
        dl class="tiles" {
            (tile("decisions handled", &words::figure(report.decisions.totals.total)))
            (tile("proposals approved", &words::figure(singles.approved)))
            (tile("removed on appeal", &words::figure(totals[5])))
            (tile("pending at the end", &words::figure(totals[0])))
            (tile("rules in lists at the end", &rules.map_or_else(|| "none".into(), words::number)))
            @if !report.enforcement.by_list.is_empty() {
                (tile("questions blocked, as far as shown", &words::number(blocked)))
            }
        }
    }
}

fn tile(what: &str, figure: &str) -> Markup {
    html! { div { dt { (what) } dd { (figure) } } }
}

fn decisions<'a>(report: &'a Report) -> Markup {
    let Tables { columns, by_category, by_basis, totals } = &report.decisions;
    let titles = columns.map(|outcome| outcome.title());
    let bar = |row: &'a Row| Bar {
        label: &row.label,
        parts: row.outcomes.map(|figure| figure.shown().unwrap_or(0)).to_vec(),
        total: row.total,
    };
    let mut bars: Vec<Bar<'a>> = by_category.iter().map(bar).collect();
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.length()));
    let is_cut = bars.len() > MOST_BARS;
    bars.truncate(MOST_BARS);
    html! {
        section aria-labelledby="decisions" {
            h2 id="decisions" { "Decisions" }
            p {
                "Each decision on which something was decided in the period, or still had to be at its end, is counted \
                 once: by what had become of it at the end."
            }
            @if by_category.is_empty() {
                p { "There were none." }
            } @else {
                figure {
                    figcaption { "Decisions by category and outcome" }
                    div class="wide plot" tabindex="0" role="group" aria-label="Plot of decisions by category" {
                        (plot::bars("Decisions by category and outcome; the table below has the figures", &titles, &bars))
                    }
                    @if is_cut { p class="soft" { "The plot shows the " (MOST_BARS) " largest of " (by_category.len()) "." } }
                    @if report.decisions.withholds() { p class="soft" { "What is withheld has no shade in the plot, and where a total is withheld no length." } }
                }
                (outcomes("Category", "Decisions by category and outcome", by_category, &titles, totals))
                (outcomes("Legal basis", "Decisions by legal basis and outcome", by_basis, &titles, totals))
            }
        }
    }
}

fn outcomes(first: &str, caption: &str, rows: &[Row], titles: &[&str], totals: &Row) -> Markup {
    let row = |row: &Row, class: &str, label: &str| {
        html! {
            tr class=(class) {
                th scope="row" { (label) }
                @for figure in row.outcomes { (cell(figure)) }
                (cell(row.total))
            }
        }
    };
    let head = html! {
        tr {
            th class="first" scope="col" { (first) }
            @for title in titles { th scope="col" { (title) } }
            th scope="col" { "All" }
        }
    };
    let body = html! {
        @for one in rows { (row(one, "", &one.label)) }
        (row(totals, "sum", "All"))
    };
    table(caption, head, body)
}

/// A table in a frame that moves where it is wider than the page.
pub(super) fn table(caption: &str, head: Markup, body: Markup) -> Markup {
    html! {
        div class="wide" tabindex="0" role="group" aria-label=(format!("Table: {caption}")) {
            table {
                caption { (caption) }
                thead { (head) }
                tbody { (body) }
            }
        }
    }
}

fn cell(figure: Figure) -> Markup {
    match figure {
        Figure::Shown(number) => html! { td { (words::number(number)) } },
        Figure::Withheld => html! { td class="none" { "withheld" } },
    }
}

fn times(report: &Report) -> Markup {
    let ranges: Vec<Range<'_>> = report
        .times
        .iter()
        .filter_map(|times| {
            let (median, ninetieth) = (times.median?, times.ninetieth?);
            Some(Range { label: times.measure.title(), median, ninetieth, longest: times.longest })
        })
        .collect();
    let time = |seconds: Option<u64>, count: Figure| match seconds {
        Some(seconds) => html! { td { (words::duration(seconds)) } },
        None if count == Figure::Withheld => html! { td class="none" { "withheld" } },
        None => html! { td class="none" { "–" } },
    };
    let head = html! {
        tr {
            th class="first" scope="col" { "What took time" }
            th scope="col" { "How often" } th scope="col" { "Median" }
            th scope="col" { "90th percentile" } th scope="col" { "Longest" }
        }
    };
    let body = html! {
        @for times in &report.times {
            tr {
                th scope="row" { (times.measure.title()) }
                (cell(times.count)) (time(times.median, times.count))
                (time(times.ninetieth, times.count)) (time(times.longest, times.count))
            }
        }
    };
    html! {
        section aria-labelledby="times" {
            h2 id="times" { "How long it took" }
            p { "What ended in the period, whenever it had begun. Effect is the first published release with a name, or without it." }
            @if !ranges.is_empty() {
                figure {
                    figcaption { "Durations, on a scale on which each step is a multiple" }
                    div class="wide plot" tabindex="0" role="group" aria-label="Plot of durations" {
                        (plot::ranges("Durations; the table below has the figures", &ranges))
                    }
                }
            }
            (table("Durations", head, body))
        }
    }
}

fn figures(report: &Report) -> Markup {
    let head = html! { tr { th class="first" scope="col" { "What" } th scope="col" { "Number" } } };
    let body = html! {
        @for (_, title, figure) in report.singles.all() {
            @let class = if title.starts_with("of these") { "in" } else { "" };
            tr { th scope="row" class=(class) { (title) } (cell(figure)) }
        }
    };
    html! {
        section aria-labelledby="figures" {
            h2 id="figures" { "Proposals, overrides and appeals" }
            p {
                "An override lists a name although a guard rail speaks against it, such as the rule that no shared \
                 platform is listed as a whole; its reason is published with it."
            }
            (table("Proposals, overrides and appeals", head, body))
        }
    }
}

fn sizes(report: &Report) -> Markup {
    let sizes = &report.sizes;
    let labels = moments(&sizes.parts, report.period.is_by_day());
    let mut lines: Vec<plot::Line<'_>> =
        sizes.lists.iter().map(|size| (&size.list[..], size.rules.clone())).collect();
    keep_highest(&mut lines);
    let is_cut = sizes.lists.len() > lines.len();
    html! {
        section aria-labelledby="lists" {
            h2 id="lists" { "The lists" }
            @if sizes.lists.is_empty() {
                p { "No list was published by the end of the period." }
            } @else {
                p { "The size of each list at the end of each part of the period, as it was published." }
                figure {
                    figcaption { "Rules in each list" }
                    div class="wide plot" tabindex="0" role="group" aria-label="Plot of the sizes of lists" {
                        (plot::lines("Rules in each list; the tables below have the figures", &labels, &lines))
                    }
                    @if is_cut { p class="soft" { "The plot shows the " (lines.len()) " largest of " (sizes.lists.len()) "." } }
                }
                @for size in &sizes.lists { (size_table(report, size)) }
            }
        }
    }
}

fn size_table(report: &Report, size: &Size) -> Markup {
    let head = html! {
        tr {
            th class="first" scope="col" { "Up to" } th scope="col" { "Rules" }
            th scope="col" { "Added" } th scope="col" { "Removed" }
        }
    };
    let rules = |rules: Option<u64>| match rules {
        Some(rules) => html! { td { (words::number(rules)) } },
        None => html! { td class="none" { "not published" } },
    };
    let body = html! {
        tr { th scope="row" { "before the period" } (rules(size.before)) td class="none" { "–" } td class="none" { "–" } }
        @for (index, part) in report.sizes.parts.iter().enumerate() {
            tr {
                th scope="row" { (words::day(*part)) }
                (rules(size.rules[index]))
                td { (words::number(size.added[index])) } td { (words::number(size.removed[index])) }
            }
        }
    };
    let serial = size.serial.map_or_else(String::new, |serial| format!(", last serial {serial}"));
    table(&format!("List {}{serial}", size.list), head, body)
}

/// Keeps as many lines as a plot has shades for, the highest first.
fn keep_highest(lines: &mut Vec<plot::Line<'_>>) {
    lines.sort_by_key(|(_, values)| std::cmp::Reverse(values.iter().flatten().max().copied()));
    lines.truncate(plot::SHADES);
}

fn enforcement(report: &Report) -> Markup {
    let enforcement = &report.enforcement;
    let labels = moments(&enforcement.months, false);
    let mut lines: Vec<plot::Line<'_>> =
        enforcement.by_list.iter().map(|one| (name(one), shown(one))).collect();
    keep_highest(&mut lines);
    let is_cut = enforcement.by_list.len() > lines.len();
    html! {
        section aria-labelledby="enforcement" {
            h2 id="enforcement" { "What resolvers blocked" }
            @if enforcement.by_list.is_empty() {
                p { "No resolver told anything of whole months of this period." }
            } @else {
                p {
                    "Questions that were blocked, as " (words::number(enforcement.resolvers))
                    @if enforcement.resolvers == 1 { " resolver" } @else { " resolvers" }
                    " told. A visit to one page asks several questions, and programs ask again by themselves: this is no \
                     number of people. Figures below " (enforcement.threshold) ", or that resolvers withheld, are withheld, \
                     and in no total."
                }
                figure {
                    figcaption { "Questions blocked in each month, by list" }
                    div class="wide plot" tabindex="0" role="group" aria-label="Plot of questions that were blocked" {
                        (plot::lines("Questions blocked in each month; the tables below have the figures", &labels, &lines))
                    }
                    @if is_cut { p class="soft" { "The plot shows the " (lines.len()) " largest of " (enforcement.by_list.len()) "." } }
                }
                (months("Questions blocked by category", &enforcement.by_category, report, false))
                @for series in &enforcement.by_list {
                    (months(&format!("List {} ({})", name(series), series.category), std::slice::from_ref(series), report, true))
                }
            }
        }
    }
}

/// Days or months as the axis of a plot has them, with the year where there are several.
fn moments(days: &[Date], is_by_day: bool) -> Vec<String> {
    let is_of_one_year = days.first().map(|day| day.year()) == days.last().map(|day| day.year());
    let moment = |day: &Date| match (is_by_day, is_of_one_year) {
        (true, _) => format!("{} {}", day.day(), words::month_short(*day)),
        (false, true) => words::month_short(*day).to_owned(),
        (false, false) => format!("{} {:02}", words::month_short(*day), day.year() % 100),
    };
    days.iter().map(moment).collect()
}

fn name(series: &Series) -> &str {
    series.list.as_deref().unwrap_or(&series.category)
}

fn shown(series: &Series) -> Vec<Option<u64>> {
    series.cells.iter().map(|cell| cell.blocked).collect()
}

/// Months as rows, series as columns; with one series, how many resolvers told of it too.
fn months(caption: &str, series: &[Series], report: &Report, with_resolvers: bool) -> Markup {
    let enforcement = &report.enforcement;
    let blocked = |cell: &Cell| match cell.blocked {
        Some(number) => html! { td { (words::number(number)) } },
        None if cell.is_told() => html! { td class="none" { "withheld" } },
        None => html! { td class="none" { "not told" } },
    };
    let head = html! {
        tr {
            th class="first" scope="col" { "Month" }
            @for one in series { th scope="col" { @if with_resolvers { "Questions" } @else { (one.category) } } }
            @if with_resolvers {
                th scope="col" { "Resolvers that told a figure" } th scope="col" { "Resolvers that withheld theirs" }
            }
        }
    };
    let body = html! {
        @for (index, month) in enforcement.months.iter().enumerate() {
            tr {
                th scope="row" { (words::month(*month)) }
                @for one in series {
                    (blocked(&one.cells[index]))
                    @if with_resolvers {
                        td { (words::number(one.cells[index].resolvers)) }
                        td { (words::number(one.cells[index].resolvers_withholding)) }
                    }
                }
            }
        }
        tr class="sum" {
            th scope="row" { "As far as shown" }
            @for one in series {
                td { (words::number(one.total)) }
                @if with_resolvers { td {} td {} }
            }
        }
    };
    table(caption, head, body)
}
