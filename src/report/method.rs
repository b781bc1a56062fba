//! How the report was made: what words mean, what is withheld and why, what noise there is.

use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::decision::Outcome;
use super::made::Report;
use super::words;

pub(super) fn method(report: &Report) -> Markup {
    let made = report.settings.made.to_zoned(TimeZone::UTC);
    html! {
        section aria-labelledby="method" {
            h2 id="method" { "How this report was made" }
            p {
                "Made on " (words::day(made.date())) " by rempart-authority from the authority’s record of decisions, its \
                 published releases and what operators of resolvers handed over. All days are days of UTC. No name of a site \
                 and nothing about a person went into it."
            }
            h3 { "What the words mean" }
            dl class="terms" {
                @for outcome in Outcome::ALL { dt { (outcome.title()) } dd { (outcome.meaning()) } }
                dt { "Median, 90th percentile" }
                dd { "Half of the durations, and nine of ten, were as long or shorter. Both are durations that occurred." }
                dt { "Question" }
                dd { "One request to a resolver for one kind of record of one name that a list blocks." }
            }
            h3 { "What is withheld, and why" }
            (withheld_decisions(report))
            (withheld_enforcement(report))
            (left_out(report))
        }
    }
}

fn withheld_decisions(report: &Report) -> Markup {
    match report.settings.decisions_below {
        None => html! { p { "Figures about decisions are exact, small ones too: they show no person." } },
        Some(threshold) => html! {
            p {
                "A figure about decisions from 1 to " (threshold - 1) " is withheld, because it can point at a single case. So \
                 are as many others as it takes that none can be computed from totals: by all that is shown, each could be any of at \
                 least " (threshold) " numbers. Noughts are shown. Of durations, the longest and their number are withheld, and \
                 all where there are fewer than " (threshold) ". The sizes of lists are public by the lists themselves. \
                 Reports of periods that overlap can be compared, and show more together than each alone."
            }
        },
    }
}

fn withheld_enforcement(report: &Report) -> Markup {
    let enforcement = &report.enforcement;
    let threshold = enforcement.threshold;
    let epsilons: Vec<String> = enforcement.epsilons.iter().map(ToString::to_string).collect();
    html! {
        p {
            "What resolvers blocked is counted by list and month alone, never by name and never by who asked. Each resolver \
             withholds figures below its own threshold before anything leaves it, and here figures below " (threshold) " are \
             withheld, nought included: whoever looked for such a service, as a victim may, must not become visible. \
             What is withheld counts as nothing in every total, and therefore cannot be computed from one."
        }
        @if enforcement.by_list.is_empty() {
        } @else if epsilons.is_empty() {
            p { "Figures of resolvers have no noise." }
        } @else {
            p {
                @if enforcement.without_noise { "Some resolvers" } @else { "Resolvers" }
                " added noise to each of their figures once, of the two-sided geometric law (discrete Laplace), with epsilon "
                (epsilons.join(", ")) ", and counted what fell below nought as nought. One question changes one figure by one (sensitivity 1), and how \
                 probable any figure is by a factor of at most e to the epsilon. That hides a single question. It does not hide \
                 a person who asks often, nor a program that does so for them: for k questions, epsilon is k times as \
                 large. The sum of figures of several resolvers has the noise of each."
            }
        }
    }
}

fn left_out(report: &Report) -> Markup {
    let enforcement = &report.enforcement;
    let told = [
        (report.inconsistent, "durations that end before they begin"),
        (enforcement.other_months, "months of resolvers that are not whole months of this period"),
        (enforcement.other_lists, "figures of resolvers for lists that this authority does not publish"),
        (enforcement.repeated, "months that a resolver told more than once, which are counted once"),
    ];
    html! {
        @if told.iter().any(|(number, _)| *number > 0) {
            h3 { "What is left out" }
            ul {
                @for (number, what) in told.iter().filter(|(number, _)| *number > 0) {
                    li { (words::number(*number)) " " (what) }
                }
            }
        }
    }
}
