//! Decisions by category and by legal basis, each by outcome; and what is withheld of them.
//!
//! There are two tables, and not three or one for each pair: two that share their outcomes are a network, for which it can
//! be proved what a reader could compute (see [`withheld`]).

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::decision::{Decision, Outcome};
use super::period::Period;
use super::withhold::{Arc, withheld};

const OUTCOMES: usize = Outcome::ALL.len();

/// A number of decisions, as far as it is shown. In JSON a number, or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// So many.
    Shown(u64),
    /// One at least: few, or such that few could be computed from it.
    Withheld,
}

impl Figure {
    /// The number, where it is shown.
    pub fn shown(self) -> Option<u64> {
        match self {
            Self::Shown(number) => Some(number),
            Self::Withheld => None,
        }
    }

    fn of(number: u64, is_withheld: bool) -> Self {
        if is_withheld { Self::Withheld } else { Self::Shown(number) }
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}

/// The decisions of one category or legal basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The category or legal basis; `all` for the totals.
    pub label: String,
    /// By outcome, in the order of [`Outcome::ALL`].
    pub outcomes: [Figure; OUTCOMES],
    /// All of them.
    pub total: Figure,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tables {
    /// The order of columns.
    pub columns: [Outcome; OUTCOMES],
    /// By category.
    pub by_category: Vec<Row>,
    /// By legal basis.
    pub by_basis: Vec<Row>,
    /// By outcome alone, the same for both.
    pub totals: Row,
}

/// Counts of decisions by a word and by outcome.
type Counts = BTreeMap<String, [u64; OUTCOMES]>;

/// What tables are made of.
#[derive(Default)]
pub(super) struct Counting {
    categories: Counts,
    bases: Counts,
}

impl Counting {
    /// Takes a decision.
    pub(super) fn add(&mut self, decision: &Decision, period: &Period) {
        let Some(outcome) = decision.outcome(period) else { return };
        for (counts, word) in [(&mut self.categories, &decision.category), (&mut self.bases, &decision.basis)]
        {
            if !counts.contains_key(word) {
                counts.insert(word.clone(), [0; OUTCOMES]);
            }
            counts.get_mut(word).into_iter().for_each(|row| row[outcome as usize] += 1);
        }
    }

    /// The tables; with a threshold, figures below it are withheld, and as many others as that takes.
    pub(super) fn tables(self, threshold: Option<u64>) -> Tables {
        let columns = std::array::from_fn(|column| self.categories.values().map(|row| row[column]).sum());
        let arcs = self.arcs(&columns);
        let hidden =
            threshold.map_or_else(|| vec![false; arcs.len()], |threshold| withheld(&arcs, threshold));
        let mut figures = arcs.iter().zip(hidden).map(|(arc, hidden)| Figure::of(arc.value, hidden));
        // In the order of the arcs.
        let mut next = || figures.next().unwrap_or(Figure::Withheld);
        let total = next();
        let mut row = |label: &str, total: Option<Figure>| Row {
            label: label.to_owned(),
            total: total.unwrap_or_else(&mut next),
            outcomes: std::array::from_fn(|_| next()),
        };
        let totals = row("all", Some(total));
        let by_category = self.categories.keys().map(|label| row(label, None)).collect();
        let by_basis = self.bases.keys().map(|label| row(label, None)).collect();
        Tables { columns: Outcome::ALL, by_category, by_basis, totals }
    }

