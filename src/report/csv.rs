//! The report as one tidy table: a figure a line (RFC 4180).

use super::enforcement::Cell;
use super::made::Report;
use super::tables::{Figure, Row};

/// The characters at which spreadsheets take a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What a line says before its figure: section, list, category, legal basis, outcome, date.
type Place<'p> = [&'p str; 6];

const WITHHELD: &str = "withheld";

pub(super) fn compose(report: &Report) -> String {
    let mut table = Table("section,list,category,basis,outcome,date,measure,value,unit,note\r\n".to_owned());
    table.decisions(report);
    table.times(report);
    table.sizes(report);
    table.enforcement(report);
    table.0
}

struct Table(String);

impl Table {
    /// A line; without a value, the note says why there is none.
    fn line(&mut self, place: Place<'_>, measure: &str, value: Option<u64>, unit: &str, note: &str) {
        let value = value.map(|value| value.to_string()).unwrap_or_default();
        let cells: Vec<String> =
            place.iter().chain(&[measure, &value, unit, note]).map(|cell| quoted(cell)).collect();
        self.0.push_str(&cells.join(","));
        self.0.push_str("\r\n");
    }

    fn figure(&mut self, place: Place<'_>, measure: &str, figure: Figure) {
        let note = if figure == Figure::Withheld { WITHHELD } else { "" };
        self.line(place, measure, figure.shown(), "decisions", note);
    }

    fn decisions(&mut self, report: &Report) {
        let tables = &report.decisions;
        let mut row = |section: &str, category: &str, basis: &str, row: &Row| {
            for (outcome, figure) in tables.columns.iter().zip(row.outcomes) {
                self.figure([section, "", category, basis, outcome.key(), ""], "decisions", figure);
            }
            self.figure([section, "", category, basis, "all", ""], "decisions", row.total);
        };
        tables.by_category.iter().for_each(|one| row("decisions by category", &one.label, "", one));
        tables.by_basis.iter().for_each(|one| row("decisions by basis", "", &one.label, one));
        row("decisions", "", "", &tables.totals);
        for (measure, _, figure) in report.singles.all() {
            self.figure(["figures", "", "", "", "", ""], measure, figure);
        }
    }

    fn times(&mut self, report: &Report) {
        for times in &report.times {
            let place = ["times", "", "", "", times.measure.key(), ""];
            self.figure(place, "count", times.count);
            let values = [
                ("median", times.median),
                ("ninetieth_percentile", times.ninetieth),
                ("longest", times.longest),
            ];
            for (measure, value) in values {
                let note = match value {
                    None if times.count == Figure::Withheld => WITHHELD,
                    None => "none",
                    Some(_) => "",
                };
                self.line(place, measure, value, "seconds", note);
            }
        }
    }

    fn sizes(&mut self, report: &Report) {
        for size in &report.sizes.lists {
            for (index, part) in report.sizes.parts.iter().enumerate() {
                let day = part.to_string();
                let place = ["lists", &size.list, "", "", "", &day];
                let note = if size.rules[index].is_none() { "not published" } else { "" };
                self.line(place, "rules", size.rules[index], "rules", note);
                self.line(place, "added", Some(size.added[index]), "rules", "");
                self.line(place, "removed", Some(size.removed[index]), "rules", "");
            }
        }
    }

    fn enforcement(&mut self, report: &Report) {
        let enforcement = &report.enforcement;
        for series in &enforcement.by_list {
            let list = series.list.as_deref().unwrap_or_default();
            for (month, cell) in enforcement.months.iter().zip(&series.cells) {
                let Cell { blocked, resolvers, resolvers_withholding } = *cell;
                let note = match blocked {
                    Some(_) => "",
                    None if cell.is_told() => WITHHELD,
                    None => "not told",
                };
                let month = month.to_string();
                let place = ["enforcement", list, &series.category, "", "", &month];
                self.line(place, "blocked", blocked, "questions", note);
                self.line(place, "resolvers", Some(resolvers), "resolvers", "");
                self.line(place, "resolvers_withholding", Some(resolvers_withholding), "resolvers", "");
            }
            let place = ["enforcement", list, &series.category, "", "", ""];
            self.line(place, "blocked_as_shown", Some(series.total), "questions", "");
        }
    }
}

fn quoted(cell: &str) -> String {
    let cell = if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() };
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}
