//! `rempart statistics`: what was blocked, as it may be told.

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::Console;
use super::running::ask_running;
use crate::statistics::{Count, Month, Statistics};

/// Show how many questions were blocked for each list of an authority, in the months that are over
///
/// No name and no client is counted, and small numbers are told as "fewer than 10". Figures are made once, when a month of
/// UTC is over, and stay. The authority takes what --json prints, in a file, into its transparency report.
#[derive(Args)]
pub(super) struct Told {
    /// Print the file for an authority
    #[arg(long)]
    json: bool,
}

pub(super) fn statistics(admin: SocketAddr, told: &Told, console: &mut Console<'_>) -> Result<ExitCode> {
    let statistics = Statistics::parse(&ask_running(admin, "GET", "/statistics")?)?;
    console.tell(if told.json { statistics.compose() } else { in_words(&statistics) })?;
    Ok(ExitCode::SUCCESS)
}

fn in_words(statistics: &Statistics) -> String {
    let mut lines = vec!["questions that were blocked, by list and category".to_owned()];
    for Month { from, to, epsilon, lists, .. } in &statistics.months {
        let noise = epsilon.map_or_else(String::new, |epsilon| format!(", with noise of epsilon {epsilon}"));
        lines.push(format!("{from} to {to}{noise}"));
        let row = |Count { list, category, blocked }: &Count| format!("  {list} ({category}): {blocked}");
        lines.extend(lists.iter().map(row));
    }
    if statistics.months.is_empty() {
        lines.push("no month is over yet".to_owned());
    }
    lines.push(format!("counting since {}, told when that month is over", statistics.counting_since));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_in_words() {
        let statistics = r#"{"format": "rempart-statistics/1", "resolver": "0123456789abcdef0123456789abcdef",
            "counting_since": "2026-11-01T00:00:00Z", "months": [{"from": "2026-10-01T00:00:00Z",
            "to": "2026-11-01T00:00:00Z", "threshold": 10, "epsilon": 0.5, "lists": [
            {"list": "fr/a", "category": "a", "blocked": 1284},
            {"list": "fr/b", "category": "b", "blocked": "fewer than 10"}]}]}"#;
        let words = in_words(&Statistics::parse(statistics).unwrap());
        assert!(words.contains("2026-10-01T00:00:00Z to 2026-11-01T00:00:00Z, with noise of epsilon 0.5\n"));
        assert!(words.contains("\n  fr/a (a): 1284\n  fr/b (b): fewer than 10\n"), "{words}");
        assert!(words.ends_with("counting since 2026-11-01T00:00:00Z, told when that month is over"));
    }
}