    /// The figures as a network: the total, those of columns, then for each row its total and its cells.
    ///
    /// ```text
    /// end ─total─► start ─row─► category ─cell─► column ─total─► column' ─cell─► basis ─row─► end
    /// ```
    fn arcs(&self, columns: &[u64; OUTCOMES]) -> Vec<Arc> {
        const START: usize = 0;
        const END: usize = 1;
        const COLUMN: usize = 2;
        const SECOND_COLUMN: usize = COLUMN + OUTCOMES;
        const FIRST_ROW: usize = SECOND_COLUMN + OUTCOMES;
        let total: u64 = columns.iter().sum();
        // Cells before totals of rows, those before totals of columns, and the total of all last.
        let price =
            |rank: u32, value: u64| (total + 1).saturating_mul(1000u64.pow(rank)).saturating_add(value);
        let arc = |from, to, value, rank| Arc { from, to, value, cost: price(rank, value) };
        let mut arcs = vec![arc(END, START, total, 3)];
        let totals = columns.iter().enumerate();
        arcs.extend(totals.map(|(column, value)| arc(COLUMN + column, SECOND_COLUMN + column, *value, 2)));
        let rows = self.categories.values().map(|row| (row, true));
        let rows = rows.chain(self.bases.values().map(|row| (row, false)));
        for ((row, is_category), node) in rows.zip(FIRST_ROW..) {
            let sum = row.iter().sum();
            let (from, to) = if is_category { (START, node) } else { (node, END) };
            arcs.push(arc(from, to, sum, 1));
            arcs.extend(row.iter().enumerate().map(|(column, value)| match is_category {
                true => arc(node, COLUMN + column, *value, 0),
                false => arc(SECOND_COLUMN + column, node, *value, 0),
            }));
        }
        arcs
    }
}

impl Tables {
    /// Whether a total over all categories is withheld.
    pub(super) fn withholds_totals(&self) -> bool {
        self.totals.total == Figure::Withheld || self.totals.outcomes.contains(&Figure::Withheld)
    }

    /// Whether anything is withheld.
    pub(super) fn withholds(&self) -> bool {
        let mut rows = self.by_category.iter().chain(&self.by_basis);
        self.withholds_totals()
            || rows.any(|row| row.total == Figure::Withheld || row.outcomes.contains(&Figure::Withheld))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SplitMix64: the same numbers for a seed everywhere.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, bound: u64) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (mixed ^ (mixed >> 31)) % bound
        }
    }

    /// Decisions of so many categories, bases and outcomes.
    fn random(chance: &mut Chance, rows: (u64, u64), outcomes: u64, decisions: u64) -> Counting {
        let mut counting = Counting::default();
        for _ in 0..decisions {
            // Some are common and some are rare.
            let mut pick =
                |bound: u64| chance.below(bound).min(chance.below(bound)).min(chance.below(bound)) as usize;
            let (category, basis, outcome) = (pick(rows.0), pick(rows.1), pick(outcomes));
            counting.categories.entry(format!("c{category}")).or_insert([0; OUTCOMES])[outcome] += 1;
            counting.bases.entry(format!("b{basis}")).or_insert([0; OUTCOMES])[outcome] += 1;
        }
        counting
    }

    fn copy(counting: &Counting) -> Counting {
        Counting { categories: counting.categories.clone(), bases: counting.bases.clone() }
    }

    #[test]
    fn without_a_threshold_everything_is_exact() {
        let counting = random(&mut Chance(1), (3, 4), 6, 500);
        let expected = copy(&counting);
        let tables = counting.tables(None);
        for (row, (label, counts)) in tables.by_category.iter().zip(&expected.categories) {
            assert_eq!((&row.label, row.outcomes), (label, counts.map(Figure::Shown)));
            assert_eq!(row.total, Figure::Shown(counts.iter().sum()));
        }
        assert_eq!(tables.totals.total, Figure::Shown(500));
        assert!(!tables.withholds());
        let none = Counting::default().tables(Some(10));
        assert_eq!((none.totals.total, none.by_basis.len()), (Figure::Shown(0), 0));
    }

    #[test]
    fn a_lone_case_does_not_follow_from_the_totals() {
        let mut counting = Counting::default();
        counting.categories.insert("common".into(), [40, 200, 30, 0, 25, 12]);
        counting.categories.insert("rare".into(), [0, 50, 0, 0, 20, 1]);
        counting.categories.insert("third".into(), [20, 90, 20, 0, 30, 30]);
        counting.bases.insert("law".into(), [60, 340, 50, 0, 75, 43]);
        let tables = counting.tables(Some(10));
        let rare = &tables.by_category[1];
        assert_eq!(rare.outcomes[5], Figure::Withheld);
        assert_eq!((rare.outcomes[1], rare.outcomes[4]), (Figure::Shown(50), Figure::Withheld));
        // The cheapest cycle: one other cell of the row, and their neighbours in another row.
        let withheld = |row: &Row| row.outcomes.iter().filter(|figure| **figure == Figure::Withheld).count();
        assert_eq!(tables.by_category.iter().map(withheld).collect::<Vec<_>>(), [2, 2, 0]);
        assert!(!tables.withholds_totals() && withheld(&tables.by_basis[0]) == 0);
        // Noughts are shown.
        assert_eq!(rare.outcomes[0], Figure::Shown(0));
    }

    /// What a reader can compute by adding and subtracting: Gauss's elimination over a prime field.
    #[test]
    fn no_figure_follows_from_others_by_adding_and_subtracting() {
        let mut chance = Chance(7);
        let mut withheld_in_all = 0;
        for round in 0..60 {
            let rows = (1 + chance.below(12), 1 + chance.below(8));
            let (outcomes, decisions) = (1 + chance.below(6), 1 + chance.below(600));
            let counting = random(&mut chance, rows, outcomes, decisions);
            let arcs = counting.arcs(&columns(&counting));
            let hidden = withheld(&arcs, 10);
            let unknown: Vec<usize> = (0..arcs.len()).filter(|arc| hidden[*arc]).collect();
            withheld_in_all += unknown.len();
            for arc in (0..arcs.len()).filter(|arc| (1..10).contains(&arcs[*arc].value)) {
                assert!(hidden[arc], "{round}: a small figure is shown");
            }
            let nodes = arcs.iter().map(|arc| arc.from.max(arc.to) + 1).max().unwrap();
            let mut equations = vec![vec![0i128; unknown.len()]; nodes];
            for (place, arc) in unknown.iter().enumerate() {
                equations[arcs[*arc].from][place] -= 1;
                equations[arcs[*arc].to][place] += 1;
            }
            for (place, arc) in unknown.iter().enumerate() {
                assert!(!is_determined(&equations, place), "{round}: {:?} can be computed", arcs[*arc]);
            }
        }
        assert!(withheld_in_all > 1000, "{withheld_in_all}");
    }

    fn columns(counting: &Counting) -> [u64; OUTCOMES] {
        std::array::from_fn(|column| counting.categories.values().map(|row| row[column]).sum())
    }

    /// Whether equations leave one value for an unknown: whether it alone is a combination of them.
    fn is_determined(equations: &[Vec<i128>], unknown: usize) -> bool {
        let rank = |columns: &dyn Fn(usize) -> bool| {
            let width = equations.first().map_or(0, Vec::len);
            let keep: Vec<usize> = (0..width).filter(|column| columns(*column)).collect();
            rank(equations.iter().map(|row| keep.iter().map(|column| row[*column]).collect()).collect())
        };
        rank(&|_| true) > rank(&|column| column != unknown)
    }

    fn rank(mut rows: Vec<Vec<i128>>) -> usize {
        const PRIME: i128 = 2_147_483_647;
        let width = rows.first().map_or(0, Vec::len);
        let mut rank = 0;
        for column in 0..width {
            let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column].rem_euclid(PRIME) != 0) else {
                continue;
            };
            rows.swap(rank, pivot);
            let inverse = power(rows[rank][column].rem_euclid(PRIME), PRIME - 2, PRIME);
            let pivot: Vec<i128> = rows[rank].iter().map(|value| value * inverse % PRIME).collect();
            for row in &mut rows[rank + 1..] {
                let factor = row[column].rem_euclid(PRIME);
                if factor != 0 {
                    row.iter_mut()
                        .zip(&pivot)
                        .for_each(|(value, by)| *value = (*value - factor * by) % PRIME);
                }
            }
            rank += 1;
        }
        rank
    }

    fn power(base: i128, mut exponent: i128, modulus: i128) -> i128 {
        let (mut result, mut square) = (1, base);
        while exponent > 0 {
            if exponent % 2 == 1 {
                result = result * square % modulus;
            }
            square = square * square % modulus;
            exponent /= 2;
        }
        result
    }

    /// What a reader can compute who also knows that no figure is negative, by trying every table there could be.
    #[test]
    fn every_table_that_is_tried_leaves_room_for_what_is_withheld() {
        const THRESHOLD: u64 = 3;
        const OUTCOMES_TRIED: u64 = 3;
        let mut chance = Chance(11);
        let mut tried = 0;
        for round in 0..300 {
            let decisions = 1 + chance.below(7);
            let counting = random(&mut chance, (2, 2), OUTCOMES_TRIED, decisions);
            let arcs = counting.arcs(&columns(&counting));
            let hidden = withheld(&arcs, THRESHOLD);
            let found = ranges(&counting, &arcs, &hidden);
            for (arc, (low, high)) in found.iter().enumerate().filter(|(arc, _)| hidden[*arc]) {
                tried += 1;
                assert!(
                    *low <= arcs[arc].value && arcs[arc].value <= *high,
                    "{round}: the truth is among what could be"
                );
                assert!(high - low >= THRESHOLD - 1, "{round}: {:?} is from {low} to {high}", arcs[arc]);
            }
        }
        assert!(tried > 1_000, "{tried}");
    }

    /// Rows of a table: the place of each one's total among the arcs, and its cells.
    type Tried = Vec<(usize, [u64; 3])>;

    /// The least and the most that each figure is in all tables that show the same, with cells of up to two more than there
    /// are.
    fn ranges(counting: &Counting, arcs: &[Arc], hidden: &[bool]) -> Vec<(u64, u64)> {
        let cells_of = |counts: &Counts| counts.values().flatten().copied().max().unwrap_or(0);
        let most = cells_of(&counting.categories).max(cells_of(&counting.bases)) + 2;
        let mut ranges = vec![(u64::MAX, 0); arcs.len()];
        let fits = |arc: usize, value: u64| if hidden[arc] { value >= 1 } else { value == arcs[arc].value };
        let rows = counting.categories.len() + counting.bases.len();
        let cells = |row: usize| (0..3).map(move |column| 1 + OUTCOMES + row * (OUTCOMES + 1) + 1 + column);
        let choices = |arc: usize| match hidden[arc] {
            true => (1..=most).collect::<Vec<u64>>(),
            false => vec![arcs[arc].value],
        };
        // All that each half could be, by its column totals.
        let half = |rows: std::ops::Range<usize>| {
            let mut tables = vec![Vec::new()];
            for row in rows {
                let mut longer = Vec::new();
                for table in &tables {
                    let [first, second, third] = [0, 1, 2].map(|n| cells(row).nth(n).unwrap());
                    for a in choices(first) {
                        for b in choices(second) {
                            for c in choices(third).into_iter().filter(|c| fits(first - 1, a + b + c)) {
                                longer.push([&table[..], &[(first - 1, [a, b, c])]].concat());
                            }
                        }
                    }
                }
                tables = longer;
            }
            let mut by_totals: BTreeMap<[u64; 3], Vec<Tried>> = BTreeMap::new();
            for table in tables {
                let totals = [0, 1, 2].map(|column| table.iter().map(|(_, row)| row[column]).sum());
                if (0..3).all(|column| fits(1 + column, totals[column])) {
                    by_totals.entry(totals).or_default().push(table);
                }
            }
            by_totals
        };
        let (first, second) = (half(0..counting.categories.len()), half(counting.categories.len()..rows));
        let mut note = |arc: usize, value: u64| {
            ranges[arc] = (ranges[arc].0.min(value), ranges[arc].1.max(value));
        };
        for (totals, tables) in &first {
            let Some(others) = second.get(totals).filter(|_| fits(0, totals.iter().sum())) else { continue };
            note(0, totals.iter().sum());
            (0..3).for_each(|column| note(1 + column, totals[column]));
            for (place, row) in tables.iter().chain(others).flatten() {
                note(*place, row.iter().sum());
                (0..3).for_each(|column| note(place + 1 + column, row[column]));
            }
        }
        ranges
    }

    #[test]
    fn hundreds_of_categories_take_no_long_time() {
        let counting = random(&mut Chance(5), (400, 200), 6, 4_000);
        let tables = counting.tables(Some(10));
        assert!(tables.by_category.len() > 100 && tables.withholds());
    }
}
